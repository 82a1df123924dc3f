/* Tracked deletion of a whole content control. Knows the tracked vocabulary; nothing of clauses. */
#include "cut.h"
#include "error.h"
#include "place.h"
#include "str.h"
#include "trackmark.h"
#include "withdraw.h"

typedef struct striker {
    kk_docx *doc;
    uint32_t part;
    kk_wml wml; /* out points to `buf` */
    kk_buf buf;
    kk_error *err;
} striker;

static const kk_part *part_of(const striker *s)
{
    return &s->doc->parts[s->part];
}

/* Records what was written to s->buf as a splice. */
static kk_status flush(striker *s, uint32_t begin, uint32_t end)
{
    kk_target *target;
    if (s->buf.failed != KK_OK) {
        return kk_fail_nomem(s->err);
    }
    KK_TRY(kk_edits_part(s->doc, s->part, &target, s->err));
    const kk_status status =
        kk_edits_splice(s->doc, target, begin, end, kk_buf_view(&s->buf), s->err);
    kk_buf_clear(&s->buf);
    return status;
}

/* Names of text elements get their deleted form. */
static kk_status rename_texts(striker *s, uint32_t begin, uint32_t end)
{
    const kk_str raw = part_of(s)->raw;
    for (uint32_t at = begin; at < end;) {
        const kk_cut_token token = kk_cut_next(raw, &at, end);
        const bool text = kk_cut_is(token.name, part_of(s)->w, "t");
        if (token.kind == KK_CUT_TEXT ||
            (!text && !kk_cut_is(token.name, part_of(s)->w, "instrText"))) {
            continue;
        }
        const kk_str local = kk_cut_local(token.name);
        const uint32_t name = (uint32_t)(local.ptr - raw.ptr);
        kk_buf_puts(&s->buf, text ? "delText" : "delInstrText");
        KK_TRY(flush(s, name, name + (uint32_t)local.len));
    }
    return KK_OK;
}

static bool is_struck(const striker *s, kk_str name)
{
    const kk_str w = part_of(s)->w;
    return kk_cut_is(name, w, "r") || kk_cut_is(name, w, "sdt") || kk_cut_is(name, w, "smartTag");
}

/* Past the runs and run controls that stand side by side from `first` on. */
static uint32_t past_struck(const striker *s, const kk_cut_element *first, uint32_t end)
{
    kk_cut_element next;
    uint32_t to = first->end;
    while (kk_cut_element_at(part_of(s)->raw, to, end, &next) && is_struck(s, next.name)) {
        to = next.end;
    }
    return to;
}

/* Wraps a stretch of runs in w:del. */
static kk_status strike_stretch(striker *s, uint32_t from, uint32_t to)
{
    kk_wml_put(&s->wml, "<~del");
    (void)kk_wml_change(&s->wml);
    kk_buf_puts(&s->buf, ">");
    KK_TRY(flush(s, from, from));
    KK_TRY(rename_texts(s, from, to));
    kk_wml_put(&s->wml, "</~del>");
    return flush(s, to, to);
}

static bool holds_runs(const striker *s, kk_str name)
{
    const kk_str w = part_of(s)->w;
    return kk_cut_is(name, w, "hyperlink") || kk_cut_is(name, w, "fldSimple") ||
           kk_cut_is(name, w, "ins");
}

/* Wraps neighbouring runs and run controls of a range in w:del; looks into links and insertions. */
static kk_status strike_runs(striker *s, uint32_t begin, uint32_t end, uint32_t depth)
{
    kk_status status = KK_OK;
    kk_cut_element e;
    while (status == KK_OK && kk_cut_element_at(part_of(s)->raw, begin, end, &e)) {
        begin = e.end;
        if (is_struck(s, e.name)) {
            begin = past_struck(s, &e, end);
            status = strike_stretch(s, e.begin, begin);
        } else if (depth < 8 && holds_runs(s, e.name)) {
            status = strike_runs(s, e.inner_begin, e.inner_end, depth + 1);
        }
    }
    return status;
}

static kk_status strike_mark(striker *s, uint32_t node, bool row)
{
    kk_wml_put(&s->wml, "<~del");
    (void)kk_wml_change(&s->wml);
    kk_buf_puts(&s->buf, "/>");
    if (s->buf.failed != KK_OK) {
        return kk_fail_nomem(s->err);
    }
    const kk_status status =
        row ? kk_track_row(s->doc, s->part, node, kk_buf_view(&s->buf), s->err)
            : kk_track_para(s->doc, s->part, node, kk_buf_view(&s->buf), s->err);
    kk_buf_clear(&s->buf);
    return status;
}

/* Mark and runs of one paragraph. */
static kk_status strike_para(striker *s, uint32_t node)
{
    const kk_node *n = &part_of(s)->nodes[node];
    if ((n->flags & KK_NODE_MARK_DEL) == 0) {
        KK_TRY(strike_mark(s, node, false));
    }
    const uint32_t begin = n->ppr_end > n->ppr_begin ? n->ppr_end : n->inner_begin;
    return strike_runs(s, begin, n->inner_end, 0);
}

static kk_status strike_inside(striker *s, uint32_t node)
{
    const kk_part *part = part_of(s);
    const uint32_t past = kk_node_past(part, node);
    kk_status status = KK_OK;
    for (uint32_t i = node + 1; i < past && status == KK_OK; i++) {
        const kk_node *n = &part->nodes[i];
        if (n->kind == KK_NODE_TR && (n->flags & KK_NODE_MARK_DEL) == 0) {
            status = strike_mark(s, i, true);
        } else if (n->kind == KK_NODE_P) {
            status = strike_para(s, i);
        }
    }
    return status;
}

/* One pair of range markers: the start at `start`, the end at `end`. */
static kk_status mark_range(striker *s, uint32_t start, uint32_t end, bool outer_first)
{
    kk_wml_put(&s->wml, "<~customXmlDelRangeStart");
    kk_buf_str(&s->buf, outer_first ? s->wml.names.decl : KK_STR(""));
    const uint32_t id = kk_wml_change(&s->wml);
    kk_buf_puts(&s->buf, "/>");
    KK_TRY(flush(s, start, start));
    kk_wml_put(&s->wml, "<~customXmlDelRangeEnd");
    kk_buf_str(&s->buf, outer_first ? KK_STR("") : s->wml.names.decl);
    kk_wml_attr_u32(&s->wml, "id", id);
    kk_buf_puts(&s->buf, "/>");
    return flush(s, end, end);
}

static kk_status strike(striker *s, uint32_t node)
{
    const kk_node *sdt = &part_of(s)->nodes[node];
    uint32_t content = sdt->first;
    while (content != KK_NONE && part_of(s)->nodes[content].kind != KK_NODE_SDT_CONTENT) {
        content = part_of(s)->nodes[content].next;
    }
    if (content == KK_NONE) {
        return KK_OK;
    }
    const kk_node *inside = &part_of(s)->nodes[content];
    KK_TRY(mark_range(s, sdt->begin, inside->inner_begin, true));
    KK_TRY(strike_inside(s, content));
    return mark_range(s, inside->inner_end, sdt->end, false);
}

kk_status kk_strike_block(kk_docx *doc, uint32_t part, uint32_t node, const kk_wml *wml,
                          kk_error *err)
{
    striker s = {.doc = doc, .part = part, .wml = *wml, .err = err};
    kk_buf_init(&s.buf, 0);
    s.wml.out = &s.buf;
    const kk_node *n = &part_of(&s)->nodes[node];
    kk_status status = KK_OK;
    if (n->kind == KK_NODE_P) {
        status = strike_para(&s, node);
    } else {
        status = n->kind == KK_NODE_TR && (n->flags & KK_NODE_MARK_DEL) == 0
                     ? strike_mark(&s, node, true)
                     : KK_OK;
        status = status == KK_OK ? strike_inside(&s, node) : status;
    }
    kk_buf_dispose(&s.buf);
    return status;
}

kk_status kk_strike_control(kk_docx *doc, uint32_t part, uint32_t node, const kk_wml *wml,
                            kk_error *err)
{
    striker s = {.doc = doc, .part = part, .wml = *wml, .err = err};
    kk_buf_init(&s.buf, 0);
    s.wml.out = &s.buf;
    const kk_status status = strike(&s, node);
    kk_buf_dispose(&s.buf);
    return status;
}
