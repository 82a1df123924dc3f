/* The inside of kk_plan, shared by plan.c (which clauses), planplace.c (where), planprint.c and
 * apply.c. */
#ifndef KK_PLAN_H
#define KK_PLAN_H

#include "bankview.h"
#include "core.h"
#include "docx.h"
#include "outline.h"

/* One clause of the plan. */
typedef struct kk_plan_entry {
    kk_plan_item item;
    kk_blocks blocks; /* when it is an insertion */
    kk_place place;   /* when it is an insertion */
    uint32_t near;    /* paragraph of the first finding that asked for it, or KK_NONE */
    uint32_t heading; /* heading paragraph of its section, or KK_NONE */
    kk_clause_card card;
} kk_plan_entry;

struct kk_plan {
    kk_arena *arena;
    kk_auditor *auditor;
    kk_doc *doc;
    kk_plan_options
        options; /* strings borrowed from the caller only during kk_plan_new; kept here */
    kk_lang clause_lang;
    bool lang_sure;
    kk_outline outline;
    KK_VEC(kk_plan_entry) entries;
    kk_value *values;
    size_t n_values;
    bool applied;
    bool wants_toc;
    bool failed; /* out of memory while copying */
};

/* Adds an entry for the clause and completes it: state, text, place. near as in kk_plan_entry. */
kk_status kk_plan_add(kk_plan *plan, kk_str clause, uint32_t near, const kk_audit *audit,
                      kk_error *err);
/* Entry of a clause, or NULL. The pointer is good until the next addition. */
kk_plan_entry *kk_plan_find(kk_plan *plan, kk_str clause);
/* Extends the plan until an audit of its result asks for no more clauses (plansettle.c). */
kk_status kk_plan_settle(kk_plan *plan, const kk_audit_options *how, kk_error *err);
/* Records every selected insertion in plan->doc; the first failure is returned, refusals stay with
 * their items. */
kk_status kk_plan_insert_all(kk_plan *plan, kk_error *err);

/* Finds the place of entry e: fills place, item.place, item.after, as_row; or makes it a refusal
 * with reason, message and candidates. */
kk_status kk_plan_locate(kk_plan *plan, kk_plan_entry *e, kk_error *err);

#endif
