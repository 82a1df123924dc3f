/* Zip directory, read strictly: end record, central directory, local headers and what lies between
 * them must tell one story. Must not know what a package is. Field offsets are those of PKWARE's
 * APPNOTE 6.3. */
#include "zipdir.h"

#include "error.h"
#include "str.h"
#include "zipname.h"

#include <stdlib.h>
#include <string.h>

enum {
    END_BYTES = 22,
    END64_LOCATOR_BYTES = 20,
    END64_BYTES = 56,
    CENTRAL_BYTES = 46,
    LOCAL_BYTES = 30,
    FLAG_ENCRYPTED = 1u << 0,
    FLAG_DESCRIPTOR = 1u << 3,
    FLAG_STRONG = 1u << 6,
    FLAG_UTF8 = 1u << 11,
    FLAG_MASKED = 1u << 13
};

typedef struct reader {
    kk_str bytes;
    const kk_limits *limits;
    kk_arena *arena;
    kk_error *err;
    uint64_t central, central_end; /* bytes of the central directory */
    uint64_t n;
} reader;

static uint32_t get16(const reader *in, uint64_t at)
{
    const unsigned char *p = (const unsigned char *)in->bytes.ptr + at;
    return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static uint32_t get32(const reader *in, uint64_t at)
{
    return get16(in, at) | get16(in, at + 2) << 16;
}

static uint64_t get64(const reader *in, uint64_t at)
{
    return get32(in, at) | (uint64_t)get32(in, at + 4) << 32;
}

static bool holds(const reader *in, uint64_t at, uint64_t n)
{
    return at <= in->bytes.len && n <= in->bytes.len - at;
}

static bool signature(const reader *in, uint64_t at, const char *sig)
{
    return holds(in, at, 4) && memcmp(in->bytes.ptr + at, sig, 4) == 0;
}

static kk_status inconsistent(const reader *in, uint64_t at, const char *what)
{
    return kk_fail_at(in->err, KK_E_FORMAT, "zip-inconsistent", (kk_str){NULL, 0}, at,
                      "package is not a consistent zip file: %s; open it in Word and save it anew",
                      what);
}

/* ---- end records --------------------------------------------------------------------------- */

/* The end record whose comment fills the file exactly. */
static kk_status find_end(const reader *in, uint64_t *end)
{
    const uint64_t len = in->bytes.len;
    bool seen = false;
    for (uint64_t back = END_BYTES; back <= len && back <= END_BYTES + 65535u; back++) {
        const uint64_t at = len - back;
        if (!signature(in, at, "PK\5\6")) {
            continue;
        }
        if (get16(in, at + 20) == back - END_BYTES && !seen) {
            *end = at;
            return KK_OK;
        }
        seen = true;
    }
    return inconsistent(in, len,
                        seen ? "bytes follow its end"
                             : "its directory is missing, the file seems cut off");
}

static kk_status read_end64(reader *in, uint64_t end)
{
    const uint64_t locator = end - END64_LOCATOR_BYTES;
    const uint64_t at = get64(in, locator + 8);
    if (get32(in, locator + 4) != 0 || get32(in, locator + 16) > 1 ||
        !signature(in, at, "PK\6\6") || at > locator || locator - at < END64_BYTES ||
        get64(in, at + 4) != locator - at - 12) {
        return inconsistent(in, locator, "its 64-bit end record is damaged");
    }
    const uint64_t n = get64(in, at + 32);
    const uint64_t size = get64(in, at + 40);
    const uint64_t start = get64(in, at + 48);
    if (get32(in, at + 16) != 0 || get32(in, at + 20) != 0 || get64(in, at + 24) != n ||
        (get16(in, end + 10) != 0xffff && get16(in, end + 10) != n) ||
        (get32(in, end + 12) != UINT32_MAX && get32(in, end + 12) != size) ||
        (get32(in, end + 16) != UINT32_MAX && get32(in, end + 16) != start)) {
        return inconsistent(in, at, "its two end records disagree");
    }
    if (start > at || size != at - start) {
        return inconsistent(in, at, "its directory is not where the end record says");
    }
    in->n = n;
    in->central = start;
    in->central_end = at;
    return KK_OK;
}

static kk_status read_end(reader *in)
{
    uint64_t end = 0;
    KK_TRY(find_end(in, &end));
    if (end >= END64_LOCATOR_BYTES && signature(in, end - END64_LOCATOR_BYTES, "PK\6\7")) {
        return read_end64(in, end);
    }
    in->n = get16(in, end + 10);
    in->central = get32(in, end + 16);
    in->central_end = end;
    if (get16(in, end + 4) != 0 || get16(in, end + 6) != 0 || get16(in, end + 8) != in->n) {
        return inconsistent(in, end, "it claims to be one of several volumes");
    }
    if (in->central > end || get32(in, end + 12) != end - in->central) {
        return inconsistent(in, end, "its directory is not where the end record says");
    }
    return KK_OK;
}

/* ---- extra fields -------------------------------------------------------------------------- */

typedef struct extra {
    uint64_t zip64; /* offset of the data of field 0x0001, 0 if none */
    uint64_t zip64_len;
    bool other_name; /* field 0x7075 with a name other than the header's */
} extra;

static kk_status read_extra(const reader *in, uint64_t at, uint64_t len, kk_str name, extra *out)
{
    *out = (extra){0};
    const uint64_t end = at + len;
    while (end - at >= 4) {
        const uint32_t id = get16(in, at);
        const uint64_t size = get16(in, at + 2);
        at += 4;
        if (size > end - at) {
            return inconsistent(in, at, "an extra field of an entry is damaged");
        }
        if (id == 0x0001 && out->zip64 == 0) {
            out->zip64 = at;
            out->zip64_len = size;
        } else if (id == 0x7075 && size >= 5) {
            const kk_str other = {in->bytes.ptr + at + 5, (size_t)size - 5};
            out->other_name = out->other_name || !kk_str_equal(other, name);
        }
        at += size;
    }
    return KK_OK; /* up to three bytes of padding are left by some writers */
}

/* Next 64-bit value of the zip64 field for a 32-bit one that is saturated. */
static bool widen(const reader *in, extra *from, uint64_t *value)
{
    if (*value != UINT32_MAX) {
        return true;
    }
    if (from->zip64_len < 8) {
        return false;
    }
    *value = get64(in, from->zip64);
    from->zip64 += 8;
    from->zip64_len -= 8;
    return true;
}

/* ---- entries ------------------------------------------------------------------------------- */

static kk_status check_kind(const reader *in, uint64_t at, const kk_zip_entry *entry)
{
    if ((entry->flags & (FLAG_ENCRYPTED | FLAG_STRONG | FLAG_MASKED)) != 0 || entry->method == 99) {
        return kk_fail_at(in->err, KK_E_UNSUPPORTED, "encrypted", entry->name, at,
                          "package holds encrypted entries; remove the password first");
    }
    const uint32_t mode = get32(in, at + 38) >> 16 & 0xf000;
    if (mode != 0 && mode != 0x8000 && mode != 0x4000) {
        return inconsistent(in, at, "an entry is a symbolic link or device");
    }
    if (entry->method != 0 && entry->method != 8) {
        return inconsistent(in, at, "an entry is packed in a way that office packages may not use");
    }
    const char *fault = kk_zipname_fault(entry->name);
    return fault == NULL ? KK_OK : inconsistent(in, at, fault);
}

static kk_status read_central(const reader *in, uint64_t *at, kk_zip_entry *entry)
{
    const uint64_t from = *at;
    if (!signature(in, from, "PK\1\2") || from + CENTRAL_BYTES > in->central_end) {
        return inconsistent(in, from, "its directory is damaged");
    }
    const uint32_t name_len = get16(in, from + 28);
    const uint64_t extra_len = get16(in, from + 30);
    const uint64_t comment_len = get16(in, from + 32);
    const uint64_t after = from + CENTRAL_BYTES + name_len + extra_len + comment_len;
    if (after > in->central_end || get16(in, from + 34) != 0) {
        return inconsistent(in, from, "its directory is damaged");
    }
    entry->name = kk_arena_str(in->arena, (kk_str){in->bytes.ptr + from + CENTRAL_BYTES, name_len});
    if (entry->name.ptr == NULL) {
        return kk_fail_nomem(in->err);
    }
    entry->flags = (uint16_t)get16(in, from + 8);
    entry->method = (uint16_t)get16(in, from + 10);
    entry->dos_time = (uint16_t)get16(in, from + 12);
    entry->dos_date = (uint16_t)get16(in, from + 14);
    entry->crc = get32(in, from + 16);
    entry->packed = get32(in, from + 20);
    entry->size = get32(in, from + 24);
    entry->header = get32(in, from + 42);
    entry->folder = name_len > 0 && entry->name.ptr[name_len - 1] == '/';
    extra fields;
    KK_TRY(read_extra(in, from + CENTRAL_BYTES + name_len, extra_len, entry->name, &fields));
    if (fields.other_name) {
        return inconsistent(in, from, "an entry has two names");
    }
    if (!widen(in, &fields, &entry->size) || !widen(in, &fields, &entry->packed) ||
        !widen(in, &fields, &entry->header)) {
        return inconsistent(in, from, "a 64-bit size is missing");
    }
    *at = after;
    return check_kind(in, from, entry);
}

/* The local header must repeat the directory; sizes may be zero where a descriptor follows the
 * data. */
static kk_status read_local(const reader *in, kk_zip_entry *entry)
{
    const uint64_t at = entry->header;
    if (!signature(in, at, "PK\3\4") || !holds(in, at, LOCAL_BYTES) || at >= in->central) {
        return inconsistent(in, at, "an entry is not where the directory says");
    }
    const uint32_t name_len = get16(in, at + 26);
    const uint64_t extra_len = get16(in, at + 28);
    entry->data = at + LOCAL_BYTES + name_len + extra_len;
    if (entry->data > in->central || entry->packed > in->central - entry->data) {
        return inconsistent(in, at, "an entry reaches into the directory");
    }
    const kk_str name = {in->bytes.ptr + at + LOCAL_BYTES, name_len};
    extra fields;
    KK_TRY(read_extra(in, at + LOCAL_BYTES + name_len, extra_len, entry->name, &fields));
    if (!kk_str_equal(name, entry->name) || fields.other_name) {
        return inconsistent(in, at, "an entry has two names");
    }
    const uint32_t flags = get16(in, at + 6) ^ entry->flags;
    if ((flags & (FLAG_ENCRYPTED | FLAG_DESCRIPTOR)) != 0 || get16(in, at + 8) != entry->method ||
        ((flags & FLAG_UTF8) != 0 && !kk_zipname_ascii(name))) {
        return inconsistent(in, at, "an entry and the directory disagree");
    }
    uint64_t size = get32(in, at + 22);
    uint64_t packed = get32(in, at + 18);
    const uint32_t crc = get32(in, at + 14);
    if (!widen(in, &fields, &size) || !widen(in, &fields, &packed)) {
        return inconsistent(in, at, "a 64-bit size is missing");
    }
    const bool later = (entry->flags & FLAG_DESCRIPTOR) != 0;
    if ((size != entry->size && !(later && size == 0)) ||
        (packed != entry->packed && !(later && packed == 0)) ||
        (crc != entry->crc && !(later && crc == 0))) {
        return inconsistent(in, at, "sizes of an entry and the directory disagree");
    }
    return KK_OK;
}

/* ---- the whole ----------------------------------------------------------------------------- */

typedef struct place {
    uint64_t header;
    uint32_t entry;
} place;

static int by_header(const void *a, const void *b)
{
    const place *x = a;
    const place *y = b;
    return x->header < y->header ? -1 : x->header > y->header;
}

/* A data descriptor of that entry lies exactly in [at, end). */
static bool is_descriptor(const reader *in, const kk_zip_entry *entry, uint64_t at, uint64_t end)
{
    if ((entry->flags & FLAG_DESCRIPTOR) == 0) {
        return false;
    }
    uint64_t len = end - at;
    if ((len == 16 || len == 24) && signature(in, at, "PK\7\10")) {
        at += 4;
        len -= 4;
    }
    if (len == 12) {
        return get32(in, at) == entry->crc && get32(in, at + 4) == (uint32_t)entry->packed &&
               get32(in, at + 8) == (uint32_t)entry->size;
    }
    return len == 20 && get32(in, at) == entry->crc && get64(in, at + 4) == entry->packed &&
           get64(in, at + 12) == entry->size;
}

/* Entries must fill the file from its first byte to the directory. */
static kk_status check_layout(const reader *in, const kk_zip_entry *entries, uint32_t n)
{
    place *sorted = kk_arena_array(in->arena, (size_t)n + 1, sizeof *sorted);
    if (sorted == NULL) {
        return kk_fail_nomem(in->err);
    }
    for (uint32_t i = 0; i < n; i++) {
        sorted[i] = (place){entries[i].header, i};
    }
    qsort(sorted, n, sizeof *sorted, by_header);
    if (n > 0 && sorted[0].header != 0) {
        return inconsistent(in, 0, "bytes precede its first entry");
    }
    for (uint32_t i = 0; i < n; i++) {
        const kk_zip_entry *entry = &entries[sorted[i].entry];
        const uint64_t end = entry->data + entry->packed;
        const uint64_t next = i + 1 < n ? sorted[i + 1].header : in->central;
        if (next < end) {
            return inconsistent(in, next, "entries overlap");
        }
        if (next > end && !is_descriptor(in, entry, end, next)) {
            return inconsistent(in, end, "unknown bytes between entries");
        }
    }
    return KK_OK;
}

static kk_status read_entries(const reader *in, kk_zip_entry *entries, uint32_t n)
{
    uint64_t at = in->central;
    for (uint32_t i = 0; i < n; i++) {
        KK_TRY(read_central(in, &at, &entries[i]));
    }
    if (at != in->central_end) {
        return inconsistent(in, at, "its directory is longer than it says");
    }
    for (uint32_t i = 0; i < n; i++) {
        KK_TRY(read_local(in, &entries[i]));
    }
    return check_layout(in, entries, n);
}

kk_status kk_zipdir_read(kk_zipdir *dir, kk_arena *arena, kk_str bytes, const kk_limits *limits,
                         kk_error *err)
{
    reader in = {.bytes = bytes, .limits = limits, .arena = arena, .err = err};
    *dir = (kk_zipdir){NULL, 0};
    KK_TRY(read_end(&in));
    if (in.n > limits->entries) {
        return kk_fail(err, KK_E_LIMIT, "limit",
                       "package claims %llu entries, the limit is %lu; raise it or pack anew",
                       (unsigned long long)in.n, (unsigned long)limits->entries);
    }
    const uint32_t n = (uint32_t)in.n;
    kk_zip_entry *entries = kk_arena_array(arena, (size_t)n + 1, sizeof *entries);
    if (entries == NULL) {
        return kk_fail_nomem(err);
    }
    KK_TRY(read_entries(&in, entries, n));
    *dir = (kk_zipdir){entries, n};
    return KK_OK;
}
