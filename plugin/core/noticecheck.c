/* Compares a notice with the documents of its procurement and says every disagreement. Which codes
 * there are, when they hold and what the law asks for comes from the bank; this file only compares.
 */
#include "notice.h"

#include "bankview.h"
#include "hash.h"
#include "messages.h"

#include <stdio.h>
#include <string.h>

enum { BASES = 2, REASON_BYTES = 25, FIGURE = 32 };

/* The order is that of the checks below and of message_notice.h: title, message, why. */
typedef enum check_id {
    WEIGHT_DIFFERS = 0,
    WEIGHT_ZERO,
    CODE_RETIRED,
    CODE_UNKNOWN,
    CODE_MISSING,
    CODE_UNFOUNDED,
    REASON_MISSING,
    SEVERAL_EXEMPTIONS,
    RANK_OR_WEIGHT,
    RANK_NOT_ALLOWED,
    RANK_DIFFERS,
    CPV_STRANGE,
    GREEN_MISSING,
    GREEN_UNFOUNDED,
    IMPACT_MISSING,
    GPP_MISSING,
    SUM_DIFFERS,
    TYPE_UNKNOWN,
    TYPE_OTHER,
    NO_CRITERIA,
    DATE_DIFFERS,
    N_CHECKS
} check_id;

static const struct check {
    const char *id;
    kk_finding_level level;
    kk_msg title; /* message and why follow */
    const char *basis[BASES];
} checks[N_CHECKS] = {
    {"N01", KK_SEVERITY_ERROR, KK_MSG_N01_TITLE, {"FOA § 7-9", "eForms BT-541"}},
    {"N02", KK_SEVERITY_ERROR, KK_MSG_N02_TITLE, {"FOA § 7-9", "eForms BT-541"}},
    {"N03", KK_SEVERITY_ERROR, KK_MSG_N03_TITLE, {"DFØ, award-criterion-type", "eForms BT-539"}},
    {"N04", KK_SEVERITY_WARNING, KK_MSG_N04_TITLE, {"eForms SDK", "DFØ, award-criterion-type"}},
    {"N05", KK_SEVERITY_ERROR, KK_MSG_N05_TITLE, {"FOA § 7-9", "eForms BT-539"}},
    {"N06", KK_SEVERITY_ERROR, KK_MSG_N06_TITLE, {"FOA § 7-9", "eForms BT-539"}},
    {"N07", KK_SEVERITY_ERROR, KK_MSG_N07_TITLE, {"FOA § 7-9", "eForms BT-540"}},
    {"N08", KK_SEVERITY_ERROR, KK_MSG_N08_TITLE, {"FOA § 7-9 (3)–(4)"}},
    {"N09", KK_SEVERITY_ERROR, KK_MSG_N09_TITLE, {"eForms BT-5421"}},
    {"N10", KK_SEVERITY_WARNING, KK_MSG_N10_TITLE, {"FOA § 18-1", "eForms BT-5421"}},
    {"N11", KK_SEVERITY_ERROR, KK_MSG_N11_TITLE, {"FOA § 7-9", "eForms BT-541"}},
    {"N12", KK_SEVERITY_WARNING, KK_MSG_N12_TITLE, {"eForms BT-262"}},
    {"N13", KK_SEVERITY_WARNING, KK_MSG_N13_TITLE, {"eForms BT-06"}},
    {"N14", KK_SEVERITY_WARNING, KK_MSG_N14_TITLE, {"eForms BT-06"}},
    {"N15", KK_SEVERITY_WARNING, KK_MSG_N15_TITLE, {"eForms BT-774"}},
    {"N16", KK_SEVERITY_INFO, KK_MSG_N16_TITLE, {"eForms BT-805"}},
    {"N17", KK_SEVERITY_WARNING, KK_MSG_N17_TITLE, {"eForms BT-541"}},
    {"N18", KK_SEVERITY_INFO, KK_MSG_N18_TITLE, {"eForms OPP-070"}},
    {"N19", KK_SEVERITY_INFO, KK_MSG_N19_TITLE, {"eForms OPP-070"}},
    {"N20", KK_SEVERITY_WARNING, KK_MSG_N20_TITLE, {"eForms BT-539"}},
    {"N21", KK_SEVERITY_INFO, KK_MSG_N21_TITLE, {"eForms BT-05"}},
};

bool kk_notice_rule_at(size_t i, kk_lang lang, kk_str *id, kk_str *title, kk_finding_level *level)
{
    if (i >= N_CHECKS) {
        return false;
    }
    *id = kk_z(checks[i].id);
    *title = kk_z(kk_msg_text(checks[i].title, lang));
    *level = checks[i].level;
    return true;
}

/* ---- saying -------------------------------------------------------------------------------- */

static kk_str kept(kk_notice_case *c, kk_buf *buf)
{
    const kk_str out = kk_keep(c->arena, kk_buf_view(buf), &c->failed);
    c->failed = c->failed || buf->failed != KK_OK;
    kk_buf_dispose(buf);
    return out;
}

static kk_str figure(double value, char room[FIGURE], kk_lang lang)
{
    int n = snprintf(room, FIGURE, "%.2f", value);
    while (n > 0 && room[n - 1] == '0') {
        n--;
    }
    n -= n > 0 && (room[n - 1] == '.' || room[n - 1] == ',') ? 1 : 0;
    for (int i = 0; i < n; i++) {
        if (room[i] == '.' || room[i] == ',') {
            room[i] = lang == KK_LANG_EN ? '.' : ',';
        }
    }
    return (kk_str){room, n > 0 ? (size_t)n : 0};
}

static kk_str label_of(kk_notice_case *c, const kk_notice_lot *lot, uint32_t line)
{
    kk_buf buf;
    kk_buf name;
    char digits[FIGURE];
    kk_buf_init(&buf, 0);
    kk_buf_init(&name, 0);
    if (lot == NULL) {
        kk_buf_puts(&name, kk_msg_text(KK_MSG_NOTICE_WHOLE, c->lang));
    } else {
        kk_buf_str(&name, lot->id.len > 0 ? lot->id : KK_STR("?"));
        kk_buf_puts(&name, lot->title.len > 0 ? " " : "");
        kk_buf_str(&name, lot->title);
    }
    if (line > 0) {
        (void)snprintf(digits, sizeof digits, "%u", (unsigned)line);
        kk_say(&buf, KK_MSG_NOTICE_LOT, c->lang, kk_buf_view(&name), kk_z(digits));
    } else {
        kk_buf_str(&buf, kk_buf_view(&name));
    }
    c->failed = c->failed || name.failed != KK_OK;
    kk_buf_dispose(&name);
    return kept(c, &buf);
}

/* Over check, lot and evidence: a moved line changes nothing. */
static kk_str fingerprint(kk_notice_case *c, const char *id, const kk_notice_lot *lot,
                          kk_str evidence)
{
    char hex[65];
    const kk_str pieces[] = {kk_z(id), KK_STR("\n"), lot != NULL ? lot->id : KK_STR(""),
                             KK_STR("\n"), evidence};
    kk_sha256_hex_pieces(pieces, sizeof pieces / sizeof *pieces, hex);
    return kk_keep(c->arena, (kk_str){hex, 16}, &c->failed);
}

typedef struct spot {
    const kk_notice_lot *lot; /* NULL: the notice as a whole */
    uint32_t line;
    kk_str evidence;
} spot;

static void say(kk_notice_case *c, check_id id, const spot *at, kk_str arg0, kk_str arg1)
{
    const struct check *k = &checks[id];
    kk_buf buf;
    kk_str *basis = kk_arena_array(c->arena, BASES, sizeof *basis);
    if (basis == NULL) {
        c->failed = true;
        return;
    }
    size_t n = 0;
    for (size_t i = 0; i < BASES && k->basis[i] != NULL; i++) {
        basis[n++] = kk_keep(c->arena, kk_z(k->basis[i]), &c->failed);
    }
    kk_buf_init(&buf, 0);
    kk_say(&buf, (kk_msg)(k->title + 1), c->lang, arg0, arg1);
    kk_finding f = {
        .size = sizeof f,
        .document = c->audit->n_docs - 1,
        .rule = kk_keep(c->arena, kk_z(k->id), &c->failed),
        .severity = k->level,
        .message = kept(c, &buf),
        .why = kk_keep(c->arena, kk_z(kk_msg_text((kk_msg)(k->title + 2), c->lang)), &c->failed),
        .basis = basis,
        .n_basis = n,
        .place = {.part = KK_STR(""),
                  .story = "body",
                  .paragraph = KK_NONE,
                  .row = KK_NONE,
                  .column = KK_NONE,
                  .label = label_of(c, at->lot, at->line)},
        .evidence = kk_keep(c->arena, at->evidence, &c->failed),
        .paragraph = KK_STR(""),
        .remedy = KK_STR(""),
        .remedy_title = KK_STR(""),
        .help = KK_STR(""),
        .fingerprint = fingerprint(c, k->id, at->lot, at->evidence)};
    if (c->failed || !c->add(c->context, &f)) {
        c->failed = true;
    }
}

/* ---- codes --------------------------------------------------------------------------------- */

/* The entry for a code: the one valid on the date before others. NULL for an unknown code. */
static const kk_code_hit *code_of(const kk_notice_case *c, const char *field, kk_str code)
{
    const kk_code_hit *found = NULL;
    for (size_t i = 0; i < c->audit->n_codes; i++) {
        const kk_code_hit *k = &c->audit->codes[i];
        if (kk_str_is(k->field, field) && kk_str_equal(k->code, code) &&
            (found == NULL || k->valid)) {
            found = k;
        }
    }
    return found;
}

static bool means(const kk_code_hit *k, const char *what)
{
    return k != NULL && kk_str_is(k->means, what);
}

static void validity(kk_buf *out, const kk_code_hit *k, kk_lang lang)
{
    if (k->from.len > 0) {
        kk_say(out, KK_MSG_NOTICE_FROM, lang, k->from, KK_STR(""));
    }
    kk_buf_puts(out, k->from.len > 0 && k->to.len > 0 ? " " : "");
    if (k->to.len > 0) {
        kk_say(out, KK_MSG_NOTICE_TO, lang, k->to, KK_STR(""));
    }
}

static void check_codes(kk_notice_case *c, const kk_notice_lot *lot, const char *field,
                        const kk_str *codes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (code_of(c, field, codes[i]) == NULL) {
            const spot at = {lot, lot->line, codes[i]};
            say(c, CODE_UNKNOWN, &at, codes[i], kk_z(field));
        }
    }
}

/* Text of reasons: something is there, and it is more than the name of the code. */
static bool is_reason(const kk_notice_criterion *k, const kk_code_hit *code)
{
    const kk_str text = kk_str_trim(k->description);
    return text.len >= REASON_BYTES && !kk_str_equal(text, code->label) &&
           !kk_str_equal(text, k->name) && !kk_str_starts(text, code->code);
}

static void check_criterion(kk_notice_case *c, const kk_notice_lot *lot,
                            const kk_notice_criterion *k)
{
    const spot at = {lot, k->line, k->code};
    const kk_code_hit *code = code_of(c, "BT-539", k->code);
    kk_buf when;
    if (code == NULL) {
        say(c, CODE_UNKNOWN, &at, k->code.len > 0 ? k->code : KK_STR("–"), KK_STR("BT-539"));
        return;
    }
    if (!code->valid) {
        kk_buf_init(&when, 0);
        validity(&when, code, c->lang);
        say(c, CODE_RETIRED, &at, k->code, kk_buf_view(&when));
        kk_buf_dispose(&when);
        return;
    }
    const bool national = means(code, "criteria") || means(code, "spec") || means(code, "exempt");
    if (national && !code->asked) {
        say(c, CODE_UNFOUNDED, &at, k->code, KK_STR(""));
    }
    if ((means(code, "spec") || means(code, "exempt")) && !is_reason(k, code)) {
        say(c, REASON_MISSING, &at, k->code, KK_STR(""));
    }
    if (means(code, "criteria") && k->kind != KK_WEIGHT_ORDER && k->weight <= 0) {
        say(c, WEIGHT_ZERO, &at, k->code, KK_STR(""));
    }
}

static bool has_code(const kk_notice_lot *lot, kk_str code)
{
    for (size_t i = 0; i < lot->n_criteria; i++) {
        if (kk_str_equal(lot->criteria[i].code, code)) {
            return true;
        }
    }
    return false;
}

/* Codes that the documents call for. A retired twin of the code counts: that it is retired is said.
 */
static void check_missing(kk_notice_case *c, const kk_notice_lot *lot)
{
    for (size_t i = 0; i < c->audit->n_codes; i++) {
        const kk_code_hit *k = &c->audit->codes[i];
        if (!kk_str_is(k->field, "BT-539") || !k->asked || has_code(lot, k->code)) {
            continue;
        }
        const spot at = {lot, lot->line, k->code};
        say(c, CODE_MISSING, &at, k->code, KK_STR(""));
    }
}

static void check_exemptions(kk_notice_case *c, const kk_notice_lot *lot)
{
    kk_buf names;
    size_t n = 0;
    kk_buf_init(&names, 0);
    for (size_t i = 0; i < lot->n_criteria; i++) {
        if (means(code_of(c, "BT-539", lot->criteria[i].code), "exempt")) {
            kk_buf_puts(&names, n++ > 0 ? ", " : "");
            kk_buf_str(&names, lot->criteria[i].code);
        }
    }
    if (n > 1) {
        const spot at = {lot, lot->line, kk_buf_view(&names)};
        say(c, SEVERAL_EXEMPTIONS, &at, kk_buf_view(&names), KK_STR(""));
    }
    c->failed = c->failed || names.failed != KK_OK;
    kk_buf_dispose(&names);
}

/* ---- weights ------------------------------------------------------------------------------- */

/* Do the documents give weights, ranks or neither? */
static int document_rank(const kk_notice_case *c)
{
    for (size_t d = 0; d < c->audit->n_docs; d++) {
        const kk_document_info *doc = &c->audit->docs[d];
        for (size_t i = 0; i < doc->n_award; i++) {
            if (doc->award[i].genuine && doc->award[i].rank > 0) {
                return doc->award[i].rank;
            }
        }
    }
    return 0;
}

static bool documents_rank(const kk_notice_case *c)
{
    bool ranks = false;
    for (size_t d = 0; d < c->audit->n_docs; d++) {
        const kk_document_info *doc = &c->audit->docs[d];
        for (size_t i = 0; i < doc->n_award; i++) {
            if (doc->award[i].weight >= 0) {
                return false;
            }
            ranks = ranks || doc->award[i].rank > 0;
        }
    }
    return ranks;
}

static bool near(double a, double b)
{
    return a - b < 0.51 && b - a < 0.51;
}

static void check_rank(kk_notice_case *c, const kk_notice_lot *lot)
{
    const int here = document_rank(c);
    const spot at = {lot, lot->line, KK_STR("ord-imp")};
    char a[FIGURE];
    char b[FIGURE];
    if (!documents_rank(c) && c->audit->verdict.weight >= 0) {
        say(c, RANK_OR_WEIGHT, &at, kk_z(kk_msg_text(KK_MSG_NOTICE_RANKS, c->lang)),
            kk_z(kk_msg_text(KK_MSG_NOTICE_WEIGHTS, c->lang)));
    }
    if (kk_notice_subtype(c->notice->subtype) == KK_SUBTYPE_COMPETITION) {
        say(c, RANK_NOT_ALLOWED, &at, c->notice->subtype, KK_STR(""));
    }
    for (size_t i = 0; i < lot->n_criteria && here > 0; i++) {
        const kk_notice_criterion *k = &lot->criteria[i];
        if (means(code_of(c, "BT-539", k->code), "criteria") && k->kind == KK_WEIGHT_ORDER &&
            k->figure >= 0 && !near(k->figure, here)) {
            const spot there = {lot, k->line, k->code};
            say(c, RANK_DIFFERS, &there, figure(k->figure, a, c->lang), figure(here, b, c->lang));
        }
    }
}

/* Each lot has weights of its own; documents with several sets of criteria agree when one fits. */
static bool documents_have(const kk_notice_case *c, double weight)
{
    for (size_t d = 0; d < c->audit->n_docs; d++) {
        const kk_document_info *doc = &c->audit->docs[d];
        for (size_t i = 0; i < doc->n_lot_weights; i++) {
            if (near(doc->lot_weights[i], weight)) {
                return true;
            }
        }
    }
    return near(c->audit->verdict.weight, weight);
}

static void check_weights(kk_notice_case *c, const kk_notice_lot *lot)
{
    double climate = 0;
    double sum = 0;
    size_t n = 0;
    const kk_notice_criterion *first = NULL;
    char a[FIGURE];
    char b[FIGURE];
    for (size_t i = 0; i < lot->n_criteria; i++) {
        const kk_notice_criterion *k = &lot->criteria[i];
        if (k->weight >= 0) {
            sum += k->weight;
            n++;
        }
        if (means(code_of(c, "BT-539", k->code), "criteria")) {
            first = first == NULL ? k : first;
            climate += k->weight > 0 ? k->weight : 0;
        }
    }
    if (n > 0 && !near(sum, 100)) {
        const spot at = {lot, lot->line, KK_STR("BT-541")};
        say(c, SUM_DIFFERS, &at, figure(sum, a, c->lang), KK_STR(""));
    }
    if (n > 0 && documents_rank(c)) {
        const spot at = {lot, lot->line, KK_STR("BT-5421")};
        say(c, RANK_OR_WEIGHT, &at, kk_z(kk_msg_text(KK_MSG_NOTICE_WEIGHTS, c->lang)),
            kk_z(kk_msg_text(KK_MSG_NOTICE_RANKS, c->lang)));
    } else if (first != NULL && n > 0 && c->audit->verdict.weight >= 0 &&
               !documents_have(c, climate)) {
        const spot at = {lot, first->line, first->code};
        say(c, WEIGHT_DIFFERS, &at, figure(climate, a, c->lang),
            figure(c->audit->verdict.weight, b, c->lang));
    }
}

/* ---- the other fields ---------------------------------------------------------------------- */

static bool asked(const kk_notice_case *c, const char *field, const char *code)
{
    for (size_t i = 0; i < c->audit->n_codes; i++) {
        const kk_code_hit *k = &c->audit->codes[i];
        if (kk_str_is(k->field, field) && kk_str_is(k->code, code) && k->asked) {
            return true;
        }
    }
    return false;
}

static bool listed(const kk_str *codes, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++) {
        if (kk_str_is(codes[i], code)) {
            return true;
        }
    }
    return false;
}

static void check_green(kk_notice_case *c, const kk_notice_lot *lot)
{
    const bool says = listed(lot->strategic, lot->n_strategic, "env-imp");
    const bool green = asked(c, "BT-06", "env-imp");
    const spot at = {lot, lot->line, KK_STR("BT-06")};
    const spot impact = {lot, lot->line, KK_STR("BT-774")};
    const spot gpp = {lot, lot->line, KK_STR("BT-805")};
    if (green && !says) {
        say(c, GREEN_MISSING, &at, KK_STR(""), KK_STR(""));
    } else if (!green && says) {
        say(c, GREEN_UNFOUNDED, &at, KK_STR(""), KK_STR(""));
    }
    if (says && lot->n_impacts == 0) {
        say(c, IMPACT_MISSING, &impact, KK_STR(""), KK_STR(""));
    }
    if (says && lot->n_gpp == 0) {
        say(c, GPP_MISSING, &gpp, KK_STR(""), KK_STR(""));
    }
    check_codes(c, lot, "BT-06", lot->strategic, lot->n_strategic);
    check_codes(c, lot, "BT-774", lot->impacts, lot->n_impacts);
    check_codes(c, lot, "BT-805", lot->gpp, lot->n_gpp);
}

static bool cpv_fits(const kk_notice_case *c, kk_str cpv, bool *any)
{
    for (size_t d = 0; d + 1 < c->audit->n_docs; d++) {
        const kk_document_info *doc = &c->audit->docs[d];
        for (size_t i = 0; i < doc->n_categories; i++) {
            *any = true;
            if (kk_bank_cpv_fits(c->bank, doc->categories[i].id, cpv)) {
                return true;
            }
        }
    }
    return false;
}

static kk_str category_names(kk_notice_case *c)
{
    kk_buf names;
    kk_buf_init(&names, 0);
    for (size_t d = 0; d + 1 < c->audit->n_docs; d++) {
        const kk_document_info *doc = &c->audit->docs[d];
        for (size_t i = 0; i < doc->n_categories && i < 2; i++) {
            if (names.len == 0 ||
                strstr(kk_buf_view(&names).ptr, doc->categories[i].name.ptr) == NULL) {
                kk_buf_puts(&names, names.len > 0 ? ", " : "");
                kk_buf_str(&names, doc->categories[i].name);
            }
        }
    }
    return kept(c, &names);
}

/* Only the main code: additional ones may name side deliveries. */
static void check_cpv(kk_notice_case *c, const kk_notice_lot *lot, const kk_str *cpv, size_t n)
{
    bool any = false;
    if (n > 0 && !cpv_fits(c, cpv[0], &any) && any) {
        const spot at = {lot, lot != NULL ? lot->line : 0, cpv[0]};
        say(c, CPV_STRANGE, &at, cpv[0], category_names(c));
    }
}

/* ---- the whole ----------------------------------------------------------------------------- */

static void check_lot(kk_notice_case *c, const kk_notice_lot *lot)
{
    const kk_subtype type = kk_notice_subtype(c->notice->subtype);
    if (lot->n_criteria == 0) {
        if (type == KK_SUBTYPE_COMPETITION || type == KK_SUBTYPE_NATIONAL) {
            const spot at = {lot, lot->line, KK_STR("BT-539")};
            say(c, NO_CRITERIA, &at, KK_STR(""), KK_STR(""));
        }
    } else {
        for (size_t i = 0; i < lot->n_criteria; i++) {
            check_criterion(c, lot, &lot->criteria[i]);
        }
        check_missing(c, lot);
        check_exemptions(c, lot);
        if (kk_lot_is_ranked(lot)) {
            check_rank(c, lot);
        } else {
            check_weights(c, lot);
        }
    }
    if (!lot->group) {
        if (type != KK_SUBTYPE_PLANNING) {
            check_green(c, lot);
        }
        check_cpv(c, lot, lot->cpv, lot->n_cpv);
    }
}

void kk_notice_check(kk_notice_case *c)
{
    const kk_notice *n = c->notice;
    const kk_subtype type = kk_notice_subtype(n->subtype);
    const spot whole = {NULL, 0, n->subtype};
    const spot date = {NULL, 0, n->date};
    if (type == KK_SUBTYPE_UNKNOWN) {
        say(c, TYPE_UNKNOWN, &whole, n->subtype.len > 0 ? n->subtype : KK_STR("–"), KK_STR(""));
    } else if (type == KK_SUBTYPE_RESULT || type == KK_SUBTYPE_PLANNING) {
        say(c, TYPE_OTHER, &whole, n->subtype, KK_STR(""));
    }
    if (n->date.len > 0 && !kk_str_equal(n->date, c->date)) {
        say(c, DATE_DIFFERS, &date, n->date, c->date);
    }
    for (size_t i = 0; i < n->n_lots && !c->failed; i++) {
        check_lot(c, &n->lots[i]);
    }
    if (n->n_lots == 0) {
        say(c, NO_CRITERIA, &whole, KK_STR(""), KK_STR(""));
    }
    if (n->n_lots == 0 || n->lots[0].n_cpv == 0) {
        check_cpv(c, NULL, n->cpv, n->n_cpv);
    }
}
