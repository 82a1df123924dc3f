/* Reads weights out of running text and cells. Knows Norwegian number forms, no law and no rules.
 */
#include "weight.h"

#include "str.h"
#include "utf8.h"

#include <string.h>

static bool is_digit(kk_str s, size_t at)
{
    return at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9';
}

static size_t skip_blanks(kk_str s, size_t at)
{
    while (at < s.len && (s.ptr[at] == ' ' || s.ptr[at] == '\t')) {
        at++;
    }
    return at;
}

/* Letter or digit (any script) right before `at`? */
static bool word_before(kk_str s, size_t at)
{
    if (at == 0) {
        return false;
    }
    size_t start = at - 1;
    while (start > 0 && ((unsigned char)s.ptr[start] & 0xC0) == 0x80) {
        start--;
    }
    return kk_utf8_is_word(kk_utf8_next(s, &start));
}

static bool word_at(kk_str s, size_t at)
{
    return at < s.len && kk_utf8_is_word(kk_utf8_next(s, &at));
}

/* Case-insensitive (ASCII) `word` at `at`, not followed by more letters. */
static bool takes_word(kk_str s, size_t *at, const char *word)
{
    size_t len = strlen(word);
    if (*at + len > s.len || !kk_str_is_nocase(kk_str_slice(s, *at, *at + len), word) ||
        word_at(s, *at + len)) {
        return false;
    }
    *at += len;
    return true;
}

static kk_weight_unit read_unit(kk_str s, size_t *at)
{
    size_t to = skip_blanks(s, *at);
    if (to < s.len && s.ptr[to] == '%') {
        *at = to + 1;
        return KK_WEIGHT_PERCENT;
    }
    static const char *const percent[] = {"prosent", "prosentpoeng", "pst", "pct", "percent"};
    for (size_t i = 0; i < sizeof percent / sizeof percent[0]; i++) {
        if (takes_word(s, &to, percent[i])) {
            *at = to < s.len && s.ptr[to] == '.' ? to + 1 : to;
            return KK_WEIGHT_PERCENT;
        }
    }
    if (takes_word(s, &to, "poeng") || takes_word(s, &to, "points")) {
        *at = to;
        return KK_WEIGHT_POINTS;
    }
    return KK_WEIGHT_NONE;
}

static bool read_number(kk_str s, size_t *at, double *value)
{
    size_t to = *at;
    double number = 0.0, scale = 1.0;
    if (!is_digit(s, to)) {
        return false;
    }
    while (is_digit(s, to)) {
        number = number * 10.0 + (s.ptr[to++] - '0');
    }
    if (to < s.len && (s.ptr[to] == ',' || s.ptr[to] == '.') && is_digit(s, to + 1)) {
        for (to++; is_digit(s, to); to++) {
            scale /= 10.0;
            number += scale * (s.ptr[to] - '0');
        }
    }
    *value = number;
    *at = to;
    return true;
}

/* "-", U+2013 or "til" between two figures. */
static bool read_range_sign(kk_str s, size_t *at)
{
    size_t to = skip_blanks(s, *at);
    if (to < s.len && s.ptr[to] == '-') {
        to++;
    } else if (kk_str_starts(kk_str_slice(s, to, s.len), KK_STR("\xE2\x80\x93"))) {
        to += 3;
    } else if (!takes_word(s, &to, "til")) {
        return false;
    }
    *at = skip_blanks(s, to);
    return true;
}

/* ---- placeholders: XX %, X %, __ %, .. %, [30] %, <vekt> % --------------------------------- */

/* "[30] %", "[vekt %]", "<sett inn> prosent": brackets around, the unit in or after them. */
static bool read_bracketed(kk_str s, size_t at, kk_weight *out)
{
    const char close = s.ptr[at] == '[' ? ']' : '>';
    size_t to = at;
    while (to < s.len && s.ptr[to] != close && s.ptr[to] != '\n') {
        to++;
    }
    if (to == s.len || s.ptr[to] != close || to - at > 40) {
        return false;
    }
    const kk_str inside = kk_str_slice(s, at + 1, to);
    to++;
    const kk_weight_unit unit = read_unit(s, &to);
    if (unit == KK_WEIGHT_NONE && kk_str_find(inside, KK_STR("%"), 0) == SIZE_MAX) {
        return false;
    }
    size_t number_at = 0;
    while (number_at < inside.len && !is_digit(inside, number_at)) {
        number_at++;
    }
    double value = 0.0;
    (void)read_number(inside, &number_at, &value);
    *out = (kk_weight){value, value, KK_WEIGHT_PERCENT, true, false, at, to};
    return true;
}

/* "XX %", "__ %", ".. %" */
static bool read_blank(kk_str s, size_t at, kk_weight *out)
{
    const char c = s.ptr[at];
    const bool letter = c == 'x' || c == 'X';
    size_t to = at;
    while (to < s.len && (s.ptr[to] == c || (letter && (s.ptr[to] | 0x20) == 'x'))) {
        to++;
    }
    if (to - at > 6 || (c == '.' && to - at < 2) || word_before(s, at)) {
        return false;
    }
    const kk_weight_unit unit = read_unit(s, &to);
    if (unit == KK_WEIGHT_NONE) {
        return false;
    }
    *out = (kk_weight){0.0, 0.0, unit, true, false, at, to};
    return true;
}

static bool read_placeholder(kk_str s, size_t at, kk_weight *out)
{
    const char c = s.ptr[at];
    if (c == '[' || c == '<') {
        return read_bracketed(s, at, out);
    }
    return strchr("xX_.", c) != NULL && read_blank(s, at, out);
}

/* ---- number words -------------------------------------------------------------------------- */

static const struct {
    const char *word;
    int value;
} NUMBER_WORDS[] = {
    {"fem", 5},
    {"ti", 10},
    {"femten", 15},
    {"tjue", 20},
    {"tjuefem", 25},
    {"tretti", 30},
    {"trettifem", 35},
    {"f\xC3\xB8rti", 40},
    {"f\xC3\xB8rtifem", 45},
    {"femti", 50},
    {"femtifem", 55},
    {"seksti", 60},
    {"sekstifem", 65},
    {"sytti", 70},
    {"syttifem", 75},
    {"\xC3\xA5tti", 80},
    {"\xC3\xA5ttifem", 85},
    {"nitti", 90},
    {"hundre", 100},
    {"tredve", 30},
};

static bool read_word(kk_str s, size_t at, kk_weight *out)
{
    for (size_t i = 0; i < sizeof NUMBER_WORDS / sizeof NUMBER_WORDS[0]; i++) {
        size_t to = at;
        if (takes_word(s, &to, NUMBER_WORDS[i].word)) {
            kk_weight_unit unit = read_unit(s, &to);
            if (unit == KK_WEIGHT_NONE) {
                return false;
            }
            double value = NUMBER_WORDS[i].value;
            *out = (kk_weight){value, value, unit, false, false, at, to};
            return true;
        }
    }
    return false;
}

/* ---- figures ------------------------------------------------------------------------------- */

static bool ceiling_before(kk_str s, size_t at)
{
    static const char *const words[] = {"inntil", "opptil", "maks", "maksimalt", "up to"};
    while (at > 0 && s.ptr[at - 1] == ' ') {
        at--;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t len = strlen(words[i]);
        if (at >= len && kk_str_is_nocase(kk_str_slice(s, at - len, at), words[i]) &&
            !word_before(s, at - len)) {
            return true;
        }
    }
    return false;
}

/* A bare number is no weight when it is part of something else: § 7-9, 30.06, 2026, NS 3420, 5 år.
 */
static bool stands_alone(kk_str s, size_t begin, size_t end, double value)
{
    size_t next = skip_blanks(s, end);
    bool tail = next >= s.len || strchr(";,.)/", s.ptr[next]) != NULL;
    bool joined = end < s.len && (s.ptr[end] == '-' || s.ptr[end] == '/') && is_digit(s, end + 1);
    bool dotted = end < s.len && s.ptr[end] == '.' && is_digit(s, end + 1);
    size_t before = begin;
    while (before > 0 && s.ptr[before - 1] == ' ') {
        before--;
    }
    bool section = before >= 2 && (unsigned char)s.ptr[before - 2] == 0xC2 &&
                   (unsigned char)s.ptr[before - 1] == 0xA7;
    bool chained = begin > 0 && strchr("-./", s.ptr[begin - 1]) != NULL;
    return tail && !joined && !dotted && !section && !chained && value <= 1000.0;
}

/* "1/3": alone in its cell, a share of one. */
static bool read_fraction(kk_str s, size_t at, kk_weight *out)
{
    size_t to = at;
    double part = 0.0, whole = 0.0;
    if (word_before(s, at) || !read_number(s, &to, &part) || to >= s.len || s.ptr[to] != '/') {
        return false;
    }
    to++;
    if (!read_number(s, &to, &whole) || part <= 0.0 || whole <= part || whole > 20.0 ||
        skip_blanks(s, to) < s.len) {
        return false;
    }
    *out = (kk_weight){part / whole, part / whole, KK_WEIGHT_NONE, false, false, at, to};
    return true;
}

static bool read_figure(kk_str s, size_t at, bool bare, kk_weight *out)
{
    size_t to = at;
    double low = 0.0;
    if (word_before(s, at) || (at > 0 && (s.ptr[at - 1] == ',' || s.ptr[at - 1] == '.') && at > 1 &&
                               is_digit(s, at - 2))) {
        return false;
    }
    if (!read_number(s, &to, &low)) {
        return false;
    }
    double high = low;
    size_t single = to;
    kk_weight_unit unit = read_unit(s, &to);
    size_t range_at = to, number_at;
    if (read_range_sign(s, &range_at)) {
        number_at = range_at;
        double upper = 0.0;
        if (read_number(s, &number_at, &upper)) {
            size_t unit_at = number_at;
            kk_weight_unit second = read_unit(s, &unit_at);
            if (second != KK_WEIGHT_NONE ||
                (bare && upper > low && stands_alone(s, at, unit_at, upper))) {
                high = upper;
                unit = second;
                to = unit_at;
            }
        }
    }
    if (unit == KK_WEIGHT_NONE && to == single && (!bare || !stands_alone(s, at, to, low))) {
        return false;
    }
    *out = (kk_weight){low, high, unit, false, ceiling_before(s, at), at, to};
    return true;
}

bool kk_weight_next(kk_str s, size_t *at, bool bare, kk_weight *out)
{
    for (size_t i = *at; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        bool found = false;
        if (c >= '0' && c <= '9') {
            found = (bare && read_fraction(s, i, out)) || read_figure(s, i, bare, out);
            while (!found && is_digit(s, i + 1)) {
                i++;
            }
        } else if (c == '[' || c == '<' || c == '_' || c == '.' || c == 'x' || c == 'X') {
            found = read_placeholder(s, i, out);
        } else if (!word_before(s, i) && (c >= 0x80 || (c | 0x20) >= 'a')) {
            found = read_word(s, i, out);
        }
        if (found) {
            *at = out->end;
            return true;
        }
    }
    *at = s.len;
    return false;
}
