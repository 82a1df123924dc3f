/* Where a sentence ends: rows of text and the pieces it must fall into. */
#include "sentence.h"

#include "rows.h"
#include "str.h"

#include <stdio.h>

static const struct row {
    const char *name, *text, *pieces; /* pieces joined by | */
} ROWS[] = {
    {"one", "Pris teller 60 %.", "Pris teller 60 %."},
    {"two", "Pris teller 60 %. Klima teller 40 %.", "Pris teller 60 %.|Klima teller 40 %."},
    {"numbers typed by hand", "1. Pris 2. Klima", "1. Pris 2. Klima"},
    {"abbreviation before a figure", "jf. 7-9 og nr. 402 gjelder", "jf. 7-9 og nr. 402 gjelder"},
    {"pst before a name", "Pris 60 pst. Klima 40 pst.", "Pris 60 pst. Klima 40 pst."},
    {"small letter goes on", "ca. 30 %. av vekten", "ca. 30 %. av vekten"},
    {"capital with stroke", "Slutt. \xC3\x98kologi teller.", "Slutt.|\xC3\x98kologi teller."},
    {"question", "Hva teller? Pris.", "Hva teller?|Pris."},
    {"line break", "Pris 60 %\nKlima 40 %", "Pris 60 %|Klima 40 %"},
    {"decimal point", "Vekt 0.30 og 0.70", "Vekt 0.30 og 0.70"},
    {"empty", "", ""},
    {"blanks only", "  \n ", ""},
    {"quotation", "Slutt. \xC2\xABNeste\xC2\xBB her.", "Slutt.|\xC2\xABNeste\xC2\xBB her."},
};

static void cuts(void **state)
{
    const struct row *row = *state;
    const kk_str s = kk_str_from(row->text);
    char seen[256] = "";
    size_t at = 0, begin, end, len = 0;
    while (kk_sentence_next(s, &at, &begin, &end)) {
        assert_true(begin < end && end <= s.len);
        len += (size_t)snprintf(seen + len, sizeof seen - len, "%s%.*s", len > 0 ? "|" : "",
                                (int)(end - begin), s.ptr + begin);
    }
    assert_string_equal(seen, row->pieces);
}

int main(void)
{
    return ROWS_RUN("sentence", ROWS, cuts);
}
