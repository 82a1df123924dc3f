/* Criteria with weights out of single sentences: "Pris teller 60 % og klima 30 %", "70 % på pris",
 * "Vekt: 30 %". Knows how such sentences are built; which figures are no weights is bank data. */
#include "award_reader.h"
#include "sentence.h"
#include "weight.h"

#include "error.h"
#include "str.h"

#include <math.h>
#include <string.h>

enum { FIGURES_MAX = 24, NAMES_MAX = 12, LABEL_MAX = 60, LOT_NEAR = 24 };

typedef struct statement {
    kk_award_reader *r;
    const kk_award_spot *spot;
    uint32_t begin, end; /* the sentence, in text offsets */
    uint32_t names_from; /* where the first name may begin */
    kk_str s;
    kk_weight figures[FIGURES_MAX];
    size_t n;
} statement;

static uint32_t at_text(const statement *st, size_t offset)
{
    return st->begin + (uint32_t)offset;
}

/* The words that belong to a figure in front of them end at the next comma, "og" or end. */
static size_t segment_end(kk_str s, size_t from)
{
    size_t at = from;
    while (at < s.len && strchr(",;\n", s.ptr[at]) == NULL &&
           !kk_str_starts(kk_str_slice(s, at, s.len), KK_STR(" og "))) {
        at++;
    }
    return at;
}

/* "30 % av kjøretøyene" is a share of something; "30 % av kriteriet" and "30 % av vekten" are
 * weights. */
static bool is_share(const statement *st, const kk_weight *figure)
{
    size_t at = figure->end;
    while (at < st->s.len && st->s.ptr[at] == ' ') {
        at++;
    }
    return kk_str_starts(kk_str_slice(st->s, at, st->s.len), KK_STR("av ")) &&
           !kk_award_says(st->r, "award-part-of", at_text(st, figure->begin), st->end);
}

static bool is_weight(const statement *st, const kk_weight *figure, size_t from)
{
    const uint32_t begin = at_text(st, from);
    const uint32_t end = at_text(st, segment_end(st->s, figure->end));
    if (is_share(st, figure) || kk_award_says(st->r, "award-no-weight", begin, end)) {
        return false;
    }
    if (!st->spot->prose) {
        return true;
    }
    return !(figure->at_most && figure->unit == KK_WEIGHT_POINTS) &&
           !kk_award_says(st->r, "award-formula", begin, end);
}

static void collect(statement *st)
{
    kk_weight figure;
    size_t at = 0, from = 0;
    st->n = 0;
    while (st->n < FIGURES_MAX && kk_weight_next(st->s, &at, false, &figure)) {
        if (is_weight(st, &figure, from)) {
            st->figures[st->n++] = figure;
        }
        from = figure.end;
    }
}

/* Where names begin: past the label of a lot, and past what explains it up to a colon. */
static uint32_t past_label(const statement *st, uint32_t from, uint32_t limit)
{
    const kk_str rest = kk_award_slice(st->r, from, limit);
    for (size_t i = 0; i < rest.len && i < LABEL_MAX; i++) {
        if (rest.ptr[i] == ':') {
            return from + (uint32_t)i + 1;
        }
    }
    return from;
}

/* "I delkontrakt B er pris eneste tildelingskriterium": the lot has one criterion. */
static kk_status put_price_alone(const statement *st)
{
    kk_award_reader *r = st->r;
    kk_evidence at;
    kk_draft draft;
    if (!kk_award_says(r, "award-price-only", st->begin, st->end) ||
        !kk_award_find(r, "award-price", st->begin, st->end, &at)) {
        return KK_OK;
    }
    memset(&draft, 0, sizeof draft);
    draft.name_begin = draft.content_begin = at.begin;
    draft.name_end = draft.content_end = at.end;
    draft.node.name = kk_award_slice(r, at.begin, at.end);
    draft.node.at = at;
    draft.value = 100;
    return kk_award_add(r, &draft);
}

/* A label of a lot opens a set of criteria of its own: the names may be those of the lot before. */
static kk_status enter_lot(statement *st)
{
    kk_award_reader *r = st->r;
    const uint32_t limit = st->n > 0 ? at_text(st, st->figures[0].begin) : st->end;
    kk_evidence at;
    st->names_from = st->begin;
    if (!kk_award_find(r, "award-lot", st->begin, limit, &at) || at.begin > st->begin + LOT_NEAR) {
        return KK_OK;
    }
    const bool alone = st->n == 0 && kk_award_says(r, "award-price-only", st->begin, st->end);
    if (st->n == 0 && !alone && st->end - st->begin > LABEL_MAX) {
        return KK_OK; /* it only tells what the lot is */
    }
    const kk_str label = kk_award_slice(r, at.begin, at.end);
    if (!kk_str_equal(label, r->lot)) {
        r->lot = label;
        r->group += r->n > 0 && r->drafts[r->n - 1].group == r->group ? 1 : 0;
    }
    st->names_from = past_label(st, at.end, limit);
    return alone ? put_price_alone(st) : KK_OK;
}

static bool has_words(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)s[i];
        if (c >= 0x80 || (c | 0x20) >= 'a') {
            return true;
        }
    }
    return false;
}

/* Does this sentence state weights at all? */
static bool states_weights(const statement *st)
{
    const kk_award_reader *r = st->r;
    if (kk_award_says(r, "award-rule-quote", st->begin, st->end)) {
        return false;
    }
    if (!st->spot->prose || kk_award_says(r, "award-weight-words", st->begin, st->end)) {
        return true;
    }
    if (st->n == 1) { /* "Miljø: 35 %." is nothing but a name and its figure */
        const kk_str rest = kk_str_slice(st->s, st->figures[0].end, st->s.len);
        return st->figures[0].begin > 3 && st->figures[0].begin < LABEL_MAX &&
               !has_words(rest.ptr, rest.len);
    }
    double sum = 0.0; /* figures that make up a whole need no verb: "pris (70 %), miljø (30 %)" */
    for (size_t i = 0; i < st->n; i++) {
        sum += st->figures[i].low;
    }
    return fabs(sum - 100.0) < 0.51;
}

static void fill(const statement *st, const kk_weight *figure, uint32_t begin, uint32_t end,
                 kk_draft *draft)
{
    const kk_award_reader *r = st->r;
    const kk_para *para = &r->text->paras[st->spot->para];
    memset(draft, 0, sizeof *draft);
    draft->depth = st->spot->depth;
    draft->name_begin = begin;
    draft->name_end = end;
    draft->content_begin = begin;
    draft->content_end = end;
    draft->node.name = kk_award_slice(r, begin, end);
    draft->node.at = (kk_evidence){r->doc, st->spot->para, para->begin, para->end, {NULL, 0}};
    const bool ceiling = figure->at_most && figure->unit != KK_WEIGHT_POINTS;
    draft->value = figure->placeholder || ceiling ? -1.0 : figure->low;
    draft->points = figure->unit == KK_WEIGHT_POINTS;
    draft->node.placeholder = figure->placeholder;
    draft->fraction_of_parent =
        kk_award_says(r, "award-part-of", at_text(st, figure->begin), st->end);
}

static bool in_brackets(const statement *st, size_t i)
{
    const kk_weight *figure = &st->figures[i];
    return figure->begin > 0 && st->s.ptr[figure->begin - 1] == '(' && figure->end < st->s.len &&
           st->s.ptr[figure->end] == ')';
}

/* "Miljø 30 % (hvorav utslipp 20 %)", "Miljø 30 %: utslipp (20 %) og avfall (10 %)": parts of the
 * first. */
static bool is_part(const statement *st, size_t i)
{
    double sum = 0.0;
    bool brackets = !in_brackets(st, 0);
    for (size_t k = 1; k < st->n; k++) {
        sum += st->figures[k].low;
        brackets = brackets && in_brackets(st, k);
    }
    const uint32_t from = i > 0 ? at_text(st, st->figures[i - 1].end) : st->begin;
    return i > 0 &&
           ((brackets && fabs(sum - st->figures[0].low) < 0.51) ||
            kk_award_says(st->r, "award-of-which", from, at_text(st, st->figures[i].begin)));
}

/* Adds it, or completes the draft of the same name that stands there already. */
static kk_status put(const statement *st, size_t i, uint32_t begin, uint32_t end)
{
    kk_award_reader *r = st->r;
    const kk_weight *figure = &st->figures[i];
    kk_draft draft;
    fill(st, figure, begin, end, &draft);
    draft.depth += is_part(st, i) ? 1 : 0;
    if (st->n == 1 && !st->spot->prose) {
        /* one figure in a heading or item: all its words tell what the criterion measures */
        const kk_para *para = &r->text->paras[st->spot->para];
        draft.content_begin = para->begin < draft.name_begin ? para->begin : draft.name_begin;
        draft.content_end = para->end > draft.name_end ? para->end : draft.name_end;
    }
    const size_t known = kk_award_same_name(r, begin, end);
    if (known == SIZE_MAX) {
        return kk_award_add(r, &draft);
    }
    if (r->drafts[known].value < 0.0) {
        r->drafts[known].value = draft.value;
        r->drafts[known].points = draft.points;
        r->drafts[known].node.placeholder = draft.node.placeholder;
    }
    return KK_OK;
}

typedef struct name_range {
    uint32_t begin, end, past; /* past: what follows is free for the next name */
} name_range;

static name_range name_behind(const statement *st, size_t i)
{
    const kk_weight *figure = &st->figures[i];
    name_range name = {at_text(st, figure->end), at_text(st, segment_end(st->s, figure->end)), 0};
    if (i + 1 < st->n && name.end > at_text(st, st->figures[i + 1].begin)) {
        name.end = at_text(st, st->figures[i + 1].begin);
    }
    name.past = name.end;
    kk_award_tidy(st->r, &name.begin, &name.end);
    return name;
}

static name_range name_before(const statement *st, size_t i, uint32_t from)
{
    name_range name = {from, at_text(st, st->figures[i].begin), at_text(st, st->figures[i].end)};
    kk_award_tidy(st->r, &name.begin, &name.end);
    return name;
}

/* A name stands before its figure, or after it where only words that name nothing stand before the
 * first; where neither says anything, the sentence is about the topic of its place. */
static kk_status read_statement(const statement *st, bool *any)
{
    const kk_award_reader *r = st->r;
    uint32_t from = st->names_from;
    bool after = false;
    kk_status status = KK_OK;
    for (size_t i = 0; i < st->n && status == KK_OK; i++) {
        name_range name = name_before(st, i, from);
        const name_range behind = name_behind(st, i);
        const bool says_before = kk_award_has_letters(r, name.begin, name.end);
        const bool says_behind = kk_award_has_letters(r, behind.begin, behind.end);
        after = i == 0 ? !says_before && says_behind : after;
        if ((after || !says_before) && says_behind) {
            name = behind;
        } else if (!says_before) {
            name = (name_range){st->spot->topic_begin, st->spot->topic_end, name.past};
        }
        from = name.past;
        if (kk_award_has_letters(r, name.begin, name.end)) {
            status = put(st, i, name.begin, name.end);
            *any = true;
        }
    }
    return status;
}

kk_status kk_award_sentences(kk_award_reader *r, const kk_award_spot *spot, uint32_t begin,
                             uint32_t end, bool *any)
{
    const kk_str whole = kk_award_slice(r, begin, end);
    size_t at = 0, from, to;
    kk_status status = KK_OK;
    while (status == KK_OK && kk_sentence_next(whole, &at, &from, &to)) {
        statement st = {.r = r,
                        .spot = spot,
                        .begin = begin + (uint32_t)from,
                        .end = begin + (uint32_t)to,
                        .s = kk_str_slice(whole, from, to)};
        collect(&st);
        status = enter_lot(&st);
        if (status == KK_OK && st.n > 0 && states_weights(&st)) {
            status = read_statement(&st, any);
        }
    }
    return status;
}

/* ---- names without weights ----------------------------------------------------------------- */

typedef struct name_list {
    uint32_t begin[NAMES_MAX], end[NAMES_MAX];
    uint32_t n;
} name_list;

static void push_name(const kk_award_reader *r, name_list *list, uint32_t begin, uint32_t end)
{
    kk_award_tidy(r, &begin, &end);
    if (list->n < NAMES_MAX && kk_award_has_letters(r, begin, end)) {
        list->begin[list->n] = begin;
        list->end[list->n++] = end;
    }
}

/* "1. Pris, 2. Klima": does a number begin at `at`? */
static bool numbered(kk_str s, size_t at)
{
    return at + 1 < s.len && s.ptr[at] >= '1' && s.ptr[at] <= '9' &&
           (s.ptr[at + 1] == '.' || s.ptr[at + 1] == ')') && (at == 0 || s.ptr[at - 1] == ' ');
}

/* Cuts at numbers where there are any, else at commas; the last "og" of a comma list joins two
 * names. */
static void cut_names(const kk_award_reader *r, uint32_t begin, uint32_t end, name_list *list)
{
    const kk_str s = kk_award_slice(r, begin, end);
    size_t from = 0, numbers = 0;
    for (size_t i = 0; i < s.len; i++) {
        numbers += numbered(s, i);
    }
    for (size_t i = 0; i < s.len; i++) {
        if (numbers > 0 ? numbered(s, i) : s.ptr[i] == ',') {
            push_name(r, list, begin + (uint32_t)from, begin + (uint32_t)i);
            from = i + 1;
        }
    }
    const kk_str last = kk_str_slice(s, from, s.len);
    const size_t joint = numbers > 0 ? SIZE_MAX : kk_str_find(last, KK_STR(" og "), 0);
    if (joint != SIZE_MAX) {
        push_name(r, list, begin + (uint32_t)from, begin + (uint32_t)(from + joint));
        from += joint + 4;
    }
    push_name(r, list, begin + (uint32_t)from, end);
}

kk_status kk_award_names(kk_award_reader *r, uint32_t para, uint32_t begin, uint32_t end,
                         bool ranked, bool *any)
{
    name_list list = {.n = 0};
    cut_names(r, begin, end, &list);
    *any = list.n >= 2;
    for (uint32_t i = 0; i < list.n && list.n >= 2; i++) {
        kk_draft draft;
        memset(&draft, 0, sizeof draft);
        draft.value = -1.0;
        draft.name_begin = draft.content_begin = list.begin[i];
        draft.name_end = draft.content_end = list.end[i];
        draft.node.name = kk_award_slice(r, list.begin[i], list.end[i]);
        draft.node.at = (kk_evidence){r->doc, para, list.begin[i], list.end[i], {NULL, 0}};
        draft.node.rank = ranked ? (int)i + 1 : 0;
        KK_TRY(kk_award_add(r, &draft));
    }
    return KK_OK;
}
