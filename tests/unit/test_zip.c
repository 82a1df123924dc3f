/* The zip: what is refused and why, what is read, and what writing leaves alone. */
#include "rows.h"

#include "error.h"
#include "packkit.h"
#include "str.h"
#include "zip.h"

/* ---- refusing ------------------------------------------------------------------------------ */

typedef struct refusal {
    const char *name;
    pack_entry entries[3];
    size_t n;
    const char *before, *after; /* bytes round the zip */
    const char *reason;         /* NULL: opens */
} refusal;

#define GOOD                                                                                       \
    {                                                                                              \
        .name = "a.xml", .bytes = "<a/>"                                                           \
    }

static const refusal refusals[] = {
    {"plain", {GOOD, {.name = "b/c.xml", .bytes = "<c/>"}}, 2, NULL, NULL, NULL},
    {"folder entry", {{.name = "b/"}, {.name = "b/c.xml"}}, 2, NULL, NULL, NULL},
    {"line feed behind it", {GOOD}, 1, NULL, "\n", NULL},
    {"CR LF behind it", {GOOD}, 1, NULL, "\r\n", NULL},
    {"bytes behind it", {GOOD}, 1, NULL, "xx", "zip-inconsistent"},
    {"two line feeds behind it", {GOOD}, 1, NULL, "\n\n", "zip-inconsistent"},
    {"bytes before it", {GOOD}, 1, "PKxx", NULL, "zip-inconsistent"},
    {"same name twice", {GOOD, GOOD}, 2, NULL, NULL, "zip-inconsistent"},
    {"names differ in case", {GOOD, {.name = "A.XML"}}, 2, NULL, NULL, "zip-inconsistent"},
    {"local name differs", {{.name = "a", .local = "b"}}, 1, NULL, NULL, "zip-inconsistent"},
    {"unicode name differs", {{.name = "a", .unicode = "b"}}, 1, NULL, NULL, "zip-inconsistent"},
    {"unicode name the same", {{.name = "a", .unicode = "a"}}, 1, NULL, NULL, NULL},
    {"NUL in name", {{.name = "a\0b", .name_len = 3}}, 1, NULL, NULL, "zip-inconsistent"},
    {"line feed in name", {{.name = "a\nb"}}, 1, NULL, NULL, "zip-inconsistent"},
    {"absolute", {{.name = "/a"}}, 1, NULL, NULL, "zip-inconsistent"},
    {"drive letter", {{.name = "c:a"}}, 1, NULL, NULL, "zip-inconsistent"},
    {"backslash", {{.name = "a\\b"}}, 1, NULL, NULL, "zip-inconsistent"},
    {"dot dot", {{.name = "a/../b"}}, 1, NULL, NULL, "zip-inconsistent"},
    {"dot dot at the end", {{.name = "a/.."}}, 1, NULL, NULL, "zip-inconsistent"},
    {"dots in a name", {{.name = "a..b/...c"}}, 1, NULL, NULL, NULL},
    {"empty segment", {{.name = "a//b"}}, 1, NULL, NULL, "zip-inconsistent"},
    {"symbolic link", {{.name = "a", .mode = 0120777}}, 1, NULL, NULL, "zip-inconsistent"},
    {"device", {{.name = "a", .mode = 0060600}}, 1, NULL, NULL, "zip-inconsistent"},
    {"regular file", {{.name = "a", .mode = 0100644}}, 1, NULL, NULL, NULL},
    {"encrypted", {{.name = "a", .flags = 1}}, 1, NULL, NULL, "encrypted"},
    {"AES", {{.name = "a", .method = 99}}, 1, NULL, NULL, "encrypted"},
    {"bzip2", {{.name = "a", .method = 12}}, 1, NULL, NULL, "zip-inconsistent"},
    {"size differs",
     {{.name = "a", .bytes = "x", .size_add = 1}},
     1,
     NULL,
     NULL,
     "zip-inconsistent"},
    {"overlap", {GOOD, {.name = "b", .overlap = 2}}, 2, NULL, NULL, "zip-inconsistent"},
    {"no zip", {{.name = NULL}}, 0, "hello", NULL, "not-word"},
};

static void refuses(void **state)
{
    const refusal *row = *state;
    kk_error err = {0};
    kk_buf bytes;
    kk_buf_init(&bytes, 0);
    kk_buf zip_bytes;
    kk_buf_init(&zip_bytes, 0);
    if (row->n > 0) {
        pack_zip(&zip_bytes, row->entries, row->n);
    }
    kk_buf_puts(&bytes, row->before == NULL ? "" : row->before);
    kk_buf_str(&bytes, kk_buf_view(&zip_bytes));
    kk_buf_puts(&bytes, row->after == NULL ? "" : row->after);
    kk_zip *zip = NULL;
    const kk_status status = kk_zip_open(&zip, kk_buf_view(&bytes), NULL, &err);
    if (row->reason == NULL) {
        assert_int_equal(status, KK_OK);
        uint32_t n;
        const kk_zip_entry *entries = kk_zip_entries(zip, &n);
        assert_int_equal(n, row->n);
        for (uint32_t i = 0; i < n; i++) {
            assert_string_equal(entries[i].name.ptr, row->entries[i].name);
            assert_int_equal(kk_zip_find(zip, entries[i].name), i);
        }
    } else {
        assert_int_not_equal(status, KK_OK);
        assert_null(zip);
        assert_string_equal(err.reason, row->reason);
        assert_true(strlen(err.message) > 10);
    }
    kk_zip_free(zip);
    kk_buf_dispose(&zip_bytes);
    kk_buf_dispose(&bytes);
}

/* Every cut of a good zip is refused, and no cut is read out of bounds. */
static void refuses_every_cut(void **state)
{
    (void)state;
    const pack_entry entries[] = {GOOD, {.name = "b.xml", .bytes = "<b>some text</b>"}};
    kk_buf bytes;
    kk_buf_init(&bytes, 0);
    pack_zip(&bytes, entries, 2);
    for (size_t len = 0; len < bytes.len; len++) {
        char *copy = test_malloc(len + 1); /* so that the sanitizer sees the end */
        memcpy(copy, bytes.ptr, len);
        kk_zip *zip = NULL;
        kk_error err = {0};
        assert_int_not_equal(kk_zip_open(&zip, (kk_str){copy, len}, NULL, &err), KK_OK);
        assert_null(zip);
        test_free(copy);
    }
    kk_buf_dispose(&bytes);
}

/* Every entry that can be read has the checksum that the directory states. */
static void check_readable(kk_str bytes)
{
    kk_zip *zip = NULL;
    uint32_t n = 0;
    kk_error err = {0};
    if (kk_zip_open(&zip, bytes, NULL, &err) != KK_OK) {
        assert_null(zip);
        return;
    }
    const kk_zip_entry *list = kk_zip_entries(zip, &n);
    for (uint32_t i = 0; i < n; i++) {
        kk_str part;
        if (kk_zip_read(zip, i, &part, NULL) == KK_OK) {
            assert_int_equal(pack_crc(part), list[i].crc);
        }
    }
    kk_zip_free(zip);
}

/* Any one byte changed: refused, or read rightly. */
static void survives_every_changed_byte(void **state)
{
    (void)state;
    const pack_entry entries[] = {GOOD, {.name = "b.xml", .bytes = "<b>some text</b>"}};
    kk_buf bytes;
    kk_buf_init(&bytes, 0);
    pack_zip(&bytes, entries, 2);
    for (size_t at = 0; at < bytes.len; at++) {
        const char old = bytes.ptr[at];
        for (unsigned change = 1; change < 256; change += change < 8 ? 1 : 31) {
            bytes.ptr[at] = (char)(old ^ (char)change);
            check_readable(kk_buf_view(&bytes));
        }
        bytes.ptr[at] = old;
    }
    kk_buf_dispose(&bytes);
}

/* ---- reading ------------------------------------------------------------------------------- */

static void checks_crc(void **state)
{
    (void)state;
    const pack_entry entries[] = {GOOD, {.name = "b.bin", .bytes = "data", .crc_xor = 1}};
    kk_buf bytes;
    kk_buf_init(&bytes, 0);
    pack_zip(&bytes, entries, 2);
    kk_zip *zip = NULL;
    kk_error err = {0};
    kk_str part;
    assert_int_equal(kk_zip_open(&zip, kk_buf_view(&bytes), NULL, &err), KK_OK);
    assert_int_equal(kk_zip_read(zip, 0, &part, &err), KK_OK);
    assert_true(kk_str_is(part, "<a/>"));
    assert_int_equal(kk_zip_read(zip, 1, &part, &err), KK_E_FORMAT);
    assert_string_equal(err.reason, "zip-inconsistent");
    assert_string_equal(err.part, "b.bin");
    kk_error_clear(&err);
    assert_int_equal(kk_zip_verify(zip, &err), KK_E_FORMAT);
    kk_buf out;
    kk_buf_init(&out, 0);
    const kk_zip_change drop = {.index = 0, .remove = true};
    assert_int_equal(kk_zip_write(zip, &drop, 1, &out, NULL), KK_E_FORMAT);
    assert_int_equal(out.len, 0);
    kk_buf_dispose(&out);
    kk_zip_free(zip);
    kk_buf_dispose(&bytes);
}

typedef struct cap_row {
    const char *name;
    kk_limits limits;
    bool opens;
} cap_row;

static const cap_row caps[] = {
    {"none", {.size = sizeof(kk_limits)}, true},
    {"file", {.size = sizeof(kk_limits), .file_bytes = 50}, false},
    {"entries", {.size = sizeof(kk_limits), .entries = 1}, false},
    {"part", {.size = sizeof(kk_limits), .part_bytes = 5}, true},
    {"total", {.size = sizeof(kk_limits), .total_bytes = 12}, true},
};

static void keeps_to_limits(void **state)
{
    const cap_row *row = *state;
    const pack_entry entries[] = {{.name = "a", .bytes = "0123456789"},
                                  {.name = "b", .bytes = "abcdefghij"}};
    kk_buf bytes;
    kk_buf_init(&bytes, 0);
    pack_zip(&bytes, entries, 2);
    kk_zip *zip = NULL;
    kk_error err = {0};
    kk_status status = kk_zip_open(&zip, kk_buf_view(&bytes), &row->limits, &err);
    assert_int_equal(status == KK_OK, row->opens);
    for (uint32_t i = 0; i < 2 && status == KK_OK; i++) {
        kk_str part;
        status = kk_zip_read(zip, i, &part, &err);
    }
    if (row != caps) {
        assert_int_equal(status, KK_E_LIMIT);
        assert_string_equal(err.reason, "limit");
    } else {
        assert_int_equal(status, KK_OK);
    }
    kk_zip_free(zip);
    kk_buf_dispose(&bytes);
}

/* ---- writing ------------------------------------------------------------------------------- */

static kk_str raw_of(kk_str file, const kk_zip_entry *entry)
{
    return kk_str_slice(file, (size_t)entry->data, (size_t)(entry->data + entry->packed));
}

static void writes_changes(void **state)
{
    (void)state;
    const pack_entry entries[] = {{.name = "a.xml", .bytes = "<a>first</a>"},
                                  {.name = "b.xml", .bytes = "<b>second</b>"},
                                  {.name = "c.bin", .bytes = "third"},
                                  {.name = "d.bin", .bytes = "fourth"}};
    kk_buf bytes;
    kk_buf out;
    kk_buf again;
    kk_buf_init(&bytes, 0);
    kk_buf_init(&out, 0);
    kk_buf_init(&again, 0);
    pack_zip(&bytes, entries, 4);
    kk_zip *zip = NULL;
    kk_error err = {0};
    assert_int_equal(kk_zip_open(&zip, kk_buf_view(&bytes), NULL, &err), KK_OK);
    assert_int_equal(kk_zip_write(zip, NULL, 0, &out, &err), KK_OK);
    assert_true(kk_str_equal(kk_buf_view(&out), kk_buf_view(&bytes)));
    kk_buf_clear(&out);

    const kk_str pieces[] = {KK_STR("<b>"), KK_STR("changed changed changed"), KK_STR("</b>")};
    const kk_str added[] = {KK_STR("<new/>")};
    const kk_zip_change changes[] = {
        {.index = 1, .pieces = pieces, .n_pieces = 3},
        {.index = 2, .remove = true},
        {.index = KK_NONE, .name = KK_STR("e/new.xml"), .pieces = added, .n_pieces = 1},
        {.index = KK_NONE, .name = KK_STR("f.xml")},
    };
    assert_int_equal(kk_zip_write(zip, changes, 4, &out, &err), KK_OK);
    assert_int_equal(kk_zip_write(zip, changes, 4, &again, &err), KK_OK);
    assert_true(kk_str_equal(kk_buf_view(&out), kk_buf_view(&again)));

    static const char *const names[] = {"a.xml", "b.xml", "d.bin", "e/new.xml", "f.xml"};
    static const char *const texts[] = {"<a>first</a>", "<b>changed changed changed</b>", "fourth",
                                        "<new/>", ""};
    kk_zip *copy = NULL;
    assert_int_equal(kk_zip_open(&copy, kk_buf_view(&out), NULL, &err), KK_OK);
    uint32_t n;
    uint32_t n_old;
    const kk_zip_entry *list = kk_zip_entries(copy, &n);
    const kk_zip_entry *old = kk_zip_entries(zip, &n_old);
    assert_int_equal(n, 5);
    for (uint32_t i = 0; i < n; i++) {
        kk_str part;
        assert_string_equal(list[i].name.ptr, names[i]);
        assert_int_equal(kk_zip_read(copy, i, &part, &err), KK_OK);
        assert_true(kk_str_is(part, texts[i]));
        assert_int_equal(list[i].dos_time, old[0].dos_time);
        assert_int_equal(list[i].dos_date, old[0].dos_date);
    }
    assert_true(
        kk_str_equal(raw_of(kk_buf_view(&out), &list[2]), raw_of(kk_buf_view(&bytes), &old[3])));
    kk_zip_free(copy);
    kk_zip_free(zip);
    kk_buf_dispose(&bytes);
    kk_buf_dispose(&out);
    kk_buf_dispose(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_every_cut),
        cmocka_unit_test(survives_every_changed_byte),
        cmocka_unit_test(checks_crc),
        cmocka_unit_test(writes_changes),
    };
    int failed = ROWS_RUN("zip refuses", refusals, refuses);
    failed += ROWS_RUN("zip limits", caps, keeps_to_limits);
    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
