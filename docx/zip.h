/* The package as a zip file in memory: list, inflate, write back with changes.
 * libzip and libdeflate live in zip.c alone. Entry names are never used as file paths. */
#ifndef KK_ZIP_H
#define KK_ZIP_H

#include "buf.h"

#include <klimakrav/types.h>

typedef struct kk_zip kk_zip;

/* One entry as the central directory tells it, in the order of that directory. */
typedef struct kk_zip_entry {
    kk_str name;     /* bytes as stored, no leading slash; NUL-terminated as well as counted */
    uint64_t data;   /* offset of the packed bytes in the file */
    uint64_t packed; /* bytes in the file */
    uint64_t size;   /* bytes when inflated, as the directory claims */
    uint64_t header; /* offset of the local header */
    uint32_t crc;
    uint16_t method; /* 0 stored, 8 deflated */
    uint16_t flags;  /* general purpose bits */
    uint16_t dos_time, dos_date;
    bool folder; /* name ends with '/' */
} kk_zip_entry;

/* Opens a zip file lying in memory. Both our own reading of the directory and libzip's must accept
 * it and agree; anything that two programs could read in two ways is refused.
 *   bytes    borrowed; must outlive *out.
 *   limits   NULL for the defaults.
 *   errors   KK_E_FORMAT "not-word" (not a zip, truncated) or "zip-inconsistent";
 *            KK_E_UNSUPPORTED "encrypted"; KK_E_LIMIT "limit".
 *   threads  one handle per thread at a time. */
kk_status kk_zip_open(kk_zip **out, kk_str bytes, const kk_limits *limits, kk_error *err);
void kk_zip_free(kk_zip *zip);

/* All entries, folders too; borrowed from zip. */
const kk_zip_entry *kk_zip_entries(const kk_zip *zip, uint32_t *n);
/* Index of the entry with that name (no leading slash; ASCII case does not matter, as in OPC), or
 * KK_NONE. Constant time. */
uint32_t kk_zip_find(const kk_zip *zip, kk_str name);

/* Inflated bytes of one entry, checked against its CRC and size. Inflated at the first call and
 * kept until kk_zip_free (or kk_zip_drop); borrowed from zip.
 *   errors   KK_E_FORMAT "zip-inconsistent" on wrong CRC, size or data; KK_E_LIMIT "limit". */
kk_status kk_zip_read(kk_zip *zip, uint32_t index, kk_str *out, kk_error *err);
/* Forgets the inflated bytes of one entry. */
void kk_zip_drop(kk_zip *zip, uint32_t index);

/* Inflates every entry once and compares its CRC; errors as kk_zip_read, also "limit" if all
 * together claim more than total_bytes. Nothing is kept; the second call costs nothing. */
kk_status kk_zip_verify(kk_zip *zip, kk_error *err);

/* One entry of the package to be written: replaced, removed or added. */
typedef struct kk_zip_change {
    uint32_t index;       /* entry to replace or remove; KK_NONE to add one at the end */
    bool remove;          /* take entry `index` out */
    kk_str name;          /* added entries only; no leading slash */
    const kk_str *pieces; /* new content in pieces; borrowed for the call */
    size_t n_pieces;
} kk_zip_change;

/* Writes the package with changes to out. All other entries keep their order, compressed bytes,
 * time and attributes; a replaced entry keeps its place and time; added ones get the time of entry
 * 0. At most one change per entry. Without changes out is the input, byte for byte. Verifies first.
 */
kk_status kk_zip_write(kk_zip *zip, const kk_zip_change *changes, size_t n_changes, kk_buf *out,
                       kk_error *err);

#endif
