/* The namespaces of office documents by URI. Data only. */
#include "xmlns.h"

#include "str.h"

#define OOXML "http://schemas.openxmlformats.org/"
#define PURL  "http://purl.oclc.org/ooxml/"
#define MS    "http://schemas.microsoft.com/office/word/"

/* As in KK_STR, but a constant expression: the length is compared first. */
#define URI(literal)                                                                               \
    {                                                                                              \
        "" literal, sizeof(literal) - 1                                                            \
    }

static const struct {
    kk_str uri;
    kk_ns ns;
    bool strict;
} table[] = {
    {URI(OOXML "wordprocessingml/2006/main"), KK_NS_W, false},
    {URI(PURL "wordprocessingml/main"), KK_NS_W, true},
    {URI(OOXML "officeDocument/2006/relationships"), KK_NS_R, false},
    {URI(PURL "officeDocument/relationships"), KK_NS_R, true},
    {URI(OOXML "officeDocument/2006/math"), KK_NS_M, false},
    {URI(PURL "officeDocument/math"), KK_NS_M, true},
    {URI(OOXML "drawingml/2006/main"), KK_NS_A, false},
    {URI(PURL "drawingml/main"), KK_NS_A, true},
    {URI(OOXML "drawingml/2006/wordprocessingDrawing"), KK_NS_WP, false},
    {URI(PURL "drawingml/wordprocessingDrawing"), KK_NS_WP, true},
    {URI(OOXML "markup-compatibility/2006"), KK_NS_MC, false},
    {URI("urn:schemas-microsoft-com:vml"), KK_NS_V, false},
    {URI("urn:schemas-microsoft-com:office:office"), KK_NS_O, false},
    {URI("urn:schemas-microsoft-com:office:word"), KK_NS_W10, false},
    {URI(MS "2010/wordml"), KK_NS_W14, false},
    {URI(MS "2012/wordml"), KK_NS_W15, false},
    {URI(MS "2015/wordml/symex"), KK_NS_W16, false},
    {URI(MS "2016/wordml/cid"), KK_NS_W16, false},
    {URI(MS "2018/wordml"), KK_NS_W16, false},
    {URI(MS "2018/wordml/cex"), KK_NS_W16, false},
    {URI(MS "2020/wordml/sdtdatahash"), KK_NS_W16, false},
    {URI(MS "2023/wordml/word16du"), KK_NS_W16, false},
    {URI(MS "2024/wordml/sdtformatlock"), KK_NS_W16, false},
    {URI(MS "2010/wordprocessingShape"), KK_NS_WPS, false},
    {URI(MS "2010/wordprocessingGroup"), KK_NS_WPG, false},
    {URI(MS "2010/wordprocessingCanvas"), KK_NS_WPC, false},
    {URI(MS "2010/wordprocessingInk"), KK_NS_WPI, false},
    {URI(MS "2010/wordprocessingDrawing"), KK_NS_WP14, false},
    {URI(MS "2006/wordml"), KK_NS_WNE, false},
    {URI("http://www.w3.org/XML/1998/namespace"), KK_NS_XML, false},
    {URI(OOXML "package/2006/relationships"), KK_NS_REL, false},
    {URI(OOXML "package/2006/content-types"), KK_NS_TYPES, false},
    {URI("http://schemas.microsoft.com/office/2006/xmlPackage"), KK_NS_PKG, false},
};

kk_ns kk_ns_of_uri(kk_str uri, bool *strict)
{
    *strict = false;
    if (uri.len == 0) {
        return KK_NS_NONE;
    }
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (kk_str_equal(uri, table[i].uri)) {
            *strict = table[i].strict;
            return table[i].ns;
        }
    }
    return KK_NS_OTHER;
}
