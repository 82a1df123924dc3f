/* Head, checksum and table of sources of a compiled bank. What the values of the model are is
 * image_model.c's business; files are the caller's. */
#include "image.h"

#include "error.h"
#include "str.h"

#include <string.h>

static const unsigned char magic[8] = {0x89, 'K', 'K', 'B', '\r', '\n', 0x1A, '\n'};

enum { AT_FORMAT = 8, AT_LENGTH = 16, AT_SUM = 24, AT_VERSION = 32, VERSION_ROOM = 16 };

bool kk_image_is(const kk_rule_source *source)
{
    return kk_str_ends(source->name, KK_STR(".kkb")) ||
           (source->xml.len >= sizeof magic && memcmp(source->xml.ptr, magic, sizeof magic) == 0);
}

/* ---- hashes -------------------------------------------------------------------------------- */

static uint64_t word_at(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 |
           (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 |
           (uint64_t)b[7] << 56;
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

/* Up to eight bytes at the end of s, the rest zero. */
static uint64_t tail_word(kk_str s, size_t from)
{
    char last[8] = {0};
    memcpy(last, s.ptr + from, s.len - from);
    return word_at(last);
}

uint64_t kk_bank_hash(uint64_t state, kk_str bytes)
{
    size_t i = 0;
    for (; i + 8 <= bytes.len; i += 8) {
        state = mix(state, word_at(bytes.ptr + i));
    }
    if (i < bytes.len) {
        state = mix(state, tail_word(bytes, i));
    }
    return (state ^ bytes.len) * UINT64_C(0xBF58476D1CE4E5B9);
}

void kk_bank_hash_print(uint64_t state, char out[13])
{
    static const char digits[] = "0123456789abcdef";
    state ^= state >> 32;
    for (size_t i = 0; i < 12; i++) {
        out[i] = digits[state >> (4 * i) & 0xF];
    }
    out[12] = '\0';
}

/* Four lanes, since one alone waits for its multiplications. */
uint64_t kk_rules_image_sum(kk_str bytes)
{
    uint64_t lane[4] = {1, 2, 3, 4};
    size_t i = 0;
    for (; i + 32 <= bytes.len; i += 32) {
        for (size_t k = 0; k < 4; k++) {
            lane[k] = mix(lane[k], word_at(bytes.ptr + i + 8 * k));
        }
    }
    uint64_t sum = bytes.len;
    for (size_t k = 0; k < 4; k++) {
        sum = mix(sum, lane[k]);
    }
    for (; i < bytes.len; i += 8) {
        sum = mix(sum, i + 8 <= bytes.len ? word_at(bytes.ptr + i) : tail_word(bytes, i));
    }
    return sum;
}

/* ---- writing ------------------------------------------------------------------------------- */

static void file_entry(kk_image_io *io, void *item)
{
    kk_rule_image_file *file = item;
    kk_image_str(io, &file->name);
    kk_image_u64(io, &file->size);
    kk_image_u64(io, &file->sum);
}

static void store(char *at, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        at[i] = (char)(unsigned char)(value >> (8 * i));
    }
}

static void write_top(kk_image_io *io, uint64_t hash, const kk_rule_source *sources, uint32_t n)
{
    kk_image_u64(io, &hash);
    kk_image_u32(io, &n);
    for (uint32_t i = 0; i < n; i++) {
        kk_rule_image_file file = {sources[i].name, sources[i].xml.len,
                                   kk_rules_image_sum(sources[i].xml)};
        file_entry(io, &file);
    }
}

kk_status kk_image_write(const kk_model *model, const kk_prefilter *filter, uint64_t hash,
                         const kk_rule_source *sources, uint32_t n, kk_buf *out, kk_error *err)
{
    kk_image_io io = {.writing = true, .out = out};
    kk_model copy = *model;
    kk_prefilter table = *filter;
    char head[KK_IMAGE_HEAD] = {0};
    kk_buf_clear(out); /* words are aligned from the beginning */
    kk_buf_add(out, head, sizeof head);
    write_top(&io, hash, sources, n);
    kk_image_model(&io, &copy);
    kk_image_prefilter(&io, &table);
    kk_image_dispose(&io);
    if (out->failed != KK_OK || io.failed != KK_OK) {
        return kk_fail_nomem(err);
    }
    memcpy(head, magic, sizeof magic);
    store(head + AT_FORMAT, KK_IMAGE_FORMAT, 4);
    store(head + AT_LENGTH, out->len, 8);
    memcpy(head + AT_VERSION, KK_VERSION, strlen(KK_VERSION));
    memcpy(out->ptr, head, sizeof head);
    store(head + AT_SUM, kk_rules_image_sum((kk_str){out->ptr + AT_VERSION, out->len - AT_VERSION}),
          8);
    memcpy(out->ptr, head, sizeof head);
    return KK_OK;
}

/* ---- reading ------------------------------------------------------------------------------- */

static kk_status fail(kk_str name, kk_error *err, const char *what)
{
    return kk_fail_at(err, KK_E_FORMAT, "rule-file", name, 0,
                      "this compiled bank %s; build it again, or use the XML files", what);
}

static kk_status check_head(kk_str bytes, kk_str name, bool sum, kk_error *err)
{
    char version[VERSION_ROOM] = {0};
    memcpy(version, KK_VERSION, strlen(KK_VERSION));
    if (bytes.len < KK_IMAGE_HEAD || memcmp(bytes.ptr, magic, sizeof magic) != 0) {
        return fail(name, err, "is none: its first bytes are wrong");
    }
    if ((word_at(bytes.ptr + AT_FORMAT) & UINT32_MAX) != KK_IMAGE_FORMAT ||
        memcmp(bytes.ptr + AT_VERSION, version, sizeof version) != 0) {
        return fail(name, err, "was made for another version of klimakrav");
    }
    if (word_at(bytes.ptr + AT_LENGTH) != bytes.len) {
        return fail(name, err, "has not the length that it states: it was cut off");
    }
    const kk_str rest = {bytes.ptr + AT_VERSION, bytes.len - AT_VERSION};
    if (sum && word_at(bytes.ptr + AT_SUM) != kk_rules_image_sum(rest)) {
        return fail(name, err, "is damaged: its checksum is wrong");
    }
    return KK_OK;
}

kk_status kk_image_open(kk_image_io *io, kk_str bytes, kk_str name, bool sum, kk_arena *arena,
                        kk_image_top *top, kk_error *err)
{
    *io = (kk_image_io){.bytes = (const unsigned char *)bytes.ptr,
                        .at = KK_IMAGE_HEAD,
                        .end = bytes.len,
                        .arena = arena};
    *top = (kk_image_top){0};
    KK_TRY(check_head(bytes, name, sum, err));
    kk_image_u64(io, &top->hash);
    KK_IMAGE_ARRAY(io, &top->files, &top->n_files, file_entry);
    return kk_image_status(io, name, err);
}

kk_status kk_image_status(const kk_image_io *io, kk_str name, kk_error *err)
{
    if (io->failed == KK_OK) {
        return KK_OK;
    }
    return io->failed == KK_E_NOMEM ? kk_fail_nomem(err)
                                    : fail(name, err, "holds values that make no sense");
}

kk_status kk_rules_image_files(kk_str image, kk_str name, kk_arena *arena,
                               const kk_rule_image_file **out, uint32_t *n, kk_error *err)
{
    kk_image_io io;
    kk_image_top top;
    const kk_status status = kk_image_open(&io, image, name, false, arena, &top, err);
    *out = top.files;
    *n = top.n_files;
    return status;
}

/* ---- further sources over it ---------------------------------------------------------------- */

/* Pushes the address of each element. The model calls its arrays constant; these were made by the
 * reader a moment ago. */
#define ADOPT(l, vec, model, field, type)                                                          \
    do {                                                                                           \
        type *adopt_items;                                                                         \
        memcpy(&adopt_items, &(model)->field, sizeof adopt_items);                                 \
        for (uint32_t adopt_i = 0; adopt_i < (model)->n_##field; adopt_i++) {                      \
            if (!kk_vec_push(&(l)->vec, &adopt_items[adopt_i])) {                                  \
                return kk_fail_nomem((l)->err);                                                    \
            }                                                                                      \
        }                                                                                          \
    } while (0)

static kk_status adopt_plain(kk_loader *l, const kk_model *m)
{
    bool fits = true;
    for (uint32_t i = 0; fits && i < m->n_matchers; i++) {
        fits = kk_vec_push(&l->matchers, m->matchers[i]);
    }
    for (uint32_t i = 0; fits && i < m->cpv.n; i++) {
        fits = kk_vec_push(&l->cpv, kk_model_cpv(m, i));
    }
    return fits ? KK_OK : kk_fail_nomem(l->err);
}

static kk_str name_of(const kk_model *m, const kk_image_ref *ref)
{
    return ref->kind == KK_PENDING_PATTERN    ? m->patterns[ref->index].id
           : ref->kind == KK_PENDING_CATEGORY ? m->categories[ref->index].id
                                              : m->places[ref->index].id;
}

kk_status kk_load_adopt(kk_loader *l, const kk_image_io *io)
{
    const kk_model *m = l->model;
    KK_TRY(adopt_plain(l, m));
    ADOPT(l, patterns, m, patterns, kk_pattern);
    ADOPT(l, categories, m, categories, kk_category);
    ADOPT(l, recognisers, m, recognisers, kk_recogniser);
    ADOPT(l, rules, m, rules, kk_rule);
    ADOPT(l, clauses, m, clauses, kk_clause);
    ADOPT(l, places, m, places, kk_place);
    ADOPT(l, columns, m, columns, kk_columns);
    ADOPT(l, kinds, m, kinds, kk_document_kind);
    ADOPT(l, verdicts, m, verdicts, kk_verdict_rule);
    ADOPT(l, thresholds, m, thresholds, kk_threshold);
    ADOPT(l, law_facts, m, law_facts, kk_law_fact);
    ADOPT(l, notice_codes, m, notice_codes, kk_notice_code);
    ADOPT(l, uses, m, uses, kk_example_use);
    for (size_t i = 0; i < io->refs.n; i++) {
        const kk_image_ref *ref = &io->refs.items[i];
        const kk_pending pending = {ref->kind, ref->slot, name_of(m, ref), {{NULL, 0}, 0, 0}};
        if (!kk_vec_push(&l->pendings, pending)) {
            return kk_fail_nomem(l->err);
        }
    }
    return KK_OK;
}
