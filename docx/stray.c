/* Holds two packages against the list of ranges that an edit reported: is everything else the same?
 * Knows zip entries and bytes; nothing of XML or of what was edited. */
#include "docx.h"
#include "error.h"
#include "str.h"
#include "vec.h"
#include "zip.h"

#include <string.h>

typedef struct checker {
    kk_zip *before, *after;
    kk_str old_file, new_file;
    const kk_docx_edit *edits;
    uint32_t n_edits;
    kk_arena *arena;
    KK_VEC(kk_docx_stray) strays;
    bool failed;
} checker;

static void note(checker *c, kk_stray_kind kind, kk_str part, uint64_t at)
{
    const kk_docx_stray stray = {kind, kk_arena_str(c->arena, part), at};
    c->failed = c->failed || stray.part.ptr == NULL || !kk_vec_push(&c->strays, stray);
}

/* First edit of that part, NULL if it has none. */
static const kk_docx_edit *edit_of(const checker *c, kk_str part)
{
    for (uint32_t i = 0; i < c->n_edits; i++) {
        if (kk_str_equal(c->edits[i].part, part)) {
            return &c->edits[i];
        }
    }
    return NULL;
}

static bool is_removed(const kk_docx_edit *e)
{
    return e != NULL && e->begin == 0 && e->end == 0 && e->old_begin == 0 && e->old_end > 0;
}

/* The same for a part that is gone, which may have been empty. */
static bool tells_of_removal(const kk_docx_edit *e, uint64_t size)
{
    return e != NULL && e->begin == 0 && e->end == 0 && e->old_begin == 0 && e->old_end == size;
}

/* Offset of the first byte that differs; the shorter length when one begins the other. */
static uint64_t first_difference(kk_str a, kk_str b)
{
    size_t at = 0;
    while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at]) {
        at++;
    }
    return at;
}

/* What lies between two ranges must be the same in both. */
static bool same_between(checker *c, kk_str part, kk_str old, kk_str now, uint64_t at)
{
    if (kk_str_equal(old, now)) {
        return true;
    }
    note(c, KK_STRAY_BYTES, part, at + first_difference(old, now));
    return false;
}

/* Both ends lie within the bytes, so they fit a size_t. */
static kk_str between(kk_str bytes, uint64_t from, uint64_t to)
{
    return kk_str_slice(bytes, (size_t)from, (size_t)to);
}

static void compare_part(checker *c, kk_str part, kk_str old, kk_str now)
{
    uint64_t at = 0, to = 0;
    for (uint32_t i = 0; i < c->n_edits; i++) {
        const kk_docx_edit *e = &c->edits[i];
        if (!kk_str_equal(e->part, part)) {
            continue;
        }
        if (e->old_begin < at || e->old_end < e->old_begin || e->old_end > old.len ||
            e->begin < to || e->end < e->begin || e->end > now.len) {
            note(c, KK_STRAY_RANGE, part, e->begin);
            return;
        }
        if (!same_between(c, part, between(old, at, e->old_begin), between(now, to, e->begin),
                          to)) {
            return;
        }
        at = e->old_end;
        to = e->end;
    }
    (void)same_between(c, part, between(old, at, old.len), between(now, to, now.len), to);
}

static kk_status compare_changed(checker *c, uint32_t i, uint32_t k, kk_error *err)
{
    kk_str old, now;
    uint32_t n;
    KK_TRY(kk_zip_read(c->before, i, &old, err));
    KK_TRY(kk_zip_read(c->after, k, &now, err));
    compare_part(c, kk_zip_entries(c->before, &n)[i].name, old, now);
    return KK_OK;
}

static bool same_packed(const checker *c, const kk_zip_entry *a, const kk_zip_entry *b)
{
    return a->packed == b->packed && a->size == b->size && a->crc == b->crc &&
           a->method == b->method && a->dos_time == b->dos_time && a->dos_date == b->dos_date &&
           kk_str_equal(between(c->old_file, a->data, a->data + a->packed),
                        between(c->new_file, b->data, b->data + b->packed));
}

/* Entries of the old package, one by one; *next is where the order of the new one stands. */
static kk_status check_entry(checker *c, uint32_t i, uint32_t *next, kk_error *err)
{
    uint32_t n_old, n_new;
    const kk_zip_entry *a = &kk_zip_entries(c->before, &n_old)[i];
    const kk_zip_entry *all = kk_zip_entries(c->after, &n_new);
    const uint32_t k = kk_zip_find(c->after, a->name);
    const kk_docx_edit *e = edit_of(c, a->name);
    if (k == KK_NONE || !kk_str_equal(all[k].name, a->name)) {
        if (!tells_of_removal(e, a->size)) {
            note(c, KK_STRAY_MISSING, a->name, 0);
        }
        return KK_OK;
    }
    if (is_removed(e)) {
        note(c, KK_STRAY_RANGE, a->name, 0);
        return KK_OK;
    }
    if (k < *next) {
        note(c, KK_STRAY_ORDER, a->name, 0);
    }
    *next = k + 1;
    if (e != NULL) {
        return compare_changed(c, i, k, err);
    }
    if (!same_packed(c, a, &all[k])) {
        note(c, KK_STRAY_ENTRY, a->name, 0);
    }
    return KK_OK;
}

/* Entries that only the new package has: an edit must tell of each, whole. */
static void check_added(checker *c)
{
    uint32_t n;
    const kk_zip_entry *all = kk_zip_entries(c->after, &n);
    for (uint32_t k = 0; k < n; k++) {
        const uint32_t i = kk_zip_find(c->before, all[k].name);
        const kk_docx_edit *e = edit_of(c, all[k].name);
        if (i == KK_NONE && (e == NULL || e->begin != 0 || e->end != all[k].size)) {
            note(c, KK_STRAY_ADDED, all[k].name, 0);
        }
    }
}

/* Ranges in parts that neither package has. */
static void check_ranges(checker *c)
{
    for (uint32_t i = 0; i < c->n_edits; i++) {
        const kk_str part = c->edits[i].part;
        if (kk_zip_find(c->before, part) == KK_NONE && kk_zip_find(c->after, part) == KK_NONE) {
            note(c, KK_STRAY_RANGE, part, c->edits[i].begin);
        }
    }
}

static kk_status check(checker *c, const kk_limits *limits, kk_error *err)
{
    uint32_t n, next = 0;
    KK_TRY(kk_zip_open(&c->before, c->old_file, limits, err));
    KK_TRY(kk_zip_open(&c->after, c->new_file, limits, err));
    KK_TRY(kk_zip_verify(c->before, err));
    KK_TRY(kk_zip_verify(c->after, err));
    (void)kk_zip_entries(c->before, &n);
    for (uint32_t i = 0; i < n; i++) {
        KK_TRY(check_entry(c, i, &next, err));
    }
    check_added(c);
    check_ranges(c);
    return c->failed ? kk_fail_nomem(err) : KK_OK;
}

kk_status kk_docx_find_strays(const kk_docx_change *change, const kk_limits *limits,
                              kk_arena *arena, const kk_docx_stray **out, uint32_t *n,
                              kk_error *err)
{
    checker c = {.old_file = change->before,
                 .new_file = change->after,
                 .edits = change->edits,
                 .n_edits = change->n_edits,
                 .arena = arena};
    *out = NULL;
    *n = 0;
    kk_status status = check(&c, limits, err);
    if (status == KK_OK) {
        kk_docx_stray *list = kk_arena_array(arena, c.strays.n + 1, sizeof *list);
        status = list == NULL ? kk_fail_nomem(err) : KK_OK;
        if (list != NULL && c.strays.n > 0) {
            memcpy(list, c.strays.items, c.strays.n * sizeof *list);
        }
        *out = list;
        *n = list == NULL ? 0 : (uint32_t)c.strays.n;
    }
    kk_vec_free(&c.strays);
    kk_zip_free(c.before);
    kk_zip_free(c.after);
    return status;
}
