/* The report for a terminal: one header per document, findings by severity, calm and wrapped. */
#include "report.h"

#include "plaintext.h"

enum { WIDTH = 96, LABEL = 7, VALUE = 17, MAX_CLAUSES = 64 };

static const char *const level_colours[] = {"\033[36m", "\033[33m", "\033[31m"};

static void style(kk_report *r, const char *code)
{
    if (r->colour) {
        kk_buf_puts(&r->body, code);
    }
}

static void blanks(kk_buf *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        kk_buf_putc(out, ' ');
    }
}

/* "       Sted      5 Tildelingskriterier": label, then the value wrapped under itself. */
static void field(kk_report *r, kk_msg label, kk_str value)
{
    const kk_str name = kk_z(kk_msg_text(label, r->lang));
    blanks(&r->body, LABEL);
    style(r, "\033[2m");
    kk_buf_str(&r->body, name);
    style(r, "\033[0m");
    const size_t used = LABEL + kk_plain_width(name);
    size_t column = VALUE;
    if (used + 1 <= VALUE) {
        blanks(&r->body, VALUE - used);
    } else {
        kk_buf_putc(&r->body, ' ');
        column = used + 1;
    }
    kk_plain_wrap(&r->body, value, column, VALUE, WIDTH);
    kk_buf_putc(&r->body, '\n');
}

/* Joins the bases with semicolons. */
static void put_basis(kk_buf *out, const kk_finding *f)
{
    for (size_t i = 0; i < f->n_basis; i++) {
        kk_buf_puts(out, i > 0 ? "; " : "");
        kk_buf_str(out, f->basis[i]);
    }
}

static void put_finding(kk_report *r, const kk_finding *f)
{
    kk_buf tmp;
    kk_buf_init(&tmp, 0);
    kk_buf_puts(&r->body, "  ");
    style(r, level_colours[f->severity]);
    kk_plain(&r->body, f->rule);
    style(r, "\033[0m");
    const size_t used = 2 + kk_plain_width(f->rule);
    blanks(&r->body, used < LABEL ? LABEL - used : 1);
    style(r, "\033[1m");
    kk_plain_wrap(&r->body, f->message, used < LABEL ? LABEL : used + 1, LABEL, WIDTH);
    style(r, "\033[0m");
    kk_buf_putc(&r->body, '\n');

    field(r, KK_MSG_PLACE, f->place.label);
    if (f->evidence.len > 0) {
        kk_buf_puts(&tmp, "«");
        kk_plain_cut(&tmp, f->evidence, 100);
        kk_buf_puts(&tmp, "»");
        field(r, KK_MSG_FOUND, kk_buf_view(&tmp));
        kk_buf_clear(&tmp);
    }
    if (f->why.len > 0) {
        field(r, KK_MSG_WHY, f->why);
    }
    if (f->n_basis > 0) {
        put_basis(&tmp, f);
        field(r, KK_MSG_BASIS, kk_buf_view(&tmp));
        kk_buf_clear(&tmp);
    }
    if (f->insertable) {
        kk_say(&tmp, KK_MSG_DO_INSERT, r->lang, f->remedy, f->remedy_title);
        field(r, KK_MSG_DO, kk_buf_view(&tmp));
    }
    kk_buf_dispose(&tmp);
    kk_buf_putc(&r->body, '\n');
}

static void put_level(kk_report *r, const kk_audit *audit, size_t doc, kk_finding_level level)
{
    size_t begin;
    size_t end;
    const size_t n = audit->docs[doc].n_findings[level];
    if (n == 0) {
        return;
    }
    kk_report_range(audit, doc, &begin, &end);
    style(r, level_colours[level]);
    style(r, "\033[1m");
    kk_buf_puts(&r->body, kk_msg_text((kk_msg)(KK_MSG_LEVEL_INFO + level), r->lang));
    kk_buf_printf(&r->body, " (%zu)", n);
    style(r, "\033[0m");
    kk_buf_putc(&r->body, '\n');
    for (size_t i = begin; i < end; i++) {
        if (audit->findings[i].severity == level) {
            put_finding(r, &audit->findings[i]);
        }
    }
}

/* "  bokmål · persontransport, kjøretøy" */
static void put_about(kk_report *r, const kk_document_info *d)
{
    kk_buf tmp;
    kk_buf_init(&tmp, 0);
    kk_buf_puts(&tmp, kk_msg_text(kk_report_language(d->language), r->lang));
    kk_buf_puts(&tmp, " · ");
    if (d->n_categories == 0) {
        kk_buf_puts(&tmp, kk_msg_text(KK_MSG_CATEGORY_UNKNOWN, r->lang));
    }
    for (size_t i = 0; i < d->n_categories; i++) {
        kk_buf_puts(&tmp, i > 0 ? ", " : "");
        kk_buf_str(&tmp, d->categories[i].name);
    }
    kk_buf_puts(&r->body, "  ");
    kk_plain_wrap(&r->body, kk_buf_view(&tmp), 2, 2, WIDTH);
    kk_buf_putc(&r->body, '\n');
    kk_buf_dispose(&tmp);
}

/* "  Klimakravet i § 7-9 er ikke oppfylt (FOA § 7-9 (2)): 20 % ..." */
static void put_verdict(kk_report *r, const kk_verdict_info *v)
{
    kk_buf tmp;
    kk_buf_init(&tmp, 0);
    kk_buf_puts(&r->body, "  ");
    style(r, v->satisfied == 1 ? "\033[32m" : v->satisfied == 0 ? "\033[31m" : "\033[33m");
    const kk_str words = kk_z(kk_msg_text(kk_report_verdict(v), r->lang));
    kk_buf_str(&r->body, words);
    style(r, "\033[0m");
    if (v->basis.len > 0) {
        kk_buf_puts(&tmp, "(");
        kk_buf_str(&tmp, v->basis);
        kk_buf_puts(&tmp, ")");
    }
    kk_buf_puts(&tmp, v->why.len > 0 ? ": " : ".");
    kk_buf_str(&tmp, v->why);
    kk_buf_puts(&r->body, v->basis.len > 0 ? " " : "");
    kk_plain_wrap(&r->body, kk_buf_view(&tmp), 3 + kk_plain_width(words), 2, WIDTH);
    kk_buf_putc(&r->body, '\n');
    kk_buf_dispose(&tmp);
}

static void put_managed(kk_report *r, const kk_document_info *d)
{
    if (d->n_managed == 0) {
        return;
    }
    kk_buf_printf(&r->body, "  %s: ", kk_msg_text(KK_MSG_MANAGED, r->lang));
    for (size_t i = 0; i < d->n_managed; i++) {
        const kk_managed_info *m = &d->managed[i];
        kk_buf_puts(&r->body, i > 0 ? ", " : "");
        kk_plain(&r->body, m->clause);
        if (kk_str_is(kk_z(m->state), "outdated")) {
            kk_buf_printf(&r->body, " (%s)", kk_msg_text(KK_MSG_STATE_OUTDATED, r->lang));
        } else if (kk_str_is(kk_z(m->state), "edited")) {
            kk_buf_printf(&r->body, " (%s)", kk_msg_text(KK_MSG_STATE_EDITED, r->lang));
        } else if (kk_str_is(kk_z(m->state), "untagged")) {
            kk_buf_printf(&r->body, " (%s)", kk_msg_text(KK_MSG_STATE_UNTAGGED, r->lang));
        } else if (m->pending) {
            kk_buf_printf(&r->body, " (%s)", kk_msg_text(KK_MSG_STATE_PENDING, r->lang));
        }
    }
    kk_buf_putc(&r->body, '\n');
}

static void put_next(kk_report *r, const kk_audit *audit, size_t doc)
{
    kk_str clauses[MAX_CLAUSES];
    size_t begin;
    size_t end;
    kk_report_range(audit, doc, &begin, &end);
    const size_t n = kk_report_clauses(audit, begin, end, clauses, MAX_CLAUSES);
    if (n == 0) {
        return;
    }
    kk_buf name;
    kk_buf_init(&name, 0);
    kk_report_out_name(&name, audit->docs[doc].path);
    kk_say_count(&r->body, KK_MSG_NEXT_INSERT_ONE, KK_MSG_NEXT_INSERT, r->lang, n);
    kk_buf_puts(&r->body, ":\n  klimakrav insert ");
    kk_report_shell_word(&r->body, audit->docs[doc].path);
    kk_buf_puts(&r->body, " -o ");
    kk_report_shell_word(&r->body, kk_buf_view(&name));
    kk_buf_puts(&r->body, "\n\n");
    kk_buf_dispose(&name);
}

static void begin(kk_report *r)
{
    (void)r;
}

static void document(kk_report *r, const kk_audit *audit, size_t doc)
{
    const kk_document_info *d = &audit->docs[doc];
    style(r, "\033[1m");
    kk_plain(&r->body, d->path);
    style(r, "\033[0m");
    kk_buf_putc(&r->body, '\n');
    put_about(r, d);
    put_verdict(r, &d->verdict);
    put_managed(r, d);
    if ((d->facts & KK_FACT_UNREAD) != 0) {
        kk_buf_printf(&r->body, "  %s\n", kk_msg_text(KK_MSG_UNREAD, r->lang));
    }
    kk_buf_puts(&r->body, "  ");
    kk_report_counts(&r->body, r->lang, d->n_findings);
    kk_buf_puts(&r->body, "\n\n");
    for (unsigned level = 3; level-- > 0;) {
        put_level(r, audit, doc, (kk_finding_level)level);
    }
    kk_report_held_text(r, audit, doc);
    put_next(r, audit, doc);
}

static void failure(kk_report *r, kk_str path, kk_str line)
{
    style(r, "\033[1m");
    kk_plain(&r->body, path);
    style(r, "\033[0m");
    kk_buf_puts(&r->body, "\n  ");
    kk_plain_wrap(&r->body, line, 2, 2, WIDTH);
    kk_buf_puts(&r->body, "\n\n");
}

static void end(kk_report *r, kk_buf *out)
{
    if (r->procurement && r->verdict.size > 0) {
        style(r, "\033[1m");
        kk_buf_puts(&r->body, kk_msg_text(KK_MSG_VERDICT_OF_SET, r->lang));
        style(r, "\033[0m");
        kk_buf_putc(&r->body, '\n');
        put_verdict(r, &r->verdict);
        kk_buf_putc(&r->body, '\n');
    }
    kk_say_count(&r->body, KK_MSG_N_DOCUMENTS_ONE, KK_MSG_N_DOCUMENTS, r->lang, r->n_documents);
    kk_buf_puts(&r->body, ": ");
    kk_report_counts(&r->body, r->lang, r->n_findings);
    if (r->n_failed > 0) {
        kk_buf_puts(&r->body, "; ");
        kk_say_count(&r->body, KK_MSG_N_FAILED_ONE, KK_MSG_N_FAILED, r->lang, r->n_failed);
    }
    kk_buf_putc(&r->body, '\n');
    kk_say(&r->body, KK_MSG_DATE_BANK, r->lang, kk_z(r->date), kk_z(r->bank->version));
    if (kk_bank_has_drafts(r->bank, kk_z(r->date))) {
        kk_buf_putc(&r->body, '\n');
        kk_buf_puts(&r->body, kk_msg_text(KK_MSG_DRAFT, r->lang));
    }
    kk_buf_putc(&r->body, '\n');
    kk_buf_str(out, kk_buf_view(&r->body));
}

const kk_report_ops kk_report_text_ops = {begin, document, failure, end};
