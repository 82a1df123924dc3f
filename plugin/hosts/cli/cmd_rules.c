/* rules list | show ID | lint | test | coverage: the bank as people read it, and its own tests. */
#include "output.h"
#include "session.h"

#include <string.h>

typedef struct ask {
    const kk_cli *cli;
    kk_bank *bank;
    kk_catalogue_options options;
    int code;
} ask;

static void deliver(ask *a, kk_status status, kk_bytes *bytes, const kk_error *err)
{
    if (status != KK_OK) {
        a->code = kk_cli_fail_error(a->cli, NULL, err);
        return;
    }
    const int code = kk_cli_deliver(a->cli, bytes);
    a->code = code != KK_EXIT_OK ? code : a->code;
    kk_bytes_free(bytes);
}

static void list(ask *a)
{
    kk_bytes bytes = {NULL, 0};
    kk_error err = {.status = KK_OK};
    deliver(a, kk_bank_list(a->bank, &a->options, &bytes, &err), &bytes, &err);
}

static void show(ask *a)
{
    kk_bytes bytes = {NULL, 0};
    kk_error err = {.status = KK_OK};
    if (a->cli->n_args != 2) {
        kk_cli_fail(NULL, "usage", "%s", kk_cli_say(KK_TEXT_NO_ID, a->cli->lang));
        a->code = KK_EXIT_FAILED;
        return;
    }
    deliver(a, kk_bank_show(a->bank, a->cli->args[1], &a->options, &bytes, &err), &bytes, &err);
}

static void test(ask *a, kk_bank_test kind)
{
    kk_bytes bytes = {NULL, 0};
    kk_error err = {.status = KK_OK};
    kk_bank_counts counts = KK_INIT(kk_bank_counts);
    const kk_status status = kk_bank_check(a->bank, kind, &a->options, &counts, &bytes, &err);
    if (status == KK_OK) {
        a->code = kk_cli_verdict(a->cli, counts.n);
    }
    deliver(a, status, &bytes, &err);
}

static const char *const words[] = {"list", "show", "lint", "test", "coverage"};

static int which(const kk_cli *cli)
{
    if (cli->n_args == 0) {
        kk_cli_fail(NULL, "usage", "%s", kk_cli_say(KK_TEXT_NO_RULES_COMMAND, cli->lang));
        return -1;
    }
    for (int i = 0; i < 5; i++) {
        if (strcmp(words[i], cli->args[0]) == 0 && (i == 1 || cli->n_args == 1)) {
            return i;
        }
    }
    kk_cli_fail(NULL, "usage", kk_cli_say(KK_TEXT_BAD_RULES_COMMAND, cli->lang),
                cli->args[cli->n_args > 1 ? 1 : 0]);
    return -1;
}

int kk_cli_rules(const kk_cli *cli)
{
    char today[11];
    ask a = {.cli = cli, .options = KK_INIT(kk_catalogue_options)};
    const int word = which(cli);
    a.options.lang = cli->lang;
    a.options.date = kk_cli_date(cli, today);
    if (word < 0 || a.options.date == NULL ||
        !kk_cli_format(cli, word == 0 ? "text|json|html" : "text|json", &a.options.format) ||
        !kk_cli_bank(cli, &a.bank)) {
        return KK_EXIT_FAILED;
    }
    if (word == 0) {
        list(&a);
    } else if (word == 1) {
        show(&a);
    } else {
        test(&a, (kk_bank_test)(word - 2));
    }
    kk_bank_free(a.bank);
    return a.code;
}
