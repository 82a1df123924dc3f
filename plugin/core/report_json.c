/* Findings as JSON, schema klimakrav.findings/1 (plugin/schema/findings.schema.json). */
#include "report.h"

static const char *const level_names[] = {"info", "warning", "error"};

static void put_or_null(kk_jsonout *j, const char *key, kk_str value)
{
    kk_json_key(j, key);
    if (value.len > 0) {
        kk_json_str(j, value);
    } else {
        kk_json_null(j);
    }
}

static void put_verdict(kk_jsonout *j, const kk_verdict_info *v)
{
    kk_json_key(j, "verdict");
    kk_json_open(j, '{');
    kk_json_key(j, "satisfied");
    if (v->satisfied < 0) {
        kk_json_null(j);
    } else {
        kk_json_bool(j, v->satisfied == 1);
    }
    kk_json_put(j, "route", v->route);
    kk_json_key(j, "weight");
    if (v->weight < 0) {
        kk_json_null(j);
    } else {
        kk_json_real(j, v->weight);
    }
    put_or_null(j, "basis", v->basis);
    put_or_null(j, "from", v->from);
    kk_json_put(j, "why", v->why);
    kk_json_close(j);
}

void kk_report_json_categories(kk_jsonout *j, const kk_document_info *d)
{
    kk_json_key(j, "categories");
    kk_json_open(j, '[');
    for (size_t i = 0; i < d->n_categories; i++) {
        const kk_category_info *c = &d->categories[i];
        kk_json_open(j, '{');
        kk_json_put(j, "id", c->id);
        kk_json_put(j, "name", c->name);
        kk_json_key(j, "score");
        kk_json_real(j, c->score);
        kk_json_list(j, "cpv", c->cpv, c->n_cpv);
        kk_json_list(j, "evidence", c->evidence, c->n_evidence);
        kk_json_close(j);
    }
    kk_json_close(j);
}

static void put_sections(kk_jsonout *j, const kk_document_info *d)
{
    kk_json_key(j, "languageConfidence");
    kk_json_real(j, d->language_confidence);
    kk_json_key(j, "sections");
    kk_json_open(j, '[');
    for (size_t i = 0; i < d->n_sections; i++) {
        const kk_section_info *s = &d->sections[i];
        kk_json_open_flat(j, '{');
        kk_json_puti(j, "paragraph", s->paragraph);
        kk_json_put(j, "heading", s->heading);
        kk_json_puts(j, "language", s->language);
        kk_json_key(j, "confidence");
        kk_json_real(j, s->confidence);
        kk_json_puti(j, "words", s->words);
        kk_json_close(j);
    }
    kk_json_close(j);
}

static void put_figure(kk_jsonout *j, const char *key, double value)
{
    kk_json_key(j, key);
    if (value < 0) {
        kk_json_null(j);
    } else {
        kk_json_real(j, value);
    }
}

static void put_criteria(kk_jsonout *j, const kk_document_info *d)
{
    kk_json_key(j, "criteria");
    kk_json_open(j, '[');
    for (size_t i = 0; i < d->n_award; i++) {
        const kk_criterion_info *c = &d->award[i];
        kk_json_open_flat(j, '{');
        kk_json_put(j, "name", c->name);
        kk_json_key(j, "parent");
        if (c->parent == KK_NONE) {
            kk_json_null(j);
        } else {
            kk_json_int(j, c->parent);
        }
        put_figure(j, "weight", c->weight);
        put_figure(j, "stated", c->stated);
        kk_json_puti(j, "rank", c->rank);
        kk_json_putb(j, "genuine", c->genuine);
        kk_json_putb(j, "nominal", c->nominal);
        kk_json_putb(j, "placeholder", c->placeholder);
        kk_json_puti(j, "set", c->set);
        put_or_null(j, "why", c->why);
        kk_json_key(j, "paragraph");
        if (c->paragraph == KK_NONE) {
            kk_json_null(j);
        } else {
            kk_json_int(j, c->paragraph);
        }
        kk_json_close(j);
    }
    kk_json_close(j);
}

/* Of the set, kept until the report ends: the audit is gone by then. */
static void keep_law(kk_report *r, const kk_audit *audit)
{
    kk_jsonout j;
    kk_buf *out = &r->levels[0];
    if (out->len > 0) {
        return;
    }
    kk_jsonout_init(&j, out);
    kk_json_open_flat(&j, '[');
    for (size_t i = 0; i < audit->n_law; i++) {
        const kk_law_info *p = &audit->law[i];
        kk_json_open_flat(&j, '{');
        kk_json_put(&j, "point", p->name);
        kk_json_put(&j, "value", p->value);
        kk_json_putb(&j, "known", p->known);
        kk_json_put(&j, "says", p->says);
        kk_json_put(&j, "basis", p->basis);
        kk_json_close(&j);
    }
    kk_json_close(&j);
}

static void put_managed(kk_jsonout *j, const kk_document_info *d)
{
    kk_json_key(j, "managed");
    kk_json_open(j, '[');
    for (size_t i = 0; i < d->n_managed; i++) {
        const kk_managed_info *m = &d->managed[i];
        kk_json_open_flat(j, '{');
        kk_json_put(j, "clause", m->clause);
        kk_json_put(j, "version", m->version);
        kk_json_puts(j, "state", m->state);
        kk_json_putb(j, "pending", m->pending);
        kk_json_puti(j, "paragraph", m->paragraph);
        kk_json_close(j);
    }
    kk_json_close(j);
}

static void put_place(kk_jsonout *j, const kk_finding_place *p)
{
    kk_json_key(j, "place");
    kk_json_open(j, '{');
    put_or_null(j, "part", p->part);
    kk_json_puts(j, "story", p->story);
    kk_json_key(j, "paragraph");
    if (p->paragraph == KK_NONE) {
        kk_json_null(j);
    } else {
        kk_json_int(j, p->paragraph);
    }
    kk_json_list(j, "headings", p->headings, p->n_headings);
    kk_json_key(j, "table");
    if (p->row == KK_NONE) {
        kk_json_null(j);
    } else {
        kk_json_open_flat(j, '{');
        kk_json_puti(j, "row", p->row);
        kk_json_puti(j, "column", p->column);
        kk_json_close(j);
    }
    kk_json_puti(j, "begin", p->begin);
    kk_json_puti(j, "end", p->end);
    kk_json_put(j, "label", p->label);
    kk_json_close(j);
}

static void put_finding(kk_jsonout *j, const kk_finding *f)
{
    kk_json_open(j, '{');
    kk_json_put(j, "rule", f->rule);
    kk_json_puts(j, "level", level_names[f->severity]);
    kk_json_put(j, "message", f->message);
    kk_json_put(j, "why", f->why);
    kk_json_list(j, "basis", f->basis, f->n_basis);
    put_place(j, &f->place);
    kk_json_put(j, "evidence", f->evidence);
    kk_json_put(j, "text", f->paragraph);
    kk_json_key(j, "remedy");
    if (f->remedy.len == 0) {
        kk_json_null(j);
    } else {
        kk_json_open_flat(j, '{');
        kk_json_put(j, "clause", f->remedy);
        kk_json_putb(j, "insertable", f->insertable);
        kk_json_put(j, "title", f->remedy_title);
        kk_json_close(j);
    }
    put_or_null(j, "help", f->help);
    kk_json_put(j, "fingerprint", f->fingerprint);
    kk_json_close(j);
}

void kk_report_json_begin(kk_report *r, const char *schema)
{
    kk_jsonout *j = &r->json;
    kk_json_open(j, '{');
    kk_json_puts(j, "schema", schema);
    kk_json_key(j, "tool");
    kk_json_open_flat(j, '{');
    kk_json_puts(j, "name", "klimakrav");
    kk_json_puts(j, "version", kk_version());
    kk_json_close(j);
    kk_json_key(j, "bank");
    kk_json_open_flat(j, '{');
    kk_json_puts(j, "version", r->bank->version);
    kk_json_putb(j, "reviewed", !kk_bank_has_drafts(r->bank, kk_z(r->date)));
    kk_json_close(j);
    kk_json_puts(j, "date", r->date);
    kk_json_key(j, "documents");
    kk_json_open(j, '[');
}

static void begin(kk_report *r)
{
    kk_report_json_begin(r, "klimakrav.findings/1");
}

static void document(kk_report *r, const kk_audit *audit, size_t doc)
{
    const kk_document_info *d = &audit->docs[doc];
    kk_jsonout *j = &r->json;
    keep_law(r, audit);
    size_t first;
    size_t last;
    kk_json_open(j, '{');
    kk_json_put(j, "path", d->path);
    kk_json_put(j, "sha256", d->sha256);
    kk_json_puts(j, "language", d->language);
    kk_json_put(j, "kind", d->kind);
    put_sections(j, d);
    kk_report_json_categories(j, d);
    put_criteria(j, d);
    put_verdict(j, &d->verdict);
    put_managed(j, d);
    kk_json_key(j, "findings");
    kk_json_open(j, '[');
    kk_report_range(audit, doc, &first, &last);
    for (size_t i = first; i < last; i++) {
        put_finding(j, &audit->findings[i]);
    }
    kk_json_close(j);
    kk_report_held_json(j, audit, doc);
    kk_json_close(j);
}

/* Kept aside, since the documents' array is still open: one item per line, put in at the end. */
void kk_report_json_failure(kk_report *r, kk_str path, kk_str line)
{
    kk_jsonout j;
    kk_buf item;
    kk_buf_init(&item, 0);
    kk_jsonout_init(&j, &item);
    kk_json_open_flat(&j, '{');
    kk_json_put(&j, "path", path);
    kk_json_put(&j, "error", line);
    kk_json_close(&j);
    kk_buf_puts(&r->extra, r->extra.len > 0 ? ",\n    " : "\n    ");
    kk_buf_str(&r->extra, kk_str_trim(kk_buf_view(&item)));
    if (item.failed != KK_OK) {
        r->body.failed = item.failed;
    }
    kk_buf_dispose(&item);
}

void kk_report_json_failures(kk_report *r)
{
    kk_jsonout *j = &r->json;
    if (r->n_failed > 0) {
        kk_json_key(j, "failures");
        kk_json_open(j, '[');
        kk_buf_str(&r->body, kk_buf_view(&r->extra));
        kk_buf_puts(&r->body, "\n  ");
        kk_json_close(j);
    }
}

static void end(kk_report *r, kk_buf *out)
{
    kk_jsonout *j = &r->json;
    kk_json_close(j);
    kk_report_json_failures(r);
    if (r->procurement && r->verdict.size > 0) {
        put_verdict(j, &r->verdict);
    }
    if (r->procurement && r->levels[0].len > 0) {
        kk_json_raw(j, "law", kk_str_trim(kk_buf_view(&r->levels[0])));
    }
    if (r->gate) {
        kk_json_putb(j, "tender", r->screen.tender);
        kk_json_putb(j, "ready", kk_report_ready(r));
    }
    kk_json_key(j, "summary");
    kk_json_open_flat(j, '{');
    kk_json_puti(j, "documents", (int64_t)r->n_documents);
    kk_json_puti(j, "failed", (int64_t)r->n_failed);
    kk_json_puti(j, "satisfied", (int64_t)r->n_satisfied);
    for (unsigned level = 3; level-- > 0;) {
        kk_json_puti(j, level_names[level], (int64_t)r->n_findings[level]);
    }
    kk_json_close(j);
    kk_json_close(j);
    kk_buf_str(out, kk_buf_view(&r->body));
}

const kk_report_ops kk_report_json_ops = {begin, document, kk_report_json_failure, end};
