/* Byte ranges of elements in XML that was scanned before. Knows tags and quotes; nothing of
 * namespaces or WordprocessingML. */
#include "cut.h"

#include "str.h"

#include <string.h>

static uint32_t find(kk_str raw, uint32_t at, uint32_t limit, const char *needle)
{
    const size_t found = kk_str_find(kk_str_slice(raw, 0, limit), kk_str_from(needle), at);
    return found == SIZE_MAX ? limit : (uint32_t)found;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Past the '>' of the tag at `at`; quotes may hold '>'. */
static uint32_t tag_end(kk_str raw, uint32_t at, uint32_t limit)
{
    char quote = 0;
    for (; at < limit; at++) {
        const char c = raw.ptr[at];
        if (quote != 0) {
            if (c == quote) {
                quote = 0;
            }
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            return at + 1;
        }
    }
    return limit;
}

static bool looking_at(kk_str raw, uint32_t at, uint32_t limit, const char *z)
{
    const size_t n = strlen(z);
    return limit - at >= n && memcmp(raw.ptr + at, z, n) == 0;
}

/* Past comments, processing instructions, CDATA and characters that begin at `at`. */
static uint32_t text_end(kk_str raw, uint32_t at, uint32_t limit)
{
    while (at < limit) {
        const char *lt = memchr(raw.ptr + at, '<', limit - at);
        if (lt == NULL) {
            return limit;
        }
        at = (uint32_t)(lt - raw.ptr);
        const char *close = looking_at(raw, at, limit, "<!--")        ? "-->"
                            : looking_at(raw, at, limit, "<![CDATA[") ? "]]>"
                            : looking_at(raw, at, limit, "<?")        ? "?>"
                                                                      : NULL;
        if (close == NULL) {
            return at;
        }
        at = find(raw, at, limit, close);
        at = at < limit ? at + (uint32_t)strlen(close) : limit;
    }
    return limit;
}

kk_cut_token kk_cut_next(kk_str raw, uint32_t *at, uint32_t limit)
{
    kk_cut_token token = {KK_CUT_END_OF_INPUT, *at, *at, {NULL, 0}};
    if (*at >= limit) {
        return token;
    }
    const uint32_t text = text_end(raw, *at, limit);
    if (text > *at) {
        token.kind = KK_CUT_TEXT;
        token.end = *at = text;
        return token;
    }
    const bool closing = *at + 1 < limit && raw.ptr[*at + 1] == '/';
    uint32_t name = *at + (closing ? 2 : 1);
    const uint32_t from = name;
    while (name < limit && !is_space(raw.ptr[name]) && raw.ptr[name] != '>' &&
           raw.ptr[name] != '/') {
        name++;
    }
    token.name = (kk_str){raw.ptr + from, name - from};
    token.end = *at = tag_end(raw, name, limit);
    const bool empty = !closing && token.end >= 2 && raw.ptr[token.end - 2] == '/';
    token.kind = closing ? KK_CUT_END : empty ? KK_CUT_EMPTY : KK_CUT_START;
    return token;
}

bool kk_cut_element_at(kk_str raw, uint32_t at, uint32_t limit, kk_cut_element *out)
{
    kk_cut_token token;
    do {
        token = kk_cut_next(raw, &at, limit);
    } while (token.kind == KK_CUT_TEXT);
    if (token.kind != KK_CUT_START && token.kind != KK_CUT_EMPTY) {
        return false;
    }
    out->begin = token.begin;
    out->name = token.name;
    out->empty_tag = token.kind == KK_CUT_EMPTY;
    out->end = out->inner_begin = out->inner_end = token.end;
    uint32_t depth = out->empty_tag ? 0 : 1;
    while (depth > 0) {
        token = kk_cut_next(raw, &at, limit);
        if (token.kind == KK_CUT_END_OF_INPUT) {
            return false;
        }
        depth += token.kind == KK_CUT_START ? 1u : 0u;
        depth -= token.kind == KK_CUT_END ? 1u : 0u;
        out->inner_end = token.begin;
        out->end = token.end;
    }
    if (out->empty_tag) {
        out->inner_begin = out->inner_end = out->end;
    }
    return true;
}

kk_str kk_cut_local(kk_str name)
{
    const size_t colon = kk_str_find(name, KK_STR(":"), 0);
    return colon == SIZE_MAX ? name : kk_str_slice(name, colon + 1, name.len);
}

kk_str kk_cut_prefix(kk_str name)
{
    const size_t colon = kk_str_find(name, KK_STR(":"), 0);
    return colon == SIZE_MAX ? (kk_str){name.ptr, 0} : kk_str_slice(name, 0, colon);
}

bool kk_cut_is(kk_str name, kk_str w, const char *local)
{
    const size_t n = strlen(local);
    if (w.len == 0) {
        return name.len == n && memcmp(name.ptr, local, n) == 0;
    }
    return name.len == w.len + 1 + n && memcmp(name.ptr, w.ptr, w.len) == 0 &&
           name.ptr[w.len] == ':' && memcmp(name.ptr + w.len + 1, local, n) == 0;
}

bool kk_cut_child(kk_str raw, uint32_t begin, uint32_t limit, kk_str w, const char *local,
                  kk_cut_element *out)
{
    for (uint32_t at = begin; kk_cut_element_at(raw, at, limit, out); at = out->end) {
        if (kk_cut_is(out->name, w, local)) {
            return true;
        }
    }
    return false;
}

/* Next attribute of a tag: name and value; *at moves on. */
static bool next_attr(kk_str raw, uint32_t *at, kk_str *name, kk_str *value)
{
    uint32_t i = *at;
    while (i < raw.len && is_space(raw.ptr[i])) {
        i++;
    }
    const uint32_t from = i;
    while (i < raw.len && raw.ptr[i] != '=' && raw.ptr[i] != '>' && raw.ptr[i] != '/' &&
           !is_space(raw.ptr[i])) {
        i++;
    }
    *name = (kk_str){raw.ptr + from, i - from};
    while (i < raw.len && (is_space(raw.ptr[i]) || raw.ptr[i] == '=')) {
        i++;
    }
    if (name->len == 0 || i >= raw.len || (raw.ptr[i] != '"' && raw.ptr[i] != '\'')) {
        return false;
    }
    const char quote = raw.ptr[i++];
    const uint32_t open = i;
    while (i < raw.len && raw.ptr[i] != quote) {
        i++;
    }
    *value = (kk_str){raw.ptr + open, i - open};
    *at = i + 1;
    return true;
}

static bool attr(kk_str raw, uint32_t begin, kk_str wanted, bool local, kk_str *value)
{
    uint32_t at = begin + 1;
    while (at < raw.len && !is_space(raw.ptr[at]) && raw.ptr[at] != '>' && raw.ptr[at] != '/') {
        at++;
    }
    kk_str name;
    while (next_attr(raw, &at, &name, value)) {
        if (kk_str_equal(local ? kk_cut_local(name) : name, wanted) &&
            !(local && kk_str_starts(name, KK_STR("xmlns:")))) {
            return true;
        }
    }
    *value = (kk_str){NULL, 0};
    return false;
}

bool kk_cut_attr(kk_str raw, uint32_t begin, const char *local, kk_str *value)
{
    return attr(raw, begin, kk_str_from(local), true, value);
}

bool kk_cut_attr_named(kk_str raw, uint32_t begin, kk_str name, kk_str *value)
{
    return attr(raw, begin, name, false, value);
}
