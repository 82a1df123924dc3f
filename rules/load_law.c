/* Points of law and codes of the notice: what a bank says about them. Judging them is facts.c. */
#include "load.h"

#include "error.h"
#include "str.h"

static kk_status load_children(kk_loader *l, const kk_xnode *node, const char *words,
                               kk_texts *texts, kk_condition *when, bool *has_when)
{
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        if (kk_str_is(at->name, words)) {
            KK_TRY(kk_load_text(l, at, texts));
        } else if (kk_str_is(at->name, "when")) {
            *has_when = true;
            KK_TRY(kk_load_conditions(l, at, when));
        }
    }
    return KK_OK;
}

kk_status kk_load_law_fact(kk_loader *l, const kk_xnode *node)
{
    kk_law_fact *out;
    bool has_when = false;
    KK_TRY(kk_load_alloc(l, 1, sizeof *out, (void **)&out));
    out->id = kk_xnode_attr(node, "id");
    out->name = kk_xnode_attr(node, "name");
    out->value = kk_xnode_attr(node, "value");
    out->basis = kk_xnode_attr(node, "basis");
    out->href = kk_xnode_attr(node, "href");
    out->cites = kk_xnode_attr(node, "cites");
    out->instead_of = kk_xnode_attr(node, "instead-of");
    out->origin = kk_load_origin(l, node);
    if (out->name.len == 0 || out->value.len == 0) {
        return kk_load_fail(l, node, "<law-fact> needs name=\"...\" and value=\"...\"");
    }
    KK_TRY(kk_load_validity(l, node, &out->from, &out->to));
    KK_TRY(load_children(l, node, "says", &out->says, &out->when, &has_when));
    return kk_vec_push(&l->law_facts, out) ? KK_OK : kk_fail_nomem(l->err);
}

kk_status kk_load_notice_code(kk_loader *l, const kk_xnode *node)
{
    kk_notice_code *out;
    KK_TRY(kk_load_alloc(l, 1, sizeof *out, (void **)&out));
    out->id = kk_xnode_attr(node, "id");
    out->field = kk_xnode_attr(node, "field");
    out->code = kk_xnode_attr(node, "code");
    out->means = kk_xnode_attr(node, "means");
    out->basis = kk_xnode_attr(node, "basis");
    out->href = kk_xnode_attr(node, "href");
    out->origin = kk_load_origin(l, node);
    if (out->field.len == 0 || out->code.len == 0) {
        return kk_load_fail(l, node, "<notice-code> needs field=\"...\", such as BT-539, and code");
    }
    KK_TRY(kk_load_validity(l, node, &out->from, &out->to));
    KK_TRY(load_children(l, node, "name", &out->label, &out->when, &out->has_when));
    return kk_vec_push(&l->notice_codes, out) ? KK_OK : kk_fail_nomem(l->err);
}
