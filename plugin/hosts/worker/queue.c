/* JetStream behind queue.h. The only file that sees libnats. Work is handed out at least once; results
 * are created under their key and never replaced, so that each stands there exactly once. */
#include "queue.h"

#include <nats/nats.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_ROOM = 128, LARGEST_REFERENCE = 4096 };
static const int64_t most_deliveries = 32; /* the worker gives up before; crashes count too */

struct kk_queue {
    natsConnection *connection;
    jsCtx *js;
    kvStore *results;
    natsSubscription *jobs;
    char subject[NAME_ROOM], bucket[NAME_ROOM], stream[NAME_ROOM];
    long ack_seconds;
};

struct kk_queue_item {
    natsMsg *message;
    uint64_t tries;
    char reference[LARGEST_REFERENCE + 1];
};

static bool failed(natsStatus s, const char **why)
{
    if (s != NATS_OK) {
        *why = natsStatus_GetText(s);
    }
    return s != NATS_OK;
}

/* ---- opening ------------------------------------------------------------------------------- */

static natsStatus make_stream(kk_queue *q)
{
    jsStreamConfig config;
    jsErrCode code = 0;
    const char *subjects[] = {q->subject};
    natsStatus s = jsStreamConfig_Init(&config);
    if (s != NATS_OK) {
        return s;
    }
    config.Name = q->stream;
    config.Subjects = subjects;
    config.SubjectsLen = 1;
    config.Retention = js_WorkQueuePolicy; /* what was answered goes away */
    config.Storage = js_FileStorage;
    config.MaxMsgSize = LARGEST_REFERENCE + 1024; /* room for headers */
    s = js_AddStream(NULL, q->js, &config, NULL, &code);
    return code == JSStreamNameExistErr ? NATS_OK : s;
}

static natsStatus open_bucket(kk_queue *q)
{
    kvConfig config;
    natsStatus s = js_KeyValue(&q->results, q->js, q->bucket);
    if (s != NATS_NOT_FOUND) {
        return s;
    }
    s = kvConfig_Init(&config);
    if (s == NATS_OK) {
        config.Bucket = q->bucket;
        config.History = 1;
        config.StorageType = js_FileStorage;
        s = js_CreateKeyValue(&q->results, q->js, &config);
    }
    return s == NATS_OK ? s : js_KeyValue(&q->results, q->js, q->bucket); /* made by another just now */
}

kk_queue *kk_queue_open(const kk_queue_options *options, const char **why)
{
    kk_queue *q = calloc(1, sizeof *q);
    if (q == NULL) {
        *why = "out of memory";
        return NULL;
    }
    (void)snprintf(q->stream, sizeof q->stream, "%s", options->name);
    (void)snprintf(q->subject, sizeof q->subject, "%s.jobs", options->name);
    (void)snprintf(q->bucket, sizeof q->bucket, "%s-results", options->name);
    q->ack_seconds = options->ack_seconds;
    natsStatus s = natsConnection_ConnectTo(&q->connection, options->server);
    s = s == NATS_OK ? natsConnection_JetStream(&q->js, q->connection, NULL) : s;
    s = s == NATS_OK ? make_stream(q) : s;
    s = s == NATS_OK ? open_bucket(q) : s;
    if (failed(s, why)) {
        kk_queue_close(q);
        return NULL;
    }
    return q;
}

void kk_queue_close(kk_queue *queue)
{
    if (queue != NULL) {
        natsSubscription_Destroy(queue->jobs);
        kvStore_Destroy(queue->results);
        jsCtx_Destroy(queue->js);
        natsConnection_Destroy(queue->connection);
        free(queue);
        nats_Close();
    }
}

/* ---- references ---------------------------------------------------------------------------- */

bool kk_queue_submit(kk_queue *queue, const char *reference, const char **why)
{
    jsPubOptions options;
    const size_t len = strlen(reference);
    if (len == 0 || len > LARGEST_REFERENCE) {
        *why = "a reference is empty or over 4096 bytes";
        return false;
    }
    natsStatus s = jsPubOptions_Init(&options);
    options.MsgId = reference;
    s = s == NATS_OK ? js_PublishAsync(queue->js, queue->subject, reference, (int)len, &options) : s;
    return !failed(s, why);
}

bool kk_queue_flush(kk_queue *queue, const char **why)
{
    jsPubOptions options;
    natsMsgList lost = {NULL, 0};
    natsStatus s = jsPubOptions_Init(&options);
    options.MaxWait = 60000;
    s = s == NATS_OK ? js_PublishAsyncComplete(queue->js, &options) : s;
    if (js_PublishAsyncGetPendingList(&lost, queue->js) == NATS_OK) {
        s = lost.Count > 0 && s == NATS_OK ? NATS_TIMEOUT : s;
        natsMsgList_Destroy(&lost);
    }
    return !failed(s, why);
}

static natsStatus subscribe(kk_queue *q)
{
    jsSubOptions options;
    jsErrCode code = 0;
    natsStatus s = jsSubOptions_Init(&options);
    if (s != NATS_OK) {
        return s;
    }
    options.Config.AckPolicy = js_AckExplicit;
    options.Config.AckWait = (int64_t)q->ack_seconds * 1000000000;
    options.Config.MaxDeliver = most_deliveries;
    options.Config.MaxAckPending = 10000;
    return js_PullSubscribe(&q->jobs, q->js, q->subject, "workers", NULL, &options, &code);
}

int kk_queue_next(kk_queue *queue, long wait_ms, kk_queue_item **item, const char **why)
{
    natsMsgList list = {NULL, 0};
    jsErrCode code = 0;
    natsStatus s = queue->jobs == NULL ? subscribe(queue) : NATS_OK;
    s = s == NATS_OK ? natsSubscription_Fetch(&list, queue->jobs, 1, wait_ms, &code) : s;
    *item = NULL;
    if (s == NATS_TIMEOUT || (s == NATS_OK && list.Count == 0)) {
        return 0;
    }
    if (failed(s, why)) {
        return -1;
    }
    kk_queue_item *made = calloc(1, sizeof *made);
    if (made == NULL) {
        natsMsgList_Destroy(&list);
        *why = "out of memory";
        return -1;
    }
    made->message = list.Msgs[0];
    list.Msgs[0] = NULL;
    natsMsgList_Destroy(&list);
    const int len = natsMsg_GetDataLength(made->message);
    if (len > 0 && len <= LARGEST_REFERENCE) {
        memcpy(made->reference, natsMsg_GetData(made->message), (size_t)len);
    }
    jsMsgMetaData *meta = NULL;
    if (natsMsg_GetMetaData(&meta, made->message) == NATS_OK) {
        made->tries = meta->NumDelivered;
        jsMsgMetaData_Destroy(meta);
    }
    *item = made;
    return 1;
}

const char *kk_queue_reference(const kk_queue_item *item)
{
    return item->reference;
}

uint64_t kk_queue_tries(const kk_queue_item *item)
{
    return item->tries;
}

static bool finish(kk_queue_item *item, natsStatus s)
{
    natsMsg_Destroy(item->message);
    free(item);
    return s == NATS_OK;
}

bool kk_queue_answered(kk_queue_item *item)
{
    jsErrCode code = 0;
    return finish(item, natsMsg_AckSync(item->message, NULL, &code));
}

bool kk_queue_again(kk_queue_item *item, long after_ms)
{
    return finish(item, natsMsg_NakWithDelay(item->message, after_ms, NULL));
}

/* ---- results ------------------------------------------------------------------------------- */

int kk_queue_has(kk_queue *queue, const char *key, const char **why)
{
    kvEntry *entry = NULL;
    const natsStatus s = kvStore_Get(&entry, queue->results, key);
    kvEntry_Destroy(entry);
    return s == NATS_NOT_FOUND ? 0 : failed(s, why) ? -1 : 1;
}

int kk_queue_store(kk_queue *queue, const char *key, const char *bytes, size_t len,
                   const char **why)
{
    uint64_t revision;
    const natsStatus s = kvStore_Create(&revision, queue->results, key, bytes, (int)len);
    if (s == NATS_OK) {
        return 1;
    }
    /* Refused because it is there, or because something else went wrong: looking tells. */
    if (kk_queue_has(queue, key, why) == 1) {
        return 0;
    }
    (void)failed(s, why);
    return -1;
}

bool kk_queue_results(kk_queue *queue,
                      void (*each)(void *context, const char *key, const char *bytes, size_t len),
                      void *context, const char **why)
{
    kvKeysList keys = {NULL, 0};
    natsStatus s = kvStore_Keys(&keys, queue->results, NULL);
    for (int i = 0; s == NATS_OK && i < keys.Count; i++) {
        kvEntry *entry = NULL;
        s = kvStore_Get(&entry, queue->results, keys.Keys[i]);
        if (s == NATS_OK) {
            each(context, keys.Keys[i], kvEntry_Value(entry), (size_t)kvEntry_ValueLen(entry));
        }
        kvEntry_Destroy(entry);
    }
    kvKeysList_Destroy(&keys);
    return s == NATS_NOT_FOUND || !failed(s, why);
}

bool kk_queue_written(kk_queue *queue, uint64_t *n, const char **why)
{
    char stream[NAME_ROOM + 8];
    jsStreamInfo *info = NULL;
    jsErrCode code = 0;
    (void)snprintf(stream, sizeof stream, "KV_%s", queue->bucket);
    const natsStatus s = js_GetStreamInfo(&info, queue->js, stream, NULL, &code);
    if (failed(s, why)) {
        return false;
    }
    *n = info->State.LastSeq;
    jsStreamInfo_Destroy(info);
    return true;
}
