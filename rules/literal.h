/* What every match of a regex must hold: the literals that the prefilter looks for. */
#ifndef KK_LITERAL_H
#define KK_LITERAL_H

#include "model.h"

#include <klimakrav/types.h>

/* Any match contains at least one of the items. Folded (kk_utf8_fold). n = 0: nothing is sure.
 * lead: a match begins at most so many bytes before an item that it contains; or KK_LEAD_WORD:
 * where the word begins that the item stands in, or later; or KK_LEAD_ANY. */
typedef struct kk_literals {
    const kk_str *items;
    uint32_t n;
    uint32_t lead;
} kk_literals;

/* Derives literals from a PCRE2 regex. Worked examples:
 *   null(?:utslipp|fri)\w*     nullutslipp, nullfri
 *   (?:person|vare)?bil\b      personbil, varebil, bil
 *   bygge?j?e?vare             byggvare, byggevare, byggjvare, byggjevare ...
 *   \d+\s*%                    %   (one letter would be dropped, one sign is rare enough)
 *   \d+\s*W\b                  nothing
 * Anything it does not understand only makes the result weaker, never wrong. arena owns the result.
 *   errors  KK_E_NOMEM. */
kk_status kk_literals_derive(kk_str regex, kk_arena *arena, kk_literals *out, kk_error *err);

/* Literals declared by the author, "a|b|c", or the one of a word. Pieces that the prefilter cannot
 * compare bytewise are cut down to their longest plain part. */
kk_status kk_literals_declared(kk_str list, kk_arena *arena, kk_literals *out, kk_error *err);

/* Longest part of s that is ASCII or a Latin-1 letter with its case partner in Latin-1. */
kk_str kk_literal_plain(kk_str s);

#endif
