/* An update run for people (one list: file, clause, place, why) and for machines. Piece by piece,
 * so that nothing piles up however many files there are. */
#include "core.h"
#include "jsonout.h"
#include "messages.h"
#include "plaintext.h"
#include "plan.h"
#include "report.h"

static const char *const outcome_names[] = {"changed", "same", "earlier",  "refused",
                                            "failed",  "left", "restored", "touched"};
static const char *const level_names[] = {"info", "warning", "error"};

enum { WIDTH = 96, INDENT = 6, N_OUTCOMES = 8 };

static bool is_ours(const kk_update_change *c)
{
    return c->item.action == KK_PLAN_INSERT || c->item.action == KK_PLAN_UPGRADE;
}

static bool is_change(const kk_update_change *c)
{
    return is_ours(c) && c->item.selected;
}

/* ---- text ---------------------------------------------------------------------------------- */

static void put_line(kk_buf *out, kk_msg label, kk_lang lang, kk_str text)
{
    if (text.len == 0) {
        return;
    }
    const char *words = kk_msg_text(label, lang);
    kk_buf_printf(out, "      %s: ", words);
    kk_plain_wrap(out, text, (size_t)INDENT + kk_plain_width(kk_z(words)) + 2, INDENT, WIDTH);
    kk_buf_putc(out, '\n');
}

static void put_names(kk_buf *out, kk_msg label, kk_lang lang, const kk_str *names, size_t n)
{
    if (n == 0) {
        return;
    }
    kk_buf_printf(out, "      %s: ", kk_msg_text(label, lang));
    for (size_t i = 0; i < n; i++) {
        kk_buf_puts(out, i > 0 ? ", " : "");
        kk_plain(out, names[i]);
    }
    kk_buf_putc(out, '\n');
}

static void put_why(kk_buf *out, kk_lang lang, const kk_update_change *c)
{
    kk_buf why;
    kk_buf_init(&why, 0);
    for (size_t i = 0; i < c->item.n_rules; i++) {
        kk_buf_puts(&why, i > 0 ? ", " : "");
        kk_buf_str(&why, c->item.rules[i]);
    }
    if (c->why.len > 0) {
        kk_buf_puts(&why, " – ");
        kk_buf_str(&why, c->why);
    }
    if (why.len == 0) {
        kk_buf_str(&why, c->item.action == KK_PLAN_UPGRADE && c->item.message.len > 0
                             ? c->item.message
                             : kk_z(kk_msg_text(KK_MSG_PLAN_FORCED, lang)));
    }
    put_line(out, KK_MSG_PLAN_ASKED, lang, kk_buf_view(&why));
    kk_buf_dispose(&why);
}

static void put_change(kk_buf *out, kk_lang lang, const kk_update_change *c)
{
    const bool ours = is_ours(c);
    if (c->item.action == KK_PLAN_CURRENT) {
        return;
    }
    kk_buf_puts(out, !is_change(c) ? "  ! " : c->item.action == KK_PLAN_UPGRADE ? "  ^ " : "  + ");
    kk_plain(out, c->item.clause);
    kk_buf_puts(out, " «");
    kk_plain(out, c->item.title);
    kk_buf_puts(out, "»");
    if (c->item.action == KK_PLAN_UPGRADE) {
        kk_buf_putc(out, ' ');
        kk_say(out, KK_MSG_UPDATE_UPGRADE, lang, c->item.standing, c->item.version);
    }
    kk_buf_putc(out, '\n');
    if (!ours) {
        put_line(out, KK_MSG_PLAN_LEFT, lang, c->item.message);
        put_names(out, KK_MSG_UPDATE_CANDIDATES, lang, c->item.candidates, c->item.n_candidates);
        return;
    }
    if (!c->item.selected) {
        put_line(out, KK_MSG_PLAN_LEFT, lang, kk_z(kk_msg_text(KK_MSG_UPDATE_DECLINED, lang)));
        return;
    }
    put_line(out, KK_MSG_UPDATE_PLACE, lang, c->item.place);
    put_why(out, lang, c);
    put_names(out, KK_MSG_PLAN_FILL, lang, c->item.unfilled, c->item.n_unfilled);
    put_line(out, KK_MSG_UPDATE_NOTE, lang, c->item.note);
}

static kk_msg outcome_words(const kk_update_print_options *o, kk_update_outcome outcome)
{
    static const kk_msg words[] = {KK_MSG_UPDATE_CHANGED,  KK_MSG_UPDATE_SAME,
                                   KK_MSG_UPDATE_EARLIER,  KK_MSG_UPDATE_REFUSED,
                                   KK_MSG_UPDATE_FAILED,   KK_MSG_UPDATE_LEFT,
                                   KK_MSG_UPDATE_RESTORED, KK_MSG_UPDATE_TOUCHED};
    if (outcome == KK_UPDATE_CHANGED && o->dry_run) {
        return KK_MSG_UPDATE_PLANNED;
    }
    if (outcome == KK_UPDATE_SAME && o->undo) {
        return KK_MSG_UPDATE_NEVER;
    }
    return words[outcome];
}

static void print_item_text(const kk_update_print_options *o, const kk_update_item *item,
                            kk_buf *out)
{
    if (item->outcome == KK_UPDATE_LEFT || (o->undo && item->outcome == KK_UPDATE_SAME)) {
        return;
    }
    kk_plain(out, kk_z(item->path));
    kk_buf_puts(out, ": ");
    kk_say(out, outcome_words(o, item->outcome), o->lang, KK_STR(""), KK_STR(""));
    kk_buf_putc(out, '\n');
    for (size_t i = 0; i < item->n_changes; i++) {
        put_change(out, o->lang, &item->changes[i]);
    }
    if (item->wants_toc && item->outcome == KK_UPDATE_CHANGED) {
        kk_buf_printf(out, "      %s\n", kk_msg_text(KK_MSG_UPDATE_TOC, o->lang));
    }
}

static void print_tail_text(const kk_update_print_options *o, const kk_update_summary *s,
                            kk_buf *out)
{
    size_t files = 0;
    bool some = false;
    for (size_t i = 0; i < N_OUTCOMES; i++) {
        files += s->n[i];
    }
    kk_buf_puts(out, "\n");
    kk_say_count(out, KK_MSG_UPDATE_FILES_ONE, KK_MSG_UPDATE_FILES, o->lang, files);
    for (size_t i = 0; i < N_OUTCOMES; i++) {
        if (s->n[i] > 0) {
            kk_buf_printf(out, "%s%zu ", some ? ", " : ": ", s->n[i]);
            kk_say(out, outcome_words(o, (kk_update_outcome)i), o->lang, KK_STR(""), KK_STR(""));
            some = true;
        }
    }
    kk_buf_puts(out, ".\n");
    if (!o->undo) {
        const kk_msg one = o->dry_run ? KK_MSG_PLAN_INSERT_ONE : KK_MSG_UPDATE_INSERTED_ONE;
        const kk_msg many = o->dry_run ? KK_MSG_PLAN_INSERT : KK_MSG_UPDATE_INSERTED;
        kk_say_count(out, one, many, o->lang, s->n_clauses);
        kk_buf_printf(out, ". %s: ", kk_msg_text(KK_MSG_UPDATE_REMAIN, o->lang));
        kk_report_counts(out, o->lang, s->n_findings);
        kk_buf_putc(out, '\n');
    }
    if (s->stopped) {
        kk_buf_printf(out, "%s\n", kk_msg_text(KK_MSG_UPDATE_STOPPED, o->lang));
    }
    if (o->journal != NULL && !o->undo) {
        kk_buf_printf(out, "%s: ", kk_msg_text(KK_MSG_UPDATE_JOURNAL, o->lang));
        kk_plain(out, kk_z(o->journal));
        kk_buf_putc(out, '\n');
    }
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static void json_counts(kk_jsonout *j, const char *key, const size_t n[3])
{
    kk_json_key(j, key);
    kk_json_open_flat(j, '{');
    for (size_t i = 3; i-- > 0;) {
        kk_json_puti(j, level_names[i], (int64_t)n[i]);
    }
    kk_json_close(j);
}

static void json_change(kk_jsonout *j, const kk_update_change *c)
{
    const kk_plan_item *i = &c->item;
    kk_json_open(j, '{');
    kk_json_puts(j, "action", kk_plan_action_name(i->action));
    kk_json_put(j, "clause", i->clause);
    kk_json_put(j, "version", i->version);
    kk_json_put(j, "standing", i->standing);
    kk_json_put(j, "title", i->title);
    kk_json_put(j, "type", i->type);
    kk_json_putb(j, "selected", is_change(c));
    kk_json_list(j, "rules", i->rules, i->n_rules);
    kk_json_put(j, "why", c->why);
    kk_json_put(j, "place", i->place);
    kk_json_putb(j, "row", i->as_row);
    kk_json_list(j, "unfilled", i->unfilled, i->n_unfilled);
    kk_json_put(j, "note", i->note);
    kk_json_put(j, "reason", i->reason);
    kk_json_put(j, "message", i->message);
    kk_json_list(j, "candidates", i->candidates, i->n_candidates);
    kk_json_put(j, "diff", i->diff);
    kk_json_close(j);
}

static void json_hash(kk_jsonout *j, const char *key, kk_str hash)
{
    if (hash.len > 0) {
        kk_json_put(j, key, hash);
    }
}

static void print_item_json(const kk_update_print_options *o, const kk_update_item *item,
                            kk_buf *out)
{
    char line[600];
    kk_jsonout j;
    kk_buf_puts(out, item->index > 0 ? ",\n" : "\n");
    kk_jsonout_init(&j, out);
    kk_json_open(&j, '{');
    kk_json_put(&j, "path", kk_z(item->path));
    kk_json_puts(&j, "outcome", outcome_names[item->outcome]);
    kk_json_put(&j, "target", kk_z(item->target));
    if (item->backup != NULL) {
        kk_json_put(&j, "backup", kk_z(item->backup));
    }
    json_hash(&j, "before", item->before);
    json_hash(&j, "after", item->after);
    kk_json_key(&j, "changes");
    kk_json_open(&j, '[');
    for (size_t i = 0; i < item->n_changes; i++) {
        json_change(&j, &item->changes[i]);
    }
    kk_json_close(&j);
    if (item->judged) {
        json_counts(&j, "remaining", item->n_findings);
    }
    kk_json_putb(&j, "updateToc", item->wants_toc);
    if (item->error != NULL) {
        kk_json_puts(&j, "error", kk_error_describe(item->error, o->lang, line, sizeof line));
    }
    kk_json_close(&j);
    while (out->len > 0 && out->ptr[out->len - 1] == '\n') {
        out->ptr[--out->len] = '\0';
    }
}

static void print_head_json(const kk_update_print_options *o, kk_buf *out)
{
    kk_jsonout j;
    kk_buf_puts(out, "{\"schema\": \"klimakrav.update/1\",\n\"tool\": ");
    kk_jsonout_init(&j, out);
    kk_json_open_flat(&j, '{');
    kk_json_puts(&j, "name", "klimakrav");
    kk_json_puts(&j, "version", kk_version());
    kk_json_puts(&j, "bank", o->bank == NULL ? "" : o->bank);
    kk_json_puts(&j, "date", o->date == NULL ? "" : o->date);
    kk_json_close(&j);
    kk_buf_printf(out, ",\n\"dryRun\": %s,\n\"undo\": %s,\n\"documents\": [",
                  o->dry_run ? "true" : "false", o->undo ? "true" : "false");
}

static void print_tail_json(const kk_update_print_options *o, const kk_update_summary *s,
                            kk_buf *out)
{
    kk_jsonout j;
    kk_buf_puts(out, "\n],\n\"summary\": ");
    kk_jsonout_init(&j, out);
    kk_json_open(&j, '{');
    for (size_t i = 0; i < N_OUTCOMES; i++) {
        kk_json_puti(&j, outcome_names[i], (int64_t)s->n[i]);
    }
    kk_json_puti(&j, "clauses", (int64_t)s->n_clauses);
    json_counts(&j, "remaining", s->n_findings);
    kk_json_putb(&j, "stopped", s->stopped);
    if (o->journal != NULL) {
        kk_json_put(&j, "journal", kk_z(o->journal));
    }
    kk_json_close(&j);
    kk_buf_puts(out, "}\n");
}

/* ---- the doors ----------------------------------------------------------------------------- */

static kk_status begin(kk_update_print_options *ours, const kk_update_print_options *options,
                       kk_buf *buf, kk_bytes *out, kk_error *err)
{
    kk_struct_in(ours, sizeof *ours, options);
    kk_buf_init(buf, 0);
    out->ptr = NULL;
    out->len = 0;
    if (ours->format == KK_FORMAT_JSON || ours->format == KK_FORMAT_TEXT) {
        return KK_OK;
    }
    return kk_fail(err, KK_E_ARG, "", "a run is printed as text or json only");
}

kk_status kk_update_print_head(const kk_update_print_options *options, kk_bytes *out, kk_error *err)
{
    kk_update_print_options o;
    kk_buf buf;
    KK_TRY(begin(&o, options, &buf, out, err));
    if (o.format == KK_FORMAT_JSON) {
        print_head_json(&o, &buf);
    }
    return kk_buf_give(&buf, out, err);
}

kk_status kk_update_print_item(const kk_update_print_options *options, const kk_update_item *item,
                               kk_bytes *out, kk_error *err)
{
    kk_update_print_options o;
    kk_buf buf;
    KK_TRY(begin(&o, options, &buf, out, err));
    if (o.format == KK_FORMAT_JSON) {
        print_item_json(&o, item, &buf);
    } else {
        print_item_text(&o, item, &buf);
    }
    return kk_buf_give(&buf, out, err);
}

kk_status kk_update_print_tail(const kk_update_print_options *options,
                               const kk_update_summary *summary, kk_bytes *out, kk_error *err)
{
    kk_update_print_options o;
    kk_buf buf;
    KK_TRY(begin(&o, options, &buf, out, err));
    if (o.format == KK_FORMAT_JSON) {
        print_tail_json(&o, summary, &buf);
    } else {
        print_tail_text(&o, summary, &buf);
    }
    return kk_buf_give(&buf, out, err);
}
