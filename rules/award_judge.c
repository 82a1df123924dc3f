/* What really measures climate or environment, told apart from what only sounds like it (KOFA
 * 2025/0999); and the sums of each set of criteria. Which words mean what is bank data. */
#include "award_reader.h"

#include "error.h"
#include "str.h"

#include <string.h>

/* Sums of one group of criteria. */
typedef struct tally {
    double weight, nominal, sum;
    bool weights;

    kk_evidence genuine_at, nominal_at;
} tally;

typedef struct judge {
    kk_award_reader *r;
    bool mixed_part; /* a mixed criterion that at least in part measures, by stated sub-weights */
    kk_evidence mixed_part_at;
} judge;

static bool name_says(const kk_award_reader *r, const char *id, const kk_draft *draft)
{
    return kk_award_says(r, id, draft->name_begin, draft->name_end);
}

static bool row_says(const kk_award_reader *r, const char *id, const kk_draft *draft)
{
    return kk_award_says(r, id, draft->content_begin, draft->content_end);
}

static bool all_says(const kk_award_reader *r, const char *id, const kk_draft *draft)
{
    return row_says(r, id, draft) || kk_award_says(r, id, draft->more_begin, draft->more_end) ||
           kk_award_says(r, id, draft->proof_begin, draft->proof_end);
}

static void decide(kk_draft *draft, bool genuine, const char *why)
{
    draft->node.genuine = genuine;
    draft->node.why = kk_str_from(why);
}

static void note(bool *flag, kk_evidence *at, const kk_draft *draft)
{
    if (!*flag) {
        *at = draft->node.at;
    }
    *flag = true;
}

/* A criterion without sub-criteria. pure_above: what stands above it is about climate or
 * environment alone. */
static void judge_leaf(judge *j, kk_draft *draft, bool nominal_above, bool pure_above)
{
    kk_award_reader *r = j->r;
    const bool name = name_says(r, "award-climate-name", draft);
    const bool measures_name = name_says(r, "award-genuine", draft);
    const bool measures = measures_name || all_says(r, "award-genuine", draft);
    const bool other_name = name_says(r, "award-not-genuine", draft);
    const bool other = other_name || row_says(r, "award-not-genuine", draft);
    draft->node.nominal = name || measures_name || nominal_above;
    if (!draft->node.nominal) {
        decide(draft, false, "");
    } else if (!measures && all_says(r, "award-certificate", draft) &&
               !all_says(r, "award-certificate-use", draft)) {
        note(&r->out->bare_certificate, &r->out->certificate_at, draft);
        decide(draft, false, "award-certificate");
    } else if (name && !measures_name && name_says(r, "award-mixed", draft)) {
        note(&r->out->mixed, &r->out->mixed_at, draft);
        decide(draft, false, "award-mixed");
    } else if ((other_name && !measures_name) || (other && !measures)) {
        decide(draft, false, "award-not-genuine");
    } else if (name || pure_above) {
        decide(draft, true, measures ? "award-genuine" : "award-climate-name");
    } else {
        decide(draft, measures, measures ? "award-genuine" : "");
    }
}

static void judge_node(judge *j, size_t i, bool nominal_above, bool pure_above);

typedef struct family {
    uint32_t n, genuine, nominal, weighted;
    bool shared;
} family;

static family judge_children(judge *j, size_t parent, bool nominal, bool pure)
{
    kk_award_reader *r = j->r;
    family f = {0, 0, 0, 0, false};
    const size_t end = kk_award_subtree_end(r, parent);
    for (size_t i = parent + 1; i < end; i = kk_award_subtree_end(r, i)) {
        kk_draft *child = &r->drafts[i];
        judge_node(j, i, nominal && !child->shared, pure && !child->shared);
        f.n++;
        f.genuine += child->node.genuine;
        f.nominal += child->node.nominal;
        f.weighted += child->node.weight >= 0.0;
        f.shared = f.shared || child->shared;
    }
    return f;
}

/* A criterion with sub-criteria: they decide. */
static void judge_node(judge *j, size_t i, bool nominal_above, bool pure_above)
{
    kk_award_reader *r = j->r;
    kk_draft *draft = &r->drafts[i];
    if (kk_award_subtree_end(r, i) == i + 1) {
        judge_leaf(j, draft, nominal_above, pure_above);
        return;
    }
    const bool own =
        name_says(r, "award-climate-name", draft) || name_says(r, "award-genuine", draft);
    const bool pure = own ? !name_says(r, "award-mixed", draft) : pure_above;
    family f = judge_children(j, i, own || nominal_above, pure);
    bool nominal = own || nominal_above;
    if (f.shared) {
        judge_leaf(j, draft, nominal_above, pure_above);
        nominal = draft->node.nominal || f.nominal > 0;
        f.n++;
        f.genuine += draft->node.genuine;
    }
    draft->node.nominal = nominal;
    decide(draft, f.genuine == f.n,
           f.genuine == f.n ? "award-genuine"
           : nominal        ? "award-mixed"
                            : "");
    if (nominal && f.genuine < f.n && f.weighted > 0 && f.genuine > 0) {
        note(&j->mixed_part, &j->mixed_part_at, draft);
    } else if (nominal && f.genuine < f.n) {
        note(&r->out->mixed, &r->out->mixed_at, draft);
    }
}

/* ---- proof --------------------------------------------------------------------------------- */

/* Its own words, or those of a criterion above it. */
static bool is_proved(const kk_award_reader *r, const kk_draft *draft)
{
    while (!all_says(r, "award-proof", draft)) {
        if (draft->node.parent == KK_NONE) {
            return false;
        }
        draft = &r->drafts[draft->node.parent];
    }
    return true;
}

static void note_genuine(kk_award_reader *r, tally *t, const kk_draft *draft)
{
    if (!draft->node.genuine) {
        return;
    }
    if (t->genuine_at.para == KK_NONE) {
        t->genuine_at = draft->node.at;
    }
    if (draft->node.rank > 0 && (r->out->rank == 0 || draft->node.rank < r->out->rank)) {
        r->out->rank = draft->node.rank;
    }
    if (r->out->documented && !is_proved(r, draft)) {
        r->out->documented = false;
        r->out->undocumented_at = draft->node.at;
    }
}

/* ---- sums ---------------------------------------------------------------------------------- */

static bool splits_weight(const kk_award_reader *r, size_t i)
{
    for (size_t k = i + 1; k < kk_award_subtree_end(r, i); k++) {
        if (r->drafts[k].node.weight >= 0.0) {
            return true;
        }
    }
    return false;
}

/* Weight is counted where it is stated last: at the parts if they carry any, else at the whole. */
static void add_weight(kk_award_reader *r, size_t i, tally *t)
{
    const kk_draft *draft = &r->drafts[i];
    if (splits_weight(r, i)) {
        for (size_t k = i + 1; k < kk_award_subtree_end(r, i); k = kk_award_subtree_end(r, k)) {
            add_weight(r, k, t);
        }
        return;
    }
    if (draft->node.weight >= 0.0) {
        t->weight += draft->node.genuine ? draft->node.weight : 0.0;
        t->nominal += draft->node.nominal ? draft->node.weight : 0.0;
    }
    if (draft->node.nominal && t->nominal_at.para == KK_NONE) {
        t->nominal_at = draft->node.at;
    }
    note_genuine(r, t, draft);
}

static void read_marks(kk_award_reader *r, kk_draft *draft)
{
    kk_award *out = r->out;
    if (draft->node.placeholder) {
        note(&out->placeholder, &out->placeholder_at, draft);
    }
    if (draft->node.rank > 0 && out->stated == KK_STATED_NONE) {
        out->stated = KK_STATED_PRIORITY;
    }
    draft->node.price = name_says(r, "award-price", draft);
    const bool alone = draft->node.parent == KK_NONE && draft->node.weight > 99.0;
    if (alone && draft->node.price) {
        note(&out->price_only, &out->price_at, draft);
    }
}

static tally add_group(kk_award_reader *r, size_t begin, size_t end)
{
    const kk_evidence nowhere = {r->doc, KK_NONE, 0, 0, {NULL, 0}};
    tally t = {.genuine_at = nowhere, .nominal_at = nowhere};
    for (size_t i = begin; i < end; i = kk_award_subtree_end(r, i)) {
        const kk_draft *draft = &r->drafts[i];
        const bool weight = draft->node.weight >= 0.0;
        t.weights = t.weights || weight;
        t.sum += weight ? draft->node.weight : 0.0;
        add_weight(r, i, &t);
    }
    return t;
}

/* Of several sets of criteria, the one with the least genuine weight counts. */
static void take(kk_award *out, const tally *t)
{
    if (!t->weights) {
        if (out->genuine_at.para == KK_NONE) {
            out->genuine_at = t->genuine_at;
        }
        return;
    }
    if (out->stated != KK_STATED_WEIGHTS || t->weight < out->weight) {
        out->weight = t->weight;
        out->nominal = t->nominal;
        out->sum = t->sum;
        out->genuine_at = t->genuine_at;
        out->nominal_at = t->nominal_at;
    }
    out->stated = KK_STATED_WEIGHTS;
}

static kk_status publish(kk_award_reader *r)
{
    kk_criterion *list = kk_arena_array(r->probe->arena, r->n + 1, sizeof *list);
    if (list == NULL) {
        return kk_fail_nomem(r->err);
    }
    for (size_t i = 0; i < r->n; i++) {
        list[i] = r->drafts[i].node;
        list[i].set = r->drafts[i].group;
    }
    r->out->criteria = list;
    r->out->n_criteria = (uint32_t)r->n;
    return KK_OK;
}

kk_status kk_award_judge(kk_award_reader *r)
{
    judge j = {.r = r};
    kk_award *out = r->out;
    double *weights = kk_arena_array(r->probe->arena, r->n + 1, sizeof *weights);
    if (weights == NULL) {
        return kk_fail_nomem(r->err);
    }
    out->set_weights = weights;
    out->genuine_at.para = out->nominal_at.para = KK_NONE;
    out->documented = true;
    for (size_t begin = 0; begin < r->n;) {
        size_t end = begin;
        while (end < r->n && r->drafts[end].group == r->drafts[begin].group) {
            judge_node(&j, end, false, false);
            end = kk_award_subtree_end(r, end);
        }
        const tally t = add_group(r, begin, end);
        take(out, &t);
        if (t.weights) {
            weights[out->n_set_weights++] = t.weight;
        }
        begin = end;
    }
    for (size_t i = 0; i < r->n; i++) {
        read_marks(r, &r->drafts[i]);
        const kk_criterion *node = &r->drafts[i].node;
        out->named = out->named || (node->genuine && node->weight < 0.0 && node->rank == 0);
    }
    out->mixed_part = j.mixed_part;
    out->mixed_part_at = j.mixed_part_at;
    return publish(r);
}
