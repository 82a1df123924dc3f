/* --ledger: what a command saw and did goes into the ledger, and what it knows comes out. */
#ifndef KK_CLI_LEDGERRUN_H
#define KK_CLI_LEDGERRUN_H

#include "options.h"

/* Is anything recorded? Not without --ledger, nor in a dry run. */
bool kk_cli_ledger_writes(const kk_cli *cli);
/* Opens --ledger (made when there is none) and begins a run; *out stays NULL without the option. In
 * a dry run it is only opened, if it is there.
 * False (said why). timestamp NULL: now. */
bool kk_cli_ledger_begin(const kk_cli *cli, const kk_bank *bank, const char *date,
                         const char *timestamp, kk_ledger **out);
/* Ends the run and closes; NULL is fine. Returns code, or KK_EXIT_FAILED (said why). */
int kk_cli_ledger_end(const kk_cli *cli, kk_ledger *ledger, int code);
/* Says why the ledger could not be written. Returns false. */
bool kk_cli_ledger_failed(const kk_cli *cli, const kk_error *err);
/* Where the result of an edit went, for kk_ledger_add_edit: -o FILE, NULL in place. */
const char *kk_cli_ledger_target(const kk_cli *cli);

/* Clauses known of a document: those of the ledger after those of a receipt. */
typedef struct kk_cli_known {
    kk_known *from_ledger;
    kk_known_clause *items; /* of both; borrowed strings */
    size_t n;
} kk_cli_known;
/* ledger may be NULL. False (said why). */
bool kk_cli_known_read(const kk_cli *cli, kk_ledger *ledger, const kk_doc *doc,
                       const kk_known_clause *receipt, size_t n_receipt, kk_cli_known *out);
void kk_cli_known_free(kk_cli_known *known);

#endif
