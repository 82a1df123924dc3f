/* The numbering part and the counting engine that gives paragraphs their visible numbers. */
#ifndef KK_NUMBERING_H
#define KK_NUMBERING_H

#include "arena.h"
#include "buf.h"
#include "styles.h"
#include "xmlscan.h"

#include <klimakrav/types.h>

typedef enum kk_numfmt {
    KK_NUMFMT_DECIMAL = 0,
    KK_NUMFMT_DECIMAL_ZERO, /* 01, 02 */
    KK_NUMFMT_LOWER_LETTER,
    KK_NUMFMT_UPPER_LETTER,
    KK_NUMFMT_LOWER_ROMAN,
    KK_NUMFMT_UPPER_ROMAN,
    KK_NUMFMT_ORDINAL,
    KK_NUMFMT_BULLET,
    KK_NUMFMT_NONE,
    KK_NUMFMT_OTHER /* shown as decimal */
} kk_numfmt;

#define KK_NUM_LEVELS 9

typedef struct kk_num_level {
    bool present;
    kk_numfmt fmt;
    bool legal;           /* w:isLgl: other levels shown as decimals */
    bool default_restart; /* no w:lvlRestart: restart after any higher level */
    uint8_t restart; /* w:lvlRestart: restart after this level (1-based) or higher; 0 = never */
    int32_t start;
    kk_str text;           /* w:lvlText, "%1.%2" */
    kk_str style;          /* w:pStyle: styleId linked to this level */
    int32_t left, hanging; /* twentieths of a point; hanging negative = firstLine */
    kk_look look;          /* of the number itself */
    uint32_t begin, end;   /* the w:lvl element in the numbering part */
} kk_num_level;

typedef struct kk_abstract_num {
    uint32_t id;           /* w:abstractNumId */
    kk_str style_link;     /* w:styleLink: this one defines that numbering style */
    kk_str num_style_link; /* w:numStyleLink: take the definition of that numbering style */
    uint32_t target;       /* index of the abstract numbering whose levels count: itself, or
                              what num_style_link leads to (cycles cut) */
    kk_num_level levels[KK_NUM_LEVELS];
    uint32_t begin, end; /* the w:abstractNum element */
} kk_abstract_num;

typedef struct kk_num_override {
    uint32_t num; /* index into nums */
    uint8_t level;
    bool has_start; /* w:startOverride */
    int32_t start;
    kk_num_level *def; /* w:lvl inside the override, or NULL */
} kk_num_override;

typedef struct kk_num {
    uint32_t id;                           /* w:numId */
    uint32_t abstract;                     /* index into abstracts or KK_NONE */
    uint32_t override_begin, override_end; /* in overrides */
    uint32_t begin, end;                   /* the w:num element */
} kk_num;

typedef struct kk_numbering {
    kk_abstract_num *abstracts;
    uint32_t n_abstracts;
    kk_num *nums;
    uint32_t n_nums;
    kk_num_override *overrides;
    uint32_t n_overrides;
    uint32_t *num_index;         /* sorted (id) order of nums, for lookup */
    uint32_t insert_num_at;      /* byte offset where a new w:num belongs (after the last one) */
    uint32_t insert_abstract_at; /* ... and a new w:abstractNum (before the first w:num) */
    uint32_t max_num_id, max_abstract_id;
    kk_str part; /* empty if there is no part */
    uint32_t entry;
    kk_str raw;
} kk_numbering;

/* Reads a numbering part (source->raw empty = none) and links it with the styles: their ilvl
 * through w:pStyle, numbering styles through numStyleLink. arena and raw outlive *numbering. Errors
 * as kk_xml_scan. */
kk_status kk_numbering_read(kk_numbering *numbering, kk_arena *arena, kk_styles *styles,
                            const kk_xml_source *source, const kk_limits *limits, kk_error *err);

/* NULL if there is no such w:numId (0 never exists). Logarithmic. */
const kk_num *kk_num_by_id(const kk_numbering *numbering, uint32_t id);
/* Level 0..8 as it counts for that num, overrides and style links heeded; NULL if not defined. */
const kk_num_level *kk_num_level_of(const kk_numbering *numbering, const kk_num *num,
                                    uint32_t level);

/* ---- counting ------------------------------------------------------------------------------ */

/* Counters of one story. */
typedef struct kk_counter kk_counter;

/* NULL when out of memory. In heap; numbering outlives it. */
kk_counter *kk_counter_new(const kk_numbering *numbering);
void kk_counter_free(kk_counter *counter);
/* Counts one paragraph of that num and level (0..8) and writes what is printed before it, without
 * trailing white space, into out ("4.2", "a)", "Krav 3:"); a bullet gives the empty text and
 * *bullet = true. False when out of memory. */
bool kk_counter_next(kk_counter *counter, const kk_num *num, uint32_t level, kk_buf *out,
                     bool *bullet);

/* Appends value in that format: 4 -> "4", "d", "IV". */
void kk_num_print(kk_buf *out, kk_numfmt fmt, int32_t value);

#endif
