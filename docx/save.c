/* kk_docx_save: splices to parts, parts to the package. Every changed part is scanned again before
 * a byte is written. Knows parts and the zip; not what the edits mean. */
#include "edits.h"
#include "error.h"
#include "str.h"
#include "xmlscan.h"

#include <stdlib.h>
#include <string.h>

/* A part as it will be written. */
typedef struct written {
    kk_buf bytes;
    bool used;
} written;

static kk_status apply_target(const kk_docx *doc, kk_target *target, written *out, kk_error *err)
{
    kk_buf_init(&out->bytes, 0);
    out->used = true;
    const kk_status status = kk_splices_apply(&target->splices, target->raw, &out->bytes);
    if (status == KK_E_STALE) {
        return kk_fail_at(err, KK_E_STALE, "", target->name, 0,
                          "two edits overlap; save after the first and open the file again");
    }
    if (status != KK_OK) {
        return kk_fail_nomem(err);
    }
    return kk_xml_check(kk_buf_view(&out->bytes), target->name, &doc->limits, err);
}

/* One report entry per splice; parts added or removed give one. */
static void report_target(const kk_docx *doc, kk_edits *edits, const kk_target *target,
                          const written *out)
{
    if (target->remove) {
        uint32_t n;
        const kk_zip_entry *entries = kk_zip_entries(doc->package.zip, &n);
        const uint64_t size = target->entry < n ? entries[target->entry].size : target->raw.len;
        edits->report[edits->n_report++] =
            (kk_docx_edit){.part = target->name, .paragraph = KK_NONE, .old_end = size};
        return;
    }
    if (target->entry == KK_NONE) {
        edits->report[edits->n_report++] =
            (kk_docx_edit){.part = target->name, .paragraph = KK_NONE, .end = out->bytes.len};
        return;
    }
    uint64_t shift_up = 0, shift_down = 0;
    for (size_t i = 0; i < target->splices.list.n; i++) {
        const kk_splice *splice = &target->splices.list.items[i];
        const kk_record *record = &edits->records.items[splice->owner];
        const uint64_t begin = splice->begin + shift_up - shift_down;
        edits->report[edits->n_report++] =
            (kk_docx_edit){.clause = record->clause,
                           .version = record->version,
                           .part = target->name,
                           .begin = begin,
                           .end = begin + splice->bytes.len,
                           .paragraph = record->paragraph,
                           .wants_toc_update = record->wants_toc_update,
                           .old_begin = splice->begin,
                           .old_end = splice->end};
        shift_up += splice->bytes.len;
        shift_down += splice->end - splice->begin;
    }
}

/* Fills edits->report, story parts first. */
static kk_status report(const kk_docx *doc, kk_edits *edits, const written *out, kk_error *err)
{
    size_t n = 0;
    for (size_t i = 0; i < edits->targets.n; i++) {
        n += edits->targets.items[i].splices.list.n + 1;
    }
    edits->n_report = 0;
    edits->report = kk_arena_array(edits->arena, n + 1, sizeof *edits->report);
    if (edits->report == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t part = 0; part < doc->n_parts; part++) {
        for (size_t i = 0; i < edits->targets.n; i++) {
            if (kk_docx_part_index(doc, edits->targets.items[i].name) == part) {
                report_target(doc, edits, &edits->targets.items[i], &out[i]);
            }
        }
    }
    for (size_t i = 0; i < edits->targets.n; i++) {
        const kk_target *target = &edits->targets.items[i];
        if (kk_docx_part_index(doc, target->name) == KK_NONE &&
            (target->splices.list.n > 0 || target->remove || target->entry == KK_NONE)) {
            report_target(doc, edits, target, &out[i]);
        }
    }
    return KK_OK;
}

/* Is there anything to write at all? */
static bool any_change(const kk_edits *edits)
{
    for (size_t i = 0; edits != NULL && i < edits->targets.n; i++) {
        const kk_target *target = &edits->targets.items[i];
        if (target->splices.list.n > 0 || target->remove || target->entry == KK_NONE) {
            return true;
        }
    }
    return false;
}

static kk_status write_package(kk_docx *doc, kk_edits *edits, written *parts, kk_buf *out,
                               kk_error *err)
{
    const size_t n = edits->targets.n;
    kk_zip_change *changes = kk_arena_array(edits->arena, n + 1, sizeof *changes);
    kk_str *pieces = kk_arena_array(edits->arena, n + 1, sizeof *pieces);
    if (changes == NULL || pieces == NULL) {
        return kk_fail_nomem(err);
    }
    size_t n_changes = 0;
    kk_status status = KK_OK;
    for (size_t i = 0; i < n && status == KK_OK; i++) {
        kk_target *target = &edits->targets.items[i];
        if (!target->remove && target->entry != KK_NONE && target->splices.list.n == 0) {
            continue;
        }
        if (!target->remove) {
            status = apply_target(doc, target, &parts[i], err);
            pieces[i] = kk_buf_view(&parts[i].bytes);
        }
        changes[n_changes++] = (kk_zip_change){.index = target->entry,
                                               .remove = target->remove,
                                               .name = target->name,
                                               .pieces = &pieces[i],
                                               .n_pieces = target->remove ? 0 : 1};
    }
    KK_TRY(status);
    KK_TRY(report(doc, edits, parts, err));
    return kk_zip_write(doc->package.zip, changes, n_changes, out, err);
}

kk_status kk_docx_save(kk_docx *doc, kk_buf *out, kk_error *err)
{
    kk_edits *edits = doc->edits;
    if (!any_change(edits)) {
        if (edits != NULL) {
            edits->n_report = 0;
        }
        kk_buf_str(out, doc->bytes);
        return out->failed == KK_OK ? KK_OK : kk_fail_nomem(err);
    }
    if (edits->drop_signature && !edits->signature_dropped) {
        KK_TRY(kk_edits_drop_signature(doc, err));
        edits->signature_dropped = true;
    }
    written *parts = kk_arena_array(edits->arena, edits->targets.n + 1, sizeof *parts);
    if (parts == NULL) {
        return kk_fail_nomem(err);
    }
    const kk_status status = write_package(doc, edits, parts, out, err);
    for (size_t i = 0; i < edits->targets.n; i++) {
        if (parts[i].used) {
            kk_buf_dispose(&parts[i].bytes);
        }
    }
    return status;
}

const kk_docx_edit *kk_docx_edits(const kk_docx *doc, uint32_t *n)
{
    const kk_edits *edits = doc->edits;
    *n = edits == NULL ? 0 : edits->n_report;
    return edits == NULL ? NULL : edits->report;
}
