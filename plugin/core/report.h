/* What the report formats share. A format is a table of functions over one kk_report. */
#ifndef KK_REPORT_H
#define KK_REPORT_H

#include "bankview.h"
#include "core.h"
#include "gatelist.h"
#include "jsonout.h"
#include "messages.h"

typedef struct kk_report_ops kk_report_ops;

struct kk_report {
    const kk_bank *bank;
    const kk_report_ops *ops;
    kk_arena *arena;
    kk_format format;
    kk_lang lang;
    const char *date;
    bool colour, gate, procurement, finished;

    kk_buf body;      /* what the documents gave so far, in order */
    kk_buf extra;     /* second stretch of a format: failures in JSON, next steps of the gate ... */
    kk_buf levels[3]; /* third: findings by level, for formats that sort them over all documents */
    size_t shown[3];  /* findings written to levels so far */
    kk_jsonout json;  /* on body, for the formats made of JSON */

    size_t n_documents, n_failed;
    size_t n_findings[3];         /* by kk_finding_level */
    size_t n_satisfied, n_judged; /* documents whose verdict is yes; yes or no */
    const kk_audit *set;          /* during ops->document: the audit it belongs to */
    kk_verdict_info verdict;      /* of the set, strings in arena; size 0 when there is none */
    kk_gate screen;               /* what the gate shows beside findings */
    size_t n_steps;               /* next steps written so far, in the gate */
};

struct kk_report_ops {
    void (*begin)(kk_report *r);
    void (*document)(kk_report *r, const kk_audit *audit, size_t doc);
    void (*failure)(kk_report *r, kk_str path, kk_str line);
    /* Writes the whole into out; r->body is free to be taken over. */
    void (*end)(kk_report *r, kk_buf *out);
};

extern const kk_report_ops kk_report_text_ops;
extern const kk_report_ops kk_report_gate_ops;
extern const kk_report_ops kk_report_json_ops;
extern const kk_report_ops kk_report_html_ops;
extern const kk_report_ops kk_report_sarif_ops;
extern const kk_report_ops kk_report_junit_ops;
extern const kk_report_ops kk_report_csv_ops;
extern const kk_report_ops kk_report_github_ops;
extern const kk_report_ops kk_report_classify_ops;
extern const kk_report_ops kk_report_classify_json_ops;

/* Findings of one document stand together: [*begin, *end) in audit->findings. */
void kk_report_range(const kk_audit *audit, size_t doc, size_t *begin, size_t *end);
/* The gate's answer: nothing unread, no errors, and the verdict of the set is not no. */
bool kk_report_ready(const kk_report *r);
/* The answer in capitals, and why, as text: "NOT READY ..., because 2 errors must be mended". */
kk_msg kk_report_answer(const kk_report *r);
void kk_report_answer_why(const kk_report *r, kk_buf *out);
/* "Climate and environment in all: 20 %; at least 30 % is asked for"; false when there is no sum. */
bool kk_report_sum(const kk_report *r, kk_buf *out);
/* "20 %", "rank 2", "–". */
void kk_report_weight(kk_buf *out, const kk_gate_weight *w, kk_lang lang);
/* The pre-publication screen as HTML: answer, verdict, arithmetic, checklist, what it rests on. */
void kk_report_gate_html(kk_report *r, kk_buf *out);
/* A verdict in a box. */
void kk_report_verdict_html(const kk_report *r, kk_buf *out, const kk_verdict_info *v);
/* Language form per chapter, where they differ. */
void kk_report_sections_html(kk_report *r, const kk_document_info *d);
/* The part of a JSON report that says what is bought. */
void kk_report_json_categories(kk_jsonout *json, const kk_document_info *d);
/* Opens a JSON report: schema, tool, bank, date, and the array of documents. */
void kk_report_json_begin(kk_report *r, const char *schema);
/* Keeps a failure aside as a JSON item, and writes them all. */
void kk_report_json_failure(kk_report *r, kk_str path, kk_str line);
void kk_report_json_failures(kk_report *r);
/* Message for a language code of kk_document_info. */
kk_msg kk_report_language(const char *code);
/* Long and short words for a verdict. */
kk_msg kk_report_verdict(const kk_verdict_info *v);
kk_msg kk_report_verdict_short(const kk_verdict_info *v);
kk_msg kk_report_route(const kk_verdict_info *v);
/* "2 feil, 1 advarsel" with the zeros left out; "Ingen funn." when all are zero. */
void kk_report_counts(kk_buf *out, kk_lang lang, const size_t n[3]);
/* Distinct insertable clauses among findings [begin, end), in order, at most max. */
size_t kk_report_clauses(const kk_audit *audit, size_t begin, size_t end, kk_str *out, size_t max);
/* Findings of document doc that are held back, and who decided it; nothing when there are none. */
void kk_report_held_text(kk_report *r, const kk_audit *audit, size_t doc);
void kk_report_held_html(kk_report *r, const kk_audit *audit, size_t doc);
void kk_report_held_json(kk_jsonout *json, const kk_audit *audit, size_t doc);
/* "besluttet av NN, gjelder til 2026-12-31: grunn", or that it stands in the baseline. */
void kk_report_held_why(kk_buf *out, kk_lang lang, const kk_held_info *held);
/* A file name as one word for a shell. */
void kk_report_shell_word(kk_buf *out, kk_str path);
/* "mal.docx" -> "mal-klima.docx". */
void kk_report_out_name(kk_buf *out, kk_str path);

#endif
