/* One upgrade on its way: shared by upgrade.c (the whole clause) and the files that write the
 * difference. */
#ifndef KK_UPGRADE_H
#define KK_UPGRADE_H

#include "edits.h"
#include "place.h"
#include "wml.h"

/* The controls of the clause in one part, in document order. */
typedef struct kk_upgrade {
    kk_docx *doc;
    uint32_t managed;
    const kk_blocks *blocks;
    const kk_place *place;
    const kk_docx_options *options;
    uint32_t part;
    const uint32_t *nodes; /* KK_NODE_SDT, in arena */
    uint32_t n_nodes;
    kk_arena *arena; /* of this call */
} kk_upgrade;

/* Records the difference between what stands and the new version (redclause.c). *done is false when
 * it cannot be told in words and paragraphs: what was recorded must be undone then, and the whole
 * clause replaced. spot: right behind the clause. Errors as kk_docx_upgrade. */
kk_status kk_upgrade_redline(const kk_upgrade *u, const kk_spot *spot, bool *done, kk_error *err);

#endif
