/* Award criteria outside tables: list items, headings with weights, running text, rankings; and the
 * text that describes or splits criteria that a table gave. */
#include "award_reader.h"

#include "error.h"
#include "str.h"

#include <math.h>
#include <string.h>

enum { OPEN_MAX = 9, NAME_MAX = 160, INTRO_COLON = 24 };

typedef struct list_state {
    bool ranking; /* the list that follows is in order of priority */
    bool listed;  /* items of it have been read */
    int next_rank;
    uint8_t rank_level, base_level; /* list level of the first item */
    uint8_t open[OPEN_MAX];         /* levels of the headings above that carry weights */
    uint32_t n_open;
    uint8_t topic_level;             /* heading level of the topic, 0 = an item */
    uint32_t topic_begin, topic_end; /* heading or item that what follows is about */
} list_state;

/* ---- paragraphs ---------------------------------------------------------------------------- */

/* "1. Pris", "1) Pris", "a) Pris", "- Pris", "• Pris": an item typed by hand. */
static bool typed_item(const kk_award_reader *r, const kk_para *para)
{
    const kk_str s = kk_str_trim(kk_award_slice(r, para->begin, para->end));
    if (s.len < 3) {
        return false;
    }
    const bool digit = s.ptr[0] >= '1' && s.ptr[0] <= '9';
    const bool letter = (s.ptr[0] | 0x20) >= 'a' && (s.ptr[0] | 0x20) <= 'z';
    const bool number = (digit && s.ptr[1] == '.') || ((digit || letter) && s.ptr[1] == ')');
    if (number || s.ptr[0] == '-') {
        const char after = s.ptr[number ? 2 : 1];
        return after == ' ' || after == '\t';
    }
    return (unsigned char)s.ptr[0] == 0xE2 && s.len > 4 && (s.ptr[3] == ' ' || s.ptr[3] == '\t');
}

static bool is_item(const kk_award_reader *r, const kk_para *para)
{
    return para->heading == 0 && ((para->flags & KK_PARA_LIST) != 0 || typed_item(r, para));
}

static bool ends_with_colon(const kk_award_reader *r, const kk_para *para)
{
    return kk_str_ends(kk_str_trim(kk_award_slice(r, para->begin, para->end)), KK_STR(":"));
}

static bool readable(const kk_award_reader *r, uint32_t p)
{
    return p < r->text->n_paras && r->text->paras[p].cell == KK_NONE && kk_award_visible(r, p);
}

static void set_topic(const kk_award_reader *r, list_state *state, const kk_para *para)
{
    state->topic_begin = para->begin;
    state->topic_end = para->end;
    state->topic_level = para->heading;
    kk_award_tidy(r, &state->topic_begin, &state->topic_end);
}

static kk_award_spot spot_of(const list_state *state, uint32_t p, uint32_t depth, bool prose)
{
    return (kk_award_spot){p, depth, prose, state->topic_begin, state->topic_end};
}

/* Paragraphs below a criterion tell what it measures and how it is proved. */
static void extend(kk_award_reader *r, uint32_t p)
{
    const kk_para *para = &r->text->paras[p];
    if (r->n == 0 || r->drafts[r->n - 1].node.at.para >= p) {
        return;
    }
    kk_draft *last = &r->drafts[r->n - 1];
    if (kk_award_says(r, "award-documentation", para->begin, para->end)) {
        last->proof_begin = last->proof_begin < last->proof_end ? last->proof_begin : para->begin;
        last->proof_end = para->end;
    }
    if (last->content_begin <= para->begin) {
        last->content_end = para->end;
    }
}

/* ---- rankings ------------------------------------------------------------------------------ */

static kk_status read_rank(kk_award_reader *r, uint32_t p, list_state *state)
{
    const kk_para *para = &r->text->paras[p];
    kk_draft draft;
    memset(&draft, 0, sizeof draft);
    const kk_str s = kk_award_slice(r, para->begin, para->end);
    size_t stop = 4 < s.len ? 4 : s.len; /* past "1." and "a)" */
    while (stop < s.len && strchr(".:;\n", s.ptr[stop]) == NULL) {
        stop++;
    }
    draft.name_begin = para->begin;
    draft.name_end = para->begin + (uint32_t)stop;
    kk_award_tidy(r, &draft.name_begin, &draft.name_end);
    draft.value = -1.0;
    draft.content_begin = para->begin;
    draft.content_end = para->end;
    draft.node.name = kk_award_slice(r, draft.name_begin, draft.name_end);
    draft.node.at = (kk_evidence){r->doc, p, para->begin, para->end, {NULL, 0}};
    draft.node.rank = state->next_rank++;
    return kk_award_add(r, &draft);
}

/* "... i prioritert rekkefølge: 1. Pris, 2. Klima": the list may stand in the sentence itself. */
static kk_status open_ranking(kk_award_reader *r, uint32_t p, const kk_evidence *at,
                              list_state *state)
{
    const kk_para *para = &r->text->paras[p];
    const kk_str rest = kk_award_slice(r, at->end, para->end);
    const size_t colon = kk_str_find(rest, KK_STR(":"), 0);
    bool any = false;
    state->ranking = true;
    state->listed = false;
    state->next_rank = 1;
    if (colon != SIZE_MAX && colon < INTRO_COLON) {
        KK_TRY(kk_award_names(r, p, at->end + (uint32_t)colon + 1, para->end, true, &any));
    }
    state->ranking = !any;
    return KK_OK;
}

/* ---- one paragraph ------------------------------------------------------------------------- */

static kk_status read_heading(kk_award_reader *r, uint32_t p, list_state *state)
{
    const kk_para *para = &r->text->paras[p];
    bool any = false;
    while (state->n_open > 0 && state->open[state->n_open - 1] >= para->heading) {
        state->n_open--;
    }
    state->ranking = false;
    state->base_level = 0;
    set_topic(r, state, para);
    kk_award_spot spot = spot_of(state, p, state->n_open, false);
    KK_TRY(kk_award_sentences(r, &spot, para->begin, para->end, &any));
    if (any && state->n_open < OPEN_MAX) {
        state->open[state->n_open++] = para->heading;
    }
    return KK_OK;
}

static kk_status read_item(kk_award_reader *r, uint32_t p, list_state *state)
{
    const kk_para *para = &r->text->paras[p];
    const uint8_t level = para->list_level > 0 ? para->list_level : 1;
    bool any = false;
    state->base_level = state->base_level > 0 ? state->base_level : level;
    const uint32_t deeper = level > state->base_level ? (uint32_t)(level - state->base_level) : 0;
    kk_award_spot spot = spot_of(state, p, state->n_open + deeper, false);
    KK_TRY(kk_award_sentences(r, &spot, para->begin, para->end, &any));
    if (any) {
        state->ranking = false;
        return KK_OK;
    }
    if (!state->ranking) {
        extend(r, p);
        set_topic(r, state, para);
        state->topic_level = 0;
        return KK_OK;
    }
    state->rank_level = state->listed ? state->rank_level : level;
    state->listed = true;
    if (level > state->rank_level) {
        extend(r, p);
        return KK_OK;
    }
    return read_rank(r, p, state);
}

static kk_status read_prose(kk_award_reader *r, uint32_t p, list_state *state)
{
    const kk_para *para = &r->text->paras[p];
    kk_evidence at;
    bool any = false;
    kk_award_spot spot = spot_of(state, p, state->n_open, true);
    if (state->topic_level > 0 && state->n_open > 0 &&
        state->open[state->n_open - 1] == state->topic_level) {
        spot.depth = state->n_open - 1; /* the heading's own statement once more */
    }
    KK_TRY(kk_award_sentences(r, &spot, para->begin, para->end, &any));
    if (any) {
        const bool own =
            state->topic_level > 0 && state->n_open < OPEN_MAX && r->n > 0 &&
            r->drafts[r->n - 1].name_begin == state->topic_begin &&
            (state->n_open == 0 || state->open[state->n_open - 1] < state->topic_level);
        if (own) {
            state->open[state->n_open++] = state->topic_level;
        }
        return KK_OK;
    }
    if (!state->ranking && kk_award_find(r, "award-ranking", para->begin, para->end, &at)) {
        return open_ranking(r, p, &at, state);
    }
    if (state->listed && ends_with_colon(r, para)) {
        state->ranking = false; /* another list begins */
    }
    extend(r, p);
    return KK_OK;
}

static kk_status read_any(kk_award_reader *r, uint32_t p, list_state *state)
{
    const kk_para *para = &r->text->paras[p];
    if (para->heading > 0) {
        return read_heading(r, p, state);
    }
    return is_item(r, para) ? read_item(r, p, state) : read_prose(r, p, state);
}

kk_status kk_award_paragraphs(kk_award_reader *r, uint32_t begin, uint32_t end)
{
    list_state state;
    kk_status status = KK_OK;
    memset(&state, 0, sizeof state);
    for (uint32_t p = begin; p < end && status == KK_OK; p++) {
        status = readable(r, p) ? read_any(r, p, &state) : KK_OK;
    }
    return status;
}

/* ---- names alone --------------------------------------------------------------------------- */

/* "Kriteriene er pris, kvalitet og miljø.": names in the sentence itself. */
static kk_status read_named(kk_award_reader *r, uint32_t p, bool *any)
{
    const kk_para *para = &r->text->paras[p];
    kk_evidence at;
    *any = false;
    if (kk_award_find(r, "award-equal", para->begin, para->end, &at)) {
        KK_TRY(kk_award_names(r, p, para->begin, at.begin, false, any));
    }
    if (*any || !kk_award_find(r, "award-names-intro", para->begin, para->end, &at)) {
        return KK_OK;
    }
    const kk_str rest = kk_award_slice(r, at.end, para->end);
    const size_t stop = kk_str_find(rest, KK_STR(". "), 0);
    const uint32_t to = stop == SIZE_MAX ? para->end : at.end + (uint32_t)stop;
    return kk_award_names(r, p, at.end, to, false, any);
}

kk_status kk_award_bare_names(kk_award_reader *r, uint32_t begin, uint32_t end)
{
    bool open = false, any = false;
    kk_status status = KK_OK;
    for (uint32_t p = begin; p < end && !any && status == KK_OK; p++) {
        const kk_para *para = &r->text->paras[p];
        if (!readable(r, p)) {
            continue;
        }
        if (!is_item(r, para)) {
            open = kk_award_says(r, "award-weight-words", para->begin, para->end);
            status = read_named(r, p, &any);
        } else if (open && para->end - para->begin < NAME_MAX) {
            list_state state = {.next_rank = 0}; /* rank 0: none */
            status = read_rank(r, p, &state);
        }
    }
    return status;
}

/* ---- descriptions of what a table gave ------------------------------------------------------ */

typedef struct describer {
    kk_award_reader *r;
    size_t target; /* criterion that the text is about, or SIZE_MAX */
    size_t from;   /* drafts [from, n) will be its children */
} describer;

static uint32_t section_stop(const kk_award_reader *r, uint32_t p, uint32_t end)
{
    const uint8_t level = r->text->paras[p].heading;
    uint32_t q = p + 1;
    while (q < end && (r->text->paras[q].heading == 0 || r->text->paras[q].heading > level)) {
        q++;
    }
    return r->text->paras[q - 1].end;
}

/* The items read since the target was named become its parts. */
static kk_status settle(describer *d)
{
    kk_award_reader *r = d->r;
    const size_t target = d->target;
    const bool items = target != SIZE_MAX && r->n > d->from;
    const bool parts = items && !kk_award_repeats(r, d->from);
    kk_status status = KK_OK;
    if (parts) {
        status = kk_award_adopt(r, d->from, target);
    } else if (items) {
        r->n = d->from;
    }
    d->target = items ? SIZE_MAX : target;
    d->from = r->n;
    return status;
}

static void note_more(kk_award_reader *r, size_t target, uint32_t begin, uint32_t end)
{
    kk_draft *draft = &r->drafts[target];
    if (draft->more_begin == draft->more_end) {
        draft->more_begin = begin;
        draft->more_end = end;
    }
}

/* Do drafts [from, n) split the target? At least two, that add up to a hundred or to its own
 * weight. */
static bool splits(const kk_award_reader *r, size_t from, size_t target)
{
    double sum = 0.0;
    for (size_t i = from; i < r->n; i++) {
        sum += r->drafts[i].value > 0.0 ? r->drafts[i].value : 0.0;
    }
    const double whole = r->drafts[target].value;
    return r->n >= from + 2 && !kk_award_repeats(r, from) &&
           (fabs(sum - 100.0) < 0.51 || fabs(sum - whole) < 0.51);
}

/* Running text that names one criterion may split it there and then: "Kvalitet: service 60 %, miljø
 * 40 %". */
static kk_status read_split(describer *d, uint32_t p, size_t named)
{
    kk_award_reader *r = d->r;
    const kk_para *para = &r->text->paras[p];
    const kk_award_spot spot = {.para = p, .prose = true};
    const size_t from = r->n;
    bool any = false;
    if (kk_award_has_children(r, named)) {
        return KK_OK;
    }
    KK_TRY(kk_award_sentences(r, &spot, para->begin, para->end, &any));
    if (splits(r, from, named)) {
        return kk_award_adopt(r, from, named);
    }
    r->n = from;
    return KK_OK;
}

static kk_status describe_one(describer *d, uint32_t p, uint32_t end)
{
    kk_award_reader *r = d->r;
    const kk_para *para = &r->text->paras[p];
    if (is_item(r, para)) {
        const kk_award_spot spot = {.para = p};
        bool any = false;
        if (d->target == SIZE_MAX || kk_award_has_children(r, d->target)) {
            return KK_OK;
        }
        return kk_award_sentences(r, &spot, para->begin, para->end, &any);
    }
    KK_TRY(settle(d));
    const size_t named = kk_award_named_in(r, para->begin, para->end);
    if (named == SIZE_MAX) {
        d->target = para->heading > 0 ? SIZE_MAX : d->target;
        return KK_OK;
    }
    note_more(r, named, para->begin, para->heading > 0 ? section_stop(r, p, end) : para->end);
    if (para->heading > 0 || ends_with_colon(r, para)) {
        d->target = named;
        return KK_OK;
    }
    KK_TRY(read_split(d, p, named));
    d->from = r->n;
    return KK_OK;
}

kk_status kk_award_describe(kk_award_reader *r, uint32_t begin, uint32_t end)
{
    describer d = {r, SIZE_MAX, r->n};
    kk_status status = KK_OK;
    r->group++; /* names may be those of the criteria above */
    for (uint32_t p = begin; p < end && status == KK_OK; p++) {
        status = readable(r, p) ? describe_one(&d, p, end) : KK_OK;
    }
    return status == KK_OK ? settle(&d) : status;
}
