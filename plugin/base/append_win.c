/* Windows: the append-only file behind a journal. The counterpart of append.c; knows nothing of what
 * the lines mean. */
#include "append.h"

#include "error.h"
#include "mem.h"
#include "str.h"
#include "wide_win.h"

#include <pthread.h>
#include <string.h>

struct kk_append {
    pthread_mutex_t lock;
    HANDLE file;
    LARGE_INTEGER end; /* bytes that are whole lines of ours */
    char *path;
};

static kk_status fail(const kk_append *a, const char *doing, kk_error *err)
{
    return kk_win_fail(err, a->path, doing, GetLastError());
}

static kk_status end_last_line(kk_append *a, kk_error *err)
{
    char last = '\n';
    if (GetFileType(a->file) != FILE_TYPE_DISK) {
        return kk_fail_at(err, KK_E_IO, "", kk_str_from(a->path), 0,
                          "cannot write: not a regular file; name another one");
    }
    if (!GetFileSizeEx(a->file, &a->end)) {
        return fail(a, "open", err);
    }
    if (a->end.QuadPart > 0) {
        const LARGE_INTEGER back = {.QuadPart = -1};
        size_t n = 0;
        if (!SetFilePointerEx(a->file, back, NULL, FILE_END) ||
            !kk_win_read(a->file, &last, 1, &n) || n != 1) {
            return fail(a, "read", err);
        }
    }
    if (last != '\n') {
        if (!kk_win_write(a->file, KK_STR("\n"))) {
            return fail(a, "write", err);
        }
        a->end.QuadPart++;
    }
    return KK_OK;
}

/* Sharing it for reading only is the lock: a second writer cannot open it. */
static kk_status open_and_lock(kk_append *a, bool fresh, kk_error *err)
{
    wchar_t *wide = kk_wide_path(a->path);
    if (wide == NULL) {
        return fail(a, "write", err);
    }
    a->file = CreateFileW(wide, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, NULL,
                          fresh ? CREATE_NEW : OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    const DWORD code = GetLastError();
    kk_release(wide);
    if (a->file == INVALID_HANDLE_VALUE && code == ERROR_SHARING_VIOLATION) {
        return kk_fail_at(err, KK_E_IO, "journal-busy", kk_str_from(a->path), 0,
                          "another run holds the journal; wait for it, or name another journal");
    }
    if (a->file == INVALID_HANDLE_VALUE) {
        return kk_win_fail(err, a->path, "write", code);
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
    *a = (kk_append){.file = INVALID_HANDLE_VALUE, .path = name};
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

kk_status kk_append_write(kk_append *append, kk_str bytes, bool sync, kk_error *err)
{
    pthread_mutex_lock(&append->lock);
    kk_status status = KK_OK;
    if (!SetFilePointerEx(append->file, append->end, NULL, FILE_BEGIN) ||
        !kk_win_write(append->file, bytes)) {
        status = fail(append, "write", err);
        if (SetFilePointerEx(append->file, append->end, NULL, FILE_BEGIN)) {
            (void)SetEndOfFile(append->file);
        }
    } else {
        append->end.QuadPart += (LONGLONG)bytes.len;
    }
    pthread_mutex_unlock(&append->lock);
    if (status == KK_OK && sync && !FlushFileBuffers(append->file)) {
        status = fail(append, "write", err);
    }
    return status;
}

void kk_append_close(kk_append *append)
{
    if (append == NULL) {
        return;
    }
    if (append->file != INVALID_HANDLE_VALUE) {
        (void)FlushFileBuffers(append->file);
        (void)CloseHandle(append->file);
    }
    pthread_mutex_destroy(&append->lock);
    kk_release(append->path);
    kk_release(append);
}
