/* When all sources are read: later elements replace earlier ones, references become indexes, and
 * the model is laid out in arrays. Order of the files is kept, except that patterns are sorted by
 * id (for look-up), clauses by id and age, document kinds by their order. */
#include "load.h"

#include "error.h"
#include "str.h"

#include <stdlib.h>
#include <string.h>

enum { USE_DEPTH_MAX = 32, PLACES_MAX = 64 };

/* An element by its name; sub tells versions of a clause apart. */
typedef struct entry {
    kk_str id, sub;
    const kk_origin *origin;
    void *item;
    uint32_t order; /* position while sorting, then index in the model */
} entry;

typedef struct entries {
    entry *items;
    uint32_t n;
} entries;

static int by_name(const void *a, const void *b)
{
    const entry *x = a;
    const entry *y = b;
    int order = kk_str_compare(x->id, y->id);
    order = order != 0 ? order : kk_str_compare(x->sub, y->sub);
    return order != 0 ? order : x->order < y->order ? -1 : x->order > y->order;
}

static int by_order(const void *a, const void *b)
{
    const entry *x = a;
    const entry *y = b;
    return x->order < y->order ? -1 : x->order > y->order;
}

static kk_status fail_twice(kk_loader *l, const entry *first, const entry *second)
{
    const kk_status status = kk_fail_at(
        l->err, KK_E_RULE, "rule-file", second->origin->file, 0,
        "id %.*s is used twice (first in %.*s line %u); rename one", (int)second->id.len,
        second->id.ptr, (int)first->origin->file.len, first->origin->file.ptr, first->origin->line);
    if (l->err != NULL && l->err->line == 0) {
        l->err->line = second->origin->line;
    }
    return status;
}

/* Twice in one file is a mistake, and so is twice in our own bank; a foreign file may override. */
static kk_status check_twice(kk_loader *l, const entry *first, const entry *second)
{
    const bool overrides = first->origin->source != second->origin->source &&
                           l->foreign_sources[second->origin->source];
    return overrides ? KK_OK : fail_twice(l, first, second);
}

/* Keeps the last of each name, in the order of the files; order becomes the index. */
static kk_status unite(kk_loader *l, entries *e)
{
    qsort(e->items, e->n, sizeof *e->items, by_name);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < e->n; i++) {
        if (kept > 0 && kk_str_equal(e->items[kept - 1].id, e->items[i].id) &&
            kk_str_equal(e->items[kept - 1].sub, e->items[i].sub)) {
            KK_TRY(check_twice(l, &e->items[kept - 1], &e->items[i]));
            kept--;
        }
        e->items[kept++] = e->items[i];
    }
    e->n = kept;
    qsort(e->items, e->n, sizeof *e->items, by_order);
    for (uint32_t i = 0; i < e->n; i++) {
        e->items[i].order = i;
    }
    return KK_OK;
}

static kk_status lay_out(kk_loader *l, const entries *e, size_t size, void *out, uint32_t *n)
{
    char *array;
    KK_TRY(kk_load_alloc(l, e->n, size, (void **)&array));
    for (uint32_t i = 0; i < e->n; i++) {
        memcpy(array + i * size, e->items[i].item, size);
    }
    memcpy(out, &array, sizeof array);
    *n = e->n;
    return KK_OK;
}

/* Gathers entries of a vector of pointers whose elements have id and origin. */
#define GATHER(l, e, vec, sub_of)                                                                  \
    do {                                                                                           \
        (e)->n = (uint32_t)(vec).n;                                                                \
        KK_TRY(kk_load_alloc((l), (vec).n, sizeof *(e)->items, (void **)&(e)->items));             \
        for (uint32_t gather_i = 0; gather_i < (e)->n; gather_i++) {                               \
            (e)->items[gather_i] = (entry){.id = (vec).items[gather_i]->id,                        \
                                           .sub = sub_of,                                          \
                                           .origin = &(vec).items[gather_i]->origin,               \
                                           .item = (vec).items[gather_i],                          \
                                           .order = gather_i};                                     \
        }                                                                                          \
    } while (0)

#define NO_SUB ((kk_str){"", 0})

/* ---- references ---------------------------------------------------------------------------- */

/* Entries sorted by name again, order = index in the model. */
typedef struct names {
    entries patterns, categories, places;
} names;

static const entry *find(const entries *e, kk_str id)
{
    const entry key = {.id = id, .sub = NO_SUB};
    size_t low = 0;
    size_t high = e->n;
    while (low < high) {
        const size_t mid = low + (high - low) / 2;
        if (kk_str_compare(e->items[mid].id, key.id) < 0) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low < e->n && kk_str_equal(e->items[low].id, id) ? &e->items[low] : NULL;
}

static kk_status fail_unknown(kk_loader *l, const kk_pending *p)
{
    static const char *const what[] = {"pattern", "category", "place", "place"};
    const kk_status status =
        kk_fail_at(l->err, KK_E_RULE, "rule-file", p->origin.file, 0,
                   "there is no %s with id \"%.*s\"; correct the reference or add it",
                   what[p->kind], (int)(p->id.len < 80 ? p->id.len : 80), p->id.ptr);
    if (l->err != NULL && l->err->line == 0) {
        l->err->line = p->origin.line;
    }
    return status;
}

static kk_status resolve_one(kk_loader *l, const names *n, const kk_pending *p)
{
    const entries *e = p->kind == KK_PENDING_PATTERN    ? &n->patterns
                       : p->kind == KK_PENDING_CATEGORY ? &n->categories
                                                        : &n->places;
    const entry *found = find(e, p->id);
    if (found == NULL) {
        return fail_unknown(l, p);
    }
    if (p->kind == KK_PENDING_PLACE_BIT) {
        uint64_t *bits = p->slot;
        *bits |= (uint64_t)1 << found->order;
    } else {
        uint32_t *index = p->slot;
        *index = found->order;
    }
    return KK_OK;
}

/* ---- circles ------------------------------------------------------------------------------- */

static kk_status fail_circle(kk_loader *l, const kk_pattern *p)
{
    const kk_status status =
        kk_fail_at(l->err, KK_E_RULE, "rule-file", p->origin.file, 0,
                   "pattern %.*s uses itself through others (or over %d deep); break the circle",
                   (int)p->id.len, p->id.ptr, USE_DEPTH_MAX);
    if (l->err != NULL && l->err->line == 0) {
        l->err->line = p->origin.line;
    }
    return status;
}

/* done: patterns whose uses are known to end, so that shared ones are walked once. */
static kk_status walk_uses(kk_loader *l, uint32_t at, uint32_t depth, bool *done)
{
    const kk_pattern *p = &l->model->patterns[at];
    if (depth > USE_DEPTH_MAX) {
        return fail_circle(l, p);
    }
    for (uint32_t i = 0; i < p->n_uses && !done[at]; i++) {
        KK_TRY(walk_uses(l, p->uses[i], depth + 1, done));
    }
    done[at] = true;
    return KK_OK;
}

kk_status kk_load_circles(kk_loader *l)
{
    bool *done;
    KK_TRY(kk_load_alloc(l, l->model->n_patterns, sizeof *done, (void **)&done));
    for (uint32_t i = 0; i < l->model->n_patterns; i++) {
        KK_TRY(walk_uses(l, i, 0, done));
    }
    return KK_OK;
}

/* ---- laying out ---------------------------------------------------------------------------- */

static int by_clause(const void *a, const void *b)
{
    const kk_clause *x = a;
    const kk_clause *y = b;
    int order = kk_str_compare(x->id, y->id);
    order = order != 0 ? order : kk_str_compare(x->from, y->from);
    return order != 0 ? order : kk_str_compare(x->version, y->version);
}

static kk_status name_and_number(kk_loader *l, names *n)
{
    GATHER(l, &n->patterns, l->patterns, NO_SUB);
    KK_TRY(unite(l, &n->patterns));
    qsort(n->patterns.items, n->patterns.n, sizeof(entry), by_name);
    for (uint32_t i = 0; i < n->patterns.n; i++) {
        n->patterns.items[i].order = i;
    }
    GATHER(l, &n->categories, l->categories, NO_SUB);
    KK_TRY(unite(l, &n->categories));
    qsort(n->categories.items, n->categories.n, sizeof(entry), by_name);
    GATHER(l, &n->places, l->places, NO_SUB);
    KK_TRY(unite(l, &n->places));
    if (n->places.n > PLACES_MAX) {
        return kk_fail(l->err, KK_E_RULE, "rule-file", "more than %d places; remove some",
                       PLACES_MAX);
    }
    qsort(n->places.items, n->places.n, sizeof(entry), by_name);
    return KK_OK;
}

static void restore_order(entries *e)
{
    qsort(e->items, e->n, sizeof *e->items, by_order);
}

static kk_status lay_out_named(kk_loader *l, names *n)
{
    kk_model *m = l->model;
    restore_order(&n->categories);
    restore_order(&n->places);
    KK_TRY(lay_out(l, &n->patterns, sizeof(kk_pattern), &m->patterns, &m->n_patterns));
    KK_TRY(lay_out(l, &n->categories, sizeof(kk_category), &m->categories, &m->n_categories));
    return lay_out(l, &n->places, sizeof(kk_place), &m->places, &m->n_places);
}

static kk_status lay_out_rules(kk_loader *l)
{
    kk_model *m = l->model;
    entries e;
    GATHER(l, &e, l->recognisers, NO_SUB);
    KK_TRY(unite(l, &e));
    KK_TRY(lay_out(l, &e, sizeof(kk_recogniser), &m->recognisers, &m->n_recognisers));
    GATHER(l, &e, l->rules, NO_SUB);
    KK_TRY(unite(l, &e));
    KK_TRY(lay_out(l, &e, sizeof(kk_rule), &m->rules, &m->n_rules));
    GATHER(l, &e, l->clauses, l->clauses.items[gather_i]->version);
    KK_TRY(unite(l, &e));
    kk_clause *clauses;
    KK_TRY(lay_out(l, &e, sizeof(kk_clause), &clauses, &m->n_clauses));
    qsort(clauses, m->n_clauses, sizeof *clauses, by_clause);
    m->clauses = clauses;
    return KK_OK;
}

static kk_status lay_out_rest(kk_loader *l)
{
    kk_model *m = l->model;
    entries e;
    GATHER(l, &e, l->kinds, NO_SUB);
    KK_TRY(unite(l, &e));
    for (uint32_t i = 0; i < e.n; i++) {
        const kk_document_kind *kind = e.items[i].item;
        e.items[i].order = kind->order == UINT32_MAX ? UINT32_MAX - e.n + i : kind->order;
    }
    restore_order(&e);
    KK_TRY(lay_out(l, &e, sizeof(kk_document_kind), &m->kinds, &m->n_kinds));
    GATHER(l, &e, l->verdicts, NO_SUB);
    KK_TRY(unite(l, &e));
    KK_TRY(lay_out(l, &e, sizeof(kk_verdict_rule), &m->verdicts, &m->n_verdicts));
    GATHER(l, &e, l->thresholds, l->thresholds.items[gather_i]->from);
    KK_TRY(unite(l, &e));
    KK_TRY(lay_out(l, &e, sizeof(kk_threshold), &m->thresholds, &m->n_thresholds));
    GATHER(l, &e, l->law_facts, NO_SUB);
    KK_TRY(unite(l, &e));
    KK_TRY(lay_out(l, &e, sizeof(kk_law_fact), &m->law_facts, &m->n_law_facts));
    GATHER(l, &e, l->notice_codes, NO_SUB);
    KK_TRY(unite(l, &e));
    KK_TRY(lay_out(l, &e, sizeof(kk_notice_code), &m->notice_codes, &m->n_notice_codes));
    GATHER(l, &e, l->uses, NO_SUB);
    KK_TRY(unite(l, &e));
    return lay_out(l, &e, sizeof(kk_example_use), &m->uses, &m->n_uses);
}

static kk_status lay_out_plain(kk_loader *l)
{
    kk_model *m = l->model;
    kk_matcher *matchers;
    kk_columns *columns;
    KK_TRY(kk_load_alloc(l, l->matchers.n, sizeof *matchers, (void **)&matchers));
    KK_TRY(kk_load_alloc(l, l->columns.n, sizeof *columns, (void **)&columns));
    for (size_t i = 0; i < l->matchers.n; i++) {
        matchers[i] = l->matchers.items[i];
    }
    for (size_t i = 0; i < l->columns.n; i++) {
        columns[i] = *l->columns.items[i];
    }
    m->matchers = matchers;
    m->columns = columns;
    m->n_matchers = (uint32_t)l->matchers.n;
    m->n_columns = (uint32_t)l->columns.n;
    return kk_load_cpv_table(l, &m->cpv);
}

kk_status kk_load_resolve(kk_loader *l)
{
    names n;
    KK_TRY(name_and_number(l, &n));
    for (size_t i = 0; i < l->pendings.n; i++) {
        KK_TRY(resolve_one(l, &n, &l->pendings.items[i]));
    }
    /* Only now are the elements complete and may be copied. */
    KK_TRY(lay_out_named(l, &n));
    KK_TRY(kk_load_circles(l));
    KK_TRY(lay_out_rules(l));
    KK_TRY(lay_out_rest(l));
    return lay_out_plain(l);
}
