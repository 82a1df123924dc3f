/* One withdrawal on its way: shared by withdraw.c and strike.c. */
#ifndef KK_WITHDRAW_H
#define KK_WITHDRAW_H

#include "edits.h"
#include "wml.h"

/* Records the tracked deletion of the content control `node` (KK_NODE_SDT): runs, paragraph marks,
 * rows and the control itself by customXmlDelRange pairs. wml holds names, ids, author and date;
 * its out is not used. */
kk_status kk_strike_control(kk_docx *doc, uint32_t part, uint32_t node, const kk_wml *wml,
                            kk_error *err);

/* The same for a paragraph, a row or a table, which has no control of ours around it. */
kk_status kk_strike_block(kk_docx *doc, uint32_t part, uint32_t node, const kk_wml *wml,
                          kk_error *err);

/* Is this control (with the clause in it) still a pending insertion, range markers and all? */
bool kk_control_is_pending(const kk_part *part, uint32_t node);
/* The control's bytes, with the range markers of a tracked insertion where it has both. */
void kk_control_extent(const kk_part *part, uint32_t node, uint32_t *begin, uint32_t *end);

#endif
