/* Names of criteria: what is left of a text when numbers, dashes and words that name nothing are
 * cut away. Which words name nothing is bank data (award-generic). */
#include "award_reader.h"

#include "str.h"
#include "utf8.h"

#include <string.h>

static bool is_letter(unsigned char c)
{
    return c >= 0x80 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* A dash, bullet or quotation mark of three bytes, or « » of two, or zero. */
static uint32_t sign_at(const char *s, uint32_t begin, uint32_t end)
{
    const unsigned char c = (unsigned char)s[begin];
    if (c == 0xE2 && begin + 3 <= end) {
        return 3;
    }
    if (c == 0xC2 && begin + 2 <= end) {
        return 2;
    }
    return 0;
}

bool kk_award_has_letters(const kk_award_reader *r, uint32_t begin, uint32_t end)
{
    uint32_t letters = 0;
    while (begin < end) {
        const uint32_t sign = sign_at(r->text->utf8, begin, end);
        letters += sign == 0 && is_letter((unsigned char)r->text->utf8[begin]);
        begin += sign > 0 ? sign : 1;
    }
    return letters >= 3;
}

static void tidy_front(const kk_award_reader *r, uint32_t *begin, uint32_t end)
{
    while (*begin < end) {
        const uint32_t sign = sign_at(r->text->utf8, *begin, end);
        if (sign == 0 && is_letter((unsigned char)r->text->utf8[*begin])) {
            break;
        }
        *begin += sign > 0 ? sign : 1;
    }
    /* "a) Klima", "B. Klima", "K2 Klima": a letter, perhaps with a number, labels the item */
    const char *s = r->text->utf8 + *begin;
    uint32_t digits = 1;
    while (*begin + digits < end && s[digits] >= '0' && s[digits] <= '9') {
        digits++;
    }
    const int after = *begin + digits < end ? s[digits] : 0;
    const bool label = (unsigned char)s[0] < 0x80 &&
                       (after == ')' || after == '.' || (digits > 1 && after == ' '));
    if (*begin + digits + 1 < end && label && is_letter((unsigned char)s[0]) &&
        s[digits + (after != ' ' ? 1 : 0)] == ' ') {
        *begin += digits + 1;
        tidy_front(r, begin, end);
    }
}

static void tidy_back(const kk_award_reader *r, uint32_t begin, uint32_t *end)
{
    const char *s = r->text->utf8;
    bool cut = true;
    while (cut && *end > begin) {
        cut = false;
        if (strchr(" \t\n:(-,.;=/[", s[*end - 1]) != NULL) {
            (*end)--;
            cut = true;
        } else if (*end >= begin + 3 && sign_at(s, *end - 3, *end) == 3) {
            *end -= 3;
            cut = true;
        }
    }
    /* a bracket that was opened in the name may close it: "Klima (utslipp)" */
    if (*end > begin && s[*end - 1] == ')' && memchr(s + begin, '(', *end - begin) == NULL) {
        (*end)--;
        tidy_back(r, begin, end);
    }
}

/* Cuts words of award-generic that the name begins or ends with. */
static bool cut_generic(const kk_award_reader *r, uint32_t *begin, uint32_t *end)
{
    kk_evidence at;
    uint32_t from = *begin;
    while (kk_award_find(r, "award-generic", from, *end, &at)) {
        if (at.end <= at.begin) {
            return false;
        }
        if (!kk_award_has_letters(r, *begin, at.begin)) {
            *begin = at.end;
            return true;
        }
        uint32_t rest = at.end;
        tidy_front(r, &rest, *end);
        if (rest >= *end) {
            *end = at.begin;
            return true;
        }
        from = at.end;
    }
    return false;
}

void kk_award_tidy(const kk_award_reader *r, uint32_t *begin, uint32_t *end)
{
    do {
        tidy_front(r, begin, *end);
        tidy_back(r, *begin, end);
    } while (*begin < *end && cut_generic(r, begin, end));
    if (*end < *begin) {
        *end = *begin;
    }
}

/* ---- looking names up ---------------------------------------------------------------------- */

static bool word_edge(kk_str s, size_t at)
{
    if (at == 0 || at >= s.len) {
        return true;
    }
    size_t start = at - 1, next = at;
    while (start > 0 && ((unsigned char)s.ptr[start] & 0xC0) == 0x80) {
        start--;
    }
    return !kk_utf8_is_word(kk_utf8_next(s, &start)) || !kk_utf8_is_word(kk_utf8_next(s, &next));
}

static bool holds_name(kk_str text, kk_str name)
{
    size_t at = 0;
    while ((at = kk_str_find(text, name, at)) != SIZE_MAX) {
        if (word_edge(text, at) && word_edge(text, at + name.len)) {
            return true;
        }
        at += name.len;
    }
    return false;
}

static kk_str lower(const kk_award_reader *r, uint32_t begin, uint32_t end)
{
    return kk_utf8_lower(r->probe->arena, kk_award_slice(r, begin, end));
}

/* The draft's name tidied and in small letters. Kept with the draft, since every new name is held
 * against all that stand. */
static kk_str plain_name(const kk_award_reader *r, kk_draft *draft)
{
    if (draft->plain.ptr == NULL || draft->plain_begin != draft->name_begin ||
        draft->plain_end != draft->name_end) {
        uint32_t from = draft->name_begin, to = draft->name_end;
        kk_award_tidy(r, &from, &to);
        draft->plain = lower(r, from, to);
        draft->plain_begin = draft->name_begin;
        draft->plain_end = draft->name_end;
    }
    return draft->plain;
}

size_t kk_award_named_in(const kk_award_reader *r, uint32_t begin, uint32_t end)
{
    const kk_str text = lower(r, begin, end);
    size_t best = SIZE_MAX, len = 3;
    for (size_t i = 0; i < r->n; i++) {
        const kk_str name = plain_name(r, &r->drafts[i]);
        if (name.len > len && name.len <= text.len && holds_name(text, name)) {
            best = i;
            len = name.len;
        }
    }
    return best;
}

static bool same_name(const kk_award_reader *r, kk_draft *draft, kk_str name)
{
    return name.len > 0 && kk_str_equal(name, plain_name(r, draft));
}

size_t kk_award_same_name(const kk_award_reader *r, uint32_t begin, uint32_t end)
{
    const kk_str name = lower(r, begin, end);
    for (size_t i = 0; i < r->n; i++) {
        if (r->drafts[i].group == r->group && same_name(r, &r->drafts[i], name)) {
            return i;
        }
    }
    return SIZE_MAX;
}

bool kk_award_repeats(const kk_award_reader *r, size_t from)
{
    for (size_t i = from; i < r->n; i++) {
        const kk_str name = lower(r, r->drafts[i].name_begin, r->drafts[i].name_end);
        for (size_t k = 0; k < from; k++) {
            if (same_name(r, &r->drafts[k], name)) {
                return true;
            }
        }
    }
    return false;
}
