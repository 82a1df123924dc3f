/* Base64 both ways. Knows nothing of what the bytes are. */
#include "base64.h"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
enum { PAD = 64 };

void kk_base64_put(kk_buf *out, kk_str bytes)
{
    char *to = kk_buf_reserve(out, (bytes.len / 3 + 1) * 4);
    size_t n = 0;
    if (to == NULL) {
        return;
    }
    for (size_t i = 0; i < bytes.len; i += 3) {
        const size_t left = bytes.len - i;
        const uint32_t a = (unsigned char)bytes.ptr[i];
        const uint32_t b = left > 1 ? (unsigned char)bytes.ptr[i + 1] : 0;
        const uint32_t c = left > 2 ? (unsigned char)bytes.ptr[i + 2] : 0;
        const uint32_t all = a << 16 | b << 8 | c;
        to[n++] = letters[all >> 18];
        to[n++] = letters[all >> 12 & 63];
        to[n++] = letters[left > 1 ? all >> 6 & 63 : PAD];
        to[n++] = letters[left > 2 ? all & 63 : PAD];
    }
    kk_buf_commit(out, n);
}

static int value_of(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
        return c - '0' + 52;
    }
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool kk_base64_take(kk_buf *out, kk_str text)
{
    char *to = kk_buf_reserve(out, text.len / 4 * 3 + 3);
    uint32_t bits = 0;
    size_t n = 0;
    size_t seen = 0;
    size_t pads = 0;
    if (to == NULL) {
        return true; /* out->failed says it */
    }
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.ptr[i];
        const int v = value_of(c);
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            continue;
        }
        if (c == '=' ? ++pads > 2 : v < 0 || pads > 0) {
            return false;
        }
        bits = bits << 6 | (uint32_t)(v < 0 ? 0 : v);
        if (++seen % 4 == 0) {
            to[n++] = (char)(bits >> 16 & 255);
            to[n++] = (char)(bits >> 8 & 255);
            to[n++] = (char)(bits & 255);
        }
    }
    if (seen % 4 != 0 || pads > n) {
        return false;
    }
    kk_buf_commit(out, n - pads);
    return true;
}
