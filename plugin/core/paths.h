/* The inside of kk_paths, for core. */
#ifndef KK_PATHS_H
#define KK_PATHS_H

#include "core.h"

typedef struct kk_path_item {
    const char *path;     /* as it is opened and shown */
    const char *relative; /* below its root: where a copy goes inside another folder */
    const char *real;     /* absolute, without links; equal to path when it does not exist */
    bool named;           /* given itself, not found in a folder */
    bool clash;           /* another file's copy would have the same name, case aside */
} kk_path_item;

struct kk_paths {
    kk_arena *arena;
    KK_VEC(kk_path_item) items;
};

/* Item i, i < count. */
const kk_path_item *kk_paths_item(const kk_paths *paths, size_t i);

#endif
