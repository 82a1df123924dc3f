/* The difference of two texts word by word, as a list of steps that read well. */
#ifndef KK_DIFF_H
#define KK_DIFF_H

#include "arena.h"
#include "buf.h"

/* A word, a sign, a stretch of white space; or something that is no text and goes or stays whole
 * (`whole`: a fill-in field, by name). Two are the same when both members are equal. */
typedef struct kk_diff_token {
    kk_str text;
    bool whole;
} kk_diff_token;

typedef struct kk_diff_tokens {
    const kk_diff_token *items;
    uint32_t n;
} kk_diff_tokens;

typedef enum kk_diff_kind { KK_DIFF_KEEP = 0, KK_DIFF_CUT, KK_DIFF_ADD } kk_diff_kind;

/* One token: KEEP has both positions, CUT the old one, ADD the new one. The other is that of the
 * next token of its side. */
typedef struct kk_diff_step {
    kk_diff_kind kind;
    uint32_t a, b;
} kk_diff_step;

typedef struct kk_diff {
    const kk_diff_step *steps; /* in arena; where something changed, the CUTs come first */
    uint32_t n;
    uint32_t kept; /* steps that KEEP */
} kk_diff;

/* A longest common subsequence. White space or one sign alone between two changes changes with
 * them. Where the sizes (less what is equal at both ends) multiply to more than four million,
 * everything between the equal ends counts as changed. errors  KK_E_NOMEM only. */
kk_status kk_diff_run(kk_diff_tokens old, kk_diff_tokens now, kk_arena *arena, kk_diff *out);

/* Takes the next token off *rest: letters and digits together, white space together, any other
 * character alone. Empty when *rest is. UTF-8 is never cut. */
kk_str kk_diff_word(kk_str *rest);
/* All tokens of a text; items NULL when out of memory. */
kk_diff_tokens kk_diff_split(kk_str text, kk_arena *arena);

/* Appends old turned into now: "same [-gone-]{+new+}". */
kk_status kk_diff_words(kk_buf *out, kk_str old, kk_str now, kk_arena *arena);
/* How much of two texts is alike, 0 to 100: bytes of words that stay, of all bytes. */
kk_status kk_diff_likeness(kk_str old, kk_str now, kk_arena *arena, unsigned *percent);

#endif
