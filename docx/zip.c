/* The package as entries: opened by our own strict reading and by libzip, which must agree;
 * inflated by libdeflate. Writing is in zipwrite.c. Must not know what a part means. */
#include "zip.h"

#include "arena.h"
#include "error.h"
#include "limits.h"
#include "mem.h"
#include "str.h"
#include "ziphandle.h"

#include <libdeflate.h>
#include <zip.h>

#include <string.h>

static kk_status inconsistent(kk_str entry, kk_error *err, const char *what)
{
    return kk_fail_at(err, KK_E_FORMAT, "zip-inconsistent", entry, 0,
                      "package is not a consistent zip file: %s; open it in Word and save it anew",
                      what);
}

kk_status kk_zip_refuse(bool no_memory, const char *why, kk_error *err)
{
    return no_memory ? kk_fail_nomem(err) : inconsistent((kk_str){NULL, 0}, err, why);
}

/* ---- the second reader --------------------------------------------------------------------- */

static kk_status refuse(zip_error_t *error, kk_error *err)
{
    return kk_zip_refuse(zip_error_code_zip(error) == ZIP_ER_MEMORY, zip_error_strerror(error),
                         err);
}

static kk_status open_archive(kk_str bytes, int flags, zip_t **archive, zip_source_t **source,
                              kk_error *err)
{
    zip_error_t error;
    zip_error_init(&error);
    kk_status status = KK_OK;
    *archive = NULL;
    *source = zip_source_buffer_create(bytes.ptr, bytes.len, 0, &error);
    if (*source != NULL) {
        *archive = zip_open_from_source(*source, flags, &error);
    }
    if (*archive == NULL) {
        status = refuse(&error, err);
        if (*source != NULL) {
            zip_source_free(*source);
        }
    }
    zip_error_fini(&error);
    return status;
}

static bool agrees(zip_t *archive, const kk_zip_entry *entry, uint32_t index)
{
    zip_stat_t st;
    const char *name = zip_get_name(archive, index, ZIP_FL_ENC_RAW);
    return name != NULL && kk_str_is(entry->name, name) &&
           zip_stat_index(archive, index, 0, &st) == 0 && st.size == entry->size &&
           st.comp_size == entry->packed && st.crc == entry->crc && st.comp_method == entry->method;
}

/* Without ZIP_CHECKCONS: that one minds times that differ by two seconds between header and
 * directory, which harmless tools leave behind; what matters is checked by zipdir.c. */
static kk_status second_reading(const kk_zip *zip, kk_error *err)
{
    zip_t *archive;
    zip_source_t *source;
    KK_TRY(open_archive(zip->dir_bytes, ZIP_RDONLY, &archive, &source, err));
    kk_status status = KK_OK;
    if (zip_get_num_entries(archive, 0) != (zip_int64_t)zip->dir.n) {
        status = inconsistent((kk_str){NULL, 0}, err, "two ways of reading it give two lists");
    }
    for (uint32_t i = 0; i < zip->dir.n && status == KK_OK; i++) {
        if (!agrees(archive, &zip->dir.items[i], i)) {
            status = inconsistent(zip->dir.items[i].name, err, "two ways of reading it disagree");
        }
    }
    zip_discard(archive);
    return status;
}

/* ---- open, list ---------------------------------------------------------------------------- */

static kk_status index_names(kk_zip *zip, kk_error *err)
{
    zip->names.nocase = true;
    for (uint32_t i = 0; i < zip->dir.n; i++) {
        uint32_t old;
        if (!kk_strmap_put(&zip->names, zip->dir.items[i].name, i, &old)) {
            return kk_fail_nomem(err);
        }
        if (old != KK_NONE) {
            return inconsistent(zip->dir.items[i].name, err,
                                "two entries have the same name, or differ in case only");
        }
    }
    return KK_OK;
}

/* One line end after the end record is left by some transports and can hide nothing. */
static kk_str without_line_end(kk_str bytes)
{
    const kk_str end[] = {KK_STR("\r\n"), KK_STR("\n")};
    for (size_t i = 0; i < 2; i++) {
        const size_t at = bytes.len - end[i].len;
        if (bytes.len > 22 + end[i].len && kk_str_ends(bytes, end[i]) &&
            memcmp(bytes.ptr + at - 22, "PK\5\6", 4) == 0 &&
            memcmp(bytes.ptr + at - 2, "\0\0", 2) == 0) {
            return kk_str_slice(bytes, 0, at);
        }
    }
    return bytes;
}

static kk_status load(kk_zip *zip, kk_error *err)
{
    zip->arena = kk_arena_new();
    zip->inflater = libdeflate_alloc_decompressor();
    if (zip->arena == NULL || zip->inflater == NULL) {
        return kk_fail_nomem(err);
    }
    if (zip->bytes.len > zip->limits.file_bytes) {
        return kk_fail(err, KK_E_LIMIT, "limit",
                       "file is larger than %llu bytes; raise the limit or split it",
                       (unsigned long long)zip->limits.file_bytes);
    }
    if (!kk_str_starts(zip->bytes, KK_STR("PK"))) {
        return kk_fail(err, KK_E_FORMAT, "not-word",
                       "not a Word file; open it in Word and save it as .docx");
    }
    zip->dir_bytes = without_line_end(zip->bytes);
    KK_TRY(kk_zipdir_read(&zip->dir, zip->arena, zip->dir_bytes, &zip->limits, err));
    KK_TRY(index_names(zip, err));
    KK_TRY(second_reading(zip, err));
    zip->inflated = kk_arena_array(zip->arena, (size_t)zip->dir.n + 1, sizeof *zip->inflated);
    return zip->inflated == NULL ? kk_fail_nomem(err) : KK_OK;
}

kk_status kk_zip_open(kk_zip **out, kk_str bytes, const kk_limits *limits, kk_error *err)
{
    *out = NULL;
    kk_zip *zip = kk_malloc(sizeof *zip);
    if (zip == NULL) {
        return kk_fail_nomem(err);
    }
    memset(zip, 0, sizeof *zip);
    zip->bytes = bytes;
    zip->limits = kk_limits_filled(limits);
    const kk_status status = load(zip, err);
    if (status != KK_OK) {
        kk_zip_free(zip);
        return status;
    }
    *out = zip;
    return KK_OK;
}

void kk_zip_free(kk_zip *zip)
{
    if (zip == NULL) {
        return;
    }
    if (zip->inflated != NULL) {
        for (uint32_t i = 0; i < zip->dir.n; i++) {
            kk_zip_drop(zip, i);
        }
    }
    if (zip->inflater != NULL) {
        libdeflate_free_decompressor(zip->inflater);
    }
    kk_strmap_dispose(&zip->names);
    kk_arena_free(zip->arena);
    kk_release(zip);
}

const kk_zip_entry *kk_zip_entries(const kk_zip *zip, uint32_t *n)
{
    *n = zip->dir.n;
    return zip->dir.items;
}

uint32_t kk_zip_find(const kk_zip *zip, kk_str name)
{
    return kk_strmap_get(&zip->names, name);
}

/* ---- inflate ------------------------------------------------------------------------------- */

static kk_status over(const kk_zip_entry *entry, uint64_t limit, const char *what, kk_error *err)
{
    return kk_fail_at(err, KK_E_LIMIT, "limit", entry->name, 0,
                      "%s larger than %llu bytes; raise the limit or split the file", what,
                      (unsigned long long)limit);
}

static kk_status check_claim(const kk_zip *zip, const kk_zip_entry *entry, kk_error *err)
{
    if (entry->method != 0 && entry->size > zip->limits.part_bytes) {
        return over(entry, zip->limits.part_bytes, "part is", err);
    }
    /* deflate cannot do better than 1032 to 1: a larger claim is a lie, do not allocate for it */
    const bool lie =
        entry->method == 0 ? entry->size != entry->packed : entry->size / 1032 > entry->packed;
    return lie ? inconsistent(entry->name, err, "an entry lies about its size") : KK_OK;
}

/* Inflates entry into *out and checks it; *out is empty after failure. */
static kk_status inflate_entry(kk_zip *zip, const kk_zip_entry *entry, kk_zip_held *out,
                               kk_error *err)
{
    *out = (kk_zip_held){{NULL, 0}, NULL};
    KK_TRY(check_claim(zip, entry, err));
    const char *packed = zip->bytes.ptr + entry->data;
    kk_zip_held held = {{packed, (size_t)entry->size}, NULL};
    if (entry->method != 0) {
        held.owned = kk_malloc((size_t)entry->size + 1);
        if (held.owned == NULL) {
            return kk_fail_nomem(err);
        }
        size_t used = 0;
        size_t made = 0;
        const enum libdeflate_result result =
            libdeflate_deflate_decompress_ex(zip->inflater, packed, (size_t)entry->packed,
                                             held.owned, (size_t)entry->size, &used, &made);
        if (result != LIBDEFLATE_SUCCESS || used != entry->packed || made != entry->size) {
            kk_release(held.owned);
            return inconsistent(entry->name, err, "the packed data of an entry is damaged");
        }
        held.owned[made] = '\0';
        held.bytes.ptr = held.owned;
    }
    if (libdeflate_crc32(0, held.bytes.ptr, held.bytes.len) != entry->crc) {
        kk_release(held.owned);
        return inconsistent(entry->name, err, "the checksum of an entry is wrong");
    }
    *out = held;
    return KK_OK;
}

kk_status kk_zip_read(kk_zip *zip, uint32_t index, kk_str *out, kk_error *err)
{
    kk_zip_held *held = &zip->inflated[index];
    if (held->bytes.ptr == NULL) {
        const kk_zip_entry *entry = &zip->dir.items[index];
        if (entry->size > zip->limits.part_bytes) {
            return over(entry, zip->limits.part_bytes, "part is", err);
        }
        if (zip->total + entry->size > zip->limits.total_bytes) {
            return over(entry, zip->limits.total_bytes, "all parts together are", err);
        }
        KK_TRY(inflate_entry(zip, entry, held, err));
        zip->total += entry->size;
    }
    *out = held->bytes;
    return KK_OK;
}

void kk_zip_drop(kk_zip *zip, uint32_t index)
{
    kk_release(zip->inflated[index].owned);
    zip->inflated[index] = (kk_zip_held){{NULL, 0}, NULL};
}

/* A small file can claim to inflate to any size: what verifying would cost is known beforehand. */
static kk_status check_total(const kk_zip *zip, kk_error *err)
{
    uint64_t total = 0;
    for (uint32_t i = 0; i < zip->dir.n; i++) {
        const kk_zip_entry *entry = &zip->dir.items[i];
        total += entry->method == 0 ? 0 : entry->size;
        if (total > zip->limits.total_bytes) {
            return over(entry, zip->limits.total_bytes, "all entries together are", err);
        }
    }
    return KK_OK;
}

kk_status kk_zip_verify(kk_zip *zip, kk_error *err)
{
    if (zip->verified) {
        return KK_OK;
    }
    KK_TRY(check_total(zip, err));
    for (uint32_t i = 0; i < zip->dir.n; i++) {
        if (zip->inflated[i].bytes.ptr != NULL) {
            continue; /* checked when it was read */
        }
        kk_zip_held held;
        KK_TRY(inflate_entry(zip, &zip->dir.items[i], &held, err));
        kk_release(held.owned);
    }
    zip->verified = true;
    return KK_OK;
}
