/* An evaluation from end to end: language, categories, kind, requirements, facts and verdict, then
 * the rules that are in force, with the remedy that fits. */
#include "evaluate.h"

#include "classify.h"
#include "error.h"
#include "facts.h"
#include "judge.h"
#include "langform.h"
#include "law.h"
#include "message.h"
#include "requirement.h"
#include "str.h"
#include "vec.h"

#include <stdlib.h>
#include <string.h>

enum { DRIVERS_MAX = 64 };

typedef KK_VEC(kk_hit) hit_list;

/* ---- before the rules ---------------------------------------------------------------------- */

static kk_status find_categories(kk_scan *scan, kk_error *err)
{
    const size_t n = scan->model->n_categories;
    scan->scores = kk_arena_array(scan->arena, (scan->n_texts + 1) * (n + 1), sizeof *scan->scores);
    if (scan->scores == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t d = 0; d < scan->n_texts; d++) {
        kk_document_result *r = &scan->results[d];
        KK_TRY(kk_classify(scan, d, d + 1, scan->scores + d * n, &r->categories, &r->n_categories,
                           err));
    }
    /* The set has what any of its documents has: a title page speaks for its annexes. */
    double *set = scan->scores + scan->n_texts * n;
    for (uint32_t d = 0; d < scan->n_texts; d++) {
        for (size_t c = 0; c < n; c++) {
            const double score = scan->scores[d * n + c];
            set[c] = score > set[c] ? score : set[c];
        }
    }
    return KK_OK;
}

static kk_status find_kind(kk_scan *scan, uint32_t doc, kk_str preset, kk_error *err)
{
    const kk_unit_range unit = kk_unit_document(scan, doc);
    scan->results[doc].kind = preset.len > 0 ? preset : KK_STR("none");
    for (uint32_t i = 0; preset.len == 0 && i < scan->model->n_kinds; i++) {
        kk_judge judge = {.scan = scan, .err = err};
        const bool holds = kk_judge_holds(&judge, &scan->model->kinds[i].when, &unit);
        KK_TRY(judge.status);
        if (holds) {
            scan->results[doc].kind = scan->model->kinds[i].id;
            break;
        }
    }
    return KK_OK;
}

static kk_status keep_sections(kk_scan *scan, uint32_t d, kk_error *err)
{
    const uint32_t most = scan->texts[d]->n_paras;
    kk_lang_section *list = kk_arena_array(scan->arena, (size_t)most + 1, sizeof *list);
    if (list == NULL) {
        return kk_fail_nomem(err);
    }
    scan->results[d].n_sections = kk_langform_sections(scan->texts[d], list, most);
    scan->results[d].sections = list;
    return KK_OK;
}

static kk_status prepare(kk_scan *scan, kk_str kind, kk_verdict *verdict, kk_error *err)
{
    scan->results = kk_arena_array(scan->arena, scan->n_texts + 1, sizeof *scan->results);
    if (scan->results == NULL) {
        return kk_fail_nomem(err);
    }
    KK_TRY(kk_judge_memory(scan, err));
    for (uint32_t d = 0; d < scan->n_texts; d++) {
        const kk_langform form = kk_langform_text(scan->texts[d]);
        KK_TRY(keep_sections(scan, d, err));
        scan->results[d].lang = form.lang;
        scan->results[d].lang_mixed = form.mixed;
        scan->results[d].lang_share = form.share;
    }
    KK_TRY(find_categories(scan, err));
    for (uint32_t d = 0; d < scan->n_texts; d++) {
        KK_TRY(find_kind(scan, d, kind, err));
    }
    KK_TRY(kk_requirements_find(scan, err));
    return kk_facts_compute(scan, verdict, err);
}

/* ---- which rules --------------------------------------------------------------------------- */

static bool listed(const kk_str *names, uint32_t n, kk_str name)
{
    for (uint32_t i = 0; i < n; i++) {
        if (kk_str_equal(names[i], name)) {
            return true;
        }
    }
    return false;
}

static bool any_category(const kk_scan *scan, uint32_t doc, const uint32_t *list, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (kk_category_holds(scan, doc, list[i], 0)) {
            return true;
        }
    }
    return n == 0;
}

static bool kind_fits(const kk_scan *scan, const kk_rule *rule, const kk_unit_range *unit)
{
    const bool set = unit->extent == KK_EXTENT_PROCUREMENT && scan->as_set;
    const uint32_t end = set ? scan->n_texts : unit->doc + 1;
    for (uint32_t d = unit->doc; d < end; d++) {
        if (rule->n_kinds == 0 || listed(rule->kinds, rule->n_kinds, scan->results[d].kind)) {
            return true;
        }
    }
    return false;
}

static bool in_force(const kk_scan *scan, const kk_rule *rule)
{
    return rule->status != KK_REVIEW_RETIRED &&
           kk_date_within(scan->options->date, rule->from, rule->to);
}

static kk_level level_on(const kk_rule *rule, kk_str date)
{
    kk_level level = rule->level;
    for (uint32_t i = 0; i < rule->n_severities; i++) {
        if (kk_date_within(date, rule->severities[i].from, rule->severities[i].to)) {
            level = rule->severities[i].level;
        }
    }
    return level;
}

/* ---- remedies ------------------------------------------------------------------------------ */

static int rank_of(kk_str level)
{
    return kk_str_is(level, "spydspiss") ? 3 : kk_str_is(level, "avansert") ? 2 : 1;
}

/* A clause without a level fits every wish; a lower one than wished is better than none. */
static int fitness(const kk_clause *clause, kk_str wish)
{
    if (clause->level.len == 0 || rank_of(clause->level) == rank_of(wish)) {
        return 10;
    }
    return rank_of(clause->level) < rank_of(wish) ? rank_of(clause->level) : 0;
}

static const kk_clause *choose_remedy(const kk_scan *scan, const kk_rule *rule, uint32_t doc)
{
    const kk_evaluate_options *o = scan->options;
    const kk_clause *best = NULL;
    int best_fit = 0;
    for (uint32_t i = 0; i < rule->n_remedies; i++) {
        const kk_remedy *remedy = &rule->remedies[i];
        if (remedy->clause.len == 0 ||
            !any_category(scan, doc, remedy->categories, remedy->n_categories)) {
            continue;
        }
        const kk_clause *clause =
            kk_model_clause(scan->model, remedy->clause, o->date, o->only_reviewed);
        if (clause == NULL || !any_category(scan, doc, clause->categories, clause->n_categories)) {
            continue;
        }
        const int fit = fitness(clause, o->level);
        if (fit > best_fit) {
            best = clause;
            best_fit = fit;
        }
    }
    return best;
}

static kk_str advice_of(const kk_rule *rule, kk_lang lang)
{
    for (uint32_t i = 0; i < rule->n_remedies; i++) {
        const kk_str advice = kk_texts_get(&rule->remedies[i].advice, lang);
        if (advice.len > 0) {
            return advice;
        }
    }
    return (kk_str){"", 0};
}

/* ---- hits ---------------------------------------------------------------------------------- */

static kk_status fill_basis(kk_scan *scan, const kk_rule *rule, kk_hit *out, kk_error *err)
{
    kk_str *list = kk_arena_array(scan->arena, (size_t)rule->n_basis + 1, sizeof *list);
    if (list == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t i = 0; i < rule->n_basis; i++) {
        if (kk_date_within(scan->options->date, rule->basis[i].from, rule->basis[i].to)) {
            list[out->n_basis++] = rule->basis[i].ref;
        }
    }
    out->basis = list;
    return KK_OK;
}

/* What to show: the rule's own evidence pattern, else what spoke for the condition, else the unit.
 */
static kk_status find_evidence(kk_scan *scan, const kk_rule *rule, const kk_unit_range *unit,
                               const kk_judge *judge, kk_evidence *out)
{
    kk_hits hits;
    KK_TRY(kk_scan_hits(scan, rule->evidence, &hits, judge->err));
    hits = kk_hits_within(hits, unit->begin, unit->end);
    if (hits.n > 0) {
        *out = kk_scan_evidence(scan, &hits.items[0]);
        return KK_OK;
    }
    *out = (kk_evidence){.doc = unit->doc, .para = KK_NONE};
    if (judge->has_evidence) {
        *out = judge->evidence;
    } else if (unit->extent < KK_EXTENT_DOCUMENT && unit->begin < unit->end) {
        const kk_para *p = kk_scan_para_of(scan, unit->begin);
        *out = (kk_evidence){.doc = unit->doc,
                             .para = unit->begin - scan->doc_base[unit->doc],
                             .begin = p->begin,
                             .end = p->end};
    }
    return KK_OK;
}

static kk_status fill_hit(kk_scan *scan, const kk_rule *rule, const kk_unit_range *unit,
                          const kk_judge *judge, uint32_t count, kk_hit *out)
{
    const kk_lang lang = scan->options->message_lang;
    out->rule = rule->id;
    out->level = level_on(rule, scan->options->date);
    out->help = rule->help;
    out->advice = advice_of(rule, lang);
    KK_TRY(find_evidence(scan, rule, unit, judge, &out->at));
    KK_TRY(fill_basis(scan, rule, out, judge->err));
    const kk_clause *remedy = choose_remedy(scan, rule, unit->doc);
    if (remedy != NULL) {
        out->remedy = remedy->id;
        out->place =
            remedy->n_places > 0 ? scan->model->places[remedy->places[0]].id : (kk_str){"", 0};
    }
    const kk_message_values values = {judge->facts, &out->at, out->place, unit->doc, count};
    KK_TRY(kk_message_fill(scan, kk_messages_get(&rule->message, lang), &values, &out->message,
                           judge->err));
    return kk_message_fill(scan, kk_messages_get(&rule->why, lang), &values, &out->why, judge->err);
}

static kk_status units_of(kk_scan *scan, const kk_rule *rule, uint32_t doc, kk_unit_list *out,
                          kk_error *err)
{
    uint32_t drivers[DRIVERS_MAX];
    const uint32_t n =
        rule->scope <= KK_EXTENT_ROW ? kk_condition_drivers(&rule->when, drivers, DRIVERS_MAX) : 0;
    if (n > 0) {
        return kk_units_with(scan, doc, rule->scope, drivers, n, out, err);
    }
    return kk_units_all(scan, doc, rule->scope, out) ? KK_OK : kk_fail_nomem(err);
}

/* Moves *at over the units in the section of unit *at, and tells how many of them fulfil the rule:
 * a form with forty gaps to fill in is one thing to do, not forty. */
static kk_status count_section(kk_scan *scan, const kk_rule *rule, const kk_unit_list *units,
                               size_t *at, uint32_t *count, kk_error *err)
{
    const uint32_t section = scan->paras[units->items[*at].begin].section;
    for (*count = 1; *at + 1 < units->n; ++*at) {
        const kk_unit_range *next = &units->items[*at + 1];
        if (scan->paras[next->begin].section != section) {
            break;
        }
        kk_judge judge = {.scan = scan, .err = err, .facts = &scan->doc_facts[next->doc]};
        *count += kk_judge_holds(&judge, &rule->when, next) ? 1 : 0;
        KK_TRY(judge.status);
    }
    return KK_OK;
}

static kk_status run_rule(kk_scan *scan, const kk_rule *rule, uint32_t doc, kk_unit_list *units,
                          hit_list *out, kk_error *err)
{
    units->n = 0;
    const kk_unit_range probe = rule->scope == KK_EXTENT_PROCUREMENT
                                    ? kk_unit_procurement(scan, doc)
                                    : kk_unit_document(scan, doc);
    if (!kind_fits(scan, rule, &probe) ||
        !any_category(scan, doc, rule->categories, rule->n_categories)) {
        return KK_OK;
    }
    KK_TRY(units_of(scan, rule, doc, units, err));
    const bool counts = rule->scope < KK_EXTENT_SECTION && kk_message_counts(&rule->message.nb);
    for (size_t i = 0; i < units->n && out->n < scan->scanner->limits.hits; i++) {
        const bool set = rule->scope == KK_EXTENT_PROCUREMENT && scan->as_set;
        kk_judge judge = {
            .scan = scan, .err = err, .facts = set ? &scan->set_facts : &scan->doc_facts[doc]};
        const bool holds = kk_judge_holds(&judge, &rule->when, &units->items[i]);
        KK_TRY(judge.status);
        if (holds) {
            kk_hit hit = {.level = KK_LEVEL_INFO};
            const kk_unit_range *unit = &units->items[i];
            uint32_t count = 1;
            if (counts) {
                KK_TRY(count_section(scan, rule, units, &i, &count, err));
            }
            KK_TRY(fill_hit(scan, rule, unit, &judge, count, &hit));
            if (!kk_vec_push(out, hit)) {
                return kk_fail_nomem(err);
            }
        }
    }
    return KK_OK;
}

static kk_status run_rules(kk_scan *scan, kk_str only_rule, hit_list *out, kk_error *err)
{
    kk_unit_list units = {NULL, 0, 0};
    kk_status status = KK_OK;
    for (uint32_t r = 0; r < scan->model->n_rules && status == KK_OK; r++) {
        const kk_rule *rule = &scan->model->rules[r];
        if (!in_force(scan, rule) || (only_rule.len > 0 && !kk_str_equal(rule->id, only_rule))) {
            continue;
        }
        const bool once = rule->scope == KK_EXTENT_PROCUREMENT && scan->as_set;
        for (uint32_t d = 0; d < (once ? 1 : scan->n_texts) && status == KK_OK; d++) {
            status = run_rule(scan, rule, d, &units, out, err);
        }
    }
    kk_vec_free(&units);
    return status;
}

static int by_position(const void *a, const void *b)
{
    const kk_hit *x = a;
    const kk_hit *y = b;
    if (x->at.doc != y->at.doc) {
        return x->at.doc < y->at.doc ? -1 : 1;
    }
    if (x->at.para != y->at.para) {
        return x->at.para < y->at.para ? -1 : 1;
    }
    if (x->at.begin != y->at.begin) {
        return x->at.begin < y->at.begin ? -1 : 1;
    }
    return kk_str_compare(x->rule, y->rule);
}

static kk_status publish(kk_scan *scan, hit_list *hits, const kk_verdict *verdict,
                         const kk_evaluation **out, kk_error *err)
{
    kk_evaluation *e = kk_arena_alloc(scan->arena, sizeof *e);
    kk_hit *list = kk_arena_array(scan->arena, hits->n + 1, sizeof *list);
    if (e == NULL || list == NULL) {
        return kk_fail_nomem(err);
    }
    if (hits->n > 0) {
        qsort(hits->items, hits->n, sizeof *hits->items, by_position);
        memcpy(list, hits->items, hits->n * sizeof *list);
    }
    const kk_facts *facts = scan->n_texts == 0 ? NULL
                            : scan->as_set     ? &scan->set_facts
                                               : &scan->doc_facts[0];
    *e = (kk_evaluation){.documents = scan->results,
                         .n_documents = scan->n_texts,
                         .verdict = *verdict,
                         .hits = list,
                         .n_hits = (uint32_t)hits->n,
                         .facts = facts != NULL ? facts->items : NULL,
                         .n_facts = facts != NULL ? facts->n : 0};
    if (facts != NULL) {
        const kk_unit_range unit = kk_unit_procurement(scan, 0);
        KK_TRY(kk_law_publish(scan, &unit, facts, e, err));
    }
    *out = e;
    return KK_OK;
}

static kk_status open_scan(kk_scanner *scanner, const kk_text *const *texts, uint32_t n_texts,
                           const kk_evaluate_options *options, kk_scan **scan, kk_error *err)
{
    *scan = NULL;
    if (!kk_date_is_real(options->date)) {
        return kk_fail(err, KK_E_ARG, "date", "\"%.*s\" is not a date; write YYYY-MM-DD",
                       (int)(options->date.len < 40 ? options->date.len : 40), options->date.ptr);
    }
    KK_TRY(kk_scan_new(scanner, scanner->arena, texts, n_texts, scan, err));
    (*scan)->options = options;
    (*scan)->as_set = options->as_procurement;
    scanner->scan = *scan;
    return KK_OK;
}

kk_status kk_evaluate_open(kk_scanner *scanner, const kk_text *const *texts, uint32_t n_texts,
                           const kk_evaluate_options *options, const kk_evaluate_focus *focus,
                           kk_scan **scan, kk_error *err)
{
    KK_TRY(open_scan(scanner, texts, n_texts, options, scan, err));
    const kk_status status = prepare(*scan, focus->kind, &(*scan)->verdict, err);
    if (status != KK_OK) {
        kk_evaluate_close(scanner);
    }
    return status;
}

void kk_evaluate_close(kk_scanner *scanner)
{
    scanner->scan = NULL;
}

kk_status kk_evaluate_focused(kk_scanner *scanner, const kk_text *const *texts, uint32_t n_texts,
                              const kk_evaluate_options *options, const kk_evaluate_focus *focus,
                              const kk_evaluation **out, kk_error *err)
{
    kk_scan *scan;
    hit_list hits = {NULL, 0, 0};
    *out = NULL;
    KK_TRY(kk_evaluate_open(scanner, texts, n_texts, options, focus, &scan, err));
    kk_status status = run_rules(scan, focus->rule, &hits, err);
    status = status == KK_OK ? publish(scan, &hits, &scan->verdict, out, err) : status;
    kk_vec_free(&hits);
    kk_evaluate_close(scanner);
    if (status == KK_OK && scan->limited != KK_OK) {
        if (err != NULL) {
            *err = scan->limit;
        }
        return scan->limited;
    }
    return status;
}

kk_status kk_rules_evaluate(kk_scanner *scanner, const kk_text *const *texts, uint32_t n_texts,
                            const kk_evaluate_options *options, const kk_evaluation **out,
                            kk_error *err)
{
    const kk_evaluate_focus whole = {{"", 0}, {"", 0}};
    return kk_evaluate_focused(scanner, texts, n_texts, options, &whole, out, err);
}
