/* klimakrav: climate and environment clauses in Norwegian procurement documents.
 * Audits DOCX templates against the bank of rules, and inserts the missing clauses in place.
 *
 * The whole ABI is in this header (with types.h and text.h); every host uses it and nothing else.
 *
 *   bank      rules and clauses, loaded once, immutable, shared by all threads
 *   auditor   what one thread needs to work with a bank
 *   doc       one document: DOCX bytes (the bytes door) or paragraphs (the text door)
 *   audit     findings and verdict over one document, or over a set that is one procurement
 *   report    audits written as text, JSON, HTML, SARIF, JUnit or CSV
 *   plan      the clauses that findings call for, with their places; applied to new DOCX bytes
 *   config    what a purchaser has decided once: defaults, suppressions, house styles, folders
 *   baseline  findings that were there before, so that only new ones count
 *   update    plan and apply over many files, with journal, resume and undo
 *
 * Rules of the house
 *   - Texts are UTF-8. Paths are the bytes the system takes. Offsets are bytes, half-open.
 *   - Owner: `T **out` and kk_bytes are the caller's, to be freed with the _free of their kind. All
 *     else that comes out is borrowed from the handle it came from; a kk_str is NUL-terminated too.
 *     What goes in is copied, unless the comment says that it must outlive something.
 *   - Errors: 0 is success. `T **out` is NULL and kk_bytes empty after failure. _free takes NULL.
 *     kk_error may be NULL. Whatever returns a kk_status may give KK_E_NOMEM, and KK_E_ARG for
 *     wrong use; what else it may give stands with it. Nothing is half-done after a failure.
 *   - Structs that go in or out begin with `size`: set it to sizeof the struct (KK_INIT does). They
 *     only ever grow at the end; 0 and NULL mean the default everywhere.
 *   - Nothing prints, exits, reads the clock, the locale or the environment, or opens a socket.
 *   - Threads: a handle belongs to one thread at a time, except bank, config and notice, which are
 *     immutable and which all may share. There is no state beside the handles. The library never
 *     cleans up after libxml2, which the host may use too.
 *   - Cost, on a common machine: a bank 3 ms compiled and 30 ms as XML, once; a template of 20
 *     pages some milliseconds to open, to audit and to plan each, memory a few times its inflated
 *     parts; all linear in the text. What is dearer says so. */
#ifndef KLIMAKRAV_H
#define KLIMAKRAV_H

#include <klimakrav/text.h>
#include <klimakrav/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Grows when something existing changes; new functions and struct fields leave it as it is. */
#define KK_ABI 1u

/* kk_audit_options o = KK_INIT(kk_audit_options); */
#ifdef __cplusplus
#define KK_INIT(type) (kk_init_struct<type>())
#else
#define KK_INIT(type) ((type){.size = sizeof(type)})
#endif

/* ---- about the library --------------------------------------------------------------------- */

typedef struct kk_plugin_info {
    size_t size;
    uint32_t abi;        /* KK_ABI of the library */
    const char *name;    /* "klimakrav" */
    const char *version; /* "0.1.0" */
    const char *licence; /* "MIT" */
} kk_plugin_info;

/* Static; a host compares abi with its own KK_ABI and says why when it refuses. */
KK_API const kk_plugin_info *kk_plugin_describe(void);
KK_API uint32_t kk_abi(void);
KK_API const char *kk_version(void);
/* Fills *out with the caps that hold where the caller sets none. out->size says how much of it the
 * caller knows (0 = all of this header's) and stays so. Never fails; any thread. */
KK_API void kk_limits_default(kk_limits *out);
/* "KK_E_FORMAT"; static, never NULL. */
KK_API const char *kk_status_name(kk_status status);

/* Writes what went wrong and what to do as one line in `lang` (NB, NN or EN), the reason code in
 * brackets last; at most cap bytes with the NUL, cut between characters. Control characters are
 * replaced, so that the line can go to a terminal. Returns out. */
KK_API char *kk_error_describe(const kk_error *err, kk_lang lang, char *out, size_t cap);

/* Bytes that the library made. ptr[len] is NUL. */
typedef struct kk_bytes {
    char *ptr;
    size_t len;
} kk_bytes;
/* Frees and empties. */
KK_API void kk_bytes_free(kk_bytes *bytes);

/* ---- files --------------------------------------------------------------------------------- */

/* Replaces the file at path atomically: a sibling temporary, synced, renamed. The file is the old
 * one or the new one, never half. Permissions of an existing file are kept. */
KK_API kk_status kk_file_save(const char *path, kk_str bytes, kk_error *err);
/* The same; missing parent folders are made. */
KK_API kk_status kk_file_save_in(const char *path, kk_str bytes, kk_error *err);
/* Copies `from` to `to` atomically, with mode and time. An existing `to` is an error unless
 * overwrite. Missing parent folders are made. */
KK_API kk_status kk_file_backup(const char *from, const char *to, bool overwrite, kk_error *err);
/* Reads a regular file of at most max bytes (0 = 512 MiB). */
KK_API kk_status kk_file_load(const char *path, uint64_t max, kk_bytes *out, kk_error *err);

/* Templates found at paths: files as given; folders walked for docx, dotx, docm and dotm in byte
 * order, lock files (~$...) left out, links to folders not followed. A path that does not exist is
 * in the list all the same: opening it gives the error. A file comes once. */
typedef struct kk_paths kk_paths;
/* errors  KK_E_IO for a folder that cannot be read. */
KK_API kk_status kk_paths_find(kk_paths **out, const char *const *paths, size_t n, kk_error *err);
KK_API void kk_paths_free(kk_paths *paths);
KK_API size_t kk_paths_count(const kk_paths *paths);
KK_API const char *kk_paths_at(const kk_paths *paths, size_t i); /* NULL past the end */
/* Path i below the PATH that led to it: where a copy of the whole lies inside another folder. */
KK_API const char *kk_paths_relative(const kk_paths *paths, size_t i);
/* True when path i was named itself, false when a folder gave it. */
KK_API bool kk_paths_named(const kk_paths *paths, size_t i);

typedef struct kk_paths_options {
    size_t size;
    const char *const *paths; /* as for kk_paths_find. A file's relative path is its name, one found
                                 in a folder keeps its place below it; below several folders the
                                 folder's own name comes first */
    size_t n;
    const char *const *listed; /* more of them, from a list: these keep the whole path as given */
    size_t n_listed;
    const char *const *skip; /* folders not looked into, below the others: copies of our own */
    size_t n_skip;
    /* Part `shard` (1..n_shards) of the files; the split depends on relative paths alone, so that
     * machines agree on it. n_shards 0 or 1: all. */
    uint32_t shard, n_shards;
} kk_paths_options;

/* kk_paths_find with more choices. A file that is reached twice, also through links, comes once.
 *   errors  KK_E_IO for a folder that cannot be read; KK_E_ARG for a shard that does not exist. */
KK_API kk_status kk_paths_collect(kk_paths **out, const kk_paths_options *options, kk_error *err);

/* ---- bank ---------------------------------------------------------------------------------- */

typedef struct kk_bank kk_bank;

typedef struct kk_bank_options {
    size_t size;
    const char *folder;       /* holds bank/ and schema/klimakrav.rng, and bank.kkb made of them */
    const char *const *extra; /* further folders of rule files; later ones override earlier ones */
    size_t n_extra;
    /* With folder NULL: the bytes of a bank.kkb, not copied, so that they outlive the bank; and those
     * of schema/klimakrav.rng, which may be empty without extra folders. */
    kk_str image, schema;
} kk_bank_options;

/* One file of a bank in memory. */
typedef struct kk_bank_file {
    kk_str name;  /* "law.xml", "cpv.tsv", "bank.kkb"; the ending says what it is */
    kk_str bytes; /* copied */
    bool own;     /* part of our own bank, checked when it was built: not validated again */
} kk_bank_file;

/* Loads a bank. The compiled bank of the folder is taken where it was made from just the XML files
 * that lie there (or where there are none); else, and when it is damaged, the XML is read. Extra
 * folders hold XML and are validated against the schema.
 *   errors  KK_E_IO; KK_E_RULE with file, line and what to do; KK_E_FORMAT for a damaged compiled
 *           bank without XML beside it.
 *   cost    2 to 3 ms for a compiled bank, some 30 ms for XML. */
KK_API kk_status kk_bank_load(kk_bank **out, const kk_bank_options *options, kk_error *err);
/* The same from memory, for hosts without files. schema may be empty when all files are `own`. The
 * first file may be a compiled bank (bank.kkb, `own`), which stands for all files that it was made
 * from. KK_E_FORMAT when it is damaged or was made by another version. */
KK_API kk_status kk_bank_load_memory(kk_bank **out, const kk_bank_file *files, size_t n,
                                     kk_str schema, kk_error *err);
KK_API void kk_bank_free(kk_bank *bank);
/* Hash over all files, 12 hex digits. */
KK_API const char *kk_bank_version(const kk_bank *bank);

/* ---- config -------------------------------------------------------------------------------- */

/* klimakrav.xml (plugin/schema/config.rng): immutable after load, shared by all threads. */
typedef struct kk_config kk_config;

/* Looks for klimakrav.xml in the folder of `near` (a file or a folder) and upwards. *path is empty
 * when there is none. */
KK_API kk_status kk_config_find(const char *near, kk_bytes *path, kk_error *err);
/* Reads and validates. Relative folders and patterns in it count from its own folder.
 *   errors  KK_E_IO; KK_E_RULE with file, line and what is wrong. */
KK_API kk_status kk_config_load(kk_config **out, const char *path, kk_error *err);
/* The same from memory; path says where it would stand. */
KK_API kk_status kk_config_load_memory(kk_config **out, kk_str bytes, const char *path,
                                       kk_error *err);
KK_API void kk_config_free(kk_config *config);

/* Defaults for what the command line leaves open. Absent ones are NULL, UNSET and false. */
typedef struct kk_config_info {
    size_t size;
    const char *path;          /* as loaded */
    kk_lang lang, clause_lang; /* of messages; of clauses */
    const char *level;         /* "basis", "avansert", "spydspiss" */
    const char *fail_on;       /* "error", "warning", "info", "never" */
    const char *author;
    const char *municipality;
    bool only_reviewed;
    const char *const *rules; /* folders of rule files, made relative to where we stand */
    size_t n_rules;
} kk_config_info;
/* Fills *out (its `size` set by the caller); borrowed from config. */
KK_API kk_status kk_config_get(const kk_config *config, kk_config_info *out);

/* Municipality of the template at path: the first folder pattern that fits, else the default one,
 * else NULL. Borrowed from config, which may be NULL. */
KK_API const char *kk_config_municipality(const kk_config *config, const char *path);

/* A finding that somebody has decided to live with. */
typedef struct kk_suppression_info {
    size_t size;
    kk_str id; /* 12 hex digits over rule, scope, reason, who and until: the decision as such */
    kk_str rule, reason, decided_by, decided_on, until;
    kk_str scope; /* for people: "maler/it, Tildelings*"; empty = everywhere */
    bool expired; /* on the date asked about */
} kk_suppression_info;
/* Number of suppressions, expired ones too. */
KK_API size_t kk_config_suppressions(const kk_config *config);
/* KK_E_ARG past the end. date: "2026-11-23". */
KK_API kk_status kk_config_suppression(const kk_config *config, size_t i, const char *date,
                                       kk_suppression_info *out);

/* ---- auditor ------------------------------------------------------------------------------- */

typedef struct kk_auditor kk_auditor;

/* limits NULL = defaults. The bank must outlive it. */
KK_API kk_status kk_auditor_new(kk_auditor **out, const kk_bank *bank, const kk_limits *limits,
                                kk_error *err);
KK_API void kk_auditor_free(kk_auditor *auditor);

/* ---- documents ----------------------------------------------------------------------------- */

typedef struct kk_doc kk_doc;

/* Opens a template.
 *   errors  KK_E_IO; KK_E_FORMAT, KK_E_UNSUPPORTED, KK_E_LIMIT with reason "encrypted", "dtd",
 *           "zip-inconsistent", "limit", "encoding", "not-word". Signed and protected ones open. */
KK_API kk_status kk_doc_open_file(kk_doc **out, const char *path, const kk_limits *limits,
                                  kk_error *err);
/* bytes are copied; name is what reports call the document. */
KK_API kk_status kk_doc_open_memory(kk_doc **out, kk_str bytes, const char *name,
                                    const kk_limits *limits, kk_error *err);

/* The text door: one paragraph of a host's own document model, in reading order. */
typedef struct kk_doc_paragraph {
    size_t size;
    kk_str text;        /* one line; line breaks become spaces */
    kk_str number;      /* visible number, may be empty */
    kk_str style;       /* canonical style name, may be empty */
    uint32_t flags;     /* KK_PARA_* that the host knows */
    uint8_t heading;    /* 0 = body, 1..9 */
    uint8_t list_level; /* 0, 1..9 */
    uint8_t lang;       /* kk_lang */
    uint32_t table;     /* 1-based number of the table it stands in, 0 = none; contiguous */
    uint32_t row, col;  /* 0-based, when in a table */
} kk_doc_paragraph;

/* A document made of paragraphs, all in one story. Can be audited and planned for, not written:
 * the host inserts the BLOCKS of the plan itself. `stride` = sizeof(kk_doc_paragraph). */
KK_API kk_status kk_doc_from_paragraphs(kk_doc **out, const kk_doc_paragraph *paragraphs, size_t n,
                                        size_t stride, const char *name, kk_error *err);
KK_API void kk_doc_free(kk_doc *doc);
KK_API const char *kk_doc_name(const kk_doc *doc);
/* SHA-256 of the bytes, 64 hex digits; of the text at the text door. */
KK_API const char *kk_doc_sha256(const kk_doc *doc);
/* The same of the bytes that were written for it: after kk_plan_apply, kk_doc_withdraw or
 * kk_doc_release; "" before. */
KK_API const char *kk_doc_result_sha256(const kk_doc *doc);
/* What the rules see. Borrowed. */
KK_API const kk_text *kk_doc_text(const kk_doc *doc);

typedef enum kk_format {
    KK_FORMAT_TEXT = 0,
    KK_FORMAT_JSON,
    KK_FORMAT_HTML,
    KK_FORMAT_SARIF,
    KK_FORMAT_JUNIT,
    KK_FORMAT_CSV,
    KK_FORMAT_GITHUB /* workflow commands: ::error file=... */
} kk_format;

/* The text with paragraph attributes, for rule authors. TEXT or JSON. */
KK_API kk_status kk_doc_print(const kk_doc *doc, kk_format format, kk_bytes *out, kk_error *err);

/* ---- audit --------------------------------------------------------------------------------- */

typedef enum kk_finding_level {
    KK_SEVERITY_INFO = 0,
    KK_SEVERITY_WARNING,
    KK_SEVERITY_ERROR
} kk_finding_level;

typedef struct kk_audit_options {
    size_t size;
    const char *date;  /* notice date "2026-11-23": picks rules and clauses; required */
    kk_lang lang;      /* of messages: NB (default), NN or EN */
    const char *level; /* ambition of remedies: "basis" (default), "avansert", "spydspiss" */
    const char *const *categories; /* judge these instead of the detected ones */
    size_t n_categories;
    bool as_procurement;              /* all documents are one procurement */
    bool only_reviewed;               /* offer only clauses that a lawyer has reviewed */
    /* Polled before and after the reading of each document; true ends with KK_E_CANCELLED and no
     * audit. In kk_batch_run from several threads at once. NULL = never. */
    bool (*cancelled)(void *context);
    void *context;
    const kk_config
        *config; /* its suppressions hold findings back; NULL = none. Outlives the call */
    /* Compares the set with its notice: what disagrees becomes findings of one more document, kind
     * "notice", that stands last. Needs as_procurement. NULL = none. */
    const struct kk_notice *notice;
    /* Told after each document, in order; after all of them for a set, which is judged at once.
     * By kk_audit_run alone: kk_batch_run and kk_update_run tell through `done`. NULL = none. */
    void (*progress)(void *context, size_t done, size_t total);
} kk_audit_options;

typedef struct kk_audit kk_audit;

/* Where a finding stands. Indexes are KK_NONE and strings empty when it concerns the whole. */
typedef struct kk_finding_place {
    kk_str part;            /* "word/document.xml" */
    const char *story;      /* "body" "header" "footer" "footnote" "endnote" "comment" "textbox" */
    uint32_t paragraph;     /* 0-based in the document, KK_NONE for the document as a whole */
    uint32_t row, column;   /* 0-based in its table, KK_NONE outside tables */
    uint32_t begin, end;    /* bytes in the paragraph's text */
    const kk_str *headings; /* number and text of every heading above, outermost first */
    size_t n_headings;
    kk_str label; /* for people: "5 Tildelingskriterier, tabell rad 3" */
} kk_finding_place;

typedef struct kk_finding {
    size_t size;
    size_t document; /* index into the audit's documents */
    kk_str rule;
    kk_finding_level severity;
    kk_str message, why;
    const kk_str *basis;
    size_t n_basis;
    kk_finding_place place;
    kk_str evidence;  /* the words themselves, empty for an absence */
    kk_str paragraph; /* whole text of the paragraph, so that hosts find their own place */
    kk_str remedy;    /* clause id, or empty */
    kk_str remedy_title;
    bool insertable;    /* the remedy can be inserted into this document */
    kk_str help;        /* address to read more, or empty */
    kk_str fingerprint; /* 16 hex digits; rule, evidence and headings, never position */
} kk_finding;

typedef struct kk_verdict_info {
    size_t size;
    int satisfied; /* 1, 0, or -1: not applicable or cannot be told */
    kk_str route;  /* weighted, prioritised, replaced, combined, exempt, silent, not-applicable */
    double weight; /* genuine climate/environment weight in per cent, -1 when none is stated */
    kk_str basis, from, why;
} kk_verdict_info;

typedef struct kk_category_info {
    kk_str id, name;
    double score;
    const kk_str *cpv;
    size_t n_cpv;
    const kk_str *evidence; /* words that led here */
    size_t n_evidence;
} kk_category_info;

typedef struct kk_managed_info {
    kk_str clause, version;
    const char *state; /* "current", "outdated", "edited", "unknown", "untagged" (known by its words) */
    bool pending;      /* still a tracked insertion */
    uint32_t paragraph;
} kk_managed_info;

/* A node of the award criteria. Parents stand before their children. */
typedef struct kk_criterion_info {
    kk_str name;
    uint32_t parent;  /* index, KK_NONE at the top */
    double weight;    /* per cent of the whole, sub-weights multiplied; -1 when not stated */
    double stated;    /* the figure as written, -1 likewise */
    int rank;         /* 1.. in a ranking, else 0 */
    bool price;       /* it is the price or the cost */
    bool nominal;     /* its words speak of climate or environment */
    bool genuine;     /* and it measures climate or environment: it counts */
    bool placeholder; /* "XX %", "[30] %" */
    uint32_t set;     /* criteria of one lot share a number */
    kk_str why;       /* id of the pattern that decided */
    uint32_t paragraph;
} kk_criterion_info;

/* Language form of a chapter. */
typedef struct kk_section_info {
    uint32_t paragraph;   /* of its heading, or the first one */
    kk_str heading;       /* empty before the first heading */
    const char *language; /* "nb", "nn", "mixed", "uncertain", "other" */
    double confidence;    /* share of the decisive words that speak for it, 0..1 */
    uint32_t words;
} kk_section_info;

/* A point of law that the documents decide, and a code of the notice that they call for. */
typedef struct kk_law_info {
    size_t size;
    kk_str name, value; /* "law.regime", "fsf"; value "unknown": it cannot be told */
    kk_str says, basis;
    bool known;
} kk_law_info;

typedef struct kk_document_info {
    size_t size;
    kk_str path, sha256;
    const char *language;               /* "nb", "nn", "mixed", "uncertain", "other" */
    kk_str kind;                        /* "tender", "spec", "contract", "answer", "none" ... */
    const kk_category_info *categories; /* best first */
    size_t n_categories;
    kk_verdict_info verdict;
    const kk_managed_info *managed; /* clauses of ours in it */
    size_t n_managed;
    size_t n_findings[3]; /* by kk_finding_level */
    uint32_t facts;       /* KK_FACT_* of the document */
    /* Climate and environment requirements by kind, as the rules recognised them. */
    uint32_t n_criteria;        /* award criteria that measure it */
    uint32_t n_specification;   /* binding requirements to what is delivered */
    uint32_t n_qualification;   /* to the supplier */
    uint32_t n_contract;        /* terms of the contract */
    uint32_t n_soft;            /* passages that ask for it without binding */
    double language_confidence; /* share of the decisive words that speak for language, 0..1 */
    const kk_section_info *sections;
    size_t n_sections;
    const kk_criterion_info *award; /* the tree of award criteria */
    size_t n_award;
    const double *lot_weights; /* genuine weight of each set of criteria that has weights */
    size_t n_lot_weights;
} kk_document_info;

/* Audits documents: one, or a set with options->as_procurement; several documents without it are
 * judged each for itself.
 *   out     independent of the documents and the auditor afterwards. */
KK_API kk_status kk_audit_run(kk_audit **out, kk_auditor *auditor, kk_doc *const *docs, size_t n,
                              const kk_audit_options *options, kk_error *err);
KK_API void kk_audit_free(kk_audit *audit);
KK_API size_t kk_audit_documents(const kk_audit *audit);
/* Fills *out (its `size` set by the caller). KK_E_ARG for an index past the end. */
KK_API kk_status kk_audit_document(const kk_audit *audit, size_t i, kk_document_info *out);
/* Verdict over the whole set; of the only document without as_procurement. */
KK_API kk_status kk_audit_verdict(const kk_audit *audit, kk_verdict_info *out);
KK_API size_t kk_audit_count(const kk_audit *audit);
/* Finding i in order of document, place and rule. */
KK_API kk_status kk_audit_finding(const kk_audit *audit, size_t i, kk_finding *out);
/* Point of law i of the set (of the first document without as_procurement), in the bank's order.
 * KK_E_ARG past the end. */
KK_API kk_status kk_audit_law(const kk_audit *audit, size_t i, kk_law_info *out);
/* Findings at or above a severity. */
KK_API size_t kk_audit_count_at(const kk_audit *audit, kk_finding_level severity);

/* Why a finding is held back: it is shown, but does not count and asks for no clause. */
typedef enum kk_held_by { KK_HELD_SUPPRESSED = 1, KK_HELD_BASELINE } kk_held_by;

typedef struct kk_held_info {
    size_t size;
    const kk_finding *finding; /* borrowed from the audit */
    kk_held_by by;
    kk_str suppression; /* id; this and the next ones are empty for a baseline */
    kk_str reason, decided_by, until;
} kk_held_info;

/* Findings held back, in order of document; kk_audit_count and kk_audit_finding leave them out. */
KK_API size_t kk_audit_held(const kk_audit *audit);
KK_API kk_status kk_audit_held_at(const kk_audit *audit, size_t i, kk_held_info *out);

/* ---- baseline ------------------------------------------------------------------------------ */

/* Findings as they were one day: per document how often each finding stood there, known by its
 * content (fingerprint and the words of its paragraph). A finding that was mended never makes room
 * for a new one. Not for several threads at once. */
typedef struct kk_baseline kk_baseline;

/* Empty, to be filled. path is where it will stand: documents are named relative to its folder. */
KK_API kk_status kk_baseline_new(kk_baseline **out, const char *path, kk_error *err);
/* KK_E_IO; KK_E_ARG with reason "baseline" when the file is none. */
KK_API kk_status kk_baseline_load(kk_baseline **out, const char *path, kk_error *err);
KK_API void kk_baseline_free(kk_baseline *baseline);
/* Notes all findings of the audit, held back or not, except those that are suppressed. */
KK_API kk_status kk_baseline_add(kk_baseline *baseline, const kk_audit *audit, kk_error *err);
/* As JSON, klimakrav.baseline/1; the same documents in any order give the same bytes. */
KK_API kk_status kk_baseline_write(const kk_baseline *baseline, kk_bytes *out, kk_error *err);
/* Tells which documents this run is about, so that a template under a new name can take over the
 * findings of one that is gone. paths may be NULL. */
KK_API kk_status kk_baseline_begin(kk_baseline *baseline, const kk_paths *paths, kk_error *err);
/* Holds back the findings that the baseline knows. Each document once. */
KK_API kk_status kk_baseline_apply(kk_baseline *baseline, kk_audit *audit, kk_error *err);

/* ---- many documents ------------------------------------------------------------------------ */

typedef struct kk_batch_item {
    size_t size;
    size_t index, total;
    const char *path;
    const kk_audit *audit; /* NULL when the file failed; valid during the call */
    const kk_error *error; /* NULL when it did not */
} kk_batch_item;

typedef struct kk_batch_options {
    size_t size;
    unsigned jobs; /* threads, 0 = processors */
    const kk_audit_options *audit;
    const kk_limits *limits;
    kk_baseline *baseline; /* applied to every audit before `done` sees it; NULL = none */
    uint64_t bytes_in_flight; /* sizes of the files in work at one time, 0 = 256 MiB */
} kk_batch_options;

/* Audits many files on several threads. `done` is called in the order of paths whatever the number
 * of jobs, one call at a time; it returns false to stop (KK_E_CANCELLED). A file that fails is
 * handed over with its error and does not stop the others. */
KK_API kk_status kk_batch_run(const kk_bank *bank, const kk_paths *paths,
                              const kk_batch_options *options,
                              bool (*done)(void *context, const kk_batch_item *item), void *context,
                              kk_error *err);

/* ---- the notice ---------------------------------------------------------------------------- */

/* A notice in eForms (UBL): what it says of award criteria, strategic procurement, CPV. */
typedef struct kk_notice kk_notice;

/* Reads one. No DOCTYPE, entities or network; at most 32 MiB.
 *   name    what reports call it.
 *   errors  KK_E_FORMAT reason "xml" with line, "dtd", "not-notice"; KK_E_LIMIT reason "limit". */
KK_API kk_status kk_notice_read(kk_notice **out, kk_str xml, const char *name, kk_error *err);
KK_API void kk_notice_free(kk_notice *notice);
/* What was read from it, as JSON. */
KK_API kk_status kk_notice_print(const kk_notice *notice, kk_bytes *out, kk_error *err);
/* The fields that the documents of an audit call for: BT-06, BT-539 with weights, BT-774, BT-805
 * and CPV; in the language of the audit, while its bank lives. TEXT or JSON. */
KK_API kk_status kk_audit_notice(const kk_audit *audit, kk_format format, kk_bytes *out,
                                 kk_error *err);

/* ---- reports ------------------------------------------------------------------------------- */

typedef struct kk_report_options {
    size_t size;
    kk_format format;
    kk_lang lang;
    const char *date; /* of the audits; shown */
    bool colour;      /* TEXT only: terminal colours */
    bool gate;        /* the pre-publication screen: publish or not, and why */
    bool procurement; /* the audits are sets: their verdict stands at the top */
    bool classify;    /* categories only. TEXT or JSON */
} kk_report_options;

typedef struct kk_report kk_report;

/* Begins a report; the bank must outlive it. KK_E_ARG for a format that does not fit the rest. */
KK_API kk_status kk_report_new(kk_report **out, const kk_bank *bank,
                               const kk_report_options *options, kk_error *err);
KK_API void kk_report_free(kk_report *report);
/* Adds what an audit found; the audit is not needed afterwards. */
KK_API kk_status kk_report_add(kk_report *report, const kk_audit *audit, kk_error *err);
/* Notes a file that could not be read. */
KK_API kk_status kk_report_add_failure(kk_report *report, const char *path, const kk_error *failure,
                                       kk_error *err);
/* The finished report; nothing can be added afterwards. */
KK_API kk_status kk_report_finish(kk_report *report, kk_bytes *out, kk_error *err);

/* ---- plan: inserting clauses --------------------------------------------------------------- */

typedef struct kk_field_value {
    kk_str name, value;
} kk_field_value;

typedef enum kk_plan_mode {
    KK_PLAN_MODE_INSERT = 0, /* put in what is missing; what stands there already is only told */
    KK_PLAN_MODE_UPDATE /* and bring every outdated clause of ours in the document up to date */
} kk_plan_mode;

typedef enum kk_known_state {
    KK_KNOWN_INSERTED = 0, /* klimakrav put it in; when it is gone now, a person rejected it */
    KK_KNOWN_WITHDRAWN     /* klimakrav took it out again */
} kk_known_state;

/* What a ledger or an earlier receipt knows of this document. Of several for one clause the last
 * one counts. */
typedef struct kk_known_clause {
    size_t size;
    kk_str clause, version;
    kk_known_state state;
    kk_str before; /* SHA-256 (64 hex digits) of the document before that; this very document is not
                      one that anybody rejected anything in. May be empty. */
} kk_known_clause;

typedef struct kk_plan_options {
    size_t size;
    const char *date;    /* required */
    kk_lang lang;        /* of messages */
    kk_lang clause_lang; /* NB or NN; UNSET = the document's, bokmål when that is uncertain */
    const char *level;
    const char *const *clauses; /* put in these, asked for or not; empty = as the findings ask */
    size_t n_clauses;
    const kk_field_value *values; /* for the fields of clauses */
    size_t n_values;
    kk_str values_json; /* more of them: a JSON object {"andel": 30, "dato": "1. mai"} */
    bool only_reviewed;
    bool untracked;        /* plain insertion instead of tracked changes */
    bool drop_signature;   /* edit a signed package, its signature goes */
    const char *author;    /* default "klimakrav" */
    const char *timestamp; /* "2026-11-23T12:00:00Z"; required unless untracked */
    /* How the document was audited. When given and no clauses are named, the plan is extended until
     * an audit of its result asks for nothing that could still be inserted: once is enough. */
    const kk_audit_options *settle;
    kk_plan_mode mode;
    /* The bank's words win: clauses edited by hand, and outdated ones in either mode, are replaced.
     */
    bool take_ours;
    /* Clauses that were in this document once. Those that are gone are not put in again unless
     * named in `clauses`. known_stride = sizeof(kk_known_clause). */
    const kk_known_clause *known;
    size_t n_known, known_stride;
    const kk_config
        *config; /* house style: chapters and styles by name; NULL = none. Outlives it */
} kk_plan_options;

typedef enum kk_plan_action {
    KK_PLAN_INSERT = 0,
    KK_PLAN_CURRENT,  /* there already */
    KK_PLAN_OUTDATED, /* there in an older version: left, reported */
    KK_PLAN_EDITED,   /* there and edited by hand: left, reported */
    KK_PLAN_UNTAGGED, /* there word for word, but its marking was lost: left, reported */
    KK_PLAN_REFUSED,  /* no place: see reason and candidates */
    KK_PLAN_UPGRADE, /* there in an older version, or edited and overruled: replaced where it stands
                      */
    KK_PLAN_REJECTED,  /* a person rejected it, or its upgrade: left, reported */
    KK_PLAN_WITHDRAWN, /* it was taken out: left, reported */
    KK_PLAN_DUPLICATE  /* there once more: left, reported */
} kk_plan_action;

typedef struct kk_plan_item {
    size_t size;
    kk_plan_action action;
    bool selected;
    bool as_row; /* becomes a table row */
    kk_str clause, version, title, type;
    kk_str place;        /* for people: "under «5 Tildelingskriterier», som rad i tabellen" */
    uint32_t after;      /* paragraph of TEXT after which it goes, KK_NONE when refused */
    const kk_str *rules; /* rules of the findings that asked for it */
    size_t n_rules;
    kk_str reason;            /* "place-ambiguous" ... when refused */
    kk_str message;           /* one line: why refused, or what its state means */
    const kk_str *candidates; /* headings it could go under, when ambiguous */
    size_t n_candidates;
    const kk_str *unfilled; /* fields that the reader must still fill */
    size_t n_unfilled;
    kk_str note; /* what the reader must see to afterwards, or empty: weights, chapter numbers */
    kk_str standing;    /* version that stands in the document, or empty */
    uint32_t paragraph; /* where it stands, KK_NONE when it does not */
    /* UPGRADE, OUTDATED and EDITED: what stands there against the bank's words, a line per
     * paragraph: "  same", "- gone", "+ new", "~ words [-gone-]{+new+}". Else empty. */
    kk_str diff;
} kk_plan_item;

typedef struct kk_plan kk_plan;

/* Decides clauses and places for doc. With KK_PLAN_MODE_UPDATE this is `klimakrav update` for one
 * document: missing clauses as the audit asks, outdated ones upgraded, edited and rejected ones
 * left and told; kk_plan_apply then gives the new bytes (the same bytes when kk_plan_changes is 0).
 *   audit   of this document alone; may be NULL when options name clauses.
 *   errors  KK_E_ARG for an unknown clause, a clause not valid on the date, bad values. */
KK_API kk_status kk_plan_new(kk_plan **out, kk_auditor *auditor, kk_doc *doc, const kk_audit *audit,
                             const kk_plan_options *options, kk_error *err);
KK_API void kk_plan_free(kk_plan *plan);
KK_API size_t kk_plan_count(const kk_plan *plan);
KK_API kk_status kk_plan_get(const kk_plan *plan, size_t i, kk_plan_item *out);
/* Takes an insertion or upgrade out of the plan, or back in. */
KK_API kk_status kk_plan_select(kk_plan *plan, size_t i, bool selected);
/* The clause as BLOCKS, for hosts that insert it themselves. NULL unless it is an insertion or an
 * upgrade. */
KK_API const kk_blocks *kk_plan_blocks(const kk_plan *plan, size_t i);
/* Language form the clauses come in; *sure is false when the document did not say. */
KK_API kk_lang kk_plan_lang(const kk_plan *plan, bool *sure);
/* Insertions and upgrades that would be written. */
KK_API size_t kk_plan_changes(const kk_plan *plan);
/* Refusals. With any, kk_plan_apply writes nothing. */
KK_API size_t kk_plan_refusals(const kk_plan *plan);
/* Writes the document with the selected insertions and upgrades; equal to the input when there are
 * none. May be called once per plan, and a document that something was written into is spent: open
 * it anew to write it once more. A place that turns out locked, protected or data-bound becomes a
 * refusal of its item and the call fails with KK_E_UNSUPPORTED and that reason; nothing was
 * written. */
KK_API kk_status kk_plan_apply(kk_plan *plan, kk_bytes *out, kk_error *err);
/* After kk_plan_apply: a heading was added and the document has a table of contents, which Word
 * renews on F9. */
KK_API bool kk_plan_wants_toc(const kk_plan *plan);
/* The plan for people (TEXT, with the new text as lines beginning with "+") or machines (JSON). */
KK_API kk_status kk_plan_print(const kk_plan *plan, kk_format format, kk_bytes *out, kk_error *err);

typedef struct kk_withdraw_options {
    size_t size;
    const char *const *clauses; /* empty = all of ours */
    size_t n_clauses;
    bool track; /* as tracked deletion, where the insertion was accepted */
    bool drop_signature;
    const char *author, *timestamp; /* as in kk_plan_options, when tracked */
    /* With a bank, clauses whose marking was lost are found by their words too: those that are named, and
     * those that are known to have been put in (as in kk_plan_options). Others are left: the words may
     * be the template's own. */
    const kk_bank *bank;
    const kk_known_clause *known;
    size_t n_known, known_stride;
} kk_withdraw_options;

/* Takes out what klimakrav once put in. What is deleted already, tracked, stays so. *n_removed = clauses; 0 leaves *out equal to the input. */
KK_API kk_status kk_doc_withdraw(kk_doc *doc, const kk_withdraw_options *options, kk_bytes *out,
                                 size_t *n_removed, kk_error *err);

/* ---- updating many files ------------------------------------------------------------------- */

/* What a person says to one clause of one file. */
typedef enum kk_answer {
    KK_ANSWER_NO = 0,
    KK_ANSWER_YES,
    KK_ANSWER_YES_FILE, /* this one and the rest of the file */
    KK_ANSWER_NO_FILE,  /* neither this one nor the rest of the file */
    KK_ANSWER_STOP      /* end the run; this file stays as it is */
} kk_answer;

typedef enum kk_update_outcome {
    KK_UPDATE_CHANGED = 0, /* written; in a dry run: would be */
    KK_UPDATE_SAME,        /* nothing to do (to an output folder: copied as it is) */
    KK_UPDATE_EARLIER,     /* the journal says it was done before */
    KK_UPDATE_REFUSED,     /* a clause has no certain place: the file stays as it is */
    KK_UPDATE_FAILED,      /* see error; the file stays as it is */
    KK_UPDATE_LEFT,        /* the run was stopped before it came here */
    KK_UPDATE_RESTORED,    /* undo: the earlier bytes are back */
    KK_UPDATE_TOUCHED      /* undo: changed by someone since, left */
} kk_update_outcome;

/* One clause of one file; strings may be empty. */
typedef struct kk_update_change {
    size_t size;
    kk_plan_item item;
    kk_str why; /* message of the finding that asked for it */
} kk_update_change;

/* One file, when it is done. Valid during the call. */
typedef struct kk_update_item {
    size_t size;
    size_t index, total;
    const char *path;
    const char *target; /* file written, or that would be */
    const char *backup; /* copy of the original, NULL when there is none */
    kk_update_outcome outcome;
    kk_str before, after; /* SHA-256, 64 hex digits; empty when not known */
    const kk_update_change *changes;
    size_t n_changes;
    size_t n_findings[3];  /* that remain, by kk_finding_level */
    bool judged;           /* n_findings is filled */
    bool wants_toc;        /* the table of contents is to be renewed in Word */
    const kk_error *error; /* FAILED only */
    uint64_t bytes;        /* of the file */
    /* Of the file as it was, and of what was written; NULL where none was made. During the call. */
    const kk_audit *audit_before, *audit_after;
} kk_update_item;

typedef struct kk_update_options {
    size_t size;
    unsigned jobs;            /* threads, 0 = processors; 1 when ask is given */
    uint64_t bytes_in_flight; /* sizes of the files in work at one time, 0 = 256 MiB */
    const kk_limits *limits;
    const kk_audit_options *audit; /* required */
    const kk_plan_options *plan;   /* required; mode and settle are set by the run */
    bool dry_run;                  /* plans and judges, writes nothing at all */
    /* One of these two, also in a dry run. */
    bool in_place;
    const char *output_dir; /* every file goes here under its relative path; what is there already
                               is never overwritten */
    const char *backup;     /* in place: copies keep the relative path below this folder;
                               NULL = FILE.bak beside the file */
    bool no_backup;         /* in place without copies: there is no undo */
    const char *journal;    /* required unless dry_run */
    bool resume;            /* take an earlier journal up; there need be none */
    /* Asks before an insertion; NULL = all. */
    kk_answer (*ask)(void *context, const char *path, const kk_update_change *change);
    /* Polled before each file, from any thread; NULL = never. The files in hand are finished and
     * the journal says that the run was stopped. */
    bool (*cancelled)(void *context);
    /* Called for each file in the order of paths, one call at a time, whatever the jobs. Returns
     * false to stop. */
    bool (*done)(void *context, const kk_update_item *item);
    void *context;
    /* What is known of a document's clauses beside plan->known, which it replaces; NULL = nothing.
     * Any thread. Sets *n and *keep, which goes to `forget` when the plan is made. */
    const kk_known_clause *(*known)(void *context, const char *path, const char *sha256, size_t *n,
                                    void **keep);
    void (*forget)(void *context, void *keep);
} kk_update_options;

typedef struct kk_update_summary {
    size_t size;
    size_t n[8];          /* files by kk_update_outcome */
    size_t n_clauses;     /* insertions written, or that would be */
    size_t n_findings[3]; /* that remain */
    bool stopped;         /* cancelled, or a person said stop */
} kk_update_summary;

/* Inserts missing clauses into many files and upgrades outdated ones. Each file is planned, carried out in memory, judged, and
 * replaced atomically; the journal is written before and after, so that a killed run can be taken
 * up and no file is done twice. A file that fails or is refused stays as it is and stops no other.
 *   summary  filled as far as the run came, also after failure; may be NULL.
 *   errors   KK_E_ARG for options that do not fit; KK_E_STALE with reason "journal-other" (other
 *            options or bank), "journal-open" (unfinished run, no resume), "journal-undone",
 *            "journal-damaged"; KK_E_IO when the journal cannot be written: the run ends then, with
 *            no file half done. Failures of single files are in their items only. */
KK_API kk_status kk_update_run(const kk_bank *bank, const kk_paths *paths,
                               const kk_update_options *options, kk_update_summary *summary,
                               kk_error *err);

/* What a journal says of its run. */
typedef struct kk_journal_info {
    size_t size;
    char date[16], timestamp[32]; /* of the run's options */
    char bank[16];
    bool in_place;
    bool can_undo;
    bool finished; /* came to its end */
    bool undone;
    size_t n_changed, n_same, n_failed;
} kk_journal_info;

/* Reads a journal. KK_E_IO; KK_E_STALE "journal-damaged" when it is none. */
KK_API kk_status kk_journal_read_info(const char *path, kk_journal_info *out, kk_error *err);

/* Takes a whole run back, last file first: each file that is still as the run left it gets the
 * bytes of its backup, whose hash must fit; in an output folder what the run wrote is removed.
 *   options  done, cancelled and context count; the rest is not looked at.
 *   errors   KK_E_STALE "no-undo" for a run without backups; those of the journal as above. */
KK_API kk_status kk_update_undo(const char *journal, const kk_update_options *options,
                                kk_update_summary *summary, kk_error *err);

typedef struct kk_update_print_options {
    size_t size;
    kk_format format; /* TEXT or JSON */
    kk_lang lang;
    bool undo;           /* words for kk_update_undo */
    bool dry_run;        /* words for a plan */
    const char *bank;    /* version; shown in JSON */
    const char *date;    /* shown in JSON */
    const char *journal; /* shown at the end; may be NULL */
} kk_update_print_options;

/* The pieces of a report over a run, written as they come so that nothing piles up in memory: the
 * head once, each item in order, the tail once. Together JSON by update.schema.json, or text. */
KK_API kk_status kk_update_print_head(const kk_update_print_options *options, kk_bytes *out,
                                      kk_error *err);
KK_API kk_status kk_update_print_item(const kk_update_print_options *options,
                                      const kk_update_item *item, kk_bytes *out, kk_error *err);
KK_API kk_status kk_update_print_tail(const kk_update_print_options *options,
                                      const kk_update_summary *summary, kk_bytes *out,
                                      kk_error *err);

/* ---- the copy for publication --------------------------------------------------------------- */

/* A field of a clause of ours that nobody has filled in. Strings live in the document. */
typedef struct kk_open_field {
    size_t size;
    kk_str clause; /* empty when its clause's control is gone */
    kk_str name;   /* of the field */
    kk_str shown;  /* what stands there: "[andel]", or a default that nobody confirmed */
    uint32_t paragraph;
    kk_str place; /* for people: "5 Tildelingskriterier, tabell rad 3" */
} kk_open_field;

/* Field i that is still open, in document order; KK_E_ARG past the end. lang: of `place`. */
KK_API kk_status kk_doc_open_field(kk_doc *doc, size_t i, kk_lang lang, kk_open_field *out);

typedef struct kk_release_options {
    size_t size;
    bool drop_signature;
    const char *author; /* whose tracked changes inside our clauses are ours; default "klimakrav" */
} kk_release_options;

/* Makes the copy for publication: our pending insertions and upgrades are accepted, our content
 * controls give way to what they hold, our comments go; other people's changes, controls and comments
 * stay. *n_released = clauses and chapters; with nothing of ours *out is the input.
 *   errors  KK_E_UNSUPPORTED "unfilled" while fields are open (kk_doc_open_field lists them); those of
 *           writing. */
KK_API kk_status kk_doc_release(kk_doc *doc, const kk_release_options *options, kk_bytes *out,
                                size_t *n_released, kk_error *err);

/* ---- findings as Word comments -------------------------------------------------------------- */

typedef struct kk_comment_options {
    size_t size;
    const char *date;      /* of the audit; required */
    kk_lang lang;          /* of the comments */
    size_t document;       /* index of doc in the audit */
    const char *author;    /* default "klimakrav" */
    const char *timestamp; /* "2026-11-23T12:00:00Z"; may be NULL: no date is written */
    bool drop_signature;
} kk_comment_options;

/* A copy of doc with the audit's findings as Word comments: on the exact words; what is missing at the
 * heading it belongs under, else at the title. Comments of ours from an earlier copy are renewed, and
 * taken out where the finding is gone; other people's stay. Equal to the input when nothing changes.
 *   errors  KK_E_UNSUPPORTED "signed", "protected"; those of writing. */
KK_API kk_status kk_doc_comment(kk_doc *doc, kk_auditor *auditor, const kk_audit *audit,
                                const kk_comment_options *options, kk_bytes *out, kk_error *err);

/* ---- receipts ------------------------------------------------------------------------------- */

typedef struct kk_receipt_options {
    size_t size;
    const char *command; /* "insert", "update", "withdraw", "release" */
    const kk_field_value *options; /* that matter for the result: date, author ... */
    size_t n_options;
    kk_str earlier; /* receipt of an earlier run: what it knows is carried on. May be empty */
} kk_receipt_options;

/* JSON that says what was done to doc: hashes of input, output and bank, every changed byte range with
 * its clause, and which clauses the document is known to have held (schema/receipt.schema.json).
 * After kk_plan_apply, kk_doc_withdraw or kk_doc_release; KK_E_ARG before. */
KK_API kk_status kk_doc_receipt(kk_doc *doc, const kk_bank *bank, const kk_receipt_options *options,
                                kk_bytes *out, kk_error *err);

typedef struct kk_receipt kk_receipt;

/* Reads a receipt. KK_E_FORMAT "receipt" when it is none, or was changed by hand. */
KK_API kk_status kk_receipt_read(kk_receipt **out, kk_str json, kk_error *err);
KK_API void kk_receipt_free(kk_receipt *receipt);
/* For kk_plan_options.known. Borrowed. */
KK_API const kk_known_clause *kk_receipt_known(const kk_receipt *receipt, size_t *n);
KK_API const char *kk_receipt_bank(const kk_receipt *receipt);

/* Proves that after differs from before in the receipt's ranges and nowhere else: hashes of both files,
 * packed bytes, order and times of untouched entries, bytes of changed parts outside the ranges.
 *   bank    when given, must be the one the receipt was made with.
 *   report  one line per fault, in lang; one line that says so when there is none. May be NULL.
 *   errors  those of opening the packages. Faults are no error: *n_faults counts them. */
KK_API kk_status kk_receipt_verify(const kk_receipt *receipt, kk_str before, kk_str after,
                                   const kk_bank *bank, kk_lang lang, size_t *n_faults,
                                   kk_bytes *report, kk_error *err);

/* ---- one request a line -------------------------------------------------------------------- */

/* For hosts that speak JSON over a pipe: serve.schema.json says what a request and an answer are. */
typedef struct kk_server kk_server;

typedef struct kk_server_options {
    size_t size;
    kk_lang lang;            /* of messages, where a request does not say */
    const kk_limits *limits; /* of documents */
    bool no_paths;           /* documents come as bytes only; nothing is read from disk */
} kk_server_options;

/* The bank must outlive it. A server belongs to one thread at a time. */
KK_API kk_status kk_server_new(kk_server **out, const kk_bank *bank,
                               const kk_server_options *options, kk_error *err);
KK_API void kk_server_free(kk_server *server);
/* Answers one line (without its line break): always one line of JSON with its line break, also for
 * nonsense. date and timestamp are the defaults of this request.
 *   errors  KK_E_NOMEM, when there is no room even for an answer. */
KK_API kk_status kk_server_answer(kk_server *server, kk_str line, const char *date,
                                  const char *timestamp, kk_bytes *out, kk_error *err);
/* The answer to a line that the host could not hand over, say because it is too long. */
KK_API kk_status kk_server_refuse(kk_server *server, const kk_error *why, kk_bytes *out,
                                  kk_error *err);

/* ---- ledger -------------------------------------------------------------------------------- */

/* An SQLite file of what was seen and done: runs, templates by path and content hash, categories,
 * verdicts, findings by fingerprint, clauses by version, decisions of the config. Several processes
 * may write at once. Holds no personal data but the author given: documents are named relative to
 * the ledger's folder, home folders lose their name. Not in builds without SQLite (the web). */
typedef struct kk_ledger kk_ledger;

/* create: make the file when there is none; false: it must be there.
 *   errors  KK_E_IO with reason "ledger-foreign" (another kind of file), "ledger-newer" (of a newer
 *           program), "ledger-busy" (held by another process for half a minute), "ledger".
 * An older ledger is brought up to date in place. */
KK_API kk_status kk_ledger_open(kk_ledger **out, const char *path, bool create, kk_error *err);
KK_API void kk_ledger_close(kk_ledger *ledger);

typedef struct kk_ledger_run {
    size_t size;
    const char *command;     /* "audit" */
    const char *timestamp;   /* "2026-11-23T12:00:00Z": when it was; required */
    const char *date;        /* notice date; required */
    const char *author;      /* NULL: not recorded */
    const kk_bank *bank;     /* its version is recorded; may be NULL */
    const kk_config *config; /* decisions and municipalities; may be NULL. Outlives the run */
} kk_ledger_run;

/* Begins a run. Each of the calls below is written when it returns, so that a run that is killed
 * leaves what it had done. KK_E_ARG with reason "timestamp". */
KK_API kk_status kk_ledger_begin(kk_ledger *ledger, const kk_ledger_run *run, kk_error *err);
/* Records all documents of an audit; as_procurement: as one set with one verdict. */
KK_API kk_status kk_ledger_add_audit(kk_ledger *ledger, const kk_audit *audit, bool as_procurement,
                                     kk_error *err);
/* Records an edit of one document by the audits before and after it; clauses that came, changed
 * version or went become events.
 *   out_path  where the result was written; NULL = over the document of `before`. */
KK_API kk_status kk_ledger_add_edit(kk_ledger *ledger, const kk_audit *before,
                                    const kk_audit *after, const char *out_path, kk_error *err);
/* Records that a file could not be read or written: its reason code only. */
KK_API kk_status kk_ledger_add_failure(kk_ledger *ledger, const char *path, const kk_error *why,
                                       kk_error *err);
KK_API kk_status kk_ledger_end(kk_ledger *ledger, int exit_code, kk_error *err);

/* Clauses that the ledger saw put into a document or taken out, oldest first, for kk_plan_options.
 * The document is known by its path or by its content hash (64 hex digits). The one function here
 * that several threads may call at once. */
typedef struct kk_known kk_known;
KK_API kk_status kk_ledger_known_clauses(kk_known **out, kk_ledger *ledger, const char *path,
                                         const char *sha256, kk_error *err);
/* Borrowed from known. */
KK_API const kk_known_clause *kk_known_items(const kk_known *known, size_t *n);
KK_API void kk_known_free(kk_known *known);

/* ---- single texts -------------------------------------------------------------------------- */

/* Categories of a loose text (title and description), best first. Lives in the auditor until its
 * next call. */
KK_API kk_status kk_text_classify(kk_auditor *auditor, kk_str text, const kk_category_info **out,
                                  size_t *n, kk_error *err);

typedef struct kk_passage_info {
    size_t size;
    bool requirement; /* it asks for, rewards or promises something for climate or environment */
    bool climate, binding, measurable, documented;
    kk_str kind;         /* "krav", "kriterium" ...; empty when it is none */
    const kk_str *rules; /* recognisers that saw it */
    size_t n_rules;
} kk_passage_info;

/* Is this passage a requirement? strict_climate: the narrower question. Lives as above. */
KK_API kk_status kk_text_requirement(kk_auditor *auditor, kk_str passage, bool strict_climate,
                                     kk_passage_info *out, kk_error *err);

/* ---- the bank as a catalogue --------------------------------------------------------------- */

typedef struct kk_catalogue_options {
    size_t size;
    kk_format format; /* TEXT, JSON or HTML (list only) */
    kk_lang lang;
    const char *date; /* marks what is valid that day; required */
} kk_catalogue_options;

/* All categories, rules and clauses. HTML: one self-contained page with search and filters. */
KK_API kk_status kk_bank_list(const kk_bank *bank, const kk_catalogue_options *options,
                              kk_bytes *out, kk_error *err);
/* One rule, clause or category with everything about it. KK_E_ARG for an unknown id. */
KK_API kk_status kk_bank_show(const kk_bank *bank, const char *id,
                              const kk_catalogue_options *options, kk_bytes *out, kk_error *err);

typedef enum kk_bank_kind {
    KK_BANK_CATEGORY = 0,
    KK_BANK_RULE,
    KK_BANK_CLAUSE
} kk_bank_kind;

typedef struct kk_bank_entry {
    size_t size;
    kk_str id, name;        /* name in the language asked for */
    kk_str version;         /* of a clause: the newest valid on the date; empty when none is */
    kk_finding_level level; /* of a rule */
} kk_bank_entry;

/* One element of the bank by its id. KK_E_ARG when there is none. Borrowed from bank.
 *   date  for clauses; NULL otherwise. */
KK_API kk_status kk_bank_find(const kk_bank *bank, kk_bank_kind kind, kk_str id, kk_lang lang,
                              const char *date, kk_bank_entry *out);
/* Category with the longest CPV prefix of the code ("09100000"), "parent.child" where a child has
 * it; empty when none has. Borrowed from bank. */
KK_API kk_str kk_bank_category_of_cpv(const kk_bank *bank, kk_str cpv);

typedef enum kk_bank_test {
    KK_BANK_LINT = 0, /* style and law of the texts */
    KK_BANK_EXAMPLES, /* every example fires or stays silent as it says */
    KK_BANK_COVERAGE  /* rules that lack a firing or a silent example */
} kk_bank_test;

typedef struct kk_bank_counts {
    size_t size;
    size_t run, n[3]; /* checks made; complaints by kk_finding_level */
} kk_bank_counts;

/* Runs one kind of test over the whole bank; *out tells of every complaint. KK_OK also when there
 * are complaints: counts tells. Cost: every example is a small audit, seconds in all. */
KK_API kk_status kk_bank_check(const kk_bank *bank, kk_bank_test test,
                               const kk_catalogue_options *options, kk_bank_counts *counts,
                               kk_bytes *out, kk_error *err);

#ifdef __cplusplus
}

template <class T> static inline T kk_init_struct()
{
    T t = T();
    t.size = sizeof(T);
    return t;
}
#endif
#endif
