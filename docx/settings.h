/* word/settings.xml, as far as editing asks. */
#ifndef KK_SETTINGS_H
#define KK_SETTINGS_H

#include "docx_internal.h"

/* Reads the settings part of doc->package into doc->settings; none is fine. Errors as kk_xml_scan.
 */
kk_status kk_settings_read(kk_docx *doc, kk_error *err);

#endif
