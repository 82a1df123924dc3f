/* Asks the bank's law facts and notice codes. Knows no paragraph, amount or code itself. */
#include "law.h"

#include "error.h"
#include "facts.h"
#include "number.h"
#include "str.h"

#include <string.h>

enum { REACH = 160 }; /* bytes from the words to the amount */

/* ---- the stated value ---------------------------------------------------------------------- */

static bool follows(kk_str text, size_t at, const char *word)
{
    while (*word != '\0' && at < text.len) {
        const char c = text.ptr[at];
        if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != *word) {
            return false;
        }
        word++;
        at++;
    }
    return *word == '\0';
}

/* "2,4 mill. kroner", "3 MNOK": the figure itself has no unit there. */
static double scale_after(kk_str text, size_t at, bool *is_money)
{
    while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '-')) {
        at++;
    }
    if (follows(text, at, "mill") || follows(text, at, "mnok") || follows(text, at, "mkr")) {
        *is_money = true;
        return 1e6;
    }
    if (follows(text, at, "mrd") || follows(text, at, "milliard")) {
        *is_money = true;
        return 1e9;
    }
    if (follows(text, at, "tusen")) {
        *is_money = true;
        return 1e3;
    }
    *is_money = follows(text, at, "nok") || follows(text, at, "kr");
    return 1;
}

/* Largest amount in s: "mellom 2 og 3 millioner", "2-3 mill". False when there is none. */
static bool amount_in(kk_str s, double *value)
{
    kk_number number;
    size_t at = 0;
    bool found = false;
    double bare = 0; /* a figure before the one that has the unit */
    while (kk_number_next(s, &at, &number)) {
        bool money = false;
        const double scale = scale_after(s, number.end, &money);
        money = money || number.unit == KK_UNIT_KR;
        if (number.unit != KK_UNIT_NONE && number.unit != KK_UNIT_KR) {
            continue;
        }
        if (!money) {
            bare = number.value;
            continue;
        }
        double amount = number.value * scale;
        amount = bare * scale > amount && bare < 1000 ? bare * scale : amount;
        *value = found && *value > amount ? *value : amount;
        found = true;
    }
    return found && *value >= 1000;
}

bool kk_law_value(const kk_probe *probe, const kk_text *text, uint32_t doc, double *value,
                  kk_evidence *at)
{
    uint32_t from = 0;
    kk_evidence hit;
    while (from < text->len &&
           probe->find(probe->context, "law-value", doc, from, text->len, &hit)) {
        const kk_para *p = hit.para < text->n_paras ? &text->paras[hit.para] : NULL;
        uint32_t end = p != NULL ? p->end : hit.end;
        /* The amount of a table stands in the next cell. */
        if (p != NULL && p->cell != KK_NONE && hit.para + 1 < text->n_paras) {
            end = text->paras[hit.para + 1].end;
        }
        end = end > hit.end + REACH ? hit.end + REACH : end;
        if (amount_in((kk_str){text->utf8 + hit.end, end - hit.end}, value)) {
            *at = hit;
            return true;
        }
        from = hit.end > from ? hit.end : from + 1;
    }
    return false;
}

/* ---- facts --------------------------------------------------------------------------------- */

static bool first_of_name(const kk_model *model, uint32_t i)
{
    for (uint32_t k = 0; k < i; k++) {
        if (kk_str_equal(model->law_facts[k].name, model->law_facts[i].name)) {
            return false;
        }
    }
    return true;
}

uint32_t kk_law_names(const kk_model *model)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < model->n_law_facts; i++) {
        n += first_of_name(model, i) ? 1 : 0;
    }
    return n;
}

/* First of those with the name that holds, or NULL. */
static const kk_law_fact *judge_name(kk_judge *judge, kk_str name, const kk_unit_range *unit)
{
    const kk_model *model = judge->scan->model;
    for (uint32_t i = 0; i < model->n_law_facts && judge->status == KK_OK; i++) {
        const kk_law_fact *f = &model->law_facts[i];
        judge->has_evidence = false;
        if (kk_str_equal(f->name, name) &&
            kk_date_within(judge->scan->options->date, f->from, f->to) &&
            kk_judge_holds(judge, &f->when, unit)) {
            return f;
        }
    }
    return NULL;
}

kk_status kk_law_judge(kk_scan *scan, const kk_unit_range *unit, kk_fact *facts, uint32_t *n_facts,
                       kk_error *err)
{
    for (uint32_t i = 0; i < scan->model->n_law_facts; i++) {
        if (!first_of_name(scan->model, i)) {
            continue;
        }
        const kk_facts known = {facts, *n_facts};
        kk_judge judge = {.scan = scan, .err = err, .facts = &known};
        const kk_str name = scan->model->law_facts[i].name;
        const kk_law_fact *f = judge_name(&judge, name, unit);
        KK_TRY(judge.status);
        kk_fact *out = &facts[(*n_facts)++];
        *out = (kk_fact){.name = name, .at = {.para = KK_NONE}};
        if (f != NULL) {
            out->text = f->value;
            out->known = !kk_str_is(f->value, "unknown");
            out->at = judge.has_evidence ? judge.evidence : out->at;
        }
    }
    return KK_OK;
}

/* The entry that gave the fact its value. */
static const kk_law_fact *entry_of(const kk_scan *scan, const kk_fact *fact)
{
    for (uint32_t i = 0; i < scan->model->n_law_facts; i++) {
        const kk_law_fact *f = &scan->model->law_facts[i];
        if (kk_str_equal(f->name, fact->name) && kk_str_equal(f->value, fact->text) &&
            kk_date_within(scan->options->date, f->from, f->to)) {
            return f;
        }
    }
    return NULL;
}

kk_status kk_law_cite(const kk_scan *scan, const kk_facts *facts, kk_str *basis, kk_error *err)
{
    for (uint32_t i = 0; i < facts->n; i++) {
        const kk_law_fact *f =
            facts->items[i].text.len > 0 ? entry_of(scan, &facts->items[i]) : NULL;
        if (f == NULL || f->cites.len == 0 || !kk_str_starts(*basis, f->instead_of)) {
            continue;
        }
        const kk_str rest = kk_str_slice(*basis, f->instead_of.len, basis->len);
        *basis = kk_arena_printf(scan->arena, "%.*s%.*s", (int)f->cites.len, f->cites.ptr,
                                 (int)rest.len, rest.ptr);
        return basis->ptr == NULL ? kk_fail_nomem(err) : KK_OK;
    }
    return KK_OK;
}

/* ---- for reports --------------------------------------------------------------------------- */

static kk_status publish_points(kk_scan *scan, const kk_facts *facts, kk_evaluation *out,
                                kk_error *err)
{
    kk_law_point *list = kk_arena_array(scan->arena, (size_t)facts->n + 1, sizeof *list);
    if (list == NULL) {
        return kk_fail_nomem(err);
    }
    out->law = list;
    for (uint32_t i = 0; i < facts->n; i++) {
        const kk_fact *fact = &facts->items[i];
        const kk_law_fact *f = fact->text.len > 0 ? entry_of(scan, fact) : NULL;
        if (f != NULL) {
            list[out->n_law++] =
                (kk_law_point){.name = f->name,
                               .value = f->value,
                               .says = kk_texts_get(&f->says, scan->options->message_lang),
                               .basis = f->basis,
                               .known = fact->known,
                               .at = fact->at};
        }
    }
    return KK_OK;
}

kk_status kk_law_publish(kk_scan *scan, const kk_unit_range *unit, const kk_facts *facts,
                         kk_evaluation *out, kk_error *err)
{
    const kk_model *model = scan->model;
    kk_code_hit *list =
        kk_arena_array(scan->arena, (size_t)model->n_notice_codes + 1, sizeof *list);
    if (list == NULL) {
        return kk_fail_nomem(err);
    }
    out->codes = list;
    for (uint32_t i = 0; i < model->n_notice_codes; i++) {
        const kk_notice_code *c = &model->notice_codes[i];
        kk_judge judge = {.scan = scan, .err = err, .facts = facts};
        const bool valid = kk_date_within(scan->options->date, c->from, c->to);
        const bool asked = valid && c->has_when && kk_judge_holds(&judge, &c->when, unit);
        KK_TRY(judge.status);
        list[out->n_codes++] = (kk_code_hit){
            .field = c->field,
            .code = c->code,
            .means = c->means,
            .label = kk_texts_get(&c->label, scan->options->message_lang),
            .basis = c->basis,
            .from = c->from,
            .to = c->to,
            .valid = valid,
            .asked = asked,
            .at = judge.has_evidence ? judge.evidence : (kk_evidence){.para = KK_NONE}};
    }
    return publish_points(scan, facts, out, err);
}
