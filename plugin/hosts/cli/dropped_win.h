/* Windows: files dropped on the icon of the program. */
#ifndef KK_CLI_DROPPED_WIN_H
#define KK_CLI_DROPPED_WIN_H

#include <stdbool.h>

/* Where the arguments are files and folders only, without a command: puts the words of an audit in
 * front, with a report for the browser beside the first file. False when there is no memory. */
bool kk_cli_dropped(int *argc, char ***argv);
/* Opens that report when it was made; waits where the window would close before it is read. */
void kk_cli_dropped_end(int code);

#endif
