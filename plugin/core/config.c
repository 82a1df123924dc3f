/* klimakrav.xml -> kk_config. Knows what the elements mean; XML is xmlin.c's, and what is done with
 * a decision is for those who ask. */
#include "config.h"

#include "file.h"
#include "filepath.h"
#include "hash.h"
#include "utf8.h"
#include "xmlin.h"

#include <string.h>

typedef struct loader {
    kk_config *config;
    kk_str file;
    bool failed; /* out of memory */
    kk_error *err;
} loader;

static kk_str attr(loader *l, const kk_xml_node *node, const char *name)
{
    const kk_str value = kk_xml_attr_of(node, name);
    return value.ptr == NULL ? KK_STR("") : kk_keep(l->config->arena, value, &l->failed);
}

static const char *attr_z(loader *l, const kk_xml_node *node, const char *name)
{
    return node == NULL || kk_xml_attr_of(node, name).ptr == NULL ? NULL : attr(l, node, name).ptr;
}

static void *array(loader *l, size_t n, size_t size)
{
    void *items = kk_arena_array(l->config->arena, n + 1, size);
    l->failed = l->failed || items == NULL;
    return items;
}

static size_t count(const kk_xml_node *node, const char *name)
{
    size_t n = 0;
    const kk_xml_node *at = NULL;
    while (node != NULL && (at = kk_xml_child(node, name, at)) != NULL) {
        n++;
    }
    return n;
}

/* The schema takes 2026-02-30 for a date when it looks at the pattern alone. */
static kk_status check_date(loader *l, const kk_xml_node *node, kk_str date)
{
    if (date.len == 0 || kk_date_valid(date)) {
        return KK_OK;
    }
    const kk_status status = kk_fail_at(l->err, KK_E_RULE, "config", l->file, 0,
                                        "\"%s\" is no date; write it as 2026-11-23", date.ptr);
    if (l->err != NULL) {
        l->err->line = node->line;
    }
    return status;
}

/* ---- defaults ------------------------------------------------------------------------------ */

static kk_lang lang_of(const char *word)
{
    const kk_str s = kk_z(word);
    return kk_str_is(s, "nb")   ? KK_LANG_NB
           : kk_str_is(s, "nn") ? KK_LANG_NN
           : kk_str_is(s, "en") ? KK_LANG_EN
                                : KK_LANG_UNSET;
}

/* A folder of rules counts from the config's own folder, as it was given. */
static const char *rules_folder(loader *l, kk_str folder)
{
    const kk_str own = kk_path_folder(l->file);
    if ((folder.len > 0 && folder.ptr[0] == '/') || kk_str_is(own, ".")) {
        return kk_keep(l->config->arena, folder, &l->failed).ptr;
    }
    const kk_str joined = kk_arena_printf(l->config->arena, "%.*s/%s", (int)own.len, own.ptr,
                                          folder.ptr);
    l->failed = l->failed || joined.ptr == NULL;
    return joined.ptr;
}

static void load_defaults(loader *l, const kk_xml_node *node)
{
    kk_config_info *info = &l->config->info;
    info->lang = lang_of(attr_z(l, node, "lang"));
    info->clause_lang = lang_of(attr_z(l, node, "clause-lang"));
    info->level = attr_z(l, node, "level");
    info->fail_on = attr_z(l, node, "fail-on");
    info->author = attr_z(l, node, "author");
    info->municipality = attr_z(l, node, "municipality");
    info->only_reviewed = node != NULL && kk_str_is(kk_xml_attr_of(node, "only-reviewed"), "yes");
    const char **rules = array(l, count(node, "rules"), sizeof *rules);
    const kk_xml_node *at = NULL;
    while (rules != NULL && node != NULL && (at = kk_xml_child(node, "rules", at)) != NULL) {
        rules[info->n_rules++] = rules_folder(l, attr(l, at, "folder"));
    }
    info->rules = rules;
}

/* ---- suppressions -------------------------------------------------------------------------- */

static kk_str lower(loader *l, kk_str s)
{
    const kk_str low = kk_utf8_lower(l->config->arena, s);
    l->failed = l->failed || low.ptr == NULL;
    return low.ptr == NULL ? KK_STR("") : low;
}

/* "maler/it, Tildelings*; ..." */
static kk_str describe_scopes(loader *l, const kk_config_scope *scopes, size_t n)
{
    kk_buf words;
    kk_buf_init(&words, 0);
    for (size_t i = 0; i < n; i++) {
        const kk_str parts[3] = {scopes[i].path, scopes[i].section, scopes[i].fingerprint};
        bool some = false;
        kk_buf_puts(&words, i > 0 ? "; " : "");
        for (size_t k = 0; k < 3; k++) {
            kk_buf_puts(&words, some && parts[k].len > 0 ? ", " : "");
            kk_buf_str(&words, parts[k]);
            some = some || parts[k].len > 0;
        }
    }
    const kk_str kept = kk_keep(l->config->arena, kk_buf_view(&words), &l->failed);
    l->failed = l->failed || words.failed != KK_OK;
    kk_buf_dispose(&words);
    return kept;
}

/* The decision as such, whatever its place in the file. */
static kk_str decision_id(loader *l, const kk_suppression_info *s)
{
    const kk_str nl = {"\n", 1};
    const kk_str pieces[] = {s->rule, nl, s->scope, nl, s->reason, nl, s->decided_by, nl, s->until};
    char hex[65];
    kk_sha256_hex_pieces(pieces, sizeof pieces / sizeof *pieces, hex);
    return kk_keep(l->config->arena, (kk_str){hex, 12}, &l->failed);
}

static kk_status load_suppress(loader *l, const kk_xml_node *node, kk_config_suppress *out)
{
    kk_suppression_info *s = &out->info;
    kk_config_scope *scopes = array(l, count(node, "scope"), sizeof *scopes);
    const kk_xml_node *at = NULL;
    s->size = sizeof *s;
    s->rule = attr(l, node, "rule");
    s->decided_by = attr(l, node, "decided-by");
    s->decided_on = attr(l, node, "decided-on");
    s->until = attr(l, node, "until");
    s->reason = kk_utf8_normalise(l->config->arena, kk_xml_child(node, "reason", NULL)->text);
    l->failed = l->failed || s->reason.ptr == NULL;
    while (scopes != NULL && (at = kk_xml_child(node, "scope", at)) != NULL) {
        scopes[out->n_scopes++] = (kk_config_scope){attr(l, at, "path"), attr(l, at, "section"),
                                                    attr(l, at, "fingerprint")};
    }
    s->scope = describe_scopes(l, scopes, out->n_scopes);
    for (size_t i = 0; i < out->n_scopes; i++) {
        scopes[i].section = lower(l, scopes[i].section);
    }
    out->scopes = scopes;
    s->id = decision_id(l, s);
    KK_TRY(check_date(l, node, s->decided_on));
    return check_date(l, node, s->until);
}

static kk_status load_suppressions(loader *l, const kk_xml_node *node)
{
    kk_config_suppress *list = array(l, count(node, "suppress"), sizeof *list);
    const kk_xml_node *at = NULL;
    while (list != NULL && node != NULL && (at = kk_xml_child(node, "suppress", at)) != NULL) {
        KK_TRY(load_suppress(l, at, &list[l->config->n_suppressions++]));
    }
    l->config->suppressions = list;
    return KK_OK;
}

/* ---- municipalities and house styles ------------------------------------------------------- */

static void load_municipalities(loader *l, const kk_xml_node *node)
{
    size_t n = 0;
    const kk_xml_node *town = NULL;
    while (node != NULL && (town = kk_xml_child(node, "municipality", town)) != NULL) {
        n += count(town, "folder");
    }
    kk_config_pair *list = array(l, n, sizeof *list);
    l->config->municipalities = list;
    while (list != NULL && node != NULL &&
           (town = kk_xml_child(node, "municipality", town)) != NULL) {
        const kk_xml_node *at = NULL;
        while ((at = kk_xml_child(town, "folder", at)) != NULL) {
            list[l->config->n_municipalities++] =
                (kk_config_pair){attr(l, at, "path"), attr(l, town, "name")};
        }
    }
}

static void load_house(loader *l, const kk_xml_node *node, kk_config_house *house)
{
    static const char *const names[] = {"heading", "body", "list", "table"};
    kk_config_pair *chapters = array(l, count(node, "chapter"), sizeof *chapters);
    const kk_xml_node *at = NULL;
    house->municipality = attr(l, node, "municipality");
    house->chapters = chapters;
    while (chapters != NULL && (at = kk_xml_child(node, "chapter", at)) != NULL) {
        chapters[house->n_chapters++] =
            (kk_config_pair){lower(l, attr(l, at, "heading")), attr(l, at, "place")};
    }
    while ((at = kk_xml_child(node, "style", at)) != NULL) {
        for (size_t i = 0; i < KK_CONFIG_N_STYLES; i++) {
            if (kk_str_is(kk_xml_attr_of(at, "for"), names[i])) {
                house->styles[i] = attr(l, at, "name");
            }
        }
    }
}

static void load_houses(loader *l, const kk_xml_node *root)
{
    kk_config_house *houses = array(l, count(root, "house-style"), sizeof *houses);
    const kk_xml_node *at = NULL;
    l->config->houses = houses;
    while (houses != NULL && (at = kk_xml_child(root, "house-style", at)) != NULL) {
        load_house(l, at, &houses[l->config->n_houses++]);
    }
}

/* ---- loading ------------------------------------------------------------------------------- */

static kk_status load(loader *l, kk_str bytes, const char *path)
{
    kk_config *c = l->config;
    kk_xml_node *root = NULL;
    const kk_xml_schema_use how = {.file = l->file,
                                      .reason = "config",
                                      .schema = {(const char *)kk_config_schema,
                                                 kk_config_schema_len},
                                      .hint = "compare with the schema config.rng"};
    kk_buf real;
    kk_buf_init(&real, 0);
    c->info.size = sizeof c->info;
    c->info.path = kk_keep(c->arena, kk_z(path), &l->failed).ptr;
    const kk_str folder = kk_arena_str(c->arena, kk_path_folder(kk_z(path)));
    (void)kk_path_real(folder.ptr, &real);
    c->folder = kk_keep(c->arena, kk_buf_view(&real), &l->failed);
    kk_buf_dispose(&real);
    KK_TRY(kk_xml_validate(bytes, &how, l->err));
    KK_TRY(kk_xml_in(bytes, l->file, c->arena, &root, l->err));
    load_defaults(l, kk_xml_child(root, "defaults", NULL));
    KK_TRY(load_suppressions(l, kk_xml_child(root, "suppressions", NULL)));
    load_municipalities(l, kk_xml_child(root, "municipalities", NULL));
    load_houses(l, root);
    return l->failed ? kk_fail_nomem(l->err) : KK_OK;
}

kk_status kk_config_load_memory(kk_config **out, kk_str bytes, const char *path, kk_error *err)
{
    *out = NULL;
    kk_config *config = kk_malloc(sizeof *config);
    if (config == NULL) {
        return kk_fail_nomem(err);
    }
    *config = (kk_config){.arena = kk_arena_new()};
    kk_sha256_hex(bytes, config->sha256);
    loader l = {.config = config, .file = kk_z(path), .err = err};
    const kk_status status = config->arena == NULL ? kk_fail_nomem(err) : load(&l, bytes, path);
    if (status != KK_OK) {
        kk_config_free(config);
        return status;
    }
    *out = config;
    return KK_OK;
}

kk_status kk_config_load(kk_config **out, const char *path, kk_error *err)
{
    kk_buf bytes;
    *out = NULL;
    kk_buf_init(&bytes, 0);
    kk_status status = kk_file_read(path, (uint64_t)4 << 20, &bytes, err);
    if (status == KK_OK) {
        status = kk_config_load_memory(out, kk_buf_view(&bytes), path, err);
    }
    kk_buf_dispose(&bytes);
    return status;
}

void kk_config_free(kk_config *config)
{
    if (config != NULL) {
        kk_arena_free(config->arena);
        kk_release(config);
    }
}

kk_status kk_config_find(const char *near, kk_bytes *path, kk_error *err)
{
    kk_buf real;
    kk_buf found;
    kk_buf_init(&real, 0);
    kk_buf_init(&found, 0);
    path->ptr = NULL;
    path->len = 0;
    if (!kk_path_real(near, &real)) { /* a file yet to be made: its folder will do */
        const kk_str above = kk_path_folder(kk_z(near));
        kk_buf_str(&found, above);
        (void)(found.failed == KK_OK && kk_path_real(found.ptr, &real));
        kk_buf_clear(&found);
    }
    kk_str folder = kk_buf_view(&real);
    if (folder.len > 0 && !kk_file_is_dir(folder.ptr)) {
        folder = kk_path_folder(folder);
    }
    while (folder.len > 0) {
        kk_buf_clear(&found);
        kk_buf_printf(&found, "%.*s/klimakrav.xml", (int)(folder.len == 1 ? 0 : folder.len),
                      folder.ptr);
        if (found.failed != KK_OK || kk_file_exists(found.ptr)) {
            break;
        }
        kk_buf_clear(&found);
        folder = folder.len == 1 ? KK_STR("") : kk_path_folder(folder);
    }
    found.failed = found.failed != KK_OK ? found.failed : real.failed;
    kk_buf_dispose(&real);
    return kk_buf_give(&found, path, err);
}

/* ---- asking -------------------------------------------------------------------------------- */

kk_status kk_config_get(const kk_config *config, kk_config_info *out)
{
    return kk_struct_out(out, &config->info, sizeof config->info);
}

void kk_config_see(const kk_config *config, const char *path, kk_buf *out)
{
    kk_path_seen_from(config->folder, path, out);
}

const char *kk_config_municipality(const kk_config *config, const char *path)
{
    if (config == NULL) {
        return NULL;
    }
    kk_buf seen;
    kk_buf_init(&seen, 0);
    kk_config_see(config, path, &seen);
    const char *name = config->info.municipality;
    for (size_t i = 0; i < config->n_municipalities; i++) {
        if (kk_path_fits(config->municipalities[i].pattern, kk_buf_view(&seen))) {
            name = config->municipalities[i].value.ptr;
            break;
        }
    }
    kk_buf_dispose(&seen);
    return name;
}

size_t kk_config_suppressions(const kk_config *config)
{
    return config == NULL ? 0 : config->n_suppressions;
}

kk_status kk_config_suppression(const kk_config *config, size_t i, const char *date,
                                kk_suppression_info *out)
{
    if (i >= kk_config_suppressions(config)) {
        return KK_E_ARG;
    }
    kk_suppression_info s = config->suppressions[i].info;
    s.expired = date != NULL && kk_str_compare(s.until, kk_z(date)) < 0;
    return kk_struct_out(out, &s, sizeof s);
}

/* Houses of the municipality first, then those of all; i counts both rounds. */
static const kk_config_house *house_at(const kk_config *config, const char *municipality, size_t i)
{
    const bool own = i < config->n_houses;
    const kk_config_house *h = &config->houses[own ? i : i - config->n_houses];
    const bool fits = own ? municipality != NULL && h->municipality.len > 0 &&
                                kk_str_is(h->municipality, municipality)
                          : h->municipality.len == 0;
    return fits ? h : NULL;
}

bool kk_config_has_chapters(const kk_config *config, const char *municipality)
{
    for (size_t i = 0; config != NULL && i < 2 * config->n_houses; i++) {
        const kk_config_house *h = house_at(config, municipality, i);
        if (h != NULL && h->n_chapters > 0) {
            return true;
        }
    }
    return false;
}

kk_str kk_config_chapter(const kk_config *config, const char *municipality, kk_str heading,
                         kk_arena *scratch)
{
    const kk_str words = kk_utf8_normalise(scratch, kk_utf8_lower(scratch, heading));
    for (size_t i = 0; config != NULL && words.ptr != NULL && i < 2 * config->n_houses; i++) {
        const kk_config_house *h = house_at(config, municipality, i);
        for (size_t k = 0; h != NULL && k < h->n_chapters; k++) {
            if (kk_words_fit(h->chapters[k].pattern, words)) {
                return h->chapters[k].value;
            }
        }
    }
    return KK_STR("");
}

kk_str kk_config_style_name(const kk_config *config, const char *municipality,
                            kk_config_style which)
{
    for (size_t i = 0; config != NULL && i < 2 * config->n_houses; i++) {
        const kk_config_house *h = house_at(config, municipality, i);
        if (h != NULL && h->styles[which].len > 0) {
            return h->styles[which];
        }
    }
    return KK_STR("");
}
