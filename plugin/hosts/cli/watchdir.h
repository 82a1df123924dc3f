/* Folders below one, watched by inotify: which templates have settled after a change. */
#ifndef KK_CLI_WATCHDIR_H
#define KK_CLI_WATCHDIR_H

#include <stdbool.h>
#include <stddef.h>

typedef struct kk_watchdir kk_watchdir;

/* skip: a folder (or NULL) that is not looked into. settle_ms: a file counts as settled when nothing
 * has been heard of it for so long. NULL when the system refuses (errno says why). All templates that
 * are there count as changed just now. */
kk_watchdir *kk_watchdir_open(const char *folder, const char *skip, long settle_ms);
void kk_watchdir_close(kk_watchdir *watch);
/* Waits at most wait_ms for news. Returns a template that has settled, or NULL; the path lives until
 * the next call. *heard: it changed while we watched; else it was only there. */
const char *kk_watchdir_next(kk_watchdir *watch, int wait_ms, bool *heard);
/* Files that have changed and not settled yet. */
size_t kk_watchdir_pending(const kk_watchdir *watch);

#endif
