/* What stands in a document against the bank's words, for people. */
#ifndef KK_PLANDIFF_H
#define KK_PLANDIFF_H

#include "plan.h"

/* Fills e->item.diff from e->managed and e->blocks (with e->item.as_row chosen). */
kk_status kk_plan_diff(kk_plan *plan, kk_plan_entry *e, kk_error *err);

#endif
