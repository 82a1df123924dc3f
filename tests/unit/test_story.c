/* Stories: from WordprocessingML to TEXT, one small document per law; memory, limits, the way back.
 * Every document is also held against the laws of the model. */
#include "rows.h"

#include "docx_internal.h"
#include "error.h"
#include "mem.h"
#include "str.h"
#include "storykit.h"

/* clang-format off */
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
    {"tabulators of properties", {.body =
        P("<w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>" R("a"))},
     "|a\n"},
    {"symbols",
     {.body = P("<w:r><w:sym w:font=\"Symbol\" w:char=\"F0B7\"/><w:sym w:font=\"Symbol\" "
                "w:char=\"F061\"/><w:t>a</w:t></w:r>")},
     "|• a\n"},
    {"spaces and hyphens of other kinds",
     {.body = T("30\xc2\xa0%\xe2\x80\xaf" "a\xe2\x80\x89" "b\xc2\xad" "c\xe2\x80\x91"
         "d\xe2\x80\x8b" "e\xef\xbb\xbf" "f")},
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
     {.body = "<mc:AlternateContent><mc:Choice Requires=\"w14\">" T("a")
         "</mc:Choice><mc:Fallback>" T("b")
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
                   "<w:footnote w:id=\"1\">" P("<w:r><w:footnoteRef/></w:r>" R("note"))
                   "</w:footnote>",
      .comments = "<w:comment w:id=\"4\">" T("why") "</w:comment>"},
     "|abc\nheader: |top\nfootnote: |note\ncomment: |why\ncomment 1-3 \"4\"\n"},
    {"chunk", {.body = "<w:altChunk r:id=\"x\"/>" T("a")}, "|a\nfacts 80\n"},
    {"protected and tracking",
     {.body = T("a"),
      .settings =
          "<w:trackRevisions/><w:documentProtection w:edit=\"forms\" w:enforcement=\"1\"/>"},
     "|a\nfacts 5\n"},
    {"protection not enforced",
     {.body = T("a"), .settings = "<w:trackRevisions w:val=\"0\"/><w:documentProtection/>"},
     "|a\n"},
};

static const story_row track_rows[] = {
    {"insertion and deletion", {.body = P(R("a") INS("bc") DEL("x") DEL("y") R("d"))},
     "pending |abcd\nins 1-3 Ola\ndel 3-3 \"xy\" Kari\nfacts 2\n"},
    {"deleted insertion", {.body = P("<w:ins w:id=\"1\" w:author=\"Ola\">" DEL("x") "</w:ins>"
        R("a"))},
     "pending |a\ndel 0-0 \"x\" Kari\nfacts 2\n"},
    {"move", {.body = P("<w:moveFrom w:id=\"1\" w:author=\"Kari\">" R("a") "</w:moveFrom>" R("b"))
                      P("<w:moveTo w:id=\"2\" w:author=\"Kari\">" R("a") "</w:moveTo>")},
     "pending |b\npending |a\ndel 0-0 \"a\" Kari\nins 2-3 Kari\nfacts 2\n"},
    {"deleted mark joins", {.body = P(MARK("del") R("a")) STYLED("H", R("b")) T("c"),
                            .styles = STYLE("H", "heading 1", "")},
     "h1 pending |ab\n|c\nfacts 2\n"},
    {"three joined", {.body = P(MARK("del") R("a")) P(MARK("del")) T("b")},
        "pending |ab\nfacts 2\n"},
    {"deleted paragraph before a table",
     {.body = P(MARK("del") DEL("a")) TBL(TR(TC(T("b")))) "<w:p/>"},
     "0(0,0) |b\n|\ndel 0-0 \"a\" Kari\nfacts 2\n"},
    {"deleted mark at the end of a cell", {.body = TBL(TR(TC(P(MARK("del") R("a"))))) "<w:p/>"},
     "pending 0(0,0) |a\n|\nfacts 2\n"},
    {"inserted mark", {.body = P(MARK("ins") R("a")) T("b")}, "ins pending |a\n|b\nfacts 2\n"},
    {"deleted row",
     {.body = TBL(TR(TC(T("a"))) TR("<w:trPr><w:del w:id=\"1\" w:author=\"K\"/></w:trPr>"
         TC(T("x")) TC(TBL(TR(TC(T("y")))))) TR(TC(T("b"))))
              "<w:p/>"},
     "0(0,0) |a\n0(1,0) |b\n|\nfacts 2\n"},
    {"deleted cell", {.body = TBL(TR(TCP("<w:cellDel w:id=\"1\"/>", T("x")) TC(T("a")))) "<w:p/>"},
     "0(0,0) |a\n|\nfacts 2\n"},
    {"changed properties",
     {.body = P("<w:pPr><w:pPrChange w:id=\"1\"><w:pPr><w:pStyle w:val=\"H\"/></w:pPr>"
                 "</w:pPrChange></w:pPr>" R("a"))
              P("<w:r><w:rPr><w:rPrChange w:id=\"2\"><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr>"
                "<w:t>b</w:t></w:r>"),
      .styles = STYLE("H", "heading 1", "")},
     "pending |a\npending |b\nfacts 2\n"},
    {"deleted text box", {.body = P(R("a") "<w:del w:id=\"1\" w:author=\"K\">" BOX(T("x"))
        "</w:del>")},
     "pending |a\nfacts 2\n"},
};

static const story_row field_rows[] = {
    {"complex", {.body = P(R("a") FLD("begin") CODE(" REF x ") R("no") FLD("separate") R("yes")
        FLD("end") R("b"))},
     "|ayesb\nfield 1-4\n"},
    {"nested", {.body = P(FLD("begin") CODE("IF ") FLD("begin") CODE("PAGE") FLD("separate") R("1")
                          FLD("end") FLD("separate") R("yes") FLD("end"))},
     "|yes\nfield 0-3\n"},
    {"without result", {.body = P(R("a") FLD("begin") CODE("X") FLD("end") R("b"))}, "|ab\n"},
    {"simple", {.body = P("<w:fldSimple w:instr=\"PAGE\">" R("12") "</w:fldSimple>" R("a"))},
     "|12a\nfield 0-2\n"},
    {"table of contents",
     {.body = P(FLD("begin") CODE(" TOC \\o ") FLD("separate") R("One 1")) T("Two 2")
         P(FLD("end")) T("a")},
     "toc |One 1\ntoc |Two 2\ntoc |\n|a\nfield 0-5\nfield 6-11\n"},
    {"table of contents that never ends",
     {.body = STYLED("T1", FLD("begin") CODE("TOC") FLD("separate") R("One")) STYLED("H", R("a")),
      .styles = STYLE("T1", "toc 1", "") STYLE("H", "heading 1", "")},
     "toc |One\nh1 |a\nfield 0-3\nfield 4-5\n"},
    {"style and gallery",
     {.body = SDT("<w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj>",
                  T("a"))
              STYLED("T1", R("b")),
      .styles = STYLE("T1", "toc 1", "")},
     "toc |a\ntoc |b\nblock 0-1 \n"},
    {"code that never ends", {.body = P(R("a") FLD("begin") CODE("X") R("b")) T("c")},
     "|a\n|\nfacts 80\n"},
};

static const story_row table_rows[] = {
    {"spans and merges",
     {.body = TBL(TR("<w:trPr><w:tblHeader/></w:trPr>" TC(T("a"))
         TCP("<w:gridSpan w:val=\"2\"/>", T("b")))
                  TR(TCP("<w:vMerge w:val=\"restart\"/>", T("c")) TC(T("d")) TC(T("e")))
                  TR(TCP("<w:vMerge/>", "<w:p/>") TC(T("f")) TC(T("g")))
                  TR("<w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>" TC(T("h"))))
              "<w:p/>"},
     "0(0,0 h) |a\n0(0,1 1x2 h) |b\n0(1,0 2x1) |c\n0(1,1) |d\n0(1,2) |e\n0(2,0 v) |\n0(2,1) |f\n"
     "0(2,2) |g\n0(3,1) |h\n|\n"},
    {"nested", {.body = TBL(TR(TC(T("a") TBL(TR(TC(T("x")) TC(T("y")))) T("b")) TC(T("c"))))
        "<w:p/>"},
     "0(0,0) |a\n1(0,0) |x\n1(0,1) |y\n0(0,0) |b\n0(0,1) |c\n|\n"},
    {"controls round rows and cells",
     {.body = TBL(SDT("<w:tag w:val=\"r\"/>", TR(TC(T("a")))) TR(SDT("<w:tag w:val=\"c\"/>",
         TC(T("b")))
              TC(T("d")))) "<w:p/>"},
     "0(0,0) |a\n0(1,0) |b\n0(1,1) |d\n|\nrow 0-1 r\ncell 2-3 c\n"},
    {"continued merge without a start", {.body = TBL(TR(TCP("<w:vMerge/>", T("a")))) "<w:p/>"},
     "0(0,0) |a\n|\n"},
    {"absurd span", {.body = TBL(TR(TCP("<w:gridSpan w:val=\"99999999\"/>", T("a")) TC(T("b"))))
        "<w:p/>"},
     "0(0,0 1x255) |a\n0(0,255) |b\n|\n"},
};

static const story_row control_rows[] = {
    {"block with paragraphs", {.body = T("x")
        SDT("<w:tag w:val=\"t\"/><w:lock w:val=\"sdtContentLocked\"/>", T("a") T("b")) T("y")},
     "|x\n|a\n|b\n|y\nblock 2-5 t flags 1\n"},
    {"run with placeholder",
     {.body = P(R("a ") SDT("<w:tag w:val=\"t\"/><w:showingPlcHdr/><w:dataBinding/>",
         R("fill in")) R("."))},
     "|a fill in.\nplaceholder 2-9\nrun 2-9 t flags 6\n"},
    {"fill-in field of ours", {.body = P(SDT("<w:tag w:val=\"kkf:sats\"/>", R("30")) R(" %"))},
     "|30 %\nfillin 0-2 \"sats\"\nrun 0-2 kkf:sats\n"},
    {"nested and repeating",
     {.body = SDT("<w:tag w:val=\"o\"/><w15:repeatingSection/>",
         SDT("<w:tag w:val=\"i\"/><w15:repeatingSectionItem/>", T("a")) T("b"))},
     "|a\n|b\nblock 0-3 o flags 8\nblock 0-1 i flags 8 in 0\n"},
    {"properties of the control are no text",
     {.body = SDT("<w:rPr><w:b/></w:rPr><w:placeholder><w:docPart w:val=\"x\"/></w:placeholder>",
                  T("a"))},
     "|a\nblock 0-1 \n"},
};

#define EVERYTHING                                                                                 \
    P(MARK("del") R("a")) STYLED("A", R("Krav") INS("b") DEL("c")) N("1", "0", "d")                \
    TBL(TR(TC(T("x") TBL(TR(TC(T("y"))))))                                 \
        SDT("<w:tag w:val=\"kk:k@1#0123456789ab\"/>", TR(TC(T("z")))))                             \
    P(BOX(T("box")) FLD("begin") CODE("TOC") FLD("separate") R("f") FLD("end")                     \
      SDT("<w:tag w:val=\"kkf:n\"/>", R("30")) RP("<w:b/>", "a\xcc\x8a&amp;"))

static const pack_docx everything = {.body = EVERYTHING,
                                     .styles = STYLE("A", "heading 1", ""),
                                     .numbering = DEEP,
                                     .settings = "<w:trackRevisions/>",
                                     .header = T("top"),
                                     .footnotes = "<w:footnote w:id=\"1\">" T("n") "</w:footnote>",
                                     .comments = "<w:comment w:id=\"4\">" T("c") "</w:comment>"};

/* clang-format on */

/* Each allocation fails in turn: always KK_E_NOMEM, never a leak, a crash or a wrong success. */
static void survives_lack_of_memory(void **state)
{
    (void)state;
    kk_buf bytes;
    kk_buf_init(&bytes, 0);
    pack_word(&bytes, &everything);
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
        kk_buf_init(&bytes, 0);
        pack_word(&bytes, &rows[i]);
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
        .body = P(RP("<w:lang w:val=\"nn-NO\"/>", "kli") RP("<w:lang w:val=\"nn-NO\"/>",
            "ma &amp; a\xcc\x8a")
                  RP("<w:lang w:val=\"en-US\"/>", "x"))};
    kk_buf bytes;
    kk_docx *doc = NULL;
    kk_buf_init(&bytes, 0);
    pack_word(&bytes, &docx);
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
    int failed = ROWS_RUN("text", text_rows, story_reads);
    failed += ROWS_RUN("tracked changes", track_rows, story_reads);
    failed += ROWS_RUN("fields", field_rows, story_reads);
    failed += ROWS_RUN("tables", table_rows, story_reads);
    failed += ROWS_RUN("controls", control_rows, story_reads);
    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
