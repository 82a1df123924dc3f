/* Which encoding a part is in, and UTF-16 made UTF-8. */
#ifndef KK_ENCODING_H
#define KK_ENCODING_H

#include "buf.h"

#include <klimakrav/types.h>

typedef enum kk_encoding {
    KK_ENCODING_UTF8 = 0,
    KK_ENCODING_UTF16LE,
    KK_ENCODING_UTF16BE,
    KK_ENCODING_OTHER
} kk_encoding;

/* Looks at the byte-order mark and the XML declaration only. */
kk_encoding kk_encoding_of(kk_str raw);
/* Appends the UTF-8 form without byte-order mark to out; in the XML declaration the encoding
 * gives way to spaces. KK_E_FORMAT "encoding" for half a unit or a lone surrogate, KK_E_LIMIT over
 * limit. */
kk_status kk_encoding_utf16(kk_str raw, bool big_endian, kk_str part, uint64_t limit, kk_buf *out,
                            kk_error *err);

#endif
