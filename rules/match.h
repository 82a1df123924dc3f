/* Runs the regexes. PCRE2 is behind this header alone. */
#ifndef KK_MATCH_H
#define KK_MATCH_H

#include "model.h"

/* Compiled matchers, match data and JIT stack of one thread. A matcher is compiled when it is first
 * asked, and gets machine code once it was asked often. */
typedef struct kk_match kk_match;

/* matchers is borrowed. steps = PCRE2 match limit per call, 0 = default. KK_E_NOMEM. */
kk_status kk_match_new(kk_match **out, const kk_matcher *matchers, uint32_t n, uint32_t steps,
                       kk_error *err);
void kk_match_free(kk_match *match);

/* First match of matcher in subject at or after *from. Sets [*begin, *end) and moves *from past it
 * (by one letter more for an empty match, which is passed over). *found is false when there is
 * none. subject  valid UTF-8; look-behind sees what stands before *from. errors   KK_E_LIMIT when
 * the step budget is gone; KK_E_RULE when the regex does not compile. */
kk_status kk_match_next(kk_match *match, uint32_t matcher, kk_str subject, size_t *from,
                        kk_str *found, kk_error *err);

/* The same for a match that begins at or before `last`. */
kk_status kk_match_within(kk_match *match, uint32_t matcher, kk_str subject, size_t *from,
                          size_t last, kk_str *found, kk_error *err);

/* Does the regex compile? *offset = byte where PCRE2 stopped; message is filled from PCRE2
 * otherwise. */
bool kk_match_compiles(kk_str regex, size_t *offset, char message[120]);

#endif
