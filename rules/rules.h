/* The facade of rules: TEXT -> categories, requirements, award criteria, verdict and findings;
 * clause id -> BLOCKS. Has never heard of XML in documents, zip or Word. */
#ifndef KK_RULES_H
#define KK_RULES_H

#include "arena.h"
#include "buf.h"

#include <klimakrav/text.h>
#include <klimakrav/types.h>

typedef struct kk_rules kk_rules;     /* immutable after load, shared by threads */
typedef struct kk_scanner kk_scanner; /* one per thread: match data, JIT stack, scratch */

/* ---- loading ------------------------------------------------------------------------------- */

/* One rule file in memory; name is used in messages. Both borrowed during the load. */
typedef struct kk_rule_source {
    kk_str name;
    kk_str xml;
    bool validate; /* check against the RELAX NG schema (our own bank was checked at build time) */
    bool stays; /* compiled banks: xml stays until the rules are freed, aligned as by malloc, and they
                   look into it; else they copy it */
} kk_rule_source;

/* Loads sources in order; a later element with the same id replaces the earlier one. The first may
 * be a compiled bank (see kk_rules_compile), which stands for all the files it was made from; those
 * are named as if they lay in the folder bank/ beside it.
 *   schema   text of klimakrav.rng; needed when any source asks for validation.
 *   errors   KK_E_RULE with part = file name, line, and what to do; KK_E_FORMAT for a compiled bank
 *            that is damaged or was made by another version.
 *   cost     a compiled bank alone: about 2 ms; else parses XML and builds the prefilter, 10 times
 *            that. Patterns are compiled when first needed. */
kk_status kk_rules_load(kk_rules **out, const kk_rule_source *sources, size_t n, kk_str schema,
                        kk_error *err);
void kk_rules_free(kk_rules *rules);
/* Hash over all loaded sources, 12 hex digits: the bank version in reports. */
kk_str kk_rules_version(const kk_rules *rules);

/* Validates all sources against the schema, compiles all regexes once, and writes the bank as one
 * image, the same bytes for the same sources. Names of sources are kept as they are: give them
 * relative to the folder of the bank.
 *   errors  KK_E_RULE with file and line. */
kk_status kk_rules_compile(const kk_rule_source *sources, size_t n, kk_str schema, kk_buf *image,
                           kk_error *err);

/* A file that a compiled bank was made from. */
typedef struct kk_rule_image_file {
    kk_str name;
    uint64_t size, sum; /* bytes, kk_rules_image_sum */
} kk_rule_image_file;

/* The files, in order; out views image. Checks the head, not the checksum: that is kk_rules_load's
 * work. KK_E_FORMAT, KK_E_NOMEM. */
kk_status kk_rules_image_files(kk_str image, kk_str name, kk_arena *arena,
                               const kk_rule_image_file **out, uint32_t *n, kk_error *err);
/* Checksum of the contents of a source. Not cryptographic. */
uint64_t kk_rules_image_sum(kk_str bytes);

kk_status kk_scanner_new(kk_scanner **out, const kk_rules *rules, const kk_limits *limits,
                         kk_error *err);
void kk_scanner_free(kk_scanner *scanner);

/* ---- evaluation ---------------------------------------------------------------------------- */

typedef enum kk_level { KK_LEVEL_INFO = 0, KK_LEVEL_WARNING, KK_LEVEL_ERROR } kk_level;

/* Where something was seen. begin/end are offsets into the text of document `doc`. */
typedef struct kk_evidence {
    uint32_t doc;
    uint32_t para; /* KK_NONE: the document as a whole */
    uint32_t begin, end;
    kk_str term; /* pattern or code that hit; may be empty */
} kk_evidence;

typedef struct kk_category_hit {
    kk_str id; /* "transport" or "parent.child" */
    double score;
    const kk_evidence *evidence;
    uint32_t n_evidence;
    const kk_str *cpv; /* CPV codes of the document that led here, eight digits */
    uint32_t n_cpv;
} kk_category_hit;

/* A passage that asks for, rewards or promises something for climate or environment. */
typedef struct kk_requirement {
    kk_evidence at;
    kk_str recogniser; /* id of the recogniser that saw it */
    kk_str kind;       /* krav, kriterium, kvalifikasjon, kontrakt, mal, begrunnelse ... */
    kk_str place;      /* id of the place whose section it stands in, or empty */
    bool climate;      /* in the narrow sense (is_climate), not only environment */
    bool binding;      /* skal/må/minst, not undone by a soft verb or a negation */
    bool measurable;   /* figure with unit */
    bool documented;   /* names a proof */
} kk_requirement;

/* A node of the award criteria. Children of a node are contiguous. */
typedef struct kk_criterion {
    kk_str name;
    kk_evidence at;
    uint32_t parent;  /* index or KK_NONE */
    double weight;    /* percent of the whole (sub-weights multiplied), or -1 when not stated */
    double stated;    /* the figure as written, or -1 */
    int rank;         /* 1.. in a ranking, else 0 */
    bool price;       /* it is the price or the cost */
    bool nominal;     /* its words speak of climate or environment */
    bool genuine;     /* it measures climate or environment (KOFA 2025/0999) */
    bool placeholder; /* "XX %", "[30] %" */
    uint32_t set;     /* criteria that together make up a whole: lots have sets of their own */
    kk_str why;       /* id of the pattern that decided genuine or not */
} kk_criterion;

typedef enum kk_route {
    KK_ROUTE_WEIGHTED = 0,
    KK_ROUTE_PRIORITISED,
    KK_ROUTE_REPLACED,
    KK_ROUTE_COMBINED,
    KK_ROUTE_EXEMPT,
    KK_ROUTE_SILENT,
    KK_ROUTE_NOT_APPLICABLE
} kk_route;

typedef struct kk_verdict {
    int satisfied; /* 1 yes, 0 no, -1 cannot be told or not applicable (why says which) */
    kk_route route;
    double
        weight; /* genuine climate/environment weight in per cent; -1 when no weights are stated */
    kk_str basis; /* "FOA § 7-9 (2)" */
    kk_str from;  /* "2026-07-01" */
    kk_str why;   /* one or two sentences in the message language, with the arithmetic */
} kk_verdict;

/* A named value the conditions can ask for; see the bank's documentation for the list. */
typedef struct kk_fact {
    kk_str name;
    double number; /* booleans are 0/1 */
    kk_str text;   /* for textual facts, else empty */
    bool known;
    kk_evidence at;
} kk_fact;

/* A rule that fired. Texts are in the message language, placeholders filled. */
typedef struct kk_hit {
    kk_str rule;
    kk_level level;
    kk_evidence at;
    kk_str message, why;
    const kk_str *basis; /* "FOA § 7-9 (2)" ... */
    uint32_t n_basis;
    kk_str remedy; /* clause id, or empty */
    kk_str place;  /* id of the place the remedy belongs to, or empty */
    kk_str help;   /* address to read more, or empty */
    kk_str advice; /* what to do, when words help more than a clause; may be empty */
} kk_hit;

/* Language form of a chapter: the text from its heading to the next one of the same or a higher
 * level, or what stands before the first heading. */
typedef struct kk_lang_section {
    uint32_t para; /* of its heading; the first paragraph where there is none */
    kk_lang lang;  /* KK_LANG_UNSET = uncertain */
    bool mixed;    /* both forms in earnest */
    double share;  /* of the decisive words that speak for lang, 0..1 */
    uint32_t decisive, words;
} kk_lang_section;

typedef struct kk_document_result {
    kk_lang lang; /* KK_LANG_UNSET = uncertain */
    bool lang_mixed;
    double lang_share;               /* share of the decisive words that speak for lang, 0..1 */
    const kk_lang_section *sections; /* chapters in order */
    uint32_t n_sections;
    kk_str kind; /* "tender", "spec", "contract", "answer", "none" ... from places.xml */
    const kk_category_hit *categories; /* best first; only those over the threshold */
    uint32_t n_categories;
    const kk_requirement *requirements;
    uint32_t n_requirements;
    const kk_criterion *criteria;
    uint32_t n_criteria;
    const double *set_weights; /* genuine weight of every set that has weights, in per cent */
    uint32_t n_set_weights;
    kk_verdict verdict; /* of this document alone */
} kk_document_result;

/* A point of law, as the documents decide it. */
typedef struct kk_law_point {
    kk_str name, value; /* "law.regime", "fsf"; value "unknown": it cannot be told */
    kk_str says, basis; /* in the message language */
    bool known;
    kk_evidence at;
} kk_law_point;

/* A code of a field of the notice. */
typedef struct kk_code_hit {
    kk_str field, code, means, label, basis; /* "BT-539", "quality-nor-env-spec", "spec" */
    kk_str from, to;
    bool valid; /* on the date */
    bool asked; /* the documents call for it */
    kk_evidence at;
} kk_code_hit;

typedef struct kk_evaluation {
    const kk_document_result *documents; /* one per text */
    uint32_t n_documents;
    kk_verdict verdict; /* of the set: the procurement, or the only document */
    const kk_hit *hits; /* sorted by (doc, para, begin, rule) */
    uint32_t n_hits;
    const kk_fact *facts;
    uint32_t n_facts;
    const kk_law_point *law;  /* of the set, or of the first document */
    const kk_code_hit *codes; /* all that the bank knows, likewise */
    uint32_t n_law, n_codes;
} kk_evaluation;

typedef struct kk_evaluate_options {
    kk_str date;          /* "2026-11-23": picks rules and clauses by validity; required */
    kk_lang message_lang; /* NB, NN or EN */
    bool as_procurement;  /* all texts are one set: absence is judged over the set */
    kk_str level; /* ambition of remedies: "basis", "avansert", "spydspiss"; empty = basis */
    const kk_str *only_categories; /* restrict category rules; empty = those detected */
    uint32_t n_only_categories;
    bool only_reviewed; /* remedies from reviewed clauses only */
    uint32_t n_expired; /* suppressions of the caller that have run out: fact config.expired */
} kk_evaluate_options;

/* Judges a document, or a set of documents.
 *   out      lives in the scanner until its next evaluation.
 *   errors   KK_E_LIMIT if a regex exhausts its step budget: *out is set all the same and lacks
 * only the hits of that regex in that paragraph. KK_E_ARG for a date that is none, KK_E_NOMEM. cost
 * one prefilter pass over the text plus one regex call per candidate paragraph. */
kk_status kk_rules_evaluate(kk_scanner *scanner, const kk_text *const *texts, uint32_t n_texts,
                            const kk_evaluate_options *options, const kk_evaluation **out,
                            kk_error *err);

/* Is this passage a climate/environment requirement? For the text door `requirements --tsv`.
 * *out has recogniser empty when it is not. ids: every recogniser that saw it. */
kk_status kk_rules_recognise(kk_scanner *scanner, kk_str passage, bool strict_climate,
                             kk_requirement *out, const kk_str **ids, uint32_t *n_ids,
                             kk_error *err);

/* Categories of a loose text (a notice), best first; scores below the threshold are left out. The
 * title ends at the first tab or line break, else with the first sentence; the sentence after it
 * counts as much. CPV codes written in the text count. */
kk_status kk_rules_classify(kk_scanner *scanner, kk_str text, const kk_category_hit **out,
                            uint32_t *n, kk_error *err);

/* ---- places and tables --------------------------------------------------------------------- */

/* A heading of `text` that marks place `place` ("award", "spec", ...). */
typedef struct kk_place_hit {
    uint32_t heading;     /* paragraph index of the heading */
    uint32_t section_end; /* past the section's last paragraph (same story) */
    uint32_t strength;    /* higher = surer */
} kk_place_hit;

/* Sections that carry the place, surest first then in document order; none for a place that the
 * bank does not know. Lives in the scanner until its next call of this function or evaluation. */
kk_status kk_rules_places(kk_scanner *scanner, const kk_text *text, kk_str place,
                          const kk_place_hit **out, uint32_t *n, kk_error *err);

/* Meaning of each grid column of table `table`, from its header row(s) and, failing that, its
 * cells. roles has room for n_cols of that table; header_rows = rows that are headings. */
kk_status kk_rules_table_roles(kk_scanner *scanner, const kk_text *text, uint32_t table,
                               kk_role *roles, uint32_t *header_rows, kk_error *err);

/* ---- the bank ------------------------------------------------------------------------------ */

/* Values for clause fields. */
typedef struct kk_value {
    kk_str name, value;
} kk_value;

/* Clause -> BLOCKS in `lang` (NB or NN), fields filled from values, else shown with their default.
 *   version   empty = the newest valid on date.
 *   arena     owns *out.
 *   errors    KK_E_ARG for an unknown id, or a clause that is not valid on date. */
kk_status kk_rules_clause(const kk_rules *rules, kk_str id, kk_str version, kk_lang lang,
                          kk_str date, const kk_value *values, size_t n_values, kk_arena *arena,
                          kk_blocks *out, kk_error *err);

/* The model, read-only: what catalogue, lint and plan need. See model.h for the fields. */
struct kk_model;
const struct kk_model *kk_rules_model(const kk_rules *rules);

/* One complaint of lint, test or coverage. */
typedef struct kk_complaint {
    kk_level level;
    kk_str file, id;
    uint32_t line;
    kk_str message; /* what is wrong; what to do */
} kk_complaint;

typedef enum kk_check_kind { KK_CHECK_LINT = 0, KK_CHECK_TEST, KK_CHECK_COVERAGE } kk_check_kind;

/* Runs the bank's own checks: style and law of clause texts (lint), all examples (test), which
 * rules lack a firing or a silent example (coverage). arena owns *out. n_run = checks that were
 * made. */
kk_status kk_rules_check(const kk_rules *rules, kk_check_kind kind, kk_str date, kk_arena *arena,
                         const kk_complaint **out, uint32_t *n, uint32_t *n_run, kk_error *err);

#endif
