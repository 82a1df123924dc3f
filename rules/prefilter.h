/* One pass over a paragraph tells which regexes can match in it at all: Aho-Corasick over the
 * literals of all matchers, on byte classes that fold case. May say yes too often, never no too
 * often. */
#ifndef KK_PREFILTER_H
#define KK_PREFILTER_H

#include "buf.h"
#include "model.h"
#include "vec.h"

typedef struct kk_prefilter kk_prefilter; /* immutable, shared by threads */

/* matchers is borrowed for as long as the prefilter lives. KK_E_NOMEM. */
kk_status kk_prefilter_new(kk_prefilter **out, const kk_matcher *matchers, uint32_t n,
                           kk_error *err);
void kk_prefilter_free(kk_prefilter *filter);

/* Matchers without literals: they are candidates everywhere. */
uint32_t kk_prefilter_n_always(const kk_prefilter *filter);

typedef KK_VEC(uint32_t) kk_candidates;

/* What one thread needs beside the shared automaton. Zero-initialise. */
typedef struct kk_prefilter_state {
    uint32_t *seen; /* per matcher: stamp of the paragraph that last found it */
    uint32_t stamp;
    kk_buf plain; /* paragraph with its odd letters replaced */
} kk_prefilter_state;

kk_status kk_prefilter_state_init(kk_prefilter_state *state, const kk_prefilter *filter,
                                  kk_error *err);
void kk_prefilter_state_dispose(kk_prefilter_state *state);

/* Appends to out every matcher that may match in s, each once, in no particular order.
 *   cost  one table step per byte; allocates only to grow out. */
kk_status kk_prefilter_scan(const kk_prefilter *filter, kk_prefilter_state *state, kk_str s,
                            kk_candidates *out, kk_error *err);

#endif
