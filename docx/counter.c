/* Counts numbered paragraphs as Word prints them. Knows the numbering model and nothing of
 * documents.
 *
 * Word keeps one row of counters per abstract numbering: two nums of one abstract go on counting
 * together, unless a num starts a level anew (w:startOverride), which happens once, when that num
 * is first used at that level. */
#include "numbering.h"

#include "mem.h"
#include "str.h"

#include <string.h>

typedef struct row {
    int32_t value[KK_NUM_LEVELS];
    bool counted[KK_NUM_LEVELS]; /* the level has a value since its last restart */
} row;

struct kk_counter {
    const kk_numbering *numbering;
    row *rows;      /* per abstract */
    uint16_t *used; /* per num: bit per level whose startOverride has taken effect */
};

kk_counter *kk_counter_new(const kk_numbering *numbering)
{
    kk_counter *counter = kk_malloc(sizeof *counter);
    if (counter == NULL) {
        return NULL;
    }
    size_t row_bytes;
    size_t used_bytes;
    if (!kk_mul((size_t)numbering->n_abstracts + 1, sizeof *counter->rows, &row_bytes) ||
        !kk_mul((size_t)numbering->n_nums + 1, sizeof *counter->used, &used_bytes)) {
        kk_release(counter);
        return NULL;
    }
    counter->numbering = numbering;
    counter->rows = kk_malloc(row_bytes);
    counter->used = kk_malloc(used_bytes);
    if (counter->rows == NULL || counter->used == NULL) {
        kk_counter_free(counter);
        return NULL;
    }
    memset(counter->rows, 0, row_bytes);
    memset(counter->used, 0, used_bytes);
    return counter;
}

void kk_counter_free(kk_counter *counter)
{
    if (counter != NULL) {
        kk_release(counter->rows);
        kk_release(counter->used);
        kk_release(counter);
    }
}

/* ---- printing ------------------------------------------------------------------------------ */

/* a .. z, aa .. zz, aaa: the letter repeated, as Word does. */
static void print_letter(kk_buf *out, int32_t value, char first)
{
    const int32_t times = (value - 1) / 26 + 1;
    for (int32_t i = 0; i < times && i < 32; i++) {
        kk_buf_putc(out, (char)(first + (value - 1) % 26));
    }
}

static void print_roman(kk_buf *out, int32_t value, bool upper)
{
    static const struct {
        int32_t value;
        const char *lower, *upper;
    } steps[] = {{1000, "m", "M"}, {900, "cm", "CM"}, {500, "d", "D"}, {400, "cd", "CD"},
                 {100, "c", "C"},  {90, "xc", "XC"},  {50, "l", "L"},  {40, "xl", "XL"},
                 {10, "x", "X"},   {9, "ix", "IX"},   {5, "v", "V"},   {4, "iv", "IV"},
                 {1, "i", "I"}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        while (value >= steps[i].value) {
            kk_buf_puts(out, upper ? steps[i].upper : steps[i].lower);
            value -= steps[i].value;
        }
    }
}

void kk_num_print(kk_buf *out, kk_numfmt fmt, int32_t value)
{
    const bool letters = fmt == KK_NUMFMT_LOWER_LETTER || fmt == KK_NUMFMT_UPPER_LETTER;
    const bool roman = fmt == KK_NUMFMT_LOWER_ROMAN || fmt == KK_NUMFMT_UPPER_ROMAN;
    if (fmt == KK_NUMFMT_BULLET || fmt == KK_NUMFMT_NONE) {
        return;
    }
    if (letters && value > 0 && value <= 780) {
        print_letter(out, value, fmt == KK_NUMFMT_UPPER_LETTER ? 'A' : 'a');
    } else if (roman && value > 0 && value < 32768) {
        print_roman(out, value, fmt == KK_NUMFMT_UPPER_ROMAN);
    } else if (fmt == KK_NUMFMT_DECIMAL_ZERO && value >= 0 && value < 10) {
        kk_buf_printf(out, "0%d", (int)value);
    } else {
        /* ordinal: Norwegian writes a full stop, "1." */
        kk_buf_printf(out, fmt == KK_NUMFMT_ORDINAL ? "%d." : "%d", (int)value);
    }
}

/* ---- counting ------------------------------------------------------------------------------ */

static const kk_num_override *start_override(const kk_numbering *numbering, const kk_num *num,
                                             uint32_t level)
{
    for (uint32_t i = num->override_begin; i < num->override_end; i++) {
        if (numbering->overrides[i].level == level && numbering->overrides[i].has_start) {
            return &numbering->overrides[i];
        }
    }
    return NULL;
}

static int32_t start_of(const kk_numbering *numbering, const kk_num *num, uint32_t level)
{
    const kk_num_override *override = start_override(numbering, num, level);
    if (override != NULL) {
        return override->start;
    }
    const kk_num_level *def = kk_num_level_of(numbering, num, level);
    return def == NULL ? 1 : def->start;
}

/* Levels below `level` lose their value if their restart rule says so. */
static void restart_below(const kk_numbering *numbering, const kk_num *num, row *counts,
                          uint32_t level)
{
    for (uint32_t below = level + 1; below < KK_NUM_LEVELS; below++) {
        const kk_num_level *def = kk_num_level_of(numbering, num, below);
        if (def == NULL || def->default_restart || (def->restart != 0 && level < def->restart)) {
            counts->counted[below] = false;
        }
    }
}

static int32_t value_at(const kk_counter *counter, const kk_num *num, const row *counts,
                        uint32_t level)
{
    return counts->counted[level] ? counts->value[level] : start_of(counter->numbering, num, level);
}

static void print(const kk_counter *counter, const kk_num *num, uint32_t level, const row *counts,
                  kk_buf *out)
{
    const kk_num_level *def = kk_num_level_of(counter->numbering, num, level);
    const kk_str text = def->text;
    for (size_t i = 0; i < text.len; i++) {
        const char digit = (char)(i + 1 < text.len ? text.ptr[i + 1] : '\0');
        if (text.ptr[i] != '%' || digit < '1' || digit > '9') {
            kk_buf_putc(out, text.ptr[i]);
            continue;
        }
        const uint32_t shown = (uint32_t)(digit - '1');
        const kk_num_level *other = kk_num_level_of(counter->numbering, num, shown);
        kk_numfmt fmt = other == NULL ? KK_NUMFMT_DECIMAL : other->fmt;
        if (def->legal && fmt != KK_NUMFMT_NONE && fmt != KK_NUMFMT_DECIMAL_ZERO) {
            fmt = KK_NUMFMT_DECIMAL;
        }
        kk_num_print(out, fmt, value_at(counter, num, counts, shown));
        i++;
    }
}

static void trim_end(kk_buf *out, size_t begin)
{
    const kk_str kept = kk_str_trim((kk_str){out->ptr + begin, out->len - begin});
    const size_t lead = kept.len == 0 ? 0 : (size_t)(kept.ptr - out->ptr) - begin;
    if (lead > 0) {
        memmove(out->ptr + begin, kept.ptr, kept.len);
    }
    out->len = begin + kept.len;
    out->ptr[out->len] = '\0';
}

bool kk_counter_next(kk_counter *counter, const kk_num *num, uint32_t level, kk_buf *out,
                     bool *bullet)
{
    *bullet = false;
    const kk_numbering *numbering = counter->numbering;
    const kk_num_level *def = kk_num_level_of(numbering, num, level);
    if (def == NULL || num->abstract == KK_NONE) {
        return true;
    }
    row *counts = &counter->rows[numbering->abstracts[num->abstract].target];
    uint16_t *used = &counter->used[num - numbering->nums];
    const uint16_t bit = (uint16_t)(1u << level);
    const kk_num_override *override = start_override(numbering, num, level);
    if (override != NULL && (*used & bit) == 0) {
        counts->value[level] = override->start;
    } else if (counts->counted[level] && counts->value[level] < INT32_MAX) {
        counts->value[level]++;
    } else if (!counts->counted[level]) {
        counts->value[level] = start_of(numbering, num, level);
    }
    *used |= bit;
    counts->counted[level] = true;
    for (uint32_t above = 0; above < level; above++) { /* shown as their start, and kept so */
        if (!counts->counted[above]) {
            counts->value[above] = start_of(numbering, num, above);
            counts->counted[above] = true;
        }
    }
    restart_below(numbering, num, counts, level);
    if (def->fmt == KK_NUMFMT_BULLET) {
        *bullet = true;
        return true;
    }
    const size_t begin = out->len;
    kk_buf_puts(out, "");
    print(counter, num, level, counts, out);
    if (out->failed == KK_OK) {
        trim_end(out, begin);
    }
    return out->failed == KK_OK;
}
