/* Files: reading whole, making and walking folders. Together with filesave.c the only room with
 * POSIX file calls. Knows nothing of what the files hold. */
#include "file.h"

#include "error.h"
#include "fileio.h"
#include "mem.h"
#include "str.h"
#include "vec.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { READ_STEP = 64 * 1024 };

/* What a person can do about the common errors; the system's own words for the rest. */
static const char *advice(int code)
{
    switch (code) {
    case EACCES:
    case EPERM:
        return "no permission; ask for access, or choose another folder";
    case EROFS:
        return "the disk is read-only; choose another folder";
    case ENOSPC:
        return "the disk is full; free some space, or choose another folder";
    case EDQUOT:
        return "the disk quota is used up; free some space, or choose another folder";
    case EFBIG:
        return "the file would be larger than the system allows; choose another disk";
    case ENOENT:
        return "no such file or folder; check the name";
    case ENOTDIR:
        return "part of the path is a file, not a folder; check the name";
    case EISDIR:
        return "it is a folder; name a file";
    case EEXIST:
        return "it exists already; choose another name";
    case ENAMETOOLONG:
        return "the name is too long; choose a shorter one";
    case ELOOP:
        return "too many symbolic links; name the file itself";
    case EMFILE:
    case ENFILE:
        return "too many open files; run fewer jobs at a time";
    default:
        return NULL;
    }
}

kk_status kk_io_fail(kk_error *err, const char *path, const char *doing, int code)
{
    char system[128];
    const char *text = advice(code);
    if (code == ENOMEM) {
        return kk_fail_nomem(err);
    }
    if (text == NULL) {
        text = strerror_r(code, system, sizeof system) == 0 ? system : "unknown system error";
    }
    return kk_fail_at(err, KK_E_IO, "", kk_str_from(path), 0, "cannot %s: %s", doing, text);
}

/* ---- reading ------------------------------------------------------------------------------- */

/* O_NONBLOCK: a fifo must be refused, not waited for. */
kk_status kk_io_open(const char *path, int *fd, struct stat *info, kk_error *err)
{
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (*fd < 0) {
        return kk_io_fail(err, path, "open", errno);
    }
    kk_status status = KK_OK;
    if (fstat(*fd, info) != 0) {
        status = kk_io_fail(err, path, "open", errno);
    } else if (S_ISDIR(info->st_mode)) {
        status = kk_io_fail(err, path, "open", EISDIR);
    } else if (!S_ISREG(info->st_mode)) {
        status = kk_fail_at(err, KK_E_IO, "", kk_str_from(path), 0,
                            "cannot open: not a regular file; name a document");
    }
    if (status != KK_OK) {
        close(*fd);
        *fd = -1;
    }
    return status;
}

ssize_t kk_io_read(int fd, void *to, size_t len)
{
    ssize_t n;
    do {
        n = read(fd, to, len);
    } while (n < 0 && errno == EINTR);
    return n;
}

static kk_status fail_size(kk_error *err, const char *path, size_t limit)
{
    return kk_fail_at(err, KK_E_LIMIT, "limit", kk_str_from(path), 0,
                      "the file is larger than %zu bytes; split it or raise the limit", limit);
}

/* How much to ask for next: what the buffer has room for, and no more than the limit allows. */
static size_t next_step(const kk_buf *out, size_t limit)
{
    const size_t spare = out->cap > out->len + 1 ? out->cap - out->len - 1 : (size_t)READ_STEP;
    const size_t left = limit - out->len;
    return spare < left ? spare : left;
}

/* Reads to the end whatever fstat said, since the file may grow or shrink meanwhile. When the limit
 * is reached exactly, one byte more is asked for to tell a full file from one too large. */
static kk_status read_all(int fd, const char *path, size_t limit, kk_buf *out, kk_error *err)
{
    for (;;) {
        char probe;
        char *to = &probe;
        const size_t room = next_step(out, limit);
        if (room > 0) {
            to = kk_buf_reserve(out, room);
            if (to == NULL) {
                return kk_fail_nomem(err);
            }
        }
        const ssize_t n = kk_io_read(fd, to, room > 0 ? room : 1);
        if (n < 0) {
            return kk_io_fail(err, path, "read", errno);
        }
        if (n == 0) {
            kk_buf_add(out, NULL, 0);
            return out->failed == KK_OK ? KK_OK : kk_fail_nomem(err);
        }
        if (room == 0) {
            return fail_size(err, path, limit);
        }
        kk_buf_commit(out, (size_t)n);
    }
}

kk_status kk_file_read(const char *path, uint64_t max, kk_buf *out, kk_error *err)
{
    size_t limit = SIZE_MAX / 2;
    if (out->max != 0 && out->max < limit) {
        limit = out->max;
    }
    if (max != 0 && max < limit) {
        limit = (size_t)max;
    }
    int fd;
    struct stat info = {.st_size = 0};
    kk_buf_clear(out);
    KK_TRY(kk_io_open(path, &fd, &info, err));
    const uint64_t size = info.st_size > 0 ? (uint64_t)info.st_size : 0;
    kk_status status;
    if (size > limit) {
        status = fail_size(err, path, limit);
    } else if (size > 0 && kk_buf_reserve(out, (size_t)size) == NULL) {
        status = kk_fail_nomem(err);
    } else {
        status = read_all(fd, path, limit, out, err);
    }
    close(fd);
    if (status != KK_OK) {
        kk_buf_clear(out);
    }
    return status;
}

/* ---- folders ------------------------------------------------------------------------------- */

kk_status kk_file_map(const char *path, uint64_t max, kk_str *out, kk_error *err)
{
    struct stat info;
    int fd;
    *out = (kk_str){NULL, 0};
    KK_TRY(kk_io_open(path, &fd, &info, err));
    kk_status status = KK_OK;
    if ((uint64_t)info.st_size > max) {
        status = fail_size(err, path, (size_t)max);
    } else if (info.st_size > 0) {
        void *at = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (at == MAP_FAILED) {
            status = kk_io_fail(err, path, "read", errno);
        } else {
            *out = (kk_str){at, (size_t)info.st_size};
        }
    }
    (void)close(fd);
    return status;
}

void kk_file_unmap(kk_str bytes)
{
    if (bytes.ptr != NULL) {
        union {
            const char *seen;
            void *given;
        } at = {bytes.ptr};
        (void)munmap(at.given, bytes.len);
    }
}

bool kk_file_exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

bool kk_file_is_dir(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static int64_t nanoseconds(struct timespec t)
{
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

bool kk_file_stamp(const char *path, uint64_t *size, int64_t *changed)
{
    struct stat info;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode)) {
        return false;
    }
    const int64_t contents = nanoseconds(info.st_mtim);
    const int64_t place = nanoseconds(info.st_ctim);
    *size = (uint64_t)info.st_size;
    *changed = contents > place ? contents : place;
    return true;
}

static kk_status make_folder(const char *path, kk_error *err)
{
    if (mkdir(path, 0777) == 0) {
        return KK_OK;
    }
    const int code = errno;
    if (kk_file_is_dir(path)) {
        return KK_OK; /* EEXIST, but also EACCES and EROFS for a parent that is there */
    }
    return kk_io_fail(err, path, "make the folder", code == EEXIST ? ENOTDIR : code);
}

kk_status kk_file_mkdirs(const char *path, kk_error *err)
{
    kk_buf copy;
    kk_buf_init(&copy, 0);
    kk_buf_puts(&copy, path);
    if (copy.failed != KK_OK) {
        kk_buf_dispose(&copy);
        return kk_fail_nomem(err);
    }
    kk_status status = KK_OK;
    for (size_t i = 1; i < copy.len && status == KK_OK; i++) {
        if (copy.ptr[i] == '/' && copy.ptr[i - 1] != '/') {
            copy.ptr[i] = '\0';
            status = make_folder(copy.ptr, err);
            copy.ptr[i] = '/';
        }
    }
    if (status == KK_OK) {
        status = make_folder(path, err);
    }
    kk_buf_dispose(&copy);
    return status;
}

/* ---- walking ------------------------------------------------------------------------------- */

typedef KK_VEC(char *) name_list;

typedef struct walk {
    bool (*visit)(void *context, const char *file);
    void *context;
    kk_buf path; /* the path being looked at; grows and shrinks with the depth */
    kk_error *err;
} walk;

static void free_names(name_list *names)
{
    for (size_t i = 0; i < names->n; i++) {
        kk_release(names->items[i]);
    }
    kk_vec_free(names);
}

static bool keep_name(name_list *names, const char *name)
{
    const size_t size = strlen(name) + 1;
    char *copy = kk_malloc(size);
    if (copy == NULL) {
        return false;
    }
    memcpy(copy, name, size);
    if (!kk_vec_push(names, copy)) {
        kk_release(copy);
        return false;
    }
    return true;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All names of the folder, sorted. It is closed again before its subfolders are opened, so that
 * depth costs memory but no descriptors. */
static kk_status list_folder(const char *path, name_list *names, kk_error *err)
{
    DIR *folder = opendir(path);
    if (folder == NULL) {
        return kk_io_fail(err, path, "open the folder", errno);
    }
    kk_status status = KK_OK;
    while (status == KK_OK) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (entry == NULL) {
            status = errno == 0 ? KK_OK : kk_io_fail(err, path, "read the folder", errno);
            break;
        }
        const char *name = entry->d_name;
        const bool own = strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
        if (!own && !keep_name(names, name)) {
            status = kk_fail_nomem(err);
        }
    }
    closedir(folder);
    if (names->n > 1) {
        qsort(names->items, names->n, sizeof *names->items, by_bytes);
    }
    return status;
}

static kk_status walk_folder(walk *w);

/* One name below a folder. A link to a file counts as that file; a link to a folder could lead in a
 * circle and is passed by. What has vanished since it was listed is passed by too. */
static kk_status walk_entry(walk *w)
{
    struct stat info;
    const char *path = w->path.ptr;
    if (lstat(path, &info) != 0) {
        return errno == ENOENT ? KK_OK : kk_io_fail(w->err, path, "look at", errno);
    }
    if (S_ISDIR(info.st_mode)) {
        return walk_folder(w);
    }
    if (S_ISLNK(info.st_mode) && stat(path, &info) != 0) {
        return KK_OK;
    }
    if (S_ISREG(info.st_mode) && !w->visit(w->context, path)) {
        return kk_fail(w->err, KK_E_CANCELLED, "", "stopped before all files were seen");
    }
    return KK_OK;
}

static kk_status walk_folder(walk *w)
{
    name_list names = {0};
    const size_t len = w->path.len;
    kk_status status = list_folder(w->path.ptr, &names, w->err);
    for (size_t i = 0; i < names.n && status == KK_OK; i++) {
        if (len > 0 && w->path.ptr[len - 1] != '/') {
            kk_buf_putc(&w->path, '/');
        }
        kk_buf_puts(&w->path, names.items[i]);
        status = w->path.failed == KK_OK ? walk_entry(w) : kk_fail_nomem(w->err);
        w->path.len = len;
        w->path.ptr[len] = '\0';
    }
    free_names(&names);
    return status;
}

kk_status kk_file_walk(const char *path, bool (*visit)(void *context, const char *file),
                       void *context, kk_error *err)
{
    struct stat info;
    if (stat(path, &info) != 0) {
        return kk_io_fail(err, path, "open", errno);
    }
    walk w = {.visit = visit, .context = context, .err = err};
    kk_buf_init(&w.path, 0);
    kk_buf_puts(&w.path, path);
    kk_status status;
    if (w.path.failed != KK_OK) {
        status = kk_fail_nomem(err);
    } else {
        status = S_ISDIR(info.st_mode) ? walk_folder(&w) : walk_entry(&w);
    }
    kk_buf_dispose(&w.path);
    return status;
}
