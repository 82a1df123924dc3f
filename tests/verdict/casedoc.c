/* <h>, <p>, <li>, <table>, <story> -> TEXT. Written apart from the bank's reader of examples, so
 * that the truth table also covers what examples do not need: row spans, nested tables, other
 * stories. */
#include "casedoc.h"

#include "buf.h"
#include "error.h"
#include "str.h"
#include "utf8.h"
#include "vec.h"

#include <string.h>

enum { MAX_COLS = 32 };

typedef KK_VEC(kk_cell) cell_list;

typedef struct maker {
    kk_arena *arena;
    kk_buf utf8;
    KK_VEC(kk_para) paras;
    KK_VEC(kk_table) tables;
    KK_VEC(kk_span) spans;
    KK_VEC(kk_story) stories;
    cell_list cells;
    uint32_t facts;
    bool failed;
    kk_error *err;
} maker;

static bool is(const kk_xnode *node, const char *attr, const char *value)
{
    return kk_str_is(kk_xnode_attr(node, attr), value);
}

static uint32_t number_of(const kk_xnode *node, const char *attr, uint32_t otherwise)
{
    uint32_t value = otherwise;
    kk_str_to_u32(kk_xnode_attr(node, attr), &value);
    return value;
}

/* ---- text ---------------------------------------------------------------------------------- */

/* As docx hands text over: no-break and thin blanks are plain ones; XML layout is folded. */
static void put_folded(maker *m, kk_str s)
{
    size_t at = 0;
    while (at < s.len) {
        uint32_t c = kk_utf8_next(s, &at);
        bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0xA0 || c == 0x202F ||
                     c == 0x2009;
        bool before = m->utf8.len == 0 || strchr(" \n", m->utf8.ptr[m->utf8.len - 1]) != NULL;
        if (!blank) {
            kk_utf8_put(&m->utf8, c == 0x2011 ? '-' : c);
        } else if (!before) {
            kk_buf_putc(&m->utf8, ' ');
        }
    }
}

static void put_span(maker *m, kk_str text, const char *kind)
{
    static const struct {
        const char *name;
        kk_span_kind kind;
    } kinds[] = {{"inserted", KK_SPAN_INSERTED},       {"deleted", KK_SPAN_DELETED},
                 {"hidden", KK_SPAN_HIDDEN},           {"highlight", KK_SPAN_HIGHLIGHT},
                 {"placeholder", KK_SPAN_PLACEHOLDER}, {"italic", KK_SPAN_ITALIC}};
    kk_span span = {.begin = (uint32_t)m->utf8.len};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i].name, kind) == 0) {
            span.kind = kinds[i].kind;
        }
    }
    if (span.kind == KK_SPAN_DELETED) {
        span.text = kk_arena_str(m->arena, text);
    } else {
        put_folded(m, text);
    }
    span.end = (uint32_t)m->utf8.len;
    if (span.kind == KK_SPAN_DELETED || span.kind == KK_SPAN_INSERTED) {
        m->facts |= KK_FACT_PENDING;
        m->paras.items[m->paras.n - 1].flags |= KK_PARA_PENDING;
    }
    m->failed = !kk_vec_push(&m->spans, span) || m->failed;
}

static void put_inline(maker *m, const kk_xnode *node)
{
    kk_str tracked = kk_xnode_attr(node, "tracked");
    for (const kk_xnode *at = node->first; at != NULL; at = at->next) {
        if (at->name.len > 0) {
            kk_str kind = kk_xnode_attr(at, "kind");
            put_span(m, kk_xnode_text(at, m->arena), kk_arena_str(m->arena, kind).ptr);
        } else if (tracked.len > 0) {
            put_span(m, at->text, kk_arena_str(m->arena, tracked).ptr);
        } else {
            put_folded(m, at->text);
        }
    }
}

static bool wholly_hidden(const maker *m, const kk_para *para)
{
    const kk_span *last = m->spans.n > 0 ? &m->spans.items[m->spans.n - 1] : NULL;
    return last != NULL && last->kind == KK_SPAN_HIDDEN && last->begin == para->begin &&
           last->end == m->utf8.len && last->end > last->begin;
}

/* cell: index into the cells of the table that is open, shifted when it closes; or KK_NONE. */
static void put_para(maker *m, const kk_xnode *node, uint32_t cell)
{
    kk_para para = {.begin = (uint32_t)m->utf8.len,
                    .story = (uint32_t)m->stories.n - 1,
                    .cell = cell,
                    .control = KK_NONE,
                    .managed = KK_NONE,
                    .number = kk_xnode_attr(node, "number")};
    if (kk_str_is(node->name, "h")) {
        para.heading = (uint8_t)number_of(node, "level", 1);
        para.flags |= para.heading == 0 ? KK_PARA_TITLE : 0u;
    } else if (kk_str_is(node->name, "li")) {
        para.flags |= KK_PARA_LIST;
        para.list_level = (uint8_t)number_of(node, "level", 1);
    }
    para.flags |= para.number.len > 0 ? KK_PARA_NUMBERED : 0u;
    para.flags |= is(node, "guidance", "yes") ? KK_PARA_GUIDANCE : 0u;
    para.flags |= is(node, "toc", "yes") ? KK_PARA_TOC : 0u;
    m->failed = !kk_vec_push(&m->paras, para) || m->failed;
    if (m->failed) {
        return;
    }
    put_inline(m, node);
    kk_para *made = &m->paras.items[m->paras.n - 1];
    while (m->utf8.len > made->begin && m->utf8.ptr[m->utf8.len - 1] == ' ') {
        m->utf8.len--;
    }
    made->flags |= wholly_hidden(m, made) ? KK_PARA_HIDDEN | KK_PARA_GUIDANCE : 0u;
    made->end = (uint32_t)m->utf8.len;
    kk_buf_putc(&m->utf8, '\n');
}

/* ---- tables -------------------------------------------------------------------------------- */

typedef struct table_state {
    cell_list cells;
    KK_VEC(uint32_t) paras;  /* direct paragraphs: their cell index moves when the table closes */
    KK_VEC(uint32_t) nested; /* tables inside: likewise */
    uint32_t rows, cols;
    uint32_t left[MAX_COLS]; /* rows that a cell above still covers */
    uint32_t root[MAX_COLS], width[MAX_COLS];
} table_state;

static void put_block(maker *m, const kk_xnode *node, uint32_t cell);
static void put_table(maker *m, const kk_xnode *node, table_state *outer, uint32_t cell);

static bool has_blocks(const kk_xnode *node)
{
    const kk_xnode *at = kk_xnode_element(node, NULL);
    return at != NULL && !kk_str_is(at->name, "span");
}

static void put_in_cell(maker *m, const kk_xnode *node, table_state *table, uint32_t cell)
{
    if (kk_str_is(node->name, "table")) {
        put_table(m, node, table, cell);
        return;
    }
    uint32_t para = (uint32_t)m->paras.n;
    m->failed = !kk_vec_push(&table->paras, para) || m->failed;
    put_para(m, node, cell);
}

static void put_cell(maker *m, const kk_xnode *node, table_state *table, kk_cell cell)
{
    uint32_t index = (uint32_t)table->cells.n;
    cell.row = table->rows;
    cell.para_begin = (uint32_t)m->paras.n;
    m->failed = !kk_vec_push(&table->cells, cell) || m->failed;
    if (m->failed) {
        return;
    }
    static const kk_xnode empty = {.name = {"p", 1}};
    if (node == NULL || !has_blocks(node)) {
        put_in_cell(m, node == NULL ? &empty : node, table, index);
    }
    for (const kk_xnode *at = NULL; node != NULL && has_blocks(node);) {
        at = kk_xnode_element(node, at);
        if (at == NULL) {
            break;
        }
        put_in_cell(m, at, table, index);
    }
    table->cells.items[index].para_end = (uint32_t)m->paras.n;
}

/* Cells that one above covers, until the next free column. */
static uint32_t put_covered(maker *m, table_state *table, uint32_t col)
{
    while (col < MAX_COLS && table->left[col] > 0) {
        uint32_t width = table->width[col];
        kk_cell cell = {.col = col, .col_span = width, .row_span = 1, .flags = KK_CELL_VMERGED};
        table->left[col]--;
        put_cell(m, NULL, table, cell);
        col += width;
    }
    return col;
}

static void put_row(maker *m, const kk_xnode *row, table_state *table)
{
    uint32_t col = put_covered(m, table, 0);
    for (const kk_xnode *td = kk_xnode_element(row, NULL); td != NULL && col < MAX_COLS;
         td = kk_xnode_element(row, td)) {
        kk_cell cell = {.col = col,
                        .col_span = number_of(td, "span", 1),
                        .row_span = number_of(td, "rowspan", 1),
                        .flags = is(row, "header", "yes") ? KK_CELL_HEADER : 0u};
        table->left[col] = cell.row_span - 1;
        table->root[col] = (uint32_t)table->cells.n;
        table->width[col] = cell.col_span;
        put_cell(m, td, table, cell);
        col = put_covered(m, table, col + cell.col_span);
    }
    table->cols = col > table->cols ? col : table->cols;
    table->rows++;
}

static void put_table(maker *m, const kk_xnode *node, table_state *outer, uint32_t cell)
{
    table_state table;
    memset(&table, 0, sizeof table);
    const uint32_t index = (uint32_t)m->tables.n;
    kk_table made = {.story = (uint32_t)m->stories.n - 1,
                     .para_begin = (uint32_t)m->paras.n,
                     .parent_cell = cell};
    m->failed = !kk_vec_push(&m->tables, made) || m->failed;
    if (outer != NULL) {
        m->failed = !kk_vec_push(&outer->nested, index) || m->failed;
    }
    for (const kk_xnode *row = kk_xnode_element(node, NULL); row != NULL && !m->failed;
         row = kk_xnode_element(node, row)) {
        put_row(m, row, &table);
    }
    const uint32_t base = (uint32_t)m->cells.n;
    for (size_t i = 0; i < table.cells.n; i++) {
        table.cells.items[i].table = index;
        m->failed = !kk_vec_push(&m->cells, table.cells.items[i]) || m->failed;
    }
    for (size_t i = 0; i < table.paras.n; i++) {
        m->paras.items[table.paras.items[i]].cell += base;
    }
    for (size_t i = 0; i < table.nested.n; i++) {
        m->tables.items[table.nested.items[i]].parent_cell += base;
    }
    if (!m->failed) {
        kk_table *t = &m->tables.items[index];
        t->n_rows = table.rows;
        t->n_cols = table.cols;
        t->cell_begin = base;
        t->cell_end = (uint32_t)m->cells.n;
        t->para_end = (uint32_t)m->paras.n;
    }
    kk_vec_free(&table.cells);
    kk_vec_free(&table.paras);
    kk_vec_free(&table.nested);
}

/* ---- stories and result -------------------------------------------------------------------- */

static void put_block(maker *m, const kk_xnode *node, uint32_t cell)
{
    if (kk_str_is(node->name, "table")) {
        put_table(m, node, NULL, KK_NONE);
    } else if (kk_str_is(node->name, "h") || kk_str_is(node->name, "p") ||
               kk_str_is(node->name, "li")) {
        put_para(m, node, cell);
    } else {
        m->failed = true;
        (void)kk_fail(m->err, KK_E_RULE, "",
                      "<%.*s> is no part of a document; see tests/verdict/README.md",
                      (int)node->name.len, node->name.ptr);
    }
}

static void put_story(maker *m, const kk_xnode *node, kk_story_kind kind)
{
    kk_story story = {.kind = kind, .para_begin = (uint32_t)m->paras.n, .part = KK_STR("case")};
    m->failed = !kk_vec_push(&m->stories, story) || m->failed;
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL && !m->failed;
         at = kk_xnode_element(node, at)) {
        if (!kk_str_is(at->name, "story")) {
            put_block(m, at, KK_NONE);
        }
    }
    if (!m->failed) {
        m->stories.items[m->stories.n - 1].para_end = (uint32_t)m->paras.n;
    }
}

static kk_story_kind story_kind(const kk_xnode *node)
{
    return is(node, "kind", "comment")    ? KK_STORY_COMMENT
           : is(node, "kind", "footnote") ? KK_STORY_FOOTNOTE
           : is(node, "kind", "header")   ? KK_STORY_HEADER
                                          : KK_STORY_TEXTBOX;
}

static void *keep(maker *m, const void *items, size_t n, size_t size)
{
    void *copy = kk_arena_array(m->arena, n + 1, size);
    if (copy != NULL && n > 0) {
        memcpy(copy, items, n * size);
    }
    m->failed = copy == NULL || m->failed;
    return copy;
}

#define KEEP(list) keep(m, m->list.items, m->list.n, sizeof *m->list.items)

static kk_status finish(maker *m, const kk_text **out)
{
    kk_text *text = kk_arena_alloc(m->arena, sizeof *text);
    kk_str bytes = kk_arena_str(m->arena, (kk_str){m->utf8.ptr, m->utf8.len});
    if (text == NULL || bytes.ptr == NULL || m->utf8.failed != KK_OK) {
        return kk_fail_nomem(m->err);
    }
    *text = (kk_text){.utf8 = bytes.ptr,
                      .len = (uint32_t)bytes.len,
                      .facts = m->facts,
                      .paras = KEEP(paras),
                      .stories = KEEP(stories),
                      .tables = KEEP(tables),
                      .cells = KEEP(cells),
                      .spans = KEEP(spans),
                      .n_paras = (uint32_t)m->paras.n,
                      .n_stories = (uint32_t)m->stories.n,
                      .n_tables = (uint32_t)m->tables.n,
                      .n_cells = (uint32_t)m->cells.n,
                      .n_spans = (uint32_t)m->spans.n};
    *out = text;
    return m->failed ? kk_fail_nomem(m->err) : KK_OK;
}

kk_status casedoc_read(const kk_xnode *content, kk_arena *arena, const kk_text **out, kk_error *err)
{
    maker m = {.arena = arena, .err = err};
    kk_buf_init(&m.utf8, 0);
    put_story(&m, content, KK_STORY_BODY);
    for (const kk_xnode *at = kk_xnode_element(content, NULL); at != NULL && !m.failed;
         at = kk_xnode_element(content, at)) {
        if (kk_str_is(at->name, "story")) {
            put_story(&m, at, story_kind(at));
        }
    }
    kk_status status =
        m.failed ? (err->status != KK_OK ? err->status : KK_E_NOMEM) : finish(&m, out);
    kk_buf_dispose(&m.utf8);
    kk_vec_free(&m.paras);
    kk_vec_free(&m.tables);
    kk_vec_free(&m.spans);
    kk_vec_free(&m.stories);
    kk_vec_free(&m.cells);
    return status;
}
