/* Weights as tenders write them: "30 %", "30%", "30 pst.", "tretti prosent", "0,30", "30 poeng",
 * "30-40 %", "1/3", "XX %", "[30] %". */
#ifndef KK_WEIGHT_H
#define KK_WEIGHT_H

#include <klimakrav/types.h>

typedef enum kk_weight_unit {
    KK_WEIGHT_NONE = 0, /* a bare number */
    KK_WEIGHT_PERCENT,
    KK_WEIGHT_POINTS
} kk_weight_unit;

typedef struct kk_weight {
    double low, high; /* equal unless a range; as written ("0,30" gives 0.3) */
    kk_weight_unit unit;
    bool placeholder;  /* "XX %", "__ %", "[30] %": nobody has decided it; low = high = 0 when no
                          figure */
    bool at_most;      /* "inntil 30 %", "opptil": a ceiling is no weight */
    size_t begin, end; /* bytes of s that it takes up */
} kk_weight;

/* Next weight-like figure in s at or after *at; moves *at past it. False when there is none.
 * Figures with another unit than per cent or points (30 dager, kr 500, 5 år, § 7-9, 2026) are
 * passed over; bare numbers are given only when `bare` is true. Blanks are plain spaces in TEXT. */
bool kk_weight_next(kk_str s, size_t *at, bool bare, kk_weight *out);

#endif
