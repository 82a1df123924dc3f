/* One paragraph as a stream of characters with the bytes they come from, fields and other things
 * between them. Knows runs and marks; nothing of what is said. */
#include "redline.h"

#include "cut.h"
#include "mark.h"
#include "place.h"
#include "str.h"
#include "utf8.h"

#include <string.h>

enum { MOST_DEPTH = 8 };

typedef struct around {
    kk_cut_element top;
    uint32_t ins;
    uint32_t depth;
} around;

static bool is(const kk_red_stream *s, const kk_cut_element *e, const char *local)
{
    return kk_cut_is(e->name, s->part->w, local);
}

static kk_red_item item_of(const kk_red_stream *s, kk_red_kind kind, const around *a)
{
    const uint32_t at = (uint32_t)s->text.len;
    return (kk_red_item){.kind = kind,
                         .from = at,
                         .to = at,
                         .run_begin = KK_NONE,
                         .ins = a->ins,
                         .top_begin = a->top.begin,
                         .top_end = a->top.end};
}

static bool add_other(kk_red_stream *s, const kk_cut_element *e, const around *a)
{
    kk_red_item item = item_of(s, KK_RED_OTHER, a);
    item.begin = e->begin;
    item.end = e->end;
    return kk_vec_push(&s->items, item);
}

/* ---- runs ----------------------------------------------------------------------------------- */

/* Length of the character or reference at raw offset `at`, and what it means in *out (at most 4
 * bytes and a NUL). 0 for what cannot be here. */
static uint32_t character(kk_str raw, uint32_t at, uint32_t end, char out[8])
{
    static const struct {
        const char *name;
        char c;
    } known[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    memset(out, 0, 8);
    if (raw.ptr[at] == '<') {
        return 0;
    }
    if (raw.ptr[at] != '&') {
        uint32_t n = 1;
        while (at + n < end && n < 4 && ((unsigned char)raw.ptr[at + n] & 0xC0u) == 0x80u) {
            n++;
        }
        memcpy(out, raw.ptr + at, n);
        return n;
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const kk_str name = kk_str_from(known[i].name);
        if (kk_str_starts(kk_str_slice(raw, at, end), name)) {
            out[0] = known[i].c;
            return (uint32_t)name.len;
        }
    }
    return 0; /* a number: rare in running text, not worth a reading of its own */
}

static bool add_bytes(kk_red_stream *s, const char *bytes, uint32_t begin, uint32_t end)
{
    bool fine = true;
    kk_buf_puts(&s->text, bytes);
    for (const char *c = bytes; *c != '\0' && fine; c++) {
        fine = kk_vec_push(&s->raw, begin) && kk_vec_push(&s->past, end);
    }
    return fine && s->text.failed == KK_OK;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Blanks at the ends count only where xml:space says so. */
static bool add_text(kk_red_stream *s, const kk_cut_element *t)
{
    char bytes[8];
    uint32_t at = t->inner_begin, end = t->inner_end;
    kk_str space;
    if (!kk_cut_attr_named(s->part->raw, t->begin, KK_STR("xml:space"), &space) ||
        !kk_str_is(space, "preserve")) {
        while (at < end && is_blank(s->part->raw.ptr[at])) {
            at++;
        }
        while (end > at && is_blank(s->part->raw.ptr[end - 1])) {
            end--;
        }
    }
    while (at < end) {
        const uint32_t n = character(s->part->raw, at, end, bytes);
        if (n == 0) {
            s->odd = true;
            return true;
        }
        if (!add_bytes(s, bytes, at, at + n)) {
            return false;
        }
        at += n;
    }
    return true;
}

/* A line break as Shift+Enter makes it; page and column breaks are something else. */
static bool is_plain_break(const kk_red_stream *s, const kk_cut_element *e)
{
    kk_str type;
    return is(s, e, "br") && !kk_cut_attr(s->part->raw, e->begin, "type", &type);
}

/* One child of a run: characters, or something that stays. */
static bool add_run_child(kk_red_stream *s, const kk_cut_element *e, const kk_red_item *run)
{
    if (is(s, e, "t")) {
        return add_text(s, e);
    }
    if (is(s, e, "tab") || is_plain_break(s, e)) {
        return add_bytes(s, is(s, e, "tab") ? "\t" : "\n", e->begin, e->end);
    }
    kk_red_item other = *run;
    other.kind = KK_RED_OTHER;
    other.from = other.to = (uint32_t)s->text.len;
    other.begin = e->begin;
    other.end = e->end;
    return kk_vec_push(&s->items, other);
}

static void take_properties(kk_red_stream *s, const kk_cut_element *r, kk_red_item *run)
{
    kk_cut_element e;
    if (kk_cut_child(s->part->raw, r->inner_begin, r->inner_end, s->part->w, "rPr", &e)) {
        const kk_str inner = kk_str_slice(s->part->raw, e.begin, e.end);
        run->rpr_begin = e.begin;
        run->rpr_end = e.end;
        s->odd = s->odd || kk_str_find(inner, KK_STR("rPrChange"), 0) != SIZE_MAX;
    }
}

static bool add_run(kk_red_stream *s, const kk_cut_element *r, const around *a)
{
    kk_red_item run = item_of(s, KK_RED_TEXT, a);
    kk_cut_element e;
    bool fine = true;
    run.run_begin = r->begin;
    run.run_inner = r->inner_begin;
    take_properties(s, r, &run);
    for (uint32_t at = r->inner_begin;
         fine && kk_cut_element_at(s->part->raw, at, r->inner_end, &e); at = e.end) {
        run.from = (uint32_t)s->text.len;
        fine = is(s, &e, "rPr") || add_run_child(s, &e, &run);
        run.to = (uint32_t)s->text.len;
        fine = fine && (run.to == run.from || kk_vec_push(&s->items, run));
    }
    return fine;
}

/* ---- what runs stand in --------------------------------------------------------------------- */

/* A fill-in field of ours; false for other controls. */
static bool field_of(const kk_red_stream *s, const kk_cut_element *sdt, kk_red_item *out)
{
    kk_cut_element properties, child;
    kk_str value;
    const kk_str raw = s->part->raw, w = s->part->w;
    if (!kk_cut_child(raw, sdt->inner_begin, sdt->inner_end, w, "sdtPr", &properties) ||
        !kk_cut_child(raw, properties.inner_begin, properties.inner_end, w, "tag", &child) ||
        !kk_cut_attr(raw, child.begin, "val", &value) ||
        !kk_str_starts(value, KK_STR(KK_MARK_FIELD))) {
        return false;
    }
    out->name = kk_str_slice(value, sizeof KK_MARK_FIELD - 1, value.len);
    out->placeholder =
        kk_cut_child(raw, properties.inner_begin, properties.inner_end, w, "showingPlcHdr", &child);
    out->begin = sdt->begin;
    out->end = sdt->end;
    out->shown = KK_STR("");
    for (uint32_t at = sdt->inner_begin; at < sdt->inner_end && out->shown.len == 0;) {
        const kk_cut_token token = kk_cut_next(raw, &at, sdt->inner_end);
        if (token.kind == KK_CUT_START && kk_cut_is(token.name, w, "t") &&
            kk_cut_element_at(raw, token.begin, sdt->inner_end, &child)) {
            out->shown = kk_str_slice(raw, child.inner_begin, child.inner_end);
        }
    }
    return true;
}

static bool holds_text(const kk_red_stream *s, const kk_cut_element *e)
{
    for (uint32_t at = e->inner_begin; at < e->inner_end;) {
        const kk_cut_token token = kk_cut_next(s->part->raw, &at, e->inner_end);
        if (token.kind != KK_CUT_TEXT && kk_cut_is(token.name, s->part->w, "t")) {
            return true;
        }
    }
    return false;
}

static bool add_range(kk_red_stream *s, uint32_t begin, uint32_t end, const around *outer);

static bool add_element(kk_red_stream *s, const kk_cut_element *e, const around *a)
{
    if (is(s, e, "r")) {
        return add_run(s, e, a);
    }
    if (is(s, e, "sdt")) {
        kk_red_item field = item_of(s, KK_RED_FIELD, a);
        if (field_of(s, e, &field)) {
            return kk_vec_push(&s->items, field);
        }
    }
    if (is(s, e, "ins") && a->ins == KK_NONE) {
        around inner = *a;
        inner.ins = e->begin;
        return add_range(s, e->inner_begin, e->inner_end, &inner);
    }
    s->odd = s->odd || holds_text(s, e);
    return add_other(s, e, a);
}

static bool add_range(kk_red_stream *s, uint32_t begin, uint32_t end, const around *outer)
{
    kk_cut_element e;
    around a = *outer;
    a.depth++;
    if (a.depth > MOST_DEPTH) {
        s->odd = true;
        return true;
    }
    for (; kk_cut_element_at(s->part->raw, begin, end, &e); begin = e.end) {
        a.top = outer->depth == 0 ? e : a.top;
        if (!is(s, &e, "pPr") && !add_element(s, &e, &a)) {
            return false;
        }
    }
    return true;
}

kk_status kk_red_read(kk_red_stream *out, const kk_part *part, uint32_t node, kk_arena *arena)
{
    const kk_node *n = &part->nodes[node];
    const around nothing = {.ins = KK_NONE};
    *out = (kk_red_stream){.part = part, .arena = arena};
    kk_buf_init(&out->text, 0);
    return add_range(out, n->inner_begin, n->inner_end, &nothing) ? KK_OK : KK_E_NOMEM;
}

void kk_red_dispose(kk_red_stream *stream)
{
    kk_buf_dispose(&stream->text);
    kk_vec_free(&stream->raw);
    kk_vec_free(&stream->past);
    kk_vec_free(&stream->items);
}
