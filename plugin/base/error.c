/* Filling kk_error: the first to report wins, since the lowest layer knows best. */
#include "error.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A cut text must not end in the middle of a UTF-8 sequence: drops up to three tail bytes. */
static void end_on_character(char *text, size_t len)
{
    size_t begin = len;
    while (begin > 0 && ((unsigned char)text[begin - 1] & 0xC0) == 0x80) {
        begin--;
    }
    if (begin == 0) {
        return;
    }
    const unsigned char lead = (unsigned char)text[begin - 1];
    const size_t follow = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (len - begin < follow) {
        text[begin - 1] = '\0';
    }
}

static void copy_text(char *to, size_t size, const char *from, size_t len)
{
    const bool cut = len >= size;
    const size_t n = cut ? size - 1 : len;
    if (n > 0) {
        memcpy(to, from, n);
    }
    to[n] = '\0';
    if (cut) {
        end_on_character(to, n);
    }
}

/* The message is one line whatever the arguments held. */
static void one_line(char *text)
{
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20) {
            *text = ' ';
        }
    }
}

static void fill(kk_error *err, kk_status status, const char *reason, const char *format,
                 va_list args) __attribute__((format(printf, 4, 0)));

static void fill(kk_error *err, kk_status status, const char *reason, const char *format,
                 va_list args)
{
    *err = (kk_error){.status = status};
    copy_text(err->reason, sizeof err->reason, reason, strlen(reason));
    const int len = vsnprintf(err->message, sizeof err->message, format, args);
    if (len >= (int)sizeof err->message) {
        end_on_character(err->message, sizeof err->message - 1);
    }
    one_line(err->message);
}

kk_status kk_fail(kk_error *err, kk_status status, const char *reason, const char *format, ...)
{
    assert(status != KK_OK);
    if (err != NULL && err->status == KK_OK) {
        va_list args;
        va_start(args, format);
        fill(err, status, reason, format, args);
        va_end(args);
    }
    return status;
}

kk_status kk_fail_at(kk_error *err, kk_status status, const char *reason, kk_str part,
                     uint64_t offset, const char *format, ...)
{
    assert(status != KK_OK);
    if (err != NULL && err->status == KK_OK) {
        va_list args;
        va_start(args, format);
        fill(err, status, reason, format, args);
        va_end(args);
        copy_text(err->part, sizeof err->part, part.ptr, part.len);
        err->offset = offset;
    }
    return status;
}

kk_status kk_fail_nomem(kk_error *err)
{
    return kk_fail(err, KK_E_NOMEM, "", "out of memory; close other programs or take fewer files");
}

void kk_error_clear(kk_error *err)
{
    if (err != NULL) {
        *err = (kk_error){.status = KK_OK};
    }
}

const char *kk_status_text(kk_status status)
{
    switch (status) {
    case KK_OK:
        return "ok";
    case KK_E_NOMEM:
        return "out of memory";
    case KK_E_IO:
        return "file could not be read or written";
    case KK_E_FORMAT:
        return "not a readable document";
    case KK_E_UNSUPPORTED:
        return "refused";
    case KK_E_LIMIT:
        return "over a limit";
    case KK_E_RULE:
        return "error in a rule file";
    case KK_E_STALE:
        return "plan does not fit the document";
    case KK_E_CANCELLED:
        return "cancelled";
    case KK_E_ARG:
        return "wrong use";
    }
    return "unknown status";
}
