/* The truth table: every <case> of the files in this folder is a test of its own per date. Loads
 * the real bank and judges the case's documents; on failure it shows what was read from them. */
#include "bankload.h"
#include "casedoc.h"
#include "report.h"

#include "error.h"
#include "rules.h"
#include "str.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MAX_DOCS = 8 };

typedef struct row {
    const kk_xnode *node;
    kk_str date;
} row;

typedef KK_VEC(struct CMUnitTest) test_list;

static struct {
    kk_arena *arena;
    kk_rules *rules;
    kk_scanner *scanner;
    source_list cases;
    test_list tests;
    const char *only; /* run cases whose name holds this, or NULL */
} world;

static void give_up(const char *what, const kk_error *err)
{
    (void)fprintf(stderr, "%s: %s:%u: %s\n", what, err->part, err->line, err->message);
    exit(2);
}

/* ---- one case ------------------------------------------------------------------------------ */

typedef struct outcome {
    const kk_evaluation *seen;
    const kk_text *texts[MAX_DOCS];
    uint32_t n_texts;
    unsigned faults;
    kk_buf report;
} outcome;

static void fault(outcome *o, const char *what, kk_str expected, const char *seen)
{
    o->faults++;
    kk_buf_printf(&o->report, "  %s: expected %.*s, got %s\n", what, (int)expected.len,
                  expected.ptr, seen);
}

static void expect_number(outcome *o, const kk_xnode *node, const char *attr, double seen,
                          bool known)
{
    kk_str expected = kk_xnode_attr(node, attr);
    char text[32] = "none";
    if (expected.len == 0) {
        return;
    }
    if (known) {
        (void)snprintf(text, sizeof text, "%g", seen);
    }
    bool none = kk_str_is(expected, "none");
    char copy[32] = "";
    (void)snprintf(copy, sizeof copy, "%.*s", (int)expected.len, expected.ptr);
    if (none ? known : !known || fabs(strtod(copy, NULL) - seen) > 0.05) {
        fault(o, attr, expected, text);
    }
}

static void expect_fact(outcome *o, const kk_xnode *node, const char *attr, const char *name)
{
    const kk_fact *fact = report_fact(o->seen, name);
    expect_number(o, node, attr, fact != NULL ? fact->number : 0.0, fact != NULL && fact->known);
}

static void expect_verdict(outcome *o, const kk_xnode *node)
{
    const kk_verdict *v = &o->seen->verdict;
    kk_str route = kk_xnode_attr(node, "route"), satisfied = kk_xnode_attr(node, "satisfied");
    if (!kk_str_is(route, report_route(v->route))) {
        fault(o, "route", route, report_route(v->route));
    }
    if (!kk_str_is(satisfied, report_satisfied(v->satisfied))) {
        fault(o, "satisfied", satisfied, report_satisfied(v->satisfied));
    }
    expect_number(o, node, "weight", v->weight, v->weight >= 0.0);
    expect_fact(o, node, "nominal", "award.nominal-weight");
    expect_fact(o, node, "sum", "award.sum");
    expect_fact(o, node, "rank", "award.rank");
    expect_fact(o, node, "criteria", "award.n-criteria");
}

/* law="law.regime=fsf law.part=unknown" */
static void expect_law(outcome *o, const kk_xnode *node)
{
    const kk_str basis = kk_xnode_attr(node, "basis");
    kk_str rest = kk_xnode_attr(node, "law"), word;
    if (basis.len > 0 && !kk_str_equal(basis, o->seen->verdict.basis)) {
        fault(o, "basis", basis, o->seen->verdict.basis.ptr);
    }
    while (kk_str_word(&rest, &word)) {
        const size_t at = kk_str_find(word, KK_STR("="), 0);
        const kk_str name = kk_str_slice(word, 0, at), value = kk_str_slice(word, at + 1, word.len);
        bool found = false;
        for (uint32_t i = 0; i < o->seen->n_law; i++) {
            found = found || (kk_str_equal(o->seen->law[i].name, name) &&
                              kk_str_equal(o->seen->law[i].value, value));
        }
        if (!found) {
            fault(o, "law", word, "another value");
        }
    }
}

static const kk_hit *hit_of(const kk_evaluation *seen, kk_str rule)
{
    for (uint32_t i = 0; i < seen->n_hits; i++) {
        if (kk_str_equal(seen->hits[i].rule, rule)) {
            return &seen->hits[i];
        }
    }
    return NULL;
}

static void expect_findings(outcome *o, const kk_xnode *node)
{
    kk_str rest = kk_xnode_attr(node, "fires"), word;
    while (kk_str_word(&rest, &word)) {
        size_t colon = kk_str_find(word, KK_STR(":"), 0);
        kk_str id = kk_str_slice(word, 0, colon == SIZE_MAX ? word.len : colon);
        const kk_hit *hit = hit_of(o->seen, id);
        if (hit == NULL) {
            fault(o, "finding", id, "silence");
        } else if (colon != SIZE_MAX &&
                   !kk_str_is(kk_str_slice(word, colon + 1, word.len), report_level(hit->level))) {
            fault(o, "level", word, report_level(hit->level));
        }
    }
    rest = kk_xnode_attr(node, "silent");
    while (kk_str_word(&rest, &word)) {
        if (hit_of(o->seen, word) != NULL) {
            fault(o, "silence", word, "a finding");
        }
    }
}

/* <criterion> elements, when there are any, are the whole tree in document order. */
static void expect_tree(outcome *o, const kk_xnode *node)
{
    uint32_t at = 0, doc = report_award_document(o->seen);
    const kk_document_result *result = &o->seen->documents[doc];
    bool any = false;
    for (const kk_xnode *c = kk_xnode_element(node, NULL); c != NULL;
         c = kk_xnode_element(node, c)) {
        if (!kk_str_is(c->name, "criterion")) {
            continue;
        }
        any = true;
        kk_str name = kk_xnode_attr(c, "name");
        uint32_t found = at;
        while (found < result->n_criteria && !kk_str_equal(result->criteria[found].name, name)) {
            found++;
        }
        if (found == result->n_criteria) {
            fault(o, "criterion", name, "no such criterion (in this order)");
            continue;
        }
        const kk_criterion *seen = &result->criteria[found];
        bool child = kk_xnode_attr(c, "level").len > 0;
        bool genuine = kk_str_is(kk_xnode_attr(c, "genuine"), "yes");
        expect_number(o, c, "weight", seen->weight, seen->weight >= 0.0);
        if (seen->genuine != genuine || (seen->parent != KK_NONE) != child) {
            fault(o, "criterion", name,
                  seen->genuine ? "genuine" : "not genuine, or another level");
        }
        at = found + 1;
    }
    if (any && at == 0) {
        fault(o, "tree", KK_STR("criteria"), "none of them");
    }
}

static void read_document(outcome *o, const kk_xnode *node, kk_arena *arena)
{
    kk_error err = {0};
    assert_true(o->n_texts < MAX_DOCS);
    if (casedoc_read(node, arena, &o->texts[o->n_texts++], &err) != KK_OK) {
        fail_msg("document of the case cannot be read: %s", err.message);
    }
}

static void read_documents(outcome *o, const kk_xnode *node, kk_arena *arena)
{
    for (const kk_xnode *c = kk_xnode_element(node, NULL); c != NULL;
         c = kk_xnode_element(node, c)) {
        if (kk_str_is(c->name, "doc")) {
            read_document(o, c, arena);
        }
    }
    assert_true(o->n_texts > 0);
}

static void judges(void **state)
{
    const row *r = *state;
    kk_error err = {0};
    outcome o = {0};
    kk_str category = kk_xnode_attr(r->node, "category");
    kk_evaluate_options options = {.date = r->date,
                                   .message_lang = KK_LANG_NB,
                                   .only_categories = &category,
                                   .n_only_categories = category.len > 0 ? 1 : 0};
    kk_arena *arena = kk_arena_new();
    assert_non_null(arena);
    kk_buf_init(&o.report, 0);
    read_documents(&o, r->node, arena);
    options.as_procurement = o.n_texts > 1;
    if (kk_rules_evaluate(world.scanner, o.texts, o.n_texts, &options, &o.seen, &err) != KK_OK) {
        fail_msg("evaluation failed: %s", err.message);
    }
    expect_verdict(&o, r->node);
    expect_law(&o, r->node);
    expect_findings(&o, r->node);
    expect_tree(&o, r->node);
    if (o.faults > 0) {
        report_evaluation(o.seen, o.texts, &o.report);
        (void)fwrite(o.report.ptr, 1, o.report.len, stderr);
    }
    unsigned faults = o.faults;
    kk_buf_dispose(&o.report);
    kk_arena_free(arena);
    assert_int_equal(faults, 0);
}

/* ---- all cases ----------------------------------------------------------------------------- */

static void add_case(const kk_xnode *node)
{
    static const char *const needed[] = {"id", "date", "route", "satisfied"};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if (kk_xnode_attr(node, needed[i]).len == 0) {
            (void)fprintf(stderr, "a case at line %u lacks %s\n", node->line, needed[i]);
            exit(2);
        }
    }
    kk_str id = kk_xnode_attr(node, "id"), cites = kk_xnode_attr(node, "cites");
    kk_str dates = kk_xnode_attr(node, "date"), date;
    while (kk_str_word(&dates, &date)) {
        row *r = kk_arena_alloc(world.arena, sizeof *r);
        *r = (row){node, date};
        kk_str name =
            kk_arena_printf(world.arena, "%.*s %.*s%s%.*s", (int)id.len, id.ptr, (int)date.len,
                            date.ptr, cites.len > 0 ? " " : "", (int)cites.len, cites.ptr);
        struct CMUnitTest test = {.name = name.ptr, .test_func = judges, .initial_state = r};
        if (world.only == NULL || strstr(name.ptr, world.only) != NULL) {
            assert_true(kk_vec_push(&world.tests, test));
        }
    }
}

/* One group per case file; the number of failed cases is the exit code, capped. */
static int run_file(const kk_rule_source *source)
{
    kk_error err = {0};
    kk_xnode *root = NULL;
    if (kk_rulefile_parse(source, world.arena, &root, &err) != KK_OK) {
        give_up("cases", &err);
    }
    world.tests.n = 0;
    for (const kk_xnode *c = kk_xnode_element(root, NULL); c != NULL;
         c = kk_xnode_element(root, c)) {
        add_case(c);
    }
    kk_str id = kk_xnode_attr(root, "id");
    kk_str group = kk_arena_printf(world.arena, "%.*s", (int)id.len, id.ptr);
    return world.tests.n == 0
               ? 0
               : _cmocka_run_group_tests(group.ptr, world.tests.items, world.tests.n, NULL, NULL);
}

int main(int argc, char **argv)
{
    int failed = 0;
    world.only = argc > 1 ? argv[1] : NULL;
    world.arena = kk_arena_new();
    bank_load(world.arena, &world.rules, &world.scanner);
    bank_read(KK_SOURCE_DIR "/tests/verdict", world.arena, &world.cases);
    for (size_t i = 0; i < world.cases.n; i++) {
        if (kk_str_ends(world.cases.items[i].name, KK_STR(".xml"))) { /* practice.tsv lies here too */
            failed += run_file(&world.cases.items[i]);
        }
    }
    kk_vec_free(&world.cases);
    kk_vec_free(&world.tests);
    kk_scanner_free(world.scanner);
    kk_rules_free(world.rules);
    kk_arena_free(world.arena);
    return failed > 100 ? 100 : failed;
}
