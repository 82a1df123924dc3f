/* Reads figures out of running text. Tables of unit words and number words in both forms of
 * Norwegian; no state, no locale. */
#include "number.h"

#include "str.h"
#include "utf8.h"

static bool is_digit(kk_str s, size_t at)
{
    return at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9';
}

static bool is_letter(kk_str s, size_t at)
{
    if (at >= s.len) {
        return false;
    }
    const unsigned char c = (unsigned char)s.ptr[at];
    /* C3 and above begin letters of the scripts that matter here; E2 begins punctuation. */
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC3 && c != 0xE2) ||
           (c >= 0x80 && c < 0xC0);
}

static size_t skip_blanks(kk_str s, size_t at)
{
    while (at < s.len && s.ptr[at] == ' ') {
        at++;
    }
    return at;
}

static size_t digits_end(kk_str s, size_t at)
{
    while (is_digit(s, at)) {
        at++;
    }
    return at;
}

/* ---- units --------------------------------------------------------------------------------- */

typedef struct unit_word {
    const char *word; /* lower case */
    kk_unit unit;
    bool open; /* letters may follow */
} unit_word;

static const unit_word units[] = {{"prosent", KK_UNIT_PERCENT, true},
                                  {"pst", KK_UNIT_PERCENT, false},
                                  {"poeng", KK_UNIT_POINTS, true},
                                  {"kr", KK_UNIT_KR, false},
                                  {"kroner", KK_UNIT_KR, false},
                                  {"kroners", KK_UNIT_KR, false},
                                  {"nok", KK_UNIT_KR, false},
                                  {"år", KK_UNIT_YEAR, false},
                                  {"års", KK_UNIT_YEAR, false},
                                  {"måned", KK_UNIT_MONTH, true},
                                  {"månad", KK_UNIT_MONTH, true},
                                  {"mnd", KK_UNIT_MONTH, false},
                                  {"dag", KK_UNIT_DAY, false},
                                  {"dager", KK_UNIT_DAY, true},
                                  {"dagar", KK_UNIT_DAY, true},
                                  {"dagers", KK_UNIT_DAY, false},
                                  {"døgn", KK_UNIT_DAY, false},
                                  {"virkedag", KK_UNIT_DAY, true},
                                  {"arbeidsdag", KK_UNIT_DAY, true},
                                  {"kwh", KK_UNIT_KWH, false},
                                  {"g", KK_UNIT_G, false},
                                  {"gram", KK_UNIT_G, false},
                                  {"kg", KK_UNIT_KG, false},
                                  {"kgco", KK_UNIT_KG, true},
                                  {"gco", KK_UNIT_G, true},
                                  {"kilo", KK_UNIT_KG, false},
                                  {"tonn", KK_UNIT_TONNE, false},
                                  {"km", KK_UNIT_KM, false},
                                  {"kilometer", KK_UNIT_KM, false},
                                  {"year", KK_UNIT_YEAR, true},
                                  {"percent", KK_UNIT_PERCENT, true},
                                  {"points", KK_UNIT_POINTS, false}};

/* Does s at `at` read as word? Caseless in ASCII, and for the letters that the tables hold. */
static bool reads(kk_str s, size_t at, const char *word, size_t *end)
{
    for (; *word != '\0'; word++, at++) {
        if (at >= s.len) {
            return false;
        }
        char c = s.ptr[at];
        c = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
        const unsigned char raw = (unsigned char)c;
        const bool latin =
            raw >= 0x80 && raw <= 0x9E && at > 0 && (unsigned char)s.ptr[at - 1] == 0xC3;
        if ((latin ? (char)(raw + 0x20) : c) != *word) {
            return false;
        }
    }
    *end = at;
    return true;
}

static kk_unit unit_word_at(kk_str s, size_t at, size_t *end)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        size_t stop;
        if (reads(s, at, units[i].word, &stop) && (units[i].open || !is_letter(s, stop))) {
            while (is_letter(s, stop)) {
                stop++;
            }
            *end = stop;
            return units[i].unit;
        }
    }
    return KK_UNIT_NONE;
}

/* Unit right after a figure that ends at `at`. */
static kk_unit unit_after(kk_str s, size_t at, size_t *end)
{
    *end = at;
    const size_t word = skip_blanks(s, at);
    if (word < s.len && s.ptr[word] == '%') {
        *end = word + 1;
        return KK_UNIT_PERCENT;
    }
    if (at + 1 < s.len && s.ptr[at] == ',' && s.ptr[at + 1] == '-') {
        *end = at + 2;
        return KK_UNIT_KR;
    }
    const kk_unit unit = word - at <= 2 ? unit_word_at(s, word, end) : KK_UNIT_NONE;
    if (unit == KK_UNIT_NONE && word == at && is_letter(s, at)) {
        return KK_UNIT_OTHER;
    }
    return unit;
}

/* "kr", "NOK" before a figure that begins at `at`; *begin moves onto it. */
static bool kroner_before(kk_str s, size_t at, size_t *begin)
{
    static const char *const words[] = {"kr", "nok", "kroner"};
    size_t end = at;
    while (end > 0 && (s.ptr[end - 1] == ' ' || s.ptr[end - 1] == '.')) {
        end--;
    }
    for (size_t i = 0; i < 3; i++) {
        const size_t len = kk_str_from(words[i]).len;
        size_t stop;
        if (end >= len && reads(s, end - len, words[i], &stop) &&
            (end == len || !is_letter(s, end - len - 1))) {
            *begin = end - len;
            return true;
        }
    }
    return false;
}

/* ---- digits -------------------------------------------------------------------------------- */

/* A group of exactly three digits after one separator? */
static bool group_at(kk_str s, size_t at, char separator)
{
    return at < s.len && s.ptr[at] == separator && is_digit(s, at + 1) && is_digit(s, at + 2) &&
           is_digit(s, at + 3) && !is_digit(s, at + 4);
}

typedef struct figure {
    size_t end;
    double value;
    bool decimals;
    bool dotted; /* 4.2.1 or 01.02.2026: no quantity */
} figure;

static double add_digits(kk_str s, size_t begin, size_t end, double value)
{
    for (size_t i = begin; i < end && i < begin + 18; i++) {
        value = value * 10 + (s.ptr[i] - '0');
    }
    return value;
}

static void read_decimals(kk_str s, size_t at, figure *f)
{
    const size_t end = digits_end(s, at + 1);
    double unit = 1;
    double part = 0;
    for (size_t i = at + 1; i < end && i < at + 16; i++) {
        unit /= 10;
        part += unit * (s.ptr[i] - '0');
    }
    f->value += part;
    f->decimals = true;
    f->end = end;
}

static figure read_figure(kk_str s, size_t at)
{
    figure f = {.end = digits_end(s, at)};
    f.value = add_digits(s, at, f.end, 0);
    const bool may_group = f.end - at <= 3;
    char separator = '\0';
    while (may_group && (separator == '\0' || separator == s.ptr[f.end]) &&
           (group_at(s, f.end, ' ') || group_at(s, f.end, '.'))) {
        separator = s.ptr[f.end];
        f.value = add_digits(s, f.end + 1, f.end + 4, f.value);
        f.end += 4;
    }
    if (f.end < s.len && s.ptr[f.end] == ',' && is_digit(s, f.end + 1)) {
        read_decimals(s, f.end, &f);
    } else if (f.end < s.len && s.ptr[f.end] == '.' && is_digit(s, f.end + 1)) {
        read_decimals(s, f.end, &f);
        while (f.end < s.len && s.ptr[f.end] == '.' && is_digit(s, f.end + 1)) {
            f.dotted = true;
            f.end = digits_end(s, f.end + 1);
        }
    }
    return f;
}

/* Hyphen or dash between two figures; the length of both and the blanks, or 0. */
static size_t range_sign(kk_str s, size_t at)
{
    size_t sign = skip_blanks(s, at);
    if (sign < s.len && s.ptr[sign] == '-') {
        sign++;
    } else if (kk_str_starts(kk_str_slice(s, sign, s.len), KK_STR("\u2013"))) {
        sign += 3;
    } else {
        return 0;
    }
    sign = skip_blanks(s, sign);
    return is_digit(s, sign) ? sign - at : 0;
}

/* Is the figure part of a word or name (CO2, K1), or does a paragraph sign stand before it? */
static bool is_name(kk_str s, size_t at)
{
    if (at == 0) {
        return false;
    }
    /* A continuation byte may end a dash or quotation mark (E2 80 xx), which is no letter. */
    const bool sign = at >= 3 && (unsigned char)s.ptr[at - 3] == 0xE2;
    if (is_letter(s, at - 1) && !sign) {
        return true;
    }
    if (s.ptr[at - 1] == '-' && at >= 2 && is_letter(s, at - 2)) {
        return true;
    }
    size_t back = at;
    while (back > 0 && s.ptr[back - 1] == ' ') {
        back--;
    }
    return back >= 2 && (unsigned char)s.ptr[back - 2] == 0xC2 &&
           (unsigned char)s.ptr[back - 1] == 0xA7;
}

/* Past the rest of a name or reference: "7-9", "2/a", "14001". */
static size_t skip_name(kk_str s, size_t at)
{
    while (at < s.len && (is_digit(s, at) || is_letter(s, at) ||
                          ((s.ptr[at] == '-' || s.ptr[at] == '.') && is_digit(s, at + 1)))) {
        at++;
    }
    return at;
}

static bool digits_at(kk_str s, size_t *at, kk_number *out)
{
    const size_t begin = *at;
    if (is_name(s, begin)) {
        *at = skip_name(s, begin);
        return false;
    }
    const figure f = read_figure(s, begin);
    *at = f.end;
    if (f.dotted) {
        return false;
    }
    *out = (kk_number){.begin = begin, .value = f.value, .decimals = f.decimals};
    out->unit = unit_after(s, f.end, &out->end);
    const size_t sign = out->unit == KK_UNIT_NONE ? range_sign(s, f.end) : 0;
    if (sign > 0) {
        size_t ignored;
        out->unit = unit_after(s, read_figure(s, f.end + sign).end, &ignored);
    }
    if (out->unit == KK_UNIT_NONE && kroner_before(s, begin, &out->begin)) {
        out->unit = KK_UNIT_KR;
    }
    *at = out->end;
    return true;
}

/* ---- number words -------------------------------------------------------------------------- */

typedef struct number_word {
    const char *word;
    int value;
} number_word;

/* Tens first: they may be followed by a one ("tjuefem"). */
static const number_word tens[] = {{"tjue", 20}, {"tretti", 30}, {"tredve", 30}, {"førti", 40},
                                   {"førr", 40}, {"femti", 50},  {"seksti", 60}, {"sytti", 70},
                                   {"åtti", 80}, {"nitti", 90}};
static const number_word ones[] = {
    {"hundre", 100}, {"elleve", 11},  {"tolv", 12},   {"tretten", 13}, {"fjorten", 14},
    {"femten", 15},  {"seksten", 16}, {"sytten", 17}, {"atten", 18},   {"nitten", 19},
    {"ein", 1},      {"eit", 1},      {"en", 1},      {"ett", 1},      {"et", 1},
    {"to", 2},       {"tre", 3},      {"fire", 4},    {"fem", 5},      {"seks", 6},
    {"sju", 7},      {"syv", 7},      {"åtte", 8},    {"ni", 9},       {"ti", 10}};

static bool find_word(kk_str s, size_t at, const number_word *list, size_t n, bool whole,
                      size_t *end)
{
    for (size_t i = 0; i < n; i++) {
        if (reads(s, at, list[i].word, end) && (!whole || !is_letter(s, *end))) {
            return true;
        }
    }
    return false;
}

static int value_of(kk_str s, size_t at, const number_word *list, size_t n, bool whole)
{
    size_t end;
    for (size_t i = 0; i < n; i++) {
        if (reads(s, at, list[i].word, &end) && (!whole || !is_letter(s, end))) {
            return list[i].value;
        }
    }
    return 0;
}

enum { N_TENS = sizeof tens / sizeof tens[0], N_ONES = sizeof ones / sizeof ones[0] };

static bool word_at(kk_str s, size_t at, kk_number *out)
{
    size_t end;
    int value = 0;
    if (find_word(s, at, ones, N_ONES, true, &end)) {
        value = value_of(s, at, ones, N_ONES, true);
    } else if (find_word(s, at, tens, N_TENS, false, &end)) {
        value = value_of(s, at, tens, N_TENS, false);
        if (is_letter(s, end)) {
            value += value_of(s, end, ones, N_ONES, true);
            if (!find_word(s, end, ones, N_ONES, true, &end)) {
                return false;
            }
        }
    } else {
        return false;
    }
    *out = (kk_number){.begin = at, .value = value};
    out->unit = unit_after(s, end, &out->end);
    return out->unit != KK_UNIT_NONE && out->unit != KK_UNIT_OTHER;
}

bool kk_number_next(kk_str s, size_t *at, kk_number *out)
{
    while (*at < s.len) {
        if (is_digit(s, *at)) {
            if (digits_at(s, at, out)) {
                return true;
            }
        } else if (is_letter(s, *at)) {
            if (word_at(s, *at, out)) {
                *at = out->end;
                return true;
            }
            while (is_letter(s, *at)) {
                ++*at;
            }
        } else {
            ++*at;
        }
    }
    return false;
}
