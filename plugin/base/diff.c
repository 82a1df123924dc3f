/* Longest common subsequence over words, made readable. Knows text; must not know documents. */
#include "diff.h"

#include "str.h"
#include "utf8.h"

#include <string.h>

enum { MOST_CELLS = 4000000 };

static bool is_space(kk_str s)
{
    return s.len > 0 && (s.ptr[0] == ' ' || s.ptr[0] == '\t' || s.ptr[0] == '\n');
}

kk_str kk_diff_word(kk_str *rest)
{
    size_t at = 0;
    const kk_str s = *rest;
    if (is_space(s)) {
        while (at < s.len && is_space(kk_str_slice(s, at, s.len))) {
            at++;
        }
    } else if (s.len > 0 && kk_utf8_is_word(kk_utf8_next(s, &at))) {
        for (size_t next = at; at < s.len; at = next) {
            if (!kk_utf8_is_word(kk_utf8_next(s, &next))) {
                break;
            }
        }
    }
    *rest = kk_str_slice(s, at, s.len);
    return kk_str_slice(s, 0, at);
}

kk_diff_tokens kk_diff_split(kk_str text, kk_arena *arena)
{
    uint32_t n = 0;
    for (kk_str rest = text; kk_diff_word(&rest).len > 0;) {
        n++;
    }
    kk_diff_token *items = kk_arena_array(arena, (size_t)n + 1, sizeof *items);
    for (uint32_t i = 0; items != NULL && i < n; i++) {
        items[i].text = kk_diff_word(&text);
    }
    return (kk_diff_tokens){items, n};
}

static bool same(const kk_diff_token *a, const kk_diff_token *b)
{
    return a->whole == b->whole && kk_str_equal(a->text, b->text);
}

/* What is looked at once the equal ends are left out. */
typedef struct middle {
    const kk_diff_token *a, *b;
    uint32_t head, n, m;
} middle;

static middle trim(kk_diff_tokens old, kk_diff_tokens now)
{
    uint32_t head = 0, tail = 0;
    while (head < old.n && head < now.n && same(&old.items[head], &now.items[head])) {
        head++;
    }
    while (tail < old.n - head && tail < now.n - head &&
           same(&old.items[old.n - 1 - tail], &now.items[now.n - 1 - tail])) {
        tail++;
    }
    return (middle){old.items + head, now.items + head, head, old.n - head - tail,
                    now.n - head - tail};
}

/* Lengths of common subsequences of the rests: cell (i, j) at i * (m + 1) + j. NULL: not computed.
 */
static uint32_t *measure(const middle *x, kk_arena *arena)
{
    const size_t width = (size_t)x->m + 1;
    uint32_t *cells = kk_arena_array(arena, ((size_t)x->n + 1) * width, sizeof *cells);
    for (uint32_t i = x->n; cells != NULL && i-- > 0;) {
        for (uint32_t j = x->m; j-- > 0;) {
            uint32_t *at = &cells[i * width + j];
            const uint32_t down = at[width], right = at[1];
            *at = same(&x->a[i], &x->b[j]) ? at[width + 1] + 1 : down > right ? down : right;
        }
    }
    return cells;
}

/* Marks the tokens of both sides that stay; keep_a[i] = partner + 1. */
static void match(const middle *x, const uint32_t *cells, uint32_t *keep)
{
    const size_t width = (size_t)x->m + 1;
    uint32_t i = 0, j = 0;
    while (i < x->n && j < x->m) {
        const uint32_t *at = &cells[i * width + j];
        if (same(&x->a[i], &x->b[j]) && at[0] == at[width + 1] + 1) {
            keep[x->head + i++] = x->head + j++ + 1;
        } else if (at[width] >= at[1]) {
            i++;
        } else {
            j++;
        }
    }
}

/* White space, or one sign: too little to be an island between two changes. */
static bool is_slight(const kk_diff_token *t)
{
    size_t at = 0;
    return !t->whole && (is_space(t->text) || !kk_utf8_is_word(kk_utf8_next(t->text, &at)));
}

/* Past the tokens from i on that stay side by side in both texts; *slight when none says much. */
static uint32_t past_kept(kk_diff_tokens old, const uint32_t *keep, uint32_t i, bool *slight)
{
    *slight = true;
    uint32_t past = i;
    do {
        *slight = *slight && is_slight(&old.items[past]);
        past++;
    } while (past < old.n && keep[past] == keep[past - 1] + 1);
    return past;
}

/* Takes away what stays alone between two changes and is slight: ", " between two words. */
static void smooth(kk_diff_tokens old, uint32_t n_now, uint32_t *keep)
{
    for (uint32_t i = 0; i < old.n;) {
        bool slight;
        if (keep[i] == 0) {
            i++;
            continue;
        }
        const uint32_t past = past_kept(old, keep, i, &slight);
        const bool first = i == 0 && keep[i] == 1;
        const bool last = past == old.n && keep[past - 1] == n_now;
        if (slight && !first && !last && past - i <= 3) {
            memset(&keep[i], 0, (past - i) * sizeof *keep);
        }
        i = past;
    }
}

static kk_status list(kk_diff_tokens old, kk_diff_tokens now, const uint32_t *keep, kk_arena *arena,
                      kk_diff *out)
{
    kk_diff_step *steps = kk_arena_array(arena, (size_t)old.n + now.n + 1, sizeof *steps);
    if (steps == NULL) {
        return KK_E_NOMEM;
    }
    uint32_t j = 0, n = 0;
    for (uint32_t i = 0; i <= old.n;) {
        uint32_t past = i;
        while (past < old.n && keep[past] == 0) {
            past++;
        }
        const uint32_t partner = past < old.n ? keep[past] - 1 : now.n;
        for (; i < past; i++) {
            steps[n++] = (kk_diff_step){KK_DIFF_CUT, i, j};
        }
        for (; j < partner; j++) {
            steps[n++] = (kk_diff_step){KK_DIFF_ADD, i, j};
        }
        if (past < old.n) {
            steps[n++] = (kk_diff_step){KK_DIFF_KEEP, i, j++};
            out->kept++;
        }
        i++;
    }
    out->steps = steps;
    out->n = n;
    return KK_OK;
}

kk_status kk_diff_run(kk_diff_tokens old, kk_diff_tokens now, kk_arena *arena, kk_diff *out)
{
    *out = (kk_diff){NULL, 0, 0};
    uint32_t *keep = kk_arena_array(arena, (size_t)old.n + 1, sizeof *keep);
    if (keep == NULL) {
        return KK_E_NOMEM;
    }
    const middle x = trim(old, now);
    for (uint32_t i = 0; i < old.n; i++) {
        keep[i] = i < x.head ? i + 1 : i >= x.head + x.n ? i - x.n + x.m + 1 : 0;
    }
    if ((uint64_t)x.n * x.m <= MOST_CELLS && x.n > 0 && x.m > 0) {
        const uint32_t *cells = measure(&x, arena);
        if (cells == NULL) {
            return KK_E_NOMEM;
        }
        match(&x, cells, keep);
    }
    smooth(old, now.n, keep);
    return list(old, now, keep, arena, out);
}

kk_status kk_diff_words(kk_buf *out, kk_str old, kk_str now, kk_arena *arena)
{
    static const char *const open[] = {"", "[-", "{+"}, *const close[] = {"", "-]", "+}"};
    const kk_diff_tokens a = kk_diff_split(old, arena), b = kk_diff_split(now, arena);
    kk_diff d;
    if (a.items == NULL || b.items == NULL || kk_diff_run(a, b, arena, &d) != KK_OK) {
        return KK_E_NOMEM;
    }
    kk_diff_kind kind = KK_DIFF_KEEP;
    for (uint32_t i = 0; i < d.n; i++) {
        const kk_diff_step *s = &d.steps[i];
        if (s->kind != kind) {
            kk_buf_puts(out, close[kind]);
            kind = s->kind;
            kk_buf_puts(out, open[kind]);
        }
        kk_buf_str(out, s->kind == KK_DIFF_ADD ? b.items[s->b].text : a.items[s->a].text);
    }
    kk_buf_puts(out, close[kind]);
    return out->failed == KK_OK ? KK_OK : KK_E_NOMEM;
}

kk_status kk_diff_likeness(kk_str old, kk_str now, kk_arena *arena, unsigned *percent)
{
    const kk_diff_tokens a = kk_diff_split(old, arena), b = kk_diff_split(now, arena);
    kk_diff d;
    *percent = 0;
    if (a.items == NULL || b.items == NULL || kk_diff_run(a, b, arena, &d) != KK_OK) {
        return KK_E_NOMEM;
    }
    size_t kept = 0, all = 0;
    for (uint32_t i = 0; i < d.n; i++) {
        const kk_diff_step *s = &d.steps[i];
        const kk_str word = s->kind == KK_DIFF_ADD ? b.items[s->b].text : a.items[s->a].text;
        const size_t weight = is_space(word) ? 0 : word.len * (s->kind == KK_DIFF_KEEP ? 2 : 1);
        all += weight;
        kept += s->kind == KK_DIFF_KEEP ? weight : 0;
    }
    *percent = all == 0 ? 100 : (unsigned)(kept * 100 / all);
    return KK_OK;
}
