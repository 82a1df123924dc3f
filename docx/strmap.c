/* Open addressing with linear probing; grows at two thirds full. Knows nothing of documents. */
#include "strmap.h"

#include "mem.h"
#include "str.h"

#include <string.h>

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* FNV-1a over folded bytes; the plain hash comes from the floor. */
static uint64_t hash_of(const kk_strmap *map, kk_str key)
{
    if (!map->nocase) {
        return kk_str_hash(key);
    }
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < key.len; i++) {
        hash = (hash ^ (unsigned char)lower(key.ptr[i])) * UINT64_C(1099511628211);
    }
    return hash;
}

static bool same(const kk_strmap *map, kk_str a, kk_str b)
{
    if (!map->nocase || a.len != b.len) {
        return kk_str_equal(a, b);
    }
    for (size_t i = 0; i < a.len; i++) {
        if (lower(a.ptr[i]) != lower(b.ptr[i])) {
            return false;
        }
    }
    return true;
}

/* The low bits of FNV depend on the low bits of the input alone, so that names could be chosen to
 * collide; mixing the high bits in makes that a search. */
static uint32_t slot_of(uint64_t hash, uint32_t cap)
{
    hash ^= hash >> 32;
    hash *= UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)(hash >> 32) & (cap - 1);
}

static bool grow(kk_strmap *map)
{
    const uint32_t cap = map->cap == 0 ? 16 : map->cap * 2;
    size_t bytes;
    if (cap < map->cap || !kk_mul(cap, sizeof *map->slots, &bytes)) {
        return false;
    }
    kk_strmap_slot *slots = kk_malloc(bytes);
    if (slots == NULL) {
        return false;
    }
    memset(slots, 0, bytes);
    for (uint32_t i = 0; i < map->cap; i++) {
        if (map->slots[i].used) {
            uint32_t at = slot_of(map->slots[i].hash, cap);
            while (slots[at].used) {
                at = (at + 1) & (cap - 1);
            }
            slots[at] = map->slots[i];
        }
    }
    kk_release(map->slots);
    map->slots = slots;
    map->cap = cap;
    return true;
}

void kk_strmap_dispose(kk_strmap *map)
{
    kk_release(map->slots);
    map->slots = NULL;
    map->n = map->cap = 0;
}

bool kk_strmap_put(kk_strmap *map, kk_str key, uint32_t value, uint32_t *old)
{
    if (old != NULL) {
        *old = KK_NONE;
    }
    if (map->n + 1 > map->cap / 3 * 2 && !grow(map)) {
        return false;
    }
    const uint64_t hash = hash_of(map, key);
    uint32_t at = slot_of(hash, map->cap);
    for (; map->slots[at].used; at = (at + 1) & (map->cap - 1)) {
        if (map->slots[at].hash == hash && same(map, map->slots[at].key, key)) {
            if (old != NULL) {
                *old = map->slots[at].value;
            }
            return true;
        }
    }
    map->slots[at] = (kk_strmap_slot){.hash = hash, .key = key, .value = value, .used = true};
    map->n++;
    return true;
}

uint32_t kk_strmap_get(const kk_strmap *map, kk_str key)
{
    if (map->cap == 0) {
        return KK_NONE;
    }
    const uint64_t hash = hash_of(map, key);
    for (uint32_t at = slot_of(hash, map->cap); map->slots[at].used;
         at = (at + 1) & (map->cap - 1)) {
        if (map->slots[at].hash == hash && same(map, map->slots[at].key, key)) {
            return map->slots[at].value;
        }
    }
    return KK_NONE;
}
