/* Starts an evaluation: one prefilter pass over every paragraph gives, per regex, the paragraphs
 * where it can match at all. No regex runs here. */
#include "scan.h"

#include "error.h"
#include "str.h"

#include <string.h>

uint32_t kk_scan_doc(const kk_scan *scan, uint32_t para)
{
    uint32_t low = 0;
    uint32_t high = scan->n_texts;
    while (low + 1 < high) {
        const uint32_t mid = low + (high - low) / 2;
        if (scan->doc_base[mid] <= para) {
            low = mid;
        } else {
            high = mid;
        }
    }
    return low;
}

const kk_para *kk_scan_para_of(const kk_scan *scan, uint32_t para)
{
    const uint32_t doc = kk_scan_doc(scan, para);
    return &scan->texts[doc]->paras[para - scan->doc_base[doc]];
}

kk_str kk_scan_slice(const kk_scan *scan, uint32_t doc, uint32_t begin, uint32_t end)
{
    return (kk_str){scan->texts[doc]->utf8 + begin, end > begin ? end - begin : 0};
}

kk_str kk_scan_para_text(const kk_scan *scan, uint32_t para)
{
    const kk_para *p = kk_scan_para_of(scan, para);
    return kk_scan_slice(scan, kk_scan_doc(scan, para), p->begin, p->end);
}

kk_str kk_scan_match_text(const kk_scan *scan, uint32_t para)
{
    kk_str text = kk_scan_para_text(scan, para);
    if ((scan->paras[para].marks & KK_MARK_MASKED) == 0) {
        return text;
    }
    uint32_t low = 0;
    uint32_t high = scan->n_masked;
    while (low + 1 < high) {
        const uint32_t mid = low + (high - low) / 2;
        if (scan->masked[mid].para <= para) {
            low = mid;
        } else {
            high = mid;
        }
    }
    text.ptr = scan->masked[low].text;
    return text;
}

kk_evidence kk_scan_evidence(const kk_scan *scan, const kk_pattern_hit *hit)
{
    const uint32_t doc = kk_scan_doc(scan, hit->para);
    return (kk_evidence){.doc = doc,
                         .para = hit->para - scan->doc_base[doc],
                         .begin = hit->begin,
                         .end = hit->end,
                         .term = scan->model->patterns[hit->pattern].id};
}

/* ---- masks --------------------------------------------------------------------------------- */

enum { RUN_MAX = 512 };

static size_t run_end(kk_str s, size_t at)
{
    while (at < s.len && s.ptr[at] != ' ' && s.ptr[at] != '\t') {
        at++;
    }
    return at;
}

static bool has_long_run(kk_str s)
{
    for (size_t at = 0; at < s.len; at++) {
        const size_t end = run_end(s, at);
        if (end - at > RUN_MAX) {
            return true;
        }
        at = end;
    }
    return false;
}

static kk_status mask_para(kk_scan *scan, uint32_t para, kk_str text, kk_error *err)
{
    char *copy = kk_arena_alloc(scan->arena, text.len + 1);
    if (copy == NULL) {
        return kk_fail_nomem(err);
    }
    memcpy(copy, text.ptr, text.len);
    for (size_t at = 0; at < text.len; at++) {
        const size_t end = run_end(text, at);
        if (end - at > RUN_MAX) {
            memset(copy + at, 0x01, end - at);
        }
        at = end;
    }
    scan->masked[scan->n_masked++] = (kk_masked){para, copy};
    scan->paras[para].marks |= KK_MARK_MASKED;
    return KK_OK;
}

static bool wants_mask(const kk_scan *scan, uint32_t para)
{
    const kk_str text = kk_scan_para_text(scan, para);
    return text.len > RUN_MAX && has_long_run(text);
}

static kk_status mask_paragraphs(kk_scan *scan, kk_error *err)
{
    size_t n = 0;
    for (uint32_t p = 0; p < scan->n_paras; p++) {
        n += wants_mask(scan, p) ? 1 : 0;
    }
    if (n == 0) {
        return KK_OK;
    }
    scan->masked = kk_arena_array(scan->arena, n, sizeof *scan->masked);
    if (scan->masked == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t p = 0; p < scan->n_paras; p++) {
        if (wants_mask(scan, p)) {
            KK_TRY(mask_para(scan, p, kk_scan_para_text(scan, p), err));
        }
    }
    return KK_OK;
}

/* ---- candidates ---------------------------------------------------------------------------- */

enum { PAIRS_KEPT = 1 << 20 };

/* Candidates of all paragraphs as (matcher, paragraph) pairs, paragraphs ascending. A giant has too
 * many of them to keep beside the postings: they are counted, and found again to be placed. */
typedef struct pairs {
    KK_VEC(kk_candidate) found;
    KK_VEC(uint32_t) paras;
    bool dropped;
    size_t n;
    uint32_t *next; /* per matcher: how many; later, where its next posting goes */
} pairs;

static kk_status candidates_of(kk_scan *scan, kk_str text, kk_error *err)
{
    kk_scanner *scanner = scan->scanner;
    if (!scanner->prefilter_off) {
        return kk_prefilter_scan(&scanner->rules->prefilter, &scanner->filter, text,
                                 &scanner->candidates, err);
    }
    for (uint32_t i = 0; i < scan->model->n_matchers; i++) {
        if (!kk_vec_push(&scanner->candidates, (kk_candidate){i, 0, (uint32_t)text.len})) {
            return kk_fail_nomem(err);
        }
    }
    return KK_OK;
}

/* Candidates of paragraph p, in scan->scanner->candidates. */
static kk_status look_at(kk_scan *scan, uint32_t p, kk_error *err)
{
    const kk_str text = kk_scan_match_text(scan, p);
    scan->scanner->candidates.n = 0;
    return text.len == 0 || (scan->paras[p].marks & KK_MARK_SKIP) != 0
               ? KK_OK
               : candidates_of(scan, text, err);
}

static bool keep_pair(pairs *out, const kk_candidate *c, uint32_t para)
{
    if (out->found.n == PAIRS_KEPT) {
        kk_vec_free(&out->found);
        kk_vec_free(&out->paras);
        out->dropped = true;
    }
    return out->dropped || (kk_vec_push(&out->found, *c) && kk_vec_push(&out->paras, para));
}

static kk_status find_pairs(kk_scan *scan, pairs *out, kk_error *err)
{
    const kk_candidates *list = &scan->scanner->candidates;
    for (uint32_t p = 0; p < scan->n_paras; p++) {
        KK_TRY(look_at(scan, p, err));
        for (size_t i = 0; i < list->n; i++) {
            out->n++;
            out->next[list->items[i].matcher + 1]++;
            if (!keep_pair(out, &list->items[i], p)) {
                return kk_fail_nomem(err);
            }
        }
    }
    return KK_OK;
}

static void place(kk_scan *scan, const pairs *from, const kk_candidate *c, uint32_t para)
{
    const uint32_t most = UINT16_MAX;
    scan->postings[from->next[c->matcher]++] =
        (kk_posting){para, (uint16_t)(c->first < most ? c->first : most),
                     (uint16_t)(c->last < most ? c->last : most)};
}

/* Sorts pairs by matcher, keeping the order of paragraphs: counting sort. */
static kk_status sort_pairs(kk_scan *scan, const pairs *from, kk_error *err)
{
    const uint32_t n = scan->model->n_matchers;
    const kk_candidates *list = &scan->scanner->candidates;
    scan->postings = kk_arena_array(scan->arena, from->n + 1, sizeof *scan->postings);
    if (scan->postings == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t m = 1; m <= n; m++) {
        from->next[m] += from->next[m - 1];
    }
    for (size_t i = 0; i < from->found.n; i++) {
        place(scan, from, &from->found.items[i], from->paras.items[i]);
    }
    for (uint32_t p = 0; from->dropped && p < scan->n_paras; p++) {
        KK_TRY(look_at(scan, p, err));
        for (size_t i = 0; i < list->n; i++) {
            place(scan, from, &list->items[i], p);
        }
    }
    return KK_OK;
}

static kk_status make_postings(kk_scan *scan, kk_error *err)
{
    /* Counted one place up of next, which is one up itself: filling moves each begin to where it
     * belongs. */
    const size_t n = (size_t)scan->model->n_matchers + 3;
    scan->posting_begin = kk_arena_array(scan->arena, n, sizeof *scan->posting_begin);
    if (scan->posting_begin == NULL) {
        return kk_fail_nomem(err);
    }
    pairs found = {.next = scan->posting_begin + 1};
    kk_status status = find_pairs(scan, &found, err);
    status = status == KK_OK ? sort_pairs(scan, &found, err) : status;
    kk_vec_free(&found.found);
    kk_vec_free(&found.paras);
    return status;
}

static kk_status allocate(kk_scan *scan, kk_error *err)
{
    const kk_model *m = scan->model;
    uint64_t n = 0;
    scan->doc_base = kk_arena_array(scan->arena, scan->n_texts + 1, sizeof *scan->doc_base);
    if (scan->doc_base == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t i = 0; i < scan->n_texts; i++) {
        scan->doc_base[i] = (uint32_t)n;
        n += scan->texts[i]->n_paras;
        if (n >= KK_NONE) {
            return kk_fail(err, KK_E_LIMIT, "paragraphs", "too many paragraphs in one set");
        }
    }
    scan->n_paras = (uint32_t)n;
    scan->doc_base[scan->n_texts] = scan->n_paras;
    scan->paras = kk_arena_array(scan->arena, (size_t)n + 1, sizeof *scan->paras);
    scan->hits = kk_arena_array(scan->arena, m->n_patterns + 1, sizeof *scan->hits);
    scan->hits_state = kk_arena_array(scan->arena, m->n_patterns + 1, sizeof *scan->hits_state);
    if (scan->paras == NULL || scan->hits == NULL || scan->hits_state == NULL) {
        return kk_fail_nomem(err);
    }
    return KK_OK;
}

kk_status kk_scan_new(kk_scanner *scanner, kk_arena *arena, const kk_text *const *texts,
                      uint32_t n_texts, kk_scan **out, kk_error *err)
{
    *out = NULL;
    kk_arena_reset(arena);
    kk_scan *scan = kk_arena_alloc(arena, sizeof *scan);
    const kk_text **copy = kk_arena_array(arena, n_texts + 1, sizeof *copy);
    if (scan == NULL || copy == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t i = 0; i < n_texts; i++) {
        copy[i] = texts[i];
    }
    scan->scanner = scanner;
    scan->model = &scanner->rules->model;
    scan->arena = arena;
    scan->texts = copy;
    scan->n_texts = n_texts;
    KK_TRY(allocate(scan, err));
    KK_TRY(kk_scan_structure(scan, err));
    KK_TRY(mask_paragraphs(scan, err));
    KK_TRY(make_postings(scan, err));
    KK_TRY(kk_scan_roles(scan, err));
    KK_TRY(kk_scan_places(scan, err));
    *out = scan;
    return KK_OK;
}

/* A text is told by its contents as well: another one may come to lie at the same address. */
static uint64_t key_of(const kk_text *text)
{
    const kk_str bytes = {text->utf8, text->len};
    const kk_str shape = {(const char *)text->paras, text->n_paras * sizeof *text->paras};
    uint64_t key = kk_str_hash(bytes);
    key = key * 1099511628211u + kk_str_hash(shape);
    key = key * 1099511628211u + (uint64_t)(uintptr_t)text;
    return key * 1099511628211u + text->n_cells;
}

kk_status kk_scan_for(kk_scanner *scanner, const kk_text *text, kk_scan **out, uint32_t *doc,
                      kk_error *err)
{
    *doc = 0;
    for (uint32_t i = 0; scanner->scan != NULL && i < scanner->scan->n_texts; i++) {
        if (scanner->scan->texts[i] == text) {
            *doc = i;
            *out = scanner->scan;
            return KK_OK;
        }
    }
    const uint64_t key = key_of(text);
    if (scanner->side == NULL || scanner->side_key != key) {
        scanner->side = NULL;
        KK_TRY(kk_scan_new(scanner, scanner->side_arena, &text, 1, &scanner->side, err));
        scanner->side_key = key;
    }
    *out = scanner->side;
    return KK_OK;
}
