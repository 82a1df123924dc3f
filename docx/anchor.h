/* Where the range of a comment begins and ends in raw bytes: between runs, or inside one that has
 * to be split. Reads the map from TEXT to bytes; writes nothing but splices. */
#ifndef KK_ANCHOR_H
#define KK_ANCHOR_H

#include "edits.h"
#include "wml.h"

/* One border of a range. */
typedef struct kk_anchor {
    uint32_t raw;      /* offset where the marker goes */
    uint32_t run;      /* run to split there, KK_NONE: between elements */
    bool in_text;      /* ... inside the character data of a w:t */
    uint32_t text_tag; /* in_text: offset of that <w:t */
} kk_anchor;

/* Where the three markers of a comment go. */
typedef struct kk_anchors {
    kk_anchor from, to;
    uint32_t reference; /* of the reference run; to.raw when the run is split there anyway */
    uint32_t empty; /* end of the paragraph when it is written <w:p/> and must be opened, else 0 */
} kk_anchors;

/* Borders of TEXT [begin, end) of paragraph `para`, and where the reference run goes (`reference`:
 * right behind the top-level child of the paragraph that holds the end). An empty range stands at
 * the start of the paragraph. Inside a run control the range covers the whole control. */
void kk_anchor_find(const kk_docx *doc, uint32_t para, uint32_t begin, uint32_t end,
                    kk_anchors *out);

/* Records all three markers of a comment on a paragraph written <w:p/>; a second comment on it
 * joins the first. `end` is kk_anchors.empty. */
kk_status kk_anchor_open(kk_docx *doc, uint32_t part, uint32_t end, kk_str markers, kk_error *err);

/* Records `marker` at an anchor, splitting the run where needed. */
kk_status kk_anchor_put(kk_docx *doc, uint32_t part, const kk_anchor *anchor, kk_str marker,
                        kk_error *err);

#endif
