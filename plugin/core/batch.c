/* Many files on several threads: one document per job, one auditor per worker, results handed over
 * in the order of the paths. A file that fails never stops the others. */
#include "core.h"

#include "thread.h"

typedef struct job {
    kk_audit *audit;
    kk_error error;
} job;

typedef struct batch {
    const kk_bank *bank;
    const kk_paths *paths;
    const kk_batch_options *options;
    kk_auditor **auditors; /* per worker, made when it first works */
    job *jobs;
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
    const kk_status status = work_on(b, worker, kk_paths_at(b->paths, i), &b->jobs[i]);
    if (status != KK_OK && b->jobs[i].error.status == KK_OK) {
        b->jobs[i].error.status = status;
    }
}

static bool hand_over(void *context, size_t i)
{
    batch *b = context;
    job *j = &b->jobs[i];
    const kk_batch_item item = {.size = sizeof item,
                                .index = i,
                                .total = kk_paths_count(b->paths),
                                .path = kk_paths_at(b->paths, i),
                                .audit = j->audit,
                                .error = j->audit == NULL ? &j->error : NULL};
    if (j->audit != NULL && b->options->baseline != NULL &&
        kk_baseline_apply(b->options->baseline, j->audit, b->err) != KK_OK) {
        return false;
    }
    const bool more = b->done(b->context, &item);
    kk_audit_free(j->audit);
    j->audit = NULL;
    return more;
}

kk_status kk_batch_run(const kk_bank *bank, const kk_paths *paths, const kk_batch_options *options,
                       bool (*done)(void *context, const kk_batch_item *item), void *context,
                       kk_error *err)
{
    kk_batch_options o;
    kk_struct_in(&o, sizeof o, options);
    const size_t n = kk_paths_count(paths);
    unsigned threads = o.jobs == 0 ? kk_thread_cores() : o.jobs;
    threads = threads > n && n > 0 ? (unsigned)n : threads;
    kk_arena *arena = kk_arena_new();
    batch b = {bank, paths, &o, NULL, NULL, done, context, err};
    kk_status status = KK_OK;
    if (arena != NULL) {
        b.auditors = kk_arena_array(arena, threads + 1, sizeof(kk_auditor *));
        b.jobs = kk_arena_array(arena, n + 1, sizeof *b.jobs);
    }
    if (b.auditors == NULL || b.jobs == NULL) {
        status = kk_fail_nomem(err);
    } else {
        status = o.baseline == NULL ? KK_OK : kk_baseline_begin(o.baseline, paths, err);
        if (status == KK_OK) {
            status = kk_pool_run(threads, n, 0, work, hand_over, &b, err);
        }
        for (size_t i = 0; i < n; i++) {
            kk_audit_free(b.jobs[i].audit); /* finished, but never handed over */
        }
        for (unsigned i = 0; i < threads; i++) {
            kk_auditor_free(b.auditors[i]);
        }
    }
    kk_arena_free(arena);
    return status;
}
