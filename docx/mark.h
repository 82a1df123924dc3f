/* Our own content controls: their tags, the clauses they hold, and the hash of the text inside.
 * Works on TEXT alone; what is in the raw part is edit.c's business. */
#ifndef KK_MARK_H
#define KK_MARK_H

#include "clausehash.h"
#include "docx_internal.h"

/* Beginning of the tag of the control around a chapter heading that was made for clauses. '#' and
 * twelve hex digits follow: what stood behind the place, so that the heading can go when nothing
 * was written under it. */
#define KK_MARK_CHAPTER "kkc:chapter"
/* Tag of a fill-in field is this and the field's name. */
#define KK_MARK_FIELD "kkf:"
/* Name of the bullet list definition that was added to the numbering part. */
#define KK_MARK_LIST "klimakrav"
/* Name of a copy of somebody's list definition, made so that a list of ours counts by itself. */
#define KK_MARK_LIST_COPY "klimakrav-kopi"
/* w:initials of our comments begin with this. */
#define KK_MARK_COMMENT "kk-"

/* Twelve hex digits and a NUL over the words of the first paragraph with text at or after TEXT
 * paragraph `para` of its story that belongs to no clause of ours; over nothing if there is none.
 */
void kk_mark_following(const kk_text *text, uint32_t story, uint32_t para, char out[13]);

/* "kk:<clause>@<version>#<hash>" taken apart; views into the tag. */
typedef struct kk_mark {
    kk_str clause, version, hash;
} kk_mark;

/* False (and *out empty) for any other tag: no clause, no version, hash not 12 lower-case hex
 * digits. */
bool kk_mark_parse(kk_str tag, kk_mark *out);
/* Appends the tag; at most 64 UTF-16 units when clause and version keep to their limits. */
void kk_mark_print(kk_buf *out, const kk_mark *mark);

/* Finds the clauses of ours in doc->text: fills text.managed, text.n_managed, managed_refs and
 * n_managed_refs (all in doc->arena) and the field `managed` of their paragraphs. To be called
 * once, when text.paras, cells, tables, spans and controls are complete. Row controls of one table
 * with the same tag are one clause; a clause put in twice gives two entries. A tag hash that any
 * language form, level or choice of columns reproduces is the text_hash; otherwise text_hash is
 * that of the whole text. */
kk_status kk_mark_fill(kk_docx *doc, kk_para *paras, kk_error *err);

#endif
