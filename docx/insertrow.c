/* Rows of a clause in a table that is there already: cells by the meaning of their columns,
 * properties of the row above, the number series carried on. Knows tables; nothing of places. */
#include "cut.h"
#include "error.h"
#include "insert.h"
#include "series.h"
#include "str.h"

#include <string.h>

#define MAX_CELLS  63
#define MAX_VOTERS 12

/* One cell of the row that is copied. */
typedef struct column {
    uint32_t cell; /* index into text.cells */
    kk_role role;
    kk_dress_look look;
    kk_str number; /* NUMBER: what is written, empty when the numbering is automatic or unknown */
} column;

/* What goes into the row: per block cell the column, or the main column when it has none. */
typedef struct row_plan {
    column columns[MAX_CELLS];
    uint32_t n;
    uint32_t main; /* column of the requirement or criterion, KK_NONE if none */
} row_plan;

static kk_role role_of(const kk_place *place, const kk_cell *cell)
{
    kk_role other = KK_ROLE_NONE;
    for (uint32_t c = cell->col; c < cell->col + cell->col_span && c < place->n_roles; c++) {
        if (place->roles[c] != KK_ROLE_NONE && place->roles[c] != KK_ROLE_OTHER) {
            return place->roles[c];
        }
        other = place->roles[c] == KK_ROLE_OTHER ? KK_ROLE_OTHER : other;
    }
    return other;
}

/* First paragraph directly in a cell, KK_NONE if it has none. */
static uint32_t first_para(const kk_text *text, uint32_t c)
{
    for (uint32_t p = text->cells[c].para_begin; p < text->cells[c].para_end; p++) {
        if (text->paras[p].cell == c) {
            return p;
        }
    }
    return KK_NONE;
}

/* Lets the cells above (of the same width, without guidance) vote how this column looks. */
static void vote_column(const kk_insertion *in, column *col)
{
    const kk_docx *doc = in->doc;
    const kk_part *part = &doc->parts[in->spot.part];
    const kk_cell *own = &doc->text.cells[col->cell];
    const kk_table *table = &doc->text.tables[own->table];
    const kk_dress_kind runs = col->role == KK_ROLE_NUMBER ? KK_DRESS_HEADING : KK_DRESS_CELL;
    kk_ballot ppr = {NULL, 0, false}, rpr = {NULL, 0, false};
    uint32_t n = 0, tag;
    for (uint32_t c = col->cell + 1; c > table->cell_begin && n < MAX_VOTERS; c--) {
        const kk_cell *cell = &doc->text.cells[c - 1];
        const uint32_t p = cell->col == own->col && cell->col_span == own->col_span &&
                                   (cell->flags & KK_CELL_HEADER) == 0
                               ? first_para(&doc->text, c - 1)
                               : KK_NONE;
        if (p == KK_NONE ||
            (cell->row != own->row && (doc->text.paras[p].flags &
                                       (KK_PARA_GUIDANCE | KK_PARA_HIDDEN | KK_PARA_BOLD)) != 0)) {
            continue;
        }
        const uint32_t node = doc->para_refs[p].last;
        kk_ballot_vote(&ppr, in->arena, kk_dress_ppr(part, node, KK_DRESS_CELL, in->arena), 1, p);
        kk_ballot_vote(&rpr, in->arena, kk_dress_rpr(doc, part, node, runs, in->arena), 1, p);
        n++;
    }
    col->look.ppr = col->look.rpr = KK_STR("");
    (void)kk_ballot_winner(&ppr, &col->look.ppr, &tag);
    (void)kk_ballot_winner(&rpr, &col->look.rpr, &tag);
}

/* The last number typed in a column at or above the row; empty if it counts by itself. */
static kk_str last_number(const kk_insertion *in, const column *col)
{
    const kk_text *text = &in->doc->text;
    const kk_cell *own = &text->cells[col->cell];
    const kk_edits *edits = kk_edits_of(in->doc);
    for (size_t i = edits->series.n; i > 0; i--) {
        const kk_number_series *series = &edits->series.items[i - 1];
        if (series->part == in->spot.part && series->table == in->place->table &&
            series->column == own->col) {
            return series->last;
        }
    }
    for (uint32_t c = col->cell + 1; c > text->tables[own->table].cell_begin; c--) {
        const kk_cell *cell = &text->cells[c - 1];
        const uint32_t p = cell->col == own->col && (cell->flags & KK_CELL_HEADER) == 0
                               ? first_para(text, c - 1)
                               : KK_NONE;
        if (p == KK_NONE) {
            continue;
        }
        if (text->paras[p].number.len > 0) {
            return KK_STR("");
        }
        const kk_str typed = {text->utf8 + text->paras[p].begin,
                              text->paras[p].end - text->paras[p].begin};
        if (kk_str_trim(typed).len > 0) {
            return typed;
        }
    }
    return KK_STR("");
}

static kk_status plan_columns(kk_insertion *in, row_plan *plan, kk_error *err)
{
    const kk_text *text = &in->doc->text;
    const kk_table *table = &text->tables[in->place->table];
    plan->n = 0;
    plan->main = KK_NONE;
    for (uint32_t c = table->cell_begin; c < table->cell_end; c++) {
        if (text->cells[c].row != in->place->row || in->doc->cell_nodes[c] == KK_NONE) {
            continue;
        }
        if (plan->n == MAX_CELLS) {
            return kk_fail(err, KK_E_UNSUPPORTED, "place-ambiguous",
                           "the table has more than %d columns", MAX_CELLS);
        }
        column *col = &plan->columns[plan->n];
        *col = (column){.cell = c, .role = role_of(in->place, &text->cells[c])};
        vote_column(in, col);
        if (col->look.ppr.ptr == NULL || col->look.rpr.ptr == NULL) {
            return kk_fail_nomem(err);
        }
        const bool main = col->role == KK_ROLE_REQUIREMENT || col->role == KK_ROLE_CRITERION;
        plan->main = main && plan->main == KK_NONE ? plan->n : plan->main;
        plan->n++;
    }
    if (plan->main == KK_NONE) {
        return kk_fail(err, KK_E_UNSUPPORTED, "place-ambiguous",
                       "no column of the table takes a requirement or a criterion; choose another "
                       "place");
    }
    return KK_OK;
}

/* The column for a role: its own, requirement and criterion standing in for each other, else
 * KK_NONE. */
static uint32_t column_for(const row_plan *plan, kk_role role)
{
    for (uint32_t i = 0; i < plan->n; i++) {
        if (plan->columns[i].role == role) {
            return i;
        }
    }
    return role == KK_ROLE_REQUIREMENT || role == KK_ROLE_CRITERION ? plan->main : KK_NONE;
}

/* Texts without a column of their own that must not be lost go below the requirement. */
static bool goes_to_main(const row_plan *plan, kk_role role)
{
    return column_for(plan, role) == KK_NONE &&
           (role == KK_ROLE_DOCUMENTATION || role == KK_ROLE_EVALUATION);
}

/* The pieces of text of one row, one after the other, for column i: calls visit for each paragraph.
 */
typedef void (*visit_fn)(void *context, const kk_inline *inlines, uint32_t n);

static void visit_cell(const row_plan *plan, const kk_block *block, uint32_t i, visit_fn visit,
                       void *context)
{
    if (block->kind != KK_BLOCK_ROW) {
        if (i == plan->main) {
            visit(context, block->inlines, block->n_inlines);
        }
        return;
    }
    for (uint32_t pass = 0; pass < 2; pass++) {
        for (uint32_t c = 0; c < block->n_cells; c++) {
            const kk_block_cell *cell = &block->cells[c];
            const bool own = cell->role != KK_ROLE_NUMBER && cell->role != KK_ROLE_ANSWER &&
                             column_for(plan, cell->role) == i;
            const bool extra = i == plan->main && goes_to_main(plan, cell->role);
            if ((pass == 0 && own) || (pass == 1 && extra)) {
                visit(context, cell->inlines, cell->n_inlines);
            }
        }
    }
}

/* ---- hash of what is placed ---------------------------------------------------------------- */

static void hash_inlines(void *context, const kk_inline *inlines, uint32_t n)
{
    kk_clausehash *hash = context;
    for (uint32_t i = 0; i < n; i++) {
        if (inlines[i].kind == KK_INLINE_FIELD) {
            kk_clausehash_field(hash, inlines[i].name);
        } else {
            kk_clausehash_text(hash, inlines[i].text);
        }
    }
    kk_clausehash_paragraph(hash);
}

/* Blocks [begin, end) that make one row: a ROW block, or what stands between two of them. */
uint32_t kk_insert_row_end(const kk_blocks *blocks, uint32_t begin)
{
    uint32_t end = begin + 1;
    while (blocks->blocks[begin].kind != KK_BLOCK_ROW && end < blocks->n_blocks &&
           blocks->blocks[end].kind != KK_BLOCK_ROW) {
        end++;
    }
    return end;
}

static kk_status tag_of_rows(kk_insertion *in, const row_plan *plan, kk_error *err)
{
    kk_clausehash hash;
    kk_clausehash_init(&hash, in->arena);
    for (uint32_t b = 0; b < in->blocks->n_blocks;) {
        const uint32_t end = kk_insert_row_end(in->blocks, b);
        kk_clausehash_row_begin(&hash);
        for (uint32_t i = 0; i < plan->n; i++) {
            for (uint32_t k = b; k < end && plan->columns[i].role != KK_ROLE_TYPE; k++) {
                visit_cell(plan, &in->blocks->blocks[k], i, hash_inlines, &hash);
            }
            kk_clausehash_cell_end(&hash);
        }
        kk_clausehash_row_end(&hash);
        b = end;
    }
    const kk_status status = kk_insert_tag(in->blocks, &hash, in->arena, &in->render.tag, err);
    kk_clausehash_dispose(&hash);
    return status;
}

/* ---- writing ------------------------------------------------------------------------------- */

/* An exact height would cut the text off. */
static bool is_exact_height(const kk_part *part, const kk_cut_element *properties)
{
    kk_cut_element height;
    kk_str rule;
    return kk_cut_child(part->raw, properties->inner_begin, properties->inner_end, part->w,
                        "trHeight", &height) &&
           kk_cut_attr(part->raw, height.begin, "hRule", &rule) && kk_str_is(rule, "exact");
}

static void put_row_begin(kk_insertion *in)
{
    static const char *const drop[] = {"cnfStyle", "divId",      "tblHeader", "hidden", "ins",
                                       "del",      "trPrChange", "trHeight",  NULL};
    static const char *const keep_height[] = {"cnfStyle", "divId", "tblHeader",  "hidden",
                                              "ins",      "del",   "trPrChange", NULL};
    const kk_part *part = &in->doc->parts[in->spot.part];
    const kk_node *tr = &part->nodes[in->spot.row];
    kk_wml *wml = &in->wml;
    kk_cut_element exceptions, properties;
    kk_str old = KK_STR("");
    const char *const *dropped = keep_height;
    kk_wml_put(wml, "<~tr>");
    if (kk_cut_child(part->raw, tr->inner_begin, tr->inner_end, part->w, "tblPrEx", &exceptions)) {
        kk_cut_element change;
        uint32_t end = exceptions.end;
        const uint32_t begin = exceptions.begin;
        if (kk_cut_child(part->raw, exceptions.inner_begin, exceptions.inner_end, part->w,
                         "tblPrExChange", &change)) {
            kk_buf_str(wml->out, kk_str_slice(part->raw, begin, change.begin));
            kk_buf_str(wml->out, kk_str_slice(part->raw, change.end, end));
        } else {
            kk_buf_str(wml->out, kk_str_slice(part->raw, begin, end));
        }
    }
    if (kk_cut_child(part->raw, tr->inner_begin, tr->inner_end, part->w, "trPr", &properties)) {
        old = kk_str_slice(part->raw, properties.inner_begin, properties.inner_end);
        dropped = is_exact_height(part, &properties) ? drop : keep_height;
    }
    kk_buf inner, ins;
    kk_buf_init(&inner, 0);
    kk_buf_init(&ins, 0);
    if (wml->track) {
        kk_wml mark = *wml;
        mark.out = &ins;
        kk_wml_put(&mark, "<~ins");
        (void)kk_wml_change(&mark);
        kk_buf_puts(&ins, "/>");
    }
    kk_props_merge(&inner, KK_PROPS_TR, part->w, old, dropped, kk_buf_view(&ins));
    if (inner.len > 0) {
        kk_wml_put(wml, "<~trPr>");
        kk_buf_str(wml->out, kk_buf_view(&inner));
        kk_wml_put(wml, "</~trPr>");
    }
    if (inner.failed != KK_OK || ins.failed != KK_OK) {
        wml->out->failed = KK_E_NOMEM;
    }
    kk_buf_dispose(&inner);
    kk_buf_dispose(&ins);
}

/* A width with its unit, as Strict files have: the grid gives it as well. */
static bool has_unit(const kk_part *part, const kk_cut_element *properties)
{
    kk_cut_element width;
    kk_str value;
    uint32_t number;
    return kk_cut_child(part->raw, properties->inner_begin, properties->inner_end, part->w, "tcW",
                        &width) &&
           kk_cut_attr(part->raw, width.begin, "w", &value) && !kk_str_to_u32(value, &number) &&
           !kk_str_ends(value, KK_STR("%"));
}

static void put_cell_begin(kk_insertion *in, const column *col)
{
    static const char *const drop[] = {"tcW",     "cnfStyle",  "vMerge",     "headers", "cellIns",
                                       "cellDel", "cellMerge", "tcPrChange", NULL};
    const kk_part *part = &in->doc->parts[in->spot.part];
    const kk_node *tc = &part->nodes[in->doc->cell_nodes[col->cell]];
    kk_cut_element properties;
    kk_wml_put(&in->wml, "<~tc>");
    if (kk_cut_child(part->raw, tc->inner_begin, tc->inner_end, part->w, "tcPr", &properties)) {
        kk_wml_put(&in->wml, "<~tcPr>");
        kk_props_merge(in->wml.out, KK_PROPS_TC, part->w,
                       kk_str_slice(part->raw, properties.inner_begin, properties.inner_end),
                       has_unit(part, &properties) ? drop : drop + 1, KK_STR(""));
        kk_wml_put(&in->wml, "</~tcPr>");
    }
}

typedef struct cell_writer {
    kk_insertion *in;
    const column *col;
    uint32_t n;
} cell_writer;

static void put_paragraph(void *context, const kk_inline *inlines, uint32_t n)
{
    cell_writer *writer = context;
    kk_render_para_begin(&writer->in->wml, &writer->col->look, KK_STR(""));
    kk_render_inlines(&writer->in->render, &writer->col->look, inlines, n, false);
    kk_render_para_end(&writer->in->wml);
    writer->n++;
}

static void put_cell(kk_insertion *in, const row_plan *plan, uint32_t i, uint32_t begin,
                     uint32_t end)
{
    const column *col = &plan->columns[i];
    cell_writer writer = {in, col, 0};
    put_cell_begin(in, col);
    for (uint32_t k = begin; k < end; k++) {
        visit_cell(plan, &in->blocks->blocks[k], i, put_paragraph, &writer);
    }
    if (writer.n == 0) {
        kk_render_para_begin(&in->wml, &col->look, KK_STR(""));
        kk_render_words(&in->render, &col->look, col->number, false);
        kk_render_para_end(&in->wml);
    }
    kk_wml_put(&in->wml, "</~tc>");
}

/* What is typed in that column of a row that gives way to the new one. */
static kk_str number_in_row(const kk_insertion *in, const column *col, uint32_t row)
{
    const kk_text *text = &in->doc->text;
    const kk_cell *own = &text->cells[col->cell];
    for (uint32_t c = text->tables[own->table].cell_begin; c < text->tables[own->table].cell_end;
         c++) {
        const uint32_t p = text->cells[c].row == row && text->cells[c].col == own->col
                               ? first_para(text, c)
                               : KK_NONE;
        if (p != KK_NONE && text->paras[p].number.len == 0) {
            return (kk_str){text->utf8 + text->paras[p].begin,
                            text->paras[p].end - text->paras[p].begin};
        }
    }
    return KK_STR("");
}

/* Moves the number columns on by one; what was given out is remembered for the next clause. */
static kk_status next_numbers(kk_insertion *in, row_plan *plan, kk_error *err)
{
    kk_edits *edits = kk_edits_of(in->doc);
    for (uint32_t i = 0; i < plan->n; i++) {
        column *col = &plan->columns[i];
        if (col->role != KK_ROLE_NUMBER) {
            continue;
        }
        if (in->number_row > 0) {
            col->number = number_in_row(in, col, in->number_row - 1);
            continue;
        }
        col->number = kk_series_next(edits->arena, last_number(in, col));
        const kk_number_series series = {in->spot.part, in->place->table,
                                         in->doc->text.cells[col->cell].col, col->number};
        if (col->number.ptr == NULL ||
            (col->number.len > 0 && !kk_vec_push(&edits->series, series))) {
            return kk_fail_nomem(err);
        }
    }
    return KK_OK;
}

static void put_row(kk_insertion *in, const row_plan *plan, uint32_t begin, uint32_t end)
{
    kk_render_control_begin(&in->wml, in->render.title, in->render.tag);
    put_row_begin(in);
    for (uint32_t i = 0; i < plan->n; i++) {
        put_cell(in, plan, i, begin, end);
    }
    kk_wml_put(&in->wml, "</~tr>");
    kk_render_control_end(&in->wml);
}

kk_status kk_insert_rows(kk_insertion *in, kk_error *err)
{
    row_plan *plan = kk_arena_alloc(in->arena, sizeof *plan);
    if (plan == NULL) {
        return kk_fail_nomem(err);
    }
    KK_TRY(plan_columns(in, plan, err));
    KK_TRY(tag_of_rows(in, plan, err));
    kk_ids_seed(in->wml.ids, in->render.tag);
    kk_status status = KK_OK;
    for (uint32_t b = 0, end = 0; b < in->blocks->n_blocks && status == KK_OK; b = end) {
        end = kk_insert_row_end(in->blocks, b);
        status = next_numbers(in, plan, err);
        put_row(in, plan, b, end);
        in->number_row += in->number_row > 0 ? 1 : 0;
    }
    return status;
}

/* ---- a row that is there already ------------------------------------------------------------ */

typedef struct collector {
    const kk_inline **paras;
    uint32_t *n_inlines;
    uint32_t n, room;
} collector;

static void collect(void *context, const kk_inline *inlines, uint32_t n)
{
    collector *c = context;
    if (c->n < c->room) {
        c->paras[c->n] = inlines;
        c->n_inlines[c->n++] = n;
    }
}

kk_status kk_insert_tag_rows(kk_insertion *in, kk_error *err)
{
    row_plan *plan = kk_arena_alloc(in->arena, sizeof *plan);
    if (plan == NULL) {
        return kk_fail_nomem(err);
    }
    KK_TRY(plan_columns(in, plan, err));
    return tag_of_rows(in, plan, err);
}

kk_status kk_insert_row_cells(kk_insertion *in, uint32_t begin, uint32_t end,
                              const kk_insert_cell **out, uint32_t *n, kk_error *err)
{
    row_plan *plan = kk_arena_alloc(in->arena, sizeof *plan);
    kk_insert_cell *cells = kk_arena_array(in->arena, MAX_CELLS, sizeof *cells);
    uint32_t room = 1;
    for (uint32_t k = begin; k < end; k++) {
        room += in->blocks->blocks[k].n_cells + 1;
    }
    if (plan == NULL || cells == NULL) {
        return kk_fail_nomem(err);
    }
    KK_TRY(plan_columns(in, plan, err));
    *n = 0;
    for (uint32_t i = 0; i < plan->n; i++) {
        collector c = {.room = room};
        c.paras = kk_arena_array(in->arena, room, sizeof(const kk_inline *));
        c.n_inlines = kk_arena_array(in->arena, room, sizeof *c.n_inlines);
        if (c.paras == NULL || c.n_inlines == NULL) {
            return kk_fail_nomem(err);
        }
        for (uint32_t k = begin; k < end; k++) {
            visit_cell(plan, &in->blocks->blocks[k], i, collect, &c);
        }
        const kk_role role = plan->columns[i].role;
        if (role != KK_ROLE_NUMBER && role != KK_ROLE_ANSWER) {
            cells[(*n)++] =
                (kk_insert_cell){plan->columns[i].cell, role, c.paras, c.n_inlines, c.n};
        }
    }
    *out = cells;
    return KK_OK;
}
