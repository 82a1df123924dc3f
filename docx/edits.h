/* What the writing half records until kk_docx_save: splices per part, parts to add or remove, ids
 * in use. Inside of the docx room; the facade's functions stand in docx.h. */
#ifndef KK_EDITS_H
#define KK_EDITS_H

#include "docx_internal.h"
#include "ids.h"
#include "splice.h"
#include "vec.h"

/* One part that is changed, added or removed. */
typedef struct kk_target {
    kk_str name;
    uint32_t entry; /* zip entry, KK_NONE: added */
    kk_str raw;     /* old bytes; for added parts the whole new content */
    bool remove;
    kk_splices splices;
} kk_target;

/* A node: a paragraph at the end of a story or cell whose mark was given to a tracked insertion, or
 * a control that goes. */
typedef struct kk_node_ref {
    uint32_t part, node;
} kk_node_ref;

/* Last number given out in a table's number column by an edit of this run. */
typedef struct kk_number_series {
    uint32_t part, table, column;
    kk_str last;
} kk_number_series;

/* A paragraph that got its mark back when the clause behind it was withdrawn, and the closing
 * paragraph that went with it. */
typedef struct kk_restored {
    uint32_t part, before, closing; /* nodes */
} kk_restored;

/* One call of insert, withdraw or comment; splices name it as their owner. */
typedef struct kk_record {
    kk_str clause, version;
    uint32_t paragraph;
    bool wants_toc_update;
} kk_record;

typedef struct kk_edits {
    kk_arena *arena; /* of the edits alone */
    kk_ids ids;      /* collected at the first edit */
    KK_VEC(kk_target) targets;
    KK_VEC(kk_node_ref) moved;
    KK_VEC(kk_number_series) series;
    KK_VEC(kk_node_ref) withdrawn; /* controls of ours that go in this run */
    KK_VEC(kk_restored) restored;
    KK_VEC(kk_record) records;
    uint32_t bullet_num;              /* w:numId of our bullet list, 0 if it is not there */
    uint32_t next_num, next_abstract; /* ids given out in this run lie below; 0 = none yet */
    uint32_t order;                   /* of late splices, see kk_edits_splice */
    kk_str comments_part;             /* made in this run, else empty */
    bool drop_signature, signature_dropped;
    kk_docx_edit *report; /* of the last save, in arena */
    uint32_t n_report;
} kk_edits;

/* The edits of a document, made at the first call (ids of all stories are collected then). NULL
 * when out of memory. */
kk_edits *kk_edits_of(kk_docx *doc);

/* The target for a part, by index into doc->parts or by zip entry. KK_E_UNSUPPORTED "encoding" if
 * it is not UTF-8. The pointer is good until the next call. */
kk_status kk_edits_part(kk_docx *doc, uint32_t part, kk_target **out, kk_error *err);
kk_status kk_edits_entry(kk_docx *doc, uint32_t entry, kk_target **out, kk_error *err);
/* Marks a zip entry as removed; it need not be XML. */
kk_status kk_edits_remove_entry(kk_docx *doc, uint32_t entry, kk_error *err);
/* The target of a part added in this run, NULL if there is none of that name. */
kk_target *kk_edits_added(kk_edits *edits, kk_str name);
/* Records one splice; bytes are copied. */
kk_status kk_edits_splice(kk_docx *doc, kk_target *target, uint32_t begin, uint32_t end,
                          kk_str bytes, kk_error *err);
/* Records an insertion that comes after all others at its place, whenever they are recorded. */
kk_status kk_edits_splice_late(kk_docx *doc, kk_target *target, uint32_t at, kk_str bytes,
                               kk_error *err);

/* Takes back the splices that replace exactly [begin, end). */
void kk_edits_forget(kk_target *target, uint32_t begin, uint32_t end);

/* Where a failed edit goes back to. */
typedef struct kk_edits_state {
    size_t n_targets, n_moved, n_series, n_withdrawn, n_restored, n_records;
    size_t *n_splices; /* per target; in the arena */
    uint32_t bullet_num, next_num, next_abstract;
    kk_str comments_part;
} kk_edits_state;

/* Opens a record for one call and remembers where to go back to. */
kk_status kk_edits_begin(kk_docx *doc, const kk_record *record, kk_edits_state *state,
                         kk_error *err);
void kk_edits_rollback(kk_edits *edits, const kk_edits_state *state);

/* KK_E_UNSUPPORTED "signed" for signed packages unless drop_signature. */
kk_status kk_edits_check_open(kk_docx *doc, const kk_docx_options *options, kk_error *err);

/* ---- package (packedit.c) ------------------------------------------------------------------ */

/* A part of the main part's folder that is to be added. */
typedef struct kk_new_part {
    const char *base;         /* "numbering": file name without number and .xml */
    const char *type;         /* content type */
    const char *relationship; /* last piece of the relationship type: "numbering" */
    const char
        *relationship_base; /* URI before it; NULL: officeDocument of the package's flavour */
    kk_str content;         /* copied */
} kk_new_part;

/* Adds a part with its content type and a relationship from the main part. */
kk_status kk_edits_add_part(kk_docx *doc, const kk_new_part *part, kk_target **out, kk_error *err);
/* Takes a part out again with its content type override and the relationship of the main part to
 * it. */
kk_status kk_edits_remove_part(kk_docx *doc, kk_str name, kk_error *err);
/* Takes out every part, relationship and content type that digital signatures need. */
kk_status kk_edits_drop_signature(kk_docx *doc, kk_error *err);

#endif
