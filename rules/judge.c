/* Judges conditions. Results of primitives that look wider than their unit are remembered per
 * extent, so that asking a document-wide question for every paragraph costs one answer. */
#include "judge.h"

#include "error.h"
#include "str.h"

typedef struct memory {
    uint32_t begin, end; /* extent of the remembered answer; begin > end: none yet */
    bool holds, has_evidence;
    kk_evidence evidence;
} memory;

kk_status kk_judge_memory(kk_scan *scan, kk_error *err)
{
    memory *m = kk_arena_array(scan->arena, (size_t)scan->model->n_conditions + 1, sizeof *m);
    if (m == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t i = 0; i <= scan->model->n_conditions; i++) {
        m[i].begin = 1;
    }
    scan->condition_memory = m;
    return KK_OK;
}

void kk_judge_note(kk_judge *judge, const kk_evidence *evidence)
{
    if (!judge->has_evidence && judge->none_depth == 0) {
        judge->has_evidence = true;
        judge->evidence = *evidence;
    }
}

static bool choice_holds(kk_choice choice, bool marked)
{
    return choice == KK_CHOICE_ANY || (choice == KK_CHOICE_ONLY) == marked;
}

bool kk_hit_counts(const kk_pattern_hit *hit, kk_choice negated, kk_choice guidance,
                   kk_choice heading)
{
    return choice_holds(negated, (hit->marks & KK_MARK_NEGATED) != 0) &&
           choice_holds(guidance, (hit->marks & KK_MARK_GUIDANCE) != 0) &&
           choice_holds(heading, (hit->marks & (KK_MARK_HEADING | KK_MARK_COVER)) != 0);
}

/* ---- figures near a hit -------------------------------------------------------------------- */

static bool figure_fits(const kk_number *number, const kk_number_want *want)
{
    double value = number->value;
    bool unit = want->units == 0 || (want->units & 1u << number->unit) != 0;
    if (!unit && (want->units & 1u << KK_UNIT_PERCENT) != 0 && number->unit == KK_UNIT_NONE &&
        number->decimals && value <= 1) {
        unit = true; /* a weight of 0,30 is 30 per cent */
        value *= 100;
    }
    return unit && (!want->has_min || value >= want->min) && (!want->has_max || value <= want->max);
}

/* Looks in [begin, end) of a paragraph's text. */
static bool figure_within(kk_str text, size_t begin, size_t end, const kk_number_want *want)
{
    kk_number number;
    size_t at = begin;
    /* Not into the middle of a figure. */
    while (at > 0 && text.ptr[at - 1] >= '0' && text.ptr[at - 1] <= '9') {
        at--;
    }
    while (at < end && kk_number_next(text, &at, &number) && number.begin < end) {
        if (figure_fits(&number, want)) {
            return true;
        }
    }
    return false;
}

static bool has_figure(const kk_scan *scan, const kk_pattern_hit *hit, const kk_number_want *want)
{
    if (want->within > 0) {
        const kk_str text = kk_scan_para_text(scan, hit->para);
        const uint32_t base = kk_scan_para_of(scan, hit->para)->begin;
        const size_t begin = hit->begin - base;
        const size_t end = hit->end - base + want->within;
        return figure_within(text, begin > want->within ? begin - want->within : 0,
                             end < text.len ? end : text.len, want);
    }
    kk_unit_range unit;
    if (!kk_unit_around(scan, hit->para, KK_EXTENT_CELL, &unit)) {
        kk_unit_around(scan, hit->para, KK_EXTENT_PARAGRAPH, &unit);
    }
    for (uint32_t p = unit.begin; p < unit.end; p++) {
        const kk_str text = kk_scan_para_text(scan, p);
        if (figure_within(text, 0, text.len, want)) {
            return true;
        }
    }
    return false;
}

/* ---- match and near ------------------------------------------------------------------------ */

static bool in_places(const kk_scan *scan, uint32_t para, uint64_t places)
{
    return places == 0 || (kk_scan_para_places(scan, para) & places) != 0;
}

static bool match_holds(kk_judge *judge, const kk_condition *c, const kk_unit_range *wide)
{
    kk_hits hits;
    judge->status = kk_scan_hits(judge->scan, c->pattern, &hits, judge->err);
    if (judge->status != KK_OK) {
        return false;
    }
    hits = kk_hits_within(hits, wide->begin, wide->end);
    uint32_t count = 0;
    const kk_pattern_hit *first = NULL;
    uint32_t asked = KK_NONE; /* paragraph whose figures were looked through as a whole */
    bool answer = false;
    for (uint32_t i = 0; i < hits.n && count < c->min_count; i++) {
        const kk_pattern_hit *hit = &hits.items[i];
        if (!kk_hit_counts(hit, c->negated, c->guidance, c->heading) ||
            !in_places(judge->scan, hit->para, c->places)) {
            continue;
        }
        if (c->number.wanted && (c->number.within > 0 || hit->para != asked)) {
            asked = hit->para;
            answer = has_figure(judge->scan, hit, &c->number);
        }
        if (!c->number.wanted || answer) {
            first = first == NULL ? hit : first;
            count++;
        }
    }
    if (count < c->min_count) {
        return false;
    }
    if (first != NULL) {
        const kk_evidence evidence = kk_scan_evidence(judge->scan, first);
        kk_judge_note(judge, &evidence);
    }
    return true;
}

static bool plain(const kk_pattern_hit *hit)
{
    return kk_hit_counts(hit, KK_CHOICE_NO, KK_CHOICE_NO, KK_CHOICE_NO);
}

/* Two sorted lists, one step each: b falls behind when it ends too far before a. */
static bool near_holds(kk_judge *judge, const kk_condition *c, const kk_unit_range *wide)
{
    kk_hits a;
    kk_hits b = {NULL, 0};
    judge->status = kk_scan_hits(judge->scan, c->pattern, &a, judge->err);
    if (judge->status == KK_OK) {
        judge->status = kk_scan_hits(judge->scan, c->pattern_b, &b, judge->err);
    }
    if (judge->status != KK_OK) {
        return false;
    }
    a = kk_hits_within(a, wide->begin, wide->end);
    b = kk_hits_within(b, wide->begin, wide->end);
    uint32_t k = 0;
    for (uint32_t i = 0; i < a.n; i++) {
        const kk_pattern_hit *x = &a.items[i];
        while (k < b.n && (b.items[k].para < x->para ||
                           (b.items[k].para == x->para && b.items[k].end + c->within < x->begin))) {
            k++;
        }
        for (uint32_t m = k;
             m < b.n && b.items[m].para == x->para && b.items[m].begin <= x->end + c->within; m++) {
            if (plain(x) && plain(&b.items[m])) {
                const kk_evidence evidence = kk_scan_evidence(judge->scan, x);
                kk_judge_note(judge, &evidence);
                return true;
            }
        }
    }
    return false;
}

/* ---- trees --------------------------------------------------------------------------------- */

static bool primitive(kk_judge *judge, const kk_condition *c, const kk_unit_range *wide)
{
    switch (c->kind) {
    case KK_COND_MATCH:
        return match_holds(judge, c, wide);
    case KK_COND_NEAR:
        return near_holds(judge, c, wide);
    default:
        return kk_primitive_holds(judge, c, wide);
    }
}

/* Asks a primitive about its extent, or remembers the answer for the same extent. Facts,
 * requirements and categories come to be during an evaluation: those are asked anew. */
static bool remembered(kk_judge *judge, const kk_condition *c, const kk_unit_range *unit)
{
    const kk_unit_range wide = kk_unit_widen(judge->scan, unit, c->in);
    memory *m = (memory *)judge->scan->condition_memory + c->index;
    const bool stable = c->kind == KK_COND_MATCH || c->kind == KK_COND_NEAR ||
                        c->kind == KK_COND_SPAN || c->kind == KK_COND_WORDS;
    if (!stable) {
        return primitive(judge, c, &wide);
    }
    if (m->begin != wide.begin || m->end != wide.end) {
        kk_judge fresh = {.scan = judge->scan, .err = judge->err};
        m->holds = primitive(&fresh, c, &wide);
        m->begin = wide.begin;
        m->end = wide.end;
        m->has_evidence = fresh.has_evidence;
        m->evidence = fresh.evidence;
        judge->status = fresh.status;
    }
    if (m->holds && m->has_evidence) {
        kk_judge_note(judge, &m->evidence);
    }
    return m->holds;
}

bool kk_judge_holds(kk_judge *judge, const kk_condition *c, const kk_unit_range *unit)
{
    if (judge->status != KK_OK) {
        return false;
    }
    if (c->kind > KK_COND_NONE) {
        return remembered(judge, c, unit);
    }
    judge->none_depth += c->kind == KK_COND_NONE ? 1 : 0;
    bool holds = c->kind != KK_COND_ANY;
    for (uint32_t i = 0; i < c->n_children; i++) {
        const bool child = kk_judge_holds(judge, &c->children[i], unit);
        if (c->kind == KK_COND_ALL ? !child : child) {
            holds = c->kind == KK_COND_ANY;
            break;
        }
    }
    judge->none_depth -= c->kind == KK_COND_NONE ? 1 : 0;
    return holds && judge->status == KK_OK;
}

/* ---- drivers ------------------------------------------------------------------------------- */

static uint32_t drivers_of_all(const kk_condition *c, uint32_t *patterns, uint32_t max)
{
    for (uint32_t i = 0; i < c->n_children; i++) {
        const uint32_t n = kk_condition_drivers(&c->children[i], patterns, max);
        if (n > 0) {
            return n;
        }
    }
    return 0;
}

static uint32_t drivers_of_any(const kk_condition *c, uint32_t *patterns, uint32_t max)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->n_children; i++) {
        const uint32_t more =
            n < max ? kk_condition_drivers(&c->children[i], patterns + n, max - n) : 0;
        if (more == 0) {
            return 0;
        }
        n += more;
    }
    return n;
}

uint32_t kk_condition_drivers(const kk_condition *c, uint32_t *patterns, uint32_t max)
{
    switch (c->kind) {
    case KK_COND_ALL:
        return drivers_of_all(c, patterns, max);
    case KK_COND_ANY:
        return drivers_of_any(c, patterns, max);
    case KK_COND_MATCH:
    case KK_COND_NEAR:
        if ((c->in != KK_EXTENT_UNIT && c->in != KK_EXTENT_PARAGRAPH) || c->min_count == 0 ||
            max == 0) {
            return 0;
        }
        patterns[0] = c->pattern;
        return 1;
    default:
        return 0;
    }
}
