/* Numbers for w:id that nobody in the package uses yet: content controls, revisions, ranges,
 * comments. One pool for all, since Word wants annotation ids and control ids unique over every
 * story. */
#ifndef KK_IDS_H
#define KK_IDS_H

#include <klimakrav/types.h>

/* Zero-initialised is empty. An open hash set of the ids in use; next is where the search goes on.
 */
typedef struct kk_ids {
    uint32_t *slots; /* 0 = free; ids are stored plus one */
    uint32_t n, cap;
    uint32_t next;
} kk_ids;

void kk_ids_dispose(kk_ids *ids);
/* Marks one id as used; false when out of memory. */
bool kk_ids_use(kk_ids *ids, uint32_t id);
bool kk_ids_used(const kk_ids *ids, uint32_t id);
/* Marks every decimal id attribute and every <id val> of an XML part as used (whatever the prefix).
 * False when out of memory. */
bool kk_ids_collect(kk_ids *ids, kk_str raw);
/* From now on ids are taken from a place that depends on the seed alone, so that the same input
 * gives the same ids. */
void kk_ids_seed(kk_ids *ids, kk_str seed);
/* The next free id, 1 .. 2^31 - 1, marked as used. 0 when out of memory. */
uint32_t kk_ids_take(kk_ids *ids);

#endif
