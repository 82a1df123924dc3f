/* Headings above a paragraph and words for the place, on texts made through the text door. */
#include "outline.h"

#include "rows.h"

typedef struct line {
    const char *text, *number;
    uint8_t heading;
    uint32_t table, row, col;
} line;

static const line lines[] = {
    {"Innleiing", "1", 1, 0, 0, 0},            /* 0 */
    {"Noko tekst.", "", 0, 0, 0, 0},           /* 1 */
    {"5 Tildelingskriterier", "", 1, 0, 0, 0}, /* 2: number typed by hand */
    {"Miljø", "5.1", 2, 0, 0, 0},              /* 3 */
    {"Pris", "", 0, 1, 0, 0},                  /* 4 */
    {"70 %", "", 0, 1, 0, 1},                  /* 5 */
    {"Overskrift i celle", "", 2, 1, 1, 0},    /* 6 */
    {"under den", "", 0, 1, 1, 0},             /* 7 */
    {"etter tabellen", "", 0, 0, 0, 0},        /* 8 */
    {"2026 budsjett", "", 1, 0, 0, 0},         /* 9: a year is no chapter number */
    {"slutt", "", 0, 0, 0, 0},                 /* 10 */
};
enum { N_LINES = sizeof lines / sizeof *lines };

static kk_doc *doc;
static kk_arena *arena;
static kk_outline outline;

static int set_up(void **state)
{
    kk_doc_paragraph paras[N_LINES];
    (void)state;
    for (size_t i = 0; i < N_LINES; i++) {
        paras[i] = (kk_doc_paragraph){.size = sizeof paras[i],
                                      .text = kk_str_from(lines[i].text),
                                      .number = kk_str_from(lines[i].number),
                                      .heading = lines[i].heading,
                                      .table = lines[i].table,
                                      .row = lines[i].row,
                                      .col = lines[i].col};
    }
    arena = kk_arena_new();
    return kk_doc_from_paragraphs(&doc, paras, N_LINES, sizeof *paras, "test", NULL) == KK_OK &&
                   kk_outline_make(&outline, kk_doc_text(doc), arena, NULL) == KK_OK
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    (void)state;
    kk_doc_free(doc);
    kk_arena_free(arena);
    return 0;
}

static const struct place_row {
    const char *name;
    uint32_t para;
    const char *headings; /* joined by "/" */
    const char *label;    /* nynorsk */
} places[] = {
    {"under a chapter", 1, "1/Innleiing", "1 Innleiing"},
    {"a heading is in its own path", 3, "5/Tildelingskriterier/5.1/Miljø", "5.1 Miljø"},
    {"table cell", 5, "5/Tildelingskriterier/5.1/Miljø", "5.1 Miljø, tabell rad 1"},
    {"heading in a cell", 7, "5/Tildelingskriterier/5.1/Miljø", "5.1 Miljø, tabell rad 2"},
    {"after the table", 8, "5/Tildelingskriterier/5.1/Miljø", "5.1 Miljø"},
    {"year", 10, "2026 budsjett", "2026 budsjett"},
    {"whole document", KK_NONE, "", "heile dokumentet"},
};

static void finds_place(void **state)
{
    const struct place_row *row = *state;
    kk_finding_place place;
    kk_buf joined;
    kk_buf_init(&joined, 0);
    const uint32_t begin = row->para == KK_NONE ? 0 : kk_doc_text(doc)->paras[row->para].begin;
    const kk_stretch at = {row->para, begin + 1, begin + 3};
    assert_int_equal(kk_outline_place(&outline, &at, KK_LANG_NN, arena, &place, NULL), KK_OK);
    for (size_t i = 0; i < place.n_headings; i++) {
        kk_buf_puts(&joined, i > 0 ? "/" : "");
        kk_buf_str(&joined, place.headings[i]);
    }
    kk_buf_puts(&joined, "");
    assert_string_equal(joined.len > 0 ? joined.ptr : "", row->headings);
    assert_string_equal(place.label.ptr, row->label);
    assert_int_equal(place.begin, row->para == KK_NONE ? 0 : 1);
    assert_int_equal(place.end, row->para == KK_NONE ? 0 : 3);
    kk_buf_dispose(&joined);
}

static void clamps_to_paragraph(void **state)
{
    (void)state;
    kk_finding_place place;
    assert_int_equal(kk_outline_place(&outline, &(kk_stretch){1, 0, UINT32_MAX}, KK_LANG_NB, arena,
                                      &place, NULL),
                     KK_OK);
    assert_int_equal(place.begin, 0);
    assert_int_equal(place.end, strlen(lines[1].text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(clamps_to_paragraph)};
    if (set_up(NULL) != 0) {
        return 1;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    failed += ROWS_RUN("places", places, finds_place);
    (void)tear_down(NULL);
    return failed;
}
