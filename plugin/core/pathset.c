/* Hashing of paths; the only question it answers is whether one was seen before. */
#include "pathset.h"

#include "str.h"

#include <string.h>

static size_t slot_of(const kk_pathset *set, kk_str key)
{
    size_t at = (size_t)kk_str_hash(key) & (set->n_slots - 1);
    while (set->slots[at] != 0 && !kk_str_equal(set->keys.items[set->slots[at] - 1], key)) {
        at = (at + 1) & (set->n_slots - 1);
    }
    return at;
}

static bool grow(kk_pathset *set)
{
    const size_t n = set->n_slots == 0 ? 64 : set->n_slots * 2;
    size_t bytes;
    uint32_t *slots = kk_mul(n, sizeof *slots, &bytes) ? kk_malloc(bytes) : NULL;
    if (slots == NULL) {
        return false;
    }
    memset(slots, 0, bytes);
    kk_release(set->slots);
    set->slots = slots;
    set->n_slots = n;
    for (size_t i = 0; i < set->keys.n; i++) {
        set->slots[slot_of(set, set->keys.items[i])] = (uint32_t)i + 1;
    }
    return true;
}

size_t kk_pathset_find(const kk_pathset *set, kk_str key)
{
    if (set->n_slots == 0) {
        return SIZE_MAX;
    }
    const uint32_t slot = set->slots[slot_of(set, key)];
    return slot == 0 ? SIZE_MAX : slot - 1;
}

bool kk_pathset_add(kk_pathset *set, kk_str key, size_t *index, bool *is_new)
{
    if ((set->keys.n + 1) * 2 > set->n_slots && !grow(set)) {
        return false;
    }
    const size_t at = slot_of(set, key);
    const bool fresh = set->slots[at] == 0;
    if (fresh) {
        if (!kk_vec_push(&set->keys, key)) {
            return false;
        }
        set->slots[at] = (uint32_t)set->keys.n;
    }
    *index = set->slots[at] - 1;
    if (is_new != NULL) {
        *is_new = fresh;
    }
    return true;
}

void kk_pathset_free(kk_pathset *set)
{
    kk_vec_free(&set->keys);
    kk_release(set->slots);
    set->slots = NULL;
    set->n_slots = 0;
}
