/* Findings as SARIF 2.1.0. A DOCX has no lines: every region says line 1, the logical locations
 * name the heading and the paragraph, and the fingerprint tells findings apart between runs. */
#include "notice.h"
#include "report.h"

#include <stdio.h>
#include <string.h>

static const char *const level_names[] = {"note", "warning", "error"};

static void put_message(kk_jsonout *j, const char *key, kk_str text)
{
    kk_json_key(j, key);
    kk_json_open_flat(j, '{');
    kk_json_put(j, "text", text);
    kk_json_close(j);
}

static void put_rule(kk_jsonout *j, const kk_rule_card *card)
{
    kk_json_open(j, '{');
    kk_json_put(j, "id", card->id);
    if (card->name.len > 0) {
        kk_json_put(j, "name", card->name);
    }
    put_message(j, "shortDescription", card->title);
    if (kk_str_starts(card->help, KK_STR("http"))) {
        kk_json_put(j, "helpUri", card->help);
    }
    kk_json_key(j, "defaultConfiguration");
    kk_json_open_flat(j, '{');
    kk_json_puts(j, "level", level_names[card->level]);
    kk_json_close(j);
    kk_json_close(j);
}

/* Checks of a notice stand in core, not in the bank. */
static void put_notice_rules(kk_jsonout *j, kk_lang lang)
{
    kk_rule_card card = {.name = KK_STR(""), .help = KK_STR("")};
    for (size_t i = 0; kk_notice_rule_at(i, lang, &card.id, &card.title, &card.level); i++) {
        put_rule(j, &card);
    }
}

static void begin(kk_report *r)
{
    kk_jsonout *j = &r->json;
    kk_json_open(j, '{');
    kk_json_puts(j, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    kk_json_puts(j, "version", "2.1.0");
    kk_json_key(j, "runs");
    kk_json_open(j, '[');
    kk_json_open(j, '{');
    kk_json_key(j, "tool");
    kk_json_open(j, '{');
    kk_json_key(j, "driver");
    kk_json_open(j, '{');
    kk_json_puts(j, "name", "klimakrav");
    kk_json_puts(j, "semanticVersion", kk_version());
    kk_json_puts(j, "language", r->lang == KK_LANG_EN ? "en" : kk_lang_word(r->lang));
    kk_json_key(j, "properties");
    kk_json_open_flat(j, '{');
    kk_json_puts(j, "bank", r->bank->version);
    kk_json_puts(j, "date", r->date);
    kk_json_close(j);
    kk_json_key(j, "rules");
    kk_json_open(j, '[');
    kk_rule_card card;
    for (size_t i = 0; kk_bank_rule_at(r->bank, i, r->lang, &card); i++) {
        put_rule(j, &card);
    }
    put_notice_rules(j, r->lang);
    kk_json_close(j);
    kk_json_close(j);
    kk_json_close(j);
    kk_json_puts(j, "columnKind", "unicodeCodePoints");
    kk_json_key(j, "results");
    kk_json_open(j, '[');
}

/* A path as a URI reference: everything but unreserved characters and '/' is escaped. */
static void put_uri(kk_jsonout *j, const char *key, kk_str path)
{
    kk_buf uri;
    kk_buf_init(&uri, 0);
    while (kk_str_starts(path, KK_STR("./"))) {
        path = kk_str_slice(path, 2, path.len);
    }
    if (path.len > 0 && path.ptr[0] == '/') {
        kk_buf_puts(&uri, "file://");
    }
    for (size_t i = 0; i < path.len; i++) {
        const unsigned char c = (unsigned char)path.ptr[i];
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || (c != 0 && strchr("-._~/", c) != NULL);
        if (plain) {
            kk_buf_putc(&uri, (char)c);
        } else {
            kk_buf_printf(&uri, "%%%02X", c);
        }
    }
    kk_json_put(j, key, kk_buf_view(&uri));
    kk_buf_dispose(&uri);
}

static void put_logical(kk_jsonout *j, const kk_finding *f)
{
    char paragraph[32];
    kk_json_key(j, "logicalLocations");
    kk_json_open(j, '[');
    kk_json_open_flat(j, '{');
    kk_json_put(j, "fullyQualifiedName", f->place.label);
    kk_json_puts(j, "kind", f->place.row == KK_NONE ? "section" : "tableRow");
    kk_json_close(j);
    if (f->place.paragraph != KK_NONE) {
        (void)snprintf(paragraph, sizeof paragraph, "paragraph %u",
                       (unsigned)f->place.paragraph + 1);
        kk_json_open_flat(j, '{');
        kk_json_puts(j, "name", paragraph);
        kk_json_puts(j, "kind", "paragraph");
        kk_json_close(j);
    }
    kk_json_close(j);
}

static void put_location(kk_jsonout *j, const kk_finding *f, kk_str path)
{
    kk_json_key(j, "locations");
    kk_json_open(j, '[');
    kk_json_open(j, '{');
    kk_json_key(j, "physicalLocation");
    kk_json_open(j, '{');
    kk_json_key(j, "artifactLocation");
    kk_json_open_flat(j, '{');
    put_uri(j, "uri", path);
    kk_json_close(j);
    kk_json_key(j, "region");
    kk_json_open_flat(j, '{');
    kk_json_puti(j, "startLine", 1);
    kk_json_close(j);
    kk_json_close(j);
    put_logical(j, f);
    kk_json_close(j);
    kk_json_close(j);
}

/* Held back: by a decision outside the file, or because it was there before. */
static void put_held(kk_report *r, const kk_held_info *held)
{
    kk_jsonout *j = &r->json;
    kk_buf why;
    if (held == NULL) {
        return;
    }
    if (held->by == KK_HELD_BASELINE) {
        kk_json_puts(j, "baselineState", "unchanged");
        return;
    }
    kk_buf_init(&why, 0);
    kk_report_held_why(&why, r->lang, held);
    kk_json_key(j, "suppressions");
    kk_json_open(j, '[');
    kk_json_open_flat(j, '{');
    kk_json_puts(j, "kind", "external");
    kk_json_put(j, "justification", kk_buf_view(&why));
    kk_json_close(j);
    kk_json_close(j);
    kk_buf_dispose(&why);
}

static void put_result(kk_report *r, const kk_finding *f, kk_str path, const kk_held_info *held)
{
    kk_jsonout *j = &r->json;
    kk_buf text;
    kk_buf_init(&text, 0);
    kk_buf_str(&text, f->message);
    if (f->evidence.len > 0) {
        kk_buf_puts(&text, " «");
        kk_buf_str(&text, f->evidence);
        kk_buf_puts(&text, "»");
    }
    kk_json_open(j, '{');
    kk_json_put(j, "ruleId", f->rule);
    kk_json_puts(j, "level", level_names[f->severity]);
    put_message(j, "message", kk_buf_view(&text));
    put_location(j, f, path);
    kk_json_key(j, "partialFingerprints");
    kk_json_open_flat(j, '{');
    kk_json_put(j, "klimakrav/v1", f->fingerprint);
    kk_json_close(j);
    put_held(r, held);
    kk_json_key(j, "properties");
    kk_json_open(j, '{');
    kk_json_list(j, "basis", f->basis, f->n_basis);
    kk_json_put(j, "why", f->why);
    if (f->remedy.len > 0) {
        kk_json_put(j, "clause", f->remedy);
    }
    kk_json_close(j);
    kk_json_close(j);
    kk_buf_dispose(&text);
}

static void document(kk_report *r, const kk_audit *audit, size_t doc)
{
    size_t first;
    size_t last;
    kk_report_range(audit, doc, &first, &last);
    for (size_t i = first; i < last; i++) {
        put_result(r, &audit->findings[i], audit->docs[doc].path, NULL);
    }
    for (size_t i = 0; i < audit->held.n; i++) {
        const kk_held *h = &audit->held.items[i];
        if (h->finding.document == doc) {
            put_result(r, &h->finding, audit->docs[doc].path, &h->info);
        }
    }
}

/* Kept aside: they are notifications of the invocation, which stands after the results. */
static void failure(kk_report *r, kk_str path, kk_str line)
{
    kk_jsonout j;
    kk_buf item;
    kk_buf_init(&item, 0);
    kk_jsonout_init(&j, &item);
    kk_json_open_flat(&j, '{');
    kk_json_puts(&j, "level", "error");
    put_message(&j, "message", line);
    kk_json_key(&j, "locations");
    kk_json_open(&j, '[');
    kk_json_open(&j, '{');
    kk_json_key(&j, "physicalLocation");
    kk_json_open(&j, '{');
    kk_json_key(&j, "artifactLocation");
    kk_json_open(&j, '{');
    put_uri(&j, "uri", path);
    for (int i = 0; i < 5; i++) {
        kk_json_close(&j);
    }
    kk_buf_puts(&r->extra, r->extra.len > 0 ? ", " : "");
    kk_buf_str(&r->extra, kk_str_trim(kk_buf_view(&item)));
    if (item.failed != KK_OK) {
        r->body.failed = item.failed;
    }
    kk_buf_dispose(&item);
}

static void end(kk_report *r, kk_buf *out)
{
    kk_jsonout *j = &r->json;
    kk_json_close(j);
    kk_json_key(j, "invocations");
    kk_json_open(j, '[');
    kk_json_open(j, '{');
    kk_json_putb(j, "executionSuccessful", r->n_failed == 0);
    if (r->n_failed > 0) {
        kk_json_key(j, "toolExecutionNotifications");
        kk_json_open_flat(j, '[');
        kk_buf_str(&r->body, kk_buf_view(&r->extra));
        kk_json_close(j);
    }
    for (int i = 0; i < 5; i++) {
        kk_json_close(j);
    }
    kk_buf_str(out, kk_buf_view(&r->body));
}

const kk_report_ops kk_report_sarif_ops = {begin, document, failure, end};
