/* Normal form and hash of a clause's text. Knows BLOCKS and plain text; knows neither the bank nor
 * WordprocessingML, so that both sides can compute the same twelve digits. */
#include "clausehash.h"

#include "hash.h"
#include "str.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

#define FIELD_OPEN  "\x02"
#define FIELD_CLOSE "\x03"
#define MAX_CELLS   10

void kk_clausehash_init(kk_clausehash *hash, kk_arena *arena)
{
    memset(hash, 0, sizeof *hash);
    hash->arena = arena;
    kk_buf_init(&hash->line, 0);
}

void kk_clausehash_dispose(kk_clausehash *hash)
{
    kk_buf_dispose(&hash->line);
    kk_vec_free(&hash->items);
}

/* What TEXT shows differently from what was written: no-break spaces and hyphens, soft hyphens. */
static const char *replacement(uint32_t c)
{
    switch (c) {
    case 0x00A0:
    case 0x2007:
    case 0x202F:
    case 0x2009:
    case 0x200A:
    case '\t':
    case '\n':
    case '\r':
        return " ";
    case 0x00AD:
    case 0x200B:
    case 0xFEFF:
        return "";
    case 0x2010:
    case 0x2011:
        return "-";
    case 0x017F:
        return "s";
    case 0x212A:
        return "K";
    default:
        return NULL;
    }
}

void kk_clausehash_text(kk_clausehash *hash, kk_str text)
{
    for (size_t at = 0; at < text.len;) {
        const size_t begin = at;
        const uint32_t c = kk_utf8_next(text, &at);
        const char *other = replacement(c);
        if (other != NULL) {
            kk_buf_puts(&hash->line, other);
        } else {
            kk_buf_add(&hash->line, text.ptr + begin, at - begin);
        }
    }
}

void kk_clausehash_field(kk_clausehash *hash, kk_str name)
{
    kk_buf_puts(&hash->line, FIELD_OPEN);
    kk_buf_str(&hash->line, name);
    kk_buf_puts(&hash->line, FIELD_CLOSE);
}

static size_t digits_at(kk_str text, size_t at)
{
    size_t n = 0;
    while (at + n < text.len && text.ptr[at + n] >= '0' && text.ptr[at + n] <= '9') {
        n++;
    }
    return n;
}

kk_str kk_clausehash_unnumbered(kk_str text)
{
    size_t at = 0;
    int levels = 0;
    for (size_t n; (n = digits_at(text, at)) > 0 && n <= 2;) {
        levels++;
        at += n;
        if (at >= text.len || text.ptr[at] != '.') {
            break;
        }
        at++;
    }
    if (at < text.len && text.ptr[at] == ')') {
        at++;
    }
    if (levels < 2 || at >= text.len || text.ptr[at] != ' ') {
        return text;
    }
    return kk_str_slice(text, at + 1, text.len);
}

/* Normalises the current line into an item; empty ones vanish. */
static void flush(kk_clausehash *hash)
{
    if (hash->line.failed != KK_OK) {
        hash->failed = hash->line.failed;
    }
    if (hash->line.len == 0 || hash->failed != KK_OK) {
        return;
    }
    kk_str text = kk_utf8_normalise(hash->arena, kk_buf_view(&hash->line));
    kk_buf_clear(&hash->line);
    if (text.ptr == NULL) {
        hash->failed = KK_E_NOMEM;
        return;
    }
    if (hash->row == 0) {
        text = kk_clausehash_unnumbered(text);
    }
    if (text.len == 0) {
        return;
    }
    const kk_clausehash_item item = {text, hash->row, hash->cell};
    if (!kk_vec_push(&hash->items, item)) {
        hash->failed = KK_E_NOMEM;
    }
}

void kk_clausehash_paragraph(kk_clausehash *hash)
{
    if (hash->row != 0) {
        kk_buf_puts(&hash->line, " ");
        return;
    }
    flush(hash);
}

void kk_clausehash_row_begin(kk_clausehash *hash)
{
    flush(hash);
    hash->row = ++hash->n_rows;
    hash->cell = 0;
}

void kk_clausehash_cell_end(kk_clausehash *hash)
{
    flush(hash);
    hash->cell++;
}

void kk_clausehash_row_end(kk_clausehash *hash)
{
    flush(hash);
    hash->row = 0;
}

static int by_bytes(const void *a, const void *b)
{
    return kk_str_compare(*(const kk_str *)a, *(const kk_str *)b);
}

static bool counts(const kk_clausehash_item *item, uint64_t cells)
{
    return item->cell >= 64 || (cells >> item->cell & 1) != 0;
}

/* One row's line: the counting cells of items [begin, end), sorted. */
static void put_row(const kk_clausehash *hash, size_t begin, size_t end, uint64_t cells,
                    kk_buf *out)
{
    kk_str row[64];
    size_t n = 0;
    for (size_t i = begin; i < end && n < 64; i++) {
        if (counts(&hash->items.items[i], cells)) {
            row[n++] = hash->items.items[i].text;
        }
    }
    if (n == 0) {
        return;
    }
    qsort(row, n, sizeof *row, by_bytes);
    kk_buf_puts(out, "r ");
    for (size_t i = 0; i < n; i++) {
        kk_buf_puts(out, i > 0 ? "|" : "");
        kk_buf_str(out, row[i]);
    }
    kk_buf_puts(out, "\n");
}

/* Everything after the first line of the normal form. */
static void put_body(const kk_clausehash *hash, uint64_t cells, kk_buf *out)
{
    for (size_t i = 0; i < hash->items.n;) {
        const kk_clausehash_item *item = &hash->items.items[i];
        if (item->row == 0) {
            kk_buf_puts(out, "p ");
            kk_buf_str(out, item->text);
            kk_buf_puts(out, "\n");
            i++;
            continue;
        }
        size_t end = i;
        while (end < hash->items.n && hash->items.items[end].row == item->row) {
            end++;
        }
        put_row(hash, i, end, cells, out);
        i = end;
    }
}

static void digest(kk_str lang, kk_str level, kk_str body, char out[13])
{
    const kk_str pieces[] = {KK_STR("kk1 "), lang, KK_STR(" "), level, KK_STR("\n"), body};
    char hex[65];
    kk_sha256_hex_pieces(pieces, sizeof pieces / sizeof *pieces, hex);
    memcpy(out, hex, 12);
    out[12] = '\0';
}

kk_status kk_clausehash_finish(const kk_clausehash *hash, kk_str lang, kk_str level, uint64_t cells,
                               char out[13])
{
    out[0] = '\0';
    if (hash->failed != KK_OK) {
        return hash->failed;
    }
    kk_buf body;
    kk_buf_init(&body, 0);
    put_body(hash, cells, &body);
    const kk_status status = body.failed;
    if (status == KK_OK) {
        digest(lang, level, kk_buf_view(&body), out);
    }
    kk_buf_dispose(&body);
    return status;
}

/* What is looked for, and what was found. */
typedef struct search {
    const kk_clausehash *hash;
    kk_str want;
    bool found;
    kk_str lang, level;
    kk_status failed;
} search;

/* Any language form and level for one choice of columns. */
static void try_cells(search *s, uint64_t cells)
{
    static const kk_str langs[] = {{"nb", 2}, {"nn", 2}, {"en", 2}, {"", 0}};
    static const kk_str levels[] = {{"", 0}, {"basis", 5}, {"avansert", 8}, {"spydspiss", 9}};
    kk_buf body;
    kk_buf_init(&body, 0);
    put_body(s->hash, cells, &body);
    for (size_t i = 0; i < 16 && !s->found && body.failed == KK_OK; i++) {
        char got[13];
        digest(langs[i / 4], levels[i % 4], kk_buf_view(&body), got);
        s->found = kk_str_is(s->want, got);
        s->lang = langs[i / 4];
        s->level = levels[i % 4];
    }
    s->failed = body.failed != KK_OK ? body.failed : s->failed;
    kk_buf_dispose(&body);
}

/* Without each one or two cells of wide rows. */
static void try_wide(search *s, uint32_t n)
{
    for (uint32_t a = 0; a < n && !s->found; a++) {
        for (uint32_t b = a; b < n && !s->found; b++) {
            try_cells(s, UINT64_MAX & ~((uint64_t)1 << a) & ~((uint64_t)1 << b));
        }
    }
}

kk_status kk_clausehash_matches(const kk_clausehash *hash, kk_str want, bool *found, kk_str *lang,
                                kk_str *level)
{
    search s = {.hash = hash, .want = want, .failed = hash->failed};
    uint32_t n = 0;
    for (size_t i = 0; i < hash->items.n; i++) {
        const kk_clausehash_item *item = &hash->items.items[i];
        n = item->row != 0 && item->cell + 1 > n ? item->cell + 1 : n;
    }
    if (s.failed == KK_OK) {
        try_cells(&s, UINT64_MAX);
    }
    if (n > MAX_CELLS && !s.found) {
        try_wide(&s, n < 64 ? n : 63);
    }
    for (uint64_t cells = 1; n <= MAX_CELLS && !s.found && cells + 1 < (uint64_t)1 << n; cells++) {
        try_cells(&s, cells);
    }
    *found = s.found;
    if (lang != NULL) {
        *lang = s.lang;
    }
    if (level != NULL) {
        *level = s.level;
    }
    return s.found ? KK_OK : s.failed;
}

static void put_inlines(kk_clausehash *hash, const kk_inline *inlines, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (inlines[i].kind == KK_INLINE_FIELD) {
            kk_clausehash_field(hash, inlines[i].name);
        } else {
            kk_clausehash_text(hash, inlines[i].text);
        }
    }
}

void kk_clausehash_blocks(kk_clausehash *hash, const kk_blocks *blocks, const bool *placed)
{
    for (uint32_t i = 0; i < blocks->n_blocks; i++) {
        const kk_block *block = &blocks->blocks[i];
        if (block->kind != KK_BLOCK_ROW) {
            put_inlines(hash, block->inlines, block->n_inlines);
            kk_clausehash_paragraph(hash);
            continue;
        }
        kk_clausehash_row_begin(hash);
        for (uint32_t c = 0; c < block->n_cells; c++) {
            const kk_role role = block->cells[c].role;
            const bool ours =
                role != KK_ROLE_NUMBER && role != KK_ROLE_ANSWER && role != KK_ROLE_TYPE;
            if (ours && (placed == NULL || placed[role])) {
                put_inlines(hash, block->cells[c].inlines, block->cells[c].n_inlines);
            }
            kk_clausehash_cell_end(hash);
        }
        kk_clausehash_row_end(hash);
    }
}

kk_status kk_blocks_hash(const kk_blocks *blocks, kk_str level, char out[13])
{
    kk_arena *arena = kk_arena_new();
    out[0] = '\0';
    if (arena == NULL) {
        return KK_E_NOMEM;
    }
    kk_clausehash hash;
    kk_clausehash_init(&hash, arena);
    kk_clausehash_blocks(&hash, blocks, NULL);
    const kk_status status =
        kk_clausehash_finish(&hash, kk_clausehash_lang(blocks->lang), level, UINT64_MAX, out);
    kk_clausehash_dispose(&hash);
    kk_arena_free(arena);
    return status;
}

kk_str kk_clausehash_lang(kk_lang lang)
{
    switch (lang) {
    case KK_LANG_NB:
        return KK_STR("nb");
    case KK_LANG_NN:
        return KK_STR("nn");
    case KK_LANG_EN:
        return KK_STR("en");
    default:
        return KK_STR("");
    }
}
