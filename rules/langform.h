/* Which form of Norwegian a text is written in: counts words that only one form has. */
#ifndef KK_LANGFORM_H
#define KK_LANGFORM_H

#include "rules.h"

/* Decisive words seen. other counts function words of Swedish and Danish that neither form has. */
typedef struct kk_langcount {
    uint32_t nb, nn, en, other;
    uint32_t words; /* all words */
} kk_langcount;

typedef struct kk_langform {
    kk_lang lang; /* KK_LANG_UNSET: too little to tell */
    double share; /* of the decisive words, 0..1 */
    bool mixed;   /* both forms stand there in earnest */
} kk_langform;

/* Adds the words of s (UTF-8) to *count. Linear; keeps no state. */
void kk_langform_count(kk_str s, kk_langcount *count);

/* Decides. At least three decisive words, and three quarters of them for one form, are needed;
 * a text is mixed when the weaker form has at least three words and a fifth of the two. */
kk_langform kk_langform_decide(const kk_langcount *count);

/* The whole TEXT: body first, other stories only when the body says too little. Guidance and table of
 * contents do not count. */
kk_langform kk_langform_text(const kk_text *text);

/* The chapters of the body: a new one at every heading of the highest level that occurs at least
 * twice and of the level above it. Writes at most max (n paragraphs are always enough) and returns how many. */
uint32_t kk_langform_sections(const kk_text *text, kk_lang_section *out, uint32_t max);

#endif
