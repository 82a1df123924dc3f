/* Inside of kk_docx, shared by the reading and the writing half of this room; nobody else includes
 * it. */
#ifndef KK_DOCX_INTERNAL_H
#define KK_DOCX_INTERNAL_H

#include "arena.h"
#include "docx.h"
#include "limits.h"
#include "numbering.h"
#include "package.h"
#include "part.h"
#include "strmap.h"
#include "styles.h"

/* word/settings.xml, as far as editing asks. */
typedef struct kk_settings {
    kk_str part; /* empty if there is none */
    uint32_t entry;
    bool track;               /* w:trackRevisions */
    bool protection_enforced; /* w:documentProtection with w:enforcement on */
    kk_str protection_edit;   /* its w:edit: "readOnly", "comments", "trackedChanges", "forms" */
} kk_settings;

/* Where a paragraph of TEXT comes from. Several w:p nodes make one paragraph where the mark between
 * them is a tracked deletion; the last one's properties count, as after accepting. */
typedef struct kk_para_ref {
    uint32_t first, last; /* KK_NODE_P indices in the part of its story */
} kk_para_ref;

/* Where a content control comes from. Run controls have no node. */
typedef struct kk_control_ref {
    uint32_t part;                   /* index into parts */
    uint32_t node;                   /* KK_NODE_SDT or KK_NONE for run controls */
    uint32_t begin, end;             /* the w:sdt element in raw */
    uint32_t inner_begin, inner_end; /* inside of its w:sdtContent */
    uint32_t id;                     /* w:id as the unsigned 32-bit pattern, 0 if absent */
} kk_control_ref;

/* One control of a managed clause (a clause in a table has one per row). Sorted by (managed, part,
 * node). */
typedef struct kk_managed_ref {
    uint32_t managed; /* index into text.managed */
    uint32_t control; /* index into text.controls */
} kk_managed_ref;

struct kk_docx {
    kk_arena *arena;  /* lives as long as the document */
    kk_str bytes;     /* the file; borrowed */
    kk_limits limits; /* all fields set */
    kk_package package;
    kk_styles styles;
    kk_numbering numbering;
    kk_settings settings;

    kk_text text; /* its arrays are heap memory owned by this struct, spread through text_owner */
    void *text_owner;
    kk_part *parts; /* one per XML part with stories; parts[0] is the main part */
    uint32_t n_parts;
    uint32_t *story_part;   /* per text.stories: index into parts */
    uint32_t *story_node;   /* per text.stories: its KK_NODE_BODY */
    kk_para_ref *para_refs; /* per text.paras */
    uint32_t *table_nodes;  /* per text.tables: KK_NODE_TBL */
    uint32_t *cell_nodes;   /* per text.cells: KK_NODE_TC; of a gridBefore/After gap: KK_NONE */
    kk_control_ref *control_refs; /* per text.controls */
    kk_managed_ref *managed_refs;
    uint32_t n_managed_refs;

    /* The writing half: everything it records. Freed by free_edits if not NULL. */
    void *edits;
    void (*free_edits)(void *edits);
};

/* Part of a paragraph (through its story). */
static inline kk_part *kk_docx_part_of(const kk_docx *doc, uint32_t para)
{
    return &doc->parts[doc->story_part[doc->text.paras[para].story]];
}

/* Index of the part with that name, KK_NONE if none. */
uint32_t kk_docx_part_index(const kk_docx *doc, kk_str name);

/* Maps TEXT offset `at` of a part to raw: the segment that holds it, by binary search; NULL if at
 * lies outside. An offset at a border belongs to the segment that begins there. */
const kk_segment *kk_part_segment(const kk_part *part, uint32_t at);

/* Innermost block node whose [begin, end) holds raw offset `at`; nodes[0] at least. */
uint32_t kk_part_node_at(const kk_part *part, uint32_t at);

#endif
