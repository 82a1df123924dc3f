/* Lines as paragraphs of the text door, judged by the whole bank. A line may begin with letters that
 * say what it is: "#" heading, "|" cell of a table (next column), "/" cell of the next row, "*" item. */
#include "fuzzkit.h"

#include "str.h"
#include "utf8.h"

enum { PARAGRAPHS = 400 };

typedef struct reader {
    kk_doc_paragraph paragraphs[PARAGRAPHS];
    size_t n;
    uint32_t table, row, col;
} reader;

static void take_line(reader *r, kk_str line)
{
    kk_doc_paragraph p = KK_INIT(kk_doc_paragraph);
    const char kind = line.len > 0 ? line.ptr[0] : ' ';
    const bool cell = kind == '|' || kind == '/';
    if (kind == '#' || kind == '*' || cell) {
        line = kk_str_slice(line, 1, line.len);
    }
    p.heading = kind == '#' ? 1 : 0;
    p.list_level = kind == '*' ? 1 : 0;
    p.flags = kind == '*' ? KK_PARA_LIST : 0;
    if (cell && r->n > 0 && r->paragraphs[r->n - 1].table != 0) {
        r->col = kind == '/' ? 0 : r->col + 1;
        r->row += kind == '/' ? 1 : 0;
    } else if (cell) {
        r->table++;
        r->row = r->col = 0;
    }
    if (cell) {
        p.table = r->table;
        p.row = r->row;
        p.col = r->col;
    }
    p.text = line;
    r->paragraphs[r->n++] = p;
}

static void judge(kk_doc *doc, unsigned options, kk_error *err)
{
    kk_audit *audit = NULL;
    const kk_category_info *categories = NULL;
    kk_passage_info passage = KK_INIT(kk_passage_info);
    size_t n = 0;
    kk_audit_options how = KK_INIT(kk_audit_options);
    how.date = (options & 1u) != 0 ? "2023-06-01" : "2026-11-23";
    how.as_procurement = (options & 2u) != 0;
    const kk_text *text = kk_doc_text(doc);
    const kk_str all = {text->utf8, text->len};
    kk_status s = kk_audit_run(&audit, fuzz_auditor(), &doc, 1, &how, err);
    s = s != KK_OK ? s : kk_text_classify(fuzz_auditor(), all, &categories, &n, err);
    s = s != KK_OK ? s : kk_text_requirement(fuzz_auditor(), all, true, &passage, err);
    fuzz_status(s, err);
    for (size_t i = 0; s == KK_OK && i < kk_audit_count(audit); i++) {
        kk_finding found = KK_INIT(kk_finding);
        fuzz_law(kk_audit_finding(audit, i, &found) == KK_OK, "every finding can be asked for");
        fuzz_law(found.place.begin <= found.place.end, "a place has its ends in order");
        fuzz_law(found.place.paragraph == KK_NONE || found.place.paragraph < text->n_paras,
                 "a finding stands in the text");
    }
    kk_audit_free(audit);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static reader r;
    (void)fuzz_auditor();
    const fuzz_input in = fuzz_begin(data, size);
    kk_error err = {.status = KK_OK};
    kk_doc *doc = NULL;
    kk_str rest = in.bytes;
    kk_str line;
    r = (reader){.n = 0};
    while (r.n < PARAGRAPHS && kk_str_split(&rest, '\n', &line)) {
        take_line(&r, line);
    }
    const kk_status s = kk_doc_from_paragraphs(&doc, r.paragraphs, r.n, sizeof *r.paragraphs, "x", &err);
    fuzz_status(s, &err);
    if (s == KK_OK) {
        judge(doc, in.options, &err);
    }
    kk_doc_free(doc);
    fuzz_end();
    return 0;
}
