/* The ledger as the commands use it. */
#include "ledgerrun.h"

#include "output.h"
#include "system.h"

#include <stdlib.h>
#include <string.h>


bool kk_cli_ledger_failed(const kk_cli *cli, const kk_error *err)
{
    (void)kk_cli_fail_error(cli, cli->ledger, err);
    return false;
}

bool kk_cli_ledger_writes(const kk_cli *cli)
{
    return cli->ledger != NULL && !cli->dry_run && !cli->check_only;
}

bool kk_cli_ledger_begin(const kk_cli *cli, const kk_bank *bank, const char *date,
                         const char *timestamp, kk_ledger **out)
{
    char now[21];
    kk_error err = {.status = KK_OK};
    kk_ledger_run run = KK_INIT(kk_ledger_run);
    *out = NULL;
    if (cli->ledger == NULL) {
        return true;
    }
    if (!kk_cli_ledger_writes(cli)) { /* a dry run knows what the real one would */
        return !kk_cli_is_there(cli->ledger) ||
               kk_ledger_open(out, cli->ledger, false, &err) == KK_OK ||
               kk_cli_ledger_failed(cli, &err);
    }
    kk_cli_now(now);
    run.command = cli->command_name;
    run.timestamp = timestamp != NULL ? timestamp : cli->timestamp != NULL ? cli->timestamp : now;
    run.date = date;
    run.author = cli->author;
    run.bank = bank;
    run.config = cli->config;
    if (kk_ledger_open(out, cli->ledger, true, &err) == KK_OK &&
        kk_ledger_begin(*out, &run, &err) == KK_OK) {
        return true;
    }
    kk_ledger_close(*out);
    *out = NULL;
    return kk_cli_ledger_failed(cli, &err);
}

int kk_cli_ledger_end(const kk_cli *cli, kk_ledger *ledger, int code)
{
    kk_error err = {.status = KK_OK};
    if (ledger != NULL && kk_cli_ledger_writes(cli) && kk_ledger_end(ledger, code, &err) != KK_OK) {
        (void)kk_cli_ledger_failed(cli, &err);
        code = KK_EXIT_FAILED;
    }
    kk_ledger_close(ledger);
    return code;
}

const char *kk_cli_ledger_target(const kk_cli *cli)
{
    return cli->in_place || cli->output == NULL || strcmp(cli->output, "-") == 0 ? NULL
                                                                                : cli->output;
}

bool kk_cli_known_read(const kk_cli *cli, kk_ledger *ledger, const kk_doc *doc,
                       const kk_known_clause *receipt, size_t n_receipt, kk_cli_known *out)
{
    kk_error err = {.status = KK_OK};
    size_t n = 0;
    *out = (kk_cli_known){.n = 0};
    if (ledger != NULL && kk_ledger_known_clauses(&out->from_ledger, ledger, kk_doc_name(doc),
                                                  kk_doc_sha256(doc), &err) != KK_OK) {
        return kk_cli_ledger_failed(cli, &err);
    }
    const kk_known_clause *more = kk_known_items(out->from_ledger, &n);
    out->items = calloc(n + n_receipt + 1, sizeof *out->items);
    if (out->items == NULL) {
        kk_cli_fail(NULL, "memory", "%s", kk_cli_say(KK_TEXT_NO_MEMORY, cli->lang));
        return false;
    }
    for (size_t i = 0; i < n_receipt; i++) {
        out->items[out->n++] = receipt[i];
    }
    for (size_t i = 0; i < n; i++) {
        out->items[out->n++] = more[i];
    }
    return true;
}

void kk_cli_known_free(kk_cli_known *known)
{
    kk_known_free(known->from_ledger);
    free(known->items);
    *known = (kk_cli_known){.n = 0};
}
