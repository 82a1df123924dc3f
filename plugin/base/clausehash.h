/* The one normal form of a clause's text, and its hash of 12 hex digits (interface.md section 4).
 * Rules hash BLOCKS with it, docx hashes the text inside a content control; both meet here.
 *
 * Normal form, one line each, in document order:
 *   kk1 <lang> <level>          lang "nb", "nn", "en" or ""; level "basis" ... or ""
 *   p <text>                    a paragraph, heading or list item (which of them does not count); a
 *                               number of several levels typed before it ("3.1 ") is left out,
 *                               since a heading is numbered by the document that it comes into
 *   r <cell>|<cell>             a table row: its cells sorted by bytes, so that the column order
 *                               of the table at hand does not matter
 * Text is NFC, white space (no-break kinds too) folded and trimmed, soft hyphens dropped, hyphens
 * that do not break plain. A field counts as its name. Empty paragraphs, cells and rows are left
 * out, and so are cells for a number series, the supplier's answer or the kind of demand ("A",
 * "Skal"), which follow the table at hand.
 *
 * The document does not say which language form and level a clause has, nor which columns of a
 * table are for its number, answer and type. Who reads a hash back therefore tries: see
 * kk_clausehash_matches. */
#ifndef KK_CLAUSEHASH_H
#define KK_CLAUSEHASH_H

#include "arena.h"
#include "buf.h"
#include "vec.h"

#include <klimakrav/text.h>

/* One paragraph or one cell of a row, normalised. */
typedef struct kk_clausehash_item {
    kk_str text;
    uint32_t row;  /* 1-based row it stands in, 0 outside rows */
    uint32_t cell; /* 0-based position in the row as given */
} kk_clausehash_item;

/* Collects text. Zero-initialise by kk_clausehash_init; nothing to dispose but items. */
typedef struct kk_clausehash {
    kk_arena *arena; /* borrowed; holds the normalised texts */
    kk_buf line;
    KK_VEC(kk_clausehash_item) items;
    uint32_t row, cell;
    uint32_t n_rows;
    kk_status failed;
} kk_clausehash;

void kk_clausehash_init(kk_clausehash *hash, kk_arena *arena);
void kk_clausehash_dispose(kk_clausehash *hash);

/* Running text and fields of the current paragraph or cell. */
void kk_clausehash_text(kk_clausehash *hash, kk_str text);
void kk_clausehash_field(kk_clausehash *hash, kk_str name);
/* Ends a paragraph. Inside a row it only separates: the paragraphs of a cell are one text. */
void kk_clausehash_paragraph(kk_clausehash *hash);
/* Rows: row_begin, then text ... cell_end for every cell (empty ones too), then row_end. */
void kk_clausehash_row_begin(kk_clausehash *hash);
void kk_clausehash_cell_end(kk_clausehash *hash);
void kk_clausehash_row_end(kk_clausehash *hash);

/* 12 hex digits and a NUL over what was collected. cells: bit i set = cell i of every row counts
 * (UINT64_MAX = all). KK_E_NOMEM if any step ran out of memory (out is then ""). */
kk_status kk_clausehash_finish(const kk_clausehash *hash, kk_str lang, kk_str level, uint64_t cells,
                               char out[13]);

/* Is `want` the hash of what was collected, in any language form, at any level, with any choice of
 * columns? At most 3 * 4 * 2^10 hashes, for clauses with rows of up to ten cells; wider rows are
 * tried whole and without each one or two cells. *lang and *level (may be NULL) say which fitted.
 * KK_E_NOMEM when it cannot be told.
 */
kk_status kk_clausehash_matches(const kk_clausehash *hash, kk_str want, bool *found, kk_str *lang,
                                kk_str *level);

/* Feeds one clause. `placed` (may be NULL) says per role whether the table has a column for it;
 * cells without one are left out. Number and answer cells always are. */
void kk_clausehash_blocks(kk_clausehash *hash, const kk_blocks *blocks, const bool *placed);

/* Hash of BLOCKS at a level ("basis", "avansert", "spydspiss" or ""): what kk_blocks.hash holds. */
kk_status kk_blocks_hash(const kk_blocks *blocks, kk_str level, char out[13]);

/* Text without a number of several levels typed before it: "3.1 Krav" and "3.1. Krav" -> "Krav". */
kk_str kk_clausehash_unnumbered(kk_str text);

/* "nb", "nn", "en" or "". */
kk_str kk_clausehash_lang(kk_lang lang);

#endif
