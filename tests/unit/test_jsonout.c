/* The JSON writer and numbers that no locale changes. */
#include "jsonout.h"

#include "str.h"

#include "rows.h"

#include <locale.h>
#include <math.h>

static const struct number_row {
    const char *name;
    double value;
    unsigned decimals, keep;
    char point;
    const char *out;
} numbers[] = {
    {"whole", 30, 4, 0, '.', "30"},
    {"one kept", 30, 4, 1, '.', "30.0"},
    {"comma", 2.5, 2, 0, ',', "2,5"},
    {"rounded up", 0.06, 1, 1, '.', "0.1"},
    {"carries", 9.96, 1, 0, '.', "10"},
    {"negative", -1.25, 2, 0, '.', "-1.25"},
    {"no minus zero", -0.001, 1, 0, '.', "0"},
    {"large", 123456789.0, 0, 0, '.', "123456789"},
    {"too large", 1e300, 2, 0, '.', "9e15"},
};

static void prints_number(void **state)
{
    const struct number_row *row = *state;
    kk_buf out;
    kk_buf_init(&out, 0);
    kk_number(&out, row->value, row->decimals, row->keep, row->point);
    assert_string_equal(out.ptr, row->out);
    kk_buf_dispose(&out);
}

static const struct string_row {
    const char *name, *in, *out;
} strings[] = {
    {"plain", "abc", "\"abc\"\n"},
    {"quotes", "a\"b\\c", "\"a\\\"b\\\\c\"\n"},
    {"controls", "a\nb\tc\x1b", "\"a\\nb\\tc\\u001b\"\n"},
    {"norwegian", "blåbær", "\"blåbær\"\n"},
    {"bad utf-8", "a\xFF", "\"a\xEF\xBF\xBD\"\n"},
    {"line separator", "a\xE2\x80\xA8", "\"a\\u2028\"\n"},
};

static void prints_string(void **state)
{
    const struct string_row *row = *state;
    kk_buf out;
    kk_jsonout json;
    kk_buf_init(&out, 0);
    kk_jsonout_init(&json, &out);
    kk_json_str(&json, kk_str_from(row->in));
    kk_buf_putc(&out, '\n');
    assert_string_equal(out.ptr, row->out);
    kk_buf_dispose(&out);
}

static void nests(void **state)
{
    (void)state;
    const kk_str list[] = {KK_STR("a"), KK_STR("b")};
    kk_buf out;
    kk_jsonout json;
    kk_buf_init(&out, 0);
    kk_jsonout_init(&json, &out);
    kk_json_open(&json, '{');
    kk_json_puti(&json, "n", 3);
    kk_json_list(&json, "l", list, 2);
    kk_json_key(&json, "e");
    kk_json_open(&json, '[');
    kk_json_close(&json);
    kk_json_key(&json, "o");
    kk_json_open(&json, '[');
    kk_json_open_flat(&json, '{');
    kk_json_putb(&json, "yes", true);
    kk_json_key(&json, "x");
    kk_json_null(&json);
    kk_json_close(&json);
    kk_json_close(&json);
    kk_json_close(&json);
    assert_string_equal(out.ptr, "{\n  \"n\": 3,\n  \"l\": [\"a\", \"b\"],\n  \"e\": [],\n"
                                 "  \"o\": [\n    {\"yes\": true, \"x\": null}\n  ]\n}\n");
    kk_buf_dispose(&out);
}

static void not_finite_is_null(void **state)
{
    (void)state;
    kk_buf out;
    kk_jsonout json;
    kk_buf_init(&out, 0);
    kk_jsonout_init(&json, &out);
    kk_json_open_flat(&json, '[');
    kk_json_real(&json, NAN);
    kk_json_real(&json, INFINITY);
    kk_json_real(&json, 0.5);
    kk_json_close(&json);
    assert_string_equal(out.ptr, "[null, null, 0.5]\n");
    kk_buf_dispose(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nests),
                                       cmocka_unit_test(not_finite_is_null)};
    (void)setlocale(LC_ALL, "nb_NO.UTF-8"); /* where it exists: a decimal comma must not show up */
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    failed += ROWS_RUN("numbers", numbers, prints_number);
    failed += ROWS_RUN("strings", strings, prints_string);
    return failed;
}
