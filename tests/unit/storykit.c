/* Prints TEXT in a short form and compares it. */
#include "storykit.h"

#include "docxlaws.h"
#include "error.h"
#include "rows.h"
#include "str.h"

static void dump_para(const kk_text *text, uint32_t index, kk_buf *out)
{
    static const char *const stories[] = {"",         "header: ",  "footer: ", "footnote: ",
                                          "endnote: ", "comment: ", "box: "};
    static const struct {
        uint32_t flag;
        const char *name;
    } flags[] = {{KK_PARA_TOC, "toc "},         {KK_PARA_LIST, "list "},
                 {KK_PARA_GUESSED, "guess "},   {KK_PARA_HIDDEN, "hidden "},
                 {KK_PARA_INSERTED, "ins "},    {KK_PARA_TITLE, "title "},
                 {KK_PARA_PENDING, "pending "}, {KK_PARA_GUIDANCE, "guidance "}};
    const kk_para *para = &text->paras[index];
    kk_buf_puts(out, stories[text->stories[para->story].kind]);
    if (para->heading > 0) {
        kk_buf_printf(out, "h%u ", para->heading);
    }
    if (para->number.len > 0) {
        kk_buf_printf(out, "[%.*s] ", (int)para->number.len, para->number.ptr);
    }
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if ((para->flags & flags[i].flag) != 0) {
            kk_buf_puts(out, flags[i].name);
        }
    }
    if (para->list_level > 1) {
        kk_buf_printf(out, "level%u ", para->list_level);
    }
    if (para->cell != KK_NONE) {
        const kk_cell *cell = &text->cells[para->cell];
        kk_buf_printf(out, "%u(%u,%u", cell->table, cell->row, cell->col);
        if (cell->row_span > 1 || cell->col_span > 1) {
            kk_buf_printf(out, " %ux%u", cell->row_span, cell->col_span);
        }
        kk_buf_printf(out, "%s%s) ", (cell->flags & KK_CELL_VMERGED) != 0 ? " v" : "",
                      (cell->flags & KK_CELL_HEADER) != 0 ? " h" : "");
    }
    kk_buf_printf(out, "|%.*s\n", (int)(para->end - para->begin), text->utf8 + para->begin);
}

static void dump_spans(const kk_text *text, kk_buf *out)
{
    static const char *const kinds[] = {"ins",    "del",  "hidden",      "highlight",
                                        "colour", "italic", "bold",      "placeholder",
                                        "field",  "fillin", "comment"};
    for (uint32_t i = 0; i < text->n_spans; i++) {
        const kk_span *span = &text->spans[i];
        kk_buf_printf(out, "%s %u-%u", kinds[span->kind], span->begin, span->end);
        if (span->text.len > 0) {
            kk_buf_printf(out, " \"%.*s\"", (int)span->text.len, span->text.ptr);
        }
        if (span->author.len > 0) {
            kk_buf_printf(out, " %.*s", (int)span->author.len, span->author.ptr);
        }
        kk_buf_puts(out, "\n");
    }
}

static void dump_controls(const kk_text *text, kk_buf *out)
{
    static const char *const kinds[] = {"block", "run", "row", "cell"};
    for (uint32_t i = 0; i < text->n_controls; i++) {
        const kk_control *control = &text->controls[i];
        kk_buf_printf(out, "%s %u-%u %.*s", kinds[control->kind], control->begin, control->end,
                      (int)control->tag.len, control->tag.ptr);
        if (control->flags != 0) {
            kk_buf_printf(out, " flags %x", control->flags);
        }
        if (control->parent != KK_NONE) {
            kk_buf_printf(out, " in %u", control->parent);
        }
        kk_buf_puts(out, "\n");
    }
}

void story_reads(void **state)
{
    const story_row *row = *state;
    kk_buf bytes;
    kk_buf out;
    kk_error err = {0};
    kk_docx *doc = NULL;
    char fault[100] = "";
    kk_buf_init(&bytes, 0);
    pack_word(&bytes, &row->docx);
    kk_buf_init(&out, 0);
    assert_int_equal(kk_docx_open(&doc, kk_buf_view(&bytes), NULL, &err), KK_OK);
    const kk_text *text = kk_docx_text(doc);
    kk_buf_puts(&out, "");
    for (uint32_t i = 0; i < text->n_paras; i++) {
        dump_para(text, i, &out);
    }
    dump_spans(text, &out);
    dump_controls(text, &out);
    if (text->facts != 0) {
        kk_buf_printf(&out, "facts %x\n", text->facts);
    }
    assert_string_equal(out.ptr, row->expect);
    assert_true(kk_docx_laws(doc, fault, sizeof fault));
    assert_string_equal(fault, "");
    kk_docx_free(doc);
    kk_buf_dispose(&out);
    kk_buf_dispose(&bytes);
}
