/* Clauses to BLOCKS, versions by date; places of a document; roles of table columns; remedies. */
#include "rulekit.h"

#include "str.h"

#include "rows.h"

#define CLAUSE(id, version, more, from, to, body)                                                  \
    "<clause id=\"" id "\" version=\"" version "\" type=\"kravspesifikasjon\" " more               \
    " from=\"" from "\"" to "><name xml:lang=\"nb\">Navn</name><name xml:lang=\"nn\">Namn</name>"  \
    "<place ref=\"spec\"/><place ref=\"award\"/>"                                                  \
    "<body xml:lang=\"nb\">" body "</body><body xml:lang=\"nn\"><p>Nynorsk " version "</p></body>" \
    "<motive xml:lang=\"nb\">m</motive><basis ref=\"b\"/><source href=\"h\"/></clause>"

#define RULE(remedies)                                                                             \
    "<rule id=\"R\" severity=\"warning\" scope=\"document\" class=\"core\" status=\"draft\">"      \
    "<title xml:lang=\"nb\">t</title><basis ref=\"A\" to=\"2025-12-31\"/>"                         \
    "<basis ref=\"B\" from=\"2026-01-01\"/><when><match><word>klima</word></match></when>"         \
    "<message xml:lang=\"nb\">Fant <v name=\"evidence\"/> i <v name=\"place\"/>, "                 \
    "<v name=\"req.n\"/> krav</message><message xml:lang=\"nn\">Fann</message>"                    \
    "<why xml:lang=\"nb\">w</why><severity level=\"info\" from=\"2026-07-01\"/>" remedies          \
    "</rule>"

static const char bank[] =
    "<place id=\"spec\" order=\"20\"><name xml:lang=\"nb\">Krav</name>"
    "<name xml:lang=\"nn\">Krav</name><heading-is><word>kravspesifikasjon</word>"
    "<word>krav</word></heading-is></place>"
    "<place id=\"award\"><name xml:lang=\"nb\">T</name><heading-is>"
    "<word>tildelingskriterium</word></heading-is></place>"
    "<columns role=\"number\"><word>nr</word></columns>"
    "<columns role=\"requirement\"><word>krav</word></columns>"
    "<columns role=\"documentation\"><word>dokumentasjon</word><word>dokumentasjonskrav</word>"
    "</columns>"
    "<columns role=\"weight\"><word>vekt</word></columns>"
    "<columns role=\"answer\"><word>svar</word></columns>"
    "<category id=\"bygg\" status=\"draft\"><name xml:lang=\"nb\">B</name><word>nybygg</word>"
    "</category>" CLAUSE(
        "KS-1", "1.0", "status=\"draft\"", "2024-01-01", " to=\"2026-06-30\"",
        "<heading>Kutt</heading><p>Minst <b>\n  <field name=\"andel\" unit=\"%\" default=\"30\"/>"
        " %</b> kutt\n    innen <field name=\"dato\"/>.</p><item>Punkt</item>"
        "<row><cell role=\"requirement\">Kutt <field name=\"andel\" default=\"30\"/></cell>"
        "<cell role=\"documentation\">Rapport</cell></row>")
        CLAUSE("KS-1", "1.1", "status=\"draft\"", "2026-07-01", "", "<p>Ny</p>")
            CLAUSE("KS-2", "1.0",
                   "level=\"avansert\" status=\"reviewed\" reviewed-by=\"x\" "
                   "reviewed-on=\"2026-01-01\"",
                   "2024-01-01", "", "<p>Mer</p>")
                CLAUSE("KS-3", "1.0", "status=\"retired\"", "2024-01-01", "", "<p>Borte</p>")
                    RULE("<remedy clause=\"KS-3\"/>"
                         "<remedy clause=\"KS-2\" category=\"bygg\"/><remedy clause=\"KS-2\"/>"
                         "<remedy clause=\"KS-1\"/>"
                         "<remedy><advice xml:lang=\"nb\">Skriv.</advice></remedy>");

static void load(rulekit *kit)
{
    if (rulekit_load(kit, bank, false) != KK_OK) {
        print_error("%u: %s\n", kit->err.line, kit->err.message);
        fail();
    }
}

/* Blocks as text: kinds h p i r, fields in braces, bold between stars. */
static void show(const kk_inline *list, uint32_t n, kk_buf *out)
{
    for (uint32_t i = 0; i < n; i++) {
        const char *bold = list[i].kind == KK_INLINE_BOLD ? "*" : "";
        const bool field = list[i].kind == KK_INLINE_FIELD;
        kk_buf_printf(out, "%s%.*s%s", field ? "{" : bold, (int)list[i].text.len, list[i].text.ptr,
                      field ? (list[i].filled ? "}" : "?}") : bold);
    }
}

static void show_blocks(const kk_blocks *blocks, kk_buf *out)
{
    kk_buf_init(out, 0);
    for (uint32_t b = 0; b < blocks->n_blocks; b++) {
        kk_buf_putc(out, "hpir"[blocks->blocks[b].kind]);
        kk_buf_putc(out, ':');
        show(blocks->blocks[b].inlines, blocks->blocks[b].n_inlines, out);
        for (uint32_t c = 0; c < blocks->blocks[b].n_cells; c++) {
            kk_buf_printf(out, "[%d ", (int)blocks->blocks[b].cells[c].role);
            show(blocks->blocks[b].cells[c].inlines, blocks->blocks[b].cells[c].n_inlines, out);
            kk_buf_putc(out, ']');
        }
        kk_buf_putc(out, ' ');
    }
}

static const struct clause_row {
    const char *name, *id, *version, *date;
    kk_lang lang;
    const char *value; /* of the field "andel", or NULL */
    kk_status status;
    const char *blocks;
} clauses[] = {
    {"defaults are shown, not filled", "KS-1", "", "2026-01-01", KK_LANG_NB, NULL, KK_OK,
     "h:Kutt p:Minst {30?}* %* kutt innen {[dato]?}. i:Punkt r:[2 Kutt {30?}][7 Rapport] "},
    {"values fill", "KS-1", "", "2026-01-01", KK_LANG_NB, "55", KK_OK,
     "h:Kutt p:Minst {55}* %* kutt innen {[dato]?}. i:Punkt r:[2 Kutt {55}][7 Rapport] "},
    {"nynorsk", "KS-1", "", "2026-01-01", KK_LANG_NN, NULL, KK_OK, "p:Nynorsk 1.0 "},
    {"English gets bokm\u00E5l", "KS-1", "", "2026-07-01", KK_LANG_EN, NULL, KK_OK, "p:Ny "},
    {"newest on the date", "KS-1", "", "2026-07-01", KK_LANG_NB, NULL, KK_OK, "p:Ny "},
    {"before its time", "KS-1", "", "2023-01-01", KK_LANG_NB, NULL, KK_E_ARG, ""},
    {"version after its time", "KS-1", "1.0", "2026-07-01", KK_LANG_NB, NULL, KK_E_ARG, ""},
    {"unknown version", "KS-1", "9", "2026-07-01", KK_LANG_NB, NULL, KK_E_ARG, ""},
    {"unknown clause", "KS-9", "", "2026-07-01", KK_LANG_NB, NULL, KK_E_ARG, ""},
    {"retired", "KS-3", "", "2026-07-01", KK_LANG_NB, NULL, KK_E_ARG, ""},
};

static void makes_blocks(void **state)
{
    const struct clause_row *row = *state;
    rulekit kit;
    load(&kit);
    const kk_value value = {KK_STR("andel"), kk_str_from(row->value)};
    kk_blocks blocks;
    kk_buf shown;
    const kk_status status = kk_rules_clause(
        kit.rules, kk_str_from(row->id), kk_str_from(row->version), row->lang,
        kk_str_from(row->date), &value, row->value != NULL ? 1 : 0, kit.arena, &blocks, &kit.err);
    assert_int_equal(status, row->status);
    if (status == KK_OK) {
        show_blocks(&blocks, &shown);
        assert_string_equal(shown.ptr, row->blocks);
        assert_int_equal(blocks.hash.len, 12);
        assert_true(kk_str_is(blocks.title, row->lang == KK_LANG_NN ? "Namn" : "Navn"));
        kk_buf_dispose(&shown);
    } else {
        assert_true(kit.err.message[0] != '\0');
    }
    rulekit_free(&kit);
}

/* Filling a field is no edit of the clause; another text is. */
static void hash_ignores_what_fields_hold(void **state)
{
    (void)state;
    rulekit kit;
    load(&kit);
    const kk_value value = {KK_STR("andel"), KK_STR("55")};
    kk_blocks a;
    kk_blocks b;
    kk_blocks c;
    const kk_str id = KK_STR("KS-1");
    const kk_str none = {NULL, 0};
    assert_int_equal(kk_rules_clause(kit.rules, id, none, KK_LANG_NB, KK_STR("2026-01-01"), NULL, 0,
                                     kit.arena, &a, NULL),
                     KK_OK);
    assert_int_equal(kk_rules_clause(kit.rules, id, none, KK_LANG_NB, KK_STR("2026-01-01"), &value,
                                     1, kit.arena, &b, NULL),
                     KK_OK);
    assert_int_equal(kk_rules_clause(kit.rules, id, none, KK_LANG_NB, KK_STR("2026-07-01"), NULL, 0,
                                     kit.arena, &c, NULL),
                     KK_OK);
    assert_true(kk_str_equal(a.hash, b.hash));
    assert_false(kk_str_equal(a.hash, c.hash));
    rulekit_free(&kit);
}

/* ---- places and tables --------------------------------------------------------------------- */

static void places_surest_first(void **state)
{
    (void)state;
    rulekit kit;
    const kk_place_hit *hits;
    uint32_t n;
    load(&kit);
    const kk_text *text = rulekit_text(
        &kit, "<h level=\"2\">Krav til form</h><p>a</p><h level=\"1\">Kravspesifikasjon</h><p>b</p>"
              "<h level=\"2\">Mer</h><p>c</p><h level=\"1\">Annet</h><p>krav</p>");
    assert_int_equal(kk_rules_places(kit.scanner, text, KK_STR("spec"), &hits, &n, NULL), KK_OK);
    assert_int_equal(n, 2);
    assert_int_equal(hits[0].heading, 2);
    assert_int_equal(hits[0].section_end, 6);
    assert_int_equal(hits[1].heading, 0);
    assert_int_equal(hits[1].section_end, 2);
    assert_true(hits[0].strength > hits[1].strength);
    assert_int_equal(kk_rules_places(kit.scanner, text, KK_STR("nope"), &hits, &n, NULL), KK_OK);
    assert_int_equal(n, 0);
    rulekit_free(&kit);
}

#define TR(cells) "<tr>" cells "</tr>"
#define TD(text)  "<td>" text "</td>"

static const struct table_row {
    const char *name, *table;
    uint32_t header_rows;
    const char *roles; /* first letters: n r d w a o(ther) - */
} tables[] = {
    {"header", TR(TD("Nr") TD("Krav") TD("Dokumentasjon")) TR(TD("1") TD("x") TD("y")), 1, "nrd"},
    {"longest word decides", TR(TD("Krav") TD("Dokumentasjonskrav")) TR(TD("x") TD("y")), 1, "rd"},
    {"unknown column", TR(TD("Krav") TD("Farge") TD("Svar")) TR(TD("x") TD("y") TD("")), 1, "roa"},
    {"caption above",
     TR("<td span=\"2\">Krav og dokumentasjon</td>") TR(TD("Krav") TD("Vekt"))
         TR(TD("x") TD("40 %")),
     2, "rw"},
    {"no header: by the cells",
     TR(TD("1") TD("Bilene skal lades") TD("30 %") TD(""))
         TR(TD("2") TD("Avfallet skal veies") TD("70 %") TD("")),
     0, "nrwa"},
    {"layout table", TR(TD("Navn") TD("Adresse")) TR(TD("A") TD("B")), 0, "-r"},
    {"one cell", TR(TD("Krav")), 1, "r"},
};

static void reads_columns(void **state)
{
    const struct table_row *row = *state;
    static const char letters[] = "-nrtcwpdaeo";
    rulekit kit;
    kk_role roles[8];
    char shown[9] = "";
    uint32_t header_rows;
    load(&kit);
    kk_buf mini;
    kk_buf_init(&mini, 0);
    kk_buf_printf(&mini, "<p>x</p><table>%s</table>", row->table);
    const kk_text *text = rulekit_text(&kit, mini.ptr);
    assert_int_equal(kk_rules_table_roles(kit.scanner, text, 0, roles, &header_rows, NULL), KK_OK);
    for (uint32_t c = 0; c < text->tables[0].n_cols; c++) {
        shown[c] = letters[roles[c]];
    }
    assert_string_equal(shown, row->roles);
    assert_int_equal(header_rows, row->header_rows);
    assert_int_equal(kk_rules_table_roles(kit.scanner, text, 1, roles, &header_rows, NULL),
                     KK_E_ARG);
    kk_buf_dispose(&mini);
    rulekit_free(&kit);
}

/* ---- findings ------------------------------------------------------------------------------ */

static const struct hit_row {
    const char *name, *date, *level, *category;
    bool reviewed;
    const char *remedy, *basis;
    kk_level severity;
} hit_rows[] = {
    {"basic level", "2026-01-01", "", NULL, false, "KS-1", "B", KK_LEVEL_WARNING},
    {"wanted level", "2026-01-01", "avansert", NULL, false, "KS-2", "B", KK_LEVEL_WARNING},
    {"lower is better than none", "2026-01-01", "spydspiss", NULL, true, "KS-2", "B",
     KK_LEVEL_WARNING},
    {"reviewed only", "2026-01-01", "", NULL, true, "", "B", KK_LEVEL_WARNING},
    {"older basis", "2025-01-01", "", NULL, false, "KS-1", "A", KK_LEVEL_WARNING},
    {"severity by date", "2026-07-01", "", NULL, false, "KS-1", "B", KK_LEVEL_INFO},
};

static void offers_remedy(void **state)
{
    const struct hit_row *row = *state;
    rulekit kit;
    const kk_evaluation *e;
    load(&kit);
    const kk_text *text = rulekit_text(&kit, "om klima her");
    const kk_evaluate_options options = {.date = kk_str_from(row->date),
                                         .message_lang = KK_LANG_NB,
                                         .level = kk_str_from(row->level),
                                         .only_reviewed = row->reviewed};
    assert_int_equal(kk_rules_evaluate(kit.scanner, &text, 1, &options, &e, &kit.err), KK_OK);
    assert_int_equal(e->n_hits, 1);
    const kk_hit *hit = &e->hits[0];
    assert_true(kk_str_is(hit->remedy, row->remedy));
    assert_int_equal(hit->n_basis, 1);
    assert_true(kk_str_is(hit->basis[0], row->basis));
    assert_int_equal(hit->level, row->severity);
    assert_true(kk_str_is(hit->advice, "Skriv."));
    assert_true(kk_str_is(hit->message, row->remedy[0] != '\0' ? "Fant klima i Krav, 0 krav"
                                                               : "Fant klima i , 0 krav"));
    assert_int_equal(hit->at.begin, 3);
    assert_int_equal(hit->at.end, 8);
    rulekit_free(&kit);
}

/* With every allocation of an evaluation failing in turn, nothing leaks and nothing is half done.
 */
static void survives_lack_of_memory(void **state)
{
    (void)state;
    rulekit kit;
    load(&kit);
    const kk_text *text = rulekit_text(
        &kit, "<h level=\"1\">Krav</h><p>om klima 30 %</p><table><tr><td>Krav</td><td>Vekt</td>"
              "</tr><tr><td>klima</td><td>30 %</td></tr></table>");
    const kk_evaluate_options options = {.date = KK_STR("2026-01-01")};
    const kk_evaluation *e;
    const uint64_t before = kk_mem_count();
    assert_int_equal(kk_rules_evaluate(kit.scanner, &text, 1, &options, &e, NULL), KK_OK);
    const uint64_t all = kk_mem_count() - before;
    uint64_t failed = 0;
    assert_true(all > 10);
    for (uint64_t n = 1; n <= all; n++) {
        kk_mem_fail_at(n);
        const kk_status status = kk_rules_evaluate(kit.scanner, &text, 1, &options, &e, NULL);
        kk_mem_fail_at(0);
        assert_true(status == KK_OK || status == KK_E_NOMEM);
        assert_true(status == KK_OK ? e->n_hits == 1 : e == NULL);
        failed += status == KK_OK ? 0 : 1;
    }
    /* What the scanner keeps from run to run is not asked for again. */
    assert_true(failed > all / 2);
    rulekit_free(&kit);
}

/* A message that counts is told once per section. */
static void counts_places_by_section(void **state)
{
    (void)state;
    static const char rule[] =
        "<rule id=\"R\" severity=\"warning\" scope=\"paragraph\" class=\"hygiene\" "
        "status=\"draft\"><title xml:lang=\"nb\">t</title><basis ref=\"A\"/>"
        "<when><match><word>fyll</word></match></when><message xml:lang=\"nb\"><v "
        "name=\"evidence\"/> <v name=\"count\"/></message><why xml:lang=\"nb\">w</why></rule>";
    rulekit kit;
    assert_int_equal(rulekit_load(&kit, rule, false), KK_OK);
    const kk_text *text =
        rulekit_text(&kit, "<h level=\"1\">En</h><p>Ferdig</p><p>Fyll b</p><p>Ferdig</p>"
                           "<p>Fyll c</p><h level=\"2\">To</h><p>Ferdig</p><p>Fyll d</p>");
    const kk_evaluation *e = rulekit_evaluate(&kit, text, "2026-01-01");
    assert_int_equal(e->n_hits, 2);
    assert_true(kk_str_is(e->hits[0].message, "Fyll 2"));
    assert_int_equal(e->hits[0].at.para, 2);
    assert_true(kk_str_is(e->hits[1].message, "Fyll 1"));
    rulekit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hash_ignores_what_fields_hold),
        cmocka_unit_test(counts_places_by_section),
        cmocka_unit_test(places_surest_first),
        cmocka_unit_test(survives_lack_of_memory),
    };
    int failed = ROWS_RUN("clause", clauses, makes_blocks);
    failed += ROWS_RUN("table roles", tables, reads_columns);
    failed += ROWS_RUN("finding", hit_rows, offers_remedy);
    failed += cmocka_run_group_tests_name("clause and place", tests, NULL, NULL);
    return failed;
}
