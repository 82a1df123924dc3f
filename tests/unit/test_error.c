/* Errors: the first report wins, texts stay within bounds, in one line and valid UTF-8. */
#include "error.h"
#include "str.h"
#include "utf8.h"

#include "rows.h"

static void first_report_wins(void **state)
{
    (void)state;
    kk_error err = {.status = KK_OK};
    assert_int_equal(kk_fail_at(&err, KK_E_FORMAT, "dtd", KK_STR("word/document.xml"), 42,
                                "has a DOCTYPE; %s", "save it again"),
                     KK_E_FORMAT);
    assert_int_equal(kk_fail(&err, KK_E_IO, "", "later"), KK_E_IO);
    assert_int_equal(kk_fail_nomem(&err), KK_E_NOMEM);
    assert_int_equal(kk_fail_at(&err, KK_E_ARG, "x", KK_STR("y"), 1, "later still"), KK_E_ARG);
    assert_int_equal(err.status, KK_E_FORMAT);
    assert_int_equal(err.offset, 42);
    assert_string_equal(err.reason, "dtd");
    assert_string_equal(err.part, "word/document.xml");
    assert_string_equal(err.message, "has a DOCTYPE; save it again");
    kk_error_clear(&err);
    assert_int_equal(err.status, KK_OK);
    assert_string_equal(err.message, "");
    assert_string_equal(err.part, "");
    assert_int_equal(kk_fail_nomem(&err), KK_E_NOMEM);
    assert_int_equal(err.status, KK_E_NOMEM);
    assert_true(strlen(err.message) > 0);
}

static void error_may_be_null(void **state)
{
    (void)state;
    assert_int_equal(kk_fail(NULL, KK_E_LIMIT, "limit", "%d", 1), KK_E_LIMIT);
    assert_int_equal(kk_fail_at(NULL, KK_E_LIMIT, "limit", KK_STR("p"), 0, "x"), KK_E_LIMIT);
    assert_int_equal(kk_fail_nomem(NULL), KK_E_NOMEM);
    kk_error_clear(NULL);
}

static kk_status passes_on(kk_status status)
{
    KK_TRY(status);
    return KK_E_STALE;
}

static void try_passes_on(void **state)
{
    (void)state;
    assert_int_equal(passes_on(KK_E_RULE), KK_E_RULE);
    assert_int_equal(passes_on(KK_OK), KK_E_STALE);
}

static const struct cut_row {
    const char *name, *unit; /* repeated after `lead` ASCII letters */
    size_t lead;
} cuts[] = {
    {"ascii", "x", 0},
    {"two bytes, even", "ø", 0},
    {"two bytes, odd", "ø", 1},
    {"three bytes, 0", "€", 0},
    {"three bytes, 1", "€", 1},
    {"three bytes, 2", "€", 2},
    {"four bytes, 0", "\xF0\x9F\x8C\x8D", 0},
    {"four bytes, 1", "\xF0\x9F\x8C\x8D", 1},
    {"four bytes, 2", "\xF0\x9F\x8C\x8D", 2},
    {"four bytes, 3", "\xF0\x9F\x8C\x8D", 3},
};

static void cuts_between_characters(void **state)
{
    const struct cut_row *row = *state;
    char text[700] = "";
    memset(text, 'a', row->lead);
    for (size_t n = row->lead; n + 4 < sizeof text; n += strlen(row->unit)) {
        memcpy(text + n, row->unit, strlen(row->unit) + 1);
    }
    kk_error err = {.status = KK_OK};
    kk_fail_at(&err, KK_E_ARG, text, kk_str_from(text), 0, "%s", text);
    const char *const fields[] = {err.message, err.part, err.reason};
    const size_t sizes[] = {sizeof err.message, sizeof err.part, sizeof err.reason};
    for (size_t i = 0; i < 3; i++) {
        const kk_str got = kk_str_from(fields[i]);
        assert_true(got.len < sizes[i]);
        assert_true(got.len + 4 >= sizes[i]); /* no more is lost than one character */
        assert_int_equal(kk_utf8_invalid_at(got), got.len);
        assert_memory_equal(got.ptr, text, got.len);
    }
}

static void stays_on_one_line(void **state)
{
    (void)state;
    kk_error err = {.status = KK_OK};
    kk_fail(&err, KK_E_ARG, "", "unknown id %s", "a\nb\tc\x1B[31m");
    assert_string_equal(err.message, "unknown id a b c [31m");
}

static void every_status_has_a_text(void **state)
{
    (void)state;
    for (int status = KK_E_ARG; status <= KK_OK; status++) {
        const char *text = kk_status_text((kk_status)status);
        assert_true(strlen(text) > 0);
        assert_string_not_equal(text, "unknown status");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_report_wins),       cmocka_unit_test(error_may_be_null),
        cmocka_unit_test(try_passes_on),           cmocka_unit_test(stays_on_one_line),
        cmocka_unit_test(every_status_has_a_text),
    };
    int failed = ROWS_RUN("error cut", cuts, cuts_between_characters);
    failed += cmocka_run_group_tests_name("error", tests, NULL, NULL);
    return failed;
}
