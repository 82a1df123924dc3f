/* String views. */
#include "str.h"

#include "rows.h"

static const struct find_row {
    const char *name, *in, *needle;
    size_t from, at;
} finds[] = {
    {"first", "abcabc", "abc", 0, 0},
    {"later", "abcabc", "abc", 1, 3},
    {"at the end", "xxabc", "abc", 0, 2},
    {"absent", "abcabd", "abe", 0, SIZE_MAX},
    {"overlap", "aaab", "aab", 0, 1},
    {"too long", "ab", "abc", 0, SIZE_MAX},
    {"empty needle", "abc", "", 2, 2},
    {"empty needle at end", "abc", "", 3, 3},
    {"from past the end", "abc", "", 4, SIZE_MAX},
    {"in nothing", "", "a", 0, SIZE_MAX},
    {"nothing in nothing", "", "", 0, 0},
};

static void finds_needle(void **state)
{
    const struct find_row *row = *state;
    assert_true(kk_str_find(kk_str_from(row->in), kk_str_from(row->needle), row->from) == row->at);
}

static const struct trim_row {
    const char *name, *in, *out;
} trims[] = {
    {"nothing to do", "ab c", "ab c"},
    {"both ends", " \t\r\nab\v\f ", "ab"},
    {"no-break spaces",
     "\xC2\xA0 \xC2\xA0"
     "ab \xC2\xA0",
     "ab"},
    {"all white", " \xC2\xA0\n", ""},
    {"empty", "", ""},
    {"letter ending in A0", "\xC3\xA0", "\xC3\xA0"}, /* a grave: its last byte is not a space */
    {"other letter on C2", "\xC2\xA9x\xC2\xA9", "\xC2\xA9x\xC2\xA9"},
};

static void trims_ends(void **state)
{
    const struct trim_row *row = *state;
    assert_true(kk_str_is(kk_str_trim(kk_str_from(row->in)), row->out));
}

static const struct split_row {
    const char *name, *in;
    size_t n;
    const char *parts[4];
} splits[] = {
    {"one", "abc", 1, {"abc"}},
    {"three", "a,b,c", 3, {"a", "b", "c"}},
    {"empty between", "a,,b", 3, {"a", "", "b"}},
    {"empty first", ",a", 2, {"", "a"}},
    {"separator ends the last", "a,b,", 2, {"a", "b"}},
    {"only a separator", ",", 1, {""}},
    {"nothing", "", 0, {NULL}},
};

static void splits_parts(void **state)
{
    const struct split_row *row = *state;
    kk_str rest = kk_str_from(row->in);
    kk_str part;
    for (size_t i = 0; i < row->n; i++) {
        assert_true(kk_str_split(&rest, ',', &part));
        assert_true(kk_str_is(part, row->parts[i]));
    }
    assert_false(kk_str_split(&rest, ',', &part));
    assert_false(kk_str_split(&rest, ',', &part));
}

static const struct split_row words[] = {
    {"one", "abc", 1, {"abc"}},
    {"spaces round", "  ab \t c\n", 2, {"ab", "c"}},
    {"none", " \n ", 0, {NULL}},
    {"nothing", "", 0, {NULL}},
};

static void splits_words(void **state)
{
    const struct split_row *row = *state;
    kk_str rest = kk_str_from(row->in);
    kk_str word;
    for (size_t i = 0; i < row->n; i++) {
        assert_true(kk_str_word(&rest, &word));
        assert_true(kk_str_is(word, row->parts[i]));
    }
    assert_false(kk_str_word(&rest, &word));
    assert_int_equal(rest.len, 0);
}

static const struct number_row {
    const char *name, *in;
    bool ok;
    uint32_t value;
} numbers[] = {
    {"zero", "0", true, 0},
    {"leading zeroes", "0007", true, 7},
    {"largest", "4294967295", true, UINT32_MAX},
    {"one too large", "4294967296", false, 0},
    {"far too large", "99999999999999999999999999", false, 0},
    {"empty", "", false, 0},
    {"sign", "-1", false, 0},
    {"plus", "+1", false, 0},
    {"space", " 1", false, 0},
    {"letter after", "1a", false, 0},
};

static void reads_numbers(void **state)
{
    const struct number_row *row = *state;
    uint32_t value = 77;
    assert_int_equal(kk_str_to_u32(kk_str_from(row->in), &value), row->ok);
    assert_int_equal(value, row->ok ? row->value : 77);
}

static const struct compare_row {
    const char *name, *a, *b;
    int order;
    bool nocase;
} compares[] = {
    {"same", "abc", "abc", 0, true},
    {"both empty", "", "", 0, true},
    {"prefix first", "ab", "abc", -1, false},
    {"empty first", "", "a", -1, false},
    {"bytes are unsigned", "\xC3\xB8", "z", 1, false},
    {"case", "ABC", "abc", -1, true},
    {"case is ASCII only", "\xC3\x98", "\xC3\xB8", -1, false},
    {"not letters", "[", "{", -1, false},
};

static void compares_bytes(void **state)
{
    const struct compare_row *row = *state;
    const kk_str a = kk_str_from(row->a);
    const kk_str b = kk_str_from(row->b);
    const int order = kk_str_compare(a, b);
    assert_int_equal((order > 0) - (order < 0), row->order);
    const int back = kk_str_compare(b, a);
    assert_int_equal((back > 0) - (back < 0), -row->order);
    assert_int_equal(kk_str_equal(a, b), row->order == 0);
    assert_int_equal(kk_str_is_nocase(a, row->b), row->nocase);
}

static void slices_are_clamped(void **state)
{
    (void)state;
    const kk_str s = KK_STR("abcdef");
    assert_true(kk_str_is(kk_str_slice(s, 1, 3), "bc"));
    assert_true(kk_str_is(kk_str_slice(s, 4, 99), "ef"));
    assert_true(kk_str_is(kk_str_slice(s, 5, 2), ""));
    assert_true(kk_str_is(kk_str_slice(s, 98, 99), ""));
    assert_true(kk_str_is(kk_str_slice((kk_str){NULL, 0}, 0, 9), ""));
}

static void ends_and_starts(void **state)
{
    (void)state;
    const kk_str none = {NULL, 0};
    assert_true(kk_str_starts(KK_STR("abc"), KK_STR("ab")));
    assert_false(kk_str_starts(KK_STR("abc"), KK_STR("abcd")));
    assert_false(kk_str_starts(KK_STR("abc"), KK_STR("b")));
    assert_true(kk_str_ends(KK_STR("abc"), KK_STR("bc")));
    assert_false(kk_str_ends(KK_STR("abc"), KK_STR("ab")));
    assert_true(kk_str_starts(none, none));
    assert_true(kk_str_ends(none, none));
    assert_true(kk_str_equal(none, KK_STR("")));
    assert_true(kk_str_is(kk_str_from(NULL), ""));
}

static void hash_is_fnv1a(void **state)
{
    (void)state;
    assert_true(kk_str_hash(KK_STR("")) == UINT64_C(0xCBF29CE484222325));
    assert_true(kk_str_hash(KK_STR("a")) == UINT64_C(0xAF63DC4C8601EC8C));
    assert_true(kk_str_hash(KK_STR("foobar")) == UINT64_C(0x85944171F73967E8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_are_clamped),
        cmocka_unit_test(ends_and_starts),
        cmocka_unit_test(hash_is_fnv1a),
    };
    int failed = ROWS_RUN("str find", finds, finds_needle);
    failed += ROWS_RUN("str trim", trims, trims_ends);
    failed += ROWS_RUN("str split", splits, splits_parts);
    failed += ROWS_RUN("str word", words, splits_words);
    failed += ROWS_RUN("str number", numbers, reads_numbers);
    failed += ROWS_RUN("str compare", compares, compares_bytes);
    failed += cmocka_run_group_tests_name("str", tests, NULL, NULL);
    return failed;
}
