/* Reads rule files from the source tree. Failing here is no test result: the program ends. */
#include "bankload.h"

#include "file.h"
#include "str.h"

#include <stdio.h>
#include <stdlib.h>

enum { MAX_FILE = 16 * 1024 * 1024 };

typedef struct reading {
    kk_arena *arena;
    source_list *list;
    kk_error err;
} reading;

static void give_up(const char *what, const kk_error *err)
{
    (void)fprintf(stderr, "%s: %s:%u: %s\n", what, err->part, err->line, err->message);
    exit(2);
}

static bool add(void *context, const char *path)
{
    reading *in = context;
    const kk_str name = kk_str_from(path);
    kk_buf content;
    if (!kk_str_ends(name, KK_STR(".xml")) && !kk_str_ends(name, KK_STR(".tsv"))) {
        return true;
    }
    kk_buf_init(&content, 0);
    if (kk_file_read(path, MAX_FILE, &content, &in->err) != KK_OK) {
        give_up(path, &in->err);
    }
    const kk_rule_source source = {kk_arena_str(in->arena, name),
                                   kk_arena_str(in->arena, kk_buf_view(&content)), false};
    kk_buf_dispose(&content);
    return kk_vec_push(in->list, source);
}

void bank_read(const char *folder, kk_arena *arena, source_list *list)
{
    reading in = {.arena = arena, .list = list};
    if (kk_file_walk(folder, add, &in, &in.err) != KK_OK) {
        give_up(folder, &in.err);
    }
}

void bank_load(kk_arena *arena, kk_rules **rules, kk_scanner **scanner)
{
    source_list list = {0};
    kk_error err = {0};
    bank_read(KK_SOURCE_DIR "/rules/bank", arena, &list);
    if (kk_rules_load(rules, list.items, list.n, (kk_str){NULL, 0}, &err) != KK_OK ||
        kk_scanner_new(scanner, *rules, NULL, &err) != KK_OK) {
        give_up("bank", &err);
    }
    kk_vec_free(&list);
}
