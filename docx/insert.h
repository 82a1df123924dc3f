/* One insertion on its way: shared by insert.c (blocks) and insertrow.c (rows of an existing
 * table). */
#ifndef KK_INSERT_H
#define KK_INSERT_H

#include "clausehash.h"
#include "dress.h"
#include "edits.h"
#include "render.h"

typedef struct kk_insertion {
    kk_docx *doc;
    const kk_blocks *blocks;
    const kk_place *place;
    kk_spot spot;
    kk_arena *arena; /* of this call */
    kk_dress dress;
    kk_wml wml;
    kk_render render;
    bool after_ours; /* a clause of this run stands right above */
    uint32_t number_row; /* 1 + grid row whose typed numbers the new rows take over; 0: they count on */
} kk_insertion;

/* Writes in->blocks at in->spot, dressed by in->place; only doc, blocks, place and spot are read. The
 * caller has opened a record and undoes it on failure. Errors as kk_docx_insert. */
kk_status kk_insert_at(const kk_insertion *what, const kk_docx_options *options, kk_error *err);

/* Sets up wml (writing to out), render and dress of an insertion whose doc, blocks, place, spot and arena
 * are set. KK_E_NOMEM only. */
kk_status kk_insert_prepare(kk_insertion *in, const kk_docx_options *options, kk_buf *out,
                            kk_error *err);
/* The tag of a clause of paragraphs, in arena. */
kk_status kk_insert_tag_blocks(const kk_blocks *blocks, kk_arena *arena, kk_str *out,
                               kk_error *err);

/* What one cell of an existing row says when it holds the clause: its paragraphs. */
typedef struct kk_insert_cell {
    uint32_t cell; /* index into text.cells */
    kk_role role;
    const kk_inline *const *paras;
    const uint32_t *n_inlines; /* per paragraph */
    uint32_t n;
} kk_insert_cell;

/* Past the blocks that make the same row as block `begin`. */
uint32_t kk_insert_row_end(const kk_blocks *blocks, uint32_t begin);
/* Blocks [begin, end) spread over the cells of grid row in->place->row: all but number and answer cells.
 * *out in in->arena. Errors as kk_docx_insert. */
kk_status kk_insert_row_cells(kk_insertion *in, uint32_t begin, uint32_t end,
                              const kk_insert_cell **out, uint32_t *n, kk_error *err);
/* in->render.tag for the rows of the clause in that table. */
kk_status kk_insert_tag_rows(kk_insertion *in, kk_error *err);

/* The tag of the control: blocks->hash if it is the hash of what is placed, else that hash. In
 * arena. */
kk_status kk_insert_tag(const kk_blocks *blocks, const kk_clausehash *placed, kk_arena *arena,
                        kk_str *out, kk_error *err);

/* Gives the mark of the story's last paragraph (in->spot.moved, if any) to the insertion, once per
 * paragraph however many clauses come behind it. */
kk_status kk_insert_move_mark(kk_insertion *in, kk_error *err);
/* A clause withdrawn in this run gave a paragraph its mark back; this tracked one takes it over. */
kk_status kk_insert_keep_mark(kk_insertion *in, kk_error *err);

/* Writes the rows for the table of in->spot to in->wml.out; in->wml, render and dress are set up.
 * Errors as kk_docx_insert. */
kk_status kk_insert_rows(kk_insertion *in, kk_error *err);

#endif
