/* The real bank, for the tests of this folder. */
#ifndef KK_TEST_BANKLOAD_H
#define KK_TEST_BANKLOAD_H

#include "arena.h"
#include "rules.h"
#include "vec.h"

typedef KK_VEC(kk_rule_source) source_list;

/* Appends the .xml and .tsv files below folder in byte order of names; contents live in arena. A
 * file that cannot be read ends the program with a message. */
void bank_read(const char *folder, kk_arena *arena, source_list *list);
/* Loads rules/bank of the source tree and makes a scanner; ends the program with a message on
 * failure. */
void bank_load(kk_arena *arena, kk_rules **rules, kk_scanner **scanner);

#endif
