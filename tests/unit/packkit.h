/* Packages built in memory for tests of docx: zips byte by byte, and small Word files around a
 * body. */
#ifndef KK_TEST_PACKKIT_H
#define KK_TEST_PACKKIT_H

#include "buf.h"

#include <klimakrav/types.h>

#define PACK_W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

/* One stored entry. Fields other than name and bytes are for breaking things; 0 and NULL are right.
 */
typedef struct pack_entry {
    const char *name;
    const char *bytes;   /* NUL-terminated; NULL = empty */
    const char *local;   /* name in the local header, if not the same */
    const char *unicode; /* name in a 0x7075 extra field of the directory */
    size_t name_len;     /* if the name holds a NUL */
    uint16_t flags, method;
    uint32_t mode;     /* Unix mode */
    uint32_t crc_xor;  /* spoils the CRC, in both places */
    uint32_t size_add; /* spoils the size in the directory */
    uint32_t overlap;  /* directory says that it begins so many bytes earlier */
} pack_entry;

/* Appends a zip of n stored entries with the time 2026-11-23 12:00. */
void pack_zip(kk_buf *out, const pack_entry *entries, size_t n);
uint32_t pack_crc(kk_str bytes);

/* A small Word package. NULL leaves a part out. */
typedef struct pack_docx {
    const char *body;      /* inside of w:body */
    const char *styles;    /* inside of w:styles */
    const char *numbering; /* inside of w:numbering */
    const char *settings;  /* inside of w:settings */
    const char *header;    /* inside of w:hdr */
    const char *footnotes; /* inside of w:footnotes */
    const char *comments;  /* inside of w:comments */
} pack_docx;

/* Appends the package to out; main part word/document.xml, namespaces w, w14, w15, mc, wps, v, m, r
 * bound. */
void pack_word(kk_buf *out, const pack_docx *docx);

#endif
