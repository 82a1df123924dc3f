/* Condition elements -> a tree of kk_condition. Depth is bounded by the XML reader, so plain
 * recursion. */
#include "load.h"

#include "error.h"
#include "number.h"
#include "str.h"

#include <float.h>

static const kk_keyword kinds[] = {{"all", KK_COND_ALL},
                                   {"any", KK_COND_ANY},
                                   {"none", KK_COND_NONE},
                                   {"match", KK_COND_MATCH},
                                   {"near", KK_COND_NEAR},
                                   {"heading", KK_COND_HEADING},
                                   {"place", KK_COND_PLACE},
                                   {"category", KK_COND_CATEGORY},
                                   {"kind", KK_COND_KIND},
                                   {"fact", KK_COND_FACT},
                                   {"recognised", KK_COND_RECOGNISED},
                                   {"span", KK_COND_SPAN},
                                   {"empty", KK_COND_EMPTY},
                                   {"cell", KK_COND_CELL},
                                   {"words", KK_COND_WORDS},
                                   {"lang", KK_COND_LANG},
                                   {"tracked", KK_COND_TRACKED},
                                   {"managed", KK_COND_MANAGED},
                                   {NULL, 0}};

static const kk_keyword extents[] = {{"unit", KK_EXTENT_UNIT},
                                     {"paragraph", KK_EXTENT_PARAGRAPH},
                                     {"cell", KK_EXTENT_CELL},
                                     {"row", KK_EXTENT_ROW},
                                     {"table", KK_EXTENT_TABLE},
                                     {"section", KK_EXTENT_SECTION},
                                     {"document", KK_EXTENT_DOCUMENT},
                                     {"procurement", KK_EXTENT_PROCUREMENT},
                                     {NULL, 0}};

static const kk_keyword choices[] = {
    {"no", KK_CHOICE_NO}, {"any", KK_CHOICE_ANY}, {"only", KK_CHOICE_ONLY}, {NULL, 0}};

static const kk_keyword wants[] = {{"yes", KK_WANT_YES}, {"no", KK_WANT_NO}, {NULL, 0}};

static const kk_keyword units[] = {{"percent", KK_UNIT_PERCENT},
                                   {"points", KK_UNIT_POINTS},
                                   {"kr", KK_UNIT_KR},
                                   {"year", KK_UNIT_YEAR},
                                   {"month", KK_UNIT_MONTH},
                                   {"day", KK_UNIT_DAY},
                                   {"kwh", KK_UNIT_KWH},
                                   {"g", KK_UNIT_G},
                                   {"kg", KK_UNIT_KG},
                                   {"tonne", KK_UNIT_TONNE},
                                   {"km", KK_UNIT_KM},
                                   {"any", KK_UNIT_NONE},
                                   {NULL, 0}};

static const kk_keyword spans[] = {
    {"highlight", KK_SPAN_HIGHLIGHT},     {"hidden", KK_SPAN_HIDDEN},
    {"placeholder", KK_SPAN_PLACEHOLDER}, {"inserted", KK_SPAN_INSERTED},
    {"deleted", KK_SPAN_DELETED},         {"colour", KK_SPAN_COLOUR},
    {"italic", KK_SPAN_ITALIC},           {"commented", KK_SPAN_COMMENTED},
    {"fillin", KK_SPAN_FILLIN},           {NULL, 0}};

static const kk_keyword ops[] = {
    {"lt", KK_FACT_LT},           {"le", KK_FACT_LE},       {"eq", KK_FACT_EQ},
    {"ne", KK_FACT_NE},           {"ge", KK_FACT_GE},       {"gt", KK_FACT_GT},
    {"true", KK_FACT_TRUE},       {"false", KK_FACT_FALSE}, {"known", KK_FACT_KNOWN},
    {"unknown", KK_FACT_UNKNOWN}, {"is", KK_FACT_IS},       {NULL, 0}};

static bool kind_of(kk_str name, kk_condition_kind *out)
{
    for (const kk_keyword *k = kinds; k->name != NULL; k++) {
        if (kk_str_is(name, k->name)) {
            *out = (kk_condition_kind)k->value;
            return true;
        }
    }
    return false;
}

bool kk_load_is_condition(kk_str name)
{
    kk_condition_kind kind;
    return kind_of(name, &kind);
}

static kk_status want(kk_loader *l, const kk_xnode *node, const char *attr, kk_want *out)
{
    int value;
    KK_TRY(kk_load_keyword(l, node, attr, wants, KK_WANT_EITHER, &value));
    *out = (kk_want)value;
    return KK_OK;
}

static kk_status choice(kk_loader *l, const kk_xnode *node, const char *attr, kk_choice *out)
{
    int value;
    KK_TRY(kk_load_keyword(l, node, attr, choices, KK_CHOICE_NO, &value));
    *out = (kk_choice)value;
    return KK_OK;
}

static kk_status extent(kk_loader *l, const kk_xnode *node, kk_extent *out)
{
    int value;
    KK_TRY(kk_load_keyword(l, node, "in", extents, KK_EXTENT_UNIT, &value));
    *out = (kk_extent)value;
    return KK_OK;
}

static kk_status places(kk_loader *l, const kk_xnode *node, const char *attr, uint64_t *out)
{
    kk_str rest = kk_xnode_attr(node, attr);
    kk_str id;
    while (kk_str_word(&rest, &id)) {
        KK_TRY(kk_load_ref(l, node, KK_PENDING_PLACE_BIT, id, out));
    }
    return KK_OK;
}

static kk_status pattern_ref(kk_loader *l, const kk_xnode *node, const char *attr, uint32_t *out)
{
    const kk_str id = kk_xnode_attr(node, attr);
    *out = KK_NONE;
    return id.len == 0 ? KK_OK : kk_load_ref(l, node, KK_PENDING_PATTERN, id, out);
}

static kk_status read_number(kk_loader *l, const kk_xnode *node, kk_number_want *out)
{
    out->wanted = true;
    KK_TRY(kk_load_number(l, node, "min", -DBL_MAX, &out->min, &out->has_min));
    KK_TRY(kk_load_number(l, node, "max", DBL_MAX, &out->max, &out->has_max));
    KK_TRY(kk_load_bits(l, node, "unit", units, &out->units));
    if ((out->units & 1u << KK_UNIT_NONE) != 0) {
        out->units = 0;
    }
    return kk_load_count(l, node, "within", 0, &out->within);
}

static kk_status read_match(kk_loader *l, const kk_xnode *node, kk_condition *out)
{
    KK_TRY(pattern_ref(l, node, "pattern", &out->pattern));
    KK_TRY(choice(l, node, "negated", &out->negated));
    KK_TRY(choice(l, node, "guidance", &out->guidance));
    KK_TRY(choice(l, node, "heading", &out->heading));
    KK_TRY(kk_load_count(l, node, "min-count", 1, &out->min_count));
    KK_TRY(places(l, node, "place", &out->places));
    bool words = false;
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        if (kk_str_is(at->name, "number")) {
            KK_TRY(read_number(l, at, &out->number));
        } else {
            words = true;
        }
    }
    const bool named = kk_xnode_attr(node, "pattern").len > 0;
    if (words == named) {
        return kk_load_fail(l, node,
                            words ? "<match> has a pattern and words of its own; keep one "
                                    "of the two"
                                  : "<match> needs pattern=\"...\" or words of its own");
    }
    return words ? kk_load_anonymous(l, node, &out->pattern) : KK_OK;
}

static kk_status read_near(kk_loader *l, const kk_xnode *node, kk_condition *out)
{
    KK_TRY(pattern_ref(l, node, "pattern-a", &out->pattern));
    KK_TRY(pattern_ref(l, node, "pattern-b", &out->pattern_b));
    return kk_load_count(l, node, "within", 80, &out->within);
}

static kk_status read_fact(kk_loader *l, const kk_xnode *node, kk_condition *out)
{
    int op;
    out->fact = kk_xnode_attr(node, "name");
    out->value = kk_xnode_attr(node, "value");
    KK_TRY(kk_load_keyword(l, node, "op", ops, KK_FACT_TRUE, &op));
    out->op = (kk_fact_op)op;
    out->threshold = kk_xnode_attr(node, "threshold");
    if (op <= KK_FACT_GT && out->threshold.len == 0) {
        bool given;
        KK_TRY(kk_load_number(l, node, "value", 0, &out->value_number, &given));
        if (!given) {
            return kk_load_fail(l, node, "comparing a fact needs value=\"...\" or threshold=\"...\"");
        }
    }
    return KK_OK;
}

static kk_status read_recognised(kk_loader *l, const kk_xnode *node, kk_condition *out)
{
    KK_TRY(want(l, node, "climate", &out->climate));
    KK_TRY(want(l, node, "binding", &out->binding));
    KK_TRY(want(l, node, "measurable", &out->measurable));
    KK_TRY(want(l, node, "documented", &out->documented));
    KK_TRY(places(l, node, "place", &out->places));
    return kk_load_list(l, kk_xnode_attr(node, "kind"), &out->names, &out->n_names);
}

static kk_status read_table_kinds(kk_loader *l, const kk_xnode *node, kk_condition *out)
{
    switch (out->kind) {
    case KK_COND_SPAN:
        return kk_load_bits(l, node, "kind", spans, &out->spans);
    case KK_COND_CELL:
        KK_TRY(kk_load_bits(l, node, "role", kk_role_words, &out->roles));
        KK_TRY(want(l, node, "empty", &out->empty));
        return pattern_ref(l, node, "pattern", &out->pattern);
    case KK_COND_WORDS:
        KK_TRY(kk_load_count(l, node, "min", 0, &out->min_words));
        return kk_load_count(l, node, "max", UINT32_MAX, &out->max_words);
    case KK_COND_LANG:
        return kk_load_list(l, kk_xnode_attr(node, "is"), &out->names, &out->n_names);
    case KK_COND_TRACKED:
        return want(l, node, "is", &out->tracked);
    case KK_COND_MANAGED:
        return kk_load_list(l, kk_xnode_attr(node, "clause"), &out->names, &out->n_names);
    default:
        return KK_OK;
    }
}

static kk_status read_primitive(kk_loader *l, const kk_xnode *node, kk_condition *out)
{
    switch (out->kind) {
    case KK_COND_MATCH:
        return read_match(l, node, out);
    case KK_COND_NEAR:
        return read_near(l, node, out);
    case KK_COND_HEADING:
        return pattern_ref(l, node, "pattern", &out->pattern);
    case KK_COND_PLACE:
        return places(l, node, "ref", &out->places);
    case KK_COND_CATEGORY:
        KK_TRY(kk_load_number(l, node, "min", 0, &out->min_score, NULL));
        return kk_load_refs(l, node, KK_PENDING_CATEGORY, kk_xnode_attr(node, "ref"),
                            &out->categories, &out->n_categories);
    case KK_COND_KIND:
        return kk_load_list(l, kk_xnode_attr(node, "ref"), &out->names, &out->n_names);
    case KK_COND_FACT:
        return read_fact(l, node, out);
    case KK_COND_RECOGNISED:
        return read_recognised(l, node, out);
    default:
        return read_table_kinds(l, node, out);
    }
}

static kk_status read_children(kk_loader *l, const kk_xnode *parent, kk_condition *out);

static kk_status read_one(kk_loader *l, const kk_xnode *node, kk_condition *out)
{
    out->index = l->model->n_conditions++;
    out->origin = kk_load_origin(l, node);
    out->pattern = out->pattern_b = KK_NONE;
    out->min_count = 1;
    if (out->kind <= KK_COND_NONE) {
        return read_children(l, node, out);
    }
    KK_TRY(extent(l, node, &out->in));
    return read_primitive(l, node, out);
}

static kk_status read_children(kk_loader *l, const kk_xnode *parent, kk_condition *out)
{
    uint32_t n = 0;
    for (const kk_xnode *at = kk_xnode_element(parent, NULL); at != NULL;
         at = kk_xnode_element(parent, at)) {
        n += kk_load_is_condition(at->name) ? 1 : 0;
    }
    kk_condition *children;
    KK_TRY(kk_load_alloc(l, n, sizeof *children, (void **)&children));
    uint32_t i = 0;
    for (const kk_xnode *at = kk_xnode_element(parent, NULL); at != NULL;
         at = kk_xnode_element(parent, at)) {
        if (kind_of(at->name, &children[i].kind)) {
            KK_TRY(read_one(l, at, &children[i++]));
        }
    }
    out->children = children;
    out->n_children = n;
    return KK_OK;
}

kk_status kk_load_conditions(kk_loader *l, const kk_xnode *parent, kk_condition *out)
{
    *out = (kk_condition){.kind = KK_COND_ALL, .pattern = KK_NONE, .pattern_b = KK_NONE};
    out->index = l->model->n_conditions++;
    out->origin = kk_load_origin(l, parent);
    return read_children(l, parent, out);
}
