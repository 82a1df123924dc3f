/* Findings as JUnit XML for build servers: a suite per document, a test case per finding; errors
 * and warnings are failures, notes pass with their words as output. */
#include "report.h"

static const char *const level_names[] = {"info", "warning", "error"};

static void attribute(kk_buf *out, const char *name, kk_str value)
{
    kk_buf_printf(out, " %s=\"", name);
    kk_buf_xml(out, value);
    kk_buf_putc(out, '"');
}

static void begin(kk_report *r)
{
    (void)r;
}

static void put_details(kk_buf *out, const kk_finding *f)
{
    kk_buf_xml(out, f->place.label);
    if (f->evidence.len > 0) {
        kk_buf_puts(out, "\n«");
        kk_buf_xml(out, f->evidence);
        kk_buf_puts(out, "»");
    }
    kk_buf_putc(out, '\n');
    kk_buf_xml(out, f->why);
    for (size_t i = 0; i < f->n_basis; i++) {
        kk_buf_puts(out, i > 0 ? "; " : "\n");
        kk_buf_xml(out, f->basis[i]);
    }
    if (f->remedy.len > 0) {
        kk_buf_puts(out, "\n→ ");
        kk_buf_xml(out, f->remedy);
    }
}

static void put_finding(kk_buf *out, const kk_finding *f, kk_str path)
{
    kk_buf_puts(out, "    <testcase");
    attribute(out, "classname", path);
    kk_buf_puts(out, " name=\"");
    kk_buf_xml(out, f->rule);
    kk_buf_puts(out, ": ");
    kk_buf_xml(out, f->place.label);
    kk_buf_puts(out, "\">\n");
    if (f->severity == KK_SEVERITY_INFO) {
        kk_buf_puts(out, "      <system-out>");
        kk_buf_xml(out, f->message);
        kk_buf_puts(out, "</system-out>\n");
    } else {
        kk_buf_puts(out, "      <failure");
        attribute(out, "type", kk_z(level_names[f->severity]));
        attribute(out, "message", f->message);
        kk_buf_putc(out, '>');
        put_details(out, f);
        kk_buf_puts(out, "</failure>\n");
    }
    kk_buf_puts(out, "    </testcase>\n");
}

static void document(kk_report *r, const kk_audit *audit, size_t doc)
{
    const kk_document_info *d = &audit->docs[doc];
    kk_buf *out = &r->body;
    size_t first;
    size_t last;
    kk_report_range(audit, doc, &first, &last);
    const size_t n = last - first;
    kk_buf_puts(out, "  <testsuite");
    attribute(out, "name", d->path);
    kk_buf_printf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"0\">\n", n == 0 ? 1 : n,
                  d->n_findings[KK_SEVERITY_ERROR] + d->n_findings[KK_SEVERITY_WARNING]);
    if (n == 0) {
        kk_buf_puts(out, "    <testcase");
        attribute(out, "classname", d->path);
        attribute(out, "name", kk_z(kk_msg_text(KK_MSG_NO_FINDINGS, r->lang)));
        kk_buf_puts(out, "/>\n");
    }
    for (size_t i = first; i < last; i++) {
        put_finding(out, &audit->findings[i], d->path);
    }
    kk_buf_puts(out, "  </testsuite>\n");
}

static void failure(kk_report *r, kk_str path, kk_str line)
{
    kk_buf *out = &r->body;
    kk_buf_puts(out, "  <testsuite");
    attribute(out, "name", path);
    kk_buf_puts(out, " tests=\"1\" failures=\"0\" errors=\"1\">\n    <testcase");
    attribute(out, "classname", path);
    attribute(out, "name", kk_z(kk_msg_text(KK_MSG_NOT_READ, r->lang)));
    kk_buf_puts(out, ">\n      <error");
    attribute(out, "message", line);
    kk_buf_puts(out, "/>\n    </testcase>\n  </testsuite>\n");
}

static void end(kk_report *r, kk_buf *out)
{
    kk_buf_puts(out,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"klimakrav\">\n");
    kk_buf_str(out, kk_buf_view(&r->body));
    kk_buf_puts(out, "</testsuites>\n");
}

const kk_report_ops kk_report_junit_ops = {begin, document, failure, end};
