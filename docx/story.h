/* All stories of a package -> TEXT, block nodes, and the map from TEXT back to bytes. */
#ifndef KK_STORY_H
#define KK_STORY_H

#include "docx_internal.h"

/* Reads main part, headers, footers, notes and comments; fills doc->text (without managed clauses),
 * doc->parts and the arrays beside them. doc->package, styles, numbering and settings are there
 * already. Errors as kk_package_xml and kk_xml_scan; KK_E_FORMAT "not-word" if the main part is no
 * w:document; KK_E_LIMIT "limit". doc->text_owner is to be released with kk_story_free also after
 * failure. */
kk_status kk_story_read(kk_docx *doc, kk_error *err);
void kk_story_free(void *text_owner);
/* The paragraphs behind doc->text, to be written until the document is handed out. */
kk_para *kk_story_paras(void *text_owner);

#endif
