/* kk_docx_release: our controls give way to what they hold, our pending insertions become text.
 * Knows our controls and the marks we write; leaves everybody else's alone. */
#include "cut.h"
#include "edits.h"
#include "error.h"
#include "mark.h"
#include "place.h"
#include "str.h"

typedef struct releaser {
    const kk_part *part;
    kk_str author; /* of the pending insertion, empty when it was accepted already */
    kk_buf *out;
} releaser;

static bool is(const releaser *r, const kk_cut_element *e, const char *local)
{
    return kk_cut_is(e->name, r->part->w, local);
}

static void copy(const releaser *r, uint32_t begin, uint32_t end)
{
    kk_buf_str(r->out, kk_str_slice(r->part->raw, begin, end));
}

static bool is_by_us(const releaser *r, const kk_cut_element *e)
{
    kk_str author;
    return r->author.len > 0 && kk_cut_attr(r->part->raw, e->begin, "author", &author) &&
           kk_str_equal(author, r->author);
}

/* Inside of a fill-in field of ours; false for other controls. */
static bool field_content(const releaser *r, const kk_cut_element *sdt, kk_cut_element *content)
{
    const kk_part *part = r->part;
    kk_cut_element properties, tag;
    kk_str value;
    return kk_cut_child(part->raw, sdt->inner_begin, sdt->inner_end, part->w, "sdtPr",
                        &properties) &&
           kk_cut_child(part->raw, properties.inner_begin, properties.inner_end, part->w, "tag",
                        &tag) &&
           kk_cut_attr(part->raw, tag.begin, "val", &value) &&
           kk_str_starts(value, KK_STR(KK_MARK_FIELD)) &&
           kk_cut_child(part->raw, sdt->inner_begin, sdt->inner_end, part->w, "sdtContent",
                        content);
}

static void release_children(const releaser *r, uint32_t begin, uint32_t end, bool in_mark);

static void release_element(const releaser *r, const kk_cut_element *e, bool in_mark)
{
    kk_cut_element content;
    if (is(r, e, "ins") && is_by_us(r, e)) {
        if (!in_mark) {
            release_children(r, e->inner_begin, e->inner_end, false);
        }
        return;
    }
    if (is(r, e, "sdt") && field_content(r, e, &content)) {
        release_children(r, content.inner_begin, content.inner_end, false);
        return;
    }
    const size_t from = r->out->len;
    copy(r, e->begin, e->inner_begin);
    const size_t inner = r->out->len;
    const bool mark = is(r, e, "rPr") || is(r, e, "trPr");
    release_children(r, e->inner_begin, e->inner_end, mark);
    const bool emptied = r->out->failed == KK_OK && r->out->len == inner &&
                         e->inner_end > e->inner_begin && (mark || is(r, e, "pPr"));
    if (emptied) {
        r->out->len = from;
        return;
    }
    copy(r, e->inner_end, e->end);
}

static void release_children(const releaser *r, uint32_t begin, uint32_t end, bool in_mark)
{
    kk_cut_element e;
    while (kk_cut_element_at(r->part->raw, begin, end, &e)) {
        copy(r, begin, e.begin);
        release_element(r, &e, in_mark);
        begin = e.end;
    }
    copy(r, begin, end);
}

static bool is_marker(const kk_part *part, uint32_t node, const char *local)
{
    return node != KK_NONE && part->nodes[node].kind == KK_NODE_RANGE &&
           kk_cut_is(kk_node_name(part, node), part->w, local);
}

/* The control with its tracked range markers, and what lies between the inner ones. */
typedef struct extent {
    uint32_t begin, end, inner_begin, inner_end;
    kk_str author;
} extent;

static bool extent_of(const kk_part *part, uint32_t node, extent *out)
{
    const kk_node *sdt = &part->nodes[node];
    uint32_t content = sdt->first;
    while (content != KK_NONE && part->nodes[content].kind != KK_NODE_SDT_CONTENT) {
        content = part->nodes[content].next;
    }
    if (content == KK_NONE) {
        return false;
    }
    *out = (extent){sdt->begin,
                    sdt->end,
                    part->nodes[content].inner_begin,
                    part->nodes[content].inner_end,
                    {NULL, 0}};
    const uint32_t before = kk_node_previous(part, node), behind = sdt->next;
    if (!is_marker(part, before, "customXmlInsRangeStart") ||
        !is_marker(part, behind, "customXmlInsRangeEnd")) {
        return true;
    }
    out->begin = part->nodes[before].begin;
    out->end = part->nodes[behind].end;
    (void)kk_cut_attr(part->raw, out->begin, "author", &out->author);
    uint32_t last = part->nodes[content].first;
    if (is_marker(part, last, "customXmlInsRangeEnd")) {
        out->inner_begin = part->nodes[last].end;
    }
    while (last != KK_NONE && part->nodes[last].next != KK_NONE) {
        last = part->nodes[last].next;
    }
    if (is_marker(part, last, "customXmlInsRangeStart")) {
        out->inner_end = part->nodes[last].begin;
    }
    return true;
}

static kk_status replace(kk_docx *doc, uint32_t p, uint32_t begin, uint32_t end, kk_str bytes,
                         kk_error *err)
{
    kk_target *target;
    KK_TRY(kk_edits_part(doc, p, &target, err));
    return kk_edits_splice(doc, target, begin, end, bytes, err);
}

/* The paragraph before a pending clause may have given its mark to it. */
static kk_status release_mark(kk_docx *doc, uint32_t p, uint32_t node, kk_str author, kk_buf *out,
                              kk_error *err)
{
    const kk_part *part = &doc->parts[p];
    uint32_t before = kk_node_previous(part, node);
    while (before != KK_NONE && part->nodes[before].kind == KK_NODE_RANGE) {
        before = kk_node_previous(part, before);
    }
    if (before == KK_NONE || part->nodes[before].kind != KK_NODE_P ||
        (part->nodes[before].flags & KK_NODE_MARK_INS) == 0) {
        return KK_OK;
    }
    const kk_node *n = &part->nodes[before];
    const releaser r = {part, author, out};
    kk_buf_clear(out);
    release_children(&r, n->ppr_begin, n->ppr_end, false);
    if (out->failed != KK_OK) {
        return kk_fail_nomem(err);
    }
    return kk_str_equal(kk_buf_view(out), kk_str_slice(part->raw, n->ppr_begin, n->ppr_end))
               ? KK_OK
               : replace(doc, p, n->ppr_begin, n->ppr_end, kk_buf_view(out), err);
}

static kk_status release_control(kk_docx *doc, uint32_t p, uint32_t node, kk_buf *out,
                                 kk_error *err)
{
    const kk_part *part = &doc->parts[p];
    extent e;
    if (!extent_of(part, node, &e)) {
        return KK_OK;
    }
    const releaser r = {part, e.author, out};
    kk_buf_clear(out);
    release_children(&r, e.inner_begin, e.inner_end, false);
    if (out->failed != KK_OK) {
        return kk_fail_nomem(err);
    }
    KK_TRY(replace(doc, p, e.begin, e.end, kk_buf_view(out), err));
    return e.author.len > 0 ? release_mark(doc, p, node, e.author, out, err) : KK_OK;
}

/* All controls of ours in one part; those inside another of ours go with it. */
static kk_status release_part(kk_docx *doc, uint32_t p, uint32_t *n, kk_buf *out, kk_error *err)
{
    const kk_part *part = &doc->parts[p];
    kk_status status = KK_OK;
    for (uint32_t i = 0; i < part->n_nodes && status == KK_OK; i++) {
        if (kk_node_is_ours(part, i)) {
            status = release_control(doc, p, i, out, err);
            i = kk_node_past(part, i) - 1;
            (*n)++;
        }
    }
    return status;
}

kk_status kk_docx_release(kk_docx *doc, const kk_docx_options *options, uint32_t *n_released,
                          kk_error *err)
{
    *n_released = 0;
    KK_TRY(kk_edits_check_open(doc, options, err));
    const kk_record record = {KK_STR(""), KK_STR(""), KK_NONE, false};
    kk_edits_state state;
    KK_TRY(kk_edits_begin(doc, &record, &state, err));
    kk_buf out;
    kk_buf_init(&out, 0);
    kk_status status = KK_OK;
    for (uint32_t p = 0; p < doc->n_parts && status == KK_OK; p++) {
        status = release_part(doc, p, n_released, &out, err);
    }
    if (status != KK_OK) {
        kk_edits_rollback(kk_edits_of(doc), &state);
    }
    kk_buf_dispose(&out);
    return status;
}
