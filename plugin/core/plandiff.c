/* Lines of a clause as it stands against those of the bank: paragraphs are paired in order, then
 * compared word by word. Prints nothing itself. */
#include "plandiff.h"

#include "diff.h"
#include "html.h"

/* Two texts with less in common than this read better as one gone and one new. */
enum { ALIKE = 30 };

typedef struct lines {
    kk_str *items;
    uint32_t n;
} lines;

static bool is_new_row(const kk_text *text, uint32_t p, uint32_t begin)
{
    if (p == begin || text->paras[p].cell == KK_NONE || text->paras[p - 1].cell == KK_NONE) {
        return true;
    }
    const kk_cell *own = &text->cells[text->paras[p].cell];
    const kk_cell *before = &text->cells[text->paras[p - 1].cell];
    return own->table != before->table || own->row != before->row;
}

/* A number of a series, or the supplier's answer: no words of the clause. */
static bool is_passed_over(const kk_plan *plan, const kk_plan_entry *e, uint32_t p)
{
    const uint32_t cell = plan->doc->text->paras[p].cell;
    if (e->place.kind != KK_PLACE_TABLE_ROW || cell == KK_NONE) {
        return false;
    }
    const uint32_t col = plan->doc->text->cells[cell].col;
    return col < e->place.n_roles &&
           (e->place.roles[col] == KK_ROLE_NUMBER || e->place.roles[col] == KK_ROLE_ANSWER);
}

/* What stands there: a line per paragraph, the cells of a row on one line. */
static kk_status standing_lines(kk_plan *plan, const kk_plan_entry *e, lines *out, kk_error *err)
{
    const kk_managed *m = &plan->doc->text->managed[e->managed];
    const kk_text *text = plan->doc->text;
    out->items = kk_arena_array(plan->arena, m->para_end - m->para_begin + 1, sizeof *out->items);
    if (out->items == NULL) {
        return kk_fail_nomem(err);
    }
    kk_str line = {"", 0};
    for (uint32_t p = m->para_begin; p < m->para_end; p++) {
        const kk_str words = kk_str_trim(kk_para_text(text, p));
        if (words.len == 0 || is_passed_over(plan, e, p)) {
            continue;
        }
        const bool again = out->n > 0 && !is_new_row(text, p, m->para_begin);
        line = again ? kk_arena_printf(plan->arena, "%.*s | %.*s", (int)out->items[out->n - 1].len,
                                       out->items[out->n - 1].ptr, (int)words.len, words.ptr)
                     : words;
        if (line.ptr == NULL) {
            return kk_fail_nomem(err);
        }
        out->items[again ? out->n - 1 : out->n++] = line;
    }
    return KK_OK;
}

static kk_status bank_lines(kk_plan *plan, const kk_plan_entry *e, lines *out, kk_error *err)
{
    const bool both = e->card.has_rows && e->card.has_blocks;
    kk_buf line;
    kk_buf_init(&line, 0);
    out->items = kk_arena_array(plan->arena, (size_t)e->blocks.n_blocks + 1, sizeof *out->items);
    bool failed = out->items == NULL;
    for (uint32_t i = 0; i < e->blocks.n_blocks && !failed; i++) {
        const kk_block *b = &e->blocks.blocks[i];
        if (both && (b->kind == KK_BLOCK_ROW) != e->item.as_row) {
            continue;
        }
        kk_buf_clear(&line);
        kk_blocks_text(&line, b);
        out->items[out->n++] = kk_keep(plan->arena, kk_buf_view(&line), &failed);
    }
    failed = failed || line.failed != KK_OK;
    kk_buf_dispose(&line);
    return failed ? kk_fail_nomem(err) : KK_OK;
}

static void put(kk_buf *out, const char *sign, kk_str words)
{
    kk_buf_puts(out, sign);
    kk_buf_str(out, words);
    kk_buf_putc(out, '\n');
}

static kk_status put_pair(kk_buf *out, kk_str old, kk_str now, kk_arena *arena)
{
    unsigned alike;
    if (kk_str_equal(old, now)) {
        put(out, "  ", now);
        return KK_OK;
    }
    KK_TRY(kk_diff_likeness(old, now, arena, &alike));
    if (alike < ALIKE) {
        put(out, "- ", old);
        put(out, "+ ", now);
        return KK_OK;
    }
    kk_buf_puts(out, "~ ");
    KK_TRY(kk_diff_words(out, old, now, arena));
    kk_buf_putc(out, '\n');
    return KK_OK;
}

static kk_diff_tokens whole_lines(const lines *of, kk_arena *arena)
{
    kk_diff_token *tokens = kk_arena_array(arena, (size_t)of->n + 1, sizeof *tokens);
    for (uint32_t i = 0; tokens != NULL && i < of->n; i++) {
        tokens[i] = (kk_diff_token){of->items[i], true};
    }
    return (kk_diff_tokens){tokens, of->n};
}

static uint32_t past_kind(const kk_diff *d, uint32_t i, kk_diff_kind kind)
{
    while (i < d->n && d->steps[i].kind == kind) {
        i++;
    }
    return i;
}

/* Lines that changed side by side, paired in order. */
static kk_status put_changed(kk_buf *out, const kk_str *old, uint32_t n_old, const kk_str *now,
                             uint32_t n_now, kk_arena *arena)
{
    kk_status status = KK_OK;
    for (uint32_t k = 0; status == KK_OK && (k < n_old || k < n_now); k++) {
        if (k < n_old && k < n_now) {
            status = put_pair(out, old[k], now[k], arena);
        } else if (k < n_old) {
            put(out, "- ", old[k]);
        } else {
            put(out, "+ ", now[k]);
        }
    }
    return status;
}

/* Lines that are equal are kept; those between them are told as changes. */
static kk_status put_lines(kk_buf *out, const lines *old, const lines *now, kk_arena *arena)
{
    const kk_diff_tokens a = whole_lines(old, arena), b = whole_lines(now, arena);
    kk_diff d = {NULL, 0, 0};
    kk_status status =
        a.items == NULL || b.items == NULL ? KK_E_NOMEM : kk_diff_run(a, b, arena, &d);
    uint32_t from_a = 0, from_b = 0;
    for (uint32_t i = 0; i < d.n && status == KK_OK;) {
        const uint32_t cut = past_kind(&d, i, KK_DIFF_CUT);
        const uint32_t add = past_kind(&d, cut, KK_DIFF_ADD);
        status =
            put_changed(out, old->items + from_a, cut - i, now->items + from_b, add - cut, arena);
        from_a += cut - i;
        from_b += add - cut;
        i = past_kind(&d, add, KK_DIFF_KEEP);
        for (uint32_t k = add; k < i; k++, from_a++, from_b++) {
            put(out, "  ", now->items[from_b]);
        }
    }
    return status;
}

kk_status kk_plan_diff(kk_plan *plan, kk_plan_entry *e, kk_error *err)
{
    lines old = {NULL, 0}, now = {NULL, 0};
    kk_buf out;
    KK_TRY(standing_lines(plan, e, &old, err));
    KK_TRY(bank_lines(plan, e, &now, err));
    kk_buf_init(&out, 0);
    const kk_status status = put_lines(&out, &old, &now, plan->arena);
    bool failed = status != KK_OK || out.failed != KK_OK;
    e->item.diff = kk_keep(plan->arena, kk_buf_view(&out), &failed);
    kk_buf_dispose(&out);
    return failed ? kk_fail_nomem(err) : KK_OK;
}
