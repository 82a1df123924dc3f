/* Foreign XML (a notice, a configuration) as a small tree. libxml2 is behind this header alone; a
 * DOCTYPE, an entity of one's own and anything from the network are refused. */
#ifndef KK_XMLIN_H
#define KK_XMLIN_H

#include "core.h"

typedef struct kk_xml_attr {
    kk_str name;  /* local name; "xml:lang" keeps its prefix */
    kk_str value; /* UTF-8, entities resolved */
} kk_xml_attr;

typedef struct kk_xml_node {
    kk_str name;  /* local name, without prefix */
    kk_str space; /* namespace name, or empty */
    kk_str text;  /* all characters directly in it, trimmed; blanks inside stay */
    const kk_xml_attr *attrs;
    size_t n_attrs;
    uint32_t line; /* of the start tag, from 1 */
    struct kk_xml_node *parent, *first, *last, *next;
} kk_xml_node;

/* Reads one document. *root lives in arena.
 *   name    file name for messages.
 *   errors  KK_E_FORMAT reason "xml" with line (not well-formed), "dtd"; KK_E_LIMIT reason "limit"
 *           for more than 32 MiB, 64 levels or 400 000 elements; KK_E_NOMEM.
 *   cost    one pass; no libxml2 tree. */
kk_status kk_xml_in(kk_str bytes, kk_str name, kk_arena *arena, kk_xml_node **root, kk_error *err);

/* Value of an attribute, or the empty view (ptr NULL when it is not there). */
kk_str kk_xml_attr_of(const kk_xml_node *node, const char *name);
/* First child with this local name after `at` (NULL: from the start), or NULL. name NULL: any. */
const kk_xml_node *kk_xml_child(const kk_xml_node *node, const char *name, const kk_xml_node *at);
/* The node at a path of local names below node, "ProcurementProject/Name", or NULL. */
const kk_xml_node *kk_xml_at(const kk_xml_node *node, const char *path);
/* Its text, or the empty view. */
kk_str kk_xml_text_at(const kk_xml_node *node, const char *path);

typedef struct kk_xml_schema_use {
    kk_str file;        /* name for messages */
    kk_str schema;      /* RELAX NG in XML form */
    const char *reason; /* code of the errors: "config"; static */
    const char *hint;   /* what to compare with when the schema is not met; may be NULL; static */
} kk_xml_schema_use;

/* Is it well-formed, without a DOCTYPE, and as the schema says?
 *   errors  KK_E_RULE with the reason, file and line; KK_E_NOMEM. Nothing is fetched. */
kk_status kk_xml_validate(kk_str bytes, const kk_xml_schema_use *options, kk_error *err);

#endif
