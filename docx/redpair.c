/* Which paragraph of a clause became which: likeness in words, in order. Knows text and kinds; no
 * markup. */
#include "redpair.h"

#include "error.h"
#include "str.h"

/* Less in common than this, in per cent, is another paragraph. */
enum { ALIKE = 30 };

static kk_str standing_words(const kk_red_para *old)
{
    return kk_str_slice(kk_buf_view(&old->stream.text), old->keep, old->stream.text.len);
}

/* A bold line may be a heading that nothing but its looks tells of. */
static bool may_pair(const kk_red_stretch *s, uint32_t i, uint32_t j)
{
    const kk_block_kind a = s->olds[i].kind, b = s->pieces[j].kind;
    const bool heading = b == KK_BLOCK_HEADING && a == KK_BLOCK_PARAGRAPH && i == 0 && j == 0;
    return s->cell || a == b || heading ||
           kk_str_equal(standing_words(&s->olds[i]), s->pieces[j].words);
}

/* 0 for two that are no pair. */
static kk_status likeness(const kk_red_stretch *s, uint32_t i, uint32_t j, kk_arena *arena,
                          unsigned *percent)
{
    *percent = 0;
    KK_TRY(may_pair(s, i, j)
               ? kk_diff_likeness(standing_words(&s->olds[i]), s->pieces[j].words, arena, percent)
               : KK_OK);
    *percent = *percent >= ALIKE ? *percent : 0;
    return KK_OK;
}

/* Fills one cell of the table from its neighbours below and to the right. */
static void settle(uint32_t *at, size_t width, unsigned percent)
{
    const uint32_t pair = percent > 0 ? at[width + 1] + percent : 0;
    const uint32_t skip = at[width] > at[1] ? at[width] : at[1];
    *at = pair > skip ? pair : skip;
}

/* Best sum of likenesses of the rests: cell (i, j) at i * width + j. */
static kk_status measure(const kk_red_stretch *s, kk_arena *arena, uint32_t **best,
                         uint32_t **alike)
{
    const size_t width = (size_t)s->n_pieces + 1, size = ((size_t)s->n_olds + 1) * width;
    *best = kk_arena_array(arena, size, sizeof **best);
    *alike = kk_arena_array(arena, size, sizeof **alike);
    kk_status status = *best == NULL || *alike == NULL ? KK_E_NOMEM : KK_OK;
    for (uint32_t i = s->n_olds; i-- > 0 && status == KK_OK;) {
        for (uint32_t j = s->n_pieces; j-- > 0 && status == KK_OK;) {
            unsigned percent;
            status = likeness(s, i, j, arena, &percent);
            (*alike)[i * width + j] = percent;
            settle(*best + i * width + j, width, percent);
        }
    }
    return status;
}

static void join(kk_red_stretch *s, uint32_t i, uint32_t j)
{
    s->olds[i].partner = j;
    s->pieces[j].partner = i;
}

/* Between two pairs the others are paired in order: their paragraph marks stay then. */
static void join_between(kk_red_stretch *s, uint32_t i, uint32_t past_i, uint32_t j,
                         uint32_t past_j)
{
    while (i < past_i && j < past_j) {
        if (may_pair(s, i, j)) {
            join(s, i++, j++);
        } else if (past_i - i > past_j - j) {
            i++;
        } else {
            j++;
        }
    }
}

kk_status kk_red_pair(kk_red_stretch *s, kk_arena *arena)
{
    uint32_t *best, *alike, i = 0, j = 0, from_i = 0, from_j = 0;
    const size_t width = (size_t)s->n_pieces + 1;
    KK_TRY(measure(s, arena, &best, &alike));
    while (i < s->n_olds && j < s->n_pieces) {
        const size_t at = i * width + j;
        if (alike[at] > 0 && best[at] == best[at + width + 1] + alike[at]) {
            join_between(s, from_i, i, from_j, j);
            join(s, i++, j++);
            from_i = i;
            from_j = j;
        } else if (best[at + width] >= best[at + 1]) {
            i++;
        } else {
            j++;
        }
    }
    join_between(s, from_i, s->n_olds, from_j, s->n_pieces);
    return KK_OK;
}
