/* Which remedies may be inserted into the document at hand. */
#ifndef KK_REMEDIES_H
#define KK_REMEDIES_H

#include "core.h"

/* One document of an audit, and the findings among which its own are (kk_finding.document ==
 * index). */
typedef struct kk_remedies_case {
    const kk_bank *bank;
    const kk_doc *doc;
    const kk_document_info *info;
    size_t index;
    kk_str date;
    kk_finding *findings;
    size_t n;
} kk_remedies_case;

/* Takes `insertable` away from the document's findings whose clause
 *   - is there already (managed), or the document is protected;
 *   - is a criterion or a reason though the duty is met (verdict);
 *   - belongs in another kind of document (an award criterion in a contract);
 *   - is the other way to satisfy the same duty: a weighted criterion and a reason for not having
 * one exclude each other. What stands there already decides, else the route the document attempts.
 */
void kk_remedies_check(const kk_remedies_case *c);

#endif
