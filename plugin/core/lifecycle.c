/* Taking clauses out again, and the copy for publication. Which words stand where is docx's
 * business; which fields are open is told here. */
#include "core.h"

#include "docx.h"
#include "hash.h"
#include "outline.h"
#include "untagged.h"

#include <string.h>

kk_deed *kk_doc_deeds(kk_doc *doc, size_t n)
{
    doc->deeds = kk_arena_array(doc->arena, n + 1, sizeof *doc->deeds);
    doc->n_deeds = 0;
    return doc->deeds;
}

kk_status kk_doc_give(kk_doc *doc, kk_buf *saved, size_t n, kk_bytes *out, kk_error *err)
{
    const kk_status status = kk_buf_give(saved, out, err);
    if (status == KK_OK) {
        kk_sha256_hex((kk_str){out->ptr, out->len}, doc->result_sha256);
        doc->result_bytes = out->len;
        doc->n_deeds = n;
    }
    return status;
}

const char *kk_doc_result_sha256(const kk_doc *doc)
{
    return doc->result_sha256;
}

/* Saves what was recorded. */
static kk_status save(kk_doc *doc, size_t n_deeds, kk_bytes *out, kk_error *err)
{
    kk_buf saved;
    kk_buf_init(&saved, 0);
    const kk_status status = kk_docx_save(doc->docx, &saved, err);
    if (status != KK_OK) {
        kk_buf_dispose(&saved);
        return status;
    }
    return kk_doc_give(doc, &saved, n_deeds, out, err);
}

/* `more`: deeds besides those on clauses that are marked. */
static kk_status start(kk_doc *doc, kk_bytes *out, size_t more, kk_error *err)
{
    out->ptr = NULL;
    out->len = 0;
    if (doc->docx == NULL || doc->spent) {
        return kk_fail(err, KK_E_ARG, "", "this document cannot be written");
    }
    if (kk_doc_deeds(doc, doc->text->n_managed + more) == NULL) {
        return kk_fail_nomem(err);
    }
    return KK_OK;
}

/* ---- out again ------------------------------------------------------------------------------ */

static bool is_named(const kk_withdraw_options *o, kk_str clause)
{
    for (size_t i = 0; i < o->n_clauses; i++) {
        if (kk_str_is(clause, o->clauses[i])) {
            return true;
        }
    }
    return o->n_clauses == 0;
}

static bool is_marked(const kk_text *text, kk_str clause)
{
    bool marked = false;
    for (uint32_t i = 0; i < text->n_managed && !marked; i++) {
        marked = kk_str_equal(text->managed[i].clause, clause);
    }
    return marked;
}

/* One clause that stands without its marking. */
static kk_status withdraw_found(kk_doc *doc, const kk_bank *bank, kk_str clause,
                                const kk_docx_options *how, size_t *n_removed, kk_error *err)
{
    kk_blocks *candidates;
    kk_docx_found *found;
    uint32_t n_candidates, n = 0;
    if (is_marked(doc->text, clause)) {
        return KK_OK;
    }
    KK_TRY(kk_untagged_versions(bank, clause, KK_STR(""), doc->arena, &candidates, &n_candidates,
                                err));
    if (kk_docx_find_untagged(doc->text, candidates, n_candidates, doc->arena, &found, &n) !=
        KK_OK) {
        return kk_fail_nomem(err);
    }
    if (n == 0) {
        return KK_OK;
    }
    KK_TRY(kk_docx_replace_found(doc->docx, &found[0], NULL, how, err));
    doc->deeds[(*n_removed)++] =
        (kk_deed){"withdrawn", found[0].clause, found[0].version, found[0].version};
    return KK_OK;
}

static kk_status withdraw_by_words(kk_doc *doc, const kk_withdraw_options *o,
                                   const kk_docx_options *how, size_t *n_removed, kk_error *err)
{
    const size_t stride = o->known_stride > 0 ? o->known_stride : sizeof(kk_known_clause);
    kk_status status = KK_OK;
    for (size_t i = 0; i < o->n_clauses && status == KK_OK; i++) {
        status = withdraw_found(doc, o->bank, kk_z(o->clauses[i]), how, n_removed, err);
    }
    for (size_t i = 0; i < o->n_known && o->n_clauses == 0 && status == KK_OK; i++) {
        kk_known_clause known;
        kk_struct_in(&known, sizeof known, (const char *)o->known + i * stride);
        if (known.state == KK_KNOWN_INSERTED) {
            status = withdraw_found(doc, o->bank, known.clause, how, n_removed, err);
        }
    }
    return status;
}

kk_status kk_doc_withdraw(kk_doc *doc, const kk_withdraw_options *options, kk_bytes *out,
                          size_t *n_removed, kk_error *err)
{
    kk_withdraw_options o;
    kk_struct_in(&o, sizeof o, options);
    *n_removed = 0;
    KK_TRY(start(doc, out, o.n_clauses + o.n_known, err));
    doc->spent = true;
    const kk_docx_options how = {o.track, o.drop_signature,
                                 kk_z(o.author == NULL ? "klimakrav" : o.author),
                                 kk_z(o.timestamp)};
    kk_status status = KK_OK;
    for (uint32_t i = 0; i < doc->text->n_managed && status == KK_OK; i++) {
        const kk_managed *m = &doc->text->managed[i];
        const bool struck = o.track && (m->flags & KK_MANAGED_GONE) != 0;
        if (is_named(&o, m->clause) && !struck) {
            status = kk_docx_withdraw(doc->docx, i, &how, err);
            doc->deeds[(*n_removed)++] = (kk_deed){"withdrawn", m->clause, m->version, m->version};
        }
    }
    if (status == KK_OK && o.bank != NULL) {
        status = withdraw_by_words(doc, &o, &how, n_removed, err);
    }
    return status == KK_OK ? save(doc, *n_removed, out, err) : status;
}

/* ---- fields to fill ------------------------------------------------------------------------- */

static bool shows_placeholder(const kk_text *text, const kk_span *field)
{
    for (uint32_t i = 0; i < text->n_spans; i++) {
        const kk_span *s = &text->spans[i];
        if (s->begin > field->begin) {
            break;
        }
        if (s->kind == KK_SPAN_PLACEHOLDER && s->end >= field->end) {
            return true;
        }
    }
    return false;
}

static const kk_span *open_field(const kk_text *text, size_t i)
{
    for (uint32_t k = 0; k < text->n_spans; k++) {
        const kk_span *s = &text->spans[k];
        if (s->kind == KK_SPAN_FILLIN && (s->begin == s->end || shows_placeholder(text, s)) &&
            i-- == 0) {
            return s;
        }
    }
    return NULL;
}

static uint32_t para_of(const kk_text *text, uint32_t at)
{
    uint32_t p = 0;
    while (p + 1 < text->n_paras && text->paras[p].end < at) {
        p++;
    }
    return p;
}

kk_status kk_doc_open_field(kk_doc *doc, size_t i, kk_lang lang, kk_open_field *out)
{
    const kk_text *text = doc->text;
    const kk_span *s = open_field(text, i);
    if (s == NULL) {
        return KK_E_ARG;
    }
    const uint32_t p = para_of(text, s->begin);
    const uint32_t managed = text->paras[p].managed;
    bool failed = false;
    kk_outline outline;
    kk_finding_place place;
    KK_TRY(kk_outline_make(&outline, text, doc->arena, NULL));
    const kk_stretch at = {p, s->begin, s->end};
    KK_TRY(kk_outline_place(&outline, &at, lang, doc->arena, &place, NULL));
    const kk_open_field field = {
        .size = sizeof field,
        .clause = managed == KK_NONE ? KK_STR("")
                                     : kk_keep(doc->arena, text->managed[managed].clause, &failed),
        .name = kk_keep(doc->arena, s->text, &failed),
        .shown = kk_keep(doc->arena, (kk_str){text->utf8 + s->begin, s->end - s->begin}, &failed),
        .paragraph = p,
        .place = place.label};
    return failed ? KK_E_NOMEM : kk_struct_out(out, &field, sizeof field);
}

/* ---- the copy for publication --------------------------------------------------------------- */

kk_status kk_doc_release(kk_doc *doc, const kk_release_options *options, kk_bytes *out,
                         size_t *n_released, kk_error *err)
{
    kk_release_options o;
    kk_struct_in(&o, sizeof o, options);
    uint32_t n = 0;
    *n_released = 0;
    KK_TRY(start(doc, out, 0, err));
    if (open_field(doc->text, 0) != NULL) {
        return kk_fail(err, KK_E_UNSUPPORTED, "unfilled",
                       "fields of inserted clauses are still to be filled in");
    }
    doc->spent = true;
    const kk_docx_options how = {false, o.drop_signature,
                                 kk_z(o.author == NULL ? "klimakrav" : o.author), KK_STR("")};
    KK_TRY(kk_docx_release(doc->docx, &how, &n, err));
    KK_TRY(kk_docx_uncomment(doc->docx, KK_STR(""), err));
    *n_released = n;
    for (uint32_t i = 0; i < doc->text->n_managed; i++) {
        const kk_managed *m = &doc->text->managed[i];
        doc->deeds[i] = (kk_deed){"released", m->clause, m->version, m->version};
    }
    return save(doc, doc->text->n_managed, out, err);
}
