/* All examples as tests: phrases of patterns, passages of recognisers, cases of rules, texts that
 * satisfy clauses, and the clauses themselves. */
#include "check.h"

#include "error.h"
#include "judge.h"
#include "minidoc.h"
#include "requirement.h"
#include "str.h"

static kk_evaluate_options options_for(kk_str date)
{
    return (kk_evaluate_options){.date = date, .message_lang = KK_LANG_NB, .as_procurement = true};
}

static int shown(kk_str s)
{
    return (int)(s.len < 160 ? s.len : 160);
}

/* ---- patterns ------------------------------------------------------------------------------ */

static kk_status check_phrase(kk_checker *c, uint32_t pattern, const kk_phrase *phrase)
{
    const kk_pattern *p = &c->model->patterns[pattern];
    kk_scan *scan;
    kk_hits hits;
    c->n_run++;
    KK_TRY(kk_scan_loose(c->scanner, phrase->text, false, &scan, c->err));
    KK_TRY(kk_scan_hits(scan, pattern, &hits, c->err));
    if ((hits.n > 0) == phrase->hit) {
        return KK_OK;
    }
    const kk_origin at = kk_origin_line(&p->origin, phrase->line);
    if (phrase->hit) {
        return kk_complain(c, KK_LEVEL_ERROR, &at, p->id,
                           "does not hit \"%.*s\"; add a word or "
                           "correct the phrase",
                           shown(phrase->text), phrase->text.ptr);
    }
    const kk_str seen = kk_scan_slice(scan, 0, hits.items[0].begin, hits.items[0].end);
    return kk_complain(c, KK_LEVEL_ERROR, &at, p->id,
                       "hits \"%.*s\" in \"%.*s\"; narrow it or veto "
                       "that",
                       shown(seen), seen.ptr, shown(phrase->text), phrase->text.ptr);
}

static kk_status check_patterns(kk_checker *c)
{
    for (uint32_t i = 0; i < c->model->n_patterns; i++) {
        for (uint32_t k = 0; k < c->model->patterns[i].n_phrases; k++) {
            KK_TRY(check_phrase(c, i, &c->model->patterns[i].phrases[k]));
        }
    }
    return KK_OK;
}

/* ---- recognisers --------------------------------------------------------------------------- */

static kk_status check_recogniser(kk_checker *c, uint32_t index, const kk_example *example)
{
    const kk_recogniser *r = &c->model->recognisers[index];
    const kk_evaluate_options options =
        options_for(example->date.len > 0 ? example->date : c->date);
    const kk_evaluate_focus focus = {.kind = example->kind, .rule = KK_STR(" ")};
    kk_scan *scan;
    kk_text *text;
    c->n_run++;
    kk_arena_reset(c->scratch);
    KK_TRY(kk_minidoc_text(kk_example_content(example, c->scratch), r->scope != KK_EXTENT_PARAGRAPH, c->scratch, &text,
                           c->err));
    const kk_text *one = text;
    KK_TRY(kk_evaluate_open(c->scanner, &one, 1, &options, &focus, &scan, c->err));
    const kk_sighting *seen;
    uint32_t n;
    const kk_status status = kk_requirements_sightings(scan, 0, &seen, &n, c->err);
    kk_evaluate_close(c->scanner);
    KK_TRY(status);
    bool fired = false;
    for (uint32_t i = 0; i < n; i++) {
        fired = fired || seen[i].recogniser == index;
    }
    if (fired == example->fires) {
        return KK_OK;
    }
    const kk_origin at = kk_origin_line(&r->origin, example->line);
    return kk_complain(c, KK_LEVEL_ERROR, &at, r->id, "%s on \"%.*s\"",
                       fired ? "fires, but should be silent" : "is silent, but should fire",
                       (int)(text->len < 160 ? text->len : 160), text->utf8);
}

static kk_status check_recognisers(kk_checker *c)
{
    for (uint32_t i = 0; i < c->model->n_recognisers; i++) {
        for (uint32_t k = 0; k < c->model->recognisers[i].n_examples; k++) {
            KK_TRY(check_recogniser(c, i, &c->model->recognisers[i].examples[k]));
        }
    }
    return KK_OK;
}

/* ---- rules --------------------------------------------------------------------------------- */

enum { CATEGORIES_MAX = 32 };

/* The categories of the example; failing those, the ones that the rule is about. */
static uint32_t categories_of(const kk_checker *c, const kk_rule *rule, const kk_example *example,
                              kk_str *list)
{
    kk_str rest = example->categories;
    uint32_t n = 0;
    while (n < CATEGORIES_MAX && kk_str_word(&rest, &list[n])) {
        n++;
    }
    for (uint32_t i = 0;
         example->categories.len == 0 && i < rule->n_categories && i < CATEGORIES_MAX; i++) {
        list[n++] = c->model->categories[rule->categories[i]].id;
    }
    return n;
}

/* A date on which the rule is in force, as near to the wanted one as can be. */
static kk_str date_for(kk_str wanted, kk_str from, kk_str to)
{
    if (from.len > 0 && kk_str_compare(wanted, from) < 0) {
        return from;
    }
    return to.len > 0 && kk_str_compare(wanted, to) > 0 ? to : wanted;
}

static kk_status run_rule(kk_checker *c, const kk_rule *rule, const kk_example *example,
                          const kk_text *text, const kk_evaluation **out)
{
    kk_str categories[CATEGORIES_MAX];
    kk_evaluate_options options = options_for(
        example->date.len > 0 ? example->date : date_for(c->date, rule->from, rule->to));
    options.n_only_categories = categories_of(c, rule, example, categories);
    options.only_categories = categories;
    options.n_expired = example->expired;
    const kk_str kind =
        example->kind.len > 0 || rule->n_kinds == 0 ? example->kind : rule->kinds[0];
    const kk_evaluate_focus focus = {.rule = rule->id, .kind = kind};
    return kk_evaluate_focused(c->scanner, &text, 1, &options, &focus, out, c->err);
}

static kk_status check_rule(kk_checker *c, const kk_rule *rule, const kk_example *example)
{
    const bool cells = rule->scope == KK_EXTENT_CELL || rule->scope == KK_EXTENT_ROW ||
                       rule->scope == KK_EXTENT_TABLE;
    const kk_evaluation *e;
    kk_text *text;
    c->n_run++;
    kk_arena_reset(c->scratch);
    KK_TRY(kk_minidoc_text(kk_example_content(example, c->scratch), cells, c->scratch, &text, c->err));
    KK_TRY(run_rule(c, rule, example, text, &e));
    if ((e->n_hits > 0) == example->fires) {
        return KK_OK;
    }
    const kk_origin at = kk_origin_line(&rule->origin, example->line);
    if (e->n_hits == 0) {
        return kk_complain(c, KK_LEVEL_ERROR, &at, rule->id,
                           "is silent, but should fire on "
                           "\"%.*s\"",
                           (int)(text->len < 160 ? text->len : 160), text->utf8);
    }
    const kk_evidence *seen = &e->hits[0].at;
    return kk_complain(c, KK_LEVEL_ERROR, &at, rule->id,
                       "fires, but should be silent; it saw "
                       "\"%.*s\"",
                       (int)(seen->end - seen->begin < 160 ? seen->end - seen->begin : 160),
                       text->utf8 + seen->begin);
}

static kk_status check_rules(kk_checker *c)
{
    for (uint32_t i = 0; i < c->model->n_rules; i++) {
        const kk_rule *rule = &c->model->rules[i];
        for (uint32_t k = 0; rule->status != KK_REVIEW_RETIRED && k < rule->n_examples; k++) {
            KK_TRY(check_rule(c, rule, &rule->examples[k]));
        }
    }
    return KK_OK;
}

/* ---- document kinds ------------------------------------------------------------------------ */

static kk_status check_kind(kk_checker *c, const kk_document_kind *kind, const kk_example *example)
{
    const kk_evaluate_options options = options_for(c->date);
    const kk_evaluate_focus focus = {.rule = KK_STR(" ")};
    const kk_evaluation *e;
    kk_text *text;
    c->n_run++;
    kk_arena_reset(c->scratch);
    KK_TRY(kk_minidoc_text(kk_example_content(example, c->scratch), false, c->scratch, &text, c->err));
    const kk_text *one = text;
    KK_TRY(kk_evaluate_focused(c->scanner, &one, 1, &options, &focus, &e, c->err));
    const kk_str found = e->documents[0].kind;
    if (kk_str_equal(found, kind->id) == example->fires) {
        return KK_OK;
    }
    const kk_origin at = kk_origin_line(&kind->origin, example->line);
    return kk_complain(c, KK_LEVEL_ERROR, &at, kind->id, "example is taken for \"%.*s\"",
                       (int)found.len, found.ptr);
}

static kk_status check_kinds(kk_checker *c)
{
    for (uint32_t i = 0; i < c->model->n_kinds; i++) {
        for (uint32_t k = 0; k < c->model->kinds[i].n_examples; k++) {
            KK_TRY(check_kind(c, &c->model->kinds[i], &c->model->kinds[i].examples[k]));
        }
    }
    return KK_OK;
}

/* ---- clauses ------------------------------------------------------------------------------- */

static kk_status is_satisfied(kk_checker *c, const kk_clause *clause, const kk_text *text,
                              bool *out)
{
    const kk_evaluate_options options = options_for(date_for(c->date, clause->from, clause->to));
    const kk_evaluate_focus focus = {.rule = KK_STR(" ")};
    kk_scan *scan;
    KK_TRY(kk_evaluate_open(c->scanner, &text, 1, &options, &focus, &scan, c->err));
    const kk_unit_range unit = kk_unit_document(scan, 0);
    kk_judge judge = {.scan = scan, .err = c->err, .facts = &scan->doc_facts[0]};
    *out = kk_judge_holds(&judge, &clause->satisfied_by, &unit);
    kk_evaluate_close(c->scanner);
    return judge.status;
}

static kk_status check_body(kk_checker *c, const kk_clause *clause, kk_lang lang)
{
    kk_text *text;
    bool holds;
    c->n_run++;
    kk_arena_reset(c->scratch);
    KK_TRY(kk_check_clause_text(c, clause, lang, &text));
    KK_TRY(is_satisfied(c, clause, text, &holds));
    return holds ? KK_OK
                 : kk_complain(c, KK_LEVEL_ERROR, &clause->origin, clause->id,
                               "its own text in %s does not satisfy <satisfied-by>; it would be "
                               "asked for again after it was put in",
                               lang == KK_LANG_NN ? "nn" : "nb");
}

static kk_status check_clause_phrase(kk_checker *c, const kk_clause *clause,
                                     const kk_phrase *phrase)
{
    const kk_place *place = clause->n_places > 0 ? &c->model->places[clause->places[0]] : NULL;
    kk_text *text;
    bool holds;
    c->n_run++;
    kk_arena_reset(c->scratch);
    KK_TRY(kk_check_phrase_text(c, place, phrase->text, phrase->lang, &text));
    KK_TRY(is_satisfied(c, clause, text, &holds));
    if (holds == phrase->hit) {
        return KK_OK;
    }
    const kk_origin at = kk_origin_line(&clause->origin, phrase->line);
    return kk_complain(c, KK_LEVEL_ERROR, &at, clause->id, "\"%.*s\" %s", shown(phrase->text),
                       phrase->text.ptr,
                       phrase->hit ? "should satisfy the clause, but does not"
                                   : "is a near miss, but satisfies the clause");
}

static kk_status check_clauses(kk_checker *c)
{
    for (uint32_t i = 0; i < c->model->n_clauses; i++) {
        const kk_clause *clause = &c->model->clauses[i];
        if (!clause->has_satisfied_by || clause->status == KK_REVIEW_RETIRED) {
            continue;
        }
        KK_TRY(check_body(c, clause, KK_LANG_NB));
        KK_TRY(check_body(c, clause, KK_LANG_NN));
        for (uint32_t k = 0; k < clause->n_phrases; k++) {
            KK_TRY(check_clause_phrase(c, clause, &clause->phrases[k]));
        }
    }
    return KK_OK;
}

kk_status kk_check_examples(kk_checker *c)
{
    KK_TRY(check_patterns(c));
    KK_TRY(check_recognisers(c));
    KK_TRY(check_kinds(c));
    KK_TRY(check_rules(c));
    return check_clauses(c);
}
