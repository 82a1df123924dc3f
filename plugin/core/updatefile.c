/* One file of an update run: plan, carry out in memory, judge, write. Everything that can fail is
 * tried before the file is replaced, and replacing is one step. */
#include "update.h"

#include "file.h"
#include "fileops.h"
#include "hash.h"
#include "messages.h"

#include <string.h>

enum { MOST_BACKUPS = 1000 };

typedef struct task {
    kk_update *u;
    kk_update_result *r;
    const kk_path_item *path;
    kk_auditor *auditor;
    kk_doc *doc;
    kk_audit *audit;
    kk_plan *plan;
    kk_bytes result;
    bool journal_failed; /* the error is the journal's: the run must end */
} task;

/* ---- keeping what is reported -------------------------------------------------------------- */

static kk_str keep(task *t, kk_str s)
{
    return kk_keep(t->r->arena, s, &t->r->failed);
}

static const kk_str *keep_list(task *t, const kk_str *items, size_t n)
{
    kk_str *kept = kk_arena_array(t->r->arena, n + 1, sizeof *kept);
    if (kept == NULL) {
        t->r->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        kept[i] = keep(t, items[i]);
    }
    return kept;
}

/* What the finding says that asked for it. A clause that only the result of the others calls for has
 * no finding in the document as it is. */
static kk_str why_of(const task *t, const kk_plan_item *item)
{
    kk_finding f = KK_INIT(kk_finding);
    for (size_t r = 0; r < item->n_rules; r++) {
        for (size_t i = 0; kk_audit_finding(t->audit, i, &f) == KK_OK; i++) {
            if (kk_str_equal(f.rule, item->rules[r])) {
                return f.message;
            }
        }
    }
    return item->n_rules == 0 ? KK_STR("")
                              : kk_z(kk_msg_text(KK_MSG_UPDATE_FOLLOWS, t->u->plan.lang));
}

static void keep_change(task *t, kk_update_change *c, const kk_plan_item *item)
{
    *c = (kk_update_change){.size = sizeof *c, .item = *item};
    c->why = keep(t, why_of(t, item));
    c->item.clause = keep(t, item->clause);
    c->item.version = keep(t, item->version);
    c->item.title = keep(t, item->title);
    c->item.type = keep(t, item->type);
    c->item.place = keep(t, item->place);
    c->item.reason = keep(t, item->reason);
    c->item.message = keep(t, item->message);
    c->item.note = keep(t, item->note);
    c->item.standing = keep(t, item->standing);
    c->item.diff = keep(t, item->diff);
    c->item.rules = keep_list(t, item->rules, item->n_rules);
    c->item.candidates = keep_list(t, item->candidates, item->n_candidates);
    c->item.unfilled = keep_list(t, item->unfilled, item->n_unfilled);
}

static kk_status keep_plan(task *t)
{
    const size_t n = kk_plan_count(t->plan);
    kk_plan_item item = KK_INIT(kk_plan_item);
    kk_update_change *changes = kk_arena_array(t->r->arena, n + 1, sizeof *changes);
    if (changes == NULL) {
        return kk_fail_nomem(&t->r->error);
    }
    for (size_t i = 0; i < n && kk_plan_get(t->plan, i, &item) == KK_OK; i++) {
        keep_change(t, &changes[i], &item);
    }
    t->r->item.changes = changes;
    t->r->item.n_changes = n;
    return t->r->failed ? kk_fail_nomem(&t->r->error) : KK_OK;
}

static void keep_findings(task *t, const kk_audit *audit)
{
    kk_document_info d = KK_INIT(kk_document_info);
    if (kk_audit_document(audit, 0, &d) == KK_OK) {
        memcpy(t->r->item.n_findings, d.n_findings, sizeof d.n_findings);
        t->r->item.judged = true;
    }
}

/* ---- what to do ---------------------------------------------------------------------------- */

static kk_status make_plan(task *t)
{
    kk_update *u = t->u;
    kk_error *err = &t->r->error;
    KK_TRY(kk_doc_open_file(&t->doc, t->path->path, u->o.limits, err));
    t->r->item.before = keep(t, kk_z(t->doc->sha256));
    KK_TRY(kk_audit_run(&t->audit, t->auditor, &t->doc, 1, &u->audit, err));
    kk_plan_options how = u->plan;
    void *kept = NULL;
    if (u->o.known != NULL) {
        how.known = u->o.known(u->o.context, t->path->path, t->doc->sha256, &how.n_known, &kept);
        how.known_stride = sizeof(kk_known_clause);
    }
    const kk_status status = kk_plan_new(&t->plan, t->auditor, t->doc, t->audit, &how, err);
    if (u->o.known != NULL && u->o.forget != NULL) {
        u->o.forget(u->o.context, kept);
    }
    return status == KK_OK ? keep_plan(t) : status;
}

/* A person's choice, clause by clause. False: the run ends, this file stays as it is. */
static bool ask_for_each(task *t)
{
    kk_update *u = t->u;
    kk_answer last = KK_ANSWER_NO;
    for (size_t i = 0; i < t->r->item.n_changes; i++) {
        const kk_update_change *c = &t->r->item.changes[i];
        if (!kk_update_is_change(&c->item)) {
            continue;
        }
        if (last != KK_ANSWER_YES_FILE && last != KK_ANSWER_NO_FILE) {
            last = u->o.ask(u->o.context, t->path->path, c);
        }
        if (last == KK_ANSWER_STOP) {
            atomic_store(&u->stop, true);
            t->r->item.outcome = KK_UPDATE_LEFT;
            return false;
        }
        (void)kk_plan_select(t->plan, i, last == KK_ANSWER_YES || last == KK_ANSWER_YES_FILE);
    }
    return true;
}

static kk_status judge_result(task *t)
{
    kk_doc *doc = NULL;
    kk_audit *audit = NULL;
    kk_error *err = &t->r->error;
    const kk_str bytes = {t->result.ptr, t->result.len};
    kk_status status = kk_doc_open_memory(&doc, bytes, t->path->path, t->u->o.limits, err);
    if (status == KK_OK) {
        t->r->item.after = keep(t, kk_z(doc->sha256));
        status = kk_audit_run(&audit, t->auditor, &doc, 1, &t->u->audit, err);
    }
    if (status == KK_OK) {
        keep_findings(t, audit);
    }
    t->r->after = audit;
    t->r->item.audit_after = audit;
    kk_doc_free(doc);
    return status;
}

/* Carries the plan out in memory. A place that only now turns out locked is a refusal too. */
static kk_status carry_out(task *t)
{
    kk_update_item *item = &t->r->item;
    kk_error *err = &t->r->error;
    item->outcome = KK_UPDATE_SAME;
    item->after = item->before;
    if (kk_plan_refusals(t->plan) == 0 && kk_plan_changes(t->plan) == 0) {
        keep_findings(t, t->audit);
        return keep_plan(t);
    }
    kk_status status = KK_E_UNSUPPORTED;
    if (kk_plan_refusals(t->plan) == 0) {
        status = kk_plan_apply(t->plan, &t->result, err);
    }
    if (kk_plan_refusals(t->plan) > 0 && status == KK_E_UNSUPPORTED) {
        *err = (kk_error){.status = KK_OK};
        keep_findings(t, t->audit);
        item->outcome = KK_UPDATE_REFUSED;
        return keep_plan(t);
    }
    KK_TRY(status);
    item->outcome = KK_UPDATE_CHANGED;
    item->wants_toc = kk_plan_wants_toc(t->plan);
    t->r->n_written = kk_plan_changes(t->plan);
    KK_TRY(keep_plan(t));
    return judge_result(t);
}

/* ---- writing ------------------------------------------------------------------------------- */

static const kk_journal_entry *known(const task *t)
{
    return t->u->journal == NULL ? NULL : kk_journal_find(t->u->journal, t->path->real);
}

static kk_status journal_said(task *t, kk_status status)
{
    t->journal_failed = t->journal_failed || status != KK_OK;
    return status;
}

/* The file must still be what was planned for. */
static kk_status unchanged(task *t, const char *path)
{
    char now[65];
    KK_TRY(kk_file_hash(path, now, &t->r->error));
    if (!kk_str_is(t->r->item.before, now)) {
        return kk_fail_at(&t->r->error, KK_E_STALE, "changed", kk_z(t->path->path), 0,
                          "the file was changed meanwhile; run again");
    }
    return KK_OK;
}

/* Folder of a file, and its name below it. */
static const char *folder_of(task *t, const char *path, const char **name)
{
    const char *slash = strrchr(path, '/');
    *name = slash == NULL ? path : slash + 1;
    if (slash == NULL) {
        return ".";
    }
    return kk_update_text(t->r, "%.*s", (int)(slash == path ? 1 : slash - path), path);
}

/* The first name that is free, or holds these very bytes already (a run that was killed). */
static kk_status find_backup(task *t, bool *there)
{
    const char *name = t->path->relative;
    const char *folder = t->u->o.backup;
    const bool beside = folder == NULL;
    if (beside) {
        folder = folder_of(t, t->path->path, &name);
    }
    for (unsigned i = 1; i < MOST_BACKUPS && !t->r->failed; i++) {
        char hash[65];
        kk_error ignored = {.status = KK_OK};
        const char *ending = beside || i > 1 ? ".bak" : "";
        const char *relative = i > 1 ? kk_update_text(t->r, "%s%s%u", name, ending, i)
                                     : kk_update_text(t->r, "%s%s", name, ending);
        KK_TRY(kk_file_below(folder, relative, !beside, &t->r->error));
        t->r->item.backup = kk_update_text(t->r, "%s/%s", folder, relative);
        *there = kk_file_exists(t->r->item.backup);
        if (!*there || (kk_file_hash(t->r->item.backup, hash, &ignored) == KK_OK &&
                        kk_str_is(t->r->item.before, hash))) {
            return KK_OK;
        }
    }
    return t->r->failed ? kk_fail_nomem(&t->r->error)
                        : kk_fail_at(&t->r->error, KK_E_IO, "", kk_z(t->path->path), 0,
                                     "cannot write: no free name for the copy; clear out old "
                                     "copies, or use another folder");
}

static kk_status make_backup(task *t, bool *made)
{
    bool there = false;
    *made = false;
    if (t->u->o.no_backup) {
        return unchanged(t, t->path->path);
    }
    if (t->u->o.backup != NULL && !kk_file_is_dir(t->u->o.backup)) {
        KK_TRY(kk_file_mkdirs(t->u->o.backup, &t->r->error));
    }
    KK_TRY(find_backup(t, &there));
    if (!there) {
        KK_TRY(kk_file_copy(t->path->path, t->r->item.backup, false, &t->r->error));
        *made = true;
        const kk_status copied = unchanged(t, t->r->item.backup);
        if (copied != KK_OK) {
            return copied;
        }
    }
    return unchanged(t, t->path->path);
}

static kk_status absolute(task *t, const char *path, kk_str *out)
{
    kk_buf real;
    kk_buf_init(&real, 0);
    const kk_status status = kk_file_real(path, &real, &t->r->error);
    *out = status == KK_OK ? keep(t, kk_buf_view(&real)) : KK_STR("");
    kk_buf_dispose(&real);
    return status;
}

/* What the journal says before the file is replaced, by absolute paths. */
static kk_status describe(task *t, const char *target, kk_journal_entry *e)
{
    const char *name;
    const kk_update_item *item = &t->r->item;
    *e = (kk_journal_entry){.source = kk_z(t->path->real),
                            .before = item->before,
                            .after = item->after,
                            .target = kk_z(t->path->real)};
    if (t->u->o.in_place) {
        return item->backup == NULL ? KK_OK : absolute(t, item->backup, &e->backup);
    }
    KK_TRY(absolute(t, folder_of(t, target, &name), &e->target));
    e->target = kk_z(kk_update_text(t->r, "%s/%s", e->target.ptr, name));
    return KK_OK;
}

/* Says in the journal what is about to happen, and does it. */
static kk_status replace(task *t, const char *target)
{
    kk_journal_entry e;
    kk_error *err = &t->r->error;
    const kk_str bytes = {t->result.ptr, t->result.len};
    const bool changed = t->r->item.outcome == KK_UPDATE_CHANGED;
    KK_TRY(describe(t, target, &e));
    KK_TRY(journal_said(t, kk_journal_begin(t->u->journal, &e, err)));
    KK_TRY(changed ? kk_file_replace(target, &bytes, 1, err)
                   : kk_file_copy(t->path->path, target, false, err));
    return journal_said(t, kk_journal_done(t->u->journal, t->path->real, err));
}

/* A write may fail after the file was replaced, when the disk cannot promise to keep it: then the
 * copy is all that is left of what was there. */
static bool stayed_old(const task *t)
{
    char hash[65];
    return kk_file_hash(t->path->path, hash, NULL) == KK_OK && kk_str_is(t->r->item.before, hash);
}

static kk_status write_in_place(task *t)
{
    bool made = false;
    kk_update_item *item = &t->r->item;
    item->target = t->path->path;
    if (item->outcome == KK_UPDATE_SAME) {
        return journal_said(t, kk_journal_same(t->u->journal, item->before.ptr, t->path->real,
                                               &t->r->error));
    }
    kk_status status = make_backup(t, &made);
    if (status == KK_OK) {
        status = replace(t, t->path->path);
    }
    if (status != KK_OK && made && !t->journal_failed && stayed_old(t)) {
        (void)kk_file_remove(item->backup, NULL); /* of a file that stayed as it was */
    }
    if (status != KK_OK) {
        item->backup = NULL;
    }
    return status;
}

/* What is there already is never overwritten; *there: it is just what would be written. */
static kk_status look_at_target(task *t, bool *there)
{
    char hash[65];
    const char *target = t->r->item.target;
    kk_error *err = &t->r->error;
    *there = kk_file_exists(target);
    if (!*there) {
        return KK_OK;
    }
    KK_TRY(kk_file_hash(target, hash, err));
    if (!kk_str_is(t->r->item.after, hash)) {
        return kk_fail_at(err, KK_E_UNSUPPORTED, "target-exists", kk_z(target), 0,
                          "another file is there already; choose an empty folder");
    }
    return KK_OK;
}

static kk_status write_to_folder(task *t)
{
    bool there;
    kk_update_item *item = &t->r->item;
    kk_error *err = &t->r->error;
    const kk_journal_entry *e = known(t);
    KK_TRY(kk_file_below(t->u->o.output_dir, t->path->relative, true, err));
    KK_TRY(look_at_target(t, &there));
    if (!there) {
        return replace(t, item->target);
    }
    if (e != NULL && e->after.len > 0) {
        return journal_said(t, kk_journal_done(t->u->journal, t->path->real, err));
    }
    return journal_said(
        t, kk_journal_same(t->u->journal, item->after.ptr, t->path->real, err));
}

/* ---- one file ------------------------------------------------------------------------------ */

/* A file that the journal began with: the hash tells whether it was replaced before the end came.
 * *over: there is nothing left to do. */
static kk_status settle_begun(task *t, const kk_journal_entry *e, bool *over)
{
    char now[65] = "";
    kk_update_item *item = &t->r->item;
    *over = false;
    if (!kk_file_exists(e->target.ptr)) {
        return KK_OK; /* in an output folder: not written yet */
    }
    KK_TRY(kk_file_hash(e->target.ptr, now, &t->r->error));
    if (kk_str_is(e->after, now)) {
        *over = true;
        item->outcome = KK_UPDATE_EARLIER;
        return journal_said(t, kk_journal_done(t->u->journal, t->path->real, &t->r->error));
    }
    if (t->u->o.in_place && !kk_str_is(e->before, now)) {
        return kk_fail_at(&t->r->error, KK_E_STALE, "changed", kk_z(t->path->path), 0,
                          "the file was changed after the run was broken off; look at it, and "
                          "update it by itself");
    }
    return KK_OK;
}

static kk_status done_before(task *t, bool *over)
{
    const kk_journal_entry *e = known(t);
    *over = false;
    if (e == NULL) {
        return KK_OK;
    }
    if (e->state == KK_JOURNAL_DONE || e->state == KK_JOURNAL_SAME) {
        t->r->item.outcome = KK_UPDATE_EARLIER;
        *over = true;
        return KK_OK;
    }
    return e->after.len > 0 ? settle_begun(t, e, over) : KK_OK;
}

static kk_status check_target(task *t)
{
    const kk_update_options *o = &t->u->o;
    kk_error *err = &t->r->error;
    const char *folder = o->in_place ? o->backup : o->output_dir;
    t->r->item.target = t->path->path;
    if (folder == NULL) {
        return KK_OK;
    }
    if (!o->in_place) {
        t->r->item.target = kk_update_text(t->r, "%s/%s", folder, t->path->relative);
    }
    if (t->path->clash) {
        return kk_fail_at(err, KK_E_UNSUPPORTED, "target-twice", kk_z(t->path->path), 0,
                          "another file would get the same name there (letters' case does not "
                          "count); rename one, or update them apart");
    }
    return kk_file_below(folder, t->path->relative, false, err);
}

static kk_status write_result(task *t)
{
    bool there = false;
    const bool refused = t->r->item.outcome == KK_UPDATE_REFUSED;
    if (t->u->o.dry_run) {
        return refused || t->u->o.in_place ? KK_OK : look_at_target(t, &there);
    }
    if (refused) {
        return journal_said(t, kk_journal_fail(t->u->journal, "refused", t->path->real,
                                               &t->r->error));
    }
    return t->u->o.in_place ? write_in_place(t) : write_to_folder(t);
}

static kk_status run_task(task *t)
{
    bool over = false;
    KK_TRY(done_before(t, &over));
    if (over) {
        return KK_OK;
    }
    KK_TRY(check_target(t));
    KK_TRY(make_plan(t));
    if (t->u->o.ask != NULL && kk_plan_refusals(t->plan) == 0 && !ask_for_each(t)) {
        return KK_OK;
    }
    KK_TRY(carry_out(t));
    return write_result(t);
}

/* The file stays as it was; the others go on, unless the journal itself cannot be written. */
static void note_failure(task *t, kk_status status)
{
    kk_error own = {.status = KK_OK};
    kk_error *err = &t->r->error;
    err->status = err->status == KK_OK ? status : err->status;
    t->r->item.outcome = KK_UPDATE_FAILED;
    t->r->item.error = err;
    t->r->n_written = 0;
    if (t->journal_failed) {
        kk_update_end(t->u, err);
    } else if (t->u->journal != NULL &&
               kk_journal_fail(t->u->journal, err->reason, t->path->real, &own) != KK_OK) {
        kk_update_end(t->u, &own);
    }
}

void kk_update_file(kk_update *u, unsigned worker, size_t i, kk_update_result *r)
{
    const kk_path_item *path = kk_paths_item(u->paths, i);
    const uint64_t bytes = kk_file_size(path->real);
    task t = {.u = u, .r = r, .path = path};
    r->item = (kk_update_item){.size = sizeof r->item,
                               .index = i,
                               .total = kk_paths_count(u->paths),
                               .path = path->path,
                               .target = path->path,
                               .outcome = KK_UPDATE_LEFT,
                               .before = KK_STR(""),
                               .after = KK_STR(""),
                               .bytes = bytes};
    if (kk_update_stopping(u)) {
        return;
    }
    kk_budget_take(u->budget, bytes);
    kk_status status = KK_OK;
    if (u->auditors[worker] == NULL) {
        status = kk_auditor_new(&u->auditors[worker], u->bank, u->o.limits, &r->error);
    }
    t.auditor = u->auditors[worker];
    status = status == KK_OK ? run_task(&t) : status;
    if (status != KK_OK) {
        note_failure(&t, status);
    }
    kk_plan_free(t.plan);
    r->before = t.audit;
    r->item.audit_before = t.audit;
    kk_doc_free(t.doc);
    kk_bytes_free(&t.result);
    kk_budget_give(u->budget, bytes);
}
