/* Recognisers over units, then what each passage is worth: binding, measurable, documented. */
#include "requirement.h"

#include "error.h"
#include "judge.h"
#include "str.h"
#include "tables.h"
#include "vec.h"

#include <stdlib.h>
#include <string.h>

enum { DRIVERS_MAX = 64 };

typedef KK_VEC(kk_sighting) sighting_list;
typedef KK_VEC(kk_found_requirement) requirement_list;

static int by_unit(const void *a, const void *b)
{
    const kk_sighting *x = a;
    const kk_sighting *y = b;
    if (x->begin != y->begin) {
        return x->begin < y->begin ? -1 : 1;
    }
    if (x->end != y->end) { /* larger first */
        return x->end > y->end ? -1 : 1;
    }
    return x->recogniser < y->recogniser ? -1 : x->recogniser > y->recogniser;
}

/* ---- sightings ----------------------------------------------------------------------------- */

static bool is_valid(const kk_scan *scan, const kk_recogniser *r)
{
    const kk_str date = scan->options != NULL ? scan->options->date : (kk_str){"", 0};
    return r->status != KK_REVIEW_RETIRED &&
           (date.len == 0 || kk_date_within(date, r->from, r->to));
}

static kk_status units_of(kk_scan *scan, uint32_t doc, const kk_recogniser *r, kk_unit_list *out,
                          kk_error *err)
{
    uint32_t drivers[DRIVERS_MAX];
    const uint32_t n = kk_condition_drivers(&r->when, drivers, DRIVERS_MAX);
    if (n > 0) {
        return kk_units_with(scan, doc, r->scope, drivers, n, out, err);
    }
    return kk_units_all(scan, doc, r->scope, out) ? KK_OK : kk_fail_nomem(err);
}

static kk_status run_recogniser(kk_scan *scan, uint32_t doc, uint32_t index, kk_unit_list *units,
                                sighting_list *out, kk_error *err)
{
    const kk_recogniser *r = &scan->model->recognisers[index];
    units->n = 0;
    KK_TRY(units_of(scan, doc, r, units, err));
    for (size_t i = 0; i < units->n; i++) {
        const kk_unit_range *unit = &units->items[i];
        kk_judge judge = {.scan = scan, .err = err};
        const bool holds = kk_judge_holds(&judge, &r->when, unit);
        KK_TRY(judge.status);
        if (!holds) {
            continue;
        }
        const kk_para *p = kk_scan_para_of(scan, unit->begin);
        const kk_evidence whole = {.doc = doc,
                                   .para = unit->begin - scan->doc_base[doc],
                                   .begin = p->begin,
                                   .end = p->end};
        const kk_sighting seen = {unit->begin, unit->end, index,
                                  judge.has_evidence ? judge.evidence : whole};
        if (!kk_vec_push(out, seen)) {
            return kk_fail_nomem(err);
        }
    }
    return KK_OK;
}

static kk_status find_sightings(kk_scan *scan, uint32_t doc, sighting_list *out, kk_error *err)
{
    kk_unit_list units = {NULL, 0, 0};
    kk_status status = KK_OK;
    for (uint32_t i = 0; i < scan->model->n_recognisers && status == KK_OK; i++) {
        if (is_valid(scan, &scan->model->recognisers[i])) {
            status = run_recogniser(scan, doc, i, &units, out, err);
        }
    }
    kk_vec_free(&units);
    if (out->n > 1) {
        qsort(out->items, out->n, sizeof *out->items, by_unit);
    }
    return status;
}

kk_status kk_requirements_sightings(kk_scan *scan, uint32_t doc, const kk_sighting **out,
                                    uint32_t *n, kk_error *err)
{
    sighting_list list = {NULL, 0, 0};
    kk_status status = find_sightings(scan, doc, &list, err);
    kk_sighting *copy = kk_arena_array(scan->arena, list.n + 1, sizeof *copy);
    if (status == KK_OK && copy == NULL) {
        status = kk_fail_nomem(err);
    }
    if (status == KK_OK && copy != NULL && list.n > 0) {
        memcpy(copy, list.items, list.n * sizeof *copy);
    }
    *out = copy;
    *n = (uint32_t)list.n;
    kk_vec_free(&list);
    return status;
}

/* ---- what a passage is worth --------------------------------------------------------------- */

static bool is_plain(const kk_pattern_hit *hit)
{
    return kk_hit_counts(hit, KK_CHOICE_NO, KK_CHOICE_NO, KK_CHOICE_NO);
}

static bool role_hits(kk_hits all, uint32_t begin, uint32_t end)
{
    const kk_hits hits = kk_hits_within(all, begin, end);
    for (uint32_t i = 0; i < hits.n; i++) {
        if (is_plain(&hits.items[i])) {
            return true;
        }
    }
    return false;
}

/* A binding word in a sentence without a soft one: "skal etterstrebe" binds nobody. */
static bool is_binding(kk_scan *scan, kk_hits binding, kk_hits soft, uint32_t begin, uint32_t end)
{
    const kk_hits hits = kk_hits_within(binding, begin, end);
    for (uint32_t i = 0; i < hits.n; i++) {
        const kk_pattern_hit *hit = &hits.items[i];
        if (!is_plain(hit)) {
            continue;
        }
        const uint32_t base = kk_scan_para_of(scan, hit->para)->begin;
        size_t from;
        size_t to;
        kk_sentence_around(kk_scan_para_text(scan, hit->para), hit->begin - base, &from, &to);
        const kk_hits near = kk_hits_within(soft, hit->para, hit->para + 1);
        uint32_t k = 0;
        while (k < near.n &&
               (near.items[k].begin >= base + to || near.items[k].end <= base + from)) {
            k++;
        }
        if (k == near.n) {
            return true;
        }
    }
    return false;
}

/* A filled documentation cell in the row proves as much as a word in the text. */
static kk_status documentation_cell(kk_scan *scan, uint32_t para, bool *filled, kk_error *err)
{
    kk_unit_range row;
    *filled = false;
    if (!kk_unit_around(scan, para, KK_EXTENT_ROW, &row)) {
        return KK_OK;
    }
    const kk_row *r = &scan->rows[row.index];
    const kk_table_roles *roles;
    KK_TRY(kk_scan_table_roles(scan, r->doc, r->table, &roles, err));
    const kk_text *text = scan->texts[r->doc];
    for (uint32_t c = r->cell_begin; c < r->cell_end; c++) {
        const kk_cell *cell = &text->cells[c];
        if (cell->col < roles->n && roles->roles[cell->col] == KK_ROLE_DOCUMENTATION &&
            !kk_is_empty(scan, scan->doc_base[r->doc] + cell->para_begin,
                         scan->doc_base[r->doc] + cell->para_end)) {
            *filled = true;
        }
    }
    return KK_OK;
}

typedef struct worth {
    kk_hits binding, soft, figure, documentation;
} worth;

static kk_status judge_worth(kk_scan *scan, const worth *w, kk_found_requirement *r, kk_error *err)
{
    uint32_t begin = r->begin;
    uint32_t end = r->end;
    kk_unit_range row;
    if (kk_unit_around(scan, r->begin, KK_EXTENT_ROW, &row)) { /* in a table the whole row speaks */
        begin = row.begin;
        end = row.end > end ? row.end : end;
    }
    bool cell;
    KK_TRY(documentation_cell(scan, r->begin, &cell, err));
    r->value.binding = is_binding(scan, w->binding, w->soft, begin, end);
    r->value.measurable = role_hits(w->figure, begin, end);
    r->value.documented = cell || role_hits(w->documentation, begin, end);
    return KK_OK;
}

/* Where a requirement stands. A heading on climate says what it is about, not what part of the documents
 * it belongs to: the chapter above it decides, if there is one. */
static kk_str nearest_place(const kk_scan *scan, uint32_t para)
{
    static const kk_str climate = {"climate", 7};
    kk_str place = {"", 0};
    for (uint32_t s = scan->paras[para].section; s != KK_NONE; s = scan->sections[s].parent) {
        for (uint32_t i = 0; i < scan->model->n_places; i++) {
            if ((scan->sections[s].own_places >> i & 1) == 0) {
                continue;
            }
            place = scan->model->places[i].id;
            if (!kk_str_equal(place, climate)) {
                return place;
            }
        }
    }
    return place;
}

/* ---- requirements -------------------------------------------------------------------------- */

/* Sightings of one unit, and of units inside it, become one requirement. The recogniser that comes
 * first in the bank names it. */
static kk_status unite(kk_scan *scan, const sighting_list *seen, requirement_list *out,
                       kk_error *err)
{
    uint32_t end = 0; /* where the current unit ends */
    uint32_t best = KK_NONE;
    for (size_t i = 0; i < seen->n; i++) {
        const kk_sighting *s = &seen->items[i];
        const kk_recogniser *r = &scan->model->recognisers[s->recogniser];
        if (i == 0 || s->begin >= end) {
            const kk_found_requirement fresh = {.begin = s->begin, .end = s->end};
            if (!kk_vec_push(out, fresh)) {
                return kk_fail_nomem(err);
            }
            end = s->end;
            best = KK_NONE;
        }
        kk_found_requirement *found = &out->items[out->n - 1];
        found->value.climate = found->value.climate || r->climate;
        if (s->recogniser < best) {
            best = s->recogniser;
            found->value.at = s->at;
            found->value.recogniser = r->id;
            found->value.kind = r->kind;
        }
    }
    return KK_OK;
}

static kk_status find_in_doc(kk_scan *scan, uint32_t doc, const worth *w, requirement_list *out,
                             kk_error *err)
{
    sighting_list seen = {NULL, 0, 0};
    const size_t first = out->n;
    kk_status status = find_sightings(scan, doc, &seen, err);
    status = status == KK_OK ? unite(scan, &seen, out, err) : status;
    kk_vec_free(&seen);
    for (size_t i = first; i < out->n && status == KK_OK; i++) {
        kk_found_requirement *r = &out->items[i];
        r->places = kk_scan_para_places(scan, r->begin);
        r->value.place = nearest_place(scan, r->begin);
        status = judge_worth(scan, w, r, err);
    }
    return status;
}

static kk_status publish(kk_scan *scan, const requirement_list *all, const size_t *ends,
                         kk_error *err)
{
    scan->requirements = kk_arena_array(scan->arena, all->n + 1, sizeof *scan->requirements);
    kk_requirement *values = kk_arena_array(scan->arena, all->n + 1, sizeof *values);
    if (scan->requirements == NULL || values == NULL) {
        return kk_fail_nomem(err);
    }
    for (size_t i = 0; i < all->n; i++) {
        scan->requirements[i] = all->items[i];
        values[i] = all->items[i].value;
    }
    scan->n_requirements = (uint32_t)all->n;
    for (uint32_t d = 0; d < scan->n_texts; d++) {
        const size_t begin = d == 0 ? 0 : ends[d - 1];
        scan->results[d].requirements = values + begin;
        scan->results[d].n_requirements = (uint32_t)(ends[d] - begin);
    }
    return KK_OK;
}

static kk_status role_lists(kk_scan *scan, worth *w, kk_error *err)
{
    KK_TRY(kk_scan_role_hits(scan, KK_PATTERN_BINDING, &w->binding, err));
    KK_TRY(kk_scan_role_hits(scan, KK_PATTERN_SOFT, &w->soft, err));
    KK_TRY(kk_scan_role_hits(scan, KK_PATTERN_FIGURE, &w->figure, err));
    return kk_scan_role_hits(scan, KK_PATTERN_DOCUMENTATION, &w->documentation, err);
}

kk_status kk_requirements_find(kk_scan *scan, kk_error *err)
{
    worth w;
    requirement_list all = {NULL, 0, 0};
    size_t *ends = kk_arena_array(scan->arena, scan->n_texts + 1, sizeof *ends);
    if (ends == NULL) {
        return kk_fail_nomem(err);
    }
    KK_TRY(role_lists(scan, &w, err));
    kk_status status = KK_OK;
    for (uint32_t d = 0; d < scan->n_texts && status == KK_OK; d++) {
        status = find_in_doc(scan, d, &w, &all, err);
        ends[d] = all.n;
    }
    status = status == KK_OK ? publish(scan, &all, ends, err) : status;
    kk_vec_free(&all);
    return status;
}

/* ---- one passage --------------------------------------------------------------------------- */

kk_status kk_rules_recognise(kk_scanner *scanner, kk_str passage, bool strict_climate,
                             kk_requirement *out, const kk_str **ids, uint32_t *n_ids,
                             kk_error *err)
{
    kk_scan *scan;
    const kk_sighting *seen;
    uint32_t n;
    *out = (kk_requirement){.recogniser = {"", 0}};
    *n_ids = 0;
    KK_TRY(kk_scan_loose(scanner, passage, false, &scan, err));
    KK_TRY(kk_judge_memory(scan, err));
    scan->scores = kk_arena_array(scan->arena, 2 * (size_t)scan->model->n_categories + 2,
                                  sizeof *scan->scores);
    scan->results = kk_arena_array(scan->arena, 2, sizeof *scan->results);
    if (scan->scores == NULL || scan->results == NULL) {
        return kk_fail_nomem(err);
    }
    KK_TRY(kk_requirements_find(scan, err));
    KK_TRY(kk_requirements_sightings(scan, 0, &seen, &n, err));
    kk_str *list = kk_arena_array(scan->arena, (size_t)n + 1, sizeof *list);
    if (list == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t i = 0; i < n; i++) {
        const kk_recogniser *r = &scan->model->recognisers[seen[i].recogniser];
        bool known = strict_climate && !r->climate;
        for (uint32_t k = 0; k < *n_ids && !known; k++) {
            known = kk_str_equal(list[k], r->id);
        }
        if (!known) {
            list[(*n_ids)++] = r->id;
        }
    }
    for (uint32_t i = 0; i<scan->n_requirements && * n_ids> 0; i++) {
        if (out->recogniser.len == 0 && (!strict_climate || scan->requirements[i].value.climate)) {
            *out = scan->requirements[i].value;
        }
    }
    *ids = list;
    return KK_OK;
}
