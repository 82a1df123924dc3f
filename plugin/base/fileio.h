/* Shared by file.c (reading, folders) and filesave.c (writing); for no other file. */
#ifndef KK_FILEIO_H
#define KK_FILEIO_H

#include <klimakrav/types.h>

#include <sys/stat.h>
#include <sys/types.h>

/* KK_E_IO (KK_E_NOMEM for ENOMEM) with "cannot <doing>: <cause>; <what to do>" about path. code is
 * the errno of the failed call. */
kk_status kk_io_fail(kk_error *err, const char *path, const char *doing, int code);

/* Opens a regular file for reading; folders, devices, fifos are refused. *fd is -1 after failure;
 * the caller closes it otherwise. */
kk_status kk_io_open(const char *path, int *fd, struct stat *info, kk_error *err);

/* As read(), again when a signal interrupts. */
ssize_t kk_io_read(int fd, void *to, size_t len);

#endif
