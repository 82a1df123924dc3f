/* The parts of an eForms notice that concern climate and environment, as values. */
#ifndef KK_NOTICE_H
#define KK_NOTICE_H

#include "core.h"

/* What the figure of a criterion is (BT-5421). */
typedef enum kk_weight_kind {
    KK_WEIGHT_NONE = 0, /* no figure stands there */
    KK_WEIGHT_PERCENT,  /* per-exa, per-mid */
    KK_WEIGHT_DECIMAL,  /* dec-exa, dec-mid: 0.3 */
    KK_WEIGHT_POINTS,   /* poi-exa, poi-mid */
    KK_WEIGHT_ORDER,    /* ord-imp: a rank, 1 = most important; no weight at all */
    KK_WEIGHT_UNKNOWN   /* a code that the list does not have */
} kk_weight_kind;

typedef struct kk_notice_criterion {
    kk_str code;        /* BT-539 */
    kk_str name;        /* BT-734 */
    kk_str description; /* BT-540: where reasons stand */
    kk_str weight_code; /* BT-5421 as written */
    kk_weight_kind kind;
    double figure; /* BT-541 as written, -1 without */
    double weight; /* per cent; points as share of the lot's points; -1 for a rank or none */
    uint32_t line;
} kk_notice_criterion;

typedef struct kk_notice_lot {
    kk_str id, title;
    bool group; /* a group of lots */
    const kk_notice_criterion *criteria;
    size_t n_criteria;
    const kk_str *strategic, *impacts, *gpp; /* BT-06, BT-774, BT-805 */
    size_t n_strategic, n_impacts, n_gpp;
    kk_str strategic_text; /* BT-777 */
    const kk_str *cpv;     /* main code first */
    size_t n_cpv;
    uint32_t line;
} kk_notice_lot;

struct kk_notice {
    kk_arena *arena;
    kk_str name;
    char sha256[65];
    kk_str kind;       /* "ContractNotice" */
    kk_str subtype;    /* OPP-070: "16", "E3"; may be empty */
    kk_str date;       /* of issue, "2026-08-01"; may be empty */
    kk_str sdk;        /* "eforms-sdk-1.13" */
    const kk_str *cpv; /* of the procedure, main code first */
    size_t n_cpv;
    const kk_notice_lot *lots;
    size_t n_lots;
};

typedef enum kk_subtype {
    KK_SUBTYPE_UNKNOWN = 0,
    KK_SUBTYPE_PLANNING,    /* 1-9, E1, E2: before the competition */
    KK_SUBTYPE_NATIONAL,    /* E3: voluntary, or below the EEA thresholds */
    KK_SUBTYPE_COMPETITION, /* 10-24: above them */
    KK_SUBTYPE_RESULT       /* 25-40, E4-E6: after the competition */
} kk_subtype;
kk_subtype kk_notice_subtype(kk_str subtype);

/* Does the lot give ranks instead of weights? */
bool kk_lot_is_ranked(const kk_notice_lot *lot);

/* Everything that disagrees, as findings; see noticecheck.c. */
typedef struct kk_notice_case {
    const kk_notice *notice;
    const kk_audit *audit; /* documents and verdict are there already */
    const kk_bank *bank;
    kk_str date;
    kk_lang lang;
    kk_arena *arena;
    bool (*add)(void *context, const kk_finding *finding); /* false: out of memory */
    void *context;
    bool failed;
} kk_notice_case;

void kk_notice_check(kk_notice_case *c);
/* Rule cards of these checks for formats that list all rules; false past the end. */
bool kk_notice_rule_at(size_t i, kk_lang lang, kk_str *id, kk_str *title, kk_finding_level *level);

#endif
