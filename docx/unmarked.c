/* Clauses that stand without a control of ours, recognised by their words: taken out, or replaced
 * by a newer version that is marked again. Knows the blocks that hold the words; not how they were
 * found. */
#include "cut.h"
#include "error.h"
#include "insert.h"
#include "place.h"
#include "str.h"
#include "withdraw.h"

#include <string.h>

enum { MOST_BLOCKS = 400 };

/* The blocks that hold the words: paragraphs, rows, or a table that has no other rows. */
typedef struct victims {
    kk_docx *doc;
    const kk_docx_options *options;
    uint32_t part, n;
    uint32_t nodes[MOST_BLOCKS];
    uint32_t first_row, last_row; /* grid rows, when they are rows */
    kk_error *err;
} victims;

static const kk_part *part_of(const victims *v)
{
    return &v->doc->parts[v->part];
}

static kk_status refuse(const victims *v, const char *reason, const char *why)
{
    return kk_fail(v->err, KK_E_UNSUPPORTED, reason, "%s", why);
}

/* ---- finding them --------------------------------------------------------------------------- */

static uint32_t row_around(const kk_part *part, uint32_t node)
{
    while (node != KK_NONE && part->nodes[node].kind != KK_NODE_TR) {
        node = node == 0 ? KK_NONE : part->nodes[node].parent;
    }
    return node;
}

static kk_status check_around(const victims *v, uint32_t node)
{
    const kk_part *part = part_of(v);
    for (; node != KK_NONE && node != 0; node = part->nodes[node].parent) {
        const uint32_t flags = part->nodes[node].flags;
        if ((flags & KK_NODE_LOCKED) != 0) {
            return refuse(v, "place-locked", "the clause stands in a locked content control");
        }
        if ((flags & KK_NODE_DATABOUND) != 0) {
            return refuse(v, "place-databound", "the clause stands in a data-bound control");
        }
        if ((flags & KK_NODE_PERM) != 0) {
            return refuse(v, "place-protected", "the clause stands in a protected range");
        }
    }
    return KK_OK;
}

static kk_status add(victims *v, uint32_t node)
{
    if (v->n > 0 && v->nodes[v->n - 1] == node) {
        return KK_OK;
    }
    if (v->n == MOST_BLOCKS) {
        return kk_fail(v->err, KK_E_LIMIT, "limit", "the clause has more than %d paragraphs",
                       MOST_BLOCKS);
    }
    v->nodes[v->n++] = node;
    return check_around(v, node);
}

static kk_status add_para(victims *v, uint32_t p, bool rows)
{
    const kk_para_ref *ref = &v->doc->para_refs[p];
    for (uint32_t node = ref->first; node <= ref->last; node++) {
        if (part_of(v)->nodes[node].kind != KK_NODE_P) {
            continue;
        }
        const uint32_t row = rows ? row_around(part_of(v), node) : KK_NONE;
        if (rows && row == KK_NONE) {
            return refuse(v, "place-ambiguous", "a row of the clause is no row of a table");
        }
        KK_TRY(add(v, rows ? row : node));
    }
    return KK_OK;
}

static bool is_victim(const victims *v, uint32_t node)
{
    bool held = false;
    for (uint32_t k = 0; k < v->n && !held; k++) {
        held = v->nodes[k] == node;
    }
    return held;
}

/* Does something besides the victims stand in there? */
static bool holds_more(const victims *v, uint32_t parent)
{
    const kk_part *part = part_of(v);
    for (uint32_t i = part->nodes[parent].first; i != KK_NONE; i = part->nodes[i].next) {
        const kk_node_kind kind = part->nodes[i].kind;
        if (kind != KK_NODE_RANGE && kind != KK_NODE_SECTPR && !is_victim(v, i)) {
            return true;
        }
    }
    return false;
}

/* A control that nobody else's words stand in goes with what it holds: its tag was lost. */
static void widen_to_controls(victims *v)
{
    const kk_part *part = part_of(v);
    uint32_t wide[MOST_BLOCKS], n = 0;
    for (uint32_t k = 0; k < v->n; k++) {
        const uint32_t parent = part->nodes[v->nodes[k]].parent;
        const bool alone =
            part->nodes[parent].kind == KK_NODE_SDT_CONTENT && !holds_more(v, parent);
        const uint32_t node = alone ? part->nodes[parent].parent : v->nodes[k];
        if (n == 0 || wide[n - 1] != node) {
            wide[n++] = node;
        }
    }
    memcpy(v->nodes, wide, n * sizeof *wide);
    v->n = n;
}

static kk_status find_victims(victims *v, const kk_docx_found *found, bool rows)
{
    const kk_text *text = &v->doc->text;
    v->part = v->doc->story_part[text->paras[found->para_begin].story];
    for (uint32_t p = found->para_begin; p < found->para_end; p++) {
        const uint32_t cell = text->paras[p].cell;
        KK_TRY(add_para(v, p, rows));
        if (rows && cell != KK_NONE) {
            v->first_row = v->n == 1 ? text->cells[cell].row : v->first_row;
            v->last_row = text->cells[cell].row;
        }
    }
    if (v->n == 0) {
        return kk_fail(v->err, KK_E_STALE, "", "the clause does not stand there any more");
    }
    if (!v->options->track) {
        widen_to_controls(v);
    }
    return KK_OK;
}

/* ---- taking them out ------------------------------------------------------------------------ */

/* A cell or story is not left empty, nor a table without rows. */
static bool leaves_a_block(const victims *v)
{
    bool leaves = true;
    for (uint32_t k = 0; k < v->n && leaves; k++) {
        leaves = holds_more(v, part_of(v)->nodes[v->nodes[k]].parent);
    }
    return leaves;
}

/* Marks of others whose other end lies elsewhere stay behind, between the blocks. */
static kk_status keep_marks(const victims *v, const kk_node *n, kk_buf *out)
{
    static const char *const kept[] = {
        "bookmarkStart",    "bookmarkEnd",   "commentRangeStart",  "commentRangeEnd",
        "permStart",        "permEnd",       "moveFromRangeStart", "moveFromRangeEnd",
        "moveToRangeStart", "moveToRangeEnd"};
    const kk_part *part = part_of(v);
    for (uint32_t at = n->begin; at < n->end;) {
        const kk_cut_token token = kk_cut_next(part->raw, &at, n->end);
        if (token.kind != KK_CUT_START && token.kind != KK_CUT_EMPTY) {
            continue;
        }
        if (kk_cut_is(token.name, part->w, "commentReference") ||
            kk_cut_is(token.name, part->w, "footnoteReference") ||
            kk_cut_is(token.name, part->w, "endnoteReference")) {
            return refuse(v, "place-ambiguous",
                          "a comment or note of somebody stands in the clause; take it out first");
        }
        for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
            if (kk_cut_is(token.name, part->w, kept[i])) {
                kk_buf_str(out, kk_str_slice(part->raw, token.begin, token.end));
            }
        }
    }
    return out->failed == KK_OK ? KK_OK : kk_fail_nomem(v->err);
}

static kk_status remove_block(victims *v, uint32_t node, kk_buf *marks)
{
    const kk_node *n = &part_of(v)->nodes[node];
    kk_target *target;
    kk_buf_clear(marks);
    KK_TRY(keep_marks(v, n, marks));
    KK_TRY(kk_edits_part(v->doc, v->part, &target, v->err));
    return kk_edits_splice(v->doc, target, n->begin, n->end, kk_buf_view(marks), v->err);
}

static kk_status take_out(victims *v)
{
    const kk_wml wml = {.names = kk_names_of(part_of(v)),
                        .ids = &kk_edits_of(v->doc)->ids,
                        .track = true,
                        .author = v->options->author,
                        .date = v->options->date};
    kk_buf marks;
    kk_buf_init(&marks, 0);
    kk_status status = KK_OK;
    for (uint32_t i = 0; i < v->n && status == KK_OK; i++) {
        status = v->options->track ? kk_strike_block(v->doc, v->part, v->nodes[i], &wml, v->err)
                                   : remove_block(v, v->nodes[i], &marks);
    }
    kk_buf_dispose(&marks);
    return status;
}

/* ---- the calls ------------------------------------------------------------------------------ */

/* The new clause goes before the old words, where rejecting draws nothing together. */
static kk_status put_before(const victims *v, const kk_blocks *blocks, const kk_place *place)
{
    const kk_part *part = part_of(v);
    const uint32_t first = v->nodes[0];
    kk_place at = *place;
    kk_insertion in = {.doc = v->doc, .blocks = blocks, .place = &at};
    in.spot = (kk_spot){.part = v->part,
                        .container = part->nodes[first].parent,
                        .after = kk_node_previous(part, first),
                        .raw = part->nodes[first].begin,
                        .moved = KK_NONE,
                        .row = KK_NONE,
                        .paragraph = KK_NONE};
    if (place->kind == KK_PLACE_TABLE_ROW) {
        in.spot.row = row_around(part, kk_node_first_para(part, first));
        in.number_row = v->first_row + 1;
        at.row = v->last_row;
    }
    return kk_insert_at(&in, v->options, v->err);
}

static kk_status replace(victims *v, const kk_docx_found *found, const kk_docx_newer *newer)
{
    const bool rows = newer == NULL ? found->rows : newer->place->kind == KK_PLACE_TABLE_ROW;
    KK_TRY(find_victims(v, found, rows));
    if (newer == NULL && !v->options->track && !leaves_a_block(v)) {
        return refuse(v, "place-ambiguous", "nothing else stands there; delete the clause by hand");
    }
    if (newer != NULL) {
        KK_TRY(put_before(v, newer->blocks, newer->place));
    }
    return take_out(v);
}

kk_status kk_docx_replace_found(kk_docx *doc, const kk_docx_found *found,
                                const kk_docx_newer *newer, const kk_docx_options *options,
                                kk_error *err)
{
    if (found->para_begin >= found->para_end || found->para_end > doc->text.n_paras) {
        return kk_fail(err, KK_E_ARG, "", "the clause does not stand in this document");
    }
    KK_TRY(kk_edits_check_open(doc, options, err));
    const uint32_t part = doc->story_part[doc->text.paras[found->para_begin].story];
    const kk_record record = {newer == NULL ? found->clause : newer->blocks->clause,
                              newer == NULL ? found->version : newer->blocks->version,
                              found->para_begin == 0 ? KK_NONE : found->para_begin - 1, false};
    kk_target *target;
    kk_edits_state state;
    KK_TRY(kk_edits_part(doc, part, &target, err));
    KK_TRY(kk_edits_begin(doc, &record, &state, err));
    kk_ids_seed(&kk_edits_of(doc)->ids, record.clause);
    victims v = {.doc = doc, .options = options, .err = err};
    const kk_status status = replace(&v, found, newer);
    if (status != KK_OK) {
        kk_edits_rollback(kk_edits_of(doc), &state);
    }
    return status;
}
