/* Drafts -> tree: parents by depth, weights in per cent of the whole, sub-weights multiplied. */
#include "award_reader.h"

#include <math.h>

enum { DEPTH_MAX = 8 };

#define NEAR(a, b) (fabs((a) - (b)) < 0.51)

size_t kk_award_subtree_end(const kk_award_reader *r, size_t i)
{
    size_t end = i + 1;
    while (end < r->n && r->drafts[end].group == r->drafts[i].group &&
           r->drafts[end].depth > r->drafts[i].depth) {
        end++;
    }
    return end;
}

static void link_parents(kk_award_reader *r)
{
    uint32_t last[DEPTH_MAX];
    uint32_t open = 0;
    for (uint32_t i = 0; i < r->n; i++) {
        kk_draft *draft = &r->drafts[i];
        if (i == 0 || draft->group != r->drafts[i - 1].group) {
            open = 0;
        }
        if (draft->depth > open) {
            draft->depth = open;
        }
        if (draft->depth >= DEPTH_MAX) {
            draft->depth = DEPTH_MAX - 1;
        }
        draft->node.parent = draft->depth > 0 ? last[draft->depth - 1] : KK_NONE;
        draft->node.stated = draft->value;
        draft->node.weight = -1.0;
        last[draft->depth] = i;
        open = draft->depth + 1;
    }
}

/* ---- below a criterion ---------------------------------------------------------------------- */

typedef struct children {
    double sum;         /* of the values that are stated */
    bool any, fraction; /* any value; one says "av kriteriet" */
    bool points;        /* all are points or bare numbers */
} children;

static children look(const kk_award_reader *r, size_t parent)
{
    children c = {0.0, false, false, true};
    for (size_t i = parent + 1; i < kk_award_subtree_end(r, parent); i++) {
        const kk_draft *child = &r->drafts[i];
        if (child->node.parent == parent && child->value >= 0.0) {
            c.sum += child->value;
            c.any = true;
            c.fraction = c.fraction || child->fraction_of_parent;
            c.points = c.points && child->points;
        }
    }
    return c;
}

/* One unit of the children in per cent of the whole. They either add up to the parent's own figure
 * (shares of the whole), or to something else, and are then shares of the parent. */
static double unit_below(const kk_draft *parent, const children *c)
{
    const double weight = parent->node.weight;
    if (parent->value < 0.0) {
        return weight / c->sum;
    }
    if (c->fraction) {
        return weight / (c->sum <= 1.01 ? 1.0 : 100.0);
    }
    if (NEAR(c->sum, parent->value) && (c->sum > 1.01) == (parent->value > 1.01)) {
        return weight / parent->value;
    }
    const bool other_unit = c->points != parent->points || (c->sum <= 1.01 && parent->value > 1.01);
    if (!other_unit && c->sum < parent->value) {
        return weight / parent->value; /* not all of its parts carry a figure */
    }
    return weight / c->sum;
}

static void scale_below(kk_award_reader *r, size_t parent)
{
    const children c = look(r, parent);
    if (!c.any || c.sum <= 0.0 || r->drafts[parent].node.weight < 0.0) {
        return;
    }
    const double unit = unit_below(&r->drafts[parent], &c);
    for (size_t i = parent + 1; i < kk_award_subtree_end(r, parent); i++) {
        kk_draft *child = &r->drafts[i];
        if (child->node.parent == parent && child->value >= 0.0) {
            child->node.weight = child->value * unit;
        }
    }
}

/* ---- top level ------------------------------------------------------------------------------ */

/* A top criterion without a figure of its own weighs what its parts weigh. */
static double top_value(const kk_award_reader *r, size_t i, bool *points)
{
    if (r->drafts[i].value >= 0.0) {
        *points = r->drafts[i].points;
        return r->drafts[i].value;
    }
    const children c = look(r, i);
    *points = c.points;
    return c.any && !c.fraction ? c.sum : -1.0;
}

/* Top-level figures -> per cent: points are shares of their sum, 0,30 is 30. */
static void scale_group(kk_award_reader *r, size_t begin, size_t end)
{
    double sum = 0.0;
    bool bare = true, any = false, points;
    for (size_t i = begin; i < end; i++) {
        const double value = r->drafts[i].depth == 0 ? top_value(r, i, &points) : -1.0;
        if (value >= 0.0) {
            sum += value;
            bare = bare && points;
            any = true;
        }
    }
    double factor = 1.0;
    if (any && bare && sum <= 1.01) {
        factor = 100.0;
    } else if (any && bare && sum > 0.0 && !NEAR(sum, 100.0)) {
        factor = 100.0 / sum;
    }
    for (size_t i = begin; any && i < end; i++) {
        kk_draft *draft = &r->drafts[i];
        if (draft->depth == 0) {
            const double value = top_value(r, i, &points);
            draft->node.weight = value >= 0.0 ? value * factor : -1.0;
        }
        scale_below(r, i);
    }
}

void kk_award_weigh(kk_award_reader *r)
{
    link_parents(r);
    for (size_t begin = 0; begin < r->n;) {
        size_t end = begin + 1;
        while (end < r->n && r->drafts[end].group == r->drafts[begin].group) {
            end++;
        }
        scale_group(r, begin, end);
        begin = end;
    }
}
