/* Rule XML as a small tree of elements and texts; and its check against the schema. libxml2 is
 * behind this header alone. */
#ifndef KK_RULEFILE_H
#define KK_RULEFILE_H

#include "arena.h"
#include "rules.h"

typedef struct kk_xattr {
    kk_str name; /* "xml:lang" keeps its prefix */
    kk_str value;
} kk_xattr;

/* An element (name not empty) or a text (name empty). Comments and processing instructions are
 * gone; neighbouring texts are joined. */
typedef struct kk_xnode {
    kk_str name, text;
    const kk_xattr *attrs;
    uint32_t n_attrs;
    uint32_t line; /* of the start tag */
    struct kk_xnode *parent, *first, *last, *next;
} kk_xnode;

/* Parses one source. *root lives in arena.
 *   errors  KK_E_RULE with file and line: not well-formed, a DOCTYPE, a foreign namespace, too
 * deep. cost    one pass, no libxml2 tree. */
kk_status kk_rulefile_parse(const kk_rule_source *source, kk_arena *arena, kk_xnode **root,
                            kk_error *err);

typedef struct kk_schema kk_schema;

kk_status kk_schema_new(kk_schema **out, kk_str rng, kk_error *err);
void kk_schema_free(kk_schema *schema);
/* KK_E_RULE with file, line and what was expected. */
kk_status kk_schema_check(const kk_schema *schema, const kk_rule_source *source, kk_error *err);

/* Value of an attribute, or the empty view. */
kk_str kk_xnode_attr(const kk_xnode *node, const char *name);
/* All text below node, joined; blanks folded to one and trimmed. {NULL,0} when out of memory. */
kk_str kk_xnode_text(const kk_xnode *node, kk_arena *arena);
/* Next element after (or first below, with at = NULL) that is an element. */
const kk_xnode *kk_xnode_element(const kk_xnode *parent, const kk_xnode *at);

#endif
