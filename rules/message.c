/* Fills messages: quotes evidence (shortened at a word), writes figures the Norwegian way. */
#include "message.h"

#include "error.h"
#include "facts.h"
#include "str.h"

#include <stdio.h>

enum { QUOTE_MAX = 140 };

/* Cuts at a blank, never inside a letter. */
static kk_str shorten(kk_str s)
{
    if (s.len <= QUOTE_MAX) {
        return s;
    }
    size_t at = QUOTE_MAX;
    while (at > 0 && ((unsigned char)s.ptr[at] & 0xC0) == 0x80) {
        at--;
    }
    size_t blank = at;
    while (blank > QUOTE_MAX / 2 && s.ptr[blank] != ' ') {
        blank--;
    }
    return kk_str_slice(s, 0, s.ptr[blank] == ' ' ? blank : at);
}

static void put_quote(const kk_scan *scan, const kk_evidence *at, kk_buf *out)
{
    if (at == NULL || at->begin >= at->end) {
        return;
    }
    const kk_str whole = kk_scan_slice(scan, at->doc, at->begin, at->end);
    const kk_str cut = shorten(whole);
    for (size_t i = 0; i < cut.len; i++) {
        kk_buf_putc(out, (char)(cut.ptr[i] == '\n' ? ' ' : cut.ptr[i]));
    }
    kk_buf_puts(out, cut.len < whole.len ? " \u2026" : "");
}

/* At most two decimals, none that are zero; comma in Norwegian, point in English. */
static void put_number(double value, kk_lang lang, kk_buf *out)
{
    char text[64];
    int n = snprintf(text, sizeof text, "%.2f", value);
    while (n > 0 && text[n - 1] == '0') {
        n--;
    }
    n -= n > 0 && (text[n - 1] == '.' || text[n - 1] == ',') ? 1 : 0;
    const char point = lang == KK_LANG_EN ? '.' : ',';
    for (int i = 0; i < n && i < (int)sizeof text; i++) {
        const bool sign = text[i] == '.' || text[i] == ',';
        kk_buf_putc(out, (char)(sign ? point : text[i]));
    }
}

static void put_categories(const kk_scan *scan, uint32_t doc, kk_lang lang, kk_buf *out)
{
    bool first = true;
    for (uint32_t i = 0; i < scan->model->n_categories; i++) {
        const kk_category *c = &scan->model->categories[i];
        if (c->parent == KK_NONE && kk_category_holds(scan, doc, i, 0)) {
            kk_buf_puts(out, first ? "" : ", ");
            kk_buf_str(out, kk_texts_get(&c->name, lang));
            first = false;
        }
    }
}

static void put_fact(const kk_fact *fact, kk_lang lang, kk_buf *out)
{
    if (fact == NULL || !fact->known) {
        kk_buf_puts(out, "?");
    } else if (fact->text.len > 0) {
        kk_buf_str(out, fact->text);
    } else {
        put_number(fact->number, lang, out);
    }
}

static void put_value(const kk_scan *scan, kk_str name, const kk_message_values *v, kk_buf *out)
{
    const kk_lang lang = scan->options->message_lang;
    if (kk_str_is(name, "evidence")) {
        put_quote(scan, v->evidence, out);
    } else if (kk_str_is(name, "category")) {
        put_categories(scan, v->doc, lang, out);
    } else if (kk_str_is(name, "count")) {
        put_number(v->count, lang, out);
    } else if (kk_str_is(name, "place")) {
        const uint32_t place = kk_model_place(scan->model, v->place);
        if (place != KK_NONE) {
            kk_buf_str(out, kk_texts_get(&scan->model->places[place].name, lang));
        }
    } else {
        put_fact(v->facts != NULL ? kk_facts_get(v->facts, name) : NULL, lang, out);
    }
}

bool kk_message_counts(const kk_message *message)
{
    for (uint32_t i = 0; i < message->n; i++) {
        if (message->pieces[i].is_value && kk_str_is(message->pieces[i].text, "count")) {
            return true;
        }
    }
    return false;
}

kk_status kk_message_fill(kk_scan *scan, const kk_message *message, const kk_message_values *values,
                          kk_str *out, kk_error *err)
{
    kk_buf text;
    kk_buf_init(&text, 0);
    for (uint32_t i = 0; i < message->n; i++) {
        if (message->pieces[i].is_value) {
            put_value(scan, message->pieces[i].text, values, &text);
        } else {
            kk_buf_str(&text, message->pieces[i].text);
        }
    }
    *out = kk_arena_str(scan->arena, (kk_str){text.ptr, text.len});
    const bool failed = text.failed != KK_OK || out->ptr == NULL;
    kk_buf_dispose(&text);
    return failed ? kk_fail_nomem(err) : KK_OK;
}
