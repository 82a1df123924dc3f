/* Prints an evaluation: criteria tree with weights and why, requirements, facts, findings. Judges
 * nothing. */
#include "report.h"

#include "str.h"

#include <string.h>

const char *report_route(kk_route route)
{
    static const char *const names[] = {"weighted", "prioritised", "replaced",      "combined",
                                        "exempt",   "silent",      "not-applicable"};
    return names[route];
}

const char *report_satisfied(int satisfied)
{
    return satisfied > 0 ? "yes" : satisfied == 0 ? "no" : "unknown";
}

const char *report_level(kk_level level)
{
    static const char *const names[] = {"info", "warning", "error"};
    return names[level];
}

const kk_fact *report_fact(const kk_evaluation *seen, const char *name)
{
    for (uint32_t i = 0; i < seen->n_facts; i++) {
        if (kk_str_is(seen->facts[i].name, name)) {
            return &seen->facts[i];
        }
    }
    return NULL;
}

uint32_t report_award_document(const kk_evaluation *seen)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < seen->n_documents; i++) {
        best = seen->documents[i].n_criteria > seen->documents[best].n_criteria ? i : best;
    }
    return best;
}

static void put_criteria(const kk_document_result *doc, kk_buf *out)
{
    for (uint32_t i = 0; i < doc->n_criteria; i++) {
        const kk_criterion *c = &doc->criteria[i];
        uint32_t depth = 0;
        for (uint32_t up = c->parent; up != KK_NONE && depth < 8; up = doc->criteria[up].parent) {
            depth++;
        }
        kk_buf_printf(out, "    %*s%.*s: weight %g (stated %g) rank %d%s%s%s why=%.*s\n",
                      (int)(2 * depth), "", (int)c->name.len, c->name.ptr, c->weight, c->stated,
                      c->rank, c->nominal ? " nominal" : "", c->genuine ? " GENUINE" : "",
                      c->placeholder ? " placeholder" : "", (int)c->why.len, c->why.ptr);
    }
}

static void put_requirements(const kk_document_result *doc, const kk_text *text, kk_buf *out)
{
    for (uint32_t i = 0; i < doc->n_requirements; i++) {
        const kk_requirement *r = &doc->requirements[i];
        uint32_t len = r->at.end - r->at.begin > 70 ? 70 : r->at.end - r->at.begin;
        kk_buf_printf(out, "    %.*s [%.*s]%s%s%s: %.*s\n", (int)r->kind.len, r->kind.ptr,
                      (int)r->place.len, r->place.ptr, r->binding ? " binding" : "",
                      r->measurable ? " measurable" : "", r->documented ? " documented" : "",
                      (int)len, text->utf8 + r->at.begin);
    }
}

static void put_facts(const kk_evaluation *seen, kk_buf *out)
{
    kk_buf_puts(out, "  facts:");
    for (uint32_t i = 0; i < seen->n_facts; i++) {
        const kk_fact *f = &seen->facts[i];
        if (f->text.len > 0) {
            kk_buf_printf(out, " %.*s=%.*s", (int)f->name.len, f->name.ptr, (int)f->text.len,
                          f->text.ptr);
        } else if (f->known && (f->number < 0.0 || f->number > 0.0)) {
            kk_buf_printf(out, " %.*s=%g", (int)f->name.len, f->name.ptr, f->number);
        }
    }
    kk_buf_putc(out, '\n');
}

void report_evaluation(const kk_evaluation *seen, const kk_text *const *texts, kk_buf *out)
{
    const kk_verdict *v = &seen->verdict;
    kk_buf_printf(out, "  verdict: %s %s weight %g; %.*s\n", report_route(v->route),
                  report_satisfied(v->satisfied), v->weight, (int)v->why.len, v->why.ptr);
    for (uint32_t d = 0; d < seen->n_documents; d++) {
        const kk_document_result *doc = &seen->documents[d];
        kk_buf_printf(out, "  document %u: kind %.*s, alone %s %s\n", (unsigned)d,
                      (int)doc->kind.len, doc->kind.ptr, report_route(doc->verdict.route),
                      report_satisfied(doc->verdict.satisfied));
        put_criteria(doc, out);
        put_requirements(doc, texts[d], out);
    }
    put_facts(seen, out);
    kk_buf_puts(out, "  findings:");
    for (uint32_t i = 0; i < seen->n_hits; i++) {
        const kk_hit *h = &seen->hits[i];
        kk_buf_printf(out, " %.*s:%s", (int)h->rule.len, h->rule.ptr, report_level(h->level));
    }
    kk_buf_putc(out, '\n');
}
