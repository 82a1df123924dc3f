/* Plan -> bytes: hands every selected clause to docx with its place, then saves. All or nothing. */
#include "plan.h"

#include "messages.h"
#include "variant.h"

/* The first clause of a new chapter brings its heading; the others follow it. */
static bool same_chapter(const kk_place *a, const kk_place *b)
{
    return a->kind == b->kind && (a->kind == KK_PLACE_STORY_END || a->before == b->before);
}

static kk_place place_of(const kk_plan *plan, size_t i)
{
    kk_place place = plan->entries.items[i].place;
    for (size_t k = 0; k < i && place.chapter.len > 0; k++) {
        const kk_plan_entry *e = &plan->entries.items[k];
        if (e->item.action == KK_PLAN_INSERT && e->item.selected && e->place.chapter.len > 0 &&
            same_chapter(&e->place, &place)) {
            place.chapter = KK_STR("");
        }
    }
    return place;
}

/* A refusal that only docx could know of: keeps its reason with the item. */
static void mark_refused(kk_plan *plan, kk_plan_entry *e, const kk_error *why)
{
    char line[480];
    e->item.action = KK_PLAN_REFUSED;
    e->item.selected = false;
    e->item.reason = kk_keep(plan->arena, kk_z(why->reason), &plan->failed);
    (void)kk_error_describe(why, plan->options.lang, line, sizeof line);
    e->item.message = kk_keep(plan->arena, kk_z(line), &plan->failed);
}

static kk_status write_one(kk_plan *plan, size_t i, const kk_docx_options *how, kk_error *err)
{
    const kk_plan_entry *e = &plan->entries.items[i];
    const bool upgrade = e->item.action == KK_PLAN_UPGRADE;
    kk_place place = upgrade ? e->place : place_of(plan, i);
    kk_blocks blocks = e->blocks;
    KK_TRY(kk_variant_choose(&blocks, &place, plan->arena, err));
    KK_TRY(kk_variant_type(&blocks, &place, plan->doc->text, plan->arena, err));
    const kk_docx_newer newer = {&blocks, &place};
    if (upgrade && e->by_words) {
        return kk_docx_replace_found(plan->doc->docx, &e->found, &newer, how, err);
    }
    return upgrade ? kk_docx_upgrade(plan->doc->docx, e->managed, &blocks, &place, how, err)
                   : kk_docx_insert(plan->doc->docx, &blocks, &place, how, err);
}

kk_status kk_plan_insert_all(kk_plan *plan, kk_error *err)
{
    kk_error first = {.status = KK_OK};
    const kk_docx_options how = {!plan->options.untracked, plan->options.drop_signature,
                                 kk_z(plan->options.author), kk_z(plan->options.timestamp)};
    for (size_t i = 0; i < plan->entries.n; i++) {
        kk_plan_entry *e = &plan->entries.items[i];
        kk_error own = {.status = KK_OK};
        if (!kk_plan_writes(e) || !e->item.selected) {
            continue;
        }
        const kk_status status = write_one(plan, i, &how, &own);
        if (status == KK_OK) {
            continue;
        }
        if (first.status == KK_OK) {
            first = own;
            first.status = status;
        }
        if (status != KK_E_UNSUPPORTED) {
            break;
        }
        mark_refused(plan, e, &own); /* the others are tried, so that one run tells all refusals */
    }
    if (first.status != KK_OK && err != NULL && err->status == KK_OK) {
        *err = first;
    }
    return first.status;
}

static void note_toc(kk_plan *plan)
{
    uint32_t n = 0;
    const kk_docx_edit *edits = kk_docx_edits(plan->doc->docx, &n);
    for (uint32_t i = 0; i < n; i++) {
        plan->wants_toc = plan->wants_toc || edits[i].wants_toc_update;
    }
}

bool kk_plan_wants_toc(const kk_plan *plan)
{
    return plan->wants_toc;
}

static kk_status note_deeds(kk_plan *plan, size_t *n, kk_error *err)
{
    kk_doc *doc = plan->doc;
    kk_deed *deeds = kk_doc_deeds(doc, plan->entries.n);
    bool failed = deeds == NULL;
    *n = 0;
    for (size_t i = 0; i < plan->entries.n && !failed; i++) {
        const kk_plan_entry *e = &plan->entries.items[i];
        if (kk_plan_writes(e) && e->item.selected) {
            deeds[(*n)++] =
                (kk_deed){e->item.action == KK_PLAN_UPGRADE ? "upgraded" : "inserted",
                          kk_keep(doc->arena, e->item.clause, &failed),
                          kk_keep(doc->arena, e->item.version, &failed),
                          kk_keep(doc->arena, e->item.standing, &failed)};
        }
    }
    return failed ? kk_fail_nomem(err) : KK_OK;
}

kk_status kk_plan_apply(kk_plan *plan, kk_bytes *out, kk_error *err)
{
    kk_doc *doc = plan->doc;
    out->ptr = NULL;
    out->len = 0;
    if (doc->docx == NULL || doc->spent || plan->applied) {
        return kk_fail(err, KK_E_ARG, "",
                       "this document cannot be written, or was written already");
    }
    if (kk_plan_refusals(plan) > 0) {
        return kk_fail(err, KK_E_UNSUPPORTED, "place-ambiguous",
                       "a clause has no certain place; see the plan");
    }
    plan->applied = true;
    kk_buf saved;
    kk_buf_init(&saved, 0);
    size_t n_deeds = 0;
    KK_TRY(note_deeds(plan, &n_deeds, err));
    if (n_deeds == 0) {
        kk_buf_str(&saved, kk_buf_view(&doc->bytes));
        return kk_doc_give(doc, &saved, 0, out, err);
    }
    doc->spent = true;
    kk_status status = kk_plan_insert_all(plan, err);
    if (status == KK_OK) {
        status = kk_docx_save(doc->docx, &saved, err);
    }
    if (status != KK_OK) {
        kk_buf_dispose(&saved);
        return status;
    }
    note_toc(plan);
    return kk_doc_give(doc, &saved, n_deeds, out, err);
}
