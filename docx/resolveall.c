/* kk_docx_resolve: every story of a package accepted or rejected, and the package written. Knows
 * parts and the zip; what a change is, resolve.c knows. */
#include "docx_internal.h"
#include "error.h"
#include "resolve.h"
#include "str.h"
#include "vec.h"
#include "xmlscan.h"

typedef KK_VEC(kk_zip_change) change_list;

/* Resolves one part into bytes; *changed tells whether anything did. */
static kk_status resolve_one(const kk_docx *doc, const kk_part *part, bool accept, kk_buf *bytes,
                             bool *changed, kk_error *err)
{
    if (kk_resolve_part(part->raw, part->w, accept, bytes) != KK_OK) {
        return kk_fail_nomem(err);
    }
    *changed = !kk_str_equal(part->raw, kk_buf_view(bytes));
    if (*changed && part->transcoded) {
        return kk_fail_at(err, KK_E_UNSUPPORTED, "encoding", part->name, 0,
                          "the part is written in UTF-16 and is only read");
    }
    return *changed ? kk_xml_check(kk_buf_view(bytes), part->name, &doc->limits, err) : KK_OK;
}

static kk_status resolve_parts(kk_docx *doc, bool accept, kk_buf *bytes, kk_str *views,
                               change_list *changes, kk_error *err)
{
    for (uint32_t i = 0; i < doc->n_parts; i++) {
        bool changed = false;
        KK_TRY(resolve_one(doc, &doc->parts[i], accept, &bytes[i], &changed, err));
        views[i] = kk_buf_view(&bytes[i]);
        const kk_zip_change change = {.index = kk_zip_find(doc->package.zip, doc->parts[i].name),
                                      .pieces = &views[i],
                                      .n_pieces = 1};
        if (changed && !kk_vec_push(changes, change)) {
            return kk_fail_nomem(err);
        }
    }
    if (changes->n > 0 && doc->package.signed_package) {
        return kk_fail(err, KK_E_UNSUPPORTED, "signed",
                       "the document is signed and any change breaks the signature");
    }
    return KK_OK;
}

kk_status kk_docx_resolve(kk_docx *doc, bool accept, kk_buf *out, kk_error *err)
{
    kk_buf *bytes = kk_arena_array(doc->arena, doc->n_parts + 1, sizeof *bytes);
    kk_str *views = kk_arena_array(doc->arena, doc->n_parts + 1, sizeof *views);
    change_list changes = {NULL, 0, 0};
    if (bytes == NULL || views == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t i = 0; i < doc->n_parts; i++) {
        kk_buf_init(&bytes[i], 0);
    }
    kk_status status = resolve_parts(doc, accept, bytes, views, &changes, err);
    if (status == KK_OK) {
        status = kk_zip_write(doc->package.zip, changes.items, changes.n, out, err);
    }
    for (uint32_t i = 0; i < doc->n_parts; i++) {
        kk_buf_dispose(&bytes[i]);
    }
    kk_vec_free(&changes);
    return status;
}
