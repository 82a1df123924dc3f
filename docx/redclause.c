/* The difference of a whole clause: its paragraphs are paired with those of the new version, pairs
 * are rewritten word by word, the rest goes or comes as paragraphs. Knows controls, rows and cells.
 */
#include "cut.h"
#include "error.h"
#include "insert.h"
#include "place.h"
#include "redpair.h"
#include "str.h"
#include "trackmark.h"
#include "upgrade.h"
#include "withdraw.h"

#include <assert.h>

enum { MOST_PARAS = 200 };

typedef struct redliner {
    const kk_upgrade *u;
    kk_insertion in;
    kk_buf out;
    bool pending;    /* the control is still a tracked insertion */
    kk_str own;      /* its author */
    bool impossible; /* something here wants the whole clause to be replaced */
    kk_error *err;
} redliner;

static const kk_part *part_of(const redliner *r)
{
    return &r->u->doc->parts[r->u->part];
}

static kk_status splice(redliner *r, uint32_t begin, uint32_t end, kk_str bytes)
{
    kk_target *target;
    KK_TRY(kk_edits_part(r->u->doc, r->u->part, &target, r->err));
    return kk_edits_splice(r->u->doc, target, begin, end, bytes, r->err);
}

/* Records what was written to r->out. */
static kk_status flush(redliner *r, uint32_t begin, uint32_t end)
{
    if (r->out.failed != KK_OK) {
        return kk_fail_nomem(r->err);
    }
    const kk_status status = splice(r, begin, end, kk_buf_view(&r->out));
    kk_buf_clear(&r->out);
    return status;
}

static kk_str words_of(redliner *r, const kk_inline *inlines, uint32_t n)
{
    kk_buf words;
    kk_buf_init(&words, 0);
    for (uint32_t i = 0; i < n; i++) {
        kk_buf_str(&words, inlines[i].text);
    }
    const kk_str kept =
        words.failed == KK_OK ? kk_arena_str(r->in.arena, kk_buf_view(&words)) : (kk_str){NULL, 0};
    kk_buf_dispose(&words);
    return kept;
}

/* ---- one paragraph -------------------------------------------------------------------------- */

static const char *const dropped_always[] = {"rPrChange", "ins",       "del", "moveFrom",
                                             "moveTo",    "highlight", NULL};
static const char *const dropped_bold[] = {"rPrChange", "ins", "del",       "moveFrom", "moveTo",
                                           "b",         "bCs", "highlight", NULL};

/* New words in running text are not bold because most of what stood there was a bold lead-in. */
static const char *const *dropped(const kk_red_para *old, const kk_red_piece *p)
{
    const bool leads = p->n > 1 && p->inlines[0].kind == KK_INLINE_BOLD;
    return old->kind != KK_BLOCK_HEADING && leads ? dropped_bold : dropped_always;
}

static kk_status rewrite(redliner *r, kk_red_para *old, const kk_inline *inlines, uint32_t n,
                         const char *const *drop)
{
    const kk_node *node = &part_of(r)->nodes[old->node];
    const kk_redline how = {.render = &r->in.render,
                            .inlines = inlines,
                            .n_inlines = n,
                            .own_author = r->own,
                            .keep = n == 0 ? 0 : old->keep,
                            .drop = drop};
    const uint32_t begin = node->ppr_end > node->ppr_begin ? node->ppr_end : node->inner_begin;
    bool same;
    if ((node->flags & KK_NODE_EMPTY_TAG) != 0) {
        r->impossible = r->impossible || n > 0;
        return KK_OK;
    }
    if (kk_red_write(&how, &old->stream, &same) != KK_OK) {
        return kk_fail_nomem(r->err);
    }
    return same ? KK_OK : flush(r, begin, node->inner_end);
}

static kk_status track_mark(redliner *r, uint32_t node, const char *change)
{
    kk_buf mark;
    kk_buf_init(&mark, 0);
    kk_wml wml = r->in.wml;
    wml.out = &mark;
    kk_wml_put(&wml, change);
    (void)kk_wml_change(&wml);
    kk_buf_puts(&mark, "/>");
    const kk_status status = mark.failed == KK_OK ? kk_track_para(r->u->doc, r->u->part, node,
                                                                  kk_buf_view(&mark), r->err)
                                                  : kk_fail_nomem(r->err);
    kk_buf_dispose(&mark);
    return status;
}

/* Do marks of others stand in it, which must not go with its words? */
static bool holds_others(const kk_red_para *old)
{
    for (uint32_t i = 0; i < old->stream.items.n; i++) {
        if (old->stream.items.items[i].kind == KK_RED_OTHER) {
            return true;
        }
    }
    return false;
}

/* A paragraph that goes; its mark too, unless the one before gives up its own for it. */
static kk_status remove_para(redliner *r, kk_red_para *old, bool with_mark)
{
    const kk_node *node = &part_of(r)->nodes[old->node];
    const bool outright = !r->in.wml.track || r->pending;
    if (outright && !holds_others(old)) {
        return splice(r, node->begin, node->end, KK_STR(""));
    }
    KK_TRY(rewrite(r, old, NULL, 0, dropped_always));
    return outright || !with_mark ? KK_OK : track_mark(r, old->node, "<~del");
}

/* ---- new paragraphs ------------------------------------------------------------------------- */

/* Dressed like a paragraph of its kind that stands there already. */
static bool look_of(redliner *r, const kk_red_stretch *s, kk_block_kind kind, kk_dress_look *out)
{
    static const kk_dress_kind kinds[] = {[KK_BLOCK_HEADING] = KK_DRESS_HEADING,
                                          [KK_BLOCK_PARAGRAPH] = KK_DRESS_BODY,
                                          [KK_BLOCK_ITEM] = KK_DRESS_ITEM};
    for (uint32_t i = 0; i < s->n_olds; i++) {
        if (s->cell || s->olds[i].kind == kind) {
            const kk_dress_kind as = s->cell ? KK_DRESS_CELL : kinds[kind];
            out->ppr = kk_dress_ppr(part_of(r), s->olds[i].node, as, r->in.arena);
            out->rpr = kk_dress_rpr(r->u->doc, part_of(r), s->olds[i].node, as, r->in.arena);
            return true;
        }
    }
    *out = r->in.dress.body;
    return kind == KK_BLOCK_PARAGRAPH && !s->cell;
}

/* A new paragraph; with `as` it takes over that one's mark and properties, whole. */
static void put_para(redliner *r, const kk_dress_look *look, const kk_red_piece *p,
                     const kk_node *as)
{
    kk_wml *wml = &r->in.wml;
    if (as == NULL) {
        kk_render_para_begin(wml, look, KK_STR(""));
    } else {
        kk_wml_put(wml, "<~p>");
        kk_buf_str(wml->out, kk_str_slice(part_of(r)->raw, as->ppr_begin, as->ppr_end));
    }
    kk_render_inlines(&r->in.render, look, p->inlines, p->n, false);
    kk_render_para_end(wml);
}

/* Tracked properties have an id of their own and cannot stand twice. */
static bool has_change(const kk_part *part, const kk_node *node)
{
    const kk_str ppr = kk_str_slice(part->raw, node->ppr_begin, node->ppr_end);
    return kk_str_find(ppr, KK_STR("Change"), 0) != SIZE_MAX ||
           kk_str_find(ppr, KK_STR("sectPr"), 0) != SIZE_MAX ||
           (node->flags & (KK_NODE_MARK_INS | KK_NODE_MARK_DEL | KK_NODE_MARK_MOVE)) != 0;
}

/* Pieces [j, past) come behind old paragraph `after` (KK_NONE: before all). */
static kk_status put_paras(redliner *r, const kk_red_stretch *s, uint32_t after, uint32_t j,
                           uint32_t past)
{
    const kk_part *part = part_of(r);
    assert(s->olds != NULL && s->n_olds > 0);
    const kk_node *node = after == KK_NONE ? NULL : &part->nodes[s->olds[after].node];
    const bool last = node != NULL && after + 1 == s->n_olds;
    const bool takes_mark = last && r->in.wml.track && !r->pending && !has_change(part, node) &&
                            (s->cell || s->pieces[past - 1].kind == s->olds[after].kind);
    const uint32_t at = node == NULL ? part->nodes[s->olds[0].node].begin : node->end;
    for (; j < past; j++) {
        kk_dress_look look;
        if (!look_of(r, s, s->pieces[j].kind, &look)) {
            r->impossible = true;
            return KK_OK;
        }
        if (look.ppr.ptr == NULL || look.rpr.ptr == NULL) {
            return kk_fail_nomem(r->err);
        }
        put_para(r, &look, &s->pieces[j], takes_mark && j + 1 == past ? node : NULL);
    }
    KK_TRY(flush(r, at, at));
    return takes_mark ? track_mark(r, s->olds[after].node, "<~ins") : KK_OK;
}

/* ---- a stretch ------------------------------------------------------------------------------ */

/* The last ones go: their last mark stays, that of the one before goes instead, so that nothing is
 * drawn together with what stands behind the clause. */
static kk_status remove_tail(redliner *r, kk_red_stretch *s, uint32_t from)
{
    const bool shift = from > 0 && r->in.wml.track && !r->pending &&
                       (s->cell || s->olds[from - 1].kind == s->olds[s->n_olds - 1].kind);
    if (s->cell && !shift) {
        r->impossible = r->impossible || from == 0;
    }
    if (shift) {
        KK_TRY(track_mark(r, s->olds[from - 1].node, "<~del"));
    }
    for (uint32_t i = from; i < s->n_olds; i++) {
        KK_TRY(remove_para(r, &s->olds[i], !shift || i + 1 < s->n_olds));
    }
    return KK_OK;
}

static kk_status rewrite_or_remove(redliner *r, kk_red_stretch *s, uint32_t i)
{
    kk_red_para *old = &s->olds[i];
    if (old->partner == KK_NONE) {
        return remove_para(r, old, true);
    }
    const kk_red_piece *p = &s->pieces[old->partner];
    return rewrite(r, old, p->inlines, p->n, dropped(old, p));
}

/* New paragraphs, those that come together at once. */
static kk_status put_new(redliner *r, const kk_red_stretch *s)
{
    uint32_t after = KK_NONE;
    kk_status status = KK_OK;
    for (uint32_t j = 0; j < s->n_pieces && status == KK_OK;) {
        uint32_t past = j;
        while (past < s->n_pieces && s->pieces[past].partner == KK_NONE) {
            past++;
        }
        status = past > j ? put_paras(r, s, after, j, past) : KK_OK;
        after = past < s->n_pieces ? s->pieces[past].partner : after;
        j = past + 1;
    }
    return status;
}

static kk_status rewrite_stretch(redliner *r, kk_red_stretch *s)
{
    uint32_t tail = s->n_olds;
    if (kk_red_pair(s, r->in.arena) != KK_OK) {
        return kk_fail_nomem(r->err);
    }
    while (tail > 0 && s->olds[tail - 1].partner == KK_NONE) {
        tail--;
    }
    kk_status status = KK_OK;
    for (uint32_t i = 0; i < tail && status == KK_OK; i++) {
        status = rewrite_or_remove(r, s, i);
    }
    if (status == KK_OK && tail < s->n_olds) {
        status = remove_tail(r, s, tail);
    }
    return status == KK_OK ? put_new(r, s) : status;
}

static kk_block_kind kind_of(const redliner *r, uint32_t node)
{
    const uint32_t p = part_of(r)->nodes[node].para;
    if (p == KK_NONE) {
        return KK_BLOCK_PARAGRAPH;
    }
    const kk_para *para = &r->u->doc->text.paras[p];
    return para->heading > 0                   ? KK_BLOCK_HEADING
           : (para->flags & KK_PARA_LIST) != 0 ? KK_BLOCK_ITEM
                                               : KK_BLOCK_PARAGRAPH;
}

/* Bytes of a number typed before the words, with the tab or blank behind it. */
static uint32_t typed_number(const kk_buf *text)
{
    char head[40];
    const size_t n = text->len < sizeof head ? text->len : sizeof head;
    for (size_t i = 0; i < n; i++) {
        head[i] = text->ptr[i];
        if (head[i] == '\t') {
            head[i] = ' ';
        }
    }
    return (uint32_t)(n - kk_clausehash_unnumbered((kk_str){head, n}).len);
}

/* Reads the paragraphs with text among the children of a node; anything but paragraphs and markers
 * there is too much for a difference. */
static kk_status read_olds(redliner *r, uint32_t parent, kk_red_stretch *s)
{
    const kk_part *part = part_of(r);
    s->olds = kk_arena_array(r->in.arena, MOST_PARAS, sizeof *s->olds);
    if (s->olds == NULL) {
        return kk_fail_nomem(r->err);
    }
    for (uint32_t i = part->nodes[parent].first; i != KK_NONE; i = part->nodes[i].next) {
        const kk_node *node = &part->nodes[i];
        const bool fine = node->kind == KK_NODE_P || node->kind == KK_NODE_RANGE;
        if (!fine || s->n_olds == MOST_PARAS ||
            (node->flags & (KK_NODE_HAS_SECTPR | KK_NODE_FIELD_OPEN | KK_NODE_MARK_DEL |
                            KK_NODE_MARK_MOVE)) != 0) {
            r->impossible = true;
            return KK_OK;
        }
        kk_red_para *old = &s->olds[s->n_olds];
        *old = (kk_red_para){.node = i, .kind = kind_of(r, i), .partner = KK_NONE};
        if (node->kind != KK_NODE_P || (kk_node_is_blank(part, i) && !s->cell)) {
            continue;
        }
        s->n_olds++;
        if (kk_red_read(&old->stream, part, i, r->in.arena) != KK_OK) {
            return kk_fail_nomem(r->err);
        }
        r->impossible = r->impossible || old->stream.odd;
        old->keep = s->cell ? 0 : typed_number(&old->stream.text);
    }
    r->impossible = r->impossible || s->n_olds == 0;
    return KK_OK;
}

static void dispose_olds(kk_red_stretch *s)
{
    for (uint32_t i = 0; i < s->n_olds; i++) {
        kk_red_dispose(&s->olds[i].stream);
    }
}

static kk_status run_stretch(redliner *r, uint32_t parent, kk_red_stretch *s)
{
    kk_status status = read_olds(r, parent, s);
    if (status == KK_OK && !r->impossible && s->olds != NULL && s->pieces != NULL) {
        status = rewrite_stretch(r, s);
    }
    dispose_olds(s);
    return status;
}

/* ---- the clause ----------------------------------------------------------------------------- */

static uint32_t content_of(const kk_part *part, uint32_t sdt)
{
    uint32_t i = part->nodes[sdt].first;
    while (i != KK_NONE && part->nodes[i].kind != KK_NODE_SDT_CONTENT) {
        i = part->nodes[i].next;
    }
    return i;
}

static kk_status make_pieces(redliner *r, uint32_t n, kk_red_stretch *s)
{
    s->n_pieces = n;
    s->pieces = kk_arena_array(r->in.arena, (size_t)n + 1, sizeof *s->pieces);
    return s->pieces == NULL ? kk_fail_nomem(r->err) : KK_OK;
}

static kk_status set_piece(redliner *r, kk_red_piece *p, kk_block_kind kind,
                           const kk_inline *inlines, uint32_t n)
{
    *p = (kk_red_piece){kind, inlines, n, words_of(r, inlines, n), KK_NONE};
    return p->words.ptr == NULL ? kk_fail_nomem(r->err) : KK_OK;
}

static kk_status run_blocks(redliner *r)
{
    const kk_blocks *blocks = r->u->blocks;
    const uint32_t content = content_of(part_of(r), r->u->nodes[0]);
    kk_red_stretch s = {.cell = false};
    if (r->u->n_nodes != 1 || content == KK_NONE) {
        r->impossible = true;
        return KK_OK;
    }
    KK_TRY(make_pieces(r, blocks->n_blocks, &s));
    for (uint32_t i = 0; i < blocks->n_blocks; i++) {
        const kk_block *b = &blocks->blocks[i];
        r->impossible = r->impossible || b->kind == KK_BLOCK_ROW;
        KK_TRY(set_piece(r, &s.pieces[i], b->kind, b->inlines, b->n_inlines));
    }
    KK_TRY(kk_insert_tag_blocks(blocks, r->in.arena, &r->in.render.tag, r->err));
    return r->impossible ? KK_OK : run_stretch(r, content, &s);
}

static kk_status run_cell(redliner *r, const kk_insert_cell *cell)
{
    const uint32_t node = r->u->doc->cell_nodes[cell->cell];
    kk_red_stretch s = {.cell = true};
    if (cell->n == 0 && (cell->role == KK_ROLE_NONE || cell->role == KK_ROLE_OTHER)) {
        return KK_OK; /* none of ours */
    }
    KK_TRY(make_pieces(r, cell->n > 0 ? cell->n : 1, &s));
    KK_TRY(set_piece(r, &s.pieces[0], KK_BLOCK_PARAGRAPH, NULL, 0));
    for (uint32_t i = 0; i < cell->n; i++) {
        KK_TRY(set_piece(r, &s.pieces[i], KK_BLOCK_PARAGRAPH, cell->paras[i], cell->n_inlines[i]));
    }
    if (node == KK_NONE) {
        r->impossible = true;
        return KK_OK;
    }
    return run_stretch(r, node, &s);
}

/* Grid row of the only row in a control; KK_NONE for anything else. */
static uint32_t row_of(const redliner *r, uint32_t sdt)
{
    const kk_part *part = part_of(r);
    const kk_text *text = &r->u->doc->text;
    const uint32_t p = kk_node_first_para(part, sdt);
    const uint32_t para = p == KK_NONE ? KK_NONE : part->nodes[p].para;
    uint32_t rows = 0;
    const uint32_t content = content_of(part, sdt);
    for (uint32_t i = content == KK_NONE ? KK_NONE : part->nodes[content].first; i != KK_NONE;
         i = part->nodes[i].next) {
        rows += part->nodes[i].kind == KK_NODE_TR ? 1 : 0;
    }
    return rows == 1 && para != KK_NONE && text->paras[para].cell != KK_NONE
               ? text->cells[text->paras[para].cell].row
               : KK_NONE;
}

/* One row of the clause: blocks [begin, end) over the row in control `node`. */
static kk_status run_row(redliner *r, kk_place *place, uint32_t node, uint32_t begin, uint32_t end)
{
    const kk_insert_cell *cells = NULL;
    uint32_t n = 0;
    place->row = row_of(r, node);
    if (place->row == KK_NONE) {
        r->impossible = true;
        return KK_OK;
    }
    kk_status status = kk_insert_row_cells(&r->in, begin, end, &cells, &n, r->err);
    for (uint32_t c = 0; c < n && status == KK_OK && !r->impossible; c++) {
        status = run_cell(r, &cells[c]);
    }
    return status;
}

static kk_status run_rows(redliner *r)
{
    const kk_blocks *blocks = r->u->blocks;
    kk_place place = *r->u->place;
    uint32_t begin = 0, i = 0;
    kk_status status = KK_OK;
    r->in.place = &place;
    for (; i < r->u->n_nodes && begin < blocks->n_blocks && status == KK_OK; i++) {
        const uint32_t end = kk_insert_row_end(blocks, begin);
        status = run_row(r, &place, r->u->nodes[i], begin, end);
        begin = end;
    }
    r->impossible = r->impossible || begin != blocks->n_blocks || i != r->u->n_nodes;
    if (status == KK_OK && !r->impossible) {
        status = kk_insert_tag_rows(&r->in, r->err);
    }
    r->in.place = r->u->place;
    return status;
}

/* The value of an attribute of a child of w:sdtPr gives way to another. */
static kk_status rename_control(redliner *r, const kk_node *sdt, const char *element, kk_str value)
{
    const kk_part *part = part_of(r);
    kk_cut_element properties, child;
    kk_str old;
    if (!kk_cut_element_at(part->raw, sdt->ppr_begin, sdt->ppr_end, &properties) ||
        !kk_cut_child(part->raw, properties.inner_begin, properties.inner_end, part->w, element,
                      &child) ||
        !kk_cut_attr(part->raw, child.begin, "val", &old)) {
        return KK_OK;
    }
    kk_buf_xml(&r->out, value);
    if (kk_str_equal(kk_buf_view(&r->out), old)) {
        kk_buf_clear(&r->out);
        return KK_OK;
    }
    const uint32_t begin = (uint32_t)(old.ptr - part->raw.ptr);
    return flush(r, begin, begin + (uint32_t)old.len);
}

static kk_status rename_controls(redliner *r)
{
    for (uint32_t i = 0; i < r->u->n_nodes; i++) {
        const kk_node *sdt = &part_of(r)->nodes[r->u->nodes[i]];
        KK_TRY(rename_control(r, sdt, "alias", kk_render_capped(r->in.render.title)));
        KK_TRY(rename_control(r, sdt, "tag", r->in.render.tag));
    }
    return KK_OK;
}

static kk_status redline(redliner *r, const kk_docx_options *options)
{
    const kk_place *place = r->u->place;
    KK_TRY(kk_insert_prepare(&r->in, options, &r->out, r->err));
    KK_TRY(place->kind == KK_PLACE_TABLE_ROW ? run_rows(r) : run_blocks(r));
    return r->impossible ? KK_OK : rename_controls(r);
}

kk_status kk_upgrade_redline(const kk_upgrade *u, const kk_spot *spot, bool *done, kk_error *err)
{
    redliner r = {.u = u, .err = err};
    const kk_part *part = &u->doc->parts[u->part];
    r.in = (kk_insertion){
        .doc = u->doc, .blocks = u->blocks, .place = u->place, .spot = *spot, .arena = u->arena};
    r.pending = kk_control_is_pending(part, u->nodes[0]);
    r.own = u->options->author;
    const uint32_t before = kk_node_previous(part, u->nodes[0]);
    if (r.pending && before != KK_NONE) {
        (void)kk_cut_attr(part->raw, part->nodes[before].begin, "author", &r.own);
    }
    kk_buf_init(&r.out, 0);
    const kk_status status = redline(&r, u->options);
    kk_buf_dispose(&r.out);
    *done = status == KK_OK && !r.impossible;
    return status;
}
