/* Keeps what will be written: splices per part, ids in use, the way back after a failure, and the
 * save itself. Knows parts and bytes; must not know what an edit means. */
#include "edits.h"

#include "cut.h"
#include "error.h"
#include "mem.h"
#include "str.h"
#include "xmlscan.h"

#include <string.h>

static void free_edits(void *pointer)
{
    kk_edits *edits = pointer;
    if (edits == NULL) {
        return;
    }
    for (size_t i = 0; i < edits->targets.n; i++) {
        kk_splices_dispose(&edits->targets.items[i].splices);
    }
    kk_vec_free(&edits->targets);
    kk_vec_free(&edits->moved);
    kk_vec_free(&edits->series);
    kk_vec_free(&edits->withdrawn);
    kk_vec_free(&edits->restored);
    kk_vec_free(&edits->records);
    kk_ids_dispose(&edits->ids);
    kk_arena_free(edits->arena);
    kk_release(edits);
}

/* Does a content type belong to a part with running text, whose ids count? */
static bool is_story_type(kk_str type)
{
    static const char *const kinds[] = {
        "document.main+xml", "glossary+xml", "header+xml",   "footer+xml",
        "footnotes+xml",     "endnotes+xml", "comments+xml", NULL};
    for (size_t i = 0; kinds[i] != NULL; i++) {
        if (kk_str_ends(type, kk_str_from(kinds[i]))) {
            return true;
        }
    }
    return false;
}

/* Ids of all stories, also of those that were not read (the glossary and what belongs to it). */
static bool collect_ids(kk_docx *doc, kk_ids *ids)
{
    for (uint32_t i = 0; i < doc->n_parts; i++) {
        if (!kk_ids_collect(ids, doc->parts[i].raw)) {
            return false;
        }
    }
    uint32_t n = 0;
    const kk_zip_entry *entries = kk_zip_entries(doc->package.zip, &n);
    for (uint32_t i = 0; i < n; i++) {
        kk_str raw;
        bool transcoded;
        if (!is_story_type(kk_package_type(&doc->package, entries[i].name)) ||
            kk_docx_part_index(doc, entries[i].name) != KK_NONE) {
            continue;
        }
        /* A glossary that cannot be read has no ids that count. */
        if (kk_package_xml(&doc->package, i, &raw, &transcoded, NULL) == KK_OK &&
            !kk_ids_collect(ids, raw)) {
            return false;
        }
    }
    return true;
}

kk_edits *kk_edits_of(kk_docx *doc)
{
    if (doc->edits != NULL) {
        return doc->edits;
    }
    kk_edits *edits = kk_malloc(sizeof *edits);
    if (edits == NULL) {
        return NULL;
    }
    memset(edits, 0, sizeof *edits);
    edits->arena = kk_arena_new();
    if (edits->arena == NULL || !collect_ids(doc, &edits->ids)) {
        free_edits(edits);
        return NULL;
    }
    doc->edits = edits;
    doc->free_edits = free_edits;
    return edits;
}

static kk_target *find_target(kk_edits *edits, kk_str name)
{
    for (size_t i = 0; i < edits->targets.n; i++) {
        if (kk_str_equal(edits->targets.items[i].name, name)) {
            return &edits->targets.items[i];
        }
    }
    return NULL;
}

static kk_status add_target(kk_edits *edits, kk_str name, uint32_t entry, kk_str raw,
                            kk_target **out, kk_error *err)
{
    const kk_target target = {.name = name, .entry = entry, .raw = raw};
    if (!kk_vec_push(&edits->targets, target)) {
        return kk_fail_nomem(err);
    }
    *out = &edits->targets.items[edits->targets.n - 1];
    return KK_OK;
}

static kk_status refuse_encoding(kk_str part, kk_error *err)
{
    return kk_fail_at(err, KK_E_UNSUPPORTED, "encoding", part, 0,
                      "the part is written in UTF-16 and is only read; save the document once in "
                      "Word and try again");
}

kk_status kk_edits_part(kk_docx *doc, uint32_t part, kk_target **out, kk_error *err)
{
    kk_edits *edits = kk_edits_of(doc);
    if (edits == NULL) {
        return kk_fail_nomem(err);
    }
    const kk_part *p = &doc->parts[part];
    if (p->transcoded) {
        return refuse_encoding(p->name, err);
    }
    *out = find_target(edits, p->name);
    if (*out != NULL) {
        return KK_OK;
    }
    return add_target(edits, p->name, kk_zip_find(doc->package.zip, p->name), p->raw, out, err);
}

kk_status kk_edits_entry(kk_docx *doc, uint32_t entry, kk_target **out, kk_error *err)
{
    kk_edits *edits = kk_edits_of(doc);
    if (edits == NULL) {
        return kk_fail_nomem(err);
    }
    uint32_t n = 0;
    const kk_str name = kk_zip_entries(doc->package.zip, &n)[entry].name;
    *out = find_target(edits, name);
    if (*out != NULL) {
        return KK_OK;
    }
    kk_str raw;
    bool transcoded = false;
    KK_TRY(kk_package_xml(&doc->package, entry, &raw, &transcoded, err));
    if (transcoded) {
        return refuse_encoding(name, err);
    }
    return add_target(edits, name, entry, raw, out, err);
}

kk_status kk_edits_remove_entry(kk_docx *doc, uint32_t entry, kk_error *err)
{
    kk_edits *edits = kk_edits_of(doc);
    if (edits == NULL) {
        return kk_fail_nomem(err);
    }
    uint32_t n = 0;
    const kk_str name = kk_zip_entries(doc->package.zip, &n)[entry].name;
    kk_target *target = find_target(edits, name);
    const kk_status status =
        target != NULL ? KK_OK : add_target(edits, name, entry, KK_STR(""), &target, err);
    if (status == KK_OK && target != NULL) {
        target->remove = true;
    }
    return status;
}

kk_target *kk_edits_added(kk_edits *edits, kk_str name)
{
    kk_target *target = find_target(edits, name);
    return target != NULL && target->entry == KK_NONE ? target : NULL;
}

static kk_status add_splice(kk_edits *edits, kk_target *target, const kk_splice *splice, bool late,
                            kk_error *err)
{
    const kk_str copy =
        edits == NULL ? (kk_str){NULL, 0} : kk_arena_str(edits->arena, splice->bytes);
    if (copy.ptr == NULL || !kk_splices_add(&target->splices, splice->begin, splice->end, copy,
                                            (uint32_t)edits->records.n - 1)) {
        return kk_fail_nomem(err);
    }
    target->splices.list.items[target->splices.list.n - 1].order =
        edits->order++ | (late ? 0x80000000u : 0u);
    return KK_OK;
}

kk_status kk_edits_splice(kk_docx *doc, kk_target *target, uint32_t begin, uint32_t end,
                          kk_str bytes, kk_error *err)
{
    const kk_splice splice = {.begin = begin, .end = end, .bytes = bytes};
    return add_splice(kk_edits_of(doc), target, &splice, false, err);
}

kk_status kk_edits_splice_late(kk_docx *doc, kk_target *target, uint32_t at, kk_str bytes,
                               kk_error *err)
{
    const kk_splice splice = {.begin = at, .end = at, .bytes = bytes};
    return add_splice(kk_edits_of(doc), target, &splice, true, err);
}

void kk_edits_forget(kk_target *target, uint32_t begin, uint32_t end)
{
    size_t kept = 0;
    for (size_t i = 0; i < target->splices.list.n; i++) {
        const kk_splice splice = target->splices.list.items[i];
        if (splice.begin != begin || splice.end != end || begin == end) {
            target->splices.list.items[kept++] = splice;
        }
    }
    target->splices.list.n = kept;
}

kk_status kk_edits_begin(kk_docx *doc, const kk_record *record, kk_edits_state *state,
                         kk_error *err)
{
    kk_edits *edits = kk_edits_of(doc);
    if (edits == NULL) {
        return kk_fail_nomem(err);
    }
    *state = (kk_edits_state){.n_targets = edits->targets.n,
                              .n_moved = edits->moved.n,
                              .n_series = edits->series.n,
                              .n_withdrawn = edits->withdrawn.n,
                              .n_restored = edits->restored.n,
                              .n_records = edits->records.n,
                              .bullet_num = edits->bullet_num,
                              .comments_part = edits->comments_part,
                              .next_num = edits->next_num,
                              .next_abstract = edits->next_abstract};
    state->n_splices = kk_arena_array(edits->arena, edits->targets.n + 1, sizeof(size_t));
    kk_record copy = *record;
    copy.clause = kk_arena_str(edits->arena, record->clause);
    copy.version = kk_arena_str(edits->arena, record->version);
    if (state->n_splices == NULL || copy.clause.ptr == NULL || copy.version.ptr == NULL ||
        !kk_vec_push(&edits->records, copy)) {
        return kk_fail_nomem(err);
    }
    for (size_t i = 0; i < edits->targets.n; i++) {
        state->n_splices[i] = edits->targets.items[i].splices.list.n;
    }
    return KK_OK;
}

void kk_edits_rollback(kk_edits *edits, const kk_edits_state *state)
{
    for (size_t i = 0; i < edits->targets.n; i++) {
        if (i < state->n_targets) {
            kk_splices_cut(&edits->targets.items[i].splices, state->n_splices[i]);
        } else {
            kk_splices_dispose(&edits->targets.items[i].splices);
        }
    }
    edits->targets.n = state->n_targets;
    edits->moved.n = state->n_moved;
    edits->series.n = state->n_series;
    edits->withdrawn.n = state->n_withdrawn;
    edits->restored.n = state->n_restored;
    edits->records.n = state->n_records;
    edits->bullet_num = state->bullet_num;
    edits->comments_part = state->comments_part;
    edits->next_num = state->next_num;
    edits->next_abstract = state->next_abstract;
}

kk_status kk_edits_check_open(kk_docx *doc, const kk_docx_options *options, kk_error *err)
{
    if (!doc->package.signed_package) {
        return KK_OK;
    }
    if (!options->drop_signature) {
        return kk_fail(
            err, KK_E_UNSUPPORTED, "signed",
            "the document is signed and any change breaks the signature; allow that with "
            "--drop-signature");
    }
    kk_edits *edits = kk_edits_of(doc);
    if (edits == NULL) {
        return kk_fail_nomem(err);
    }
    edits->drop_signature = true;
    return KK_OK;
}
