/* Upgrades by difference: what is cut and added, what other people put into the clause, fields,
 * marks at the end, and every allocation failing in turn. */
#include "docxcase.h"
#include "mem.h"

#define OPEN                                                                                       \
    "<w:p><w:r><w:t>Før</w:t></w:r></w:p><w:sdt><w:sdtPr><w:alias w:val=\"Gammel\"/>"             \
    "<w:tag w:val=\"kk:KLI-001@1.0#000000000000\"/><w:id w:val=\"7\"/></w:sdtPr>"                  \
    "<w:sdtContent>"
#define CLOSE     "</w:sdtContent></w:sdt><w:p><w:r><w:t>Etter</w:t></w:r></w:p>"
#define CLAUSE(x) BODY(OPEN x CLOSE)
#define FIELD(name, value, placeholder)                                                            \
    "<w:sdt><w:sdtPr><w:tag w:val=\"kkf:" name "\"/><w:id w:val=\"8\"/>" placeholder "</w:sdtPr>"  \
    "<w:sdtContent><w:r><w:t>" value "</w:t></w:r></w:sdtContent></w:sdt>"
#define TEXT(t)                                                                                    \
    {                                                                                              \
        KK_INLINE_TEXT, true, Z(t), Z(""), Z("")                                                   \
    }
#define BOLD(t)                                                                                    \
    {                                                                                              \
        KK_INLINE_BOLD, true, Z(t), Z(""), Z("")                                                   \
    }
#define ANDEL(f, t)                                                                                \
    {                                                                                              \
        KK_INLINE_FIELD, f, Z(t), Z("andel"), Z("%")                                               \
    }
#define PARA(i)                                                                                    \
    {                                                                                              \
        KK_BLOCK_PARAGRAPH, i, sizeof(i) / sizeof *(i), NULL, 0                                    \
    }

static const kk_inline forty[] = {TEXT("Minst 40 prosent.")};
static const kk_inline second[] = {TEXT("Et ledd til.")};
static const kk_inline third[] = {TEXT("Enda et ledd.")};
static const kk_inline field[] = {TEXT("Andelen er "), ANDEL(false, "30"), TEXT(" prosent.")};
static const kk_inline filled[] = {TEXT("Andelen er "), ANDEL(true, "45"), TEXT(" prosent.")};
static const kk_inline lead[] = {BOLD("Krav."), TEXT(" Minst 40 prosent.")};
static const kk_block one_forty[] = {PARA(forty)};
static const kk_block two[] = {PARA(forty), PARA(second)};
static const kk_block three[] = {PARA(third), PARA(forty), PARA(second)};
static const kk_block one_field[] = {PARA(field)};
static const kk_block one_filled[] = {PARA(filled)};
static const kk_block one_lead[] = {PARA(lead)};

#define BLOCKS(b) b, sizeof(b) / sizeof *(b)
#define DEL(t)    "<w:delText xml:space=\"preserve\">" t "</w:delText>"

typedef struct row {
    const char *name, *document;
    const kk_block *blocks;
    uint32_t n;
    const char *accepted, *rejected; /* paragraphs of the clause, '|' between */
    const char *has[4];
} row;

static const row rows[] = {
    {"a word",
     CLAUSE(P("Minst 30 prosent.")),
     BLOCKS(one_forty),
     "Minst 40 prosent.",
     "Minst 30 prosent.",
     {"<w:t xml:space=\"preserve\">Minst </w:t>", DEL("30"), "<w:t>40</w:t>",
      "<w:t xml:space=\"preserve\"> prosent.</w:t>"}},
    {"a word over two runs keeps their looks",
     CLAUSE("<w:p>" R("<w:b/>", "Minst 3") R("<w:i/>", "0 prosent.") "</w:p>"),
     BLOCKS(one_forty),
     "Minst 40 prosent.",
     "Minst 30 prosent.",
     {"<w:rPr><w:b/></w:rPr>" DEL("3"), "<w:rPr><w:i/></w:rPr>" DEL("0")}},
    {"nothing but the version",
     CLAUSE(P("Minst 40 prosent.")),
     BLOCKS(one_forty),
     "Minst 40 prosent.",
     "Minst 40 prosent.",
     {"<w:sdtContent>" P("Minst 40 prosent.") "</w:sdtContent>", "w:alias w:val=\"Klimakrav\""}},
    {"a bookmark and a comment stay",
     CLAUSE(
         "<w:p><w:bookmarkStart w:id=\"3\" w:name=\"b\"/><w:r><w:t>"
         "Minst 30 prosent.</w:t></w:r><w:bookmarkEnd w:id=\"3\"/><w:commentRangeStart w:id=\"4\"/>"
         "<w:commentRangeEnd w:id=\"4\"/><w:r><w:commentReference w:id=\"4\"/></w:r></w:p>"),
     BLOCKS(one_forty),
     "Minst 40 prosent.",
     "Minst 30 prosent.",
     {"<w:bookmarkStart w:id=\"3\" w:name=\"b\"/>", "<w:bookmarkEnd w:id=\"3\"/>",
      "<w:commentReference w:id=\"4\"/>"}},
    {"somebody's insertion is deleted inside it",
     CLAUSE("<w:p><w:r><w:t xml:space=\"preserve\">Minst 30 </w:t></w:r><w:ins w:id=\"5\" "
            "w:author=\"b\"><w:r><w:t>hele "
            "prosent.</w:t></w:r></w:ins></w:p>"),
     BLOCKS(one_forty),
     "Minst 40 prosent.",
     "Minst 30 ",
     {"w:author=\"b\"><w:del ", DEL("hele"), "w:author=\"b\"><w:r>"}},
    {"somebody's deletion stays",
     CLAUSE("<w:p><w:r><w:t xml:space=\"preserve\">Minst 30 </w:t></w:r><w:del w:id=\"5\" "
            "w:author=\"b\">"
            "<w:r><w:delText>x</w:delText></w:r></w:del><w:r><w:t>prosent.</w:t></w:r></w:p>"),
     BLOCKS(one_forty),
     "Minst 40 prosent.",
     "Minst 30 xprosent.",
     {"<w:del w:id=\"5\" w:author=\"b\"><w:r><w:delText>x</w:delText></w:r></w:del>"}},
    {"a field that is filled stays",
     CLAUSE("<w:p><w:r><w:t xml:space=\"preserve\">Andelen er </w:t></w:r>" FIELD(
         "andel", "35", "") "<w:r><w:t xml:space=\"preserve\"> prosent nå.</w:t></w:r></w:p>"),
     BLOCKS(one_field),
     "Andelen er 35 prosent.",
     "Andelen er 35 prosent nå.",
     {FIELD("andel", "35", "")}},
    {"a placeholder gives way to a value",
     CLAUSE("<w:p><w:r><w:t xml:space=\"preserve\">Andelen er </w:t></w:r>" FIELD(
         "andel", "30",
         "<w:showingPlcHdr/>") "<w:r><w:t xml:space=\"preserve\"> prosent.</w:t></w:r></w:p>"),
     BLOCKS(one_filled),
     "Andelen er 45 prosent.",
     "Andelen er 30 prosent.",
     {"<w:delText>30</w:delText>", "<w:t>45</w:t>"}},
    {"a paragraph behind the last takes over its mark",
     CLAUSE(P("Minst 40 prosent.")),
     BLOCKS(two),
     "Minst 40 prosent.|Et ledd til.",
     "Minst 40 prosent.",
     {"<w:p><w:pPr><w:rPr><w:ins ", "</w:p><w:p><w:ins "}},
    {"paragraphs before and behind",
     CLAUSE(P("Minst 30 prosent.")),
     BLOCKS(three),
     "Enda et ledd.|Minst 40 prosent.|Et ledd til.",
     "Minst 30 prosent.",
     {NULL}},
    {"the last paragraph goes",
     CLAUSE(P("Minst 40 prosent.") P("Overtid og bot.")),
     BLOCKS(one_forty),
     "Minst 40 prosent.",
     "Minst 40 prosent.|Overtid og bot.",
     {"<w:pPr><w:rPr><w:del ", DEL("Overtid og bot.")}},
    {"the first paragraph goes",
     CLAUSE(P("Overtid og bot.") P("Minst 40 prosent.")),
     BLOCKS(one_forty),
     "Minst 40 prosent.",
     "Overtid og bot.|Minst 40 prosent.",
     {DEL("Overtid og bot.")}},
    {"another paragraph altogether keeps the mark",
     CLAUSE(P("Overtid og bot i avtalen")),
     BLOCKS(one_forty),
     "Minst 40 prosent.",
     "Overtid og bot i avtalen",
     {"<w:sdtContent><w:p><w:del ", DEL("Overtid og bot i avtalen")}},
    {"a bold lead-in",
     CLAUSE("<w:p>" R(
         "<w:b/>",
         "Krav.") "<w:r><w:t xml:space=\"preserve\"> Minst 30 prosent.</w:t></w:r></w:p>"),
     BLOCKS(one_lead),
     "Krav. Minst 40 prosent.",
     "Krav. Minst 30 prosent.",
     {"<w:r><w:t>40</w:t>"}},
    {"entities and tabs",
     CLAUSE("<w:p><w:r><w:t xml:space=\"preserve\">Minst &amp;</w:t><w:tab/><w:t>40 "
            "prosent.</w:t></w:r></w:p>"),
     BLOCKS(one_forty),
     "Minst 40 prosent.",
     "Minst &\t40 prosent.",
     {DEL("&amp;"), "<w:r><w:tab/></w:r></w:del>"}},
    {"a link wants the whole clause replaced",
     CLAUSE("<w:p><w:hyperlink w:anchor=\"x\"><w:r><w:t>Minst 30 "
            "prosent.</w:t></w:r></w:hyperlink></w:p>"),
     BLOCKS(one_forty),
     "Minst 40 prosent.",
     "Minst 30 prosent.",
     {"customXmlDelRangeStart"}},
    {"a table wants the whole clause replaced",
     CLAUSE("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"100\"/></w:tblGrid><w:tr><w:tc>" P(
         "Minst 30 prosent.") "</w:tc></w:tr></w:tbl>"),
     BLOCKS(one_forty),
     "Minst 40 prosent.",
     "Minst 30 prosent.",
     {"customXmlDelRangeStart"}},
};

static kk_blocks blocks_of(const row *r, char hash[13])
{
    kk_blocks out = {.clause = S("KLI-001"),
                     .version = S("2.0"),
                     .title = S("Klimakrav"),
                     .lang = KK_LANG_NB,
                     .blocks = r->blocks,
                     .n_blocks = r->n};
    assert_int_equal(kk_blocks_hash(&out, S("basis"), hash), KK_OK);
    out.hash = kk_str_from(hash);
    return out;
}

/* What stands between "Før" and "Etter", empty paragraphs left out. */
static void expect_text(const kk_buf *file, const char *expect)
{
    kk_docx *doc = case_open(file);
    const kk_text *text = kk_docx_text(doc);
    kk_buf found;
    kk_buf_init(&found, 0);
    for (uint32_t p = case_para(doc, "Før") + 1; p < case_para(doc, "Etter"); p++) {
        const kk_para *para = &text->paras[p];
        if (para->begin < para->end) {
            kk_buf_puts(&found, found.len > 0 ? "|" : "");
            kk_buf_add(&found, text->utf8 + para->begin, para->end - para->begin);
        }
    }
    assert_string_equal(found.ptr == NULL ? "" : found.ptr, expect);
    kk_buf_dispose(&found);
    kk_docx_free(doc);
}

static void expect_resolved(docx_case *c, bool accept, const char *expect)
{
    kk_buf out;
    kk_buf_init(&out, 0);
    kk_docx *again = case_open(&c->saved);
    if (kk_docx_resolve(again, accept, &out, &c->err) != KK_OK) {
        fail_msg("%s", c->err.message);
    }
    expect_text(&out, expect);
    kk_docx_free(again);
    kk_buf_dispose(&out);
}

static void upgrade(docx_case *c, const row *r, const kk_docx_options *options)
{
    char hash[13];
    const kk_blocks blocks = blocks_of(r, hash);
    const kk_place place = {.kind = KK_PLACE_STORY_END, .chapter = S("")};
    case_begin(c, r->document, TINY_STYLES, NULL);
    if (kk_docx_upgrade(c->doc, 0, &blocks, &place, options, &c->err) != KK_OK) {
        fail_msg("%s %s", c->err.reason, c->err.message);
    }
    case_save(c);
}

static void tracked(void **state)
{
    const row *r = *state;
    docx_case c;
    upgrade(&c, r, &case_tracked);
    for (size_t i = 0; i < 4 && r->has[i] != NULL; i++) {
        if (!case_has(c.after->parts[0].raw, r->has[i])) {
            fail_msg("no %s in %.*s", r->has[i], (int)c.after->parts[0].raw.len,
                     c.after->parts[0].raw.ptr);
        }
    }
    expect_text(&c.saved, r->accepted);
    expect_resolved(&c, true, r->accepted);
    expect_resolved(&c, false, r->rejected);
    uint32_t live = 0;
    for (uint32_t m = 0; m < c.after->text.n_managed; m++) {
        const kk_managed *managed = &c.after->text.managed[m];
        if ((managed->flags & KK_MANAGED_GONE) == 0) {
            live++;
            assert_true(kk_str_is(managed->version, "2.0"));
            assert_true(kk_str_equal(managed->tag_hash, managed->text_hash));
        }
    }
    assert_int_equal(live, 1);
    case_end(&c);
}

static void untracked(void **state)
{
    const row *r = *state;
    docx_case c;
    upgrade(&c, r, &case_untracked);
    expect_text(&c.saved, r->accepted);
    assert_false(case_has(c.bytes, "w:author=\"klimakrav\""));
    case_end(&c);
}

/* An insertion that nobody has accepted stays one: no deletion in it, and rejecting leaves nothing.
 */
static void pending(void **state)
{
    const kk_docx_options *const how[] = {&case_tracked, &case_untracked};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        docx_case c;
        kk_buf first;
        kk_buf_init(&first, 0);
        case_begin(&c, BODY(H1("Før") H1("Etter")), TINY_STYLES, NULL);
        const kk_place place = case_section(c.doc, "Før");
        case_insert(&c, three, 3, &place, &case_tracked);
        assert_int_equal(kk_docx_save(c.doc, &first, &c.err), KK_OK);
        kk_docx_free(c.doc);
        c.doc = case_open(&first);
        const row to = {.blocks = two, .n = 2};
        char hash[13];
        const kk_blocks blocks = blocks_of(&to, hash);
        assert_int_equal(kk_docx_upgrade(c.doc, 0, &blocks, &place, how[i], &c.err), KK_OK);
        case_save(&c);
        assert_false(case_has(c.after->parts[0].raw, "<w:del "));
        assert_true((c.after->text.managed[0].flags & KK_MANAGED_PENDING) != 0);
        expect_text(&c.saved, "Minst 40 prosent.|Et ledd til.");
        expect_resolved(&c, false, "");
        kk_docx_free(c.after);
        c.after = NULL;
        kk_docx_free(c.doc);
        c.doc = NULL;
        kk_buf_dispose(&first);
        case_end(&c);
    }
}

/* The n-th allocation fails: no memory, or the very bytes; true when there were fewer. */
static bool with_failure(uint64_t n, const row *r, kk_buf *expect)
{
    char hash[13];
    docx_case c;
    const kk_blocks blocks = blocks_of(r, hash);
    const kk_place place = {.kind = KK_PLACE_STORY_END, .chapter = S("")};
    case_begin(&c, r->document, TINY_STYLES, NULL);
    const uint64_t before = kk_mem_count();
    kk_mem_fail_at(n);
    kk_status status = kk_docx_upgrade(c.doc, 0, &blocks, &place, &case_tracked, NULL);
    if (status == KK_OK) {
        status = kk_docx_save(c.doc, &c.saved, NULL);
    }
    const bool all = kk_mem_count() - before < n || n == 0;
    kk_mem_fail_at(0);
    if (n == 0) {
        kk_buf_str(expect, kk_buf_view(&c.saved));
    } else if (status == KK_OK) {
        assert_true(kk_str_equal(kk_buf_view(expect), kk_buf_view(&c.saved)));
    } else {
        assert_int_equal(status, KK_E_NOMEM);
    }
    case_end(&c);
    return all;
}

static void survives_without_memory(void **state)
{
    static const char *const chosen[] = {"paragraphs before and behind", "the last paragraph goes",
                                         "a placeholder gives way to a value",
                                         "a link wants the whole clause replaced"};
    (void)state;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        bool wanted = false;
        for (size_t i = 0; i < sizeof chosen / sizeof *chosen; i++) {
            wanted = wanted || strcmp(rows[k].name, chosen[i]) == 0;
        }
        kk_buf expect;
        kk_buf_init(&expect, 0);
        uint64_t n = 0;
        while (wanted && (!with_failure(n, &rows[k], &expect) || n == 0)) {
            n++;
        }
        kk_buf_dispose(&expect);
    }
}

int main(void)
{
    const struct CMUnitTest more[] = {
        {"a pending insertion", pending, NULL, NULL, NULL},
        {"no memory", survives_without_memory, NULL, NULL, NULL},
    };
    int failed = ROWS_RUN("tracked", rows, tracked);
    failed += ROWS_RUN("untracked", rows, untracked);
    return failed + cmocka_run_group_tests(more, NULL, NULL);
}
