/* Decides for every finding whether its clause can go into this document. */
#include "remedies.h"

#include "bankview.h"

static const char award[] = "tildelingskriterium";
static const char reason[] = "begrunnelse";

static bool editable(const kk_doc *doc)
{
    return doc->docx == NULL || (doc->text->facts & KK_FACT_PROTECTED) == 0;
}

static bool is_managed(const kk_text *text, kk_str clause)
{
    for (uint32_t i = 0; i < text->n_managed; i++) {
        if (kk_str_equal(text->managed[i].clause, clause)) {
            return true;
        }
    }
    return false;
}

static bool is_type(const kk_bank *bank, kk_str clause, kk_str date, const char *type)
{
    kk_clause_card card;
    return kk_bank_card(bank, clause, date, false, KK_LANG_NB, &card) && kk_str_is(card.type, type);
}

static bool has_managed_type(const kk_bank *bank, const kk_text *text, kk_str date,
                             const char *type)
{
    for (uint32_t i = 0; i < text->n_managed; i++) {
        if (is_type(bank, text->managed[i].clause, date, type)) {
            return true;
        }
    }
    return false;
}

/* The type of clause that gives way, NULL when none does. */
static const char *loser(const kk_bank *bank, const kk_doc *doc, const kk_document_info *info,
                         kk_str date)
{
    static const char *const reasoned[] = {"replaced", "combined", "exempt"};
    if (has_managed_type(bank, doc->text, date, award)) {
        return reason;
    }
    if (has_managed_type(bank, doc->text, date, reason)) {
        return award;
    }
    for (size_t i = 0; i < sizeof reasoned / sizeof *reasoned; i++) {
        if (kk_str_is(info->verdict.route, reasoned[i])) {
            return award;
        }
    }
    return reason;
}

static bool mended_already(const kk_bank *bank, const kk_text *text, kk_str rule)
{
    for (uint32_t i = 0; i < text->n_managed; i++) {
        if (kk_bank_mends(bank, rule, text->managed[i].clause)) {
            return true;
        }
    }
    return false;
}

/* One clause for two findings where one will do: reporting asks for the joint follow-up clause, and
 * that holds the sanction too, so the sanction finding takes it instead of a clause of its own. */
static void share(const kk_bank *bank, size_t index, kk_finding *findings, size_t n, kk_finding *f)
{
    for (size_t i = 0; i < n; i++) {
        const kk_finding *other = &findings[i];
        if (other != f && other->document == index && other->insertable &&
            !kk_str_equal(other->remedy, f->remedy) &&
            kk_bank_mends(bank, f->rule, other->remedy) &&
            !kk_bank_mends(bank, other->rule, f->remedy)) {
            f->remedy = other->remedy;
            f->remedy_title = other->remedy_title;
            return;
        }
    }
}

/* Could the finding's clause go in, were it the only one? */
static bool may_insert(const kk_remedies_case *c, const kk_finding *f)
{
    const kk_text *text = c->doc->text;
    /* A duty that is met calls for no further criterion, and no further reason. */
    if (c->info->verdict.satisfied == 1 && (is_type(c->bank, f->remedy, c->date, award) ||
                                            is_type(c->bank, f->remedy, c->date, reason))) {
        return false;
    }
    /* A document that weighs climate already needs more weight on it, not a second such criterion. */
    if (c->info->verdict.weight > 0.0 && is_type(c->bank, f->remedy, c->date, award)) {
        return false;
    }
    /* The routes of § 7-9 shut each other out: a document gives the reason for one of them. */
    if (is_type(c->bank, f->remedy, c->date, reason) &&
        has_managed_type(c->bank, text, c->date, reason)) {
        return false;
    }
    return editable(c->doc) && !is_managed(text, f->remedy) &&
           !mended_already(c->bank, text, f->rule) &&
           kk_bank_fits_kind(c->bank, f->remedy, c->date, c->info->kind);
}

static bool asks_for(const kk_remedies_case *c, const kk_finding *f, const char *type)
{
    return f->document == c->index && f->insertable && is_type(c->bank, f->remedy, c->date, type);
}

static bool some_asks_for(const kk_remedies_case *c, const char *type)
{
    bool some = has_managed_type(c->bank, c->doc->text, c->date, type);
    for (size_t i = 0; i < c->n && !some; i++) {
        some = asks_for(c, &c->findings[i], type);
    }
    return some;
}

/* Of several reasons the first that a finding asks for, since one document takes one route. */
static void keep_one_reason(const kk_remedies_case *c)
{
    const kk_finding *first = NULL;
    for (size_t i = 0; i < c->n; i++) {
        kk_finding *f = &c->findings[i];
        if (!asks_for(c, f, reason)) {
            continue;
        }
        first = first == NULL ? f : first;
        f->insertable = kk_str_equal(f->remedy, first->remedy);
    }
}

void kk_remedies_check(const kk_remedies_case *c)
{
    for (size_t i = 0; i < c->n; i++) {
        kk_finding *f = &c->findings[i];
        if (f->document == c->index && f->insertable) {
            share(c->bank, c->index, c->findings, c->n, f);
            f->insertable = may_insert(c, f);
        }
    }
    keep_one_reason(c);
    if (!some_asks_for(c, award) || !some_asks_for(c, reason)) {
        return;
    }
    const char *out = loser(c->bank, c->doc, c->info, c->date);
    for (size_t i = 0; i < c->n; i++) {
        if (asks_for(c, &c->findings[i], out)) {
            c->findings[i].insertable = false;
        }
    }
}
