/* A bound on something that many threads hold at once: bytes of the files being worked on. */
#ifndef KK_BUDGET_H
#define KK_BUDGET_H

#include <klimakrav/types.h>

typedef struct kk_budget kk_budget;

/* total > 0, in any unit. KK_E_NOMEM. */
kk_status kk_budget_new(kk_budget **out, uint64_t total, kk_error *err);
/* Nobody may hold anything any more. */
void kk_budget_free(kk_budget *budget);
/* Blocks until amount fits. What is larger than the whole budget waits until it is alone, and goes
 * ahead then, so that nothing waits for ever. A thread that holds something must not take more. */
void kk_budget_take(kk_budget *budget, uint64_t amount);
void kk_budget_give(kk_budget *budget, uint64_t amount);
/* Most that was held at one time, for tests and benchmarks. */
uint64_t kk_budget_peak(kk_budget *budget);

#endif
