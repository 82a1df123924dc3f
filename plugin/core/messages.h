/* Every text that core shows to people, in bokmål, nynorsk and English. The list is message_list.h.
 */
#ifndef KK_MESSAGES_H
#define KK_MESSAGES_H

#include "buf.h"

#include <klimakrav/types.h>

typedef enum kk_msg {
#define KK_M(id, nb, nn, en) KK_MSG_##id,
#include "message_list.h"
#undef KK_M
    KK_MSG_N
} kk_msg;

/* The text in lang (nb when lang is neither nn nor en). Static. */
const char *kk_msg_text(kk_msg id, kk_lang lang);
/* Appends it with {0} and {1} replaced. */
void kk_say(kk_buf *out, kk_msg id, kk_lang lang, kk_str arg0, kk_str arg1);
/* The same with a count for {0}. */
void kk_say_n(kk_buf *out, kk_msg id, kk_lang lang, uint64_t n);
/* "1 advarsel" or "3 advarsler": `one` is for n == 1, `many` for the rest. */
void kk_say_count(kk_buf *out, kk_msg one, kk_msg many, kk_lang lang, uint64_t n);

#endif
