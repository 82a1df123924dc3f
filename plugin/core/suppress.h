/* Decisions of the config held against findings. */
#ifndef KK_SUPPRESS_H
#define KK_SUPPRESS_H

#include "config.h"
#include "filepath.h"

/* The first suppression in force on `date` that takes the finding f of the document at `path`:
 * fills *held (views into config) and returns true. config NULL: false. */
bool kk_suppress_find(const kk_config *config, kk_str path, kk_str date, const kk_finding *f,
                      kk_arena *scratch, kk_held_info *held);
/* Does suppression i concern the document, as far as paths say? */
bool kk_suppress_concerns(const kk_config *config, size_t i, kk_str path);
/* Number of suppressions that concern the document and have run out before `date`. */
uint32_t kk_suppress_expired(const kk_config *config, kk_str path, kk_str date);
/* The rule of the bank that reports them. It cannot be suppressed itself. */
bool kk_suppress_is_expiry(kk_str rule);

#endif
