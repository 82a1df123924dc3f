/* Documents as hosts hold them: a package opened from a file or from memory. Reading
 * WordprocessingML is docx's business; the text door is textdoor.c's. */
#include "core.h"

#include "docx.h"
#include "file.h"
#include "hash.h"

#include <string.h>

enum { DEFAULT_FILE_MIB = 512 };

static kk_doc *doc_new(const char *name, kk_error *err)
{
    kk_doc *doc = kk_malloc(sizeof *doc);
    kk_arena *arena = kk_arena_new();
    if (doc == NULL || arena == NULL) {
        kk_release(doc);
        kk_arena_free(arena);
        (void)kk_fail_nomem(err);
        return NULL;
    }
    *doc = (kk_doc){.arena = arena};
    kk_buf_init(&doc->bytes, 0);
    doc->name = kk_arena_str(arena, kk_z(name == NULL ? "" : name)).ptr;
    if (doc->name == NULL) {
        kk_doc_free(doc);
        (void)kk_fail_nomem(err);
        return NULL;
    }
    return doc;
}

static kk_status read_package(kk_doc **out, kk_doc *doc, const kk_limits *limits, kk_error *err)
{
    const kk_str bytes = {doc->bytes.ptr, doc->bytes.len};
    const kk_status status = kk_docx_open(&doc->docx, bytes, limits, err);
    if (status != KK_OK) {
        kk_doc_free(doc);
        return status;
    }
    doc->text = kk_docx_text(doc->docx);
    kk_sha256_hex(bytes, doc->sha256);
    *out = doc;
    return KK_OK;
}

static uint64_t file_cap(const kk_limits *limits)
{
    const uint64_t cap = limits == NULL ? 0 : limits->file_bytes;
    return cap == 0 ? (uint64_t)DEFAULT_FILE_MIB << 20 : cap;
}

kk_status kk_doc_open_file(kk_doc **out, const char *path, const kk_limits *limits, kk_error *err)
{
    kk_limits known;
    kk_struct_in(&known, sizeof known, limits);
    *out = NULL;
    kk_doc *doc = doc_new(path, err);
    if (doc == NULL) {
        return KK_E_NOMEM;
    }
    const kk_status status = kk_file_read(path, file_cap(&known), &doc->bytes, err);
    if (status != KK_OK) {
        kk_doc_free(doc);
        return status;
    }
    return read_package(out, doc, &known, err);
}

kk_status kk_doc_open_memory(kk_doc **out, kk_str bytes, const char *name, const kk_limits *limits,
                             kk_error *err)
{
    kk_limits known;
    kk_struct_in(&known, sizeof known, limits);
    *out = NULL;
    kk_doc *doc = doc_new(name, err);
    if (doc == NULL) {
        return KK_E_NOMEM;
    }
    kk_buf_add(&doc->bytes, bytes.ptr, bytes.len);
    if (doc->bytes.failed != KK_OK) {
        kk_doc_free(doc);
        return kk_fail_nomem(err);
    }
    return read_package(out, doc, &known, err);
}

void kk_doc_free(kk_doc *doc)
{
    if (doc != NULL) {
        kk_docx_free(doc->docx);
        kk_buf_dispose(&doc->bytes);
        kk_arena_free(doc->arena);
        kk_release(doc);
    }
}

const char *kk_doc_name(const kk_doc *doc)
{
    return doc->name;
}

const char *kk_doc_sha256(const kk_doc *doc)
{
    return doc->sha256;
}

const kk_text *kk_doc_text(const kk_doc *doc)
{
    return doc->text;
}
