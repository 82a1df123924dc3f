/* Small packages made in memory for tests: given body XML, and optionally styles and numbering. */
#ifndef KK_TEST_TINYDOCX_H
#define KK_TEST_TINYDOCX_H

#include "buf.h"
#include "str.h"

#include <string.h>

#define W_NS   "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define OFFICE "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define RELS   "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define XML    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

typedef struct tiny_part {
    const char *name;
    const char *bytes;
} tiny_part;

static inline uint32_t tiny_crc(const char *bytes, size_t n)
{
    uint32_t crc = 0xffffffffu;
    for (size_t i = 0; i < n; i++) {
        crc ^= (unsigned char)bytes[i];
        for (int k = 0; k < 8; k++) {
            crc = (crc >> 1) ^ (0xedb88320u & (0u - (crc & 1u)));
        }
    }
    return crc ^ 0xffffffffu;
}

static inline void tiny_le(kk_buf *out, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        kk_buf_putc(out, (char)(unsigned char)(value >> (8 * i) & 0xffu));
    }
}

/* The fields that local and central header share. */
static inline void tiny_fields(kk_buf *out, const tiny_part *part)
{
    const uint32_t n = (uint32_t)strlen(part->bytes);
    tiny_le(out, 20, 2);
    tiny_le(out, 0, 4); /* flags, stored */
    tiny_le(out, 0x6000, 2);
    tiny_le(out, 0x5b21, 2);
    tiny_le(out, tiny_crc(part->bytes, n), 4);
    tiny_le(out, n, 4);
    tiny_le(out, n, 4);
    tiny_le(out, (uint32_t)strlen(part->name), 2);
    tiny_le(out, 0, 2);
}

/* A zip of stored entries. */
static inline void tiny_zip(kk_buf *out, const tiny_part *parts, size_t n)
{
    uint32_t offsets[16];
    for (size_t i = 0; i < n; i++) {
        offsets[i] = (uint32_t)out->len;
        kk_buf_add(out, "PK\3\4", 4);
        tiny_fields(out, &parts[i]);
        kk_buf_puts(out, parts[i].name);
        kk_buf_puts(out, parts[i].bytes);
    }
    const uint32_t directory = (uint32_t)out->len;
    for (size_t i = 0; i < n; i++) {
        kk_buf_add(out, "PK\1\2", 4);
        tiny_le(out, 20, 2);
        tiny_fields(out, &parts[i]);
        tiny_le(out, 0, 4);
        tiny_le(out, 0, 4);
        tiny_le(out, 0, 2);
        tiny_le(out, offsets[i], 4);
        kk_buf_puts(out, parts[i].name);
    }
    const uint32_t size = (uint32_t)out->len - directory;
    kk_buf_add(out, "PK\5\6", 4);
    tiny_le(out, 0, 4);
    tiny_le(out, (uint32_t)n, 2);
    tiny_le(out, (uint32_t)n, 2);
    tiny_le(out, size, 4);
    tiny_le(out, directory, 4);
    tiny_le(out, 0, 2);
}

/* A package with this document.xml; styles and numbering may be NULL. */
static inline void tiny_docx(kk_buf *out, const char *document, const char *styles,
                             const char *numbering)
{
    kk_buf types, rels;
    kk_buf_init(&types, 0);
    kk_buf_init(&rels, 0);
    kk_buf_puts(&types, XML "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/"
                            "content-types\"><Default Extension=\"rels\" ContentType=\"application/"
                            "vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\""
                            "/word/document.xml\" ContentType=\"" OFFICE "document.main+xml\"/>");
    kk_buf_puts(&rels, XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
                           "relationships\">");
    tiny_part parts[6] = {{"[Content_Types].xml", NULL},
                          {"_rels/.rels",
                           XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/"
                               "2006/relationships\"><Relationship Id=\"rId1\" Type=\"" RELS
                               "officeDocument\" Target=\"word/document.xml\"/></Relationships>"},
                          {"word/document.xml", document},
                          {"word/_rels/document.xml.rels", NULL}};
    size_t n = 4;
    if (styles != NULL) {
        kk_buf_puts(&types, "<Override PartName=\"/word/styles.xml\" ContentType=\"" OFFICE
                            "styles+xml\"/>");
        kk_buf_puts(&rels,
                    "<Relationship Id=\"rId1\" Type=\"" RELS "styles\" Target=\"styles.xml\"/>");
        parts[n++] = (tiny_part){"word/styles.xml", styles};
    }
    if (numbering != NULL) {
        kk_buf_puts(&types, "<Override PartName=\"/word/numbering.xml\" ContentType=\"" OFFICE
                            "numbering+xml\"/>");
        kk_buf_puts(&rels, "<Relationship Id=\"rId2\" Type=\"" RELS
                           "numbering\" Target=\"numbering.xml\"/>");
        parts[n++] = (tiny_part){"word/numbering.xml", numbering};
    }
    kk_buf_puts(&types, "</Types>");
    kk_buf_puts(&rels, "</Relationships>");
    parts[0].bytes = types.ptr;
    parts[3].bytes = rels.ptr;
    tiny_zip(out, parts, n);
    kk_buf_dispose(&types);
    kk_buf_dispose(&rels);
}

#define TINY_STYLE(id, name, more)                                                                 \
    "<w:style w:type=\"paragraph\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/>" more         \
    "</w:style>"
#define TINY_STYLES                                                                                \
    XML "<w:styles " W_NS "><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val=\"nb-NO\"/></w:rPr>" \
        "</w:rPrDefault></w:docDefaults>" TINY_STYLE("Normal", "Normal", "")                       \
            TINY_STYLE("Brdtekst", "Body Text", "<w:basedOn w:val=\"Normal\"/>") TINY_STYLE(       \
                "Overskrift1", "heading 1", "<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>")          \
                TINY_STYLE("Overskrift2", "heading 2",                                             \
                           "<w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr>") "</w:styles>"

#endif
