/* Hits of patterns, on demand: regexes run in candidate paragraphs only, vetoes only in paragraphs
 * with a hit. Here hits get their marks: heading, guidance, negated. */
#include "scan.h"

#include "error.h"
#include "str.h"

#include <stdlib.h>
#include <string.h>

typedef KK_VEC(kk_pattern_hit) hit_list;

static int by_position(const void *a, const void *b)
{
    const kk_pattern_hit *x = a;
    const kk_pattern_hit *y = b;
    if (x->para != y->para) {
        return x->para < y->para ? -1 : 1;
    }
    if (x->begin != y->begin) {
        return x->begin < y->begin ? -1 : 1;
    }
    if (x->end != y->end) { /* longer first */
        return x->end > y->end ? -1 : 1;
    }
    if (x->pattern != y->pattern) {
        return x->pattern < y->pattern ? -1 : 1;
    }
    return x->term < y->term ? -1 : x->term > y->term;
}

/* First index of sorted hits at or after paragraph para. */
static uint32_t lower_bound(kk_hits hits, uint32_t para)
{
    uint32_t low = 0;
    uint32_t high = hits.n;
    while (low < high) {
        const uint32_t mid = low + (high - low) / 2;
        if (hits.items[mid].para < para) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low;
}

/* Last hit of paragraph para that begins before `end`, or NULL. Since no hit lies inside another,
 * it also ends last of them: it alone tells whether anything reaches past a point. */
static const kk_pattern_hit *last_before(kk_hits hits, uint32_t para, uint32_t end)
{
    uint32_t low = 0;
    uint32_t high = hits.n;
    while (low < high) {
        const uint32_t mid = low + (high - low) / 2;
        const kk_pattern_hit *at = &hits.items[mid];
        if (at->para < para || (at->para == para && at->begin < end)) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low > 0 && hits.items[low - 1].para == para ? &hits.items[low - 1] : NULL;
}

kk_hits kk_hits_within(kk_hits hits, uint32_t begin, uint32_t end)
{
    if (hits.n == 0 || begin >= end) {
        return (kk_hits){NULL, 0};
    }
    const uint32_t from = lower_bound(hits, begin);
    const uint32_t to = end == begin + 1 && from < hits.n && hits.items[from].para != begin
                            ? from
                            : lower_bound(hits, end);
    return hits.n == 0 ? hits : (kk_hits){hits.items + from, to - from};
}

bool kk_hit_is_plain(const kk_pattern_hit *hit)
{
    return (hit->marks & (KK_MARK_GUIDANCE | KK_MARK_NEGATED)) == 0;
}

/* ---- running regexes ----------------------------------------------------------------------- */

/* A budget that ran out is remembered once and work goes on; everything else stops. */
static kk_status absorb_limit(kk_scan *scan, kk_status status, kk_error *local, kk_error *err)
{
    if (status == KK_E_LIMIT) {
        if (scan->limited == KK_OK) {
            scan->limited = status;
            scan->limit = *local;
        }
        return KK_OK;
    }
    if (status != KK_OK && err != NULL && err->status == KK_OK) {
        *err = *local;
    }
    return status;
}

static kk_status run_in_para(kk_scan *scan, uint32_t matcher, const kk_posting *where,
                             const kk_pattern_hit *like, hit_list *out, kk_error *err)
{
    const kk_str text = kk_scan_match_text(scan, where->para);
    const uint32_t base = kk_scan_para_of(scan, where->para)->begin;
    const size_t last = where->last == UINT16_MAX ? text.len : where->last;
    size_t from = where->first;
    for (;;) {
        kk_str found;
        kk_error local = {.status = KK_OK};
        const kk_status status =
            kk_match_within(scan->scanner->match, matcher, text, &from, last, &found, &local);
        if (status != KK_OK) {
            return absorb_limit(scan, status, &local, err);
        }
        if (found.ptr == NULL) {
            return KK_OK;
        }
        kk_pattern_hit hit = *like;
        hit.para = where->para;
        hit.begin = base + (uint32_t)(found.ptr - text.ptr);
        hit.end = hit.begin + (uint32_t)found.len;
        if (++scan->n_hits > scan->scanner->limits.hits) {
            kk_fail(&local, KK_E_LIMIT, "hits", "over %u hits of patterns; later ones are missing",
                    scan->scanner->limits.hits);
            return absorb_limit(scan, KK_E_LIMIT, &local, err);
        }
        if (!kk_vec_push(out, hit)) {
            return kk_fail_nomem(err);
        }
    }
}

static kk_status run_terms(kk_scan *scan, uint32_t pattern, hit_list *out, kk_error *err)
{
    const kk_pattern *p = &scan->model->patterns[pattern];
    for (uint32_t t = 0; t < p->n_terms; t++) {
        const uint32_t m = p->terms[t].matcher;
        const kk_pattern_hit like = {.pattern = pattern, .term = t};
        for (uint32_t i = scan->posting_begin[m]; i < scan->posting_begin[m + 1]; i++) {
            KK_TRY(run_in_para(scan, m, &scan->postings[i], &like, out, err));
        }
    }
    return KK_OK;
}

static const kk_posting *find_posting(const kk_scan *scan, uint32_t matcher, uint32_t para)
{
    uint32_t low = scan->posting_begin[matcher];
    uint32_t high = scan->posting_begin[matcher + 1];
    while (low < high) {
        const uint32_t mid = low + (high - low) / 2;
        if (scan->postings[mid].para == para) {
            return &scan->postings[mid];
        }
        if (scan->postings[mid].para < para) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return NULL;
}

/* Drops hits that lie inside the one before. */
static void drop_nested(hit_list *hits)
{
    size_t kept = 0;
    for (size_t i = 0; i < hits->n; i++) {
        const kk_pattern_hit *last = kept > 0 ? &hits->items[kept - 1] : NULL;
        if (last == NULL || last->para != hits->items[i].para || last->end < hits->items[i].end) {
            hits->items[kept++] = hits->items[i];
        }
    }
    hits->n = kept;
}

static void sort(hit_list *hits)
{
    if (hits->n > 1) {
        qsort(hits->items, hits->n, sizeof *hits->items, by_position);
    }
}

static bool overlaps(kk_hits hits, const kk_pattern_hit *hit)
{
    const kk_pattern_hit *last = last_before(hits, hit->para, hit->end);
    return last != NULL && last->end > hit->begin;
}

static kk_status find_vetoes(kk_scan *scan, const kk_pattern *p, uint32_t para, hit_list *out,
                             kk_error *err)
{
    const kk_pattern_hit like = {.para = para};
    out->n = 0;
    for (uint32_t v = 0; v < p->n_vetoes; v++) {
        const kk_posting *where = find_posting(scan, p->vetoes[v], para);
        if (where != NULL) {
            KK_TRY(run_in_para(scan, p->vetoes[v], where, &like, out, err));
        }
    }
    sort(out);
    drop_nested(out);
    return KK_OK;
}

/* Drops hits that overlap a veto hit. hits is sorted; one paragraph at a time. */
static kk_status drop_vetoed(kk_scan *scan, const kk_pattern *p, hit_list *hits, kk_error *err)
{
    hit_list vetoes = {NULL, 0, 0};
    size_t kept = 0;
    uint32_t para = KK_NONE;
    kk_status status = KK_OK;
    for (size_t i = 0; i < hits->n; i++) {
        const kk_pattern_hit hit = hits->items[i];
        if (hit.para != para) {
            para = hit.para;
            status = find_vetoes(scan, p, para, &vetoes, err);
        }
        if (status != KK_OK) {
            break;
        }
        if (!overlaps((kk_hits){vetoes.items, (uint32_t)vetoes.n}, &hit)) {
            hits->items[kept++] = hit;
        }
    }
    kk_vec_free(&vetoes);
    hits->n = kept;
    return status;
}

/* ---- marks --------------------------------------------------------------------------------- */

/* A field of one of our clauses shows its default until somebody confirms it: the figure stands in the text
 * all the same, and an open field shows brackets, which the guidance patterns know. */
static bool is_our_field(const kk_text *text, uint32_t span)
{
    const uint32_t begin = text->spans[span].begin;
    for (uint32_t i = span + 1; i < text->n_spans && text->spans[i].begin == begin; i++) {
        if (text->spans[i].kind == KK_SPAN_FILLIN) {
            return true;
        }
    }
    return false;
}

/* Hidden and placeholder spans are guidance wherever they are. */
static bool in_dead_span(const kk_text *text, uint32_t begin, uint32_t end)
{
    uint32_t low = 0;
    uint32_t high = text->n_spans;
    while (low < high) { /* spans are sorted by begin: those after end cannot hold the hit */
        const uint32_t mid = low + (high - low) / 2;
        if (text->spans[mid].begin < end) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    for (uint32_t i = low, looked = 0; i > 0 && looked < 64; i--, looked++) {
        const kk_span *s = &text->spans[i - 1];
        const bool dead = s->kind == KK_SPAN_HIDDEN ||
                          (s->kind == KK_SPAN_PLACEHOLDER && !is_our_field(text, i - 1));
        if (dead && s->begin < end && s->end > begin) {
            return true;
        }
    }
    return false;
}

/* Narrows a sentence to the clause around the hit: clause breaks of the bank ("men", "mens"). */
static void narrow(kk_hits breaks, const kk_pattern_hit *hit, uint32_t *begin, uint32_t *end)
{
    if (breaks.n == 0) {
        return;
    }
    const kk_pattern_hit *before = last_before(breaks, hit->para, hit->begin);
    if (before != NULL && before->end > *begin && before->end <= hit->begin) {
        *begin = before->end;
    }
    const kk_hits here = kk_hits_within(breaks, hit->para, hit->para + 1);
    const kk_pattern_hit *next = before != NULL ? before + 1
                                 : here.n > 0   ? here.items
                                                : breaks.items + breaks.n;
    while (next < here.items + here.n && next->begin < hit->end) {
        next++;
    }
    if (here.n > 0 && next < here.items + here.n && next->begin < *end) {
        *end = next->begin;
    }
}

static bool is_negated(const kk_scan *scan, const kk_pattern_hit *hit)
{
    if (last_before(scan->negations, hit->para, UINT32_MAX) == NULL) {
        return false;
    }
    const uint32_t base = kk_scan_para_of(scan, hit->para)->begin;
    size_t b;
    size_t e;
    kk_sentence_around(kk_scan_para_text(scan, hit->para), hit->begin - base, &b, &e);
    kk_pattern_hit clause = {
        .para = hit->para, .begin = base + (uint32_t)b, .end = base + (uint32_t)e};
    narrow(scan->breaks, hit, &clause.begin, &clause.end);
    return overlaps(scan->negations, &clause);
}

static void mark(const kk_scan *scan, kk_pattern_role role, kk_pattern_hit *hit)
{
    hit->marks = scan->paras[hit->para].marks;
    if (role == KK_PATTERN_NEGATION || role == KK_PATTERN_GUIDANCE) {
        return;
    }
    if (overlaps(scan->guidances, hit) ||
        in_dead_span(scan->texts[kk_scan_doc(scan, hit->para)], hit->begin, hit->end)) {
        hit->marks |= KK_MARK_GUIDANCE;
    }
    if (is_negated(scan, hit)) {
        hit->marks |= KK_MARK_NEGATED;
    }
}

/* ---- patterns ------------------------------------------------------------------------------ */

static kk_status publish(kk_scan *scan, const hit_list *hits, kk_hits *out, kk_error *err)
{
    kk_pattern_hit *items = kk_arena_array(scan->arena, hits->n + 1, sizeof *items);
    if (items == NULL) {
        return kk_fail_nomem(err);
    }
    if (hits->n > 0) {
        memcpy(items, hits->items, hits->n * sizeof *items);
    }
    *out = (kk_hits){items, (uint32_t)hits->n};
    return KK_OK;
}

static kk_status append(hit_list *hits, kk_hits more, kk_error *err)
{
    for (uint32_t i = 0; i < more.n; i++) {
        if (!kk_vec_push(hits, more.items[i])) {
            return kk_fail_nomem(err);
        }
    }
    return KK_OK;
}

static kk_status find_hits(kk_scan *scan, uint32_t pattern, hit_list *hits, kk_error *err)
{
    const kk_pattern *p = &scan->model->patterns[pattern];
    KK_TRY(run_terms(scan, pattern, hits, err));
    sort(hits);
    if (p->n_vetoes > 0 && hits->n > 0) {
        KK_TRY(drop_vetoed(scan, p, hits, err));
    }
    for (size_t i = 0; i < hits->n; i++) {
        mark(scan, p->role, &hits->items[i]);
    }
    for (uint32_t u = 0; u < p->n_uses; u++) {
        kk_hits used = {NULL, 0};
        KK_TRY(kk_scan_hits(scan, p->uses[u], &used, err)); /* circles were refused at load */
        KK_TRY(append(hits, used, err));
    }
    sort(hits);
    drop_nested(hits);
    return KK_OK;
}

kk_status kk_scan_hits(kk_scan *scan, uint32_t pattern, kk_hits *out, kk_error *err)
{
    *out = (kk_hits){NULL, 0};
    if (pattern == KK_NONE) {
        return KK_OK;
    }
    if (scan->hits_state[pattern] == 0) {
        hit_list hits = {NULL, 0, 0};
        kk_status status = find_hits(scan, pattern, &hits, err);
        status = status == KK_OK ? publish(scan, &hits, &scan->hits[pattern], err) : status;
        kk_vec_free(&hits);
        KK_TRY(status);
        scan->hits_state[pattern] = 1;
    }
    *out = scan->hits[pattern];
    return KK_OK;
}

kk_status kk_scan_role_hits(kk_scan *scan, kk_pattern_role role, kk_hits *out, kk_error *err)
{
    hit_list all = {NULL, 0, 0};
    kk_status status = KK_OK;
    for (uint32_t i = 0; i < scan->model->n_patterns && status == KK_OK; i++) {
        kk_hits hits = {NULL, 0};
        if (scan->model->patterns[i].role == role) {
            status = kk_scan_hits(scan, i, &hits, err);
            status = status == KK_OK ? append(&all, hits, err) : status;
        }
    }
    sort(&all);
    drop_nested(&all);
    status = status == KK_OK ? publish(scan, &all, out, err) : status;
    kk_vec_free(&all);
    return status;
}

/* A bracketed hit covers itself. Other guidance covers its sentence, and its whole paragraph when
 * it opens it with a colon ("Veiledning: ..."). */
static void widen_guidance(const kk_scan *scan, kk_pattern_hit *hit)
{
    const kk_str text = kk_scan_para_text(scan, hit->para);
    const uint32_t base = kk_scan_para_of(scan, hit->para)->begin;
    const size_t at = hit->begin - base;
    const size_t stop = hit->end - base;
    if (text.ptr[at] == '[' || text.ptr[at] == '<') {
        return;
    }
    size_t begin = 0;
    size_t end = text.len;
    if (at > 0 || text.ptr[stop - 1] != ':') {
        kk_sentence_around(text, at, &begin, &end);
    }
    hit->end = base + (uint32_t)(end > stop ? end : stop);
    hit->begin = base + (uint32_t)begin;
}

static kk_status find_guidance(kk_scan *scan, kk_error *err)
{
    kk_hits found;
    KK_TRY(kk_scan_role_hits(scan, KK_PATTERN_GUIDANCE, &found, err));
    hit_list wide = {NULL, 0, 0};
    kk_status status = append(&wide, found, err);
    for (size_t i = 0; i < wide.n; i++) {
        widen_guidance(scan, &wide.items[i]);
    }
    sort(&wide);
    drop_nested(&wide);
    status = status == KK_OK ? publish(scan, &wide, &scan->guidances, err) : status;
    kk_vec_free(&wide);
    return status;
}

kk_status kk_scan_roles(kk_scan *scan, kk_error *err)
{
    KK_TRY(find_guidance(scan, err));
    KK_TRY(kk_scan_hits(scan, kk_model_pattern(scan->model, KK_STR("clause-break")), &scan->breaks,
                        err));
    KK_TRY(kk_scan_role_hits(scan, KK_PATTERN_NEGATION, &scan->negations, err));
    KK_TRY(kk_scan_role_hits(scan, KK_PATTERN_VOID, &scan->voids, err));
    return kk_scan_role_hits(scan, KK_PATTERN_SUBJECT, &scan->subjects, err);
}
