/* notice: the fields of the eForms notice that documents call for. */
#include "output.h"
#include "session.h"

#include <stdlib.h>

typedef struct set {
    kk_doc **docs;
    size_t n;
    int failed;
} set;

/* A file that cannot be read is said, and the fields are not printed: half a set misleads. */
static void open_all(const kk_cli *cli, const kk_paths *paths, set *s)
{
    const size_t total = kk_paths_count(paths);
    s->docs = calloc(total + 1, sizeof(void *));
    if (s->docs == NULL) {
        kk_cli_fail(NULL, "memory", "%s", kk_cli_say(KK_TEXT_NO_MEMORY, cli->lang));
        s->failed = KK_EXIT_FAILED;
        return;
    }
    for (size_t i = 0; i < total; i++) {
        kk_error err = {.status = KK_OK};
        const char *path = kk_paths_at(paths, i);
        kk_cli_progress(cli, i + 1, total, path);
        if (kk_doc_open_file(&s->docs[s->n], path, NULL, &err) == KK_OK) {
            s->n++;
        } else {
            s->failed = kk_cli_fail_error(cli, path, &err);
        }
    }
}

static int print_fields(const kk_cli *cli, const kk_bank *bank, const set *s, const char *date,
                        kk_format format)
{
    kk_error err = {.status = KK_OK};
    kk_auditor *auditor = NULL;
    kk_audit *audit = NULL;
    kk_bytes bytes = {NULL, 0};
    kk_audit_options options = kk_cli_audit_options(cli, date);
    options.as_procurement = true;
    int code = KK_EXIT_OK;
    if (kk_auditor_new(&auditor, bank, NULL, &err) != KK_OK ||
        kk_audit_run(&audit, auditor, s->docs, s->n, &options, &err) != KK_OK ||
        kk_audit_notice(audit, format, &bytes, &err) != KK_OK) {
        code = kk_cli_fail_error(cli, NULL, &err);
    } else {
        code = kk_cli_deliver(cli, &bytes);
    }
    kk_bytes_free(&bytes);
    kk_audit_free(audit);
    kk_auditor_free(auditor);
    return code;
}

int kk_cli_fields(const kk_cli *cli)
{
    char today[11];
    kk_format format;
    kk_paths *paths = NULL;
    kk_bank *bank = NULL;
    set s = {NULL, 0, 0};
    const char *date = kk_cli_date(cli, today);
    int code = KK_EXIT_FAILED;
    if (date != NULL && kk_cli_format(cli, "text|json", &format) && kk_cli_find(cli, &paths) &&
        kk_cli_bank(cli, &bank)) {
        open_all(cli, paths, &s);
        code = s.failed != 0 ? s.failed : print_fields(cli, bank, &s, date, format);
    }
    for (size_t i = 0; i < s.n; i++) {
        kk_doc_free(s.docs[i]);
    }
    free(s.docs);
    kk_bank_free(bank);
    kk_paths_free(paths);
    return code;
}
