/* UTF-8 and Unicode. Decoding and the same-length fold are ours; normalisation, case and categories
 * come from utf8proc, which no other file sees. Knows nothing of languages or rules. */
#include "utf8.h"

#include "mem.h"

#include <string.h>
#include <utf8proc.h>

enum { REPLACEMENT = 0xFFFD };

/* Length of the well-formed sequence at ptr (n > 0 bytes left), or 0. The second byte's range
 * carries RFC 3629's bans: overlongs (E0, F0), surrogates (ED), beyond U+10FFFF (F4). */
static size_t sequence(const unsigned char *ptr, size_t n)
{
    const unsigned char lead = ptr[0];
    if (lead < 0x80) {
        return 1;
    }
    const size_t len = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || len > n) {
        return 0;
    }
    const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (ptr[1] < low || ptr[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < len; i++) {
        if ((ptr[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return len;
}

size_t kk_utf8_invalid_at(kk_str s)
{
    const unsigned char *ptr = (const unsigned char *)s.ptr;
    size_t at = 0;
    while (at < s.len) {
        uint64_t word;
        while (s.len - at >= sizeof word) { /* eight ASCII bytes at a time */
            memcpy(&word, ptr + at, sizeof word);
            if ((word & UINT64_C(0x8080808080808080)) != 0) {
                break;
            }
            at += sizeof word;
        }
        if (at == s.len) {
            break;
        }
        const size_t len = sequence(ptr + at, s.len - at);
        if (len == 0) {
            return at;
        }
        at += len;
    }
    return s.len;
}

uint32_t kk_utf8_next(kk_str s, size_t *at)
{
    if (*at >= s.len) {
        return 0;
    }
    const unsigned char *ptr = (const unsigned char *)s.ptr + *at;
    const size_t len = sequence(ptr, s.len - *at);
    *at += len == 0 ? 1 : len;
    switch (len) {
    case 1:
        return ptr[0];
    case 2:
        return (ptr[0] & 0x1Fu) << 6 | (ptr[1] & 0x3Fu);
    case 3:
        return (ptr[0] & 0x0Fu) << 12 | (ptr[1] & 0x3Fu) << 6 | (ptr[2] & 0x3Fu);
    case 4:
        return (ptr[0] & 0x07u) << 18 | (ptr[1] & 0x3Fu) << 12 | (ptr[2] & 0x3Fu) << 6 |
               (ptr[3] & 0x3Fu);
    default:
        return REPLACEMENT;
    }
}

void kk_utf8_put(kk_buf *buf, uint32_t c)
{
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        c = REPLACEMENT;
    }
    char bytes[4];
    size_t n = 0;
    if (c < 0x80) {
        bytes[n++] = (char)c;
    } else if (c < 0x800) {
        bytes[n++] = (char)(0xC0 | c >> 6);
        bytes[n++] = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        bytes[n++] = (char)(0xE0 | c >> 12);
        bytes[n++] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[n++] = (char)(0x80 | (c & 0x3F));
    } else {
        bytes[n++] = (char)(0xF0 | c >> 18);
        bytes[n++] = (char)(0x80 | (c >> 12 & 0x3F));
        bytes[n++] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[n++] = (char)(0x80 | (c & 0x3F));
    }
    kk_buf_add(buf, bytes, n);
}

/* Lower case of U+00C0..U+017F where it too takes two bytes. The one that does not is U+0130,
 * capital I with a dot: it stays. In Latin Extended-A capitals stand before their small letters,
 * even numbers in two stretches, odd numbers in the other two. */
static uint32_t fold_latin(uint32_t c)
{
    if (c <= 0xDE) {
        return c == 0xD7 ? c : c + 0x20; /* D7 is the multiplication sign */
    }
    if (c < 0x100 || c == 0x130 || c == 0x138 || c == 0x17F) {
        return c;
    }
    if (c == 0x178) {
        return 0xFF; /* Y with diaeresis */
    }
    const bool odd_capitals = (c >= 0x139 && c <= 0x148) || c >= 0x179;
    return (c & 1u) == (odd_capitals ? 1u : 0u) ? c + 1 : c;
}

void kk_utf8_fold(char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        const unsigned char lead = (unsigned char)bytes[i];
        if (lead < 0x80) {
            bytes[i] = (char)(lead >= 'A' && lead <= 'Z' ? lead + ('a' - 'A') : lead);
        } else if (lead >= 0xC3 && lead <= 0xC5 && i + 1 < len) {
            const unsigned char next = (unsigned char)bytes[i + 1];
            if ((next & 0xC0) == 0x80) {
                const uint32_t c = fold_latin((lead & 0x1Fu) << 6 | (next & 0x3Fu));
                bytes[i] = (char)(0xC0 | c >> 6);
                bytes[i + 1] = (char)(0x80 | (c & 0x3F));
                i++;
            }
        }
    }
}

bool kk_utf8_is_word(uint32_t c)
{
    if (c < 0x80) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return true;
    default:
        return false;
    }
}

static bool is_space(uint32_t c)
{
    if (c < 0x80) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
    if (c == 0x85) {
        return true;
    }
    const utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

/* Composes buf's bytes (valid UTF-8) to NFC in place, by way of an array of code points that the
 * library turns back into UTF-8 where it stands. False when out of memory. */
static bool compose(kk_buf *buf)
{
    const utf8proc_option_t options = UTF8PROC_COMPOSE | UTF8PROC_STABLE;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)buf->ptr;
    const utf8proc_ssize_t len = (utf8proc_ssize_t)buf->len;
    const utf8proc_ssize_t n = utf8proc_decompose(bytes, len, NULL, 0, options);
    size_t size;
    if (n < 0 || !kk_add((size_t)n, 1, &size) || !kk_mul(size, sizeof(utf8proc_int32_t), &size)) {
        return false;
    }
    utf8proc_int32_t *points = kk_malloc(size);
    if (points == NULL) {
        return false;
    }
    const utf8proc_ssize_t filled = utf8proc_decompose(bytes, len, points, n, options);
    const utf8proc_ssize_t out = filled < 0 ? filled : utf8proc_reencode(points, filled, options);
    if (out >= 0) {
        kk_buf_clear(buf);
        kk_buf_add(buf, points, (size_t)out);
    }
    kk_release(points);
    return out >= 0 && buf->failed == KK_OK;
}

/* Result of the two functions below: NFC if anything at or above U+0300, the first combining mark,
 * was seen. Everything under it is composed already. */
static kk_str finish(kk_arena *arena, kk_buf *buf, bool plain)
{
    kk_str out = {NULL, 0};
    kk_buf_add(buf, NULL, 0);
    if (buf->failed == KK_OK && (plain || compose(buf))) {
        out = kk_arena_str(arena, kk_buf_view(buf));
    }
    kk_buf_dispose(buf);
    return out;
}

kk_str kk_utf8_normalise(kk_arena *arena, kk_str s)
{
    kk_buf buf;
    kk_buf_init(&buf, 0);
    bool plain = true;
    bool gap = false;
    size_t at = 0;
    while (at < s.len) {
        const uint32_t c = kk_utf8_next(s, &at);
        if (is_space(c)) {
            gap = buf.len > 0;
            continue;
        }
        if (gap) {
            kk_buf_putc(&buf, ' ');
            gap = false;
        }
        plain = plain && c < 0x300;
        kk_utf8_put(&buf, c);
    }
    return finish(arena, &buf, plain);
}

kk_str kk_utf8_lower(kk_arena *arena, kk_str s)
{
    kk_buf buf;
    kk_buf_init(&buf, 0);
    bool plain = true;
    size_t at = 0;
    while (at < s.len) {
        const uint32_t c = kk_utf8_next(s, &at);
        plain = plain && c < 0x300;
        kk_utf8_put(&buf, (uint32_t)utf8proc_tolower((utf8proc_int32_t)c));
    }
    return finish(arena, &buf, plain);
}

size_t kk_utf8_utf16_len(kk_str s)
{
    size_t units = 0;
    size_t at = 0;
    while (at < s.len) {
        units += kk_utf8_next(s, &at) >= 0x10000 ? 2 : 1;
    }
    return units;
}
