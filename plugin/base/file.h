/* Files: read whole, replace atomically, walk folders. All POSIX file calls are behind here. */
#ifndef KK_FILE_H
#define KK_FILE_H

#include "buf.h"

#include <klimakrav/types.h>

/* Reads the whole regular file into out, which is cleared first (NUL after the last byte).
 * KK_E_LIMIT over max bytes (0 = no cap but that of out), KK_E_IO with the reason otherwise; out is
 * empty then. A folder, device or fifo is refused. */
kk_status kk_file_read(const char *path, uint64_t max, kk_buf *out, kk_error *err);

/* Writes pieces to a temporary beside path (unguessable name, O_EXCL, mode 0600), syncs it, gives
 * it the mode (and, where allowed, owner) of the file it replaces or 0666 & ~umask, renames it over
 * path and syncs the folder. path is either the old file or the new one, never half. A symbolic
 * link is followed once, so that the link stays and its target is replaced. */
kk_status kk_file_replace(const char *path, const kk_str *pieces, size_t n_pieces, kk_error *err);

/* Copies bytes of `from` to `to` atomically, keeping mode and modification time. Fails with
 * KK_E_IO if `to` exists and overwrite is false. */
kk_status kk_file_copy(const char *from, const char *to, bool overwrite, kk_error *err);

/* The bytes of a file to look at only: the file mapped into memory. Nothing is read before it is looked
 * at. A file that somebody cuts short meanwhile ends the
 * process, as it does with the program's own libraries: for files that are replaced by renaming, as
 * kk_file_replace does. *out is NULL for an empty file. KK_E_IO, KK_E_LIMIT over max bytes. */
kk_status kk_file_map(const char *path, uint64_t max, kk_str *out, kk_error *err);
void kk_file_unmap(kk_str bytes);

bool kk_file_exists(const char *path);
bool kk_file_is_dir(const char *path);
/* Size of a file in bytes, and when its contents or its place were last changed, in nanoseconds
 * since 1970: copying a file with its old time counts as a change. False when there is none. */
bool kk_file_stamp(const char *path, uint64_t *size, int64_t *changed);
/* Creates path and its missing parents. */
kk_status kk_file_mkdirs(const char *path, kk_error *err);

/* Calls visit for each regular file below path in byte order of names; symbolic links to folders
 * are not followed. visit returns false to stop (KK_E_CANCELLED). A path that is a file is visited
 * itself. Folders are read when they are reached; what vanishes meanwhile is passed by. */
kk_status kk_file_walk(const char *path, bool (*visit)(void *context, const char *file),
                       void *context, kk_error *err);

#endif
