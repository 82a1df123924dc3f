/* Writes WordprocessingML in the document's own prefix, and puts property elements in schema order.
 * Knows names and order; nothing of places, clauses or packages. */
#ifndef KK_WML_H
#define KK_WML_H

#include "buf.h"
#include "ids.h"
#include "part.h"

#include <klimakrav/types.h>

/* How names are written in one part. Where the main namespace is the default one and no prefix is
 * bound to it, attributes have no prefix to use: then top-level elements of ours declare one. */
typedef struct kk_names {
    kk_str el;   /* prefix of elements, without colon: "w", or "" for the default namespace */
    kk_str at;   /* prefix of attributes: "w", never empty */
    kk_str decl; /* " xmlns:w=\"...\"" for top-level elements of ours, else empty */
    bool strict; /* ISO 29500 Strict: a few names differ */
} kk_names;

/* Names for a part; views into part->raw or static. */
kk_names kk_names_of(const kk_part *part);

/* Everything a renderer needs to know about the how. */
typedef struct kk_wml {
    kk_buf *out; /* sticky failure */
    kk_names names;
    kk_ids *ids;
    bool track;
    kk_str author, date; /* raw, escaped when written */
} kk_wml;

/* Appends markup in which '~' stands for the element prefix and '@' for the attribute prefix, colon
 * included. */
void kk_wml_put(kk_wml *wml, const char *markup);
/* Appends `name="value"` with a blank before it; name without prefix; value escaped. */
void kk_wml_attr(kk_wml *wml, const char *name, kk_str value);
void kk_wml_attr_u32(kk_wml *wml, const char *name, uint32_t value);
/* Appends the id, author and date of one tracked change; takes a new id and returns it. */
uint32_t kk_wml_change(kk_wml *wml);
/* <w:name w:val="value"/> */
void kk_wml_val(kk_wml *wml, const char *name, kk_str value);

/* ---- properties ---------------------------------------------------------------------------- */

typedef enum kk_props_kind { KK_PROPS_P = 0, KK_PROPS_R, KK_PROPS_TR, KK_PROPS_TC } kk_props_kind;

/* Place of a child in its w:pPr, w:rPr, w:trPr or w:tcPr by its local name; 0 if the schema does
 * not know it. */
uint32_t kk_props_rank(kk_props_kind kind, kk_str local);

/* Appends the inside of a properties element: the children in `old` (raw, prefix w) but for those
 * named in `drop` (NULL-terminated list of local names, may be NULL) and those of other namespaces,
 * and the children in `add` (raw, same prefix), each in its place by schema; an added child
 * replaces an old one of its name. At most 64 children are kept. */
void kk_props_merge(kk_buf *out, kk_props_kind kind, kk_str w, kk_str old, const char *const *drop,
                    kk_str add);

#endif
