/* A set of strings with their index of arrival: paths seen before. */
#ifndef KK_PATHSET_H
#define KK_PATHSET_H

#include "vec.h"

#include <klimakrav/types.h>

/* Zeroed = empty. Keys are borrowed. */
typedef struct kk_pathset {
    KK_VEC(kk_str) keys;
    uint32_t *slots; /* open addressing: index + 1, 0 = free */
    size_t n_slots;  /* a power of two */
} kk_pathset;

/* Index of key, or SIZE_MAX. */
size_t kk_pathset_find(const kk_pathset *set, kk_str key);
/* Adds key unless it is there; *index is its place either way, *is_new says which (may be NULL).
 * False when out of memory. */
bool kk_pathset_add(kk_pathset *set, kk_str key, size_t *index, bool *is_new);
void kk_pathset_free(kk_pathset *set);

#endif
