/* Our own strict reading of a zip directory: refuses whatever two programs could read in two ways.
 */
#ifndef KK_ZIPDIR_H
#define KK_ZIPDIR_H

#include "arena.h"
#include "zip.h"

typedef struct kk_zipdir {
    kk_zip_entry *items; /* order of the central directory; in arena */
    uint32_t n;
} kk_zipdir;

/* Errors as kk_zip_open. Names are copied into arena. Linear but for one sort by offset. */
kk_status kk_zipdir_read(kk_zipdir *dir, kk_arena *arena, kk_str bytes, const kk_limits *limits,
                         kk_error *err);

#endif
