/* Opening a ledger, its errors, and statements. Knows nothing of what is recorded. */
#include "ledger.h"

#include "file.h"
#include "filepath.h"
#include "mem.h"
#include "str.h"

enum { WAIT_MS = 30000, TRIES = 200, PAUSE_MS = 25 };

/* ---- errors -------------------------------------------------------------------------------- */

kk_status kk_ledger_fail(kk_ledger *ledger, int code, kk_error *err)
{
    switch (code & 0xFF) {
    case SQLITE_NOMEM:
        return kk_fail_nomem(err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return kk_fail_at(err, KK_E_IO, "ledger-busy", ledger->path, 0,
                          "another process holds the ledger; try again");
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return kk_fail_at(err, KK_E_IO, "ledger-foreign", ledger->path, 0,
                          "this is no ledger of klimakrav, or it is damaged; give another file");
    case SQLITE_FULL:
        return kk_fail_at(err, KK_E_IO, "ledger", ledger->path, 0,
                          "cannot write the ledger: the disk is full; free some space");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return kk_fail_at(err, KK_E_IO, "ledger", ledger->path, 0,
                          "cannot write the ledger: no permission; ask for access");
    case SQLITE_CANTOPEN:
        return kk_fail_at(err, KK_E_IO, "ledger", ledger->path, 0,
                          "cannot open the ledger: no such file or folder; check the name");
    default:
        break;
    }
    return kk_fail_at(err, KK_E_IO, "ledger", ledger->path, 0, "the ledger failed: %s; try again",
                      ledger->db != NULL ? sqlite3_errmsg(ledger->db) : sqlite3_errstr(code));
}

kk_status kk_ledger_exec(kk_ledger *ledger, const char *sql, kk_error *err)
{
    const int code = sqlite3_exec(ledger->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? KK_OK : kk_ledger_fail(ledger, code, err);
}

/* ---- statements ---------------------------------------------------------------------------- */

void kk_sql_open(kk_sql *q, kk_ledger *ledger, const char *sql)
{
    *q = (kk_sql){.ledger = ledger};
    q->code = sqlite3_prepare_v2(ledger->db, sql, -1, &q->stmt, NULL);
}

static void note(kk_sql *q, int code)
{
    q->code = q->code == SQLITE_OK ? code : q->code;
}

void kk_sql_text(kk_sql *q, kk_str value)
{
    q->at++;
    if (q->code == SQLITE_OK) {
        note(q, value.ptr == NULL ? sqlite3_bind_null(q->stmt, q->at)
                                  : sqlite3_bind_text64(q->stmt, q->at, value.ptr, value.len,
                                                        SQLITE_TRANSIENT, SQLITE_UTF8));
    }
}

void kk_sql_z(kk_sql *q, const char *value)
{
    kk_sql_text(q, value == NULL ? (kk_str){NULL, 0} : kk_str_from(value));
}

void kk_sql_int(kk_sql *q, sqlite3_int64 value)
{
    q->at++;
    if (q->code == SQLITE_OK) {
        note(q, sqlite3_bind_int64(q->stmt, q->at, value));
    }
}

void kk_sql_real(kk_sql *q, double value)
{
    q->at++;
    if (q->code == SQLITE_OK) {
        note(q, sqlite3_bind_double(q->stmt, q->at, value));
    }
}

void kk_sql_null(kk_sql *q)
{
    kk_sql_text(q, (kk_str){NULL, 0});
}

bool kk_sql_row(kk_sql *q)
{
    if (q->code != SQLITE_OK) {
        return false;
    }
    const int code = sqlite3_step(q->stmt);
    if (code == SQLITE_ROW) {
        return true;
    }
    q->code = code == SQLITE_DONE ? SQLITE_OK : code;
    return false;
}

kk_str kk_sql_get(const kk_sql *q, int i, kk_arena *arena)
{
    const char *text = (const char *)sqlite3_column_text(q->stmt, i);
    const int n = sqlite3_column_bytes(q->stmt, i);
    return kk_arena_str(arena, (kk_str){text == NULL ? "" : text, n < 0 ? 0 : (size_t)n});
}

sqlite3_int64 kk_sql_get_int(const kk_sql *q, int i)
{
    return sqlite3_column_int64(q->stmt, i);
}

double kk_sql_get_real(const kk_sql *q, int i)
{
    return sqlite3_column_double(q->stmt, i);
}

bool kk_sql_is_null(const kk_sql *q, int i)
{
    return sqlite3_column_type(q->stmt, i) == SQLITE_NULL;
}

kk_status kk_sql_end(kk_sql *q, kk_error *err)
{
    const kk_status status =
        q->code == SQLITE_OK ? KK_OK : kk_ledger_fail(q->ledger, q->code, err);
    (void)sqlite3_finalize(q->stmt);
    q->stmt = NULL;
    return status;
}

kk_status kk_sql_done(kk_sql *q, kk_error *err)
{
    while (kk_sql_row(q)) {
    }
    return kk_sql_end(q, err);
}

/* ---- opening ------------------------------------------------------------------------------- */

/* The change to write-ahead logging needs the file alone for a moment and does not wait for it. */
static kk_status use_wal(kk_ledger *ledger, kk_error *err)
{
    int code = SQLITE_BUSY;
    for (int i = 0; i < TRIES && (code & 0xFF) == SQLITE_BUSY; i++) {
        if (i > 0) {
            (void)sqlite3_sleep(PAUSE_MS);
        }
        code = sqlite3_exec(ledger->db, "PRAGMA journal_mode=WAL", NULL, NULL, NULL);
    }
    return code == SQLITE_OK ? KK_OK : kk_ledger_fail(ledger, code, err);
}

static kk_status place(kk_ledger *ledger, const char *path, kk_error *err)
{
    kk_buf real;
    kk_buf_init(&real, 0);
    ledger->path = kk_arena_str(ledger->arena, kk_str_from(path));
    const kk_str folder = kk_arena_str(ledger->arena, kk_path_folder(kk_str_from(path)));
    if (folder.ptr != NULL) {
        (void)kk_path_real(folder.ptr, &real);
    }
    ledger->folder = kk_arena_str(ledger->arena, kk_buf_view(&real));
    const bool failed = ledger->path.ptr == NULL || folder.ptr == NULL ||
                        ledger->folder.ptr == NULL || real.failed != KK_OK;
    kk_buf_dispose(&real);
    return failed ? kk_fail_nomem(err) : KK_OK;
}

static kk_status open_file(kk_ledger *ledger, bool create, kk_error *err)
{
    const int flags = SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0);
    int code = sqlite3_open_v2(ledger->path.ptr, &ledger->db, flags, NULL);
    if (code != SQLITE_OK) {
        return kk_ledger_fail(ledger, code, err);
    }
    (void)sqlite3_extended_result_codes(ledger->db, 1);
    (void)sqlite3_busy_timeout(ledger->db, WAIT_MS);
    /* The file may come from somebody else: its schema is not trusted to run anything. */
    (void)sqlite3_db_config(ledger->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(ledger->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    if (create) {
        KK_TRY(use_wal(ledger, err));
    }
    KK_TRY(kk_ledger_exec(ledger,
                          "PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                          "PRAGMA temp_store=MEMORY",
                          err));
    return kk_ledger_migrate(ledger, err);
}

kk_status kk_ledger_open(kk_ledger **out, const char *path, bool create, kk_error *err)
{
    *out = NULL;
    kk_ledger *ledger = kk_malloc(sizeof *ledger);
    if (ledger == NULL) {
        return kk_fail_nomem(err);
    }
    *ledger = (kk_ledger){.arena = kk_arena_new()};
    kk_status status = ledger->arena == NULL ? kk_fail_nomem(err) : place(ledger, path, err);
    if (status == KK_OK) {
        status = open_file(ledger, create, err);
    }
    if (status != KK_OK) {
        kk_ledger_close(ledger);
        return status;
    }
    *out = ledger;
    return KK_OK;
}

void kk_ledger_close(kk_ledger *ledger)
{
    if (ledger != NULL) {
        (void)sqlite3_close_v2(ledger->db);
        kk_arena_free(ledger->arena);
        kk_release(ledger);
    }
}

/* ---- paths --------------------------------------------------------------------------------- */

void kk_ledger_see(const kk_ledger *ledger, const char *path, kk_buf *out)
{
    static const char *const homes[] = {"/home/", "/Users/", "/root/"};
    kk_buf seen;
    kk_buf_init(&seen, 0);
    kk_path_seen_from(ledger->folder, path, &seen);
    kk_str s = kk_buf_view(&seen);
    for (size_t i = 0; i < sizeof homes / sizeof *homes; i++) {
        const kk_str home = kk_str_from(homes[i]);
        if (kk_str_starts(s, home)) {
            size_t end = home.len;
            while (i < 2 && end < s.len && s.ptr[end] != '/') {
                end++;
            }
            kk_buf_puts(out, i < 2 ? "~" : "~/");
            s = kk_str_slice(s, end, s.len);
            break;
        }
    }
    kk_buf_str(out, s);
    out->failed = out->failed != KK_OK ? out->failed : seen.failed;
    kk_buf_dispose(&seen);
}
