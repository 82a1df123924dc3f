/* klimakrav, the command line: written on klimakrav.h alone. */
#include "help.h"
#include "options.h"
#include "output.h"
#include "session.h"
#include "system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const kk_cli_command_info kk_cli_commands[] = {
    {"audit", "PATH...", kk_cli_audit, KK_CLI_AUDIT, KK_TEXT_CMD_AUDIT},
    {"check", "PATH...", kk_cli_check, KK_CLI_CHECK, KK_TEXT_CMD_CHECK},
    {"notice", "PATH...", kk_cli_fields, KK_CLI_NOTICE, KK_TEXT_CMD_NOTICE},
    {"insert", "FILE", kk_cli_insert, KK_CLI_INSERT, KK_TEXT_CMD_INSERT},
    {"update", "PATH...", kk_cli_update, KK_CLI_UPDATE, KK_TEXT_CMD_UPDATE},
    {"withdraw", "FILE", kk_cli_withdraw, KK_CLI_WITHDRAW, KK_TEXT_CMD_WITHDRAW},
    {"release", "FILE", kk_cli_release, KK_CLI_RELEASE, KK_TEXT_CMD_RELEASE},
    {"receipt", "verify BEFORE AFTER RECEIPT", kk_cli_receipt, KK_CLI_RECEIPT, KK_TEXT_CMD_RECEIPT},
    {"classify", "PATH...", kk_cli_classify, KK_CLI_CLASSIFY, KK_TEXT_CMD_CLASSIFY},
    {"requirements", "--tsv", kk_cli_requirements, KK_CLI_REQUIREMENTS, KK_TEXT_CMD_REQUIREMENTS},
    {"text", "FILE", kk_cli_show_text, KK_CLI_TEXT, KK_TEXT_CMD_TEXT},
    {"watch", "DIR", kk_cli_watch, KK_CLI_WATCH, KK_TEXT_CMD_WATCH},
    {"serve", "--stdio", kk_cli_serve, KK_CLI_SERVE, KK_TEXT_CMD_SERVE},
    {"rules", "list|show ID|lint|test|coverage", kk_cli_rules, KK_CLI_RULES, KK_TEXT_CMD_RULES},
    {"limits", "", kk_cli_limits, KK_CLI_LIMITS, KK_TEXT_CMD_LIMITS},
};
const size_t kk_cli_n_commands = sizeof kk_cli_commands / sizeof *kk_cli_commands;

static int print_version(const kk_cli *cli)
{
    kk_bank *bank = NULL;
    if (!kk_cli_bank(cli, &bank)) {
        return KK_EXIT_FAILED;
    }
    (void)printf("klimakrav %s, bank %s\n", kk_version(), kk_bank_version(bank));
    kk_bank_free(bank);
    return kk_cli_close_stdout(cli, KK_EXIT_OK);
}

static int dispatch(kk_cli *cli)
{
    if (cli->help) {
        kk_cli_help(stdout, cli->command, cli->lang);
        return kk_cli_close_stdout(cli, KK_EXIT_OK);
    }
    if (cli->version) {
        return print_version(cli);
    }
    if (!kk_cli_configure(cli)) {
        return KK_EXIT_FAILED;
    }
    for (size_t i = 0; i < kk_cli_n_commands; i++) {
        if (kk_cli_commands[i].command == cli->command) {
            return kk_cli_commands[i].run(cli);
        }
    }
    kk_cli_help(stderr, KK_CLI_ANY, cli->lang);
    return KK_EXIT_FAILED;
}

int main(int argc, char **argv)
{
    kk_cli cli;
    if (!kk_cli_system_start(&argc, &argv)) {
        kk_cli_fail(NULL, "memory", "%s", kk_cli_say(KK_TEXT_NO_MEMORY, kk_cli_locale()));
        return KK_EXIT_FAILED;
    }
    const int code = kk_cli_parse(argc, argv, &cli) ? dispatch(&cli) : KK_EXIT_FAILED;
    kk_config_free(cli.config);
    free(cli.args);
    free(cli.rules.items);
    free(cli.categories.items);
    free(cli.clauses.items);
    free(cli.sets.items);
    return kk_cli_system_end(code);
}
