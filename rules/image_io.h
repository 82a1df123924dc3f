/* How values stand in a compiled bank: one set of functions for both directions, so that what is
 * written and what is read cannot drift apart. A visitor takes a kk_image_io and an item; writing,
 * it sees a copy of the item, reading, a zeroed one to be filled.
 *   numbers   little-endian base 128, seven bits a byte; floating point as its IEEE 754 bits
 *   strings   0 for none, else 1 + 2 * length, bytes, NUL; or 2 + 2 * length and where in the image
 *             the same bytes stand already; reading gives views into the image
 *   arrays    count, items
 * Failure is sticky: visit freely, look at `failed` at the end. Reading never leaves the image,
 * whatever its bytes say. */
#ifndef KK_IMAGE_IO_H
#define KK_IMAGE_IO_H

#include "load.h"

/* A reference that was read: slot and index, for banks that get further files. */
typedef struct kk_image_ref {
    kk_pending_kind kind;
    void *slot;
    uint32_t index;
} kk_image_ref;

/* A string that was written: where its bytes stand. len 0 = free slot. */
typedef struct kk_image_seen {
    uint32_t at, len;
} kk_image_seen;

typedef struct kk_image_io {
    bool writing;
    kk_status failed;           /* KK_OK, KK_E_NOMEM, KK_E_FORMAT */
    kk_buf *out;                /* writing */
    const unsigned char *bytes; /* reading: the whole image, aligned as malloc does */
    size_t at, end;
    kk_arena *arena; /* reading */
    uint32_t depth;
    uint32_t
        n_of[KK_PENDING_PLACE_BIT + 1]; /* how many elements a reference may point at, by kind */
    uint32_t n_matchers, n_conditions, n_files;
    const kk_str *files; /* reading: names for origins */
    bool keep_refs;
    KK_VEC(kk_image_ref) refs;
    KK_VEC(kk_image_seen) seen; /* writing: strings so far, open addressing */
    size_t n_seen;
} kk_image_io;

typedef void kk_image_visit(kk_image_io *io, void *item);

enum { KK_IMAGE_ITEM_MAX = 1024, KK_IMAGE_DEPTH_MAX = 100 };

void kk_image_u64(kk_image_io *io, uint64_t *value);
void kk_image_u32(kk_image_io *io, uint32_t *value);
void kk_image_bool(kk_image_io *io, bool *value);
void kk_image_double(kk_image_io *io, double *value);
void kk_image_float(kk_image_io *io, float *value);
void kk_image_str(kk_image_io *io, kk_str *value);
/* A number that must be <= last, for enums. */
uint32_t kk_image_upto(kk_image_io *io, uint32_t value, uint32_t last);
#define KK_IMAGE_ENUM(io, type, field, last)                                                       \
    ((field) = (type)kk_image_upto((io), (uint32_t)(field), (uint32_t)(last)))

/* *n items of size bytes. field is the address of the pointer to them (kk_basis *const * or like).
 */
void kk_image_items(kk_image_io *io, void *field, uint32_t *n, size_t size, kk_image_visit *visit);
#define KK_IMAGE_ARRAY(io, field, n, visit)                                                        \
    do {                                                                                           \
        _Static_assert(sizeof **(field) <= KK_IMAGE_ITEM_MAX, "items are copied when written");    \
        kk_image_items((io), (field), (n), sizeof **(field), (visit));                             \
    } while (0)

/* n 32-bit numbers, aligned and little-endian. Reading gives a view of the image where the machine
 * is little-endian, else a copy. */
void kk_image_words(kk_image_io *io, const uint32_t **words, uint32_t n);
/* n raw bytes; reading gives a view. */
void kk_image_raw(kk_image_io *io, const uint8_t **bytes, uint32_t n);

/* Index of an element; kk_image_maybe: or KK_NONE. */
void kk_image_index(kk_image_io *io, kk_pending_kind kind, uint32_t *slot);
void kk_image_maybe(kk_image_io *io, kk_pending_kind kind, uint32_t *slot);
/* Bits by place. */
void kk_image_places(kk_image_io *io, uint64_t *bits);

void kk_image_fail(kk_image_io *io, kk_status status);
/* Frees what an io has gathered. */
void kk_image_dispose(kk_image_io *io);

#endif
