/* Rows in tables that are there: columns by meaning, number series, merged cells, controls around
 * rows. */
#include "docxcase.h"
#include "series.h"

#define TC(pr, t) "<w:tc><w:tcPr>" pr "</w:tcPr>" P(t) "</w:tc>"
#define TR(x)     "<w:tr>" x "</w:tr>"
#define TBL(x)                                                                                     \
    BODY(P("f\xC3\xB8r") "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/"         \
                         "><w:gridCol/>"                                                           \
                         "</w:tblGrid>" x "</w:tbl>" P("etter"))
#define HEAD   TR(TC("", "Nr") TC("", "Krav") TC("", "Bevis") TC("", "Svar"))
#define ROW(n) TR(TC("", n) TC("", "Et krav") TC("", "Et bevis") TC("", ""))

typedef struct row {
    const char *name;
    const char *document;
    uint32_t row;
    const char *before; /* bytes right before the new rows, or NULL */
    const char *has[3];
    const char *has_not[2];
} row;

static const row rows[] = {
    {"number carried on",
     TBL(HEAD ROW("K1.11") ROW("K1.12")),
     2,
     ROW("K1.12"),
     {"K1.13</w:t>", "K1.14</w:t>"},
     {NULL}},
    {"series of the row above an empty one",
     TBL(HEAD ROW("7") ROW("")),
     2,
     NULL,
     {">8</w:t>", ">9</w:t>"},
     {NULL}},
    {"between rows", TBL(HEAD ROW("1") ROW("2")), 1, ROW("1"), {NULL}, {NULL}},
    {"cell and row properties",
     TBL(HEAD TR("<w:trPr><w:cantSplit/><w:tblHeader/><w:cnfStyle w:val=\"1\"/></w:trPr>" TC(
         "<w:tcW w:w=\"900\" w:type=\"dxa\"/><w:shd w:val=\"clear\" w:fill=\"EEEEEE\"/>", "1")
                     TC("", "Krav") TC("", "Bevis") TC("", "Ja"))),
     1,
     NULL,
     {"<w:trPr><w:cantSplit/><w:ins ", "<w:tcPr><w:tcW w:w=\"900\" w:type=\"dxa\"/><w:shd "
                                       "w:val=\"clear\" w:fill=\"EEEEEE\"/></w:tcPr>"},
     {"tblHeader", "cnfStyle"}},
    {"grid span",
     TBL(HEAD TR(TC("", "1") TC("<w:gridSpan w:val=\"2\"/>", "Krav") TC("", ""))),
     1,
     NULL,
     {"<w:gridSpan w:val=\"2\"/>", "Et nytt krav.", "Vognkort."},
     {NULL}},
    {"a vertical merge is never split",
     TBL(HEAD TR(TC("<w:vMerge w:val=\"restart\"/>", "1") TC("", "a") TC("", "b") TC("", ""))
             TR(TC("<w:vMerge/>", "") TC("", "c") TC("", "d") TC("", "")) ROW("2")),
     1,
     "<w:tc><w:tcPr></w:tcPr>" P("") "</w:tc></w:tr>",
     {NULL},
     {"vMerge"}},
    {"behind somebody's row control",
     TBL(HEAD "<w:sdt><w:sdtPr/><w:sdtContent>" ROW("1") "</w:sdtContent></w:sdt>"),
     1,
     "</w:sdt>",
     {">2</w:t>"},
     {NULL}},
    {"somebody's tracked row is no model for the mark",
     TBL(HEAD TR("<w:trPr><w:ins w:id=\"1\" w:author=\"b\"/></w:trPr>" TC("", "1") TC("", "k")
                     TC("", "b") TC("", ""))),
     1,
     NULL,
     {"<w:trPr><w:ins w:id="},
     {"w:author=\"b\""}},
};

static const kk_inline krav[] = {{KK_INLINE_TEXT, true, Z("Et nytt krav."), Z(""), Z("")}};
static const kk_inline bevis[] = {{KK_INLINE_TEXT, true, Z("Vognkort."), Z(""), Z("")}};
static const kk_inline svar[] = {{KK_INLINE_TEXT, true, Z("skal bort"), Z(""), Z("")}};
static const kk_block_cell cells[] = {
    {KK_ROLE_REQUIREMENT, krav, 1}, {KK_ROLE_DOCUMENTATION, bevis, 1}, {KK_ROLE_ANSWER, svar, 1}};
static const kk_block blocks[] = {{KK_BLOCK_ROW, NULL, 0, cells, 3},
                                  {KK_BLOCK_ROW, NULL, 0, cells, 3}};
static const kk_role roles[] = {KK_ROLE_NUMBER, KK_ROLE_REQUIREMENT, KK_ROLE_DOCUMENTATION,
                                KK_ROLE_ANSWER};

static void withdraw_gives_back(docx_case *c, const kk_docx_options *options)
{
    kk_buf out;
    kk_buf_init(&out, 0);
    assert_int_equal(kk_docx_withdraw(c->after, 0, options, &c->err), KK_OK);
    assert_int_equal(kk_docx_save(c->after, &out, &c->err), KK_OK);
    kk_docx *old = case_open(&out);
    assert_true(kk_str_equal(old->parts[0].raw, c->doc->parts[0].raw));
    kk_docx_free(old);
    kk_buf_dispose(&out);
}

static void fills(void **state)
{
    const row *r = *state;
    docx_case c;
    case_begin(&c, r->document, TINY_STYLES, NULL);
    const kk_place place = {
        .kind = KK_PLACE_TABLE_ROW, .row = r->row, .roles = roles, .n_roles = 4};
    case_insert(&c, blocks, 2, &place, &case_tracked);
    case_save(&c);
    for (size_t i = 0; i < 3 && r->has[i] != NULL; i++) {
        if (!case_has(c.bytes, r->has[i])) {
            fail_msg("missing %s in %s", r->has[i], c.bytes.ptr);
        }
    }
    for (size_t i = 0; i < 2 && r->has_not[i] != NULL; i++) {
        assert_false(case_has(c.bytes, r->has_not[i]));
    }
    assert_false(case_has(c.bytes, "skal bort"));
    uint32_t n;
    const kk_docx_edit *edits = kk_docx_edits(c.doc, &n);
    assert_int_equal(n, 1);
    if (r->before != NULL) {
        assert_true(kk_str_ends(kk_str_slice(c.after->parts[0].raw, 0, edits[0].begin),
                                kk_str_from(r->before)));
    }
    assert_int_equal(c.after->text.n_managed, 1); /* two rows, one clause */
    assert_int_equal(c.after->n_managed_refs, 2);
    assert_true(
        kk_str_equal(c.after->text.managed[0].tag_hash, c.after->text.managed[0].text_hash));
    withdraw_gives_back(&c, &case_tracked);
    case_end(&c);
}

/* A supplier's answer and another number are no edit; other words are. */
static void knows_what_is_an_edit(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
        bool same;
    } edits[] = {{">K3</w:t>", ">K9</w:t>", true},
                 {"</w:p></w:tc></w:tr>", "<w:r><w:t>Ja</w:t></w:r></w:p></w:tc></w:tr>", true},
                 {"Et nytt krav.", "Et helt nytt krav.", false}};
    for (size_t e = 0; e < 3; e++) {
        docx_case c, edited;
        kk_buf changed;
        kk_buf_init(&changed, 0);
        case_begin(&c, TBL(HEAD ROW("K1") ROW("K2")), TINY_STYLES, NULL);
        const kk_place place = {.kind = KK_PLACE_TABLE_ROW, .row = 2, .roles = roles, .n_roles = 4};
        case_insert(&c, blocks, 1, &place, &case_untracked);
        case_save(&c);
        const kk_str raw = c.after->parts[0].raw;
        const size_t from = kk_str_find(raw, S("<w:sdt>"), 0);
        const size_t at = kk_str_find(raw, kk_str_from(edits[e].from), from);
        assert_true(at != SIZE_MAX);
        kk_buf_str(&changed, kk_str_slice(raw, 0, at));
        kk_buf_puts(&changed, edits[e].to);
        kk_buf_str(&changed, kk_str_slice(raw, at + strlen(edits[e].from), raw.len));
        case_begin(&edited, changed.ptr, TINY_STYLES, NULL);
        const kk_managed *managed = &edited.doc->text.managed[0];
        assert_int_equal(kk_str_equal(managed->tag_hash, managed->text_hash), edits[e].same);
        kk_buf_dispose(&changed);
        case_end(&edited);
        case_end(&c);
    }
}

/* A second clause in the same run goes on counting, and its rows stand behind the first one's. */
static void counts_on_in_one_run(void **state)
{
    (void)state;
    docx_case c;
    case_begin(&c, TBL(HEAD ROW("1")), TINY_STYLES, NULL);
    const kk_place place = {.kind = KK_PLACE_TABLE_ROW, .row = 1, .roles = roles, .n_roles = 4};
    case_insert(&c, blocks, 1, &place, &case_untracked);
    case_insert(&c, blocks, 1, &place, &case_untracked);
    case_save(&c);
    const size_t two = kk_str_find(c.bytes, S(">2</w:t>"), 0),
                 three = kk_str_find(c.bytes, S(">3</w:t>"), 0);
    assert_true(two < three && three != SIZE_MAX);
    case_end(&c);
}

static void refuses_a_table_without_requirements(void **state)
{
    (void)state;
    docx_case c;
    case_begin(&c, TBL(HEAD ROW("1")), TINY_STYLES, NULL);
    static const kk_role none[] = {KK_ROLE_NUMBER, KK_ROLE_NONE, KK_ROLE_OTHER, KK_ROLE_ANSWER};
    const kk_place place = {.kind = KK_PLACE_TABLE_ROW, .row = 1, .roles = none, .n_roles = 4};
    const kk_blocks clause = {.clause = S("K"), .version = S("1"), .blocks = blocks, .n_blocks = 1};
    assert_int_equal(kk_docx_insert(c.doc, &clause, &place, &case_tracked, &c.err),
                     KK_E_UNSUPPORTED);
    assert_string_equal(c.err.reason, "place-ambiguous");
    case_save(&c);
    assert_true(kk_str_equal(kk_buf_view(&c.saved), kk_buf_view(&c.file)));
    case_end(&c);
}

typedef struct series_row {
    const char *name, *next;
} series_row;

static const series_row series[] = {
    {"K1.12", "K1.13"}, {"12", "13"}, {"4.3.2", "4.3.3"}, {"9.", "10."},    {"A-009", "A-010"},
    {"099", "100"},     {"3b", "3c"}, {"a)", "b)"},       {"Nr", ""},       {"", ""},
    {"-", ""},          {"z", ""},    {" 7 ", "8"},       {"K 99", "K 100"}};

static void counts_up(void **state)
{
    const series_row *r = *state;
    kk_arena *arena = kk_arena_new();
    assert_true(kk_str_is(kk_series_next(arena, kk_str_from(r->name)), r->next));
    kk_arena_free(arena);
}

int main(void)
{
    int failed = ROWS_RUN("rows", rows, fills);
    failed += ROWS_RUN("series", series, counts_up);
    const struct CMUnitTest tests[] = {cmocka_unit_test(knows_what_is_an_edit),
                                       cmocka_unit_test(counts_on_in_one_run),
                                       cmocka_unit_test(refuses_a_table_without_requirements)};
    failed += cmocka_run_group_tests_name("rows", tests, NULL, NULL);
    return failed;
}
