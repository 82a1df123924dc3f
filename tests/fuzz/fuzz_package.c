/* Bytes as a file: opened, printed, audited, reported, edited. */
#include "fuzzkit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)fuzz_auditor();
    const fuzz_input in = fuzz_begin(data, size);
    fuzz_document(in.bytes, in.options);
    fuzz_end();
    return 0;
}
