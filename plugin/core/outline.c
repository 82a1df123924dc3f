/* Headings above a paragraph, and how a person would name the place. Works on TEXT alone. */
#include "outline.h"

#include "messages.h"

enum { MAX_PATH = 9 };

typedef struct stack {
    uint32_t items[10]; /* heading paragraph per level 1..9, KK_NONE where there is none */
} stack;

/* Is cell `inner` the cell `outer`, or in a table nested in it? */
static bool cell_within(const kk_text *text, uint32_t inner, uint32_t outer)
{
    while (inner != KK_NONE && inner < text->n_cells) {
        if (inner == outer) {
            return true;
        }
        inner = text->tables[text->cells[inner].table].parent_cell;
    }
    return false;
}

/* Nearest open heading below level `below` that still holds at a paragraph in `cell`. */
static uint32_t nearest(const kk_text *text, const stack *open, uint32_t cell, unsigned below)
{
    for (unsigned level = below; level-- > 1;) {
        const uint32_t h = open->items[level];
        if (h == KK_NONE) {
            continue;
        }
        const uint32_t its = text->paras[h].cell;
        if (its == KK_NONE || cell_within(text, cell, its)) {
            return h;
        }
    }
    return KK_NONE;
}

static void clear(stack *open)
{
    for (unsigned i = 0; i < 10; i++) {
        open->items[i] = KK_NONE;
    }
}

/* A heading in a cell must not hide the chapter it stands in once the cell is over. */
static void push(const kk_text *text, stack *open, uint32_t p)
{
    const unsigned level = text->paras[p].heading;
    if (text->paras[p].cell != KK_NONE) {
        const uint32_t old = open->items[level];
        if (old != KK_NONE && text->paras[old].cell == KK_NONE) {
            return;
        }
    }
    open->items[level] = p;
    for (unsigned i = level + 1; i < 10; i++) {
        open->items[i] = KK_NONE;
    }
}

kk_status kk_outline_make(kk_outline *outline, const kk_text *text, kk_arena *arena, kk_error *err)
{
    outline->text = text;
    outline->parent = kk_arena_array(arena, (size_t)text->n_paras + 1, sizeof *outline->parent);
    if (outline->parent == NULL) {
        return kk_fail_nomem(err);
    }
    stack open;
    clear(&open);
    uint32_t story = KK_NONE;
    for (uint32_t p = 0; p < text->n_paras; p++) {
        const kk_para *para = &text->paras[p];
        if (para->story != story) {
            clear(&open);
            story = para->story;
        }
        const bool heading = para->heading >= 1 && para->heading <= 9;
        outline->parent[p] = nearest(text, &open, para->cell, heading ? para->heading : 10);
        if (heading) {
            push(text, &open, p);
        }
    }
    return KK_OK;
}

size_t kk_outline_path(const kk_outline *outline, uint32_t para, uint32_t *path, size_t max)
{
    uint32_t all[16];
    size_t n = 0;
    uint32_t at = outline->text->paras[para].heading > 0 ? para : outline->parent[para];
    while (at != KK_NONE && n < 16) {
        all[n++] = at;
        at = outline->parent[at];
    }
    const size_t count = n < max ? n : max;
    for (size_t i = 0; i < count; i++) {
        path[i] = all[count - 1 - i];
    }
    return count;
}

kk_str kk_para_text(const kk_text *text, uint32_t p)
{
    const kk_para *para = &text->paras[p];
    return (kk_str){text->utf8 + para->begin, para->end - para->begin};
}

/* "5", "5.2", "5.2.1." at the start, then a blank. "2026 budsjett" is no chapter number: at most
 * two digits. */
static size_t typed_number(kk_str s)
{
    size_t at = 0;
    size_t run = 0;
    while (at < s.len) {
        const char c = s.ptr[at];
        if (c >= '0' && c <= '9') {
            if (++run > 2) {
                return 0;
            }
        } else if (c == '.' && run > 0) {
            run = 0;
        } else {
            break;
        }
        at++;
    }
    if (run > 0 && at < s.len && s.ptr[at] >= 'A' && s.ptr[at] <= 'Z') {
        at++; /* "17A", a chapter between two numbers */
        at += at < s.len && s.ptr[at] == '.' ? 1 : 0;
    }
    const bool blank = at < s.len && (s.ptr[at] == ' ' || s.ptr[at] == '\t');
    return at > 0 && blank ? at : 0;
}

kk_str kk_heading_text(const kk_text *text, uint32_t p, kk_str *number)
{
    const kk_str s = kk_str_trim(kk_para_text(text, p));
    *number = text->paras[p].number;
    size_t at = typed_number(s);
    if (number->len > 0 && !kk_str_starts(s, *number)) {
        return s; /* an automatic number, which is not in the text */
    }
    const kk_str rest = kk_str_trim(kk_str_slice(s, at, s.len));
    if (at == 0 || rest.len == 0) {
        return s;
    }
    while (at > 0 && s.ptr[at - 1] == '.') {
        at--;
    }
    *number = kk_str_slice(s, 0, at);
    return rest;
}

const char *kk_story_name(kk_story_kind kind)
{
    static const char *const names[] = {"body",    "header",  "footer", "footnote",
                                        "endnote", "comment", "textbox"};
    return kind <= KK_STORY_TEXTBOX ? names[kind] : "body";
}

static kk_status set_headings(const kk_outline *outline, uint32_t para, kk_arena *arena,
                              kk_finding_place *place, kk_error *err)
{
    uint32_t path[MAX_PATH];
    const size_t n = kk_outline_path(outline, para, path, MAX_PATH);
    kk_str *list = kk_arena_array(arena, 2 * n + 1, sizeof *list);
    bool failed = list == NULL;
    size_t count = 0;
    for (size_t i = 0; i < n && !failed; i++) {
        kk_str number;
        const kk_str words = kk_heading_text(outline->text, path[i], &number);
        if (number.len > 0) {
            list[count++] = kk_keep(arena, number, &failed);
        }
        list[count++] = kk_keep(arena, words, &failed);
    }
    place->headings = list;
    place->n_headings = count;
    return failed ? kk_fail_nomem(err) : KK_OK;
}

/* The innermost heading as printed, then row and cell or the paragraph's number. */
static void put_label(const kk_outline *outline, uint32_t para, kk_lang lang,
                      const kk_finding_place *place, kk_buf *out)
{
    const kk_text *text = outline->text;
    const kk_para *p = &text->paras[para];
    const kk_story_kind story = text->stories[p->story].kind;
    if (story != KK_STORY_BODY) {
        kk_buf_puts(out, kk_msg_text((kk_msg)(KK_MSG_STORY_BODY + (int)story), lang));
    }
    const uint32_t h = p->heading > 0 ? para : outline->parent[para];
    if (h != KK_NONE) {
        kk_str number;
        const kk_str words = kk_heading_text(text, h, &number);
        kk_buf_puts(out, out->len > 0 ? ", " : "");
        kk_buf_str(out, number);
        kk_buf_puts(out, number.len > 0 ? " " : "");
        kk_buf_str(out, words);
    }
    if (p->cell != KK_NONE) {
        kk_buf_puts(out, out->len > 0 ? ", " : "");
        kk_say_n(out, KK_MSG_TABLE_ROW, lang, (uint64_t)place->row + 1);
    } else if (h == KK_NONE) {
        kk_buf_puts(out, out->len > 0 ? ", " : "");
        kk_say_n(out, KK_MSG_PARAGRAPH, lang, para - text->stories[p->story].para_begin + 1);
    }
}

static uint32_t clamp(uint32_t value, uint32_t low, uint32_t high)
{
    return value < low ? low : value > high ? high : value;
}

static kk_status set_label(const kk_outline *outline, uint32_t para, kk_lang lang, kk_arena *arena,
                           kk_finding_place *place, kk_error *err)
{
    bool failed = false;
    kk_buf label;
    kk_buf_init(&label, 0);
    if (para == KK_NONE) {
        kk_buf_puts(&label, kk_msg_text(KK_MSG_WHOLE_DOCUMENT, lang));
    } else {
        put_label(outline, para, lang, place, &label);
    }
    place->label = kk_keep(arena, kk_buf_view(&label), &failed);
    failed = failed || label.failed != KK_OK;
    kk_buf_dispose(&label);
    return failed ? kk_fail_nomem(err) : KK_OK;
}

kk_status kk_outline_place(const kk_outline *outline, const kk_stretch *at, kk_lang lang,
                           kk_arena *arena, kk_finding_place *place, kk_error *err)
{
    const kk_text *text = outline->text;
    *place = (kk_finding_place){.story = "body",
                                .paragraph = KK_NONE,
                                .row = KK_NONE,
                                .column = KK_NONE,
                                .part = KK_STR("")};
    if (at->para >= text->n_paras) {
        return set_label(outline, KK_NONE, lang, arena, place, err);
    }
    const kk_para *p = &text->paras[at->para];
    const kk_story *story = &text->stories[p->story];
    place->part = kk_arena_str(arena, story->part);
    if (place->part.ptr == NULL) {
        return kk_fail_nomem(err);
    }
    place->story = kk_story_name(story->kind);
    place->paragraph = at->para;
    if (p->cell != KK_NONE) {
        place->row = text->cells[p->cell].row;
        place->column = text->cells[p->cell].col;
    }
    const uint32_t begin = clamp(at->begin, p->begin, p->end);
    place->begin = begin - p->begin;
    place->end = clamp(at->end, begin, p->end) - p->begin;
    const kk_status status = set_headings(outline, at->para, arena, place, err);
    return status != KK_OK ? status : set_label(outline, at->para, lang, arena, place, err);
}
