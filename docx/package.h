/* Open Packaging Conventions on top of the zip: content types, relationships, which part is the
 * main document. Part names are without leading slash throughout and never become file paths. */
#ifndef KK_PACKAGE_H
#define KK_PACKAGE_H

#include "arena.h"
#include "strmap.h"
#include "zip.h"

#include <klimakrav/types.h>

/* Relationship types by meaning, transitional and Strict alike. */
typedef enum kk_rel_kind {
    KK_REL_OTHER = 0,
    KK_REL_DOCUMENT, /* officeDocument */
    KK_REL_STYLES,
    KK_REL_NUMBERING,
    KK_REL_SETTINGS,
    KK_REL_HEADER,
    KK_REL_FOOTER,
    KK_REL_FOOTNOTES,
    KK_REL_ENDNOTES,
    KK_REL_COMMENTS,
    KK_REL_COMMENTS_EX,         /* commentsExtended (w15) */
    KK_REL_COMMENTS_IDS,        /* w16cid */
    KK_REL_COMMENTS_EXTENSIBLE, /* w16cex */
    KK_REL_PEOPLE,
    KK_REL_GLOSSARY,
    KK_REL_CHUNK, /* aFChunk */
    KK_REL_SUBDOC,
    KK_REL_MACROS, /* vbaProject */
    KK_REL_SIGNATURE_ORIGIN,
    KK_REL_SIGNATURE
} kk_rel_kind;

typedef struct kk_rel {
    kk_rel_kind kind;
    bool external;
    bool strict;    /* type URI was the Strict one */
    kk_str id;      /* "rId7" */
    kk_str type;    /* full URI */
    kk_str target;  /* as written */
    kk_str part;    /* resolved part name; empty if external or it leads out of the package */
    uint32_t entry; /* zip entry of part, KK_NONE if there is none */
} kk_rel;

typedef struct kk_rels {
    kk_str part;    /* name of the relationships part, also when it does not exist */
    uint32_t entry; /* its zip entry or KK_NONE */
    kk_rel *items;  /* in document order */
    uint32_t n;
} kk_rels;

typedef struct kk_package {
    kk_zip *zip;             /* owned */
    kk_arena *arena;         /* borrowed */
    const kk_limits *limits; /* borrowed, all fields set */
    kk_rels root;            /* _rels/.rels */
    kk_rels main_rels;       /* of the main part */
    uint32_t types_entry;    /* [Content_Types].xml */
    uint32_t main_entry;
    kk_str main_part;              /* "word/document.xml" in most files */
    bool template_type;            /* content type of dotx or dotm */
    bool macro_type;               /* content type of docm or dotm */
    bool strict;                   /* main part found by a Strict relationship */
    bool signed_package;           /* signature origin relationship or _xmlsignatures part */
    bool macros;                   /* vbaProject part */
    kk_strmap overrides, defaults; /* part name, extension -> index into types */
    kk_str *types;
    uint32_t n_types;
} kk_package;

/* Opens zip, content types and root relationships and finds the main part.
 *   errors   as kk_zip_open; KK_E_FORMAT "not-word" with advice for .doc, RTF, HTML, ODT, Flat OPC,
 *            workbooks and presentations; KK_E_UNSUPPORTED "encrypted"; those of kk_xml_scan.
 * arena, bytes and limits (all fields set) must outlive *package. kk_package_dispose also after
 * failure. */
kk_status kk_package_open(kk_package *package, kk_str bytes, const kk_limits *limits,
                          kk_arena *arena, kk_error *err);
void kk_package_dispose(kk_package *package);

/* Reads [Content_Types].xml into overrides, defaults and types; part of kk_package_open. */
kk_status kk_package_types_read(kk_package *package, kk_error *err);

/* Content type of a part by its override or extension; empty if there is none. */
kk_str kk_package_type(const kk_package *package, kk_str part);
/* Relationships of a part ("" for the package). A missing relationships part gives n = 0. */
kk_status kk_package_rels(kk_package *package, kk_str part, kk_rels *out, kk_error *err);
/* First relationship of that kind, NULL if there is none. */
const kk_rel *kk_rels_find(const kk_rels *rels, kk_rel_kind kind);
const kk_rel *kk_rels_by_id(const kk_rels *rels, kk_str id);
/* Name of the relationships part of a part: "word/document.xml" -> "word/_rels/document.xml.rels",
 * "" -> "_rels/.rels". In arena. */
kk_str kk_package_rels_name(kk_arena *arena, kk_str part);
/* Target resolved against the folder of `source`: "../media/a.png" from "word/document.xml" ->
 * "media/a.png". Empty if it leads out of the package, {NULL,0} when out of memory. In arena. */
kk_str kk_package_resolve(kk_arena *arena, kk_str source, kk_str target);

/* Bytes of an XML part as UTF-8 (UTF-16 is transcoded into the arena; *transcoded says so).
 * KK_E_FORMAT "encoding" for anything else. Borrowed from package. */
kk_status kk_package_xml(kk_package *package, uint32_t entry, kk_str *raw, bool *transcoded,
                         kk_error *err);

#endif
