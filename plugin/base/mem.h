/* The only place where klimakrav allocates. Tests make the n-th allocation fail through it. */
#ifndef KK_MEM_H
#define KK_MEM_H

#include <klimakrav/types.h>

/* Like malloc/realloc/free; size 0 gives a unique pointer. NULL when out of memory. Thread-safe. */
void *kk_malloc(size_t size);
void *kk_realloc(void *old, size_t size);
void kk_release(void *ptr);

/* For tests: the n-th allocation from now fails (n >= 1), once; 0 switches it off. Process-wide. */
void kk_mem_fail_at(uint64_t n);
/* For tests: allocations asked for since the start of the process. */
uint64_t kk_mem_count(void);

/* Checked size arithmetic: false (and *out untouched) on overflow. */
bool kk_add(size_t a, size_t b, size_t *out);
bool kk_mul(size_t a, size_t b, size_t *out);

#endif
