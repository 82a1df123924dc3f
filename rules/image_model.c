/* The model of a bank as a sequence of values: one visitor for each struct of model.h, for writing
 * and for reading. A field that is missing here is missing in banks that were compiled, so the
 * sizes below must be looked at when a struct grows; raise KK_IMAGE_FORMAT (image.h) with every
 * change. */
#include "image.h"

#include "number.h"

/* What the visitors were written for. */
#define KNOWN(type, bytes)                                                                         \
    _Static_assert(sizeof(void *) != 8 || sizeof(type) == (bytes),                                 \
                   #type " has changed: visit its new field here")
KNOWN(kk_texts, 48);
KNOWN(kk_matcher, 80);
KNOWN(kk_term, 48);
KNOWN(kk_phrase, 32);
KNOWN(kk_pattern, 104);
KNOWN(kk_condition, 264);
KNOWN(kk_example, 112);
KNOWN(kk_messages, 48);
KNOWN(kk_basis, 64);
KNOWN(kk_category, 200);
KNOWN(kk_recogniser, 384);
KNOWN(kk_remedy, 96);
KNOWN(kk_rule, 640);
KNOWN(kk_clause_inline, 56);
KNOWN(kk_clause_block, 24);
KNOWN(kk_clause, 720);
KNOWN(kk_place, 112);
KNOWN(kk_columns, 8);
KNOWN(kk_document_kind, 376);
KNOWN(kk_verdict_route, 336);
KNOWN(kk_verdict_rule, 360);
KNOWN(kk_threshold, 128);
KNOWN(kk_example_use, 160);
KNOWN(kk_cpv_table, 32);
KNOWN(kk_law_fact, 480);
KNOWN(kk_notice_code, 472);
KNOWN(kk_model, 240);

/* ---- small parts --------------------------------------------------------------------------- */

static void texts(kk_image_io *io, kk_texts *t)
{
    kk_image_str(io, &t->nb);
    kk_image_str(io, &t->nn);
    kk_image_str(io, &t->en);
}

/* The file is known by its number; its name depends on where the bank lies. */
static void origin(kk_image_io *io, kk_origin *o)
{
    kk_image_u32(io, &o->source);
    kk_image_u32(io, &o->line);
    if (io->writing) {
        return;
    }
    if (o->source >= io->n_files) {
        kk_image_fail(io, KK_E_FORMAT);
        return;
    }
    o->file = io->files[o->source];
}

static void one_str(kk_image_io *io, void *item)
{
    kk_image_str(io, item);
}

static void pattern_index(kk_image_io *io, void *item)
{
    kk_image_index(io, KK_PENDING_PATTERN, item);
}

static void category_index(kk_image_io *io, void *item)
{
    kk_image_index(io, KK_PENDING_CATEGORY, item);
}

static void place_index(kk_image_io *io, void *item)
{
    kk_image_index(io, KK_PENDING_PLACE, item);
}

static void matcher_index(kk_image_io *io, void *item)
{
    uint32_t *index = item;
    kk_image_u32(io, index);
    if (!io->writing && *index >= io->n_matchers) {
        *index = 0;
        kk_image_fail(io, KK_E_FORMAT);
    }
}

static void review(kk_image_io *io, kk_review *status)
{
    KK_IMAGE_ENUM(io, kk_review, *status, KK_REVIEW_RETIRED);
}

static void phrase(kk_image_io *io, void *item)
{
    kk_phrase *p = item;
    kk_image_bool(io, &p->hit);
    KK_IMAGE_ENUM(io, kk_lang, p->lang, KK_LANG_OTHER);
    kk_image_str(io, &p->text);
    kk_image_u32(io, &p->line);
}

static void basis(kk_image_io *io, void *item)
{
    kk_basis *b = item;
    kk_image_str(io, &b->ref);
    kk_image_str(io, &b->from);
    kk_image_str(io, &b->to);
    kk_image_str(io, &b->href);
}

static void source_note(kk_image_io *io, void *item)
{
    kk_source_note *n = item;
    kk_image_str(io, &n->href);
    kk_image_str(io, &n->title);
}

static void piece(kk_image_io *io, void *item)
{
    kk_piece *p = item;
    kk_image_str(io, &p->text);
    kk_image_bool(io, &p->is_value);
}

static void messages(kk_image_io *io, kk_messages *m)
{
    KK_IMAGE_ARRAY(io, &m->nb.pieces, &m->nb.n, piece);
    KK_IMAGE_ARRAY(io, &m->nn.pieces, &m->nn.n, piece);
    KK_IMAGE_ARRAY(io, &m->en.pieces, &m->en.n, piece);
}

/* ---- patterns ------------------------------------------------------------------------------ */

static void matcher(kk_image_io *io, void *item)
{
    kk_matcher *m = item;
    kk_image_str(io, &m->regex);
    KK_IMAGE_ARRAY(io, &m->literals, &m->n_literals, one_str);
    m->edges = kk_image_upto(io, m->edges, KK_EDGE_LEFT | KK_EDGE_RIGHT);
    kk_image_u32(io, &m->lead);
    kk_image_str(io, &m->owner);
    origin(io, &m->origin);
}

static void term(kk_image_io *io, void *item)
{
    kk_term *t = item;
    matcher_index(io, &t->matcher);
    kk_image_u32(io, &t->group);
    kk_image_float(io, &t->weight);
    kk_image_u32(io, &t->scopes);
    kk_image_bool(io, &t->is_regex);
    kk_image_str(io, &t->source);
    kk_image_u32(io, &t->line);
}

static void pattern(kk_image_io *io, void *item)
{
    kk_pattern *p = item;
    kk_image_str(io, &p->id);
    origin(io, &p->origin);
    KK_IMAGE_ENUM(io, kk_pattern_role, p->role, KK_PATTERN_N_ROLES - 1);
    KK_IMAGE_ARRAY(io, &p->terms, &p->n_terms, term);
    KK_IMAGE_ARRAY(io, &p->vetoes, &p->n_vetoes, matcher_index);
    KK_IMAGE_ARRAY(io, &p->uses, &p->n_uses, pattern_index);
    KK_IMAGE_ARRAY(io, &p->phrases, &p->n_phrases, phrase);
    kk_image_u32(io, &p->n_groups);
    for (uint32_t i = 0; !io->writing && i < p->n_terms; i++) {
        if (p->terms[i].group >= p->n_groups) {
            kk_image_fail(io, KK_E_FORMAT);
        }
    }
}

/* ---- conditions ---------------------------------------------------------------------------- */

static void condition(kk_image_io *io, void *item);

static void number_want(kk_image_io *io, kk_number_want *n)
{
    kk_image_bool(io, &n->wanted);
    if (!n->wanted) {
        return;
    }
    kk_image_bool(io, &n->has_min);
    kk_image_bool(io, &n->has_max);
    kk_image_double(io, &n->min);
    kk_image_double(io, &n->max);
    kk_image_u32(io, &n->units);
    kk_image_u32(io, &n->within);
}

static void want(kk_image_io *io, kk_want *w)
{
    KK_IMAGE_ENUM(io, kk_want, *w, KK_WANT_NO);
}

static void choices(kk_image_io *io, kk_condition *c)
{
    KK_IMAGE_ENUM(io, kk_choice, c->negated, KK_CHOICE_ONLY);
    KK_IMAGE_ENUM(io, kk_choice, c->guidance, KK_CHOICE_ONLY);
    KK_IMAGE_ENUM(io, kk_choice, c->heading, KK_CHOICE_ONLY);
    want(io, &c->climate);
    want(io, &c->binding);
    want(io, &c->measurable);
    want(io, &c->documented);
    want(io, &c->empty);
    want(io, &c->tracked);
}

static void condition_fields(kk_image_io *io, kk_condition *c)
{
    kk_image_maybe(io, KK_PENDING_PATTERN, &c->pattern);
    kk_image_maybe(io, KK_PENDING_PATTERN, &c->pattern_b);
    kk_image_u32(io, &c->within);
    kk_image_u32(io, &c->min_count);
    choices(io, c);
    number_want(io, &c->number);
    kk_image_places(io, &c->places);
    KK_IMAGE_ARRAY(io, &c->categories, &c->n_categories, category_index);
    kk_image_double(io, &c->min_score);
    KK_IMAGE_ARRAY(io, &c->names, &c->n_names, one_str);
    kk_image_str(io, &c->fact);
    kk_image_str(io, &c->value);
    KK_IMAGE_ENUM(io, kk_fact_op, c->op, KK_FACT_IS);
    kk_image_double(io, &c->value_number);
    kk_image_str(io, &c->threshold);
    kk_image_u32(io, &c->spans);
    kk_image_u32(io, &c->roles);
    kk_image_u32(io, &c->min_words);
    kk_image_u32(io, &c->max_words);
}

static void condition(kk_image_io *io, void *item)
{
    kk_condition *c = item;
    KK_IMAGE_ENUM(io, kk_condition_kind, c->kind, KK_COND_MANAGED);
    KK_IMAGE_ENUM(io, kk_extent, c->in, KK_EXTENT_PROCUREMENT);
    kk_image_u32(io, &c->index);
    if (!io->writing && c->index >= io->n_conditions) {
        c->index = 0;
        kk_image_fail(io, KK_E_FORMAT);
    }
    origin(io, &c->origin);
    KK_IMAGE_ARRAY(io, &c->children, &c->n_children, condition);
    condition_fields(io, c);
}

/* ---- examples ------------------------------------------------------------------------------ */

static void attribute(kk_image_io *io, void *item)
{
    kk_xattr *a = item;
    kk_image_str(io, &a->name);
    kk_image_str(io, &a->value);
}

static void node_fields(kk_image_io *io, kk_xnode *node)
{
    kk_image_str(io, &node->name);
    kk_image_str(io, &node->text);
    KK_IMAGE_ARRAY(io, &node->attrs, &node->n_attrs, attribute);
    kk_image_u32(io, &node->line);
}

static void put_node(kk_image_io *io, const kk_xnode *node)
{
    kk_xnode copy = *node;
    uint32_t n = 0;
    node_fields(io, &copy);
    for (const kk_xnode *at = node->first; at != NULL; at = at->next) {
        n++;
    }
    kk_image_u32(io, &n);
    for (const kk_xnode *at = node->first; at != NULL; at = at->next) {
        put_node(io, at);
    }
}

static kk_xnode *get_node(kk_image_io *io, kk_xnode *parent)
{
    kk_xnode *node = kk_arena_alloc(io->arena, sizeof *node);
    uint32_t n = 0;
    if (node == NULL || ++io->depth > KK_IMAGE_DEPTH_MAX) {
        kk_image_fail(io, node == NULL ? KK_E_NOMEM : KK_E_FORMAT);
        return NULL;
    }
    node->parent = parent;
    node_fields(io, node);
    kk_image_u32(io, &n);
    for (uint32_t i = 0; i < n && io->failed == KK_OK; i++) {
        kk_xnode *child = get_node(io, node);
        if (child != NULL && node->last == NULL) {
            node->first = node->last = child;
        } else if (child != NULL) {
            node->last->next = child;
            node->last = child;
        }
    }
    io->depth--;
    return node;
}

/* Examples are read by the checks of the bank only: their XML is written apart, with positions of
 * its own, and unpacked when somebody asks. */
static void pack(kk_image_io *io, const kk_xnode *content)
{
    kk_buf bytes;
    kk_buf_init(&bytes, 0);
    kk_image_io apart = {.writing = true, .out = &bytes};
    put_node(&apart, content);
    kk_str packed = kk_buf_view(&bytes);
    if (bytes.failed != KK_OK || apart.failed != KK_OK) {
        kk_image_fail(io, KK_E_NOMEM);
    } else {
        kk_image_str(io, &packed);
    }
    kk_image_dispose(&apart);
    kk_buf_dispose(&bytes);
}

const kk_xnode *kk_image_unpack(kk_str packed, kk_arena *arena)
{
    kk_image_io io = {
        .bytes = (const unsigned char *)packed.ptr, .end = packed.len, .arena = arena};
    const kk_xnode *node = get_node(&io, NULL);
    return io.failed == KK_OK ? node : NULL;
}

static void example(kk_image_io *io, void *item)
{
    kk_example *e = item;
    kk_image_bool(io, &e->fires);
    KK_IMAGE_ENUM(io, kk_lang, e->lang, KK_LANG_OTHER);
    kk_image_str(io, &e->date);
    kk_image_str(io, &e->note);
    kk_image_str(io, &e->kind);
    kk_image_str(io, &e->categories);
    kk_image_u32(io, &e->expired);
    kk_image_u32(io, &e->line);
    if (io->writing && e->content != NULL) {
        pack(io, e->content);
    } else {
        kk_image_str(io, &e->packed);
    }
}

/* ---- categories, rules ---------------------------------------------------------------------- */

static void category(kk_image_io *io, void *item)
{
    kk_category *c = item;
    kk_image_str(io, &c->id);
    kk_image_maybe(io, KK_PENDING_CATEGORY, &c->parent);
    texts(io, &c->name);
    texts(io, &c->cpv_note);
    review(io, &c->status);
    kk_image_str(io, &c->reviewed_by);
    kk_image_str(io, &c->reviewed_on);
    KK_IMAGE_ARRAY(io, &c->cpv, &c->n_cpv, one_str);
    kk_image_index(io, KK_PENDING_PATTERN, &c->pattern);
    origin(io, &c->origin);
}

static void recogniser(kk_image_io *io, void *item)
{
    kk_recogniser *r = item;
    kk_image_str(io, &r->id);
    kk_image_str(io, &r->kind);
    kk_image_str(io, &r->from);
    kk_image_str(io, &r->to);
    kk_image_bool(io, &r->climate);
    KK_IMAGE_ENUM(io, kk_extent, r->scope, KK_EXTENT_PROCUREMENT);
    review(io, &r->status);
    condition(io, &r->when);
    KK_IMAGE_ARRAY(io, &r->examples, &r->n_examples, example);
    origin(io, &r->origin);
}

static void severity(kk_image_io *io, void *item)
{
    kk_severity *s = item;
    KK_IMAGE_ENUM(io, kk_level, s->level, KK_LEVEL_ERROR);
    kk_image_str(io, &s->from);
    kk_image_str(io, &s->to);
}

static void remedy(kk_image_io *io, void *item)
{
    kk_remedy *r = item;
    kk_image_str(io, &r->clause);
    kk_image_str(io, &r->route);
    KK_IMAGE_ARRAY(io, &r->categories, &r->n_categories, category_index);
    texts(io, &r->advice);
}

static void rule(kk_image_io *io, void *item)
{
    kk_rule *r = item;
    kk_str *const words[] = {&r->id,          &r->name,        &r->from, &r->to,
                             &r->reviewed_by, &r->reviewed_on, &r->help};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        kk_image_str(io, words[i]);
    }
    KK_IMAGE_ENUM(io, kk_level, r->level, KK_LEVEL_ERROR);
    KK_IMAGE_ENUM(io, kk_extent, r->scope, KK_EXTENT_PROCUREMENT);
    KK_IMAGE_ENUM(io, kk_rule_class, r->class, KK_CLASS_CATEGORY);
    review(io, &r->status);
    texts(io, &r->title);
    messages(io, &r->message);
    messages(io, &r->why);
    condition(io, &r->when);
    kk_image_maybe(io, KK_PENDING_PATTERN, &r->evidence);
    KK_IMAGE_ARRAY(io, &r->categories, &r->n_categories, category_index);
    KK_IMAGE_ARRAY(io, &r->kinds, &r->n_kinds, one_str);
    KK_IMAGE_ARRAY(io, &r->basis, &r->n_basis, basis);
    KK_IMAGE_ARRAY(io, &r->severities, &r->n_severities, severity);
    KK_IMAGE_ARRAY(io, &r->remedies, &r->n_remedies, remedy);
    KK_IMAGE_ARRAY(io, &r->examples, &r->n_examples, example);
    origin(io, &r->origin);
}

/* ---- clauses ------------------------------------------------------------------------------- */

static void clause_inline(kk_image_io *io, void *item)
{
    kk_clause_inline *n = item;
    KK_IMAGE_ENUM(io, kk_inline_kind, n->kind, KK_INLINE_FIELD);
    kk_image_bool(io, &n->bold);
    kk_image_str(io, &n->text);
    kk_image_str(io, &n->name);
    kk_image_str(io, &n->unit);
}

static void clause_cell(kk_image_io *io, void *item)
{
    kk_clause_cell *c = item;
    KK_IMAGE_ENUM(io, kk_role, c->role, KK_ROLE_OTHER);
    KK_IMAGE_ARRAY(io, &c->inlines, &c->n_inlines, clause_inline);
}

static void clause_block(kk_image_io *io, void *item)
{
    kk_clause_block *b = item;
    KK_IMAGE_ENUM(io, kk_block_kind, b->kind, KK_BLOCK_ROW);
    KK_IMAGE_ARRAY(io, &b->cells, &b->n_cells, clause_cell);
    kk_image_u32(io, &b->line);
}

static void reference(kk_image_io *io, void *item)
{
    kk_reference *r = item;
    kk_image_str(io, &r->ref);
    kk_image_str(io, &r->version);
}

static void clause_bodies(kk_image_io *io, kk_clause *c)
{
    KK_IMAGE_ARRAY(io, &c->nb.blocks, &c->nb.n_blocks, clause_block);
    KK_IMAGE_ARRAY(io, &c->nn.blocks, &c->nn.n_blocks, clause_block);
    KK_IMAGE_ARRAY(io, &c->en.blocks, &c->en.n_blocks, clause_block);
}

static void clause(kk_image_io *io, void *item)
{
    kk_clause *c = item;
    kk_str *const words[] = {&c->id,   &c->version, &c->type,        &c->level,
                             &c->from, &c->to,      &c->reviewed_by, &c->reviewed_on};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        kk_image_str(io, words[i]);
    }
    review(io, &c->status);
    texts(io, &c->name);
    texts(io, &c->verifikat);
    texts(io, &c->motive);
    KK_IMAGE_ARRAY(io, &c->categories, &c->n_categories, category_index);
    KK_IMAGE_ARRAY(io, &c->places, &c->n_places, place_index);
    clause_bodies(io, c);
    KK_IMAGE_ARRAY(io, &c->basis, &c->n_basis, basis);
    KK_IMAGE_ARRAY(io, &c->sources, &c->n_sources, source_note);
    KK_IMAGE_ARRAY(io, &c->follow_ups, &c->n_follow_ups, reference);
    KK_IMAGE_ARRAY(io, &c->replaces, &c->n_replaces, reference);
    KK_IMAGE_ARRAY(io, &c->earlier, &c->n_earlier, reference);
    KK_IMAGE_ARRAY(io, &c->phrases, &c->n_phrases, phrase);
    kk_image_bool(io, &c->has_satisfied_by);
    if (c->has_satisfied_by) {
        condition(io, &c->satisfied_by);
    }
    origin(io, &c->origin);
}

/* ---- the rest ------------------------------------------------------------------------------ */

static void place(kk_image_io *io, void *item)
{
    kk_place *p = item;
    kk_image_str(io, &p->id);
    texts(io, &p->name);
    kk_image_u32(io, &p->order);
    kk_image_index(io, KK_PENDING_PATTERN, &p->pattern);
    KK_IMAGE_ARRAY(io, &p->kinds, &p->n_kinds, one_str);
    origin(io, &p->origin);
}

static void columns(kk_image_io *io, void *item)
{
    kk_columns *c = item;
    KK_IMAGE_ENUM(io, kk_role, c->role, KK_ROLE_OTHER);
    kk_image_index(io, KK_PENDING_PATTERN, &c->pattern);
}

static void document_kind(kk_image_io *io, void *item)
{
    kk_document_kind *k = item;
    kk_image_str(io, &k->id);
    kk_image_u32(io, &k->order);
    texts(io, &k->name);
    condition(io, &k->when);
    KK_IMAGE_ARRAY(io, &k->examples, &k->n_examples, example);
    origin(io, &k->origin);
}

static void route(kk_image_io *io, void *item)
{
    kk_verdict_route *r = item;
    KK_IMAGE_ENUM(io, kk_route, r->route, KK_ROUTE_NOT_APPLICABLE);
    r->satisfied = (int)kk_image_upto(io, (uint32_t)(r->satisfied + 1), 2) - 1;
    KK_IMAGE_ARRAY(io, &r->basis, &r->n_basis, basis);
    condition(io, &r->when);
    messages(io, &r->why);
}

static void verdict(kk_image_io *io, void *item)
{
    kk_verdict_rule *v = item;
    kk_image_str(io, &v->id);
    kk_image_str(io, &v->from);
    kk_image_str(io, &v->to);
    kk_image_bool(io, &v->has_applies);
    if (v->has_applies) {
        condition(io, &v->applies);
    }
    KK_IMAGE_ARRAY(io, &v->routes, &v->n_routes, route);
    origin(io, &v->origin);
}

static void threshold(kk_image_io *io, void *item)
{
    kk_threshold *t = item;
    kk_str *const words[] = {&t->id, &t->unit, &t->from, &t->to, &t->basis, &t->href};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        kk_image_str(io, words[i]);
    }
    kk_image_double(io, &t->value);
    origin(io, &t->origin);
}

static void example_use(kk_image_io *io, void *item)
{
    kk_example_use *u = item;
    kk_image_str(io, &u->id);
    kk_image_str(io, &u->year);
    kk_image_str(io, &u->buyer);
    texts(io, &u->text);
    KK_IMAGE_ARRAY(io, &u->categories, &u->n_categories, category_index);
    KK_IMAGE_ARRAY(io, &u->clauses, &u->n_clauses, one_str);
    KK_IMAGE_ARRAY(io, &u->sources, &u->n_sources, source_note);
    origin(io, &u->origin);
}

static void law_fact(kk_image_io *io, void *item)
{
    kk_law_fact *f = item;
    kk_str *const words[] = {&f->id,    &f->name, &f->value, &f->from,      &f->to,
                             &f->basis, &f->href, &f->cites, &f->instead_of};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        kk_image_str(io, words[i]);
    }
    texts(io, &f->says);
    condition(io, &f->when);
    origin(io, &f->origin);
}

static void notice_code(kk_image_io *io, void *item)
{
    kk_notice_code *c = item;
    kk_str *const words[] = {&c->id,   &c->field, &c->code,  &c->means,
                             &c->from, &c->to,    &c->basis, &c->href};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        kk_image_str(io, words[i]);
    }
    texts(io, &c->label);
    kk_image_bool(io, &c->has_when);
    if (c->has_when) {
        condition(io, &c->when);
    }
    origin(io, &c->origin);
}

void kk_image_model(kk_image_io *io, kk_model *m)
{
    const uint32_t n[] = {m->n_patterns, m->n_categories, m->n_places};
    for (size_t i = 0; i < sizeof n / sizeof *n; i++) {
        io->n_of[i] = n[i];
        kk_image_u32(io, &io->n_of[i]);
    }
    io->n_matchers = m->n_matchers;
    kk_image_u32(io, &io->n_matchers);
    kk_image_u32(io, &m->n_conditions);
    io->n_conditions = m->n_conditions;
    KK_IMAGE_ARRAY(io, &m->matchers, &m->n_matchers, matcher);
    KK_IMAGE_ARRAY(io, &m->patterns, &m->n_patterns, pattern);
    KK_IMAGE_ARRAY(io, &m->categories, &m->n_categories, category);
    KK_IMAGE_ARRAY(io, &m->recognisers, &m->n_recognisers, recogniser);
    KK_IMAGE_ARRAY(io, &m->rules, &m->n_rules, rule);
    KK_IMAGE_ARRAY(io, &m->clauses, &m->n_clauses, clause);
    KK_IMAGE_ARRAY(io, &m->places, &m->n_places, place);
    KK_IMAGE_ARRAY(io, &m->columns, &m->n_columns, columns);
    KK_IMAGE_ARRAY(io, &m->kinds, &m->n_kinds, document_kind);
    KK_IMAGE_ARRAY(io, &m->verdicts, &m->n_verdicts, verdict);
    KK_IMAGE_ARRAY(io, &m->thresholds, &m->n_thresholds, threshold);
    KK_IMAGE_ARRAY(io, &m->uses, &m->n_uses, example_use);
    KK_IMAGE_ARRAY(io, &m->law_facts, &m->n_law_facts, law_fact);
    KK_IMAGE_ARRAY(io, &m->notice_codes, &m->n_notice_codes, notice_code);
    kk_image_cpv(io, &m->cpv);
    source_note(io, &m->cpv_list);
    if (!io->writing &&
        (m->n_matchers != io->n_matchers || m->n_patterns != io->n_of[0] ||
         m->n_categories != io->n_of[1] || m->n_places != io->n_of[2] || m->n_places > 64)) {
        kk_image_fail(io, KK_E_FORMAT);
    }
}
