/* Copies what an evaluation knows beside findings, since the evaluation goes with its scanner. */
#include "auditmore.h"

const char *kk_audit_language(kk_lang lang, bool mixed)
{
    if (mixed) {
        return "mixed";
    }
    switch (lang) {
    case KK_LANG_NB:
        return "nb";
    case KK_LANG_NN:
        return "nn";
    case KK_LANG_UNSET:
        return "uncertain";
    case KK_LANG_EN:
    case KK_LANG_OTHER:
        break;
    }
    return "other";
}

static void keep_criteria(kk_document_info *info, const kk_document_result *d, kk_arena *arena,
                          bool *failed)
{
    kk_criterion_info *list = kk_arena_array(arena, (size_t)d->n_criteria + 1, sizeof *list);
    if (list == NULL) {
        *failed = true;
        return;
    }
    for (uint32_t i = 0; i < d->n_criteria; i++) {
        const kk_criterion *c = &d->criteria[i];
        list[i] = (kk_criterion_info){.name = kk_keep(arena, c->name, failed),
                                      .parent = c->parent,
                                      .weight = c->weight,
                                      .stated = c->stated,
                                      .rank = c->rank,
                                      .price = c->price,
                                      .nominal = c->nominal,
                                      .genuine = c->genuine,
                                      .placeholder = c->placeholder,
                                      .set = c->set,
                                      .why = kk_keep(arena, c->why, failed),
                                      .paragraph = c->at.para};
    }
    info->award = list;
    info->n_award = d->n_criteria;
    double *weights = kk_arena_array(arena, (size_t)d->n_set_weights + 1, sizeof *weights);
    if (weights == NULL) {
        *failed = true;
        return;
    }
    for (uint32_t i = 0; i < d->n_set_weights; i++) {
        weights[i] = d->set_weights[i];
    }
    info->lot_weights = weights;
    info->n_lot_weights = d->n_set_weights;
}

static kk_str heading_of(const kk_text *text, uint32_t para, kk_arena *arena, bool *failed)
{
    kk_str number;
    if (para >= text->n_paras || text->paras[para].heading == 0) {
        return KK_STR("");
    }
    const kk_str words = kk_heading_text(text, para, &number);
    if (number.len == 0) {
        return kk_keep(arena, words, failed);
    }
    const kk_str both =
        kk_arena_printf(arena, "%.*s %.*s", (int)number.len, number.ptr, (int)words.len, words.ptr);
    *failed = *failed || both.ptr == NULL;
    return both.ptr == NULL ? KK_STR("") : both;
}

void kk_audit_more(kk_document_info *info, const kk_document_result *d, const kk_outline *outline,
                   kk_arena *arena, bool *failed)
{
    kk_section_info *list = kk_arena_array(arena, (size_t)d->n_sections + 1, sizeof *list);
    info->language_confidence = d->lang_share;
    keep_criteria(info, d, arena, failed);
    if (list == NULL) {
        *failed = true;
        return;
    }
    for (uint32_t i = 0; i < d->n_sections; i++) {
        const kk_lang_section *s = &d->sections[i];
        list[i] = (kk_section_info){.paragraph = s->para,
                                    .heading = heading_of(outline->text, s->para, arena, failed),
                                    .language = kk_audit_language(s->lang, s->mixed),
                                    .confidence = s->share,
                                    .words = s->words};
    }
    info->sections = list;
    info->n_sections = d->n_sections;
}

void kk_audit_law_keep(kk_audit *audit, const kk_evaluation *e, const kk_text *const *texts,
                       bool *failed)
{
    kk_arena *arena = audit->arena;
    kk_law_info *law = kk_arena_array(arena, (size_t)e->n_law + 1, sizeof *law);
    kk_code_hit *codes = kk_arena_array(arena, (size_t)e->n_codes + 1, sizeof *codes);
    kk_str *words = kk_arena_array(arena, (size_t)e->n_codes + 1, sizeof *words);
    if (law == NULL || codes == NULL || words == NULL) {
        *failed = true;
        return;
    }
    for (uint32_t i = 0; i < e->n_law; i++) {
        const kk_law_point *p = &e->law[i];
        law[i] = (kk_law_info){.size = sizeof law[i],
                               .name = kk_keep(arena, p->name, failed),
                               .value = kk_keep(arena, p->value, failed),
                               .says = kk_keep(arena, p->says, failed),
                               .basis = kk_keep(arena, p->basis, failed),
                               .known = p->known};
    }
    for (uint32_t i = 0; i < e->n_codes; i++) {
        codes[i] = e->codes[i];
        codes[i].field = kk_keep(arena, codes[i].field, failed);
        codes[i].code = kk_keep(arena, codes[i].code, failed);
        codes[i].means = kk_keep(arena, codes[i].means, failed);
        codes[i].label = kk_keep(arena, codes[i].label, failed);
        codes[i].basis = kk_keep(arena, codes[i].basis, failed);
        codes[i].from = kk_keep(arena, codes[i].from, failed);
        codes[i].to = kk_keep(arena, codes[i].to, failed);
        codes[i].at.term = KK_STR("");
        const kk_evidence *at = &codes[i].at;
        const bool placed = at->para != KK_NONE && at->doc < e->n_documents;
        words[i] =
            placed ? kk_keep(arena, kk_para_text(texts[at->doc], at->para), failed) : KK_STR("");
    }
    audit->code_texts = words;
    audit->law = law;
    audit->codes = codes;
    audit->n_law = e->n_law;
    audit->n_codes = e->n_codes;
}

kk_status kk_audit_law(const kk_audit *audit, size_t i, kk_law_info *out)
{
    return i < audit->n_law ? kk_struct_out(out, &audit->law[i], sizeof audit->law[i]) : KK_E_ARG;
}
