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
} kk_insertion;

/* Writes in->blocks at in->spot, dressed by in->place; only doc, blocks, place and spot are read. The
 * caller has opened a record and undoes it on failure. Errors as kk_docx_insert. */
kk_status kk_insert_at(const kk_insertion *what, const kk_docx_options *options, kk_error *err);

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
