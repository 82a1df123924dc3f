/* Scanner events to story actions: which element means what, depending on where it stands. Keeps
 * one frame per open element; nothing here recurses. What an action does is in the other story
 * files. */
#include "error.h"
#include "mark.h"
#include "story_reader.h"
#include "str.h"

#include <string.h>

/* ---- shared helpers ------------------------------------------------------------------------ */

bool kk_reader_open_node(kk_reader *in, kk_node_kind kind, const kk_xml_tag *tag)
{
    const uint32_t index = (uint32_t)in->nodes.n - in->node_base;
    kk_frame *top = kk_reader_top(in);
    const uint32_t parent = top->in.node;
    const kk_node node = {.begin = tag->begin,
                          .end = tag->end,
                          .inner_begin = tag->end,
                          .inner_end = tag->end,
                          .parent = parent,
                          .next = KK_NONE,
                          .first = KK_NONE,
                          .para = KK_NONE,
                          .flags = tag->empty ? KK_NODE_EMPTY_TAG : 0,
                          .kind = kind};
    if (!kk_vec_push(&in->nodes, node)) {
        return false;
    }
    if (parent != KK_NONE) {
        kk_frame *owner = &in->frames.items[top->in.owner];
        if (owner->last_child == KK_NONE) {
            kk_reader_node(in, parent)->first = index;
        } else {
            kk_reader_node(in, owner->last_child)->next = index;
        }
        owner->last_child = index;
    }
    top->node = index;
    top->last_child = KK_NONE;
    top->in.node = index;
    top->in.owner = (uint32_t)in->frames.n - 1;
    return true;
}

kk_str kk_reader_intern(kk_reader *in, kk_str s)
{
    const uint32_t known = kk_strmap_get(&in->strings, s);
    if (known != KK_NONE) {
        return in->interned.items[known];
    }
    const kk_str copy = kk_arena_str(in->doc->arena, s);
    if (copy.ptr == NULL || !kk_strmap_put(&in->strings, copy, (uint32_t)in->interned.n, NULL) ||
        !kk_vec_push(&in->interned, copy)) {
        return (kk_str){NULL, 0};
    }
    return copy;
}

void kk_reader_pending(kk_reader *in)
{
    in->facts |= KK_FACT_PENDING;
    if (in->flow->para.open || in->flow->para.joining) {
        in->flow->para.flags |= KK_PARA_PENDING;
    }
}

void kk_reader_note_id(kk_reader *in, kk_str value)
{
    uint32_t id;
    if (kk_str_to_u32(kk_str_trim(value), &id) && id > in->part->max_id_hint) {
        in->part->max_id_hint = id;
    }
}

/* ---- what needs no frame ------------------------------------------------------------------- */

/* Elements that act at once, whatever frame they get. */
static bool act(kk_reader *in, const kk_xml_tag *tag)
{
    const kk_context *context = &kk_reader_top(in)->in;
    if (tag->ns != KK_NS_W) {
        return true;
    }
    switch (tag->word) {
    case KK_W_fldChar:
        return kk_field_char(in, tag);
    case KK_W_commentRangeStart:
    case KK_W_commentRangeEnd:
        return kk_comment_range(in, tag);
    case KK_W_permStart:
        in->perms++;
        return true;
    case KK_W_permEnd:
        in->perms -= in->perms > 0 ? 1 : 0;
        return true;
    case KK_W_altChunk:
    case KK_W_subDoc:
        in->facts |= KK_FACT_UNREAD;
        return true;
    case KK_W_tab:
    case KK_W_ptab:
        return context->in_para ? kk_run_synthetic(in, "\t", tag->begin) : true;
    case KK_W_br:
    case KK_W_cr:
        return context->in_para ? kk_run_synthetic(in, " ", tag->begin) : true;
    case KK_W_noBreakHyphen:
        return context->in_para ? kk_run_synthetic(in, "-", tag->begin) : true;
    case KK_W_sym:
        return context->in_para ? kk_run_symbol(in, tag) : true;
    default:
        return true;
    }
}

/* Changes that an element brings for what is inside it. */
static bool adjust(kk_reader *in, const kk_xml_tag *tag)
{
    kk_context *context = &kk_reader_top(in)->in;
    if (tag->ns != KK_NS_W) {
        return true;
    }
    switch (tag->word) {
    case KK_W_hyperlink:
        context->link = true;
        return true;
    case KK_W_delText:
        context->deleted = true;
        return true;
    case KK_W_ins:
    case KK_W_moveTo:
    case KK_W_del:
    case KK_W_moveFrom: {
        kk_str value;
        kk_xml_attr_get(tag, KK_NS_W, KK_W_id, &value);
        kk_reader_note_id(in, value);
        kk_xml_attr_get(tag, KK_NS_W, KK_W_author, &value);
        context->author = kk_reader_intern(in, value);
        if (tag->word == KK_W_ins || tag->word == KK_W_moveTo) {
            context->inserted = true;
        } else {
            context->deleted = true;
        }
        kk_reader_pending(in);
        return context->author.ptr != NULL;
    }
    default:
        return true;
    }
}

/* ---- opening ------------------------------------------------------------------------------- */

static bool is_separator(const kk_xml_tag *tag)
{
    kk_str type;
    return kk_xml_attr_get(tag, KK_NS_W, KK_W_type, &type) && type.len > 0 &&
           !kk_str_is(type, "normal");
}

static bool open_body(kk_reader *in, const kk_xml_tag *tag)
{
    kk_frame *top = kk_reader_top(in);
    top->in.container = top->node;
    top->in.holder = KK_HOLDER_BLOCKS;
    if (is_separator(tag)) {
        top->in.suppressed = true;
        return true;
    }
    return kk_story_open(in, in->story_kind, top->node);
}

static kk_control_kind control_kind(const kk_context *context)
{
    if (context->in_para) {
        return KK_CONTROL_RUN;
    }
    switch (context->holder) {
    case KK_HOLDER_ROWS:
        return KK_CONTROL_ROW;
    case KK_HOLDER_CELLS:
        return KK_CONTROL_CELL;
    default:
        return KK_CONTROL_BLOCK;
    }
}

/* The frame and its node are in place. */
static bool open_frame(kk_reader *in, const kk_xml_tag *tag)
{
    kk_frame *top = kk_reader_top(in);
    kk_str value;
    switch (top->kind) {
    case KK_FRAME_BODY:
        return open_body(in, tag);
    case KK_FRAME_BOX:
        return kk_box_open(in);
    case KK_FRAME_P:
        return kk_para_open(in, tag);
    case KK_FRAME_R:
        return kk_run_open(in, tag);
    case KK_FRAME_T:
        top->in.preserve =
            kk_xml_attr_get(tag, KK_NS_XML, KK_W_space, &value) && kk_str_is(value, "preserve");
        return true;
    case KK_FRAME_TBL:
        return kk_table_open(in);
    case KK_FRAME_TR:
        return kk_row_open(in);
    case KK_FRAME_TC:
        kk_cell_open(in);
        return true;
    case KK_FRAME_SDT:
        return kk_control_open(in, tag, control_kind(&in->frames.items[in->frames.n - 2].in));
    case KK_FRAME_CONTENT:
        kk_control_content(in, tag);
        return true;
    case KK_FRAME_FIELD:
        return kk_field_simple_open(in, tag);
    default:
        return true;
    }
}

static bool push(kk_reader *in, kk_choice what, const kk_xml_tag *tag)
{
    kk_frame frame = {.kind = what.kind,
                      .node = KK_NONE,
                      .last_child = KK_NONE,
                      .begin = tag->begin,
                      .control = KK_NONE,
                      .in = kk_reader_top(in)->in};
    if (!kk_vec_push(&in->frames, frame)) {
        return false;
    }
    if (what.node != KK_NODE_ROOT && !kk_reader_open_node(in, what.node, tag)) {
        return false;
    }
    return adjust(in, tag) && open_frame(in, tag);
}

/* A block begins outside the paragraph that waits to be joined, or a cell gets its first content.
 */
static bool before_block(kk_reader *in, kk_choice what)
{
    kk_frame *top = kk_reader_top(in);
    if (top->kind == KK_FRAME_TC && what.kind != KK_FRAME_TCPR && in->flow->n_open_tables > 0 &&
        !top->chosen) {
        top->chosen = true;
        if (!kk_cell_begin(in, top->node)) {
            return false;
        }
    }
    if (in->flow->para.joining && (what.node == KK_NODE_TBL || what.node == KK_NODE_SDT)) {
        return kk_para_settle(in, true);
    }
    return true;
}

static kk_status open_root(kk_reader *in, const kk_xml_tag *tag)
{
    static const kk_word roots[] = {
        [KK_STORY_BODY] = KK_W_document,    [KK_STORY_HEADER] = KK_W_hdr,
        [KK_STORY_FOOTER] = KK_W_ftr,       [KK_STORY_FOOTNOTE] = KK_W_footnotes,
        [KK_STORY_ENDNOTE] = KK_W_endnotes, [KK_STORY_COMMENT] = KK_W_comments,
    };
    if (tag->ns != KK_NS_W || tag->word != roots[in->story_kind]) {
        if (in->story_kind != KK_STORY_BODY) {
            in->facts |= KK_FACT_UNREAD;
            in->skip = 1;
            return KK_OK;
        }
        return kk_fail_at(in->err, KK_E_FORMAT, "not-word", in->part->name, tag->begin,
                          "part does not hold what its relationship says; open the file in Word "
                          "and save it anew");
    }
    in->part->strict = tag->strict;
    in->part->w = kk_arena_str(in->doc->arena, tag->prefix);
    in->part->w14 = KK_STR("");
    kk_str rest;
    kk_str prefix;
    kk_xml_attr_get(tag, KK_NS_MC, KK_W_Ignorable, &rest);
    while (kk_str_word(&rest, &prefix)) {
        if (kk_xml_prefix(in->xml, prefix) == KK_NS_W14) {
            in->part->w14 = kk_arena_str(in->doc->arena, prefix);
        }
    }
    const kk_frame root = {
        .kind = KK_FRAME_ROOT,
        .node = KK_NONE,
        .last_child = KK_NONE,
        .control = KK_NONE,
        .in = {
            .control = KK_NONE, .parent_control = KK_NONE, .container = KK_NONE, .node = KK_NONE}};
    bool ok = in->part->w.ptr != NULL && in->part->w14.ptr != NULL &&
              kk_vec_push(&in->frames, root) && kk_reader_open_node(in, KK_NODE_ROOT, tag);
    if (ok && (in->story_kind == KK_STORY_HEADER || in->story_kind == KK_STORY_FOOTER)) {
        ok = push(in, (kk_choice){KK_FRAME_BODY, KK_NODE_BODY}, tag);
    }
    return ok ? KK_OK : kk_fail_nomem(in->err);
}

static kk_status check_size(const kk_reader *in)
{
    if (in->flow->paras.n > in->doc->limits.paragraphs) {
        return kk_fail_at(in->err, KK_E_LIMIT, "limit", in->part->name, 0,
                          "more than %lu paragraphs; raise the limit or split the file",
                          (unsigned long)in->doc->limits.paragraphs);
    }
    return KK_OK;
}

static kk_status failed(kk_reader *in)
{
    if (in->flow->text.failed == KK_E_LIMIT || in->flow_main.text.failed == KK_E_LIMIT) {
        return kk_fail_at(in->err, KK_E_LIMIT, "limit", in->part->name, 0,
                          "more than 4 GiB of text; split the file");
    }
    return kk_fail_nomem(in->err);
}

/* Properties have names of their own: w:tab in w:tabs is no tabulator. */
static bool holds_properties(kk_frame_kind kind)
{
    switch (kind) {
    case KK_FRAME_LEAF:
    case KK_FRAME_ROOT:
    case KK_FRAME_PPR:
    case KK_FRAME_MARK:
    case KK_FRAME_NUMPR:
    case KK_FRAME_RPR:
    case KK_FRAME_TBLPR:
    case KK_FRAME_TRPR:
    case KK_FRAME_TCPR:
    case KK_FRAME_SDTPR:
    case KK_FRAME_DOCPART:
        return true;
    default:
        return false;
    }
}

/* What we said of the document in an earlier run is no text of it. */
static bool is_own_comment(const kk_reader *in, const kk_xml_tag *tag)
{
    kk_str initials;
    return in->story_kind == KK_STORY_COMMENT && tag->ns == KK_NS_W && tag->word == KK_W_comment &&
           kk_xml_attr_get(tag, KK_NS_W, KK_W_initials, &initials) &&
           kk_str_starts(initials, KK_STR(KK_MARK_COMMENT));
}

static kk_status on_start(void *context, kk_xml *xml, const kk_xml_tag *tag)
{
    kk_reader *in = context;
    in->xml = xml;
    if (in->skip != 0) {
        return KK_OK;
    }
    if (tag->depth == 1) {
        return open_root(in, tag);
    }
    bool ok = true;
    if (is_own_comment(in, tag)) {
        in->skip = tag->depth;
        return KK_OK;
    }
    const kk_choice what = kk_story_choose(in, tag, &ok);
    ok =
        ok && before_block(in, what) && (holds_properties(kk_reader_top(in)->kind) || act(in, tag));
    if (what.kind == KK_FRAME_SKIP) {
        in->skip = tag->depth;
    } else {
        ok = ok && push(in, what, tag);
    }
    return ok ? KK_OK : failed(in);
}

/* ---- closing ------------------------------------------------------------------------------- */

/* Properties tell their range to the node that they belong to. */
static void close_properties(kk_reader *in, const kk_frame *frame, const kk_xml_tag *tag)
{
    const uint32_t node = kk_reader_top(in)->node;
    if (node != KK_NONE) {
        kk_reader_node(in, node)->ppr_begin = frame->begin;
        kk_reader_node(in, node)->ppr_end = tag->end;
    }
}

/* The frame is still the top one, its node's end is known. */
static bool close_frame(kk_reader *in, kk_frame *top, const kk_xml_tag *tag)
{
    switch (top->kind) {
    case KK_FRAME_BODY:
        return top->in.suppressed || kk_story_close(in);
    case KK_FRAME_BOX:
        return kk_box_close(in);
    case KK_FRAME_P:
        return kk_para_close(in, tag);
    case KK_FRAME_R:
        kk_run_close(in);
        return true;
    case KK_FRAME_TBL:
        return kk_table_close(in);
    case KK_FRAME_TR:
        return kk_row_close(in);
    case KK_FRAME_TC:
        return (top->chosen || kk_cell_begin(in, top->node)) && kk_cell_close(in);
    case KK_FRAME_SDT:
        kk_control_close(in, tag);
        return true;
    case KK_FRAME_CONTENT: {
        const bool ok =
            !in->flow->para.joining || top->node == KK_NONE || kk_para_settle(in, false);
        kk_control_content_end(in, tag);
        return ok;
    }
    case KK_FRAME_FIELD:
        kk_field_close(in);
        return true;
    default:
        return true;
    }
}

static bool pop(kk_reader *in, const kk_xml_tag *tag)
{
    kk_frame *top = kk_reader_top(in);
    if (top->node != KK_NONE) {
        kk_node *node = kk_reader_node(in, top->node);
        node->end = tag->end;
        node->inner_end = tag->begin;
    }
    const bool ok = close_frame(in, top, tag);
    const kk_frame frame = *top;
    in->frames.n--;
    switch (frame.kind) {
    case KK_FRAME_PPR:
    case KK_FRAME_TBLPR:
    case KK_FRAME_TRPR:
    case KK_FRAME_TCPR:
    case KK_FRAME_SDTPR:
        close_properties(in, &frame, tag);
        break;
    default:
        break;
    }
    return ok;
}

static kk_status on_end(void *context, kk_xml *xml, const kk_xml_tag *tag)
{
    kk_reader *in = context;
    in->xml = xml;
    if (in->skip != 0) {
        in->skip = in->skip == tag->depth ? 0 : in->skip;
        return KK_OK;
    }
    do { /* a header's root is its body as well */
        if (!pop(in, tag)) {
            return failed(in);
        }
    } while (tag->depth == 1 && in->frames.n > 0);
    return check_size(in);
}

static kk_status on_text(void *context, kk_xml *xml, uint32_t begin, uint32_t end)
{
    kk_reader *in = context;
    (void)xml;
    if (in->skip != 0) {
        return KK_OK;
    }
    const kk_frame_kind kind = kk_reader_top(in)->kind;
    if (kind == KK_FRAME_INSTR) {
        kk_run_instruction(in, begin, end);
    } else if (kind == KK_FRAME_T && !kk_run_text(in, begin, end)) {
        return failed(in);
    }
    return KK_OK;
}

const kk_xml_handler kk_story_handler = {on_start, on_end, on_text};
