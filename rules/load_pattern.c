/* Words and regexes -> matchers (one per distinct regex) and patterns over them. */
#include "load.h"

#include "error.h"
#include "literal.h"
#include "match.h"
#include "str.h"
#include "utf8.h"
#include "words.h"

#include <string.h>

static const kk_keyword pattern_roles[] = {
    {"binding", KK_PATTERN_BINDING},   {"soft", KK_PATTERN_SOFT},
    {"figure", KK_PATTERN_FIGURE},     {"documentation", KK_PATTERN_DOCUMENTATION},
    {"negation", KK_PATTERN_NEGATION}, {"environment", KK_PATTERN_ENVIRONMENT},
    {"climate", KK_PATTERN_CLIMATE},   {"subject", KK_PATTERN_SUBJECT},
    {"guidance", KK_PATTERN_GUIDANCE}, {"lookalike", KK_PATTERN_LOOKALIKE},
    {"void", KK_PATTERN_VOID},         {NULL, 0}};

static const kk_keyword form_words[] = {{"noun", KK_FORMS_NOUN},
                                        {"adj", KK_FORMS_ADJ},
                                        {"verb", KK_FORMS_VERB},
                                        {"exact", KK_FORMS_EXACT},
                                        {NULL, 0}};

static const kk_keyword scope_words[] = {{"title", 0}, {"heading", 1}, {"subject", 2}, {"body", 3},
                                         {"table", 4}, {"all", 5},     {NULL, 0}};

/* ---- matchers ------------------------------------------------------------------------------ */

static bool grow_slots(kk_loader *l)
{
    if (l->n_slots > 2 * (l->matchers.n + 1)) {
        return true;
    }
    size_t n = l->n_slots == 0 ? 1024 : 4 * l->n_slots;
    while (n <= 2 * (l->matchers.n + 1)) { /* a compiled bank comes with thousands at once */
        n *= 4;
    }
    uint32_t *slots = kk_malloc(n * sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    memset(slots, 0, n * sizeof *slots);
    for (uint32_t i = 0; i < l->matchers.n; i++) {
        size_t at = (size_t)kk_str_hash(l->matchers.items[i].regex) & (n - 1);
        while (slots[at] != 0) {
            at = (at + 1) & (n - 1);
        }
        slots[at] = i + 1;
    }
    kk_release(l->matcher_slots);
    l->matcher_slots = slots;
    l->n_slots = n;
    return true;
}

/* Slot of a regex: holds its index + 1, or 0 when it is new. */
static uint32_t *find_slot(kk_loader *l, kk_str regex)
{
    size_t at = (size_t)kk_str_hash(regex) & (l->n_slots - 1);
    while (l->matcher_slots[at] != 0 &&
           !kk_str_equal(l->matchers.items[l->matcher_slots[at] - 1].regex, regex)) {
        at = (at + 1) & (l->n_slots - 1);
    }
    return &l->matcher_slots[at];
}

static kk_status check_regex(kk_loader *l, const kk_xnode *node, kk_str regex)
{
    size_t offset;
    char message[120];
    if (!l->foreign || kk_match_compiles(regex, &offset, message)) {
        return KK_OK;
    }
    return kk_load_fail(l, node, "regex does not compile at offset %zu: %s", offset, message);
}

static kk_status word_matcher(kk_loader *l, const kk_xnode *node, kk_str text, kk_matcher *out)
{
    kk_word_spec spec = {.left_open = kk_xnode_attr(node, "left").len > 0,
                         .right_open = kk_xnode_attr(node, "right").len > 0};
    int forms;
    KK_TRY(kk_load_keyword(l, node, "forms", form_words, KK_FORMS_NOUN, &forms));
    spec.forms = (kk_forms)forms;
    kk_buf regex;
    kk_buf_init(&regex, 0);
    kk_word_regex(text, &spec, &regex);
    out->regex = (kk_str){regex.ptr, regex.len};
    if (regex.failed == KK_OK) {
        out->regex = kk_arena_str(l->arena, out->regex);
    }
    const bool failed = regex.failed != KK_OK || out->regex.ptr == NULL;
    kk_buf_dispose(&regex);
    return failed ? kk_fail_nomem(l->err) : KK_OK;
}

static kk_status word_literals(kk_loader *l, const kk_xnode *node, kk_str text, kk_matcher *out)
{
    kk_word_spec spec = {.left_open = kk_xnode_attr(node, "left").len > 0,
                         .right_open = kk_xnode_attr(node, "right").len > 0};
    int forms;
    KK_TRY(kk_load_keyword(l, node, "forms", form_words, KK_FORMS_NOUN, &forms));
    spec.forms = (kk_forms)forms;
    const kk_str literal = kk_word_literal(text, &spec, &out->edges);
    const kk_str plain = kk_literal_plain(literal);
    if (plain.ptr != literal.ptr) {
        out->edges &= ~(uint32_t)KK_EDGE_LEFT;
    }
    if (plain.ptr + plain.len != literal.ptr + literal.len) {
        out->edges &= ~(uint32_t)KK_EDGE_RIGHT;
    }
    const bool first = plain.ptr == kk_str_trim(text).ptr;
    out->lead = !first ? KK_LEAD_ANY : spec.left_open ? KK_LEAD_WORD : 0;
    kk_str *items;
    KK_TRY(kk_load_alloc(l, 1, sizeof *items, (void **)&items));
    items[0] = kk_arena_str(l->arena, plain);
    if (items[0].ptr == NULL) {
        return kk_fail_nomem(l->err);
    }
    char *bytes;
    KK_TRY(kk_load_alloc(l, plain.len + 1, 1, (void **)&bytes));
    memcpy(bytes, items[0].ptr, plain.len);
    kk_utf8_fold(bytes, plain.len);
    items[0].ptr = bytes;
    out->literals = items;
    out->n_literals = plain.len >= 2 ? 1 : 0;
    return KK_OK;
}

static kk_status regex_literals(kk_loader *l, const kk_xnode *node, kk_matcher *out)
{
    const kk_str declared = kk_xnode_attr(node, "literals");
    kk_literals found;
    KK_TRY(kk_literals_derive(out->regex, l->arena, &found, l->err));
    if (found.n ==
        0) { /* what is derived is right by construction; the author's word comes second */
        KK_TRY(kk_literals_declared(declared, l->arena, &found, l->err));
    }
    out->literals = found.items;
    out->n_literals = found.n;
    out->lead = found.lead;
    return KK_OK;
}

/* The matcher for a <word> or <regex>: an old one when the regex is known already. */
static kk_status intern(kk_loader *l, const kk_xnode *node, kk_str text, uint32_t *index)
{
    const bool is_word = kk_str_is(node->name, "word");
    kk_matcher fresh = {.regex = text, .owner = l->owner, .origin = kk_load_origin(l, node)};
    if (is_word) {
        KK_TRY(word_matcher(l, node, text, &fresh));
    }
    if (!grow_slots(l)) {
        return kk_fail_nomem(l->err);
    }
    uint32_t *slot = find_slot(l, fresh.regex);
    if (*slot != 0) {
        *index = *slot - 1;
        return KK_OK;
    }
    KK_TRY(check_regex(l, node, fresh.regex));
    KK_TRY(is_word ? word_literals(l, node, text, &fresh) : regex_literals(l, node, &fresh));
    *index = (uint32_t)l->matchers.n;
    *slot = *index + 1;
    return kk_vec_push(&l->matchers, fresh) ? KK_OK : kk_fail_nomem(l->err);
}

/* ---- alternatives -------------------------------------------------------------------------- */

/* Splitting a|b into a and b gives each its own literals. Not where a part refers to another by
 * number, sets options or uses verbs. */
static bool may_split(kk_str r)
{
    for (size_t i = 0; i + 1 < r.len; i++) {
        const char next = r.ptr[i + 1];
        if (r.ptr[i] == '\\') {
            if ((next >= '1' && next <= '9') || next == 'k' || next == 'g' || next == 'Q') {
                return false;
            }
            i++;
        } else if (r.ptr[i] == '(' &&
                   (next == '*' ||
                    (next == '?' && (i + 2 >= r.len || strchr(":=!<>", r.ptr[i + 2]) == NULL)))) {
            return false;
        }
    }
    return true;
}

/* Takes the next outermost alternative off *rest. */
static kk_str take_alternative(kk_str *rest)
{
    uint32_t depth = 0;
    bool in_class = false;
    size_t i = 0;
    for (; i < rest->len; i++) {
        const char c = rest->ptr[i];
        if (c == '\\') {
            i++;
        } else if (in_class) {
            in_class = c != ']' || rest->ptr[i - 1] == '[' ||
                       (rest->ptr[i - 1] == '^' && i >= 2 && rest->ptr[i - 2] == '[');
        } else if (c == '[') {
            in_class = true;
        } else if (c == '(') {
            depth++;
        } else if (c == ')' && depth > 0) {
            depth--;
        } else if (c == '|' && depth == 0) {
            break;
        }
    }
    const kk_str taken = kk_str_slice(*rest, 0, i);
    *rest = kk_str_slice(*rest, i < rest->len ? i + 1 : i, rest->len);
    return taken;
}

static uint32_t count_alternatives(kk_str regex)
{
    uint32_t n = 0;
    kk_str rest = regex;
    bool empty = !may_split(regex) || kk_str_ends(regex, KK_STR("|"));
    while (rest.len > 0 && !empty) {
        empty = take_alternative(&rest).len == 0;
        n++;
    }
    return n == 0 || empty ? 1 : n;
}

/* Terms that the words and regexes below node make. */
static uint32_t count_terms(const kk_xnode *node)
{
    uint32_t n = 0;
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        if (kk_str_is(at->name, "word")) {
            n++;
        } else if (kk_str_is(at->name, "regex")) {
            /* Text in several nodes (comments between) has no more bars than its parts. */
            uint32_t bars = 1;
            for (const kk_xnode *text = at->first; text != NULL; text = text->next) {
                for (size_t i = 0; i < text->text.len; i++) {
                    bars += text->text.ptr[i] == '|' ? 1 : 0;
                }
            }
            n += bars;
        }
    }
    return n;
}

/* ---- patterns ------------------------------------------------------------------------------ */

/* Reads one <word> or <regex> into out[*n ...] and moves *n on. */
static kk_status read_term(kk_loader *l, const kk_xnode *node, kk_term *out, uint32_t *n)
{
    double weight;
    uint32_t scopes;
    kk_term term = {.group = *n > 0 ? out[*n - 1].group + 1 : 0,
                    .source = kk_str_trim(kk_xnode_text(node, l->arena)),
                    .is_regex = kk_str_is(node->name, "regex"),
                    .line = node->line};
    if (term.source.ptr == NULL) {
        return kk_fail_nomem(l->err);
    }
    if (term.source.ptr == NULL) {
        return kk_fail_nomem(l->err);
    }
    if (term.source.len == 0) {
        return kk_load_fail(l, node, "empty <%.*s>; give it text or remove it", (int)node->name.len,
                            node->name.ptr);
    }
    KK_TRY(kk_load_number(l, node, "weight", 1, &weight, NULL));
    KK_TRY(kk_load_bits(l, node, "scope", scope_words, &scopes));
    term.weight = (float)weight;
    term.scopes = scopes == 0 || (scopes & 1u << 5) != 0 ? (uint32_t)KK_SCOPE_ALL : scopes;
    const uint32_t parts = term.is_regex ? count_alternatives(term.source) : 1;
    kk_str rest = term.source;
    for (uint32_t i = 0; i < parts; i++) {
        KK_TRY(intern(l, node, parts > 1 ? take_alternative(&rest) : term.source, &term.matcher));
        out[(*n)++] = term;
    }
    return KK_OK;
}

static kk_status read_vetoes(kk_loader *l, const kk_xnode *parent, uint32_t *list, uint32_t *n)
{
    kk_term *terms;
    uint32_t n_terms = 0;
    KK_TRY(kk_load_alloc(l, count_terms(parent), sizeof *terms, (void **)&terms));
    for (const kk_xnode *at = kk_xnode_element(parent, NULL); at != NULL;
         at = kk_xnode_element(parent, at)) {
        KK_TRY(read_term(l, at, terms, &n_terms));
    }
    for (uint32_t i = 0; i < n_terms; i++) {
        list[(*n)++] = terms[i].matcher;
    }
    return KK_OK;
}

static kk_status read_phrase(kk_loader *l, const kk_xnode *node, kk_phrase *out)
{
    KK_TRY(kk_load_lang(l, node, &out->lang));
    out->hit = kk_str_is(node->name, "hit");
    out->text = kk_xnode_text(node, l->arena);
    out->line = node->line;
    return out->text.ptr == NULL ? kk_fail_nomem(l->err) : KK_OK;
}

static uint32_t count_vetoes(const kk_xnode *node)
{
    uint32_t n = 0;
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        if (kk_str_is(at->name, "not")) {
            n += count_terms(at);
        }
    }
    return n;
}

typedef struct filling {
    kk_term *terms;
    uint32_t *vetoes, *uses;
    kk_phrase *phrases;
} filling;

static kk_status fill(kk_loader *l, const kk_xnode *node, kk_pattern *p, const filling *f)
{
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        if (kk_str_is(at->name, "word") || kk_str_is(at->name, "regex")) {
            KK_TRY(read_term(l, at, f->terms, &p->n_terms));
        } else if (kk_str_is(at->name, "not")) {
            KK_TRY(read_vetoes(l, at, f->vetoes, &p->n_vetoes));
        } else if (kk_str_is(at->name, "use")) {
            KK_TRY(kk_load_ref(l, at, KK_PENDING_PATTERN, kk_xnode_attr(at, "ref"),
                               &f->uses[p->n_uses++]));
        } else if (kk_str_is(at->name, "hit") || kk_str_is(at->name, "miss")) {
            KK_TRY(read_phrase(l, at, &f->phrases[p->n_phrases++]));
        }
    }
    return KK_OK;
}

kk_status kk_load_pattern(kk_loader *l, const kk_xnode *node, kk_str id, kk_pattern **out)
{
    kk_pattern *p;
    filling f;
    const uint32_t n_terms = count_terms(node);
    const uint32_t n_phrases =
        kk_load_count_children(node, "hit") + kk_load_count_children(node, "miss");
    KK_TRY(kk_load_alloc(l, 1, sizeof *p, (void **)&p));
    KK_TRY(kk_load_alloc(l, n_terms, sizeof *f.terms, (void **)&f.terms));
    KK_TRY(kk_load_alloc(l, count_vetoes(node), sizeof *f.vetoes, (void **)&f.vetoes));
    KK_TRY(kk_load_alloc(l, kk_load_count_children(node, "use"), sizeof *f.uses, (void **)&f.uses));
    KK_TRY(kk_load_alloc(l, n_phrases, sizeof *f.phrases, (void **)&f.phrases));
    int role = KK_PATTERN_PLAIN;
    if (kk_str_is(node->name, "pattern")) {
        KK_TRY(kk_load_keyword(l, node, "role", pattern_roles, KK_PATTERN_PLAIN, &role));
    }
    p->id = id;
    p->origin = kk_load_origin(l, node);
    p->role = (kk_pattern_role)role;
    KK_TRY(fill(l, node, p, &f));
    p->n_groups = p->n_terms > 0 ? f.terms[p->n_terms - 1].group + 1 : 0;
    p->terms = f.terms;
    p->vetoes = f.vetoes;
    p->uses = f.uses;
    p->phrases = f.phrases;
    *out = p;
    return kk_vec_push(&l->patterns, p) ? KK_OK : kk_fail_nomem(l->err);
}

kk_status kk_load_anonymous(kk_loader *l, const kk_xnode *node, uint32_t *index)
{
    /* The blank keeps it apart from every id that a bank may use; the count makes it unique. */
    kk_str file = l->file;
    while (kk_str_find(file, KK_STR("/"), 0) != SIZE_MAX) {
        file = kk_str_slice(file, kk_str_find(file, KK_STR("/"), 0) + 1, file.len);
    }
    const kk_str id = kk_arena_printf(l->arena, "%.*s %.*s:%u.%zu", (int)l->owner.len, l->owner.ptr,
                                      (int)file.len, file.ptr, node->line, l->patterns.n);
    kk_pattern *p;
    if (id.ptr == NULL) {
        return kk_fail_nomem(l->err);
    }
    KK_TRY(kk_load_pattern(l, node, id, &p));
    return kk_load_ref(l, node, KK_PENDING_PATTERN, id, index);
}
