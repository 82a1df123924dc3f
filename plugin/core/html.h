/* One self-contained HTML page: head with style, script and a content policy that allows these two
 * and nothing else, by their hashes. Used by the report and the catalogue. */
#ifndef KK_HTML_H
#define KK_HTML_H

#include "arena.h"
#include "buf.h"

#include <klimakrav/klimakrav.h>

/* Writes everything up to and with <body>. css is added to the common style; script may be NULL. */
void kk_html_begin(kk_buf *out, kk_lang lang, const char *title, const char *css,
                   const char *script);
void kk_html_end(kk_buf *out);
/* BLOCKS as a reader would see them: headings bold, fields marked, rows as a table. */
void kk_html_blocks(kk_buf *out, const kk_blocks *blocks);
/* BLOCKS as plain text, one line per block, cells joined by " | ". */
void kk_blocks_text(kk_buf *out, const kk_block *block);
/* <dt>label</dt><dd>…: opens a description; the caller writes the inside and kk_html_dd_end. */
void kk_html_dd(kk_buf *out, const char *label);
void kk_html_dd_end(kk_buf *out);

#endif
