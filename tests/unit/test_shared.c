/* One bank, many threads: each has its scanner, and all see the same. */
#include "rulekit.h"

#include "str.h"
#include "thread.h"

#include "rows.h"

enum { THREADS = 4, JOBS = 200 };

static const char bank[] =
    "<pattern id=\"negation\" role=\"negation\"><regex>stilles\\s+ikke</regex></pattern>"
    "<pattern id=\"klima\"><word right=\"open\">klima</word><regex>utsl[ie]pp\\w*</regex></pattern>"
    "<category id=\"bygg\" status=\"draft\"><name xml:lang=\"nb\">B</name><word>nybygg</word>"
    "</category>"
    "<rule id=\"R\" severity=\"error\" scope=\"paragraph\" class=\"core\" status=\"draft\">"
    "<title xml:lang=\"nb\">t</title><basis ref=\"b\"/><when><match pattern=\"klima\">"
    "<number min=\"30\" unit=\"percent\"/></match></when>"
    "<message xml:lang=\"nb\"><v name=\"evidence\"/></message><why xml:lang=\"nb\">w</why></rule>";

static const char *const texts[] = {
    "<p>Klimakrav 30 %</p>",
    "<p>Det stilles ikke klimakrav 30 %</p>",
    "<h level=\"0\">Nybygg</h><p>utslepp 40 %, utslipp 50 %</p><p>klima 20 %</p>",
    "<table><tr><td>klima</td><td>30 %</td></tr><tr><td>utslipp tretti prosent</td></tr></table>",
};
enum { TEXTS = sizeof texts / sizeof *texts };

typedef struct shared {
    rulekit kit;
    kk_scanner *scanners[THREADS];
    const kk_text *text[TEXTS];
    uint32_t hits[JOBS];
    uint32_t categories[JOBS];
    kk_status status[JOBS];
    size_t done;
} shared;

static void work(void *context, unsigned worker, size_t job)
{
    shared *s = context;
    const kk_evaluate_options options = {.date = KK_STR("2026-11-23")};
    const kk_evaluation *e = NULL;
    s->status[job] =
        kk_rules_evaluate(s->scanners[worker], &s->text[job % TEXTS], 1, &options, &e, NULL);
    if (e != NULL) {
        s->hits[job] = e->n_hits;
        s->categories[job] = e->documents[0].n_categories;
    }
}

static bool finish(void *context, size_t job)
{
    shared *s = context;
    s->done += job == s->done ? 1 : 0;
    return true;
}

static void all_threads_see_the_same(void **state)
{
    (void)state;
    static const uint32_t hits[TEXTS] = {1, 0, 1, 1};
    static shared s;
    assert_int_equal(rulekit_load(&s.kit, bank, false), KK_OK);
    for (size_t i = 0; i < TEXTS; i++) {
        s.text[i] = rulekit_text(&s.kit, texts[i]);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(kk_scanner_new(&s.scanners[i], s.kit.rules, NULL, NULL), KK_OK);
    }
    assert_int_equal(kk_pool_run(THREADS, JOBS, 0, work, finish, &s, NULL), KK_OK);
    assert_int_equal(s.done, JOBS);
    for (size_t i = 0; i < JOBS; i++) {
        assert_int_equal(s.status[i], KK_OK);
        assert_int_equal(s.hits[i], hits[i % TEXTS]);
        assert_int_equal(s.categories[i], i % TEXTS == 2 ? 1 : 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        kk_scanner_free(s.scanners[i]);
    }
    rulekit_free(&s.kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_threads_see_the_same)};
    return cmocka_run_group_tests_name("shared bank", tests, NULL, NULL);
}
