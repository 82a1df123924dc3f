/* Edits of one part as sorted, non-overlapping replacements of byte ranges. Everything outside the
 * ranges comes out byte for byte. */
#ifndef KK_SPLICE_H
#define KK_SPLICE_H

#include "buf.h"
#include "vec.h"

#include <klimakrav/types.h>

/* raw[begin, end) gives way to bytes; begin == end inserts. */
typedef struct kk_splice {
    uint32_t begin, end;
    kk_str bytes;   /* borrowed until the splices are applied */
    uint32_t order; /* insertions at one place come out in this order */
    uint32_t owner; /* caller's number of the edit it belongs to */
} kk_splice;

/* Zero-initialised is empty. */
typedef struct kk_splices {
    KK_VEC(kk_splice) list;
} kk_splices;

void kk_splices_dispose(kk_splices *splices);
/* Records one replacement; false when out of memory. */
bool kk_splices_add(kk_splices *splices, uint32_t begin, uint32_t end, kk_str bytes,
                    uint32_t owner);
/* Forgets those recorded after the first n (undo of a failed edit). */
void kk_splices_cut(kk_splices *splices, size_t n);

/* Sorts, checks and applies. An insertion at the border of a replaced range stands outside it.
 *   raw      the old part; ranges lie within it.
 *   out      appended to; check out->failed.
 *   errors   KK_E_STALE when two replacements overlap or one leaves the part. */
kk_status kk_splices_apply(kk_splices *splices, kk_str raw, kk_buf *out);

/* After kk_splices_apply: where the bytes of the i-th splice (in sorted order) begin in the new
 * part. */
uint64_t kk_splices_new_begin(const kk_splices *splices, size_t i);

#endif
