/* What the command line says itself, in bokmål, nynorsk and English. The list is text_list.h. */
#ifndef KK_CLI_TEXTS_H
#define KK_CLI_TEXTS_H

#include <klimakrav/types.h>

typedef enum kk_cli_text {
#define KK_T(id, nb, nn, en) KK_TEXT_##id,
#include "text_list.h"
#undef KK_T
    KK_TEXT_N
} kk_cli_text;

/* Static; nb unless lang is NN or EN. */
const char *kk_cli_say(kk_cli_text id, kk_lang lang);

#endif
