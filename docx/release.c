/* kk_docx_release: our controls give way to what they hold, our pending changes are accepted.
 * Writes small splices, one per tag that goes. Knows our controls and the marks we write; leaves
 * everybody else's alone. */
#include "cut.h"
#include "edits.h"
#include "error.h"
#include "mark.h"
#include "place.h"
#include "str.h"

typedef struct releaser {
    kk_docx *doc;
    uint32_t p;
    const kk_part *part;
    kk_str author; /* of our changes */
    kk_str other;  /* of the pending insertion at hand, empty when it was accepted already */
    kk_error *err;
} releaser;

static bool is(const releaser *r, const kk_cut_element *e, const char *local)
{
    return kk_cut_is(e->name, r->part->w, local);
}

static kk_status drop(const releaser *r, uint32_t begin, uint32_t end)
{
    kk_target *target;
    KK_TRY(kk_edits_part(r->doc, r->p, &target, r->err));
    return begin == end ? KK_OK : kk_edits_splice(r->doc, target, begin, end, KK_STR(""), r->err);
}

static bool is_by_us(const releaser *r, uint32_t tag)
{
    kk_str author;
    return kk_cut_attr(r->part->raw, tag, "author", &author) &&
           (kk_str_equal(author, r->author) ||
            (r->other.len > 0 && kk_str_equal(author, r->other)));
}

static bool child(const releaser *r, const kk_cut_element *of, const char *local,
                  kk_cut_element *out)
{
    return kk_cut_child(r->part->raw, of->inner_begin, of->inner_end, r->part->w, local, out);
}

/* Inside of a fill-in field of ours; false for other controls. */
static bool field_content(const releaser *r, const kk_cut_element *sdt, kk_cut_element *content)
{
    kk_cut_element properties, tag;
    kk_str value;
    return child(r, sdt, "sdtPr", &properties) && child(r, &properties, "tag", &tag) &&
           kk_cut_attr(r->part->raw, tag.begin, "val", &value) &&
           kk_str_starts(value, KK_STR(KK_MARK_FIELD)) && child(r, sdt, "sdtContent", content);
}

static bool is_properties(const releaser *r, const kk_cut_element *e)
{
    return is(r, e, "rPr") || is(r, e, "pPr") || is(r, e, "trPr");
}

/* ---- what goes whole ------------------------------------------------------------------------ */

/* A mark of ours in the properties of a paragraph or row, or text that we deleted; or properties
 * that hold nothing else. */
static bool vanishes(const releaser *r, const kk_cut_element *e, bool in_mark, uint32_t depth)
{
    kk_cut_element inner;
    if (is(r, e, "del") || (in_mark && is(r, e, "ins"))) {
        return is_by_us(r, e->begin);
    }
    if (!is_properties(r, e) || depth == 0) {
        return false;
    }
    uint32_t at = e->inner_begin;
    bool any = false;
    for (; kk_cut_element_at(r->part->raw, at, e->inner_end, &inner); at = inner.end) {
        if (!vanishes(r, &inner, true, depth - 1)) {
            return false;
        }
        any = true;
    }
    return any;
}

/* Did we delete the mark of this paragraph, or this row? */
static bool is_struck(const releaser *r, const kk_cut_element *e)
{
    kk_cut_element properties, del;
    const bool row = is(r, e, "tr");
    if (!child(r, e, row ? "trPr" : "pPr", &properties) ||
        (!row && !child(r, &properties, "rPr", &properties))) {
        return false;
    }
    return child(r, &properties, "del", &del) && is_by_us(r, del.begin);
}

static bool is_emptied(const releaser *r, const kk_cut_element *para)
{
    kk_cut_element e;
    for (uint32_t at = para->inner_begin; kk_cut_element_at(r->part->raw, at, para->inner_end, &e);
         at = e.end) {
        if (!is(r, &e, "pPr") && !vanishes(r, &e, false, 0)) {
            return false;
        }
    }
    return true;
}

/* ---- elements ------------------------------------------------------------------------------- */

static kk_status release_range(const releaser *r, uint32_t begin, uint32_t end, bool in_mark,
                               uint32_t depth);

/* An element gives way to what stands inside `content`, which is it or lies in it. */
static kk_status unwrap(const releaser *r, const kk_cut_element *e, const kk_cut_element *content,
                        uint32_t depth)
{
    KK_TRY(drop(r, e->begin, content->inner_begin));
    KK_TRY(release_range(r, content->inner_begin, content->inner_end, false, depth));
    return drop(r, content->inner_end, e->end);
}

static kk_status release_element(const releaser *r, const kk_cut_element *e, bool in_mark,
                                 uint32_t depth)
{
    kk_cut_element content;
    const bool block = is(r, e, "p") || is(r, e, "tr");
    if (vanishes(r, e, in_mark, 3) ||
        (block && is_struck(r, e) && (is(r, e, "tr") || is_emptied(r, e)))) {
        return drop(r, e->begin, e->end);
    }
    if (is(r, e, "ins") && is_by_us(r, e->begin)) {
        return unwrap(r, e, e, depth);
    }
    if (is(r, e, "sdt") && field_content(r, e, &content)) {
        return unwrap(r, e, &content, depth);
    }
    const bool mark = is(r, e, "rPr") || is(r, e, "trPr");
    return release_range(r, e->inner_begin, e->inner_end, mark, depth);
}

static kk_status release_range(const releaser *r, uint32_t begin, uint32_t end, bool in_mark,
                               uint32_t depth)
{
    kk_cut_element e;
    if (depth == 0) {
        return kk_fail(r->err, KK_E_LIMIT, "limit", "the clause is nested too deep");
    }
    while (kk_cut_element_at(r->part->raw, begin, end, &e)) {
        KK_TRY(release_element(r, &e, in_mark, depth - 1));
        begin = e.end;
    }
    return KK_OK;
}

/* ---- controls ------------------------------------------------------------------------------- */

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

/* The paragraph before a pending clause may have given its mark to it. */
static kk_status release_mark(const releaser *r, uint32_t node)
{
    kk_cut_element ppr;
    uint32_t before = kk_node_previous(r->part, node);
    while (before != KK_NONE && r->part->nodes[before].kind == KK_NODE_RANGE) {
        before = kk_node_previous(r->part, before);
    }
    if (before == KK_NONE || r->part->nodes[before].kind != KK_NODE_P ||
        (r->part->nodes[before].flags & KK_NODE_MARK_INS) == 0) {
        return KK_OK;
    }
    const kk_node *n = &r->part->nodes[before];
    return kk_cut_element_at(r->part->raw, n->ppr_begin, n->ppr_end, &ppr)
               ? release_element(r, &ppr, false, 16)
               : KK_OK;
}

/* A control that we struck goes with all it holds. */
static bool is_struck_control(const releaser *r, uint32_t node)
{
    const uint32_t before = kk_node_previous(r->part, node);
    return is_marker(r->part, before, "customXmlDelRangeStart") &&
           is_marker(r->part, r->part->nodes[node].next, "customXmlDelRangeEnd") &&
           is_by_us(r, r->part->nodes[before].begin);
}

static kk_status release_control(releaser *r, uint32_t node)
{
    extent e;
    if (is_struck_control(r, node)) {
        return drop(r, r->part->nodes[kk_node_previous(r->part, node)].begin,
                    r->part->nodes[r->part->nodes[node].next].end);
    }
    if (!extent_of(r->part, node, &e)) {
        return KK_OK;
    }
    r->other = e.author;
    KK_TRY(drop(r, e.begin, e.inner_begin));
    KK_TRY(release_range(r, e.inner_begin, e.inner_end, false, 64));
    KK_TRY(drop(r, e.inner_end, e.end));
    return e.author.len > 0 ? release_mark(r, node) : KK_OK;
}

/* All controls of ours in one part; those inside another of ours go with it. */
static kk_status release_part(releaser *r, uint32_t *n)
{
    kk_status status = KK_OK;
    for (uint32_t i = 0; i < r->part->n_nodes && status == KK_OK; i++) {
        if (kk_node_is_ours(r->part, i)) {
            status = release_control(r, i);
            i = kk_node_past(r->part, i) - 1;
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
    kk_status status = KK_OK;
    for (uint32_t p = 0; p < doc->n_parts && status == KK_OK; p++) {
        releaser r = {.doc = doc,
                      .p = p,
                      .part = &doc->parts[p],
                      .author = options->author,
                      .other = {NULL, 0},
                      .err = err};
        status = release_part(&r, n_released);
    }
    if (status != KK_OK) {
        kk_edits_rollback(kk_edits_of(doc), &state);
    }
    return status;
}
