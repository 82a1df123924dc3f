/* Units: which paragraphs are a cell, a row, a table, a section, a document. */
#include "judge.h"

#include "error.h"
#include "str.h"

kk_unit_range kk_unit_document(const kk_scan *scan, uint32_t doc)
{
    return (kk_unit_range){KK_EXTENT_DOCUMENT, doc, scan->doc_base[doc], scan->doc_base[doc + 1],
                           KK_NONE};
}

kk_unit_range kk_unit_procurement(const kk_scan *scan, uint32_t doc)
{
    if (!scan->as_set) {
        kk_unit_range alone = kk_unit_document(scan, doc);
        alone.extent = KK_EXTENT_PROCUREMENT;
        return alone;
    }
    return (kk_unit_range){KK_EXTENT_PROCUREMENT, 0, 0, scan->n_paras, KK_NONE};
}

static kk_unit_range section_unit(const kk_scan *scan, uint32_t index)
{
    const kk_section *s = &scan->sections[index];
    return (kk_unit_range){KK_EXTENT_SECTION, s->doc, s->heading, s->end, index};
}

/* What stands before the first heading of a document is a section without a heading. */
static kk_unit_range preamble(const kk_scan *scan, uint32_t para)
{
    const uint32_t doc = kk_scan_doc(scan, para);
    kk_unit_range unit = {KK_EXTENT_SECTION, doc, scan->doc_base[doc], scan->doc_base[doc + 1],
                          KK_NONE};
    uint32_t low = 0;
    uint32_t high = scan->n_sections;
    while (low < high) {
        const uint32_t mid = low + (high - low) / 2;
        if (scan->sections[mid].heading < unit.begin) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    if (low < scan->n_sections && scan->sections[low].heading < unit.end &&
        scan->sections[low].heading > para) {
        unit.end = scan->sections[low].heading;
    }
    return unit;
}

bool kk_unit_around(const kk_scan *scan, uint32_t para, kk_extent extent, kk_unit_range *out)
{
    const uint32_t doc = kk_scan_doc(scan, para);
    const kk_text *text = scan->texts[doc];
    const uint32_t base = scan->doc_base[doc];
    const uint32_t cell = text->paras[para - base].cell;
    *out = (kk_unit_range){extent, doc, para, para + 1, KK_NONE};
    if (extent == KK_EXTENT_PARAGRAPH) {
        return true;
    }
    if (cell == KK_NONE) {
        return false;
    }
    if (extent == KK_EXTENT_CELL) {
        out->index = cell;
        out->begin = base + text->cells[cell].para_begin;
        out->end = base + text->cells[cell].para_end;
    } else if (extent == KK_EXTENT_ROW) {
        out->index = scan->cell_row[doc][cell];
        out->begin = scan->rows[out->index].begin;
        out->end = scan->rows[out->index].end;
    } else {
        out->index = text->cells[cell].table;
        out->begin = base + text->tables[out->index].para_begin;
        out->end = base + text->tables[out->index].para_end;
    }
    return true;
}

kk_unit_range kk_unit_widen(const kk_scan *scan, const kk_unit_range *unit, kk_extent in)
{
    kk_unit_range wide;
    if (in <= unit->extent || unit->begin >= unit->end) {
        return *unit;
    }
    switch (in) {
    case KK_EXTENT_CELL:
    case KK_EXTENT_ROW:
    case KK_EXTENT_TABLE:
        return kk_unit_around(scan, unit->begin, in, &wide) ? wide : *unit;
    case KK_EXTENT_SECTION: {
        const uint32_t section = scan->paras[unit->begin].section;
        return section == KK_NONE ? preamble(scan, unit->begin) : section_unit(scan, section);
    }
    case KK_EXTENT_DOCUMENT:
        return kk_unit_document(scan, unit->doc);
    default:
        return kk_unit_procurement(scan, unit->doc);
    }
}

static bool cells_of(const kk_scan *scan, uint32_t doc, kk_unit_list *out)
{
    const kk_text *text = scan->texts[doc];
    const uint32_t base = scan->doc_base[doc];
    for (uint32_t c = 0; c < text->n_cells; c++) {
        const kk_cell *cell = &text->cells[c];
        const kk_unit_range unit = {KK_EXTENT_CELL, doc, base + cell->para_begin,
                                    base + cell->para_end, c};
        if ((cell->flags & KK_CELL_VMERGED) == 0 && !kk_vec_push(out, unit)) {
            return false;
        }
    }
    return true;
}

static bool tables_of(const kk_scan *scan, uint32_t doc, kk_unit_list *out)
{
    const kk_text *text = scan->texts[doc];
    const uint32_t base = scan->doc_base[doc];
    for (uint32_t t = 0; t < text->n_tables; t++) {
        const kk_unit_range unit = {KK_EXTENT_TABLE, doc, base + text->tables[t].para_begin,
                                    base + text->tables[t].para_end, t};
        if (!kk_vec_push(out, unit)) {
            return false;
        }
    }
    return true;
}

static bool paragraphs_of(const kk_scan *scan, uint32_t doc, kk_unit_list *out)
{
    for (uint32_t p = scan->doc_base[doc]; p < scan->doc_base[doc + 1]; p++) {
        const kk_unit_range unit = {KK_EXTENT_PARAGRAPH, doc, p, p + 1, KK_NONE};
        if ((scan->paras[p].marks & KK_MARK_SKIP) == 0 && !kk_vec_push(out, unit)) {
            return false;
        }
    }
    return true;
}

static bool rows_of(const kk_scan *scan, uint32_t doc, kk_unit_list *out)
{
    for (uint32_t r = scan->row_base[doc]; r < scan->row_base[doc + 1]; r++) {
        const kk_unit_range unit = {KK_EXTENT_ROW, doc, scan->rows[r].begin, scan->rows[r].end, r};
        if (!kk_vec_push(out, unit)) {
            return false;
        }
    }
    return true;
}

static bool sections_of(const kk_scan *scan, uint32_t doc, kk_unit_list *out)
{
    for (uint32_t s = 0; s < scan->n_sections; s++) {
        if (scan->sections[s].doc == doc && !kk_vec_push(out, section_unit(scan, s))) {
            return false;
        }
    }
    return true;
}

bool kk_units_all(const kk_scan *scan, uint32_t doc, kk_extent extent, kk_unit_list *out)
{
    switch (extent) {
    case KK_EXTENT_CELL:
        return cells_of(scan, doc, out);
    case KK_EXTENT_ROW:
        return rows_of(scan, doc, out);
    case KK_EXTENT_TABLE:
        return tables_of(scan, doc, out);
    case KK_EXTENT_SECTION:
        return sections_of(scan, doc, out);
    case KK_EXTENT_DOCUMENT:
        return kk_vec_push(out, kk_unit_document(scan, doc));
    case KK_EXTENT_PROCUREMENT:
        return kk_vec_push(out, kk_unit_procurement(scan, doc));
    default:
        return paragraphs_of(scan, doc, out);
    }
}

/* Nearest of the next hits of all patterns: a merge of sorted lists. */
static uint32_t next_para(const kk_hits *lists, const uint32_t *at, uint32_t n)
{
    uint32_t para = KK_NONE;
    for (uint32_t i = 0; i < n; i++) {
        if (at[i] < lists[i].n && lists[i].items[at[i]].para < para) {
            para = lists[i].items[at[i]].para;
        }
    }
    return para;
}

enum { DRIVERS_MAX = 64 };

kk_status kk_units_with(kk_scan *scan, uint32_t doc, kk_extent extent, const uint32_t *patterns,
                        uint32_t n, kk_unit_list *out, kk_error *err)
{
    kk_hits lists[DRIVERS_MAX];
    uint32_t at[DRIVERS_MAX] = {0};
    n = n < DRIVERS_MAX ? n : DRIVERS_MAX;
    for (uint32_t i = 0; i < n; i++) {
        kk_hits all;
        KK_TRY(kk_scan_hits(scan, patterns[i], &all, err));
        lists[i] = kk_hits_within(all, scan->doc_base[doc], scan->doc_base[doc + 1]);
    }
    for (;;) {
        const uint32_t para = next_para(lists, at, n);
        if (para == KK_NONE) {
            return KK_OK;
        }
        kk_unit_range unit;
        const bool inside = kk_unit_around(scan, para, extent, &unit);
        const uint32_t past = inside ? unit.end : para + 1;
        if (inside && !kk_vec_push(out, unit)) {
            return kk_fail_nomem(err);
        }
        for (uint32_t i = 0; i < n; i++) {
            while (at[i] < lists[i].n && lists[i].items[at[i]].para < past) {
                at[i]++;
            }
        }
    }
}
