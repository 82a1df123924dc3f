/* Award criteria in a table: rows to drafts, with sub-criteria, merged weights, total rows,
 * descriptions across the table, criteria across and weights below. */
#include "award_grid.h"

#include "error.h"
#include "str.h"

#include <math.h>
#include <string.h>

enum { ACROSS_MIN = 2, APART = 1000000 };

typedef struct row_cells {
    const kk_cell *main, *sub, *weight, *sub_weight, *priority, *documentation;
} row_cells;

static bool continues(const kk_cell *cell)
{
    return cell != NULL && (cell->flags & KK_CELL_VMERGED) != 0;
}

static bool says_something(const kk_award_grid *g, const kk_cell *cell)
{
    uint32_t begin, end;
    kk_award_cell_range(g, cell, &begin, &end);
    return kk_award_has_letters(g->r, begin, end);
}

/* First visible paragraph of a cell that says something. */
static const kk_para *first_para(const kk_award_grid *g, const kk_cell *cell, uint32_t *index)
{
    const kk_text *text = g->r->text;
    for (uint32_t p = cell->para_begin; p < cell->para_end; p++) {
        if ((text->paras[p].flags & KK_PARA_HIDDEN) == 0 &&
            kk_award_has_letters(g->r, text->paras[p].begin, text->paras[p].end)) {
            *index = p;
            return &text->paras[p];
        }
    }
    return NULL;
}

/* "B1" below "B": a labelled part of a labelled criterion that stands above it in the table. */
static bool below_letter(const kk_award_grid *g, kk_str name, size_t first)
{
    const unsigned letter = name.len > 2 ? (unsigned char)name.ptr[0] | 0x20u : 0;
    if (letter < 'a' || letter > 'z' || name.ptr[1] < '0' || name.ptr[1] > '9') {
        return false;
    }
    for (size_t i = first; i < g->r->n; i++) {
        const kk_evidence *at = &g->r->drafts[i].node.at;
        const kk_str above = kk_str_trim(kk_award_slice(g->r, at->begin, at->end));
        if (above.len > 2 && above.ptr[0] == name.ptr[0] && strchr(".): ", above.ptr[1]) != NULL) {
            return true;
        }
    }
    return false;
}

/* Depth that a name tells by itself: "3.1 Klimaavtrykk" under "3 Miljø", "a)", "-", a bullet. */
static uint32_t depth_of(const kk_award_grid *g, const kk_cell *cell, size_t first)
{
    uint32_t index, depth = 0;
    const kk_para *para = first_para(g, cell, &index);
    if (para == NULL) {
        return 0;
    }
    kk_str number = para->number;
    const kk_str name = kk_str_trim(kk_award_slice(g->r, para->begin, para->end));
    if (number.len == 0) {
        size_t n = 0;
        while (n < name.len && ((name.ptr[n] >= '0' && name.ptr[n] <= '9') || name.ptr[n] == '.')) {
            n++;
        }
        number = kk_str_slice(name, 0, n);
    }
    for (size_t i = 0; i + 1 < number.len; i++) {
        depth += number.ptr[i] == '.' && number.ptr[i + 1] >= '0' && number.ptr[i + 1] <= '9';
    }
    const bool lettered =
        name.len > 1 && name.ptr[1] == ')' && name.ptr[0] >= 'a' && name.ptr[0] <= 'z';
    const bool dashed = name.len > 0 && (name.ptr[0] == '-' || (unsigned char)name.ptr[0] == 0xE2);
    const bool bullet = (para->flags & KK_PARA_LIST) != 0 && (para->flags & KK_PARA_NUMBERED) == 0;
    return depth == 0 && (lettered || dashed || bullet || below_letter(g, name, first)) ? 1 : depth;
}

/* ---- one criterion ------------------------------------------------------------------------- */

static void read_value(const kk_award_grid *g, const kk_cell *cell, bool percent, kk_draft *draft)
{
    kk_weight weight;
    uint32_t begin, end;
    draft->value = -1.0;
    if (cell == NULL || continues(cell) || !kk_award_cell_weight(g, cell, &weight)) {
        return;
    }
    const bool ceiling = weight.at_most && weight.unit == KK_WEIGHT_PERCENT;
    draft->node.placeholder = weight.placeholder;
    draft->points = weight.unit != KK_WEIGHT_PERCENT && !percent;
    draft->value = weight.placeholder || ceiling ? -1.0 : weight.low;
    if (draft->points && weight.low <= 0.0 && weight.high > 0.0) {
        draft->value = weight.high; /* "0-30 poeng": what it can give at most */
    }
    kk_award_cell_range(g, cell, &begin, &end);
    draft->fraction_of_parent = kk_award_says(g->r, "award-part-of", begin, end);
}

/* "Klima og miljø (30 %)": the weight stands in the name. */
static void read_name_weight(const kk_award_grid *g, kk_draft *draft)
{
    const kk_str name = kk_award_slice(g->r, draft->name_begin, draft->name_end);
    kk_weight weight, other;
    size_t at = 0;
    if (!kk_weight_next(name, &at, false, &weight) || weight.begin < 3 ||
        kk_weight_next(name, &at, false, &other) ||
        kk_award_says(g->r, "award-no-weight", draft->name_begin, draft->name_end)) {
        return;
    }
    draft->node.placeholder = weight.placeholder;
    draft->points = weight.unit == KK_WEIGHT_POINTS;
    draft->value = weight.placeholder || (weight.at_most && !draft->points) ? -1.0 : weight.low;
    draft->name_end = draft->name_begin + (uint32_t)weight.begin;
}

static bool fill_name(const kk_award_grid *g, const kk_cell *cell, kk_draft *draft)
{
    uint32_t index;
    const kk_para *para = first_para(g, cell, &index);
    if (para == NULL) {
        return false;
    }
    draft->name_begin = para->begin;
    draft->name_end = para->end;
    draft->node.at = (kk_evidence){g->r->doc, index, para->begin, para->end, {NULL, 0}};
    return true;
}

/* Content of a row: from its first to its last paragraph; the rows of TEXT are contiguous. */
static void fill_content(const kk_award_grid *g, uint32_t row, const row_cells *cells,
                         kk_draft *draft)
{
    draft->content_begin = draft->name_begin;
    draft->content_end = draft->name_end;
    for (uint32_t col = 0; col < g->table->n_cols; col++) {
        const kk_cell *cell = kk_award_cell_here(g, row, col);
        uint32_t begin, end;
        kk_award_cell_range(g, cell, &begin, &end);
        if (!continues(cell) && begin >= draft->name_begin && end > draft->content_end) {
            draft->content_end = end;
        }
    }
    kk_award_cell_range(g, cells->documentation, &draft->proof_begin, &draft->proof_end);
}

static kk_status read_cell_rest(kk_award_grid *g, const kk_cell *cell, uint32_t from,
                                uint32_t depth)
{
    kk_award_reader *r = g->r;
    kk_status status = KK_OK;
    bool any = false;
    for (uint32_t p = from; p < cell->para_end && status == KK_OK; p++) {
        const kk_para *para = &r->text->paras[p];
        const kk_award_spot spot = {.para = p, .depth = depth};
        if ((para->flags & KK_PARA_HIDDEN) == 0) {
            status = kk_award_sentences(r, &spot, para->begin, para->end, &any);
        }
    }
    return status;
}

/* Further paragraphs of the name cell may be sub-criteria: "a) Nullutslipp (20 %)". They are when
 * their weights add up to that of the cell, or to a hundred. */
static kk_status read_inner(kk_award_grid *g, const kk_cell *cell, uint32_t name_para,
                            uint32_t depth)
{
    kk_award_reader *r = g->r;
    const size_t from = r->n;
    const double whole = r->drafts[from - 1].value;
    const uint32_t group = r->group;
    double sum = 0.0;
    r->group = group + APART; /* names of their own */
    const kk_status status = read_cell_rest(g, cell, name_para + 1, depth + 1);
    r->group = group;
    for (size_t i = from; i < r->n; i++) {
        r->drafts[i].group = group;
        sum += r->drafts[i].value > 0.0 ? r->drafts[i].value : 0.0;
    }
    if (r->n - from < 2 || !(whole < 0.0 || fabs(sum - whole) < 0.51 || fabs(sum - 100.0) < 0.51)) {
        r->n = from;
    }
    return status;
}

static kk_status add_node(kk_award_grid *g, uint32_t row, const kk_cell *name,
                          const kk_cell *weight, uint32_t depth, const row_cells *cells)
{
    kk_draft draft;
    memset(&draft, 0, sizeof draft);
    if (!fill_name(g, name, &draft)) {
        return KK_OK;
    }
    draft.depth = depth;
    read_value(g, weight, name == cells->sub ? g->c.sub_percent || g->c.percent : g->c.percent,
               &draft);
    fill_content(g, row, cells, &draft);
    if (draft.value < 0.0 && !draft.node.placeholder) {
        read_name_weight(g, &draft);
    }
    const kk_str whole = kk_str_trim(kk_award_slice(g->r, draft.name_begin, draft.name_end));
    uint32_t begin = draft.name_begin, end = draft.name_end;
    kk_award_tidy(g->r, &begin, &end);
    draft.node.name = begin < end ? kk_award_slice(g->r, begin, end) : whole;
    kk_weight rank;
    if (cells->priority != NULL && depth == 0 && kk_award_cell_weight(g, cells->priority, &rank) &&
        rank.low >= 1.0) {
        draft.node.rank = (int)rank.low;
    }
    const uint32_t para = draft.node.at.para;
    KK_TRY(kk_award_add(g->r, &draft));
    return read_inner(g, name, para, depth);
}

/* ---- rows ---------------------------------------------------------------------------------- */

static bool is_total(const kk_award_grid *g, const kk_cell *cell)
{
    uint32_t begin, end;
    kk_award_cell_range(g, cell, &begin, &end);
    return kk_award_says(g->r, "award-total", begin, end);
}

/* A cell across names and weights describes the criterion above it. */
static bool read_across(kk_award_grid *g, const row_cells *cells, size_t first)
{
    const bool across = cells->main != NULL && cells->main->col_span > 1 &&
                        (cells->main == cells->weight || cells->main->col_span >= g->table->n_cols);
    if (!across) {
        return false;
    }
    uint32_t begin, end;
    kk_award_cell_range(g, cells->main, &begin, &end);
    if (g->r->n > first && end > begin) {
        kk_draft *last = &g->r->drafts[g->r->n - 1];
        last->content_end = end > last->content_end ? end : last->content_end;
    }
    return true;
}

/* The weight is merged with that of the row above: both criteria share it. */
static kk_status read_shared(kk_award_grid *g, uint32_t row, const row_cells *cells)
{
    const kk_draft *above = &g->r->drafts[g->r->n - 1];
    const uint32_t depth = above->shared ? above->depth : above->depth + 1;
    const size_t at = g->r->n;
    KK_TRY(add_node(g, row, cells->main, NULL, depth, cells));
    if (g->r->n > at) {
        g->r->drafts[at].shared = true;
    }
    return KK_OK;
}

static kk_status read_split(kk_award_grid *g, uint32_t row, const row_cells *cells, bool main_new)
{
    const bool own = cells->sub_weight != NULL;
    bool weight_left = own || (cells->weight != NULL && !continues(cells->weight));
    if (main_new) {
        const bool merged = cells->main->row_span > 1;
        const bool weight_merged = cells->weight != NULL && cells->weight->row_span > 1;
        /* One weight column: it belongs to the sub-criteria unless it is merged like the main cell.
         */
        const kk_cell *weight = own || !merged || weight_merged ? cells->weight : NULL;
        KK_TRY(add_node(g, row, cells->main, weight, 0, cells));
        weight_left = own || weight == NULL;
    }
    const kk_cell *weight = own ? cells->sub_weight : cells->weight;
    return add_node(g, row, cells->sub, weight_left ? weight : NULL, 1, cells);
}

static kk_status read_row(kk_award_grid *g, uint32_t row, size_t first)
{
    const kk_award_columns *c = &g->c;
    const row_cells cells = {
        kk_award_cell_here(g, row, c->main),     kk_award_cell_here(g, row, c->sub),
        kk_award_cell_here(g, row, c->weight),   kk_award_cell_here(g, row, c->sub_weight),
        kk_award_cell_here(g, row, c->priority), kk_award_cell(g, row, c->documentation),
    };
    if (cells.main == NULL || read_across(g, &cells, first)) {
        return KK_OK;
    }
    const bool split = cells.sub != NULL && cells.sub != cells.main && says_something(g, cells.sub);
    const bool main_new = !continues(cells.main) && says_something(g, cells.main);
    if ((main_new && is_total(g, cells.main)) || (!main_new && !split)) {
        return KK_OK;
    }
    if (split) {
        return read_split(g, row, &cells, main_new);
    }
    if (continues(cells.weight) && g->r->n > first) {
        return read_shared(g, row, &cells);
    }
    return add_node(g, row, cells.main, cells.weight, depth_of(g, cells.main, first), &cells);
}

/* ---- criteria across, weights below --------------------------------------------------------- */

static uint32_t figures_in(const kk_award_grid *g, uint32_t row)
{
    uint32_t n = 0;
    for (uint32_t col = 1; col < g->table->n_cols; col++) {
        kk_weight weight;
        n += kk_award_cell_weight(g, kk_award_cell(g, row, col), &weight);
    }
    return n;
}

static kk_status read_columns(kk_award_grid *g, uint32_t row)
{
    const row_cells none = {NULL, NULL, NULL, NULL, NULL, NULL};
    kk_status status = KK_OK;
    for (uint32_t col = 1; col < g->table->n_cols && status == KK_OK; col++) {
        const kk_cell *name = kk_award_cell(g, row - 1, col);
        const size_t at = g->r->n;
        if (name != NULL && !is_total(g, name)) {
            status = add_node(g, row - 1, name, kk_award_cell(g, row, col), 0, &none);
        }
        if (g->r->n > at) { /* its neighbours are other criteria */
            g->r->drafts[at].content_end = g->r->drafts[at].name_end;
        }
    }
    return status;
}

static kk_status read_transposed(kk_award_grid *g)
{
    for (uint32_t row = 1; row < g->table->n_rows; row++) {
        uint32_t begin, end;
        kk_award_cell_range(g, kk_award_cell(g, row, 0), &begin, &end);
        if (kk_award_says(g->r, "award-weight-header", begin, end)) {
            return figures_in(g, row) >= ACROSS_MIN ? read_columns(g, row) : KK_OK;
        }
    }
    return KK_OK;
}

/* ---- the table ----------------------------------------------------------------------------- */

/* Where no header says "criterion", only figures that make up a whole are weights of criteria. */
static bool plausible(const kk_award_grid *g, size_t first)
{
    double sum = 0.0;
    size_t weights = 0;
    for (size_t i = first; i < g->r->n; i++) {
        const kk_draft *draft = &g->r->drafts[i];
        if (draft->depth == 0 && draft->value >= 0.0) {
            sum += draft->value;
            weights++;
        }
    }
    return g->c.criterion || (weights > 0 && (fabs(sum - 100.0) < 0.51 || fabs(sum - 1.0) < 0.011));
}

static bool has_weights(const kk_award_grid *g, size_t first)
{
    for (size_t i = first; i < g->r->n; i++) {
        const kk_draft *draft = &g->r->drafts[i];
        if (draft->value >= 0.0 || draft->node.placeholder || draft->node.rank > 0) {
            return true;
        }
    }
    return false;
}

/* "5.1 Pris", "5.2 Miljø" and lists of a), b) are one level, however deep their labels look. */
static void raise_all(kk_award_reader *r, size_t first)
{
    uint32_t least = UINT32_MAX;
    for (size_t i = first; i < r->n; i++) {
        least = r->drafts[i].depth < least ? r->drafts[i].depth : least;
    }
    for (size_t i = first; i < r->n; i++) {
        r->drafts[i].depth -= least;
    }
}

static kk_status read_rows(kk_award_grid *g, size_t first)
{
    kk_status status = KK_OK;
    for (uint32_t row = g->header_rows; row < g->table->n_rows && status == KK_OK; row++) {
        status = read_row(g, row, first);
    }
    raise_all(g->r, first);
    return status;
}

static void rank_rows(kk_award_reader *r, size_t first)
{
    for (size_t i = first; i < r->n; i++) {
        r->drafts[i].node.rank = (int)(i - first) + 1;
    }
}

static kk_status read_grid(kk_award_grid *g, size_t first, bool ranked)
{
    const bool columns = g->c.weight != KK_NONE || g->c.priority != KK_NONE;
    if (!columns) {
        KK_TRY(read_transposed(g));
    }
    if (g->r->n > first || (!columns && !g->c.criterion)) {
        return KK_OK;
    }
    KK_TRY(read_rows(g, first));
    if (ranked && !has_weights(g, first)) {
        rank_rows(g->r, first);
    }
    return KK_OK;
}

kk_status kk_award_table(kk_award_reader *r, uint32_t table, bool in_section, bool ranked)
{
    kk_award_grid g;
    const size_t first = r->n;
    if (r->text->tables[table].n_cols == 0) {
        return KK_OK;
    }
    KK_TRY(kk_award_grid_open(&g, r, table));
    if (g.c.main == KK_NONE || (!g.c.criterion && !in_section)) {
        return KK_OK;
    }
    KK_TRY(read_grid(&g, first, ranked));
    if (r->n > first && (!plausible(&g, first) || (!in_section && !has_weights(&g, first)))) {
        r->n = first;
    }
    return KK_OK;
}
