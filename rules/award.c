/* Finds where the award criteria stand and reads them with the reader that fits: tables first, then
 * headings, lists and running text, then what only names them. What counts as what is bank data. */
#include "award_reader.h"

#include "error.h"
#include "mem.h"
#include "vec.h"

#include <string.h>

typedef struct span {
    uint32_t heading, end; /* paragraphs; heading KK_NONE: the whole body */
} span;

typedef struct chapters {
    span *items;
    uint32_t n;
} chapters;

/* ---- what the readers share ------------------------------------------------------------------ */

kk_status kk_award_add(kk_award_reader *r, const kk_draft *draft)
{
    if (r->n == r->cap && !kk_vec_grow((void **)&r->drafts, &r->cap, r->n, sizeof *r->drafts)) {
        return kk_fail_nomem(r->err);
    }
    r->drafts[r->n] = *draft;
    r->drafts[r->n++].group = r->group;
    return KK_OK;
}

bool kk_award_has_children(const kk_award_reader *r, size_t draft)
{
    return kk_award_subtree_end(r, draft) > draft + 1;
}

kk_status kk_award_adopt(kk_award_reader *r, size_t from, size_t target)
{
    const size_t moved = r->n - from, to = kk_award_subtree_end(r, target);
    kk_draft *copy = kk_arena_array(r->probe->arena, moved + 1, sizeof *copy);
    if (copy == NULL) {
        return kk_fail_nomem(r->err);
    }
    memcpy(copy, r->drafts + from, moved * sizeof *copy);
    memmove(r->drafts + to + moved, r->drafts + to, (from - to) * sizeof *copy);
    for (size_t i = 0; i < moved; i++) {
        copy[i].depth += r->drafts[target].depth + 1;
        copy[i].group = r->drafts[target].group;
        r->drafts[to + i] = copy[i];
    }
    return KK_OK;
}

bool kk_award_find(const kk_award_reader *r, const char *id, uint32_t begin, uint32_t end,
                   kk_evidence *at)
{
    return begin < end && r->probe->find(r->probe->context, id, r->doc, begin, end, at);
}

bool kk_award_says(const kk_award_reader *r, const char *id, uint32_t begin, uint32_t end)
{
    return kk_award_find(r, id, begin, end, NULL);
}

kk_str kk_award_slice(const kk_award_reader *r, uint32_t begin, uint32_t end)
{
    return (kk_str){r->text->utf8 + begin, end > begin ? end - begin : 0};
}

bool kk_award_visible(const kk_award_reader *r, uint32_t para)
{
    const kk_para *p = &r->text->paras[para];
    const uint32_t skip = KK_PARA_TOC | KK_PARA_GUIDANCE | KK_PARA_HIDDEN;
    return p->begin < p->end && (p->flags & skip) == 0;
}

/* ---- chapters ------------------------------------------------------------------------------ */

/* Award chapters in document order, those inside another left out. */
static kk_status find_chapters(kk_award_reader *r, chapters *out)
{
    const kk_place_hit *found = NULL;
    uint32_t n = 0;
    KK_TRY(kk_rules_places(r->probe->scanner, r->text, (kk_str){"award", 5}, &found, &n, r->err));
    out->items = kk_arena_array(r->probe->arena, (size_t)n + 1, sizeof *out->items);
    out->n = 0;
    if (out->items == NULL) {
        return kk_fail_nomem(r->err);
    }
    for (uint32_t i = 0; i < n; i++) {
        const span one = {found[i].heading, found[i].section_end};
        uint32_t at = out->n;
        while (at > 0 && out->items[at - 1].heading > one.heading) {
            out->items[at] = out->items[at - 1];
            at--;
        }
        out->items[at] = one;
        out->n++;
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < out->n; i++) {
        if (kept == 0 || out->items[i].heading >= out->items[kept - 1].end) {
            out->items[kept++] = out->items[i];
        }
    }
    out->n = kept;
    return KK_OK;
}

static bool inside(const chapters *c, uint32_t para)
{
    for (uint32_t i = 0; i < c->n; i++) {
        if (para > c->items[i].heading && para < c->items[i].end) {
            return true;
        }
    }
    return false;
}

static kk_evidence at_para(const kk_award_reader *r, uint32_t p)
{
    return (kk_evidence){r->doc, p, r->text->paras[p].begin, r->text->paras[p].end, {NULL, 0}};
}

/* ---- tables -------------------------------------------------------------------------------- */

/* The paragraph that introduces a table: the last one before it that says something. */
static const kk_para *intro_of(const kk_award_reader *r, uint32_t table)
{
    uint32_t p = r->text->tables[table].para_begin;
    while (p > 0 && r->text->paras[p - 1].cell == KK_NONE) {
        p--;
        if (kk_award_visible(r, p)) {
            return &r->text->paras[p];
        }
    }
    return NULL;
}

/* A later table may split one of the criteria: its introduction names it. */
static kk_status read_table(kk_award_reader *r, uint32_t table, bool in_section)
{
    const kk_para *intro = intro_of(r, table);
    const size_t from = r->n;
    size_t target = SIZE_MAX;
    bool ranked = false;
    if (intro != NULL) {
        target = kk_award_named_in(r, intro->begin, intro->end);
        ranked = kk_award_says(r, "award-ranking", intro->begin, intro->end);
    }
    r->group++;
    KK_TRY(kk_award_table(r, table, in_section, ranked));
    if (r->n > from && target != SIZE_MAX && !kk_award_has_children(r, target)) {
        KK_TRY(kk_award_adopt(r, from, target));
    }
    return KK_OK;
}

static kk_status read_tables(kk_award_reader *r, const chapters *c)
{
    for (uint32_t t = 0; t < r->text->n_tables; t++) {
        const uint32_t first = r->text->tables[t].para_begin;
        const bool in_section = inside(c, first);
        const size_t before = r->n;
        if (c->n > 0 && !in_section) {
            continue;
        }
        KK_TRY(read_table(r, t, in_section));
        if (r->n > before && !r->out->present) {
            r->out->present = true;
            r->out->at = at_para(r, first);
        }
    }
    return KK_OK;
}

/* ---- text ---------------------------------------------------------------------------------- */

/* A chapter is read when nothing has been found yet, or when its own heading states a weight. */
static kk_status read_chapter(kk_award_reader *r, const span *one)
{
    const kk_para *heading = &r->text->paras[one->heading];
    const kk_award_spot spot = {.para = one->heading};
    const size_t before = r->n;
    bool any = false;
    KK_TRY(kk_award_sentences(r, &spot, heading->begin, heading->end, &any));
    if (before > 0 && r->n == before) {
        return KK_OK;
    }
    return kk_award_paragraphs(r, one->heading + (any ? 0 : 1), one->end);
}

static kk_status read_text(kk_award_reader *r, const chapters *c)
{
    const bool described = r->n > 0;
    kk_status status = KK_OK;
    for (uint32_t i = 0; status == KK_OK && i < c->n; i++) {
        const span *one = &c->items[i];
        status =
            described ? kk_award_describe(r, one->heading + 1, one->end) : read_chapter(r, one);
    }
    for (uint32_t i = 0; status == KK_OK && r->n == 0 && i < c->n; i++) {
        status = kk_award_bare_names(r, c->items[i].heading + 1, c->items[i].end);
    }
    return status;
}

/* "Kriteriene vektes likt": each has the same share. */
static void read_equal(kk_award_reader *r, const chapters *c)
{
    bool equal = false, figures = false;
    for (uint32_t i = 0; i < c->n; i++) {
        equal = equal || kk_award_says(r, "award-equal", r->text->paras[c->items[i].heading].begin,
                                       r->text->paras[c->items[i].end - 1].end);
    }
    for (size_t i = 0; i < r->n; i++) {
        const kk_draft *draft = &r->drafts[i];
        figures = figures || draft->value >= 0.0 || draft->node.rank > 0 || draft->node.placeholder;
    }
    for (size_t i = 0; equal && !figures && i < r->n; i++) {
        r->drafts[i].value = r->drafts[i].depth == 0 ? 1.0 : -1.0;
        r->drafts[i].points = true;
    }
}

/* ---- statements ---------------------------------------------------------------------------- */

/* Climate in kroner: a priced model, in a paragraph that speaks of climate itself or beside one
 * that does. */
static void read_model(kk_award_reader *r, uint32_t p, uint32_t begin, uint32_t end)
{
    kk_evidence at;
    const kk_para *para = &r->text->paras[p];
    if (r->out->stated != KK_STATED_NONE ||
        !kk_award_find(r, "award-monetised", para->begin, para->end, &at)) {
        return;
    }
    const uint32_t from = r->text->paras[p > begin ? p - 1 : p].begin;
    const uint32_t to = r->text->paras[p + 1 < end ? p + 1 : p].end;
    if (kk_award_says(r, "award-genuine", from, to) ||
        kk_award_says(r, "award-climate-name", from, to)) {
        r->out->stated = KK_STATED_MONETISED;
        r->out->at = at;
    }
}

static bool several(const kk_award_reader *r)
{
    uint32_t tops = 0;
    for (size_t i = 0; i < r->n; i++) {
        tops += r->drafts[i].node.parent == KK_NONE;
    }
    return tops > 1;
}

/* A paragraph that begins with the words, as a label does. */
static bool labels(const kk_award_reader *r, const char *id, uint32_t begin, uint32_t end,
                   kk_evidence *at)
{
    for (uint32_t p = begin; p < end; p++) {
        const kk_para *para = &r->text->paras[p];
        if (kk_award_find(r, id, para->begin, para->end, at) && at->begin == para->begin) {
            return true;
        }
    }
    return false;
}

/* "Stryk det som ikke passer", or two labelled alternatives: nobody has chosen yet. */
static void read_alternatives(kk_award_reader *r, uint32_t begin, uint32_t end)
{
    kk_award *out = r->out;
    kk_evidence one;
    if (!out->alternatives) {
        out->alternatives = kk_award_find(r, "strike-one", r->text->paras[begin].begin,
                                          r->text->paras[end - 1].end, &out->alternatives_at) ||
                            (labels(r, "alternative-one", begin, end, &one) &&
                             labels(r, "alternative-two", begin, end, &out->alternatives_at));
    }
}

/* Words that decide without weights, in an award chapter. Outside one (`loose`), a sentence must
 * also say that the contract is awarded. */
static void read_statements(kk_award_reader *r, uint32_t begin, uint32_t end, bool loose)
{
    kk_award *out = r->out;
    const bool many = several(r);
    for (uint32_t p = begin; p < end; p++) {
        const kk_para *para = &r->text->paras[p];
        if (para->heading > 0 || !kk_award_visible(r, p) ||
            (loose && !kk_award_says(r, "award-decides", para->begin, para->end))) {
            continue;
        }
        if (!many && !out->price_only) {
            out->price_only =
                kk_award_find(r, "award-price-only", para->begin, para->end, &out->price_at);
        }
        read_model(r, p, begin, end);
    }
}

static void read_all_statements(kk_award_reader *r, const chapters *c)
{
    kk_award *out = r->out;
    bool elsewhere = false;
    for (uint32_t i = 0; i < c->n; i++) {
        const span *one = &c->items[i];
        const uint32_t from = r->text->paras[one->heading].end;
        const uint32_t to = r->text->paras[one->end - 1].end;
        read_statements(r, one->heading + 1, one->end, false);
        read_alternatives(r, one->heading, one->end);
        elsewhere = elsewhere || kk_award_says(r, "award-elsewhere", from, to);
    }
    const bool something = r->n > 0 || out->price_only || out->stated != KK_STATED_NONE;
    if (c->n > 0) {
        out->at = out->present ? out->at : at_para(r, c->items[0].heading);
        out->present = something || !elsewhere;
        return;
    }
    if (r->text->n_stories > 0 && r->text->stories[0].para_end > 0 && !something) {
        read_statements(r, 0, r->text->stories[0].para_end, true);
        out->present = out->price_only || out->stated != KK_STATED_NONE;
        out->at = out->price_only ? out->price_at : out->at;
    }
}

/* ---- facade -------------------------------------------------------------------------------- */

static kk_status read(kk_award_reader *r)
{
    chapters c;
    KK_TRY(find_chapters(r, &c));
    KK_TRY(read_tables(r, &c));
    KK_TRY(read_text(r, &c));
    read_equal(r, &c);
    kk_award_weigh(r);
    KK_TRY(kk_award_judge(r));
    read_all_statements(r, &c);
    return KK_OK;
}

kk_status kk_award_read(const kk_probe *probe, const kk_text *text, uint32_t doc, kk_award *out,
                        kk_error *err)
{
    kk_award_reader r = {.probe = probe, .text = text, .doc = doc, .out = out, .err = err};
    memset(out, 0, sizeof *out);
    out->weight = out->nominal = out->sum = -1.0;
    out->at = (kk_evidence){doc, KK_NONE, 0, 0, {NULL, 0}};
    const kk_status status = read(&r);
    kk_release(r.drafts);
    return status;
}
