/* Accept and reject on small pieces of WordprocessingML: what goes, what joins, what stays byte for
 * byte. */
#include "rows.h"

#include "buf.h"
#include "resolve.h"
#include "str.h"

#define INS         "<w:ins w:id=\"1\" w:author=\"a\"/>"
#define DEL         "<w:del w:id=\"2\" w:author=\"a\"/>"
#define MARK(x)     "<w:pPr><w:rPr>" x "</w:rPr></w:pPr>"
#define RUN(t)      "<w:r><w:t>" t "</w:t></w:r>"
#define INSERTED(x) "<w:ins w:id=\"3\" w:author=\"a\">" x "</w:ins>"
#define DELETED(t)                                                                                 \
    "<w:del w:id=\"4\" w:author=\"a\"><w:r><w:delText>" t "</w:delText></w:r></w:del>"
#define P(x) "<w:p>" x "</w:p>"

typedef struct row {
    const char *name;
    const char *raw;
    const char *accepted;
    const char *rejected;
} row;

static const row rows[] = {
    {"nothing tracked", "<w:body>\n <w:p w:x='1' >" RUN("a") "</w:p></w:body>",
     "<w:body>\n <w:p w:x='1' >" RUN("a") "</w:p></w:body>",
     "<w:body>\n <w:p w:x='1' >" RUN("a") "</w:p></w:body>"},
    {"runs", P(RUN("a") INSERTED(RUN("b")) DELETED("c")), P(RUN("a") RUN("b")),
     P(RUN("a") RUN("c"))},
    {"inserted paragraph",
     "<w:body>" P(RUN("a")) P(MARK(INS) INSERTED(RUN("b"))) P(RUN("c")) "</w:body>",
     "<w:body>" P(RUN("a")) P(RUN("b")) P(RUN("c")) "</w:body>",
     "<w:body>" P(RUN("a")) P(RUN("c")) "</w:body>"},
    {"the rest joins the next paragraph and takes its properties",
     "<w:body>" P("<w:pPr><w:jc w:val=\"1\"/><w:rPr>" INS "</w:rPr></w:pPr>" RUN("a"))
         P("<w:pPr><w:jc w:val=\"2\"/></w:pPr>" RUN("b")) "</w:body>",
     "<w:body>" P("<w:pPr><w:jc w:val=\"1\"/></w:pPr>" RUN("a"))
         P("<w:pPr><w:jc w:val=\"2\"/></w:pPr>" RUN("b")) "</w:body>",
     "<w:body>" P("<w:pPr><w:jc w:val=\"2\"/></w:pPr>" RUN("a") RUN("b")) "</w:body>"},
    {"deleted mark", "<w:body>" P(MARK(DEL) RUN("a")) P(RUN("b")) "</w:body>",
     "<w:body>" P(RUN("a") RUN("b")) "</w:body>", "<w:body>" P(RUN("a")) P(RUN("b")) "</w:body>"},
    {"into an empty tag", "<w:body>" P(MARK(INS) RUN("a")) "<w:p/></w:body>",
     "<w:body>" P(RUN("a")) "<w:p/></w:body>", "<w:body>" P(RUN("a")) "</w:body>"},
    {"last paragraph stays", "<w:body>" P(MARK(INS) INSERTED(RUN("a"))) "</w:body>",
     "<w:body>" P(RUN("a")) "</w:body>", "<w:body>" P("") "</w:body>"},
    {"empty one before a table", "<w:body>" P(MARK(INS)) "<w:tbl><w:tr/></w:tbl></w:body>",
     "<w:body>" P("") "<w:tbl><w:tr/></w:tbl></w:body>", "<w:body><w:tbl><w:tr/></w:tbl></w:body>"},
    {"rows",
     "<w:tbl><w:tblPr/><w:tr><w:trPr>" INS "</w:trPr></w:tr><w:tr><w:trPr>" DEL
     "</w:trPr></w:tr><w:tr/></w:tbl>",
     "<w:tbl><w:tblPr/><w:tr><w:trPr></w:trPr></w:tr><w:tr/></w:tbl>",
     "<w:tbl><w:tblPr/><w:tr><w:trPr></w:trPr></w:tr><w:tr/></w:tbl>"},
    {"a table goes with its last row",
     "<w:body><w:tbl><w:tblPr/><w:tr><w:trPr>" INS "</w:trPr></w:tr></w:tbl>" P("") "</w:body>",
     "<w:body><w:tbl><w:tblPr/><w:tr><w:trPr></w:trPr></w:tr></w:tbl>" P("") "</w:body>",
     "<w:body>" P("") "</w:body>"},
    {"cells", "<w:tr><w:tc><w:tcPr><w:cellIns w:id='1'/></w:tcPr></w:tc><w:tc/></w:tr>",
     "<w:tr><w:tc><w:tcPr></w:tcPr></w:tc><w:tc/></w:tr>", "<w:tr><w:tc/></w:tr>"},
    {"properties of a run",
     "<w:r><w:rPr><w:b/><w:rPrChange w:id='1'><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr></w:r>",
     "<w:r><w:rPr><w:b/></w:rPr></w:r>", "<w:r><w:rPr><w:i/></w:rPr></w:r>"},
    {"properties of a paragraph keep the mark's",
     P("<w:pPr><w:jc/><w:rPr><w:b/></w:rPr><w:pPrChange w:id='1'><w:pPr><w:ind/></w:pPr>"
       "</w:pPrChange></w:pPr>"),
     P("<w:pPr><w:jc/><w:rPr><w:b/></w:rPr></w:pPr>"),
     P("<w:pPr><w:ind/><w:rPr><w:b/></w:rPr></w:pPr>")},
    {"section keeps its headers",
     "<w:sectPr><w:headerReference/><w:pgSz w:w='1'/><w:sectPrChange w:id='1'><w:sectPr>"
     "<w:pgSz w:w='2'/></w:sectPr></w:sectPrChange></w:sectPr>",
     "<w:sectPr><w:headerReference/><w:pgSz w:w='1'/></w:sectPr>",
     "<w:sectPr><w:headerReference/><w:pgSz w:w='2'/></w:sectPr>"},
    {"moves",
     "<w:moveFromRangeStart w:id='1'/><w:moveFrom w:id='2'><w:r><w:t>a</w:t></w:r></w:moveFrom>"
     "<w:moveFromRangeEnd w:id='1'/><w:moveTo w:id='3'>" RUN("b") "</w:moveTo>",
     RUN("b"), RUN("a")},
    {"control put in by a change",
     "<w:body><w:customXmlInsRangeStart w:id='1'/><w:sdt><w:sdtPr/><w:sdtContent>"
     "<w:customXmlInsRangeEnd w:id='1'/>" P(
         MARK(INS) INSERTED(RUN("a"))) "<w:customXmlInsRangeStart "
                                       "w:id='2'/></w:sdtContent></w:sdt><w:customXmlInsRangeEnd "
                                       "w:id='2'/>" P(RUN("b")) "</w:body>",
     "<w:body><w:sdt><w:sdtPr/><w:sdtContent>" P(RUN("a")) "</w:sdtContent></w:sdt>" P(
         RUN("b")) "</w:body>",
     "<w:body>" P(RUN("b")) "</w:body>"},
    {"control without ranges stays",
     "<w:body><w:sdt><w:sdtContent>" P(MARK(INS)) P("") "</w:sdtContent></w:sdt></w:body>",
     "<w:body><w:sdt><w:sdtContent>" P("") P("") "</w:sdtContent></w:sdt></w:body>",
     "<w:body><w:sdt><w:sdtContent>" P("") "</w:sdtContent></w:sdt></w:body>"},
    {"field control inside inserted content",
     P(INSERTED(RUN("a") "<w:sdt><w:sdtPr/><w:sdtContent>" RUN("b") "</w:sdtContent></w:sdt>")),
     P(RUN("a") "<w:sdt><w:sdtPr/><w:sdtContent>" RUN("b") "</w:sdtContent></w:sdt>"), P("")},
    {"inserted, then deleted by another", P(INSERTED(DELETED("x"))), P(""), P("")},
    {"numbering change",
     "<w:numPr><w:numId w:val='1'/><w:ins w:id='1'/><w:numberingChange/></w:numPr>",
     "<w:numPr><w:numId w:val='1'/></w:numPr>", "<w:numPr><w:numId w:val='1'/></w:numPr>"},
    {"instruction text",
     P("<w:del w:id='1'><w:r><w:delInstrText>PAGE</w:delInstrText></w:r></w:del>"), P(""),
     P("<w:r><w:instrText>PAGE</w:instrText></w:r>")},
};

static void check(const char *raw, const char *expect, bool accept)
{
    kk_buf out;
    kk_buf_init(&out, 0);
    assert_int_equal(kk_resolve_part(kk_str_from(raw), KK_STR("w"), accept, &out), KK_OK);
    kk_buf_putc(&out, '\0');
    assert_string_equal(out.ptr, expect);
    kk_buf_dispose(&out);
}

static void resolves(void **state)
{
    const row *r = *state;
    check(r->raw, r->accepted, true);
    check(r->raw, r->rejected, false);
    check(r->accepted, r->accepted, false); /* nothing is left to do */
    check(r->rejected, r->rejected, true);
}

int main(void)
{
    return ROWS_RUN("resolve", rows, resolves);
}
