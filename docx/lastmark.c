/* The end of a story or cell: a tracked clause takes over the mark of the last paragraph, and an
 * empty paragraph with its old properties closes the story. Knows paragraph properties; not what is
 * inserted. */
#include "cut.h"
#include "error.h"
#include "insert.h"
#include "str.h"
#include "trackmark.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* What must stand only once moves to the paragraph that closes the story from now on: tracked
 * changes of properties, and the paragraph's own id. */
static kk_status drop_unique(kk_insertion *in, const kk_node *n, kk_target *target, bool change_too,
                             kk_error *err)
{
    static const char *const ids[] = {"paraId", "textId"};
    const kk_part *part = &in->doc->parts[in->spot.part];
    kk_cut_element ppr, change;
    for (size_t i = 0; i < 2; i++) {
        kk_str value;
        if (!kk_cut_attr(part->raw, n->begin, ids[i], &value)) {
            continue;
        }
        const uint32_t end = (uint32_t)(value.ptr - part->raw.ptr) + (uint32_t)value.len + 1;
        uint32_t begin = (uint32_t)(value.ptr - part->raw.ptr);
        while (begin > n->begin && !is_blank(part->raw.ptr[begin])) {
            begin--;
        }
        KK_TRY(kk_edits_splice(in->doc, target, begin, end, KK_STR(""), err));
    }
    if (change_too && n->ppr_end > n->ppr_begin &&
        kk_cut_element_at(part->raw, n->ppr_begin, n->ppr_end, &ppr) &&
        kk_cut_child(part->raw, ppr.inner_begin, ppr.inner_end, part->w, "pPrChange", &change)) {
        return kk_edits_splice(in->doc, target, change.begin, change.end, KK_STR(""), err);
    }
    return KK_OK;
}

/* An empty paragraph with tag and properties of paragraph n, byte for byte, which closes the story
 * from now on. Withdrawing the clause puts them back from here. */
static kk_status add_closing(kk_insertion *in, const kk_node *n, kk_target *target, kk_error *err)
{
    const kk_part *part = &in->doc->parts[in->spot.part];
    kk_buf out;
    kk_buf_init(&out, 0);
    kk_wml wml = in->wml;
    wml.out = &out;
    kk_buf_str(&out, kk_str_slice(part->raw, n->begin, n->inner_begin));
    kk_buf_str(&out, kk_str_slice(part->raw, n->ppr_begin, n->ppr_end));
    kk_wml_put(&wml, "</~p>");
    const kk_status status =
        out.failed == KK_OK
            ? kk_edits_splice_late(in->doc, target, in->spot.raw, kk_buf_view(&out), err)
            : kk_fail_nomem(err);
    kk_buf_dispose(&out);
    return status;
}

/* Do the children of a w:pPr stand in schema order, all of them known? */
static bool is_in_order(const kk_part *part, const kk_cut_element *ppr)
{
    kk_cut_element child;
    uint32_t last = 0;
    for (uint32_t at = ppr->inner_begin; kk_cut_element_at(part->raw, at, ppr->inner_end, &child);
         at = child.end) {
        const uint32_t rank = kk_props_rank(KK_PROPS_P, kk_cut_local(child.name));
        if (rank <= last) {
            return false;
        }
        last = rank;
    }
    return true;
}

/* Properties in an order the schema does not allow now stand twice, which would be one complaint
 * more: those of the paragraph before the clause are put in order. True if they were written. */
static bool track_in_order(kk_insertion *in, const kk_node *n, kk_target *target, kk_str ins,
                           kk_status *status, kk_error *err)
{
    static const char *const drop[] = {"pPrChange", NULL};
    const kk_part *part = &in->doc->parts[in->spot.part];
    kk_cut_element ppr, rpr;
    if (n->ppr_end <= n->ppr_begin ||
        !kk_cut_element_at(part->raw, n->ppr_begin, n->ppr_end, &ppr) || is_in_order(part, &ppr)) {
        return false;
    }
    kk_buf out, mark;
    kk_buf_init(&out, 0);
    kk_buf_init(&mark, 0);
    kk_wml wml = in->wml;
    wml.out = &mark;
    kk_wml_put(&wml, "<~rPr>");
    kk_buf_str(&mark, ins);
    if (kk_cut_child(part->raw, ppr.inner_begin, ppr.inner_end, part->w, "rPr", &rpr)) {
        kk_buf_str(&mark, kk_str_slice(part->raw, rpr.inner_begin, rpr.inner_end));
    }
    kk_wml_put(&wml, "</~rPr>");
    kk_props_merge(&out, KK_PROPS_P, part->w,
                   kk_str_slice(part->raw, ppr.inner_begin, ppr.inner_end), drop,
                   kk_buf_view(&mark));
    *status = out.failed == KK_OK && mark.failed == KK_OK
                  ? kk_edits_splice(in->doc, target, ppr.inner_begin, ppr.inner_end,
                                    kk_buf_view(&out), err)
                  : kk_fail_nomem(err);
    kk_buf_dispose(&out);
    kk_buf_dispose(&mark);
    return true;
}

/* Gives the mark of the last paragraph to the insertion, once per paragraph however many clauses.
 */
kk_status kk_insert_move_mark(kk_insertion *in, kk_error *err)
{
    kk_edits *edits = kk_edits_of(in->doc);
    if (in->spot.moved == KK_NONE) {
        return KK_OK;
    }
    for (size_t i = 0; i < edits->moved.n; i++) {
        if (edits->moved.items[i].part == in->spot.part &&
            edits->moved.items[i].node == in->spot.moved) {
            return KK_OK;
        }
    }
    const kk_node *n = &in->doc->parts[in->spot.part].nodes[in->spot.moved];
    const kk_node_ref moved = {in->spot.part, in->spot.moved};
    kk_buf ins;
    kk_buf_init(&ins, 0);
    kk_wml wml = in->wml;
    wml.out = &ins;
    kk_wml_put(&wml, "<~ins");
    (void)kk_wml_change(&wml);
    kk_buf_puts(&ins, "/>");
    kk_target *target = NULL;
    kk_status status = ins.failed == KK_OK && kk_vec_push(&edits->moved, moved)
                           ? kk_edits_part(in->doc, in->spot.part, &target, err)
                           : kk_fail_nomem(err);
    bool written = false;
    if (status == KK_OK) {
        written = track_in_order(in, n, target, kk_buf_view(&ins), &status, err);
    }
    if (status == KK_OK && !written) {
        status = kk_track_para(in->doc, in->spot.part, in->spot.moved, kk_buf_view(&ins), err);
    }
    if (status == KK_OK) {
        status = drop_unique(in, n, target, !written, err);
    }
    if (status == KK_OK) {
        status = add_closing(in, n, target, err);
    }
    kk_buf_dispose(&ins);
    return status;
}

kk_status kk_insert_keep_mark(kk_insertion *in, kk_error *err)
{
    kk_edits *edits = kk_edits_of(in->doc);
    const kk_node *nodes = in->doc->parts[in->spot.part].nodes;
    for (size_t i = 0; in->wml.track && i < edits->restored.n; i++) {
        const kk_restored *restored = &edits->restored.items[i];
        const kk_node *before = &nodes[restored->before], *closing = &nodes[restored->closing];
        if (restored->part != in->spot.part || in->spot.raw < before->end ||
            in->spot.raw > closing->begin) {
            continue;
        }
        kk_target *target;
        KK_TRY(kk_edits_part(in->doc, in->spot.part, &target, err));
        kk_edits_forget(target, before->begin, before->inner_begin);
        kk_edits_forget(target, before->ppr_begin, before->ppr_end);
        kk_edits_forget(target, closing->begin, closing->end);
    }
    return KK_OK;
}
