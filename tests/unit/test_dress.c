/* The dress of a clause: body text of the section votes, guidance and headings do not, lists and
 * chapters carry on what the document does. */
#include "docxcase.h"

typedef enum clause_kind { PARAGRAPH, LIST, HEADING, CHAPTER, TABLE } clause_kind;

typedef struct row {
    const char *name;
    const char *document;
    const char *numbering;
    clause_kind kind;
    const char *has[4];
    const char *has_not[4];
} row;

#define ITEM(num, t) PP("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"" num "\"/></w:numPr>", t)
#define LEVEL(fmt)                                                                                 \
    "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" fmt                             \
    "\"/><w:lvlText w:val=\"%1\"/></w:lvl>"
#define NUMBERING                                                                                  \
    XML "<w:numbering " W_NS "><w:abstractNum w:abstractNumId=\"3\">" LEVEL(                       \
        "bullet") "</w:abstractNum><w:abstractNum "                                                \
                  "w:abstractNumId=\"4\">" LEVEL("decimal") "</"                                   \
                                                            "w:abstractNum><"                      \
                                                            "w:num "                               \
                                                            "w:numId=\"5\"><"                      \
                                                            "w:abstractNumId "                     \
                                                            "w:val=\"3\"/></"                      \
                                                            "w:num>"                               \
                                                            "<w:num "                              \
                                                            "w:numId=\"6\"><"                      \
                                                            "w:abstractNumId "                     \
                                                            "w:val=\"4\"/></"                      \
                                                            "w:num></"                             \
                                                            "w:numbering>"
#define BODYTEXT "<w:pStyle w:val=\"Brdtekst\"/>"

static const row rows[] = {
    {"style of the body text, not of the heading",
     BODY(H1("A") PP(BODYTEXT, "en tekst") H1("B")),
     NULL,
     PARAGRAPH,
     {BODYTEXT},
     {"Overskrift1"}},
    {"majority",
     BODY(H1("A") PP("<w:jc w:val=\"left\"/>", "en") PP("<w:jc w:val=\"both\"/>", "to")
              PP("<w:jc w:val=\"both\"/>", "tre") PP("<w:jc w:val=\"left\"/>", "fire")
                  PP("<w:jc w:val=\"both\"/>", "fem") H1("B")),
     NULL,
     PARAGRAPH,
     {"<w:jc w:val=\"both\"/>"},
     {"\"left\""}},
    {"section before document",
     BODY(H1("A") PP("<w:jc w:val=\"both\"/>", "en") H1("B") P("to") P("tre") P("fire")),
     NULL,
     PARAGRAPH,
     {"<w:jc w:val=\"both\"/>"},
     {NULL}},
    {"nearest body text when the section has none",
     BODY(P("null") H1("A") H1("B") PP(BODYTEXT, "to") PP(BODYTEXT, "tre")),
     NULL,
     PARAGRAPH,
     {BODYTEXT},
     {NULL}},
    {"never copied from the paragraph",
     BODY(H1("A") PP(
         "<w:pStyle w:val=\"Brdtekst\"/><w:keepNext/><w:pageBreakBefore/><w:framePr w:w=\"1\"/>"
         "<w:outlineLvl w:val=\"9\"/>",
         "en tekst") H1("B")),
     NULL,
     PARAGRAPH,
     {BODYTEXT},
     {"keepNext", "pageBreakBefore", "framePr", "outlineLvl"}},
    {"never copied from the run",
     BODY(H1("A") "<w:p>" R("<w:rFonts w:ascii=\"Arial\"/><w:highlight "
                            "w:val=\"none\"/><w:noProof/><w:sz w:val=\"20\"/>"
                            "<w:lang w:val=\"de-DE\"/>",
                            "en tekst") "</w:p>" H1("B")),
     NULL,
     PARAGRAPH,
     {"<w:rFonts w:ascii=\"Arial\"/><w:sz w:val=\"20\"/>"},
     {"highlight", "noProof", "de-DE"}},
    {"guidance does not vote",
     BODY(H1("A") "<w:p>" R(
         "<w:i/><w:color w:val=\"0000FF\"/><w:sz w:val=\"18\"/>",
         "veiledning her") "</w:p><w:p>" R("<w:vanish/><w:sz w:val=\"16\"/>",
                                           "skjult tekst") "</w:p><w:p>" R("<w:sz w:val=\"22\"/>",
                                                                           "vanlig") "</w:p>" H1("B")),
     NULL,
     PARAGRAPH,
     {"<w:sz w:val=\"22\"/>"},
     {"0000FF", "vanish", "w:val=\"18\"", "<w:i/>"}},
    {"no emphasis of single words",
     BODY(H1("A") "<w:p>" R("<w:b/><w:u w:val=\"single\"/>", "Kort:")
              R("", "lang tekst her") "</w:p>" H1("B")),
     NULL,
     PARAGRAPH,
     {NULL},
     {"<w:b/></w:rPr><w:t>Krav", "w:u "}},
    {"bullet list near by",
     BODY(H1("A") P("en") ITEM("5", "punkt") H1("B")),
     NUMBERING,
     LIST,
     {"<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"5\"/></w:numPr>"},
     {NULL}},
    {"bullet list elsewhere",
     BODY(ITEM("5", "punkt") H1("A") P("en") H1("B")),
     NUMBERING,
     LIST,
     {"<w:numId w:val=\"5\"/>"},
     {NULL}},
    {"numbered list begins anew",
     BODY(H1("A") P("en") ITEM("6", "punkt") H1("B")),
     NUMBERING,
     LIST,
     {"<w:numId w:val=\"7\"/>"},
     {"<w:numId w:val=\"6\"/>"}},
    {"bullets of our own",
     BODY(H1("A") P("en") H1("B")),
     NULL,
     LIST,
     {"<w:numId w:val=\"1\"/>"},
     {NULL}},
    {"sub-heading one level down",
     BODY(H1("A") P("en") H1("B")),
     NULL,
     HEADING,
     {"<w:pStyle w:val=\"Overskrift2\"/>"},
     {"Overskrift1"}},
    {"sub-heading where headings are bold lines",
     BODY("<w:p>" R("<w:b/>", "Om kravene") "</w:p>" P(
         "en tekst som er lang nok til det.") "<w:p>" R("<w:b/>",
                                                        "Annet") "</w:p>" P("enda en tekst som er "
                                                                            "lang nok.")),
     NULL,
     HEADING,
     {"<w:keepNext/>", "<w:b/><w:bCs/>"},
     {"Overskrift"}},
    {"chapter like its siblings",
     BODY(H1("A") P("en") H1("B") P("to")),
     NULL,
     CHAPTER,
     {"<w:pStyle w:val=\"Overskrift1\"/>", "kkc:chapter#", "Klima og milj\xC3\xB8</w:t>"},
     {NULL}},
    {"chapter after typed numbers",
     BODY(H1("1. A") P("en") H1("2. B") P("to")),
     NULL,
     CHAPTER,
     {"3. Klima og milj\xC3\xB8</w:t>"},
     {NULL}},
    {"empty paragraphs between, as the document does",
     BODY(H1("A") P("en tekst") "<w:p/>" P("to tekst") "<w:p/>" P("tre tekst") "<w:p/>" H1("B")),
     NULL,
     PARAGRAPH,
     {"<w:sdtContent><w:p></w:p><w:p>"},
     {NULL}},
    {"air behind a table",
     BODY(H1("A") P("en") "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>" P(
         "c") "</w:tc></w:tr></w:tbl>" H1("B")),
     NULL,
     PARAGRAPH,
     {"<w:sdtContent><w:p></w:p><w:p>"},
     {NULL}},
    {"a table of our own",
     BODY(H1("A") P("en") H1("B")),
     NULL,
     TABLE,
     {"<w:tblBorders>", "<w:tblHeader/>", "Krav</w:t>", "</w:tbl></w:sdtContent>"},
     {NULL}},
};

static const kk_inline words[] = {{KK_INLINE_TEXT, true, Z("Krav til utslipp."), Z(""), Z("")}};
static const kk_block_cell cells[] = {{KK_ROLE_REQUIREMENT, words, 1},
                                      {KK_ROLE_DOCUMENTATION, words, 1}};
static const kk_block paragraph[] = {{KK_BLOCK_PARAGRAPH, words, 1, NULL, 0}};
static const kk_block list[] = {{KK_BLOCK_PARAGRAPH, words, 1, NULL, 0},
                                {KK_BLOCK_ITEM, words, 1, NULL, 0}};
static const kk_block heading[] = {{KK_BLOCK_HEADING, words, 1, NULL, 0},
                                   {KK_BLOCK_PARAGRAPH, words, 1, NULL, 0}};
static const kk_block table[] = {{KK_BLOCK_ROW, NULL, 0, cells, 2}};

static void dresses(void **state)
{
    const row *r = *state;
    docx_case c;
    case_begin(&c, r->document, TINY_STYLES, r->numbering);
    const bool bold = r->kind == HEADING && case_has(kk_str_from(r->document), "Om kravene");
    kk_place place = {.kind = KK_PLACE_STORY_END, .chapter = S("Klima og milj\xC3\xB8")};
    if (r->kind != CHAPTER) {
        place = case_section(c.doc, bold ? "Om kravene" : "A");
    }
    const kk_block *blocks = r->kind == LIST      ? list
                             : r->kind == HEADING ? heading
                             : r->kind == TABLE   ? table
                                                  : paragraph;
    case_insert(&c, blocks, r->kind == LIST || r->kind == HEADING ? 2 : 1, &place, &case_untracked);
    case_save(&c);
    for (size_t i = 0; i < 4 && r->has[i] != NULL; i++) {
        if (!case_has(c.bytes, r->has[i])) {
            fail_msg("missing %s in %s", r->has[i], c.bytes.ptr);
        }
    }
    for (size_t i = 0; i < 4 && r->has_not[i] != NULL; i++) {
        if (case_has(c.bytes, r->has_not[i])) {
            fail_msg("%s in %s", r->has_not[i], c.bytes.ptr);
        }
    }
    assert_int_equal(c.after->text.n_managed, 1);
    case_end(&c);
}

/* A clause in the other language form says so; one in the document's own does not. */
static void states_the_language(void **state)
{
    (void)state;
    for (int nn = 0; nn < 2; nn++) {
        docx_case c;
        case_begin(&c, BODY(H1("A") P("en") H1("B")), TINY_STYLES, NULL);
        const kk_place place = case_section(c.doc, "A");
        kk_blocks clause = {.clause = S("K"),
                            .version = S("1"),
                            .lang = nn ? KK_LANG_NN : KK_LANG_NB,
                            .blocks = paragraph,
                            .n_blocks = 1};
        assert_int_equal(kk_docx_insert(c.doc, &clause, &place, &case_tracked, &c.err), KK_OK);
        case_save(&c);
        assert_int_equal(case_has(c.bytes, "<w:lang w:val=\"nn-NO\"/>"), nn);
        assert_false(case_has(c.bytes, "nb-NO"));
        case_end(&c);
    }
}

/* Schema order whatever the document's own order, and our additions in their place. */
static void keeps_schema_order(void **state)
{
    (void)state;
    docx_case c;
    case_begin(&c,
               BODY(H1("A") "<w:p><w:pPr><w:jc w:val=\"left\"/><w:spacing w:after=\"1\"/></w:pPr>"
                            "<w:r><w:rPr><w:sz w:val=\"20\"/><w:rFonts "
                            "w:ascii=\"Arial\"/></w:rPr><w:t>en</w:t></w:r></w:p>" H1("B")),
               TINY_STYLES, NULL);
    const kk_inline bold[] = {{KK_INLINE_BOLD, true, S("fet"), S(""), S("")}};
    const kk_block block = {KK_BLOCK_PARAGRAPH, bold, 1, NULL, 0};
    const kk_place place = case_section(c.doc, "A");
    case_insert(&c, &block, 1, &place, &case_tracked);
    case_save(&c);
    assert_true(
        case_has(c.bytes, "<w:spacing w:after=\"1\"/><w:jc w:val=\"left\"/><w:rPr><w:ins "));
    assert_true(case_has(
        c.bytes, "<w:rPr><w:rFonts w:ascii=\"Arial\"/><w:b/><w:bCs/><w:sz w:val=\"20\"/></w:rPr>"));
    case_end(&c);
}

/* Two clauses with lists share one list definition; withdrawing both takes it out. */
static void shares_one_bullet_list(void **state)
{
    (void)state;
    docx_case c;
    case_begin(&c, BODY(H1("A") P("en") H1("B") P("to")), TINY_STYLES, NULL);
    kk_place place = case_section(c.doc, "A");
    case_insert(&c, list, 2, &place, &case_tracked);
    place = case_section(c.doc, "B");
    case_insert(&c, list, 2, &place, &case_tracked);
    case_save(&c);
    assert_int_equal(c.after->numbering.n_nums, 1);
    assert_int_equal(c.after->text.n_managed, 2);
    assert_int_equal(kk_docx_withdraw(c.after, 0, &case_tracked, &c.err), KK_OK);
    kk_buf out;
    kk_buf_init(&out, 0);
    assert_int_equal(kk_docx_save(c.after, &out, &c.err), KK_OK);
    kk_docx *one = case_open(&out);
    assert_int_equal(one->numbering.n_nums, 1);
    kk_docx_free(one);
    assert_int_equal(kk_docx_withdraw(c.after, 1, &case_tracked, &c.err), KK_OK);
    kk_buf_clear(&out);
    assert_int_equal(kk_docx_save(c.after, &out, &c.err), KK_OK);
    kk_docx *none = case_open(&out);
    assert_int_equal(none->numbering.n_nums, 0);
    assert_true(kk_str_equal(none->parts[0].raw, c.doc->parts[0].raw));
    kk_docx_free(none);
    kk_buf_dispose(&out);
    case_end(&c);
}

int main(void)
{
    int failed = ROWS_RUN("dress", rows, dresses);
    const struct CMUnitTest tests[] = {cmocka_unit_test(states_the_language),
                                       cmocka_unit_test(keeps_schema_order),
                                       cmocka_unit_test(shares_one_bullet_list)};
    failed += cmocka_run_group_tests_name("dress", tests, NULL, NULL);
    return failed;
}
