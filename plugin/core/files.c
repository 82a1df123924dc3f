/* Files for hosts: save, back up, load. The list of templates is paths.c's.
 * Knows nothing about what is in them. */
#include "core.h"

#include "file.h"
#include "fileops.h"

#include <string.h>

/* What killed writers left in the folder of `path` goes before something new is written there. Out of
 * memory: it stays, which harms nobody. */
static void sweep_beside(const char *path)
{
    const char *slash = strrchr(path, '/');
    kk_buf folder;
    kk_buf_init(&folder, 0);
    kk_buf_add(&folder, path, slash == NULL ? 0 : (size_t)(slash - path));
    kk_buf_puts(&folder, slash == NULL ? "." : (slash == path ? "/" : ""));
    if (folder.failed == KK_OK) {
        kk_file_sweep(folder.ptr);
    }
    kk_buf_dispose(&folder);
}

kk_status kk_file_save(const char *path, kk_str bytes, kk_error *err)
{
    sweep_beside(path);
    return kk_file_replace(path, &bytes, 1, err);
}

/* The folder that `path` lies in, with those above it. */
static kk_status make_parent(const char *path, kk_error *err)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL || slash == path) {
        return KK_OK;
    }
    kk_buf folder;
    kk_buf_init(&folder, 0);
    kk_buf_add(&folder, path, (size_t)(slash - path));
    kk_status status = folder.failed;
    if (status == KK_OK && !kk_file_is_dir(folder.ptr)) {
        status = kk_file_mkdirs(folder.ptr, err);
    }
    kk_buf_dispose(&folder);
    return status == KK_E_NOMEM ? kk_fail_nomem(err) : status;
}

kk_status kk_file_save_in(const char *path, kk_str bytes, kk_error *err)
{
    KK_TRY(make_parent(path, err));
    return kk_file_save(path, bytes, err);
}

kk_status kk_file_backup(const char *from, const char *to, bool overwrite, kk_error *err)
{
    KK_TRY(make_parent(to, err));
    sweep_beside(to);
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
