/* Bytes as word/document.xml of an otherwise sound package: the XML scanner and the stories. Without
 * options the laws of the model are checked. */
#include "fuzzkit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)fuzz_auditor();
    const kk_str base = fuzz_file("fixtures/templates/tomt-dokument.docx");
    const fuzz_input in = fuzz_begin(data, size);
    kk_buf package;
    kk_buf_init(&package, 0);
    if (fuzz_exchange(base, "word/document.xml", in.bytes, &package) == KK_OK) {
        fuzz_document(kk_buf_view(&package), data != (const uint8_t *)in.bytes.ptr ? in.options : 64u);
    }
    kk_buf_dispose(&package);
    fuzz_end();
    return 0;
}
