/* Run properties to looks, and looks combined. Knows nothing of where the properties stand. */
#include "look.h"

#include "str.h"

#include <string.h>

static void mention(kk_look *look, uint32_t bit, bool on)
{
    look->mentioned |= bit;
    look->on = on ? look->on | bit : look->on & ~bit;
}

/* RRGGBB; false for "auto" and what is no colour. */
static bool parse_rgb(kk_str value, int rgb[3])
{
    if (value.len != 6) {
        return false;
    }
    for (int i = 0; i < 6; i++) {
        const char c = value.ptr[i];
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0) {
            return false;
        }
        rgb[i / 2] = i % 2 == 0 ? digit * 16 : rgb[i / 2] + digit;
    }
    return true;
}

static int largest(const int rgb[3])
{
    const int max = rgb[0] > rgb[1] ? rgb[0] : rgb[1];
    return max > rgb[2] ? max : rgb[2];
}

static int smallest(const int rgb[3])
{
    const int min = rgb[0] < rgb[1] ? rgb[0] : rgb[1];
    return min < rgb[2] ? min : rgb[2];
}

/* Black and dark greys (also Word's bluish "text 2", 44546A) are plain print, and so is white;
 * light grey is what placeholders wear. */
static bool is_marking_colour(const kk_xml_tag *tag)
{
    kk_str theme;
    if (kk_xml_attr_get(tag, KK_NS_W, KK_W_themeColor, &theme)) {
        static const char *const plain[] = {"text1",       "dark1",  "dark2", "text2",
                                            "background1", "light1", "none"};
        for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
            if (kk_str_is(theme, plain[i])) {
                return false;
            }
        }
    }
    kk_str value;
    int rgb[3];
    if (!kk_xml_val(tag, &value) || !parse_rgb(value, rgb)) {
        return false;
    }
    const int max = largest(rgb);
    const int min = smallest(rgb);
    const bool grey = max - min < 48;
    return !(grey && (max < 0x70 || min >= 0xf0));
}

static bool is_marking_shade(const kk_xml_tag *tag)
{
    kk_str fill;
    int rgb[3];
    return kk_xml_attr_get(tag, KK_NS_W, KK_W_fill, &fill) && parse_rgb(fill, rgb) &&
           smallest(rgb) < 0xf0;
}

void kk_look_property(kk_look *look, const kk_xml_tag *tag)
{
    kk_str value;
    if (tag->ns != KK_NS_W) {
        return;
    }
    switch (tag->word) {
    case KK_W_b:
        mention(look, KK_LOOK_BOLD, kk_xml_on(tag));
        break;
    case KK_W_i:
        mention(look, KK_LOOK_ITALIC, kk_xml_on(tag));
        break;
    case KK_W_vanish:
        mention(look, KK_LOOK_HIDDEN, kk_xml_on(tag));
        break;
    case KK_W_highlight:
        kk_xml_val(tag, &value);
        mention(look, KK_LOOK_HIGHLIGHT, !kk_str_is(value, "none") && !kk_str_is(value, "white"));
        break;
    case KK_W_shd:
        if ((look->on & KK_LOOK_HIGHLIGHT) == 0) { /* a highlight beside it stays */
            mention(look, KK_LOOK_HIGHLIGHT, is_marking_shade(tag));
        }
        break;
    case KK_W_color:
        mention(look, KK_LOOK_COLOUR, is_marking_colour(tag));
        break;
    case KK_W_lang:
        if (kk_xml_val(tag, &value) && value.len > 0) {
            look->lang = (uint8_t)kk_lang_of(value);
        }
        break;
    default:
        break;
    }
}

kk_lang kk_lang_of(kk_str tag)
{
    const size_t dash = kk_str_find(tag, KK_STR("-"), 0);
    const kk_str main = kk_str_slice(tag, 0, dash == SIZE_MAX ? tag.len : dash);
    if (main.len == 0) {
        return KK_LANG_UNSET;
    }
    if (kk_str_is_nocase(main, "nb") || kk_str_is_nocase(main, "no")) {
        return kk_str_is_nocase(tag, "no-NY") ? KK_LANG_NN : KK_LANG_NB;
    }
    if (kk_str_is_nocase(main, "nn")) {
        return KK_LANG_NN;
    }
    return kk_str_is_nocase(main, "en") ? KK_LANG_EN : KK_LANG_OTHER;
}

kk_look kk_look_over(kk_look base, kk_look top)
{
    return (kk_look){.mentioned = base.mentioned | top.mentioned,
                     .on = (base.on & ~top.mentioned) | top.on,
                     .lang = top.lang != KK_LANG_UNSET ? top.lang : base.lang};
}

kk_look kk_look_resolve(const kk_styles *styles, const kk_style *paragraph,
                        const kk_style *character, kk_look direct)
{
    const kk_look none = {0, 0, KK_LANG_UNSET};
    const kk_look para = paragraph == NULL ? none : paragraph->look;
    const kk_look run = character == NULL ? none : character->look;
    kk_look out = kk_look_over(kk_look_over(styles->defaults, para), run);
    /* toggles of the style levels cancel each other out, unless the defaults say on */
    const uint32_t toggled = (para.on ^ run.on) | styles->defaults.on;
    const uint32_t mask = KK_LOOK_TOGGLES;
    out.on = (out.on & ~mask) | (toggled & mask);
    return kk_look_over(out, direct);
}
