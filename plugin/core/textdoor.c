/* The text door: a host's own paragraphs become TEXT, without any DOCX. One story, flat tables. */
#include "core.h"

#include "hash.h"
#include "utf8.h"

#include <string.h>

typedef struct builder {
    kk_doc *doc;
    const char *first;
    size_t n, stride;
    kk_text *text;
    kk_para *paras;
    kk_buf utf8;
    KK_VEC(kk_table) tables;
    KK_VEC(kk_cell) cells;
} builder;

static kk_doc_paragraph paragraph_at(const builder *b, size_t i)
{
    kk_doc_paragraph p;
    const char *at = b->first + i * b->stride;
    memset(&p, 0, sizeof p);
    memcpy(&p, at, b->stride < sizeof p ? b->stride : sizeof p);
    return p;
}

/* One line of valid UTF-8: breaks become blanks, bad bytes U+FFFD. */
static void add_line(kk_buf *out, kk_str s)
{
    size_t at = 0;
    while (at < s.len) {
        const size_t begin = at;
        const uint32_t c = kk_utf8_next(s, &at);
        if (c < 0x20 || c == 0x7F || c == 0x2028 || c == 0x2029) {
            kk_buf_putc(out, c == '\t' ? '\t' : ' ');
        } else if (c == 0xFFFD) {
            kk_utf8_put(out, c);
        } else {
            kk_buf_add(out, s.ptr + begin, at - begin);
        }
    }
}

static bool begin_table(builder *b, uint32_t i)
{
    const kk_table t = {.cell_begin = (uint32_t)b->cells.n,
                        .cell_end = (uint32_t)b->cells.n,
                        .para_begin = i,
                        .parent_cell = KK_NONE};
    return kk_vec_push(&b->tables, t);
}

static bool begin_cell(builder *b, uint32_t i, const kk_doc_paragraph *p)
{
    const kk_cell c = {.table = (uint32_t)b->tables.n - 1,
                       .row = p->row,
                       .col = p->col,
                       .col_span = 1,
                       .row_span = 1,
                       .para_begin = i};
    return kk_vec_push(&b->cells, c);
}

/* Puts paragraph i into its cell; a new table or cell is begun where the numbers change. A table is
 * a run of paragraphs with the same table number. */
static bool place_in_table(builder *b, uint32_t i, const kk_doc_paragraph *p, uint32_t before)
{
    if (p->table == 0) {
        return true;
    }
    const bool fresh = before != p->table || b->tables.n == 0;
    if (fresh && !begin_table(b, i)) {
        return false;
    }
    kk_table *t = &b->tables.items[b->tables.n - 1];
    const bool same = !fresh && b->cells.n > 0 && b->cells.items[b->cells.n - 1].row == p->row &&
                      b->cells.items[b->cells.n - 1].col == p->col;
    if (!same && !begin_cell(b, i, p)) {
        return false;
    }
    const uint32_t cell = (uint32_t)b->cells.n - 1;
    b->cells.items[cell].para_end = i + 1;
    b->paras[i].cell = cell;
    t->cell_end = cell + 1;
    t->para_end = i + 1;
    t->n_rows = p->row + 1 > t->n_rows ? p->row + 1 : t->n_rows;
    t->n_cols = p->col + 1 > t->n_cols ? p->col + 1 : t->n_cols;
    return true;
}

static bool add_paragraphs(builder *b)
{
    kk_arena *arena = b->doc->arena;
    uint32_t table = 0;
    bool failed = false;
    for (size_t i = 0; i < b->n; i++) {
        const kk_doc_paragraph p = paragraph_at(b, i);
        kk_para *to = &b->paras[i];
        *to = (kk_para){.begin = (uint32_t)b->utf8.len,
                        .cell = KK_NONE,
                        .control = KK_NONE,
                        .managed = KK_NONE,
                        .flags = p.flags | (p.list_level > 0 ? KK_PARA_LIST : 0),
                        .heading = p.heading > 9 ? 9 : p.heading,
                        .list_level = p.list_level > 9 ? 9 : p.list_level,
                        .lang = p.lang,
                        .number = kk_keep(arena, p.number, &failed),
                        .style = kk_keep(arena, p.style, &failed)};
        add_line(&b->utf8, p.text);
        to->end = (uint32_t)b->utf8.len;
        kk_buf_putc(&b->utf8, '\n');
        if (failed || !place_in_table(b, (uint32_t)i, &p, table)) {
            return false;
        }
        table = p.table;
    }
    return b->utf8.failed == KK_OK;
}

static bool finish(builder *b)
{
    kk_arena *arena = b->doc->arena;
    kk_text *text = b->text;
    kk_story *story = kk_arena_alloc(arena, sizeof *story);
    kk_table *tables = kk_arena_array(arena, b->tables.n + 1, sizeof *tables);
    kk_cell *cells = kk_arena_array(arena, b->cells.n + 1, sizeof *cells);
    const kk_str utf8 = kk_arena_str(arena, kk_buf_view(&b->utf8));
    if (story == NULL || tables == NULL || cells == NULL || utf8.ptr == NULL) {
        return false;
    }
    if (b->tables.n > 0) {
        memcpy(tables, b->tables.items, b->tables.n * sizeof *tables);
        memcpy(cells, b->cells.items, b->cells.n * sizeof *cells);
    }
    *story = (kk_story){KK_STORY_BODY, 0, (uint32_t)b->n, KK_STR("")};
    *text = (kk_text){.utf8 = utf8.ptr,
                      .len = (uint32_t)utf8.len,
                      .paras = b->paras,
                      .stories = story,
                      .tables = tables,
                      .cells = cells,
                      .n_paras = (uint32_t)b->n,
                      .n_stories = 1,
                      .n_tables = (uint32_t)b->tables.n,
                      .n_cells = (uint32_t)b->cells.n};
    b->doc->text = text;
    kk_sha256_hex(utf8, b->doc->sha256);
    return true;
}

static bool build(builder *b, const char *name)
{
    kk_doc *doc = b->doc;
    kk_buf_init(&doc->bytes, 0);
    doc->arena = kk_arena_new();
    if (doc->arena == NULL) {
        return false;
    }
    doc->name = kk_arena_str(doc->arena, kk_z(name == NULL ? "" : name)).ptr;
    b->text = kk_arena_alloc(doc->arena, sizeof *b->text);
    b->paras = kk_arena_array(doc->arena, b->n + 1, sizeof *b->paras);
    return doc->name != NULL && b->text != NULL && b->paras != NULL && add_paragraphs(b) &&
           finish(b);
}

kk_status kk_doc_from_paragraphs(kk_doc **out, const kk_doc_paragraph *paragraphs, size_t n,
                                 size_t stride, const char *name, kk_error *err)
{
    builder b = {.first = (const char *)paragraphs, .n = n, .stride = stride};
    *out = NULL;
    if (n >= KK_NONE || stride < offsetof(kk_doc_paragraph, flags)) {
        return kk_fail(err, KK_E_ARG, "", "wrong number or size of paragraphs");
    }
    b.doc = kk_malloc(sizeof *b.doc);
    if (b.doc == NULL) {
        return kk_fail_nomem(err);
    }
    *b.doc = (kk_doc){0};
    kk_buf_init(&b.utf8, (size_t)UINT32_MAX - 1);
    const bool ok = build(&b, name);
    const bool large = b.utf8.failed == KK_E_LIMIT;
    kk_buf_dispose(&b.utf8);
    kk_vec_free(&b.tables);
    kk_vec_free(&b.cells);
    if (!ok) {
        kk_doc_free(b.doc);
        return large ? kk_fail(err, KK_E_LIMIT, "limit", "more than 4 GiB of text")
                     : kk_fail_nomem(err);
    }
    *out = b.doc;
    return KK_OK;
}
