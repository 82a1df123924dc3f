/* The bank's checks of itself: form, law, examples, coverage. */
#include "rulekit.h"

#include "str.h"

#include "rows.h"

#define CLAUSE(type, more, nb, nn)                                                                 \
    "<place id=\"spec\"><name xml:lang=\"nb\">Krav</name><name xml:lang=\"nn\">Krav</name>"        \
    "<heading-is><word>krav</word></heading-is></place>"                                           \
    "<clause id=\"C-1\" version=\"1.0\" type=\"" type "\" status=\"draft\" from=\"2024-01-01\">"   \
    "<name xml:lang=\"nb\">n</name><name xml:lang=\"nn\">n</name><place ref=\"spec\"/>"            \
    "<body xml:lang=\"nb\">" nb "</body><body xml:lang=\"nn\">" nn "</body>"                       \
    "<verifikat xml:lang=\"nb\">v</verifikat><verifikat xml:lang=\"nn\">v</verifikat>"             \
    "<motive xml:lang=\"nb\">m</motive><motive xml:lang=\"nn\">m</motive>"                         \
    "<basis ref=\"b\"/><source href=\"h\"/>" more "</clause>"

/* The same paragraph in both forms. */
#define SAME(type, more, text) CLAUSE(type, more, "<p>" text "</p>", "<p>" text "</p>")

#define LAW                                                                                        \
    "<pattern id=\"binding\" role=\"binding\"><word forms=\"exact\">skal</word></pattern>"         \
    "<pattern id=\"figure\" role=\"figure\"><regex>\\d+ ?%</regex></pattern>"                      \
    "<pattern id=\"negation\" role=\"negation\"><regex>kreves\\s+ikke</regex></pattern>"           \
    "<pattern id=\"lint-no-local\"><word>kortreist</word></pattern>"                               \
    "<pattern id=\"lint-award-no-certificate\"><word>sertifikat</word></pattern>"                  \
    "<pattern id=\"lint-demand-no-soft\"><word forms=\"exact\">helst</word></pattern>"             \
    "<pattern id=\"lint-label\"><word forms=\"exact\">EMAS</word></pattern>"                       \
    "<pattern id=\"lint-equivalent\"><regex>eller tilsvar[ae]nde</regex></pattern>"

#define RULE(texts, when)                                                                          \
    "<rule id=\"R\" severity=\"info\" scope=\"paragraph\" class=\"core\" status=\"draft\">" texts  \
    "<when>" when "</when></rule>"

#define TEXTS                                                                                      \
    "<title xml:lang=\"nb\">t</title><title xml:lang=\"nn\">t</title><basis ref=\"b\"/>"           \
    "<message xml:lang=\"nb\">m</message><message xml:lang=\"nn\">m</message>"                     \
    "<message xml:lang=\"en\">m</message><why xml:lang=\"nb\">w</why>"                             \
    "<why xml:lang=\"nn\">w</why><why xml:lang=\"en\">w</why>"

static const struct check_row {
    const char *name;
    kk_check_kind kind;
    const char *bank;
    const char *says; /* of some complaint; NULL = no complaint at all */
} checks[] = {
    /* form */
    {"good", KK_CHECK_LINT, "<pattern id=\"a\"><word>utslipp</word></pattern>", NULL},
    {"regex", KK_CHECK_LINT, "<pattern id=\"a\"><regex>a(b</regex></pattern>",
     "does not compile at offset 3"},
    {"slow", KK_CHECK_LINT, "<pattern id=\"a\"><regex>\\d+</regex></pattern>", "slow"},
    {"anchored is not slow", KK_CHECK_LINT, "<pattern id=\"a\"><regex>^[AB]$</regex></pattern>",
     NULL},
    {"declared literals", KK_CHECK_LINT,
     "<pattern id=\"a\"><regex literals=\"null|ein\">[a-z]+tall</regex></pattern>", NULL},
    {"repeat in a repeat", KK_CHECK_LINT,
     "<pattern id=\"a\"><regex>krav(?:[a-z]+,?)+x</regex></pattern>", "repeat inside a repeat"},
    {"separated repeat is fine", KK_CHECK_LINT,
     "<pattern id=\"a\"><regex>krav(?:\\s+\\w+)*</regex></pattern>", NULL},
    {"leading letters", KK_CHECK_LINT, "<pattern id=\"a\"><regex>\\w*utslipp</regex></pattern>",
     "begins with \\w"},
    {"rule without nynorsk", KK_CHECK_LINT,
     RULE("<title xml:lang=\"nb\">t</title><basis ref=\"b\"/><message xml:lang=\"nb\">m</message>"
          "<why xml:lang=\"nb\">w</why>",
          "<match><word>x</word></match>"),
     "lacks nynorsk"},
    {"rule without basis", KK_CHECK_LINT,
     RULE("<title xml:lang=\"nb\">t</title>", "<match><word>abc</word></match>"), "no <basis>"},
    {"unknown fact", KK_CHECK_LINT, RULE(TEXTS, "<fact name=\"no.such\" op=\"true\"/>"),
     "there is no fact no.such"},
    {"known fact", KK_CHECK_LINT, RULE(TEXTS, "<fact name=\"award.weight\" op=\"known\"/>"), NULL},
    {"remedy that is none", KK_CHECK_LINT,
     RULE(TEXTS "<remedy clause=\"X\"/>", "<match><word>abc</word></match>"),
     "remedy X is no clause"},
    {"category is its own parent", KK_CHECK_LINT,
     "<category id=\"a\" parent=\"b\" status=\"draft\"><name xml:lang=\"nb\">a</name>"
     "<name xml:lang=\"nn\">a</name></category><category id=\"b\" parent=\"a\" status=\"draft\">"
     "<name xml:lang=\"nb\">b</name><name xml:lang=\"nn\">b</name></category>",
     "own ancestor"},
    {"sub-category with another name", KK_CHECK_LINT,
     "<category id=\"a\" status=\"draft\"><name xml:lang=\"nb\">A</name><name xml:lang=\"nn\">A"
     "</name></category><category id=\"b\" parent=\"a\" status=\"draft\"><name xml:lang=\"nb\">"
     "B</name><name xml:lang=\"nn\">B</name></category>",
     "a sub-category is called a.NAME"},
    {"sub-category with codes of its own", KK_CHECK_LINT,
     "<category id=\"a\" status=\"draft\"><name xml:lang=\"nb\">A</name><name xml:lang=\"nn\">A"
     "</name><cpv prefix=\"45\"/></category><category id=\"a.b\" parent=\"a\" status=\"draft\">"
     "<name xml:lang=\"nb\">B</name><name xml:lang=\"nn\">B</name><cpv prefix=\"451\"/>"
     "<cpv prefix=\"55\"/></category>",
     "CPV 55 is not one of a"},
    {"dot in a category without parent", KK_CHECK_LINT,
     "<category id=\"a.b\" status=\"draft\"><name xml:lang=\"nb\">B</name><name xml:lang=\"nn\">B"
     "</name></category>",
     "only a sub-category has a dot"},
    {"field in one form only", KK_CHECK_LINT,
     CLAUSE("kravspesifikasjon", "", "<p>x <field name=\"a\"/></p>", "<p>x</p>"),
     "field a is missing in nynorsk"},
    {"more blocks in one form", KK_CHECK_LINT,
     CLAUSE("kravspesifikasjon", "", "<p>x</p><p>y</p>", "<p>x</p>"), "has 2 blocks"},
    {"follow-up that is none", KK_CHECK_LINT,
     CLAUSE("kravspesifikasjon", "<follow-up ref=\"Y\"/>", "<p>x</p>", "<p>x</p>"), "follow-up Y"},
    /* law */
    {"local origin", KK_CHECK_LINT,
     LAW CLAUSE("kravspesifikasjon", "", "<p>x</p>", "<p>Maten skal vere kortreist 30 %</p>"),
     "says \"kortreist\" in nn, which lint-no-local forbids"},
    {"local origin denied", KK_CHECK_LINT,
     LAW SAME("begrunnelse", "<satisfied-by><match><word>kortreist</word></match></satisfied-by>",
              "Det kreves ikke kortreist mat <field name=\"x\"/>"),
     NULL},
    {"certificate as criterion", KK_CHECK_LINT,
     LAW SAME("tildelingskriterium", "", "Sertifikat gir 30 %"), "lint-award-no-certificate"},
    {"certificate as demand", KK_CHECK_LINT,
     LAW SAME("kvalifikasjonskrav",
              "<satisfied-by><match><word>sertifikat</word></match></satisfied-by>",
              "Du skal ha sertifikat"),
     NULL},
    {"soft demand", KK_CHECK_LINT, LAW SAME("kontraktsvilkar", "", "Du skal helst kutte"),
     "lint-demand-no-soft"},
    {"label alone", KK_CHECK_LINT, LAW SAME("kvalifikasjonskrav", "", "Du skal ha EMAS"),
     "without \"eller tilsvarende"},
    {"label with equivalent elsewhere", KK_CHECK_LINT,
     LAW SAME("kvalifikasjonskrav", "", "Du skal ha EMAS</p><p>eller tilsvarende"),
     "without \"eller tilsvarende"},
    {"label with equivalent in the row", KK_CHECK_LINT,
     LAW CLAUSE("kvalifikasjonskrav",
                "<satisfied-by><match><word>EMAS</word></match></satisfied-by>",
                "<row><cell role=\"requirement\">Du skal ha EMAS</cell>"
                "<cell role=\"documentation\">Bevis eller tilsvarende</cell></row>",
                "<row><cell role=\"requirement\">Du skal ha EMAS</cell>"
                "<cell role=\"documentation\">Bevis eller tilsvarande</cell></row>"),
     NULL},
    {"demand without figure", KK_CHECK_LINT, LAW SAME("kravspesifikasjon", "", "Bilene skal kutte"),
     "how is it measured"},
    {"demand that binds nobody", KK_CHECK_LINT,
     LAW SAME("kravspesifikasjon", "", "Bilene kutter 30 %"), "no binding word"},
    /* examples */
    {"phrases hold", KK_CHECK_TEST,
     "<pattern id=\"a\"><word>utslipp</word><hit xml:lang=\"nb\">utslippet</hit>"
     "<miss xml:lang=\"nb\">innslipp</miss></pattern>",
     NULL},
    {"hit that misses", KK_CHECK_TEST,
     "<pattern id=\"a\"><word>utslipp</word><hit xml:lang=\"nb\">utslepp</hit></pattern>",
     "does not hit \"utslepp\""},
    {"miss that hits", KK_CHECK_TEST,
     "<pattern id=\"a\"><word>utslipp</word><miss xml:lang=\"nb\">lite utslipp</miss></pattern>",
     "hits \"utslipp\""},
    {"place phrase", KK_CHECK_TEST,
     "<place id=\"p\"><name xml:lang=\"nb\">x</name><heading-is><word>krav</word></heading-is>"
     "<miss xml:lang=\"nb\">Krav</miss></place>",
     "hits \"Krav\""},
    {"rule example fires", KK_CHECK_TEST,
     RULE(TEXTS "<example expect=\"fires\" xml:lang=\"nb\">ha klima</example>"
                "<example expect=\"silent\" xml:lang=\"nb\">ha det</example>",
          "<match><word>klima</word></match>"),
     NULL},
    {"rule example silent", KK_CHECK_TEST,
     RULE(TEXTS "<example expect=\"fires\" xml:lang=\"nb\">x</example>",
          "<match><word>klima</word></match>"),
     "is silent, but should fire"},
    {"rule example loud", KK_CHECK_TEST,
     RULE(TEXTS "<example expect=\"silent\" xml:lang=\"nb\"><h level=\"1\">x</h><p>ha klima</p>"
                "</example>",
          "<match><word>klima</word></match>"),
     "it saw \"klima\""},
    {"recogniser example", KK_CHECK_TEST,
     "<recogniser id=\"R\" kind=\"krav\" climate=\"yes\" scope=\"row\"><match><word>klima</word>"
     "</match><fires xml:lang=\"nb\">ha klima</fires><silent xml:lang=\"nb\">klima</silent>"
     "</recogniser>",
     "fires, but should be silent"},
    {"clause satisfies itself", KK_CHECK_TEST,
     SAME("kravspesifikasjon",
          "<satisfied-by><match><word>bil</word></match></satisfied-by>"
          "<satisfied xml:lang=\"nb\">en bil</satisfied><near-miss xml:lang=\"nb\">en b\u00E5t"
          "</near-miss>",
          "en bil"),
     NULL},
    {"clause does not satisfy itself", KK_CHECK_TEST,
     CLAUSE("kravspesifikasjon", "<satisfied-by><match><word>bil</word></match></satisfied-by>",
            "<p>bil</p>", "<p>b\u00E5t</p>"),
     "its own text in nn does not satisfy"},
    {"near miss that satisfies", KK_CHECK_TEST,
     SAME("kravspesifikasjon",
          "<satisfied-by><match><word>bil</word></match></satisfied-by>"
          "<near-miss xml:lang=\"nb\">en bil</near-miss>",
          "bil"),
     "is a near miss, but satisfies"},
    {"document kind", KK_CHECK_TEST,
     "<document-kind id=\"spec\"><match heading=\"any\"><word>krav</word></match>"
     "<example expect=\"fires\" xml:lang=\"nb\">tilbud</example></document-kind>",
     "taken for \"none\""},
    /* coverage */
    {"covered", KK_CHECK_COVERAGE,
     "<pattern id=\"a\"><word>x</word><hit xml:lang=\"nb\">x</hit><hit xml:lang=\"nn\">x</hit>"
     "<miss xml:lang=\"nb\">y</miss><miss xml:lang=\"nn\">y</miss></pattern>",
     NULL},
    {"no example that is silent", KK_CHECK_COVERAGE,
     RULE(TEXTS "<example expect=\"fires\" xml:lang=\"nb\">x</example>",
          "<match><word>x</word></match>"),
     "has no example that is silent"},
    {"one language form only", KK_CHECK_COVERAGE,
     "<pattern id=\"a\"><word>x</word><hit xml:lang=\"nb\">x</hit><miss xml:lang=\"nb\">y</miss>"
     "</pattern>",
     "that hits in nn"},
};

static void complains(void **state)
{
    const struct check_row *row = *state;
    rulekit kit;
    const kk_complaint *list;
    uint32_t n;
    uint32_t n_run;
    bool said = false;
    assert_int_equal(rulekit_load(&kit, row->bank, false), KK_OK);
    assert_int_equal(kk_rules_check(kit.rules, row->kind, KK_STR("2026-11-23"), kit.arena, &list,
                                    &n, &n_run, &kit.err),
                     KK_OK);
    for (uint32_t i = 0; i < n; i++) {
        said = said || (row->says != NULL &&
                        kk_str_find(list[i].message, kk_str_from(row->says), 0) != SIZE_MAX);
        assert_true(kk_str_is(list[i].file, "test.xml"));
        assert_true(list[i].line >= 2 && list[i].id.len > 0);
    }
    if (said != (row->says != NULL) || (row->says == NULL && n > 0)) {
        print_error("first of %u: %.*s\n", n, n > 0 ? (int)list[0].message.len : 0,
                    n > 0 ? list[0].message.ptr : "");
    }
    assert_true(n_run > 0);
    assert_true(row->says == NULL ? n == 0 : said);
    rulekit_free(&kit);
}

int main(void)
{
    return ROWS_RUN("check", checks, complains);
}
