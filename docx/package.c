/* The package: content types, relationships, the main part. Says in plain words what a file is when
 * it is no Word document. Must not look into stories. */
#include "package.h"

#include "encoding.h"
#include "error.h"
#include "str.h"
#include "vec.h"
#include "xmlscan.h"

#include <string.h>

kk_status kk_package_xml(kk_package *package, uint32_t entry, kk_str *raw, bool *transcoded,
                         kk_error *err)
{
    *transcoded = false;
    KK_TRY(kk_zip_read(package->zip, entry, raw, err));
    const kk_encoding encoding = kk_encoding_of(*raw);
    if (encoding != KK_ENCODING_UTF16LE && encoding != KK_ENCODING_UTF16BE) {
        return KK_OK; /* the scanner refuses whatever is not UTF-8 */
    }
    uint32_t n;
    const kk_str part = kk_zip_entries(package->zip, &n)[entry].name;
    kk_buf utf8;
    kk_buf_init(&utf8, 0);
    kk_status status = kk_encoding_utf16(*raw, encoding == KK_ENCODING_UTF16BE, part,
                                         package->limits->part_bytes, &utf8, err);
    if (status == KK_OK) {
        *raw = kk_arena_str(package->arena, kk_buf_view(&utf8));
        status = raw->ptr == NULL ? kk_fail_nomem(err) : KK_OK;
        *transcoded = true;
    }
    kk_buf_dispose(&utf8);
    return status;
}

/* ---- names --------------------------------------------------------------------------------- */

/* Length of the folder of a part name, its '/' included. */
static size_t folder_len(kk_str part)
{
    size_t at = part.len;
    while (at > 0 && part.ptr[at - 1] != '/') {
        at--;
    }
    return at;
}

kk_str kk_package_rels_name(kk_arena *arena, kk_str part)
{
    const int folder = (int)folder_len(part);
    return kk_arena_printf(arena, "%.*s_rels/%.*s.rels", folder, part.len == 0 ? "" : part.ptr,
                           (int)part.len - folder, part.len == 0 ? "" : part.ptr + folder);
}

static int hex_of(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Percent escapes undone, but for '/', '\' and control characters, which would change the path. */
static void unescape(kk_buf *out, kk_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        const int high = i + 2 < s.len && s.ptr[i] == '%' ? hex_of(s.ptr[i + 1]) : -1;
        const int low = high < 0 ? -1 : hex_of(s.ptr[i + 2]);
        const int c = low < 0 ? -1 : high * 16 + low;
        if (c < 0x20 || c == '/' || c == '\\') {
            kk_buf_putc(out, s.ptr[i]);
        } else {
            kk_buf_putc(out, (char)c);
            i += 2;
        }
    }
}

/* Appends path to *out segment by segment. False if it climbs above the root. */
static bool walk(kk_buf *out, kk_str path)
{
    kk_str segment;
    while (kk_str_split(&path, '/', &segment)) {
        if (segment.len == 0 || kk_str_is(segment, ".")) {
            continue;
        }
        if (!kk_str_is(segment, "..")) {
            if (out->len > 0) {
                kk_buf_putc(out, '/');
            }
            unescape(out, segment);
            continue;
        }
        if (out->len == 0) {
            return false;
        }
        while (out->len > 0 && out->ptr[out->len - 1] != '/') {
            out->len--;
        }
        if (out->len > 0) {
            out->len--;
        }
    }
    return true;
}

kk_str kk_package_resolve(kk_arena *arena, kk_str source, kk_str target)
{
    const size_t fragment = kk_str_find(target, KK_STR("#"), 0);
    target = kk_str_slice(target, 0, fragment == SIZE_MAX ? target.len : fragment);
    if (target.len == 0) {
        return KK_STR("");
    }
    kk_buf out;
    kk_buf_init(&out, 0);
    const bool absolute = target.ptr[0] == '/';
    const kk_str folder = kk_str_slice(source, 0, absolute ? 0 : folder_len(source));
    kk_str name = KK_STR("");
    const bool inside = walk(&out, folder) && walk(&out, target) && out.len > 0;
    if (out.failed != KK_OK) {
        name = (kk_str){NULL, 0};
    } else if (inside) {
        name = kk_arena_str(arena, kk_buf_view(&out));
    }
    kk_buf_dispose(&out);
    return name;
}

/* ---- content types ------------------------------------------------------------------------- */

typedef struct types_reader {
    kk_package *package;
    KK_VEC(kk_str) types;
    kk_error *err;
} types_reader;

static kk_status on_type(void *context, kk_xml *xml, const kk_xml_tag *tag)
{
    (void)xml;
    types_reader *in = context;
    if (tag->ns != KK_NS_TYPES || (tag->word != KK_W_Override && tag->word != KK_W_Default)) {
        return KK_OK;
    }
    const bool override = tag->word == KK_W_Override;
    kk_str key;
    kk_str type;
    if (!kk_xml_attr_get(tag, KK_NS_NONE, override ? KK_W_PartName : KK_W_Extension, &key) ||
        !kk_xml_attr_get(tag, KK_NS_NONE, KK_W_ContentType, &type)) {
        return KK_OK;
    }
    if (override && kk_str_starts(key, KK_STR("/"))) {
        key = kk_str_slice(key, 1, key.len);
    }
    key = kk_arena_str(in->package->arena, key);
    type = kk_arena_str(in->package->arena, type);
    kk_strmap *map = override ? &in->package->overrides : &in->package->defaults;
    if (key.ptr == NULL || type.ptr == NULL ||
        !kk_strmap_put(map, key, (uint32_t)in->types.n, NULL) || !kk_vec_push(&in->types, type)) {
        return kk_fail_nomem(in->err);
    }
    return KK_OK;
}

kk_status kk_package_types_read(kk_package *package, kk_error *err)
{
    package->overrides.nocase = package->defaults.nocase = true;
    package->types_entry = kk_zip_find(package->zip, KK_STR("[Content_Types].xml"));
    if (package->types_entry == KK_NONE) {
        return KK_OK; /* what else it is, the caller finds out */
    }
    kk_str raw;
    bool transcoded;
    KK_TRY(kk_package_xml(package, package->types_entry, &raw, &transcoded, err));
    static const kk_xml_handler handler = {.start = on_type};
    types_reader in = {.package = package, .err = err};
    kk_status status =
        kk_xml_scan(raw, KK_STR("[Content_Types].xml"), package->limits, &handler, &in, err);
    if (status == KK_OK && in.types.n > 0) {
        package->n_types = (uint32_t)in.types.n;
        package->types = kk_arena_array(package->arena, in.types.n, sizeof *package->types);
        if (package->types == NULL) {
            status = kk_fail_nomem(err);
        } else {
            memcpy(package->types, in.types.items, in.types.n * sizeof *package->types);
        }
    }
    kk_vec_free(&in.types);
    return status;
}

kk_str kk_package_type(const kk_package *package, kk_str part)
{
    uint32_t index = kk_strmap_get(&package->overrides, part);
    if (index == KK_NONE) {
        size_t dot = part.len;
        while (dot > 0 && part.ptr[dot - 1] != '.' && part.ptr[dot - 1] != '/') {
            dot--;
        }
        const bool has_extension = dot > 0 && part.ptr[dot - 1] == '.';
        index = has_extension ? kk_strmap_get(&package->defaults, kk_str_slice(part, dot, part.len))
                              : KK_NONE;
    }
    return index == KK_NONE ? (kk_str){NULL, 0} : package->types[index];
}

/* ---- relationships ------------------------------------------------------------------------- */

/* By the last segment of the type URI, when it begins as the standard or Microsoft has it. */
static const struct {
    const char *name;
    kk_rel_kind kind;
} kinds[] = {
    {"officeDocument", KK_REL_DOCUMENT},
    {"styles", KK_REL_STYLES},
    {"numbering", KK_REL_NUMBERING},
    {"settings", KK_REL_SETTINGS},
    {"header", KK_REL_HEADER},
    {"footer", KK_REL_FOOTER},
    {"footnotes", KK_REL_FOOTNOTES},
    {"endnotes", KK_REL_ENDNOTES},
    {"comments", KK_REL_COMMENTS},
    {"commentsExtended", KK_REL_COMMENTS_EX},
    {"commentsIds", KK_REL_COMMENTS_IDS},
    {"commentsExtensible", KK_REL_COMMENTS_EXTENSIBLE},
    {"people", KK_REL_PEOPLE},
    {"glossaryDocument", KK_REL_GLOSSARY},
    {"aFChunk", KK_REL_CHUNK},
    {"subDocument", KK_REL_SUBDOC},
    {"vbaProject", KK_REL_MACROS},
    {"origin", KK_REL_SIGNATURE_ORIGIN},
    {"signature", KK_REL_SIGNATURE},
};

static kk_rel_kind kind_of(kk_str type, bool *strict)
{
    *strict = kk_str_starts(type, KK_STR("http://purl.oclc.org/ooxml/"));
    if (!*strict && !kk_str_starts(type, KK_STR("http://schemas.openxmlformats.org/")) &&
        !kk_str_starts(type, KK_STR("http://schemas.microsoft.com/office/"))) {
        return KK_REL_OTHER;
    }
    const kk_str name = kk_str_slice(type, folder_len(type), type.len);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kk_str_is(name, kinds[i].name)) {
            return kinds[i].kind;
        }
    }
    return KK_REL_OTHER;
}

typedef struct rels_reader {
    kk_package *package;
    kk_str source;
    KK_VEC(kk_rel) items;
    kk_error *err;
} rels_reader;

static kk_status on_rel(void *context, kk_xml *xml, const kk_xml_tag *tag)
{
    (void)xml;
    rels_reader *in = context;
    if (tag->ns != KK_NS_REL || tag->word != KK_W_Relationship) {
        return KK_OK;
    }
    kk_rel rel = {.entry = KK_NONE};
    kk_str id;
    kk_str type;
    kk_str target;
    kk_str mode;
    kk_xml_attr_get(tag, KK_NS_NONE, KK_W_Id, &id);
    kk_xml_attr_get(tag, KK_NS_NONE, KK_W_Type, &type);
    kk_xml_attr_get(tag, KK_NS_NONE, KK_W_Target, &target);
    kk_xml_attr_get(tag, KK_NS_NONE, KK_W_TargetMode, &mode);
    kk_arena *arena = in->package->arena;
    rel.id = kk_arena_str(arena, id);
    rel.type = kk_arena_str(arena, type);
    rel.target = kk_arena_str(arena, target);
    if (rel.id.ptr == NULL || rel.type.ptr == NULL || rel.target.ptr == NULL) {
        return kk_fail_nomem(in->err);
    }
    rel.kind = kind_of(rel.type, &rel.strict);
    rel.external = kk_str_is(mode, "External");
    if (!rel.external) {
        rel.part = kk_package_resolve(arena, in->source, rel.target);
        if (rel.part.ptr == NULL) {
            return kk_fail_nomem(in->err);
        }
        rel.entry = rel.part.len == 0 ? KK_NONE : kk_zip_find(in->package->zip, rel.part);
        if (rel.entry != KK_NONE) { /* spelled as the entry is, not as the relationship has it */
            uint32_t n;
            rel.part = kk_zip_entries(in->package->zip, &n)[rel.entry].name;
        }
    }
    return kk_vec_push(&in->items, rel) ? KK_OK : kk_fail_nomem(in->err);
}

kk_status kk_package_rels(kk_package *package, kk_str part, kk_rels *out, kk_error *err)
{
    *out = (kk_rels){.part = kk_package_rels_name(package->arena, part), .entry = KK_NONE};
    if (out->part.ptr == NULL) {
        return kk_fail_nomem(err);
    }
    out->entry = kk_zip_find(package->zip, out->part);
    if (out->entry == KK_NONE) {
        return KK_OK;
    }
    kk_str raw;
    bool transcoded;
    KK_TRY(kk_package_xml(package, out->entry, &raw, &transcoded, err));
    static const kk_xml_handler handler = {.start = on_rel};
    rels_reader in = {.package = package, .source = part, .err = err};
    kk_status status = kk_xml_scan(raw, out->part, package->limits, &handler, &in, err);
    if (status == KK_OK && in.items.n > 0) {
        out->n = (uint32_t)in.items.n;
        out->items = kk_arena_array(package->arena, in.items.n, sizeof *out->items);
        if (out->items == NULL) {
            status = kk_fail_nomem(err);
        } else {
            memcpy(out->items, in.items.items, in.items.n * sizeof *out->items);
        }
    }
    kk_vec_free(&in.items);
    return status;
}

const kk_rel *kk_rels_find(const kk_rels *rels, kk_rel_kind kind)
{
    for (uint32_t i = 0; i < rels->n; i++) {
        if (rels->items[i].kind == kind) {
            return &rels->items[i];
        }
    }
    return NULL;
}

const kk_rel *kk_rels_by_id(const kk_rels *rels, kk_str id)
{
    for (uint32_t i = 0; i < rels->n; i++) {
        if (kk_str_equal(rels->items[i].id, id)) {
            return &rels->items[i];
        }
    }
    return NULL;
}
