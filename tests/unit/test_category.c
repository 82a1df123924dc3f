/* Categories of loose texts and documents, and CPV codes in all their spellings. */
#include "rulekit.h"

#include "classify.h"
#include "str.h"

#include "rows.h"

static const char bank[] =
    "<pattern id=\"subject\" role=\"subject\"><regex>anskaffelsen\\s+gjelder</regex></pattern>"
    "<pattern id=\"negation\" role=\"negation\"><regex>omfatter\\s+ikke</regex></pattern>"
    "<category id=\"bygg\" status=\"draft\"><name xml:lang=\"nb\">Bygg</name>"
    "<cpv prefix=\"45\"/><word>nybygg</word><word>riving</word><word>totalentreprise</word>"
    "<word>murer</word><word>r\u00E5bygg</word></category>"
    "<category id=\"bygg.skole\" parent=\"bygg\" status=\"draft\"><name xml:lang=\"nb\">Skole</name>"
    "<cpv prefix=\"45214\"/><word>skolebygg</word></category>"
    "<category id=\"bygg.barnehage\" parent=\"bygg\" status=\"draft\">"
    "<name xml:lang=\"nb\">Barnehage</name>"
    "<cpv prefix=\"452142\"/><word>barnehagebygg</word></category>"
    "<category id=\"riving\" status=\"draft\"><name xml:lang=\"nb\">Riving</name>"
    "<cpv prefix=\"45\"/><word>rivearbeid</word></category>"
    "<category id=\"mat\" status=\"draft\"><name xml:lang=\"nb\">Mat</name>"
    "<cpv prefix=\"15\"/><cpv prefix=\"553\"/><word>matvarer</word>"
    "<word weight=\"0.5\">frukt</word><word scope=\"title\">kantine</word>"
    "<not><word>fruktkniv</word></not></category>"
    "<category id=\"kantine\" status=\"draft\"><name xml:lang=\"nb\">Kantine</name>"
    "<cpv prefix=\"553\"/><word>kantinedrift</word></category>";

static const char cpv[] = "code\tcheck\tname_nb\tname_en\n"
                          "15000000\t8\tMat\tFood\n"
                          "45000000\t7\tBygg\tWorks\n"
                          "45214000\t0\tSkolebygg\tSchools\n"
                          "45214200\t2\tSkoler\tSchools\n"
                          "55300000\t3\tServering\tServing\n"
                          "90910000\t9\tRenhold\tCleaning\n";

static void load(rulekit *kit)
{
    kk_buf xml;
    kk_buf_init(&xml, 0);
    kk_buf_printf(&xml, "<bank xmlns=\"urn:klimakrav:rules:1\" id=\"t\">%s</bank>", bank);
    const kk_rule_source sources[] = {{KK_STR("bank.xml"), {xml.ptr, xml.len}, false},
                                      {KK_STR("cpv.tsv"), kk_str_from(cpv), false}};
    *kit = (rulekit){.arena = kk_arena_new()};
    assert_int_equal(kk_rules_load(&kit->rules, sources, 2, KK_STR(""), &kit->err), KK_OK);
    assert_int_equal(kk_scanner_new(&kit->scanner, kit->rules, NULL, NULL), KK_OK);
    kk_buf_dispose(&xml);
}

static const struct class_row {
    const char *name, *text, *ids; /* ids joined by comma, best first */
} classes[] = {
    {"title", "Nybygg ved havna", "bygg"},
    {"title before a tab", "Nybygg\tmed mere", "bygg"},
    {"body alone does not do", "Avtale\nVi holder til i byen. Vi har et nybygg fra i fjor.", ""},
    {"sentence that says what is bought", "Avtale\nAnskaffelsen gjelder nybygg og riving.", "bygg"},
    {"such a sentence elsewhere", "Avtale\nAnskaffelsen gjelder noe. Vi har nybygg og riving.", ""},
    {"negated", "Avtale\nAnskaffelsen gjelder noe, men omfatter ikke nybygg og riving.", ""},
    {"weight", "Frukt", ""},
    {"veto", "Fruktkniv, matvarer", "mat"},
    {"scope title", "Kantine", "mat"},
    {"scope title, in the body", "Avtale\nAnskaffelsen gjelder kantine og kantine.", ""},
    {"child lifts its parent", "Skolebygg", "bygg,bygg.skole"},
    {"two categories", "Matvarer og nybygg", "mat,bygg"},
    {"nothing", "", ""},
    {"no-break hyphen and soft hyphen", "Ny\u00ADbygg", "bygg"},
    /* CPV */
    {"code with check digit", "Avtale\n45000000-7", "bygg,riving"},
    {"wrong check digit", "Avtale\n45000000-8", ""},
    {"eight digits alone are a telephone number", "Avtale\nTlf 45000000", ""},
    {"eight digits near the letters", "Avtale\nCPV: 45000000", "bygg,riving"},
    {"letters in the paragraph before", "Avtale\nCPV-koder\n45000000", "bygg,riving"},
    {"letters too far before", "Avtale\nCPV\na\nb\nc\nd\n45000000", ""},
    {"pairs", "Avtale\nCPV 45 00 00 00", "bygg,riving"},
    {"short code", "Avtale\nCPV-kode 45", "bygg,riving"},
    {"short code elsewhere", "Avtale\nCPV gjelder. Det tar minst førtifem, altså 45, dager", ""},
    {"longest prefix wins among sisters", "Avtale\nCPV 45214200",
     "bygg,riving,bygg.barnehage"},
    {"a long prefix takes nothing from other families", "Avtale\nCPV 45214000",
     "bygg,riving,bygg.skole"},
    {"two sub-categories at once", "Barnehagebygg og skolebygg",
     "bygg,bygg.barnehage,bygg.skole"},
    {"the parent comes first", "Skolebygg, nybygg, riving", "bygg,bygg.skole"},
    {"prefix of two categories", "Avtale\nCPV 55300000", "kantine,mat"},
    {"code that is not in the table", "Avtale\nCPV 45999999", ""},
    {"code of no category", "Avtale\nCPV 90910000", ""},
    {"part of a longer number", "Avtale\nCPV 450000001", ""},
};

static void classifies(void **state)
{
    const struct class_row *row = *state;
    rulekit kit;
    const kk_category_hit *list;
    uint32_t n;
    char ids[128] = "";
    load(&kit);
    assert_int_equal(kk_rules_classify(kit.scanner, kk_str_from(row->text), &list, &n, &kit.err),
                     KK_OK);
    for (uint32_t i = 0; i < n; i++) {
        strcat(ids, i > 0 ? "," : "");
        strncat(ids, list[i].id.ptr, list[i].id.len);
        assert_true(list[i].score >= KK_CATEGORY_THRESHOLD);
        assert_true(list[i].n_evidence > 0);
        assert_true(i == 0 || list[i].score <= list[i - 1].score);
    }
    assert_string_equal(ids, row->ids);
    rulekit_free(&kit);
}

static void evidence_points_at_the_words(void **state)
{
    (void)state;
    rulekit kit;
    load(&kit);
    const kk_text *text = rulekit_text(
        &kit,
        "<h level=\"0\">Riving</h><p>Lang tekst om noe helt annet, slik at dette avsnittet er "
        "brødtekst og ikke forside.</p><p>CPV 45214200</p>");
    const kk_document_result *r = &rulekit_evaluate(&kit, text, "2026-01-01")->documents[0];
    assert_int_equal(r->n_categories, 3);
    assert_true(kk_str_is(r->categories[0].id, "bygg"));
    assert_true(kk_str_is(r->categories[1].id, "riving"));
    assert_true(kk_str_is(r->categories[2].id, "bygg.barnehage"));
    assert_int_equal(r->categories[0].n_cpv, 1);
    assert_true(kk_str_is(r->categories[0].cpv[0], "45214200"));
    bool word = false;
    for (uint32_t i = 0; i < r->categories[0].n_evidence; i++) {
        const kk_evidence *at = &r->categories[0].evidence[i];
        word = word || memcmp(text->utf8 + at->begin, "Riving", 6) == 0;
        assert_true(at->end > at->begin && at->end <= text->len);
    }
    assert_true(word);
    rulekit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(evidence_points_at_the_words)};
    int failed = ROWS_RUN("classify", classes, classifies);
    failed += cmocka_run_group_tests_name("classify document", tests, NULL, NULL);
    return failed;
}
