/* The inside of an update run, shared by update.c (the run), updatefile.c (one file) and
 * updateundo.c (the way back). */
#ifndef KK_UPDATE_H
#define KK_UPDATE_H

#include "budget.h"
#include "journal.h"
#include "paths.h"

#include <stdatomic.h>

/* What became of one file, in an arena of its own, so that no document outlives its work. */
typedef struct kk_update_result {
    kk_arena *arena;
    kk_update_item item;
    kk_error error;
    kk_audit *before, *after; /* for the item; freed when it was handed over */
    size_t n_written; /* clauses inserted */
    bool failed;      /* out of memory while copying */
} kk_update_result;

typedef struct kk_update {
    const kk_bank *bank;
    const kk_paths *paths;
    kk_update_options o;
    kk_audit_options audit;
    kk_plan_options plan;
    kk_journal *journal; /* NULL in a dry run */
    kk_budget *budget;
    kk_auditor **auditors;      /* per worker, made when it first works */
    kk_update_result **results; /* per file, from its work until it is handed over */
    kk_update_summary summary;
    atomic_bool stop;    /* no further file is begun */
    atomic_bool failing; /* fatal is being set, or set */
    kk_error fatal;      /* what ended the run; read when all threads are through */
} kk_update;

/* Works on file i: plans, carries out, judges, writes. Fills *r, which is zeroed but for its arena.
 * Any thread; touches nothing of u but its own auditor, the journal and the flags. */
void kk_update_file(kk_update *u, unsigned worker, size_t i, kk_update_result *r);
/* Removes temporaries of killed writers from the folders of a run, or of a journal (updatesweep.c).
 */
void kk_update_sweep(const kk_paths *paths, const kk_update_options *o);
void kk_update_sweep_journal(const kk_journal *journal);
/* Ends the run with an error: no further file is begun. */
void kk_update_end(kk_update *u, const kk_error *why);
/* True when no further file is to be begun. */
bool kk_update_stopping(kk_update *u);
/* True for what will be written: a new clause, or a newer version of one. */
static inline bool kk_update_is_change(const kk_plan_item *item)
{
    const bool ours = item->action == KK_PLAN_INSERT || item->action == KK_PLAN_UPGRADE;
    return ours && item->selected;
}
/* A string made in the result's arena, NUL-terminated; "" and failed set when memory ran out. */
const char *kk_update_kept(kk_update_result *r, kk_str made);
#define kk_update_text(r, ...) kk_update_kept((r), kk_arena_printf((r)->arena, __VA_ARGS__))

#endif
