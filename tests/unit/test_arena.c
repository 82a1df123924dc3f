/* Arena: alignment, zeroes, overflow, reset, running out of memory. */
#include "arena.h"
#include "mem.h"
#include "str.h"

#include "rows.h"

#include <stdalign.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAVE_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAVE_ASAN 1
#endif
#endif

static const struct size_row {
    const char *name;
    size_t size;
} sizes[] = {
    {"nothing", 0},       {"one byte", 1},  {"odd", 13},       {"quarter chunk", 4096},
    {"just above", 4097}, {"chunk", 16384}, {"large", 300000}, {"past the last chunk", 3000000},
};

/* Many of the same size, written full: none may touch another. */
static void keeps_apart(void **state)
{
    const struct size_row *row = *state;
    enum { N = 40 };
    unsigned char *blocks[N];
    kk_arena *arena = kk_arena_new();
    assert_non_null(arena);
    for (size_t i = 0; i < N; i++) {
        blocks[i] = kk_arena_alloc(arena, row->size);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % alignof(max_align_t), 0);
        for (size_t k = 0; k < row->size; k++) {
            assert_true(blocks[i][k] == 0);
        }
        memset(blocks[i], (int)i + 1, row->size);
    }
    for (size_t i = 0; i < N; i++) {
        for (size_t k = 0; k < row->size; k++) {
            assert_true(blocks[i][k] == i + 1);
        }
    }
    assert_int_equal(kk_arena_used(arena), N * row->size);
    kk_arena_free(arena);
}

static void mixes_and_resets(void **state)
{
    (void)state;
    kk_arena *arena = kk_arena_new();
    assert_non_null(arena);
    uint32_t seed = 1;
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 500; i++) {
            seed = seed * 1664525u + 1013904223u;
            const size_t size = (seed >> 8) % (i % 50 == 0 ? 100000u : 200u);
            unsigned char *at = kk_arena_alloc(arena, size);
            assert_non_null(at);
            for (size_t k = 0; k < size; k++) {
                assert_true(at[k] == 0); /* zeroed again after a reset */
            }
            memset(at, 0xAA, size);
        }
        assert_true(kk_arena_used(arena) > 0);
        kk_arena_reset(arena);
        assert_int_equal(kk_arena_used(arena), 0);
    }
    kk_arena_free(arena);
    kk_arena_free(NULL);
}

static void refuses_overflow(void **state)
{
    (void)state;
    kk_arena *arena = kk_arena_new();
    assert_non_null(arena);
    assert_null(kk_arena_array(arena, SIZE_MAX / 2, 3));
    assert_null(kk_arena_alloc(arena, SIZE_MAX - 4));
    assert_non_null(kk_arena_array(arena, 7, 3));
    assert_int_equal(kk_arena_used(arena), 21);
    kk_arena_free(arena);
}

static void copies_text(void **state)
{
    (void)state;
    kk_arena *arena = kk_arena_new();
    assert_non_null(arena);
    const kk_str copy = kk_arena_str(arena, (kk_str){"klima\0krav!", 10});
    assert_int_equal(copy.len, 10);
    assert_memory_equal(copy.ptr, "klima\0krav", 11);
    const kk_str empty = kk_arena_str(arena, (kk_str){NULL, 0});
    assert_non_null(empty.ptr);
    assert_int_equal(empty.len, 0);
    assert_string_equal(empty.ptr, "");
    const kk_str text = kk_arena_printf(arena, "%s-%03d", "kk", 7);
    assert_true(kk_str_is(text, "kk-007"));
    assert_string_equal(text.ptr, "kk-007");
    kk_arena_free(arena);
}

/* How many of these requests come back empty-handed. */
static int count_refusals(void)
{
    kk_arena *arena = kk_arena_new();
    if (arena == NULL) {
        return 1;
    }
    int refused = 0;
    for (int i = 0; i < 20; i++) {
        refused += kk_arena_alloc(arena, 3000) == NULL;
    }
    refused += kk_arena_str(arena, KK_STR("abc")).ptr == NULL;
    refused += kk_arena_printf(arena, "%d", 42).ptr == NULL;
    refused += kk_arena_alloc(arena, 100000) == NULL;
    refused += kk_arena_alloc(arena, 8) == NULL;
    kk_arena_free(arena);
    return refused;
}

/* Whichever allocation fails, exactly one request is refused and the arena goes on working. */
static void survives_failing_allocations(void **state)
{
    (void)state;
    uint64_t n = 1;
    bool reached = true;
    for (; reached; n++) {
        kk_mem_fail_at(n);
        const uint64_t before = kk_mem_count();
        const int refused = count_refusals();
        reached = kk_mem_count() - before >= n;
        kk_mem_fail_at(0);
        assert_int_equal(refused, reached ? 1 : 0);
    }
    assert_true(n > 4);
}

#if defined(HAVE_ASAN) && defined(KK_ARENA_DEBUG)
int __asan_address_is_poisoned(void const volatile *addr);

/* The reason for KK_ARENA_DEBUG: one byte past the end is seen. */
static void overruns_are_seen(void **state)
{
    (void)state;
    kk_arena *arena = kk_arena_new();
    assert_non_null(arena);
    const char *first = kk_arena_alloc(arena, 16);
    const char *second = kk_arena_alloc(arena, 16);
    assert_non_null(first);
    assert_non_null(second);
    assert_false(__asan_address_is_poisoned(first + 15));
    assert_true(__asan_address_is_poisoned(first + 16));
    assert_true(__asan_address_is_poisoned(second + 16));
    kk_arena_reset(arena);
    assert_true(__asan_address_is_poisoned(second));
    kk_arena_free(arena);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mixes_and_resets),
        cmocka_unit_test(refuses_overflow),
        cmocka_unit_test(copies_text),
        cmocka_unit_test(survives_failing_allocations),
#if defined(HAVE_ASAN) && defined(KK_ARENA_DEBUG)
        cmocka_unit_test(overruns_are_seen),
#endif
    };
    int failed = ROWS_RUN("arena sizes", sizes, keeps_apart);
    failed += cmocka_run_group_tests_name("arena", tests, NULL, NULL);
    return failed;
}
