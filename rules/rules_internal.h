/* What kk_rules and kk_scanner hold; for the files of this room that implement rules.h. */
#ifndef KK_RULES_INTERNAL_H
#define KK_RULES_INTERNAL_H

#include "match.h"
#include "model.h"
#include "prefilter.h"

struct kk_rules {
    kk_arena *arena; /* model and everything it points at */
    char *image;     /* own copy of the compiled bank that model and prefilter look into, or NULL */
    kk_model model;
    kk_prefilter prefilter;
    uint64_t hash; /* of all sources */
    char version[13];
};

struct kk_scan;

/* Two scans may be open: that of the last evaluation, whose results stay valid, and one beside it
 * for loose questions (places, table roles, single passages). */
struct kk_scanner {
    const kk_rules *rules;
    kk_limits limits;
    kk_match *match;
    kk_prefilter_state filter;
    kk_candidates candidates;
    kk_arena *arena;      /* results of the last evaluation */
    struct kk_scan *scan; /* set while an evaluation runs, else NULL */
    kk_arena *side_arena;
    struct kk_scan *side; /* scan of the text with side_key, or NULL; lives in side_arena */
    uint64_t side_key;
    kk_arena *text_arena; /* text of the last loose passage */
    bool prefilter_off;   /* tests: every matcher is a candidate everywhere */
};

/* For tests: with false every regex runs in every paragraph. Results must be the same. */
void kk_scanner_use_prefilter(kk_scanner *scanner, bool use);

#endif
