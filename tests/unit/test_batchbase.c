/* What runs over many files stand on: the append-only file, the budget, base64, single acts on files. */
#include "append.h"
#include "base64.h"
#include "budget.h"
#include "file.h"
#include "fileops.h"
#include "str.h"

#include "rows.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64];

static const char *in(const char *name)
{
    static char paths[8][160];
    static unsigned turn;
    char *path = paths[turn++ % 8];
    (void)snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static int setup(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/kk-batchbase-XXXXXX");
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static int teardown(void **state)
{
    char command[128];
    (void)state;
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static void put(const char *path, const char *text)
{
    const kk_str bytes = kk_str_from(text);
    assert_int_equal(kk_file_replace(path, &bytes, 1, NULL), KK_OK);
}

static void has(const char *path, const char *text)
{
    kk_buf b;
    kk_buf_init(&b, 0);
    assert_int_equal(kk_file_read(path, 0, &b, NULL), KK_OK);
    assert_string_equal(b.ptr == NULL ? "" : b.ptr, text);
    kk_buf_dispose(&b);
}

/* ---- append ---------------------------------------------------------------------------------- */

static void appends_whole_lines(void **state)
{
    kk_append *a;
    kk_error err = {.status = KK_OK};
    (void)state;
    assert_int_equal(kk_append_open(&a, in("j"), true, &err), KK_OK);
    assert_int_equal(kk_append_write(a, KK_STR("en\n"), true, &err), KK_OK);
    assert_int_equal(kk_append_write(a, KK_STR("to"), false, &err), KK_OK);
    kk_append_close(a);
    assert_int_equal(kk_append_open(&a, in("j"), true, &err), KK_E_IO); /* there already */
    assert_null(a);
    assert_int_equal(kk_append_open(&a, in("j"), false, NULL), KK_OK);
    has(in("j"), "en\nto\n"); /* the line that was cut off is ended */
    assert_int_equal(kk_append_write(a, KK_STR("tre\n"), true, NULL), KK_OK);
    has(in("j"), "en\nto\ntre\n");
    kk_append_close(a);
    kk_append_close(NULL);
}

static void one_writer_at_a_time(void **state)
{
    kk_append *a;
    kk_append *b;
    kk_error err = {.status = KK_OK};
    (void)state;
    assert_int_equal(kk_append_open(&a, in("j"), true, NULL), KK_OK);
    assert_int_equal(kk_append_open(&b, in("j"), false, &err), KK_E_IO);
    assert_string_equal(err.reason, "journal-busy");
    kk_append_close(a);
    assert_int_equal(kk_append_open(&b, in("j"), false, NULL), KK_OK);
    kk_append_close(b);
}

static void refuses_what_is_no_file(void **state)
{
    kk_append *a;
    (void)state;
    assert_int_equal(mkfifo(in("fifo"), 0600), 0);
    assert_int_equal(symlink("/etc/hosts", in("lenke")), 0);
    assert_int_not_equal(kk_append_open(&a, in("fifo"), false, NULL), KK_OK);
    assert_int_not_equal(kk_append_open(&a, in("lenke"), false, NULL), KK_OK);
    assert_int_not_equal(kk_append_open(&a, folder, false, NULL), KK_OK);
    assert_int_not_equal(kk_append_open(&a, in("borte/j"), true, NULL), KK_OK);
}

/* ---- budget ---------------------------------------------------------------------------------- */

typedef struct user {
    kk_budget *budget;
    uint64_t amount;
} user;

static void *spend(void *argument)
{
    const user *u = argument;
    for (int i = 0; i < 2000; i++) {
        kk_budget_take(u->budget, u->amount);
        kk_budget_give(u->budget, u->amount);
    }
    return NULL;
}

static void budget_is_never_exceeded(void **state)
{
    kk_budget *b;
    pthread_t threads[4];
    (void)state;
    assert_int_equal(kk_budget_new(&b, 100, NULL), KK_OK);
    user users[4] = {{b, 40}, {b, 60}, {b, 1}, {b, 99}};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, spend, &users[i]), 0);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_true(kk_budget_peak(b) <= 100 && kk_budget_peak(b) >= 99);
    kk_budget_take(b, 1000); /* larger than all of it: goes ahead alone */
    kk_budget_give(b, 1000);
    kk_budget_take(b, UINT64_MAX);
    kk_budget_give(b, UINT64_MAX);
    kk_budget_free(b);
    kk_budget_free(NULL);
}

/* ---- base64 ---------------------------------------------------------------------------------- */

static void base64_of_rfc_4648(void **state)
{
    static const char *const pairs[][2] = {{"", ""},         {"f", "Zg=="},     {"fo", "Zm8="},
                                           {"foo", "Zm9v"},  {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="},
                                           {"foobar", "Zm9vYmFy"}};
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        kk_buf b;
        kk_buf_init(&b, 0);
        kk_base64_put(&b, kk_str_from(pairs[i][0]));
        assert_true(kk_str_is(kk_buf_view(&b), pairs[i][1]));
        kk_buf_clear(&b);
        assert_true(kk_base64_take(&b, kk_str_from(pairs[i][1])));
        assert_true(kk_str_is(kk_buf_view(&b), pairs[i][0]));
        kk_buf_dispose(&b);
    }
}

static void base64_refuses_the_rest(void **state)
{
    static const char *const wrong[] = {"Z", "Zg", "Zg=", "Zg===", "=", "====", "Zg==Zg==", "Z*==", "Zg=a", "Zæ=="};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        kk_buf b;
        kk_buf_init(&b, 0);
        kk_buf_puts(&b, "før");
        assert_false(kk_base64_take(&b, kk_str_from(wrong[i])));
        assert_true(kk_str_is(kk_buf_view(&b), "før"));
        kk_buf_dispose(&b);
    }
    kk_buf b;
    kk_buf_init(&b, 0);
    assert_true(kk_base64_take(&b, KK_STR(" Zm9v\r\n Ym\tFy ")));
    assert_true(kk_str_is(kk_buf_view(&b), "foobar"));
    kk_buf_dispose(&b);
}

/* ---- single acts ----------------------------------------------------------------------------- */

static void below_stays_below(void **state)
{
    static const char *const outside[] = {"", "/a", "..", "../a", "a/../b", "a/./b", "./a", "a//b", "a/", "a/.."};
    kk_error err;
    (void)state;
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        err = (kk_error){.status = KK_OK};
        assert_int_equal(kk_file_below(folder, outside[i], true, &err), KK_E_UNSUPPORTED);
        assert_string_equal(err.reason, "target-outside");
    }
    assert_int_equal(kk_file_below(folder, "x/y/z.docx", false, NULL), KK_OK);
    assert_false(kk_file_exists(in("x")));
    assert_int_equal(kk_file_below(folder, "x/y/z.docx", true, NULL), KK_OK);
    assert_true(kk_file_is_dir(in("x/y")));
    assert_int_equal(symlink("/tmp", in("ut")), 0);
    assert_int_equal(symlink("/tmp/finnes-ikke", in("x/y/z.docx")), 0);
    static const char *const links[] = {"ut/a", "ut/b/c", "x/y/z.docx"};
    for (size_t i = 0; i < 3; i++) {
        err = (kk_error){.status = KK_OK};
        assert_int_equal(kk_file_below(folder, links[i], true, &err), KK_E_UNSUPPORTED);
        assert_string_equal(err.reason, "target-link");
    }
}

static void rename_never_overwrites(void **state)
{
    (void)state;
    put(in("a"), "a");
    put(in("b"), "b");
    assert_int_equal(kk_file_rename(in("a"), in("b"), NULL), KK_E_IO);
    has(in("b"), "b");
    assert_int_equal(kk_file_rename(in("a"), in("c"), NULL), KK_OK);
    has(in("c"), "a");
    assert_false(kk_file_exists(in("a")));
    assert_int_equal(kk_file_remove(in("c"), NULL), KK_OK);
    assert_int_equal(kk_file_remove(in("c"), NULL), KK_OK); /* gone already */
}

static void hash_and_size(void **state)
{
    char hash[65] = "";
    (void)state;
    put(in("abc"), "abc");
    assert_int_equal(kk_file_hash(in("abc"), hash, NULL), KK_OK);
    assert_string_equal(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(kk_file_size(in("abc")), 3);
    assert_int_equal(kk_file_size(in("borte")), 0);
    assert_int_equal(kk_file_size(folder), 0);
}

/* A temporary of a dead writer goes; one that a living process holds, and other names, stay. */
static void sweep_takes_dead_temporaries_only(void **state)
{
    static const char dead[] = ".klimakrav-00112233445566778899aabbccddeeff";
    static const char other[] = ".klimakrav-journal";
    static const char held[] = ".klimakrav-ffeeddccbbaa99887766554433221100";
    kk_append *a;
    (void)state;
    put(in(dead), "x");
    put(in(other), "x");
    put(in(held), "x");
    assert_int_equal(kk_append_open(&a, in(held), false, NULL), KK_OK); /* takes the same lock */
    kk_file_sweep(folder);
    assert_false(kk_file_exists(in(dead)));
    assert_true(kk_file_exists(in(other)));
    assert_true(kk_file_exists(in(held)));
    kk_append_close(a);
    kk_file_sweep(folder);
    assert_false(kk_file_exists(in(held)));
    kk_file_sweep(in("borte"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(appends_whole_lines, setup, teardown),
        cmocka_unit_test_setup_teardown(one_writer_at_a_time, setup, teardown),
        cmocka_unit_test_setup_teardown(refuses_what_is_no_file, setup, teardown),
        cmocka_unit_test(budget_is_never_exceeded),
        cmocka_unit_test(base64_of_rfc_4648),
        cmocka_unit_test(base64_refuses_the_rest),
        cmocka_unit_test_setup_teardown(below_stays_below, setup, teardown),
        cmocka_unit_test_setup_teardown(rename_never_overwrites, setup, teardown),
        cmocka_unit_test_setup_teardown(hash_and_size, setup, teardown),
        cmocka_unit_test_setup_teardown(sweep_takes_dead_temporaries_only, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
