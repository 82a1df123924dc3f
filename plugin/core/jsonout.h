/* Writes JSON (RFC 8259) into a buffer, two spaces deep, keys in the order given.
 * Streaming, so that a report never stands in memory twice; numbers never depend on the locale.
 *   kk_jsonout j; kk_jsonout_init(&j, &buf);
 *   kk_json_open(&j, '{'); kk_json_key(&j, "n"); kk_json_int(&j, 3); kk_json_close(&j);
 * Failure is the buffer's, sticky. Nesting over 31 levels is a bug (assert). */
#ifndef KK_JSONOUT_H
#define KK_JSONOUT_H

#include "buf.h"

#include <klimakrav/types.h>

typedef struct kk_jsonout {
    kk_buf *out;
    uint32_t depth;
    uint32_t array; /* bit d: level d is an array */
    uint32_t some;  /* bit d: level d has an item already */
    uint32_t flat;  /* bit d: level d is written on one line */
    bool keyed;     /* a key was written, its value follows */
} kk_jsonout;

void kk_jsonout_init(kk_jsonout *json, kk_buf *out);
/* '{' or '['. */
void kk_json_open(kk_jsonout *json, char kind);
/* The same on one line, for short lists and small objects. */
void kk_json_open_flat(kk_jsonout *json, char kind);
void kk_json_close(kk_jsonout *json);
/* Key of the next value; a plain ASCII name. */
void kk_json_key(kk_jsonout *json, const char *key);
/* UTF-8; invalid bytes become U+FFFD. */
void kk_json_str(kk_jsonout *json, kk_str value);
void kk_json_int(kk_jsonout *json, int64_t value);
/* Rounded to 4 decimals; not finite: null. */
void kk_json_real(kk_jsonout *json, double value);
void kk_json_bool(kk_jsonout *json, bool value);
void kk_json_null(kk_jsonout *json);

/* Key and value at once. */
void kk_json_put(kk_jsonout *json, const char *key, kk_str value);
void kk_json_puts(kk_jsonout *json, const char *key, const char *value);
void kk_json_puti(kk_jsonout *json, const char *key, int64_t value);
void kk_json_putb(kk_jsonout *json, const char *key, bool value);
/* A value that is JSON already. */
void kk_json_raw(kk_jsonout *json, const char *key, kk_str value);
/* An array of strings on one line. */
void kk_json_list(kk_jsonout *json, const char *key, const kk_str *items, size_t n);

/* Appends value with up to `decimals` (0..6) decimals, trailing zeros dropped but `keep` of them
 * kept; decimal sign as given. For numbers in any report: printf follows the locale, this does not.
 */
void kk_number(kk_buf *out, double value, unsigned decimals, unsigned keep, char point);

#endif
