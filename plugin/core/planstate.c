/* What stands in the document already: current, outdated, edited by hand, rejected, taken out,
 * there twice, or there without its marking. Decides what the plan does about it. */
#include "plan.h"

#include "plandiff.h"
#include "untagged.h"

#include <string.h>

kk_str kk_plan_say(kk_plan *plan, kk_msg id, kk_str arg0, kk_str arg1)
{
    kk_buf line;
    kk_buf_init(&line, 0);
    kk_say(&line, id, plan->options.lang, arg0, arg1);
    const kk_str kept = kk_keep(plan->arena, kk_buf_view(&line), &plan->failed);
    plan->failed = plan->failed || line.failed != KK_OK;
    kk_buf_dispose(&line);
    return kept;
}

static void set_state(kk_plan_entry *e, kk_plan_action action, kk_str message, uint32_t at)
{
    e->item.action = action;
    e->item.selected = action == KK_PLAN_UPGRADE;
    e->item.message = message;
    e->item.after = at;
    e->item.paragraph = at;
}

static const kk_str none = {"", 0};

/* ---- versions ------------------------------------------------------------------------------ */

/* "2" < "10", "1.2" < "1.10"; letters by bytes. */
static int compare_versions(kk_str a, kk_str b)
{
    kk_str x, y;
    while (a.len > 0 || b.len > 0) {
        uint32_t m = 0, n = 0;
        x = y = KK_STR("");
        (void)kk_str_split(&a, '.', &x);
        (void)kk_str_split(&b, '.', &y);
        const bool numbers =
            (x.len == 0 || kk_str_to_u32(x, &m)) && (y.len == 0 || kk_str_to_u32(y, &n));
        const int order = numbers ? (m > n) - (m < n) : kk_str_compare(x, y);
        if (order != 0) {
            return order;
        }
    }
    return 0;
}

/* Do the words that stand there belong to some published version? */
static kk_status find_published(kk_plan *plan, const kk_plan_entry *e, bool *found, kk_str *version,
                                kk_error *err)
{
    kk_bank_edition *editions;
    size_t n;
    *found = false;
    if (kk_bank_editions(plan->auditor->bank, e->card.id, plan->arena, &editions, &n) != KK_OK) {
        return kk_fail_nomem(err);
    }
    for (size_t i = 0; !*found && i < n; i++) {
        if (kk_docx_managed_is(plan->doc->docx, e->managed, editions[i].hash, found, NULL) !=
            KK_OK) {
            return kk_fail_nomem(err);
        }
        *version = editions[i].version;
    }
    return KK_OK;
}

/* ---- upgrade ------------------------------------------------------------------------------- */

/* Values that the reader has filled in already, before those of the command. */
static kk_status filled_values(kk_plan *plan, const kk_managed *m, kk_value **out, size_t *n,
                               kk_error *err)
{
    const kk_text *text = plan->doc->text;
    *out = kk_arena_array(plan->arena, (size_t)text->n_spans + plan->n_values + 1, sizeof **out);
    if (*out == NULL) {
        return kk_fail_nomem(err);
    }
    const uint32_t begin = text->paras[m->para_begin].begin;
    const uint32_t end = m->para_end > m->para_begin ? text->paras[m->para_end - 1].end : begin;
    *n = 0;
    for (uint32_t i = 0; i < text->n_spans; i++) {
        const kk_span *s = &text->spans[i];
        bool placeholder = false;
        if (s->kind != KK_SPAN_FILLIN || s->begin < begin || s->end > end || s->begin == s->end) {
            continue;
        }
        for (uint32_t k = 0; k < text->n_spans && !placeholder; k++) {
            placeholder = text->spans[k].kind == KK_SPAN_PLACEHOLDER &&
                          text->spans[k].begin <= s->begin && text->spans[k].end >= s->end;
        }
        if (!placeholder) {
            (*out)[(*n)++] = (kk_value){s->text, {text->utf8 + s->begin, s->end - s->begin}};
        }
    }
    memcpy(*out + *n, plan->values, plan->n_values * sizeof **out);
    *n += plan->n_values;
    return KK_OK;
}

static kk_lang lang_of(const kk_plan *plan, uint32_t managed)
{
    const kk_lang asked = plan->options.clause_lang;
    if (asked == KK_LANG_NB || asked == KK_LANG_NN) {
        return asked;
    }
    const kk_managed *m = &plan->doc->text->managed[managed];
    bool same;
    kk_lang stands = KK_LANG_UNSET;
    (void)kk_docx_managed_is(plan->doc->docx, managed, m->tag_hash, &same, &stands);
    return stands == KK_LANG_NB || stands == KK_LANG_NN ? stands : plan->clause_lang;
}

/* Where a clause stands, in words of TEXT. */
typedef struct standing_place {
    uint32_t managed; /* or KK_NONE */
    uint32_t para_begin, para_end;
    uint32_t table, row; /* of its last row; table KK_NONE when it is no row */
} standing_place;

/* The same as a place: its table with the meaning of the columns, or its section. */
static kk_status place_of_standing(kk_plan *plan, kk_plan_entry *e, const standing_place *where,
                                   kk_error *err)
{
    const kk_text *text = plan->doc->text;
    uint32_t header_rows, heading = plan->outline.parent[where->para_begin];
    while (heading != KK_NONE && where->managed != KK_NONE &&
           text->paras[heading].managed == where->managed) {
        heading = plan->outline.parent[heading];
    }
    e->heading = heading;
    e->place = (kk_place){.kind = heading == KK_NONE ? KK_PLACE_STORY_END : KK_PLACE_SECTION_END,
                          .heading = heading,
                          .section_end = where->para_end,
                          .chapter = KK_STR("")};
    if (where->table == KK_NONE) {
        return KK_OK;
    }
    const uint32_t n_cols = text->tables[where->table].n_cols;
    kk_role *roles = kk_arena_array(plan->arena, n_cols, sizeof *roles);
    if (roles == NULL) {
        return kk_fail_nomem(err);
    }
    KK_TRY(
        kk_rules_table_roles(plan->auditor->scanner, text, where->table, roles, &header_rows, err));
    e->place.kind = KK_PLACE_TABLE_ROW;
    e->place.table = where->table;
    e->place.row = where->row;
    e->place.roles = roles;
    e->place.n_roles = n_cols;
    e->item.as_row = true;
    return KK_OK;
}

static void set_place_label(kk_plan *plan, kk_plan_entry *e)
{
    e->item.place = KK_STR("");
    if (e->heading != KK_NONE) {
        kk_str number;
        const kk_str words = kk_heading_text(plan->doc->text, e->heading, &number);
        e->item.place =
            kk_plan_say(plan, e->item.as_row ? KK_MSG_PLAN_ROW : KK_MSG_PLAN_UNDER, words, none);
    }
}

/* The bank's words for what stands there, and how the two differ. */
static kk_status compare(kk_plan *plan, kk_plan_entry *e, kk_error *err)
{
    kk_value *values;
    size_t n = 0;
    KK_TRY(filled_values(plan, &plan->doc->text->managed[e->managed], &values, &n, err));
    KK_TRY(kk_rules_clause(plan->auditor->bank->rules, e->card.id, e->card.version,
                           lang_of(plan, e->managed), kk_z(plan->options.date), values, n,
                           plan->arena, &e->blocks, err));
    const kk_managed *m = &plan->doc->text->managed[e->managed];
    standing_place where = {e->managed, m->para_begin, m->para_end, KK_NONE, 0};
    where.table = kk_docx_managed_table(plan->doc->docx, e->managed, &where.row);
    KK_TRY(place_of_standing(plan, e, &where, err));
    return kk_plan_diff(plan, e, err);
}

static kk_status make_upgrade(kk_plan *plan, kk_plan_entry *e, kk_msg why, kk_error *err)
{
    const kk_managed *m = &plan->doc->text->managed[e->managed];
    set_state(e, KK_PLAN_UPGRADE, kk_plan_say(plan, why, m->version, e->card.version),
              m->para_begin);
    set_place_label(plan, e);
    KK_TRY(kk_plan_check_values(plan, &e->blocks, err));
    return kk_plan_set_unfilled(plan, e, err);
}

/* ---- the state of what stands there -------------------------------------------------------- */

static kk_status examine_edited(kk_plan *plan, kk_plan_entry *e, kk_error *err)
{
    const kk_managed *m = &plan->doc->text->managed[e->managed];
    bool published;
    kk_str version = KK_STR("");
    KK_TRY(compare(plan, e, err));
    if (plan->options.take_ours) {
        return make_upgrade(plan, e, KK_MSG_PLAN_TAKE_OURS, err);
    }
    KK_TRY(find_published(plan, e, &published, &version, err));
    if (published) {
        set_state(e, KK_PLAN_REJECTED,
                  kk_plan_say(plan, KK_MSG_PLAN_UPGRADE_REJECTED, m->version, version),
                  m->para_begin);
    } else {
        set_state(e, KK_PLAN_EDITED, kk_plan_say(plan, KK_MSG_PLAN_EDITED, none, none),
                  m->para_begin);
    }
    return KK_OK;
}

static kk_status examine_version(kk_plan *plan, kk_plan_entry *e, kk_error *err)
{
    const kk_managed *m = &plan->doc->text->managed[e->managed];
    const int order = compare_versions(m->version, e->card.version);
    if (order >= 0) {
        const kk_msg id = order > 0 ? KK_MSG_PLAN_NEWER : KK_MSG_PLAN_CURRENT;
        set_state(e, KK_PLAN_CURRENT, kk_plan_say(plan, id, m->version, e->card.version),
                  m->para_begin);
        return KK_OK;
    }
    KK_TRY(compare(plan, e, err));
    if (plan->options.mode == KK_PLAN_MODE_UPDATE || plan->options.take_ours) {
        return make_upgrade(plan, e, KK_MSG_PLAN_UPGRADE_FROM, err);
    }
    set_state(e, KK_PLAN_OUTDATED,
              kk_plan_say(plan, KK_MSG_PLAN_OUTDATED, m->version, e->card.version), m->para_begin);
    return KK_OK;
}

/* The clause's first copy with words left; else one that is deleted; else KK_NONE. */
static uint32_t standing(const kk_text *text, kk_str clause)
{
    uint32_t gone = KK_NONE;
    for (uint32_t i = 0; i < text->n_managed; i++) {
        if (!kk_str_equal(text->managed[i].clause, clause)) {
            continue;
        }
        if ((text->managed[i].flags & KK_MANAGED_GONE) == 0) {
            return i;
        }
        gone = gone == KK_NONE ? i : gone;
    }
    return gone;
}

/* What a person has filled into the fields: everything but what the candidate itself shows there.
 */
static kk_status values_of_found(kk_plan *plan, const kk_blocks *candidate,
                                 const kk_docx_found *found, kk_value **out, size_t *n,
                                 kk_error *err)
{
    *n = 0;
    *out = kk_arena_array(plan->arena, found->n_fields + plan->n_values + 1, sizeof **out);
    if (*out == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t i = 0; i < found->n_fields; i++) {
        if (!kk_plan_shows(candidate, found->fields[i].name, found->fields[i].value)) {
            (*out)[(*n)++] = (kk_value){found->fields[i].name, found->fields[i].value};
        }
    }
    memcpy(*out + *n, plan->values, plan->n_values * sizeof **out);
    *n += plan->n_values;
    return KK_OK;
}

/* An older version without its marking: the newer one takes its place, marked again. */
static kk_status replace_found(kk_plan *plan, kk_plan_entry *e, const kk_blocks *candidate,
                               kk_error *err)
{
    const uint32_t at = e->found.para_begin;
    const kk_msg why = plan->options.mode == KK_PLAN_MODE_UPDATE || plan->options.take_ours
                           ? KK_MSG_PLAN_UPGRADE_FROM
                           : KK_MSG_PLAN_OUTDATED;
    kk_value *values;
    size_t n;
    e->item.standing = kk_keep(plan->arena, e->found.version, &plan->failed);
    set_state(e, KK_PLAN_OUTDATED, kk_plan_say(plan, why, e->found.version, e->card.version), at);
    if (why == KK_MSG_PLAN_OUTDATED) {
        return KK_OK;
    }
    KK_TRY(values_of_found(plan, candidate, &e->found, &values, &n, err));
    KK_TRY(kk_rules_clause(plan->auditor->bank->rules, e->card.id, e->card.version, candidate->lang,
                           kk_z(plan->options.date), values, n, plan->arena, &e->blocks, err));
    const uint32_t cell = plan->doc->text->paras[at].cell;
    const bool rows = e->found.rows && cell != KK_NONE;
    const standing_place where = {KK_NONE, at, e->found.para_end,
                                  rows ? plan->doc->text->cells[cell].table : KK_NONE,
                                  rows ? plan->doc->text->cells[cell].row : 0};
    KK_TRY(place_of_standing(plan, e, &where, err));
    e->by_words = true;
    e->item.action = KK_PLAN_UPGRADE;
    e->item.selected = true;
    set_place_label(plan, e);
    return kk_plan_set_unfilled(plan, e, err);
}

/* The clause word for word, in any version whose text the bank has, in either language form, as
 * text or as rows, though its control or tag was lost. */
static kk_status examine_untagged(kk_plan *plan, kk_plan_entry *e, kk_error *err)
{
    kk_blocks *candidates;
    kk_docx_found *found = NULL;
    uint32_t n = 0, n_candidates = 0;
    KK_TRY(kk_untagged_versions(plan->auditor->bank, e->card.id, e->card.version, plan->arena,
                                &candidates, &n_candidates, err));
    if (kk_docx_find_untagged(plan->doc->text, candidates, n_candidates, plan->arena, &found, &n) !=
        KK_OK) {
        return kk_fail_nomem(err);
    }
    if (n == 0) {
        return plan->failed ? kk_fail_nomem(err) : KK_OK;
    }
    e->found = found[0];
    if (compare_versions(found[0].version, e->card.version) < 0) {
        return replace_found(plan, e, &candidates[found[0].candidate], err);
    }
    set_state(e, KK_PLAN_UNTAGGED, kk_plan_say(plan, KK_MSG_PLAN_UNTAGGED, none, none),
              found[0].para_begin);
    return plan->failed ? kk_fail_nomem(err) : KK_OK;
}

/* It is not there; was it, once? */
static void examine_known(kk_plan *plan, kk_plan_entry *e)
{
    const kk_known_clause *last = NULL;
    for (size_t i = 0; i < plan->n_known; i++) {
        if (kk_str_equal(plan->known[i].clause, e->card.id)) {
            last = &plan->known[i];
        }
    }
    if (last == NULL || e->named || kk_str_is(last->before, plan->doc->sha256)) {
        return;
    }
    const bool withdrawn = last->state == KK_KNOWN_WITHDRAWN;
    set_state(e, withdrawn ? KK_PLAN_WITHDRAWN : KK_PLAN_REJECTED,
              kk_plan_say(plan, withdrawn ? KK_MSG_PLAN_WITHDRAWN : KK_MSG_PLAN_REJECTED,
                          e->card.id, none),
              KK_NONE);
}

static kk_status examine_absent(kk_plan *plan, kk_plan_entry *e, kk_error *err)
{
    KK_TRY(kk_rules_clause(plan->auditor->bank->rules, e->card.id, e->card.version,
                           plan->clause_lang, kk_z(plan->options.date), plan->values,
                           plan->n_values, plan->arena, &e->blocks, err));
    KK_TRY(kk_plan_check_values(plan, &e->blocks, err));
    KK_TRY(examine_untagged(plan, e, err));
    if (e->item.action == KK_PLAN_INSERT) {
        examine_known(plan, e);
    }
    return plan->failed ? kk_fail_nomem(err) : KK_OK;
}

kk_status kk_plan_examine(kk_plan *plan, kk_plan_entry *e, kk_error *err)
{
    const kk_text *text = plan->doc->text;
    e->managed = standing(text, e->card.id);
    if (e->managed == KK_NONE) {
        return examine_absent(plan, e, err);
    }
    const kk_managed *m = &text->managed[e->managed];
    if ((m->flags & KK_MANAGED_GONE) != 0) {
        if (e->named) {
            return examine_absent(plan, e, err);
        }
        set_state(e, KK_PLAN_WITHDRAWN, kk_plan_say(plan, KK_MSG_PLAN_DELETED, e->card.id, none),
                  m->para_begin);
        return KK_OK;
    }
    e->item.standing = kk_keep(plan->arena, m->version, &plan->failed);
    return kk_str_equal(m->tag_hash, m->text_hash) ? examine_version(plan, e, err)
                                                   : examine_edited(plan, e, err);
}

/* ---- clauses that nobody asked for --------------------------------------------------------- */

/* One that the bank has no version of: told, left. */
static kk_status add_unknown(kk_plan *plan, const kk_managed *m, kk_error *err)
{
    kk_plan_entry e = {.near = KK_NONE, .heading = KK_NONE, .managed = KK_NONE};
    e.card.id = kk_keep(plan->arena, m->clause, &plan->failed);
    e.item = (kk_plan_item){.size = sizeof e.item, .clause = e.card.id, .title = e.card.id};
    e.item.version = e.item.standing = kk_keep(plan->arena, m->version, &plan->failed);
    set_state(&e, KK_PLAN_OUTDATED, kk_plan_say(plan, KK_MSG_PLAN_NOT_IN_BANK, m->clause, none),
              m->para_begin);
    return kk_vec_push(&plan->entries, e) ? KK_OK : kk_fail_nomem(err);
}

static kk_status add_standing(kk_plan *plan, const kk_managed *m, bool second, kk_error *err)
{
    kk_clause_card card;
    if (!kk_bank_card(plan->auditor->bank, m->clause, kk_z(plan->options.date), false,
                      plan->clause_lang, &card)) {
        return second ? KK_OK : add_unknown(plan, m, err);
    }
    KK_TRY(kk_plan_enter(plan, m->clause, KK_NONE, err));
    if (second) {
        kk_plan_entry *e = &plan->entries.items[plan->entries.n - 1];
        e->item.standing = kk_keep(plan->arena, m->version, &plan->failed);
        set_state(e, KK_PLAN_DUPLICATE, kk_plan_say(plan, KK_MSG_PLAN_DUPLICATE, none, none),
                  m->para_begin);
    }
    return plan->failed ? kk_fail_nomem(err) : KK_OK;
}

/* Older versions without their marking: whether they may be replaced is looked at later. */
static kk_status add_old_by_words(kk_plan *plan, kk_error *err)
{
    kk_blocks *texts, *candidates;
    kk_docx_found *found = NULL;
    size_t n_texts;
    uint32_t n_candidates = 0, n = 0;
    if (kk_bank_old_texts(plan->auditor->bank, kk_z(plan->options.date), plan->arena, &texts,
                          &n_texts) != KK_OK) {
        return kk_fail_nomem(err);
    }
    candidates = kk_arena_array(plan->arena, 2 * n_texts + 1, sizeof *candidates);
    kk_status status = candidates == NULL ? kk_fail_nomem(err) : KK_OK;
    for (size_t i = 0; i < n_texts && status == KK_OK; i++) {
        status = kk_untagged_variants(&texts[i], plan->arena, candidates, &n_candidates, err);
    }
    if (status == KK_OK && n_candidates > 0 &&
        kk_docx_find_untagged(plan->doc->text, candidates, n_candidates, plan->arena, &found, &n) !=
            KK_OK) {
        return kk_fail_nomem(err);
    }
    for (uint32_t i = 0; i < n && status == KK_OK; i++) {
        if (kk_plan_find(plan, found[i].clause) == NULL) {
            status = kk_plan_enter(plan, found[i].clause, KK_NONE, err);
        }
    }
    return status;
}

kk_status kk_plan_add_standing(kk_plan *plan, bool all, kk_error *err)
{
    const kk_text *text = plan->doc->text;
    kk_status status = KK_OK;
    for (uint32_t i = 0; i < text->n_managed && status == KK_OK; i++) {
        const kk_managed *m = &text->managed[i];
        const bool second = standing(text, m->clause) != i;
        if ((m->flags & KK_MANAGED_GONE) == 0 &&
            (second || (all && kk_plan_find(plan, m->clause) == NULL))) {
            status = add_standing(plan, m, second, err);
        }
    }
    return status == KK_OK && all ? add_old_by_words(plan, err) : status;
}
