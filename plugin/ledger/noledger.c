/* The ledger of builds without SQLite: it cannot be opened, and says where it can. Nothing else of it
 * is ever reached. */
#include "error.h"

#include <klimakrav/klimakrav.h>

static kk_status none(kk_error *err)
{
    return kk_fail(err, KK_E_UNSUPPORTED, "ledger-none",
                   "this build keeps no ledger; use klimakrav on Linux");
}

kk_status kk_ledger_open(kk_ledger **out, const char *path, bool create, kk_error *err)
{
    (void)path;
    (void)create;
    *out = NULL;
    return none(err);
}

void kk_ledger_close(kk_ledger *ledger)
{
    (void)ledger;
}

kk_status kk_ledger_begin(kk_ledger *ledger, const kk_ledger_run *run, kk_error *err)
{
    (void)ledger;
    (void)run;
    return none(err);
}

kk_status kk_ledger_add_audit(kk_ledger *ledger, const kk_audit *audit, bool as_procurement,
                              kk_error *err)
{
    (void)ledger;
    (void)audit;
    (void)as_procurement;
    return none(err);
}

kk_status kk_ledger_add_edit(kk_ledger *ledger, const kk_audit *before, const kk_audit *after,
                             const char *out_path, kk_error *err)
{
    (void)ledger;
    (void)before;
    (void)after;
    (void)out_path;
    return none(err);
}

kk_status kk_ledger_add_failure(kk_ledger *ledger, const char *path, const kk_error *why,
                                kk_error *err)
{
    (void)ledger;
    (void)path;
    (void)why;
    return none(err);
}

kk_status kk_ledger_end(kk_ledger *ledger, int exit_code, kk_error *err)
{
    (void)ledger;
    (void)exit_code;
    return none(err);
}

kk_status kk_ledger_known_clauses(kk_known **out, kk_ledger *ledger, const char *path,
                                  const char *sha256, kk_error *err)
{
    (void)ledger;
    (void)path;
    (void)sha256;
    *out = NULL;
    return none(err);
}

const kk_known_clause *kk_known_items(const kk_known *known, size_t *n)
{
    (void)known;
    *n = 0;
    return NULL;
}

void kk_known_free(kk_known *known)
{
    (void)known;
}
