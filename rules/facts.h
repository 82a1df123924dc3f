/* Facts: named values that conditions ask for, computed before rules are judged. Internal to this
 * room. */
#ifndef KK_FACTS_H
#define KK_FACTS_H

#include "scan.h"

/* Fact by name, or NULL. */
const kk_fact *kk_facts_get(const kk_facts *facts, kk_str name);
/* Fills scan->doc_facts, scan->set_facts, and criteria and verdict of scan->results. Needs
 * language, kinds, categories and requirements. *verdict is that of the set (or of the only
 * document). */
kk_status kk_facts_compute(kk_scan *scan, kk_verdict *verdict, kk_error *err);

/* Does category hold for the set (or for document doc, when texts are judged one by one)? min 0 =
 * the usual threshold. Categories named by the caller's options always hold, and hold alone. */
bool kk_category_holds(const kk_scan *scan, uint32_t doc, uint32_t category, double min);

#endif
