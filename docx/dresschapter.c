/* How headings of ours look: like the sub-headings of the section, like the sibling chapters; a
 * bold line where the document has no heading styles. Knows TEXT and styles; never writes. */
#include "dresschapter.h"

#include "series.h"
#include "str.h"
#include "utf8.h"
#include "wml.h"

static bool is_heading(const kk_dress_context *context, uint32_t p, uint8_t level)
{
    const kk_para *para = &context->doc->text.paras[p];
    return para->heading == level && (para->flags & (KK_PARA_TOC | KK_PARA_TITLE)) == 0 &&
           para->managed == KK_NONE && para->cell == context->cell &&
           para->story == context->story && para->end > para->begin;
}

static kk_str heading_ppr(const kk_dress_context *context, uint32_t p)
{
    return kk_dress_ppr(context->part, context->doc->para_refs[p].last, KK_DRESS_HEADING,
                        context->arena);
}

static kk_str heading_rpr(const kk_dress_context *context, uint32_t p)
{
    return kk_dress_rpr(context->doc, context->part, context->doc->para_refs[p].last,
                        KK_DRESS_HEADING, context->arena);
}

/* Markup added to properties, in the prefix of the part. */
static kk_str with(const kk_dress_context *context, kk_props_kind kind, kk_str old,
                   const char *markup)
{
    kk_buf add, out;
    kk_buf_init(&add, 0);
    kk_buf_init(&out, 0);
    kk_wml wml = {.out = &add, .names = kk_names_of(context->part)};
    kk_wml_put(&wml, markup);
    kk_props_merge(&out, kind, context->part->w, old, NULL, kk_buf_view(&add));
    const bool good = add.failed == KK_OK && out.failed == KK_OK;
    const kk_str result =
        good ? kk_arena_str(context->arena, kk_buf_view(&out)) : (kk_str){NULL, 0};
    kk_buf_dispose(&add);
    kk_buf_dispose(&out);
    return result;
}

/* A bold line that stays with what follows: the heading of documents without heading styles. */
static void bold_line(const kk_dress_context *context, const kk_dress *dress, kk_dress_look *look)
{
    look->ppr = with(context, KK_PROPS_P, dress->body.ppr, "<~keepNext/>");
    look->rpr = with(context, KK_PROPS_R, dress->body.rpr, "<~b/><~bCs/>");
}

/* The built-in heading style of a level, whatever its id. */
static const kk_style *heading_style(const kk_dress_context *context, uint8_t level)
{
    static const char *const names[] = {"heading 1", "heading 2", "heading 3",
                                        "heading 4", "heading 5", "heading 6",
                                        "heading 7", "heading 8", "heading 9"};
    return level == 0 || level > 9 ? NULL
                                   : kk_style_by_name(&context->doc->styles, KK_STYLE_PARAGRAPH,
                                                      kk_str_from(names[level - 1]));
}

static bool styled(const kk_dress_context *context, uint8_t level, kk_dress_look *look)
{
    const kk_style *style = heading_style(context, level);
    if (style == NULL) {
        return false;
    }
    look->ppr = kk_dress_style_ppr(context, style);
    look->rpr = KK_STR("");
    return true;
}

/* Nearest heading of a level around context->near. */
static uint32_t nearest_heading(const kk_dress_context *context, uint8_t level)
{
    const kk_story *story = &context->doc->text.stories[context->story];
    uint32_t below = context->near, above = context->near;
    while (below > story->para_begin || above < story->para_end) {
        if (below > story->para_begin && is_heading(context, --below, level)) {
            return below;
        }
        if (above < story->para_end && is_heading(context, above++, level)) {
            return above - 1;
        }
    }
    return KK_NONE;
}

/* A number typed before the words of paragraph p, without its last dot: "3", "3.1"; empty if there
 * is none. *tab tells what follows it. */
static kk_str typed_levels(const kk_text *text, uint32_t p, bool *tab)
{
    const kk_para *para = &text->paras[p];
    uint32_t at = para->begin;
    while (at < para->end && ((text->utf8[at] >= '0' && text->utf8[at] <= '9') ||
                              (text->utf8[at] == '.' && at > para->begin))) {
        at++;
    }
    if (at >= para->end || (text->utf8[at] != ' ' && text->utf8[at] != '\t')) {
        return KK_STR("");
    }
    *tab = text->utf8[at] == '\t';
    const kk_str number = {text->utf8 + para->begin, at - para->begin};
    return kk_str_ends(number, KK_STR(".")) ? kk_str_slice(number, 0, number.len - 1) : number;
}

/* Carries typed numbers on: after the last sub-heading of the section, else below the section's
 * own. */
static void number_heading(const kk_dress_context *context, uint8_t level, uint32_t sibling,
                           kk_dress *out)
{
    const kk_text *text = &context->doc->text;
    bool tab = false;
    const kk_str model = typed_levels(text, sibling, &out->heading_tab);
    if (kk_str_find(model, KK_STR("."), 0) == SIZE_MAX || context->section_begin == 0) {
        return;
    }
    for (uint32_t p = context->section_end; p > context->section_begin;) {
        const kk_str last =
            is_heading(context, --p, level) ? typed_levels(text, p, &tab) : KK_STR("");
        if (last.len > 0) {
            out->heading_number = kk_series_next(context->arena, last);
            return;
        }
    }
    const kk_str above = typed_levels(text, context->section_begin - 1, &tab);
    if (above.len > 0) {
        out->heading_number = kk_arena_printf(context->arena, "%.*s.1", (int)above.len, above.ptr);
    }
}

void kk_dress_choose_heading(const kk_dress_context *context, kk_dress *out)
{
    const uint8_t level =
        context->level == 0 || context->level >= 9 ? 0 : (uint8_t)(context->level + 1);
    const uint32_t p = level == 0 || context->guessed ? KK_NONE : nearest_heading(context, level);
    if (p != KK_NONE && (context->doc->text.paras[p].flags & KK_PARA_GUESSED) == 0) {
        out->heading.ppr = heading_ppr(context, p);
        out->heading.rpr = heading_rpr(context, p);
        out->heading_styled = true;
        number_heading(context, level, p, out);
    } else if (level != 0 && !context->guessed && styled(context, level, &out->heading)) {
        out->heading_styled = true;
    } else {
        bold_line(context, out, &out->heading);
    }
}

/* Highest level that chapters of the story have: the level of `before`, else the smallest there is.
 */
static uint8_t chapter_level(const kk_dress_context *context, const kk_place *place)
{
    const kk_text *text = &context->doc->text;
    if (place->kind == KK_PLACE_BEFORE && text->paras[place->before].heading != 0) {
        return text->paras[place->before].heading;
    }
    uint8_t level = 0;
    const kk_story *story = &text->stories[context->story];
    for (uint32_t p = story->para_begin; p < story->para_end; p++) {
        const uint8_t one = text->paras[p].heading;
        if (one != 0 && (level == 0 || one < level) && is_heading(context, p, one)) {
            level = one;
        }
    }
    return level;
}

/* A number typed before the words of a chapter: "5.", "5", "5)". *tab tells what follows it. */
static bool typed_number(const kk_text *text, uint32_t p, uint32_t *number, char *mark, bool *tab)
{
    const kk_para *para = &text->paras[p];
    uint32_t at = para->begin, value = 0;
    while (at < para->end && text->utf8[at] >= '0' && text->utf8[at] <= '9' && value < 1000) {
        value = value * 10 + (uint32_t)(text->utf8[at++] - '0');
    }
    if (at == para->begin || at >= para->end) {
        return false;
    }
    *mark = '\0';
    if (text->utf8[at] == '.' || text->utf8[at] == ')') {
        *mark = text->utf8[at++];
    }
    if (at >= para->end || (text->utf8[at] != ' ' && text->utf8[at] != '\t')) {
        return false;
    }
    *number = value;
    *tab = text->utf8[at] == '\t';
    return true;
}

/* Continues typed numbers of the chapters before the place. Where the chapter behind has the next
 * number already, the new one gets a letter, as between the sections of an act: 17, 17A, 18. */
static void continue_number(const kk_dress_context *context, const kk_place *place, uint8_t level,
                            kk_dress *out)
{
    const kk_text *text = &context->doc->text;
    for (uint32_t p = context->near; p > text->stories[context->story].para_begin;) {
        uint32_t number, behind;
        char mark, other;
        bool tab;
        if (!is_heading(context, --p, level)) {
            continue;
        }
        if (!typed_number(text, p, &number, &mark, &out->chapter_tab)) {
            return;
        }
        const bool taken = place->kind == KK_PLACE_BEFORE &&
                           typed_number(text, place->before, &behind, &other, &tab) &&
                           behind == number + 1;
        const char closing[2] = {mark, '\0'};
        out->chapter_number =
            kk_arena_printf(context->arena, "%lu%s%s", (unsigned long)number + (taken ? 0 : 1),
                            taken ? "A" : "", closing);
        return;
    }
}

/* The chapters of [begin, end) vote on how a chapter heading looks; `self` does not. */
static void vote_headings(const kk_dress_context *context, uint32_t begin, uint32_t end,
                          uint8_t level, uint32_t self, kk_ballot *ballot)
{
    for (uint32_t p = begin; p < end; p++) {
        if (p != self && is_heading(context, p, level)) {
            kk_ballot_vote(ballot, context->arena, heading_ppr(context, p), 1, p);
        }
    }
}

/* The look most chapters before the place have; those after it count only if there are none. */
static bool vote_chapter(const kk_dress_context *context, const kk_place *place, uint8_t level,
                         kk_str *ppr, uint32_t *voter)
{
    const kk_story *story = &context->doc->text.stories[context->story];
    const uint32_t self = place->kind == KK_PLACE_BEFORE ? place->before : KK_NONE;
    kk_ballot ballot = {NULL, 0, false};
    vote_headings(context, story->para_begin, context->near, level, self, &ballot);
    if (ballot.n == 0) {
        vote_headings(context, context->near, story->para_end, level, KK_NONE, &ballot);
    }
    return kk_ballot_winner(&ballot, ppr, voter);
}

void kk_dress_choose_chapter(kk_dress_context *context, const kk_place *place, kk_dress *out)
{
    const uint8_t level = chapter_level(context, place);
    uint32_t voter;
    out->chapter.ppr = KK_STR("");
    context->level = level == 0 ? 1 : level;
    if (level != 0 && vote_chapter(context, place, level, &out->chapter.ppr, &voter)) {
        context->guessed = (context->doc->text.paras[voter].flags & KK_PARA_GUESSED) != 0;
        out->chapter.rpr = heading_rpr(context, voter);
        out->chapter_styled = !context->guessed;
        continue_number(context, place, level, out);
    } else if (out->chapter.ppr.ptr == NULL) {
        return; /* out of memory, which the caller sees */
    } else if (styled(context, 1, &out->chapter)) {
        out->chapter_styled = true;
    } else {
        context->guessed = true;
        bold_line(context, out, &out->chapter);
    }
}
