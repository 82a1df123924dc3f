/* Text for terminals. */
#include "plaintext.h"

#include "str.h"

#include "rows.h"

static const struct plain_row {
    const char *name, *in, *out;
} plains[] = {
    {"as it is", "blåbær – 30 %", "blåbær – 30 %"},
    {"escape", "a\x1b[31mb", "a\xEF\xBF\xBD[31mb"},
    {"c1",
     "a\xC2\x9B"
     "b",
     "a\xEF\xBF\xBD"
     "b"},
    {"override",
     "a\xE2\x80\xAE"
     "b",
     "a\xEF\xBF\xBD"
     "b"},
    {"lines", "a\nb\tc", "a b c"},
    {"bad bytes", "a\xC3(", "a\xEF\xBF\xBD("},
};

static void neutralises(void **state)
{
    const struct plain_row *row = *state;
    kk_buf out;
    kk_buf_init(&out, 0);
    kk_plain(&out, kk_str_from(row->in));
    assert_string_equal(out.ptr, row->out);
    kk_buf_dispose(&out);
}

static const struct cut_row {
    const char *name, *in;
    size_t chars;
    const char *out;
} cuts[] = {
    {"short", "abc", 10, "abc"},
    {"exact", "abcde", 5, "abcde"},
    {"at a word", "en to tre fire", 10, "en to tre …"},
    {"one long word", "abcdefghij", 4, "abcd …"},
    {"not inside a letter", "åååååå", 3, "ååå …"},
};

static void cuts_text(void **state)
{
    const struct cut_row *row = *state;
    kk_buf out;
    kk_buf_init(&out, 0);
    kk_plain_cut(&out, kk_str_from(row->in), row->chars);
    assert_string_equal(out.ptr, row->out);
    kk_buf_dispose(&out);
}

static void wraps(void **state)
{
    (void)state;
    kk_buf out;
    kk_buf_init(&out, 0);
    kk_plain_wrap(&out, KK_STR("ære være den som kan"), 4, 2, 12);
    assert_string_equal(out.ptr, "ære være\n  den som\n  kan");
    kk_buf_clear(&out);
    kk_plain_wrap(&out, KK_STR("etveldiglangtordsomikkefår plass"), 0, 2, 10);
    assert_string_equal(out.ptr, "etveldiglangtordsomikkefår\n  plass");
    kk_buf_dispose(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(wraps)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    failed += ROWS_RUN("plain", plains, neutralises);
    failed += ROWS_RUN("cut", cuts, cuts_text);
    return failed;
}
