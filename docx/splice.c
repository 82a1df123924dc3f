/* Applies byte replacements to one part. Knows bytes only; must not know XML. */
#include "splice.h"

#include <stdlib.h>

void kk_splices_dispose(kk_splices *splices)
{
    kk_vec_free(&splices->list);
}

bool kk_splices_add(kk_splices *splices, uint32_t begin, uint32_t end, kk_str bytes, uint32_t owner)
{
    const kk_splice splice = {begin, end, bytes, (uint32_t)splices->list.n, owner};
    return kk_vec_push(&splices->list, splice);
}

void kk_splices_cut(kk_splices *splices, size_t n)
{
    if (n < splices->list.n) {
        splices->list.n = n;
    }
}

/* By begin; at one begin the pure insertions come before the replaced range, in recorded order. */
static int by_place(const void *a, const void *b)
{
    const kk_splice *x = a, *y = b;
    if (x->begin != y->begin) {
        return x->begin < y->begin ? -1 : 1;
    }
    const bool ranged_x = x->end > x->begin, ranged_y = y->end > y->begin;
    if (ranged_x != ranged_y) {
        return ranged_x ? 1 : -1;
    }
    return x->order < y->order ? -1 : x->order > y->order ? 1 : 0;
}

kk_status kk_splices_apply(kk_splices *splices, kk_str raw, kk_buf *out)
{
    if (splices->list.n > 0) {
        qsort(splices->list.items, splices->list.n, sizeof *splices->list.items, by_place);
    }
    uint32_t at = 0;
    for (size_t i = 0; i < splices->list.n; i++) {
        const kk_splice *splice = &splices->list.items[i];
        if (splice->begin < at || splice->end < splice->begin || splice->end > raw.len) {
            return KK_E_STALE;
        }
        kk_buf_add(out, raw.ptr + at, splice->begin - at);
        kk_buf_str(out, splice->bytes);
        at = splice->end;
    }
    kk_buf_add(out, raw.ptr + at, raw.len - at);
    return out->failed;
}

uint64_t kk_splices_new_begin(const kk_splices *splices, size_t i)
{
    uint64_t grown = 0, shrunk = 0;
    for (size_t k = 0; k < i; k++) {
        const kk_splice *splice = &splices->list.items[k];
        grown += splice->bytes.len;
        shrunk += splice->end - splice->begin;
    }
    return splices->list.items[i].begin + grown - shrunk;
}
