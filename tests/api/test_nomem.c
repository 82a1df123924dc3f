/* Every allocation of the ABI's main road fails in turn: each time a clean error, nothing lost,
 * nothing half-written; in the end it passes. The bank is a small one, so that the road is short.
 */
#include "core.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define PLACE(id, word)                                                                            \
    "<place id=\"" id "\" order=\"50\"><name xml:lang=\"nb\">" word                                \
    "</name><name xml:lang=\"nn\">" word "</name><heading-is><word>" word                          \
    "</word></heading-is></place>"

static const char bank_xml[] =
    "<bank xmlns=\"urn:klimakrav:rules:1\" id=\"small\">"
    "<pattern id=\"p-price\"><word>laveste pris</word></pattern>" PLACE(
        "contract", "kontrakt") PLACE("award", "tildeling") PLACE("spec", "kravspesifikasjon")
        PLACE("qualification", "kvalifikasjon") PLACE("annexes", "vedlegg") PLACE(
            "climate",
            "klima") "<rule id=\"T1\" severity=\"error\" scope=\"paragraph\" class=\"core\" "
                     "status=\"draft\">"
                     "<title xml:lang=\"nb\">Pris</title><title xml:lang=\"nn\">Pris</title>"
                     "<title xml:lang=\"en\">Price</title><basis ref=\"FOA § 7-9\"/>"
                     "<when><match pattern=\"p-price\"/></when>"
                     "<message xml:lang=\"nb\">Bare pris</message><message xml:lang=\"nn\">Berre "
                     "pris</message>"
                     "<message xml:lang=\"en\">Price only</message>"
                     "<why xml:lang=\"nb\">For lite</why><why xml:lang=\"nn\">For lite</why>"
                     "<why xml:lang=\"en\">Too little</why><remedy clause=\"T-KV-01\"/>"
                     "<example expect=\"fires\" xml:lang=\"nb\">Laveste pris vinner.</example>"
                     "<example expect=\"silent\" xml:lang=\"nb\">Pris og kvalitet.</example></rule>"
                     "<clause id=\"T-KV-01\" version=\"1.0\" type=\"kontraktsvilkar\" "
                     "status=\"draft\" "
                     "from=\"2024-01-01\">"
                     "<name xml:lang=\"nb\">Rapport</name><name xml:lang=\"nn\">Rapport</name>"
                     "<place ref=\"contract\"/>"
                     "<body xml:lang=\"nb\"><p>Leverandøren skal rapportere <field name=\"n\" "
                     "default=\"4\"/> ganger.</p>"
                     "</body><body xml:lang=\"nn\"><p>Leverandøren skal rapportere <field "
                     "name=\"n\" default=\"4\"/> "
                     "gonger.</p></body>"
                     "<verifikat xml:lang=\"nb\">Rapport</verifikat><verifikat "
                     "xml:lang=\"nn\">Rapport</verifikat>"
                     "<motive xml:lang=\"nb\">Oppfølging</motive><motive "
                     "xml:lang=\"nn\">Oppfølging</motive>"
                     "<basis ref=\"FOA § 7-9\"/><source href=\"https://anskaffelser.no/\" "
                     "title=\"DFØ\"/>"
                     "<satisfied xml:lang=\"nb\">Rapport sendes.</satisfied>"
                     "<satisfied xml:lang=\"nn\">Rapport blir send.</satisfied>"
                     "<near-miss xml:lang=\"nb\">Rapport ønskes.</near-miss>"
                     "<near-miss xml:lang=\"nn\">Rapport er ynskt.</near-miss></clause></bank>";

static kk_bytes template_bytes;

/* Whole road; *done true when it was walked to its end. Returns the first failure. */
static kk_status road(kk_error *err)
{
    const char *const clause = "T-KV-01";
    kk_bank_file file = {kk_z("small.xml"), kk_z(bank_xml), true};
    kk_bank *bank = NULL;
    kk_auditor *auditor = NULL;
    kk_doc *doc = NULL;
    kk_audit *audit = NULL;
    kk_plan *plan = NULL;
    kk_report *report = NULL;
    kk_bytes out = {NULL, 0};
    kk_bytes text = {NULL, 0};
    kk_audit_options audit_how = KK_INIT(kk_audit_options);
    kk_plan_options plan_how = KK_INIT(kk_plan_options);
    kk_report_options report_how = KK_INIT(kk_report_options);
    audit_how.date = plan_how.date = report_how.date = "2026-11-23";
    plan_how.timestamp = "2026-11-23T12:00:00Z";
    plan_how.clauses = &clause;
    plan_how.n_clauses = 1;
    report_how.format = KK_FORMAT_HTML;
    const kk_str bytes = {template_bytes.ptr, template_bytes.len};

    kk_status s = kk_bank_load_memory(&bank, &file, 1, kk_z(""), err);
    s = s != KK_OK ? s : kk_auditor_new(&auditor, bank, NULL, err);
    s = s != KK_OK ? s : kk_doc_open_memory(&doc, bytes, "mal.docx", NULL, err);
    s = s != KK_OK ? s : kk_audit_run(&audit, auditor, &doc, 1, &audit_how, err);
    s = s != KK_OK ? s : kk_report_new(&report, bank, &report_how, err);
    s = s != KK_OK ? s : kk_report_add(report, audit, err);
    s = s != KK_OK ? s : kk_report_finish(report, &text, err);
    s = s != KK_OK ? s : kk_plan_new(&plan, auditor, doc, audit, &plan_how, err);
    s = s != KK_OK ? s : kk_plan_apply(plan, &out, err);
    if (s == KK_OK) {
        assert_true(out.len > template_bytes.len && text.len > 1000);
    } else {
        assert_null(out.ptr);
    }
    kk_bytes_free(&out);
    kk_bytes_free(&text);
    kk_plan_free(plan);
    kk_report_free(report);
    kk_audit_free(audit);
    kk_doc_free(doc);
    kk_auditor_free(auditor);
    kk_bank_free(bank);
    return s;
}

static void fails_cleanly_everywhere(void **state)
{
    (void)state;
    const uint64_t before = kk_mem_count();
    kk_error err = {.status = KK_OK};
    const kk_status whole = road(&err);
    if (whole != KK_OK) {
        fail_msg("without failures: %s (%s:%u)", err.message, err.part, (unsigned)err.line);
    }
    const uint64_t all = kk_mem_count() - before;
    /* Every one of the first thousand, then ever wider steps: the road has tens of thousands. */
    uint64_t tried = 0;
    for (uint64_t n = 1; n <= all; n += n < 1000 ? 1 : n / 200) {
        kk_error own = {.status = KK_OK};
        kk_mem_fail_at(n);
        const kk_status s = road(&own);
        kk_mem_fail_at(0);
        if (s != KK_OK && s != KK_E_NOMEM) {
            fail_msg("allocation %llu: %s: %s", (unsigned long long)n, kk_status_name(s),
                     own.message);
        }
        if (s != KK_OK) {
            assert_int_equal(own.status, s);
        }
        tried++;
    }
    print_message("%llu allocations, %llu made to fail\n", (unsigned long long)all,
                  (unsigned long long)tried);
}

int main(void)
{
    kk_error err = {.status = KK_OK};
    const struct CMUnitTest tests[] = {cmocka_unit_test(fails_cleanly_everywhere)};
    if (kk_file_load(KK_SOURCE_DIR "/fixtures/templates/tomt-dokument.docx", 0, &template_bytes,
                     &err) != KK_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    kk_bytes_free(&template_bytes);
    return failed;
}
