/* Rule files: what is refused, with line and what to do; overriding; lack of memory. */
#include "rulekit.h"

#include "file.h"
#include "mem.h"
#include "str.h"

#include "rows.h"

#define RULE(extra, when)                                                                          \
    "<rule id=\"R1\" severity=\"error\" scope=\"paragraph\" class=\"core\" status=\"draft\"" extra \
    ">\n<title xml:lang=\"nb\">t</title><title xml:lang=\"nn\">t</title>\n"                        \
    "<basis ref=\"FOA\"/>\n<when>" when "</when>\n"                                                \
    "<message xml:lang=\"nb\">m <v name=\"evidence\"/></message>"                                  \
    "<message xml:lang=\"nn\">m</message>\n"                                                       \
    "<why xml:lang=\"nb\">w</why><why xml:lang=\"nn\">w</why>\n"                                   \
    "<example expect=\"fires\" xml:lang=\"nb\">x</example>"                                        \
    "<example expect=\"silent\" xml:lang=\"nb\">y</example></rule>\n"

#define PATTERN "<pattern id=\"a\"><word>utslipp</word></pattern>\n"

#define CLAUSE(attrs)                                                                              \
    "<clause " attrs " type=\"kravspesifikasjon\" status=\"draft\" from=\"2024-01-01\">\n"         \
    "<name xml:lang=\"nb\">n</name><name xml:lang=\"nn\">n</name><place ref=\"spec\"/>\n"          \
    "<body xml:lang=\"nb\"><p>x</p></body><body xml:lang=\"nn\"><p>x</p></body>\n"                 \
    "<verifikat xml:lang=\"nb\">v</verifikat><motive xml:lang=\"nb\">m</motive>\n"                 \
    "<basis ref=\"b\"/><source href=\"h\"/><satisfied xml:lang=\"nb\">s</satisfied>"               \
    "<near-miss xml:lang=\"nb\">n</near-miss></clause>\n"

#define PLACE                                                                                      \
    "<place id=\"spec\"><name xml:lang=\"nb\">K</name><heading-is><word>krav</word></heading-is>"  \
    "</place>\n"

static const struct bad_row {
    const char *name, *inside;
    uint32_t line; /* 1 is the line of <bank>; 0 = not checked */
    const char *says;
} bads[] = {
    {"not well-formed", "<pattern id=\"a\">\n<word>x</wort></pattern>", 3, "mismatch"},
    {"doctype", "<!DOCTYPE bank>", 2, ""},
    {"unknown element", "<patern id=\"a\"/>", 2, "<patern> is not allowed in <bank>"},
    {"unknown child", "<pattern id=\"a\">\n<wort>x</wort></pattern>", 3, "allowed: word regex"},
    {"unknown attribute", "<pattern id=\"a\" colour=\"red\"/>", 2, "colour is not allowed"},
    {"text where none belongs", "<pattern id=\"a\">loose</pattern>", 2, "no text of its own"},
    {"no id", "<pattern><word>x</word></pattern>", 2, "needs an id"},
    {"bad id", "<pattern id=\"a b\"><word>x</word></pattern>", 2, "needs an id"},
    {"id twice", PATTERN PATTERN, 3, "used twice (first in test.xml line 2)"},
    {"clause twice", PLACE CLAUSE("id=\"C\" version=\"1\"") CLAUSE("id=\"C\" version=\"1\""), 0,
     "used twice"},
    {"unknown pattern", RULE("", "<match pattern=\"nope\"/>"), 5, "no pattern with id \"nope\""},
    {"unknown place", PATTERN RULE("", "<place ref=\"nope\"/>"), 6, "no place with id"},
    {"unknown category", RULE("", "<category ref=\"nope\"/>"), 5, "no category with id"},
    {"circle",
     "<pattern id=\"a\"><use ref=\"b\"/></pattern><pattern id=\"b\"><use ref=\"a\"/></pattern>", 2,
     "uses itself"},
    {"regex", "<pattern id=\"a\">\n<regex>foo(bar</regex></pattern>", 3,
     "does not compile at offset 7"},
    {"empty word", "<pattern id=\"a\"><word> </word></pattern>", 2, "empty <word>"},
    {"impossible date", PATTERN RULE(" from=\"2026-02-30\"", "<match pattern=\"a\"/>"), 3,
     "is not a date"},
    {"dates crossed",
     PATTERN RULE(" from=\"2026-02-01\" to=\"2025-01-01\"", "<match pattern=\"a\"/>"), 3,
     "is after to"},
    {"reviewed by nobody",
     "<category id=\"c\" status=\"reviewed\"><name xml:lang=\"nb\">c</name></category>", 2,
     "needs reviewed-by"},
    {"match without words", RULE("", "<match/>"), 5, "needs pattern"},
    {"match with both", PATTERN RULE("", "<match pattern=\"a\"><word>x</word></match>"), 6,
     "keep one"},
    {"bad keyword", PATTERN RULE("", "<match pattern=\"a\" in=\"page\"/>"), 6, "is none of: unit"},
    {"fact without value", RULE("", "<fact name=\"award.weight\" op=\"lt\"/>"), 5, "needs value"},
    {"not a number", RULE("", "<fact name=\"award.weight\" op=\"lt\" value=\"3O\"/>"), 5,
     "is not a number"},
    {"long clause id", PLACE CLAUSE("id=\"C23456789012345678901234567890123456X\" version=\"1\""),
     3, "36 characters"},
    {"long version", PLACE CLAUSE("id=\"C\" version=\"123456789\""), 3, "version"},
    {"place without words", "<place id=\"p\"><name xml:lang=\"nb\">x</name></place>", 2,
     "needs <heading-is>"},
    {"schema speaks last", "<threshold id=\"t\" value=\"1\" unit=\"NOK\"/>", 2, "klimakrav.rng"},
};

static void refuses(void **state)
{
    const struct bad_row *row = *state;
    rulekit kit;
    assert_int_equal(rulekit_load(&kit, row->inside, true), KK_E_RULE);
    if (strstr(kit.err.message, row->says) == NULL ||
        (row->line != 0 && kit.err.line != row->line) || strcmp(kit.err.part, "test.xml") != 0) {
        print_error("%s:%u: %s\n", kit.err.part, kit.err.line, kit.err.message);
    }
    assert_non_null(strstr(kit.err.message, row->says));
    assert_string_equal(kit.err.part, "test.xml");
    assert_true(row->line == 0 || kit.err.line == row->line);
    rulekit_free(&kit);
}

/* Municipal files must be complete; our own bank is told the same by lint. */
static void foreign_files_must_be_complete(void **state)
{
    (void)state;
    static const char rule[] =
        "<rule id=\"R\" severity=\"info\" scope=\"document\" class=\"core\" status=\"draft\">"
        "<title xml:lang=\"nb\">t</title><basis ref=\"b\"/><when><empty/></when>"
        "<message xml:lang=\"nb\">m</message><why xml:lang=\"nb\">w</why></rule>";
    rulekit kit;
    assert_int_equal(rulekit_load(&kit, rule, true), KK_E_RULE);
    assert_non_null(strstr(kit.err.message, "nb and nn"));
    rulekit_free(&kit);
    assert_int_equal(rulekit_load(&kit, rule, false), KK_OK);
    rulekit_free(&kit);
}

static void good_file_is_read(void **state)
{
    (void)state;
    rulekit kit;
    assert_int_equal(rulekit_load(&kit,
                                  PATTERN PLACE CLAUSE("id=\"C\" version=\"1.0\"")
                                      RULE("", "<match pattern=\"a\"/>"),
                                  true),
                     KK_OK);
    const kk_model *m = kk_rules_model(kit.rules);
    assert_int_equal(m->n_rules, 1);
    assert_int_equal(m->n_clauses, 1);
    assert_int_equal(m->n_places, 1);
    assert_int_equal(m->rules[0].origin.line, 9);
    assert_true(kk_str_is(m->rules[0].message.nb.pieces[1].text, "evidence"));
    assert_int_equal(kk_rules_version(kit.rules).len, 12);
    rulekit_free(&kit);
}

static kk_status load_two(const char *first, const char *second, bool foreign, kk_rules **out,
                          kk_error *err)
{
    kk_buf schema = rulekit_schema();
    const kk_rule_source sources[] = {{KK_STR("own.xml"), kk_str_from(first), false},
                                      {KK_STR("town.xml"), kk_str_from(second), foreign}};
    const kk_status status = kk_rules_load(out, sources, 2, (kk_str){schema.ptr, schema.len}, err);
    kk_buf_dispose(&schema);
    return status;
}

static void later_file_overrides(void **state)
{
    (void)state;
    static const char own[] = "<bank xmlns=\"urn:klimakrav:rules:1\" id=\"o\"><pattern id=\"a\">"
                              "<word>en</word></pattern><pattern id=\"b\"><use ref=\"a\"/>"
                              "</pattern></bank>";
    static const char town[] = "<bank xmlns=\"urn:klimakrav:rules:1\" id=\"t\"><pattern id=\"a\">"
                               "<word>to</word></pattern></bank>";
    kk_rules *rules;
    kk_error err = {.status = KK_OK};
    assert_int_equal(load_two(own, town, true, &rules, &err), KK_OK);
    const kk_model *m = kk_rules_model(rules);
    const uint32_t a = kk_model_pattern(m, KK_STR("a"));
    const uint32_t b = kk_model_pattern(m, KK_STR("b"));
    assert_true(kk_str_is(m->patterns[a].terms[0].source, "to"));
    assert_int_equal(m->patterns[b].uses[0], a);
    kk_rules_free(rules);
    /* Twice in our own bank is a slip, whatever the file. */
    assert_int_equal(load_two(own, town, false, &rules, &err), KK_E_RULE);
    assert_null(rules);
    assert_non_null(strstr(err.message, "used twice"));
}

static void cpv_table_is_checked(void **state)
{
    (void)state;
    static const struct {
        const char *tsv;
        kk_status status;
    } tables[] = {
        {"code\tcheck\tname_nb\tname_en\n45000000\t7\tBygg\tWorks\n", KK_OK},
        {"name_en\tcode\tx\tcheck\tname_nb\nWorks\t45000000\t-\t7\tBygg\n", KK_OK},
        {"code\tname_nb\tname_en\n45000000\tBygg\tWorks\n", KK_E_RULE},
        {"code\tcheck\tname_nb\tname_en\n4500000\t7\tBygg\tWorks\n", KK_E_RULE},
        {"code\tcheck\tname_nb\tname_en\n45000000\t7\ta\tb\n45000000\t7\ta\tb\n", KK_E_RULE},
        {"", KK_E_RULE},
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        const kk_rule_source source = {KK_STR("cpv.tsv"), kk_str_from(tables[i].tsv), false};
        kk_rules *rules;
        assert_int_equal(kk_rules_load(&rules, &source, 1, KK_STR(""), NULL), tables[i].status);
        if (rules != NULL) {
            assert_true(kk_str_is(kk_model_cpv(kk_rules_model(rules), 0).name_en, "Works"));
        }
        kk_rules_free(rules);
    }
}

static kk_status load_small(kk_str xml)
{
    const kk_rule_source source = {KK_STR("own.xml"), xml, false};
    kk_rules *rules = NULL;
    kk_scanner *scanner = NULL;
    kk_status status = kk_rules_load(&rules, &source, 1, KK_STR(""), NULL);
    if (status == KK_OK) {
        status = kk_scanner_new(&scanner, rules, NULL, NULL);
    }
    kk_scanner_free(scanner);
    kk_rules_free(rules);
    return status;
}

/* With the n-th allocation failing, for every n, loading fails cleanly. Only machine code for
 * regexes can be done without. */
static void survives_lack_of_memory(void **state)
{
    (void)state;
    static const char inside[] = PATTERN PLACE CLAUSE("id=\"C\" version=\"1.0\"")
        RULE("", "<any><match><word>a b</word><regex>null(?:a|b)</regex></match></any>");
    kk_buf xml;
    kk_buf_init(&xml, 0);
    kk_buf_printf(&xml, "<bank xmlns=\"urn:klimakrav:rules:1\" id=\"o\">%s</bank>", inside);
    const kk_str text = {xml.ptr, xml.len};
    const uint64_t before = kk_mem_count();
    assert_int_equal(load_small(text), KK_OK);
    const uint64_t all = kk_mem_count() - before;
    uint64_t without = 0;
    assert_true(all > 10);
    for (uint64_t n = 1; n <= all; n++) {
        kk_mem_fail_at(n);
        const kk_status status = load_small(text);
        kk_mem_fail_at(0);
        assert_true(status == KK_OK || status == KK_E_NOMEM);
        without += status == KK_OK ? 1 : 0;
    }
    assert_true(without <= 2); /* the stack for machine code takes two */
    kk_buf_dispose(&xml);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_file_is_read),       cmocka_unit_test(foreign_files_must_be_complete),
        cmocka_unit_test(later_file_overrides),    cmocka_unit_test(cpv_table_is_checked),
        cmocka_unit_test(survives_lack_of_memory),
    };
    int failed = ROWS_RUN("rule file refused", bads, refuses);
    failed += cmocka_run_group_tests_name("rule file", tests, NULL, NULL);
    return failed;
}
