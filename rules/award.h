/* Reads the award criteria of a document: tables, lists, headings, running text, rankings.
 * Works on TEXT; which words mean what comes from patterns of the bank (award.xml) through a probe. */
#ifndef KK_AWARD_H
#define KK_AWARD_H

#include "arena.h"
#include "rules.h"

/* What the readers of facts ask of the matcher. find gives the first hit of pattern `id` that lies within
 * [begin, end) of document `doc`; false also for an unknown pattern. at may be NULL. */
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
    const kk_criterion *criteria; /* parents before children */
    uint32_t n_criteria;
    double weight;  /* genuine climate/environment weight in per cent, -1 when no weights are stated */
    double nominal; /* weight of criteria that only speak of it, -1 likewise */
    double sum;     /* of top-level weights, -1 likewise */
    int rank;       /* of the first genuine criterion in a ranking, 0 = none */
    bool price_only, placeholder, mixed, bare_certificate;
    bool documented; /* every genuine criterion names a proof */
    kk_evidence at;  /* the table or heading that was read */
    kk_evidence price_at, placeholder_at, mixed_at, certificate_at, undocumented_at, genuine_at;
} kk_award;

/* Reads document `doc`. *out lives in probe->arena.
 *   errors  KK_E_NOMEM, KK_E_LIMIT from the matcher. */
kk_status kk_award_read(const kk_probe *probe, const kk_text *text, uint32_t doc, kk_award *out,
                        kk_error *err);

/* ---- for award_*.c only -------------------------------------------------------------------- */

/* A criterion while it is read: content is all text that tells what it measures. */
typedef struct kk_draft {
    kk_criterion node;
    uint32_t name_begin, name_end;       /* text offsets */
    uint32_t content_begin, content_end; /* name and what stands with it (row, paragraphs below) */
    uint32_t proof_begin, proof_end;     /* documentation cell or text; empty when there is none */
    double value;                        /* as written, -1 when not stated */
    bool fraction_of_parent;             /* "30 % av kvalitet" */
    bool points;
    uint32_t depth;                      /* 0 = top level */
} kk_draft;

typedef struct kk_award_reader {
    const kk_probe *probe;
    const kk_text *text;
    uint32_t doc;
    kk_draft *drafts;
    size_t n, cap;
    kk_award *out;
    kk_error *err;
} kk_award_reader;

kk_status kk_award_add(kk_award_reader *r, const kk_draft *draft);
/* True when pattern id hits within the range. */
bool kk_award_says(const kk_award_reader *r, const char *id, uint32_t begin, uint32_t end);
kk_str kk_award_slice(const kk_award_reader *r, uint32_t begin, uint32_t end);
/* Reads one table as criteria; adds nothing when it is none. */
kk_status kk_award_table(kk_award_reader *r, uint32_t table, bool *read);
/* Reads paragraphs [begin, end) of an award section. */
kk_status kk_award_paragraphs(kk_award_reader *r, uint32_t begin, uint32_t end);
/* Turns drafts into the tree with weights and judgement; fills r->out. */
kk_status kk_award_judge(kk_award_reader *r);

#endif
