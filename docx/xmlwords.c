/* Names to numbers by binary search. Must not know what any name means. */
#include "xmlwords.h"

#include "str.h"

#define WORD_NAME(name) {"" #name, sizeof #name - 1},

static const kk_str names[KK_W_count] = {{"", 0}, KK_WORDS(WORD_NAME)};

kk_word kk_word_find(kk_str local)
{
    uint32_t low = 1;
    uint32_t high = KK_W_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const int order = kk_str_compare(names[middle], local);
        if (order == 0) {
            return (kk_word)middle;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return KK_W_other;
}

const char *kk_word_name(kk_word word)
{
    return (unsigned)word < KK_W_count ? names[word].ptr : "";
}
