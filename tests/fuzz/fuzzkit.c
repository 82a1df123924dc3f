/* See fuzzkit.h. Knows nothing of what a target looks for. */
#include "fuzzkit.h"

#include "docxlaws.h"
#include "error.h"
#include "file.h"
#include "mem.h"
#include "str.h"
#include "zip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DATE  "2026-11-23"
#define STAMP "2026-11-23T12:00:00Z"

fuzz_input fuzz_begin(const uint8_t *data, size_t size)
{
    fuzz_input in = {.bytes = {(const char *)data, size}};
    uint64_t fail_at = 0;
    if (size >= 4 && data[0] == 1) {
        in.options = data[1];
        fail_at = (uint64_t)data[2] | (uint64_t)data[3] << 8;
        in.bytes = (kk_str){(const char *)data + 4, size - 4};
    }
    kk_mem_fail_at(fail_at);
    return in;
}

void fuzz_end(void)
{
    kk_mem_fail_at(0);
}

void fuzz_law(bool holds, const char *law)
{
    if (!holds) {
        (void)fprintf(stderr, "broken law: %s\n", law);
        abort();
    }
}

static void must(kk_status status, const kk_error *err)
{
    if (status != KK_OK) {
        (void)fprintf(stderr, "cannot begin: %s (%s)\n", err->message, err->part);
        exit(2);
    }
}

const kk_bank *fuzz_bank(void)
{
    static kk_bank *bank;
    if (bank == NULL) {
        kk_error err = {.status = KK_OK};
        kk_bank_options options = KK_INIT(kk_bank_options);
        options.folder = KK_SHARE_DIR;
        must(kk_bank_load(&bank, &options, &err), &err);
    }
    return bank;
}

kk_auditor *fuzz_auditor(void)
{
    static kk_auditor *auditor;
    if (auditor == NULL) {
        kk_error err = {.status = KK_OK};
        must(kk_auditor_new(&auditor, fuzz_bank(), NULL, &err), &err);
    }
    return auditor;
}

void fuzz_status(kk_status status, const kk_error *err)
{
    char line[700];
    if (status == KK_OK) {
        return;
    }
    fuzz_law(err->status == status, "the error says what was returned");
    fuzz_law(err->message[0] != '\0', "an error has a message");
    (void)kk_error_describe(err, KK_LANG_NB, line, sizeof line);
    for (const char *c = line; *c != '\0'; c++) {
        fuzz_law((unsigned char)*c >= 0x20 && *c != 0x7f, "no control characters in a message");
    }
}

kk_str fuzz_file(const char *relative)
{
    enum { FILES = 16 };
    static struct {
        const char *name;
        kk_bytes bytes;
    } kept[FILES];
    size_t i = 0;
    while (i < FILES && kept[i].name != NULL && strcmp(kept[i].name, relative) != 0) {
        i++;
    }
    fuzz_law(i < FILES, "there is room for one more file");
    if (kept[i].name == NULL) {
        char path[1000];
        kk_error err = {.status = KK_OK};
        (void)snprintf(path, sizeof path, "%s/%s", KK_SOURCE_DIR, relative);
        must(kk_file_load(path, 0, &kept[i].bytes, &err), &err);
        kept[i].name = relative;
    }
    return (kk_str){kept[i].bytes.ptr, kept[i].bytes.len};
}

kk_status fuzz_exchange(kk_str package, const char *part, kk_str bytes, kk_buf *out)
{
    kk_error err = {.status = KK_OK};
    kk_zip *zip = NULL;
    kk_status status = kk_zip_open(&zip, package, NULL, &err);
    if (status == KK_OK) {
        const kk_zip_change change = {
            .index = kk_zip_find(zip, kk_str_from(part)), .pieces = &bytes, .n_pieces = 1};
        status = kk_zip_write(zip, &change, 1, out, &err);
    }
    kk_zip_free(zip);
    return status;
}

/* ---- one document ---------------------------------------------------------------------------- */

typedef struct road {
    kk_doc *doc;
    kk_audit *audit;
    kk_str package;
    unsigned options;
    kk_lang lang;
} road;

static kk_status report(const road *r, kk_error *err)
{
    kk_report_options options = KK_INIT(kk_report_options);
    options.format = (r->options & 1u) != 0 ? KK_FORMAT_HTML : KK_FORMAT_JSON;
    options.date = DATE;
    options.lang = r->lang;
    kk_report *sheet = NULL;
    kk_bytes out = {NULL, 0};
    kk_status s = kk_report_new(&sheet, fuzz_bank(), &options, err);
    s = s != KK_OK ? s : kk_report_add(sheet, r->audit, err);
    s = s != KK_OK ? s : kk_report_finish(sheet, &out, err);
    fuzz_law((s == KK_OK) == (out.ptr != NULL), "a report, or an error");
    kk_report_free(sheet);
    kk_bytes_free(&out);
    return s;
}

static kk_status insert(const road *r, kk_bytes *out, kk_error *err)
{
    kk_plan_options options = KK_INIT(kk_plan_options);
    options.date = DATE;
    options.timestamp = STAMP;
    options.lang = r->lang;
    kk_plan *plan = NULL;
    kk_status s = kk_plan_new(&plan, fuzz_auditor(), r->doc, r->audit, &options, err);
    s = s != KK_OK ? s : kk_plan_print(plan, KK_FORMAT_JSON, out, err);
    kk_bytes_free(out);
    if (s == KK_OK && kk_plan_refusals(plan) == 0) {
        s = kk_plan_apply(plan, out, err);
    }
    kk_plan_free(plan);
    return s;
}

static kk_status edit(const road *r, kk_bytes *out, kk_error *err)
{
    size_t n = 0;
    if ((r->options & 4u) != 0) {
        kk_comment_options options = KK_INIT(kk_comment_options);
        options.date = DATE;
        options.timestamp = STAMP;
        return kk_doc_comment(r->doc, fuzz_auditor(), r->audit, &options, out, err);
    }
    if ((r->options & 8u) != 0) {
        return kk_doc_release(r->doc, NULL, out, &n, err);
    }
    if ((r->options & 16u) != 0) {
        kk_withdraw_options options = KK_INIT(kk_withdraw_options);
        options.track = (r->options & 2u) != 0;
        options.author = "klimakrav";
        options.timestamp = STAMP;
        return kk_doc_withdraw(r->doc, &options, out, &n, err);
    }
    return (r->options & 32u) != 0 ? insert(r, out, err) : KK_OK;
}

static void laws(kk_str package)
{
    char fault[200] = "";
    kk_docx *doc = NULL;
    kk_error err = {.status = KK_OK};
    kk_mem_fail_at(0);
    if (kk_docx_open(&doc, package, NULL, &err) == KK_OK) {
        fuzz_law(kk_docx_laws(doc, fault, sizeof fault), fault);
        fuzz_law(kk_docx_scan_laws(doc, fault, sizeof fault), fault);
        kk_buf same;
        kk_buf_init(&same, 0);
        if (kk_docx_save(doc, &same, &err) == KK_OK) {
            fuzz_law(kk_str_equal(kk_buf_view(&same), package), "no edits, no change");
        }
        kk_buf_dispose(&same);
    }
    kk_docx_free(doc);
}

void fuzz_document(kk_str package, unsigned options)
{
    kk_error err = {.status = KK_OK};
    kk_bytes out = {NULL, 0};
    road r = {.package = package, .options = options};
    r.lang = (options & 2u) != 0 ? KK_LANG_NN : KK_LANG_NB;
    if ((options & 64u) != 0) {
        laws(package);
        return;
    }
    kk_audit_options how = KK_INIT(kk_audit_options);
    how.date = DATE;
    how.lang = r.lang;
    kk_status s = kk_doc_open_memory(&r.doc, package, "x.docx", NULL, &err);
    s = s != KK_OK ? s : kk_doc_print(r.doc, KK_FORMAT_JSON, &out, &err);
    kk_bytes_free(&out);
    s = s != KK_OK ? s : kk_audit_run(&r.audit, fuzz_auditor(), &r.doc, 1, &how, &err);
    s = s != KK_OK ? s : report(&r, &err);
    s = s != KK_OK ? s : edit(&r, &out, &err);
    fuzz_status(s, &err);
    fuzz_law(s == KK_OK || out.ptr == NULL, "no bytes after a failure");
    kk_mem_fail_at(0);
    if (out.ptr != NULL) {
        kk_doc *again = NULL;
        s = kk_doc_open_memory(&again, (kk_str){out.ptr, out.len}, "y.docx", NULL, &err);
        fuzz_law(s == KK_OK, "what was written opens");
        kk_doc_free(again);
    }
    kk_bytes_free(&out);
    kk_audit_free(r.audit);
    kk_doc_free(r.doc);
}
