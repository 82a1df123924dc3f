/* Names to indices: an open hash table in heap memory, linear time whatever the input. */
#ifndef KK_STRMAP_H
#define KK_STRMAP_H

#include <klimakrav/types.h>

typedef struct kk_strmap_slot {
    uint64_t hash;
    kk_str key; /* borrowed */
    uint32_t value;
    bool used;
} kk_strmap_slot;

/* Zero-initialised is empty. */
typedef struct kk_strmap {
    kk_strmap_slot *slots;
    uint32_t n, cap; /* cap is 0 or a power of two */
    bool nocase;     /* ASCII case does not matter; set before the first put */
} kk_strmap;

void kk_strmap_dispose(kk_strmap *map);
/* Keeps the first value of a key. *old (may be NULL) is that value, or KK_NONE if the key is new.
 * key is borrowed for the life of the map. False when out of memory. */
bool kk_strmap_put(kk_strmap *map, kk_str key, uint32_t value, uint32_t *old);
/* KK_NONE if absent. */
uint32_t kk_strmap_get(const kk_strmap *map, kk_str key);

#endif
