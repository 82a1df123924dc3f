/* From a place in words of TEXT to a legal byte offset in a part. Knows the node tree; writes
 * nothing. */
#ifndef KK_PLACE_H
#define KK_PLACE_H

#include "docx_internal.h"

/* A boundary between two blocks (or two rows). Nodes are indices into doc->parts[part].nodes. */
typedef struct kk_spot {
    uint32_t part;
    uint32_t container; /* BODY, TC, SDT_CONTENT or CUSTOMXML for blocks; TBL for rows */
    uint32_t after; /* block or row-level node right before the boundary, KK_NONE at the start */
    uint32_t raw;   /* byte offset where new blocks go */
    bool at_end;    /* no paragraph, table or control follows in the container */
    uint32_t moved; /* P whose mark a tracked insertion must take over (see interface.md section 4,
                       end of a story or cell); KK_NONE otherwise */
    uint32_t row;   /* TABLE_ROW: the KK_NODE_TR to copy */
    uint32_t paragraph; /* paragraph of TEXT before it, KK_NONE at the start */
} kk_spot;

/* Finds the boundary for a place.
 *   track   whether the insertion will be tracked (decides `moved`).
 *   errors  KK_E_ARG for indices out of range; KK_E_UNSUPPORTED "place-locked", "place-databound",
 *           "place-protected", "place-pending", "place-foreign" or "place-ambiguous". */
kk_status kk_place_find(const kk_docx *doc, const kk_place *place, bool track, kk_spot *out,
                        kk_error *err);

/* ---- the node tree ------------------------------------------------------------------------- */

/* Past the last descendant of a node in the node array. */
uint32_t kk_node_past(const kk_part *part, uint32_t node);
/* Last paragraph inside a node (itself if it is one), KK_NONE if there is none. */
uint32_t kk_node_last_para(const kk_part *part, uint32_t node);
/* First paragraph inside a node (itself if it is one), KK_NONE if there is none. */
uint32_t kk_node_first_para(const kk_part *part, uint32_t node);
/* Previous sibling, KK_NONE for the first child. Linear in the children. */
uint32_t kk_node_previous(const kk_part *part, uint32_t node);
/* The child of `ancestor` that holds node (or is it); KK_NONE if node is not inside. */
uint32_t kk_node_branch(const kk_part *part, uint32_t ancestor, uint32_t node);
/* Name of a node's element as written. */
kk_str kk_node_name(const kk_part *part, uint32_t node);
/* A paragraph without anything a reader sees (breaks and white space do not count), which may be
 * left behind a clause. */
bool kk_node_is_blank(const kk_part *part, uint32_t node);
/* Paragraphs may stand in it: BODY, TC, or SDT_CONTENT and CUSTOMXML whose surroundings are blocks.
 */
bool kk_node_holds_blocks(const kk_part *part, uint32_t node);
/* The SDT whose tag makes it ours: a clause or a chapter heading. */
bool kk_node_is_ours(const kk_part *part, uint32_t node);

#endif
