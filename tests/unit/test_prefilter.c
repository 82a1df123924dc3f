/* Words with their endings, literals of regexes, and the one law of the prefilter: it never hides a
 * paragraph in which a regex matches. */
#include "rulekit.h"

#include "literal.h"
#include "str.h"
#include "words.h"

#include "rows.h"

#include <stdio.h>

/* ---- words --------------------------------------------------------------------------------- */

static const struct word_row {
    const char *name, *word;
    kk_word_spec spec;
    const char *hits, *misses; /* separated by semicolons */
} words[] = {
    {"noun",
     "krav",
     {KK_FORMS_NOUN, false, false},
     "krav;kravet;kravene;krava;krav.;KRAV;kravs;kravets;(krav)",
     "kravlista;avkrav;krabbe"},
    {"noun on e",
     "tjeneste",
     {KK_FORMS_NOUN, false, false},
     "tjeneste;tjenesten;tjenester;tjenestene;tjenesters",
     "tjenestebil;tjen"},
    {"noun on e, nynorsk",
     "teneste",
     {KK_FORMS_NOUN, false, false},
     "tenesta;tenester;tenestene;tenestar;tenestas",
     "tenestebil"},
    {"noun that doubles its m",
     "program",
     {KK_FORMS_NOUN, false, false},
     "program;programmet;programmer;programma",
     "programvare"},
    {"capital with a ring",
     "\u00E5pning",
     {KK_FORMS_NOUN, false, false},
     "\u00C5PNING;\u00E5pninger;\u00C5pninga",
     "gj\u00E5pning"},
    {"adjective",
     "utslippsfri",
     {KK_FORMS_ADJ, false, false},
     "utslippsfri;utslippsfritt;utslippsfrie;utslippsfriest",
     "utslippsfrihet;utslippsfrist"},
    {"adjective with a double consonant",
     "gr\u00F8nn",
     {KK_FORMS_ADJ, false, false},
     "gr\u00F8nn;gr\u00F8nt;gr\u00F8nne;gr\u00F8nnere",
     "gr\u00F8nnsaker;gr\u00F8ntareal"},
    {"verb",
     "redusere",
     {KK_FORMS_VERB, false, false},
     "redusere;reduserer;redusert;reduserte;reduseres;reduserast;reduser",
     "reduksjon"},
    {"exact", "EMAS", {KK_FORMS_EXACT, false, false}, "EMAS;emas,", "emass;femas"},
    {"open on the right",
     "klima",
     {KK_FORMS_NOUN, false, true},
     "klima;klimaavtrykk;Klimagass",
     "inneklima"},
    {"open on the left",
     "utslipp",
     {KK_FORMS_NOUN, true, false},
     "utslipp;nullutslippet;CO2-utslipp",
     "nullutslippskrav"},
    {"open on both", "utslipp", {KK_FORMS_NOUN, true, true}, "nullutslippskrav;utslipp", "utslapp"},
    {"phrase",
     "eller tilsvarende",
     {KK_FORMS_EXACT, false, false},
     "eller tilsvarende;ELLER   TILSVARENDE",
     "eller til svarende;teller tilsvarende"},
    {"hyphen",
     "CO2-utslipp",
     {KK_FORMS_NOUN, false, false},
     "CO2-utslippet;co2\u2011utslipp",
     "CO2 utslipp;CO2utslipp"},
    {"signs",
     "\u00A7 7-9 (2)",
     {KK_FORMS_EXACT, false, false},
     "\u00A7 7-9 (2);etter \u00A7 7-9 (2)!",
     "\u00A7 7-9 (3)"},
};

static bool matches(const char *regex, kk_str text)
{
    const kk_matcher matcher = {.regex = kk_str_from(regex)};
    kk_match *match;
    kk_str found;
    size_t from = 0;
    assert_int_equal(kk_match_new(&match, &matcher, 1, 0, NULL), KK_OK);
    assert_int_equal(kk_match_next(match, 0, text, &from, &found, NULL), KK_OK);
    kk_match_free(match);
    return found.ptr != NULL;
}

static void check_list(const struct word_row *row, const char *regex, const char *list, bool hit)
{
    kk_str rest = kk_str_from(list);
    kk_str text;
    while (kk_str_split(&rest, ';', &text)) {
        if (matches(regex, text) != hit) {
            print_error("%s: /%s/ on \"%.*s\"\n", row->name, regex, (int)text.len, text.ptr);
        }
        assert_true(matches(regex, text) == hit);
    }
}

static void takes_endings(void **state)
{
    const struct word_row *row = *state;
    kk_buf regex;
    kk_buf_init(&regex, 0);
    kk_word_regex(kk_str_from(row->word), &row->spec, &regex);
    assert_int_equal(regex.failed, KK_OK);
    check_list(row, regex.ptr, row->hits, true);
    check_list(row, regex.ptr, row->misses, false);
    kk_buf_dispose(&regex);
}

/* ---- literals ------------------------------------------------------------------------------ */

static const struct literal_row {
    const char *name, *regex, *literals; /* sorted as found, joined by | ; "" = none */
} literals[] = {
    {"plain", "utslipp", "utslipp"},
    {"folded", "\u00C5PEN", "\u00E5pen"},
    {"product", "null(?:utslipp|fri)\\w*", "nullutslipp|nullfri"},
    {"optional group", "(?:vare)?bil\\b", "varebil|bil"},
    {"optional letter", "bygge?vare", "byggevare|byggvare"},
    {"class", "utsl[ie]pp", "utslipp|utslepp"},
    {"class with a range", "klima[a-z]gass", "klima"},
    {"longest part", "ny\\s+anskaffelse", "anskaffelse"},
    {"alternatives", "miljø|klimagass", "miljø|klimagass"},
    {"one alternative unsure", "klima|\\d+", ""},
    {"look-around says nothing", "(?<!inne)klima(?!anlegg)", "klima"},
    {"repeat once or more", "(?:klima)+krav", "klima"},
    {"repeat perhaps never", "(?:klima)*krav", "krav"},
    {"counted", "(?:klima){2}krav", "klima"},
    {"counted perhaps never", "(?:klima){0,2}krav", "krav"},
    {"brace that is none", "a{b", "a{b"},
    {"escaped", "CO2\\-ekv\\.", "co2-ekv."},
    {"sign", "\\d+ ?%", " %|%"},
    {"one letter is too little", "\\d ?W\\b", ""},
    {"long s has other bytes", "stra\u00DFe", "stra"},
    {"option group is not understood", "(?i)klima", ""},
    {"recursion is not understood", "klima(?R)?", ""},
    {"unicode class", "\\p{Lu}klima", "klima"},
    {"named group", "(?<a>klima)krav", "klimakrav"},
    {"atomic group", "(?>klima)krav", "klimakrav"},
    {"back reference", "(klima) \\1", "klima "},
    {"anchors", "^Tildelingskriterier$", "tildelingskriterier"},
};

static void derives(void **state)
{
    const struct literal_row *row = *state;
    kk_arena *arena = kk_arena_new();
    kk_literals found;
    char joined[512] = "";
    assert_int_equal(kk_literals_derive(kk_str_from(row->regex), arena, &found, NULL), KK_OK);
    for (uint32_t i = 0; i < found.n; i++) {
        const size_t n = strlen(joined);
        snprintf(joined + n, sizeof joined - n, "%s%.*s", i > 0 ? "|" : "", (int)found.items[i].len,
                 found.items[i].ptr);
    }
    assert_string_equal(joined, row->literals);
    kk_arena_free(arena);
}

/* ---- the law ------------------------------------------------------------------------------- */

static const char bank[] =
    "<pattern id=\"p\">"
    "<word>krav</word><word left=\"open\">utslipp</word><word forms=\"exact\">IT</word>"
    "<word right=\"open\">klima</word><word forms=\"adj\">grønn</word>"
    "<regex>null(?:utslipp|fri)\\w*</regex><regex>\\bCO(?:2|₂)\\w*</regex>"
    "<regex>(?:sk|s)olkraft</regex><regex>\\d+ ?%</regex><regex>[Åå]pen</regex>"
    "<regex>ÅRLIG\\w*</regex><regex>\\bW\\b</regex><regex>kilo(?:gram)?</regex>"
    "</pattern>";

/* Pieces that texts are put together from: whole hits, halves, odd letters (long s, Kelvin and
 * Angstrom sign), capitals, and bytes of other scripts. */
static const char *const pieces[] = {
    "krav",           "KRAV",       "et",         " ",       "-",   "utslipp",
    "UTSLIPP",        "null",       "fri",        "IT",      "it",  "klima",
    "GRØNT",          "grøn",       "n",          "CO2",     "CO₂", "\u017Folkraft",
    "\u017Fkolkraft", "\u212Arav",  "\u212Alima", "30 %",    "30",  "%",
    "\u212Bpen",      "\u212BRLIG", "åpen",       "ÅPEN",    "W",   "\u212Ailogram",
    "kilo",           "ж",          "ǆ",          "ß",       ".",   "(",
    "\u00A0",         "_",          "ik",         "i\u0307t"};

static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

static const kk_candidate *candidate(const kk_candidates *list, uint32_t matcher)
{
    for (size_t i = 0; i < list->n; i++) {
        if (list->items[i].matcher == matcher) {
            return &list->items[i];
        }
    }
    return NULL;
}

/* Every match of every regex lies in a candidate, begins where the candidate says, and is found there
 * too. */
static void check_text(const rulekit *kit, kk_str text, uint32_t *hits, uint32_t *candidates)
{
    const kk_model *m = kk_rules_model(kit->rules);
    kk_match *match = kit->scanner->match;
    kk_candidates list = {NULL, 0, 0};
    assert_int_equal(
        kk_prefilter_scan(&kit->rules->prefilter, &kit->scanner->filter, text, &list, NULL), KK_OK);
    for (uint32_t i = 0; i < m->n_matchers; i++) {
        const kk_candidate *c = candidate(&list, i);
        size_t all = 0;
        size_t near = c != NULL ? c->first : 0;
        for (;;) {
            kk_str found;
            kk_str again = {NULL, 0};
            assert_int_equal(kk_match_next(match, i, text, &all, &found, NULL), KK_OK);
            if (c != NULL) {
                assert_int_equal(kk_match_within(match, i, text, &near, c->last, &again, NULL),
                                 KK_OK);
            }
            if (found.ptr != again.ptr || found.len != again.len) {
                print_error("/%.*s/ hidden in \"%.*s\"\n", (int)m->matchers[i].regex.len,
                            m->matchers[i].regex.ptr, (int)text.len, text.ptr);
            }
            assert_ptr_equal(found.ptr, again.ptr);
            assert_int_equal(found.len, again.len);
            if (found.ptr == NULL) {
                break;
            }
            ++*hits;
        }
    }
    *candidates += (uint32_t)list.n;
    kk_vec_free(&list);
}

static void hides_nothing(void **state)
{
    (void)state;
    rulekit kit;
    uint64_t seed = 20261123;
    uint32_t hits = 0;
    uint32_t candidates = 0;
    assert_int_equal(rulekit_load(&kit, bank, false), KK_OK);
    for (int round = 0; round < 3000; round++) {
        kk_buf text;
        kk_buf_init(&text, 0);
        for (uint32_t n = next_random(&seed) % 7; n > 0; n--) {
            kk_buf_puts(&text, pieces[next_random(&seed) % (sizeof pieces / sizeof *pieces)]);
        }
        check_text(&kit, (kk_str){text.ptr, text.len}, &hits, &candidates);
        kk_buf_dispose(&text);
    }
    /* The texts must hit often, and the filter must be worth having. */
    assert_true(hits > 1000);
    assert_true(candidates < 3000 * kk_rules_model(kit.rules)->n_matchers / 3);
    rulekit_free(&kit);
}

/* The same findings with and without. */
static void changes_no_finding(void **state)
{
    (void)state;
    rulekit kit;
    assert_int_equal(rulekit_load(&kit, bank, false), KK_OK);
    const kk_text *text = rulekit_text(
        &kit, "<h level=\"1\">Klimakrav</h><p>Alle nullutslippskjøretøy, 30 % \u017Folkraft</p>"
              "<p>W 12 IT</p><table><tr><td>CO₂</td><td>årlige krav</td></tr></table>");
    kk_hits hits[2];
    for (int off = 0; off < 2; off++) {
        kk_scan *scan;
        kk_scanner_use_prefilter(kit.scanner, off == 0);
        assert_int_equal(kk_scan_new(kit.scanner,
                                     off == 0 ? kit.scanner->arena : kit.scanner->side_arena, &text,
                                     1, &scan, NULL),
                         KK_OK);
        assert_int_equal(
            kk_scan_hits(scan, kk_model_pattern(scan->model, KK_STR("p")), &hits[off], NULL),
            KK_OK);
    }
    assert_true(hits[0].n >= 8);
    assert_int_equal(hits[0].n, hits[1].n);
    for (uint32_t i = 0; i < hits[0].n; i++) {
        assert_int_equal(hits[0].items[i].begin, hits[1].items[i].begin);
        assert_int_equal(hits[0].items[i].end, hits[1].items[i].end);
    }
    rulekit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hides_nothing),
        cmocka_unit_test(changes_no_finding),
    };
    int failed = ROWS_RUN("word", words, takes_endings);
    failed += ROWS_RUN("literals", literals, derives);
    failed += cmocka_run_group_tests_name("prefilter", tests, NULL, NULL);
    return failed;
}
