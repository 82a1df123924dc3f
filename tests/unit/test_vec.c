/* Typed arrays and checked size arithmetic. */
#include "vec.h"

#include "rows.h"

typedef struct pair {
    uint32_t a;
    double b;
} pair;

static void keeps_items(void **state)
{
    (void)state;
    KK_VEC(pair) pairs = {0};
    for (uint32_t i = 0; i < 10000; i++) {
        assert_true(kk_vec_push(&pairs, (pair){i, i * 0.5}));
    }
    assert_int_equal(pairs.n, 10000);
    assert_true(pairs.cap < 20000);
    for (uint32_t i = 0; i < 10000; i++) {
        assert_int_equal(pairs.items[i].a, i);
        assert_true(pairs.items[i].b == i * 0.5);
    }
    kk_vec_free(&pairs);
    assert_null(pairs.items);
    assert_int_equal(pairs.n + pairs.cap, 0);
}

/* A failed push changes nothing, and the next one may succeed. */
static void failing_allocation_changes_nothing(void **state)
{
    (void)state;
    for (uint64_t n = 1; n < 6; n++) {
        KK_VEC(uint32_t) ids = {0};
        size_t refused = 0;
        kk_mem_fail_at(n);
        for (uint32_t i = 0; i < 500; i++) {
            const size_t before = ids.n;
            if (!kk_vec_push(&ids, i)) {
                refused++;
                assert_int_equal(ids.n, before);
                assert_true(kk_vec_push(&ids, i));
            }
        }
        kk_mem_fail_at(0);
        assert_int_equal(refused, 1);
        assert_int_equal(ids.n, 500);
        for (uint32_t i = 0; i < 500; i++) {
            assert_int_equal(ids.items[i], i);
        }
        kk_vec_free(&ids);
    }
}

static void refuses_overflow(void **state)
{
    (void)state;
    void *items = NULL;
    size_t cap = SIZE_MAX / 8;
    assert_false(kk_vec_grow(&items, &cap, SIZE_MAX / 8, 16));
    assert_int_equal(cap, SIZE_MAX / 8);
    assert_null(items);
    cap = SIZE_MAX;
    assert_false(kk_vec_grow(&items, &cap, SIZE_MAX, 1));
}

static const struct sum_row {
    const char *name;
    size_t a, b;
    bool add, mul;
} sums[] = {
    {"zero", 0, 0, true, true},
    {"small", 3, 4, true, true},
    {"zero times all", 0, SIZE_MAX, true, true},
    {"all times zero", SIZE_MAX, 0, true, true},
    {"one more than all", SIZE_MAX, 1, false, true},
    {"half and half", SIZE_MAX / 2, SIZE_MAX / 2, true, false},
    {"twice half", SIZE_MAX / 2, 2, true, true},
    {"twice half and one", SIZE_MAX / 2 + 1, 2, true, false},
    {"all and all", SIZE_MAX, SIZE_MAX, false, false},
};

static void checks_sizes(void **state)
{
    const struct sum_row *row = *state;
    size_t out = 77;
    assert_int_equal(kk_add(row->a, row->b, &out), row->add);
    assert_true(out == (row->add ? row->a + row->b : 77));
    out = 77;
    assert_int_equal(kk_mul(row->a, row->b, &out), row->mul);
    assert_true(out == (row->mul ? row->a * row->b : 77));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_items),
        cmocka_unit_test(failing_allocation_changes_nothing),
        cmocka_unit_test(refuses_overflow),
    };
    int failed = ROWS_RUN("sizes", sums, checks_sizes);
    failed += cmocka_run_group_tests_name("vec", tests, NULL, NULL);
    return failed;
}
