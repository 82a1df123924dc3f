/* XML as events with exact byte offsets. libxml2 lives in xmlscan.c alone.
 * Nothing is loaded, nothing expanded beyond the five predefined entities and character references;
 * a DOCTYPE is refused. One scanner serves every part of a package. */
#ifndef KK_XMLSCAN_H
#define KK_XMLSCAN_H

#include "buf.h"
#include "xmlwords.h"

#include <klimakrav/types.h>

/* Namespaces by meaning: transitional and Strict URIs give the same value. */
typedef enum kk_ns {
    KK_NS_NONE = 0, /* no namespace */
    KK_NS_W,        /* WordprocessingML main */
    KK_NS_R,        /* officeDocument relationships (r:id) */
    KK_NS_MC,       /* markup compatibility */
    KK_NS_M,        /* OMML */
    KK_NS_A,        /* DrawingML main */
    KK_NS_WP,       /* DrawingML wordprocessing */
    KK_NS_V,        /* VML */
    KK_NS_O,        /* urn:schemas-microsoft-com:office:office */
    KK_NS_W10,
    KK_NS_W14,
    KK_NS_W15,
    KK_NS_W16, /* w16, w16cid, w16cex, w16se, w16sdtdh, w16du */
    KK_NS_WPS, /* wordprocessingShape */
    KK_NS_WPG,
    KK_NS_WPC,
    KK_NS_WPI,
    KK_NS_WNE,
    KK_NS_WP14,
    KK_NS_XML,   /* xml:space, xml:lang */
    KK_NS_REL,   /* package relationships part */
    KK_NS_TYPES, /* [Content_Types].xml */
    KK_NS_PKG,   /* Flat OPC */
    KK_NS_OTHER
} kk_ns;

typedef struct kk_xml kk_xml;

typedef struct kk_xml_attr {
    kk_ns ns; /* KK_NS_NONE for attributes without prefix */
    kk_word word;
    kk_str local; /* without prefix */
    kk_str value; /* references resolved, white space normalised as XML says; not NUL-terminated */
} kk_xml_attr;

/* A start or end tag. All views live until the callback returns. */
typedef struct kk_xml_tag {
    kk_ns ns;
    kk_word word;
    bool strict;         /* ns is W, R or M and the URI was the Strict one */
    bool empty;          /* written <x/>; its end event has begin == end == end of that tag */
    uint32_t depth;      /* the root has 1; same for start and end */
    uint32_t begin, end; /* bytes of this tag in raw: raw[begin] is '<', raw[end - 1] is '>' */
    kk_str local, prefix;
    const kk_xml_attr *attrs; /* start only; namespace declarations are not among them */
    uint32_t n_attrs;
} kk_xml_tag;

/* Slots may be NULL. A status other than KK_OK stops the scan and is returned by it; the slot that
 * fails has filled the caller's kk_error itself. */
typedef struct kk_xml_handler {
    kk_status (*start)(void *context, kk_xml *xml, const kk_xml_tag *tag);
    kk_status (*end)(void *context, kk_xml *xml, const kk_xml_tag *tag);
    /* Bytes [begin, end) of raw between two tags inside the root, never empty: character data with
     * references, CDATA sections, comments and processing instructions as written. Decode with
     * kk_xml_chars. */
    kk_status (*text)(void *context, kk_xml *xml, uint32_t begin, uint32_t end);
} kk_xml_handler;

/* A part to scan, for messages and tests. */
typedef struct kk_xml_source {
    kk_str raw;   /* UTF-8 */
    kk_str part;  /* name */
    size_t chunk; /* bytes fed at a time; 0 = as kk_xml_scan does */
} kk_xml_source;

/* Scans one part.
 *   raw      UTF-8, a byte-order mark is fine (offsets count it); at most UINT32_MAX - 1 bytes. See
 *            encoding.h for other encodings.
 *   part     name for messages.
 *   limits   NULL for the defaults; depth and attribute_bytes count here.
 *   errors   KK_E_FORMAT "dtd" for a DOCTYPE, "encoding" for bytes that are not UTF-8 or a
 * declaration of another encoding, "" when not well-formed; KK_E_LIMIT "limit". Events may have
 * been delivered before the error shows. threads  any; nothing global is touched but xmlInitParser,
 * once. cost     one pass; memory independent of the size of raw. */
kk_status kk_xml_scan(kk_str raw, kk_str part, const kk_limits *limits,
                      const kk_xml_handler *handler, void *context, kk_error *err);
/* As kk_xml_scan, fed in chunks of source->chunk bytes. */
kk_status kk_xml_scan_source(const kk_xml_source *source, const kk_limits *limits,
                             const kk_xml_handler *handler, void *context, kk_error *err);
/* Well-formed and free of a DOCTYPE: kk_xml_scan without a handler. */
kk_status kk_xml_check(kk_str raw, kk_str part, const kk_limits *limits, kk_error *err);

/* ---- inside callbacks ---------------------------------------------------------------------- */

/* Namespace bound to a prefix at this point (the tag's own declarations count); KK_NS_NONE if none.
 */
kk_ns kk_xml_prefix(const kk_xml *xml, kk_str prefix);
/* Value of an attribute; false (and *out empty) if it is not there. */
bool kk_xml_attr_get(const kk_xml_tag *tag, kk_ns ns, kk_word word, kk_str *out);
/* w:val (main namespace). */
bool kk_xml_val(const kk_xml_tag *tag, kk_str *out);
/* On/off property: true without w:val, false for "0", "false", "off". */
bool kk_xml_on(const kk_xml_tag *tag);
/* Decimal attribute, sign allowed; fallback if absent or not a number. */
int32_t kk_xml_int(const kk_xml_tag *tag, kk_ns ns, kk_word word, int32_t fallback);

/* ---- character data ------------------------------------------------------------------------ */

/* One piece of character data: bytes that stand for themselves, or one reference. */
typedef struct kk_xml_piece {
    uint32_t begin, end; /* raw bytes it stands for */
    bool literal;        /* text is raw[begin, end) itself */
    kk_str text;         /* UTF-8; for references points into the iterator */
} kk_xml_piece;

/* Walks over raw character data as delivered by `text`. CDATA content is literal, comments and
 * processing instructions are left out, CR LF and CR give LF (not literal). */
typedef struct kk_xml_chars {
    const char *raw; /* the whole part */
    uint32_t at, end;
    bool cdata;
    char code[8];
} kk_xml_chars;

void kk_xml_chars_init(kk_xml_chars *chars, const char *raw, uint32_t begin, uint32_t end);
bool kk_xml_chars_next(kk_xml_chars *chars, kk_xml_piece *piece);

#endif
