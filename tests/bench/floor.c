/* What no audit can be faster than: opens packages by libzip, inflates every XML part below word/ by
 * libdeflate, checks its CRC and looks at every byte once. And, for the programs that the audit is
 * compared with, the regexes and literals of a compiled bank.
 *   bench_floor files FILE...        bench_floor patterns BANK.kkb */
#include "file.h"
#include "mem.h"
#include "model.h"

#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

static void die(const char *what)
{
    (void)fprintf(stderr, "bench_floor: %s\n", what);
    exit(2);
}

static void *room(void **block, size_t *have, size_t want)
{
    if (want > *have) {
        *have = want;
        *block = kk_realloc(*block, want);
        if (*block == NULL) {
            die("out of memory");
        }
    }
    return *block;
}

typedef struct work {
    struct libdeflate_decompressor *inflater;
    void *packed, *plain;
    size_t packed_room, plain_room;
    unsigned long long bytes, tags;
} work;

static void read_part(work *w, zip_t *zip, const zip_stat_t *s)
{
    zip_file_t *in = zip_fopen_index(zip, s->index, ZIP_FL_COMPRESSED);
    char *packed = room(&w->packed, &w->packed_room, (size_t)s->comp_size + 1);
    char *plain = room(&w->plain, &w->plain_room, (size_t)s->size + 1);
    if (in == NULL || zip_fread(in, packed, s->comp_size) != (zip_int64_t)s->comp_size) {
        die("cannot read a part");
    }
    (void)zip_fclose(in);
    if (s->comp_method == ZIP_CM_STORE) {
        memcpy(plain, packed, (size_t)s->size);
    } else if (libdeflate_deflate_decompress(w->inflater, packed, (size_t)s->comp_size, plain,
                                             (size_t)s->size, NULL) != LIBDEFLATE_SUCCESS) {
        die("cannot inflate a part");
    }
    if (libdeflate_crc32(0, plain, (size_t)s->size) != s->crc) {
        die("wrong CRC");
    }
    const char *end = plain + s->size;
    for (const char *at = plain; (at = memchr(at, '<', (size_t)(end - at))) != NULL; at++) {
        w->tags++;
    }
    w->bytes += s->size;
}

static void read_package(work *w, const char *path)
{
    zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
    if (zip == NULL) {
        die(path);
    }
    const zip_int64_t n = zip_get_num_entries(zip, 0);
    for (zip_int64_t i = 0; i < n; i++) {
        zip_stat_t s;
        if (zip_stat_index(zip, (zip_uint64_t)i, 0, &s) == 0 && strncmp(s.name, "word/", 5) == 0 &&
            strlen(s.name) > 4 && strcmp(s.name + strlen(s.name) - 4, ".xml") == 0) {
            read_part(w, zip, &s);
        }
    }
    zip_discard(zip);
}

static void put_json(kk_str s)
{
    putchar('"');
    for (size_t i = 0; i < s.len; i++) {
        const unsigned char c = (unsigned char)s.ptr[i];
        if (c == '"' || c == '\\') {
            putchar('\\');
            putchar(c);
        } else if (c < ' ') {
            printf("\\u%04x", c);
        } else {
            putchar(c);
        }
    }
    putchar('"');
}

static void print_patterns(const char *path)
{
    kk_buf image;
    kk_rules *rules;
    kk_error err = {.status = KK_OK};
    kk_buf_init(&image, 0);
    if (kk_file_read(path, 0, &image, &err) != KK_OK) {
        die(err.message);
    }
    const kk_rule_source source = {.name = {"bank.kkb", 8}, .xml = kk_buf_view(&image)};
    if (kk_rules_load(&rules, &source, 1, (kk_str){"", 0}, &err) != KK_OK) {
        die(err.message);
    }
    const kk_model *m = kk_rules_model(rules);
    for (uint32_t i = 0; i < m->n_matchers; i++) {
        printf("{\"regex\": ");
        put_json(m->matchers[i].regex);
        printf(", \"literals\": [");
        for (uint32_t k = 0; k < m->matchers[i].n_literals; k++) {
            printf("%s", k > 0 ? ", " : "");
            put_json(m->matchers[i].literals[k]);
        }
        printf("]}\n");
    }
    kk_rules_free(rules);
    kk_buf_dispose(&image);
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "patterns") == 0) {
        print_patterns(argv[2]);
        return 0;
    }
    if (argc < 3 || strcmp(argv[1], "files") != 0) {
        die("usage: bench_floor files FILE... | patterns BANK.kkb");
    }
    work w = {.inflater = libdeflate_alloc_decompressor()};
    if (w.inflater == NULL) {
        die("out of memory");
    }
    for (int i = 2; i < argc; i++) {
        read_package(&w, argv[i]);
    }
    printf("%llu bytes, %llu tags\n", w.bytes, w.tags);
    libdeflate_free_decompressor(w.inflater);
    kk_release(w.packed);
    kk_release(w.plain);
    return 0;
}
