/* Bytes as a receipt: refused when its seal does not fit; sealed anew it is read, its clauses are taken,
 * and it is held against two files. */
#include "fuzzkit.h"

#include "json.h"
#include "receipt.h"

/* The same receipt with the right seal; false when it is none. */
static bool seal(kk_str json, kk_buf *out)
{
    kk_error err = {.status = KK_OK};
    kk_receipt_data data;
    kk_arena *arena = kk_arena_new();
    const kk_status s = arena == NULL ? KK_E_NOMEM : kk_json_receipt(json, arena, &data, &err);
    const bool sealed = s == KK_OK && kk_receipt_write(&data, out) == KK_OK;
    kk_arena_free(arena);
    return sealed && out->failed == KK_OK;
}

static void use(kk_str json, kk_str file)
{
    kk_error err = {.status = KK_OK};
    kk_receipt *receipt = NULL;
    kk_bytes told = {NULL, 0};
    size_t n = 0;
    kk_status s = kk_receipt_read(&receipt, json, &err);
    fuzz_law((s == KK_OK) == (receipt != NULL), "a receipt, or an error");
    if (receipt != NULL) {
        const kk_known_clause *known = kk_receipt_known(receipt, &n);
        for (size_t i = 0; i < n; i++) {
            fuzz_law(known[i].clause.len == 0 || known[i].clause.ptr != NULL, "names are there");
        }
        (void)kk_receipt_bank(receipt);
        s = kk_receipt_verify(receipt, file, file, NULL, KK_LANG_NB, &n, &told, &err);
    }
    fuzz_status(s, &err);
    kk_bytes_free(&told);
    kk_receipt_free(receipt);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const kk_str file = fuzz_file("fixtures/templates/snorydding-moen.docx");
    const fuzz_input in = fuzz_begin(data, size);
    kk_buf sealed;
    kk_buf_init(&sealed, 0);
    use(in.bytes, file);
    if (seal(in.bytes, &sealed)) {
        use(kk_buf_view(&sealed), file);
    }
    kk_buf_dispose(&sealed);
    fuzz_end();
    return 0;
}
