/* Everything that leaves the program: error lines, notices, results. */
#ifndef KK_CLI_OUTPUT_H
#define KK_CLI_OUTPUT_H

#include "options.h"

#include <stdio.h>

enum { KK_EXIT_OK = 0, KK_EXIT_FINDINGS = 1, KK_EXIT_FAILED = 2 };

/* "klimakrav: FILE: message [code]" on stderr; file may be NULL. Control characters are replaced.
 */
void kk_cli_fail(const char *file, const char *code, const char *format, ...);
/* The same for an error of the library, in the language of messages. Returns KK_EXIT_FAILED. */
int kk_cli_fail_error(const kk_cli *cli, const char *file, const kk_error *err);
/* "klimakrav: FILE: message" on stderr: no error, worth knowing. */
void kk_cli_notice(const char *file, const char *format, ...);

/* Replaces control characters, so that s can go to a terminal; cut to the buffer. Returns out. */
const char *kk_cli_plain(const char *s, char *out, size_t cap);
/* Prints s with control characters replaced.
 * format knows %s and %zu. */
void kk_cli_put(FILE *to, kk_str s);

/* Prints one of the texts with its one argument, a string or a number, and a line break. */
void kk_cli_line(kk_cli_text text, kk_lang lang, const char *arg);
void kk_cli_line_n(kk_cli_text text, kk_lang lang, size_t n);
/* What remains after an insertion. */
void kk_cli_remain(const kk_cli *cli, const size_t n[3]);

/* Writes a result to --output, atomically, or to stdout. KK_EXIT_OK or KK_EXIT_FAILED (said why).
 */
int kk_cli_deliver(const kk_cli *cli, const kk_bytes *bytes);
/* Flushes stdout and says so when it could not be written. Returns code, or KK_EXIT_FAILED. */
int kk_cli_close_stdout(const kk_cli *cli, int code);
/* May stdout have colours? A terminal, NO_COLOR not set, TERM not "dumb". */
bool kk_cli_colour(const kk_cli *cli);

/* `done` of `total` files are through, path was the last: a bar with rate and remaining time on a
 * terminal, a plain line elsewhere; nothing when progress is off. The last one clears the bar. */
void kk_cli_progress(const kk_cli *cli, size_t done, size_t total, const char *path);

/* Today as YYYY-MM-DD, and now in UTC as 2026-11-23T12:00:00Z. */
void kk_cli_today(char out[11]);
void kk_cli_now(char out[21]);

#endif
