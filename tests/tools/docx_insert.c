/* A test program on the docx layer alone: puts given clauses into a file, takes them out again,
 * resolves tracked changes, and tells what it sees. For the laws and for looking; no product code.
 *
 *   docx_insert insert IN OUT [--case paragraph|list|row|heading|mixed] [--lang nb|nn] [--no-track]
 *               [--heading N | --end | --before N | --table N [--row M]] [--chapter TEXT] [--times
 * K] docx_insert withdraw IN OUT [--track] docx_insert accept IN OUT | reject IN OUT docx_insert
 * info IN
 *
 * Exit: 0 done, 1 not found or not as it should be, 2 refused or failed (reason on stdout). */
#include "buf.h"
#include "clausehash.h"
#include "docx.h"
#include "error.h"
#include "file.h"
#include "str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a) (uint32_t)(sizeof(a) / sizeof *(a))
#define TEXT(s)                                                                                    \
    {                                                                                              \
        KK_INLINE_TEXT, true, {s, sizeof(s) - 1}, {NULL, 0},                                       \
        {                                                                                          \
            NULL, 0                                                                                \
        }                                                                                          \
    }
#define BOLD(s)                                                                                    \
    {                                                                                              \
        KK_INLINE_BOLD, true, {s, sizeof(s) - 1}, {NULL, 0},                                       \
        {                                                                                          \
            NULL, 0                                                                                \
        }                                                                                          \
    }
#define FIELD(n, s)                                                                                \
    {                                                                                              \
        KK_INLINE_FIELD, false, {s, sizeof(s) - 1}, {n, sizeof(n) - 1},                            \
        {                                                                                          \
            NULL, 0                                                                                \
        }                                                                                          \
    }

static const kk_inline nb_intro[] = {
    TEXT("Kjøretøyene som brukes i oppdraget, skal ha "), BOLD("nullutslipp"),
    TEXT(" eller gå på biogass fra oppstart. Minst "), FIELD("andel", "80"),
    TEXT(" prosent av kjørte kilometer skal være utslippsfrie & dokumenterte.")};
static const kk_inline nn_intro[] = {
    TEXT("Køyretøya som blir brukte i oppdraget, skal ha "), BOLD("nullutslepp"),
    TEXT(" eller gå på biogass frå oppstart. Minst "), FIELD("andel", ""),
    TEXT(" prosent av køyrde kilometer skal vere utsleppsfrie & dokumenterte.")};
static const kk_inline nb_second[] = {
    TEXT("Leverandøren skal rapportere utslipp av klimagasser én gang i kvartalet.")};
static const kk_inline nn_second[] = {
    TEXT("Leverandøren skal rapportere utslepp av klimagassar éin gong i kvartalet.")};
static const kk_inline nb_item1[] = {TEXT("antall kjørte kilometer per drivstoff")};
static const kk_inline nb_item2[] = {TEXT("forbruk av drivstoff og strøm")};
static const kk_inline nn_item1[] = {TEXT("talet på køyrde kilometer per drivstoff")};
static const kk_inline nn_item2[] = {TEXT("forbruk av drivstoff og straum")};
static const kk_inline nb_title[] = {TEXT("Klimakrav til kjøretøy")};
static const kk_inline nn_title[] = {TEXT("Klimakrav til køyretøy")};
static const kk_inline nb_proof[] = {TEXT("Vognkort og plan for innfasing.")};
static const kk_inline nn_proof[] = {TEXT("Vognkort og plan for innfasing.")};
static const kk_inline must[] = {TEXT("A")};

typedef struct sample {
    kk_block blocks[8];
    uint32_t n;
    kk_block_cell cells[2][6];
} sample;

static void add(sample *s, kk_block_kind kind, const kk_inline *inlines, uint32_t n)
{
    s->blocks[s->n++] = (kk_block){.kind = kind, .inlines = inlines, .n_inlines = n};
}

static void add_row(sample *s, uint32_t r, const kk_inline *words, uint32_t n_words,
                    const kk_inline *proof)
{
    kk_block_cell *c = s->cells[r];
    c[0] = (kk_block_cell){KK_ROLE_NUMBER, NULL, 0};
    c[1] = (kk_block_cell){KK_ROLE_REQUIREMENT, words, n_words};
    c[2] = (kk_block_cell){KK_ROLE_TYPE, must, 1};
    c[3] = (kk_block_cell){KK_ROLE_DOCUMENTATION, proof, 1};
    c[4] = (kk_block_cell){KK_ROLE_ANSWER, NULL, 0};
    s->blocks[s->n++] = (kk_block){.kind = KK_BLOCK_ROW, .cells = c, .n_cells = 5};
}

/* Builds one of the sample clauses. */
static bool build(sample *s, const char *name, bool nn)
{
    memset(s, 0, sizeof *s);
    const kk_inline *intro = nn ? nn_intro : nb_intro, *second = nn ? nn_second : nb_second;
    const bool mixed = strcmp(name, "mixed") == 0;
    if (strcmp(name, "heading") == 0 || mixed) {
        add(s, KK_BLOCK_HEADING, nn ? nn_title : nb_title, 1);
    }
    if (strcmp(name, "row") == 0) {
        add_row(s, 0, intro, COUNT(nb_intro), nn ? nn_proof : nb_proof);
        add_row(s, 1, second, 1, nn ? nn_proof : nb_proof);
        return true;
    }
    add(s, KK_BLOCK_PARAGRAPH, intro, COUNT(nb_intro));
    if (strcmp(name, "list") == 0 || mixed) {
        add(s, KK_BLOCK_ITEM, nn ? nn_item1 : nb_item1, 1);
        add(s, KK_BLOCK_ITEM, nn ? nn_item2 : nb_item2, 1);
    }
    if (strcmp(name, "list") != 0) {
        add(s, KK_BLOCK_PARAGRAPH, second, 1);
    }
    if (mixed) {
        add_row(s, 0, second, 1, nn ? nn_proof : nb_proof);
    }
    return strcmp(name, "list") == 0 || strcmp(name, "paragraph") == 0 ||
           strcmp(name, "heading") == 0 || mixed;
}

static uint32_t section_end(const kk_text *text, uint32_t heading)
{
    const kk_para *h = &text->paras[heading];
    uint32_t p = heading + 1;
    while (p < text->stories[h->story].para_end &&
           (text->paras[p].heading == 0 || text->paras[p].heading > h->heading)) {
        p++;
    }
    return p;
}

static uint32_t first_heading(const kk_text *text)
{
    for (uint32_t p = 0; p < text->stories[0].para_end; p++) {
        if (text->paras[p].heading != 0 && (text->paras[p].flags & KK_PARA_TOC) == 0) {
            return p;
        }
    }
    return KK_NONE;
}

/* Columns by a simple guess: the one with most text is the requirement, the first one counts. */
static void guess_roles(const kk_text *text, uint32_t t, kk_role *roles)
{
    size_t bytes[64] = {0};
    const kk_table *table = &text->tables[t];
    for (uint32_t c = table->cell_begin; c < table->cell_end; c++) {
        for (uint32_t p = text->cells[c].para_begin; p < text->cells[c].para_end; p++) {
            bytes[text->cells[c].col % 64] += text->paras[p].end - text->paras[p].begin;
        }
    }
    uint32_t best = 0;
    for (uint32_t c = 0; c < table->n_cols && c < 64; c++) {
        roles[c] = KK_ROLE_NONE;
        best = bytes[c] > bytes[best] ? c : best;
    }
    roles[best] = KK_ROLE_REQUIREMENT;
    if (best != 0 && table->n_cols > 1) {
        roles[0] = KK_ROLE_NUMBER;
    }
    if (table->n_cols > 2 && best != table->n_cols - 1) {
        roles[table->n_cols - 1] = KK_ROLE_ANSWER;
    }
}

static uint32_t first_table(const kk_text *text)
{
    for (uint32_t t = 0; t < text->n_tables; t++) {
        const kk_table *table = &text->tables[t];
        if (table->story == 0 && table->n_rows >= 2 && table->n_cols >= 2 && table->n_cols < 64 &&
            table->parent_cell == KK_NONE) {
            return t;
        }
    }
    return KK_NONE;
}

static const char *option(int argc, char **argv, const char *name, const char *fallback)
{
    for (int i = 4; i < argc; i++) {
        if (strcmp(argv[i], name) == 0) {
            return i + 1 < argc ? argv[i + 1] : "";
        }
    }
    return fallback;
}

static bool flag(int argc, char **argv, const char *name)
{
    return option(argc, argv, name, NULL) != NULL;
}

static int failed(const kk_error *err)
{
    printf("REFUSED %s %s: %s\n", err->reason[0] != '\0' ? err->reason : "-", err->part,
           err->message);
    return 2;
}

/* Chooses the place that the options name, or a sensible first one. False: there is none. */
static bool choose_place(const kk_text *text, int argc, char **argv, kk_place *place,
                         kk_role *roles)
{
    memset(place, 0, sizeof *place);
    const char *number = option(argc, argv, "--heading", NULL);
    place->chapter = kk_str_from(option(argc, argv, "--chapter", "Klima og miljø"));
    if (flag(argc, argv, "--table") ||
        (strcmp(option(argc, argv, "--case", ""), "row") == 0 && !flag(argc, argv, "--end") &&
         number == NULL && !flag(argc, argv, "--before"))) {
        const char *table = option(argc, argv, "--table", NULL);
        place->kind = KK_PLACE_TABLE_ROW;
        place->table = table != NULL ? (uint32_t)strtoul(table, NULL, 10) : first_table(text);
        if (place->table >= text->n_tables) {
            return false;
        }
        const char *row = option(argc, argv, "--row", NULL);
        place->row =
            row != NULL ? (uint32_t)strtoul(row, NULL, 10) : text->tables[place->table].n_rows - 1;
        guess_roles(text, place->table, roles);
        place->roles = roles;
        place->n_roles = text->tables[place->table].n_cols;
        return true;
    }
    if (flag(argc, argv, "--before")) {
        place->kind = KK_PLACE_BEFORE;
        place->before = (uint32_t)strtoul(option(argc, argv, "--before", "0"), NULL, 10);
        return true;
    }
    place->heading = number != NULL ? (uint32_t)strtoul(number, NULL, 10) : first_heading(text);
    if (flag(argc, argv, "--end") || place->heading == KK_NONE) {
        place->kind = KK_PLACE_STORY_END;
        return true;
    }
    place->kind = KK_PLACE_SECTION_END;
    place->section_end = section_end(text, place->heading);
    return true;
}

static int save(kk_docx *doc, const char *path)
{
    kk_buf out;
    kk_error err;
    kk_error_clear(&err);
    kk_buf_init(&out, 0);
    kk_status status = kk_docx_save(doc, &out, &err);
    const kk_str view = kk_buf_view(&out);
    if (status == KK_OK) {
        status = kk_file_replace(path, &view, 1, &err);
    }
    kk_buf_dispose(&out);
    return status == KK_OK ? 0 : failed(&err);
}

static int insert(kk_docx *doc, int argc, char **argv)
{
    static kk_role roles[64];
    sample s;
    kk_place place;
    kk_error err;
    kk_error_clear(&err);
    const bool nn = strcmp(option(argc, argv, "--lang", "nb"), "nn") == 0;
    if (!build(&s, option(argc, argv, "--case", "paragraph"), nn)) {
        return 1;
    }
    if (!choose_place(kk_docx_text(doc), argc, argv, &place, roles)) {
        printf("NOPLACE\n");
        return 1;
    }
    const kk_docx_options options = {.track = !flag(argc, argv, "--no-track"),
                                     .drop_signature = flag(argc, argv, "--drop-signature"),
                                     .author = KK_STR("klimakrav"),
                                     .date = KK_STR("2026-11-23T12:00:00Z")};
    const long times = strtol(option(argc, argv, "--times", "1"), NULL, 10);
    for (long i = 0; i < times; i++) {
        char id[32], hash[13];
        (void)snprintf(id, sizeof id, "TST-%03ld", i + 1);
        kk_blocks blocks = {.clause = kk_str_from(id),
                            .version = KK_STR("1.0"),
                            .title =
                                nn ? KK_STR("Nullutslepp for køyretøy") : KK_STR("Nullutslipp"),
                            .lang = nn ? KK_LANG_NN : KK_LANG_NB,
                            .blocks = s.blocks,
                            .n_blocks = s.n};
        (void)kk_blocks_hash(&blocks, KK_STR("basis"), hash);
        blocks.hash = kk_str_from(hash);
        if (i > 0) {
            place.chapter = (kk_str){NULL, 0};
        }
        if (kk_docx_insert(doc, &blocks, &place, &options, &err) != KK_OK) {
            return failed(&err);
        }
    }
    const int status = save(doc, argv[3]);
    uint32_t n = 0;
    const kk_docx_edit *edits = kk_docx_edits(doc, &n);
    for (uint32_t i = 0; i < n && status == 0; i++) {
        printf("EDIT %.*s %llu-%llu (old %llu-%llu)%s\n", (int)edits[i].part.len, edits[i].part.ptr,
               (unsigned long long)edits[i].begin, (unsigned long long)edits[i].end,
               (unsigned long long)edits[i].old_begin, (unsigned long long)edits[i].old_end,
               edits[i].wants_toc_update ? " toc" : "");
    }
    return status;
}

static int withdraw(kk_docx *doc, int argc, char **argv)
{
    kk_error err;
    kk_error_clear(&err);
    const kk_docx_options options = {.track = flag(argc, argv, "--track"),
                                     .author = KK_STR("klimakrav"),
                                     .date = KK_STR("2026-11-23T13:00:00Z")};
    const uint32_t n = kk_docx_text(doc)->n_managed;
    for (uint32_t i = 0; i < n; i++) {
        if (kk_docx_withdraw(doc, i, &options, &err) != KK_OK) {
            return failed(&err);
        }
    }
    printf("WITHDRAWN %u\n", (unsigned)n);
    return save(doc, argv[3]);
}

static uint32_t letter_start(const kk_text *text, uint32_t at)
{
    while (at > 0 && ((unsigned char)text->utf8[at] & 0xC0u) == 0x80u) {
        at--;
    }
    return at;
}

/* Comments on the middle third of body paragraphs, spread over the document. */
static int comment(kk_docx *doc, int argc, char **argv)
{
    kk_error err;
    kk_error_clear(&err);
    const kk_text *text = kk_docx_text(doc);
    const kk_docx_options options = {.author = KK_STR("klimakrav"),
                                     .date = KK_STR("2026-11-23T12:00:00Z")};
    const uint32_t step = text->stories[0].para_end / 20 + 1;
    uint32_t n = 0;
    for (uint32_t p = 0; p < text->stories[0].para_end; p += step) {
        const kk_para *para = &text->paras[p];
        const uint32_t length = para->end - para->begin;
        const uint32_t begin = letter_start(text, para->begin + length / 3);
        const uint32_t end = letter_start(text, para->begin + length - length / 3);
        char key[32];
        (void)snprintf(key, sizeof key, "rule-%u", (unsigned)p);
        const kk_str words = kk_str_from(option(argc, argv, "--text", "Mangler vekt.\nFOA § 7-9"));
        if (kk_docx_comment(doc, begin, end, kk_str_from(key), words, &options, &err) != KK_OK) {
            return failed(&err);
        }
        printf("COMMENT P%u %u-%u\n", (unsigned)p, (unsigned)begin, (unsigned)end);
        n++;
    }
    return n > 0 ? save(doc, argv[3]) : 1;
}

static int uncomment(kk_docx *doc, const char *path)
{
    kk_error err;
    kk_error_clear(&err);
    return kk_docx_uncomment(doc, (kk_str){NULL, 0}, &err) == KK_OK ? save(doc, path)
                                                                    : failed(&err);
}

static int release(kk_docx *doc, const char *path)
{
    kk_error err;
    kk_error_clear(&err);
    uint32_t n = 0;
    const kk_docx_options options = {.track = false};
    if (kk_docx_release(doc, &options, &n, &err) != KK_OK) {
        return failed(&err);
    }
    printf("RELEASED %u\n", (unsigned)n);
    return save(doc, path);
}

static int resolve(kk_docx *doc, bool accept, const char *path)
{
    kk_buf out;
    kk_error err;
    kk_error_clear(&err);
    kk_buf_init(&out, 0);
    kk_status status = kk_docx_resolve(doc, accept, &out, &err);
    const kk_str view = kk_buf_view(&out);
    if (status == KK_OK) {
        status = kk_file_replace(path, &view, 1, &err);
    }
    kk_buf_dispose(&out);
    return status == KK_OK ? 0 : failed(&err);
}

static int find(const kk_docx *doc, int argc, char **argv)
{
    sample s;
    kk_docx_found *found = NULL;
    uint32_t n = 0;
    const bool nn = strcmp(option(argc, argv, "--lang", "nb"), "nn") == 0;
    kk_arena *arena = kk_arena_new();
    if (arena == NULL || !build(&s, option(argc, argv, "--case", "paragraph"), nn)) {
        kk_arena_free(arena);
        return 1;
    }
    const kk_blocks blocks = {.clause = KK_STR("TST-001"), .blocks = s.blocks, .n_blocks = s.n};
    const kk_status status =
        kk_docx_find_untagged(kk_docx_text(doc), &blocks, 1, arena, &found, &n);
    for (uint32_t i = 0; i < n; i++) {
        printf("FOUND P%u-%u\n", (unsigned)found[i].para_begin, (unsigned)found[i].para_end);
    }
    kk_arena_free(arena);
    return status == KK_OK && n == 1 ? 0 : 1;
}

static int info(const kk_docx *doc)
{
    const kk_text *text = kk_docx_text(doc);
    int bad = 0;
    for (uint32_t p = 0; p < text->n_paras; p++) {
        const kk_para *para = &text->paras[p];
        printf("P%u s%u h%u l%u c%d m%d f%03x [%.*s] {%.*s} %.*s\n", (unsigned)p,
               (unsigned)para->story, para->heading, para->list_level,
               para->cell == KK_NONE ? -1 : (int)para->cell,
               para->managed == KK_NONE ? -1 : (int)para->managed, (unsigned)para->flags,
               (int)para->style.len, para->style.ptr, (int)para->number.len, para->number.ptr,
               (int)(para->end - para->begin > 70 ? 70 : para->end - para->begin),
               text->utf8 + para->begin);
    }
    for (uint32_t t = 0; t < text->n_tables; t++) {
        const kk_table *table = &text->tables[t];
        if (table->parent_cell == KK_NONE) {
            printf("TABLE %u s%u %u %u\n", (unsigned)t, (unsigned)table->story,
                   (unsigned)table->n_rows, (unsigned)table->n_cols);
        }
    }
    for (uint32_t m = 0; m < text->n_managed; m++) {
        const kk_managed *managed = &text->managed[m];
        const bool same = kk_str_equal(managed->tag_hash, managed->text_hash);
        printf("MANAGED %.*s@%.*s tag %.*s text %.*s %s%s\n", (int)managed->clause.len,
               managed->clause.ptr, (int)managed->version.len, managed->version.ptr,
               (int)managed->tag_hash.len, managed->tag_hash.ptr, (int)managed->text_hash.len,
               managed->text_hash.ptr, same ? "current" : "EDITED",
               (managed->flags & KK_MANAGED_PENDING) != 0 ? " pending" : "");
        bad += same ? 0 : 1;
    }
    return bad == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc < 3 || (argc < 4 && strcmp(argv[1], "info") != 0)) {
        printf("usage: docx_insert insert|withdraw|accept|reject|info IN [OUT] [options]\n");
        return 2;
    }
    kk_buf file;
    kk_error err;
    kk_error_clear(&err);
    kk_buf_init(&file, 0);
    kk_docx *doc = NULL;
    int status = 2;
    if (kk_file_read(argv[2], (uint64_t)1 << 30, &file, &err) != KK_OK ||
        kk_docx_open(&doc, kk_buf_view(&file), NULL, &err) != KK_OK) {
        status = failed(&err);
    } else if (strcmp(argv[1], "insert") == 0) {
        status = insert(doc, argc, argv);
    } else if (strcmp(argv[1], "withdraw") == 0) {
        status = withdraw(doc, argc, argv);
    } else if (strcmp(argv[1], "comment") == 0) {
        status = comment(doc, argc, argv);
    } else if (strcmp(argv[1], "release") == 0) {
        status = release(doc, argv[3]);
    } else if (strcmp(argv[1], "uncomment") == 0) {
        status = uncomment(doc, argv[3]);
    } else if (strcmp(argv[1], "accept") == 0 || strcmp(argv[1], "reject") == 0) {
        status = resolve(doc, argv[1][0] == 'a', argv[3]);
    } else if (strcmp(argv[1], "find") == 0) {
        status = find(doc, argc, argv);
    } else if (strcmp(argv[1], "info") == 0) {
        status = info(doc);
    }
    kk_docx_free(doc);
    kk_buf_dispose(&file);
    return status;
}
