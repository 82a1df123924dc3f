/* Chooses the dress of a clause: who of the neighbours may vote, how far to look, what to fall back
 * on. Knows TEXT, styles and spots; never writes. */
#include "dress.h"

#include "dresschapter.h"
#include "dresslist.h"
#include "str.h"

#include <string.h>

/* Neighbours asked when the section itself has no body text. */
#define MAX_NEIGHBOURS 12

/* Index of the cell that a container lies in, KK_NONE outside tables. */
static uint32_t cell_of(const kk_docx *doc, const kk_spot *spot)
{
    const kk_part *part = &doc->parts[spot->part];
    for (uint32_t up = spot->container; up != KK_NONE; up = part->nodes[up].parent) {
        for (uint32_t c = 0; part->nodes[up].kind == KK_NODE_TC && c < doc->text.n_cells; c++) {
            const uint32_t table = doc->text.cells[c].table;
            if (doc->cell_nodes[c] == up &&
                doc->story_part[doc->text.tables[table].story] == spot->part) {
                return c;
            }
        }
    }
    return KK_NONE;
}

/* A wholly bold, short line is a label, not body text. */
static bool is_label(const kk_para *para)
{
    return (para->flags & KK_PARA_BOLD) != 0 && para->end - para->begin < 120;
}

/* Does the style speak of something other than running text? */
static bool is_odd_style(kk_str style)
{
    static const char *const odd[] = {
        "caption",    "quote",      "intense quote",     "toc heading",
        "header",     "footer",     "footnote text",     "endnote text",
        "bildetekst", "macro text", "html preformatted", NULL};
    for (size_t i = 0; odd[i] != NULL; i++) {
        if (kk_str_is(style, odd[i])) {
            return true;
        }
    }
    return false;
}

bool kk_dress_is_body(const kk_dress_context *context, uint32_t p)
{
    const kk_para *para = &context->doc->text.paras[p];
    const uint32_t not_body = KK_PARA_TOC | KK_PARA_LIST | KK_PARA_HIDDEN | KK_PARA_TITLE |
                              KK_PARA_GUIDANCE | KK_PARA_GUESSED;
    return para->end > para->begin && para->heading == 0 && (para->flags & not_body) == 0 &&
           para->cell == context->cell && para->managed == KK_NONE && !is_label(para) &&
           !is_odd_style(para->style) && para->story == context->story;
}

static uint32_t node_of(const kk_dress_context *context, uint32_t p)
{
    return context->doc->para_refs[p].last;
}

/* One paragraph's vote for the properties of body text. */
static void vote_body(const kk_dress_context *context, uint32_t p, kk_ballot *ballot)
{
    const kk_str key =
        kk_dress_ppr(context->part, node_of(context, p), KK_DRESS_BODY, context->arena);
    kk_ballot_vote(ballot, context->arena, key, 1, p);
}

/* Run properties among the paragraphs that voted for the winning paragraph properties. */
static kk_str runs_of_winner(const kk_dress_context *context, kk_str ppr, const uint32_t *voters,
                             uint32_t n)
{
    kk_ballot ballot = {NULL, 0, false};
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t node = node_of(context, voters[i]);
        const kk_para *para = &context->doc->text.paras[voters[i]];
        if (!kk_str_equal(kk_dress_ppr(context->part, node, KK_DRESS_BODY, context->arena), ppr)) {
            continue;
        }
        const kk_str key =
            kk_dress_rpr(context->doc, context->part, node, KK_DRESS_BODY, context->arena);
        kk_ballot_vote(&ballot, context->arena, key, para->end - para->begin, 0);
    }
    kk_str key = KK_STR("");
    uint32_t tag;
    (void)kk_ballot_winner(&ballot, &key, &tag);
    return key;
}

/* Body paragraphs of [begin, end), the last MAX_NEIGHBOURS * 4 at most. */
static uint32_t voters_in(const kk_dress_context *context, uint32_t begin, uint32_t end,
                          uint32_t *voters, uint32_t max)
{
    uint32_t n = 0;
    for (uint32_t p = end; p > begin && n < max;) {
        if (kk_dress_is_body(context, --p)) {
            voters[n++] = p;
        }
    }
    return n;
}

/* Nearest body paragraphs around `at`, both ways, within the story. */
static uint32_t voters_near(const kk_dress_context *context, uint32_t at, uint32_t *voters)
{
    const kk_story *story = &context->doc->text.stories[context->story];
    uint32_t n = 0, below = at, above = at;
    while (n < MAX_NEIGHBOURS && (below > story->para_begin || above < story->para_end)) {
        if (below > story->para_begin && kk_dress_is_body(context, --below)) {
            voters[n++] = below;
        }
        if (above < story->para_end && n < MAX_NEIGHBOURS) {
            if (kk_dress_is_body(context, above)) {
                voters[n++] = above;
            }
            above++;
        }
    }
    return n;
}

/* Are body paragraphs kept apart by empty ones? Asked of the voters and what follows them. */
static bool are_set_apart(const kk_dress_context *context, const uint32_t *voters, uint32_t n)
{
    const kk_text *text = &context->doc->text;
    uint32_t apart = 0, close = 0;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t p = voters[i];
        if (p + 1 >= text->n_paras) {
            continue;
        }
        const kk_para *next = &text->paras[p + 1];
        if (kk_dress_is_body(context, p + 1)) {
            close++;
        } else if (next->begin == next->end && p + 2 < text->n_paras &&
                   kk_dress_is_body(context, p + 2)) {
            apart++;
        }
    }
    return apart > close;
}

static void choose_body(const kk_dress_context *context, kk_dress *out)
{
    uint32_t voters[MAX_NEIGHBOURS * 4];
    uint32_t n = voters_in(context, context->section_begin, context->section_end, voters,
                           MAX_NEIGHBOURS * 4);
    if (n == 0) {
        n = voters_near(context, context->near, voters);
    }
    kk_ballot ballot = {NULL, 0, false};
    for (uint32_t i = n; i > 0; i--) {
        vote_body(context, voters[i - 1], &ballot);
    }
    uint32_t tag;
    out->body.ppr = out->body.rpr = KK_STR("");
    if (kk_ballot_winner(&ballot, &out->body.ppr, &tag)) {
        out->body.rpr = runs_of_winner(context, out->body.ppr, voters, n);
        out->blank_between = are_set_apart(context, voters, n);
    }
}

/* The language the styles give a run of body dress. */
static uint8_t styled_lang(const kk_dress_context *context, kk_str ppr)
{
    const kk_styles *styles = &context->doc->styles;
    const kk_style *style = kk_style_default(styles, KK_STYLE_PARAGRAPH);
    const kk_str id = kk_dress_style_id(ppr);
    if (id.len > 0 && kk_style_by_id(styles, KK_STYLE_PARAGRAPH, id) != NULL) {
        style = kk_style_by_id(styles, KK_STYLE_PARAGRAPH, id);
    }
    kk_look look = styles->defaults;
    if (style != NULL) {
        look = kk_look_over(look, style->look);
    }
    return look.lang;
}

static kk_dress_context context_of(const kk_docx *doc, const kk_place *place, const kk_spot *spot,
                                   kk_arena *arena)
{
    kk_dress_context context = {
        .doc = doc, .part = &doc->parts[spot->part], .arena = arena, .cell = cell_of(doc, spot)};
    context.near = spot->paragraph == KK_NONE ? 0 : spot->paragraph + 1;
    if (place->kind == KK_PLACE_SECTION_END) {
        context.story = doc->text.paras[place->heading].story;
        context.section_begin = place->heading + 1;
        context.section_end = place->section_end;
        context.level = doc->text.paras[place->heading].heading;
        context.guessed = (doc->text.paras[place->heading].flags & KK_PARA_GUESSED) != 0;
    } else if (place->kind == KK_PLACE_BEFORE) {
        context.story = doc->text.paras[place->before].story;
    } else if (place->kind == KK_PLACE_TABLE_ROW) {
        context.story = doc->text.tables[place->table].story;
    }
    return context;
}

static bool has_views(const kk_dress_look *look)
{
    return look->ppr.ptr != NULL && look->rpr.ptr != NULL;
}

/* No view is missing for want of memory. */
static bool is_complete(const kk_dress *dress, bool chapter)
{
    return dress->chapter_number.ptr != NULL && dress->heading_number.ptr != NULL &&
           has_views(&dress->body) && has_views(&dress->item) && has_views(&dress->heading) &&
           (!chapter || has_views(&dress->chapter));
}

kk_status kk_dress_choose(const kk_docx *doc, const kk_place *place, const kk_spot *spot,
                          kk_lang lang, kk_arena *arena, kk_dress *out)
{
    memset(out, 0, sizeof *out);
    out->chapter_number = out->heading_number = KK_STR("");
    kk_dress_context context = context_of(doc, place, spot, arena);
    choose_body(&context, out);
    const bool chapter = (place->kind == KK_PLACE_BEFORE || place->kind == KK_PLACE_STORY_END) &&
                         place->chapter.len > 0;
    if (chapter) {
        kk_dress_choose_chapter(&context, place, out);
    }
    kk_dress_choose_heading(&context, out);
    kk_dress_choose_item(&context, out);
    out->blank_before = spot->after != KK_NONE &&
                        context.part->nodes[spot->after].kind == KK_NODE_TBL &&
                        !(chapter && place->chapter.len > 0);
    const uint8_t styled = styled_lang(&context, out->body.ppr);
    out->lang = styled == (uint8_t)lang ? KK_STR("") : kk_dress_lang_tag(lang);
    const kk_style *placeholder =
        kk_style_by_name(&doc->styles, KK_STYLE_CHARACTER, KK_STR("placeholder text"));
    out->placeholder_style = placeholder != NULL ? placeholder->id : KK_STR("");
    return is_complete(out, chapter) ? KK_OK : KK_E_NOMEM;
}
