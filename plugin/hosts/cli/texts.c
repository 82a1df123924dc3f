/* Looking up the texts of the command line. */
#include "texts.h"

static const char *const texts[][3] = {
#define KK_T(id, nb, nn, en) {nb, nn, en},
#include "text_list.h"
#undef KK_T
};

const char *kk_cli_say(kk_cli_text id, kk_lang lang)
{
    const unsigned form = lang == KK_LANG_NN ? 1 : lang == KK_LANG_EN ? 2 : 0;
    return (unsigned)id < KK_TEXT_N ? texts[id][form] : "";
}
