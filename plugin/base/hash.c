/* SHA-256 in hex. The only file that sees nettle. */
#include "hash.h"

#include <nettle/sha2.h>

void kk_sha256_hex_pieces(const kk_str *pieces, size_t n, char out[65])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_SIZE];
    struct sha256_ctx context;
    sha256_init(&context);
    for (size_t i = 0; i < n; i++) {
        if (pieces[i].len > 0) {
            sha256_update(&context, pieces[i].len, (const uint8_t *)pieces[i].ptr);
        }
    }
    sha256_digest(&context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[64] = '\0';
}

void kk_sha256_hex(kk_str bytes, char out[65])
{
    kk_sha256_hex_pieces(&bytes, 1, out);
}
