/* The numbering part as a model: abstract numberings, nums, overrides, style links. Counting is in
 * counter.c. Must not know of paragraphs. */
#include "numbering.h"

#include "error.h"
#include "look.h"
#include "mem.h"
#include "str.h"
#include "vec.h"
#include "xmlscan.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_NUMS = 50000 };

typedef struct reader {
    kk_arena *arena;
    kk_error *err;
    KK_VEC(kk_abstract_num) abstracts;
    KK_VEC(kk_num) nums;
    KK_VEC(kk_num_override) overrides;
    KK_VEC(uint32_t) wanted; /* per num: w:abstractNumId, KK_NONE if absent */
    bool in_abstract, in_num;
    kk_num_override *override; /* the open w:lvlOverride */
    kk_num_level *level;       /* the open w:lvl */
    uint32_t level_depth;
    kk_word level_child; /* pPr or rPr of the open w:lvl */
    uint32_t first_num, last_num_end, root_inner_end;
} reader;

static kk_status keep(reader *in, kk_str *field, kk_str value)
{
    *field = kk_arena_str(in->arena, value);
    return field->ptr == NULL ? kk_fail_nomem(in->err) : KK_OK;
}

static uint32_t number(const kk_xml_tag *tag, kk_word word)
{
    kk_str value;
    uint32_t out = KK_NONE;
    if (kk_xml_attr_get(tag, KK_NS_W, word, &value)) {
        kk_str_to_u32(kk_str_trim(value), &out);
    }
    return out;
}

static kk_numfmt format_of(kk_str value)
{
    static const struct {
        const char *name;
        kk_numfmt fmt;
    } known[] = {
        {"decimal", KK_NUMFMT_DECIMAL},
        {"decimalZero", KK_NUMFMT_DECIMAL_ZERO},
        {"lowerLetter", KK_NUMFMT_LOWER_LETTER},
        {"upperLetter", KK_NUMFMT_UPPER_LETTER},
        {"lowerRoman", KK_NUMFMT_LOWER_ROMAN},
        {"upperRoman", KK_NUMFMT_UPPER_ROMAN},
        {"ordinal", KK_NUMFMT_ORDINAL},
        {"bullet", KK_NUMFMT_BULLET},
        {"none", KK_NUMFMT_NONE},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (kk_str_is(value, known[i].name)) {
            return known[i].fmt;
        }
    }
    return KK_NUMFMT_OTHER;
}

/* ---- elements ------------------------------------------------------------------------------ */

static kk_status open_abstract(reader *in, const kk_xml_tag *tag)
{
    kk_abstract_num item;
    memset(&item, 0, sizeof item);
    item.id = number(tag, KK_W_abstractNumId);
    item.begin = tag->begin;
    if (in->abstracts.n + in->nums.n >= MAX_NUMS) {
        return kk_fail(in->err, KK_E_LIMIT, "limit",
                       "more than %d numberings; the file is damaged or hostile", (int)MAX_NUMS);
    }
    in->in_abstract = !tag->empty;
    return kk_vec_push(&in->abstracts, item) ? KK_OK : kk_fail_nomem(in->err);
}

static kk_status open_num(reader *in, const kk_xml_tag *tag)
{
    const uint32_t at = (uint32_t)in->overrides.n;
    const kk_num item = {.id = number(tag, KK_W_numId),
                         .abstract = KK_NONE,
                         .override_begin = at,
                         .override_end = at,
                         .begin = tag->begin};
    if (in->abstracts.n + in->nums.n >= MAX_NUMS) {
        return kk_fail(in->err, KK_E_LIMIT, "limit",
                       "more than %d numberings; the file is damaged or hostile", (int)MAX_NUMS);
    }
    if (in->first_num == 0) {
        in->first_num = tag->begin;
    }
    in->in_num = !tag->empty;
    return kk_vec_push(&in->nums, item) && kk_vec_push(&in->wanted, KK_NONE)
               ? KK_OK
               : kk_fail_nomem(in->err);
}

static kk_status open_level(reader *in, const kk_xml_tag *tag)
{
    const uint32_t index = number(tag, KK_W_ilvl);
    kk_num_level *level = NULL;
    if (in->override != NULL) {
        level = in->override->def = kk_arena_alloc(in->arena, sizeof *level);
        if (level == NULL) {
            return kk_fail_nomem(in->err);
        }
    } else if (in->in_abstract && index < KK_NUM_LEVELS) {
        level = &in->abstracts.items[in->abstracts.n - 1].levels[index];
    }
    if (level == NULL || level->present) {
        return KK_OK; /* a second definition of a level does not count */
    }
    *level = (kk_num_level){.present = true, .start = 0, .default_restart = true};
    level->begin = tag->begin;
    in->level = level;
    in->level_depth = tag->depth;
    in->level_child = KK_W_other;
    return KK_OK;
}

static kk_status level_child(reader *in, const kk_xml_tag *tag)
{
    kk_num_level *level = in->level;
    kk_str value;
    in->level_child = tag->word;
    kk_xml_val(tag, &value);
    switch (tag->word) {
    case KK_W_start:
        level->start = kk_xml_int(tag, KK_NS_W, KK_W_val, 0);
        break;
    case KK_W_numFmt:
        level->fmt = format_of(value);
        break;
    case KK_W_isLgl:
        level->legal = kk_xml_on(tag);
        break;
    case KK_W_lvlRestart: {
        const int32_t after = kk_xml_int(tag, KK_NS_W, KK_W_val, 0);
        level->default_restart = after < 0 || after > KK_NUM_LEVELS;
        level->restart = level->default_restart ? 0 : (uint8_t)after;
        break;
    }
    case KK_W_lvlText:
        return keep(in, &level->text, value);
    case KK_W_pStyle:
        return keep(in, &level->style, value);
    default:
        break;
    }
    return KK_OK;
}

static void level_property(reader *in, const kk_xml_tag *tag)
{
    kk_num_level *level = in->level;
    if (in->level_child == KK_W_rPr) {
        kk_look_property(&level->look, tag);
    } else if (in->level_child == KK_W_pPr && tag->word == KK_W_ind) {
        level->left = kk_xml_int(tag, KK_NS_W, KK_W_left, kk_xml_int(tag, KK_NS_W, KK_W_start, 0));
        level->hanging =
            kk_xml_int(tag, KK_NS_W, KK_W_hanging, -kk_xml_int(tag, KK_NS_W, KK_W_firstLine, 0));
    }
}

static kk_status open_override(reader *in, const kk_xml_tag *tag)
{
    const uint32_t level = number(tag, KK_W_ilvl);
    if (level >= KK_NUM_LEVELS || tag->empty) {
        return KK_OK;
    }
    const kk_num *num = &in->nums.items[in->nums.n - 1];
    for (uint32_t i = num->override_begin; i < num->override_end; i++) {
        if (in->overrides.items[i].level == level) {
            return KK_OK; /* the first one of a level counts, which bounds every later search */
        }
    }
    const kk_num_override item = {.num = (uint32_t)in->nums.n - 1, .level = (uint8_t)level};
    if (!kk_vec_push(&in->overrides, item)) {
        return kk_fail_nomem(in->err);
    }
    in->override = &in->overrides.items[in->overrides.n - 1];
    in->nums.items[in->nums.n - 1].override_end = (uint32_t)in->overrides.n;
    return KK_OK;
}

static kk_status child_of_definition(reader *in, const kk_xml_tag *tag)
{
    kk_str value;
    kk_xml_val(tag, &value);
    if (in->in_num) {
        if (tag->word == KK_W_abstractNumId) {
            in->wanted.items[in->wanted.n - 1] = number(tag, KK_W_val);
        }
        return tag->word == KK_W_lvlOverride ? open_override(in, tag) : KK_OK;
    }
    kk_abstract_num *abstract = &in->abstracts.items[in->abstracts.n - 1];
    if (tag->word == KK_W_styleLink) {
        return keep(in, &abstract->style_link, value);
    }
    if (tag->word == KK_W_numStyleLink) {
        return keep(in, &abstract->num_style_link, value);
    }
    return tag->word == KK_W_lvl ? open_level(in, tag) : KK_OK;
}

static kk_status on_start(void *context, kk_xml *xml, const kk_xml_tag *tag)
{
    (void)xml;
    reader *in = context;
    if (tag->ns != KK_NS_W) {
        return KK_OK;
    }
    if (in->level != NULL) {
        if (tag->depth == in->level_depth + 1) {
            return level_child(in, tag);
        }
        if (tag->depth == in->level_depth + 2) {
            level_property(in, tag);
        }
        return KK_OK;
    }
    if (tag->depth == 2) {
        if (tag->word == KK_W_abstractNum) {
            return open_abstract(in, tag);
        }
        return tag->word == KK_W_num ? open_num(in, tag) : KK_OK;
    }
    if (tag->depth == 3 && (in->in_abstract || in->in_num)) {
        return child_of_definition(in, tag);
    }
    if (tag->depth == 4 && in->override != NULL) {
        if (tag->word == KK_W_startOverride) {
            in->override->has_start = true;
            in->override->start = kk_xml_int(tag, KK_NS_W, KK_W_val, 0);
        } else if (tag->word == KK_W_lvl) {
            return open_level(in, tag);
        }
    }
    return KK_OK;
}

static kk_status on_end(void *context, kk_xml *xml, const kk_xml_tag *tag)
{
    (void)xml;
    reader *in = context;
    if (in->level != NULL && tag->depth == in->level_depth) {
        in->level->end = tag->end;
        in->level = NULL;
    }
    if (tag->depth == 3 && tag->word == KK_W_lvlOverride) {
        in->override = NULL;
    } else if (tag->depth == 2 && tag->ns == KK_NS_W && tag->word == KK_W_abstractNum) {
        in->abstracts.items[in->abstracts.n - 1].end = tag->end;
        in->in_abstract = false;
    } else if (tag->depth == 2 && tag->ns == KK_NS_W && tag->word == KK_W_num) {
        in->nums.items[in->nums.n - 1].end = tag->end;
        in->last_num_end = tag->end;
        in->in_num = false;
    } else if (tag->depth == 1) {
        in->root_inner_end = tag->empty ? 0 : tag->begin;
    }
    return KK_OK;
}

/* ---- linking ------------------------------------------------------------------------------- */

typedef struct id_index {
    uint32_t id, index;
} id_index;

static int by_id(const void *a, const void *b)
{
    const id_index *x = a;
    const id_index *y = b;
    if (x->id != y->id) {
        return x->id < y->id ? -1 : 1;
    }
    return x->index < y->index ? -1 : x->index > y->index;
}

/* First in document order among those with that id; KK_NONE if none. */
static uint32_t lookup(const id_index *sorted, uint32_t n, uint32_t id)
{
    uint32_t low = 0;
    uint32_t high = n;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (sorted[middle].id < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < n && sorted[low].id == id ? sorted[low].index : KK_NONE;
}

static kk_status copy_out(reader *in, kk_numbering *out)
{
    out->n_abstracts = (uint32_t)in->abstracts.n;
    out->n_nums = (uint32_t)in->nums.n;
    out->n_overrides = (uint32_t)in->overrides.n;
    out->abstracts = kk_arena_array(in->arena, in->abstracts.n + 1, sizeof *out->abstracts);
    out->nums = kk_arena_array(in->arena, in->nums.n + 1, sizeof *out->nums);
    out->overrides = kk_arena_array(in->arena, in->overrides.n + 1, sizeof *out->overrides);
    out->num_index = kk_arena_array(in->arena, in->nums.n + 1, sizeof *out->num_index);
    if (out->abstracts == NULL || out->nums == NULL || out->overrides == NULL ||
        out->num_index == NULL) {
        return kk_fail_nomem(in->err);
    }
    if (out->n_abstracts > 0) {
        memcpy(out->abstracts, in->abstracts.items, in->abstracts.n * sizeof *out->abstracts);
    }
    if (out->n_nums > 0) {
        memcpy(out->nums, in->nums.items, in->nums.n * sizeof *out->nums);
    }
    if (out->n_overrides > 0) {
        memcpy(out->overrides, in->overrides.items, in->overrides.n * sizeof *out->overrides);
    }
    return KK_OK;
}

static kk_status link_nums(reader *in, kk_numbering *out)
{
    const uint32_t most = out->n_abstracts > out->n_nums ? out->n_abstracts : out->n_nums;
    id_index *sorted = kk_arena_array(in->arena, (size_t)most + 1, sizeof *sorted);
    if (sorted == NULL) {
        return kk_fail_nomem(in->err);
    }
    for (uint32_t i = 0; i < out->n_abstracts; i++) {
        sorted[i] = (id_index){out->abstracts[i].id, i};
        out->abstracts[i].target = i;
        if (out->abstracts[i].id != KK_NONE && out->abstracts[i].id > out->max_abstract_id) {
            out->max_abstract_id = out->abstracts[i].id;
        }
    }
    qsort(sorted, out->n_abstracts, sizeof *sorted, by_id);
    for (uint32_t i = 0; i < out->n_nums; i++) {
        const uint32_t wanted = in->wanted.items[i];
        out->nums[i].abstract =
            wanted == KK_NONE ? KK_NONE : lookup(sorted, out->n_abstracts, wanted);
        if (out->nums[i].id != KK_NONE && out->nums[i].id > out->max_num_id) {
            out->max_num_id = out->nums[i].id;
        }
    }
    for (uint32_t i = 0; i < out->n_nums; i++) {
        sorted[i] = (id_index){out->nums[i].id, i};
    }
    qsort(sorted, out->n_nums, sizeof *sorted, by_id);
    for (uint32_t i = 0; i < out->n_nums; i++) {
        out->num_index[i] = sorted[i].index;
    }
    return KK_OK;
}

/* numStyleLink names a numbering style; its num leads to the abstract numbering that defines it.
 * One step is followed, as Word does: a target that links on is left as it is. */
static void link_targets(kk_numbering *out, const kk_styles *styles)
{
    for (uint32_t i = 0; i < out->n_abstracts; i++) {
        kk_abstract_num *abstract = &out->abstracts[i];
        if (abstract->num_style_link.len == 0) {
            continue;
        }
        const kk_style *style =
            kk_style_by_id(styles, KK_STYLE_NUMBERING, abstract->num_style_link);
        const kk_num *num = style == NULL ? NULL : kk_num_by_id(out, style->num_id);
        if (num != NULL && num->abstract != KK_NONE) {
            abstract->target = num->abstract;
        }
    }
}

/* A level that names a style gives that style its level in the numbering. */
static void link_style_levels(const kk_numbering *numbering, kk_styles *styles)
{
    for (uint32_t i = 0; i < styles->n; i++) {
        kk_style *style = &styles->items[i];
        const kk_num *num = style->has_num ? kk_num_by_id(numbering, style->num_id) : NULL;
        for (uint32_t level = 0; num != NULL && level < KK_NUM_LEVELS; level++) {
            const kk_num_level *def = kk_num_level_of(numbering, num, level);
            if (def != NULL && def->style.len > 0 && kk_str_equal(def->style, style->id)) {
                style->ilvl = (uint8_t)level;
                break;
            }
        }
    }
}

kk_status kk_numbering_read(kk_numbering *numbering, kk_arena *arena, kk_styles *styles,
                            const kk_xml_source *source, const kk_limits *limits, kk_error *err)
{
    memset(numbering, 0, sizeof *numbering);
    numbering->part = source->part;
    numbering->raw = source->raw;
    numbering->entry = KK_NONE;
    if (source->raw.len == 0) {
        return KK_OK;
    }
    reader in = {.arena = arena, .err = err};
    static const kk_xml_handler handler = {.start = on_start, .end = on_end};
    kk_status status = kk_xml_scan_source(source, limits, &handler, &in, err);
    if (status == KK_OK) {
        status = copy_out(&in, numbering);
    }
    if (status == KK_OK) {
        status = link_nums(&in, numbering);
    }
    if (status == KK_OK) {
        link_targets(numbering, styles);
        link_style_levels(numbering, styles);
        numbering->insert_num_at = in.last_num_end != 0 ? in.last_num_end : in.root_inner_end;
        numbering->insert_abstract_at = in.first_num != 0 ? in.first_num : in.root_inner_end;
    }
    kk_vec_free(&in.abstracts);
    kk_vec_free(&in.nums);
    kk_vec_free(&in.overrides);
    kk_vec_free(&in.wanted);
    return status;
}

const kk_num *kk_num_by_id(const kk_numbering *numbering, uint32_t id)
{
    uint32_t low = 0;
    uint32_t high = numbering->n_nums;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (numbering->nums[numbering->num_index[middle]].id < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (id == 0 || low == numbering->n_nums) {
        return NULL;
    }
    const kk_num *num = &numbering->nums[numbering->num_index[low]];
    return num->id == id ? num : NULL;
}

const kk_num_level *kk_num_level_of(const kk_numbering *numbering, const kk_num *num,
                                    uint32_t level)
{
    if (level >= KK_NUM_LEVELS) {
        return NULL;
    }
    for (uint32_t i = num->override_begin; i < num->override_end; i++) {
        const kk_num_override *override = &numbering->overrides[i];
        if (override->level == level && override->def != NULL) {
            return override->def;
        }
    }
    if (num->abstract == KK_NONE) {
        return NULL;
    }
    const uint32_t target = numbering->abstracts[num->abstract].target;
    const kk_num_level *def = &numbering->abstracts[target].levels[level];
    return def->present ? def : NULL;
}
