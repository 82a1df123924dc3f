/* Clauses: names, bodies in both language forms with fields, what they rest on. */
#include "load.h"

#include "error.h"
#include "str.h"

static const kk_keyword types[] = {{"kvalifikasjonskrav", 0},  {"kravspesifikasjon", 0},
                                   {"tildelingskriterium", 0}, {"kontraktsvilkar", 0},
                                   {"begrunnelse", 0},         {NULL, 0}};

static const kk_keyword levels[] = {{"basis", 0}, {"avansert", 0}, {"spydspiss", 0}, {NULL, 0}};

static const kk_keyword block_kinds[] = {{"heading", KK_BLOCK_HEADING},
                                         {"p", KK_BLOCK_PARAGRAPH},
                                         {"item", KK_BLOCK_ITEM},
                                         {"row", KK_BLOCK_ROW},
                                         {NULL, 0}};

/* Inlines of one block or cell while they are gathered. */
typedef struct inlines {
    kk_clause_inline *items;
    uint32_t n;
    bool blank; /* the text so far ends in a blank (or there is none) */
} inlines;

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* White space folds over the borders of inlines too: "minst <b> 30</b>" has one blank. */
static kk_status add_text(kk_loader *l, inlines *into, kk_str text, bool bold)
{
    char *bytes;
    KK_TRY(kk_load_alloc(l, text.len + 1, 1, (void **)&bytes));
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        const bool space = is_space(text.ptr[i]);
        if (!space || !into->blank) {
            bytes[n++] = (char)(space ? ' ' : text.ptr[i]);
        }
        into->blank = space;
    }
    if (n > 0) {
        into->items[into->n++] = (kk_clause_inline){
            .kind = bold ? KK_INLINE_BOLD : KK_INLINE_TEXT, .bold = bold, .text = {bytes, n}};
    }
    return KK_OK;
}

static kk_status add_field(kk_loader *l, inlines *into, const kk_xnode *node, bool bold)
{
    const kk_clause_inline field = {.kind = KK_INLINE_FIELD,
                                    .bold = bold,
                                    .text = kk_xnode_attr(node, "default"),
                                    .name = kk_xnode_attr(node, "name"),
                                    .unit = kk_xnode_attr(node, "unit")};
    if (field.name.len == 0) {
        return kk_load_fail(l, node, "<field> needs a name");
    }
    into->items[into->n++] = field;
    into->blank = false;
    return KK_OK;
}

static kk_status add_children(kk_loader *l, inlines *into, const kk_xnode *parent, bool bold)
{
    for (const kk_xnode *at = parent->first; at != NULL; at = at->next) {
        if (at->name.len == 0) {
            KK_TRY(add_text(l, into, at->text, bold));
        } else if (kk_str_is(at->name, "field")) {
            KK_TRY(add_field(l, into, at, bold));
        } else {
            KK_TRY(add_children(l, into, at, true)); /* <b>, which holds no further <b> */
        }
    }
    return KK_OK;
}

static uint32_t count_nodes(const kk_xnode *parent)
{
    uint32_t n = 0;
    for (const kk_xnode *at = parent->first; at != NULL; at = at->next) {
        n += 1 + (at->name.len > 0 ? count_nodes(at) : 0);
    }
    return n;
}

static kk_status read_inlines(kk_loader *l, const kk_xnode *node, kk_clause_cell *out)
{
    inlines into = {.blank = true};
    KK_TRY(kk_load_alloc(l, count_nodes(node), sizeof *into.items, (void **)&into.items));
    KK_TRY(add_children(l, &into, node, false));
    if (into.n > 0 && into.items[into.n - 1].kind != KK_INLINE_FIELD) {
        kk_str *last = &into.items[into.n - 1].text;
        last->len -= kk_str_ends(*last, KK_STR(" ")) ? 1 : 0;
        into.n -= last->len == 0 ? 1 : 0;
    }
    out->inlines = into.items;
    out->n_inlines = into.n;
    return KK_OK;
}

static kk_status read_row(kk_loader *l, const kk_xnode *node, kk_clause_block *out)
{
    kk_clause_cell *cells;
    KK_TRY(kk_load_alloc(l, kk_load_count_children(node, "cell"), sizeof *cells, (void **)&cells));
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        int role;
        KK_TRY(kk_load_keyword(l, at, "role", kk_role_words, KK_ROLE_OTHER, &role));
        cells[out->n_cells].role = (kk_role)role;
        KK_TRY(read_inlines(l, at, &cells[out->n_cells++]));
    }
    out->cells = cells;
    return KK_OK;
}

static kk_status read_block(kk_loader *l, const kk_xnode *node, kk_clause_block *out)
{
    out->line = node->line;
    for (const kk_keyword *k = block_kinds; k->name != NULL; k++) {
        if (kk_str_is(node->name, k->name)) {
            out->kind = (kk_block_kind)k->value;
        }
    }
    if (out->kind == KK_BLOCK_ROW) {
        return read_row(l, node, out);
    }
    kk_clause_cell *cell;
    KK_TRY(kk_load_alloc(l, 1, sizeof *cell, (void **)&cell));
    out->cells = cell;
    out->n_cells = 1;
    return read_inlines(l, node, cell);
}

static kk_status read_body(kk_loader *l, const kk_xnode *node, kk_clause *out)
{
    kk_lang lang;
    KK_TRY(kk_load_lang(l, node, &lang));
    kk_clause_body *body = lang == KK_LANG_EN ? &out->en : lang == KK_LANG_NN ? &out->nn : &out->nb;
    if (body->n_blocks > 0) {
        return kk_load_fail(l, node, "a second <body> in the same language; keep one");
    }
    uint32_t n = 0;
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        n++;
    }
    kk_clause_block *blocks;
    KK_TRY(kk_load_alloc(l, n, sizeof *blocks, (void **)&blocks));
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        KK_TRY(read_block(l, at, &blocks[body->n_blocks++]));
    }
    body->blocks = blocks;
    return KK_OK;
}

static kk_status read_child(kk_loader *l, const kk_xnode *at, kk_clause *out)
{
    if (kk_str_is(at->name, "name")) {
        return kk_load_text(l, at, &out->name);
    }
    if (kk_str_is(at->name, "verifikat")) {
        return kk_load_text(l, at, &out->verifikat);
    }
    if (kk_str_is(at->name, "motive")) {
        return kk_load_text(l, at, &out->motive);
    }
    if (kk_str_is(at->name, "body")) {
        return read_body(l, at, out);
    }
    if (kk_str_is(at->name, "satisfied-by")) {
        out->has_satisfied_by = true;
        return kk_load_conditions(l, at, &out->satisfied_by);
    }
    return KK_OK;
}

/* Children `name` as pairs of their attributes `key` and "version". */
static kk_status read_references(kk_loader *l, const kk_xnode *node, const char *const name[2],
                                 const kk_reference **out, uint32_t *n)
{
    kk_reference *list;
    KK_TRY(kk_load_alloc(l, kk_load_count_children(node, name[0]), sizeof *list, (void **)&list));
    *n = 0;
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        if (kk_str_is(at->name, name[0])) {
            list[(*n)++] = (kk_reference){kk_xnode_attr(at, name[1]), kk_xnode_attr(at, "version")};
        }
    }
    *out = list;
    return KK_OK;
}

static bool is_hash(kk_str s)
{
    bool fine = s.len == 12;
    for (size_t i = 0; i < s.len && fine; i++) {
        fine = (s.ptr[i] >= '0' && s.ptr[i] <= '9') || (s.ptr[i] >= 'a' && s.ptr[i] <= 'f');
    }
    return fine;
}

static kk_status check_earlier(kk_loader *l, const kk_xnode *node, const kk_clause *c)
{
    for (uint32_t i = 0; i < c->n_earlier; i++) {
        if (!is_hash(c->earlier[i].ref) || c->earlier[i].version.len == 0) {
            return kk_load_fail(l, node,
                                "clause %.*s: <earlier> needs a version and the hash of its words, "
                                "12 hex digits as \"klimakrav rules show\" tells it",
                                (int)c->id.len, c->id.ptr);
        }
    }
    return KK_OK;
}

static kk_status read_phrases(kk_loader *l, const kk_xnode *node, kk_clause *out)
{
    kk_phrase *list;
    const uint32_t most =
        kk_load_count_children(node, "satisfied") + kk_load_count_children(node, "near-miss");
    KK_TRY(kk_load_alloc(l, most, sizeof *list, (void **)&list));
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        const bool hit = kk_str_is(at->name, "satisfied");
        if (!hit && !kk_str_is(at->name, "near-miss")) {
            continue;
        }
        kk_phrase *phrase = &list[out->n_phrases++];
        KK_TRY(kk_load_lang(l, at, &phrase->lang));
        phrase->hit = hit;
        phrase->line = at->line;
        phrase->text = kk_xnode_text(at, l->arena);
        if (phrase->text.ptr == NULL) {
            return kk_fail_nomem(l->err);
        }
    }
    out->phrases = list;
    return KK_OK;
}

static kk_status read_attributes(kk_loader *l, const kk_xnode *node, kk_clause *out)
{
    int ignored;
    out->id = kk_xnode_attr(node, "id");
    out->version = kk_xnode_attr(node, "version");
    out->type = kk_xnode_attr(node, "type");
    out->level = kk_xnode_attr(node, "level");
    out->origin = kk_load_origin(l, node);
    KK_TRY(kk_load_keyword(l, node, "type", types, 0, &ignored));
    KK_TRY(kk_load_keyword(l, node, "level", levels, 0, &ignored));
    KK_TRY(kk_load_review(l, node, &out->status, &out->reviewed_by, &out->reviewed_on));
    KK_TRY(kk_load_validity(l, node, &out->from, &out->to));
    if (out->id.len > 36 || out->version.len == 0 || out->version.len > 8) {
        return kk_load_fail(l, node,
                            "clause %.*s: at most 36 characters of id and 1 to 8 of version "
                            "fit into a document",
                            (int)(out->id.len < 60 ? out->id.len : 60), out->id.ptr);
    }
    return KK_OK;
}

kk_status kk_load_clause(kk_loader *l, const kk_xnode *node)
{
    kk_clause *out;
    KK_TRY(kk_load_alloc(l, 1, sizeof *out, (void **)&out));
    KK_TRY(read_attributes(l, node, out));
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        KK_TRY(read_child(l, at, out));
    }
    KK_TRY(kk_load_child_refs(l, node, "category", KK_PENDING_CATEGORY, &out->categories,
                              &out->n_categories));
    KK_TRY(kk_load_child_refs(l, node, "place", KK_PENDING_PLACE, &out->places, &out->n_places));
    KK_TRY(kk_load_basis(l, node, &out->basis, &out->n_basis));
    KK_TRY(kk_load_sources(l, node, &out->sources, &out->n_sources));
    static const char *const names[][2] = {
        {"follow-up", "ref"}, {"replaces", "ref"}, {"earlier", "hash"}};
    KK_TRY(read_references(l, node, names[0], &out->follow_ups, &out->n_follow_ups));
    KK_TRY(read_references(l, node, names[1], &out->replaces, &out->n_replaces));
    KK_TRY(read_references(l, node, names[2], &out->earlier, &out->n_earlier));
    KK_TRY(check_earlier(l, node, out));
    KK_TRY(read_phrases(l, node, out));
    if (out->nb.n_blocks == 0 || out->nn.n_blocks == 0) {
        return kk_load_fail(l, node, "clause %.*s needs <body xml:lang=\"%s\">", (int)out->id.len,
                            out->id.ptr, out->nb.n_blocks == 0 ? "nb" : "nn");
    }
    return kk_vec_push(&l->clauses, out) ? KK_OK : kk_fail_nomem(l->err);
}
