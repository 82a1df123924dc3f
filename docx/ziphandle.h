/* The inside of kk_zip, shared by zip.c and zipwrite.c. */
#ifndef KK_ZIPHANDLE_H
#define KK_ZIPHANDLE_H

#include "limits.h"
#include "strmap.h"
#include "zipdir.h"

struct libdeflate_decompressor;

/* Inflated bytes of one entry. */
typedef struct kk_zip_held {
    kk_str bytes; /* ptr NULL: not read */
    char *owned;  /* heap, or NULL when bytes is a view of the file */
} kk_zip_held;

struct kk_zip {
    kk_str bytes;     /* the file */
    kk_str dir_bytes; /* ... up to the end of its end record */
    kk_limits limits;
    kk_arena *arena;
    kk_zipdir dir;
    kk_strmap names;
    kk_zip_held *inflated; /* per entry */
    uint64_t total;        /* bytes ever inflated for readers */
    struct libdeflate_decompressor *inflater;
    bool verified;
};

/* KK_E_NOMEM, or "zip-inconsistent" with libzip's words. */
kk_status kk_zip_refuse(bool no_memory, const char *why, kk_error *err);

#endif
