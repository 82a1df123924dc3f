/* Findings + policy = plan: which clauses go in, in which language form, and what is there already.
 * Places are planplace.c's. Nothing is written here. */
#include "plan.h"

#include "json.h"
#include "messages.h"

#include <string.h>

/* ---- options ------------------------------------------------------------------------------- */

static const char *keep_z(kk_plan *plan, const char *z)
{
    return z == NULL ? NULL : kk_keep(plan->arena, kk_z(z), &plan->failed).ptr;
}

static kk_status take_values(kk_plan *plan, const kk_plan_options *o, kk_error *err)
{
    kk_field_value *parsed = NULL;
    size_t n = 0;
    if (o->values_json.len > 0) {
        KK_TRY(kk_json_values(o->values_json, plan->arena, &parsed, &n, err));
    }
    plan->values = kk_arena_array(plan->arena, n + o->n_values + 1, sizeof *plan->values);
    if (plan->values == NULL) {
        return kk_fail_nomem(err);
    }
    /* Later ones win where names are equal: the single values given by hand. */
    for (size_t i = 0; i < o->n_values; i++) {
        plan->values[plan->n_values++] =
            (kk_value){kk_keep(plan->arena, o->values[i].name, &plan->failed),
                       kk_keep(plan->arena, o->values[i].value, &plan->failed)};
    }
    for (size_t i = 0; i < n; i++) {
        plan->values[plan->n_values++] = (kk_value){parsed[i].name, parsed[i].value};
    }
    return plan->failed ? kk_fail_nomem(err) : KK_OK;
}

static kk_status take_known(kk_plan *plan, const kk_plan_options *o, kk_error *err)
{
    const size_t stride = o->known_stride > 0 ? o->known_stride : sizeof(kk_known_clause);
    kk_known_clause *list = kk_arena_array(plan->arena, o->n_known + 1, sizeof *list);
    if (list == NULL) {
        return kk_fail_nomem(err);
    }
    for (size_t i = 0; i < o->n_known; i++) {
        kk_struct_in(&list[i], sizeof list[i], (const char *)o->known + i * stride);
        list[i].clause = kk_keep(plan->arena, list[i].clause, &plan->failed);
        list[i].version = kk_keep(plan->arena, list[i].version, &plan->failed);
        list[i].before = kk_keep(plan->arena, list[i].before, &plan->failed);
    }
    plan->known = list;
    plan->n_known = o->n_known;
    return plan->failed ? kk_fail_nomem(err) : KK_OK;
}

static bool is_timestamp(const char *z)
{
    return z != NULL && strlen(z) == 20 && kk_date_valid((kk_str){z, 10}) && z[10] == 'T' &&
           z[13] == ':' && z[16] == ':' && z[19] == 'Z';
}

static kk_status take_options(kk_plan *plan, const kk_plan_options *options, kk_error *err)
{
    kk_plan_options o;
    kk_struct_in(&o, sizeof o, options);
    KK_TRY(kk_date_check(o.date, err));
    if (!o.untracked && !is_timestamp(o.timestamp)) {
        return kk_fail(err, KK_E_ARG, "timestamp",
                       "\"%.40s\" is no time; write it as 2026-11-23T12:00:00Z",
                       o.timestamp == NULL ? "" : o.timestamp);
    }
    if (o.lang != KK_LANG_NN && o.lang != KK_LANG_EN) {
        o.lang = KK_LANG_NB;
    }
    KK_TRY(take_values(plan, &o, err));
    KK_TRY(take_known(plan, &o, err));
    o.date = keep_z(plan, o.date);
    o.timestamp = keep_z(plan, o.timestamp);
    o.author = keep_z(plan, o.author == NULL || *o.author == '\0' ? "klimakrav" : o.author);
    o.level = keep_z(plan, o.level == NULL ? "" : o.level);
    o.clauses = NULL;
    o.values = NULL;
    o.values_json = (kk_str){NULL, 0};
    o.settle = NULL;
    o.known = NULL;
    plan->options = o;
    KK_TRY(kk_plan_check_names(plan, err));
    return plan->failed ? kk_fail_nomem(err) : KK_OK;
}

/* The document's language form, as the audit saw it; without one, as its paragraphs say. */
static void choose_language(kk_plan *plan, const kk_audit *audit)
{
    const kk_text *text = plan->doc->text;
    const kk_lang asked = plan->options.clause_lang;
    plan->lang_sure = true;
    if (asked == KK_LANG_NB || asked == KK_LANG_NN) {
        plan->clause_lang = asked;
        return;
    }
    if (audit != NULL) {
        const kk_str code = kk_z(audit->docs[0].language);
        plan->clause_lang = kk_str_is(code, "nn") ? KK_LANG_NN : KK_LANG_NB;
        plan->lang_sure = kk_str_is(code, "nn") || kk_str_is(code, "nb");
        return;
    }
    size_t nb = 0;
    size_t nn = 0;
    for (uint32_t i = 0; i < text->n_paras; i++) {
        nb += text->paras[i].lang == KK_LANG_NB ? 1 : 0;
        nn += text->paras[i].lang == KK_LANG_NN ? 1 : 0;
    }
    plan->clause_lang = nn > nb ? KK_LANG_NN : KK_LANG_NB;
    plan->lang_sure = nn != nb;
}

/* ---- which clauses ------------------------------------------------------------------------- */

kk_plan_entry *kk_plan_find(kk_plan *plan, kk_str clause)
{
    for (size_t i = 0; i < plan->entries.n; i++) {
        if (kk_str_equal(plan->entries.items[i].card.id, clause)) {
            return &plan->entries.items[i];
        }
    }
    return NULL;
}

kk_status kk_plan_enter(kk_plan *plan, kk_str clause, uint32_t near, kk_error *err)
{
    kk_plan_entry e = {.near = near, .heading = KK_NONE, .managed = KK_NONE};
    if (!kk_bank_card(plan->auditor->bank, clause, kk_z(plan->options.date),
                      plan->options.only_reviewed, plan->clause_lang, &e.card)) {
        const bool known = kk_bank_has_clause(plan->auditor->bank, clause);
        const kk_str line = kk_plan_say(plan, known ? KK_MSG_CLAUSE_NOT_NOW : KK_MSG_CLAUSE_UNKNOWN,
                                        clause, kk_z(plan->options.date));
        return kk_fail(err, KK_E_ARG, "clause", "%.*s", (int)line.len, line.ptr);
    }
    e.item = (kk_plan_item){.size = sizeof e.item,
                            .selected = true,
                            .clause = e.card.id,
                            .version = e.card.version,
                            .title = e.card.title,
                            .type = e.card.type,
                            .after = KK_NONE,
                            .paragraph = KK_NONE};
    return kk_vec_push(&plan->entries, e) ? KK_OK : kk_fail_nomem(err);
}

/* Rules that asked for the clause, each once. */
static kk_status set_rules(kk_plan *plan, kk_plan_entry *e, const kk_audit *audit, kk_error *err)
{
    size_t n = 0;
    const size_t most = audit == NULL ? 0 : audit->n_findings;
    kk_str *rules = kk_arena_array(plan->arena, most + 1, sizeof *rules);
    if (rules == NULL) {
        return kk_fail_nomem(err);
    }
    for (size_t i = 0; i < most; i++) {
        const kk_finding *f = &audit->findings[i];
        bool again = !kk_str_equal(f->remedy, e->card.id);
        for (size_t k = 0; k < n && !again; k++) {
            again = kk_str_equal(rules[k], f->rule);
        }
        if (!again) {
            rules[n++] = kk_keep(plan->arena, f->rule, &plan->failed);
        }
    }
    e->item.rules = rules;
    e->item.n_rules = n;
    return plan->failed ? kk_fail_nomem(err) : KK_OK;
}

static bool is_managed(const kk_plan *plan, kk_str clause)
{
    for (uint32_t i = 0; i < plan->doc->text->n_managed; i++) {
        if (kk_str_equal(plan->doc->text->managed[i].clause, clause)) {
            return true;
        }
    }
    return false;
}

/* A finding tells where its clause is wanted; without named clauses it also asks for it. */
static kk_status take_finding(kk_plan *plan, const kk_finding *f, bool asks, kk_error *err)
{
    if (f->remedy.len == 0) {
        return KK_OK;
    }
    kk_plan_entry *e = kk_plan_find(plan, f->remedy);
    if (e != NULL) {
        e->near = e->near == KK_NONE ? f->place.paragraph : e->near;
        return KK_OK;
    }
    const bool wanted = asks && (f->insertable || is_managed(plan, f->remedy));
    return wanted ? kk_plan_enter(plan, f->remedy, f->place.paragraph, err) : KK_OK;
}

static kk_status choose_clauses(kk_plan *plan, const kk_audit *audit,
                                const kk_plan_options *options, kk_error *err)
{
    kk_status status = KK_OK;
    for (size_t i = 0; i < options->n_clauses && status == KK_OK; i++) {
        const kk_str id = kk_z(options->clauses[i]);
        if (kk_plan_find(plan, id) == NULL) {
            status = kk_plan_enter(plan, id, KK_NONE, err);
        }
        if (status == KK_OK) {
            kk_plan_find(plan, id)->named = true;
        }
    }
    const size_t n = audit == NULL ? 0 : audit->n_findings;
    for (size_t i = 0; i < n && status == KK_OK; i++) {
        status = take_finding(plan, &audit->findings[i], options->n_clauses == 0, err);
    }
    if (status == KK_OK && plan->doc->docx != NULL) {
        const bool all = options->mode == KK_PLAN_MODE_UPDATE || options->take_ours;
        status = kk_plan_add_standing(plan, all && options->n_clauses == 0, err);
    }
    return status;
}

/* ---- fields to fill ------------------------------------------------------------------------ */

enum { MOST_UNFILLED = 32 };

typedef struct name_list {
    kk_str *items;
    size_t n;
} name_list;

static void note_unfilled(name_list *names, const kk_inline *inlines, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        bool again =
            inlines[i].kind != KK_INLINE_FIELD || inlines[i].filled || names->n == MOST_UNFILLED;
        for (size_t k = 0; k < names->n && !again; k++) {
            again = kk_str_equal(names->items[k], inlines[i].name);
        }
        if (!again) {
            names->items[names->n++] = inlines[i].name;
        }
    }
}

kk_status kk_plan_set_unfilled(kk_plan *plan, kk_plan_entry *e, kk_error *err)
{
    name_list names = {kk_arena_array(plan->arena, MOST_UNFILLED, sizeof *names.items), 0};
    if (names.items == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t b = 0; b < e->blocks.n_blocks; b++) {
        const kk_block *block = &e->blocks.blocks[b];
        const bool row = block->kind == KK_BLOCK_ROW;
        if (row != e->item.as_row && e->card.has_rows && e->card.has_blocks) {
            continue; /* the other variant of the clause */
        }
        note_unfilled(&names, block->inlines, row ? 0 : block->n_inlines);
        for (uint32_t c = 0; row && c < block->n_cells; c++) {
            note_unfilled(&names, block->cells[c].inlines, block->cells[c].n_inlines);
        }
    }
    e->item.unfilled = names.items;
    e->item.n_unfilled = names.n;
    return KK_OK;
}

static kk_status complete(kk_plan *plan, kk_plan_entry *e, const kk_audit *audit, kk_error *err)
{
    if (e->item.action != KK_PLAN_INSERT || !e->item.selected) {
        return KK_OK; /* a second copy: told already */
    }
    KK_TRY(set_rules(plan, e, audit, err));
    KK_TRY(kk_plan_examine(plan, e, err));
    if (e->item.action != KK_PLAN_INSERT) {
        return KK_OK;
    }
    KK_TRY(kk_plan_locate(plan, e, err));
    return kk_plan_set_unfilled(plan, e, err);
}

kk_status kk_plan_add(kk_plan *plan, kk_str clause, uint32_t near, const kk_audit *audit,
                      kk_error *err)
{
    KK_TRY(kk_plan_enter(plan, clause, near, err));
    return complete(plan, &plan->entries.items[plan->entries.n - 1], audit, err);
}

static kk_status build(kk_plan *plan, const kk_audit *audit, const kk_plan_options *options,
                       kk_error *err)
{
    kk_plan_options o;
    kk_struct_in(&o, sizeof o, options);
    KK_TRY(take_options(plan, &o, err));
    choose_language(plan, audit);
    KK_TRY(kk_outline_make(&plan->outline, plan->doc->text, plan->arena, err));
    KK_TRY(choose_clauses(plan, audit, &o, err));
    for (size_t i = 0; i < plan->entries.n; i++) {
        KK_TRY(complete(plan, &plan->entries.items[i], audit, err));
    }
    if (plan->failed) {
        return kk_fail_nomem(err);
    }
    const bool settle = o.settle != NULL && o.n_clauses == 0 && plan->doc->docx != NULL;
    return settle ? kk_plan_settle(plan, o.settle, err) : KK_OK;
}

kk_status kk_plan_new(kk_plan **out, kk_auditor *auditor, kk_doc *doc, const kk_audit *audit,
                      const kk_plan_options *options, kk_error *err)
{
    *out = NULL;
    if (audit != NULL && audit->n_docs != 1) {
        return kk_fail(err, KK_E_ARG, "", "a plan needs the audit of one document");
    }
    kk_plan *plan = kk_malloc(sizeof *plan);
    if (plan == NULL) {
        return kk_fail_nomem(err);
    }
    *plan = (kk_plan){.arena = kk_arena_new(), .auditor = auditor, .doc = doc};
    const kk_status status =
        plan->arena == NULL ? kk_fail_nomem(err) : build(plan, audit, options, err);
    if (status != KK_OK) {
        kk_plan_free(plan);
        return status;
    }
    *out = plan;
    return KK_OK;
}

void kk_plan_free(kk_plan *plan)
{
    if (plan != NULL) {
        kk_vec_free(&plan->entries);
        kk_arena_free(plan->arena);
        kk_release(plan);
    }
}

size_t kk_plan_count(const kk_plan *plan)
{
    return plan->entries.n;
}

kk_status kk_plan_get(const kk_plan *plan, size_t i, kk_plan_item *out)
{
    return i < plan->entries.n
               ? kk_struct_out(out, &plan->entries.items[i].item, sizeof(kk_plan_item))
               : KK_E_ARG;
}

kk_status kk_plan_select(kk_plan *plan, size_t i, bool selected)
{
    if (i >= plan->entries.n || !kk_plan_writes(&plan->entries.items[i])) {
        return KK_E_ARG;
    }
    plan->entries.items[i].item.selected = selected;
    return KK_OK;
}

const kk_blocks *kk_plan_blocks(const kk_plan *plan, size_t i)
{
    if (i >= plan->entries.n || !kk_plan_writes(&plan->entries.items[i])) {
        return NULL;
    }
    return &plan->entries.items[i].blocks;
}

kk_lang kk_plan_lang(const kk_plan *plan, bool *sure)
{
    if (sure != NULL) {
        *sure = plan->lang_sure;
    }
    return plan->clause_lang;
}

size_t kk_plan_changes(const kk_plan *plan)
{
    size_t n = 0;
    for (size_t i = 0; i < plan->entries.n; i++) {
        const kk_plan_entry *e = &plan->entries.items[i];
        n += kk_plan_writes(e) && e->item.selected ? 1 : 0;
    }
    return n;
}

size_t kk_plan_refusals(const kk_plan *plan)
{
    size_t n = 0;
    for (size_t i = 0; i < plan->entries.n; i++) {
        n += plan->entries.items[i].item.action == KK_PLAN_REFUSED ? 1 : 0;
    }
    return n;
}
