/* --help, for the program and for one command. */
#ifndef KK_CLI_HELP_H
#define KK_CLI_HELP_H

#include "options.h"

#include <stdio.h>

/* KK_CLI_ANY: the list of commands. */
void kk_cli_help(FILE *to, kk_cli_command command, kk_lang lang);

#endif
