/* Findings as they were one day, kept as JSON; an audit is compared with them finding by finding.
 * A finding is known by its fingerprint and the words of its paragraph, and counted: one that was
 * mended leaves an unused count behind, which no other finding can take. */
#include "core.h"

#include "file.h"
#include "filepath.h"
#include "hash.h"
#include "jsonout.h"
#include "utf8.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 64 << 20 };

/* One kind of finding in one document. */
typedef struct known {
    kk_str fingerprint, context, rule;
    uint32_t n, left; /* stood there; not yet met in this audit */
} known;

typedef struct known_doc {
    kk_str path, sha256;
    KK_VEC(known) findings;
    bool present; /* in this run under its own name */
    bool claimed; /* a document of this run has taken it */
} known_doc;

struct kk_baseline {
    kk_arena *arena;
    kk_str folder; /* canonical; of the file */
    KK_VEC(known_doc) docs;
};

/* ---- making -------------------------------------------------------------------------------- */

kk_status kk_baseline_new(kk_baseline **out, const char *path, kk_error *err)
{
    kk_buf real;
    *out = NULL;
    kk_baseline *b = kk_malloc(sizeof *b);
    if (b == NULL) {
        return kk_fail_nomem(err);
    }
    *b = (kk_baseline){.arena = kk_arena_new()};
    bool failed = b->arena == NULL;
    if (!failed) {
        kk_buf_init(&real, 0);
        const kk_str folder = kk_arena_str(b->arena, kk_path_folder(kk_z(path)));
        (void)kk_path_real(folder.ptr, &real);
        b->folder = kk_keep(b->arena, kk_buf_view(&real), &failed);
        kk_buf_dispose(&real);
    }
    if (failed) {
        kk_baseline_free(b);
        return kk_fail_nomem(err);
    }
    *out = b;
    return KK_OK;
}

void kk_baseline_free(kk_baseline *baseline)
{
    if (baseline != NULL) {
        for (size_t i = 0; i < baseline->docs.n; i++) {
            kk_vec_free(&baseline->docs.items[i].findings);
        }
        kk_vec_free(&baseline->docs);
        kk_arena_free(baseline->arena);
        kk_release(baseline);
    }
}

static kk_str seen_path(kk_baseline *b, const char *path)
{
    kk_buf seen;
    kk_buf_init(&seen, 0);
    kk_path_seen_from(b->folder, path, &seen);
    const kk_str kept =
        seen.failed == KK_OK ? kk_arena_str(b->arena, kk_buf_view(&seen)) : (kk_str){NULL, 0};
    kk_buf_dispose(&seen);
    return kept;
}

static known_doc *doc_by_path(kk_baseline *b, kk_str path)
{
    for (size_t i = 0; i < b->docs.n; i++) {
        if (kk_str_equal(b->docs.items[i].path, path)) {
            return &b->docs.items[i];
        }
    }
    return NULL;
}

static known_doc *add_doc(kk_baseline *b, kk_str path, kk_str sha256)
{
    known_doc *d = doc_by_path(b, path);
    if (d == NULL && kk_vec_push(&b->docs, (known_doc){.path = path, .sha256 = sha256})) {
        d = &b->docs.items[b->docs.n - 1];
    }
    return d;
}

static known *find_known(const known_doc *d, kk_str fingerprint, kk_str context)
{
    for (size_t i = 0; i < d->findings.n; i++) {
        known *k = &d->findings.items[i];
        if (kk_str_equal(k->fingerprint, fingerprint) && kk_str_equal(k->context, context)) {
            return k;
        }
    }
    return NULL;
}

/* 16 hex digits over the words of the paragraph; empty for a finding on the whole document. */
static kk_str context_of(kk_arena *arena, const kk_finding *f)
{
    char hex[65];
    if (f->paragraph.len == 0) {
        return KK_STR("");
    }
    const kk_str words = kk_utf8_normalise(arena, kk_utf8_lower(arena, f->paragraph));
    if (words.ptr == NULL) {
        return words;
    }
    kk_sha256_hex(words, hex);
    return kk_arena_str(arena, (kk_str){hex, 16});
}

static kk_status note(kk_baseline *b, known_doc *d, const kk_finding *f, kk_error *err)
{
    const kk_str context = context_of(b->arena, f);
    known *k = find_known(d, f->fingerprint, context);
    if (k != NULL) {
        k->n++;
        k->left++;
        return KK_OK;
    }
    bool failed = context.ptr == NULL;
    const known one = {kk_keep(b->arena, f->fingerprint, &failed), context,
                       kk_keep(b->arena, f->rule, &failed), 1, 1};
    return !failed && kk_vec_push(&d->findings, one) ? KK_OK : kk_fail_nomem(err);
}

kk_status kk_baseline_add(kk_baseline *baseline, const kk_audit *audit, kk_error *err)
{
    for (size_t i = 0; i < audit->n_docs; i++) {
        const kk_str path = seen_path(baseline, audit->docs[i].path.ptr);
        const kk_str sha = kk_arena_str(baseline->arena, audit->docs[i].sha256);
        known_doc *d =
            path.ptr == NULL || sha.ptr == NULL ? NULL : add_doc(baseline, path, sha);
        if (d == NULL) {
            return kk_fail_nomem(err);
        }
        for (size_t k = 0; k < audit->n_findings; k++) {
            if (audit->findings[k].document == i) {
                KK_TRY(note(baseline, d, &audit->findings[k], err));
            }
        }
        for (size_t k = 0; k < audit->held.n; k++) {
            const kk_held *h = &audit->held.items[k];
            if (h->finding.document == i && h->info.by == KK_HELD_BASELINE) {
                KK_TRY(note(baseline, d, &h->finding, err));
            }
        }
    }
    return KK_OK;
}

/* ---- writing ------------------------------------------------------------------------------- */

static int by_path(const void *a, const void *b)
{
    return kk_str_compare((*(const known_doc *const *)a)->path, (*(const known_doc *const *)b)->path);
}

static int by_key(const void *a, const void *b)
{
    const known *x = a;
    const known *y = b;
    const int order = kk_str_compare(x->rule, y->rule);
    const int next = order != 0 ? order : kk_str_compare(x->fingerprint, y->fingerprint);
    return next != 0 ? next : kk_str_compare(x->context, y->context);
}

static void put_doc(kk_jsonout *j, const known_doc *d)
{
    kk_json_open(j, '{');
    kk_json_put(j, "path", d->path);
    kk_json_put(j, "sha256", d->sha256);
    kk_json_key(j, "findings");
    kk_json_open(j, '[');
    for (size_t i = 0; i < d->findings.n; i++) {
        const known *k = &d->findings.items[i];
        kk_json_open_flat(j, '{');
        kk_json_put(j, "rule", k->rule);
        kk_json_put(j, "fingerprint", k->fingerprint);
        kk_json_put(j, "context", k->context);
        kk_json_puti(j, "n", k->n);
        kk_json_close(j);
    }
    kk_json_close(j);
    kk_json_close(j);
}

kk_status kk_baseline_write(const kk_baseline *baseline, kk_bytes *out, kk_error *err)
{
    kk_jsonout j;
    kk_buf body;
    const size_t n = baseline->docs.n;
    const known_doc **order = kk_arena_array(baseline->arena, n + 1, sizeof(known_doc *));
    out->ptr = NULL;
    out->len = 0;
    if (order == NULL) {
        return kk_fail_nomem(err);
    }
    for (size_t i = 0; i < n; i++) {
        known_doc *d = &baseline->docs.items[i];
        if (d->findings.n > 1) {
            qsort(d->findings.items, d->findings.n, sizeof(known), by_key);
        }
        order[i] = d;
    }
    qsort(order, n, sizeof *order, by_path);
    kk_buf_init(&body, 0);
    kk_jsonout_init(&j, &body);
    kk_json_open(&j, '{');
    kk_json_puts(&j, "schema", "klimakrav.baseline/1");
    kk_json_key(&j, "documents");
    kk_json_open(&j, '[');
    for (size_t i = 0; i < n; i++) {
        put_doc(&j, order[i]);
    }
    kk_json_close(&j);
    kk_json_close(&j);
    return kk_buf_give(&body, out, err);
}

/* ---- reading ------------------------------------------------------------------------------- */

static kk_str text_at(kk_baseline *b, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_string(value) ? kk_arena_str(b->arena, (kk_str){json_string_value(value),
                                                                   json_string_length(value)})
                                 : (kk_str){NULL, 0};
}

static bool read_finding(kk_baseline *b, known_doc *d, const json_t *item)
{
    const json_int_t n = json_integer_value(json_object_get(item, "n"));
    known k = {text_at(b, item, "fingerprint"), text_at(b, item, "context"),
               text_at(b, item, "rule"), (uint32_t)n, (uint32_t)n};
    return k.fingerprint.ptr != NULL && k.context.ptr != NULL && k.rule.ptr != NULL && n > 0 &&
           n < INT32_MAX && kk_vec_push(&d->findings, k);
}

static bool read_docs(kk_baseline *b, const json_t *root)
{
    const json_t *docs = json_object_get(root, "documents");
    size_t i;
    size_t k;
    json_t *doc;
    json_t *item;
    const kk_str schema = text_at(b, root, "schema");
    if (!kk_str_is(schema, "klimakrav.baseline/1") || !json_is_array(docs)) {
        return false;
    }
    json_array_foreach(docs, i, doc)
    {
        const kk_str path = text_at(b, doc, "path");
        const kk_str sha = text_at(b, doc, "sha256");
        const json_t *findings = json_object_get(doc, "findings");
        known_doc *d = path.ptr == NULL || sha.ptr == NULL ? NULL : add_doc(b, path, sha);
        if (d == NULL || !json_is_array(findings)) {
            return false;
        }
        json_array_foreach(findings, k, item)
        {
            if (!read_finding(b, d, item)) {
                return false;
            }
        }
    }
    return true;
}

static kk_status parse(kk_baseline *b, kk_str bytes, const char *path, kk_error *err)
{
    json_error_t where;
    json_t *root = json_loadb(bytes.ptr == NULL ? "" : bytes.ptr, bytes.len,
                              JSON_REJECT_DUPLICATES, &where);
    const bool good = root != NULL && read_docs(b, root);
    if (root != NULL) {
        json_decref(root);
    }
    return good ? KK_OK
                : kk_fail_at(err, KK_E_ARG, "baseline", kk_z(path), 0,
                             "this is no baseline; make one with --write-baseline");
}

kk_status kk_baseline_load(kk_baseline **out, const char *path, kk_error *err)
{
    kk_buf bytes;
    KK_TRY(kk_baseline_new(out, path, err));
    kk_buf_init(&bytes, 0);
    kk_status status = kk_file_read(path, MOST_BYTES, &bytes, err);
    if (status == KK_OK) {
        status = parse(*out, kk_buf_view(&bytes), path, err);
    }
    kk_buf_dispose(&bytes);
    if (status != KK_OK) {
        kk_baseline_free(*out);
        *out = NULL;
    }
    return status;
}

/* ---- comparing ----------------------------------------------------------------------------- */

kk_status kk_baseline_begin(kk_baseline *baseline, const kk_paths *paths, kk_error *err)
{
    for (size_t i = 0; i < baseline->docs.n; i++) {
        known_doc *d = &baseline->docs.items[i];
        d->present = false;
        d->claimed = false;
        for (size_t k = 0; k < d->findings.n; k++) {
            d->findings.items[k].left = d->findings.items[k].n;
        }
    }
    for (size_t i = 0; paths != NULL && i < kk_paths_count(paths); i++) {
        const kk_str seen = seen_path(baseline, kk_paths_at(paths, i));
        if (seen.ptr == NULL) {
            return kk_fail_nomem(err);
        }
        known_doc *d = doc_by_path(baseline, seen);
        if (d != NULL) {
            d->present = true;
        }
    }
    return KK_OK;
}

/* Findings that both have. */
static size_t overlap(kk_baseline *b, const known_doc *d, const kk_audit *audit, size_t doc)
{
    size_t n = 0;
    for (size_t i = 0; i < audit->n_findings; i++) {
        const kk_finding *f = &audit->findings[i];
        n += f->document == doc && find_known(d, f->fingerprint, context_of(b->arena, f)) != NULL;
    }
    return n;
}

/* The document under its own name; else, of those that are gone, the one with the same bytes, else
 * the one that has most findings in common: it was renamed or copied. */
static known_doc *match(kk_baseline *b, kk_str path, const kk_audit *audit, size_t doc)
{
    known_doc *best = doc_by_path(b, path);
    size_t most = 0;
    if (best != NULL) {
        return best;
    }
    for (size_t i = 0; i < b->docs.n; i++) {
        known_doc *d = &b->docs.items[i];
        if (d->present || d->claimed) {
            continue;
        }
        if (kk_str_equal(d->sha256, audit->docs[doc].sha256)) {
            return d;
        }
        const size_t n = overlap(b, d, audit, doc);
        if (n > most) {
            most = n;
            best = d;
        }
    }
    return best;
}

static bool is_known(kk_baseline *b, known_doc *d, const kk_finding *f)
{
    known *k = d == NULL ? NULL : find_known(d, f->fingerprint, context_of(b->arena, f));
    if (k == NULL || k->left == 0) {
        return false;
    }
    k->left--;
    return true;
}

kk_status kk_baseline_apply(kk_baseline *baseline, kk_audit *audit, kk_error *err)
{
    known_doc **docs = kk_arena_array(baseline->arena, audit->n_docs + 1, sizeof *docs);
    size_t kept = 0;
    if (docs == NULL) {
        return kk_fail_nomem(err);
    }
    for (size_t i = 0; i < audit->n_docs; i++) {
        const kk_str path = seen_path(baseline, audit->docs[i].path.ptr);
        docs[i] = path.ptr == NULL ? NULL : match(baseline, path, audit, i);
        if (docs[i] != NULL) {
            docs[i]->claimed = true;
        }
    }
    for (size_t i = 0; i < audit->n_findings; i++) {
        const kk_finding f = audit->findings[i];
        const kk_held held = {f, {.size = sizeof held.info, .by = KK_HELD_BASELINE}};
        if (!is_known(baseline, docs[f.document], &f)) {
            audit->findings[kept++] = f;
        } else if (kk_vec_push(&audit->held, held)) {
            audit->counts[f.severity]--;
            audit->docs[f.document].n_findings[f.severity]--;
        } else {
            return kk_fail_nomem(err);
        }
    }
    audit->n_findings = kept;
    return KK_OK;
}
