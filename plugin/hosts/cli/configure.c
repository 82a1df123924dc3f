/* The config of the user: found, loaded, and its defaults put where the command line is silent. */
#include "output.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

/* Commands whose arguments are no files take a config only when it is named. */
static bool works_on_files(const kk_cli *cli)
{
    return (cli->command & ((unsigned)KK_CLI_RULES | (unsigned)KK_CLI_REQUIREMENTS)) == 0 &&
           cli->n_args > 0;
}

static bool load(kk_cli *cli, const char *path)
{
    kk_error err = {.status = KK_OK};
    if (kk_config_load(&cli->config, path, &err) == KK_OK) {
        return true;
    }
    (void)kk_cli_fail_error(cli, err.status == KK_E_RULE ? NULL : path, &err);
    return false;
}

static bool find_and_load(kk_cli *cli)
{
    kk_bytes path = {NULL, 0};
    kk_error err = {.status = KK_OK};
    if (kk_config_find(cli->args[0], &path, &err) != KK_OK) {
        (void)kk_cli_fail_error(cli, cli->args[0], &err);
        return false;
    }
    const bool good = path.len == 0 || load(cli, path.ptr);
    kk_bytes_free(&path);
    return good;
}

/* Folders of the config come first, so that those of the command line override them. */
static bool join_rules(kk_cli *cli, const kk_config_info *info)
{
    if (info->n_rules == 0) {
        return true;
    }
    const char **items = calloc(info->n_rules + cli->rules.n, sizeof *items);
    if (items == NULL) {
        kk_cli_fail(NULL, "memory", "%s", kk_cli_say(KK_TEXT_NO_MEMORY, cli->lang));
        return false;
    }
    memcpy(items, info->rules, info->n_rules * sizeof *items);
    if (cli->rules.n > 0) {
        memcpy(items + info->n_rules, cli->rules.items, cli->rules.n * sizeof *items);
    }
    free(cli->rules.items);
    cli->rules.items = items;
    cli->rules.n += info->n_rules;
    return true;
}

static const char *or_default(const char *given, const char *standing)
{
    return given != NULL ? given : standing;
}

bool kk_cli_configure(kk_cli *cli)
{
    kk_config_info info = KK_INIT(kk_config_info);
    if (cli->config_path != NULL ? !load(cli, cli->config_path)
                                 : works_on_files(cli) && !find_and_load(cli)) {
        return false;
    }
    if (cli->config == NULL) {
        return true;
    }
    (void)kk_config_get(cli->config, &info);
    if (cli->lang_name == NULL && info.lang != KK_LANG_UNSET) {
        cli->lang = info.lang;
    }
    if (info.clause_lang != KK_LANG_UNSET) {
        cli->clause_lang = or_default(cli->clause_lang, info.clause_lang == KK_LANG_NN ? "nn" : "nb");
    }
    cli->level = or_default(cli->level, info.level);
    cli->fail_on = or_default(cli->fail_on, info.fail_on);
    cli->author = or_default(cli->author, info.author);
    cli->only_reviewed = cli->only_reviewed || info.only_reviewed;
    return join_rules(cli, &info);
}
