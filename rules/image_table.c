/* What lies flat in a compiled bank and is used where it lies: the automaton of the prefilter and
 * the table of CPV codes. Reading checks that whoever walks them stays inside. */
#include "image.h"

#include <string.h>

static bool rising(const uint32_t *list, uint32_t n, uint32_t first, uint32_t last)
{
    bool good = list[0] == first && list[n] == last;
    for (uint32_t i = 0; i < n; i++) {
        good = good && list[i] <= list[i + 1];
    }
    return good;
}

/* No literal is longer than the way to the state where it ends. States of one depth are neighbours,
 * and so are their children. */
static bool lengths_fit(const kk_prefilter *f)
{
    bool good = true;
    uint32_t first = 0;
    uint32_t end = 1;
    for (uint32_t depth = 0; good && first < end; depth++) {
        for (uint32_t i = f->out_begin[first]; good && i < f->out_begin[end]; i++) {
            good = kk_output_len(f->outputs[i]) <= depth;
        }
        first = f->begin[first];
        end = f->begin[end];
    }
    return good;
}

/* What the scan relies on: everything stays inside, and going back to a suffix comes to an end. */
static bool is_automaton(const kk_prefilter *f)
{
    bool good = f->n_states > 0 && rising(f->begin, f->n_states, 1, f->n_states) &&
                rising(f->out_begin, f->n_states, 0, f->n_outputs) && f->fail[0] == 0 &&
                f->chain[0] == 0;
    for (uint32_t s = 1; good && s < f->n_states; s++) {
        good = f->fail[s] < s && f->chain[s] <= s && f->label[s] < f->n_classes && f->begin[s] > s;
    }
    for (uint32_t i = 0; good && i < f->n_outputs; i++) {
        good = kk_output_matcher(f->outputs[i]) < f->n_matchers;
    }
    for (uint32_t i = 0; good && i < f->n_always; i++) {
        good = f->always[i] < f->n_matchers;
    }
    for (uint32_t b = 0; good && b < 256; b++) {
        good = f->class_of[b] < f->n_classes;
    }
    return good && lengths_fit(f);
}

void kk_image_prefilter(kk_image_io *io, kk_prefilter *f)
{
    const uint8_t *classes = f->class_of;
    f->n_matchers = io->n_matchers;
    f->n_classes = kk_image_upto(io, f->n_classes, 256);
    kk_image_u32(io, &f->n_states);
    kk_image_u32(io, &f->n_outputs);
    kk_image_u32(io, &f->n_always);
    kk_image_raw(io, &classes, 256);
    kk_image_raw(io, &f->label, f->n_states);
    if (f->n_states == UINT32_MAX) {
        kk_image_fail(io, KK_E_FORMAT);
    }
    kk_image_words(io, &f->begin, f->n_states + 1);
    kk_image_words(io, &f->fail, f->n_states);
    kk_image_words(io, &f->chain, f->n_states);
    kk_image_words(io, &f->out_begin, f->n_states + 1);
    kk_image_words(io, &f->outputs, f->n_outputs);
    kk_image_words(io, &f->always, f->n_always);
    kk_image_words(io, &f->lead, f->n_matchers);
    if (io->writing || io->failed != KK_OK) {
        return;
    }
    memcpy(f->class_of, classes, sizeof f->class_of);
    if (!is_automaton(f)) {
        kk_image_fail(io, KK_E_FORMAT);
    }
}

void kk_image_cpv(kk_image_io *io, kk_cpv_table *t)
{
    const uint8_t *codes = (const uint8_t *)t->codes;
    const uint8_t *text = (const uint8_t *)t->text;
    uint32_t n = t->n;
    uint32_t bytes = io->writing ? t->names[2 * (size_t)n] : 0;
    kk_image_u32(io, &n);
    kk_image_u32(io, &bytes);
    if (n > io->end / 9 && !io->writing) {
        kk_image_fail(io, KK_E_FORMAT);
        return;
    }
    kk_image_raw(io, &codes, 9 * n);
    kk_image_raw(io, &text, bytes);
    kk_image_words(io, &t->names, 2 * n + 1);
    if (io->writing || io->failed != KK_OK) {
        return;
    }
    if (!rising(t->names, 2 * n, 0, bytes)) {
        kk_image_fail(io, KK_E_FORMAT);
        return;
    }
    t->codes = (const char *)codes;
    t->text = (const char *)text;
    t->n = n;
}
