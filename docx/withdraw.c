/* kk_docx_withdraw: takes a clause of ours out again, outright or as a tracked deletion, with
 * everything that was added for it. Knows controls and their surroundings; not what the clause
 * says. */
#include "withdraw.h"

#include "cut.h"
#include "error.h"
#include "listnum.h"
#include "mark.h"
#include "place.h"
#include "str.h"

typedef struct withdrawal {
    kk_docx *doc;
    const kk_docx_options *options;
    kk_wml wml;
    kk_error *err;
} withdrawal;

/* A node that goes in this run counts as gone. */
static bool is_withdrawn(const withdrawal *w, uint32_t part, uint32_t node)
{
    const kk_edits *edits = kk_edits_of(w->doc);
    for (size_t i = 0; i < edits->withdrawn.n; i++) {
        if (edits->withdrawn.items[i].part == part && edits->withdrawn.items[i].node == node) {
            return true;
        }
    }
    return false;
}

static bool is_marker(const kk_part *part, uint32_t node, const char *local)
{
    return node != KK_NONE && part->nodes[node].kind == KK_NODE_RANGE &&
           kk_cut_is(kk_node_name(part, node), part->w, local);
}

/* Nearest block before or after that is neither a marker nor gone. */
static uint32_t neighbour(const withdrawal *w, uint32_t p, uint32_t node, bool forward)
{
    const kk_part *part = &w->doc->parts[p];
    do {
        node = forward ? part->nodes[node].next : kk_node_previous(part, node);
    } while (node != KK_NONE &&
             (part->nodes[node].kind == KK_NODE_RANGE || is_withdrawn(w, p, node)));
    return node;
}

/* The tracked markers around a control, KK_NONE where it has none. */
static void markers_around(const kk_part *part, uint32_t node, uint32_t *start, uint32_t *end)
{
    *start = kk_node_previous(part, node);
    *end = part->nodes[node].next;
    *start = is_marker(part, *start, "customXmlInsRangeStart") ? *start : KK_NONE;
    *end = is_marker(part, *end, "customXmlInsRangeEnd") ? *end : KK_NONE;
}

void kk_control_extent(const kk_part *part, uint32_t node, uint32_t *begin, uint32_t *end)
{
    uint32_t before, behind;
    markers_around(part, node, &before, &behind);
    const bool tracked = before != KK_NONE && behind != KK_NONE;
    *begin = tracked ? part->nodes[before].begin : part->nodes[node].begin;
    *end = tracked ? part->nodes[behind].end : part->nodes[node].end;
}

/* Removes a control with its markers, byte for byte what was put in. */
static kk_status remove_outright(withdrawal *w, uint32_t p, uint32_t node)
{
    uint32_t from, to;
    kk_control_extent(&w->doc->parts[p], node, &from, &to);
    kk_target *target;
    KK_TRY(kk_edits_part(w->doc, p, &target, w->err));
    return kk_edits_splice(w->doc, target, from, to, KK_STR(""), w->err);
}

bool kk_control_is_pending(const kk_part *part, uint32_t node)
{
    uint32_t start, end;
    markers_around(part, node, &start, &end);
    const uint32_t p = kk_node_first_para(part, node);
    return start != KK_NONE && end != KK_NONE && p != KK_NONE &&
           (part->nodes[p].flags & KK_NODE_MARK_INS) != 0;
}

static kk_status withdraw_control(withdrawal *w, uint32_t p, uint32_t node)
{
    kk_edits *edits = kk_edits_of(w->doc);
    const kk_node_ref gone = {p, node};
    if (is_withdrawn(w, p, node)) {
        return KK_OK;
    }
    if (!kk_vec_push(&edits->withdrawn, gone)) {
        return kk_fail_nomem(w->err);
    }
    const bool pending = kk_control_is_pending(&w->doc->parts[p], node);
    if (pending || !w->options->track) {
        return remove_outright(w, p, node);
    }
    return kk_strike_control(w->doc, p, node, &w->wml, w->err);
}

/* ---- the chapter that was made for it ------------------------------------------------------ */

/* Twelve digits at the end of the chapter's tag: what followed when it was made. */
static bool followed_then(const kk_part *part, uint32_t chapter, const char *now)
{
    const kk_node *n = &part->nodes[chapter];
    const kk_str properties = kk_str_slice(part->raw, n->ppr_begin, n->ppr_end);
    const size_t tag = kk_str_find(properties, KK_STR(KK_MARK_CHAPTER "#"), 0);
    const size_t digits = tag + sizeof KK_MARK_CHAPTER;
    return tag != SIZE_MAX && kk_str_is(kk_str_slice(properties, digits, digits + 12), now);
}

/* Is this paragraph's clause still there, also after what goes in this run? */
static bool is_kept_clause(const withdrawal *w, uint32_t para)
{
    const uint32_t managed = w->doc->text.paras[para].managed;
    for (uint32_t r = 0; managed != KK_NONE && r < w->doc->n_managed_refs; r++) {
        const kk_control_ref *ref = &w->doc->control_refs[w->doc->managed_refs[r].control];
        if (w->doc->managed_refs[r].managed == managed && !is_withdrawn(w, ref->part, ref->node)) {
            return true;
        }
    }
    return false;
}

/* Nothing stands under the chapter heading now: the next words belong to another chapter, or are
 * those that stood there before it was made. */
static bool chapter_is_empty(const withdrawal *w, uint32_t p, uint32_t chapter)
{
    const kk_text *text = &w->doc->text;
    const kk_part *part = &w->doc->parts[p];
    const uint32_t node = kk_node_first_para(part, chapter);
    const uint32_t heading = node == KK_NONE ? KK_NONE : part->nodes[node].para;
    if (heading == KK_NONE) {
        return false;
    }
    const uint32_t story = text->paras[heading].story;
    for (uint32_t i = heading + 1; i < text->stories[story].para_end; i++) {
        const kk_para *para = &text->paras[i];
        if (is_kept_clause(w, i)) {
            return false;
        }
        if (para->managed != KK_NONE || para->begin == para->end) {
            continue;
        }
        if (para->heading != 0 && para->heading <= text->paras[heading].heading) {
            return true;
        }
        break;
    }
    char now[13];
    kk_mark_following(text, story, heading + 1, now);
    return followed_then(part, chapter, now);
}

static bool is_chapter(const kk_part *part, uint32_t node)
{
    return node != KK_NONE && kk_node_is_ours(part, node) &&
           (part->nodes[node].flags & KK_NODE_OURS) == 0;
}

/* ---- the mark of the paragraph before it --------------------------------------------------- */

/* Author and date of a tracked insertion of paragraph `node`'s mark. */
static bool mark_change(const kk_part *part, uint32_t node, kk_str *author, kk_str *date)
{
    const kk_node *n = &part->nodes[node];
    kk_cut_element ppr, rpr, ins;
    if (n->kind != KK_NODE_P || (n->flags & KK_NODE_MARK_INS) == 0 ||
        !kk_cut_element_at(part->raw, n->ppr_begin, n->ppr_end, &ppr) ||
        !kk_cut_child(part->raw, ppr.inner_begin, ppr.inner_end, part->w, "rPr", &rpr) ||
        !kk_cut_child(part->raw, rpr.inner_begin, rpr.inner_end, part->w, "ins", &ins)) {
        return false;
    }
    (void)kk_cut_attr(part->raw, ins.begin, "author", author);
    (void)kk_cut_attr(part->raw, ins.begin, "date", date);
    return true;
}

/* Was another clause put in between in this run? It needs the mark now. */
static bool is_replaced(const kk_target *target, uint32_t begin, uint32_t end)
{
    for (size_t i = 0; i < target->splices.list.n; i++) {
        const kk_splice *splice = &target->splices.list.items[i];
        if (splice->begin == splice->end && splice->begin >= begin && splice->begin <= end) {
            return true;
        }
    }
    return false;
}

/* The paragraph before the clause gave its mark to the insertion, and an empty one with its old
 * properties was put behind: undo both. `markup` is the marker that tells who inserted the clause.
 */
static kk_status restore_mark(withdrawal *w, uint32_t p, uint32_t node, uint32_t markup)
{
    const kk_part *part = &w->doc->parts[p];
    const uint32_t before = neighbour(w, p, node, false), closing = neighbour(w, p, node, true);
    kk_str author, date, own_author, own_date;
    if (before == KK_NONE || closing == KK_NONE || part->nodes[closing].kind != KK_NODE_P ||
        !kk_node_is_blank(part, closing) || !mark_change(part, before, &author, &date)) {
        return KK_OK;
    }
    const uint32_t behind = neighbour(w, p, closing, true);
    (void)kk_cut_attr(part->raw, part->nodes[markup].begin, "author", &own_author);
    (void)kk_cut_attr(part->raw, part->nodes[markup].begin, "date", &own_date);
    if ((behind != KK_NONE && part->nodes[behind].kind != KK_NODE_SECTPR &&
         part->nodes[behind].kind != KK_NODE_OTHER) ||
        !kk_str_equal(author, own_author) || !kk_str_equal(date, own_date)) {
        return KK_OK;
    }
    const kk_node *b = &part->nodes[before], *c = &part->nodes[closing];
    kk_target *target;
    KK_TRY(kk_edits_part(w->doc, p, &target, w->err));
    if (is_replaced(target, b->end, c->begin)) {
        return KK_OK;
    }
    const kk_restored restored = {p, before, closing};
    if (!kk_vec_push(&kk_edits_of(w->doc)->restored, restored)) {
        return kk_fail_nomem(w->err);
    }
    KK_TRY(kk_edits_splice(w->doc, target, b->begin, b->inner_begin,
                           kk_str_slice(part->raw, c->begin, c->inner_begin), w->err));
    KK_TRY(kk_edits_splice(w->doc, target, b->ppr_begin, b->ppr_end,
                           kk_str_slice(part->raw, c->ppr_begin, c->ppr_end), w->err));
    return kk_edits_splice(w->doc, target, c->begin, c->end, KK_STR(""), w->err);
}

/* ---- the call ------------------------------------------------------------------------------ */

/* Takes out the controls of one clause; *last is the last one. */
static kk_status withdraw_controls(withdrawal *w, uint32_t managed, uint32_t *p, uint32_t *last)
{
    for (uint32_t r = 0; r < w->doc->n_managed_refs; r++) {
        if (w->doc->managed_refs[r].managed != managed) {
            continue;
        }
        const kk_control_ref *ref = &w->doc->control_refs[w->doc->managed_refs[r].control];
        if (ref->node == KK_NONE) {
            return kk_fail(w->err, KK_E_UNSUPPORTED, "place-ambiguous",
                           "the clause lies inside a paragraph and is no block of its own");
        }
        *p = ref->part;
        *last = ref->node;
        KK_TRY(withdraw_control(w, ref->part, ref->node));
    }
    return KK_OK;
}

static kk_status withdraw(withdrawal *w, uint32_t managed)
{
    uint32_t p = KK_NONE, node = KK_NONE;
    KK_TRY(withdraw_controls(w, managed, &p, &node));
    if (node == KK_NONE) {
        return kk_fail(w->err, KK_E_STALE, "", "the clause has no content control any more");
    }
    const kk_part *part = &w->doc->parts[p];
    const bool outright = kk_control_is_pending(part, node) || !w->options->track;
    uint32_t start, end;
    markers_around(part, node, &start, &end);
    const uint32_t above = neighbour(w, p, node, false);
    if (is_chapter(part, above) && chapter_is_empty(w, p, above)) {
        KK_TRY(withdraw_control(w, p, above));
    }
    if (start != KK_NONE && part->nodes[part->nodes[node].parent].kind != KK_NODE_TBL) {
        KK_TRY(restore_mark(w, p, node, start));
    }
    return outright ? kk_listnum_release(w->doc, p, part->nodes[node].begin, part->nodes[node].end,
                                         w->err)
                    : KK_OK;
}

kk_status kk_docx_withdraw(kk_docx *doc, uint32_t managed, const kk_docx_options *options,
                           kk_error *err)
{
    if (managed >= doc->text.n_managed) {
        return kk_fail(err, KK_E_ARG, "", "there is no such clause in the document");
    }
    KK_TRY(kk_edits_check_open(doc, options, err));
    kk_edits *edits = kk_edits_of(doc);
    if (edits == NULL) {
        return kk_fail_nomem(err);
    }
    const kk_managed *entry = &doc->text.managed[managed];
    const kk_record record = {entry->clause, entry->version,
                              entry->para_begin == 0 ? KK_NONE : entry->para_begin - 1, false};
    uint32_t part = 0;
    for (uint32_t r = 0; r < doc->n_managed_refs; r++) {
        if (doc->managed_refs[r].managed == managed) {
            part = doc->control_refs[doc->managed_refs[r].control].part;
        }
    }
    kk_target *target;
    KK_TRY(kk_edits_part(doc, part, &target, err));
    kk_edits_state state;
    KK_TRY(kk_edits_begin(doc, &record, &state, err));
    withdrawal w = {.doc = doc, .options = options, .err = err};
    w.wml = (kk_wml){.names = kk_names_of(&doc->parts[part]),
                     .ids = &edits->ids,
                     .track = true,
                     .author = options->author,
                     .date = options->date};
    kk_ids_seed(&edits->ids, entry->tag_hash);
    const kk_status status = withdraw(&w, managed);
    if (status != KK_OK) {
        kk_edits_rollback(edits, &state);
    }
    return status;
}
