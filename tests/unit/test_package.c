/* Packages: which part is the main one, what a file is that is none, names and relationships. */
#include "rows.h"

#include "error.h"
#include "limits.h"
#include "package.h"
#include "packkit.h"
#include "str.h"

#define OOXML  "http://schemas.openxmlformats.org/"
#define DOC    OOXML "officeDocument/2006/relationships/officeDocument"
#define STRICT "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
#define WORDML "application/vnd.openxmlformats-officedocument.wordprocessingml."

/* ---- the main part ------------------------------------------------------------------------- */

typedef struct main_row {
    const char *name;
    const char *target, *type, *rel; /* of the main relationship; rel NULL: none */
    const char *content_type;        /* of /word/document.xml */
    const char *reason;              /* NULL: opens */
    bool template_type, macro_type, strict;
} main_row;

static const main_row main_rows[] = {
    {"docx", "word/document.xml", "", DOC, WORDML "document.main+xml", NULL, false, false, false},
    {"dotx", "/word/document.xml", "", DOC, WORDML "template.main+xml", NULL, true, false, false},
    {"docm", "word/document.xml", "", DOC, "application/vnd.ms-word.document.macroEnabled.main+xml",
     NULL, false, true, false},
    {"dotm", "word/document.xml", "", DOC,
     "application/vnd.ms-word.template.macroEnabledTemplate.main+xml", NULL, true, true, false},
    {"Strict", "word/document.xml", "", STRICT, WORDML "document.main+xml", NULL, false, false,
     true},
    {"case and parameters", "Word/DOCUMENT.xml", "", DOC,
     "Application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml; charset=x",
     NULL, false, false, false},
    {"workbook", "word/document.xml", "", DOC,
     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "not-word",
     false, false, false},
    {"presentation", "word/document.xml", "", DOC,
     "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
     "not-word", false, false, false},
    {"no relationship", "", "", NULL, WORDML "document.main+xml", "not-word", false, false, false},
    {"dangling relationship", "word/other.xml", "", DOC, WORDML "document.main+xml", "not-word",
     false, false, false},
    {"external main part", "word/document.xml", " TargetMode=\"External\"", DOC,
     WORDML "document.main+xml", "not-word", false, false, false},
    {"out of the package", "../../word/document.xml", "", DOC, WORDML "document.main+xml",
     "not-word", false, false, false},
};

static void pack_main(kk_buf *bytes, const main_row *row, kk_buf *types, kk_buf *rels)
{
    kk_buf_init(bytes, 0);
    kk_buf_init(types, 0);
    kk_buf_init(rels, 0);
    kk_buf_printf(types,
                  "<Types xmlns=\"" OOXML "package/2006/content-types\"><Override PartName=\""
                  "/word/document.xml\" ContentType=\"%s\"/></Types>",
                  row->content_type);
    kk_buf_puts(rels, "<Relationships xmlns=\"" OOXML "package/2006/relationships\">");
    if (row->rel != NULL) {
        kk_buf_printf(rels, "<Relationship Id=\"x\" Type=\"%s\" Target=\"%s\"%s/>", row->rel,
                      row->target, row->type);
    }
    kk_buf_puts(rels, "</Relationships>");
    const pack_entry entries[] = {{.name = "[Content_Types].xml", .bytes = types->ptr},
                                  {.name = "_rels/.rels", .bytes = rels->ptr},
                                  {.name = "word/document.xml", .bytes = "<a/>"}};
    pack_zip(bytes, entries, 3);
}

static void finds_main(void **state)
{
    const main_row *row = *state;
    kk_buf bytes;
    kk_buf types;
    kk_buf rels;
    kk_error err = {0};
    kk_package package;
    const kk_limits limits = kk_limits_filled(NULL);
    kk_arena *arena = kk_arena_new();
    pack_main(&bytes, row, &types, &rels);
    const kk_status status = kk_package_open(&package, kk_buf_view(&bytes), &limits, arena, &err);
    if (row->reason == NULL) {
        assert_int_equal(status, KK_OK);
        assert_int_equal(package.main_entry, 2);
        assert_true(kk_str_is(package.main_part, "word/document.xml"));
        assert_int_equal(package.template_type, row->template_type);
        assert_int_equal(package.macro_type, row->macro_type);
        assert_int_equal(package.strict, row->strict);
    } else {
        assert_int_equal(status, KK_E_FORMAT);
        assert_string_equal(err.reason, row->reason);
    }
    kk_package_dispose(&package);
    kk_arena_free(arena);
    kk_buf_dispose(&bytes);
    kk_buf_dispose(&types);
    kk_buf_dispose(&rels);
}

/* ---- other files --------------------------------------------------------------------------- */

typedef struct sniff_row {
    const char *name;
    const char *bytes;
    size_t len; /* 0: NUL-terminated */
    kk_status status;
    const char *reason, *says;
} sniff_row;

#define CFB            "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 ... "
#define WIDE_ENCRYPTED "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"
#define WIDE_WORD      "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"

static const sniff_row sniff_rows[] = {
    {"empty", "", 0, KK_E_FORMAT, "not-word", "empty"},
    {"encrypted", CFB WIDE_ENCRYPTED, sizeof CFB WIDE_ENCRYPTED - 1, KK_E_UNSUPPORTED, "encrypted",
     "password"},
    {"doc", CFB WIDE_WORD, sizeof CFB WIDE_WORD - 1, KK_E_FORMAT, "not-word", ".doc"},
    {"other compound file", CFB, 0, KK_E_FORMAT, "not-word", "Office"},
    {"rtf", "{\\rtf1 a}", 0, KK_E_FORMAT, "not-word", "RTF"},
    {"pdf", "%PDF-1.7", 0, KK_E_FORMAT, "not-word", "PDF"},
    {"html", "<!-- x -->\n<html><body/></html>", 0, KK_E_FORMAT, "not-word", "HTML"},
    {"flat",
     "<?xml version='1.0'?><pkg:package xmlns:pkg='http://schemas.microsoft.com/office/"
     "2006/xmlPackage'/>",
     0, KK_E_FORMAT, "not-word", "flat"},
    {"text", "Hello", 0, KK_E_FORMAT, "not-word", "not a Word"},
    {"bytes before a zip", "MZ\x90 PK\3\4", 0, KK_E_FORMAT, "zip-inconsistent", "precede"},
    {"cut off", "PK\3\4abcdef", 0, KK_E_FORMAT, "zip-inconsistent", "cut off"},
};

static void names_other_files(void **state)
{
    const sniff_row *row = *state;
    kk_error err = {0};
    kk_package package;
    const kk_limits limits = kk_limits_filled(NULL);
    kk_arena *arena = kk_arena_new();
    const kk_str bytes = {row->bytes, row->len != 0 ? row->len : strlen(row->bytes)};
    assert_int_equal(kk_package_open(&package, bytes, &limits, arena, &err), row->status);
    assert_string_equal(err.reason, row->reason);
    assert_non_null(strstr(err.message, row->says));
    kk_package_dispose(&package);
    kk_arena_free(arena);
}

/* ---- names --------------------------------------------------------------------------------- */

typedef struct resolve_row {
    const char *name, *source, *target, *expect;
} resolve_row;

static const resolve_row resolve_rows[] = {
    {"beside", "word/document.xml", "styles.xml", "word/styles.xml"},
    {"below", "word/document.xml", "media/a.png", "word/media/a.png"},
    {"above", "word/document.xml", "../media/a.png", "media/a.png"},
    {"absolute", "word/document.xml", "/word/styles.xml", "word/styles.xml"},
    {"from the package", "", "word/document.xml", "word/document.xml"},
    {"dots", "word/document.xml", "./x/../styles.xml", "word/styles.xml"},
    {"out", "word/document.xml", "../../a", ""},
    {"far out", "word/document.xml", "../../../../etc/passwd", ""},
    {"percent", "word/document.xml", "a%20b.xml", "word/a b.xml"},
    {"percent of a slash stays", "word/document.xml", "a%2fb%5c.xml", "word/a%2fb%5c.xml"},
    {"broken percent", "word/document.xml", "a%2.xml", "word/a%2.xml"},
    {"fragment", "word/document.xml", "a.xml#top", "word/a.xml"},
    {"fragment only", "word/document.xml", "#top", ""},
    {"nothing", "word/document.xml", "", ""},
};

static void resolves(void **state)
{
    const resolve_row *row = *state;
    kk_arena *arena = kk_arena_new();
    const kk_str part =
        kk_package_resolve(arena, kk_str_from(row->source), kk_str_from(row->target));
    assert_true(kk_str_is(part, row->expect));
    kk_arena_free(arena);
}

static void names_relationship_parts(void **state)
{
    (void)state;
    kk_arena *arena = kk_arena_new();
    assert_string_equal(kk_package_rels_name(arena, KK_STR("word/document.xml")).ptr,
                        "word/_rels/document.xml.rels");
    assert_string_equal(kk_package_rels_name(arena, KK_STR("")).ptr, "_rels/.rels");
    assert_string_equal(kk_package_rels_name(arena, KK_STR("a.xml")).ptr, "_rels/a.xml.rels");
    kk_arena_free(arena);
}

static void reads_relationships(void **state)
{
    (void)state;
    const pack_docx docx = {.body = "<w:p/>", .styles = "", .header = "<w:p/>"};
    kk_buf bytes;
    kk_error err = {0};
    kk_package package;
    const kk_limits limits = kk_limits_filled(NULL);
    kk_arena *arena = kk_arena_new();
    kk_buf_init(&bytes, 0);
    pack_word(&bytes, &docx);
    assert_int_equal(kk_package_open(&package, kk_buf_view(&bytes), &limits, arena, &err), KK_OK);
    assert_int_equal(package.main_rels.n, 2);
    const kk_rel *styles = kk_rels_find(&package.main_rels, KK_REL_STYLES);
    assert_non_null(styles);
    assert_true(kk_str_is(styles->part, "word/styles.xml"));
    assert_ptr_equal(kk_rels_by_id(&package.main_rels, styles->id), styles);
    assert_null(kk_rels_find(&package.main_rels, KK_REL_NUMBERING));
    assert_null(kk_rels_by_id(&package.main_rels, KK_STR("rId99")));
    assert_true(
        kk_str_is(kk_package_type(&package, KK_STR("WORD/header1.xml")), WORDML "header+xml"));
    assert_true(kk_str_is(kk_package_type(&package, KK_STR("x/y.RELS")),
                          "application/vnd.openxmlformats-package.relationships+xml"));
    assert_int_equal(kk_package_type(&package, KK_STR("a.b/rels")).len, 0);
    assert_false(package.signed_package);
    assert_false(package.macros);
    kk_rels none;
    assert_int_equal(kk_package_rels(&package, KK_STR("word/styles.xml"), &none, &err), KK_OK);
    assert_int_equal(none.n, 0);
    assert_int_equal(none.entry, KK_NONE);
    kk_package_dispose(&package);
    kk_arena_free(arena);
    kk_buf_dispose(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_relationship_parts),
        cmocka_unit_test(reads_relationships),
    };
    int failed = ROWS_RUN("main part", main_rows, finds_main);
    failed += ROWS_RUN("other files", sniff_rows, names_other_files);
    failed += ROWS_RUN("resolve", resolve_rows, resolves);
    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
