/* Fetching by reference. The only file that sees libcurl. Redirects are not followed: they could lead
 * to a host that is not allowed. */
#include "fetchref.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_ROOM = 4097, URL_ROOM = 4400 };

typedef struct sink {
    char *bytes;
    size_t len, room;
    uint64_t most;
    bool too_large;
} sink;

bool kk_fetch_start(void)
{
    return curl_global_init(CURL_GLOBAL_DEFAULT) == 0;
}

void kk_fetch_stop(void)
{
    curl_global_cleanup();
}

static kk_fetch_result refuse(char why[256], const char *text)
{
    (void)snprintf(why, 256, "%s", text);
    return KK_FETCH_REFUSED;
}

/* ---- files --------------------------------------------------------------------------------- */

static bool allowed_file(const kk_fetch_rules *rules, const char *real)
{
    char folder[PATH_ROOM];
    for (size_t i = 0; i < rules->n_folders; i++) {
        if (realpath(rules->folders[i], folder) != NULL) {
            const size_t n = strlen(folder);
            if (strncmp(real, folder, n) == 0 && (real[n] == '/' || folder[n - 1] == '/')) {
                return true;
            }
        }
    }
    return false;
}

static kk_fetch_result fetch_file(const kk_fetch_rules *rules, const char *path, char **out,
                                  size_t *len, char why[256])
{
    char real[PATH_ROOM];
    kk_bytes bytes = {NULL, 0};
    kk_error err = {.status = KK_OK};
    if (strlen(path) >= 4096 || realpath(path, real) == NULL) {
        return refuse(why, "no such file; check the reference");
    }
    if (!allowed_file(rules, real)) {
        return refuse(why, "the file is outside the allowed folders; see --allow-folder");
    }
    if (kk_file_load(real, rules->most_bytes, &bytes, &err) != KK_OK) {
        return refuse(why, err.message);
    }
    *out = malloc(bytes.len + 1);
    if (*out != NULL) {
        memcpy(*out, bytes.ptr, bytes.len);
        *len = bytes.len;
    }
    kk_bytes_free(&bytes);
    return *out != NULL ? KK_FETCH_OK : KK_FETCH_AGAIN;
}

/* ---- http ---------------------------------------------------------------------------------- */

static size_t take(char *bytes, size_t size, size_t n, void *context)
{
    sink *s = context;
    const size_t more = size * n;
    if (s->len + more > s->most) {
        s->too_large = true;
        return 0;
    }
    if (s->len + more + 1 > s->room) {
        const size_t room = (s->len + more + 1) * 2;
        char *grown = realloc(s->bytes, room);
        if (grown == NULL) {
            return 0;
        }
        s->bytes = grown;
        s->room = room;
    }
    memcpy(s->bytes + s->len, bytes, more);
    s->len += more;
    return more;
}

static bool allowed_host(const kk_fetch_rules *rules, CURLU *url)
{
    char *host = NULL;
    char *port = NULL;
    char both[512] = "";
    bool found = false;
    if (curl_url_get(url, CURLUPART_HOST, &host, 0) == CURLUE_OK) {
        const bool has_port = curl_url_get(url, CURLUPART_PORT, &port, 0) == CURLUE_OK;
        (void)snprintf(both, sizeof both, "%s%s%s", host, has_port ? ":" : "", has_port ? port : "");
    }
    for (size_t i = 0; i < rules->n_hosts && both[0] != '\0'; i++) {
        found = found || curl_strequal(rules->hosts[i], both) != 0;
    }
    curl_free(host);
    curl_free(port);
    return found;
}

static kk_fetch_result perform(const kk_fetch_rules *rules, CURL *curl, sink *s, char why[256])
{
    long code = 0;
    char text[CURL_ERROR_SIZE] = "";
    (void)curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, text);
    (void)curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    (void)curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    (void)curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    (void)curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 10L);
    (void)curl_easy_setopt(curl, CURLOPT_TIMEOUT, rules->seconds);
    (void)curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)rules->most_bytes);
    (void)curl_easy_setopt(curl, CURLOPT_USERAGENT, "klimakrav-worker");
    (void)curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    (void)curl_easy_setopt(curl, CURLOPT_WRITEDATA, s);
    const CURLcode result = curl_easy_perform(curl);
    if (s->too_large || result == CURLE_FILESIZE_EXCEEDED) {
        return refuse(why, "the document is over the size limit; see --max-bytes");
    }
    if (result != CURLE_OK) {
        (void)snprintf(why, 256, "%.200s; try again later",
                       text[0] != '\0' ? text : curl_easy_strerror(result));
        return KK_FETCH_AGAIN;
    }
    (void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    if (code == 200) {
        return KK_FETCH_OK;
    }
    (void)snprintf(why, 256, "the server answers %ld; check the reference", code);
    return code == 429 || code >= 500 ? KK_FETCH_AGAIN : KK_FETCH_REFUSED;
}

static kk_fetch_result fetch_url(const kk_fetch_rules *rules, const char *address, char **out,
                                 size_t *len, char why[256])
{
    sink s = {.most = rules->most_bytes};
    kk_fetch_result result = KK_FETCH_AGAIN;
    CURLU *url = curl_url();
    CURL *curl = curl_easy_init();
    if (url == NULL || curl == NULL) {
        (void)snprintf(why, 256, "out of memory; run fewer workers");
    } else if (curl_url_set(url, CURLUPART_URL, address, 0) != CURLUE_OK) {
        result = refuse(why, "this is no address; check the reference");
    } else if (!allowed_host(rules, url)) {
        result = refuse(why, "the host is not among the allowed ones; see --allow-host");
    } else if (curl_easy_setopt(curl, CURLOPT_CURLU, url) == CURLE_OK) {
        result = perform(rules, curl, &s, why);
    }
    curl_easy_cleanup(curl);
    curl_url_cleanup(url);
    if (result != KK_FETCH_OK) {
        free(s.bytes);
        return result;
    }
    *out = s.bytes != NULL ? s.bytes : calloc(1, 1);
    *len = s.len;
    return *out != NULL ? KK_FETCH_OK : KK_FETCH_AGAIN;
}

kk_fetch_result kk_fetch_reference(const kk_fetch_rules *rules, const char *reference, char **out,
                                   size_t *len, char why[256])
{
    char address[URL_ROOM];
    *out = NULL;
    *len = 0;
    if (reference[0] == '/') {
        return fetch_file(rules, reference, out, len, why);
    }
    if (strncmp(reference, "file:///", 8) == 0) {
        return fetch_file(rules, reference + 7, out, len, why);
    }
    if (strncmp(reference, "http://", 7) == 0 || strncmp(reference, "https://", 8) == 0) {
        return fetch_url(rules, reference, out, len, why);
    }
    if (strncmp(reference, "s3://", 5) == 0 && rules->s3 != NULL) {
        const int n = snprintf(address, sizeof address, "%s/%s", rules->s3, reference + 5);
        if (n > 0 && (size_t)n < sizeof address) {
            return fetch_url(rules, address, out, len, why);
        }
    }
    return refuse(why, "references are /path, file:///path, http(s):// or s3:// (with --s3)");
}
