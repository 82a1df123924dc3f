/* What the ledger knows of a document's clauses: those it saw put in or taken out, oldest first. */
#include "ledger.h"

#include "mem.h"
#include "vec.h"

struct kk_known {
    kk_arena *arena;
    KK_VEC(kk_known_clause) clauses;
};

/* Every event of the template at that path, of those it was written from, and of any template that
 * was once this very document: a file that was moved or renamed stays known. */
static const char sql[] =
    "WITH RECURSIVE line(id) AS ("
    " SELECT id FROM template WHERE path=?1"
    " UNION SELECT template FROM snapshot WHERE sha256=?2"
    " UNION SELECT t.origin FROM template t JOIN line l ON l.id=t.id WHERE t.origin IS NOT NULL) "
    "SELECT e.clause, e.version, e.kind, e.before FROM event e JOIN line l ON l.id=e.template "
    "ORDER BY e.id";

static kk_status read_all(kk_known *known, kk_ledger *ledger, kk_str path, const char *sha256,
                          kk_error *err)
{
    kk_sql q;
    bool failed = false;
    kk_sql_open(&q, ledger, sql);
    kk_sql_text(&q, path);
    kk_sql_z(&q, sha256);
    while (!failed && kk_sql_row(&q)) {
        const kk_str kind = kk_sql_get(&q, 2, known->arena);
        const kk_known_clause c = {
            .size = sizeof c,
            .clause = kk_sql_get(&q, 0, known->arena),
            .version = kk_sql_get(&q, 1, known->arena),
            .state = kind.len > 0 && kind.ptr[0] == 'w' ? KK_KNOWN_WITHDRAWN : KK_KNOWN_INSERTED,
            .before = kk_sql_get(&q, 3, known->arena)};
        failed = c.clause.ptr == NULL || c.version.ptr == NULL || c.before.ptr == NULL ||
                 kind.ptr == NULL || !kk_vec_push(&known->clauses, c);
    }
    const kk_status status = kk_sql_end(&q, err);
    return failed ? kk_fail_nomem(err) : status;
}

kk_status kk_ledger_known_clauses(kk_known **out, kk_ledger *ledger, const char *path,
                                  const char *sha256, kk_error *err)
{
    kk_buf seen;
    *out = NULL;
    kk_known *known = kk_malloc(sizeof *known);
    if (known == NULL) {
        return kk_fail_nomem(err);
    }
    *known = (kk_known){.arena = kk_arena_new()};
    kk_buf_init(&seen, 0);
    kk_ledger_see(ledger, path, &seen);
    const kk_status status = known->arena == NULL || seen.failed != KK_OK
                                 ? kk_fail_nomem(err)
                                 : read_all(known, ledger, kk_buf_view(&seen), sha256, err);
    kk_buf_dispose(&seen);
    if (status != KK_OK) {
        kk_known_free(known);
        return status;
    }
    *out = known;
    return KK_OK;
}

const kk_known_clause *kk_known_items(const kk_known *known, size_t *n)
{
    *n = known == NULL ? 0 : known->clauses.n;
    return known == NULL ? NULL : known->clauses.items;
}

void kk_known_free(kk_known *known)
{
    if (known != NULL) {
        kk_vec_free(&known->clauses);
        kk_arena_free(known->arena);
        kk_release(known);
    }
}
