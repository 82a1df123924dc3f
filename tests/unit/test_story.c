/* Stories: from WordprocessingML to TEXT, one small document per law. Every document is also held against
 * the laws of the model, and read again with each allocation failing in turn. */
#include "rows.h"

#include "docxlaws.h"
#include "error.h"
#include "mem.h"
#include "packkit.h"
#include "str.h"

#define P(inner) "<w:p>" inner "</w:p>"
#define R(text) "<w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define RP(props, text)                                                                            \
    "<w:r><w:rPr>" props "</w:rPr><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define T(text) P(R(text))
#define STYLED(id, inner) "<w:p><w:pPr><w:pStyle w:val=\"" id "\"/></w:pPr>" inner "</w:p>"
#define STYLE(id, name, more)                                                                      \
    "<w:style w:type=\"paragraph\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/>" more "</w:style>"
#define TC(inner) "<w:tc>" inner "</w:tc>"
#define TCP(props, inner) "<w:tc><w:tcPr>" props "</w:tcPr>" inner "</w:tc>"
#define TR(inner) "<w:tr>" inner "</w:tr>"
#define TBL(inner) "<w:tbl><w:tblPr/>" inner "</w:tbl>"
#define FLD(type) "<w:r><w:fldChar w:fldCharType=\"" type "\"/></w:r>"
#define CODE(text) "<w:r><w:instrText>" text "</w:instrText></w:r>"
#define MARK(what) "<w:pPr><w:rPr><w:" what " w:id=\"7\" w:author=\"Kari\"/></w:rPr></w:pPr>"
#define DEL(text) "<w:del w:id=\"1\" w:author=\"Kari\"><w:r><w:delText>" text "</w:delText></w:r></w:del>"
#define INS(text) "<w:ins w:id=\"2\" w:author=\"Ola\">" R(text) "</w:ins>"
#define SDT(props, inner) "<w:sdt><w:sdtPr>" props "</w:sdtPr><w:sdtContent>" inner "</w:sdtContent></w:sdt>"
#define BOX(inner)                                                                                 \
    "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:wsp><wps:txbx>"         \
    "<w:txbxContent>" inner "</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>"        \
    "<mc:Fallback><w:pict><v:textbox><w:txbxContent>" inner "</w:txbxContent></v:textbox>"         \
    "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"

typedef struct story_row {
    const char *name;
    pack_docx docx;
    const char *expect;
} story_row;

/* ---- what the text says -------------------------------------------------------------------- */

static void dump_para(const kk_text *text, uint32_t index, kk_buf *out)
{
    static const char *const stories[] = {"",         "header: ",  "footer: ", "footnote: ",
                                          "endnote: ", "comment: ", "box: "};
    static const struct {
        uint32_t flag;
        const char *name;
    } flags[] = {{KK_PARA_TOC, "toc "},         {KK_PARA_LIST, "list "},
                 {KK_PARA_GUESSED, "guess "},   {KK_PARA_HIDDEN, "hidden "},
                 {KK_PARA_INSERTED, "ins "},    {KK_PARA_TITLE, "title "},
                 {KK_PARA_PENDING, "pending "}, {KK_PARA_GUIDANCE, "guidance "}};
    const kk_para *para = &text->paras[index];
    kk_buf_puts(out, stories[text->stories[para->story].kind]);
    if (para->heading > 0) {
        kk_buf_printf(out, "h%u ", para->heading);
    }
    if (para->number.len > 0) {
        kk_buf_printf(out, "[%.*s] ", (int)para->number.len, para->number.ptr);
    }
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if ((para->flags & flags[i].flag) != 0) {
            kk_buf_puts(out, flags[i].name);
        }
    }
    if (para->list_level > 1) {
        kk_buf_printf(out, "level%u ", para->list_level);
    }
    if (para->cell != KK_NONE) {
        const kk_cell *cell = &text->cells[para->cell];
        kk_buf_printf(out, "%u(%u,%u", cell->table, cell->row, cell->col);
        if (cell->row_span > 1 || cell->col_span > 1) {
            kk_buf_printf(out, " %ux%u", cell->row_span, cell->col_span);
        }
        kk_buf_printf(out, "%s%s) ", (cell->flags & KK_CELL_VMERGED) != 0 ? " v" : "",
                      (cell->flags & KK_CELL_HEADER) != 0 ? " h" : "");
    }
    kk_buf_printf(out, "|%.*s\n", (int)(para->end - para->begin), text->utf8 + para->begin);
}

static void dump_spans(const kk_text *text, kk_buf *out)
{
    static const char *const kinds[] = {"ins",    "del",  "hidden",      "highlight",
                                        "colour", "italic", "bold",      "placeholder",
                                        "field",  "fillin", "comment"};
    for (uint32_t i = 0; i < text->n_spans; i++) {
        const kk_span *span = &text->spans[i];
        kk_buf_printf(out, "%s %u-%u", kinds[span->kind], span->begin, span->end);
        if (span->text.len > 0) {
            kk_buf_printf(out, " \"%.*s\"", (int)span->text.len, span->text.ptr);
        }
        if (span->author.len > 0) {
            kk_buf_printf(out, " %.*s", (int)span->author.len, span->author.ptr);
        }
        kk_buf_puts(out, "\n");
    }
}

static void dump_controls(const kk_text *text, kk_buf *out)
{
    static const char *const kinds[] = {"block", "run", "row", "cell"};
    for (uint32_t i = 0; i < text->n_controls; i++) {
        const kk_control *control = &text->controls[i];
        kk_buf_printf(out, "%s %u-%u %.*s", kinds[control->kind], control->begin, control->end,
                      (int)control->tag.len, control->tag.ptr);
        if (control->flags != 0) {
            kk_buf_printf(out, " flags %x", control->flags);
        }
        if (control->parent != KK_NONE) {
            kk_buf_printf(out, " in %u", control->parent);
        }
        kk_buf_puts(out, "\n");
    }
}

static void pack(kk_buf *bytes, const pack_docx *docx)
{
    kk_buf_init(bytes, 0);
    pack_word(bytes, docx);
}

static void reads(void **state)
{
    const story_row *row = *state;
    kk_buf bytes;
    kk_buf out;
    kk_error err = {0};
    kk_docx *doc = NULL;
    char fault[100] = "";
    pack(&bytes, &row->docx);
    kk_buf_init(&out, 0);
    assert_int_equal(kk_docx_open(&doc, kk_buf_view(&bytes), NULL, &err), KK_OK);
    const kk_text *text = kk_docx_text(doc);
    kk_buf_puts(&out, "");
    for (uint32_t i = 0; i < text->n_paras; i++) {
        dump_para(text, i, &out);
    }
    dump_spans(text, &out);
    dump_controls(text, &out);
    if (text->facts != 0) {
        kk_buf_printf(&out, "facts %x\n", text->facts);
    }
    assert_string_equal(out.ptr, row->expect);
    assert_true(kk_docx_laws(doc, fault, sizeof fault));
    assert_string_equal(fault, "");
    kk_docx_free(doc);
    kk_buf_dispose(&out);
    kk_buf_dispose(&bytes);
}

static const story_row text_rows[] = {
    {"no paragraph", {.body = "<w:sectPr/>"}, ""},
    {"empty paragraphs", {.body = "<w:p/><w:p></w:p><w:p><w:pPr/></w:p>"}, "|\n|\n|\n"},
    {"runs joined", {.body = P(R("kli") R("ma"))}, "|klima\n"},
    {"edge space", {.body = P("<w:r><w:t> a </w:t></w:r><w:r><w:t>\n b</w:t></w:r>")}, "|ab\n"},
    {"references", {.body = T("a &amp; b &lt;c&gt; &#198;&#xf8;")}, "|a & b <c> Æø\n"},
    {"CDATA and comments", {.body = T("a<!-- x --><![CDATA[<&>]]>b<?pi ?>c")}, "|a<&>bc\n"},
    {"line feeds and tabulators in text", {.body = T("a\nb\tc\r\nd")}, "|a b c d\n"},
    {"tab, break, hyphen",
     {.body = P("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t>"
                "<w:noBreakHyphen/><w:t>e</w:t><w:softHyphen/><w:t>f</w:t><w:ptab/></w:r>")},
     "|a\tb c d-ef\t\n"},
    {"tabulators of properties", {.body = P("<w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>" R("a"))},
     "|a\n"},
    {"symbols",
     {.body = P("<w:r><w:sym w:font=\"Symbol\" w:char=\"F0B7\"/><w:sym w:font=\"Symbol\" "
                "w:char=\"F061\"/><w:t>a</w:t></w:r>")},
     "|• a\n"},
    {"spaces and hyphens of other kinds",
     {.body = T("30\xc2\xa0%\xe2\x80\xaf" "a\xe2\x80\x89" "b\xc2\xad" "c\xe2\x80\x91" "d\xe2\x80\x8b" "e\xef\xbb\xbf" "f")},
     "|30 % a bc-def\n"},
    {"long s, Kelvin, Angstrom", {.body = T("\xc5\xbf\xe2\x84\xaa\xe2\x84\xab")}, "|skÅ\n"},
    {"letters composed", {.body = T("a\xcc\x8a o\xcc\x88 e\xcc\x81\xcc\xb1 x\xcc\x8a \xcc\x8a")},
     "|å ö é\xcc\xb1 x\xcc\x8a \xcc\x8a\n"},
    {"reference to a space", {.body = T("a&#160;b&#xAD;c")}, "|a bc\n"},
    {"hyperlink, smart tag, custom XML",
     {.body = P("<w:hyperlink>" R("a") "</w:hyperlink><w:smartTag>" R("b") "</w:smartTag>"
                "<w:customXml><w:customXmlPr/>" R("c") "</w:customXml>")},
     "|abc\n"},
    {"ruby", {.body = P("<w:r><w:ruby><w:rubyPr/><w:rt>" R("x") "</w:rt><w:rubyBase>" R("y")
                        "</w:rubyBase></w:ruby></w:r>" R("z"))},
     "|yz\n"},
    {"equation",
     {.body = P(R("E ") "<m:oMath><m:r><m:t>=mc</m:t></m:r><m:sSup><m:e><m:r><m:rPr/><m:t>2"
                        "</m:t></m:r></m:e></m:sSup></m:oMath>")},
     "|E =mc2\n"},
    {"alternate content", {.body = P("<mc:AlternateContent><mc:Choice Requires=\"new\">" R("no")
                                     "</mc:Choice><mc:Choice Requires=\"w14 wps\">" R("yes")
                                     "</mc:Choice><mc:Choice Requires=\"w14\">" R("late")
                                     "</mc:Choice><mc:Fallback>" R("old")
                                     "</mc:Fallback></mc:AlternateContent>")},
     "|yes\n"},
    {"fallback", {.body = P("<mc:AlternateContent><mc:Choice Requires=\"new\">" R("no")
                            "</mc:Choice><mc:Fallback>" R("old") "</mc:Fallback>"
                            "</mc:AlternateContent>")},
     "|old\n"},
    {"alternate content of blocks",
     {.body = "<mc:AlternateContent><mc:Choice Requires=\"w14\">" T("a") "</mc:Choice><mc:Fallback>" T("b")
              "</mc:Fallback></mc:AlternateContent>"},
     "|a\n"},
    {"text box behind the body", {.body = P(R("a") BOX(T("in") T("box")) R("b")) T("c")},
     "|ab\n|c\nbox: |in\nbox: |box\n"},
    {"table in a text box in a table",
     {.body = TBL(TR(TC(P(R("a") BOX(TBL(TR(TC(T("x")) TC(T("y")))) "<w:p/>")))))  "<w:p/>"},
     "0(0,0) |a\n|\nbox: 1(0,0) |x\nbox: 1(0,1) |y\nbox: |\n"},
    {"text box in a text box", {.body = P(BOX(P(R("a") BOX(T("b")))))}, "|\nbox: |b\nbox: |a\n"},
    {"header, footnote, comment",
     {.body = P(R("a") "<w:commentRangeStart w:id=\"4\"/>" R("bc") "<w:commentRangeEnd w:id=\"4\"/>"
                       "<w:r><w:footnoteReference w:id=\"1\"/></w:r>"),
      .header = T("top"),
      .footnotes = "<w:footnote w:type=\"separator\" w:id=\"-1\">" T("---") "</w:footnote>"
                   "<w:footnote w:id=\"1\">" P("<w:r><w:footnoteRef/></w:r>" R("note")) "</w:footnote>",
      .comments = "<w:comment w:id=\"4\">" T("why") "</w:comment>"},
     "|abc\nheader: |top\nfootnote: |note\ncomment: |why\ncomment 1-3 \"4\"\n"},
    {"chunk", {.body = "<w:altChunk r:id=\"x\"/>" T("a")}, "|a\nfacts 80\n"},
    {"protected and tracking",
     {.body = T("a"),
      .settings = "<w:trackRevisions/><w:documentProtection w:edit=\"forms\" w:enforcement=\"1\"/>"},
     "|a\nfacts 5\n"},
    {"protection not enforced",
     {.body = T("a"), .settings = "<w:trackRevisions w:val=\"0\"/><w:documentProtection/>"},
     "|a\n"},
};

static const story_row track_rows[] = {
    {"insertion and deletion", {.body = P(R("a") INS("bc") DEL("x") DEL("y") R("d"))},
     "pending |abcd\nins 1-3 Ola\ndel 3-3 \"xy\" Kari\nfacts 2\n"},
    {"deleted insertion", {.body = P("<w:ins w:id=\"1\" w:author=\"Ola\">" DEL("x") "</w:ins>" R("a"))},
     "pending |a\ndel 0-0 \"x\" Kari\nfacts 2\n"},
    {"move", {.body = P("<w:moveFrom w:id=\"1\" w:author=\"Kari\">" R("a") "</w:moveFrom>" R("b"))
                      P("<w:moveTo w:id=\"2\" w:author=\"Kari\">" R("a") "</w:moveTo>")},
     "pending |b\npending |a\ndel 0-0 \"a\" Kari\nins 2-3 Kari\nfacts 2\n"},
    {"deleted mark joins", {.body = P(MARK("del") R("a")) STYLED("H", R("b")) T("c"),
                            .styles = STYLE("H", "heading 1", "")},
     "h1 pending |ab\n|c\nfacts 2\n"},
    {"three joined", {.body = P(MARK("del") R("a")) P(MARK("del")) T("b")}, "pending |ab\nfacts 2\n"},
    {"deleted paragraph before a table",
     {.body = P(MARK("del") DEL("a")) TBL(TR(TC(T("b")))) "<w:p/>"},
     "0(0,0) |b\n|\ndel 0-0 \"a\" Kari\nfacts 2\n"},
    {"deleted mark at the end of a cell", {.body = TBL(TR(TC(P(MARK("del") R("a"))))) "<w:p/>"},
     "pending 0(0,0) |a\n|\nfacts 2\n"},
    {"inserted mark", {.body = P(MARK("ins") R("a")) T("b")}, "ins pending |a\n|b\nfacts 2\n"},
    {"deleted row",
     {.body = TBL(TR(TC(T("a"))) TR("<w:trPr><w:del w:id=\"1\" w:author=\"K\"/></w:trPr>" TC(T("x")) TC(TBL(TR(TC(T("y")))))) TR(TC(T("b"))))
              "<w:p/>"},
     "0(0,0) |a\n0(1,0) |b\n|\nfacts 2\n"},
    {"deleted cell", {.body = TBL(TR(TCP("<w:cellDel w:id=\"1\"/>", T("x")) TC(T("a")))) "<w:p/>"},
     "0(0,0) |a\n|\nfacts 2\n"},
    {"changed properties",
     {.body = P("<w:pPr><w:pPrChange w:id=\"1\"><w:pPr><w:pStyle w:val=\"H\"/></w:pPr></w:pPrChange></w:pPr>" R("a"))
              P("<w:r><w:rPr><w:rPrChange w:id=\"2\"><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t>b</w:t></w:r>"),
      .styles = STYLE("H", "heading 1", "")},
     "pending |a\npending |b\nfacts 2\n"},
    {"deleted text box", {.body = P(R("a") "<w:del w:id=\"1\" w:author=\"K\">" BOX(T("x")) "</w:del>")},
     "pending |a\nfacts 2\n"},
};

static const story_row field_rows[] = {
    {"complex", {.body = P(R("a") FLD("begin") CODE(" REF x ") R("no") FLD("separate") R("yes") FLD("end") R("b"))},
     "|ayesb\nfield 1-4\n"},
    {"nested", {.body = P(FLD("begin") CODE("IF ") FLD("begin") CODE("PAGE") FLD("separate") R("1")
                          FLD("end") FLD("separate") R("yes") FLD("end"))},
     "|yes\nfield 0-3\n"},
    {"without result", {.body = P(R("a") FLD("begin") CODE("X") FLD("end") R("b"))}, "|ab\n"},
    {"simple", {.body = P("<w:fldSimple w:instr=\"PAGE\">" R("12") "</w:fldSimple>" R("a"))},
     "|12a\nfield 0-2\n"},
    {"table of contents",
     {.body = P(FLD("begin") CODE(" TOC \\o ") FLD("separate") R("One 1")) T("Two 2") P(FLD("end")) T("a")},
     "toc |One 1\ntoc |Two 2\ntoc |\n|a\nfield 0-5\nfield 6-11\n"},
    {"table of contents that never ends",
     {.body = STYLED("T1", FLD("begin") CODE("TOC") FLD("separate") R("One")) STYLED("H", R("a")),
      .styles = STYLE("T1", "toc 1", "") STYLE("H", "heading 1", "")},
     "toc |One\nh1 |a\nfield 0-3\nfield 4-5\n"},
    {"style and gallery",
     {.body = SDT("<w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj>", T("a"))
              STYLED("T1", R("b")),
      .styles = STYLE("T1", "toc 1", "")},
     "toc |a\ntoc |b\nblock 0-1 \n"},
    {"code that never ends", {.body = P(R("a") FLD("begin") CODE("X") R("b")) T("c")},
     "|a\n|\nfacts 80\n"},
};

static const story_row table_rows[] = {
    {"spans and merges",
     {.body = TBL(TR("<w:trPr><w:tblHeader/></w:trPr>" TC(T("a")) TCP("<w:gridSpan w:val=\"2\"/>", T("b")))
                  TR(TCP("<w:vMerge w:val=\"restart\"/>", T("c")) TC(T("d")) TC(T("e")))
                  TR(TCP("<w:vMerge/>", "<w:p/>") TC(T("f")) TC(T("g")))
                  TR("<w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>" TC(T("h"))))
              "<w:p/>"},
     "0(0,0 h) |a\n0(0,1 1x2 h) |b\n0(1,0 2x1) |c\n0(1,1) |d\n0(1,2) |e\n0(2,0 v) |\n0(2,1) |f\n"
     "0(2,2) |g\n0(3,1) |h\n|\n"},
    {"nested", {.body = TBL(TR(TC(T("a") TBL(TR(TC(T("x")) TC(T("y")))) T("b")) TC(T("c")))) "<w:p/>"},
     "0(0,0) |a\n1(0,0) |x\n1(0,1) |y\n0(0,0) |b\n0(0,1) |c\n|\n"},
    {"controls round rows and cells",
     {.body = TBL(SDT("<w:tag w:val=\"r\"/>", TR(TC(T("a")))) TR(SDT("<w:tag w:val=\"c\"/>", TC(T("b")))
              TC(T("d")))) "<w:p/>"},
     "0(0,0) |a\n0(1,0) |b\n0(1,1) |d\n|\nrow 0-1 r\ncell 2-3 c\n"},
    {"continued merge without a start", {.body = TBL(TR(TCP("<w:vMerge/>", T("a")))) "<w:p/>"},
     "0(0,0) |a\n|\n"},
    {"absurd span", {.body = TBL(TR(TCP("<w:gridSpan w:val=\"99999999\"/>", T("a")) TC(T("b")))) "<w:p/>"},
     "0(0,0 1x1000) |a\n0(0,1000) |b\n|\n"},
};

static const story_row control_rows[] = {
    {"block with paragraphs", {.body = T("x") SDT("<w:tag w:val=\"t\"/><w:lock w:val=\"sdtContentLocked\"/>", T("a") T("b")) T("y")},
     "|x\n|a\n|b\n|y\nblock 2-5 t flags 1\n"},
    {"run with placeholder",
     {.body = P(R("a ") SDT("<w:tag w:val=\"t\"/><w:showingPlcHdr/><w:dataBinding/>", R("fill in")) R("."))},
     "|a fill in.\nplaceholder 2-9\nrun 2-9 t flags 6\n"},
    {"fill-in field of ours", {.body = P(SDT("<w:tag w:val=\"kkf:sats\"/>", R("30")) R(" %"))},
     "|30 %\nfillin 0-2 \"sats\"\nrun 0-2 kkf:sats\n"},
    {"nested and repeating",
     {.body = SDT("<w:tag w:val=\"o\"/><w15:repeatingSection/>", SDT("<w:tag w:val=\"i\"/><w15:repeatingSectionItem/>", T("a")) T("b"))},
     "|a\n|b\nblock 0-3 o flags 8\nblock 0-1 i flags 8 in 0\n"},
    {"properties of the control are no text",
     {.body = SDT("<w:rPr><w:b/></w:rPr><w:placeholder><w:docPart w:val=\"x\"/></w:placeholder>", T("a"))},
     "|a\nblock 0-1 \n"},
};

#define LOOKS                                                                                      \
    STYLE("B", "Bold text", "<w:rPr><w:b/></w:rPr>")                                               \
    "<w:style w:type=\"character\" w:styleId=\"S\"><w:name w:val=\"Strong\"/><w:rPr><w:b/></w:rPr></w:style>"

static const story_row look_rows[] = {
    {"bold joined over runs", {.body = P(R("a") RP("<w:b/>", "b") RP("<w:b w:val=\"1\"/>", "c") RP("<w:b w:val=\"0\"/>", "d"))},
     "|abcd\nbold 1-3\n"},
    {"style bold", {.body = STYLED("B", R("a") RP("<w:b w:val=\"false\"/>", "b. c d.")), .styles = LOOKS},
     "|ab. c d.\nbold 0-1\n"},
    {"toggles cancel", {.body = STYLED("B", R("a.") RP("<w:rStyle w:val=\"S\"/>", "b.")), .styles = LOOKS},
     "|a.b.\nbold 0-2\n"},
    {"hidden", {.body = P(RP("<w:vanish/>", "a"))}, "hidden guidance |a\nhidden 0-1\n"},
    {"guidance", {.body = P(RP("<w:i/>", "a") RP("<w:highlight w:val=\"yellow\"/>", "b") RP("<w:color w:val=\"FF0000\"/>", "c") R("."))},
     "guidance |abc.\nitalic 0-1\nhighlight 1-2\ncolour 2-3\n"},
    {"plain colours", {.body = P(RP("<w:color w:val=\"auto\"/>", "a") RP("<w:color w:val=\"000000\"/>", "b")
                                 RP("<w:color w:val=\"404040\"/>", "c") RP("<w:color w:val=\"44546A\" w:themeColor=\"text2\"/>", "d"))},
     "|abcd\n"},
    {"shading", {.body = P(RP("<w:shd w:val=\"clear\" w:fill=\"FFFF00\"/>", "a") RP("<w:shd w:val=\"clear\" w:fill=\"auto\"/>", "b")
                           RP("<w:highlight w:val=\"none\"/>", "c"))},
     "|abc\nhighlight 0-1\n"},
    {"colour of links", {.body = P("<w:hyperlink>" RP("<w:color w:val=\"0000FF\"/>", "a") "</w:hyperlink>")}, "|a\n"},
};

static const story_row heading_rows[] = {
    {"by name, never by id",
     {.body = STYLED("X", R("a")) STYLED("heading1", R("b")),
      .styles = STYLE("X", "Overskrift 2", "") STYLE("heading1", "Brødtekst", "")},
     "h2 |a\n|b\n"},
    {"by ancestor", {.body = STYLED("Z", R("a")), .styles = STYLE("Y", "heading 3", "")
                     STYLE("X", "Kapittel", "<w:basedOn w:val=\"Y\"/>") STYLE("Z", "Mitt", "<w:basedOn w:val=\"X\"/>")},
     "h3 |a\n"},
    {"basedOn in a circle", {.body = STYLED("X", R("a")), .styles = STYLE("X", "Ein", "<w:basedOn w:val=\"Y\"/>")
                             STYLE("Y", "heading 1", "<w:basedOn w:val=\"X\"/>")},
     "h1 |a\n"},
    {"outline level of the style", {.body = STYLED("X", R("a")), .styles = STYLE("X", "Kapittel", "<w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr>")},
     "h2 |a\n"},
    {"outline level switched off", {.body = STYLED("X", R("a")), .styles = STYLE("Y", "heading 1", "<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>")
                                    STYLE("X", "Liten", "<w:basedOn w:val=\"Y\"/><w:pPr><w:outlineLvl w:val=\"9\"/></w:pPr>")},
     "|a\n"},
    {"outline level of the paragraph",
     {.body = P("<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>" R("Krav")) P("<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>" R("Dette er en setning."))
              TBL(TR(TC(P("<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>" R("Celle"))))) "<w:p/>"},
     "h1 |Krav\n|Dette er en setning.\n0(0,0) |Celle\n|\n"},
    {"empty heading", {.body = STYLED("X", ""), .styles = STYLE("X", "heading 1", "")}, "|\n"},
    {"title", {.body = STYLED("X", R("a")), .styles = STYLE("X", "Title", "")}, "title |a\n"},
    {"bold line", {.body = P(RP("<w:b/>", "Krav til miljø")) T("Tekst.") P(RP("<w:b/>", "Merk:")) P(RP("<w:b/>", "Halv") R(" fet"))},
     "h1 guess |Krav til miljø\n|Tekst.\n|Merk:\n|Halv fet\nbold 0-15\nbold 23-28\nbold 29-33\n"},
    {"bold line below a heading", {.body = STYLED("X", R("A")) P(RP("<w:b/>", "B")), .styles = STYLE("X", "heading 2", "")},
     "h2 |A\nh3 guess |B\nbold 2-3\n"},
    {"typed numbers", {.body = P(RP("<w:b/>", "2 Krav")) P(RP("<w:b/>", "2.3. Miljø")) T("2.4 ikke fet")},
     "h1 [2] guess |2 Krav\nh2 [2.3] guess |2.3. Miljø\n|2.4 ikke fet\nbold 0-6\nbold 7-18\n"},
    {"title of the table of contents", {.body = P(RP("<w:b/>", "Innhold")) STYLED("T", R("a")), .styles = STYLE("T", "toc 1", "")},
     "|Innhold\ntoc |a\nbold 0-7\n"},
};

#define LVL(n, fmt, text, more)                                                                    \
    "<w:lvl w:ilvl=\"" n "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" fmt "\"/>" more             \
    "<w:lvlText w:val=\"" text "\"/></w:lvl>"
#define NUM(id, abstract) "<w:num w:numId=\"" id "\"><w:abstractNumId w:val=\"" abstract "\"/></w:num>"
#define N(id, level, text)                                                                         \
    P("<w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" id "\"/></w:numPr></w:pPr>" R(text))
#define DEEP                                                                                       \
    "<w:abstractNum w:abstractNumId=\"0\">" LVL("0", "decimal", "%1.", "") LVL("1", "decimal", "%1.%2", "")      \
        LVL("2", "lowerLetter", "%3)", "") "</w:abstractNum>" NUM("1", "0")

static const story_row number_rows[] = {
    {"levels", {.body = N("1", "0", "a") N("1", "1", "b") N("1", "1", "c") N("1", "2", "d") N("1", "0", "e") N("1", "1", "f"), .numbering = DEEP},
     "[1.] list |a\n[1.1] list level2 |b\n[1.2] list level2 |c\n[a)] list level3 |d\n[2.] list |e\n[2.1] list level2 |f\n"},
    {"bullet", {.body = N("1", "0", "a"), .numbering = "<w:abstractNum w:abstractNumId=\"0\">" LVL("0", "bullet", "\xef\x82\xb7", "") "</w:abstractNum>" NUM("1", "0")},
     "list |a\n"},
    {"formats", {.body = N("1", "0", "a") N("2", "0", "b") N("3", "0", "c") N("4", "0", "d"),
                 .numbering = "<w:abstractNum w:abstractNumId=\"0\">" LVL("0", "upperRoman", "%1", "") "</w:abstractNum>"
                              "<w:abstractNum w:abstractNumId=\"1\">" LVL("0", "decimalZero", "K%1", "") "</w:abstractNum>"
                              "<w:abstractNum w:abstractNumId=\"2\">" LVL("0", "upperLetter", "Vedlegg %1:", "") "</w:abstractNum>"
                              "<w:abstractNum w:abstractNumId=\"3\">" LVL("0", "none", "", "") "</w:abstractNum>"
                              NUM("1", "0") NUM("2", "1") NUM("3", "2") NUM("4", "3")},
     "[I] list |a\n[K01] list |b\n[Vedlegg A:] list |c\nlist |d\n"},
    {"two nums of one list go on counting", {.body = N("1", "0", "a") N("2", "0", "b"), .numbering = DEEP NUM("2", "0")},
     "[1.] list |a\n[2.] list |b\n"},
    {"start override counts once",
     {.body = N("1", "0", "a") N("2", "0", "b") N("1", "0", "c") N("2", "0", "d"),
      .numbering = DEEP "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>"},
     "[1.] list |a\n[5.] list |b\n[6.] list |c\n[7.] list |d\n"},
    {"level override", {.body = N("2", "0", "a"), .numbering = DEEP "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\">" LVL("0", "lowerLetter", "(%1)", "") "</w:lvlOverride></w:num>"},
     "[(a)] list |a\n"},
    {"legal numbering", {.body = N("1", "0", "a") N("1", "1", "b"),
                         .numbering = "<w:abstractNum w:abstractNumId=\"0\">" LVL("0", "upperRoman", "%1", "") LVL("1", "decimal", "%1.%2", "<w:isLgl/>") "</w:abstractNum>" NUM("1", "0")},
     "[I] list |a\n[1.1] list level2 |b\n"},
    {"restart", {.body = N("1", "0", "a") N("1", "1", "b") N("1", "0", "c") N("1", "1", "d"),
                 .numbering = "<w:abstractNum w:abstractNumId=\"0\">" LVL("0", "decimal", "%1", "") LVL("1", "decimal", "%2", "<w:lvlRestart w:val=\"0\"/>") "</w:abstractNum>" NUM("1", "0")},
     "[1] list |a\n[1] list level2 |b\n[2] list |c\n[2] list level2 |d\n"},
    {"headings by style", {.body = STYLED("A", R("a")) STYLED("B", R("b")) STYLED("A", R("c")) "<w:p><w:pPr><w:pStyle w:val=\"A\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr>" R("d") "</w:p>",
                           .styles = STYLE("A", "heading 1", "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>")
                                     STYLE("B", "heading 2", "<w:basedOn w:val=\"A\"/>"),
                           .numbering = "<w:abstractNum w:abstractNumId=\"0\">" LVL("0", "decimal", "%1", "<w:pStyle w:val=\"A\"/>") LVL("1", "decimal", "%1.%2", "<w:pStyle w:val=\"B\"/>") "</w:abstractNum>" NUM("1", "0")},
     "h1 [1] |a\nh2 [1.1] |b\nh1 [2] |c\nh1 |d\n"},
    {"numbering style", {.body = N("2", "0", "a"),
                         .styles = "<w:style w:type=\"numbering\" w:styleId=\"L\"><w:name w:val=\"Liste\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>",
                         .numbering = DEEP "<w:abstractNum w:abstractNumId=\"9\"><w:numStyleLink w:val=\"L\"/></w:abstractNum>" NUM("2", "9")},
     "[1.] list |a\n"},
    {"unknown list", {.body = N("77", "0", "a")}, "|a\n"},
    {"deleted rows and section breaks do not count",
     {.body = N("1", "0", "a") TBL(TR("<w:trPr><w:del w:id=\"1\"/></w:trPr>" TC(N("1", "0", "x")))) P("<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:sectPr/></w:pPr>") N("1", "0", "b"), .numbering = DEEP},
     "[1.] list |a\n|\n[2.] list |b\nfacts 2\n"},
};

/* ---- more ---------------------------------------------------------------------------------- */

#define EVERYTHING                                                                                 \
    P(MARK("del") R("a")) STYLED("A", R("Krav") INS("b") DEL("c")) N("1", "0", "d")                \
    TBL(TR(TC(T("x") TBL(TR(TC(T("y")))))) SDT("<w:tag w:val=\"kk:k@1#0123456789ab\"/>", TR(TC(T("z")))))  \
    P(BOX(T("box")) FLD("begin") CODE("TOC") FLD("separate") R("f") FLD("end")                     \
      SDT("<w:tag w:val=\"kkf:n\"/>", R("30")) RP("<w:b/>", "a\xcc\x8a&amp;"))

static const pack_docx everything = {.body = EVERYTHING,
                                     .styles = STYLE("A", "heading 1", ""),
                                     .numbering = DEEP,
                                     .settings = "<w:trackRevisions/>",
                                     .header = T("top"),
                                     .footnotes = "<w:footnote w:id=\"1\">" T("n") "</w:footnote>",
                                     .comments = "<w:comment w:id=\"4\">" T("c") "</w:comment>"};

/* Each allocation fails in turn: always KK_E_NOMEM, never a leak, a crash or a wrong success. */
static void survives_lack_of_memory(void **state)
{
    (void)state;
    kk_buf bytes;
    pack(&bytes, &everything);
    kk_status status = KK_E_NOMEM;
    uint64_t n = 0;
    while (status != KK_OK) {
        kk_error err = {0};
        kk_docx *doc = NULL;
        kk_mem_fail_at(++n);
        status = kk_docx_open(&doc, kk_buf_view(&bytes), NULL, &err);
        kk_mem_fail_at(0);
        if (status != KK_OK) {
            assert_int_equal(status, KK_E_NOMEM);
            assert_int_equal(err.status, KK_E_NOMEM);
            assert_null(doc);
        }
        kk_docx_free(doc);
    }
    assert_true(n > 100);
    kk_buf_dispose(&bytes);
}

static void heeds_the_paragraph_limit(void **state)
{
    (void)state;
    const kk_limits limits = {.size = sizeof limits, .paragraphs = 3};
    const pack_docx rows[] = {{.body = "<w:p/><w:p/><w:p/>"}, {.body = "<w:p/><w:p/><w:p/><w:p/>"}};
    for (size_t i = 0; i < 2; i++) {
        kk_buf bytes;
        kk_error err = {0};
        kk_docx *doc = NULL;
        pack(&bytes, &rows[i]);
        assert_int_equal(kk_docx_open(&doc, kk_buf_view(&bytes), &limits, &err),
                         i == 0 ? KK_OK : KK_E_LIMIT);
        assert_string_equal(err.reason, i == 0 ? "" : "limit");
        kk_docx_free(doc);
        kk_buf_dispose(&bytes);
    }
}

/* Languages by majority; the offsets of a word lead to its bytes. */
static void maps_words_to_bytes(void **state)
{
    (void)state;
    const pack_docx docx = {
        .body = P(RP("<w:lang w:val=\"nn-NO\"/>", "kli") RP("<w:lang w:val=\"nn-NO\"/>", "ma &amp; a\xcc\x8a")
                  RP("<w:lang w:val=\"en-US\"/>", "x"))};
    kk_buf bytes;
    kk_docx *doc = NULL;
    pack(&bytes, &docx);
    assert_int_equal(kk_docx_open(&doc, kk_buf_view(&bytes), NULL, NULL), KK_OK);
    const kk_text *text = kk_docx_text(doc);
    assert_int_equal(text->paras[0].lang, KK_LANG_NN);
    const kk_part *part = &doc->parts[0];
    const char *raw = part->raw.ptr;
    const kk_segment *first = kk_part_segment(part, 1);
    assert_memory_equal(raw + first->raw + (1 - first->text), "li", 2);
    const kk_segment *second = kk_part_segment(part, 4);
    assert_memory_equal(raw + second->raw + (4 - second->text), "a ", 2);
    assert_memory_equal(raw + second->run, "<w:r>", 5);
    const kk_segment *reference = kk_part_segment(part, 6);
    assert_int_equal(reference->kind, KK_SEG_ENTITY);
    assert_memory_equal(raw + reference->raw, "&amp;", reference->raw_len);
    const kk_segment *letter = kk_part_segment(part, 8);
    assert_int_equal(letter->kind, KK_SEG_ENTITY);
    assert_memory_equal(raw + letter->raw, "a\xcc\x8a", letter->raw_len);
    assert_int_equal(letter->raw_len, 3);
    assert_null(kk_part_segment(part, text->len));
    const uint32_t node = kk_part_node_at(part, first->raw);
    assert_int_equal(part->nodes[node].kind, KK_NODE_P);
    assert_int_equal(part->nodes[node].para, 0);
    kk_docx_free(doc);
    kk_buf_dispose(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(survives_lack_of_memory),
        cmocka_unit_test(heeds_the_paragraph_limit),
        cmocka_unit_test(maps_words_to_bytes),
    };
    int failed = ROWS_RUN("text", text_rows, reads);
    failed += ROWS_RUN("tracked changes", track_rows, reads);
    failed += ROWS_RUN("fields", field_rows, reads);
    failed += ROWS_RUN("tables", table_rows, reads);
    failed += ROWS_RUN("controls", control_rows, reads);
    failed += ROWS_RUN("looks", look_rows, reads);
    failed += ROWS_RUN("headings", heading_rows, reads);
    failed += ROWS_RUN("numbers", number_rows, reads);
    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
