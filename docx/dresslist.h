/* The dress of list items. See dress.h. */
#ifndef KK_DRESSLIST_H
#define KK_DRESSLIST_H

#include "dress.h"

/* Where the vote takes place. */
typedef struct kk_dress_context {
    const kk_docx *doc;
    const kk_part *part;
    kk_arena *arena;
    uint32_t story;
    uint32_t cell;                       /* cell of the place, KK_NONE outside tables */
    uint32_t near;                       /* paragraph right after the place */
    uint32_t section_begin, section_end; /* empty when the place has no section */
    uint8_t level;                       /* of the section's heading, 0 if none */
    bool guessed;                        /* ... which is only a bold or numbered line */
} kk_dress_context;

/* May paragraph p vote on how body text looks here? */
bool kk_dress_is_body(const kk_dress_context *context, uint32_t p);
/* styleId in the inside of a w:pPr, empty if none; a view into it. */
kk_str kk_dress_style_id(kk_str ppr);
/* Inside of a w:pPr that names a style, in the prefix of the part; {NULL,0} when out of memory. */
kk_str kk_dress_style_ppr(const kk_dress_context *context, const kk_style *style);
/* Fills out->item, list, restart_num and restart_level; out->body must be there. */
void kk_dress_choose_item(const kk_dress_context *context, kk_dress *out);

#endif
