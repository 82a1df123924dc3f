/* What the command line asks the operating system for: system.c for POSIX, system_win.c for Windows.
 * Texts and paths are UTF-8, paths have "/". */
#ifndef KK_CLI_SYSTEM_H
#define KK_CLI_SYSTEM_H

#include <klimakrav/klimakrav.h>

#include <stdio.h>
#include <time.h>

/* Once, before anything else: puts the arguments in UTF-8 (they live as long as the program), makes
 * the standard streams carry bytes as they are. False when there is no memory. */
bool kk_cli_system_start(int *argc, char ***argv);
/* Once, after everything else; code is what the program ends with. */
int kk_cli_system_end(int code);

/* An argument that is a path, made to have "/" in place. Returns it. */
char *kk_cli_system_path(char *path);
bool kk_cli_same_place(const char *a, const char *b);
bool kk_cli_is_folder(const char *path);
bool kk_cli_is_there(const char *path);
/* Removes a file; what cannot be removed stays. */
void kk_cli_remove(const char *path);

/* Folder of the running program, without a slash at its end; false when it cannot be told. */
bool kk_cli_program_folder(char *out, size_t cap);
/* The compiled bank and the schema of rule files that are built into the program. False: none are. */
bool kk_cli_bank_inside(kk_str *image, kk_str *schema);
/* A variable of the environment, NULL when it is not set. Valid until the next call. */
const char *kk_cli_variable(const char *name);

bool kk_cli_is_terminal(FILE *stream);
/* The program that read our output has gone. */
bool kk_cli_reader_left(void);
/* Bytes of the input as soon as there are some; 0 at its end or when the user wants to stop, -1 when
 * it cannot be read. */
long kk_cli_read_input(char *to, size_t cap);

/* The next line of stdin with its line break, as getline(): *line grows as needed and is freed with
 * free(). Its length, or -1 at the end. */
long kk_cli_read_line(char **line, size_t *cap);

/* A stream that keeps what is written until it is closed; NULL when there is no room. Closing fills
 * out, whose ptr is then freed with free(). False when something was lost. */
FILE *kk_cli_hold_open(kk_bytes *out);
bool kk_cli_hold_close(FILE *held, kk_bytes *out);

/* Milliseconds that only grow. */
long long kk_cli_ms(void);
/* Now, by the calendar here or by UTC. False when it cannot be told. */
bool kk_cli_calendar(bool utc, struct tm *out);

#endif
