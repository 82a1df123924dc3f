/* Clauses that stand in a document without their marking: the control or its tag was lost, as after a
 * save by LibreOffice. Joins the bank with docx's search by words. */
#ifndef KK_UNTAGGED_H
#define KK_UNTAGGED_H

#include "core.h"
#include "docx.h"

/* A clause recognised by its words; strings are borrowed from the bank. */
typedef struct kk_untagged {
    kk_str clause, version;
    uint32_t paragraph; /* where it begins */
} kk_untagged;

/* Adds a clause's text variant and its row variant to out (room for two more), as candidates for
 * kk_docx_find_untagged. KK_E_NOMEM only. */
kk_status kk_untagged_variants(const kk_blocks *blocks, kk_arena *arena, kk_blocks *out,
                               uint32_t *n, kk_error *err);

/* Every version of one clause whose text the bank has, in both language forms, as candidates for
 * kk_docx_find_untagged: those of `first` (may be empty) before all others. In arena. */
kk_status kk_untagged_versions(const kk_bank *bank, kk_str id, kk_str first, kk_arena *arena,
                               kk_blocks **out, uint32_t *n, kk_error *err);

/* All clauses valid on date that stand in TEXT word for word, in either language form, and whose marking
 * is not there. In arena, in document order. KK_E_NOMEM only.
 *   cost  one look-up per clause; only those whose first words begin a paragraph are rendered. */
kk_status kk_untagged_find(const kk_bank *bank, const kk_text *text, kk_str date, kk_arena *arena,
                           kk_untagged **out, size_t *n, kk_error *err);

#endif
