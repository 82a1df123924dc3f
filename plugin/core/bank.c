/* Finding and loading the bank: rule files of a folder, in byte order of their names, then those of
 * extra folders. What the files say is the rules layer's business. */
#include "core.h"

#include "file.h"

#include <string.h>

enum { MAX_RULE_FILE = 64 << 20 };

/* A source while loading: its bytes stay until the rules are built. */
typedef struct loaded {
    kk_bytes bytes;
    kk_str name;
    bool own;
} loaded;

typedef struct loading {
    kk_arena *arena;
    KK_VEC(loaded) files;
    bool own;
    kk_status status;
    kk_error *err;
} loading;

static bool is_rule_file(const char *path)
{
    const char *slash = strrchr(path, '/');
    const kk_str name = kk_z(slash == NULL ? path : slash + 1);
    if (kk_str_starts(name, KK_STR(".")) || kk_str_starts(name, KK_STR("~$"))) {
        return false;
    }
    return kk_str_ends(name, KK_STR(".xml")) || kk_str_ends(name, KK_STR(".tsv"));
}

static bool load_file(void *context, const char *path)
{
    loading *l = context;
    if (!is_rule_file(path)) {
        return true;
    }
    loaded file = {{NULL, 0}, kk_arena_str(l->arena, kk_z(path)), l->own};
    if (file.name.ptr == NULL) {
        l->status = kk_fail_nomem(l->err);
        return false;
    }
    l->status = kk_file_load(path, MAX_RULE_FILE, &file.bytes, l->err);
    if (l->status == KK_OK && !kk_vec_push(&l->files, file)) {
        kk_bytes_free(&file.bytes);
        l->status = kk_fail_nomem(l->err);
    }
    return l->status == KK_OK;
}

/* kk_file_walk turns our stop into KK_E_CANCELLED, so its error goes to one of its own first. */
static kk_status load_folder(loading *l, const char *folder, bool own, kk_error *err)
{
    const size_t before = l->files.n;
    kk_error walk = {.status = KK_OK};
    l->own = own;
    l->status = KK_OK;
    if (!kk_file_is_dir(folder)) {
        return kk_fail_at(err, KK_E_IO, "", kk_z(folder), 0,
                          "no such folder of rule files; check the name");
    }
    const kk_status status = kk_file_walk(folder, load_file, l, &walk);
    if (l->status != KK_OK) {
        return l->status;
    }
    if (status != KK_OK) {
        if (err != NULL && err->status == KK_OK) {
            *err = walk;
        }
        return status;
    }
    if (l->files.n == before) {
        return kk_fail_at(err, KK_E_IO, "", kk_z(folder), 0,
                          "no rule files (*.xml) in this folder; check the name");
    }
    return KK_OK;
}

static kk_status build(kk_bank **out, const kk_rule_source *sources, size_t n, kk_str schema,
                       kk_error *err)
{
    kk_bank *bank = kk_malloc(sizeof *bank);
    if (bank == NULL) {
        return kk_fail_nomem(err);
    }
    *bank = (kk_bank){0};
    const kk_status status = kk_rules_load(&bank->rules, sources, n, schema, err);
    if (status != KK_OK) {
        kk_release(bank);
        return status;
    }
    const kk_str version = kk_rules_version(bank->rules);
    const size_t len = version.len < sizeof bank->version ? version.len : sizeof bank->version - 1;
    memcpy(bank->version, version.ptr, len);
    *out = bank;
    return KK_OK;
}

static kk_status load_sources(kk_bank **out, const loading *l, kk_str schema, kk_error *err)
{
    kk_rule_source *sources = kk_arena_array(l->arena, l->files.n + 1, sizeof *sources);
    if (sources == NULL) {
        return kk_fail_nomem(err);
    }
    for (size_t i = 0; i < l->files.n; i++) {
        const loaded *f = &l->files.items[i];
        sources[i] = (kk_rule_source){f->name, {f->bytes.ptr, f->bytes.len}, !f->own};
    }
    return build(out, sources, l->files.n, schema, err);
}

static kk_status load_all(loading *l, const kk_bank_options *options, kk_bytes *schema,
                          kk_error *err)
{
    const kk_str folder = kk_arena_printf(l->arena, "%s/bank", options->folder);
    const kk_str rng = kk_arena_printf(l->arena, "%s/schema/klimakrav.rng", options->folder);
    if (folder.ptr == NULL || rng.ptr == NULL) {
        return kk_fail_nomem(err);
    }
    KK_TRY(load_folder(l, folder.ptr, true, err));
    for (size_t i = 0; i < options->n_extra; i++) {
        KK_TRY(load_folder(l, options->extra[i], false, err));
    }
    return options->n_extra == 0 ? KK_OK : kk_file_load(rng.ptr, MAX_RULE_FILE, schema, err);
}

kk_status kk_bank_load(kk_bank **out, const kk_bank_options *options, kk_error *err)
{
    kk_bank_options o;
    kk_struct_in(&o, sizeof o, options);
    *out = NULL;
    if (o.folder == NULL) {
        return kk_fail(err, KK_E_ARG, "", "no folder given for the bank");
    }
    loading l = {.arena = kk_arena_new(), .err = err};
    kk_bytes schema = {NULL, 0};
    kk_status status = l.arena == NULL ? kk_fail_nomem(err) : load_all(&l, &o, &schema, err);
    if (status == KK_OK) {
        status = load_sources(out, &l, (kk_str){schema.ptr, schema.len}, err);
    }
    for (size_t i = 0; i < l.files.n; i++) {
        kk_bytes_free(&l.files.items[i].bytes);
    }
    kk_bytes_free(&schema);
    kk_vec_free(&l.files);
    kk_arena_free(l.arena);
    return status;
}

kk_status kk_bank_load_memory(kk_bank **out, const kk_bank_file *files, size_t n, kk_str schema,
                              kk_error *err)
{
    *out = NULL;
    kk_arena *arena = kk_arena_new();
    kk_rule_source *sources = arena == NULL ? NULL : kk_arena_array(arena, n + 1, sizeof *sources);
    kk_status status;
    if (sources == NULL) {
        status = kk_fail_nomem(err);
    } else {
        for (size_t i = 0; i < n; i++) {
            sources[i] = (kk_rule_source){files[i].name, files[i].bytes, !files[i].own};
        }
        status = build(out, sources, n, schema, err);
    }
    kk_arena_free(arena);
    return status;
}

void kk_bank_free(kk_bank *bank)
{
    if (bank != NULL) {
        kk_rules_free(bank->rules);
        kk_release(bank);
    }
}

const char *kk_bank_version(const kk_bank *bank)
{
    return bank->version;
}

kk_status kk_auditor_new(kk_auditor **out, const kk_bank *bank, const kk_limits *limits,
                         kk_error *err)
{
    *out = NULL;
    kk_auditor *auditor = kk_malloc(sizeof *auditor);
    if (auditor == NULL) {
        return kk_fail_nomem(err);
    }
    *auditor = (kk_auditor){.bank = bank};
    kk_struct_in(&auditor->limits, sizeof auditor->limits, limits);
    auditor->scratch = kk_arena_new();
    const kk_status status =
        auditor->scratch == NULL
            ? kk_fail_nomem(err)
            : kk_scanner_new(&auditor->scanner, bank->rules, &auditor->limits, err);
    if (status != KK_OK) {
        kk_auditor_free(auditor);
        return status;
    }
    *out = auditor;
    return KK_OK;
}

void kk_auditor_free(kk_auditor *auditor)
{
    if (auditor != NULL) {
        kk_scanner_free(auditor->scanner);
        kk_arena_free(auditor->scratch);
        kk_release(auditor);
    }
}
