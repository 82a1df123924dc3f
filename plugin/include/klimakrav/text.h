/* TEXT and BLOCKS: the two neutral words between docx, rules and the hosts.
 * TEXT is what a reader sees (accepted view of tracked changes) with paragraph attributes.
 * BLOCKS is what a clause consists of, before it is dressed like its neighbours.
 * All offsets are bytes into kk_text.utf8, half-open. All kk_str live as long as their owner. */
#ifndef KLIMAKRAV_TEXT_H
#define KLIMAKRAV_TEXT_H

#include <klimakrav/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- TEXT ---------------------------------------------------------------------------------- */

typedef enum kk_story_kind {
    KK_STORY_BODY = 0,
    KK_STORY_HEADER,
    KK_STORY_FOOTER,
    KK_STORY_FOOTNOTE,
    KK_STORY_ENDNOTE,
    KK_STORY_COMMENT,
    KK_STORY_TEXTBOX
} kk_story_kind;

/* One running text. Paragraphs [para_begin, para_end) of kk_text.paras. Body is always story 0. */
typedef struct kk_story {
    kk_story_kind kind;
    uint32_t para_begin, para_end;
    kk_str part; /* part name without leading slash, "word/document.xml"; "" at the text door */
} kk_story;

enum {
    KK_PARA_TOC = 1u << 0,       /* entry of a generated table of contents or list of figures */
    KK_PARA_LIST = 1u << 1,      /* list item (and not a heading) */
    KK_PARA_NUMBERED = 1u << 2,  /* its list or heading shows a number or letter, not a bullet */
    KK_PARA_GUESSED = 1u << 3,   /* heading level guessed from a short bold or hand-numbered line */
    KK_PARA_BOLD = 1u << 4,      /* every visible letter is bold */
    KK_PARA_HIDDEN = 1u << 5,    /* every letter is hidden (w:vanish) */
    KK_PARA_INSERTED = 1u << 6,  /* paragraph mark is a pending tracked insertion */
    KK_PARA_TITLE = 1u << 7,     /* style Title or Subtitle */
    KK_PARA_PENDING = 1u << 8,   /* any pending tracked change touches the paragraph */
    KK_PARA_GUIDANCE = 1u << 9   /* guidance look: hidden, highlighted, or wholly italic/coloured */
};

typedef struct kk_para {
    uint32_t begin, end;  /* text of the paragraph; the '\n' at utf8[end] is not part of it */
    uint32_t story;       /* index into stories */
    uint32_t cell;        /* innermost table cell, index into cells, or KK_NONE */
    uint32_t control;     /* innermost block/row/cell content control, or KK_NONE */
    uint32_t managed;     /* clause of ours that it belongs to, index into managed, or KK_NONE */
    uint32_t flags;       /* KK_PARA_* */
    uint8_t heading;      /* 0 = body text, 1..9 = heading level */
    uint8_t list_level;   /* 1..9 for list items, else 0 */
    uint8_t lang;         /* kk_lang from w:lang (majority of runs); UNSET if not stated */
    kk_str number;        /* visible number as printed, "4.2" or "K1.12" or "a)", else empty */
    kk_str style;         /* canonical style name in lower case ("heading 1", "body text") */
} kk_para;

/* rows x cols grid; cells of a table are contiguous in kk_text.cells, row by row. */
typedef struct kk_table {
    uint32_t story;
    uint32_t n_rows, n_cols;
    uint32_t cell_begin, cell_end;
    uint32_t para_begin, para_end; /* paragraphs inside, nested tables included */
    uint32_t parent_cell;          /* cell that holds this table, or KK_NONE */
} kk_table;

enum {
    KK_CELL_VMERGED = 1u << 0, /* continues the cell above (w:vMerge without restart) */
    KK_CELL_HEADER = 1u << 1   /* in a row marked as repeating header */
};

typedef struct kk_cell {
    uint32_t table;
    uint32_t row, col;           /* 0-based grid position */
    uint32_t col_span, row_span; /* at least 1; row_span counts VMERGED cells below */
    uint32_t para_begin, para_end;
    uint32_t flags; /* KK_CELL_* */
} kk_cell;

typedef enum kk_control_kind {
    KK_CONTROL_BLOCK = 0,
    KK_CONTROL_RUN,
    KK_CONTROL_ROW,
    KK_CONTROL_CELL
} kk_control_kind;

enum {
    KK_CONTROL_LOCKED = 1u << 0,      /* content or control may not be changed (w:lock) */
    KK_CONTROL_DATABOUND = 1u << 1,   /* w:dataBinding */
    KK_CONTROL_PLACEHOLDER = 1u << 2, /* shows its placeholder text (w:showingPlcHdr) */
    KK_CONTROL_REPEATING = 1u << 3    /* repeating section or its item */
};

typedef struct kk_control {
    kk_control_kind kind;
    uint32_t begin, end; /* text inside */
    uint32_t parent;     /* enclosing control or KK_NONE */
    uint32_t flags;      /* KK_CONTROL_* */
    kk_str tag, alias;
} kk_control;

typedef enum kk_span_kind {
    KK_SPAN_INSERTED = 0, /* pending tracked insertion (text is in utf8) */
    KK_SPAN_DELETED,      /* pending tracked deletion: begin == end, the deleted text in `text` */
    KK_SPAN_HIDDEN,       /* w:vanish */
    KK_SPAN_HIGHLIGHT,    /* w:highlight or a run shading used as marker */
    KK_SPAN_COLOUR,       /* coloured letters: not automatic, black, dark grey or white */
    KK_SPAN_ITALIC,
    KK_SPAN_BOLD,
    KK_SPAN_PLACEHOLDER,  /* run control that shows its placeholder text */
    KK_SPAN_FIELD,        /* result of a field (cross-reference, page number, date) */
    KK_SPAN_FILLIN,       /* one of our clause fields, `text` = its name */
    KK_SPAN_COMMENTED     /* range of a Word comment, `text` = comment id */
} kk_span_kind;

/* Sorted by (begin, kind). Neighbouring runs of one kind are joined. */
typedef struct kk_span {
    uint32_t begin, end;
    kk_span_kind kind;
    kk_str text;
    kk_str author; /* tracked changes only */
} kk_span;

enum {
    KK_MANAGED_PENDING = 1u << 0, /* inserted as a tracked change that nobody has accepted yet */
    KK_MANAGED_UNTAGGED = 1u << 1, /* found by its text: the control or its tag was lost */
    KK_MANAGED_GONE = 1u << 2      /* no word of it is left: deleted, or its deletion is pending */
};

/* A clause that klimakrav once put in. One entry per clause, also when each row has its control. */
typedef struct kk_managed {
    kk_str clause;    /* id */
    kk_str version;
    kk_str tag_hash;  /* 12 hex digits from the tag: the text as it was inserted */
    kk_str text_hash; /* 12 hex digits over the text as it stands now (see interface.md § 4) */
    uint32_t para_begin, para_end; /* first and past-the-last paragraph, may hold foreign ones */
    uint32_t flags;                /* KK_MANAGED_* */
} kk_managed;

enum {
    KK_FACT_TRACK_ON = 1u << 0,   /* trackRevisions is set */
    KK_FACT_PENDING = 1u << 1,    /* tracked changes are pending somewhere */
    KK_FACT_PROTECTED = 1u << 2,  /* documentProtection enforced */
    KK_FACT_SIGNED = 1u << 3,
    KK_FACT_MACROS = 1u << 4,
    KK_FACT_TEMPLATE = 1u << 5,   /* dotx or dotm */
    KK_FACT_STRICT = 1u << 6,     /* ISO 29500 Strict namespaces */
    KK_FACT_UNREAD = 1u << 7      /* holds text that was not read: altChunk, subDoc */
};

typedef struct kk_text {
    const char *utf8; /* valid UTF-8, NUL-terminated; every paragraph followed by one '\n' */
    uint32_t len;
    uint32_t facts; /* KK_FACT_* */
    const kk_para *paras;
    const kk_story *stories;
    const kk_table *tables;
    const kk_cell *cells;
    const kk_control *controls;
    const kk_span *spans;
    const kk_managed *managed;
    uint32_t n_paras, n_stories, n_tables, n_cells, n_controls, n_spans, n_managed;
} kk_text;

/* ---- BLOCKS -------------------------------------------------------------------------------- */

typedef enum kk_inline_kind {
    KK_INLINE_TEXT = 0,
    KK_INLINE_BOLD,
    KK_INLINE_FIELD
} kk_inline_kind;

/* FIELD: text is the value to show (given, or the default, or a placeholder such as "[andel]");
 * name is never empty; filled is false when the reader must still decide. A default that nobody
 * confirmed is shown but stays unfilled. */
typedef struct kk_inline {
    kk_inline_kind kind;
    bool filled;
    kk_str text;
    kk_str name;
    kk_str unit; /* "%", "kg CO2e", ... already part of the running text; for hosts that build forms */
} kk_inline;

/* What a table column means. */
typedef enum kk_role {
    KK_ROLE_NONE = 0,
    KK_ROLE_NUMBER,        /* Nr */
    KK_ROLE_REQUIREMENT,   /* Krav, Beskrivelse */
    KK_ROLE_TYPE,          /* Type A/B, må/bør, absolutt/evaluering */
    KK_ROLE_CRITERION,     /* Kriterium, Underkriterium */
    KK_ROLE_WEIGHT,        /* Vekt, Vekting, Poeng */
    KK_ROLE_PRIORITY,      /* Prioritet, Rangering */
    KK_ROLE_DOCUMENTATION, /* Dokumentasjon(skrav), Verifikat */
    KK_ROLE_ANSWER,        /* Leverandørens svar, Oppfylt J/N */
    KK_ROLE_EVALUATION,    /* Evalueres slik, Evalueringsmetode */
    KK_ROLE_OTHER
} kk_role;

typedef struct kk_block_cell {
    kk_role role;
    const kk_inline *inlines;
    uint32_t n_inlines;
} kk_block_cell;

typedef enum kk_block_kind {
    KK_BLOCK_HEADING = 0,
    KK_BLOCK_PARAGRAPH,
    KK_BLOCK_ITEM, /* list item */
    KK_BLOCK_ROW   /* table row: cells by role; inlines unused */
} kk_block_kind;

typedef struct kk_block {
    kk_block_kind kind;
    const kk_inline *inlines;
    uint32_t n_inlines;
    const kk_block_cell *cells;
    uint32_t n_cells;
} kk_block;

/* One clause in one language form, ready to be placed. */
typedef struct kk_blocks {
    kk_str clause;  /* id, at most 36 characters */
    kk_str version; /* at most 8 */
    kk_str title;   /* clause name in `lang`, for w:alias */
    kk_str hash;    /* 12 hex digits over the normalised text, see interface.md § 4 */
    kk_lang lang;
    const kk_block *blocks;
    uint32_t n_blocks;
} kk_blocks;

#ifdef __cplusplus
}
#endif
#endif
