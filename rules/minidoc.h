/* Examples of the bank as TEXT: a paragraph, or the small documents that rule authors write. */
#ifndef KK_MINIDOC_H
#define KK_MINIDOC_H

#include "model.h"
#include "rulefile.h"

/* content = <example>, <fires> or <silent>. row_text: plain text becomes the only cell of a table,
 * for recognisers and rules whose unit is a row or cell. *out lives in arena. KK_E_NOMEM. */
kk_status kk_minidoc_text(const kk_xnode *content, bool row_text, kk_arena *arena, kk_text **out,
                          kk_error *err);

#endif
