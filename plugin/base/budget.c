/* A counting bound over threads. Knows nothing of what is counted. */
#include "budget.h"

#include "error.h"
#include "mem.h"

#include <pthread.h>

struct kk_budget {
    pthread_mutex_t lock;
    pthread_cond_t given;
    uint64_t total, held, peak;
};

kk_status kk_budget_new(kk_budget **out, uint64_t total, kk_error *err)
{
    *out = NULL;
    kk_budget *b = kk_malloc(sizeof *b);
    if (b == NULL) {
        return kk_fail_nomem(err);
    }
    *b = (kk_budget){.total = total};
    if (pthread_mutex_init(&b->lock, NULL) != 0) {
        kk_release(b);
        return kk_fail_nomem(err);
    }
    if (pthread_cond_init(&b->given, NULL) != 0) {
        pthread_mutex_destroy(&b->lock);
        kk_release(b);
        return kk_fail_nomem(err);
    }
    *out = b;
    return KK_OK;
}

void kk_budget_free(kk_budget *budget)
{
    if (budget != NULL) {
        pthread_cond_destroy(&budget->given);
        pthread_mutex_destroy(&budget->lock);
        kk_release(budget);
    }
}

void kk_budget_take(kk_budget *budget, uint64_t amount)
{
    pthread_mutex_lock(&budget->lock);
    while (budget->held > 0 &&
           (amount > budget->total || budget->held > budget->total - amount)) {
        pthread_cond_wait(&budget->given, &budget->lock);
    }
    budget->held += amount;
    if (budget->held > budget->peak) {
        budget->peak = budget->held;
    }
    pthread_mutex_unlock(&budget->lock);
}

void kk_budget_give(kk_budget *budget, uint64_t amount)
{
    pthread_mutex_lock(&budget->lock);
    budget->held -= amount;
    pthread_cond_broadcast(&budget->given);
    pthread_mutex_unlock(&budget->lock);
}

uint64_t kk_budget_peak(kk_budget *budget)
{
    pthread_mutex_lock(&budget->lock);
    const uint64_t peak = budget->peak;
    pthread_mutex_unlock(&budget->lock);
    return peak;
}
