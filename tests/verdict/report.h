/* What was read from the documents of a case, as text for the one who has to find out why. */
#ifndef KK_TEST_REPORT_H
#define KK_TEST_REPORT_H

#include "buf.h"
#include "rules.h"

const char *report_route(kk_route route);
const char *report_satisfied(int satisfied); /* yes, no, unknown */
const char *report_level(kk_level level);
/* Fact of the set by name, or NULL. */
const kk_fact *report_fact(const kk_evaluation *seen, const char *name);
/* The document with the most criteria. */
uint32_t report_award_document(const kk_evaluation *seen);
/* Verdict, criteria tree, requirements, facts and findings. */
void report_evaluation(const kk_evaluation *seen, const kk_text *const *texts, kk_buf *out);

#endif
