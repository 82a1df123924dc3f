/* Cuts running text into sentences. Knows Norwegian abbreviations, no law and no patterns. */
#include "sentence.h"

#include "str.h"
#include "utf8.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The word that ends right before `stop` (letters, digits and inner full stops). */
static kk_str word_before(kk_str s, size_t stop)
{
    size_t begin = stop;
    while (begin > 0 && !is_blank(s.ptr[begin - 1]) && strchr("\n(", s.ptr[begin - 1]) == NULL) {
        begin--;
    }
    return kk_str_slice(s, begin, stop);
}

static bool is_abbreviation(kk_str word)
{
    static const char *const known[] = {
        "pst",  "jf",  "jfr",   "nr",   "kap", "pkt", "ca",  "kr", "inkl", "ekskl", "evt",  "ev",
        "maks", "min", "f.eks", "bl.a", "dvs", "mv",  "m.m", "pr", "kl",   "mill",  "vedr", "ref"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (kk_str_is_nocase(word, known[i])) {
            return true;
        }
    }
    return false;
}

static bool is_number(kk_str word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (strchr("0123456789.", word.ptr[i]) == NULL) {
            return false;
        }
    }
    return word.len > 0;
}

/* Does what follows the full stop at `at` look like a new sentence? */
static bool begins_sentence(kk_str s, size_t at)
{
    if (at >= s.len || s.ptr[at] == '\n') {
        return true;
    }
    if (!is_blank(s.ptr[at])) {
        return false;
    }
    while (at < s.len && is_blank(s.ptr[at])) {
        at++;
    }
    if (at >= s.len) {
        return true;
    }
    const size_t start = at;
    const uint32_t c = kk_utf8_next(s, &at);
    char folded[4] = {0};
    const size_t len = at - start;
    memcpy(folded, s.ptr + start, len);
    kk_utf8_fold(folded, len);
    const bool capital = memcmp(folded, s.ptr + start, len) != 0;
    return capital || (c >= '0' && c <= '9') || c == 0xAB || c == '"' || c == '\n';
}

static bool ends_at(kk_str s, size_t at)
{
    if (s.ptr[at] == '\n') {
        return true;
    }
    if (strchr(".!?", s.ptr[at]) == NULL || !begins_sentence(s, at + 1)) {
        return false;
    }
    const kk_str word = word_before(s, at);
    return s.ptr[at] != '.' || at + 1 == s.len || (!is_abbreviation(word) && !is_number(word));
}

bool kk_sentence_next(kk_str s, size_t *at, size_t *begin, size_t *end)
{
    size_t from = *at;
    while (from < s.len && (is_blank(s.ptr[from]) || s.ptr[from] == '\n')) {
        from++;
    }
    if (from >= s.len) {
        *at = s.len;
        return false;
    }
    size_t to = from;
    while (to < s.len && !ends_at(s, to)) {
        to++;
    }
    *at = to < s.len ? to + 1 : s.len;
    *begin = from;
    *end = to < s.len && s.ptr[to] != '\n' ? to + 1 : to;
    return true;
}
