/* Laws that every opened document keeps; shared by the dumper, unit tests and fuzz targets. */
#ifndef KK_DOCXLAWS_H
#define KK_DOCXLAWS_H

#include "docx_internal.h"

/* True if all laws hold; otherwise says in fault which one does not. */
bool kk_docx_laws(const kk_docx *doc, char *fault, size_t size);

/* Scans every XML part of the package in chunks of 7, 1000 and 65536 bytes: tags begin with '<' and
 * their name, end with '>', and the events are the same. A part that cannot be scanned must fail
 * alike each time. */
bool kk_docx_scan_laws(kk_docx *doc, char *fault, size_t size);

#endif
