/* The plan for people (what goes where, the new text with "+") and for machines. */
#include "plan.h"

#include "html.h"
#include "jsonout.h"
#include "messages.h"
#include "plaintext.h"

enum { WIDTH = 96 };

const char *kk_plan_action_name(kk_plan_action action)
{
    static const char *const names[] = {"insert",   "current", "outdated", "edited",
                                        "untagged", "refused", "upgrade",  "rejected",
                                        "withdrawn", "duplicate"};
    return names[action];
}

static const char *say(const kk_plan *plan, kk_msg id)
{
    return kk_msg_text(id, plan->options.lang);
}

/* The neighbour before the new text, so that the reader sees where it lands. */
static void put_context(const kk_plan *plan, uint32_t para, kk_buf *out)
{
    const kk_text *text = plan->doc->text;
    while (para != KK_NONE && para < text->n_paras &&
           kk_str_trim(kk_para_text(text, para)).len == 0) {
        para = para == 0 ? KK_NONE : para - 1;
    }
    if (para != KK_NONE && para < text->n_paras) {
        kk_buf_puts(out, "      ");
        kk_plain_cut(out, kk_para_text(text, para), 80);
        kk_buf_putc(out, '\n');
    }
}

static bool shown(const kk_plan_entry *e, const kk_block *b)
{
    const bool both = e->card.has_rows && e->card.has_blocks;
    return !both || (b->kind == KK_BLOCK_ROW) == e->item.as_row;
}

static void put_new_text(const kk_plan_entry *e, kk_buf *out)
{
    kk_buf line;
    kk_buf_init(&line, 0);
    for (uint32_t i = 0; i < e->blocks.n_blocks; i++) {
        if (!shown(e, &e->blocks.blocks[i])) {
            continue;
        }
        kk_buf_clear(&line);
        kk_blocks_text(&line, &e->blocks.blocks[i]);
        kk_buf_puts(out, "    + ");
        kk_plain_wrap(out, kk_buf_view(&line), 6, 6, WIDTH);
        kk_buf_putc(out, '\n');
    }
    kk_buf_dispose(&line);
}

static void put_names(kk_buf *out, const kk_str *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        kk_buf_puts(out, i > 0 ? ", " : "");
        kk_plain(out, names[i]);
    }
}

static void put_head(const kk_plan_entry *e, kk_buf *out)
{
    kk_buf_puts(out, "  ");
    kk_plain(out, e->item.clause);
    kk_buf_puts(out, " «");
    kk_plain(out, e->item.title);
    kk_buf_puts(out, "»");
}

static void put_insertion(const kk_plan *plan, const kk_plan_entry *e, kk_buf *out)
{
    put_head(e, out);
    kk_buf_puts(out, "\n    ");
    kk_plain_wrap(out, e->item.place, 4, 4, WIDTH);
    kk_buf_printf(out, "\n    %s: ", say(plan, KK_MSG_PLAN_ASKED));
    if (e->item.n_rules > 0) {
        put_names(out, e->item.rules, e->item.n_rules);
    } else {
        kk_buf_puts(out, say(plan, KK_MSG_PLAN_FORCED));
    }
    kk_buf_putc(out, '\n');
    put_context(plan, e->item.after, out);
    put_new_text(e, out);
    if (e->item.n_unfilled > 0) {
        kk_buf_printf(out, "    %s: ", say(plan, KK_MSG_PLAN_FILL));
        put_names(out, e->item.unfilled, e->item.n_unfilled);
        kk_buf_putc(out, '\n');
    }
    if (e->item.note.len > 0) {
        kk_buf_puts(out, "    ");
        kk_plain(out, e->item.note);
        kk_buf_putc(out, '\n');
    }
    kk_buf_putc(out, '\n');
}

/* The lines of a comparison, each on lines of its own. */
static void put_diff(const kk_plan_entry *e, kk_buf *out)
{
    kk_str rest = e->item.diff, line;
    while (kk_str_split(&rest, '\n', &line)) {
        kk_buf_puts(out, "    ");
        kk_buf_str(out, kk_str_slice(line, 0, 2));
        kk_plain_wrap(out, kk_str_slice(line, 2, line.len), 6, 6, WIDTH);
        kk_buf_putc(out, '\n');
    }
}

static void put_upgrade(const kk_plan *plan, const kk_plan_entry *e, kk_buf *out)
{
    put_head(e, out);
    kk_buf_puts(out, "\n    ");
    kk_plain_wrap(out, e->item.message, 4, 4, WIDTH);
    kk_buf_putc(out, '\n');
    put_diff(e, out);
    if (e->item.n_unfilled > 0) {
        kk_buf_printf(out, "    %s: ", say(plan, KK_MSG_PLAN_FILL));
        put_names(out, e->item.unfilled, e->item.n_unfilled);
        kk_buf_putc(out, '\n');
    }
    kk_buf_putc(out, '\n');
}

static void put_others(const kk_plan *plan, bool refused, kk_buf *out)
{
    bool some = false;
    for (size_t i = 0; i < plan->entries.n; i++) {
        const kk_plan_entry *e = &plan->entries.items[i];
        if (kk_plan_writes(e) || (e->item.action == KK_PLAN_REFUSED) != refused) {
            continue;
        }
        if (!some) {
            kk_buf_printf(out, "%s\n", say(plan, refused ? KK_MSG_PLAN_REFUSED : KK_MSG_PLAN_LEFT));
        }
        some = true;
        put_head(e, out);
        kk_buf_puts(out, "\n    ");
        kk_plain_wrap(out, e->item.message, 4, 4, WIDTH);
        if (refused && e->item.n_candidates > 0) {
            kk_buf_printf(out, " [%.*s]", (int)e->item.reason.len, e->item.reason.ptr);
        }
        kk_buf_putc(out, '\n');
        put_diff(e, out);
        for (size_t k = 0; k < e->item.n_candidates; k++) {
            kk_buf_puts(out, "    – ");
            kk_plain(out, e->item.candidates[k]);
            kk_buf_putc(out, '\n');
        }
    }
    kk_buf_puts(out, some ? "\n" : "");
}

static size_t count_upgrades(const kk_plan *plan)
{
    size_t n = 0;
    for (size_t i = 0; i < plan->entries.n; i++) {
        const kk_plan_item *item = &plan->entries.items[i].item;
        n += item->action == KK_PLAN_UPGRADE && item->selected ? 1 : 0;
    }
    return n;
}

static void print_text(const kk_plan *plan, kk_buf *out)
{
    const size_t n = kk_plan_changes(plan), upgrades = count_upgrades(plan);
    kk_plain(out, kk_z(plan->doc->name));
    kk_buf_puts(out, ": ");
    if (n == 0) {
        kk_buf_puts(out, say(plan, KK_MSG_PLAN_NOTHING));
    }
    if (n > upgrades) {
        kk_say_count(out, KK_MSG_PLAN_INSERT_ONE, KK_MSG_PLAN_INSERT, plan->options.lang,
                     n - upgrades);
    }
    kk_buf_puts(out, n > upgrades && upgrades > 0 ? ", " : "");
    if (upgrades > 0) {
        kk_say_count(out, KK_MSG_PLAN_UPGRADE, KK_MSG_PLAN_UPGRADES, plan->options.lang, upgrades);
    }
    kk_buf_puts(out, "\n\n");
    for (size_t i = 0; i < plan->entries.n; i++) {
        const kk_plan_entry *e = &plan->entries.items[i];
        if (e->item.action == KK_PLAN_INSERT && e->item.selected) {
            put_insertion(plan, e, out);
        } else if (e->item.action == KK_PLAN_UPGRADE && e->item.selected) {
            put_upgrade(plan, e, out);
        }
    }
    put_others(plan, false, out);
    put_others(plan, true, out);
    if (!plan->lang_sure && n > 0) {
        kk_buf_printf(out, "%s\n", say(plan, KK_MSG_PLAN_UNSURE_LANG));
    }
}

static void put_json_diff(kk_jsonout *j, kk_str rest)
{
    kk_str line;
    kk_json_key(j, "diff");
    kk_json_open(j, '[');
    while (kk_str_split(&rest, '\n', &line)) {
        kk_json_str(j, line);
    }
    kk_json_close(j);
}

static void put_item(kk_jsonout *j, const kk_plan_entry *e)
{
    kk_buf line;
    kk_buf_init(&line, 0);
    kk_json_open(j, '{');
    kk_json_puts(j, "action", kk_plan_action_name(e->item.action));
    kk_json_put(j, "clause", e->item.clause);
    kk_json_put(j, "version", e->item.version);
    kk_json_put(j, "title", e->item.title);
    kk_json_put(j, "type", e->item.type);
    kk_json_list(j, "rules", e->item.rules, e->item.n_rules);
    if (e->item.standing.len > 0) {
        kk_json_put(j, "standing", e->item.standing);
    }
    if (e->item.diff.len > 0) {
        put_json_diff(j, e->item.diff);
    }
    if (kk_plan_writes(e)) {
        kk_json_putb(j, "selected", e->item.selected);
        kk_json_putb(j, "row", e->item.as_row);
        kk_json_put(j, "place", e->item.place);
        kk_json_key(j, "after");
        if (e->item.after == KK_NONE) {
            kk_json_null(j);
        } else {
            kk_json_int(j, e->item.after);
        }
        kk_json_list(j, "unfilled", e->item.unfilled, e->item.n_unfilled);
        kk_json_put(j, "note", e->item.note);
        kk_json_key(j, "text");
        kk_json_open(j, '[');
        for (uint32_t i = 0; i < e->blocks.n_blocks; i++) {
            if (shown(e, &e->blocks.blocks[i])) {
                kk_buf_clear(&line);
                kk_blocks_text(&line, &e->blocks.blocks[i]);
                kk_json_str(j, kk_buf_view(&line));
            }
        }
        kk_json_close(j);
    } else {
        kk_json_put(j, "message", e->item.message);
        kk_json_put(j, "reason", e->item.reason);
        kk_json_list(j, "candidates", e->item.candidates, e->item.n_candidates);
    }
    kk_json_close(j);
    kk_buf_dispose(&line);
}

static void print_json(const kk_plan *plan, kk_buf *out)
{
    kk_jsonout j;
    kk_jsonout_init(&j, out);
    kk_json_open(&j, '{');
    kk_json_puts(&j, "schema", "klimakrav.plan/1");
    kk_json_puts(&j, "path", plan->doc->name);
    kk_json_puts(&j, "sha256", plan->doc->sha256);
    kk_json_puts(&j, "bank", plan->auditor->bank->version);
    kk_json_puts(&j, "date", plan->options.date);
    kk_json_puts(&j, "language", kk_lang_word(plan->clause_lang));
    kk_json_putb(&j, "languageSure", plan->lang_sure);
    kk_json_key(&j, "clauses");
    kk_json_open(&j, '[');
    for (size_t i = 0; i < plan->entries.n; i++) {
        put_item(&j, &plan->entries.items[i]);
    }
    kk_json_close(&j);
    kk_json_close(&j);
}

kk_status kk_plan_print(const kk_plan *plan, kk_format format, kk_bytes *out, kk_error *err)
{
    kk_buf buf;
    kk_buf_init(&buf, 0);
    out->ptr = NULL;
    out->len = 0;
    if (format == KK_FORMAT_JSON) {
        print_json(plan, &buf);
    } else if (format == KK_FORMAT_TEXT) {
        print_text(plan, &buf);
    } else {
        return kk_fail(err, KK_E_ARG, "", "the plan is printed as text or json only");
    }
    return kk_buf_give(&buf, out, err);
}
