/* The difference of texts: what is cut, kept and added, and that it reads well. */
#include "diff.h"

#include "rows.h"
#include "str.h"

typedef struct row {
    const char *name, *old, *now, *shown;
} row;

static const row rows[] = {
    {"nothing", "", "", ""},
    {"the same", "Ett ord.", "Ett ord.", "Ett ord."},
    {"all new", "", "nye ord", "{+nye ord+}"},
    {"all gone", "gamle ord", "", "[-gamle ord-]"},
    {"a word", "minst 30 prosent", "minst 40 prosent", "minst [-30-]{+40+} prosent"},
    {"a word more", "et krav", "et nytt krav", "et {+nytt +}krav"},
    {"no island of a blank", "a b", "c d", "[-a b-]{+c d+}"},
    {"no island of a sign", "en, to", "tre, fire", "[-en, to-]{+tre, fire+}"},
    {"letters of several bytes stay whole", "m\xC3\xA5 leveres", "skal leveres",
     "[-m\xC3\xA5-]{+skal+} leveres"},
    {"the end", "slutt", "slutt.", "slutt{+.+}"},
    {"a word twice", "a b a", "a a", "a [-b -]a"},
};

static void shows(void **state)
{
    const row *r = *state;
    kk_arena *arena = kk_arena_new();
    kk_buf out;
    kk_buf_init(&out, 0);
    assert_int_equal(kk_diff_words(&out, kk_str_from(r->old), kk_str_from(r->now), arena), KK_OK);
    assert_string_equal(out.ptr == NULL ? "" : out.ptr, r->shown);
    kk_buf_dispose(&out);
    kk_arena_free(arena);
}

static void likeness(void **state)
{
    kk_arena *arena = kk_arena_new();
    unsigned percent;
    (void)state;
    assert_int_equal(kk_diff_likeness(KK_STR("ett ord"), KK_STR("ett ord"), arena, &percent),
                     KK_OK);
    assert_int_equal(percent, 100);
    assert_int_equal(kk_diff_likeness(KK_STR("abc"), KK_STR("xyz"), arena, &percent), KK_OK);
    assert_int_equal(percent, 0);
    assert_int_equal(kk_diff_likeness(KK_STR("fire ord"), KK_STR("fire hus"), arena, &percent),
                     KK_OK);
    assert_true(percent > 50 && percent < 100);
    kk_arena_free(arena);
}

/* Old tokens from the steps make the old text, new ones the new text, whatever the sizes. */
static void steps_are_complete(void **state)
{
    kk_arena *arena = kk_arena_new();
    kk_buf a, b, old, now;
    (void)state;
    kk_buf_init(&a, 0);
    kk_buf_init(&b, 0);
    kk_buf_init(&old, 0);
    kk_buf_init(&now, 0);
    for (unsigned i = 0; i < 3000; i++) { /* 6000 * 6000 is over the bound */
        kk_buf_printf(&a, "a%u ", i * 7 % 91);
        kk_buf_printf(&b, "a%u ", i * 5 % 89);
    }
    const kk_diff_tokens x = kk_diff_split(kk_buf_view(&a), arena);
    const kk_diff_tokens y = kk_diff_split(kk_buf_view(&b), arena);
    kk_diff d;
    assert_int_equal(kk_diff_run(x, y, arena, &d), KK_OK);
    for (uint32_t i = 0; i < d.n; i++) {
        if (d.steps[i].kind != KK_DIFF_ADD) {
            kk_buf_str(&old, x.items[d.steps[i].a].text);
        }
        if (d.steps[i].kind != KK_DIFF_CUT) {
            kk_buf_str(&now, y.items[d.steps[i].b].text);
        }
    }
    assert_true(kk_str_equal(kk_buf_view(&old), kk_buf_view(&a)));
    assert_true(kk_str_equal(kk_buf_view(&now), kk_buf_view(&b)));
    kk_buf_dispose(&a);
    kk_buf_dispose(&b);
    kk_buf_dispose(&old);
    kk_buf_dispose(&now);
    kk_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest more[] = {
        {"likeness", likeness, NULL, NULL, NULL},
        {"steps are complete", steps_are_complete, NULL, NULL, NULL},
    };
    const int failed = ROWS_RUN("diff", rows, shows);
    return failed + cmocka_run_group_tests(more, NULL, NULL);
}
