/* The inside of kk_zip, shared by zip.c and zipwrite.c. */
#ifndef KK_ZIPHANDLE_H
#define KK_ZIPHANDLE_H

#include "limits.h"
#include "strmap.h"
#include "zipdir.h"

struct libdeflate_decompressor;

struct kk_zip {
    kk_str bytes;     /* the file */
    kk_str dir_bytes; /* ... up to the end of its end record */
    kk_limits limits;
    kk_arena *arena;
    kk_zipdir dir;
    kk_strmap names;
    kk_str *inflated; /* per entry; ptr NULL until read; heap unless it points into bytes */
    uint64_t total;   /* bytes ever inflated for readers */
    struct libdeflate_decompressor *inflater;
    bool verified;
};

/* KK_E_NOMEM, or "zip-inconsistent" with libzip's words. */
kk_status kk_zip_refuse(bool no_memory, const char *why, kk_error *err);

#endif
