/* Looks, headings and numbers of paragraphs, one small document per law.
 * Every document is also held against the laws of the model. */
#include "rows.h"

#include "storykit.h"

/* clang-format off */
#define LOOKS                                                                                      \
    STYLE("B", "Bold text", "<w:rPr><w:b/></w:rPr>")                                               \
    "<w:style w:type=\"character\" w:styleId=\"S\"><w:name w:val=\"Strong\"/>"                     \
    "<w:rPr><w:b/></w:rPr></w:style>"

static const story_row look_rows[] = {
    {"bold joined over runs", {.body = P(R("a") RP("<w:b/>", "b") RP("<w:b w:val=\"1\"/>", "c")
        RP("<w:b w:val=\"0\"/>", "d"))},
     "|abcd\nbold 1-3\n"},
    {"style bold", {.body = STYLED("B", R("a") RP("<w:b w:val=\"false\"/>", "b. c d.")),
        .styles = LOOKS},
     "|ab. c d.\nbold 0-1\n"},
    {"toggles cancel", {.body = STYLED("B", R("a.") RP("<w:rStyle w:val=\"S\"/>", "b.")),
        .styles = LOOKS},
     "|a.b.\nbold 0-2\n"},
    {"hidden", {.body = P(RP("<w:vanish/>", "a"))}, "hidden guidance |a\nhidden 0-1\n"},
    {"guidance", {.body = P(RP("<w:i/>", "a") RP("<w:highlight w:val=\"yellow\"/>", "b")
        RP("<w:color w:val=\"FF0000\"/>", "c") R("."))},
     "guidance |abc.\nitalic 0-1\nhighlight 1-2\ncolour 2-3\n"},
    {"plain colours", {.body = P(RP("<w:color w:val=\"auto\"/>", "a")
        RP("<w:color w:val=\"000000\"/>", "b")
                                 RP("<w:color w:val=\"404040\"/>", "c")
                                 RP("<w:color w:val=\"44546A\" w:themeColor=\"text2\"/>", "d"))},
     "|abcd\n"},
    {"shading", {.body = P(RP("<w:shd w:val=\"clear\" w:fill=\"FFFF00\"/>", "a")
        RP("<w:shd w:val=\"clear\" w:fill=\"auto\"/>", "b")
                           RP("<w:highlight w:val=\"none\"/>", "c"))},
     "|abc\nhighlight 0-1\n"},
    {"colour of links", {.body = P("<w:hyperlink>" RP("<w:color w:val=\"0000FF\"/>", "a")
        "</w:hyperlink>")}, "|a\n"},
};

static const story_row heading_rows[] = {
    {"by name, never by id",
     {.body = STYLED("X", R("a")) STYLED("heading1", R("b")),
      .styles = STYLE("X", "Overskrift 2", "") STYLE("heading1", "Brødtekst", "")},
     "h2 |a\n|b\n"},
    {"by ancestor", {.body = STYLED("Z", R("a")), .styles = STYLE("Y", "heading 3", "")
                     STYLE("X", "Kapittel", "<w:basedOn w:val=\"Y\"/>") STYLE("Z", "Mitt",
                     "<w:basedOn w:val=\"X\"/>")},
     "h3 |a\n"},
    {"basedOn in a circle", {.body = STYLED("X", R("a")), .styles = STYLE("X", "Ein",
        "<w:basedOn w:val=\"Y\"/>")
                             STYLE("Y", "heading 1", "<w:basedOn w:val=\"X\"/>")},
     "h1 |a\n"},
    {"outline level of the style", {.body = STYLED("X", R("a")), .styles = STYLE("X",
        "Kapittel", "<w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr>")},
     "h2 |a\n"},
    {"outline level switched off", {.body = STYLED("X", R("a")), .styles = STYLE("Y",
        "heading 1", "<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>")
                                    STYLE("X", "Liten",
                                    "<w:basedOn w:val=\"Y\"/>"
                                    "<w:pPr><w:outlineLvl w:val=\"9\"/></w:pPr>")},
     "|a\n"},
    {"outline level of the paragraph",
     {.body = P("<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>" R("Krav"))
         P("<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>" R("Dette er en setning."))
              TBL(TR(TC(P("<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>" R("Celle"))))) "<w:p/>"},
     "h1 |Krav\n|Dette er en setning.\n0(0,0) |Celle\n|\n"},
    {"empty heading", {.body = STYLED("X", ""), .styles = STYLE("X", "heading 1", "")}, "|\n"},
    {"title", {.body = STYLED("X", R("a")), .styles = STYLE("X", "Title", "")}, "title |a\n"},
    {"bold line", {.body = P(RP("<w:b/>", "Krav til miljø")) T("Tekst.") P(RP("<w:b/>",
        "Merk:")) P(RP("<w:b/>", "Halv") R(" fet"))},
     "h1 guess |Krav til miljø\n|Tekst.\n|Merk:\n|Halv fet\nbold 0-15\nbold 23-28\nbold 29-33\n"},
    {"bold line below a heading", {.body = STYLED("X", R("A")) P(RP("<w:b/>", "B")), .styles =
        STYLE("X", "heading 2", "")},
     "h2 |A\nh3 guess |B\nbold 2-3\n"},
    {"typed numbers", {.body = P(RP("<w:b/>", "2 Krav")) P(RP("<w:b/>", "2.3. Miljø"))
        T("2.4 ikke fet")},
     "h1 [2] guess |2 Krav\nh2 [2.3] guess |2.3. Miljø\n|2.4 ikke fet\nbold 0-6\nbold 7-18\n"},
    {"title of the table of contents", {.body = P(RP("<w:b/>", "Innhold")) STYLED("T", R("a")),
        .styles = STYLE("T", "toc 1", "")},
     "|Innhold\ntoc |a\nbold 0-7\n"},
};

static const story_row number_rows[] = {
    {"levels",
     {.body = N("1", "0", "a") N("1", "1", "b") N("1", "1", "c") N("1", "2", "d") N("1", "0", "e")
              N("1", "1", "f"),
      .numbering = DEEP},
     "[1.] list |a\n[1.1] list level2 |b\n[1.2] list level2 |c\n[a)] list level3 |d\n"
     "[2.] list |e\n[2.1] list level2 |f\n"},
    {"bullet",
     {.body = N("1", "0", "a"),
      .numbering = ABSTRACT("0", LVL("0", "bullet", "\xef\x82\xb7", "")) NUM("1", "0")},
     "list |a\n"},
    {"formats",
     {.body = N("1", "0", "a") N("2", "0", "b") N("3", "0", "c") N("4", "0", "d"),
      .numbering = ABSTRACT("0", LVL("0", "upperRoman", "%1", ""))
                   ABSTRACT("1", LVL("0", "decimalZero", "K%1", ""))
                   ABSTRACT("2", LVL("0", "upperLetter", "Vedlegg %1:", ""))
                   ABSTRACT("3", LVL("0", "none", "", ""))
                   NUM("1", "0") NUM("2", "1") NUM("3", "2") NUM("4", "3")},
     "[I] list |a\n[K01] list |b\n[Vedlegg A:] list |c\nlist |d\n"},
    {"two nums of one list go on counting",
     {.body = N("1", "0", "a") N("2", "0", "b"), .numbering = DEEP NUM("2", "0")},
     "[1.] list |a\n[2.] list |b\n"},
    {"start override counts once",
     {.body = N("1", "0", "a") N("2", "0", "b") N("1", "0", "c") N("2", "0", "d"),
      .numbering = DEEP OVERRIDE("2", "<w:startOverride w:val=\"5\"/>")},
     "[1.] list |a\n[5.] list |b\n[6.] list |c\n[7.] list |d\n"},
    {"level override",
     {.body = N("2", "0", "a"),
      .numbering = DEEP OVERRIDE("2", LVL("0", "lowerLetter", "(%1)", ""))},
     "[(a)] list |a\n"},
    {"legal numbering",
     {.body = N("1", "0", "a") N("1", "1", "b"),
      .numbering = ABSTRACT("0", LVL("0", "upperRoman", "%1", "")
                                 LVL("1", "decimal", "%1.%2", "<w:isLgl/>")) NUM("1", "0")},
     "[I] list |a\n[1.1] list level2 |b\n"},
    {"restart",
     {.body = N("1", "0", "a") N("1", "1", "b") N("1", "0", "c") N("1", "1", "d"),
      .numbering = ABSTRACT("0", LVL("0", "decimal", "%1", "")
                                 LVL("1", "decimal", "%2", "<w:lvlRestart w:val=\"0\"/>"))
                   NUM("1", "0")},
     "[1] list |a\n[1] list level2 |b\n[2] list |c\n[2] list level2 |d\n"},
    {"headings by style",
     {.body = STYLED("A", R("a")) STYLED("B", R("b")) STYLED("A", R("c"))
              P("<w:pPr><w:pStyle w:val=\"A\"/>" NUMPR("0") "</w:pPr>" R("d")),
      .styles = STYLE("A", "heading 1", "<w:pPr>" NUMPR("1") "</w:pPr>")
                STYLE("B", "heading 2", "<w:basedOn w:val=\"A\"/>"),
      .numbering = ABSTRACT("0", LVL("0", "decimal", "%1", "<w:pStyle w:val=\"A\"/>")
                                 LVL("1", "decimal", "%1.%2", "<w:pStyle w:val=\"B\"/>"))
                   NUM("1", "0")},
     "h1 [1] |a\nh2 [1.1] |b\nh1 [2] |c\nh1 |d\n"},
    {"numbering style",
     {.body = N("2", "0", "a"),
      .styles = "<w:style w:type=\"numbering\" w:styleId=\"L\"><w:name w:val=\"Liste\"/><w:pPr>"
                NUMPR("1") "</w:pPr></w:style>",
      .numbering = DEEP ABSTRACT("9", "<w:numStyleLink w:val=\"L\"/>") NUM("2", "9")},
     "[1.] list |a\n"},
    {"unknown list", {.body = N("77", "0", "a")}, "|a\n"},
    {"deleted rows and section breaks do not count",
     {.body = N("1", "0", "a")
              TBL(TR("<w:trPr><w:del w:id=\"1\"/></w:trPr>" TC(N("1", "0", "x"))))
              P("<w:pPr>" NUMPR("1") "<w:sectPr/></w:pPr>") N("1", "0", "b"),
      .numbering = DEEP},
     "[1.] list |a\n|\n[2.] list |b\nfacts 2\n"},
};
/* clang-format on */

int main(void)
{
    int failed = ROWS_RUN("looks", look_rows, story_reads);
    failed += ROWS_RUN("headings", heading_rows, story_reads);
    return failed + ROWS_RUN("numbers", number_rows, story_reads);
}
