/* insert: audit, plan, write, audit again. Either the whole of it is written or
 * nothing. */
#include "output.h"
#include "planopts.h"
#include "ledgerrun.h"
#include "session.h"
#include "slip.h"
#include "target.h"

#include <string.h>

typedef struct work {
    const kk_cli *cli;
    const char *path, *date;
    kk_format format;
    kk_bank *bank;
    kk_auditor *auditor;
    kk_doc *doc;
    kk_audit *audit;
    kk_plan *plan;
    kk_bytes result;
    kk_cli_plan_input input;
    kk_cli_receipt_file receipt;
    kk_ledger *ledger; /* --ledger, or NULL */
    kk_cli_known known;
    char today[11];
} work;

static void finish(work *w)
{
    kk_plan_free(w->plan);
    kk_cli_known_free(&w->known);
    kk_audit_free(w->audit);
    kk_doc_free(w->doc);
    kk_auditor_free(w->auditor);
    kk_bank_free(w->bank);
    kk_cli_plan_input_free(&w->input);
    kk_bytes_free(&w->result);
    kk_cli_receipt_close(&w->receipt);
}

static int fail(const work *w, const kk_error *err)
{
    return kk_cli_fail_error(w->cli, w->path, err);
}

static int open_all(work *w)
{
    kk_error err = {.status = KK_OK};
    w->path = kk_cli_one_path(w->cli);
    w->date = kk_cli_date(w->cli, w->today);
    if (w->path == NULL || w->date == NULL || !kk_cli_format(w->cli, "text|json", &w->format) ||
        !kk_cli_target_check(w->cli, w->path) || !kk_cli_receipt_open(w->cli, &w->receipt) ||
        !kk_cli_bank(w->cli, &w->bank)) {
        return KK_EXIT_FAILED;
    }
    if (kk_auditor_new(&w->auditor, w->bank, NULL, &err) != KK_OK ||
        kk_doc_open_file(&w->doc, w->path, NULL, &err) != KK_OK) {
        return fail(w, &err);
    }
    if (!kk_cli_ledger_begin(w->cli, w->bank, w->date, NULL, &w->ledger) ||
        !kk_cli_known_read(w->cli, w->ledger, w->doc, w->receipt.known, w->receipt.n_known,
                           &w->known)) {
        return KK_EXIT_FAILED;
    }
    return KK_EXIT_OK;
}

/* ---- the plan ------------------------------------------------------------------------------ */

static int make_plan(work *w)
{
    const kk_cli *cli = w->cli;
    kk_error err = {.status = KK_OK};
    const kk_audit_options audit = kk_cli_audit_options(cli, w->date);
    kk_plan_options o;
    if (!kk_cli_plan_options(cli, w->date, &w->input, &o)) {
        return KK_EXIT_FAILED;
    }
    o.settle = &audit;
    o.known = w->known.items;
    o.n_known = w->known.n;
    o.known_stride = sizeof(kk_known_clause);
    if (kk_audit_run(&w->audit, w->auditor, &w->doc, 1, &audit, &err) != KK_OK ||
        kk_plan_new(&w->plan, w->auditor, w->doc, w->audit, &o, &err) != KK_OK) {
        const bool values = strcmp(err.reason, "values") == 0 && cli->values != NULL;
        return kk_cli_fail_error(cli, values ? cli->values : w->path, &err);
    }
    return KK_EXIT_OK;
}

/* Every clause without a place, with the headings to choose between; nothing is written then. */
static int report_refusals(const work *w)
{
    kk_plan_item item = KK_INIT(kk_plan_item);
    for (size_t i = 0; kk_plan_get(w->plan, i, &item) == KK_OK; i++) {
        if (item.action != KK_PLAN_REFUSED) {
            continue;
        }
        const char *code = strchr(item.message.ptr, '[') == NULL ? item.reason.ptr : NULL;
        if (code != NULL) {
            kk_cli_fail(w->path, code, "%s: %s", item.clause.ptr, item.message.ptr);
        } else {
            kk_cli_notice(w->path, "%s: %s", item.clause.ptr, item.message.ptr);
        }
        for (size_t k = 0; k < item.n_candidates; k++) {
            kk_cli_notice(w->path, "%s: %s%s", item.clause.ptr,
                          kk_cli_say(KK_TEXT_CANDIDATE, w->cli->lang), item.candidates[k].ptr);
        }
    }
    return KK_EXIT_FAILED;
}

static int print_plan(const work *w)
{
    kk_error err = {.status = KK_OK};
    kk_bytes text = {NULL, 0};
    if (kk_plan_print(w->plan, w->format, &text, &err) != KK_OK) {
        return fail(w, &err);
    }
    (void)fwrite(text.ptr, 1, text.len, stdout);
    kk_bytes_free(&text);
    return kk_cli_close_stdout(w->cli, KK_EXIT_OK);
}

static void print_note(const char *before, kk_str words)
{
    if (words.len > 0) {
        (void)fputs(before, stdout);
        kk_cli_put(stdout, words);
        (void)putchar('\n');
    }
}

static void print_inserted(const kk_plan_item *item, kk_lang lang)
{
    (void)printf("  %s «", item->clause.ptr);
    kk_cli_put(stdout, item->title);
    (void)fputs("» ", stdout);
    kk_cli_put(stdout, item->place);
    if (item->action == KK_PLAN_UPGRADE) {
        (void)fputs(item->place.len > 0 ? ": " : "", stdout);
        kk_cli_put(stdout, item->message);
    }
    for (size_t k = 0; k < item->n_unfilled; k++) {
        (void)fputs(k == 0 ? "; " : ", ", stdout);
        (void)fputs(k == 0 ? kk_cli_say(KK_TEXT_FILL_IN, lang) : "", stdout);
        kk_cli_put(stdout, item->unfilled[k]);
    }
    (void)putchar('\n');
    print_note("    ", item->note);
}

static size_t count_action(const kk_plan *plan, kk_plan_action action)
{
    kk_plan_item item = KK_INIT(kk_plan_item);
    size_t n = 0;
    for (size_t i = 0; kk_plan_get(plan, i, &item) == KK_OK; i++) {
        n += item.action == action && item.selected ? 1 : 0;
    }
    return n;
}

static void print_written(const work *w, kk_plan_action action, kk_cli_text one, kk_cli_text many)
{
    const size_t n = count_action(w->plan, action);
    kk_plan_item item = KK_INIT(kk_plan_item);
    if (n > 0) {
        kk_cli_line_n(n == 1 ? one : many, w->cli->lang, n);
    }
    for (size_t i = 0; kk_plan_get(w->plan, i, &item) == KK_OK; i++) {
        if (item.action == action && item.selected) {
            print_inserted(&item, w->cli->lang);
        }
    }
}

/* What went in, where, and what the reader still has to fill; then what was left as it stands. */
static void print_done(const work *w)
{
    kk_plan_item item = KK_INIT(kk_plan_item);
    print_written(w, KK_PLAN_INSERT, KK_TEXT_INSERTED_ONE, KK_TEXT_INSERTED);
    print_written(w, KK_PLAN_UPGRADE, KK_TEXT_UPGRADED_ONE, KK_TEXT_UPGRADED);
    for (size_t i = 0; kk_plan_get(w->plan, i, &item) == KK_OK; i++) {
        if (item.action != KK_PLAN_INSERT && item.action != KK_PLAN_UPGRADE &&
            item.action != KK_PLAN_CURRENT) {
            (void)printf("  %s: ", item.clause.ptr);
            print_note("", item.message);
        }
    }
}

/* Findings of the new document, told in one line; *code by --fail-on. */
static int judge_result(work *w, int *code)
{
    kk_error err = {.status = KK_OK};
    kk_doc *doc = NULL;
    kk_audit *audit = NULL;
    kk_document_info d = KK_INIT(kk_document_info);
    const kk_audit_options options = kk_cli_audit_options(w->cli, w->date);
    const kk_str bytes = {w->result.ptr, w->result.len};
    if (kk_doc_open_memory(&doc, bytes, w->path, NULL, &err) != KK_OK ||
        kk_audit_run(&audit, w->auditor, &doc, 1, &options, &err) != KK_OK) {
        kk_doc_free(doc);
        return fail(w, &err);
    }
    (void)kk_audit_document(audit, 0, &d);
    *code = kk_cli_verdict(w->cli, d.n_findings);
    if (w->format == KK_FORMAT_TEXT &&
        (w->cli->output == NULL || strcmp(w->cli->output, "-") != 0)) {
        kk_cli_remain(w->cli, d.n_findings);
    }
    bool noted = true;
    if (kk_cli_ledger_writes(w->cli) && kk_ledger_add_edit(w->ledger, w->audit, audit,
                                                kk_cli_ledger_target(w->cli), &err) != KK_OK) {
        noted = kk_cli_ledger_failed(w->cli, &err);
    }
    kk_audit_free(audit);
    kk_doc_free(doc);
    return noted ? KK_EXIT_OK : KK_EXIT_FAILED;
}

static bool save_receipt(work *w, bool changed)
{
    const char *stamp = w->cli->timestamp != NULL ? w->cli->timestamp : w->input.now;
    const kk_cli_receipt_run run = {w->doc, w->bank, w->date, stamp, changed};
    return kk_cli_receipt_save(w->cli, &w->receipt, &run);
}

/* Document and receipt, and a word about both. */
static bool write_result(work *w, bool changed, bool piped)
{
    if (kk_cli_target_write(w->cli, w->path, &w->result, changed) != KK_EXIT_OK ||
        !save_receipt(w, changed)) {
        return false;
    }
    if (w->format == KK_FORMAT_TEXT && !piped) {
        print_done(w);
        if (kk_plan_wants_toc(w->plan)) {
            (void)puts(kk_cli_say(KK_TEXT_UPDATE_TOC, w->cli->lang));
        }
    }
    return true;
}

static int write_plan(work *w)
{
    const bool dry = w->cli->dry_run || w->cli->check_only;
    const bool piped = w->cli->output != NULL && strcmp(w->cli->output, "-") == 0;
    const size_t changes = kk_plan_changes(w->plan);
    int code = KK_EXIT_OK;
    if (dry || w->format == KK_FORMAT_JSON) {
        if (!piped && print_plan(w) != KK_EXIT_OK) {
            return KK_EXIT_FAILED;
        }
    }
    if (!dry && !write_result(w, changes > 0, piped)) {
        return KK_EXIT_FAILED;
    }
    if (judge_result(w, &code) != KK_EXIT_OK) {
        return KK_EXIT_FAILED;
    }
    if (w->cli->check_only) {
        code = changes > 0 ? KK_EXIT_FINDINGS : KK_EXIT_OK;
    }
    return kk_cli_close_stdout(w->cli, code);
}

static int insert(work *w)
{
    kk_error err = {.status = KK_OK};
    bool sure = true;
    int code = open_all(w);
    if (code == KK_EXIT_OK) {
        code = make_plan(w);
    }
    if (code != KK_EXIT_OK) {
        return code;
    }
    (void)kk_plan_lang(w->plan, &sure);
    if (!sure && kk_plan_changes(w->plan) > 0) {
        kk_cli_notice(w->path, "%s", kk_cli_say(KK_TEXT_NOTICE_LANG, w->cli->lang));
    }
    if (kk_plan_refusals(w->plan) == 0 && kk_plan_apply(w->plan, &w->result, &err) == KK_OK) {
        return write_plan(w);
    }
    if (w->cli->dry_run) {
        (void)print_plan(w);
    }
    return kk_plan_refusals(w->plan) > 0 ? report_refusals(w) : fail(w, &err);
}

int kk_cli_insert(const kk_cli *cli)
{
    work w = {.cli = cli};
    const int code = kk_cli_ledger_end(cli, w.ledger, insert(&w));
    finish(&w);
    return code;
}
