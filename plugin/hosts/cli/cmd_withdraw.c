/* withdraw and release: what klimakrav put in goes out again, or becomes plain text for
 * publication. Either the whole of it is written or nothing. */
#include "output.h"
#include "ledgerrun.h"
#include "session.h"
#include "slip.h"
#include "target.h"

#include <string.h>

typedef struct work {
    const kk_cli *cli;
    const char *path, *timestamp;
    kk_bank *bank;
    kk_doc *doc;
    kk_bytes result;
    kk_cli_receipt_file receipt;
    kk_ledger *ledger; /* --ledger, or NULL */
    kk_auditor *auditor; /* these two for the ledger only */
    kk_audit *before;
    char now[21], today[11];
} work;

static void finish(work *w)
{
    kk_audit_free(w->before);
    kk_auditor_free(w->auditor);
    kk_doc_free(w->doc);
    kk_bank_free(w->bank);
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
    kk_format format;
    w->path = kk_cli_one_path(w->cli);
    kk_cli_now(w->now);
    w->timestamp = w->cli->timestamp != NULL ? w->cli->timestamp : w->now;
    if (w->path == NULL || !kk_cli_format(w->cli, "text", &format) ||
        !kk_cli_target_check(w->cli, w->path) || !kk_cli_receipt_open(w->cli, &w->receipt) ||
        !kk_cli_bank(w->cli, &w->bank)) {
        return KK_EXIT_FAILED;
    }
    return kk_doc_open_file(&w->doc, w->path, NULL, &err) == KK_OK ? KK_EXIT_OK : fail(w, &err);
}

/* The document and its receipt; nothing on a dry run. */
static bool write_result(work *w, bool changed)
{
    const kk_cli_receipt_run run = {w->doc, w->bank, NULL, w->timestamp, changed};
    return w->cli->dry_run || w->cli->check_only ||
           (kk_cli_target_write(w->cli, w->path, &w->result, changed) == KK_EXIT_OK &&
            kk_cli_receipt_save(w->cli, &w->receipt, &run));
}

/* For the ledger: the document as it is now. */
static bool open_ledger(work *w)
{
    kk_error err = {.status = KK_OK};
    const char *date = kk_cli_date(w->cli, w->today);
    if (!kk_cli_ledger_writes(w->cli)) {
        return true;
    }
    if (date == NULL || !kk_cli_ledger_begin(w->cli, w->bank, date, w->timestamp, &w->ledger)) {
        return false;
    }
    const kk_audit_options o = kk_cli_audit_options(w->cli, date);
    if (kk_auditor_new(&w->auditor, w->bank, NULL, &err) != KK_OK ||
        kk_audit_run(&w->before, w->auditor, &w->doc, 1, &o, &err) != KK_OK) {
        (void)fail(w, &err);
        return false;
    }
    return true;
}

/* And as it became. */
static bool note_result(work *w)
{
    kk_doc *doc = NULL;
    kk_audit *after = NULL;
    kk_error err = {.status = KK_OK};
    if (w->ledger == NULL) {
        return true;
    }
    const kk_audit_options o = kk_cli_audit_options(w->cli, kk_cli_date(w->cli, w->today));
    const bool good =
        kk_doc_open_memory(&doc, (kk_str){w->result.ptr, w->result.len}, w->path, NULL, &err) ==
            KK_OK &&
        kk_audit_run(&after, w->auditor, &doc, 1, &o, &err) == KK_OK &&
        kk_ledger_add_edit(w->ledger, w->before, after, kk_cli_ledger_target(w->cli), &err) ==
            KK_OK;
    kk_audit_free(after);
    kk_doc_free(doc);
    return good || kk_cli_ledger_failed(w->cli, &err);
}

static bool is_piped(const work *w)
{
    return w->cli->output != NULL && strcmp(w->cli->output, "-") == 0;
}

static int withdraw(work *w)
{
    kk_error err = {.status = KK_OK};
    size_t n = 0;
    if (open_all(w) != KK_EXIT_OK || !open_ledger(w)) {
        return KK_EXIT_FAILED;
    }
    kk_withdraw_options o = KK_INIT(kk_withdraw_options);
    o.clauses = w->cli->clauses.items;
    o.n_clauses = w->cli->clauses.n;
    o.track = w->cli->track;
    o.drop_signature = w->cli->drop_signature;
    o.author = w->cli->author;
    o.timestamp = w->timestamp;
    o.bank = w->bank;
    o.known = w->receipt.known;
    o.n_known = w->receipt.n_known;
    o.known_stride = sizeof(kk_known_clause);
    if (kk_doc_withdraw(w->doc, &o, &w->result, &n, &err) != KK_OK) {
        return fail(w, &err);
    }
    if (!write_result(w, n > 0) || !note_result(w)) {
        return KK_EXIT_FAILED;
    }
    if (n > 0 && !is_piped(w)) {
        kk_cli_line_n(n == 1 ? KK_TEXT_WITHDRAWN_ONE : KK_TEXT_WITHDRAWN, w->cli->lang, n);
    }
    return kk_cli_close_stdout(w->cli, w->cli->check_only && n > 0 ? KK_EXIT_FINDINGS : KK_EXIT_OK);
}

int kk_cli_withdraw(const kk_cli *cli)
{
    work w = {.cli = cli};
    const int code = kk_cli_ledger_end(cli, w.ledger, withdraw(&w));
    finish(&w);
    return code;
}

/* ---- release -------------------------------------------------------------------------------- */

/* Every field that is still open, with its place. */
static void list_open(const work *w)
{
    kk_open_field field = KK_INIT(kk_open_field);
    for (size_t i = 0; kk_doc_open_field(w->doc, i, w->cli->lang, &field) == KK_OK; i++) {
        kk_cli_notice(w->path, kk_cli_say(KK_TEXT_OPEN_FIELD, w->cli->lang), field.clause.ptr,
                      field.name.ptr, field.shown.ptr, field.place.ptr);
    }
}

static int release(work *w)
{
    kk_error err = {.status = KK_OK};
    size_t n = 0;
    if (open_all(w) != KK_EXIT_OK) {
        return KK_EXIT_FAILED;
    }
    kk_release_options o = KK_INIT(kk_release_options);
    o.drop_signature = w->cli->drop_signature;
    o.author = w->cli->author;
    if (kk_doc_release(w->doc, &o, &w->result, &n, &err) != KK_OK) {
        const int code = fail(w, &err);
        if (strcmp(err.reason, "unfilled") == 0) {
            list_open(w);
        }
        return code;
    }
    const bool changed = strcmp(kk_doc_sha256(w->doc), kk_doc_result_sha256(w->doc)) != 0;
    if (!write_result(w, changed)) {
        return KK_EXIT_FAILED;
    }
    if (n > 0 && !is_piped(w)) {
        kk_cli_line_n(n == 1 ? KK_TEXT_RELEASED_ONE : KK_TEXT_RELEASED, w->cli->lang, n);
    }
    return kk_cli_close_stdout(w->cli,
                               w->cli->check_only && changed ? KK_EXIT_FINDINGS : KK_EXIT_OK);
}

int kk_cli_release(const kk_cli *cli)
{
    work w = {.cli = cli};
    const int code = release(&w);
    finish(&w);
    return code;
}
