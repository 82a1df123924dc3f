/* One insertion into a small document, for tests that look at the bytes that came in. */
#ifndef KK_TEST_DOCXCASE_H
#define KK_TEST_DOCXCASE_H

#include "rows.h"
#include "tinydocx.h"

#include "clausehash.h"
#include "docx.h"
#include "docx_internal.h"
#include "error.h"

#define S(z) ((kk_str){z, sizeof(z) - 1})
#define Z(z)                                                                                       \
    {                                                                                              \
        z, sizeof(z) - 1                                                                           \
    } /* in static initialisers */

#define BODY(x)   XML "<w:document " W_NS "><w:body>" x "</w:body></w:document>"
#define R(rpr, t) "<w:r><w:rPr>" rpr "</w:rPr><w:t>" t "</w:t></w:r>"
#define H1(t)                                                                                      \
    "<w:p><w:pPr><w:pStyle w:val=\"Overskrift1\"/></w:pPr><w:r><w:t>" t "</w:t></w:r></w:p>"
#define H2(t)                                                                                      \
    "<w:p><w:pPr><w:pStyle w:val=\"Overskrift2\"/></w:pPr><w:r><w:t>" t "</w:t></w:r></w:p>"
#define P(t)       "<w:p><w:r><w:t>" t "</w:t></w:r></w:p>"
#define PP(ppr, t) "<w:p><w:pPr>" ppr "</w:pPr><w:r><w:t>" t "</w:t></w:r></w:p>"

typedef struct docx_case {
    kk_buf file, saved;
    kk_docx *doc, *after;
    kk_str bytes; /* what came into the main part, all ranges one after the other */
    kk_buf inserted;
    kk_error err;
} docx_case;

static inline kk_docx *case_open(const kk_buf *bytes)
{
    kk_docx *doc = NULL;
    kk_error err;
    kk_error_clear(&err);
    if (kk_docx_open(&doc, kk_buf_view(bytes), NULL, &err) != KK_OK) {
        fail_msg("%s", err.message);
    }
    return doc;
}

static inline void case_begin(docx_case *c, const char *document, const char *styles,
                              const char *numbering)
{
    memset(c, 0, sizeof *c);
    kk_buf_init(&c->file, 0);
    kk_buf_init(&c->saved, 0);
    kk_buf_init(&c->inserted, 0);
    kk_error_clear(&c->err);
    tiny_docx(&c->file, document, styles, numbering);
    c->doc = case_open(&c->file);
}

static inline void case_end(docx_case *c)
{
    kk_docx_free(c->doc);
    kk_docx_free(c->after);
    kk_buf_dispose(&c->file);
    kk_buf_dispose(&c->saved);
    kk_buf_dispose(&c->inserted);
}

/* Saves, opens again and collects what came in. */
static inline void case_save(docx_case *c)
{
    if (kk_docx_save(c->doc, &c->saved, &c->err) != KK_OK) {
        fail_msg("%s", c->err.message);
    }
    c->after = case_open(&c->saved);
    uint32_t n;
    const kk_docx_edit *edits = kk_docx_edits(c->doc, &n);
    for (uint32_t i = 0; i < n; i++) {
        if (kk_str_equal(edits[i].part, c->doc->parts[0].name)) {
            kk_buf_str(&c->inserted,
                       kk_str_slice(c->after->parts[0].raw, edits[i].begin, edits[i].end));
        }
    }
    c->bytes = kk_buf_view(&c->inserted);
}

/* Index of the paragraph with these words. */
static inline uint32_t case_para(const kk_docx *doc, const char *words)
{
    const kk_text *text = kk_docx_text(doc);
    for (uint32_t p = 0; p < text->n_paras; p++) {
        const kk_str one = {text->utf8 + text->paras[p].begin,
                            text->paras[p].end - text->paras[p].begin};
        if (kk_str_is(one, words)) {
            return p;
        }
    }
    fail_msg("no paragraph '%s'", words);
    return KK_NONE;
}

/* The end of the section that this heading opens. */
static inline kk_place case_section(const kk_docx *doc, const char *heading)
{
    const kk_text *text = kk_docx_text(doc);
    kk_place place = {.kind = KK_PLACE_SECTION_END, .heading = case_para(doc, heading)};
    const kk_para *h = &text->paras[place.heading];
    place.section_end = place.heading + 1;
    while (place.section_end < text->stories[h->story].para_end &&
           (text->paras[place.section_end].heading == 0 ||
            text->paras[place.section_end].heading > h->heading)) {
        place.section_end++;
    }
    return place;
}

static const kk_docx_options case_tracked = {true, false, Z("klimakrav"),
                                             Z("2026-11-23T12:00:00Z")};
static const kk_docx_options case_untracked = {false, false, Z("klimakrav"),
                                               Z("2026-11-23T12:00:00Z")};

/* Inserts blocks as clause KLI-001@1.0 in Norwegian; fails the test when refused. */
static inline void case_insert(docx_case *c, const kk_block *blocks, uint32_t n,
                               const kk_place *place, const kk_docx_options *options)
{
    kk_blocks clause = {.clause = S("KLI-001"),
                        .version = S("1.0"),
                        .title = S("Klimakrav"),
                        .lang = KK_LANG_NB,
                        .blocks = blocks,
                        .n_blocks = n};
    char hash[13];
    assert_int_equal(kk_blocks_hash(&clause, S("basis"), hash), KK_OK);
    clause.hash = kk_str_from(hash);
    if (kk_docx_insert(c->doc, &clause, place, options, &c->err) != KK_OK) {
        fail_msg("%s %s", c->err.reason, c->err.message);
    }
}

static inline bool case_has(kk_str bytes, const char *piece)
{
    return kk_str_find(bytes, kk_str_from(piece), 0) != SIZE_MAX;
}

#endif
