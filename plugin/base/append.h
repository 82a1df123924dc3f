/* A file that only grows, line by line, and survives a crash: what a journal is written to. */
#ifndef KK_APPEND_H
#define KK_APPEND_H

#include <klimakrav/types.h>

typedef struct kk_append kk_append;

/* Opens path for appending and locks it for this process; a file that does not end in a line break
 * (the writer was killed) gets one, so that the next line stands alone.
 *   fresh   make it: a file that exists is an error.
 *   errors  KK_E_IO; reason "journal-busy" when another process holds it. */
kk_status kk_append_open(kk_append **out, const char *path, bool fresh, kk_error *err);
/* Appends the bytes whole or not at all (a write cut short by a full disk is taken back). With
 * sync they, and all before them, are on the disk when it returns. Any thread. */
kk_status kk_append_write(kk_append *append, kk_str bytes, bool sync, kk_error *err);
/* Syncs and closes; NULL allowed. */
void kk_append_close(kk_append *append);

#endif
