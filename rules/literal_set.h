/* Small sets of strings, and how far from the beginning of a match they stand; between literal.c
 * and its helpers. */
#ifndef KK_LITERAL_SET_H
#define KK_LITERAL_SET_H

#include "literal.h"

enum {
    KK_LITERAL_SET = 48, /* strings kept per set */
    KK_LITERAL_MAX = 40, /* bytes kept per string */
    KK_LITERAL_MIN = 2
};

/* How many bytes something takes at most, and whether all of them are letters, digits or _. */
typedef struct kk_reach {
    uint32_t bytes; /* KK_REACH_MAX = no bound */
    bool wordy;
} kk_reach;

#define KK_REACH_MAX  UINT32_MAX
#define KK_REACH_NONE ((kk_reach){0, true})

/* One after the other; either of the two; up to `times` times (KK_REACH_MAX = any number). */
kk_reach kk_reach_add(kk_reach a, kk_reach b);
kk_reach kk_reach_join(kk_reach a, kk_reach b);
kk_reach kk_reach_times(kk_reach a, uint32_t times);

typedef struct kk_literal_set {
    kk_str items[KK_LITERAL_SET];
    uint32_t n;
    kk_reach lead; /* what stands before the string in a match */
} kk_literal_set;

/* Length, but a single sign such as % or [ counts as two: it is rarer in text than most pairs. */
size_t kk_literal_worth(kk_str s);
/* False when the set is full. */
bool kk_literal_add(kk_literal_set *s, kk_str item);
bool kk_literal_add_all(kk_literal_set *s, const kk_literal_set *more);
void kk_literal_only_empty(kk_literal_set *s);
void kk_literal_copy(kk_literal_set *to, const kk_literal_set *from);
/* best = candidate, standing behind lead, if its strings are rarer. */
void kk_literal_take(kk_literal_set *best, const kk_literal_set *candidate, kk_reach lead);
/* out = every string of a followed by every string of b. False when that is too much. */
bool kk_literal_product(kk_arena *arena, const kk_literal_set *a, const kk_literal_set *b,
                        kk_literal_set *out, bool *no_mem);

#endif
