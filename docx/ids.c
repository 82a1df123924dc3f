/* Unique w:id values: a hash set of those in use and a deterministic probe. Knows attributes named
 * id; must not know what they mean. */
#include "ids.h"

#include "hash.h"
#include "mem.h"
#include "str.h"

#include <string.h>

/* Where ours begin: far above what counting programs use, below the sign bit. */
#define FIRST_ID 0x10000000u
#define ID_ROOM  0x60000000u

void kk_ids_dispose(kk_ids *ids)
{
    kk_release(ids->slots);
    memset(ids, 0, sizeof *ids);
}

static uint32_t slot_of(const kk_ids *ids, uint32_t id)
{
    uint32_t at = id * 2654435761u & (ids->cap - 1);
    while (ids->slots[at] != 0 && ids->slots[at] != id + 1) {
        at = (at + 1) & (ids->cap - 1);
    }
    return at;
}

static bool grow(kk_ids *ids)
{
    kk_ids bigger = {NULL, 0, ids->cap == 0 ? 256 : ids->cap * 2, ids->next};
    bigger.slots = kk_malloc(bigger.cap * sizeof *bigger.slots);
    if (bigger.slots == NULL) {
        return false;
    }
    memset(bigger.slots, 0, bigger.cap * sizeof *bigger.slots);
    for (uint32_t i = 0; i < ids->cap; i++) {
        if (ids->slots[i] != 0) {
            bigger.slots[slot_of(&bigger, ids->slots[i] - 1)] = ids->slots[i];
        }
    }
    bigger.n = ids->n;
    kk_release(ids->slots);
    *ids = bigger;
    return true;
}

bool kk_ids_use(kk_ids *ids, uint32_t id)
{
    if (id == UINT32_MAX) {
        return true;
    }
    if (ids->n * 2 >= ids->cap && !grow(ids)) {
        return false;
    }
    const uint32_t at = slot_of(ids, id);
    if (ids->slots[at] == 0) {
        ids->slots[at] = id + 1;
        ids->n++;
    }
    return true;
}

bool kk_ids_used(const kk_ids *ids, uint32_t id)
{
    return ids->cap != 0 && id != UINT32_MAX && ids->slots[slot_of(ids, id)] != 0;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The quoted decimal number that follows `at` in the same tag, after whatever name and '='. */
static bool number_after(kk_str raw, size_t at, uint32_t *out)
{
    while (at < raw.len && raw.ptr[at] != '"' && raw.ptr[at] != '\'' && raw.ptr[at] != '>' &&
           raw.ptr[at] != '<') {
        at++;
    }
    if (at >= raw.len || raw.ptr[at] == '>' || raw.ptr[at] == '<') {
        return false;
    }
    const char quote = raw.ptr[at++];
    const char *end = memchr(raw.ptr + at, quote, raw.len - at);
    return end != NULL && kk_str_to_u32((kk_str){raw.ptr + at, (size_t)(end - raw.ptr) - at}, out);
}

/* A byte, or one that no name holds outside raw. */
static char byte_at(kk_str raw, size_t at)
{
    if (at >= raw.len) {
        return 'x';
    }
    return raw.ptr[at];
}

bool kk_ids_collect(kk_ids *ids, kk_str raw)
{
    for (size_t at = 0; (at = kk_str_find(raw, KK_STR("id"), at)) != SIZE_MAX; at += 2) {
        const char before = byte_at(raw, at - 1);
        const char after = byte_at(raw, at + 2);
        const bool name = before == ':' || before == '<' || is_space(before);
        uint32_t id = 0;
        if (name && (after == '=' || is_space(after)) && number_after(raw, at + 2, &id) &&
            !kk_ids_use(ids, id)) {
            return false;
        }
    }
    return true;
}

void kk_ids_seed(kk_ids *ids, kk_str seed)
{
    char hex[65];
    kk_sha256_hex(seed, hex);
    uint32_t value = 0;
    for (int i = 0; i < 8; i++) {
        const char c = hex[i];
        value = value << 4 | (uint32_t)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    ids->next = FIRST_ID + value % ID_ROOM;
}

uint32_t kk_ids_take(kk_ids *ids)
{
    if (ids->next == 0) {
        ids->next = FIRST_ID;
    }
    while (kk_ids_used(ids, ids->next)) {
        ids->next++;
    }
    return kk_ids_use(ids, ids->next) ? ids->next++ : 0;
}
