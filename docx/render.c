/* Writes clauses as WordprocessingML: controls, paragraphs, runs, fields. Knows markup only; must
 * not know where it goes or which part it is for. */
#include "render.h"

#include "mark.h"
#include "series.h"
#include "str.h"
#include "utf8.h"

#define MAX_TAG_UNITS 64

kk_str kk_render_capped(kk_str s)
{
    while (kk_utf8_utf16_len(s) > MAX_TAG_UNITS) {
        s.len--;
        while (s.len > 0 && ((unsigned char)s.ptr[s.len] & 0xC0u) == 0x80u) {
            s.len--;
        }
    }
    return s;
}

static void range_start(kk_wml *wml, const char *open, uint32_t *id)
{
    kk_wml_put(wml, open);
    *id = kk_wml_change(wml);
    kk_wml_put(wml, "/>");
}

static void range_end(kk_wml *wml, kk_str decl, uint32_t id)
{
    kk_wml_put(wml, "<~customXmlInsRangeEnd");
    kk_buf_str(wml->out, decl);
    kk_wml_attr_u32(wml, "id", id);
    kk_wml_put(wml, "/>");
}

void kk_render_control_begin(kk_wml *wml, kk_str alias, kk_str tag)
{
    uint32_t range = 0;
    if (wml->track) {
        kk_wml_put(wml, "<~customXmlInsRangeStart");
        kk_buf_str(wml->out, wml->names.decl);
        range_start(wml, "", &range);
    }
    const uint32_t id = kk_ids_take(wml->ids);
    if (id == 0) {
        wml->out->failed = KK_E_NOMEM;
    }
    kk_wml_put(wml, "<~sdt");
    kk_buf_str(wml->out, wml->names.decl);
    kk_wml_put(wml, "><~sdtPr>");
    kk_wml_val(wml, "alias", kk_render_capped(alias));
    kk_wml_val(wml, "tag", tag);
    kk_wml_put(wml, "<~id");
    kk_wml_attr_u32(wml, "val", id);
    kk_wml_put(wml, "/></~sdtPr><~sdtContent>");
    if (wml->track) {
        range_end(wml, KK_STR(""), range);
    }
}

void kk_render_control_end(kk_wml *wml)
{
    uint32_t range = 0;
    if (wml->track) {
        range_start(wml, "<~customXmlInsRangeStart", &range);
    }
    kk_wml_put(wml, "</~sdtContent></~sdt>");
    if (wml->track) {
        range_end(wml, wml->names.decl, range);
    }
}

void kk_render_para_begin(kk_wml *wml, const kk_dress_look *look, kk_str numpr)
{
    kk_wml_put(wml, "<~p>");
    if (look->ppr.len == 0 && numpr.len == 0 && look->rpr.len == 0 && !wml->track) {
        return;
    }
    kk_wml_put(wml, "<~pPr>");
    kk_props_merge(wml->out, KK_PROPS_P, wml->names.el, look->ppr, NULL, numpr);
    if (wml->track || look->rpr.len > 0) {
        kk_wml_put(wml, "<~rPr>");
        if (wml->track) {
            kk_wml_put(wml, "<~ins");
            (void)kk_wml_change(wml);
            kk_wml_put(wml, "/>");
        }
        kk_buf_str(wml->out, look->rpr);
        kk_wml_put(wml, "</~rPr>");
    }
    kk_wml_put(wml, "</~pPr>");
}

void kk_render_para_end(kk_wml *wml)
{
    kk_wml_put(wml, "</~p>");
}

/* What a run adds to the look of its paragraph. */
typedef struct emphasis {
    bool bold, placeholder;
} emphasis;

static void run_properties(const kk_render *render, const kk_dress_look *look, emphasis how)
{
    kk_buf add, inner;
    kk_buf_init(&add, 0);
    kk_buf_init(&inner, 0);
    kk_wml extra = *render->wml;
    extra.out = &add;
    if (how.bold) {
        kk_wml_put(&extra, "<~b/><~bCs/>");
    }
    if (how.placeholder && render->dress->placeholder_style.len > 0) {
        kk_wml_val(&extra, "rStyle", render->dress->placeholder_style);
    } else if (how.placeholder) {
        kk_wml_put(&extra, "<~color @val=\"808080\"/>");
    }
    if (render->dress->lang.len > 0) {
        kk_wml_val(&extra, "lang", render->dress->lang);
    }
    kk_props_merge(&inner, KK_PROPS_R, extra.names.el, look->rpr, NULL, kk_buf_view(&add));
    if (inner.len > 0) {
        kk_wml_put(render->wml, "<~rPr>");
        kk_buf_str(render->wml->out, kk_buf_view(&inner));
        kk_wml_put(render->wml, "</~rPr>");
    }
    if (add.failed != KK_OK || inner.failed != KK_OK) {
        render->wml->out->failed = KK_E_NOMEM;
    }
    kk_buf_dispose(&add);
    kk_buf_dispose(&inner);
}

/* Text of a run: line feeds become breaks, tabs tabs. */
static void run_text(kk_wml *wml, kk_str text)
{
    while (text.len > 0) {
        size_t n = 0;
        while (n < text.len && text.ptr[n] != '\n' && text.ptr[n] != '\t') {
            n++;
        }
        if (n > 0) {
            kk_wml_put(wml, "<~t");
            const char first = text.ptr[0], last = text.ptr[n - 1];
            kk_buf_puts(wml->out, first == ' ' || last == ' ' ? " xml:space=\"preserve\">" : ">");
            kk_buf_xml(wml->out, kk_str_slice(text, 0, n));
            kk_wml_put(wml, "</~t>");
        }
        if (n < text.len) {
            kk_wml_put(wml, text.ptr[n] == '\n' ? "<~br/>" : "<~tab/>");
            n++;
        }
        text = kk_str_slice(text, n, text.len);
    }
}

static void run(const kk_render *render, const kk_dress_look *look, kk_str text, emphasis how)
{
    if (text.len == 0) {
        return;
    }
    kk_wml_put(render->wml, "<~r>");
    run_properties(render, look, how);
    run_text(render->wml, text);
    kk_wml_put(render->wml, "</~r>");
}

/* A fill-in field: a run control inside the inserted run content, so that it goes on reject. */
static void field(const kk_render *render, const kk_dress_look *look, const kk_inline *inline_,
                  bool bold)
{
    kk_wml *wml = render->wml;
    kk_wml_put(wml, "<~sdt><~sdtPr>");
    kk_wml_val(wml, "alias", kk_render_capped(inline_->name));
    kk_wml_put(wml, "<~tag");
    kk_str tag = kk_arena_printf(render->arena, KK_MARK_FIELD "%.*s", (int)inline_->name.len,
                                 inline_->name.ptr);
    kk_wml_attr(wml, "val", kk_render_capped(tag));
    const uint32_t id = kk_ids_take(wml->ids);
    kk_wml_put(wml, "/><~id");
    kk_wml_attr_u32(wml, "val", id);
    kk_wml_put(wml, inline_->filled ? "/></~sdtPr><~sdtContent>"
                                    : "/><~showingPlcHdr/></~sdtPr><~sdtContent>");
    const kk_str shown =
        inline_->text.len > 0
            ? inline_->text
            : kk_arena_printf(render->arena, "[%.*s]", (int)inline_->name.len, inline_->name.ptr);
    run(render, look, shown, (emphasis){bold, !inline_->filled});
    kk_wml_put(wml, "</~sdtContent></~sdt>");
    if (tag.ptr == NULL || shown.ptr == NULL || id == 0) {
        wml->out->failed = KK_E_NOMEM;
    }
}

static void inserted_begin(kk_wml *wml)
{
    if (wml->track) {
        kk_wml_put(wml, "<~ins");
        (void)kk_wml_change(wml);
        kk_wml_put(wml, ">");
    }
}

static void inserted_end(kk_wml *wml)
{
    if (wml->track) {
        kk_wml_put(wml, "</~ins>");
    }
}

void kk_render_inlines(const kk_render *render, const kk_dress_look *look, const kk_inline *inlines,
                       uint32_t n, bool bold)
{
    if (n == 0) {
        return;
    }
    inserted_begin(render->wml);
    for (uint32_t i = 0; i < n; i++) {
        const bool strong = bold || inlines[i].kind == KK_INLINE_BOLD;
        if (inlines[i].kind == KK_INLINE_FIELD) {
            field(render, look, &inlines[i], bold);
        } else {
            run(render, look, inlines[i].text, (emphasis){strong, false});
        }
    }
    inserted_end(render->wml);
}

void kk_render_words(const kk_render *render, const kk_dress_look *look, kk_str words, bool bold)
{
    if (words.len == 0) {
        return;
    }
    inserted_begin(render->wml);
    run(render, look, words, (emphasis){bold, false});
    inserted_end(render->wml);
}

void kk_render_chapter(const kk_render *render, kk_str words, kk_str tag)
{
    const kk_dress *dress = render->dress;
    kk_render_control_begin(render->wml, words, tag);
    kk_render_para_begin(render->wml, &dress->chapter, KK_STR(""));
    kk_str text = words;
    if (dress->chapter_number.len > 0) {
        text = kk_arena_printf(render->arena, "%.*s%c%.*s", (int)dress->chapter_number.len,
                               dress->chapter_number.ptr, dress->chapter_tab ? '\t' : ' ',
                               (int)words.len, words.ptr);
        if (text.ptr == NULL) {
            render->wml->out->failed = KK_E_NOMEM;
        }
    }
    kk_render_words(render, &dress->chapter, text, false);
    kk_render_para_end(render->wml);
    kk_render_control_end(render->wml);
}

static void blank(const kk_render *render)
{
    kk_render_para_begin(render->wml, &render->dress->body, KK_STR(""));
    kk_render_para_end(render->wml);
}

/* The w:numPr of list items that do not carry theirs already. */
static kk_str item_numpr(const kk_render *render)
{
    if (render->dress->list == KK_DRESS_LIST_COPIED) {
        return KK_STR("");
    }
    kk_buf out;
    kk_buf_init(&out, 0);
    kk_wml wml = *render->wml;
    wml.out = &out;
    kk_wml_put(&wml, "<~numPr><~ilvl");
    kk_wml_attr_u32(&wml, "val", render->bullet_level);
    kk_wml_put(&wml, "/><~numId");
    kk_wml_attr_u32(&wml, "val", render->bullet_num);
    kk_wml_put(&wml, "/></~numPr>");
    const kk_str numpr =
        out.failed == KK_OK ? kk_arena_str(render->arena, kk_buf_view(&out)) : (kk_str){NULL, 0};
    if (numpr.ptr == NULL) {
        render->wml->out->failed = KK_E_NOMEM;
    }
    kk_buf_dispose(&out);
    return numpr;
}

/* The typed number of a heading, counted on from the first one of the clause. */
static void heading_number(const kk_render *render, const kk_blocks *blocks, const kk_block *block)
{
    kk_str number = render->dress->heading_number;
    for (const kk_block *b = blocks->blocks; b < block && number.len > 0; b++) {
        if (b->kind == KK_BLOCK_HEADING) {
            number = kk_series_next(render->arena, number);
        }
    }
    if (number.len > 0) {
        const kk_str words = kk_arena_printf(render->arena, "%.*s%c", (int)number.len, number.ptr,
                                             render->dress->heading_tab ? '\t' : ' ');
        if (words.ptr == NULL) {
            render->wml->out->failed = KK_E_NOMEM;
        }
        kk_render_words(render, &render->dress->heading, words, false);
    }
}

static void paragraph(const kk_render *render, const kk_blocks *blocks, const kk_block *block)
{
    const kk_dress_look *look = block->kind == KK_BLOCK_HEADING ? &render->dress->heading
                                : block->kind == KK_BLOCK_ITEM  ? &render->dress->item
                                                                : &render->dress->body;
    const kk_str numpr = block->kind == KK_BLOCK_ITEM ? item_numpr(render) : KK_STR("");
    kk_render_para_begin(render->wml, look, numpr);
    if (block->kind == KK_BLOCK_HEADING) {
        heading_number(render, blocks, block);
    }
    kk_render_inlines(render, look, block->inlines, block->n_inlines, false);
    kk_render_para_end(render->wml);
}

/* Empty paragraphs between blocks where the document itself sets its text apart that way. */
static bool wants_blank(const kk_render *render, const kk_blocks *blocks, uint32_t i)
{
    if (!render->dress->blank_between || i == 0) {
        return false;
    }
    const kk_block_kind before = blocks->blocks[i - 1].kind, kind = blocks->blocks[i].kind;
    return before != KK_BLOCK_HEADING && (kind == KK_BLOCK_HEADING || (kind == KK_BLOCK_PARAGRAPH));
}

void kk_render_blocks(const kk_render *render, const kk_blocks *blocks, bool lead_blank,
                      bool tail_blank, const kk_render_table *table)
{
    kk_render_control_begin(render->wml, render->title, render->tag);
    if (lead_blank) {
        blank(render);
    }
    for (uint32_t i = 0; i < blocks->n_blocks;) {
        if (wants_blank(render, blocks, i)) {
            blank(render);
        }
        if (blocks->blocks[i].kind != KK_BLOCK_ROW) {
            paragraph(render, blocks, &blocks->blocks[i++]);
            continue;
        }
        uint32_t end = i;
        while (end < blocks->n_blocks && blocks->blocks[end].kind == KK_BLOCK_ROW) {
            end++;
        }
        kk_render_table_of(render, table, blocks, i, end);
        i = end;
        if (i == blocks->n_blocks && tail_blank) {
            blank(render);
        }
    }
    kk_render_control_end(render->wml);
}
