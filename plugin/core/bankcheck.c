/* lint, test and coverage of the bank: complaints with file and line, then the count. */
#include "core.h"

#include "jsonout.h"
#include "messages.h"
#include "plaintext.h"

static const char *const level_names[] = {"info", "warning", "error"};

static void print_text(const kk_complaint *list, uint32_t n, uint32_t run, kk_lang lang,
                       kk_buf *out)
{
    for (uint32_t i = 0; i < n; i++) {
        const kk_complaint *c = &list[i];
        kk_plain(out, c->file);
        kk_buf_printf(out, ":%u: %s: ", (unsigned)c->line, level_names[c->level]);
        kk_plain(out, c->id);
        kk_buf_puts(out, c->id.len > 0 ? ": " : "");
        kk_plain(out, c->message);
        kk_buf_putc(out, '\n');
    }
    kk_say_n(out, n == 0 ? KK_MSG_CHECKS_CLEAN : KK_MSG_CHECKS_RUN, lang, run);
    kk_buf_putc(out, n == 0 ? '\n' : ':');
}

static void print_counts(const size_t n[3], kk_lang lang, kk_buf *out)
{
    static const kk_msg one[] = {KK_MSG_N_INFO_ONE, KK_MSG_N_WARNING_ONE, KK_MSG_N_ERROR_ONE};
    static const kk_msg many[] = {KK_MSG_N_INFO, KK_MSG_N_WARNING, KK_MSG_N_ERROR};
    for (size_t s = 3; s-- > 0;) {
        kk_buf_puts(out, s == 2 ? " " : ", ");
        kk_say_count(out, one[s], many[s], lang, n[s]);
    }
    kk_buf_puts(out, ".\n");
}

static void print_json(const kk_complaint *list, uint32_t n, uint32_t run, kk_buf *out)
{
    kk_jsonout j;
    kk_jsonout_init(&j, out);
    kk_json_open(&j, '{');
    kk_json_puts(&j, "schema", "klimakrav.bank-check/1");
    kk_json_puti(&j, "run", run);
    kk_json_key(&j, "complaints");
    kk_json_open(&j, '[');
    for (uint32_t i = 0; i < n; i++) {
        kk_json_open_flat(&j, '{');
        kk_json_puts(&j, "level", level_names[list[i].level]);
        kk_json_put(&j, "file", list[i].file);
        kk_json_puti(&j, "line", list[i].line);
        kk_json_put(&j, "id", list[i].id);
        kk_json_put(&j, "message", list[i].message);
        kk_json_close(&j);
    }
    kk_json_close(&j);
    kk_json_close(&j);
}

kk_status kk_bank_check(const kk_bank *bank, kk_bank_test test, const kk_catalogue_options *options,
                        kk_bank_counts *counts, kk_bytes *out, kk_error *err)
{
    static const kk_check_kind kinds[] = {KK_CHECK_LINT, KK_CHECK_TEST, KK_CHECK_COVERAGE};
    kk_catalogue_options o;
    kk_struct_in(&o, sizeof o, options);
    out->ptr = NULL;
    out->len = 0;
    KK_TRY(kk_date_check(o.date, err));
    if ((unsigned)test > KK_BANK_COVERAGE ||
        (o.format != KK_FORMAT_TEXT && o.format != KK_FORMAT_JSON)) {
        return kk_fail(err, KK_E_ARG, "", "the checks of the bank are printed as text or json");
    }
    const kk_complaint *list = NULL;
    uint32_t n = 0;
    uint32_t run = 0;
    kk_bank_counts c = {.size = sizeof c};
    kk_arena *arena = kk_arena_new();
    if (arena == NULL) {
        return kk_fail_nomem(err);
    }
    const kk_status status =
        kk_rules_check(bank->rules, kinds[test], kk_z(o.date), arena, &list, &n, &run, err);
    kk_buf buf;
    kk_buf_init(&buf, 0);
    for (uint32_t i = 0; status == KK_OK && i < n; i++) {
        c.n[list[i].level]++;
    }
    if (status == KK_OK && o.format == KK_FORMAT_JSON) {
        print_json(list, n, run, &buf);
    } else if (status == KK_OK) {
        print_text(list, n, run, o.lang, &buf);
        if (n > 0) {
            print_counts(c.n, o.lang, &buf);
        }
    }
    c.run = run;
    kk_arena_free(arena);
    if (status != KK_OK) {
        return status;
    }
    if (counts != NULL) {
        (void)kk_struct_out(counts, &c, sizeof c);
    }
    return kk_buf_give(&buf, out, err);
}
