/* The CPV list: a table, because check digits follow no formula and names are wanted in reports. */
#include "load.h"

#include "error.h"
#include "str.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 16 };

static int by_code(const void *a, const void *b)
{
    const kk_cpv *x = a;
    const kk_cpv *y = b;
    return kk_str_compare(x->code, y->code);
}

/* Positions of the wanted columns, from the header line. */
static bool read_header(kk_str line, size_t at[4])
{
    static const char *const wanted[4] = {"code", "check", "name_nb", "name_en"};
    size_t found = 0;
    kk_str cell;
    for (size_t i = 0; i < COLUMNS_MAX && kk_str_split(&line, '\t', &cell); i++) {
        for (size_t k = 0; k < 4; k++) {
            if (kk_str_is(kk_str_trim(cell), wanted[k])) {
                at[k] = i;
                found++;
            }
        }
    }
    return found == 4;
}

static bool is_code(kk_str s)
{
    bool digits = s.len == 8;
    for (size_t i = 0; digits && i < 8; i++) {
        digits = s.ptr[i] >= '0' && s.ptr[i] <= '9';
    }
    return digits;
}

static kk_status fail_line(kk_loader *l, const kk_rule_source *source, uint32_t line,
                           const char *message)
{
    const kk_status status =
        kk_fail_at(l->err, KK_E_RULE, "rule-file", source->name, 0, "%s", message);
    if (l->err != NULL && l->err->line == 0) {
        l->err->line = line;
    }
    return status;
}

static kk_status read_line(kk_loader *l, const kk_rule_source *source, kk_str line,
                           const size_t at[4], uint32_t number)
{
    kk_str cells[COLUMNS_MAX] = {{NULL, 0}};
    for (size_t i = 0; i < COLUMNS_MAX && kk_str_split(&line, '\t', &cells[i]); i++) {
    }
    const kk_str code = cells[at[0]];
    const kk_str check = cells[at[1]];
    if (!is_code(code) || check.len != 1) {
        return fail_line(l, source, number, "a CPV line needs eight digits and one check digit");
    }
    const kk_cpv cpv = {code, check.ptr[0], cells[at[2]], cells[at[3]]};
    return kk_vec_push(&l->cpv, cpv) ? KK_OK : kk_fail_nomem(l->err);
}

/* The usual table is sorted already: then only neighbours are compared. */
static kk_status sort_codes(kk_loader *l, const kk_rule_source *source)
{
    bool sorted = true;
    for (size_t i = 1; i < l->cpv.n && sorted; i++) {
        sorted = by_code(&l->cpv.items[i - 1], &l->cpv.items[i]) < 0;
    }
    if (sorted) {
        return KK_OK;
    }
    qsort(l->cpv.items, l->cpv.n, sizeof *l->cpv.items, by_code);
    for (size_t i = 1; i < l->cpv.n; i++) {
        if (kk_str_equal(l->cpv.items[i - 1].code, l->cpv.items[i].code)) {
            return fail_line(l, source, 1, "a CPV code stands twice in the table");
        }
    }
    return KK_OK;
}

kk_status kk_load_cpv(kk_loader *l, const kk_rule_source *source)
{
    kk_str rest = kk_arena_str(l->arena, source->xml); /* cells stay slices of this copy */
    kk_str line;
    size_t at[4] = {0};
    uint32_t number = 1;
    if (rest.ptr == NULL) {
        return kk_fail_nomem(l->err);
    }
    l->cpv.n = 0; /* a later table replaces an earlier one */
    if (!kk_str_split(&rest, '\n', &line) || !read_header(line, at)) {
        return fail_line(l, source, 1, "the first line must name code, check, name_nb, name_en");
    }
    while (kk_str_split(&rest, '\n', &line)) {
        number++;
        if (kk_str_trim(line).len > 0) {
            KK_TRY(read_line(l, source, line, at, number));
        }
    }
    return sort_codes(l, source);
}

/* Flat tables of the rows that were read. */
kk_status kk_load_cpv_table(kk_loader *l, kk_cpv_table *out)
{
    size_t bytes = 0;
    for (size_t i = 0; i < l->cpv.n; i++) {
        bytes += l->cpv.items[i].name_nb.len + l->cpv.items[i].name_en.len;
    }
    char *codes;
    char *text;
    uint32_t *names;
    KK_TRY(kk_load_alloc(l, l->cpv.n, 9, (void **)&codes));
    KK_TRY(kk_load_alloc(l, bytes, 1, (void **)&text));
    KK_TRY(kk_load_alloc(l, 2 * l->cpv.n + 1, sizeof *names, (void **)&names));
    uint32_t at = 0;
    for (size_t i = 0; i < l->cpv.n; i++) {
        const kk_cpv *row = &l->cpv.items[i];
        const kk_str name[2] = {row->name_nb, row->name_en};
        memcpy(codes + 9 * i, row->code.ptr, 8);
        codes[9 * i + 8] = row->check;
        for (size_t k = 0; k < 2; k++) {
            memcpy(text + at, name[k].len > 0 ? name[k].ptr : "", name[k].len);
            at += (uint32_t)name[k].len;
            names[2 * i + k + 1] = at;
        }
    }
    *out = (kk_cpv_table){codes, names, text, (uint32_t)l->cpv.n};
    return KK_OK;
}
