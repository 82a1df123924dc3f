/* Encoding of XML parts: recognises UTF-8 and UTF-16, makes the latter UTF-8. Knows no XML beyond
 * the first line. */
#include "encoding.h"

#include "error.h"
#include "str.h"
#include "utf8.h"

#include <string.h>

static bool begins(kk_str raw, const char *bytes, size_t n)
{
    return raw.len >= n && memcmp(raw.ptr, bytes, n) == 0;
}

/* Value of the encoding pseudo-attribute of an XML declaration at the start of raw; empty if none.
 */
static kk_str declared(kk_str raw)
{
    const kk_str none = {NULL, 0};
    if (!kk_str_starts(raw, KK_STR("<?xml"))) {
        return none;
    }
    const size_t end = kk_str_find(kk_str_slice(raw, 0, 1024), KK_STR("?>"), 0);
    if (end == SIZE_MAX) {
        return none;
    }
    const kk_str line = kk_str_slice(raw, 5, end);
    size_t at = kk_str_find(line, KK_STR("encoding"), 0);
    if (at == SIZE_MAX) {
        return none;
    }
    at += 8;
    while (at < line.len && line.ptr[at] != '"' && line.ptr[at] != '\'') {
        at++;
    }
    if (at >= line.len) {
        return none;
    }
    const size_t close = kk_str_find(line, kk_str_slice(line, at, at + 1), at + 1);
    return close == SIZE_MAX ? none : kk_str_slice(line, at + 1, close);
}

kk_encoding kk_encoding_of(kk_str raw)
{
    if (begins(raw, "\xff\xfe\0\0", 4) || begins(raw, "\0\0\xfe\xff", 4) ||
        begins(raw, "\0\0\0<", 4) || begins(raw, "<\0\0\0", 4)) {
        return KK_ENCODING_OTHER; /* UTF-32 */
    }
    if (begins(raw, "\xff\xfe", 2) || begins(raw, "<\0", 2)) {
        return KK_ENCODING_UTF16LE;
    }
    if (begins(raw, "\xfe\xff", 2) || begins(raw, "\0<", 2)) {
        return KK_ENCODING_UTF16BE;
    }
    const kk_str text = begins(raw, "\xef\xbb\xbf", 3) ? kk_str_slice(raw, 3, raw.len) : raw;
    const kk_str name = declared(text);
    if (name.len == 0 || kk_str_is_nocase(name, "utf-8") || kk_str_is_nocase(name, "utf8") ||
        kk_str_is_nocase(name, "us-ascii")) {
        return KK_ENCODING_UTF8;
    }
    return KK_ENCODING_OTHER;
}

static uint32_t unit_at(kk_str raw, size_t at, bool big_endian)
{
    const unsigned char *p = (const unsigned char *)raw.ptr + at;
    return big_endian ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

/* The declaration would call the copy UTF-16: blank that out, at the same length. */
static void blank_declaration(kk_buf *out, size_t begin)
{
    const kk_str name = declared((kk_str){out->ptr + begin, out->len - begin});
    if (name.len == 0) {
        return;
    }
    size_t from = (size_t)(name.ptr - out->ptr) - 1; /* the quote */
    while (out->ptr[from] != 'e' || strncmp(out->ptr + from, "encoding", 8) != 0) {
        from--;
    }
    memset(out->ptr + from, ' ', (size_t)(name.ptr - out->ptr) + name.len + 1 - from);
}

/* One code point at *at; 0 with *at unmoved for a lone surrogate or a missing half. */
static uint32_t next_point(kk_str raw, size_t *at, bool big_endian)
{
    const uint32_t unit = unit_at(raw, *at, big_endian);
    if (unit < 0xd800 || unit > 0xdfff) {
        *at += 2;
        return unit;
    }
    if (unit > 0xdbff || raw.len - *at < 4) {
        return 0;
    }
    const uint32_t low = unit_at(raw, *at + 2, big_endian);
    if (low < 0xdc00 || low > 0xdfff) {
        return 0;
    }
    *at += 4;
    return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
}

kk_status kk_encoding_utf16(kk_str raw, bool big_endian, kk_str part, uint64_t limit, kk_buf *out,
                            kk_error *err)
{
    if (raw.len % 2 != 0) {
        return kk_fail_at(err, KK_E_FORMAT, "encoding", part, raw.len,
                          "UTF-16 text ends within a unit; save the file again from Word");
    }
    const size_t begin = out->len;
    size_t at = raw.len >= 2 && unit_at(raw, 0, big_endian) == 0xfeff ? 2 : 0;
    while (at < raw.len) {
        const size_t before = at;
        const uint32_t c = next_point(raw, &at, big_endian);
        if (at == before || c == 0) {
            return kk_fail_at(err, KK_E_FORMAT, "encoding", part, before,
                              "not valid UTF-16; save the file again from Word");
        }
        kk_utf8_put(out, c);
        if (out->len > limit) {
            return kk_fail_at(err, KK_E_LIMIT, "limit", part, before,
                              "part is larger than %llu bytes; raise the limit or split the file",
                              (unsigned long long)limit);
        }
    }
    if (out->failed != KK_OK) {
        return kk_fail_nomem(err);
    }
    if (out->len > begin) {
        blank_declaration(out, begin);
    }
    return KK_OK;
}
