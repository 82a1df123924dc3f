/* What a set of documents says about § 7-9, as named facts that the bank's conditions ask for:
 *   award.present         an award chapter or criteria table, not one that only points elsewhere
 *   award.stated          weights, priority, monetised or none
 *   award.weight          genuine climate/environment weight, per cent; known with weights
 *   award.nominal-weight  weight of criteria that speak of it, whether they count or not
 *   award.sum             of the top level
 *   award.rank            of the first genuine criterion, 0 = none; known with a ranking
 *   award.n-criteria      nodes of the tree
 *   award.price-only, award.placeholder-weight, award.mixed-heading, award.mixed-part,
 *   award.bare-certificate,
 *   award.monetised, award.documented, award.climate-undocumented
 *   award.named           a genuine criterion has neither weight nor rank
 *   award.alternatives    nobody has struck out the alternatives in the award chapter
 *   reason.replace.present, .ok, .elsewhere (the requirements stand in another file)
 *   reason.exempt.insignificant|critical|minimum.present, .ok; insignificant.halves 0-2
 *   reason.exempt.count   exemptions that are claimed
 *   reason.in-note        every reason stands outside the body
 *   req.n, .binding, .measurable, .documented, .soft, .in-qualification
 *   follow.reporting, .control, .sanction: terms tied to climate or environment
 *   set.has-award, .has-spec, .has-contract; lcc.present; climate.mentions
 *   doc.kind, doc.tracked, doc.paragraphs
 *   lang.other-chapters   chapters in the other form of Norwegian
 *   law.value             stated value of the contract in kroner; known when it is stated
 * and those that the bank makes of them itself (law-fact). */
#ifndef KK_DOSSIER_H
#define KK_DOSSIER_H

#include "award.h"
#include "reason.h"

/* What one document contributes; read once, joined as often as needed. */
/* Requirements on the delivery in one document, and the first of each sort. */
typedef struct kk_req_count {
    uint32_t n, binding, measurable, documented, soft, in_qualification;
    kk_evidence first, soft_at, qualification_at;
} kk_req_count;

typedef struct kk_contribution {
    kk_award award;
    kk_reasons reasons;
    kk_follow follow;
    kk_req_count req;
    bool has_award, has_spec, has_contract; /* by kind of document or by its sections */
    bool lcc, climate;
    bool has_value;
    double value; /* of the contract in kroner, when has_value */
    kk_evidence value_at;
    kk_evidence lcc_at;
    const kk_text *text;
    const kk_document_result *result; /* lang, kind and requirements are filled already */
} kk_contribution;

/* Reads document `doc`. `result` must outlive *out. Errors as kk_award_read. */
kk_status kk_dossier_read(const kk_probe *probe, const kk_text *text, uint32_t doc,
                          const kk_document_result *result, kk_contribution *out, kk_error *err);

/* Joins contributions [0, n) into facts: the document with the award criteria gives the weights,
 * reasons and requirements are added up, the best reason counts. *out lives in arena. KK_E_NOMEM.
 */
kk_status kk_dossier_facts(const kk_contribution *list, uint32_t n, kk_arena *arena,
                           const kk_fact **out, uint32_t *n_out, kk_error *err);

#endif
