/* Bytes as a rule file of a municipality: checked against the schema (option bit 0 leaves that out, as
 * for our own), loaded, and used on a short text. */
#include "fuzzkit.h"

#include "str.h"

static void use(const kk_bank *bank, kk_error *err)
{
    kk_doc_paragraph paragraph = KK_INIT(kk_doc_paragraph);
    paragraph.text = KK_STR("Laveste pris vinner. Leverandøren skal rapportere 4 ganger, 30 % vekt.");
    kk_auditor *auditor = NULL;
    kk_doc *doc = NULL;
    kk_audit *audit = NULL;
    kk_audit_options how = KK_INIT(kk_audit_options);
    how.date = "2026-11-23";
    kk_status s = kk_auditor_new(&auditor, bank, NULL, err);
    s = s != KK_OK ? s
                   : kk_doc_from_paragraphs(&doc, &paragraph, 1, sizeof paragraph, "x", err);
    s = s != KK_OK ? s : kk_audit_run(&audit, auditor, &doc, 1, &how, err);
    fuzz_status(s, err);
    kk_audit_free(audit);
    kk_doc_free(doc);
    kk_auditor_free(auditor);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const kk_str schema = fuzz_file("rules/schema/klimakrav.rng");
    const fuzz_input in = fuzz_begin(data, size);
    const kk_bank_file file = {KK_STR("x.xml"), in.bytes, (in.options & 1u) != 0};
    kk_error err = {.status = KK_OK};
    kk_bank *bank = NULL;
    const kk_status s = kk_bank_load_memory(&bank, &file, 1, schema, &err);
    fuzz_status(s, &err);
    fuzz_law((s == KK_OK) == (bank != NULL), "a bank, or an error");
    if (bank != NULL) {
        use(bank, &err);
    }
    kk_bank_free(bank);
    fuzz_end();
    return 0;
}
