/* Aho-Corasick, scanned as an automaton whose rows are made when a text first needs them: the
 * shared part is a small trie with fail links, and each thread fills dense rows (one cell per byte
 * class) for the states that its texts reach. A big bank costs nothing at start, and a long batch
 * runs at one table step per byte. Byte classes fold ASCII case, and the continuation bytes 80..9E
 * onto A0..BE, which folds Latin-1 (C3 xx) and over-reaches elsewhere; a candidate too many costs
 * one regex call. Three letters that PCRE2 equates with plain ones over different byte lengths
 * (long s, Kelvin and Angstrom sign) are replaced before the scan. */
#include "prefilter.h"

#include "error.h"
#include "mem.h"
#include "str.h"

#include <string.h>

enum { ROWS_FIRST = 256 };

/* A cell is the place of the next row in cells, doubled, plus 1 if the state's chain is not empty.
 */
#define CELL_UNKNOWN UINT32_MAX

static void *zeroed(size_t n, size_t size)
{
    size_t bytes;
    if (!kk_mul(n, size, &bytes)) {
        return NULL;
    }
    void *out = kk_malloc(bytes);
    if (out != NULL) {
        memset(out, 0, bytes);
    }
    return out;
}

kk_status kk_prefilter_state_init(kk_prefilter_state *state, const kk_prefilter *filter,
                                  kk_error *err)
{
    *state = (kk_prefilter_state){.stamp = 0};
    kk_buf_init(&state->plain, 0);
    state->seen = zeroed((size_t)filter->n_matchers + 1, sizeof *state->seen);
    state->row_of = zeroed((size_t)filter->n_states + 1, sizeof *state->row_of);
    if (state->seen == NULL || state->row_of == NULL) {
        kk_prefilter_state_dispose(state);
        return kk_fail_nomem(err);
    }
    return KK_OK;
}

void kk_prefilter_state_dispose(kk_prefilter_state *state)
{
    kk_release(state->seen);
    kk_release(state->row_of);
    kk_release(state->state_of);
    kk_release(state->cells);
    kk_buf_dispose(&state->plain);
    *state = (kk_prefilter_state){0};
}

/* ---- rows ---------------------------------------------------------------------------------- */

static bool grow_rows(const kk_prefilter *filter, kk_prefilter_state *state)
{
    const uint32_t room = state->room_rows == 0 ? ROWS_FIRST : 2 * state->room_rows;
    size_t cells;
    if (!kk_mul(room, filter->n_classes * sizeof *state->cells, &cells)) {
        return false;
    }
    uint32_t *moved = kk_realloc(state->cells, cells);
    if (moved == NULL) {
        return false;
    }
    state->cells = moved;
    uint32_t *states = kk_realloc(state->state_of, room * sizeof *states);
    if (states == NULL) {
        return false;
    }
    state->state_of = states;
    state->room_rows = room;
    return true;
}

/* Row of a state, made empty if it is new; KK_NONE when out of memory. */
static uint32_t row_for(const kk_prefilter *filter, kk_prefilter_state *state, uint32_t s)
{
    if (state->row_of[s] != 0) {
        return state->row_of[s] - 1;
    }
    if (state->n_rows == state->room_rows && !grow_rows(filter, state)) {
        return KK_NONE;
    }
    const uint32_t row = state->n_rows++;
    const size_t width = filter->n_classes;
    memset(state->cells + row * width, 0xFF, width * sizeof *state->cells);
    state->state_of[row] = s;
    state->row_of[s] = row + 1;
    return row;
}

/* Where state s goes by class: its child, or the child of the nearest suffix that has one. */
static uint32_t next_state(const kk_prefilter *filter, uint32_t s, uint8_t class)
{
    for (;;) {
        for (uint32_t c = filter->begin[s]; c < filter->begin[s + 1]; c++) {
            if (filter->label[c] == class) {
                return c;
            }
        }
        if (s == 0) {
            return 0;
        }
        s = filter->fail[s];
    }
}

/* Fills the cell of class in the row at `at` (a place in cells). CELL_UNKNOWN: out of memory. */
static uint32_t fill_cell(const kk_prefilter *filter, kk_prefilter_state *state, uint32_t at,
                          uint8_t class)
{
    const uint32_t s = next_state(filter, state->state_of[at / filter->n_classes], class);
    const uint32_t row = row_for(filter, state, s);
    if (row == KK_NONE) {
        return CELL_UNKNOWN;
    }
    const uint32_t cell = row * filter->n_classes * 2 + (filter->chain[s] != 0 ? 1u : 0u);
    state->cells[at + class] = cell;
    return cell;
}

/* ---- scanning ------------------------------------------------------------------------------ */

static bool is_word_byte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool edges_hold(uint32_t output, kk_str s, size_t end)
{
    const uint32_t edges = kk_output_edges(output);
    const size_t begin = end - kk_output_len(output);
    return ((edges & KK_EDGE_LEFT) == 0 || begin == 0 || !is_word_byte(s.ptr[begin - 1])) &&
           ((edges & KK_EDGE_RIGHT) == 0 || end == s.len || !is_word_byte(s.ptr[end]));
}

/* First place where a match may begin that has a literal at `at`. */
static uint32_t begin_of(const kk_prefilter *filter, uint32_t matcher, kk_str s, size_t at)
{
    const uint32_t lead = filter->lead[matcher];
    if (lead == KK_LEAD_ANY) {
        return 0;
    }
    if (lead == KK_LEAD_WORD) {
        while (at > 0 && (is_word_byte(s.ptr[at - 1]) || (unsigned char)s.ptr[at - 1] >= 0x80)) {
            at--;
        }
        return (uint32_t)at;
    }
    at = at > lead ? at - lead : 0;
    while (at > 0 && ((unsigned char)s.ptr[at] & 0xC0) == 0x80) {
        at--;
    }
    return (uint32_t)at;
}

/* A literal of matcher stands at `at`. */
static bool note(const kk_prefilter *filter, kk_prefilter_state *state, uint32_t matcher, kk_str s,
                 size_t at, kk_candidates *out)
{
    kk_prefilter_seen *seen = &state->seen[matcher];
    const uint32_t first = begin_of(filter, matcher, s, at);
    if (seen->stamp != state->stamp) {
        *seen = (kk_prefilter_seen){state->stamp, (uint32_t)out->n};
        return kk_vec_push(out, (kk_candidate){matcher, first, (uint32_t)at});
    }
    kk_candidate *c = &out->items[seen->at];
    c->first = first < c->first ? first : c->first;
    c->last = (uint32_t)at > c->last ? (uint32_t)at : c->last;
    return true;
}

static bool report(const kk_prefilter *filter, kk_prefilter_state *state, kk_str s, size_t end,
                   uint32_t at, kk_candidates *out)
{
    for (at = filter->chain[at]; at != 0; at = filter->chain[filter->fail[at]]) {
        for (uint32_t i = filter->out_begin[at]; i < filter->out_begin[at + 1]; i++) {
            const uint32_t output = filter->outputs[i];
            if (edges_hold(output, s, end) && !note(filter, state, kk_output_matcher(output), s,
                                                    end - kk_output_len(output), out)) {
                return false;
            }
        }
    }
    return true;
}

/* Length of a letter at s[i] that equals a plain one caselessly over another byte length, and that
 * plain letter; 0 if there is none. */
static size_t odd_letter(kk_str s, size_t i, const char **plain)
{
    const unsigned char *b = (const unsigned char *)s.ptr + i;
    const size_t left = s.len - i;
    if (left >= 2 && b[0] == 0xC5 && b[1] == 0xBF) {
        *plain = "s";
        return 2;
    }
    if (left >= 3 && b[0] == 0xE2 && b[1] == 0x84 && (b[2] == 0xAA || b[2] == 0xAB)) {
        *plain = b[2] == 0xAA ? "k" : "\u00E5";
        return 3;
    }
    return 0;
}

static bool has_odd(kk_str s)
{
    const char *plain;
    const char *at = s.ptr;
    const char *end = s.ptr + s.len;
    while (at < end && (at = memchr(at, 0xC5, (size_t)(end - at))) != NULL) {
        if (odd_letter(s, (size_t)(at - s.ptr), &plain) > 0) {
            return true;
        }
        at++;
    }
    at = s.ptr;
    while (at < end && (at = memchr(at, 0xE2, (size_t)(end - at))) != NULL) {
        if (odd_letter(s, (size_t)(at - s.ptr), &plain) > 0) {
            return true;
        }
        at++;
    }
    return false;
}

static kk_str replace_odd(kk_prefilter_state *state, kk_str s)
{
    kk_buf_clear(&state->plain);
    size_t i = 0;
    while (i < s.len) {
        const char *plain;
        const size_t n = odd_letter(s, i, &plain);
        if (n > 0) {
            kk_buf_puts(&state->plain, plain);
        } else {
            kk_buf_putc(&state->plain, s.ptr[i]);
        }
        i += n > 0 ? n : 1;
    }
    return (kk_str){state->plain.ptr, state->plain.len};
}

static bool walk(const kk_prefilter *filter, kk_prefilter_state *state, kk_str s,
                 kk_candidates *out)
{
    const uint32_t width = filter->n_classes;
    uint32_t at = row_for(filter, state, 0); /* the root is the first row, hence at 0 */
    if (at == KK_NONE) {
        return false;
    }
    for (size_t i = 0; i < s.len; i++) {
        const uint8_t class = filter->class_of[(unsigned char)s.ptr[i]];
        uint32_t to = state->cells[at + class];
        if (to == CELL_UNKNOWN) {
            to = fill_cell(filter, state, at, class);
            if (to == CELL_UNKNOWN) {
                return false;
            }
        }
        at = to / 2;
        if ((to & 1) != 0 && !report(filter, state, s, i + 1, state->state_of[at / width], out)) {
            return false;
        }
    }
    return true;
}

kk_status kk_prefilter_scan(const kk_prefilter *filter, kk_prefilter_state *state, kk_str s,
                            kk_candidates *out, kk_error *err)
{
    const uint32_t len = (uint32_t)s.len;
    const size_t before = out->n;
    if (++state->stamp == 0) {
        memset(state->seen, 0, filter->n_matchers * sizeof *state->seen);
        state->stamp = 1;
    }
    for (uint32_t i = 0; i < filter->n_always; i++) {
        if (!kk_vec_push(out, (kk_candidate){filter->always[i], 0, len})) {
            return kk_fail_nomem(err);
        }
    }
    const bool odd = s.len > 0 && has_odd(s);
    if (odd) {
        s = replace_odd(state, s);
        if (state->plain.failed != KK_OK) {
            return kk_fail_nomem(err);
        }
    }
    if (!walk(filter, state, s, out)) {
        return kk_fail_nomem(err);
    }
    for (size_t i = before; odd && i < out->n; i++) { /* places have moved */
        out->items[i].first = 0;
        out->items[i].last = len;
    }
    return KK_OK;
}
