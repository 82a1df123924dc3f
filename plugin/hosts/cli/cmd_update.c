/* update: many templates, with plan, journal, resume and undo. The work is the library's; here are
 * options, questions and what is printed. */
#include "interrupt.h"
#include "output.h"
#include "planopts.h"
#include "ledgerrun.h"
#include "session.h"
#include "system.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM = 4200 };

typedef struct run {
    const kk_cli *cli;
    kk_bank *bank;
    kk_paths *paths;
    kk_cli_plan_input input;
    kk_update_print_options print;
    kk_update_summary summary;
    char today[11], journal[ROOM];
    kk_journal_info earlier; /* of a run that is taken up */
    char *text;              /* the report, when it goes to a file */
    size_t len, room;
    kk_ledger *ledger; /* --ledger, or NULL */
    bool broken; /* the report, or the ledger, cannot be written */
} run;

static bool refuse(const kk_cli *cli, kk_cli_text text)
{
    kk_cli_fail(NULL, "usage", "%s", kk_cli_say(text, cli->lang));
    return false;
}

/* ---- the report, piece by piece ------------------------------------------------------------ */

static void emit(run *r, kk_status status, kk_bytes *piece, const kk_error *err)
{
    const bool to_file = r->cli->output != NULL && strcmp(r->cli->output, "-") != 0;
    if (status != KK_OK) {
        (void)kk_cli_fail_error(r->cli, NULL, err);
        r->broken = true;
    } else if (!to_file) {
        r->broken = fwrite(piece->ptr, 1, piece->len, stdout) < piece->len || r->broken;
    } else {
        if (r->len + piece->len + 1 > r->room) {
            const size_t room = (r->len + piece->len + 1) * 2;
            char *more = realloc(r->text, room);
            if (more == NULL) {
                kk_cli_fail(NULL, "memory", "%s", kk_cli_say(KK_TEXT_NO_MEMORY, r->cli->lang));
                r->broken = true;
                kk_bytes_free(piece);
                return;
            }
            r->text = more;
            r->room = room;
        }
        memcpy(r->text + r->len, piece->ptr, piece->len);
        r->len += piece->len;
    }
    kk_bytes_free(piece);
}

static void print_head(run *r)
{
    kk_bytes piece = {NULL, 0};
    kk_error err = {.status = KK_OK};
    emit(r, kk_update_print_head(&r->print, &piece, &err), &piece, &err);
}

static int print_tail(run *r)
{
    kk_bytes piece = {NULL, 0};
    kk_error err = {.status = KK_OK};
    emit(r, kk_update_print_tail(&r->print, &r->summary, &piece, &err), &piece, &err);
    if (r->text == NULL) {
        return kk_cli_close_stdout(r->cli, r->broken ? KK_EXIT_FAILED : KK_EXIT_OK);
    }
    const kk_bytes all = {r->text, r->len};
    return r->broken ? KK_EXIT_FAILED : kk_cli_deliver(r->cli, &all);
}

/* Failures go to stderr too, where a log looks for them. */
static void complain(const run *r, const kk_update_item *item)
{
    const kk_lang lang = r->cli->lang;
    if (item->outcome == KK_UPDATE_FAILED && item->error != NULL) {
        (void)kk_cli_fail_error(r->cli, item->path, item->error);
    } else if (item->outcome == KK_UPDATE_TOUCHED) {
        kk_cli_fail(item->path, "changed", kk_cli_say(KK_TEXT_TOUCHED_FILE, lang),
                    item->backup == NULL ? "-" : item->backup);
    } else if (item->outcome == KK_UPDATE_REFUSED) {
        for (size_t i = 0; i < item->n_changes; i++) {
            const kk_plan_item *c = &item->changes[i].item;
            if (c->action == KK_PLAN_REFUSED) {
                kk_cli_fail(item->path, c->reason.ptr, kk_cli_say(KK_TEXT_REFUSED_FILE, lang),
                            c->clause.ptr);
            }
        }
    }
}

/* What was written becomes an edit, what stayed as it was an audit. */
static void record(run *r, const kk_update_item *item)
{
    kk_error err = {.status = KK_OK};
    kk_status status = KK_OK;
    if (!kk_cli_ledger_writes(r->cli)) {
        return;
    }
    if (item->error != NULL) {
        status = kk_ledger_add_failure(r->ledger, item->path, item->error, &err);
    } else if (item->outcome == KK_UPDATE_CHANGED && item->audit_before != NULL &&
               item->audit_after != NULL) {
        status = kk_ledger_add_edit(r->ledger, item->audit_before, item->audit_after, item->target,
                                    &err);
    } else if (item->audit_before != NULL) {
        status = kk_ledger_add_audit(r->ledger, item->audit_before, false, &err);
    }
    r->broken = (status != KK_OK && !kk_cli_ledger_failed(r->cli, &err)) || r->broken;
}

static const kk_known_clause *known(void *context, const char *path, const char *sha256, size_t *n,
                                    void **keep)
{
    const run *r = context;
    kk_known *list = NULL;
    kk_error err = {.status = KK_OK};
    if (kk_ledger_known_clauses(&list, r->ledger, path, sha256, &err) != KK_OK) {
        (void)kk_cli_ledger_failed(r->cli, &err);
    }
    *keep = list;
    return kk_known_items(list, n);
}

static void forget(void *context, void *keep)
{
    (void)context;
    kk_known_free(keep);
}

static bool one_done(void *context, const kk_update_item *item)
{
    run *r = context;
    record(r, item);
    kk_bytes piece = {NULL, 0};
    kk_error err = {.status = KK_OK};
    if (item->outcome != KK_UPDATE_LEFT) {
        kk_cli_progress(r->cli, item->index + 1, item->total, item->path);
        complain(r, item);
    }
    emit(r, kk_update_print_item(&r->print, item, &piece, &err), &piece, &err);
    return !r->broken;
}

/* ---- questions ----------------------------------------------------------------------------- */

static void show_change(const kk_cli *cli, const char *path, const kk_update_change *c)
{
    char shown[ROOM];
    (void)fprintf(stderr, "\n%s\n  %s «", kk_cli_plain(path, shown, sizeof shown),
                  c->item.clause.ptr);
    kk_cli_put(stderr, c->item.title);
    (void)fputs("»\n  ", stderr);
    kk_cli_put(stderr, c->item.place);
    if (c->why.len > 0) {
        (void)fputs("\n  ", stderr);
        kk_cli_put(stderr, c->why);
    }
    (void)fprintf(stderr, "\n%s", kk_cli_say(KK_TEXT_ASK_INSERT, cli->lang));
    (void)fflush(stderr);
}

/* The letters of all three languages are understood; what is none of them is asked again. The end
 * of stdin means stop: nobody said yes. */
static kk_answer ask(void *context, const char *path, const kk_update_change *change)
{
    const run *r = context;
    char line[64];
    for (;;) {
        show_change(r->cli, path, change);
        if (kk_cli_interrupted(NULL) || fgets(line, sizeof line, stdin) == NULL) {
            (void)fputc('\n', stderr);
            return KK_ANSWER_STOP;
        }
        switch (line[1] == '\n' || line[1] == '\0' ? line[0] : '\0') {
        case 'j':
        case 'y':
            return KK_ANSWER_YES;
        case 'n':
            return KK_ANSWER_NO;
        case 'a':
            return KK_ANSWER_YES_FILE;
        case 'h':
        case 'k':
            return KK_ANSWER_NO_FILE;
        case 's':
        case 'q':
            return KK_ANSWER_STOP;
        default:
            break;
        }
    }
}

/* ---- options ------------------------------------------------------------------------------- */

static bool check_options(const kk_cli *cli, bool dry)
{
    if (cli->in_place && cli->output_dir != NULL) {
        return refuse(cli, KK_TEXT_PLACE_BOTH);
    }
    if (!cli->in_place && cli->output_dir == NULL && !dry) {
        return refuse(cli, KK_TEXT_NEED_PLACE);
    }
    if (cli->output_dir != NULL && (cli->backup != NULL || cli->no_backup)) {
        return refuse(cli, KK_TEXT_BACKUP_PLACE);
    }
    if (cli->backup != NULL && cli->no_backup) {
        return refuse(cli, KK_TEXT_TWO_BACKUPS);
    }
    if (cli->track && cli->no_track) {
        return refuse(cli, KK_TEXT_TRACK_BOTH);
    }
    if (cli->interactive && cli->files_from != NULL && strcmp(cli->files_from, "-") == 0) {
        return refuse(cli, KK_TEXT_ASK_STDIN);
    }
    for (size_t i = 0; i < cli->n_args && cli->output_dir != NULL; i++) {
        if (kk_cli_same_place(cli->output_dir, cli->args[i])) {
            return refuse(cli, KK_TEXT_OUT_IS_IN);
        }
    }
    return true;
}

/* .klimakrav-journal in the first PATH, or beside it when that is a file; each shard has its own. */
static bool choose_journal(run *r)
{
    const kk_cli *cli = r->cli;
    uint32_t shard;
    uint32_t n_shards;
    char part[32] = "";
    if (cli->journal != NULL) {
        const int n = snprintf(r->journal, sizeof r->journal, "%s", cli->journal);
        return n > 0 && (size_t)n < sizeof r->journal;
    }
    if (cli->n_args == 0) {
        return refuse(cli, KK_TEXT_NEED_JOURNAL);
    }
    if (!kk_cli_shard(cli, &shard, &n_shards)) {
        return false;
    }
    if (n_shards > 1) {
        (void)snprintf(part, sizeof part, "-%uof%u", shard, n_shards);
    }
    const char *first = cli->args[0];
    const bool folder = kk_cli_is_folder(first);
    const char *slash = strrchr(first, '/');
    const int len = folder ? (int)strlen(first) : slash == NULL ? 0 : (int)(slash - first);
    const int n = snprintf(r->journal, sizeof r->journal, "%.*s%s.klimakrav-journal%s", len, first,
                           len > 0 || slash == first ? "/" : "", part);
    return n > 0 && (size_t)n < sizeof r->journal;
}

/* A run that is taken up keeps its date and its time, or the result would not be the same. */
static void take_times(run *r, const char **date, kk_plan_options *plan)
{
    kk_error ignored = {.status = KK_OK};
    r->earlier = KK_INIT(kk_journal_info);
    if (!r->cli->resume ||
        kk_journal_read_info(r->journal, &r->earlier, &ignored) != KK_OK) {
        return; /* the run itself says what is wrong with the journal */
    }
    if (r->cli->date == NULL) {
        *date = r->earlier.date;
    }
    if (r->cli->timestamp == NULL && r->earlier.timestamp[0] != '\0') {
        plan->timestamp = r->earlier.timestamp;
    }
    plan->date = *date;
}

/* ---- the run ------------------------------------------------------------------------------- */

static int verdict(const run *r)
{
    const size_t *n = r->summary.n;
    if (n[KK_UPDATE_FAILED] + n[KK_UPDATE_REFUSED] > 0 || r->summary.stopped) {
        return KK_EXIT_FAILED;
    }
    if (r->cli->check_only) {
        return n[KK_UPDATE_CHANGED] > 0 ? KK_EXIT_FINDINGS : KK_EXIT_OK;
    }
    return kk_cli_verdict(r->cli, r->summary.n_findings);
}

static int update(run *r, const char *date, unsigned jobs, bool dry)
{
    const kk_cli *cli = r->cli;
    kk_error err = {.status = KK_OK};
    kk_plan_options plan;
    if (!kk_cli_plan_options(cli, date, &r->input, &plan)) {
        return KK_EXIT_FAILED;
    }
    take_times(r, &date, &plan);
    const kk_audit_options audit = kk_cli_audit_options(cli, date);
    kk_update_options o = KK_INIT(kk_update_options);
    o.jobs = jobs;
    o.audit = &audit;
    o.plan = &plan;
    o.dry_run = dry;
    o.output_dir = cli->output_dir;
    o.in_place = cli->output_dir == NULL;
    o.backup = cli->backup;
    o.no_backup = cli->no_backup;
    o.journal = dry ? NULL : r->journal;
    o.resume = cli->resume;
    o.ask = cli->interactive ? ask : NULL;
    o.cancelled = kk_cli_interrupted;
    o.done = one_done;
    o.context = r;
    if (!kk_cli_ledger_begin(cli, r->bank, date, plan.timestamp, &r->ledger)) {
        return KK_EXIT_FAILED;
    }
    o.known = r->ledger != NULL ? known : NULL;
    o.forget = forget;
    if (cli->no_backup && !dry) {
        kk_cli_notice(NULL, "%s", kk_cli_say(KK_TEXT_NO_UNDO, cli->lang));
    }
    r->print.date = date;
    r->print.bank = kk_bank_version(r->bank);
    r->print.journal = o.journal;
    kk_cli_interrupt_catch();
    print_head(r);
    const kk_status status = kk_update_run(r->bank, r->paths, &o, &r->summary, &err);
    const int printed = print_tail(r);
    if (status != KK_OK) {
        const bool values = strcmp(err.reason, "values") == 0 && cli->values != NULL;
        const char *about = values ? cli->values : err.part[0] != '\0' ? err.part : NULL;
        return kk_cli_fail_error(cli, about, &err);
    }
    return printed != KK_EXIT_OK ? printed : verdict(r);
}

static int take_back(run *r)
{
    const kk_cli *cli = r->cli;
    kk_error err = {.status = KK_OK};
    kk_update_options o = KK_INIT(kk_update_options);
    o.done = one_done;
    o.cancelled = kk_cli_interrupted;
    o.context = r;
    r->print.undo = true;
    r->print.journal = cli->undo;
    if (cli->n_args > 0 || cli->resume || cli->in_place || cli->output_dir != NULL ||
        cli->journal != NULL || cli->files_from != NULL) {
        (void)refuse(cli, KK_TEXT_UNDO_ALONE);
        return KK_EXIT_FAILED;
    }
    kk_cli_interrupt_catch();
    print_head(r);
    const kk_status status = kk_update_undo(cli->undo, &o, &r->summary, &err);
    const int printed = print_tail(r);
    if (status != KK_OK) {
        return kk_cli_fail_error(cli, cli->undo, &err);
    }
    if (printed != KK_EXIT_OK || r->summary.n[KK_UPDATE_FAILED] > 0 || r->summary.stopped) {
        return KK_EXIT_FAILED;
    }
    return r->summary.n[KK_UPDATE_TOUCHED] > 0 ? KK_EXIT_FINDINGS : KK_EXIT_OK;
}

static int start(run *r)
{
    const kk_cli *cli = r->cli;
    const bool dry = cli->dry_run || cli->check_only;
    unsigned jobs;
    r->print = KK_INIT(kk_update_print_options);
    r->summary = KK_INIT(kk_update_summary);
    r->print.lang = cli->lang;
    r->print.dry_run = dry;
    if (!kk_cli_format(cli, "text|json", &r->print.format)) {
        return KK_EXIT_FAILED;
    }
    if (cli->undo != NULL) {
        return take_back(r);
    }
    const char *date = kk_cli_date(cli, r->today);
    if (date == NULL || !check_options(cli, dry) || !kk_cli_jobs(cli, &jobs) ||
        !kk_cli_find(cli, &r->paths) || (!dry && !choose_journal(r)) ||
        !kk_cli_bank(cli, &r->bank)) {
        return KK_EXIT_FAILED;
    }
    return update(r, date, jobs, dry);
}

int kk_cli_update(const kk_cli *cli)
{
    run r = {.cli = cli};
    const int code = kk_cli_ledger_end(cli, r.ledger, start(&r));
    kk_cli_plan_input_free(&r.input);
    kk_paths_free(r.paths);
    kk_bank_free(r.bank);
    free(r.text);
    return code;
}
