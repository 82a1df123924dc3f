/* One clause, rule or category with everything that stands about it in the bank. */
#include "catalogue.h"

#include "html.h"
#include "jsonout.h"
#include "plaintext.h"

enum { WIDTH = 96, VALUE = 22 };

/* One way to write both forms: text as "label   value", JSON as key and value. */
typedef struct sheet {
    kk_catalogue *cat;
    kk_jsonout json;
    bool as_json;
} sheet;

static void line(sheet *s, const char *key, kk_msg label, kk_str value)
{
    if (value.len == 0) {
        return;
    }
    if (s->as_json) {
        kk_json_put(&s->json, key, value);
        return;
    }
    kk_buf *out = s->cat->out;
    const kk_str name = kk_z(kk_msg_text(label, s->cat->lang));
    kk_plain(out, name);
    size_t column = kk_plain_width(name);
    do {
        kk_buf_putc(out, ' ');
        column++;
    } while (column < VALUE);
    kk_plain_wrap(out, value, column, VALUE, WIDTH);
    kk_buf_putc(out, '\n');
}

static void title(sheet *s, kk_str id, kk_str name)
{
    if (s->as_json) {
        kk_json_put(&s->json, "id", id);
        kk_json_put(&s->json, "name", name);
        return;
    }
    kk_plain(s->cat->out, id);
    kk_buf_puts(s->cat->out, "  ");
    kk_plain(s->cat->out, name);
    kk_buf_puts(s->cat->out, "\n\n");
}

/* A value that is put together first. */
static void line_buf(sheet *s, const char *key, kk_msg label, kk_buf *value)
{
    line(s, key, label, kk_buf_view(value));
    if (value->failed != KK_OK) {
        s->cat->out->failed = value->failed;
    }
    kk_buf_clear(value);
}

static void join(kk_buf *to, kk_str s)
{
    kk_buf_puts(to, to->len > 0 ? "; " : "");
    kk_buf_str(to, s);
}

static void join_basis(kk_buf *to, const kk_catalogue *cat, const kk_basis *basis, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        join(to, basis[i].ref);
        if (basis[i].from.len > 0 || basis[i].to.len > 0) {
            kk_buf_puts(to, " (");
            kk_catalogue_dates(cat, basis[i].from, basis[i].to, to);
            kk_buf_puts(to, ")");
        }
    }
}

static void join_categories(kk_buf *to, const kk_catalogue *cat, const uint32_t *list, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        join(to, kk_texts_get(&cat->model->categories[list[i]].name, cat->lang));
    }
}

/* ---- clause -------------------------------------------------------------------------------- */

static void show_body(sheet *s, const kk_clause *c, kk_lang lang)
{
    kk_blocks blocks;
    kk_buf one;
    if (!kk_catalogue_blocks(s->cat, c, lang, &blocks)) {
        return;
    }
    kk_buf_init(&one, 0);
    if (s->as_json) {
        kk_json_key(&s->json, lang == KK_LANG_NN ? "text_nn" : "text_nb");
        kk_json_open(&s->json, '[');
    } else {
        kk_buf_printf(
            s->cat->out, "\n%s\n",
            kk_msg_text(lang == KK_LANG_NN ? KK_MSG_LANG_NN : KK_MSG_LANG_NB, s->cat->lang));
    }
    for (uint32_t i = 0; i < blocks.n_blocks; i++) {
        kk_buf_clear(&one);
        kk_blocks_text(&one, &blocks.blocks[i]);
        if (s->as_json) {
            kk_json_str(&s->json, kk_buf_view(&one));
        } else {
            kk_buf_puts(s->cat->out, "  ");
            kk_plain_wrap(s->cat->out, kk_buf_view(&one), 2, 2, WIDTH);
            kk_buf_putc(s->cat->out, '\n');
        }
    }
    if (s->as_json) {
        kk_json_close(&s->json);
        kk_json_put(&s->json, lang == KK_LANG_NN ? "hash_nn" : "hash_nb", blocks.hash);
    } else {
        kk_buf_printf(s->cat->out, "  [%.*s]\n", (int)blocks.hash.len, blocks.hash.ptr);
    }
    kk_buf_dispose(&one);
}

static void show_relations(sheet *s, const kk_clause *c, kk_buf *tmp)
{
    const kk_model *model = s->cat->model;
    for (uint32_t i = 0; i < c->n_follow_ups; i++) {
        join(tmp, c->follow_ups[i].ref);
    }
    line_buf(s, "followUp", KK_MSG_CAT_FOLLOW, tmp);
    for (uint32_t i = 0; i < c->n_sources; i++) {
        join(tmp, c->sources[i].title);
        kk_buf_puts(tmp, c->sources[i].title.len > 0 ? " " : "");
        kk_buf_str(tmp, c->sources[i].href);
    }
    line_buf(s, "source", KK_MSG_CAT_SOURCE, tmp);
    for (uint32_t i = 0; i < model->n_uses; i++) {
        const kk_example_use *use = &model->uses[i];
        for (uint32_t k = 0; k < use->n_clauses; k++) {
            if (kk_catalogue_names(use->clauses[k], c->id)) {
                join(tmp, use->buyer);
                kk_buf_puts(tmp, " ");
                kk_buf_str(tmp, use->year);
            }
        }
    }
    line_buf(s, "usedBy", KK_MSG_CAT_USED, tmp);
}

static void show_phrases(sheet *s, const kk_clause *c)
{
    for (uint32_t i = 0; i < c->n_phrases && !s->as_json; i++) {
        line(s, "", c->phrases[i].hit ? KK_MSG_CAT_SATISFIED : KK_MSG_CAT_NEAR, c->phrases[i].text);
    }
    for (int hit = 1; s->as_json && hit >= 0; hit--) {
        kk_json_key(&s->json, hit ? "satisfied" : "nearMiss");
        kk_json_open(&s->json, '[');
        for (uint32_t i = 0; i < c->n_phrases; i++) {
            if (c->phrases[i].hit == (hit == 1)) {
                kk_json_str(&s->json, c->phrases[i].text);
            }
        }
        kk_json_close(&s->json);
    }
}

static void show_clause(sheet *s, const kk_clause *c)
{
    const kk_catalogue *cat = s->cat;
    kk_buf tmp;
    kk_buf_init(&tmp, 0);
    title(s, c->id, kk_texts_get(&c->name, cat->lang));
    line(s, "version", KK_MSG_CAT_VERSION, c->version);
    kk_catalogue_status(cat, c, &tmp);
    line_buf(s, "status", KK_MSG_CAT_STATUS, &tmp);
    line(s, "type", KK_MSG_CAT_TYPE, s->as_json ? c->type : kk_catalogue_type(cat, c->type));
    line(s, "level", KK_MSG_CAT_LEVEL, c->level);
    join_categories(&tmp, cat, c->categories, c->n_categories);
    line_buf(s, "categories", KK_MSG_CATEGORIES, &tmp);
    for (uint32_t i = 0; i < c->n_places; i++) {
        join(&tmp, kk_texts_get(&cat->model->places[c->places[i]].name, cat->lang));
    }
    line_buf(s, "places", KK_MSG_CAT_PLACE, &tmp);
    kk_catalogue_dates(cat, c->from, c->to, &tmp);
    line_buf(s, "valid", KK_MSG_CAT_VALID, &tmp);
    line(s, "verifikat", KK_MSG_CAT_VERIFIKAT, kk_texts_get(&c->verifikat, cat->lang));
    line(s, "motive", KK_MSG_CAT_MOTIVE, kk_texts_get(&c->motive, cat->lang));
    join_basis(&tmp, cat, c->basis, c->n_basis);
    line_buf(s, "basis", KK_MSG_BASIS, &tmp);
    show_relations(s, c, &tmp);
    show_body(s, c, KK_LANG_NB);
    show_body(s, c, KK_LANG_NN);
    if (!s->as_json && c->n_phrases > 0) {
        kk_buf_putc(cat->out, '\n');
    }
    show_phrases(s, c);
    kk_buf_dispose(&tmp);
}

/* ---- rule and category --------------------------------------------------------------------- */

static void show_examples(sheet *s, const kk_rule *r)
{
    for (uint32_t i = 0; i < r->n_examples; i++) {
        const kk_example *e = &r->examples[i];
        const kk_str text = kk_example_text(e, s->cat->arena);
        if (s->as_json) {
            kk_json_open(&s->json, '{');
            kk_json_puts(&s->json, "expect", e->fires ? "fires" : "silent");
            kk_json_puts(&s->json, "language", kk_lang_word(e->lang));
            kk_json_put(&s->json, "text", text);
            kk_json_close(&s->json);
        } else {
            kk_buf_printf(
                s->cat->out, "  %s (%s): ",
                kk_msg_text(e->fires ? KK_MSG_CAT_FIRES : KK_MSG_CAT_SILENT, s->cat->lang),
                kk_lang_word(e->lang));
            kk_plain_cut(s->cat->out, text, 200);
            kk_buf_putc(s->cat->out, '\n');
        }
    }
}

static void show_rule(sheet *s, const kk_rule *r)
{
    static const kk_msg levels[] = {KK_MSG_LEVEL_INFO, KK_MSG_LEVEL_WARNING, KK_MSG_LEVEL_ERROR};
    static const char *const names[] = {"info", "warning", "error"};
    const kk_catalogue *cat = s->cat;
    const kk_level level = kk_catalogue_level(cat, r);
    kk_buf tmp;
    kk_buf_init(&tmp, 0);
    title(s, r->id, kk_texts_get(&r->title, cat->lang));
    line(s, "severity", KK_MSG_CAT_LEVEL,
         kk_z(s->as_json ? names[level] : kk_msg_text(levels[level], cat->lang)));
    kk_catalogue_dates(cat, r->from, r->to, &tmp);
    line_buf(s, "valid", KK_MSG_CAT_VALID, &tmp);
    join_categories(&tmp, cat, r->categories, r->n_categories);
    line_buf(s, "categories", KK_MSG_CATEGORIES, &tmp);
    kk_catalogue_message(&r->message, cat->lang, &tmp);
    line_buf(s, "message", KK_MSG_CAT_MESSAGE, &tmp);
    kk_catalogue_message(&r->why, cat->lang, &tmp);
    line_buf(s, "why", KK_MSG_WHY, &tmp);
    join_basis(&tmp, cat, r->basis, r->n_basis);
    line_buf(s, "basis", KK_MSG_BASIS, &tmp);
    for (uint32_t i = 0; i < r->n_remedies; i++) {
        const kk_remedy *m = &r->remedies[i];
        join(&tmp, m->clause.len > 0 ? m->clause : kk_texts_get(&m->advice, cat->lang));
    }
    line_buf(s, "remedies", KK_MSG_CAT_REMEDY, &tmp);
    line(s, "help", KK_MSG_HELP, r->help);
    kk_buf_dispose(&tmp);
    if (s->as_json) {
        kk_json_key(&s->json, "examples");
        kk_json_open(&s->json, '[');
    } else if (r->n_examples > 0) {
        kk_buf_printf(cat->out, "\n%s\n", kk_msg_text(KK_MSG_CAT_EXAMPLES, cat->lang));
    }
    show_examples(s, r);
    if (s->as_json) {
        kk_json_close(&s->json);
    }
}

static void show_category(sheet *s, uint32_t index)
{
    const kk_catalogue *cat = s->cat;
    const kk_category *c = &cat->model->categories[index];
    kk_buf tmp;
    kk_buf_init(&tmp, 0);
    title(s, c->id, kk_texts_get(&c->name, cat->lang));
    for (uint32_t i = 0; i < c->n_cpv; i++) {
        join(&tmp, c->cpv[i]);
    }
    line_buf(s, "cpv", KK_MSG_CAT_CPV, &tmp);
    for (uint32_t i = 0; i < cat->model->n_categories; i++) {
        if (i != index && (kk_model_category_within(cat->model, i, index) ||
                           kk_model_category_within(cat->model, index, i))) {
            join(&tmp, cat->model->categories[i].id);
        }
    }
    line_buf(s, "categories", KK_MSG_CATEGORIES, &tmp);
    for (uint32_t i = 0; i < cat->model->n_clauses; i++) {
        const kk_clause *clause = &cat->model->clauses[i];
        bool ours = false;
        for (uint32_t k = 0; k < clause->n_categories && !ours; k++) {
            ours = kk_model_category_within(cat->model, index, clause->categories[k]);
        }
        if (ours && kk_catalogue_current(cat, clause)) {
            join(&tmp, clause->id);
        }
    }
    line_buf(s, "clauses", KK_MSG_CAT_CLAUSES, &tmp);
    kk_buf_dispose(&tmp);
}

/* False when no element has this id. */
static bool show(sheet *s, kk_str id)
{
    const kk_model *model = s->cat->model;
    const kk_clause *clause = NULL;
    for (uint32_t i = 0; i < model->n_clauses; i++) {
        const bool same = kk_str_equal(model->clauses[i].id, id);
        if (same && (clause == NULL || kk_catalogue_current(s->cat, &model->clauses[i]))) {
            clause = &model->clauses[i];
        }
    }
    const uint32_t rule = kk_model_rule(model, id);
    const uint32_t category = kk_model_category(model, id);
    if (clause == NULL && rule == KK_NONE && category == KK_NONE) {
        return false;
    }
    if (s->as_json) {
        kk_json_open(&s->json, '{');
        kk_json_puts(&s->json, "kind",
                     clause != NULL    ? "clause"
                     : rule != KK_NONE ? "rule"
                                       : "category");
    }
    if (clause != NULL) {
        show_clause(s, clause);
    } else if (rule != KK_NONE) {
        show_rule(s, &model->rules[rule]);
    } else {
        show_category(s, category);
    }
    if (s->as_json) {
        kk_json_close(&s->json);
    }
    return true;
}

kk_status kk_bank_show(const kk_bank *bank, const char *id, const kk_catalogue_options *options,
                       kk_bytes *out, kk_error *err)
{
    kk_catalogue_options o;
    kk_struct_in(&o, sizeof o, options);
    out->ptr = NULL;
    out->len = 0;
    KK_TRY(kk_date_check(o.date, err));
    if (o.format != KK_FORMAT_TEXT && o.format != KK_FORMAT_JSON) {
        return kk_fail(err, KK_E_ARG, "", "an element of the bank is shown as text or json");
    }
    kk_buf buf;
    kk_buf_init(&buf, 0);
    kk_catalogue cat = {bank, kk_rules_model(bank->rules), o.lang, kk_z(o.date), kk_arena_new(),
                        &buf};
    if (cat.arena == NULL) {
        return kk_fail_nomem(err);
    }
    sheet s = {.cat = &cat, .as_json = o.format == KK_FORMAT_JSON};
    kk_jsonout_init(&s.json, &buf);
    const bool found = show(&s, kk_z(id));
    kk_arena_free(cat.arena);
    if (!found) {
        kk_buf_dispose(&buf);
        return kk_fail(err, KK_E_ARG, "id",
                       "no rule, clause or category \"%.60s\"; see klimakrav rules list", id);
    }
    return kk_buf_give(&buf, out, err);
}
