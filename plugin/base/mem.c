/* The one door to the heap, with a counter so that tests can make the n-th allocation fail.
 * Knows nothing of what is stored. */
#include "mem.h"

#include <stdatomic.h>
#include <stdlib.h>

static atomic_uint_fast64_t asked;   /* allocations asked for so far */
static atomic_uint_fast64_t fail_on; /* the value of `asked` that fails; 0 = none */

/* The count never repeats a value, so exactly one allocation can meet fail_on. */
static bool must_fail(void)
{
    const uint_fast64_t mine =
        atomic_fetch_add_explicit(&asked, 1, memory_order_relaxed) + (uint_fast64_t)1;
    return mine == atomic_load_explicit(&fail_on, memory_order_relaxed);
}

void *kk_malloc(size_t size)
{
    if (must_fail()) {
        return NULL;
    }
    return malloc(size > 0 ? size : 1);
}

void *kk_realloc(void *old, size_t size)
{
    if (must_fail()) {
        return NULL;
    }
    return realloc(old, size > 0 ? size : 1);
}

void kk_release(void *ptr)
{
    free(ptr);
}

void kk_mem_fail_at(uint64_t n)
{
    const uint_fast64_t target = n == 0 ? 0 : atomic_load(&asked) + n;
    atomic_store(&fail_on, target);
}

uint64_t kk_mem_count(void)
{
    return atomic_load(&asked);
}

bool kk_add(size_t a, size_t b, size_t *out)
{
    if (b > SIZE_MAX - a) {
        return false;
    }
    *out = a + b;
    return true;
}

bool kk_mul(size_t a, size_t b, size_t *out)
{
    if (a != 0 && b > SIZE_MAX / a) {
        return false;
    }
    *out = a * b;
    return true;
}
