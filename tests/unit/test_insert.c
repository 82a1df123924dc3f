/* Insertion at every awkward place: what was there stays byte for byte, rejecting and withdrawing
 * give back the very bytes, the clause is found again with its hash, refusals carry their code. */
#include "rows.h"
#include "tinydocx.h"

#include "clausehash.h"
#include "docx.h"
#include "docx_internal.h"
#include "error.h"

#define S(z) ((kk_str){z, sizeof(z) - 1})
#define Z(z)                                                                                       \
    {                                                                                              \
        z, sizeof(z) - 1                                                                           \
    } /* in static initialisers */
#define H(t)                                                                                       \
    "<w:p><w:pPr><w:pStyle w:val=\"Overskrift1\"/></w:pPr><w:r><w:t>" t "</w:t></w:r></w:p>"
#define P(t)       "<w:p><w:r><w:t>" t "</w:t></w:r></w:p>"
#define PP(ppr, t) "<w:p><w:pPr>" ppr "</w:pPr><w:r><w:t>" t "</w:t></w:r></w:p>"
#define TABLE                                                                                      \
    "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>" P(                          \
        "celle") "</w:tc></w:tr></w:tbl>"
#define SDT(pr, x) "<w:sdt><w:sdtPr>" pr "</w:sdtPr><w:sdtContent>" x "</w:sdtContent></w:sdt>"
#define SECT       "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr>"
#define BODY(x)    XML "<w:document " W_NS "><w:body>" x "</w:body></w:document>"

typedef struct row {
    const char *name;
    const char *document;
    const char
        *heading; /* text of the heading whose section gets the clause; NULL: end of the story */
    const char *before;  /* bytes right before the clause (NULL: not asked) */
    const char *after;   /* bytes right behind it */
    const char *refused; /* reason, or NULL */
} row;

static const row rows[] = {
    {"section in the middle", BODY(H("A") P("en") H("B") P("to")), "A", P("en"), H("B"), NULL},
    {"heading alone", BODY(H("A") H("B") P("to")), "A", H("A"), H("B"), NULL},
    {"before blank paragraphs",
     BODY(H("A") P("en") "<w:p/><w:p><w:pPr><w:jc w:val=\"left\"/></w:pPr></w:p>" H("B")), "A",
     P("en"), "<w:p/>", NULL},
    {"before a page break",
     BODY(H("A") P("en") "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>" H("B")), "A", P("en"),
     "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>", NULL},
    {"a drawing is not blank", BODY(H("A") P("en") "<w:p><w:r><w:drawing/></w:r></w:p>" H("B")),
     "A", "<w:p><w:r><w:drawing/></w:r></w:p>", H("B"), NULL},
    {"section break in the last paragraph",
     BODY(H("A") P("en") PP(SECT, "slutt") H("B") P("to") SECT), "A", P("en"), PP(SECT, "slutt"),
     NULL},
    {"behind a table", BODY(H("A") P("en") TABLE H("B")), "A", TABLE, H("B"), NULL},
    {"behind the end of a bookmark",
     BODY(H("A") "<w:bookmarkStart w:id=\"1\" w:name=\"m\"/>" P(
         "en") "<w:bookmarkEnd w:id=\"1\"/>" H("B")),
     "A", "<w:bookmarkEnd w:id=\"1\"/>", H("B"), NULL},
    {"before the start of a bookmark",
     BODY(H("A") P("en") "<w:bookmarkStart w:id=\"1\" w:name=\"m\"/>" H(
         "B") "<w:bookmarkEnd w:id=\"1\"/>"),
     "A", P("en"), "<w:bookmarkStart", NULL},
    {"heading in a control of its own", BODY(SDT("", H("A")) P("en") H("B")), "A", P("en"), H("B"),
     NULL},
    {"whole section in a control", BODY(SDT("", H("A") P("en")) H("B")), "A", "</w:sdt>", H("B"),
     NULL},
    {"inside a control that holds more", BODY(SDT("", P("null") H("A") P("en")) H("B")), "A", NULL,
     NULL, NULL},
    {"behind a control inside the section", BODY(H("A") SDT("", P("en")) H("B")), "A", "</w:sdt>",
     H("B"), NULL},
    {"behind a locked control inside the section",
     BODY(H("A") SDT("<w:lock w:val=\"sdtContentLocked\"/>", P("en")) H("B")), "A", "</w:sdt>",
     H("B"), NULL},
    {"locked control around",
     BODY(SDT("<w:lock w:val=\"contentLocked\"/>", H("A") P("en") H("B") P("to"))), "A", NULL, NULL,
     "place-locked"},
    {"data-bound control around",
     BODY(SDT("<w:dataBinding w:xpath=\"/a\" w:storeItemID=\"{1}\"/>",
              H("A") P("en") H("B") P("to"))),
     "A", NULL, NULL, "place-databound"},
    {"somebody's tracked paragraph mark",
     BODY(H("A") P("en") PP("<w:rPr><w:ins w:id=\"9\" w:author=\"b\"/></w:rPr>", "to") H("B")), "A",
     P("en"), "<w:p><w:pPr><w:rPr><w:ins w:id=\"9\"", NULL},
    {"inside an open field",
     BODY(H("A") P("en") "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p>"
                         "<w:p><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>" H("B")),
     "A", "<w:fldChar w:fldCharType=\"end\"/></w:r></w:p>", H("B"), NULL},
    {"end: last paragraph empty", BODY(P("en") "<w:p/>" SECT), NULL, P("en"), "<w:p/>", NULL},
    {"end: document of one empty paragraph", BODY("<w:p/>"), NULL, "<w:body>", "<w:p/>", NULL},
    {"end: last paragraph with text", BODY(P("en") P("to") SECT), NULL, NULL, "<w:p></w:p>" SECT,
     NULL},
    {"end: properties, number and id",
     XML "<w:document " W_NS
         " xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"><w:body>" P(
             "en") "<w:p w14:paraId=\"11111111\" w:rsidR=\"00A\" "
                   "w14:textId=\"77777777\"><w:pPr><w:pStyle w:val=\"Brdtekst\"/>"
                   "<w:numPr><w:ilvl w:val=\"0\"/><w:numId "
                   "w:val=\"1\"/></w:numPr><w:rPr><w:b/></w:rPr></w:pPr>"
                   "<w:r><w:t>to</w:t></w:r></w:p></w:body></w:document>",
     NULL, NULL, "<w:p w14:paraId=\"11111111\" w:rsidR=\"00A\" w14:textId=\"77777777\"><w:pPr>",
     NULL},
    {"end: empty properties", BODY("<w:p><w:pPr/><w:r><w:t>en</w:t></w:r></w:p>"), NULL, NULL,
     "<w:p><w:pPr/></w:p>", NULL},
    {"end: empty mark properties",
     BODY("<w:p><w:pPr><w:rPr/></w:pPr><w:r><w:t>en</w:t></w:r></w:p>"), NULL, NULL,
     "<w:p><w:pPr><w:rPr/></w:pPr></w:p>", NULL},
    {"end: properties that changed",
     BODY("<w:p><w:pPr><w:jc w:val=\"left\"/><w:pPrChange w:id=\"4\" "
          "w:author=\"b\"><w:pPr/></w:pPrChange></w:pPr>"
          "<w:r><w:t>en</w:t></w:r></w:p>"),
     NULL, NULL, "<w:p><w:pPr><w:jc w:val=\"left\"/><w:pPrChange", NULL},
    {"end: inside somebody's control", BODY(P("en") SDT("", P("to")) SECT), NULL, NULL, NULL, NULL},
    {"document begins with a table", BODY(TABLE P("en") H("A") P("to") H("B")), "A", P("to"),
     H("B"), NULL},
    {"heading in a cell",
     BODY("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>" H("A")
              P("en") "</w:tc></w:tr></w:tbl>" P("ut")),
     "A", NULL, NULL, NULL},
    {"another prefix",
     XML
     "<x:document "
     "xmlns:x=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><x:body><x:p><x:pPr>"
     "<x:pStyle "
     "x:val=\"Overskrift1\"/></x:pPr><x:r><x:t>A</x:t></x:r></x:p><x:p><x:r><x:t>en</x:t></x:r></"
     "x:p>"
     "</x:body></x:document>",
     "A", NULL, NULL, NULL},
    {"default namespace",
     XML "<document xmlns=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
         "xmlns:q=\"http://schemas."
         "openxmlformats.org/wordprocessingml/2006/main\"><body><p><pPr><pStyle "
         "q:val=\"Overskrift1\"/></pPr><r><t>A"
         "</t></r></p><p><r><t>en</t></r></p><p/></body></document>",
     "A", "<p><r><t>en</t></r></p>", "<p/></body>", NULL},
    {"default namespace alone",
     XML "<document "
         "xmlns=\"http://schemas.openxmlformats.org/wordprocessingml/2006/"
         "main\"><body><p><r><t>en</t></r>"
         "</p><p/></body></document>",
     NULL, "<p><r><t>en</t></r></p>", "<p/></body>", NULL},
};

static const kk_inline intro[] = {
    {KK_INLINE_TEXT, true, Z("Kj\xC3\xB8ret\xC3\xB8y < 3,5 t & mer: "), Z(""), Z("")},
    {KK_INLINE_BOLD, true, Z("nullutslipp"), Z(""), Z("")},
    {KK_INLINE_FIELD, false, Z(""), Z("andel"), Z("%")}};
static const kk_inline item[] = {{KK_INLINE_TEXT, true, Z("punkt"), Z(""), Z("")}};
static const kk_block blocks_of[] = {{KK_BLOCK_PARAGRAPH, intro, 3, NULL, 0},
                                     {KK_BLOCK_ITEM, item, 1, NULL, 0},
                                     {KK_BLOCK_PARAGRAPH, item, 1, NULL, 0}};

static kk_blocks clause(char hash[13])
{
    kk_blocks blocks = {.clause = S("KLI-001"),
                        .version = S("1.0"),
                        .title = S("Klimakrav & mer"),
                        .lang = KK_LANG_NB,
                        .blocks = blocks_of,
                        .n_blocks = 3};
    assert_int_equal(kk_blocks_hash(&blocks, S("basis"), hash), KK_OK);
    blocks.hash = kk_str_from(hash);
    return blocks;
}

static kk_docx *open_doc(const kk_buf *bytes)
{
    kk_docx *doc;
    kk_error err;
    kk_error_clear(&err);
    const kk_status status = kk_docx_open(&doc, kk_buf_view(bytes), NULL, &err);
    if (status != KK_OK) {
        fail_msg("%s", err.message);
    }
    return doc;
}

static kk_str main_part(const kk_docx *doc)
{
    return doc->parts[0].raw;
}

/* The place the row names. */
static kk_place place_of(const kk_docx *doc, const row *r)
{
    const kk_text *text = kk_docx_text(doc);
    kk_place place = {.kind = KK_PLACE_STORY_END};
    for (uint32_t p = 0; r->heading != NULL && p < text->n_paras; p++) {
        const kk_str words = {text->utf8 + text->paras[p].begin,
                              text->paras[p].end - text->paras[p].begin};
        if (!kk_str_is(words, r->heading)) {
            continue;
        }
        place = (kk_place){.kind = KK_PLACE_SECTION_END, .heading = p, .section_end = p + 1};
        while (place.section_end < text->stories[text->paras[p].story].para_end &&
               text->paras[place.section_end].heading == 0) {
            place.section_end++;
        }
        return place;
    }
    assert_null(r->heading);
    return place;
}

static void save(kk_docx *doc, kk_buf *out)
{
    kk_error err;
    kk_error_clear(&err);
    kk_buf_clear(out);
    const kk_status status = kk_docx_save(doc, out, &err);
    if (status != KK_OK) {
        fail_msg("%s", err.message);
    }
}

/* Everything outside the reported ranges is as before. */
static void check_outside(const kk_docx *doc, kk_str before, kk_str after)
{
    uint32_t n;
    const kk_docx_edit *edits = kk_docx_edits(doc, &n);
    uint64_t old_at = 0, new_at = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (!kk_str_is(edits[i].part, "word/document.xml")) {
            continue;
        }
        assert_int_equal(edits[i].begin - new_at, edits[i].old_begin - old_at);
        assert_memory_equal(before.ptr + old_at, after.ptr + new_at, edits[i].old_begin - old_at);
        old_at = edits[i].old_end;
        new_at = edits[i].end;
    }
    assert_int_equal(before.len - old_at, after.len - new_at);
    assert_memory_equal(before.ptr + old_at, after.ptr + new_at, before.len - old_at);
}

/* The clause stands between the bytes the row names; `behind` only holds where nothing closes a
 * story. */
static void check_neighbours(const row *r, const kk_docx *doc, kk_str after)
{
    uint32_t n;
    const kk_docx_edit *edits = kk_docx_edits(doc, &n);
    bool found = false;
    for (uint32_t i = 0; i < n; i++) {
        const kk_str bytes = kk_str_slice(after, edits[i].begin, edits[i].end);
        if (!kk_str_is(edits[i].part, "word/document.xml") ||
            kk_str_find(bytes, S("kk:KLI-001@1.0#"), 0) == SIZE_MAX) {
            continue;
        }
        const kk_str before = kk_str_slice(after, 0, edits[i].begin);
        const kk_str rest = kk_str_slice(after, edits[i].end, after.len);
        found = true;
        if (r->before != NULL && !kk_str_ends(before, kk_str_from(r->before))) {
            fail_msg("before: %.*s", 120, before.ptr + (before.len > 120 ? before.len - 120 : 0));
        }
        const bool closing = r->heading == NULL && r->before == NULL;
        if (r->after != NULL && !(closing && edits[i].begin == edits[0].begin) &&
            !kk_str_starts(rest, kk_str_from(r->after))) {
            fail_msg("behind: %.*s", (int)(rest.len > 120 ? 120 : rest.len), rest.ptr);
        }
    }
    assert_true(found);
}

static void check_found_again(const kk_docx *doc, const char *hash, bool track)
{
    const kk_text *text = kk_docx_text(doc);
    assert_int_equal(text->n_managed, 1);
    assert_true(kk_str_is(text->managed[0].tag_hash, hash));
    assert_true(kk_str_is(text->managed[0].text_hash, hash));
    assert_int_equal((text->managed[0].flags & KK_MANAGED_PENDING) != 0, track);
}

static void runs_whole_life(const row *r, bool track)
{
    kk_buf file, changed, again;
    kk_buf_init(&file, 0);
    kk_buf_init(&changed, 0);
    kk_buf_init(&again, 0);
    tiny_docx(&file, r->document, TINY_STYLES, NULL);
    kk_docx *doc = open_doc(&file);
    const kk_place place = place_of(doc, r);
    const kk_docx_options options = {
        .track = track, .author = S("klimakrav"), .date = S("2026-11-23T12:00:00Z")};
    char hash[13];
    const kk_blocks blocks = clause(hash);
    kk_error err;
    kk_error_clear(&err);
    const kk_status status = kk_docx_insert(doc, &blocks, &place, &options, &err);
    if (r->refused != NULL) {
        assert_int_equal(status, KK_E_UNSUPPORTED);
        assert_string_equal(err.reason, r->refused);
        save(doc, &changed);
        assert_true(kk_str_equal(kk_buf_view(&changed), kk_buf_view(&file)));
        kk_docx_free(doc);
        kk_buf_dispose(&file);
        kk_buf_dispose(&changed);
        return;
    }
    if (status != KK_OK) {
        fail_msg("%s", err.message);
    }
    save(doc, &changed);
    save(doc, &again);
    assert_true(kk_str_equal(kk_buf_view(&changed), kk_buf_view(&again)));
    kk_docx *after = open_doc(&changed);
    check_outside(doc, main_part(doc), main_part(after));
    check_neighbours(r, doc, main_part(after));
    check_found_again(after, hash, track);

    kk_buf resolved;
    kk_buf_init(&resolved, 0);
    assert_int_equal(kk_docx_resolve(after, false, &resolved, &err), KK_OK);
    kk_docx *rejected = open_doc(&resolved);
    kk_buf_clear(&again);
    assert_int_equal(kk_docx_resolve(doc, false, &again, &err), KK_OK);
    kk_docx *original = open_doc(&again);
    if (track) {
        assert_int_equal(main_part(rejected).len, main_part(original).len);
        assert_memory_equal(main_part(rejected).ptr, main_part(original).ptr,
                            main_part(original).len);
    }
    kk_docx_free(rejected);
    kk_docx_free(original);
    assert_int_equal(kk_docx_withdraw(after, 0, &options, &err), KK_OK);
    save(after, &resolved);
    kk_docx *withdrawn = open_doc(&resolved);
    assert_int_equal(main_part(withdrawn).len, main_part(doc).len);
    assert_memory_equal(main_part(withdrawn).ptr, main_part(doc).ptr, main_part(doc).len);
    assert_int_equal(kk_zip_find(withdrawn->package.zip, S("word/numbering.xml")), KK_NONE);
    kk_docx_free(withdrawn);
    kk_docx_free(after);
    kk_docx_free(doc);
    kk_buf_dispose(&file);
    kk_buf_dispose(&changed);
    kk_buf_dispose(&again);
    kk_buf_dispose(&resolved);
}

static void tracked(void **state)
{
    runs_whole_life(*state, true);
}

static void untracked(void **state)
{
    runs_whole_life(*state, false);
}

int main(void)
{
    int failed = 0;
    failed += ROWS_RUN("tracked", rows, tracked);
    failed += ROWS_RUN("untracked", rows, untracked);
    return failed;
}
