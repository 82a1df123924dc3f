/* Text, segments and spans as they grow; flows joined. Knows no XML and no styles. */
#include "flow.h"

#include "mem.h"
#include "str.h"

#include <string.h>

void kk_flow_init(kk_flow *flow)
{
    memset(flow, 0, sizeof *flow);
    kk_buf_init(&flow->text, UINT32_MAX - 64);
    kk_buf_init(&flow->deleted, 0);
    flow->para.container = KK_NONE;
}

static void free_table(kk_flow_table *table)
{
    kk_vec_free(&table->cells);
    kk_vec_free(&table->cell_nodes);
    kk_vec_free(&table->paras);
    kk_vec_free(&table->tables);
    kk_vec_free(&table->above);
    kk_vec_free(&table->here);
    kk_release(table);
}

void kk_flow_dispose(kk_flow *flow)
{
    kk_buf_dispose(&flow->text);
    kk_buf_dispose(&flow->deleted);
    kk_vec_free(&flow->paras);
    kk_vec_free(&flow->para_refs);
    kk_vec_free(&flow->stories);
    kk_vec_free(&flow->story_nodes);
    kk_vec_free(&flow->tables);
    kk_vec_free(&flow->table_nodes);
    kk_vec_free(&flow->cells);
    kk_vec_free(&flow->cell_nodes);
    kk_vec_free(&flow->controls);
    kk_vec_free(&flow->control_refs);
    kk_vec_free(&flow->spans);
    kk_vec_free(&flow->segments);
    kk_vec_free(&flow->node_paras);
    kk_vec_free(&flow->runs);
    kk_vec_free(&flow->fields);
    kk_vec_free(&flow->comments);
    for (size_t i = 0; i < flow->open_tables.n; i++) {
        free_table(flow->open_tables.items[i]);
    }
    kk_vec_free(&flow->open_tables);
}

void kk_flow_clear(kk_flow *flow)
{
    kk_buf_clear(&flow->text);
    kk_buf_clear(&flow->deleted);
    flow->paras.n = flow->para_refs.n = flow->stories.n = flow->story_nodes.n = 0;
    flow->tables.n = flow->table_nodes.n = flow->cells.n = flow->cell_nodes.n = 0;
    flow->controls.n = flow->control_refs.n = flow->spans.n = flow->segments.n = 0;
    flow->node_paras.n = flow->runs.n = flow->fields.n = flow->comments.n = 0;
    flow->codes = flow->tocs = flow->n_open_tables = 0;
    flow->deleting = false;
    memset(&flow->para, 0, sizeof flow->para);
    memset(flow->open, 0, sizeof flow->open);
    flow->para.container = KK_NONE;
}

/* ---- text ---------------------------------------------------------------------------------- */

/* Goes on with the last segment where text and raw go on together. */
static bool extends(const kk_flow *flow, kk_segment_kind kind, uint32_t raw, uint32_t run)
{
    if (kind != KK_SEG_LITERAL || flow->segments.n == 0) {
        return false;
    }
    const kk_segment *last = &flow->segments.items[flow->segments.n - 1];
    return last->kind == KK_SEG_LITERAL && last->run == run &&
           last->raw + (kk_flow_at(flow) - last->text) == raw;
}

bool kk_flow_append(kk_flow *flow, kk_segment_kind kind, kk_str text, uint32_t raw,
                    uint32_t raw_len, uint32_t run)
{
    if (!extends(flow, kind, raw, run)) {
        const kk_segment segment = {.text = kk_flow_at(flow),
                                    .raw = raw,
                                    .run = run,
                                    .kind = (uint32_t)kind & 0xffu,
                                    .raw_len = raw_len & 0xffffffu};
        if (!kk_vec_push(&flow->segments, segment)) {
            return false;
        }
    }
    kk_buf_str(&flow->text, text);
    return flow->text.failed == KK_OK;
}

/* ---- spans --------------------------------------------------------------------------------- */

static bool same(kk_str a, kk_str b)
{
    return a.ptr == b.ptr ? a.len == b.len : kk_str_equal(a, b);
}

static bool flush_span(kk_flow *flow, kk_span *open)
{
    if (open->begin == open->end) {
        return true;
    }
    const bool ok = kk_vec_push(&flow->spans, *open);
    open->begin = open->end;
    return ok;
}

bool kk_flow_mark(kk_flow *flow, kk_span_kind kind, uint32_t begin, kk_str text, kk_str author)
{
    kk_span *open = &flow->open[kind];
    const uint32_t end = kk_flow_at(flow);
    if (begin == end) {
        return true;
    }
    if (open->end == begin && open->begin < open->end && same(open->text, text) &&
        same(open->author, author)) {
        open->end = end;
        return true;
    }
    if (!flush_span(flow, open)) {
        return false;
    }
    *open = (kk_span){.begin = begin, .end = end, .kind = kind, .text = text, .author = author};
    return true;
}

bool kk_flow_flush(kk_flow *flow)
{
    for (int kind = 0; kind < KK_SPAN_KINDS; kind++) {
        if (!flush_span(flow, &flow->open[kind])) {
            return false;
        }
    }
    return true;
}

bool kk_flow_delete(kk_flow *flow, kk_arena *arena, kk_str text, kk_str author)
{
    if (flow->deleting && !same(flow->deleted_author, author) &&
        !kk_flow_flush_deleted(flow, arena)) {
        return false;
    }
    flow->deleting = true;
    flow->deleted_author = author;
    kk_buf_str(&flow->deleted, text);
    return flow->deleted.failed == KK_OK;
}

bool kk_flow_flush_deleted(kk_flow *flow, kk_arena *arena)
{
    if (!flow->deleting) {
        return true;
    }
    const uint32_t at = kk_flow_at(flow);
    const kk_span span = {.begin = at,
                          .end = at,
                          .kind = KK_SPAN_DELETED,
                          .text = kk_arena_str(arena, kk_buf_view(&flow->deleted)),
                          .author = flow->deleted_author};
    flow->deleting = false;
    kk_buf_clear(&flow->deleted);
    return span.text.ptr != NULL && kk_vec_push(&flow->spans, span);
}

/* ---- joining ------------------------------------------------------------------------------- */

static uint32_t moved(uint32_t index, size_t by)
{
    return index == KK_NONE ? KK_NONE : index + (uint32_t)by;
}

/* How far each kind of index moves. */
typedef struct shift {
    size_t text, paras, stories, tables, cells, controls;
} shift;

static bool join_paras(kk_flow *dst, const kk_flow *src, const shift *by)
{
    for (size_t i = 0; i < src->paras.n; i++) {
        kk_para para = src->paras.items[i];
        para.begin += (uint32_t)by->text;
        para.end += (uint32_t)by->text;
        para.story += (uint32_t)by->stories;
        para.cell = moved(para.cell, by->cells);
        para.control = moved(para.control, by->controls);
        if (!kk_vec_push(&dst->paras, para) ||
            !kk_vec_push(&dst->para_refs, src->para_refs.items[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < src->node_paras.n; i++) {
        kk_flow_pair pair = src->node_paras.items[i];
        pair.para += (uint32_t)by->paras;
        if (!kk_vec_push(&dst->node_paras, pair)) {
            return false;
        }
    }
    return true;
}

static bool join_stories(kk_flow *dst, const kk_flow *src, const shift *by)
{
    for (size_t i = 0; i < src->stories.n; i++) {
        kk_story story = src->stories.items[i];
        story.para_begin += (uint32_t)by->paras;
        story.para_end += (uint32_t)by->paras;
        if (!kk_vec_push(&dst->stories, story) ||
            !kk_vec_push(&dst->story_nodes, src->story_nodes.items[i])) {
            return false;
        }
    }
    return true;
}

static bool join_tables(kk_flow *dst, const kk_flow *src, const shift *by)
{
    for (size_t i = 0; i < src->tables.n; i++) {
        kk_table table = src->tables.items[i];
        table.story += (uint32_t)by->stories;
        table.cell_begin += (uint32_t)by->cells;
        table.cell_end += (uint32_t)by->cells;
        table.para_begin += (uint32_t)by->paras;
        table.para_end += (uint32_t)by->paras;
        table.parent_cell = moved(table.parent_cell, by->cells);
        if (!kk_vec_push(&dst->tables, table) ||
            !kk_vec_push(&dst->table_nodes, src->table_nodes.items[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < src->cells.n; i++) {
        kk_cell cell = src->cells.items[i];
        cell.table += (uint32_t)by->tables;
        cell.para_begin += (uint32_t)by->paras;
        cell.para_end += (uint32_t)by->paras;
        if (!kk_vec_push(&dst->cells, cell) ||
            !kk_vec_push(&dst->cell_nodes, src->cell_nodes.items[i])) {
            return false;
        }
    }
    return true;
}

static bool join_marks(kk_flow *dst, const kk_flow *src, const shift *by)
{
    for (size_t i = 0; i < src->controls.n; i++) {
        kk_control control = src->controls.items[i];
        control.begin += (uint32_t)by->text;
        control.end += (uint32_t)by->text;
        control.parent = moved(control.parent, by->controls);
        if (!kk_vec_push(&dst->controls, control) ||
            !kk_vec_push(&dst->control_refs, src->control_refs.items[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < src->spans.n; i++) {
        kk_span span = src->spans.items[i];
        span.begin += (uint32_t)by->text;
        span.end += (uint32_t)by->text;
        if (!kk_vec_push(&dst->spans, span)) {
            return false;
        }
    }
    for (size_t i = 0; i < src->segments.n; i++) {
        kk_segment segment = src->segments.items[i];
        segment.text += (uint32_t)by->text;
        if (!kk_vec_push(&dst->segments, segment)) {
            return false;
        }
    }
    return true;
}

bool kk_flow_join(kk_flow *dst, const kk_flow *src)
{
    const shift by = {.text = dst->text.len,
                      .paras = dst->paras.n,
                      .stories = dst->stories.n,
                      .tables = dst->tables.n,
                      .cells = dst->cells.n,
                      .controls = dst->controls.n};
    kk_buf_str(&dst->text, kk_buf_view(&src->text));
    return dst->text.failed == KK_OK && join_paras(dst, src, &by) && join_stories(dst, src, &by) &&
           join_tables(dst, src, &by) && join_marks(dst, src, &by);
}
