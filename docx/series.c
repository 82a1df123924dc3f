/* Counts up what stands in number columns. Knows strings only. */
#include "series.h"

#include "str.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* digits of s[begin, end) plus one, at least as wide; everything else as it was. */
static kk_str count_up(kk_arena *arena, kk_str s, size_t begin, size_t end)
{
    char digits[32];
    size_t n = end - begin;
    if (n + 2 > sizeof digits) {
        return KK_STR("");
    }
    memcpy(digits + 1, s.ptr + begin, n);
    digits[0] = '0';
    size_t i = n;
    while (digits[i] == '9') {
        digits[i--] = '0';
    }
    digits[i]++;
    const size_t skip = digits[0] == '0' ? 1 : 0;
    return kk_arena_printf(arena, "%.*s%.*s%.*s", (int)begin, s.ptr, (int)(n + 1 - skip),
                           digits + skip, (int)(s.len - end), s.ptr + end);
}

static kk_str next_letter(kk_arena *arena, kk_str s, size_t at)
{
    const char c = s.ptr[at];
    if (c == 'z' || c == 'Z') {
        return KK_STR("");
    }
    return kk_arena_printf(arena, "%.*s%c%.*s", (int)at, s.ptr, (char)(c + 1),
                           (int)(s.len - at - 1), s.ptr + at + 1);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

kk_str kk_series_next(kk_arena *arena, kk_str last)
{
    const kk_str s = kk_str_trim(last);
    size_t end = s.len;
    while (end > 0 && !is_digit(s.ptr[end - 1]) && !is_letter(s.ptr[end - 1])) {
        end--;
    }
    if (end == 0) {
        return KK_STR("");
    }
    if (is_letter(s.ptr[end - 1])) {
        const bool alone = end == 1 || !is_letter(s.ptr[end - 2]);
        return alone ? next_letter(arena, s, end - 1) : KK_STR("");
    }
    size_t begin = end;
    while (begin > 0 && is_digit(s.ptr[begin - 1])) {
        begin--;
    }
    return count_up(arena, s, begin, end);
}
