/* Puts tracked marks into the properties of paragraphs and rows by splices. Knows where the schema
 * wants them; nothing of why. */
#include "trackmark.h"

#include "cut.h"
#include "error.h"
#include "str.h"

/* Wraps `change` in new properties elements where they are missing. */
static kk_status splice_wrapped(kk_docx *doc, uint32_t part, uint32_t begin, uint32_t end,
                                const kk_str pieces[3], kk_error *err)
{
    kk_buf out;
    kk_buf_init(&out, 0);
    kk_wml wml = {.out = &out, .names = kk_names_of(&doc->parts[part])};
    kk_wml_put(&wml, pieces[0].ptr);
    kk_buf_str(&out, pieces[1]);
    kk_wml_put(&wml, pieces[2].ptr);
    kk_target *target;
    kk_status status = out.failed == KK_OK ? KK_OK : kk_fail_nomem(err);
    if (status == KK_OK) {
        status = kk_edits_part(doc, part, &target, err);
    }
    if (status == KK_OK) {
        status = kk_edits_splice(doc, target, begin, end, kk_buf_view(&out), err);
    }
    kk_buf_dispose(&out);
    return status;
}

/* Offset in the mark's properties where a change belongs: first of all, a deletion behind an
 * insertion. */
static uint32_t place_in_mark(const kk_part *part, const kk_cut_element *rpr, kk_str change)
{
    kk_cut_element first, own;
    if (kk_cut_element_at(change, 0, (uint32_t)change.len, &own) &&
        kk_cut_is(own.name, part->w, "del") &&
        kk_cut_child(part->raw, rpr->inner_begin, rpr->inner_end, part->w, "ins", &first)) {
        return first.end;
    }
    return rpr->inner_begin;
}

kk_status kk_track_para(kk_docx *doc, uint32_t part, uint32_t node, kk_str change, kk_error *err)
{
    const kk_part *p = &doc->parts[part];
    const kk_node *n = &p->nodes[node];
    kk_cut_element ppr, rpr, behind;
    const bool has =
        n->ppr_end > n->ppr_begin && kk_cut_element_at(p->raw, n->ppr_begin, n->ppr_end, &ppr);
    if (!has && (n->flags & KK_NODE_EMPTY_TAG) != 0) {
        const kk_str pieces[] = {KK_STR("><~pPr><~rPr>"), change, KK_STR("</~rPr></~pPr></~p>")};
        return splice_wrapped(doc, part, n->end - 2, n->end, pieces, err);
    }
    if (!has || ppr.empty_tag) {
        const kk_str pieces[] = {KK_STR("<~pPr><~rPr>"), change, KK_STR("</~rPr></~pPr>")};
        return splice_wrapped(doc, part, has ? ppr.begin : n->inner_begin,
                              has ? ppr.end : n->inner_begin, pieces, err);
    }
    if (kk_cut_child(p->raw, ppr.inner_begin, ppr.inner_end, p->w, "rPr", &rpr) && !rpr.empty_tag) {
        const uint32_t at = place_in_mark(p, &rpr, change);
        const kk_str pieces[] = {KK_STR(""), change, KK_STR("")};
        return splice_wrapped(doc, part, at, at, pieces, err);
    }
    uint32_t begin = ppr.inner_end, end = ppr.inner_end;
    if (kk_cut_child(p->raw, ppr.inner_begin, ppr.inner_end, p->w, "rPr", &behind)) {
        begin = behind.begin;
        end = behind.end;
    } else if (kk_cut_child(p->raw, ppr.inner_begin, ppr.inner_end, p->w, "sectPr", &behind) ||
               kk_cut_child(p->raw, ppr.inner_begin, ppr.inner_end, p->w, "pPrChange", &behind)) {
        begin = end = behind.begin;
    }
    const kk_str pieces[] = {KK_STR("<~rPr>"), change, KK_STR("</~rPr>")};
    return splice_wrapped(doc, part, begin, end, pieces, err);
}

kk_status kk_track_row(kk_docx *doc, uint32_t part, uint32_t node, kk_str change, kk_error *err)
{
    const kk_part *p = &doc->parts[part];
    const kk_node *n = &p->nodes[node];
    kk_cut_element trpr, behind;
    if (!kk_cut_child(p->raw, n->inner_begin, n->inner_end, p->w, "trPr", &trpr)) {
        uint32_t at = n->inner_begin;
        if (kk_cut_child(p->raw, n->inner_begin, n->inner_end, p->w, "tblPrEx", &behind)) {
            at = behind.end;
        }
        const kk_str pieces[] = {KK_STR("<~trPr>"), change, KK_STR("</~trPr>")};
        return splice_wrapped(doc, part, at, at, pieces, err);
    }
    if (trpr.empty_tag) {
        const kk_str pieces[] = {KK_STR("<~trPr>"), change, KK_STR("</~trPr>")};
        return splice_wrapped(doc, part, trpr.begin, trpr.end, pieces, err);
    }
    uint32_t at = trpr.inner_end;
    if (kk_cut_child(p->raw, trpr.inner_begin, trpr.inner_end, p->w, "trPrChange", &behind)) {
        at = behind.begin;
    }
    const kk_str pieces[] = {KK_STR(""), change, KK_STR("")};
    return splice_wrapped(doc, part, at, at, pieces, err);
}
