/* Prints help from the tables of commands and options. */
#include "help.h"

#include <stdio.h>
#include <string.h>

enum { COLUMN = 34 };

/* Characters, not bytes: the Norwegian texts are UTF-8. */
static int width(const char *s)
{
    int n = 0;
    for (; *s != '\0'; s++) {
        n += ((unsigned char)*s & 0xC0) != 0x80 ? 1 : 0;
    }
    return n;
}

static void row(FILE *to, const char *left, const char *right)
{
    const int w = width(left);
    (void)fprintf(to, "  %s%*s%s\n", left, w < COLUMN ? COLUMN - w : 1, "", right);
}

/* The same, on two lines when the left side is too wide. */
static void long_row(FILE *to, const char *left, const char *right)
{
    if (width(left) < COLUMN) {
        row(to, left, right);
    } else {
        (void)fprintf(to, "  %s\n", left);
        row(to, "", right);
    }
}

static void option_row(FILE *to, const kk_cli_option *o, kk_lang lang)
{
    char left[96];
    (void)snprintf(left, sizeof left, "%s%c%s--%s%s%s", o->letter ? "-" : "",
                   o->letter ? o->letter : ' ', o->letter ? ", " : "   ", o->name,
                   o->value == NULL ? "" : " ", o->value == NULL ? "" : o->value);
    long_row(to, left, kk_cli_say(o->help, lang));
}

/* Options that every command knows stand last in the table. */
static bool is_common(const kk_cli_option *o)
{
    static const char *const names[] = {"date",   "fail-on", "rules",    "lang",    "format",
                                        "output", "jobs",    "progress", "version", "help"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], o->name) == 0) {
            return true;
        }
    }
    return false;
}

static void options(FILE *to, unsigned commands, bool common, kk_lang lang)
{
    for (size_t i = 0; i < kk_cli_n_options; i++) {
        const kk_cli_option *o = &kk_cli_options[i];
        if ((o->commands & commands) != 0 && is_common(o) == common) {
            option_row(to, o, lang);
        }
    }
}

static bool has_own(unsigned commands)
{
    for (size_t i = 0; i < kk_cli_n_options; i++) {
        if ((kk_cli_options[i].commands & commands) != 0 && !is_common(&kk_cli_options[i])) {
            return true;
        }
    }
    return false;
}

static void general(FILE *to, kk_lang lang)
{
    (void)fprintf(to, "%s\n\n", kk_cli_say(KK_TEXT_HELP_TITLE, lang));
    (void)fprintf(to, "%s: klimakrav %s [%s]\n\n", kk_cli_say(KK_TEXT_HELP_USAGE, lang),
                  kk_cli_say(KK_TEXT_HELP_COMMAND, lang),
                  kk_cli_say(KK_TEXT_HELP_OPTION_WORD, lang));
    (void)fprintf(to, "%s:\n", kk_cli_say(KK_TEXT_HELP_COMMANDS, lang));
    for (size_t i = 0; i < kk_cli_n_commands; i++) {
        char left[64];
        (void)snprintf(left, sizeof left, "%s %s", kk_cli_commands[i].name,
                       kk_cli_commands[i].args);
        long_row(to, left, kk_cli_say(kk_cli_commands[i].help, lang));
    }
    (void)fprintf(to, "\n%s:\n", kk_cli_say(KK_TEXT_HELP_COMMON, lang));
    options(to, KK_CLI_ANY, true, lang);
    (void)fprintf(to, "\n%s\n%s\n", kk_cli_say(KK_TEXT_HELP_EXIT, lang),
                  kk_cli_say(KK_TEXT_HELP_MORE, lang));
}

void kk_cli_help(FILE *to, kk_cli_command command, kk_lang lang)
{
    for (size_t i = 0; i < kk_cli_n_commands; i++) {
        const kk_cli_command_info *c = &kk_cli_commands[i];
        if (c->command != command) {
            continue;
        }
        (void)fprintf(to, "klimakrav %s – %s\n\n", c->name, kk_cli_say(c->help, lang));
        (void)fprintf(to, "%s: klimakrav %s %s [%s]\n", kk_cli_say(KK_TEXT_HELP_USAGE, lang),
                      c->name, c->args, kk_cli_say(KK_TEXT_HELP_OPTION_WORD, lang));
        if (has_own((unsigned)command)) {
            (void)fprintf(to, "\n%s:\n", kk_cli_say(KK_TEXT_HELP_OPTIONS, lang));
            options(to, (unsigned)command, false, lang);
        }
        (void)fprintf(to, "\n%s:\n", kk_cli_say(KK_TEXT_HELP_COMMON, lang));
        options(to, (unsigned)command, true, lang);
        (void)fprintf(to, "\n%s\n", kk_cli_say(KK_TEXT_HELP_EXIT, lang));
        return;
    }
    general(to, lang);
}
