/* Clause -> BLOCKS: the body in the wanted language form with its fields filled. */
#include "rules_internal.h"

#include "clausehash.h"
#include "error.h"
#include "str.h"

#include <string.h>

typedef struct filler {
    kk_arena *arena;
    const kk_value *values;
    size_t n_values;
    kk_error *err;
} filler;

static kk_str value_of(const filler *f, kk_str name)
{
    for (size_t i = 0; i < f->n_values; i++) {
        if (kk_str_equal(f->values[i].name, name)) {
            return f->values[i].value;
        }
    }
    return (kk_str){NULL, 0};
}

static kk_status fill_field(const filler *f, const kk_clause_inline *from, kk_inline *to)
{
    const kk_str value = value_of(f, from->name);
    to->kind = KK_INLINE_FIELD;
    to->filled = value.len > 0;
    to->name = kk_arena_str(f->arena, from->name);
    to->unit = kk_arena_str(f->arena, from->unit);
    if (value.len > 0) {
        to->text = kk_arena_str(f->arena, value);
    } else if (from->text.len > 0) {
        to->text = kk_arena_str(f->arena, from->text);
    } else {
        to->text = kk_arena_printf(f->arena, "[%.*s]", (int)from->name.len, from->name.ptr);
    }
    return to->name.ptr == NULL || to->unit.ptr == NULL || to->text.ptr == NULL
               ? kk_fail_nomem(f->err)
               : KK_OK;
}

static kk_status fill_inlines(const filler *f, const kk_clause_cell *from, const kk_inline **out,
                              uint32_t *n)
{
    kk_inline *list = kk_arena_array(f->arena, (size_t)from->n_inlines + 1, sizeof *list);
    if (list == NULL) {
        return kk_fail_nomem(f->err);
    }
    for (uint32_t i = 0; i < from->n_inlines; i++) {
        if (from->inlines[i].kind == KK_INLINE_FIELD) {
            KK_TRY(fill_field(f, &from->inlines[i], &list[i]));
            continue;
        }
        list[i] = (kk_inline){.kind = from->inlines[i].kind,
                              .filled = true,
                              .text = kk_arena_str(f->arena, from->inlines[i].text)};
        if (list[i].text.ptr == NULL) {
            return kk_fail_nomem(f->err);
        }
    }
    *out = list;
    *n = from->n_inlines;
    return KK_OK;
}

static kk_status fill_row(const filler *f, const kk_clause_block *from, kk_block *to)
{
    kk_block_cell *cells = kk_arena_array(f->arena, (size_t)from->n_cells + 1, sizeof *cells);
    if (cells == NULL) {
        return kk_fail_nomem(f->err);
    }
    for (uint32_t i = 0; i < from->n_cells; i++) {
        cells[i].role = from->cells[i].role;
        KK_TRY(fill_inlines(f, &from->cells[i], &cells[i].inlines, &cells[i].n_inlines));
    }
    to->cells = cells;
    to->n_cells = from->n_cells;
    return KK_OK;
}

static kk_status fill_body(const filler *f, const kk_clause_body *body, kk_blocks *out)
{
    kk_block *blocks = kk_arena_array(f->arena, (size_t)body->n_blocks + 1, sizeof *blocks);
    if (blocks == NULL) {
        return kk_fail_nomem(f->err);
    }
    for (uint32_t i = 0; i < body->n_blocks; i++) {
        const kk_clause_block *from = &body->blocks[i];
        blocks[i].kind = from->kind;
        KK_TRY(from->kind == KK_BLOCK_ROW
                   ? fill_row(f, from, &blocks[i])
                   : fill_inlines(f, &from->cells[0], &blocks[i].inlines, &blocks[i].n_inlines));
    }
    out->blocks = blocks;
    out->n_blocks = body->n_blocks;
    return KK_OK;
}

static const kk_clause *named_version(const kk_model *model, kk_str id, kk_str version)
{
    for (uint32_t i = 0; i < model->n_clauses; i++) {
        if (kk_str_equal(model->clauses[i].id, id) &&
            kk_str_equal(model->clauses[i].version, version)) {
            return &model->clauses[i];
        }
    }
    return NULL;
}

static bool knows(const kk_model *model, kk_str id)
{
    for (uint32_t i = 0; i < model->n_clauses; i++) {
        if (kk_str_equal(model->clauses[i].id, id)) {
            return true;
        }
    }
    return false;
}

static kk_status find_clause(const kk_model *model, kk_str id, kk_str version, kk_str date,
                             const kk_clause **out, kk_error *err)
{
    const int id_len = (int)(id.len < 60 ? id.len : 60);
    *out = version.len > 0 ? named_version(model, id, version)
                           : kk_model_clause(model, id, date, false);
    if (*out == NULL && !knows(model, id)) {
        return kk_fail(err, KK_E_ARG, "clause-unknown",
                       "there is no clause %.*s; \"klimakrav rules list\" shows those there are",
                       id_len, id.ptr);
    }
    if (*out == NULL && version.len > 0) {
        return kk_fail(err, KK_E_ARG, "clause-version", "clause %.*s has no version %.*s", id_len,
                       id.ptr, (int)(version.len < 20 ? version.len : 20), version.ptr);
    }
    if (*out == NULL || !kk_date_within(date, (*out)->from, (*out)->to)) {
        return kk_fail(err, KK_E_ARG, "clause-date", "clause %.*s is not valid on %.*s", id_len,
                       id.ptr, (int)(date.len < 20 ? date.len : 20), date.ptr);
    }
    return KK_OK;
}

kk_status kk_rules_clause(const kk_rules *rules, kk_str id, kk_str version, kk_lang lang,
                          kk_str date, const kk_value *values, size_t n_values, kk_arena *arena,
                          kk_blocks *out, kk_error *err)
{
    const kk_clause *clause;
    const filler f = {arena, values, n_values, err};
    *out = (kk_blocks){.lang = lang == KK_LANG_NN ? KK_LANG_NN : KK_LANG_NB};
    KK_TRY(find_clause(&rules->model, id, version, date, &clause, err));
    out->clause = kk_arena_str(arena, clause->id);
    out->version = kk_arena_str(arena, clause->version);
    out->title = kk_arena_str(arena, kk_texts_get(&clause->name, out->lang));
    if (out->clause.ptr == NULL || out->version.ptr == NULL || out->title.ptr == NULL) {
        return kk_fail_nomem(err);
    }
    KK_TRY(fill_body(&f, out->lang == KK_LANG_NN ? &clause->nn : &clause->nb, out));
    char hash[13];
    if (kk_blocks_hash(out, clause->level, hash) != KK_OK) {
        return kk_fail_nomem(err);
    }
    out->hash = kk_arena_str(arena, kk_str_from(hash));
    return out->hash.ptr == NULL ? kk_fail_nomem(err) : KK_OK;
}
