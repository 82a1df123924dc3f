/* The styles part: names, inheritance, looks. Knows nothing of stories. */
#ifndef KK_STYLES_H
#define KK_STYLES_H

#include "arena.h"
#include "strmap.h"

#include <klimakrav/types.h>

typedef enum kk_style_type {
    KK_STYLE_PARAGRAPH = 0,
    KK_STYLE_CHARACTER,
    KK_STYLE_TABLE,
    KK_STYLE_NUMBERING
} kk_style_type;

/* How letters look, as far as rules ask. Each property is set, cleared or not mentioned. */
enum {
    KK_LOOK_BOLD = 1u << 0,
    KK_LOOK_ITALIC = 1u << 1,
    KK_LOOK_HIDDEN = 1u << 2, /* vanish */
    KK_LOOK_HIGHLIGHT =
        1u << 3, /* w:highlight not "none", or a run shading that is not white or auto */
    KK_LOOK_COLOUR = 1u << 4 /* neither automatic, black, dark grey nor white */
};

#define KK_LOOK_TOGGLES (KK_LOOK_BOLD | KK_LOOK_ITALIC | KK_LOOK_HIDDEN)

typedef struct kk_look {
    uint32_t mentioned; /* KK_LOOK_*: says something about it */
    uint32_t on;        /* ... and what; a subset of mentioned */
    uint8_t lang;       /* kk_lang of w:lang w:val, KK_LANG_UNSET if not mentioned */
} kk_look;

/* w:outlineLvl not mentioned. Levels are 0..8; 9 means body text explicitly. */
#define KK_OUTLINE_NONE 0xffu

typedef struct kk_style {
    kk_str id;
    kk_str name;      /* w:name as written; id where there is none */
    kk_str canonical; /* lower-cased w:name: "heading 1", "toc 2", "body text" */
    kk_style_type type;
    bool is_default;
    uint32_t based_on; /* index or KK_NONE; cycles are cut */
    uint32_t next, link;
    uint8_t own_outline; /* KK_OUTLINE_NONE if not stated here */
    uint8_t outline;     /* effective through based_on */
    uint8_t
        heading; /* 0, or 1..9: by effective outline level, else by its own or an ancestor's name */
    bool title;  /* Title or Subtitle, itself or through based_on */
    bool toc;    /* "toc N", "table of figures", itself or through based_on */
    bool list;   /* named "list ..." by Word's canonical names */
    bool has_num;    /* numPr effective through based_on (numId 0 = switched off: false) */
    uint32_t num_id; /* w:numId of that numPr */
    uint8_t ilvl; /* level of the style in its numbering: by w:pStyle of the level if it names this
                     style (see numbering.h), else its own w:ilvl */
    kk_look own, look;   /* stated here; effective through based_on, without docDefaults */
    uint32_t begin, end; /* the w:style element in the styles part */
    bool named_heading;  /* "heading N" by its own or an ancestor's name, whatever the level */
} kk_style;

typedef struct kk_styles {
    kk_style *items; /* document order */
    uint32_t n;
    kk_strmap by_id[4];        /* per kk_style_type: styleId -> index */
    uint32_t default_style[4]; /* per kk_style_type, KK_NONE if not stated */
    kk_look defaults;          /* docDefaults/rPrDefault */
    uint32_t insert_at;        /* byte before </w:styles>, 0 if there is no part */
    kk_str part;               /* part name, empty if there is no part */
    uint32_t entry;            /* zip entry or KK_NONE */
    kk_str raw;                /* the part's bytes; borrowed from the package */
} kk_styles;

/* Reads a styles part. raw empty gives the empty model (no part: every paragraph is Normal).
 * arena, raw outlive *styles; kk_styles_dispose also after failure. Errors as kk_xml_scan,
 * KK_E_NOMEM. */
kk_status kk_styles_read(kk_styles *styles, kk_arena *arena, kk_str raw, kk_str part,
                         const kk_limits *limits, kk_error *err);
void kk_styles_dispose(kk_styles *styles);

/* NULL if there is no such style. */
const kk_style *kk_style_by_id(const kk_styles *styles, kk_style_type type, kk_str id);
/* First style whose canonical (lower-cased) name is that; linear. NULL if none. */
const kk_style *kk_style_by_name(const kk_styles *styles, kk_style_type type, kk_str canonical);
/* The default style of a type, NULL if none. */
const kk_style *kk_style_default(const kk_styles *styles, kk_style_type type);

/* Heading level 1..9 that a style name means in the languages Word writes ("heading 1", "overskrift
 * 1", "rubrik 1", "überschrift 1"), 0 if none. name lower-cased. */
uint8_t kk_style_name_level(kk_str name);

/* Look of a run: docDefaults, paragraph style, character style, direct properties, toggles combined
 * as ISO 29500-1 § 17.7.3 says. Styles may be NULL. */
kk_look kk_look_resolve(const kk_styles *styles, const kk_style *paragraph,
                        const kk_style *character, kk_look direct);
/* Over one look, the other where it mentions something. */
kk_look kk_look_over(kk_look base, kk_look top);

#endif
