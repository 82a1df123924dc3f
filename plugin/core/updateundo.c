/* The way back: what a journal says was written, last file first, is put back from its backup.
 * A file is only touched when its hash says that nobody changed it since. */
#include "update.h"

#include "file.h"
#include "fileops.h"

typedef struct undo {
    kk_journal *journal;
    kk_update_options o;
    kk_update_summary summary;
    bool in_place;
} undo;

static kk_status touched(kk_update_item *item)
{
    item->outcome = KK_UPDATE_TOUCHED;
    return KK_OK;
}

static kk_status check_backup(const kk_journal_entry *e, kk_error *err)
{
    char hash[65] = "";
    KK_TRY(kk_file_hash(e->backup.ptr, hash, err));
    if (kk_str_is(e->before, hash)) {
        return KK_OK;
    }
    return kk_fail_at(err, KK_E_STALE, "backup-changed", e->backup, 0,
                      "the backup is not the original any more; restore the file by hand");
}

static kk_status restore(undo *u, const kk_journal_entry *e, kk_update_item *item, kk_error *err)
{
    char now[65] = "";
    if (!kk_file_exists(e->target.ptr)) {
        if (!u->in_place) {
            return KK_OK; /* never written, or removed already */
        }
        return touched(item);
    }
    KK_TRY(kk_file_hash(e->target.ptr, now, err));
    if (u->in_place && kk_str_is(e->before, now)) {
        return KK_OK;
    }
    if (!kk_str_is(e->after, now)) {
        return touched(item);
    }
    if (!u->in_place) {
        return kk_file_remove(e->target.ptr, err);
    }
    KK_TRY(check_backup(e, err));
    return kk_file_copy(e->backup.ptr, e->target.ptr, true, err);
}

/* False: the caller wants to stop. Failures of one file are its own. */
static kk_status take_back(undo *u, size_t i, bool *more, kk_error *err)
{
    const kk_journal_entry *e = &u->journal->entries.items[i];
    kk_error own = {.status = KK_OK};
    kk_update_item item = {.size = sizeof item,
                           .index = u->journal->entries.n - 1 - i,
                           .total = u->journal->entries.n,
                           .path = u->in_place ? e->source.ptr : e->target.ptr,
                           .target = e->target.ptr,
                           .backup = e->backup.len > 0 ? e->backup.ptr : NULL,
                           .outcome = KK_UPDATE_RESTORED,
                           .before = e->before,
                           .after = e->after};
    kk_status status = KK_OK;
    if (e->after.len == 0) {
        item.path = e->source.ptr;
        item.outcome = KK_UPDATE_SAME;
    } else if (e->state == KK_JOURNAL_UNDONE) {
        item.outcome = KK_UPDATE_EARLIER;
    } else {
        const kk_status one = restore(u, e, &item, &own);
        if (one != KK_OK) {
            own.status = own.status == KK_OK ? one : own.status;
            item.outcome = KK_UPDATE_FAILED;
            item.error = &own;
        } else if (item.outcome == KK_UPDATE_RESTORED) {
            status = kk_journal_undone(u->journal, e->source.ptr, err);
        }
    }
    u->summary.n[item.outcome]++;
    *more = u->o.done == NULL || u->o.done(u->o.context, &item);
    return status;
}

static kk_status take_all_back(undo *u, kk_error *err)
{
    bool more = true;
    kk_update_sweep_journal(u->journal);
    KK_TRY(kk_journal_word(u->journal, "undo-begin", err));
    for (size_t i = u->journal->entries.n; i-- > 0 && more;) {
        if (u->o.cancelled != NULL && u->o.cancelled(u->o.context)) {
            more = false;
            break;
        }
        KK_TRY(take_back(u, i, &more, err));
    }
    u->summary.stopped = !more;
    const bool whole = more && u->summary.n[KK_UPDATE_FAILED] == 0;
    return kk_journal_word(u->journal, whole ? "undo-end" : "stop", err);
}

kk_status kk_update_undo(const char *journal, const kk_update_options *options,
                         kk_update_summary *summary, kk_error *err)
{
    undo u = {.summary = {.size = sizeof u.summary}};
    kk_struct_in(&u.o, sizeof u.o, options);
    KK_TRY(kk_journal_open(&u.journal, journal, err));
    u.in_place = kk_str_is(u.journal->mode, "in-place");
    kk_status status;
    if (!u.journal->can_undo) {
        status = kk_fail_at(err, KK_E_STALE, "no-undo", kk_z(journal), 0,
                            "the run kept no copies, so it cannot be taken back; restore the files "
                            "from a backup of your own");
    } else {
        status = take_all_back(&u, err);
    }
    kk_journal_free(u.journal);
    if (summary != NULL) {
        (void)kk_struct_out(summary, &u.summary, sizeof u.summary);
    }
    return status;
}
