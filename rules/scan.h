/* One evaluation in progress: the texts, their structure, and the hits of patterns, found when
 * first asked for. Internal to this room. Paragraphs of all texts are numbered through ("global
 * paragraphs"); hits of a pattern are one sorted list over them, so that any extent is a range. */
#ifndef KK_SCAN_H
#define KK_SCAN_H

#include "number.h"
#include "rules_internal.h"

#include <klimakrav/text.h>

/* What a paragraph or a hit in it is good for. A plain demand may satisfy a rule only where none of
 * HEADING, GUIDANCE and NEGATED is set. */
enum {
    KK_MARK_HEADING = 1u << 0,
    KK_MARK_GUIDANCE = 1u << 1, /* guidance, placeholder, hidden; headers, footers, comments */
    KK_MARK_NEGATED =
        1u << 2, /* hits only: "stilles ikke krav" in the same clause of the sentence */
    KK_MARK_TITLE = 1u << 3,
    KK_MARK_TABLE = 1u << 4,
    KK_MARK_SKIP = 1u << 5,   /* table of contents: never looked at */
    KK_MARK_MASKED = 1u << 6, /* paragraphs only: regexes get another text, see kk_masked */
    KK_MARK_COVER = 1u << 7 /* short line above the first heading: names the document as a title */
};

typedef struct kk_scan_para {
    uint32_t section; /* innermost section, or KK_NONE before the first heading of a story */
    uint32_t marks;
} kk_scan_para;

/* A heading and what follows until the next one of the same or a higher level (in a cell: until the
 * cell ends). */
typedef struct kk_section {
    uint32_t doc;
    uint32_t heading, end; /* global paragraphs, half-open, heading included */
    uint32_t parent;       /* enclosing section or KK_NONE */
    uint32_t level;
    uint64_t own_places; /* bits by place that this heading marks */
    uint64_t places;     /* and those of enclosing sections */
} kk_section;

typedef struct kk_row {
    uint32_t doc, table, row;
    uint32_t cell_begin, cell_end; /* cells of the text */
    uint32_t begin, end;           /* global paragraphs */
} kk_row;

typedef struct kk_pattern_hit {
    uint32_t para;       /* global */
    uint32_t begin, end; /* bytes in the text of its document */
    uint32_t pattern;    /* pattern whose term hit (a used one, maybe) */
    uint32_t term;       /* and the term in it */
    uint32_t marks;
} kk_pattern_hit;

typedef struct kk_hits {
    const kk_pattern_hit *items; /* by (para, begin); none lies inside another */
    uint32_t n;
} kk_hits;

typedef struct kk_facts {
    const kk_fact *items;
    uint32_t n;
} kk_facts;

typedef struct kk_found_requirement {
    kk_requirement value;
    uint32_t begin, end; /* global paragraphs of its unit */
    uint64_t places;
} kk_found_requirement;

/* A paragraph with a run of hundreds of bytes without a blank. No language has such words, but a
 * regex that begins with a repeated letter class takes their square in time: it gets control
 * characters there. */
typedef struct kk_masked {
    uint32_t para;
    const char *text; /* as long as the paragraph */
} kk_masked;

/* A paragraph where a matcher may match, beginning at a byte of it within [first, last]. Eight
 * bytes, since a giant has ten million of them. */
typedef struct kk_posting {
    uint32_t para;        /* global */
    uint16_t first, last; /* last UINT16_MAX = the end, however long the paragraph */
} kk_posting;

typedef struct kk_scan {
    kk_scanner *scanner;
    const kk_model *model;
    kk_arena *arena;
    const kk_text *const *texts;
    uint32_t n_texts;
    uint32_t *doc_base; /* n_texts + 1: first global paragraph of each text */
    uint32_t n_paras;
    kk_scan_para *paras;
    kk_section *sections; /* by (doc, heading) */
    uint32_t n_sections;
    kk_row *rows; /* by (doc, table, row) */
    uint32_t n_rows;
    uint32_t *row_base;  /* n_texts + 1: first of rows for each text */
    uint32_t **cell_row; /* per text and cell: index into rows */
    kk_masked *masked;   /* by paragraph */
    uint32_t n_masked;
    uint32_t *posting_begin; /* per matcher, n + 1 */
    kk_posting *postings;    /* paragraphs ascending per matcher */
    kk_hits *hits;           /* per pattern */
    uint8_t *hits_state;     /* per pattern: 0 not asked, 1 under way, 2 there */
    kk_hits negations, guidances, breaks, voids, subjects; /* of all patterns with the role */
    size_t n_hits;
    kk_status limited; /* KK_E_LIMIT once a regex or the number of hits went over; work goes on */
    kk_error limit;
    /* Filled step by step by evaluate.c */
    const kk_evaluate_options *options;
    bool as_set;    /* all texts are one procurement */
    double *scores; /* per document and category; the set's after the last document */
    kk_document_result *results;
    kk_found_requirement *requirements; /* by unit */
    uint32_t n_requirements;
    kk_facts *doc_facts; /* per document */
    kk_facts set_facts;
    kk_verdict verdict;     /* of the set, or of the only document */
    void *condition_memory; /* see judge.c */
    void **table_roles;     /* see tables.c: per text, an array per table */
} kk_scan;

/* ---- scan.c -------------------------------------------------------------------------------- */

/* Prefilter over all paragraphs, then structure. Resets arena; *out lives in it. */
kk_status kk_scan_new(kk_scanner *scanner, kk_arena *arena, const kk_text *const *texts,
                      uint32_t n_texts, kk_scan **out, kk_error *err);
/* The running scan when text is part of it (*doc says which), else a scan of text alone beside it,
 * which is kept until another text is asked for. */
kk_status kk_scan_for(kk_scanner *scanner, const kk_text *text, kk_scan **out, uint32_t *doc,
                      kk_error *err);
/* Scans a passage outside any document, beside the running scan. Lines are paragraphs; with
 * has_title the title is what stands before the first tab or line break, else the first sentence.
 * No-break blanks and hyphens become plain and soft hyphens go, as docx does. Offsets refer to the
 * text so made (scan->texts[0]). */
kk_status kk_scan_loose(kk_scanner *scanner, kk_str passage, bool has_title, kk_scan **out,
                        kk_error *err);
/* Document of a global paragraph. */
uint32_t kk_scan_doc(const kk_scan *scan, uint32_t para);
const kk_para *kk_scan_para_of(const kk_scan *scan, uint32_t para);
kk_str kk_scan_para_text(const kk_scan *scan, uint32_t para);
/* The same text as regexes get to see it. */
kk_str kk_scan_match_text(const kk_scan *scan, uint32_t para);
kk_str kk_scan_slice(const kk_scan *scan, uint32_t doc, uint32_t begin, uint32_t end);
kk_evidence kk_scan_evidence(const kk_scan *scan, const kk_pattern_hit *hit);

/* ---- hits.c -------------------------------------------------------------------------------- */

/* All hits of a pattern, found on the first call. KK_E_NOMEM; a regex over its budget only sets
 * scan->limited. */
kk_status kk_scan_hits(kk_scan *scan, uint32_t pattern, kk_hits *out, kk_error *err);
/* Neither guidance nor negated: what categories go by. Headings count there. */
bool kk_hit_is_plain(const kk_pattern_hit *hit);
/* Part of hits in global paragraphs [begin, end). */
kk_hits kk_hits_within(kk_hits hits, uint32_t begin, uint32_t end);
/* Runs the patterns with the roles negation, guidance, void, subject, which the others lean on. */
kk_status kk_scan_roles(kk_scan *scan, kk_error *err);
/* Hits of every pattern with the role, in one sorted list. */
kk_status kk_scan_role_hits(kk_scan *scan, kk_pattern_role role, kk_hits *out, kk_error *err);

/* ---- structure.c --------------------------------------------------------------------------- */

/* Marks, sections and rows; needs no patterns. */
kk_status kk_scan_structure(kk_scan *scan, kk_error *err);
/* Which sections carry which places; needs patterns. */
kk_status kk_scan_places(kk_scan *scan, kk_error *err);
/* Bits of the places that a paragraph lies in. */
uint64_t kk_scan_para_places(const kk_scan *scan, uint32_t para);

/* [begin, end) of the sentence, or of its clause, that text[at] lies in. At most 600 bytes to each
 * side. */
void kk_sentence_around(kk_str text, size_t at, size_t *begin, size_t *end);

#endif
