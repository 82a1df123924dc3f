/* Between the files that check the bank: check.c, check_examples.c, check_lint.c, check_law.c. */
#ifndef KK_CHECK_H
#define KK_CHECK_H

#include "evaluate.h"
#include "scan.h"
#include "vec.h"

typedef struct kk_checker {
    const kk_rules *rules;
    const kk_model *model;
    kk_scanner *scanner;
    kk_arena *arena;   /* complaints */
    kk_arena *scratch; /* one example at a time */
    kk_str date;
    KK_VEC(kk_complaint) complaints;
    uint32_t n_run;
    kk_error *err;
} kk_checker;

/* Adds a complaint; format gives "what is wrong; what to do". KK_E_NOMEM. */
kk_status kk_complain(kk_checker *c, kk_level level, const kk_origin *at, kk_str id,
                      const char *format, ...) __attribute__((format(printf, 5, 6)));
/* The same at another line of the same file. */
kk_origin kk_origin_line(const kk_origin *at, uint32_t line);

/* check_examples.c: every example of the bank as a test. */
kk_status kk_check_examples(kk_checker *c);
/* check_coverage.c: what lacks an example. */
kk_status kk_check_coverage(kk_checker *c);
/* check_lint.c: form. */
kk_status kk_check_lint(kk_checker *c);
/* check_law.c: what clause texts may not say, by patterns whose ids begin with "lint-". */
kk_status kk_check_law(kk_checker *c);

/* Clause in a document of its own: heading of its first place, then the body (rows as a table).
 * *out lives in c->scratch. */
kk_status kk_check_clause_text(kk_checker *c, const kk_clause *clause, kk_lang lang, kk_text **out);
/* A heading of this place, then one paragraph. place may be NULL. */
kk_status kk_check_phrase_text(kk_checker *c, const kk_place *place, kk_str phrase, kk_lang lang,
                               kk_text **out);

#endif
