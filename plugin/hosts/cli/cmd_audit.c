/* audit, check and classify: open, judge, report. */
#include "interrupt.h"
#include "marked.h"
#include "output.h"
#include "ledgerrun.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

typedef struct run {
    const kk_cli *cli;
    kk_bank *bank;
    kk_paths *paths;
    kk_report *report;
    kk_notice *notice; /* --notice, or NULL */
    kk_baseline *known, *noted; /* --baseline, --write-baseline; NULL when not asked for */
    kk_ledger *ledger; /* --ledger, or NULL */
    kk_audit_options options;
    size_t findings[3];
    bool unsatisfied; /* verdict of the last audit: of the set, for check */
    int failed;       /* KK_EXIT_FAILED once a file failed */
} run;

static void count(run *r, const kk_audit *audit)
{
    kk_document_info d = KK_INIT(kk_document_info);
    kk_verdict_info v = KK_INIT(kk_verdict_info);
    r->unsatisfied = kk_audit_verdict(audit, &v) == KK_OK && v.satisfied == 0;
    for (size_t i = 0; kk_audit_document(audit, i, &d) == KK_OK; i++) {
        for (size_t s = 0; s < 3; s++) {
            r->findings[s] += d.n_findings[s];
        }
    }
}

static bool report_failure(run *r, const char *path, const kk_error *why)
{
    kk_error err = {.status = KK_OK};
    r->failed = kk_cli_fail_error(r->cli, path, why);
    if (r->ledger != NULL && kk_ledger_add_failure(r->ledger, path, why, &err) != KK_OK) {
        return kk_cli_ledger_failed(r->cli, &err);
    }
    if (kk_report_add_failure(r->report, path, why, &err) != KK_OK) {
        (void)kk_cli_fail_error(r->cli, NULL, &err);
        return false;
    }
    return true;
}

static const char *relative_of(const run *r, const char *path)
{
    for (size_t i = 0; i < kk_paths_count(r->paths); i++) {
        if (strcmp(kk_paths_at(r->paths, i), path) == 0) {
            return kk_paths_relative(r->paths, i);
        }
    }
    return path;
}

/* --comments: a copy of every document of the audit. One that cannot be written stops no other. */
static void write_remarks(run *r, const kk_audit *audit)
{
    kk_document_info d = KK_INIT(kk_document_info);
    for (size_t i = 0; r->cli->comments != NULL && kk_audit_document(audit, i, &d) == KK_OK; i++) {
        const kk_cli_remark remark = {r->bank, audit, i, d.path.ptr, relative_of(r, d.path.ptr),
                                      r->options.date};
        if (!kk_cli_remark_write(r->cli, &remark)) {
            r->failed = KK_EXIT_FAILED;
        }
    }
}

static bool report_audit(run *r, const kk_audit *audit)
{
    kk_error err = {.status = KK_OK};
    count(r, audit);
    write_remarks(r, audit);
    if (r->noted != NULL && kk_baseline_add(r->noted, audit, &err) != KK_OK) {
        r->failed = kk_cli_fail_error(r->cli, r->cli->write_baseline, &err);
        return false;
    }
    if (r->ledger != NULL && kk_ledger_add_audit(r->ledger, audit, r->options.as_procurement,
                                                 &err) != KK_OK) {
        r->failed = KK_EXIT_FAILED;
        return kk_cli_ledger_failed(r->cli, &err);
    }
    if (kk_report_add(r->report, audit, &err) != KK_OK) {
        r->failed = kk_cli_fail_error(r->cli, NULL, &err);
        return false;
    }
    return true;
}

static bool one_done(void *context, const kk_batch_item *item)
{
    run *r = context;
    kk_cli_progress(r->cli, item->index + 1, item->total, item->path);
    const bool fine = item->error != NULL ? report_failure(r, item->path, item->error)
                                          : report_audit(r, item->audit);
    return fine && !kk_cli_interrupted(NULL);
}

static void each_alone(run *r)
{
    kk_error err = {.status = KK_OK};
    kk_batch_options batch = KK_INIT(kk_batch_options);
    kk_cli_interrupt_catch();
    batch.audit = &r->options;
    batch.baseline = r->known;
    if (!kk_cli_jobs(r->cli, &batch.jobs)) {
        r->failed = KK_EXIT_FAILED;
        return;
    }
    if (kk_batch_run(r->bank, r->paths, &batch, one_done, r, &err) != KK_OK && r->failed == 0) {
        r->failed = kk_cli_fail_error(r->cli, NULL, &err);
    }
}

/* All documents that can be read are one procurement. */
static void judge_set(run *r, kk_doc **docs, size_t n)
{
    kk_error err = {.status = KK_OK};
    kk_auditor *auditor = NULL;
    kk_audit *audit = NULL;
    if (n == 0) {
        return;
    }
    if (kk_auditor_new(&auditor, r->bank, NULL, &err) != KK_OK ||
        kk_audit_run(&audit, auditor, docs, n, &r->options, &err) != KK_OK ||
        (r->known != NULL && kk_baseline_apply(r->known, audit, &err) != KK_OK)) {
        r->failed = kk_cli_fail_error(r->cli, NULL, &err);
    } else {
        (void)report_audit(r, audit);
    }
    kk_audit_free(audit);
    kk_auditor_free(auditor);
}

static void as_one_set(run *r)
{
    const size_t total = kk_paths_count(r->paths);
    kk_doc **docs = calloc(total + 1, sizeof(void *));
    size_t n = 0;
    if (docs == NULL) {
        kk_cli_fail(NULL, "memory", "%s", kk_cli_say(KK_TEXT_NO_MEMORY, r->cli->lang));
        r->failed = KK_EXIT_FAILED;
        return;
    }
    for (size_t i = 0; i < total; i++) {
        kk_error err = {.status = KK_OK};
        const char *path = kk_paths_at(r->paths, i);
        kk_cli_progress(r->cli, i + 1, total, path);
        if (kk_doc_open_file(&docs[n], path, NULL, &err) == KK_OK) {
            n++;
        } else if (!report_failure(r, path, &err)) {
            break;
        }
    }
    judge_set(r, docs, n);
    for (size_t i = 0; i < n; i++) {
        kk_doc_free(docs[i]);
    }
    free(docs);
}

static int deliver(run *r)
{
    kk_bytes bytes = {NULL, 0};
    kk_error err = {.status = KK_OK};
    if (kk_report_finish(r->report, &bytes, &err) != KK_OK) {
        return kk_cli_fail_error(r->cli, NULL, &err);
    }
    const int code = kk_cli_deliver(r->cli, &bytes);
    kk_bytes_free(&bytes);
    return code;
}

/* Opens what stands there already; what is to be written must not take part in the comparison. */
static bool open_baselines(run *r)
{
    const kk_cli *cli = r->cli;
    kk_error err = {.status = KK_OK};
    if (cli->baseline != NULL && (kk_baseline_load(&r->known, cli->baseline, &err) != KK_OK ||
                                  kk_baseline_begin(r->known, r->paths, &err) != KK_OK)) {
        (void)kk_cli_fail_error(cli, cli->baseline, &err);
        return false;
    }
    if (cli->write_baseline != NULL &&
        kk_baseline_new(&r->noted, cli->write_baseline, &err) != KK_OK) {
        (void)kk_cli_fail_error(cli, cli->write_baseline, &err);
        return false;
    }
    return true;
}

static int write_baseline(run *r)
{
    kk_bytes bytes = {NULL, 0};
    kk_error err = {.status = KK_OK};
    if (r->noted == NULL) {
        return KK_EXIT_OK;
    }
    kk_status status = kk_baseline_write(r->noted, &bytes, &err);
    if (status == KK_OK) {
        status = kk_file_save(r->cli->write_baseline, (kk_str){bytes.ptr, bytes.len}, &err);
    }
    kk_bytes_free(&bytes);
    return status == KK_OK ? KK_EXIT_OK : kk_cli_fail_error(r->cli, r->cli->write_baseline, &err);
}

static int judge(run *r)
{
    if (r->options.as_procurement) {
        as_one_set(r);
    } else {
        each_alone(r);
    }
    const int noted = write_baseline(r);
    const int delivered = deliver(r);
    if (noted != KK_EXIT_OK || delivered != KK_EXIT_OK || r->failed != 0) {
        return KK_EXIT_FAILED;
    }
    return KK_EXIT_OK;
}

static bool open_notice(run *r)
{
    kk_error err = {.status = KK_OK};
    kk_bytes bytes = {NULL, 0};
    const char *path = r->cli->notice;
    if (path == NULL) {
        return true;
    }
    if (kk_file_load(path, 0, &bytes, &err) != KK_OK ||
        kk_notice_read(&r->notice, (kk_str){bytes.ptr, bytes.len}, path, &err) != KK_OK) {
        (void)kk_cli_fail_error(r->cli, path, &err);
    }
    kk_bytes_free(&bytes);
    return r->notice != NULL;
}

typedef struct mode {
    bool gate, classify;
    const char *formats;
} mode;

static int start(run *r, const mode *m)
{
    char today[11];
    kk_error err = {.status = KK_OK};
    kk_report_options report = KK_INIT(kk_report_options);
    unsigned jobs;
    const char *date = kk_cli_date(r->cli, today);
    if (r->cli->shard != NULL && r->cli->as_procurement) {
        kk_cli_fail(NULL, "usage", "%s", kk_cli_say(KK_TEXT_SHARD_SET, r->cli->lang));
        return KK_EXIT_FAILED;
    }
    if (date == NULL || !kk_cli_format(r->cli, m->formats, &report.format) ||
        !kk_cli_jobs(r->cli, &jobs) || !open_notice(r) || !kk_cli_find(r->cli, &r->paths) ||
        !kk_cli_bank(r->cli, &r->bank) || !open_baselines(r) ||
        !kk_cli_ledger_begin(r->cli, r->bank, date, NULL, &r->ledger)) {
        return KK_EXIT_FAILED;
    }
    r->options = kk_cli_audit_options(r->cli, date);
    r->options.as_procurement = r->options.as_procurement || m->gate;
    r->options.notice = r->notice;
    report.lang = r->cli->lang;
    report.date = date;
    report.colour = report.format == KK_FORMAT_TEXT && kk_cli_colour(r->cli);
    report.gate = m->gate;
    report.classify = m->classify;
    report.procurement = r->options.as_procurement;
    if (kk_report_new(&r->report, r->bank, &report, &err) != KK_OK) {
        return kk_cli_fail_error(r->cli, NULL, &err);
    }
    return judge(r);
}

static int run_mode(const kk_cli *cli, const mode *m, run *r)
{
    *r = (run){.cli = cli};
    const int code = start(r, m);
    kk_report_free(r->report);
    kk_baseline_free(r->known);
    kk_baseline_free(r->noted);
    kk_notice_free(r->notice);
    kk_paths_free(r->paths);
    kk_bank_free(r->bank);
    return code;
}

/* The ledger learns the exit code that the caller sees. */
static int over(run *r, int code)
{
    return kk_cli_ledger_end(r->cli, r->ledger, code);
}

int kk_cli_audit(const kk_cli *cli)
{
    static const mode m = {false, false, "text|json|sarif|html|junit|csv|github"};
    run r;
    const int code = run_mode(cli, &m, &r);
    return over(&r, code != KK_EXIT_OK ? code : kk_cli_verdict(cli, r.findings));
}

/* Not ready is exit code 1, also where the law asks for more than any single finding says. */
int kk_cli_check(const kk_cli *cli)
{
    static const mode m = {true, false, "text|json|sarif|html|junit|csv|github"};
    run r;
    int code = run_mode(cli, &m, &r);
    if (code == KK_EXIT_OK) {
        code = kk_cli_verdict(cli, r.findings);
    }
    const bool never = cli->fail_on != NULL && strcmp(cli->fail_on, "never") == 0;
    return over(&r, code == KK_EXIT_OK && r.unsatisfied && !never ? KK_EXIT_FINDINGS : code);
}

int kk_cli_classify_files(const kk_cli *cli)
{
    static const mode m = {false, true, "text|json"};
    run r;
    return run_mode(cli, &m, &r);
}
