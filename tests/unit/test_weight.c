/* Weights as tenders write them; every row is a test of its own. */
#include "weight.h"

#include "rows.h"
#include "str.h"

#include <math.h>
#include <string.h>

typedef struct row {
    const char *name;
    const char *text;
    bool bare;
    bool found;
    double low, high;
    kk_weight_unit unit;
    bool placeholder, at_most;
} row;

static const row ROWS[] = {
    {"percent", "30 %", true, true, 30, 30, KK_WEIGHT_PERCENT, false, false},
    {"percent tight", "30%", true, true, 30, 30, KK_WEIGHT_PERCENT, false, false},
    {"pst", "30 pst.", true, true, 30, 30, KK_WEIGHT_PERCENT, false, false},
    {"prosent", "vektes 30 prosent av", false, true, 30, 30, KK_WEIGHT_PERCENT, false, false},
    {"word", "tretti prosent", true, true, 30, 30, KK_WEIGHT_PERCENT, false, false},
    {"word nynorsk", "f\xC3\xB8rti prosent", true, true, 40, 40, KK_WEIGHT_PERCENT, false, false},
    {"word without unit", "tretti dager", true, false, 0, 0, KK_WEIGHT_NONE, false, false},
    {"fraction", "0,30", true, true, 0.3, 0.3, KK_WEIGHT_NONE, false, false},
    {"fraction dot", "0.25", true, true, 0.25, 0.25, KK_WEIGHT_NONE, false, false},
    {"decimals", "12,5 %", true, true, 12.5, 12.5, KK_WEIGHT_PERCENT, false, false},
    {"bare", "30", true, true, 30, 30, KK_WEIGHT_NONE, false, false},
    {"bare not wanted", "30", false, false, 0, 0, KK_WEIGHT_NONE, false, false},
    {"points", "30 poeng", true, true, 30, 30, KK_WEIGHT_POINTS, false, false},
    {"range dash", "30-40 %", true, true, 30, 40, KK_WEIGHT_PERCENT, false, false},
    {"range en dash", "30\xE2\x80\x93"
                      "40 %",
     true, true, 30, 40, KK_WEIGHT_PERCENT, false, false},
    {"range til", "30 til 40 %", true, true, 30, 40, KK_WEIGHT_PERCENT, false, false},
    {"both with sign", "30 % - 40 %", true, true, 30, 40, KK_WEIGHT_PERCENT, false, false},
    {"xx", "XX %", true, true, 0, 0, KK_WEIGHT_PERCENT, true, false},
    {"single x", "X %", true, true, 0, 0, KK_WEIGHT_PERCENT, true, false},
    {"blanks", "__ %", true, true, 0, 0, KK_WEIGHT_PERCENT, true, false},
    {"dots", ".. %", true, true, 0, 0, KK_WEIGHT_PERCENT, true, false},
    {"bracketed", "[30] %", true, true, 30, 30, KK_WEIGHT_PERCENT, true, false},
    {"bracketed with sign", "[30 %]", true, true, 30, 30, KK_WEIGHT_PERCENT, true, false},
    {"bracketed words", "[fyll inn] %", true, true, 0, 0, KK_WEIGHT_PERCENT, true, false},
    {"year in brackets", "HR [2019]", true, false, 0, 0, KK_WEIGHT_NONE, false, false},
    {"ceiling", "inntil 30 %", true, true, 30, 30, KK_WEIGHT_PERCENT, false, true},
    {"ceiling opptil", "opptil 20 prosent", true, true, 20, 20, KK_WEIGHT_PERCENT, false, true},
    {"days", "30 dager", true, false, 0, 0, KK_WEIGHT_NONE, false, false},
    {"section sign", "\xC2\xA7 7-9", true, false, 0, 0, KK_WEIGHT_NONE, false, false},
    {"kroner", "kr 500 000 per \xC3\xA5r", true, false, 0, 0, KK_WEIGHT_NONE, false, false},
    {"standard", "NS 3420 gjelder", true, false, 0, 0, KK_WEIGHT_NONE, false, false},
    {"date", "30.06.2026", true, false, 0, 0, KK_WEIGHT_NONE, false, false},
    {"inside word", "CO2 %", false, false, 0, 0, KK_WEIGHT_NONE, false, false},
    {"euro 6", "Euro 6 eller bedre", true, false, 0, 0, KK_WEIGHT_NONE, false, false},
    {"letters xx in word", "Exxon 5 %", true, true, 5, 5, KK_WEIGHT_PERCENT, false, false},
    {"fraction of one", "1/4", true, true, 0.25, 0.25, KK_WEIGHT_NONE, false, false},
    {"date is no fraction", "1/4 2026", true, false, 0, 0, KK_WEIGHT_NONE, false, false},
    {"empty", "", true, false, 0, 0, KK_WEIGHT_NONE, false, false},
};

static void test_row(void **state)
{
    const row *r = *state;
    kk_weight weight;
    size_t at = 0;
    assert_int_equal(kk_weight_next(kk_str_from(r->text), &at, r->bare, &weight), r->found);
    if (!r->found) {
        assert_int_equal(at, strlen(r->text));
        return;
    }
    assert_true(fabs(weight.low - r->low) < 1e-9);
    assert_true(fabs(weight.high - r->high) < 1e-9);
    assert_int_equal(weight.unit, r->unit);
    assert_int_equal(weight.placeholder, r->placeholder);
    assert_int_equal(weight.at_most, r->at_most);
    assert_int_equal(at, weight.end);
    assert_true(weight.begin < weight.end && weight.end <= strlen(r->text));
}

static void test_several(void **state)
{
    (void)state;
    kk_str s = KK_STR("Pris vektes 60 %, kvalitet 10 % og klima 30 prosent");
    const double want[] = {60, 10, 30};
    size_t at = 0, n = 0;
    kk_weight weight;
    while (kk_weight_next(s, &at, false, &weight)) {
        assert_true(n < 3);
        assert_true(fabs(weight.low - want[n++]) < 1e-9);
    }
    assert_int_equal(n, 3);
}

int main(void)
{
    const struct CMUnitTest more[] = {{"several figures", test_several, NULL, NULL, NULL}};
    int failed = ROWS_RUN("weight", ROWS, test_row);
    return failed + cmocka_run_group_tests(more, NULL, NULL);
}
