/* Every text of core and of the command line is there in three languages, with the same gaps. */
#include "messages.h"
#include "str.h"

#include "rows.h"

static const struct text_row {
    const char *name, *nb, *nn, *en;
} core[] =
    {
#define KK_M(id, nb, nn, en) {#id, nb, nn, en},
#include "message_list.h"
#undef KK_M
},
  cli[] = {
#define KK_T(id, nb, nn, en) {#id, nb, nn, en},
#include "text_list.h"
#undef KK_T
};

/* Gaps in their order: "{0", "%s", "%zu" without the z. A per cent sign before a blank is only
 * that. */
static void gaps(const char *text, char *out, size_t cap)
{
    size_t n = 0;
    const size_t len = strlen(text);
    for (size_t i = 0; i + 1 < len && n + 3 < cap; i++) {
        size_t at = i + 1;
        if (text[i] == '%') {
            at += text[at] == 'z' ? 1 : 0;
        }
        const bool brace = text[i] == '{' && i + 2 < len && text[i + 2] == '}';
        const bool format = text[i] == '%' && strchr("sdux", text[at]) != NULL;
        if (brace || format) {
            out[n++] = text[i];
            out[n++] = text[at];
        }
    }
    out[n] = '\0';
}

/* Braces may come in another order in another language; formats may not. */
static void sort_braces(char *text)
{
    const size_t n = strlen(text);
    if (n == 4 && text[0] == '{' && text[1] > text[3]) {
        const char low = text[3];
        text[3] = text[1];
        text[1] = low;
    }
}

static void is_complete(void **state)
{
    const struct text_row *row = *state;
    const char *const forms[] = {row->nb, row->nn, row->en};
    char first[64] = "";
    for (size_t i = 0; i < 3; i++) {
        char own[64];
        assert_true(strlen(forms[i]) > 0);
        gaps(forms[i], own, sizeof own);
        sort_braces(own);
        if (i == 0) {
            memcpy(first, own, sizeof first);
        }
        assert_string_equal(own, first);
    }
}

static void fills_gaps(void **state)
{
    (void)state;
    kk_buf out;
    kk_buf_init(&out, 0);
    kk_say(&out, KK_MSG_DO_INSERT, KK_LANG_EN, KK_STR("A-1"), KK_STR("{0}"));
    assert_string_equal(out.ptr, "Insert clause A-1 \"{0}\"");
    kk_buf_clear(&out);
    kk_say_count(&out, KK_MSG_N_WARNING_ONE, KK_MSG_N_WARNING, KK_LANG_NN, 1);
    assert_string_equal(out.ptr, "1 åtvaring");
    kk_buf_clear(&out);
    kk_say_count(&out, KK_MSG_N_WARNING_ONE, KK_MSG_N_WARNING, KK_LANG_OTHER, 0);
    assert_string_equal(out.ptr, "0 advarsler");
    kk_buf_dispose(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(fills_gaps)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    failed += ROWS_RUN("core", core, is_complete);
    failed += ROWS_RUN("command line", cli, is_complete);
    return failed;
}
