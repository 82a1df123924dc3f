/* Writing into the ledger: a run, the documents it saw, what it changed. Each call is a transaction
 * of its own, so that several processes take turns and a killed run leaves whole documents. */
#include "ledger.h"

#include "filepath.h"
#include "str.h"

#include <string.h>

static bool in_run(const kk_ledger *ledger, kk_error *err)
{
    if (ledger->run == 0) {
        (void)kk_fail(err, KK_E_ARG, "ledger", "no run was begun; call kk_ledger_begin first");
    }
    return ledger->run != 0;
}

static kk_status finish(kk_ledger *ledger, kk_status status, kk_error *err)
{
    if (status == KK_OK) {
        status = kk_ledger_exec(ledger, "COMMIT", err);
    }
    if (status != KK_OK) {
        (void)kk_ledger_exec(ledger, "ROLLBACK", NULL);
    }
    return status;
}

/* ---- run ----------------------------------------------------------------------------------- */

static kk_status add_suppression(kk_ledger *ledger, const kk_suppression_info *s, kk_error *err)
{
    kk_sql q;
    kk_sql_open(&q, ledger,
                "INSERT INTO suppression VALUES(?,?,?,?,?,?,?,?,?) "
                "ON CONFLICT(id) DO UPDATE SET last_run=excluded.last_run");
    kk_sql_text(&q, s->id);
    kk_sql_text(&q, s->rule);
    kk_sql_text(&q, s->scope);
    kk_sql_text(&q, s->reason);
    kk_sql_text(&q, s->decided_by);
    kk_sql_text(&q, s->decided_on);
    kk_sql_text(&q, s->until);
    kk_sql_int(&q, ledger->run);
    kk_sql_int(&q, ledger->run);
    return kk_sql_done(&q, err);
}

static kk_status add_run(kk_ledger *ledger, const kk_ledger_run *run, kk_error *err)
{
    kk_sql q;
    kk_suppression_info s = KK_INIT(kk_suppression_info);
    kk_sql_open(&q, ledger,
                "INSERT INTO run(command,started,date,tool,bank,author) VALUES(?,?,?,?,?,?)");
    kk_sql_z(&q, run->command == NULL ? "" : run->command);
    kk_sql_z(&q, run->timestamp);
    kk_sql_z(&q, run->date);
    kk_sql_z(&q, kk_version());
    kk_sql_z(&q, run->bank == NULL ? "" : kk_bank_version(run->bank));
    kk_sql_z(&q, run->author);
    KK_TRY(kk_sql_done(&q, err));
    ledger->run = sqlite3_last_insert_rowid(ledger->db);
    for (size_t i = 0; kk_config_suppression(run->config, i, run->date, &s) == KK_OK; i++) {
        KK_TRY(add_suppression(ledger, &s, err));
    }
    return KK_OK;
}

/* "2026-11-23T12:00:00Z" */
static bool is_timestamp(const char *z)
{
    static const char shape[] = "dddd-dd-ddTdd:dd:ddZ";
    if (z == NULL || strlen(z) != sizeof shape - 1) {
        return false;
    }
    for (size_t i = 0; i + 1 < sizeof shape; i++) {
        const bool digit = z[i] >= '0' && z[i] <= '9';
        if (shape[i] == 'd' ? !digit : z[i] != shape[i]) {
            return false;
        }
    }
    return true;
}

kk_status kk_ledger_begin(kk_ledger *ledger, const kk_ledger_run *run, kk_error *err)
{
    kk_ledger_run r = {0};
    memcpy(&r, run, run->size < sizeof r ? run->size : sizeof r);
    if (!is_timestamp(r.timestamp) || r.date == NULL) {
        return kk_fail(err, KK_E_ARG, "timestamp",
                       "\"%.40s\" is no time; write it as 2026-11-23T12:00:00Z",
                       r.timestamp == NULL ? "" : r.timestamp);
    }
    ledger->config = r.config;
    ledger->date = kk_arena_str(ledger->arena, kk_str_from(r.date));
    if (ledger->date.ptr == NULL) {
        return kk_fail_nomem(err);
    }
    KK_TRY(kk_ledger_exec(ledger, "BEGIN IMMEDIATE", err));
    const kk_status status = finish(ledger, add_run(ledger, &r, err), err);
    if (status != KK_OK) {
        ledger->run = 0;
    }
    return status;
}

kk_status kk_ledger_end(kk_ledger *ledger, int exit_code, kk_error *err)
{
    kk_sql q;
    if (!in_run(ledger, err)) {
        return KK_E_ARG;
    }
    kk_sql_open(&q, ledger, "UPDATE run SET exit=? WHERE id=?");
    kk_sql_int(&q, exit_code);
    kk_sql_int(&q, ledger->run);
    ledger->run = 0;
    return kk_sql_done(&q, err);
}

/* ---- documents ----------------------------------------------------------------------------- */

/* One snapshot on its way in. */
typedef struct shot {
    kk_ledger *ledger;
    const kk_audit *audit;
    size_t doc;
    const char *path, *phase;
    sqlite3_int64 template_id, procurement, id;
    kk_error *err;
} shot;

static kk_status template_id(kk_ledger *ledger, const char *path, sqlite3_int64 *out, kk_error *err)
{
    kk_sql q;
    kk_buf seen;
    kk_buf_init(&seen, 0);
    kk_ledger_see(ledger, path, &seen);
    kk_sql_open(&q, ledger,
                "INSERT INTO template(path) VALUES(?) "
                "ON CONFLICT(path) DO UPDATE SET path=excluded.path RETURNING id");
    kk_sql_text(&q, kk_buf_view(&seen));
    *out = 0;
    while (kk_sql_row(&q)) {
        *out = kk_sql_get_int(&q, 0);
    }
    const bool nomem = seen.failed != KK_OK;
    kk_buf_dispose(&seen);
    const kk_status status = kk_sql_end(&q, err);
    return nomem ? kk_fail_nomem(err) : status;
}

static void put_verdict(kk_sql *q, const kk_verdict_info *v)
{
    if (v->satisfied < 0) {
        kk_sql_null(q);
    } else {
        kk_sql_int(q, v->satisfied);
    }
    kk_sql_text(q, v->route);
    if (v->weight < 0) {
        kk_sql_null(q);
    } else {
        kk_sql_real(q, v->weight);
    }
}

static kk_status add_snapshot(shot *s, const kk_document_info *d, const kk_verdict_info *v)
{
    kk_sql q;
    kk_sql_open(&q, s->ledger,
                "INSERT INTO snapshot(run,template,phase,sha256,language,kind,satisfied,route,"
                "weight,basis,n_error,n_warning,n_info,n_criteria,n_specification,"
                "n_qualification,n_contract,municipality,procurement) "
                "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,nullif(?,0))");
    kk_sql_int(&q, s->ledger->run);
    kk_sql_int(&q, s->template_id);
    kk_sql_z(&q, s->phase);
    kk_sql_text(&q, d->sha256);
    kk_sql_z(&q, d->language);
    kk_sql_text(&q, d->kind);
    put_verdict(&q, v);
    kk_sql_text(&q, v->basis);
    kk_sql_int(&q, (sqlite3_int64)d->n_findings[KK_SEVERITY_ERROR]);
    kk_sql_int(&q, (sqlite3_int64)d->n_findings[KK_SEVERITY_WARNING]);
    kk_sql_int(&q, (sqlite3_int64)d->n_findings[KK_SEVERITY_INFO]);
    kk_sql_int(&q, d->n_criteria);
    kk_sql_int(&q, d->n_specification);
    kk_sql_int(&q, d->n_qualification);
    kk_sql_int(&q, d->n_contract);
    kk_sql_z(&q, kk_config_municipality(s->ledger->config, s->path));
    kk_sql_int(&q, s->procurement);
    KK_TRY(kk_sql_done(&q, s->err));
    s->id = sqlite3_last_insert_rowid(s->ledger->db);
    return KK_OK;
}

static kk_status add_categories(const shot *s, const kk_document_info *d)
{
    for (size_t i = 0; i < d->n_categories; i++) {
        kk_sql q;
        kk_sql_open(&q, s->ledger, "INSERT OR IGNORE INTO category VALUES(?,?,?,?)");
        kk_sql_int(&q, s->id);
        kk_sql_text(&q, d->categories[i].id);
        kk_sql_real(&q, d->categories[i].score);
        kk_sql_int(&q, (sqlite3_int64)i);
        KK_TRY(kk_sql_done(&q, s->err));
    }
    return KK_OK;
}

static kk_status add_clauses(const shot *s, const kk_document_info *d)
{
    for (size_t i = 0; i < d->n_managed; i++) {
        const kk_managed_info *m = &d->managed[i];
        kk_sql q;
        kk_sql_open(&q, s->ledger,
                    "INSERT INTO clause VALUES(?,?,?,?,?,1) ON CONFLICT DO UPDATE SET n=n+1");
        kk_sql_int(&q, s->id);
        kk_sql_text(&q, m->clause);
        kk_sql_text(&q, m->version);
        kk_sql_z(&q, m->state);
        kk_sql_int(&q, m->pending ? 1 : 0);
        KK_TRY(kk_sql_done(&q, s->err));
    }
    return KK_OK;
}

static kk_status add_finding(const shot *s, const kk_finding *f, kk_str held)
{
    kk_sql q;
    kk_sql_open(&q, s->ledger,
                "INSERT INTO finding(snapshot,fingerprint,held,rule,level,n) VALUES(?,?,?,?,?,1) "
                "ON CONFLICT DO UPDATE SET n=n+1");
    kk_sql_int(&q, s->id);
    kk_sql_text(&q, f->fingerprint);
    kk_sql_text(&q, held);
    kk_sql_text(&q, f->rule);
    kk_sql_int(&q, (sqlite3_int64)f->severity);
    return kk_sql_done(&q, s->err);
}

static kk_status add_findings(const shot *s)
{
    kk_finding f = KK_INIT(kk_finding);
    kk_held_info h = KK_INIT(kk_held_info);
    for (size_t i = 0; kk_audit_finding(s->audit, i, &f) == KK_OK; i++) {
        if (f.document == s->doc) {
            KK_TRY(add_finding(s, &f, KK_STR("")));
        }
    }
    for (size_t i = 0; kk_audit_held_at(s->audit, i, &h) == KK_OK; i++) {
        if (h.finding->document == s->doc) {
            KK_TRY(add_finding(s, h.finding, h.by == KK_HELD_BASELINE ? KK_STR("baseline")
                                                                      : h.suppression));
        }
    }
    return KK_OK;
}

/* set: the verdict of the set it belongs to, or NULL. */
static kk_status add_document(shot *s, const kk_verdict_info *set)
{
    kk_document_info d = KK_INIT(kk_document_info);
    (void)kk_audit_document(s->audit, s->doc, &d);
    s->path = s->path == NULL ? d.path.ptr : s->path;
    KK_TRY(template_id(s->ledger, s->path, &s->template_id, s->err));
    KK_TRY(add_snapshot(s, &d, set == NULL ? &d.verdict : set));
    KK_TRY(add_categories(s, &d));
    KK_TRY(add_clauses(s, &d));
    return add_findings(s);
}

/* A procurement is known by the folder of its first document. */
static kk_status add_procurement(kk_ledger *ledger, const kk_audit *audit,
                                 const kk_verdict_info *verdict, sqlite3_int64 *out, kk_error *err)
{
    kk_sql q;
    kk_buf seen;
    kk_document_info d = KK_INIT(kk_document_info);
    (void)kk_audit_document(audit, 0, &d);
    kk_buf_init(&seen, 0);
    kk_ledger_see(ledger, d.path.ptr, &seen);
    kk_sql_open(&q, ledger,
                "INSERT INTO procurement(run,name,satisfied,route,weight) VALUES(?,?,?,?,?)");
    kk_sql_int(&q, ledger->run);
    kk_sql_text(&q, kk_path_folder(kk_buf_view(&seen)));
    put_verdict(&q, verdict);
    kk_buf_dispose(&seen);
    KK_TRY(kk_sql_done(&q, err));
    *out = sqlite3_last_insert_rowid(ledger->db);
    return KK_OK;
}

static kk_status add_audit(kk_ledger *ledger, const kk_audit *audit, bool as_set, kk_error *err)
{
    kk_verdict_info set = KK_INIT(kk_verdict_info);
    sqlite3_int64 procurement = 0;
    if (as_set) {
        (void)kk_audit_verdict(audit, &set);
        KK_TRY(add_procurement(ledger, audit, &set, &procurement, err));
    }
    for (size_t i = 0; i < kk_audit_documents(audit); i++) {
        shot s = {.ledger = ledger,
                  .audit = audit,
                  .doc = i,
                  .phase = "audit",
                  .procurement = procurement,
                  .err = err};
        KK_TRY(add_document(&s, as_set ? &set : NULL));
    }
    return KK_OK;
}

kk_status kk_ledger_add_audit(kk_ledger *ledger, const kk_audit *audit, bool as_procurement,
                              kk_error *err)
{
    if (!in_run(ledger, err)) {
        return KK_E_ARG;
    }
    KK_TRY(kk_ledger_exec(ledger, "BEGIN IMMEDIATE", err));
    return finish(ledger, add_audit(ledger, audit, as_procurement, err), err);
}

/* ---- edits --------------------------------------------------------------------------------- */

static const kk_managed_info *find_managed(const kk_document_info *d, kk_str clause)
{
    for (size_t i = 0; i < d->n_managed; i++) {
        if (kk_str_equal(d->managed[i].clause, clause)) {
            return &d->managed[i];
        }
    }
    return NULL;
}

typedef struct edit {
    kk_ledger *ledger;
    sqlite3_int64 template_id;
    kk_document_info before, after;
    kk_error *err;
} edit;

static kk_status add_event(const edit *e, const kk_managed_info *m, const char *kind)
{
    kk_sql q;
    kk_sql_open(&q, e->ledger,
                "INSERT INTO event(run,template,clause,version,kind,before,after) "
                "VALUES(?,?,?,?,?,?,?)");
    kk_sql_int(&q, e->ledger->run);
    kk_sql_int(&q, e->template_id);
    kk_sql_text(&q, m->clause);
    kk_sql_text(&q, m->version);
    kk_sql_z(&q, kind);
    kk_sql_text(&q, e->before.sha256);
    kk_sql_text(&q, e->after.sha256);
    return kk_sql_done(&q, e->err);
}

/* What stands after and did not before was inserted, and the other way round. */
static kk_status add_events(const edit *e)
{
    for (size_t i = 0; i < e->after.n_managed; i++) {
        const kk_managed_info *m = &e->after.managed[i];
        const kk_managed_info *old = find_managed(&e->before, m->clause);
        if (find_managed(&e->after, m->clause) != m) {
            continue; /* one of several copies or rows */
        }
        if (old == NULL || !kk_str_equal(old->version, m->version)) {
            KK_TRY(add_event(e, m, old == NULL ? "inserted" : "upgraded"));
        }
    }
    for (size_t i = 0; i < e->before.n_managed; i++) {
        const kk_managed_info *m = &e->before.managed[i];
        if (find_managed(&e->before, m->clause) == m &&
            find_managed(&e->after, m->clause) == NULL) {
            KK_TRY(add_event(e, m, "withdrawn"));
        }
    }
    return KK_OK;
}

static kk_status set_origin(kk_ledger *ledger, sqlite3_int64 id, sqlite3_int64 origin,
                            kk_error *err)
{
    kk_sql q;
    if (id == origin) {
        return KK_OK;
    }
    kk_sql_open(&q, ledger, "UPDATE template SET origin=? WHERE id=?");
    kk_sql_int(&q, origin);
    kk_sql_int(&q, id);
    return kk_sql_done(&q, err);
}

static kk_status add_edit(kk_ledger *ledger, const kk_audit *before, const kk_audit *after,
                          const char *out_path, kk_error *err)
{
    shot old = {.ledger = ledger, .audit = before, .phase = "before", .err = err};
    shot new = {.ledger = ledger, .audit = after, .path = out_path, .phase = "after", .err = err};
    edit e = {ledger, 0, KK_INIT(kk_document_info), KK_INIT(kk_document_info), err};
    (void)kk_audit_document(before, 0, &e.before);
    (void)kk_audit_document(after, 0, &e.after);
    KK_TRY(add_document(&old, NULL));
    new.path = out_path == NULL ? old.path : out_path;
    KK_TRY(add_document(&new, NULL));
    KK_TRY(set_origin(ledger, new.template_id, old.template_id, err));
    e.template_id = new.template_id;
    return add_events(&e);
}

kk_status kk_ledger_add_edit(kk_ledger *ledger, const kk_audit *before, const kk_audit *after,
                             const char *out_path, kk_error *err)
{
    if (!in_run(ledger, err)) {
        return KK_E_ARG;
    }
    if (kk_audit_documents(before) != 1 || kk_audit_documents(after) != 1) {
        return kk_fail(err, KK_E_ARG, "ledger", "an edit has one document before and one after");
    }
    KK_TRY(kk_ledger_exec(ledger, "BEGIN IMMEDIATE", err));
    return finish(ledger, add_edit(ledger, before, after, out_path, err), err);
}

kk_status kk_ledger_add_failure(kk_ledger *ledger, const char *path, const kk_error *why,
                                kk_error *err)
{
    kk_sql q;
    kk_buf seen;
    if (!in_run(ledger, err)) {
        return KK_E_ARG;
    }
    kk_buf_init(&seen, 0);
    kk_ledger_see(ledger, path, &seen);
    kk_sql_open(&q, ledger, "INSERT INTO failure VALUES(?,?,?)");
    kk_sql_int(&q, ledger->run);
    kk_sql_text(&q, kk_buf_view(&seen));
    kk_sql_z(&q, why->reason[0] != '\0' ? why->reason : kk_status_name(why->status));
    kk_buf_dispose(&seen);
    return kk_sql_done(&q, err);
}
