/* Finds where the award criteria stand and reads them with the reader that fits: table first, then lists,
 * headings and running text. What counts as what is bank data. */
#include "award.h"

#include "error.h"
#include "mem.h"
#include "vec.h"

#include <string.h>

kk_status kk_award_add(kk_award_reader *r, const kk_draft *draft)
{
    if (r->n == r->cap && !kk_vec_grow((void **)&r->drafts, &r->cap, r->n, sizeof *r->drafts)) {
        return kk_fail_nomem(r->err);
    }
    r->drafts[r->n++] = *draft;
    return KK_OK;
}

bool kk_award_says(const kk_award_reader *r, const char *id, uint32_t begin, uint32_t end)
{
    return begin < end && r->probe->find(r->probe->context, id, r->doc, begin, end, NULL);
}

kk_str kk_award_slice(const kk_award_reader *r, uint32_t begin, uint32_t end)
{
    return (kk_str){r->text->utf8 + begin, end > begin ? end - begin : 0};
}

static bool range_of(const kk_award_reader *r, const kk_place_hit *section, uint32_t *begin,
                     uint32_t *end)
{
    if (section->heading >= section->section_end) {
        return false;
    }
    *begin = r->text->paras[section->heading].begin;
    *end = r->text->paras[section->section_end - 1].end;
    return true;
}

static bool find_in(kk_award_reader *r, const char *id, uint32_t begin, uint32_t end,
                    kk_evidence *at)
{
    return begin < end && r->probe->find(r->probe->context, id, r->doc, begin, end, at);
}

/* Words that decide without any table: price alone, a monetised model. */
static void read_statements(kk_award_reader *r, uint32_t begin, uint32_t end)
{
    if (!r->out->price_only) {
        r->out->price_only = find_in(r, "award-price-only", begin, end, &r->out->price_at);
    }
    if (r->out->stated == KK_STATED_NONE && find_in(r, "award-monetised", begin, end, &r->out->at)) {
        r->out->stated = KK_STATED_MONETISED;
    }
}

static bool inside(const kk_award_reader *r, uint32_t table, const kk_place_hit *sections,
                   uint32_t n)
{
    uint32_t first = r->text->tables[table].para_begin;
    for (uint32_t i = 0; i < n; i++) {
        if (first > sections[i].heading && first < sections[i].section_end) {
            return true;
        }
    }
    return n == 0;
}

/* Tables of the award sections; where there is no such section, any table with criteria and weights. */
static kk_status read_tables(kk_award_reader *r, const kk_place_hit *sections, uint32_t n)
{
    for (uint32_t t = 0; t < r->text->n_tables; t++) {
        bool read = false;
        if (!inside(r, t, sections, n)) {
            continue;
        }
        KK_TRY(kk_award_table(r, t, &read));
        if (read) {
            uint32_t para = r->text->tables[t].para_begin;
            r->out->present = true;
            r->out->at = (kk_evidence){r->doc, para, r->text->paras[para].begin,
                                       r->text->paras[para].end, {NULL, 0}};
        }
    }
    return KK_OK;
}

static kk_status read_sections(kk_award_reader *r, const kk_place_hit *sections, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t begin, end;
        if (!range_of(r, &sections[i], &begin, &end)) {
            continue;
        }
        const kk_para *heading = &r->text->paras[sections[i].heading];
        if (!r->out->present) {
            r->out->at = (kk_evidence){r->doc, sections[i].heading, heading->begin, heading->end,
                                       {NULL, 0}};
        }
        r->out->present = true;
        if (r->n == 0) {
            KK_TRY(kk_award_paragraphs(r, sections[i].heading + 1, sections[i].section_end));
        }
        read_statements(r, begin, end);
    }
    return KK_OK;
}

kk_status kk_award_read(const kk_probe *probe, const kk_text *text, uint32_t doc, kk_award *out,
                        kk_error *err)
{
    kk_award_reader r = {probe, text, doc, NULL, 0, 0, out, err};
    const kk_place_hit *found = NULL;
    uint32_t n = 0;
    memset(out, 0, sizeof *out);
    out->weight = out->nominal = out->sum = -1.0;
    out->at.doc = doc;
    out->at.para = KK_NONE;
    KK_TRY(kk_rules_places(probe->scanner, text, (kk_str){"award", 5}, &found, &n, err));
    /* The list lives until the next call into the scanner: keep a copy. */
    kk_place_hit *sections = kk_arena_array(probe->arena, n + 1, sizeof *sections);
    if (sections == NULL) {
        return kk_fail_nomem(err);
    }
    if (n > 0) {
        memcpy(sections, found, n * sizeof *sections);
    }
    kk_status status = read_tables(&r, sections, n);
    if (status == KK_OK) {
        status = read_sections(&r, sections, n);
    }
    if (status == KK_OK && n == 0 && text->n_paras > 0 && text->n_stories > 0) {
        uint32_t last = text->stories[0].para_end;
        if (last > 0) {
            read_statements(&r, text->paras[0].begin, text->paras[last - 1].end);
        }
    }
    if (status == KK_OK) {
        status = kk_award_judge(&r);
    }
    kk_release(r.drafts);
    return status;
}
