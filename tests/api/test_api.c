/* The ABI as a host uses it: only klimakrav.h, only the library. */
#include <klimakrav/klimakrav.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define DATE      "2026-11-23"
#define TIME      "2026-11-23T12:00:00Z"
#define TEMPLATES KK_SOURCE_DIR "/fixtures/templates/"

static kk_bank *bank;
static kk_auditor *auditor;

static int set_up(void **state)
{
    kk_error err = {.status = KK_OK};
    kk_bank_options options = KK_INIT(kk_bank_options);
    (void)state;
    options.folder = KK_SOURCE_DIR "/rules";
    if (kk_bank_load(&bank, &options, &err) != KK_OK ||
        kk_auditor_new(&auditor, bank, NULL, &err) != KK_OK) {
        print_error("%s:%u: %s\n", err.part, (unsigned)err.line, err.message);
        return -1;
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    kk_auditor_free(auditor);
    kk_bank_free(bank);
    return 0;
}

static void must(kk_status status, const kk_error *err)
{
    if (status != KK_OK) {
        fail_msg("%s: %s", kk_status_name(status), err->message);
    }
}

static kk_doc *open_template(const char *name)
{
    kk_error err = {.status = KK_OK};
    kk_doc *doc = NULL;
    char path[1024];
    (void)snprintf(path, sizeof path, "%s%s", TEMPLATES, name);
    must(kk_doc_open_file(&doc, path, NULL, &err), &err);
    return doc;
}

static kk_audit *audit_of(kk_doc *doc)
{
    kk_error err = {.status = KK_OK};
    kk_audit *audit = NULL;
    kk_audit_options options = KK_INIT(kk_audit_options);
    options.date = DATE;
    must(kk_audit_run(&audit, auditor, &doc, 1, &options, &err), &err);
    return audit;
}

static kk_plan_options plan_options(void)
{
    kk_plan_options options = KK_INIT(kk_plan_options);
    options.date = DATE;
    options.timestamp = TIME;
    return options;
}

static void describes_itself(void **state)
{
    (void)state;
    const kk_plugin_info *info = kk_plugin_describe();
    assert_int_equal(info->size, sizeof *info);
    assert_int_equal(info->abi, KK_ABI);
    assert_int_equal(kk_abi(), KK_ABI);
    assert_string_equal(info->name, "klimakrav");
    assert_string_equal(info->version, kk_version());
    assert_int_equal(strlen(kk_bank_version(bank)), 12);
}

/* A host built against an older header has a shorter struct: nothing is written past it. */
static void short_structs_stay_short(void **state)
{
    (void)state;
    kk_doc *doc = open_template("kontorrekvisita-fjordheim.docx");
    kk_audit *audit = audit_of(doc);
    struct {
        size_t size;
        int satisfied;
        unsigned char guard[64];
    } old;
    memset(&old, 0xA5, sizeof old);
    old.size = offsetof(kk_verdict_info, satisfied) + sizeof(int);
    assert_int_equal(kk_audit_verdict(audit, (kk_verdict_info *)(void *)&old), KK_OK);
    assert_in_range(old.satisfied + 1, 0, 2);
    for (size_t i = 0; i < sizeof old.guard; i++) {
        assert_int_equal(old.guard[i], 0xA5);
    }
    kk_audit_free(audit);
    kk_doc_free(doc);
}

static void findings_hold_together(void **state)
{
    (void)state;
    kk_doc *doc = open_template("matvarer-sjohaug.docx");
    const kk_text *text = kk_doc_text(doc);
    kk_audit *audit = audit_of(doc);
    kk_finding f = KK_INIT(kk_finding);
    size_t with_evidence = 0;
    assert_true(kk_audit_count(audit) > 0);
    for (size_t i = 0; i < kk_audit_count(audit); i++) {
        assert_int_equal(kk_audit_finding(audit, i, &f), KK_OK);
        assert_true(f.rule.len > 0 && f.message.len > 0);
        assert_int_equal(f.fingerprint.len, 16);
        assert_int_equal(strlen(f.message.ptr), f.message.len);
        if (f.place.paragraph == KK_NONE) {
            assert_int_equal(f.evidence.len, 0);
            continue;
        }
        const kk_para *p = &text->paras[f.place.paragraph];
        assert_true(f.place.begin <= f.place.end && f.place.end <= p->end - p->begin);
        assert_int_equal(f.evidence.len, f.place.end - f.place.begin);
        assert_memory_equal(text->utf8 + p->begin + f.place.begin, f.evidence.ptr, f.evidence.len);
        with_evidence += f.evidence.len > 0;
    }
    assert_true(with_evidence > 0);
    assert_int_equal(kk_audit_finding(audit, kk_audit_count(audit), &f), KK_E_ARG);
    assert_int_equal(kk_audit_count_at(audit, KK_SEVERITY_INFO), kk_audit_count(audit));
    kk_audit_free(audit);
    kk_doc_free(doc);
}

static kk_bytes report(const kk_audit *audit, kk_format format)
{
    kk_error err = {.status = KK_OK};
    kk_report *r = NULL;
    kk_bytes out = {NULL, 0};
    kk_report_options options = KK_INIT(kk_report_options);
    options.format = format;
    options.date = DATE;
    must(kk_report_new(&r, bank, &options, &err), &err);
    must(kk_report_add(r, audit, &err), &err);
    must(kk_report_finish(r, &out, &err), &err);
    assert_int_equal(kk_report_add(r, audit, NULL), KK_E_ARG);
    kk_report_free(r);
    return out;
}

static void reports_are_the_same_again(void **state)
{
    (void)state;
    kk_doc *doc = open_template("matvarer-sjohaug.docx");
    kk_audit *audit = audit_of(doc);
    kk_doc_free(doc); /* an audit outlives its documents */
    for (int format = KK_FORMAT_TEXT; format <= KK_FORMAT_CSV; format++) {
        kk_bytes a = report(audit, (kk_format)format);
        kk_bytes b = report(audit, (kk_format)format);
        assert_true(a.len > 200 && a.len == b.len);
        assert_memory_equal(a.ptr, b.ptr, a.len);
        assert_int_equal(a.ptr[a.len], '\0');
        kk_bytes_free(&a);
        kk_bytes_free(&b);
        assert_null(a.ptr);
    }
    kk_audit_free(audit);
}

/* First clause id of the catalogue that holds `mark` in its JSON entry. */
static void some_clause(const char *mark, char *out, size_t cap)
{
    kk_error err = {.status = KK_OK};
    kk_bytes json = {NULL, 0};
    kk_catalogue_options options = KK_INIT(kk_catalogue_options);
    options.format = KK_FORMAT_JSON;
    options.date = DATE;
    must(kk_bank_list(bank, &options, &json, &err), &err);
    const char *at = strstr(json.ptr, "\"clauses\":");
    const char *found = NULL;
    while (at != NULL && (at = strstr(at, "{\n      \"id\": \"")) != NULL) {
        const char *end = strstr(at, "\n    }");
        const char *hit = strstr(at, mark);
        const char *valid = strstr(at, "\"valid\": true");
        if (end != NULL && hit != NULL && hit < end && valid != NULL && valid < end) {
            found = at + strlen("{\n      \"id\": \"");
            break;
        }
        at++;
    }
    assert_non_null(found);
    (void)snprintf(out, cap, "%.*s", (int)strcspn(found, "\""), found);
    kk_bytes_free(&json);
}

static kk_bytes insert(kk_doc *doc, const char *clause, kk_plan_action expected)
{
    kk_error err = {.status = KK_OK};
    kk_plan *plan = NULL;
    kk_bytes out = {NULL, 0};
    kk_plan_item item = KK_INIT(kk_plan_item);
    kk_plan_options options = plan_options();
    options.clauses = &clause;
    options.n_clauses = 1;
    must(kk_plan_new(&plan, auditor, doc, NULL, &options, &err), &err);
    assert_int_equal(kk_plan_count(plan), 1);
    assert_int_equal(kk_plan_get(plan, 0, &item), KK_OK);
    assert_int_equal(item.action, expected);
    must(kk_plan_apply(plan, &out, &err), &err);
    kk_bytes again = {NULL, 0};
    assert_int_equal(kk_plan_apply(plan, &again, NULL), KK_E_ARG);
    kk_plan_free(plan);
    return out;
}

static void inserts_once(void **state)
{
    (void)state;
    kk_error err = {.status = KK_OK};
    kk_doc *doc = open_template("kontorrekvisita-fjordheim.docx");
    kk_doc *again = NULL;
    char clause[64];
    some_clause("kontraktsvilkar", clause, sizeof clause);
    kk_bytes once = insert(doc, clause, KK_PLAN_INSERT);
    must(kk_doc_open_memory(&again, (kk_str){once.ptr, once.len}, "ny", NULL, &err), &err);
    assert_string_not_equal(kk_doc_sha256(doc), kk_doc_sha256(again));
    assert_int_equal(kk_doc_text(again)->n_managed, 1);
    kk_bytes twice = insert(again, clause, KK_PLAN_CURRENT);
    assert_int_equal(once.len, twice.len);
    assert_memory_equal(once.ptr, twice.ptr, once.len);

    size_t removed = 0;
    kk_bytes back = {NULL, 0};
    kk_withdraw_options options = KK_INIT(kk_withdraw_options);
    kk_doc *third = NULL;
    kk_doc *restored = NULL;
    must(kk_doc_open_memory(&third, (kk_str){once.ptr, once.len}, "ny", NULL, &err), &err);
    must(kk_doc_withdraw(third, &options, &back, &removed, &err), &err);
    assert_int_equal(removed, 1);
    must(kk_doc_open_memory(&restored, (kk_str){back.ptr, back.len}, "ny", NULL, &err), &err);
    assert_string_equal(kk_doc_text(doc)->utf8, kk_doc_text(restored)->utf8);
    kk_doc_free(doc);
    kk_doc_free(again);
    kk_doc_free(third);
    kk_doc_free(restored);
    kk_bytes_free(&once);
    kk_bytes_free(&twice);
    kk_bytes_free(&back);
}

static void deselected_changes_nothing(void **state)
{
    (void)state;
    kk_error err = {.status = KK_OK};
    kk_doc *doc = open_template("kontorrekvisita-fjordheim.docx");
    kk_plan *plan = NULL;
    kk_bytes out = {NULL, 0};
    char clause[64];
    const char *names[] = {clause};
    some_clause("kontraktsvilkar", clause, sizeof clause);
    kk_plan_options options = plan_options();
    options.clauses = names;
    options.n_clauses = 1;
    must(kk_plan_new(&plan, auditor, doc, NULL, &options, &err), &err);
    assert_non_null(kk_plan_blocks(plan, 0));
    assert_null(kk_plan_blocks(plan, 1));
    assert_int_equal(kk_plan_select(plan, 0, false), KK_OK);
    assert_int_equal(kk_plan_changes(plan), 0);
    must(kk_plan_apply(plan, &out, &err), &err);
    kk_doc *same = NULL;
    must(kk_doc_open_memory(&same, (kk_str){out.ptr, out.len}, "", NULL, &err), &err);
    assert_string_equal(kk_doc_sha256(doc), kk_doc_sha256(same));
    kk_doc_free(same);
    kk_plan_free(plan);
    kk_bytes_free(&out);
    kk_doc_free(doc);
}

static void text_door(void **state)
{
    (void)state;
    static const char *const words[] = {"Konkurransegrunnlag", "Kjøp av personbiler",
                                        "Tildelingskriterier", "Laveste pris er eneste kriterium."};
    kk_doc_paragraph paras[4];
    kk_error err = {.status = KK_OK};
    kk_doc *doc = NULL;
    for (size_t i = 0; i < 4; i++) {
        paras[i] = KK_INIT(kk_doc_paragraph);
        paras[i].text = (kk_str){words[i], strlen(words[i])};
        paras[i].heading = i % 2 == 0 ? 1 : 0;
    }
    must(kk_doc_from_paragraphs(&doc, paras, 4, sizeof *paras, "vindu", &err), &err);
    assert_int_equal(kk_doc_text(doc)->n_paras, 4);
    kk_audit *audit = audit_of(doc);
    kk_document_info info = KK_INIT(kk_document_info);
    assert_int_equal(kk_audit_document(audit, 0, &info), KK_OK);
    assert_string_equal(info.path.ptr, "vindu");
    assert_int_equal(info.verdict.satisfied, 0);
    kk_plan *plan = NULL;
    kk_bytes out = {NULL, 0};
    const kk_plan_options options = plan_options();
    must(kk_plan_new(&plan, auditor, doc, audit, &options, &err), &err);
    assert_int_equal(kk_plan_apply(plan, &out, NULL), KK_E_ARG); /* the host writes it itself */
    kk_plan_free(plan);
    kk_audit_free(audit);
    kk_doc_free(doc);
}

typedef struct seen {
    char order[8192];
    size_t failed;
} seen;

static bool note(void *context, const kk_batch_item *item)
{
    seen *s = context;
    const size_t used = strlen(s->order);
    (void)snprintf(s->order + used, sizeof s->order - used, "%zu %s %zu\n", item->index,
                   strrchr(item->path, '/'), item->audit ? kk_audit_count(item->audit) : 9999);
    s->failed += item->error != NULL;
    return true;
}

static void batch_keeps_order(void **state)
{
    (void)state;
    const char *const paths[] = {KK_SOURCE_DIR "/fixtures/templates",
                                 KK_SOURCE_DIR "/fixtures/broken/truncated.docx"};
    kk_error err = {.status = KK_OK};
    kk_paths *found = NULL;
    static seen runs[2];
    kk_audit_options audit = KK_INIT(kk_audit_options);
    kk_batch_options options = KK_INIT(kk_batch_options);
    audit.date = DATE;
    options.audit = &audit;
    must(kk_paths_find(&found, paths, 2, &err), &err);
    for (size_t i = 0; i < 2; i++) {
        options.jobs = i == 0 ? 1 : 4;
        must(kk_batch_run(bank, found, &options, note, &runs[i], &err), &err);
        assert_int_equal(runs[i].failed, 1);
    }
    assert_string_equal(runs[0].order, runs[1].order);
    kk_paths_free(found);
}

static void single_texts(void **state)
{
    (void)state;
    kk_error err = {.status = KK_OK};
    const kk_category_info *list = NULL;
    size_t n = 0;
    kk_passage_info info = KK_INIT(kk_passage_info);
    const char *text = "Kjøp av personbiler og varebiler til kommunen";
    must(kk_text_classify(auditor, (kk_str){text, strlen(text)}, &list, &n, &err), &err);
    assert_true(n > 0);
    assert_string_equal(list[0].id.ptr, "kjoretoy");
    const char *yes = "Kjøretøyene skal ha nullutslipp.";
    const char *no = "Leverandøren skal levere faktura hver måned.";
    must(kk_text_requirement(auditor, (kk_str){yes, strlen(yes)}, false, &info, &err), &err);
    assert_true(info.requirement && info.n_rules > 0);
    must(kk_text_requirement(auditor, (kk_str){no, strlen(no)}, false, &info, &err), &err);
    assert_false(info.requirement);
    assert_int_equal(kk_text_classify(auditor, (kk_str){"\xFF", 1}, &list, &n, NULL), KK_E_ARG);
}

static void errors_in_words(void **state)
{
    (void)state;
    kk_error err = {.status = KK_OK};
    char line[256];
    kk_doc *doc = NULL;
    assert_int_equal(
        kk_doc_open_file(&doc, KK_SOURCE_DIR "/fixtures/broken/encrypted-office.docx", NULL, &err),
        KK_E_UNSUPPORTED);
    assert_null(doc);
    assert_non_null(strstr(kk_error_describe(&err, KK_LANG_NN, line, sizeof line), "fila er"));
    assert_non_null(strstr(line, "[encrypted]"));
    assert_int_equal(strlen(kk_error_describe(&err, KK_LANG_EN, line, 11)), 10);
    assert_int_equal(kk_error_describe(&err, KK_LANG_EN, line, 1)[0], '\0');
    kk_audit_options options = KK_INIT(kk_audit_options);
    kk_audit *audit = NULL;
    options.date = "2026-02-30";
    kk_error date = {.status = KK_OK};
    assert_int_equal(kk_audit_run(&audit, auditor, &doc, 0, &options, &date), KK_E_ARG);
    assert_string_equal(date.reason, "date");
}

static bool stop(void *context)
{
    (void)context;
    return true;
}

static void can_be_cancelled(void **state)
{
    (void)state;
    kk_error err = {.status = KK_OK};
    kk_doc *doc = open_template("tomt-dokument.docx");
    kk_audit *audit = NULL;
    kk_audit_options options = KK_INIT(kk_audit_options);
    options.date = DATE;
    options.cancelled = stop;
    assert_int_equal(kk_audit_run(&audit, auditor, &doc, 1, &options, &err), KK_E_CANCELLED);
    assert_null(audit);
    kk_doc_free(doc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(describes_itself),
        cmocka_unit_test(short_structs_stay_short),
        cmocka_unit_test(findings_hold_together),
        cmocka_unit_test(reports_are_the_same_again),
        cmocka_unit_test(inserts_once),
        cmocka_unit_test(deselected_changes_nothing),
        cmocka_unit_test(text_door),
        cmocka_unit_test(batch_keeps_order),
        cmocka_unit_test(single_texts),
        cmocka_unit_test(errors_in_words),
        cmocka_unit_test(can_be_cancelled),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
