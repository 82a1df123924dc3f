/* Reads small JSON that users give: field values. jansson lives in json.c alone. */
#ifndef KK_JSON_H
#define KK_JSON_H

#include "arena.h"

#include <klimakrav/klimakrav.h>

/* A JSON object of names to strings or numbers -> values in arena, in the order of names.
 *   errors  KK_E_ARG with line when it is no such object. */
kk_status kk_json_values(kk_str json, kk_arena *arena, kk_field_value **out, size_t *n,
                         kk_error *err);

/* A receipt taken apart, in arena. KK_E_FORMAT "receipt" with line when it is none; whether its seal
 * fits is the caller's question. */
struct kk_receipt_data;
kk_status kk_json_receipt(kk_str json, kk_arena *arena, struct kk_receipt_data *out, kk_error *err);

#endif
