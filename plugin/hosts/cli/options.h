/* The command line, taken apart by one table. */
#ifndef KK_CLI_OPTIONS_H
#define KK_CLI_OPTIONS_H

#include "texts.h"

#include <klimakrav/klimakrav.h>

/* Commands as bits, so that an option can name those that know it. */
typedef enum kk_cli_command {
    KK_CLI_AUDIT = 1u << 0,
    KK_CLI_CHECK = 1u << 1,
    KK_CLI_INSERT = 1u << 2,
    KK_CLI_WITHDRAW = 1u << 3,
    KK_CLI_CLASSIFY = 1u << 4,
    KK_CLI_REQUIREMENTS = 1u << 5,
    KK_CLI_TEXT = 1u << 6,
    KK_CLI_RULES = 1u << 7,
    KK_CLI_UPDATE = 1u << 8,
    KK_CLI_WATCH = 1u << 9,
    KK_CLI_SERVE = 1u << 10,
    KK_CLI_RELEASE = 1u << 11,
    KK_CLI_REPORT = 1u << 12,
    KK_CLI_NOTICE = 1u << 13,
    KK_CLI_RECEIPT = 1u << 14,
    KK_CLI_LIMITS = 1u << 15,
    KK_CLI_ANY = 0xFFFFFF /* every command, also those to come */
} kk_cli_command;

/* Values of a repeatable option, in the order given. */
typedef struct kk_cli_list {
    const char **items;
    size_t n;
} kk_cli_list;

typedef struct kk_cli {
    kk_cli_command command;
    const char *command_name;
    const char **args; /* what is no option, in order */
    size_t n_args;
    kk_lang lang; /* of messages; never UNSET */

    const char *date, *fail_on, *format, *output, *lang_name, *progress, *jobs;
    const char *level, *author, *timestamp, *clause_lang, *backup, *values, *receipt, *comments;
    const char *notice;
    const char *config_path, *baseline, *write_baseline, *ledger;
    kk_config *config; /* loaded by main before the command runs; NULL when there is none */
    const char *output_dir, *journal, *undo, *files_from, *shard;
    kk_cli_list rules, categories, clauses, sets;
    bool as_procurement, tsv, strict_climate, in_place, no_backup, dry_run, check_only, no_track,
        track;
    bool only_reviewed, drop_signature, take_ours, resume, interactive, stdio, no_paths, once, insert, version, help;
    bool rules_named; /* --rules was given, not only the config's */
} kk_cli;

/* One option of the table; help.c prints from the same. */
typedef enum kk_cli_kind { KK_CLI_FLAG, KK_CLI_VALUE, KK_CLI_REPEAT } kk_cli_kind;

typedef struct kk_cli_option {
    const char *name;  /* without "--" */
    const char *value; /* "FILE", "nb|nn|en": a word, or the choices */
    size_t offset;     /* in kk_cli */
    unsigned commands; /* bits of kk_cli_command */
    kk_cli_kind kind;
    kk_cli_text help;
    char letter; /* short form, or 0 */
} kk_cli_option;

extern const kk_cli_option kk_cli_options[];
extern const size_t kk_cli_n_options;

typedef struct kk_cli_command_info {
    const char *name;
    const char *args; /* "PATH..." */
    int (*run)(const kk_cli *cli);
    kk_cli_command command;
    kk_cli_text help;
} kk_cli_command_info;

extern const kk_cli_command_info kk_cli_commands[];
extern const size_t kk_cli_n_commands;

/* Fills *cli from argv; prints what is wrong and returns false otherwise. Lists live until exit. */
bool kk_cli_parse(int argc, char **argv, kk_cli *cli);
/* Language of messages by --lang or, without it, by the locale's variables; else bokmål. */
kk_lang kk_cli_locale(void);

#endif
