/* What insert and update share: from the command line to the options of a plan. */
#ifndef KK_CLI_PLANOPTS_H
#define KK_CLI_PLANOPTS_H

#include "options.h"

/* What the options point into; zeroed = empty. */
typedef struct kk_cli_plan_input {
    kk_bytes values;      /* --values */
    kk_field_value *sets; /* --set */
    char now[21];         /* when --timestamp is not given */
} kk_cli_plan_input;

/* Fills *out by the command line, all but `settle`. False (said why) for --values that cannot be
 * read and --set without "=". Strings live as long as cli and input. */
bool kk_cli_plan_options(const kk_cli *cli, const char *date, kk_cli_plan_input *input,
                         kk_plan_options *out);
void kk_cli_plan_input_free(kk_cli_plan_input *input);

#endif
