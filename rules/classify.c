/* Scores categories. A term counts where it stands best: title, heading and CPV 3, the sentence
 * that says what is bought 2, body and tables 1, times its weight; what the title names first gets
 * 1.5 more. Distinct terms add up with diminishing return, further paragraphs with the same term
 * add a little. Every score can be read off its evidence. */
#include "classify.h"

#include "error.h"
#include "facts.h"
#include "str.h"
#include "vec.h"

#include <stdlib.h>
#include <string.h>

/* The next best term counts half of its place before, each further paragraph with the same term a
 * twentieth: body text alone adds up to 2 * 1.25 at most, so that words which every tender holds
 * never make a category. */
static const double TERM_DECAY = 0.5;
static const double REPEAT_BONUS = 0.05;
/* What the title names first is what is bought: "Konsulenttjenester innen IT". */
static const double FIRST_BONUS = 1.5;
static const float FIRST_WEIGHT = 0.7F;
enum { REPEATS_MAX = 5, EVIDENCE_MAX = 16, CPV_MAX = 8, COVER_LINES = 6, COVER_WORDS = 12 };

/* The best of what one term (or the CPV codes) says for a category. */
typedef struct support {
    double value;
    uint32_t paras; /* paragraphs that hold it */
    uint32_t last;  /* last of them */
    kk_evidence at;
    uint32_t term; /* order of the category's terms, to break ties */
} support;

typedef struct tally {
    kk_scan *scan;
    uint32_t begin, end; /* global paragraphs */
    const kk_cpv_hit *cpv;
    uint32_t n_cpv;
    uint32_t cover; /* past the paragraphs that hold the title, whatever their style */
    uint32_t lead;  /* paragraph whose first sentence counts as the title does, or KK_NONE */
    uint32_t first; /* where the title first names what a category knows, or KK_NONE */
    kk_error *err;
} tally;

/* ---- where a hit stands -------------------------------------------------------------------- */

static uint32_t count_words(kk_str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        n += s.ptr[i] != ' ' && (i == 0 || s.ptr[i - 1] == ' ');
    }
    return n;
}

/* Past the cover: the short lines before the first heading, which hold the title whatever their
 * style. Where the text begins with a heading, that one is the title. */
static uint32_t find_cover_end(const kk_scan *scan, uint32_t begin, uint32_t end)
{
    uint32_t lines = 0;
    uint32_t p = begin;
    for (; p < end && lines < COVER_LINES; p++) {
        const uint32_t marks = scan->paras[p].marks;
        const kk_str text = kk_str_trim(kk_scan_para_text(scan, p));
        if (text.len == 0 || (marks & KK_MARK_TITLE) != 0) {
            continue;
        }
        if ((marks & KK_MARK_HEADING) != 0) {
            return lines == 0 ? p + 1 : p;
        }
        if ((marks & (KK_MARK_SKIP | KK_MARK_TABLE)) != 0 || count_words(text) > COVER_WORDS) {
            return p;
        }
        lines++;
    }
    return p;
}

static void sentence_of(const tally *t, const kk_pattern_hit *hit, size_t *begin, size_t *end)
{
    const uint32_t base = kk_scan_para_of(t->scan, hit->para)->begin;
    kk_sentence_around(kk_scan_para_text(t->scan, hit->para), hit->begin - base, begin, end);
}

static bool in_lead(const tally *t, const kk_pattern_hit *hit)
{
    size_t begin = 1;
    size_t end;
    if (hit->para == t->lead) {
        sentence_of(t, hit, &begin, &end);
    }
    return begin == 0;
}

static bool in_subject_sentence(const tally *t, const kk_pattern_hit *hit)
{
    const kk_hits here = kk_hits_within(t->scan->subjects, hit->para, hit->para + 1);
    if (here.n == 0) {
        return false;
    }
    const uint32_t base = kk_scan_para_of(t->scan, hit->para)->begin;
    size_t begin;
    size_t end;
    sentence_of(t, hit, &begin, &end);
    for (uint32_t i = 0; i < here.n; i++) {
        if (here.items[i].begin < base + end && here.items[i].end > base + begin) {
            return true;
        }
    }
    return false;
}

static bool in_title(const tally *t, const kk_pattern_hit *hit)
{
    return (hit->marks & KK_MARK_TITLE) != 0 || hit->para < t->cover;
}

/* A title denies nothing, whatever its words ("Forskning om frafall"). */
static bool counts(const tally *t, const kk_pattern_hit *hit)
{
    return kk_hit_is_plain(hit) || (in_title(t, hit) && (hit->marks & KK_MARK_GUIDANCE) == 0);
}

static double base_of(const tally *t, const kk_pattern_hit *hit, uint32_t scopes)
{
    const bool title = in_title(t, hit);
    if (title && (scopes & (KK_SCOPE_TITLE | KK_SCOPE_HEADING)) != 0) {
        return 3;
    }
    if (!title && (hit->marks & KK_MARK_HEADING) != 0) {
        return (scopes & KK_SCOPE_HEADING) != 0 ? 3 : 0;
    }
    if ((scopes & KK_SCOPE_SUBJECT) != 0) {
        if (in_lead(t, hit)) {
            return 3;
        }
        if (in_subject_sentence(t, hit)) {
            return 2;
        }
    }
    const uint32_t body = (hit->marks & KK_MARK_TABLE) != 0 ? KK_SCOPE_TABLE : KK_SCOPE_BODY;
    return !title && (scopes & body) != 0 ? 1 : 0;
}

/* ---- one category -------------------------------------------------------------------------- */

static void add_hit(const tally *t, const kk_pattern_hit *hit, support *supports)
{
    const kk_pattern *pattern = &t->scan->model->patterns[hit->pattern];
    const kk_term *term = &pattern->terms[hit->term];
    double value = base_of(t, hit, term->scopes) * (double)term->weight;
    support *s = &supports[term->group];
    if (value <= 0) {
        return;
    }
    if (hit->begin == t->first && in_title(t, hit) && term->weight >= FIRST_WEIGHT) {
        value += FIRST_BONUS;
    }
    if (s->paras == 0 || s->last != hit->para) {
        s->paras++;
        s->last = hit->para;
    }
    if (value > s->value) {
        s->value = value;
        s->at = kk_scan_evidence(t->scan, hit);
        s->at.term = term->source;
    }
}

static void add_cpv(const tally *t, uint32_t category, support *s, kk_category_hit *out,
                    kk_str *codes)
{
    for (uint32_t i = 0; i < t->n_cpv; i++) {
        const kk_cpv_hit *hit = &t->cpv[i];
        const kk_str code = kk_model_cpv(t->scan->model, hit->cpv).code;
        if (!kk_cpv_belongs(t->scan->model, code, category)) {
            continue;
        }
        const uint32_t doc = kk_scan_doc(t->scan, hit->para);
        /* The first code is the main one. */
        const double value = i == 0 ? 4 : 3;
        if (value > s->value) {
            s->value = value;
            s->at =
                (kk_evidence){doc, hit->para - t->scan->doc_base[doc], hit->begin, hit->end, code};
        }
        s->paras++;
        if (out->n_cpv < CPV_MAX) {
            codes[out->n_cpv++] = code;
        }
    }
    out->cpv = codes;
}

static int by_value(const void *a, const void *b)
{
    const support *x = a;
    const support *y = b;
    if (x->value > y->value || x->value < y->value) {
        return x->value > y->value ? -1 : 1;
    }
    return x->term < y->term ? -1 : x->term > y->term;
}

static double sum_up(support *supports, uint32_t n)
{
    qsort(supports, n, sizeof *supports, by_value);
    double score = 0;
    double share = 1;
    for (uint32_t i = 0; i < n && supports[i].value > 0; i++) {
        const uint32_t more = supports[i].paras - 1;
        const double repeats = more < REPEATS_MAX ? more : REPEATS_MAX;
        score += supports[i].value * share * (1 + REPEAT_BONUS * repeats);
        share *= TERM_DECAY;
    }
    return score;
}

static kk_status keep_evidence(const tally *t, const support *supports, uint32_t n,
                               kk_category_hit *out)
{
    kk_evidence *list = kk_arena_array(t->scan->arena, EVIDENCE_MAX, sizeof *list);
    if (list == NULL) {
        return kk_fail_nomem(t->err);
    }
    for (uint32_t i = 0; i < n && i < EVIDENCE_MAX && supports[i].value > 0; i++) {
        list[out->n_evidence++] = supports[i].at;
    }
    out->evidence = list;
    return KK_OK;
}

static kk_status score_one(const tally *t, uint32_t category, kk_category_hit *out)
{
    kk_scan *scan = t->scan;
    const kk_category *c = &scan->model->categories[category];
    const uint32_t n_terms = scan->model->patterns[c->pattern].n_groups;
    kk_hits hits;
    KK_TRY(kk_scan_hits(scan, c->pattern, &hits, t->err));
    hits = kk_hits_within(hits, t->begin, t->end);
    support *supports = kk_arena_array(scan->arena, (size_t)n_terms + 1, sizeof *supports);
    kk_str *codes = kk_arena_array(scan->arena, CPV_MAX, sizeof *codes);
    if (supports == NULL || codes == NULL) {
        return kk_fail_nomem(t->err);
    }
    for (uint32_t i = 0; i < hits.n; i++) {
        if (counts(t, &hits.items[i])) {
            add_hit(t, &hits.items[i], supports);
        }
    }
    add_cpv(t, category, &supports[n_terms], out, codes);
    for (uint32_t i = 0; i <= n_terms; i++) {
        supports[i].term = i;
    }
    out->id = c->id;
    out->score = sum_up(supports, n_terms + 1);
    return keep_evidence(t, supports, n_terms + 1, out);
}

/* ---- all categories ------------------------------------------------------------------------ */

/* Smallest offset of a term with weight in the title, over all categories. */
static kk_status find_first(tally *t)
{
    const kk_model *model = t->scan->model;
    t->first = KK_NONE;
    for (uint32_t c = 0; c < model->n_categories; c++) {
        kk_hits hits;
        KK_TRY(kk_scan_hits(t->scan, model->categories[c].pattern, &hits, t->err));
        hits = kk_hits_within(hits, t->begin, t->end);
        for (uint32_t i = 0; i < hits.n; i++) {
            const kk_pattern_hit *hit = &hits.items[i];
            const kk_term *term = &model->patterns[hit->pattern].terms[hit->term];
            if (hit->begin < t->first && in_title(t, hit) && counts(t, hit) &&
                term->weight >= FIRST_WEIGHT && base_of(t, hit, term->scopes) > 0) {
                t->first = hit->begin;
            }
        }
    }
    return KK_OK;
}

static int by_score(const void *a, const void *b)
{
    const kk_category_hit *x = a;
    const kk_category_hit *y = b;
    if (x->score > y->score || x->score < y->score) {
        return x->score > y->score ? -1 : 1;
    }
    const bool x_sub = memchr(x->id.ptr, '.', x->id.len) != NULL;
    const bool y_sub = memchr(y->id.ptr, '.', y->id.len) != NULL;
    if (x_sub != y_sub) { /* what a category is comes before what kind of it */
        return x_sub ? 1 : -1;
    }
    if (x->n_evidence > 0 && y->n_evidence > 0 && x->evidence[0].begin != y->evidence[0].begin) {
        return x->evidence[0].begin < y->evidence[0].begin ? -1 : 1;
    }
    return kk_str_compare(x->id, y->id);
}

/* What a sub-category has also speaks for its parent. */
static void lift(const kk_model *model, kk_category_hit *hits)
{
    for (uint32_t i = 0; i < model->n_categories; i++) {
        uint32_t parent = model->categories[i].parent;
        for (uint32_t depth = 0; parent != KK_NONE && depth < 8; depth++) {
            kk_category_hit *p = &hits[parent];
            if (hits[i].score > p->score) {
                p->score = hits[i].score;
                p->evidence = hits[i].evidence;
                p->n_evidence = hits[i].n_evidence;
            }
            if (p->n_cpv == 0) {
                p->cpv = hits[i].cpv;
                p->n_cpv = hits[i].n_cpv;
            }
            parent = model->categories[parent].parent;
        }
    }
}

static kk_status classify(tally *t, double *scores, const kk_category_hit **out, uint32_t *n)
{
    kk_scan *scan = t->scan;
    kk_error *err = t->err;
    const uint32_t n_categories = scan->model->n_categories;
    t->cover = t->lead == KK_NONE ? find_cover_end(scan, t->begin, t->end) : t->begin;
    KK_TRY(find_first(t));
    KK_TRY(kk_cpv_find(scan, t->begin, t->end, &t->cpv, &t->n_cpv, err));
    kk_category_hit *list = kk_arena_array(scan->arena, (size_t)n_categories + 1, sizeof *list);
    if (list == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t i = 0; i < n_categories; i++) {
        KK_TRY(score_one(t, i, &list[i]));
    }
    lift(scan->model, list);
    for (uint32_t i = 0; i < n_categories; i++) {
        scores[i] = list[i].score;
    }
    qsort(list, n_categories, sizeof *list, by_score);
    *n = 0;
    while (*n < n_categories && list[*n].score >= KK_CATEGORY_THRESHOLD) {
        ++*n;
    }
    *out = list;
    return KK_OK;
}

kk_status kk_classify(kk_scan *scan, uint32_t doc_begin, uint32_t doc_end, double *scores,
                      const kk_category_hit **out, uint32_t *n, kk_error *err)
{
    tally t = {.scan = scan,
               .begin = scan->doc_base[doc_begin],
               .end = scan->doc_base[doc_end],
               .lead = KK_NONE,
               .err = err};
    return classify(&t, scores, out, n);
}

bool kk_category_holds(const kk_scan *scan, uint32_t doc, uint32_t category, double min)
{
    const kk_model *model = scan->model;
    const kk_evaluate_options *o = scan->options;
    for (uint32_t i = 0; o != NULL && i < o->n_only_categories; i++) {
        const uint32_t only = kk_model_category(model, o->only_categories[i]);
        if (only != KK_NONE && kk_model_category_within(model, only, category)) {
            return true;
        }
    }
    if (o != NULL && o->n_only_categories > 0) {
        return false;
    }
    const uint32_t row = scan->as_set ? scan->n_texts : doc;
    const double *scores = scan->scores + (size_t)row * model->n_categories;
    return scores[category] >= (min > 0 ? min : KK_CATEGORY_THRESHOLD);
}

kk_status kk_rules_classify(kk_scanner *scanner, kk_str text, const kk_category_hit **out,
                            uint32_t *n, kk_error *err)
{
    kk_scan *scan;
    *out = NULL;
    *n = 0;
    KK_TRY(kk_scan_loose(scanner, text, true, &scan, err));
    double *scores =
        kk_arena_array(scan->arena, (size_t)scan->model->n_categories + 1, sizeof *scores);
    if (scores == NULL) {
        return kk_fail_nomem(err);
    }
    /* What follows the title of a notice begins with what is bought. */
    tally t = {.scan = scan,
               .end = scan->doc_base[1],
               .lead = scan->n_paras > 1 ? 1 : KK_NONE,
               .err = err};
    return classify(&t, scores, out, n);
}
