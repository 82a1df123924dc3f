/* Accepting or rejecting all tracked changes of one part, from bytes to bytes. What is not touched
 * by a change comes out byte for byte. */
#ifndef KK_RESOLVE_H
#define KK_RESOLVE_H

#include "buf.h"

#include <klimakrav/types.h>

/* Appends the resolved part to out.
 *   raw   a scanned part; w is the prefix of the main namespace ("" = default).
 * Semantics: inserted and deleted runs, paragraph marks (the rest of the paragraph joins the next
 * one, whose properties count), rows and cells; moves as deletion plus insertion; property changes;
 * content controls that a customXml range marks as inserted or deleted. Merged cells are only
 * unmarked. A tracked mark on the last paragraph of a story or cell leaves an empty paragraph.
 *   errors  KK_E_NOMEM, KK_E_LIMIT by out->failed. */
kk_status kk_resolve_part(kk_str raw, kk_str w, bool accept, kk_buf *out);

#endif
