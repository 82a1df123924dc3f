/* Are the values that the caller gives for fields such that they can stand in the clauses? Knows
 * names, units and numbers; writes nothing. */
#include "plan.h"

#include "utf8.h"

/* "5 000", "12,5", "10–15"; no sign, no unit. */
static bool is_number(kk_str s)
{
    bool digit = false;
    for (size_t at = 0; at < s.len;) {
        const uint32_t c = kk_utf8_next(s, &at);
        const bool between =
            c == ' ' || c == 0xA0 || c == 0x202F || c == '.' || c == ',' || c == '-' || c == 0x2013;
        if (c >= '0' && c <= '9') {
            digit = true;
        } else if (!between || !digit) {
            return false;
        }
    }
    return digit;
}

/* The number a reader sees; decimals do not matter for what is asked here. */
static double size_of(kk_str s)
{
    double value = 0;
    for (size_t i = 0; i < s.len && s.ptr[i] != ',' && s.ptr[i] != '.'; i++) {
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9') {
            value = value * 10 + (s.ptr[i] - '0');
        }
    }
    return value;
}

static kk_status refuse(kk_plan *plan, kk_msg id, kk_str first, kk_str second, kk_error *err)
{
    const kk_str line = kk_plan_say(plan, id, first, second);
    return plan->failed ? kk_fail_nomem(err)
                        : kk_fail(err, KK_E_ARG, "field", "%.*s", (int)line.len, line.ptr);
}

static kk_status check_inline(kk_plan *plan, const kk_inline *field, kk_error *err)
{
    if (field->kind != KK_INLINE_FIELD || field->unit.len == 0) {
        return KK_OK;
    }
    for (size_t i = 0; i < plan->n_values; i++) {
        const kk_value *v = &plan->values[i];
        if (!kk_str_equal(v->name, field->name)) {
            continue;
        }
        const kk_str shown = kk_arena_printf(plan->arena, "%.*s=%.*s", (int)v->name.len,
                                             v->name.ptr, (int)v->value.len, v->value.ptr);
        if (shown.ptr == NULL) {
            return kk_fail_nomem(err);
        }
        if (!is_number(kk_str_trim(v->value))) {
            return refuse(plan, KK_MSG_FIELD_NUMBER, shown, field->unit, err);
        }
        if (kk_str_is(field->unit, "%") && size_of(v->value) > 100) {
            return refuse(plan, KK_MSG_FIELD_PERCENT, shown, KK_STR(""), err);
        }
        return KK_OK; /* the first of a name counts */
    }
    return KK_OK;
}

static kk_status check_inlines(kk_plan *plan, const kk_inline *inlines, uint32_t n, kk_error *err)
{
    kk_status status = KK_OK;
    for (uint32_t i = 0; i < n && status == KK_OK; i++) {
        status = check_inline(plan, &inlines[i], err);
    }
    return status;
}

kk_status kk_plan_check_values(kk_plan *plan, const kk_blocks *blocks, kk_error *err)
{
    kk_status status = KK_OK;
    for (uint32_t b = 0; b < blocks->n_blocks && status == KK_OK; b++) {
        const kk_block *block = &blocks->blocks[b];
        const bool row = block->kind == KK_BLOCK_ROW;
        status = row ? KK_OK : check_inlines(plan, block->inlines, block->n_inlines, err);
        for (uint32_t c = 0; row && c < block->n_cells && status == KK_OK; c++) {
            status = check_inlines(plan, block->cells[c].inlines, block->cells[c].n_inlines, err);
        }
    }
    return status;
}

/* A name that no clause of the bank has is a slip of the pen. */
kk_status kk_plan_check_names(kk_plan *plan, kk_error *err)
{
    for (size_t i = 0; i < plan->n_values; i++) {
        if (plan->values[i].value.len == 0) {
            return refuse(plan, KK_MSG_FIELD_EMPTY, plan->values[i].name, KK_STR(""), err);
        }
        if (!kk_bank_has_field(plan->auditor->bank, plan->values[i].name)) {
            return refuse(plan, KK_MSG_FIELD_UNKNOWN, plan->values[i].name, KK_STR(""), err);
        }
    }
    return KK_OK;
}

static bool inlines_show(const kk_inline *inlines, uint32_t n, kk_str field, kk_str value)
{
    bool shows = false;
    for (uint32_t i = 0; i < n && !shows; i++) {
        shows = inlines[i].kind == KK_INLINE_FIELD && kk_str_equal(inlines[i].name, field) &&
                kk_str_equal(inlines[i].text, value);
    }
    return shows;
}

bool kk_plan_shows(const kk_blocks *blocks, kk_str field, kk_str value)
{
    bool shows = false;
    for (uint32_t b = 0; b < blocks->n_blocks && !shows; b++) {
        const kk_block *block = &blocks->blocks[b];
        const bool row = block->kind == KK_BLOCK_ROW;
        shows = !row && inlines_show(block->inlines, block->n_inlines, field, value);
        for (uint32_t c = 0; row && c < block->n_cells && !shows; c++) {
            shows = inlines_show(block->cells[c].inlines, block->cells[c].n_inlines, field, value);
        }
    }
    return shows;
}
