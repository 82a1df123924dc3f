/* What clause texts may not say. The words are data: a pattern whose id begins with "lint-" forbids,
 * in the texts that its id names, what it hits:
 *   lint-no-...         no clause may say it (local origin of food, the Energy Star label ...)
 *   lint-award-no-...   award criteria may not say it (a bare certificate ...)
 *   lint-demand-no-...  requirements may not say it (soft verbs ...)
 *   lint-label          names a label: the same paragraph or row must hold lint-equivalent too
 *   lint-measure        a demand or criterion should hold a figure, a field or one of these
 * Hits under a negation do not count: "skal ikke kreve lokal opprinnelse" is fine. */
#include "check.h"

#include "error.h"
#include "judge.h"
#include "str.h"

typedef struct clause_case {
    const kk_clause *clause;
    kk_lang lang;
    kk_scan *scan;
} clause_case;

static const char *form_of(kk_lang lang)
{
    return lang == KK_LANG_NN ? "nn" : "nb";
}

static bool is_demand(const kk_clause *clause)
{
    return kk_str_is(clause->type, "kravspesifikasjon") ||
           kk_str_is(clause->type, "kontraktsvilkar") ||
           kk_str_is(clause->type, "kvalifikasjonskrav");
}

static bool concerns(kk_str id, const kk_clause *clause)
{
    if (kk_str_starts(id, KK_STR("lint-award-no-"))) {
        return kk_str_is(clause->type, "tildelingskriterium");
    }
    if (kk_str_starts(id, KK_STR("lint-demand-no-"))) {
        return is_demand(clause);
    }
    return kk_str_starts(id, KK_STR("lint-no-"));
}

static kk_status forbid(kk_checker *c, const clause_case *k, uint32_t pattern)
{
    kk_hits hits;
    const kk_str id = c->model->patterns[pattern].id;
    KK_TRY(kk_scan_hits(k->scan, pattern, &hits, c->err));
    for (uint32_t i = 0; i < hits.n; i++) {
        if ((hits.items[i].marks & KK_MARK_NEGATED) != 0) {
            continue;
        }
        const kk_str seen = kk_scan_slice(k->scan, 0, hits.items[i].begin, hits.items[i].end);
        return kk_complain(c, KK_LEVEL_ERROR, &k->clause->origin, k->clause->id,
                           "says \"%.*s\" in %s, which %.*s forbids; write it another way",
                           (int)(seen.len < 120 ? seen.len : 120), seen.ptr, form_of(k->lang),
                           (int)id.len, id.ptr);
    }
    return KK_OK;
}

/* A label without "or equivalent" in the same paragraph, cell or table row. */
static kk_status check_labels(kk_checker *c, const clause_case *k)
{
    const uint32_t label = kk_model_pattern(c->model, KK_STR("lint-label"));
    const uint32_t equivalent = kk_model_pattern(c->model, KK_STR("lint-equivalent"));
    kk_hits labels;
    kk_hits equivalents;
    KK_TRY(kk_scan_hits(k->scan, label, &labels, c->err));
    KK_TRY(kk_scan_hits(k->scan, equivalent, &equivalents, c->err));
    for (uint32_t i = 0; i < labels.n; i++) {
        kk_unit_range unit;
        if (!kk_unit_around(k->scan, labels.items[i].para, KK_EXTENT_ROW, &unit)) {
            kk_unit_around(k->scan, labels.items[i].para, KK_EXTENT_PARAGRAPH, &unit);
        }
        const bool heading = (labels.items[i].marks & KK_MARK_HEADING) != 0;
        if (!heading && kk_hits_within(equivalents, unit.begin, unit.end).n == 0) {
            const kk_str seen =
                kk_scan_slice(k->scan, 0, labels.items[i].begin, labels.items[i].end);
            return kk_complain(
                c, KK_LEVEL_ERROR, &k->clause->origin, k->clause->id,
                "names %.*s in %s without \"eller tilsvarende/tilsvarande\" beside it",
                (int)seen.len, seen.ptr, form_of(k->lang));
        }
    }
    return KK_OK;
}

static bool has_field(const kk_clause_body *body)
{
    for (uint32_t b = 0; b < body->n_blocks; b++) {
        for (uint32_t i = 0; i < body->blocks[b].n_cells; i++) {
            for (uint32_t n = 0; n < body->blocks[b].cells[i].n_inlines; n++) {
                if (body->blocks[b].cells[i].inlines[n].kind == KK_INLINE_FIELD) {
                    return true;
                }
            }
        }
    }
    return false;
}

static kk_status check_measure(kk_checker *c, const clause_case *k)
{
    const bool wanted = kk_str_is(k->clause->type, "kravspesifikasjon") ||
                        kk_str_is(k->clause->type, "tildelingskriterium");
    const kk_clause_body *body = k->lang == KK_LANG_NN ? &k->clause->nn : &k->clause->nb;
    if (!wanted || has_field(body)) {
        return KK_OK;
    }
    kk_hits figures;
    kk_hits more;
    KK_TRY(kk_scan_role_hits(k->scan, KK_PATTERN_FIGURE, &figures, c->err));
    KK_TRY(
        kk_scan_hits(k->scan, kk_model_pattern(c->model, KK_STR("lint-measure")), &more, c->err));
    return figures.n + more.n > 0
               ? KK_OK
               : kk_complain(c, KK_LEVEL_WARNING, &k->clause->origin, k->clause->id,
                             "holds no figure and no field in %s; how is it measured?",
                             form_of(k->lang));
}

/* A reason is guided text: without a gap that the purchaser must fill it is a ready-made excuse. */
static kk_status check_reason(kk_checker *c, const clause_case *k)
{
    const kk_clause_body *body = k->lang == KK_LANG_NN ? &k->clause->nn : &k->clause->nb;
    if (!kk_str_is(k->clause->type, "begrunnelse") || has_field(body)) {
        return KK_OK;
    }
    return kk_complain(c, KK_LEVEL_ERROR, &k->clause->origin, k->clause->id,
                       "is a reason without a field in %s; the purchaser must give his own",
                       form_of(k->lang));
}

/* What is promised must be reported on and have a consequence. */
static kk_status check_follow_up(kk_checker *c, const kk_clause *clause)
{
    const bool promise = kk_str_is(clause->type, "kravspesifikasjon") ||
                         kk_str_is(clause->type, "tildelingskriterium");
    return !promise || clause->n_follow_ups > 0
               ? KK_OK
               : kk_complain(c, KK_LEVEL_INFO, &clause->origin, clause->id,
                             "has no follow-up; name the clause on reporting and sanctions");
}

/* A demand that binds nobody: no binding word in a body of running text. */
static kk_status check_binding(kk_checker *c, const clause_case *k)
{
    kk_hits binding;
    if (!is_demand(k->clause)) {
        return KK_OK;
    }
    KK_TRY(kk_scan_role_hits(k->scan, KK_PATTERN_BINDING, &binding, c->err));
    return binding.n > 0 ? KK_OK
                         : kk_complain(c, KK_LEVEL_WARNING, &k->clause->origin, k->clause->id,
                                       "no binding word (skal, må, minst) in %s", form_of(k->lang));
}

static kk_status check_form(kk_checker *c, const kk_clause *clause, kk_lang lang)
{
    clause_case k = {clause, lang, NULL};
    kk_text *text;
    const kk_text *one;
    c->n_run++;
    kk_arena_reset(c->scratch);
    KK_TRY(kk_check_clause_text(c, clause, lang, &text));
    one = text;
    KK_TRY(kk_scan_new(c->scanner, c->scanner->side_arena, &one, 1, &k.scan, c->err));
    for (uint32_t i = 0; i < c->model->n_patterns; i++) {
        if (concerns(c->model->patterns[i].id, clause)) {
            KK_TRY(forbid(c, &k, i));
        }
    }
    KK_TRY(check_labels(c, &k));
    KK_TRY(check_measure(c, &k));
    KK_TRY(check_reason(c, &k));
    return check_binding(c, &k);
}

kk_status kk_check_law(kk_checker *c)
{
    c->scanner->side = NULL;
    for (uint32_t i = 0; i < c->model->n_clauses; i++) {
        if (c->model->clauses[i].status != KK_REVIEW_RETIRED) {
            KK_TRY(check_form(c, &c->model->clauses[i], KK_LANG_NB));
            KK_TRY(check_form(c, &c->model->clauses[i], KK_LANG_NN));
            KK_TRY(check_follow_up(c, &c->model->clauses[i]));
        }
    }
    return KK_OK;
}
