/* What rule files say, read and resolved: plain data, immutable after load, no XML and no regexes.
 * Everything lives in the arena of kk_rules. Indexes are positions in the arrays of kk_model;
 * KK_NONE where there is none. */
#ifndef KK_MODEL_H
#define KK_MODEL_H

#include "rules.h"

/* One text in up to three languages; absent ones are empty. */
typedef struct kk_texts {
    kk_str nb, nn, en;
} kk_texts;

/* Where an element stands, for messages. */
typedef struct kk_origin {
    kk_str file;
    uint32_t line;
    uint32_t source; /* position in load order */
} kk_origin;

typedef enum kk_review { KK_REVIEW_DRAFT = 0, KK_REVIEW_REVIEWED, KK_REVIEW_RETIRED } kk_review;

/* ---- patterns ------------------------------------------------------------------------------ */

enum {
    KK_EDGE_LEFT = 1u << 0, /* the literals begin where a word begins */
    KK_EDGE_RIGHT = 1u << 1 /* the literals end where a word ends */
};

#define KK_LEAD_ANY   UINT32_MAX
#define KK_LEAD_WORD  (UINT32_MAX - 1) /* no further than the word goes that the literal is in */
#define KK_LEAD_BYTES 4096             /* a number of bytes is less */

/* One regex. The same regex in several patterns is one matcher. */
typedef struct kk_matcher {
    kk_str regex;           /* PCRE2, for UTF|UCP|CASELESS */
    const kk_str *literals; /* folded; any match holds one of them. None: it always runs */
    uint32_t n_literals;
    uint32_t edges;   /* KK_EDGE_* that hold for all literals */
    uint32_t lead;    /* how far before a literal a match may begin: bytes or KK_LEAD_* */
    kk_str owner;     /* id of the first pattern, rule or category that uses it */
    kk_origin origin; /* of that use */
} kk_matcher;

enum {
    KK_SCOPE_TITLE = 1u << 0,
    KK_SCOPE_HEADING = 1u << 1,
    KK_SCOPE_SUBJECT = 1u << 2,
    KK_SCOPE_BODY = 1u << 3,
    KK_SCOPE_TABLE = 1u << 4,
    KK_SCOPE_ALL = 0x1F
};

/* A word or a regex; a regex with alternatives at its outermost level is one term for each of them.
 */
typedef struct kk_term {
    uint32_t matcher;
    uint32_t group;  /* which <word> or <regex> of the pattern it comes from */
    float weight;    /* category terms only, else 1 */
    uint32_t scopes; /* KK_SCOPE_*, category terms only */
    bool is_regex;
    kk_str source; /* as written */
    uint32_t line;
} kk_term;

typedef enum kk_pattern_role {
    KK_PATTERN_PLAIN = 0,
    KK_PATTERN_BINDING,
    KK_PATTERN_SOFT,
    KK_PATTERN_FIGURE,
    KK_PATTERN_DOCUMENTATION,
    KK_PATTERN_NEGATION,
    KK_PATTERN_ENVIRONMENT,
    KK_PATTERN_CLIMATE,
    KK_PATTERN_SUBJECT,
    KK_PATTERN_GUIDANCE,
    KK_PATTERN_LOOKALIKE,
    KK_PATTERN_VOID,
    KK_PATTERN_N_ROLES
} kk_pattern_role;

/* A phrase of a pattern, place, column or category that must (hit) or must not hit. */
typedef struct kk_phrase {
    bool hit;
    kk_lang lang;
    kk_str text;
    uint32_t line;
} kk_phrase;

/* Hits of terms that overlap no hit of vetoes, together with the hits of uses. Categories, places,
 * columns and words inside conditions have a pattern of their own, whose id holds a blank. */
typedef struct kk_pattern {
    kk_str id;
    kk_origin origin;
    kk_pattern_role role;
    const kk_term *terms;
    const uint32_t *vetoes; /* matchers */
    const uint32_t *uses;   /* patterns, never in a circle */
    const kk_phrase *phrases;
    uint32_t n_terms, n_groups, n_vetoes, n_uses, n_phrases;
} kk_pattern;

/* ---- conditions ---------------------------------------------------------------------------- */

typedef enum kk_condition_kind {
    KK_COND_ALL = 0,
    KK_COND_ANY,
    KK_COND_NONE,
    KK_COND_MATCH,
    KK_COND_NEAR,
    KK_COND_HEADING,
    KK_COND_PLACE,
    KK_COND_CATEGORY,
    KK_COND_KIND,
    KK_COND_FACT,
    KK_COND_RECOGNISED,
    KK_COND_SPAN,
    KK_COND_EMPTY,
    KK_COND_CELL,
    KK_COND_WORDS,
    KK_COND_LANG,
    KK_COND_TRACKED,
    KK_COND_MANAGED
} kk_condition_kind;

/* Extent of a judgement: what a rule is asked about, and how far a primitive looks. */
typedef enum kk_extent {
    KK_EXTENT_UNIT = 0,
    KK_EXTENT_PARAGRAPH,
    KK_EXTENT_CELL,
    KK_EXTENT_ROW,
    KK_EXTENT_TABLE,
    KK_EXTENT_SECTION,
    KK_EXTENT_DOCUMENT,
    KK_EXTENT_PROCUREMENT
} kk_extent;

typedef enum kk_choice { KK_CHOICE_NO = 0, KK_CHOICE_ANY, KK_CHOICE_ONLY } kk_choice;
typedef enum kk_want { KK_WANT_EITHER = 0, KK_WANT_YES, KK_WANT_NO } kk_want;

typedef enum kk_fact_op {
    KK_FACT_LT,
    KK_FACT_LE,
    KK_FACT_EQ,
    KK_FACT_NE,
    KK_FACT_GE,
    KK_FACT_GT,
    KK_FACT_TRUE,
    KK_FACT_FALSE,
    KK_FACT_KNOWN,
    KK_FACT_UNKNOWN,
    KK_FACT_IS
} kk_fact_op;

/* What a condition says about figures near a hit. */
typedef struct kk_number_want {
    bool wanted, has_min, has_max;
    double min, max;
    uint32_t units;  /* bits 1 << kk_unit; 0 = any */
    uint32_t within; /* bytes from the hit; 0 = the paragraph, or the cell */
} kk_number_want;

/* One node; which fields count depends on kind (see rules/schema/klimakrav.rng). */
typedef struct kk_condition {
    kk_condition_kind kind;
    kk_extent in;
    uint32_t index;                      /* unique among all conditions, for memory of results */
    const struct kk_condition *children; /* ALL, ANY, NONE */
    uint32_t n_children;
    uint32_t pattern, pattern_b; /* MATCH, NEAR, HEADING, CELL */
    uint32_t within;             /* NEAR: bytes */
    uint32_t min_count;
    kk_choice negated, guidance, heading;
    kk_number_want number;
    uint64_t places;            /* bit i = places[i]; 0 = anywhere */
    const uint32_t *categories; /* CATEGORY */
    uint32_t n_categories;
    double min_score;
    const kk_str *names; /* KIND: kinds; RECOGNISED: kinds; LANG: codes; MANAGED: clause */
    uint32_t n_names;
    kk_want climate, binding, measurable, documented, empty, tracked;
    kk_str fact, value; /* FACT */
    kk_fact_op op;
    double value_number;
    kk_str threshold; /* FACT: compare with this amount on the date instead of value_number */
    uint32_t spans; /* SPAN: bits 1 << kk_span_kind */
    uint32_t roles; /* CELL: bits 1 << kk_role */
    uint32_t min_words, max_words;
    kk_origin origin;
} kk_condition;

/* ---- examples and messages ----------------------------------------------------------------- */

struct kk_xnode;

/* An example of a rule or recogniser: a paragraph or a small document (see minidoc.h). */
typedef struct kk_example {
    bool fires;
    kk_lang lang;
    kk_str date, note, kind;
    kk_str categories; /* ids separated by blanks */
    uint32_t expired;               /* suppressions that have run out */
    const struct kk_xnode *content; /* NULL in a compiled bank; ask kk_example_content */
    kk_str packed;                  /* there: the same, packed */
    uint32_t line;
} kk_example;

/* Text with gaps: a piece is either words to print or the name of a value. */
typedef struct kk_piece {
    kk_str text;
    bool is_value;
} kk_piece;

typedef struct kk_message {
    const kk_piece *pieces;
    uint32_t n;
} kk_message;

typedef struct kk_messages {
    kk_message nb, nn, en;
} kk_messages;

typedef struct kk_basis {
    kk_str ref, from, to, href;
} kk_basis;

/* ---- what a bank holds --------------------------------------------------------------------- */

typedef struct kk_category {
    kk_str id;
    uint32_t parent; /* category or KK_NONE */
    kk_texts name, cpv_note;
    kk_review status;
    kk_str reviewed_by, reviewed_on;
    const kk_str *cpv; /* prefixes, two to eight digits */
    uint32_t n_cpv;
    uint32_t pattern; /* its terms, vetoes and phrases */
    kk_origin origin;
} kk_category;

typedef struct kk_recogniser {
    kk_str id, kind, from, to;
    bool climate;
    kk_extent scope;
    kk_review status;
    kk_condition when;
    const kk_example *examples;
    uint32_t n_examples;
    kk_origin origin;
} kk_recogniser;

typedef struct kk_severity {
    kk_level level;
    kk_str from, to;
} kk_severity;

typedef struct kk_remedy {
    kk_str clause; /* clause id, or empty when there is only advice */
    kk_str route;
    const uint32_t *categories; /* none = any */
    uint32_t n_categories;
    kk_texts advice;
} kk_remedy;

typedef enum kk_rule_class {
    KK_CLASS_CORE = 0,
    KK_CLASS_SPECIAL,
    KK_CLASS_HYGIENE,
    KK_CLASS_CATEGORY
} kk_rule_class;

typedef struct kk_rule {
    kk_str id, name, from, to, reviewed_by, reviewed_on, help;
    kk_level level;
    kk_extent scope;
    kk_rule_class class;
    kk_review status;
    kk_texts title;
    kk_messages message, why;
    kk_condition when;
    uint32_t evidence;          /* pattern or KK_NONE */
    const uint32_t *categories; /* applies to; none = all */
    const kk_str *kinds;
    const kk_basis *basis;
    const kk_severity *severities;
    const kk_remedy *remedies;
    const kk_example *examples;
    uint32_t n_categories, n_kinds, n_basis, n_severities, n_remedies, n_examples;
    kk_origin origin;
} kk_rule;

/* A block of a clause body as written. Inlines: text, bold, or a field with unit and default. */
typedef struct kk_clause_inline {
    kk_inline_kind kind;
    bool bold;   /* a field inside <b> */
    kk_str text; /* FIELD: the default, or empty */
    kk_str name, unit;
} kk_clause_inline;

typedef struct kk_clause_cell {
    kk_role role;
    const kk_clause_inline *inlines;
    uint32_t n_inlines;
} kk_clause_cell;

typedef struct kk_clause_block {
    kk_block_kind kind;
    const kk_clause_cell *cells; /* one with role NONE unless kind is ROW */
    uint32_t n_cells;
    uint32_t line;
} kk_clause_block;

typedef struct kk_clause_body {
    const kk_clause_block *blocks;
    uint32_t n_blocks;
} kk_clause_body;

typedef struct kk_source_note {
    kk_str href, title;
} kk_source_note;

typedef struct kk_reference {
    kk_str ref, version;
} kk_reference;

typedef struct kk_clause {
    kk_str id, version, type, level; /* level may be empty */
    kk_str from, to, reviewed_by, reviewed_on;
    kk_review status;
    kk_texts name, verifikat, motive;
    const uint32_t *categories; /* none = any */
    const uint32_t *places;     /* in order of preference */
    kk_clause_body nb, nn, en;
    const kk_basis *basis;
    const kk_source_note *sources;
    const kk_reference *follow_ups;
    const kk_reference *replaces;
    const kk_reference *earlier; /* ref = hash of the words of a version that is no longer here */
    const kk_phrase *phrases; /* hit: text that satisfies; else a near miss */
    uint32_t n_categories, n_places, n_basis, n_sources, n_follow_ups, n_replaces, n_earlier,
        n_phrases;
    bool has_satisfied_by;
    kk_condition satisfied_by;
    kk_origin origin;
} kk_clause;

typedef struct kk_place {
    kk_str id;
    kk_texts name;
    uint32_t order; /* of its chapter in a document */
    uint32_t pattern;
    const kk_str *kinds; /* document kinds where it belongs; none = all */
    uint32_t n_kinds;
    kk_origin origin;
} kk_place;

typedef struct kk_columns {
    kk_role role;
    uint32_t pattern;
} kk_columns;

typedef struct kk_document_kind {
    kk_str id;
    uint32_t order;
    kk_texts name;
    kk_condition when;
    const kk_example *examples;
    uint32_t n_examples;
    kk_origin origin;
} kk_document_kind;

typedef struct kk_verdict_route {
    kk_route route;
    int satisfied; /* 1, 0, -1 as in kk_verdict */
    const kk_basis *basis;
    uint32_t n_basis;
    kk_condition when; /* no children: always */
    kk_messages why;
} kk_verdict_route;

typedef struct kk_verdict_rule {
    kk_str id, from, to;
    bool has_applies;
    kk_condition applies;
    const kk_verdict_route *routes;
    uint32_t n_routes;
    kk_origin origin;
} kk_verdict_rule;

typedef struct kk_threshold {
    kk_str id, unit, from, to, basis, href;
    double value;
    kk_origin origin;
} kk_threshold;

/* A point of law that documents decide: which regulation, which part of it. Of those with the same
 * name and valid on the date the first whose condition holds gives the fact its value; "unknown" is
 * a value too, and then the fact is not known. */
typedef struct kk_law_fact {
    kk_str id, name, value, from, to, basis, href;
    kk_str cites, instead_of; /* the verdict's basis is cited so instead; may be empty */
    kk_texts says;            /* for people: "Forsyningsforskriften gjelder." */
    kk_condition when;        /* no children: always */
    kk_origin origin;
} kk_law_fact;

/* A code of a field of the notice, and when the documents call for it. */
typedef struct kk_notice_code {
    kk_str id, field, code, means; /* "BT-539", "quality-nor-env-spec", "spec" */
    kk_str from, to, basis, href;
    kk_texts label;
    bool has_when;
    kk_condition when;
    kk_origin origin;
} kk_notice_code;

typedef struct kk_example_use {
    kk_str id, year, buyer;
    kk_texts text;
    const uint32_t *categories;
    const kk_str *clauses;
    const kk_source_note *sources;
    uint32_t n_categories, n_clauses, n_sources;
    kk_origin origin;
} kk_example_use;

typedef struct kk_cpv {
    kk_str code; /* eight digits */
    char check;  /* ninth digit */
    kk_str name_nb, name_en;
} kk_cpv;

/* All CPV codes as flat tables, so that a compiled bank has them without work. */
typedef struct kk_cpv_table {
    const char *codes;     /* nine bytes each: eight digits and the check digit; sorted */
    const uint32_t *names; /* 2 n + 1 offsets into text: the two names of each code */
    const char *text;
    uint32_t n;
} kk_cpv_table;

typedef struct kk_model {
    const kk_matcher *matchers;
    const kk_pattern *patterns;
    const kk_category *categories;
    const kk_recogniser *recognisers;
    const kk_rule *rules;
    const kk_clause *clauses; /* sorted by id, then version, newest valid last */
    const kk_place *places;   /* at most 64 */
    const kk_columns *columns;
    const kk_document_kind *kinds;
    const kk_verdict_rule *verdicts;
    const kk_threshold *thresholds;
    const kk_law_fact *law_facts;       /* in the order of the files */
    const kk_notice_code *notice_codes; /* likewise; a code once per validity */
    const kk_example_use *uses;
    kk_cpv_table cpv;
    uint32_t n_matchers, n_patterns, n_categories, n_recognisers, n_rules, n_clauses, n_places;
    uint32_t n_columns, n_kinds, n_verdicts, n_thresholds, n_law_facts, n_notice_codes, n_uses;
    uint32_t n_conditions;
    kk_source_note cpv_list; /* where the CPV names come from */
} kk_model;

/* The text in lang; another language of it when that one is missing. */
kk_str kk_texts_get(const kk_texts *texts, kk_lang lang);
const kk_message *kk_messages_get(const kk_messages *messages, kk_lang lang);
/* Is date ("2026-11-23") within [from, to]? Empty bounds are open. */
bool kk_date_within(kk_str date, kk_str from, kk_str to);
/* "2026-02-30" is none. */
bool kk_date_is_real(kk_str date);
/* Position by id, or KK_NONE. Logarithmic for patterns, linear for the short lists. */
uint32_t kk_model_pattern(const kk_model *model, kk_str id);
uint32_t kk_model_category(const kk_model *model, kk_str id);
uint32_t kk_model_place(const kk_model *model, kk_str id);
uint32_t kk_model_rule(const kk_model *model, kk_str id);
/* Is `id` the category `ancestor` or below it? Indexes. */
bool kk_model_category_within(const kk_model *model, uint32_t category, uint32_t ancestor);
/* Newest version of clause id that is valid on date, not retired; reviewed_only leaves drafts out.
 */
const kk_clause *kk_model_clause(const kk_model *model, kk_str id, kk_str date, bool reviewed_only);
/* The amount of a threshold on a date; false when none is known for that date. */
bool kk_model_threshold(const kk_model *model, kk_str id, kk_str date, double *value);
/* Row of the CPV table; index < model->cpv.n. Views of the bank. */
kk_cpv kk_model_cpv(const kk_model *model, uint32_t index);
/* Index of a code of eight digits, or KK_NONE. */
uint32_t kk_model_cpv_find(const kk_model *model, kk_str code);
/* The XML of an example: that of the bank, or unpacked into arena. NULL when out of memory. */
const struct kk_xnode *kk_example_content(const kk_example *example, kk_arena *arena);
/* What an example says, as one line. {NULL,0} when out of memory. */
kk_str kk_example_text(const kk_example *example, kk_arena *arena);

#endif
