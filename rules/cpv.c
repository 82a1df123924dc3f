/* CPV codes in running text. Eight digits alone are more often a telephone number: without the
 * check digit the letters CPV must stand in the paragraph or in one of the three before it. */
#include "classify.h"

#include "error.h"
#include "str.h"
#include "vec.h"

#include <string.h>

enum { MENTION_REACH = 3 };

typedef KK_VEC(kk_cpv_hit) cpv_list;

static bool is_digit(kk_str s, size_t at)
{
    return at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9';
}

static bool mentions_cpv(kk_str s)
{
    for (size_t i = 0; i + 3 <= s.len; i++) {
        if (kk_str_is_nocase(kk_str_slice(s, i, i + 3), "cpv")) {
            return true;
        }
    }
    return false;
}

/* A run of two to eight digits, single blanks allowed between pairs ("45 00 00 00"). */
typedef struct run {
    char digits[9];
    size_t n, begin, end;
    char check; /* digit after a hyphen, or NUL */
} run;

static bool next_run(kk_str s, size_t *at, run *out)
{
    while (*at < s.len && !is_digit(s, *at)) {
        ++*at;
    }
    if (*at >= s.len) {
        return false;
    }
    const size_t begin = *at;
    size_t i = begin;
    *out = (run){.begin = begin};
    while (is_digit(s, i) || (i < s.len && s.ptr[i] == ' ' && out->n < 8 && (i - begin) % 3 == 2 &&
                              is_digit(s, i + 1) && is_digit(s, i + 2))) {
        if (s.ptr[i] != ' ') {
            if (out->n < 8) {
                out->digits[out->n] = s.ptr[i];
            }
            out->n++;
        }
        i++;
    }
    out->end = i;
    if (i + 1 < s.len && s.ptr[i] == '-' && is_digit(s, i + 1) && !is_digit(s, i + 2)) {
        out->check = s.ptr[i + 1];
        out->end = i + 2;
    }
    *at = out->end;
    return true;
}

/* Position in the table, or KK_NONE. Short codes are padded: a division or group. */
static uint32_t judge_run(const kk_model *model, const run *r, bool mentioned)
{
    char code[8];
    if (r->n > 8 || r->n < 2 || (r->n < 8 && !mentioned)) {
        return KK_NONE;
    }
    memset(code, '0', sizeof code);
    memcpy(code, r->digits, r->n);
    const uint32_t found = kk_model_cpv_find(model, (kk_str){code, sizeof code});
    if (found == KK_NONE || (r->check != '\0' && r->check != kk_model_cpv(model, found).check)) {
        return KK_NONE;
    }
    return r->check != '\0' || mentioned ? found : KK_NONE;
}

/* Short codes count only right behind the letters: "CPV-kode 45", "CPV: 4521". */
static bool follows_mention(kk_str s, size_t at)
{
    const size_t from = at > 24 ? at - 24 : 0;
    return mentions_cpv(kk_str_slice(s, from, at));
}

static kk_status read_para(kk_scan *scan, uint32_t para, bool near, cpv_list *out, kk_error *err)
{
    const kk_str text = kk_scan_para_text(scan, para);
    const uint32_t base = kk_scan_para_of(scan, para)->begin;
    size_t at = 0;
    run r;
    while (next_run(text, &at, &r)) {
        const bool mentioned = r.n == 8 ? near : near && follows_mention(text, r.begin);
        const uint32_t cpv = judge_run(scan->model, &r, mentioned);
        const kk_cpv_hit hit = {para, base + (uint32_t)r.begin, base + (uint32_t)r.end, cpv};
        if (cpv != KK_NONE && !kk_vec_push(out, hit)) {
            return kk_fail_nomem(err);
        }
    }
    return KK_OK;
}

kk_status kk_cpv_find(kk_scan *scan, uint32_t begin, uint32_t end, const kk_cpv_hit **out,
                      uint32_t *n, kk_error *err)
{
    cpv_list list = {NULL, 0, 0};
    kk_status status = KK_OK;
    uint32_t mention = KK_NONE; /* last paragraph that said CPV */
    for (uint32_t p = begin; p < end && status == KK_OK && scan->model->cpv.n > 0; p++) {
        if (mentions_cpv(kk_scan_para_text(scan, p))) {
            mention = p;
        }
        status = read_para(scan, p, mention != KK_NONE && p - mention <= MENTION_REACH, &list, err);
    }
    kk_cpv_hit *copy = kk_arena_array(scan->arena, list.n + 1, sizeof *copy);
    if (status == KK_OK && copy == NULL) {
        status = kk_fail_nomem(err);
    }
    if (status == KK_OK && copy != NULL && list.n > 0) {
        memcpy(copy, list.items, list.n * sizeof *copy);
    }
    *out = copy;
    *n = (uint32_t)list.n;
    kk_vec_free(&list);
    return status;
}

static size_t longest_prefix(const kk_category *category, kk_str code)
{
    size_t best = 0;
    for (uint32_t i = 0; i < category->n_cpv; i++) {
        if (category->cpv[i].len > best && kk_str_starts(code, category->cpv[i])) {
            best = category->cpv[i].len;
        }
    }
    return best;
}

static uint32_t top_of(const kk_model *model, uint32_t category)
{
    for (uint32_t depth = 0; model->categories[category].parent != KK_NONE && depth < 8; depth++) {
        category = model->categories[category].parent;
    }
    return category;
}

/* Among the categories with the same parent (KK_NONE: those at the top) the longest prefix wins. */
static bool wins(const kk_model *model, kk_str code, uint32_t category)
{
    const kk_category *own = &model->categories[category];
    const size_t best = longest_prefix(own, code);
    for (uint32_t i = 0; best > 0 && i < model->n_categories; i++) {
        const kk_category *other = &model->categories[i];
        if (other->parent == own->parent && longest_prefix(other, code) > best) {
            return false;
        }
    }
    return best > 0;
}

/* A sub-category competes with its sisters only, and never for what its family does not get. */
bool kk_cpv_belongs(const kk_model *model, kk_str code, uint32_t category)
{
    const uint32_t top = top_of(model, category);
    return wins(model, code, category) && (top == category || wins(model, code, top));
}
