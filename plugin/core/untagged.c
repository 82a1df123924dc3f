/* Looks through the bank for clauses whose words stand in a document without a control of ours. Knows
 * the bank and TEXT; how words are compared is docx's. */
#include "untagged.h"

#include "bankview.h"
#include "rules.h"
#include "variant.h"

#include <stdlib.h>

/* Paragraphs that are not marked, sorted by their words: a clause whose first words begin none of them
 * is not worth comparing. */
typedef struct first_words {
    kk_str *items;
    size_t n;
} first_words;

static int compare_words(const void *a, const void *b)
{
    return kk_str_compare(*(const kk_str *)a, *(const kk_str *)b);
}

static kk_status collect(const kk_text *text, kk_arena *arena, first_words *out, kk_error *err)
{
    out->n = 0;
    out->items = kk_arena_array(arena, (size_t)text->n_paras + 1, sizeof *out->items);
    if (out->items == NULL) {
        return kk_fail_nomem(err);
    }
    for (uint32_t p = 0; p < text->n_paras; p++) {
        const kk_para *para = &text->paras[p];
        if (para->managed == KK_NONE && para->end > para->begin) {
            out->items[out->n++] =
                kk_str_trim((kk_str){text->utf8 + para->begin, para->end - para->begin});
        }
    }
    qsort(out->items, out->n, sizeof *out->items, compare_words);
    return KK_OK;
}

/* Does some paragraph begin like this? No-break spaces are plain in TEXT: the words end there. */
static bool is_there(void *context, kk_str begin)
{
    const first_words *words = context;
    const kk_str whole = kk_str_trim(begin);
    const size_t blank = kk_str_find(whole, KK_STR("\xC2\xA0"), 0);
    const kk_str wanted = kk_str_slice(whole, 0, blank < whole.len ? blank : whole.len);
    size_t low = 0, high = words->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (kk_str_compare(words->items[middle], wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < words->n && kk_str_starts(words->items[low], wanted);
}

kk_status kk_untagged_variants(const kk_blocks *blocks, kk_arena *arena, kk_blocks *out,
                               uint32_t *n, kk_error *err)
{
    static const kk_place_kind kinds[] = {KK_PLACE_SECTION_END, KK_PLACE_TABLE_ROW};
    for (size_t i = 0; i < 2; i++) {
        kk_place place = {.kind = kinds[i]};
        kk_blocks variant = *blocks;
        KK_TRY(kk_variant_choose(&variant, &place, arena, err));
        const bool rows = variant.n_blocks > 0 && variant.blocks[0].kind == KK_BLOCK_ROW;
        if (rows == (kinds[i] == KK_PLACE_TABLE_ROW)) {
            out[(*n)++] = variant;
        }
    }
    return KK_OK;
}

static bool is_managed(const kk_text *text, kk_str clause)
{
    for (uint32_t i = 0; i < text->n_managed; i++) {
        if (kk_str_equal(text->managed[i].clause, clause)) {
            return true;
        }
    }
    return false;
}

/* The variants of one clause in both language forms. */
static kk_status add_clause(const kk_bank *bank, kk_str id, kk_str date, kk_arena *arena,
                            kk_blocks *out, uint32_t *n, kk_error *err)
{
    static const kk_lang forms[] = {KK_LANG_NB, KK_LANG_NN};
    for (size_t f = 0; f < 2; f++) {
        kk_blocks blocks;
        if (kk_rules_clause(bank->rules, id, KK_STR(""), forms[f], date, NULL, 0, arena, &blocks,
                            NULL) != KK_OK) {
            continue; /* not valid on the date */
        }
        KK_TRY(kk_untagged_variants(&blocks, arena, out, n, err));
    }
    return KK_OK;
}

kk_status kk_untagged_versions(const kk_bank *bank, kk_str id, kk_str first, kk_arena *arena,
                               kk_blocks **out, uint32_t *n, kk_error *err)
{
    kk_blocks *texts;
    size_t n_texts;
    *n = 0;
    if (kk_bank_texts(bank, id, arena, &texts, &n_texts) != KK_OK) {
        return kk_fail_nomem(err);
    }
    *out = kk_arena_array(arena, 2 * n_texts + 1, sizeof **out);
    kk_status status = *out == NULL ? kk_fail_nomem(err) : KK_OK;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < n_texts && status == KK_OK; i++) {
            if (kk_str_equal(texts[i].version, first) == (pass == 0)) {
                status = kk_untagged_variants(&texts[i], arena, *out, n, err);
            }
        }
    }
    return status;
}

kk_status kk_untagged_find(const kk_bank *bank, const kk_text *text, kk_str date, kk_arena *arena,
                           kk_untagged **out, size_t *n, kk_error *err)
{
    first_words words;
    uint32_t n_candidates = 0, n_found = 0;
    kk_docx_found *found = NULL;
    const size_t most = kk_bank_n_clauses(bank) + 1;
    kk_str *ids = kk_arena_array(arena, most, sizeof *ids);
    *n = 0;
    KK_TRY(collect(text, arena, &words, err));
    if (ids == NULL) {
        return kk_fail_nomem(err);
    }
    const size_t n_ids =
        words.n > 0 ? kk_bank_clauses_beginning(bank, is_there, &words, ids) : 0;
    kk_blocks *candidates = kk_arena_array(arena, 4 * n_ids + 1, sizeof *candidates);
    *out = kk_arena_array(arena, 4 * n_ids + 1, sizeof **out);
    if (candidates == NULL || *out == NULL) {
        return kk_fail_nomem(err);
    }
    for (size_t i = 0; i < n_ids; i++) {
        if (!is_managed(text, ids[i])) {
            KK_TRY(add_clause(bank, ids[i], date, arena, candidates, &n_candidates, err));
        }
    }
    if (n_candidates > 0 && kk_docx_find_untagged(text, candidates, n_candidates, arena, &found,
                                                  &n_found) != KK_OK) {
        return kk_fail_nomem(err);
    }
    for (uint32_t i = 0; i < n_found; i++) {
        const kk_blocks *b = &candidates[found[i].candidate];
        (*out)[(*n)++] = (kk_untagged){b->clause, b->version, found[i].para_begin};
    }
    return KK_OK;
}
