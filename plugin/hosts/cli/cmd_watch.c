/* watch DIR: a report, and with --insert an updated copy, in an output folder for every template that
 * comes or changes. The templates themselves are only read. */
#include "interrupt.h"
#include "output.h"
#include "planopts.h"
#include "session.h"
#include "watchdir.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { ROOM = 4200, SETTLE_MS = 1000, WAIT_MS = 250 };

typedef struct run {
    const kk_cli *cli;
    const char *folder;
    kk_format format;
    kk_bank *bank;
    kk_auditor *auditor;
    kk_cli_plan_input input;
    bool failed; /* some file could not be read or written */
} run;

/* ---- names --------------------------------------------------------------------------------- */

/* Makes the folders above path. */
static bool make_folders(char *path)
{
    for (char *at = path + 1; (at = strchr(at, '/')) != NULL; at++) {
        *at = '\0';
        const bool fine = mkdir(path, 0777) == 0 || errno == EEXIST;
        *at = '/';
        if (!fine) {
            return false;
        }
    }
    return true;
}

static bool name_of(const run *r, const char *path, const char *ending, char out[ROOM])
{
    const char *relative = path + strlen(r->folder);
    const int n = snprintf(out, ROOM, "%s%s%s", r->cli->output_dir, relative, ending);
    return n > 0 && n < ROOM;
}

/* The report is there and younger than the last change of the template. ctime, since a file that is
 * moved in keeps its mtime. */
static bool is_done(const char *path, const char *report)
{
    struct stat a;
    struct stat b;
    if (stat(path, &a) != 0) {
        return true; /* gone again */
    }
    return stat(report, &b) == 0 &&
           (b.st_mtim.tv_sec > a.st_ctim.tv_sec ||
            (b.st_mtim.tv_sec == a.st_ctim.tv_sec && b.st_mtim.tv_nsec >= a.st_ctim.tv_nsec));
}

static kk_status save(run *r, char *name, const kk_bytes *bytes, kk_error *err)
{
    if (!make_folders(name)) {
        kk_cli_fail(name, "io", "%s", kk_cli_say(KK_TEXT_NO_FOLDER, r->cli->lang));
        r->failed = true;
        return KK_OK;
    }
    return kk_file_save(name, (kk_str){bytes->ptr, bytes->len}, err);
}

/* ---- one template -------------------------------------------------------------------------- */

static kk_status make_copy(run *r, const char *path, const char *date, kk_doc *doc, kk_audit *audit,
                           kk_error *err)
{
    char name[ROOM];
    kk_plan_options o;
    kk_plan *plan = NULL;
    kk_bytes bytes = {NULL, 0};
    const kk_audit_options how = kk_cli_audit_options(r->cli, date);
    if (!kk_cli_plan_options(r->cli, date, &r->input, &o) || !name_of(r, path, "", name)) {
        kk_cli_plan_input_free(&r->input);
        r->failed = true;
        return KK_OK;
    }
    o.settle = &how;
    o.mode = KK_PLAN_MODE_UPDATE;
    kk_status s = kk_plan_new(&plan, r->auditor, doc, audit, &o, err);
    s = s == KK_OK ? kk_plan_apply(plan, &bytes, err) : s;
    s = s == KK_OK ? save(r, name, &bytes, err) : s;
    kk_bytes_free(&bytes);
    kk_plan_free(plan);
    kk_cli_plan_input_free(&r->input);
    return s;
}

static kk_status judge(run *r, const char *path, const char *date, kk_report *report, kk_error *err)
{
    kk_doc *doc = NULL;
    kk_audit *audit = NULL;
    const kk_audit_options how = kk_cli_audit_options(r->cli, date);
    kk_status s = kk_doc_open_file(&doc, path, NULL, err);
    s = s == KK_OK ? kk_audit_run(&audit, r->auditor, &doc, 1, &how, err) : s;
    s = s == KK_OK ? kk_report_add(report, audit, err) : s;
    if (s == KK_OK && r->cli->insert) {
        s = make_copy(r, path, date, doc, audit, err);
    }
    kk_audit_free(audit);
    kk_doc_free(doc);
    return s;
}

/* A template that cannot be read gets a report too, which says so. */
static void work(run *r, const char *path, char *report_name)
{
    char today[11];
    char shown[ROOM];
    kk_error err = {.status = KK_OK};
    kk_error own = {.status = KK_OK};
    kk_report *report = NULL;
    kk_bytes bytes = {NULL, 0};
    kk_report_options how = KK_INIT(kk_report_options);
    how.format = r->format;
    how.lang = r->cli->lang;
    how.date = kk_cli_date(r->cli, today);
    kk_status s = kk_report_new(&report, r->bank, &how, &own);
    if (s == KK_OK && judge(r, path, how.date, report, &err) != KK_OK) {
        r->failed = true;
        (void)kk_cli_fail_error(r->cli, path, &err);
        s = kk_report_add_failure(report, path, &err, &own);
    }
    s = s == KK_OK ? kk_report_finish(report, &bytes, &own) : s;
    s = s == KK_OK ? save(r, report_name, &bytes, &own) : s;
    if (s != KK_OK) {
        r->failed = true;
        (void)kk_cli_fail_error(r->cli, report_name, &own);
    } else {
        kk_cli_line(KK_TEXT_WROTE, r->cli->lang, kk_cli_plain(report_name, shown, sizeof shown));
        (void)fflush(stdout);
    }
    kk_bytes_free(&bytes);
    kk_report_free(report);
}

static int loop(run *r, kk_watchdir *watch)
{
    static const char *const endings[] = {".txt", ".json", ".html", ".sarif", ".xml", ".csv"};
    char name[ROOM];
    while (!kk_cli_interrupted(NULL)) {
        bool heard = false;
        const char *path = kk_watchdir_next(watch, WAIT_MS, &heard);
        if (path != NULL && name_of(r, path, endings[r->format], name) &&
            (heard || !is_done(path, name))) {
            work(r, path, name);
        }
        if (r->cli->once && kk_watchdir_pending(watch) == 0) {
            return r->failed ? KK_EXIT_FAILED : KK_EXIT_OK;
        }
    }
    return kk_cli_close_stdout(r->cli, KK_EXIT_OK); /* asked to stop is no failure */
}

static int watch(run *r)
{
    const kk_cli *cli = r->cli;
    char today[11];
    char folder[ROOM];
    kk_error err = {.status = KK_OK};
    struct stat a;
    struct stat b;
    r->folder = kk_cli_one_path(cli);
    if (r->folder == NULL || kk_cli_date(cli, today) == NULL ||
        !kk_cli_format(cli, "text|json|sarif|html|junit|csv", &r->format)) {
        return KK_EXIT_FAILED;
    }
    const int n = cli->output_dir == NULL ? -1 : snprintf(folder, ROOM, "%s/", cli->output_dir);
    if (n < 0 || n >= ROOM || stat(r->folder, &a) != 0 || !S_ISDIR(a.st_mode) ||
        !make_folders(folder) || stat(cli->output_dir, &b) != 0 ||
        (a.st_dev == b.st_dev && a.st_ino == b.st_ino)) {
        kk_cli_fail(r->folder, "usage", "%s", kk_cli_say(KK_TEXT_WATCH_USE, cli->lang));
        return KK_EXIT_FAILED;
    }
    if (!kk_cli_bank(cli, &r->bank)) {
        return KK_EXIT_FAILED;
    }
    if (kk_auditor_new(&r->auditor, r->bank, NULL, &err) != KK_OK) {
        return kk_cli_fail_error(cli, NULL, &err);
    }
    kk_cli_interrupt_catch();
    kk_watchdir *w = kk_watchdir_open(r->folder, cli->output_dir, SETTLE_MS);
    if (w == NULL) {
        kk_cli_fail(r->folder, "io", "%s", kk_cli_say(KK_TEXT_NO_WATCH, cli->lang));
        return KK_EXIT_FAILED;
    }
    const int code = loop(r, w);
    kk_watchdir_close(w);
    return code;
}

int kk_cli_watch(const kk_cli *cli)
{
    run r = {.cli = cli};
    const int code = watch(&r);
    kk_auditor_free(r.auditor);
    kk_bank_free(r.bank);
    return code;
}
