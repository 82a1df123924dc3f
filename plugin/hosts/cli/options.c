/* Reads the command line by the table below. An option that a command does not know is an error,
 * with the nearest one that it does know. */
#include "options.h"

#include "output.h"
#include "system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AT(field) offsetof(kk_cli, field)
#define EDITS     ((unsigned)KK_CLI_INSERT | (unsigned)KK_CLI_WITHDRAW | (unsigned)KK_CLI_RELEASE)
#define JUDGES    ((unsigned)KK_CLI_AUDIT | (unsigned)KK_CLI_CHECK)
#define PLANS     ((unsigned)KK_CLI_INSERT | (unsigned)KK_CLI_UPDATE | (unsigned)KK_CLI_WATCH)
#define CHANGES   (EDITS | (unsigned)KK_CLI_UPDATE)
#define TRACKS    (PLANS | (unsigned)KK_CLI_WITHDRAW)
#define SPLITS    ((unsigned)KK_CLI_AUDIT | (unsigned)KK_CLI_UPDATE)
#define FILES     ((unsigned)KK_CLI_AUDIT | (unsigned)KK_CLI_CHECK | (unsigned)KK_CLI_CLASSIFY)
#define REPORTS                                                                                    \
    (FILES | (unsigned)KK_CLI_LIMITS | (unsigned)KK_CLI_NOTICE | (unsigned)KK_CLI_TEXT | (unsigned)KK_CLI_RULES | PLANS)

const kk_cli_option kk_cli_options[] = {
    {"out", "FILE", AT(output), EDITS, KK_CLI_VALUE, KK_TEXT_OPT_OUT, 'o'},
    {"in-place", NULL, AT(in_place), CHANGES, KK_CLI_FLAG, KK_TEXT_OPT_IN_PLACE, 0},
    {"backup", "DIR", AT(backup), CHANGES, KK_CLI_VALUE, KK_TEXT_OPT_BACKUP, 0},
    {"no-backup", NULL, AT(no_backup), CHANGES, KK_CLI_FLAG, KK_TEXT_OPT_NO_BACKUP, 0},
    {"output-dir", "DIR", AT(output_dir),
     (unsigned)KK_CLI_UPDATE | (unsigned)KK_CLI_WATCH, KK_CLI_VALUE, KK_TEXT_OPT_OUTPUT_DIR, 0},
    {"resume", NULL, AT(resume), KK_CLI_UPDATE, KK_CLI_FLAG, KK_TEXT_OPT_RESUME, 0},
    {"journal", "FILE", AT(journal), KK_CLI_UPDATE, KK_CLI_VALUE, KK_TEXT_OPT_JOURNAL, 0},
    {"undo", "JOURNAL", AT(undo), KK_CLI_UPDATE, KK_CLI_VALUE, KK_TEXT_OPT_UNDO, 0},
    {"interactive", NULL, AT(interactive), KK_CLI_UPDATE, KK_CLI_FLAG, KK_TEXT_OPT_INTERACTIVE, 0},
    {"insert", NULL, AT(insert), KK_CLI_WATCH, KK_CLI_FLAG, KK_TEXT_OPT_WITH_INSERT, 0},
    {"once", NULL, AT(once), KK_CLI_WATCH, KK_CLI_FLAG, KK_TEXT_OPT_ONCE, 0},
    {"stdio", NULL, AT(stdio), KK_CLI_SERVE, KK_CLI_FLAG, KK_TEXT_OPT_STDIO, 0},
    {"no-paths", NULL, AT(no_paths), KK_CLI_SERVE, KK_CLI_FLAG, KK_TEXT_OPT_NO_PATHS, 0},
    {"timestamp", "TIME", AT(timestamp), (unsigned)KK_CLI_SERVE | (unsigned)KK_CLI_WATCH, KK_CLI_VALUE, KK_TEXT_OPT_TIMESTAMP, 0},
    {"author", "NAME", AT(author), KK_CLI_WATCH, KK_CLI_VALUE, KK_TEXT_OPT_AUTHOR, 0},
    {"files-from", "FILE", AT(files_from), SPLITS, KK_CLI_VALUE, KK_TEXT_OPT_FILES_FROM, 0},
    {"shard", "I/N", AT(shard), SPLITS, KK_CLI_VALUE, KK_TEXT_OPT_SHARD, 0},
    {"dry-run", NULL, AT(dry_run), CHANGES, KK_CLI_FLAG, KK_TEXT_OPT_DRY_RUN, 0},
    {"check", NULL, AT(check_only), CHANGES, KK_CLI_FLAG, KK_TEXT_OPT_CHECK_ONLY, 0},
    {"clause", "ID", AT(clauses), PLANS, KK_CLI_REPEAT, KK_TEXT_OPT_CLAUSE, 0},
    {"clause", "ID", AT(clauses), KK_CLI_WITHDRAW, KK_CLI_REPEAT, KK_TEXT_OPT_CLAUSE_OUT, 0},
    {"clause-lang", "nb|nn", AT(clause_lang), PLANS, KK_CLI_VALUE, KK_TEXT_OPT_CLAUSE_LANG,
     0},
    {"level", "basis|avansert|spydspiss", AT(level), PLANS | FILES, KK_CLI_VALUE,
     KK_TEXT_OPT_LEVEL, 0},
    {"track", NULL, AT(track), TRACKS, KK_CLI_FLAG, KK_TEXT_OPT_TRACK, 0},
    {"no-track", NULL, AT(no_track), PLANS, KK_CLI_FLAG, KK_TEXT_OPT_NO_TRACK, 0},
    {"author", "NAME", AT(author), CHANGES | (unsigned)KK_CLI_AUDIT, KK_CLI_VALUE, KK_TEXT_OPT_AUTHOR, 0},
    {"timestamp", "TIME", AT(timestamp), TRACKS | (unsigned)KK_CLI_AUDIT, KK_CLI_VALUE, KK_TEXT_OPT_TIMESTAMP, 0},
    {"set", "NAME=VALUE", AT(sets), PLANS, KK_CLI_REPEAT, KK_TEXT_OPT_SET, 0},
    {"values", "FILE.json", AT(values), PLANS, KK_CLI_VALUE, KK_TEXT_OPT_VALUES, 0},
    {"drop-signature", NULL, AT(drop_signature), CHANGES, KK_CLI_FLAG, KK_TEXT_OPT_DROP_SIGNATURE, 0},
    {"only-reviewed", NULL, AT(only_reviewed), PLANS | FILES, KK_CLI_FLAG,
     KK_TEXT_OPT_ONLY_REVIEWED, 0},
    {"receipt", "FILE.json", AT(receipt), EDITS, KK_CLI_VALUE, KK_TEXT_OPT_RECEIPT, 0},
    {"take-ours", NULL, AT(take_ours), (unsigned)KK_CLI_INSERT | (unsigned)KK_CLI_UPDATE,
     KK_CLI_FLAG, KK_TEXT_OPT_TAKE_OURS, 0},
    {"notice", "NOTICE.xml", AT(notice), KK_CLI_CHECK, KK_CLI_VALUE, KK_TEXT_OPT_NOTICE, 0},
    {"comments", "DIR", AT(comments), KK_CLI_AUDIT, KK_CLI_VALUE, KK_TEXT_OPT_COMMENTS, 0},
    {"as-procurement", NULL, AT(as_procurement), KK_CLI_AUDIT, KK_CLI_FLAG, KK_TEXT_OPT_PROCUREMENT,
     0},
    {"category", "ID", AT(categories), FILES | PLANS, KK_CLI_REPEAT, KK_TEXT_OPT_CATEGORY,
     0},
    {"baseline", "FILE", AT(baseline), JUDGES, KK_CLI_VALUE, KK_TEXT_OPT_BASELINE, 0},
    {"ledger", "FILE.sqlite", AT(ledger),
     JUDGES | (unsigned)KK_CLI_INSERT | (unsigned)KK_CLI_UPDATE | (unsigned)KK_CLI_WITHDRAW,
     KK_CLI_VALUE, KK_TEXT_OPT_LEDGER, 0},
    {"timestamp", "TIME", AT(timestamp), JUDGES, KK_CLI_VALUE, KK_TEXT_OPT_TIMESTAMP_RUN, 0},
    {"write-baseline", "FILE", AT(write_baseline), JUDGES, KK_CLI_VALUE, KK_TEXT_OPT_WRITE_BASELINE,
     0},
    {"tsv", NULL, AT(tsv), (unsigned)KK_CLI_CLASSIFY | (unsigned)KK_CLI_REQUIREMENTS, KK_CLI_FLAG,
     KK_TEXT_OPT_TSV, 0},
    {"strict-climate", NULL, AT(strict_climate), KK_CLI_REQUIREMENTS, KK_CLI_FLAG,
     KK_TEXT_OPT_STRICT, 0},
    /* common from here on: help.c prints these apart */
    {"date", "YYYY-MM-DD", AT(date), KK_CLI_ANY, KK_CLI_VALUE, KK_TEXT_OPT_DATE, 0},
    {"fail-on", "error|warning|info|never", AT(fail_on), KK_CLI_ANY, KK_CLI_VALUE,
     KK_TEXT_OPT_FAIL_ON, 0},
    {"rules", "DIR", AT(rules), KK_CLI_ANY, KK_CLI_REPEAT, KK_TEXT_OPT_RULES, 0},
    {"lang", "nb|nn|en", AT(lang_name), KK_CLI_ANY, KK_CLI_VALUE, KK_TEXT_OPT_LANG, 0},
    {"format", "text|json|sarif|html|junit|csv|github", AT(format), REPORTS, KK_CLI_VALUE,
     KK_TEXT_OPT_FORMAT, 0},
    {"output", "FILE", AT(output), KK_CLI_ANY & ~EDITS, KK_CLI_VALUE, KK_TEXT_OPT_OUTPUT, 0},
    {"jobs", "N", AT(jobs), KK_CLI_ANY, KK_CLI_VALUE, KK_TEXT_OPT_JOBS, 0},
    {"progress", "auto|always|never", AT(progress), KK_CLI_ANY, KK_CLI_VALUE, KK_TEXT_OPT_PROGRESS,
     0},
    {"config", "FILE", AT(config_path), KK_CLI_ANY, KK_CLI_VALUE, KK_TEXT_OPT_CONFIG, 0},
    {"version", NULL, AT(version), KK_CLI_ANY, KK_CLI_FLAG, KK_TEXT_OPT_VERSION, 0},
    {"help", NULL, AT(help), KK_CLI_ANY, KK_CLI_FLAG, KK_TEXT_OPT_HELP, 'h'},
};
const size_t kk_cli_n_options = sizeof kk_cli_options / sizeof *kk_cli_options;

/* ---- language ------------------------------------------------------------------------------ */

static bool lang_by_name(const char *name, kk_lang *out)
{
    if (strncmp(name, "nn", 2) == 0) {
        *out = KK_LANG_NN;
    } else if (strncmp(name, "nb", 2) == 0 || strncmp(name, "no", 2) == 0) {
        *out = KK_LANG_NB;
    } else if (strncmp(name, "en", 2) == 0) {
        *out = KK_LANG_EN;
    } else {
        return false;
    }
    return true;
}

kk_lang kk_cli_locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    kk_lang lang = KK_LANG_NB;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && *value != '\0') {
            (void)lang_by_name(value, &lang);
            break;
        }
    }
    return lang;
}

/* Messages about wrong use come in the right language too, so --lang is looked for first. */
static kk_lang message_lang(int argc, char **argv)
{
    kk_lang lang = kk_cli_locale();
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0) {
            break;
        }
        if (strncmp(argv[i], "--lang=", 7) == 0) {
            (void)lang_by_name(argv[i] + 7, &lang);
        } else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc) {
            (void)lang_by_name(argv[i + 1], &lang);
        }
    }
    return lang;
}

/* ---- one option ---------------------------------------------------------------------------- */

/* Edit distance of short words, for a hint only. */
static size_t distance(const char *a, const char *b)
{
    enum { MOST = 32 };
    size_t row[MOST + 1];
    const size_t n = strlen(a);
    const size_t m = strlen(b);
    if (n > MOST || m > MOST) {
        return MOST;
    }
    for (size_t j = 0; j <= m; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= n; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            const size_t above = row[j];
            size_t best = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
            best = above + 1 < best ? above + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            corner = above;
            row[j] = best;
        }
    }
    return row[m];
}

static void unknown_option(const kk_cli *cli, const char *word)
{
    const char *name = word;
    const char *near = NULL;
    size_t best = 4;
    char only_name[64];
    while (*name == '-') {
        name++;
    }
    (void)snprintf(only_name, sizeof only_name, "%.*s", (int)strcspn(name, "="), name);
    for (size_t i = 0; i < kk_cli_n_options; i++) {
        const kk_cli_option *o = &kk_cli_options[i];
        const size_t d = distance(only_name, o->name);
        if ((o->commands & (unsigned)cli->command) != 0 && d < best && d < strlen(o->name)) {
            best = d;
            near = o->name;
        }
    }
    if (near != NULL) {
        kk_cli_fail(NULL, "usage", kk_cli_say(KK_TEXT_BAD_OPTION_NEAR, cli->lang), word, near);
    } else {
        kk_cli_fail(NULL, "usage", kk_cli_say(KK_TEXT_BAD_OPTION, cli->lang), word,
                    cli->command_name);
    }
}

static const kk_cli_option *find_option(const kk_cli *cli, const char *name, size_t len)
{
    for (size_t i = 0; i < kk_cli_n_options; i++) {
        const kk_cli_option *o = &kk_cli_options[i];
        if ((o->commands & (unsigned)cli->command) != 0 && strlen(o->name) == len &&
            strncmp(o->name, name, len) == 0) {
            return o;
        }
    }
    return NULL;
}

static const kk_cli_option *find_letter(const kk_cli *cli, char letter)
{
    for (size_t i = 0; i < kk_cli_n_options; i++) {
        const kk_cli_option *o = &kk_cli_options[i];
        if ((o->commands & (unsigned)cli->command) != 0 && o->letter == letter) {
            return o;
        }
    }
    return NULL;
}

/* "nb|nn|en" are choices; "FILE" is only a word for the help. */
static bool choice_fits(const char *choices, const char *value)
{
    if (strchr(choices, '|') == NULL) {
        return true;
    }
    const size_t len = strlen(value);
    for (const char *at = choices; at != NULL; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL) {
        if (len > 0 && strncmp(at, value, len) == 0 && (at[len] == '|' || at[len] == '\0')) {
            return true;
        }
    }
    return false;
}

static bool store(kk_cli *cli, const kk_cli_option *o, const char *value, size_t most)
{
    char *field = (char *)cli + o->offset;
    if (o->kind == KK_CLI_FLAG) {
        memcpy(field, &(bool){true}, sizeof(bool));
        return true;
    }
    if (!choice_fits(o->value, value)) {
        kk_cli_fail(NULL, "usage", kk_cli_say(KK_TEXT_BAD_CHOICE, cli->lang), value, o->name,
                    o->value);
        return false;
    }
    if (o->kind == KK_CLI_VALUE) {
        const char *old;
        memcpy(&old, field, sizeof old);
        if (old != NULL) {
            kk_cli_fail(NULL, "usage", kk_cli_say(KK_TEXT_TWICE, cli->lang), o->name);
            return false;
        }
        memcpy(field, &value, sizeof value);
        return true;
    }
    kk_cli_list list;
    memcpy(&list, field, sizeof list);
    if (list.items == NULL) {
        list.items = calloc(most, sizeof *list.items);
        if (list.items == NULL) {
            kk_cli_fail(NULL, "memory", "%s", kk_cli_say(KK_TEXT_NO_MEMORY, cli->lang));
            return false;
        }
    }
    list.items[list.n++] = value;
    memcpy(field, &list, sizeof list);
    return true;
}

/* By the word that the help shows for the value. */
static bool is_path(const kk_cli_option *o)
{
    static const char *const words[] = {"FILE", "DIR", "JOURNAL", "NOTICE"};
    bool found = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        found = found || (o->value != NULL && strstr(o->value, words[i]) == o->value);
    }
    return found;
}

/* Takes argv[*i] (and its value) apart. */
static bool take_option(kk_cli *cli, int argc, char **argv, int *i)
{
    char *word = argv[*i];
    const bool is_long = word[1] == '-';
    char *name = is_long ? word + 2 : word + 1;
    char *equal = is_long ? strchr(name, '=') : NULL;
    const size_t len = equal == NULL ? strlen(name) : (size_t)(equal - name);
    const kk_cli_option *o = is_long ? find_option(cli, name, len) : find_letter(cli, name[0]);
    if (o == NULL || (!is_long && o->kind == KK_CLI_FLAG && name[1] != '\0')) {
        unknown_option(cli, word);
        return false;
    }
    if (o->kind == KK_CLI_FLAG) {
        if (equal != NULL) {
            kk_cli_fail(NULL, "usage", kk_cli_say(KK_TEXT_NO_VALUE_WANTED, cli->lang), o->name,
                        o->name);
            return false;
        }
        return store(cli, o, NULL, 0);
    }
    char *value = equal != NULL ? equal + 1 : !is_long && name[1] != '\0' ? name + 1 : NULL;
    if (value == NULL && *i + 1 < argc) {
        value = argv[++*i];
    }
    if (value != NULL && is_path(o)) {
        (void)kk_cli_system_path(value);
    }
    if (value == NULL || *value == '\0') {
        kk_cli_fail(NULL, "usage", kk_cli_say(KK_TEXT_NO_VALUE, cli->lang), o->name, o->name,
                    o->value);
        return false;
    }
    return store(cli, o, value, (size_t)argc);
}

/* ---- all of it ----------------------------------------------------------------------------- */

static bool take_command(kk_cli *cli, const char *word)
{
    for (size_t i = 0; i < kk_cli_n_commands; i++) {
        if (strcmp(kk_cli_commands[i].name, word) == 0) {
            cli->command = kk_cli_commands[i].command;
            cli->command_name = kk_cli_commands[i].name;
            return true;
        }
    }
    kk_cli_fail(NULL, "usage", kk_cli_say(KK_TEXT_BAD_COMMAND, cli->lang), word);
    return false;
}

bool kk_cli_parse(int argc, char **argv, kk_cli *cli)
{
    *cli = (kk_cli){.command = KK_CLI_ANY, .command_name = "", .lang = message_lang(argc, argv)};
    cli->args = calloc((size_t)argc + 1, sizeof *cli->args);
    if (cli->args == NULL) {
        kk_cli_fail(NULL, "memory", "%s", kk_cli_say(KK_TEXT_NO_MEMORY, cli->lang));
        return false;
    }
    bool options = true;
    for (int i = 1; i < argc; i++) {
        char *word = argv[i];
        if (options && strcmp(word, "--") == 0) {
            options = false;
        } else if (options && word[0] == '-' && word[1] != '\0') {
            if (!take_option(cli, argc, argv, &i)) {
                return false;
            }
        } else if (cli->command == KK_CLI_ANY) {
            if (!take_command(cli, word)) {
                return false;
            }
        } else {
            cli->args[cli->n_args++] = kk_cli_system_path(word);
        }
    }
    cli->rules_named = cli->rules.n > 0;
    return true;
}
