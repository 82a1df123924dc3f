/* The bank checks itself: entry point, and the texts that the checks run on. */
#include "check.h"

#include "error.h"
#include "str.h"
#include "textmake.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

kk_origin kk_origin_line(const kk_origin *at, uint32_t line)
{
    kk_origin out = *at;
    out.line = line > 0 ? line : at->line;
    return out;
}

kk_status kk_complain(kk_checker *c, kk_level level, const kk_origin *at, kk_str id,
                      const char *format, ...)
{
    char message[600];
    va_list args;
    va_start(args, format);
    const int n = vsnprintf(message, sizeof message, format, args);
    va_end(args);
    const kk_complaint complaint = {.level = level,
                                    .file = kk_arena_str(c->arena, at->file),
                                    .id = kk_arena_str(c->arena, id),
                                    .line = at->line,
                                    .message =
                                        kk_arena_str(c->arena, kk_str_from(n < 0 ? "" : message))};
    if (complaint.file.ptr == NULL || complaint.id.ptr == NULL || complaint.message.ptr == NULL ||
        !kk_vec_push(&c->complaints, complaint)) {
        return kk_fail_nomem(c->err);
    }
    return KK_OK;
}

/* ---- texts --------------------------------------------------------------------------------- */

static void put_heading(kk_textmake *make, const kk_place *place, kk_lang lang)
{
    const kk_para heading = {.managed = KK_NONE, .heading = 1};
    if (place != NULL) {
        kk_textmake_para(make, &heading);
        kk_textmake_text(make, kk_texts_get(&place->name, lang), -1);
        kk_textmake_para_end(make);
    }
}

static void put_inlines(kk_textmake *make, const kk_clause_cell *cell)
{
    for (uint32_t i = 0; i < cell->n_inlines; i++) {
        const kk_clause_inline *in = &cell->inlines[i];
        /* A field counts as filled in: without the brackets that say it is not. */
        kk_str text = in->kind == KK_INLINE_FIELD && in->text.len == 0 ? in->name : in->text;
        if (in->kind == KK_INLINE_FIELD && kk_str_starts(text, KK_STR("[")) &&
            kk_str_ends(text, KK_STR("]"))) {
            text = kk_str_slice(text, 1, text.len - 1);
        }
        kk_textmake_text(make, text, -1);
    }
}

static void put_row(kk_textmake *make, const kk_clause_block *block)
{
    kk_textmake_table_begin(make);
    kk_textmake_row(make);
    for (uint32_t i = 0; i < block->n_cells; i++) {
        const kk_para para = {.managed = KK_NONE};
        kk_textmake_cell(make, 1, 0);
        kk_textmake_para(make, &para);
        put_inlines(make, &block->cells[i]);
        kk_textmake_cell_end(make);
    }
    kk_textmake_table_end(make);
}

static void put_block(kk_textmake *make, const kk_clause_block *block)
{
    kk_para para = {.managed = KK_NONE};
    if (block->kind == KK_BLOCK_ROW) {
        put_row(make, block);
        return;
    }
    para.heading = block->kind == KK_BLOCK_HEADING ? 2 : 0;
    para.flags = block->kind == KK_BLOCK_ITEM ? KK_PARA_LIST : 0u;
    kk_textmake_para(make, &para);
    put_inlines(make, &block->cells[0]);
    kk_textmake_para_end(make);
}

kk_status kk_check_clause_text(kk_checker *c, const kk_clause *clause, kk_lang lang, kk_text **out)
{
    const kk_clause_body *body = lang == KK_LANG_NN ? &clause->nn : &clause->nb;
    kk_textmake make;
    kk_textmake_init(&make, c->scratch);
    put_heading(&make, clause->n_places > 0 ? &c->model->places[clause->places[0]] : NULL, lang);
    for (uint32_t i = 0; i < body->n_blocks; i++) {
        put_block(&make, &body->blocks[i]);
    }
    const kk_status status = kk_textmake_finish(&make, out, c->err);
    kk_textmake_dispose(&make);
    return status;
}

kk_status kk_check_phrase_text(kk_checker *c, const kk_place *place, kk_str phrase, kk_lang lang,
                               kk_text **out)
{
    const kk_para para = {.managed = KK_NONE};
    kk_textmake make;
    kk_textmake_init(&make, c->scratch);
    put_heading(&make, place, lang);
    kk_textmake_para(&make, &para);
    kk_textmake_text(&make, phrase, -1);
    const kk_status status = kk_textmake_finish(&make, out, c->err);
    kk_textmake_dispose(&make);
    return status;
}

/* ---- entry --------------------------------------------------------------------------------- */

static kk_status run(kk_checker *c, kk_check_kind kind)
{
    switch (kind) {
    case KK_CHECK_TEST:
        return kk_check_examples(c);
    case KK_CHECK_COVERAGE:
        return kk_check_coverage(c);
    case KK_CHECK_LINT:
        break;
    }
    KK_TRY(kk_check_lint(c));
    return kk_check_law(c);
}

kk_status kk_rules_check(const kk_rules *rules, kk_check_kind kind, kk_str date, kk_arena *arena,
                         const kk_complaint **out, uint32_t *n, uint32_t *n_run, kk_error *err)
{
    kk_checker c = {.rules = rules,
                    .model = &rules->model,
                    .arena = arena,
                    .scratch = kk_arena_new(),
                    .date = date,
                    .err = err};
    *out = NULL;
    *n = *n_run = 0;
    kk_status status = c.scratch == NULL ? kk_fail_nomem(err) : KK_OK;
    status = status == KK_OK ? kk_scanner_new(&c.scanner, rules, NULL, err) : status;
    status = status == KK_OK ? run(&c, kind) : status;
    kk_complaint *list = kk_arena_array(arena, c.complaints.n + 1, sizeof *list);
    if (status == KK_OK && list == NULL) {
        status = kk_fail_nomem(err);
    }
    if (status == KK_OK && list != NULL) {
        if (c.complaints.n > 0) {
            memcpy(list, c.complaints.items, c.complaints.n * sizeof *list);
        }
        *out = list;
        *n = (uint32_t)c.complaints.n;
        *n_run = c.n_run;
    }
    kk_vec_free(&c.complaints);
    kk_scanner_free(c.scanner);
    kk_arena_free(c.scratch);
    return status;
}
