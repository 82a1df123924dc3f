/* Opening a package: which part is the main document, and is it a Word document at all. */
#include "error.h"
#include "package.h"
#include "sniff.h"
#include "str.h"

#include <string.h>

#define WORDML "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define WORDMS "application/vnd.ms-word."

static const struct {
    const char *type;
    bool template_type, macro_type;
} main_types[] = {
    {WORDML "document.main+xml", false, false},
    {WORDML "template.main+xml", true, false},
    {WORDMS "document.macroEnabled.main+xml", false, true},
    {WORDMS "template.macroEnabledTemplate.main+xml", true, true},
};

static bool heed_type(kk_package *package, kk_str type)
{
    /* parameters such as "; charset=utf-8" occur */
    const size_t semicolon = kk_str_find(type, KK_STR(";"), 0);
    const kk_str bare =
        kk_str_trim(kk_str_slice(type, 0, semicolon == SIZE_MAX ? type.len : semicolon));
    for (size_t i = 0; i < sizeof main_types / sizeof *main_types; i++) {
        if (kk_str_is_nocase(bare, main_types[i].type)) {
            package->template_type = main_types[i].template_type;
            package->macro_type = main_types[i].macro_type;
            return true;
        }
    }
    return false;
}

static kk_status find_main(kk_package *package, kk_error *err)
{
    const kk_rel *rel = kk_rels_find(&package->root, KK_REL_DOCUMENT);
    const kk_str type = rel == NULL ? (kk_str){NULL, 0} : kk_package_type(package, rel->part);
    if (rel == NULL || rel->entry == KK_NONE || !heed_type(package, type)) {
        return kk_sniff_package(package->zip, type, err);
    }
    package->main_entry = rel->entry;
    package->main_part = rel->part;
    package->strict = rel->strict;
    return KK_OK;
}

/* Signature parts that no relationship leads to still sign in the eyes of some readers. */
static bool has_signature_part(const kk_package *package)
{
    uint32_t n;
    const kk_zip_entry *entries = kk_zip_entries(package->zip, &n);
    for (uint32_t i = 0; i < n; i++) {
        if (kk_str_starts(entries[i].name, KK_STR("_xmlsignatures/")) && !entries[i].folder) {
            return true;
        }
    }
    return false;
}

kk_status kk_package_open(kk_package *package, kk_str bytes, const kk_limits *limits,
                          kk_arena *arena, kk_error *err)
{
    memset(package, 0, sizeof *package);
    package->arena = arena;
    package->limits = limits;
    package->types_entry = package->main_entry = KK_NONE;
    if (bytes.len > limits->file_bytes) {
        return kk_fail(err, KK_E_LIMIT, "limit",
                       "file is larger than %llu bytes; raise the limit or split it",
                       (unsigned long long)limits->file_bytes);
    }
    KK_TRY(kk_sniff_bytes(bytes, err));
    KK_TRY(kk_zip_open(&package->zip, bytes, limits, err));
    KK_TRY(kk_package_types_read(package, err));
    KK_TRY(kk_package_rels(package, KK_STR(""), &package->root, err));
    KK_TRY(find_main(package, err));
    KK_TRY(kk_package_rels(package, package->main_part, &package->main_rels, err));
    package->signed_package = kk_rels_find(&package->root, KK_REL_SIGNATURE_ORIGIN) != NULL ||
                              has_signature_part(package);
    package->macros = kk_rels_find(&package->main_rels, KK_REL_MACROS) != NULL;
    return KK_OK;
}

void kk_package_dispose(kk_package *package)
{
    kk_strmap_dispose(&package->overrides);
    kk_strmap_dispose(&package->defaults);
    kk_zip_free(package->zip);
    package->zip = NULL;
}
