/* Numbers, strings and arrays of a compiled bank, to bytes and back. Does not know what they mean.
 */
#include "image_io.h"

#include "str.h"

#include <string.h>

enum { SHARED_FROM = 4 }; /* shorter strings are not worth a look */

void kk_image_fail(kk_image_io *io, kk_status status)
{
    if (io->failed == KK_OK) {
        io->failed = status;
    }
    io->at = io->end; /* nothing more is read */
}

void kk_image_dispose(kk_image_io *io)
{
    kk_vec_free(&io->refs);
    kk_vec_free(&io->seen);
}

/* ---- numbers ------------------------------------------------------------------------------- */

static void put_number(kk_buf *out, uint64_t value)
{
    for (; value >= 0x80; value >>= 7) {
        kk_buf_putc(out, (char)(unsigned char)((value & 0x7F) | 0x80));
    }
    kk_buf_putc(out, (char)(unsigned char)value);
}

static uint64_t get_number(kk_image_io *io)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && io->at < io->end; shift += 7) {
        const unsigned char b = io->bytes[io->at++];
        value |= (uint64_t)(b & 0x7F) << shift;
        if (b < 0x80) {
            return value;
        }
    }
    kk_image_fail(io, KK_E_FORMAT);
    return 0;
}

void kk_image_u64(kk_image_io *io, uint64_t *value)
{
    if (io->writing) {
        put_number(io->out, *value);
    } else {
        *value = get_number(io);
    }
}

void kk_image_u32(kk_image_io *io, uint32_t *value)
{
    if (io->writing) {
        put_number(io->out, *value);
        return;
    }
    if (io->at < io->end && io->bytes[io->at] < 0x80) { /* nearly always */
        *value = io->bytes[io->at++];
        return;
    }
    const uint64_t wide = get_number(io);
    *value = (uint32_t)wide;
    if (wide > UINT32_MAX) {
        kk_image_fail(io, KK_E_FORMAT);
    }
}

uint32_t kk_image_upto(kk_image_io *io, uint32_t value, uint32_t last)
{
    kk_image_u32(io, &value);
    if (value > last) {
        kk_image_fail(io, KK_E_FORMAT);
        return 0;
    }
    return value;
}

void kk_image_bool(kk_image_io *io, bool *value)
{
    *value = kk_image_upto(io, *value ? 1 : 0, 1) != 0;
}

void kk_image_double(kk_image_io *io, double *value)
{
    uint64_t bits;
    memcpy(&bits, value, sizeof bits);
    kk_image_u64(io, &bits);
    memcpy(value, &bits, sizeof bits);
}

void kk_image_float(kk_image_io *io, float *value)
{
    uint32_t bits;
    memcpy(&bits, value, sizeof bits);
    kk_image_u32(io, &bits);
    memcpy(value, &bits, sizeof bits);
}

/* ---- bytes --------------------------------------------------------------------------------- */

/* Slot of s among the strings written so far, free or taken. The table is never full. */
static kk_image_seen *slot_of(const kk_image_io *io, kk_str s)
{
    size_t at = (size_t)kk_str_hash(s) & (io->seen.n - 1);
    for (;; at = (at + 1) & (io->seen.n - 1)) {
        kk_image_seen *slot = &io->seen.items[at];
        if (slot->len == 0 ||
            (slot->len == s.len && memcmp(io->out->ptr + slot->at, s.ptr, s.len) == 0)) {
            return slot;
        }
    }
}

static bool grow_seen(kk_image_io *io)
{
    if (io->seen.n > 2 * (io->n_seen + 1)) {
        return true;
    }
    const size_t old_n = io->seen.n;
    kk_image_seen *old = io->seen.items;
    const size_t n = old_n == 0 ? 1024 : 4 * old_n;
    io->seen.items = kk_malloc(n * sizeof *old);
    if (io->seen.items == NULL) {
        io->seen.items = old;
        kk_image_fail(io, KK_E_NOMEM);
        return false;
    }
    memset(io->seen.items, 0, n * sizeof *old);
    io->seen.n = n;
    for (size_t i = 0; i < old_n; i++) {
        if (old[i].len > 0) {
            *slot_of(io, (kk_str){io->out->ptr + old[i].at, old[i].len}) = old[i];
        }
    }
    kk_release(old);
    return true;
}

static void put_str(kk_image_io *io, kk_str s)
{
    if (s.ptr == NULL || !grow_seen(io)) {
        put_number(io->out, 0);
        return;
    }
    kk_image_seen *slot = s.len >= SHARED_FROM && io->out->failed == KK_OK ? slot_of(io, s) : NULL;
    if (slot != NULL && slot->len > 0) {
        put_number(io->out, 2 + 2 * (uint64_t)s.len);
        put_number(io->out, slot->at);
        return;
    }
    put_number(io->out, 1 + 2 * (uint64_t)s.len);
    if (slot != NULL) {
        *slot = (kk_image_seen){(uint32_t)io->out->len, (uint32_t)s.len};
        io->n_seen++;
    }
    kk_buf_str(io->out, s);
    kk_buf_putc(io->out, '\0');
}

/* View of len bytes at `at`, with the NUL behind them. */
static kk_str view(kk_image_io *io, uint64_t at, uint64_t len)
{
    if (at >= io->end || len >= io->end - at || io->bytes[at + len] != '\0') {
        kk_image_fail(io, KK_E_FORMAT);
        return (kk_str){NULL, 0};
    }
    return (kk_str){(const char *)io->bytes + at, (size_t)len};
}

void kk_image_str(kk_image_io *io, kk_str *value)
{
    if (io->writing) {
        put_str(io, *value);
        return;
    }
    const uint64_t marked = get_number(io);
    *value = (kk_str){NULL, 0};
    if (marked == 0) {
        return;
    }
    const uint64_t len = (marked - 1) / 2;
    if (marked % 2 == 0) {
        *value = view(io, get_number(io), len);
        return;
    }
    *value = view(io, io->at, len);
    io->at += value->ptr == NULL ? 0 : (size_t)len + 1;
}

void kk_image_raw(kk_image_io *io, const uint8_t **bytes, uint32_t n)
{
    if (io->writing) {
        kk_buf_add(io->out, *bytes, n);
    } else if (n > io->end - io->at) {
        kk_image_fail(io, KK_E_FORMAT);
    } else {
        *bytes = io->bytes + io->at;
        io->at += n;
    }
}

static bool little_endian(void)
{
    const uint32_t one = 1;
    unsigned char first;
    memcpy(&first, &one, 1);
    return first == 1;
}

static void put_words(kk_image_io *io, const uint32_t *words, uint32_t n)
{
    while (io->out->len % 4 != 0 && io->out->failed == KK_OK) {
        kk_buf_putc(io->out, '\0');
    }
    for (uint32_t i = 0; i < n; i++) {
        for (unsigned b = 0; b < 4; b++) {
            kk_buf_putc(io->out, (char)(unsigned char)(words[i] >> (8 * b)));
        }
    }
}

void kk_image_words(kk_image_io *io, const uint32_t **words, uint32_t n)
{
    if (io->writing) {
        put_words(io, *words, n);
        return;
    }
    io->at = (io->at + 3) / 4 * 4;
    if (io->at > io->end || n > (io->end - io->at) / 4) {
        io->at = io->end;
        kk_image_fail(io, KK_E_FORMAT);
        return;
    }
    const unsigned char *from = io->bytes + io->at;
    io->at += (size_t)n * 4;
    if (little_endian()) {
        *words = (const uint32_t *)(const void *)from; /* aligned: see bytes in image_io.h */
        return;
    }
    uint32_t *copy = kk_arena_array(io->arena, (size_t)n + 1, sizeof *copy);
    if (copy == NULL) {
        kk_image_fail(io, KK_E_NOMEM);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        copy[i] = (uint32_t)from[4 * i] | (uint32_t)from[4 * i + 1] << 8 |
                  (uint32_t)from[4 * i + 2] << 16 | (uint32_t)from[4 * i + 3] << 24;
    }
    *words = copy;
}

/* ---- arrays and references ----------------------------------------------------------------- */

static void put_items(kk_image_io *io, const void *field, uint32_t n, size_t size,
                      kk_image_visit *visit)
{
    union {
        max_align_t align;
        char bytes[KK_IMAGE_ITEM_MAX];
    } copy;
    const char *items;
    memcpy(&items, field, sizeof items);
    for (uint32_t i = 0; i < n; i++) {
        memcpy(copy.bytes, items + i * size, size);
        visit(io, copy.bytes);
    }
}

static void get_items(kk_image_io *io, void *field, uint32_t *n, size_t size,
                      kk_image_visit *visit)
{
    static const max_align_t nothing;
    const void *none = &nothing;
    const uint32_t count = *n;
    *n = 0;
    memcpy(field, &none, sizeof none); /* an empty array is not NULL, as with XML */
    if (count == 0) {
        return;
    }
    /* Every item takes a byte at least: a count beyond that is a lie. */
    const bool lie = count > io->end - io->at;
    char *items = lie ? NULL : kk_arena_array(io->arena, count, size);
    if (items == NULL) {
        kk_image_fail(io, lie ? KK_E_FORMAT : KK_E_NOMEM);
        return;
    }
    for (uint32_t i = 0; i < count && io->failed == KK_OK; i++) {
        visit(io, items + i * size);
    }
    memcpy(field, &items, sizeof items);
    *n = count;
}

void kk_image_items(kk_image_io *io, void *field, uint32_t *n, size_t size, kk_image_visit *visit)
{
    kk_image_u32(io, n);
    if (io->failed != KK_OK || ++io->depth > KK_IMAGE_DEPTH_MAX) {
        kk_image_fail(io, KK_E_FORMAT);
        *n = 0;
        return;
    }
    if (io->writing) {
        put_items(io, field, *n, size, visit);
    } else {
        get_items(io, field, n, size, visit);
    }
    io->depth--;
}

static void keep_ref(kk_image_io *io, kk_pending_kind kind, void *slot, uint32_t index)
{
    const kk_image_ref ref = {kind, slot, index};
    if (io->keep_refs && !kk_vec_push(&io->refs, ref)) {
        kk_image_fail(io, KK_E_NOMEM);
    }
}

void kk_image_maybe(kk_image_io *io, kk_pending_kind kind, uint32_t *slot)
{
    uint32_t marked = *slot + 1; /* KK_NONE is all ones: 0 */
    kk_image_u32(io, &marked);
    if (io->writing) {
        return;
    }
    *slot = marked - 1;
    if (marked > io->n_of[kind]) {
        *slot = KK_NONE;
        kk_image_fail(io, KK_E_FORMAT);
    } else if (marked > 0) {
        keep_ref(io, kind, slot, *slot);
    }
}

void kk_image_index(kk_image_io *io, kk_pending_kind kind, uint32_t *slot)
{
    kk_image_maybe(io, kind, slot);
    if (!io->writing && *slot == KK_NONE) {
        *slot = 0;
        kk_image_fail(io, KK_E_FORMAT);
    }
}

void kk_image_places(kk_image_io *io, uint64_t *bits)
{
    kk_image_u64(io, bits);
    if (io->writing || *bits == 0) {
        return;
    }
    const uint32_t n = io->n_of[KK_PENDING_PLACE];
    if (n < 64 && *bits >> n != 0) {
        *bits = 0;
        kk_image_fail(io, KK_E_FORMAT);
        return;
    }
    const uint64_t all = *bits;
    for (uint32_t i = 0; io->keep_refs && i < 64; i++) {
        if ((all >> i & 1) != 0) {
            keep_ref(io, KK_PENDING_PLACE_BIT, bits, i);
        }
    }
    *bits = io->keep_refs ? 0 : all; /* resolving sets them again */
}
