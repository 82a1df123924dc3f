/* Compiled banks: the same bank as the XML, in every field; and whatever is wrong with the bytes is
 * told, or at worst harmless. */
#include "rulekit.h"

#include "file.h"
#include "image.h"
#include "mem.h"
#include "str.h"

#include "rows.h"

#include <string.h>

typedef struct own_bank {
    kk_arena *arena;
    KK_VEC(kk_rule_source) sources;
    kk_buf schema, image;
} own_bank;

static bool add(void *context, const char *path)
{
    own_bank *bank = context;
    const kk_str name = kk_str_from(strrchr(path, '/') + 1);
    kk_buf content;
    kk_buf_init(&content, 0);
    assert_int_equal(kk_file_read(path, 0, &content, NULL), KK_OK);
    const kk_rule_source source = {kk_arena_str(bank->arena, name),
                                   kk_arena_str(bank->arena, kk_buf_view(&content))};
    kk_buf_dispose(&content);
    return kk_vec_push(&bank->sources, source);
}

static int open_bank(void **state)
{
    static own_bank bank;
    bank = (own_bank){.arena = kk_arena_new(), .schema = rulekit_schema()};
    assert_int_equal(kk_file_walk(KK_SOURCE_DIR "/rules/bank", add, &bank, NULL), KK_OK);
    kk_buf_init(&bank.image, 0);
    kk_error err = {.status = KK_OK};
    if (kk_rules_compile(bank.sources.items, bank.sources.n, kk_buf_view(&bank.schema), &bank.image,
                         &err) != KK_OK) {
        fail_msg("%s:%u: %s", err.part, (unsigned)err.line, err.message);
    }
    *state = &bank;
    return 0;
}

static int close_bank(void **state)
{
    own_bank *bank = *state;
    kk_buf_dispose(&bank->image);
    kk_buf_dispose(&bank->schema);
    kk_vec_free(&bank->sources);
    kk_arena_free(bank->arena);
    return 0;
}

static kk_rule_source as_source(kk_str image)
{
    return (kk_rule_source){.name = KK_STR("bank.kkb"), .xml = image};
}

/* Writes rules again. Names of files are not in it, so that where the bank lay does not matter. */
static void write_again(const kk_rules *rules, const own_bank *bank, kk_buf *out)
{
    kk_buf_init(out, 0);
    assert_int_equal(kk_image_write(&rules->model, &rules->prefilter, rules->hash,
                                    bank->sources.items, (uint32_t)bank->sources.n, out, NULL),
                     KK_OK);
}

static void assert_same(const kk_buf *a, const kk_buf *b)
{
    assert_int_equal(a->len, b->len);
    assert_memory_equal(a->ptr, b->ptr, a->len);
}

static void twice_the_same_bytes(void **state)
{
    own_bank *bank = *state;
    kk_buf second;
    kk_buf_init(&second, 0);
    assert_int_equal(kk_rules_compile(bank->sources.items, bank->sources.n,
                                      kk_buf_view(&bank->schema), &second, NULL),
                     KK_OK);
    assert_same(&bank->image, &second);
    kk_buf_dispose(&second);
}

/* What is read from the image writes the same image: no field is lost or changed. */
static void read_is_written(void **state)
{
    own_bank *bank = *state;
    const kk_rule_source source = as_source(kk_buf_view(&bank->image));
    kk_rules *rules;
    kk_rules *from_xml;
    kk_buf again;
    assert_int_equal(kk_rules_load(&rules, &source, 1, KK_STR(""), NULL), KK_OK);
    write_again(rules, bank, &again);
    assert_same(&bank->image, &again);
    assert_int_equal(
        kk_rules_load(&from_xml, bank->sources.items, bank->sources.n, KK_STR(""), NULL), KK_OK);
    assert_string_equal(kk_rules_version(rules).ptr, kk_rules_version(from_xml).ptr);
    assert_true(kk_str_is(rules->model.rules[0].origin.file, "law.xml") ||
                rules->model.rules[0].origin.file.len > 0);
    kk_buf_dispose(&again);
    kk_rules_free(rules);
    kk_rules_free(from_xml);
}

static const char municipal[] =
    "<bank xmlns=\"urn:klimakrav:rules:1\" id=\"town\">\n"
    "<pattern id=\"town-words\"><word>kommunebil</word><use ref=\"negation\"/>"
    "<hit xml:lang=\"nb\">kommunebil</hit><miss xml:lang=\"nb\">katt</miss></pattern>\n"
    "<rule id=\"K01\" severity=\"info\" scope=\"paragraph\" class=\"core\" status=\"draft\">"
    "<title xml:lang=\"nb\">a</title><title xml:lang=\"nn\">a</title>"
    "<title xml:lang=\"en\">a</title><basis ref=\"x\"/>"
    "<when><match pattern=\"town-words\" place=\"award spec\"/></when>"
    "<message xml:lang=\"nb\">m</message><message xml:lang=\"nn\">m</message>"
    "<message xml:lang=\"en\">m</message>"
    "<why xml:lang=\"nb\">w</why><why xml:lang=\"nn\">w</why><why xml:lang=\"en\">w</why>"
    "<example expect=\"fires\" xml:lang=\"nb\">kommunebil</example>"
    "<example expect=\"silent\" xml:lang=\"nb\">katt</example></rule></bank>\n";

/* A further source adds to the image and overrides it just as it does with the XML. */
static void further_source_overrides(void **state)
{
    own_bank *bank = *state;
    const kk_rule_source town = {KK_STR("town.xml"), kk_str_from(municipal), true};
    const kk_rule_source pair[2] = {as_source(kk_buf_view(&bank->image)), town};
    kk_rules *over_image;
    kk_rules *over_xml;
    kk_buf a;
    kk_buf b;
    kk_error err = {.status = KK_OK};
    if (kk_rules_load(&over_image, pair, 2, kk_buf_view(&bank->schema), &err) != KK_OK) {
        fail_msg("%s:%u: %s", err.part, (unsigned)err.line, err.message);
    }
    assert_true(kk_vec_push(&bank->sources, town));
    assert_int_equal(kk_rules_load(&over_xml, bank->sources.items, bank->sources.n,
                                   kk_buf_view(&bank->schema), NULL),
                     KK_OK);
    write_again(over_image, bank, &a);
    write_again(over_xml, bank, &b);
    assert_same(&a, &b);
    assert_string_equal(kk_rules_version(over_image).ptr, kk_rules_version(over_xml).ptr);
    const kk_model *m = &over_image->model;
    assert_int_equal(m->rules[kk_model_rule(m, KK_STR("K01"))].level, KK_LEVEL_INFO);
    bank->sources.n--;
    kk_buf_dispose(&a);
    kk_buf_dispose(&b);
    kk_rules_free(over_image);
    kk_rules_free(over_xml);
}

static void expect_refused(kk_str image, const char *word)
{
    const kk_rule_source source = as_source(image);
    kk_rules *rules;
    kk_error err = {.status = KK_OK};
    assert_int_equal(kk_rules_load(&rules, &source, 1, KK_STR(""), &err), KK_E_FORMAT);
    assert_null(rules);
    assert_non_null(strstr(err.message, word));
}

static void damage_is_told(void **state)
{
    own_bank *bank = *state;
    kk_str copy = kk_arena_str(bank->arena, kk_buf_view(&bank->image));
    char *bytes = bank->arena == NULL ? NULL : kk_arena_alloc(bank->arena, copy.len);
    memcpy(bytes, copy.ptr, copy.len);
    const kk_str image = {bytes, copy.len};
    static const size_t cuts[] = {0, 1, 7, 8, 47, 48, 100, 5000};
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        expect_refused((kk_str){bytes, cuts[i]}, cuts[i] < 48 ? "first bytes" : "cut off");
    }
    expect_refused((kk_str){bytes, image.len - 1}, "cut off");
    const struct {
        size_t at;
        const char *word;
    } places[] = {{0, "first bytes"},
                  {8, "another version"},
                  {32, "another version"},
                  {16, "cut off"},
                  {24, "checksum"},
                  {60, "checksum"},
                  {image.len / 2, "checksum"},
                  {image.len - 1, "checksum"}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        bytes[places[i].at] ^= 0x10;
        expect_refused(image, places[i].word);
        bytes[places[i].at] ^= 0x10;
    }
    const kk_rule_source foreign = {KK_STR("bank.kkb"), image, true};
    kk_rules *rules;
    assert_int_equal(kk_rules_load(&rules, &foreign, 1, KK_STR(""), NULL), KK_E_ARG);
}

static void mend_sum(char *bytes, size_t len)
{
    const uint64_t sum = kk_rules_image_sum((kk_str){bytes + 32, len - 32});
    for (size_t i = 0; i < 8; i++) {
        bytes[24 + i] = (char)(unsigned char)(sum >> (8 * i));
    }
}

/* An image that lies and has the right checksum: refused, or used without leaving its bytes. The
 * bank is small so that every byte has its turn. */
static void lies_are_harmless(void **state)
{
    own_bank *bank = *state;
    kk_buf image;
    kk_buf_init(&image, 0);
    const kk_rule_source small[2] = {
        {KK_STR("town.xml"),
         KK_STR("<bank xmlns=\"urn:klimakrav:rules:1\" id=\"t\">"
                "<pattern id=\"a\"><word>bil</word><word left=\"open\">utslipp</word>"
                "<use ref=\"b\"/><not><word>bilag</word></not></pattern>"
                "<pattern id=\"b\"><regex>klima(?:krav|m\u00E5l)|mil\\w+</regex></pattern>"
                "<rule id=\"R1\" severity=\"info\" scope=\"paragraph\"><when><any>"
                "<match pattern=\"a\"/><near pattern-a=\"a\" pattern-b=\"b\" within=\"9\"/></any>"
                "</when><message xml:lang=\"nb\">x <v name=\"evidence\"/></message>"
                "<example expect=\"fires\" xml:lang=\"nb\"><p>bil</p></example></rule></bank>")},
        {KK_STR("cpv.tsv"), KK_STR("code\tcheck\tname_nb\tname_en\n45000000\t7\tArbeid\tWorks\n")}};
    kk_rules *rules;
    assert_int_equal(kk_rules_load(&rules, small, 2, KK_STR(""), NULL), KK_OK);
    assert_int_equal(
        kk_image_write(&rules->model, &rules->prefilter, rules->hash, small, 2, &image, NULL),
        KK_OK);
    kk_rules_free(rules);
    rulekit texts = {.arena = kk_arena_new()};
    const kk_text *text = rulekit_text(&texts, "<p>bil og klimakrav, CPV 45000000-7, bilag</p>");
    static const unsigned char flips[] = {0x01, 0x80, 0xFF};
    size_t n_loaded = 0;
    for (size_t at = KK_IMAGE_HEAD; at < image.len; at++) {
        for (size_t f = 0; f < sizeof flips; f++) {
            image.ptr[at] = (char)((unsigned char)image.ptr[at] ^ flips[f]);
            mend_sum(image.ptr, image.len);
            rulekit kit = {.arena = texts.arena};
            const kk_rule_source source = as_source(kk_buf_view(&image));
            const kk_status status = kk_rules_load(&kit.rules, &source, 1, KK_STR(""), NULL);
            assert_true(status == KK_OK || status == KK_E_FORMAT || status == KK_E_RULE);
            if (status == KK_OK) {
                const kk_evaluate_options options = {.date = KK_STR("2026-11-23"),
                                                     .message_lang = KK_LANG_NB};
                const kk_evaluation *found;
                n_loaded++;
                assert_int_equal(kk_scanner_new(&kit.scanner, kit.rules, NULL, NULL), KK_OK);
                (void)kk_rules_evaluate(kit.scanner, &text, 1, &options, &found, NULL);
            }
            kk_scanner_free(kit.scanner);
            kk_rules_free(kit.rules);
            image.ptr[at] = (char)((unsigned char)image.ptr[at] ^ flips[f]);
        }
    }
    assert_true(n_loaded > 0 && n_loaded < sizeof flips * image.len);
    kk_arena_free(texts.arena);
    kk_buf_dispose(&image);
    (void)bank;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twice_the_same_bytes), cmocka_unit_test(read_is_written),
        cmocka_unit_test(further_source_overrides), cmocka_unit_test(damage_is_told),
        cmocka_unit_test(lies_are_harmless)};
    return cmocka_run_group_tests(tests, open_bank, close_bank);
}
