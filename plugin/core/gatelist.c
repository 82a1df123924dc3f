/* Gathers what the pre-publication screen shows. Judges nothing: a line is bad when a finding of
 * its rules is an error, to be looked at when it is a warning. */
#include "gatelist.h"

#include "bankview.h"

/* Rules that begin so belong to one line of the checklist. */
typedef struct topic {
    const char *prefixes[4];
    kk_msg text;
    bool special; /* shown only when the bank asks for it in what is bought, or when it spoke */
} topic;

static const topic topics[] = {
    {{"S01"}, KK_MSG_TOPIC_S01, true},
    {{"S02"}, KK_MSG_TOPIC_S02, true},
    {{"S03"}, KK_MSG_TOPIC_S03, true},
    {{"S04"}, KK_MSG_TOPIC_S04, true},
    {{"S05"}, KK_MSG_TOPIC_S05, true},
    {{"S06"}, KK_MSG_TOPIC_S06, true},
    {{"S07"}, KK_MSG_TOPIC_S07, true},
    {{"S08"}, KK_MSG_TOPIC_S08, true},
    {{"S09"}, KK_MSG_TOPIC_S09, true},
    {{"K15", "K16"}, KK_MSG_TOPIC_FOLLOW, false},
    {{"H02", "H03"}, KK_MSG_TOPIC_FILLED, false},
    {{"H04"}, KK_MSG_TOPIC_TRACKED, false},
    {{"H01"}, KK_MSG_TOPIC_EMPTY, false},
    {{"H07"}, KK_MSG_TOPIC_ALTERNATIVES, false},
};

/* ---- gathering ----------------------------------------------------------------------------- */

static void see_rules(kk_gate *g, const kk_audit *audit, size_t doc, kk_arena *arena)
{
    for (size_t i = 0; i < audit->n_findings; i++) {
        const kk_finding *f = &audit->findings[i];
        size_t at = 0;
        if (f->document != doc) {
            continue;
        }
        while (at < g->n_rules && !kk_str_equal(g->rules[at], f->rule)) {
            at++;
        }
        if (at == g->n_rules && at < KK_GATE_RULES) {
            g->rules[g->n_rules] = kk_keep(arena, f->rule, &g->failed);
            g->levels[g->n_rules++] = f->severity;
        } else if (at < g->n_rules && f->severity > g->levels[at]) {
            g->levels[at] = f->severity;
        }
    }
}

static void see_categories(kk_gate *g, const kk_document_info *d, kk_arena *arena)
{
    for (size_t i = 0; i < d->n_categories; i++) {
        size_t at = 0;
        while (at < g->n_categories && !kk_str_equal(g->categories[at], d->categories[i].id)) {
            at++;
        }
        if (at == g->n_categories && at < KK_GATE_CATEGORIES) {
            g->categories[g->n_categories++] = kk_keep(arena, d->categories[i].id, &g->failed);
        }
    }
}

static uint32_t depth_of(const kk_document_info *d, size_t i)
{
    uint32_t depth = 0;
    for (uint32_t up = d->award[i].parent; up < d->n_award && depth < 8; up = d->award[up].parent) {
        depth++;
    }
    return depth;
}

/* Its parts carry the weight: they say what counts. */
static bool is_split(const kk_document_info *d, size_t i)
{
    for (size_t k = i + 1; k < d->n_award; k++) {
        if (d->award[k].parent == i && d->award[k].weight >= 0) {
            return true;
        }
    }
    return false;
}

/* The document with most criteria shows its arithmetic. */
static void see_weights(kk_gate *g, const kk_document_info *d, kk_arena *arena)
{
    if (d->n_award <= g->n_weights) {
        return;
    }
    kk_gate_weight *list = kk_arena_array(arena, d->n_award, sizeof *list);
    if (list == NULL) {
        g->failed = true;
        return;
    }
    for (size_t i = 0; i < d->n_award; i++) {
        const kk_criterion_info *c = &d->award[i];
        list[i] = (kk_gate_weight){.name = kk_keep(arena, c->name, &g->failed),
                                   .depth = depth_of(d, i),
                                   .set = c->set,
                                   .weight = c->weight,
                                   .rank = c->rank,
                                   .counts = c->genuine && !is_split(d, i),
                                   .speaks = c->nominal && !is_split(d, i),
                                   .placeholder = c->placeholder};
    }
    g->weights = list;
    g->n_weights = d->n_award;
}

static void see_law(kk_gate *g, const kk_audit *audit, kk_arena *arena)
{
    for (size_t i = 0; i < audit->n_law && g->n_law < KK_GATE_LAW; i++) {
        /* The act always holds, and the duty is the verdict itself. */
        if (!kk_str_is(audit->law[i].name, "law.act") &&
            !kk_str_is(audit->law[i].name, "law.duty")) {
            g->law[g->n_law++] = kk_keep(arena, audit->law[i].says, &g->failed);
        }
    }
}

void kk_gate_see(kk_gate *gate, const kk_audit *audit, size_t doc, kk_arena *arena)
{
    const kk_document_info *d = &audit->docs[doc];
    see_rules(gate, audit, doc, arena);
    if (kk_str_is(d->kind, "notice")) {
        gate->notice = true;
        return;
    }
    if (doc == 0) {
        see_law(gate, audit, arena);
    }
    see_categories(gate, d, arena);
    see_weights(gate, d, arena);
    gate->pending = gate->pending || (d->facts & KK_FACT_PENDING) != 0;
    gate->tender = gate->tender || !kk_str_is(audit->verdict.route, "not-applicable");
}

size_t kk_gate_opens_lot(const kk_gate *gate, size_t i)
{
    size_t n = 1;
    size_t all = 1;
    for (size_t k = 1; k < gate->n_weights; k++) {
        const bool opens = gate->weights[k].set != gate->weights[k - 1].set;
        all += opens ? 1 : 0;
        n += opens && k <= i ? 1 : 0;
    }
    const bool first = i == 0 || gate->weights[i].set != gate->weights[i - 1].set;
    return all > 1 && first ? n : 0;
}

/* ---- the list ------------------------------------------------------------------------------ */

static void add_rules(const kk_gate *g, const char *prefix, kk_gate_item *item, kk_buf *names)
{
    for (size_t i = 0; i < g->n_rules; i++) {
        if (!kk_str_starts(g->rules[i], kk_z(prefix)) || g->levels[i] == KK_SEVERITY_INFO) {
            continue;
        }
        const kk_gate_state state = g->levels[i] == KK_SEVERITY_ERROR ? KK_GATE_BAD : KK_GATE_LOOK;
        item->state = state > item->state ? state : item->state;
        kk_buf_puts(names, names->len > 0 ? ", " : "");
        kk_buf_str(names, g->rules[i]);
    }
}

static bool applies(const kk_gate *g, const kk_bank *bank, const topic *t, kk_str date)
{
    for (size_t i = 0; i < g->n_categories; i++) {
        if (kk_bank_rule_asks(bank, kk_z(t->prefixes[0]), g->categories[i], date)) {
            return true;
        }
    }
    return false;
}

size_t kk_gate_items(const kk_gate *gate, const kk_bank *bank, kk_str date, kk_lang lang,
                     kk_arena *arena, kk_gate_item *out)
{
    size_t n = 0;
    bool failed = false;
    for (size_t t = 0; t < sizeof topics / sizeof *topics && n < KK_GATE_ITEMS - 1; t++) {
        kk_gate_item item = {KK_GATE_OK, kk_z(kk_msg_text(topics[t].text, lang)), KK_STR("")};
        kk_buf names;
        kk_buf_init(&names, 0);
        for (size_t p = 0; p < 4 && topics[t].prefixes[p] != NULL; p++) {
            add_rules(gate, topics[t].prefixes[p], &item, &names);
        }
        if (topics[t].text == KK_MSG_TOPIC_TRACKED && gate->pending && item.state == KK_GATE_OK) {
            item.state = KK_GATE_LOOK;
        }
        item.rules = kk_keep(arena, kk_buf_view(&names), &failed);
        kk_buf_dispose(&names);
        if (!topics[t].special || item.state != KK_GATE_OK ||
            applies(gate, bank, &topics[t], date)) {
            out[n++] = item;
        }
    }
    if (gate->notice) {
        kk_gate_item item = {KK_GATE_OK, kk_z(kk_msg_text(KK_MSG_TOPIC_NOTICE, lang)), KK_STR("")};
        kk_buf names;
        kk_buf_init(&names, 0);
        add_rules(gate, "N", &item, &names);
        item.rules = kk_keep(arena, kk_buf_view(&names), &failed);
        kk_buf_dispose(&names);
        out[n++] = item;
    }
    return failed ? 0 : n;
}
