/* Single texts for hosts that have no document: categories of a notice, and whether a passage asks
 * for something. Results live in the auditor until its next call. */
#include "core.h"

#include "bankview.h"
#include "utf8.h"

static kk_status check_utf8(kk_str s, kk_error *err)
{
    const size_t bad = kk_utf8_invalid_at(s);
    if (bad == s.len) {
        return KK_OK;
    }
    return kk_fail(err, KK_E_ARG, "encoding",
                   "the text is not UTF-8 (byte %zu); save it as UTF-8 and try again", bad);
}

kk_status kk_text_classify(kk_auditor *auditor, kk_str text, const kk_category_info **out,
                           size_t *n, kk_error *err)
{
    const kk_category_hit *hits = NULL;
    uint32_t count = 0;
    *out = NULL;
    *n = 0;
    KK_TRY(check_utf8(text, err));
    KK_TRY(kk_rules_classify(auditor->scanner, text, &hits, &count, err));
    kk_arena_reset(auditor->scratch);
    kk_category_info *list = kk_arena_array(auditor->scratch, (size_t)count + 1, sizeof *list);
    if (list == NULL) {
        return kk_fail_nomem(err);
    }
    bool failed = false;
    for (uint32_t i = 0; i < count; i++) {
        const kk_category_hit *h = &hits[i];
        kk_str *words = kk_arena_array(auditor->scratch, (size_t)h->n_evidence + 1, sizeof *words);
        if (words == NULL) {
            return kk_fail_nomem(err);
        }
        for (uint32_t k = 0; k < h->n_evidence; k++) {
            words[k] =
                kk_keep(auditor->scratch,
                        kk_str_slice(text, h->evidence[k].begin, h->evidence[k].end), &failed);
        }
        list[i] =
            (kk_category_info){.id = kk_keep(auditor->scratch, h->id, &failed),
                               .name = kk_bank_category_name(auditor->bank, h->id, KK_LANG_NB),
                               .score = h->score,
                               .cpv = h->cpv,
                               .n_cpv = h->n_cpv,
                               .evidence = words,
                               .n_evidence = h->n_evidence};
    }
    *out = list;
    *n = count;
    return failed ? kk_fail_nomem(err) : KK_OK;
}

kk_status kk_text_requirement(kk_auditor *auditor, kk_str passage, bool strict_climate,
                              kk_passage_info *out, kk_error *err)
{
    kk_requirement seen;
    const kk_str *ids = NULL;
    uint32_t n = 0;
    KK_TRY(check_utf8(passage, err));
    KK_TRY(kk_rules_recognise(auditor->scanner, passage, strict_climate, &seen, &ids, &n, err));
    const kk_passage_info info = {.size = sizeof info,
                                  .requirement = seen.recogniser.len > 0,
                                  .climate = seen.climate,
                                  .binding = seen.binding,
                                  .measurable = seen.measurable,
                                  .documented = seen.documented,
                                  .kind = seen.recogniser.len > 0 ? seen.kind : KK_STR(""),
                                  .rules = ids,
                                  .n_rules = n};
    return kk_struct_out(out, &info, sizeof info);
}
