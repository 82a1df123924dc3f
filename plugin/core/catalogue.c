/* The bank as a list: for people in one line each, for programs as JSON. */
#include "catalogue.h"

#include "jsonout.h"
#include "plaintext.h"

static const char *const level_names[] = {"info", "warning", "error"};
static const char *const status_names[] = {"draft", "reviewed", "retired"};

/* ---- shared -------------------------------------------------------------------------------- */

bool kk_catalogue_current(const kk_catalogue *cat, const kk_clause *c)
{
    return kk_model_clause(cat->model, c->id, cat->date, false) == c;
}

bool kk_catalogue_names(kk_str ids, kk_str id)
{
    kk_str word;
    while (kk_str_word(&ids, &word)) {
        if (kk_str_equal(word, id)) {
            return true;
        }
    }
    return false;
}

kk_str kk_catalogue_type(const kk_catalogue *cat, kk_str type)
{
    static const struct {
        const char *type;
        kk_msg msg;
    } words[] = {{"kvalifikasjonskrav", KK_MSG_TYPE_QUALIFICATION},
                 {"kravspesifikasjon", KK_MSG_TYPE_SPECIFICATION},
                 {"tildelingskriterium", KK_MSG_TYPE_AWARD},
                 {"kontraktsvilkar", KK_MSG_TYPE_CONTRACT},
                 {"begrunnelse", KK_MSG_TYPE_REASON}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (kk_str_is(type, words[i].type)) {
            return kk_z(kk_msg_text(words[i].msg, cat->lang));
        }
    }
    return type;
}

void kk_catalogue_status(const kk_catalogue *cat, const kk_clause *c, kk_buf *out)
{
    if (c->status == KK_REVIEW_REVIEWED) {
        kk_say(out, KK_MSG_REVIEWED, cat->lang, c->reviewed_by, c->reviewed_on);
    } else {
        kk_buf_puts(out, kk_msg_text(c->status == KK_REVIEW_RETIRED ? KK_MSG_CAT_RETIRED
                                                                    : KK_MSG_DRAFT_SHORT,
                                     cat->lang));
    }
}

void kk_catalogue_dates(const kk_catalogue *cat, kk_str from, kk_str to, kk_buf *out)
{
    if (to.len > 0) {
        kk_say(out, KK_MSG_CAT_FROM_TO, cat->lang, from.len > 0 ? from : KK_STR("…"), to);
    } else if (from.len > 0) {
        kk_say(out, KK_MSG_CAT_FROM, cat->lang, from, KK_STR(""));
    }
}

void kk_catalogue_message(const kk_messages *messages, kk_lang lang, kk_buf *out)
{
    const kk_message *m = kk_messages_get(messages, lang);
    for (uint32_t i = 0; m != NULL && i < m->n; i++) {
        kk_buf_puts(out, m->pieces[i].is_value ? "{" : "");
        kk_buf_str(out, m->pieces[i].text);
        kk_buf_puts(out, m->pieces[i].is_value ? "}" : "");
    }
}

kk_level kk_catalogue_level(const kk_catalogue *cat, const kk_rule *r)
{
    kk_level level = r->level;
    for (uint32_t i = 0; i < r->n_severities; i++) {
        if (kk_date_within(cat->date, r->severities[i].from, r->severities[i].to)) {
            level = r->severities[i].level;
        }
    }
    return level;
}

bool kk_catalogue_blocks(const kk_catalogue *cat, const kk_clause *c, kk_lang lang, kk_blocks *out)
{
    const kk_str date = kk_date_within(cat->date, c->from, c->to) ? cat->date
                        : c->from.len > 0                         ? c->from
                                                                  : c->to;
    return kk_rules_clause(cat->bank->rules, c->id, c->version, lang, date, NULL, 0, cat->arena,
                           out, NULL) == KK_OK &&
           out->n_blocks > 0;
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static void put_ids(const kk_catalogue *cat, kk_jsonout *j, const uint32_t *categories, uint32_t n)
{
    kk_json_key(j, "categories");
    kk_json_open_flat(j, '[');
    for (uint32_t i = 0; i < n; i++) {
        kk_json_str(j, cat->model->categories[categories[i]].id);
    }
    kk_json_close(j);
}

static void put_texts(kk_jsonout *j, const char *key, const kk_texts *t)
{
    kk_json_key(j, key);
    kk_json_open_flat(j, '{');
    kk_json_put(j, "nb", t->nb);
    kk_json_put(j, "nn", t->nn);
    if (t->en.len > 0) {
        kk_json_put(j, "en", t->en);
    }
    kk_json_close(j);
}

static void put_basis(kk_jsonout *j, const kk_basis *basis, uint32_t n)
{
    kk_json_key(j, "basis");
    kk_json_open_flat(j, '[');
    for (uint32_t i = 0; i < n; i++) {
        kk_json_str(j, basis[i].ref);
    }
    kk_json_close(j);
}

static void put_categories(const kk_catalogue *cat, kk_jsonout *j)
{
    kk_json_key(j, "categories");
    kk_json_open(j, '[');
    for (uint32_t i = 0; i < cat->model->n_categories; i++) {
        const kk_category *c = &cat->model->categories[i];
        kk_json_open(j, '{');
        kk_json_put(j, "id", c->id);
        if (c->parent != KK_NONE) {
            kk_json_put(j, "parent", cat->model->categories[c->parent].id);
        }
        put_texts(j, "name", &c->name);
        kk_json_puts(j, "status", status_names[c->status]);
        kk_json_list(j, "cpv", c->cpv, c->n_cpv);
        kk_json_close(j);
    }
    kk_json_close(j);
}

static void put_rules(const kk_catalogue *cat, kk_jsonout *j)
{
    kk_json_key(j, "rules");
    kk_json_open(j, '[');
    for (uint32_t i = 0; i < cat->model->n_rules; i++) {
        const kk_rule *r = &cat->model->rules[i];
        kk_json_open(j, '{');
        kk_json_put(j, "id", r->id);
        if (r->name.len > 0) {
            kk_json_put(j, "name", r->name);
        }
        kk_json_puts(j, "severity", level_names[kk_catalogue_level(cat, r)]);
        kk_json_puts(j, "status", status_names[r->status]);
        put_texts(j, "title", &r->title);
        put_basis(j, r->basis, r->n_basis);
        put_ids(cat, j, r->categories, r->n_categories);
        kk_json_key(j, "remedies");
        kk_json_open_flat(j, '[');
        for (uint32_t k = 0; k < r->n_remedies; k++) {
            if (r->remedies[k].clause.len > 0) {
                kk_json_str(j, r->remedies[k].clause);
            }
        }
        kk_json_close(j);
        kk_json_putb(j, "valid", kk_date_within(cat->date, r->from, r->to));
        kk_json_close(j);
    }
    kk_json_close(j);
}

static void put_block_kinds(kk_jsonout *j, const kk_clause *c)
{
    static const char *const names[] = {"heading", "paragraph", "list", "row"};
    kk_json_key(j, "blocks");
    kk_json_open_flat(j, '[');
    for (uint32_t i = 0; i < c->nb.n_blocks; i++) {
        kk_json_str(j, kk_z(names[c->nb.blocks[i].kind]));
    }
    kk_json_close(j);
}

static void put_cell_fields(kk_jsonout *j, const kk_clause_cell *cell)
{
    for (uint32_t i = 0; i < cell->n_inlines; i++) {
        if (cell->inlines[i].kind == KK_INLINE_FIELD) {
            kk_json_str(j, cell->inlines[i].name);
        }
    }
}

static void put_fields(kk_jsonout *j, const kk_clause *c)
{
    kk_json_key(j, "fields");
    kk_json_open_flat(j, '[');
    for (uint32_t i = 0; i < c->nb.n_blocks; i++) {
        for (uint32_t k = 0; k < c->nb.blocks[i].n_cells; k++) {
            put_cell_fields(j, &c->nb.blocks[i].cells[k]);
        }
    }
    kk_json_close(j);
}

static void put_clause(const kk_catalogue *cat, kk_jsonout *j, const kk_clause *c)
{
    kk_json_open(j, '{');
    kk_json_put(j, "id", c->id);
    kk_json_put(j, "version", c->version);
    kk_json_puts(j, "status", status_names[c->status]);
    kk_json_put(j, "type", c->type);
    kk_json_put(j, "level", c->level);
    put_texts(j, "name", &c->name);
    put_ids(cat, j, c->categories, c->n_categories);
    kk_json_key(j, "languages");
    kk_json_open_flat(j, '[');
    const char *const languages[] = {c->nb.n_blocks > 0 ? "nb" : NULL,
                                     c->nn.n_blocks > 0 ? "nn" : NULL,
                                     c->en.n_blocks > 0 ? "en" : NULL};
    for (size_t i = 0; i < 3; i++) {
        if (languages[i] != NULL) {
            kk_json_str(j, kk_z(languages[i]));
        }
    }
    kk_json_close(j);
    put_block_kinds(j, c);
    put_fields(j, c);
    kk_json_key(j, "places");
    kk_json_open_flat(j, '[');
    for (uint32_t i = 0; i < c->n_places; i++) {
        kk_json_str(j, cat->model->places[c->places[i]].id);
    }
    kk_json_close(j);
    put_basis(j, c->basis, c->n_basis);
    kk_json_put(j, "from", c->from);
    kk_json_put(j, "to", c->to);
    kk_json_putb(j, "valid", kk_catalogue_current(cat, c));
    kk_json_close(j);
}

static void list_json(const kk_catalogue *cat)
{
    kk_jsonout j;
    kk_jsonout_init(&j, cat->out);
    kk_json_open(&j, '{');
    kk_json_puts(&j, "schema", "klimakrav.catalogue/1");
    kk_json_puts(&j, "bank", cat->bank->version);
    kk_json_put(&j, "date", cat->date);
    put_categories(cat, &j);
    put_rules(cat, &j);
    kk_json_key(&j, "clauses");
    kk_json_open(&j, '[');
    for (uint32_t i = 0; i < cat->model->n_clauses; i++) {
        put_clause(cat, &j, &cat->model->clauses[i]);
    }
    kk_json_close(&j);
    kk_json_close(&j);
}

/* ---- text ---------------------------------------------------------------------------------- */

static void pad(kk_buf *out, kk_str s, size_t width)
{
    kk_plain(out, s);
    for (size_t w = kk_plain_width(s); w < width; w++) {
        kk_buf_putc(out, ' ');
    }
    kk_buf_putc(out, ' ');
}

static void heading(const kk_catalogue *cat, kk_msg id)
{
    kk_buf_printf(cat->out, "%s%s\n", cat->out->len > 0 ? "\n" : "", kk_msg_text(id, cat->lang));
}

static void visit_below(kk_catalogue *cat, uint32_t parent, uint32_t depth,
                        kk_catalogue_visit visit)
{
    for (uint32_t i = 0; depth < 8 && i < cat->model->n_categories; i++) {
        if (cat->model->categories[i].parent == parent) {
            visit(cat, &cat->model->categories[i], depth);
            visit_below(cat, i, depth + 1, visit);
        }
    }
}

void kk_catalogue_categories(kk_catalogue *cat, kk_catalogue_visit visit)
{
    visit_below(cat, KK_NONE, 0, visit);
}

static void list_category(kk_catalogue *cat, const kk_category *c, uint32_t depth)
{
    for (uint32_t i = 0; i <= depth; i++) {
        kk_buf_puts(cat->out, "  ");
    }
    pad(cat->out, c->id, 38 - 2 * (size_t)depth);
    kk_plain(cat->out, kk_texts_get(&c->name, cat->lang));
    kk_buf_putc(cat->out, '\n');
}

static void list_text(kk_catalogue *cat)
{
    heading(cat, KK_MSG_CATEGORIES);
    kk_catalogue_categories(cat, list_category);
    heading(cat, KK_MSG_CAT_RULES);
    for (uint32_t i = 0; i < cat->model->n_rules; i++) {
        const kk_rule *r = &cat->model->rules[i];
        if (kk_date_within(cat->date, r->from, r->to)) {
            kk_buf_puts(cat->out, "  ");
            pad(cat->out, r->id, 8);
            pad(cat->out, kk_z(level_names[kk_catalogue_level(cat, r)]), 8);
            kk_plain(cat->out, kk_texts_get(&r->title, cat->lang));
            kk_buf_putc(cat->out, '\n');
        }
    }
    heading(cat, KK_MSG_CAT_CLAUSES);
    for (uint32_t i = 0; i < cat->model->n_clauses; i++) {
        const kk_clause *c = &cat->model->clauses[i];
        if (kk_catalogue_current(cat, c)) {
            kk_buf_puts(cat->out, "  ");
            pad(cat->out, c->id, 16);
            pad(cat->out, kk_catalogue_type(cat, c->type), 20);
            pad(cat->out, c->level, 10);
            kk_plain(cat->out, kk_texts_get(&c->name, cat->lang));
            kk_buf_putc(cat->out, '\n');
        }
    }
    kk_buf_putc(cat->out, '\n');
    kk_say(cat->out, KK_MSG_CAT_VALID_ON, cat->lang, cat->date, kk_z(cat->bank->version));
    kk_buf_printf(cat->out, "\n%s\n", kk_msg_text(KK_MSG_DRAFT, cat->lang));
}

kk_status kk_bank_list(const kk_bank *bank, const kk_catalogue_options *options, kk_bytes *out,
                       kk_error *err)
{
    kk_catalogue_options o;
    kk_struct_in(&o, sizeof o, options);
    out->ptr = NULL;
    out->len = 0;
    KK_TRY(kk_date_check(o.date, err));
    kk_buf buf;
    kk_buf_init(&buf, 0);
    kk_catalogue cat = {bank, kk_rules_model(bank->rules), o.lang, kk_z(o.date), kk_arena_new(),
                        &buf};
    if (cat.arena == NULL) {
        return kk_fail_nomem(err);
    }
    kk_status status = KK_OK;
    if (o.format == KK_FORMAT_JSON) {
        list_json(&cat);
    } else if (o.format == KK_FORMAT_HTML) {
        kk_catalogue_html(&cat);
    } else if (o.format == KK_FORMAT_TEXT) {
        list_text(&cat);
    } else {
        status = kk_fail(err, KK_E_ARG, "", "the bank is listed as text, json or html");
    }
    kk_arena_free(cat.arena);
    if (status != KK_OK) {
        kk_buf_dispose(&buf);
        return status;
    }
    return kk_buf_give(&buf, out, err);
}
