/* Finds and splits the runs at the borders of a comment. Knows runs and the map; not what is said.
 */
#include "anchor.h"

#include "cut.h"
#include "error.h"
#include "place.h"
#include "str.h"

/* Offset right behind the properties of the paragraph. */
static uint32_t content_begin(const kk_part *part, uint32_t node)
{
    const kk_node *n = &part->nodes[node];
    return n->ppr_end > n->ppr_begin ? n->ppr_end : n->inner_begin;
}

/* The child of the paragraph that holds raw offset at. */
static bool top_child(const kk_part *part, uint32_t node, uint32_t at, kk_cut_element *out)
{
    const kk_node *n = &part->nodes[node];
    for (uint32_t from = n->inner_begin; kk_cut_element_at(part->raw, from, n->inner_end, out);
         from = out->end) {
        if (out->begin <= at && at < out->end) {
            return true;
        }
    }
    return false;
}

/* The outermost run control between the paragraph and raw offset at; false if there is none. */
static bool control_around(const kk_part *part, uint32_t node, uint32_t at, kk_cut_element *out)
{
    const kk_node *n = &part->nodes[node];
    uint32_t from = n->inner_begin, end = n->inner_end;
    for (uint32_t depth = 0; depth < 16;) {
        if (!kk_cut_element_at(part->raw, from, end, out)) {
            return false;
        }
        if (!(out->begin <= at && at < out->end)) {
            from = out->end;
            continue;
        }
        if (kk_cut_is(out->name, part->w, "sdt")) {
            return true;
        }
        from = out->inner_begin;
        end = out->inner_end;
        depth++;
    }
    return false;
}

/* Raw offset of text offset `at`; `after`: of the end of the character before it. */
static uint32_t raw_of(const kk_part *part, uint32_t at, bool after, uint32_t *run)
{
    const kk_segment *segment = kk_part_segment(part, after ? at - 1 : at);
    if (segment == NULL || segment->run == KK_NONE) {
        *run = KK_NONE;
        return 0;
    }
    *run = segment->run;
    if (segment->kind == KK_SEG_LITERAL) {
        return segment->raw + (at - segment->text);
    }
    if (segment->kind == KK_SEG_ENTITY) {
        return after ? segment->raw + segment->raw_len : segment->raw;
    }
    kk_cut_element e;
    const bool element = segment->raw < part->raw.len && part->raw.ptr[segment->raw] == '<' &&
                         kk_cut_element_at(part->raw, segment->raw, (uint32_t)part->raw.len, &e) &&
                         e.begin == segment->raw;
    return after && element ? e.end : segment->raw;
}

/* A run whose formatting somebody tracks cannot be split: the change has an id of its own. */
static bool is_whole(const kk_part *part, const kk_cut_element *run)
{
    kk_cut_element rpr, change;
    return kk_cut_child(part->raw, run->inner_begin, run->inner_end, part->w, "rPr", &rpr) &&
           kk_cut_child(part->raw, rpr.inner_begin, rpr.inner_end, part->w, "rPrChange", &change);
}

/* Settles an offset inside a run: before it, behind it, between its children, or inside a w:t.
 * `end`: of the range, which matters where the run must stay whole. */
static void settle(const kk_part *part, uint32_t run, uint32_t at, bool end, kk_anchor *out)
{
    kk_cut_element r, child;
    *out = (kk_anchor){.raw = at, .run = KK_NONE};
    if (!kk_cut_element_at(part->raw, run, (uint32_t)part->raw.len, &r)) {
        return;
    }
    if (is_whole(part, &r)) {
        out->raw = end ? r.end : r.begin;
        return;
    }
    bool first = true;
    for (uint32_t from = r.inner_begin; kk_cut_element_at(part->raw, from, r.inner_end, &child);
         from = child.end) {
        if (kk_cut_is(child.name, part->w, "rPr")) {
            continue;
        }
        const bool text = kk_cut_is(child.name, part->w, "t");
        const bool at_start = at <= child.begin || (text && at <= child.inner_begin);
        if (at_start && first) {
            out->raw = r.begin;
            return;
        }
        if (at_start) {
            *out = (kk_anchor){.raw = child.begin, .run = run};
            return;
        }
        if (text && at < child.inner_end) {
            *out = (kk_anchor){.raw = at, .run = run, .in_text = true, .text_tag = child.begin};
            return;
        }
        first = false;
    }
    out->raw = r.end;
}

void kk_anchor_find(const kk_docx *doc, uint32_t para, uint32_t begin, uint32_t end,
                    kk_anchors *out)
{
    const kk_part *part = kk_docx_part_of(doc, para);
    const uint32_t start = content_begin(part, doc->para_refs[para].last);
    uint32_t first_run = KK_NONE, last_run = KK_NONE, a = 0, b = 0;
    if (end > begin) {
        a = raw_of(part, begin, false, &first_run);
        b = raw_of(part, end, true, &last_run);
    }
    out->from = out->to = (kk_anchor){.raw = start, .run = KK_NONE};
    out->reference = start;
    const kk_node *n = &part->nodes[doc->para_refs[para].last];
    out->empty = (n->flags & KK_NODE_EMPTY_TAG) != 0 ? n->end : 0;
    if (first_run == KK_NONE || last_run == KK_NONE) {
        return;
    }
    kk_cut_element e;
    const uint32_t first_node = kk_part_node_at(part, first_run);
    const uint32_t last_node = kk_part_node_at(part, last_run);
    settle(part, first_run, a, false, &out->from);
    settle(part, last_run, b, true, &out->to);
    if (control_around(part, first_node, first_run, &e)) {
        out->from = (kk_anchor){.raw = e.begin, .run = KK_NONE};
    }
    if (control_around(part, last_node, last_run, &e)) {
        out->to = (kk_anchor){.raw = e.end, .run = KK_NONE};
    }
    out->reference = out->to.raw;
    if (top_child(part, last_node, last_run, &e)) {
        const bool plain = kk_cut_is(e.name, part->w, "r") && out->to.run != KK_NONE;
        out->reference = plain ? out->to.raw : e.end;
    }
}

/* The splice that opened the empty paragraph before `end` in this run, NULL if none did. */
static kk_splice *opened(kk_target *target, uint32_t end)
{
    for (size_t i = 0; i < target->splices.list.n; i++) {
        kk_splice *splice = &target->splices.list.items[i];
        if (splice->begin + 2 == end && splice->end == end) {
            return splice;
        }
    }
    return NULL;
}

kk_status kk_anchor_open(kk_docx *doc, uint32_t part, uint32_t end, kk_str markers, kk_error *err)
{
    kk_target *target;
    kk_buf out, close;
    KK_TRY(kk_edits_part(doc, part, &target, err));
    kk_buf_init(&out, 0);
    kk_buf_init(&close, 0);
    kk_wml wml = {.out = &close, .names = kk_names_of(&doc->parts[part])};
    kk_wml_put(&wml, "</~p>");
    kk_splice *before = opened(target, end);
    kk_buf_str(&out, before == NULL
                         ? KK_STR(">")
                         : kk_str_slice(before->bytes, 0, before->bytes.len - close.len));
    kk_buf_str(&out, markers);
    kk_buf_str(&out, kk_buf_view(&close));
    kk_status status = out.failed == KK_OK && close.failed == KK_OK ? KK_OK : kk_fail_nomem(err);
    if (status == KK_OK && before == NULL) {
        status = kk_edits_splice(doc, target, end - 2, end, kk_buf_view(&out), err);
    } else if (status == KK_OK) {
        const kk_str bytes = kk_arena_str(kk_edits_of(doc)->arena, kk_buf_view(&out));
        status = bytes.ptr == NULL ? kk_fail_nomem(err) : KK_OK;
        before->bytes = bytes.ptr == NULL ? before->bytes : bytes;
    }
    kk_buf_dispose(&out);
    kk_buf_dispose(&close);
    return status;
}

/* The first half of a split text keeps its last blank only with xml:space. */
static kk_status keep_space(kk_docx *doc, uint32_t part, const kk_anchor *anchor, kk_error *err)
{
    const kk_part *p = &doc->parts[part];
    kk_str value;
    if (kk_cut_attr_named(p->raw, anchor->text_tag, KK_STR("xml:space"), &value)) {
        return KK_OK;
    }
    uint32_t at = anchor->text_tag;
    const kk_cut_token tag = kk_cut_next(p->raw, &at, (uint32_t)p->raw.len);
    const uint32_t where = anchor->text_tag + 1 + (uint32_t)tag.name.len;
    kk_target *target;
    KK_TRY(kk_edits_part(doc, part, &target, err));
    for (size_t i = 0; i < target->splices.list.n; i++) {
        if (target->splices.list.items[i].begin == where) {
            return KK_OK; /* an earlier split of the same text did it */
        }
    }
    return kk_edits_splice(doc, target, where, where, KK_STR(" xml:space=\"preserve\""), err);
}

kk_status kk_anchor_put(kk_docx *doc, uint32_t part, const kk_anchor *anchor, kk_str marker,
                        kk_error *err)
{
    const kk_part *p = &doc->parts[part];
    kk_target *target;
    KK_TRY(kk_edits_part(doc, part, &target, err));
    if (anchor->run == KK_NONE) {
        return kk_edits_splice(doc, target, anchor->raw, anchor->raw, marker, err);
    }
    kk_cut_element run, rpr;
    kk_buf out;
    kk_buf_init(&out, 0);
    kk_wml wml = {.out = &out, .names = kk_names_of(p)};
    kk_wml_put(&wml, anchor->in_text ? "</~t></~r>" : "</~r>");
    kk_buf_str(&out, marker);
    if (kk_cut_element_at(p->raw, anchor->run, (uint32_t)p->raw.len, &run)) {
        kk_buf_str(&out, kk_str_slice(p->raw, run.begin, run.inner_begin));
        if (kk_cut_child(p->raw, run.inner_begin, run.inner_end, p->w, "rPr", &rpr)) {
            kk_buf_str(&out, kk_str_slice(p->raw, rpr.begin, rpr.end));
        }
    }
    kk_wml_put(&wml, anchor->in_text ? "<~t xml:space=\"preserve\">" : "");
    kk_status status = out.failed == KK_OK ? kk_edits_splice(doc, target, anchor->raw, anchor->raw,
                                                             kk_buf_view(&out), err)
                                           : kk_fail_nomem(err);
    kk_buf_dispose(&out);
    if (status == KK_OK && anchor->in_text) {
        status = keep_space(doc, part, anchor, err);
    }
    return status;
}
