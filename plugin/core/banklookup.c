/* Single elements of the bank by id, for those who only keep ids: reports over a ledger. */
#include "bankview.h"

#include "model.h"

static bool find_rule(const kk_model *model, kk_str id, kk_lang lang, kk_bank_entry *out)
{
    const uint32_t at = kk_model_rule(model, id);
    if (at != KK_NONE) {
        out->id = model->rules[at].id;
        out->name = kk_texts_get(&model->rules[at].title, lang);
        out->level = (kk_finding_level)model->rules[at].level;
    }
    return at != KK_NONE;
}

static bool find_category(const kk_model *model, kk_str id, kk_lang lang, kk_bank_entry *out)
{
    const uint32_t at = kk_model_category(model, id);
    if (at != KK_NONE) {
        out->id = model->categories[at].id;
        out->name = kk_texts_get(&model->categories[at].name, lang);
    }
    return at != KK_NONE;
}

static bool find_clause(const kk_model *model, kk_str id, kk_lang lang, const char *date,
                        kk_bank_entry *out)
{
    const kk_clause *c = date == NULL ? NULL : kk_model_clause(model, id, kk_z(date), false);
    if (c != NULL) {
        out->version = c->version;
    }
    for (uint32_t i = 0; c == NULL && i < model->n_clauses; i++) {
        c = kk_str_equal(model->clauses[i].id, id) ? &model->clauses[i] : NULL;
    }
    if (c != NULL) {
        out->id = c->id;
        out->name = kk_texts_get(&c->name, lang);
    }
    return c != NULL;
}

kk_status kk_bank_find(const kk_bank *bank, kk_bank_kind kind, kk_str id, kk_lang lang,
                       const char *date, kk_bank_entry *out)
{
    const kk_model *model = kk_rules_model(bank->rules);
    kk_bank_entry e = {.size = sizeof e, .version = KK_STR("")};
    const bool found = kind == KK_BANK_RULE       ? find_rule(model, id, lang, &e)
                       : kind == KK_BANK_CATEGORY ? find_category(model, id, lang, &e)
                                                  : find_clause(model, id, lang, date, &e);
    return found ? kk_struct_out(out, &e, sizeof e) : KK_E_ARG;
}

kk_str kk_bank_category_of_cpv(const kk_bank *bank, kk_str cpv)
{
    const kk_model *model = kk_rules_model(bank->rules);
    kk_str best = KK_STR("");
    size_t most = 0;
    for (uint32_t i = 0; i < model->n_categories; i++) {
        for (uint32_t k = 0; k < model->categories[i].n_cpv; k++) {
            const kk_str prefix = model->categories[i].cpv[k];
            if (prefix.len > most && kk_str_starts(cpv, prefix)) {
                most = prefix.len;
                best = model->categories[i].id;
            }
        }
    }
    return best;
}
