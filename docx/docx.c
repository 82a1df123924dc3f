/* The facade, reading half: bytes -> package, styles, numbering, settings, stories, clauses of
 * ours. Knows the order of the steps and nothing of their insides. */
#include "docx.h"

#include "docx_internal.h"
#include "error.h"
#include "mark.h"
#include "mem.h"
#include "settings.h"
#include "story.h"
#include "str.h"

#include <string.h>

/* Bytes of a related part of that kind; empty if there is none. */
static kk_status related(kk_docx *doc, kk_rel_kind kind, const kk_rel **rel, kk_str *raw,
                         kk_error *err)
{
    bool transcoded;
    *raw = (kk_str){NULL, 0};
    *rel = kk_rels_find(&doc->package.main_rels, kind);
    if (*rel == NULL || (*rel)->entry == KK_NONE) {
        *rel = NULL;
        return KK_OK;
    }
    return kk_package_xml(&doc->package, (*rel)->entry, raw, &transcoded, err);
}

static kk_status read_models(kk_docx *doc, kk_error *err)
{
    const kk_rel *rel;
    kk_str raw;
    KK_TRY(related(doc, KK_REL_STYLES, &rel, &raw, err));
    KK_TRY(kk_styles_read(&doc->styles, doc->arena, raw, rel == NULL ? KK_STR("") : rel->part,
                          &doc->limits, err));
    doc->styles.entry = rel == NULL ? KK_NONE : rel->entry;
    KK_TRY(related(doc, KK_REL_NUMBERING, &rel, &raw, err));
    const kk_xml_source numbering = {.raw = raw, .part = rel == NULL ? KK_STR("") : rel->part};
    KK_TRY(kk_numbering_read(&doc->numbering, doc->arena, &doc->styles, &numbering, &doc->limits,
                             err));
    doc->numbering.entry = rel == NULL ? KK_NONE : rel->entry;
    return kk_settings_read(doc, err);
}

static uint32_t facts_of(const kk_docx *doc)
{
    const kk_package *package = &doc->package;
    uint32_t facts = 0;
    facts |= doc->settings.track ? KK_FACT_TRACK_ON : 0u;
    facts |= doc->settings.protection_enforced ? KK_FACT_PROTECTED : 0u;
    facts |= package->signed_package ? KK_FACT_SIGNED : 0u;
    facts |= package->macros || package->macro_type ? KK_FACT_MACROS : 0u;
    facts |= package->template_type ? KK_FACT_TEMPLATE : 0u;
    facts |= package->strict || doc->parts[0].strict ? KK_FACT_STRICT : 0u;
    const bool unread = kk_rels_find(&package->main_rels, KK_REL_CHUNK) != NULL ||
                        kk_rels_find(&package->main_rels, KK_REL_SUBDOC) != NULL;
    return facts | (unread ? KK_FACT_UNREAD : 0u);
}

static kk_status read_document(kk_docx *doc, kk_error *err)
{
    doc->arena = kk_arena_new();
    if (doc->arena == NULL) {
        return kk_fail_nomem(err);
    }
    KK_TRY(kk_package_open(&doc->package, doc->bytes, &doc->limits, doc->arena, err));
    KK_TRY(read_models(doc, err));
    KK_TRY(kk_story_read(doc, err));
    /* a damaged picture says that the file is damaged; what was read above is not inflated again */
    KK_TRY(kk_zip_verify(doc->package.zip, err));
    doc->text.facts |= facts_of(doc);
    return kk_mark_fill(doc, kk_story_paras(doc->text_owner), err);
}

kk_status kk_docx_open(kk_docx **out, kk_str bytes, const kk_limits *limits, kk_error *err)
{
    *out = NULL;
    kk_docx *doc = kk_malloc(sizeof *doc);
    if (doc == NULL) {
        return kk_fail_nomem(err);
    }
    memset(doc, 0, sizeof *doc);
    doc->bytes = bytes;
    doc->limits = kk_limits_filled(limits);
    const kk_status status = read_document(doc, err);
    if (status != KK_OK) {
        kk_docx_free(doc);
        return status;
    }
    *out = doc;
    return KK_OK;
}

void kk_docx_free(kk_docx *doc)
{
    if (doc == NULL) {
        return;
    }
    if (doc->free_edits != NULL) {
        doc->free_edits(doc->edits);
    }
    kk_story_free(doc->text_owner);
    kk_styles_dispose(&doc->styles);
    kk_package_dispose(&doc->package);
    kk_arena_free(doc->arena);
    kk_release(doc);
}

const kk_text *kk_docx_text(const kk_docx *doc)
{
    return &doc->text;
}

kk_limits kk_docx_limits(const kk_limits *limits)
{
    return kk_limits_filled(limits);
}
