/* What an audit keeps beside its findings: the tree of criteria, the language of chapters, points
 * of law, codes of the notice. */
#ifndef KK_AUDITMORE_H
#define KK_AUDITMORE_H

#include "outline.h"

/* Copies criteria and chapters of d into info; strings in arena. *failed: out of memory. */
void kk_audit_more(kk_document_info *info, const kk_document_result *d, const kk_outline *outline,
                   kk_arena *arena, bool *failed);
/* Copies points of law and codes into audit; texts are those of e->documents. */
void kk_audit_law_keep(kk_audit *audit, const kk_evaluation *e, const kk_text *const *texts,
                       bool *failed);
/* "nb", "nn", "mixed", "uncertain", "other". */
const char *kk_audit_language(kk_lang lang, bool mixed);

#endif
