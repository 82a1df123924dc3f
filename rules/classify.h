/* Categories by score and evidence. Internal to this room. */
#ifndef KK_CLASSIFY_H
#define KK_CLASSIFY_H

#include "scan.h"

/* What a category needs to hold. */
#define KK_CATEGORY_THRESHOLD 3.0

/* Scores every category over the documents [doc_begin, doc_end). scores has room for n_categories
 * and gets all of them; *out lists those over the threshold, best first. */
kk_status kk_classify(kk_scan *scan, uint32_t doc_begin, uint32_t doc_end, double *scores,
                      const kk_category_hit **out, uint32_t *n, kk_error *err);

/* ---- cpv.c --------------------------------------------------------------------------------- */

typedef struct kk_cpv_hit {
    uint32_t para; /* global */
    uint32_t begin, end;
    uint32_t cpv; /* index in the model's table */
} kk_cpv_hit;

/* Codes written as 45000000-7, 45000000, 45 00 00 00 or "CPV-kode 45", known to the table. Without
 * its check digit a code counts only near the letters CPV. */
kk_status kk_cpv_find(kk_scan *scan, uint32_t begin, uint32_t end, const kk_cpv_hit **out,
                      uint32_t *n, kk_error *err);
/* Does category own code by one of the longest prefixes that any category has for it? */
bool kk_cpv_belongs(const kk_model *model, kk_str code, uint32_t category);

#endif
