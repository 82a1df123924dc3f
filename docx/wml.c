/* WordprocessingML in the document's own prefix; children of properties elements in schema order.
 */
#include "wml.h"

#include "cut.h"
#include "str.h"

#include <string.h>

static const char decl_transitional[] =
    " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
static const char decl_strict[] = " xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"";

/* A prefix declared in the root's start tag for the main namespace, or empty. */
static kk_str root_prefix(const kk_part *part)
{
    static const char *const uris[] = {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main"};
    const kk_node *root = &part->nodes[0];
    const kk_str tag = kk_str_slice(part->raw, root->begin, root->inner_begin);
    for (size_t at = 0; (at = kk_str_find(tag, KK_STR("xmlns:"), at)) != SIZE_MAX; at += 6) {
        const size_t equal = kk_str_find(tag, KK_STR("="), at);
        if (equal == SIZE_MAX) {
            break;
        }
        const kk_str value = kk_str_slice(tag, equal + 2, tag.len);
        for (size_t u = 0; u < 2; u++) {
            const size_t n = strlen(uris[u]);
            if (kk_str_starts(value, kk_str_from(uris[u])) && value.len > n &&
                (value.ptr[n] == '"' || value.ptr[n] == '\'')) {
                return kk_str_trim(kk_str_slice(tag, at + 6, equal));
            }
        }
    }
    return (kk_str){NULL, 0};
}

kk_names kk_names_of(const kk_part *part)
{
    kk_names names = {part->w, part->w, KK_STR(""), part->strict};
    if (part->w.len > 0) {
        return names;
    }
    names.at = root_prefix(part);
    if (names.at.len == 0) {
        names.at = KK_STR("w");
        names.decl = kk_str_from(part->strict ? decl_strict : decl_transitional);
    }
    return names;
}

static void put_prefix(kk_buf *out, kk_str prefix)
{
    kk_buf_str(out, prefix);
    if (prefix.len > 0) {
        kk_buf_putc(out, ':');
    }
}

void kk_wml_put(kk_wml *wml, const char *markup)
{
    for (const char *c = markup; *c != '\0';) {
        const size_t plain = strcspn(c, "~@");
        kk_buf_add(wml->out, c, plain);
        c += plain;
        if (*c != '\0') {
            put_prefix(wml->out, *c == '~' ? wml->names.el : wml->names.at);
            c++;
        }
    }
}

void kk_wml_attr(kk_wml *wml, const char *name, kk_str value)
{
    kk_buf_putc(wml->out, ' ');
    put_prefix(wml->out, wml->names.at);
    kk_buf_puts(wml->out, name);
    kk_buf_puts(wml->out, "=\"");
    kk_buf_xml(wml->out, value);
    kk_buf_putc(wml->out, '"');
}

void kk_wml_attr_u32(kk_wml *wml, const char *name, uint32_t value)
{
    kk_buf_putc(wml->out, ' ');
    put_prefix(wml->out, wml->names.at);
    kk_buf_printf(wml->out, "%s=\"%lu\"", name, (unsigned long)value);
}

uint32_t kk_wml_change(kk_wml *wml)
{
    const uint32_t id = kk_ids_take(wml->ids);
    if (id == 0) {
        wml->out->failed = KK_E_NOMEM;
    }
    kk_wml_attr_u32(wml, "id", id);
    kk_wml_attr(wml, "author", wml->author);
    if (wml->date.len > 0) {
        kk_wml_attr(wml, "date", wml->date);
    }
    return id;
}

void kk_wml_val(kk_wml *wml, const char *name, kk_str value)
{
    kk_buf_putc(wml->out, '<');
    put_prefix(wml->out, wml->names.el);
    kk_buf_puts(wml->out, name);
    kk_wml_attr(wml, "val", value);
    kk_buf_puts(wml->out, "/>");
}

static const char *const p_order[] = {"pStyle",
                                      "keepNext",
                                      "keepLines",
                                      "pageBreakBefore",
                                      "framePr",
                                      "widowControl",
                                      "numPr",
                                      "suppressLineNumbers",
                                      "pBdr",
                                      "shd",
                                      "tabs",
                                      "suppressAutoHyphens",
                                      "kinsoku",
                                      "wordWrap",
                                      "overflowPunct",
                                      "topLinePunct",
                                      "autoSpaceDE",
                                      "autoSpaceDN",
                                      "bidi",
                                      "adjustRightInd",
                                      "snapToGrid",
                                      "spacing",
                                      "ind",
                                      "contextualSpacing",
                                      "mirrorIndents",
                                      "suppressOverlap",
                                      "jc",
                                      "textDirection",
                                      "textAlignment",
                                      "textboxTightWrap",
                                      "outlineLvl",
                                      "divId",
                                      "cnfStyle",
                                      "rPr",
                                      "sectPr",
                                      "pPrChange",
                                      NULL};

static const char *const r_order[] = {"ins",
                                      "del",
                                      "moveFrom",
                                      "moveTo",
                                      "rStyle",
                                      "rFonts",
                                      "b",
                                      "bCs",
                                      "i",
                                      "iCs",
                                      "caps",
                                      "smallCaps",
                                      "strike",
                                      "dstrike",
                                      "outline",
                                      "shadow",
                                      "emboss",
                                      "imprint",
                                      "noProof",
                                      "snapToGrid",
                                      "vanish",
                                      "webHidden",
                                      "color",
                                      "spacing",
                                      "w",
                                      "kern",
                                      "position",
                                      "sz",
                                      "szCs",
                                      "highlight",
                                      "u",
                                      "effect",
                                      "bdr",
                                      "shd",
                                      "fitText",
                                      "vertAlign",
                                      "rtl",
                                      "cs",
                                      "em",
                                      "lang",
                                      "eastAsianLayout",
                                      "specVanish",
                                      "oMath",
                                      "rPrChange",
                                      NULL};

/* The base properties of a row may come in any order; only the marks must be last. */
static const char *const tr_order[] = {
    "cnfStyle",   "divId",     "gridBefore",     "gridAfter", "wBefore", "wAfter", "cantSplit",
    "trHeight",   "tblHeader", "tblCellSpacing", "jc",        "hidden",  "ins",    "del",
    "trPrChange", NULL};

static const char *const tc_order[] = {
    "cnfStyle", "tcW",     "gridSpan",      "hMerge",     "vMerge", "tcBorders", "shd",
    "noWrap",   "tcMar",   "textDirection", "tcFitText",  "vAlign", "hideMark",  "headers",
    "cellIns",  "cellDel", "cellMerge",     "tcPrChange", NULL};

uint32_t kk_props_rank(kk_props_kind kind, kk_str local)
{
    static const char *const *const orders[] = {p_order, r_order, tr_order, tc_order};
    const char *const *order = orders[kind];
    for (uint32_t i = 0; order[i] != NULL; i++) {
        if (kk_str_is(local, order[i])) {
            return i + 1;
        }
    }
    return 0;
}

typedef struct prop {
    uint32_t rank;
    kk_str bytes;
} prop;

#define MAX_PROPS 64

static bool is_dropped(kk_str local, const char *const *drop)
{
    for (size_t i = 0; drop != NULL && drop[i] != NULL; i++) {
        if (kk_str_is(local, drop[i])) {
            return true;
        }
    }
    return false;
}

/* Puts one child in its place among the n collected so far; a later one of the same name wins. */
static size_t collect(prop *props, size_t n, const prop *one)
{
    for (size_t i = 0; i < n; i++) {
        if (props[i].rank == one->rank) {
            props[i] = *one;
            return n;
        }
    }
    if (n == MAX_PROPS) {
        return n;
    }
    size_t at = n;
    while (at > 0 && props[at - 1].rank > one->rank) {
        props[at] = props[at - 1];
        at--;
    }
    props[at] = *one;
    return n + 1;
}

void kk_props_merge(kk_buf *out, kk_props_kind kind, kk_str w, kk_str old, const char *const *drop,
                    kk_str add)
{
    prop props[MAX_PROPS];
    size_t n = 0;
    const kk_str from[] = {old, add};
    for (size_t f = 0; f < 2; f++) {
        kk_cut_element child;
        for (uint32_t at = 0; kk_cut_element_at(from[f], at, (uint32_t)from[f].len, &child);
             at = child.end) {
            const kk_str local = kk_cut_local(child.name);
            const prop one = {kk_props_rank(kind, local),
                              kk_str_slice(from[f], child.begin, child.end)};
            if (one.rank != 0 && kk_str_equal(kk_cut_prefix(child.name), w) &&
                (f == 1 || !is_dropped(local, drop))) {
                n = collect(props, n, &one);
            }
        }
    }
    for (size_t i = 0; i < n; i++) {
        kk_buf_str(out, props[i].bytes);
    }
}
