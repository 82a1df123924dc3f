/* Findings as CSV for a Norwegian spreadsheet: UTF-8 with byte-order mark, semicolons, CRLF.
 * Cells that a spreadsheet would run as a formula are defused with an apostrophe. */
#include "report.h"

#include <string.h>

static void cell(kk_buf *out, kk_str s, bool last)
{
    kk_buf_putc(out, '"');
    if (s.len > 0 && strchr("=+-@\t\r", s.ptr[0]) != NULL) {
        kk_buf_putc(out, '\'');
    }
    for (size_t i = 0; i < s.len; i++) {
        const char c = s.ptr[i];
        if (c == '"') {
            kk_buf_putc(out, '"');
        }
        kk_buf_putc(out, (char)((unsigned char)c < 0x20 || c == 0x7F ? ' ' : c));
    }
    kk_buf_puts(out, last ? "\"\r\n" : "\";");
}

static void number(kk_buf *out, uint32_t n)
{
    if (n != KK_NONE) {
        kk_buf_printf(out, "%u", (unsigned)n);
    }
    kk_buf_putc(out, ';');
}

static void begin(kk_report *r)
{
    kk_buf_puts(&r->body,
                "\xEF\xBB\xBF"
                "path;sha256;language;categories;satisfied;route;weight;rule;level;message;"
                "basis;place;paragraph;row;column;evidence;clause;insertable;fingerprint"
                "\r\n");
}

/* The columns that are the same for every line of a document. */
static void put_document(kk_buf *out, const kk_document_info *d)
{
    cell(out, d->path, false);
    kk_buf_str(out, d->sha256);
    kk_buf_printf(out, ";%s;", d->language);
    for (size_t i = 0; i < d->n_categories; i++) {
        kk_buf_puts(out, i > 0 ? " " : "");
        kk_buf_str(out, d->categories[i].id);
    }
    kk_buf_puts(out, d->verdict.satisfied < 0    ? ";;"
                     : d->verdict.satisfied == 1 ? ";yes;"
                                                 : ";no;");
    kk_buf_str(out, d->verdict.route);
    kk_buf_putc(out, ';');
    if (d->verdict.weight >= 0) {
        kk_number(out, d->verdict.weight, 2, 0, ',');
    }
    kk_buf_putc(out, ';');
}

static void document(kk_report *r, const kk_audit *audit, size_t doc)
{
    static const char *const levels[] = {"info", "warning", "error"};
    const kk_document_info *d = &audit->docs[doc];
    kk_buf *out = &r->body;
    size_t first;
    size_t last;
    kk_report_range(audit, doc, &first, &last);
    if (first == last) { /* a document without findings has a line all the same */
        put_document(out, d);
        kk_buf_puts(out, ";;;;;;;;;;;\r\n");
    }
    for (size_t i = first; i < last; i++) {
        const kk_finding *f = &audit->findings[i];
        put_document(out, d);
        cell(out, f->rule, false);
        kk_buf_printf(out, "%s;", levels[f->severity]);
        cell(out, f->message, false);
        cell(out, f->n_basis > 0 ? f->basis[0] : KK_STR(""), false);
        cell(out, f->place.label, false);
        number(out, f->place.paragraph);
        number(out, f->place.row);
        number(out, f->place.column);
        cell(out, f->evidence, false);
        cell(out, f->remedy, false);
        kk_buf_puts(out, f->insertable ? "yes;" : "no;");
        cell(out, f->fingerprint, true);
    }
}

static void failure(kk_report *r, kk_str path, kk_str line)
{
    cell(&r->body, path, false);
    kk_buf_puts(&r->body, ";;;;;;;failed;");
    cell(&r->body, line, false);
    kk_buf_puts(&r->body, ";;;;;;;;\r\n");
}

static void end(kk_report *r, kk_buf *out)
{
    kk_buf_str(out, kk_buf_view(&r->body));
}

const kk_report_ops kk_report_csv_ops = {begin, document, failure, end};
