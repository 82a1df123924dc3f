/* Which list the items of a clause join: a bullet list near by, else the document's own list style,
 * else bullets of ours. Knows TEXT and styles; never writes. */
#include "dresslist.h"

#include "cut.h"
#include "str.h"
#include "wml.h"

kk_str kk_dress_style_id(kk_str ppr)
{
    kk_cut_element child;
    kk_str value;
    for (uint32_t at = 0; kk_cut_element_at(ppr, at, (uint32_t)ppr.len, &child); at = child.end) {
        if (kk_str_is(kk_cut_local(child.name), "pStyle") &&
            kk_cut_attr(ppr, child.begin, "val", &value)) {
            return value;
        }
    }
    return KK_STR("");
}

static bool is_item(const kk_dress_context *context, uint32_t p, bool numbered)
{
    const kk_para *para = &context->doc->text.paras[p];
    const uint32_t not_item = KK_PARA_TOC | KK_PARA_HIDDEN | KK_PARA_GUIDANCE | KK_PARA_TITLE;
    return (para->flags & KK_PARA_LIST) != 0 && para->list_level == 1 && para->heading == 0 &&
           (para->flags & not_item) == 0 && para->managed == KK_NONE &&
           para->cell == context->cell && para->story == context->story &&
           ((para->flags & KK_PARA_NUMBERED) != 0) == numbered && para->end > para->begin;
}

/* Nearest list item of the wanted kind in [begin, end), looking from `at` both ways. */
static uint32_t nearest_item(const kk_dress_context *context, uint32_t begin, uint32_t end,
                             uint32_t at, bool numbered)
{
    uint32_t below = at < begin ? begin : at > end ? end : at, above = below;
    while (below > begin || above < end) {
        if (below > begin && is_item(context, --below, numbered)) {
            return below;
        }
        if (above < end && is_item(context, above++, numbered)) {
            return above - 1;
        }
    }
    return KK_NONE;
}

/* Copies the properties of list item p. */
static void copy_item(const kk_dress_context *context, uint32_t p, kk_dress *out)
{
    const uint32_t node = context->doc->para_refs[p].last;
    out->item.ppr = kk_dress_ppr(context->part, node, KK_DRESS_ITEM, context->arena);
    out->item.rpr = kk_dress_rpr(context->doc, context->part, node, KK_DRESS_ITEM, context->arena);
    out->list = KK_DRESS_LIST_COPIED;
}

/* numId and level that count for paragraph properties: direct, else by style. */
static bool numbering_of(const kk_dress_context *context, kk_str ppr, uint32_t *num,
                         uint32_t *level)
{
    const kk_str w = context->part->w;
    const kk_style *style =
        kk_style_by_id(&context->doc->styles, KK_STYLE_PARAGRAPH, kk_dress_style_id(ppr));
    *num = style != NULL && style->has_num ? style->num_id : 0;
    *level = style != NULL && style->has_num ? style->ilvl : 0;
    kk_cut_element numpr, child;
    kk_str value;
    if (kk_cut_child(ppr, 0, (uint32_t)ppr.len, w, "numPr", &numpr)) {
        if (kk_cut_child(ppr, numpr.inner_begin, numpr.inner_end, w, "numId", &child) &&
            kk_cut_attr(ppr, child.begin, "val", &value)) {
            (void)kk_str_to_u32(value, num);
        }
        if (kk_cut_child(ppr, numpr.inner_begin, numpr.inner_end, w, "ilvl", &child) &&
            kk_cut_attr(ppr, child.begin, "val", &value)) {
            (void)kk_str_to_u32(value, level);
        }
    }
    return *num != 0;
}

kk_str kk_dress_style_ppr(const kk_dress_context *context, const kk_style *style)
{
    kk_buf out;
    kk_buf_init(&out, 0);
    kk_wml wml = {.out = &out, .names = kk_names_of(context->part)};
    kk_wml_val(&wml, "pStyle", style->id);
    const kk_str ppr =
        out.failed == KK_OK ? kk_arena_str(context->arena, kk_buf_view(&out)) : (kk_str){NULL, 0};
    kk_buf_dispose(&out);
    return ppr;
}

void kk_dress_choose_item(const kk_dress_context *context, kk_dress *out)
{
    const kk_story *story = &context->doc->text.stories[context->story];
    uint32_t p = nearest_item(context, context->section_begin, context->section_end,
                              context->section_end, false);
    if (p == KK_NONE) {
        p = nearest_item(context, story->para_begin, story->para_end, context->near, false);
    }
    if (p != KK_NONE) {
        copy_item(context, p, out);
        return;
    }
    p = nearest_item(context, context->section_begin, context->section_end, context->section_end,
                     true);
    if (p != KK_NONE) {
        copy_item(context, p, out);
        if (numbering_of(context, out->item.ppr, &out->restart_num, &out->restart_level)) {
            out->list = KK_DRESS_LIST_RESTART;
            return;
        }
    }
    out->item.rpr = out->body.rpr;
    const kk_styles *styles = &context->doc->styles;
    const kk_style *bullets = kk_style_by_name(styles, KK_STYLE_PARAGRAPH, KK_STR("list bullet"));
    if (bullets != NULL && bullets->has_num) {
        out->item.ppr = kk_dress_style_ppr(context, bullets);
        out->list = KK_DRESS_LIST_COPIED;
        return;
    }
    const kk_style *listed = kk_style_by_name(styles, KK_STYLE_PARAGRAPH, KK_STR("list paragraph"));
    out->list = KK_DRESS_LIST_BULLET;
    out->item.ppr = listed != NULL ? kk_dress_style_ppr(context, listed) : out->body.ppr;
}
