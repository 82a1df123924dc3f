/* Bump allocation in chunks. Small requests share a chunk; large ones get a chunk of their own, so
 * that a single big part does not waste the tail of the current chunk. Knows nothing of contents.
 */
#include "arena.h"

#include "mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { CHUNK_FIRST = 16 * 1024, CHUNK_LAST = 1024 * 1024 };

/* Payload follows the header; the union makes both aligned for any type. */
typedef struct chunk {
    struct chunk *next;
    size_t size; /* payload bytes */
} chunk;

typedef union slot {
    chunk head;
    max_align_t align;
} slot;

struct kk_arena {
    chunk *current; /* chunk that small requests come from, head of the list of all chunks */
    size_t taken;   /* payload bytes taken from current */
    size_t grow;    /* payload of the next shared chunk */
    size_t used;    /* bytes handed out since the last reset */
};

static char *payload(chunk *c)
{
    return (char *)((slot *)(void *)c + 1);
}

static chunk *new_chunk(size_t size)
{
    size_t bytes;
    if (!kk_add(size, sizeof(slot), &bytes)) {
        return NULL;
    }
    chunk *c = kk_malloc(bytes);
    if (c != NULL) {
        c->next = NULL;
        c->size = size;
    }
    return c;
}

static void free_chunks(chunk *c)
{
    while (c != NULL) {
        chunk *next = c->next;
        kk_release(c);
        c = next;
    }
}

kk_arena *kk_arena_new(void)
{
    kk_arena *arena = kk_malloc(sizeof *arena);
    if (arena != NULL) {
        *arena = (kk_arena){.grow = CHUNK_FIRST};
    }
    return arena;
}

void kk_arena_free(kk_arena *arena)
{
    if (arena != NULL) {
        free_chunks(arena->current);
        kk_release(arena);
    }
}

void kk_arena_reset(kk_arena *arena)
{
    chunk *keep = arena->current;
#ifdef KK_ARENA_DEBUG
    free_chunks(keep);
    keep = NULL;
#else
    if (keep != NULL) {
        free_chunks(keep->next);
        keep->next = NULL;
        if (keep->size > CHUNK_LAST) {
            kk_release(keep);
            keep = NULL;
        }
    }
#endif
    arena->current = keep;
    arena->taken = 0;
    arena->used = 0;
}

/* A block of its own, linked behind current so that current goes on serving small requests. */
static void *alloc_alone(kk_arena *arena, size_t size)
{
    chunk *c = new_chunk(size);
    if (c == NULL) {
        return NULL;
    }
    if (arena->current == NULL) {
        arena->current = c;
        arena->taken = size;
    } else {
        c->next = arena->current->next;
        arena->current->next = c;
    }
    return payload(c);
}

#ifndef KK_ARENA_DEBUG
static void *alloc_shared(kk_arena *arena, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    const size_t rounded = (size + align - 1) / align * align; /* size is small: no overflow */
    if (arena->current == NULL || arena->taken > arena->current->size ||
        rounded > arena->current->size - arena->taken) {
        chunk *c = new_chunk(arena->grow);
        if (c == NULL) {
            return NULL;
        }
        c->next = arena->current;
        arena->current = c;
        arena->taken = 0;
        if (arena->grow < CHUNK_LAST) {
            arena->grow *= 2;
        }
    }
    void *at = payload(arena->current) + arena->taken;
    arena->taken += rounded;
    return at;
}
#endif

void *kk_arena_alloc(kk_arena *arena, size_t size)
{
    const size_t wanted = size > 0 ? size : 1;
#ifdef KK_ARENA_DEBUG
    void *at = alloc_alone(arena, wanted);
#else
    void *at = wanted > CHUNK_FIRST / 4 ? alloc_alone(arena, wanted) : alloc_shared(arena, wanted);
#endif
    if (at != NULL) {
        memset(at, 0, wanted);
        arena->used += size;
    }
    return at;
}

void *kk_arena_array(kk_arena *arena, size_t n, size_t size)
{
    size_t bytes;
    return kk_mul(n, size, &bytes) ? kk_arena_alloc(arena, bytes) : NULL;
}

kk_str kk_arena_str(kk_arena *arena, kk_str s)
{
    size_t bytes;
    char *copy = kk_add(s.len, 1, &bytes) ? kk_arena_alloc(arena, bytes) : NULL;
    if (copy == NULL) {
        return (kk_str){NULL, 0};
    }
    if (s.len > 0) {
        memcpy(copy, s.ptr, s.len);
    }
    return (kk_str){copy, s.len};
}

kk_str kk_arena_printf(kk_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = len < 0 ? NULL : kk_arena_alloc(arena, (size_t)len + 1);
    if (text == NULL) {
        return (kk_str){NULL, 0};
    }
    va_start(args, format);
    const int written = vsnprintf(text, (size_t)len + 1, format, args);
    va_end(args);
    return written == len ? (kk_str){text, (size_t)len} : (kk_str){NULL, 0};
}

size_t kk_arena_used(const kk_arena *arena)
{
    return arena->used;
}
