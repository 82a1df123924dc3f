/* One pass over a paragraph tells which regexes can match in it at all: Aho-Corasick over the
 * literals of all matchers, on byte classes that fold case. May say yes too often, never no too
 * often. */
#ifndef KK_PREFILTER_H
#define KK_PREFILTER_H

#include "buf.h"
#include "model.h"
#include "vec.h"

/* Immutable, shared by threads: a trie as flat arrays. States are numbered breadth first, so that
 * the children of state s are [begin[s], begin[s + 1]) and fail[s] < s; state 0 is the root. */
typedef struct kk_prefilter {
    uint8_t class_of[256]; /* 0 = in no literal */
    uint32_t n_classes, n_states, n_outputs, n_always, n_matchers;
    const uint32_t *begin;     /* n_states + 1 */
    const uint32_t *fail;      /* state of the longest proper suffix */
    const uint32_t *chain;     /* the state itself if it has outputs, else the longest suffix state
                                  that has; 0 = none */
    const uint32_t *out_begin; /* n_states + 1: outputs of each state */
    const uint32_t *outputs;   /* see kk_output_matcher */
    const uint32_t *always;    /* matchers without literals: candidates everywhere */
    const uint32_t *lead;      /* per matcher, see kk_matcher */
    const uint8_t *label;      /* class of the byte that leads into a state */
} kk_prefilter;

/* An output is matcher << 8 | bytes of the literal << 4 | KK_EDGE_* that hold for it. */
enum { KK_LITERAL_CUT = 10, KK_OUTPUT_MATCHERS = 1 << 24 };

static inline uint32_t kk_output_matcher(uint32_t output)
{
    return output >> 8;
}

static inline uint32_t kk_output_len(uint32_t output)
{
    return output >> 4 & 0xF;
}

static inline uint32_t kk_output_edges(uint32_t output)
{
    return output & 0xF;
}

/* Builds the automaton into arena. KK_E_NOMEM; KK_E_LIMIT for more than KK_OUTPUT_MATCHERS. */
kk_status kk_prefilter_build(kk_prefilter *out, const kk_matcher *matchers, uint32_t n,
                             kk_arena *arena, kk_error *err);

/* A matcher that may match: no match of it begins outside [first, last]. */
typedef struct kk_candidate {
    uint32_t matcher, first, last;
} kk_candidate;

typedef KK_VEC(kk_candidate) kk_candidates;

/* Where a matcher was found last. */
typedef struct kk_prefilter_seen {
    uint32_t stamp; /* of the paragraph */
    uint32_t at;    /* index among its candidates */
} kk_prefilter_seen;

/* What one thread needs beside the shared automaton: its dense rows, made when a text first needs
 * them. Zero-initialise. */
typedef struct kk_prefilter_state {
    kk_prefilter_seen *seen; /* per matcher */
    uint32_t stamp;
    uint32_t *row_of;   /* per state: its row + 1, 0 = not made yet */
    uint32_t *state_of; /* per row */
    uint32_t *cells;    /* n_classes per row */
    uint32_t n_rows, room_rows;
    kk_buf plain; /* paragraph with its odd letters replaced */
} kk_prefilter_state;

kk_status kk_prefilter_state_init(kk_prefilter_state *state, const kk_prefilter *filter,
                                  kk_error *err);
void kk_prefilter_state_dispose(kk_prefilter_state *state);

/* Appends to out every matcher that may match in s, each once, in no particular order.
 *   cost  one table step per byte, once the texts so far have made the rows; allocates only to
 *         grow out and the rows. KK_E_NOMEM. */
kk_status kk_prefilter_scan(const kk_prefilter *filter, kk_prefilter_state *state, kk_str s,
                            kk_candidates *out, kk_error *err);

#endif
