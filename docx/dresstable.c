/* How a table of our own looks: like the data table nearest to it. Knows TEXT, styles and raw
 * properties; never writes. */
#include "dresstable.h"

#include "cut.h"
#include "error.h"
#include "str.h"
#include "wml.h"

#define DEFAULT_WIDTH 9070

static uint32_t attr_u32(kk_str raw, uint32_t begin, const char *name, uint32_t fallback)
{
    kk_str value;
    uint32_t number;
    return kk_cut_attr(raw, begin, name, &value) && kk_str_to_u32(value, &number) ? number
                                                                                  : fallback;
}

/* Width between the margins of the last section, in twentieths of a point. */
static uint32_t text_width(const kk_part *part)
{
    kk_cut_element section, size, margin;
    for (uint32_t i = part->n_nodes; i > 0; i--) {
        const kk_node *n = &part->nodes[i - 1];
        if (n->kind != KK_NODE_SECTPR ||
            !kk_cut_element_at(part->raw, n->begin, n->end, &section) ||
            !kk_cut_child(part->raw, section.inner_begin, section.inner_end, part->w, "pgSz",
                          &size) ||
            !kk_cut_child(part->raw, section.inner_begin, section.inner_end, part->w, "pgMar",
                          &margin)) {
            continue;
        }
        const uint32_t page = attr_u32(part->raw, size.begin, "w", 11906);
        const uint32_t sides = attr_u32(part->raw, margin.begin, "left", 1417) +
                               attr_u32(part->raw, margin.begin, "right", 1417);
        return page > sides + 2000 ? page - sides : DEFAULT_WIDTH;
    }
    return DEFAULT_WIDTH;
}

/* A table of rows and columns with words in its first row, not one that only lays out the page. */
static bool is_data_table(const kk_text *text, uint32_t t, uint32_t story)
{
    const kk_table *table = &text->tables[t];
    if (table->story != story || table->parent_cell != KK_NONE || table->n_rows < 2 ||
        table->n_cols < 2 || table->para_begin >= table->para_end) {
        return false;
    }
    for (uint32_t c = table->cell_begin; c < table->cell_end; c++) {
        const kk_cell *cell = &text->cells[c];
        if (cell->row == 0 &&
            (cell->para_begin >= cell->para_end ||
             text->paras[cell->para_begin].managed != KK_NONE ||
             text->paras[cell->para_begin].begin == text->paras[cell->para_begin].end)) {
            return false;
        }
    }
    return true;
}

static uint32_t nearest_table(const kk_text *text, uint32_t story, uint32_t near)
{
    uint32_t best = KK_NONE, distance = UINT32_MAX;
    for (uint32_t t = 0; t < text->n_tables; t++) {
        const uint32_t at = text->tables[t].para_begin;
        const uint32_t away = at > near ? at - near : near - at;
        if (away < distance && is_data_table(text, t, story)) {
            best = t;
            distance = away;
        }
    }
    return best;
}

/* Style of a table that draws its lines by that style, empty if it draws them itself or not at all.
 */
static kk_str style_of(const kk_docx *doc, const kk_part *part, uint32_t node)
{
    const kk_node *n = &part->nodes[node];
    kk_cut_element properties, style, borders;
    kk_str id;
    if (n->ppr_end <= n->ppr_begin ||
        !kk_cut_element_at(part->raw, n->ppr_begin, n->ppr_end, &properties) ||
        kk_cut_child(part->raw, properties.inner_begin, properties.inner_end, part->w, "tblBorders",
                     &borders) ||
        !kk_cut_child(part->raw, properties.inner_begin, properties.inner_end, part->w, "tblStyle",
                      &style) ||
        !kk_cut_attr(part->raw, style.begin, "val", &id)) {
        return KK_STR("");
    }
    const kk_style *known = kk_style_by_id(&doc->styles, KK_STYLE_TABLE, id);
    return known == NULL || known->is_default ? KK_STR("") : known->id;
}

/* A child of a node's properties element, raw; empty if it has none. */
static kk_str property(const kk_part *part, uint32_t node, const char *local)
{
    const kk_node *n = &part->nodes[node];
    kk_cut_element properties, child;
    return n->ppr_end > n->ppr_begin &&
                   kk_cut_element_at(part->raw, n->ppr_begin, n->ppr_end, &properties) &&
                   kk_cut_child(part->raw, properties.inner_begin, properties.inner_end, part->w,
                                local, &child)
               ? kk_str_slice(part->raw, child.begin, child.end)
               : KK_STR("");
}

/* Lines of table t and the shade of its header, as far as they are written in the table itself. */
static void copy_lines(const kk_docx *doc, uint32_t t, kk_render_table *out)
{
    const kk_table *table = &doc->text.tables[t];
    const kk_part *part = &doc->parts[doc->story_part[table->story]];
    out->borders = property(part, doc->table_nodes[t], "tblBorders");
    for (uint32_t c = table->cell_begin; c < table->cell_end; c++) {
        if (doc->text.cells[c].row == 0 && doc->cell_nodes[c] != KK_NONE) {
            out->shade = property(part, doc->cell_nodes[c], "shd");
            return;
        }
    }
}

/* Look of the first paragraph with words in a row of a table. */
static bool look_of_row(const kk_docx *doc, uint32_t t, uint32_t row, kk_arena *arena,
                        kk_dress_look *look)
{
    const kk_text *text = &doc->text;
    const kk_table *table = &text->tables[t];
    const kk_part *part = &doc->parts[doc->story_part[table->story]];
    for (uint32_t c = table->cell_begin; c < table->cell_end; c++) {
        const kk_cell *cell = &text->cells[c];
        for (uint32_t p = cell->para_begin; cell->row == row && p < cell->para_end; p++) {
            const kk_para *para = &text->paras[p];
            const bool label = row > 0 && ((para->flags & KK_PARA_BOLD) != 0 ||
                                           (cell->flags & KK_CELL_HEADER) != 0);
            if (para->cell == c && para->end > para->begin && !label &&
                (para->flags & (KK_PARA_GUIDANCE | KK_PARA_HIDDEN | KK_PARA_LIST)) == 0) {
                const uint32_t node = doc->para_refs[p].last;
                look->ppr = kk_dress_ppr(part, node, KK_DRESS_BODY, arena);
                look->rpr = kk_dress_rpr(doc, part, node, KK_DRESS_BODY, arena);
                return true;
            }
        }
    }
    return false;
}

/* Body text with a little air above and below, for cells of a document without tables. */
static kk_str airy(const kk_part *part, kk_str ppr, kk_arena *arena)
{
    static const char *const drop[] = {"ind", "jc", "spacing", NULL};
    kk_buf add, out;
    kk_buf_init(&add, 0);
    kk_buf_init(&out, 0);
    kk_wml wml = {.out = &add, .names = kk_names_of(part)};
    kk_wml_put(&wml, "<~spacing @before=\"40\" @after=\"40\"/>");
    kk_props_merge(&out, KK_PROPS_P, part->w, ppr, drop, kk_buf_view(&add));
    const bool good = add.failed == KK_OK && out.failed == KK_OK;
    const kk_str result = good ? kk_arena_str(arena, kk_buf_view(&out)) : (kk_str){NULL, 0};
    kk_buf_dispose(&add);
    kk_buf_dispose(&out);
    return result;
}

kk_status kk_dress_choose_table(const kk_docx *doc, uint32_t story, uint32_t near,
                                const kk_dress *dress, kk_arena *arena, kk_render_table *out)
{
    const kk_part *part = &doc->parts[doc->story_part[story]];
    const uint32_t t = nearest_table(&doc->text, story, near);
    out->width = text_width(part);
    out->style = t == KK_NONE ? KK_STR("") : style_of(doc, part, doc->table_nodes[t]);
    out->borders = out->shade = KK_STR("");
    if (t != KK_NONE) {
        copy_lines(doc, t, out);
    }
    const kk_style *grid = kk_style_by_name(&doc->styles, KK_STYLE_TABLE, KK_STR("table grid"));
    if (out->style.len == 0 && out->borders.len == 0 && grid != NULL) {
        out->style = grid->id;
    }
    bool cell = false, header = false;
    for (uint32_t row = 1; t != KK_NONE && !cell && row < doc->text.tables[t].n_rows; row++) {
        cell = look_of_row(doc, t, row, arena, &out->cell);
    }
    header = t != KK_NONE && look_of_row(doc, t, 0, arena, &out->header);
    if (!cell) {
        out->cell = dress->body;
        out->cell.ppr = airy(part, dress->body.ppr, arena);
    }
    if (!header) {
        out->header = out->cell;
    }
    const bool good = out->cell.ppr.ptr != NULL && out->cell.rpr.ptr != NULL &&
                      out->header.ppr.ptr != NULL && out->header.rpr.ptr != NULL;
    return good ? KK_OK : KK_E_NOMEM;
}
