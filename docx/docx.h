/* The facade of docx: bytes -> TEXT, and BLOCKS at a place -> bytes.
 * Knows WordprocessingML (ISO/IEC 29500) and nothing about climate. */
#ifndef KK_DOCX_H
#define KK_DOCX_H

#include "arena.h"
#include "buf.h"

#include <klimakrav/text.h>
#include <klimakrav/types.h>

typedef struct kk_docx kk_docx;

/* Opens a package and reads all stories.
 *   bytes    the file; borrowed, must outlive *out.
 *   limits   NULL for the defaults.
 *   errors   KK_E_FORMAT / KK_E_UNSUPPORTED / KK_E_LIMIT with reason "encrypted", "dtd",
 *            "zip-inconsistent", "limit", "encoding" or "not-word".
 * Signed and protected packages open; kk_docx_save refuses to edit them. */
kk_status kk_docx_open(kk_docx **out, kk_str bytes, const kk_limits *limits, kk_error *err);
void kk_docx_free(kk_docx *doc);

/* TEXT of the document as opened (pending edits do not show). Borrowed from doc. */
const kk_text *kk_docx_text(const kk_docx *doc);

/* How and by whom edits are written. Strings are borrowed for the call. */
typedef struct kk_docx_options {
    bool track;          /* as tracked changes */
    bool drop_signature; /* edit a signed package; its signature parts are removed */
    kk_str author;       /* w:author */
    kk_str date;         /* w:date, "2026-11-23T12:00:00Z" */
} kk_docx_options;

typedef enum kk_place_kind {
    KK_PLACE_SECTION_END = 0, /* at the end of the section that heading paragraph `heading` opens */
    KK_PLACE_BEFORE,          /* before paragraph `before` (a chapter heading), as a new chapter */
    KK_PLACE_STORY_END,       /* at the end of the body, as a new chapter */
    KK_PLACE_TABLE_ROW        /* as rows of `table`, after grid row `row` */
} kk_place_kind;

/* Where BLOCKS go, in words of TEXT. */
typedef struct kk_place {
    kk_place_kind kind;
    uint32_t heading;     /* SECTION_END: index of the heading paragraph */
    uint32_t section_end; /* SECTION_END: index past the section's last paragraph */
    uint32_t before;      /* BEFORE */
    uint32_t table, row;  /* TABLE_ROW */
    const kk_role *roles; /* TABLE_ROW: meaning of each grid column, n_roles = columns of the table */
    uint32_t n_roles;
    kk_str chapter;       /* BEFORE, STORY_END: text of the chapter heading to make, or empty for none */
} kk_place;

/* One changed byte range; borrowed from doc until it is freed. An insertion may have several: the clause,
 * the mark of the paragraph before it, a list definition, a relationship. */
typedef struct kk_docx_edit {
    kk_str clause, version;
    kk_str part;              /* part that changed */
    uint64_t begin, end;      /* byte range of the new bytes in the new part */
    uint32_t paragraph;       /* paragraph of TEXT after which it stands, KK_NONE at the start */
    bool wants_toc_update;    /* a heading was added and there is a table of contents */
    uint64_t old_begin, old_end; /* bytes of the old part that gave way; equal for a pure insertion.
                                    A part that was added has 0,0 here and begins at 0; one that was
                                    removed has begin == end == 0 and its old length in old_end */
} kk_docx_edit;

/* Records the insertion of BLOCKS. Nothing is written before kk_docx_save.
 *   errors  KK_E_UNSUPPORTED with reason "place-ambiguous", "place-locked", "place-protected",
 *           "place-databound", "place-pending" (everything there is tracked by others), "place-foreign"
 *           (the text is an altChunk), "signed" or "protected"; the document is as before the call. */
kk_status kk_docx_insert(kk_docx *doc, const kk_blocks *blocks, const kk_place *place,
                         const kk_docx_options *options, kk_error *err);

/* Records the removal of managed clause `managed` (index into TEXT): outright where the insertion is
 * still pending or options->track is false, as tracked deletion otherwise. */
kk_status kk_docx_withdraw(kk_docx *doc, uint32_t managed, const kk_docx_options *options,
                           kk_error *err);

/* Records that managed clause `managed` gives way to BLOCKS: a newer version, or the bank's words over
 * those that somebody wrote. With options->track the difference is tracked, as small as it can be told
 * (paragraphs, then words); what is still our pending insertion, and everything without track, is
 * replaced in place. Tag and title of the control are the new ones.
 *   place    TABLE_ROW with table, row and roles where kk_docx_managed_table names a table; otherwise
 *            SECTION_END or STORY_END: only tells whose neighbours new paragraphs are dressed like.
 *   errors   as kk_docx_insert. */
kk_status kk_docx_upgrade(kk_docx *doc, uint32_t managed, const kk_blocks *blocks,
                          const kk_place *place, const kk_docx_options *options, kk_error *err);

/* Is `hash` that of the words that stand in managed clause `managed` now, in any language form, at any
 * level, with any choice of columns? *lang (may be NULL) says in which form. KK_E_NOMEM only. */
kk_status kk_docx_managed_is(const kk_docx *doc, uint32_t managed, kk_str hash, bool *is,
                             kk_lang *lang);
/* The table that holds the clause as rows, and its last row (grid); KK_NONE when it is blocks. */
uint32_t kk_docx_managed_table(const kk_docx *doc, uint32_t managed, uint32_t *row);

/* Records a Word comment on TEXT [begin, end) (one paragraph). id_key makes a later run find and renew
 * it: same key, same author -> replaced. Paragraph breaks in `text` are '\n'. */
kk_status kk_docx_comment(kk_docx *doc, uint32_t begin, uint32_t end, kk_str id_key, kk_str text,
                          const kk_docx_options *options, kk_error *err);

/* Records the removal of comments of ours: the one with that key, or all of them when id_key is empty.
 * Other people's comments stay. Nothing to remove is no error. */
kk_status kk_docx_uncomment(kk_docx *doc, kk_str id_key, kk_error *err);

/* Records the removal of comments of ours whose key is not among `keys`. Others' comments stay. */
kk_status kk_docx_keep_comments(kk_docx *doc, const kk_str *keys, uint32_t n, kk_error *err);

/* Writes the package with all recorded edits. Without edits *out is the input, byte for byte.
 * The changed parts were scanned again and found well-formed before anything is written. */
kk_status kk_docx_save(kk_docx *doc, kk_buf *out, kk_error *err);

/* Edits of the last save, in document order. */
const kk_docx_edit *kk_docx_edits(const kk_docx *doc, uint32_t *n);

/* Accepts or rejects every pending tracked change in every story and writes the package; for the
 * laws in the tests and for hosts that preview. Same errors as kk_docx_save. */
kk_status kk_docx_resolve(kk_docx *doc, bool accept, kk_buf *out, kk_error *err);

/* A clause recognised by its words alone (the control or its tag was lost). */
typedef struct kk_docx_field {
    kk_str name, value;
} kk_docx_field;

typedef struct kk_docx_found {
    uint32_t candidate; /* index into the candidates */
    uint32_t para_begin, para_end;
    kk_str clause, version; /* of the candidate; borrowed from it */
    bool rows;              /* it stands as rows of a table */
    const kk_docx_field *fields; /* what stands in its fields, in arena; white space folded */
    uint32_t n_fields;
} kk_docx_found;

/* Looks for clauses whose paragraphs stand in TEXT one after the other, word for word (a field may hold
 * anything, at least one character; a row is recognised by its requirement or criterion).
 * Paragraphs that are managed already are passed over.
 *   out      in arena, in document order; a candidate is found at most once.
 *   errors   KK_E_NOMEM only.
 *   cost     every paragraph is normalised once and compared with every candidate's first one. */
kk_status kk_docx_find_untagged(const kk_text *text, const kk_blocks *candidates,
                                uint32_t n_candidates, kk_arena *arena, kk_docx_found **out,
                                uint32_t *n);

/* A newer version for kk_docx_replace_found; place as for kk_docx_upgrade. */
typedef struct kk_docx_newer {
    const kk_blocks *blocks;
    const kk_place *place;
} kk_docx_newer;

/* Records that a clause found by its words goes: taken out (newer NULL), or replaced by a version that
 * is marked again. With options->track as tracked deletion (and insertion). Bookmarks and other marks
 * in it stay behind.
 *   errors   as kk_docx_insert; "place-ambiguous" also when a comment or note stands in it, or when
 *            nothing would be left where it stands. */
kk_status kk_docx_replace_found(kk_docx *doc, const kk_docx_found *found,
                                const kk_docx_newer *newer, const kk_docx_options *options,
                                kk_error *err);

/* Makes what is ours part of the document: pending insertions of ours are accepted, our content controls
 * (clauses, chapters, fill-in fields) give way to what they hold. Changes and controls of others stay, also
 * inside a clause; pending deletions of ours are carried out. Whether fields are still unfilled is the
 * caller's question. Comments: see kk_docx_uncomment. Numbering that was added stays, the clauses need
 * it.
 *   options    only drop_signature and author count: whose changes inside our controls are ours.
 *   n_released controls that gave way (fields not counted).
 *   errors     as kk_docx_insert. */
kk_status kk_docx_release(kk_docx *doc, const kk_docx_options *options, uint32_t *n_released,
                          kk_error *err);

/* ---- proof --------------------------------------------------------------------------------- */

/* What differs between two packages though no edit tells of it. */
typedef enum kk_stray_kind {
    KK_STRAY_BYTES = 0, /* bytes of a changed part outside the ranges; `at` in the new part */
    KK_STRAY_ENTRY,     /* an entry without edits has other packed bytes, method or time */
    KK_STRAY_MISSING,   /* an entry is gone */
    KK_STRAY_ADDED,     /* an entry is new, or longer or shorter than told */
    KK_STRAY_ORDER,     /* entries stand in another order */
    KK_STRAY_RANGE      /* a range that cannot be: outside its part, overlapping, of no part */
} kk_stray_kind;

typedef struct kk_docx_stray {
    kk_stray_kind kind;
    kk_str part;
    uint64_t at;
} kk_docx_stray;

/* Two packages and the edits that are said to lead from one to the other: those of a part in order,
 * as kk_docx_edits gives them. */
typedef struct kk_docx_change {
    kk_str before, after;
    const kk_docx_edit *edits;
    uint32_t n_edits;
} kk_docx_change;

/* Lists everything that the edits do not explain; none proves that nothing else moved.
 *   out      in arena, in the order of entries; at most one KK_STRAY_BYTES per part.
 *   errors   those of opening a zip, for either package. */
kk_status kk_docx_find_strays(const kk_docx_change *change, const kk_limits *limits,
                              kk_arena *arena, const kk_docx_stray **out, uint32_t *n,
                              kk_error *err);

/* The caps in force: those of limits, with the default where one is 0; NULL gives all defaults. */
kk_limits kk_docx_limits(const kk_limits *limits);

#endif
