/* What a file is that is no Word package, for the message. */
#ifndef KK_SNIFF_H
#define KK_SNIFF_H

#include "zip.h"

#include <klimakrav/types.h>

/* Refuses everything that does not begin like a zip file: KK_E_UNSUPPORTED "encrypted" for a
 * package behind a password, KK_E_FORMAT "not-word" with advice for the rest. KK_OK for a zip. */
kk_status kk_sniff_bytes(kk_str bytes, kk_error *err);
/* "not-word" with a message that says what the package is: workbook, presentation, ODF, a bare zip.
 * type is the content type of its main part, possibly empty. */
kk_status kk_sniff_package(kk_zip *zip, kk_str type, kk_error *err);

#endif
