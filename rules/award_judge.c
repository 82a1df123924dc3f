/* Drafts -> criteria tree: sub-weights multiplied, sums checked, and what really measures climate or
 * environment told apart from what only sounds like it (KOFA 2025/0999). */
#include "award.h"

#include "error.h"
#include "str.h"

#include <math.h>
#include <string.h>

#define NEAR(a, b) (fabs((a) - (b)) < 0.51)

/* ---- tree and weights ---------------------------------------------------------------------- */

static void link_parents(kk_award_reader *r)
{
    uint32_t top = KK_NONE;
    for (uint32_t i = 0; i < r->n; i++) {
        kk_draft *draft = &r->drafts[i];
        draft->node.parent = draft->depth > 0 ? top : KK_NONE;
        draft->node.stated = draft->value;
        draft->node.weight = -1.0;
        if (draft->depth == 0) {
            top = i;
        }
    }
}

/* Top-level weights as written -> per cent: points are shares of their sum, 0,30 is 30. */
static void scale_top(kk_award_reader *r)
{
    double sum = 0.0;
    bool bare = true, any = false;
    for (uint32_t i = 0; i < r->n; i++) {
        const kk_draft *draft = &r->drafts[i];
        if (draft->node.parent == KK_NONE && draft->value >= 0.0) {
            sum += draft->value;
            bare = bare && draft->points;
            any = true;
        }
    }
    double factor = 1.0;
    if (any && sum <= 1.01 && bare) {
        factor = 100.0;
    } else if (any && bare && sum > 0.0 && !NEAR(sum, 100.0)) {
        factor = 100.0 / sum;
    }
    for (uint32_t i = 0; any && i < r->n; i++) {
        kk_draft *draft = &r->drafts[i];
        if (draft->node.parent == KK_NONE && draft->value >= 0.0) {
            draft->node.weight = draft->value * factor;
        }
    }
    r->out->sum = any ? sum * factor : -1.0;
    if (any) {
        r->out->stated = KK_STATED_WEIGHTS;
    }
}

/* Weights below parent `top`: they either add up to the parent's own weight (shares of the whole) or are
 * shares of the parent. A parent without weight gets the sum of its children. */
static void scale_children(kk_award_reader *r, uint32_t top)
{
    kk_draft *parent = &r->drafts[top];
    double sum = 0.0;
    bool fraction = false, any = false;
    for (uint32_t i = top + 1; i < r->n && r->drafts[i].node.parent == top; i++) {
        if (r->drafts[i].value >= 0.0) {
            sum += r->drafts[i].value;
            any = true;
            fraction = fraction || r->drafts[i].fraction_of_parent;
        }
    }
    if (!any || sum <= 0.0) {
        return;
    }
    double factor = 1.0;
    if (parent->node.weight < 0.0) {
        parent->node.weight = sum <= 1.01 ? sum * 100.0 : sum;
        factor = sum <= 1.01 ? 100.0 : 1.0;
        r->out->stated = KK_STATED_WEIGHTS;
        r->out->sum = (r->out->sum < 0.0 ? 0.0 : r->out->sum) + parent->node.weight;
    } else if (!fraction && (NEAR(sum, parent->node.weight) || sum < parent->node.weight)) {
        factor = 1.0;
    } else if (NEAR(sum, parent->value)) {
        factor = parent->node.weight / parent->value;
    } else if (fraction) {
        factor = parent->node.weight / 100.0;
    } else {
        factor = parent->node.weight / sum;
    }
    for (uint32_t i = top + 1; i < r->n && r->drafts[i].node.parent == top; i++) {
        if (r->drafts[i].value >= 0.0) {
            r->drafts[i].node.weight = r->drafts[i].value * factor;
        }
    }
}

/* ---- what counts --------------------------------------------------------------------------- */

static bool says(const kk_award_reader *r, const char *id, const kk_draft *draft, bool whole)
{
    return whole ? kk_award_says(r, id, draft->content_begin, draft->content_end)
                 : kk_award_says(r, id, draft->name_begin, draft->name_end);
}

static void decide(kk_draft *draft, bool genuine, const char *why)
{
    draft->node.genuine = genuine;
    draft->node.why = kk_str_from(why);
}

/* A leaf without children. parent_pure: the criterion above is about climate or environment alone. */
static void judge_leaf(kk_award_reader *r, kk_draft *draft, bool parent_nominal, bool parent_pure)
{
    bool name = says(r, "award-climate-name", draft, false);
    bool measures_name = says(r, "award-genuine", draft, false);
    bool measures = measures_name || says(r, "award-genuine", draft, true);
    bool other_name = says(r, "award-not-genuine", draft, false);
    bool other = other_name || says(r, "award-not-genuine", draft, true);
    bool certificate = says(r, "award-certificate", draft, true);
    bool used = says(r, "award-certificate-use", draft, true);
    draft->node.nominal = name || measures_name || parent_nominal;
    if (!draft->node.nominal) {
        decide(draft, false, "");
        return;
    }
    if (certificate && !used && !measures) {
        if (!r->out->bare_certificate) {
            r->out->certificate_at = draft->node.at;
        }
        r->out->bare_certificate = true;
        decide(draft, false, "award-certificate");
        return;
    }
    bool mixed = name && says(r, "award-mixed", draft, false);
    if (mixed && !measures_name) {
        if (!r->out->mixed) {
            r->out->mixed_at = draft->node.at;
        }
        r->out->mixed = true;
        decide(draft, false, "award-mixed");
    } else if (other_name && !measures_name) {
        decide(draft, false, "award-not-genuine");
    } else if (other && !measures) {
        decide(draft, false, "award-not-genuine");
    } else if (name || parent_pure) {
        decide(draft, true, measures ? "award-genuine" : "award-climate-name");
    } else {
        decide(draft, measures, measures ? "award-genuine" : "");
    }
}

/* A criterion with children: they decide, unless none of them carries a weight. */
static void judge_family(kk_award_reader *r, uint32_t top, uint32_t end)
{
    kk_draft *parent = &r->drafts[top];
    bool nominal = says(r, "award-climate-name", parent, false) ||
                   says(r, "award-genuine", parent, false);
    bool pure = nominal && !says(r, "award-mixed", parent, false);
    uint32_t genuine = 0, weighted = 0;
    for (uint32_t i = top + 1; i < end; i++) {
        judge_leaf(r, &r->drafts[i], nominal, pure);
        genuine += r->drafts[i].node.genuine;
        weighted += r->drafts[i].node.weight >= 0.0;
    }
    uint32_t n = end - top - 1;
    parent->node.nominal = nominal;
    parent->node.genuine = nominal && genuine == n;
    parent->node.why = kk_str_from(parent->node.genuine ? "award-genuine" : nominal ? "award-mixed" : "");
    if (nominal && genuine < n && (weighted == 0 || genuine == 0)) {
        if (!r->out->mixed) {
            r->out->mixed_at = parent->node.at;
        }
        r->out->mixed = true;
    }
}

static uint32_t family_end(const kk_award_reader *r, uint32_t top)
{
    uint32_t end = top + 1;
    while (end < r->n && r->drafts[end].node.parent == top) {
        end++;
    }
    return end;
}

/* ---- sums ---------------------------------------------------------------------------------- */

static void add_weight(kk_award_reader *r, const kk_draft *draft, bool nominal)
{
    if (draft->node.weight < 0.0) {
        return;
    }
    if (draft->node.genuine) {
        r->out->weight += draft->node.weight;
    }
    if (nominal) {
        r->out->nominal += draft->node.weight;
    }
}

static void note_genuine(kk_award_reader *r, const kk_draft *draft)
{
    if (!draft->node.genuine) {
        return;
    }
    if (r->out->genuine_at.para == KK_NONE) {
        r->out->genuine_at = draft->node.at;
    }
    if (draft->node.rank > 0 && (r->out->rank == 0 || draft->node.rank < r->out->rank)) {
        r->out->rank = draft->node.rank;
    }
    bool proved = kk_award_says(r, "award-proof", draft->proof_begin, draft->proof_end) ||
                  kk_award_says(r, "award-proof", draft->content_begin, draft->content_end);
    if (!proved && r->out->documented) {
        r->out->documented = false;
        r->out->undocumented_at = draft->node.at;
    }
}

static void sum_family(kk_award_reader *r, uint32_t top, uint32_t end)
{
    kk_draft *parent = &r->drafts[top];
    bool split = false;
    for (uint32_t i = top + 1; i < end; i++) {
        split = split || r->drafts[i].node.weight >= 0.0;
    }
    if (!split) {
        add_weight(r, parent, parent->node.nominal);
        note_genuine(r, parent);
        return;
    }
    for (uint32_t i = top + 1; i < end; i++) {
        add_weight(r, &r->drafts[i], r->drafts[i].node.nominal);
        note_genuine(r, &r->drafts[i]);
    }
}

static void read_marks(kk_award_reader *r, const kk_draft *draft)
{
    if (draft->node.placeholder && !r->out->placeholder) {
        r->out->placeholder = true;
        r->out->placeholder_at = draft->node.at;
    }
    if (draft->node.rank > 0 && r->out->stated == KK_STATED_NONE) {
        r->out->stated = KK_STATED_PRIORITY;
    }
    bool alone = draft->node.parent == KK_NONE && draft->node.weight > 99.0;
    if (alone && says(r, "award-price", draft, false)) {
        r->out->price_only = true;
        r->out->price_at = draft->node.at;
    }
}

static kk_status publish(kk_award_reader *r)
{
    kk_criterion *list = kk_arena_array(r->probe->arena, r->n + 1, sizeof *list);
    if (list == NULL) {
        return kk_fail_nomem(r->err);
    }
    for (size_t i = 0; i < r->n; i++) {
        list[i] = r->drafts[i].node;
    }
    r->out->criteria = list;
    r->out->n_criteria = (uint32_t)r->n;
    return KK_OK;
}

kk_status kk_award_judge(kk_award_reader *r)
{
    r->out->genuine_at.para = KK_NONE;
    r->out->documented = true;
    link_parents(r);
    scale_top(r);
    for (uint32_t i = 0; i < r->n; i++) {
        if (r->drafts[i].node.parent == KK_NONE) {
            scale_children(r, i);
        }
    }
    if (r->out->stated == KK_STATED_WEIGHTS) {
        r->out->weight = r->out->nominal = 0.0;
    }
    for (uint32_t top = 0; top < r->n; top = family_end(r, top)) {
        uint32_t end = family_end(r, top);
        if (end == top + 1) {
            judge_leaf(r, &r->drafts[top], false, false);
        } else {
            judge_family(r, top, end);
        }
        sum_family(r, top, end);
    }
    for (size_t i = 0; i < r->n; i++) {
        read_marks(r, &r->drafts[i]);
    }
    return publish(r);
}
