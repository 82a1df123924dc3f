/* Categories, places, table columns, amounts, uses: the smaller elements of a bank. */
#include "load.h"

#include "error.h"
#include "str.h"

static kk_status load_names(kk_loader *l, const kk_xnode *node, const char *element,
                            kk_texts *texts)
{
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        if (kk_str_is(at->name, element)) {
            KK_TRY(kk_load_text(l, at, texts));
        }
    }
    return KK_OK;
}

static const kk_xnode *child(const kk_xnode *node, const char *name)
{
    const kk_xnode *at = kk_xnode_element(node, NULL);
    while (at != NULL && !kk_str_is(at->name, name)) {
        at = kk_xnode_element(node, at);
    }
    return at;
}

kk_status kk_load_category(kk_loader *l, const kk_xnode *node)
{
    kk_category *out;
    kk_str *cpv;
    KK_TRY(kk_load_alloc(l, 1, sizeof *out, (void **)&out));
    KK_TRY(kk_load_alloc(l, kk_load_count_children(node, "cpv"), sizeof *cpv, (void **)&cpv));
    out->id = kk_xnode_attr(node, "id");
    out->origin = kk_load_origin(l, node);
    out->parent = KK_NONE;
    const kk_str parent = kk_xnode_attr(node, "parent");
    if (parent.len > 0) {
        KK_TRY(kk_load_ref(l, node, KK_PENDING_CATEGORY, parent, &out->parent));
    }
    KK_TRY(kk_load_review(l, node, &out->status, &out->reviewed_by, &out->reviewed_on));
    KK_TRY(load_names(l, node, "name", &out->name));
    KK_TRY(load_names(l, node, "cpv-note", &out->cpv_note));
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        if (kk_str_is(at->name, "cpv")) {
            cpv[out->n_cpv++] = kk_xnode_attr(at, "prefix");
        }
    }
    out->cpv = cpv;
    KK_TRY(kk_load_anonymous(l, node, &out->pattern));
    return kk_vec_push(&l->categories, out) ? KK_OK : kk_fail_nomem(l->err);
}

/* Place and phrases: the words stand in <heading-is>, the phrases beside it. */
kk_status kk_load_place(kk_loader *l, const kk_xnode *node)
{
    kk_place *out;
    KK_TRY(kk_load_alloc(l, 1, sizeof *out, (void **)&out));
    out->id = kk_xnode_attr(node, "id");
    out->origin = kk_load_origin(l, node);
    KK_TRY(kk_load_count(l, node, "order", 50, &out->order));
    KK_TRY(load_names(l, node, "name", &out->name));
    const kk_xnode *words = child(node, "heading-is");
    if (words == NULL) {
        return kk_load_fail(l, node, "<place> needs <heading-is> with the words of its headings");
    }
    KK_TRY(kk_load_anonymous(l, words, &out->pattern));
    kk_pattern *pattern = l->patterns.items[l->patterns.n - 1];
    kk_pattern *phrases;
    KK_TRY(kk_load_pattern(l, node, KK_STR("phrases of a place"), &phrases));
    l->patterns.n--; /* only its phrases are wanted, under the pattern of the heading */
    pattern->phrases = phrases->phrases;
    pattern->n_phrases = phrases->n_phrases;
    const kk_xnode *kind = child(node, "kind");
    if (kind != NULL) {
        KK_TRY(kk_load_list(l, kk_xnode_attr(kind, "ref"), &out->kinds, &out->n_kinds));
    }
    return kk_vec_push(&l->places, out) ? KK_OK : kk_fail_nomem(l->err);
}

kk_status kk_load_columns(kk_loader *l, const kk_xnode *node)
{
    kk_columns *out;
    int role;
    KK_TRY(kk_load_alloc(l, 1, sizeof *out, (void **)&out));
    KK_TRY(kk_load_keyword(l, node, "role", kk_role_words, KK_ROLE_OTHER, &role));
    out->role = (kk_role)role;
    KK_TRY(kk_load_anonymous(l, node, &out->pattern));
    return kk_vec_push(&l->columns, out) ? KK_OK : kk_fail_nomem(l->err);
}

kk_status kk_load_threshold(kk_loader *l, const kk_xnode *node)
{
    kk_threshold *out;
    KK_TRY(kk_load_alloc(l, 1, sizeof *out, (void **)&out));
    out->id = kk_xnode_attr(node, "id");
    out->unit = kk_xnode_attr(node, "unit");
    out->basis = kk_xnode_attr(node, "basis");
    out->href = kk_xnode_attr(node, "href");
    out->origin = kk_load_origin(l, node);
    KK_TRY(kk_load_number(l, node, "value", 0, &out->value, NULL));
    KK_TRY(kk_load_validity(l, node, &out->from, &out->to));
    return kk_vec_push(&l->thresholds, out) ? KK_OK : kk_fail_nomem(l->err);
}

kk_status kk_load_use(kk_loader *l, const kk_xnode *node)
{
    kk_example_use *out;
    KK_TRY(kk_load_alloc(l, 1, sizeof *out, (void **)&out));
    out->id = kk_xnode_attr(node, "id");
    out->year = kk_xnode_attr(node, "year");
    out->origin = kk_load_origin(l, node);
    const kk_xnode *buyer = child(node, "buyer");
    if (buyer != NULL) {
        out->buyer = kk_xnode_text(buyer, l->arena);
        if (out->buyer.ptr == NULL) {
            return kk_fail_nomem(l->err);
        }
    }
    KK_TRY(load_names(l, node, "text", &out->text));
    KK_TRY(kk_load_sources(l, node, &out->sources, &out->n_sources));
    KK_TRY(kk_load_child_refs(l, node, "category", KK_PENDING_CATEGORY, &out->categories,
                              &out->n_categories));
    kk_str *clauses;
    KK_TRY(kk_load_alloc(l, kk_load_count_children(node, "clause"), sizeof *clauses,
                         (void **)&clauses));
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        if (kk_str_is(at->name, "clause")) {
            clauses[out->n_clauses++] = kk_xnode_attr(at, "ref");
        }
    }
    out->clauses = clauses;
    return kk_vec_push(&l->uses, out) ? KK_OK : kk_fail_nomem(l->err);
}

kk_status kk_load_cpv_list(kk_loader *l, const kk_xnode *node)
{
    l->model->cpv_list =
        (kk_source_note){kk_xnode_attr(node, "href"), kk_xnode_attr(node, "title")};
    return KK_OK;
}
