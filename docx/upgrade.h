/* One upgrade on its way: shared by upgrade.c (the whole clause) and the files that write the
 * difference. */
#ifndef KK_UPGRADE_H
#define KK_UPGRADE_H

#include "edits.h"
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

#endif
