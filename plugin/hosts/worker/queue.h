/* The queue of references and the store of results, both in NATS JetStream. */
#ifndef KK_WORKER_QUEUE_H
#define KK_WORKER_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct kk_queue kk_queue;
typedef struct kk_queue_item kk_queue_item;

typedef struct kk_queue_options {
    const char *server; /* "nats://127.0.0.1:4222" */
    const char *name;   /* stream NAME, subject NAME.jobs, bucket NAME-results */
    long ack_seconds;   /* a reference not answered for so long is given to another worker */
} kk_queue_options;

/* Connects; makes stream and bucket when they are not there. NULL and *why otherwise. */
kk_queue *kk_queue_open(const kk_queue_options *options, const char **why);
void kk_queue_close(kk_queue *queue);
/* Hands references in; the same one twice within two minutes counts once. flush waits for all. */
bool kk_queue_submit(kk_queue *queue, const char *reference, const char **why);
bool kk_queue_flush(kk_queue *queue, const char **why);
/* 1: *item; 0: nothing for wait_ms; -1: *why. */
int kk_queue_next(kk_queue *queue, long wait_ms, kk_queue_item **item, const char **why);
/* The reference, NUL-terminated, until the item is finished. */
const char *kk_queue_reference(const kk_queue_item *item);
/* How often it was given out, this time included. */
uint64_t kk_queue_tries(const kk_queue_item *item);
/* Answered: never given out again. Again: to someone, after a while. Both end the item. False: the
 * server did not hear it, and the reference comes again; the result is not stored twice all the same. */
bool kk_queue_answered(kk_queue_item *item);
bool kk_queue_again(kk_queue_item *item, long after_ms);

/* Result of a key, at most once ever: 1 stored, 0 was there already, -1: *why. */
int kk_queue_store(kk_queue *queue, const char *key, const char *bytes, size_t len,
                   const char **why);
/* 1 there, 0 not, -1: *why. */
int kk_queue_has(kk_queue *queue, const char *key, const char **why);
/* Calls each for every result, in no order. False: *why. */
bool kk_queue_results(kk_queue *queue,
                      void (*each)(void *context, const char *key, const char *bytes, size_t len),
                      void *context, const char **why);
/* Values ever written to the store: more than there are keys would mean that one was stored twice. */
bool kk_queue_written(kk_queue *queue, uint64_t *n, const char **why);

#endif
