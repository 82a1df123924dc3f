/* Columns by the words of their header cells, as the bank lists them; where a table has no header,
 * by what stands in the cells. */
#include "tables.h"

#include "error.h"
#include "number.h"
#include "str.h"

#include <string.h>

enum { HEADER_ROWS_MAX = 3, ROWS_LOOKED_AT = 60 };

typedef struct table_view {
    kk_scan *scan;
    const kk_text *text;
    const kk_table *table;
    uint32_t doc, base;
    kk_role *roles;
    uint32_t *strength; /* per column: bytes of the hit that gave the role */
    kk_error *err;
} table_view;

static kk_str cell_text(const table_view *v, const kk_cell *cell)
{
    if (cell->para_begin >= cell->para_end) {
        return (kk_str){"", 0};
    }
    const uint32_t begin = v->text->paras[cell->para_begin].begin;
    const uint32_t end = v->text->paras[cell->para_end - 1].end;
    return kk_str_trim((kk_str){v->text->utf8 + begin, end - begin});
}

static void give_role(table_view *v, const kk_cell *cell, kk_role role, uint32_t strength)
{
    for (uint32_t c = cell->col; c < cell->col + cell->col_span && c < v->table->n_cols; c++) {
        if (strength > v->strength[c]) {
            v->strength[c] = strength;
            v->roles[c] = role;
        }
    }
}

/* Role of one header cell: of all words that hit, the longest decides. */
static kk_status read_header_cell(table_view *v, const kk_cell *cell, bool *known)
{
    *known = false;
    for (uint32_t i = 0; i < v->scan->model->n_columns; i++) {
        kk_hits hits;
        KK_TRY(kk_scan_hits(v->scan, v->scan->model->columns[i].pattern, &hits, v->err));
        hits = kk_hits_within(hits, v->base + cell->para_begin, v->base + cell->para_end);
        for (uint32_t h = 0; h < hits.n; h++) {
            give_role(v, cell, v->scan->model->columns[i].role,
                      hits.items[h].end - hits.items[h].begin);
            *known = true;
        }
    }
    return KK_OK;
}

/* "70 prosent", "30 poeng": what stands under a column's name, never the name itself, though its
 * unit is a word that column names have too. */
static bool is_weight(kk_str s)
{
    kk_number number;
    size_t at = 0;
    bool first = false;
    s = kk_str_trim(s);
    while (kk_number_next(s, &at, &number)) {
        first = first || number.begin == 0; /* "30 til 40 prosent": only the last has the unit */
        if (number.unit == KK_UNIT_PERCENT || number.unit == KK_UNIT_POINTS) {
            return first;
        }
    }
    return false;
}

/* Is row a header? Marked as one, or at least half of its filled cells say a column name. */
static kk_status read_header_row(table_view *v, const kk_row *row, bool *is_header)
{
    uint32_t filled = 0;
    uint32_t known = 0;
    bool marked = false;
    bool figures = false;
    for (uint32_t c = row->cell_begin; c < row->cell_end; c++) {
        const kk_cell *cell = &v->text->cells[c];
        bool hit;
        marked = marked || (cell->flags & KK_CELL_HEADER) != 0;
        if (cell_text(v, cell).len == 0) {
            continue;
        }
        filled++;
        if (is_weight(cell_text(v, cell))) {
            figures = true;
            continue;
        }
        KK_TRY(read_header_cell(v, cell, &hit));
        known += hit ? 1 : 0;
    }
    *is_header = marked || (!figures && known > 0 && known * 2 >= filled &&
                            (known > 1 || v->table->n_cols < 3));
    return KK_OK;
}

static void forget_roles(table_view *v)
{
    for (uint32_t c = 0; c < v->table->n_cols; c++) {
        v->roles[c] = KK_ROLE_NONE;
        v->strength[c] = 0;
    }
}

static bool is_title_row(const table_view *v, const kk_row *row)
{
    return row->cell_end == row->cell_begin + 1 &&
           v->text->cells[row->cell_begin].col_span >= v->table->n_cols && v->table->n_cols > 1;
}

/* What the rows above said, to go back to when a row turns out to be no header. */
static kk_status keep_roles(const table_view *v, kk_role **roles, uint32_t **strength)
{
    const uint32_t n = v->table->n_cols;
    *roles = kk_arena_array(v->scan->arena, (size_t)n + 1, sizeof **roles);
    *strength = kk_arena_array(v->scan->arena, (size_t)n + 1, sizeof **strength);
    if (*roles == NULL || *strength == NULL) {
        return kk_fail_nomem(v->err);
    }
    memcpy(*roles, v->roles, n * sizeof **roles);
    memcpy(*strength, v->strength, n * sizeof **strength);
    return KK_OK;
}

static kk_status read_headers(table_view *v, const kk_row *rows, uint32_t n, uint32_t *header_rows)
{
    *header_rows = 0;
    for (uint32_t r = 0; r < n && r < HEADER_ROWS_MAX; r++) {
        bool is_header;
        kk_role *roles;
        uint32_t *strength;
        KK_TRY(keep_roles(v, &roles, &strength));
        KK_TRY(read_header_row(v, &rows[r], &is_header));
        if (is_title_row(v, &rows[r])) {
            forget_roles(v); /* a caption across the table says nothing about one column */
            continue;
        }
        if (!is_header) {
            v->roles = roles; /* "Minstekrav" in a cell below the header is no column name */
            v->strength = strength;
            return KK_OK;
        }
        *header_rows = r + 1;
    }
    return KK_OK;
}

/* ---- without a header ---------------------------------------------------------------------- */

typedef struct column_look {
    uint32_t filled, empty, percents, labels;
    size_t bytes;
} column_look;

/* "1", "4.2", "K1.12", "a)": a short text with a digit, or a letter and a bracket. */
static bool is_label(kk_str s)
{
    bool digit = false;
    for (size_t i = 0; i < s.len; i++) {
        const char c = s.ptr[i];
        digit = digit || (c >= '0' && c <= '9');
        if (c == ' ' || c == '%' || (unsigned char)c >= 0x80) {
            return false;
        }
    }
    return s.len > 0 && s.len <= 8 && (digit || s.ptr[s.len - 1] == ')');
}

static bool is_percent(kk_str s)
{
    kk_number number;
    size_t at = 0;
    return s.len <= 12 && kk_number_next(s, &at, &number) && number.unit == KK_UNIT_PERCENT;
}

static void look_at(const table_view *v, const kk_row *rows, uint32_t n, column_look *looks)
{
    for (uint32_t r = 0; r < n && r < ROWS_LOOKED_AT; r++) {
        for (uint32_t c = rows[r].cell_begin; c < rows[r].cell_end; c++) {
            const kk_cell *cell = &v->text->cells[c];
            const kk_str text = cell_text(v, cell);
            if (cell->col >= v->table->n_cols || cell->col_span > 1) {
                continue;
            }
            column_look *look = &looks[cell->col];
            look->filled += text.len > 0 ? 1 : 0;
            look->empty += text.len == 0 ? 1 : 0;
            look->percents += is_percent(text) ? 1 : 0;
            look->labels += is_label(text) ? 1 : 0;
            look->bytes += text.len;
        }
    }
}

static kk_status guess(table_view *v, const kk_row *rows, uint32_t n, bool has_header)
{
    column_look *looks = kk_arena_array(v->scan->arena, v->table->n_cols + 1, sizeof *looks);
    if (looks == NULL) {
        return kk_fail_nomem(v->err);
    }
    look_at(v, rows, n, looks);
    uint32_t widest = KK_NONE;
    bool has_text = false;
    for (uint32_t c = 0; c < v->table->n_cols; c++) {
        const column_look *look = &looks[c];
        has_text =
            has_text || v->roles[c] == KK_ROLE_REQUIREMENT || v->roles[c] == KK_ROLE_CRITERION;
        if (v->roles[c] != KK_ROLE_NONE) {
            continue;
        }
        if (look->percents > 0 && look->percents * 2 > look->filled) {
            v->roles[c] = KK_ROLE_WEIGHT;
        } else if (c == 0 && look->labels > 0 && look->labels * 2 > look->filled) {
            v->roles[c] = KK_ROLE_NUMBER;
        } else if (!has_header && look->filled == 0 && look->empty > 1) {
            v->roles[c] = KK_ROLE_ANSWER;
        } else if (widest == KK_NONE || look->bytes > looks[widest].bytes) {
            widest = c;
        }
    }
    if (!has_text && widest != KK_NONE && looks[widest].bytes > 0 && v->table->n_cols > 1) {
        v->roles[widest] = KK_ROLE_REQUIREMENT;
    }
    return KK_OK;
}

/* ---- facade -------------------------------------------------------------------------------- */

static kk_status work_out(table_view *v, uint32_t index, kk_table_roles *out)
{
    const uint32_t n_cols = v->table->n_cols;
    v->roles = kk_arena_array(v->scan->arena, (size_t)n_cols + 1, sizeof *v->roles);
    v->strength = kk_arena_array(v->scan->arena, (size_t)n_cols + 1, sizeof *v->strength);
    if (v->roles == NULL || v->strength == NULL) {
        return kk_fail_nomem(v->err);
    }
    uint32_t first = 0;
    uint32_t n = 0;
    if (v->table->cell_begin < v->table->cell_end) {
        first = v->scan->cell_row[v->doc][v->table->cell_begin];
    } else {
        first = v->scan->row_base[v->doc + 1];
    }
    while (first + n < v->scan->row_base[v->doc + 1] && v->scan->rows[first + n].table == index) {
        n++;
    }
    const kk_row *rows = v->scan->rows + first;
    KK_TRY(read_headers(v, rows, n, &out->header_rows));
    KK_TRY(guess(v, rows + out->header_rows, n - out->header_rows, out->header_rows > 0));
    for (uint32_t c = 0; c < n_cols && out->header_rows > 0; c++) {
        v->roles[c] = v->roles[c] == KK_ROLE_NONE ? KK_ROLE_OTHER : v->roles[c];
    }
    out->roles = v->roles;
    out->n = n_cols;
    return KK_OK;
}

kk_status kk_scan_table_roles(kk_scan *scan, uint32_t doc, uint32_t table,
                              const kk_table_roles **out, kk_error *err)
{
    const kk_text *text = scan->texts[doc];
    if (scan->table_roles == NULL) {
        scan->table_roles =
            kk_arena_array(scan->arena, scan->n_texts + 1, sizeof *scan->table_roles);
    }
    if (scan->table_roles != NULL && scan->table_roles[doc] == NULL) {
        scan->table_roles[doc] =
            kk_arena_array(scan->arena, (size_t)text->n_tables + 1, sizeof(kk_table_roles));
    }
    if (scan->table_roles == NULL || scan->table_roles[doc] == NULL) {
        return kk_fail_nomem(err);
    }
    kk_table_roles *roles = (kk_table_roles *)scan->table_roles[doc] + table;
    if (roles->roles == NULL) {
        table_view v = {.scan = scan,
                        .text = text,
                        .table = &text->tables[table],
                        .doc = doc,
                        .base = scan->doc_base[doc],
                        .err = err};
        KK_TRY(work_out(&v, table, roles));
    }
    *out = roles;
    return KK_OK;
}

kk_status kk_rules_table_roles(kk_scanner *scanner, const kk_text *text, uint32_t table,
                               kk_role *roles, uint32_t *header_rows, kk_error *err)
{
    kk_scan *scan;
    uint32_t doc;
    const kk_table_roles *found = NULL;
    *header_rows = 0;
    if (table >= text->n_tables) {
        return kk_fail(err, KK_E_ARG, "", "no table %u in a text with %u", table, text->n_tables);
    }
    KK_TRY(kk_scan_for(scanner, text, &scan, &doc, err));
    KK_TRY(kk_scan_table_roles(scan, doc, table, &found, err));
    for (uint32_t c = 0; found != NULL && c < found->n; c++) {
        roles[c] = found->roles[c];
    }
    *header_rows = found != NULL ? found->header_rows : 0;
    return KK_OK;
}
