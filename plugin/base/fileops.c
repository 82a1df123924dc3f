/* Single questions and acts about files. Knows nothing of what the files hold. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "fileops.h"

#include "error.h"
#include "file.h"
#include "fileio.h"
#include "filepath.h"
#include "hash.h"
#include "str.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { PATH_ROOM = 4096 }; /* PATH_MAX of the systems we know; realpath never writes more */

bool kk_path_real(const char *path, kk_buf *out)
{
    char real[PATH_ROOM + 1];
    if (path == NULL || realpath(path, real) == NULL) {
        return false;
    }
    kk_buf_puts(out, real);
    return true;
}

kk_status kk_file_real(const char *path, kk_buf *out, kk_error *err)
{
    if (!kk_path_real(path, out)) {
        return kk_io_fail(err, path, "open", errno);
    }
    return out->failed == KK_OK ? KK_OK : kk_fail_nomem(err);
}

uint64_t kk_file_size(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0
               ? (uint64_t)info.st_size
               : 0;
}

kk_status kk_file_hash(const char *path, char out[65], kk_error *err)
{
    kk_buf bytes;
    kk_buf_init(&bytes, 0);
    const kk_status status = kk_file_read(path, 0, &bytes, err);
    if (status == KK_OK) {
        kk_sha256_hex(kk_buf_view(&bytes), out);
    }
    kk_buf_dispose(&bytes);
    return status;
}

kk_status kk_file_remove(const char *path, kk_error *err)
{
    if (unlink(path) == 0 || errno == ENOENT) {
        return KK_OK;
    }
    return kk_io_fail(err, path, "remove", errno);
}

kk_status kk_file_rename(const char *from, const char *to, kk_error *err)
{
    if (link(from, to) == 0) {
        return kk_file_remove(from, err);
    }
    const int code = errno;
    if (code != EPERM && code != ENOTSUP && code != ENOSYS) {
        return kk_io_fail(err, to, "write", code);
    }
    if (kk_file_exists(to)) {
        return kk_io_fail(err, to, "write", EEXIST);
    }
    return rename(from, to) == 0 ? KK_OK : kk_io_fail(err, to, "write", errno);
}

/* ---- what killed writers left --------------------------------------------------------------- */

/* ".klimakrav-" and 32 hex digits, as filesave.c names them. */
static bool is_temporary(const char *name)
{
    static const char prefix[] = ".klimakrav-";
    const size_t n = sizeof prefix - 1;
    return strncmp(name, prefix, n) == 0 && strlen(name) == n + 32 &&
           strspn(name + n, "0123456789abcdef") == 32;
}

static void sweep_one(int folder, const char *name)
{
    const int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        return;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
        (void)unlinkat(folder, name, 0);
    }
    close(fd);
}

void kk_file_sweep(const char *folder)
{
    DIR *dir = opendir(folder);
    if (dir == NULL) {
        return;
    }
    for (const struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        if (is_temporary(e->d_name)) {
            sweep_one(dirfd(dir), e->d_name);
        }
    }
    closedir(dir);
}

/* ---- below a folder ------------------------------------------------------------------------ */

static bool plain_relative(const char *relative)
{
    kk_str rest = kk_str_from(relative);
    if (rest.len == 0 || rest.ptr[0] == '/' || rest.ptr[rest.len - 1] == '/') {
        return false;
    }
    kk_str part;
    while (kk_str_split(&rest, '/', &part)) {
        if (part.len == 0 || kk_str_is(part, ".") || kk_str_is(part, "..")) {
            return false;
        }
    }
    return true;
}

static kk_status refuse_link(kk_error *err, const char *path)
{
    return kk_fail_at(err, KK_E_UNSUPPORTED, "target-link", kk_str_from(path), 0,
                      "a symbolic link stands where the file would go; remove the link, or choose "
                      "another folder");
}

/* Opens (and makes) one folder inside another. *next -1: it is not there, and make is false. */
static kk_status step_into(int folder, const char *name, bool make, int *next, kk_error *err)
{
    *next = -1;
    if (make && mkdirat(folder, name, 0777) != 0 && errno != EEXIST) {
        return kk_io_fail(err, name, "make the folder", errno);
    }
    *next = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (*next >= 0 || (errno == ENOENT && !make)) {
        return KK_OK;
    }
    struct stat info;
    const int code = errno;
    if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(info.st_mode)) {
        return refuse_link(err, name);
    }
    return kk_io_fail(err, name, "open the folder", code);
}

static kk_status look_at_file(int folder, const char *name, kk_error *err)
{
    struct stat info;
    if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT ? KK_OK : kk_io_fail(err, name, "write", errno);
    }
    return S_ISLNK(info.st_mode) ? refuse_link(err, name) : KK_OK;
}

kk_status kk_file_below(const char *folder, const char *relative, bool make, kk_error *err)
{
    char name[256];
    kk_str rest = kk_str_from(relative);
    kk_str part;
    if (!plain_relative(relative)) {
        return kk_fail_at(err, KK_E_UNSUPPORTED, "target-outside", kk_str_from(relative), 0,
                          "the path leads outside the folder; name the file without '..'");
    }
    int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (at < 0) {
        return errno == ENOENT && !make ? KK_OK : kk_io_fail(err, folder, "open the folder", errno);
    }
    kk_status status = KK_OK;
    while (status == KK_OK && at >= 0 && kk_str_split(&rest, '/', &part)) {
        if (part.len >= sizeof name) {
            status = kk_io_fail(err, relative, "write", ENAMETOOLONG);
            break;
        }
        memcpy(name, part.ptr, part.len);
        name[part.len] = '\0';
        if (rest.len == 0) {
            status = look_at_file(at, name, err);
            break;
        }
        int next;
        status = step_into(at, name, make, &next, err);
        close(at);
        at = next;
    }
    if (at >= 0) {
        close(at);
    }
    return status;
}
