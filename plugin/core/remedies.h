/* Which remedies may be inserted into the document at hand. */
#ifndef KK_REMEDIES_H
#define KK_REMEDIES_H

#include "core.h"

/* Takes `insertable` away from the findings of document `index` among findings[0..n) whose clause
 *   - is there already (managed), or the document is protected;
 *   - belongs in another kind of document (an award criterion in a contract);
 *   - is the other way to satisfy the same duty: a weighted criterion and a reason for not having one
 *     exclude each other. What stands there already decides, else the route the document attempts. */
void kk_remedies_check(const kk_bank *bank, const kk_doc *doc, const kk_document_info *info,
                       size_t index, const kk_audit_options *options, kk_finding *findings,
                       size_t n);

#endif
