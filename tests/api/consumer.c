/* The smallest host: opens a template, prints how many findings. */
#include <klimakrav/klimakrav.h>

#include <stdio.h>

int main(int argc, char **argv)
{
    kk_error err = {.status = KK_OK};
    kk_bank *bank = NULL;
    kk_auditor *auditor = NULL;
    kk_doc *doc = NULL;
    kk_audit *audit = NULL;
    kk_bank_options where = KK_INIT(kk_bank_options);
    kk_audit_options how = KK_INIT(kk_audit_options);
    if (argc != 3 || kk_abi() != KK_ABI) {
        return 2;
    }
    where.folder = argv[1];
    how.date = "2026-11-23";
    if (kk_bank_load(&bank, &where, &err) != KK_OK ||
        kk_auditor_new(&auditor, bank, NULL, &err) != KK_OK ||
        kk_doc_open_file(&doc, argv[2], NULL, &err) != KK_OK ||
        kk_audit_run(&audit, auditor, &doc, 1, &how, &err) != KK_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 2;
    }
    printf("%zu\n", kk_audit_count(audit));
    kk_audit_free(audit);
    kk_doc_free(doc);
    kk_auditor_free(auditor);
    kk_bank_free(bank);
    return 0;
}
