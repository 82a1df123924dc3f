/* Rules, recognisers, document kinds and verdicts: everything that has conditions and messages. */
#include "load.h"

#include "error.h"
#include "str.h"

static const kk_keyword extents[] = {{"paragraph", KK_EXTENT_PARAGRAPH},
                                     {"cell", KK_EXTENT_CELL},
                                     {"row", KK_EXTENT_ROW},
                                     {"table", KK_EXTENT_TABLE},
                                     {"section", KK_EXTENT_SECTION},
                                     {"document", KK_EXTENT_DOCUMENT},
                                     {"procurement", KK_EXTENT_PROCUREMENT},
                                     {NULL, 0}};

static const kk_keyword classes[] = {{"core", KK_CLASS_CORE},
                                     {"special", KK_CLASS_SPECIAL},
                                     {"hygiene", KK_CLASS_HYGIENE},
                                     {"category", KK_CLASS_CATEGORY},
                                     {NULL, 0}};

static const kk_keyword routes[] = {{"weighted", KK_ROUTE_WEIGHTED},
                                    {"prioritised", KK_ROUTE_PRIORITISED},
                                    {"replaced", KK_ROUTE_REPLACED},
                                    {"combined", KK_ROUTE_COMBINED},
                                    {"exempt", KK_ROUTE_EXEMPT},
                                    {"silent", KK_ROUTE_SILENT},
                                    {"not-applicable", KK_ROUTE_NOT_APPLICABLE},
                                    {NULL, 0}};

static const kk_keyword verdicts[] = {{"yes", 1}, {"no", 0}, {"unknown", -1}, {NULL, 0}};

/* ---- messages ------------------------------------------------------------------------------ */

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Folds white space to single blanks; those at the ends stay, for they separate text from a value.
 */
static kk_status fold_blanks(kk_loader *l, kk_str text, kk_str *out)
{
    char *bytes;
    KK_TRY(kk_load_alloc(l, text.len + 1, 1, (void **)&bytes));
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        const bool space = is_space(text.ptr[i]);
        if (!space || n == 0 || bytes[n - 1] != ' ') {
            bytes[n++] = (char)(space ? ' ' : text.ptr[i]);
        }
    }
    *out = (kk_str){bytes, n};
    return KK_OK;
}

static kk_status read_message(kk_loader *l, const kk_xnode *node, kk_message *out)
{
    uint32_t n = 0;
    for (const kk_xnode *at = node->first; at != NULL; at = at->next) {
        n++;
    }
    kk_piece *pieces;
    KK_TRY(kk_load_alloc(l, n, sizeof *pieces, (void **)&pieces));
    n = 0;
    for (const kk_xnode *at = node->first; at != NULL; at = at->next) {
        kk_piece *piece = &pieces[n++];
        piece->is_value = at->name.len > 0;
        if (piece->is_value) {
            piece->text = kk_xnode_attr(at, "name");
            continue;
        }
        KK_TRY(fold_blanks(l, at->text, &piece->text));
        if (at == node->first && piece->text.len > 0 && piece->text.ptr[0] == ' ') {
            piece->text = kk_str_slice(piece->text, 1, piece->text.len);
        }
        if (at->next == NULL && kk_str_ends(piece->text, KK_STR(" "))) {
            piece->text.len--;
        }
    }
    *out = (kk_message){pieces, n};
    return KK_OK;
}

kk_status kk_load_messages(kk_loader *l, const kk_xnode *parent, const char *name, kk_messages *out)
{
    for (const kk_xnode *at = kk_xnode_element(parent, NULL); at != NULL;
         at = kk_xnode_element(parent, at)) {
        if (!kk_str_is(at->name, name)) {
            continue;
        }
        kk_lang lang;
        KK_TRY(kk_load_lang(l, at, &lang));
        kk_message *slot = lang == KK_LANG_EN ? &out->en : lang == KK_LANG_NN ? &out->nn : &out->nb;
        KK_TRY(read_message(l, at, slot));
    }
    return KK_OK;
}

/* ---- examples ------------------------------------------------------------------------------ */

static bool is_example(const kk_xnode *node, bool *fires)
{
    *fires = kk_str_is(node->name, "fires") || (kk_str_is(node->name, "example") &&
                                                kk_str_is(kk_xnode_attr(node, "expect"), "fires"));
    return *fires || kk_str_is(node->name, "silent") || kk_str_is(node->name, "example");
}

kk_status kk_load_examples(kk_loader *l, const kk_xnode *parent, const kk_example **out,
                           uint32_t *n)
{
    kk_example *list;
    const uint32_t most = kk_load_count_children(parent, "example") +
                          kk_load_count_children(parent, "fires") +
                          kk_load_count_children(parent, "silent");
    KK_TRY(kk_load_alloc(l, most, sizeof *list, (void **)&list));
    *n = 0;
    for (const kk_xnode *at = kk_xnode_element(parent, NULL); at != NULL;
         at = kk_xnode_element(parent, at)) {
        bool fires;
        if (!is_example(at, &fires)) {
            continue;
        }
        kk_example *e = &list[(*n)++];
        e->fires = fires;
        e->content = at;
        e->line = at->line;
        e->note = kk_xnode_attr(at, "note");
        e->kind = kk_xnode_attr(at, "kind");
        (void)kk_str_to_u32(kk_xnode_attr(at, "expired"), &e->expired);
        e->categories = kk_xnode_attr(at, "category");
        KK_TRY(kk_load_date(l, at, "date", &e->date));
        KK_TRY(kk_load_lang(l, at, &e->lang));
    }
    *out = list;
    return KK_OK;
}

/* ---- rules --------------------------------------------------------------------------------- */

static kk_status read_remedy(kk_loader *l, const kk_xnode *node, kk_remedy *out)
{
    out->clause = kk_xnode_attr(node, "clause");
    out->route = kk_xnode_attr(node, "route");
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        KK_TRY(kk_load_text(l, at, &out->advice));
    }
    return kk_load_refs(l, node, KK_PENDING_CATEGORY, kk_xnode_attr(node, "category"),
                        &out->categories, &out->n_categories);
}

static kk_status read_severity(kk_loader *l, const kk_xnode *node, kk_severity *out)
{
    int level;
    KK_TRY(kk_load_keyword(l, node, "level", kk_level_words, KK_LEVEL_WARNING, &level));
    out->level = (kk_level)level;
    return kk_load_validity(l, node, &out->from, &out->to);
}

static kk_status read_rule_lists(kk_loader *l, const kk_xnode *node, kk_rule *out)
{
    kk_remedy *remedies;
    kk_severity *severities;
    KK_TRY(kk_load_alloc(l, kk_load_count_children(node, "remedy"), sizeof *remedies,
                         (void **)&remedies));
    KK_TRY(kk_load_alloc(l, kk_load_count_children(node, "severity"), sizeof *severities,
                         (void **)&severities));
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        if (kk_str_is(at->name, "remedy")) {
            KK_TRY(read_remedy(l, at, &remedies[out->n_remedies++]));
        } else if (kk_str_is(at->name, "severity")) {
            KK_TRY(read_severity(l, at, &severities[out->n_severities++]));
        }
    }
    out->remedies = remedies;
    out->severities = severities;
    KK_TRY(kk_load_basis(l, node, &out->basis, &out->n_basis));
    return kk_load_examples(l, node, &out->examples, &out->n_examples);
}

static kk_status read_rule_child(kk_loader *l, const kk_xnode *at, kk_rule *out)
{
    if (kk_str_is(at->name, "title")) {
        return kk_load_text(l, at, &out->title);
    }
    if (kk_str_is(at->name, "applies")) {
        KK_TRY(kk_load_refs(l, at, KK_PENDING_CATEGORY, kk_xnode_attr(at, "categories"),
                            &out->categories, &out->n_categories));
        return kk_load_list(l, kk_xnode_attr(at, "kinds"), &out->kinds, &out->n_kinds);
    }
    if (kk_str_is(at->name, "when")) {
        return kk_load_conditions(l, at, &out->when);
    }
    if (kk_str_is(at->name, "evidence")) {
        return kk_load_ref(l, at, KK_PENDING_PATTERN, kk_xnode_attr(at, "pattern"), &out->evidence);
    }
    if (kk_str_is(at->name, "help")) {
        out->help = kk_xnode_attr(at, "href");
    }
    return KK_OK;
}

static kk_status read_rule_attributes(kk_loader *l, const kk_xnode *node, kk_rule *out)
{
    int level;
    int scope;
    int class;
    out->id = kk_xnode_attr(node, "id");
    out->name = kk_xnode_attr(node, "name");
    out->origin = kk_load_origin(l, node);
    out->evidence = KK_NONE;
    KK_TRY(kk_load_keyword(l, node, "severity", kk_level_words, KK_LEVEL_WARNING, &level));
    KK_TRY(kk_load_keyword(l, node, "scope", extents, KK_EXTENT_DOCUMENT, &scope));
    KK_TRY(kk_load_keyword(l, node, "class", classes, KK_CLASS_SPECIAL, &class));
    out->level = (kk_level)level;
    out->scope = (kk_extent)scope;
    out->class = (kk_rule_class) class;
    KK_TRY(kk_load_review(l, node, &out->status, &out->reviewed_by, &out->reviewed_on));
    return kk_load_validity(l, node, &out->from, &out->to);
}

/* What an own bank is told by lint, a municipality's file is told at once. */
static kk_status check_foreign_rule(kk_loader *l, const kk_xnode *node, const kk_rule *rule)
{
    if (!l->foreign) {
        return KK_OK;
    }
    if (rule->message.nb.n == 0 || rule->message.nn.n == 0 || rule->why.nb.n == 0 ||
        rule->why.nn.n == 0 || rule->title.nb.len == 0 || rule->title.nn.len == 0) {
        return kk_load_fail(l, node, "rule %.*s needs title, message and why in nb and nn",
                            (int)rule->id.len, rule->id.ptr);
    }
    uint32_t fires = 0;
    for (uint32_t i = 0; i < rule->n_examples; i++) {
        fires += rule->examples[i].fires ? 1 : 0;
    }
    if (fires == 0 || fires == rule->n_examples) {
        return kk_load_fail(l, node, "rule %.*s needs an <example expect=\"%s\">",
                            (int)rule->id.len, rule->id.ptr, fires == 0 ? "fires" : "silent");
    }
    return KK_OK;
}

kk_status kk_load_rule(kk_loader *l, const kk_xnode *node)
{
    kk_rule *out;
    KK_TRY(kk_load_alloc(l, 1, sizeof *out, (void **)&out));
    KK_TRY(read_rule_attributes(l, node, out));
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        KK_TRY(read_rule_child(l, at, out));
    }
    KK_TRY(kk_load_messages(l, node, "message", &out->message));
    KK_TRY(kk_load_messages(l, node, "why", &out->why));
    KK_TRY(read_rule_lists(l, node, out));
    KK_TRY(check_foreign_rule(l, node, out));
    return kk_vec_push(&l->rules, out) ? KK_OK : kk_fail_nomem(l->err);
}

kk_status kk_load_recogniser(kk_loader *l, const kk_xnode *node)
{
    kk_recogniser *out;
    kk_str by;
    kk_str on;
    int scope;
    int climate;
    KK_TRY(kk_load_alloc(l, 1, sizeof *out, (void **)&out));
    out->id = kk_xnode_attr(node, "id");
    out->kind = kk_xnode_attr(node, "kind");
    out->origin = kk_load_origin(l, node);
    KK_TRY(kk_load_keyword(l, node, "scope", extents, KK_EXTENT_PARAGRAPH, &scope));
    KK_TRY(kk_load_keyword(l, node, "climate", kk_yes_no_words, 0, &climate));
    out->scope = (kk_extent)scope;
    out->climate = climate != 0;
    KK_TRY(kk_load_review(l, node, &out->status, &by, &on));
    KK_TRY(kk_load_validity(l, node, &out->from, &out->to));
    KK_TRY(kk_load_conditions(l, node, &out->when));
    KK_TRY(kk_load_examples(l, node, &out->examples, &out->n_examples));
    return kk_vec_push(&l->recognisers, out) ? KK_OK : kk_fail_nomem(l->err);
}

kk_status kk_load_kind(kk_loader *l, const kk_xnode *node)
{
    kk_document_kind *out;
    KK_TRY(kk_load_alloc(l, 1, sizeof *out, (void **)&out));
    out->id = kk_xnode_attr(node, "id");
    out->origin = kk_load_origin(l, node);
    KK_TRY(kk_load_count(l, node, "order", UINT32_MAX, &out->order));
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        if (kk_str_is(at->name, "name")) {
            KK_TRY(kk_load_text(l, at, &out->name));
        }
    }
    KK_TRY(kk_load_conditions(l, node, &out->when));
    KK_TRY(kk_load_examples(l, node, &out->examples, &out->n_examples));
    return kk_vec_push(&l->kinds, out) ? KK_OK : kk_fail_nomem(l->err);
}

/* ---- verdicts ------------------------------------------------------------------------------ */

static kk_status read_route(kk_loader *l, const kk_xnode *node, kk_verdict_route *out)
{
    int route;
    KK_TRY(kk_load_keyword(l, node, "id", routes, KK_ROUTE_SILENT, &route));
    KK_TRY(kk_load_keyword(l, node, "satisfied", verdicts, -1, &out->satisfied));
    out->route = (kk_route)route;
    KK_TRY(kk_load_basis(l, node, &out->basis, &out->n_basis));
    KK_TRY(kk_load_messages(l, node, "why", &out->why));
    return kk_load_conditions(l, node, &out->when);
}

kk_status kk_load_verdict(kk_loader *l, const kk_xnode *node)
{
    kk_verdict_rule *out;
    kk_verdict_route *list;
    KK_TRY(kk_load_alloc(l, 1, sizeof *out, (void **)&out));
    KK_TRY(kk_load_alloc(l, kk_load_count_children(node, "route"), sizeof *list, (void **)&list));
    out->id = kk_xnode_attr(node, "id");
    out->origin = kk_load_origin(l, node);
    KK_TRY(kk_load_validity(l, node, &out->from, &out->to));
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        if (kk_str_is(at->name, "route")) {
            KK_TRY(read_route(l, at, &list[out->n_routes++]));
        } else if (kk_str_is(at->name, "applies-when")) {
            out->has_applies = true;
            KK_TRY(kk_load_conditions(l, at, &out->applies));
        }
    }
    out->routes = list;
    return kk_vec_push(&l->verdicts, out) ? KK_OK : kk_fail_nomem(l->err);
}
