/* Tags of our controls, and clauses recognised by their words alone. */
#include "docxcase.h"
#include "mark.h"

typedef struct tag_row {
    const char *name;
    const char *clause, *version, *hash; /* NULL: no tag of ours */
} tag_row;

static const tag_row tags[] = {
    {"kk:KLI-001@1.0#0123456789ab", "KLI-001", "1.0", "0123456789ab"},
    {"kk:a@1#000000000000", "a", "1", "000000000000"},
    {"kk:@1#000000000000", NULL, NULL, NULL},
    {"kk:a@#000000000000", NULL, NULL, NULL},
    {"kk:a@1#00000000000", NULL, NULL, NULL},
    {"kk:a@1#0000000000000", NULL, NULL, NULL},
    {"kk:a@1#00000000000A", NULL, NULL, NULL},
    {"kk:a#000000000000", NULL, NULL, NULL},
    {"kkc:chapter#000000000000", NULL, NULL, NULL},
    {"", NULL, NULL, NULL},
};

static void parses(void **state)
{
    const tag_row *r = *state;
    kk_mark mark;
    assert_int_equal(kk_mark_parse(kk_str_from(r->name), &mark), r->clause != NULL);
    if (r->clause == NULL) {
        return;
    }
    assert_true(kk_str_is(mark.clause, r->clause) && kk_str_is(mark.version, r->version) &&
                kk_str_is(mark.hash, r->hash));
    kk_buf out;
    kk_buf_init(&out, 0);
    kk_mark_print(&out, &mark);
    assert_string_equal(out.ptr, r->name);
    kk_buf_dispose(&out);
}

static const kk_inline krav[] = {
    {KK_INLINE_TEXT, true, Z("Minst "), Z(""), Z("")},
    {KK_INLINE_FIELD, false, Z("30"), Z("andel"), Z("%")},
    {KK_INLINE_TEXT, true, Z(" prosent skal v\xC3\xA6re\xC2\xA0utslippsfritt."), Z(""), Z("")}};
static const kk_inline bevis[] = {{KK_INLINE_TEXT, true, Z("Vognkort."), Z(""), Z("")}};
static const kk_block_cell cells[] = {
    {KK_ROLE_NUMBER, NULL, 0}, {KK_ROLE_REQUIREMENT, krav, 3}, {KK_ROLE_DOCUMENTATION, bevis, 1}};
static const kk_block lines[] = {{KK_BLOCK_PARAGRAPH, krav, 3, NULL, 0},
                                 {KK_BLOCK_ITEM, bevis, 1, NULL, 0}};
static const kk_block line[] = {{KK_BLOCK_ROW, NULL, 0, cells, 3}};
static const kk_blocks candidates[] = {
    {.clause = Z("PARA"), .version = Z("1"), .lang = KK_LANG_NB, .blocks = lines, .n_blocks = 2},
    {.clause = Z("ROW"), .version = Z("1"), .lang = KK_LANG_NB, .blocks = line, .n_blocks = 1}};

#define KRAV(n)  "Minst " n " prosent skal v\xC3\xA6re utslippsfritt."
#define CELL(t)  "<w:tc>" P(t) "</w:tc>"
#define TABLE(x) "<w:tbl><w:tblPr/><w:tblGrid/><w:tr>" x "</w:tr></w:tbl>"

typedef struct find_row {
    const char *name;
    const char *document;
    int paragraphs, row; /* first paragraph where each is found, -1: not */
} find_row;

static const find_row finds[] = {
    {"word for word", BODY(P("a") P(KRAV("30")) P("Vognkort.") P("b")), 1, -1},
    {"field filled in with words", BODY(P(KRAV("minst femti (50)")) P("Vognkort.")), 0, -1},
    {"blank paragraphs between", BODY(P(KRAV("30")) "<w:p/><w:p/>" P("Vognkort.")), 0, -1},
    {"field emptied", BODY(P(KRAV("")) P("Vognkort.")), -1, -1},
    {"one word changed",
     BODY(P("Minst 30 prosent b\xC3\xB8r v\xC3\xA6re utslippsfritt.") P("Vognkort.")), -1, -1},
    {"half of it", BODY(P(KRAV("30")) P("Noe annet.")), -1, -1},
    {"as a row", BODY(TABLE(CELL("K1") CELL("Vognkort.") CELL(KRAV("30")) CELL("Ja")) P("x")), -1,
     0},
    {"row in a table without a column for proof",
     BODY(TABLE(CELL("K1") CELL(KRAV("30")) CELL("")) P("x")), -1, 0},
    {"proof below the requirement",
     BODY(TABLE(CELL("K1") "<w:tc>" P(KRAV("30")) P("Vognkort.") "</w:tc>") P("x")), -1, 0},
    {"another requirement", BODY(TABLE(CELL("K1") CELL("Noe annet.") CELL("Vognkort.")) P("x")), -1,
     -1},
    {"both", BODY(TABLE(CELL(KRAV("1")) CELL("Vognkort.")) P(KRAV("2")) P("Vognkort.")), 2, 0},
};

static void recognises(void **state)
{
    const find_row *r = *state;
    docx_case c;
    case_begin(&c, r->document, TINY_STYLES, NULL);
    kk_arena *arena = kk_arena_new();
    kk_docx_found *found;
    uint32_t n;
    assert_int_equal(kk_docx_find_untagged(kk_docx_text(c.doc), candidates, 2, arena, &found, &n),
                     KK_OK);
    int at[2] = {-1, -1};
    for (uint32_t i = 0; i < n; i++) {
        at[found[i].candidate] = (int)found[i].para_begin;
        assert_true(found[i].para_end > found[i].para_begin);
    }
    assert_int_equal(at[0], r->paragraphs);
    assert_int_equal(at[1], r->row);
    kk_arena_free(arena);
    case_end(&c);
}

int main(void)
{
    int failed = ROWS_RUN("tag", tags, parses);
    failed += ROWS_RUN("untagged", finds, recognises);
    return failed;
}
