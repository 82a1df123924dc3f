/* Streaming JSON writer. Knows JSON and numbers, nothing of what is reported. */
#include "jsonout.h"

#include "str.h"
#include "utf8.h"

#include <assert.h>
#include <math.h>

void kk_jsonout_init(kk_jsonout *json, kk_buf *out)
{
    *json = (kk_jsonout){.out = out};
}

static bool has(uint32_t bits, uint32_t depth)
{
    return (bits >> depth & 1u) != 0;
}

static void set(uint32_t *bits, uint32_t depth, bool on)
{
    *bits = on ? *bits | 1u << depth : *bits & ~(1u << depth);
}

static void new_line(kk_jsonout *json)
{
    kk_buf_putc(json->out, '\n');
    for (uint32_t i = 0; i < json->depth; i++) {
        kk_buf_puts(json->out, "  ");
    }
}

/* Comma and line break before an item. */
static void item(kk_jsonout *json)
{
    if (json->keyed) {
        json->keyed = false;
        return;
    }
    if (json->depth == 0) {
        return;
    }
    const bool first = !has(json->some, json->depth);
    if (!first) {
        kk_buf_putc(json->out, ',');
    }
    if (!has(json->flat, json->depth)) {
        new_line(json);
    } else if (!first) {
        kk_buf_putc(json->out, ' ');
    }
    set(&json->some, json->depth, true);
}

static void open_level(kk_jsonout *json, char kind, bool flat)
{
    assert(json->depth < 31);
    item(json);
    kk_buf_putc(json->out, kind);
    flat = flat || has(json->flat, json->depth);
    json->depth++;
    set(&json->array, json->depth, kind == '[');
    set(&json->some, json->depth, false);
    set(&json->flat, json->depth, flat);
}

void kk_json_open(kk_jsonout *json, char kind)
{
    open_level(json, kind, false);
}

void kk_json_open_flat(kk_jsonout *json, char kind)
{
    open_level(json, kind, true);
}

void kk_json_close(kk_jsonout *json)
{
    assert(json->depth > 0 && !json->keyed);
    const bool array = has(json->array, json->depth);
    const bool line = has(json->some, json->depth) && !has(json->flat, json->depth);
    json->depth--;
    if (line) {
        new_line(json);
    }
    kk_buf_putc(json->out, array ? ']' : '}');
    if (json->depth == 0) {
        kk_buf_putc(json->out, '\n');
    }
}

static void quote(kk_buf *out, kk_str s)
{
    kk_buf_putc(out, '"');
    size_t at = 0;
    while (at < s.len) {
        const size_t begin = at;
        const uint32_t c = kk_utf8_next(s, &at);
        if (c == '"' || c == '\\') {
            kk_buf_printf(out, "\\%c", (int)c);
        } else if (c == '\n') {
            kk_buf_puts(out, "\\n");
        } else if (c == '\t') {
            kk_buf_puts(out, "\\t");
        } else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029) {
            kk_buf_printf(out, "\\u%04x", (unsigned)c);
        } else if (c == 0xFFFD) {
            kk_utf8_put(out, c); /* also for bytes that are no UTF-8 */
        } else {
            kk_buf_add(out, s.ptr + begin, at - begin);
        }
    }
    kk_buf_putc(out, '"');
}

void kk_json_key(kk_jsonout *json, const char *key)
{
    item(json);
    quote(json->out, kk_str_from(key));
    kk_buf_puts(json->out, ": ");
    json->keyed = true;
}

void kk_json_str(kk_jsonout *json, kk_str value)
{
    item(json);
    quote(json->out, value);
}

void kk_json_int(kk_jsonout *json, int64_t value)
{
    item(json);
    kk_buf_printf(json->out, "%lld", (long long)value);
}

void kk_number(kk_buf *out, double value, unsigned decimals, unsigned keep, char point)
{
    static const double power[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
    assert(decimals <= 6 && keep <= decimals);
    const double scaled = floor(fabs(value) * power[decimals] + 0.5);
    if (!(scaled < 9e15)) {
        kk_buf_puts(out, value < 0 ? "-9e15" : "9e15"); /* no figure of ours comes near */
        return;
    }
    const uint64_t all = (uint64_t)scaled;
    const uint64_t unit = (uint64_t)power[decimals];
    char digits[8] = {0};
    uint64_t rest = all % unit;
    for (unsigned i = decimals; i > 0; i--) {
        digits[i - 1] = (char)('0' + rest % 10);
        rest /= 10;
    }
    unsigned n = decimals;
    while (n > keep && digits[n - 1] == '0') {
        n--;
    }
    if (value < 0 && all != 0) {
        kk_buf_putc(out, '-');
    }
    kk_buf_printf(out, "%llu", (unsigned long long)(all / unit));
    if (n > 0) {
        kk_buf_putc(out, point);
        kk_buf_add(out, digits, n);
    }
}

void kk_json_real(kk_jsonout *json, double value)
{
    item(json);
    if (!isfinite(value)) {
        kk_buf_puts(json->out, "null");
    } else {
        kk_number(json->out, value, 4, 1, '.');
    }
}

void kk_json_bool(kk_jsonout *json, bool value)
{
    item(json);
    kk_buf_puts(json->out, value ? "true" : "false");
}

void kk_json_null(kk_jsonout *json)
{
    item(json);
    kk_buf_puts(json->out, "null");
}

void kk_json_raw(kk_jsonout *json, const char *key, kk_str value)
{
    kk_json_key(json, key);
    item(json);
    kk_buf_str(json->out, value);
}

void kk_json_put(kk_jsonout *json, const char *key, kk_str value)
{
    kk_json_key(json, key);
    kk_json_str(json, value);
}

void kk_json_puts(kk_jsonout *json, const char *key, const char *value)
{
    kk_json_put(json, key, kk_str_from(value));
}

void kk_json_puti(kk_jsonout *json, const char *key, int64_t value)
{
    kk_json_key(json, key);
    kk_json_int(json, value);
}

void kk_json_putb(kk_jsonout *json, const char *key, bool value)
{
    kk_json_key(json, key);
    kk_json_bool(json, value);
}

void kk_json_list(kk_jsonout *json, const char *key, const kk_str *items, size_t n)
{
    kk_json_key(json, key);
    kk_json_open_flat(json, '[');
    for (size_t i = 0; i < n; i++) {
        kk_json_str(json, items[i]);
    }
    kk_json_close(json);
}
