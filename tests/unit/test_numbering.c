/* Numbering: formats as printed, the model, places for new definitions. Counting in documents is
 * tested in test_story.c. */
#include "rows.h"

#include "error.h"
#include "numbering.h"
#include "packkit.h"
#include "str.h"

#include <limits.h>

typedef struct format_row {
    const char *name; /* as printed */
    kk_numfmt fmt;
    int32_t value;
} format_row;

static const format_row format_rows[] = {
    {"1", KK_NUMFMT_DECIMAL, 1},
    {"0", KK_NUMFMT_DECIMAL, 0},
    {"-3", KK_NUMFMT_DECIMAL, -3},
    {"2147483647", KK_NUMFMT_DECIMAL, INT32_MAX},
    {"07", KK_NUMFMT_DECIMAL_ZERO, 7},
    {"12", KK_NUMFMT_DECIMAL_ZERO, 12},
    {"a", KK_NUMFMT_LOWER_LETTER, 1},
    {"z", KK_NUMFMT_LOWER_LETTER, 26},
    {"aa", KK_NUMFMT_LOWER_LETTER, 27},
    {"BBB", KK_NUMFMT_UPPER_LETTER, 54},
    {"0", KK_NUMFMT_LOWER_LETTER, 0},
    {"99999", KK_NUMFMT_UPPER_LETTER, 99999},
    {"iv", KK_NUMFMT_LOWER_ROMAN, 4},
    {"MCMXCIV", KK_NUMFMT_UPPER_ROMAN, 1994},
    {"xlix", KK_NUMFMT_LOWER_ROMAN, 49},
    {"0", KK_NUMFMT_UPPER_ROMAN, 0},
    {"2.", KK_NUMFMT_ORDINAL, 2},
    {"", KK_NUMFMT_BULLET, 3},
    {"", KK_NUMFMT_NONE, 3},
    {"5", KK_NUMFMT_OTHER, 5},
};

static void prints(void **state)
{
    const format_row *row = *state;
    kk_buf out;
    kk_buf_init(&out, 0);
    kk_buf_puts(&out, "");
    kk_num_print(&out, row->fmt, row->value);
    assert_string_equal(out.ptr, row->name);
    kk_buf_dispose(&out);
}

#define LVL(n, inner) "<w:lvl w:ilvl=\"" n "\">" inner "</w:lvl>"

static const char numbering_xml[] =
    "<w:numbering " PACK_W "><w:numPicBullet/>"
    "<w:abstractNum w:abstractNumId=\"5\">" LVL(
        "0", "<w:start w:val=\"3\"/><w:numFmt w:val=\"decimal\"/>"
             "<w:pStyle w:val=\"H\"/><w:lvlText w:val=\"%1)\"/><w:pPr><w:ind w:left=\"720\" "
             "w:hanging=\"360\"/></w:pPr>"
             "<w:rPr><w:b/></w:rPr>") LVL("0", "<w:lvlText w:val=\"second\"/>")
        LVL("9", "<w:lvlText w:val=\"no\"/>") "</w:abstractNum>"
                                              "<w:abstractNum w:abstractNumId=\"7\"><w:styleLink "
                                              "w:val=\"L\"/>" LVL(
                                                  "1", "<w:pPr><w:ind "
                                                       "w:start=\"100\" "
                                                       "w:firstLine=\"50\"/></"
                                                       "w:pPr>") "</w:abstractNum>"
                                                                 "<w:num "
                                                                 "w:numId=\"9\"><w:"
                                                                 "abstractNumId "
                                                                 "w:val=\"5\"/></"
                                                                 "w:num>"
                                                                 "<w:num "
                                                                 "w:numId=\"2\"><w:"
                                                                 "abstractNumId "
                                                                 "w:val=\"7\"/"
                                                                 "><w:lvlOverride "
                                                                 "w:ilvl=\"1\"><w:"
                                                                 "startOverride "
                                                                 "w:val=\"4\"/>" LVL(
                                                                     "1", "<w:lvlText "
                                                                          "w:val=\"own\"/"
                                                                          ">") "</"
                                                                               "w:"
                                                                               "lvlOverri"
                                                                               "de><w:"
                                                                               "lvlOverri"
                                                                               "de "
                                                                               "w:ilvl="
                                                                               "\"1\"><w:"
                                                                               "startOver"
                                                                               "ride "
                                                                               "w:val="
                                                                               "\"8\"/></"
                                                                               "w:"
                                                                               "lvlOverri"
                                                                               "de></"
                                                                               "w:num>"
                                                                               "<w:num "
                                                                               "w:numId="
                                                                               "\"3\"><w:"
                                                                               "abstractN"
                                                                               "umId "
                                                                               "w:val="
                                                                               "\"77\"/"
                                                                               "></w:num>"
                                                                               "<w:"
                                                                               "numIdMacA"
                                                                               "tCleanup "
                                                                               "w:val="
                                                                               "\"1\"/></"
                                                                               "w:"
                                                                               "numbering"
                                                                               ">";

static void reads_the_model(void **state)
{
    (void)state;
    kk_arena *arena = kk_arena_new();
    kk_error err = {0};
    kk_styles styles;
    kk_numbering numbering;
    const kk_str raw = kk_str_from(numbering_xml);
    assert_int_equal(kk_styles_read(&styles, arena, (kk_str){NULL, 0}, KK_STR(""), NULL, &err),
                     KK_OK);
    const kk_xml_source source = {.raw = raw, .part = KK_STR("n")};
    assert_int_equal(kk_numbering_read(&numbering, arena, &styles, &source, NULL, &err), KK_OK);
    assert_int_equal(numbering.n_abstracts, 2);
    assert_int_equal(numbering.n_nums, 3);
    assert_int_equal(numbering.max_num_id, 9);
    assert_int_equal(numbering.max_abstract_id, 7);
    assert_memory_equal(raw.ptr + numbering.insert_abstract_at, "<w:num w:numId=\"9\"", 18);
    assert_memory_equal(raw.ptr + numbering.insert_num_at, "<w:numIdMacAtCleanup", 20);
    const kk_num *nine = kk_num_by_id(&numbering, 9);
    const kk_num_level *level = kk_num_level_of(&numbering, nine, 0);
    assert_int_equal(level->start, 3);
    assert_int_equal(level->left, 720);
    assert_int_equal(level->hanging, 360);
    assert_int_equal(level->look.on, KK_LOOK_BOLD);
    assert_true(kk_str_is(level->text, "%1)"));
    assert_true(kk_str_is(level->style, "H"));
    assert_memory_equal(raw.ptr + level->begin, "<w:lvl ", 7);
    assert_memory_equal(raw.ptr + level->end - 8, "</w:lvl>", 8);
    assert_null(kk_num_level_of(&numbering, nine, 1));
    assert_null(kk_num_level_of(&numbering, nine, 9));
    const kk_num *two = kk_num_by_id(&numbering, 2);
    assert_true(kk_str_is(kk_num_level_of(&numbering, two, 1)->text, "own"));
    assert_int_equal(two->override_end - two->override_begin, 1);
    assert_int_equal(numbering.overrides[two->override_begin].start, 4);
    assert_int_equal(numbering.abstracts[1].levels[1].left, 100);
    assert_int_equal(numbering.abstracts[1].levels[1].hanging, -50);
    assert_int_equal(kk_num_by_id(&numbering, 3)->abstract, KK_NONE);
    assert_null(kk_num_level_of(&numbering, kk_num_by_id(&numbering, 3), 0));
    assert_null(kk_num_by_id(&numbering, 0));
    assert_null(kk_num_by_id(&numbering, 4));
    kk_styles_dispose(&styles);
    kk_arena_free(arena);
}

/* Deep levels without the ones above; the text around the number; what cannot be counted. */
static void counts(void **state)
{
    (void)state;
    static const char xml[] = "<w:numbering " PACK_W "><w:abstractNum w:abstractNumId=\"0\">" LVL(
        "0", "<w:start w:val=\"1\"/><w:lvlText w:val=\" %1 \"/>")
        LVL("1", "<w:start w:val=\"1\"/><w:lvlText w:val=\"%1.%2 100%\"/>")
            LVL("2", "<w:start w:val=\"2147483647\"/><w:lvlText "
                     "w:val=\"%3\"/>") "</w:abstractNum><w:num "
                                       "w:numId=\"1\"><w:abstractNumId "
                                       "w:val=\"0\"/></w:num></w:numbering>";
    static const struct {
        uint32_t level;
        const char *expect;
    } steps[] = {{1, "1.1 100%"},   {1, "1.2 100%"}, {0, "2"},        {2, "2147483647"},
                 {2, "2147483647"}, {5, ""},         {1, "2.2 100%"}, {0, "3"}};
    kk_arena *arena = kk_arena_new();
    kk_error err = {0};
    kk_styles styles;
    kk_numbering numbering;
    kk_buf out;
    kk_buf_init(&out, 0);
    assert_int_equal(kk_styles_read(&styles, arena, (kk_str){NULL, 0}, KK_STR(""), NULL, &err),
                     KK_OK);
    const kk_xml_source source = {.raw = kk_str_from(xml), .part = KK_STR("n")};
    assert_int_equal(kk_numbering_read(&numbering, arena, &styles, &source, NULL, &err), KK_OK);
    kk_counter *counter = kk_counter_new(&numbering);
    const kk_num *num = kk_num_by_id(&numbering, 1);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        bool bullet = true;
        kk_buf_clear(&out);
        kk_buf_puts(&out, "");
        assert_true(kk_counter_next(counter, num, steps[i].level, &out, &bullet));
        assert_string_equal(out.ptr, steps[i].expect);
        assert_false(bullet);
    }
    kk_counter_free(counter);
    kk_styles_dispose(&styles);
    kk_buf_dispose(&out);
    kk_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_model),
        cmocka_unit_test(counts),
    };
    const int failed = ROWS_RUN("formats", format_rows, prints);
    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
