/* Chooses between the variants of a clause and spreads a criterion over the columns of a table. */
#include "variant.h"

#include "error.h"
#include "str.h"

#include <string.h>

static uint32_t count_kind(const kk_blocks *in, bool rows)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < in->n_blocks; i++) {
        n += (in->blocks[i].kind == KK_BLOCK_ROW) == rows;
    }
    return n;
}

/* Grid column of the second criterion column, KK_NONE when there is one at most, or when an
 * evaluation column takes the description already. */
static uint32_t sub_column(const kk_place *place)
{
    uint32_t seen = 0, sub = KK_NONE;
    for (uint32_t i = 0; i < place->n_roles; i++) {
        if (place->roles[i] == KK_ROLE_EVALUATION) {
            return KK_NONE;
        }
        seen += place->roles[i] == KK_ROLE_CRITERION;
        if (seen == 2 && sub == KK_NONE) {
            sub = i;
        }
    }
    return sub;
}

/* "Klima og miljø." in bold and what follows, as name and description. */
static kk_status split_criterion(kk_block *block, kk_arena *arena, kk_error *err)
{
    kk_block_cell *cells = kk_arena_array(arena, block->n_cells + 1, sizeof *cells);
    uint32_t n = 0;
    if (cells == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t i = 0; i < block->n_cells; i++) {
        const kk_block_cell *cell = &block->cells[i];
        const bool split = cell->role == KK_ROLE_CRITERION && cell->n_inlines > 1 &&
                           cell->inlines[0].kind == KK_INLINE_BOLD && n == i;
        if (!split) {
            cells[n++] = *cell;
            continue;
        }
        kk_inline *rest = kk_arena_array(arena, cell->n_inlines - 1, sizeof *rest);
        if (rest == NULL) {
            return kk_fail_nomem(err);
        }
        memcpy(rest, cell->inlines + 1, (cell->n_inlines - 1) * sizeof *rest);
        while (rest->kind == KK_INLINE_TEXT && rest->text.len > 0 && rest->text.ptr[0] == ' ') {
            rest->text = kk_str_slice(rest->text, 1, rest->text.len);
        }
        cells[n++] = (kk_block_cell){KK_ROLE_CRITERION, cell->inlines, 1};
        cells[n++] = (kk_block_cell){KK_ROLE_EVALUATION, rest, cell->n_inlines - 1};
    }
    block->cells = cells;
    block->n_cells = n;
    return KK_OK;
}

static kk_status spread(kk_blocks *in, kk_place *place, kk_arena *arena, kk_error *err)
{
    const uint32_t sub = sub_column(place);
    if (sub == KK_NONE) {
        return KK_OK;
    }
    kk_role *roles = kk_arena_array(arena, place->n_roles, sizeof *roles);
    kk_block *blocks = kk_arena_array(arena, in->n_blocks, sizeof *blocks);
    if (roles == NULL || blocks == NULL) {
        return kk_fail_nomem(err);
    }
    memcpy(roles, place->roles, place->n_roles * sizeof *roles);
    memcpy(blocks, in->blocks, in->n_blocks * sizeof *blocks);
    roles[sub] = KK_ROLE_EVALUATION;
    for (uint32_t i = 0; i < in->n_blocks; i++) {
        KK_TRY(split_criterion(&blocks[i], arena, err));
    }
    place->roles = roles;
    in->blocks = blocks;
    return KK_OK;
}

kk_status kk_variant_choose(kk_blocks *in, kk_place *place, kk_arena *arena, kk_error *err)
{
    const bool rows = place->kind == KK_PLACE_TABLE_ROW;
    const uint32_t n = count_kind(in, rows);
    if (n > 0 && n < in->n_blocks) {
        kk_block *kept = kk_arena_array(arena, n, sizeof *kept);
        uint32_t to = 0;
        if (kept == NULL) {
            return kk_fail_nomem(err);
        }
        for (uint32_t i = 0; i < in->n_blocks; i++) {
            if ((in->blocks[i].kind == KK_BLOCK_ROW) == rows) {
                kept[to++] = in->blocks[i];
            }
        }
        in->blocks = kept;
        in->n_blocks = n;
    }
    return rows && n > 0 ? spread(in, place, arena, err) : KK_OK;
}

/* ---- the kind of demand -------------------------------------------------------------------- */

/* Is s a mark for a demand that must be met? "B", "Bør" and "Evaluering" are none. */
static bool is_absolute(kk_str s)
{
    static const char *const marks[] = {"a",          "m",           "s",          "k",
                                        "m\u00E5",    "skal",        "absolutt",   "abs",
                                        "abs.",       "a-krav",      "m\u00E5-krav", "m\u00E5krav",
                                        "skal-krav",  "skalkrav",    "minstekrav", "minimumskrav",
                                        "obligatorisk", "absolutt krav", "M\u00C5"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (kk_str_is_nocase(s, marks[i])) {
            return true;
        }
    }
    return false;
}

static kk_str words_of(const kk_text *text, const kk_cell *cell)
{
    if (cell->para_begin >= cell->para_end) {
        return KK_STR("");
    }
    const uint32_t begin = text->paras[cell->para_begin].begin;
    const uint32_t end = text->paras[cell->para_end - 1].end;
    return kk_str_trim((kk_str){text->utf8 + begin, end - begin});
}

static uint32_t count_mark(const kk_text *text, const kk_table *t, uint32_t col, kk_str mark)
{
    uint32_t n = 0;
    for (uint32_t i = t->cell_begin; i < t->cell_end; i++) {
        n += text->cells[i].col == col && kk_str_equal(words_of(text, &text->cells[i]), mark);
    }
    return n;
}

/* The absolute mark that most rows of the type column hold; empty for none. */
static kk_str mark_of(const kk_place *place, const kk_text *text)
{
    const kk_table *t = &text->tables[place->table];
    kk_str best = KK_STR("");
    uint32_t most = 0;
    for (uint32_t i = t->cell_begin; i < t->cell_end; i++) {
        const kk_cell *c = &text->cells[i];
        const kk_str words = words_of(text, c);
        if (c->col < place->n_roles && place->roles[c->col] == KK_ROLE_TYPE && c->row > 0 &&
            is_absolute(words) && count_mark(text, t, c->col, words) > most) {
            best = words;
            most = count_mark(text, t, c->col, words);
        }
    }
    return best;
}

kk_status kk_variant_type(kk_blocks *in, const kk_place *place, const kk_text *text,
                          kk_arena *arena, kk_error *err)
{
    if (place->kind != KK_PLACE_TABLE_ROW || place->table >= text->n_tables) {
        return KK_OK;
    }
    const kk_str mark = mark_of(place, text);
    kk_block *blocks = kk_arena_array(arena, in->n_blocks + 1, sizeof *blocks);
    kk_inline *words = kk_arena_array(arena, 1, sizeof *words);
    if (blocks == NULL || words == NULL) {
        return kk_fail_nomem(err);
    }
    *words = (kk_inline){.kind = KK_INLINE_TEXT, .text = mark};
    for (uint32_t b = 0; b < in->n_blocks && mark.len > 0; b++) {
        blocks[b] = in->blocks[b];
        kk_block_cell *cells = kk_arena_array(arena, blocks[b].n_cells + 1, sizeof *cells);
        if (cells == NULL) {
            return kk_fail_nomem(err);
        }
        for (uint32_t c = 0; c < blocks[b].n_cells; c++) {
            cells[c] = blocks[b].cells[c];
            if (cells[c].role == KK_ROLE_TYPE && cells[c].n_inlines == 1 &&
                is_absolute(cells[c].inlines[0].text)) {
                cells[c].inlines = words;
            }
        }
        blocks[b].cells = cells;
    }
    in->blocks = mark.len > 0 ? blocks : in->blocks;
    return KK_OK;
}
