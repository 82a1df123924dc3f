/* Loading and lifetime: sources or a compiled bank -> model -> prefilter, and the scanners that use
 * them. */
#include "rules_internal.h"

#include "error.h"
#include "image.h"
#include "str.h"

#include <string.h>

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

/* Reads the XML among the sources; `shift` is what to add to a position to get its number. */
static kk_status read_sources(kk_loader *l, const kk_rule_source *sources, size_t n, uint32_t shift,
                              kk_str schema)
{
    kk_schema *checked = NULL;
    kk_status status = KK_OK;
    bool *foreign = kk_arena_array(l->arena, n + shift + 1, sizeof *foreign);
    if (foreign == NULL) {
        return kk_fail_nomem(l->err);
    }
    l->foreign_sources = foreign;
    for (size_t i = 0; i < n && status == KK_OK; i++) {
        foreign[i + shift] = sources[i].validate;
        if (sources[i].validate && checked == NULL) {
            status = kk_schema_new(&checked, schema, l->err);
        }
        l->source = (uint32_t)i + shift;
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

/* ---- a compiled bank ------------------------------------------------------------------------ */

/* Names of its files, as if they lay in bank/ beside it. */
static kk_status name_files(kk_image_io *io, const kk_image_top *top, kk_str name, kk_error *err)
{
    size_t folder = name.len;
    while (folder > 0 && name.ptr[folder - 1] != '/') {
        folder--;
    }
    kk_str *names = kk_arena_array(io->arena, (size_t)top->n_files + 1, sizeof *names);
    for (uint32_t i = 0; names != NULL && i < top->n_files; i++) {
        const kk_str file = top->files[i].name;
        names[i] = kk_arena_printf(io->arena, "%.*s%s%.*s", (int)folder, name.ptr,
                                   folder > 0 ? "bank/" : "", (int)file.len, file.ptr);
        if (names[i].ptr == NULL) {
            names = NULL;
        }
    }
    io->files = names;
    io->n_files = top->n_files;
    return names == NULL ? kk_fail_nomem(err) : KK_OK;
}

/* Bytes of a compiled bank that stay as long as the rules. */
static kk_status hold_image(kk_rules *rules, const kk_rule_source *source, kk_str *out,
                            kk_error *err)
{
    *out = source->xml;
    if (source->stays) {
        return KK_OK;
    }
    char *copy = kk_malloc(source->xml.len + 1);
    if (copy == NULL) {
        return kk_fail_nomem(err);
    }
    memcpy(copy, source->xml.len > 0 ? source->xml.ptr : "", source->xml.len);
    rules->image = copy;
    out->ptr = copy;
    return KK_OK;
}

/* Reads the image; with further sources to come its elements go to the loader. */
static kk_status read_values(kk_rules *rules, kk_image_io *io, kk_loader *l, kk_str name)
{
    kk_image_model(io, &rules->model);
    if (io->keep_refs) {
        KK_TRY(kk_image_status(io, name, l->err));
        return kk_load_adopt(l, io);
    }
    kk_image_prefilter(io, &rules->prefilter);
    KK_TRY(kk_image_status(io, name, l->err));
    return kk_load_circles(l);
}

static kk_status read_image(kk_rules *rules, const kk_rule_source *source, kk_loader *l, bool alone,
                            kk_image_top *top)
{
    kk_image_io io;
    kk_error *err = l->err;
    if (source->validate) {
        return kk_fail_at(err, KK_E_ARG, "rule-file", source->name, 0,
                          "a compiled bank cannot be checked against the schema; say that it is "
                          "our own, or give the XML files");
    }
    kk_str bytes;
    KK_TRY(hold_image(rules, source, &bytes, err));
    KK_TRY(kk_image_open(&io, bytes, source->name, true, rules->arena, top, err));
    KK_TRY(name_files(&io, top, source->name, err));
    io.keep_refs = !alone;
    const kk_status status = read_values(rules, &io, l, source->name);
    kk_image_dispose(&io);
    return status;
}

/* ---- all of it ----------------------------------------------------------------------------- */

static kk_status load_xml(kk_rules *rules, kk_loader *l, const kk_rule_source *sources, size_t n,
                          uint32_t shift, kk_str schema)
{
    KK_TRY(read_sources(l, sources, n, shift, schema));
    return kk_prefilter_build(&rules->prefilter, rules->model.matchers, rules->model.n_matchers,
                              rules->arena, l->err);
}

static kk_status load(kk_rules *rules, const kk_rule_source *sources, size_t n, kk_str schema,
                      kk_error *err)
{
    uint64_t hash = KK_BANK_HASH_START;
    kk_status status = KK_OK;
    kk_image_top top = {.hash = hash};
    const size_t images = n > 0 && kk_image_is(&sources[0]) ? 1 : 0;
    kk_loader l = {.arena = rules->arena, .err = err, .model = &rules->model};
    if (images > 0) {
        status = read_image(rules, &sources[0], &l, n == 1, &top);
        hash = top.hash;
    }
    if (status == KK_OK && (images == 0 || n > 1)) {
        status = load_xml(rules, &l, sources + images, n - images, top.n_files, schema);
    }
    dispose_loader(&l);
    /* Contents only: where the files lie must not matter. */
    for (size_t i = images; i < n; i++) {
        hash = kk_bank_hash(hash, sources[i].xml);
    }
    rules->hash = hash;
    kk_bank_hash_print(hash, rules->version);
    return status;
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
    const kk_status status =
        rules->arena == NULL ? kk_fail_nomem(err) : load(rules, sources, n, schema, err);
    if (status != KK_OK) {
        kk_rules_free(rules);
        return status;
    }
    *out = rules;
    return KK_OK;
}

void kk_rules_free(kk_rules *rules)
{
    if (rules != NULL) {
        kk_arena_free(rules->arena);
        kk_release(rules->image);
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
        status = kk_prefilter_state_init(&scanner->filter, &rules->prefilter, err);
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
