/* Which sections are a place ("award", "spec" ...), surest first. */
#include "scan.h"

#include "error.h"
#include "str.h"

#include <stdlib.h>

/* A chapter whose heading is nothing but the place's name comes first: level, how much of the
 * heading the words cover, and whether the heading is a real one decide. */
static uint32_t strength_of(const kk_scan *scan, const kk_section *s, uint32_t pattern)
{
    const kk_para *p = kk_scan_para_of(scan, s->heading);
    const kk_hits hits = kk_hits_within(scan->hits[pattern], s->heading, s->heading + 1);
    uint32_t covered = 0;
    for (uint32_t i = 0; i < hits.n; i++) {
        covered += hits.items[i].end - hits.items[i].begin;
    }
    const uint32_t len = p->end > p->begin ? p->end - p->begin : 1;
    const uint32_t share = covered >= len ? 100 : covered * 100 / len;
    const uint32_t level = s->level < 9 ? (9 - s->level) * 20 : 0;
    const uint32_t real = (p->flags & KK_PARA_GUESSED) != 0 ? 0 : 40;
    const uint32_t body = s->end > s->heading + 1 ? 20 : 0;
    const uint32_t outside = (scan->paras[s->heading].marks & KK_MARK_TABLE) != 0 ? 0 : 30;
    return 1 + level + share + real + body + outside;
}

static int by_strength(const void *a, const void *b)
{
    const kk_place_hit *x = a;
    const kk_place_hit *y = b;
    if (x->strength != y->strength) {
        return x->strength > y->strength ? -1 : 1;
    }
    return x->heading < y->heading ? -1 : x->heading > y->heading;
}

kk_status kk_rules_places(kk_scanner *scanner, const kk_text *text, kk_str place,
                          const kk_place_hit **out, uint32_t *n, kk_error *err)
{
    kk_scan *scan;
    uint32_t doc;
    *out = NULL;
    *n = 0;
    const uint32_t index = kk_model_place(&scanner->rules->model, place);
    if (index == KK_NONE) {
        return KK_OK; /* a bank without this place: no section is it */
    }
    KK_TRY(kk_scan_for(scanner, text, &scan, &doc, err));
    const uint64_t bit = (uint64_t)1 << index;
    kk_place_hit *list = kk_arena_array(scan->arena, (size_t)scan->n_sections + 1, sizeof *list);
    if (list == NULL) {
        return kk_fail_nomem(err);
    }
    const uint32_t base = scan->doc_base[doc];
    for (uint32_t i = 0; i < scan->n_sections; i++) {
        const kk_section *s = &scan->sections[i];
        if (s->doc == doc && (s->own_places & bit) != 0) {
            list[(*n)++] = (kk_place_hit){s->heading - base, s->end - base,
                                          strength_of(scan, s, scan->model->places[index].pattern)};
        }
    }
    qsort(list, *n, sizeof *list, by_strength);
    *out = list;
    return KK_OK;
}
