/* The dress of a table of our own. See dress.h and render.h. */
#ifndef KK_DRESSTABLE_H
#define KK_DRESSTABLE_H

#include "render.h"

/* Fills all of *out but lang: style, width, and the paragraphs of data and header cells, taken from
 * the data table nearest to paragraph `near`, else from body text. KK_E_NOMEM only. */
kk_status kk_dress_choose_table(const kk_docx *doc, uint32_t story, uint32_t near,
                                const kk_dress *dress, kk_arena *arena, kk_render_table *out);

#endif
