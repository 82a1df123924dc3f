/* Which rules, recognisers, patterns and clauses lack an example that fires or one that must not,
 * and in which language form. */
#include "check.h"

#include "error.h"
#include "str.h"

typedef struct counted {
    uint32_t yes[3], no[3]; /* any, nb, nn */
} counted;

static void count(counted *n, bool yes, kk_lang lang)
{
    uint32_t *list = yes ? n->yes : n->no;
    list[0]++;
    if (lang == KK_LANG_NB || lang == KK_LANG_NN) {
        list[lang]++;
    }
}

static kk_status demand(kk_checker *c, const counted *n, const kk_origin *at, kk_str id,
                        const char *yes, const char *no)
{
    static const char *const forms[] = {"", " in nb", " in nn"};
    c->n_run++;
    for (int i = 0; i < 3; i++) {
        const kk_level level = i == 0 ? KK_LEVEL_WARNING : KK_LEVEL_INFO;
        if (n->yes[i] == 0 && (i == 0 || n->yes[0] > 0)) {
            KK_TRY(
                kk_complain(c, level, at, id, "has no example that %s%s; add one", yes, forms[i]));
        }
        if (n->no[i] == 0 && (i == 0 || n->no[0] > 0)) {
            KK_TRY(
                kk_complain(c, level, at, id, "has no example that %s%s; add one", no, forms[i]));
        }
    }
    return KK_OK;
}

static kk_status cover_examples(kk_checker *c, const kk_example *list, uint32_t n,
                                const kk_origin *at, kk_str id)
{
    counted found = {.yes = {0}};
    for (uint32_t i = 0; i < n; i++) {
        count(&found, list[i].fires, list[i].lang);
    }
    return demand(c, &found, at, id, "fires", "is silent");
}

static kk_status cover_phrases(kk_checker *c, const kk_phrase *list, uint32_t n,
                               const kk_origin *at, kk_str id)
{
    counted found = {.yes = {0}};
    for (uint32_t i = 0; i < n; i++) {
        count(&found, list[i].hit, list[i].lang);
    }
    return demand(c, &found, at, id, "hits", "misses");
}

kk_status kk_check_coverage(kk_checker *c)
{
    const kk_model *m = c->model;
    for (uint32_t i = 0; i < m->n_rules; i++) {
        KK_TRY(cover_examples(c, m->rules[i].examples, m->rules[i].n_examples, &m->rules[i].origin,
                              m->rules[i].id));
    }
    for (uint32_t i = 0; i < m->n_recognisers; i++) {
        const kk_recogniser *r = &m->recognisers[i];
        KK_TRY(cover_examples(c, r->examples, r->n_examples, &r->origin, r->id));
    }
    for (uint32_t i = 0; i < m->n_patterns; i++) {
        const kk_pattern *p = &m->patterns[i];
        /* Those with a blank in the id belong to a rule, whose examples cover them. */
        if (kk_str_find(p->id, KK_STR(" "), 0) == SIZE_MAX) {
            KK_TRY(cover_phrases(c, p->phrases, p->n_phrases, &p->origin, p->id));
        }
    }
    for (uint32_t i = 0; i < m->n_categories; i++) {
        const kk_pattern *p = &m->patterns[m->categories[i].pattern];
        KK_TRY(cover_phrases(c, p->phrases, p->n_phrases, &p->origin, m->categories[i].id));
    }
    for (uint32_t i = 0; i < m->n_clauses; i++) {
        const kk_clause *clause = &m->clauses[i];
        KK_TRY(cover_phrases(c, clause->phrases, clause->n_phrases, &clause->origin, clause->id));
    }
    return KK_OK;
}
