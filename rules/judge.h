/* Conditions over units of text. Internal to this room. */
#ifndef KK_JUDGE_H
#define KK_JUDGE_H

#include "scan.h"
#include "vec.h"

/* What a condition is asked about: a range of global paragraphs that is a paragraph, cell, row ...
 */
typedef struct kk_unit_range {
    kk_extent extent; /* never KK_EXTENT_UNIT */
    uint32_t doc;     /* its document; for a procurement the first one */
    uint32_t begin, end;
    uint32_t
        index; /* cell in its text, row in scan->rows, table in its text, section; else KK_NONE */
} kk_unit_range;

typedef KK_VEC(kk_unit_range) kk_unit_list;

typedef struct kk_judge {
    kk_scan *scan;
    kk_error *err;
    kk_status status;  /* sticky: KK_E_NOMEM ends all judging */
    bool has_evidence; /* evidence holds the first thing that spoke for the condition */
    kk_evidence evidence;
    uint32_t none_depth;   /* inside <none>: nothing there is evidence */
    const kk_facts *facts; /* those that <fact> asks; NULL before they are computed */
} kk_judge;

/* ---- units.c ------------------------------------------------------------------------------- */

kk_unit_range kk_unit_document(const kk_scan *scan, uint32_t doc);
/* The set when texts are one procurement, else the document. */
kk_unit_range kk_unit_procurement(const kk_scan *scan, uint32_t doc);
/* unit, or the wider extent around its beginning. A narrower extent gives unit itself. */
kk_unit_range kk_unit_widen(const kk_scan *scan, const kk_unit_range *unit, kk_extent in);
/* Unit of this extent (PARAGRAPH to TABLE) that holds a global paragraph; false for cell, row,
 * table when the paragraph is in none. */
bool kk_unit_around(const kk_scan *scan, uint32_t para, kk_extent extent, kk_unit_range *out);
/* Appends all units of this extent in document doc, in order. False when out of memory. */
bool kk_units_all(const kk_scan *scan, uint32_t doc, kk_extent extent, kk_unit_list *out);
/* Appends units of PARAGRAPH, CELL or ROW in doc that hold a hit of one of the patterns, in order,
 * each once. */
kk_status kk_units_with(kk_scan *scan, uint32_t doc, kk_extent extent, const uint32_t *patterns,
                        uint32_t n, kk_unit_list *out, kk_error *err);

/* ---- judge.c ------------------------------------------------------------------------------- */

kk_status kk_judge_memory(kk_scan *scan, kk_error *err);
/* Does the condition hold for the unit? False also after a failure (see status). */
bool kk_judge_holds(kk_judge *judge, const kk_condition *condition, const kk_unit_range *unit);
/* Patterns of which one must hit inside the unit for the condition to hold; 0 when there are none
 * or more than max. */
uint32_t kk_condition_drivers(const kk_condition *condition, uint32_t *patterns, uint32_t max);
/* Is hit good for a <match> with these choices? */
bool kk_hit_counts(const kk_pattern_hit *hit, kk_choice negated, kk_choice guidance,
                   kk_choice heading);

/* ---- primitives.c -------------------------------------------------------------------------- */

/* All primitives but match and near. */
bool kk_primitive_holds(kk_judge *judge, const kk_condition *condition, const kk_unit_range *unit);
/* Records evidence unless there is some already or a <none> is open. */
void kk_judge_note(kk_judge *judge, const kk_evidence *evidence);
/* Words in paragraphs [begin, end): runs of letters and digits. */
uint32_t kk_words_in(const kk_scan *scan, uint32_t begin, uint32_t end, uint32_t enough);
/* No words, or only those that patterns with role void know ("Ikke relevant", "Utgår"). Headings in
 * the range do not count as content. */
bool kk_is_empty(const kk_scan *scan, uint32_t begin, uint32_t end);

#endif
