/* The new content of a paragraph: words that stay keep their bytes, words that go are deleted, new
 * ones are inserted in the look of the old. Knows runs and tracked marks; nothing of clauses. */
#include "redline.h"

#include "cut.h"
#include "error.h"
#include "place.h"
#include "str.h"

#include <string.h>

/* New words, and where in the old stream they go. */
typedef struct addition {
    uint32_t item, at; /* before item, or inside it at that text offset */
    kk_inline *inlines;
    uint32_t n;
} addition;

typedef struct writer {
    const kk_redline *how;
    kk_red_stream *old;
    kk_wml *wml;
    bool *cut; /* per byte of old->text */
    addition *additions;
    uint32_t n_additions, done;
    kk_dress_look look; /* of new words */
} writer;

/* One token of either side, and where it comes from. */
typedef struct origin {
    uint32_t item, from, to; /* old: item, text range; new: inline, offsets in its text */
} origin;

typedef struct side {
    kk_diff_token *tokens;
    origin *origins;
    uint32_t n, cap;
} side;

static kk_status make_side(side *out, uint32_t cap, kk_arena *arena)
{
    out->tokens = kk_arena_array(arena, (size_t)cap + 1, sizeof *out->tokens);
    out->origins = kk_arena_array(arena, (size_t)cap + 1, sizeof *out->origins);
    out->n = 0;
    out->cap = cap;
    return out->tokens == NULL || out->origins == NULL ? KK_E_NOMEM : KK_OK;
}

static void put_token(side *s, kk_str text, bool whole, origin from)
{
    if (s->n < s->cap) {
        s->tokens[s->n] = (kk_diff_token){text, whole};
        s->origins[s->n++] = from;
    }
}

/* ---- tokens --------------------------------------------------------------------------------- */

/* The item that holds text offset `at`. */
static uint32_t item_at(const kk_red_stream *old, uint32_t at)
{
    for (uint32_t i = 0; i < old->items.n; i++) {
        if (old->items.items[i].kind == KK_RED_TEXT && at < old->items.items[i].to) {
            return i;
        }
    }
    return (uint32_t)old->items.n;
}

static void put_text(side *s, const kk_red_stream *old, uint32_t from, uint32_t to)
{
    kk_str rest = kk_str_slice(kk_buf_view(&old->text), from, to);
    while (rest.len > 0) {
        const kk_str word = kk_diff_word(&rest);
        const uint32_t begin = (uint32_t)(word.ptr - old->text.ptr);
        put_token(s, word, false, (origin){item_at(old, begin), begin, begin + (uint32_t)word.len});
    }
}

/* A field counts as its name; one that nobody has filled in gives way to one that is filled, or
 * that shows something else. */
static kk_str field_key(kk_arena *arena, kk_str name, bool replaceable)
{
    return replaceable ? kk_arena_printf(arena, "%.*s\x01", (int)name.len, name.ptr) : name;
}

static bool shows_other(const kk_redline *how, const kk_red_item *field, bool *failed)
{
    for (uint32_t i = 0; i < how->n_inlines; i++) {
        const kk_inline *now = &how->inlines[i];
        if (now->kind == KK_INLINE_FIELD && kk_str_equal(now->name, field->name)) {
            kk_buf shown;
            kk_buf_init(&shown, 0);
            kk_buf_xml(&shown, now->text);
            const bool same =
                shown.failed != KK_OK || kk_str_equal(kk_buf_view(&shown), field->shown);
            *failed = *failed || shown.failed != KK_OK;
            kk_buf_dispose(&shown);
            return now->filled || !same;
        }
    }
    return false;
}

/* Old words behind the part that stays whatever it says. */
static kk_status old_tokens(const kk_redline *how, kk_red_stream *old, side *out)
{
    uint32_t from = how->keep;
    bool failed = false;
    KK_TRY(make_side(out, (uint32_t)(old->text.len + old->items.n), old->arena));
    for (uint32_t i = 0; i < old->items.n; i++) {
        const kk_red_item *item = &old->items.items[i];
        if (item->kind == KK_RED_FIELD && item->from >= how->keep) {
            put_text(out, old, from, item->from);
            from = item->from;
            const bool replaceable = item->placeholder && shows_other(how, item, &failed);
            const kk_str key = field_key(old->arena, item->name, replaceable);
            if (key.ptr == NULL) {
                return KK_E_NOMEM;
            }
            put_token(out, key, true, (origin){i, item->from, item->from});
        }
    }
    put_text(out, old, from, (uint32_t)old->text.len);
    return failed ? KK_E_NOMEM : KK_OK;
}

static kk_status new_tokens(const kk_redline *how, kk_arena *arena, side *out)
{
    size_t most = 0;
    for (uint32_t i = 0; i < how->n_inlines; i++) {
        most += how->inlines[i].text.len + 1;
    }
    KK_TRY(make_side(out, (uint32_t)most, arena));
    for (uint32_t i = 0; i < how->n_inlines; i++) {
        const kk_inline *in = &how->inlines[i];
        kk_str rest = in->text;
        if (in->kind == KK_INLINE_FIELD) {
            put_token(out, in->name, true, (origin){i, 0, 0});
            continue;
        }
        while (rest.len > 0) {
            const kk_str word = kk_diff_word(&rest);
            const uint32_t from = (uint32_t)(word.ptr - in->text.ptr);
            put_token(out, word, false, (origin){i, from, from + (uint32_t)word.len});
        }
    }
    return KK_OK;
}

/* ---- what goes and what comes --------------------------------------------------------------- */

/* Joins a new token to the addition, or opens a piece of its own where the look changes. */
static void extend(addition *a, const kk_inline *from, origin o)
{
    kk_inline *last = a->n == 0 ? NULL : &a->inlines[a->n - 1];
    kk_inline piece = *from;
    if (from->kind != KK_INLINE_FIELD) {
        piece.text = kk_str_slice(from->text, o.from, o.to);
    }
    if (last != NULL && last->kind == piece.kind && piece.kind != KK_INLINE_FIELD &&
        last->text.ptr + last->text.len == piece.text.ptr) {
        last->text.len += piece.text.len;
    } else {
        a->inlines[a->n++] = piece;
    }
}

/* A place for new words, before old token `a`. */
static addition *open_addition(writer *w, const side *old, uint32_t a, uint32_t room)
{
    const origin end = {(uint32_t)w->old->items.n, (uint32_t)w->old->text.len, 0};
    const origin *before = a < old->n ? &old->origins[a] : &end;
    addition *out = &w->additions[w->n_additions++];
    *out = (addition){before->item, before->from, NULL, 0};
    out->inlines = kk_arena_array(w->old->arena, (size_t)room + 1, sizeof *out->inlines);
    return out->inlines == NULL ? NULL : out;
}

static void cut_token(writer *w, const side *old, uint32_t a)
{
    const origin *o = &old->origins[a];
    if (old->tokens[a].whole) {
        w->old->items.items[o->item].cut = true;
    } else {
        memset(w->cut + o->from, true, o->to - o->from);
    }
}

static kk_status take_steps(writer *w, const kk_diff *d, const side *old, const side *now)
{
    addition *open = NULL;
    w->cut = kk_arena_array(w->old->arena, w->old->text.len + 1, sizeof *w->cut);
    w->additions = kk_arena_array(w->old->arena, (size_t)now->n + 1, sizeof *w->additions);
    if (w->cut == NULL || w->additions == NULL) {
        return KK_E_NOMEM;
    }
    for (uint32_t i = 0; i < d->n; i++) {
        const kk_diff_step *s = &d->steps[i];
        if (s->kind == KK_DIFF_CUT) {
            cut_token(w, old, s->a);
        }
        if (s->kind != KK_DIFF_ADD) {
            open = NULL;
            continue;
        }
        open = open != NULL ? open : open_addition(w, old, s->a, now->n);
        if (open == NULL) {
            return KK_E_NOMEM;
        }
        extend(open, &w->how->inlines[now->origins[s->b].item], now->origins[s->b]);
    }
    return KK_OK;
}

/* ---- the look of new words ------------------------------------------------------------------ */

/* Run properties that most letters of the old text carry. */
static kk_status choose_look(writer *w)
{
    const kk_red_stream *old = w->old;
    uint32_t best = 0, begin = 0, end = 0;
    kk_cut_element rpr;
    kk_buf clean;
    w->look = (kk_dress_look){KK_STR(""), KK_STR("")};
    for (uint32_t i = 0; i < old->items.n; i++) {
        const kk_red_item *item = &old->items.items[i];
        if (item->kind == KK_RED_TEXT && item->to - item->from > best) {
            best = item->to - item->from;
            begin = item->rpr_begin;
            end = item->rpr_end;
        }
    }
    if (end <= begin || !kk_cut_element_at(old->part->raw, begin, end, &rpr)) {
        return KK_OK;
    }
    kk_buf_init(&clean, 0);
    kk_props_merge(&clean, KK_PROPS_R, old->part->w,
                   kk_str_slice(old->part->raw, rpr.inner_begin, rpr.inner_end), w->how->drop,
                   KK_STR(""));
    w->look.rpr =
        clean.failed == KK_OK ? kk_arena_str(old->arena, kk_buf_view(&clean)) : (kk_str){NULL, 0};
    kk_buf_dispose(&clean);
    return w->look.rpr.ptr == NULL ? KK_E_NOMEM : KK_OK;
}

/* ---- bytes ---------------------------------------------------------------------------------- */

static void copy(writer *w, uint32_t begin, uint32_t end)
{
    kk_buf_str(w->wml->out, kk_str_slice(w->old->part->raw, begin, end));
}

static kk_str attribute(const writer *w, uint32_t tag, const char *name)
{
    kk_str value = {NULL, 0};
    (void)kk_cut_attr(w->old->part->raw, tag, name, &value);
    return value;
}

static bool is_ours(const writer *w, uint32_t ins)
{
    return w->how->own_author.len > 0 &&
           kk_str_equal(attribute(w, ins, "author"), w->how->own_author);
}

/* Opens an insertion like the one at `ins`, with an id of its own. */
static void open_ins(writer *w, uint32_t ins)
{
    if (ins == KK_NONE) {
        return;
    }
    kk_wml same = *w->wml;
    same.author = same.date = KK_STR("");
    kk_wml_put(&same, "<~ins");
    const uint32_t id = kk_ids_take(same.ids);
    kk_wml_attr_u32(&same, "id", id);
    static const char *const names[] = {"author", "date"};
    for (size_t i = 0; i < 2; i++) {
        const kk_str value = attribute(w, ins, names[i]); /* escaped as it stands */
        if (value.len > 0 || i == 0) {
            kk_buf_putc(same.out, ' ');
            kk_buf_str(same.out, same.names.at);
            kk_buf_puts(same.out, ":");
            kk_buf_puts(same.out, names[i]);
            kk_buf_puts(same.out, "=\"");
            kk_buf_str(same.out, value);
            kk_buf_puts(same.out, "\"");
        }
    }
    kk_buf_puts(same.out, ">");
    if (id == 0) {
        same.out->failed = KK_E_NOMEM;
    }
}

static void close_ins(writer *w, uint32_t ins)
{
    kk_wml_put(w->wml, ins == KK_NONE ? "" : "</~ins>");
}

static void open_del(writer *w)
{
    kk_wml_put(w->wml, "<~del");
    (void)kk_wml_change(w->wml);
    kk_buf_puts(w->wml->out, ">");
}

static void open_run(writer *w, const kk_red_item *item)
{
    copy(w, item->run_begin, item->run_inner);
    copy(w, item->rpr_begin, item->rpr_end);
}

/* Characters [from, to) of one run; tabs and breaks as the elements they were. */
static void put_characters(writer *w, uint32_t from, uint32_t to, bool deleted)
{
    const kk_str raw = w->old->part->raw;
    const uint32_t *at = w->old->raw.items, *past = w->old->past.items;
    while (from < to) {
        uint32_t k = from;
        if (raw.ptr[at[k]] == '<') {
            copy(w, at[k], past[k]);
            from++;
            continue;
        }
        while (k < to && raw.ptr[at[k]] != '<') {
            k++;
        }
        kk_wml_put(w->wml, deleted ? "<~delText" : "<~t");
        kk_buf_puts(w->wml->out, " xml:space=\"preserve\">");
        for (uint32_t i = from; i < k; i++) {
            if (i == from || at[i] != at[i - 1]) {
                copy(w, at[i], past[i]);
            }
        }
        kk_wml_put(w->wml, deleted ? "</~delText>" : "</~t>");
        from = k;
    }
}

/* What goes of a pending insertion of ours, or without tracking, is just left out. */
static bool vanishes(const writer *w, uint32_t ins)
{
    return !w->wml->track || (ins != KK_NONE && is_ours(w, ins));
}

static void put_stretch(writer *w, const kk_red_item *item, uint32_t from, uint32_t to, bool cut)
{
    if (from == to || (cut && vanishes(w, item->ins))) {
        return;
    }
    open_ins(w, item->ins);
    if (cut) {
        open_del(w);
    }
    open_run(w, item);
    put_characters(w, from, to, cut);
    kk_wml_put(w->wml, cut ? "</~r></~del>" : "</~r>");
    close_ins(w, item->ins);
}

/* The texts of a field that goes become deleted ones. */
static void put_deleted_element(writer *w, uint32_t begin, uint32_t end)
{
    const kk_str raw = w->old->part->raw;
    for (uint32_t at = begin; at < end;) {
        const kk_cut_token token = kk_cut_next(raw, &at, end);
        const bool text = token.kind != KK_CUT_TEXT && kk_cut_is(token.name, w->old->part->w, "t");
        if (!text) {
            copy(w, token.begin, token.end);
            continue;
        }
        const kk_str local = kk_cut_local(token.name);
        const uint32_t name = (uint32_t)(local.ptr - raw.ptr);
        copy(w, token.begin, name);
        kk_buf_puts(w->wml->out, "delText");
        copy(w, name + (uint32_t)local.len, token.end);
    }
}

static void put_field(writer *w, const kk_red_item *item)
{
    if (item->cut && vanishes(w, item->ins)) {
        return;
    }
    open_ins(w, item->ins);
    if (item->cut) {
        open_del(w);
        put_deleted_element(w, item->begin, item->end);
        kk_wml_put(w->wml, "</~del>");
    } else {
        copy(w, item->begin, item->end);
    }
    close_ins(w, item->ins);
}

static void put_other(writer *w, const kk_red_item *item)
{
    open_ins(w, item->ins);
    if (item->run_begin != KK_NONE) {
        open_run(w, item);
    }
    copy(w, item->begin, item->end);
    kk_wml_put(w->wml, item->run_begin != KK_NONE ? "</~r>" : "");
    close_ins(w, item->ins);
}

/* Additions whose place has come. */
static void put_additions(writer *w, uint32_t item, uint32_t at)
{
    while (w->done < w->n_additions && w->additions[w->done].item <= item &&
           w->additions[w->done].at <= at) {
        const addition *a = &w->additions[w->done++];
        kk_render_inlines(w->how->render, &w->look, a->inlines, a->n, false);
    }
}

static uint32_t next_addition(const writer *w, uint32_t item)
{
    return w->done < w->n_additions && w->additions[w->done].item == item ? w->additions[w->done].at
                                                                          : UINT32_MAX;
}

static void put_text_item(writer *w, uint32_t i)
{
    const kk_red_item *item = &w->old->items.items[i];
    for (uint32_t from = item->from; from < item->to;) {
        put_additions(w, i, from);
        uint32_t to = from + 1;
        const uint32_t stop = next_addition(w, i);
        while (to < item->to && to != stop && w->cut[to] == w->cut[from]) {
            to++;
        }
        put_stretch(w, item, from, to, w->cut[from]);
        from = to;
    }
}

/* Past the items of one child of the paragraph; *whole when all of it stays and nothing comes
 * inside. */
static uint32_t group(const writer *w, uint32_t first, bool *whole)
{
    const kk_red_item *items = w->old->items.items;
    uint32_t i = first;
    *whole = true;
    for (; i < w->old->items.n && items[i].top_begin == items[first].top_begin; i++) {
        *whole = *whole && !items[i].cut;
        for (uint32_t k = items[i].from; items[i].kind == KK_RED_TEXT && k < items[i].to; k++) {
            *whole = *whole && !w->cut[k];
        }
    }
    for (uint32_t a = w->done; a < w->n_additions; a++) {
        const bool inside = w->additions[a].item < i && (w->additions[a].item > first ||
                                                         w->additions[a].at > items[first].from);
        *whole = *whole && !inside;
    }
    return i;
}

static void put_all(writer *w)
{
    const kk_red_item *items = w->old->items.items;
    for (uint32_t i = 0; i < w->old->items.n;) {
        bool whole;
        put_additions(w, i, items[i].from);
        const uint32_t past = group(w, i, &whole);
        if (whole) {
            copy(w, items[i].top_begin, items[i].top_end);
            i = past;
            continue;
        }
        for (; i < past; i++) {
            put_additions(w, i, items[i].from);
            if (items[i].kind == KK_RED_TEXT) {
                put_text_item(w, i);
            } else if (items[i].kind == KK_RED_FIELD) {
                put_field(w, &items[i]);
            } else {
                put_other(w, &items[i]);
            }
        }
    }
    put_additions(w, UINT32_MAX, UINT32_MAX);
}

kk_status kk_red_write(const kk_redline *how, kk_red_stream *old, bool *same)
{
    writer w = {.how = how, .old = old, .wml = how->render->wml};
    side before, now;
    kk_diff d;
    KK_TRY(old_tokens(how, old, &before));
    KK_TRY(new_tokens(how, old->arena, &now));
    KK_TRY(kk_diff_run((kk_diff_tokens){before.tokens, before.n},
                       (kk_diff_tokens){now.tokens, now.n}, old->arena, &d));
    *same = d.kept == d.n;
    if (*same) {
        return KK_OK;
    }
    KK_TRY(take_steps(&w, &d, &before, &now));
    KK_TRY(choose_look(&w));
    put_all(&w);
    return w.wml->out->failed == KK_OK ? KK_OK : KK_E_NOMEM;
}
