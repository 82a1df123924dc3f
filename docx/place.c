/* Finds the legal boundary for a clause: the section's end at the level of its heading, around
 * content controls, sections, fields and other people's tracked marks. Knows nodes; writes nothing.
 */
#include "place.h"

#include "cut.h"
#include "error.h"
#include "str.h"

#include <string.h>

/* A place while it is being found. */
typedef struct search {
    const kk_docx *doc;
    const kk_part *part;
    kk_error *err;
    uint32_t container;
    uint32_t after; /* child of container, KK_NONE: before the first */
    uint32_t floor; /* child of container that must stay before the boundary, KK_NONE if none */
} search;

static bool is_block(const kk_part *part, uint32_t node)
{
    const kk_node_kind kind = part->nodes[node].kind;
    return kind != KK_NODE_RANGE && kind != KK_NODE_SECTPR;
}

/* Nearest block before `node` among its siblings. */
static uint32_t previous_block(const kk_part *part, uint32_t node)
{
    do {
        node = kk_node_previous(part, node);
    } while (node != KK_NONE && !is_block(part, node));
    return node;
}

static uint32_t next_block(const kk_part *part, uint32_t node)
{
    do {
        node = part->nodes[node].next;
    } while (node != KK_NONE && !is_block(part, node));
    return node;
}

static uint32_t last_block(const kk_part *part, uint32_t container)
{
    uint32_t last = KK_NONE;
    for (uint32_t i = part->nodes[container].first; i != KK_NONE; i = part->nodes[i].next) {
        last = is_block(part, i) ? i : last;
    }
    return last;
}

/* Lowest node that holds both and in which blocks may stand. */
static uint32_t common_container(const kk_part *part, uint32_t a, uint32_t b)
{
    for (uint32_t up = part->nodes[a].parent; up != KK_NONE; up = part->nodes[up].parent) {
        if (kk_node_branch(part, up, b) != KK_NONE && kk_node_holds_blocks(part, up)) {
            return up;
        }
    }
    return KK_NONE;
}

/* The content control whose inside `container` is, KK_NONE if it is none. */
static uint32_t control_of(const kk_part *part, uint32_t container)
{
    return part->nodes[container].kind == KK_NODE_SDT_CONTENT ? part->nodes[container].parent
                                                              : KK_NONE;
}

static bool is_closed(const kk_node *sdt)
{
    return (sdt->flags & (KK_NODE_LOCKED | KK_NODE_DATABOUND | KK_NODE_PLACEHOLDER)) != 0;
}

/* Steps out of controls that end here: those that begin with the section, and those nobody may
 * write in. */
static void climb(search *s, uint32_t heading)
{
    for (;;) {
        const uint32_t sdt = control_of(s->part, s->container);
        if (sdt == KK_NONE || s->after == KK_NONE || next_block(s->part, s->after) != KK_NONE) {
            return;
        }
        const bool whole = kk_node_first_para(s->part, sdt) == heading;
        if (!whole && !is_closed(&s->part->nodes[sdt]) && !kk_node_is_ours(s->part, sdt)) {
            return;
        }
        const uint32_t up = s->part->nodes[sdt].parent;
        if (!kk_node_holds_blocks(s->part, up)) {
            return;
        }
        s->container = up;
        s->after = sdt;
        s->floor = s->floor == KK_NONE ? KK_NONE : sdt;
    }
}

static bool open_field(const search *s, uint32_t node)
{
    const uint32_t p = kk_node_last_para(s->part, node);
    return p != KK_NONE && (s->part->nodes[p].flags & KK_NODE_FIELD_OPEN) != 0;
}

/* Paragraphs wrapped in a tracked change as a whole. */
static bool is_tracked_wrapper(const kk_part *part, uint32_t node)
{
    static const char *const names[] = {"ins", "del", "moveFrom", "moveTo", NULL};
    const kk_str local = kk_cut_local(kk_node_name(part, node));
    for (size_t i = 0; names[i] != NULL; i++) {
        if (kk_str_is(local, names[i])) {
            return true;
        }
    }
    return false;
}

/* May a clause stand right after this block? Not inside a field, not behind a mark that someone
 * tracks. */
static bool is_clean(const search *s, uint32_t node)
{
    if (node == KK_NONE) {
        return true;
    }
    const kk_node *n = &s->part->nodes[node];
    const uint32_t tracked =
        KK_NODE_MARK_INS | KK_NODE_MARK_DEL | KK_NODE_MARK_MOVE | KK_NODE_FOREIGN_TRACK;
    return !open_field(s, node) && (n->kind != KK_NODE_P || (n->flags & tracked) == 0) &&
           !(n->kind == KK_NODE_OTHER && is_tracked_wrapper(s->part, node));
}

/* Back over what belongs behind a clause: blank paragraphs, page breaks, the section's own break.
 */
static void step_back(search *s)
{
    while (s->after != KK_NONE && s->after != s->floor) {
        const kk_node *n = &s->part->nodes[s->after];
        const bool section = n->kind == KK_NODE_P && (n->flags & KK_NODE_HAS_SECTPR) != 0;
        if (!section && !kk_node_is_blank(s->part, s->after)) {
            return;
        }
        s->after = previous_block(s->part, s->after);
    }
}

/* To the nearest clean boundary: backwards as far as the floor, else forwards. */
static bool settle(search *s)
{
    const uint32_t start = s->after;
    uint32_t at = start;
    while (at != KK_NONE && at != s->floor && !is_clean(s, at)) {
        at = previous_block(s->part, at);
    }
    if (is_clean(s, at) && (at != KK_NONE || s->floor == KK_NONE)) {
        s->after = at;
        return true;
    }
    for (at = start; at != KK_NONE && !is_clean(s, at);) {
        at = next_block(s->part, at);
    }
    s->after = at != KK_NONE ? at : start;
    return at != KK_NONE;
}

/* An end marker closes what stands before; a clause goes behind it. */
static bool is_end_marker(const kk_part *part, uint32_t node)
{
    return part->nodes[node].kind == KK_NODE_RANGE &&
           kk_str_ends(kk_cut_local(kk_node_name(part, node)), KK_STR("End"));
}

/* Ends of ranges that hold words, not somebody's tracked change. */
static bool is_quiet_end(const kk_part *part, uint32_t node)
{
    static const char *const names[] = {"bookmarkEnd", "commentRangeEnd", "permEnd", NULL};
    const kk_str local = kk_cut_local(kk_node_name(part, node));
    for (size_t i = 0; names[i] != NULL; i++) {
        if (part->nodes[node].kind == KK_NODE_RANGE && kk_str_is(local, names[i])) {
            return true;
        }
    }
    return false;
}

/* Offset right behind `after` and the end markers that follow it. Where the paragraph's mark moves to
 * a closing one (`moved`), bookmarks and the like end behind that, as they do now. */
static uint32_t offset_after(const search *s, bool moved)
{
    const kk_part *part = s->part;
    if (s->after == KK_NONE) {
        const uint32_t first = part->nodes[s->container].first;
        if (part->nodes[s->container].kind == KK_NODE_TC && part->nodes[s->container].ppr_end > 0) {
            return part->nodes[s->container].ppr_end;
        }
        return first != KK_NONE ? part->nodes[first].begin : part->nodes[s->container].inner_begin;
    }
    uint32_t at = s->after;
    for (uint32_t next = part->nodes[at].next;
         next != KK_NONE && is_end_marker(part, next) && !(moved && is_quiet_end(part, next));
         next = part->nodes[next].next) {
        at = next;
    }
    return part->nodes[at].end;
}

/* The refusal for a place that only a closed control leads to. */
static kk_status closed(const search *s, const kk_node *sdt)
{
    if ((sdt->flags & KK_NODE_DATABOUND) != 0) {
        return kk_fail_at(s->err, KK_E_UNSUPPORTED, "place-databound", s->part->name, sdt->begin,
                          "the place lies in a content control bound to data; choose another "
                          "heading or remove the binding");
    }
    return kk_fail_at(s->err, KK_E_UNSUPPORTED, "place-locked", s->part->name, sdt->begin,
                      "the place lies in a locked content control; unlock it in Word "
                      "(Developer, Properties) or choose another heading");
}

/* Refuses places inside controls that are closed, and those a protection does not open. */
static kk_status check_open(const search *s)
{
    for (uint32_t up = s->container; up != KK_NONE; up = s->part->nodes[up].parent) {
        const kk_node *n = &s->part->nodes[up];
        if (n->kind == KK_NODE_SDT && is_closed(n)) {
            return closed(s, n);
        }
    }
    return KK_OK;
}

static bool is_permitted(const search *s)
{
    const uint32_t a = s->after == KK_NONE ? KK_NONE : kk_node_last_para(s->part, s->after);
    return a != KK_NONE && (s->part->nodes[a].flags & KK_NODE_PERM) != 0;
}

static bool any_permitted(const kk_part *part)
{
    for (uint32_t i = 0; i < part->n_nodes; i++) {
        if ((part->nodes[i].flags & KK_NODE_PERM) != 0) {
            return true;
        }
    }
    return false;
}

/* Document protection: tracked changes are fine where only those are allowed; else only the regions
 * that were opened for everyone. */
static kk_status check_protection(const search *s, bool track)
{
    const kk_settings *settings = &s->doc->settings;
    if (!settings->protection_enforced ||
        (track && kk_str_is(settings->protection_edit, "trackedChanges")) || is_permitted(s)) {
        return KK_OK;
    }
    if (any_permitted(s->part)) {
        return kk_fail_at(s->err, KK_E_UNSUPPORTED, "place-protected", s->part->name, 0,
                          "the document is protected and the place lies outside the regions that "
                          "may be edited; stop the protection in Word (Review, Restrict Editing)");
    }
    return kk_fail_at(s->err, KK_E_UNSUPPORTED, "protected", s->part->name, 0,
                      "the document is protected against editing; stop the protection in Word "
                      "(Review, Restrict Editing)");
}

/* The paragraph of TEXT that stands before the boundary. */
static uint32_t paragraph_before(const search *s, uint32_t raw)
{
    uint32_t found = KK_NONE;
    for (uint32_t i = 0; i < s->part->n_nodes && s->part->nodes[i].begin < raw; i++) {
        const kk_node *n = &s->part->nodes[i];
        if (n->kind == KK_NODE_P && n->end <= raw && n->para != KK_NONE) {
            found = n->para;
        }
    }
    return found;
}

/* Is there a block behind the boundary that a rejected paragraph mark can join or give way to? An
 * altChunk is none. */
static bool is_followed(const search *s)
{
    uint32_t node =
        s->after == KK_NONE ? s->part->nodes[s->container].first : s->part->nodes[s->after].next;
    for (; node != KK_NONE; node = s->part->nodes[node].next) {
        const kk_node_kind kind = s->part->nodes[node].kind;
        if (kind == KK_NODE_P || kind == KK_NODE_TBL || kind == KK_NODE_SDT) {
            return true;
        }
    }
    return false;
}

/* A story that closes with a table, a foreign text or somebody's closed control has no last
 * paragraph whose mark a tracked clause could take over: the clause goes before what closes it. */
static void step_before_tail(search *s, bool track)
{
    while (track && s->after != KK_NONE && s->after != s->floor &&
           s->part->nodes[s->after].kind != KK_NODE_P && !is_followed(s)) {
        s->after = previous_block(s->part, s->after);
        step_back(s);
    }
}

/* Is there something that the clause's last paragraph mark can hold on to when it is rejected? Not in a
 * body that is nothing but a text of another format or somebody's closed control. */
static kk_status check_tail(const search *s, bool track)
{
    if (!track || s->part->nodes[s->container].kind == KK_NODE_TBL || is_followed(s) ||
        (s->after != KK_NONE && s->part->nodes[s->after].kind == KK_NODE_P)) {
        return KK_OK;
    }
    const kk_node *tail = &s->part->nodes[s->after == KK_NONE ? s->container : s->after];
    if (tail->kind == KK_NODE_SDT) {
        return closed(s, tail);
    }
    return kk_fail_at(s->err, KK_E_UNSUPPORTED, "place-foreign", s->part->name, tail->begin,
                      "the text lies in an embedded file of another format; open the document in "
                      "Word, save it and try again");
}

static kk_status finish(search *s, bool track, kk_spot *out)
{
    KK_TRY(check_open(s));
    KK_TRY(check_protection(s, track));
    KK_TRY(check_tail(s, track));
    out->container = s->container;
    out->after = s->after;
    out->at_end = !is_followed(s);
    const bool moved =
        track && out->at_end && s->after != KK_NONE && s->part->nodes[s->after].kind == KK_NODE_P;
    out->moved = moved ? s->after : KK_NONE;
    out->raw = offset_after(s, moved);
    out->paragraph = paragraph_before(s, out->raw);
    return KK_OK;
}

/* At the end of a story that closes with somebody's control, a tracked clause goes into that
 * control: outside, nothing would be left to hold the last paragraph mark. */
static void enter_last_control(search *s, bool track)
{
    while (track && s->after != KK_NONE && next_block(s->part, s->after) == KK_NONE) {
        const kk_node *n = &s->part->nodes[s->after];
        if (n->kind != KK_NODE_SDT || is_closed(n) || kk_node_is_ours(s->part, s->after) ||
            (n->flags & KK_NODE_REPEATING) != 0) {
            return;
        }
        uint32_t content = n->first;
        while (content != KK_NONE && s->part->nodes[content].kind != KK_NODE_SDT_CONTENT) {
            content = s->part->nodes[content].next;
        }
        const uint32_t last = content == KK_NONE ? KK_NONE : last_block(s->part, content);
        if (last == KK_NONE) {
            return;
        }
        s->container = content;
        s->after = last;
        s->floor = KK_NONE;
    }
}

static kk_status ambiguous(const search *s, const char *why)
{
    return kk_fail_at(s->err, KK_E_UNSUPPORTED, "place-ambiguous", s->part->name,
                      s->container == KK_NONE ? 0 : s->part->nodes[s->container].begin, "%s", why);
}

static kk_status pending(const search *s)
{
    return kk_fail_at(s->err, KK_E_UNSUPPORTED, "place-pending", s->part->name,
                      s->part->nodes[s->container].begin,
                      "every paragraph of the place has pending changes of others; accept or reject "
                      "them first");
}

/* A text of another format right behind the section's last paragraph belongs to the section. */
static void step_over_foreign(search *s)
{
    uint32_t next = s->after == KK_NONE ? KK_NONE : next_block(s->part, s->after);
    while (next != KK_NONE && kk_cut_is(kk_node_name(s->part, next), s->part->w, "altChunk")) {
        s->after = next;
        next = next_block(s->part, next);
    }
}

static kk_status section_end(search *s, const kk_place *place, bool track, kk_spot *out)
{
    const uint32_t heading = s->doc->para_refs[place->heading].last;
    const uint32_t last = s->doc->para_refs[place->section_end - 1].last;
    s->container = common_container(s->part, heading, last);
    if (s->container == KK_NONE) {
        return ambiguous(s, "the section lies in no container that can hold paragraphs; choose "
                            "another heading");
    }
    s->after = kk_node_branch(s->part, s->container, last);
    s->floor = kk_node_branch(s->part, s->container, heading);
    climb(s, heading);
    step_over_foreign(s);
    enter_last_control(s, track);
    step_back(s);
    step_before_tail(s, track);
    if (!settle(s)) {
        return pending(s);
    }
    return finish(s, track, out);
}

static kk_status before_chapter(search *s, const kk_place *place, bool track, kk_spot *out)
{
    uint32_t node = s->doc->para_refs[place->before].first;
    s->container = s->part->nodes[node].parent;
    while (!kk_node_holds_blocks(s->part, s->container) ||
           (control_of(s->part, s->container) != KK_NONE &&
            previous_block(s->part, node) == KK_NONE)) {
        node = s->container;
        s->container = s->part->nodes[node].parent;
        if (s->container == KK_NONE) {
            return ambiguous(s, "the chapter lies in no container that can hold paragraphs");
        }
    }
    s->after = previous_block(s->part, node);
    step_back(s);
    if (!settle(s)) {
        return pending(s);
    }
    return finish(s, track, out);
}

static kk_status story_end(search *s, bool track, kk_spot *out)
{
    s->container = s->doc->story_node[0];
    s->after = last_block(s->part, s->container);
    step_back(s);
    enter_last_control(s, track);
    step_back(s);
    step_before_tail(s, track);
    if (!settle(s)) {
        return pending(s);
    }
    return finish(s, track, out);
}

/* Next row of the same table (not of a nested one) at or after node i; KK_NONE if none. */
static uint32_t row_from(const kk_part *part, uint32_t table, uint32_t i)
{
    const uint32_t past = kk_node_past(part, table);
    while (i < past) {
        if (part->nodes[i].kind == KK_NODE_TR) {
            return i;
        }
        i = part->nodes[i].kind == KK_NODE_TBL ? kk_node_past(part, i) : i + 1;
    }
    return KK_NONE;
}

/* Does a vertical merge run from `row` into the next one? */
static bool merge_crosses(const kk_text *text, const kk_table *table, uint32_t row)
{
    for (uint32_t c = table->cell_begin; c < table->cell_end; c++) {
        if (text->cells[c].row == row + 1 && (text->cells[c].flags & KK_CELL_VMERGED) != 0) {
            return true;
        }
    }
    return false;
}

static kk_status table_row(search *s, const kk_place *place, bool track, kk_spot *out)
{
    const kk_table *table = &s->doc->text.tables[place->table];
    const uint32_t node = s->doc->table_nodes[place->table];
    uint32_t row = place->row;
    while (row + 1 < table->n_rows && merge_crosses(&s->doc->text, table, row)) {
        row++;
    }
    uint32_t tr = row_from(s->part, node, node + 1), source = tr;
    for (uint32_t i = 0; i < row && tr != KK_NONE; i++) {
        tr = row_from(s->part, node, kk_node_past(s->part, tr));
        source = i < place->row ? tr : source;
    }
    if (tr == KK_NONE) {
        return kk_fail(s->err, KK_E_ARG, "", "the table has no such row");
    }
    s->container = node;
    s->after = kk_node_branch(s->part, node, tr);
    KK_TRY(finish(s, track, out));
    out->moved = KK_NONE;
    out->row = source;
    return KK_OK;
}

static kk_status check_args(const kk_docx *doc, const kk_place *place, kk_error *err)
{
    const kk_text *text = &doc->text;
    bool good = text->n_stories > 0;
    if (place->kind == KK_PLACE_SECTION_END) {
        good = good && place->section_end <= text->n_paras && place->heading < place->section_end &&
               text->paras[place->heading].story == text->paras[place->section_end - 1].story;
    } else if (place->kind == KK_PLACE_BEFORE) {
        good = good && place->before < text->n_paras;
    } else if (place->kind == KK_PLACE_TABLE_ROW) {
        good =
            good && place->table < text->n_tables && place->row < text->tables[place->table].n_rows;
    }
    return good ? KK_OK : kk_fail(err, KK_E_ARG, "", "the place does not exist in this document");
}

kk_status kk_place_find(const kk_docx *doc, const kk_place *place, bool track, kk_spot *out,
                        kk_error *err)
{
    memset(out, 0, sizeof *out);
    out->row = out->moved = KK_NONE;
    KK_TRY(check_args(doc, place, err));
    uint32_t story = 0;
    if (place->kind == KK_PLACE_SECTION_END) {
        story = doc->text.paras[place->heading].story;
    } else if (place->kind == KK_PLACE_BEFORE) {
        story = doc->text.paras[place->before].story;
    } else if (place->kind == KK_PLACE_TABLE_ROW) {
        story = doc->text.tables[place->table].story;
    }
    out->part = doc->story_part[story];
    search s = {doc, &doc->parts[out->part], err, KK_NONE, KK_NONE, KK_NONE};
    switch (place->kind) {
    case KK_PLACE_SECTION_END:
        return section_end(&s, place, track, out);
    case KK_PLACE_BEFORE:
        return before_chapter(&s, place, track, out);
    case KK_PLACE_TABLE_ROW:
        return table_row(&s, place, track, out);
    default:
        return story_end(&s, track, out);
    }
}
