/* Reading JSON, by jansson. The only file that includes it; writing is jsonout.c's. */
#include "json.h"

#include "core.h"
#include "jsonout.h"

#include <jansson.h>
#include <string.h>

static int by_name(const void *a, const void *b)
{
    return kk_str_compare(((const kk_field_value *)a)->name, ((const kk_field_value *)b)->name);
}

/* A Norwegian reader writes 2,5; that is how a number stands in a clause. */
static kk_str number_text(const json_t *value, kk_arena *arena)
{
    kk_buf buf;
    kk_buf_init(&buf, 0);
    if (json_is_integer(value)) {
        kk_buf_printf(&buf, "%lld", (long long)json_integer_value(value));
    } else {
        kk_number(&buf, json_real_value(value), 6, 0, ',');
    }
    const kk_str kept =
        buf.failed == KK_OK ? kk_arena_str(arena, kk_buf_view(&buf)) : (kk_str){NULL, 0};
    kk_buf_dispose(&buf);
    return kept;
}

static kk_status take(json_t *root, kk_arena *arena, kk_field_value **out, size_t *n, kk_error *err)
{
    const size_t count = json_object_size(root);
    kk_field_value *values = kk_arena_array(arena, count + 1, sizeof *values);
    if (values == NULL) {
        return kk_fail_nomem(err);
    }
    size_t at = 0;
    const char *key;
    json_t *value;
    json_object_foreach(root, key, value)
    {
        kk_field_value *v = &values[at++];
        if (json_is_string(value)) {
            v->value =
                kk_arena_str(arena, (kk_str){json_string_value(value), json_string_length(value)});
        } else if (json_is_number(value)) {
            v->value = number_text(value, arena);
        } else {
            return kk_fail(err, KK_E_ARG, "values",
                           "\"%.60s\" is neither text nor a number; write \"%.60s\": \"...\"", key,
                           key);
        }
        v->name = kk_arena_str(arena, kk_z(key));
        if (v->value.ptr == NULL || v->name.ptr == NULL) {
            return kk_fail_nomem(err);
        }
    }
    qsort(values, count, sizeof *values, by_name);
    *out = values;
    *n = count;
    return KK_OK;
}

kk_status kk_json_values(kk_str json, kk_arena *arena, kk_field_value **out, size_t *n,
                         kk_error *err)
{
    json_error_t where;
    json_t *root =
        json_loadb(json.ptr == NULL ? "" : json.ptr, json.len, JSON_REJECT_DUPLICATES, &where);
    *out = NULL;
    *n = 0;
    if (root == NULL) {
        const kk_status status = kk_fail(
            err, KK_E_ARG, "values", "not JSON: %.200s; write {\"name\": \"value\"}", where.text);
        if (err != NULL && where.line > 0) {
            err->line = (uint32_t)where.line;
        }
        return status;
    }
    const kk_status status =
        json_is_object(root)
            ? take(root, arena, out, n, err)
            : kk_fail(err, KK_E_ARG, "values", "no JSON object; write {\"name\": \"value\"}");
    json_decref(root);
    return status;
}
