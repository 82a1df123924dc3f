/* What is bought, document by document: categories with score and evidence, and CPV codes. */
#include "report.h"

#include "plaintext.h"

enum { WIDTH = 96, NAME = 34 };

static void begin(kk_report *r)
{
    (void)r;
}

static void put_category(kk_buf *out, const kk_category_info *c)
{
    kk_buf words;
    kk_buf_init(&words, 0);
    kk_buf_puts(out, "  ");
    kk_plain(out, c->name);
    const size_t width = kk_plain_width(c->name);
    for (size_t i = width; i < NAME; i++) {
        kk_buf_putc(out, ' ');
    }
    kk_buf_putc(out, ' ');
    kk_number(&words, c->score, 1, 1, '.');
    for (size_t i = 0; i < c->n_cpv; i++) {
        kk_buf_puts(&words, i > 0 ? ", " : "  CPV ");
        kk_buf_str(&words, c->cpv[i]);
    }
    for (size_t i = 0; i < c->n_evidence; i++) {
        kk_buf_puts(&words, i > 0 ? ", «" : "  «");
        kk_plain_cut(&words, c->evidence[i], 40);
        kk_buf_puts(&words, "»");
    }
    kk_plain_wrap(out, kk_buf_view(&words), NAME + 3, NAME + 3, WIDTH);
    kk_buf_putc(out, '\n');
    kk_buf_dispose(&words);
}

static void document(kk_report *r, const kk_audit *audit, size_t doc)
{
    const kk_document_info *d = &audit->docs[doc];
    kk_plain(&r->body, d->path);
    kk_buf_putc(&r->body, '\n');
    for (size_t i = 0; i < d->n_categories; i++) {
        put_category(&r->body, &d->categories[i]);
    }
    if (d->n_categories == 0) {
        kk_buf_printf(&r->body, "  %s\n", kk_msg_text(KK_MSG_CATEGORY_UNKNOWN, r->lang));
    }
}

static void failure(kk_report *r, kk_str path, kk_str line)
{
    kk_plain(&r->body, path);
    kk_buf_puts(&r->body, "\n  ");
    kk_plain(&r->body, line);
    kk_buf_putc(&r->body, '\n');
}

static void end(kk_report *r, kk_buf *out)
{
    kk_buf_str(out, kk_buf_view(&r->body));
}

const kk_report_ops kk_report_classify_ops = {begin, document, failure, end};

static void json_begin(kk_report *r)
{
    kk_report_json_begin(r, "klimakrav.categories/1");
}

static void json_document(kk_report *r, const kk_audit *audit, size_t doc)
{
    const kk_document_info *d = &audit->docs[doc];
    kk_json_open(&r->json, '{');
    kk_json_put(&r->json, "path", d->path);
    kk_json_put(&r->json, "sha256", d->sha256);
    kk_json_puts(&r->json, "language", d->language);
    kk_json_put(&r->json, "kind", d->kind);
    kk_report_json_categories(&r->json, d);
    kk_json_close(&r->json);
}

static void json_end(kk_report *r, kk_buf *out)
{
    kk_json_close(&r->json);
    kk_report_json_failures(r);
    kk_json_close(&r->json);
    kk_buf_str(out, kk_buf_view(&r->body));
}

const kk_report_ops kk_report_classify_json_ops = {json_begin, json_document,
                                                   kk_report_json_failure, json_end};
