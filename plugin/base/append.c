/* The append-only file behind a journal: one writer, whole lines, on the disk when it says so.
 * Knows nothing of what the lines mean. */
#include "append.h"

#include "error.h"
#include "fileio.h"
#include "mem.h"
#include "str.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

struct kk_append {
    pthread_mutex_t lock;
    int fd;
    off_t end; /* bytes that are whole lines of ours */
    char *path;
};

/* A new name must survive a crash as much as what is in the file. */
static void sync_folder(const char *path)
{
    char folder[4096];
    const char *slash = strrchr(path, '/');
    const size_t len = slash == NULL ? 0 : slash == path ? 1 : (size_t)(slash - path);
    if (len >= sizeof folder) {
        return;
    }
    memcpy(folder, path, len);
    folder[len] = '\0';
    const int fd = open(len == 0 ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
}

static kk_status write_all(const kk_append *a, kk_str bytes, kk_error *err)
{
    while (bytes.len > 0) {
        const ssize_t n = write(a->fd, bytes.ptr, bytes.len);
        if (n < 0 && errno != EINTR) {
            return kk_io_fail(err, a->path, "write", errno);
        }
        if (n > 0) {
            bytes = kk_str_slice(bytes, (size_t)n, bytes.len);
        }
    }
    return KK_OK;
}

static kk_status end_last_line(kk_append *a, kk_error *err)
{
    char last = '\n';
    struct stat info;
    if (fstat(a->fd, &info) != 0) {
        return kk_io_fail(err, a->path, "open", errno);
    }
    if (!S_ISREG(info.st_mode)) {
        return kk_fail_at(err, KK_E_IO, "", kk_str_from(a->path), 0,
                          "cannot write: not a regular file; name another one");
    }
    a->end = info.st_size;
    if (a->end > 0 && pread(a->fd, &last, 1, a->end - 1) != 1) {
        return kk_io_fail(err, a->path, "read", errno);
    }
    if (last != '\n') {
        KK_TRY(write_all(a, KK_STR("\n"), err));
        a->end++;
    }
    return KK_OK;
}

static kk_status open_and_lock(kk_append *a, bool fresh, kk_error *err)
{
    const int flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
    a->fd = open(a->path, flags | (fresh ? O_CREAT | O_EXCL : 0), 0666);
    if (a->fd < 0) {
        return kk_io_fail(err, a->path, "write", errno);
    }
    if (flock(a->fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        return kk_fail_at(err, KK_E_IO, "journal-busy", kk_str_from(a->path), 0,
                          "another run holds the journal; wait for it, or name another journal");
    }
    if (fresh) {
        sync_folder(a->path);
    }
    return end_last_line(a, err);
}

kk_status kk_append_open(kk_append **out, const char *path, bool fresh, kk_error *err)
{
    const size_t size = strlen(path) + 1;
    *out = NULL;
    kk_append *a = kk_malloc(sizeof *a);
    char *name = kk_malloc(size);
    if (a == NULL || name == NULL) {
        kk_release(a);
        kk_release(name);
        return kk_fail_nomem(err);
    }
    memcpy(name, path, size);
    *a = (kk_append){.fd = -1, .path = name};
    if (pthread_mutex_init(&a->lock, NULL) != 0) {
        kk_release(name);
        kk_release(a);
        return kk_fail_nomem(err);
    }
    const kk_status status = open_and_lock(a, fresh, err);
    if (status != KK_OK) {
        kk_append_close(a);
        return status;
    }
    *out = a;
    return KK_OK;
}

static kk_status sync_file(const kk_append *a, kk_error *err)
{
    int code;
    do {
        code = fsync(a->fd) == 0 ? 0 : errno;
    } while (code == EINTR);
    /* Some file systems cannot sync and say so; that is no failure. */
    if (code == EIO || code == ENOSPC || code == EDQUOT) {
        return kk_io_fail(err, a->path, "write", code);
    }
    return KK_OK;
}

kk_status kk_append_write(kk_append *append, kk_str bytes, bool sync, kk_error *err)
{
    pthread_mutex_lock(&append->lock);
    kk_status status = write_all(append, bytes, err);
    if (status == KK_OK) {
        append->end += (off_t)bytes.len;
    } else {
        (void)!ftruncate(append->fd, append->end);
    }
    pthread_mutex_unlock(&append->lock);
    /* Outside the lock: other threads go on writing, and one sync may serve several of them. */
    return status == KK_OK && sync ? sync_file(append, err) : status;
}

void kk_append_close(kk_append *append)
{
    if (append == NULL) {
        return;
    }
    if (append->fd >= 0) {
        (void)fsync(append->fd);
        close(append->fd); /* gives the lock up too */
    }
    pthread_mutex_destroy(&append->lock);
    kk_release(append->path);
    kk_release(append);
}
