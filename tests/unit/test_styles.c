/* Styles: names in several languages, inheritance, looks, languages. */
#include "rows.h"

#include "error.h"
#include "look.h"
#include "packkit.h"
#include "str.h"
#include "stylename.h"
#include "styles.h"

typedef struct name_row {
    const char *name; /* of the style, lower-cased */
    uint8_t level;
    bool toc, title;
} name_row;

static const name_row name_rows[] = {
    {"heading 1", 1, false, false},
    {"heading 9", 9, false, false},
    {"heading1", 1, false, false},
    {"overskrift 3", 3, false, false},
    {"rubrik 2", 2, false, false},
    {"überschrift 1", 1, false, false},
    {"heading 1 no toc", 1, false, false},
    {"heading 10", 0, false, false},
    {"heading 0", 0, false, false},
    {"heading", 0, false, false},
    {"subheading 1", 0, false, false},
    {"heading 1char", 0, false, false},
    {"toc 1", 0, true, false},
    {"toc heading", 0, false, false},
    {"table of figures", 0, true, false},
    {"innholdsfortegnelse 2", 0, true, false},
    {"title", 0, false, true},
    {"undertittel", 0, false, true},
    {"normal", 0, false, false},
    {"", 0, false, false},
};

static void knows_names(void **state)
{
    const name_row *row = *state;
    const kk_str name = kk_str_from(row->name);
    assert_int_equal(kk_style_name_level(name), row->level);
    assert_int_equal(kk_style_name_toc(name), row->toc);
    assert_int_equal(kk_style_name_title(name), row->title);
}

typedef struct lang_row {
    const char *name;
    kk_lang lang;
} lang_row;

static const lang_row lang_rows[] = {
    {"nb-NO", KK_LANG_NB},    {"no-NO", KK_LANG_NB},    {"nn-NO", KK_LANG_NN},
    {"NN", KK_LANG_NN},       {"no-NY", KK_LANG_NN},    {"en-US", KK_LANG_EN},
    {"sv-SE", KK_LANG_OTHER}, {"se-NO", KK_LANG_OTHER}, {"nbx", KK_LANG_OTHER},
    {"", KK_LANG_UNSET},
};

static void knows_languages(void **state)
{
    const lang_row *row = *state;
    assert_int_equal(kk_lang_of(kk_str_from(row->name)), row->lang);
}

/* ---- the model ----------------------------------------------------------------------------- */

#define STYLES(inner) "<w:styles " PACK_W ">" inner "</w:styles>"
#define STYLE(type, id, inner)                                                                     \
    "<w:style w:type=\"" type "\" w:styleId=\"" id "\">" inner "</w:style>"
#define NAME(name) "<w:name w:val=\"" name "\"/>"
#define BASED(id)  "<w:basedOn w:val=\"" id "\"/>"

static void read(kk_styles *styles, kk_arena *arena, kk_str raw)
{
    kk_error err = {0};
    assert_int_equal(kk_styles_read(styles, arena, raw, KK_STR("word/styles.xml"), NULL, &err),
                     KK_OK);
}

/* clang-format off */
static const char family[] = STYLES(
    "<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val=\"nb-NO\"/></w:rPr></w:rPrDefault>"
    "</w:docDefaults>"
    STYLE("paragraph", "C", NAME("Barn") BASED("B") "<w:rPr><w:b w:val=\"0\"/></w:rPr>")
    STYLE("paragraph", "B", NAME("Heading 2,H2") BASED("A") "<w:link w:val=\"L\"/>"
          "<w:pPr><w:outlineLvl w:val=\"1\"/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"4\"/>"
          "</w:numPr></w:pPr><w:rPr><w:b/><w:i/></w:rPr>")
    STYLE("paragraph", "A", NAME("Base") "<w:next w:val=\"C\"/>")
    STYLE("character", "L", NAME("Lenke") "<w:rPr><w:color w:val=\"FF0000\"/></w:rPr>")
    STYLE("character", "B", NAME("Same id"))
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"N\">" NAME("Normal") "</w:style>"
    STYLE("table", "T", NAME("Tabell") "<w:tblStylePr><w:rPr><w:b/></w:rPr></w:tblStylePr>")
    STYLE("paragraph", "Off", NAME("Av") BASED("B")
          "<w:pPr><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr>"));
/* clang-format on */

static void inherits(void **state)
{
    (void)state;
    kk_styles styles;
    kk_arena *arena = kk_arena_new();
    read(&styles, arena, kk_str_from(family));
    assert_int_equal(styles.n, 8);
    const kk_style *c = kk_style_by_id(&styles, KK_STYLE_PARAGRAPH, KK_STR("C"));
    assert_int_equal(c->heading, 2);
    assert_true(c->named_heading);
    assert_int_equal(c->outline, 1);
    assert_int_equal(c->own_outline, KK_OUTLINE_NONE);
    assert_true(c->has_num);
    assert_int_equal(c->num_id, 4);
    assert_int_equal(c->ilvl, 1);
    assert_int_equal(c->look.on, KK_LOOK_ITALIC);
    assert_int_equal(c->look.mentioned, KK_LOOK_ITALIC | KK_LOOK_BOLD);
    assert_false(kk_style_by_id(&styles, KK_STYLE_PARAGRAPH, KK_STR("Off"))->has_num);
    assert_int_equal(kk_style_by_id(&styles, KK_STYLE_TABLE, KK_STR("T"))->look.on, 0);
    assert_int_equal(styles.defaults.lang, KK_LANG_NB);
    kk_styles_dispose(&styles);
    kk_arena_free(arena);
}

static void finds(void **state)
{
    (void)state;
    kk_styles styles;
    kk_arena *arena = kk_arena_new();
    const kk_str raw = kk_str_from(family);
    read(&styles, arena, raw);
    const kk_style *b = kk_style_by_id(&styles, KK_STYLE_PARAGRAPH, KK_STR("B"));
    const kk_style *link = kk_style_by_id(&styles, KK_STYLE_CHARACTER, KK_STR("L"));
    const kk_style *twin = kk_style_by_id(&styles, KK_STYLE_CHARACTER, KK_STR("B"));
    assert_true(kk_str_is(b->canonical, "heading 2"));
    assert_true(kk_str_is(b->name, "Heading 2,H2"));
    assert_int_equal(b->link, link - styles.items);
    assert_true(kk_str_is(styles.items[styles.items[2].next].id, "C"));
    assert_true(kk_str_is(twin->name, "Same id"));
    assert_true(kk_str_is(kk_style_default(&styles, KK_STYLE_PARAGRAPH)->id, "N"));
    assert_null(kk_style_default(&styles, KK_STYLE_TABLE));
    assert_ptr_equal(kk_style_by_name(&styles, KK_STYLE_PARAGRAPH, KK_STR("heading 2")), b);
    assert_memory_equal(raw.ptr + styles.insert_at, "</w:styles>", 11);
    for (uint32_t i = 0; i < styles.n; i++) {
        assert_memory_equal(raw.ptr + styles.items[i].begin, "<w:style ", 9);
        assert_memory_equal(raw.ptr + styles.items[i].end - 10, "</w:style>", 10);
    }
    kk_styles_dispose(&styles);
    kk_arena_free(arena);
}

static void resolves_looks(void **state)
{
    (void)state;
    kk_styles styles;
    kk_arena *arena = kk_arena_new();
    read(&styles, arena,
         KK_STR(STYLES(
             STYLE("paragraph", "P", NAME("P") "<w:rPr><w:b/><w:color w:val=\"00B050\"/></w:rPr>")
                 STYLE("character", "S", NAME("S") "<w:rPr><w:b/><w:i/></w:rPr>") STYLE(
                     "character", "Z", NAME("Z") "<w:rPr><w:color w:val=\"auto\"/></w:rPr>"))));
    const kk_style *p = kk_style_by_id(&styles, KK_STYLE_PARAGRAPH, KK_STR("P"));
    const kk_style *s = kk_style_by_id(&styles, KK_STYLE_CHARACTER, KK_STR("S"));
    const kk_style *z = kk_style_by_id(&styles, KK_STYLE_CHARACTER, KK_STR("Z"));
    const kk_look none = {0, 0, KK_LANG_UNSET};
    const kk_look bold = {KK_LOOK_BOLD, KK_LOOK_BOLD, KK_LANG_NN};
    const kk_look light = {KK_LOOK_BOLD, 0, KK_LANG_UNSET};
    assert_int_equal(kk_look_resolve(&styles, NULL, NULL, none).on, 0);
    assert_int_equal(kk_look_resolve(&styles, p, NULL, none).on, KK_LOOK_BOLD | KK_LOOK_COLOUR);
    assert_int_equal(kk_look_resolve(&styles, p, s, none).on, KK_LOOK_ITALIC | KK_LOOK_COLOUR);
    assert_int_equal(kk_look_resolve(&styles, p, s, bold).on,
                     KK_LOOK_BOLD | KK_LOOK_ITALIC | KK_LOOK_COLOUR);
    assert_int_equal(kk_look_resolve(&styles, p, s, bold).lang, KK_LANG_NN);
    assert_int_equal(kk_look_resolve(&styles, p, NULL, light).on, KK_LOOK_COLOUR);
    assert_int_equal(kk_look_resolve(&styles, p, z, none).on, KK_LOOK_BOLD);
    kk_styles_dispose(&styles);
    kk_arena_free(arena);
}

/* A chain and a circle as long as they come: no recursion, linear time. */
static void follows_long_chains(void **state)
{
    (void)state;
    enum { N = 20000 };
    for (int circle = 0; circle < 2; circle++) {
        kk_buf raw;
        kk_styles styles;
        kk_arena *arena = kk_arena_new();
        kk_buf_init(&raw, 0);
        kk_buf_puts(&raw, "<w:styles " PACK_W ">");
        for (int i = 0; i < N; i++) {
            kk_buf_printf(&raw, STYLE("paragraph", "s%d", "%s" BASED("s%d")), i,
                          i == N - 1 ? NAME("heading 1") : "",
                          i + 1 < N     ? i + 1
                          : circle != 0 ? 0
                                        : N);
        }
        kk_buf_puts(&raw, "</w:styles>");
        read(&styles, arena, kk_buf_view(&raw));
        assert_int_equal(styles.items[0].heading, 1);
        assert_int_equal(styles.items[N / 2].heading, 1);
        kk_styles_dispose(&styles);
        kk_arena_free(arena);
        kk_buf_dispose(&raw);
    }
}

static void does_without_a_part(void **state)
{
    (void)state;
    kk_styles styles;
    kk_arena *arena = kk_arena_new();
    kk_error err = {0};
    assert_int_equal(kk_styles_read(&styles, arena, (kk_str){NULL, 0}, KK_STR(""), NULL, &err),
                     KK_OK);
    assert_int_equal(styles.n, 0);
    assert_null(kk_style_by_id(&styles, KK_STYLE_PARAGRAPH, KK_STR("Normal")));
    assert_null(kk_style_default(&styles, KK_STYLE_PARAGRAPH));
    assert_int_equal(styles.entry, KK_NONE);
    kk_styles_dispose(&styles);
    kk_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inherits),
        cmocka_unit_test(finds),
        cmocka_unit_test(resolves_looks),
        cmocka_unit_test(follows_long_chains),
        cmocka_unit_test(does_without_a_part),
    };
    int failed = ROWS_RUN("style names", name_rows, knows_names);
    failed += ROWS_RUN("languages", lang_rows, knows_languages);
    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
