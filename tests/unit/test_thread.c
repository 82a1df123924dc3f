/* The pool: order, bounds, early stop. Runs under the thread sanitizer too; `done` writes plain
 * variables on purpose, so that a call outside the promised one-at-a-time shows as a race. */
#include "mem.h"
#include "thread.h"

#include "rows.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

enum { JOBS_MAX = 2000, THREADS_MAX = 16 };

typedef struct trial {
    unsigned threads;
    size_t n_jobs;
    size_t stop_after; /* done() says stop at this job; SIZE_MAX = never */
    size_t slow_job;   /* this one takes long; SIZE_MAX = none */
    atomic_size_t worked[JOBS_MAX];
    uint32_t result[JOBS_MAX]; /* plain: written by work, read by done */
    atomic_int busy[THREADS_MAX];
    atomic_size_t waiting; /* worked, not yet done */
    atomic_size_t waiting_most;
    size_t n_done;
    uint64_t sum;
} trial;

static void pause_us(long us)
{
    const struct timespec time = {0, us * 1000};
    nanosleep(&time, NULL);
}

static void work(void *context, unsigned worker, size_t job)
{
    trial *t = context;
    if (worker >= t->threads || atomic_fetch_add(&t->busy[worker], 1) != 0) {
        abort(); /* a worker number was used by two threads at once */
    }
    if (job == t->slow_job) {
        pause_us(50000);
    } else if (job % 7 == 0) {
        pause_us(200);
    }
    t->result[job] = (uint32_t)job * 3u + 1u;
    atomic_fetch_add(&t->worked[job], 1);
    const size_t now = atomic_fetch_add(&t->waiting, 1) + 1;
    size_t most = atomic_load(&t->waiting_most);
    while (now > most && !atomic_compare_exchange_weak(&t->waiting_most, &most, now)) {
    }
    atomic_fetch_sub(&t->busy[worker], 1);
}

static bool done(void *context, size_t job)
{
    trial *t = context;
    if (job != t->n_done || t->result[job] != (uint32_t)job * 3u + 1u) {
        abort(); /* out of order, or not finished */
    }
    t->n_done++;
    t->sum += t->result[job];
    atomic_fetch_sub(&t->waiting, 1);
    return job != t->stop_after;
}

static const struct row {
    const char *name;
    unsigned threads;
    size_t n_jobs, ahead, stop_after, slow_job;
} rows[] = {
    {"no jobs", 4, 0, 0, SIZE_MAX, SIZE_MAX},
    {"one job", 4, 1, 0, SIZE_MAX, SIZE_MAX},
    {"one thread", 1, 100, 0, SIZE_MAX, SIZE_MAX},
    {"no thread asked for counts as one", 0, 10, 0, SIZE_MAX, SIZE_MAX},
    {"two threads", 2, JOBS_MAX, 0, SIZE_MAX, SIZE_MAX},
    {"many threads", THREADS_MAX, JOBS_MAX, 0, SIZE_MAX, SIZE_MAX},
    {"more threads than jobs", THREADS_MAX, 3, 0, SIZE_MAX, SIZE_MAX},
    {"one ahead", 4, 200, 1, SIZE_MAX, SIZE_MAX},
    {"three ahead", 4, 200, 3, SIZE_MAX, SIZE_MAX},
    {"far ahead", 4, 200, 100000, SIZE_MAX, SIZE_MAX},
    {"first is slow", 4, 200, 8, SIZE_MAX, 0},
    {"middle is slow", 4, 200, 0, SIZE_MAX, 90},
    {"last is slow", 4, 200, 0, SIZE_MAX, 199},
    {"stop at first", 4, 500, 0, 0, SIZE_MAX},
    {"stop in the middle", 4, 500, 0, 250, SIZE_MAX},
    {"stop at last", 4, 500, 0, 499, SIZE_MAX},
    {"stop with one thread", 1, 500, 0, 10, SIZE_MAX},
};

static void runs(void **state)
{
    const struct row *row = *state;
    trial *t = test_calloc(1, sizeof *t);
    kk_error err = {.status = KK_OK};
    t->threads = row->threads == 0 ? 1 : row->threads;
    t->n_jobs = row->n_jobs;
    t->stop_after = row->stop_after;
    t->slow_job = row->slow_job;
    const kk_status status =
        kk_pool_run(row->threads, row->n_jobs, row->ahead, work, done, t, &err);

    const bool stopped = row->stop_after != SIZE_MAX;
    const size_t expect = stopped ? row->stop_after + 1 : row->n_jobs;
    const size_t ahead = row->ahead == 0 ? 4 * (size_t)t->threads : row->ahead;
    assert_int_equal(status, stopped ? KK_E_CANCELLED : KK_OK);
    assert_int_equal(err.status, status);
    assert_int_equal(t->n_done, expect);
    assert_int_equal(t->sum, 3 * (uint64_t)(expect * (expect - (expect > 0)) / 2) + expect);
    assert_true(atomic_load(&t->waiting_most) <= ahead);
    size_t worked = 0;
    for (size_t i = 0; i < row->n_jobs; i++) {
        const size_t times = atomic_load(&t->worked[i]);
        assert_true(times == 1 || (stopped && times == 0 && i > row->stop_after));
        worked += times;
    }
    assert_true(worked <= expect + ahead); /* after a stop nothing new is taken up */
    test_free(t);
}

static void done_is_optional(void **state)
{
    (void)state;
    trial *t = test_calloc(1, sizeof *t);
    t->threads = 3;
    t->stop_after = t->slow_job = SIZE_MAX;
    assert_int_equal(kk_pool_run(3, 50, 0, work, NULL, t, NULL), KK_OK);
    assert_int_equal(atomic_load(&t->waiting), 50);
    test_free(t);
}

static void out_of_memory_runs_nothing(void **state)
{
    (void)state;
    trial *t = test_calloc(1, sizeof *t);
    t->threads = 3;
    t->stop_after = t->slow_job = SIZE_MAX;
    for (uint64_t n = 1; n <= 2; n++) {
        kk_error err = {.status = KK_OK};
        kk_mem_fail_at(n);
        assert_int_equal(kk_pool_run(3, 50, 0, work, done, t, &err), KK_E_NOMEM);
        kk_mem_fail_at(0);
        assert_int_equal(err.status, KK_E_NOMEM);
        assert_int_equal(t->n_done, 0);
        assert_int_equal(atomic_load(&t->waiting), 0);
    }
    test_free(t);
}

static kk_once_flag once_flag;
static unsigned once_runs; /* plain: only kk_once guards it */

static void init_slowly(void)
{
    pause_us(2000);
    once_runs++;
}

static void once_work(void *context, unsigned worker, size_t job)
{
    (void)worker;
    (void)job;
    kk_once(&once_flag, init_slowly);
    if (once_runs != 1) {
        atomic_fetch_add((atomic_int *)context, 1);
    }
}

static void once_is_once(void **state)
{
    (void)state;
    atomic_int wrong = 0;
    assert_int_equal(kk_pool_run(8, 100, 0, once_work, NULL, &wrong, NULL), KK_OK);
    assert_int_equal(once_runs, 1);
    assert_int_equal(wrong, 0);
}

static void has_cores(void **state)
{
    (void)state;
    assert_true(kk_thread_cores() >= 1);
    assert_true(kk_thread_cores() <= 1024);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(done_is_optional),
        cmocka_unit_test(out_of_memory_runs_nothing),
        cmocka_unit_test(has_cores),
        cmocka_unit_test(once_is_once),
    };
    int failed = ROWS_RUN("pool", rows, runs);
    failed += cmocka_run_group_tests_name("thread", tests, NULL, NULL);
    return failed;
}
