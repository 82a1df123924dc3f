/* Preloaded into a program: the n-th call that changes files fails, or ends the program there.
 *   KK_FAIL_AT    n, from 1
 *   KK_FAIL_CODE  errno of the failure; 0: the program ends at once, as when it is killed
 *   KK_FAIL_LOG   file that gets the name of the call when it came to that
 * Counted: opening for writing, write, pwrite, fsync, fdatasync, ftruncate, fchmod, close of what was
 * opened for writing, link, rename, unlink and mkdir in all their forms. Pipes and terminals are left
 * alone. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FDS = 1024, KILLED = 137 };

static atomic_int calls;
static atomic_bool for_writing[FDS];

/* The function of that name behind ours, into *to, which has the size of a pointer. */
static void real(const char *name, void *to)
{
    void *found = dlsym(RTLD_NEXT, name);
    if (found == NULL) {
        abort();
    }
    memcpy(to, &found, sizeof found);
}

static void note(const char *name)
{
    int (*real_open)(const char *, int, ...);
    ssize_t (*real_write)(int, const void *, size_t);
    int (*real_close)(int);
    const char *path = getenv("KK_FAIL_LOG");
    if (path == NULL) {
        return;
    }
    real("open", &real_open);
    real("write", &real_write);
    real("close", &real_close);
    const int fd = real_open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd >= 0) {
        (void)!real_write(fd, name, strlen(name));
        (void)real_close(fd);
    }
}

static bool fails(const char *name)
{
    const char *at = getenv("KK_FAIL_AT");
    const char *code = getenv("KK_FAIL_CODE");
    if (at == NULL || code == NULL || atomic_fetch_add(&calls, 1) + 1 != atoi(at)) {
        return false;
    }
    note(name);
    if (atoi(code) == 0) {
        _exit(KILLED);
    }
    errno = atoi(code);
    return true;
}

static bool is_file(int fd)
{
    struct stat info;
    const int kept = errno;
    const bool file = fstat(fd, &info) == 0 && (S_ISREG(info.st_mode) || S_ISDIR(info.st_mode));
    errno = kept;
    return file;
}

static bool writes(int flags)
{
    return (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT) != 0;
}

static int opened(int fd, int flags)
{
    if (fd >= 0 && fd < FDS) {
        atomic_store(&for_writing[fd], writes(flags));
    }
    return fd;
}

int open(const char *path, int flags, ...)
{
    int (*next)(const char *, int, ...);
    va_list more;
    va_start(more, flags);
    const unsigned mode = (flags & O_CREAT) != 0 ? va_arg(more, unsigned) : 0;
    va_end(more);
    real("open", &next);
    return writes(flags) && fails("open") ? -1 : opened(next(path, flags, mode), flags);
}

int openat(int folder, const char *path, int flags, ...)
{
    int (*next)(int, const char *, int, ...);
    va_list more;
    va_start(more, flags);
    const unsigned mode = (flags & O_CREAT) != 0 ? va_arg(more, unsigned) : 0;
    va_end(more);
    real("openat", &next);
    return writes(flags) && fails("openat") ? -1 : opened(next(folder, path, flags, mode), flags);
}

ssize_t write(int fd, const void *from, size_t n)
{
    ssize_t (*next)(int, const void *, size_t);
    real("write", &next);
    if (is_file(fd) && fails("write")) {
        /* A disk that fills up takes half of it first. */
        (void)!next(fd, from, n / 2);
        errno = atoi(getenv("KK_FAIL_CODE"));
        return -1;
    }
    return next(fd, from, n);
}

ssize_t pwrite(int fd, const void *from, size_t n, off_t at)
{
    ssize_t (*next)(int, const void *, size_t, off_t);
    real("pwrite", &next);
    return fails("pwrite") ? -1 : next(fd, from, n, at);
}

int close(int fd)
{
    int (*next)(int);
    real("close", &next);
    const bool counted = fd >= 0 && fd < FDS && atomic_exchange(&for_writing[fd], false);
    if (counted && fails("close")) {
        const int code = errno;
        (void)next(fd);
        errno = code;
        return -1;
    }
    return next(fd);
}

#define ON_FD(name)                                                                                \
    int name(int fd)                                                                               \
    {                                                                                              \
        int (*next)(int);                                                                          \
        real(#name, &next);                                                                        \
        return is_file(fd) && fails(#name) ? -1 : next(fd);                                        \
    }
ON_FD(fsync)
ON_FD(fdatasync)

int ftruncate(int fd, off_t size)
{
    int (*next)(int, off_t);
    real("ftruncate", &next);
    return fails("ftruncate") ? -1 : next(fd, size);
}

int fchmod(int fd, mode_t mode)
{
    int (*next)(int, mode_t);
    real("fchmod", &next);
    return fails("fchmod") ? -1 : next(fd, mode);
}

int futimens(int fd, const struct timespec times[2])
{
    int (*next)(int, const struct timespec *);
    real("futimens", &next);
    return fails("futimens") ? -1 : next(fd, times);
}

int rename(const char *from, const char *to)
{
    int (*next)(const char *, const char *);
    real("rename", &next);
    return fails("rename") ? -1 : next(from, to);
}

int renameat(int a, const char *from, int b, const char *to)
{
    int (*next)(int, const char *, int, const char *);
    real("renameat", &next);
    return fails("renameat") ? -1 : next(a, from, b, to);
}

int link(const char *from, const char *to)
{
    int (*next)(const char *, const char *);
    real("link", &next);
    return fails("link") ? -1 : next(from, to);
}

int linkat(int a, const char *from, int b, const char *to, int flags)
{
    int (*next)(int, const char *, int, const char *, int);
    real("linkat", &next);
    return fails("linkat") ? -1 : next(a, from, b, to, flags);
}

int unlink(const char *path)
{
    int (*next)(const char *);
    real("unlink", &next);
    return fails("unlink") ? -1 : next(path);
}

int unlinkat(int folder, const char *path, int flags)
{
    int (*next)(int, const char *, int);
    real("unlinkat", &next);
    return fails("unlinkat") ? -1 : next(folder, path, flags);
}

int mkdirat(int folder, const char *path, mode_t mode)
{
    int (*next)(int, const char *, mode_t);
    real("mkdirat", &next);
    return fails("mkdirat") ? -1 : next(folder, path, mode);
}

int mkdir(const char *path, mode_t mode)
{
    int (*next)(const char *, mode_t);
    real("mkdir", &next);
    return fails("mkdir") ? -1 : next(path, mode);
}
