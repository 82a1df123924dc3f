/* Laws that every opened document keeps; shared by the dumper, unit tests and fuzz targets. */
#ifndef KK_DOCXLAWS_H
#define KK_DOCXLAWS_H

#include "docx_internal.h"

/* True if all laws hold; otherwise says in fault which one does not. */
bool kk_docx_laws(const kk_docx *doc, char *fault, size_t size);

#endif
