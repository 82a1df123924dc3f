/* Names to numbers: a hash table filled once per process, read-only afterwards.
 * Must not know what any name means. */
#include "words.h"

#include "str.h"

#include <pthread.h>
#include <string.h>

#define SLOTS 1024u

static const char *const names[KK_W_count] = {"",
#define WORD_NAME(name) #name,
                                              KK_WORDS(WORD_NAME)
#undef WORD_NAME
};

static uint16_t slots[SLOTS];
static uint8_t lengths[KK_W_count];
static pthread_once_t filled = PTHREAD_ONCE_INIT;

_Static_assert(KK_W_count < SLOTS / 2, "table at most half full");

static void fill(void)
{
    for (uint16_t word = 1; word < KK_W_count; word++) {
        const kk_str name = kk_str_from(names[word]);
        uint32_t at = (uint32_t)kk_str_hash(name) & (SLOTS - 1);
        while (slots[at] != 0) {
            at = (at + 1) & (SLOTS - 1);
        }
        slots[at] = word;
        lengths[word] = (uint8_t)name.len;
    }
}

kk_word kk_word_find(kk_str local)
{
    pthread_once(&filled, fill);
    uint32_t at = (uint32_t)kk_str_hash(local) & (SLOTS - 1);
    while (slots[at] != 0) {
        const uint16_t word = slots[at];
        if (lengths[word] == local.len && memcmp(names[word], local.ptr, local.len) == 0) {
            return (kk_word)word;
        }
        at = (at + 1) & (SLOTS - 1);
    }
    return KK_W_other;
}

const char *kk_word_name(kk_word word)
{
    return (unsigned)word < KK_W_count ? names[word] : "";
}
