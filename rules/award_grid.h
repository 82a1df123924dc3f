/* Cells of a criteria table by the meaning of their columns. For award_grid.c and award_table.c. */
#ifndef KK_AWARD_GRID_H
#define KK_AWARD_GRID_H

#include "award_reader.h"
#include "weight.h"

typedef struct kk_award_columns {
    uint32_t main, sub;          /* criterion columns; sub KK_NONE when there is one only */
    uint32_t weight, sub_weight; /* KK_NONE where absent */
    uint32_t priority, documentation;
    bool criterion;            /* a header calls the main column criterion */
    bool percent, sub_percent; /* the header of the weight column says per cent */
} kk_award_columns;

typedef struct kk_award_grid {
    kk_award_reader *r;
    const kk_table *table;
    const kk_role *roles;
    uint32_t header_rows;
    kk_award_columns c;
} kk_award_grid;

/* Roles, header rows and columns of a table. */
kk_status kk_award_grid_open(kk_award_grid *g, kk_award_reader *r, uint32_t table);

/* The cell that covers (row, col), merged cells resolved to the one that holds the text; NULL
 * outside. */
const kk_cell *kk_award_cell(const kk_award_grid *g, uint32_t row, uint32_t col);
/* The same, without resolving: a cell with KK_CELL_VMERGED continues the one above. */
const kk_cell *kk_award_cell_here(const kk_award_grid *g, uint32_t row, uint32_t col);
/* Text of a cell without hidden paragraphs; empty range for NULL. */
void kk_award_cell_range(const kk_award_grid *g, const kk_cell *cell, uint32_t *begin,
                         uint32_t *end);
/* First figure of a cell, bare numbers included. A control that shows its placeholder is a
 * placeholder. */
bool kk_award_cell_weight(const kk_award_grid *g, const kk_cell *cell, kk_weight *out);

#endif
