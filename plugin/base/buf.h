/* Growing byte buffer with a hard cap. Failure is sticky: append freely, check once at the end. */
#ifndef KK_BUF_H
#define KK_BUF_H

#include <klimakrav/types.h>

typedef struct kk_buf {
    char *ptr; /* NUL-terminated whenever len > 0 or anything was appended; may be NULL */
    size_t len, cap;
    size_t max;       /* hard cap in bytes, 0 = none */
    kk_status failed; /* KK_OK, KK_E_NOMEM or KK_E_LIMIT; once set, appends do nothing */
} kk_buf;

void kk_buf_init(kk_buf *buf, size_t max);
void kk_buf_dispose(kk_buf *buf);
void kk_buf_clear(kk_buf *buf); /* len = 0, failure forgotten, memory kept */
void kk_buf_add(kk_buf *buf, const void *bytes, size_t len);
void kk_buf_str(kk_buf *buf, kk_str s);
void kk_buf_puts(kk_buf *buf, const char *z);
void kk_buf_putc(kk_buf *buf, char c);
void kk_buf_printf(kk_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Escapes & < > " and, as references, tab and line breaks (an attribute would lose them); drops
 * what XML 1.0 forbids and bytes that are not UTF-8. For text and for attribute values in "double"
 * quotes. */
void kk_buf_xml(kk_buf *buf, kk_str s);
/* Makes room for len more bytes and returns where they go; NULL after failure. Commit with len. */
char *kk_buf_reserve(kk_buf *buf, size_t len);
void kk_buf_commit(kk_buf *buf, size_t len);
kk_str kk_buf_view(const kk_buf *buf);
/* Gives the bytes away (free with kk_release; "" if nothing was appended); buf is empty afterwards.
 * NULL if buf has failed or memory is out; buf->failed then says so. len may be NULL. */
char *kk_buf_detach(kk_buf *buf, size_t *len);

#endif
