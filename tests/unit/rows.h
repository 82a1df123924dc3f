/* Table-driven tests: an array of rows, each row a test of its own with its own name in the report.
 *
 *   static const struct row { const char *name; ... } rows[] = {{"empty", ...}, ...};
 *   static void finds(void **state) { const struct row *row = *state; ... }
 *   failed += ROWS_RUN("find", rows, finds);
 *
 * The name must be the first member of the row. */
#ifndef KK_TEST_ROWS_H
#define KK_TEST_ROWS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS_MAX = 1024 };

static inline int rows_run(const char *group, const void *rows, size_t n, size_t size,
                           CMUnitTestFunction check)
{
    struct CMUnitTest tests[ROWS_MAX];
    assert_true(n <= ROWS_MAX);
    memset(tests, 0, sizeof tests);
    for (size_t i = 0; i < n; i++) {
        /* cmocka takes the state as void *; rows are only read. */
        union {
            const void *in;
            void *out;
        } row = {(const char *)rows + i * size};
        const char *const *name = row.in;
        tests[i].name = *name;
        tests[i].test_func = check;
        tests[i].initial_state = row.out;
    }
    return _cmocka_run_group_tests(group, tests, n, NULL, NULL);
}

#define ROWS_RUN(group, rows, check)                                                               \
    rows_run(group, rows, sizeof(rows) / sizeof *(rows), sizeof *(rows), check)

#endif
