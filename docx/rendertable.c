/* A small table of our own for row clauses that found no table to join. Knows markup and the
 * headings of columns; must not know the document around it. */
#include "render.h"
#include "str.h"

#include <string.h>

#define MAX_COLUMNS 12

/* Columns of the table: roles in the order in which the rows bring them. */
typedef struct columns {
    kk_role roles[MAX_COLUMNS];
    uint32_t n;
} columns;

static const char *heading_no(kk_role role, bool nn)
{
    switch (role) {
    case KK_ROLE_NUMBER:
        return "Nr.";
    case KK_ROLE_REQUIREMENT:
        return "Krav";
    case KK_ROLE_TYPE:
        return "Type";
    case KK_ROLE_CRITERION:
        return "Tildelingskriterium";
    case KK_ROLE_WEIGHT:
        return "Vekt";
    case KK_ROLE_PRIORITY:
        return "Prioritet";
    case KK_ROLE_DOCUMENTATION:
        return "Dokumentasjon";
    case KK_ROLE_ANSWER:
        return nn ? "Svar frå leverandøren" : "Leverandørens svar";
    case KK_ROLE_EVALUATION:
        return nn ? "Slik blir det evaluert" : "Slik evalueres det";
    default:
        return "";
    }
}

static const char *heading_en(kk_role role)
{
    switch (role) {
    case KK_ROLE_NUMBER:
        return "No.";
    case KK_ROLE_REQUIREMENT:
        return "Requirement";
    case KK_ROLE_TYPE:
        return "Type";
    case KK_ROLE_CRITERION:
        return "Award criterion";
    case KK_ROLE_WEIGHT:
        return "Weight";
    case KK_ROLE_PRIORITY:
        return "Priority";
    case KK_ROLE_DOCUMENTATION:
        return "Documentation";
    case KK_ROLE_ANSWER:
        return "Tenderer's answer";
    case KK_ROLE_EVALUATION:
        return "Evaluation";
    default:
        return "";
    }
}

/* Share of the width that a column asks for. */
static uint32_t share(kk_role role)
{
    switch (role) {
    case KK_ROLE_REQUIREMENT:
    case KK_ROLE_CRITERION:
        return 6;
    case KK_ROLE_DOCUMENTATION:
    case KK_ROLE_EVALUATION:
    case KK_ROLE_ANSWER:
        return 4;
    case KK_ROLE_NUMBER:
        return 1;
    default:
        return 2;
    }
}

static const kk_block_cell *cell_of(const kk_block *block, kk_role role)
{
    for (uint32_t c = 0; c < block->n_cells; c++) {
        if (block->cells[c].role == role) {
            return &block->cells[c];
        }
    }
    return NULL;
}

static columns columns_of(const kk_blocks *blocks, uint32_t begin, uint32_t end)
{
    columns found = {{KK_ROLE_NONE}, 0};
    for (uint32_t i = begin; i < end; i++) {
        for (uint32_t c = 0; c < blocks->blocks[i].n_cells; c++) {
            const kk_block_cell *cell = &blocks->blocks[i].cells[c];
            bool known = cell->role == KK_ROLE_NUMBER && cell->n_inlines == 0;
            for (uint32_t k = 0; k < found.n; k++) {
                known = known || found.roles[k] == cell->role;
            }
            if (!known && found.n < MAX_COLUMNS) {
                found.roles[found.n++] = cell->role;
            }
        }
    }
    return found;
}

static uint32_t width_of(const kk_render_table *table, const columns *cols, uint32_t column)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < cols->n; i++) {
        sum += share(cols->roles[i]);
    }
    return table->width * share(cols->roles[column]) / sum;
}

static void properties(const kk_render *render, const kk_render_table *table, const columns *cols)
{
    kk_wml *wml = render->wml;
    kk_wml_put(wml, "<~tbl><~tblPr>");
    if (table->style.len > 0) {
        kk_wml_val(wml, "tblStyle", table->style);
    }
    kk_wml_put(wml, "<~tblW @w=\"5000\" @type=\"pct\"/>");
    if (table->borders.len > 0) {
        kk_buf_str(wml->out, table->borders);
    } else if (table->style.len == 0) {
        static const char *const transitional[] = {"top",   "left",    "bottom",
                                                   "right", "insideH", "insideV"};
        static const char *const strict[] = {"top", "start", "bottom", "end", "insideH", "insideV"};
        const char *const *sides = wml->names.strict ? strict : transitional;
        kk_wml_put(wml, "<~tblBorders>");
        for (size_t i = 0; i < 6; i++) {
            kk_wml_put(wml, "<~");
            kk_buf_puts(wml->out, sides[i]);
            kk_wml_put(wml, " @val=\"single\" @sz=\"4\" @space=\"0\" @color=\"auto\"/>");
        }
        kk_wml_put(wml, "</~tblBorders>");
    }
    kk_wml_put(wml, wml->names.strict ? "<~tblLook" : "<~tblLook @val=\"0420\"");
    kk_wml_put(wml, " @firstRow=\"1\" @lastRow=\"0\" @firstColumn=\"0\" @lastColumn=\"0\" "
                    "@noHBand=\"0\" @noVBand=\"1\"/></~tblPr><~tblGrid>");
    for (uint32_t c = 0; c < cols->n; c++) {
        kk_wml_put(wml, "<~gridCol");
        kk_wml_attr_u32(wml, "w", width_of(table, cols, c));
        kk_wml_put(wml, "/>");
    }
    kk_wml_put(wml, "</~tblGrid>");
}

static void row_begin(kk_wml *wml, bool header)
{
    kk_wml_put(wml, "<~tr><~trPr><~cantSplit/>");
    kk_wml_put(wml, header ? "<~tblHeader/>" : "");
    if (wml->track) {
        kk_wml_put(wml, "<~ins");
        (void)kk_wml_change(wml);
        kk_wml_put(wml, "/>");
    }
    kk_wml_put(wml, "</~trPr>");
}

static void cell_begin(kk_wml *wml, uint32_t width, kk_str shade)
{
    kk_wml_put(wml, "<~tc><~tcPr><~tcW");
    kk_wml_attr_u32(wml, "w", width);
    kk_wml_put(wml, " @type=\"dxa\"/>");
    kk_buf_str(wml->out, shade);
    kk_wml_put(wml, "</~tcPr>");
}

static void header_row(const kk_render *render, const kk_render_table *table, const columns *cols)
{
    row_begin(render->wml, true);
    for (uint32_t c = 0; c < cols->n; c++) {
        const char *words = table->lang == KK_LANG_EN
                                ? heading_en(cols->roles[c])
                                : heading_no(cols->roles[c], table->lang == KK_LANG_NN);
        cell_begin(render->wml, width_of(table, cols, c), table->shade);
        kk_render_para_begin(render->wml, &table->header, KK_STR(""));
        kk_render_words(render, &table->header, kk_str_from(words), true);
        kk_render_para_end(render->wml);
        kk_wml_put(render->wml, "</~tc>");
    }
    kk_wml_put(render->wml, "</~tr>");
}

static void data_row(const kk_render *render, const kk_render_table *table, const columns *cols,
                     const kk_block *block)
{
    row_begin(render->wml, false);
    for (uint32_t c = 0; c < cols->n; c++) {
        const kk_block_cell *cell = cell_of(block, cols->roles[c]);
        cell_begin(render->wml, width_of(table, cols, c), KK_STR(""));
        kk_render_para_begin(render->wml, &table->cell, KK_STR(""));
        if (cell != NULL) {
            kk_render_inlines(render, &table->cell, cell->inlines, cell->n_inlines, false);
        }
        kk_render_para_end(render->wml);
        kk_wml_put(render->wml, "</~tc>");
    }
    kk_wml_put(render->wml, "</~tr>");
}

void kk_render_table_of(const kk_render *render, const kk_render_table *table,
                        const kk_blocks *blocks, uint32_t begin, uint32_t end)
{
    const columns cols = columns_of(blocks, begin, end);
    if (cols.n == 0) {
        return;
    }
    properties(render, table, &cols);
    header_row(render, table, &cols);
    for (uint32_t i = begin; i < end; i++) {
        data_row(render, table, &cols, &blocks->blocks[i]);
    }
    kk_wml_put(render->wml, "</~tbl>");
}
