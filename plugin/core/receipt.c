/* The receipt of an edit: what went in, what came out, every byte range that moved. Knows what docx
 * reports; checks nothing. */
#include "receipt.h"

#include "docx.h"
#include "hash.h"
#include "json.h"
#include "jsonout.h"

#include <string.h>

/* ---- writing -------------------------------------------------------------------------------- */

static void put_range(kk_jsonout *j, const char *key, uint64_t begin, uint64_t end)
{
    kk_json_key(j, key);
    kk_json_open_flat(j, '[');
    kk_json_int(j, (int64_t)begin);
    kk_json_int(j, (int64_t)end);
    kk_json_close(j);
}

static void put_file(kk_jsonout *j, const char *key, kk_str sha256, uint64_t bytes)
{
    kk_json_key(j, key);
    kk_json_open_flat(j, '{');
    kk_json_put(j, "sha256", sha256);
    kk_json_puti(j, "bytes", (int64_t)bytes);
    kk_json_close(j);
}

static void put_clauses(kk_jsonout *j, const kk_receipt_data *d)
{
    kk_json_key(j, "clauses");
    kk_json_open(j, '[');
    for (size_t i = 0; i < d->n_clauses; i++) {
        kk_json_open_flat(j, '{');
        kk_json_put(j, "action", d->clauses[i].action);
        kk_json_put(j, "clause", d->clauses[i].clause);
        kk_json_put(j, "version", d->clauses[i].version);
        kk_json_put(j, "from", d->clauses[i].from);
        kk_json_close(j);
    }
    kk_json_close(j);
}

static void put_changes(kk_jsonout *j, const kk_receipt_data *d)
{
    kk_json_key(j, "changes");
    kk_json_open(j, '[');
    for (size_t i = 0; i < d->n_changes; i++) {
        const kk_receipt_change *c = &d->changes[i];
        kk_json_open_flat(j, '{');
        kk_json_put(j, "part", c->part);
        kk_json_put(j, "clause", c->clause);
        kk_json_put(j, "version", c->version);
        put_range(j, "old", c->old_begin, c->old_end);
        put_range(j, "new", c->new_begin, c->new_end);
        kk_json_close(j);
    }
    kk_json_close(j);
}

static void put_known(kk_jsonout *j, const kk_receipt_data *d)
{
    kk_json_key(j, "known");
    kk_json_open(j, '[');
    for (size_t i = 0; i < d->n_known; i++) {
        const kk_known_clause *k = &d->known[i];
        kk_json_open_flat(j, '{');
        kk_json_put(j, "clause", k->clause);
        kk_json_put(j, "version", k->version);
        kk_json_puts(j, "state", k->state == KK_KNOWN_WITHDRAWN ? "withdrawn" : "inserted");
        kk_json_put(j, "before", k->before);
        kk_json_close(j);
    }
    kk_json_close(j);
}

static void put_all(kk_jsonout *j, const kk_receipt_data *d, const char *seal)
{
    kk_json_open(j, '{');
    kk_json_puts(j, "schema", "klimakrav.receipt/1");
    kk_json_put(j, "tool", d->tool);
    kk_json_put(j, "bank", d->bank);
    kk_json_put(j, "command", d->command);
    kk_json_put(j, "name", d->name);
    put_file(j, "input", d->input, d->input_bytes);
    put_file(j, "output", d->output, d->output_bytes);
    kk_json_key(j, "options");
    kk_json_open(j, '[');
    for (size_t i = 0; i < d->n_options; i++) {
        kk_json_open_flat(j, '{');
        kk_json_put(j, "name", d->options[i].name);
        kk_json_put(j, "value", d->options[i].value);
        kk_json_close(j);
    }
    kk_json_close(j);
    put_clauses(j, d);
    put_changes(j, d);
    put_known(j, d);
    if (seal != NULL) {
        kk_json_puts(j, "seal", seal);
    }
    kk_json_close(j);
}

kk_status kk_receipt_seal(const kk_receipt_data *data, char out[65])
{
    kk_buf text;
    kk_jsonout j;
    kk_buf_init(&text, 0);
    kk_jsonout_init(&j, &text);
    put_all(&j, data, NULL);
    const kk_status status = text.failed;
    if (status == KK_OK) {
        kk_sha256_hex(kk_buf_view(&text), out);
    }
    kk_buf_dispose(&text);
    return status;
}

kk_status kk_receipt_write(const kk_receipt_data *data, kk_buf *out)
{
    char seal[65];
    kk_jsonout j;
    KK_TRY(kk_receipt_seal(data, seal));
    kk_jsonout_init(&j, out);
    put_all(&j, data, seal);
    return out->failed;
}

/* ---- what this run did ---------------------------------------------------------------------- */

typedef struct maker {
    kk_arena *arena;
    kk_doc *doc;
    kk_receipt_data data;
    kk_error *err;
} maker;

static kk_status take_deeds(maker *m)
{
    kk_receipt_data *d = &m->data;
    d->clauses = kk_arena_array(m->arena, m->doc->n_deeds + 1, sizeof *d->clauses);
    if (d->clauses == NULL) {
        return kk_fail_nomem(m->err);
    }
    for (size_t i = 0; i < m->doc->n_deeds; i++) {
        const kk_deed *deed = &m->doc->deeds[i];
        d->clauses[d->n_clauses++] =
            (kk_receipt_clause){kk_z(deed->action), deed->clause, deed->version, deed->from};
    }
    return KK_OK;
}

static kk_status take_changes(maker *m)
{
    uint32_t n = 0;
    const bool moved = !kk_str_equal(m->data.input, m->data.output);
    const kk_docx_edit *edits = kk_docx_edits(m->doc->docx, &n);
    kk_receipt_data *d = &m->data;
    n = moved ? n : 0;
    d->changes = kk_arena_array(m->arena, (size_t)n + 1, sizeof *d->changes);
    if (d->changes == NULL) {
        return kk_fail_nomem(m->err);
    }
    for (uint32_t i = 0; i < n; i++) {
        const kk_docx_edit *e = &edits[i];
        d->changes[d->n_changes++] = (kk_receipt_change){
            e->part, e->clause, e->version, e->old_begin, e->old_end, e->begin, e->end};
    }
    return KK_OK;
}

/* The clause's line of what is known, added when it has none. */
static kk_known_clause *known_of(kk_receipt_data *d, kk_str clause)
{
    for (size_t i = 0; i < d->n_known; i++) {
        if (kk_str_equal(d->known[i].clause, clause)) {
            return &d->known[i];
        }
    }
    d->known[d->n_known] = (kk_known_clause){
        .size = sizeof *d->known, .clause = clause, .version = KK_STR(""), .before = KK_STR("")};
    return &d->known[d->n_known++];
}

/* What was known before, what stood there, what this run did: in that order. */
static kk_status take_known(maker *m, const kk_receipt_data *earlier)
{
    kk_receipt_data *d = &m->data;
    const kk_text *text = m->doc->text;
    const size_t most = earlier->n_known + text->n_managed + m->doc->n_deeds + 1;
    d->known = kk_arena_array(m->arena, most, sizeof *d->known);
    if (d->known == NULL) {
        return kk_fail_nomem(m->err);
    }
    for (size_t i = 0; i < earlier->n_known; i++) {
        *known_of(d, earlier->known[i].clause) = earlier->known[i];
    }
    for (uint32_t i = 0; i < text->n_managed; i++) {
        if ((text->managed[i].flags & KK_MANAGED_GONE) == 0) {
            known_of(d, text->managed[i].clause)->version = text->managed[i].version;
        }
    }
    for (size_t i = 0; i < m->doc->n_deeds; i++) {
        const kk_deed *deed = &m->doc->deeds[i];
        kk_known_clause *k = known_of(d, deed->clause);
        k->version = deed->version;
        if (strcmp(deed->action, "inserted") == 0) {
            k->state = KK_KNOWN_INSERTED;
            k->before = d->input;
        } else if (strcmp(deed->action, "withdrawn") == 0) {
            k->state = KK_KNOWN_WITHDRAWN;
            k->before = KK_STR("");
        }
    }
    return KK_OK;
}

static kk_str file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return kk_z(slash == NULL ? path : slash + 1);
}

static kk_status make(maker *m, const kk_bank *bank, const kk_receipt_options *o)
{
    kk_receipt_data earlier = {0};
    kk_receipt_data *d = &m->data;
    if (o->earlier.len > 0) {
        KK_TRY(kk_json_receipt(o->earlier, m->arena, &earlier, m->err));
    }
    *d = (kk_receipt_data){.tool = kk_z(kk_version()),
                           .bank = kk_z(bank->version),
                           .command = kk_z(o->command),
                           .name = file_name(m->doc->name),
                           .input = kk_z(m->doc->sha256),
                           .output = kk_z(m->doc->result_sha256),
                           .input_bytes = m->doc->bytes.len,
                           .output_bytes = m->doc->result_bytes};
    d->options = kk_arena_array(m->arena, o->n_options + 1, sizeof *d->options);
    if (d->options == NULL) {
        return kk_fail_nomem(m->err);
    }
    for (size_t i = 0; i < o->n_options; i++) {
        d->options[d->n_options++] = o->options[i];
    }
    KK_TRY(take_deeds(m));
    KK_TRY(take_changes(m));
    return take_known(m, &earlier);
}

kk_status kk_doc_receipt(kk_doc *doc, const kk_bank *bank, const kk_receipt_options *options,
                         kk_bytes *out, kk_error *err)
{
    kk_receipt_options o;
    kk_struct_in(&o, sizeof o, options);
    out->ptr = NULL;
    out->len = 0;
    if (doc->docx == NULL || doc->result_sha256[0] == '\0') {
        return kk_fail(err, KK_E_ARG, "", "nothing was written yet that a receipt could tell of");
    }
    maker m = {.arena = kk_arena_new(), .doc = doc, .err = err};
    kk_buf text;
    kk_buf_init(&text, 0);
    kk_status status = m.arena == NULL ? kk_fail_nomem(err) : make(&m, bank, &o);
    if (status == KK_OK && kk_receipt_write(&m.data, &text) != KK_OK) {
        status = kk_fail_nomem(err);
    }
    kk_arena_free(m.arena);
    if (status != KK_OK) {
        kk_buf_dispose(&text);
        return status;
    }
    return kk_buf_give(&text, out, err);
}
