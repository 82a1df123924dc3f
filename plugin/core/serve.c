/* The line server: one JSON request in, one JSON answer out. A bad request is an answer too.
 * Reads no stdin and writes no stdout; the host does. */
#include "serve.h"

#include "base64.h"

#include <string.h>

/* ---- options of a request ------------------------------------------------------------------ */

static kk_status wrong_type(kk_serve_call *call, const char *key, const char *wanted)
{
    return kk_fail(call->err, KK_E_ARG, "", "\"%s\" is no %s; see serve.schema.json", key, wanted);
}

/* *out stays as it is when the key is absent. */
static kk_status take_string(kk_serve_call *call, const char *key, const char **out)
{
    const json_t *value = json_object_get(call->request, key);
    if (value == NULL || json_is_null(value)) {
        return KK_OK;
    }
    if (!json_is_string(value) || strlen(json_string_value(value)) != json_string_length(value)) {
        return wrong_type(call, key, "text");
    }
    *out = json_string_value(value);
    return KK_OK;
}

static kk_status take_bool(kk_serve_call *call, const char *key, bool *out)
{
    const json_t *value = json_object_get(call->request, key);
    if (value != NULL && !json_is_boolean(value)) {
        return wrong_type(call, key, "true or false");
    }
    *out = value == NULL ? *out : json_is_true(value);
    return KK_OK;
}

static kk_status take_list(kk_serve_call *call, const char *key, const char *const **out, size_t *n)
{
    const json_t *value = json_object_get(call->request, key);
    const size_t count = json_array_size(value);
    if (value == NULL) {
        return KK_OK;
    }
    const char **items = kk_arena_array(call->arena, count + 1, sizeof *items);
    if (items == NULL) {
        return kk_fail_nomem(call->err);
    }
    for (size_t i = 0; i < count; i++) {
        items[i] = json_string_value(json_array_get(value, i));
        if (items[i] == NULL) {
            return wrong_type(call, key, "list of texts");
        }
    }
    *out = items;
    *n = count;
    return json_is_array(value) ? KK_OK : wrong_type(call, key, "list of texts");
}

static kk_status take_lang(kk_serve_call *call, const char *key, kk_lang *out)
{
    const char *name = NULL;
    KK_TRY(take_string(call, key, &name));
    if (name == NULL) {
        return KK_OK;
    }
    *out = strcmp(name, "nb") == 0   ? KK_LANG_NB
           : strcmp(name, "nn") == 0 ? KK_LANG_NN
           : strcmp(name, "en") == 0 ? KK_LANG_EN
                                     : KK_LANG_OTHER;
    return *out == KK_LANG_OTHER ? wrong_type(call, key, "language (nb, nn or en)") : KK_OK;
}

static kk_status take_values(kk_serve_call *call)
{
    const json_t *value = json_object_get(call->request, "values");
    if (value == NULL) {
        return KK_OK;
    }
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    if (text == NULL) {
        return kk_fail_nomem(call->err);
    }
    call->plan.values_json = kk_arena_str(call->arena, kk_z(text));
    void (*release)(void *) = NULL;
    json_get_alloc_funcs(NULL, &release);
    release(text);
    return call->plan.values_json.ptr == NULL ? kk_fail_nomem(call->err) : KK_OK;
}

static kk_status take_strings(kk_serve_call *call)
{
    const struct {
        const char *key;
        const char **to;
    } texts[] = {{"date", &call->audit.date},
                 {"level", &call->audit.level},
                 {"author", &call->plan.author},
                 {"timestamp", &call->plan.timestamp},
                 {"text", &call->text}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        KK_TRY(take_string(call, texts[i].key, texts[i].to));
    }
    KK_TRY(take_lang(call, "lang", &call->audit.lang));
    return take_lang(call, "clauseLang", &call->plan.clause_lang);
}

static kk_status take_flags(kk_serve_call *call)
{
    bool track = true;
    const struct {
        const char *key;
        bool *to;
    } flags[] = {{"asProcurement", &call->audit.as_procurement},
                 {"onlyReviewed", &call->audit.only_reviewed},
                 {"dropSignature", &call->plan.drop_signature},
                 {"takeOurs", &call->plan.take_ours},
                 {"track", &track}};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        KK_TRY(take_bool(call, flags[i].key, flags[i].to));
    }
    call->plan.untracked = !track;
    return KK_OK;
}

static kk_status take_options(kk_serve_call *call)
{
    kk_audit_options *a = &call->audit;
    kk_plan_options *p = &call->plan;
    KK_TRY(take_strings(call));
    KK_TRY(take_flags(call));
    KK_TRY(take_list(call, "categories", &a->categories, &a->n_categories));
    KK_TRY(take_list(call, "clauses", &p->clauses, &p->n_clauses));
    p->date = a->date;
    p->lang = a->lang;
    p->level = a->level;
    p->only_reviewed = a->only_reviewed;
    return take_values(call);
}

/* ---- documents of a request ---------------------------------------------------------------- */

static kk_status open_bytes(kk_serve_call *call, kk_str text, const char *name)
{
    kk_buf bytes;
    kk_buf_init(&bytes, 0);
    kk_status s = KK_OK;
    if (!kk_base64_take(&bytes, text)) {
        s = kk_fail(call->err, KK_E_ARG, "", "\"bytes\" is not base64; encode the file by RFC 4648");
    } else if (bytes.failed != KK_OK) {
        s = kk_fail_nomem(call->err);
    } else {
        s = kk_doc_open_memory(&call->docs[call->n_docs], kk_buf_view(&bytes), name,
                               &call->server->limits, call->err);
    }
    kk_buf_dispose(&bytes);
    call->n_docs += s == KK_OK ? 1 : 0;
    return s;
}

static kk_status open_one(kk_serve_call *call, const json_t *from)
{
    const json_t *bytes = json_object_get(from, "bytes");
    const char *path = json_string_value(json_object_get(from, "path"));
    const char *name = json_string_value(json_object_get(from, "name"));
    if (json_is_string(bytes)) {
        return open_bytes(call, (kk_str){json_string_value(bytes), json_string_length(bytes)},
                          name == NULL ? "document" : name);
    }
    if (path == NULL) {
        return kk_fail(call->err, KK_E_ARG, "", "a document has neither \"path\" nor \"bytes\"");
    }
    if (call->server->no_paths) {
        return kk_fail(call->err, KK_E_ARG, "", "paths are switched off; send \"bytes\"");
    }
    KK_TRY(kk_doc_open_file(&call->docs[call->n_docs], path, &call->server->limits, call->err));
    call->n_docs++;
    return KK_OK;
}

static kk_status open_documents(kk_serve_call *call)
{
    const json_t *list = json_object_get(call->request, "documents");
    const size_t n = json_array_size(list);
    call->docs = kk_arena_array(call->arena, n + 2, sizeof(kk_doc *));
    if (call->docs == NULL) {
        return kk_fail_nomem(call->err);
    }
    if (json_object_get(call->request, "path") != NULL ||
        json_object_get(call->request, "bytes") != NULL) {
        KK_TRY(open_one(call, call->request));
    }
    for (size_t i = 0; i < n; i++) {
        KK_TRY(open_one(call, json_array_get(list, i)));
    }
    return KK_OK;
}

/* ---- one line ------------------------------------------------------------------------------ */

static kk_status answer(kk_serve_call *call, json_t **result)
{
    const char *command = NULL;
    KK_TRY(take_string(call, "command", &command));
    if (command == NULL) {
        return kk_fail(call->err, KK_E_ARG, "", "no command; write {\"command\": \"audit\", ...}");
    }
    KK_TRY(take_options(call));
    KK_TRY(open_documents(call));
    return kk_serve_work(call, command, result);
}

static json_t *error_value(const kk_error *err, kk_lang lang)
{
    char line[600];
    (void)kk_error_describe(err, lang, line, sizeof line);
    const char *code = strrchr(line, '[');
    const size_t len = code == NULL ? 0 : strcspn(code + 1, "]");
    return json_pack("{s:s, s:s%, s:s}", "status", kk_status_name(err->status), "code",
                     code == NULL ? "" : code + 1, len, "message", line);
}

static int put_piece(const char *bytes, size_t len, void *out)
{
    kk_buf_add(out, bytes, len);
    return ((kk_buf *)out)->failed == KK_OK ? 0 : -1;
}

/* Takes result over. */
static kk_status write_answer(json_t *id, json_t *result, const kk_error *failure, kk_lang lang,
                              kk_bytes *out, kk_error *err)
{
    kk_buf line;
    kk_buf_init(&line, 0);
    json_t *root = json_pack("{s:O?, s:b}", "id", id, "ok", failure == NULL);
    bool fine = root != NULL;
    if (fine && failure != NULL) {
        fine = json_object_set_new(root, "error", error_value(failure, lang)) == 0;
    }
    if (fine && result != NULL) {
        fine = json_object_set(root, "result", result) == 0;
    }
    fine = fine && json_dump_callback(root, put_piece, &line, JSON_COMPACT) == 0;
    json_decref(root);
    json_decref(result);
    kk_buf_putc(&line, '\n');
    if (!fine || line.failed != KK_OK) {
        kk_buf_dispose(&line);
        return kk_fail_nomem(err);
    }
    return kk_buf_give(&line, out, err);
}

kk_status kk_server_answer(kk_server *server, kk_str line, const char *date, const char *timestamp,
                           kk_bytes *out, kk_error *err)
{
    kk_error why = {.status = KK_OK};
    json_error_t where;
    json_t *result = NULL;
    kk_serve_call call = {.server = server, .arena = kk_arena_new(), .err = &why};
    call.audit = KK_INIT(kk_audit_options);
    call.plan = KK_INIT(kk_plan_options);
    call.audit.date = date;
    call.audit.lang = server->lang;
    call.plan.timestamp = timestamp;
    out->ptr = NULL;
    out->len = 0;
    if (call.arena == NULL) {
        return kk_fail_nomem(err);
    }
    call.request = json_loadb(line.ptr == NULL ? "" : line.ptr, line.len, JSON_REJECT_DUPLICATES,
                              &where);
    kk_status s = KK_OK;
    if (!json_is_object(call.request)) {
        s = kk_fail(&why, KK_E_ARG, "json", "the line is no JSON object: %.200s; send one object a line",
                    call.request == NULL ? where.text : "another value");
    } else {
        s = answer(&call, &result);
    }
    if (s != KK_OK && why.status == KK_OK) {
        why.status = s;
    }
    s = write_answer(json_object_get(call.request, "id"), result, s == KK_OK ? NULL : &why,
                     call.audit.lang, out, err);
    for (size_t i = 0; i < call.n_docs; i++) {
        kk_doc_free(call.docs[i]);
    }
    json_decref(call.request);
    kk_arena_free(call.arena);
    return s;
}

kk_status kk_server_refuse(kk_server *server, const kk_error *why, kk_bytes *out, kk_error *err)
{
    out->ptr = NULL;
    out->len = 0;
    return write_answer(NULL, NULL, why, server->lang, out, err);
}

kk_status kk_server_new(kk_server **out, const kk_bank *bank, const kk_server_options *options,
                        kk_error *err)
{
    kk_server_options o;
    kk_struct_in(&o, sizeof o, options);
    *out = NULL;
    kk_server *s = kk_malloc(sizeof *s);
    if (s == NULL) {
        return kk_fail_nomem(err);
    }
    *s = (kk_server){.bank = bank, .lang = o.lang, .no_paths = o.no_paths};
    kk_struct_in(&s->limits, sizeof s->limits, o.limits);
    const kk_status status = kk_auditor_new(&s->auditor, bank, o.limits, err);
    if (status != KK_OK) {
        kk_server_free(s);
        return status;
    }
    *out = s;
    return KK_OK;
}

void kk_server_free(kk_server *server)
{
    if (server != NULL) {
        kk_auditor_free(server->auditor);
        kk_release(server);
    }
}
