/* Comments on exact words: runs split where needed, renewed by key, others left alone, taken out
 * again. */
#include "docxcase.h"

typedef struct row {
    const char *name;
    const char *document;
    const char *words; /* to comment on */
    const char *has[3];
} row;

#define START "<w:commentRangeStart w:id=\""
#define END   "<w:commentRangeEnd w:id=\""

static const row rows[] = {
    {"whole run", BODY(P("ordet")), "ordet", {"</w:t></w:r><w:commentRangeEnd"}},
    {"inside a run",
     BODY(P("et ord her")),
     "ord",
     {"<w:t xml:space=\"preserve\">et </w:t></w:r>" START,
      "<w:t xml:space=\"preserve\">ord</w:t></w:r>" END,
      "<w:t xml:space=\"preserve\"> her</w:t></w:r></w:p>"}},
    {"over two runs",
     BODY("<w:p>" R("<w:b/>", "et or") R("<w:i/>", "d her") "</w:p>"),
     "ord",
     {"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">or</w:t></w:r>",
      "<w:t xml:space=\"preserve\">d</w:t></w:r>" END}},
    {"an entity",
     BODY(P("A &amp; B")),
     "& B",
     {"<w:t xml:space=\"preserve\">A </w:t></w:r>" START,
      "<w:t xml:space=\"preserve\">&amp; B</w:t></w:r>" END}},
    {"letters of several bytes",
     BODY(P("\xC3\xA6\xC3\xB8\xC3\xA5")),
     "\xC3\xB8",
     {"<w:t xml:space=\"preserve\">\xC3\xB8</w:t></w:r>" END}},
    {"a tab is no character data",
     BODY("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r></w:p>"),
     "b",
     {"<w:tab/></w:r>" START, "<w:r><w:t>b</w:t></w:r>" END}},
    {"in a link the reference stands behind it",
     BODY("<w:p><w:hyperlink w:anchor=\"x\"><w:r><w:t>en lenke</w:t></w:r></w:hyperlink></w:p>"),
     "en",
     {"</w:hyperlink><w:r><w:commentReference"}},
    {"a run control is covered whole",
     BODY("<w:p><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>felt med "
          "ord</w:t></w:r></w:sdtContent></w:sdt></w:p>"),
     "med",
     {START, "</w:sdtContent></w:sdt>" END}},
    {"in somebody's insertion",
     BODY("<w:p><w:ins w:id=\"5\" w:author=\"b\"><w:r><w:t>nye ord</w:t></w:r></w:ins></w:p>"),
     "ord",
     {"<w:t xml:space=\"preserve\">nye </w:t></w:r>" START, "</w:ins><w:r><w:commentReference"}},
};

static void find_words(const kk_docx *doc, const char *words, uint32_t *begin, uint32_t *end)
{
    const kk_text *text = kk_docx_text(doc);
    const size_t at = kk_str_find((kk_str){text->utf8, text->len}, kk_str_from(words), 0);
    assert_true(at != SIZE_MAX);
    *begin = (uint32_t)at;
    *end = *begin + (uint32_t)strlen(words);
}

static void comment_on(docx_case *c, const char *words, const char *key, const char *text)
{
    uint32_t begin, end;
    find_words(c->doc, words, &begin, &end);
    if (kk_docx_comment(c->doc, begin, end, kk_str_from(key), kk_str_from(text), &case_untracked,
                        &c->err) != KK_OK) {
        fail_msg("%s", c->err.message);
    }
}

/* Words that the comment's range holds after reading the file again. */
static void check_range(const kk_docx *doc, const char *words)
{
    const kk_text *text = kk_docx_text(doc);
    for (uint32_t s = 0; s < text->n_spans; s++) {
        const kk_span *span = &text->spans[s];
        if (span->kind == KK_SPAN_COMMENTED) {
            assert_int_equal(span->end - span->begin, strlen(words));
            assert_memory_equal(text->utf8 + span->begin, words, strlen(words));
            return;
        }
    }
    fail_msg("no commented words");
}

static void comments(void **state)
{
    const row *r = *state;
    docx_case c;
    case_begin(&c, r->document, TINY_STYLES, NULL);
    comment_on(&c, r->words, "regel-1", "Mangler.\nSe FOA.");
    case_save(&c);
    const kk_str raw = c.after->parts[0].raw;
    for (size_t i = 0; i < 3 && r->has[i] != NULL; i++) {
        if (!case_has(raw, r->has[i])) {
            fail_msg("missing %s in %.*s", r->has[i], (int)raw.len, raw.ptr);
        }
    }
    if (!case_has(raw, "<w:sdt>")) {
        check_range(c.after, r->words);
    }
    const uint32_t before = c.doc->text.stories[0].para_end;
    assert_int_equal(c.after->text.stories[0].para_end, before);
    assert_memory_equal(c.after->text.utf8, c.doc->text.utf8, c.doc->text.paras[before - 1].end);
    assert_true(case_has(c.after->parts[1].raw, "w:initials=\"kk-"));
    case_end(&c);
}

/* The same again changes nothing; another text renews it; only ours go. */
static void renews_and_removes(void **state)
{
    (void)state;
    docx_case c, d;
    case_begin(&c, BODY(P("et ord her") P("og et til")), TINY_STYLES, NULL);
    comment_on(&c, "ord", "a", "En");
    comment_on(&c, "til", "b", "To");
    case_save(&c);
    memset(&d, 0, sizeof d);
    d.file = c.saved;
    d.doc = case_open(&c.saved);
    kk_buf_init(&d.saved, 0);
    kk_buf_init(&d.inserted, 0);
    comment_on(&d, "ord", "a", "En");
    assert_int_equal(kk_docx_save(d.doc, &d.saved, &d.err), KK_OK);
    assert_true(kk_str_equal(kk_buf_view(&d.saved), kk_buf_view(&c.saved)));
    comment_on(&d, "her", "a", "Ny tekst");
    kk_buf_clear(&d.saved);
    assert_int_equal(kk_docx_save(d.doc, &d.saved, &d.err), KK_OK);
    d.after = case_open(&d.saved);
    const kk_str notes = d.after->parts[1].raw;
    assert_true(case_has(notes, "Ny tekst") && case_has(notes, "To") && !case_has(notes, ">En<"));
    assert_int_equal(kk_docx_uncomment(d.after, S(""), &d.err), KK_OK);
    kk_buf out;
    kk_buf_init(&out, 0);
    assert_int_equal(kk_docx_save(d.after, &out, &d.err), KK_OK);
    kk_docx *clean = case_open(&out);
    assert_int_equal(clean->n_parts, 1);
    assert_false(case_has(clean->parts[0].raw, "comment"));
    assert_int_equal(kk_zip_find(clean->package.zip, S("word/comments.xml")), KK_NONE);
    kk_docx_free(clean);
    kk_buf_dispose(&out);
    kk_docx_free(d.doc);
    kk_docx_free(d.after);
    kk_buf_dispose(&d.saved);
    kk_buf_dispose(&d.inserted);
    case_end(&c);
}

static void two_in_one_run(void **state)
{
    (void)state;
    docx_case c;
    case_begin(&c, BODY(P("en to tre fire")), TINY_STYLES, NULL);
    comment_on(&c, "to", "a", "A");
    comment_on(&c, "tre", "b", "B");
    comment_on(&c, "to tre", "c", "C");
    case_save(&c);
    assert_memory_equal(c.after->text.utf8, "en to tre fire\n", 15);
    case_end(&c);
}

static void opens_an_empty_paragraph(void **state)
{
    (void)state;
    docx_case c;
    case_begin(&c, BODY("<w:p/>" P("en")), TINY_STYLES, NULL);
    for (int i = 0; i < 2; i++) {
        const kk_str key = i == 0 ? S("a") : S("b");
        assert_int_equal(kk_docx_comment(c.doc, 0, 0, key, S("t"), &case_untracked, &c.err), KK_OK);
    }
    case_save(&c);
    const kk_str raw = c.after->parts[0].raw;
    assert_true(case_has(raw, "<w:body><w:p>" START) && case_has(raw, "</w:r>" START));
    assert_true(case_has(raw, "</w:r></w:p>" P("en")));
    case_end(&c);
}

static void refuses_without_words(void **state)
{
    (void)state;
    docx_case c;
    case_begin(&c, BODY(P("en")), TINY_STYLES, NULL);
    assert_int_equal(kk_docx_comment(c.doc, 0, 9, S("k"), S("t"), &case_untracked, &c.err),
                     KK_E_ARG);
    assert_int_equal(kk_docx_comment(c.doc, 0, 1, S(""), S("t"), &case_untracked, &c.err),
                     KK_E_ARG);
    case_end(&c);
}

int main(void)
{
    int failed = ROWS_RUN("comment", rows, comments);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(renews_and_removes), cmocka_unit_test(two_in_one_run),
        cmocka_unit_test(opens_an_empty_paragraph), cmocka_unit_test(refuses_without_words)};
    failed += cmocka_run_group_tests_name("comment", tests, NULL, NULL);
    return failed;
}
