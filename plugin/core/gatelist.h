/* What the pre-publication screen says beside the findings, gathered while documents are added: a
 * checklist, the arithmetic of the weights, the points of law. Used by its text and its HTML form.
 */
#ifndef KK_GATELIST_H
#define KK_GATELIST_H

#include "core.h"
#include "messages.h"

enum { KK_GATE_RULES = 64, KK_GATE_CATEGORIES = 24, KK_GATE_ITEMS = 24, KK_GATE_LAW = 4 };

typedef enum kk_gate_state { KK_GATE_OK = 0, KK_GATE_LOOK, KK_GATE_BAD } kk_gate_state;

/* One line of the checklist. */
typedef struct kk_gate_item {
    kk_gate_state state;
    kk_str text;  /* what is checked */
    kk_str rules; /* "H02, H03": where to read on; empty when all is well */
} kk_gate_item;

/* One line of the arithmetic. */
typedef struct kk_gate_weight {
    kk_str name;
    uint32_t depth, set;
    double weight; /* -1: none */
    int rank;
    bool counts, speaks, placeholder; /* measures climate; its words only speak of it */
} kk_gate_weight;

/* Grows with every document; strings live in the report's arena. */
typedef struct kk_gate {
    kk_str rules[KK_GATE_RULES]; /* that spoke, each once */
    kk_finding_level levels[KK_GATE_RULES];
    size_t n_rules;
    kk_str categories[KK_GATE_CATEGORIES];
    size_t n_categories;
    kk_str law[KK_GATE_LAW]; /* sentences */
    size_t n_law;
    kk_gate_weight *weights;
    size_t n_weights;
    bool pending, notice, tender, failed;
} kk_gate;

/* Takes document doc of audit in. */
void kk_gate_see(kk_gate *gate, const kk_audit *audit, size_t doc, kk_arena *arena);
/* Number of the lot that line i of the arithmetic opens, 0 when it opens none or there is but one.
 */
size_t kk_gate_opens_lot(const kk_gate *gate, size_t i);
/* The checklist; returns how many lines, at most KK_GATE_ITEMS. */
size_t kk_gate_items(const kk_gate *gate, const kk_bank *bank, kk_str date, kk_lang lang,
                     kk_arena *arena, kk_gate_item *out);

#endif
