/* Settings of the document: tracking and protection. Nothing else is looked at. */
#include "settings.h"

#include "error.h"
#include "str.h"
#include "xmlscan.h"

static bool is_on(kk_str value)
{
    return kk_str_is(value, "1") || kk_str_is(value, "true") || kk_str_is(value, "on");
}

static kk_status on_start(void *context, kk_xml *xml, const kk_xml_tag *tag)
{
    (void)xml;
    kk_docx *doc = context;
    if (tag->ns != KK_NS_W || tag->depth != 2) {
        return KK_OK;
    }
    if (tag->word == KK_W_trackRevisions) {
        doc->settings.track = kk_xml_on(tag);
    } else if (tag->word == KK_W_documentProtection) {
        kk_str value;
        doc->settings.protection_enforced =
            kk_xml_attr_get(tag, KK_NS_W, KK_W_enforcement, &value) && is_on(value);
        if (kk_xml_attr_get(tag, KK_NS_W, KK_W_edit, &value)) {
            doc->settings.protection_edit = kk_arena_str(doc->arena, value);
            return doc->settings.protection_edit.ptr == NULL ? KK_E_NOMEM : KK_OK;
        }
    }
    return KK_OK;
}

kk_status kk_settings_read(kk_docx *doc, kk_error *err)
{
    doc->settings.entry = KK_NONE;
    const kk_rel *rel = kk_rels_find(&doc->package.main_rels, KK_REL_SETTINGS);
    if (rel == NULL || rel->entry == KK_NONE) {
        return KK_OK;
    }
    static const kk_xml_handler handler = {.start = on_start};
    kk_str raw;
    bool transcoded;
    doc->settings.part = rel->part;
    doc->settings.entry = rel->entry;
    KK_TRY(kk_package_xml(&doc->package, rel->entry, &raw, &transcoded, err));
    const kk_status status = kk_xml_scan(raw, rel->part, &doc->limits, &handler, doc, err);
    return status == KK_E_NOMEM ? kk_fail_nomem(err) : status;
}
