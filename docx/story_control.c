/* Content controls at every level, and what they say about what is inside. */
#include "story_reader.h"
#include "str.h"

bool kk_control_open(kk_reader *in, const kk_xml_tag *tag, kk_control_kind kind)
{
    kk_frame *top = kk_reader_top(in);
    kk_flow *flow = in->flow;
    top->in.control = in->frames.items[in->frames.n - 2].in.control;
    if (top->in.suppressed || (kind == KK_CONTROL_RUN && !flow->para.open)) {
        return true;
    }
    const uint32_t at = kk_flow_at(flow);
    const kk_control control = {.kind = kind,
                                .begin = at,
                                .end = at,
                                .parent = top->in.parent_control,
                                .tag = KK_STR(""),
                                .alias = KK_STR("")};
    const kk_control_ref ref = {.part = in->part_index,
                                .node = top->node,
                                .begin = tag->begin,
                                .end = tag->end,
                                .inner_begin = tag->end,
                                .inner_end = tag->end};
    top->control = (uint32_t)flow->controls.n;
    top->in.parent_control = top->control;
    return kk_vec_push(&flow->controls, control) && kk_vec_push(&flow->control_refs, ref);
}

/* ---- properties ---------------------------------------------------------------------------- */

/* The control being described: its frame, its node, its entries; node and entries may be absent. */
typedef struct subject {
    kk_frame *frame;
    kk_control *control;
    kk_control_ref *ref;
} subject;

static void raise(kk_reader *in, const subject *sdt, uint32_t control_flag, uint32_t node_flag)
{
    if (sdt->control != NULL) {
        sdt->control->flags |= control_flag;
    }
    if (sdt->frame->node != KK_NONE) {
        kk_reader_node(in, sdt->frame->node)->flags |= node_flag;
    }
}

static void lock(kk_reader *in, const subject *sdt, kk_str value)
{
    if (kk_str_is(value, "sdtLocked")) {
        raise(in, sdt, KK_CONTROL_LOCKED, KK_NODE_SDT_LOCKED);
    } else if (kk_str_is(value, "contentLocked")) {
        raise(in, sdt, KK_CONTROL_LOCKED, KK_NODE_LOCKED);
    } else if (kk_str_is(value, "sdtContentLocked")) {
        raise(in, sdt, KK_CONTROL_LOCKED, KK_NODE_LOCKED | KK_NODE_SDT_LOCKED);
    }
}

/* Ids are signed in some files: the 32-bit pattern is what counts. */
static uint32_t id_pattern(kk_str value)
{
    value = kk_str_trim(value);
    const bool negative = kk_str_starts(value, KK_STR("-"));
    uint32_t out = 0;
    if (!kk_str_to_u32(kk_str_slice(value, negative ? 1 : 0, value.len), &out)) {
        return 0;
    }
    return negative ? 0u - out : out;
}

static bool read_property(kk_reader *in, const kk_xml_tag *tag, const subject *sdt)
{
    kk_str value;
    kk_xml_val(tag, &value);
    switch (tag->word) {
    case KK_W_tag:
        if (sdt->control != NULL) {
            sdt->control->tag = kk_arena_str(in->doc->arena, value);
        }
        if (kk_str_starts(value, KK_STR("kk:"))) {
            raise(in, sdt, 0, KK_NODE_OURS);
        }
        return sdt->control == NULL || sdt->control->tag.ptr != NULL;
    case KK_W_alias:
        if (sdt->control != NULL) {
            sdt->control->alias = kk_arena_str(in->doc->arena, value);
        }
        return sdt->control == NULL || sdt->control->alias.ptr != NULL;
    case KK_W_id:
        kk_reader_note_id(in, value);
        if (sdt->ref != NULL) {
            sdt->ref->id = id_pattern(value);
        }
        return true;
    case KK_W_lock:
        lock(in, sdt, value);
        return true;
    case KK_W_showingPlcHdr:
        if (kk_xml_on(tag)) {
            raise(in, sdt, KK_CONTROL_PLACEHOLDER, KK_NODE_PLACEHOLDER);
        }
        return true;
    case KK_W_dataBinding:
        raise(in, sdt, KK_CONTROL_DATABOUND, KK_NODE_DATABOUND);
        return true;
    case KK_W_repeatingSection:
    case KK_W_repeatingSectionItem:
        raise(in, sdt, KK_CONTROL_REPEATING, KK_NODE_REPEATING);
        return true;
    default:
        return true;
    }
}

kk_frame_kind kk_control_property(kk_reader *in, const kk_xml_tag *tag, bool *ok)
{
    if (tag->ns != KK_NS_W && tag->ns != KK_NS_W15) {
        return KK_FRAME_SKIP;
    }
    kk_frame *top = kk_reader_top(in);
    kk_str value;
    if (top->kind == KK_FRAME_DOCPART) {
        kk_frame *sdt = &in->frames.items[in->frames.n - 3];
        if (tag->word == KK_W_docPartGallery && kk_xml_val(tag, &value)) {
            sdt->chosen = kk_str_is(value, "Table of Contents");
        }
        return KK_FRAME_SKIP;
    }
    if (tag->word == KK_W_docPartObj) {
        return KK_FRAME_DOCPART;
    }
    kk_frame *frame = &in->frames.items[in->frames.n - 2];
    const bool known = frame->control != KK_NONE;
    const subject sdt = {frame, known ? &in->flow->controls.items[frame->control] : NULL,
                         known ? &in->flow->control_refs.items[frame->control] : NULL};
    *ok = read_property(in, tag, &sdt);
    return KK_FRAME_SKIP;
}

/* ---- content ------------------------------------------------------------------------------- */

void kk_control_content(kk_reader *in, const kk_xml_tag *tag)
{
    kk_frame *top = kk_reader_top(in);
    const kk_frame *sdt = &in->frames.items[in->frames.n - 2];
    if (top->node != KK_NONE && top->in.holder == KK_HOLDER_BLOCKS) {
        top->in.container = top->node;
    }
    if (sdt->kind != KK_FRAME_SDT || sdt->control == KK_NONE) {
        return;
    }
    kk_control *control = &in->flow->controls.items[sdt->control];
    in->flow->control_refs.items[sdt->control].inner_begin = tag->end;
    in->flow->control_refs.items[sdt->control].inner_end = tag->end;
    control->begin = control->end = kk_flow_at(in->flow);
    top->in.toc = top->in.toc || sdt->chosen;
    if (control->kind == KK_CONTROL_RUN) {
        top->in.placeholder = top->in.placeholder || (control->flags & KK_CONTROL_PLACEHOLDER) != 0;
    } else {
        top->in.control = sdt->control;
    }
    const kk_str prefix = KK_STR("kkf:");
    if (kk_str_starts(control->tag, prefix)) {
        top->in.fillin = kk_str_slice(control->tag, prefix.len, control->tag.len);
    }
}

void kk_control_content_end(kk_reader *in, const kk_xml_tag *tag)
{
    const kk_frame *sdt = &in->frames.items[in->frames.n - 2];
    if (sdt->kind != KK_FRAME_SDT || sdt->control == KK_NONE) {
        return;
    }
    kk_control *control = &in->flow->controls.items[sdt->control];
    in->flow->control_refs.items[sdt->control].inner_end = tag->begin;
    control->end = kk_flow_at(in->flow);
    if (control->end > control->begin && in->flow->text.ptr[control->end - 1] == '\n') {
        control->end--; /* the break after the last paragraph is not inside */
    }
}

void kk_control_close(kk_reader *in, const kk_xml_tag *tag)
{
    const kk_frame *top = kk_reader_top(in);
    if (top->control != KK_NONE) {
        in->flow->control_refs.items[top->control].end = tag->end;
    }
}
