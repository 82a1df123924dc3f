/* What the files award*.c share: criteria while they are read. Internal to them. */
#ifndef KK_AWARD_READER_H
#define KK_AWARD_READER_H

#include "award.h"

/* A criterion while it is read. Drafts stand in preorder: a node, then what is below it. */
typedef struct kk_draft {
    kk_criterion node;
    uint32_t name_begin, name_end;       /* text offsets */
    uint32_t content_begin, content_end; /* name and what stands with it (row, paragraphs below) */
    uint32_t proof_begin, proof_end;     /* documentation cell or text; empty when there is none */
    uint32_t more_begin, more_end;       /* section elsewhere in the chapter that describes it */
    double value;                        /* as written, -1 when not stated */
    bool fraction_of_parent;             /* "30 % av kvalitet" */
    bool points;                         /* points or a bare number, not per cent */
    bool shared;                         /* its weight is merged with that of the node above it */
    uint32_t depth;                      /* 0 = top level */
    uint32_t group;                      /* criteria that together make up the whole */
    kk_str plain;                        /* the name tidied, in small letters; see award_name.c */
    uint32_t plain_begin, plain_end;     /* the name that plain was made from */
} kk_draft;

typedef struct kk_award_reader {
    const kk_probe *probe;
    const kk_text *text;
    uint32_t doc;
    kk_draft *drafts;
    size_t n, cap;
    uint32_t group; /* of the drafts that are added now */
    kk_str lot;     /* label of the lot that running text speaks of, or empty */
    kk_award *out;
    kk_error *err;
} kk_award_reader;

/* ---- award.c ------------------------------------------------------------------------------- */

kk_status kk_award_add(kk_award_reader *r, const kk_draft *draft);
/* Moves drafts [from, n) below draft `target`, after what it has already. KK_E_NOMEM. */
kk_status kk_award_adopt(kk_award_reader *r, size_t from, size_t target);
bool kk_award_has_children(const kk_award_reader *r, size_t draft);
/* True when pattern id hits within the range. */
bool kk_award_says(const kk_award_reader *r, const char *id, uint32_t begin, uint32_t end);
bool kk_award_find(const kk_award_reader *r, const char *id, uint32_t begin, uint32_t end,
                   kk_evidence *at);
kk_str kk_award_slice(const kk_award_reader *r, uint32_t begin, uint32_t end);
/* Body text that a reader sees: no table of contents, nothing hidden, no guidance outside tables.
 */
bool kk_award_visible(const kk_award_reader *r, uint32_t para);

/* ---- award_name.c -------------------------------------------------------------------------- */

/* Three letters or more? */
bool kk_award_has_letters(const kk_award_reader *r, uint32_t begin, uint32_t end);
/* Cuts numbering, dashes, brackets and words that name nothing ("vektes med", "Kriteriet") off both
 * ends. */
void kk_award_tidy(const kk_award_reader *r, uint32_t *begin, uint32_t *end);
/* The draft whose name stands in [begin, end) as whole words, the longest such name; or SIZE_MAX.
 */
size_t kk_award_named_in(const kk_award_reader *r, uint32_t begin, uint32_t end);
/* The draft of the current group with this name, or SIZE_MAX. */
size_t kk_award_same_name(const kk_award_reader *r, uint32_t begin, uint32_t end);

/* Does one of the drafts [from, n) have the name of one before them? Then they say again what is
 * known. */
bool kk_award_repeats(const kk_award_reader *r, size_t from);

/* ---- award_sentence.c ---------------------------------------------------------------------- */

/* Where a sentence stands. */
typedef struct kk_award_spot {
    uint32_t para;
    uint32_t depth;
    bool prose; /* running text, not a heading or list item: stricter */
    uint32_t topic_begin,
        topic_end; /* what it is about when it names nothing itself; may be empty */
} kk_award_spot;

/* Adds the criteria with weights that the sentences of [begin, end) state. *any: there were some,
 * also if they were known already. */
kk_status kk_award_sentences(kk_award_reader *r, const kk_award_spot *spot, uint32_t begin,
                             uint32_t end, bool *any);
/* Adds the criteria that a sentence lists without weights ("pris, klima og kvalitet"), ranked 1, 2
 * ... when `ranked`. False in *any when it lists none. */
kk_status kk_award_names(kk_award_reader *r, uint32_t para, uint32_t begin, uint32_t end,
                         bool ranked, bool *any);

/* ---- the readers --------------------------------------------------------------------------- */

/* Reads one table as criteria; adds nothing when it is none. in_section: it stands in an award
 * chapter, so less is asked of its columns. ranked: the text before it says that its rows are in
 * order of priority. */
kk_status kk_award_table(kk_award_reader *r, uint32_t table, bool in_section, bool ranked);
/* Reads paragraphs [begin, end) of an award chapter: headings, lists, running text. */
kk_status kk_award_paragraphs(kk_award_reader *r, uint32_t begin, uint32_t end);
/* Criteria that a chapter lists with neither weight nor rank. */
kk_status kk_award_bare_names(kk_award_reader *r, uint32_t begin, uint32_t end);
/* For criteria read from tables: sections and lists in [begin, end) that describe or split them. */
kk_status kk_award_describe(kk_award_reader *r, uint32_t begin, uint32_t end);

/* ---- award_tree.c, award_judge.c ----------------------------------------------------------- */

/* Parents, and weights in per cent of the whole. */
void kk_award_weigh(kk_award_reader *r);
/* Index past the subtree of draft i. */
size_t kk_award_subtree_end(const kk_award_reader *r, size_t i);
/* Tells what measures climate or environment; fills r->out. */
kk_status kk_award_judge(kk_award_reader *r);

#endif
