/* Reading JSON, by jansson. The only file that includes it; writing is jsonout.c's. */
#include "json.h"

#include "core.h"
#include "jsonout.h"
#include "receipt.h"

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

/* ---- receipts ------------------------------------------------------------------------------- */

typedef struct reader {
    kk_arena *arena;
    bool failed; /* something is missing or of another kind */
    bool no_memory;
} reader;

static kk_str text_of(reader *r, const json_t *value)
{
    if (!json_is_string(value)) {
        r->failed = true;
        return KK_STR("");
    }
    return kk_keep(r->arena, (kk_str){json_string_value(value), json_string_length(value)},
                   &r->no_memory);
}

static kk_str member(reader *r, const json_t *of, const char *key)
{
    return text_of(r, json_object_get(of, key));
}

static uint64_t number_of(reader *r, const json_t *value)
{
    if (!json_is_integer(value) || json_integer_value(value) < 0) {
        r->failed = true;
        return 0;
    }
    return (uint64_t)json_integer_value(value);
}

/* The list under `key` and room for its items; *n = 0 and failed when there is none. */
static void *list_of(reader *r, const json_t *root, const char *key, size_t size, size_t *n)
{
    const json_t *list = json_object_get(root, key);
    r->failed = r->failed || !json_is_array(list);
    *n = json_array_size(list);
    void *items = kk_arena_array(r->arena, *n + 1, size);
    r->no_memory = r->no_memory || items == NULL;
    *n = items == NULL ? 0 : *n;
    return items;
}

static void read_range(reader *r, const json_t *of, const char *key, uint64_t *begin, uint64_t *end)
{
    const json_t *range = json_object_get(of, key);
    r->failed = r->failed || json_array_size(range) != 2;
    *begin = number_of(r, json_array_get(range, 0));
    *end = number_of(r, json_array_get(range, 1));
}

static void read_lists(reader *r, const json_t *root, kk_receipt_data *d)
{
    d->options = list_of(r, root, "options", sizeof *d->options, &d->n_options);
    for (size_t i = 0; i < d->n_options; i++) {
        const json_t *at = json_array_get(json_object_get(root, "options"), i);
        d->options[i] = (kk_field_value){member(r, at, "name"), member(r, at, "value")};
    }
    d->clauses = list_of(r, root, "clauses", sizeof *d->clauses, &d->n_clauses);
    for (size_t i = 0; i < d->n_clauses; i++) {
        const json_t *at = json_array_get(json_object_get(root, "clauses"), i);
        d->clauses[i] = (kk_receipt_clause){member(r, at, "action"), member(r, at, "clause"),
                                            member(r, at, "version"), member(r, at, "from")};
    }
    d->changes = list_of(r, root, "changes", sizeof *d->changes, &d->n_changes);
    for (size_t i = 0; i < d->n_changes; i++) {
        const json_t *at = json_array_get(json_object_get(root, "changes"), i);
        kk_receipt_change *c = &d->changes[i];
        c->part = member(r, at, "part");
        c->clause = member(r, at, "clause");
        c->version = member(r, at, "version");
        read_range(r, at, "old", &c->old_begin, &c->old_end);
        read_range(r, at, "new", &c->new_begin, &c->new_end);
    }
    d->known = list_of(r, root, "known", sizeof *d->known, &d->n_known);
    for (size_t i = 0; i < d->n_known; i++) {
        const json_t *at = json_array_get(json_object_get(root, "known"), i);
        d->known[i] =
            (kk_known_clause){.size = sizeof *d->known,
                              .clause = member(r, at, "clause"),
                              .version = member(r, at, "version"),
                              .state = kk_str_is(member(r, at, "state"), "withdrawn")
                                           ? KK_KNOWN_WITHDRAWN
                                           : KK_KNOWN_INSERTED,
                              .before = member(r, at, "before")};
    }
}

static void read_receipt(reader *r, const json_t *root, kk_receipt_data *d)
{
    const json_t *input = json_object_get(root, "input"), *output = json_object_get(root, "output");
    r->failed = !kk_str_is(member(r, root, "schema"), "klimakrav.receipt/1");
    d->tool = member(r, root, "tool");
    d->bank = member(r, root, "bank");
    d->command = member(r, root, "command");
    d->name = member(r, root, "name");
    d->input = member(r, input, "sha256");
    d->input_bytes = number_of(r, json_object_get(input, "bytes"));
    d->output = member(r, output, "sha256");
    d->output_bytes = number_of(r, json_object_get(output, "bytes"));
    d->seal = member(r, root, "seal");
    read_lists(r, root, d);
}

kk_status kk_json_receipt(kk_str json, kk_arena *arena, kk_receipt_data *out, kk_error *err)
{
    json_error_t where = {.line = 0};
    json_t *root =
        json_loadb(json.ptr == NULL ? "" : json.ptr, json.len, JSON_REJECT_DUPLICATES, &where);
    reader r = {.arena = arena, .failed = root == NULL};
    *out = (kk_receipt_data){.tool = KK_STR("")};
    if (root != NULL) {
        read_receipt(&r, root, out);
    }
    json_decref(root);
    if (r.no_memory) {
        return kk_fail_nomem(err);
    }
    if (r.failed) {
        const kk_status status =
            kk_fail(err, KK_E_FORMAT, "receipt", "this is no receipt of klimakrav");
        if (err != NULL && where.line > 0) {
            err->line = (uint32_t)where.line;
        }
        return status;
    }
    return KK_OK;
}
