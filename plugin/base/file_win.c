/* Windows: reading files whole, mapping them, making and walking folders. The counterpart of file.c.
 * Knows nothing of what the files hold. */
#include "file.h"

#include "error.h"
#include "mem.h"
#include "str.h"
#include "vec.h"
#include "wide_win.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

enum { READ_STEP = 64 * 1024 };

/* ---- reading ------------------------------------------------------------------------------- */

static kk_status fail_size(kk_error *err, const char *path, size_t limit)
{
    return kk_fail_at(err, KK_E_LIMIT, "limit", kk_str_from(path), 0,
                      "the file is larger than %zu bytes; split it or raise the limit", limit);
}

/* Reads to the end whatever the size was, since the file may grow or shrink meanwhile. */
static kk_status read_all(HANDLE file, const char *path, size_t limit, kk_buf *out, kk_error *err)
{
    for (;;) {
        const size_t spare = out->cap > out->len + 1 ? out->cap - out->len - 1 : (size_t)READ_STEP;
        const size_t left = limit - out->len;
        const size_t room = spare < left ? spare : left;
        char probe; /* asked for at the limit: is that all? */
        char *to = room > 0 ? kk_buf_reserve(out, room) : &probe;
        size_t n;
        if (to == NULL) {
            return kk_fail_nomem(err);
        }
        if (!kk_win_read(file, to, room > 0 ? room : 1, &n)) {
            return kk_win_fail(err, path, "read", GetLastError());
        }
        if (n == 0) {
            kk_buf_add(out, NULL, 0);
            return out->failed == KK_OK ? KK_OK : kk_fail_nomem(err);
        }
        if (room == 0) {
            return fail_size(err, path, limit);
        }
        kk_buf_commit(out, n);
    }
}

kk_status kk_file_read(const char *path, uint64_t max, kk_buf *out, kk_error *err)
{
    size_t limit = SIZE_MAX / 2;
    uint64_t size = 0;
    HANDLE file;
    if (out->max != 0 && out->max < limit) {
        limit = out->max;
    }
    if (max != 0 && max < limit) {
        limit = (size_t)max;
    }
    kk_buf_clear(out);
    KK_TRY(kk_win_open(path, &file, &size, err));
    kk_status status;
    if (size > limit) {
        status = fail_size(err, path, limit);
    } else if (size > 0 && kk_buf_reserve(out, (size_t)size) == NULL) {
        status = kk_fail_nomem(err);
    } else {
        status = read_all(file, path, limit, out, err);
    }
    (void)CloseHandle(file);
    if (status != KK_OK) {
        kk_buf_clear(out);
    }
    return status;
}

kk_status kk_file_map(const char *path, uint64_t max, kk_str *out, kk_error *err)
{
    uint64_t size = 0;
    HANDLE file;
    *out = (kk_str){NULL, 0};
    KK_TRY(kk_win_open(path, &file, &size, err));
    kk_status status = KK_OK;
    if (size > max) {
        status = fail_size(err, path, (size_t)max);
    } else if (size > 0) {
        const HANDLE mapping = CreateFileMappingW(file, NULL, PAGE_READONLY, 0, 0, NULL);
        const void *at = mapping == NULL ? NULL : MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0);
        const DWORD code = GetLastError();
        if (at == NULL) {
            status = kk_win_fail(err, path, "read", code);
        } else {
            *out = (kk_str){at, (size_t)size};
        }
        if (mapping != NULL) {
            (void)CloseHandle(mapping); /* the view keeps it alive */
        }
    }
    (void)CloseHandle(file);
    return status;
}

void kk_file_unmap(kk_str bytes)
{
    if (bytes.ptr != NULL) {
        (void)UnmapViewOfFile(bytes.ptr);
    }
}

/* ---- questions ----------------------------------------------------------------------------- */

static DWORD attributes_of(const char *path)
{
    wchar_t *wide = kk_wide_path(path);
    const DWORD found = wide == NULL ? INVALID_FILE_ATTRIBUTES : GetFileAttributesW(wide);
    kk_release(wide);
    return found;
}

bool kk_file_exists(const char *path)
{
    return attributes_of(path) != INVALID_FILE_ATTRIBUTES;
}

bool kk_file_is_dir(const char *path)
{
    const DWORD found = attributes_of(path);
    return found != INVALID_FILE_ATTRIBUTES && (found & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

/* Windows counts 100 nanoseconds from 1601. */
static int64_t nanoseconds(LARGE_INTEGER t)
{
    return (t.QuadPart - INT64_C(116444736000000000)) * 100;
}

bool kk_file_stamp(const char *path, uint64_t *size, int64_t *changed)
{
    FILE_BASIC_INFO info;
    HANDLE file;
    if (kk_win_open(path, &file, size, NULL) != KK_OK) {
        return false;
    }
    const bool good = GetFileInformationByHandleEx(file, FileBasicInfo, &info, sizeof info);
    (void)CloseHandle(file);
    if (good) {
        const int64_t contents = nanoseconds(info.LastWriteTime);
        const int64_t place = nanoseconds(info.ChangeTime);
        *changed = contents > place ? contents : place;
    }
    return good;
}

/* ---- folders ------------------------------------------------------------------------------- */

static kk_status make_folder(const char *path, kk_error *err)
{
    wchar_t *wide = kk_wide_path(path);
    const bool made = wide != NULL && CreateDirectoryW(wide, NULL);
    const DWORD code = GetLastError();
    kk_release(wide);
    if (made || kk_file_is_dir(path)) {
        return KK_OK;
    }
    return kk_win_fail(err, path, "make the folder",
                       code == ERROR_ALREADY_EXISTS ? ERROR_DIRECTORY : code);
}

static bool is_slash(char c)
{
    return c == '/' || c == '\\';
}

/* Length of what no program makes: "C:", or server and share of a network path. */
static size_t root_len(const char *path)
{
    if (path[0] != '\0' && path[1] == ':') {
        return 2;
    }
    if (!is_slash(path[0]) || !is_slash(path[1])) {
        return 0;
    }
    const size_t server = 2 + strcspn(path + 2, "/\\");
    return path[server] == '\0' ? server : server + 1 + strcspn(path + server + 1, "/\\");
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
    for (size_t i = root_len(path) + 1; i < copy.len && status == KK_OK; i++) {
        if (is_slash(copy.ptr[i]) && !is_slash(copy.ptr[i - 1])) {
            const char slash = copy.ptr[i];
            copy.ptr[i] = '\0';
            status = make_folder(copy.ptr, err);
            copy.ptr[i] = slash;
        }
    }
    if (status == KK_OK) {
        status = make_folder(path, err);
    }
    kk_buf_dispose(&copy);
    return status;
}

/* ---- walking ------------------------------------------------------------------------------- */

typedef struct entry {
    char *name;
    bool folder;
} entry;

typedef KK_VEC(entry) entry_list;

typedef struct walk {
    bool (*visit)(void *context, const char *file);
    void *context;
    kk_buf path; /* the path being looked at; grows and shrinks with the depth */
    kk_error *err;
} walk;

static void free_entries(entry_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        kk_release(list->items[i].name);
    }
    kk_vec_free(list);
}

/* A link to a folder could lead in a circle and is passed by. */
static bool keep(entry_list *list, const WIN32_FIND_DATAW *found)
{
    const bool folder = (found->dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
    const bool own = wcscmp(found->cFileName, L".") == 0 || wcscmp(found->cFileName, L"..") == 0;
    if (own || (folder && kk_win_is_link(found))) {
        return true;
    }
    kk_buf name;
    kk_buf_init(&name, 0);
    kk_wide_text(found->cFileName, &name);
    entry e = {.name = name.failed == KK_OK ? kk_malloc(name.len + 1) : NULL, .folder = folder};
    if (e.name != NULL) {
        memcpy(e.name, name.ptr, name.len + 1);
    }
    kk_buf_dispose(&name);
    if (e.name == NULL || !kk_vec_push(list, e)) {
        kk_release(e.name);
        return false;
    }
    return true;
}

static int by_bytes(const void *a, const void *b)
{
    const entry *x = a;
    const entry *y = b;
    return strcmp(x->name, y->name);
}

static kk_status list_folder(walk *w, entry_list *list)
{
    WIN32_FIND_DATAW found;
    const size_t len = w->path.len;
    kk_buf_puts(&w->path, len > 0 && is_slash(w->path.ptr[len - 1]) ? "*" : "/*");
    wchar_t *wide = w->path.failed == KK_OK ? kk_wide_path(w->path.ptr) : NULL;
    const HANDLE search = wide == NULL ? INVALID_HANDLE_VALUE : FindFirstFileW(wide, &found);
    DWORD code = GetLastError();
    kk_release(wide);
    if (w->path.failed != KK_OK) {
        return kk_fail_nomem(w->err);
    }
    w->path.len = len;
    w->path.ptr[len] = '\0';
    if (search == INVALID_HANDLE_VALUE) {
        return code == ERROR_FILE_NOT_FOUND ? KK_OK
                                            : kk_win_fail(w->err, w->path.ptr, "open the folder", code);
    }
    bool kept = keep(list, &found);
    while (kept && FindNextFileW(search, &found)) {
        kept = keep(list, &found);
    }
    code = GetLastError();
    (void)FindClose(search);
    if (!kept) {
        return kk_fail_nomem(w->err);
    }
    if (code != ERROR_NO_MORE_FILES) {
        return kk_win_fail(w->err, w->path.ptr, "read the folder", code);
    }
    if (list->n > 1) {
        qsort(list->items, list->n, sizeof *list->items, by_bytes);
    }
    return KK_OK;
}

static kk_status visit(walk *w)
{
    return w->visit(w->context, w->path.ptr)
               ? KK_OK
               : kk_fail(w->err, KK_E_CANCELLED, "", "stopped before all files were seen");
}

static kk_status walk_folder(walk *w)
{
    entry_list list = {0};
    const size_t len = w->path.len;
    kk_status status = list_folder(w, &list);
    for (size_t i = 0; i < list.n && status == KK_OK; i++) {
        if (len > 0 && !is_slash(w->path.ptr[len - 1])) {
            kk_buf_putc(&w->path, '/');
        }
        kk_buf_puts(&w->path, list.items[i].name);
        if (w->path.failed != KK_OK) {
            status = kk_fail_nomem(w->err);
            break;
        }
        status = list.items[i].folder ? walk_folder(w) : visit(w);
        w->path.len = len;
        w->path.ptr[len] = '\0';
    }
    free_entries(&list);
    return status;
}

kk_status kk_file_walk(const char *path, bool (*visit_file)(void *context, const char *file),
                       void *context, kk_error *err)
{
    const DWORD found = attributes_of(path);
    if (found == INVALID_FILE_ATTRIBUTES) {
        return kk_win_fail(err, path, "open", GetLastError());
    }
    walk w = {.visit = visit_file, .context = context, .err = err};
    kk_buf_init(&w.path, 0);
    kk_buf_puts(&w.path, path);
    kk_status status;
    if (w.path.failed != KK_OK) {
        status = kk_fail_nomem(err);
    } else {
        status = (found & FILE_ATTRIBUTE_DIRECTORY) != 0 ? walk_folder(&w) : visit(&w);
    }
    kk_buf_dispose(&w.path);
    return status;
}
