/* Joins what the documents of a procurement say into facts. Computes, but does not judge: which
 * fact means what is the bank's business (law.xml). */
#include "dossier.h"

#include "error.h"
#include "law.h"
#include "str.h"

#include <string.h>

/* ---- one document -------------------------------------------------------------------------- */

static kk_status has_place(const kk_probe *probe, const kk_text *text, const char *place, bool *out,
                           kk_error *err)
{
    const kk_place_hit *hits = NULL;
    uint32_t n = 0;
    KK_TRY(kk_rules_places(probe->scanner, text, kk_str_from(place), &hits, &n, err));
    *out = *out || n > 0;
    return KK_OK;
}

/* ---- requirements -------------------------------------------------------------------------- */

/* A term of the contract on reporting, control or sanctions follows requirements up; it is none that
 * could replace a criterion. */
static bool is_follow_up(const kk_probe *probe, const kk_text *text, uint32_t doc,
                         const kk_requirement *q)
{
    static const char *const follow[] = {"follow-reporting", "follow-control", "follow-sanction"};
    if (!kk_str_is(q->place, "contract") || q->at.para >= text->n_paras) {
        return false;
    }
    const kk_para *para = &text->paras[q->at.para];
    for (size_t i = 0; i < sizeof follow / sizeof *follow; i++) {
        if (probe->find(probe->context, follow[i], doc, para->begin, para->end, NULL)) {
            return true;
        }
    }
    return para->managed != KK_NONE;
}

/* Requirements on the delivery count by content, also when they stand under qualification
 * (KOFA 2024/639); a criterion, a goal or a demand on the supplier's system is no such requirement.
 */
static void count_requirements(const kk_probe *probe, const kk_text *text, uint32_t doc,
                               const kk_document_result *result, kk_req_count *c)
{
    for (uint32_t i = 0; i < result->n_requirements; i++) {
        const kk_requirement *q = &result->requirements[i];
        if (!kk_str_is(q->kind, "krav") || kk_str_is(q->place, "award") ||
            is_follow_up(probe, text, doc, q)) {
            continue;
        }
        if (c->n++ == 0) {
            c->first = q->at;
        }
        if (!q->binding) {
            c->soft_at = c->soft++ == 0 ? q->at : c->soft_at;
            continue;
        }
        c->binding++;
        c->measurable += q->measurable;
        c->documented += q->measurable && q->documented;
        if (kk_str_is(q->place, "qualification")) {
            c->qualification_at = c->in_qualification++ == 0 ? q->at : c->qualification_at;
        }
    }
}

static void join_requirements(kk_req_count *all, const kk_req_count *one)
{
    all->first = all->n == 0 ? one->first : all->first;
    all->soft_at = all->soft == 0 ? one->soft_at : all->soft_at;
    all->qualification_at = all->in_qualification == 0 ? one->qualification_at
                                                       : all->qualification_at;
    all->n += one->n;
    all->binding += one->binding;
    all->measurable += one->measurable;
    all->documented += one->documented;
    all->soft += one->soft;
    all->in_qualification += one->in_qualification;
}

kk_status kk_dossier_read(const kk_probe *probe, const kk_text *text, uint32_t doc,
                          const kk_document_result *result, kk_contribution *out, kk_error *err)
{
    memset(out, 0, sizeof *out);
    out->text = text;
    out->result = result;
    KK_TRY(kk_award_read(probe, text, doc, &out->award, err));
    kk_reasons_read(probe, text, doc, &out->reasons);
    kk_follow_read(probe, text, doc, &out->follow);
    count_requirements(probe, text, doc, result, &out->req);
    out->has_spec = kk_str_is(result->kind, "spec");
    out->has_contract = kk_str_is(result->kind, "contract");
    KK_TRY(has_place(probe, text, "award", &out->has_award, err));
    KK_TRY(has_place(probe, text, "spec", &out->has_spec, err));
    KK_TRY(has_place(probe, text, "contract", &out->has_contract, err));
    if (text->len > 0) {
        out->lcc = probe->find(probe->context, "lcc", doc, 0, text->len, &out->lcc_at);
        out->has_value = kk_law_value(probe, text, doc, &out->value, &out->value_at);
        out->climate = probe->find(probe->context, "follow-climate", doc, 0, text->len, NULL);
    }
    return KK_OK;
}

/* ---- a list of facts ----------------------------------------------------------------------- */

#define MAX_FACTS 64u

typedef struct fact_list {
    kk_fact *items;
    uint32_t n;
} fact_list;

static const kk_evidence NOWHERE = {0, KK_NONE, 0, 0, {NULL, 0}};

static kk_fact *add(fact_list *list, const char *name)
{
    kk_fact *fact = &list->items[list->n < MAX_FACTS ? list->n++ : MAX_FACTS - 1];
    fact->name = kk_str_from(name);
    fact->known = true;
    fact->at = NOWHERE;
    return fact;
}

static void add_bool(fact_list *list, const char *name, bool value, kk_evidence at)
{
    kk_fact *fact = add(list, name);
    fact->number = value ? 1.0 : 0.0;
    fact->at = value ? at : NOWHERE;
}

static void add_number(fact_list *list, const char *name, double value, bool known, kk_evidence at)
{
    kk_fact *fact = add(list, name);
    fact->number = known ? value : 0.0;
    fact->known = known;
    fact->at = at;
}

static void add_text(fact_list *list, const char *name, kk_str value, kk_evidence at)
{
    kk_fact *fact = add(list, name);
    fact->text = value;
    fact->known = value.len > 0;
    fact->at = at;
}

/* ---- award --------------------------------------------------------------------------------- */

/* Weights beat a ranking, a ranking a monetised model, and that a heading with nothing readable. */
static unsigned strength(const kk_award *award)
{
    static const unsigned by_stated[] = {1, 4, 3, 2};
    return award->present || award->stated != KK_STATED_NONE ? by_stated[award->stated] : 0;
}

static void add_award(fact_list *list, const kk_award *a)
{
    static const char *const stated[] = {"none", "weights", "priority", "monetised"};
    bool weights = a->stated == KK_STATED_WEIGHTS;
    bool undocumented = !a->documented && (a->weight > 0.0 || a->rank > 0);
    add_bool(list, "award.present", a->present, a->at);
    add_text(list, "award.stated", kk_str_from(stated[a->stated]), a->at);
    add_number(list, "award.weight", a->weight, weights,
               a->genuine_at.para != KK_NONE   ? a->genuine_at
               : a->nominal_at.para != KK_NONE ? a->nominal_at
                                               : a->at);
    add_number(list, "award.nominal-weight", a->nominal, weights, a->at);
    add_number(list, "award.sum", a->sum, a->sum >= 0.0, a->at);
    add_number(list, "award.rank", a->rank, a->stated == KK_STATED_PRIORITY,
               a->genuine_at.para != KK_NONE ? a->genuine_at : a->at);
    add_number(list, "award.n-criteria", a->n_criteria, true, a->at);
    add_bool(list, "award.price-only", a->price_only, a->price_at);
    add_bool(list, "award.placeholder-weight", a->placeholder, a->placeholder_at);
    add_bool(list, "award.mixed-heading", a->mixed, a->mixed_at);
    add_bool(list, "award.mixed-part", a->mixed_part, a->mixed_part_at);
    add_bool(list, "award.bare-certificate", a->bare_certificate, a->certificate_at);
    add_bool(list, "award.monetised", a->stated == KK_STATED_MONETISED, a->at);
    add_bool(list, "award.named", a->named, a->genuine_at);
    add_bool(list, "award.alternatives", a->alternatives, a->alternatives_at);
    add_bool(list, "award.documented", a->documented, a->at);
    add_bool(list, "award.climate-undocumented", undocumented, a->undocumented_at);
}

/* ---- reasons, follow-up ---------------------------------------------------------------------- */

static void join_reason(kk_reason *all, const kk_reason *one)
{
    const bool ok = all->ok || one->ok, elsewhere = all->elsewhere || one->elsewhere;
    if (one->present && (!all->present || (one->ok && !all->ok) || one->halves > all->halves)) {
        *all = *one;
    }
    all->ok = ok;
    all->elsewhere = elsewhere;
}

static void add_reason(fact_list *list, const char *present, const char *ok,
                       const kk_reason *reason)
{
    add_bool(list, present, reason->present, reason->at);
    add_bool(list, ok, reason->ok, reason->at);
}

/* Are all reasons that stand there outside the body (footnote, text box, header)? *at: the first of
 * them. */
static bool only_in_notes(const kk_contribution *c, uint32_t n, kk_evidence *at)
{
    bool any = false;
    for (uint32_t i = 0; i < n; i++) {
        const kk_reasons *r = &c[i].reasons;
        const kk_reason *const all[] = {&r->replace, &r->insignificant, &r->critical, &r->minimum};
        for (size_t k = 0; k < sizeof all / sizeof all[0]; k++) {
            if (!all[k]->present) {
                continue;
            }
            const kk_para *para = &c[i].text->paras[all[k]->at.para];
            if (c[i].text->stories[para->story].kind == KK_STORY_BODY) {
                return false;
            }
            *at = any ? *at : all[k]->at;
            any = true;
        }
    }
    return any;
}

static void add_reasons(fact_list *list, const kk_contribution *c, uint32_t n)
{
    kk_evidence note = NOWHERE;
    const bool in_note = only_in_notes(c, n, &note);
    add_bool(list, "reason.in-note", in_note, note);
    kk_reasons all;
    memset(&all, 0, sizeof all);
    for (uint32_t i = 0; i < n; i++) {
        join_reason(&all.replace, &c[i].reasons.replace);
        join_reason(&all.insignificant, &c[i].reasons.insignificant);
        join_reason(&all.critical, &c[i].reasons.critical);
        join_reason(&all.minimum, &c[i].reasons.minimum);
    }
    add_reason(list, "reason.replace.present", "reason.replace.ok", &all.replace);
    add_bool(list, "reason.replace.elsewhere", all.replace.elsewhere, all.replace.at);
    add_reason(list, "reason.exempt.insignificant.present", "reason.exempt.insignificant.ok",
               &all.insignificant);
    add_number(list, "reason.exempt.insignificant.halves", all.insignificant.halves, true,
               all.insignificant.at);
    add_reason(list, "reason.exempt.critical.present", "reason.exempt.critical.ok", &all.critical);
    add_reason(list, "reason.exempt.minimum.present", "reason.exempt.minimum.ok", &all.minimum);
    add_number(list, "reason.exempt.count",
               all.insignificant.present + all.critical.present + all.minimum.present, true,
               NOWHERE);
}

static void add_follow(fact_list *list, const kk_contribution *c, uint32_t n)
{
    kk_follow all;
    memset(&all, 0, sizeof all);
    for (uint32_t i = 0; i < n; i++) {
        const kk_follow *one = &c[i].follow;
        all.reporting_at = all.reporting ? all.reporting_at : one->reporting_at;
        all.control_at = all.control ? all.control_at : one->control_at;
        all.sanction_at = all.sanction ? all.sanction_at : one->sanction_at;
        all.reporting = all.reporting || one->reporting;
        all.control = all.control || one->control;
        all.sanction = all.sanction || one->sanction;
    }
    add_bool(list, "follow.reporting", all.reporting, all.reporting_at);
    add_bool(list, "follow.control", all.control, all.control_at);
    add_bool(list, "follow.sanction", all.sanction, all.sanction_at);
}

static void add_set(fact_list *list, const kk_contribution *c, uint32_t n)
{
    bool award = false, spec = false, contract = false, lcc = false, climate = false,
         tracked = false;
    uint32_t paras = 0;
    const kk_contribution *priced = NULL; /* the largest value counts: parts are stated too */
    kk_evidence lcc_at = NOWHERE;
    kk_req_count req;
    memset(&req, 0, sizeof req);
    for (uint32_t i = 0; i < n; i++) {
        award = award || c[i].has_award || c[i].award.present;
        spec = spec || c[i].has_spec;
        contract = contract || c[i].has_contract;
        lcc_at = lcc ? lcc_at : c[i].lcc_at;
        lcc = lcc || c[i].lcc;
        climate = climate || c[i].climate;
        tracked = tracked || (c[i].text->facts & KK_FACT_PENDING) != 0;
        if (c[i].has_value && (priced == NULL || c[i].value > priced->value)) {
            priced = &c[i];
        }
        paras += c[i].text->n_paras;
        join_requirements(&req, &c[i].req);
    }
    add_bool(list, "set.has-award", award, NOWHERE);
    add_bool(list, "set.has-spec", spec, NOWHERE);
    add_bool(list, "set.has-contract", contract, NOWHERE);
    add_bool(list, "lcc.present", lcc, lcc_at);
    add_bool(list, "climate.mentions", climate, NOWHERE);
    add_bool(list, "doc.tracked", tracked, NOWHERE);
    add_number(list, "law.value", priced != NULL ? priced->value : 0, priced != NULL,
               priced != NULL ? priced->value_at : NOWHERE);
    add_number(list, "doc.paragraphs", paras, true, NOWHERE);
    add_number(list, "req.n", req.n, true, req.first);
    add_number(list, "req.binding", req.binding, true, req.first);
    add_number(list, "req.measurable", req.measurable, true, req.first);
    add_number(list, "req.documented", req.documented, true, req.first);
    add_number(list, "req.soft", req.soft, true, req.soft_at);
    add_number(list, "req.in-qualification", req.in_qualification, true, req.qualification_at);
}

kk_status kk_dossier_facts(const kk_contribution *list, uint32_t n, kk_arena *arena,
                           const kk_fact **out, uint32_t *n_out, kk_error *err)
{
    fact_list facts = {kk_arena_array(arena, MAX_FACTS, sizeof(kk_fact)), 0};
    uint32_t best = 0;
    if (facts.items == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t i = 1; i < n; i++) {
        best = strength(&list[i].award) > strength(&list[best].award) ? i : best;
    }
    if (n > 0) {
        add_award(&facts, &list[best].award);
        add_text(&facts, "doc.kind", list[best].result->kind, NOWHERE);
    }
    add_reasons(&facts, list, n);
    add_follow(&facts, list, n);
    add_set(&facts, list, n);
    *out = facts.items;
    *n_out = facts.n;
    return KK_OK;
}
