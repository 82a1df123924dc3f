/* Reads tables by the meaning of their columns; knows nothing of how rows are written. */
#include "tablefit.h"

#include "outline.h"
#include "utf8.h"

typedef struct candidate {
    kk_role *roles;
    uint32_t header_rows;
    uint32_t key; /* column that holds the requirement or criterion */
    unsigned score;
} candidate;

static uint32_t roles_of(const kk_blocks *blocks)
{
    uint32_t bits = 0;
    for (uint32_t i = 0; i < blocks->n_blocks; i++) {
        const kk_block *b = &blocks->blocks[i];
        for (uint32_t c = 0; b->kind == KK_BLOCK_ROW && c < b->n_cells; c++) {
            bits |= 1u << b->cells[c].role;
        }
    }
    return bits;
}

static uint32_t column_of(const candidate *c, uint32_t n_cols, kk_role role)
{
    for (uint32_t i = 0; i < n_cols; i++) {
        if (c->roles[i] == role) {
            return i;
        }
    }
    return KK_NONE;
}

/* A table of criteria, or of requirements, has the column itself and one more that we know; one
 * column alone is a list in table form. */
static bool fits(candidate *c, uint32_t n_cols, uint32_t wanted, bool award)
{
    uint32_t have = 0;
    for (uint32_t i = 0; i < n_cols; i++) {
        if (c->roles[i] != KK_ROLE_NONE && c->roles[i] != KK_ROLE_OTHER) {
            have |= 1u << c->roles[i];
        }
    }
    const uint32_t weight = 1u << KK_ROLE_WEIGHT | 1u << KK_ROLE_PRIORITY;
    c->key = column_of(c, n_cols, award ? KK_ROLE_CRITERION : KK_ROLE_REQUIREMENT);
    if (award && c->key == KK_NONE && (have & weight) != 0) {
        c->key = column_of(c, n_cols, KK_ROLE_REQUIREMENT);
    }
    if (c->key == KK_NONE || (have & (have - 1)) == 0) {
        return false;
    }
    if (!award && (have & weight) != 0 && (have & 1u << KK_ROLE_CRITERION) != 0) {
        return false; /* an award table is no place for a requirement */
    }
    const uint32_t shared = have & wanted;
    for (uint32_t i = 0; i < 32; i++) {
        c->score += shared >> i & 1u;
    }
    c->score += award && (have & weight) != 0 ? 8 : 0;
    return true;
}

/* Text of the cell that covers (row, col); empty for none. */
static kk_str cell_text(const kk_text *text, const kk_table *t, uint32_t row, uint32_t col)
{
    for (uint32_t i = t->cell_begin; i < t->cell_end; i++) {
        const kk_cell *c = &text->cells[i];
        if (c->row == row && c->col <= col && col < c->col + c->col_span &&
            c->para_begin < c->para_end) {
            const uint32_t begin = text->paras[c->para_begin].begin;
            const uint32_t end = text->paras[c->para_end - 1].end;
            return kk_str_trim((kk_str){text->utf8 + begin, end - begin});
        }
    }
    return KK_STR("");
}

/* The line that sums a table up stays last. Both language forms and English. */
static bool is_total(kk_str s)
{
    static const char *const words[] = {"sum",        "totalt",    "total", "samlet",   "samla",
                                        "til sammen", "til saman", "i alt", "tilsammen"};
    char lower[16];
    size_t n = 0;
    for (; n < s.len && n < sizeof lower; n++) {
        const char c = s.ptr[n];
        lower[n] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const kk_str w = kk_z(words[i]);
        if (kk_str_starts((kk_str){lower, n}, w)) {
            size_t at = w.len;
            if (at >= s.len || !kk_utf8_is_word(kk_utf8_next(s, &at))) {
                return true;
            }
        }
    }
    return false;
}

static bool continues(const kk_text *text, const kk_table *t, uint32_t row)
{
    for (uint32_t i = t->cell_begin; i < t->cell_end; i++) {
        if (text->cells[i].row == row && (text->cells[i].flags & KK_CELL_VMERGED) != 0) {
            return true;
        }
    }
    return false;
}

/* The last row that says something, the summing line left out; never inside a vertical merge. */
static uint32_t last_row(const kk_text *text, const kk_table *t, const candidate *c)
{
    uint32_t row = t->n_rows;
    while (row > c->header_rows) {
        const uint32_t r = row - 1;
        kk_str first = KK_STR("");
        for (uint32_t col = 0; col < t->n_cols && first.len == 0; col++) {
            first = cell_text(text, t, r, col);
        }
        if (cell_text(text, t, r, c->key).len > 0 && !is_total(first) &&
            !is_total(cell_text(text, t, r, c->key))) {
            break;
        }
        row--;
    }
    row = row > 0 ? row - 1 : 0;
    if (row < c->header_rows && c->header_rows > 0) {
        row = c->header_rows - 1;
    }
    while (row + 1 < t->n_rows && continues(text, t, row + 1)) {
        row++;
    }
    return row;
}

static bool is_in_reach(const kk_table *t, const kk_tablefit_want *want)
{
    return t->parent_cell == KK_NONE && t->para_begin >= want->begin && t->para_end <= want->end &&
           t->n_cols >= 2 && t->para_begin < t->para_end;
}

/* Scores c as table t; 0 when the table takes no such row. Columns are matched by their headings;
 * roles guessed from the cells alone are no ground to write. */
static void judge(const kk_table *t, uint32_t roles, const kk_tablefit_want *want, candidate *c)
{
    const bool near =
        want->near != KK_NONE && want->near >= t->para_begin && want->near < t->para_end;
    if (c->header_rows > 0 && fits(c, t->n_cols, roles, want->award)) {
        c->score += near ? 101 : 1;
    } else {
        c->score = 0;
    }
}

kk_status kk_tablefit_find(kk_scanner *scanner, const kk_text *text, const kk_tablefit_want *want,
                           kk_arena *arena, kk_tablefit *out, kk_error *err)
{
    const uint32_t roles = roles_of(want->blocks);
    unsigned best = 0;
    *out = (kk_tablefit){.table = KK_NONE};
    for (uint32_t i = 0; i < text->n_tables && roles != 0; i++) {
        const kk_table *t = &text->tables[i];
        if (!is_in_reach(t, want)) {
            continue;
        }
        candidate c = {.roles = kk_arena_array(arena, t->n_cols, sizeof *c.roles)};
        if (c.roles == NULL) {
            return kk_fail_nomem(err);
        }
        KK_TRY(kk_rules_table_roles(scanner, text, i, c.roles, &c.header_rows, err));
        judge(t, roles, want, &c);
        if (c.score > best || (c.score == best && best > 0 && !want->award)) {
            best = c.score;
            *out = (kk_tablefit){i, last_row(text, t, &c), t->n_cols, c.roles};
        }
    }
    return KK_OK;
}
