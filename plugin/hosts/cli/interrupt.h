/* Ctrl-C and SIGTERM as a question that can be asked between files. */
#ifndef KK_CLI_INTERRUPT_H
#define KK_CLI_INTERRUPT_H

#include <stdbool.h>

/* From now on the first SIGINT or SIGTERM is only noted; a second one ends the program as ever. */
void kk_cli_interrupt_catch(void);
/* True once one came. The context is not looked at, so that it fits a cancel callback. */
bool kk_cli_interrupted(void *context);

#endif
