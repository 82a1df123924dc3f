/* Windows: paths as UTF-16, error codes as words, handles of files. Knows nothing of what the files
 * hold. */
#include "wide_win.h"

#include "error.h"
#include "mem.h"
#include "str.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

/* Folders may be 12 shorter than files, as each holds at least a name of the old kind. */
enum { SHORT_PATH = MAX_PATH - 12, PREFIX_ROOM = 8 };

static const char *advice(DWORD code)
{
    switch (code) {
    case ERROR_SHARING_VIOLATION:
    case ERROR_LOCK_VIOLATION:
    case ERROR_USER_MAPPED_FILE:
        return "the file is open in another program; close it there, and try again";
    case ERROR_ACCESS_DENIED:
        return "no permission; ask for access, or choose another folder";
    case ERROR_WRITE_PROTECT:
        return "the disk is read-only; choose another folder";
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL:
        return "the disk is full; free some space, or choose another folder";
    case ERROR_NOT_ENOUGH_QUOTA:
        return "the disk quota is used up; free some space, or choose another folder";
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_BAD_NETPATH:
    case ERROR_BAD_NET_NAME:
        return "no such file or folder; check the name";
    case ERROR_INVALID_NAME:
    case ERROR_BAD_PATHNAME:
    case ERROR_NO_UNICODE_TRANSLATION:
        return "Windows does not allow this name; check it";
    case ERROR_DIRECTORY:
        return "part of the path is a file, not a folder; check the name";
    case ERROR_FILE_EXISTS:
    case ERROR_ALREADY_EXISTS:
        return "it exists already; choose another name";
    case ERROR_FILENAME_EXCED_RANGE:
        return "the name is too long; choose a shorter one";
    case ERROR_TOO_MANY_OPEN_FILES:
        return "too many open files; run fewer jobs at a time";
    default:
        return NULL;
    }
}

kk_status kk_win_fail(kk_error *err, const char *path, const char *doing, DWORD code)
{
    char system[48];
    const char *text = advice(code);
    if (code == ERROR_NOT_ENOUGH_MEMORY || code == ERROR_OUTOFMEMORY) {
        return kk_fail_nomem(err);
    }
    if (text == NULL) {
        (void)snprintf(system, sizeof system, "Windows error %lu", code);
        text = system;
    }
    return kk_fail_at(err, KK_E_IO, "", kk_str_from(path), 0, "cannot %s: %s", doing, text);
}

bool kk_win_missing(DWORD code)
{
    return code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND;
}

/* ---- paths --------------------------------------------------------------------------------- */

static wchar_t *fail_with(wchar_t *held, DWORD code)
{
    kk_release(held);
    SetLastError(code);
    return NULL;
}

static wchar_t *allocate(size_t n)
{
    wchar_t *out = kk_malloc(n * sizeof *out);
    if (out == NULL) {
        SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    }
    return out;
}

static wchar_t *to_wide(const char *path)
{
    const int n = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, NULL, 0);
    wchar_t *out = n <= 0 ? NULL : allocate((size_t)n);
    if (out == NULL) {
        return NULL;
    }
    (void)MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, out, n);
    for (wchar_t *at = out; *at != L'\0'; at++) {
        *at = *at == L'/' ? L'\\' : *at;
    }
    return out;
}

wchar_t *kk_wide_path(const char *path)
{
    wchar_t *wide = to_wide(path);
    if (wide == NULL) {
        return NULL;
    }
    if (wcsncmp(wide, L"\\\\?\\", 4) == 0) {
        return wide;
    }
    const DWORD room = GetFullPathNameW(wide, 0, NULL, NULL);
    if (room == 0) {
        return fail_with(wide, GetLastError());
    }
    if (room < SHORT_PATH) {
        return wide;
    }
    wchar_t *out = allocate((size_t)room + PREFIX_ROOM);
    if (out == NULL) {
        return fail_with(wide, ERROR_NOT_ENOUGH_MEMORY);
    }
    wchar_t *full = out + PREFIX_ROOM;
    const DWORD n = GetFullPathNameW(wide, room, full, NULL);
    kk_release(wide);
    if (n == 0 || n >= room) {
        return fail_with(out, ERROR_FILENAME_EXCED_RANGE);
    }
    const bool network = wcsncmp(full, L"\\\\", 2) == 0;
    const wchar_t *prefix = network ? L"\\\\?\\UNC\\" : L"\\\\?\\";
    const size_t len = wcslen(prefix);
    const wchar_t *rest = full + (network ? 2 : 0);
    memcpy(out, prefix, len * sizeof *out);
    memmove(out + len, rest, (wcslen(rest) + 1) * sizeof *out);
    return out;
}

void kk_wide_text(const wchar_t *wide, kk_buf *out)
{
    const size_t before = out->len;
    if (wcsncmp(wide, L"\\\\?\\UNC\\", 8) == 0) {
        kk_buf_puts(out, "//");
        wide += 8;
    } else if (wcsncmp(wide, L"\\\\?\\", 4) == 0) {
        wide += 4;
    }
    const int n = WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL);
    char *to = n > 0 ? kk_buf_reserve(out, (size_t)n) : NULL;
    if (to == NULL) {
        return;
    }
    (void)WideCharToMultiByte(CP_UTF8, 0, wide, -1, to, n, NULL, NULL);
    kk_buf_commit(out, (size_t)n - 1);
    for (size_t i = before; i < out->len; i++) {
        out->ptr[i] = out->ptr[i] == '\\' ? '/' : out->ptr[i];
    }
}

/* ---- handles ------------------------------------------------------------------------------- */

bool kk_win_is_link(const WIN32_FIND_DATAW *found)
{
    return (found->dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0 &&
           (found->dwReserved0 == IO_REPARSE_TAG_SYMLINK ||
            found->dwReserved0 == IO_REPARSE_TAG_MOUNT_POINT);
}

/* FindFirstFile looks at the name itself; a root has no name, and a pattern is none. */
bool kk_win_look(const char *path, WIN32_FIND_DATAW *found)
{
    wchar_t *wide = kk_wide_path(path);
    memset(found, 0, sizeof *found);
    if (wide == NULL) {
        return false;
    }
    const DWORD attributes = GetFileAttributesW(wide);
    bool good = attributes != INVALID_FILE_ATTRIBUTES;
    DWORD code = good ? 0 : GetLastError();
    found->dwFileAttributes = attributes;
    if (good && (attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0) {
        const HANDLE search = FindFirstFileW(wide, found);
        good = search != INVALID_HANDLE_VALUE;
        code = good ? 0 : GetLastError();
        if (good) {
            (void)FindClose(search);
        }
    }
    kk_release(wide);
    SetLastError(code);
    return good;
}

kk_status kk_win_open(const char *path, HANDLE *handle, uint64_t *size, kk_error *err)
{
    LARGE_INTEGER bytes = {.QuadPart = 0};
    *handle = INVALID_HANDLE_VALUE;
    wchar_t *wide = kk_wide_path(path);
    if (wide == NULL) {
        return kk_win_fail(err, path, "open", GetLastError());
    }
    const DWORD attributes = GetFileAttributesW(wide);
    if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) {
        kk_release(wide);
        return kk_fail_at(err, KK_E_IO, "", kk_str_from(path), 0,
                          "cannot open: it is a folder; name a file");
    }
    *handle = CreateFileW(wide, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                          NULL, OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    const DWORD code = GetLastError();
    kk_release(wide);
    if (*handle == INVALID_HANDLE_VALUE) {
        return kk_win_fail(err, path, "open", code);
    }
    if (GetFileType(*handle) != FILE_TYPE_DISK || !GetFileSizeEx(*handle, &bytes)) {
        (void)CloseHandle(*handle);
        *handle = INVALID_HANDLE_VALUE;
        return kk_fail_at(err, KK_E_IO, "", kk_str_from(path), 0,
                          "cannot open: not a regular file; name a document");
    }
    *size = (uint64_t)bytes.QuadPart;
    return KK_OK;
}

enum { STEP = 1 << 20 };

bool kk_win_read(HANDLE handle, void *to, size_t len, size_t *got)
{
    DWORD n = 0;
    *got = 0;
    if (!ReadFile(handle, to, len > STEP ? STEP : (DWORD)len, &n, NULL)) {
        return false;
    }
    *got = n;
    return true;
}

bool kk_win_write(HANDLE handle, kk_str bytes)
{
    while (bytes.len > 0) {
        DWORD n = 0;
        if (!WriteFile(handle, bytes.ptr, bytes.len > STEP ? STEP : (DWORD)bytes.len, &n, NULL)) {
            return false;
        }
        if (n == 0) {
            SetLastError(ERROR_DISK_FULL);
            return false;
        }
        bytes = kk_str_slice(bytes, n, bytes.len);
    }
    return true;
}
