/* Award criteria outside tables: list items, headings with weights, running text, rankings. */
#include "award.h"
#include "weight.h"

#include "error.h"
#include "str.h"

#include <string.h>

typedef struct list_state {
    bool ranking;        /* the list that follows is in order of priority */
    bool in_ranked_list; /* its items are being read */
    int next_rank;
    bool heading_open;   /* the last heading carried a weight: what follows may be its sub-criteria */
} list_state;

static bool is_letter(unsigned char c)
{
    return c >= 0x80 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Cuts numbering, dashes, brackets and blanks from both ends of [*begin, *end). */
static void tidy_name(const kk_text *text, uint32_t *begin, uint32_t *end)
{
    while (*begin < *end && !is_letter((unsigned char)text->utf8[*begin])) {
        (*begin)++;
    }
    /* an en dash or bullet is three bytes that begin with 0xE2 */
    while (*begin + 3 <= *end && (unsigned char)text->utf8[*begin] == 0xE2) {
        *begin += 3;
        while (*begin < *end && !is_letter((unsigned char)text->utf8[*begin])) {
            (*begin)++;
        }
    }
    while (*end > *begin && strchr(" \t:(-,.;=", text->utf8[*end - 1]) != NULL) {
        (*end)--;
    }
    while (*end >= *begin + 3 && (unsigned char)text->utf8[*end - 3] == 0xE2) {
        *end -= 3;
        while (*end > *begin && text->utf8[*end - 1] == ' ') {
            (*end)--;
        }
    }
}

static bool has_letters(const kk_text *text, uint32_t begin, uint32_t end)
{
    uint32_t letters = 0;
    for (; begin < end; begin++) {
        letters += is_letter((unsigned char)text->utf8[begin]);
    }
    return letters >= 3;
}

static void draft_of(const kk_award_reader *r, uint32_t p, uint32_t begin, uint32_t end,
                     kk_draft *draft)
{
    const kk_para *para = &r->text->paras[p];
    memset(draft, 0, sizeof *draft);
    tidy_name(r->text, &begin, &end);
    draft->value = -1.0;
    draft->name_begin = begin;
    draft->name_end = end;
    draft->content_begin = begin;
    draft->content_end = end;
    draft->node.name = kk_award_slice(r, begin, end);
    draft->node.at = (kk_evidence){r->doc, p, para->begin, para->end, {NULL, 0}};
}

static uint32_t segment_end(kk_str s, size_t from)
{
    /* the words that belong to a figure in front of them end at the next comma, "og" or full stop */
    size_t at = from;
    while (at < s.len && strchr(",;.\n", s.ptr[at]) == NULL &&
           !kk_str_starts(kk_str_slice(s, at, s.len), KK_STR(" og "))) {
        at++;
    }
    return (uint32_t)at;
}

/* "Pris 60 % og miljø 30 %": a name stands before its figure, or after it where nothing stands before. */
static kk_status read_sentence(kk_award_reader *r, uint32_t p, uint32_t depth, bool *any)
{
    const kk_para *para = &r->text->paras[p];
    kk_str s = kk_award_slice(r, para->begin, para->end);
    kk_weight weight;
    size_t at = 0, from = 0;
    kk_draft draft;
    while (kk_weight_next(s, &at, false, &weight)) {
        uint32_t begin = para->begin + (uint32_t)from, end = para->begin + (uint32_t)weight.begin;
        size_t used = weight.end;
        if (!has_letters(r->text, begin, end)) {
            begin = para->begin + (uint32_t)weight.end;
            used = segment_end(s, weight.end);
            end = para->begin + (uint32_t)used;
        }
        if (has_letters(r->text, begin, end) && !kk_award_says(r, "award-no-weight", begin, end)) {
            draft_of(r, p, begin, end, &draft);
            draft.depth = depth;
            draft.value = weight.placeholder || weight.at_most ? -1.0 : weight.low;
            draft.points = weight.unit == KK_WEIGHT_POINTS;
            draft.node.placeholder = weight.placeholder;
            uint32_t rest = segment_end(s, weight.end);
            draft.fraction_of_parent = kk_award_says(
                r, "award-part-of", para->begin + (uint32_t)weight.begin, para->begin + rest);
            KK_TRY(kk_award_add(r, &draft));
            *any = true;
        }
        from = at = used > weight.end ? used : weight.end;
    }
    /* one figure in the paragraph: all its words tell what the criterion measures */
    if (*any && r->n > 0 && r->drafts[r->n - 1].node.at.para == p &&
        (r->n < 2 || r->drafts[r->n - 2].node.at.para != p)) {
        r->drafts[r->n - 1].content_begin = para->begin;
        r->drafts[r->n - 1].content_end = para->end;
    }
    return KK_OK;
}

static kk_status read_rank(kk_award_reader *r, uint32_t p, list_state *state)
{
    const kk_para *para = &r->text->paras[p];
    kk_draft draft;
    draft_of(r, p, para->begin, para->end, &draft);
    kk_str name = draft.node.name;
    size_t stop = 0;
    while (stop < name.len && strchr(".:;\n", name.ptr[stop]) == NULL) {
        stop++;
    }
    draft.node.name = kk_str_slice(name, 0, stop);
    draft.name_end = draft.name_begin + (uint32_t)stop;
    draft.node.rank = state->next_rank++;
    return kk_award_add(r, &draft);
}

/* "1. Pris", "1) Pris": numbered by hand. */
static bool numbered_by_hand(const kk_award_reader *r, const kk_para *para)
{
    kk_str s = kk_str_trim(kk_award_slice(r, para->begin, para->end));
    return s.len > 2 && s.ptr[0] >= '1' && s.ptr[0] <= '9' && (s.ptr[1] == '.' || s.ptr[1] == ')') &&
           (s.ptr[2] == ' ' || s.ptr[2] == '\t');
}

/* Paragraphs below a criterion tell what it measures and how it is proved. */
static void extend(kk_award_reader *r, uint32_t p, bool items_are_content)
{
    const kk_para *para = &r->text->paras[p];
    if (r->n == 0) {
        return;
    }
    kk_draft *last = &r->drafts[r->n - 1];
    if (last->node.at.para >= p || (!items_are_content && (para->flags & KK_PARA_LIST) != 0)) {
        return;
    }
    if (kk_award_says(r, "award-documentation", para->begin, para->end)) {
        last->proof_begin = last->proof_begin < last->proof_end ? last->proof_begin : para->begin;
        last->proof_end = para->end;
    }
    last->content_end = para->end;
}

static kk_status read_paragraph(kk_award_reader *r, uint32_t p, list_state *state)
{
    const kk_para *para = &r->text->paras[p];
    bool item = (para->flags & KK_PARA_LIST) != 0 || numbered_by_hand(r, para);
    bool any = false;
    if (para->heading > 0) {
        state->in_ranked_list = false;
        KK_TRY(read_sentence(r, p, 0, &any));
        state->heading_open = any;
        return KK_OK;
    }
    if (state->ranking && item) {
        state->in_ranked_list = true;
        return read_rank(r, p, state);
    }
    if (state->in_ranked_list) {
        state->in_ranked_list = state->ranking = false;
    }
    if (item) {
        uint32_t depth = state->heading_open || para->list_level > 1 ? 1 : 0;
        KK_TRY(read_sentence(r, p, depth, &any));
    } else if (kk_award_says(r, "award-weight-words", para->begin, para->end)) {
        KK_TRY(read_sentence(r, p, state->heading_open ? 1 : 0, &any));
    }
    if (!any && kk_award_says(r, "award-ranking", para->begin, para->end)) {
        state->ranking = true;
        state->next_rank = 1;
        return KK_OK;
    }
    if (!any) {
        extend(r, p, true);
    }
    return KK_OK;
}

kk_status kk_award_paragraphs(kk_award_reader *r, uint32_t begin, uint32_t end)
{
    list_state state = {false, false, 1, false};
    for (uint32_t p = begin; p < end && p < r->text->n_paras; p++) {
        const kk_para *para = &r->text->paras[p];
        if (para->cell != KK_NONE || (para->flags & (KK_PARA_TOC | KK_PARA_GUIDANCE)) != 0 ||
            para->begin == para->end) {
            continue;
        }
        KK_TRY(read_paragraph(r, p, &state));
    }
    return KK_OK;
}
