/* The report as one page: summary, then every document with verdict and findings. No script;
 * details open by the browser's own means. */
#include "report.h"

#include "html.h"

enum { MAX_CLAUSES = 64 };

static const char *const level_classes[] = {"info", "warning", "error"};

static const char css[] =
    ".tiles{display:flex;flex-wrap:wrap;gap:.7rem;padding:0;margin:1rem 0;list-style:none}"
    ".tiles li{border:1px solid var(--line);border-radius:.5rem;padding:.5rem .9rem;min-width:8rem}"
    ".tiles b{display:block;font-size:1.5rem;line-height:1.2}"
    ".answer{border-radius:.6rem;padding:.8rem 1.1rem;margin:.8rem 0;font-size:1.35rem;"
    "font-weight:700;line-height:1.3}.answer small{display:block;font-size:1rem;font-weight:400}"
    ".gate{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:0 2rem}"
    ".gate h2{font-size:1.1rem;margin:1rem 0 .4rem}.gate ul{list-style:none;margin:0;padding:0}"
    ".gate li{padding:.15rem 0}.gate td,.gate th{padding:.2rem .5rem .2rem 0;background:none}"
    ".mark{display:inline-block;width:1.5rem;text-align:center;border-radius:.3rem;"
    "margin-right:.5rem;font-weight:700;text-indent:0}.in1{padding-left:1.2rem!important}"
    ".gate td+td{white-space:nowrap}.gate td.n{width:4.5rem}"
    ".gate li{padding-left:2rem;text-indent:-2rem}"
    ".in2{padding-left:2.4rem!important}"
    ".verdict{border-left:.3rem solid var(--line);padding:.4rem .8rem;margin:.6rem 0}"
    ".verdict.good{border-color:var(--good)}.verdict.error{border-color:var(--bad)}"
    ".verdict.info,.verdict.warning{border-color:var(--warn)}.verdict p{color:var(--ink)}"
    "q{quotes:'«' '»';background:#fff6bf}code{font-size:.92em;overflow-wrap:anywhere}";

static const char *say(const kk_report *r, kk_msg id)
{
    return kk_msg_text(id, r->lang);
}

static const char *verdict_class(const kk_verdict_info *v)
{
    return v->satisfied == 1 ? "good" : v->satisfied == 0 ? "error" : "info";
}

void kk_report_verdict_html(const kk_report *r, kk_buf *out, const kk_verdict_info *v)
{
    kk_buf_printf(out, "<div class=\"verdict %s\"><strong>%s</strong>", verdict_class(v),
                  say(r, kk_report_verdict(v)));
    if (v->basis.len > 0) {
        kk_buf_puts(out, " (");
        kk_buf_xml(out, v->basis);
        kk_buf_puts(out, ")");
    }
    kk_buf_puts(out, "<p>");
    kk_buf_xml(out, v->why);
    if (v->satisfied >= 0 || v->weight >= 0) {
        kk_buf_printf(out, " <span class=\"tag info\">%s</span>", say(r, kk_report_route(v)));
    }
    kk_buf_puts(out, "</p></div>\n");
}

static void put_help(kk_buf *out, const kk_report *r, kk_str help)
{
    if (!kk_str_starts(help, KK_STR("https://")) && !kk_str_starts(help, KK_STR("http://"))) {
        return;
    }
    kk_html_dd(out, say(r, KK_MSG_HELP));
    kk_buf_puts(out, "<a rel=\"noreferrer\" href=\"");
    kk_buf_xml(out, help);
    kk_buf_puts(out, "\">");
    kk_buf_xml(out, help);
    kk_buf_puts(out, "</a>");
    kk_html_dd_end(out);
}

/* The clause as it would be inserted, in the document's language form. */
static void put_remedy(kk_report *r, const kk_finding *f, const kk_document_info *d)
{
    kk_buf *out = &r->body;
    kk_clause_card card;
    kk_blocks blocks;
    kk_arena *arena = kk_arena_new();
    const kk_lang lang = kk_str_is(kk_z(d->language), "nn") ? KK_LANG_NN : KK_LANG_NB;
    if (arena == NULL || kk_rules_clause(r->bank->rules, f->remedy, KK_STR(""), lang, kk_z(r->date),
                                         NULL, 0, arena, &blocks, NULL) != KK_OK) {
        kk_arena_free(arena);
        return;
    }
    const bool known = kk_bank_card(r->bank, f->remedy, kk_z(r->date), false, r->lang, &card);
    kk_html_dd(out, say(r, KK_MSG_DO));
    kk_buf_puts(out, "<details><summary>");
    kk_buf_xml(out, f->remedy);
    kk_buf_puts(out, " «");
    kk_buf_xml(out, f->remedy_title);
    kk_buf_puts(out, "»");
    if (known && !card.reviewed) {
        kk_buf_printf(out, " <span class=\"tag warning\">%s</span>", say(r, KK_MSG_DRAFT_SHORT));
    }
    kk_buf_puts(out, "</summary>\n");
    kk_html_blocks(out, &blocks);
    kk_buf_puts(out, "</details>");
    kk_html_dd_end(out);
    kk_arena_free(arena);
}

static void put_finding(kk_report *r, const kk_finding *f, const kk_document_info *d)
{
    kk_buf *out = &r->body;
    kk_buf_printf(out, "<article class=\"card\"><h4><span class=\"tag %s\">",
                  level_classes[f->severity]);
    kk_buf_xml(out, f->rule);
    kk_buf_puts(out, "</span> ");
    kk_buf_xml(out, f->message);
    kk_buf_puts(out, "</h4>\n<dl>");
    kk_html_dd(out, say(r, KK_MSG_PLACE));
    kk_buf_xml(out, f->place.label);
    kk_html_dd_end(out);
    if (f->evidence.len > 0) {
        kk_html_dd(out, say(r, KK_MSG_FOUND));
        kk_buf_puts(out, "<bdi><q>");
        kk_buf_xml(out, f->evidence);
        kk_buf_puts(out, "</q></bdi>");
        kk_html_dd_end(out);
    }
    if (f->why.len > 0) {
        kk_html_dd(out, say(r, KK_MSG_WHY));
        kk_buf_xml(out, f->why);
        kk_html_dd_end(out);
    }
    if (f->n_basis > 0) {
        kk_html_dd(out, say(r, KK_MSG_BASIS));
        for (size_t i = 0; i < f->n_basis; i++) {
            kk_buf_puts(out, i > 0 ? "; " : "");
            kk_buf_xml(out, f->basis[i]);
        }
        kk_html_dd_end(out);
    }
    if (f->insertable) {
        put_remedy(r, f, d);
    }
    put_help(out, r, f->help);
    kk_buf_puts(out, "</dl></article>\n");
}

static void put_about(kk_report *r, const kk_document_info *d)
{
    kk_buf *out = &r->body;
    kk_buf_puts(out, "<dl>");
    kk_html_dd(out, say(r, KK_MSG_CATEGORIES));
    if (d->n_categories == 0) {
        kk_buf_puts(out, say(r, KK_MSG_CATEGORY_UNKNOWN));
    }
    for (size_t i = 0; i < d->n_categories; i++) {
        kk_buf_puts(out, i > 0 ? ", " : "");
        kk_buf_xml(out, d->categories[i].name);
    }
    kk_html_dd_end(out);
    kk_html_dd(out, say(r, KK_MSG_LANGUAGE));
    kk_buf_puts(out, say(r, kk_report_language(d->language)));
    kk_html_dd_end(out);
    if (d->n_managed > 0) {
        kk_html_dd(out, say(r, KK_MSG_MANAGED));
        for (size_t i = 0; i < d->n_managed; i++) {
            kk_buf_puts(out, i > 0 ? ", " : "");
            kk_buf_xml(out, d->managed[i].clause);
        }
        kk_html_dd_end(out);
    }
    kk_buf_puts(out, "</dl>\n");
    if ((d->facts & KK_FACT_UNREAD) != 0) {
        kk_buf_printf(out, "<p class=\"notice\">%s</p>\n", say(r, KK_MSG_UNREAD));
    }
}

static void put_next(kk_report *r, const kk_audit *audit, size_t doc, size_t first, size_t last)
{
    kk_str clauses[MAX_CLAUSES];
    const size_t n = kk_report_clauses(audit, first, last, clauses, MAX_CLAUSES);
    if (n == 0) {
        return;
    }
    kk_buf command;
    kk_buf name;
    kk_buf_init(&command, 0);
    kk_buf_init(&name, 0);
    kk_report_out_name(&name, audit->docs[doc].path);
    kk_report_shell_word(&command, audit->docs[doc].path);
    kk_buf_puts(&command, " -o ");
    kk_report_shell_word(&command, kk_buf_view(&name));
    kk_buf_puts(&r->body, "<p>");
    kk_say_count(&r->body, KK_MSG_NEXT_INSERT_ONE, KK_MSG_NEXT_INSERT, r->lang, n);
    kk_buf_puts(&r->body, ": <code>klimakrav insert ");
    kk_buf_xml(&r->body, kk_buf_view(&command));
    kk_buf_puts(&r->body, "</code></p>\n");
    kk_buf_dispose(&command);
    kk_buf_dispose(&name);
}

static void put_summary_row(kk_report *r, const kk_document_info *d)
{
    kk_buf *out = &r->extra;
    kk_buf_printf(out, "<tr><th scope=\"row\"><a href=\"#d%zu\">", r->n_documents);
    kk_buf_xml(out, d->path);
    kk_buf_printf(out, "</a></th><td><span class=\"tag %s\">%s</span></td>",
                  verdict_class(&d->verdict), say(r, kk_report_verdict_short(&d->verdict)));
    for (unsigned level = 3; level-- > 0;) {
        kk_buf_printf(out, "<td class=\"n\">%zu</td>", d->n_findings[level]);
    }
    kk_buf_puts(out, "</tr>\n");
}

static void begin(kk_report *r)
{
    (void)r;
}

static void document(kk_report *r, const kk_audit *audit, size_t doc)
{
    const kk_document_info *d = &audit->docs[doc];
    kk_buf *out = &r->body;
    size_t first;
    size_t last;
    kk_report_range(audit, doc, &first, &last);
    put_summary_row(r, d);
    kk_buf_printf(out, "<section aria-labelledby=\"d%zu\"><h2 id=\"d%zu\">", r->n_documents,
                  r->n_documents);
    kk_buf_xml(out, d->path);
    kk_buf_puts(out, "</h2>\n");
    if (!r->gate) {
        kk_report_verdict_html(r, out, &d->verdict);
    }
    put_about(r, d);
    kk_report_sections_html(r, d);
    if (first == last) {
        kk_buf_printf(out, "<p>%s</p>\n", say(r, KK_MSG_NO_FINDINGS));
    }
    for (unsigned level = 3; level-- > 0;) {
        if (d->n_findings[level] == 0) {
            continue;
        }
        kk_buf_printf(out, "<h3>%s (%zu)</h3>\n", say(r, (kk_msg)(KK_MSG_LEVEL_INFO + level)),
                      d->n_findings[level]);
        for (size_t i = first; i < last; i++) {
            if (audit->findings[i].severity == (kk_finding_level)level) {
                put_finding(r, &audit->findings[i], d);
            }
        }
    }
    kk_report_held_html(r, audit, doc);
    put_next(r, audit, doc, first, last);
    kk_buf_puts(out, "</section>\n");
}

static void failure(kk_report *r, kk_str path, kk_str line)
{
    kk_buf *out = &r->extra;
    kk_buf_puts(out, "<tr><th scope=\"row\">");
    kk_buf_xml(out, path);
    kk_buf_printf(out, "</th><td colspan=\"4\"><span class=\"tag error\">%s</span> ",
                  say(r, KK_MSG_NOT_READ));
    kk_buf_xml(out, line);
    kk_buf_puts(out, "</td></tr>\n");
}

static void put_tile(kk_buf *out, size_t n, const char *label)
{
    kk_buf_printf(out, "<li><b>%zu</b>%s</li>", n, label);
}

static void put_summary(kk_report *r, kk_buf *out)
{
    kk_buf_printf(out, "<h2>%s</h2>\n", say(r, KK_MSG_SUMMARY));
    if (r->procurement && r->verdict.size > 0 && !r->gate) {
        kk_report_verdict_html(r, out, &r->verdict);
    }
    kk_buf_puts(out, "<ul class=\"tiles\">");
    put_tile(out, r->n_documents, say(r, KK_MSG_DOCUMENTS));
    put_tile(out, r->n_satisfied, say(r, KK_MSG_SATISFY));
    for (unsigned level = 3; level-- > 0;) {
        put_tile(out, r->n_findings[level], say(r, (kk_msg)(KK_MSG_LEVEL_INFO + level)));
    }
    kk_buf_puts(out, "</ul>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    kk_buf_printf(out,
                  "%s\"><table><thead><tr><th scope=\"col\">%s</th><th scope=\"col\">§ 7-9</th>",
                  say(r, KK_MSG_SUMMARY), say(r, KK_MSG_DOCUMENT));
    for (unsigned level = 3; level-- > 0;) {
        kk_buf_printf(out, "<th scope=\"col\" class=\"n\">%s</th>",
                      say(r, (kk_msg)(KK_MSG_LEVEL_INFO + level)));
    }
    kk_buf_puts(out, "</tr></thead><tbody>\n");
    kk_buf_str(out, kk_buf_view(&r->extra));
    kk_buf_puts(out, "</tbody></table></div>\n");
}

static void end(kk_report *r, kk_buf *out)
{
    kk_html_begin(out, r->lang, say(r, KK_MSG_TITLE), css, NULL);
    kk_buf_printf(out, "<a class=\"skip\" href=\"#main\">%s</a>\n<header><h1>%s</h1>\n<p>",
                  say(r, KK_MSG_FINDINGS), say(r, KK_MSG_TITLE));
    kk_say(out, KK_MSG_DATE_BANK, r->lang, kk_z(r->date), kk_z(r->bank->version));
    kk_buf_puts(out, "</p>\n");
    if (kk_bank_has_drafts(r->bank, kk_z(r->date))) {
        kk_buf_printf(out, "<p class=\"notice\">%s</p>\n", say(r, KK_MSG_DRAFT));
    }
    kk_buf_puts(out, "</header>\n<main id=\"main\">\n");
    if (r->gate) {
        kk_report_gate_html(r, out);
    }
    put_summary(r, out);
    kk_buf_str(out, kk_buf_view(&r->body));
    kk_buf_printf(out, "</main>\n<footer><p>%s</p><p>klimakrav %s</p></footer>\n",
                  say(r, KK_MSG_TOOL_ONLY), kk_version());
    kk_html_end(out);
}

const kk_report_ops kk_report_html_ops = {begin, document, failure, end};
