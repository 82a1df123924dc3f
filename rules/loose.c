/* Passages outside any document: the text door for measuring and for single questions. */
#include "scan.h"

#include "error.h"
#include "str.h"
#include "textmake.h"

static void add_line(kk_textmake *make, kk_str line, bool title)
{
    const kk_para like = {.managed = KK_NONE, .flags = title ? KK_PARA_TITLE : 0u};
    kk_textmake_para(make, &like);
    kk_textmake_text(make, kk_str_trim(line), -1);
    kk_textmake_para_end(make);
}

/* The title ends at the first tab or line break; without one it is the first sentence. */
static size_t title_end(kk_str s)
{
    size_t at = 0;
    while (at < s.len && s.ptr[at] != '\t' && s.ptr[at] != '\n') {
        at++;
    }
    if (at == s.len && s.len > 0) {
        size_t begin;
        kk_sentence_around(s, 0, &begin, &at);
    }
    return at;
}

static kk_status make_text(kk_arena *arena, kk_str passage, bool has_title, kk_text **out,
                           kk_error *err)
{
    kk_textmake make;
    kk_textmake_init(&make, arena);
    kk_str rest = passage;
    if (has_title) {
        const size_t end = title_end(passage);
        add_line(&make, kk_str_slice(passage, 0, end), true);
        rest = kk_str_slice(passage, end + 1, passage.len);
    }
    kk_str line;
    while (rest.len > 0 && kk_str_split(&rest, '\n', &line)) {
        add_line(&make, line, false);
    }
    const kk_status status = kk_textmake_finish(&make, out, err);
    kk_textmake_dispose(&make);
    return status;
}

kk_status kk_scan_loose(kk_scanner *scanner, kk_str passage, bool has_title, kk_scan **out,
                        kk_error *err)
{
    /* The text outlives the reset that starts a scan, so it has an arena of its own. */
    kk_text *text;
    if (passage.len > UINT32_MAX / 4) {
        return kk_fail(err, KK_E_LIMIT, "passage", "passage over 1 GiB");
    }
    scanner->side = NULL;
    kk_arena_reset(scanner->text_arena);
    KK_TRY(make_text(scanner->text_arena, passage, has_title, &text, err));
    const kk_text *one = text;
    return kk_scan_new(scanner, scanner->side_arena, &one, 1, out, err);
}
