/* The namespaces of office documents by URI. Data only. */
#include "xmlns.h"

#include "str.h"

#define OOXML "http://schemas.openxmlformats.org/"
#define PURL  "http://purl.oclc.org/ooxml/"
#define MS    "http://schemas.microsoft.com/office/word/"

static const struct {
    const char *uri;
    kk_ns ns;
    bool strict;
} table[] = {
    {OOXML "wordprocessingml/2006/main", KK_NS_W, false},
    {PURL "wordprocessingml/main", KK_NS_W, true},
    {OOXML "officeDocument/2006/relationships", KK_NS_R, false},
    {PURL "officeDocument/relationships", KK_NS_R, true},
    {OOXML "officeDocument/2006/math", KK_NS_M, false},
    {PURL "officeDocument/math", KK_NS_M, true},
    {OOXML "drawingml/2006/main", KK_NS_A, false},
    {PURL "drawingml/main", KK_NS_A, true},
    {OOXML "drawingml/2006/wordprocessingDrawing", KK_NS_WP, false},
    {PURL "drawingml/wordprocessingDrawing", KK_NS_WP, true},
    {OOXML "markup-compatibility/2006", KK_NS_MC, false},
    {"urn:schemas-microsoft-com:vml", KK_NS_V, false},
    {"urn:schemas-microsoft-com:office:office", KK_NS_O, false},
    {"urn:schemas-microsoft-com:office:word", KK_NS_W10, false},
    {MS "2010/wordml", KK_NS_W14, false},
    {MS "2012/wordml", KK_NS_W15, false},
    {MS "2015/wordml/symex", KK_NS_W16, false},
    {MS "2016/wordml/cid", KK_NS_W16, false},
    {MS "2018/wordml", KK_NS_W16, false},
    {MS "2018/wordml/cex", KK_NS_W16, false},
    {MS "2020/wordml/sdtdatahash", KK_NS_W16, false},
    {MS "2023/wordml/word16du", KK_NS_W16, false},
    {MS "2024/wordml/sdtformatlock", KK_NS_W16, false},
    {MS "2010/wordprocessingShape", KK_NS_WPS, false},
    {MS "2010/wordprocessingGroup", KK_NS_WPG, false},
    {MS "2010/wordprocessingCanvas", KK_NS_WPC, false},
    {MS "2010/wordprocessingInk", KK_NS_WPI, false},
    {MS "2010/wordprocessingDrawing", KK_NS_WP14, false},
    {MS "2006/wordml", KK_NS_WNE, false},
    {"http://www.w3.org/XML/1998/namespace", KK_NS_XML, false},
    {OOXML "package/2006/relationships", KK_NS_REL, false},
    {OOXML "package/2006/content-types", KK_NS_TYPES, false},
    {"http://schemas.microsoft.com/office/2006/xmlPackage", KK_NS_PKG, false},
};

kk_ns kk_ns_of_uri(kk_str uri, bool *strict)
{
    *strict = false;
    if (uri.len == 0) {
        return KK_NS_NONE;
    }
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (kk_str_is(uri, table[i].uri)) {
            *strict = table[i].strict;
            return table[i].ns;
        }
    }
    return KK_NS_OTHER;
}
