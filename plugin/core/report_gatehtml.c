/* The pre-publication screen at the top of the HTML report: understood before anything else is
 * read. */
#include "report.h"

#include "html.h"

static const char *const classes[] = {"good", "warning", "error"};
static const char *const marks[] = {"\u2713", "!", "\u2717"};

static const char *say(const kk_report *r, kk_msg id)
{
    return kk_msg_text(id, r->lang);
}

static void put_answer(kk_report *r, kk_buf *out)
{
    kk_buf why;
    kk_buf_init(&why, 0);
    const kk_msg answer = kk_report_answer(r);
    const kk_gate_state state = answer == KK_MSG_GATE_NO    ? KK_GATE_BAD
                                : answer == KK_MSG_GATE_YES ? KK_GATE_OK
                                                            : KK_GATE_LOOK;
    kk_buf_printf(out, "<div class=\"answer %s\">%s", classes[state], say(r, answer));
    kk_report_answer_why(r, &why);
    if (why.len > 0) {
        kk_buf_puts(out, "<small>");
        kk_buf_xml(out, kk_buf_view(&why));
        kk_buf_puts(out, "</small>");
    }
    if (answer == KK_MSG_GATE_NONE) {
        kk_buf_printf(out, "<small>%s</small>", say(r, KK_MSG_GATE_NONE_WHY));
    }
    kk_buf_puts(out, "</div>\n");
    kk_buf_dispose(&why);
}

static void put_weights(kk_report *r, kk_buf *out)
{
    const kk_gate *g = &r->screen;
    kk_buf_printf(out, "<section><h2>%s</h2>\n<table><tbody>\n", say(r, KK_MSG_GATE_SUM));
    for (size_t i = 0; i < g->n_weights; i++) {
        const kk_gate_weight *w = &g->weights[i];
        if (kk_gate_opens_lot(g, i) > 0) {
            kk_buf_printf(out, "<tr><th scope=\"rowgroup\" colspan=\"3\">%s %zu</th></tr>\n",
                          say(r, KK_MSG_NOTICE_LOT_WORD), kk_gate_opens_lot(g, i));
        }
        kk_buf_printf(out, "<tr><td class=\"in%u\">", w->depth > 2 ? 2U : (unsigned)w->depth);
        kk_buf_xml(out, w->name);
        kk_buf_puts(out, "</td><td class=\"n\">");
        kk_report_weight(out, w, r->lang);
        kk_buf_puts(out, "</td><td>");
        if (w->counts || w->speaks) {
            kk_buf_printf(out, "<span class=\"tag %s\">%s</span>", w->counts ? "good" : "warning",
                          say(r, w->counts ? KK_MSG_GATE_COUNTS : KK_MSG_GATE_NOT));
        }
        kk_buf_puts(out, "</td></tr>\n");
    }
    kk_buf_puts(out, "</tbody></table>\n<p><strong>");
    (void)kk_report_sum(r, out);
    kk_buf_puts(out, "</strong></p></section>\n");
}

static void put_checklist(kk_report *r, kk_buf *out)
{
    kk_gate_item items[KK_GATE_ITEMS];
    const size_t n = kk_gate_items(&r->screen, r->bank, kk_z(r->date), r->lang, r->arena, items);
    kk_buf_printf(out, "<section><h2>%s</h2>\n<ul>\n", say(r, KK_MSG_GATE_LIST));
    for (size_t i = 0; i < n; i++) {
        kk_buf_printf(out, "<li><span class=\"mark %s\">%s</span>%s", classes[items[i].state],
                      marks[items[i].state], items[i].text.ptr);
        if (items[i].rules.len > 0) {
            kk_buf_puts(out, " (");
            kk_buf_xml(out, items[i].rules);
            kk_buf_puts(out, ")");
        }
        kk_buf_puts(out, "</li>\n");
    }
    kk_buf_puts(out, "</ul></section>\n");
}

static void put_law(kk_report *r, kk_buf *out)
{
    kk_buf_printf(out, "<details><summary>%s</summary>\n<ul>", say(r, KK_MSG_GATE_LAW));
    for (size_t i = 0; i < r->screen.n_law; i++) {
        kk_buf_puts(out, "<li>");
        kk_buf_xml(out, r->screen.law[i]);
        kk_buf_puts(out, "</li>");
    }
    kk_buf_puts(out, "</ul></details>\n");
}

void kk_report_gate_html(kk_report *r, kk_buf *out)
{
    const kk_gate *g = &r->screen;
    put_answer(r, out);
    if (r->verdict.size > 0 && (g->tender || !kk_report_ready(r))) {
        kk_report_verdict_html(r, out, &r->verdict);
    }
    kk_buf_puts(out, "<div class=\"gate\">\n");
    if (g->n_weights > 0) {
        put_weights(r, out);
    }
    if (g->tender) {
        put_checklist(r, out);
    }
    kk_buf_puts(out, "</div>\n");
    if (g->tender && g->n_law > 0) {
        put_law(r, out);
    }
}

void kk_report_sections_html(kk_report *r, const kk_document_info *d)
{
    kk_buf *out = &r->body;
    bool differs = false;
    for (size_t i = 0; i < d->n_sections; i++) {
        const char *l = d->sections[i].language;
        differs = differs || (!kk_str_is(kk_z(l), "uncertain") && !kk_str_is(kk_z(l), d->language));
    }
    if (!differs) {
        return;
    }
    kk_buf_printf(out, "<details><summary>%s</summary>\n<ul>", say(r, KK_MSG_LANG_CHAPTERS));
    for (size_t i = 0; i < d->n_sections; i++) {
        const kk_section_info *s = &d->sections[i];
        kk_buf_puts(out, "<li>");
        kk_buf_xml(out, s->heading.len > 0 ? s->heading : KK_STR("\u2013"));
        kk_buf_printf(out, ": %s", say(r, kk_report_language(s->language)));
        kk_buf_puts(out, "</li>");
    }
    kk_buf_puts(out, "</ul></details>\n");
}
