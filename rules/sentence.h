/* Sentences of running text, for readers that judge one statement at a time. */
#ifndef KK_SENTENCE_H
#define KK_SENTENCE_H

#include <klimakrav/types.h>

/* Next sentence of s at or after *at: [*begin, *end) without surrounding blanks; moves *at past it.
 * A line break ends one; a full stop does where a capital, digit or quotation mark follows, but not
 * after a number ("1. Pris") or a common abbreviation ("30 pst.", "jf."). False when none is left.
 */
bool kk_sentence_next(kk_str s, size_t *at, size_t *begin, size_t *end);

#endif
