/* Finds literals in regexes: a small reader of PCRE2 syntax that keeps, for every part, the exact
 * set of strings it can match (while that is small) and the best set of which one must occur.
 * Zero-width parts count as empty; what is not understood counts as "anything". */
#include "literal_set.h"

#include "error.h"
#include "str.h"
#include "utf8.h"

#include <string.h>

enum { NEST_MAX = 24 };

/* exact: the part matches precisely these strings. need: a match holds one of these (n = 0:
 * unknown). width: of any match of the part. */
typedef struct part {
    bool is_exact;
    kk_literal_set exact, need;
    kk_reach width;
} part;

typedef struct reader {
    kk_str regex;
    size_t at;
    uint32_t nest;
    kk_arena *arena;
    bool lost; /* syntax that is not understood: derive nothing */
    bool no_mem;
} reader;

static bool parse_alternatives(reader *r, part *out);

/* ---- single characters --------------------------------------------------------------------- */

/* Compared bytewise after folding: ASCII; the Latin-1 letters whose case partner is Latin-1 too
 * (not sharp s, micro and y with dots, whose partners are longer); and signs without case: Latin-1
 * signs, dashes, quotation marks, ellipsis, sub- and superscript digits. */
static bool is_plain(uint32_t c)
{
    if (c < 0x80) {
        return true;
    }
    if (c < 0x100) {
        return c > 0xA0 && c != 0xB5 && c != 0xDF && c != 0xFF;
    }
    return (c >= 0x2010 && c <= 0x205E) || (c >= 0x2080 && c <= 0x2089);
}

static bool is_ascii_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static kk_str folded(reader *r, kk_str bytes)
{
    char copy[KK_LITERAL_MAX];
    const size_t n = bytes.len < sizeof copy ? bytes.len : sizeof copy;
    memcpy(copy, bytes.ptr, n);
    kk_utf8_fold(copy, n);
    const kk_str out = kk_arena_str(r->arena, (kk_str){copy, n});
    r->no_mem = r->no_mem || out.ptr == NULL;
    return out.ptr != NULL ? out : (kk_str){"", 0};
}

/* One character of any kind; callers that mean more say so. */
static void anything(part *out)
{
    out->width = (kk_reach){4, false};
    out->is_exact = false;
    out->exact.n = 0;
    out->need.n = 0;
}

static void empty(part *out)
{
    out->is_exact = true;
    out->width = KK_REACH_NONE;
    kk_literal_only_empty(&out->exact);
    out->need.n = 0;
}

/* ASCII letters, digits, _ and the letters of Latin-1. */
static bool is_wordy(uint32_t c)
{
    return c < 0x80 ? is_ascii_alnum((char)c) || c == '_'
                    : c >= 0xC0 && c <= 0xFF && c != 0xD7 && c != 0xF7;
}

/* The characters [r->at, end) as one string; nothing sure when one of them is not plain. */
static void one(reader *r, part *out, size_t end)
{
    const size_t begin = r->at;
    bool plain = true;
    kk_reach width = KK_REACH_NONE;
    while (r->at < end) {
        const size_t from = r->at;
        const uint32_t c = kk_utf8_next(r->regex, &r->at);
        const uint32_t bytes = is_plain(c) ? (uint32_t)(r->at - from) : 4;
        plain = plain && is_plain(c);
        width = kk_reach_add(width, (kk_reach){bytes, is_wordy(c)});
    }
    if (!plain) {
        anything(out);
        out->width = width;
        return;
    }
    out->width = width;
    out->is_exact = true;
    out->exact.n = 1;
    out->exact.items[0] = folded(r, kk_str_slice(r->regex, begin, end));
    out->need.n = 0;
}

/* ---- syntax -------------------------------------------------------------------------------- */

/* Skips to the bracket that closes the group whose contents begin at r->at. */
static void skip_group(reader *r)
{
    uint32_t depth = 1;
    bool in_class = false;
    while (r->at < r->regex.len && depth > 0) {
        const char c = r->regex.ptr[r->at++];
        if (c == '\\') {
            r->at++;
        } else if (in_class) {
            in_class = c != ']';
        } else if (c == '[') {
            in_class = true;
            r->at += r->at < r->regex.len && r->regex.ptr[r->at] == ']' ? 1 : 0;
        } else if (c == '(') {
            depth++;
        } else if (c == ')') {
            depth--;
        }
    }
    if (r->at > r->regex.len) {
        r->at = r->regex.len;
    }
}

static bool starts(const reader *r, const char *prefix)
{
    return kk_str_starts(kk_str_slice(r->regex, r->at, r->regex.len), kk_str_from(prefix));
}

/* After "(": what kind of group. Sets *zero for look-arounds, skips names and option letters. */
static bool open_group(reader *r, bool *zero)
{
    *zero = false;
    if (!starts(r, "?")) {
        r->lost = r->lost || starts(r, "*");
        return true;
    }
    if (starts(r, "?:") || starts(r, "?>") || starts(r, "?|")) {
        r->at += 2;
        return true;
    }
    if (starts(r, "?=") || starts(r, "?!") || starts(r, "?<=") || starts(r, "?<!")) {
        *zero = true;
        return true;
    }
    if (starts(r, "?<") || starts(r, "?P<") || starts(r, "?'")) {
        const size_t end =
            kk_str_find(r->regex, starts(r, "?'") ? KK_STR("'") : KK_STR(">"), r->at + 2);
        r->lost = r->lost || end == SIZE_MAX;
        r->at = end == SIZE_MAX ? r->regex.len : end + 1;
        return true;
    }
    r->lost = true; /* options, conditionals, recursion */
    return false;
}

static void parse_group(reader *r, part *out)
{
    bool zero;
    anything(out);
    if (!open_group(r, &zero)) {
        return;
    }
    if (zero) {
        skip_group(r);
        empty(out);
        return;
    }
    if (++r->nest > NEST_MAX) {
        r->lost = true;
        return;
    }
    parse_alternatives(r, out);
    r->nest--;
    if (r->at < r->regex.len && r->regex.ptr[r->at] == ')') {
        r->at++;
    }
}

/* [ao] is exact, everything with ranges, classes or negation is "anything". */
static void parse_class(reader *r, part *out)
{
    const size_t begin = r->at; /* after "[" */
    size_t at = begin;
    bool exact = at < r->regex.len && r->regex.ptr[at] != '^';
    kk_literal_set found;
    found.n = 0;
    at += at < r->regex.len && r->regex.ptr[at] == '^' ? 1 : 0;
    bool first = true;
    bool wordy = true;
    while (at < r->regex.len && (first || r->regex.ptr[at] != ']')) {
        first = false;
        const size_t start = at;
        const char c = r->regex.ptr[at];
        if (c == '[' && at + 1 < r->regex.len && r->regex.ptr[at + 1] == ':') {
            const size_t end = kk_str_find(r->regex, KK_STR(":]"), at);
            at = end == SIZE_MAX ? r->regex.len : end + 2;
            exact = false;
            continue;
        }
        const uint32_t code = kk_utf8_next(r->regex, &at);
        wordy = wordy && is_wordy(code);
        if (c == '\\') {
            at += at < r->regex.len ? 1 : 0;
            exact = false;
        } else if (c == '-' && start != begin && at < r->regex.len && r->regex.ptr[at] != ']') {
            exact = false;
        } else if (!is_plain(code) ||
                   !kk_literal_add(&found, folded(r, kk_str_slice(r->regex, start, at)))) {
            exact = false;
        }
    }
    r->at = at < r->regex.len ? at + 1 : r->regex.len;
    anything(out);
    if (exact && found.n > 0 && found.n <= 6) {
        out->is_exact = true;
        kk_literal_copy(&out->exact, &found);
        out->width.wordy = wordy;
    }
}

static void skip_braces(reader *r)
{
    if (starts(r, "{")) {
        const size_t end = kk_str_find(r->regex, KK_STR("}"), r->at);
        r->at = end == SIZE_MAX ? r->regex.len : end + 1;
    }
}

static void parse_escape(reader *r, part *out)
{
    if (r->at >= r->regex.len) {
        r->lost = true;
        return;
    }
    const char c = r->regex.ptr[r->at];
    if (!is_ascii_alnum(c)) {
        size_t end = r->at;
        kk_utf8_next(r->regex, &end);
        one(r, out, end);
        return;
    }
    r->at++;
    if (c == 'b' || c == 'B' || c == 'A' || c == 'z' || c == 'Z' || c == 'G' || c == 'K') {
        empty(out);
        return;
    }
    anything(out);
    out->width.wordy = c == 'w' || c == 'd';
    if (c == 'R' || c == 'X' || (c >= '1' && c <= '9')) {
        out->width.bytes = KK_REACH_MAX;
    }
    if (c == 'p' || c == 'P') {
        if (starts(r, "{")) {
            skip_braces(r);
        } else if (r->at < r->regex.len) {
            r->at++;
        }
    } else if (c == 'x' || c == 'o' || c == 'N') {
        skip_braces(r);
        r->lost = r->lost || (c == 'x' && r->regex.ptr[r->at - 1] != '}');
    } else if (strchr("dDsSwWhHvVRX", c) == NULL && !(c >= '1' && c <= '9')) {
        r->lost = r->lost || strchr("tnrfe", c) == NULL;
    }
}

/* End of the letters and digits from begin on that are no sign of the syntax, without one that a
 * quantifier follows; at least one character. */
static size_t plain_run(const reader *r, size_t begin)
{
    size_t end = begin;
    kk_utf8_next(r->regex, &end);
    while (end < r->regex.len && end - begin < KK_LITERAL_MAX / 2) {
        size_t next = end;
        const bool letter =
            is_ascii_alnum(r->regex.ptr[end]) || (unsigned char)r->regex.ptr[end] >= 0x80;
        if (!letter || !is_ascii_alnum(r->regex.ptr[begin]) ||
            !is_plain(kk_utf8_next(r->regex, &next)) ||
            (next < r->regex.len && strchr("?*+{", r->regex.ptr[next]) != NULL)) {
            break;
        }
        end = next;
    }
    return end;
}

static void parse_atom(reader *r, part *out)
{
    switch (r->regex.ptr[r->at]) {
    case '(':
        r->at++;
        parse_group(r, out);
        break;
    case '[':
        r->at++;
        parse_class(r, out);
        break;
    case '\\':
        r->at++;
        parse_escape(r, out);
        break;
    case '.':
        r->at++;
        anything(out);
        break;
    case '^':
    case '$':
        r->at++;
        empty(out);
        break;
    default:
        one(r, out, plain_run(r, r->at));
        break;
    }
}

static uint32_t digits(const reader *r, size_t *at)
{
    uint32_t n = 0;
    while (*at < r->regex.len && r->regex.ptr[*at] >= '0' && r->regex.ptr[*at] <= '9') {
        n = n > 9999 ? n : n * 10 + (uint32_t)(r->regex.ptr[*at] - '0');
        ++*at;
    }
    return n;
}

/* "{" is a quantifier only as {n}, {n,} or {n,m}. Moves past it. */
static bool braces(reader *r, uint32_t *least, uint32_t *most)
{
    size_t at = r->at + 1;
    const size_t begin = at;
    *least = *most = digits(r, &at);
    const bool some = at > begin;
    if (at < r->regex.len && r->regex.ptr[at] == ',') {
        const size_t second = ++at;
        *most = digits(r, &at);
        *most = at == second ? KK_REACH_MAX : *most;
    }
    if (!some || at >= r->regex.len || r->regex.ptr[at] != '}') {
        return false;
    }
    r->at = at + 1;
    return true;
}

static void quantify(reader *r, part *p)
{
    if (r->at >= r->regex.len) {
        return;
    }
    const char c = r->regex.ptr[r->at];
    uint32_t least = c == '+' ? 1 : 0;
    uint32_t most = c == '?' ? 1 : KK_REACH_MAX;
    if (c == '{' ? !braces(r, &least, &most) : (c != '?' && c != '*' && c != '+')) {
        return;
    }
    r->at += c == '{' ? 0 : 1;
    if (r->at < r->regex.len && (r->regex.ptr[r->at] == '?' || r->regex.ptr[r->at] == '+')) {
        r->at++;
    }
    const kk_reach width = kk_reach_times(p->width, most);
    if (c == '?' && p->is_exact && kk_literal_add(&p->exact, (kk_str){"", 0})) {
        return;
    }
    if (least == 0) {
        anything(p);
    } else if (p->is_exact) {
        p->is_exact = false;
        p->need.n = 0;
        kk_literal_take(&p->need, &p->exact, KK_REACH_NONE);
    }
    p->width = width;
}

/* A sequence of quantified atoms up to "|", ")" or the end. */
static void parse_sequence(reader *r, part *out)
{
    kk_literal_set current;
    kk_literal_set best;
    bool exact = true;
    part *p = kk_arena_alloc(r->arena, sizeof *p);
    kk_literal_set *joined = kk_arena_alloc(r->arena, sizeof *joined);
    if (p == NULL || joined == NULL) {
        r->no_mem = r->lost = true;
        return;
    }
    kk_literal_only_empty(&current);
    best.n = 0;
    kk_reach total = KK_REACH_NONE;  /* of all parts so far */
    kk_reach before = KK_REACH_NONE; /* of those before current */
    while (!r->lost && r->at < r->regex.len && r->regex.ptr[r->at] != '|' &&
           r->regex.ptr[r->at] != ')') {
        parse_atom(r, p);
        quantify(r, p);
        const kk_reach after = kk_reach_add(total, p->width);
        if (p->is_exact && kk_literal_product(r->arena, &current, &p->exact, joined, &r->no_mem)) {
            kk_literal_copy(&current, joined);
            total = after;
            continue;
        }
        exact = false;
        kk_literal_take(&best, &current, before);
        kk_literal_take(&best, &p->need, kk_reach_add(total, p->need.lead));
        before = p->is_exact ? total : after;
        total = after;
        if (p->is_exact) {
            kk_literal_copy(&current, &p->exact);
        } else {
            kk_literal_only_empty(&current);
        }
    }
    kk_literal_take(&best, &current, before);
    out->is_exact = exact;
    out->width = total;
    kk_literal_copy(&out->exact, &current);
    kk_literal_copy(&out->need, &best);
}

static bool parse_alternatives(reader *r, part *out)
{
    part *p = kk_arena_alloc(r->arena, sizeof *p);
    if (p == NULL) {
        r->no_mem = r->lost = true;
        return false;
    }
    bool exact = true;
    bool sure = true;
    bool more = true;
    out->exact.n = 0;
    out->need.n = 0;
    out->width = out->need.lead = KK_REACH_NONE;
    while (more && !r->lost) {
        parse_sequence(r, p);
        out->width = kk_reach_join(out->width, p->width);
        out->need.lead = kk_reach_join(out->need.lead, p->need.n > 0 ? p->need.lead : p->width);
        exact = exact && p->is_exact && kk_literal_add_all(&out->exact, &p->exact);
        sure = sure && p->need.n > 0 && kk_literal_add_all(&out->need, &p->need);
        more = r->at < r->regex.len && r->regex.ptr[r->at] == '|';
        r->at += more ? 1 : 0;
    }
    out->is_exact = exact;
    out->need.n = sure ? out->need.n : 0;
    return true;
}

/* ---- facade -------------------------------------------------------------------------------- */

static uint32_t lead_of(kk_reach r)
{
    return r.bytes < KK_LEAD_BYTES ? r.bytes : r.wordy ? KK_LEAD_WORD : KK_LEAD_ANY;
}

static kk_status publish(const kk_literal_set *s, kk_arena *arena, kk_literals *out, kk_error *err)
{
    kk_str *items = kk_arena_array(arena, s->n > 0 ? s->n : 1, sizeof *items);
    if (items == NULL) {
        return kk_fail_nomem(err);
    }
    memcpy(items, s->items, s->n * sizeof *items);
    *out = (kk_literals){items, s->n, lead_of(s->lead)};
    return KK_OK;
}

kk_status kk_literals_derive(kk_str regex, kk_arena *arena, kk_literals *out, kk_error *err)
{
    *out = (kk_literals){NULL, 0, KK_LEAD_ANY};
    kk_arena *scratch = kk_arena_new();
    part *whole = scratch != NULL ? kk_arena_alloc(scratch, sizeof *whole) : NULL;
    if (whole == NULL) {
        kk_arena_free(scratch);
        return kk_fail_nomem(err);
    }
    reader r = {.regex = regex, .arena = scratch};
    parse_alternatives(&r, whole);
    kk_status status = r.no_mem ? kk_fail_nomem(err) : KK_OK;
    if (!r.lost && r.at == regex.len && status == KK_OK) {
        for (uint32_t i = 0; i < whole->need.n && status == KK_OK; i++) {
            whole->need.items[i] = kk_arena_str(arena, whole->need.items[i]);
            status = whole->need.items[i].ptr == NULL ? kk_fail_nomem(err) : KK_OK;
        }
        status = status == KK_OK ? publish(&whole->need, arena, out, err) : status;
    }
    kk_arena_free(scratch);
    return status;
}

kk_str kk_literal_plain(kk_str s)
{
    kk_str best = {NULL, 0};
    size_t at = 0;
    size_t begin = 0;
    while (at < s.len) {
        if (!is_plain(kk_utf8_next(s, &at))) {
            begin = at;
        } else if (at - begin > best.len) {
            best = kk_str_slice(s, begin, at);
        }
    }
    return best;
}

kk_status kk_literals_declared(kk_str list, kk_arena *arena, kk_literals *out, kk_error *err)
{
    kk_literal_set found = {.n = 0, .lead = {KK_REACH_MAX, false}};
    kk_str item;
    *out = (kk_literals){NULL, 0, KK_LEAD_ANY};
    while (kk_str_split(&list, '|', &item)) {
        const kk_str plain = kk_literal_plain(item);
        kk_str copy = kk_arena_str(arena, kk_str_slice(plain, 0, KK_LITERAL_MAX));
        if (copy.ptr == NULL) {
            return kk_fail_nomem(err);
        }
        char *bytes = kk_arena_alloc(arena, copy.len + 1);
        if (bytes == NULL) {
            return kk_fail_nomem(err);
        }
        memcpy(bytes, copy.ptr, copy.len);
        kk_utf8_fold(bytes, copy.len);
        if (kk_literal_worth(copy) < KK_LITERAL_MIN ||
            !kk_literal_add(&found, (kk_str){bytes, copy.len})) {
            return KK_OK; /* one weak literal makes all of them useless */
        }
    }
    return publish(&found, arena, out, err);
}
