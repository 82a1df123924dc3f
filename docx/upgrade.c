/* kk_docx_upgrade: a clause of ours gives way to its newer version where it stands. Knows controls
 * and what to undo; not what the clause says. */
#include "upgrade.h"

#include "error.h"
#include "insert.h"
#include "mark.h"
#include "place.h"
#include "str.h"
#include "withdraw.h"

/* ---- the whole clause ---------------------------------------------------------------------- */

static kk_status strike_or_remove(const kk_upgrade *u, uint32_t node, const kk_wml *wml,
                                  kk_error *err)
{
    const kk_part *part = &u->doc->parts[u->part];
    const kk_node_ref gone = {u->part, node};
    uint32_t begin, end;
    if (!kk_vec_push(&kk_edits_of(u->doc)->withdrawn, gone)) {
        return kk_fail_nomem(err);
    }
    if (u->options->track && !kk_control_is_pending(part, node)) {
        return kk_strike_control(u->doc, u->part, node, wml, err);
    }
    kk_target *target;
    kk_control_extent(part, node, &begin, &end);
    KK_TRY(kk_edits_part(u->doc, u->part, &target, err));
    return kk_edits_splice(u->doc, target, begin, end, KK_STR(""), err);
}

/* Right behind the last control, among its siblings. */
static kk_spot spot_behind(const kk_upgrade *u)
{
    const kk_part *part = &u->doc->parts[u->part];
    const uint32_t last = u->nodes[u->n_nodes - 1];
    const kk_managed *m = &u->doc->text.managed[u->managed];
    uint32_t begin, end;
    kk_control_extent(part, last, &begin, &end);
    kk_spot spot = {.part = u->part,
                    .container = part->nodes[last].parent,
                    .after = last,
                    .raw = end,
                    .moved = KK_NONE,
                    .row = KK_NONE,
                    .paragraph = m->para_end > 0 ? m->para_end - 1 : KK_NONE};
    while (part->nodes[spot.after].next != KK_NONE &&
           part->nodes[part->nodes[spot.after].next].end <= end) {
        spot.after = part->nodes[spot.after].next;
    }
    for (uint32_t i = last + 1; i < kk_node_past(part, last) && spot.row == KK_NONE; i++) {
        spot.row = part->nodes[i].kind == KK_NODE_TR ? i : KK_NONE;
    }
    return spot;
}

/* The old clause goes, the new one comes right behind it. */
static kk_status replace_whole(const kk_upgrade *u, kk_error *err)
{
    kk_edits *edits = kk_edits_of(u->doc);
    const kk_wml wml = {.names = kk_names_of(&u->doc->parts[u->part]),
                        .ids = &edits->ids,
                        .track = true,
                        .author = u->options->author,
                        .date = u->options->date};
    for (uint32_t i = 0; i < u->n_nodes; i++) {
        KK_TRY(strike_or_remove(u, u->nodes[i], &wml, err));
    }
    const kk_insertion in = {
        .doc = u->doc, .blocks = u->blocks, .place = u->place, .spot = spot_behind(u)};
    return kk_insert_at(&in, u->options, err);
}

/* ---- the call ------------------------------------------------------------------------------ */

static kk_status find_controls(kk_upgrade *u, kk_error *err)
{
    uint32_t *nodes = kk_arena_array(u->arena, u->doc->n_managed_refs + 1, sizeof *nodes);
    if (nodes == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t r = 0; r < u->doc->n_managed_refs; r++) {
        const kk_control_ref *ref = &u->doc->control_refs[u->doc->managed_refs[r].control];
        if (u->doc->managed_refs[r].managed != u->managed) {
            continue;
        }
        if (ref->node == KK_NONE || (u->n_nodes > 0 && ref->part != u->part)) {
            return kk_fail(err, KK_E_UNSUPPORTED, "place-ambiguous",
                           "the clause lies inside a paragraph and is no block of its own");
        }
        if ((u->doc->parts[ref->part].nodes[ref->node].flags & KK_NODE_LOCKED) != 0) {
            return kk_fail(err, KK_E_UNSUPPORTED, "place-locked",
                           "the control around the clause is locked");
        }
        u->part = ref->part;
        nodes[u->n_nodes++] = ref->node;
    }
    u->nodes = nodes;
    return KK_OK;
}

/* By difference where it can be told, else as a whole. */
static kk_status upgrade(const kk_upgrade *u, kk_error *err)
{
    kk_target *target;
    KK_TRY(kk_edits_part(u->doc, u->part, &target, err));
    const kk_managed *entry = &u->doc->text.managed[u->managed];
    const kk_record record = {u->blocks->clause, u->blocks->version,
                              entry->para_begin == 0 ? KK_NONE : entry->para_begin - 1, false};
    kk_edits_state state;
    KK_TRY(kk_edits_begin(u->doc, &record, &state, err));
    kk_ids_seed(&kk_edits_of(u->doc)->ids, entry->tag_hash);
    const kk_spot spot = spot_behind(u);
    bool done = false;
    kk_status status = kk_upgrade_redline(u, &spot, &done, err);
    if (status == KK_OK && !done) {
        kk_edits_rollback(kk_edits_of(u->doc), &state);
        KK_TRY(kk_edits_begin(u->doc, &record, &state, err));
        kk_ids_seed(&kk_edits_of(u->doc)->ids, entry->tag_hash);
        status = replace_whole(u, err);
    }
    if (status != KK_OK) {
        kk_edits_rollback(kk_edits_of(u->doc), &state);
    }
    return status;
}

/* What nobody has accepted yet is not accepted by its upgrade: that is tracked in any case. */
static kk_status find_and_upgrade(kk_upgrade *u, kk_error *err)
{
    KK_TRY(find_controls(u, err));
    if (u->nodes == NULL || u->n_nodes == 0) {
        return kk_fail(err, KK_E_STALE, "", "the clause has no content control any more");
    }
    kk_docx_options options = *u->options;
    options.track = options.track || kk_control_is_pending(&u->doc->parts[u->part], u->nodes[0]);
    const kk_upgrade as_it_was = {u->doc,  u->managed, u->blocks,  u->place, &options,
                                  u->part, u->nodes,   u->n_nodes, u->arena};
    return upgrade(&as_it_was, err);
}

kk_status kk_docx_upgrade(kk_docx *doc, uint32_t managed, const kk_blocks *blocks,
                          const kk_place *place, const kk_docx_options *options, kk_error *err)
{
    if (managed >= doc->text.n_managed || blocks->n_blocks == 0) {
        return kk_fail(err, KK_E_ARG, "", "there is no such clause in the document");
    }
    KK_TRY(kk_edits_check_open(doc, options, err));
    if (kk_edits_of(doc) == NULL) {
        return kk_fail_nomem(err);
    }
    kk_upgrade u = {.doc = doc,
                    .managed = managed,
                    .blocks = blocks,
                    .place = place,
                    .options = options,
                    .arena = kk_arena_new()};
    const kk_status status = u.arena == NULL ? kk_fail_nomem(err) : find_and_upgrade(&u, err);
    kk_arena_free(u.arena);
    return status;
}
