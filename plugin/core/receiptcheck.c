/* Reading receipts and holding two files against one. Which bytes moved is docx's to find; here it
 * is put into words. */
#include "receipt.h"

#include "docx.h"
#include "hash.h"
#include "json.h"
#include "messages.h"
#include "plaintext.h"

static kk_status read(kk_receipt *receipt, kk_str json, kk_error *err)
{
    char seal[65];
    KK_TRY(kk_json_receipt(json, receipt->arena, &receipt->data, err));
    if (kk_receipt_seal(&receipt->data, seal) != KK_OK) {
        return kk_fail_nomem(err);
    }
    if (!kk_str_is(receipt->data.seal, seal)) {
        return kk_fail(err, KK_E_FORMAT, "receipt-seal",
                       "the receipt was changed after it was written");
    }
    return KK_OK;
}

kk_status kk_receipt_read(kk_receipt **out, kk_str json, kk_error *err)
{
    *out = NULL;
    kk_receipt *receipt = kk_malloc(sizeof *receipt);
    if (receipt == NULL) {
        return kk_fail_nomem(err);
    }
    *receipt = (kk_receipt){.arena = kk_arena_new()};
    const kk_status status = receipt->arena == NULL ? kk_fail_nomem(err) : read(receipt, json, err);
    if (status != KK_OK) {
        kk_receipt_free(receipt);
        return status;
    }
    *out = receipt;
    return KK_OK;
}

void kk_receipt_free(kk_receipt *receipt)
{
    if (receipt != NULL) {
        kk_arena_free(receipt->arena);
        kk_release(receipt);
    }
}

const kk_known_clause *kk_receipt_known(const kk_receipt *receipt, size_t *n)
{
    *n = receipt->data.n_known;
    return receipt->data.known;
}

const char *kk_receipt_bank(const kk_receipt *receipt)
{
    return receipt->data.bank.ptr;
}

/* ---- the proof ------------------------------------------------------------------------------ */

typedef struct proof {
    const kk_receipt_data *data;
    kk_lang lang;
    kk_arena *arena;
    kk_buf *out;
    size_t n_faults;
} proof;

static void fault(proof *p, kk_msg id, kk_str arg0, kk_str arg1)
{
    kk_buf line;
    kk_buf_init(&line, 0);
    kk_say(&line, id, p->lang, arg0, arg1);
    kk_plain(p->out, kk_buf_view(&line));
    kk_buf_putc(p->out, '\n');
    p->n_faults++;
    kk_buf_dispose(&line);
}

static void check_hash(proof *p, kk_str file, kk_str told, kk_msg id)
{
    char sha[65];
    kk_sha256_hex(file, sha);
    if (!kk_str_is(told, sha)) {
        fault(p, id, kk_str_slice(told, 0, 12), kk_str_slice(kk_z(sha), 0, 12));
    }
}

static void put_stray(proof *p, const kk_docx_stray *stray)
{
    static const kk_msg ids[] = {KK_MSG_STRAY_BYTES, KK_MSG_STRAY_ENTRY, KK_MSG_STRAY_MISSING,
                                 KK_MSG_STRAY_ADDED, KK_MSG_STRAY_ORDER, KK_MSG_STRAY_RANGE};
    fault(p, ids[stray->kind], stray->part,
          kk_arena_printf(p->arena, "%llu", (unsigned long long)stray->at));
}

static kk_status check_bytes(proof *p, kk_str before, kk_str after, kk_error *err)
{
    const kk_receipt_data *d = p->data;
    kk_docx_edit *edits = kk_arena_array(p->arena, d->n_changes + 1, sizeof *edits);
    const kk_docx_stray *strays;
    uint32_t n;
    if (edits == NULL) {
        return kk_fail_nomem(err);
    }
    for (size_t i = 0; i < d->n_changes; i++) {
        const kk_receipt_change *c = &d->changes[i];
        edits[i] = (kk_docx_edit){.part = c->part,
                                  .begin = c->new_begin,
                                  .end = c->new_end,
                                  .old_begin = c->old_begin,
                                  .old_end = c->old_end};
    }
    if (d->n_changes == 0 && kk_str_equal(before, after)) {
        return KK_OK;
    }
    const kk_docx_change change = {before, after, edits, (uint32_t)d->n_changes};
    KK_TRY(kk_docx_find_strays(&change, NULL, p->arena, &strays, &n, err));
    for (uint32_t i = 0; i < n; i++) {
        put_stray(p, &strays[i]);
    }
    return KK_OK;
}

static kk_status prove(proof *p, kk_str before, kk_str after, const kk_bank *bank, kk_error *err)
{
    const kk_receipt_data *d = p->data;
    check_hash(p, before, d->input, KK_MSG_PROOF_INPUT);
    check_hash(p, after, d->output, KK_MSG_PROOF_OUTPUT);
    if (bank != NULL && !kk_str_is(d->bank, bank->version)) {
        fault(p, KK_MSG_PROOF_BANK, d->bank, kk_z(bank->version));
    }
    KK_TRY(check_bytes(p, before, after, err));
    if (p->n_faults == 0) {
        kk_buf line;
        kk_buf_init(&line, 0);
        kk_say_n(&line, KK_MSG_PROOF_OK, p->lang, d->n_changes);
        kk_buf_str(p->out, kk_buf_view(&line));
        kk_buf_putc(p->out, '\n');
        kk_buf_dispose(&line);
    }
    return p->out->failed == KK_OK ? KK_OK : kk_fail_nomem(err);
}

/* NOLINTNEXTLINE(readability-function-size): a proof needs both files, the receipt and the bank */
kk_status kk_receipt_verify(const kk_receipt *receipt, kk_str before, kk_str after,
                            const kk_bank *bank, kk_lang lang, size_t *n_faults, kk_bytes *report,
                            kk_error *err)
{
    kk_buf text;
    kk_buf_init(&text, 0);
    if (report != NULL) {
        *report = (kk_bytes){NULL, 0};
    }
    proof p = {.data = &receipt->data, .lang = lang, .arena = kk_arena_new(), .out = &text};
    kk_status status = p.arena == NULL ? kk_fail_nomem(err) : prove(&p, before, after, bank, err);
    *n_faults = p.n_faults;
    kk_arena_free(p.arena);
    if (status == KK_OK && report != NULL) {
        return kk_buf_give(&text, report, err);
    }
    kk_buf_dispose(&text);
    return status;
}
