/* Verdict + place = finding. Runs the rules over documents and keeps a copy of what they say, so
 * that the result outlives documents and scanner. Order and fingerprints do not depend on threads.
 */
#include "core.h"

#include "auditmore.h"
#include "bankview.h"
#include "hash.h"
#include "notice.h"
#include "outline.h"
#include "remedies.h"
#include "suppress.h"
#include "untagged.h"
#include "utf8.h"

/* What one run carries along. */
typedef struct run {
    kk_audit *audit;
    kk_auditor *auditor;
    kk_doc *const *docs;
    const kk_text **texts;
    size_t first; /* evidence counts documents from here */
    kk_outline *outlines;
    const kk_audit_options *options;
    KK_VEC(kk_finding) findings;
    kk_error *err;
    bool failed; /* out of memory while copying */
} run;

static const char *const route_names[] = {"weighted", "prioritised", "replaced",      "combined",
                                          "exempt",   "silent",      "not-applicable"};

static kk_str keep(run *r, kk_str s)
{
    return kk_keep(r->audit->arena, s, &r->failed);
}

static const kk_str *keep_list(run *r, const kk_str *items, uint32_t n)
{
    kk_str *list = kk_arena_array(r->audit->arena, (size_t)n + 1, sizeof *list);
    if (list == NULL) {
        r->failed = true;
        return NULL;
    }
    for (uint32_t i = 0; i < n; i++) {
        list[i] = keep(r, items[i]);
    }
    return list;
}

static kk_verdict_info keep_verdict(run *r, const kk_verdict *v)
{
    return (kk_verdict_info){.size = sizeof(kk_verdict_info),
                             .satisfied = v->satisfied,
                             .route = kk_z(route_names[v->route]),
                             .weight = v->weight,
                             .basis = keep(r, v->basis),
                             .from = keep(r, v->from),
                             .why = keep(r, v->why)};
}

/* ---- what was seen in a document ----------------------------------------------------------- */

/* Words of a piece of evidence, at most the rest of its paragraph. */
static kk_str evidence_text(const kk_text *text, const kk_evidence *at)
{
    uint32_t begin = at->begin;
    uint32_t end = at->end;
    if (at->para < text->n_paras) {
        const kk_para *p = &text->paras[at->para];
        begin = begin < p->begin ? p->begin : begin;
        end = end > p->end ? p->end : end;
    }
    if (begin >= end || end > text->len) {
        return KK_STR("");
    }
    return (kk_str){text->utf8 + begin, end - begin};
}

static const kk_category_info *keep_categories(run *r, const kk_document_result *d)
{
    enum { MOST_EVIDENCE = 12 };
    kk_category_info *list =
        kk_arena_array(r->audit->arena, (size_t)d->n_categories + 1, sizeof *list);
    if (list == NULL) {
        r->failed = true;
        return NULL;
    }
    for (uint32_t i = 0; i < d->n_categories; i++) {
        const kk_category_hit *c = &d->categories[i];
        const kk_str name = kk_bank_category_name(r->auditor->bank, c->id, r->options->lang);
        kk_str words[MOST_EVIDENCE];
        uint32_t n = 0;
        for (uint32_t k = 0; k < c->n_evidence && n < MOST_EVIDENCE; k++) {
            const kk_evidence *e = &c->evidence[k];
            const size_t doc = r->first + e->doc;
            const kk_str w = doc < r->audit->n_docs ? evidence_text(r->texts[doc], e) : KK_STR("");
            bool again = w.len == 0;
            for (uint32_t j = 0; j < n && !again; j++) {
                again = kk_str_equal(words[j], w);
            }
            if (!again) {
                words[n++] = w;
            }
        }
        list[i] = (kk_category_info){.id = keep(r, c->id),
                                     .name = keep(r, name),
                                     .score = c->score,
                                     .cpv = keep_list(r, c->cpv, c->n_cpv),
                                     .n_cpv = c->n_cpv,
                                     .evidence = keep_list(r, words, n),
                                     .n_evidence = n};
    }
    return list;
}

static const char *state_of(const run *r, const kk_managed *m)
{
    kk_clause_card card;
    if (!kk_bank_has_clause(r->auditor->bank, m->clause)) {
        return "unknown";
    }
    if (!kk_str_equal(m->tag_hash, m->text_hash)) {
        return "edited";
    }
    if (kk_bank_card(r->auditor->bank, m->clause, kk_z(r->options->date), false, KK_LANG_NB,
                     &card) &&
        !kk_str_equal(card.version, m->version)) {
        return "outdated";
    }
    return "current";
}

/* Clauses whose control or tag was lost, known by their words. Audits of bare text have none. */
static size_t find_untagged(run *r, const kk_text *text, kk_arena *scratch, kk_untagged **out)
{
    size_t n = 0;
    if (scratch == NULL || kk_untagged_find(r->auditor->bank, text, kk_z(r->options->date), scratch,
                                            out, &n, NULL) != KK_OK) {
        r->failed = true;
        return 0;
    }
    return n;
}

static void keep_managed(run *r, const kk_text *text, kk_document_info *info)
{
    kk_arena *scratch = kk_arena_new();
    kk_untagged *untagged = NULL;
    const size_t more = find_untagged(r, text, scratch, &untagged);
    kk_managed_info *list =
        kk_arena_array(r->audit->arena, (size_t)text->n_managed + more + 1, sizeof *list);
    for (uint32_t i = 0; list != NULL && i < text->n_managed; i++) {
        const kk_managed *m = &text->managed[i];
        list[info->n_managed++] =
            (kk_managed_info){.clause = keep(r, m->clause),
                              .version = keep(r, m->version),
                              .state = state_of(r, m),
                              .pending = (m->flags & KK_MANAGED_PENDING) != 0,
                              .paragraph = m->para_begin};
    }
    for (size_t i = 0; list != NULL && i < more; i++) {
        list[info->n_managed++] = (kk_managed_info){
            .clause = keep(r, untagged[i].clause),
            .version = keep(r, untagged[i].version),
            .state = "untagged",
            .pending = (text->paras[untagged[i].paragraph].flags & KK_PARA_INSERTED) != 0,
            .paragraph = untagged[i].paragraph};
    }
    r->failed = r->failed || list == NULL;
    info->managed = list;
    kk_arena_free(scratch);
}

/* By place first: a demand in the contract is a term of the contract, whoever recognised it. */
static void count_requirements(kk_document_info *info, const kk_document_result *d)
{
    for (uint32_t i = 0; i < d->n_criteria; i++) {
        info->n_criteria += d->criteria[i].genuine ? 1 : 0;
    }
    for (uint32_t i = 0; i < d->n_requirements; i++) {
        const kk_requirement *q = &d->requirements[i];
        if (kk_str_is(q->kind, "kriterium") || kk_str_is(q->kind, "begrunnelse") ||
            kk_str_is(q->kind, "mal") || kk_str_is(q->place, "award")) {
            continue;
        }
        if (!q->binding) {
            info->n_soft++;
        } else if (kk_str_is(q->kind, "kvalifikasjon") || kk_str_is(q->place, "qualification")) {
            info->n_qualification++;
        } else if (kk_str_is(q->kind, "kontrakt") || kk_str_is(q->place, "contract")) {
            info->n_contract++;
        } else {
            info->n_specification++;
        }
    }
}

static void keep_document(run *r, size_t i, const kk_document_result *d, const kk_verdict *verdict)
{
    kk_document_info *info = &r->audit->docs[i];
    const kk_text *text = r->texts[i];
    *info = (kk_document_info){.size = sizeof *info,
                               .path = keep(r, kk_z(r->docs[i]->name)),
                               .sha256 = keep(r, kk_z(r->docs[i]->sha256)),
                               .language = kk_audit_language(d->lang, d->lang_mixed),
                               .kind = keep(r, d->kind),
                               .categories = keep_categories(r, d),
                               .n_categories = d->n_categories,
                               .verdict = keep_verdict(r, verdict),
                               .facts = text->facts};
    keep_managed(r, text, info);
    count_requirements(info, d);
    kk_audit_more(info, d, &r->outlines[i], r->audit->arena, &r->failed);
}

/* ---- findings ------------------------------------------------------------------------------ */

/* Over rule, evidence and the words of the headings; numbers and positions stay out, so that a new
 * chapter or a moved paragraph changes nothing. */
static kk_str fingerprint(run *r, kk_str rule, kk_str evidence, uint32_t para,
                          const kk_outline *outline)
{
    enum { PIECES = 2 * (2 + 9) };
    kk_str pieces[PIECES];
    size_t n = 0;
    const kk_str end = {"\n", 1};
    uint32_t path[9];
    size_t depth = 0;
    if (para < outline->text->n_paras) {
        depth = kk_outline_path(outline, para, path, 9);
    }
    pieces[n++] = rule;
    pieces[n++] = end;
    pieces[n++] = kk_utf8_normalise(r->audit->arena, kk_utf8_lower(r->audit->arena, evidence));
    pieces[n++] = end;
    for (size_t i = 0; i < depth; i++) {
        kk_str number;
        const kk_str words = kk_heading_text(outline->text, path[i], &number);
        pieces[n++] = kk_utf8_normalise(r->audit->arena, kk_utf8_lower(r->audit->arena, words));
        pieces[n++] = end;
    }
    char hex[65];
    kk_sha256_hex_pieces(pieces, n, hex);
    return keep(r, (kk_str){hex, 16});
}

/* Counts the finding, or holds it back where somebody has decided so. */
static kk_status push_finding(run *r, const kk_finding *f)
{
    kk_held held = {.finding = *f};
    kk_audit *audit = r->audit;
    if (kk_suppress_find(r->options->config, audit->docs[f->document].path,
                         kk_z(r->options->date), f, audit->arena, &held.info)) {
        held.info.suppression = keep(r, held.info.suppression);
        held.info.reason = keep(r, held.info.reason);
        held.info.decided_by = keep(r, held.info.decided_by);
        held.info.until = keep(r, held.info.until);
        return !r->failed && kk_vec_push(&audit->held, held) ? KK_OK : kk_fail_nomem(r->err);
    }
    if (r->failed || !kk_vec_push(&r->findings, *f)) {
        return kk_fail_nomem(r->err);
    }
    audit->counts[f->severity]++;
    audit->docs[f->document].n_findings[f->severity]++;
    return KK_OK;
}

static kk_status keep_finding(run *r, const kk_hit *hit, size_t doc)
{
    const kk_text *text = r->texts[doc];
    const kk_str evidence = evidence_text(text, &hit->at);
    const uint32_t para = hit->at.para < text->n_paras ? hit->at.para : KK_NONE;
    kk_clause_card card = {0};
    const bool known =
        hit->remedy.len > 0 && kk_bank_card(r->auditor->bank, hit->remedy, kk_z(r->options->date),
                                            r->options->only_reviewed, r->options->lang, &card);
    kk_finding f = {.size = sizeof f,
                    .document = doc,
                    .rule = keep(r, hit->rule),
                    .severity = (kk_finding_level)hit->level,
                    .message = keep(r, hit->message),
                    .why = keep(r, hit->why),
                    .basis = keep_list(r, hit->basis, hit->n_basis),
                    .n_basis = hit->n_basis,
                    .evidence = keep(r, evidence),
                    .paragraph = para == KK_NONE ? KK_STR("") : keep(r, kk_para_text(text, para)),
                    .remedy = known ? keep(r, hit->remedy) : KK_STR(""),
                    .remedy_title = keep(r, card.title),
                    .insertable = known,
                    .help = keep(r, hit->help),
                    .fingerprint = fingerprint(r, hit->rule, evidence, para, &r->outlines[doc])};
    const kk_stretch at = {para, hit->at.begin, hit->at.end};
    KK_TRY(kk_outline_place(&r->outlines[doc], &at, r->options->lang, r->audit->arena, &f.place,
                            r->err));
    return push_finding(r, &f);
}

/* The bank's rule fires once; here it becomes one finding per decision that has run out. */
static kk_status keep_expired(run *r, const kk_hit *hit, size_t doc)
{
    kk_suppression_info s = KK_INIT(kk_suppression_info);
    const kk_str path = kk_z(r->docs[doc]->name);
    for (size_t i = 0; kk_config_suppression(r->options->config, i, r->options->date, &s) == KK_OK;
         i++) {
        if (!s.expired || !kk_suppress_concerns(r->options->config, i, path)) {
            continue;
        }
        kk_hit one = *hit;
        one.message = kk_arena_printf(r->audit->arena, "%.*s (%s, %s, %s)", (int)hit->message.len,
                                      hit->message.ptr, s.rule.ptr, s.decided_by.ptr, s.until.ptr);
        r->failed = r->failed || one.message.ptr == NULL;
        KK_TRY(keep_finding(r, &one, doc));
        const kk_str mark = fingerprint(r, hit->rule, s.id, KK_NONE, &r->outlines[doc]);
        if (r->findings.n > 0 && kk_str_equal(r->findings.items[r->findings.n - 1].rule, hit->rule)) {
            r->findings.items[r->findings.n - 1].fingerprint = mark;
        }
    }
    return KK_OK;
}

/* ---- running ------------------------------------------------------------------------------- */

static kk_status cancelled(const run *r)
{
    if (r->options->cancelled != NULL && r->options->cancelled(r->options->context)) {
        return kk_fail(r->err, KK_E_CANCELLED, "", "stopped as asked");
    }
    return KK_OK;
}

static void tell(const run *r, size_t done, size_t total)
{
    if (r->options->progress != NULL) {
        r->options->progress(r->options->context, done, total);
    }
}

/* Findings of documents [begin, end), and which of them can be mended by inserting. */
static kk_status keep_findings(run *r, const kk_evaluation *e, size_t begin, size_t end)
{
    const size_t before = r->findings.n;
    kk_status status = KK_OK;
    for (uint32_t i = 0; i < e->n_hits && status == KK_OK; i++) {
        const uint32_t doc = e->hits[i].at.doc < end - begin ? e->hits[i].at.doc : 0;
        status = kk_suppress_is_expiry(e->hits[i].rule)
                     ? keep_expired(r, &e->hits[i], begin + doc)
                     : keep_finding(r, &e->hits[i], begin + doc);
    }
    for (size_t i = begin; i < end && before < r->findings.n; i++) {
        KK_TRY(cancelled(r));
        const kk_remedies_case c = {r->auditor->bank,       r->docs[i],
                                    &r->audit->docs[i],     i,
                                    kk_z(r->options->date), &r->findings.items[before],
                                    r->findings.n - before};
        kk_remedies_check(&c);
    }
    return status;
}

/* Judges documents [begin, end) together. */
static kk_status evaluate(run *r, size_t begin, size_t end, const kk_evaluate_options *how)
{
    const kk_evaluation *e = NULL;
    KK_TRY(cancelled(r));
    kk_evaluate_options own = *how;
    for (size_t i = begin; i < end; i++) {
        own.n_expired += kk_suppress_expired(r->options->config, kk_z(r->docs[i]->name), how->date);
    }
    KK_TRY(kk_rules_evaluate(r->auditor->scanner, r->texts + begin, (uint32_t)(end - begin), &own,
                             &e, r->err));
    const bool alone = end - begin == 1;
    r->first = begin;
    for (size_t i = begin; i < end; i++) {
        const kk_document_result *d = &e->documents[i - begin];
        keep_document(r, i, d, alone ? &e->verdict : &d->verdict);
    }
    if (begin == 0 || how->as_procurement) {
        r->audit->verdict = keep_verdict(r, &e->verdict);
        kk_audit_law_keep(r->audit, e, r->texts + begin, &r->failed);
    }
    const kk_status status = keep_findings(r, e, begin, end);
    return status == KK_OK && r->failed ? kk_fail_nomem(r->err) : status;
}

static kk_status prepare(run *r, size_t n)
{
    kk_arena *arena = r->audit->arena;
    r->audit->n_docs = n;
    r->audit->bank = r->auditor->bank;
    r->audit->lang = r->options->lang;
    r->audit->date = keep(r, kk_z(r->options->date));
    r->audit->docs = kk_arena_array(arena, n + 1, sizeof *r->audit->docs);
    r->texts = kk_arena_array(arena, n + 1, sizeof(void *));
    r->outlines = kk_arena_array(arena, n + 1, sizeof *r->outlines);
    if (r->audit->docs == NULL || r->texts == NULL || r->outlines == NULL) {
        return kk_fail_nomem(r->err);
    }
    for (size_t i = 0; i < n; i++) {
        KK_TRY(cancelled(r));
        r->texts[i] = r->docs[i]->text;
        KK_TRY(kk_outline_make(&r->outlines[i], r->texts[i], arena, r->err));
    }
    return KK_OK;
}

static bool add_notice_finding(void *context, const kk_finding *finding)
{
    return push_finding(context, finding) == KK_OK;
}

/* The notice is one more document, the last: prepare() left room for it. */
static kk_status compare_notice(run *r, const kk_notice *notice)
{
    kk_audit *audit = r->audit;
    audit->docs[audit->n_docs++] = (kk_document_info){
        .size = sizeof(kk_document_info),
        .path = keep(r, notice->name),
        .sha256 = keep(r, kk_z(notice->sha256)),
        .language = "uncertain",
        .kind = KK_STR("notice"),
        .verdict = {.size = sizeof(kk_verdict_info),
                    .satisfied = -1,
                    .route = KK_STR("not-applicable"),
                    .weight = -1,
                    .basis = KK_STR(""),
                    .from = KK_STR(""),
                    .why = KK_STR("")}};
    kk_notice_case c = {.notice = notice,
                        .audit = audit,
                        .bank = r->auditor->bank,
                        .date = kk_z(r->options->date),
                        .lang = r->options->lang,
                        .arena = audit->arena,
                        .add = add_notice_finding,
                        .context = r};
    kk_notice_check(&c);
    return c.failed || r->failed ? kk_fail_nomem(r->err) : KK_OK;
}

static kk_status run_all(run *r, size_t n)
{
    const kk_audit_options *o = r->options;
    KK_TRY(prepare(r, n));
    kk_str *categories = kk_arena_array(r->audit->arena, o->n_categories + 1, sizeof *categories);
    if (categories == NULL) {
        return kk_fail_nomem(r->err);
    }
    for (size_t i = 0; i < o->n_categories; i++) {
        categories[i] = kk_z(o->categories[i]);
    }
    const kk_evaluate_options how = {.date = kk_z(o->date),
                                     .message_lang = o->lang,
                                     .as_procurement = o->as_procurement,
                                     .level = kk_z(o->level),
                                     .only_categories = categories,
                                     .n_only_categories = (uint32_t)o->n_categories,
                                     .only_reviewed = o->only_reviewed};
    if (o->as_procurement) {
        KK_TRY(evaluate(r, 0, n, &how));
        tell(r, n, n);
        return o->notice != NULL ? compare_notice(r, o->notice) : KK_OK;
    }
    for (size_t i = 0; i < n; i++) {
        KK_TRY(evaluate(r, i, i + 1, &how));
        tell(r, i + 1, n);
    }
    return KK_OK;
}

static kk_status check_options(kk_audit_options *o, const kk_audit_options *options, kk_error *err)
{
    kk_struct_in(o, sizeof *o, options);
    if (o->lang != KK_LANG_NN && o->lang != KK_LANG_EN) {
        o->lang = KK_LANG_NB;
    }
    if (o->level == NULL) {
        o->level = "";
    }
    return kk_date_check(o->date, err);
}

kk_status kk_audit_run(kk_audit **out, kk_auditor *auditor, kk_doc *const *docs, size_t n,
                       const kk_audit_options *options, kk_error *err)
{
    kk_audit_options o;
    *out = NULL;
    KK_TRY(check_options(&o, options, err));
    if (n == 0) {
        return kk_fail(err, KK_E_ARG, "", "no documents to judge");
    }
    kk_audit *audit = kk_malloc(sizeof *audit);
    if (audit == NULL) {
        return kk_fail_nomem(err);
    }
    *audit = (kk_audit){.arena = kk_arena_new(), .as_procurement = o.as_procurement};
    run r = {.audit = audit, .auditor = auditor, .docs = docs, .options = &o, .err = err};
    const kk_status status = audit->arena == NULL ? kk_fail_nomem(err) : run_all(&r, n);
    audit->findings = r.findings.items;
    audit->n_findings = r.findings.n;
    if (status != KK_OK) {
        kk_audit_free(audit);
        return status;
    }
    *out = audit;
    return KK_OK;
}

void kk_audit_free(kk_audit *audit)
{
    if (audit != NULL) {
        kk_release(audit->findings);
        kk_vec_free(&audit->held);
        kk_arena_free(audit->arena);
        kk_release(audit);
    }
}

/* ---- reading an audit ---------------------------------------------------------------------- */

size_t kk_audit_documents(const kk_audit *audit)
{
    return audit->n_docs;
}

kk_status kk_audit_document(const kk_audit *audit, size_t i, kk_document_info *out)
{
    return i < audit->n_docs ? kk_struct_out(out, &audit->docs[i], sizeof audit->docs[i])
                             : KK_E_ARG;
}

kk_status kk_audit_verdict(const kk_audit *audit, kk_verdict_info *out)
{
    return kk_struct_out(out, &audit->verdict, sizeof audit->verdict);
}

size_t kk_audit_count(const kk_audit *audit)
{
    return audit->n_findings;
}

kk_status kk_audit_finding(const kk_audit *audit, size_t i, kk_finding *out)
{
    return i < audit->n_findings
               ? kk_struct_out(out, &audit->findings[i], sizeof audit->findings[i])
               : KK_E_ARG;
}

size_t kk_audit_count_at(const kk_audit *audit, kk_finding_level severity)
{
    size_t n = 0;
    for (unsigned s = (unsigned)severity; s <= KK_SEVERITY_ERROR; s++) {
        n += audit->counts[s];
    }
    return n;
}

size_t kk_audit_held(const kk_audit *audit)
{
    return audit->held.n;
}

kk_status kk_audit_held_at(const kk_audit *audit, size_t i, kk_held_info *out)
{
    if (i >= audit->held.n) {
        return KK_E_ARG;
    }
    kk_held_info info = audit->held.items[i].info;
    info.size = sizeof info;
    info.finding = &audit->held.items[i].finding;
    return kk_struct_out(out, &info, sizeof info);
}
