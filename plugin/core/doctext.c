/* Prints TEXT with what the rules know of each paragraph, for people who write rules. */
#include "core.h"

#include "jsonout.h"
#include "outline.h"
#include "plaintext.h"

typedef struct named_flag {
    uint32_t flag;
    const char *name;
} named_flag;

static const named_flag para_flags[] = {
    {KK_PARA_TOC, "toc"},           {KK_PARA_LIST, "list"},   {KK_PARA_NUMBERED, "numbered"},
    {KK_PARA_GUESSED, "guessed"},   {KK_PARA_BOLD, "bold"},   {KK_PARA_HIDDEN, "hidden"},
    {KK_PARA_INSERTED, "inserted"}, {KK_PARA_TITLE, "title"}, {KK_PARA_PENDING, "pending"},
    {KK_PARA_GUIDANCE, "guidance"}};

static const named_flag doc_facts[] = {
    {KK_FACT_TRACK_ON, "track-on"}, {KK_FACT_PENDING, "pending"}, {KK_FACT_PROTECTED, "protected"},
    {KK_FACT_SIGNED, "signed"},     {KK_FACT_MACROS, "macros"},   {KK_FACT_TEMPLATE, "template"},
    {KK_FACT_STRICT, "strict"},     {KK_FACT_UNREAD, "unread"}};

static const char *const span_names[] = {"inserted", "deleted", "hidden",   "highlight",
                                         "colour",   "italic",  "bold",     "placeholder",
                                         "field",    "fillin",  "commented"};

enum {
    N_PARA_FLAGS = sizeof para_flags / sizeof *para_flags,
    N_DOC_FACTS = sizeof doc_facts / sizeof *doc_facts
};

static void put_flags(kk_jsonout *json, const char *key, const named_flag *flags, size_t n,
                      uint32_t value)
{
    kk_json_key(json, key);
    kk_json_open_flat(json, '[');
    for (size_t i = 0; i < n; i++) {
        if ((value & flags[i].flag) != 0) {
            kk_json_str(json, kk_z(flags[i].name));
        }
    }
    kk_json_close(json);
}

static void put_cell(kk_jsonout *json, const kk_text *text, uint32_t cell)
{
    const kk_cell *c = &text->cells[cell];
    kk_json_key(json, "cell");
    kk_json_open_flat(json, '{');
    kk_json_puti(json, "table", c->table);
    kk_json_puti(json, "row", c->row);
    kk_json_puti(json, "column", c->col);
    if (c->col_span > 1) {
        kk_json_puti(json, "columns", c->col_span);
    }
    if (c->row_span > 1) {
        kk_json_puti(json, "rows", c->row_span);
    }
    kk_json_close(json);
}

/* Spans that begin in paragraph p, offsets counted from its start. *next moves on through the list.
 */
static void put_spans(kk_jsonout *json, const kk_text *text, const kk_para *p, uint32_t *next)
{
    while (*next < text->n_spans && text->spans[*next].begin < p->begin) {
        (*next)++;
    }
    if (*next >= text->n_spans || text->spans[*next].begin > p->end) {
        return;
    }
    kk_json_key(json, "spans");
    kk_json_open(json, '[');
    for (; *next < text->n_spans && text->spans[*next].begin <= p->end; (*next)++) {
        const kk_span *s = &text->spans[*next];
        kk_json_open_flat(json, '{');
        kk_json_puts(json, "kind", s->kind <= KK_SPAN_COMMENTED ? span_names[s->kind] : "other");
        kk_json_puti(json, "begin", s->begin - p->begin);
        kk_json_puti(json, "end", s->end - p->begin);
        if (s->text.len > 0) {
            kk_json_put(json, "text", s->text);
        }
        if (s->author.len > 0) {
            kk_json_put(json, "author", s->author);
        }
        kk_json_close(json);
    }
    kk_json_close(json);
}

static void put_paragraph(kk_jsonout *json, const kk_text *text, uint32_t i, uint32_t *next)
{
    const kk_para *p = &text->paras[i];
    kk_json_open(json, '{');
    kk_json_puti(json, "paragraph", i);
    kk_json_puts(json, "story", kk_story_name(text->stories[p->story].kind));
    if (p->heading > 0) {
        kk_json_puti(json, "heading", p->heading);
    }
    if (p->list_level > 0) {
        kk_json_puti(json, "listLevel", p->list_level);
    }
    if (p->number.len > 0) {
        kk_json_put(json, "number", p->number);
    }
    if (p->style.len > 0) {
        kk_json_put(json, "style", p->style);
    }
    if (p->lang != KK_LANG_UNSET) {
        kk_json_puts(json, "language", kk_lang_word((kk_lang)p->lang));
    }
    if (p->flags != 0) {
        put_flags(json, "flags", para_flags, N_PARA_FLAGS, p->flags);
    }
    if (p->cell != KK_NONE) {
        put_cell(json, text, p->cell);
    }
    if (p->managed != KK_NONE) {
        kk_json_put(json, "clause", text->managed[p->managed].clause);
    }
    kk_json_put(json, "text", kk_para_text(text, i));
    put_spans(json, text, p, next);
    kk_json_close(json);
}

static void print_json(const kk_doc *doc, kk_buf *out)
{
    const kk_text *text = doc->text;
    kk_jsonout json;
    uint32_t next = 0;
    kk_jsonout_init(&json, out);
    kk_json_open(&json, '{');
    kk_json_puts(&json, "schema", "klimakrav.text/1");
    kk_json_puts(&json, "path", doc->name);
    kk_json_puts(&json, "sha256", doc->sha256);
    put_flags(&json, "facts", doc_facts, N_DOC_FACTS, text->facts);
    kk_json_key(&json, "paragraphs");
    kk_json_open(&json, '[');
    for (uint32_t i = 0; i < text->n_paras; i++) {
        put_paragraph(&json, text, i, &next);
    }
    kk_json_close(&json);
    kk_json_close(&json);
}

/* "  12 h2 4.1 table 1 row 3 col 2 [bold guidance]  Text" */
static void print_line(const kk_text *text, uint32_t i, kk_buf *out)
{
    const kk_para *p = &text->paras[i];
    kk_buf_printf(out, "%5u ", (unsigned)i);
    if (p->heading > 0) {
        kk_buf_printf(out, "h%u ", p->heading);
    } else if (p->list_level > 0) {
        kk_buf_printf(out, "li%u ", p->list_level);
    }
    if (p->cell != KK_NONE) {
        const kk_cell *c = &text->cells[p->cell];
        kk_buf_printf(out, "t%u:%u:%u ", (unsigned)c->table, (unsigned)c->row, (unsigned)c->col);
    }
    bool open = false;
    for (size_t k = 0; k < N_PARA_FLAGS; k++) {
        if ((p->flags & para_flags[k].flag) != 0 && para_flags[k].flag != KK_PARA_LIST) {
            kk_buf_printf(out, "%s%s", open ? " " : "[", para_flags[k].name);
            open = true;
        }
    }
    kk_buf_puts(out, open ? "] " : "");
    kk_buf_puts(out, "| ");
    if (p->number.len > 0 && !kk_str_starts(kk_para_text(text, i), p->number)) {
        kk_plain(out, p->number);
        kk_buf_putc(out, ' ');
    }
    kk_plain(out, kk_para_text(text, i));
    kk_buf_putc(out, '\n');
}

static void print_text(const kk_doc *doc, kk_buf *out)
{
    const kk_text *text = doc->text;
    for (uint32_t s = 0; s < text->n_stories; s++) {
        const kk_story *story = &text->stories[s];
        kk_buf_printf(out, "# %s %.*s\n", kk_story_name(story->kind), (int)story->part.len,
                      story->part.ptr == NULL ? "" : story->part.ptr);
        for (uint32_t i = story->para_begin; i < story->para_end; i++) {
            print_line(text, i, out);
        }
    }
}

kk_status kk_doc_print(const kk_doc *doc, kk_format format, kk_bytes *out, kk_error *err)
{
    kk_buf buf;
    kk_buf_init(&buf, 0);
    out->ptr = NULL;
    out->len = 0;
    if (format == KK_FORMAT_JSON) {
        print_json(doc, &buf);
    } else if (format == KK_FORMAT_TEXT) {
        print_text(doc, &buf);
    } else {
        return kk_fail(err, KK_E_ARG, "", "the text is printed as text or json only");
    }
    return kk_buf_give(&buf, out, err);
}
