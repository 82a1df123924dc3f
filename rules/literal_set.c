/* Sets of strings that a part of a regex matches or needs, and lengths of what stands before them.
 */
#include "literal_set.h"

#include "str.h"

#include <string.h>

kk_reach kk_reach_add(kk_reach a, kk_reach b)
{
    const uint32_t bytes = a.bytes > KK_REACH_MAX - b.bytes ? KK_REACH_MAX : a.bytes + b.bytes;
    return (kk_reach){bytes, a.wordy && b.wordy};
}

kk_reach kk_reach_join(kk_reach a, kk_reach b)
{
    return (kk_reach){a.bytes > b.bytes ? a.bytes : b.bytes, a.wordy && b.wordy};
}

kk_reach kk_reach_times(kk_reach a, uint32_t times)
{
    if (a.bytes == 0 || times == 0) {
        return KK_REACH_NONE;
    }
    a.bytes = a.bytes > KK_REACH_MAX / times ? KK_REACH_MAX : a.bytes * times;
    return a;
}

/* A single sign such as % or [ is rarer in text than most pairs of letters. */
size_t kk_literal_worth(kk_str s)
{
    const bool sign = s.len == 1 && strchr("%[]<>_$#@*=+|{}~^&\\", s.ptr[0]) != NULL;
    return sign ? KK_LITERAL_MIN : s.len;
}

static size_t shortest(const kk_literal_set *s)
{
    size_t min = SIZE_MAX;
    for (uint32_t i = 0; i < s->n; i++) {
        const size_t len = kk_literal_worth(s->items[i]);
        min = len < min ? len : min;
    }
    return s->n == 0 ? 0 : min;
}

/* Longer is rarer; of equal length, fewer strings are cheaper. */
static bool better(const kk_literal_set *a, const kk_literal_set *b)
{
    const size_t long_a = shortest(a) < 12 ? shortest(a) : 12;
    const size_t long_b = shortest(b) < 12 ? shortest(b) : 12;
    return long_a != long_b ? long_a > long_b : a->n < b->n;
}

void kk_literal_copy(kk_literal_set *to, const kk_literal_set *from)
{
    to->n = from->n;
    to->lead = from->lead;
    memcpy(to->items, from->items, from->n * sizeof *from->items);
}

void kk_literal_take(kk_literal_set *best, const kk_literal_set *candidate, kk_reach lead)
{
    if (shortest(candidate) >= KK_LITERAL_MIN && (best->n == 0 || better(candidate, best))) {
        kk_literal_copy(best, candidate);
        best->lead = lead;
    }
}

bool kk_literal_add(kk_literal_set *s, kk_str item)
{
    for (uint32_t i = 0; i < s->n; i++) {
        if (kk_str_equal(s->items[i], item)) {
            return true;
        }
    }
    if (s->n == KK_LITERAL_SET) {
        return false;
    }
    s->items[s->n++] = item;
    return true;
}

bool kk_literal_add_all(kk_literal_set *s, const kk_literal_set *more)
{
    for (uint32_t i = 0; i < more->n; i++) {
        if (!kk_literal_add(s, more->items[i])) {
            return false;
        }
    }
    return true;
}

void kk_literal_only_empty(kk_literal_set *s)
{
    s->n = 1;
    s->items[0] = (kk_str){"", 0};
}

bool kk_literal_product(kk_arena *arena, const kk_literal_set *a, const kk_literal_set *b,
                        kk_literal_set *out, bool *no_mem)
{
    out->n = 0;
    for (uint32_t i = 0; i < a->n; i++) {
        for (uint32_t k = 0; k < b->n; k++) {
            const kk_str x = a->items[i];
            const kk_str y = b->items[k];
            if (x.len + y.len > KK_LITERAL_MAX) {
                return false;
            }
            char joined[KK_LITERAL_MAX];
            memcpy(joined, x.ptr, x.len);
            memcpy(joined + x.len, y.ptr, y.len);
            const kk_str copy = kk_arena_str(arena, (kk_str){joined, x.len + y.len});
            *no_mem = *no_mem || copy.ptr == NULL;
            if (copy.ptr == NULL || !kk_literal_add(out, copy)) {
                return false;
            }
        }
    }
    return true;
}
