/* kk-bankc BANK-FOLDER SCHEMA IMAGE: checks the XML files of a bank and compiles them into one
 * image. A tool of the build; not installed. */
#include "rules.h"

#include "error.h"
#include "file.h"
#include "mem.h"
#include "str.h"
#include "vec.h"

#include <stdio.h>
#include <string.h>

enum { FILE_MAX = 64 << 20 };

typedef struct reading {
    kk_arena *arena;
    size_t prefix; /* bytes of a path before the name within the bank */
    KK_VEC(kk_rule_source) sources;
    KK_VEC(char *) blocks;
    kk_status status;
    kk_error *err;
} reading;

static bool read_one(void *context, const char *path)
{
    reading *r = context;
    const kk_str name = kk_str_from(path + r->prefix);
    if (name.ptr[0] == '.' ||
        (!kk_str_ends(name, KK_STR(".xml")) && !kk_str_ends(name, KK_STR(".tsv")))) {
        return true;
    }
    kk_buf buf;
    kk_buf_init(&buf, 0);
    r->status = kk_file_read(path, FILE_MAX, &buf, r->err);
    size_t len = 0;
    char *bytes = r->status == KK_OK ? kk_buf_detach(&buf, &len) : NULL;
    kk_buf_dispose(&buf);
    const kk_rule_source source = {.name = kk_arena_str(r->arena, name), .xml = {bytes, len}};
    if (r->status == KK_OK &&
        (bytes == NULL || source.name.ptr == NULL || !kk_vec_push(&r->blocks, bytes) ||
         !kk_vec_push(&r->sources, source))) {
        r->status = kk_fail_nomem(r->err);
    }
    return r->status == KK_OK;
}

static kk_status compile(reading *r, const char *schema_path, kk_buf *schema, kk_buf *image)
{
    KK_TRY(kk_file_read(schema_path, FILE_MAX, schema, r->err));
    return kk_rules_compile(r->sources.items, r->sources.n, kk_buf_view(schema), image, r->err);
}

static kk_status run(const char *bank, const char *schema_path, const char *image_path,
                     kk_error *err)
{
    reading r = {.arena = kk_arena_new(), .prefix = strlen(bank) + 1, .err = err};
    kk_buf schema;
    kk_buf image;
    kk_buf_init(&schema, 0);
    kk_buf_init(&image, 0);
    kk_error stopped = {.status = KK_OK};
    kk_status status =
        r.arena == NULL ? kk_fail_nomem(err) : kk_file_walk(bank, read_one, &r, &stopped);
    if (r.status != KK_OK) {
        status = r.status; /* the walk only says that it was stopped */
    } else if (status != KK_OK) {
        *err = stopped;
    }
    if (status == KK_OK) {
        status = compile(&r, schema_path, &schema, &image);
    }
    if (status == KK_OK) {
        const kk_str whole = kk_buf_view(&image);
        status = kk_file_replace(image_path, &whole, 1, err);
    }
    for (size_t i = 0; i < r.blocks.n; i++) {
        kk_release(r.blocks.items[i]);
    }
    kk_vec_free(&r.blocks);
    kk_vec_free(&r.sources);
    kk_buf_dispose(&schema);
    kk_buf_dispose(&image);
    kk_arena_free(r.arena);
    return status;
}

int main(int argc, char **argv)
{
    kk_error err = {.status = KK_OK};
    if (argc != 4) {
        fprintf(stderr, "usage: kk-bankc BANK-FOLDER SCHEMA IMAGE\n");
        return 2;
    }
    if (run(argv[1], argv[2], argv[3], &err) != KK_OK) {
        fprintf(stderr, "%s:%u: %s\n", err.part[0] == '\0' ? argv[1] : err.part, (unsigned)err.line,
                err.message);
        return 2;
    }
    return 0;
}
