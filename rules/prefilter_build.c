/* Literals -> the flat trie of prefilter.h. Knows nothing of texts. */
#include "prefilter.h"

#include "error.h"
#include "mem.h"

#include <string.h>

/* The trie while it is built: first child, next sibling. */
typedef struct node {
    uint32_t child, sibling;
    uint32_t rank; /* number in breadth-first order */
    uint8_t class;
} node;

/* A literal ends in a node. */
typedef struct ending {
    uint32_t node;
    uint32_t output;
} ending;

typedef struct trie {
    KK_VEC(node) nodes;
    KK_VEC(ending) endings;
    uint8_t class_of[256];
    const kk_matcher *matchers;
    uint32_t n_matchers;
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
    return literal.len < KK_LITERAL_CUT ? literal.len : KK_LITERAL_CUT;
}

/* Gives a class to every byte that some literal holds; all others share class 0. */
static uint32_t assign_classes(trie *t)
{
    bool used[256] = {false};
    for (uint32_t i = 0; i < t->n_matchers; i++) {
        const kk_matcher *m = &t->matchers[i];
        for (uint32_t k = 0; k < m->n_literals; k++) {
            for (size_t b = 0; b < cut(m->literals[k]); b++) {
                used[fold_byte((unsigned char)m->literals[k].ptr[b])] = true;
            }
        }
    }
    uint32_t n = 1;
    for (uint32_t b = 0; b < 256; b++) {
        if (used[b] && fold_byte((unsigned char)b) == b) {
            t->class_of[b] = (uint8_t)n++;
        }
    }
    for (uint32_t b = 0; b < 256; b++) {
        t->class_of[b] = t->class_of[fold_byte((unsigned char)b)];
    }
    return n;
}

static uint32_t find_child(const trie *t, uint32_t parent, uint8_t class)
{
    uint32_t at = t->nodes.items[parent].child;
    while (at != 0 && t->nodes.items[at].class != class) {
        at = t->nodes.items[at].sibling;
    }
    return at;
}

static bool insert(trie *t, uint32_t matcher, kk_str literal)
{
    uint32_t at = 0;
    const size_t len = cut(literal);
    for (size_t i = 0; i < len; i++) {
        const uint8_t class = t->class_of[(unsigned char)literal.ptr[i]];
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
    uint32_t edges = t->matchers[matcher].edges;
    edges &= len < literal.len ? ~(uint32_t)KK_EDGE_RIGHT : ~0u;
    const ending end = {at, matcher << 8 | (uint32_t)len << 4 | edges};
    return kk_vec_push(&t->endings, end);
}

static bool insert_all(trie *t)
{
    if (!kk_vec_push(&t->nodes, (node){0})) {
        return false;
    }
    for (uint32_t i = 0; i < t->n_matchers; i++) {
        const kk_matcher *m = &t->matchers[i];
        for (uint32_t k = 0; k < m->n_literals; k++) {
            if (!insert(t, i, m->literals[k])) {
                return false;
            }
        }
    }
    return true;
}

/* The arrays while they are filled; kk_prefilter sees them as constant. */
typedef struct arrays {
    uint32_t *begin, *fail, *chain, *out_begin, *outputs, *always, *lead;
    uint8_t *label;
} arrays;

static bool allocate(arrays *a, const trie *t, kk_arena *arena)
{
    const size_t n = t->nodes.n;
    a->begin = kk_arena_array(arena, n + 1, sizeof *a->begin);
    a->fail = kk_arena_array(arena, n, sizeof *a->fail);
    a->chain = kk_arena_array(arena, n, sizeof *a->chain);
    a->out_begin = kk_arena_array(arena, n + 1, sizeof *a->out_begin);
    a->outputs = kk_arena_array(arena, t->endings.n + 1, sizeof *a->outputs);
    a->always = kk_arena_array(arena, (size_t)t->n_matchers + 1, sizeof *a->always);
    a->lead = kk_arena_array(arena, (size_t)t->n_matchers + 1, sizeof *a->lead);
    a->label = kk_arena_array(arena, n, sizeof *a->label);
    return a->begin != NULL && a->fail != NULL && a->chain != NULL && a->out_begin != NULL &&
           a->outputs != NULL && a->always != NULL && a->lead != NULL && a->label != NULL;
}

/* Numbers nodes breadth first: children of one node get neighbouring numbers. chain serves as the
 * list of nodes by rank. */
static void rank_nodes(trie *t, arrays *a)
{
    uint32_t n = 1;
    a->chain[0] = 0;
    for (uint32_t i = 0; i < n; i++) {
        t->nodes.items[a->chain[i]].rank = i;
        a->begin[i] = n;
        for (uint32_t c = t->nodes.items[a->chain[i]].child; c != 0;
             c = t->nodes.items[c].sibling) {
            a->label[n] = t->nodes.items[c].class;
            a->chain[n++] = c;
        }
    }
    a->begin[n] = n;
}

/* State reached from s or its suffixes by class. */
static uint32_t go(const arrays *a, uint32_t s, uint8_t class)
{
    for (;;) {
        for (uint32_t c = a->begin[s]; c < a->begin[s + 1]; c++) {
            if (a->label[c] == class) {
                return c;
            }
        }
        if (s == 0) {
            return 0;
        }
        s = a->fail[s];
    }
}

static void link_suffixes(arrays *a, uint32_t n)
{
    for (uint32_t s = 0; s < n; s++) {
        for (uint32_t c = a->begin[s]; c < a->begin[s + 1]; c++) {
            a->fail[c] = s == 0 ? 0 : go(a, a->fail[s], a->label[c]);
        }
    }
}

static void fill_outputs(arrays *a, const trie *t)
{
    const uint32_t n = (uint32_t)t->nodes.n;
    for (size_t i = 0; i < t->endings.n; i++) {
        a->out_begin[t->nodes.items[t->endings.items[i].node].rank + 1]++;
    }
    for (uint32_t s = 0; s < n; s++) {
        a->out_begin[s + 1] += a->out_begin[s];
        a->chain[s] = 0;
    }
    /* chain counts what each state has got so far, then becomes itself. */
    for (size_t i = 0; i < t->endings.n; i++) {
        const uint32_t s = t->nodes.items[t->endings.items[i].node].rank;
        a->outputs[a->out_begin[s] + a->chain[s]++] = t->endings.items[i].output;
    }
    for (uint32_t s = 0; s < n; s++) {
        const bool own = s != 0 && a->out_begin[s + 1] > a->out_begin[s];
        a->chain[s] = own ? s : s == 0 ? 0 : a->chain[a->fail[s]];
    }
}

static uint32_t list_always(arrays *a, const trie *t)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < t->n_matchers; i++) {
        a->lead[i] = t->matchers[i].lead;
        if (t->matchers[i].n_literals == 0) {
            a->always[n++] = i;
        }
    }
    return n;
}

static bool build(kk_prefilter *out, trie *t, kk_arena *arena)
{
    arrays a;
    out->n_classes = assign_classes(t);
    if (!insert_all(t) || !allocate(&a, t, arena)) {
        return false;
    }
    rank_nodes(t, &a);
    link_suffixes(&a, (uint32_t)t->nodes.n);
    fill_outputs(&a, t);
    out->n_always = list_always(&a, t);
    out->n_states = (uint32_t)t->nodes.n;
    out->n_outputs = (uint32_t)t->endings.n;
    memcpy(out->class_of, t->class_of, sizeof out->class_of);
    out->begin = a.begin;
    out->fail = a.fail;
    out->chain = a.chain;
    out->out_begin = a.out_begin;
    out->outputs = a.outputs;
    out->always = a.always;
    out->label = a.label;
    out->lead = a.lead;
    return true;
}

kk_status kk_prefilter_build(kk_prefilter *out, const kk_matcher *matchers, uint32_t n,
                             kk_arena *arena, kk_error *err)
{
    trie t = {.matchers = matchers, .n_matchers = n};
    *out = (kk_prefilter){.n_matchers = n};
    if (n >= KK_OUTPUT_MATCHERS) {
        return kk_fail(err, KK_E_LIMIT, "rules", "more than %d different regexes; remove some",
                       KK_OUTPUT_MATCHERS - 1);
    }
    const bool built = build(out, &t, arena);
    kk_vec_free(&t.nodes);
    kk_vec_free(&t.endings);
    return built ? KK_OK : kk_fail_nomem(err);
}
