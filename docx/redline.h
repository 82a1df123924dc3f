/* The difference of one paragraph, word by word: what stands in it as a stream of text, fields and
 * other things (redstream.c), and the new bytes of its content (redline.c). */
#ifndef KK_REDLINE_H
#define KK_REDLINE_H

#include "diff.h"
#include "docx_internal.h"
#include "render.h"
#include "vec.h"

typedef enum kk_red_kind {
    KK_RED_TEXT = 0, /* characters of one run */
    KK_RED_FIELD,    /* a fill-in field of ours: goes or stays whole */
    KK_RED_OTHER     /* bookmark, comment mark, deleted text ...: always stays */
} kk_red_kind;

typedef struct kk_red_item {
    kk_red_kind kind;
    uint32_t from, to;   /* TEXT: offsets in the stream's text; others: where they stand */
    uint32_t begin, end; /* FIELD, OTHER: raw element */
    uint32_t run_begin,
        run_inner; /* start tag of the enclosing w:r; run_begin KK_NONE outside runs */
    uint32_t rpr_begin, rpr_end; /* its w:rPr; both 0 without one */
    uint32_t ins;                /* raw offset of the enclosing w:ins, or KK_NONE */
    uint32_t top_begin, top_end; /* child of the paragraph that holds it */
    kk_str name;                 /* FIELD */
    kk_str shown;                /* FIELD: its words as they stand in the markup */
    bool placeholder;            /* FIELD: nobody has filled it in */
    bool cut;                    /* FIELD: goes (set by redline.c) */
} kk_red_item;

/* Lives in arena but for its buffers; dispose also after failure. */
typedef struct kk_red_stream {
    const kk_part *part;
    kk_arena *arena;
    kk_buf text; /* decoded characters of all TEXT items */
    KK_VEC(uint32_t)
    raw; /* per byte of text: raw offset of the character or element it comes from */
    KK_VEC(uint32_t) past; /* ... and past it */
    KK_VEC(kk_red_item) items;
    bool odd; /* holds text in a way that is not told apart here (links, nested controls) */
} kk_red_stream;

/* Reads the content of paragraph `node`. KK_E_NOMEM only. */
kk_status kk_red_read(kk_red_stream *out, const kk_part *part, uint32_t node, kk_arena *arena);
void kk_red_dispose(kk_red_stream *stream);

/* How a paragraph is rewritten. */
typedef struct kk_redline {
    const kk_render *render;  /* wml: tracking, author, date, ids; its out is where bytes go */
    const kk_inline *inlines; /* what the paragraph says from now on */
    uint32_t n_inlines;
    kk_str
        own_author; /* pending insertions of this author are ours: what goes of them goes at once */
    uint32_t keep;  /* bytes of the old text that stay whatever they say: a typed number */
    const char *const *drop; /* run properties not taken over from the old text */
} kk_redline;

/* Appends the new content of the paragraph (everything behind its w:pPr) to render->wml->out; *same
 * when it would be the old one. n_inlines == 0: all text goes. KK_E_NOMEM only. */
kk_status kk_red_write(const kk_redline *how, kk_red_stream *old, bool *same);

#endif
