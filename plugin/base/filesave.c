/* Files: replacing and copying so that the target is the old file or the new one, never half.
 *
 *   folder/report.docx           old bytes ------------------> rename ---> new bytes
 *   folder/.klimakrav-<random>   write, mode, sync --------------^         then sync the folder
 *
 * All steps go through one descriptor of the folder, so that a folder renamed meanwhile cannot lead
 * the write astray. Knows nothing of what the files hold. */
#include "error.h"
#include "file.h"
#include "fileio.h"
#include "mem.h"
#include "str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { COPY_STEP = 64 * 1024, LINKS_MAX = 16, NAME_TRIES = 8 };

typedef struct sink {
    const char *path; /* as the caller named it, for messages */
    kk_buf target;    /* path with symbolic links at its end resolved */
    const char *name; /* last component, inside target */
    char temp[48];    /* the temporary beside it, "" when there is none */
    int folder;
    int fd;
    bool exists;
    struct stat old; /* of the file that is replaced, if it exists */
} sink;

/* ---- where the bytes go -------------------------------------------------------------------- */

static size_t folder_len(const kk_buf *path)
{
    size_t len = path->len;
    while (len > 0 && path->ptr[len - 1] != '/') {
        len--;
    }
    return len;
}

/* Replaces the last component of path by what its link says. Returns 0, or an errno. */
static int follow(kk_buf *path)
{
    char link[4096];
    const ssize_t n = readlink(path->ptr, link, sizeof link);
    if (n < 0) {
        return errno;
    }
    if (n == 0 || (size_t)n == sizeof link) {
        return ENAMETOOLONG;
    }
    path->len = link[0] == '/' ? 0 : folder_len(path);
    kk_buf_add(path, link, (size_t)n);
    return path->failed == KK_OK ? 0 : ENOMEM;
}

/* Resolved once, before anything is written: the link stays and its target is replaced. */
static int resolve(kk_buf *path)
{
    for (int i = 0; i < LINKS_MAX; i++) {
        struct stat info;
        if (lstat(path->ptr, &info) != 0) {
            return errno == ENOENT ? 0 : errno;
        }
        if (!S_ISLNK(info.st_mode)) {
            return 0;
        }
        const int code = follow(path);
        if (code != 0) {
            return code;
        }
    }
    return ELOOP;
}

static int open_folder(sink *s)
{
    const size_t len = folder_len(&s->target);
    char *name = s->target.ptr + len;
    s->name = name;
    if (*name == '\0') {
        return len == 0 ? ENOENT : EISDIR;
    }
    const char kept = *name;
    *name = '\0';
    s->folder = open(len == 0 ? "." : s->target.ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    *name = kept;
    return s->folder < 0 ? errno : 0;
}

static kk_status look_at_old(sink *s, kk_error *err)
{
    if (fstatat(s->folder, s->name, &s->old, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT ? KK_OK : kk_io_fail(err, s->path, "write", errno);
    }
    s->exists = true;
    if (S_ISDIR(s->old.st_mode)) {
        return kk_io_fail(err, s->path, "write", EISDIR);
    }
    if (!S_ISREG(s->old.st_mode)) {
        return kk_fail_at(err, KK_E_IO, "", kk_str_from(s->path), 0,
                          "cannot write: not a regular file; name another one");
    }
    /* Renaming over a write-protected file would work, but is not what its owner meant. */
    if (faccessat(s->folder, s->name, W_OK, AT_EACCESS) != 0) {
        if (errno != EACCES && errno != EPERM) {
            return kk_io_fail(err, s->path, "write", errno);
        }
        return kk_fail_at(err, KK_E_IO, "", kk_str_from(s->path), 0,
                          "cannot write: the file is write-protected; remove the protection, or "
                          "write to another file");
    }
    return KK_OK;
}

/* ---- the temporary ------------------------------------------------------------------------- */

static int random_name(char *out, size_t size)
{
    unsigned char bytes[16];
    const int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return errno;
    }
    const ssize_t n = kk_io_read(fd, bytes, sizeof bytes);
    const int code = n < 0 ? errno : n < (ssize_t)sizeof bytes ? EIO : 0;
    close(fd);
    if (code != 0) {
        return code;
    }
    int len = snprintf(out, size, ".klimakrav-");
    for (size_t i = 0; i < sizeof bytes; i++) {
        len += snprintf(out + len, size - (size_t)len, "%02x", bytes[i]);
    }
    return 0;
}

/* Locks a new temporary, so that kk_file_sweep leaves it alone while we live. False: another process
 * was sweeping just then and has taken it for litter. Where there are no locks, nobody sweeps. */
static bool hold(int fd)
{
    struct stat info;
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        return errno != EWOULDBLOCK;
    }
    return fstat(fd, &info) != 0 || info.st_nlink > 0;
}

/* private (0600) where the mode is set at the end, so that the bytes are never open to more people
 * than they should be. Else 0666 less the umask at once: asking for the umask would race. */
static int open_temp(sink *s, bool private)
{
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    int code = EEXIST;
    for (int i = 0; i < NAME_TRIES && code == EEXIST; i++) {
        char name[sizeof s->temp];
        code = random_name(name, sizeof name);
        if (code != 0) {
            break;
        }
        s->fd = openat(s->folder, name, flags, private ? 0600 : 0666);
        if (s->fd >= 0) {
            if (hold(s->fd)) {
                memcpy(s->temp, name, sizeof name);
                return 0;
            }
            (void)unlinkat(s->folder, name, 0);
            close(s->fd);
            s->fd = -1;
            code = EEXIST;
            continue;
        }
        code = errno;
    }
    return code;
}

static void sink_abort(sink *s)
{
    if (s->fd >= 0) {
        close(s->fd);
        s->fd = -1;
    }
    if (s->temp[0] != '\0') {
        (void)unlinkat(s->folder, s->temp, 0);
        s->temp[0] = '\0';
    }
    if (s->folder >= 0) {
        close(s->folder);
        s->folder = -1;
    }
    kk_buf_dispose(&s->target);
}

/* like_other: the mode will be another file's. After a failure there is nothing to abort. */
static kk_status sink_open(sink *s, const char *path, bool like_other, kk_error *err)
{
    *s = (sink){.path = path, .folder = -1, .fd = -1};
    kk_buf_init(&s->target, 0);
    kk_buf_puts(&s->target, path);
    int code = s->target.failed == KK_OK ? resolve(&s->target) : ENOMEM;
    if (code == 0) {
        code = open_folder(s);
    }
    kk_status status;
    if (code == ENOENT) {
        status = kk_fail_at(err, KK_E_IO, "", kk_str_from(path), 0,
                            "cannot write: the folder does not exist; make it first");
    } else if (code != 0) {
        status = kk_io_fail(err, path, "write", code);
    } else {
        status = look_at_old(s, err);
    }
    if (status == KK_OK) {
        code = open_temp(s, s->exists || like_other);
        status = code == 0 ? KK_OK : kk_io_fail(err, path, "write in the folder", code);
    }
    if (status != KK_OK) {
        sink_abort(s);
    }
    return status;
}

static kk_status sink_write(sink *s, kk_str bytes, kk_error *err)
{
    while (bytes.len > 0) {
        const ssize_t n = write(s->fd, bytes.ptr, bytes.len);
        if (n < 0 && errno != EINTR) {
            return kk_io_fail(err, s->path, "write", errno);
        }
        if (n > 0) {
            bytes = kk_str_slice(bytes, (size_t)n, bytes.len);
        }
    }
    return KK_OK;
}

/* ---- putting it in place ------------------------------------------------------------------- */

/* Owner and group as far as we may; set-id bits are not for documents. */
static int keep_owner_and_mode(const sink *s, const struct stat *like)
{
    if (fchown(s->fd, like->st_uid, like->st_gid) != 0) {
        (void)!fchown(s->fd, (uid_t)-1, like->st_gid);
    }
    return fchmod(s->fd, like->st_mode & 0777) == 0 ? 0 : errno;
}

/* Some file systems cannot sync (network, pipes in sandboxes) and say so; that is no failure. */
static int sync_fd(int fd)
{
    int code;
    do {
        code = fsync(fd) == 0 ? 0 : errno;
    } while (code == EINTR);
    return code == EIO || code == ENOSPC || code == EDQUOT ? code : 0;
}

/* link() refuses an existing name in one step; where there are no links, looking first must do. */
static int place_new(sink *s)
{
    if (linkat(s->folder, s->temp, s->folder, s->name, 0) == 0) {
        return 0; /* the temporary name goes when the sink is closed */
    }
    const int code = errno;
    if (code != EPERM && code != ENOTSUP && code != ENOSYS && code != EMLINK) {
        return code;
    }
    struct stat info;
    if (fstatat(s->folder, s->name, &info, AT_SYMLINK_NOFOLLOW) == 0) {
        return EEXIST;
    }
    if (renameat(s->folder, s->temp, s->folder, s->name) != 0) {
        return errno;
    }
    s->temp[0] = '\0';
    return 0;
}

static int place_over(sink *s)
{
    if (renameat(s->folder, s->temp, s->folder, s->name) != 0) {
        return errno;
    }
    s->temp[0] = '\0';
    return 0;
}

/* Syncs, closes, renames. `like` gives owner and mode, NULL keeps those of a new file. */
static kk_status sink_close(sink *s, const struct stat *like, bool overwrite, kk_error *err)
{
    int code = like == NULL ? 0 : keep_owner_and_mode(s, like);
    if (code == 0) {
        code = sync_fd(s->fd);
    }
    if (close(s->fd) != 0 && code == 0 && errno != EINTR) {
        code = errno; /* a full network disk may say so only now */
    }
    s->fd = -1;
    if (code == 0) {
        code = overwrite ? place_over(s) : place_new(s);
    }
    if (code == 0) {
        code = sync_fd(s->folder);
    }
    const kk_status status = code == 0 ? KK_OK : kk_io_fail(err, s->path, "write", code);
    sink_abort(s);
    return status;
}

kk_status kk_file_replace(const char *path, const kk_str *pieces, size_t n_pieces, kk_error *err)
{
    sink s;
    KK_TRY(sink_open(&s, path, false, err));
    for (size_t i = 0; i < n_pieces; i++) {
        const kk_status status = sink_write(&s, pieces[i], err);
        if (status != KK_OK) {
            sink_abort(&s);
            return status;
        }
    }
    return sink_close(&s, s.exists ? &s.old : NULL, true, err);
}

static kk_status copy_bytes(int from, const char *from_path, sink *to, kk_error *err)
{
    char *step = kk_malloc(COPY_STEP);
    if (step == NULL) {
        return kk_fail_nomem(err);
    }
    kk_status status = KK_OK;
    while (status == KK_OK) {
        const ssize_t n = kk_io_read(from, step, COPY_STEP);
        if (n < 0) {
            status = kk_io_fail(err, from_path, "read", errno);
        } else if (n == 0) {
            break;
        } else {
            status = sink_write(to, (kk_str){step, (size_t)n}, err);
        }
    }
    kk_release(step);
    return status;
}

kk_status kk_file_copy(const char *from, const char *to, bool overwrite, kk_error *err)
{
    int fd;
    struct stat info;
    sink s;
    KK_TRY(kk_io_open(from, &fd, &info, err));
    kk_status status = sink_open(&s, to, true, err);
    if (status != KK_OK) {
        close(fd);
        return status;
    }
    if (s.exists && !overwrite) {
        status = kk_io_fail(err, to, "write", EEXIST);
    } else {
        status = copy_bytes(fd, from, &s, err);
    }
    close(fd);
    if (status == KK_OK) {
        const struct timespec times[2] = {info.st_atim, info.st_mtim};
        if (futimens(s.fd, times) != 0) {
            status = kk_io_fail(err, to, "set the time of", errno);
        }
    }
    if (status != KK_OK) {
        sink_abort(&s);
        return status;
    }
    return sink_close(&s, &info, overwrite, err);
}
