/* Which table of a section takes a clause as a row, and after which of its rows. */
#ifndef KK_TABLEFIT_H
#define KK_TABLEFIT_H

#include "bankview.h"
#include "core.h"

typedef struct kk_tablefit {
    uint32_t table; /* KK_NONE: none fits */
    uint32_t row;   /* grid row after which it goes */
    uint32_t n_cols;
    const kk_role *roles; /* n_cols, in arena */
} kk_tablefit;

/* Looks at the outermost tables with all their paragraphs in [begin, end).
 *   award  the clause is an award criterion: the table must hold criteria; else requirements.
 *   near   the paragraph of the finding: its table wins when it fits; KK_NONE otherwise.
 * Several fit: the award table with weights first, else the last one. */
kk_status kk_tablefit_find(kk_scanner *scanner, const kk_text *text, const kk_blocks *blocks,
                           bool award, uint32_t begin, uint32_t end, uint32_t near, kk_arena *arena,
                           kk_tablefit *out, kk_error *err);

#endif
