/* Typed growing arrays on top of kk_realloc.
 *   KK_VEC(uint32_t) ids = {0};  if (!kk_vec_push(&ids, 7)) ... nomem;  kk_vec_free(&ids); */
#ifndef KK_VEC_H
#define KK_VEC_H

#include "mem.h"

#define KK_VEC(type)                                                                               \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t n, cap;                                                                             \
    }

/* Grows *items so that one more of `size` bytes fits. False when out of memory (nothing changed).
 */
bool kk_vec_grow(void **items, size_t *cap, size_t n, size_t size);

#define kk_vec_room(v)                                                                             \
    ((v)->n < (v)->cap || kk_vec_grow((void **)&(v)->items, &(v)->cap, (v)->n, sizeof *(v)->items))
#define kk_vec_push(v, ...) (kk_vec_room(v) ? ((v)->items[(v)->n++] = (__VA_ARGS__), true) : false)
#define kk_vec_free(v)      (kk_release((v)->items), (v)->items = NULL, (v)->n = (v)->cap = 0)

#endif
