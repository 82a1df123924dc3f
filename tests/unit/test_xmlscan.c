/* The scanner: exact offsets for every chunk size, refusals, character data; encodings. */
#include "rows.h"

#include "encoding.h"
#include "error.h"
#include "str.h"
#include "xmlscan.h"
#include "xmlwords.h"

#include <stdio.h>

#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

/* ---- events -------------------------------------------------------------------------------- */

typedef struct log {
    kk_str raw;
    kk_buf out;
} log;

static kk_status on_start(void *context, kk_xml *xml, const kk_xml_tag *tag)
{
    log *to = context;
    (void)xml;
    assert_int_equal(to->raw.ptr[tag->begin], '<');
    assert_int_equal(to->raw.ptr[tag->end - 1], '>');
    kk_buf_printf(&to->out, "+%.*s%s@%u-%u/%u", (int)tag->local.len, tag->local.ptr,
                  tag->empty ? "/" : "", tag->begin, tag->end, tag->depth);
    for (uint32_t i = 0; i < tag->n_attrs; i++) {
        kk_buf_printf(&to->out, " %.*s=%.*s", (int)tag->attrs[i].local.len, tag->attrs[i].local.ptr,
                      (int)tag->attrs[i].value.len, tag->attrs[i].value.ptr);
    }
    kk_buf_puts(&to->out, "\n");
    return KK_OK;
}

static kk_status on_end(void *context, kk_xml *xml, const kk_xml_tag *tag)
{
    log *to = context;
    (void)xml;
    if (!tag->empty) {
        assert_memory_equal(to->raw.ptr + tag->begin, "</", 2);
        assert_int_equal(to->raw.ptr[tag->end - 1], '>');
    }
    kk_buf_printf(&to->out, "-%.*s@%u-%u/%u\n", (int)tag->local.len, tag->local.ptr, tag->begin,
                  tag->end, tag->depth);
    return KK_OK;
}

static kk_status on_text(void *context, kk_xml *xml, uint32_t begin, uint32_t end)
{
    log *to = context;
    (void)xml;
    kk_xml_chars chars;
    kk_xml_piece piece;
    kk_buf_puts(&to->out, "\"");
    kk_xml_chars_init(&chars, to->raw.ptr, begin, end);
    while (kk_xml_chars_next(&chars, &piece)) {
        if (piece.literal) {
            assert_ptr_equal(piece.text.ptr, to->raw.ptr + piece.begin);
            assert_int_equal(piece.text.len, piece.end - piece.begin);
        }
        kk_buf_str(&to->out, piece.text);
    }
    kk_buf_puts(&to->out, "\"\n");
    return KK_OK;
}

static const kk_xml_handler logging = {on_start, on_end, on_text};

typedef struct event_row {
    const char *name, *xml, *expect;
} event_row;

static const event_row event_rows[] = {
    {"element", "<a>x</a>", "+a@0-3/1\n\"x\"\n-a@4-8/1\n"},
    {"empty tag", "<a><b/></a>", "+a@0-3/1\n+b/@3-7/2\n-b@7-7/2\n-a@7-11/1\n"},
    {"empty root", "<a />", "+a/@0-5/1\n-a@5-5/1\n"},
    {"byte-order mark", "\xef\xbb\xbf<a/>", "+a/@3-7/1\n-a@7-7/1\n"},
    {"declaration and comment before", "<?xml version=\"1.0\"?>\n<!-- < > --><a/>",
     "+a/@34-38/1\n-a@38-38/1\n"},
    {"greater-than in attribute", "<a x='1>2' y=\"a/>b\">t</a>",
     "+a@0-20/1 x=1>2 y=a/>b\n\"t\"\n-a@21-25/1\n"},
    {"space in tags", "<a  x = '1'\n ><b\n/></a >",
     "+a@0-14/1 x=1\n+b/@14-19/2\n-b@19-19/2\n-a@19-24/1\n"},
    {"references", "<a x='&lt;&#65;'>&amp;&#x41;&quot;&apos;&gt;</a>",
     "+a@0-17/1 x=<A\n\"&A\"'>\"\n-a@44-48/1\n"},
    {"CDATA", "<a>1<![CDATA[<&]]]>2</a>", "+a@0-3/1\n\"1<&]2\"\n-a@20-24/1\n"},
    {"comment and instruction inside", "<a>1<!-- <b> -->2<?pi <c> ?>3</a>",
     "+a@0-3/1\n\"123\"\n-a@29-33/1\n"},
    {"comment only", "<a><!--x--><b/></a>",
     "+a@0-3/1\n\"\"\n+b/@11-15/2\n-b@15-15/2\n-a@15-19/1\n"},
    {"line ends", "<a>1\r\n2\r3\n4</a>", "+a@0-3/1\n\"1\n2\n3\n4\"\n-a@11-15/1\n"},
    {"letters", "<a>æø\xf0\x9f\x8c\x8d</a>", "+a@0-3/1\n\"æø\xf0\x9f\x8c\x8d\"\n-a@11-15/1\n"},
    {"prefixes", "<p:a xmlns:p='u'><p:b p:c='1'/></p:a>",
     "+a@0-17/1\n+b/@17-31/2 c=1\n-b@31-31/2\n-a@31-37/1\n"},
    {"after the root", "<a/>\n<!-- end -->\n", "+a/@0-4/1\n-a@4-4/1\n"},
};

static void tells_events(void **state)
{
    const event_row *row = *state;
    const size_t chunks[] = {1, 2, 3, 5, 7, 1000, 65536};
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
        log to = {.raw = kk_str_from(row->xml)};
        kk_error err = {0};
        kk_buf_init(&to.out, 0);
        const kk_xml_source source = {to.raw, KK_STR("p"), chunks[i]};
        assert_int_equal(kk_xml_scan_source(&source, NULL, &logging, &to, &err), KK_OK);
        assert_string_equal(to.out.ptr, row->expect);
        kk_buf_dispose(&to.out);
    }
}

/* ---- refusals ------------------------------------------------------------------------------ */

typedef struct refusal {
    const char *name, *xml;
    kk_status status;
    const char *reason;
} refusal;

static const refusal refusals[] = {
    {"empty", "", KK_E_FORMAT, ""},
    {"no element", "<?xml version='1.0'?>", KK_E_FORMAT, ""},
    {"not closed", "<a><b></b>", KK_E_FORMAT, ""},
    {"crossed", "<a><b></a></b>", KK_E_FORMAT, ""},
    {"two roots", "<a/><b/>", KK_E_FORMAT, ""},
    {"text after the root", "<a/>x", KK_E_FORMAT, ""},
    {"attribute twice", "<a x='1' x='2'/>", KK_E_FORMAT, ""},
    {"prefix not declared", "<p:a/>", KK_E_FORMAT, ""},
    {"attribute prefix not declared", "<a p:b='1'/>", KK_E_FORMAT, ""},
    {"entity", "<a>&nbsp;</a>", KK_E_FORMAT, ""},
    {"bare ampersand", "<a>&</a>", KK_E_FORMAT, ""},
    {"control character", "<a>\x01</a>", KK_E_FORMAT, ""},
    {"reference to no character", "<a>&#1;</a>", KK_E_FORMAT, ""},
    {"doctype", "<!DOCTYPE a><a/>", KK_E_FORMAT, "dtd"},
    {"doctype after declaration", "<?xml version='1.0'?>\n<!DOCTYPE a []><a/>", KK_E_FORMAT, "dtd"},
    {"doctype with entity", "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", KK_E_FORMAT, "dtd"},
    {"external doctype", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", KK_E_FORMAT, "dtd"},
    {"latin 1", "<?xml version='1.0' encoding='ISO-8859-1'?><a/>", KK_E_FORMAT, "encoding"},
    {"not UTF-8", "<a>\xe6</a>", KK_E_FORMAT, "encoding"},
    {"overlong", "<a>\xc0\xaf</a>", KK_E_FORMAT, "encoding"},
    {"surrogate", "<a>\xed\xa0\x80</a>", KK_E_FORMAT, "encoding"},
    {"depth", "<a><a><a><a><a/></a></a></a></a>", KK_E_LIMIT, "limit"},
    {"attribute size", "<a b='0123456789012345678901234567890'/>", KK_E_LIMIT, "limit"},
};

static void refuses(void **state)
{
    const refusal *row = *state;
    const kk_limits limits = {.size = sizeof limits, .depth = 4, .attribute_bytes = 30};
    kk_error err = {0};
    assert_int_equal(kk_xml_check(kk_str_from(row->xml), KK_STR("word/x.xml"), &limits, &err),
                     row->status);
    assert_string_equal(err.reason, row->reason);
    assert_string_equal(err.part, "word/x.xml");
    assert_true(strlen(err.message) > 10);
    assert_null(strchr(err.message, '\n'));
}

/* Sizes that libxml2 would take long over or that would eat memory. */
static void refuses_excess(void **state)
{
    (void)state;
    static const struct {
        const char *head, *repeat, *tail;
        size_t n;
    } rows[] = {{"<a", " x%zu='1'", "/>", 2000},
                {"<a", " xmlns:n%zu='u'", "/>", 600},
                {"<a b='", "0123456789abcdef%zu", "'/>", 300000},
                {"<a><!--", "0123456789abcdef%zu", "--></a>", 300000},
                {"<a>", "<name%zu/>", "</a>", 200000}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        kk_buf xml;
        kk_error err = {0};
        kk_buf_init(&xml, 0);
        kk_buf_puts(&xml, rows[i].head);
        for (size_t k = 0; k < rows[i].n; k++) {
            char item[64];
            const char *percent = strchr(rows[i].repeat, '%');
            (void)snprintf(item, sizeof item, "%.*s%zu%s", (int)(percent - rows[i].repeat),
                           rows[i].repeat, k, percent + 3);
            kk_buf_puts(&xml, item);
        }
        kk_buf_puts(&xml, rows[i].tail);
        assert_int_equal(kk_xml_check(kk_buf_view(&xml), KK_STR("p"), NULL, &err), KK_E_LIMIT);
        assert_string_equal(err.reason, "limit");
        kk_buf_dispose(&xml);
    }
}

static kk_status stop_at_b(void *context, kk_xml *xml, const kk_xml_tag *tag)
{
    (void)xml;
    ++*(int *)context;
    return kk_str_is(tag->local, "b") ? KK_E_CANCELLED : KK_OK;
}

static void stops_when_told(void **state)
{
    (void)state;
    static const kk_xml_handler handler = {.start = stop_at_b};
    int seen = 0;
    kk_error err = {0};
    assert_int_equal(
        kk_xml_scan(KK_STR("<a><b/><c/><broken</a>"), KK_STR("p"), NULL, &handler, &seen, &err),
        KK_E_CANCELLED);
    assert_int_equal(seen, 2);
    assert_string_equal(err.message, "");
}

/* ---- names and values ---------------------------------------------------------------------- */

static kk_status check_names(void *context, kk_xml *xml, const kk_xml_tag *tag)
{
    int *seen = context;
    kk_str value;
    ++*seen;
    assert_int_equal(tag->ns, KK_NS_W);
    if (tag->word == KK_W_b) {
        assert_true(tag->strict == kk_str_is(tag->prefix, "s"));
        assert_true(kk_xml_prefix(xml, KK_STR("w")) == KK_NS_W);
        assert_true(kk_xml_prefix(xml, KK_STR("none")) == KK_NS_NONE);
        if (tag->n_attrs > 0) {
            assert_true(kk_xml_val(tag, &value));
            assert_int_equal(kk_xml_on(tag), kk_str_is(value, "true") || kk_str_is(value, "1"));
        } else {
            assert_true(kk_xml_on(tag));
        }
    }
    if (tag->word == KK_W_sz) {
        assert_int_equal(kk_xml_int(tag, KK_NS_W, KK_W_val, 7), *seen == 8 ? -12 : 7);
    }
    return KK_OK;
}

static void knows_names(void **state)
{
    (void)state;
    static const kk_xml_handler handler = {.start = check_names};
    int seen = 0;
    kk_error err = {0};
    const kk_str xml = KK_STR("<w:p xmlns:w='" W "' xmlns:s='http://purl.oclc.org/ooxml/"
                              "wordprocessingml/main'><w:b/><w:b w:val='0'/><w:b w:val='off'/>"
                              "<w:b w:val='true'/><s:b s:val='1'/><s:b/><w:sz w:val=' -12pt'/>"
                              "<w:sz/></w:p>");
    assert_int_equal(kk_xml_scan(xml, KK_STR("p"), NULL, &handler, &seen, &err), KK_OK);
    assert_int_equal(seen, 9);
}

static void finds_every_word(void **state)
{
    (void)state;
    for (int word = 1; word < KK_W_count; word++) {
        assert_int_equal(kk_word_find(kk_str_from(kk_word_name((kk_word)word))), word);
    }
    assert_int_equal(kk_word_find(KK_STR("nosuchname")), KK_W_other);
    assert_int_equal(kk_word_find(KK_STR("")), KK_W_other);
}

/* ---- encodings ----------------------------------------------------------------------------- */

static void widen(kk_buf *out, const char *ascii, bool big_endian)
{
    for (; *ascii != '\0'; ascii++) {
        kk_buf_putc(out, (char)(big_endian ? '\0' : *ascii));
        kk_buf_putc(out, (char)(big_endian ? *ascii : '\0'));
    }
}

static void makes_utf8_of_utf16(void **state)
{
    (void)state;
    for (int big = 0; big < 2; big++) {
        for (int mark = 0; mark < 2; mark++) {
            kk_buf wide;
            kk_buf utf8;
            kk_error err = {0};
            kk_buf_init(&wide, 0);
            kk_buf_init(&utf8, 0);
            if (mark != 0) {
                kk_buf_add(&wide, big != 0 ? "\xfe\xff" : "\xff\xfe", 2);
            }
            widen(&wide, "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>", big != 0);
            kk_buf_add(&wide, big != 0 ? "\0\xe6\xd8\x3c\xdf\x0d" : "\xe6\0\x3c\xd8\x0d\xdf", 6);
            widen(&wide, "</a>", big != 0);
            assert_int_equal(kk_encoding_of(kk_buf_view(&wide)),
                             big != 0 ? KK_ENCODING_UTF16BE : KK_ENCODING_UTF16LE);
            assert_int_equal(
                kk_encoding_utf16(kk_buf_view(&wide), big != 0, KK_STR("p"), 1000, &utf8, &err),
                KK_OK);
            assert_string_equal(utf8.ptr, "<?xml version=\"1.0\"                  ?><a>æ"
                                          "\xf0\x9f\x8c\x8d</a>");
            assert_int_equal(kk_xml_check(kk_buf_view(&utf8), KK_STR("p"), NULL, &err), KK_OK);
            kk_buf_clear(&utf8);
            assert_int_equal(kk_encoding_utf16(kk_str_slice(kk_buf_view(&wide), 0, wide.len - 1),
                                               big != 0, KK_STR("p"), 1000, &utf8, &err),
                             KK_E_FORMAT);
            kk_buf_dispose(&wide);
            kk_buf_dispose(&utf8);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_excess),      cmocka_unit_test(stops_when_told),
        cmocka_unit_test(knows_names),         cmocka_unit_test(finds_every_word),
        cmocka_unit_test(makes_utf8_of_utf16),
    };
    int failed = ROWS_RUN("events", event_rows, tells_events);
    failed += ROWS_RUN("refusals", refusals, refuses);
    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
