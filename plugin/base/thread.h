/* A fixed pool of threads over jobs 0..n-1. */
#ifndef KK_THREAD_H
#define KK_THREAD_H

#include <klimakrav/types.h>

#include <stdatomic.h>

/* Processors the process may use, at least 1. */
unsigned kk_thread_cores(void);

/* Runs work(context, worker, job) for every job on `threads` threads (worker is 0..threads-1, so
 * that each can hold its own scanner) and calls done(context, job) in job order 0, 1, 2 ... from
 * one thread at a time as soon as a job and all before it are finished. Blocks until all is over.
 * done returns false to stop early: jobs already running finish, others are skipped
 * (KK_E_CANCELLED); done may be NULL. Worker 0 is the calling thread; 0 threads count as 1. At most
 * `ahead` jobs (0 = 4 * threads) are finished but not yet done, which bounds memory. */
kk_status kk_pool_run(unsigned threads, size_t n_jobs, size_t ahead,
                      void (*work)(void *context, unsigned worker, size_t job),
                      bool (*done)(void *context, size_t job), void *context, kk_error *err);

/* Runs init the first time that it is called for flag (static, hence zeroed), however many threads
 * come at once; every call returns after init is over. Later calls cost one load. init must not
 * call kk_once itself. */
typedef atomic_bool kk_once_flag;
void kk_once(kk_once_flag *flag, void (*init)(void));

#endif
