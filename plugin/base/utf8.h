/* UTF-8: validation, decoding, the same-length fold that matching uses, normalisation. */
#ifndef KK_UTF8_H
#define KK_UTF8_H

#include "arena.h"
#include "buf.h"

#include <klimakrav/types.h>

/* Offset of the first byte that is not valid UTF-8 (RFC 3629: no surrogates, no overlongs),
 * or s.len if all is well. */
size_t kk_utf8_invalid_at(kk_str s);
/* Decodes at *at and moves it on. U+FFFD (one byte on) for invalid bytes. 0 at the end. */
uint32_t kk_utf8_next(kk_str s, size_t *at);
/* Appends one code point. */
void kk_utf8_put(kk_buf *buf, uint32_t c);
/* Folds in place to lower case without changing any length: ASCII, Latin-1 and Latin Extended-A
 * (Norwegian and Sami letters); everything else passes. Offsets therefore agree with the input. */
void kk_utf8_fold(char *bytes, size_t len);
/* Letter or digit in any script (for word boundaries). */
bool kk_utf8_is_word(uint32_t c);
/* NFC composition, white space folded to single spaces and trimmed. {NULL,0} when out of memory. */
kk_str kk_utf8_normalise(kk_arena *arena, kk_str s);
/* Lower case by full Unicode simple mapping (may change lengths), NFC. For keys, never for offsets.
 */
kk_str kk_utf8_lower(kk_arena *arena, kk_str s);
/* UTF-16 code units that s would take, for hosts and for the 64-unit cap on w:tag. */
size_t kk_utf8_utf16_len(kk_str s);

#endif
