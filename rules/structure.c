/* What the paragraphs are to each other: headings and their sections, table rows, which text cannot
 * satisfy anything, and which sections are which place. */
#include "scan.h"

#include "error.h"
#include "str.h"

enum { STACK_MAX = 64, SENTENCE_REACH = 600, COVER_LINES = 6, COVER_WORDS = 12 };

/* ---- marks --------------------------------------------------------------------------------- */

static uint32_t marks_of(const kk_text *text, const kk_para *p)
{
    const kk_story_kind story =
        p->story < text->n_stories ? text->stories[p->story].kind : KK_STORY_BODY;
    uint32_t marks = 0;
    marks |= (p->flags & KK_PARA_TOC) != 0 ? KK_MARK_SKIP : 0u;
    marks |= p->heading > 0 ? KK_MARK_HEADING : 0u;
    marks |= (p->flags & KK_PARA_TITLE) != 0 ? KK_MARK_TITLE | KK_MARK_HEADING : 0u;
    marks |= (p->flags & (KK_PARA_GUIDANCE | KK_PARA_HIDDEN)) != 0 ? KK_MARK_GUIDANCE : 0u;
    marks |= story == KK_STORY_HEADER || story == KK_STORY_FOOTER || story == KK_STORY_COMMENT
                 ? KK_MARK_GUIDANCE
                 : 0u;
    marks |= p->cell != KK_NONE ? KK_MARK_TABLE : 0u;
    return marks;
}

static bool is_heading(const kk_scan *scan, uint32_t para)
{
    return (scan->paras[para].marks & (KK_MARK_HEADING | KK_MARK_TITLE)) == KK_MARK_HEADING;
}

static bool is_cover_line(const kk_scan *scan, uint32_t para)
{
    kk_str rest = kk_scan_para_text(scan, para), word;
    uint32_t words = 0;
    while (words <= COVER_WORDS && kk_str_word(&rest, &word)) {
        words++;
    }
    return words <= COVER_WORDS &&
           (scan->paras[para].marks & (KK_MARK_SKIP | KK_MARK_TABLE)) == 0;
}

/* The short lines at the top of a document name it, whatever their style, down to the first heading or the
 * first text. A text without headings has no cover: its first line may be all it says. */
static void mark_cover(kk_scan *scan, uint32_t begin, uint32_t end)
{
    uint32_t lines = 0, stop = begin, heading = begin;
    while (heading < end && !is_heading(scan, heading)) {
        heading++;
    }
    for (; heading < end && stop < heading && lines < COVER_LINES && is_cover_line(scan, stop);
         stop++) {
        lines += kk_scan_para_text(scan, stop).len > 0;
        scan->paras[stop].marks |= KK_MARK_COVER;
    }
}

/* ---- sections ------------------------------------------------------------------------------ */

typedef struct open_section {
    uint32_t section;
    uint32_t cell;     /* cell that the heading stands in, or KK_NONE */
    uint32_t cell_end; /* local paragraph where that cell ends; KK_NONE outside tables */
} open_section;

typedef struct sectioning {
    kk_scan *scan;
    const kk_text *text;
    uint32_t doc, base;
    open_section stack[STACK_MAX];
    uint32_t depth;
} sectioning;

static void close_top(sectioning *s, uint32_t para)
{
    s->scan->sections[s->stack[--s->depth].section].end = s->base + para;
}

static void open_heading(sectioning *s, uint32_t para)
{
    const kk_para *p = &s->text->paras[para];
    while (s->depth > 0 && s->stack[s->depth - 1].cell == p->cell &&
           s->scan->sections[s->stack[s->depth - 1].section].level >= p->heading) {
        close_top(s, para);
    }
    if (s->depth == STACK_MAX) {
        return; /* headings nested through 64 tables: the paragraph stays where it is */
    }
    const uint32_t index = s->scan->n_sections++;
    s->scan->sections[index] =
        (kk_section){.doc = s->doc,
                     .heading = s->base + para,
                     .end = s->base + para + 1,
                     .parent = s->depth > 0 ? s->stack[s->depth - 1].section : KK_NONE,
                     .level = p->heading};
    s->stack[s->depth++] = (open_section){
        index, p->cell, p->cell == KK_NONE ? KK_NONE : s->text->cells[p->cell].para_end};
}

static void section_story(sectioning *s, uint32_t begin, uint32_t end)
{
    s->depth = 0;
    for (uint32_t p = begin; p < end; p++) {
        while (s->depth > 0 && s->stack[s->depth - 1].cell_end <= p) {
            close_top(s, p);
        }
        const uint32_t marks = s->scan->paras[s->base + p].marks;
        if (s->text->paras[p].heading > 0 && (marks & KK_MARK_SKIP) == 0) {
            open_heading(s, p);
        }
        s->scan->paras[s->base + p].section =
            s->depth > 0 ? s->stack[s->depth - 1].section : KK_NONE;
    }
    while (s->depth > 0) {
        close_top(s, end);
    }
}

static kk_status allocate_sections(kk_scan *scan, kk_error *err)
{
    size_t headings = 0;
    for (uint32_t p = 0; p < scan->n_paras; p++) {
        headings += (scan->paras[p].marks & KK_MARK_HEADING) != 0 ? 1 : 0;
    }
    scan->sections = kk_arena_array(scan->arena, headings + 1, sizeof *scan->sections);
    return scan->sections == NULL ? kk_fail_nomem(err) : KK_OK;
}

/* ---- rows ---------------------------------------------------------------------------------- */

static size_t count_rows(const kk_text *text)
{
    size_t n = 0;
    for (uint32_t c = 0; c < text->n_cells; c++) {
        n += c == 0 || text->cells[c].table != text->cells[c - 1].table ||
                     text->cells[c].row != text->cells[c - 1].row
                 ? 1
                 : 0;
    }
    return n;
}

static void fill_rows(kk_scan *scan, uint32_t doc)
{
    const kk_text *text = scan->texts[doc];
    const uint32_t base = scan->doc_base[doc];
    for (uint32_t c = 0; c < text->n_cells; c++) {
        const kk_cell *cell = &text->cells[c];
        const bool fresh = c == 0 || cell->table != text->cells[c - 1].table ||
                           cell->row != text->cells[c - 1].row;
        if (fresh) {
            scan->rows[scan->n_rows++] = (kk_row){.doc = doc,
                                                  .table = cell->table,
                                                  .row = cell->row,
                                                  .cell_begin = c,
                                                  .begin = base + cell->para_begin};
        }
        kk_row *row = &scan->rows[scan->n_rows - 1];
        row->cell_end = c + 1;
        row->begin = base + cell->para_begin < row->begin ? base + cell->para_begin : row->begin;
        row->end = base + cell->para_end > row->end ? base + cell->para_end : row->end;
        scan->cell_row[doc][c] = scan->n_rows - 1;
    }
}

static kk_status build_rows(kk_scan *scan, kk_error *err)
{
    size_t n = 0;
    scan->row_base = kk_arena_array(scan->arena, scan->n_texts + 1, sizeof *scan->row_base);
    scan->cell_row = kk_arena_array(scan->arena, scan->n_texts + 1, sizeof *scan->cell_row);
    for (uint32_t d = 0; d < scan->n_texts; d++) {
        n += count_rows(scan->texts[d]);
    }
    scan->rows = kk_arena_array(scan->arena, n + 1, sizeof *scan->rows);
    if (scan->row_base == NULL || scan->cell_row == NULL || scan->rows == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t d = 0; d < scan->n_texts; d++) {
        scan->row_base[d] = scan->n_rows;
        scan->cell_row[d] = kk_arena_array(scan->arena, (size_t)scan->texts[d]->n_cells + 1,
                                           sizeof **scan->cell_row);
        if (scan->cell_row[d] == NULL) {
            return kk_fail_nomem(err);
        }
        fill_rows(scan, d);
    }
    scan->row_base[scan->n_texts] = scan->n_rows;
    return KK_OK;
}

kk_status kk_scan_structure(kk_scan *scan, kk_error *err)
{
    for (uint32_t d = 0; d < scan->n_texts; d++) {
        const kk_text *text = scan->texts[d];
        for (uint32_t p = 0; p < text->n_paras; p++) {
            scan->paras[scan->doc_base[d] + p] =
                (kk_scan_para){KK_NONE, marks_of(text, &text->paras[p])};
        }
        if (text->n_stories > 0) {
            mark_cover(scan, scan->doc_base[d] + text->stories[0].para_begin,
                       scan->doc_base[d] + text->stories[0].para_end);
        }
    }
    KK_TRY(allocate_sections(scan, err));
    for (uint32_t d = 0; d < scan->n_texts; d++) {
        sectioning s = {.scan = scan, .text = scan->texts[d], .doc = d, .base = scan->doc_base[d]};
        for (uint32_t i = 0; i < s.text->n_stories; i++) {
            section_story(&s, s.text->stories[i].para_begin, s.text->stories[i].para_end);
        }
    }
    return build_rows(scan, err);
}

/* ---- places -------------------------------------------------------------------------------- */

static void mark_place(kk_scan *scan, kk_hits hits, uint64_t bit)
{
    for (uint32_t i = 0; i < hits.n; i++) {
        const uint32_t para = hits.items[i].para;
        const uint32_t section = scan->paras[para].section;
        if (section != KK_NONE && scan->sections[section].heading == para &&
            (scan->paras[para].marks & KK_MARK_GUIDANCE) == 0) {
            scan->sections[section].own_places |= bit;
        }
    }
}

kk_status kk_scan_places(kk_scan *scan, kk_error *err)
{
    for (uint32_t i = 0; i < scan->model->n_places; i++) {
        kk_hits hits;
        KK_TRY(kk_scan_hits(scan, scan->model->places[i].pattern, &hits, err));
        mark_place(scan, hits, (uint64_t)1 << i);
    }
    for (uint32_t i = 0; i < scan->n_sections; i++) {
        kk_section *s = &scan->sections[i]; /* parents come first */
        s->places = s->own_places | (s->parent == KK_NONE ? 0 : scan->sections[s->parent].places);
    }
    return KK_OK;
}

uint64_t kk_scan_para_places(const kk_scan *scan, uint32_t para)
{
    const uint32_t section = scan->paras[para].section;
    return section == KK_NONE ? 0 : scan->sections[section].places;
}

/* ---- sentences ----------------------------------------------------------------------------- */

static bool is_upper_at(kk_str s, size_t at)
{
    const unsigned char c = (unsigned char)s.ptr[at];
    if (c == 0xC3 && at + 1 < s.len) {
        const unsigned char next = (unsigned char)s.ptr[at + 1];
        return next >= 0x80 && next <= 0x9E;
    }
    return c >= 'A' && c <= 'Z';
}

/* Does a sentence end with the byte at `at`? A full stop counts before a blank and a capital, so
 * that "ca. 30" and "nr. 5" do not. */
static bool ends_sentence(kk_str s, size_t at)
{
    const char c = s.ptr[at];
    if (c == '!' || c == '?' || c == ';' || c == '\n' || c == '\v') {
        return true;
    }
    if (c != '.') {
        return false;
    }
    size_t next = at + 1;
    while (next < s.len && (s.ptr[next] == ' ' || s.ptr[next] == '\t')) {
        next++;
    }
    return next == s.len || (next > at + 1 && is_upper_at(s, next));
}

void kk_sentence_around(kk_str text, size_t at, size_t *begin, size_t *end)
{
    size_t b = at;
    while (b > 0 && at - b < SENTENCE_REACH && !ends_sentence(text, b - 1)) {
        b--;
    }
    size_t e = at;
    while (e < text.len && e - at < SENTENCE_REACH && !ends_sentence(text, e)) {
        e++;
    }
    *begin = b;
    *end = e;
}
