/* Points of law that documents decide (which regulation, which part, over which amounts), and the
 * codes of the notice that they call for. What holds when is data of the bank; this room only
 * asks. Internal to rules. */
#ifndef KK_LAW_H
#define KK_LAW_H

#include "award.h"
#include "judge.h"

/* The estimated value of the contract in kroner, as the document states it near one of the words of
 * pattern law-value ("anslått verdi 2,4 mill. kroner"). A range gives its upper end. False when
 * none is stated. */
bool kk_law_value(const kk_probe *probe, const kk_text *text, uint32_t doc, double *value,
                  kk_evidence *at);

/* Appends one fact per name of the bank's law facts to facts (room for kk_law_names), in order,
 * each able to ask about those before it. *points gets the same for people; NULL when not wanted.
 * KK_E_NOMEM. */
kk_status kk_law_judge(kk_scan *scan, const kk_unit_range *unit, kk_fact *facts, uint32_t *n_facts,
                       kk_error *err);
/* Distinct names among the law facts of the bank. */
uint32_t kk_law_names(const kk_model *model);
/* The basis as it is cited under the regulation that applies: "FSF § 7-9 (2)". Lives in arena. */
kk_status kk_law_cite(const kk_scan *scan, const kk_facts *facts, kk_str *basis, kk_error *err);
/* What the points say in the message language, and the codes of the notice on the date. */
kk_status kk_law_publish(kk_scan *scan, const kk_unit_range *unit, const kk_facts *facts,
                         kk_evaluation *out, kk_error *err);

#endif
