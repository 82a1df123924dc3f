/* Figures in running text, as Norwegians write them. */
#ifndef KK_NUMBER_H
#define KK_NUMBER_H

#include <klimakrav/types.h>

typedef enum kk_unit {
    KK_UNIT_NONE = 0, /* a bare number */
    KK_UNIT_PERCENT,
    KK_UNIT_POINTS,
    KK_UNIT_KR,
    KK_UNIT_YEAR,
    KK_UNIT_MONTH,
    KK_UNIT_DAY,
    KK_UNIT_KWH,
    KK_UNIT_G,
    KK_UNIT_KG,
    KK_UNIT_TONNE,
    KK_UNIT_KM,
    KK_UNIT_OTHER /* a unit of another kind: m2, Wh, dB ... */
} kk_unit;

typedef struct kk_number {
    size_t begin, end; /* bytes, unit included */
    double value;      /* "1 000,5" is 1000.5; "0,30" is 0.3 */
    kk_unit unit;
    bool decimals; /* written with a decimal sign */
} kk_number;

/* Next figure in s at or after *at; moves *at past it. False when there is none. Knows
 *   30 %  30%  30 pst.  30 prosent  tretti prosent  0,30  1 000  1.000.000  kr 500  500 kr  500,-
 *   5 år  12 mnd.  90 g/km  4,5 kg CO2e  30-40 % (two figures, both per cent)
 * Passed over: figures inside words and names (CO2, K1, ISO 14001 stays a bare number), paragraph
 * references (§ 7-9), dates (01.02.2026). Number words are seen only before a unit.
 *   cost  linear in s over all calls. */
bool kk_number_next(kk_str s, size_t *at, kk_number *out);

#endif
