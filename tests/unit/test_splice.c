/* Splices: order, borders, overlaps; ids and cuts on raw XML. */
#include "rows.h"

#include "cut.h"
#include "ids.h"
#include "splice.h"
#include "str.h"

typedef struct splice_row {
    const char *name;
    struct {
        uint32_t begin, end;
        const char *bytes;
    } edits[4];
    size_t n;
    const char *expect; /* NULL: refused */
} splice_row;

static const splice_row splice_rows[] = {
    {"none", {{0, 0, NULL}}, 0, "0123456789"},
    {"insert at start and end", {{10, 10, "B"}, {0, 0, "A"}}, 2, "A0123456789B"},
    {"two at one place keep their order", {{4, 4, "x"}, {4, 4, "y"}}, 2, "0123xy456789"},
    {"insertion before a replaced range", {{4, 6, "R"}, {4, 4, "i"}}, 2, "0123iR6789"},
    {"insertion after a replaced range", {{6, 6, "i"}, {4, 6, "R"}}, 2, "0123Ri6789"},
    {"deletion", {{2, 9, ""}}, 1, "019"},
    {"overlap", {{2, 5, "a"}, {4, 6, "b"}}, 2, NULL},
    {"insertion inside a replaced range", {{2, 6, "a"}, {4, 4, "b"}}, 2, NULL},
    {"outside", {{9, 11, ""}}, 1, NULL},
};

static void applies(void **state)
{
    const splice_row *row = *state;
    const kk_str raw = KK_STR("0123456789");
    kk_splices splices = {{NULL, 0, 0}};
    kk_buf out;
    kk_buf_init(&out, 0);
    for (size_t i = 0; i < row->n; i++) {
        assert_true(kk_splices_add(&splices, row->edits[i].begin, row->edits[i].end,
                                   kk_str_from(row->edits[i].bytes), 0));
    }
    const kk_status status = kk_splices_apply(&splices, raw, &out);
    if (row->expect == NULL) {
        assert_int_equal(status, KK_E_STALE);
    } else {
        assert_int_equal(status, KK_OK);
        assert_true(kk_str_is(kk_buf_view(&out), row->expect));
        for (size_t i = 0; i < splices.list.n; i++) {
            const uint64_t begin = kk_splices_new_begin(&splices, i);
            const kk_str bytes = splices.list.items[i].bytes;
            assert_memory_equal(out.ptr + begin, bytes.ptr, bytes.len);
        }
    }
    kk_buf_dispose(&out);
    kk_splices_dispose(&splices);
}

/* Every choice of two insertions and a deletion gives what a plain rebuild gives. */
static void agrees_with_rebuild(void **state)
{
    (void)state;
    const kk_str raw = KK_STR("abcdef");
    for (uint32_t from = 0; from <= 6; from++) {
        for (uint32_t to = from; to <= 6; to++) {
            for (uint32_t at = 0; at <= 6; at++) {
                if (at > from && at < to) {
                    continue;
                }
                char expect[16];
                size_t n = 0;
                for (uint32_t i = 0; i <= 6; i++) {
                    if (i == at && (at <= from || from == to)) {
                        expect[n++] = 'X';
                    }
                    if (i == at && at >= to && from != to) {
                        expect[n++] = 'X';
                    }
                    if (i < 6 && (i < from || i >= to)) {
                        expect[n++] = raw.ptr[i];
                    }
                }
                expect[n] = '\0';
                kk_splices splices = {{NULL, 0, 0}};
                kk_buf out;
                kk_buf_init(&out, 0);
                assert_true(kk_splices_add(&splices, from, to, KK_STR(""), 0));
                assert_true(kk_splices_add(&splices, at, at, KK_STR("X"), 0));
                assert_int_equal(kk_splices_apply(&splices, raw, &out), KK_OK);
                assert_true(kk_str_is(kk_buf_view(&out), expect));
                kk_buf_dispose(&out);
                kk_splices_dispose(&splices);
            }
        }
    }
}

typedef struct cut_row {
    const char *name;
    const char *raw;
    const char *elements; /* names of the top elements, each followed by its inside in brackets */
} cut_row;

static const cut_row cut_rows[] = {
    {"two", "<w:a/><w:b>x</w:b>", "w:a[]w:b[x]"},
    {"nested of one name", "<w:p><w:p/></w:p><w:q/>", "w:p[<w:p/>]w:q[]"},
    {"gt in a quote", "<a x='>'>t</a><b y=\"/>\"/>", "a[t]b[]"},
    {"comment, CDATA, instruction", "<?pi <x?><a><!-- </a> --><![CDATA[</a>]]></a><b/>",
     "a[<!-- </a> --><![CDATA[</a>]]>]b[]"},
    {"blanks in tags", "<a\n b = 'c' >t</a ><d />", "a[t]d[]"},
};

static void cuts(void **state)
{
    const cut_row *row = *state;
    const kk_str raw = kk_str_from(row->raw);
    kk_buf out;
    kk_buf_init(&out, 0);
    kk_cut_element e;
    for (uint32_t at = 0; kk_cut_element_at(raw, at, (uint32_t)raw.len, &e); at = e.end) {
        kk_buf_str(&out, e.name);
        kk_buf_puts(&out, "[");
        kk_buf_str(&out, kk_str_slice(raw, e.inner_begin, e.inner_end));
        kk_buf_puts(&out, "]");
    }
    assert_string_equal(out.ptr, row->elements);
    kk_buf_dispose(&out);
}

static void finds_attributes(void **state)
{
    (void)state;
    const kk_str raw = KK_STR("<w:ins xmlns:id='no' w:author = \"A &lt; B\" w:id='7' id=\"8\">");
    kk_str value;
    assert_true(kk_cut_attr(raw, 0, "id", &value));
    assert_true(kk_str_is(value, "7"));
    assert_true(kk_cut_attr(raw, 0, "author", &value));
    assert_true(kk_str_is(value, "A &lt; B"));
    assert_true(kk_cut_attr_named(raw, 0, KK_STR("id"), &value));
    assert_true(kk_str_is(value, "8"));
    assert_false(kk_cut_attr(raw, 0, "date", &value));
    assert_false(kk_cut_attr(KK_STR("<a/>"), 0, "b", &value));
}

static void ids_are_free_and_repeatable(void **state)
{
    (void)state;
    kk_ids ids = {0}, again = {0};
    const kk_str raw = KK_STR("<w:ins w:id=\"5\"/><w:sdtPr><w:id w:val='6'/></w:sdtPr>"
                              "<w:id w:val=\"-7\"/><x:gridId x:id = \"8\"/><w:rid=\"9\">");
    assert_true(kk_ids_collect(&ids, raw));
    assert_true(kk_ids_used(&ids, 5) && kk_ids_used(&ids, 6) && kk_ids_used(&ids, 8));
    assert_false(kk_ids_used(&ids, 7) || kk_ids_used(&ids, 9));
    kk_ids_seed(&ids, KK_STR("seed"));
    const uint32_t first = kk_ids_take(&ids);
    assert_true(first > 0 && first < 0x80000000u);
    assert_int_equal(kk_ids_take(&ids), first + 1);
    kk_ids_seed(&ids, KK_STR("seed"));
    assert_int_equal(kk_ids_take(&ids),
                     first + 2); /* the same seed moves past what was given out */
    assert_true(kk_ids_use(&again, first));
    kk_ids_seed(&again, KK_STR("seed"));
    assert_int_equal(kk_ids_take(&again), first + 1);
    for (uint32_t i = 0; i < 3000; i++) {
        assert_true(kk_ids_use(&again, i * 7919));
    }
    assert_true(kk_ids_used(&again, 2999u * 7919u) && kk_ids_used(&again, first));
    kk_ids_dispose(&ids);
    kk_ids_dispose(&again);
}

int main(void)
{
    int failed = 0;
    failed += ROWS_RUN("splice", splice_rows, applies);
    failed += ROWS_RUN("cut", cut_rows, cuts);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_rebuild),
        cmocka_unit_test(finds_attributes),
        cmocka_unit_test(ids_are_free_and_repeatable),
    };
    failed += cmocka_run_group_tests_name("bytes", tests, NULL, NULL);
    return failed;
}
