/* Accepts or rejects tracked changes in one part. Two passes: content controls that a change put in
 * or struck out are unwrapped first, then runs, marks, rows and properties are resolved. Knows the
 * tracked vocabulary of WordprocessingML; nothing of who made a change. */
#include "resolve.h"

#include "cut.h"
#include "mem.h"
#include "str.h"
#include "vec.h"

#include <string.h>

typedef struct resolver {
    kk_str raw;
    kk_str w;
    bool accept;
} resolver;

static bool is(const resolver *r, kk_str name, const char *local)
{
    return kk_cut_is(name, r->w, local);
}

static bool is_one_of(const resolver *r, kk_str name, const char *const *locals)
{
    for (size_t i = 0; locals[i] != NULL; i++) {
        if (is(r, name, locals[i])) {
            return true;
        }
    }
    return false;
}

static void copy(const resolver *r, uint32_t begin, uint32_t end, kk_buf *out)
{
    kk_buf_add(out, r->raw.ptr + begin, end - begin);
}

/* ---- first pass: controls ------------------------------------------------------------------ */

static const char *const range_markers[] = {
    "customXmlInsRangeStart",    "customXmlInsRangeEnd",        "customXmlDelRangeStart",
    "customXmlDelRangeEnd",      "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd",
    "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd",     NULL};

static bool starts_dead(const resolver *r, kk_str name)
{
    return r->accept
               ? is(r, name, "customXmlDelRangeStart") || is(r, name, "customXmlMoveFromRangeStart")
               : is(r, name, "customXmlInsRangeStart") || is(r, name, "customXmlMoveToRangeStart");
}

static void unwrap_children(const resolver *r, uint32_t begin, uint32_t end, kk_buf *out);

/* An element in the first pass: the inside of a dead control, everything else as it stands. */
static void unwrap_element(const resolver *r, const kk_cut_element *e, bool dead, kk_buf *out)
{
    kk_cut_element content;
    if (dead && is(r, e->name, "sdt")) {
        if (kk_cut_child(r->raw, e->inner_begin, e->inner_end, r->w, "sdtContent", &content)) {
            unwrap_children(r, content.inner_begin, content.inner_end, out);
        }
        return;
    }
    copy(r, e->begin, e->inner_begin, out);
    unwrap_children(r, e->inner_begin, e->inner_end, out);
    copy(r, e->inner_end, e->end, out);
}

static void unwrap_children(const resolver *r, uint32_t begin, uint32_t end, kk_buf *out)
{
    bool dead = false;
    uint32_t at = begin;
    kk_cut_element e;
    while (kk_cut_element_at(r->raw, at, end, &e)) {
        copy(r, at, e.begin, out);
        if (is_one_of(r, e.name, range_markers)) {
            dead = starts_dead(r, e.name);
        } else {
            unwrap_element(r, &e, dead, out);
            dead = false;
        }
        at = e.end;
    }
    copy(r, at, end, out);
}

/* ---- second pass --------------------------------------------------------------------------- */

/* What a child became. */
typedef enum item_kind { ITEM_OTHER = 0, ITEM_P, ITEM_BLOCK } item_kind;

typedef struct item {
    item_kind kind;
    bool joins; /* P whose mark went: its rest begins the next paragraph */
    bool empty_tag;
    size_t begin, end;           /* in the container's buffer */
    size_t rest_begin, rest_end; /* P: what follows its properties */
} item;

typedef KK_VEC(item) item_list;

static const char *const inserting[] = {"ins", "moveTo", NULL};
static const char *const deleting[] = {"del", "moveFrom", NULL};
static const char *const moves[] = {"moveFromRangeStart",
                                    "moveFromRangeEnd",
                                    "moveToRangeStart",
                                    "moveToRangeEnd",
                                    "numberingChange",
                                    "tblGridChange",
                                    "cellIns",
                                    "cellDel",
                                    "cellMerge",
                                    NULL};
static const char *const properties[] = {"pPr",  "rPr",    "tblPr",   "tblPrEx", "trPr",
                                         "tcPr", "sectPr", "tblGrid", "numPr",   NULL};

static void resolve_children(const resolver *r, uint32_t begin, uint32_t end, kk_buf *out);

static bool is_tracked_wrapper(const resolver *r, kk_str name)
{
    return is_one_of(r, name, inserting) || is_one_of(r, name, deleting);
}

/* Do the properties `holder` of an element carry a mark that takes it away? */
static bool has_dead_mark(const resolver *r, uint32_t begin, uint32_t end, const char *const *dead)
{
    kk_cut_element child;
    for (uint32_t at = begin; kk_cut_element_at(r->raw, at, end, &child); at = child.end) {
        if (is_one_of(r, child.name, dead)) {
            return true;
        }
    }
    return false;
}

static bool paragraph_joins(const resolver *r, const kk_cut_element *p)
{
    kk_cut_element ppr, rpr;
    return kk_cut_child(r->raw, p->inner_begin, p->inner_end, r->w, "pPr", &ppr) &&
           kk_cut_child(r->raw, ppr.inner_begin, ppr.inner_end, r->w, "rPr", &rpr) &&
           has_dead_mark(r, rpr.inner_begin, rpr.inner_end, r->accept ? deleting : inserting);
}

static bool row_goes(const resolver *r, const kk_cut_element *tr)
{
    kk_cut_element trpr;
    return kk_cut_child(r->raw, tr->inner_begin, tr->inner_end, r->w, "trPr", &trpr) &&
           has_dead_mark(r, trpr.inner_begin, trpr.inner_end, r->accept ? deleting : inserting);
}

static bool cell_goes(const resolver *r, const kk_cut_element *tc)
{
    static const char *const born[] = {"cellIns", NULL};
    static const char *const dead[] = {"cellDel", NULL};
    kk_cut_element tcpr;
    return kk_cut_child(r->raw, tc->inner_begin, tc->inner_end, r->w, "tcPr", &tcpr) &&
           has_dead_mark(r, tcpr.inner_begin, tcpr.inner_end, r->accept ? dead : born);
}

/* The XChange child of properties X, if any. */
static bool change_of(const resolver *r, const kk_cut_element *e, kk_cut_element *change)
{
    const kk_str local = kk_cut_local(e->name);
    for (uint32_t at = e->inner_begin; kk_cut_element_at(r->raw, at, e->inner_end, change);
         at = change->end) {
        const kk_str name = kk_cut_local(change->name);
        if (name.len == local.len + 6 && kk_str_starts(name, local) &&
            kk_str_ends(name, KK_STR("Change"))) {
            return true;
        }
    }
    return false;
}

/* Children of properties that a change of properties does not speak of. */
static void put_kept(const resolver *r, const kk_cut_element *e, const char *const *kept,
                     kk_buf *out)
{
    kk_cut_element child;
    for (uint32_t at = e->inner_begin; kk_cut_element_at(r->raw, at, e->inner_end, &child);
         at = child.end) {
        if (is_one_of(r, child.name, kept)) {
            resolve_children(r, child.begin, child.end, out);
        }
    }
}

/* Properties as they were before the change. */
static void put_old_properties(const resolver *r, const kk_cut_element *e,
                               const kk_cut_element *change, kk_buf *out)
{
    static const char *const of_ppr[] = {"rPr", "sectPr", NULL};
    static const char *const of_sectpr[] = {"headerReference", "footerReference", NULL};
    kk_cut_element old;
    const bool section = is(r, e->name, "sectPr");
    if (section) {
        put_kept(r, e, of_sectpr, out);
    }
    if (kk_cut_element_at(r->raw, change->inner_begin, change->inner_end, &old)) {
        copy(r, old.inner_begin, old.inner_end, out);
    }
    if (is(r, e->name, "pPr")) {
        put_kept(r, e, of_ppr, out);
    }
}

/* Current properties without marks and changes. */
static void put_new_properties(const resolver *r, const kk_cut_element *e, kk_buf *out)
{
    const bool marks = is(r, e->name, "rPr") || is(r, e->name, "trPr") || is(r, e->name, "numPr");
    uint32_t at = e->inner_begin;
    kk_cut_element child;
    while (kk_cut_element_at(r->raw, at, e->inner_end, &child)) {
        copy(r, at, child.begin, out);
        const kk_str local = kk_cut_local(child.name);
        const bool goes =
            kk_str_ends(local, KK_STR("PrChange")) || kk_str_ends(local, KK_STR("PrExChange")) ||
            is_one_of(r, child.name, moves) || (marks && is_tracked_wrapper(r, child.name));
        if (!goes) {
            resolve_children(r, child.begin, child.end, out);
        }
        at = child.end;
    }
    copy(r, at, e->inner_end, out);
}

static void put_properties(const resolver *r, const kk_cut_element *e, kk_buf *out)
{
    kk_cut_element change;
    const size_t from = out->len;
    if (e->empty_tag) {
        copy(r, e->begin, e->end, out);
        return;
    }
    copy(r, e->begin, e->inner_begin, out);
    const size_t inner = out->len;
    if (!r->accept && change_of(r, e, &change)) {
        put_old_properties(r, e, &change, out);
    } else {
        put_new_properties(r, e, out);
    }
    const bool emptied = out->failed == KK_OK && out->len == inner &&
                         e->inner_end > e->inner_begin &&
                         (is(r, e->name, "pPr") || is(r, e->name, "rPr"));
    if (emptied) {
        out->len = from;
        return;
    }
    copy(r, e->inner_end, e->end, out);
}

/* Deleted text that stays is text again. */
static void put_revived_tag(const resolver *r, uint32_t begin, uint32_t end, kk_str name,
                            kk_buf *out)
{
    const kk_str local = kk_cut_local(name);
    const bool text = kk_str_is(local, "delText"), code = kk_str_is(local, "delInstrText");
    if (!text && !code) {
        copy(r, begin, end, out);
        return;
    }
    const uint32_t at = (uint32_t)(local.ptr - r->raw.ptr);
    copy(r, begin, at, out);
    kk_buf_puts(out, text ? "t" : "instrText");
    copy(r, at + (uint32_t)local.len, end, out);
}

static bool is_gone(const resolver *r, const kk_cut_element *e)
{
    return is_one_of(r, e->name, moves) ||
           is_one_of(r, e->name, r->accept ? deleting : inserting) ||
           (is(r, e->name, "tr") && row_goes(r, e)) || (is(r, e->name, "tc") && cell_goes(r, e));
}

/* A table all of whose rows went goes too. */
static bool table_is_left(const resolver *r, kk_str resolved)
{
    kk_cut_element whole, child;
    if (!kk_cut_element_at(resolved, 0, (uint32_t)resolved.len, &whole)) {
        return true;
    }
    static const char *const rows[] = {"tr", "sdt", NULL};
    for (uint32_t at = whole.inner_begin; kk_cut_element_at(resolved, at, whole.inner_end, &child);
         at = child.end) {
        if (is_one_of(r, child.name, rows)) {
            return true;
        }
    }
    return false;
}

/* Writes one element that stays; a paragraph tells where its properties end. */
static void put_element(const resolver *r, const kk_cut_element *e, item *one, kk_buf *out)
{
    if (is_one_of(r, e->name, properties)) {
        put_properties(r, e, out);
        return;
    }
    one->empty_tag = e->empty_tag;
    put_revived_tag(r, e->begin, e->inner_begin, e->name, out);
    if (is(r, e->name, "p")) {
        kk_cut_element ppr;
        uint32_t at = e->inner_begin;
        if (kk_cut_child(r->raw, e->inner_begin, e->inner_end, r->w, "pPr", &ppr)) {
            resolve_children(r, at, ppr.end, out);
            at = ppr.end;
        }
        one->kind = ITEM_P;
        one->rest_begin = out->len;
        resolve_children(r, at, e->inner_end, out);
        one->rest_end = out->len;
    } else {
        one->kind = is(r, e->name, "tbl") || is(r, e->name, "sdt") ? ITEM_BLOCK : ITEM_OTHER;
        resolve_children(r, e->inner_begin, e->inner_end, out);
    }
    if (!e->empty_tag) {
        kk_str name = e->name;
        name.ptr = r->raw.ptr + e->inner_end + 2;
        put_revived_tag(r, e->inner_end, e->end, name, out);
    }
}

/* Resolves the children of a range into items and their bytes. */
static bool collect(const resolver *r, uint32_t begin, uint32_t end, item_list *items,
                    kk_buf *bytes)
{
    uint32_t at = begin;
    kk_cut_element e;
    bool any_joins = false;
    while (kk_cut_element_at(r->raw, at, end, &e)) {
        copy(r, at, e.begin, bytes);
        at = e.end;
        if (is_gone(r, &e)) {
            continue;
        }
        item one = {.begin = bytes->len};
        if (is_tracked_wrapper(r, e.name)) {
            resolve_children(r, e.inner_begin, e.inner_end, bytes);
        } else {
            put_element(r, &e, &one, bytes);
        }
        one.end = bytes->len;
        if (one.kind == ITEM_BLOCK && is(r, e.name, "tbl") && bytes->failed == KK_OK &&
            !table_is_left(r, kk_str_slice(kk_buf_view(bytes), one.begin, one.end))) {
            bytes->len = one.begin;
            continue;
        }
        one.joins = one.kind == ITEM_P && paragraph_joins(r, &e);
        any_joins = any_joins || one.joins;
        if (one.kind != ITEM_OTHER && !kk_vec_push(items, one)) {
            bytes->failed = KK_E_NOMEM;
        }
    }
    copy(r, at, end, bytes);
    return any_joins;
}

static bool has_rest(kk_str bytes, const item *p)
{
    return kk_str_trim(kk_str_slice(bytes, p->rest_begin, p->rest_end)).len > 0;
}

/* Writes a paragraph with what earlier ones left in front of its own content. */
static void put_joined(kk_str bytes, const item *p, kk_str w, kk_buf *carried, kk_buf *out)
{
    if (carried->len == 0 || !p->empty_tag) {
        kk_buf_str(out, kk_str_slice(bytes, p->begin, p->rest_begin));
        kk_buf_str(out, kk_buf_view(carried));
        kk_buf_str(out, kk_str_slice(bytes, p->rest_begin, p->end));
    } else {
        kk_buf_str(out, kk_str_slice(bytes, p->begin, p->end - 2));
        kk_buf_puts(out, ">");
        kk_buf_str(out, kk_buf_view(carried));
        kk_buf_puts(out, "</");
        kk_buf_str(out, w);
        kk_buf_puts(out, w.len > 0 ? ":p>" : "p>");
    }
    kk_buf_clear(carried);
}

/* Joins paragraphs whose mark went with the paragraph that follows. */
static void join(const resolver *r, const item_list *items, kk_str bytes, kk_buf *out)
{
    kk_buf carried;
    kk_buf_init(&carried, 0);
    size_t at = 0;
    for (size_t i = 0; i < items->n; i++) {
        const item *one = &items->items[i];
        const item *follows = i + 1 < items->n ? &items->items[i + 1] : NULL;
        kk_buf_str(out, kk_str_slice(bytes, at, one->begin));
        at = one->end;
        if (one->joins && follows != NULL &&
            (follows->kind == ITEM_P || (!has_rest(bytes, one) && carried.len == 0))) {
            kk_buf_str(&carried, kk_str_slice(bytes, one->rest_begin, one->rest_end));
        } else if (one->kind == ITEM_P) {
            put_joined(bytes, one, r->w, &carried, out);
        } else {
            kk_buf_str(out, kk_str_slice(bytes, one->begin, one->end));
        }
    }
    kk_buf_str(out, kk_str_slice(bytes, at, bytes.len));
    if (carried.failed != KK_OK) {
        out->failed = carried.failed;
    }
    kk_buf_dispose(&carried);
}

static void resolve_children(const resolver *r, uint32_t begin, uint32_t end, kk_buf *out)
{
    kk_buf bytes;
    item_list items = {NULL, 0, 0};
    kk_buf_init(&bytes, 0);
    if (collect(r, begin, end, &items, &bytes)) {
        join(r, &items, kk_buf_view(&bytes), out);
    } else {
        kk_buf_str(out, kk_buf_view(&bytes));
    }
    if (bytes.failed != KK_OK) {
        out->failed = bytes.failed;
    }
    kk_vec_free(&items);
    kk_buf_dispose(&bytes);
}

kk_status kk_resolve_part(kk_str raw, kk_str w, bool accept, kk_buf *out)
{
    kk_buf unwrapped;
    kk_buf_init(&unwrapped, 0);
    const resolver first = {raw, w, accept};
    unwrap_children(&first, 0, (uint32_t)raw.len, &unwrapped);
    const resolver second = {kk_buf_view(&unwrapped), w, accept};
    if (unwrapped.failed == KK_OK) {
        resolve_children(&second, 0, (uint32_t)second.raw.len, out);
    } else {
        out->failed = unwrapped.failed;
    }
    kk_buf_dispose(&unwrapped);
    return out->failed;
}
