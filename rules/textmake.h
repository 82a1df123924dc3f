/* Makes a TEXT by hand: for single passages and for the small documents in examples of the bank. */
#ifndef KK_TEXTMAKE_H
#define KK_TEXTMAKE_H

#include "arena.h"
#include "buf.h"
#include "vec.h"

#include <klimakrav/text.h>

/* Zero-initialise by kk_textmake_init. Failures are sticky; finish tells. */
typedef struct kk_textmake {
    kk_arena *arena; /* owns what finish gives */
    kk_buf utf8;
    KK_VEC(kk_para) paras;
    KK_VEC(kk_cell) cells;
    KK_VEC(kk_table) tables;
    KK_VEC(kk_span) spans;
    KK_VEC(kk_managed) managed;
    KK_VEC(kk_story) stories; /* those after the body */
    uint32_t cell;  /* open cell or KK_NONE */
    uint32_t facts; /* KK_FACT_* */
    bool open;      /* a paragraph is open */
    kk_status failed;
} kk_textmake;

void kk_textmake_init(kk_textmake *make, kk_arena *arena);
void kk_textmake_dispose(kk_textmake *make);

/* Opens a paragraph with these attributes (begin, end and cell are set here). */
void kk_textmake_para(kk_textmake *make, const kk_para *like);
/* Adds text to the open paragraph: no-break blanks and hyphens become plain, soft hyphens and line
 * breaks go. span = kind of span over it, or -1. A deleted span takes no room in the text. */
void kk_textmake_text(kk_textmake *make, kk_str text, int span);
void kk_textmake_para_end(kk_textmake *make);

/* Tables: rows of cells one after the other; no table inside a cell. */
void kk_textmake_table_begin(kk_textmake *make);
void kk_textmake_row(kk_textmake *make);
void kk_textmake_cell(kk_textmake *make, uint32_t col_span, uint32_t flags);
void kk_textmake_cell_end(kk_textmake *make);
void kk_textmake_table_end(kk_textmake *make);

/* What follows belongs to a new story of this kind; the body comes first and cannot be gone back to. */
void kk_textmake_story(kk_textmake *make, kk_story_kind kind);

/* *out lives in the arena. KK_E_NOMEM. */
kk_status kk_textmake_finish(kk_textmake *make, kk_text **out, kk_error *err);

#endif
