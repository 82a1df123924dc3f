/* The journal: what is written is read, what is cut off is known, odd names survive. */
#include "journal.h"

#include "file.h"

#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char path[64];
static const kk_journal_head head = {"in-place", "abc", "opts", "2026-11-23", "2026-11-23T12:00:00Z", true};

static int setup(void **state)
{
    (void)state;
    (void)snprintf(path, sizeof path, "/tmp/kk-journal-XXXXXX");
    const int fd = mkstemp(path);
    return fd < 0 || close(fd) != 0 ? -1 : unlink(path);
}

static int teardown(void **state)
{
    (void)state;
    (void)unlink(path);
    return 0;
}

static kk_journal_entry entry(const char *source)
{
    return (kk_journal_entry){.source = kk_z(source),
                              .before = KK_STR("b1"),
                              .after = KK_STR("a1"),
                              .target = kk_z(source),
                              .backup = KK_STR("")};
}

static kk_journal *make(void)
{
    kk_journal *j;
    assert_int_equal(kk_journal_create(&j, path, &head, NULL), KK_OK);
    return j;
}

static kk_journal *again(void)
{
    kk_journal *j;
    kk_error err = {.status = KK_OK};
    if (kk_journal_read(&j, path, &err) != KK_OK) {
        fail_msg("%s", err.message);
    }
    return j;
}

static void what_is_written_is_read(void **state)
{
    static const char *const odd[] = {"/a/vanlig.docx", "/a/tab\tog\nlinje.docx", "/a/100%.docx", "/a/%09.docx",
                                      "/a/\xff\xfeikke utf-8.docx", "/a/- .docx", "/a/\x01\x7f.docx"};
    (void)state;
    kk_journal *j = make();
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        const kk_journal_entry e = entry(odd[i]);
        assert_int_equal(kk_journal_begin(j, &e, NULL), KK_OK);
    }
    assert_int_equal(kk_journal_done(j, odd[1], NULL), KK_OK);
    assert_int_equal(kk_journal_same(j, "c1", "/a/samme.docx", NULL), KK_OK);
    assert_int_equal(kk_journal_fail(j, "", "/a/feil.docx", NULL), KK_OK);
    assert_int_equal(kk_journal_word(j, "end", NULL), KK_OK);
    kk_journal_free(j);
    j = again();
    assert_true(kk_str_is(j->mode, "in-place") && kk_str_is(j->bank, "abc") && kk_str_is(j->options, "opts"));
    assert_true(kk_str_is(j->timestamp, "2026-11-23T12:00:00Z") && j->can_undo && j->finished && !j->undone);
    assert_int_equal(j->entries.n, sizeof odd / sizeof *odd + 2);
    assert_int_equal(j->n_damaged, 0);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        const kk_journal_entry *e = kk_journal_find(j, odd[i]);
        assert_non_null(e);
        assert_true(kk_str_is(e->target, odd[i]) && kk_str_is(e->after, "a1") && e->backup.len == 0);
        assert_int_equal(e->state, i == 1 ? KK_JOURNAL_DONE : KK_JOURNAL_BEGUN);
    }
    assert_int_equal(kk_journal_find(j, "/a/feil.docx")->state, KK_JOURNAL_FAILED);
    assert_null(kk_journal_find(j, "/a/ukjent.docx"));
    kk_journal_free(j);
}

/* However many bytes of the file are left, no line is believed that was not whole. */
static void cut_off_anywhere(void **state)
{
    (void)state;
    kk_journal *j = make();
    const kk_journal_entry e = entry("/a/b.docx");
    assert_int_equal(kk_journal_begin(j, &e, NULL), KK_OK);
    assert_int_equal(kk_journal_done(j, "/a/b.docx", NULL), KK_OK);
    kk_journal_free(j);
    kk_buf whole;
    kk_buf_init(&whole, 0);
    assert_int_equal(kk_file_read(path, 0, &whole, NULL), KK_OK);
    size_t readable = 0;
    for (size_t n = 0; n < whole.len; n++) {
        const kk_str part = {whole.ptr, n};
        kk_error err = {.status = KK_OK};
        assert_int_equal(kk_file_replace(path, &part, 1, NULL), KK_OK);
        if (kk_journal_read(&j, path, &err) != KK_OK) {
            assert_string_equal(err.reason, "journal-damaged");
            assert_int_equal(readable, 0);
            continue;
        }
        readable++;
        const kk_journal_entry *found = kk_journal_find(j, "/a/b.docx");
        assert_true(found == NULL || (kk_str_is(found->target, "/a/b.docx") && kk_str_is(found->after, "a1")));
        kk_journal_free(j);
        /* Opened for writing, the cut line is ended and the next one stands alone. */
        assert_int_equal(kk_journal_open(&j, path, NULL), KK_OK);
        assert_int_equal(kk_journal_same(j, "c", "/a/ny.docx", NULL), KK_OK);
        kk_journal_free(j);
        j = again();
        assert_int_equal(kk_journal_find(j, "/a/ny.docx")->state, KK_JOURNAL_SAME);
        kk_journal_free(j);
    }
    assert_true(readable > 50);
    kk_buf_dispose(&whole);
}

/* One byte changed anywhere: that line is passed over, or the file is refused; never misread. */
static void changed_bytes_are_known(void **state)
{
    (void)state;
    kk_journal *j = make();
    const kk_journal_entry e = entry("/a/b.docx");
    assert_int_equal(kk_journal_begin(j, &e, NULL), KK_OK);
    kk_journal_free(j);
    kk_buf whole;
    kk_buf_init(&whole, 0);
    assert_int_equal(kk_file_read(path, 0, &whole, NULL), KK_OK);
    for (size_t i = 0; i < whole.len; i++) {
        const char kept = whole.ptr[i];
        whole.ptr[i] = kept == 'x' ? 'y' : 'x';
        const kk_str all = kk_buf_view(&whole);
        assert_int_equal(kk_file_replace(path, &all, 1, NULL), KK_OK);
        if (kk_journal_read(&j, path, NULL) == KK_OK) {
            const kk_journal_entry *found = kk_journal_find(j, "/a/b.docx");
            assert_true(j->entries.n == (found == NULL ? 0u : 1u));
            assert_true(found == NULL || kk_str_is(found->after, "a1"));
            kk_journal_free(j);
        }
        whole.ptr[i] = kept;
    }
    kk_buf_dispose(&whole);
}

static void states_of_a_run(void **state)
{
    kk_journal_info info = KK_INIT(kk_journal_info);
    (void)state;
    kk_journal *j = make();
    assert_int_equal(kk_journal_word(j, "end", NULL), KK_OK);
    assert_int_equal(kk_journal_word(j, "resume", NULL), KK_OK);
    kk_journal_free(j);
    assert_int_equal(kk_journal_read_info(path, &info, NULL), KK_OK);
    assert_true(!info.finished && info.can_undo && info.in_place && !info.undone);
    assert_string_equal(info.date, "2026-11-23");
    assert_int_equal(kk_journal_open(&j, path, NULL), KK_OK);
    kk_journal *second;
    kk_error err = {.status = KK_OK};
    assert_int_equal(kk_journal_open(&second, path, &err), KK_E_IO);
    assert_string_equal(err.reason, "journal-busy");
    assert_int_equal(kk_journal_word(j, "end", NULL), KK_OK);
    assert_int_equal(kk_journal_word(j, "undo-begin", NULL), KK_OK);
    kk_journal_free(j);
    j = again();
    assert_true(j->finished && j->undoing && !j->undone);
    kk_journal_free(j);
}

/* A set of a few thousand paths, some of them twice. */
static void set_of_paths(void **state)
{
    static char names[3000][16];
    kk_pathset set = {0};
    (void)state;
    for (size_t i = 0; i < 3000; i++) {
        size_t index;
        bool is_new;
        (void)snprintf(names[i], sizeof names[i], "/%zu", i * 7 % 2000);
        assert_true(kk_pathset_add(&set, kk_z(names[i]), &index, &is_new));
        assert_int_equal(is_new, i < 2000);
        assert_int_equal(index, i % 2000);
    }
    assert_int_equal(set.keys.n, 2000);
    assert_int_equal(kk_pathset_find(&set, KK_STR("/2000")), SIZE_MAX);
    kk_pathset_free(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_written_is_read, setup, teardown),
        cmocka_unit_test_setup_teardown(cut_off_anywhere, setup, teardown),
        cmocka_unit_test_setup_teardown(changed_bytes_are_known, setup, teardown),
        cmocka_unit_test_setup_teardown(states_of_a_run, setup, teardown),
        cmocka_unit_test(set_of_paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
