/* Reads the reasons that FOA § 7-9 asks for, and the follow-up terms of a contract. */
#ifndef KK_REASON_H
#define KK_REASON_H

#include "award.h"

/* A reason given in the documents.
 *   present   something that sets out to be this reason (not guidance text, not a heading)
 *   ok        it applies the rule to this procurement: a because-clause, concrete words, more than
 * a quotation, no open placeholder, and what the kind asks for besides halves    insignificant
 * only: 1 for climate footprint + 1 for environmental load elsewhere replace only: the requirements
 * are said to stand in an annex or another file */
typedef struct kk_reason {
    bool present, ok, elsewhere;
    unsigned halves;
    kk_evidence at;
} kk_reason;

typedef struct kk_reasons {
    kk_reason replace;       /* requirements replace or are combined with criteria */
    kk_reason insignificant; /* immaterial by its nature */
    kk_reason critical;      /* health, safety, emergency preparedness */
    kk_reason minimum;       /* mandatory standardised minimum requirements */
} kk_reasons;

typedef struct kk_follow {
    bool reporting, control, sanction; /* tied to climate or environment */
    kk_evidence reporting_at, control_at, sanction_at;
} kk_follow;

/* One pass over the paragraphs of document `doc`; patterns reason-* and follow-* of the bank. */
void kk_reasons_read(const kk_probe *probe, const kk_text *text, uint32_t doc, kk_reasons *out);
void kk_follow_read(const kk_probe *probe, const kk_text *text, uint32_t doc, kk_follow *out);

#endif
