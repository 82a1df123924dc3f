/* Brings the readers of award criteria and reasons together with the matcher, and turns what they
 * found into facts; then asks the bank's verdicts. */
#include "facts.h"

#include "dossier.h"
#include "error.h"
#include "judge.h"
#include "law.h"
#include "message.h"
#include "str.h"

#include <stdlib.h>
#include <string.h>

enum { REPEAT_WORDS = 8 };

const kk_fact *kk_facts_get(const kk_facts *facts, kk_str name)
{
    for (uint32_t i = 0; i < facts->n; i++) {
        if (kk_str_equal(facts->items[i].name, name)) {
            return &facts->items[i];
        }
    }
    return NULL;
}

/* ---- probe --------------------------------------------------------------------------------- */

typedef struct probe_context {
    kk_scan *scan;
    kk_status status; /* sticky: the readers get "no hit" after a failure */
    kk_error *err;
} probe_context;

static bool find(void *context, const char *id, uint32_t doc, uint32_t begin, uint32_t end,
                 kk_evidence *at)
{
    probe_context *c = context;
    kk_hits hits = {NULL, 0};
    const kk_text *text = c->scan->texts[doc];
    if (c->status == KK_OK) {
        const uint32_t pattern = kk_model_pattern(c->scan->model, kk_str_from(id));
        c->status = kk_scan_hits(c->scan, pattern, &hits, c->err);
    }
    if (c->status != KK_OK || hits.n == 0) {
        return false;
    }
    uint32_t low = 0; /* first paragraph that reaches past begin */
    uint32_t high = text->n_paras;
    while (low < high) {
        const uint32_t mid = low + (high - low) / 2;
        if (text->paras[mid].end < begin) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    const uint32_t base = c->scan->doc_base[doc];
    hits = kk_hits_within(hits, base + low, c->scan->doc_base[doc + 1]);
    for (uint32_t i = 0; i < hits.n && hits.items[i].begin < end; i++) {
        if (hits.items[i].begin >= begin && hits.items[i].end <= end) {
            if (at != NULL) {
                *at = kk_scan_evidence(c->scan, &hits.items[i]);
            }
            return true;
        }
    }
    return false;
}

/* ---- facts --------------------------------------------------------------------------------- */

static kk_status read_documents(kk_scan *scan, kk_contribution *list, kk_error *err)
{
    probe_context context = {.scan = scan, .err = err};
    const kk_probe probe = {&context, find, scan->scanner, scan->arena};
    for (uint32_t d = 0; d < scan->n_texts; d++) {
        KK_TRY(kk_dossier_read(&probe, scan->texts[d], d, &scan->results[d], &list[d], err));
        KK_TRY(context.status);
        scan->results[d].criteria = list[d].award.criteria;
        scan->results[d].n_criteria = list[d].award.n_criteria;
        scan->results[d].set_weights = list[d].award.set_weights;
        scan->results[d].n_set_weights = list[d].award.n_set_weights;
    }
    return KK_OK;
}

static double number_of(const kk_facts *facts, const char *name, double fallback)
{
    const kk_fact *fact = kk_facts_get(facts, kk_str_from(name));
    return fact != NULL && fact->known ? fact->number : fallback;
}

static kk_str valid_basis(const kk_basis *basis, uint32_t n, kk_str date)
{
    for (uint32_t i = 0; i < n; i++) {
        if (kk_date_within(date, basis[i].from, basis[i].to)) {
            return basis[i].ref;
        }
    }
    return n > 0 ? basis[0].ref : (kk_str){"", 0};
}

/* First route that holds, of the first verdict that applies on the date. */
static kk_status judge_verdict(kk_scan *scan, const kk_unit_range *unit, const kk_facts *facts,
                               kk_verdict *out, kk_error *err)
{
    *out = (kk_verdict){.satisfied = -1,
                        .route = KK_ROUTE_NOT_APPLICABLE,
                        .weight = number_of(facts, "award.weight", -1)};
    const kk_str date = scan->options->date;
    for (uint32_t v = 0; v < scan->model->n_verdicts; v++) {
        const kk_verdict_rule *rule = &scan->model->verdicts[v];
        kk_judge judge = {.scan = scan, .err = err, .facts = facts};
        if (!kk_date_within(date, rule->from, rule->to) ||
            (rule->has_applies && !kk_judge_holds(&judge, &rule->applies, unit))) {
            KK_TRY(judge.status);
            continue;
        }
        for (uint32_t r = 0; r < rule->n_routes; r++) {
            const kk_verdict_route *route = &rule->routes[r];
            const bool holds = kk_judge_holds(&judge, &route->when, unit);
            KK_TRY(judge.status);
            if (holds) {
                const kk_message_values values = {.facts = facts, .doc = unit->doc};
                out->route = route->route;
                out->satisfied = route->satisfied;
                out->basis = valid_basis(route->basis, route->n_basis, date);
                out->from = rule->from;
                KK_TRY(kk_law_cite(scan, facts, &out->basis, err));
                return kk_message_fill(scan,
                                       kk_messages_get(&route->why, scan->options->message_lang),
                                       &values, &out->why, err);
            }
        }
    }
    return KK_OK;
}

static int by_hash(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a;
    const uint64_t y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* doc.repeats: how many passages of eight words or more that ask for something stand there again,
 * letter by letter. */
static kk_status count_repeats(kk_scan *scan, uint32_t begin, uint32_t end, kk_fact *out,
                               kk_error *err)
{
    uint64_t *hashes =
        kk_arena_array(scan->arena, (size_t)scan->n_requirements + 1, sizeof *hashes);
    size_t n = 0;
    if (hashes == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t i = 0; i < scan->n_requirements; i++) {
        const kk_found_requirement *r = &scan->requirements[i];
        if (r->begin >= begin && r->end <= end && r->end == r->begin + 1 &&
            kk_words_in(scan, r->begin, r->end, REPEAT_WORDS) >= REPEAT_WORDS) {
            hashes[n++] = kk_str_hash(kk_str_trim(kk_scan_para_text(scan, r->begin)));
        }
    }
    qsort(hashes, n, sizeof *hashes, by_hash);
    *out = (kk_fact){.name = KK_STR("doc.repeats"), .known = true, .at = {.para = KK_NONE}};
    for (size_t i = 1; i < n; i++) {
        out->number += hashes[i] == hashes[i - 1] ? 1 : 0;
    }
    return KK_OK;
}

/* lang.other-chapters: chapters that stand in the other form of Norwegian than most of the
 * document's chapters, told by five decisive words or more. */
static kk_fact other_chapters(const kk_scan *scan, uint32_t first, uint32_t n)
{
    enum { SURE = 5 };
    kk_fact out = {.name = KK_STR("lang.other-chapters"), .known = true, .at = {.para = KK_NONE}};
    for (uint32_t d = first; d < first + n; d++) {
        const kk_document_result *r = &scan->results[d];
        uint32_t words[2] = {0, 0}; /* decisive ones in chapters of bokmål, of nynorsk */
        for (uint32_t i = 0; i < r->n_sections; i++) {
            const kk_lang_section *s = &r->sections[i];
            words[0] += s->lang == KK_LANG_NB && !s->mixed ? s->decisive : 0;
            words[1] += s->lang == KK_LANG_NN && !s->mixed ? s->decisive : 0;
        }
        const kk_lang other = words[0] >= words[1] ? KK_LANG_NN : KK_LANG_NB;
        for (uint32_t i = 0; i < r->n_sections; i++) {
            const kk_lang_section *s = &r->sections[i];
            if (s->lang != other || s->mixed || s->decisive < SURE) {
                continue;
            }
            if (out.number < 1) {
                const kk_para *p = &scan->texts[d]->paras[s->para];
                out.at = (kk_evidence){d, s->para, p->begin, p->end, {"", 0}};
            }
            out.number++;
        }
    }
    return out;
}

/* What the documents [first, first + n) say. */
static kk_status facts_of(kk_scan *scan, const kk_contribution *list, uint32_t first, uint32_t n,
                          kk_facts *out, kk_error *err)
{
    const kk_fact *facts;
    uint32_t n_facts;
    KK_TRY(kk_dossier_facts(list + first, n, scan->arena, &facts, &n_facts, err));
    kk_fact *all =
        kk_arena_array(scan->arena, (size_t)n_facts + 3 + kk_law_names(scan->model), sizeof *all);
    if (all == NULL) {
        return kk_fail_nomem(err);
    }
    memcpy(all, facts, n_facts * sizeof *all);
    KK_TRY(
        count_repeats(scan, scan->doc_base[first], scan->doc_base[first + n], &all[n_facts], err));
    n_facts++;
    all[n_facts++] = other_chapters(scan, first, n);
    all[n_facts++] = (kk_fact){.name = KK_STR("config.expired"),
                               .number = scan->options->n_expired,
                               .known = true,
                               .at = {.para = KK_NONE}};
    const kk_unit_range unit =
        n > 1 ? kk_unit_procurement(scan, first) : kk_unit_document(scan, first);
    KK_TRY(kk_law_judge(scan, &unit, all, &n_facts, err));
    *out = (kk_facts){all, n_facts};
    return KK_OK;
}

kk_status kk_facts_compute(kk_scan *scan, kk_verdict *verdict, kk_error *err)
{
    kk_contribution *list = kk_arena_array(scan->arena, scan->n_texts + 1, sizeof *list);
    scan->doc_facts = kk_arena_array(scan->arena, scan->n_texts + 1, sizeof *scan->doc_facts);
    if (list == NULL || scan->doc_facts == NULL) {
        return kk_fail_nomem(err);
    }
    KK_TRY(read_documents(scan, list, err));
    for (uint32_t d = 0; d < scan->n_texts; d++) {
        const kk_unit_range unit = kk_unit_document(scan, d);
        KK_TRY(facts_of(scan, list, d, 1, &scan->doc_facts[d], err));
        KK_TRY(judge_verdict(scan, &unit, &scan->doc_facts[d], &scan->results[d].verdict, err));
    }
    if (scan->n_texts == 0) {
        *verdict = (kk_verdict){.satisfied = -1, .route = KK_ROUTE_NOT_APPLICABLE, .weight = -1};
        return KK_OK;
    }
    KK_TRY(facts_of(scan, list, 0, scan->n_texts, &scan->set_facts, err));
    const kk_unit_range set = kk_unit_procurement(scan, 0);
    if (scan->as_set) {
        return judge_verdict(scan, &set, &scan->set_facts, verdict, err);
    }
    *verdict = scan->results[0].verdict;
    return KK_OK;
}
