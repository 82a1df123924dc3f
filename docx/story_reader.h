/* State of reading stories, shared by the story_*.c files and nobody else. */
#ifndef KK_STORY_READER_H
#define KK_STORY_READER_H

#include "flow.h"
#include "look.h"
#include "strmap.h"
#include "xmlscan.h"

/* What an open element is to us. */
typedef enum kk_frame_kind {
    KK_FRAME_PLAIN = 0, /* transparent: children count as those of its parent */
    KK_FRAME_LEAF,      /* nothing inside counts */
    KK_FRAME_SKIP,      /* the same, without a frame: only said by functions that choose */
    KK_FRAME_ROOT,
    KK_FRAME_BODY, /* a story: w:body, w:hdr, one note or comment */
    KK_FRAME_BOX,  /* w:txbxContent */
    KK_FRAME_P,
    KK_FRAME_PPR,
    KK_FRAME_MARK, /* w:rPr of the paragraph mark */
    KK_FRAME_NUMPR,
    KK_FRAME_R,
    KK_FRAME_RPR,
    KK_FRAME_T,     /* w:t, m:t */
    KK_FRAME_INSTR, /* w:instrText */
    KK_FRAME_TBL,
    KK_FRAME_TBLPR,
    KK_FRAME_TR,
    KK_FRAME_TRPR,
    KK_FRAME_TC,
    KK_FRAME_TCPR,
    KK_FRAME_SDT,
    KK_FRAME_SDTPR,
    KK_FRAME_DOCPART,
    KK_FRAME_CONTENT, /* w:sdtContent */
    KK_FRAME_FIELD,   /* w:fldSimple */
    KK_FRAME_ALT,     /* mc:AlternateContent */
    KK_FRAME_NODE     /* a block node without meaning of its own */
} kk_frame_kind;

/* What an element is and which block node it makes. */
typedef struct kk_choice {
    kk_frame_kind kind;
    kk_node_kind node; /* KK_NODE_ROOT: none */
} kk_choice;

/* What may stand here. */
typedef enum kk_holder { KK_HOLDER_BLOCKS = 0, KK_HOLDER_ROWS, KK_HOLDER_CELLS } kk_holder;

/* What an element hands on to everything inside it. */
typedef struct kk_context {
    kk_holder holder;
    bool in_para;            /* in a w:p */
    bool deleted;            /* in w:del or w:moveFrom */
    bool inserted;           /* in w:ins or w:moveTo */
    bool suppressed;         /* in a deleted row or cell: nodes only */
    bool toc;                /* in the control of a table of contents */
    bool placeholder;        /* in a run control that shows its placeholder */
    bool link;               /* in w:hyperlink: its colour says nothing */
    bool preserve;           /* w:t with xml:space="preserve" */
    kk_str fillin;           /* name of our fill-in field around, or empty */
    kk_str author;           /* of the tracked change around */
    uint32_t control;        /* innermost block, row or cell control of the flow, or KK_NONE */
    uint32_t parent_control; /* ... run controls included */
    uint32_t container;      /* node of the innermost container of blocks */
    uint32_t node;           /* innermost open node */
    uint32_t owner;          /* ... and the frame that is it */
} kk_context;

typedef struct kk_frame {
    kk_frame_kind kind;
    uint32_t node;       /* node that this element is, or KK_NONE */
    uint32_t last_child; /* of that node */
    uint32_t begin;      /* bytes of the element's start */
    uint32_t control;    /* SDT: index into the flow's controls */
    bool chosen;         /* ALT: a branch was taken */
    kk_context in;       /* for its children */
} kk_frame;

/* Properties of the cell being opened; it takes its place in the grid when they are complete. */
typedef struct kk_pending_cell {
    uint32_t span;
    bool vmerge, vmerge_restart, deleted;
} kk_pending_cell;

typedef struct kk_reader {
    kk_docx *doc;
    kk_error *err;
    kk_arena *scratch;       /* for composing letters; reset at will */
    kk_strmap strings;       /* authors and the like: index into interned */
    KK_VEC(kk_str) interned; /* in doc->arena */
    const kk_xml *xml;       /* during callbacks */

    kk_part *part; /* being read */
    uint32_t part_index;
    uint32_t node_base; /* nodes of this part begin here */
    KK_VEC(kk_node) nodes;
    KK_VEC(kk_part) parts;
    KK_VEC(uint32_t) node_begins, segment_begins; /* per part, for the views made at the end */
    kk_story_kind story_kind;                     /* of the part's bodies */

    KK_VEC(kk_frame) frames;
    uint32_t skip;       /* depth of the element that is passed over, 0 if none */
    uint32_t perms;      /* open permission ranges */
    kk_counter *counter; /* of this part, made at the first numbered paragraph */
    kk_buf number;

    kk_flow flow_main;      /* everything that is finished, and the body being read */
    kk_flow boxes;          /* finished text boxes of this part */
    kk_flow *flow;          /* the one being filled */
    KK_VEC(kk_flow *) pool; /* flows of open text boxes; the first n_open are in use */
    uint32_t n_open;
    kk_pending_cell cell;
    uint32_t facts;
} kk_reader;

static inline kk_frame *kk_reader_top(kk_reader *in)
{
    return &in->frames.items[in->frames.n - 1];
}

static inline kk_node *kk_reader_node(kk_reader *in, uint32_t node)
{
    return &in->nodes.items[in->node_base + node];
}

/* ---- story_scan.c: events ------------------------------------------------------------------ */

extern const kk_xml_handler kk_story_handler;
/* Makes a node under the innermost open one and puts it into the top frame. */
bool kk_reader_open_node(kk_reader *in, kk_node_kind kind, const kk_xml_tag *tag);
/* The same text, once in doc->arena; {NULL,0} when out of memory. */
kk_str kk_reader_intern(kk_reader *in, kk_str s);
/* A decimal id on a control or tracked change. */
void kk_reader_note_id(kk_reader *in, kk_str value);
/* A tracked change was seen; raises facts and marks the open paragraph. */
void kk_reader_pending(kk_reader *in);

/* ---- story_choose.c ------------------------------------------------------------------------ */

/* What a start tag under the top frame is; reads it if it is a property. *ok false: out of memory.
 */
kk_choice kk_story_choose(kk_reader *in, const kk_xml_tag *tag, bool *ok);

/* ---- story_para.c -------------------------------------------------------------------------- */

bool kk_para_open(kk_reader *in, const kk_xml_tag *tag);
bool kk_para_close(kk_reader *in, const kk_xml_tag *tag);
/* Child of w:pPr, of its w:rPr, of w:numPr. Returns the kind of frame for it. */
kk_frame_kind kk_para_property(kk_reader *in, const kk_xml_tag *tag);
kk_frame_kind kk_para_mark_property(kk_reader *in, const kk_xml_tag *tag);
void kk_para_num_property(kk_reader *in, const kk_xml_tag *tag);
/* A paragraph that waits to be joined stands alone after all. drop_empty: it goes if it has no
 * text. */
bool kk_para_settle(kk_reader *in, bool drop_empty);
/* Begins and ends a story (one running text) in the present flow. */
bool kk_story_open(kk_reader *in, kk_story_kind kind, uint32_t node);
bool kk_story_close(kk_reader *in);

/* ---- story_run.c --------------------------------------------------------------------------- */

bool kk_run_open(kk_reader *in, const kk_xml_tag *tag);
void kk_run_close(kk_reader *in);
void kk_run_property(kk_reader *in, const kk_xml_tag *tag);
/* Character data of w:t or w:delText. */
bool kk_run_text(kk_reader *in, uint32_t begin, uint32_t end);
/* Something shown that has no text in raw: tab, break, hyphen, symbol. */
bool kk_run_synthetic(kk_reader *in, const char *text, uint32_t raw);
bool kk_run_symbol(kk_reader *in, const kk_xml_tag *tag);
/* Character data of w:instrText. */
void kk_run_instruction(kk_reader *in, uint32_t begin, uint32_t end);
bool kk_field_char(kk_reader *in, const kk_xml_tag *tag);
bool kk_field_simple_open(kk_reader *in, const kk_xml_tag *tag);
void kk_field_close(kk_reader *in);
bool kk_comment_range(kk_reader *in, const kk_xml_tag *tag);

/* ---- story_table.c ------------------------------------------------------------------------- */

bool kk_table_open(kk_reader *in);
bool kk_table_close(kk_reader *in);
bool kk_row_open(kk_reader *in);
bool kk_row_close(kk_reader *in);
kk_frame_kind kk_row_property(kk_reader *in, const kk_xml_tag *tag);
void kk_cell_open(kk_reader *in);
/* The cell's properties are complete: it takes its place in the grid. */
bool kk_cell_begin(kk_reader *in, uint32_t node);
bool kk_cell_close(kk_reader *in);
kk_frame_kind kk_cell_property(kk_reader *in, const kk_xml_tag *tag);
/* Innermost open table of the flow, NULL if none. */
kk_flow_table *kk_table_innermost(kk_flow *flow);

/* ---- story_control.c ----------------------------------------------------------------------- */

bool kk_control_open(kk_reader *in, const kk_xml_tag *tag, kk_control_kind kind);
kk_frame_kind kk_control_property(kk_reader *in, const kk_xml_tag *tag, bool *ok);
/* w:sdtContent begins: the frame of the content learns what it stands in. */
void kk_control_content(kk_reader *in, const kk_xml_tag *tag);
void kk_control_content_end(kk_reader *in, const kk_xml_tag *tag);
void kk_control_close(kk_reader *in, const kk_xml_tag *tag);

/* ---- story_box.c --------------------------------------------------------------------------- */

bool kk_box_open(kk_reader *in);
bool kk_box_close(kk_reader *in);

/* ---- story_guess.c ------------------------------------------------------------------------- */

/* Headings without a heading style, and numbers typed by hand, in the body story. */
bool kk_story_guess(kk_flow *flow, kk_arena *arena);

#endif
