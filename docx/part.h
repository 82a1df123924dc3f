/* One XML part as flat arrays: block nodes with exact byte ranges, paragraphs, and the map from TEXT
 * back to bytes. Written by story.c, read by everything that edits. Offsets are bytes into `raw`. */
#ifndef KK_PART_H
#define KK_PART_H

#include "arena.h"

#include <klimakrav/text.h>

typedef enum kk_node_kind {
    KK_NODE_ROOT = 0,  /* w:document, w:hdr, w:footnotes ... */
    KK_NODE_BODY,      /* w:body, one w:footnote, w:comment, w:txbxContent, w:hdr itself */
    KK_NODE_P,
    KK_NODE_TBL,
    KK_NODE_TR,
    KK_NODE_TC,
    KK_NODE_SDT,         /* w:sdt at block, row or cell level */
    KK_NODE_SDT_CONTENT, /* its w:sdtContent */
    KK_NODE_SECTPR,      /* w:sectPr as child of w:body */
    KK_NODE_RANGE,       /* bookmark, comment, move, permission, customXml range marker between blocks */
    KK_NODE_CUSTOMXML,   /* w:customXml, w:smartTag around blocks */
    KK_NODE_OTHER        /* altChunk, block-level w:ins/w:del wrapper, mc:AlternateContent, math ... */
} kk_node_kind;

enum {
    KK_NODE_EMPTY_TAG = 1u << 0,    /* written <x/>; inner_begin == inner_end == end */
    KK_NODE_LOCKED = 1u << 1,       /* SDT: w:lock sdtContentLocked or contentLocked */
    KK_NODE_DATABOUND = 1u << 2,    /* SDT: w:dataBinding or w15:dataBinding */
    KK_NODE_REPEATING = 1u << 3,    /* SDT: repeating section or item */
    KK_NODE_PLACEHOLDER = 1u << 4,  /* SDT: w:showingPlcHdr */
    KK_NODE_HAS_SECTPR = 1u << 5,   /* P: its pPr holds a w:sectPr */
    KK_NODE_MARK_INS = 1u << 6,     /* P/TR: mark tracked as inserted */
    KK_NODE_MARK_DEL = 1u << 7,     /* P/TR: mark tracked as deleted */
    KK_NODE_MARK_MOVE = 1u << 8,    /* P: mark in moveFrom or moveTo */
    KK_NODE_PERM = 1u << 9,         /* inside a permStart/permEnd range */
    KK_NODE_FIELD_OPEN = 1u << 10,  /* P: a complex field is open when it ends */
    KK_NODE_OURS = 1u << 11,        /* SDT: tag begins with "kk:" */
    KK_NODE_SDT_LOCKED = 1u << 12,  /* SDT: w:lock sdtLocked (control only, content may change) */
    KK_NODE_FOREIGN_TRACK = 1u << 13 /* P: mark tracked (ins, del, move) by whoever */
};

typedef struct kk_node {
    uint32_t begin, end;             /* whole element */
    uint32_t inner_begin, inner_end; /* between start tag and end tag */
    uint32_t parent, next, first;    /* node indices, KK_NONE where absent; next = next sibling */
    uint32_t para;                   /* P: index into kk_text.paras (KK_NONE if not shown) */
    uint32_t ppr_begin, ppr_end;     /* P: w:pPr element (0,0 if none); TBL: tblPr; TR: trPr; TC: tcPr;
                                        SDT: sdtPr */
    uint32_t flags;                  /* KK_NODE_* */
    kk_node_kind kind;
} kk_node;

typedef enum kk_segment_kind {
    KK_SEG_LITERAL = 0, /* text and raw advance together */
    KK_SEG_ENTITY,      /* one replaced character reference or composed letter: atomic */
    KK_SEG_SYNTHETIC    /* tab, break, paragraph end: no raw text (raw = where it would be) */
} kk_segment_kind;

/* 16 bytes; sorted by text. The segment ends where the next begins (in text); its raw length is equal to its
 * text length when LITERAL, else up to raw_end of the source element. */
typedef struct kk_segment {
    uint32_t text; /* offset into kk_text.utf8 */
    uint32_t raw;  /* offset into part.raw */
    uint32_t run;  /* raw offset of the `<` of the enclosing w:r, or KK_NONE */
    uint32_t kind : 8;
    uint32_t raw_len : 24; /* ENTITY: raw bytes that it stands for */
} kk_segment;

typedef struct kk_part {
    kk_str name;        /* without leading slash */
    kk_str raw;         /* inflated bytes; transcoded to UTF-8 when `transcoded` */
    bool transcoded;    /* was UTF-16: audited, not edited */
    bool strict;        /* ISO 29500 Strict namespaces */
    kk_str w;           /* prefix bound to the main namespace at the root, without colon ("w"; "" = default
                           namespace) */
    kk_str w14;         /* prefix bound to w14 and listed in mc:Ignorable, or empty */
    kk_node *nodes;     /* document order (preorder); nodes[0] is the root */
    uint32_t n_nodes;
    kk_segment *segments;
    uint32_t n_segments;
    uint32_t para_begin, para_end; /* its paragraphs in kk_text.paras */
    uint32_t max_id_hint;          /* largest decimal w:id seen on sdt or revision in this part */
} kk_part;

#endif
