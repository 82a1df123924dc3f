/* Where an edited document goes: a new file, or the old one with a copy kept. */
#ifndef KK_CLI_TARGET_H
#define KK_CLI_TARGET_H

#include "options.h"

/* Do -o, --in-place, --backup, --no-backup and the dry runs fit together? Says so when not. */
bool kk_cli_target_check(const kk_cli *cli, const char *path);
/* Writes the document.
 *   changed  false: with --in-place the file is not touched; -o is written all the same.
 * Prints what was written. KK_EXIT_OK or KK_EXIT_FAILED (said why; every file as before). */
int kk_cli_target_write(const kk_cli *cli, const char *path, const kk_bytes *bytes, bool changed);

#endif
