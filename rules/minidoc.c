/* <h level>, <p>, <li>, <table> ... -> TEXT, as docx would give it for such a document. */
#include "minidoc.h"

#include "error.h"
#include "str.h"
#include "textmake.h"

static const struct {
    const char *name;
    kk_span_kind kind;
} spans[] = {{"highlight", KK_SPAN_HIGHLIGHT},
             {"hidden", KK_SPAN_HIDDEN},
             {"placeholder", KK_SPAN_PLACEHOLDER},
             {"inserted", KK_SPAN_INSERTED},
             {"deleted", KK_SPAN_DELETED},
             {"colour", KK_SPAN_COLOUR},
             {"italic", KK_SPAN_ITALIC},
             {"commented", KK_SPAN_COMMENTED},
             {"fillin", KK_SPAN_FILLIN}};

typedef struct maker {
    kk_textmake make;
    kk_arena *arena;
    uint32_t managed_from; /* first paragraph of the open managed clause, or KK_NONE */
    kk_str managed;
} maker;

static bool is(const kk_xnode *node, const char *attr, const char *value)
{
    return kk_str_is(kk_xnode_attr(node, attr), value);
}

static int span_kind(kk_str name)
{
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        if (kk_str_is(name, spans[i].name)) {
            return (int)spans[i].kind;
        }
    }
    return -1;
}

/* White space in XML is layout: runs of it are one blank, at the ends of a paragraph none. */
static void put_text(maker *m, kk_str text, int span, bool first, bool last)
{
    kk_buf folded;
    kk_buf_init(&folded, 0);
    bool blank = first;
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.ptr[i];
        const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!space || !blank) {
            kk_buf_putc(&folded, (char)(space ? ' ' : c));
        }
        blank = space;
    }
    kk_str out = {folded.ptr, folded.len};
    if (last && kk_str_ends(out, KK_STR(" "))) {
        out.len--;
    }
    if (folded.failed != KK_OK) {
        m->make.failed = KK_E_NOMEM;
    }
    kk_textmake_text(&m->make, out, span);
    kk_buf_dispose(&folded);
}

static void put_inline(maker *m, const kk_xnode *node)
{
    const int tracked = is(node, "tracked", "deleted")    ? (int)KK_SPAN_DELETED
                        : is(node, "tracked", "inserted") ? (int)KK_SPAN_INSERTED
                                                          : -1;
    for (const kk_xnode *at = node->first; at != NULL; at = at->next) {
        if (at->name.len == 0) {
            put_text(m, at->text, tracked, at == node->first, at->next == NULL);
        } else if (kk_str_is(at->name, "span")) {
            const kk_str text = kk_xnode_text(at, m->arena);
            put_text(m, text, span_kind(kk_xnode_attr(at, "kind")), false, false);
        }
    }
}

static void close_managed(maker *m)
{
    if (m->managed_from == KK_NONE) {
        return;
    }
    const kk_managed entry = {.clause = m->managed,
                              .version = KK_STR("1.0"),
                              .para_begin = m->managed_from,
                              .para_end = (uint32_t)m->make.paras.n};
    if (!kk_vec_push(&m->make.managed, entry)) {
        m->make.failed = KK_E_NOMEM;
    }
    m->managed_from = KK_NONE;
}

static void open_managed(maker *m, const kk_xnode *node, kk_para *para)
{
    const kk_str clause = kk_xnode_attr(node, "managed");
    if (m->managed_from != KK_NONE && !kk_str_equal(clause, m->managed)) {
        close_managed(m);
    }
    para->managed = KK_NONE;
    if (clause.len > 0) {
        m->managed_from = m->managed_from == KK_NONE ? (uint32_t)m->make.paras.n : m->managed_from;
        m->managed = clause;
        para->managed = (uint32_t)m->make.managed.n;
    }
}

/* <p story="footnote">: outside the body, which comes first. Neighbours of one kind are one story.
 */
static void open_story(maker *m, const kk_xnode *node)
{
    static const struct {
        const char *name;
        kk_story_kind kind;
    } kinds[] = {{"footnote", KK_STORY_FOOTNOTE},
                 {"header", KK_STORY_HEADER},
                 {"footer", KK_STORY_FOOTER},
                 {"textbox", KK_STORY_TEXTBOX},
                 {"comment", KK_STORY_COMMENT}};
    const size_t n = m->make.stories.n;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (is(node, "story", kinds[i].name) &&
            (n == 0 || m->make.stories.items[n - 1].kind != kinds[i].kind)) {
            kk_textmake_story(&m->make, kinds[i].kind);
        }
    }
}

static void put_para(maker *m, const kk_xnode *node)
{
    open_story(m, node);
    kk_para para = {.number = kk_xnode_attr(node, "number")};
    uint32_t level = 0;
    if (kk_str_is(node->name, "h")) {
        kk_str_to_u32(kk_xnode_attr(node, "level"), &level);
        para.heading = (uint8_t)(level <= 9 ? level : 9);
        para.flags |= level == 0 ? KK_PARA_TITLE : 0u;
    } else if (kk_str_is(node->name, "li")) {
        para.flags |= KK_PARA_LIST;
        para.list_level = 1;
    }
    para.flags |= para.number.len > 0 ? KK_PARA_NUMBERED : 0u;
    para.flags |= is(node, "guidance", "yes") ? KK_PARA_GUIDANCE : 0u;
    para.flags |= is(node, "tracked", "inserted") ? KK_PARA_INSERTED : 0u;
    open_managed(m, node, &para);
    kk_textmake_para(&m->make, &para);
    put_inline(m, node);
    kk_textmake_para_end(&m->make);
}

static bool has_paragraphs(const kk_xnode *node)
{
    for (const kk_xnode *at = kk_xnode_element(node, NULL); at != NULL;
         at = kk_xnode_element(node, at)) {
        if (!kk_str_is(at->name, "span")) {
            return true;
        }
    }
    return false;
}

static void put_cell(maker *m, const kk_xnode *cell, bool header)
{
    uint32_t span = 1;
    kk_str_to_u32(kk_xnode_attr(cell, "span"), &span);
    kk_textmake_cell(&m->make, span, header ? KK_CELL_HEADER : 0u);
    if (!has_paragraphs(cell)) {
        put_para(m, cell);
    } else {
        for (const kk_xnode *at = kk_xnode_element(cell, NULL); at != NULL;
             at = kk_xnode_element(cell, at)) {
            put_para(m, at);
        }
    }
    kk_textmake_cell_end(&m->make);
}

static void put_table(maker *m, const kk_xnode *table)
{
    kk_textmake_table_begin(&m->make);
    for (const kk_xnode *row = kk_xnode_element(table, NULL); row != NULL;
         row = kk_xnode_element(table, row)) {
        kk_textmake_row(&m->make);
        for (const kk_xnode *cell = kk_xnode_element(row, NULL); cell != NULL;
             cell = kk_xnode_element(row, cell)) {
            put_cell(m, cell, is(row, "header", "yes"));
        }
    }
    kk_textmake_table_end(&m->make);
}

static void put_content(maker *m, const kk_xnode *content, bool row_text)
{
    if (!has_paragraphs(content)) {
        if (row_text) {
            kk_textmake_table_begin(&m->make);
            kk_textmake_row(&m->make);
            put_cell(m, content, false);
            kk_textmake_table_end(&m->make);
        } else {
            put_para(m, content);
        }
        return;
    }
    for (const kk_xnode *at = kk_xnode_element(content, NULL); at != NULL;
         at = kk_xnode_element(content, at)) {
        if (kk_str_is(at->name, "table")) {
            put_table(m, at);
        } else {
            put_para(m, at);
        }
    }
}

kk_status kk_minidoc_text(const kk_xnode *content, bool row_text, kk_arena *arena, kk_text **out,
                          kk_error *err)
{
    maker m = {.arena = arena, .managed_from = KK_NONE};
    if (content == NULL) { /* it could not be unpacked */
        return kk_fail_nomem(err);
    }
    kk_textmake_init(&m.make, arena);
    put_content(&m, content, row_text);
    close_managed(&m);
    const kk_status status = kk_textmake_finish(&m.make, out, err);
    kk_textmake_dispose(&m.make);
    return status;
}
