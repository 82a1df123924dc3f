/* A zip writer that can lie, and the parts every Word package needs. Independent of libzip on
 * purpose. */
#include "packkit.h"

#include "str.h"

#include <stdio.h>
#include <string.h>

enum { DOS_TIME = 12 << 11, DOS_DATE = (2026 - 1980) << 9 | 11 << 5 | 23 };

uint32_t pack_crc(kk_str bytes)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < bytes.len; i++) {
        crc ^= (unsigned char)bytes.ptr[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ ((crc & 1u) != 0 ? 0xedb88320u : 0u);
        }
    }
    return ~crc;
}

static void put(kk_buf *out, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        kk_buf_putc(out, (char)(value >> (8 * i) & 0xffu));
    }
}

static void put_local(kk_buf *out, const pack_entry *entry, kk_str bytes)
{
    const kk_str name = kk_str_from(entry->local != NULL ? entry->local : entry->name);
    const size_t len = entry->name_len != 0 ? entry->name_len : name.len;
    put(out, 0x04034b50, 4);
    put(out, 20, 2);
    put(out, entry->flags, 2);
    put(out, entry->method, 2);
    put(out, DOS_TIME, 2);
    put(out, DOS_DATE, 2);
    put(out, pack_crc(bytes) ^ entry->crc_xor, 4);
    put(out, (uint32_t)bytes.len, 4);
    put(out, (uint32_t)bytes.len, 4);
    put(out, (uint32_t)len, 2);
    put(out, 0, 2);
    kk_buf_add(out, name.ptr, len);
    kk_buf_str(out, bytes);
}

static void put_central(kk_buf *out, const pack_entry *entry, kk_str bytes, size_t header)
{
    const kk_str name = kk_str_from(entry->name);
    const size_t len = entry->name_len != 0 ? entry->name_len : name.len;
    const kk_str other = kk_str_from(entry->unicode);
    const uint32_t extra = entry->unicode == NULL ? 0 : (uint32_t)other.len + 9;
    put(out, 0x02014b50, 4);
    put(out, entry->mode != 0 ? 0x0314 : 20, 2);
    put(out, 20, 2);
    put(out, entry->flags, 2);
    put(out, entry->method, 2);
    put(out, DOS_TIME, 2);
    put(out, DOS_DATE, 2);
    put(out, pack_crc(bytes) ^ entry->crc_xor, 4);
    put(out, (uint32_t)bytes.len, 4);
    put(out, (uint32_t)bytes.len + entry->size_add, 4);
    put(out, (uint32_t)len, 2);
    put(out, extra, 2);
    put(out, 0, 2);
    put(out, 0, 2);
    put(out, 0, 2);
    put(out, entry->mode << 16, 4);
    put(out, (uint32_t)header - entry->overlap, 4);
    kk_buf_add(out, name.ptr, len);
    if (extra != 0) {
        put(out, 0x7075, 2);
        put(out, extra - 4, 2);
        put(out, 1, 1);
        put(out, pack_crc(name), 4);
        kk_buf_str(out, other);
    }
}

void pack_zip(kk_buf *out, const pack_entry *entries, size_t n)
{
    size_t headers[32];
    const size_t base = out->len;
    for (size_t i = 0; i < n; i++) {
        headers[i] = out->len - base;
        put_local(out, &entries[i], kk_str_from(entries[i].bytes));
    }
    const size_t central = out->len - base;
    for (size_t i = 0; i < n; i++) {
        put_central(out, &entries[i], kk_str_from(entries[i].bytes), headers[i]);
    }
    const size_t end = out->len - base;
    put(out, 0x06054b50, 4);
    put(out, 0, 4);
    put(out, (uint32_t)n, 2);
    put(out, (uint32_t)n, 2);
    put(out, (uint32_t)(end - central), 4);
    put(out, (uint32_t)central, 4);
    put(out, 0, 2);
}

/* ---- Word ---------------------------------------------------------------------------------- */

#define OOXML "http://schemas.openxmlformats.org/"
#define RELS  OOXML "officeDocument/2006/relationships"
#define MAIN  "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define NAMESPACES                                                                                 \
    PACK_W " xmlns:r=\"" RELS "\" xmlns:mc=\"" OOXML "markup-compatibility/2006\""                 \
           " xmlns:m=\"" OOXML                                                                     \
           "officeDocument/2006/math\" xmlns:v=\"urn:schemas-microsoft-com:vml\""                  \
           " xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\""      \
           " xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\""                   \
           " xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\""                   \
           " xmlns:new=\"urn:something-new\" mc:Ignorable=\"w14 w15\""

enum { N_PARTS = 7 };

typedef struct word_part {
    const char *inner, *root, *name, *type, *rel;
} word_part;

static void put_part(kk_buf *out, const word_part *part)
{
    kk_buf_printf(out,
                  "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                  "<w:%s " NAMESPACES ">%s</w:%s>",
                  part->root, part->inner, part->root);
    kk_buf_putc(out, '\0');
}

/* Everything between the parts and the zip: texts, names, content types, relationships. */
typedef struct word_package {
    kk_buf texts[N_PARTS];
    char names[N_PARTS][40];
    kk_buf types, rels;
    pack_entry entries[N_PARTS + 3];
    size_t n;
} word_package;

static void add_part(word_package *package, const word_part *part, size_t index)
{
    if (part->inner == NULL) {
        return;
    }
    put_part(&package->texts[index], part);
    (void)snprintf(package->names[index], sizeof package->names[index], "word/%s.xml", part->name);
    package->entries[package->n++] =
        (pack_entry){.name = package->names[index], .bytes = package->texts[index].ptr};
    kk_buf_printf(&package->types,
                  "<Override PartName=\"/word/%s.xml\" ContentType=\"" MAIN "%s+xml\"/>",
                  part->name, part->type);
    if (index > 0) {
        kk_buf_printf(&package->rels,
                      "<Relationship Id=\"rId%zu\" Type=\"" RELS "/%s\" Target=\"%s.xml\"/>", index,
                      part->rel, part->name);
    }
}

static void add_frame(word_package *package)
{
    package->entries[0] = (pack_entry){.name = "[Content_Types].xml", .bytes = package->types.ptr};
    package->entries[1] =
        (pack_entry){.name = "_rels/.rels",
                     .bytes = "<Relationships xmlns=\"" OOXML "package/2006/relationships\">"
                              "<Relationship Id=\"a\" Type=\"" RELS
                              "/officeDocument\" Target=\"/word/document.xml\"/></Relationships>"};
    package->entries[2] =
        (pack_entry){.name = "word/_rels/document.xml.rels", .bytes = package->rels.ptr};
}

void pack_word(kk_buf *out, const pack_docx *docx)
{
    kk_buf body;
    kk_buf_init(&body, 0);
    kk_buf_printf(&body, "<w:body>%s</w:body>", docx->body == NULL ? "" : docx->body);
    const word_part parts[N_PARTS] = {
        {body.ptr, "document", "document", "document.main", "officeDocument"},
        {docx->styles, "styles", "styles", "styles", "styles"},
        {docx->numbering, "numbering", "numbering", "numbering", "numbering"},
        {docx->settings, "settings", "settings", "settings", "settings"},
        {docx->header, "hdr", "header1", "header", "header"},
        {docx->footnotes, "footnotes", "footnotes", "footnotes", "footnotes"},
        {docx->comments, "comments", "comments", "comments", "comments"},
    };
    word_package package;
    memset(&package, 0, sizeof package);
    package.n = 3;
    kk_buf_puts(&package.types,
                "<Types xmlns=\"" OOXML "package/2006/content-types\"><Default Extension=\"rels\" "
                "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>");
    kk_buf_puts(&package.rels, "<Relationships xmlns=\"" OOXML "package/2006/relationships\">");
    for (size_t i = 0; i < N_PARTS; i++) {
        add_part(&package, &parts[i], i);
    }
    kk_buf_puts(&package.types, "</Types>");
    kk_buf_puts(&package.rels, "</Relationships>");
    add_frame(&package);
    pack_zip(out, package.entries, package.n);
    for (size_t i = 0; i < N_PARTS; i++) {
        kk_buf_dispose(&package.texts[i]);
    }
    kk_buf_dispose(&package.types);
    kk_buf_dispose(&package.rels);
    kk_buf_dispose(&body);
}
