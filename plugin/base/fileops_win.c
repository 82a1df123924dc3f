/* Windows: single questions and acts about files. The counterpart of fileops.c. Knows nothing of what
 * the files hold. */
#include "fileops.h"

#include "error.h"
#include "file.h"
#include "filepath.h"
#include "hash.h"
#include "mem.h"
#include "str.h"
#include "wide_win.h"

#include <string.h>

enum { PATH_ROOM = 32768 }; /* longest path of Windows */

bool kk_path_real(const char *path, kk_buf *out)
{
    wchar_t *wide = path == NULL ? NULL : kk_wide_path(path);
    wchar_t *room = wide == NULL ? NULL : kk_malloc(PATH_ROOM * sizeof *room);
    DWORD n = 0;
    if (room != NULL) {
        const HANDLE at = CreateFileW(wide, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                      NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
        if (at != INVALID_HANDLE_VALUE) {
            n = GetFinalPathNameByHandleW(at, room, PATH_ROOM, 0);
            (void)CloseHandle(at);
            if (n == 0) { /* some disks cannot tell; then without looking behind links */
                n = GetFullPathNameW(wide, PATH_ROOM, room, NULL);
            }
        }
    }
    const bool good = n > 0 && n < PATH_ROOM;
    if (good) {
        kk_wide_text(room, out);
    }
    kk_release(room);
    kk_release(wide);
    return good;
}

kk_status kk_file_real(const char *path, kk_buf *out, kk_error *err)
{
    if (!kk_path_real(path, out)) {
        return kk_win_fail(err, path, "open", ERROR_FILE_NOT_FOUND);
    }
    return out->failed == KK_OK ? KK_OK : kk_fail_nomem(err);
}

uint64_t kk_file_size(const char *path)
{
    uint64_t size = 0;
    HANDLE file;
    if (kk_win_open(path, &file, &size, NULL) != KK_OK) {
        return 0;
    }
    (void)CloseHandle(file);
    return size;
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
    wchar_t *wide = kk_wide_path(path);
    const DWORD code = wide != NULL && DeleteFileW(wide) ? 0 : GetLastError();
    kk_release(wide);
    return code == 0 || kk_win_missing(code) ? KK_OK : kk_win_fail(err, path, "remove", code);
}

/* Without MOVEFILE_REPLACE_EXISTING an existing name is refused in one step. */
kk_status kk_file_rename(const char *from, const char *to, kk_error *err)
{
    wchar_t *old = kk_wide_path(from);
    wchar_t *name = old == NULL ? NULL : kk_wide_path(to);
    const DWORD code =
        name != NULL && MoveFileExW(old, name, MOVEFILE_WRITE_THROUGH) ? 0 : GetLastError();
    kk_release(name);
    kk_release(old);
    return code == 0 ? KK_OK : kk_win_fail(err, to, "write", code);
}

/* ---- what killed writers left --------------------------------------------------------------- */

/* ".klimakrav-" and 32 hex digits, as filesave_win.c names them. */
static bool is_temporary(const char *name)
{
    static const char prefix[] = ".klimakrav-";
    const size_t n = sizeof prefix - 1;
    return strncmp(name, prefix, n) == 0 && strlen(name) == n + 32 &&
           strspn(name + n, "0123456789abcdef") == 32;
}

/* A living writer shares its temporary with nobody, hence it cannot be opened. */
static void sweep_one(const char *path)
{
    wchar_t *wide = kk_wide_path(path);
    if (wide != NULL) {
        const HANDLE at = CreateFileW(wide, DELETE, 0, NULL, OPEN_EXISTING,
                                      FILE_FLAG_DELETE_ON_CLOSE | FILE_FLAG_OPEN_REPARSE_POINT, NULL);
        if (at != INVALID_HANDLE_VALUE) {
            (void)CloseHandle(at);
        }
    }
    kk_release(wide);
}

void kk_file_sweep(const char *folder)
{
    WIN32_FIND_DATAW found;
    kk_buf path;
    kk_buf_init(&path, 0);
    kk_buf_printf(&path, "%s/", folder);
    const size_t len = path.len;
    kk_buf_puts(&path, ".klimakrav-*");
    wchar_t *wide = path.failed == KK_OK ? kk_wide_path(path.ptr) : NULL;
    const HANDLE search = wide == NULL ? INVALID_HANDLE_VALUE : FindFirstFileW(wide, &found);
    kk_release(wide);
    bool more = search != INVALID_HANDLE_VALUE;
    while (more) {
        path.len = len;
        kk_wide_text(found.cFileName, &path);
        if (path.failed == KK_OK && is_temporary(path.ptr + len)) {
            sweep_one(path.ptr);
        }
        more = FindNextFileW(search, &found);
    }
    if (search != INVALID_HANDLE_VALUE) {
        (void)FindClose(search);
    }
    kk_buf_dispose(&path);
}

/* ---- below a folder ------------------------------------------------------------------------ */

/* A colon would name a disk or a hidden stream of a file, a backslash is a folder. */
static bool plain_relative(const char *relative)
{
    kk_str rest = kk_str_from(relative);
    if (rest.len == 0 || rest.ptr[0] == '/' || rest.ptr[rest.len - 1] == '/' ||
        strpbrk(relative, "\\:") != NULL) {
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

/* One name on the way. *gone: it is not there, and is not to be made. */
static kk_status step(const char *path, bool last, bool make, bool *gone, kk_error *err)
{
    WIN32_FIND_DATAW found;
    if (kk_win_look(path, &found)) {
        return kk_win_is_link(&found)
                   ? kk_fail_at(err, KK_E_UNSUPPORTED, "target-link", kk_str_from(path), 0,
                                "a symbolic link stands where the file would go; remove the link, "
                                "or choose another folder")
                   : KK_OK;
    }
    const DWORD code = GetLastError();
    if (!kk_win_missing(code)) {
        return kk_win_fail(err, path, "write", code);
    }
    *gone = last || !make;
    return *gone ? KK_OK : kk_file_mkdirs(path, err);
}

/* Windows has no descriptor of a folder to go through step by step, so a link that is made between
 * this look and the write is not seen. */
kk_status kk_file_below(const char *folder, const char *relative, bool make, kk_error *err)
{
    if (!plain_relative(relative)) {
        return kk_fail_at(err, KK_E_UNSUPPORTED, "target-outside", kk_str_from(relative), 0,
                          "the path leads outside the folder; name the file without '..'");
    }
    if (!kk_file_is_dir(folder)) {
        return make ? kk_win_fail(err, folder, "open the folder", ERROR_PATH_NOT_FOUND) : KK_OK;
    }
    kk_buf path;
    kk_str rest = kk_str_from(relative);
    kk_str part;
    bool gone = false;
    kk_status status = KK_OK;
    kk_buf_init(&path, 0);
    kk_buf_puts(&path, folder);
    while (status == KK_OK && !gone && kk_str_split(&rest, '/', &part)) {
        kk_buf_putc(&path, '/');
        kk_buf_str(&path, part);
        status = path.failed == KK_OK ? step(path.ptr, rest.len == 0, make, &gone, err)
                                      : kk_fail_nomem(err);
    }
    kk_buf_dispose(&path);
    return status;
}
