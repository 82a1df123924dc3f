/* Single questions and acts about files, beside reading and replacing (file.h). */
#ifndef KK_FILEOPS_H
#define KK_FILEOPS_H

#include "buf.h"

#include <klimakrav/types.h>

/* Appends the absolute path without links, "." and ".." to out. KK_E_IO when there is no such file.
 */
kk_status kk_file_real(const char *path, kk_buf *out, kk_error *err);
/* Bytes of a regular file; 0 when it cannot be told. */
uint64_t kk_file_size(const char *path);
/* SHA-256 of the file's bytes, 64 hex digits and a NUL. KK_E_IO, KK_E_NOMEM. */
kk_status kk_file_hash(const char *path, char out[65], kk_error *err);
/* Removes a file; one that is gone already is no error. */
kk_status kk_file_remove(const char *path, kk_error *err);
/* Gives a file another name on the same disk; an existing `to` is an error. */
kk_status kk_file_rename(const char *from, const char *to, kk_error *err);
/* Removes what killed writers left in a folder: temporaries of kk_file_replace and kk_file_copy that
 * no living process holds. A folder that is not there or cannot be read is passed over. */
void kk_file_sweep(const char *folder);
/* Makes folder/relative ready to be written: refuses a relative path that is empty, absolute or has
 * "", "." or ".." in it, makes the missing folders in between, and refuses (KK_E_UNSUPPORTED,
 * reason "target-link") when one of them, or the file itself, is a symbolic link: nothing is
 * written outside folder. `make` false: only looks. */
kk_status kk_file_below(const char *folder, const char *relative, bool make, kk_error *err);

#endif
