/* The list of templates below some paths: walked, each file once, split into shards.
 * Knows nothing about what is in them. */
#include "paths.h"

#include "file.h"
#include "fileops.h"
#include "pathset.h"
#include "utf8.h"

#include <string.h>

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
    const kk_paths_options *options;
    kk_pathset seen;   /* real paths */
    kk_pathset copies; /* relative paths in lower case */
    kk_str *skip;      /* real paths of the folders to leave out */
    size_t n_skip;
    const char *root;  /* folder being walked, NULL for a file given itself */
    kk_str prefix;     /* of relative paths below root: "" or "name/" */
    bool listed;       /* from a list: its relative path is the path as given */
    kk_buf scratch;
    bool failed; /* out of memory */
} finder;

/* ---- one file ------------------------------------------------------------------------------ */

static bool below(kk_str path, kk_str folder)
{
    return path.len > folder.len && kk_str_starts(path, folder) &&
           (folder.ptr[folder.len - 1] == '/' || path.ptr[folder.len] == '/');
}

static bool skipped(const finder *f, kk_str real)
{
    for (size_t i = 0; i < f->n_skip; i++) {
        if (below(real, f->skip[i])) {
            return true;
        }
    }
    return false;
}

/* Absolute and without links; the path itself when the file is not there. */
static kk_str real_path(finder *f, const char *path)
{
    kk_error ignored = {.status = KK_OK};
    kk_buf_clear(&f->scratch);
    if (kk_file_real(path, &f->scratch, &ignored) != KK_OK) {
        return kk_arena_str(f->paths->arena, kk_z(path));
    }
    return kk_arena_str(f->paths->arena, kk_buf_view(&f->scratch));
}

static kk_str after_slashes(kk_str s)
{
    while (s.len > 0 && (s.ptr[0] == '/' || kk_str_starts(s, KK_STR("./")))) {
        s = kk_str_slice(s, s.ptr[0] == '/' ? 1 : 2, s.len);
    }
    return s;
}

static kk_str relative_path(finder *f, const char *path)
{
    kk_str rest = kk_z(path);
    if (f->root != NULL) {
        rest = after_slashes(kk_str_slice(rest, strlen(f->root), rest.len));
    } else if (f->listed) {
        rest = after_slashes(rest);
    } else {
        while (rest.len > 0 && memchr(rest.ptr, '/', rest.len) != NULL) {
            rest = kk_str_slice(rest, 1, rest.len);
        }
    }
    return kk_arena_printf(f->paths->arena, "%.*s%.*s", (int)f->prefix.len, f->prefix.ptr,
                           (int)rest.len, rest.ptr);
}

/* FNV-1a over the relative path: the same on every machine, wherever the tree is mounted. */
static bool in_shard(const kk_paths_options *o, kk_str relative)
{
    return o->n_shards <= 1 || kk_str_hash(relative) % o->n_shards == o->shard - 1;
}

static bool take(finder *f, const char *path)
{
    size_t index;
    bool is_new = false;
    bool is_new_copy = false;
    const kk_str real = real_path(f, path);
    const kk_str kept = kk_arena_str(f->paths->arena, kk_z(path));
    const kk_str relative = relative_path(f, path);
    if (kept.ptr == NULL || real.ptr == NULL || relative.ptr == NULL) {
        return false;
    }
    if (skipped(f, real)) {
        return true;
    }
    if (!kk_pathset_add(&f->seen, real, &index, &is_new)) {
        return false;
    }
    const kk_str lower = kk_utf8_lower(f->paths->arena, relative);
    if (lower.ptr == NULL || (is_new && !kk_pathset_add(&f->copies, lower, &index, &is_new_copy))) {
        return false;
    }
    if (!is_new || !in_shard(f->options, relative)) {
        return true;
    }
    return kk_vec_push(&f->paths->items,
                       ((kk_path_item){kept.ptr, relative.ptr, real.ptr, f->root == NULL,
                                       !is_new_copy}));
}

static bool visit(void *context, const char *path)
{
    finder *f = context;
    if (is_template(path) && !take(f, path)) {
        f->failed = true;
    }
    return !f->failed;
}

/* ---- the roots ----------------------------------------------------------------------------- */

/* Several folders keep their own names in a copy, as cp does; one folder gives its contents. */
static kk_status choose_prefix(finder *f, const char *path, kk_error *err)
{
    size_t folders = 0;
    f->prefix = KK_STR("");
    for (size_t i = 0; i < f->options->n; i++) {
        folders += kk_file_is_dir(f->options->paths[i]) ? 1 : 0;
    }
    if (folders < 2) {
        return KK_OK;
    }
    kk_buf_clear(&f->scratch);
    KK_TRY(kk_file_real(path, &f->scratch, err));
    const char *slash = strrchr(f->scratch.ptr, '/');
    f->prefix = kk_arena_printf(f->paths->arena, "%s/", slash == NULL ? "" : slash + 1);
    return f->prefix.ptr == NULL ? kk_fail_nomem(err) : KK_OK;
}

static kk_status find_at(finder *f, const char *path, kk_error *err)
{
    kk_status status = KK_OK;
    f->root = kk_file_is_dir(path) ? path : NULL;
    f->prefix = KK_STR("");
    if (f->root == NULL) {
        f->failed = !take(f, path);
    } else {
        status = choose_prefix(f, path, err);
        status = status == KK_OK ? kk_file_walk(path, visit, f, err) : status;
    }
    return f->failed ? kk_fail_nomem(err) : status;
}

static kk_status find_skips(finder *f, kk_error *err)
{
    f->skip = kk_arena_array(f->paths->arena, f->options->n_skip + 1, sizeof *f->skip);
    if (f->skip == NULL) {
        return kk_fail_nomem(err);
    }
    for (size_t i = 0; i < f->options->n_skip; i++) {
        if (f->options->skip[i] != NULL && kk_file_is_dir(f->options->skip[i])) {
            f->skip[f->n_skip++] = real_path(f, f->options->skip[i]);
        }
    }
    return KK_OK;
}

static kk_status find_all(finder *f, kk_error *err)
{
    KK_TRY(find_skips(f, err));
    for (size_t i = 0; i < f->options->n; i++) {
        KK_TRY(find_at(f, f->options->paths[i], err));
    }
    f->listed = true;
    for (size_t i = 0; i < f->options->n_listed; i++) {
        KK_TRY(find_at(f, f->options->listed[i], err));
    }
    return KK_OK;
}

kk_status kk_paths_collect(kk_paths **out, const kk_paths_options *options, kk_error *err)
{
    kk_paths_options o;
    kk_struct_in(&o, sizeof o, options);
    *out = NULL;
    if (o.n_shards > 0 && (o.shard < 1 || o.shard > o.n_shards)) {
        return kk_fail(err, KK_E_ARG, "shard", "shard %u of %u does not exist; count from 1",
                       o.shard, o.n_shards);
    }
    kk_paths *p = kk_malloc(sizeof *p);
    if (p == NULL) {
        return kk_fail_nomem(err);
    }
    memset(p, 0, sizeof *p);
    p->arena = kk_arena_new();
    finder f = {.paths = p, .options = &o};
    kk_buf_init(&f.scratch, 0);
    const kk_status status = p->arena == NULL ? kk_fail_nomem(err) : find_all(&f, err);
    kk_buf_dispose(&f.scratch);
    kk_pathset_free(&f.seen);
    kk_pathset_free(&f.copies);
    if (status != KK_OK) {
        kk_paths_free(p);
        return status;
    }
    *out = p;
    return KK_OK;
}

kk_status kk_paths_find(kk_paths **out, const char *const *paths, size_t n, kk_error *err)
{
    kk_paths_options o = KK_INIT(kk_paths_options);
    o.paths = paths;
    o.n = n;
    return kk_paths_collect(out, &o, err);
}

void kk_paths_free(kk_paths *paths)
{
    if (paths == NULL) {
        return;
    }
    kk_vec_free(&paths->items);
    kk_arena_free(paths->arena);
    kk_release(paths);
}

const kk_path_item *kk_paths_item(const kk_paths *paths, size_t i)
{
    return &paths->items.items[i];
}

size_t kk_paths_count(const kk_paths *paths)
{
    return paths->items.n;
}

const char *kk_paths_at(const kk_paths *paths, size_t i)
{
    return i < paths->items.n ? paths->items.items[i].path : NULL;
}

const char *kk_paths_relative(const kk_paths *paths, size_t i)
{
    return i < paths->items.n ? paths->items.items[i].relative : NULL;
}

bool kk_paths_named(const kk_paths *paths, size_t i)
{
    return i < paths->items.n && paths->items.items[i].named;
}
