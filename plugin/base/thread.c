/* A pool of threads over numbered jobs, with results handed on in order. Knows nothing of the jobs.
 *
 *   done        done   running running  not started
 *   0 .. 3   | 4 ....... 6        7   | 8 ...          jobs start in order, and only inside
 *            ^ next_done     window ^                  [next_done, next_done + window)
 *
 * Whoever finishes the job at next_done reports it and all finished ones behind it; the others go
 * on working meanwhile. The oldest unreported job may always start, so nobody can wait for ever. */
#include "thread.h"

#include "error.h"
#include "mem.h"

#include <pthread.h>
#include <string.h>

typedef struct pool {
    pthread_mutex_t lock;
    pthread_cond_t moved; /* next_done or stop has changed */
    void (*work)(void *context, unsigned worker, size_t job);
    bool (*done)(void *context, size_t job);
    void *context;
    size_t n_jobs;
    size_t window;
    size_t next;      /* first job not started */
    size_t next_done; /* first job not reported */
    bool reporting;   /* some thread is inside done() */
    bool stop;
    bool *finished; /* ring over the window: finished, not yet reported */
} pool;

typedef struct member {
    pool *pool;
    pthread_t thread;
    unsigned number;
} member;

static pthread_mutex_t once_lock = PTHREAD_MUTEX_INITIALIZER;

void kk_once(kk_once_flag *flag, void (*init)(void))
{
    if (atomic_load_explicit(flag, memory_order_acquire)) {
        return;
    }
    pthread_mutex_lock(&once_lock);
    if (!atomic_load_explicit(flag, memory_order_relaxed)) {
        init();
        atomic_store_explicit(flag, true, memory_order_release);
    }
    pthread_mutex_unlock(&once_lock);
}

/* With the lock held; gives it up while done() runs. */
static void report(pool *p)
{
    if (p->reporting) {
        return; /* that thread will find our job when it comes to it */
    }
    p->reporting = true;
    while (!p->stop && p->next_done < p->n_jobs && p->finished[p->next_done % p->window]) {
        const size_t job = p->next_done;
        pthread_mutex_unlock(&p->lock);
        const bool go_on = p->done == NULL || p->done(p->context, job);
        pthread_mutex_lock(&p->lock);
        p->finished[job % p->window] = false;
        p->next_done++;
        p->stop = !go_on;
        pthread_cond_broadcast(&p->moved);
    }
    p->reporting = false;
}

static void work_on(pool *p, unsigned number)
{
    pthread_mutex_lock(&p->lock);
    for (;;) {
        while (!p->stop && p->next < p->n_jobs && p->next - p->next_done >= p->window) {
            pthread_cond_wait(&p->moved, &p->lock);
        }
        if (p->stop || p->next >= p->n_jobs) {
            break;
        }
        const size_t job = p->next++;
        pthread_mutex_unlock(&p->lock);
        p->work(p->context, number, job);
        pthread_mutex_lock(&p->lock);
        p->finished[job % p->window] = true;
        report(p);
    }
    pthread_mutex_unlock(&p->lock);
}

static void *start(void *argument)
{
    const member *self = argument;
    work_on(self->pool, self->number);
    return NULL;
}

/* The calling thread is worker 0. A thread that the system refuses is done without. */
static void run(pool *p, member *members, unsigned threads)
{
    unsigned started = 1;
    while (started < threads) {
        members[started].pool = p;
        members[started].number = started;
        if (pthread_create(&members[started].thread, NULL, start, &members[started]) != 0) {
            break;
        }
        started++;
    }
    work_on(p, 0);
    for (unsigned i = 1; i < started; i++) {
        pthread_join(members[i].thread, NULL);
    }
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

kk_status kk_pool_run(unsigned threads, size_t n_jobs, size_t ahead,
                      void (*work)(void *context, unsigned worker, size_t job),
                      bool (*done)(void *context, size_t job), void *context, kk_error *err)
{
    if (n_jobs == 0) {
        return KK_OK;
    }
    const unsigned n_threads = (unsigned)least(threads == 0 ? 1 : threads, n_jobs);
    const size_t window = least(ahead == 0 ? (size_t)n_threads * 4 : ahead, n_jobs);
    pool p = {.work = work, .done = done, .context = context, .n_jobs = n_jobs, .window = window};
    member *members = NULL;
    size_t bytes;
    kk_status status = KK_OK;

    p.finished = kk_malloc(window * sizeof *p.finished);
    if (kk_mul(n_threads, sizeof *members, &bytes)) {
        members = kk_malloc(bytes);
    }
    if (p.finished == NULL || members == NULL) {
        status = kk_fail_nomem(err);
        goto done;
    }
    memset(p.finished, 0, window * sizeof *p.finished);
    if (pthread_mutex_init(&p.lock, NULL) != 0) {
        status = kk_fail_nomem(err);
        goto done;
    }
    if (pthread_cond_init(&p.moved, NULL) != 0) {
        pthread_mutex_destroy(&p.lock);
        status = kk_fail_nomem(err);
        goto done;
    }
    run(&p, members, n_threads);
    pthread_cond_destroy(&p.moved);
    pthread_mutex_destroy(&p.lock);
    if (p.stop) {
        status = kk_fail(err, KK_E_CANCELLED, "", "stopped before all was done");
    }
done:
    kk_release(members);
    kk_release(p.finished);
    return status;
}
