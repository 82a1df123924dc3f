/* Buffer: growth, hard cap, sticky failure, XML escaping. */
#include "buf.h"
#include "mem.h"
#include "str.h"

#include "rows.h"

#include <stdlib.h>

static const struct cap_row {
    const char *name;
    size_t max, first, second;
    kk_status failed;
    size_t len;
} caps[] = {
    {"no cap", 0, 100, 5000, KK_OK, 5100},
    {"just fits", 150, 100, 50, KK_OK, 150},
    {"one too many", 149, 100, 50, KK_E_LIMIT, 100},
    {"first too large", 10, 11, 0, KK_E_LIMIT, 0},
    {"cap below the first allocation", 3, 2, 1, KK_OK, 3},
    {"nothing at all", 0, 0, 0, KK_OK, 0},
};

static void holds_the_cap(void **state)
{
    const struct cap_row *row = *state;
    char bytes[5000];
    memset(bytes, 'x', sizeof bytes);
    kk_buf buf;
    kk_buf_init(&buf, row->max);
    kk_buf_add(&buf, bytes, row->first);
    kk_buf_add(&buf, bytes, row->second);
    assert_int_equal(buf.failed, row->failed);
    assert_int_equal(buf.len, row->len);
    assert_true(buf.max == 0 || buf.cap <= buf.max + 1);
    if (row->failed != KK_OK) {
        kk_buf_putc(&buf, 'y'); /* would fit again, but failure is sticky */
        assert_int_equal(buf.len, row->len);
    } else {
        assert_int_equal(buf.ptr[buf.len], 0);
    }
    kk_buf_clear(&buf);
    assert_int_equal(buf.failed, KK_OK);
    kk_buf_putc(&buf, 'z');
    assert_true(kk_str_is(kk_buf_view(&buf), "z"));
    kk_buf_dispose(&buf);
    assert_null(buf.ptr);
    assert_int_equal(buf.max, row->max);
}

static const struct xml_row {
    const char *name, *in, *out;
} xml[] = {
    {"plain", "klima og miljø", "klima og miljø"},
    {"specials", "a<b & \"c\">d'", "a&lt;b &amp; &quot;c&quot;&gt;d'"},
    {"nothing", "", ""},
    {"only specials", "<>", "&lt;&gt;"},
    {"white space survives attributes", "a\tb\nc\rd", "a&#9;b&#10;c&#13;d"},
    {"control characters go",
     "a\x01\x1F"
     "b\x7F",
     "ab\x7F"},
    {"invalid bytes go",
     "a\xFF"
     "b\xC3",
     "ab"},
    {"real replacement character stays",
     "a\xEF\xBF\xBD"
     "b",
     "a\xEF\xBF\xBD"
     "b"},
    {"U+FFFE and U+FFFF go",
     "a\xEF\xBF\xBE\xEF\xBF\xBF"
     "b",
     "ab"},
    {"surrogate bytes go",
     "a\xED\xA0\x80"
     "b",
     "ab"},
    {"outside the first plane", "\xF0\x9F\x8C\x8D&", "\xF0\x9F\x8C\x8D&amp;"},
};

static void escapes(void **state)
{
    const struct xml_row *row = *state;
    kk_buf buf;
    kk_buf_init(&buf, 0);
    kk_buf_xml(&buf, kk_str_from(row->in));
    assert_int_equal(buf.failed, KK_OK);
    assert_string_equal(buf.ptr, row->out);
    assert_int_equal(buf.len, strlen(row->out));
    kk_buf_dispose(&buf);
}

static void prints(void **state)
{
    (void)state;
    kk_buf buf;
    kk_buf_init(&buf, 0);
    for (int i = 0; i < 1000; i++) {
        kk_buf_printf(&buf, "%d,", i);
    }
    assert_int_equal(buf.len, 10 * 2 + 90 * 3 + 900 * 4);
    assert_true(kk_str_starts(kk_buf_view(&buf), KK_STR("0,1,2,")));
    assert_true(kk_str_ends(kk_buf_view(&buf), KK_STR(",998,999,")));
    kk_buf_clear(&buf);
    kk_buf_puts(&buf, "ab");
    kk_buf_str(&buf, KK_STR("cd"));
    assert_string_equal(buf.ptr, "abcd");
    kk_buf_dispose(&buf);

    kk_buf_init(&buf, 4);
    kk_buf_printf(&buf, "%s", "12345");
    assert_int_equal(buf.failed, KK_E_LIMIT);
    assert_int_equal(buf.len, 0);
    kk_buf_dispose(&buf);
}

static void reserves(void **state)
{
    (void)state;
    kk_buf buf;
    kk_buf_init(&buf, 0);
    char *at = kk_buf_reserve(&buf, 10);
    assert_non_null(at);
    assert_int_equal(buf.len, 0);
    memcpy(at, "12345", 5);
    kk_buf_commit(&buf, 5);
    assert_string_equal(buf.ptr, "12345");
    assert_null(kk_buf_reserve(&buf, SIZE_MAX - 2));
    assert_int_equal(buf.failed, KK_E_LIMIT);
    kk_buf_commit(&buf, 3);
    assert_int_equal(buf.len, 5);
    kk_buf_dispose(&buf);
}

static void detaches(void **state)
{
    (void)state;
    kk_buf buf;
    size_t len = 7;
    kk_buf_init(&buf, 0);
    char *bytes = kk_buf_detach(&buf, &len);
    assert_non_null(bytes);
    assert_string_equal(bytes, "");
    assert_int_equal(len, 0);
    kk_release(bytes);

    kk_buf_puts(&buf, "gave");
    bytes = kk_buf_detach(&buf, &len);
    assert_string_equal(bytes, "gave");
    assert_int_equal(len, 4);
    assert_null(buf.ptr);
    assert_int_equal(buf.len + buf.cap, 0);
    kk_release(bytes);

    kk_buf_init(&buf, 2);
    kk_buf_puts(&buf, "too long");
    assert_null(kk_buf_detach(&buf, &len));
    assert_int_equal(len, 0);
    assert_int_equal(buf.failed, KK_E_LIMIT);
    kk_buf_dispose(&buf);
}

static void failing_allocation_sticks(void **state)
{
    (void)state;
    for (uint64_t n = 1;; n++) {
        kk_buf buf;
        kk_buf_init(&buf, 0);
        kk_mem_fail_at(n);
        for (int i = 0; i < 3000; i++) {
            kk_buf_putc(&buf, (char)('a' + i % 26));
        }
        kk_mem_fail_at(0);
        if (buf.failed == KK_OK) {
            assert_int_equal(buf.len, 3000);
            assert_true(n > 3);
            kk_buf_dispose(&buf);
            return;
        }
        assert_int_equal(buf.failed, KK_E_NOMEM);
        assert_true(buf.len < 3000);
        for (size_t i = 0; i < buf.len; i++) {
            assert_int_equal(buf.ptr[i], 'a' + (int)(i % 26));
        }
        kk_buf_dispose(&buf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints),
        cmocka_unit_test(reserves),
        cmocka_unit_test(detaches),
        cmocka_unit_test(failing_allocation_sticks),
    };
    int failed = ROWS_RUN("buf cap", caps, holds_the_cap);
    failed += ROWS_RUN("buf xml", xml, escapes);
    failed += cmocka_run_group_tests_name("buf", tests, NULL, NULL);
    return failed;
}
