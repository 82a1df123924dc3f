/* What the files of core share: the insides of the public handles.
 * Core joins docx and rules; it does no XML, no zip and no matching itself. */
#ifndef KK_CORE_H
#define KK_CORE_H

#include "arena.h"
#include "buf.h"
#include "error.h"
#include "mem.h"
#include "rules.h"
#include "str.h"
#include "vec.h"

#include <klimakrav/klimakrav.h>

struct kk_docx;

struct kk_bank {
    kk_rules *rules;
    kk_str image; /* compiled bank that the rules look into, mapped, or empty */
    char version[16];
};

struct kk_auditor {
    const kk_bank *bank;
    kk_scanner *scanner;
    kk_limits limits;
    kk_arena *scratch; /* results of kk_text_classify and kk_text_requirement */
};

/* One clause that an edit of a document concerned; views into the arena of the document. */
typedef struct kk_deed {
    const char *action; /* "inserted" "upgraded" "withdrawn" "released"; static */
    kk_str clause, version;
    kk_str from; /* version that stood there before, or empty */
} kk_deed;

struct kk_doc {
    kk_arena *arena;
    kk_buf bytes;         /* the package; empty at the text door */
    struct kk_docx *docx; /* NULL at the text door */
    const kk_text *text;  /* owned by docx, or by arena */
    const char *name;
    char sha256[65];
    bool spent; /* edits were recorded: it can be written once only */
    kk_deed *deeds; /* what was done to its clauses, in arena; set with result_sha256 */
    size_t n_deeds;
    char result_sha256[65]; /* of the bytes that were written; empty before that */
    uint64_t result_bytes;
};

/* A finding that is shown but does not count. */
typedef struct kk_held {
    kk_finding finding;
    kk_held_info info; /* info.finding is set when it is read */
} kk_held;

struct kk_audit {
    kk_arena *arena;
    kk_document_info *docs;
    size_t n_docs;
    kk_finding *findings; /* sorted by document, place, rule */
    size_t n_findings;
    KK_VEC(kk_held) held; /* in the same order within each cause */
    kk_verdict_info verdict;
    size_t counts[3]; /* by kk_finding_level */
    bool as_procurement;
    const kk_law_info *law; /* of the set, or of the first document; likewise the codes */
    const kk_code_hit *codes;
    const kk_str *code_texts; /* paragraph that calls for the code, or empty */
    size_t n_law, n_codes;
    const kk_bank *bank;
    kk_lang lang;
    kk_str date;
};

/* Copies a size-first struct to the caller: never more than the caller's struct has room for, and
 * the caller's `size` stays. KK_E_ARG when `size` is too small to hold itself. */
kk_status kk_struct_out(void *out, const void *from, size_t from_size);
/* Brings a caller's size-first struct up to the size we know, the rest zero. `in` may be NULL. */
void kk_struct_in(void *ours, size_t our_size, const void *in);

/* Copies into arena; {"",0} for an empty view; sets *failed when out of memory. */
kk_str kk_keep(kk_arena *arena, kk_str s, bool *failed);
/* YYYY-MM-DD of a real calendar day. */
bool kk_date_valid(kk_str date);
/* KK_E_ARG unless date is one. */
kk_status kk_date_check(const char *date, kk_error *err);
/* "nb", "nn", "en"; "other" for the rest. */
const char *kk_lang_word(kk_lang lang);
/* Room for n deeds of doc; NULL when out of memory. */
kk_deed *kk_doc_deeds(kk_doc *doc, size_t n);
/* Remembers what was written and by which of the deeds (the first n), then gives the bytes away. */
kk_status kk_doc_give(kk_doc *doc, kk_buf *saved, size_t n, kk_bytes *out, kk_error *err);
/* Gives the buffer's bytes away, or passes its failure on. Empties buf either way. */
kk_status kk_buf_give(kk_buf *buf, kk_bytes *out, kk_error *err);
/* Nothing outside the ABI frees these. */
static inline kk_str kk_z(const char *z)
{
    return kk_str_from(z);
}

#endif
