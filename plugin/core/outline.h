/* Where a paragraph stands: the headings above it, and the words for it. */
#ifndef KK_OUTLINE_H
#define KK_OUTLINE_H

#include "core.h"

/* Nearest heading above every paragraph of a text, in one pass. Heading paragraphs point to the one
 * above them. A heading inside a table cell opens no section outside that cell. */
typedef struct kk_outline {
    const kk_text *text;
    uint32_t *parent; /* per paragraph: index of its heading, or KK_NONE */
} kk_outline;

/* arena owns outline->parent. */
kk_status kk_outline_make(kk_outline *outline, const kk_text *text, kk_arena *arena, kk_error *err);

/* Headings above paragraph para, itself included when it is one, outermost first: at most max
 * indexes; the outermost are dropped when there are more. Returns how many. */
size_t kk_outline_path(const kk_outline *outline, uint32_t para, uint32_t *path, size_t max);

/* Text of paragraph p without its '\n'. */
kk_str kk_para_text(const kk_text *text, uint32_t p);
/* Text of a heading without a number that was typed by hand ("5.2 Miljø" -> "Miljø"); *number gets
 * that, or the automatic one. */
kk_str kk_heading_text(const kk_text *text, uint32_t p, kk_str *number);
/* "body", "footnote" ... */
const char *kk_story_name(kk_story_kind kind);

/* A stretch of text: [begin, end) in paragraph para, or the whole document when para is KK_NONE. */
typedef struct kk_stretch {
    uint32_t para, begin, end;
} kk_stretch;

/* Fills place (strings in arena) for a stretch of the text; label in lang. */
kk_status kk_outline_place(const kk_outline *outline, const kk_stretch *at, kk_lang lang,
                           kk_arena *arena, kk_finding_place *place, kk_error *err);

#endif
