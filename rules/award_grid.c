/* Which column of a criteria table means what, and which cell stands where. */
#include "award_grid.h"

#include "error.h"
#include "str.h"

static const kk_cell *row_begin(const kk_award_grid *g, uint32_t row)
{
    const kk_cell *cells = g->r->text->cells;
    uint32_t low = g->table->cell_begin, high = g->table->cell_end;
    while (low < high) {
        const uint32_t mid = low + (high - low) / 2;
        if (cells[mid].row < row) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return cells + low;
}

const kk_cell *kk_award_cell_here(const kk_award_grid *g, uint32_t row, uint32_t col)
{
    const kk_cell *end = g->r->text->cells + g->table->cell_end;
    if (col == KK_NONE) {
        return NULL;
    }
    for (const kk_cell *cell = row_begin(g, row); cell < end && cell->row == row; cell++) {
        if (col >= cell->col && col < cell->col + cell->col_span) {
            return cell;
        }
    }
    return NULL;
}

const kk_cell *kk_award_cell(const kk_award_grid *g, uint32_t row, uint32_t col)
{
    const kk_cell *cell = kk_award_cell_here(g, row, col);
    while (cell != NULL && (cell->flags & KK_CELL_VMERGED) != 0 && row > 0) {
        const kk_cell *above = kk_award_cell_here(g, --row, col);
        if (above == NULL) {
            break;
        }
        cell = above;
    }
    return cell;
}

void kk_award_cell_range(const kk_award_grid *g, const kk_cell *cell, uint32_t *begin,
                         uint32_t *end)
{
    const kk_para *paras = g->r->text->paras;
    *begin = *end = 0;
    if (cell == NULL) {
        return;
    }
    uint32_t first = cell->para_begin, last = cell->para_end;
    while (first < last && (paras[first].flags & KK_PARA_HIDDEN) != 0) {
        first++;
    }
    while (last > first && (paras[last - 1].flags & KK_PARA_HIDDEN) != 0) {
        last--;
    }
    if (first < last) {
        *begin = paras[first].begin;
        *end = paras[last - 1].end;
    }
}

/* A highlighted figure is one that somebody has yet to decide, like one in a placeholder. */
static bool shows_placeholder(const kk_text *text, uint32_t begin, uint32_t end)
{
    uint32_t low = 0, high = text->n_spans;
    while (low < high) {
        const uint32_t mid = low + (high - low) / 2;
        if (text->spans[mid].begin < begin) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    for (; low < text->n_spans && text->spans[low].begin < end; low++) {
        const kk_span_kind kind = text->spans[low].kind;
        if (kind == KK_SPAN_PLACEHOLDER || kind == KK_SPAN_HIGHLIGHT) {
            return true;
        }
    }
    return false;
}

bool kk_award_cell_weight(const kk_award_grid *g, const kk_cell *cell, kk_weight *out)
{
    uint32_t begin, end;
    size_t at = 0;
    if (cell == NULL) {
        return false;
    }
    kk_award_cell_range(g, cell, &begin, &end);
    const bool shown = shows_placeholder(g->r->text, begin, end);
    if (!kk_weight_next(kk_award_slice(g->r, begin, end), &at, true, out)) {
        *out = (kk_weight){.unit = KK_WEIGHT_PERCENT};
        out->placeholder = shown;
        return shown;
    }
    out->placeholder = out->placeholder || shown;
    return true;
}

/* ---- columns ------------------------------------------------------------------------------- */

static bool header_says(const kk_award_grid *g, const char *id, uint32_t col)
{
    for (uint32_t row = 0; row < g->header_rows; row++) {
        uint32_t begin, end;
        kk_award_cell_range(g, kk_award_cell(g, row, col), &begin, &end);
        if (kk_award_says(g->r, id, begin, end)) {
            return true;
        }
    }
    return false;
}

/* "Vekt underkriterium" beside "Underkriterium" is a weight. */
static kk_role role_of(const kk_award_grid *g, uint32_t col)
{
    const bool second = g->c.main != KK_NONE && g->roles[col] == KK_ROLE_CRITERION;
    return second && header_says(g, "award-weight-column", col) ? KK_ROLE_WEIGHT : g->roles[col];
}

static void place_role(kk_award_grid *g, uint32_t col)
{
    kk_award_columns *c = &g->c;
    uint32_t *slot = NULL;
    switch (role_of(g, col)) {
    case KK_ROLE_CRITERION:
        slot = c->main == KK_NONE ? &c->main : &c->sub;
        c->criterion = true;
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
    default:
        break;
    }
    if (slot != NULL && *slot == KK_NONE) {
        *slot = col;
    }
}

/* Without sub-criteria, two weight columns are weight and points: per cent goes first. */
static void choose_weight(kk_award_grid *g)
{
    kk_award_columns *c = &g->c;
    if (c->sub != KK_NONE || c->sub_weight == KK_NONE) {
        return;
    }
    uint32_t first = 0, second = 0;
    for (uint32_t row = g->header_rows; row < g->table->n_rows; row++) {
        kk_weight weight;
        first += kk_award_cell_weight(g, kk_award_cell(g, row, c->weight), &weight) &&
                 weight.unit == KK_WEIGHT_PERCENT;
        second += kk_award_cell_weight(g, kk_award_cell(g, row, c->sub_weight), &weight) &&
                  weight.unit == KK_WEIGHT_PERCENT;
    }
    const bool named = !header_says(g, "award-weight-header", c->weight) &&
                       header_says(g, "award-weight-header", c->sub_weight);
    if (second > first || (second == first && named)) {
        c->weight = c->sub_weight;
    }
    c->sub_weight = KK_NONE;
}

/* Without a recognised criterion column, the first that is no number, weight or the like names
 * them. */
static void choose_main(kk_award_grid *g)
{
    for (uint32_t col = 0; g->c.main == KK_NONE && col < g->table->n_cols; col++) {
        const kk_role role = g->roles[col];
        if (role == KK_ROLE_REQUIREMENT || role == KK_ROLE_OTHER || role == KK_ROLE_NONE) {
            g->c.main = col;
        }
    }
}

kk_status kk_award_grid_open(kk_award_grid *g, kk_award_reader *r, uint32_t table)
{
    const kk_table *t = &r->text->tables[table];
    *g = (kk_award_grid){.r = r, .table = t};
    g->c = (kk_award_columns){KK_NONE, KK_NONE, KK_NONE, KK_NONE, KK_NONE,
                              KK_NONE, false,   false,   false};
    kk_role *roles = kk_arena_array(r->probe->arena, (size_t)t->n_cols + 1, sizeof *roles);
    if (roles == NULL) {
        return kk_fail_nomem(r->err);
    }
    g->roles = roles;
    KK_TRY(kk_rules_table_roles(r->probe->scanner, r->text, table, roles, &g->header_rows, r->err));
    for (uint32_t col = 0; col < t->n_cols; col++) {
        place_role(g, col);
    }
    choose_weight(g);
    choose_main(g);
    g->c.percent = g->c.weight != KK_NONE && header_says(g, "award-percent", g->c.weight);
    g->c.sub_percent =
        g->c.sub_weight != KK_NONE && header_says(g, "award-percent", g->c.sub_weight);
    return KK_OK;
}
