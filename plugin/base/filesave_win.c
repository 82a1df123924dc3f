/* Windows: replacing and copying files so that the target is the old file or the new one, never half.
 *
 *   folder\report.docx           old bytes ----------> ReplaceFile ---> new bytes, old rights
 *   folder\.klimakrav-<random>   write, flush -------------^
 *
 * The counterpart of filesave.c. Knows nothing of what the files hold. */
#include "error.h"
#include "file.h"
#include "mem.h"
#include "str.h"
#include "wide_win.h"

#include <stdio.h>
#include <string.h>

#include <ntsecapi.h>

enum { COPY_STEP = 64 * 1024, NAME_TRIES = 8 };

typedef struct sink {
    const char *path; /* as the caller named it, for messages */
    kk_buf target;    /* path, or what it links to */
    kk_buf temp;      /* the temporary beside it, "" when there is none */
    HANDLE file;
    bool exists;
} sink;

/* ---- where the bytes go -------------------------------------------------------------------- */

/* The link stays and its target is replaced. */
static DWORD follow(kk_buf *path)
{
    wchar_t room[1024];
    wchar_t *wide = kk_wide_path(path->ptr);
    if (wide == NULL) {
        return GetLastError();
    }
    const HANDLE at = CreateFileW(wide, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                  NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    kk_release(wide);
    if (at == INVALID_HANDLE_VALUE) {
        return GetLastError();
    }
    const DWORD n = GetFinalPathNameByHandleW(at, room, sizeof room / sizeof *room, 0);
    const DWORD code = n == 0 ? GetLastError() : ERROR_FILENAME_EXCED_RANGE;
    (void)CloseHandle(at);
    if (n == 0 || n >= sizeof room / sizeof *room) {
        return code;
    }
    kk_buf_clear(path);
    kk_wide_text(room, path);
    return path->failed == KK_OK ? 0 : ERROR_NOT_ENOUGH_MEMORY;
}

/* Would replacing be allowed now? A program that has the document open, as Word does, says no. */
static DWORD ask_to_replace(const char *path)
{
    wchar_t *wide = kk_wide_path(path);
    if (wide == NULL) {
        return GetLastError();
    }
    const HANDLE at = CreateFileW(wide, GENERIC_READ | GENERIC_WRITE | DELETE,
                                  FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                                  OPEN_EXISTING, 0, NULL);
    const DWORD code = at == INVALID_HANDLE_VALUE ? GetLastError() : 0;
    if (at != INVALID_HANDLE_VALUE) {
        (void)CloseHandle(at);
    }
    kk_release(wide);
    return code;
}

static kk_status look_at_old(sink *s, kk_error *err)
{
    WIN32_FIND_DATAW found;
    if (!kk_win_look(s->path, &found)) {
        const DWORD code = GetLastError();
        return kk_win_missing(code) ? KK_OK : kk_win_fail(err, s->path, "write", code);
    }
    if (kk_win_is_link(&found)) {
        const DWORD code = follow(&s->target);
        if (code != 0) {
            return kk_win_missing(code) ? KK_OK : kk_win_fail(err, s->path, "write", code);
        }
    }
    s->exists = true;
    if (kk_file_is_dir(s->target.ptr)) {
        return kk_fail_at(err, KK_E_IO, "", kk_str_from(s->path), 0,
                          "cannot write: it is a folder; name a file");
    }
    if (kk_win_look(s->target.ptr, &found) &&
        (found.dwFileAttributes & FILE_ATTRIBUTE_READONLY) != 0) {
        return kk_fail_at(err, KK_E_IO, "", kk_str_from(s->path), 0,
                          "cannot write: the file is write-protected; remove the protection, or "
                          "write to another file");
    }
    const DWORD code = ask_to_replace(s->target.ptr);
    return code == 0 ? KK_OK : kk_win_fail(err, s->path, "write", code);
}

/* ---- the temporary ------------------------------------------------------------------------- */

static size_t folder_len(kk_str path)
{
    while (path.len > 0 && path.ptr[path.len - 1] != '/' && path.ptr[path.len - 1] != '\\') {
        path.len--;
    }
    return path.len;
}

static bool name_temp(sink *s)
{
    unsigned char bytes[16];
    const kk_str target = kk_buf_view(&s->target);
    if (!RtlGenRandom(bytes, sizeof bytes)) {
        SetLastError(ERROR_GEN_FAILURE);
        return false;
    }
    kk_buf_clear(&s->temp);
    kk_buf_add(&s->temp, target.ptr, folder_len(target));
    kk_buf_puts(&s->temp, ".klimakrav-");
    for (size_t i = 0; i < sizeof bytes; i++) {
        kk_buf_printf(&s->temp, "%02x", bytes[i]);
    }
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return s->temp.failed == KK_OK;
}

/* Nobody else may open it while we write: that is also how kk_file_sweep knows that we live. */
static DWORD open_temp(sink *s)
{
    DWORD code = ERROR_FILE_EXISTS;
    for (int i = 0; i < NAME_TRIES && code == ERROR_FILE_EXISTS; i++) {
        wchar_t *wide = name_temp(s) ? kk_wide_path(s->temp.ptr) : NULL;
        if (wide == NULL) {
            return GetLastError();
        }
        s->file = CreateFileW(wide, GENERIC_WRITE, 0, NULL, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
        code = s->file == INVALID_HANDLE_VALUE ? GetLastError() : 0;
        kk_release(wide);
    }
    return code;
}

static void remove_temp(sink *s)
{
    wchar_t *wide = s->temp.len == 0 ? NULL : kk_wide_path(s->temp.ptr);
    if (wide != NULL) {
        (void)DeleteFileW(wide);
    }
    kk_release(wide);
    kk_buf_clear(&s->temp);
}

static void sink_abort(sink *s)
{
    if (s->file != INVALID_HANDLE_VALUE) {
        (void)CloseHandle(s->file);
        s->file = INVALID_HANDLE_VALUE;
    }
    remove_temp(s);
    kk_buf_dispose(&s->temp);
    kk_buf_dispose(&s->target);
}

/* After a failure there is nothing to abort. */
static kk_status sink_open(sink *s, const char *path, kk_error *err)
{
    *s = (sink){.path = path, .file = INVALID_HANDLE_VALUE};
    kk_buf_init(&s->target, 0);
    kk_buf_init(&s->temp, 0);
    kk_buf_puts(&s->target, path);
    kk_status status = s->target.failed == KK_OK ? look_at_old(s, err) : kk_fail_nomem(err);
    if (status == KK_OK) {
        const DWORD code = open_temp(s);
        if (code != 0) {
            kk_buf_clear(&s->temp); /* there is none of ours */
        }
        if (code == ERROR_PATH_NOT_FOUND) {
            status = kk_fail_at(err, KK_E_IO, "", kk_str_from(path), 0,
                                "cannot write: the folder does not exist; make it first");
        } else if (code != 0) {
            status = kk_win_fail(err, path, "write in the folder", code);
        }
    }
    if (status != KK_OK) {
        sink_abort(s);
    }
    return status;
}

static kk_status sink_write(sink *s, kk_str bytes, kk_error *err)
{
    return kk_win_write(s->file, bytes) ? KK_OK : kk_win_fail(err, s->path, "write", GetLastError());
}

/* ---- putting it in place ------------------------------------------------------------------- */

static bool in_use(DWORD code)
{
    return code == ERROR_SHARING_VIOLATION || code == ERROR_LOCK_VIOLATION ||
           code == ERROR_USER_MAPPED_FILE;
}

/* ReplaceFile keeps rights, owner and the date of creation; a disk that knows no such thing gets a
 * plain rename. Where the first half of it succeeded only (ERROR_UNABLE_TO_MOVE_REPLACEMENT), the
 * rename is the second half. */
static DWORD put_in_place(const sink *s, const wchar_t *from, const wchar_t *to, bool overwrite)
{
    const DWORD how = MOVEFILE_WRITE_THROUGH | (overwrite ? (DWORD)MOVEFILE_REPLACE_EXISTING : 0);
    if (s->exists && overwrite) {
        const DWORD flags = REPLACEFILE_IGNORE_MERGE_ERRORS;
        if (ReplaceFileW(to, from, NULL, flags, NULL, NULL)) {
            return 0;
        }
        const DWORD code = GetLastError();
        if (in_use(code)) {
            return code;
        }
    }
    if (MoveFileExW(from, to, how)) {
        return 0;
    }
    return GetLastError();
}

/* The old file is gone and the new one could not take its name: the new one must not go too. */
static kk_status stranded(sink *s, kk_error *err)
{
    const kk_status status =
        kk_fail_at(err, KK_E_IO, "", kk_str_from(s->path), 0,
                   "cannot write: the finished file could not take its name; it lies in %s; rename it",
                   s->temp.ptr);
    kk_buf_clear(&s->temp);
    return status;
}

static kk_status place(sink *s, bool overwrite, kk_error *err)
{
    wchar_t *from = kk_wide_path(s->temp.ptr);
    wchar_t *to = kk_wide_path(s->target.ptr);
    kk_status status = KK_OK;
    if (from == NULL || to == NULL) {
        status = kk_win_fail(err, s->path, "write", GetLastError());
    } else {
        const DWORD code = put_in_place(s, from, to, overwrite);
        if (code == 0) {
            kk_buf_clear(&s->temp);
        } else if (s->exists && !kk_file_exists(s->target.ptr)) {
            status = stranded(s, err);
        } else {
            status = kk_win_fail(err, s->path, "write", code);
        }
    }
    kk_release(from);
    kk_release(to);
    return status;
}

/* Flushes, closes, renames. */
static kk_status sink_close(sink *s, bool overwrite, kk_error *err)
{
    DWORD code = FlushFileBuffers(s->file) ? 0 : GetLastError();
    if (!CloseHandle(s->file) && code == 0) {
        code = GetLastError(); /* a full network disk may say so only now */
    }
    s->file = INVALID_HANDLE_VALUE;
    const kk_status status = code == 0 ? place(s, overwrite, err)
                                       : kk_win_fail(err, s->path, "write", code);
    sink_abort(s);
    return status;
}

kk_status kk_file_replace(const char *path, const kk_str *pieces, size_t n_pieces, kk_error *err)
{
    sink s;
    KK_TRY(sink_open(&s, path, err));
    for (size_t i = 0; i < n_pieces; i++) {
        const kk_status status = sink_write(&s, pieces[i], err);
        if (status != KK_OK) {
            sink_abort(&s);
            return status;
        }
    }
    return sink_close(&s, true, err);
}

static kk_status copy_bytes(HANDLE from, const char *from_path, sink *to, kk_error *err)
{
    char *step = kk_malloc(COPY_STEP);
    if (step == NULL) {
        return kk_fail_nomem(err);
    }
    kk_status status = KK_OK;
    while (status == KK_OK) {
        size_t n;
        if (!kk_win_read(from, step, COPY_STEP, &n)) {
            status = kk_win_fail(err, from_path, "read", GetLastError());
        } else if (n == 0) {
            break;
        } else {
            status = sink_write(to, (kk_str){step, n}, err);
        }
    }
    kk_release(step);
    return status;
}

static kk_status keep_times(HANDLE from, sink *to, kk_error *err)
{
    FILETIME seen;
    FILETIME written;
    if (GetFileTime(from, NULL, &seen, &written) && SetFileTime(to->file, NULL, &seen, &written)) {
        return KK_OK;
    }
    return kk_win_fail(err, to->path, "set the time of", GetLastError());
}

kk_status kk_file_copy(const char *from, const char *to, bool overwrite, kk_error *err)
{
    HANDLE file;
    uint64_t size;
    sink s;
    KK_TRY(kk_win_open(from, &file, &size, err));
    kk_status status = sink_open(&s, to, err);
    if (status != KK_OK) {
        (void)CloseHandle(file);
        return status;
    }
    if (s.exists && !overwrite) {
        status = kk_win_fail(err, to, "write", ERROR_FILE_EXISTS);
    } else {
        status = copy_bytes(file, from, &s, err);
    }
    if (status == KK_OK) {
        status = keep_times(file, &s, err);
    }
    (void)CloseHandle(file);
    if (status != KK_OK) {
        sink_abort(&s);
        return status;
    }
    return sink_close(&s, overwrite, err);
}
