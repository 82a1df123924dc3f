/* Bytes as an eForms notice: read, printed, and compared with a set of one document. */
#include "fuzzkit.h"

#include "str.h"

static void compare(const kk_notice *notice, kk_error *err)
{
    kk_doc_paragraph paragraph = KK_INIT(kk_doc_paragraph);
    paragraph.text = KK_STR("Tildelingskriterier: pris 70 %, klima og miljø 30 %.");
    kk_doc *doc = NULL;
    kk_audit *audit = NULL;
    kk_bytes out = {NULL, 0};
    kk_audit_options how = KK_INIT(kk_audit_options);
    how.date = "2026-11-23";
    how.as_procurement = true;
    how.notice = notice;
    kk_status s = kk_doc_from_paragraphs(&doc, &paragraph, 1, sizeof paragraph, "x", err);
    s = s != KK_OK ? s : kk_audit_run(&audit, fuzz_auditor(), &doc, 1, &how, err);
    s = s != KK_OK ? s : kk_audit_notice(audit, KK_FORMAT_JSON, &out, err);
    fuzz_status(s, err);
    kk_bytes_free(&out);
    kk_audit_free(audit);
    kk_doc_free(doc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)fuzz_auditor();
    const fuzz_input in = fuzz_begin(data, size);
    kk_error err = {.status = KK_OK};
    kk_notice *notice = NULL;
    kk_bytes out = {NULL, 0};
    kk_status s = kk_notice_read(&notice, in.bytes, "k.xml", &err);
    fuzz_law((s == KK_OK) == (notice != NULL), "a notice, or an error");
    if (s == KK_OK) {
        s = kk_notice_print(notice, &out, &err);
        kk_bytes_free(&out);
    }
    fuzz_status(s, &err);
    if (s == KK_OK) {
        compare(notice, &err);
    }
    kk_notice_free(notice);
    fuzz_end();
    return 0;
}
