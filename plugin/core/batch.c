/* Many files on several threads: one document per job, one auditor per worker, results handed over
 * in the order of the paths. A file that fails never stops the others. */
#include "core.h"

#include "budget.h"
#include "fileops.h"
#include "thread.h"

enum { DEFAULT_FLIGHT_MIB = 256 };

typedef struct job {
    kk_audit *audit;
    kk_error error;
} job;

typedef struct batch {
    const kk_bank *bank;
    const kk_paths *paths;
    const kk_batch_options *options;
    kk_auditor **auditors; /* per worker, made when it first works */
    job **jobs; /* from a file's work until it is handed over: memory does not grow with the files */
    kk_budget *budget;
    bool (*done)(void *context, const kk_batch_item *item);
    void *context;
    kk_error *err;
} batch;

static kk_status work_on(batch *b, unsigned worker, const char *path, job *j)
{
    kk_doc *doc = NULL;
    if (b->auditors[worker] == NULL) {
        KK_TRY(kk_auditor_new(&b->auditors[worker], b->bank, b->options->limits, &j->error));
    }
    KK_TRY(kk_doc_open_file(&doc, path, b->options->limits, &j->error));
    const kk_status status =
        kk_audit_run(&j->audit, b->auditors[worker], &doc, 1, b->options->audit, &j->error);
    kk_doc_free(doc);
    return status;
}

static void work(void *context, unsigned worker, size_t i)
{
    batch *b = context;
    const char *path = kk_paths_at(b->paths, i);
    const uint64_t bytes = kk_file_size(path);
    job *j = kk_malloc(sizeof *j);
    if (j == NULL) {
        return; /* handed over as out of memory */
    }
    *j = (job){.audit = NULL, .error = {.status = KK_OK}};
    b->jobs[i] = j;
    kk_budget_take(b->budget, bytes);
    const kk_status status = work_on(b, worker, path, j);
    kk_budget_give(b->budget, bytes);
    if (status != KK_OK && j->error.status == KK_OK) {
        j->error.status = status;
    }
}

static void forget(batch *b, size_t i)
{
    if (b->jobs[i] != NULL) {
        kk_audit_free(b->jobs[i]->audit);
        kk_release(b->jobs[i]);
        b->jobs[i] = NULL;
    }
}

static bool hand_over(void *context, size_t i)
{
    batch *b = context;
    const kk_error no_memory = {.status = KK_E_NOMEM, .message = "out of memory"};
    const job *j = b->jobs[i];
    kk_audit *audit = j == NULL ? NULL : j->audit;
    const kk_batch_item item = {.size = sizeof item,
                                .index = i,
                                .total = kk_paths_count(b->paths),
                                .path = kk_paths_at(b->paths, i),
                                .audit = audit,
                                .error = audit != NULL ? NULL : j != NULL ? &j->error : &no_memory};
    if (audit != NULL && b->options->baseline != NULL &&
        kk_baseline_apply(b->options->baseline, audit, b->err) != KK_OK) {
        return false;
    }
    const bool more = b->done(b->context, &item);
    forget(b, i);
    return more;
}

static kk_status run(batch *b, unsigned threads, size_t n, kk_error *err)
{
    const kk_batch_options *o = b->options;
    const uint64_t flight =
        o->bytes_in_flight == 0 ? (uint64_t)DEFAULT_FLIGHT_MIB << 20 : o->bytes_in_flight;
    KK_TRY(kk_budget_new(&b->budget, flight, err));
    kk_status status =
        o->baseline == NULL ? KK_OK : kk_baseline_begin(o->baseline, b->paths, err);
    if (status == KK_OK) {
        status = kk_pool_run(threads, n, 0, work, hand_over, b, err);
    }
    for (size_t i = 0; i < n; i++) {
        forget(b, i); /* finished, but never handed over */
    }
    for (unsigned i = 0; i < threads; i++) {
        kk_auditor_free(b->auditors[i]);
    }
    kk_budget_free(b->budget);
    return status;
}

kk_status kk_batch_run(const kk_bank *bank, const kk_paths *paths, const kk_batch_options *options,
                       bool (*done)(void *context, const kk_batch_item *item), void *context,
                       kk_error *err)
{
    kk_batch_options o;
    kk_audit_options audit;
    kk_struct_in(&o, sizeof o, options);
    kk_struct_in(&audit, sizeof audit, o.audit);
    audit.progress = NULL;
    o.audit = &audit;
    const size_t n = kk_paths_count(paths);
    unsigned threads = o.jobs == 0 ? kk_thread_cores() : o.jobs;
    threads = threads > n && n > 0 ? (unsigned)n : threads;
    kk_arena *arena = kk_arena_new();
    batch b = {bank, paths, &o, NULL, NULL, NULL, done, context, err};
    kk_status status;
    if (arena != NULL) {
        b.auditors = kk_arena_array(arena, threads + 1, sizeof(kk_auditor *));
        b.jobs = kk_arena_array(arena, n + 1, sizeof(job *));
    }
    if (b.auditors == NULL || b.jobs == NULL) {
        status = kk_fail_nomem(err);
    } else {
        status = run(&b, threads, n, err);
    }
    kk_arena_free(arena);
    return status;
}
