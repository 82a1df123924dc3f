/* Finding and loading the bank: its compiled image where that is up to date, else the rule files of
 * a folder, in byte order of their names; then those of extra folders. What the files say is the
 * rules layer's business. */
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
    kk_str image, image_name; /* compiled bank, mapped, or empty */
    bool borrowed;            /* the image is the caller's */
    bool own;
    kk_status status;
    kk_error *err;
} loading;

/* Comparing the files of a folder with those that an image was made from. */
typedef struct comparing {
    const kk_rule_image_file *files;
    uint32_t n, at;
    size_t prefix;   /* bytes of a path before the name within the bank */
    int64_t changed; /* of the image */
} comparing;

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

/* ---- the image ----------------------------------------------------------------------------- */

/* A file that was changed before the image was and has kept its size is the one it was; of a later
 * one the contents are compared. */
static bool is_as_compiled(void *context, const char *path)
{
    comparing *c = context;
    if (!is_rule_file(path)) {
        return true;
    }
    const kk_rule_image_file *file = c->at < c->n ? &c->files[c->at++] : NULL;
    uint64_t size;
    int64_t changed;
    if (file == NULL || !kk_str_equal(file->name, kk_z(path + c->prefix)) ||
        !kk_file_stamp(path, &size, &changed) || size != file->size) {
        return false;
    }
    if (changed < c->changed) {
        return true;
    }
    kk_bytes bytes;
    if (kk_file_load(path, MAX_RULE_FILE, &bytes, NULL) != KK_OK) {
        return false;
    }
    const bool same = kk_rules_image_sum((kk_str){bytes.ptr, bytes.len}) == file->sum;
    kk_bytes_free(&bytes);
    return same;
}

/* Was the image made from the files that are there now, in this very state? Without a folder of XML
 * there is nothing that it could differ from. */
static bool is_current(const loading *l, const char *path, const char *bank)
{
    comparing c = {.prefix = strlen(bank) + 1};
    uint64_t size;
    if (!kk_file_is_dir(bank)) {
        return true;
    }
    return kk_file_stamp(path, &size, &c.changed) &&
           kk_rules_image_files(l->image, kk_z(path), l->arena, &c.files, &c.n, NULL) == KK_OK &&
           kk_file_walk(bank, is_as_compiled, &c, NULL) == KK_OK && c.at == c.n;
}

/* Maps folder/bank.kkb if it is there and current. One that cannot be read is passed over: the XML
 * says the same. */
static kk_status map_image(loading *l, const char *folder, const char *bank)
{
    const kk_str path = kk_arena_printf(l->arena, "%s/bank.kkb", folder);
    if (path.ptr == NULL) {
        return kk_fail_nomem(l->err);
    }
    if (kk_file_exists(path.ptr) &&
        kk_file_map(path.ptr, MAX_RULE_FILE, &l->image, NULL) == KK_OK &&
        !is_current(l, path.ptr, bank)) {
        kk_file_unmap(l->image);
        l->image = (kk_str){NULL, 0};
    }
    l->image_name = path;
    return KK_OK;
}

/* ---- building ------------------------------------------------------------------------------ */

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

/* The image, if there is one, goes over to the bank. */
static kk_status load_sources(kk_bank **out, loading *l, kk_str schema, kk_error *err)
{
    kk_rule_source *sources = kk_arena_array(l->arena, l->files.n + 1, sizeof *sources);
    size_t n = 0;
    if (sources == NULL) {
        return kk_fail_nomem(err);
    }
    if (l->image.ptr != NULL) {
        sources[n++] = (kk_rule_source){.name = l->image_name, .xml = l->image, .stays = true};
    }
    for (size_t i = 0; i < l->files.n; i++) {
        const loaded *f = &l->files.items[i];
        sources[n++] = (kk_rule_source){
            .name = f->name, .xml = {f->bytes.ptr, f->bytes.len}, .validate = !f->own};
    }
    KK_TRY(build(out, sources, n, schema, err));
    if (!l->borrowed) {
        (*out)->image = l->image;
        l->image = (kk_str){NULL, 0};
    }
    return KK_OK;
}

static kk_status load_extra(loading *l, const kk_bank_options *options, kk_error *err)
{
    for (size_t i = 0; i < options->n_extra; i++) {
        KK_TRY(load_folder(l, options->extra[i], false, err));
    }
    return KK_OK;
}

static kk_status load_all(loading *l, const kk_bank_options *options, bool use_image,
                          kk_bytes *schema, kk_error *err)
{
    if (options->folder == NULL) {
        l->image = options->image;
        l->image_name = KK_STR("bank.kkb");
        l->borrowed = true;
        return load_extra(l, options, err);
    }
    const kk_str folder = kk_arena_printf(l->arena, "%s/bank", options->folder);
    const kk_str rng = kk_arena_printf(l->arena, "%s/schema/klimakrav.rng", options->folder);
    if (folder.ptr == NULL || rng.ptr == NULL) {
        return kk_fail_nomem(err);
    }
    if (use_image) {
        KK_TRY(map_image(l, options->folder, folder.ptr));
    }
    if (l->image.ptr == NULL) {
        KK_TRY(load_folder(l, folder.ptr, true, err));
    }
    KK_TRY(load_extra(l, options, err));
    return options->n_extra == 0 ? KK_OK : kk_file_load(rng.ptr, MAX_RULE_FILE, schema, err);
}

/* *image: may a compiled bank be used; afterwards, was one. */
static kk_status load_bank(kk_bank **out, const kk_bank_options *options, bool *image,
                           kk_error *err)
{
    loading l = {.arena = kk_arena_new(), .err = err};
    kk_bytes schema = {NULL, 0};
    kk_status status =
        l.arena == NULL ? kk_fail_nomem(err) : load_all(&l, options, *image, &schema, err);
    *image = l.image.ptr != NULL;
    if (status == KK_OK) {
        const kk_str read = {schema.ptr, schema.len};
        status = load_sources(out, &l, options->folder == NULL ? options->schema : read, err);
    }
    for (size_t i = 0; i < l.files.n; i++) {
        kk_bytes_free(&l.files.items[i].bytes);
    }
    if (!l.borrowed) {
        kk_file_unmap(l.image);
    }
    kk_bytes_free(&schema);
    kk_vec_free(&l.files);
    kk_arena_free(l.arena);
    return status;
}

static bool has_xml(const char *folder)
{
    kk_buf bank;
    kk_buf_init(&bank, 0);
    kk_buf_printf(&bank, "%s/bank", folder);
    const bool there = bank.failed == KK_OK && kk_file_is_dir(bank.ptr);
    kk_buf_dispose(&bank);
    return there;
}

kk_status kk_bank_load(kk_bank **out, const kk_bank_options *options, kk_error *err)
{
    kk_bank_options o;
    kk_error first = {.status = KK_OK};
    bool image = true;
    kk_struct_in(&o, sizeof o, options);
    *out = NULL;
    if (o.folder == NULL && o.image.ptr == NULL) {
        return kk_fail(err, KK_E_ARG, "", "no folder given for the bank");
    }
    kk_status status = load_bank(out, &o, &image, &first);
    if (status == KK_E_FORMAT && image && o.folder != NULL && has_xml(o.folder)) {
        /* A damaged image is no loss: the XML says the same. */
        image = false;
        first = (kk_error){.status = KK_OK};
        status = load_bank(out, &o, &image, &first);
    }
    if (err != NULL && err->status == KK_OK) {
        *err = first;
    }
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
            sources[i] = (kk_rule_source){
                .name = files[i].name, .xml = files[i].bytes, .validate = !files[i].own};
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
        kk_file_unmap(bank->image);
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
