/* Growth of typed arrays; the type itself lives in the macros of vec.h. */
#include "vec.h"

#include <string.h>

enum { ITEMS_FIRST = 8 };

/* *items is read and written by memcpy: it is a T * seen through void **, and the compiler may
 * assume that those two never name the same object. */
bool kk_vec_grow(void **items, size_t *cap, size_t n, size_t size)
{
    size_t need;
    size_t bytes;
    if (!kk_add(n, 1, &need)) {
        return false;
    }
    size_t wanted = *cap < ITEMS_FIRST ? ITEMS_FIRST : *cap;
    if (wanted < need) {
        wanted = wanted > SIZE_MAX / 2 || wanted * 2 < need ? need : wanted * 2;
    }
    if (!kk_mul(wanted, size, &bytes)) {
        return false;
    }
    void *old;
    memcpy(&old, items, sizeof old);
    void *grown = kk_realloc(old, bytes);
    if (grown == NULL) {
        return false;
    }
    memcpy(items, &grown, sizeof grown);
    *cap = wanted;
    return true;
}
