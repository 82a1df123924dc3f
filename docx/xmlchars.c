/* What scanner events hold: attributes, prefixes of values, character data. No libxml2 here. */
#include "str.h"
#include "utf8.h"
#include "xmlscan.h"

#include <string.h>

bool kk_xml_attr_get(const kk_xml_tag *tag, kk_ns ns, kk_word word, kk_str *out)
{
    for (uint32_t i = 0; i < tag->n_attrs; i++) {
        if (tag->attrs[i].word == word && tag->attrs[i].ns == ns) {
            *out = tag->attrs[i].value;
            return true;
        }
    }
    *out = (kk_str){NULL, 0};
    return false;
}

bool kk_xml_val(const kk_xml_tag *tag, kk_str *out)
{
    return kk_xml_attr_get(tag, KK_NS_W, KK_W_val, out);
}

bool kk_xml_on(const kk_xml_tag *tag)
{
    kk_str val;
    if (!kk_xml_attr_get(tag, tag->ns, KK_W_val, &val)) {
        return true;
    }
    return !(kk_str_is(val, "0") || kk_str_is(val, "false") || kk_str_is(val, "off"));
}

int32_t kk_xml_int(const kk_xml_tag *tag, kk_ns ns, kk_word word, int32_t fallback)
{
    kk_str val;
    if (!kk_xml_attr_get(tag, ns, word, &val)) {
        return fallback;
    }
    val = kk_str_trim(val);
    size_t at = val.len > 0 && (val.ptr[0] == '-' || val.ptr[0] == '+') ? 1 : 0;
    if (at == val.len) {
        return fallback;
    }
    int64_t value = 0;
    for (; at < val.len && val.ptr[at] >= '0' && val.ptr[at] <= '9'; at++) {
        value = value * 10 + (val.ptr[at] - '0');
        if (value > INT32_MAX) {
            return fallback;
        }
    }
    /* "12.0" and "12pt" occur in the wild: what follows the digits is left out */
    return (int32_t)(val.ptr[0] == '-' ? -value : value);
}

void kk_xml_chars_init(kk_xml_chars *chars, const char *raw, uint32_t begin, uint32_t end)
{
    *chars = (kk_xml_chars){.raw = raw, .at = begin, .end = end};
}

static bool looking_at(const kk_xml_chars *chars, const char *z)
{
    const size_t n = strlen(z);
    return chars->end - chars->at >= n && memcmp(chars->raw + chars->at, z, n) == 0;
}

/* Moves past the next `close`, or to the end. */
static void skip_past(kk_xml_chars *chars, const char *close)
{
    const kk_str view = {chars->raw, chars->end};
    const size_t hit = kk_str_find(view, kk_str_from(close), chars->at);
    chars->at = hit == SIZE_MAX ? chars->end : (uint32_t)(hit + strlen(close));
}

/* Passes what has no text of its own. True if it moved. */
static bool skip_markup(kk_xml_chars *chars)
{
    if (chars->cdata) {
        if (looking_at(chars, "]]>")) {
            chars->at += 3;
            chars->cdata = false;
            return true;
        }
        return false;
    }
    if (looking_at(chars, "<![CDATA[")) {
        chars->at += 9;
        chars->cdata = true;
        return true;
    }
    if (looking_at(chars, "<!--")) {
        chars->at += 4;
        skip_past(chars, "-->");
        return true;
    }
    if (looking_at(chars, "<?")) {
        skip_past(chars, "?>");
        return true;
    }
    return false;
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 16;
}

/* Code point of the reference "name;" or "#...;"; U+FFFD for what no well-formed part can hold. */
static uint32_t point_of(kk_str name)
{
    static const struct {
        const char *name;
        uint32_t point;
    } known[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (kk_str_is(name, known[i].name)) {
            return known[i].point;
        }
    }
    if (name.len < 2 || name.ptr[0] != '#') {
        return 0xfffd;
    }
    const bool hex = name.ptr[1] == 'x';
    uint32_t point = 0;
    for (size_t i = hex ? 2 : 1; i < name.len; i++) {
        const int digit = digit_of(name.ptr[i]);
        if (digit >= (hex ? 16 : 10) || point > 0x10ffff) {
            return 0xfffd;
        }
        point = point * (hex ? 16 : 10) + (uint32_t)digit;
    }
    return point == 0 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? 0xfffd : point;
}

static size_t encode(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3f));
        out[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3f));
    out[2] = (char)(0x80 | (c >> 6 & 0x3f));
    out[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

static void take_reference(kk_xml_chars *chars, kk_xml_piece *piece)
{
    uint32_t close = chars->at + 1;
    while (close < chars->end && chars->raw[close] != ';') {
        close++;
    }
    const kk_str name = {chars->raw + chars->at + 1, close - chars->at - 1};
    chars->at = close < chars->end ? close + 1 : chars->end;
    piece->end = chars->at;
    piece->literal = false;
    piece->text = (kk_str){chars->code, encode(point_of(name), chars->code)};
}

static bool is_special(const kk_xml_chars *chars, char c)
{
    return c == '\r' || (chars->cdata ? c == ']' : c == '&' || c == '<');
}

bool kk_xml_chars_next(kk_xml_chars *chars, kk_xml_piece *piece)
{
    while (chars->at < chars->end && skip_markup(chars)) {
    }
    if (chars->at >= chars->end) {
        return false;
    }
    piece->begin = chars->at;
    const char first = chars->raw[chars->at];
    if (first == '&' && !chars->cdata) {
        take_reference(chars, piece);
        return true;
    }
    if (first == '\r') {
        chars->at += looking_at(chars, "\r\n") ? 2 : 1;
        chars->code[0] = '\n';
        *piece = (kk_xml_piece){piece->begin, chars->at, false, {chars->code, 1}};
        return true;
    }
    do { /* a lone ']' in CDATA or the first byte of any literal always moves */
        chars->at++;
    } while (chars->at < chars->end && !is_special(chars, chars->raw[chars->at]));
    piece->end = chars->at;
    piece->literal = true;
    piece->text = (kk_str){chars->raw + piece->begin, piece->end - piece->begin};
    return true;
}
