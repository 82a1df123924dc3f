/* The promise itself, on documents with a known shape: a fixture, a few changes to its body that keep
 * it well-formed, a clause put in as tracked changes. Then: what was written opens; all tracked changes
 * rejected gives the text of the original; a second run changes nothing; taken out again, the text is
 * the original's. Input: fixture, clause, language and place; then four bytes a change: what, where
 * (two bytes), how. */
#include "fuzzkit.h"

#include "docx.h"
#include "str.h"
#include "zip.h"

#include <string.h>

#define STAMP "2026-11-23T12:00:00Z"

static const char *const fixtures[] = {
    "fixtures/templates/tomt-dokument.docx",        "fixtures/templates/snorydding-moen.docx",
    "fixtures/templates/vaskeri-hegra.docx",        "fixtures/templates/skole-2-kapittel-c.docx",
    "fixtures/templates/ssa-it-5-avtale.docx",      "fixtures/templates/arbeidstoy-holmvatn.docx",
    "fixtures/traps/end-of-cell.docx",              "fixtures/traps/control-block.docx",
    "fixtures/templates/kontorrekvisita-fjordheim.docx", "fixtures/traps/ends-with-table.docx",
    "fixtures/templates/billeasing-bergselv.docx",  "fixtures/templates/leiarprogram-skogly.docx",
};

static const char *const clauses[] = {"FEL-KO-01", "FEL-KO-02", "FEL-TK-01", "FEL-TK-02",
                                      "FEL-KS-01", "FEL-KV-01", "FEL-KO-05", "FEL-KO-06"};

enum { N_FIXTURES = sizeof fixtures / sizeof *fixtures, N_CLAUSES = sizeof clauses / sizeof *clauses };

/* ---- changing a body ------------------------------------------------------------------------- */

typedef struct element {
    size_t begin, end; /* bytes of <x ...> to </x> */
    size_t inner;      /* past the start tag */
} element;

static bool is_tag(kk_str xml, size_t at, const char *name)
{
    const size_t n = strlen(name);
    return at + n < xml.len && memcmp(xml.ptr + at, name, n) == 0 &&
           (xml.ptr[at + n] == ' ' || xml.ptr[at + n] == '>');
}

/* First element of that name ("w:p") at or after `from`, not empty, with its own end tag. */
static bool find_element(kk_str xml, size_t from, const char *name, element *out)
{
    size_t depth = 0;
    for (size_t i = from; i + 2 < xml.len; i++) {
        if (xml.ptr[i] != '<') {
            continue;
        }
        const char *close = memchr(xml.ptr + i, '>', xml.len - i);
        if (close == NULL) {
            return false;
        }
        const size_t past = (size_t)(close - xml.ptr) + 1;
        if (is_tag(xml, i + 1, name) && close[-1] != '/') {
            if (depth++ == 0) {
                out->begin = i;
                out->inner = past;
            }
        } else if (depth > 0 && xml.ptr[i + 1] == '/' && is_tag(xml, i + 2, name) && --depth == 0) {
            out->end = past;
            return true;
        }
    }
    return false;
}

/* What stands before, at the start inside, and behind an element; and whether it stays at all. */
typedef struct change {
    const char *name, *before, *inside, *after;
    bool gone, twice;
} change;

#define SDT(props) "<w:sdt><w:sdtPr>" props "</w:sdtPr><w:sdtContent>"
#define SDT_END    "</w:sdtContent></w:sdt>"
#define OTHER      "w:id=\"9001\" w:author=\"Kari\" w:date=\"2026-01-01T00:00:00Z\""

static const change changes[] = {
    {.name = "w:p", .gone = true},
    {.name = "w:p", .twice = true},
    {.name = "w:r", .before = "<w:ins " OTHER ">", .after = "</w:ins>"},
    {.name = "w:p", .before = SDT(""), .after = SDT_END},
    {.name = "w:p", .before = SDT("<w:lock w:val=\"sdtContentLocked\"/>"), .after = SDT_END},
    {.name = "w:p", .before = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>",
     .after = "</w:tc></w:tr></w:tbl>"},
    {.name = "w:r", .before = "<w:bookmarkStart w:id=\"77\" w:name=\"b\"/>",
     .after = "<w:bookmarkEnd w:id=\"77\"/>"},
    {.name = "w:r", .gone = true},
    {.name = "w:t", .inside = "5 Tildelingskriterier "},
    {.name = "w:t", .inside = "Kontraktsvilkår <![CDATA[&<]]>"},
    {.name = "w:p", .after = "<!-- <w:p> -->"},
    {.name = "w:tbl", .gone = true, .after = "<w:p/>"},
    {.name = "w:tr", .twice = true},
    {.name = "w:p", .before = "<w:p><w:pPr><w:rPr><w:ins " OTHER "/></w:rPr></w:pPr></w:p>"},
    {.name = "w:p", .before = "<w:p><w:pPr><w:rPr><w:del " OTHER "/></w:rPr></w:pPr><w:del " OTHER
                              "><w:r><w:delText>borte</w:delText></w:r></w:del></w:p>"},
    {.name = "w:p", .after = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"},
    {.name = "w:p", .after = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>"
                             "TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"},
    {.name = "w:pPr", .gone = true},
    {.name = "w:p", .before = "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>"
                              "Kontrakt</w:t></w:r></w:p>"},
    {.name = "w:p", .before = "<w:customXml w:element=\"x\">", .after = "</w:customXml>"},
    {.name = "w:r", .before = "<w:hyperlink w:anchor=\"b\">", .after = "</w:hyperlink>"},
    {.name = "w:r", .before = "<w:moveTo " OTHER ">", .after = "</w:moveTo>"},
};

static void make_change(kk_buf *xml, const uint8_t *step)
{
    const kk_str old = kk_buf_view(xml);
    const change *c = &changes[step[0] % (sizeof changes / sizeof *changes)];
    const size_t from = old.len * ((size_t)step[1] << 8 | step[2]) / 65536;
    element e;
    if (!find_element(old, from, c->name, &e)) {
        return;
    }
    kk_buf out;
    kk_buf_init(&out, 0);
    kk_buf_add(&out, old.ptr, e.begin);
    kk_buf_puts(&out, c->before != NULL ? c->before : "");
    if (!c->gone) {
        kk_buf_add(&out, old.ptr + e.begin, e.inner - e.begin);
        kk_buf_puts(&out, c->inside != NULL ? c->inside : "");
        kk_buf_add(&out, old.ptr + e.inner, e.end - e.inner);
    }
    for (unsigned i = 0; c->twice && i < 1 + step[3] % 3u; i++) {
        kk_buf_add(&out, old.ptr + e.begin, e.end - e.begin);
    }
    kk_buf_puts(&out, c->after != NULL ? c->after : "");
    kk_buf_add(&out, old.ptr + e.end, old.len - e.end);
    kk_buf_dispose(xml);
    *xml = out;
}

static bool make_document(kk_str base, const uint8_t *steps, size_t n, kk_buf *out)
{
    kk_error err = {.status = KK_OK};
    kk_zip *zip = NULL;
    kk_str body;
    kk_buf xml;
    kk_buf_init(&xml, 0);
    const uint32_t part = kk_zip_open(&zip, base, NULL, &err) == KK_OK
                              ? kk_zip_find(zip, KK_STR("word/document.xml"))
                              : KK_NONE;
    bool made = part != KK_NONE && kk_zip_read(zip, part, &body, &err) == KK_OK;
    if (made) {
        kk_buf_str(&xml, body);
        for (size_t i = 0; i + 4 <= n && i < 64; i += 4) {
            make_change(&xml, steps + i);
        }
        made = fuzz_exchange(base, "word/document.xml", kk_buf_view(&xml), out) == KK_OK;
    }
    kk_zip_free(zip);
    kk_buf_dispose(&xml);
    return made;
}

/* ---- the laws -------------------------------------------------------------------------------- */

typedef struct wish {
    const char *clause;
    kk_lang lang;
    bool untracked;
} wish;

/* A plan for one clause, carried out. False: refused, with one of the errors that may be. */
static bool insert(kk_str bytes, const wish *w, kk_bytes *out)
{
    kk_error err = {.status = KK_OK};
    kk_doc *doc = NULL;
    kk_plan *plan = NULL;
    kk_plan_options how = KK_INIT(kk_plan_options);
    how.date = "2026-11-23";
    how.timestamp = STAMP;
    how.clause_lang = w->lang;
    how.clauses = &w->clause;
    how.n_clauses = 1;
    how.untracked = w->untracked;
    kk_status s = kk_doc_open_memory(&doc, bytes, "x.docx", NULL, &err);
    s = s != KK_OK ? s : kk_plan_new(&plan, fuzz_auditor(), doc, NULL, &how, &err);
    bool done = s == KK_OK && kk_plan_refusals(plan) == 0;
    if (done) {
        s = kk_plan_apply(plan, out, &err);
        done = s == KK_OK;
    }
    fuzz_status(s, &err);
    fuzz_law(s == KK_OK || s == KK_E_UNSUPPORTED || s == KK_E_FORMAT, "refused for a reason of the document");
    kk_plan_free(plan);
    kk_doc_free(doc);
    return done;
}

/* TEXT of a package, all tracked changes rejected. */
static void text_rejected(kk_str bytes, kk_buf *out)
{
    kk_error err = {.status = KK_OK};
    kk_docx *doc = NULL;
    kk_buf plain;
    kk_buf_init(&plain, 0);
    fuzz_law(kk_docx_open(&doc, bytes, NULL, &err) == KK_OK, "what was written opens");
    if (kk_docx_resolve(doc, false, &plain, &err) == KK_OK) {
        kk_docx *again = NULL;
        fuzz_law(kk_docx_open(&again, kk_buf_view(&plain), NULL, &err) == KK_OK, "and also when rejected");
        kk_buf_add(out, kk_docx_text(again)->utf8, kk_docx_text(again)->len);
        kk_docx_free(again);
    }
    kk_docx_free(doc);
    kk_buf_dispose(&plain);
}

static void withdraw(kk_str bytes, kk_bytes *out)
{
    kk_error err = {.status = KK_OK};
    kk_doc *doc = NULL;
    size_t n = 0;
    kk_withdraw_options how = KK_INIT(kk_withdraw_options);
    fuzz_law(kk_doc_open_memory(&doc, bytes, "x.docx", NULL, &err) == KK_OK, "it opens to be taken out");
    fuzz_law(kk_doc_withdraw(doc, &how, out, &n, &err) == KK_OK, "what was put in can be taken out");
    kk_doc_free(doc);
}

static void same_text(kk_str a, kk_str b, const char *law)
{
    kk_buf one;
    kk_buf two;
    kk_buf_init(&one, 0);
    kk_buf_init(&two, 0);
    text_rejected(a, &one);
    text_rejected(b, &two);
    fuzz_law(kk_str_equal(kk_buf_view(&one), kk_buf_view(&two)), law);
    kk_buf_dispose(&one);
    kk_buf_dispose(&two);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kk_buf package;
    kk_bytes once = {NULL, 0};
    kk_bytes twice = {NULL, 0};
    kk_bytes back = {NULL, 0};
    if (size < 3) {
        return 0;
    }
    const wish w = {.clause = clauses[data[1] % N_CLAUSES],
                    .lang = (data[2] & 1u) != 0 ? KK_LANG_NN : KK_LANG_NB,
                    .untracked = (data[2] & 2u) != 0};
    kk_buf_init(&package, 0);
    if (make_document(fuzz_file(fixtures[data[0] % N_FIXTURES]), data + 3, size - 3, &package) &&
        insert(kk_buf_view(&package), &w, &once)) {
        const kk_str before = kk_buf_view(&package);
        const kk_str after = {once.ptr, once.len};
        if (!w.untracked) {
            same_text(before, after, "rejected, it is the original");
        }
        if (insert(after, &w, &twice)) {
            fuzz_law(kk_str_equal(after, (kk_str){twice.ptr, twice.len}), "a second run changes nothing");
        }
        withdraw(after, &back);
        same_text(before, (kk_str){back.ptr, back.len}, "taken out, it is the original");
    }
    kk_bytes_free(&once);
    kk_bytes_free(&twice);
    kk_bytes_free(&back);
    kk_buf_dispose(&package);
    return 0;
}
