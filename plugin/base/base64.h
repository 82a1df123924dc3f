/* Base64 (RFC 4648, section 4): bytes in JSON. */
#ifndef KK_BASE64_H
#define KK_BASE64_H

#include "buf.h"

/* Appends the encoding, padded, on one line. */
void kk_base64_put(kk_buf *out, kk_str bytes);
/* Appends what text stands for. White space is passed over; anything else that is not base64, or
 * wrong padding, gives false with *out as it was. Out of memory: out->failed. */
bool kk_base64_take(kk_buf *out, kk_str text);

#endif
