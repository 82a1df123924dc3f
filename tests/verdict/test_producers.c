/* The same criteria table written by four producers in eleven forms must give the same tree. The files are made by
 * producers/make.py; what a person reads in them stands here. */
#include "bankload.h"
#include "report.h"

#include "docx.h"
#include "error.h"
#include "file.h"
#include "str.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const struct expected {
    const char *name;
    double weight;
    bool child, genuine;
} TREE[] = {
    {"Pris", 60, false, false},
    {"Kvalitet og milj\xC3\xB8", 40, false, false},
    {"Plan og bemanning", 12, true, false},
    {"Klimagassutslipp fra kj\xC3\xB8ret\xC3\xB8yene", 20, true, true},
    {"Andel avfall til gjenvinning", 8, true, true},
};

static kk_arena *arena;
static kk_rules *rules;
static kk_scanner *scanner;

static bool as_expected(const kk_document_result *doc)
{
    const size_t n = sizeof TREE / sizeof TREE[0];
    bool same = doc->n_criteria == n;
    for (size_t i = 0; same && i < n; i++) {
        const kk_criterion *seen = &doc->criteria[i];
        same = kk_str_is(seen->name, TREE[i].name) && fabs(seen->weight - TREE[i].weight) < 0.01 &&
               (seen->parent != KK_NONE) == TREE[i].child && seen->genuine == TREE[i].genuine;
    }
    return same;
}

static void gives_the_tree(void **state)
{
    const char *path = *state;
    kk_error err = {0};
    kk_buf bytes, report;
    kk_docx *doc = NULL;
    const kk_evaluation *seen = NULL;
    const kk_evaluate_options options = {.date = KK_STR("2026-11-23"), .message_lang = KK_LANG_NB};
    kk_buf_init(&bytes, 0);
    kk_buf_init(&report, 0);
    assert_int_equal(kk_file_read(path, 0, &bytes, &err), KK_OK);
    if (kk_docx_open(&doc, kk_buf_view(&bytes), NULL, &err) != KK_OK) {
        fail_msg("%s: %s", path, err.message);
    }
    const kk_text *text = kk_docx_text(doc);
    assert_int_equal(kk_rules_evaluate(scanner, &text, 1, &options, &seen, &err), KK_OK);
    const bool same = as_expected(&seen->documents[0]) && fabs(seen->verdict.weight - 28.0) < 0.01;
    if (!same) {
        report_evaluation(seen, &text, &report);
        (void)fwrite(report.ptr, 1, report.len, stderr);
    }
    kk_docx_free(doc);
    kk_buf_dispose(&bytes);
    kk_buf_dispose(&report);
    assert_true(same);
}

static struct producer {
    const char *name;
    char path[512];
} producers[] = {
    {"python-docx", ""}, {"python-docx-nested", ""}, {"word-controls", ""}, {"libreoffice", ""},
    {"docx-js", ""},
    {"libreoffice-nested", ""},
    {"libreoffice-controls", ""},
    {"word-nested", ""},
    {"docx-js-nested", ""},
    {"docx-js-controls", ""},
    {"python-docx-controls", ""},
};

int main(void)
{
    enum { N = sizeof producers / sizeof producers[0] };
    struct CMUnitTest tests[N] = {{0}};
    for (size_t i = 0; i < N; i++) {
        struct producer *p = &producers[i];
        (void)snprintf(p->path, sizeof p->path, "%s/tests/verdict/producers/%s.docx", KK_SOURCE_DIR,
                 p->name);
        tests[i].name = p->name;
        tests[i].test_func = gives_the_tree;
        tests[i].initial_state = p->path;
    }
    arena = kk_arena_new();
    bank_load(arena, &rules, &scanner);
    const int failed = cmocka_run_group_tests_name("producers", tests, NULL, NULL);
    kk_scanner_free(scanner);
    kk_rules_free(rules);
    kk_arena_free(arena);
    return failed;
}
