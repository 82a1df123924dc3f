/* Figures as Norwegians write them. */
#include "number.h"

#include "buf.h"
#include "str.h"

#include "rows.h"

static const struct number_row {
    const char *name, *text, *found; /* value unit, joined by ; */
} numbers[] = {
    {"per cent", "30 % og 30% og 30 pst. og 30 prosent", "30 %;30 %;30 %;30 %"},
    {"words", "tretti prosent, tjuefem prosent, hundre prosent", "30 %;25 %;100 %"},
    {"nynorsk words", "Fem poeng, sju år", "5 poeng;7 year"},
    {"word without a unit is no figure", "en av to leverandører", ""},
    {"decimals", "0,30 og 7.5 kg og 1,25 kr", "0.3 -;7.5 kg;1.25 kr"},
    {"thousands", "kr 1 000 000 og 1.000 kr og 12 500,50 kroner", "1000000 kr;1000 kr;12500.5 kr"},
    {"year is one number", "2026 og 2027", "2026 -;2027 -"},
    {"kroner before and behind", "NOK 500, 500,- og kr. 20", "500 kr;500 kr;20 kr"},
    {"units", "5 år 12 mnd. 3 måneder 14 dager 90 g/km 4 tonn 2 kWh 6 km 8 gram",
     "5 year;12 month;3 month;14 day;90 g;4 tonne;2 kwh;6 km;8 g"},
    {"nynorsk units", "3 månader og 14 dagar", "3 month;14 day"},
    {"joined unit", "4,5 kgCO2e og 15W", "4.5 kg;15 ?"},
    {"range", "30-40 % og 5 \u2013 10 år", "30 %;40 %;5 year;10 year"},
    {"part of a name", "CO2 K1 EN-15804 Euro6", ""},
    {"standard stays bare", "ISO 14001", "14001 -"},
    {"paragraph reference", "§ 7-9 og §7-9 (2)", "2 -"},
    {"date and chapter", "01.02.2026 og kapittel 4.2.1", ""},
    {"percent of a fraction", "0,30 %", "0.3 %"},
    {"nothing", "", ""},
    {"only signs", "% , . -", ""},
    {"huge", "99999999999999999999999999", "1e+18 -"},
};

static const char *const units[] = {"-",   "%", "poeng", "kr",    "year", "month", "day",
                                    "kwh", "g", "kg",    "tonne", "km",   "?"};

static void reads(void **state)
{
    const struct number_row *row = *state;
    const kk_str text = kk_str_from(row->text);
    kk_buf found;
    kk_number number;
    size_t at = 0;
    size_t last = 0;
    kk_buf_init(&found, 0);
    kk_buf_puts(&found, "");
    while (kk_number_next(text, &at, &number)) {
        assert_true(number.begin < number.end && number.end <= text.len && at > last);
        last = at;
        kk_buf_printf(&found, "%s%.8g %s", found.len > 0 ? ";" : "",
                      number.value > 1e18 ? 1e18 : number.value, units[number.unit]);
    }
    assert_string_equal(found.ptr != NULL ? found.ptr : "", row->found);
    kk_buf_dispose(&found);
}

int main(void)
{
    return ROWS_RUN("number", numbers, reads);
}
