/* The pre-publication screen: publish or not, why, what stands in the way, what to do next. It fits
 * one screen for an ordinary procurement; the rest is in the full report. */
#include "report.h"

#include "plaintext.h"

enum {
    WIDTH = 96,
    SHOWN_WARNINGS = 8,
    SHOWN_NOTES = 2,
    MAX_CLAUSES = 64,
    NAME = 44,
    CRITERION = 52,
    SHOWN_CRITERIA = 14
};

static void paint(const kk_report *r, kk_buf *out, const char *code)
{
    if (r->colour) {
        kk_buf_puts(out, code);
    }
}

static void blanks(kk_buf *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        kk_buf_putc(out, ' ');
    }
}

/* Last part of a path, where that tells files apart well enough on one screen. */
static kk_str base_name(kk_str path)
{
    size_t at = path.len;
    while (at > 0 && path.ptr[at - 1] != '/') {
        at--;
    }
    return kk_str_slice(path, at, path.len);
}

static void put_line(kk_report *r, const kk_finding *f, kk_str path)
{
    kk_buf *out = &r->levels[f->severity];
    kk_buf where;
    kk_buf_init(&where, 0);
    const size_t width = kk_plain_width(f->rule);
    kk_buf_puts(out, "  ");
    kk_plain(out, f->rule);
    blanks(out, width < 6 ? 6 - width : 1);
    kk_plain_wrap(out, f->message, width < 6 ? 8 : 3 + width, 8, WIDTH);
    kk_buf_puts(out, "\n        ");
    kk_buf_str(&where, base_name(path));
    kk_buf_puts(&where, ": ");
    kk_buf_str(&where, f->place.label);
    if (f->evidence.len > 0) {
        kk_buf_puts(&where, " – «");
        kk_plain_cut(&where, f->evidence, 70);
        kk_buf_puts(&where, "»");
    }
    paint(r, out, "\033[2m");
    kk_plain_wrap(out, kk_buf_view(&where), 8, 8, WIDTH);
    paint(r, out, "\033[0m");
    kk_buf_putc(out, '\n');
    kk_buf_dispose(&where);
}

static void begin(kk_report *r)
{
    (void)r;
}

static void put_step(kk_report *r, const kk_document_info *d, size_t n_clauses)
{
    kk_buf name;
    kk_buf *out = &r->extra;
    kk_buf_init(&name, 0);
    kk_report_out_name(&name, d->path);
    kk_buf_printf(out, "  %zu. ", ++r->n_steps);
    kk_say_count(out, KK_MSG_NEXT_INSERT_ONE, KK_MSG_NEXT_INSERT, r->lang, n_clauses);
    kk_buf_puts(out, ":\n     klimakrav insert ");
    kk_report_shell_word(out, d->path);
    kk_buf_puts(out, " -o ");
    kk_report_shell_word(out, kk_buf_view(&name));
    kk_buf_putc(out, '\n');
    kk_buf_dispose(&name);
}

static void document(kk_report *r, const kk_audit *audit, size_t doc)
{
    const kk_document_info *d = &audit->docs[doc];
    kk_str clauses[MAX_CLAUSES];
    size_t first;
    size_t last;
    kk_report_range(audit, doc, &first, &last);
    const kk_str name = base_name(d->path);
    const size_t width = kk_plain_width(name);
    kk_buf_puts(&r->body, "  ");
    kk_plain(&r->body, name);
    blanks(&r->body, width < NAME ? NAME - width : 1);
    kk_report_counts(&r->body, r->lang, d->n_findings);
    kk_buf_putc(&r->body, '\n');
    for (size_t i = first; i < last; i++) {
        const kk_finding *f = &audit->findings[i];
        const size_t most = f->severity == KK_SEVERITY_ERROR     ? SIZE_MAX
                            : f->severity == KK_SEVERITY_WARNING ? SHOWN_WARNINGS
                                                                 : SHOWN_NOTES;
        if (r->shown[f->severity] < most) {
            r->shown[f->severity]++;
            put_line(r, f, d->path);
        }
    }
    const size_t n = kk_report_clauses(audit, first, last, clauses, MAX_CLAUSES);
    if (n > 0) {
        put_step(r, d, n);
    }
}

static void failure(kk_report *r, kk_str path, kk_str line)
{
    kk_buf_puts(&r->body, "  ");
    kk_plain(&r->body, base_name(path));
    kk_buf_puts(&r->body, "\n        ");
    kk_plain_wrap(&r->body, line, 8, 8, WIDTH);
    kk_buf_putc(&r->body, '\n');
}

static void put_answer(kk_report *r, kk_buf *out)
{
    kk_buf why;
    kk_buf_init(&why, 0);
    const kk_msg answer = kk_report_answer(r);
    const bool good = answer == KK_MSG_GATE_YES;
    paint(r, out, good ? "\033[1;32m" : answer == KK_MSG_GATE_NO ? "\033[1;31m" : "\033[1;33m");
    kk_buf_puts(out, kk_msg_text(answer, r->lang));
    paint(r, out, "\033[0m");
    kk_report_answer_why(r, &why);
    if (why.len > 0) {
        kk_buf_puts(out, ", ");
        kk_buf_str(out, kk_buf_view(&why));
    }
    kk_buf_puts(out, "\n\n");
    kk_buf_dispose(&why);
    if (answer == KK_MSG_GATE_NONE) {
        kk_plain_wrap(out, kk_z(kk_msg_text(KK_MSG_GATE_NONE_WHY, r->lang)), 0, 0, WIDTH);
        kk_buf_puts(out, "\n\n");
    }
}

static void put_verdict(kk_report *r, kk_buf *out)
{
    if (r->verdict.size == 0) {
        return;
    }
    const kk_verdict_info *v = &r->verdict;
    kk_buf line;
    kk_buf_init(&line, 0);
    kk_buf_puts(&line, kk_msg_text(kk_report_verdict(v), r->lang));
    if (v->basis.len > 0) {
        kk_buf_puts(&line, " (");
        kk_buf_str(&line, v->basis);
        kk_buf_puts(&line, ")");
    }
    kk_buf_puts(&line, v->why.len > 0 ? ": " : ".");
    kk_buf_str(&line, v->why);
    kk_plain_wrap(out, kk_buf_view(&line), 0, 2, WIDTH);
    kk_buf_puts(out, "\n\n");
    kk_buf_dispose(&line);
}

/* Criteria with what counts: the sum is the figure of the verdict. */
static void put_weights(kk_report *r, kk_buf *out)
{
    const kk_gate *g = &r->screen;
    if (g->n_weights == 0) {
        return;
    }
    kk_buf_printf(out, "%s\n", kk_msg_text(KK_MSG_GATE_SUM, r->lang));
    for (size_t i = 0; i < g->n_weights && i < SHOWN_CRITERIA; i++) {
        const kk_gate_weight *w = &g->weights[i];
        const size_t indent = 2 + 2 * (size_t)w->depth;
        if (kk_gate_opens_lot(g, i) > 0) {
            kk_buf_printf(out, "  %s %zu\n", kk_msg_text(KK_MSG_NOTICE_LOT_WORD, r->lang),
                          kk_gate_opens_lot(g, i));
        }
        kk_buf line;
        kk_buf_init(&line, 0);
        blanks(out, indent);
        kk_plain_cut(&line, w->name, CRITERION - indent);
        kk_buf_str(out, kk_buf_view(&line));
        const size_t at = indent + kk_plain_width(kk_buf_view(&line));
        blanks(out, at < CRITERION + 2 ? CRITERION + 2 - at : 1);
        kk_report_weight(out, w, r->lang);
        if (w->counts || w->speaks) {
            kk_buf_puts(out, "  ");
            paint(r, out, w->counts ? "\033[32m" : "\033[33m");
            kk_buf_puts(out,
                        kk_msg_text(w->counts ? KK_MSG_GATE_COUNTS : KK_MSG_GATE_NOT, r->lang));
            paint(r, out, "\033[0m");
        }
        kk_buf_putc(out, '\n');
        kk_buf_dispose(&line);
    }
    if (g->n_weights > SHOWN_CRITERIA) {
        kk_buf_puts(out, "  ");
        kk_say_n(out, KK_MSG_AND_MORE, r->lang, g->n_weights - SHOWN_CRITERIA);
        kk_buf_putc(out, '\n');
    }
    kk_buf sum;
    kk_buf_init(&sum, 0);
    if (kk_report_sum(r, &sum)) {
        kk_buf_puts(out, "  = ");
        kk_buf_str(out, kk_buf_view(&sum));
        kk_buf_putc(out, '\n');
    }
    kk_buf_dispose(&sum);
    kk_buf_putc(out, '\n');
}

static void put_checklist(kk_report *r, kk_buf *out)
{
    static const char *const marks[] = {"\u2713", "!", "\u2717"};
    static const char *const colours[] = {"\033[32m", "\033[33m", "\033[31m"};
    kk_gate_item items[KK_GATE_ITEMS];
    const size_t n = kk_gate_items(&r->screen, r->bank, kk_z(r->date), r->lang, r->arena, items);
    if (!r->screen.tender || n == 0) {
        return;
    }
    kk_buf_printf(out, "%s\n", kk_msg_text(KK_MSG_GATE_LIST, r->lang));
    for (size_t i = 0; i < n; i++) {
        kk_buf_puts(out, "  ");
        paint(r, out, colours[items[i].state]);
        kk_buf_puts(out, marks[items[i].state]);
        paint(r, out, "\033[0m");
        kk_buf_puts(out, " ");
        kk_buf_str(out, items[i].text);
        if (items[i].rules.len > 0) {
            kk_buf_puts(out, " (");
            kk_buf_str(out, items[i].rules);
            kk_buf_puts(out, ")");
        }
        kk_buf_putc(out, '\n');
    }
    kk_buf_putc(out, '\n');
}

static void put_law(kk_report *r, kk_buf *out)
{
    if (!r->screen.tender || r->screen.n_law == 0) {
        return;
    }
    kk_buf_printf(out, "%s\n", kk_msg_text(KK_MSG_GATE_LAW, r->lang));
    for (size_t i = 0; i < r->screen.n_law; i++) {
        kk_buf_puts(out, "  ");
        kk_plain_wrap(out, r->screen.law[i], 2, 2, WIDTH);
        kk_buf_putc(out, '\n');
    }
    kk_buf_putc(out, '\n');
}

static void put_level(kk_report *r, kk_buf *out, kk_finding_level level)
{
    static const char *const colours[] = {"\033[36m", "\033[33m", "\033[31m"};
    if (r->n_findings[level] == 0) {
        return;
    }
    paint(r, out, colours[level]);
    kk_buf_printf(out, "%s (%zu)", kk_msg_text((kk_msg)(KK_MSG_LEVEL_INFO + level), r->lang),
                  r->n_findings[level]);
    paint(r, out, "\033[0m");
    kk_buf_putc(out, '\n');
    kk_buf_str(out, kk_buf_view(&r->levels[level]));
    if (r->shown[level] > 0 && r->shown[level] < r->n_findings[level]) {
        kk_buf_puts(out, "  ");
        kk_say_n(out, KK_MSG_AND_MORE, r->lang, r->n_findings[level] - r->shown[level]);
        kk_buf_putc(out, '\n');
    }
    kk_buf_putc(out, '\n');
}

static void end(kk_report *r, kk_buf *out)
{
    put_answer(r, out);
    if (r->screen.tender || !kk_report_ready(r)) {
        put_verdict(r, out);
    }
    put_weights(r, out);
    put_checklist(r, out);
    kk_buf_printf(out, "%s\n", kk_msg_text(KK_MSG_GATE_DOCUMENTS, r->lang));
    kk_buf_str(out, kk_buf_view(&r->body));
    kk_buf_putc(out, '\n');
    for (unsigned level = 3; level-- > 0;) {
        put_level(r, out, (kk_finding_level)level);
    }
    put_law(r, out);
    kk_buf_printf(out, "%s\n", kk_msg_text(KK_MSG_NEXT, r->lang));
    const size_t all = r->n_findings[0] + r->n_findings[1] + r->n_findings[2];
    if (all == 0 && r->n_failed == 0 && r->screen.tender) {
        kk_buf_printf(out, "  %s\n", kk_msg_text(KK_MSG_NEXT_PUBLISH, r->lang));
    } else {
        kk_buf_str(out, kk_buf_view(&r->extra));
        kk_buf_printf(out, "  %zu. %s: klimakrav audit --as-procurement …\n", r->n_steps + 1,
                      kk_msg_text(KK_MSG_NEXT_DETAILS, r->lang));
    }
    kk_buf_putc(out, '\n');
    kk_say(out, KK_MSG_DATE_BANK, r->lang, kk_z(r->date), kk_z(r->bank->version));
    if (kk_bank_has_drafts(r->bank, kk_z(r->date))) {
        kk_buf_printf(out, "\n%s", kk_msg_text(KK_MSG_DRAFT, r->lang));
    }
    kk_buf_putc(out, '\n');
}

const kk_report_ops kk_report_gate_ops = {begin, document, failure, end};
