/* Recognises clauses by their words where the control or its tag was lost (LibreOffice drops w:tag
 * on every save). Knows TEXT and BLOCKS; nothing of XML. */
#include "clausehash.h"
#include "docx.h"
#include "error.h"
#include "str.h"
#include "utf8.h"
#include "vec.h"

#define FIELD_OPEN  "\x02"
#define FIELD_CLOSE "\x03"

typedef struct candidate {
    const kk_blocks *blocks;
    kk_clausehash hash; /* its items are the patterns: normal form with the fields still in it */
} candidate;

enum { ROW_CELLS = 63 }; /* Word makes no wider row; a wider one holds no clause of ours */

typedef struct finder {
    const kk_text *text;
    kk_arena *arena;
    kk_str *normal; /* per paragraph; ptr NULL = not yet normalised */
    kk_str *words;  /* per cell, the same */
    kk_buf more;    /* a pattern being made */
    bool noting;    /* what stands in fields is noted */
    KK_VEC(kk_docx_field) fields;
    bool failed;
} finder;

/* Takes the words up to the next field off *pattern; *field tells whether one follows, *name which.
 */
static kk_str next_words(kk_str *pattern, bool *field, kk_str *name)
{
    const size_t open = kk_str_find(*pattern, KK_STR(FIELD_OPEN), 0);
    *field = open != SIZE_MAX;
    if (!*field) {
        return *pattern;
    }
    const kk_str words = kk_str_slice(*pattern, 0, open);
    const size_t close = kk_str_find(*pattern, KK_STR(FIELD_CLOSE), open);
    *name = kk_str_slice(*pattern, open + 1, close == SIZE_MAX ? open + 1 : close);
    *pattern = kk_str_slice(*pattern, close == SIZE_MAX ? pattern->len : close + 1, pattern->len);
    return words;
}

static void note(finder *f, kk_str name, kk_str value)
{
    if (!f->noting || name.len == 0) {
        return;
    }
    const kk_docx_field field = {kk_arena_str(f->arena, name), value};
    f->failed = f->failed || field.name.ptr == NULL || !kk_vec_push(&f->fields, field);
}

/* Does text fit a pattern in which a field stands for at least one byte? */
static bool fits(finder *f, kk_str text, kk_str pattern)
{
    bool field;
    kk_str name, next = {NULL, 0};
    const size_t noted = f->fields.n;
    kk_str words = next_words(&pattern, &field, &name);
    if (!field) {
        return kk_str_equal(text, words);
    }
    if (!kk_str_starts(text, words)) {
        return false;
    }
    size_t at = words.len;
    while (field) {
        words = next_words(&pattern, &field, &next);
        const size_t found = field ? kk_str_find(text, words, at + 1) : at;
        if (found == SIZE_MAX || at + 1 > text.len) {
            f->fields.n = noted;
            return false;
        }
        if (field) {
            note(f, name, kk_str_slice(text, at, found));
            name = next;
        }
        at = field ? found + words.len : at;
    }
    if (text.len - at < words.len + 1 || !kk_str_ends(text, words)) {
        f->fields.n = noted;
        return false;
    }
    note(f, name, kk_str_slice(text, at, text.len - words.len));
    return true;
}

/* Text of paragraph p in normal form. */
static kk_str normal(finder *f, uint32_t p)
{
    if (f->normal[p].ptr == NULL) {
        const kk_para *para = &f->text->paras[p];
        const kk_str raw = {f->text->utf8 + para->begin, para->end - para->begin};
        f->normal[p] = kk_utf8_normalise(f->arena, raw);
        if (para->cell == KK_NONE && f->normal[p].ptr != NULL) {
            f->normal[p] = kk_clausehash_unnumbered(f->normal[p]);
        }
    }
    return f->normal[p];
}

/* Nothing to compare: empty, or a heading of a table's columns. */
static bool is_passed_over(finder *f, uint32_t p)
{
    const kk_para *para = &f->text->paras[p];
    return normal(f, p).len == 0 ||
           (para->cell != KK_NONE && (f->text->cells[para->cell].flags & KK_CELL_HEADER) != 0);
}

/* All words of one cell of the row, paragraphs joined. */
static kk_str cell_words(finder *f, uint32_t cell)
{
    const kk_cell *c = &f->text->cells[cell];
    if (f->words[cell].ptr != NULL) {
        return f->words[cell];
    }
    kk_buf words;
    kk_buf_init(&words, 0);
    for (uint32_t p = c->para_begin; p < c->para_end; p++) {
        if (normal(f, p).len > 0) {
            kk_buf_puts(&words, words.len > 0 ? " " : "");
            kk_buf_str(&words, normal(f, p));
        }
    }
    f->words[cell] = kk_arena_str(f->arena, kk_buf_view(&words));
    kk_buf_dispose(&words);
    return f->words[cell];
}

/* Cells of the row that holds the cell, as [*begin, *end): cells of a table stand row by row. */
static void row_of(const finder *f, uint32_t cell, uint32_t *begin, uint32_t *end)
{
    const kk_cell *cells = f->text->cells;
    const kk_table *table = &f->text->tables[cells[cell].table];
    *begin = cell;
    *end = cell + 1;
    while (*begin > table->cell_begin && cells[*begin - 1].row == cells[cell].row) {
        (*begin)--;
    }
    while (*end < table->cell_end && cells[*end].row == cells[cell].row) {
        (*end)++;
    }
}

/* Does some cell of the row hold these words? */
static bool row_holds(finder *f, uint32_t cell, kk_str wanted)
{
    uint32_t begin, end;
    row_of(f, cell, &begin, &end);
    for (uint32_t c = begin; c < end && end - begin <= ROW_CELLS; c++) {
        if (fits(f, cell_words(f, c), wanted)) {
            return true;
        }
    }
    return false;
}

/* Past the last paragraph of the row that holds the cell. */
static uint32_t past_row(const finder *f, uint32_t cell)
{
    uint32_t begin, end, past = f->text->cells[cell].para_end;
    row_of(f, cell, &begin, &end);
    for (uint32_t c = begin; c < end; c++) {
        past = f->text->cells[c].para_end > past ? f->text->cells[c].para_end : past;
    }
    return past;
}

/* Next paragraph of the same story with something to compare, not managed; false if there is none.
 */
static bool next_para(finder *f, uint32_t story, uint32_t *p)
{
    while (*p < f->text->n_paras && f->text->paras[*p].story == story && is_passed_over(f, *p)) {
        (*p)++;
    }
    return *p < f->text->n_paras && f->text->paras[*p].story == story &&
           f->text->paras[*p].managed == KK_NONE;
}

/* What a cell of the n-th row of a clause means (n counts from 1, as items do). */
static kk_role role_of(const kk_blocks *blocks, const kk_clausehash_item *item)
{
    uint32_t rows = 0;
    for (uint32_t b = 0; b < blocks->n_blocks; b++) {
        rows += blocks->blocks[b].kind == KK_BLOCK_ROW ? 1 : 0;
        if (rows == item->row) {
            return item->cell < blocks->blocks[b].n_cells ? blocks->blocks[b].cells[item->cell].role
                                                          : KK_ROLE_NONE;
        }
    }
    return KK_ROLE_NONE;
}

/* The words of a cell, alone or with more behind them (a proof that had no column of its own). */
static bool row_begins(finder *f, uint32_t cell, kk_str words)
{
    if (row_holds(f, cell, words)) {
        return true;
    }
    kk_buf_clear(&f->more);
    kk_buf_str(&f->more, words);
    kk_buf_puts(&f->more, " " FIELD_OPEN FIELD_CLOSE);
    return f->more.failed == KK_OK && row_holds(f, cell, kk_buf_view(&f->more));
}

/* One row of a clause: its requirement or criterion decides, since a table may lack columns for the
 * rest; a row without one must be there whole. *p moves past it. */
static bool row_stands_at(finder *f, const candidate *c, size_t begin, size_t end, uint32_t *p)
{
    const uint32_t cell = f->text->paras[*p].cell;
    const kk_clausehash_item *items = c->hash.items.items;
    bool decided = false, all = true;
    for (size_t i = begin; i < end && cell != KK_NONE; i++) {
        const kk_role role = role_of(c->blocks, &items[i]);
        const bool main = role == KK_ROLE_REQUIREMENT || role == KK_ROLE_CRITERION;
        const bool here = row_begins(f, cell, items[i].text);
        if (main && !here) {
            return false;
        }
        decided = decided || main;
        all = all && here;
    }
    if (cell == KK_NONE || !(decided || all)) {
        return false;
    }
    *p = past_row(f, cell);
    return true;
}

/* Tries a clause at paragraph p; *past is where it ends. */
static bool stands_at(finder *f, const candidate *c, uint32_t p, uint32_t *past)
{
    const kk_clausehash *clause = &c->hash;
    const uint32_t story = f->text->paras[p].story, home = f->text->paras[p].cell;
    const kk_clausehash_item *items = clause->items.items;
    for (size_t i = 0, n; i < clause->items.n; i += n) {
        n = 1;
        while (items[i].row != 0 && i + n < clause->items.n && items[i + n].row == items[i].row) {
            n++;
        }
        if (!next_para(f, story, &p)) {
            return false;
        }
        if (items[i].row != 0
                ? !row_stands_at(f, c, i, i + n, &p)
                : f->text->paras[p].cell != home || !fits(f, normal(f, p), items[i].text)) {
            return false;
        }
        p += items[i].row == 0 ? 1 : 0;
        *past = p;
    }
    return clause->items.n > 0;
}

/* Cheap test before the whole clause is tried. */
static bool may_begin(finder *f, const candidate *c, uint32_t p)
{
    const kk_clausehash *clause = &c->hash;
    if (clause->items.n == 0 || f->text->paras[p].managed != KK_NONE || is_passed_over(f, p)) {
        return false;
    }
    return clause->items.items[0].row != 0 ? f->text->paras[p].cell != KK_NONE
                                           : fits(f, normal(f, p), clause->items.items[0].text);
}

/* The same once more, now with what stands in the fields. */
static kk_status take_found(finder *f, const candidate *c, kk_docx_found at, kk_docx_found *out)
{
    uint32_t end = at.para_begin;
    f->noting = true;
    f->fields.n = 0;
    (void)stands_at(f, c, at.para_begin, &end);
    f->noting = false;
    kk_docx_field *fields = kk_arena_array(f->arena, f->fields.n + 1, sizeof *fields);
    if (fields == NULL || f->failed) {
        return KK_E_NOMEM;
    }
    for (size_t i = 0; i < f->fields.n; i++) {
        fields[i] = f->fields.items[i];
    }
    *out = at;
    out->clause = c->blocks->clause;
    out->version = c->blocks->version;
    out->rows = c->blocks->n_blocks > 0 && c->blocks->blocks[0].kind == KK_BLOCK_ROW;
    out->fields = fields;
    out->n_fields = (uint32_t)f->fields.n;
    return KK_OK;
}

/* The first candidate that stands at paragraph p; *past is where it ends. */
/* NOLINTNEXTLINE(readability-function-size): what is looked for, where, and what came of it */
static kk_status find_at(finder *f, const candidate *clauses, uint32_t n_clauses, bool *done,
                         kk_docx_found *found, uint32_t p, uint32_t *past)
{
    found->candidate = KK_NONE;
    for (uint32_t c = 0; c < n_clauses; c++) {
        uint32_t end = p;
        if (!done[c] && may_begin(f, &clauses[c], p) && stands_at(f, &clauses[c], p, &end)) {
            done[c] = true;
            *past = end > *past ? end : *past;
            return take_found(f, &clauses[c],
                              (kk_docx_found){.candidate = c, .para_begin = p, .para_end = end},
                              found);
        }
    }
    return KK_OK;
}

static kk_status find_all(finder *f, const candidate *clauses, uint32_t n_clauses,
                          kk_docx_found *found, uint32_t *n)
{
    bool *done = kk_arena_array(f->arena, n_clauses + 1, sizeof *done);
    kk_status status = done == NULL ? KK_E_NOMEM : KK_OK;
    for (uint32_t p = 0; p < f->text->n_paras && *n < n_clauses && status == KK_OK;) {
        uint32_t past = p + 1;
        status = normal(f, p).ptr == NULL
                     ? KK_E_NOMEM
                     : find_at(f, clauses, n_clauses, done, &found[*n], p, &past);
        *n += status == KK_OK && found[*n].candidate != KK_NONE ? 1 : 0;
        p = past;
    }
    return status;
}

kk_status kk_docx_find_untagged(const kk_text *text, const kk_blocks *candidates,
                                uint32_t n_candidates, kk_arena *arena, kk_docx_found **out,
                                uint32_t *n)
{
    finder f = {.text = text, .arena = arena};
    *n = 0;
    kk_buf_init(&f.more, 0);
    f.words = kk_arena_array(arena, text->n_cells + 1, sizeof *f.words);
    f.normal = kk_arena_array(arena, text->n_paras + 1, sizeof *f.normal);
    *out = kk_arena_array(arena, n_candidates + 1, sizeof **out);
    candidate *clauses = kk_arena_array(arena, n_candidates + 1, sizeof *clauses);
    if (f.normal == NULL || f.words == NULL || *out == NULL || clauses == NULL) {
        return KK_E_NOMEM;
    }
    kk_status status = KK_OK;
    for (uint32_t c = 0; c < n_candidates; c++) {
        clauses[c].blocks = &candidates[c];
        kk_clausehash_init(&clauses[c].hash, arena);
        kk_clausehash_blocks(&clauses[c].hash, &candidates[c], NULL);
        status = clauses[c].hash.failed != KK_OK ? clauses[c].hash.failed : status;
    }
    if (status == KK_OK) {
        status = find_all(&f, clauses, n_candidates, *out, n);
    }
    for (uint32_t c = 0; c < n_candidates; c++) {
        kk_clausehash_dispose(&clauses[c].hash);
    }
    kk_buf_dispose(&f.more);
    kk_vec_free(&f.fields);
    return status;
}
