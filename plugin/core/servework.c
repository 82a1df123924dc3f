/* The commands of the line server: a request with its options and documents -> a result in JSON. */
#include "serve.h"

#include "base64.h"
#include "hash.h"

#include <string.h>

/* JSON of ours, or any text, as a value. */
static kk_status as_value(kk_serve_call *call, kk_bytes *bytes, bool is_json, json_t **out)
{
    *out = is_json ? json_loadb(bytes->ptr, bytes->len, 0, NULL)
                   : json_pack("{s:s%}", "text", bytes->ptr, bytes->len);
    kk_bytes_free(bytes);
    return *out == NULL ? kk_fail_nomem(call->err) : KK_OK;
}

static kk_status format_of(kk_serve_call *call, kk_format *out)
{
    static const char *const names[] = {"text", "json", "html", "sarif", "junit", "csv"};
    const char *name = json_string_value(json_object_get(call->request, "format"));
    *out = KK_FORMAT_JSON;
    for (size_t i = 0; name != NULL && i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0) {
            *out = (kk_format)i;
            return KK_OK;
        }
    }
    return name == NULL ? KK_OK
                        : kk_fail(call->err, KK_E_ARG, "",
                                  "unknown format \"%.40s\"; use text, json, html, sarif, junit or "
                                  "csv",
                                  name);
}

static kk_status report(kk_serve_call *call, const kk_report_options *how, json_t **result)
{
    kk_audit *audit = NULL;
    kk_report *r = NULL;
    kk_bytes bytes = {NULL, 0};
    kk_status s = kk_report_new(&r, call->server->bank, how, call->err);
    if (s == KK_OK) {
        s = kk_audit_run(&audit, call->server->auditor, call->docs, call->n_docs, &call->audit,
                         call->err);
    }
    if (s == KK_OK) {
        s = kk_report_add(r, audit, call->err);
    }
    if (s == KK_OK) {
        s = kk_report_finish(r, &bytes, call->err);
    }
    if (s == KK_OK) {
        const bool is_json = how->format == KK_FORMAT_JSON || how->format == KK_FORMAT_SARIF;
        s = as_value(call, &bytes, is_json, result);
    }
    kk_audit_free(audit);
    kk_report_free(r);
    return s;
}

static kk_status need_documents(kk_serve_call *call)
{
    return call->n_docs > 0
               ? KK_OK
               : kk_fail(call->err, KK_E_ARG, "",
                         "no document; give \"path\", \"bytes\" or \"documents\"");
}

static kk_status judge(kk_serve_call *call, bool gate, bool classify, json_t **result)
{
    kk_report_options how = KK_INIT(kk_report_options);
    KK_TRY(need_documents(call));
    KK_TRY(format_of(call, &how.format));
    call->audit.as_procurement = call->audit.as_procurement || gate;
    how.lang = call->audit.lang;
    how.date = call->audit.date;
    how.gate = gate;
    how.classify = classify;
    how.procurement = call->audit.as_procurement;
    return report(call, &how, result);
}

static kk_status show_plan(kk_serve_call *call, kk_plan *plan, json_t **result)
{
    kk_bytes bytes = {NULL, 0};
    json_t *shown = NULL;
    KK_TRY(kk_plan_print(plan, KK_FORMAT_JSON, &bytes, call->err));
    KK_TRY(as_value(call, &bytes, true, &shown));
    *result = json_pack("{s:o}", "plan", shown);
    return *result == NULL ? kk_fail_nomem(call->err) : KK_OK;
}

static kk_status give_document(kk_serve_call *call, const kk_bytes *doc, size_t changes,
                               json_t *result)
{
    char hash[65];
    kk_buf text;
    const kk_str bytes = {doc->ptr, doc->len};
    kk_buf_init(&text, 0);
    kk_base64_put(&text, bytes);
    kk_sha256_hex(bytes, hash);
    bool fine = text.failed == KK_OK;
    fine = fine && json_object_set_new(result, "changed", json_integer((json_int_t)changes)) == 0;
    fine = fine && json_object_set_new(result, "sha256", json_string(hash)) == 0;
    fine = fine &&
           json_object_set_new(result, "bytes", json_stringn(kk_buf_view(&text).ptr, text.len)) == 0;
    kk_buf_dispose(&text);
    return fine ? KK_OK : kk_fail_nomem(call->err);
}

/* A refusal keeps the plan beside the error, so that the host can show the candidates. */
static kk_status insert(kk_serve_call *call, json_t **result)
{
    kk_audit *audit = NULL;
    kk_plan *plan = NULL;
    kk_bytes doc = {NULL, 0};
    KK_TRY(need_documents(call));
    if (call->n_docs != 1) {
        return kk_fail(call->err, KK_E_ARG, "", "insert takes one document; send one at a time");
    }
    kk_status s = kk_audit_run(&audit, call->server->auditor, call->docs, 1, &call->audit, call->err);
    call->plan.settle = &call->audit;
    if (s == KK_OK) {
        s = kk_plan_new(&plan, call->server->auditor, call->docs[0], audit, &call->plan, call->err);
    }
    if (s == KK_OK) {
        const size_t changes = kk_plan_changes(plan);
        s = kk_plan_apply(plan, &doc, call->err);
        const kk_status shown = show_plan(call, plan, result);
        s = s == KK_OK ? shown : s;
        if (s == KK_OK) {
            s = give_document(call, &doc, changes, *result);
        }
    }
    kk_bytes_free(&doc);
    kk_plan_free(plan);
    kk_audit_free(audit);
    return s;
}

static kk_status print_text(kk_serve_call *call, json_t **result)
{
    kk_bytes bytes = {NULL, 0};
    kk_format format;
    KK_TRY(need_documents(call));
    KK_TRY(format_of(call, &format));
    KK_TRY(kk_doc_print(call->docs[0], format, &bytes, call->err));
    return as_value(call, &bytes, format == KK_FORMAT_JSON, result);
}

static json_t *strings(const kk_str *items, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < n; i++) {
        if (json_array_append_new(list, json_stringn(items[i].ptr, items[i].len)) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static kk_status classify_text(kk_serve_call *call, json_t **result)
{
    const kk_category_info *found;
    size_t n;
    KK_TRY(kk_text_classify(call->server->auditor, kk_z(call->text), &found, &n, call->err));
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < n; i++) {
        json_t *one = json_pack("{s:s%, s:s%, s:f, s:o*, s:o*}", "id", found[i].id.ptr,
                                found[i].id.len, "name", found[i].name.ptr, found[i].name.len,
                                "score", found[i].score, "cpv",
                                strings(found[i].cpv, found[i].n_cpv), "evidence",
                                strings(found[i].evidence, found[i].n_evidence));
        if (one == NULL || json_array_append_new(list, one) != 0) {
            json_decref(list);
            list = NULL;
        }
    }
    *result = json_pack("{s:o}", "categories", list);
    return *result == NULL ? kk_fail_nomem(call->err) : KK_OK;
}

static kk_status judge_passage(kk_serve_call *call, json_t **result)
{
    kk_passage_info p = KK_INIT(kk_passage_info);
    const bool strict = json_is_true(json_object_get(call->request, "strictClimate"));
    if (call->text == NULL) {
        return kk_fail(call->err, KK_E_ARG, "", "no passage; give \"text\"");
    }
    KK_TRY(kk_text_requirement(call->server->auditor, kk_z(call->text), strict, &p, call->err));
    *result = json_pack("{s:b, s:b, s:b, s:b, s:b, s:s%, s:o*}", "requirement", p.requirement,
                        "climate", p.climate, "binding", p.binding, "measurable", p.measurable,
                        "documented", p.documented, "kind", p.kind.ptr == NULL ? "" : p.kind.ptr,
                        p.kind.len, "rules", strings(p.rules, p.n_rules));
    return *result == NULL ? kk_fail_nomem(call->err) : KK_OK;
}

static kk_status tell_version(kk_serve_call *call, json_t **result)
{
    *result = json_pack("{s:s, s:s, s:i, s:s}", "name", "klimakrav", "version", kk_version(), "abi",
                        (int)kk_abi(), "bank", kk_bank_version(call->server->bank));
    return *result == NULL ? kk_fail_nomem(call->err) : KK_OK;
}

kk_status kk_serve_work(kk_serve_call *call, const char *command, json_t **result)
{
    if (strcmp(command, "audit") == 0) {
        return judge(call, false, false, result);
    }
    if (strcmp(command, "check") == 0) {
        return judge(call, true, false, result);
    }
    if (strcmp(command, "insert") == 0) {
        return insert(call, result);
    }
    if (strcmp(command, "classify") == 0) {
        return call->text != NULL ? classify_text(call, result) : judge(call, false, true, result);
    }
    if (strcmp(command, "requirements") == 0) {
        return judge_passage(call, result);
    }
    if (strcmp(command, "text") == 0) {
        return print_text(call, result);
    }
    if (strcmp(command, "version") == 0) {
        return tell_version(call, result);
    }
    return kk_fail(call->err, KK_E_ARG, "",
                   "unknown command \"%.40s\"; use audit, check, insert, classify, requirements, "
                   "text or version",
                   command);
}
