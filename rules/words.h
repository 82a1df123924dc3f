/* A word as the bank writes it -> a regex that also takes its Norwegian endings. */
#ifndef KK_WORDS_H
#define KK_WORDS_H

#include "buf.h"

#include <klimakrav/types.h>

typedef enum kk_forms {
    KK_FORMS_NOUN = 0, /* -en -et -a -er -ar -ene -ane ... and genitive s */
    KK_FORMS_ADJ,      /* -t -e -ere -are -est -ast ... */
    KK_FORMS_VERB,     /* -r -er -ar -te -de -et -t -s -es -ast ... */
    KK_FORMS_EXACT
} kk_forms;

typedef struct kk_word_spec {
    kk_forms forms;
    bool left_open;  /* any letters may stand before it */
    bool right_open; /* any letters may follow it; forms then says nothing */
} kk_word_spec;

/* Appends a PCRE2 regex for word (UTF-8, blanks and hyphens allowed) to out. Endings go on the last
 * word of a phrase. Never backtracks more than the word is long. */
void kk_word_regex(kk_str word, const kk_word_spec *spec, kk_buf *out);

/* The longest piece of word that every form holds, as written: what the prefilter looks for.
 * *edges gets KK_EDGE_LEFT / KK_EDGE_RIGHT (model.h) when the piece stands at a word's edge. */
kk_str kk_word_literal(kk_str word, const kk_word_spec *spec, uint32_t *edges);

#endif
