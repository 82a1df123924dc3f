/* Reads the award criteria of a document: tables, lists, headings, running text, rankings.
 * Works on TEXT; which words mean what comes from patterns of the bank (award.xml) through a probe.
 */
#ifndef KK_AWARD_H
#define KK_AWARD_H

#include "arena.h"
#include "rules.h"

/* What the readers of facts ask of the matcher. find gives the first hit of pattern `id` that lies
 * within [begin, end) of document `doc`; false also for an unknown pattern. at may be NULL. */
typedef struct kk_probe {
    void *context;
    bool (*find)(void *context, const char *id, uint32_t doc, uint32_t begin, uint32_t end,
                 kk_evidence *at);
    kk_scanner *scanner; /* for kk_rules_places and kk_rules_table_roles */
    kk_arena *arena;     /* results live here */
} kk_probe;

typedef enum kk_stated {
    KK_STATED_NONE = 0,
    KK_STATED_WEIGHTS,
    KK_STATED_PRIORITY,
    KK_STATED_MONETISED
} kk_stated;

typedef struct kk_award {
    bool present; /* there is an award section or a criteria table */
    kk_stated stated;
    const kk_criterion *criteria; /* parents before children, a node's subtree right after it */
    uint32_t n_criteria;
    double
        weight; /* genuine climate/environment weight in per cent, -1 when no weights are stated */
    double nominal; /* weight of criteria that only speak of it, -1 likewise */
    double sum;     /* of top-level weights, -1 likewise */
    int rank;       /* of the first genuine criterion in a ranking, 0 = none */
    bool price_only, placeholder, mixed, bare_certificate;
    bool mixed_part; /* a mixed criterion measures in part, by stated sub-weights */
    const double *set_weights; /* genuine weight of each set that has weights */
    uint32_t n_set_weights;
    bool documented;   /* every genuine criterion names a proof */
    bool named;        /* a genuine criterion has neither weight nor rank */
    bool alternatives; /* alternatives that nobody has struck out stand among the criteria */
    kk_evidence at;    /* the table or heading that was read */
    kk_evidence price_at, placeholder_at, mixed_at, mixed_part_at,
        certificate_at, undocumented_at, genuine_at,
        nominal_at, alternatives_at;
} kk_award;

/* Reads document `doc`. *out lives in probe->arena. Where several tables each hold a full set of
 * criteria (lots), the one with the least genuine weight counts. errors  KK_E_NOMEM, KK_E_LIMIT
 * from the matcher. */
kk_status kk_award_read(const kk_probe *probe, const kk_text *text, uint32_t doc, kk_award *out,
                        kk_error *err);

#endif
