/* Scoring of categories on a bank of three: where a word stands decides, and body words alone never
 * make a category. Knows the facade of rules only. */
#include "rules.h"

#include "str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char bank[] =
    "<bank xmlns='urn:klimakrav:rules:1' id='test'>"
    "<pattern id='s' role='subject'><regex literals='gjelder'>anskaffelsen gjelder</regex>"
    "</pattern>"
    "<pattern id='n' role='negation'><word forms='exact'>ikke</word></pattern>"
    "<category id='renhold' status='draft'><name xml:lang='nb'>Renhold</name>"
    "<cpv prefix='909'/><word right='open'>renhold</word><word>vindusvask</word>"
    "<word>gulvpleie</word><word>mopp</word></category>"
    "<category id='ikt' status='draft'><name xml:lang='nb'>IKT</name><cpv prefix='72'/>"
    "<word>programvare</word><word scope='title subject'>lisens</word></category>"
    "<category id='radgiving' status='draft'><name xml:lang='nb'>R</name><cpv prefix='72'/>"
    "<word right='open'>konsulent</word><word weight='0.5'>bistand</word></category>"
    "</bank>";

typedef struct door {
    kk_rules *rules;
    kk_scanner *scanner;
} door;

static int open_door(void **state)
{
    static door d;
    const kk_rule_source source = {KK_STR("test.xml"), {bank, sizeof bank - 1}, false};
    if (kk_rules_load(&d.rules, &source, 1, KK_STR(""), NULL) != KK_OK ||
        kk_scanner_new(&d.scanner, d.rules, NULL, NULL) != KK_OK) {
        return -1;
    }
    *state = &d;
    return 0;
}

static int close_door(void **state)
{
    door *d = *state;
    kk_scanner_free(d->scanner);
    kk_rules_free(d->rules);
    return 0;
}

/* Best category of a text, or "-". */
static const char *best(void **state, const char *text)
{
    const door *d = *state;
    const kk_category_hit *hits = NULL;
    uint32_t n = 0;
    kk_error err = {.status = KK_OK};
    assert_int_equal(kk_rules_classify(d->scanner, (kk_str){text, strlen(text)}, &hits, &n, &err),
                     KK_OK);
    return n == 0 ? "-" : hits[0].id.ptr;
}

static uint32_t count(void **state, const char *text)
{
    const door *d = *state;
    const kk_category_hit *hits = NULL;
    uint32_t n = 0;
    (void)kk_rules_classify(d->scanner, (kk_str){text, strlen(text)}, &hits, &n, NULL);
    return n;
}

static void the_title_decides(void **state)
{
    assert_string_equal(best(state, "Renholdstjenester\tSe grunnlaget"), "renhold");
    assert_string_equal(best(state, "Avtale\tSe grunnlaget"), "-");
    assert_string_equal(best(state, "Bistand\tSe grunnlaget"), "-");
}

static void what_stands_first_in_the_title_is_bought(void **state)
{
    assert_string_equal(best(state, "Konsulenter på programvare\tSe grunnlaget"), "radgiving");
    assert_string_equal(best(state, "Programvare og konsulenter\tSe grunnlaget"), "ikt");
    assert_int_equal(count(state, "Konsulenter på programvare\tSe grunnlaget"), 2);
}

static void without_a_tab_the_first_sentence_is_the_title(void **state)
{
    assert_string_equal(best(state, "Avtale om lisens. Konsulenter kan brukes."), "ikt");
    assert_string_equal(best(state, "Avtale om lisens\nKonsulenter kan brukes."), "ikt");
}

static void what_follows_the_title_first_counts_as_the_title(void **state)
{
    assert_string_equal(best(state, "Avtale 12\tKommunen vil ha lisens. Mer her."), "ikt");
    assert_string_equal(best(state, "Avtale 12\tMer her. Kommunen vil ha lisens."), "-");
}

static void body_words_alone_make_no_category(void **state)
{
    assert_string_equal(best(state, "Avtale 12\tMer her. Bygget har renhold. Det har vindusvask. "
                                    "Det har gulvpleie. Det har mopp."),
                        "-");
    assert_string_equal(best(state, "Avtale 12\tMer her. Anskaffelsen gjelder renhold, vindusvask "
                                    "og gulvpleie."),
                        "renhold");
}

static void a_title_denies_nothing_but_a_sentence_does(void **state)
{
    assert_string_equal(best(state, "Renhold og ikke mer\tSe grunnlaget"), "renhold");
    assert_string_equal(best(state, "Avtale 12\tMer her. Anskaffelsen gjelder ikke renhold, "
                                    "ikke vindusvask og ikke gulvpleie."),
                        "-");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_title_decides),
        cmocka_unit_test(what_stands_first_in_the_title_is_bought),
        cmocka_unit_test(without_a_tab_the_first_sentence_is_the_title),
        cmocka_unit_test(what_follows_the_title_first_counts_as_the_title),
        cmocka_unit_test(body_words_alone_make_no_category),
        cmocka_unit_test(a_title_denies_nothing_but_a_sentence_does),
    };
    return cmocka_run_group_tests(tests, open_door, close_door);
}
