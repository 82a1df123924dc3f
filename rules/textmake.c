/* Builds TEXT step by step in growing arrays and copies it into an arena at the end. Knows nothing
 * of rules. */
#include "textmake.h"

#include "error.h"
#include "str.h"
#include "utf8.h"

#include <string.h>

void kk_textmake_init(kk_textmake *make, kk_arena *arena)
{
    *make = (kk_textmake){.arena = arena, .cell = KK_NONE};
    kk_buf_init(&make->utf8, 0);
}

void kk_textmake_dispose(kk_textmake *make)
{
    kk_buf_dispose(&make->utf8);
    kk_vec_free(&make->paras);
    kk_vec_free(&make->cells);
    kk_vec_free(&make->tables);
    kk_vec_free(&make->spans);
    kk_vec_free(&make->managed);
    kk_vec_free(&make->stories);
}

static void check(kk_textmake *make, bool done)
{
    if (!done && make->failed == KK_OK) {
        make->failed = KK_E_NOMEM;
    }
}

void kk_textmake_para(kk_textmake *make, const kk_para *like)
{
    kk_textmake_para_end(make);
    kk_para para = *like;
    para.begin = para.end = (uint32_t)make->utf8.len;
    para.story = (uint32_t)make->stories.n;
    para.cell = make->cell;
    para.control = KK_NONE;
    check(make, kk_vec_push(&make->paras, para));
    make->open = make->failed == KK_OK;
}

static void put(kk_textmake *make, uint32_t c)
{
    switch (c) {
    case 0xA0:   /* no-break space */
    case 0x202F: /* narrow no-break space */
    case 0x2009: /* thin space */
    case '\t':
    case '\n':
    case '\r':
        kk_buf_putc(&make->utf8, ' ');
        break;
    case 0x2011: /* non-breaking hyphen */
        kk_buf_putc(&make->utf8, '-');
        break;
    case 0xAD: /* soft hyphen */
        break;
    default:
        kk_utf8_put(&make->utf8, c);
        break;
    }
}

void kk_textmake_text(kk_textmake *make, kk_str text, int span)
{
    if (!make->open) {
        return;
    }
    kk_span s = {.begin = (uint32_t)make->utf8.len, .kind = (kk_span_kind)(span < 0 ? 0 : span)};
    if (span == KK_SPAN_DELETED) {
        s.text = kk_arena_str(make->arena, text);
        check(make, s.text.ptr != NULL);
    } else {
        size_t at = 0;
        while (at < text.len) {
            put(make, kk_utf8_next(text, &at));
        }
    }
    s.end = (uint32_t)make->utf8.len;
    if (span == KK_SPAN_INSERTED || span == KK_SPAN_DELETED) {
        make->facts |= KK_FACT_PENDING;
    }
    if (span >= 0) {
        check(make, kk_vec_push(&make->spans, s));
    }
}

void kk_textmake_para_end(kk_textmake *make)
{
    if (make->open) {
        make->paras.items[make->paras.n - 1].end = (uint32_t)make->utf8.len;
        kk_buf_putc(&make->utf8, '\n');
        make->open = false;
    }
}

void kk_textmake_story(kk_textmake *make, kk_story_kind kind)
{
    kk_textmake_para_end(make);
    const kk_story story = {.kind = kind, .para_begin = (uint32_t)make->paras.n};
    check(make, kk_vec_push(&make->stories, story));
}

/* ---- tables -------------------------------------------------------------------------------- */

void kk_textmake_table_begin(kk_textmake *make)
{
    kk_textmake_para_end(make);
    const kk_table table = {.cell_begin = (uint32_t)make->cells.n,
                            .para_begin = (uint32_t)make->paras.n,
                            .parent_cell = KK_NONE};
    check(make, kk_vec_push(&make->tables, table));
}

void kk_textmake_row(kk_textmake *make)
{
    if (make->failed == KK_OK) {
        make->tables.items[make->tables.n - 1].n_rows++;
    }
}

void kk_textmake_cell(kk_textmake *make, uint32_t col_span, uint32_t flags)
{
    if (make->failed != KK_OK) {
        return;
    }
    kk_table *table = &make->tables.items[make->tables.n - 1];
    kk_cell cell = {.table = (uint32_t)make->tables.n - 1,
                    .row = table->n_rows - 1,
                    .col_span = col_span > 0 ? col_span : 1,
                    .row_span = 1,
                    .para_begin = (uint32_t)make->paras.n,
                    .flags = flags};
    if (make->cells.n > table->cell_begin && make->cells.items[make->cells.n - 1].row == cell.row) {
        const kk_cell *left = &make->cells.items[make->cells.n - 1];
        cell.col = left->col + left->col_span;
    }
    const uint32_t cols = cell.col + cell.col_span;
    table->n_cols = cols > table->n_cols ? cols : table->n_cols;
    make->cell = (uint32_t)make->cells.n;
    check(make, kk_vec_push(&make->cells, cell));
}

void kk_textmake_cell_end(kk_textmake *make)
{
    kk_textmake_para_end(make);
    if (make->failed == KK_OK && make->cell != KK_NONE) {
        if (make->cells.items[make->cell].para_begin == make->paras.n) {
            /* As in Word, a cell holds at least one paragraph. */
            const kk_para empty = {.managed = KK_NONE};
            kk_textmake_para(make, &empty);
            kk_textmake_para_end(make);
        }
        make->cells.items[make->cell].para_end = (uint32_t)make->paras.n;
    }
    make->cell = KK_NONE;
}

void kk_textmake_table_end(kk_textmake *make)
{
    if (make->failed == KK_OK) {
        kk_table *table = &make->tables.items[make->tables.n - 1];
        table->cell_end = (uint32_t)make->cells.n;
        table->para_end = (uint32_t)make->paras.n;
    }
}

/* ---- result -------------------------------------------------------------------------------- */

static void *copy(kk_textmake *make, const void *items, size_t n, size_t size)
{
    void *out = kk_arena_array(make->arena, n + 1, size);
    check(make, out != NULL);
    if (out != NULL && n > 0) {
        memcpy(out, items, n * size);
    }
    return out;
}

/* The body, then the others, each up to where the next begins. */
static const kk_story *copy_stories(kk_textmake *make)
{
    const size_t n = make->stories.n;
    kk_story *out = kk_arena_array(make->arena, n + 1, sizeof *out);
    check(make, out != NULL);
    for (size_t i = 0; out != NULL && i <= n; i++) {
        out[i] = i == 0 ? (kk_story){.kind = KK_STORY_BODY} : make->stories.items[i - 1];
        out[i].para_end = i < n ? make->stories.items[i].para_begin : (uint32_t)make->paras.n;
    }
    return out;
}

kk_status kk_textmake_finish(kk_textmake *make, kk_text **out, kk_error *err)
{
    kk_textmake_para_end(make);
    kk_text *text = kk_arena_alloc(make->arena, sizeof *text);
    const kk_str bytes = kk_arena_str(make->arena, (kk_str){make->utf8.ptr, make->utf8.len});
    check(make, text != NULL && bytes.ptr != NULL && make->utf8.failed == KK_OK);
    const kk_story *stories = copy_stories(make);
    const kk_para *paras = copy(make, make->paras.items, make->paras.n, sizeof(kk_para));
    const kk_cell *cells = copy(make, make->cells.items, make->cells.n, sizeof(kk_cell));
    const kk_table *tables = copy(make, make->tables.items, make->tables.n, sizeof(kk_table));
    const kk_span *spans = copy(make, make->spans.items, make->spans.n, sizeof(kk_span));
    const kk_managed *managed =
        copy(make, make->managed.items, make->managed.n, sizeof(kk_managed));
    if (make->failed != KK_OK) {
        return kk_fail_nomem(err);
    }
    *text = (kk_text){.utf8 = bytes.ptr,
                      .len = (uint32_t)bytes.len,
                      .facts = make->facts,
                      .paras = paras,
                      .stories = stories,
                      .tables = tables,
                      .cells = cells,
                      .spans = spans,
                      .managed = managed,
                      .n_paras = (uint32_t)make->paras.n,
                      .n_stories = (uint32_t)make->stories.n + 1,
                      .n_tables = (uint32_t)make->tables.n,
                      .n_cells = (uint32_t)make->cells.n,
                      .n_spans = (uint32_t)make->spans.n,
                      .n_managed = (uint32_t)make->managed.n};
    *out = text;
    return KK_OK;
}
