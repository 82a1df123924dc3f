/* UTF-8: validation, decoding, the same-length fold, normal form. */
#include "mem.h"
#include "str.h"
#include "utf8.h"

#include "rows.h"

static const struct valid_row {
    const char *name, *in;
    size_t at; /* first bad byte; the length where all is well */
} valids[] = {
    {"ascii", "abc", 3},
    {"empty", "", 0},
    {"Norwegian", "blåbær", 8},
    {"long ascii then bad", "0123456789abcdef0123\xFF", 20},
    {"bad just past eight", "01234567\x80", 8},
    {"lone continuation", "a\x80", 1},
    {"overlong slash", "\xC0\xAF", 0},
    {"overlong two bytes", "\xC1\xBF", 0},
    {"overlong three bytes", "\xE0\x9F\xBF", 0},
    {"least three bytes", "\xE0\xA0\x80", 3},
    {"overlong four bytes", "\xF0\x8F\xBF\xBF", 0},
    {"least four bytes", "\xF0\x90\x80\x80", 4},
    {"surrogate", "a\xED\xA0\x80", 1},
    {"just before surrogates", "\xED\x9F\xBF", 3},
    {"largest", "\xF4\x8F\xBF\xBF", 4},
    {"beyond the largest", "\xF4\x90\x80\x80", 0},
    {"five bytes", "\xF8\x88\x80\x80\x80", 0},
    {"cut short", "ab\xE2\x82", 2},
    {"cut by a letter", "\xE2\x82x", 0},
};

static void finds_bad_bytes(void **state)
{
    const struct valid_row *row = *state;
    const kk_str s = kk_str_from(row->in);
    assert_int_equal(kk_utf8_invalid_at(s), row->at);
    /* The decoder agrees: U+FFFD, one byte on, exactly there. */
    size_t at = 0;
    while (at < row->at) {
        assert_int_not_equal(kk_utf8_next(s, &at), 0xFFFD);
    }
    assert_int_equal(at, row->at);
    if (at < s.len) {
        assert_int_equal(kk_utf8_next(s, &at), 0xFFFD);
        assert_int_equal(at, row->at + 1);
    } else {
        assert_int_equal(kk_utf8_next(s, &at), 0);
        assert_int_equal(at, s.len);
    }
}

static void every_code_point_returns(void **state)
{
    (void)state;
    kk_buf buf;
    kk_buf_init(&buf, 0);
    for (uint32_t c = 0; c <= 0x110000; c++) {
        const bool real = c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF);
        kk_buf_clear(&buf);
        kk_utf8_put(&buf, c);
        size_t at = 0;
        const uint32_t back = kk_utf8_next(kk_buf_view(&buf), &at);
        if (back != (real ? c : 0xFFFD) || at != buf.len ||
            kk_utf8_invalid_at(kk_buf_view(&buf)) != buf.len) {
            fail_msg("U+%04X", (unsigned)c);
        }
        if (kk_utf8_utf16_len(kk_buf_view(&buf)) != (real && c > 0xFFFF ? 2 : 1)) {
            fail_msg("U+%04X in UTF-16", (unsigned)c);
        }
    }
    kk_buf_dispose(&buf);
}

/* In the Latin blocks the fold is Unicode's lower case wherever that has the same length; outside
 * them it changes nothing. The length never changes. */
static void fold_agrees_with_unicode(void **state)
{
    (void)state;
    kk_arena *arena = kk_arena_new();
    kk_buf buf;
    kk_buf_init(&buf, 0);
    size_t changed = 0;
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        char folded[4];
        kk_buf_clear(&buf);
        kk_utf8_put(&buf, c);
        const kk_str before = kk_buf_view(&buf);
        memcpy(folded, before.ptr, before.len);
        kk_utf8_fold(folded, before.len);
        kk_str want = before;
        if (c < 0x180) {
            const kk_str lower = kk_utf8_lower(arena, before);
            want = lower.len == before.len ? lower : before;
        }
        if (!kk_str_equal((kk_str){folded, before.len}, want)) {
            fail_msg("U+%04X", (unsigned)c);
        }
        changed += kk_str_equal(before, want) ? 0 : 1;
    }
    assert_int_equal(changed, 26 + 30 + 62); /* ASCII, Latin-1, Latin Extended-A without U+0130 */
    kk_buf_dispose(&buf);
    kk_arena_free(arena);
}

static const struct fold_row {
    const char *name, *in, *out;
} folds[] = {
    {"Norwegian", "KLIMA OG MILJØ, ÆRE VÆRE ÅSNE", "klima og miljø, ære være åsne"},
    {"Sami", "ČÁHPPES ŊÁĐŽ ŠŦ", "čáhppes ŋáđž šŧ"},
    {"across a lead byte", "\xC4\xBF", "\xC5\x80"}, /* L with middle dot */
    {"Y with diaeresis comes back to Latin-1", "\xC5\xB8", "\xC3\xBF"},
    {"dotted capital I stays", "\xC4\xB0", "\xC4\xB0"},
    {"Greek and Cyrillic stay", "\xCE\x91\xD0\x90", "\xCE\x91\xD0\x90"},
    {"times sign stays", "3 × 4", "3 × 4"},
    {"letter inside a longer sequence stays", "\xE1\x83\x80", "\xE1\x83\x80"},
    {"cut sequence at the end", "A\xC3", "a\xC3"},
    {"lead byte before a letter",
     "\xC3"
     "AB",
     "\xC3"
     "ab"},
    {"nothing", "", ""},
};

static void folds_in_place(void **state)
{
    const struct fold_row *row = *state;
    char text[64];
    const size_t len = strlen(row->in);
    memcpy(text, row->in, len + 1);
    kk_utf8_fold(text, len);
    assert_string_equal(text, row->out);
    kk_utf8_fold(text, len);
    assert_string_equal(text, row->out); /* folding twice is folding once */
}

static const struct fold_row normals[] = {
    {"nothing", "", ""},
    {"only white", " \n\t\xC2\xA0", ""},
    {"white space",
     "  a \t\n b\xC2\xA0\xE2\x80\x83"
     "c\xE2\x80\xA8"
     "d  ",
     "a b c d"},
    {"next line and ogham space",
     "a\xC2\x85"
     "b\xE1\x9A\x80"
     "c",
     "a b c"},
    {"composes a and ring", "a\xCC\x8A", "å"},
    {"composes across case",
     "BLA\xCC\x8A"
     "BÆR",
     "BLÅBÆR"},
    {"orders marks", "q\xCC\x87\xCC\xA3", "q\xCC\xA3\xCC\x87"},
    {"Angstrom sign", "\xE2\x84\xAB", "Å"},
    {"ligature is not taken apart", "\xEF\xAC\x81", "\xEF\xAC\x81"},
    {"Hangul", "\xE1\x84\x80\xE1\x85\xA1", "\xEA\xB0\x80"},
    {"invalid bytes",
     "a\xFF"
     "b",
     "a\xEF\xBF\xBD"
     "b"},
    {"zero width space is no white space",
     "a\xE2\x80\x8B"
     "b",
     "a\xE2\x80\x8B"
     "b"},
};

static void normalises(void **state)
{
    const struct fold_row *row = *state;
    kk_arena *arena = kk_arena_new();
    const kk_str once = kk_utf8_normalise(arena, kk_str_from(row->in));
    assert_non_null(once.ptr);
    assert_string_equal(once.ptr, row->out);
    assert_true(kk_str_equal(kk_utf8_normalise(arena, once), once));
    kk_arena_free(arena);
}

static const struct fold_row lowers[] = {
    {"Norwegian", "ÆØÅ  x", "æøå  x"},
    {"dotted capital I", "\xC4\xB0", "i"},
    {"composes", "A\xCC\x8A", "å"},
    {"Greek", "ΑΒΓ", "αβγ"},
    {"nothing", "", ""},
};

static void lowers_for_keys(void **state)
{
    const struct fold_row *row = *state;
    kk_arena *arena = kk_arena_new();
    const kk_str lower = kk_utf8_lower(arena, kk_str_from(row->in));
    assert_non_null(lower.ptr);
    assert_string_equal(lower.ptr, row->out);
    kk_arena_free(arena);
}

static const struct word_row {
    const char *name;
    uint32_t c;
    bool word;
} word_rows[] = {
    {"a", 'a', true},
    {"Z", 'Z', true},
    {"0", '0', true},
    {"underscore", '_', false},
    {"hyphen", '-', false},
    {"space", ' ', false},
    {"o slash", 0xF8, true},
    {"eng", 0x14B, true},
    {"times", 0xD7, false},
    {"no-break space", 0xA0, false},
    {"soft hyphen", 0xAD, false},
    {"en dash", 0x2013, false},
    {"superscript two", 0xB2, true},
    {"section sign", 0xA7, false},
    {"Cyrillic", 0x416, true},
    {"Arabic digit", 0x664, true},
    {"Han", 0x4E2D, true},
    {"emoji", 0x1F30D, false},
    {"end of text", 0, false},
    {"replacement", 0xFFFD, false},
    {"past the last", 0x110000, false},
};

static void knows_words(void **state)
{
    const struct word_row *row = *state;
    assert_int_equal(kk_utf8_is_word(row->c), row->word);
}

static void survives_failing_allocations(void **state)
{
    (void)state;
    kk_arena *arena = kk_arena_new();
    for (uint64_t n = 1;; n++) {
        kk_mem_fail_at(n);
        const uint64_t before = kk_mem_count();
        const kk_str got = kk_utf8_normalise(arena, KK_STR("a\xCC\x8A b"));
        const bool reached = kk_mem_count() - before >= n;
        kk_mem_fail_at(0);
        if (!reached) {
            assert_true(kk_str_is(got, "å b"));
            assert_true(n > 2);
            break;
        }
        assert_null(got.ptr);
        assert_int_equal(got.len, 0);
    }
    kk_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_returns),
        cmocka_unit_test(fold_agrees_with_unicode),
        cmocka_unit_test(survives_failing_allocations),
    };
    int failed = ROWS_RUN("utf8 valid", valids, finds_bad_bytes);
    failed += ROWS_RUN("utf8 fold", folds, folds_in_place);
    failed += ROWS_RUN("utf8 normal form", normals, normalises);
    failed += ROWS_RUN("utf8 lower", lowers, lowers_for_keys);
    failed += ROWS_RUN("utf8 word", word_rows, knows_words);
    failed += cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
    return failed;
}
