/* Passages that ask for something for climate or environment. Internal to this room. */
#ifndef KK_REQUIREMENT_H
#define KK_REQUIREMENT_H

#include "scan.h"

/* One recogniser saw something in a unit. */
typedef struct kk_sighting {
    uint32_t begin, end; /* global paragraphs of the unit */
    uint32_t recogniser;
    kk_evidence at;
} kk_sighting;

/* Fills scan->requirements (one per unit; what lies inside a larger unit is part of it) and the
 * lists in scan->results. Recognisers that are not valid on the date of the options keep silent. */
kk_status kk_requirements_find(kk_scan *scan, kk_error *err);
/* All sightings in a document, by unit, then recogniser. */
kk_status kk_requirements_sightings(kk_scan *scan, uint32_t doc, const kk_sighting **out,
                                    uint32_t *n, kk_error *err);

#endif
