/* The tables, as steps from one version to the next: a new file takes all of them, an old one those
 * it lacks. A step that was ever released is never changed. */
#include "ledger.h"

/* "kkld": tells a ledger from any other SQLite file. */
#define APPLICATION_ID "1802202212"

static const char version_1[] =
    /* One call of the program. started is UTC, date the notice date that picked the rules. exit is
     * NULL while it runs, and for ever when it was killed; what it recorded stands all the same. */
    "CREATE TABLE run("
    " id INTEGER PRIMARY KEY, command TEXT NOT NULL, started TEXT NOT NULL, date TEXT NOT NULL,"
    " tool TEXT NOT NULL, bank TEXT NOT NULL, author TEXT, exit INTEGER);"
    /* origin: the template that this one was written from (insert -o). */
    "CREATE TABLE template("
    " id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE,"
    " origin INTEGER REFERENCES template(id));"
    /* A template as it was seen once. phase: audit, or before and after an edit. satisfied is NULL
     * when it cannot be told or the duty does not apply; weight is NULL when none is stated. */
    "CREATE TABLE snapshot("
    " id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run(id),"
    " template INTEGER NOT NULL REFERENCES template(id), phase TEXT NOT NULL,"
    " sha256 TEXT NOT NULL, language TEXT NOT NULL, kind TEXT NOT NULL,"
    " satisfied INTEGER, route TEXT NOT NULL, weight REAL, basis TEXT NOT NULL,"
    " n_error INTEGER NOT NULL, n_warning INTEGER NOT NULL, n_info INTEGER NOT NULL);"
    "CREATE INDEX snapshot_template ON snapshot(template, id);"
    "CREATE INDEX snapshot_sha256 ON snapshot(sha256);"
    "CREATE TABLE category("
    " snapshot INTEGER NOT NULL REFERENCES snapshot(id), category TEXT NOT NULL,"
    " score REAL NOT NULL, position INTEGER NOT NULL,"
    " PRIMARY KEY(snapshot, category)) WITHOUT ROWID;"
    "CREATE TABLE finding("
    " snapshot INTEGER NOT NULL REFERENCES snapshot(id), fingerprint TEXT NOT NULL,"
    " rule TEXT NOT NULL, level INTEGER NOT NULL, n INTEGER NOT NULL,"
    " PRIMARY KEY(snapshot, fingerprint)) WITHOUT ROWID;"
    /* Clauses of ours that stood in it. */
    "CREATE TABLE clause("
    " snapshot INTEGER NOT NULL REFERENCES snapshot(id), clause TEXT NOT NULL,"
    " version TEXT NOT NULL, state TEXT NOT NULL, pending INTEGER NOT NULL, n INTEGER NOT NULL,"
    " PRIMARY KEY(snapshot, clause, version, state, pending)) WITHOUT ROWID;"
    /* What an edit did. before and after are the hashes of the document. */
    "CREATE TABLE event("
    " id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run(id),"
    " template INTEGER NOT NULL REFERENCES template(id), clause TEXT NOT NULL,"
    " version TEXT NOT NULL, kind TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL);"
    "CREATE INDEX event_template ON event(template, id);"
    "CREATE TABLE failure("
    " run INTEGER NOT NULL REFERENCES run(id), path TEXT NOT NULL, reason TEXT NOT NULL);";

static const char version_2[] =
    /* Requirements by kind; NULL for what was seen before they were counted. */
    "ALTER TABLE snapshot ADD COLUMN n_criteria INTEGER;"
    "ALTER TABLE snapshot ADD COLUMN n_specification INTEGER;"
    "ALTER TABLE snapshot ADD COLUMN n_qualification INTEGER;"
    "ALTER TABLE snapshot ADD COLUMN n_contract INTEGER;"
    "ALTER TABLE snapshot ADD COLUMN municipality TEXT;"
    /* A set of documents that was judged as one; its snapshots carry its verdict. */
    "CREATE TABLE procurement("
    " id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run(id), name TEXT NOT NULL,"
    " satisfied INTEGER, route TEXT NOT NULL, weight REAL);"
    "ALTER TABLE snapshot ADD COLUMN procurement INTEGER REFERENCES procurement(id);"
    /* A decision of the config. id is its own hash: the same decision is one row for ever. */
    "CREATE TABLE suppression("
    " id TEXT PRIMARY KEY, rule TEXT NOT NULL, scope TEXT NOT NULL, reason TEXT NOT NULL,"
    " decided_by TEXT NOT NULL, decided_on TEXT NOT NULL, until TEXT NOT NULL,"
    " first_run INTEGER NOT NULL REFERENCES run(id),"
    " last_run INTEGER NOT NULL REFERENCES run(id)) WITHOUT ROWID;"
    /* held: '' counts, 'baseline' was known before, else the id of the decision. */
    "CREATE TABLE finding_2("
    " snapshot INTEGER NOT NULL REFERENCES snapshot(id), fingerprint TEXT NOT NULL,"
    " held TEXT NOT NULL, rule TEXT NOT NULL, level INTEGER NOT NULL, n INTEGER NOT NULL,"
    " PRIMARY KEY(snapshot, fingerprint, held)) WITHOUT ROWID;"
    "INSERT INTO finding_2 SELECT snapshot, fingerprint, '', rule, level, n FROM finding;"
    "DROP TABLE finding;"
    "ALTER TABLE finding_2 RENAME TO finding;";

static const char *const steps[KK_LEDGER_SCHEMA] = {version_1, version_2};

static kk_status read_number(kk_ledger *ledger, const char *sql, sqlite3_int64 *out, kk_error *err)
{
    kk_sql q;
    *out = 0;
    kk_sql_open(&q, ledger, sql);
    if (kk_sql_row(&q)) {
        *out = kk_sql_get_int(&q, 0);
    }
    return kk_sql_end(&q, err);
}

/* An empty file becomes a ledger; a file with tables must be one already. */
static kk_status check_kind(kk_ledger *ledger, sqlite3_int64 version, kk_error *err)
{
    sqlite3_int64 id;
    sqlite3_int64 tables;
    KK_TRY(read_number(ledger, "PRAGMA application_id", &id, err));
    KK_TRY(read_number(ledger, "SELECT count(*) FROM sqlite_schema", &tables, err));
    if ((tables > 0 || version > 0) && id != 1802202212) {
        return kk_fail_at(err, KK_E_IO, "ledger-foreign", ledger->path, 0,
                          "this is no ledger of klimakrav; give another file");
    }
    if (version > KK_LEDGER_SCHEMA) {
        return kk_fail_at(err, KK_E_IO, "ledger-newer", ledger->path, 0,
                          "the ledger was written by a newer klimakrav; update the program");
    }
    return KK_OK;
}

/* Inside the transaction: another process may have been faster. */
static kk_status climb(kk_ledger *ledger, kk_error *err)
{
    sqlite3_int64 version;
    char mark[48];
    KK_TRY(read_number(ledger, "PRAGMA user_version", &version, err));
    KK_TRY(check_kind(ledger, version, err));
    for (sqlite3_int64 v = version; v < KK_LEDGER_SCHEMA; v++) {
        KK_TRY(kk_ledger_exec(ledger, steps[v], err));
    }
    (void)sqlite3_snprintf(sizeof mark, mark, "PRAGMA user_version=%d", KK_LEDGER_SCHEMA);
    KK_TRY(kk_ledger_exec(ledger, "PRAGMA application_id=" APPLICATION_ID, err));
    return kk_ledger_exec(ledger, mark, err);
}

kk_status kk_ledger_migrate(kk_ledger *ledger, kk_error *err)
{
    sqlite3_int64 version;
    KK_TRY(read_number(ledger, "PRAGMA user_version", &version, err));
    KK_TRY(check_kind(ledger, version, err));
    if (version == KK_LEDGER_SCHEMA) {
        return KK_OK;
    }
    KK_TRY(kk_ledger_exec(ledger, "BEGIN IMMEDIATE", err));
    const kk_status status = climb(ledger, err);
    if (status != KK_OK) {
        (void)kk_ledger_exec(ledger, "ROLLBACK", NULL);
        return status;
    }
    return kk_ledger_exec(ledger, "COMMIT", err);
}
