/* The small change of the ABI: who we are, status names, bytes, size-first structs.
 * Knows nothing about documents or rules. */
#include "docx.h"
#include "core.h"

#include "file.h"

#include <string.h>

#ifndef KK_VERSION
#define KK_VERSION "0.0.0"
#endif

static const kk_plugin_info plugin = {.size = sizeof(kk_plugin_info),
                                      .abi = KK_ABI,
                                      .name = "klimakrav",
                                      .version = KK_VERSION,
                                      .licence = "MIT"};

const kk_plugin_info *kk_plugin_describe(void)
{
    return &plugin;
}

uint32_t kk_abi(void)
{
    return KK_ABI;
}

const char *kk_version(void)
{
    return KK_VERSION;
}

void kk_limits_default(kk_limits *out)
{
    const kk_limits filled = kk_docx_limits(NULL);
    const size_t room = out->size == 0 || out->size > sizeof filled ? sizeof filled : out->size;
    memcpy(out, &filled, room);
    out->size = room;
}

const char *kk_status_name(kk_status status)
{
    switch (status) {
    case KK_OK:
        return "KK_OK";
    case KK_E_NOMEM:
        return "KK_E_NOMEM";
    case KK_E_IO:
        return "KK_E_IO";
    case KK_E_FORMAT:
        return "KK_E_FORMAT";
    case KK_E_UNSUPPORTED:
        return "KK_E_UNSUPPORTED";
    case KK_E_LIMIT:
        return "KK_E_LIMIT";
    case KK_E_RULE:
        return "KK_E_RULE";
    case KK_E_STALE:
        return "KK_E_STALE";
    case KK_E_CANCELLED:
        return "KK_E_CANCELLED";
    case KK_E_ARG:
        return "KK_E_ARG";
    }
    return "KK_E_?";
}

void kk_bytes_free(kk_bytes *bytes)
{
    if (bytes != NULL) {
        kk_release(bytes->ptr);
        bytes->ptr = NULL;
        bytes->len = 0;
    }
}

kk_status kk_struct_out(void *out, const void *from, size_t from_size)
{
    size_t room = 0;
    memcpy(&room, out, sizeof room);
    if (room <= sizeof(size_t)) {
        return KK_E_ARG;
    }
    const size_t n = room < from_size ? room : from_size;
    memcpy((char *)out + sizeof room, (const char *)from + sizeof room, n - sizeof room);
    return KK_OK;
}

void kk_struct_in(void *ours, size_t our_size, const void *in)
{
    memset(ours, 0, our_size);
    if (in != NULL) {
        size_t theirs = 0;
        memcpy(&theirs, in, sizeof theirs);
        memcpy(ours, in, theirs < our_size ? theirs : our_size);
    }
    memcpy(ours, &our_size, sizeof our_size);
}

kk_str kk_keep(kk_arena *arena, kk_str s, bool *failed)
{
    const kk_str kept = kk_arena_str(arena, s);
    if (kept.ptr == NULL) {
        *failed = true;
    }
    return kept;
}

static int digits(kk_str s, size_t begin, size_t end)
{
    int n = 0;
    for (size_t i = begin; i < end; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') {
            return -1;
        }
        n = n * 10 + (s.ptr[i] - '0');
    }
    return n;
}

bool kk_date_valid(kk_str date)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (date.len != 10 || date.ptr[4] != '-' || date.ptr[7] != '-') {
        return false;
    }
    const int year = digits(date, 0, 4);
    const int month = digits(date, 5, 7);
    const int day = digits(date, 8, 10);
    if (year < 1900 || month < 1 || month > 12 || day < 1) {
        return false;
    }
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (leap && month == 2 ? 1 : 0);
}

kk_status kk_date_check(const char *date, kk_error *err)
{
    if (date != NULL && kk_date_valid(kk_z(date))) {
        return KK_OK;
    }
    return kk_fail(err, KK_E_ARG, "date", "\"%.40s\" is no date; write it as 2026-11-23",
                   date == NULL ? "" : date);
}

const char *kk_lang_word(kk_lang lang)
{
    switch (lang) {
    case KK_LANG_NB:
        return "nb";
    case KK_LANG_NN:
        return "nn";
    case KK_LANG_EN:
        return "en";
    case KK_LANG_UNSET:
    case KK_LANG_OTHER:
        break;
    }
    return "other";
}

kk_status kk_buf_give(kk_buf *buf, kk_bytes *out, kk_error *err)
{
    out->ptr = NULL;
    out->len = 0;
    if (buf->failed != KK_OK) {
        const kk_status status = buf->failed;
        kk_buf_dispose(buf);
        if (status == KK_E_LIMIT) {
            return kk_fail(err, status, "limit", "the result is too large");
        }
        return kk_fail_nomem(err);
    }
    if (buf->ptr == NULL) {
        kk_buf_putc(buf, '\0'); /* so that ptr is never NULL after success */
        if (buf->failed != KK_OK) {
            kk_buf_dispose(buf);
            return kk_fail_nomem(err);
        }
        out->ptr = kk_buf_detach(buf, &out->len);
        out->len = 0;
        return KK_OK;
    }
    out->ptr = kk_buf_detach(buf, &out->len);
    return KK_OK;
}
