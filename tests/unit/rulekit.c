/* Helpers shared by the tests of rules. */
#include "rulekit.h"

#include "file.h"
#include "minidoc.h"
#include "str.h"

#include "rows.h"

#include <stdio.h>

kk_buf rulekit_schema(void)
{
    kk_buf out;
    kk_buf_init(&out, 0);
    assert_int_equal(kk_file_read(KK_SOURCE_DIR "/rules/schema/klimakrav.rng", 1 << 20, &out, NULL),
                     KK_OK);
    return out;
}

static void wrap(const char *inside, kk_buf *out)
{
    kk_buf_init(out, 0);
    kk_buf_puts(out, "<bank xmlns=\"urn:klimakrav:rules:1\" id=\"test\">\n");
    kk_buf_puts(out, inside);
    kk_buf_puts(out, "</bank>\n");
    assert_int_equal(out->failed, KK_OK);
}

kk_status rulekit_load(rulekit *kit, const char *inside, bool validate)
{
    *kit = (rulekit){.arena = kk_arena_new()};
    kk_buf xml;
    kk_buf schema = {.ptr = NULL};
    wrap(inside, &xml);
    if (validate) {
        schema = rulekit_schema();
    }
    const kk_rule_source source = {KK_STR("test.xml"), {xml.ptr, xml.len}, validate};
    kk_status status =
        kk_rules_load(&kit->rules, &source, 1, (kk_str){schema.ptr, schema.len}, &kit->err);
    if (status == KK_OK) {
        status = kk_scanner_new(&kit->scanner, kit->rules, NULL, &kit->err);
    }
    kk_buf_dispose(&xml);
    kk_buf_dispose(&schema);
    return status;
}

void rulekit_free(rulekit *kit)
{
    kk_scanner_free(kit->scanner);
    kk_rules_free(kit->rules);
    kk_arena_free(kit->arena);
    *kit = (rulekit){NULL};
}

const kk_text *rulekit_text(rulekit *kit, const char *mini)
{
    kk_buf xml;
    kk_buf inside;
    kk_buf_init(&inside, 0);
    kk_buf_printf(&inside, "<rule><example>%s</example></rule>", mini);
    wrap(inside.ptr, &xml);
    const kk_rule_source source = {KK_STR("mini"), {xml.ptr, xml.len}, false};
    kk_xnode *root;
    kk_text *text;
    assert_int_equal(kk_rulefile_parse(&source, kit->arena, &root, &kit->err), KK_OK);
    const kk_xnode *rule = kk_xnode_element(root, NULL);
    assert_int_equal(
        kk_minidoc_text(kk_xnode_element(rule, NULL), false, kit->arena, &text, &kit->err), KK_OK);
    kk_buf_dispose(&inside);
    kk_buf_dispose(&xml);
    return text;
}

const kk_evaluation *rulekit_evaluate(rulekit *kit, const kk_text *text, const char *date)
{
    const kk_evaluate_options options = {.date = kk_str_from(date), .message_lang = KK_LANG_NB};
    const kk_evaluation *e;
    const kk_status status = kk_rules_evaluate(kit->scanner, &text, 1, &options, &e, &kit->err);
    if (status != KK_OK) {
        print_error("%s\n", kit->err.message);
    }
    assert_int_equal(status, KK_OK);
    return e;
}
