/* String views: compare, search, cut. Bytes only; what needs Unicode is in utf8.c. */
#include "str.h"

#include <string.h>

kk_str kk_str_from(const char *z)
{
    return z == NULL ? (kk_str){NULL, 0} : (kk_str){z, strlen(z)};
}

/* memcmp that allows the NULL pointer of an empty view. */
static int compare_bytes(const char *a, const char *b, size_t n)
{
    return n == 0 ? 0 : memcmp(a, b, n);
}

bool kk_str_equal(kk_str a, kk_str b)
{
    return a.len == b.len && compare_bytes(a.ptr, b.ptr, a.len) == 0;
}

bool kk_str_is(kk_str a, const char *z)
{
    return kk_str_equal(a, kk_str_from(z));
}

static unsigned lower_ascii(char c)
{
    const unsigned byte = (unsigned char)c;
    return byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte;
}

bool kk_str_is_nocase(kk_str a, const char *z)
{
    const kk_str b = kk_str_from(z);
    if (a.len != b.len) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++) {
        if (lower_ascii(a.ptr[i]) != lower_ascii(b.ptr[i])) {
            return false;
        }
    }
    return true;
}

int kk_str_compare(kk_str a, kk_str b)
{
    const int order = compare_bytes(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
    if (order != 0 || a.len == b.len) {
        return order;
    }
    return a.len < b.len ? -1 : 1;
}

bool kk_str_starts(kk_str s, kk_str prefix)
{
    return s.len >= prefix.len && compare_bytes(s.ptr, prefix.ptr, prefix.len) == 0;
}

bool kk_str_ends(kk_str s, kk_str suffix)
{
    return s.len >= suffix.len &&
           (suffix.len == 0 || memcmp(s.ptr + (s.len - suffix.len), suffix.ptr, suffix.len) == 0);
}

size_t kk_str_find(kk_str s, kk_str needle, size_t from)
{
    if (from > s.len || needle.len > s.len - from) {
        return SIZE_MAX;
    }
    if (needle.len == 0) {
        return from;
    }
    const size_t last = s.len - needle.len;
    for (size_t at = from; at <= last; at++) {
        const char *hit = memchr(s.ptr + at, needle.ptr[0], last - at + 1);
        if (hit == NULL) {
            return SIZE_MAX;
        }
        at = (size_t)(hit - s.ptr);
        if (memcmp(hit, needle.ptr, needle.len) == 0) {
            return at;
        }
    }
    return SIZE_MAX;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static const kk_str nbsp = {"\xC2\xA0", 2}; /* U+00A0 */

kk_str kk_str_trim(kk_str s)
{
    for (;;) {
        if (s.len > 0 && is_space(s.ptr[0])) {
            s = kk_str_slice(s, 1, s.len);
        } else if (kk_str_starts(s, nbsp)) {
            s = kk_str_slice(s, nbsp.len, s.len);
        } else {
            break;
        }
    }
    for (;;) {
        if (s.len > 0 && is_space(s.ptr[s.len - 1])) {
            s.len -= 1;
        } else if (kk_str_ends(s, nbsp)) {
            s.len -= nbsp.len;
        } else {
            return s;
        }
    }
}

kk_str kk_str_slice(kk_str s, size_t begin, size_t end)
{
    if (end > s.len) {
        end = s.len;
    }
    if (begin > end) {
        begin = end;
    }
    return s.ptr == NULL ? s : (kk_str){s.ptr + begin, end - begin};
}

bool kk_str_split(kk_str *rest, char sep, kk_str *part)
{
    if (rest->len == 0) {
        return false;
    }
    const char *hit = memchr(rest->ptr, sep, rest->len);
    const size_t len = hit == NULL ? rest->len : (size_t)(hit - rest->ptr);
    *part = kk_str_slice(*rest, 0, len);
    *rest = kk_str_slice(*rest, hit == NULL ? len : len + 1, rest->len);
    return true;
}

bool kk_str_word(kk_str *rest, kk_str *word)
{
    size_t begin = 0;
    while (begin < rest->len && is_space(rest->ptr[begin])) {
        begin++;
    }
    size_t end = begin;
    while (end < rest->len && !is_space(rest->ptr[end])) {
        end++;
    }
    const kk_str all = *rest;
    *rest = kk_str_slice(all, end, all.len);
    if (begin == end) {
        return false;
    }
    *word = kk_str_slice(all, begin, end);
    return true;
}

bool kk_str_to_u32(kk_str s, uint32_t *out)
{
    uint64_t value = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') {
            return false;
        }
        value = value * 10 + (uint64_t)(s.ptr[i] - '0');
        if (value > UINT32_MAX) {
            return false;
        }
    }
    if (s.len == 0) {
        return false;
    }
    *out = (uint32_t)value;
    return true;
}

uint64_t kk_str_hash(kk_str s)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < s.len; i++) {
        hash ^= (unsigned char)s.ptr[i];
        hash *= UINT64_C(0x100000001B3);
    }
    return hash;
}
