/* SHA-256 (FIPS 180-4) by nettle; nettle's header is allowed in hash.c alone. */
#ifndef KK_HASH_H
#define KK_HASH_H

#include <klimakrav/types.h>

/* 64 lower-case hex digits and a NUL. */
void kk_sha256_hex(kk_str bytes, char out[65]);
/* Incremental form over several pieces. */
void kk_sha256_hex_pieces(const kk_str *pieces, size_t n, char out[65]);

#endif
