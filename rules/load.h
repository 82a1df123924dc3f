/* Between the files that turn rule XML into the model (load*.c); nobody else includes it. */
#ifndef KK_LOAD_H
#define KK_LOAD_H

#include "model.h"
#include "rulefile.h"
#include "vec.h"

typedef enum kk_pending_kind {
    KK_PENDING_PATTERN = 0, /* slot is a uint32_t */
    KK_PENDING_CATEGORY,    /* slot is a uint32_t */
    KK_PENDING_PLACE,       /* slot is a uint32_t */
    KK_PENDING_PLACE_BIT    /* slot is a uint64_t that gets one more bit */
} kk_pending_kind;

/* A reference to be resolved when all sources are read. */
typedef struct kk_pending {
    kk_pending_kind kind;
    void *slot;
    kk_str id;
    kk_origin origin;
} kk_pending;

/* Elements are arena blocks, so that pending slots stay put until the model is laid out. */
typedef struct kk_loader {
    kk_arena *arena;
    kk_error *err;
    kk_str file;
    uint32_t source;
    bool foreign; /* this source is validated: not our own bank */
    const bool *foreign_sources;
    const kk_xnode *top; /* bank child being read, for messages and owners */
    kk_str owner;        /* its id */
    kk_model *model;
    KK_VEC(kk_matcher) matchers;
    uint32_t *matcher_slots; /* open addressing by regex; 0 = free, else index + 1 */
    size_t n_slots;
    KK_VEC(kk_pattern *) patterns;
    KK_VEC(kk_category *) categories;
    KK_VEC(kk_recogniser *) recognisers;
    KK_VEC(kk_rule *) rules;
    KK_VEC(kk_clause *) clauses;
    KK_VEC(kk_place *) places;
    KK_VEC(kk_columns *) columns;
    KK_VEC(kk_document_kind *) kinds;
    KK_VEC(kk_verdict_rule *) verdicts;
    KK_VEC(kk_threshold *) thresholds;
    KK_VEC(kk_law_fact *) law_facts;
    KK_VEC(kk_notice_code *) notice_codes;
    KK_VEC(kk_example_use *) uses;
    KK_VEC(kk_cpv) cpv;
    KK_VEC(kk_pending) pendings;
} kk_loader;

/* One word of an attribute and the enum value it stands for. Ends with a NULL name. */
typedef struct kk_keyword {
    const char *name;
    int value;
} kk_keyword;

/* ---- load.c: helpers ------------------------------------------------------------------------ */

/* KK_E_RULE at the line of node. */
kk_status kk_load_fail(kk_loader *l, const kk_xnode *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
kk_origin kk_load_origin(const kk_loader *l, const kk_xnode *node);
/* Zeroed arena block; sets *out. KK_E_NOMEM. */
kk_status kk_load_alloc(kk_loader *l, size_t n, size_t size, void **out);
/* Attribute -> enum; absent gives fallback. */
kk_status kk_load_keyword(kk_loader *l, const kk_xnode *node, const char *attr,
                          const kk_keyword *words, int fallback, int *out);
/* Space-separated keywords -> bits 1 << value; absent gives 0. */
kk_status kk_load_bits(kk_loader *l, const kk_xnode *node, const char *attr,
                       const kk_keyword *words, uint32_t *out);
/* Space-separated words -> list. */
kk_status kk_load_list(kk_loader *l, kk_str value, const kk_str **out, uint32_t *n);
kk_status kk_load_number(kk_loader *l, const kk_xnode *node, const char *attr, double fallback,
                         double *out, bool *given);
kk_status kk_load_count(kk_loader *l, const kk_xnode *node, const char *attr, uint32_t fallback,
                        uint32_t *out);
/* A date attribute that must be real; absent gives the empty view. */
kk_status kk_load_date(kk_loader *l, const kk_xnode *node, const char *attr, kk_str *out);
/* from and to, in order. */
kk_status kk_load_validity(kk_loader *l, const kk_xnode *node, kk_str *from, kk_str *to);
kk_status kk_load_lang(kk_loader *l, const kk_xnode *node, kk_lang *out);
/* Text of node goes into the language that its xml:lang names. Twice the same is an error. */
kk_status kk_load_text(kk_loader *l, const kk_xnode *node, kk_texts *texts);
kk_status kk_load_review(kk_loader *l, const kk_xnode *node, kk_review *status, kk_str *by,
                         kk_str *on);
/* References: resolved by kk_load_resolve. */
kk_status kk_load_ref(kk_loader *l, const kk_xnode *node, kk_pending_kind kind, kk_str id,
                      void *slot);
/* Space-separated ids -> array of indexes. */
kk_status kk_load_refs(kk_loader *l, const kk_xnode *node, kk_pending_kind kind, kk_str ids,
                       const uint32_t **out, uint32_t *n);
/* The same over the ref attributes of all children with this name. */
kk_status kk_load_child_refs(kk_loader *l, const kk_xnode *parent, const char *name,
                             kk_pending_kind kind, const uint32_t **out, uint32_t *n);
kk_status kk_load_basis(kk_loader *l, const kk_xnode *parent, const kk_basis **out, uint32_t *n);
kk_status kk_load_sources(kk_loader *l, const kk_xnode *parent, const kk_source_note **out,
                          uint32_t *n);
/* Children with this element name. */
uint32_t kk_load_count_children(const kk_xnode *parent, const char *name);

/* ---- load_grammar.c -------------------------------------------------------------------------- */

/* Known elements and attributes only, each where it belongs. */
kk_status kk_load_check_names(kk_loader *l, const kk_xnode *bank);

/* ---- load_pattern.c ------------------------------------------------------------------------- */

/* The words, regexes, vetoes, uses and phrases below node as a new pattern. */
kk_status kk_load_pattern(kk_loader *l, const kk_xnode *node, kk_str id, kk_pattern **out);
/* The same for an element without an id of its own; *index gets its number. */
kk_status kk_load_anonymous(kk_loader *l, const kk_xnode *node, uint32_t *index);

/* ---- load_condition.c ------------------------------------------------------------------------ */

/* All condition elements below parent; several count as <all>. */
kk_status kk_load_conditions(kk_loader *l, const kk_xnode *parent, kk_condition *out);
bool kk_load_is_condition(kk_str name);

/* ---- load_rule.c, load_clause.c, load_misc.c --------------------------------------------------
 */

kk_status kk_load_rule(kk_loader *l, const kk_xnode *node);
kk_status kk_load_recogniser(kk_loader *l, const kk_xnode *node);
kk_status kk_load_clause(kk_loader *l, const kk_xnode *node);
kk_status kk_load_category(kk_loader *l, const kk_xnode *node);
kk_status kk_load_place(kk_loader *l, const kk_xnode *node);
kk_status kk_load_columns(kk_loader *l, const kk_xnode *node);
kk_status kk_load_kind(kk_loader *l, const kk_xnode *node);
kk_status kk_load_verdict(kk_loader *l, const kk_xnode *node);
kk_status kk_load_threshold(kk_loader *l, const kk_xnode *node);
kk_status kk_load_law_fact(kk_loader *l, const kk_xnode *node);
kk_status kk_load_notice_code(kk_loader *l, const kk_xnode *node);
kk_status kk_load_use(kk_loader *l, const kk_xnode *node);
kk_status kk_load_cpv_table(kk_loader *l, kk_cpv_table *out); /* load_cpv.c: all rows read */
kk_status kk_load_cpv_list(kk_loader *l, const kk_xnode *node);
kk_status kk_load_messages(kk_loader *l, const kk_xnode *parent, const char *name,
                           kk_messages *out);
kk_status kk_load_examples(kk_loader *l, const kk_xnode *parent, const kk_example **out,
                           uint32_t *n);
extern const kk_keyword kk_role_words[];
extern const kk_keyword kk_level_words[];
extern const kk_keyword kk_yes_no_words[];

/* ---- load_resolve.c, load_cpv.c ---------------------------------------------------------------
 */

/* Later elements replace earlier ones of the same id, references become indexes, the model is laid
 * out in arrays. */
kk_status kk_load_resolve(kk_loader *l);
/* KK_E_RULE when a pattern of the model uses itself through others. */
kk_status kk_load_circles(kk_loader *l);
/* Table code, check, name_nb, name_en with a header line; other columns are passed over. */
kk_status kk_load_cpv(kk_loader *l, const kk_rule_source *source);

#endif
