/* Making text safe and readable on a terminal. */
#include "plaintext.h"

#include "str.h"
#include "utf8.h"

static bool is_dangerous(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0xFEFF;
}

static void put(kk_buf *out, kk_str s, size_t begin, size_t end, uint32_t c)
{
    if (c == '\n' || c == '\t' || c == '\r' || c == 0x2028 || c == 0x2029) {
        kk_buf_putc(out, ' ');
    } else if (is_dangerous(c) || c == 0xFFFD) {
        kk_utf8_put(out, 0xFFFD);
    } else {
        kk_buf_add(out, s.ptr + begin, end - begin);
    }
}

void kk_plain(kk_buf *out, kk_str s)
{
    size_t at = 0;
    while (at < s.len) {
        const size_t begin = at;
        const uint32_t c = kk_utf8_next(s, &at);
        put(out, s, begin, at, c);
    }
}

static bool is_combining(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36F) || c == 0xAD || c == 0x200B || c == 0x200D;
}

size_t kk_plain_width(kk_str s)
{
    size_t n = 0;
    size_t at = 0;
    while (at < s.len) {
        n += is_combining(kk_utf8_next(s, &at)) ? 0 : 1;
    }
    return n;
}

void kk_plain_cut(kk_buf *out, kk_str s, size_t chars)
{
    size_t at = 0;
    size_t n = 0;
    size_t word = 0; /* end of the last whole word */
    while (at < s.len && n < chars) {
        const size_t begin = at;
        const uint32_t c = kk_utf8_next(s, &at);
        if (c == ' ' || c == '\t' || c == '\n') {
            word = begin;
        }
        n++;
    }
    if (at >= s.len) {
        kk_plain(out, s);
        return;
    }
    kk_plain(out, kk_str_trim(kk_str_slice(s, 0, word > at / 2 ? word : at)));
    kk_buf_puts(out, " …");
}

void kk_plain_wrap(kk_buf *out, kk_str s, size_t column, size_t indent, size_t width)
{
    kk_str rest = s;
    kk_str word;
    bool first = true;
    while (kk_str_word(&rest, &word)) {
        const size_t w = kk_plain_width(word);
        if (!first && column + 1 + w > width) {
            kk_buf_putc(out, '\n');
            for (size_t i = 0; i < indent; i++) {
                kk_buf_putc(out, ' ');
            }
            column = indent;
        } else if (!first) {
            kk_buf_putc(out, ' ');
            column++;
        }
        kk_plain(out, word);
        column += w;
        first = false;
    }
}
