/* Conditions: every primitive on small documents. A row gives the rule's scope and <when>, a
 * document, and the evidence of the findings that must come out. */
#include "rulekit.h"

#include "str.h"

#include "rows.h"

static const char words[] =
    "<pattern id=\"klima\" role=\"climate\"><word right=\"open\">klima</word>"
    "<word left=\"open\">utslipp</word><not><word>klimaanlegg</word></not></pattern>"
    "<pattern id=\"skal\" role=\"binding\"><word forms=\"exact\">skal</word></pattern>"
    "<pattern id=\"soft\" role=\"soft\"><word forms=\"exact\">helst</word></pattern>"
    "<pattern id=\"figure\" role=\"figure\"><regex>\\d+ ?%</regex></pattern>"
    "<pattern id=\"proof\" role=\"documentation\"><word>rapport</word></pattern>"
    "<pattern id=\"negation\" role=\"negation\">"
    "<regex>stilles\\s+ikke|gjelder\\s+ikke|vektlegges\\s+ikke</regex></pattern>"
    "<pattern id=\"guidance\" role=\"guidance\"><regex>\\[[^\\]]*\\]|^Veiledning:|Fyll inn</regex>"
    "</pattern>"
    "<pattern id=\"clause-break\"><regex>,\\s+men\\b</regex></pattern>"
    "<pattern id=\"void\" role=\"void\"><regex>^ikke relevant$</regex></pattern>"
    "<pattern id=\"both\"><use ref=\"klima\"/><use ref=\"skal\"/></pattern>"
    "<place id=\"award\"><name xml:lang=\"nb\">T</name><name xml:lang=\"nn\">T</name>"
    "<heading-is><word>tildelingskriterium</word><word>tildelingskriterier</word></heading-is>"
    "</place>"
    "<place id=\"spec\"><name xml:lang=\"nb\">K</name><name xml:lang=\"nn\">K</name>"
    "<heading-is><word>kravspesifikasjon</word></heading-is></place>"
    "<columns role=\"requirement\"><word>krav</word></columns>"
    "<columns role=\"documentation\"><word>dokumentasjon</word></columns>"
    "<columns role=\"weight\"><word>vekt</word></columns>"
    "<document-kind id=\"tender\"><place ref=\"award\"/></document-kind>"
    "<category id=\"bygg\" status=\"draft\"><name xml:lang=\"nb\">Bygg</name>"
    "<name xml:lang=\"nn\">Bygg</name><word>nybygg</word></category>"
    "<category id=\"skole\" parent=\"bygg\" status=\"draft\"><name xml:lang=\"nb\">Skole</name>"
    "<name xml:lang=\"nn\">Skule</name><word>skolebygg</word></category>"
    "<recogniser id=\"R1\" kind=\"krav\" climate=\"yes\" scope=\"paragraph\">"
    "<match pattern=\"klima\"/><match pattern=\"skal\"/></recogniser>";

#define H(level, text) "<h level=\"" #level "\">" text "</h>"
#define P(text)        "<p>" text "</p>"
#define TD(text)       "<td>" text "</td>"

static const struct condition_row {
    const char *name, *scope, *when, *doc;
    const char *evidence; /* of the findings, joined by |; "-" = the document */
} conditions[] = {
    /* match */
    {"match", "paragraph", "<match pattern=\"klima\"/>", P("Klimakrav") P("annet") P("utslipp"),
     "Klimakrav|utslipp"},
    {"veto", "paragraph", "<match pattern=\"klima\"/>", P("klimaanlegg") P("klimaavtrykk"),
     "klimaavtrykk"},
    {"used patterns", "paragraph", "<match pattern=\"both\"/>", P("skal") P("klima"), "skal|klima"},
    {"own words", "paragraph", "<match><word>is</word><not><word>ismaskin</word></not></match>",
     P("is") P("ismaskin"), "is"},
    {"heading never satisfies", "document", "<match pattern=\"klima\"/>", H(1, "Klima") P("x"), ""},
    {"heading only", "document", "<match pattern=\"klima\" heading=\"only\"/>",
     H(1, "Klima") P("utslipp"), "Klima"},
    {"heading any", "document", "<match pattern=\"klima\" heading=\"any\" min-count=\"2\"/>",
     H(1, "Klima") P("utslipp"), "Klima"},
    {"min-count", "document", "<match pattern=\"klima\" min-count=\"3\"/>", P("klima klima") P("x"),
     ""},
    {"guidance look", "document", "<match pattern=\"klima\"/>", "<p guidance=\"yes\">klima</p>",
     ""},
    {"guidance in brackets", "document", "<match pattern=\"klima\"/>", P("[Skriv klimakrav] her"),
     ""},
    {"beside the brackets", "document", "<match pattern=\"klima\"/>", P("[Skriv] klimakrav"),
     "klimakrav"},
    {"guidance word opens a paragraph", "document", "<match pattern=\"klima\"/>",
     P("Veiledning: Her. Klimakrav."), ""},
    {"guidance word covers its sentence", "document", "<match pattern=\"klima\"/>",
     P("Fyll inn klimakrav. Utslipp er noe annet."), "Utslipp"},
    {"guidance only", "document", "<match pattern=\"klima\" guidance=\"only\"/>",
     "<p guidance=\"yes\">klima</p>", "klima"},
    {"hidden span", "document", "<match pattern=\"klima\"/>",
     P("<span kind=\"hidden\">klima</span> <span kind=\"placeholder\">utslipp</span>"), ""},
    {"deleted text", "document", "<match pattern=\"klima\"/>", "<p tracked=\"deleted\">klima</p>",
     ""},
    {"inserted text", "document", "<match pattern=\"klima\"/>", "<p tracked=\"inserted\">klima</p>",
     "klima"},
    /* negation */
    {"negated", "document", "<match pattern=\"klima\"/>", P("Det stilles ikke klimakrav."), ""},
    {"positive use of not", "document", "<match pattern=\"klima\"/>",
     P("Bilen skal ikke ha utslipp."), "utslipp"},
    {"negation in the next sentence", "document", "<match pattern=\"klima\"/>",
     P("Klimakrav stilles. Det gjelder ikke båter."), "Klimakrav"},
    {"negation beyond but", "document", "<match pattern=\"klima\"/>",
     P("Vekt vektlegges ikke, men klimakrav stilles."), "klimakrav"},
    {"negation before but", "document", "<match pattern=\"klima\"/>",
     P("Klimakrav vektlegges ikke, men vekt teller."), ""},
    {"full stop of an abbreviation", "document", "<match pattern=\"klima\"/>",
     P("Krav til bl.a. klima stilles ikke."), ""},
    {"negated only", "document", "<match pattern=\"klima\" negated=\"only\"/>",
     P("Det stilles ikke klimakrav."), "klimakrav"},
    /* figures */
    {"figure in the paragraph", "paragraph",
     "<match pattern=\"klima\"><number min=\"30\" unit=\"percent\"/></match>",
     P("klima 29 %") P("klima tretti prosent") P("klima 30 kr"), "klima"},
    {"figure as a fraction", "paragraph",
     "<match pattern=\"klima\"><number min=\"30\" unit=\"percent\"/></match>",
     P("klima vektes 0,30"), "klima"},
    {"figure too far away", "paragraph",
     "<match pattern=\"klima\"><number min=\"30\" unit=\"percent\" within=\"10\"/></match>",
     P("klima og så mye annet at det blir 30 %"), ""},
    {"figure before the hit", "paragraph",
     "<match pattern=\"klima\"><number max=\"50\" within=\"10\"/></match>", P("30 % klima"),
     "klima"},
    {"figure in the same cell", "document", "<match pattern=\"klima\"><number min=\"30\"/></match>",
     "<table><tr><td><p>klima</p><p>40 %</p></td><td>x</td></tr></table>", "klima"},
    {"figure in the next cell", "document", "<match pattern=\"klima\"><number min=\"30\"/></match>",
     "<table><tr>" TD("klima") TD("40 %") "</tr></table>", ""},
    /* wider looks */
    {"in row", "cell", "<match pattern=\"klima\"/><match pattern=\"skal\" in=\"row\"/>",
     "<table><tr>" TD("klima") TD("skal") "</tr><tr>" TD("utslipp") TD("kan") "</tr></table>",
     "klima"},
    {"in table", "paragraph", "<match pattern=\"klima\"/><match pattern=\"skal\" in=\"table\"/>",
     P("utslipp") "<table><tr>" TD("klima") "</tr><tr>" TD("skal") "</tr></table>", "klima"},
    {"in section", "paragraph",
     "<match pattern=\"klima\"/><match pattern=\"skal\" in=\"section\"/>",
     H(1, "A") P("klima") P("skal") H(1, "B") P("utslipp"), "klima"},
    {"in document", "paragraph",
     "<match pattern=\"klima\"/><match pattern=\"skal\" in=\"document\"/>",
     H(1, "A") P("klima") H(1, "B") P("skal"), "klima"},
    {"absence", "document", "<none><match pattern=\"klima\"/></none>", P("skal"), "-"},
    {"none of several", "document",
     "<none><match pattern=\"klima\"/><match pattern=\"skal\"/></none>", P("skal"), ""},
    {"any", "paragraph", "<any><match pattern=\"klima\"/><match pattern=\"skal\"/></any>",
     P("skal") P("x") P("klima"), "skal|klima"},
    /* near */
    {"near", "paragraph", "<near pattern-a=\"skal\" pattern-b=\"klima\" within=\"12\"/>",
     P("skal ha klima") P("skal ha mye mer enn bare klima") P("klima skal"), "skal|skal"},
    {"near in two paragraphs", "document", "<near pattern-a=\"skal\" pattern-b=\"klima\"/>",
     P("skal") P("klima"), ""},
    /* places and headings */
    {"place of a paragraph", "paragraph", "<match pattern=\"klima\"/><place ref=\"award spec\"/>",
     H(1, "Tildelingskriterier") P("klima") H(2, "Mer") P("utslipp") H(1, "Annet") P("klimakrav"),
     "klima|utslipp"},
    {"place of a match", "document", "<match pattern=\"klima\" place=\"award\"/>",
     H(1, "Annet") P("klima") H(1, "Tildelingskriterier") P("utslipp"), "utslipp"},
    {"document has a place", "document", "<place ref=\"award\"/>", H(2, "Tildelingskriterier"),
     "Tildelingskriterier"},
    {"heading of a section", "section", "<heading pattern=\"klima\"/>",
     H(1, "Klima") P("x") H(2, "Annet") P("y"), "Klima"},
    {"heading above a paragraph", "paragraph", "<heading pattern=\"klima\"/><words min=\"1\"/>",
     H(1, "Klima") H(2, "Annet") P("y"), "Klima|Klima|Klima"},
    {"heading in a cell ends with the cell", "paragraph",
     "<match pattern=\"skal\"/><heading pattern=\"klima\"/>",
     "<table><tr><td><p>skal</p></td></tr></table>", ""},
    /* cells */
    {"cell empty", "row",
     "<cell role=\"requirement\" pattern=\"klima\"/>"
     "<cell role=\"documentation\" empty=\"yes\"/>",
     "<table><tr>" TD("Krav") TD("Dokumentasjon") "</tr><tr>" TD("klima")
         TD("rapport") "</tr><tr>" TD("utslipp") TD("") "</tr></table>",
     "utslipp"},
    {"header row is none", "row", "<cell role=\"documentation\"/>",
     "<table><tr>" TD("Krav") TD("Dokumentasjon") "</tr></table>", ""},
    {"no such column", "row", "<cell role=\"weight\" empty=\"yes\"/>",
     "<table><tr>" TD("Krav") TD("Dokumentasjon") "</tr><tr>" TD("a") TD("") "</tr></table>", ""},
    /* emptiness, words, spans */
    {"empty section", "section", "<empty/>",
     H(1, "A") H(1, "B") P("Ikke relevant") H(1, "C") P("tekst"), "A|B"},
    {"section with an empty table", "section", "<empty/>",
     H(1, "A") "<table><tr>" TD("Nr") TD("Krav") "</tr><tr>" TD("1") TD("") "</tr></table>", "A"},
    {"section with a filled table", "section", "<empty/>",
     H(1, "A") "<table><tr>" TD("Nr") TD("Krav") "</tr><tr>" TD("1") TD("x y") "</tr></table>", ""},
    {"guidance is no content", "section", "<empty/>", H(1, "A") "<p guidance=\"yes\">Skriv her</p>",
     "A"},
    {"words", "paragraph", "<words min=\"2\" max=\"3\"/>", P("en") P("en to") P("en to tre fire"),
     "en to"},
    {"span", "paragraph", "<span kind=\"highlight colour\"/>",
     P("a <span kind=\"highlight\">b</span> c") P("d"), "b"},
    {"span over the document", "document", "<span kind=\"commented\"/>",
     P("a") P("<span kind=\"commented\">b</span>"), "b"},
    {"tracked", "document", "<tracked is=\"yes\"/>", "<p tracked=\"inserted\">a</p>", "-"},
    {"not tracked", "document", "<tracked is=\"no\"/>", P("a"), "-"},
    {"managed", "paragraph", "<managed clause=\"KS-1\"/>",
     "<p managed=\"KS-1\">a</p><p managed=\"KS-2\">b</p>" P("c"), "a"},
    /* document level */
    {"kind", "document", "<kind ref=\"tender spec\"/>", H(1, "Tildelingskriterier") P("x"), "-"},
    {"other kind", "document", "<kind ref=\"contract\"/>", H(1, "Tildelingskriterier") P("x"), ""},
    {"category", "document", "<category ref=\"bygg\"/>", H(0, "Nybygg") P("x"), "-"},
    {"category by its child", "document", "<category ref=\"bygg\"/>", H(0, "Skolebygg") P("x"),
     "-"},
    {"category too weak", "document", "<category ref=\"bygg\"/>",
     P("Dette avsnittet er langt nok til å være brødtekst, og det nevner et nybygg bare i "
       "forbifarten som et eksempel."),
     ""},
    {"language", "document", "<lang is=\"nn\"/>",
     P("Leverandøren skal ikkje berre levere, men òg dokumentere korleis det blir gjort. "
       "Kva krav som gjeld, står her. Dei er ikkje uttømmande."),
     "-"},
    {"fact", "document", "<fact name=\"req.n\" op=\"ge\" value=\"1\"/>",
     P("Leverandøren skal redusere klimagassutslipp."), "klimagassutslipp"},
    {"unknown fact is neither", "document",
     "<any><fact name=\"no.such\" op=\"true\"/><fact name=\"no.such\" op=\"false\"/></any>", P("x"),
     ""},
    {"unknown fact", "document", "<fact name=\"no.such\" op=\"unknown\"/>", P("x"), "-"},
    /* requirements */
    {"recognised", "paragraph", "<recognised kind=\"krav\" binding=\"yes\" measurable=\"yes\"/>",
     P("Bilen skal kutte utslipp med 30 %.") P("Bilen skal ha lavt klimaavtrykk."), "utslipp"},
    {"soft word undoes binding", "document", "<recognised binding=\"no\"/>",
     P("Bilen skal helst ha lave utslipp."), "utslipp"},
    {"documented by a cell", "document", "<recognised documented=\"yes\"/>",
     "<table><tr>" TD("Krav") TD("Dokumentasjon") "</tr><tr>" TD("Bilen skal kutte utslipp")
         TD("Vognkort") "</tr></table>",
     "utslipp"},
    {"requirement in a place", "document", "<recognised place=\"spec\"/>",
     H(1, "Kravspesifikasjon") P("Bilen skal kutte utslipp."), "utslipp"},
    {"requirement elsewhere", "document", "<recognised place=\"spec\"/>",
     H(1, "Annet") P("Bilen skal kutte utslipp."), ""},
};

static void load_rule(rulekit *kit, const struct condition_row *row)
{
    kk_buf xml;
    kk_buf_init(&xml, 0);
    kk_buf_printf(&xml,
                  "%s<rule id=\"R\" severity=\"error\" scope=\"%s\" class=\"core\" "
                  "status=\"draft\"><title xml:lang=\"nb\">t</title><basis ref=\"b\"/>"
                  "<when>%s</when><message xml:lang=\"nb\">m</message>"
                  "<why xml:lang=\"nb\">w</why></rule>",
                  words, row->scope, row->when);
    if (rulekit_load(kit, xml.ptr, false) != KK_OK) {
        print_error("%u: %s\n", kit->err.line, kit->err.message);
        fail();
    }
    kk_buf_dispose(&xml);
}

static void put_evidence(const kk_text *text, const kk_evaluation *e, kk_buf *out)
{
    kk_buf_init(out, 0);
    kk_buf_puts(out, "");
    for (uint32_t i = 0; i < e->n_hits; i++) {
        const kk_evidence *at = &e->hits[i].at;
        kk_buf_puts(out, i > 0 ? "|" : "");
        if (at->para == KK_NONE) {
            kk_buf_puts(out, "-");
        } else {
            kk_buf_add(out, text->utf8 + at->begin, at->end - at->begin);
        }
    }
}

static void judges(void **state)
{
    const struct condition_row *row = *state;
    rulekit kit;
    load_rule(&kit, row);
    const kk_text *text = rulekit_text(&kit, row->doc);
    kk_buf seen;
    put_evidence(text, rulekit_evaluate(&kit, text, "2026-11-23"), &seen);
    assert_string_equal(seen.len > 0 ? seen.ptr : "", row->evidence);
    kk_buf_dispose(&seen);
    rulekit_free(&kit);
}

/* Every row again, each regex in each paragraph: the findings must be the same. */
static void judges_without_prefilter(void **state)
{
    const struct condition_row *row = *state;
    rulekit kit;
    load_rule(&kit, row);
    kk_scanner_use_prefilter(kit.scanner, false);
    const kk_text *text = rulekit_text(&kit, row->doc);
    kk_buf seen;
    put_evidence(text, rulekit_evaluate(&kit, text, "2026-11-23"), &seen);
    assert_string_equal(seen.len > 0 ? seen.ptr : "", row->evidence);
    kk_buf_dispose(&seen);
    rulekit_free(&kit);
}

/* A regex that runs wild costs its own hits, is named, and takes nothing else with it. */
static void budget_is_told_and_others_report(void **state)
{
    (void)state;
    static const char bank[] =
        "<pattern id=\"wild\"><regex>(?:a|aa|aaa)+(?=b)c</regex></pattern>"
        "<rule id=\"W\" severity=\"error\" scope=\"paragraph\" class=\"core\" status=\"draft\">"
        "<title xml:lang=\"nb\">t</title><basis ref=\"b\"/><when><match pattern=\"wild\"/></when>"
        "<message xml:lang=\"nb\">m</message><why xml:lang=\"nb\">w</why></rule>"
        "<rule id=\"X\" severity=\"error\" scope=\"paragraph\" class=\"core\" status=\"draft\">"
        "<title xml:lang=\"nb\">t</title><basis ref=\"b\"/><when><match><word>klima</word></match>"
        "</when><message xml:lang=\"nb\">m</message><why xml:lang=\"nb\">w</why></rule>";
    rulekit kit;
    const kk_evaluation *e;
    assert_int_equal(rulekit_load(&kit, bank, false), KK_OK);
    const kk_text *text = rulekit_text(
        &kit, "<p>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab c</p><p>klima</p>");
    const kk_evaluate_options options = {.date = KK_STR("2026-11-23")};
    assert_int_equal(kk_rules_evaluate(kit.scanner, &text, 1, &options, &e, &kit.err), KK_E_LIMIT);
    assert_non_null(strstr(kit.err.message, "wild"));
    assert_non_null(e);
    assert_int_equal(e->n_hits, 1);
    assert_true(kk_str_is(e->hits[0].rule, "X"));
    rulekit_free(&kit);
}

static void date_must_be_one(void **state)
{
    (void)state;
    rulekit kit;
    const kk_evaluation *e;
    assert_int_equal(rulekit_load(&kit, "", false), KK_OK);
    const kk_text *text = rulekit_text(&kit, "<p>x</p>");
    const kk_evaluate_options options = {.date = KK_STR("2026-13-01")};
    assert_int_equal(kk_rules_evaluate(kit.scanner, &text, 1, &options, &e, &kit.err), KK_E_ARG);
    assert_null(e);
    rulekit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(budget_is_told_and_others_report),
        cmocka_unit_test(date_must_be_one),
    };
    int failed = ROWS_RUN("condition", conditions, judges);
    failed += cmocka_run_group_tests_name("evaluation", tests, NULL, NULL);
    failed += ROWS_RUN("condition, no prefilter", conditions, judges_without_prefilter);
    return failed;
}
