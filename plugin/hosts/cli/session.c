/* Finding the bank and reading the options that several commands share. */
#include "session.h"

#include "output.h"
#include "system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the bank ------------------------------------------------------------------------------ */

enum { PATH_ROOM = 4200 };

/* A compiled bank, or the XML it is made from. */
static bool is_bank(const char *folder)
{
    static const char *const files[] = {"bank.kkb", "bank/law.xml"};
    bool found = false;
    for (size_t i = 0; !found && i < sizeof files / sizeof *files; i++) {
        char probe[PATH_ROOM];
        const int n = snprintf(probe, sizeof probe, "%s/%s", folder, files[i]);
        found = n > 0 && n < (int)sizeof probe && kk_cli_is_there(probe);
    }
    return found;
}

/* bin/klimakrav with share/klimakrav beside it; or build/NAME/bin/klimakrav in the source tree. */
static bool find_bank(char *out, size_t cap)
{
    static const char *const near[] = {"../share/klimakrav", "../../../rules"};
    const char *given = kk_cli_variable("KLIMAKRAV_BANK");
    char folder[PATH_ROOM / 2];
    if (given != NULL && *given != '\0') {
        const int n = snprintf(out, cap, "%s", given);
        return n > 0 && (size_t)n < cap;
    }
    if (!kk_cli_program_folder(folder, sizeof folder)) {
        return false;
    }
    for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
        const int n = snprintf(out, cap, "%s/%s", folder, near[i]);
        if (n > 0 && (size_t)n < cap && is_bank(out)) {
            return true;
        }
    }
    return false;
}

bool kk_cli_bank(const kk_cli *cli, kk_bank **out)
{
    char folder[PATH_ROOM];
    kk_error err = {.status = KK_OK};
    *out = NULL;
    kk_bank_options options = KK_INIT(kk_bank_options);
    if (find_bank(folder, sizeof folder)) {
        options.folder = folder;
    } else if (!kk_cli_bank_inside(&options.image, &options.schema)) {
        kk_cli_fail(NULL, "bank", "%s", kk_cli_say(KK_TEXT_NO_BANK, cli->lang));
        return false;
    }
    options.extra = cli->rules.items;
    options.n_extra = cli->rules.n;
    if (kk_bank_load(out, &options, &err) != KK_OK) {
        const bool named = err.status == KK_E_RULE || err.part[0] == '\0';
        (void)kk_cli_fail_error(cli, named ? NULL : err.part, &err);
        return false;
    }
    return true;
}

/* ---- options ------------------------------------------------------------------------------- */

static bool is_date(const char *s)
{
    static const char shape[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof shape; i++) {
        const bool digit = s[i] >= '0' && s[i] <= '9';
        if (shape[i] == 'd' ? !digit : s[i] != shape[i]) {
            return false;
        }
    }
    return true;
}

const char *kk_cli_date(const kk_cli *cli, char today[11])
{
    if (cli->date == NULL) {
        kk_cli_today(today);
        return today;
    }
    if (!is_date(cli->date)) {
        kk_cli_fail(NULL, "usage", kk_cli_say(KK_TEXT_BAD_DATE, cli->lang), cli->date);
        return NULL;
    }
    return cli->date;
}

kk_audit_options kk_cli_audit_options(const kk_cli *cli, const char *date)
{
    kk_audit_options o = KK_INIT(kk_audit_options);
    o.date = date;
    o.lang = cli->lang;
    o.level = cli->level;
    o.categories = cli->categories.items;
    o.n_categories = cli->categories.n;
    o.as_procurement = cli->as_procurement;
    o.only_reviewed = cli->only_reviewed;
    o.config = cli->config;
    return o;
}

bool kk_cli_format(const kk_cli *cli, const char *allowed, kk_format *out)
{
    static const char *const names[] = {"text", "json", "html", "sarif",
                                        "junit", "csv", "github"};
    const char *name = cli->format == NULL ? "text" : cli->format;
    const size_t len = strlen(name);
    bool fits = false;
    for (const char *at = allowed; at != NULL; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL) {
        fits = fits || (strncmp(at, name, len) == 0 && (at[len] == '|' || at[len] == '\0'));
    }
    for (size_t i = 0; fits && i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0) {
            *out = (kk_format)i;
            return true;
        }
    }
    kk_cli_fail(NULL, "usage", kk_cli_say(KK_TEXT_BAD_FORMAT, cli->lang), name, cli->command_name,
                allowed);
    return false;
}

int kk_cli_verdict(const kk_cli *cli, const size_t n[3])
{
    const char *level = cli->fail_on == NULL ? "error" : cli->fail_on;
    size_t counted = n[KK_SEVERITY_ERROR];
    if (strcmp(level, "never") == 0) {
        return KK_EXIT_OK;
    }
    if (strcmp(level, "error") != 0) {
        counted += n[KK_SEVERITY_WARNING];
    }
    if (strcmp(level, "info") == 0) {
        counted += n[KK_SEVERITY_INFO];
    }
    return counted > 0 ? KK_EXIT_FINDINGS : KK_EXIT_OK;
}

bool kk_cli_jobs(const kk_cli *cli, unsigned *out)
{
    unsigned long n = 0;
    *out = 0;
    if (cli->jobs == NULL) {
        return true;
    }
    for (const char *at = cli->jobs; *at != '\0'; at++) {
        n = *at >= '0' && *at <= '9' && n < 1000 ? n * 10 + (unsigned long)(*at - '0') : 1000;
    }
    if (n < 1 || n > 256) {
        kk_cli_fail(NULL, "usage", kk_cli_say(KK_TEXT_BAD_NUMBER, cli->lang), cli->jobs);
        return false;
    }
    *out = (unsigned)n;
    return true;
}

/* ---- files --------------------------------------------------------------------------------- */

const char *kk_cli_one_path(const kk_cli *cli)
{
    if (cli->n_args == 1) {
        return cli->args[0];
    }
    kk_cli_fail(NULL, "usage",
                kk_cli_say(cli->n_args == 0 ? KK_TEXT_NO_PATH : KK_TEXT_ONE_PATH, cli->lang),
                cli->command_name, "FILE");
    return NULL;
}
