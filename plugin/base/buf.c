/* Growing byte buffer. The first failure stays, so callers append freely and look once at the end;
 * after a failure the bytes that were already there remain readable. */
#include "buf.h"

#include "mem.h"
#include "utf8.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { CAP_FIRST = 64 };

void kk_buf_init(kk_buf *buf, size_t max)
{
    *buf = (kk_buf){.max = max};
}

void kk_buf_dispose(kk_buf *buf)
{
    kk_release(buf->ptr);
    *buf = (kk_buf){.max = buf->max};
}

void kk_buf_clear(kk_buf *buf)
{
    buf->len = 0;
    buf->failed = KK_OK;
    if (buf->ptr != NULL) {
        buf->ptr[0] = '\0';
    }
}

/* Doubling, but never far past the cap that the caller has set. */
static size_t next_cap(const kk_buf *buf, size_t need)
{
    size_t cap = buf->cap < CAP_FIRST ? CAP_FIRST : buf->cap;
    while (cap < need) {
        cap = cap > SIZE_MAX / 2 ? need : cap * 2;
    }
    if (buf->max != 0 && buf->max < SIZE_MAX && cap > buf->max + 1 && need <= buf->max + 1) {
        cap = buf->max + 1;
    }
    return cap;
}

char *kk_buf_reserve(kk_buf *buf, size_t len)
{
    if (buf->failed != KK_OK) {
        return NULL;
    }
    size_t total;
    size_t need;
    if (!kk_add(buf->len, len, &total) || !kk_add(total, 1, &need) ||
        (buf->max != 0 && total > buf->max)) {
        buf->failed = KK_E_LIMIT;
        return NULL;
    }
    if (need > buf->cap) {
        const size_t cap = next_cap(buf, need);
        char *grown = kk_realloc(buf->ptr, cap);
        if (grown == NULL) {
            buf->failed = KK_E_NOMEM;
            return NULL;
        }
        buf->ptr = grown;
        buf->cap = cap;
        buf->ptr[buf->len] = '\0';
    }
    return buf->ptr + buf->len;
}

void kk_buf_commit(kk_buf *buf, size_t len)
{
    if (buf->failed != KK_OK) {
        return;
    }
    assert(len < buf->cap - buf->len);
    buf->len += len;
    buf->ptr[buf->len] = '\0';
}

void kk_buf_add(kk_buf *buf, const void *bytes, size_t len)
{
    char *at = kk_buf_reserve(buf, len);
    if (at == NULL) {
        return;
    }
    if (len > 0) {
        memcpy(at, bytes, len);
    }
    kk_buf_commit(buf, len);
}

void kk_buf_str(kk_buf *buf, kk_str s)
{
    kk_buf_add(buf, s.ptr, s.len);
}

void kk_buf_puts(kk_buf *buf, const char *z)
{
    kk_buf_add(buf, z, strlen(z));
}

void kk_buf_putc(kk_buf *buf, char c)
{
    kk_buf_add(buf, &c, 1);
}

void kk_buf_printf(kk_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0) {
        if (buf->failed == KK_OK) {
            buf->failed = KK_E_LIMIT;
        }
        return;
    }
    char *at = kk_buf_reserve(buf, (size_t)len);
    if (at == NULL) {
        return;
    }
    va_start(args, format);
    const int written = vsnprintf(at, (size_t)len + 1, format, args);
    va_end(args);
    assert(written == len);
    (void)written;
    kk_buf_commit(buf, (size_t)len);
}

/* Replacement for a code point: an entity, "" to drop it, or NULL to keep its bytes. Tab and line
 * breaks become references: an attribute's literal ones would be read back as spaces. */
static const char *xml_form(uint32_t c, size_t n_bytes)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\t':
        return "&#9;";
    case '\n':
        return "&#10;";
    case '\r':
        return "&#13;";
    default:
        break;
    }
    const bool invalid = c == 0xFFFD && n_bytes == 1;
    return c < 0x20 || c == 0xFFFE || c == 0xFFFF || invalid ? "" : NULL;
}

void kk_buf_xml(kk_buf *buf, kk_str s)
{
    size_t kept = 0; /* start of the stretch that is copied as it is */
    size_t at = 0;
    while (at < s.len) {
        const size_t begin = at;
        const uint32_t c = kk_utf8_next(s, &at);
        const char *form = xml_form(c, at - begin);
        if (form != NULL) {
            kk_buf_add(buf, s.ptr + kept, begin - kept);
            kk_buf_puts(buf, form);
            kept = at;
        }
    }
    if (s.len > kept) {
        kk_buf_add(buf, s.ptr + kept, s.len - kept);
    } else {
        kk_buf_add(buf, NULL, 0);
    }
}

kk_str kk_buf_view(const kk_buf *buf)
{
    return (kk_str){buf->ptr, buf->len};
}

char *kk_buf_detach(kk_buf *buf, size_t *len)
{
    kk_buf_add(buf, NULL, 0); /* an empty buffer gives "" too */
    const kk_status failed = buf->failed;
    char *bytes = NULL;
    size_t n = 0;
    if (failed == KK_OK) {
        bytes = buf->ptr;
        n = buf->len;
        buf->ptr = NULL;
    }
    kk_buf_dispose(buf);
    buf->failed = failed;
    if (len != NULL) {
        *len = n;
    }
    return bytes;
}
