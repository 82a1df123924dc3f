/* The journal of an update run: lines of tab-separated fields, appended and synced.
 *
 *   klimakrav-journal 1
 *   run     in-place|output  bank  options  date  timestamp  undo|no-undo
 *   begin   before  after  source  target  backup|-      on the disk before the file is replaced
 *   done    source                                       the file is replaced
 *   same    hash  source                                 nothing was to do
 *   fail    reason  source
 *   resume | stop | end | undo-begin | undo-end
 *   undone  source
 *
 * Paths are absolute, with tab, line break, other controls and % written as %XX. Every line ends in
 * a check over itself, so that one cut short by a crash is known and passed over. A `begin` without
 * `done` is settled by the file itself: it has the hash before, or the hash after. Hence one sync a
 * file is enough: `done` may be lost. */
#ifndef KK_JOURNAL_H
#define KK_JOURNAL_H

#include "append.h"
#include "core.h"
#include "pathset.h"

typedef enum kk_journal_state {
    KK_JOURNAL_BEGUN = 0,
    KK_JOURNAL_DONE,
    KK_JOURNAL_SAME,
    KK_JOURNAL_FAILED,
    KK_JOURNAL_UNDONE
} kk_journal_state;

/* The last that the journal says of one file. Strings in the journal's arena, NUL-terminated. */
typedef struct kk_journal_entry {
    kk_str source;
    kk_str before, after;  /* hex; empty when never begun */
    kk_str target, backup; /* backup empty when there is none */
    kk_journal_state state;
} kk_journal_entry;

typedef struct kk_journal {
    kk_arena *arena;
    KK_VEC(kk_journal_entry) entries; /* in the order in which the files first came */
    kk_pathset sources;               /* index = index in entries */
    kk_str mode, bank, options, date, timestamp;
    bool can_undo;
    bool finished, undone, undoing; /* undoing: begun, whether finished or not */
    size_t n_damaged;               /* lines passed over */
    kk_append *file;                /* when it is open for writing */
} kk_journal;

/* Reads the journal at path. KK_E_IO; KK_E_STALE "journal-damaged" when it is no journal of ours. */
kk_status kk_journal_read(kk_journal **out, const char *path, kk_error *err);
/* Makes a new one with its first lines; can_undo and the strings are copied. */
typedef struct kk_journal_head {
    const char *mode, *bank, *options, *date, *timestamp;
    bool can_undo;
} kk_journal_head;
kk_status kk_journal_create(kk_journal **out, const char *path, const kk_journal_head *head,
                            kk_error *err);
/* Opens a journal for writing, so that no other process can, and reads it then. */
kk_status kk_journal_open(kk_journal **out, const char *path, kk_error *err);
void kk_journal_free(kk_journal *journal);
/* NULL when the journal does not know the file. */
const kk_journal_entry *kk_journal_find(const kk_journal *journal, const char *source);

/* Each appends one line; any thread. The entries read before are not changed. */
kk_status kk_journal_begin(kk_journal *journal, const kk_journal_entry *entry, kk_error *err);
kk_status kk_journal_done(kk_journal *journal, const char *source, kk_error *err);
kk_status kk_journal_same(kk_journal *journal, const char *hash, const char *source, kk_error *err);
kk_status kk_journal_fail(kk_journal *journal, const char *reason, const char *source,
                          kk_error *err);
kk_status kk_journal_undone(kk_journal *journal, const char *source, kk_error *err);
/* "resume", "stop", "end", "undo-begin" or "undo-end"; synced. */
kk_status kk_journal_word(kk_journal *journal, const char *word, kk_error *err);

#endif
