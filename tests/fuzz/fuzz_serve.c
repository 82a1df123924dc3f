/* Bytes as one line to the server: always one line of JSON back. */
#include "fuzzkit.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static kk_server *server;
    kk_error err = {.status = KK_OK};
    if (server == NULL) {
        kk_server_options options = KK_INIT(kk_server_options);
        options.no_paths = true;
        fuzz_law(kk_server_new(&server, fuzz_bank(), &options, &err) == KK_OK, "a server");
    }
    const fuzz_input in = fuzz_begin(data, size);
    kk_bytes out = {NULL, 0};
    const kk_status s = kk_server_answer(server, in.bytes, "2026-11-23", "2026-11-23T12:00:00Z", &out,
                                         &err);
    fuzz_status(s, &err);
    fuzz_law(s == KK_OK || s == KK_E_NOMEM, "an answer also for nonsense");
    if (s == KK_OK) {
        fuzz_law(out.len > 2 && out.ptr[0] == '{' && memchr(out.ptr, '\n', out.len) == out.ptr + out.len - 1,
                 "one line, one object");
    }
    kk_bytes_free(&out);
    fuzz_end();
    return 0;
}
