/* The styles part as a model with inheritance worked out. Must not know of paragraphs. */
#include "styles.h"

#include "error.h"
#include "look.h"
#include "mem.h"
#include "str.h"
#include "stylename.h"
#include "utf8.h"
#include "vec.h"
#include "xmlscan.h"

#include <string.h>

enum { MAX_STYLES = 65535, OUTLINE_BODY = 9 };

typedef struct raw_style {
    kk_style style;
    kk_str based_on, next, link; /* ids */
    bool own_num;                /* w:numPr with a w:numId */
    bool own_ilvl;
} raw_style;

typedef struct reader {
    kk_styles *styles;
    kk_arena *arena;
    kk_error *err;
    KK_VEC(raw_style) items;
    raw_style *open;   /* the w:style being read */
    kk_word container; /* its child that is open: pPr or rPr */
    kk_word path[8];   /* words of the open elements by depth, for docDefaults */
} reader;

static kk_status keep(reader *in, kk_str *field, kk_str value)
{
    *field = kk_arena_str(in->arena, value);
    return field->ptr == NULL ? kk_fail_nomem(in->err) : KK_OK;
}

static kk_style_type type_of(kk_str value)
{
    if (kk_str_is(value, "character")) {
        return KK_STYLE_CHARACTER;
    }
    if (kk_str_is(value, "table")) {
        return KK_STYLE_TABLE;
    }
    return kk_str_is(value, "numbering") ? KK_STYLE_NUMBERING : KK_STYLE_PARAGRAPH;
}

static kk_status open_style(reader *in, const kk_xml_tag *tag)
{
    if (in->items.n >= MAX_STYLES) {
        return kk_fail(in->err, KK_E_LIMIT, "limit",
                       "more than %d styles; the file is damaged or hostile", (int)MAX_STYLES);
    }
    raw_style item;
    memset(&item, 0, sizeof item);
    item.style.own_outline = item.style.outline = KK_OUTLINE_NONE;
    item.style.based_on = item.style.next = item.style.link = KK_NONE;
    item.style.begin = tag->begin;
    kk_str value;
    kk_xml_attr_get(tag, KK_NS_W, KK_W_type, &value);
    item.style.type = type_of(value);
    kk_xml_attr_get(tag, KK_NS_W, KK_W_default, &value);
    item.style.is_default =
        kk_str_is(value, "1") || kk_str_is(value, "true") || kk_str_is(value, "on");
    kk_xml_attr_get(tag, KK_NS_W, KK_W_styleId, &value);
    KK_TRY(keep(in, &item.style.id, value));
    if (!kk_vec_push(&in->items, item)) {
        return kk_fail_nomem(in->err);
    }
    in->open = &in->items.items[in->items.n - 1];
    in->container = KK_W_other;
    return KK_OK;
}

static kk_status style_child(reader *in, const kk_xml_tag *tag)
{
    kk_str value;
    in->container = tag->word;
    switch (tag->word) {
    case KK_W_name:
        kk_xml_val(tag, &value);
        return keep(in, &in->open->style.name, value);
    case KK_W_basedOn:
        kk_xml_val(tag, &value);
        return keep(in, &in->open->based_on, value);
    case KK_W_next:
        kk_xml_val(tag, &value);
        return keep(in, &in->open->next, value);
    case KK_W_link:
        kk_xml_val(tag, &value);
        return keep(in, &in->open->link, value);
    default:
        return KK_OK;
    }
}

/* depth counts from the w:style element: 2 = properties, 3 = inside numPr. */
static void style_property(reader *in, const kk_xml_tag *tag, uint32_t depth)
{
    kk_style *style = &in->open->style;
    if (in->container == KK_W_rPr && depth == 2) {
        kk_look_property(&style->own, tag);
        return;
    }
    if (in->container != KK_W_pPr) {
        return;
    }
    if (depth == 2 && tag->word == KK_W_outlineLvl) {
        const int32_t level = kk_xml_int(tag, KK_NS_W, KK_W_val, OUTLINE_BODY);
        style->own_outline = level >= 0 && level < OUTLINE_BODY ? (uint8_t)level : OUTLINE_BODY;
    } else if (depth == 3 && tag->word == KK_W_numId) {
        const int32_t id = kk_xml_int(tag, KK_NS_W, KK_W_val, 0);
        in->open->own_num = true;
        style->num_id = id > 0 ? (uint32_t)id : 0;
    } else if (depth == 3 && tag->word == KK_W_ilvl) {
        const int32_t level = kk_xml_int(tag, KK_NS_W, KK_W_val, 0);
        in->open->own_ilvl = true;
        style->ilvl = level >= 0 && level < 9 ? (uint8_t)level : 0;
    }
}

static kk_status on_start(void *context, kk_xml *xml, const kk_xml_tag *tag)
{
    (void)xml;
    reader *in = context;
    if (tag->depth < 8) {
        in->path[tag->depth] = tag->ns == KK_NS_W ? tag->word : KK_W_other;
    }
    if (tag->ns != KK_NS_W) {
        return KK_OK;
    }
    if (tag->depth == 2 && tag->word == KK_W_style) {
        return open_style(in, tag);
    }
    if (in->open != NULL && tag->depth == 3) {
        return style_child(in, tag);
    }
    if (in->open != NULL && (tag->depth == 4 || tag->depth == 5)) {
        style_property(in, tag, tag->depth - 2);
    } else if (tag->depth == 5 && in->path[2] == KK_W_docDefaults &&
               in->path[3] == KK_W_rPrDefault && in->path[4] == KK_W_rPr) {
        kk_look_property(&in->styles->defaults, tag);
    }
    return KK_OK;
}

static kk_status on_end(void *context, kk_xml *xml, const kk_xml_tag *tag)
{
    (void)xml;
    reader *in = context;
    if (tag->depth == 2 && in->open != NULL) {
        in->open->style.end = tag->end;
        in->open = NULL;
    } else if (tag->depth == 1) {
        in->styles->insert_at = tag->empty ? 0 : tag->begin;
    }
    return KK_OK;
}

/* ---- names and links ----------------------------------------------------------------------- */

static kk_status name_style(reader *in, kk_style *style)
{
    if (style->name.len == 0) {
        style->name = style->id;
    }
    /* older Word writes aliases after a comma: "heading 1,H1" */
    const size_t comma = kk_str_find(style->name, KK_STR(","), 0);
    const kk_str first =
        kk_str_trim(kk_str_slice(style->name, 0, comma == SIZE_MAX ? style->name.len : comma));
    style->canonical = kk_utf8_lower(in->arena, first);
    return style->canonical.ptr == NULL ? kk_fail_nomem(in->err) : KK_OK;
}

static kk_status link_styles(reader *in)
{
    kk_styles *styles = in->styles;
    styles->n = (uint32_t)in->items.n;
    styles->items = kk_arena_array(in->arena, in->items.n + 1, sizeof *styles->items);
    if (styles->items == NULL) {
        return kk_fail_nomem(in->err);
    }
    for (uint32_t i = 0; i < styles->n; i++) {
        kk_style *style = &styles->items[i];
        *style = in->items.items[i].style;
        KK_TRY(name_style(in, style));
        if (!kk_strmap_put(&styles->by_id[style->type], style->id, i, NULL)) {
            return kk_fail_nomem(in->err);
        }
        if (style->is_default) {
            styles->default_style[style->type] = i; /* the last one counts, as in Word */
        }
    }
    for (uint32_t i = 0; i < styles->n; i++) {
        const raw_style *raw = &in->items.items[i];
        kk_style *style = &styles->items[i];
        style->based_on = kk_strmap_get(&styles->by_id[style->type], raw->based_on);
        style->next = kk_strmap_get(&styles->by_id[KK_STYLE_PARAGRAPH], raw->next);
        const kk_style_type other =
            style->type == KK_STYLE_PARAGRAPH ? KK_STYLE_CHARACTER : KK_STYLE_PARAGRAPH;
        style->link = kk_strmap_get(&styles->by_id[other], raw->link);
    }
    return KK_OK;
}

/* ---- inheritance --------------------------------------------------------------------------- */

/* What a style means by its effective outline level, else by its own or an ancestor's name. */
static void name_meaning(kk_style *style, const kk_style *parent)
{
    const uint8_t by_name = kk_style_name_level(style->canonical);
    style->title = kk_style_name_title(style->canonical) || parent->title;
    style->toc = kk_style_name_toc(style->canonical) || parent->toc;
    style->list = kk_str_starts(style->canonical, KK_STR("list "));
    style->named_heading = by_name != 0 || parent->named_heading;
    if (style->type != KK_STYLE_PARAGRAPH) {
        style->heading = 0;
    } else if (style->outline != KK_OUTLINE_NONE) {
        style->heading = style->outline < OUTLINE_BODY ? (uint8_t)(style->outline + 1) : 0;
    } else {
        style->heading = by_name != 0 ? by_name : parent->heading;
    }
}

/* Effective values of one style whose parent is done already (or absent). */
static void inherit(reader *in, uint32_t index)
{
    static const kk_style none = {.outline = KK_OUTLINE_NONE};
    kk_style *style = &in->styles->items[index];
    const raw_style *raw = &in->items.items[index];
    const kk_style *parent =
        style->based_on == KK_NONE ? &none : &in->styles->items[style->based_on];
    style->look = kk_look_over(parent->look, style->own);
    style->outline = style->own_outline == KK_OUTLINE_NONE ? parent->outline : style->own_outline;
    style->num_id = raw->own_num ? style->num_id : parent->num_id;
    style->ilvl = raw->own_ilvl ? style->ilvl : parent->ilvl;
    style->has_num = style->num_id != 0;
    name_meaning(style, parent);
}

/* Parents before children, without recursion; a cycle loses the link that closes it. */
static kk_status inherit_all(reader *in)
{
    kk_styles *styles = in->styles;
    enum { NEW = 0, OPEN, DONE };
    uint8_t *state = kk_arena_alloc(in->arena, (size_t)styles->n + 1);
    uint32_t *chain = kk_arena_array(in->arena, (size_t)styles->n + 1, sizeof *chain);
    if (state == NULL || chain == NULL) {
        return kk_fail_nomem(in->err);
    }
    for (uint32_t i = 0; i < styles->n; i++) {
        uint32_t n = 0;
        for (uint32_t at = i; at != KK_NONE && state[at] == NEW; at = styles->items[at].based_on) {
            state[at] = OPEN;
            chain[n++] = at;
            const uint32_t parent = styles->items[at].based_on;
            if (parent != KK_NONE && state[parent] == OPEN) {
                styles->items[at].based_on = KK_NONE;
            }
        }
        while (n > 0) {
            inherit(in, chain[--n]);
            state[chain[n]] = DONE;
        }
    }
    return KK_OK;
}

/* ---- the whole ----------------------------------------------------------------------------- */

kk_status kk_styles_read(kk_styles *styles, kk_arena *arena, kk_str raw, kk_str part,
                         const kk_limits *limits, kk_error *err)
{
    memset(styles, 0, sizeof *styles);
    styles->part = part;
    styles->raw = raw;
    styles->entry = KK_NONE;
    for (int i = 0; i < 4; i++) {
        styles->default_style[i] = KK_NONE;
    }
    if (raw.len == 0) {
        return KK_OK;
    }
    reader in = {.styles = styles, .arena = arena, .err = err};
    static const kk_xml_handler handler = {.start = on_start, .end = on_end};
    kk_status status = kk_xml_scan(raw, part, limits, &handler, &in, err);
    if (status == KK_OK) {
        status = link_styles(&in);
    }
    if (status == KK_OK) {
        status = inherit_all(&in);
    }
    kk_vec_free(&in.items);
    return status;
}

void kk_styles_dispose(kk_styles *styles)
{
    for (int i = 0; i < 4; i++) {
        kk_strmap_dispose(&styles->by_id[i]);
    }
}

const kk_style *kk_style_by_id(const kk_styles *styles, kk_style_type type, kk_str id)
{
    const uint32_t index = kk_strmap_get(&styles->by_id[type], id);
    return index == KK_NONE ? NULL : &styles->items[index];
}

const kk_style *kk_style_by_name(const kk_styles *styles, kk_style_type type, kk_str canonical)
{
    for (uint32_t i = 0; i < styles->n; i++) {
        if (styles->items[i].type == type && kk_str_equal(styles->items[i].canonical, canonical)) {
            return &styles->items[i];
        }
    }
    return NULL;
}

const kk_style *kk_style_default(const kk_styles *styles, kk_style_type type)
{
    const uint32_t index = styles->default_style[type];
    return index == KK_NONE ? NULL : &styles->items[index];
}
