/* Files for hosts: save, back up, load, and the list of templates below some paths.
 * Knows nothing about what is in them. */
#include "core.h"

#include "file.h"

#include <string.h>

struct kk_paths {
    kk_arena *arena;
    KK_VEC(const char *) items;
    KK_VEC(bool) named;
};

kk_status kk_file_save(const char *path, kk_str bytes, kk_error *err)
{
    return kk_file_replace(path, &bytes, 1, err);
}

kk_status kk_file_backup(const char *from, const char *to, bool overwrite, kk_error *err)
{
    const char *slash = strrchr(to, '/');
    if (slash != NULL && slash != to) {
        kk_buf folder;
        kk_buf_init(&folder, 0);
        kk_buf_add(&folder, to, (size_t)(slash - to));
        kk_status status = folder.failed;
        if (status == KK_OK && !kk_file_is_dir(folder.ptr)) {
            status = kk_file_mkdirs(folder.ptr, err);
        }
        kk_buf_dispose(&folder);
        if (status != KK_OK) {
            return status == KK_E_NOMEM ? kk_fail_nomem(err) : status;
        }
    }
    return kk_file_copy(from, to, overwrite, err);
}

kk_status kk_file_load(const char *path, uint64_t max, kk_bytes *out, kk_error *err)
{
    kk_buf buf;
    kk_buf_init(&buf, 0);
    out->ptr = NULL;
    out->len = 0;
    const kk_status status = kk_file_read(path, max == 0 ? (uint64_t)512 << 20 : max, &buf, err);
    if (status != KK_OK) {
        kk_buf_dispose(&buf);
        return status;
    }
    return kk_buf_give(&buf, out, err);
}

/* Templates by their name; Word's lock files look like templates and are not. */
static bool is_template(const char *path)
{
    static const char *const endings[] = {".docx", ".dotx", ".docm", ".dotm"};
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    if (strncmp(name, "~$", 2) == 0 || strncmp(name, ".~lock.", 7) == 0) {
        return false;
    }
    const kk_str s = kk_z(name);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const size_t n = strlen(endings[i]);
        if (s.len > n && kk_str_is_nocase(kk_str_slice(s, s.len - n, s.len), endings[i])) {
            return true;
        }
    }
    return false;
}

typedef struct finder {
    kk_paths *paths;
    size_t before; /* paths from earlier arguments; one walk gives no file twice */
    bool named;
    bool failed;
} finder;

static bool known(const kk_paths *paths, size_t n, const char *path)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(paths->items.items[i], path) == 0) {
            return true;
        }
    }
    return false;
}

static bool take(finder *f, const char *path)
{
    if (known(f->paths, f->before, path)) {
        return true;
    }
    const kk_str kept = kk_arena_str(f->paths->arena, kk_z(path));
    if (kept.ptr == NULL || !kk_vec_push(&f->paths->items, kept.ptr) ||
        !kk_vec_push(&f->paths->named, f->named)) {
        f->failed = true;
        return false;
    }
    return true;
}

static bool visit(void *context, const char *path)
{
    finder *f = context;
    return is_template(path) ? take(f, path) : true;
}

kk_status kk_paths_find(kk_paths **out, const char *const *paths, size_t n, kk_error *err)
{
    *out = NULL;
    kk_paths *p = kk_malloc(sizeof *p);
    if (p == NULL) {
        return kk_fail_nomem(err);
    }
    memset(p, 0, sizeof *p);
    p->arena = kk_arena_new();
    kk_status status = p->arena == NULL ? kk_fail_nomem(err) : KK_OK;
    for (size_t i = 0; i < n && status == KK_OK; i++) {
        finder f = {p, p->items.n, !kk_file_is_dir(paths[i]), false};
        if (!f.named) {
            status = kk_file_walk(paths[i], visit, &f, err);
        } else {
            (void)take(&f, paths[i]);
        }
        if (f.failed) {
            status = kk_fail_nomem(err);
        }
    }
    if (status != KK_OK) {
        kk_paths_free(p);
        return status;
    }
    *out = p;
    return KK_OK;
}

void kk_paths_free(kk_paths *paths)
{
    if (paths == NULL) {
        return;
    }
    kk_vec_free(&paths->items);
    kk_vec_free(&paths->named);
    kk_arena_free(paths->arena);
    kk_release(paths);
}

size_t kk_paths_count(const kk_paths *paths)
{
    return paths->items.n;
}

const char *kk_paths_at(const kk_paths *paths, size_t i)
{
    return i < paths->items.n ? paths->items.items[i] : NULL;
}

bool kk_paths_named(const kk_paths *paths, size_t i)
{
    return i < paths->named.n && paths->named.items[i];
}
