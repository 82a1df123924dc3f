/* Text for terminals: control characters neutralised, lines wrapped by characters. */
#ifndef KK_PLAINTEXT_H
#define KK_PLAINTEXT_H

#include "buf.h"

#include <klimakrav/types.h>

/* Appends s on one line: controls (escape sequences among them) and direction overrides become
 * U+FFFD, line breaks and tabs blanks. */
void kk_plain(kk_buf *out, kk_str s);
/* First `chars` characters of s, ending at a word, "…" added when cut. Controls as above. */
void kk_plain_cut(kk_buf *out, kk_str s, size_t chars);
/* Columns that s takes: characters without combining marks. */
size_t kk_plain_width(kk_str s);
/* Appends s wrapped at `width` columns. The line so far holds `column` columns; further lines begin
 * with `indent` blanks. No line break at the end. */
void kk_plain_wrap(kk_buf *out, kk_str s, size_t column, size_t indent, size_t width);

#endif
