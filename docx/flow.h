/* Running text under construction: bytes, paragraphs, segments, spans, tables of one or more
 * stories. Filled by the story_*.c files; knows nothing of XML events. A text box is a flow of its
 * own until it is appended behind the body. */
#ifndef KK_FLOW_H
#define KK_FLOW_H

#include "arena.h"
#include "buf.h"
#include "docx_internal.h"
#include "vec.h"

enum { KK_SPAN_KINDS = KK_SPAN_COMMENTED + 1 };

/* A complex or simple field that is open. */
typedef struct kk_flow_field {
    bool code;      /* between begin and separate: what comes is not shown */
    bool toc;       /* TOC */
    uint8_t n;      /* bytes in instr */
    char instr[11]; /* beginning of the instruction, without leading white space */
    uint32_t para;  /* paragraph in which it began */
} kk_flow_field;

/* The run that is open. */
typedef struct kk_flow_run {
    uint32_t raw; /* of its '<' */
    kk_look direct, look;
    const kk_style *style;
    bool resolved; /* look is up to date */
} kk_flow_run;

/* A comment range that is open. */
typedef struct kk_flow_comment {
    kk_str id;
    uint32_t begin;
} kk_flow_comment;

/* The paragraph that is open, or waits to be joined with the next one. */
typedef struct kk_flow_para {
    bool open, joining;
    uint32_t first, last; /* nodes */
    uint32_t begin;       /* text */
    uint32_t container;   /* node of the container it stands in */
    uint32_t control;     /* innermost block, row or cell control */
    const kk_style *style;
    bool has_outline, has_num, has_ilvl;
    uint8_t outline, ilvl;
    uint32_t num_id;
    uint32_t flags;      /* KK_PARA_* as far as known */
    bool gone, inserted; /* the mark of the latest w:p is a tracked deletion, insertion */
    uint32_t letters, bold, hidden, guidance; /* bytes of letters and digits by look */
    uint32_t lang[KK_LANG_OTHER + 1];         /* bytes by language */
} kk_flow_para;

/* A table that is open. */
typedef struct kk_flow_table {
    uint32_t table;      /* index into tables */
    uint32_t rows, cols; /* seen so far */
    uint32_t col;        /* next grid column of the open row */
    uint32_t cell;       /* open cell (index into cells) or KK_NONE */
    uint32_t after;      /* gridAfter of the open row */
    bool row_header, row_open;
    KK_VEC(kk_cell) cells; /* its own; moved behind the flow's cells when it closes */
    KK_VEC(uint32_t) cell_nodes;
    KK_VEC(uint32_t) paras;       /* paragraphs directly in it, whose cell is still a local index */
    KK_VEC(uint32_t) tables;      /* tables directly in it, likewise */
    KK_VEC(uint32_t) above, here; /* cells of the previous and the open row that merge downwards */
    uint32_t above_at;
} kk_flow_table;

typedef struct kk_flow_pair {
    uint32_t node, para;
} kk_flow_pair;

typedef struct kk_flow {
    kk_buf text;
    KK_VEC(kk_para) paras;
    KK_VEC(kk_para_ref) para_refs;
    KK_VEC(kk_story) stories;
    KK_VEC(uint32_t) story_nodes;
    KK_VEC(kk_table) tables;
    KK_VEC(uint32_t) table_nodes;
    KK_VEC(kk_cell) cells;
    KK_VEC(uint32_t) cell_nodes;
    KK_VEC(kk_control) controls;
    KK_VEC(kk_control_ref) control_refs;
    KK_VEC(kk_span) spans;
    KK_VEC(kk_segment) segments;
    KK_VEC(kk_flow_pair) node_paras; /* P nodes and their paragraphs */

    kk_flow_para para;
    KK_VEC(kk_flow_run) runs; /* the innermost is the last */
    KK_VEC(kk_flow_field) fields;
    uint32_t codes; /* fields of `fields` that show their code */
    uint32_t tocs;  /* ... that are tables of contents and show their result */
    KK_VEC(kk_flow_comment) comments;
    kk_span open[KK_SPAN_KINDS]; /* begin == end: none */
    kk_buf deleted;              /* text of the tracked deletion that is being collected */
    bool deleting;
    kk_str deleted_author;
    KK_VEC(kk_flow_table *) open_tables; /* pool; the first n_tables are open */
    uint32_t n_open_tables;
} kk_flow;

void kk_flow_init(kk_flow *flow);
void kk_flow_dispose(kk_flow *flow);
/* Empties the arrays of a finished flow, keeping memory. */
void kk_flow_clear(kk_flow *flow);

/* Appends text to the open paragraph with its segment. For LITERAL, raw has the same bytes; for
 * ENTITY raw_len bytes stand behind it. False when out of memory or past 4 GiB. */
bool kk_flow_append(kk_flow *flow, kk_segment_kind kind, kk_str text, uint32_t raw,
                    uint32_t raw_len, uint32_t run);
/* Marks [begin, end) of the text just appended as one span kind; joined with its neighbour if it
 * touches and tells the same. */
bool kk_flow_mark(kk_flow *flow, kk_span_kind kind, uint32_t begin, kk_str text, kk_str author);
/* Ends all open spans. */
bool kk_flow_flush(kk_flow *flow);
/* Collects the text of a tracked deletion at the present place. */
bool kk_flow_delete(kk_flow *flow, kk_arena *arena, kk_str text, kk_str author);
/* Ends the collection. */
bool kk_flow_flush_deleted(kk_flow *flow, kk_arena *arena);

/* Appends all of src behind dst (both without an open paragraph) and moves every index. */
bool kk_flow_join(kk_flow *dst, const kk_flow *src);

static inline uint32_t kk_flow_at(const kk_flow *flow)
{
    return (uint32_t)flow->text.len;
}

#endif
