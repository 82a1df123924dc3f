/* An update run: options, journal, threads, summary. What is done to one file is updatefile.c's;
 * reports are updateprint.c's. Knows no XML and no rule. */
#include "update.h"

#include "config.h"
#include "file.h"
#include "fileops.h"
#include "hash.h"
#include "thread.h"

#include <stdio.h>
#include <string.h>

enum { DEFAULT_FLIGHT_MIB = 256, MOST_OLD_JOURNALS = 10000 };

/* ---- options ------------------------------------------------------------------------------- */

static void put_list(kk_buf *out, const char *name, const char *const *items, size_t n)
{
    kk_buf_printf(out, "%s %zu\n", name, n);
    for (size_t i = 0; i < n; i++) {
        kk_buf_printf(out, "%zu:%s\n", strlen(items[i]), items[i]);
    }
}

static void put_text(kk_buf *out, const char *name, const char *value)
{
    kk_buf_printf(out, "%s %s\n", name, value == NULL ? "" : value);
}

static void put_folder(kk_buf *out, const char *name, const char *path)
{
    kk_error ignored = {.status = KK_OK};
    kk_buf_printf(out, "%s ", name);
    if (path != NULL && kk_file_real(path, out, &ignored) != KK_OK) {
        kk_buf_puts(out, path);
    }
    kk_buf_putc(out, '\n');
}

/* One hash over all that decides what is written where: a run is taken up with the same only. */
static void hash_options(const kk_update *u, char out[65])
{
    const kk_plan_options *p = &u->plan;
    kk_buf b;
    kk_buf_init(&b, 0);
    put_text(&b, "program", kk_version());
    put_text(&b, "date", u->audit.date);
    put_text(&b, "timestamp", p->untracked ? "" : p->timestamp);
    put_text(&b, "author", p->author);
    put_text(&b, "level", p->level);
    put_text(&b, "audit-level", u->audit.level);
    kk_buf_printf(&b, "take-ours %d\n", p->take_ours);
    kk_buf_printf(&b, "lang %d\nuntracked %d\nreviewed %d %d\nsignature %d\n", (int)p->clause_lang,
                  p->untracked, p->only_reviewed, u->audit.only_reviewed, p->drop_signature);
    put_text(&b, "config", p->config == NULL ? "" : p->config->sha256);
    put_list(&b, "clauses", p->clauses, p->n_clauses);
    put_list(&b, "categories", u->audit.categories, u->audit.n_categories);
    for (size_t i = 0; i < p->n_values; i++) {
        kk_buf_printf(&b, "value %zu:%.*s=%zu:%.*s\n", p->values[i].name.len,
                      (int)p->values[i].name.len, p->values[i].name.ptr, p->values[i].value.len,
                      (int)p->values[i].value.len, p->values[i].value.ptr);
    }
    kk_buf_str(&b, p->values_json);
    kk_buf_printf(&b, "\nin-place %d\nno-backup %d\n", u->o.in_place, u->o.no_backup);
    put_folder(&b, "backup", u->o.backup);
    put_folder(&b, "output", u->o.output_dir);
    kk_sha256_hex(kk_buf_view(&b), out);
    kk_buf_dispose(&b);
}

static kk_status check_options(const kk_update *u, kk_error *err)
{
    const kk_update_options *o = &u->o;
    if (o->audit == NULL || o->plan == NULL || o->done == NULL) {
        return kk_fail(err, KK_E_ARG, "", "audit, plan and done must be given");
    }
    if (o->in_place == (o->output_dir != NULL)) {
        return kk_fail(err, KK_E_ARG, "", "give in_place or output_dir, one of them");
    }
    if (o->output_dir != NULL && (o->backup != NULL || o->no_backup)) {
        return kk_fail(err, KK_E_ARG, "", "backups are for a run in place only");
    }
    if (o->backup != NULL && o->no_backup) {
        return kk_fail(err, KK_E_ARG, "", "backup and no_backup exclude each other");
    }
    if (o->journal == NULL && !o->dry_run) {
        return kk_fail(err, KK_E_ARG, "", "a journal must be named");
    }
    return KK_OK;
}

/* A wrong option would fail every file in the same way: it is tried on an empty document first. */
static kk_status try_options(const kk_update *u, kk_error *err)
{
    kk_doc_paragraph para = {.size = sizeof para, .text = KK_STR("x")};
    kk_auditor *auditor = NULL;
    kk_doc *doc = NULL;
    kk_audit *audit = NULL;
    kk_plan *plan = NULL;
    kk_plan_options how = u->plan;
    how.settle = NULL;
    kk_status status = kk_auditor_new(&auditor, u->bank, u->o.limits, err);
    if (status == KK_OK) {
        status = kk_doc_from_paragraphs(&doc, &para, 1, sizeof para, "", err);
    }
    if (status == KK_OK) {
        status = kk_audit_run(&audit, auditor, &doc, 1, &u->audit, err);
    }
    if (status == KK_OK) {
        status = kk_plan_new(&plan, auditor, doc, audit, &how, err);
    }
    kk_plan_free(plan);
    kk_audit_free(audit);
    kk_doc_free(doc);
    kk_auditor_free(auditor);
    return status;
}

static kk_status take_options(kk_update *u, const kk_update_options *options, kk_error *err)
{
    kk_struct_in(&u->o, sizeof u->o, options);
    KK_TRY(check_options(u, err));
    kk_struct_in(&u->audit, sizeof u->audit, u->o.audit);
    kk_struct_in(&u->plan, sizeof u->plan, u->o.plan);
    u->audit.as_procurement = false;
    u->audit.cancelled = NULL;
    u->audit.progress = NULL;
    u->plan.settle = &u->audit;
    u->plan.mode = KK_PLAN_MODE_UPDATE;
    if (u->o.ask != NULL) {
        u->o.jobs = 1;
    }
    return try_options(u, err);
}

/* ---- journal ------------------------------------------------------------------------------- */

/* A finished journal stays, for undo: as JOURNAL.1, .2 ... */
static kk_status set_aside(const char *path, kk_error *err)
{
    char name[4200];
    for (unsigned i = 1; i < MOST_OLD_JOURNALS; i++) {
        const int n = snprintf(name, sizeof name, "%s.%u", path, i);
        if (n < 0 || (size_t)n >= sizeof name) {
            break;
        }
        if (!kk_file_exists(name)) {
            return kk_file_rename(path, name, err);
        }
    }
    return kk_fail_at(err, KK_E_IO, "", kk_z(path), 0,
                      "cannot write: no free name for the old journal; name another journal");
}

static kk_status stale(kk_error *err, const char *path, const char *reason, const char *text)
{
    return kk_fail_at(err, KK_E_STALE, reason, kk_z(path), 0, "%s", text);
}

static kk_status fits(const kk_update *u, const kk_journal *j, const char *options, kk_error *err)
{
    if (j->undone || j->undoing) {
        return stale(err, u->o.journal, "journal-undone",
                     "this run was taken back; start a new one without resume");
    }
    if (!kk_str_is(j->bank, u->bank->version) || !kk_str_is(j->options, options)) {
        return stale(err, u->o.journal, "journal-other",
                     "the journal is of a run with other options or another bank; use the same "
                     "ones, or name another journal");
    }
    return KK_OK;
}

static kk_status resume_journal(kk_update *u, const char *options, kk_error *err)
{
    kk_error own = {.status = KK_OK};
    KK_TRY(kk_journal_open(&u->journal, u->o.journal, err));
    kk_status status = fits(u, u->journal, options, &own);
    if (status == KK_OK) {
        kk_update_sweep(u->paths, &u->o);
        status = kk_journal_word(u->journal, "resume", &own);
    }
    if (status != KK_OK && err != NULL) {
        *err = own;
    }
    return status;
}

static kk_status new_journal(kk_update *u, const char *options, kk_error *err)
{
    const kk_journal_head head = {u->o.in_place ? "in-place" : "output",
                                  u->bank->version,
                                  options,
                                  u->audit.date,
                                  u->plan.timestamp == NULL ? "" : u->plan.timestamp,
                                  !u->o.no_backup};
    return kk_journal_create(&u->journal, u->o.journal, &head, err);
}

static kk_status open_journal(kk_update *u, kk_error *err)
{
    char options[65];
    const char *path = u->o.journal;
    hash_options(u, options);
    if (u->o.dry_run) {
        return KK_OK;
    }
    if (kk_file_exists(path) && kk_file_size(path) == 0) {
        KK_TRY(kk_file_remove(path, err)); /* killed before its first line: nothing was done */
    }
    if (!kk_file_exists(path)) {
        return new_journal(u, options, err);
    }
    if (u->o.resume) {
        return resume_journal(u, options, err);
    }
    kk_journal *old = NULL;
    KK_TRY(kk_journal_open(&old, path, err));
    const bool over = (old->finished && !old->undoing) || old->undone;
    kk_journal_free(old);
    if (!over) {
        return stale(err, path, "journal-open",
                     "an unfinished run lies here; go on with it by --resume, or take it back by "
                     "--undo");
    }
    KK_TRY(set_aside(path, err));
    return new_journal(u, options, err);
}

/* ---- the run ------------------------------------------------------------------------------- */

const char *kk_update_kept(kk_update_result *r, kk_str made)
{
    r->failed = r->failed || made.ptr == NULL;
    return made.ptr == NULL ? "" : made.ptr;
}

void kk_update_end(kk_update *u, const kk_error *why)
{
    if (!atomic_exchange(&u->failing, true)) {
        u->fatal = *why;
    }
    atomic_store(&u->stop, true);
}

bool kk_update_stopping(kk_update *u)
{
    if (!atomic_load(&u->stop) && u->o.cancelled != NULL && u->o.cancelled(u->o.context)) {
        atomic_store(&u->stop, true);
    }
    return atomic_load(&u->stop);
}

static void work(void *context, unsigned worker, size_t i)
{
    kk_update *u = context;
    kk_arena *arena = kk_arena_new();
    kk_update_result *r = arena == NULL ? NULL : kk_arena_alloc(arena, sizeof *r);
    if (r == NULL) {
        kk_error err = {.status = KK_OK};
        (void)kk_fail_nomem(&err);
        kk_arena_free(arena);
        kk_update_end(u, &err);
        return;
    }
    r->arena = arena;
    u->results[i] = r;
    kk_update_file(u, worker, i, r);
}

static void count(kk_update_summary *s, const kk_update_result *r)
{
    s->n[r->item.outcome]++;
    s->n_clauses += r->n_written;
    for (size_t k = 0; k < 3; k++) {
        s->n_findings[k] += r->item.n_findings[k];
    }
}

static bool hand_over(void *context, size_t i)
{
    kk_update *u = context;
    kk_update_result *r = u->results[i];
    if (r == NULL) {
        return true; /* no memory for it: the run is ending */
    }
    count(&u->summary, r);
    if (!u->o.done(u->o.context, &r->item)) {
        u->summary.stopped = true;
        atomic_store(&u->stop, true);
    }
    u->results[i] = NULL;
    kk_audit_free(r->before);
    kk_audit_free(r->after);
    kk_arena_free(r->arena);
    return true; /* the rest is handed over too, as left */
}

static kk_status run_threads(kk_update *u, kk_error *err)
{
    const size_t n = kk_paths_count(u->paths);
    unsigned threads = u->o.jobs == 0 ? kk_thread_cores() : u->o.jobs;
    threads = threads > n && n > 0 ? (unsigned)n : threads;
    const uint64_t flight =
        u->o.bytes_in_flight == 0 ? (uint64_t)DEFAULT_FLIGHT_MIB << 20 : u->o.bytes_in_flight;
    kk_arena *arena = kk_arena_new();
    kk_status status = arena == NULL ? kk_fail_nomem(err) : KK_OK;
    if (status == KK_OK) {
        u->auditors = kk_arena_array(arena, (size_t)threads + 1, sizeof(kk_auditor *));
        u->results = kk_arena_array(arena, n + 1, sizeof(kk_update_result *));
        status = u->auditors == NULL || u->results == NULL ? kk_fail_nomem(err)
                                                           : kk_budget_new(&u->budget, flight, err);
    }
    if (status == KK_OK) {
        status = kk_pool_run(threads, n, 0, work, hand_over, u, err);
        for (unsigned i = 0; i < threads; i++) {
            kk_auditor_free(u->auditors[i]);
        }
    }
    kk_budget_free(u->budget);
    kk_arena_free(arena);
    return status;
}

static kk_status finish(kk_update *u, kk_error *err)
{
    u->summary.stopped = u->summary.stopped || atomic_load(&u->stop);
    kk_status status = KK_OK;
    if (u->journal != NULL) {
        kk_error own = {.status = KK_OK};
        status = kk_journal_word(u->journal, u->summary.stopped ? "stop" : "end", &own);
        if (status != KK_OK) {
            kk_update_end(u, &own);
        }
    }
    if (atomic_load(&u->failing)) {
        if (err != NULL && err->status == KK_OK) {
            *err = u->fatal;
        }
        return u->fatal.status;
    }
    return status;
}

kk_status kk_update_run(const kk_bank *bank, const kk_paths *paths,
                        const kk_update_options *options, kk_update_summary *summary, kk_error *err)
{
    kk_update u = {.bank = bank, .paths = paths, .summary = {.size = sizeof u.summary}};
    kk_status status = take_options(&u, options, err);
    if (status == KK_OK) {
        status = open_journal(&u, err);
    }
    if (status == KK_OK && u.o.output_dir != NULL && !u.o.dry_run) {
        status = kk_file_is_dir(u.o.output_dir) ? KK_OK : kk_file_mkdirs(u.o.output_dir, err);
    }
    if (status == KK_OK) {
        status = run_threads(&u, err);
        const kk_status ended = finish(&u, err);
        status = status == KK_OK ? ended : status;
    }
    kk_journal_free(u.journal);
    if (summary != NULL) {
        (void)kk_struct_out(summary, &u.summary, sizeof u.summary);
    }
    return status;
}
