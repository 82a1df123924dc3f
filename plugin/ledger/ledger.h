/* The inside of kk_ledger, shared by the files of this room. SQLite lives here alone. */
#ifndef KK_LEDGER_H
#define KK_LEDGER_H

#include "arena.h"
#include "buf.h"
#include "error.h"

#include <klimakrav/klimakrav.h>
#include <sqlite3.h>

/* The newest schema this program knows; PRAGMA user_version of the file. */
#define KK_LEDGER_SCHEMA 2

struct kk_ledger {
    sqlite3 *db;
    kk_arena *arena; /* path and folder */
    kk_str path;     /* as given */
    kk_str folder;   /* canonical folder of the file: documents are named relative to it */
    sqlite3_int64 run;    /* 0: none is open */
    const kk_config *config; /* of the open run; may be NULL */
    kk_str date;             /* of the open run; in arena */
};

/* Turns the last error of the database into *err: KK_E_IO with a reason of its own ("ledger-busy",
 * "ledger-foreign" ...), KK_E_NOMEM. Returns the status. */
kk_status kk_ledger_fail(kk_ledger *ledger, int code, kk_error *err);

/* Runs statements that give no rows. */
kk_status kk_ledger_exec(kk_ledger *ledger, const char *sql, kk_error *err);

/* A prepared statement, filled in order and run.
 *   kk_sql q; kk_sql_open(&q, ledger, "INSERT ... VALUES (?,?)");
 *   kk_sql_text(&q, a); kk_sql_int(&q, 3); status = kk_sql_done(&q, err);
 * Failures wait until kk_sql_done or kk_sql_end. */
typedef struct kk_sql {
    kk_ledger *ledger;
    sqlite3_stmt *stmt;
    int at;   /* last parameter that was filled */
    int code; /* SQLITE_OK until something failed */
} kk_sql;

void kk_sql_open(kk_sql *q, kk_ledger *ledger, const char *sql);
/* Strings are copied. An empty view with ptr NULL is stored as NULL. */
void kk_sql_text(kk_sql *q, kk_str value);
void kk_sql_z(kk_sql *q, const char *value);
void kk_sql_int(kk_sql *q, sqlite3_int64 value);
void kk_sql_real(kk_sql *q, double value);
void kk_sql_null(kk_sql *q);
/* Next row; false at the end or after a failure. */
bool kk_sql_row(kk_sql *q);
/* Column i of the row, copied into arena; "" for NULL; {NULL,0} when out of memory. */
kk_str kk_sql_get(const kk_sql *q, int i, kk_arena *arena);
sqlite3_int64 kk_sql_get_int(const kk_sql *q, int i); /* 0 for NULL */
double kk_sql_get_real(const kk_sql *q, int i);
bool kk_sql_is_null(const kk_sql *q, int i);
/* Closes; tells the first failure. */
kk_status kk_sql_end(kk_sql *q, kk_error *err);
/* Runs a statement without rows to its end and closes it. */
kk_status kk_sql_done(kk_sql *q, kk_error *err);

/* Brings the file's schema up to KK_LEDGER_SCHEMA, step by step, in one transaction; makes a new
 * file a ledger. KK_E_IO reason "ledger-foreign", "ledger-newer". */
kk_status kk_ledger_migrate(kk_ledger *ledger, kk_error *err);

/* A document's path as the ledger keeps it: relative to its own folder where it lies below, and
 * without the name of anybody's home folder. Appends to out. */
void kk_ledger_see(const kk_ledger *ledger, const char *path, kk_buf *out);

#endif
