/* Evaluation with a narrower question, for the tests of the bank. Internal to this room. */
#ifndef KK_EVALUATE_H
#define KK_EVALUATE_H

#include "scan.h"

typedef struct kk_evaluate_focus {
    kk_str rule; /* judge only this rule; empty = all */
    kk_str kind; /* kind of every document; empty = found by the bank */
} kk_evaluate_focus;

/* As kk_rules_evaluate in everything else. */
kk_status kk_evaluate_focused(kk_scanner *scanner, const kk_text *const *texts, uint32_t n_texts,
                              const kk_evaluate_options *options, const kk_evaluate_focus *focus,
                              const kk_evaluation **out, kk_error *err);

/* Everything but the rules: afterwards categories, kinds, requirements and facts of *scan stand,
 * and conditions can be judged. Close before anything else is asked of the scanner. */
kk_status kk_evaluate_open(kk_scanner *scanner, const kk_text *const *texts, uint32_t n_texts,
                           const kk_evaluate_options *options, const kk_evaluate_focus *focus,
                           kk_scan **scan, kk_error *err);
void kk_evaluate_close(kk_scanner *scanner);

#endif
