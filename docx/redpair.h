/* The paragraphs of a clause paired with those of its new version. */
#ifndef KK_REDPAIR_H
#define KK_REDPAIR_H

#include "redline.h"

/* A paragraph of the new version. */
typedef struct kk_red_piece {
    kk_block_kind kind;
    const kk_inline *inlines;
    uint32_t n;
    kk_str words;
    uint32_t partner; /* index into olds, KK_NONE: a new paragraph */
} kk_red_piece;

/* A paragraph as it stands. */
typedef struct kk_red_para {
    uint32_t node;
    kk_block_kind kind;
    kk_red_stream stream;
    uint32_t keep;    /* bytes of a typed number before its words */
    uint32_t partner; /* index into pieces, KK_NONE: goes */
} kk_red_para;

/* The paragraphs between two borders: of a control, or of a cell. */
typedef struct kk_red_stretch {
    kk_red_para *olds;
    uint32_t n_olds;
    kk_red_piece *pieces;
    uint32_t n_pieces;
    bool cell;
} kk_red_stretch;

/* Sets the partners: what is most alike in order, then what lies between is paired in order, so
 * that as many paragraph marks as can be stay. KK_E_NOMEM only. */
kk_status kk_red_pair(kk_red_stretch *s, kk_arena *arena);

#endif
