/* String views. Comparison is bytewise unless the name says otherwise. */
#ifndef KK_STR_H
#define KK_STR_H

#include <klimakrav/types.h>

/* For literals and NUL-terminated strings; NULL gives the empty view. */
kk_str kk_str_from(const char *z);
#define KK_STR(literal) ((kk_str){"" literal, sizeof(literal) - 1})

bool kk_str_equal(kk_str a, kk_str b);
bool kk_str_is(kk_str a, const char *z);
/* ASCII case only. */
bool kk_str_is_nocase(kk_str a, const char *z);
int kk_str_compare(kk_str a, kk_str b);
bool kk_str_starts(kk_str s, kk_str prefix);
bool kk_str_ends(kk_str s, kk_str suffix);
/* First position of needle in s at or after from, or SIZE_MAX. */
size_t kk_str_find(kk_str s, kk_str needle, size_t from);
kk_str kk_str_trim(kk_str s);                            /* ASCII white space and U+00A0 */
kk_str kk_str_slice(kk_str s, size_t begin, size_t end); /* clamped */
/* Takes the part before the next sep from *rest and moves *rest past it. False when *rest is empty:
 * the last part may be ended by sep or by the end, as lines are ("a,b" and "a,b," give two parts).
 */
bool kk_str_split(kk_str *rest, char sep, kk_str *part);
/* Next word separated by ASCII white space. */
bool kk_str_word(kk_str *rest, kk_str *word);
/* Whole view is a decimal number in range; no sign, no spaces. */
bool kk_str_to_u32(kk_str s, uint32_t *out);
uint64_t kk_str_hash(kk_str s); /* FNV-1a, for tables and fingerprints within one run only */

#endif
