/* Adds list definitions to the numbering part and takes them out again. Knows the numbering model
 * and its raw bytes; nothing of clauses. */
#include "listnum.h"

#include "cut.h"
#include "error.h"
#include "mark.h"
#include "str.h"
#include "wml.h"

#define NUMBERING_TYPE                                                                             \
    "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"

/* The root of the numbering part as a one-node part, so that names can be found. */
typedef struct numbering_root {
    kk_part part;
    kk_node node;
    kk_cut_element element;
} numbering_root;

static bool read_root(kk_str raw, bool strict, numbering_root *root)
{
    const uint32_t at = kk_str_starts(raw, KK_STR("\xEF\xBB\xBF")) ? 3 : 0;
    if (!kk_cut_element_at(raw, at, (uint32_t)raw.len, &root->element)) {
        return false;
    }
    root->node = (kk_node){.begin = root->element.begin, .inner_begin = root->element.inner_begin};
    root->part = (kk_part){.raw = raw, .strict = strict, .nodes = &root->node, .n_nodes = 1};
    root->part.w = kk_cut_prefix(root->element.name);
    return true;
}

/* Where new definitions belong: abstract ones before the first w:num, w:num after the last. */
static void offsets(const numbering_root *root, uint32_t *abstract, uint32_t *num)
{
    kk_cut_element child;
    const kk_str raw = root->part.raw;
    *abstract = *num = root->element.inner_end;
    bool seen = false, closed = false;
    for (uint32_t at = root->element.inner_begin;
         kk_cut_element_at(raw, at, root->element.inner_end, &child); at = child.end) {
        if (kk_cut_is(child.name, root->part.w, "num")) {
            *abstract = seen ? *abstract : child.begin;
            *num = child.end;
            seen = true;
        } else if (kk_cut_is(child.name, root->part.w, "numIdMacAtCleanup") && !seen && !closed) {
            *abstract = *num = child.begin;
            closed = true;
        }
    }
}

static void put_bullet(kk_wml *wml, uint32_t abstract)
{
    kk_wml_put(wml, "<~abstractNum");
    kk_wml_attr_u32(wml, "abstractNumId", abstract);
    kk_wml_put(wml, "><~nsid @val=\"4B4C494D\"/><~multiLevelType @val=\"hybridMultilevel\"/>"
                    "<~name @val=\"" KK_MARK_LIST "\"/><~lvl @ilvl=\"0\"><~start @val=\"1\"/>"
                    "<~numFmt @val=\"bullet\"/><~lvlText @val=\"\xE2\x80\xA2\"/><~pPr>");
    kk_wml_put(wml, wml->names.strict ? "<~ind @start" : "<~ind @left");
    kk_wml_put(wml, "=\"720\" @hanging=\"360\"/></~pPr></~lvl></~abstractNum>");
}

/* A w:num; restart >= 0 makes that level begin at 1. */
static void put_num(kk_wml *wml, uint32_t num, uint32_t abstract, int restart)
{
    kk_wml_put(wml, "<~num");
    kk_wml_attr_u32(wml, "numId", num);
    kk_wml_put(wml, "><~abstractNumId");
    kk_wml_attr_u32(wml, "val", abstract);
    kk_wml_put(wml, "/>");
    if (restart >= 0) {
        kk_wml_put(wml, "<~lvlOverride");
        kk_wml_attr_u32(wml, "ilvl", (uint32_t)restart);
        kk_wml_put(wml, "><~startOverride @val=\"1\"/></~lvlOverride>");
    }
    kk_wml_put(wml, "</~num>");
}

/* Is this w:abstractNum ours? */
static bool is_ours(const numbering_root *root, const kk_cut_element *abstract)
{
    kk_cut_element name;
    kk_str value;
    return kk_cut_is(abstract->name, root->part.w, "abstractNum") &&
           kk_cut_child(root->part.raw, abstract->inner_begin, abstract->inner_end, root->part.w,
                        "name", &name) &&
           kk_cut_attr(root->part.raw, name.begin, "val", &value) && kk_str_is(value, KK_MARK_LIST);
}

/* Our abstract definition in the part as it was opened; false if it has none. */
static bool find_ours(const numbering_root *root, kk_cut_element *out, kk_str *id)
{
    for (uint32_t at = root->element.inner_begin;
         kk_cut_element_at(root->part.raw, at, root->element.inner_end, out); at = out->end) {
        if (is_ours(root, out)) {
            return kk_cut_attr(root->part.raw, out->begin, "abstractNumId", id);
        }
    }
    return false;
}

/* The abstractNumId that a w:num refers to. */
static bool abstract_of(const numbering_root *root, const kk_cut_element *num, kk_str *id)
{
    kk_cut_element child;
    return kk_cut_is(num->name, root->part.w, "num") &&
           kk_cut_child(root->part.raw, num->inner_begin, num->inner_end, root->part.w,
                        "abstractNumId", &child) &&
           kk_cut_attr(root->part.raw, child.begin, "val", id);
}

static uint32_t earlier_bullet(const numbering_root *root)
{
    kk_cut_element abstract, num;
    kk_str id, reference, value;
    uint32_t found = 0;
    if (!find_ours(root, &abstract, &id)) {
        return 0;
    }
    for (uint32_t at = root->element.inner_begin;
         kk_cut_element_at(root->part.raw, at, root->element.inner_end, &num); at = num.end) {
        if (abstract_of(root, &num, &reference) && kk_str_equal(reference, id) && found == 0 &&
            kk_cut_attr(root->part.raw, num.begin, "numId", &value)) {
            (void)kk_str_to_u32(value, &found);
        }
    }
    return found;
}

static kk_status make_part(kk_docx *doc, uint32_t *num, kk_error *err)
{
    kk_buf out;
    kk_buf_init(&out, 0);
    const bool strict = doc->package.strict;
    kk_wml wml = {.out = &out, .names = {KK_STR("w"), KK_STR("w"), KK_STR(""), strict}};
    kk_buf_puts(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                      "<w:numbering xmlns:w=\"");
    kk_buf_puts(&out, strict ? "http://purl.oclc.org/ooxml/wordprocessingml/main"
                             : "http://schemas.openxmlformats.org/wordprocessingml/2006/main");
    kk_buf_puts(&out, "\">");
    put_bullet(&wml, 0);
    *num = kk_listnum_highest(doc) + 1;
    put_num(&wml, *num, 0, -1);
    kk_buf_puts(&out, "</w:numbering>");
    kk_status status = out.failed == KK_OK ? KK_OK : kk_fail_nomem(err);
    if (status == KK_OK) {
        const kk_new_part part = {.base = "numbering",
                                  .type = NUMBERING_TYPE,
                                  .relationship = "numbering",
                                  .content = kk_buf_view(&out)};
        kk_target *target;
        status = kk_edits_add_part(doc, &part, &target, err);
    }
    kk_buf_dispose(&out);
    return status;
}

/* Opens a root written <x/>, once. The blank in its end tag tells kk_listnum_release that it was
 * so. */
static kk_status open_root(kk_docx *doc, kk_target *target, const numbering_root *root,
                           kk_error *err)
{
    if (target->splices.list.n > 0) {
        return KK_OK;
    }
    const kk_str close = kk_arena_printf(kk_edits_of(doc)->arena, "</%.*s >",
                                         (int)root->element.name.len, root->element.name.ptr);
    const uint32_t end = root->element.end;
    KK_TRY(kk_edits_splice(doc, target, end - 2, end, KK_STR(">"), err));
    return kk_edits_splice_late(doc, target, end, close, err);
}

/* Writes an abstract definition (may be empty) and an instance where they belong. */
static kk_status add_definitions(kk_docx *doc, const numbering_root *root, kk_str abstract,
                                 kk_str num, kk_error *err)
{
    kk_target *target;
    KK_TRY(kk_edits_entry(doc, doc->numbering.entry, &target, err));
    uint32_t abstract_at, num_at;
    offsets(root, &abstract_at, &num_at);
    if (root->element.empty_tag) {
        KK_TRY(open_root(doc, target, root, err));
        abstract_at = num_at = root->element.end;
    }
    if (abstract.len > 0) {
        KK_TRY(kk_edits_splice(doc, target, abstract_at, abstract_at, abstract, err));
    }
    return root->element.empty_tag ? kk_edits_splice(doc, target, num_at, num_at, num, err)
                                   : kk_edits_splice_late(doc, target, num_at, num, err);
}

static void next_ids(kk_docx *doc, kk_edits *edits)
{
    if (edits->next_num == 0) {
        edits->next_num = kk_listnum_highest(doc) + 1;
        edits->next_abstract =
            doc->numbering.n_abstracts == 0 ? 0 : doc->numbering.max_abstract_id + 1;
    }
}

/* A copy of somebody's definition, with counters of its own: instances of one definition count on
 * from each other in Word, so that a list of ours between two items of theirs would change the
 * numbers behind it. False where it has no levels of its own (it points to a style). */
static bool put_copy(kk_wml *wml, const numbering_root *root, const kk_abstract_num *source,
                     uint32_t id)
{
    const kk_str raw = root->part.raw, w = root->part.w;
    kk_cut_element whole, child, style;
    uint32_t levels = 0;
    if (!kk_cut_element_at(raw, source->begin, source->end, &whole)) {
        return false;
    }
    kk_wml_put(wml, "<~abstractNum");
    kk_wml_attr_u32(wml, "abstractNumId", id);
    kk_wml_put(wml, ">");
    if (kk_cut_child(raw, whole.inner_begin, whole.inner_end, w, "multiLevelType", &child)) {
        kk_buf_str(wml->out, kk_str_slice(raw, child.begin, child.end));
    }
    kk_wml_put(wml, "<~name @val=\"" KK_MARK_LIST_COPY "\"/>");
    for (uint32_t at = whole.inner_begin; kk_cut_element_at(raw, at, whole.inner_end, &child);
         at = child.end) {
        if (!kk_cut_is(child.name, w, "lvl")) {
            continue;
        }
        const bool styled =
            kk_cut_child(raw, child.inner_begin, child.inner_end, w, "pStyle", &style);
        kk_buf_str(wml->out, kk_str_slice(raw, child.begin, styled ? style.begin : child.end));
        kk_buf_str(wml->out, styled ? kk_str_slice(raw, style.end, child.end) : KK_STR(""));
        levels++;
    }
    kk_wml_put(wml, "</~abstractNum>");
    return levels > 0;
}

/* Adds a definition and a w:num to the existing part: our bullets, or (source) a copy of somebody's
 * list whose level `restart` begins at 1. */
static kk_status extend_part(kk_docx *doc, const kk_abstract_num *source, int restart,
                             uint32_t *num, kk_error *err)
{
    numbering_root root;
    kk_edits *edits = kk_edits_of(doc);
    if (!read_root(doc->numbering.raw, doc->package.strict, &root)) {
        return kk_fail(err, KK_E_FORMAT, "", "the numbering part has no root element");
    }
    next_ids(doc, edits);
    kk_buf definition, instance;
    kk_buf_init(&definition, 0);
    kk_buf_init(&instance, 0);
    kk_wml wml = {.out = &definition, .names = kk_names_of(&root.part)};
    *num = edits->next_num++;
    uint32_t abstract = edits->next_abstract;
    if (source == NULL) {
        put_bullet(&wml, abstract);
    } else if (!put_copy(&wml, &root, source, abstract)) {
        kk_buf_clear(&definition);
        abstract = source->id;
    }
    edits->next_abstract += definition.len > 0 ? 1 : 0;
    wml.out = &instance;
    put_num(&wml, *num, abstract, restart);
    kk_status status =
        definition.failed == KK_OK && instance.failed == KK_OK ? KK_OK : kk_fail_nomem(err);
    if (status == KK_OK) {
        status = add_definitions(doc, &root, kk_buf_view(&definition), kk_buf_view(&instance), err);
    }
    kk_buf_dispose(&definition);
    kk_buf_dispose(&instance);
    return status;
}

kk_status kk_listnum_bullet(kk_docx *doc, uint32_t *num, kk_error *err)
{
    kk_edits *edits = kk_edits_of(doc);
    if (edits == NULL) {
        return kk_fail_nomem(err);
    }
    numbering_root root;
    if (edits->bullet_num == 0 && doc->numbering.part.len > 0 &&
        read_root(doc->numbering.raw, doc->package.strict, &root)) {
        edits->bullet_num = earlier_bullet(&root);
    }
    *num = edits->bullet_num;
    if (*num != 0) {
        return KK_OK;
    }
    const kk_status status = doc->numbering.part.len == 0 ? make_part(doc, num, err)
                                                          : extend_part(doc, NULL, -1, num, err);
    edits->bullet_num = status == KK_OK ? *num : 0;
    return status;
}

kk_status kk_listnum_restart(kk_docx *doc, uint32_t source, uint32_t level, uint32_t *num,
                             kk_error *err)
{
    const kk_num *old = kk_num_by_id(&doc->numbering, source);
    if (kk_edits_of(doc) == NULL) {
        return kk_fail_nomem(err);
    }
    if (old == NULL || old->abstract == KK_NONE) {
        return kk_listnum_bullet(doc, num, err);
    }
    const kk_abstract_num *abstracts = doc->numbering.abstracts;
    return extend_part(doc, &abstracts[abstracts[old->abstract].target], (int)level, num, err);
}
