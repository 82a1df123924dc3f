/* How a clause is dressed: paragraph and run properties voted from the neighbours, never those of
 * the heading above or of guidance. Reads TEXT, styles and raw properties; writes nothing. */
#ifndef KK_DRESS_H
#define KK_DRESS_H

#include "place.h"

/* One kind of paragraph. Both views are the inside of the element, in schema order, in the prefix
 * of the part. */
typedef struct kk_dress_look {
    kk_str ppr; /* of w:pPr, without w:rPr, w:sectPr and tracked changes */
    kk_str rpr; /* of w:rPr of its runs, without w:lang */
} kk_dress_look;

/* Where the numbering of list items comes from. */
typedef enum kk_dress_list {
    KK_DRESS_LIST_COPIED = 0, /* in item.ppr already, or by its style */
    KK_DRESS_LIST_BULLET,     /* our own bullet list; made when needed */
    KK_DRESS_LIST_RESTART     /* a new w:num of restart_num's definition, beginning at 1 */
} kk_dress_list;

typedef struct kk_dress {
    kk_dress_look body, item, heading, chapter;
    kk_dress_list list;
    uint32_t restart_num, restart_level; /* w:numId and level (0..8) to restart */
    kk_str chapter_number; /* "6." when the sibling chapters carry typed numbers, else empty */
    bool chapter_tab;      /* a tab follows it, else a blank */
    kk_str heading_number; /* "3.2" when sub-headings carry typed numbers: of the first heading of
                              the clause, the next ones count on; else empty */
    bool heading_tab;
    bool heading_styled; /* heading shows up in a table of contents */
    bool chapter_styled;
    bool blank_between; /* the neighbours are set apart by empty paragraphs */
    bool blank_before;  /* a table stands right above */
    kk_str lang;        /* BCP 47 tag to state on runs, empty where the styles say it already */
    kk_str placeholder_style; /* styleId of "placeholder text", empty if there is none */
} kk_dress;

/* Chooses the dress for BLOCKS in that language at that spot. Views live in arena. KK_E_NOMEM only.
 */
kk_status kk_dress_choose(const kk_docx *doc, const kk_place *place, const kk_spot *spot,
                          kk_lang lang, kk_arena *arena, kk_dress *out);

/* ---- parts of it, also for table rows and tests -------------------------------------------- */

typedef enum kk_dress_kind {
    KK_DRESS_BODY = 0, /* no list, no heading, no emphasis */
    KK_DRESS_ITEM,     /* keeps its numbering */
    KK_DRESS_HEADING,  /* keeps numbering, outline level, emphasis */
    KK_DRESS_CELL      /* as BODY, but keeps alignment and numbering of a number column */
} kk_dress_kind;

/* Cleaned inside of the w:pPr of paragraph `node`; "" if it has none. {NULL,0} when out of memory.
 */
kk_str kk_dress_ppr(const kk_part *part, uint32_t node, kk_dress_kind kind, kk_arena *arena);
/* Cleaned run properties that most letters of the paragraph carry; those of its mark if it has no
 * letters. */
kk_str kk_dress_rpr(const kk_docx *doc, const kk_part *part, uint32_t node, kk_dress_kind kind,
                    kk_arena *arena);

/* Ballot box: votes for byte strings. */
typedef struct kk_ballot {
    struct kk_vote *votes; /* in the arena, at most 32 different ones */
    uint32_t n;
    bool failed; /* out of memory: the result must not be used */
} kk_ballot;

/* key is borrowed; {NULL,0} (out of memory) spoils the ballot. Votes for more than 32 different
 * keys are lost. */
void kk_ballot_vote(kk_ballot *ballot, kk_arena *arena, kk_str key, uint32_t weight, uint32_t tag);
/* Most votes; the later one on a tie. False when nobody voted or it is spoilt (*key is {NULL,0}
 * then). *tag is that of its last voter. */
bool kk_ballot_winner(const kk_ballot *ballot, kk_str *key, uint32_t *tag);

/* "nb-NO", "nn-NO", "en-GB" or empty. */
kk_str kk_dress_lang_tag(kk_lang lang);

#endif
