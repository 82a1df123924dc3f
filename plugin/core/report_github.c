/* Findings as workflow commands of GitHub Actions: one line each, shown as annotations of a run. A
 * DOCX has no lines, so the place stands in the message. */
#include "report.h"

/* Values of properties lose ':' and ',' too. */
static void escaped(kk_buf *out, kk_str s, bool property)
{
    for (size_t i = 0; i < s.len; i++) {
        const char c = s.ptr[i];
        if (c == '%' || (unsigned char)c < 0x20 || (property && (c == ':' || c == ','))) {
            kk_buf_printf(out, "%%%02X", (unsigned)(unsigned char)c);
        } else {
            kk_buf_putc(out, c);
        }
    }
}

static void begin(kk_report *r)
{
    (void)r;
}

static void open_line(kk_buf *out, const char *level, kk_str path, kk_str title)
{
    kk_buf_printf(out, "::%s file=", level);
    escaped(out, path, true);
    kk_buf_puts(out, ",line=1,title=");
    escaped(out, title, true);
    kk_buf_puts(out, "::");
}

static void document(kk_report *r, const kk_audit *audit, size_t doc)
{
    static const char *const levels[] = {"notice", "warning", "error"};
    kk_buf *out = &r->body;
    size_t first;
    size_t last;
    kk_report_range(audit, doc, &first, &last);
    for (size_t i = first; i < last; i++) {
        const kk_finding *f = &audit->findings[i];
        open_line(out, levels[f->severity], audit->docs[doc].path, f->rule);
        escaped(out, f->message, false);
        kk_buf_puts(out, " (");
        escaped(out, f->place.label, false);
        kk_buf_puts(out, ")");
        if (f->evidence.len > 0) {
            kk_buf_puts(out, "%0A«");
            escaped(out, f->evidence, false);
            kk_buf_puts(out, "»");
        }
        kk_buf_puts(out, "%0A");
        escaped(out, f->why, false);
        if (f->remedy.len > 0) {
            kk_buf_puts(out, "%0A→ ");
            escaped(out, f->remedy, false);
        }
        kk_buf_putc(out, '\n');
    }
}

static void failure(kk_report *r, kk_str path, kk_str line)
{
    open_line(&r->body, "error", path, kk_z(kk_msg_text(KK_MSG_NOT_READ, r->lang)));
    escaped(&r->body, line, false);
    kk_buf_putc(&r->body, '\n');
}

/* The verdict of a set is an annotation without a file. */
static void end(kk_report *r, kk_buf *out)
{
    const kk_verdict_info *v = &r->verdict;
    if (r->procurement && v->size > 0) {
        kk_buf_printf(out, "::%s title=", v->satisfied == 0 ? "error" : "notice");
        escaped(out, kk_z(kk_msg_text(kk_report_verdict(v), r->lang)), true);
        kk_buf_puts(out, "::");
        escaped(out, v->basis, false);
        kk_buf_puts(out, v->basis.len > 0 && v->why.len > 0 ? ": " : "");
        escaped(out, v->why, false);
        kk_buf_putc(out, '\n');
    }
    kk_buf_str(out, kk_buf_view(&r->body));
}

const kk_report_ops kk_report_github_ops = {begin, document, failure, end};
