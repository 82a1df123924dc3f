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

/* What is looked for, and where. */
typedef struct kk_tablefit_want {
    const kk_blocks *blocks;
    bool award;          /* an award criterion: the table must hold criteria; else requirements */
    uint32_t begin, end; /* outermost tables with all their paragraphs in here */
    uint32_t near;       /* paragraph of the finding: its table wins when it fits; or KK_NONE */
} kk_tablefit_want;

/* Several fit: the award table with weights first, else the last one. roles live in arena. */
kk_status kk_tablefit_find(kk_scanner *scanner, const kk_text *text, const kk_tablefit_want *want,
                           kk_arena *arena, kk_tablefit *out, kk_error *err);

#endif
