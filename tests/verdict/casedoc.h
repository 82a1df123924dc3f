/* The small documents of the truth table as TEXT, in the shape that docx gives: merged and nested
 * cells, footnotes and comments, list levels. Vocabulary: README.md in this folder. */
#ifndef KK_TEST_CASEDOC_H
#define KK_TEST_CASEDOC_H

#include "arena.h"
#include "rulefile.h"

#include <klimakrav/text.h>

/* content = a <doc>. *out lives in arena. KK_E_NOMEM, or KK_E_RULE for an element that is not
 * known. */
kk_status casedoc_read(const kk_xnode *content, kk_arena *arena, const kk_text **out,
                       kk_error *err);

#endif
