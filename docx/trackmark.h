/* Tracked marks on paragraphs and rows that are there already. */
#ifndef KK_TRACKMARK_H
#define KK_TRACKMARK_H

#include "edits.h"
#include "wml.h"

/* Records a tracked change of the mark of paragraph `node`: change is the whole element (<w:ins
 * .../> or <w:del .../>), put where the schema wants it; properties are made when missing. */
kk_status kk_track_para(kk_docx *doc, uint32_t part, uint32_t node, kk_str change, kk_error *err);
/* The same for a table row. */
kk_status kk_track_row(kk_docx *doc, uint32_t part, uint32_t node, kk_str change, kk_error *err);

#endif
