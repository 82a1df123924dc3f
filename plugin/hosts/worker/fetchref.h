/* References to documents -> their bytes: files below allowed folders, http(s) from allowed hosts. */
#ifndef KK_WORKER_FETCHREF_H
#define KK_WORKER_FETCHREF_H

#include <klimakrav/klimakrav.h>

/* What may be fetched; nothing is allowed that is not named. */
typedef struct kk_fetch_rules {
    const char *const *folders; /* files below these, links resolved */
    size_t n_folders;
    const char *const *hosts; /* "host" or "host:port", as in the URL */
    size_t n_hosts;
    const char *s3;      /* what stands for s3://, "https://s3.example.org", or NULL */
    uint64_t most_bytes; /* of one document */
    long seconds;        /* for one document */
} kk_fetch_rules;

typedef enum kk_fetch_result {
    KK_FETCH_OK = 0,
    KK_FETCH_REFUSED, /* not allowed, too large, not there: trying again does not help */
    KK_FETCH_AGAIN    /* the network or the server: worth another try */
} kk_fetch_result;

/* "/path", "file:///path", "http://...", "https://..." or "s3://bucket/key". *out is the caller's, by
 * free(); why gets one line when it fails. One thread at a time. */
kk_fetch_result kk_fetch_reference(const kk_fetch_rules *rules, const char *reference, char **out,
                                   size_t *len, char why[256]);
/* Once, before and after all fetching. */
bool kk_fetch_start(void);
void kk_fetch_stop(void);

#endif
