/* Paragraphs: their properties, numbers, headings and flags; stories as runs of paragraphs. */
#include "error.h"
#include "story_reader.h"
#include "str.h"
#include "stylename.h"

#include <string.h>

enum { OUTLINE_BODY = 9, HEADING_BYTES = 160 };

/* ---- opening ------------------------------------------------------------------------------- */

static void reset_properties(kk_flow_para *para, const kk_styles *styles)
{
    para->style = kk_style_default(styles, KK_STYLE_PARAGRAPH);
    para->has_outline = para->has_num = para->has_ilvl = false;
    para->gone = para->inserted = false;
}

bool kk_para_open(kk_reader *in, const kk_xml_tag *tag)
{
    (void)tag;
    kk_frame *top = kk_reader_top(in);
    kk_flow_para *para = &in->flow->para;
    top->in.in_para = true;
    if (in->perms > 0) {
        kk_reader_node(in, top->node)->flags |= KK_NODE_PERM;
    }
    if (top->in.suppressed) {
        return true;
    }
    if (para->joining && para->container != top->in.container && !kk_para_settle(in, false)) {
        return false;
    }
    if (para->joining) {
        para->joining = false;
    } else {
        memset(para, 0, sizeof *para);
        para->begin = kk_flow_at(in->flow);
        para->first = top->node;
        para->container = top->in.container;
        para->control = top->in.control;
    }
    para->open = true;
    para->last = top->node;
    reset_properties(para, &in->doc->styles);
    if (top->in.toc || in->flow->tocs > 0) {
        para->flags |= KK_PARA_TOC;
    }
    if (top->in.inserted || top->in.deleted) {
        para->flags |= KK_PARA_PENDING;
    }
    return true;
}

/* ---- properties ---------------------------------------------------------------------------- */

kk_frame_kind kk_para_property(kk_reader *in, const kk_xml_tag *tag)
{
    kk_flow_para *para = &in->flow->para;
    const bool shown = !kk_reader_top(in)->in.suppressed;
    kk_str value;
    if (tag->ns != KK_NS_W) {
        return KK_FRAME_SKIP;
    }
    switch (tag->word) {
    case KK_W_pStyle:
        if (shown && kk_xml_val(tag, &value)) {
            const kk_style *style = kk_style_by_id(&in->doc->styles, KK_STYLE_PARAGRAPH, value);
            para->style = style != NULL ? style : para->style;
        }
        return KK_FRAME_SKIP;
    case KK_W_outlineLvl:
        if (shown) {
            const int32_t level = kk_xml_int(tag, KK_NS_W, KK_W_val, OUTLINE_BODY);
            para->has_outline = true;
            para->outline = level >= 0 && level < OUTLINE_BODY ? (uint8_t)level : OUTLINE_BODY;
        }
        return KK_FRAME_SKIP;
    case KK_W_numPr:
        return KK_FRAME_NUMPR;
    case KK_W_rPr:
        return KK_FRAME_MARK;
    case KK_W_sectPr:
        kk_reader_node(in, kk_reader_top(in)->in.node)->flags |= KK_NODE_HAS_SECTPR;
        return KK_FRAME_SKIP;
    case KK_W_pPrChange:
        kk_reader_pending(in);
        return KK_FRAME_SKIP;
    default:
        return KK_FRAME_SKIP;
    }
}

kk_frame_kind kk_para_mark_property(kk_reader *in, const kk_xml_tag *tag)
{
    kk_node *node = kk_reader_node(in, kk_reader_top(in)->in.node);
    kk_flow_para *para = &in->flow->para;
    const bool shown = !kk_reader_top(in)->in.suppressed;
    if (tag->ns != KK_NS_W) {
        return KK_FRAME_SKIP;
    }
    bool gone = false;
    switch (tag->word) {
    case KK_W_ins:
        node->flags |= KK_NODE_MARK_INS | KK_NODE_FOREIGN_TRACK;
        break;
    case KK_W_del:
        node->flags |= KK_NODE_MARK_DEL | KK_NODE_FOREIGN_TRACK;
        gone = true;
        break;
    case KK_W_moveFrom:
        node->flags |= KK_NODE_MARK_MOVE | KK_NODE_FOREIGN_TRACK;
        gone = true;
        break;
    case KK_W_moveTo:
        node->flags |= KK_NODE_MARK_MOVE | KK_NODE_FOREIGN_TRACK;
        break;
    case KK_W_rPrChange:
        kk_reader_pending(in);
        return KK_FRAME_SKIP;
    default:
        return KK_FRAME_SKIP;
    }
    kk_str value;
    kk_xml_attr_get(tag, KK_NS_W, KK_W_id, &value);
    kk_reader_note_id(in, value);
    kk_reader_pending(in);
    if (shown) {
        para->gone = para->gone || gone;
        para->inserted = para->inserted || !gone;
    }
    return KK_FRAME_SKIP;
}

void kk_para_num_property(kk_reader *in, const kk_xml_tag *tag)
{
    kk_flow_para *para = &in->flow->para;
    if (tag->ns != KK_NS_W || kk_reader_top(in)->in.suppressed) {
        return;
    }
    const int32_t value = kk_xml_int(tag, KK_NS_W, KK_W_val, 0);
    switch (tag->word) {
    case KK_W_numId:
        para->has_num = true;
        para->num_id = value > 0 ? (uint32_t)value : 0;
        break;
    case KK_W_ilvl:
        para->has_ilvl = true;
        para->ilvl = value >= 0 && value < KK_NUM_LEVELS ? (uint8_t)value : 0;
        break;
    case KK_W_ins:
    case KK_W_numberingChange:
        kk_reader_pending(in);
        break;
    default:
        break;
    }
}

/* ---- closing ------------------------------------------------------------------------------- */

/* Counts the paragraph if it is numbered and puts its visible number and list level into out. */
static bool number_para(kk_reader *in, const kk_flow_para *para, kk_para *out)
{
    const kk_style *style = para->style;
    const uint32_t id = para->has_num                     ? para->num_id
                        : style != NULL && style->has_num ? style->num_id
                                                          : 0;
    const kk_num *num = kk_num_by_id(&in->doc->numbering, id);
    /* a paragraph that is nothing but a section break shows no number, and does not count */
    const bool is_break =
        out->begin == out->end && (kk_reader_node(in, para->last)->flags & KK_NODE_HAS_SECTPR) != 0;
    if (num == NULL || is_break) {
        return true;
    }
    const uint32_t level = para->has_ilvl                   ? para->ilvl
                           : para->has_num || style == NULL ? 0
                                                            : style->ilvl;
    if (in->counter == NULL) {
        in->counter = kk_counter_new(&in->doc->numbering);
        if (in->counter == NULL) {
            return false;
        }
    }
    bool bullet = false;
    kk_buf_clear(&in->number);
    if (!kk_counter_next(in->counter, num, level, &in->number, &bullet)) {
        return false;
    }
    if (out->heading == 0) {
        out->flags |= KK_PARA_LIST;
        out->list_level = (uint8_t)(level + 1);
    }
    if (in->number.len > 0) {
        out->flags |= KK_PARA_NUMBERED;
        out->number = kk_arena_str(in->doc->arena, kk_buf_view(&in->number));
        return out->number.ptr != NULL;
    }
    return true;
}

/* An outline level set by hand, or by a style that is no heading style, also sits on body text and
 * table cells in real files (Noark 5 has hundreds), where Word's own navigation pane shows none in
 * tables. It counts on short lines outside tables that do not end like a sentence. */
static bool plausible(const kk_flow *flow, bool in_cell)
{
    const kk_flow_para *para = &flow->para;
    const kk_str text =
        kk_str_trim((kk_str){flow->text.ptr + para->begin, kk_flow_at(flow) - para->begin});
    const char last = (char)(text.len == 0 ? '.' : text.ptr[text.len - 1]);
    return !in_cell && text.len <= HEADING_BYTES && last != '.' && last != ';' && last != ',';
}

static uint8_t heading_of(const kk_flow *flow, bool in_cell)
{
    const kk_flow_para *para = &flow->para;
    const kk_style *style = para->style;
    if (para->letters == 0) {
        return 0; /* an empty line in a heading style opens nothing */
    }
    const bool named = style != NULL && style->named_heading;
    if (para->has_outline) {
        const bool counts = para->outline < OUTLINE_BODY && (named || plausible(flow, in_cell));
        return counts ? (uint8_t)(para->outline + 1) : 0;
    }
    if (style == NULL || style->heading == 0) {
        return 0;
    }
    return named || plausible(flow, in_cell) ? style->heading : 0;
}

static uint32_t flags_of(const kk_flow_para *para, uint8_t heading)
{
    uint32_t flags = para->flags;
    const kk_style *style = para->style;
    const bool title = style != NULL && style->title && heading == 0;
    flags |= style != NULL && style->toc ? KK_PARA_TOC : 0u;
    flags |= title ? KK_PARA_TITLE : 0u;
    flags |= para->inserted ? KK_PARA_INSERTED : 0u;
    if (para->letters > 0) {
        flags |= para->bold == para->letters ? KK_PARA_BOLD : 0u;
        flags |= para->hidden == para->letters ? KK_PARA_HIDDEN | KK_PARA_GUIDANCE : 0u;
        /* a coloured line that is bold throughout is a title by hand, not a note to the writer */
        if (para->guidance == para->letters && para->bold != para->letters && heading == 0 &&
            !title && (flags & KK_PARA_TOC) == 0) {
            flags |= KK_PARA_GUIDANCE;
        }
    }
    return flags;
}

static uint8_t language_of(const kk_flow_para *para)
{
    uint8_t best = KK_LANG_UNSET;
    uint32_t most = 0;
    for (unsigned lang = KK_LANG_NB; lang <= KK_LANG_OTHER; lang++) {
        if (para->lang[lang] > most) {
            most = para->lang[lang];
            best = (uint8_t)lang;
        }
    }
    return best;
}

/* The paragraph is complete: text ends here, its mark is at raw offset `mark`. */
static bool finish(kk_reader *in, uint32_t mark)
{
    kk_flow *flow = in->flow;
    const kk_flow_para *para = &flow->para;
    kk_para out = {.begin = para->begin,
                   .end = kk_flow_at(flow),
                   .story = (uint32_t)flow->stories.n - 1,
                   .cell = KK_NONE,
                   .control = para->control,
                   .managed = KK_NONE,
                   .lang = language_of(para),
                   .number = KK_STR(""),
                   .style = para->style == NULL ? KK_STR("normal") : para->style->canonical};
    const uint32_t index = (uint32_t)flow->paras.n;
    kk_flow_table *table = kk_table_innermost(flow);
    if (table != NULL && table->cell != KK_NONE) {
        out.cell = table->cell;
        if (!kk_vec_push(&table->paras, index)) {
            return false;
        }
    }
    out.heading = heading_of(flow, out.cell != KK_NONE);
    out.flags = flags_of(para, out.heading);
    const kk_para_ref ref = {para->first, para->last};
    return kk_flow_flush_deleted(flow, in->doc->arena) && kk_flow_flush(flow) &&
           number_para(in, para, &out) &&
           kk_flow_append(flow, KK_SEG_SYNTHETIC, KK_STR("\n"), mark, 0, KK_NONE) &&
           kk_vec_push(&flow->paras, out) && kk_vec_push(&flow->para_refs, ref);
}

bool kk_para_settle(kk_reader *in, bool drop_empty)
{
    kk_flow *flow = in->flow;
    if (!flow->para.joining) {
        return true;
    }
    flow->para.joining = false;
    if (drop_empty && kk_flow_at(flow) == flow->para.begin) {
        while (flow->node_paras.n > 0 &&
               flow->node_paras.items[flow->node_paras.n - 1].para == flow->paras.n) {
            flow->node_paras.n--;
        }
        return true;
    }
    return finish(in, kk_reader_node(in, flow->para.last)->inner_end);
}

bool kk_para_close(kk_reader *in, const kk_xml_tag *tag)
{
    kk_flow *flow = in->flow;
    const kk_frame *top = kk_reader_top(in);
    if (flow->fields.n > 0) {
        kk_reader_node(in, top->node)->flags |= KK_NODE_FIELD_OPEN;
    }
    if (!flow->para.open || top->in.suppressed) {
        return true;
    }
    flow->para.open = false;
    flow->runs.n = 0;
    if (!kk_vec_push(&flow->node_paras, (kk_flow_pair){top->node, (uint32_t)flow->paras.n})) {
        return false;
    }
    if (flow->para.gone) {
        flow->para.joining = true;
        return kk_flow_flush_deleted(flow, in->doc->arena);
    }
    return finish(in, tag->begin);
}

/* ---- stories ------------------------------------------------------------------------------- */

bool kk_story_open(kk_reader *in, kk_story_kind kind, uint32_t node)
{
    kk_flow *flow = in->flow;
    const kk_story story = {.kind = kind,
                            .para_begin = (uint32_t)flow->paras.n,
                            .para_end = (uint32_t)flow->paras.n,
                            .part = in->part->name};
    return kk_vec_push(&flow->stories, story) && kk_vec_push(&flow->story_nodes, node);
}

/* A table of contents whose field never ends would swallow the rest of the story: then only what
 * has a style of its own is an entry. */
static void undo_open_toc(kk_flow *flow)
{
    for (size_t i = 0; i < flow->fields.n; i++) {
        if (!flow->fields.items[i].toc) {
            continue;
        }
        for (size_t p = flow->fields.items[i].para; p < flow->paras.n; p++) {
            kk_para *para = &flow->paras.items[p];
            if (!kk_style_name_toc(para->style)) {
                para->flags &= ~(uint32_t)KK_PARA_TOC;
            }
        }
        return; /* the outermost one covers the others */
    }
}

bool kk_story_close(kk_reader *in)
{
    kk_flow *flow = in->flow;
    if (!kk_para_settle(in, false)) {
        return false;
    }
    kk_story *story = &flow->stories.items[flow->stories.n - 1];
    story->para_end = (uint32_t)flow->paras.n;
    if (flow->codes > 0) {
        in->facts |= KK_FACT_UNREAD; /* a field that never shows its result hid what followed */
    }
    undo_open_toc(flow);
    for (uint32_t p = story->para_begin; p < story->para_end; p++) {
        if ((flow->paras.items[p].flags & KK_PARA_TOC) != 0) {
            flow->paras.items[p].heading = 0;
        }
    }
    flow->fields.n = flow->comments.n = flow->runs.n = 0;
    flow->codes = flow->tocs = 0;
    return story->kind != KK_STORY_BODY || kk_story_guess(flow, in->doc->arena);
}
