/* Where a clause goes: under the heading its places name, as a row where the section holds a table
 * that fits, else in a chapter "Klima og miljø". Two places that fit equally well are refused,
 * never guessed. */
#include "plan.h"

#include "messages.h"
#include "tablefit.h"
#include "variant.h"

#include <string.h>

/* A section of the body that may take the clause. */
typedef struct section {
    uint32_t heading, end, strength;
} section;

typedef struct sections {
    section *items;
    size_t n;
} sections;

/* "5 Tildelingskriterier" */
static kk_str heading_label(kk_plan *plan, uint32_t heading)
{
    kk_str number;
    const kk_str words = kk_heading_text(plan->doc->text, heading, &number);
    const kk_str label = number.len == 0
                             ? kk_arena_str(plan->arena, words)
                             : kk_arena_printf(plan->arena, "%.*s %.*s", (int)number.len,
                                               number.ptr, (int)words.len, words.ptr);
    plan->failed = plan->failed || label.ptr == NULL;
    return label;
}

/* Sections of the body with this place. Headings of tables of contents were never hits. */
static kk_status find_sections(kk_plan *plan, kk_str place, sections *out, kk_error *err)
{
    const kk_text *text = plan->doc->text;
    const kk_place_hit *hits = NULL;
    uint32_t n = 0;
    KK_TRY(kk_rules_places(plan->auditor->scanner, text, place, &hits, &n, err));
    out->n = 0;
    out->items = kk_arena_array(plan->arena, (size_t)n + 1, sizeof *out->items);
    if (out->items == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t i = 0; i < n; i++) {
        const kk_place_hit *h = &hits[i];
        if (h->heading < text->n_paras && text->paras[h->heading].story == 0 &&
            text->paras[h->heading].managed == KK_NONE) {
            out->items[out->n++] = (section){h->heading, h->section_end, h->strength};
        }
    }
    return KK_OK;
}

static bool holds(const section *s, uint32_t para)
{
    return para != KK_NONE && para >= s->heading && para < s->end;
}

/* Keeps the sections the finding stands in, if it stands in any. */
static void keep_near(sections *s, uint32_t near)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->n; i++) {
        if (holds(&s->items[i], near)) {
            const section c = s->items[i];
            s->items[i] = s->items[kept];
            s->items[kept++] = c;
        }
    }
    s->n = kept > 0 ? kept : s->n;
}

static void keep_surest(sections *s)
{
    uint32_t strength = 0;
    size_t kept = 0;
    for (size_t i = 0; i < s->n; i++) {
        strength = s->items[i].strength > strength ? s->items[i].strength : strength;
    }
    for (size_t i = 0; i < s->n; i++) {
        if (s->items[i].strength == strength) {
            s->items[kept++] = s->items[i];
        }
    }
    s->n = kept;
}

static bool is_inner(const sections *s, size_t i)
{
    for (size_t k = 0; k < s->n; k++) {
        if (k != i && holds(&s->items[k], s->items[i].heading)) {
            return true;
        }
    }
    return false;
}

/* Those in no other one, and of these the ones with the highest heading. */
static kk_status keep_outermost(kk_plan *plan, sections *s, kk_error *err)
{
    section *outer = kk_arena_array(plan->arena, s->n + 1, sizeof *outer);
    size_t kept = 0;
    unsigned level = 10;
    if (outer == NULL) {
        return kk_fail_nomem(err);
    }
    for (size_t i = 0; i < s->n; i++) {
        const unsigned own = plan->doc->text->paras[s->items[i].heading].heading;
        if (own > level || is_inner(s, i)) {
            continue;
        }
        kept = own < level ? 0 : kept;
        level = own;
        outer[kept++] = s->items[i];
    }
    *s = (sections){outer, kept};
    return KK_OK;
}

/* Keeps the sections that nothing speaks against. One left: that is it. */
static kk_status narrow(kk_plan *plan, sections *s, uint32_t near, kk_error *err)
{
    keep_near(s, near);
    keep_surest(s);
    return keep_outermost(plan, s, err);
}

static kk_status refuse_ambiguous(kk_plan *plan, kk_plan_entry *e, const sections *s, kk_error *err)
{
    kk_str *list = kk_arena_array(plan->arena, s->n + 1, sizeof *list);
    if (list == NULL) {
        return kk_fail_nomem(err);
    }
    for (size_t i = 0; i < s->n; i++) {
        list[i] = heading_label(plan, s->items[i].heading);
    }
    e->item.action = KK_PLAN_REFUSED;
    e->item.selected = false;
    e->item.reason = KK_STR("place-ambiguous");
    e->item.message = kk_plan_say(plan, KK_MSG_PLAN_AMBIGUOUS, KK_STR(""), KK_STR(""));
    e->item.candidates = list;
    e->item.n_candidates = s->n;
    return plan->failed ? kk_fail_nomem(err) : KK_OK;
}

static void place_section(kk_plan *plan, kk_plan_entry *e, const section *s)
{
    e->place = (kk_place){.kind = KK_PLACE_SECTION_END,
                          .heading = s->heading,
                          .section_end = s->end,
                          .chapter = KK_STR("")};
    e->heading = s->heading;
    e->item.after = s->end - 1;
    e->item.place = kk_plan_say(plan, KK_MSG_PLAN_UNDER, heading_label(plan, s->heading), KK_STR(""));
}

static uint32_t row_end(const kk_text *text, uint32_t table, uint32_t row)
{
    const kk_table *t = &text->tables[table];
    uint32_t last = t->para_begin;
    for (uint32_t i = t->cell_begin; i < t->cell_end; i++) {
        if (text->cells[i].row <= row && text->cells[i].para_end > last) {
            last = text->cells[i].para_end;
        }
    }
    return last > 0 ? last - 1 : 0;
}

static void place_row(kk_plan *plan, kk_plan_entry *e, const section *s, const kk_tablefit *fit)
{
    e->place = (kk_place){.kind = KK_PLACE_TABLE_ROW,
                          .heading = s->heading,
                          .section_end = s->end,
                          .table = fit->table,
                          .row = fit->row,
                          .roles = fit->roles,
                          .n_roles = fit->n_cols,
                          .chapter = KK_STR("")};
    e->heading = s->heading;
    e->item.as_row = true;
    if (kk_str_is(e->card.type, "tildelingskriterium")) {
        e->item.note = kk_plan_say(plan, KK_MSG_PLAN_REBALANCE, KK_STR(""), KK_STR(""));
    }
    e->item.after = row_end(plan->doc->text, fit->table, fit->row);
    e->item.place = kk_plan_say(plan, KK_MSG_PLAN_ROW, heading_label(plan, s->heading), KK_STR(""));
}

/* *done when the section takes the clause: as a row, or as paragraphs. A clause of rows alone does
 * not go under a heading without a table of its kind. */
static kk_status try_section(kk_plan *plan, kk_plan_entry *e, const section *s, bool *done,
                             kk_error *err)
{
    *done = true;
    if (e->card.has_rows && plan->doc->text->n_tables > 0) {
        kk_tablefit fit;
        const kk_tablefit_want want = {&e->blocks, kk_str_is(e->card.type, "tildelingskriterium"),
                                       s->heading, s->end, e->near};
        KK_TRY(kk_tablefit_find(plan->auditor->scanner, plan->doc->text, &want, plan->arena, &fit,
                                err));
        if (fit.table != KK_NONE) {
            place_row(plan, e, s, &fit);
            KK_TRY(kk_variant_type(&e->blocks, &e->place, plan->doc->text, plan->arena, err));
            return KK_OK;
        }
    }
    if (e->card.has_blocks) {
        place_section(plan, e, s);
        return KK_OK;
    }
    *done = false;
    return KK_OK;
}

/* ---- the chapter of last resort ------------------------------------------------------------ */

static bool is_in(const sections *s, uint32_t heading)
{
    for (size_t i = 0; i < s->n; i++) {
        if (s->items[i].heading == heading) {
            return true;
        }
    }
    return false;
}

/* Signatures close a contract; nothing that binds comes after them. */
static bool is_signatures(const kk_text *text, uint32_t heading)
{
    static const char *const words[] = {"underskrift", "signatur", "signering", "undertegn",
                                        "undertekn"};
    kk_str number;
    const kk_str s = kk_heading_text(text, heading, &number);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t n = strlen(words[i]);
        if (s.len >= n && kk_str_is_nocase(kk_str_slice(s, 0, n), words[i])) {
            return true;
        }
    }
    return false;
}

/* First of the headings that close the document: annexes and signatures. KK_NONE if it ends with an
 * ordinary chapter. A list of annexes in the first chapter closes nothing. */
static uint32_t first_closing(const kk_text *text, const sections *annexes)
{
    uint32_t found = KK_NONE;
    unsigned top = 10;
    const uint32_t end = text->stories[0].para_end;
    for (uint32_t p = text->stories[0].para_begin; p < end; p++) {
        const kk_para *para = &text->paras[p];
        if (para->heading > 0 && para->cell == KK_NONE && para->heading < top) {
            top = para->heading;
        }
    }
    for (uint32_t p = end; p-- > text->stories[0].para_begin;) {
        const kk_para *para = &text->paras[p];
        if (para->heading != top || para->cell != KK_NONE) {
            continue;
        }
        if (!is_in(annexes, p) && !is_signatures(text, p)) {
            break;
        }
        found = p;
    }
    return found;
}

/* A body that closes with a table has no last paragraph mark that a tracked clause could take over,
 * and the table belongs to the last chapter: a new one goes before that chapter. KK_NONE where the
 * body closes with a paragraph, or that chapter is the only one. */
static uint32_t last_closed_by_table(const kk_plan *plan)
{
    const kk_text *text = plan->doc->text;
    const kk_story *body = &text->stories[0];
    unsigned top = 10;
    uint32_t last = KK_NONE, n = 0;
    if (plan->options.untracked || body->para_end == body->para_begin ||
        text->paras[body->para_end - 1].cell == KK_NONE) {
        return KK_NONE;
    }
    for (uint32_t p = body->para_begin; p < body->para_end; p++) {
        const kk_para *para = &text->paras[p];
        if (para->heading == 0 || para->heading > top || para->cell != KK_NONE) {
            continue;
        }
        n = para->heading < top ? 1 : n + 1;
        top = para->heading;
        last = p;
    }
    return n > 1 ? last : KK_NONE;
}

/* In a new chapter before chapter `next`. */
static void place_before(kk_plan *plan, kk_plan_entry *e, uint32_t next, kk_str chapter)
{
    const kk_text *text = plan->doc->text;
    const kk_para *para = &text->paras[next];
    e->place = (kk_place){.kind = KK_PLACE_BEFORE, .before = next, .chapter = chapter};
    e->item.after = next > text->stories[0].para_begin ? next - 1 : KK_NONE;
    e->item.place = kk_plan_say(plan, KK_MSG_PLAN_NEW_BEFORE, chapter, heading_label(plan, next));
    if (para->number.len > 0 && (para->flags & KK_PARA_NUMBERED) == 0) {
        e->item.note = kk_plan_say(plan, KK_MSG_PLAN_RENUMBER, KK_STR(""), KK_STR(""));
    }
}

/* In a new chapter at the end. */
static void place_last(kk_plan *plan, kk_plan_entry *e, kk_str chapter)
{
    const kk_story *body = &plan->doc->text->stories[0];
    e->place = (kk_place){.kind = KK_PLACE_STORY_END, .chapter = chapter};
    e->item.after = body->para_end > body->para_begin ? body->para_end - 1 : KK_NONE;
    e->item.place = kk_plan_say(plan, KK_MSG_PLAN_NEW_END, chapter, KK_STR(""));
}

static kk_status place_chapter(kk_plan *plan, kk_plan_entry *e, kk_error *err)
{
    sections found;
    KK_TRY(find_sections(plan, KK_STR("climate"), &found, err));
    KK_TRY(narrow(plan, &found, KK_NONE, err));
    if (found.n > 0) {
        place_section(plan, e, &found.items[0]);
        return KK_OK;
    }
    KK_TRY(find_sections(plan, KK_STR("annexes"), &found, err));
    const kk_str chapter = kk_z(kk_msg_text(KK_MSG_CHAPTER, plan->clause_lang));
    uint32_t closing = first_closing(plan->doc->text, &found);
    closing = closing != KK_NONE ? closing : last_closed_by_table(plan);
    if (closing != KK_NONE) {
        place_before(plan, e, closing, chapter);
    } else {
        place_last(plan, e, chapter);
    }
    return KK_OK;
}

/* The clause's place `id`: *done when the clause has gone there, or was refused. */
static kk_status try_place(kk_plan *plan, kk_plan_entry *e, kk_str id, bool *done, kk_error *err)
{
    sections found;
    KK_TRY(find_sections(plan, id, &found, err));
    KK_TRY(narrow(plan, &found, e->near, err));
    *done = found.n > 1;
    if (found.n > 1) {
        return refuse_ambiguous(plan, e, &found, err);
    }
    return found.n == 1 ? try_section(plan, e, &found.items[0], done, err) : KK_OK;
}

kk_status kk_plan_locate(kk_plan *plan, kk_plan_entry *e, kk_error *err)
{
    bool done = false;
    kk_status status = KK_OK;
    for (size_t i = 0; i < e->card.n_places && !done && status == KK_OK; i++) {
        if (!kk_str_is(e->card.places[i], "annexes")) { /* a list; the chapter goes before it */
            status = try_place(plan, e, e->card.places[i], &done, err);
        }
    }
    if (!done && status == KK_OK) {
        status = place_chapter(plan, e, err);
    }
    return status == KK_OK && plan->failed ? kk_fail_nomem(err) : status;
}
