/* Which part of a clause is written where it goes. */
#ifndef KK_VARIANT_H
#define KK_VARIANT_H

#include "docx.h"

/* A clause may hold paragraphs for running text and rows for a table: keeps what fits `place`.
 * Where a table has main and sub-criterion columns, the name goes to the first and its description
 * to the second. in, place   changed in place; what is new lives in arena. errors      KK_E_NOMEM.
 */
kk_status kk_variant_choose(kk_blocks *in, kk_place *place, kk_arena *arena, kk_error *err);

/* The kind of demand is written as the table writes it: "A", "Må", "Absolutt" in place of our word,
 * by what most of its rows say. Other texts, and tables without such marks, stay as they are.
 *   in    changed in place, for a place that is a table of text; what is new lives in arena
 *   errors KK_E_NOMEM */
kk_status kk_variant_type(kk_blocks *in, const kk_place *place, const kk_text *text,
                          kk_arena *arena, kk_error *err);

#endif
