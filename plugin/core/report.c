/* The report handle: counts what comes by and leaves the writing to the format. */
#include "report.h"

#include "plaintext.h"

#include <stdio.h>
#include <string.h>

static const kk_report_ops *ops_of(const kk_report_options *o)
{
    if (o->classify) {
        return o->format == KK_FORMAT_TEXT   ? &kk_report_classify_ops
               : o->format == KK_FORMAT_JSON ? &kk_report_classify_json_ops
                                             : NULL;
    }
    switch (o->format) {
    case KK_FORMAT_TEXT:
        return o->gate ? &kk_report_gate_ops : &kk_report_text_ops;
    case KK_FORMAT_JSON:
        return &kk_report_json_ops;
    case KK_FORMAT_HTML:
        return &kk_report_html_ops;
    case KK_FORMAT_SARIF:
        return &kk_report_sarif_ops;
    case KK_FORMAT_JUNIT:
        return &kk_report_junit_ops;
    case KK_FORMAT_CSV:
        return &kk_report_csv_ops;
    case KK_FORMAT_GITHUB:
        return &kk_report_github_ops;
    }
    return NULL;
}

kk_status kk_report_new(kk_report **out, const kk_bank *bank, const kk_report_options *options,
                        kk_error *err)
{
    kk_report_options o;
    kk_struct_in(&o, sizeof o, options);
    *out = NULL;
    KK_TRY(kk_date_check(o.date, err));
    if (ops_of(&o) == NULL) {
        return kk_fail(err, KK_E_ARG, "", "unknown report format");
    }
    kk_report *r = kk_malloc(sizeof *r);
    if (r == NULL) {
        return kk_fail_nomem(err);
    }
    *r = (kk_report){.bank = bank,
                     .ops = ops_of(&o),
                     .arena = kk_arena_new(),
                     .format = o.format,
                     .lang = o.lang == KK_LANG_NN || o.lang == KK_LANG_EN ? o.lang : KK_LANG_NB,
                     .colour = o.colour,
                     .gate = o.gate,
                     .procurement = o.procurement};
    kk_buf_init(&r->body, 0);
    kk_buf_init(&r->extra, 0);
    for (size_t i = 0; i < 3; i++) {
        kk_buf_init(&r->levels[i], 0);
    }
    r->date = r->arena == NULL ? NULL : kk_arena_str(r->arena, kk_z(o.date)).ptr;
    if (r->date == NULL) {
        kk_report_free(r);
        return kk_fail_nomem(err);
    }
    kk_jsonout_init(&r->json, &r->body);
    r->ops->begin(r);
    *out = r;
    return KK_OK;
}

void kk_report_free(kk_report *report)
{
    if (report != NULL) {
        kk_buf_dispose(&report->body);
        kk_buf_dispose(&report->extra);
        for (size_t i = 0; i < 3; i++) {
            kk_buf_dispose(&report->levels[i]);
        }
        kk_arena_free(report->arena);
        kk_release(report);
    }
}

static kk_status keep_set_verdict(kk_report *r, const kk_audit *audit, kk_error *err)
{
    bool failed = false;
    r->verdict = audit->verdict;
    r->verdict.basis = kk_keep(r->arena, audit->verdict.basis, &failed);
    r->verdict.from = kk_keep(r->arena, audit->verdict.from, &failed);
    r->verdict.why = kk_keep(r->arena, audit->verdict.why, &failed);
    return failed ? kk_fail_nomem(err) : KK_OK;
}

kk_status kk_report_add(kk_report *report, const kk_audit *audit, kk_error *err)
{
    if (report->finished) {
        return kk_fail(err, KK_E_ARG, "", "the report is finished");
    }
    if (report->procurement) {
        KK_TRY(keep_set_verdict(report, audit, err));
    }
    report->set = audit;
    for (size_t i = 0; i < audit->n_docs; i++) {
        const kk_document_info *d = &audit->docs[i];
        report->n_documents++;
        report->n_satisfied += d->verdict.satisfied == 1 ? 1 : 0;
        report->n_judged += d->verdict.satisfied >= 0 ? 1 : 0;
        for (size_t s = 0; s < 3; s++) {
            report->n_findings[s] += d->n_findings[s];
        }
        if (report->gate) {
            kk_gate_see(&report->screen, audit, i, report->arena);
        }
        report->ops->document(report, audit, i);
    }
    report->set = NULL;
    return report->body.failed == KK_OK && !report->screen.failed ? KK_OK : kk_fail_nomem(err);
}

kk_status kk_report_add_failure(kk_report *report, const char *path, const kk_error *failure,
                                kk_error *err)
{
    char line[640];
    if (report->finished) {
        return kk_fail(err, KK_E_ARG, "", "the report is finished");
    }
    (void)kk_error_describe(failure, report->lang, line, sizeof line);
    report->n_failed++;
    report->ops->failure(report, kk_z(path), kk_z(line));
    return report->body.failed == KK_OK ? KK_OK : kk_fail_nomem(err);
}

kk_status kk_report_finish(kk_report *report, kk_bytes *out, kk_error *err)
{
    kk_buf whole;
    kk_buf_init(&whole, 0);
    out->ptr = NULL;
    out->len = 0;
    if (report->finished) {
        return kk_fail(err, KK_E_ARG, "", "the report is finished");
    }
    report->finished = true;
    report->ops->end(report, &whole);
    const kk_buf *parts[5] = {&report->body, &report->extra, &report->levels[0], &report->levels[1],
                              &report->levels[2]};
    for (size_t i = 0; i < 5 && whole.failed == KK_OK; i++) {
        whole.failed = parts[i]->failed;
    }
    return kk_buf_give(&whole, out, err);
}

/* ---- shared by the formats ----------------------------------------------------------------- */

void kk_report_range(const kk_audit *audit, size_t doc, size_t *begin, size_t *end)
{
    size_t at = 0;
    for (size_t i = 0; i < doc; i++) { /* findings are sorted by document */
        const size_t *n = audit->docs[i].n_findings;
        at += n[0] + n[1] + n[2];
    }
    const size_t *n = audit->docs[doc].n_findings;
    *begin = at;
    *end = at + n[0] + n[1] + n[2];
}

kk_msg kk_report_language(const char *code)
{
    static const struct {
        const char *code;
        kk_msg msg;
    } names[] = {{"nb", KK_MSG_LANG_NB},
                 {"nn", KK_MSG_LANG_NN},
                 {"mixed", KK_MSG_LANG_MIXED},
                 {"uncertain", KK_MSG_LANG_UNCERTAIN}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(code, names[i].code) == 0) {
            return names[i].msg;
        }
    }
    return KK_MSG_LANG_OTHER;
}

bool kk_report_ready(const kk_report *r)
{
    return r->n_failed == 0 && r->n_findings[KK_SEVERITY_ERROR] == 0 &&
           (r->verdict.size == 0 || r->verdict.satisfied != 0);
}

kk_msg kk_report_answer(const kk_report *r)
{
    if (!kk_report_ready(r)) {
        return KK_MSG_GATE_NO;
    }
    if (!r->screen.tender) {
        return KK_MSG_GATE_NONE;
    }
    if (r->verdict.size > 0 && r->verdict.satisfied < 0) {
        return KK_MSG_GATE_UNKNOWN;
    }
    return r->n_findings[KK_SEVERITY_WARNING] == 0 ? KK_MSG_GATE_YES : KK_MSG_GATE_LOOK;
}

void kk_report_answer_why(const kk_report *r, kk_buf *out)
{
    const size_t errors = r->n_findings[KK_SEVERITY_ERROR];
    kk_buf count;
    kk_buf_init(&count, 0);
    if (r->n_failed > 0) {
        kk_say_count(&count, KK_MSG_N_FAILED_ONE, KK_MSG_N_FAILED, r->lang, r->n_failed);
        kk_say(out, KK_MSG_GATE_WHY_FAILED, r->lang, kk_buf_view(&count), KK_STR(""));
    } else if (errors > 0) {
        kk_say_count(&count, KK_MSG_N_ERROR_ONE, KK_MSG_N_ERROR, r->lang, errors);
        kk_say(out, KK_MSG_GATE_WHY_ERRORS, r->lang, kk_buf_view(&count), KK_STR(""));
    } else if (!kk_report_ready(r)) {
        kk_buf_puts(out, kk_msg_text(KK_MSG_GATE_WHY_VERDICT, r->lang));
    }
    kk_buf_dispose(&count);
}

bool kk_report_sum(const kk_report *r, kk_buf *out)
{
    char sum[32];
    char least[32];
    double asked;
    const char *point = r->lang == KK_LANG_EN ? "." : ",";
    if (r->verdict.size == 0 || r->verdict.weight < 0 ||
        !kk_bank_threshold(r->bank, "climate-weight", kk_z(r->date), &asked)) {
        return false;
    }
    const long tenths = (long)(r->verdict.weight * 10 + 0.5);
    if (tenths % 10 == 0) {
        (void)snprintf(sum, sizeof sum, "%ld", tenths / 10);
    } else {
        (void)snprintf(sum, sizeof sum, "%ld%s%ld", tenths / 10, point, tenths % 10);
    }
    (void)snprintf(least, sizeof least, "%.0f", asked);
    /* The share is asked for only where nothing else meets the duty. */
    const bool otherwise = r->verdict.satisfied == 1 && !kk_str_is(r->verdict.route, "weighted");
    kk_say(out, otherwise ? KK_MSG_GATE_TOTAL_ONLY : KK_MSG_GATE_TOTAL, r->lang, kk_z(sum),
           kk_z(least));
    return true;
}

void kk_report_weight(kk_buf *out, const kk_gate_weight *w, kk_lang lang)
{
    if (w->rank > 0) {
        kk_say_n(out, KK_MSG_NOTICE_RANK, lang, (uint64_t)w->rank);
    } else if (w->weight >= 0) {
        kk_number(out, w->weight, 2, 0, lang == KK_LANG_EN ? '.' : ',');
        kk_buf_puts(out, " %");
    } else {
        kk_buf_puts(out, w->placeholder ? "? %" : "\u2013");
    }
}

static bool not_applicable(const kk_verdict_info *v)
{
    return kk_str_is(v->route, "not-applicable");
}

kk_msg kk_report_verdict(const kk_verdict_info *v)
{
    if (v->satisfied >= 0) {
        return v->satisfied == 1 ? KK_MSG_VERDICT_YES : KK_MSG_VERDICT_NO;
    }
    return not_applicable(v) ? KK_MSG_VERDICT_NONE : KK_MSG_VERDICT_UNKNOWN;
}

kk_msg kk_report_verdict_short(const kk_verdict_info *v)
{
    if (v->satisfied >= 0) {
        return v->satisfied == 1 ? KK_MSG_VERDICT_SHORT_YES : KK_MSG_VERDICT_SHORT_NO;
    }
    return not_applicable(v) ? KK_MSG_VERDICT_SHORT_NONE : KK_MSG_VERDICT_SHORT_UNKNOWN;
}

kk_msg kk_report_route(const kk_verdict_info *v)
{
    static const char *const names[] = {"weighted", "prioritised", "replaced",
                                        "combined", "exempt",      "silent"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (kk_str_is(v->route, names[i])) {
            return (kk_msg)(KK_MSG_ROUTE_WEIGHTED + i);
        }
    }
    return KK_MSG_ROUTE_NOT_APPLICABLE;
}

void kk_report_counts(kk_buf *out, kk_lang lang, const size_t n[3])
{
    static const kk_msg one[] = {KK_MSG_N_INFO_ONE, KK_MSG_N_WARNING_ONE, KK_MSG_N_ERROR_ONE};
    static const kk_msg many[] = {KK_MSG_N_INFO, KK_MSG_N_WARNING, KK_MSG_N_ERROR};
    bool some = false;
    for (size_t s = 3; s-- > 0;) {
        if (n[s] > 0) {
            kk_buf_puts(out, some ? ", " : "");
            kk_say_count(out, one[s], many[s], lang, n[s]);
            some = true;
        }
    }
    if (!some) {
        kk_buf_puts(out, kk_msg_text(KK_MSG_NO_FINDINGS, lang));
    }
}

size_t kk_report_clauses(const kk_audit *audit, size_t begin, size_t end, kk_str *out, size_t max)
{
    size_t n = 0;
    for (size_t i = begin; i < end && n < max; i++) {
        const kk_finding *f = &audit->findings[i];
        bool again = !f->insertable;
        for (size_t k = 0; k < n && !again; k++) {
            again = kk_str_equal(out[k], f->remedy);
        }
        if (!again) {
            out[n++] = f->remedy;
        }
    }
    return n;
}

static bool is_plain_word(kk_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        const char c = s.ptr[i];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
        if (!letter && strchr("/._-+,=@%", c) == NULL) {
            return false;
        }
    }
    return s.len > 0 && s.ptr[0] != '-';
}

void kk_report_shell_word(kk_buf *out, kk_str path)
{
    if (is_plain_word(path)) {
        kk_plain(out, path);
        return;
    }
    kk_buf_putc(out, '\'');
    for (size_t i = 0; i < path.len;) {
        size_t end = i;
        while (end < path.len && path.ptr[end] != '\'') {
            end++;
        }
        kk_plain(out, kk_str_slice(path, i, end));
        if (end < path.len) {
            kk_buf_puts(out, "'\\''");
            end++;
        }
        i = end;
    }
    kk_buf_putc(out, '\'');
}

void kk_report_out_name(kk_buf *out, kk_str path)
{
    size_t dot = path.len;
    while (dot > 0 && path.ptr[dot - 1] != '.' && path.ptr[dot - 1] != '/') {
        dot--;
    }
    const bool ending = dot > 1 && path.ptr[dot - 1] == '.';
    const size_t stem = ending ? dot - 1 : path.len;
    kk_buf_str(out, kk_str_slice(path, 0, stem));
    kk_buf_puts(out, "-klima");
    kk_buf_str(out, kk_str_slice(path, stem, path.len));
}
