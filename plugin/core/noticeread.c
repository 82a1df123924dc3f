/* Reads an eForms notice (UBL) into values. Knows where the fields stand, not what they ought to
 * be. Paths follow the field list of the eForms SDK; namespace prefixes do not matter. */
#include "notice.h"

#include "hash.h"
#include "jsonout.h"
#include "xmlin.h"

#include <string.h>

enum { LISTED = 64, LOTS_MAX = 2000 };

typedef struct reader {
    kk_notice *n;
    kk_arena *arena;
    bool failed;
} reader;

static kk_str keep(reader *r, kk_str s)
{
    return kk_keep(r->arena, s, &r->failed);
}

static const kk_str *keep_list(reader *r, const kk_str *items, size_t n)
{
    kk_str *list = kk_arena_array(r->arena, n + 1, sizeof *list);
    if (list == NULL) {
        r->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        list[i] = keep(r, items[i]);
    }
    return list;
}

/* Node below `node` at any depth with this local name, in document order after `after`. */
static const kk_xml_node *next_node(const kk_xml_node *top, const kk_xml_node *at)
{
    if (at->first != NULL) {
        return at->first;
    }
    while (at != top && at->next == NULL) {
        at = at->parent;
    }
    return at == top ? NULL : at->next;
}

static const kk_xml_node *find(const kk_xml_node *top, const kk_xml_node *after, const char *name)
{
    const kk_xml_node *at = top == NULL ? NULL : next_node(top, after != NULL ? after : top);
    while (at != NULL && !kk_str_is(at->name, name)) {
        at = next_node(top, at);
    }
    return at;
}

/* First of several texts in languages: Norwegian before others. */
static kk_str text_of(const kk_xml_node *parent, const char *name)
{
    kk_str first = KK_STR("");
    for (const kk_xml_node *at = kk_xml_child(parent, name, NULL); at != NULL;
         at = kk_xml_child(parent, name, at)) {
        const kk_str lang = kk_xml_attr_of(at, "languageID");
        if (kk_str_is(lang, "NOB") || kk_str_is(lang, "NNO") || kk_str_is(lang, "NOR")) {
            return at->text;
        }
        first = first.len > 0 ? first : at->text;
    }
    return first;
}

/* ---- figures ------------------------------------------------------------------------------- */

static kk_weight_kind kind_of(kk_str code)
{
    static const struct {
        const char *code;
        kk_weight_kind kind;
    } kinds[] = {{"per-exa", KK_WEIGHT_PERCENT}, {"per-mid", KK_WEIGHT_PERCENT},
                 {"dec-exa", KK_WEIGHT_DECIMAL}, {"dec-mid", KK_WEIGHT_DECIMAL},
                 {"poi-exa", KK_WEIGHT_POINTS},  {"poi-mid", KK_WEIGHT_POINTS},
                 {"ord-imp", KK_WEIGHT_ORDER}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kk_str_is(code, kinds[i].code)) {
            return kinds[i].kind;
        }
    }
    return KK_WEIGHT_UNKNOWN;
}

/* XML decimal, no locale. -1 for what is none. */
static double decimal(kk_str s)
{
    double value = 0;
    double unit = 1;
    bool point = false;
    bool digits = false;
    for (size_t i = 0; i < s.len; i++) {
        const char c = s.ptr[i];
        if (c >= '0' && c <= '9' && i < 18) {
            digits = true;
            unit = point ? unit / 10 : unit;
            value = point ? value + (c - '0') * unit : value * 10 + (c - '0');
        } else if (c == '.' && !point) {
            point = true;
        } else {
            return -1;
        }
    }
    return digits ? value : -1;
}

static void read_weight(reader *r, const kk_xml_node *node, kk_notice_criterion *c)
{
    for (const kk_xml_node *p = find(node, NULL, "AwardCriterionParameter"); p != NULL;
         p = find(node, p, "AwardCriterionParameter")) {
        const kk_xml_node *code = kk_xml_child(p, "ParameterCode", NULL);
        const kk_str list = kk_xml_attr_of(code, "listName");
        if (code == NULL || (!kk_str_is(list, "number-weight") && list.len > 0)) {
            continue; /* a fixed number or a threshold */
        }
        c->weight_code = keep(r, code->text);
        c->kind = kind_of(code->text);
        c->figure = decimal(kk_xml_text_at(p, "ParameterNumeric"));
        return;
    }
}

static void turn_into_per_cent(kk_notice_criterion *list, size_t n)
{
    double points = 0;
    for (size_t i = 0; i < n; i++) {
        points += list[i].kind == KK_WEIGHT_POINTS && list[i].figure > 0 ? list[i].figure : 0;
    }
    for (size_t i = 0; i < n; i++) {
        kk_notice_criterion *c = &list[i];
        if (c->figure < 0) {
            continue;
        }
        if (c->kind == KK_WEIGHT_PERCENT) {
            c->weight = c->figure;
        } else if (c->kind == KK_WEIGHT_DECIMAL) {
            c->weight = c->figure * 100;
        } else if (c->kind == KK_WEIGHT_POINTS) {
            c->weight = points > 0 ? c->figure * 100 / points : 0;
        }
    }
}

/* ---- lots ---------------------------------------------------------------------------------- */

static void read_criteria(reader *r, const kk_xml_node *terms, kk_notice_lot *lot)
{
    size_t n = 0;
    for (const kk_xml_node *at = find(terms, NULL, "SubordinateAwardingCriterion"); at != NULL;
         at = find(terms, at, "SubordinateAwardingCriterion")) {
        n++;
    }
    kk_notice_criterion *list = kk_arena_array(r->arena, n + 1, sizeof *list);
    if (list == NULL) {
        r->failed = true;
        return;
    }
    n = 0;
    for (const kk_xml_node *at = find(terms, NULL, "SubordinateAwardingCriterion"); at != NULL;
         at = find(terms, at, "SubordinateAwardingCriterion")) {
        kk_notice_criterion *c = &list[n++];
        *c = (kk_notice_criterion){.code = keep(r, kk_xml_text_at(at, "AwardingCriterionTypeCode")),
                                   .name = keep(r, text_of(at, "Name")),
                                   .description = keep(r, text_of(at, "Description")),
                                   .weight_code = KK_STR(""),
                                   .figure = -1,
                                   .weight = -1,
                                   .line = at->line};
        read_weight(r, at, c);
    }
    turn_into_per_cent(list, n);
    lot->criteria = list;
    lot->n_criteria = n;
}

/* Codes of one list among the additional types of a project; BT-777 stands beside BT-06. */
static const kk_str *read_types(reader *r, const kk_xml_node *project, const char *list, size_t *n,
                                kk_str *text)
{
    kk_str found[LISTED];
    *n = 0;
    for (const kk_xml_node *at = kk_xml_child(project, "ProcurementAdditionalType", NULL);
         at != NULL; at = kk_xml_child(project, "ProcurementAdditionalType", at)) {
        const kk_xml_node *code = kk_xml_child(at, "ProcurementTypeCode", NULL);
        if (code != NULL && *n < LISTED && kk_str_is(kk_xml_attr_of(code, "listName"), list)) {
            found[(*n)++] = code->text;
            if (text != NULL && text->len == 0) {
                *text = keep(r, text_of(at, "ProcurementType"));
            }
        }
    }
    return keep_list(r, found, *n);
}

static const kk_str *read_cpv(reader *r, const kk_xml_node *project, size_t *n)
{
    static const char *const names[] = {"MainCommodityClassification",
                                        "AdditionalCommodityClassification"};
    kk_str found[LISTED];
    *n = 0;
    for (size_t k = 0; k < 2; k++) {
        for (const kk_xml_node *at = kk_xml_child(project, names[k], NULL); at != NULL;
             at = kk_xml_child(project, names[k], at)) {
            const kk_str code = kk_xml_text_at(at, "ItemClassificationCode");
            if (code.len >= 8 && *n < LISTED) {
                found[(*n)++] = kk_str_slice(code, 0, 8);
            }
        }
    }
    return keep_list(r, found, *n);
}

static void read_lot(reader *r, const kk_xml_node *node, kk_notice_lot *lot)
{
    const kk_xml_node *id = kk_xml_child(node, "ID", NULL);
    const kk_xml_node *project = kk_xml_child(node, "ProcurementProject", NULL);
    *lot = (kk_notice_lot){.id = keep(r, kk_xml_text_at(node, "ID")),
                           .title = keep(r, text_of(project, "Name")),
                           .group = kk_str_is(kk_xml_attr_of(id, "schemeName"), "LotsGroup"),
                           .strategic_text = KK_STR(""),
                           .line = node->line};
    read_criteria(r, kk_xml_at(node, "TenderingTerms/AwardingTerms"), lot);
    lot->strategic =
        read_types(r, project, "strategic-procurement", &lot->n_strategic, &lot->strategic_text);
    lot->impacts = read_types(r, project, "environmental-impact", &lot->n_impacts, NULL);
    lot->gpp = read_types(r, project, "gpp-criteria", &lot->n_gpp, NULL);
    lot->cpv = read_cpv(r, project, &lot->n_cpv);
}

/* Parts (of a planning notice) are lots to us. */
static kk_status read_lots(reader *r, const kk_xml_node *root, kk_error *err)
{
    size_t n = 0;
    for (const kk_xml_node *at = kk_xml_child(root, "ProcurementProjectLot", NULL); at != NULL;
         at = kk_xml_child(root, "ProcurementProjectLot", at)) {
        n++;
    }
    if (n > LOTS_MAX) {
        return kk_fail_at(err, KK_E_LIMIT, "limit", r->n->name, 0, "more than %d lots", LOTS_MAX);
    }
    kk_notice_lot *list = kk_arena_array(r->arena, n + 1, sizeof *list);
    if (list == NULL) {
        return kk_fail_nomem(err);
    }
    n = 0;
    for (const kk_xml_node *at = kk_xml_child(root, "ProcurementProjectLot", NULL); at != NULL;
         at = kk_xml_child(root, "ProcurementProjectLot", at)) {
        read_lot(r, at, &list[n++]);
    }
    r->n->lots = list;
    r->n->n_lots = n;
    return KK_OK;
}

/* ---- the whole ----------------------------------------------------------------------------- */

static bool is_notice(const kk_xml_node *root)
{
    static const char *const names[] = {"ContractNotice", "PriorInformationNotice",
                                        "ContractAwardNotice"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (kk_str_is(root->name, names[i]) &&
            kk_str_starts(root->space, KK_STR("urn:oasis:names:specification:ubl:schema:xsd:"))) {
            return true;
        }
    }
    return false;
}

static kk_status read_root(reader *r, const kk_xml_node *root, kk_error *err)
{
    kk_notice *n = r->n;
    if (!is_notice(root)) {
        return kk_fail_at(err, KK_E_FORMAT, "not-notice", n->name, 0, "no eForms notice");
    }
    const kk_xml_node *subtype = find(root, NULL, "NoticeSubType");
    const kk_str date = kk_xml_text_at(root, "IssueDate");
    n->kind = keep(r, root->name);
    n->subtype = keep(r, kk_xml_text_at(subtype, "SubTypeCode"));
    n->date = keep(r, date.len >= 10 ? kk_str_slice(date, 0, 10) : KK_STR(""));
    n->sdk = keep(r, kk_xml_text_at(root, "CustomizationID"));
    n->cpv = read_cpv(r, kk_xml_child(root, "ProcurementProject", NULL), &n->n_cpv);
    KK_TRY(read_lots(r, root, err));
    return r->failed ? kk_fail_nomem(err) : KK_OK;
}

kk_status kk_notice_read(kk_notice **out, kk_str xml, const char *name, kk_error *err)
{
    *out = NULL;
    kk_arena *arena = kk_arena_new();
    kk_arena *scratch = kk_arena_new();
    kk_notice *n = arena != NULL ? kk_arena_alloc(arena, sizeof *n) : NULL;
    kk_xml_node *root = NULL;
    kk_status status = n == NULL || scratch == NULL ? kk_fail_nomem(err) : KK_OK;
    if (status == KK_OK) {
        reader r = {n, arena, false};
        *n = (kk_notice){.arena = arena};
        n->name = keep(&r, kk_z(name));
        kk_sha256_hex(xml, n->sha256);
        status = r.failed ? kk_fail_nomem(err) : kk_xml_in(xml, n->name, scratch, &root, err);
        status = status == KK_OK ? read_root(&r, root, err) : status;
    }
    kk_arena_free(scratch);
    if (status != KK_OK) {
        kk_arena_free(arena);
        return status;
    }
    *out = n;
    return KK_OK;
}

void kk_notice_free(kk_notice *notice)
{
    if (notice != NULL) {
        kk_arena_free(notice->arena);
    }
}

/* ---- what the codes of a notice say -------------------------------------------------------- */

kk_subtype kk_notice_subtype(kk_str s)
{
    static const kk_subtype voluntary[] = {KK_SUBTYPE_PLANNING, KK_SUBTYPE_PLANNING,
                                           KK_SUBTYPE_NATIONAL, KK_SUBTYPE_RESULT,
                                           KK_SUBTYPE_RESULT,   KK_SUBTYPE_RESULT};
    unsigned number = 0;
    if (s.len == 2 && s.ptr[0] == 'E' && s.ptr[1] >= '1' && s.ptr[1] <= '6') {
        return voluntary[s.ptr[1] - '1'];
    }
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9' || i > 2) {
            return KK_SUBTYPE_UNKNOWN;
        }
        number = number * 10 + (unsigned)(s.ptr[i] - '0');
    }
    return number == 0 || number > 40 ? KK_SUBTYPE_UNKNOWN
           : number < 10              ? KK_SUBTYPE_PLANNING
           : number < 25              ? KK_SUBTYPE_COMPETITION
                                      : KK_SUBTYPE_RESULT;
}

bool kk_lot_is_ranked(const kk_notice_lot *lot)
{
    for (size_t i = 0; i < lot->n_criteria; i++) {
        if (lot->criteria[i].kind == KK_WEIGHT_ORDER) {
            return true;
        }
    }
    return false;
}

/* ---- print --------------------------------------------------------------------------------- */

static void put_lot(kk_jsonout *j, const kk_notice_lot *lot)
{
    kk_json_open(j, '{');
    kk_json_put(j, "id", lot->id);
    kk_json_put(j, "title", lot->title);
    kk_json_putb(j, "group", lot->group);
    kk_json_key(j, "criteria");
    kk_json_open(j, '[');
    for (size_t i = 0; i < lot->n_criteria; i++) {
        const kk_notice_criterion *c = &lot->criteria[i];
        kk_json_open_flat(j, '{');
        kk_json_put(j, "code", c->code);
        kk_json_put(j, "name", c->name);
        kk_json_put(j, "weight-code", c->weight_code);
        if (c->figure >= 0) {
            kk_json_key(j, "figure");
            kk_json_real(j, c->figure);
        }
        if (c->weight >= 0) {
            kk_json_key(j, "weight");
            kk_json_real(j, c->weight);
        }
        kk_json_puti(j, "line", c->line);
        kk_json_close(j);
    }
    kk_json_close(j);
    kk_json_list(j, "BT-06", lot->strategic, lot->n_strategic);
    kk_json_list(j, "BT-774", lot->impacts, lot->n_impacts);
    kk_json_list(j, "BT-805", lot->gpp, lot->n_gpp);
    kk_json_list(j, "cpv", lot->cpv, lot->n_cpv);
    kk_json_close(j);
}

kk_status kk_notice_print(const kk_notice *notice, kk_bytes *out, kk_error *err)
{
    kk_buf buf;
    kk_jsonout json;
    kk_buf_init(&buf, 0);
    kk_jsonout_init(&json, &buf);
    kk_json_open(&json, '{');
    kk_json_put(&json, "name", notice->name);
    kk_json_put(&json, "kind", notice->kind);
    kk_json_put(&json, "subtype", notice->subtype);
    kk_json_put(&json, "date", notice->date);
    kk_json_put(&json, "sdk", notice->sdk);
    kk_json_list(&json, "cpv", notice->cpv, notice->n_cpv);
    kk_json_key(&json, "lots");
    kk_json_open(&json, '[');
    for (size_t i = 0; i < notice->n_lots; i++) {
        put_lot(&json, &notice->lots[i]);
    }
    kk_json_close(&json);
    kk_json_close(&json);
    return kk_buf_give(&buf, out, err);
}
