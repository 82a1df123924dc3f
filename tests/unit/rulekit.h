/* Small banks and documents for tests of rules. */
#ifndef KK_TEST_RULEKIT_H
#define KK_TEST_RULEKIT_H

#include "check.h"
#include "rules_internal.h"

typedef struct rulekit {
    kk_rules *rules;
    kk_scanner *scanner;
    kk_arena *arena; /* texts */
    kk_error err;
} rulekit;

/* Loads one bank: inside = the elements, without <bank>. validate asks for the schema too. Line 2
 * is the first line of inside. On failure only err is set; rulekit_free is allowed all the same. */
kk_status rulekit_load(rulekit *kit, const char *inside, bool validate);
void rulekit_free(rulekit *kit);
/* The whole schema, for tests that load by themselves. Free with kk_buf_dispose. */
kk_buf rulekit_schema(void);
/* <h level="1">..</h><p>..</p><table>.. or plain text -> TEXT; asserts that it parses. */
const kk_text *rulekit_text(rulekit *kit, const char *mini);
/* Evaluates one document on date with bokmål messages; asserts success. */
const kk_evaluation *rulekit_evaluate(rulekit *kit, const kk_text *text, const char *date);

#endif
