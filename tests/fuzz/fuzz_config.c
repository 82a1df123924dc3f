/* Bytes as klimakrav.xml: read, validated, and every question asked. */
#include "fuzzkit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const fuzz_input in = fuzz_begin(data, size);
    kk_error err = {.status = KK_OK};
    kk_config *config = NULL;
    const kk_status s = kk_config_load_memory(&config, in.bytes, "maler/klimakrav.xml", &err);
    fuzz_status(s, &err);
    fuzz_law((s == KK_OK) == (config != NULL), "a config, or an error");
    if (config != NULL) {
        kk_config_info info = KK_INIT(kk_config_info);
        (void)kk_config_get(config, &info);
        (void)kk_config_municipality(config, "maler/it/avtale.docx");
        for (size_t i = 0; i <= kk_config_suppressions(config); i++) {
            kk_suppression_info one = KK_INIT(kk_suppression_info);
            const kk_status got = kk_config_suppression(config, i, "2026-11-23", &one);
            fuzz_law((got == KK_OK) == (i < kk_config_suppressions(config)), "n suppressions");
        }
    }
    kk_config_free(config);
    fuzz_end();
    return 0;
}
