/* kk_docx_insert: joins place, dress and render into recorded splices. Knows the order of steps and
 * what to undo; neither XML names nor climate. */
#include "insert.h"

#include "dresstable.h"
#include "error.h"
#include "listnum.h"
#include "mark.h"
#include "str.h"

/* Hash for the tag: the clause's own where it stands for what is placed, else one over what is
 * placed (a table may lack a column). */
kk_status kk_insert_tag(const kk_blocks *blocks, const kk_clausehash *placed, kk_arena *arena,
                        kk_str *out, kk_error *err)
{
    char digits[13];
    kk_mark mark = {blocks->clause, blocks->version, blocks->hash};
    bool whole = false;
    if (blocks->hash.len == 12 &&
        kk_clausehash_matches(placed, blocks->hash, &whole, NULL, NULL) != KK_OK) {
        return kk_fail_nomem(err);
    }
    if (!whole) {
        if (kk_clausehash_finish(placed, kk_clausehash_lang(blocks->lang), KK_STR(""), UINT64_MAX,
                                 digits) != KK_OK) {
            return kk_fail_nomem(err);
        }
        mark.hash = kk_arena_str(arena, kk_str_from(digits));
        if (mark.hash.ptr == NULL) {
            return kk_fail_nomem(err);
        }
    }
    kk_buf tag;
    kk_buf_init(&tag, 0);
    kk_mark_print(&tag, &mark);
    *out = tag.failed == KK_OK ? kk_arena_str(arena, kk_buf_view(&tag)) : (kk_str){NULL, 0};
    kk_buf_dispose(&tag);
    return out->ptr == NULL ? kk_fail_nomem(err) : KK_OK;
}

kk_status kk_insert_tag_blocks(const kk_blocks *blocks, kk_arena *arena, kk_str *out,
                               kk_error *err)
{
    kk_clausehash hash;
    kk_clausehash_init(&hash, arena);
    kk_clausehash_blocks(&hash, blocks, NULL);
    const kk_status status = kk_insert_tag(blocks, &hash, arena, out, err);
    kk_clausehash_dispose(&hash);
    return status;
}

static bool has_kind(const kk_blocks *blocks, kk_block_kind kind)
{
    for (uint32_t i = 0; i < blocks->n_blocks; i++) {
        if (blocks->blocks[i].kind == kind) {
            return true;
        }
    }
    return false;
}

/* Makes sure that list items have a numbering instance. */
static kk_status prepare_list(kk_insertion *in, kk_error *err)
{
    if (in->dress.list == KK_DRESS_LIST_COPIED || !has_kind(in->blocks, KK_BLOCK_ITEM)) {
        return KK_OK;
    }
    in->render.bullet_level = 0;
    if (in->dress.list == KK_DRESS_LIST_BULLET) {
        return kk_listnum_bullet(in->doc, &in->render.bullet_num, err);
    }
    in->render.bullet_level = in->dress.restart_level;
    return kk_listnum_restart(in->doc, in->dress.restart_num, in->dress.restart_level,
                              &in->render.bullet_num, err);
}

/* Does a paragraph follow the place, so that a table of ours may come last? */
static bool paragraph_follows(const kk_insertion *in)
{
    const kk_part *part = &in->doc->parts[in->spot.part];
    const uint32_t next = in->spot.after == KK_NONE ? part->nodes[in->spot.container].first
                                                    : part->nodes[in->spot.after].next;
    for (uint32_t i = next; i != KK_NONE; i = part->nodes[i].next) {
        if (part->nodes[i].kind != KK_NODE_RANGE) {
            return part->nodes[i].kind == KK_NODE_P;
        }
    }
    return in->spot.moved != KK_NONE;
}

static kk_status render(kk_insertion *in, kk_error *err)
{
    const kk_place *place = in->place;
    const bool chapter = place->chapter.len > 0 &&
                         (place->kind == KK_PLACE_BEFORE || place->kind == KK_PLACE_STORY_END);
    kk_render_table table = {.lang = in->blocks->lang};
    const uint32_t near = in->spot.paragraph == KK_NONE ? 0 : in->spot.paragraph;
    const uint32_t story =
        place->kind == KK_PLACE_SECTION_END ? in->doc->text.paras[place->heading].story
        : place->kind == KK_PLACE_BEFORE    ? in->doc->text.paras[place->before].story
                                            : 0;
    if (kk_dress_choose_table(in->doc, story, near, &in->dress, in->arena, &table) != KK_OK) {
        return kk_fail_nomem(err);
    }
    if (chapter) {
        char following[13];
        kk_mark_following(&in->doc->text, story,
                          in->spot.paragraph == KK_NONE ? in->doc->text.stories[story].para_begin
                                                        : in->spot.paragraph + 1,
                          following);
        const kk_str tag = kk_arena_printf(in->arena, KK_MARK_CHAPTER "#%s", following);
        if (tag.ptr == NULL) {
            return kk_fail_nomem(err);
        }
        kk_render_chapter(&in->render, place->chapter, tag);
    }
    const bool after_text = place->kind != KK_PLACE_SECTION_END ||
                            (in->spot.paragraph != KK_NONE && in->spot.paragraph != place->heading);
    const bool lead = (in->dress.blank_before && !in->after_ours &&
                       in->blocks->blocks[0].kind != KK_BLOCK_HEADING) ||
                      (in->dress.blank_between && !chapter && (after_text || in->after_ours));
    kk_render_blocks(&in->render, in->blocks, lead, !paragraph_follows(in), &table);
    return KK_OK;
}

/* ---- the call ------------------------------------------------------------------------------ */

static bool toc_exists(const kk_text *text)
{
    for (uint32_t p = 0; p < text->n_paras; p++) {
        if ((text->paras[p].flags & KK_PARA_TOC) != 0) {
            return true;
        }
    }
    return false;
}

/* Was something of ours recorded at the same place in this run? Then there is a clause right above.
 */
static bool after_ours(const kk_insertion *in)
{
    kk_target *target = NULL;
    if (kk_edits_part(in->doc, in->spot.part, &target, NULL) != KK_OK) {
        return false;
    }
    for (size_t i = 0; i < target->splices.list.n; i++) {
        const kk_splice *splice = &target->splices.list.items[i];
        if (splice->begin == in->spot.raw && splice->end == in->spot.raw) {
            return true;
        }
    }
    return false;
}

/* Does the insertion bring a heading that a table of contents would list? */
static bool changes_toc(const kk_insertion *in)
{
    const kk_place *place = in->place;
    const bool chapter = place->chapter.len > 0 &&
                         (place->kind == KK_PLACE_BEFORE || place->kind == KK_PLACE_STORY_END);
    const bool heading = (chapter && in->dress.chapter_styled) ||
                         (has_kind(in->blocks, KK_BLOCK_HEADING) && in->dress.heading_styled);
    return heading && toc_exists(&in->doc->text);
}

static kk_status insert_blocks(kk_insertion *in, kk_error *err)
{
    KK_TRY(kk_insert_keep_mark(in, err));
    KK_TRY(kk_insert_tag_blocks(in->blocks, in->arena, &in->render.tag, err));
    KK_TRY(prepare_list(in, err));
    in->after_ours = after_ours(in);
    kk_ids_seed(in->wml.ids, in->render.tag);
    KK_TRY(kk_insert_move_mark(in, err));
    KK_TRY(render(in, err));
    kk_edits *edits = kk_edits_of(in->doc);
    edits->records.items[edits->records.n - 1].wants_toc_update = changes_toc(in);
    return KK_OK;
}

kk_status kk_insert_prepare(kk_insertion *in, const kk_docx_options *options, kk_buf *out,
                            kk_error *err)
{
    kk_edits *edits = kk_edits_of(in->doc);
    in->wml = (kk_wml){.out = out,
                       .names = kk_names_of(&in->doc->parts[in->spot.part]),
                       .ids = &edits->ids,
                       .track = options->track,
                       .author = options->author,
                       .date = options->date};
    in->render =
        (kk_render){.wml = &in->wml,
                    .dress = &in->dress,
                    .arena = in->arena,
                    .title = in->blocks->title.len > 0 ? in->blocks->title : in->blocks->clause};
    if (kk_dress_choose(in->doc, in->place, &in->spot, in->blocks->lang, in->arena, &in->dress) !=
        KK_OK) {
        return kk_fail_nomem(err);
    }
    return KK_OK;
}

static kk_status insert_in(kk_insertion *in, const kk_docx_options *options, kk_buf *out,
                           kk_error *err)
{
    KK_TRY(kk_insert_prepare(in, options, out, err));
    const bool rows = in->place->kind == KK_PLACE_TABLE_ROW;
    const kk_status status = rows ? kk_insert_rows(in, err) : insert_blocks(in, err);
    if (status != KK_OK || out->failed != KK_OK) {
        return status != KK_OK ? status : kk_fail_nomem(err);
    }
    kk_target *target;
    KK_TRY(kk_edits_part(in->doc, in->spot.part, &target, err));
    return kk_edits_splice(in->doc, target, in->spot.raw, in->spot.raw, kk_buf_view(out), err);
}

kk_status kk_insert_at(const kk_insertion *what, const kk_docx_options *options, kk_error *err)
{
    kk_insertion in = *what;
    kk_buf out;
    kk_buf_init(&out, 0);
    in.arena = kk_arena_new();
    const kk_status status =
        in.arena == NULL ? kk_fail_nomem(err) : insert_in(&in, options, &out, err);
    kk_buf_dispose(&out);
    kk_arena_free(in.arena);
    return status;
}

kk_status kk_docx_insert(kk_docx *doc, const kk_blocks *blocks, const kk_place *place,
                         const kk_docx_options *options, kk_error *err)
{
    if (blocks->n_blocks == 0 || blocks->clause.len == 0 || blocks->version.len == 0) {
        return kk_fail(err, KK_E_ARG, "", "the clause is empty or has no id and version");
    }
    KK_TRY(kk_edits_check_open(doc, options, err));
    kk_spot spot;
    KK_TRY(kk_place_find(doc, place, options->track, &spot, err));
    kk_target *target;
    KK_TRY(kk_edits_part(doc, spot.part, &target, err));
    kk_edits_state state;
    const kk_record record = {blocks->clause, blocks->version, spot.paragraph, false};
    KK_TRY(kk_edits_begin(doc, &record, &state, err));
    const kk_insertion in = {.doc = doc, .blocks = blocks, .place = place, .spot = spot};
    const kk_status status = kk_insert_at(&in, options, err);
    if (status != KK_OK) {
        kk_edits_rollback(kk_edits_of(doc), &state);
    }
    return status;
}
