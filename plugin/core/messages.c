/* Looking texts up and filling their gaps. */
#include "messages.h"

#include "str.h"

#include <stdio.h>

static const char *const texts[][3] = {
#define KK_M(id, nb, nn, en) {nb, nn, en},
#include "message_list.h"
#undef KK_M
};

const char *kk_msg_text(kk_msg id, kk_lang lang)
{
    const unsigned form = lang == KK_LANG_NN ? 1 : lang == KK_LANG_EN ? 2 : 0;
    return (unsigned)id < KK_MSG_N ? texts[id][form] : "";
}

void kk_say(kk_buf *out, kk_msg id, kk_lang lang, kk_str arg0, kk_str arg1)
{
    const char *at = kk_msg_text(id, lang);
    for (; *at != '\0'; at++) {
        if (at[0] == '{' && (at[1] == '0' || at[1] == '1') && at[2] == '}') {
            kk_buf_str(out, at[1] == '0' ? arg0 : arg1);
            at += 2;
        } else {
            kk_buf_putc(out, *at);
        }
    }
}

void kk_say_n(kk_buf *out, kk_msg id, kk_lang lang, uint64_t n)
{
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
    kk_say(out, id, lang, kk_str_from(digits), KK_STR(""));
}

void kk_say_count(kk_buf *out, kk_msg one, kk_msg many, kk_lang lang, uint64_t n)
{
    kk_say_n(out, n == 1 ? one : many, lang, n);
}
