/* Cleans and counts raw paragraph and run properties for the vote. Knows which properties a clause
 * must never take over; knows nothing of places. */
#include "cut.h"
#include "dress.h"
#include "str.h"
#include "wml.h"

#include <string.h>

typedef struct kk_vote {
    kk_str key;
    uint32_t weight, tag;
} kk_vote;

#define MAX_VOTES 32

void kk_ballot_vote(kk_ballot *ballot, kk_arena *arena, kk_str key, uint32_t weight, uint32_t tag)
{
    if (ballot->votes == NULL) {
        ballot->votes = kk_arena_array(arena, MAX_VOTES, sizeof *ballot->votes);
    }
    if (ballot->votes == NULL || key.ptr == NULL) {
        ballot->failed = true;
        return;
    }
    for (uint32_t i = 0; i < ballot->n; i++) {
        if (kk_str_equal(ballot->votes[i].key, key)) {
            ballot->votes[i].weight += weight;
            ballot->votes[i].tag = tag;
            return;
        }
    }
    if (ballot->n < MAX_VOTES) {
        ballot->votes[ballot->n++] = (kk_vote){key, weight, tag};
    }
}

bool kk_ballot_winner(const kk_ballot *ballot, kk_str *key, uint32_t *tag)
{
    uint32_t best = 0;
    bool found = false;
    if (ballot->failed) {
        *key = (kk_str){NULL, 0};
        return false;
    }
    for (uint32_t i = 0; i < ballot->n; i++) {
        if (ballot->votes[i].weight >= best) {
            best = ballot->votes[i].weight;
            *key = ballot->votes[i].key;
            *tag = ballot->votes[i].tag;
            found = true;
        }
    }
    return found;
}

static const char *const drop_body_p[] = {"keepNext",   "pageBreakBefore", "framePr",  "numPr",
                                          "outlineLvl", "divId",           "cnfStyle", "rPr",
                                          "sectPr",     "pPrChange",       NULL};
static const char *const drop_item_p[] = {
    "keepNext", "pageBreakBefore", "framePr",   "outlineLvl", "divId", "cnfStyle",
    "rPr",      "sectPr",          "pPrChange", NULL};
static const char *const drop_heading_p[] = {
    "pageBreakBefore", "framePr", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange", NULL};
static const char *const drop_cell_p[] = {"keepNext",   "pageBreakBefore", "framePr",
                                          "outlineLvl", "divId",           "rPr",
                                          "sectPr",     "pPrChange",       NULL};

static const char *const drop_body_r[] = {
    "ins",        "del",    "moveFrom",  "moveTo",    "b",         "bCs",    "i",
    "iCs",        "strike", "dstrike",   "outline",   "shadow",    "emboss", "imprint",
    "noProof",    "vanish", "webHidden", "position",  "highlight", "u",      "effect",
    "bdr",        "shd",    "fitText",   "vertAlign", "em",        "lang",   "eastAsianLayout",
    "specVanish", "oMath",  "rPrChange", NULL};
static const char *const drop_heading_r[] = {
    "ins",    "del",       "moveFrom",        "moveTo",     "strike", "dstrike",   "noProof",
    "vanish", "webHidden", "highlight",       "effect",     "shd",    "fitText",   "vertAlign",
    "em",     "lang",      "eastAsianLayout", "specVanish", "oMath",  "rPrChange", NULL};

/* Keeps of a w:numPr only level and instance, in schema order; tracked marks in it are somebody
 * else's. */
static void put_numpr(kk_buf *out, kk_str w, kk_str numpr)
{
    static const char *const kept[] = {"ilvl", "numId"};
    kk_cut_element whole, child;
    if (!kk_cut_element_at(numpr, 0, (uint32_t)numpr.len, &whole) || whole.empty_tag) {
        return;
    }
    kk_buf_str(out, kk_str_slice(numpr, 0, whole.inner_begin));
    for (size_t i = 0; i < 2; i++) {
        if (kk_cut_child(numpr, whole.inner_begin, whole.inner_end, w, kept[i], &child)) {
            kk_buf_str(out, kk_str_slice(numpr, child.begin, child.end));
        }
    }
    kk_buf_str(out, kk_str_slice(numpr, whole.inner_end, whole.end));
}

static kk_str take(kk_buf *buf, kk_arena *arena)
{
    const kk_str copy =
        buf->failed == KK_OK ? kk_arena_str(arena, kk_buf_view(buf)) : (kk_str){NULL, 0};
    kk_buf_dispose(buf);
    return copy;
}

kk_str kk_dress_ppr(const kk_part *part, uint32_t node, kk_dress_kind kind, kk_arena *arena)
{
    const kk_node *n = &part->nodes[node];
    kk_cut_element ppr, numpr;
    if (n->ppr_end <= n->ppr_begin ||
        !kk_cut_element_at(part->raw, n->ppr_begin, n->ppr_end, &ppr)) {
        return KK_STR("");
    }
    const kk_str inner = kk_str_slice(part->raw, ppr.inner_begin, ppr.inner_end);
    const char *const *drop = kind == KK_DRESS_BODY      ? drop_body_p
                              : kind == KK_DRESS_ITEM    ? drop_item_p
                              : kind == KK_DRESS_HEADING ? drop_heading_p
                                                         : drop_cell_p;
    kk_buf number, out;
    kk_buf_init(&number, 0);
    kk_buf_init(&out, 0);
    if (kind != KK_DRESS_BODY &&
        kk_cut_child(part->raw, ppr.inner_begin, ppr.inner_end, part->w, "numPr", &numpr)) {
        put_numpr(&number, part->w, kk_str_slice(part->raw, numpr.begin, numpr.end));
    }
    kk_props_merge(&out, KK_PROPS_P, part->w, inner, drop, kk_buf_view(&number));
    if (number.failed != KK_OK) {
        out.failed = number.failed;
    }
    kk_buf_dispose(&number);
    return take(&out, arena);
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Automatic, black or dark grey: what body text has. Anything else may mean guidance. */
static bool is_plain_colour(kk_str raw, const kk_cut_element *colour)
{
    kk_str value;
    if (!kk_cut_attr(raw, colour->begin, "val", &value) || kk_str_is(value, "auto")) {
        return true;
    }
    if (value.len != 6) {
        return false;
    }
    int least = 255, most = 0;
    for (size_t i = 0; i < 6; i += 2) {
        const int high = hex_digit(value.ptr[i]), low = hex_digit(value.ptr[i + 1]);
        const int byte = high < 0 || low < 0 ? 255 : high * 16 + low;
        least = byte < least ? byte : least;
        most = byte > most ? byte : most;
    }
    return most <= 0x60 && most - least <= 0x10;
}

/* Character styles that say something about one word, not about the text. */
static bool is_plain_style(const kk_docx *doc, kk_str raw, const kk_cut_element *rstyle)
{
    static const char *const marked[] = {"placeholder text",
                                         "hyperlink",
                                         "followedhyperlink",
                                         "strong",
                                         "emphasis",
                                         "intense emphasis",
                                         "subtle emphasis",
                                         "annotation reference",
                                         "footnote reference",
                                         "endnote reference",
                                         "page number",
                                         "book title",
                                         "intense reference",
                                         "subtle reference",
                                         NULL};
    kk_str id;
    if (!kk_cut_attr(raw, rstyle->begin, "val", &id)) {
        return false;
    }
    const kk_style *style = kk_style_by_id(&doc->styles, KK_STYLE_CHARACTER, id);
    if (style == NULL || style->look.on != 0) {
        return false;
    }
    for (size_t i = 0; marked[i] != NULL; i++) {
        if (kk_str_is(style->canonical, marked[i])) {
            return false;
        }
    }
    return true;
}

static bool is_toggle(const char *local)
{
    static const char *const toggles[] = {"b",      "bCs",     "i",       "iCs",
                                          "strike", "dstrike", "outline", "shadow",
                                          "emboss", "imprint", "u",       NULL};
    for (size_t i = 0; toggles[i] != NULL; i++) {
        if (strcmp(toggles[i], local) == 0) {
            return true;
        }
    }
    return false;
}

/* A toggle written as switched off undoes what the style says: that look must stay. */
static bool is_off(const kk_part *part, const kk_cut_element *rpr, const char *local)
{
    kk_cut_element child;
    kk_str value;
    return kk_cut_child(part->raw, rpr->inner_begin, rpr->inner_end, part->w, local, &child) &&
           kk_cut_attr(part->raw, child.begin, "val", &value) &&
           (kk_str_is(value, "0") || kk_str_is(value, "false") || kk_str_is(value, "off") ||
            kk_str_is(value, "none"));
}

/* Cleaned inside of one w:rPr element (range in raw; empty range gives ""). */
static kk_str clean_rpr(const kk_docx *doc, const kk_part *part, const kk_cut_element *rpr,
                        kk_dress_kind kind, kk_arena *arena)
{
    const char *drop[48];
    size_t n = 0;
    const char *const *from = kind == KK_DRESS_HEADING ? drop_heading_r : drop_body_r;
    for (size_t i = 0; from[i] != NULL; i++) {
        if (!is_toggle(from[i]) || !is_off(part, rpr, from[i])) {
            drop[n++] = from[i];
        }
    }
    kk_cut_element child;
    for (uint32_t at = rpr->inner_begin; kk_cut_element_at(part->raw, at, rpr->inner_end, &child);
         at = child.end) {
        const bool colour = kk_cut_is(child.name, part->w, "color") && kind != KK_DRESS_HEADING &&
                            !is_plain_colour(part->raw, &child);
        if (colour) {
            drop[n++] = "color";
        }
        if (kk_cut_is(child.name, part->w, "rStyle") && !is_plain_style(doc, part->raw, &child)) {
            drop[n++] = "rStyle";
        }
        if (n > 44) {
            break;
        }
    }
    drop[n] = NULL;
    kk_buf out;
    kk_buf_init(&out, 0);
    kk_props_merge(&out, KK_PROPS_R, part->w,
                   kk_str_slice(part->raw, rpr->inner_begin, rpr->inner_end), drop, KK_STR(""));
    return take(&out, arena);
}

/* Letters in the w:t children of a run. */
static uint32_t letters(const kk_part *part, const kk_cut_element *run)
{
    uint32_t n = 0;
    kk_cut_element child;
    for (uint32_t at = run->inner_begin; kk_cut_element_at(part->raw, at, run->inner_end, &child);
         at = child.end) {
        if (kk_cut_is(child.name, part->w, "t")) {
            n += child.inner_end - child.inner_begin;
        }
    }
    return n;
}

/* A vote of runs. */
typedef struct run_vote {
    const kk_docx *doc;
    const kk_part *part;
    kk_dress_kind kind;
    kk_arena *arena;
    kk_ballot ballot;
} run_vote;

/* One run votes with its letters. */
static void vote_run(run_vote *vote, const kk_cut_element *run)
{
    const kk_part *part = vote->part;
    const uint32_t n = letters(part, run);
    kk_cut_element rpr;
    kk_str key = KK_STR("");
    if (n == 0) {
        return;
    }
    if (kk_cut_child(part->raw, run->inner_begin, run->inner_end, part->w, "rPr", &rpr)) {
        key = clean_rpr(vote->doc, part, &rpr, vote->kind, vote->arena);
    }
    kk_ballot_vote(&vote->ballot, vote->arena, key, n, 0);
}

static bool is_wrapper(kk_str name, kk_str w)
{
    return kk_cut_is(name, w, "ins") || kk_cut_is(name, w, "smartTag") ||
           kk_cut_is(name, w, "sdt") || kk_cut_is(name, w, "sdtContent");
}

/* Lets every run of a range vote; looks into insertions and other wrappers. */
static void vote_runs(run_vote *vote, uint32_t begin, uint32_t end, uint32_t depth)
{
    kk_cut_element child;
    for (uint32_t at = begin; kk_cut_element_at(vote->part->raw, at, end, &child); at = child.end) {
        if (kk_cut_is(child.name, vote->part->w, "r")) {
            vote_run(vote, &child);
        } else if (depth < 4 && is_wrapper(child.name, vote->part->w)) {
            vote_runs(vote, child.inner_begin, child.inner_end, depth + 1);
        }
    }
}

kk_str kk_dress_rpr(const kk_docx *doc, const kk_part *part, uint32_t node, kk_dress_kind kind,
                    kk_arena *arena)
{
    const kk_node *n = &part->nodes[node];
    run_vote vote = {doc, part, kind, arena, {NULL, 0, false}};
    kk_str key = KK_STR("");
    uint32_t tag;
    vote_runs(&vote, n->inner_begin, n->inner_end, 0);
    if (kk_ballot_winner(&vote.ballot, &key, &tag) || vote.ballot.failed) {
        return key;
    }
    kk_cut_element ppr, rpr;
    if (n->ppr_end > n->ppr_begin && kk_cut_element_at(part->raw, n->ppr_begin, n->ppr_end, &ppr) &&
        kk_cut_child(part->raw, ppr.inner_begin, ppr.inner_end, part->w, "rPr", &rpr)) {
        return clean_rpr(doc, part, &rpr, kind, arena);
    }
    return KK_STR("");
}

kk_str kk_dress_lang_tag(kk_lang lang)
{
    switch (lang) {
    case KK_LANG_NB:
        return KK_STR("nb-NO");
    case KK_LANG_NN:
        return KK_STR("nn-NO");
    case KK_LANG_EN:
        return KK_STR("en-GB");
    default:
        return KK_STR("");
    }
}
