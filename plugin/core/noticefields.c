/* The fields that documents call for in their notice, and what was read from a notice, for people
 * and for machines. Decides nothing: the codes come from the bank by way of the audit. */
#include "notice.h"

#include "bankview.h"
#include "jsonout.h"
#include "messages.h"
#include "plaintext.h"

#include <stdio.h>

enum { MOST_CPV = 8, PER_CATEGORY = 3, WIDTH = 96, COLUMN = 44 };

static const char *const fields[] = {"BT-06", "BT-774", "BT-805"};
static const kk_msg field_names[] = {KK_MSG_NOTICE_BT06, KK_MSG_NOTICE_BT774, KK_MSG_NOTICE_BT805};
enum { N_FIELDS = sizeof fields / sizeof *fields };

/* ---- lines of BT-539 ----------------------------------------------------------------------- */

typedef struct award_line {
    kk_str code, name;
    double weight; /* -1: none */
    int rank;      /* 0: none */
    uint32_t set;
    kk_str reason; /* paragraph of the documents that gives it, or empty */
} award_line;

typedef struct award_lines {
    award_line *items;
    size_t n;
} award_lines;

/* The code in force with this meaning, or the fallback of the EU's list. */
static kk_str code_meaning(const kk_audit *a, const char *means, const char *fallback)
{
    for (size_t i = 0; i < a->n_codes; i++) {
        if (kk_str_is(a->codes[i].field, "BT-539") && kk_str_is(a->codes[i].means, means) &&
            a->codes[i].valid) {
            return a->codes[i].code;
        }
    }
    return kk_z(fallback);
}

static const kk_document_info *award_document(const kk_audit *a)
{
    const kk_document_info *best = NULL;
    for (size_t d = 0; d < a->n_docs; d++) {
        if (best == NULL || a->docs[d].n_award > best->n_award) {
            best = &a->docs[d];
        }
    }
    return best != NULL && best->n_award > 0 ? best : NULL;
}

static void add_line(award_lines *l, const kk_criterion_info *c, kk_str code, double weight)
{
    l->items[l->n++] = (award_line){.code = code,
                                    .name = c->name,
                                    .weight = weight,
                                    .rank = c->rank,
                                    .set = c->set,
                                    .reason = KK_STR("")};
}

/* Does the weight of criterion i lie with criteria below it? */
static bool has_weighted_child(const kk_document_info *d, size_t i)
{
    for (size_t k = i + 1; k < d->n_award; k++) {
        if (d->award[k].parent == i && d->award[k].weight >= 0) {
            return true;
        }
    }
    return false;
}

static double genuine_below(const kk_document_info *d, size_t i)
{
    double sum = 0;
    if (!has_weighted_child(d, i)) {
        return d->award[i].genuine && d->award[i].weight > 0 ? d->award[i].weight : 0;
    }
    for (size_t k = i + 1; k < d->n_award; k++) {
        sum += d->award[k].parent == i ? genuine_below(d, k) : 0;
    }
    return sum;
}

/* A criterion that measures climate in part becomes two lines: a code can stand for one only. */
static void add_criterion(const kk_audit *a, const kk_document_info *d, size_t i, award_lines *l)
{
    const kk_criterion_info *c = &d->award[i];
    const kk_str green = code_meaning(a, "criteria", "quality");
    const kk_str plain = c->price ? KK_STR("price") : KK_STR("quality");
    const double genuine = genuine_below(d, i);
    if (c->genuine || (c->weight > 0 && genuine >= c->weight - 0.005)) {
        add_line(l, c, green, c->weight);
    } else if (genuine > 0) {
        add_line(l, c, green, genuine);
        add_line(l, c, plain, c->weight - genuine);
    } else {
        add_line(l, c, plain, c->weight);
    }
}

static void add_codes(const kk_audit *a, award_lines *l)
{
    for (size_t i = 0; i < a->n_codes; i++) {
        const kk_code_hit *k = &a->codes[i];
        const bool reasoned = kk_str_is(k->means, "spec") || kk_str_is(k->means, "exempt");
        if (kk_str_is(k->field, "BT-539") && k->asked && reasoned) {
            l->items[l->n++] = (award_line){.code = k->code,
                                            .name = k->label,
                                            .weight = -1,
                                            .set = KK_NONE,
                                            .reason = a->code_texts[i]};
        }
    }
}

static bool award_lines_of(const kk_audit *a, kk_arena *arena, award_lines *out)
{
    const kk_document_info *d = award_document(a);
    const size_t most = (d != NULL ? 2 * d->n_award : 0) + a->n_codes + 1;
    *out = (award_lines){kk_arena_array(arena, most, sizeof(award_line)), 0};
    if (out->items == NULL) {
        return false;
    }
    for (size_t i = 0; d != NULL && i < d->n_award; i++) {
        if (d->award[i].parent == KK_NONE) {
            add_criterion(a, d, i, out);
        }
    }
    add_codes(a, out);
    return true;
}

/* ---- CPV ----------------------------------------------------------------------------------- */

typedef struct cpv_line {
    char code[16]; /* "60130000-8" */
    kk_str name, category;
    bool stated; /* stands in the documents */
} cpv_line;

static void add_cpv(const kk_audit *a, kk_str code, kk_str category, bool stated, cpv_line *out,
                    size_t *n)
{
    char digits[9] = "00000000";
    char check;
    for (size_t i = 0; i < 8 && i < code.len; i++) {
        digits[i] = code.ptr[i];
    }
    const kk_str name = kk_bank_cpv_name(a->bank, (kk_str){digits, 8}, a->lang, &check);
    for (size_t i = 0; i < *n; i++) {
        if (kk_str_starts(kk_z(out[i].code), (kk_str){digits, 8})) {
            return;
        }
    }
    if (*n < MOST_CPV && check != 0) {
        cpv_line *line = &out[(*n)++];
        (void)snprintf(line->code, sizeof line->code, "%s-%c", digits, check);
        line->name = name;
        line->category = category;
        line->stated = stated;
    }
}

/* Codes that stand in the documents; without any, those of the categories. */
static size_t cpv_lines(const kk_audit *a, cpv_line *out)
{
    size_t n = 0;
    for (int stated = 1; stated >= 0 && n == 0; stated--) {
        for (size_t d = 0; d < a->n_docs; d++) {
            const kk_document_info *doc = &a->docs[d];
            for (size_t i = 0; i < doc->n_categories && i < PER_CATEGORY; i++) {
                const kk_category_info *c = &doc->categories[i];
                kk_str code;
                for (size_t k = 0; stated == 1 && k < c->n_cpv; k++) {
                    add_cpv(a, c->cpv[k], c->name, true, out, &n);
                }
                for (size_t k = 0; stated == 0 && k < PER_CATEGORY &&
                                   kk_bank_category_cpv(a->bank, c->id, k, &code);
                     k++) {
                    add_cpv(a, code, c->name, false, out, &n);
                }
            }
        }
    }
    return n;
}

/* ---- for people ---------------------------------------------------------------------------- */

static void pad(kk_buf *out, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        kk_buf_putc(out, ' ');
    }
    kk_buf_puts(out, from >= to ? "  " : "");
}

static void put_field(kk_buf *out, const char *code, kk_msg name, kk_lang lang)
{
    kk_buf_printf(out, "\n%-7s %s\n", code, kk_msg_text(name, lang));
}

static void put_code_lines(const kk_audit *a, kk_buf *out, const char *field)
{
    size_t n = 0;
    for (size_t i = 0; i < a->n_codes; i++) {
        const kk_code_hit *k = &a->codes[i];
        if (kk_str_is(k->field, field) && k->asked) {
            kk_buf_puts(out, "        ");
            kk_plain(out, k->code);
            pad(out, 8 + k->code.len, COLUMN);
            kk_plain(out, k->label);
            kk_buf_putc(out, '\n');
            n++;
        }
    }
    if (n == 0) {
        kk_buf_printf(out, "        %s\n", kk_msg_text(KK_MSG_NOTICE_NONE, a->lang));
    }
}

static void put_weight(kk_buf *out, const award_line *line, kk_lang lang)
{
    if (line->rank > 0) {
        kk_say_n(out, KK_MSG_NOTICE_RANK, lang, (uint64_t)line->rank);
        kk_buf_puts(out, " (ord-imp)");
    } else if (line->weight >= 0) {
        kk_number(out, line->weight, 2, 0, lang == KK_LANG_EN ? '.' : ',');
        kk_buf_puts(out, " % (per-exa)");
    } else {
        kk_buf_puts(out, kk_msg_text(KK_MSG_NOTICE_NO_WEIGHT, lang));
    }
}

static void put_award_lines(const kk_audit *a, const award_lines *l, kk_buf *out)
{
    uint32_t set = KK_NONE;
    bool several = false;
    for (size_t i = 1; i < l->n; i++) {
        several = several || (l->items[i].set != KK_NONE && l->items[i].set != l->items[0].set);
    }
    size_t lot = 0;
    for (size_t i = 0; i < l->n; i++) {
        const award_line *line = &l->items[i];
        if (several && line->set != set && line->set != KK_NONE) {
            set = line->set;
            kk_buf_printf(out, "        %s %zu\n", kk_msg_text(KK_MSG_NOTICE_LOT_WORD, a->lang),
                          ++lot);
        }
        kk_buf_puts(out, "        ");
        kk_plain(out, line->code);
        pad(out, 8 + line->code.len, COLUMN);
        kk_plain(out, line->name);
        kk_buf_puts(out, ": ");
        put_weight(out, line, a->lang);
        kk_buf_putc(out, '\n');
        if (line->reason.len > 0) {
            kk_buf_puts(out, "          BT-540: ");
            kk_plain_wrap(out, line->reason, 18, 10, WIDTH);
            kk_buf_putc(out, '\n');
        } else if (line->set == KK_NONE) {
            kk_buf_printf(out, "          %s\n", kk_msg_text(KK_MSG_NOTICE_BT540, a->lang));
        }
    }
    if (l->n == 0) {
        kk_buf_printf(out, "        %s\n", kk_msg_text(KK_MSG_NOTICE_OPEN, a->lang));
    }
}

static void print_text(const kk_audit *a, const award_lines *l, const cpv_line *cpv, size_t n_cpv,
                       kk_buf *out)
{
    kk_buf_printf(out, "%s\n", kk_msg_text(KK_MSG_NOTICE_TITLE, a->lang));
    put_field(out, fields[0], field_names[0], a->lang);
    put_code_lines(a, out, fields[0]);
    put_field(out, "BT-539", KK_MSG_NOTICE_BT539, a->lang);
    put_award_lines(a, l, out);
    for (size_t i = 1; i < N_FIELDS; i++) {
        put_field(out, fields[i], field_names[i], a->lang);
        put_code_lines(a, out, fields[i]);
    }
    put_field(out, "BT-262", KK_MSG_NOTICE_BT262, a->lang);
    for (size_t i = 0; i < n_cpv; i++) {
        kk_buf_printf(out, "        %s%s  ", cpv[i].code, cpv[i].stated ? " *" : "  ");
        kk_plain(out, cpv[i].name);
        kk_buf_puts(out, " (");
        kk_plain(out, cpv[i].category);
        kk_buf_puts(out, ")\n");
    }
    if (n_cpv == 0) {
        kk_buf_printf(out, "        %s\n", kk_msg_text(KK_MSG_NOTICE_NONE, a->lang));
    } else if (cpv[0].stated) {
        kk_buf_printf(out, "        * %s\n", kk_msg_text(KK_MSG_NOTICE_STATED, a->lang));
    }
    kk_buf_printf(out, "\n%s\n", kk_msg_text(KK_MSG_NOTICE_CHECK, a->lang));
}

/* ---- for machines -------------------------------------------------------------------------- */

static void json_codes(const kk_audit *a, kk_jsonout *j, const char *field)
{
    kk_json_key(j, field);
    kk_json_open(j, '[');
    for (size_t i = 0; i < a->n_codes; i++) {
        const kk_code_hit *k = &a->codes[i];
        if (kk_str_is(k->field, field) && k->asked) {
            kk_json_open_flat(j, '{');
            kk_json_put(j, "code", k->code);
            kk_json_put(j, "label", k->label);
            kk_json_close(j);
        }
    }
    kk_json_close(j);
}

static void json_award(const award_lines *l, kk_jsonout *j)
{
    kk_json_key(j, "BT-539");
    kk_json_open(j, '[');
    for (size_t i = 0; i < l->n; i++) {
        const award_line *line = &l->items[i];
        kk_json_open_flat(j, '{');
        kk_json_put(j, "code", line->code);
        kk_json_put(j, "name", line->name);
        if (line->weight >= 0 && line->rank == 0) {
            kk_json_key(j, "weight");
            kk_json_real(j, line->weight);
            kk_json_puts(j, "weight-code", "per-exa");
        }
        if (line->rank > 0) {
            kk_json_puti(j, "rank", line->rank);
            kk_json_puts(j, "weight-code", "ord-imp");
        }
        if (line->set != KK_NONE) {
            kk_json_puti(j, "set", line->set);
        }
        if (line->reason.len > 0) {
            kk_json_put(j, "description", line->reason);
        }
        kk_json_close(j);
    }
    kk_json_close(j);
}

static void print_json(const kk_audit *a, const award_lines *l, const cpv_line *cpv, size_t n_cpv,
                       kk_buf *out)
{
    kk_jsonout json;
    kk_jsonout *j = &json;
    kk_jsonout_init(j, out);
    kk_json_open(j, '{');
    kk_json_puts(j, "schema", "klimakrav.notice/1");
    kk_json_put(j, "date", a->date);
    kk_json_key(j, "fields");
    kk_json_open(j, '{');
    json_award(l, j);
    for (size_t i = 0; i < N_FIELDS; i++) {
        json_codes(a, j, fields[i]);
    }
    kk_json_key(j, "BT-262");
    kk_json_open(j, '[');
    for (size_t i = 0; i < n_cpv; i++) {
        kk_json_open_flat(j, '{');
        kk_json_puts(j, "code", cpv[i].code);
        kk_json_put(j, "name", cpv[i].name);
        kk_json_putb(j, "stated", cpv[i].stated);
        kk_json_close(j);
    }
    kk_json_close(j);
    kk_json_close(j);
    kk_json_close(j);
}

kk_status kk_audit_notice(const kk_audit *audit, kk_format format, kk_bytes *out, kk_error *err)
{
    cpv_line cpv[MOST_CPV];
    award_lines lines;
    kk_buf buf;
    *out = (kk_bytes){NULL, 0};
    if (format != KK_FORMAT_TEXT && format != KK_FORMAT_JSON) {
        return kk_fail(err, KK_E_ARG, "format", "the fields of a notice come as text or JSON");
    }
    kk_arena *arena = kk_arena_new();
    if (arena == NULL || !award_lines_of(audit, arena, &lines)) {
        kk_arena_free(arena);
        return kk_fail_nomem(err);
    }
    kk_buf_init(&buf, 0);
    const size_t n_cpv = cpv_lines(audit, cpv);
    if (format == KK_FORMAT_TEXT) {
        print_text(audit, &lines, cpv, n_cpv, &buf);
    } else {
        print_json(audit, &lines, cpv, n_cpv, &buf);
    }
    kk_arena_free(arena);
    return kk_buf_give(&buf, out, err);
}
