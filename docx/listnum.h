/* Numbering instances for list items of ours: one bullet list per document, restarted copies of
 * numbered lists. Writes into the numbering part, which is made when missing. */
#ifndef KK_LISTNUM_H
#define KK_LISTNUM_H

#include "edits.h"

/* w:numId of our bullet list: the one an earlier insertion left, else a new one (w:abstractNum
 * named KK_MARK_LIST with one level, and its w:num). */
kk_status kk_listnum_bullet(kk_docx *doc, uint32_t *num, kk_error *err);
/* A new w:num that looks like w:numId `source`, with that level (0..8) beginning at 1. It has a copy of
 * the definition (named KK_MARK_LIST_COPY): with the same one, Word would count on from our items in
 * the author's list behind them. */
kk_status kk_listnum_restart(kk_docx *doc, uint32_t source, uint32_t level, uint32_t *num,
                             kk_error *err);

/* Highest w:numId that is defined or, dangling, referred to by a story or style: giving such a
 * number out would turn somebody's paragraph into a list item. */
uint32_t kk_listnum_highest(kk_docx *doc);

/* Takes the list definitions out again that a withdrawn clause needed.
 *   used  bytes of the paragraphs that go: their w:numId values.
 * A w:num goes if it is one of ours in wording and nothing else in any story refers to it; a
 * w:abstractNum of ours goes with its last w:num, the part (if we made it) with its last definition. */
kk_status kk_listnum_release(kk_docx *doc, uint32_t part, uint32_t begin, uint32_t end,
                             kk_error *err);

#endif
