/* classify --tsv, requirements --tsv, and text: single texts in, one line or listing out. */
#include "output.h"
#include "session.h"
#include "system.h"

#include <stdlib.h>
#include <string.h>

/* What one kind of line is answered with: prints everything after the id. */
typedef struct door {
    const kk_cli *cli;
    kk_auditor *auditor;
    FILE *to;
} door;

typedef kk_status (*answer)(const door *d, kk_str text, kk_error *err);

static kk_status answer_categories(const door *d, kk_str text, kk_error *err)
{
    const kk_category_info *list = NULL;
    size_t n = 0;
    const kk_status status = kk_text_classify(d->auditor, text, &list, &n, err);
    if (status != KK_OK) {
        return status;
    }
    for (size_t i = 0; i < n; i++) {
        (void)fprintf(d->to, "%s%s", i > 0 ? "," : "\t", list[i].id.ptr);
    }
    (void)fputs(n == 0 ? "\t-\t-" : "", d->to);
    for (size_t i = 0; i < n; i++) {
        /* In tenths by hand: printf would follow the locale. */
        const long tenths = (long)(list[i].score * 10 + 0.5);
        (void)fprintf(d->to, "%s%ld.%ld", i > 0 ? "," : "\t", tenths / 10, tenths % 10);
    }
    (void)fputc('\n', d->to);
    return KK_OK;
}

static kk_status answer_requirement(const door *d, kk_str text, kk_error *err)
{
    kk_passage_info info = KK_INIT(kk_passage_info);
    const kk_status status =
        kk_text_requirement(d->auditor, text, d->cli->strict_climate, &info, err);
    if (status != KK_OK) {
        return status;
    }
    if (!info.requirement) {
        (void)fputs("\tno\t-\t-\n", d->to);
        return KK_OK;
    }
    (void)fputs("\tyes\t", d->to);
    kk_cli_put(d->to, info.kind);
    for (size_t i = 0; i < info.n_rules; i++) {
        (void)fputc(i > 0 ? ',' : '\t', d->to);
        kk_cli_put(d->to, info.rules[i]);
    }
    (void)fputs(info.n_rules == 0 ? "\t-\n" : "\n", d->to);
    return KK_OK;
}

static bool answer_line(const door *d, answer reply, const char *line, size_t number)
{
    kk_error err = {.status = KK_OK};
    const char *tab = strchr(line, '\t');
    char place[32];
    if (tab == NULL) {
        kk_cli_fail("stdin", "usage", kk_cli_say(KK_TEXT_BAD_LINE, d->cli->lang), number);
        return false;
    }
    kk_cli_put(d->to, (kk_str){line, (size_t)(tab - line)});
    if (reply(d, (kk_str){tab + 1, strlen(tab + 1)}, &err) != KK_OK) {
        (void)fputc('\n', d->to);
        (void)snprintf(place, sizeof place, "stdin:%zu", number);
        (void)kk_cli_fail_error(d->cli, place, &err);
        return false;
    }
    return true;
}

/* Reads stdin line by line; a line break inside a text is not possible in this format. */
static int answer_all(const door *d, answer reply)
{
    char *line = NULL;
    size_t cap = 0;
    long len;
    size_t number = 0;
    int code = KK_EXIT_OK;
    while (code == KK_EXIT_OK && (len = kk_cli_read_line(&line, &cap)) >= 0) {
        number++;
        while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r')) {
            line[--len] = '\0';
        }
        if (len > 0 && !answer_line(d, reply, line, number)) {
            code = KK_EXIT_FAILED;
        }
    }
    if (ferror(stdin)) {
        kk_cli_fail(NULL, "io", "%s", kk_cli_say(KK_TEXT_STDIN_FAILED, d->cli->lang));
        code = KK_EXIT_FAILED;
    }
    free(line);
    return code;
}

/* With --output everything is kept until the end, so that the file is whole or not there. */
static int answer_to_file(door *d, answer reply)
{
    kk_bytes bytes = {NULL, 0};
    d->to = kk_cli_hold_open(&bytes);
    if (d->to == NULL) {
        kk_cli_fail(NULL, "memory", "%s", kk_cli_say(KK_TEXT_NO_MEMORY, d->cli->lang));
        return KK_EXIT_FAILED;
    }
    int code = answer_all(d, reply);
    if (!kk_cli_hold_close(d->to, &bytes)) {
        kk_cli_fail(NULL, "memory", "%s", kk_cli_say(KK_TEXT_NO_MEMORY, d->cli->lang));
        code = KK_EXIT_FAILED;
    }
    if (code == KK_EXIT_OK) {
        code = kk_cli_deliver(d->cli, &bytes);
    }
    free(bytes.ptr);
    return code;
}

static int with_auditor(const kk_cli *cli, answer reply)
{
    kk_error err = {.status = KK_OK};
    kk_bank *bank = NULL;
    door d = {.cli = cli, .to = stdout};
    int code;
    if (!kk_cli_bank(cli, &bank)) {
        return KK_EXIT_FAILED;
    }
    if (kk_auditor_new(&d.auditor, bank, NULL, &err) != KK_OK) {
        code = kk_cli_fail_error(cli, NULL, &err);
    } else if (cli->output != NULL && strcmp(cli->output, "-") != 0) {
        code = answer_to_file(&d, reply);
    } else {
        code = kk_cli_close_stdout(cli, answer_all(&d, reply));
    }
    kk_auditor_free(d.auditor);
    kk_bank_free(bank);
    return code;
}

static int need_tsv(const kk_cli *cli)
{
    kk_cli_fail(NULL, "usage", kk_cli_say(KK_TEXT_NEED_TSV, cli->lang), cli->command_name);
    return KK_EXIT_FAILED;
}

int kk_cli_classify(const kk_cli *cli)
{
    if (!cli->tsv) {
        return kk_cli_classify_files(cli);
    }
    return cli->n_args > 0 ? need_tsv(cli) : with_auditor(cli, answer_categories);
}

int kk_cli_requirements(const kk_cli *cli)
{
    return !cli->tsv || cli->n_args > 0 ? need_tsv(cli) : with_auditor(cli, answer_requirement);
}

int kk_cli_show_text(const kk_cli *cli)
{
    kk_error err = {.status = KK_OK};
    kk_doc *doc = NULL;
    kk_bytes bytes = {NULL, 0};
    kk_format format;
    const char *path = kk_cli_one_path(cli);
    if (path == NULL || !kk_cli_format(cli, "text|json", &format)) {
        return KK_EXIT_FAILED;
    }
    int code;
    if (kk_doc_open_file(&doc, path, NULL, &err) != KK_OK ||
        kk_doc_print(doc, format, &bytes, &err) != KK_OK) {
        code = kk_cli_fail_error(cli, path, &err);
    } else {
        code = kk_cli_deliver(cli, &bytes);
    }
    kk_bytes_free(&bytes);
    kk_doc_free(doc);
    return code;
}
