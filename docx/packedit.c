/* Adds and removes parts of the package: relationships and content types by splices like any other
 * XML. Knows OPC; nothing of what the parts say. */
#include "cut.h"
#include "edits.h"
#include "error.h"
#include "str.h"

#define TRANSITIONAL "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define STRICT       "http://purl.oclc.org/ooxml/officeDocument/relationships/"

/* Root element of a part: skips declaration and comments. */
static bool root_of(kk_str raw, kk_cut_element *root)
{
    uint32_t at = 0;
    const bool bom = kk_str_starts(raw, KK_STR("\xEF\xBB\xBF"));
    return kk_cut_element_at(raw, bom ? 3 : at, (uint32_t)raw.len, root);
}

/* Appends an element before the root's end tag; a root written <x/> is opened. */
static kk_status append_child(kk_docx *doc, kk_target *target, kk_str child, kk_error *err)
{
    kk_cut_element root;
    if (!root_of(target->raw, &root)) {
        return kk_fail_at(err, KK_E_FORMAT, "", target->name, 0, "the part has no root element");
    }
    if (!root.empty_tag) {
        return kk_edits_splice(doc, target, root.inner_end, root.inner_end, child, err);
    }
    kk_edits *edits = kk_edits_of(doc);
    const kk_str opened = kk_arena_printf(edits->arena, ">%.*s</%.*s>", (int)child.len, child.ptr,
                                          (int)root.name.len, root.name.ptr);
    if (opened.ptr == NULL) {
        return kk_fail_nomem(err);
    }
    return kk_edits_splice(doc, target, root.end - 2, root.end, opened, err);
}

/* "ns:" of the root, or "". */
static kk_str root_prefix(kk_str raw)
{
    kk_cut_element root;
    if (!root_of(raw, &root)) {
        return KK_STR("");
    }
    const kk_str prefix = kk_cut_prefix(root.name);
    return prefix.len == 0 ? prefix : kk_str_slice(root.name, 0, prefix.len + 1);
}

/* Folder of a part with its slash: "word/" of "word/document.xml". */
static kk_str folder_of(kk_str part)
{
    size_t n = part.len;
    while (n > 0 && part.ptr[n - 1] != '/') {
        n--;
    }
    return kk_str_slice(part, 0, n);
}

static kk_status free_name(kk_docx *doc, const char *base, kk_str *out, kk_error *err)
{
    kk_edits *edits = kk_edits_of(doc);
    const kk_str folder = folder_of(doc->package.main_part);
    for (unsigned i = 0; i < 10000; i++) {
        const kk_str name =
            i == 0 ? kk_arena_printf(edits->arena, "%.*s%s.xml", (int)folder.len, folder.ptr, base)
                   : kk_arena_printf(edits->arena, "%.*s%s%u.xml", (int)folder.len, folder.ptr,
                                     base, i);
        if (name.ptr == NULL) {
            return kk_fail_nomem(err);
        }
        if (kk_zip_find(doc->package.zip, name) == KK_NONE && kk_edits_added(edits, name) == NULL) {
            *out = name;
            return KK_OK;
        }
    }
    return kk_fail(err, KK_E_LIMIT, "limit", "no free part name for %s", base);
}

static kk_status add_override(kk_docx *doc, kk_str part, const char *type, kk_error *err)
{
    kk_target *types = NULL;
    KK_TRY(kk_edits_entry(doc, doc->package.types_entry, &types, err));
    if (types == NULL) {
        return kk_fail_nomem(err);
    }
    const kk_str prefix = root_prefix(types->raw);
    const kk_str child = kk_arena_printf(
        kk_edits_of(doc)->arena, "<%.*sOverride PartName=\"/%.*s\" ContentType=\"%s\"/>",
        (int)prefix.len, prefix.ptr, (int)part.len, part.ptr, type);
    if (child.ptr == NULL) {
        return kk_fail_nomem(err);
    }
    return append_child(doc, types, child, err);
}

/* The relationships target of the main part; made when the main part has none yet. */
static kk_status rels_target(kk_docx *doc, kk_target **out, kk_error *err)
{
    kk_edits *edits = kk_edits_of(doc);
    if (doc->package.main_rels.entry != KK_NONE) {
        return kk_edits_entry(doc, doc->package.main_rels.entry, out, err);
    }
    *out = kk_edits_added(edits, doc->package.main_rels.part);
    if (*out != NULL) {
        return KK_OK;
    }
    const kk_target target = {
        .name = doc->package.main_rels.part,
        .entry = KK_NONE,
        .raw = KK_STR("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
                      "relationships\"></Relationships>")};
    if (!kk_vec_push(&edits->targets, target)) {
        return kk_fail_nomem(err);
    }
    *out = &edits->targets.items[edits->targets.n - 1];
    return KK_OK;
}

/* A relationship id that the part does not use, recognisable as ours: rIdKk1 ... */
static kk_str free_rel_id(kk_docx *doc, const kk_target *rels)
{
    kk_edits *edits = kk_edits_of(doc);
    for (unsigned i = 1; i < 100000; i++) {
        const kk_str id = kk_arena_printf(edits->arena, "rIdKk%u", i);
        const kk_str quoted = kk_arena_printf(edits->arena, "\"%.*s\"", (int)id.len, id.ptr);
        if (id.ptr == NULL || quoted.ptr == NULL) {
            break;
        }
        bool used = kk_rels_by_id(&doc->package.main_rels, id) != NULL;
        for (size_t s = 0; s < rels->splices.list.n && !used; s++) {
            used = kk_str_find(rels->splices.list.items[s].bytes, quoted, 0) != SIZE_MAX;
        }
        if (!used) {
            return id;
        }
    }
    return (kk_str){NULL, 0};
}

static kk_status add_relationship(kk_docx *doc, const kk_new_part *part, kk_str name, kk_error *err)
{
    kk_target *rels = NULL;
    KK_TRY(rels_target(doc, &rels, err));
    if (rels == NULL) {
        return kk_fail_nomem(err);
    }
    const kk_str prefix = root_prefix(rels->raw);
    const kk_str id = free_rel_id(doc, rels);
    const size_t folder = folder_of(doc->package.main_part).len;
    const char *base = part->relationship_base != NULL ? part->relationship_base
                       : doc->package.strict           ? STRICT
                                                       : TRANSITIONAL;
    const kk_str child = kk_arena_printf(
        kk_edits_of(doc)->arena, "<%.*sRelationship Id=\"%.*s\" Type=\"%s%s\" Target=\"%.*s\"/>",
        (int)prefix.len, prefix.ptr, (int)id.len, id.ptr, base, part->relationship,
        (int)(name.len - folder), name.ptr + folder);
    if (id.ptr == NULL || child.ptr == NULL) {
        return kk_fail_nomem(err);
    }
    return append_child(doc, rels, child, err);
}

kk_status kk_edits_add_part(kk_docx *doc, const kk_new_part *part, kk_target **out, kk_error *err)
{
    kk_edits *edits = kk_edits_of(doc);
    if (edits == NULL) {
        return kk_fail_nomem(err);
    }
    kk_str name = KK_STR("");
    KK_TRY(free_name(doc, part->base, &name, err));
    KK_TRY(add_override(doc, name, part->type, err));
    KK_TRY(add_relationship(doc, part, name, err));
    const kk_target target = {
        .name = name, .entry = KK_NONE, .raw = kk_arena_str(edits->arena, part->content)};
    if (target.raw.ptr == NULL || !kk_vec_push(&edits->targets, target)) {
        return kk_fail_nomem(err);
    }
    *out = &edits->targets.items[edits->targets.n - 1];
    return KK_OK;
}

/* Deletes the children of a part's root for which `matches` holds. */
static kk_status delete_children(kk_docx *doc, kk_target *target,
                                 bool (*matches)(void *context, kk_str raw, uint32_t begin),
                                 void *context, kk_error *err)
{
    kk_cut_element root, child;
    if (!root_of(target->raw, &root)) {
        return KK_OK;
    }
    kk_status status = KK_OK;
    uint32_t at = root.inner_begin;
    while (status == KK_OK && kk_cut_element_at(target->raw, at, root.inner_end, &child)) {
        at = child.end;
        if (matches(context, target->raw, child.begin)) {
            status = kk_edits_splice(doc, target, child.begin, child.end, KK_STR(""), err);
        }
    }
    return status;
}

/* The same in the part of a zip entry. */
static kk_status delete_in(kk_docx *doc, uint32_t entry,
                           bool (*matches)(void *context, kk_str raw, uint32_t begin),
                           void *context, kk_error *err)
{
    kk_target *target;
    KK_TRY(kk_edits_entry(doc, entry, &target, err));
    return delete_children(doc, target, matches, context, err);
}

static bool is_override_of(void *context, kk_str raw, uint32_t begin)
{
    const kk_str *part = context;
    kk_str name;
    return kk_cut_attr(raw, begin, "PartName", &name) && name.len == part->len + 1 &&
           kk_str_equal(kk_str_slice(name, 1, name.len), *part);
}

static bool is_relationship(void *context, kk_str raw, uint32_t begin)
{
    const kk_str *id = context;
    kk_str value;
    return kk_cut_attr(raw, begin, "Id", &value) && kk_str_equal(value, *id);
}

kk_status kk_edits_remove_part(kk_docx *doc, kk_str name, kk_error *err)
{
    const uint32_t entry = kk_zip_find(doc->package.zip, name);
    if (entry == KK_NONE) {
        return KK_OK;
    }
    KK_TRY(kk_edits_remove_entry(doc, entry, err));
    KK_TRY(delete_in(doc, doc->package.types_entry, is_override_of, &name, err));
    const kk_rels *rels = &doc->package.main_rels;
    kk_status status = KK_OK;
    for (uint32_t i = 0; i < rels->n && status == KK_OK; i++) {
        if (kk_str_equal(rels->items[i].part, name)) {
            status = delete_in(doc, rels->entry, is_relationship, &rels->items[i].id, err);
        }
    }
    return status;
}

static bool is_signature_type(void *context, kk_str raw, uint32_t begin)
{
    kk_str name;
    (void)context;
    return (kk_cut_attr(raw, begin, "PartName", &name) &&
            kk_str_starts(name, KK_STR("/_xmlsignatures/"))) ||
           (kk_cut_attr(raw, begin, "Extension", &name) && kk_str_is_nocase(name, "sigs"));
}

static bool is_signature_origin(void *context, kk_str raw, uint32_t begin)
{
    kk_str type;
    (void)context;
    return kk_cut_attr(raw, begin, "Type", &type) &&
           kk_str_ends(type, KK_STR("/digital-signature/origin"));
}

kk_status kk_edits_drop_signature(kk_docx *doc, kk_error *err)
{
    uint32_t n = 0;
    const kk_zip_entry *entries = kk_zip_entries(doc->package.zip, &n);
    kk_status status = KK_OK;
    for (uint32_t i = 0; i < n && status == KK_OK; i++) {
        if (kk_str_starts(entries[i].name, KK_STR("_xmlsignatures/"))) {
            status = kk_edits_remove_entry(doc, i, err);
        }
    }
    if (status == KK_OK) {
        status = delete_in(doc, doc->package.types_entry, is_signature_type, NULL, err);
    }
    if (status == KK_OK && doc->package.root.entry != KK_NONE) {
        status = delete_in(doc, doc->package.root.entry, is_signature_origin, NULL, err);
    }
    return status;
}
