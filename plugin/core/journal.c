/* Writing and reading the journal of an update run. What is done with the files is update.c's. */
#include "journal.h"

#include "file.h"
#include "fileops.h"

#include <stdio.h>
#include <string.h>

enum { MOST_FIELDS = 8 };

/* ---- lines --------------------------------------------------------------------------------- */

static void put_escaped(kk_buf *out, kk_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        const unsigned char c = (unsigned char)s.ptr[i];
        if (c < 0x20 || c == 0x7F || c == '%') {
            kk_buf_printf(out, "%%%02X", c);
        } else {
            kk_buf_putc(out, (char)c);
        }
    }
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Into the arena; {NULL,0} when out of memory. */
static kk_str unescaped(kk_arena *arena, kk_str s)
{
    char *out = kk_arena_alloc(arena, s.len + 1);
    size_t n = 0;
    if (out == NULL) {
        return (kk_str){NULL, 0};
    }
    for (size_t i = 0; i < s.len; i++) {
        const bool code = s.ptr[i] == '%' && i + 2 < s.len && hex_digit(s.ptr[i + 1]) >= 0 &&
                          hex_digit(s.ptr[i + 2]) >= 0;
        if (code) {
            out[n++] = (char)(hex_digit(s.ptr[i + 1]) * 16 + hex_digit(s.ptr[i + 2]));
            i += 2;
        } else {
            out[n++] = s.ptr[i];
        }
    }
    out[n] = '\0';
    return (kk_str){out, n};
}

static void put_check(kk_buf *line)
{
    const uint64_t h = kk_str_hash(kk_buf_view(line));
    kk_buf_printf(line, "\t%08lx\n", (unsigned long)(h & 0xFFFFFFFFu));
}

static kk_status append(kk_journal *j, const kk_str *fields, size_t n, bool sync, kk_error *err)
{
    kk_buf line;
    kk_buf_init(&line, 0);
    for (size_t i = 0; i < n; i++) {
        if (i > 0) {
            kk_buf_putc(&line, '\t');
        }
        put_escaped(&line, fields[i]);
    }
    put_check(&line);
    const kk_status status = line.failed != KK_OK
                                 ? kk_fail_nomem(err)
                                 : kk_append_write(j->file, kk_buf_view(&line), sync, err);
    kk_buf_dispose(&line);
    return status;
}

/* Splits off the check; false for a line that does not bear it. */
static bool checked(kk_str line, kk_str *fields)
{
    char wanted[16];
    if (line.len < 10 || line.ptr[line.len - 9] != '\t') {
        return false;
    }
    *fields = kk_str_slice(line, 0, line.len - 9);
    const uint64_t h = kk_str_hash(*fields);
    (void)snprintf(wanted, sizeof wanted, "%08lx", (unsigned long)(h & 0xFFFFFFFFu));
    return kk_str_is(kk_str_slice(line, line.len - 8, line.len), wanted);
}

/* ---- reading ------------------------------------------------------------------------------- */

static kk_journal_entry *entry_of(kk_journal *j, kk_str source)
{
    size_t index;
    bool is_new;
    if (!kk_pathset_add(&j->sources, source, &index, &is_new)) {
        return NULL;
    }
    if (is_new && !kk_vec_push(&j->entries, ((kk_journal_entry){.source = source}))) {
        return NULL;
    }
    return &j->entries.items[index];
}

static bool take_file_line(kk_journal *j, const kk_str *f, size_t n)
{
    const bool begin = kk_str_is(f[0], "begin") && n == 6;
    const size_t source = begin ? 3 : n - 1;
    kk_journal_entry *e = entry_of(j, f[source]);
    if (e == NULL) {
        return false;
    }
    if (begin) {
        *e = (kk_journal_entry){f[3], f[1], f[2], f[4], f[5], KK_JOURNAL_BEGUN};
        if (kk_str_is(f[5], "-")) {
            e->backup = KK_STR("");
        }
    } else if (kk_str_is(f[0], "done")) {
        e->state = KK_JOURNAL_DONE;
    } else if (kk_str_is(f[0], "same")) {
        e->state = KK_JOURNAL_SAME;
    } else if (kk_str_is(f[0], "undone")) {
        e->state = KK_JOURNAL_UNDONE;
    } else {
        e->state = KK_JOURNAL_FAILED;
    }
    return true;
}

static bool take_line(kk_journal *j, const kk_str *f, size_t n)
{
    if (kk_str_is(f[0], "run") && n == 7) {
        j->mode = f[1];
        j->bank = f[2];
        j->options = f[3];
        j->date = f[4];
        j->timestamp = f[5];
        j->can_undo = kk_str_is(f[6], "undo");
    } else if (n == 1) {
        j->finished = kk_str_is(f[0], "end") || (j->finished && !kk_str_is(f[0], "resume"));
        j->undoing = j->undoing || kk_str_is(f[0], "undo-begin");
        j->undone = j->undone || kk_str_is(f[0], "undo-end");
    } else {
        return take_file_line(j, f, n);
    }
    return true;
}

static bool take_fields(kk_journal *j, kk_str line)
{
    kk_str fields[MOST_FIELDS];
    kk_str part;
    size_t n = 0;
    while (n < MOST_FIELDS && kk_str_split(&line, '\t', &part)) {
        fields[n] = unescaped(j->arena, part);
        if (fields[n++].ptr == NULL) {
            return false;
        }
    }
    return n == 0 || take_line(j, fields, n);
}

static kk_status take_all(kk_journal *j, kk_str text, const char *path, kk_error *err)
{
    kk_str line;
    kk_str fields;
    if (!kk_str_split(&text, '\n', &line) || !checked(line, &fields) ||
        !kk_str_is(fields, "klimakrav-journal\t1")) {
        return kk_fail_at(err, KK_E_STALE, "journal-damaged", kk_str_from(path), 0,
                          "this is no journal of klimakrav; name another one");
    }
    while (kk_str_split(&text, '\n', &line)) {
        if (!checked(line, &fields)) {
            j->n_damaged += line.len > 0 ? 1 : 0;
        } else if (!take_fields(j, fields)) {
            return kk_fail_nomem(err);
        }
    }
    if (j->mode.len == 0) {
        return kk_fail_at(err, KK_E_STALE, "journal-damaged", kk_str_from(path), 0,
                          "the journal breaks off before it says what was run; name another one");
    }
    return KK_OK;
}

static kk_status journal_new(kk_journal **out, kk_error *err)
{
    kk_journal *j = kk_malloc(sizeof *j);
    kk_arena *arena = kk_arena_new();
    *out = NULL;
    if (j == NULL || arena == NULL) {
        kk_release(j);
        kk_arena_free(arena);
        (void)kk_fail_nomem(err);
        return KK_E_NOMEM;
    }
    *j = (kk_journal){.arena = arena};
    *out = j;
    return KK_OK;
}

static kk_status read_into(kk_journal *j, const char *path, kk_error *err)
{
    kk_buf bytes;
    kk_buf_init(&bytes, 0);
    kk_status status = kk_file_read(path, 0, &bytes, err);
    if (status == KK_OK) {
        status = take_all(j, kk_buf_view(&bytes), path, err);
    }
    kk_buf_dispose(&bytes);
    return status;
}

kk_status kk_journal_read(kk_journal **out, const char *path, kk_error *err)
{
    KK_TRY(journal_new(out, err));
    const kk_status status = read_into(*out, path, err);
    if (status != KK_OK) {
        kk_journal_free(*out);
        *out = NULL;
    }
    return status;
}

kk_status kk_journal_open(kk_journal **out, const char *path, kk_error *err)
{
    KK_TRY(kk_journal_read(out, path, err)); /* never append to what is no journal */
    kk_journal_free(*out);
    KK_TRY(journal_new(out, err));
    kk_status status = kk_append_open(&(*out)->file, path, false, err);
    status = status == KK_OK ? read_into(*out, path, err) : status;
    if (status != KK_OK) {
        kk_journal_free(*out);
        *out = NULL;
    }
    return status;
}

void kk_journal_free(kk_journal *journal)
{
    if (journal != NULL) {
        kk_append_close(journal->file);
        kk_vec_free(&journal->entries);
        kk_pathset_free(&journal->sources);
        kk_arena_free(journal->arena);
        kk_release(journal);
    }
}

const kk_journal_entry *kk_journal_find(const kk_journal *journal, const char *source)
{
    const size_t i = kk_pathset_find(&journal->sources, kk_z(source));
    return i == SIZE_MAX ? NULL : &journal->entries.items[i];
}

kk_status kk_journal_read_info(const char *path, kk_journal_info *out, kk_error *err)
{
    kk_journal *j;
    KK_TRY(kk_journal_read(&j, path, err));
    kk_journal_info info = {.size = sizeof info,
                            .in_place = kk_str_is(j->mode, "in-place"),
                            .can_undo = j->can_undo,
                            .finished = j->finished,
                            .undone = j->undone};
    (void)snprintf(info.date, sizeof info.date, "%s", j->date.ptr);
    (void)snprintf(info.timestamp, sizeof info.timestamp, "%s", j->timestamp.ptr);
    (void)snprintf(info.bank, sizeof info.bank, "%s", j->bank.ptr);
    for (size_t i = 0; i < j->entries.n; i++) {
        const kk_journal_state s = j->entries.items[i].state;
        info.n_changed += s == KK_JOURNAL_DONE || s == KK_JOURNAL_BEGUN ? 1 : 0;
        info.n_same += s == KK_JOURNAL_SAME ? 1 : 0;
        info.n_failed += s == KK_JOURNAL_FAILED ? 1 : 0;
    }
    kk_journal_free(j);
    return kk_struct_out(out, &info, sizeof info);
}

/* ---- writing ------------------------------------------------------------------------------- */

kk_status kk_journal_create(kk_journal **out, const char *path, const kk_journal_head *head,
                            kk_error *err)
{
    KK_TRY(journal_new(out, err));
    kk_journal *j = *out;
    const kk_str title[] = {kk_z("klimakrav-journal"), kk_z("1")};
    const kk_str run[] = {kk_z("run"),     kk_z(head->mode),
                          kk_z(head->bank), kk_z(head->options),
                          kk_z(head->date), kk_z(head->timestamp),
                          kk_z(head->can_undo ? "undo" : "no-undo")};
    kk_status status = kk_append_open(&j->file, path, true, err);
    const bool made = status == KK_OK;
    status = status == KK_OK ? append(j, title, 2, false, err) : status;
    status = status == KK_OK ? append(j, run, sizeof run / sizeof *run, true, err) : status;
    if (status != KK_OK && made) {
        (void)kk_file_remove(path, NULL); /* half a head would stand in the way of every later run */
    }
    if (status != KK_OK) {
        kk_journal_free(j);
        *out = NULL;
    }
    return status;
}

kk_status kk_journal_begin(kk_journal *journal, const kk_journal_entry *entry, kk_error *err)
{
    const kk_str fields[] = {kk_z("begin"),  entry->before, entry->after,
                             entry->source, entry->target,
                             entry->backup.len == 0 ? KK_STR("-") : entry->backup};
    return append(journal, fields, sizeof fields / sizeof *fields, true, err);
}

kk_status kk_journal_done(kk_journal *journal, const char *source, kk_error *err)
{
    const kk_str fields[] = {kk_z("done"), kk_z(source)};
    return append(journal, fields, 2, false, err);
}

kk_status kk_journal_same(kk_journal *journal, const char *hash, const char *source, kk_error *err)
{
    const kk_str fields[] = {kk_z("same"), kk_z(hash), kk_z(source)};
    return append(journal, fields, 3, false, err);
}

kk_status kk_journal_fail(kk_journal *journal, const char *reason, const char *source,
                          kk_error *err)
{
    const kk_str fields[] = {kk_z("fail"), kk_z(reason), kk_z(source)};
    return append(journal, fields, 3, false, err);
}

kk_status kk_journal_undone(kk_journal *journal, const char *source, kk_error *err)
{
    const kk_str fields[] = {kk_z("undone"), kk_z(source)};
    return append(journal, fields, 2, false, err);
}

kk_status kk_journal_word(kk_journal *journal, const char *word, kk_error *err)
{
    const kk_str field = kk_z(word);
    return append(journal, &field, 1, true, err);
}
