/* BLOCKS -> WordprocessingML bytes in a given dress. Knows markup and order of elements; knows
 * neither where the bytes go nor what the clause says. */
#ifndef KK_RENDER_H
#define KK_RENDER_H

#include "dress.h"
#include "wml.h"

/* Everything one insertion needs. */
typedef struct kk_render {
    kk_wml *wml;
    const kk_dress *dress;
    kk_arena *arena;
    uint32_t bullet_num; /* w:numId of items when dress->list is not COPIED */
    uint32_t bullet_level;
    kk_str title, tag; /* of the control around the clause */
} kk_render;

/* Content control around a clause (or one row of it); tracked: with the customXmlInsRange pairs
 * that make it go when the insertion is rejected. */
void kk_render_control_begin(kk_wml *wml, kk_str alias, kk_str tag);
void kk_render_control_end(kk_wml *wml);

/* The longest beginning of s that takes at most 64 UTF-16 units, as Word allows for tag and title. */
kk_str kk_render_capped(kk_str s);

/* The chapter heading in a control of its own with that tag. */
void kk_render_chapter(const kk_render *render, kk_str words, kk_str tag);

/* Blocks of a clause one after the other inside one control. Rows become a table of their own.
 *   lead_blank  an empty paragraph comes first.
 *   tail_blank  an empty paragraph comes last if the last block is a table.
 *   table       how such a table looks. */
typedef struct kk_render_table kk_render_table;
void kk_render_blocks(const kk_render *render, const kk_blocks *blocks, bool lead_blank,
                      bool tail_blank, const kk_render_table *table);

/* ---- pieces, for table rows ---------------------------------------------------------------- */

/* Start of a paragraph: <w:p> and its w:pPr, with the mark tracked where wml->track. */
void kk_render_para_begin(kk_wml *wml, const kk_dress_look *look, kk_str numpr);
void kk_render_para_end(kk_wml *wml);
/* Inlines as runs and field controls, in one w:ins where wml->track. Nothing for n == 0. */
void kk_render_inlines(const kk_render *render, const kk_dress_look *look, const kk_inline *inlines,
                       uint32_t n, bool bold);
/* One run of plain text, in w:ins where wml->track. */
void kk_render_words(const kk_render *render, const kk_dress_look *look, kk_str words, bool bold);

/* ---- a table of our own (rendertable.c) ---------------------------------------------------- */

struct kk_render_table {
    kk_str style;   /* styleId of the table style, empty: single borders */
    uint32_t width; /* of the text, in twentieths of a point */
    kk_str borders; /* w:tblBorders of the table it is like, raw; empty: by style or single lines */
    kk_str shade;   /* w:shd of its header cells, raw, or empty */
    kk_dress_look cell, header; /* paragraphs in data and header cells */
    kk_lang lang;               /* of the header texts */
};

/* Rows blocks[begin, end) as one table with a header row. */
void kk_render_table_of(const kk_render *render, const kk_render_table *table,
                        const kk_blocks *blocks, uint32_t begin, uint32_t end);

#endif
