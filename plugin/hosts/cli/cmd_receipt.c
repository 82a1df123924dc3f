/* Receipts: read, written, and held against two files. */
#include "output.h"
#include "session.h"
#include "slip.h"
#include "system.h"

#include <string.h>

bool kk_cli_receipt_open(const kk_cli *cli, kk_cli_receipt_file *out)
{
    kk_error err = {.status = KK_OK};
    *out = (kk_cli_receipt_file){.known = NULL};
    if (cli->receipt == NULL || !kk_cli_is_there(cli->receipt)) {
        return true;
    }
    if (kk_file_load(cli->receipt, (uint64_t)64 << 20, &out->earlier, &err) != KK_OK ||
        kk_receipt_read(&out->receipt, (kk_str){out->earlier.ptr, out->earlier.len}, &err) !=
            KK_OK) {
        (void)kk_cli_fail_error(cli, cli->receipt, &err);
        return false;
    }
    out->known = kk_receipt_known(out->receipt, &out->n_known);
    return true;
}

void kk_cli_receipt_close(kk_cli_receipt_file *file)
{
    kk_receipt_free(file->receipt);
    kk_bytes_free(&file->earlier);
}

typedef struct choices {
    kk_field_value items[8];
    size_t n;
} choices;

static void choose(choices *c, const char *name, const char *value)
{
    if (value != NULL) {
        c->items[c->n++] = (kk_field_value){{name, strlen(name)}, {value, strlen(value)}};
    }
}

static choices choices_of(const kk_cli *cli, const kk_cli_receipt_run *run)
{
    choices c = {.n = 0};
    const bool tracked = cli->command == KK_CLI_INSERT ? !cli->no_track : cli->track;
    choose(&c, "date", run->date);
    choose(&c, "tracked", tracked ? "yes" : "no");
    choose(&c, "timestamp", tracked ? run->timestamp : NULL);
    choose(&c, "author", cli->author == NULL ? "klimakrav" : cli->author);
    choose(&c, "level", cli->level);
    choose(&c, "clause-lang", cli->clause_lang);
    choose(&c, "only-reviewed", cli->only_reviewed ? "yes" : NULL);
    choose(&c, "drop-signature", cli->drop_signature ? "yes" : NULL);
    return c;
}

bool kk_cli_receipt_save(const kk_cli *cli, const kk_cli_receipt_file *file,
                         const kk_cli_receipt_run *run)
{
    kk_error err = {.status = KK_OK};
    kk_bytes text = {NULL, 0};
    if (cli->receipt == NULL || (!run->changed && file->receipt != NULL)) {
        return true;
    }
    const choices chosen = choices_of(cli, run);
    kk_receipt_options o = KK_INIT(kk_receipt_options);
    o.command = cli->command_name;
    o.options = chosen.items;
    o.n_options = chosen.n;
    o.earlier = (kk_str){file->earlier.ptr, file->earlier.len};
    const bool done = kk_doc_receipt(run->doc, run->bank, &o, &text, &err) == KK_OK &&
                      kk_file_save(cli->receipt, (kk_str){text.ptr, text.len}, &err) == KK_OK;
    if (!done) {
        (void)kk_cli_fail_error(cli, cli->receipt, &err);
    }
    kk_bytes_free(&text);
    return done;
}

/* ---- receipt verify ------------------------------------------------------------------------- */

typedef struct proof {
    kk_bytes files[3]; /* before, after, receipt */
    kk_receipt *receipt;
    kk_bank *bank;
    kk_bytes report;
} proof;

static bool load(const kk_cli *cli, proof *p)
{
    kk_error err = {.status = KK_OK};
    for (size_t i = 0; i < 3; i++) {
        if (kk_file_load(cli->args[i + 1], 0, &p->files[i], &err) != KK_OK) {
            (void)kk_cli_fail_error(cli, cli->args[i + 1], &err);
            return false;
        }
    }
    if (kk_receipt_read(&p->receipt, (kk_str){p->files[2].ptr, p->files[2].len}, &err) != KK_OK) {
        (void)kk_cli_fail_error(cli, cli->args[3], &err);
        return false;
    }
    return kk_cli_bank(cli, &p->bank);
}

/* A receipt outlives its bank: another one is only a fault when the caller named one to compare. */
static int verify(const kk_cli *cli, proof *p)
{
    kk_error err = {.status = KK_OK};
    size_t faults = 0;
    if (!load(cli, p)) {
        return KK_EXIT_FAILED;
    }
    const bool other = strcmp(kk_receipt_bank(p->receipt), kk_bank_version(p->bank)) != 0;
    const bool asked = cli->rules_named;
    if (other && !asked) {
        kk_cli_notice(cli->args[3], kk_cli_say(KK_TEXT_OTHER_BANK, cli->lang),
                      kk_receipt_bank(p->receipt), kk_bank_version(p->bank));
    }
    if (kk_receipt_verify(p->receipt, (kk_str){p->files[0].ptr, p->files[0].len},
                          (kk_str){p->files[1].ptr, p->files[1].len}, asked ? p->bank : NULL,
                          cli->lang, &faults, &p->report, &err) != KK_OK) {
        return kk_cli_fail_error(cli, cli->args[2], &err);
    }
    const int code = kk_cli_deliver(cli, &p->report);
    return code == KK_EXIT_OK && faults > 0 ? KK_EXIT_FINDINGS : code;
}

int kk_cli_receipt(const kk_cli *cli)
{
    proof p = {.receipt = NULL};
    if (cli->n_args != 4 || strcmp(cli->args[0], "verify") != 0) {
        kk_cli_fail(NULL, "usage", "%s", kk_cli_say(KK_TEXT_BAD_RECEIPT_USE, cli->lang));
        return KK_EXIT_FAILED;
    }
    const int code = verify(cli, &p);
    for (size_t i = 0; i < 3; i++) {
        kk_bytes_free(&p.files[i]);
    }
    kk_bytes_free(&p.report);
    kk_receipt_free(p.receipt);
    kk_bank_free(p.bank);
    return code;
}
