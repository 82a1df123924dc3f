/* Edits as a whole: every allocation failing in turn, several clauses in one run and over runs,
 * release, tracked withdrawal, and saving without edits. */
#include "docxcase.h"
#include "mem.h"

static const kk_inline krav[] = {{KK_INLINE_TEXT, true, Z("Krav med "), Z(""), Z("")},
                                 {KK_INLINE_FIELD, true, Z("30"), Z("andel"), Z("")},
                                 {KK_INLINE_BOLD, true, Z(" prosent."), Z(""), Z("")}};
static const kk_block_cell cells[] = {{KK_ROLE_REQUIREMENT, krav, 3},
                                      {KK_ROLE_DOCUMENTATION, krav, 1}};
static const kk_block blocks[] = {{KK_BLOCK_HEADING, krav, 1, NULL, 0},
                                  {KK_BLOCK_PARAGRAPH, krav, 3, NULL, 0},
                                  {KK_BLOCK_ITEM, krav, 1, NULL, 0},
                                  {KK_BLOCK_ROW, NULL, 0, cells, 2}};
static const char document[] = BODY(H1("A") P("en") H1("B") P("siste"));

static kk_blocks clause(const char *id, uint32_t n)
{
    return (kk_blocks){.clause = kk_str_from(id),
                       .version = S("1"),
                       .title = S("Krav"),
                       .lang = KK_LANG_NB,
                       .blocks = blocks,
                       .n_blocks = n};
}

static bool same_main(const kk_docx *a, const kk_docx *b)
{
    return kk_str_equal(a->parts[0].raw, b->parts[0].raw);
}

static void insert_at_end(kk_docx *doc, const char *id, const kk_docx_options *options)
{
    kk_error err;
    kk_error_clear(&err);
    const kk_place place = {.kind = KK_PLACE_STORY_END};
    const kk_blocks one = clause(id, 2);
    if (kk_docx_insert(doc, &one, &place, options, &err) != KK_OK) {
        fail_msg("%s", err.message);
    }
}

/* Inserts, comments, saves, withdraws and resolves with the n-th allocation failing. Success means
 * the very bytes of `expect` (written when n is 0). True when there were fewer than n allocations.
 */
static bool whole_life(uint64_t n, kk_buf *expect)
{
    docx_case c;
    case_begin(&c, document, TINY_STYLES, NULL);
    kk_buf saved, out;
    kk_buf_init(&saved, 0);
    kk_buf_init(&out, 0);
    kk_docx *again = NULL;
    const kk_place place = {.kind = KK_PLACE_STORY_END, .chapter = S("Klima")};
    const kk_blocks one = clause("K", 4);
    const uint64_t before = kk_mem_count();
    kk_mem_fail_at(n);
    kk_status status = kk_docx_insert(c.doc, &one, &place, &case_tracked, NULL);
    if (status == KK_OK) {
        status = kk_docx_comment(c.doc, 0, 1, S("k"), S("Hei"), &case_tracked, NULL);
    }
    if (status == KK_OK) {
        status = kk_docx_save(c.doc, &saved, NULL);
    }
    if (status == KK_OK) {
        status = kk_docx_open(&again, kk_buf_view(&saved), NULL, NULL);
    }
    if (status == KK_OK) {
        status = kk_docx_resolve(again, true, &out, NULL);
    }
    if (status == KK_OK) {
        status = kk_docx_withdraw(again, 0, &case_untracked, NULL);
    }
    if (status == KK_OK) {
        status = kk_docx_uncomment(again, S(""), NULL);
    }
    if (status == KK_OK) {
        kk_buf_clear(&out);
        status = kk_docx_save(again, &out, NULL);
    }
    const bool all = kk_mem_count() - before < n || n == 0;
    kk_mem_fail_at(0);
    if (status != KK_OK && status != KK_E_NOMEM) {
        fail_msg("status %d after failure %u", status, (unsigned)n);
    }
    if (n == 0) {
        kk_buf_str(expect, kk_buf_view(&saved));
    } else if (status == KK_OK && !kk_str_equal(kk_buf_view(expect), kk_buf_view(&saved))) {
        fail_msg("other bytes after failure %u", (unsigned)n);
    }
    if (status == KK_OK) {
        kk_docx *back = case_open(&out);
        assert_true(same_main(back, c.doc) || case_has(back->parts[0].raw, "preserve"));
        kk_docx_free(back);
    }
    kk_docx_free(again);
    kk_buf_dispose(&saved);
    kk_buf_dispose(&out);
    case_end(&c);
    return all;
}

static void survives_without_memory(void **state)
{
    (void)state;
    uint64_t n = 1;
    kk_buf expect;
    kk_buf_init(&expect, 0);
    (void)whole_life(0, &expect);
    while (!whole_life(n, &expect)) {
        n++;
        assert_true(n < 20000);
    }
    assert_true(n > 50);
    kk_buf_dispose(&expect);
}

/* A failed call leaves nothing behind. */
static void failed_call_is_undone(void **state)
{
    (void)state;
    for (uint64_t n = 1; n < 400; n += 7) {
        docx_case c;
        case_begin(&c, document, TINY_STYLES, NULL);
        const kk_place place = {.kind = KK_PLACE_STORY_END, .chapter = S("Klima")};
        const kk_blocks one = clause("K", 4);
        insert_at_end(c.doc, "F", &case_tracked);
        kk_buf before, after;
        kk_buf_init(&before, 0);
        kk_buf_init(&after, 0);
        assert_int_equal(kk_docx_save(c.doc, &before, NULL), KK_OK);
        kk_mem_fail_at(n);
        const kk_status status = kk_docx_insert(c.doc, &one, &place, &case_tracked, NULL);
        kk_mem_fail_at(0);
        assert_int_equal(kk_docx_save(c.doc, &after, NULL), KK_OK);
        if (status != KK_OK) {
            assert_true(kk_str_equal(kk_buf_view(&before), kk_buf_view(&after)));
        }
        kk_buf_dispose(&before);
        kk_buf_dispose(&after);
        case_end(&c);
    }
}

static void nothing_to_do_is_the_same_file(void **state)
{
    (void)state;
    docx_case c;
    case_begin(&c, document, TINY_STYLES, NULL);
    uint32_t n = 7;
    case_save(&c);
    assert_true(kk_str_equal(kk_buf_view(&c.file), kk_buf_view(&c.saved)));
    assert_true(kk_docx_edits(c.doc, &n) == NULL || n == 0);
    case_end(&c);
}

/* Two clauses behind the same last paragraph: one mark, one closing paragraph; each can go alone
 * and in any order, and in the end everything is as before. */
static void two_at_the_end(void **state)
{
    const int order = (int)(intptr_t)*state;
    docx_case c;
    case_begin(&c, document, TINY_STYLES, NULL);
    insert_at_end(c.doc, "ET", &case_tracked);
    insert_at_end(c.doc, "TO", &case_tracked);
    case_save(&c);
    assert_int_equal(c.after->text.n_managed, 2);
    kk_buf out;
    kk_buf_init(&out, 0);
    assert_int_equal(kk_docx_withdraw(c.after, order == 0 ? 0 : 1, &case_tracked, &c.err), KK_OK);
    assert_int_equal(kk_docx_save(c.after, &out, &c.err), KK_OK);
    kk_docx *one = case_open(&out);
    assert_int_equal(one->text.n_managed, 1);
    kk_buf resolved;
    kk_buf_init(&resolved, 0);
    assert_int_equal(kk_docx_resolve(one, false, &resolved, &c.err), KK_OK);
    kk_docx *rejected = case_open(&resolved);
    assert_true(same_main(rejected, c.doc));
    kk_docx_free(rejected);
    assert_int_equal(kk_docx_withdraw(one, 0, &case_tracked, &c.err), KK_OK);
    kk_buf_clear(&resolved);
    assert_int_equal(kk_docx_save(one, &resolved, &c.err), KK_OK);
    kk_docx *none = case_open(&resolved);
    assert_true(same_main(none, c.doc));
    kk_docx_free(none);
    kk_docx_free(one);
    kk_buf_dispose(&out);
    kk_buf_dispose(&resolved);
    case_end(&c);
}

/* Upgrade: the old version goes and the new one comes in one run, in either order, at the end of a
 * story. */
static void replaced_at_the_end(void **state)
{
    const int order = (int)(intptr_t)*state;
    docx_case c;
    case_begin(&c, document, TINY_STYLES, NULL);
    insert_at_end(c.doc, "ET", &case_tracked);
    case_save(&c);
    if (order == 1) {
        insert_at_end(c.after, "TO", &case_tracked);
    }
    assert_int_equal(kk_docx_withdraw(c.after, 0, &case_tracked, &c.err), KK_OK);
    if (order == 0) {
        insert_at_end(c.after, "TO", &case_tracked);
    }
    kk_buf out, resolved;
    kk_buf_init(&out, 0);
    kk_buf_init(&resolved, 0);
    assert_int_equal(kk_docx_save(c.after, &out, &c.err), KK_OK);
    kk_docx *new_one = case_open(&out);
    assert_int_equal(new_one->text.n_managed, 1);
    assert_true(kk_str_is(new_one->text.managed[0].clause, "TO"));
    assert_int_equal(kk_docx_resolve(new_one, false, &resolved, &c.err), KK_OK);
    kk_docx *rejected = case_open(&resolved);
    assert_true(same_main(rejected, c.doc));
    kk_docx_free(rejected);
    kk_docx_free(new_one);
    kk_buf_dispose(&out);
    kk_buf_dispose(&resolved);
    case_end(&c);
}

/* Release: no control, no mark of ours is left; the words are those of the accepted document. */
static void releases(void **state)
{
    const bool track = *state != NULL;
    docx_case c;
    case_begin(&c,
               BODY(H1("A") "<w:p><w:ins w:id=\"3\" "
                            "w:author=\"b\"><w:r><w:t>ny</w:t></w:r></w:ins></w:p>" H1("B")
                                P("siste")),
               TINY_STYLES, NULL);
    const kk_place place = {.kind = KK_PLACE_STORY_END, .chapter = S("Klima")};
    const kk_blocks one = clause("K", 4);
    assert_int_equal(
        kk_docx_insert(c.doc, &one, &place, track ? &case_tracked : &case_untracked, &c.err),
        KK_OK);
    case_save(&c);
    uint32_t n;
    kk_buf out;
    kk_buf_init(&out, 0);
    assert_int_equal(kk_docx_release(c.after, &case_untracked, &n, &c.err), KK_OK);
    assert_int_equal(n, 2);
    assert_int_equal(kk_docx_save(c.after, &out, &c.err), KK_OK);
    kk_docx *free_doc = case_open(&out);
    const kk_str raw = free_doc->parts[0].raw;
    assert_false(case_has(raw, "w:sdt") || case_has(raw, "klimakrav") ||
                 case_has(raw, "customXml"));
    assert_true(case_has(raw, "w:author=\"b\""));
    const uint32_t len =
        c.after->text.len < free_doc->text.len ? c.after->text.len : free_doc->text.len;
    assert_memory_equal(c.after->text.utf8, free_doc->text.utf8, len);
    kk_docx_free(free_doc);
    kk_buf_dispose(&out);
    case_end(&c);
}

/* Tracked withdrawal of an accepted clause: rejecting it gives the clause back, accepting it the
 * document. */
static void strikes(void **state)
{
    (void)state;
    docx_case c;
    case_begin(&c, document, TINY_STYLES, NULL);
    const kk_place place = case_section(c.doc, "A");
    const kk_blocks one = clause("K", 4);
    assert_int_equal(kk_docx_insert(c.doc, &one, &place, &case_untracked, &c.err), KK_OK);
    case_save(&c);
    kk_buf struck, out;
    kk_buf_init(&struck, 0);
    kk_buf_init(&out, 0);
    assert_int_equal(kk_docx_withdraw(c.after, 0, &case_tracked, &c.err), KK_OK);
    assert_int_equal(kk_docx_save(c.after, &struck, &c.err), KK_OK);
    kk_docx *doc = case_open(&struck);
    assert_int_equal(kk_docx_resolve(doc, true, &out, &c.err), KK_OK);
    kk_docx *accepted = case_open(&out);
    assert_true(same_main(accepted, c.doc));
    kk_docx_free(accepted);
    kk_buf_clear(&out);
    assert_int_equal(kk_docx_resolve(doc, false, &out, &c.err), KK_OK);
    kk_docx *rejected = case_open(&out);
    assert_int_equal(rejected->text.n_managed, 1);
    assert_int_equal(rejected->text.len, c.after->text.len);
    assert_memory_equal(rejected->text.utf8, c.after->text.utf8, c.after->text.len);
    kk_docx_free(rejected);
    kk_docx_free(doc);
    kk_buf_dispose(&struck);
    kk_buf_dispose(&out);
    case_end(&c);
}

static void refuses_what_makes_no_sense(void **state)
{
    (void)state;
    docx_case c;
    case_begin(&c, document, TINY_STYLES, NULL);
    const kk_place none = {.kind = KK_PLACE_SECTION_END, .heading = 9, .section_end = 12};
    const kk_place row = {.kind = KK_PLACE_TABLE_ROW};
    kk_blocks one = clause("K", 1);
    assert_int_equal(kk_docx_insert(c.doc, &one, &none, &case_tracked, NULL), KK_E_ARG);
    assert_int_equal(kk_docx_insert(c.doc, &one, &row, &case_tracked, NULL), KK_E_ARG);
    one.n_blocks = 0;
    const kk_place end = {.kind = KK_PLACE_STORY_END};
    assert_int_equal(kk_docx_insert(c.doc, &one, &end, &case_tracked, NULL), KK_E_ARG);
    assert_int_equal(kk_docx_withdraw(c.doc, 0, &case_tracked, NULL), KK_E_ARG);
    case_save(&c);
    assert_true(kk_str_equal(kk_buf_view(&c.file), kk_buf_view(&c.saved)));
    case_end(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(survives_without_memory),
        cmocka_unit_test(failed_call_is_undone),
        cmocka_unit_test(nothing_to_do_is_the_same_file),
        {"two at the end, first goes first", two_at_the_end, NULL, NULL, (void *)0},
        {"two at the end, last goes first", two_at_the_end, NULL, NULL, (void *)1},
        {"replaced, old one first", replaced_at_the_end, NULL, NULL, (void *)0},
        {"replaced, new one first", replaced_at_the_end, NULL, NULL, (void *)1},
        {"release of accepted", releases, NULL, NULL, NULL},
        {"release of pending", releases, NULL, NULL, (void *)1},
        cmocka_unit_test(strikes),
        cmocka_unit_test(refuses_what_makes_no_sense),
    };
    return cmocka_run_group_tests_name("edits", tests, NULL, NULL);
}
