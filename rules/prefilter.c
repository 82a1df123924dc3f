/* Aho-Corasick as one dense table: next[state * n_classes + class of byte]. Byte classes fold ASCII
 * case, and the continuation bytes 80..9E onto A0..BE, which folds Latin-1 (C3 xx) and over-reaches
 * elsewhere; a candidate too many costs one regex call. Three letters that PCRE2 equates with plain
 * ones over different byte lengths (long s, Kelvin and Angstrom sign) are replaced before the scan.
 */
#include "prefilter.h"

#include "error.h"
#include "mem.h"
#include "str.h"

#include <string.h>

/* Literals are cut to this: longer prefixes cost states and find hardly fewer paragraphs. */
enum { LITERAL_CUT = 10 };

/* A literal ends in a state: whose it is and how to check its edges. */
typedef struct output {
    uint32_t matcher;
    uint8_t len;
    uint8_t edges;
} output;

struct kk_prefilter {
    const kk_matcher *matchers;
    uint32_t n_matchers;
    uint8_t class_of[256];
    uint32_t n_classes;
    uint32_t n_states;
    uint32_t *next;      /* target row (state * n_classes) * 2, plus 1 if its chain is not empty */
    uint32_t *out_begin; /* per state: first of its outputs; n_states + 1 entries */
    uint32_t *chain;     /* per state: itself if it has outputs, else the longest suffix state that
                            has; 0 = none */
    uint32_t *suffix;    /* per state: next state of the chain, 0 = none */
    output *outputs;
    uint32_t *always;
    uint32_t n_always;
};

/* The trie while it is built: first child, next sibling. */
typedef struct node {
    uint32_t child, sibling;
    uint32_t rank; /* number in breadth-first order */
    uint32_t fail; /* node */
    uint8_t class;
} node;

/* A literal and the node where it ends. */
typedef struct ending {
    uint32_t node;
    output out;
} ending;

typedef struct trie {
    KK_VEC(node) nodes;
    KK_VEC(ending) endings;
    uint32_t *order; /* nodes in breadth-first order */
} trie;

static unsigned char fold_byte(unsigned char b)
{
    if (b >= 'A' && b <= 'Z') {
        return (unsigned char)(b + ('a' - 'A'));
    }
    return b >= 0x80 && b <= 0x9E ? (unsigned char)(b + 0x20) : b;
}

static size_t cut(kk_str literal)
{
    return literal.len < LITERAL_CUT ? literal.len : LITERAL_CUT;
}

/* Gives a class to every byte that some literal holds; all others share class 0. */
static void assign_classes(kk_prefilter *filter)
{
    bool used[256] = {false};
    for (uint32_t i = 0; i < filter->n_matchers; i++) {
        const kk_matcher *m = &filter->matchers[i];
        for (uint32_t k = 0; k < m->n_literals; k++) {
            for (size_t b = 0; b < cut(m->literals[k]); b++) {
                used[fold_byte((unsigned char)m->literals[k].ptr[b])] = true;
            }
        }
    }
    uint32_t n = 1;
    for (uint32_t b = 0; b < 256; b++) {
        if (used[b]) {
            filter->class_of[b] = (uint8_t)n++;
        }
    }
    for (uint32_t b = 0; b < 256; b++) {
        filter->class_of[b] = filter->class_of[fold_byte((unsigned char)b)];
    }
    filter->n_classes = n;
}

static uint32_t find_child(const trie *t, uint32_t parent, uint8_t class)
{
    uint32_t at = t->nodes.items[parent].child;
    while (at != 0 && t->nodes.items[at].class != class) {
        at = t->nodes.items[at].sibling;
    }
    return at;
}

static bool insert(trie *t, const kk_prefilter *filter, uint32_t matcher, kk_str literal)
{
    uint32_t at = 0;
    const size_t len = cut(literal);
    for (size_t i = 0; i < len; i++) {
        const uint8_t class = filter->class_of[(unsigned char)literal.ptr[i]];
        uint32_t child = find_child(t, at, class);
        if (child == 0) {
            child = (uint32_t)t->nodes.n;
            const node fresh = {.sibling = t->nodes.items[at].child, .class = class};
            if (!kk_vec_push(&t->nodes, fresh)) {
                return false;
            }
            t->nodes.items[at].child = child;
        }
        at = child;
    }
    uint32_t edges = filter->matchers[matcher].edges;
    edges &= len < literal.len ? ~(uint32_t)KK_EDGE_RIGHT : ~0u;
    const ending end = {at, {matcher, (uint8_t)len, (uint8_t)edges}};
    return kk_vec_push(&t->endings, end);
}

static bool insert_all(trie *t, kk_prefilter *filter)
{
    if (!kk_vec_push(&t->nodes, (node){0})) {
        return false;
    }
    for (uint32_t i = 0; i < filter->n_matchers; i++) {
        const kk_matcher *m = &filter->matchers[i];
        if (m->n_literals == 0) {
            filter->always[filter->n_always++] = i;
        }
        for (uint32_t k = 0; k < m->n_literals; k++) {
            if (!insert(t, filter, i, m->literals[k])) {
                return false;
            }
        }
    }
    return true;
}

/* Numbers nodes breadth first, so that the states of the first letters lie side by side. */
static void rank_nodes(trie *t)
{
    uint32_t n = 1;
    t->order[0] = 0;
    for (uint32_t i = 0; i < n; i++) {
        t->nodes.items[t->order[i]].rank = i;
        for (uint32_t c = t->nodes.items[t->order[i]].child; c != 0;
             c = t->nodes.items[c].sibling) {
            t->order[n++] = c;
        }
    }
}

/* Fills rows in breadth-first order: a row starts as a copy of its fail state's row. */
static void fill_rows(kk_prefilter *filter, trie *t)
{
    const uint32_t width = filter->n_classes;
    for (uint32_t rank = 0; rank < filter->n_states; rank++) {
        const node *at = &t->nodes.items[t->order[rank]];
        uint32_t *row = filter->next + (size_t)rank * width;
        const uint32_t fail = t->nodes.items[at->fail].rank;
        if (rank > 0) {
            memcpy(row, filter->next + (size_t)fail * width, width * sizeof *row);
        }
        for (uint32_t c = at->child; c != 0; c = t->nodes.items[c].sibling) {
            node *child = &t->nodes.items[c];
            /* The child's fail state is where the fail state's row goes: not yet overwritten. */
            child->fail = rank == 0 ? 0 : t->order[row[child->class] / 2 / width];
            row[child->class] = child->rank * width * 2;
        }
    }
}

static void fill_outputs(kk_prefilter *filter, const trie *t)
{
    for (size_t i = 0; i < t->endings.n; i++) {
        filter->out_begin[t->nodes.items[t->endings.items[i].node].rank + 1]++;
    }
    for (uint32_t s = 0; s < filter->n_states; s++) {
        filter->out_begin[s + 1] += filter->out_begin[s];
    }
    /* Fill from the back of each state's stretch; suffix serves as the counter. */
    for (size_t i = 0; i < t->endings.n; i++) {
        const uint32_t s = t->nodes.items[t->endings.items[i].node].rank;
        filter->outputs[filter->out_begin[s] + filter->suffix[s]++] = t->endings.items[i].out;
    }
    for (uint32_t s = 0; s < filter->n_states; s++) {
        const uint32_t fail = t->nodes.items[t->nodes.items[t->order[s]].fail].rank;
        const bool own = filter->out_begin[s + 1] > filter->out_begin[s];
        filter->suffix[s] = s == 0 ? 0 : filter->chain[fail];
        filter->chain[s] = own && s != 0 ? s : filter->suffix[s];
    }
    const size_t n_cells = (size_t)filter->n_states * filter->n_classes;
    for (size_t i = 0; i < n_cells; i++) {
        filter->next[i] |= filter->chain[filter->next[i] / 2 / filter->n_classes] != 0 ? 1u : 0u;
    }
}

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

static bool build(kk_prefilter *filter, trie *t)
{
    filter->always = zeroed((size_t)filter->n_matchers + 1, sizeof *filter->always);
    if (filter->always == NULL) {
        return false;
    }
    assign_classes(filter);
    if (!insert_all(t, filter)) {
        return false;
    }
    const size_t n = t->nodes.n;
    filter->n_states = (uint32_t)n;
    t->order = zeroed(n, sizeof *t->order);
    filter->next = zeroed(n, filter->n_classes * sizeof *filter->next);
    filter->out_begin = zeroed(n + 1, sizeof *filter->out_begin);
    filter->chain = zeroed(n, sizeof *filter->chain);
    filter->suffix = zeroed(n, sizeof *filter->suffix);
    filter->outputs = zeroed(t->endings.n + 1, sizeof *filter->outputs);
    if (t->order == NULL || filter->next == NULL || filter->out_begin == NULL ||
        filter->chain == NULL || filter->suffix == NULL || filter->outputs == NULL) {
        return false;
    }
    rank_nodes(t);
    fill_rows(filter, t);
    fill_outputs(filter, t);
    return true;
}

kk_status kk_prefilter_new(kk_prefilter **out, const kk_matcher *matchers, uint32_t n,
                           kk_error *err)
{
    *out = NULL;
    kk_prefilter *filter = zeroed(1, sizeof *filter);
    if (filter == NULL) {
        return kk_fail_nomem(err);
    }
    filter->matchers = matchers;
    filter->n_matchers = n;
    trie t = {.order = NULL};
    const bool built = build(filter, &t);
    kk_vec_free(&t.nodes);
    kk_vec_free(&t.endings);
    kk_release(t.order);
    if (!built) {
        kk_prefilter_free(filter);
        return kk_fail_nomem(err);
    }
    *out = filter;
    return KK_OK;
}

void kk_prefilter_free(kk_prefilter *filter)
{
    if (filter != NULL) {
        kk_release(filter->next);
        kk_release(filter->out_begin);
        kk_release(filter->chain);
        kk_release(filter->suffix);
        kk_release(filter->outputs);
        kk_release(filter->always);
        kk_release(filter);
    }
}

uint32_t kk_prefilter_n_always(const kk_prefilter *filter)
{
    return filter->n_always;
}

kk_status kk_prefilter_state_init(kk_prefilter_state *state, const kk_prefilter *filter,
                                  kk_error *err)
{
    *state = (kk_prefilter_state){.stamp = 0};
    kk_buf_init(&state->plain, 0);
    state->seen = zeroed((size_t)filter->n_matchers + 1, sizeof *state->seen);
    return state->seen == NULL ? kk_fail_nomem(err) : KK_OK;
}

void kk_prefilter_state_dispose(kk_prefilter_state *state)
{
    kk_release(state->seen);
    kk_buf_dispose(&state->plain);
    *state = (kk_prefilter_state){0};
}

/* ---- scanning ------------------------------------------------------------------------------ */

static bool is_word_byte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool edges_hold(const output *out, kk_str s, size_t end)
{
    const size_t begin = end - out->len;
    return ((out->edges & KK_EDGE_LEFT) == 0 || begin == 0 || !is_word_byte(s.ptr[begin - 1])) &&
           ((out->edges & KK_EDGE_RIGHT) == 0 || end == s.len || !is_word_byte(s.ptr[end]));
}

static bool note(kk_prefilter_state *state, uint32_t matcher, kk_candidates *out)
{
    if (state->seen[matcher] == state->stamp) {
        return true;
    }
    state->seen[matcher] = state->stamp;
    return kk_vec_push(out, matcher);
}

static bool report(const kk_prefilter *filter, kk_prefilter_state *state, kk_str s, size_t end,
                   uint32_t at, kk_candidates *out)
{
    for (; at != 0; at = filter->suffix[at]) {
        for (uint32_t i = filter->out_begin[at]; i < filter->out_begin[at + 1]; i++) {
            if (edges_hold(&filter->outputs[i], s, end) &&
                !note(state, filter->outputs[i].matcher, out)) {
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

kk_status kk_prefilter_scan(const kk_prefilter *filter, kk_prefilter_state *state, kk_str s,
                            kk_candidates *out, kk_error *err)
{
    if (++state->stamp == 0) {
        memset(state->seen, 0, filter->n_matchers * sizeof *state->seen);
        state->stamp = 1;
    }
    for (uint32_t i = 0; i < filter->n_always; i++) {
        if (!kk_vec_push(out, filter->always[i])) {
            return kk_fail_nomem(err);
        }
    }
    if (s.len > 0 && has_odd(s)) {
        s = replace_odd(state, s);
        if (state->plain.failed != KK_OK) {
            return kk_fail_nomem(err);
        }
    }
    const uint32_t width = filter->n_classes;
    uint32_t row = 0;
    for (size_t i = 0; i < s.len; i++) {
        const uint32_t to = filter->next[row + filter->class_of[(unsigned char)s.ptr[i]]];
        row = to / 2;
        if ((to & 1) != 0 && !report(filter, state, s, i + 1, filter->chain[row / width], out)) {
            return kk_fail_nomem(err);
        }
    }
    return KK_OK;
}
