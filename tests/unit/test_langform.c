/* Bokmål, nynorsk, neither, too short, mixed. */
#include "langform.h"

#include "rows.h"
#include "str.h"


typedef struct row {
    const char *name;
    const char *text;
    kk_lang lang;
    bool mixed;
} row;

static const row ROWS[] = {
    {"nb", "Leverandøren skal ikke bruke kjøretøy uten at oppdragsgiver har fått noe å vurdere. Kravene "
           "gjelder hele perioden.",
     KK_LANG_NB, false},
    {"nn", "Leverandøren skal ikkje bruke køyretøy utan at oppdragsgjevar har fått noko å vurdere. Krava "
           "gjeld heile perioden.",
     KK_LANG_NN, false},
    {"en", "The supplier shall document that the vehicles are of the type which is required by the buyer.",
     KK_LANG_EN, false},
    {"sv", "Leverantören skall inte använda fordon från andra än dem som är angivna och godkända.",
     KK_LANG_OTHER, false},
    {"short", "Krav til levering", KK_LANG_UNSET, false},
    {"one decisive word", "Dette er ikke krav", KK_LANG_UNSET, false},
    {"empty", "", KK_LANG_UNSET, false},
    {"mixed", "Leverandøren skal ikke bruke noe uten at kravene er oppfylt, og når dei ikkje er det, vert "
              "det noko anna frå leverandøren. Hvordan dette gjelder, fremgår av vedlegget.",
     KK_LANG_NB, true},
    {"a single loan word is no mixture",
     "Leverandøren skal ikke bruke kjøretøy uten at oppdragsgiver har fått noe å vurdere, og hvis noen "
     "spør, gjelder kravene. Bygget heter Heile.",
     KK_LANG_NB, false},
    {"capitals fold", "IKKJE HEILE KØYRETØY FRÅ DEI", KK_LANG_NN, false},
};

static void test_row(void **state)
{
    const row *r = *state;
    kk_langcount count = {0};
    kk_langform_count(kk_str_from(r->text), &count);
    kk_langform form = kk_langform_decide(&count);
    assert_int_equal(form.lang, r->lang);
    assert_int_equal(form.mixed, r->mixed);
    assert_true(form.share >= 0.0 && form.share <= 1.0);
}

static void test_words_counted(void **state)
{
    (void)state;
    kk_langcount count = {0};
    kk_langform_count(KK_STR("ikke, noe; (dersom) ikkje!"), &count);
    assert_int_equal(count.words, 4);
    assert_int_equal(count.nb, 2);
    assert_int_equal(count.nn, 1);
}

int main(void)
{
    const struct CMUnitTest more[] = {{"words are counted", test_words_counted, NULL, NULL, NULL}};
    int failed = ROWS_RUN("langform", ROWS, test_row);
    return failed + cmocka_run_group_tests(more, NULL, NULL);
}
