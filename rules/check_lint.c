/* Form of the bank: both language forms, regexes that compile and are not slow, clause lengths,
 * references between clauses and rules, fields and proofs. */
#include "check.h"

#include "error.h"
#include "facts.h"
#include "str.h"

/* ---- texts --------------------------------------------------------------------------------- */

static kk_status both_forms(kk_checker *c, const kk_texts *texts, const kk_origin *at, kk_str id,
                            const char *what)
{
    c->n_run++;
    if (texts->nb.len == 0) {
        KK_TRY(kk_complain(c, KK_LEVEL_ERROR, at, id, "%s lacks bokmål; add it", what));
    }
    if (texts->nn.len == 0) {
        KK_TRY(kk_complain(c, KK_LEVEL_ERROR, at, id, "%s lacks nynorsk; add it", what));
    }
    return KK_OK;
}

static kk_status both_messages(kk_checker *c, const kk_messages *m, const kk_origin *at, kk_str id,
                               const char *what)
{
    const kk_str some = KK_STR("x");
    const kk_str none = {"", 0};
    const kk_texts texts = {m->nb.n > 0 ? some : none, m->nn.n > 0 ? some : none,
                            m->en.n > 0 ? some : none};
    KK_TRY(both_forms(c, &texts, at, id, what));
    return m->en.n > 0 ? KK_OK
                       : kk_complain(c, KK_LEVEL_INFO, at, id, "%s lacks English; add it", what);
}

/* ---- regexes ------------------------------------------------------------------------------- */

/* Position of an unbounded quantifier inside a group that is itself repeated without bound, such as
 * (a+)* ; SIZE_MAX when there is none. Such a regex can take exponential time. */
static size_t nested_repeat(kk_str r)
{
    enum { DEPTH = 64 };
    bool repeats[DEPTH] = {false}; /* per open group: holds an unbounded quantifier */
    uint32_t depth = 0;
    bool in_class = false;
    bool closed = false; /* the atom before is a group that repeats inside */
    for (size_t i = 0; i < r.len; i++) {
        const char ch = r.ptr[i];
        const bool unbounded = !in_class && (ch == '*' || ch == '+') && i > 0;
        if (ch == '\\') {
            i++;
            closed = false;
        } else if (in_class) {
            in_class = ch != ']' || r.ptr[i - 1] == '[';
        } else if (ch == '[') {
            in_class = true;
            closed = false;
        } else if (ch == '(' && depth + 1 < DEPTH) {
            repeats[++depth] = false;
            closed = false;
        } else if (ch == ')' && depth > 0) {
            closed = repeats[depth];
            repeats[depth - 1] = repeats[depth - 1] || closed;
            depth--;
        } else if (unbounded) {
            if (closed) {
                return i;
            }
            repeats[depth] = true;
        } else {
            closed = false;
        }
    }
    return SIZE_MAX;
}

/* A possessive or atomic group, or a separator that the repeated part must begin with, makes
 * nesting harmless: "(?:\s+\w+)*" can be cut in one way only. */
static bool is_separated(kk_str r, size_t at)
{
    size_t i = at;
    uint32_t depth = 0;
    while (i > 0) {
        i--;
        if (r.ptr[i] == ')' && (i == 0 || r.ptr[i - 1] != '\\')) {
            depth++;
        } else if (r.ptr[i] == '(' && (i == 0 || r.ptr[i - 1] != '\\') && --depth == 0) {
            break;
        }
    }
    const kk_str body = kk_str_slice(r, i, at);
    return kk_str_starts(body, KK_STR("(?:\\s")) || kk_str_starts(body, KK_STR("(?>")) ||
           kk_str_starts(body, KK_STR("(?:\\W")) || kk_str_starts(body, KK_STR("(?:\\w+\\s")) ||
           kk_str_starts(body, KK_STR("(?:\\w+\\W")) || kk_str_starts(body, KK_STR("(?:,"));
}

static kk_status lint_matcher(kk_checker *c, const kk_matcher *m)
{
    size_t offset;
    char message[120];
    c->n_run++;
    if (!kk_match_compiles(m->regex, &offset, message)) {
        return kk_complain(c, KK_LEVEL_ERROR, &m->origin, m->owner,
                           "regex does not compile at offset %zu: %s", offset, message);
    }
    /* One that must begin where the paragraph begins is tried once and fails at its first word. */
    if (m->n_literals == 0 && m->regex.ptr[0] != '^') {
        KK_TRY(
            kk_complain(c, KK_LEVEL_WARNING, &m->origin, m->owner,
                        "slow: \"%.*s\" holds no sure literal of two letters, so that it runs in "
                        "every paragraph; declare literals=\"...\"",
                        (int)(m->regex.len < 80 ? m->regex.len : 80), m->regex.ptr));
    }
    const size_t nested = nested_repeat(m->regex);
    if (nested != SIZE_MAX && !is_separated(m->regex, nested)) {
        KK_TRY(
            kk_complain(c, KK_LEVEL_WARNING, &m->origin, m->owner,
                        "a repeat inside a repeat at offset %zu may take very long; bound one of "
                        "them, as in {0,3}",
                        nested));
    }
    if (kk_str_starts(m->regex, KK_STR("\\w*")) || kk_str_starts(m->regex, KK_STR("\\w+"))) {
        KK_TRY(
            kk_complain(c, KK_LEVEL_WARNING, &m->origin, m->owner,
                        "begins with \\w: put \\b before it, else long words cost their square"));
    }
    return KK_OK;
}

static kk_status lint_matchers(kk_checker *c)
{
    for (uint32_t i = 0; i < c->model->n_matchers; i++) {
        KK_TRY(lint_matcher(c, &c->model->matchers[i]));
    }
    return KK_OK;
}

/* ---- facts ---------------------------------------------------------------------------------- */

static bool known_fact(const kk_facts *facts, kk_str name)
{
    return kk_facts_get(facts, name) != NULL;
}

static kk_status lint_condition(kk_checker *c, const kk_facts *facts, const kk_condition *k,
                                kk_str id)
{
    c->n_run++;
    if (k->kind == KK_COND_FACT && !known_fact(facts, k->fact)) {
        return kk_complain(c, KK_LEVEL_ERROR, &k->origin, id,
                           "there is no fact %.*s; it would never be known", (int)k->fact.len,
                           k->fact.ptr);
    }
    for (uint32_t i = 0; i < k->n_children; i++) { /* as deep as the file was nested */
        KK_TRY(lint_condition(c, facts, &k->children[i], id));
    }
    return KK_OK;
}

static kk_status lint_message(kk_checker *c, const kk_facts *facts, const kk_message *m,
                              const kk_origin *at, kk_str id)
{
    for (uint32_t i = 0; i < m->n; i++) {
        const kk_str name = m->pieces[i].text;
        if (m->pieces[i].is_value && !kk_str_is(name, "evidence") && !kk_str_is(name, "category") &&
            !kk_str_is(name, "place") && !kk_str_is(name, "count") && !known_fact(facts, name)) {
            KK_TRY(kk_complain(c, KK_LEVEL_ERROR, at, id, "there is no value %.*s for a message",
                               (int)name.len, name.ptr));
        }
    }
    return KK_OK;
}

static kk_status lint_messages(kk_checker *c, const kk_facts *facts, const kk_messages *m,
                               const kk_origin *at, kk_str id)
{
    KK_TRY(lint_message(c, facts, &m->nb, at, id));
    KK_TRY(lint_message(c, facts, &m->nn, at, id));
    return lint_message(c, facts, &m->en, at, id);
}

static kk_status lint_with(kk_checker *c, const kk_facts *facts)
{
    const kk_model *m = c->model;
    for (uint32_t i = 0; i < m->n_rules; i++) {
        const kk_rule *r = &m->rules[i];
        KK_TRY(lint_condition(c, facts, &r->when, r->id));
        KK_TRY(lint_messages(c, facts, &r->message, &r->origin, r->id));
        KK_TRY(lint_messages(c, facts, &r->why, &r->origin, r->id));
    }
    for (uint32_t i = 0; i < m->n_clauses; i++) {
        KK_TRY(lint_condition(c, facts, &m->clauses[i].satisfied_by, m->clauses[i].id));
    }
    for (uint32_t i = 0; i < m->n_law_facts; i++) {
        KK_TRY(lint_condition(c, facts, &m->law_facts[i].when, m->law_facts[i].id));
    }
    for (uint32_t i = 0; i < m->n_notice_codes; i++) {
        KK_TRY(lint_condition(c, facts, &m->notice_codes[i].when, m->notice_codes[i].id));
    }
    for (uint32_t i = 0; i < m->n_verdicts; i++) {
        const kk_verdict_rule *v = &m->verdicts[i];
        KK_TRY(lint_condition(c, facts, &v->applies, v->id));
        for (uint32_t r = 0; r < v->n_routes; r++) {
            KK_TRY(lint_condition(c, facts, &v->routes[r].when, v->id));
            KK_TRY(lint_messages(c, facts, &v->routes[r].why, &v->origin, v->id));
        }
    }
    return KK_OK;
}

/* Every <fact> and <v> asks for something that is computed: an empty document tells all names. */
static kk_status lint_facts(kk_checker *c)
{
    const kk_evaluate_options options = {.date = c->date, .as_procurement = true};
    const kk_evaluate_focus focus = {.rule = KK_STR(" ")};
    kk_text *text;
    kk_scan *scan;
    kk_arena_reset(c->scratch);
    KK_TRY(kk_check_phrase_text(c, NULL, KK_STR("-"), KK_LANG_NB, &text));
    const kk_text *one = text;
    KK_TRY(kk_evaluate_open(c->scanner, &one, 1, &options, &focus, &scan, c->err));
    const kk_status status = lint_with(c, &scan->set_facts);
    kk_evaluate_close(c->scanner);
    return status;
}

/* ---- rules --------------------------------------------------------------------------------- */

static bool has_clause(const kk_model *m, kk_str id)
{
    for (uint32_t i = 0; i < m->n_clauses; i++) {
        if (kk_str_equal(m->clauses[i].id, id)) {
            return true;
        }
    }
    return false;
}

static kk_status lint_rule(kk_checker *c, const kk_rule *rule)
{
    KK_TRY(both_forms(c, &rule->title, &rule->origin, rule->id, "title"));
    KK_TRY(both_messages(c, &rule->message, &rule->origin, rule->id, "message"));
    KK_TRY(both_messages(c, &rule->why, &rule->origin, rule->id, "why"));
    if (rule->n_basis == 0) {
        KK_TRY(kk_complain(c, KK_LEVEL_ERROR, &rule->origin, rule->id,
                           "no <basis>; name the law or "
                           "practice it rests on"));
    }
    if (rule->when.n_children == 0) {
        KK_TRY(kk_complain(c, KK_LEVEL_ERROR, &rule->origin, rule->id,
                           "<when> is empty: the rule fires everywhere"));
    }
    for (uint32_t i = 0; i < rule->n_remedies; i++) {
        const kk_remedy *remedy = &rule->remedies[i];
        if (remedy->clause.len > 0 && !has_clause(c->model, remedy->clause)) {
            KK_TRY(kk_complain(c, KK_LEVEL_ERROR, &rule->origin, rule->id,
                               "remedy %.*s is no clause of the bank", (int)remedy->clause.len,
                               remedy->clause.ptr));
        }
        if (remedy->clause.len == 0) {
            KK_TRY(both_forms(c, &remedy->advice, &rule->origin, rule->id, "advice"));
        }
    }
    return KK_OK;
}

static bool covers(const kk_category *parent, kk_str prefix)
{
    for (uint32_t i = 0; i < parent->n_cpv; i++) {
        if (kk_str_starts(prefix, parent->cpv[i])) {
            return true;
        }
    }
    return false;
}

/* A sub-category "transport.bus" names its parent, and has no CPV code that the parent lacks. */
static kk_status lint_sub(kk_checker *c, const kk_category *cat)
{
    const kk_category *parent = &c->model->categories[cat->parent];
    if (cat->id.len < parent->id.len + 2 || !kk_str_starts(cat->id, parent->id) ||
        cat->id.ptr[parent->id.len] != '.') {
        KK_TRY(kk_complain(c, KK_LEVEL_ERROR, &cat->origin, cat->id,
                           "a sub-category is called %.*s.NAME; rename it", (int)parent->id.len,
                           parent->id.ptr));
    }
    for (uint32_t i = 0; i < cat->n_cpv; i++) {
        if (!covers(parent, cat->cpv[i])) {
            KK_TRY(kk_complain(c, KK_LEVEL_ERROR, &cat->origin, cat->id,
                               "CPV %.*s is not one of %.*s; give it to the parent or take it away",
                               (int)cat->cpv[i].len, cat->cpv[i].ptr, (int)parent->id.len,
                               parent->id.ptr));
        }
    }
    return KK_OK;
}

static kk_status lint_category(kk_checker *c, uint32_t index)
{
    const kk_category *cat = &c->model->categories[index];
    KK_TRY(both_forms(c, &cat->name, &cat->origin, cat->id, "name"));
    if (cat->parent == KK_NONE) {
        return kk_str_find(cat->id, KK_STR("."), 0) == SIZE_MAX
                   ? KK_OK
                   : kk_complain(c, KK_LEVEL_ERROR, &cat->origin, cat->id,
                                 "only a sub-category has a dot in its id; name its parent");
    }
    if (kk_model_category_within(c->model, cat->parent, index)) {
        return kk_complain(c, KK_LEVEL_ERROR, &cat->origin, cat->id,
                           "is its own ancestor; correct parent");
    }
    return lint_sub(c, cat);
}

static kk_status lint_rules(kk_checker *c)
{
    for (uint32_t i = 0; i < c->model->n_rules; i++) {
        KK_TRY(lint_rule(c, &c->model->rules[i]));
    }
    for (uint32_t i = 0; i < c->model->n_categories; i++) {
        KK_TRY(lint_category(c, i));
    }
    for (uint32_t i = 0; i < c->model->n_places; i++) {
        const kk_place *place = &c->model->places[i];
        KK_TRY(both_forms(c, &place->name, &place->origin, place->id, "name"));
    }
    for (uint32_t i = 0; i < c->model->n_verdicts; i++) {
        const kk_verdict_rule *v = &c->model->verdicts[i];
        for (uint32_t r = 0; r < v->n_routes; r++) {
            KK_TRY(both_messages(c, &v->routes[r].why, &v->origin, v->id, "why of a route"));
        }
    }
    return KK_OK;
}

/* ---- clauses ------------------------------------------------------------------------------- */

/* Characters, not bytes. */
static size_t letters(kk_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80 ? 1 : 0;
    }
    return n;
}

static bool has_field(const kk_clause_body *body, kk_str name)
{
    for (uint32_t b = 0; b < body->n_blocks; b++) {
        for (uint32_t k = 0; k < body->blocks[b].n_cells; k++) {
            const kk_clause_cell *cell = &body->blocks[b].cells[k];
            for (uint32_t i = 0; i < cell->n_inlines; i++) {
                if (cell->inlines[i].kind == KK_INLINE_FIELD &&
                    kk_str_equal(cell->inlines[i].name, name)) {
                    return true;
                }
            }
        }
    }
    return false;
}

static kk_status same_fields(kk_checker *c, const kk_clause *clause, const kk_clause_body *a,
                             const kk_clause_body *b, const char *lacks)
{
    for (uint32_t n = 0; n < a->n_blocks; n++) {
        for (uint32_t k = 0; k < a->blocks[n].n_cells; k++) {
            const kk_clause_cell *cell = &a->blocks[n].cells[k];
            for (uint32_t i = 0; i < cell->n_inlines; i++) {
                const kk_clause_inline *in = &cell->inlines[i];
                if (in->kind == KK_INLINE_FIELD && !has_field(b, in->name)) {
                    const kk_origin at = kk_origin_line(&clause->origin, a->blocks[n].line);
                    KK_TRY(kk_complain(c, KK_LEVEL_ERROR, &at, clause->id,
                                       "field %.*s is missing in %s", (int)in->name.len,
                                       in->name.ptr, lacks));
                }
            }
        }
    }
    return KK_OK;
}

static kk_status lint_names(kk_checker *c, const kk_clause *clause)
{
    KK_TRY(both_forms(c, &clause->name, &clause->origin, clause->id, "name"));
    KK_TRY(both_forms(c, &clause->motive, &clause->origin, clause->id, "motive"));
    if (letters(clause->name.nb) > 60 || letters(clause->name.nn) > 60) {
        KK_TRY(kk_complain(c, KK_LEVEL_ERROR, &clause->origin, clause->id,
                           "name is over 60 characters; Word shows at most 64"));
    }
    if (!kk_str_is(clause->type, "begrunnelse")) {
        KK_TRY(both_forms(c, &clause->verifikat, &clause->origin, clause->id, "verifikat"));
    }
    if (clause->n_basis == 0 || clause->n_sources == 0) {
        KK_TRY(kk_complain(c, KK_LEVEL_ERROR, &clause->origin, clause->id,
                           "needs <basis> and "
                           "<source>"));
    }
    if (clause->n_places == 0) {
        KK_TRY(kk_complain(c, KK_LEVEL_ERROR, &clause->origin, clause->id,
                           "needs <place>: where in a document does it belong"));
    }
    return KK_OK;
}

static kk_status lint_clause(kk_checker *c, const kk_clause *clause)
{
    KK_TRY(lint_names(c, clause));
    KK_TRY(same_fields(c, clause, &clause->nb, &clause->nn, "nynorsk"));
    KK_TRY(same_fields(c, clause, &clause->nn, &clause->nb, "bokmål"));
    if (clause->nb.n_blocks != clause->nn.n_blocks) {
        KK_TRY(kk_complain(c, KK_LEVEL_WARNING, &clause->origin, clause->id,
                           "bokmål has %u blocks, nynorsk %u; make them alike", clause->nb.n_blocks,
                           clause->nn.n_blocks));
    }
    for (uint32_t i = 0; i < clause->n_follow_ups; i++) {
        if (!has_clause(c->model, clause->follow_ups[i].ref)) {
            KK_TRY(kk_complain(c, KK_LEVEL_ERROR, &clause->origin, clause->id,
                               "follow-up %.*s is no clause of the bank",
                               (int)clause->follow_ups[i].ref.len, clause->follow_ups[i].ref.ptr));
        }
    }
    if (!clause->has_satisfied_by) {
        KK_TRY(kk_complain(c, KK_LEVEL_INFO, &clause->origin, clause->id,
                           "has no <satisfied-by>: text of the same content is not recognised"));
    }
    return KK_OK;
}

kk_status kk_check_lint(kk_checker *c)
{
    KK_TRY(lint_matchers(c));
    KK_TRY(lint_rules(c));
    KK_TRY(lint_facts(c));
    for (uint32_t i = 0; i < c->model->n_clauses; i++) {
        KK_TRY(lint_clause(c, &c->model->clauses[i]));
    }
    return KK_OK;
}
