/* Filling kk_error. The lowest layer that knows calls kk_fail; the others pass the status on. */
#ifndef KK_ERROR_H
#define KK_ERROR_H

#include <klimakrav/types.h>

/* Returns status; fills *err (if not NULL) only when it does not hold an error already.
 * reason is a fixed code of the interface contract or "". format gives the one-line message. */
kk_status kk_fail(kk_error *err, kk_status status, const char *reason, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* As kk_fail, with the part (or file) and offset or line that it concerns. */
kk_status kk_fail_at(kk_error *err, kk_status status, const char *reason, kk_str part,
                     uint64_t offset, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
kk_status kk_fail_nomem(kk_error *err);
void kk_error_clear(kk_error *err);
const char *kk_status_text(kk_status status); /* "out of memory" ... static */

/* Passes a failure on when nothing needs cleaning. */
#define KK_TRY(call)                                                                               \
    do {                                                                                           \
        kk_status kk_try_status = (call);                                                          \
        if (kk_try_status != KK_OK) {                                                              \
            return kk_try_status;                                                                  \
        }                                                                                          \
    } while (0)

#endif
