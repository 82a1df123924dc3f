/* Checks an opened document against the contract of text.h and part.h, field by field. */
#include "docxlaws.h"

#include "str.h"
#include "utf8.h"
#include "xmlscan.h"

#include <stdio.h>
#include <string.h>

typedef struct report {
    char *fault;
    size_t size;
} report;

static bool broken(const report *out, const char *law, uint32_t index)
{
    (void)snprintf(out->fault, out->size, "%s at %u", law, index);
    return false;
}

static bool paras_hold(const kk_text *text, const report *out)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < text->n_paras; i++) {
        const kk_para *para = &text->paras[i];
        if (para->begin != at || para->end < para->begin || para->end >= text->len ||
            text->utf8[para->end] != '\n') {
            return broken(out, "paragraph does not follow the one before", i);
        }
        if (memchr(text->utf8 + para->begin, '\n', para->end - para->begin) != NULL) {
            return broken(out, "line feed inside a paragraph", i);
        }
        if (para->story >= text->n_stories || i < text->stories[para->story].para_begin ||
            i >= text->stories[para->story].para_end) {
            return broken(out, "paragraph outside its story", i);
        }
        if (para->cell != KK_NONE &&
            (para->cell >= text->n_cells || i < text->cells[para->cell].para_begin ||
             i >= text->cells[para->cell].para_end)) {
            return broken(out, "paragraph outside its cell", i);
        }
        if (para->control != KK_NONE && (para->control >= text->n_controls ||
                                         para->begin < text->controls[para->control].begin ||
                                         para->end > text->controls[para->control].end)) {
            return broken(out, "paragraph outside its control", i);
        }
        at = para->end + 1;
    }
    return at == text->len ? true : broken(out, "text after the last paragraph", at);
}

static bool tables_hold(const kk_text *text, const report *out)
{
    for (uint32_t i = 0; i < text->n_tables; i++) {
        const kk_table *table = &text->tables[i];
        if (table->cell_begin > table->cell_end || table->cell_end > text->n_cells ||
            table->para_begin > table->para_end || table->para_end > text->n_paras) {
            return broken(out, "table range", i);
        }
        uint32_t row = 0;
        uint32_t col = 0;
        for (uint32_t c = table->cell_begin; c < table->cell_end; c++) {
            const kk_cell *cell = &text->cells[c];
            col = cell->row == row ? col : 0;
            if (cell->table != i || cell->row < row || cell->col < col || cell->col_span == 0 ||
                cell->row_span == 0 || cell->row >= table->n_rows ||
                cell->row + cell->row_span > table->n_rows ||
                cell->col + cell->col_span > table->n_cols ||
                cell->para_begin < table->para_begin || cell->para_end > table->para_end) {
                return broken(out, "cell outside its table's grid", c);
            }
            row = cell->row;
            col = cell->col + cell->col_span;
        }
        if (table->parent_cell != KK_NONE &&
            (table->parent_cell >= text->n_cells ||
             table->para_begin < text->cells[table->parent_cell].para_begin ||
             table->para_end > text->cells[table->parent_cell].para_end)) {
            return broken(out, "table outside its parent cell", i);
        }
    }
    return true;
}

static bool marks_hold(const kk_text *text, const report *out)
{
    for (uint32_t i = 0; i < text->n_spans; i++) {
        const kk_span *span = &text->spans[i];
        const kk_span *before = i == 0 ? span : span - 1;
        if (span->begin > span->end || span->end > text->len || before->begin > span->begin ||
            (before->begin == span->begin && before->kind > span->kind)) {
            return broken(out, "span out of order", i);
        }
        if ((span->kind == KK_SPAN_DELETED) != (span->begin == span->end) &&
            span->kind != KK_SPAN_COMMENTED) {
            return broken(out, "empty span", i);
        }
    }
    for (uint32_t i = 0; i < text->n_controls; i++) {
        const kk_control *control = &text->controls[i];
        if (control->begin > control->end || control->end > text->len ||
            (control->parent != KK_NONE &&
             (control->parent >= i || control->begin < text->controls[control->parent].begin ||
              control->end > text->controls[control->parent].end))) {
            return broken(out, "control outside its parent", i);
        }
    }
    return true;
}

/* What raw offset range a segment stands for, and whether the bytes agree. */
static bool segment_holds(const kk_text *text, const kk_part *part, uint32_t i, uint32_t end)
{
    const kk_segment *segment = &part->segments[i];
    const uint32_t len = end - segment->text;
    if (segment->raw > part->raw.len) {
        return false;
    }
    switch ((kk_segment_kind)segment->kind) {
    case KK_SEG_LITERAL:
        return len > 0 && segment->raw + len <= part->raw.len &&
               memcmp(part->raw.ptr + segment->raw, text->utf8 + segment->text, len) == 0;
    case KK_SEG_ENTITY:
        return len > 0 && segment->raw_len > 0 && segment->raw + segment->raw_len <= part->raw.len;
    case KK_SEG_SYNTHETIC:
        /* before a tag, or behind the empty tag of an empty paragraph */
        return len > 0 && segment->raw > 0 &&
               (part->raw.ptr[segment->raw] == '<' || part->raw.ptr[segment->raw - 1] == '>');
    default:
        return false;
    }
}

static bool segments_hold(const kk_text *text, const kk_part *part, const report *out)
{
    uint32_t at = part->para_begin == part->para_end ? 0 : text->paras[part->para_begin].begin;
    const uint32_t last =
        part->para_begin == part->para_end ? 0 : text->paras[part->para_end - 1].end + 1;
    for (uint32_t i = 0; i < part->n_segments; i++) {
        const kk_segment *segment = &part->segments[i];
        const uint32_t end = i + 1 < part->n_segments ? part->segments[i + 1].text : last;
        if (segment->text != at || !segment_holds(text, part, i, end)) {
            return broken(out, "segment does not map", i);
        }
        if (segment->run != KK_NONE && part->raw.ptr[segment->run] != '<') {
            return broken(out, "segment's run is no tag", i);
        }
        if (kk_part_segment(part, at) != segment) {
            return broken(out, "segment not found by its text", i);
        }
        at = end;
    }
    return at == last ? true : broken(out, "segments end early", at);
}

static bool node_holds(const kk_part *part, const kk_text *text, uint32_t i)
{
    const kk_node *node = &part->nodes[i];
    const char *raw = part->raw.ptr;
    if (node->begin >= node->end || node->end > part->raw.len || raw[node->begin] != '<' ||
        raw[node->end - 1] != '>' || node->inner_begin > node->inner_end ||
        node->inner_end > node->end) {
        return false;
    }
    if (i > 0) {
        const kk_node *parent = &part->nodes[node->parent];
        if (node->parent >= i || node->begin < parent->begin || node->end > parent->end) {
            return false;
        }
    }
    if (node->next != KK_NONE && (node->next <= i || part->nodes[node->next].begin < node->end ||
                                  part->nodes[node->next].parent != node->parent)) {
        return false;
    }
    if (node->first != KK_NONE && (node->first <= i || part->nodes[node->first].parent != i)) {
        return false;
    }
    if (node->ppr_end != 0 &&
        (node->ppr_begin < node->inner_begin || node->ppr_end > node->inner_end)) {
        return false;
    }
    return node->para == KK_NONE || (node->kind == KK_NODE_P && node->para < text->n_paras);
}

static bool refs_hold(const kk_docx *doc, const report *out)
{
    const kk_text *text = &doc->text;
    for (uint32_t i = 0; i < text->n_paras; i++) {
        const kk_part *part = kk_docx_part_of(doc, i);
        const kk_para_ref *ref = &doc->para_refs[i];
        if (ref->first > ref->last || ref->last >= part->n_nodes ||
            part->nodes[ref->first].para != i || part->nodes[ref->last].para != i) {
            return broken(out, "paragraph and node do not know each other", i);
        }
    }
    for (uint32_t i = 0; i < text->n_cells; i++) {
        const uint32_t part = doc->story_part[text->tables[text->cells[i].table].story];
        if (doc->parts[part].nodes[doc->cell_nodes[i]].kind != KK_NODE_TC) {
            return broken(out, "cell's node", i);
        }
    }
    for (uint32_t i = 0; i < text->n_controls; i++) {
        const kk_control_ref *ref = &doc->control_refs[i];
        const kk_part *part = &doc->parts[ref->part];
        if (ref->begin >= ref->end || ref->end > part->raw.len || ref->inner_begin < ref->begin ||
            ref->inner_end < ref->inner_begin || ref->end < ref->inner_end ||
            (ref->node != KK_NONE && part->nodes[ref->node].kind != KK_NODE_SDT)) {
            return broken(out, "control's place in raw", i);
        }
    }
    return true;
}

/* written through the report. NOLINTNEXTLINE(readability-non-const-parameter) */
bool kk_docx_laws(const kk_docx *doc, char *fault, size_t size)
{
    const report out = {fault, size};
    const kk_text *text = &doc->text;
    const kk_str utf8 = {text->utf8, text->len};
    if (text->utf8[text->len] != '\0' || kk_utf8_invalid_at(utf8) != text->len) {
        return broken(&out, "text is not UTF-8 with a NUL behind it", text->len);
    }
    if (!paras_hold(text, &out) || !tables_hold(text, &out) || !marks_hold(text, &out)) {
        return false;
    }
    for (uint32_t p = 0; p < doc->n_parts; p++) {
        const kk_part *part = &doc->parts[p];
        for (uint32_t i = 0; i < part->n_nodes; i++) {
            if (!node_holds(part, text, i)) {
                return broken(&out, "node", i);
            }
        }
        if (!segments_hold(text, part, &out)) {
            return false;
        }
    }
    return refs_hold(doc, &out);
}

/* ---- the scanner --------------------------------------------------------------------------- */

typedef struct scan {
    kk_str raw;
    uint64_t hash; /* over all events */
    bool ok;
} scan;

static void mix(scan *s, uint64_t value)
{
    s->hash = (s->hash ^ value) * UINT64_C(1099511628211);
    s->hash ^= s->hash >> 29;
}

static void mix_tag(scan *s, const kk_xml_tag *tag, uint32_t name)
{
    const size_t prefix = tag->prefix.len == 0 ? 0 : tag->prefix.len + 1;
    const char *raw = s->raw.ptr;
    s->ok = s->ok && raw[tag->begin] == '<' && raw[tag->end - 1] == '>' &&
            memcmp(raw + tag->begin + name + prefix, tag->local.ptr, tag->local.len) == 0;
    mix(s, tag->begin);
    mix(s, tag->end);
    mix(s, tag->depth);
    mix(s, (uint64_t)tag->ns << 16 | (uint64_t)tag->word);
}

static kk_status scan_start(void *context, kk_xml *xml, const kk_xml_tag *tag)
{
    scan *s = context;
    (void)xml;
    mix_tag(s, tag, 1);
    for (uint32_t i = 0; i < tag->n_attrs; i++) {
        mix(s, kk_str_hash(tag->attrs[i].value) ^ (uint64_t)tag->attrs[i].ns);
    }
    return KK_OK;
}

static kk_status scan_end(void *context, kk_xml *xml, const kk_xml_tag *tag)
{
    scan *s = context;
    (void)xml;
    if (!tag->empty) {
        mix_tag(s, tag, 2);
    }
    return KK_OK;
}

static kk_status scan_text(void *context, kk_xml *xml, uint32_t begin, uint32_t end)
{
    scan *s = context;
    (void)xml;
    mix(s, (uint64_t)begin << 32 | end);
    return KK_OK;
}

static bool scans_alike(kk_str raw)
{
    static const kk_xml_handler handler = {scan_start, scan_end, scan_text};
    static const size_t chunks[] = {7, 1000, 65536};
    uint64_t hash[3];
    kk_status status[3];
    for (size_t i = 0; i < 3; i++) {
        scan s = {.raw = raw, .ok = true};
        const kk_xml_source source = {raw, KK_STR("part"), chunks[i]};
        status[i] = kk_xml_scan_source(&source, NULL, &handler, &s, NULL);
        hash[i] = s.hash;
        if (!s.ok) {
            return false;
        }
    }
    return status[0] == status[2] && status[1] == status[2] &&
           (status[0] != KK_OK || (hash[0] == hash[2] && hash[1] == hash[2]));
}

/* written through the report. NOLINTNEXTLINE(readability-non-const-parameter) */
bool kk_docx_scan_laws(kk_docx *doc, char *fault, size_t size)
{
    const report out = {fault, size};
    uint32_t n;
    const kk_zip_entry *entries = kk_zip_entries(doc->package.zip, &n);
    for (uint32_t i = 0; i < n; i++) {
        kk_str raw;
        bool transcoded;
        const bool is_xml = kk_str_ends(entries[i].name, KK_STR(".xml")) ||
                            kk_str_ends(entries[i].name, KK_STR(".rels"));
        if (is_xml && (kk_package_xml(&doc->package, i, &raw, &transcoded, NULL) != KK_OK ||
                       !scans_alike(raw))) {
            return broken(&out, "events depend on the chunks, in entry", i);
        }
    }
    return true;
}
