/* Takes list definitions of ours out of the numbering part when nothing refers to them any more.
 * Knows references by number; nothing of clauses. */
#include "cut.h"
#include "error.h"
#include "listnum.h"
#include "mark.h"
#include "str.h"
#include "wml.h"

typedef KK_VEC(uint32_t) number_list;

/* Does some splice of the part take this byte away? */
static bool is_removed(kk_edits *edits, kk_str name, uint32_t at)
{
    for (size_t i = 0; i < edits->targets.n; i++) {
        const kk_target *target = &edits->targets.items[i];
        if (!kk_str_equal(target->name, name)) {
            continue;
        }
        for (size_t s = 0; s < target->splices.list.n; s++) {
            const kk_splice *splice = &target->splices.list.items[s];
            if (splice->begin <= at && at < splice->end) {
                return true;
            }
        }
    }
    return false;
}

/* Next w:numId value in raw at or after *at; *at moves past it. 0 at the end. */
static uint32_t next_reference(kk_str raw, uint32_t *at, uint32_t end, uint32_t *where)
{
    size_t found = *at;
    while ((found = kk_str_find(kk_str_slice(raw, 0, end), KK_STR("numId"), found)) != SIZE_MAX) {
        size_t open = found;
        while (open > 0 && raw.ptr[open] != '<' && raw.ptr[open] != '>') {
            open--;
        }
        const size_t next = found + 5;
        kk_str value;
        uint32_t number = 0;
        const bool element = raw.ptr[open] == '<' && open + 12 > found;
        found = next;
        if (element && kk_cut_attr(raw, (uint32_t)open, "val", &value) &&
            kk_str_to_u32(value, &number) && number != 0) {
            *at = (uint32_t)next;
            *where = (uint32_t)open;
            return number;
        }
    }
    *at = end;
    return 0;
}

/* Is the number used in a story, outside what goes, or by a style? */
static bool is_used(kk_docx *doc, uint32_t number)
{
    kk_edits *edits = kk_edits_of(doc);
    for (uint32_t p = 0; p <= doc->n_parts; p++) {
        const kk_str raw = p < doc->n_parts ? doc->parts[p].raw : doc->styles.raw;
        const kk_str name = p < doc->n_parts ? doc->parts[p].name : doc->styles.part;
        uint32_t at = 0, where = 0, found;
        while ((found = next_reference(raw, &at, (uint32_t)raw.len, &where)) != 0) {
            if (found == number && !is_removed(edits, name, where)) {
                return true;
            }
        }
    }
    return false;
}

uint32_t kk_listnum_highest(kk_docx *doc)
{
    uint32_t highest = doc->numbering.max_num_id;
    for (uint32_t p = 0; p <= doc->n_parts; p++) {
        const kk_str raw = p < doc->n_parts ? doc->parts[p].raw : doc->styles.raw;
        uint32_t at = 0, where = 0, found;
        while ((found = next_reference(raw, &at, (uint32_t)raw.len, &where)) != 0) {
            highest = found > highest && found < 0x7ffffff0u ? found : highest;
        }
    }
    return highest;
}

/* The definition that the instance refers to, if it is one of ours: by its name. */
static const kk_abstract_num *our_abstract(const kk_docx *doc, kk_str w, const kk_num *num)
{
    const kk_str raw = doc->numbering.raw;
    kk_cut_element whole, name;
    kk_str value;
    if (num->abstract == KK_NONE) {
        return NULL;
    }
    const kk_abstract_num *a = &doc->numbering.abstracts[num->abstract];
    const bool ours =
        kk_cut_element_at(raw, a->begin, a->end, &whole) &&
        kk_cut_child(raw, whole.inner_begin, whole.inner_end, w, "name", &name) &&
        kk_cut_attr(raw, name.begin, "val", &value) &&
        (kk_str_is(value, KK_MARK_LIST) || kk_str_is(value, KK_MARK_LIST_COPY));
    return ours ? a : NULL;
}

/* Wording of a restarted instance as we write it: one override that begins at 1, nothing else. */
static bool is_our_restart(const kk_docx *doc, kk_str w, const kk_num *num)
{
    const kk_str raw = doc->numbering.raw;
    kk_cut_element whole, child, start;
    kk_str value;
    if (!kk_cut_element_at(raw, num->begin, num->end, &whole) ||
        !kk_cut_element_at(raw, whole.inner_begin, whole.inner_end, &child) ||
        !kk_cut_is(child.name, w, "abstractNumId") ||
        !kk_cut_element_at(raw, child.end, whole.inner_end, &child) ||
        !kk_cut_is(child.name, w, "lvlOverride") || child.end != whole.inner_end) {
        return false;
    }
    return kk_cut_element_at(raw, child.inner_begin, child.inner_end, &start) &&
           kk_cut_is(start.name, w, "startOverride") && start.end == child.inner_end &&
           kk_cut_attr(raw, start.begin, "val", &value) && kk_str_is(value, "1");
}

static kk_str root_prefix(kk_str raw)
{
    kk_cut_element root;
    const uint32_t at = kk_str_starts(raw, KK_STR("\xEF\xBB\xBF")) ? 3 : 0;
    return kk_cut_element_at(raw, at, (uint32_t)raw.len, &root) ? kk_cut_prefix(root.name)
                                                                : KK_STR("");
}

/* Was the numbering part made by us? Its relationship says so. */
static bool is_our_part(const kk_docx *doc)
{
    const kk_rels *rels = &doc->package.main_rels;
    for (uint32_t i = 0; i < rels->n; i++) {
        if (kk_str_equal(rels->items[i].part, doc->numbering.part)) {
            return kk_str_starts(rels->items[i].id, KK_STR("rIdKk"));
        }
    }
    return false;
}

static kk_status delete_range(kk_docx *doc, uint32_t begin, uint32_t end, kk_error *err)
{
    kk_target *target;
    KK_TRY(kk_edits_entry(doc, doc->numbering.entry, &target, err));
    return kk_edits_splice(doc, target, begin, end, KK_STR(""), err);
}

/* Takes out one instance and, when it was the last of our definition, that too. */
static kk_status release_num(kk_docx *doc, kk_str w, const kk_num *num, kk_error *err)
{
    const kk_numbering *numbering = &doc->numbering;
    kk_edits *edits = kk_edits_of(doc);
    const kk_abstract_num *ours = our_abstract(doc, w, num);
    if ((ours == NULL && !is_our_restart(doc, w, num)) || is_used(doc, num->id) ||
        is_removed(edits, numbering->part, num->begin)) {
        return KK_OK;
    }
    uint32_t left = 0, left_of_ours = 0;
    for (uint32_t i = 0; i < numbering->n_nums; i++) {
        const kk_num *other = &numbering->nums[i];
        const bool stays = other != num && !is_removed(edits, numbering->part, other->begin);
        left += stays ? 1 : 0;
        left_of_ours += stays && other->abstract == num->abstract ? 1 : 0;
    }
    if (is_our_part(doc) && left == 0 && numbering->n_abstracts == 1 && ours != NULL) {
        return kk_edits_remove_part(doc, numbering->part, err);
    }
    KK_TRY(delete_range(doc, num->begin, num->end, err));
    return ours != NULL && left_of_ours == 0 ? delete_range(doc, ours->begin, ours->end, err) : KK_OK;
}

/* A root that was opened for us and is empty again is written as it was. */
static kk_status close_root(kk_docx *doc, kk_error *err)
{
    const kk_str raw = doc->numbering.raw;
    kk_edits *edits = kk_edits_of(doc);
    kk_cut_element root, child;
    const uint32_t from = kk_str_starts(raw, KK_STR("\xEF\xBB\xBF")) ? 3 : 0;
    if (!kk_cut_element_at(raw, from, (uint32_t)raw.len, &root) || root.empty_tag || root.end < 2 ||
        raw.ptr[root.end - 2] != ' ' || is_removed(edits, doc->numbering.part, root.inner_end)) {
        return KK_OK;
    }
    uint32_t at = root.inner_begin;
    for (; kk_cut_element_at(raw, at, root.inner_end, &child); at = child.end) {
        if (child.begin != at || !is_removed(edits, doc->numbering.part, child.begin)) {
            return KK_OK;
        }
    }
    if (at != root.inner_end) {
        return KK_OK;
    }
    kk_target *target;
    KK_TRY(kk_edits_entry(doc, doc->numbering.entry, &target, err));
    KK_TRY(kk_edits_splice(doc, target, root.inner_begin - 1, root.inner_begin, KK_STR("/>"), err));
    return kk_edits_splice(doc, target, root.inner_end, root.end, KK_STR(""), err);
}

kk_status kk_listnum_release(kk_docx *doc, uint32_t part, uint32_t begin, uint32_t end,
                             kk_error *err)
{
    const kk_str raw = doc->parts[part].raw;
    number_list seen = {NULL, 0, 0};
    kk_status status = KK_OK;
    const kk_str w = root_prefix(doc->numbering.raw);
    uint32_t at = begin, where = 0, number;
    while (status == KK_OK && (number = next_reference(raw, &at, end, &where)) != 0) {
        bool known = false;
        for (size_t i = 0; i < seen.n; i++) {
            known = known || seen.items[i] == number;
        }
        const kk_num *num = kk_num_by_id(&doc->numbering, number);
        if (known || num == NULL) {
            continue;
        }
        status = kk_vec_push(&seen, number) ? release_num(doc, w, num, err) : kk_fail_nomem(err);
    }
    const bool any = seen.n > 0;
    kk_vec_free(&seen);
    return status == KK_OK && any ? close_root(doc, err) : status;
}
