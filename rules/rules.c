/* Loading and lifetime: sources -> model -> prefilter, and the scanners that use them. */
#include "rules_internal.h"

#include "error.h"
#include "load.h"
#include "str.h"

/* ---- loading ------------------------------------------------------------------------------- */

typedef kk_status reader(kk_loader *l, const kk_xnode *node);

static kk_status read_pattern(kk_loader *l, const kk_xnode *node)
{
    kk_pattern *ignored;
    return kk_load_pattern(l, node, kk_xnode_attr(node, "id"), &ignored);
}

static const struct {
    const char *name;
    reader *read;
    bool has_id;
} readers[] = {
    {"pattern", read_pattern, true},      {"recogniser", kk_load_recogniser, true},
    {"category", kk_load_category, true}, {"rule", kk_load_rule, true},
    {"clause", kk_load_clause, true},     {"place", kk_load_place, true},
    {"columns", kk_load_columns, false},  {"document-kind", kk_load_kind, true},
    {"verdict", kk_load_verdict, true},   {"threshold", kk_load_threshold, true},
    {"law-fact", kk_load_law_fact, true}, {"notice-code", kk_load_notice_code, true},
    {"example-use", kk_load_use, true},   {"cpv-list", kk_load_cpv_list, false},
};

static bool is_id(kk_str s)
{
    bool good = s.len > 0 && s.len <= 120;
    for (size_t i = 0; good && i < s.len; i++) {
        const char c = s.ptr[i];
        good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
    }
    return good;
}

static kk_status read_top(kk_loader *l, const kk_xnode *node)
{
    const kk_str id = kk_xnode_attr(node, "id");
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        if (!kk_str_is(node->name, readers[i].name)) {
            continue;
        }
        if (readers[i].has_id && !is_id(id)) {
            return kk_load_fail(l, node, "<%s> needs an id of letters, digits, \".\", \"_\", \"-\"",
                                readers[i].name);
        }
        l->top = node;
        l->owner = id.len > 0 ? id : node->name;
        return readers[i].read(l, node);
    }
    return kk_load_fail(l, node, "unknown element <%.*s>", (int)node->name.len, node->name.ptr);
}

static kk_status read_source(kk_loader *l, const kk_rule_source *source, const kk_schema *schema)
{
    l->file = kk_arena_str(l->arena, source->name);
    l->foreign = source->validate;
    if (l->file.ptr == NULL) {
        return kk_fail_nomem(l->err);
    }
    if (kk_str_ends(source->name, KK_STR(".tsv"))) {
        return kk_load_cpv(l, source);
    }
    kk_xnode *bank;
    KK_TRY(kk_rulefile_parse(source, l->arena, &bank, l->err));
    if (source->validate) {
        KK_TRY(kk_load_check_names(l, bank));
    }
    for (const kk_xnode *at = kk_xnode_element(bank, NULL); at != NULL;
         at = kk_xnode_element(bank, at)) {
        KK_TRY(read_top(l, at));
    }
    return source->validate ? kk_schema_check(schema, source, l->err) : KK_OK;
}

static kk_status read_sources(kk_loader *l, const kk_rule_source *sources, size_t n, kk_str schema)
{
    kk_schema *checked = NULL;
    kk_status status = KK_OK;
    bool *foreign = kk_arena_array(l->arena, n + 1, sizeof *foreign);
    if (foreign == NULL) {
        return kk_fail_nomem(l->err);
    }
    l->foreign_sources = foreign;
    for (size_t i = 0; i < n && status == KK_OK; i++) {
        foreign[i] = sources[i].validate;
        if (foreign[i] && checked == NULL) {
            status = kk_schema_new(&checked, schema, l->err);
        }
        l->source = (uint32_t)i;
        status = status == KK_OK ? read_source(l, &sources[i], checked) : status;
    }
    kk_schema_free(checked);
    return status == KK_OK ? kk_load_resolve(l) : status;
}

static void dispose_loader(kk_loader *l)
{
    kk_vec_free(&l->matchers);
    kk_release(l->matcher_slots);
    kk_vec_free(&l->patterns);
    kk_vec_free(&l->categories);
    kk_vec_free(&l->recognisers);
    kk_vec_free(&l->rules);
    kk_vec_free(&l->clauses);
    kk_vec_free(&l->places);
    kk_vec_free(&l->columns);
    kk_vec_free(&l->kinds);
    kk_vec_free(&l->verdicts);
    kk_vec_free(&l->thresholds);
    kk_vec_free(&l->law_facts);
    kk_vec_free(&l->notice_codes);
    kk_vec_free(&l->uses);
    kk_vec_free(&l->cpv);
    kk_vec_free(&l->pendings);
}

/* Folds bytes into a hash, eight at a time, lowest byte first on every machine. Not cryptographic:
 * it tells one bank from another, it does not prove anything. */
static uint64_t fold_bytes(uint64_t hash, kk_str s)
{
    for (size_t i = 0; i < s.len; i += 8) {
        const size_t n = s.len - i < 8 ? s.len - i : 8;
        uint64_t word = 0;
        for (size_t b = 0; b < n; b++) {
            word |= (uint64_t)(unsigned char)s.ptr[i + b] << (8 * b);
        }
        hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 29;
    }
    return (hash ^ s.len) * UINT64_C(0xBF58476D1CE4E5B9);
}

/* Contents only: where the files lie must not matter. */
static void set_version(kk_rules *rules, const kk_rule_source *sources, size_t n)
{
    uint64_t hash = UINT64_C(0x6B6C696D616B7261);
    for (size_t i = 0; i < n; i++) {
        hash = fold_bytes(hash, sources[i].xml);
    }
    hash ^= hash >> 32;
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < sizeof rules->version - 1; i++) {
        rules->version[i] = digits[hash >> (4 * i) & 0xF];
    }
}

kk_status kk_rules_load(kk_rules **out, const kk_rule_source *sources, size_t n, kk_str schema,
                        kk_error *err)
{
    *out = NULL;
    kk_rules *rules = kk_malloc(sizeof *rules);
    if (rules == NULL) {
        return kk_fail_nomem(err);
    }
    *rules = (kk_rules){.arena = kk_arena_new()};
    kk_status status = rules->arena == NULL ? kk_fail_nomem(err) : KK_OK;
    if (status == KK_OK) {
        kk_loader l = {.arena = rules->arena, .err = err, .model = &rules->model};
        status = read_sources(&l, sources, n, schema);
        dispose_loader(&l);
    }
    if (status == KK_OK) {
        status = kk_prefilter_new(&rules->prefilter, rules->model.matchers, rules->model.n_matchers,
                                  err);
    }
    if (status != KK_OK) {
        kk_rules_free(rules);
        return status;
    }
    set_version(rules, sources, n);
    *out = rules;
    return KK_OK;
}

void kk_rules_free(kk_rules *rules)
{
    if (rules != NULL) {
        kk_prefilter_free(rules->prefilter);
        kk_arena_free(rules->arena);
        kk_release(rules);
    }
}

kk_str kk_rules_version(const kk_rules *rules)
{
    return kk_str_from(rules->version);
}

const struct kk_model *kk_rules_model(const kk_rules *rules)
{
    return &rules->model;
}

/* ---- scanners ------------------------------------------------------------------------------ */

kk_status kk_scanner_new(kk_scanner **out, const kk_rules *rules, const kk_limits *limits,
                         kk_error *err)
{
    *out = NULL;
    kk_scanner *scanner = kk_malloc(sizeof *scanner);
    if (scanner == NULL) {
        return kk_fail_nomem(err);
    }
    *scanner = (kk_scanner){.rules = rules};
    if (limits != NULL) {
        scanner->limits = *limits;
    }
    if (scanner->limits.hits == 0) {
        scanner->limits.hits = 1000000;
    }
    scanner->arena = kk_arena_new();
    scanner->side_arena = kk_arena_new();
    scanner->text_arena = kk_arena_new();
    kk_status status =
        scanner->arena == NULL || scanner->side_arena == NULL || scanner->text_arena == NULL
            ? kk_fail_nomem(err)
            : KK_OK;
    if (status == KK_OK) {
        status = kk_match_new(&scanner->match, rules->model.matchers, rules->model.n_matchers,
                              scanner->limits.match_steps, err);
    }
    if (status == KK_OK) {
        status = kk_prefilter_state_init(&scanner->filter, rules->prefilter, err);
    }
    if (status != KK_OK) {
        kk_scanner_free(scanner);
        return status;
    }
    *out = scanner;
    return KK_OK;
}

void kk_scanner_free(kk_scanner *scanner)
{
    if (scanner != NULL) {
        kk_match_free(scanner->match);
        kk_prefilter_state_dispose(&scanner->filter);
        kk_vec_free(&scanner->candidates);
        kk_arena_free(scanner->arena);
        kk_arena_free(scanner->side_arena);
        kk_arena_free(scanner->text_arena);
        kk_release(scanner);
    }
}

void kk_scanner_use_prefilter(kk_scanner *scanner, bool use)
{
    scanner->prefilter_off = !use;
}
