/* Award criteria in a table: columns by meaning, merged cells, sub-criteria, total rows. */
#include "award.h"
#include "weight.h"

#include "error.h"
#include "str.h"

#include <string.h>

typedef struct columns {
    uint32_t main, sub;              /* criterion columns; sub KK_NONE when there is one only */
    uint32_t weight, sub_weight;     /* KK_NONE where absent */
    uint32_t priority, documentation, evaluation;
} columns;

typedef struct row_cells {
    const kk_cell *main, *sub, *weight, *sub_weight, *priority, *documentation;
} row_cells;

static void sort_columns(const kk_role *roles, uint32_t n, columns *c)
{
    *c = (columns){KK_NONE, KK_NONE, KK_NONE, KK_NONE, KK_NONE, KK_NONE, KK_NONE};
    for (uint32_t i = 0; i < n; i++) {
        uint32_t *slot = NULL;
        switch (roles[i]) {
        case KK_ROLE_CRITERION:
            slot = c->main == KK_NONE ? &c->main : &c->sub;
            break;
        case KK_ROLE_WEIGHT:
            slot = c->weight == KK_NONE ? &c->weight : &c->sub_weight;
            break;
        case KK_ROLE_PRIORITY:
            slot = &c->priority;
            break;
        case KK_ROLE_DOCUMENTATION:
            slot = &c->documentation;
            break;
        case KK_ROLE_EVALUATION:
            slot = &c->evaluation;
            break;
        default:
            break;
        }
        if (slot != NULL && *slot == KK_NONE) {
            *slot = i;
        }
    }
}

/* cells[] of the table are row by row, so a cursor per row start keeps this linear. */
static const kk_cell *cell_at(const kk_text *text, const kk_cell *row, const kk_cell *row_end,
                              uint32_t col)
{
    if (col == KK_NONE) {
        return NULL;
    }
    (void)text;
    for (; row < row_end; row++) {
        if (col >= row->col && col < row->col + row->col_span) {
            return row;
        }
    }
    return NULL;
}

static void cell_range(const kk_text *text, const kk_cell *cell, uint32_t *begin, uint32_t *end)
{
    *begin = *end = 0;
    if (cell != NULL && cell->para_begin < cell->para_end) {
        *begin = text->paras[cell->para_begin].begin;
        *end = text->paras[cell->para_end - 1].end;
    }
}

static bool has_letters(kk_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c >= 0x80 || (c | 0x20) >= 'a') {
            return true;
        }
    }
    return false;
}

/* Depth that a name tells by itself: "3.1 Klimaavtrykk" under "3 Miljø", "a)", "-", a list item. */
static uint32_t depth_of(const kk_award_reader *r, const kk_cell *cell)
{
    const kk_para *para = &r->text->paras[cell->para_begin];
    kk_str number = para->number;
    kk_str name = kk_str_trim(kk_award_slice(r, para->begin, para->end));
    uint32_t dots = 0;
    if (number.len == 0) {
        size_t n = 0;
        while (n < name.len && ((name.ptr[n] >= '0' && name.ptr[n] <= '9') || name.ptr[n] == '.')) {
            n++;
        }
        number = kk_str_slice(name, 0, n);
    }
    for (size_t i = 0; i + 1 < number.len; i++) {
        dots += number.ptr[i] == '.' && number.ptr[i + 1] >= '0' && number.ptr[i + 1] <= '9';
    }
    bool lettered = name.len > 1 && name.ptr[1] == ')' && name.ptr[0] >= 'a' && name.ptr[0] <= 'z';
    bool dashed = name.len > 0 && (name.ptr[0] == '-' || (unsigned char)name.ptr[0] == 0xE2);
    bool bullet = (para->flags & KK_PARA_LIST) != 0 && (para->flags & KK_PARA_NUMBERED) == 0;
    return dots > 0 || lettered || dashed || bullet ? 1 : 0;
}

static void read_value(const kk_award_reader *r, const kk_cell *cell, kk_draft *draft)
{
    uint32_t begin, end;
    kk_weight weight;
    size_t at = 0;
    draft->value = -1.0;
    if (cell == NULL) {
        return;
    }
    cell_range(r->text, cell, &begin, &end);
    if (!kk_weight_next(kk_award_slice(r, begin, end), &at, true, &weight)) {
        return;
    }
    draft->node.placeholder = weight.placeholder;
    draft->points = weight.unit != KK_WEIGHT_PERCENT;
    if (!weight.placeholder && !weight.at_most) {
        draft->value = weight.low;
    }
    draft->fraction_of_parent = kk_award_says(r, "award-part-of", begin, end);
}

static void fill_name(const kk_award_reader *r, const kk_cell *cell, kk_draft *draft)
{
    cell_range(r->text, cell, &draft->name_begin, &draft->name_end);
    /* The first paragraph names it; the rest of the cell describes it. */
    const kk_para *para = &r->text->paras[cell->para_begin];
    draft->node.name = kk_str_trim(kk_award_slice(r, para->begin, para->end));
    draft->name_end = para->end;
    draft->node.at = (kk_evidence){r->doc, cell->para_begin, para->begin, para->end, {NULL, 0}};
}

/* Content of a row: from its first to its last paragraph, but the cells of other rows merged into it are
 * not in between, since rows are contiguous in TEXT. */
static void fill_content(const kk_award_reader *r, const kk_cell *row, const kk_cell *row_end,
                         const row_cells *cells, kk_draft *draft)
{
    draft->content_begin = draft->name_begin;
    draft->content_end = draft->name_end;
    for (const kk_cell *cell = row; cell < row_end; cell++) {
        uint32_t begin, end;
        cell_range(r->text, cell, &begin, &end);
        bool merged = (cell->flags & KK_CELL_VMERGED) != 0;
        if (!merged && begin >= draft->name_begin && end > draft->content_end) {
            draft->content_end = end;
        }
    }
    cell_range(r->text, cells->documentation, &draft->proof_begin, &draft->proof_end);
}

static kk_status add_node(kk_award_reader *r, const kk_cell *name, const kk_cell *weight,
                          uint32_t depth, const kk_cell *row, const kk_cell *row_end,
                          const row_cells *cells)
{
    kk_draft draft;
    memset(&draft, 0, sizeof draft);
    fill_name(r, name, &draft);
    draft.depth = depth;
    read_value(r, weight, &draft);
    fill_content(r, row, row_end, cells, &draft);
    if (cells->priority != NULL) {
        uint32_t begin, end;
        kk_weight rank;
        size_t at = 0;
        cell_range(r->text, cells->priority, &begin, &end);
        if (kk_weight_next(kk_award_slice(r, begin, end), &at, true, &rank) && rank.low >= 1.0) {
            draft.node.rank = (int)rank.low;
        }
    }
    return kk_award_add(r, &draft);
}

static bool continues(const kk_cell *cell)
{
    return cell != NULL && (cell->flags & KK_CELL_VMERGED) != 0;
}

static bool says_something(const kk_award_reader *r, const kk_cell *cell)
{
    uint32_t begin, end;
    cell_range(r->text, cell, &begin, &end);
    return cell != NULL && has_letters(kk_award_slice(r, begin, end));
}

static kk_status read_row(kk_award_reader *r, const columns *c, const kk_cell *row,
                          const kk_cell *row_end)
{
    row_cells cells = {
        cell_at(r->text, row, row_end, c->main),     cell_at(r->text, row, row_end, c->sub),
        cell_at(r->text, row, row_end, c->weight),   cell_at(r->text, row, row_end, c->sub_weight),
        cell_at(r->text, row, row_end, c->priority), cell_at(r->text, row, row_end, c->documentation),
    };
    if (cells.main == NULL) {
        return KK_OK;
    }
    bool split = cells.sub != NULL && cells.sub != cells.main && says_something(r, cells.sub);
    bool main_new = !continues(cells.main) && says_something(r, cells.main);
    uint32_t begin, end;
    cell_range(r->text, cells.main, &begin, &end);
    if (main_new && kk_award_says(r, "award-total", begin, end)) {
        return KK_OK;
    }
    if (!main_new && !split) {
        return KK_OK;
    }
    if (!split) {
        uint32_t depth = depth_of(r, cells.main);
        return add_node(r, cells.main, continues(cells.weight) ? NULL : cells.weight, depth, row,
                        row_end, &cells);
    }
    bool own_weight = cells.sub_weight != NULL || (cells.weight != NULL && !continues(cells.weight));
    if (main_new) {
        bool merged = cells.main->row_span > 1;
        /* One weight column: it belongs to the sub-criteria unless it is merged like the main cell. */
        const kk_cell *weight = cells.sub_weight != NULL || !merged ||
                                        (cells.weight != NULL && cells.weight->row_span > 1)
                                    ? cells.weight
                                    : NULL;
        KK_TRY(add_node(r, cells.main, weight, 0, row, row_end, &cells));
        own_weight = own_weight && weight != cells.weight;
        own_weight = own_weight || cells.sub_weight != NULL;
    }
    const kk_cell *weight = cells.sub_weight != NULL ? cells.sub_weight : cells.weight;
    return add_node(r, cells.sub, own_weight ? weight : NULL, 1, row, row_end, &cells);
}

/* Without a recognised criterion column, the one before the weights names the criteria. */
static bool usable(columns *c, const kk_role *roles, uint32_t n)
{
    if (c->weight == KK_NONE && c->priority == KK_NONE) {
        return false;
    }
    for (uint32_t i = 0; c->main == KK_NONE && i < n; i++) {
        if (roles[i] == KK_ROLE_REQUIREMENT || roles[i] == KK_ROLE_OTHER ||
            roles[i] == KK_ROLE_NONE) {
            c->main = i;
        }
    }
    return c->main != KK_NONE;
}

kk_status kk_award_table(kk_award_reader *r, uint32_t table, bool *read)
{
    const kk_table *t = &r->text->tables[table];
    uint32_t header_rows = 0;
    columns c;
    *read = false;
    if (t->n_cols == 0) {
        return KK_OK;
    }
    kk_role *roles = kk_arena_array(r->probe->arena, t->n_cols, sizeof *roles);
    if (roles == NULL) {
        return kk_fail_nomem(r->err);
    }
    KK_TRY(kk_rules_table_roles(r->probe->scanner, r->text, table, roles, &header_rows, r->err));
    sort_columns(roles, t->n_cols, &c);
    if (!usable(&c, roles, t->n_cols)) {
        return KK_OK;
    }
    size_t before = r->n;
    const kk_cell *cell = r->text->cells + t->cell_begin, *end = r->text->cells + t->cell_end;
    while (cell < end) {
        const kk_cell *row = cell;
        while (cell < end && cell->row == row->row) {
            cell++;
        }
        if (row->row >= header_rows) {
            KK_TRY(read_row(r, &c, row, cell));
        }
    }
    *read = r->n > before;
    return KK_OK;
}
