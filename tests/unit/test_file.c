/* Files: reading with a cap, atomic replacement, copying, walking. Each test gets an empty folder
 * of its own and looks at it from outside with plain POSIX calls. */
#include "error.h"
#include "file.h"
#include "fileio.h"
#include "mem.h"
#include "str.h"

#include "rows.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char home[64];

/* Path below the test's folder; the last eight results stay valid. */
static const char *in(const char *name)
{
    static char paths[8][600];
    static unsigned turn;
    char *path = paths[turn++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", home, name);
    return path;
}

static int set_up(void **state)
{
    (void)state;
    snprintf(home, sizeof home, "/tmp/kk-file-XXXXXX");
    return mkdtemp(home) == NULL;
}

static void remove_tree(const char *path)
{
    struct stat info;
    if (lstat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
        chmod(path, 0700);
        DIR *folder = opendir(path);
        for (const struct dirent *e; folder != NULL && (e = readdir(folder)) != NULL;) {
            if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0) {
                char below[1024];
                if (snprintf(below, sizeof below, "%s/%s", path, e->d_name) < 1024) {
                    remove_tree(below);
                }
            }
        }
        if (folder != NULL) {
            closedir(folder);
        }
    }
    remove(path);
}

static int tear_down(void **state)
{
    (void)state;
    remove_tree(home);
    return 0;
}

static void put(const char *path, const char *text, mode_t mode)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, mode), 0);
}

static void holds(const char *path, const char *text)
{
    char got[256] = "";
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    const size_t n = fread(got, 1, sizeof got - 1, file);
    fclose(file);
    assert_int_equal(n, strlen(text));
    assert_string_equal(got, text);
}

static size_t count_entries(const char *path)
{
    size_t n = 0;
    DIR *folder = opendir(path);
    assert_non_null(folder);
    while (readdir(folder) != NULL) {
        n++;
    }
    closedir(folder);
    return n - 2;
}

static kk_status replace(const char *path, const char *text, kk_error *err)
{
    const kk_str whole = kk_str_from(text);
    const kk_str pieces[] = {kk_str_slice(whole, 0, whole.len / 2),
                             {NULL, 0},
                             kk_str_slice(whole, whole.len / 2, whole.len)};
    kk_error_clear(err);
    return kk_file_replace(path, pieces, 3, err);
}

/* Says what is wrong and, after a semicolon, what to do; names the file. */
static void is_helpful(const kk_error *err, kk_status status, const char *path)
{
    assert_int_equal(err->status, status);
    assert_non_null(strchr(err->message, ';'));
    assert_string_equal(err->part, path);
}

/* ---- reading ------------------------------------------------------------------------------- */

static void reads_within_its_cap(void **state)
{
    (void)state;
    static const struct {
        size_t size, max, buf_max;
        kk_status status;
    } rows[] = {
        {0, 0, 0, KK_OK},       {0, 1, 0, KK_OK},
        {1000, 0, 0, KK_OK},    {1000, 1000, 0, KK_OK},
        {1000, 1001, 0, KK_OK}, {1000, 999, 0, KK_E_LIMIT},
        {1000, 0, 1000, KK_OK}, {1000, 0, 999, KK_E_LIMIT},
        {200000, 0, 0, KK_OK},  {200000, 5000, 900, KK_E_LIMIT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        kk_error err = {.status = KK_OK};
        kk_buf buf;
        char *text = test_malloc(rows[i].size + 1);
        memset(text, 'x', rows[i].size);
        text[rows[i].size] = '\0';
        put(in("a"), text, 0600);
        kk_buf_init(&buf, rows[i].buf_max);
        assert_int_equal(kk_file_read(in("a"), rows[i].max, &buf, &err), rows[i].status);
        if (rows[i].status == KK_OK) {
            assert_int_equal(buf.len, rows[i].size);
            assert_string_equal(buf.ptr, text); /* also: a NUL after the last byte */
        } else {
            is_helpful(&err, KK_E_LIMIT, in("a"));
            assert_string_equal(err.reason, "limit");
            assert_int_equal(buf.len, 0);
        }
        kk_buf_dispose(&buf);
        test_free(text);
    }
}

static void reads_files_without_a_size(void **state)
{
    (void)state;
    kk_buf buf;
    kk_buf_init(&buf, 0);
    if (!kk_file_exists("/proc/self/status")) {
        skip();
    }
    assert_int_equal(kk_file_read("/proc/self/status", 0, &buf, NULL), KK_OK);
    assert_true(buf.len > 100);
    assert_int_equal(kk_file_read("/proc/self/status", 50, &buf, NULL), KK_E_LIMIT);
    kk_buf_dispose(&buf);
}

static void refuses_what_is_no_file(void **state)
{
    (void)state;
    kk_buf buf;
    kk_buf_init(&buf, 0);
    assert_int_equal(mkfifo(in("pipe"), 0600), 0);
    assert_int_equal(mkdir(in("folder"), 0700), 0);
    const char *const names[] = {"pipe", "folder", "missing", "missing/either", "pipe/below"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        kk_error err = {.status = KK_OK};
        assert_int_equal(kk_file_read(in(names[i]), 0, &buf, &err), KK_E_IO);
        is_helpful(&err, KK_E_IO, in(names[i]));
    }
    for (size_t i = 0; i < 2; i++) {
        kk_error err = {.status = KK_OK};
        assert_int_equal(replace(in(names[i]), "new", &err), KK_E_IO);
        is_helpful(&err, KK_E_IO, in(names[i]));
    }
    assert_int_equal(count_entries(home), 2);
    kk_buf_dispose(&buf);
}

/* ---- replacing ----------------------------------------------------------------------------- */

static void new_file_obeys_the_umask(void **state)
{
    (void)state;
    const mode_t old = umask(027);
    assert_int_equal(replace(in("new"), "first", NULL), KK_OK);
    umask(old);
    struct stat info;
    assert_int_equal(stat(in("new"), &info), 0);
    assert_int_equal(info.st_mode & 07777, 0640);
    holds(in("new"), "first");
    assert_int_equal(count_entries(home), 1);
}

static void keeps_mode_and_owner(void **state)
{
    (void)state;
    static const mode_t modes[] = {0600, 0640, 0644, 0666, 0755};
    struct stat before, after;
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        put(in("a"), "old text", modes[i]);
        if (geteuid() == 0) {
            assert_int_equal(chown(in("a"), 12345, 54321), 0);
            assert_int_equal(chmod(in("a"), modes[i]), 0);
        }
        assert_int_equal(stat(in("a"), &before), 0);
        assert_int_equal(replace(in("a"), "new", NULL), KK_OK);
        assert_int_equal(stat(in("a"), &after), 0);
        assert_int_equal(after.st_mode, before.st_mode);
        assert_int_equal(after.st_uid, before.st_uid);
        assert_int_equal(after.st_gid, before.st_gid);
        assert_int_not_equal(after.st_ino, before.st_ino); /* renamed over, not written into */
        holds(in("a"), "new");
        assert_int_equal(remove(in("a")), 0);
    }
}

static void links_stay_and_targets_change(void **state)
{
    (void)state;
    assert_int_equal(mkdir(in("far"), 0700), 0);
    put(in("far/real"), "old", 0640);
    assert_int_equal(symlink("far/real", in("link")), 0);
    assert_int_equal(symlink(in("link"), in("chain")), 0);
    assert_int_equal(symlink("far/not-yet", in("dangling")), 0);
    assert_int_equal(symlink("circle", in("circle")), 0);
    struct stat info;
    kk_error err = {.status = KK_OK};

    assert_int_equal(replace(in("link"), "through link", NULL), KK_OK);
    holds(in("far/real"), "through link");
    assert_int_equal(replace(in("chain"), "through chain", NULL), KK_OK);
    holds(in("far/real"), "through chain");
    assert_int_equal(replace(in("dangling"), "made", NULL), KK_OK);
    holds(in("far/not-yet"), "made");
    assert_int_equal(replace(in("circle"), "x", &err), KK_E_IO);
    is_helpful(&err, KK_E_IO, in("circle"));
    const char *const links[] = {"link", "chain", "dangling", "circle"};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(lstat(in(links[i]), &info), 0);
        assert_true(S_ISLNK(info.st_mode));
    }
    assert_int_equal(stat(in("far/real"), &info), 0);
    assert_int_equal(info.st_mode & 07777, 0640);
    assert_int_equal(count_entries(home), 5);
    assert_int_equal(count_entries(in("far")), 2);
}

static void relative_names_work(void **state)
{
    (void)state;
    char back[1024];
    assert_non_null(getcwd(back, sizeof back));
    assert_int_equal(chdir(home), 0);
    kk_error err = {.status = KK_OK};
    assert_int_equal(replace("plain", "text", NULL), KK_OK);
    assert_int_equal(replace("", "text", &err), KK_E_IO);
    assert_int_equal(replace("./", "text", &err), KK_E_IO);
    assert_int_equal(chdir(back), 0);
    holds(in("plain"), "text");
    assert_int_equal(count_entries(home), 1);
}

static void missing_folder_is_said(void **state)
{
    (void)state;
    kk_error err = {.status = KK_OK};
    assert_int_equal(replace(in("no/such/file"), "new", &err), KK_E_IO);
    is_helpful(&err, KK_E_IO, in("no/such/file"));
    assert_non_null(strstr(err.message, "folder does not exist"));
}

/* A limit on file size stands in for a full disk: the third block cannot be written. */
static void full_disk_leaves_the_old_file(void **state)
{
    (void)state;
    struct rlimit old, tight = {8192, RLIM_INFINITY};
    struct stat before, after;
    char *text = test_malloc(20001);
    memset(text, 'n', 20000);
    text[20000] = '\0';
    put(in("a"), "old", 0644);
    put(in("from"), text, 0644);
    assert_int_equal(stat(in("a"), &before), 0);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    tight.rlim_max = old.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
    kk_error replaced = {.status = KK_OK}, copied = {.status = KK_OK};
    const kk_status first = replace(in("a"), text, &replaced);
    const kk_status second = kk_file_copy(in("from"), in("b"), false, &copied);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    signal(SIGXFSZ, SIG_DFL);

    assert_int_equal(first, KK_E_IO);
    assert_int_equal(second, KK_E_IO);
    is_helpful(&replaced, KK_E_IO, in("a"));
    is_helpful(&copied, KK_E_IO, in("b"));
    holds(in("a"), "old");
    assert_int_equal(stat(in("a"), &after), 0);
    assert_int_equal(after.st_ino, before.st_ino);
    assert_int_equal(after.st_mtime, before.st_mtime);
    assert_int_equal(count_entries(home), 2); /* no temporary left */
    test_free(text);
}

/* Permissions do not bind root, who becomes nobody for this. */
static void no_permission_leaves_the_old_file(void **state)
{
    (void)state;
    const bool root = geteuid() == 0;
    kk_error folder = {.status = KK_OK}, file = {.status = KK_OK};
    assert_int_equal(mkdir(in("locked"), 0700), 0);
    assert_int_equal(mkdir(in("open"), 0777), 0);
    put(in("locked/a"), "old", 0666);
    put(in("open/a"), "old", 0444);
    assert_int_equal(chmod(home, 0755), 0);
    assert_int_equal(chmod(in("open"), 0777), 0);
    assert_int_equal(chmod(in("locked"), 0555), 0);
    if (root && seteuid(65534) != 0) {
        skip();
    }
    const kk_status in_folder = replace(in("locked/a"), "new", &folder);
    const kk_status on_file = replace(in("open/a"), "new", &file);
    if (root) {
        assert_int_equal(seteuid(0), 0);
    }
    assert_int_equal(in_folder, KK_E_IO);
    assert_int_equal(on_file, KK_E_IO);
    is_helpful(&folder, KK_E_IO, in("locked/a"));
    is_helpful(&file, KK_E_IO, in("open/a"));
    assert_non_null(strstr(folder.message, "no permission"));
    assert_non_null(strstr(file.message, "write-protected"));
    holds(in("locked/a"), "old");
    holds(in("open/a"), "old");
    assert_int_equal(count_entries(in("locked")), 1);
    assert_int_equal(count_entries(in("open")), 1);
}

static void failing_allocations_leave_the_old_file(void **state)
{
    (void)state;
    put(in("a"), "old", 0644);
    for (uint64_t n = 1;; n++) {
        kk_error err;
        kk_mem_fail_at(n);
        const uint64_t before = kk_mem_count();
        const kk_status status = replace(in("a"), "new", &err);
        const bool reached = kk_mem_count() - before >= n;
        kk_mem_fail_at(0);
        assert_int_equal(count_entries(home), 1);
        if (!reached) {
            assert_int_equal(status, KK_OK);
            holds(in("a"), "new");
            assert_true(n > 1);
            break;
        }
        assert_int_equal(status, KK_E_NOMEM);
        holds(in("a"), "old");
    }
}

static const struct cause_row {
    const char *name;
    int code;
    const char *says;
} causes[] = {
    {"full", ENOSPC, "disk is full; free some space"},
    {"quota", EDQUOT, "quota is used up; free"},
    {"read-only", EROFS, "read-only; choose another folder"},
    {"permission", EACCES, "no permission; ask"},
    {"other", EIO, "cannot write: "},
};

static void says_what_to_do(void **state)
{
    const struct cause_row *row = *state;
    kk_error err = {.status = KK_OK};
    assert_int_equal(kk_io_fail(&err, "mal.docx", "write", row->code), KK_E_IO);
    assert_non_null(strstr(err.message, row->says));
    assert_string_equal(err.part, "mal.docx");
    assert_int_equal(kk_io_fail(NULL, "mal.docx", "write", ENOMEM), KK_E_NOMEM);
}

/* ---- copying ------------------------------------------------------------------------------- */

static void copies_mode_and_time(void **state)
{
    (void)state;
    const struct timespec times[2] = {{1000000000, 0}, {1234567890, 500000000}};
    struct stat info;
    kk_error err = {.status = KK_OK};
    put(in("a"), "text", 0640);
    assert_int_equal(utimensat(AT_FDCWD, in("a"), times, 0), 0);
    assert_int_equal(kk_file_copy(in("a"), in("b"), false, &err), KK_OK);
    assert_int_equal(stat(in("b"), &info), 0);
    assert_int_equal(info.st_mode & 07777, 0640);
    assert_int_equal(info.st_mtime, 1234567890);
    assert_int_equal(info.st_nlink, 1);
    holds(in("b"), "text");

    put(in("a"), "newer", 0600);
    assert_int_equal(kk_file_copy(in("a"), in("b"), false, &err), KK_E_IO);
    is_helpful(&err, KK_E_IO, in("b"));
    holds(in("b"), "text");
    assert_int_equal(kk_file_copy(in("a"), in("b"), true, NULL), KK_OK);
    holds(in("b"), "newer");
    assert_int_equal(kk_file_copy(in("missing"), in("c"), true, NULL), KK_E_IO);
    assert_int_equal(count_entries(home), 2);
}

/* ---- folders ------------------------------------------------------------------------------- */

static void makes_folders(void **state)
{
    (void)state;
    kk_error err = {.status = KK_OK};
    assert_int_equal(kk_file_mkdirs(in("a/b//c/"), &err), KK_OK);
    assert_true(kk_file_is_dir(in("a/b/c")));
    assert_int_equal(kk_file_mkdirs(in("a/b/c"), &err), KK_OK);
    put(in("file"), "x", 0600);
    assert_true(kk_file_exists(in("file")));
    assert_false(kk_file_is_dir(in("file")));
    assert_false(kk_file_exists(in("none")));
    assert_int_equal(kk_file_mkdirs(in("file/below"), &err), KK_E_IO);
    assert_non_null(strchr(err.message, ';'));
    kk_error_clear(&err);
    assert_int_equal(kk_file_mkdirs(in("file"), &err), KK_E_IO);
    is_helpful(&err, KK_E_IO, in("file"));
}

typedef struct seen {
    kk_buf names;
    size_t n, stop_at;
} seen;

static bool see(void *context, const char *file)
{
    seen *s = context;
    const size_t root = strlen(home) + 1;
    kk_buf_printf(&s->names, "%s ", strncmp(file, home, root - 1) == 0 ? file + root : file);
    s->n++;
    return s->n != s->stop_at;
}

static void walk_is(const char *path, size_t stop_at, kk_status status, const char *names)
{
    seen s = {.stop_at = stop_at};
    kk_error err = {.status = KK_OK};
    kk_buf_init(&s.names, 0);
    kk_buf_puts(&s.names, "");
    assert_int_equal(kk_file_walk(path, see, &s, &err), status);
    assert_int_equal(err.status, status);
    assert_string_equal(s.names.ptr, names);
    kk_buf_dispose(&s.names);
}

static void walks_in_order(void **state)
{
    (void)state;
    assert_int_equal(mkdir(in("m"), 0700), 0);
    assert_int_equal(mkdir(in("m/deep"), 0700), 0);
    assert_int_equal(mkdir(in("empty"), 0700), 0);
    put(in("z"), "", 0600);
    put(in("B"), "", 0600);
    put(in("å"), "", 0600);
    put(in(".hidden"), "", 0600);
    put(in("m/~$lock"), "", 0600);
    put(in("m/deep/x"), "", 0600);
    assert_int_equal(symlink("m", in("loop-to-folder")), 0);
    assert_int_equal(symlink("..", in("m/up")), 0);
    assert_int_equal(symlink("B", in("link-to-file")), 0);
    assert_int_equal(symlink("nowhere", in("dangling")), 0);
    assert_int_equal(mkfifo(in("pipe"), 0600), 0);
    const char *all = ".hidden B link-to-file m/deep/x m/~$lock z å ";
    walk_is(home, 0, KK_OK, all);
    walk_is(in("empty"), 0, KK_OK, "");
    walk_is(in("m/deep/x"), 0, KK_OK, "m/deep/x ");
    walk_is(in("loop-to-folder"), 0, KK_OK, "loop-to-folder/deep/x loop-to-folder/~$lock ");
    walk_is(in("m/"), 0, KK_OK, "m/deep/x m/~$lock ");
    walk_is(home, 2, KK_E_CANCELLED, ".hidden B ");
    walk_is(in("gone"), 0, KK_E_IO, "");
}

static void walk_survives_failing_allocations(void **state)
{
    (void)state;
    assert_int_equal(mkdir(in("m"), 0700), 0);
    put(in("m/a"), "", 0600);
    put(in("b"), "", 0600);
    for (uint64_t n = 1;; n++) {
        static char sink[4096];
        seen s = {.names = {.ptr = NULL}};
        kk_buf_init(&s.names, 0);
        assert_non_null(kk_buf_reserve(&s.names, sizeof sink)); /* so that `see` asks for none */
        kk_mem_fail_at(n);
        const uint64_t before = kk_mem_count();
        const kk_status status = kk_file_walk(home, see, &s, NULL);
        const bool reached = kk_mem_count() - before >= n;
        kk_mem_fail_at(0);
        assert_int_equal(status, reached ? KK_E_NOMEM : KK_OK);
        assert_int_equal(s.n == 2, !reached || s.n == 2);
        kk_buf_dispose(&s.names);
        if (!reached) {
            assert_true(n > 4);
            break;
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_within_its_cap),
        TEST(reads_files_without_a_size),
        TEST(refuses_what_is_no_file),
        TEST(new_file_obeys_the_umask),
        TEST(keeps_mode_and_owner),
        TEST(links_stay_and_targets_change),
        TEST(relative_names_work),
        TEST(missing_folder_is_said),
        TEST(full_disk_leaves_the_old_file),
        TEST(no_permission_leaves_the_old_file),
        TEST(failing_allocations_leave_the_old_file),
        TEST(copies_mode_and_time),
        TEST(makes_folders),
        TEST(walks_in_order),
        TEST(walk_survives_failing_allocations),
    };
    int failed = ROWS_RUN("file errors", causes, says_what_to_do);
    failed += cmocka_run_group_tests_name("file", tests, NULL, NULL);
    return failed;
}
