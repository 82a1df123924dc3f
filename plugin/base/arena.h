/* Memory that lives and dies together: one arena per document, per rule set, per scan. */
#ifndef KK_ARENA_H
#define KK_ARENA_H

#include <klimakrav/types.h>

typedef struct kk_arena kk_arena;

/* NULL when out of memory. */
kk_arena *kk_arena_new(void);
void kk_arena_free(kk_arena *arena);
/* Forgets all allocations, keeps one chunk for reuse. */
void kk_arena_reset(kk_arena *arena);
/* size bytes, aligned for any type, zeroed. NULL when out of memory; lives until reset or free.
 * Debug builds (KK_ARENA_DEBUG) give each allocation its own block so that ASan sees overruns. */
void *kk_arena_alloc(kk_arena *arena, size_t size);
/* n items of size bytes; NULL also on overflow. */
void *kk_arena_array(kk_arena *arena, size_t n, size_t size);
/* Copies; the copy is NUL-terminated. {NULL,0} when out of memory (len 0 gives ""). */
kk_str kk_arena_str(kk_arena *arena, kk_str s);
kk_str kk_arena_printf(kk_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Bytes handed out since the last reset, for limits and benchmarks. */
size_t kk_arena_used(const kk_arena *arena);

#endif
