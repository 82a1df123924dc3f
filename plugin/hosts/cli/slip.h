/* --receipt: what an earlier run left is read first, what this run did is written last. */
#ifndef KK_CLI_RECEIPT_H
#define KK_CLI_RECEIPT_H

#include "options.h"

typedef struct kk_cli_receipt_file {
    kk_bytes earlier; /* empty when there was none */
    kk_receipt *receipt;
    const kk_known_clause *known;
    size_t n_known;
} kk_cli_receipt_file;

/* What was done. */
typedef struct kk_cli_receipt_run {
    kk_doc *doc;
    const kk_bank *bank;
    const char *date, *timestamp; /* NULL where they do not matter */
    bool changed;
} kk_cli_receipt_run;

/* Reads the file of --receipt when it is there already; false (said why) when it is something else.
 */
bool kk_cli_receipt_open(const kk_cli *cli, kk_cli_receipt_file *out);
void kk_cli_receipt_close(kk_cli_receipt_file *file);
/* Writes --receipt; an earlier one stays as it is when nothing changed. False when it failed
 * (said). */
bool kk_cli_receipt_save(const kk_cli *cli, const kk_cli_receipt_file *file,
                         const kk_cli_receipt_run *run);

#endif
