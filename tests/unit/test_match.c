/* Running regexes: where hits lie, empty matches, budgets, machine code. */
#include "match.h"

#include "str.h"

#include "rows.h"

#include <stdlib.h>

static const struct find_row {
    const char *name, *regex, *text;
    const char *hits; /* joined by | */
} finds[] = {
    {"several", "kl?ima", "klima kima Klima", "klima|kima|Klima"},
    {"none", "x", "abc", ""},
    {"in nothing", "a", "", ""},
    {"empty matches are passed over", "a*", "baac", "aa"},
    {"empty at a letter of two bytes", "x*", "\u00E5x", "x"},
    {"caseless beyond ASCII", "\u00F8kolog", "\u00D8KOLOG", "\u00D8KOLOG"},
    {"word boundary at a Norwegian letter", "\\bbl\\b", "bl\u00E5 bl", "bl"},
    {"look-behind sees the hit before", "(?<=a)b", "abab", "b|b"},
    {"starts and ends at the paragraph", "^a$", "a", "a"},
    {"reset start", "foo\\Kbar", "foobar", "bar"},
};

static void finds_hits(void **state)
{
    const struct find_row *row = *state;
    const kk_matcher matcher = {.regex = kk_str_from(row->regex)};
    kk_match *match;
    assert_int_equal(kk_match_new(&match, &matcher, 1, 0, NULL), KK_OK);
    /* More often than it takes to get machine code: the answer must not change. */
    for (int round = 0; round < 40; round++) {
        kk_str rest = kk_str_from(row->hits);
        kk_str want;
        kk_str found;
        size_t from = 0;
        while (kk_str_split(&rest, '|', &want) && want.len > 0) {
            assert_int_equal(kk_match_next(match, 0, kk_str_from(row->text), &from, &found, NULL),
                             KK_OK);
            assert_non_null(found.ptr);
            assert_true(kk_str_equal(found, want));
        }
        assert_int_equal(kk_match_next(match, 0, kk_str_from(row->text), &from, &found, NULL),
                         KK_OK);
        assert_null(found.ptr);
    }
    kk_match_free(match);
}

/* Exponential without a budget; with it, an error that names the owner, and the next call works. */
static void budget_stops(void **state)
{
    (void)state;
    const kk_matcher matchers[] = {
        {.regex = KK_STR("(?:a|aa|aaa)+$"), .owner = KK_STR("K99"), .origin = {KK_STR("f"), 7, 0}},
        {.regex = KK_STR("b")}};
    char text[61];
    memset(text, 'a', 59);
    text[59] = 'b';
    text[60] = '\0';
    for (int round = 0; round < 40; round++) {
        kk_match *match;
        kk_error err = {.status = KK_OK};
        kk_str found;
        size_t from = 0;
        assert_int_equal(kk_match_new(&match, matchers, 2, 20000, NULL), KK_OK);
        for (int i = 0; i <= round; i++) {
            from = 0;
            assert_int_equal(kk_match_next(match, 0, kk_str_from(text), &from, &found, &err),
                             KK_E_LIMIT);
            assert_null(found.ptr);
        }
        assert_non_null(strstr(err.message, "K99"));
        assert_string_equal(err.part, "f");
        from = 0;
        assert_int_equal(kk_match_next(match, 1, kk_str_from(text), &from, &found, NULL), KK_OK);
        assert_int_equal(found.len, 1);
        kk_match_free(match);
        round += 18; /* with and without machine code */
    }
}

static void broken_regex_is_told_once(void **state)
{
    (void)state;
    const kk_matcher matcher = {
        .regex = KK_STR("a("), .owner = KK_STR("p"), .origin = {KK_STR("bank.xml"), 12, 0}};
    kk_match *match;
    kk_error err = {.status = KK_OK};
    kk_str found;
    size_t from = 0;
    size_t offset;
    char message[120];
    assert_int_equal(kk_match_new(&match, &matcher, 1, 0, NULL), KK_OK);
    assert_int_equal(kk_match_next(match, 0, KK_STR("a"), &from, &found, &err), KK_E_RULE);
    assert_int_equal(err.line, 12);
    from = 0;
    assert_int_equal(kk_match_next(match, 0, KK_STR("a"), &from, &found, NULL), KK_OK);
    assert_null(found.ptr);
    assert_false(kk_match_compiles(matcher.regex, &offset, message));
    assert_int_equal(offset, 2);
    assert_true(kk_match_compiles(KK_STR("a"), &offset, message));
    kk_match_free(match);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(budget_stops),
        cmocka_unit_test(broken_regex_is_told_once),
    };
    int failed = ROWS_RUN("match", finds, finds_hits);
    failed += cmocka_run_group_tests_name("match", tests, NULL, NULL);
    return failed;
}
