/* The dress of headings: a sub-heading inside a clause, and the heading of a chapter that is made
 * for it. See dress.h. */
#ifndef KK_DRESSCHAPTER_H
#define KK_DRESSCHAPTER_H

#include "dresslist.h"

/* Fills out->heading and heading_styled. out->body (and chapter level in context->level) must be
 * there. */
void kk_dress_choose_heading(const kk_dress_context *context, kk_dress *out);
/* Fills out->chapter, chapter_number, chapter_tab, chapter_styled, and context->level and guessed.
 */
void kk_dress_choose_chapter(kk_dress_context *context, const kk_place *place, kk_dress *out);

#endif
