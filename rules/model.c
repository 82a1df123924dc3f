/* Questions to the model that several files ask. No state. */
#include "model.h"

#include "image.h"
#include "str.h"

#include <string.h>

static kk_str first_of(kk_str a, kk_str b, kk_str c)
{
    return a.len > 0 ? a : b.len > 0 ? b : c;
}

kk_str kk_texts_get(const kk_texts *texts, kk_lang lang)
{
    switch (lang) {
    case KK_LANG_NN:
        return first_of(texts->nn, texts->nb, texts->en);
    case KK_LANG_EN:
        return first_of(texts->en, texts->nb, texts->nn);
    default:
        return first_of(texts->nb, texts->nn, texts->en);
    }
}

const kk_message *kk_messages_get(const kk_messages *messages, kk_lang lang)
{
    if (lang == KK_LANG_NN && messages->nn.n > 0) {
        return &messages->nn;
    }
    if (lang == KK_LANG_EN && messages->en.n > 0) {
        return &messages->en;
    }
    return messages->nb.n > 0 ? &messages->nb : &messages->nn;
}

bool kk_date_within(kk_str date, kk_str from, kk_str to)
{
    return (from.len == 0 || kk_str_compare(date, from) >= 0) &&
           (to.len == 0 || kk_str_compare(date, to) <= 0);
}

static bool digits(kk_str s, size_t begin, size_t end, uint32_t *out)
{
    return kk_str_to_u32(kk_str_slice(s, begin, end), out);
}

bool kk_date_is_real(kk_str date)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint32_t y;
    uint32_t m;
    uint32_t d;
    if (date.len != 10 || date.ptr[4] != '-' || date.ptr[7] != '-' || !digits(date, 0, 4, &y) ||
        !digits(date, 5, 7, &m) || !digits(date, 8, 10, &d) || m < 1 || m > 12 || d < 1) {
        return false;
    }
    const bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    return d <= days[m - 1] + (m == 2 && leap ? 1u : 0u);
}

bool kk_model_threshold(const kk_model *model, kk_str id, kk_str date, double *value)
{
    for (uint32_t i = 0; i < model->n_thresholds; i++) {
        const kk_threshold *t = &model->thresholds[i];
        if (kk_str_equal(t->id, id) && kk_date_within(date, t->from, t->to)) {
            *value = t->value;
            return true;
        }
    }
    return false;
}

uint32_t kk_model_pattern(const kk_model *model, kk_str id)
{
    uint32_t low = 0;
    uint32_t high = model->n_patterns;
    while (low < high) {
        const uint32_t mid = low + (high - low) / 2;
        if (kk_str_compare(model->patterns[mid].id, id) < 0) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low < model->n_patterns && kk_str_equal(model->patterns[low].id, id) ? low : KK_NONE;
}

uint32_t kk_model_category(const kk_model *model, kk_str id)
{
    for (uint32_t i = 0; i < model->n_categories; i++) {
        if (kk_str_equal(model->categories[i].id, id)) {
            return i;
        }
    }
    return KK_NONE;
}

uint32_t kk_model_place(const kk_model *model, kk_str id)
{
    for (uint32_t i = 0; i < model->n_places; i++) {
        if (kk_str_equal(model->places[i].id, id)) {
            return i;
        }
    }
    return KK_NONE;
}

uint32_t kk_model_rule(const kk_model *model, kk_str id)
{
    for (uint32_t i = 0; i < model->n_rules; i++) {
        if (kk_str_equal(model->rules[i].id, id)) {
            return i;
        }
    }
    return KK_NONE;
}

bool kk_model_category_within(const kk_model *model, uint32_t category, uint32_t ancestor)
{
    /* n_categories steps at most, should a bank make parents circular. */
    for (uint32_t i = 0; category != KK_NONE && i <= model->n_categories; i++) {
        if (category == ancestor) {
            return true;
        }
        category = model->categories[category].parent;
    }
    return false;
}

const kk_clause *kk_model_clause(const kk_model *model, kk_str id, kk_str date, bool reviewed_only)
{
    uint32_t low = 0;
    uint32_t high = model->n_clauses;
    while (low < high) {
        const uint32_t mid = low + (high - low) / 2;
        if (kk_str_compare(model->clauses[mid].id, id) < 0) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    const kk_clause *found = NULL;
    for (; low < model->n_clauses && kk_str_equal(model->clauses[low].id, id); low++) {
        const kk_clause *c = &model->clauses[low];
        if (c->status != KK_REVIEW_RETIRED && kk_date_within(date, c->from, c->to) &&
            (!reviewed_only || c->status == KK_REVIEW_REVIEWED)) {
            found = c;
        }
    }
    return found;
}

kk_cpv kk_model_cpv(const kk_model *model, uint32_t index)
{
    const kk_cpv_table *t = &model->cpv;
    const char *code = t->codes + (size_t)9 * index;
    const uint32_t *names = t->names + (size_t)2 * index;
    return (kk_cpv){{code, 8},
                    code[8],
                    {t->text + names[0], names[1] - names[0]},
                    {t->text + names[1], names[2] - names[1]}};
}

uint32_t kk_model_cpv_find(const kk_model *model, kk_str code)
{
    uint32_t low = 0;
    uint32_t high = code.len == 8 ? model->cpv.n : 0;
    while (low < high) {
        const uint32_t mid = low + (high - low) / 2;
        const int order = memcmp(model->cpv.codes + (size_t)9 * mid, code.ptr, 8);
        if (order == 0) {
            return mid;
        }
        low = order < 0 ? mid + 1 : low;
        high = order < 0 ? high : mid;
    }
    return KK_NONE;
}

const kk_xnode *kk_example_content(const kk_example *example, kk_arena *arena)
{
    return example->content != NULL ? example->content : kk_image_unpack(example->packed, arena);
}

kk_str kk_example_text(const kk_example *example, kk_arena *arena)
{
    const kk_xnode *content = kk_example_content(example, arena);
    return content == NULL ? (kk_str){NULL, 0} : kk_xnode_text(content, arena);
}
