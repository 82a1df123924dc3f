/* Headings that look like headings only: short bold lines, and numbers typed by hand. Works on
 * finished paragraphs; knows no XML. */
#include "story_reader.h"
#include "str.h"

enum { SHORT_WORDS = 12, NUMBERED_WORDS = 20, DEEPEST = 9 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "4.2 ", "3) ", "K1.12 " at the start: the number without a closing full stop. Empty if there is
 * none. */
static kk_str typed_number(kk_str text, uint32_t *components)
{
    size_t at = 0;
    *components = 0;
    while (at < text.len && at < 2 && text.ptr[at] >= 'A' && text.ptr[at] <= 'Z') {
        at++;
    }
    while (at < text.len && is_digit(text.ptr[at])) {
        const size_t digits = at;
        while (at < text.len && is_digit(text.ptr[at])) {
            at++;
        }
        if (at - digits > 3) {
            return (kk_str){NULL, 0};
        }
        ++*components;
        if (at + 1 < text.len && text.ptr[at] == '.' && is_digit(text.ptr[at + 1])) {
            at++;
        }
    }
    if (*components == 0) {
        return (kk_str){NULL, 0};
    }
    /* "17A": a chapter that came between two numbers */
    at += at < text.len && text.ptr[at] >= 'A' && text.ptr[at] <= 'Z' ? 1 : 0;
    const size_t end = at;
    at += at < text.len && (text.ptr[at] == '.' || text.ptr[at] == ')') ? 1 : 0;
    if (at >= text.len || (text.ptr[at] != ' ' && text.ptr[at] != '\t')) {
        return (kk_str){NULL, 0};
    }
    return kk_str_slice(text, 0, end);
}

static uint32_t count_words(kk_str text, uint32_t most)
{
    uint32_t n = 0;
    kk_str word;
    while (n <= most && kk_str_word(&text, &word)) {
        n++;
    }
    return n;
}

static bool looks_like_heading(const kk_para *para, kk_str text, bool numbered)
{
    const uint32_t against =
        KK_PARA_LIST | KK_PARA_TITLE | KK_PARA_TOC | KK_PARA_HIDDEN | KK_PARA_GUIDANCE;
    if (para->heading != 0 || para->cell != KK_NONE || (para->flags & against) != 0 ||
        (para->flags & KK_PARA_BOLD) == 0) {
        return false;
    }
    text = kk_str_trim(text);
    const char last = (char)(text.len == 0 ? '.' : text.ptr[text.len - 1]);
    if (last == '.' || last == ':' || last == ';' || last == ',') {
        return false;
    }
    const uint32_t most = numbered ? NUMBERED_WORDS : SHORT_WORDS;
    return count_words(text, most) <= most;
}

/* The line above a table of contents is its title, not a chapter. */
static bool titles_toc(const kk_flow *flow, const kk_story *story, uint32_t p)
{
    for (p++; p < story->para_end; p++) {
        if (flow->paras.items[p].begin < flow->paras.items[p].end) {
            return (flow->paras.items[p].flags & KK_PARA_TOC) != 0;
        }
    }
    return false;
}

/* Level of a line that only looks like a heading: one below the nearest real one above; where no
 * heading has a style, a typed number tells the depth. */
static uint8_t guessed_level(uint32_t real, kk_str number, uint32_t components)
{
    const uint32_t level = real != 0 ? real + 1 : number.len > 0 ? components : 1;
    return (uint8_t)(level > DEEPEST ? DEEPEST : level);
}

/* First heading by style: what stands above it is the cover, whose bold lines are titles. */
static uint32_t cover_end(const kk_flow *flow, const kk_story *story)
{
    for (uint32_t p = story->para_begin; p < story->para_end; p++) {
        if (flow->paras.items[p].heading != 0) {
            return p;
        }
    }
    return story->para_begin;
}

bool kk_story_guess(kk_flow *flow, kk_arena *arena)
{
    const kk_story *story = &flow->stories.items[flow->stories.n - 1];
    const uint32_t cover = cover_end(flow, story);
    uint32_t real = 0; /* level of the nearest heading above that is one by style */
    for (uint32_t p = story->para_begin; p < story->para_end; p++) {
        kk_para *para = &flow->paras.items[p];
        const kk_str text = {flow->text.ptr + para->begin, para->end - para->begin};
        uint32_t components;
        const kk_str number = typed_number(text, &components);
        if (para->heading != 0) {
            real = para->heading;
        } else if ((p >= cover || number.len > 0) &&
                   looks_like_heading(para, text, number.len > 0) && !titles_toc(flow, story, p)) {
            para->heading = guessed_level(real, number, components);
            para->flags |= KK_PARA_GUESSED;
        }
        if (para->heading == 0 || para->number.len > 0 || number.len == 0) {
            continue;
        }
        para->number = kk_arena_str(arena, number);
        if (para->number.ptr == NULL) {
            return false;
        }
    }
    return true;
}
