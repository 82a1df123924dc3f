/* Recognises by their first bytes the files that people hand in as .docx. Messages only; nothing is
 * parsed. */
#include "sniff.h"

#include "error.h"
#include "str.h"

#include <string.h>

static bool begins(kk_str bytes, const char *magic, size_t n)
{
    return bytes.len >= n && memcmp(bytes.ptr, magic, n) == 0;
}

static kk_status not_word(kk_error *err, const char *what)
{
    return kk_fail(err, KK_E_FORMAT, "not-word", "%s; open it in Word and save it as .docx", what);
}

/* The name of a stream in a compound file's directory is UTF-16. */
static bool names_stream(kk_str bytes, const char *name)
{
    char wide[64];
    const size_t n = strlen(name);
    for (size_t i = 0; i < n; i++) {
        wide[2 * i] = name[i];
        wide[2 * i + 1] = '\0';
    }
    return kk_str_find(bytes, (kk_str){wide, 2 * n}, 0) != SIZE_MAX;
}

static kk_status compound(kk_str bytes, kk_error *err)
{
    if (names_stream(bytes, "EncryptedPackage")) {
        return kk_fail(err, KK_E_UNSUPPORTED, "encrypted",
                       "the file is protected by a password; open it in Word, remove the password "
                       "(File, Info, Protect Document) and save it");
    }
    return not_word(err, names_stream(bytes, "WordDocument")
                             ? "the file is an old Word document (.doc)"
                             : "the file is an old Office file, not a Word document");
}

kk_status kk_sniff_bytes(kk_str bytes, kk_error *err)
{
    if (begins(bytes, "PK\3\4", 4) || begins(bytes, "PK\5\6", 4)) {
        return KK_OK;
    }
    if (bytes.len == 0) {
        return not_word(err, "the file is empty");
    }
    if (begins(bytes, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8)) {
        return compound(bytes, err);
    }
    if (begins(bytes, "{\\rtf", 5)) {
        return not_word(err, "the file is Rich Text Format (RTF)");
    }
    if (begins(bytes, "%PDF", 4)) {
        return not_word(err, "the file is a PDF");
    }
    if (begins(bytes, "\x31\xbe\0\0", 4) || begins(bytes, "\xdb\xa5", 2)) {
        return not_word(err, "the file is a Word document from before 1997");
    }
    const kk_str head = kk_str_slice(bytes, 0, 2048);
    if (kk_str_find(head, KK_STR("http://schemas.microsoft.com/office/2006/xmlPackage"), 0) !=
        SIZE_MAX) {
        return not_word(err, "the file is a Word document as flat XML");
    }
    if (kk_str_find(head, KK_STR("schemas.microsoft.com/office/word/2003"), 0) != SIZE_MAX) {
        return not_word(err, "the file is a Word 2003 XML document");
    }
    if (kk_str_find(head, KK_STR("<html"), 0) != SIZE_MAX ||
        kk_str_find(head, KK_STR("<HTML"), 0) != SIZE_MAX ||
        kk_str_find(head, KK_STR("<!DOCTYPE html"), 0) != SIZE_MAX) {
        return not_word(err, "the file is a web page (HTML)");
    }
    const kk_str later = kk_str_slice(bytes, 0, 65536);
    if (kk_str_find(later, KK_STR("PK\3\4"), 0) != SIZE_MAX) {
        return kk_fail(err, KK_E_FORMAT, "zip-inconsistent",
                       "bytes precede the package; open the file in Word and save it anew");
    }
    return not_word(err, "the file is not a Word document");
}

kk_status kk_sniff_package(kk_zip *zip, kk_str type, kk_error *err)
{
    if (kk_str_find(type, KK_STR("spreadsheetml"), 0) != SIZE_MAX ||
        kk_str_find(type, KK_STR("ms-excel"), 0) != SIZE_MAX) {
        return not_word(err, "the file is a workbook (Excel)");
    }
    if (kk_str_find(type, KK_STR("presentationml"), 0) != SIZE_MAX ||
        kk_str_find(type, KK_STR("ms-powerpoint"), 0) != SIZE_MAX) {
        return not_word(err, "the file is a presentation (PowerPoint)");
    }
    const uint32_t mimetype = kk_zip_find(zip, KK_STR("mimetype"));
    kk_str bytes = {NULL, 0};
    if (mimetype != KK_NONE && kk_zip_read(zip, mimetype, &bytes, NULL) == KK_OK &&
        kk_str_find(bytes, KK_STR("opendocument"), 0) != SIZE_MAX) {
        return not_word(err, "the file is an OpenDocument file (ODF)");
    }
    return not_word(err, "the file is a zip package without a Word document in it");
}
