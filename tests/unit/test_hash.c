/* SHA-256 against the vectors of FIPS 180-4's examples and NIST's long message. */
#include "hash.h"
#include "str.h"

#include "rows.h"

static const struct row {
    const char *name, *text, *hex;
} rows[] = {
    {"empty", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"two blocks", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"four blocks",
     "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnop"
     "qrsmnopqrstnopqrstu",
     "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
};

static void agrees(void **state)
{
    const struct row *row = *state;
    const kk_str text = kk_str_from(row->text);
    char hex[65];
    kk_sha256_hex(text, hex);
    assert_string_equal(hex, row->hex);
    /* Cut anywhere, the pieces hash alike; empty pieces do not count. */
    for (size_t cut = 0; cut <= text.len; cut++) {
        const kk_str pieces[] = {
            kk_str_slice(text, 0, cut), {NULL, 0}, kk_str_slice(text, cut, text.len)};
        kk_sha256_hex_pieces(pieces, 3, hex);
        assert_string_equal(hex, row->hex);
    }
}

static void million(void **state)
{
    (void)state;
    static char a[1000];
    static kk_str pieces[1000];
    char hex[65];
    memset(a, 'a', sizeof a);
    for (size_t i = 0; i < 1000; i++) {
        pieces[i] = (kk_str){a, sizeof a};
    }
    kk_sha256_hex_pieces(pieces, 1000, hex);
    assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(million)};
    int failed = ROWS_RUN("sha256", rows, agrees);
    failed += cmocka_run_group_tests_name("sha256 long", tests, NULL, NULL);
    return failed;
}
