/* Norwegian endings for the words of the bank. Both language forms in one regex: a bank may mark a
 * word as bokmål or nynorsk, but a reader's spelling never decides whether a word is seen. */
#include "words.h"

#include "model.h"
#include "str.h"
#include "utf8.h"

/* Endings after a stem that lost its final e ("teneste": tenest + ...). */
#define NOUN_E "(?:e(?:n|t|r|ne)?|a(?:r|ne|n)?|or|one)s?"
#define NOUN   "(?:e(?:n|t|r|ne)?|a(?:r|ne|n)?|ne?|t|r)?s?"
#define ADJ    "(?:tt?|te|e(?:re|st|ste)?|a(?:re|st|ste))?s?"
#define ADJ_E  "(?:e(?:re|st|ste)?|a(?:re|st|ste)|t)"
#define VERB   "(?:r|te?|de?|s|e(?:r|s|t|n|nde)?|a(?:r|st|nde)?)?"
#define VERB_E "(?:e(?:r|s|t|n|nde)?|te?|de?|a(?:r|st|nde)?)?"

/* Where the last word of a phrase begins. */
static size_t last_word(kk_str word)
{
    size_t at = word.len;
    while (at > 0 && word.ptr[at - 1] != ' ' && word.ptr[at - 1] != '-') {
        at--;
    }
    return at;
}

static bool is_word_byte(char c)
{
    return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

/* Bytes of word that stay in every form: a final e goes where the endings may replace it. */
static size_t stem_len(kk_str word, const kk_word_spec *spec)
{
    const bool bends = !spec->right_open && spec->forms != KK_FORMS_EXACT;
    const size_t tail = word.len - last_word(word);
    return bends && tail > 3 && word.ptr[word.len - 1] == 'e' ? word.len - 1 : word.len;
}

/* Two equal consonants at the end of an adjective: "grønn" is "grønt", "trygg" is "trygt". */
static bool doubles(kk_str word)
{
    return word.len > 3 && word.ptr[word.len - 1] == word.ptr[word.len - 2] &&
           (unsigned char)word.ptr[word.len - 1] < 0x80;
}

static const char *endings(const kk_word_spec *spec, bool lost_e)
{
    switch (spec->forms) {
    case KK_FORMS_NOUN:
        return lost_e ? NOUN_E : NOUN;
    case KK_FORMS_ADJ:
        return lost_e ? ADJ_E : ADJ;
    case KK_FORMS_VERB:
        return lost_e ? VERB_E : VERB;
    case KK_FORMS_EXACT:
        break;
    }
    return "";
}

static void put_plain(kk_str s, kk_buf *out)
{
    for (size_t i = 0; i < s.len; i++) {
        const char c = s.ptr[i];
        if (c == ' ') {
            kk_buf_puts(out, "\\s+");
        } else if (c == '-') {
            kk_buf_puts(out, "[-\u2011]");
        } else {
            if (!is_word_byte(c)) {
                kk_buf_putc(out, '\\');
            }
            kk_buf_putc(out, c);
        }
    }
}

/* A single m may double before an ending ("program": "programmet"). */
static bool may_double_m(kk_str word, const kk_word_spec *spec)
{
    return spec->forms == KK_FORMS_NOUN && !spec->right_open && word.len > 2 &&
           word.ptr[word.len - 1] == 'm' && word.ptr[word.len - 2] != 'm';
}

static void put_right(kk_str word, const kk_word_spec *spec, size_t stem, kk_buf *out)
{
    if (spec->right_open) {
        kk_buf_puts(out, "\\w*");
        return;
    }
    if (spec->forms == KK_FORMS_ADJ && stem == word.len && doubles(word)) {
        /* The second of the two consonants is optional before t alone. */
        kk_buf_puts(out, "(?:");
        put_plain(kk_str_slice(word, word.len - 1, word.len), out);
        kk_buf_puts(out, ADJ "|t)");
    } else {
        kk_buf_puts(out, may_double_m(word, spec) ? "m?" : "");
        kk_buf_puts(out, endings(spec, stem < word.len));
    }
    kk_buf_puts(out, is_word_byte(word.ptr[word.len - 1]) ? "(?!\\w)" : "");
}

void kk_word_regex(kk_str word, const kk_word_spec *spec, kk_buf *out)
{
    word = kk_str_trim(word);
    if (word.len == 0) {
        kk_buf_puts(out, "(?!)");
        return;
    }
    const size_t stem = stem_len(word, spec);
    const bool adj = spec->forms == KK_FORMS_ADJ && !spec->right_open && doubles(word);
    if (spec->left_open) {
        /* From the word's beginning, lazily: a match never starts inside the run of letters again.
         */
        kk_buf_puts(out, "(?<!\\w)\\w*?");
    } else if (is_word_byte(word.ptr[0])) {
        kk_buf_puts(out, "(?<!\\w)");
    }
    put_plain(kk_str_slice(word, 0, adj && stem == word.len ? word.len - 1 : stem), out);
    put_right(word, spec, stem, out);
}

kk_str kk_word_literal(kk_str word, const kk_word_spec *spec, uint32_t *edges)
{
    word = kk_str_trim(word);
    *edges = 0;
    const bool adj = spec->forms == KK_FORMS_ADJ && !spec->right_open && doubles(word);
    const size_t stem = stem_len(word, spec);
    const kk_str whole = kk_str_slice(word, 0, adj && stem == word.len ? word.len - 1 : stem);
    kk_str best = {NULL, 0};
    size_t at = 0;
    while (at < whole.len) {
        size_t end = at;
        while (end < whole.len && whole.ptr[end] != ' ' && whole.ptr[end] != '-') {
            end++;
        }
        if (end - at > best.len) {
            best = kk_str_slice(whole, at, end);
            const bool left = is_word_byte(whole.ptr[at]) && (at > 0 || !spec->left_open);
            const bool last = end == whole.len;
            const bool right = is_word_byte(whole.ptr[end - 1]) &&
                               (!last || (spec->forms == KK_FORMS_EXACT && !spec->right_open));
            *edges = (left ? KK_EDGE_LEFT : 0u) | (right ? KK_EDGE_RIGHT : 0u);
        }
        at = end + 1;
    }
    return best;
}
