/* The part of the reports that shows what is held back, and who decided it. A decision is never
 * hidden, it only does not count. */
#include "report.h"

#include "plaintext.h"

void kk_report_held_why(kk_buf *out, kk_lang lang, const kk_held_info *held)
{
    if (held->by == KK_HELD_BASELINE) {
        kk_buf_puts(out, kk_msg_text(KK_MSG_HELD_BASELINE, lang));
        return;
    }
    kk_say(out, KK_MSG_HELD_DECIDED, lang, held->decided_by, held->until);
    kk_buf_puts(out, ": ");
    kk_buf_str(out, held->reason);
}

static size_t count(const kk_audit *audit, size_t doc)
{
    size_t n = 0;
    for (size_t i = 0; i < audit->held.n; i++) {
        n += audit->held.items[i].finding.document == doc ? 1 : 0;
    }
    return n;
}

void kk_report_held_text(kk_report *r, const kk_audit *audit, size_t doc)
{
    enum { INDENT = 7, WIDTH = 96 };
    const size_t n = count(audit, doc);
    if (n == 0) {
        return;
    }
    kk_buf_printf(&r->body, "%s (%zu)\n", kk_msg_text(KK_MSG_HELD, r->lang), n);
    for (size_t i = 0; i < audit->held.n; i++) {
        const kk_held *h = &audit->held.items[i];
        kk_buf why;
        if (h->finding.document != doc) {
            continue;
        }
        kk_buf_init(&why, 0);
        kk_buf_puts(&r->body, "  ");
        kk_plain(&r->body, h->finding.rule);
        const size_t used = 2 + kk_plain_width(h->finding.rule);
        kk_buf_puts(&r->body, &"     "[used < INDENT ? 5 - (INDENT - used) : 4]);
        kk_plain_wrap(&r->body, h->finding.message, used < INDENT ? INDENT : used + 1, INDENT,
                      WIDTH);
        kk_report_held_why(&why, r->lang, &h->info);
        kk_buf_puts(&r->body, "\n       ");
        kk_plain_wrap(&r->body, kk_buf_view(&why), INDENT, INDENT, WIDTH);
        kk_buf_putc(&r->body, '\n');
        kk_buf_dispose(&why);
    }
    kk_buf_putc(&r->body, '\n');
}

void kk_report_held_html(kk_report *r, const kk_audit *audit, size_t doc)
{
    const size_t n = count(audit, doc);
    if (n == 0) {
        return;
    }
    kk_buf_printf(&r->body, "<h3>%s (%zu)</h3>\n<ul>\n", kk_msg_text(KK_MSG_HELD, r->lang), n);
    for (size_t i = 0; i < audit->held.n; i++) {
        const kk_held *h = &audit->held.items[i];
        kk_buf why;
        if (h->finding.document != doc) {
            continue;
        }
        kk_buf_init(&why, 0);
        kk_report_held_why(&why, r->lang, &h->info);
        kk_buf_puts(&r->body, "<li><strong>");
        kk_buf_xml(&r->body, h->finding.rule);
        kk_buf_puts(&r->body, "</strong> ");
        kk_buf_xml(&r->body, h->finding.message);
        kk_buf_puts(&r->body, " – ");
        kk_buf_xml(&r->body, kk_buf_view(&why));
        kk_buf_puts(&r->body, "</li>\n");
        kk_buf_dispose(&why);
    }
    kk_buf_puts(&r->body, "</ul>\n");
}

void kk_report_held_json(kk_jsonout *json, const kk_audit *audit, size_t doc)
{
    static const char *const levels[] = {"info", "warning", "error"};
    if (count(audit, doc) == 0) {
        return;
    }
    kk_json_key(json, "held");
    kk_json_open(json, '[');
    for (size_t i = 0; i < audit->held.n; i++) {
        const kk_finding *f = &audit->held.items[i].finding;
        const kk_held_info *h = &audit->held.items[i].info;
        if (f->document != doc) {
            continue;
        }
        kk_json_open(json, '{');
        kk_json_puts(json, "by", h->by == KK_HELD_BASELINE ? "baseline" : "suppression");
        kk_json_put(json, "rule", f->rule);
        kk_json_puts(json, "level", levels[f->severity]);
        kk_json_put(json, "message", f->message);
        kk_json_put(json, "fingerprint", f->fingerprint);
        if (h->by == KK_HELD_SUPPRESSED) {
            kk_json_put(json, "suppression", h->suppression);
            kk_json_put(json, "reason", h->reason);
            kk_json_put(json, "decidedBy", h->decided_by);
            kk_json_put(json, "until", h->until);
        }
        kk_json_close(json);
    }
    kk_json_close(json);
}
