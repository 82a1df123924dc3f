/* The normal form of a clause: what counts as the same text, and what does not. */
#include "rows.h"

#include "clausehash.h"
#include "str.h"

#define S(z) ((kk_str){z, sizeof(z) - 1})

/* Feeds text in which {name} is a field, '\n' ends a paragraph, "[a|b]" is a row. */
static void feed(kk_clausehash *hash, const char *z)
{
    while (*z != '\0') {
        const size_t n = strcspn(z, "{\n[|]");
        kk_clausehash_text(hash, (kk_str){z, n});
        z += n;
        if (*z == '{') {
            const size_t name = strcspn(z + 1, "}");
            kk_clausehash_field(hash, (kk_str){z + 1, name});
            z += name + 1;
        } else if (*z == '\n') {
            kk_clausehash_paragraph(hash);
        } else if (*z == '[') {
            kk_clausehash_row_begin(hash);
        } else if (*z == '|') {
            kk_clausehash_cell_end(hash);
        } else if (*z == ']') {
            kk_clausehash_cell_end(hash);
            kk_clausehash_row_end(hash);
        }
        z += *z != '\0' ? 1 : 0;
    }
    kk_clausehash_paragraph(hash);
}

typedef struct row {
    const char *name, *a, *b;
    bool same;
} row;

static const row rows[] = {
    {"equal", "Krav", "Krav", true},
    {"white space", " Krav  til\tklima ", "Krav til klima", true},
    {"no-break space and hyphen",
     "10\xC2\xA0% CO\xE2\x80\x91"
     "avtrykk",
     "10 % CO-avtrykk", true},
    {"soft hyphen", "klima\xC2\xADkrav", "klimakrav", true},
    {"composed letter", "a\xCC\x8A", "\xC3\xA5", true},
    {"empty paragraphs", "a\n\n\nb", "a\nb", true},
    {"paragraph border counts", "a\nb", "a b", false},
    {"letter case counts", "Krav", "krav", false},
    {"field by name", "minst {andel} %", "minst {andel} %", true},
    {"other field", "minst {andel} %", "minst {sats} %", false},
    {"field is not its name as text", "minst {andel}", "minst andel", false},
    {"order of cells", "[krav|bevis]", "[bevis|krav]", true},
    {"empty cells", "[krav||bevis]", "[krav|bevis]", true},
    {"order of rows counts", "[a|b][c|d]", "[c|d][a|b]", false},
    {"row is not a paragraph", "[krav]", "krav", false},
    {"number of a heading", "3.1 Krav", "Krav", true},
    {"number with an end mark", "12.3.4. Krav", "4.1 Krav", true},
    {"one figure is no number", "30 prosent", "50 prosent", false},
    {"decimal comma", "2,5 tonn", "tonn", false},
    {"paragraphs of a cell are one text", "[krav\nmer]", "[krav mer]", true},
};

static void compares(void **state)
{
    const row *r = *state;
    kk_arena *arena = kk_arena_new();
    kk_clausehash a, b;
    char x[13], y[13];
    kk_clausehash_init(&a, arena);
    kk_clausehash_init(&b, arena);
    feed(&a, r->a);
    feed(&b, r->b);
    assert_int_equal(kk_clausehash_finish(&a, S("nb"), S(""), UINT64_MAX, x), KK_OK);
    assert_int_equal(kk_clausehash_finish(&b, S("nb"), S(""), UINT64_MAX, y), KK_OK);
    assert_int_equal(strlen(x), 12);
    assert_int_equal(strcmp(x, y) == 0, r->same);
    kk_clausehash_dispose(&a);
    kk_clausehash_dispose(&b);
    kk_arena_free(arena);
}

/* The tag's reader does not know language form, level, nor which columns count. */
static void is_found_again(void **state)
{
    (void)state;
    kk_arena *arena = kk_arena_new();
    kk_clausehash written, read;
    kk_clausehash_init(&written, arena);
    kk_clausehash_init(&read, arena);
    feed(&written, "[Kj\xC3\xB8ret\xC3\xB8y|A|Vognkort][To|B|Bevis]");
    feed(&read, "[K1.4|Kj\xC3\xB8ret\xC3\xB8y|Vognkort|A|Ja][K1.5|To|Bevis|B|Nei]");
    char digits[13];
    assert_int_equal(kk_clausehash_finish(&written, S("nn"), S("avansert"), UINT64_MAX, digits),
                     KK_OK);
    kk_str lang, level;
    bool found = false;
    assert_int_equal(kk_clausehash_matches(&read, kk_str_from(digits), &found, &lang, &level),
                     KK_OK);
    assert_true(found);
    assert_true(kk_str_is(lang, "nn") && kk_str_is(level, "avansert"));
    digits[0] = digits[0] == '0' ? '1' : '0';
    assert_int_equal(kk_clausehash_matches(&read, kk_str_from(digits), &found, NULL, NULL), KK_OK);
    assert_false(found);
    kk_clausehash_dispose(&written);
    kk_clausehash_dispose(&read);
    kk_arena_free(arena);
}

/* BLOCKS: numbers and answers stay out, language and level count. */
static void hashes_blocks(void **state)
{
    (void)state;
    const kk_inline words[] = {{KK_INLINE_TEXT, true, S("Krav "), S(""), S("")},
                               {KK_INLINE_FIELD, false, S("30"), S("andel"), S("")}};
    const kk_inline number[] = {{KK_INLINE_TEXT, true, S("K1"), S(""), S("")}};
    const kk_block_cell with[] = {{KK_ROLE_NUMBER, number, 1}, {KK_ROLE_REQUIREMENT, words, 2}};
    const kk_block_cell without[] = {{KK_ROLE_REQUIREMENT, words, 2}, {KK_ROLE_ANSWER, number, 1}};
    kk_block block = {.kind = KK_BLOCK_ROW, .cells = with, .n_cells = 2};
    kk_blocks blocks = {.lang = KK_LANG_NB, .blocks = &block, .n_blocks = 1};
    char a[13], b[13];
    assert_int_equal(kk_blocks_hash(&blocks, S("basis"), a), KK_OK);
    block.cells = without;
    assert_int_equal(kk_blocks_hash(&blocks, S("basis"), b), KK_OK);
    assert_string_equal(a, b);
    assert_int_equal(kk_blocks_hash(&blocks, S("avansert"), b), KK_OK);
    assert_string_not_equal(a, b);
    blocks.lang = KK_LANG_NN;
    assert_int_equal(kk_blocks_hash(&blocks, S("basis"), b), KK_OK);
    assert_string_not_equal(a, b);
}

int main(void)
{
    int failed = ROWS_RUN("same text", rows, compares);
    const struct CMUnitTest tests[] = {cmocka_unit_test(is_found_again),
                                       cmocka_unit_test(hashes_blocks)};
    failed += cmocka_run_group_tests_name("hash", tests, NULL, NULL);
    return failed;
}
