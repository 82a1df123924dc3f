/* Bytes as a compiled bank. Its checksum is made right first, or nothing would ever come past it;
 * loaded, and with option bit 0 listed too. */
#include "fuzzkit.h"

#include "image.h"
#include "rules.h"
#include "str.h"

#include <stdlib.h>
#include <string.h>

enum { AT_SUM = 24, AT_REST = 32 };

static void make_sum_right(char *bytes, size_t size)
{
    const uint64_t sum = kk_rules_image_sum((kk_str){bytes + AT_REST, size - AT_REST});
    for (size_t i = 0; i < 8; i++) {
        bytes[AT_SUM + i] = (char)(sum >> (8 * i) & 0xffu);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const fuzz_input in = fuzz_begin(data, size);
    char *copy = malloc(in.bytes.len + 1);
    if (copy != NULL && in.bytes.len > 0) {
        memcpy(copy, in.bytes.ptr, in.bytes.len);
    }
    if (copy != NULL && in.bytes.len > KK_IMAGE_HEAD) {
        make_sum_right(copy, in.bytes.len);
    }
    const kk_bank_file file = {KK_STR("bank.kkb"), {copy, copy != NULL ? in.bytes.len : 0}, true};
    kk_error err = {.status = KK_OK};
    kk_bank *bank = NULL;
    kk_bytes out = {NULL, 0};
    kk_status s = kk_bank_load_memory(&bank, &file, 1, KK_STR(""), &err);
    fuzz_law((s == KK_OK) == (bank != NULL), "a bank, or an error");
    if (s == KK_OK && (in.options & 1u) != 0) {
        kk_catalogue_options how = KK_INIT(kk_catalogue_options);
        how.format = KK_FORMAT_JSON;
        how.date = "2026-11-23";
        s = kk_bank_list(bank, &how, &out, &err);
    }
    fuzz_status(s, &err);
    kk_bytes_free(&out);
    kk_bank_free(bank);
    free(copy);
    fuzz_end();
    return 0;
}
