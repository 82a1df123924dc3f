/* Shows what the reading half makes of documents, for looking and for comparing with other readers.
 *   docx_dump FILE...           paragraphs with their attributes, then tables, controls and spans
 *   docx_dump --text FILE...    text only, as the rules see it
 *   docx_dump --nodes FILE...   block nodes of every part
 *   docx_dump --check FILE...   one line per file: refused or read, and whether the laws of the
 * model hold Exit 1 if a law is broken or (without --check) a file was refused. */
#include "docx_internal.h"
#include "docxlaws.h"
#include "error.h"
#include "file.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *const stories[] = {"body",    "header",  "footer", "footnote",
                                      "endnote", "comment", "textbox"};
static const char *const spans[] = {"inserted", "deleted", "hidden",   "highlight",
                                    "colour",   "italic",  "bold",     "placeholder",
                                    "field",    "fillin",  "commented"};
static const char *const controls[] = {"block", "run", "row", "cell"};
static const char *const kinds[] = {"root", "body",        "p",      "tbl",   "tr",        "tc",
                                    "sdt",  "sdt-content", "sectpr", "range", "customxml", "other"};

static void print_flags(const char *const *names, uint32_t flags)
{
    for (uint32_t bit = 0; names[bit] != NULL; bit++) {
        if ((flags & 1u << bit) != 0) {
            printf(" %s", names[bit]);
        }
    }
}

static void print_para(const kk_text *text, uint32_t index)
{
    static const char *const names[] = {"TOC",     "LIST",     "NUMBERED", "GUESSED",
                                        "BOLD",    "HIDDEN",   "INSERTED", "TITLE",
                                        "PENDING", "GUIDANCE", NULL};
    static const char *const langs[] = {"-", "nb", "nn", "en", "other"};
    const kk_para *para = &text->paras[index];
    printf("%5u %-8s", index, stories[text->stories[para->story].kind]);
    printf(" h%u l%u %-5s [%.*s] {%.*s}", para->heading, para->list_level, langs[para->lang],
           (int)para->number.len, para->number.ptr, (int)para->style.len, para->style.ptr);
    if (para->cell != KK_NONE) {
        const kk_cell *cell = &text->cells[para->cell];
        printf(" T%u(%u,%u)", cell->table, cell->row, cell->col);
    }
    if (para->control != KK_NONE) {
        printf(" C%u", para->control);
    }
    if (para->managed != KK_NONE) {
        printf(" M%u", para->managed);
    }
    print_flags(names, para->flags);
    printf(": %.*s\n", (int)(para->end - para->begin), text->utf8 + para->begin);
}

static void print_all(const kk_text *text)
{
    static const char *const facts[] = {"track-on", "pending", "protected", "signed", "macros",
                                        "template", "strict",  "unread",    NULL};
    static const char *const flags[] = {"locked", "databound", "placeholder", "repeating", NULL};
    printf("facts:");
    print_flags(facts, text->facts);
    printf("\n");
    for (uint32_t i = 0; i < text->n_paras; i++) {
        print_para(text, i);
    }
    for (uint32_t i = 0; i < text->n_tables; i++) {
        const kk_table *table = &text->tables[i];
        printf("table %u: %u x %u paras %u-%u\n", i, table->n_rows, table->n_cols,
               table->para_begin, table->para_end);
    }
    for (uint32_t i = 0; i < text->n_controls; i++) {
        const kk_control *control = &text->controls[i];
        printf("control %u %s %u-%u tag=%.*s alias=%.*s", i, controls[control->kind],
               control->begin, control->end, (int)control->tag.len, control->tag.ptr,
               (int)control->alias.len, control->alias.ptr);
        print_flags(flags, control->flags);
        printf("\n");
    }
    for (uint32_t i = 0; i < text->n_spans; i++) {
        const kk_span *span = &text->spans[i];
        printf("span %s %u-%u \"%.*s\" %.*s\n", spans[span->kind], span->begin, span->end,
               (int)(span->text.len > 0 ? span->text.len : span->end - span->begin),
               span->text.len > 0 ? span->text.ptr : text->utf8 + span->begin,
               (int)span->author.len, span->author.ptr == NULL ? "" : span->author.ptr);
    }
    for (uint32_t i = 0; i < text->n_managed; i++) {
        const kk_managed *managed = &text->managed[i];
        printf("managed %.*s@%.*s paras %u-%u\n", (int)managed->clause.len, managed->clause.ptr,
               (int)managed->version.len, managed->version.ptr, managed->para_begin,
               managed->para_end);
    }
}

static void print_nodes(const kk_docx *doc)
{
    for (uint32_t i = 0; i < doc->n_parts; i++) {
        const kk_part *part = &doc->parts[i];
        printf("part %.*s w=%.*s w14=%.*s\n", (int)part->name.len, part->name.ptr, (int)part->w.len,
               part->w.ptr, (int)part->w14.len, part->w14.ptr);
        for (uint32_t n = 0; n < part->n_nodes; n++) {
            const kk_node *node = &part->nodes[n];
            printf(
                "%5u %-11s %u-%u (%u-%u) ppr %u-%u parent %d next %d first %d para %d flags %x\n",
                n, kinds[node->kind], node->begin, node->end, node->inner_begin, node->inner_end,
                node->ppr_begin, node->ppr_end, (int)node->parent, (int)node->next,
                (int)node->first, (int)node->para, node->flags);
        }
    }
}

static bool show(const char *mode, const char *path, kk_str bytes)
{
    kk_error err = {0};
    kk_docx *doc = NULL;
    const bool check = strcmp(mode, "--check") == 0;
    if (kk_docx_open(&doc, bytes, NULL, &err) != KK_OK) {
        printf("%s\trefused\t%s\t%s\t%s\n", path, err.reason, err.part, err.message);
        return check;
    }
    char fault[200] = "";
    const bool laws = check || strcmp(mode, "--laws") == 0;
    const bool lawful = kk_docx_laws(doc, fault, sizeof fault) &&
                        (!laws || kk_docx_scan_laws(doc, fault, sizeof fault));
    const kk_text *text = kk_docx_text(doc);
    if (laws || !lawful) {
        printf("%s\tread\t%u paras, %u bytes, %u tables, %u controls, %u spans\t%s\n", path,
               text->n_paras, text->len, text->n_tables, text->n_controls, text->n_spans,
               lawful ? "lawful" : fault);
    }
    if (strcmp(mode, "--text") == 0) {
        (void)fwrite(text->utf8, 1, text->len, stdout);
    } else if (strcmp(mode, "--nodes") == 0) {
        print_nodes(doc);
    } else if (!laws) {
        print_all(text);
    }
    kk_docx_free(doc);
    return lawful;
}

int main(int argc, char **argv)
{
    const bool has_mode = argc > 1 && strncmp(argv[1], "--", 2) == 0;
    const char *mode = has_mode ? argv[1] : "";
    bool ok = true;
    for (int i = has_mode ? 2 : 1; i < argc; i++) {
        kk_error err = {0};
        kk_buf bytes;
        kk_buf_init(&bytes, 0);
        if (kk_file_read(argv[i], UINT64_C(1) << 32, &bytes, &err) == KK_OK) {
            ok = show(mode, argv[i], kk_buf_view(&bytes)) && ok;
        } else {
            (void)fprintf(stderr, "%s: %s\n", argv[i], err.message);
            ok = false;
        }
        kk_buf_dispose(&bytes);
    }
    return ok ? 0 : 1;
}
