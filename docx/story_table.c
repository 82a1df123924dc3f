/* Tables as grids: where each cell stands, what it covers, which paragraphs it holds. A table's
 * cells are kept apart until it closes, so that those of a nested table do not come between them.
 */
#include "mem.h"
#include "story_reader.h"
#include "str.h"

#include <string.h>

/* Word has 63 columns at most; what lies beyond is kept apart without numbers overflowing. */
enum { MAX_SPAN = 255, MAX_COLS = 1 << 30 };

kk_flow_table *kk_table_innermost(kk_flow *flow)
{
    return flow->n_open_tables == 0 ? NULL : flow->open_tables.items[flow->n_open_tables - 1];
}

/* A table from the pool, emptied. */
static kk_flow_table *take(kk_flow *flow)
{
    if (flow->n_open_tables == flow->open_tables.n) {
        kk_flow_table *fresh = kk_malloc(sizeof *fresh);
        if (fresh == NULL) {
            return NULL;
        }
        memset(fresh, 0, sizeof *fresh);
        /* pointers are meant. NOLINTNEXTLINE(bugprone-sizeof-expression) */
        if (!kk_vec_push(&flow->open_tables, fresh)) {
            kk_release(fresh);
            return NULL;
        }
    }
    kk_flow_table *table = flow->open_tables.items[flow->n_open_tables++];
    table->cells.n = table->cell_nodes.n = table->paras.n = table->tables.n = 0;
    table->above.n = table->here.n = 0;
    table->rows = table->cols = table->col = 0;
    table->cell = KK_NONE;
    return table;
}

bool kk_table_open(kk_reader *in)
{
    kk_frame *top = kk_reader_top(in);
    kk_flow *flow = in->flow;
    top->in.holder = KK_HOLDER_ROWS;
    if (top->in.suppressed) {
        return true;
    }
    kk_flow_table *outer = kk_table_innermost(flow);
    const uint32_t index = (uint32_t)flow->tables.n;
    kk_table table = {.story = (uint32_t)flow->stories.n - 1,
                      .para_begin = (uint32_t)flow->paras.n,
                      .parent_cell = KK_NONE};
    if (outer != NULL && outer->cell != KK_NONE) {
        table.parent_cell = outer->cell;
        if (!kk_vec_push(&outer->tables, index)) {
            return false;
        }
    }
    kk_flow_table *open = take(flow);
    if (open == NULL) {
        return false;
    }
    open->table = index;
    return kk_vec_push(&flow->tables, table) && kk_vec_push(&flow->table_nodes, top->node);
}

bool kk_table_close(kk_reader *in)
{
    kk_flow *flow = in->flow;
    if (kk_reader_top(in)->in.suppressed) {
        return true;
    }
    kk_flow_table *open = kk_table_innermost(flow);
    kk_table *table = &flow->tables.items[open->table];
    const uint32_t base = (uint32_t)flow->cells.n;
    for (size_t i = 0; i < open->cells.n; i++) {
        if (!kk_vec_push(&flow->cells, open->cells.items[i]) ||
            !kk_vec_push(&flow->cell_nodes, open->cell_nodes.items[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < open->paras.n; i++) {
        flow->paras.items[open->paras.items[i]].cell += base;
    }
    for (size_t i = 0; i < open->tables.n; i++) {
        flow->tables.items[open->tables.items[i]].parent_cell += base;
    }
    table->n_rows = open->rows;
    table->n_cols = open->cols;
    table->cell_begin = base;
    table->cell_end = (uint32_t)flow->cells.n;
    table->para_end = (uint32_t)flow->paras.n;
    flow->n_open_tables--;
    return true;
}

/* ---- rows ---------------------------------------------------------------------------------- */

bool kk_row_open(kk_reader *in)
{
    kk_frame *top = kk_reader_top(in);
    top->in.holder = KK_HOLDER_CELLS;
    kk_flow_table *table = top->in.suppressed ? NULL : kk_table_innermost(in->flow);
    if (table != NULL) {
        table->col = table->after = table->above_at = 0;
        table->here.n = 0;
        table->row_header = table->row_open = false;
    }
    return true;
}

bool kk_row_close(kk_reader *in)
{
    kk_flow_table *table = kk_reader_top(in)->in.suppressed ? NULL : kk_table_innermost(in->flow);
    if (table == NULL || !table->row_open) {
        return true;
    }
    const uint32_t cols = table->col + table->after;
    table->cols = cols > table->cols ? cols : table->cols;
    table->rows++;
    table->above.n = 0;
    for (size_t i = 0; i < table->here.n; i++) {
        if (!kk_vec_push(&table->above, table->here.items[i])) {
            return false;
        }
    }
    return true;
}

static uint32_t clamped(int32_t value, uint32_t least)
{
    return value < (int32_t)least ? least : value > MAX_SPAN ? MAX_SPAN : (uint32_t)value;
}

static void change_row(kk_reader *in, const kk_xml_tag *tag, uint32_t flag)
{
    kk_str id;
    kk_reader_node(in, kk_reader_top(in)->in.node)->flags |= flag | KK_NODE_FOREIGN_TRACK;
    kk_xml_attr_get(tag, KK_NS_W, KK_W_id, &id);
    kk_reader_note_id(in, id);
    kk_reader_pending(in);
}

kk_frame_kind kk_row_property(kk_reader *in, const kk_xml_tag *tag)
{
    kk_frame *row = &in->frames.items[in->frames.n - 2];
    kk_flow_table *table = row->in.suppressed ? NULL : kk_table_innermost(in->flow);
    if (tag->ns != KK_NS_W) {
        return KK_FRAME_SKIP;
    }
    switch (tag->word) {
    case KK_W_gridBefore:
        if (table != NULL) {
            table->col = clamped(kk_xml_int(tag, KK_NS_W, KK_W_val, 0), 0);
        }
        break;
    case KK_W_gridAfter:
        if (table != NULL) {
            table->after = clamped(kk_xml_int(tag, KK_NS_W, KK_W_val, 0), 0);
        }
        break;
    case KK_W_tblHeader:
        if (table != NULL) {
            table->row_header = kk_xml_on(tag);
        }
        break;
    case KK_W_ins:
        change_row(in, tag, KK_NODE_MARK_INS);
        break;
    case KK_W_del:
        change_row(in, tag, KK_NODE_MARK_DEL);
        row->in.suppressed = true;
        break;
    case KK_W_trPrChange:
        kk_reader_pending(in);
        break;
    default:
        break;
    }
    return KK_FRAME_SKIP;
}

/* ---- cells --------------------------------------------------------------------------------- */

void kk_cell_open(kk_reader *in)
{
    kk_frame *top = kk_reader_top(in);
    top->in.holder = KK_HOLDER_BLOCKS;
    top->in.container = top->node;
    in->cell = (kk_pending_cell){.span = 1};
}

kk_frame_kind kk_cell_property(kk_reader *in, const kk_xml_tag *tag)
{
    kk_str value;
    if (tag->ns != KK_NS_W) {
        return KK_FRAME_SKIP;
    }
    switch (tag->word) {
    case KK_W_gridSpan:
        in->cell.span = clamped(kk_xml_int(tag, KK_NS_W, KK_W_val, 1), 1);
        break;
    case KK_W_vMerge:
        in->cell.vmerge = true;
        in->cell.vmerge_restart = kk_xml_val(tag, &value) && kk_str_is(value, "restart");
        break;
    case KK_W_cellDel:
        in->cell.deleted = true;
        kk_reader_pending(in);
        break;
    case KK_W_cellIns:
    case KK_W_cellMerge:
    case KK_W_tcPrChange:
        kk_reader_pending(in);
        break;
    default:
        break;
    }
    return KK_FRAME_SKIP;
}

/* Finds the cell above that a continued merge belongs to; its root covers one row more. Columns
 * grow along a row, so both rows are walked once. */
static uint32_t merge_root(kk_flow_table *table, uint32_t col)
{
    while (table->above_at < table->above.n) {
        const uint32_t root = table->above.items[table->above_at];
        if (table->cells.items[root].col >= col) {
            return table->cells.items[root].col == col ? root : KK_NONE;
        }
        table->above_at++;
    }
    return KK_NONE;
}

/* Ties a vertically merged cell to the one above, or makes it the root of a merge. */
static bool merge(kk_flow_table *table, kk_cell *cell, bool restart)
{
    const uint32_t root = restart ? KK_NONE : merge_root(table, cell->col);
    if (root != KK_NONE) {
        cell->flags |= KK_CELL_VMERGED;
        table->cells.items[root].row_span++;
    }
    return kk_vec_push(&table->here, root != KK_NONE ? root : (uint32_t)table->cells.n);
}

bool kk_cell_begin(kk_reader *in, uint32_t node)
{
    kk_frame *top = kk_reader_top(in);
    kk_flow_table *table = top->in.suppressed ? NULL : kk_table_innermost(in->flow);
    if (table == NULL) {
        return true;
    }
    if (in->cell.deleted) {
        top->in.suppressed = true;
        return true;
    }
    kk_cell cell = {.table = table->table,
                    .row = table->rows,
                    .col = table->col,
                    .col_span = table->col < MAX_COLS ? in->cell.span : 1,
                    .row_span = 1,
                    .para_begin = (uint32_t)in->flow->paras.n,
                    .para_end = (uint32_t)in->flow->paras.n,
                    .flags = table->row_header ? KK_CELL_HEADER : 0u};
    table->row_open = true;
    table->cell = (uint32_t)table->cells.n;
    table->col += cell.col_span;
    return (!in->cell.vmerge || merge(table, &cell, in->cell.vmerge_restart)) &&
           kk_vec_push(&table->cells, cell) && kk_vec_push(&table->cell_nodes, node);
}

bool kk_cell_close(kk_reader *in)
{
    kk_flow_table *table = kk_reader_top(in)->in.suppressed ? NULL : kk_table_innermost(in->flow);
    if (table == NULL || table->cell == KK_NONE) {
        return true;
    }
    if (!kk_para_settle(in, false)) {
        return false;
    }
    table->cells.items[table->cell].para_end = (uint32_t)in->flow->paras.n;
    table->cell = KK_NONE;
    return true;
}
