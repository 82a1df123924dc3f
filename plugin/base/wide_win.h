/* Shared by the Windows halves of plugin/base; for no other file. Paths come as UTF-8 with "/" or "\"
 * and go back as UTF-8 with "/". */
#ifndef KK_WIDE_WIN_H
#define KK_WIDE_WIN_H

#include "buf.h"

#include <klimakrav/types.h>

#include <windows.h>

/* path as Windows wants it: UTF-16, absolute where it is long, so that 260 characters are no limit.
 * NULL after failure, with the reason as last error. Released with kk_release. */
wchar_t *kk_wide_path(const char *path);
/* Appends the UTF-8 of a path from Windows, "/" for "\" and without the prefix of long paths. */
void kk_wide_text(const wchar_t *wide, kk_buf *out);

/* As kk_io_fail (fileio.h), with an error code of Windows'. */
kk_status kk_win_fail(kk_error *err, const char *path, const char *doing, DWORD code);
/* The name does not exist, or its folder does not. */
bool kk_win_missing(DWORD code);

/* Opens a regular file for reading, also while other programs write or replace it; folders and
 * devices are refused. *handle is INVALID_HANDLE_VALUE after failure; the caller closes it otherwise. */
kk_status kk_win_open(const char *path, HANDLE *handle, uint64_t *size, kk_error *err);
/* Reads at most len bytes, 0 at the end. False with the last error set. */
bool kk_win_read(HANDLE handle, void *to, size_t len, size_t *got);
/* Writes all of it. False with the last error set. */
bool kk_win_write(HANDLE handle, kk_str bytes);
/* A link, or a folder mounted elsewhere; what a cloud service keeps in place is none. */
bool kk_win_is_link(const WIN32_FIND_DATAW *found);
/* What stands at path itself, links not followed. False with the last error set. */
bool kk_win_look(const char *path, WIN32_FIND_DATAW *found);

#endif
