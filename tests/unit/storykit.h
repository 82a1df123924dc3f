/* Word documents as macros, and what TEXT makes of them as lines, for the tests of stories. */
#ifndef KK_TEST_STORYKIT_H
#define KK_TEST_STORYKIT_H

#include "packkit.h"

/* clang-format off */
#define P(inner) "<w:p>" inner "</w:p>"
#define R(text) "<w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define RP(props, text)                                                                            \
    "<w:r><w:rPr>" props "</w:rPr><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define T(text) P(R(text))
#define STYLED(id, inner) "<w:p><w:pPr><w:pStyle w:val=\"" id "\"/></w:pPr>" inner "</w:p>"
#define STYLE(id, name, more)                                                                      \
    "<w:style w:type=\"paragraph\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/>" more         \
    "</w:style>"
#define TC(inner) "<w:tc>" inner "</w:tc>"
#define TCP(props, inner) "<w:tc><w:tcPr>" props "</w:tcPr>" inner "</w:tc>"
#define TR(inner) "<w:tr>" inner "</w:tr>"
#define TBL(inner) "<w:tbl><w:tblPr/>" inner "</w:tbl>"
#define FLD(type) "<w:r><w:fldChar w:fldCharType=\"" type "\"/></w:r>"
#define CODE(text) "<w:r><w:instrText>" text "</w:instrText></w:r>"
#define MARK(what) "<w:pPr><w:rPr><w:" what " w:id=\"7\" w:author=\"Kari\"/></w:rPr></w:pPr>"
#define DEL(text)                                                                                  \
    "<w:del w:id=\"1\" w:author=\"Kari\"><w:r><w:delText>" text "</w:delText></w:r></w:del>"
#define INS(text) "<w:ins w:id=\"2\" w:author=\"Ola\">" R(text) "</w:ins>"
#define SDT(props, inner)                                                                          \
    "<w:sdt><w:sdtPr>" props "</w:sdtPr><w:sdtContent>" inner "</w:sdtContent></w:sdt>"
#define BOX(inner)                                                                                 \
    "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:wsp><wps:txbx>"         \
    "<w:txbxContent>" inner "</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>"        \
    "<mc:Fallback><w:pict><v:textbox><w:txbxContent>" inner "</w:txbxContent></v:textbox>"         \
    "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
#define LVL(n, fmt, text, more)                                                                    \
    "<w:lvl w:ilvl=\"" n "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" fmt "\"/>" more             \
    "<w:lvlText w:val=\"" text "\"/></w:lvl>"
#define ABSTRACT(id, inner) "<w:abstractNum w:abstractNumId=\"" id "\">" inner "</w:abstractNum>"
#define NUM(id, abstract)                                                                          \
    "<w:num w:numId=\"" id "\"><w:abstractNumId w:val=\"" abstract "\"/></w:num>"
#define OVERRIDE(id, inner)                                                                        \
    "<w:num w:numId=\"" id "\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\">" inner   \
    "</w:lvlOverride></w:num>"
#define NUMPR(id) "<w:numPr><w:numId w:val=\"" id "\"/></w:numPr>"
#define N(id, level, text)                                                                         \
    P("<w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" id "\"/></w:numPr></w:pPr>" \
      R(text))
/* "1.", "1.1", "a)" as num 1 */
#define DEEP                                                                                       \
    ABSTRACT("0", LVL("0", "decimal", "%1.", "") LVL("1", "decimal", "%1.%2", "")                  \
                      LVL("2", "lowerLetter", "%3)", ""))                                          \
    NUM("1", "0")
/* clang-format on */

/* A document and its paragraphs, spans, controls and facts, one a line. */
typedef struct story_row {
    const char *name;
    pack_docx docx;
    const char *expect;
} story_row;

/* Opens the document of the row that *state points to, compares, and checks the laws of the
 * model. */
void story_reads(void **state);

#endif
