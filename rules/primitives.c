/* The primitives of conditions beside match and near: places, categories, facts, spans, cells ...
 */
#include "judge.h"

#include "facts.h"
#include "str.h"
#include "tables.h"
#include "utf8.h"

enum { SPAN_LOOKBACK = 64 };

static uint32_t local(const kk_scan *scan, uint32_t para)
{
    return para - scan->doc_base[kk_scan_doc(scan, para)];
}

static bool listed(const kk_str *names, uint32_t n, kk_str name)
{
    for (uint32_t i = 0; i < n; i++) {
        if (kk_str_equal(names[i], name)) {
            return true;
        }
    }
    return false;
}

static bool wants(kk_want want, bool is)
{
    return want == KK_WANT_EITHER || (want == KK_WANT_YES) == is;
}

static void note_para(kk_judge *judge, uint32_t para)
{
    const kk_para *p = kk_scan_para_of(judge->scan, para);
    const kk_evidence evidence = {.doc = kk_scan_doc(judge->scan, para),
                                  .para = local(judge->scan, para),
                                  .begin = p->begin,
                                  .end = p->end};
    kk_judge_note(judge, &evidence);
}

/* ---- headings and places ------------------------------------------------------------------- */

static bool heading_hits(kk_judge *judge, const kk_condition *c, uint32_t section)
{
    kk_hits hits;
    judge->status = kk_scan_hits(judge->scan, c->pattern, &hits, judge->err);
    const uint32_t para = judge->scan->sections[section].heading;
    if (judge->status != KK_OK || kk_hits_within(hits, para, para + 1).n == 0) {
        return false;
    }
    note_para(judge, para);
    return true;
}

/* First section whose heading lies at or after a global paragraph. */
static uint32_t section_from(const kk_scan *scan, uint32_t para)
{
    uint32_t low = 0;
    uint32_t high = scan->n_sections;
    while (low < high) {
        const uint32_t mid = low + (high - low) / 2;
        if (scan->sections[mid].heading < para) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low;
}

static bool heading_holds(kk_judge *judge, const kk_condition *c, const kk_unit_range *unit)
{
    const kk_scan *scan = judge->scan;
    if (unit->extent == KK_EXTENT_SECTION) {
        return unit->index != KK_NONE && heading_hits(judge, c, unit->index);
    }
    if (unit->extent >= KK_EXTENT_DOCUMENT) {
        for (uint32_t s = section_from(scan, unit->begin);
             s < scan->n_sections && scan->sections[s].heading < unit->end; s++) {
            if (heading_hits(judge, c, s)) {
                return true;
            }
        }
        return false;
    }
    uint32_t s = unit->begin < unit->end ? scan->paras[unit->begin].section : KK_NONE;
    for (; s != KK_NONE; s = scan->sections[s].parent) {
        if (heading_hits(judge, c, s)) {
            return true;
        }
    }
    return false;
}

static bool place_holds(kk_judge *judge, const kk_condition *c, const kk_unit_range *unit)
{
    const kk_scan *scan = judge->scan;
    if (unit->extent < KK_EXTENT_DOCUMENT) {
        return unit->begin < unit->end && (kk_scan_para_places(scan, unit->begin) & c->places) != 0;
    }
    for (uint32_t s = section_from(scan, unit->begin);
         s < scan->n_sections && scan->sections[s].heading < unit->end; s++) {
        if ((scan->sections[s].own_places & c->places) != 0) {
            note_para(judge, scan->sections[s].heading);
            return true;
        }
    }
    return false;
}

/* ---- document level ------------------------------------------------------------------------ */

static bool category_holds(const kk_judge *judge, const kk_condition *c, const kk_unit_range *unit)
{
    for (uint32_t i = 0; i < c->n_categories; i++) {
        if (kk_category_holds(judge->scan, unit->doc, c->categories[i], c->min_score)) {
            return true;
        }
    }
    return false;
}

/* Documents that a unit spans. */
static uint32_t last_doc(const kk_scan *scan, const kk_unit_range *unit)
{
    return unit->extent == KK_EXTENT_PROCUREMENT && scan->as_set ? scan->n_texts : unit->doc + 1;
}

static bool kind_holds(const kk_judge *judge, const kk_condition *c, const kk_unit_range *unit)
{
    for (uint32_t d = unit->doc; d < last_doc(judge->scan, unit); d++) {
        if (listed(c->names, c->n_names, judge->scan->results[d].kind)) {
            return true;
        }
    }
    return false;
}

static bool lang_holds(const kk_judge *judge, const kk_condition *c, const kk_unit_range *unit)
{
    static const char *const codes[] = {"uncertain", "nb", "nn", "en", "other"};
    for (uint32_t d = unit->doc; d < last_doc(judge->scan, unit); d++) {
        const kk_document_result *r = &judge->scan->results[d];
        if (listed(c->names, c->n_names, kk_str_from(codes[r->lang])) ||
            (r->lang_mixed && listed(c->names, c->n_names, KK_STR("mixed")))) {
            return true;
        }
    }
    return false;
}

static bool tracked_holds(const kk_judge *judge, const kk_condition *c, const kk_unit_range *unit)
{
    bool pending = false;
    for (uint32_t d = unit->doc; d < last_doc(judge->scan, unit); d++) {
        pending = pending || (judge->scan->texts[d]->facts & KK_FACT_PENDING) != 0;
    }
    return wants(c->tracked, pending);
}

static bool compare(kk_fact_op op, double a, double b)
{
    switch (op) {
    case KK_FACT_LT:
        return a < b;
    case KK_FACT_LE:
        return a <= b;
    case KK_FACT_EQ:
        return a <= b && a >= b;
    case KK_FACT_NE:
        return a < b || a > b;
    case KK_FACT_GE:
        return a >= b;
    default:
        return a > b;
    }
}

/* A threshold that is not known for the date compares with nothing. */
static bool fact_compares(const kk_judge *judge, const kk_condition *c, double number)
{
    double value = c->value_number;
    if (c->threshold.len > 0 && !kk_model_threshold(judge->scan->model, c->threshold,
                                                    judge->scan->options->date, &value)) {
        return false;
    }
    return compare(c->op, number, value);
}

static bool fact_holds(kk_judge *judge, const kk_condition *c)
{
    const kk_fact *fact = judge->facts != NULL ? kk_facts_get(judge->facts, c->fact) : NULL;
    const bool known = fact != NULL && fact->known;
    bool holds;
    switch (c->op) {
    case KK_FACT_KNOWN:
        holds = known;
        break;
    case KK_FACT_UNKNOWN:
        return !known;
    case KK_FACT_TRUE:
        holds = known && (fact->number > 0 || fact->number < 0);
        break;
    case KK_FACT_FALSE:
        holds = known && !(fact->number > 0 || fact->number < 0);
        break;
    case KK_FACT_IS:
        holds = known && kk_str_equal(fact->text, c->value);
        break;
    default:
        holds = known && fact_compares(judge, c, fact->number);
        break;
    }
    if (holds && fact->at.para != KK_NONE) {
        kk_judge_note(judge, &fact->at);
    }
    return holds;
}

/* ---- requirements -------------------------------------------------------------------------- */

static bool requirement_fits(const kk_found_requirement *r, const kk_condition *c)
{
    return wants(c->climate, r->value.climate) && wants(c->binding, r->value.binding) &&
           wants(c->measurable, r->value.measurable) && wants(c->documented, r->value.documented) &&
           (c->places == 0 || (r->places & c->places) != 0) &&
           (c->n_names == 0 || listed(c->names, c->n_names, r->value.kind));
}

static bool recognised_holds(kk_judge *judge, const kk_condition *c, const kk_unit_range *unit)
{
    const kk_scan *scan = judge->scan;
    uint32_t low = 0;
    uint32_t high = scan->n_requirements;
    while (low < high) { /* requirements are sorted by begin, and units do not cross */
        const uint32_t mid = low + (high - low) / 2;
        if (scan->requirements[mid].end <= unit->begin) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    for (; low < scan->n_requirements && scan->requirements[low].begin < unit->end; low++) {
        if (requirement_fits(&scan->requirements[low], c)) {
            kk_judge_note(judge, &scan->requirements[low].value.at);
            return true;
        }
    }
    return false;
}

/* ---- spans, words, emptiness --------------------------------------------------------------- */

/* Paragraph that holds a text offset. */
static uint32_t para_at(const kk_text *text, uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = text->n_paras;
    while (low + 1 < high) {
        const uint32_t mid = low + (high - low) / 2;
        if (text->paras[mid].begin <= offset) {
            low = mid;
        } else {
            high = mid;
        }
    }
    return low;
}

static bool spans_in(kk_judge *judge, const kk_condition *c, uint32_t doc, uint32_t begin,
                     uint32_t end)
{
    const kk_text *text = judge->scan->texts[doc];
    uint32_t low = 0;
    uint32_t high = text->n_spans;
    while (low < high) {
        const uint32_t mid = low + (high - low) / 2;
        if (text->spans[mid].begin < begin) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    low = low > SPAN_LOOKBACK ? low - SPAN_LOOKBACK : 0;
    for (; low < text->n_spans && text->spans[low].begin <= end; low++) {
        const kk_span *s = &text->spans[low];
        const bool here = s->begin == s->end ? s->begin >= begin : s->end > begin && s->begin < end;
        if (here && (c->spans & 1u << s->kind) != 0) {
            const kk_evidence evidence = {
                .doc = doc, .para = para_at(text, s->begin), .begin = s->begin, .end = s->end};
            kk_judge_note(judge, &evidence);
            return true;
        }
    }
    return false;
}

static bool span_holds(kk_judge *judge, const kk_condition *c, const kk_unit_range *unit)
{
    const kk_scan *scan = judge->scan;
    for (uint32_t d = unit->doc; d < last_doc(scan, unit); d++) {
        const uint32_t from = unit->begin > scan->doc_base[d] ? unit->begin : scan->doc_base[d];
        const uint32_t to = unit->end < scan->doc_base[d + 1] ? unit->end : scan->doc_base[d + 1];
        if (from < to && spans_in(judge, c, d, kk_scan_para_of(scan, from)->begin,
                                  kk_scan_para_of(scan, to - 1)->end)) {
            return true;
        }
    }
    return false;
}

/* Next run of letters and digits at or after *at. */
static bool next_word(kk_str s, size_t *at, size_t *begin, bool *letters)
{
    *letters = false;
    size_t step = *at;
    bool inside = false;
    while (step < s.len) {
        const size_t here = step;
        const uint32_t code = kk_utf8_next(s, &step);
        if (kk_utf8_is_word(code)) {
            *begin = inside ? *begin : here;
            inside = true;
            *letters = *letters || code < '0' || code > '9';
        } else if (inside) {
            *at = here;
            return true;
        }
    }
    *at = s.len;
    return inside;
}

uint32_t kk_words_in(const kk_scan *scan, uint32_t begin, uint32_t end, uint32_t enough)
{
    uint32_t n = 0;
    for (uint32_t p = begin; p < end && n < enough; p++) {
        const kk_str text = kk_scan_para_text(scan, p);
        size_t at = 0;
        size_t word;
        bool letters;
        while (n < enough && next_word(text, &at, &word, &letters)) {
            n++;
        }
    }
    return n;
}

/* A word outside the hits of void patterns; in tables a bare number says nothing either. */
static bool has_content(const kk_scan *scan, uint32_t para)
{
    const kk_str text = kk_scan_para_text(scan, para);
    const uint32_t base = kk_scan_para_of(scan, para)->begin;
    const kk_hits voids = kk_hits_within(scan->voids, para, para + 1);
    const bool in_table = (scan->paras[para].marks & KK_MARK_TABLE) != 0;
    size_t at = 0;
    size_t begin;
    bool letters;
    uint32_t v = 0;
    while (next_word(text, &at, &begin, &letters)) {
        while (v < voids.n && voids.items[v].end <= base + begin) {
            v++;
        }
        const bool is_void = v < voids.n && voids.items[v].begin <= base + begin;
        if (!is_void && (letters || !in_table)) {
            return true;
        }
    }
    return false;
}

/* The first row of a table with several rows names columns. */
static bool in_header_row(const kk_scan *scan, uint32_t para)
{
    const uint32_t doc = kk_scan_doc(scan, para);
    const kk_text *text = scan->texts[doc];
    const uint32_t cell = text->paras[para - scan->doc_base[doc]].cell;
    return cell != KK_NONE && text->cells[cell].row == 0 &&
           text->tables[text->cells[cell].table].n_rows > 1;
}

bool kk_is_empty(const kk_scan *scan, uint32_t begin, uint32_t end)
{
    const bool wide = end > begin + 1;
    for (uint32_t p = begin; p < end; p++) {
        const uint32_t idle = KK_MARK_HEADING | KK_MARK_GUIDANCE | KK_MARK_SKIP;
        if ((scan->paras[p].marks & idle) == 0 && !(wide && in_header_row(scan, p)) &&
            has_content(scan, p)) {
            return false;
        }
    }
    return true;
}

static bool empty_holds(kk_judge *judge, const kk_unit_range *unit)
{
    const bool section = unit->extent == KK_EXTENT_SECTION;
    if (!kk_is_empty(judge->scan, unit->begin + (section && unit->index != KK_NONE ? 1 : 0),
                     unit->end)) {
        return false;
    }
    if (unit->begin < unit->end) {
        note_para(judge, unit->begin);
    }
    return true;
}

static bool words_hold(const kk_judge *judge, const kk_condition *c, const kk_unit_range *unit)
{
    const uint32_t enough = c->max_words < UINT32_MAX ? c->max_words + 1 : c->min_words;
    const uint32_t n = kk_words_in(judge->scan, unit->begin, unit->end, enough);
    return n >= c->min_words && n <= c->max_words;
}

/* ---- table cells and inserted clauses ------------------------------------------------------ */

/* The cell that a reader sees at this place: of merged cells the one with the text. */
static uint32_t shown_cell(const kk_text *text, uint32_t cell)
{
    const uint32_t col = text->cells[cell].col;
    while (cell > 0 && (text->cells[cell].flags & KK_CELL_VMERGED) != 0 &&
           text->cells[cell - 1].table == text->cells[cell].table) {
        do {
            cell--;
        } while (cell > 0 && text->cells[cell].col != col &&
                 text->cells[cell - 1].table == text->cells[cell].table);
    }
    return cell;
}

static bool cell_fits(kk_judge *judge, const kk_condition *c, uint32_t doc, uint32_t index)
{
    const kk_scan *scan = judge->scan;
    const kk_cell *cell = &scan->texts[doc]->cells[shown_cell(scan->texts[doc], index)];
    const uint32_t begin = scan->doc_base[doc] + cell->para_begin;
    const uint32_t end = scan->doc_base[doc] + cell->para_end;
    if (!wants(c->empty, kk_is_empty(scan, begin, end))) {
        return false;
    }
    if (c->pattern != KK_NONE) {
        kk_hits hits;
        judge->status = kk_scan_hits(judge->scan, c->pattern, &hits, judge->err);
        hits = kk_hits_within(hits, begin, end);
        uint32_t i = 0;
        while (i < hits.n &&
               !kk_hit_counts(&hits.items[i], KK_CHOICE_NO, KK_CHOICE_NO, KK_CHOICE_ANY)) {
            i++;
        }
        if (judge->status != KK_OK || i == hits.n) {
            return false;
        }
    }
    if (begin < end) {
        note_para(judge, begin);
    }
    return true;
}

static bool cell_holds(kk_judge *judge, const kk_condition *c, const kk_unit_range *unit)
{
    kk_unit_range row = *unit;
    if (unit->extent != KK_EXTENT_ROW &&
        (unit->begin >= unit->end ||
         !kk_unit_around(judge->scan, unit->begin, KK_EXTENT_ROW, &row))) {
        return false;
    }
    const kk_row *r = &judge->scan->rows[row.index];
    const kk_table_roles *roles;
    judge->status = kk_scan_table_roles(judge->scan, r->doc, r->table, &roles, judge->err);
    if (judge->status != KK_OK || r->row < roles->header_rows) {
        return false;
    }
    for (uint32_t i = r->cell_begin; i < r->cell_end; i++) {
        const uint32_t col = judge->scan->texts[r->doc]->cells[i].col;
        if (col < roles->n && (c->roles & 1u << roles->roles[col]) != 0 &&
            cell_fits(judge, c, r->doc, i)) {
            return true;
        }
    }
    return false;
}

static bool managed_holds(kk_judge *judge, const kk_condition *c, const kk_unit_range *unit)
{
    const kk_scan *scan = judge->scan;
    for (uint32_t d = unit->doc; d < last_doc(scan, unit); d++) {
        const kk_text *text = scan->texts[d];
        for (uint32_t i = 0; i < text->n_managed; i++) {
            const kk_managed *m = &text->managed[i];
            if (scan->doc_base[d] + m->para_begin < unit->end &&
                scan->doc_base[d] + m->para_end > unit->begin &&
                (c->n_names == 0 || listed(c->names, c->n_names, m->clause))) {
                return true;
            }
        }
    }
    return false;
}

bool kk_primitive_holds(kk_judge *judge, const kk_condition *c, const kk_unit_range *unit)
{
    switch (c->kind) {
    case KK_COND_HEADING:
        return heading_holds(judge, c, unit);
    case KK_COND_PLACE:
        return place_holds(judge, c, unit);
    case KK_COND_CATEGORY:
        return category_holds(judge, c, unit);
    case KK_COND_KIND:
        return kind_holds(judge, c, unit);
    case KK_COND_FACT:
        return fact_holds(judge, c);
    case KK_COND_RECOGNISED:
        return recognised_holds(judge, c, unit);
    case KK_COND_SPAN:
        return span_holds(judge, c, unit);
    case KK_COND_EMPTY:
        return empty_holds(judge, unit);
    case KK_COND_CELL:
        return cell_holds(judge, c, unit);
    case KK_COND_WORDS:
        return words_hold(judge, c, unit);
    case KK_COND_LANG:
        return lang_holds(judge, c, unit);
    case KK_COND_TRACKED:
        return tracked_holds(judge, c, unit);
    case KK_COND_MANAGED:
        return managed_holds(judge, c, unit);
    default:
        return false;
    }
}
