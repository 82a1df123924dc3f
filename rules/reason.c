/* Judges reasons as KOFA does: is there one, does it apply the rule to this procurement, or does it
 * only quote it. Which words mean what is bank data (award.xml). */
#include "reason.h"

#include "sentence.h"
#include "str.h"

#include <string.h>

#define WINDOW    3u  /* paragraphs of a reason, the one that opens it included */
#define MIN_WORDS 20u /* fewer words can quote the rule but not apply it */

typedef struct reader {
    const kk_probe *probe;
    const kk_text *text;
    uint32_t doc;
} reader;

static bool says(const reader *r, const char *id, uint32_t begin, uint32_t end)
{
    return begin < end && r->probe->find(r->probe->context, id, r->doc, begin, end, NULL);
}

static bool counts(const kk_para *para)
{
    return para->heading == 0 && (para->flags & (KK_PARA_TOC | KK_PARA_GUIDANCE)) == 0 &&
           para->begin < para->end;
}

static unsigned words_in(const kk_text *text, uint32_t begin, uint32_t end)
{
    unsigned n = 0;
    bool inside = false;
    for (; begin < end; begin++) {
        bool blank = strchr(" \t\n", text->utf8[begin]) != NULL;
        n += !blank && !inside;
        inside = !blank;
    }
    return n;
}

/* First span that ends after `begin`: spans are sorted by begin, and short. */
static bool open_placeholder(const kk_text *text, uint32_t begin, uint32_t end)
{
    uint32_t low = 0, high = text->n_spans;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (text->spans[middle].begin < begin) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < text->n_spans && text->spans[low].begin < end; low++) {
        if (text->spans[low].kind == KK_SPAN_PLACEHOLDER) {
            return true;
        }
    }
    return false;
}

/* The paragraphs that make up the reason: up to WINDOW of them in the same section and cell. */
static uint32_t window_end(const reader *r, uint32_t p)
{
    const kk_para *first = &r->text->paras[p];
    uint32_t last = p;
    for (uint32_t q = p + 1; q < r->text->n_paras && q < p + WINDOW; q++) {
        const kk_para *para = &r->text->paras[q];
        if (para->heading > 0 || para->story != first->story || para->cell != first->cell ||
            para->managed != first->managed) {
            break;
        }
        last = counts(para) ? q : last;
    }
    return r->text->paras[last].end;
}

/* What is left of a reason when quotations of the rule are passed over. */
typedef struct substance {
    unsigned words;
    bool because, concrete, immaterial;
} substance;

static substance weigh(const reader *r, uint32_t begin, uint32_t end)
{
    const kk_str s = {r->text->utf8 + begin, end - begin};
    substance sum = {0, false, false, false};
    size_t at = 0, from, to;
    while (kk_sentence_next(s, &at, &from, &to)) {
        const uint32_t b = begin + (uint32_t)from, e = begin + (uint32_t)to;
        if (says(r, "reason-quote", b, e)) {
            continue;
        }
        sum.words += words_in(r->text, b, e);
        sum.because = sum.because || says(r, "reason-because", b, e);
        sum.concrete = sum.concrete || says(r, "reason-concrete", b, e);
        sum.immaterial = sum.immaterial || says(r, "reason-immaterial", b, e);
    }
    return sum;
}

/* Said at some length, with nothing left to fill in. */
static bool is_written(const reader *r, const substance *sum, uint32_t begin, uint32_t end)
{
    return sum->words >= MIN_WORDS && !open_placeholder(r->text, begin, end) &&
           !says(r, "reason-open", begin, end);
}

static bool applies_rule(const reader *r, uint32_t begin, uint32_t end)
{
    const substance sum = weigh(r, begin, end);
    return sum.because && is_written(r, &sum, begin, end);
}

static bool replaces(const reader *r, uint32_t begin, uint32_t end)
{
    const substance sum = weigh(r, begin, end);
    return sum.because && sum.concrete && is_written(r, &sum, begin, end) &&
           says(r, "reason-better", begin, end);
}

/* Here the reason may lie in what the purchase is told to be ("kontorarbeid, ingen varer"). */
static bool is_immaterial(const reader *r, uint32_t begin, uint32_t end)
{
    const substance sum = weigh(r, begin, end);
    return (sum.because || sum.immaterial) && is_written(r, &sum, begin, end) &&
           says(r, "reason-nature", begin, end);
}

static void note(kk_reason *reason, const reader *r, uint32_t p, bool ok, unsigned halves)
{
    const kk_para *para = &r->text->paras[p];
    if (reason->present && (!ok || reason->ok) && halves <= reason->halves) {
        return;
    }
    reason->at = (kk_evidence){r->doc, p, para->begin, para->end, {NULL, 0}};
    reason->present = true;
    reason->ok = reason->ok || ok;
    reason->halves = halves > reason->halves ? halves : reason->halves;
}

static void read_paragraph(const reader *r, uint32_t p, kk_reasons *out)
{
    const kk_para *para = &r->text->paras[p];
    uint32_t begin = para->begin, end = para->end;
    if (says(r, "reason-replace", begin, end) &&
        says(r, "reason-subject", begin, window_end(r, p))) {
        note(&out->replace, r, p, replaces(r, begin, window_end(r, p)), 0);
        out->replace.elsewhere =
            out->replace.elsewhere || says(r, "reason-annex", begin, window_end(r, p));
    }
    if (says(r, "reason-insignificant", begin, end)) {
        uint32_t to = window_end(r, p);
        unsigned halves = (says(r, "reason-half-climate", begin, to) ? 1u : 0u) +
                          (says(r, "reason-half-environment", begin, to) ? 1u : 0u);
        bool ok = halves == 2 && is_immaterial(r, begin, to);
        note(&out->insignificant, r, p, ok, halves);
    }
    if (says(r, "reason-critical", begin, end)) {
        note(&out->critical, r, p, applies_rule(r, begin, window_end(r, p)), 0);
    }
    if (says(r, "reason-minimum", begin, end)) {
        note(&out->minimum, r, p, applies_rule(r, begin, window_end(r, p)), 0);
    }
}

void kk_reasons_read(const kk_probe *probe, const kk_text *text, uint32_t doc, kk_reasons *out)
{
    const reader r = {probe, text, doc};
    memset(out, 0, sizeof *out);
    for (uint32_t p = 0; p < text->n_paras; p++) {
        if (counts(&text->paras[p]) &&
            text->stories[text->paras[p].story].kind != KK_STORY_COMMENT) {
            read_paragraph(&r, p, out);
        }
    }
}

/* ---- follow-up ----------------------------------------------------------------------------- */

static void follow_one(const reader *r, const char *id, uint32_t p, bool climate, bool *seen,
                       kk_evidence *at)
{
    const kk_para *para = &r->text->paras[p];
    if (!*seen && climate && says(r, id, para->begin, para->end)) {
        *seen = true;
        *at = (kk_evidence){r->doc, p, para->begin, para->end, {NULL, 0}};
    }
}

void kk_follow_read(const kk_probe *probe, const kk_text *text, uint32_t doc, kk_follow *out)
{
    const reader r = {probe, text, doc};
    bool heading_climate = false, before_climate = false;
    memset(out, 0, sizeof *out);
    for (uint32_t p = 0; p < text->n_paras; p++) {
        const kk_para *para = &text->paras[p];
        if (para->begin == para->end || (para->flags & KK_PARA_TOC) != 0) {
            continue;
        }
        bool climate = says(&r, "follow-climate", para->begin, para->end);
        if (para->heading > 0) {
            heading_climate = climate;
            before_climate = false;
            continue;
        }
        if (counts(para)) {
            bool tied = climate || heading_climate || before_climate;
            follow_one(&r, "follow-reporting", p, tied, &out->reporting, &out->reporting_at);
            follow_one(&r, "follow-control", p, tied, &out->control, &out->control_at);
            if (climate || !says(&r, "late-penalty", para->begin, para->end)) {
                follow_one(&r, "follow-sanction", p, tied, &out->sanction, &out->sanction_at);
            }
        }
        before_climate = climate;
    }
}
