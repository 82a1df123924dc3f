/* The inside of kk_plan, shared by plan.c (which clauses), planplace.c (where), planprint.c and
 * apply.c. */
#ifndef KK_PLAN_H
#define KK_PLAN_H

#include "bankview.h"
#include "core.h"
#include "docx.h"
#include "messages.h"
#include "outline.h"

/* One clause of the plan. */
typedef struct kk_plan_entry {
    kk_plan_item item;
    kk_blocks blocks; /* when it is an insertion */
    kk_place place;   /* when it is an insertion */
    uint32_t near;    /* paragraph of the first finding that asked for it, or KK_NONE */
    uint32_t heading; /* heading paragraph of its section, or KK_NONE */
    uint32_t managed; /* the clause as it stands, index into TEXT, or KK_NONE */
    bool by_words;       /* it stands without its marking: found tells where */
    kk_docx_found found;
    bool named;       /* the caller named it */
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
    const kk_known_clause *known; /* copied into the arena */
    size_t n_known;
    bool applied;
    bool wants_toc;
    bool failed; /* out of memory while copying */
};

/* "insert", "current" ...; static. */
const char *kk_plan_action_name(kk_plan_action action);
/* Adds an entry for the clause and completes it: state, text, place. near as in kk_plan_entry. */
kk_status kk_plan_add(kk_plan *plan, kk_str clause, uint32_t near, const kk_audit *audit,
                      kk_error *err);
/* Is it an insertion or an upgrade, selected or not? */
static inline bool kk_plan_writes(const kk_plan_entry *e)
{
    return e->item.action == KK_PLAN_INSERT || e->item.action == KK_PLAN_UPGRADE;
}
/* Entry of a clause, or NULL. The pointer is good until the next addition. */
kk_plan_entry *kk_plan_find(kk_plan *plan, kk_str clause);
/* Decides what the clause's state in the document is (planstate.c): sets the action, and all an
 * upgrade needs. Leaves KK_PLAN_INSERT when the clause is not there and may be put in. */
kk_status kk_plan_examine(kk_plan *plan, kk_plan_entry *e, kk_error *err);
/* Adds an entry for every clause of ours that stands in the document and has none: all of them when
 * `all`, else only second copies. */
kk_status kk_plan_add_standing(kk_plan *plan, bool all, kk_error *err);
/* KK_E_ARG "field" when a value was given for a field that wants a number and is none, or is a share
 * over 100 per cent (planvalues.c). */
kk_status kk_plan_check_values(kk_plan *plan, const kk_blocks *blocks, kk_error *err);
/* KK_E_ARG "field" for a value without words, or with a name that no field of the bank has. */
kk_status kk_plan_check_names(kk_plan *plan, kk_error *err);
/* A sentence of the message table, kept. */
kk_str kk_plan_say(kk_plan *plan, kk_msg id, kk_str arg0, kk_str arg1);
/* Names of the clause's fields that the reader must still fill. */
kk_status kk_plan_set_unfilled(kk_plan *plan, kk_plan_entry *e, kk_error *err);
/* Does the clause itself show this in that field: its default, or the placeholder? */
bool kk_plan_shows(const kk_blocks *blocks, kk_str field, kk_str value);
/* Looks the clause up and adds an empty entry; KK_E_ARG when no version may be used. */
kk_status kk_plan_enter(kk_plan *plan, kk_str clause, uint32_t near, kk_error *err);

/* Extends the plan until an audit of its result asks for no more clauses (plansettle.c). */
kk_status kk_plan_settle(kk_plan *plan, const kk_audit_options *how, kk_error *err);
/* Records every selected insertion in plan->doc; the first failure is returned, refusals stay with
 * their items. */
kk_status kk_plan_insert_all(kk_plan *plan, kk_error *err);

/* Finds the place of entry e: fills place, item.place, item.after, as_row; or makes it a refusal
 * with reason, message and candidates. */
kk_status kk_plan_locate(kk_plan *plan, kk_plan_entry *e, kk_error *err);

#endif
