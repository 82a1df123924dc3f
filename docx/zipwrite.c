/* Writing a changed package: libzip copies what stays as compressed bytes; what changes is deflated
 * beforehand by libdeflate. Must not know what a part means. */
#include "error.h"
#include "mem.h"
#include "ziphandle.h"

#include <libdeflate.h>
#include <zip.h>

#include <string.h>

enum { DEFLATE_LEVEL = 6 };

static kk_status refuse(zip_error_t *error, kk_error *err)
{
    return kk_zip_refuse(zip_error_code_zip(error) == ZIP_ER_MEMORY, zip_error_strerror(error),
                         err);
}

/* ---- the package being written ------------------------------------------------------------- */

/* The file in memory as libzip reads it, and the new one as libzip writes it. libzip's own buffer
 * source will not do: when it clones unchanged entries (1.7.3), it frees the caller's bytes on
 * commit. */
typedef struct store {
    kk_str in;
    size_t at;
    kk_buf *out;
    size_t base, out_at; /* where the new file begins in out; next byte to write */
    zip_error_t error;
} store;

static zip_int64_t store_fail(store *s, int code)
{
    zip_error_set(&s->error, code, 0);
    return -1;
}

static zip_int64_t store_read(store *s, void *data, zip_uint64_t len)
{
    const size_t left = s->in.len - s->at;
    const size_t n = len < left ? (size_t)len : left;
    memcpy(data, s->in.ptr + s->at, n);
    s->at += n;
    return (zip_int64_t)n;
}

/* libzip goes back to complete headers: what is there is overwritten, the rest appended. */
static zip_int64_t store_write(store *s, const void *data, zip_uint64_t len)
{
    const size_t end = s->out->len - s->base;
    const size_t over = s->out_at < end ? end - s->out_at : 0;
    const size_t n = len < over ? (size_t)len : over;
    if (n > 0) {
        memcpy(s->out->ptr + s->base + s->out_at, data, n);
    }
    kk_buf_add(s->out, (const char *)data + n, (size_t)len - n);
    s->out_at += (size_t)len;
    return s->out->failed == KK_OK ? (zip_int64_t)len : store_fail(s, ZIP_ER_MEMORY);
}

static zip_int64_t store_seek(store *s, size_t *at, size_t size, void *data, zip_uint64_t len)
{
    const zip_int64_t to = zip_source_seek_compute_offset(*at, size, data, len, &s->error);
    *at = to < 0 ? *at : (size_t)to;
    return to < 0 ? -1 : 0;
}

static zip_int64_t store_stat(const store *s, void *data, zip_uint64_t len)
{
    if (len < sizeof(zip_stat_t)) {
        return -1;
    }
    zip_stat_t *st = data;
    zip_stat_init(st);
    st->size = s->in.len;
    st->valid = ZIP_STAT_SIZE;
    return sizeof *st;
}

static zip_int64_t store_source(void *state, void *data, zip_uint64_t len, zip_source_cmd_t command)
{
    store *s = state;
    switch (command) {
    case ZIP_SOURCE_OPEN:
        s->at = 0;
        return 0;
    case ZIP_SOURCE_READ:
        return store_read(s, data, len);
    case ZIP_SOURCE_SEEK:
        return store_seek(s, &s->at, s->in.len, data, len);
    case ZIP_SOURCE_TELL:
        return (zip_int64_t)s->at;
    case ZIP_SOURCE_STAT:
        return store_stat(s, data, len);
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&s->error, data, len);
    case ZIP_SOURCE_BEGIN_WRITE:
        s->base = s->out->len;
        s->out_at = 0;
        return 0;
    case ZIP_SOURCE_WRITE:
        return store_write(s, data, len);
    case ZIP_SOURCE_SEEK_WRITE:
        return store_seek(s, &s->out_at, s->out->len - s->base, data, len);
    case ZIP_SOURCE_TELL_WRITE:
        return (zip_int64_t)s->out_at;
    case ZIP_SOURCE_ROLLBACK_WRITE:
        s->out->len = s->base;
        return 0;
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_COMMIT_WRITE:
    case ZIP_SOURCE_REMOVE:
    case ZIP_SOURCE_FREE:
        return 0;
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(
            ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
            ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_BEGIN_WRITE,
            ZIP_SOURCE_COMMIT_WRITE, ZIP_SOURCE_ROLLBACK_WRITE, ZIP_SOURCE_SEEK_WRITE,
            ZIP_SOURCE_TELL_WRITE, ZIP_SOURCE_WRITE, ZIP_SOURCE_REMOVE, ZIP_SOURCE_SUPPORTS, -1);
    default:
        return store_fail(s, ZIP_ER_OPNOTSUPP);
    }
}

static kk_status open_store(store *s, zip_t **archive, kk_error *err)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_error_init(&s->error);
    kk_status status = KK_OK;
    zip_source_t *source = zip_source_function_create(store_source, s, &error);
    *archive = source == NULL ? NULL : zip_open_from_source(source, 0, &error);
    if (*archive == NULL) {
        status = refuse(&error, err);
        if (source != NULL) {
            zip_source_free(source);
        }
    }
    zip_error_fini(&error);
    return status;
}

/* ---- write --------------------------------------------------------------------------------- */

/* Deflated bytes handed to libzip, which would otherwise deflate at level 9 whatever one asks. */
typedef struct packed {
    char *bytes;
    size_t len, at;
    zip_uint64_t size;
    zip_uint32_t crc;
    zip_error_t error;
} packed;

static zip_int64_t packed_stat(const packed *data, void *out, zip_uint64_t len)
{
    if (len < sizeof(zip_stat_t)) {
        return -1;
    }
    zip_stat_t *st = out;
    zip_stat_init(st);
    st->size = data->size;
    st->comp_size = data->len;
    st->crc = data->crc;
    st->comp_method = ZIP_CM_DEFLATE;
    st->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC | ZIP_STAT_COMP_METHOD;
    return sizeof *st;
}

static zip_int64_t packed_source(void *state, void *out, zip_uint64_t len, zip_source_cmd_t command)
{
    packed *data = state;
    switch (command) {
    case ZIP_SOURCE_OPEN:
        data->at = 0;
        return 0;
    case ZIP_SOURCE_READ: {
        const size_t left = data->len - data->at;
        const size_t n = len < left ? (size_t)len : left;
        memcpy(out, data->bytes + data->at, n);
        data->at += n;
        return (zip_int64_t)n;
    }
    case ZIP_SOURCE_CLOSE:
        return 0;
    case ZIP_SOURCE_STAT:
        return packed_stat(data, out, len);
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&data->error, out, len);
    case ZIP_SOURCE_FREE:
        kk_release(data->bytes);
        kk_release(data);
        return 0;
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                              ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
                                              -1);
    default:
        zip_error_set(&data->error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

/* The pieces as one, deflated; NULL when out of memory. */
static packed *pack(const kk_zip_change *change)
{
    kk_buf whole;
    kk_buf_init(&whole, 0);
    for (size_t i = 0; i < change->n_pieces; i++) {
        kk_buf_str(&whole, change->pieces[i]);
    }
    struct libdeflate_compressor *deflater = libdeflate_alloc_compressor(DEFLATE_LEVEL);
    packed *data = kk_malloc(sizeof *data);
    const size_t bound =
        deflater == NULL ? 0 : libdeflate_deflate_compress_bound(deflater, whole.len);
    char *bytes = deflater == NULL ? NULL : kk_malloc(bound);
    const bool ok = whole.failed == KK_OK && data != NULL && bytes != NULL;
    if (ok) {
        const size_t len = libdeflate_deflate_compress(deflater, whole.len == 0 ? "" : whole.ptr,
                                                       whole.len, bytes, bound);
        char *shrunk = kk_realloc(bytes, len);
        *data = (packed){.bytes = shrunk == NULL ? bytes : shrunk, .len = len, .size = whole.len};
        data->crc = libdeflate_crc32(0, whole.ptr, whole.len);
        zip_error_init(&data->error);
    } else {
        kk_release(bytes);
        kk_release(data);
    }
    if (deflater != NULL) {
        libdeflate_free_compressor(deflater);
    }
    kk_buf_dispose(&whole);
    return ok ? data : NULL;
}

static kk_status put(zip_t *archive, const kk_zip *zip, const kk_zip_change *change, kk_error *err)
{
    packed *data = pack(change);
    if (data == NULL) {
        return kk_fail_nomem(err);
    }
    zip_source_t *source = zip_source_function(archive, packed_source, data);
    if (source == NULL) {
        kk_release(data->bytes);
        kk_release(data);
        return refuse(zip_get_error(archive), err);
    }
    const bool add = change->index == KK_NONE;
    zip_int64_t index = change->index;
    bool room = true;
    if (add) {
        kk_buf name;
        kk_buf_init(&name, 0);
        kk_buf_str(&name, change->name);
        room = name.failed == KK_OK;
        index = room ? zip_file_add(archive, name.ptr, source, ZIP_FL_ENC_UTF_8) : -1;
        kk_buf_dispose(&name);
    } else if (zip_file_replace(archive, (zip_uint64_t)index, source, 0) != 0) {
        index = -1;
    }
    if (index < 0) {
        zip_source_free(source);
        return room ? refuse(zip_get_error(archive), err) : kk_fail_nomem(err);
    }
    const kk_zip_entry *like = &zip->dir.items[add ? 0 : change->index];
    const zip_uint64_t at = (zip_uint64_t)index;
    if (zip_set_file_compression(archive, at, ZIP_CM_DEFLATE, 0) != 0 ||
        zip_file_set_dostime(archive, at, like->dos_time, like->dos_date, 0) != 0 ||
        (add && zip_file_set_external_attributes(archive, at, 0, ZIP_OPSYS_DOS, 0) != 0)) {
        return refuse(zip_get_error(archive), err);
    }
    return KK_OK;
}

static kk_status apply(zip_t *archive, const kk_zip *zip, const kk_zip_change *changes,
                       size_t n_changes, kk_error *err)
{
    kk_status status = KK_OK;
    for (size_t i = 0; i < n_changes && status == KK_OK; i++) {
        const kk_zip_change *change = &changes[i];
        if (!change->remove) {
            status = put(archive, zip, change, err);
        } else if (zip_delete(archive, change->index) != 0) {
            status = refuse(zip_get_error(archive), err);
        }
    }
    return status;
}

kk_status kk_zip_write(kk_zip *zip, const kk_zip_change *changes, size_t n_changes, kk_buf *out,
                       kk_error *err)
{
    if (n_changes == 0) {
        kk_buf_str(out, zip->bytes);
        return out->failed == KK_OK ? KK_OK : kk_fail_nomem(err);
    }
    KK_TRY(kk_zip_verify(zip, err));
    zip_t *archive;
    store s = {.in = zip->dir_bytes, .out = out};
    KK_TRY(open_store(&s, &archive, err));
    kk_status status = apply(archive, zip, changes, n_changes, err);
    if (status == KK_OK && zip_close(archive) != 0) {
        status = refuse(zip_get_error(archive), err);
    } else if (status == KK_OK) {
        archive = NULL;
    }
    if (archive != NULL) {
        zip_discard(archive);
    }
    return status;
}
