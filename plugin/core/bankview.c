/* Looking things up in the model of the bank. */
#include "bankview.h"

#include "model.h"

static void count_blocks(const kk_clause_body *body, kk_clause_card *card)
{
    for (uint32_t i = 0; i < body->n_blocks; i++) {
        if (body->blocks[i].kind == KK_BLOCK_ROW) {
            card->has_rows = true;
        } else {
            card->has_blocks = true;
        }
    }
}

bool kk_bank_card(const kk_bank *bank, kk_str id, kk_str date, bool reviewed_only, kk_lang lang,
                  kk_clause_card *out)
{
    const kk_model *model = kk_rules_model(bank->rules);
    const kk_clause *c = kk_model_clause(model, id, date, reviewed_only);
    *out = (kk_clause_card){0};
    if (c == NULL) {
        return false;
    }
    out->id = c->id;
    out->version = c->version;
    out->type = c->type;
    out->level = c->level;
    out->title = kk_texts_get(&c->name, lang);
    out->reviewed = c->status == KK_REVIEW_REVIEWED;
    out->reviewed_by = c->reviewed_by;
    out->reviewed_on = c->reviewed_on;
    count_blocks(&c->nb, out);
    for (uint32_t i = 0; i < c->n_places && out->n_places < KK_CARD_PLACES; i++) {
        out->places[out->n_places++] = model->places[c->places[i]].id;
    }
    return true;
}

static bool place_takes(const kk_place *place, kk_str kind)
{
    for (uint32_t i = 0; i < place->n_kinds; i++) {
        if (kk_str_equal(place->kinds[i], kind)) {
            return true;
        }
    }
    return place->n_kinds == 0;
}

bool kk_bank_fits_kind(const kk_bank *bank, kk_str id, kk_str date, kk_str kind)
{
    const kk_model *model = kk_rules_model(bank->rules);
    const kk_clause *c = kk_model_clause(model, id, date, false);
    if (c == NULL || c->n_places == 0 || kind.len == 0 || kk_str_is(kind, "other") ||
        kk_str_is(kind, "none")) {
        return true;
    }
    for (uint32_t i = 0; i < c->n_places; i++) {
        if (place_takes(&model->places[c->places[i]], kind)) {
            return true;
        }
    }
    return false;
}

bool kk_bank_has_clause(const kk_bank *bank, kk_str id)
{
    const kk_model *model = kk_rules_model(bank->rules);
    for (uint32_t i = 0; i < model->n_clauses; i++) {
        if (kk_str_equal(model->clauses[i].id, id)) {
            return true;
        }
    }
    return false;
}

kk_str kk_bank_clause_id(const kk_bank *bank, size_t i)
{
    const kk_model *model = kk_rules_model(bank->rules);
    for (uint32_t k = 0; k < model->n_clauses; k++) {
        const bool again = k > 0 && kk_str_equal(model->clauses[k].id, model->clauses[k - 1].id);
        if (!again && i-- == 0) {
            return model->clauses[k].id;
        }
    }
    return (kk_str){NULL, 0};
}

static bool cell_has_field(const kk_clause_cell *cell, kk_str name)
{
    bool has = false;
    for (uint32_t i = 0; i < cell->n_inlines && !has; i++) {
        has = cell->inlines[i].kind == KK_INLINE_FIELD &&
              kk_str_equal(cell->inlines[i].name, name);
    }
    return has;
}

static bool body_has_field(const kk_clause_body *body, kk_str name)
{
    bool has = false;
    for (uint32_t b = 0; b < body->n_blocks && !has; b++) {
        for (uint32_t c = 0; c < body->blocks[b].n_cells && !has; c++) {
            has = cell_has_field(&body->blocks[b].cells[c], name);
        }
    }
    return has;
}

bool kk_bank_has_field(const kk_bank *bank, kk_str name)
{
    const kk_model *model = kk_rules_model(bank->rules);
    for (uint32_t i = 0; i < model->n_clauses; i++) {
        if (body_has_field(&model->clauses[i].nb, name) ||
            body_has_field(&model->clauses[i].nn, name)) {
            return true;
        }
    }
    return false;
}

size_t kk_bank_n_clauses(const kk_bank *bank)
{
    return kk_rules_model(bank->rules)->n_clauses;
}

/* Is fn true of the first words of the body's text variant, or of a row? A piece that begins with a field
 * has no words to go by and counts as true. */
static bool body_begins(const kk_clause_body *body, kk_bank_words_fn fn, void *context)
{
    bool first = true;
    for (uint32_t b = 0; b < body->n_blocks; b++) {
        const kk_clause_block *block = &body->blocks[b];
        const bool text = block->kind == KK_BLOCK_PARAGRAPH || block->kind == KK_BLOCK_ITEM;
        for (uint32_t c = 0; c < block->n_cells; c++) {
            const kk_clause_cell *cell = &block->cells[c];
            const bool main = (text && first) || cell->role == KK_ROLE_REQUIREMENT ||
                              cell->role == KK_ROLE_CRITERION;
            if (main && cell->n_inlines > 0 &&
                (cell->inlines[0].kind == KK_INLINE_FIELD || fn(context, cell->inlines[0].text))) {
                return true;
            }
        }
        first = first && !text;
    }
    return false;
}

size_t kk_bank_clauses_beginning(const kk_bank *bank, kk_bank_words_fn fn, void *context,
                                 kk_str *out)
{
    const kk_model *model = kk_rules_model(bank->rules);
    size_t n = 0;
    for (uint32_t k = 0; k < model->n_clauses; k++) {
        const kk_clause *c = &model->clauses[k];
        const bool again = n > 0 && kk_str_equal(out[n - 1], c->id);
        if (!again && (body_begins(&c->nb, fn, context) || body_begins(&c->nn, fn, context))) {
            out[n++] = c->id;
        }
    }
    return n;
}

kk_status kk_bank_texts(const kk_bank *bank, kk_str id, kk_arena *arena, kk_blocks **out,
                        size_t *n)
{
    static const kk_lang forms[] = {KK_LANG_NB, KK_LANG_NN};
    const kk_model *model = kk_rules_model(bank->rules);
    *n = 0;
    *out = kk_arena_array(arena, 2 * (size_t)model->n_clauses + 1, sizeof **out);
    kk_status status = *out == NULL ? KK_E_NOMEM : KK_OK;
    for (uint32_t i = 0; i < 2 * model->n_clauses && status == KK_OK; i++) {
        const kk_clause *c = &model->clauses[i / 2];
        if (kk_str_equal(c->id, id)) {
            status = kk_rules_clause(bank->rules, id, c->version, forms[i % 2], c->from, NULL, 0,
                                     arena, &(*out)[(*n)++], NULL);
        }
    }
    return status == KK_OK ? KK_OK : KK_E_NOMEM;
}

kk_status kk_bank_old_texts(const kk_bank *bank, kk_str date, kk_arena *arena, kk_blocks **out,
                            size_t *n)
{
    static const kk_lang forms[] = {KK_LANG_NB, KK_LANG_NN};
    const kk_model *model = kk_rules_model(bank->rules);
    *n = 0;
    *out = kk_arena_array(arena, 2 * (size_t)model->n_clauses + 1, sizeof **out);
    kk_status status = *out == NULL ? KK_E_NOMEM : KK_OK;
    for (uint32_t i = 0; i < 2 * model->n_clauses && status == KK_OK; i++) {
        const kk_clause *c = &model->clauses[i / 2];
        const kk_clause *now = kk_model_clause(model, c->id, date, false);
        if (now != NULL && now != c) {
            status = kk_rules_clause(bank->rules, c->id, c->version, forms[i % 2], c->from, NULL, 0,
                                     arena, &(*out)[(*n)++], NULL);
        }
    }
    return status == KK_OK ? KK_OK : KK_E_NOMEM;
}

kk_status kk_bank_editions(const kk_bank *bank, kk_str id, kk_arena *arena, kk_bank_edition **out,
                           size_t *n)
{
    const kk_model *model = kk_rules_model(bank->rules);
    kk_blocks *texts;
    size_t n_texts, most = 0;
    KK_TRY(kk_bank_texts(bank, id, arena, &texts, &n_texts));
    for (uint32_t i = 0; i < model->n_clauses; i++) {
        most += kk_str_equal(model->clauses[i].id, id) ? model->clauses[i].n_earlier : 0;
    }
    *n = 0;
    *out = kk_arena_array(arena, n_texts + most + 1, sizeof **out);
    if (*out == NULL) {
        return KK_E_NOMEM;
    }
    for (size_t i = 0; i < n_texts; i++) {
        (*out)[(*n)++] = (kk_bank_edition){texts[i].version, texts[i].hash};
    }
    for (uint32_t i = 0; i < model->n_clauses; i++) {
        const kk_clause *c = &model->clauses[i];
        for (uint32_t k = 0; k < c->n_earlier && kk_str_equal(c->id, id); k++) {
            (*out)[(*n)++] = (kk_bank_edition){c->earlier[k].version, c->earlier[k].ref};
        }
    }
    return KK_OK;
}

bool kk_bank_rule_at(const kk_bank *bank, size_t i, kk_lang lang, kk_rule_card *out)
{
    const kk_model *model = kk_rules_model(bank->rules);
    if (i >= model->n_rules) {
        return false;
    }
    const kk_rule *r = &model->rules[i];
    out->id = r->id;
    out->name = r->name;
    out->title = kk_texts_get(&r->title, lang);
    out->help = r->help;
    out->level = (kk_finding_level)r->level;
    return true;
}

bool kk_bank_mends(const kk_bank *bank, kk_str rule, kk_str clause)
{
    const kk_model *model = kk_rules_model(bank->rules);
    const uint32_t at = kk_model_rule(model, rule);
    for (uint32_t i = 0; at != KK_NONE && i < model->rules[at].n_remedies; i++) {
        if (kk_str_equal(model->rules[at].remedies[i].clause, clause)) {
            return true;
        }
    }
    return false;
}

kk_str kk_bank_category_name(const kk_bank *bank, kk_str id, kk_lang lang)
{
    const kk_model *model = kk_rules_model(bank->rules);
    const uint32_t c = kk_model_category(model, id);
    if (c == KK_NONE) {
        return id;
    }
    const kk_str name = kk_texts_get(&model->categories[c].name, lang);
    return name.len > 0 ? name : id;
}

bool kk_bank_has_drafts(const kk_bank *bank, kk_str date)
{
    const kk_model *model = kk_rules_model(bank->rules);
    for (uint32_t i = 0; i < model->n_clauses; i++) {
        const kk_clause *c = &model->clauses[i];
        if (c->status == KK_REVIEW_DRAFT && kk_date_within(date, c->from, c->to)) {
            return true;
        }
    }
    return false;
}

bool kk_bank_threshold(const kk_bank *bank, const char *id, kk_str date, double *value)
{
    return kk_model_threshold(kk_rules_model(bank->rules), kk_str_from(id), date, value);
}

static bool prefix_fits(kk_str prefix, kk_str code)
{
    const size_t n = prefix.len < code.len ? prefix.len : code.len;
    return n >= 2 && kk_str_equal(kk_str_slice(prefix, 0, n), kk_str_slice(code, 0, n));
}

bool kk_bank_cpv_fits(const kk_bank *bank, kk_str category, kk_str cpv)
{
    const kk_model *model = kk_rules_model(bank->rules);
    const uint32_t at = kk_model_category(model, category);
    size_t digits = cpv.len < 8 ? cpv.len : 8;
    while (digits > 2 && cpv.ptr[digits - 1] == '0') {
        digits--; /* 45000000 stands for all that begins with 45 */
    }
    const kk_str code = kk_str_slice(cpv, 0, digits);
    for (uint32_t i = 0; at != KK_NONE && i < model->n_categories; i++) {
        if (!kk_model_category_within(model, i, at) && !kk_model_category_within(model, at, i)) {
            continue;
        }
        for (uint32_t k = 0; k < model->categories[i].n_cpv; k++) {
            if (prefix_fits(model->categories[i].cpv[k], code)) {
                return true;
            }
        }
    }
    return false;
}

kk_str kk_bank_cpv_name(const kk_bank *bank, kk_str cpv, kk_lang lang, char *check)
{
    const kk_model *model = kk_rules_model(bank->rules);
    const uint32_t at = kk_model_cpv_find(model, kk_str_slice(cpv, 0, 8));
    if (at != KK_NONE) {
        const kk_cpv row = kk_model_cpv(model, at);
        *check = row.check;
        return lang == KK_LANG_EN ? row.name_en : row.name_nb;
    }
    *check = 0;
    return KK_STR("");
}

bool kk_bank_category_cpv(const kk_bank *bank, kk_str category, size_t i, kk_str *prefix)
{
    const kk_model *model = kk_rules_model(bank->rules);
    const uint32_t at = kk_model_category(model, category);
    if (at == KK_NONE || i >= model->categories[at].n_cpv) {
        return false;
    }
    *prefix = model->categories[at].cpv[i];
    return true;
}

/* Categories that a condition asks for, outside <none>. */
static bool condition_asks(const kk_model *model, const kk_condition *c, uint32_t category)
{
    for (uint32_t i = 0; c->kind == KK_COND_CATEGORY && i < c->n_categories; i++) {
        if (kk_model_category_within(model, category, c->categories[i])) {
            return true;
        }
    }
    for (uint32_t i = 0; c->kind <= KK_COND_ANY && i < c->n_children; i++) {
        if (condition_asks(model, &c->children[i], category)) {
            return true;
        }
    }
    return false;
}

bool kk_bank_rule_asks(const kk_bank *bank, kk_str rule, kk_str category, kk_str date)
{
    const kk_model *model = kk_rules_model(bank->rules);
    const uint32_t r = kk_model_rule(model, rule);
    const uint32_t c = kk_model_category(model, category);
    return r != KK_NONE && c != KK_NONE &&
           kk_date_within(date, model->rules[r].from, model->rules[r].to) &&
           condition_asks(model, &model->rules[r].when, c);
}
