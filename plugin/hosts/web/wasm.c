/* The library as one WebAssembly module: what a worker in the browser, node or a task pane calls.
 * One bank, a table of documents, at most one plan. Must not know files, network, clock or the
 * page. */
#include "wasm.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_DOCS = 4096, MAX_FILES = 256 };

typedef struct slot {
    kk_doc *doc; /* NULL when free or when it could not be opened */
    char *name;
    char *bytes; /* the file, to open it anew: a document can be written once */
    size_t len;
    kk_error error;
    bool used, spent;
} slot;

static struct {
    kk_bank_file files[MAX_FILES];
    size_t n_files;
    kk_bank *bank;
    kk_auditor *auditor;
    slot docs[MAX_DOCS];
    kk_plan *plan;
    slot *planned; /* the document of plan */
    kk_error error;
    kk_bytes out;
    bool own; /* the result lies in the buffer of blocks.c, not in out */
} web;

/* ---- memory, output, errors ---------------------------------------------------------------- */

WEB(web_alloc) void *web_alloc(size_t n)
{
    return malloc(n > 0 ? n : 1);
}

WEB(web_release) void web_release(void *p)
{
    free(p);
}

static void drop(const char *p)
{
    union {
        const char *in;
        void *out;
    } both = {.in = p};
    free(both.out);
}

/* The result of the last call. */
WEB(web_out) const char *web_out(void)
{
    return web.own ? web_blocks_view().ptr : web.out.ptr;
}

WEB(web_out_len) size_t web_out_len(void)
{
    return web.own ? web_blocks_view().len : web.out.len;
}

WEB(web_out_free) void web_out_free(void)
{
    kk_bytes_free(&web.out);
}

static kk_error *fresh_error(void)
{
    web.error = (kk_error){.status = KK_OK};
    return &web.error;
}

static kk_bytes *fresh_out(void)
{
    kk_bytes_free(&web.out);
    web.own = false;
    return &web.out;
}

/* The last error as one line; of document i when i >= 0. */
WEB(web_error) const char *web_error(int i)
{
    static char line[1024];
    const kk_error *e = i >= 0 && i < MAX_DOCS ? &web.docs[i].error : &web.error;
    return kk_error_describe(e, web_lang(), line, sizeof line);
}

static int wrong_use(void)
{
    web.error = (kk_error){.status = KK_E_ARG};
    (void)memcpy(web.error.message, "no such document or plan", 25);
    return KK_E_ARG;
}

/* ---- bank ---------------------------------------------------------------------------------- */

/* Takes over name and bytes, both from web_alloc. */
WEB(web_bank_add) int web_bank_add(char *name, size_t name_len, char *bytes, size_t len)
{
    if (web.n_files == MAX_FILES) {
        return KK_E_LIMIT;
    }
    web.files[web.n_files++] = (kk_bank_file){{name, name_len}, {bytes, len}, true};
    return KK_OK;
}

/* Builds the bank from what was added, and forgets the files. */
WEB(web_bank_load) int web_bank_load(void)
{
    kk_error *err = fresh_error();
    const kk_str no_schema = {NULL, 0};
    kk_status s = kk_bank_load_memory(&web.bank, web.files, web.n_files, no_schema, err);
    for (size_t i = 0; i < web.n_files; i++) {
        drop(web.files[i].name.ptr);
        drop(web.files[i].bytes.ptr);
    }
    web.n_files = 0;
    return s != KK_OK ? s : kk_auditor_new(&web.auditor, web.bank, NULL, err);
}

WEB(web_bank_version) const char *web_bank_version(void)
{
    return web.bank == NULL ? "" : kk_bank_version(web.bank);
}

WEB(web_version) const char *web_version(void)
{
    return kk_version();
}

/* ---- documents ----------------------------------------------------------------------------- */

static kk_doc *doc_at(int i)
{
    return i >= 0 && i < MAX_DOCS ? web.docs[i].doc : NULL;
}

static void open_slot(slot *s)
{
    s->error = (kk_error){.status = KK_OK};
    s->spent = false;
    (void)kk_doc_open_memory(&s->doc, (kk_str){s->bytes, s->len}, s->name, NULL, &s->error);
}

/* Takes over name (NUL-terminated) and bytes, both from web_alloc. Returns the index of the
 * document, or -1; one that could not be opened has an index too, for reports, and web_doc_status
 * tells. */
WEB(web_doc_open) int web_doc_open(char *name, char *bytes, size_t len)
{
    for (int i = 0; i < MAX_DOCS; i++) {
        slot *s = &web.docs[i];
        if (!s->used) {
            *s = (slot){.used = true, .name = name, .bytes = bytes, .len = len};
            open_slot(s);
            return i;
        }
    }
    free(name);
    free(bytes);
    return -1;
}

WEB(web_doc_status) int web_doc_status(int i)
{
    return i >= 0 && i < MAX_DOCS && web.docs[i].used ? (int)web.docs[i].error.status : KK_E_ARG;
}

static void drop_plan(void)
{
    kk_plan_free(web.plan);
    web.plan = NULL;
    web.planned = NULL;
}

WEB(web_doc_close) void web_doc_close(int i)
{
    if (i >= 0 && i < MAX_DOCS && web.docs[i].used) {
        drop_plan();
        kk_doc_free(web.docs[i].doc);
        free(web.docs[i].name);
        free(web.docs[i].bytes);
        web.docs[i] = (slot){.used = false};
    }
}

/* What the rules see of it, as JSON. */
WEB(web_doc_text) int web_doc_text(int i)
{
    const kk_doc *doc = doc_at(i);
    return doc == NULL ? wrong_use()
                       : (int)kk_doc_print(doc, KK_FORMAT_JSON, fresh_out(), fresh_error());
}

/* ---- reports ------------------------------------------------------------------------------- */

static kk_status add_one(kk_report *report, const slot *s, kk_error *err)
{
    const kk_audit_options how = web_audit_options(false);
    kk_audit *audit = NULL;
    if (s->doc == NULL) {
        return kk_report_add_failure(report, s->name, &s->error, err);
    }
    kk_status status = kk_audit_run(&audit, web.auditor, &s->doc, 1, &how, err);
    status = status != KK_OK ? status : kk_report_add(report, audit, err);
    kk_audit_free(audit);
    return status;
}

static kk_status add_set(kk_report *report, const int *which, size_t n, kk_error *err)
{
    const kk_audit_options how = web_audit_options(true);
    kk_audit *audit = NULL;
    kk_doc **docs = calloc(n + 1, sizeof(void *));
    size_t n_docs = 0;
    kk_status status = docs == NULL ? KK_E_NOMEM : KK_OK;
    for (size_t i = 0; status == KK_OK && i < n; i++) {
        const slot *s = &web.docs[which[i]];
        if (s->doc != NULL) {
            docs[n_docs++] = s->doc;
        } else {
            status = kk_report_add_failure(report, s->name, &s->error, err);
        }
    }
    if (status == KK_OK && n_docs > 0) {
        status = kk_audit_run(&audit, web.auditor, docs, n_docs, &how, err);
        status = status != KK_OK ? status : kk_report_add(report, audit, err);
    }
    kk_audit_free(audit);
    free(docs);
    return status;
}

/* Audits the n documents and writes a report of them. procurement: they are one; gate: the screen
 * that says publish or not. */
WEB(web_report)
int web_report(const int *which, size_t n, int format, int procurement, int gate)
{
    kk_error *err = fresh_error();
    kk_bytes *out = fresh_out();
    kk_report *report = NULL;
    kk_report_options o = KK_INIT(kk_report_options);
    const kk_audit_options how = web_audit_options(procurement != 0);
    for (size_t i = 0; i < n; i++) {
        if (which[i] < 0 || which[i] >= MAX_DOCS || !web.docs[which[i]].used) {
            return wrong_use();
        }
    }
    o.format = (kk_format)format;
    o.lang = how.lang;
    o.date = how.date;
    o.gate = gate != 0;
    o.procurement = procurement != 0;
    kk_status status = kk_report_new(&report, web.bank, &o, err);
    if (procurement != 0) {
        status = status != KK_OK ? status : add_set(report, which, n, err);
    }
    for (size_t i = 0; procurement == 0 && status == KK_OK && i < n; i++) {
        status = add_one(report, &web.docs[which[i]], err);
    }
    status = status != KK_OK ? status : kk_report_finish(report, out, err);
    kk_report_free(report);
    return status;
}

/* ---- plan ---------------------------------------------------------------------------------- */

/* Plans for document i what its findings call for, or the clauses of the option "clauses"; writes
 * the plan as JSON. */
WEB(web_plan) int web_plan(int i)
{
    kk_error *err = fresh_error();
    const kk_audit_options how = web_audit_options(false);
    const kk_plan_options o = web_plan_options(&how);
    kk_audit *audit = NULL;
    drop_plan();
    if (doc_at(i) == NULL) {
        return wrong_use();
    }
    slot *s = &web.docs[i];
    if (s->spent) {
        kk_doc_free(s->doc);
        open_slot(s);
    }
    kk_status status = kk_audit_run(&audit, web.auditor, &s->doc, 1, &how, err);
    if (status == KK_OK) {
        status = kk_plan_new(&web.plan, web.auditor, s->doc, audit, &o, err);
    }
    kk_audit_free(audit);
    web.planned = s;
    return status != KK_OK ? (int)status
                           : (int)kk_plan_print(web.plan, KK_FORMAT_JSON, fresh_out(), err);
}

/* The clause of item k as BLOCKS, as JSON; null unless it is an insertion. */
WEB(web_plan_blocks) int web_plan_blocks(size_t k)
{
    kk_plan_item item = KK_INIT(kk_plan_item);
    if (web.plan == NULL || kk_plan_get(web.plan, k, &item) != KK_OK) {
        return wrong_use();
    }
    (void)fresh_out();
    web.own = true;
    return web_blocks_json(kk_plan_blocks(web.plan, k), item.as_row);
}

WEB(web_plan_choose) int web_plan_choose(size_t k, int chosen)
{
    return web.plan == NULL ? wrong_use() : (int)kk_plan_select(web.plan, k, chosen != 0);
}

/* The new document. Once per plan. */
WEB(web_plan_apply) int web_plan_apply(void)
{
    if (web.plan == NULL) {
        return wrong_use();
    }
    web.planned->spent = true;
    return kk_plan_apply(web.plan, fresh_out(), fresh_error());
}

WEB(web_plan_wants_toc) int web_plan_wants_toc(void)
{
    return web.plan != NULL && kk_plan_wants_toc(web.plan);
}

/* ---- catalogue ----------------------------------------------------------------------------- */

static kk_catalogue_options catalogue_options(int format)
{
    const kk_audit_options how = web_audit_options(false);
    kk_catalogue_options o = KK_INIT(kk_catalogue_options);
    o.format = (kk_format)format;
    o.lang = how.lang;
    o.date = how.date;
    return o;
}

WEB(web_bank_list) int web_bank_list(int format)
{
    const kk_catalogue_options o = catalogue_options(format);
    return kk_bank_list(web.bank, &o, fresh_out(), fresh_error());
}

WEB(web_bank_show) int web_bank_show(const char *id)
{
    const kk_catalogue_options o = catalogue_options(KK_FORMAT_JSON);
    return kk_bank_show(web.bank, id, &o, fresh_out(), fresh_error());
}
