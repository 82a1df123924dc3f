/* klimakrav-worker: takes references from a queue, audits the documents, stores one result for each.
 *   submit   references from stdin, one a line, into the queue
 *   work     until SIGTERM, or with --drain until the queue is empty
 *   results  every result as one line of JSON; --count: how many, and how many were ever written
 * Written on klimakrav.h, queue.h and fetchref.h. */
#include "fetchref.h"
#include "queue.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST = 64, WAIT_MS = 500, TRIES = 5, AGAIN_MS = 2000, KEY_ROOM = 128 };
static const size_t largest_result = (size_t)900 * 1024; /* a server takes 1 MiB at a time, headers included */

typedef struct worker {
    const char *mode, *date, *bank_folder;
    kk_queue_options queue_options;
    kk_fetch_rules rules;
    const char *folders[MOST], *hosts[MOST];
    bool drain, count;
    kk_bank *bank;
    kk_auditor *auditor;
    kk_queue *queue;
    size_t n_done, n_failed;
} worker;

static atomic_bool stopped;

static void note_signal(int number)
{
    (void)number;
    atomic_store(&stopped, true);
}

static int complain(const char *what, const char *code)
{
    (void)fprintf(stderr, "klimakrav-worker: %s [%s]\n", what, code);
    return 2;
}

/* ---- results ------------------------------------------------------------------------------- */

typedef struct text {
    char *ptr;
    size_t len, room;
    bool failed;
} text;

static void add(text *t, const char *bytes, size_t n)
{
    if (t->len + n + 1 > t->room) {
        const size_t room = (t->len + n + 1) * 2;
        char *more = t->failed ? NULL : realloc(t->ptr, room);
        if (more == NULL) {
            t->failed = true;
            return;
        }
        t->ptr = more;
        t->room = room;
    }
    memcpy(t->ptr + t->len, bytes, n);
    t->len += n;
    t->ptr[t->len] = '\0';
}

static void put(text *t, const char *z)
{
    add(t, z, strlen(z));
}

/* A JSON string; bytes over 0x7F of a reference that is no UTF-8 are told as they came, in \u00XX. */
static void put_string(text *t, const char *z)
{
    char code[8];
    put(t, "\"");
    for (; *z != '\0'; z++) {
        const unsigned char c = (unsigned char)*z;
        if (c < 0x20 || c == '"' || c == '\\' || c >= 0x7F) {
            (void)snprintf(code, sizeof code, "\\u%04x", c);
            put(t, code);
        } else {
            add(t, z, 1);
        }
    }
    put(t, "\"");
}

/* Our JSON has line breaks and indents between its tokens only: strings have them escaped. */
static void put_flat(text *t, const kk_bytes *json)
{
    for (size_t i = 0; i < json->len;) {
        const char *stop = memchr(json->ptr + i, '\n', json->len - i);
        const size_t n = stop == NULL ? json->len - i : (size_t)(stop - json->ptr) - i;
        add(t, json->ptr + i, n);
        i += n + 1;
        while (i < json->len && json->ptr[i] == ' ') {
            i++;
        }
    }
}

static void begin_result(const worker *w, const char *reference, text *t)
{
    put(t, "{\"schema\":\"klimakrav.result/1\",\"reference\":");
    put_string(t, reference);
    put(t, ",\"bank\":");
    put_string(t, kk_bank_version(w->bank));
    put(t, ",\"date\":");
    put_string(t, w->date);
}

static kk_status report(worker *w, kk_doc *doc, kk_bytes *out, kk_error *err)
{
    kk_audit *audit = NULL;
    kk_report *r = NULL;
    kk_audit_options how = KK_INIT(kk_audit_options);
    kk_report_options form = KK_INIT(kk_report_options);
    how.date = w->date;
    form.date = w->date;
    form.format = KK_FORMAT_JSON;
    kk_status s = kk_audit_run(&audit, w->auditor, &doc, 1, &how, err);
    s = s == KK_OK ? kk_report_new(&r, w->bank, &form, err) : s;
    s = s == KK_OK ? kk_report_add(r, audit, err) : s;
    s = s == KK_OK ? kk_report_finish(r, out, err) : s;
    kk_report_free(r);
    kk_audit_free(audit);
    return s;
}

/* ---- one reference ------------------------------------------------------------------------- */

/* FNV-1a: a name for what has no content to be named by. */
static void failure_key(const worker *w, const char *reference, char key[KEY_ROOM])
{
    uint64_t h = 14695981039346656037u;
    for (const char *at = reference; *at != '\0'; at++) {
        h = (h ^ (unsigned char)*at) * 1099511628211u;
    }
    (void)snprintf(key, KEY_ROOM, "failed.%016llx.%s", (unsigned long long)h,
                   kk_bank_version(w->bank));
}

static int store(worker *w, const char *key, text *t)
{
    const char *why = "";
    const int stored = t->failed ? -1 : kk_queue_store(w->queue, key, t->ptr, t->len, &why);
    free(t->ptr);
    if (stored < 0) {
        (void)complain(why, "queue");
    }
    return stored;
}

static int store_failure(worker *w, const char *reference, const char *line)
{
    char key[KEY_ROOM];
    text t = {NULL, 0, 0, false};
    failure_key(w, reference, key);
    begin_result(w, reference, &t);
    put(&t, ",\"error\":");
    put_string(&t, line);
    put(&t, "}");
    w->n_failed++;
    (void)fprintf(stderr, "klimakrav-worker: %s: %s [refused]\n", reference, line);
    return store(w, key, &t);
}

static int store_report(worker *w, const char *reference, kk_doc *doc)
{
    char key[KEY_ROOM];
    char line[600];
    const char *why = "";
    kk_bytes json = {NULL, 0};
    kk_error err = {.status = KK_OK};
    text t = {NULL, 0, 0, false};
    (void)snprintf(key, sizeof key, "%s.%s", kk_doc_sha256(doc), kk_bank_version(w->bank));
    const int has = kk_queue_has(w->queue, key, &why);
    if (has != 0) {
        return has < 0 ? complain(why, "queue") - 3 : 0; /* done before: not once more */
    }
    if (report(w, doc, &json, &err) != KK_OK) {
        kk_bytes_free(&json);
        return store_failure(w, reference, kk_error_describe(&err, KK_LANG_EN, line, sizeof line));
    }
    begin_result(w, reference, &t);
    put(&t, ",\"sha256\":");
    put_string(&t, kk_doc_sha256(doc));
    put(&t, ",\"report\":");
    if (json.len < largest_result) {
        put_flat(&t, &json);
    } else {
        put(&t, "null,\"note\":\"the report is too large for the store; audit this file by itself\"");
    }
    put(&t, "}");
    kk_bytes_free(&json);
    return store(w, key, &t);
}

/* 1 or 0: there is a result; -1: none, the reference must come again. */
static int answer(worker *w, const char *reference, uint64_t tries)
{
    char why[256] = "";
    char line[600];
    char *bytes = NULL;
    size_t len = 0;
    kk_doc *doc = NULL;
    kk_error err = {.status = KK_OK};
    const kk_fetch_result got = kk_fetch_reference(&w->rules, reference, &bytes, &len, why);
    if (got == KK_FETCH_AGAIN && tries < TRIES) {
        return -1;
    }
    if (got != KK_FETCH_OK) {
        return store_failure(w, reference, why);
    }
    const kk_status s = kk_doc_open_memory(&doc, (kk_str){bytes, len}, reference, NULL, &err);
    free(bytes);
    if (s != KK_OK) {
        return store_failure(w, reference, kk_error_describe(&err, KK_LANG_EN, line, sizeof line));
    }
    const int stored = store_report(w, reference, doc);
    kk_doc_free(doc);
    return stored;
}

/* ---- modes --------------------------------------------------------------------------------- */

static int work(worker *w)
{
    const char *why = "";
    while (!atomic_load(&stopped)) {
        kk_queue_item *item = NULL;
        const int got = kk_queue_next(w->queue, WAIT_MS, &item, &why);
        if (got < 0) {
            return complain(why, "queue");
        }
        if (got == 0) {
            if (w->drain) {
                break;
            }
            continue;
        }
        if (answer(w, kk_queue_reference(item), kk_queue_tries(item)) >= 0) {
            w->n_done++;
            (void)kk_queue_answered(item);
        } else {
            (void)kk_queue_again(item, AGAIN_MS);
        }
    }
    (void)printf("%zu done, %zu of them failed\n", w->n_done, w->n_failed);
    return w->n_failed > 0 ? 2 : 0;
}

static int submit(worker *w)
{
    char line[4200];
    const char *why = "";
    size_t n = 0;
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] == '\0') {
            continue;
        }
        if (!kk_queue_submit(w->queue, line, &why)) {
            return complain(why, "queue");
        }
        n++;
    }
    if (ferror(stdin) || !kk_queue_flush(w->queue, &why)) {
        return complain(why[0] == '\0' ? "stdin cannot be read; try again" : why, "queue");
    }
    (void)printf("%zu handed in\n", n);
    return 0;
}

static void print_result(void *context, const char *key, const char *bytes, size_t len)
{
    size_t *n = context;
    (void)key;
    (*n)++;
    (void)fwrite(bytes, 1, len, stdout);
    (void)putchar('\n');
}

static void count_result(void *context, const char *key, const char *bytes, size_t len)
{
    size_t *n = context;
    (void)key;
    (void)bytes;
    (void)len;
    (*n)++;
}

static int results(worker *w)
{
    const char *why = "";
    size_t n = 0;
    uint64_t written = 0;
    if (!kk_queue_results(w->queue, w->count ? count_result : print_result, &n, &why) ||
        !kk_queue_written(w->queue, &written, &why)) {
        return complain(why, "queue");
    }
    if (w->count) {
        (void)printf("%zu results, %llu written\n", n, (unsigned long long)written);
    }
    return fflush(stdout) == 0 ? 0 : complain("stdout cannot be written; free some space", "io");
}

/* ---- the command line ---------------------------------------------------------------------- */

static int usage(void)
{
    return complain("write klimakrav-worker submit|work|results [--server nats://127.0.0.1:4222] "
                    "[--name klimakrav] [--allow-folder DIR] [--allow-host HOST[:PORT]] [--s3 URL] "
                    "[--max-bytes N] [--timeout SECONDS] [--ack-wait SECONDS] [--date YYYY-MM-DD] "
                    "[--bank DIR] [--drain] [--count]; see README.md",
                    "usage");
}

static bool take_number(const char *value, long least, long most, long *out)
{
    char *end;
    const long n = strtol(value, &end, 10);
    *out = n;
    return *value != '\0' && *end == '\0' && n >= least && n <= most;
}

static bool take_option(worker *w, const char *name, const char *value)
{
    long n = 0;
    if (strcmp(name, "--server") == 0) {
        w->queue_options.server = value;
    } else if (strcmp(name, "--name") == 0) {
        w->queue_options.name = value;
        return strlen(value) < 64 && strpbrk(value, " .*>/\\") == NULL;
    } else if (strcmp(name, "--allow-folder") == 0 && w->rules.n_folders < MOST) {
        w->folders[w->rules.n_folders++] = value;
    } else if (strcmp(name, "--allow-host") == 0 && w->rules.n_hosts < MOST) {
        w->hosts[w->rules.n_hosts++] = value;
    } else if (strcmp(name, "--s3") == 0) {
        w->rules.s3 = value;
    } else if (strcmp(name, "--date") == 0) {
        w->date = value;
    } else if (strcmp(name, "--bank") == 0) {
        w->bank_folder = value;
    } else if (strcmp(name, "--max-bytes") == 0 && take_number(value, 1, 1L << 30, &n)) {
        w->rules.most_bytes = (uint64_t)n;
    } else if (strcmp(name, "--timeout") == 0) {
        return take_number(value, 1, 3600, &w->rules.seconds);
    } else if (strcmp(name, "--ack-wait") == 0) {
        return take_number(value, 1, 3600, &w->queue_options.ack_seconds);
    } else {
        return false;
    }
    return true;
}

static bool take_words(worker *w, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--drain") == 0) {
            w->drain = true;
        } else if (strcmp(argv[i], "--count") == 0) {
            w->count = true;
        } else if (argv[i][0] == '-') {
            if (i + 1 >= argc || !take_option(w, argv[i], argv[i + 1])) {
                return false;
            }
            i++;
        } else if (w->mode == NULL) {
            w->mode = argv[i];
        } else {
            return false;
        }
    }
    return w->mode != NULL;
}

static int load_bank(worker *w)
{
    char line[600];
    kk_error err = {.status = KK_OK};
    kk_bank_options o = KK_INIT(kk_bank_options);
    const char *given = getenv("KLIMAKRAV_BANK");
    o.folder = w->bank_folder != NULL ? w->bank_folder : given;
    if (o.folder == NULL) {
        return complain("where is the bank; write --bank DIR, or set KLIMAKRAV_BANK", "bank");
    }
    if (kk_bank_load(&w->bank, &o, &err) != KK_OK ||
        kk_auditor_new(&w->auditor, w->bank, NULL, &err) != KK_OK) {
        (void)fprintf(stderr, "klimakrav-worker: %s\n",
                      kk_error_describe(&err, KK_LANG_EN, line, sizeof line));
        return 2;
    }
    return 0;
}

static int run(worker *w)
{
    const char *why = "";
    const bool works = strcmp(w->mode, "work") == 0;
    if (works && load_bank(w) != 0) {
        return 2;
    }
    w->queue = kk_queue_open(&w->queue_options, &why);
    if (w->queue == NULL) {
        (void)fprintf(stderr, "klimakrav-worker: %s: %s; is nats-server -js running there? [queue]\n",
                      w->queue_options.server, why);
        return 2;
    }
    return works                              ? work(w)
           : strcmp(w->mode, "submit") == 0 ? submit(w)
                                              : results(w);
}

int main(int argc, char **argv)
{
    char today[11] = "1970-01-01";
    const time_t now = time(NULL);
    struct tm day;
    worker w = {.queue_options = {"nats://127.0.0.1:4222", "klimakrav", 60}};
    if (localtime_r(&now, &day) != NULL) {
        (void)strftime(today, sizeof today, "%Y-%m-%d", &day);
    }
    w.date = today;
    w.rules = (kk_fetch_rules){w.folders, 0, w.hosts, 0, NULL, (uint64_t)64 << 20, 60};
    if (!take_words(&w, argc, argv) ||
        (strcmp(w.mode, "work") != 0 && strcmp(w.mode, "submit") != 0 &&
         strcmp(w.mode, "results") != 0)) {
        return usage();
    }
    (void)signal(SIGTERM, note_signal);
    (void)signal(SIGINT, note_signal);
    (void)signal(SIGPIPE, SIG_IGN);
    if (!kk_fetch_start()) {
        return complain("libcurl cannot start; check its installation", "curl");
    }
    const int code = run(&w);
    kk_queue_close(w.queue);
    kk_auditor_free(w.auditor);
    kk_bank_free(w.bank);
    kk_fetch_stop();
    return code;
}
