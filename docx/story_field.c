/* Fields, complex and simple, and the ranges of comments. Field codes are out of TEXT, results in.
 */
#include "story_reader.h"
#include "str.h"

enum { MAX_COMMENTS_OPEN = 1000 };

static bool is_toc(const kk_flow_field *field)
{
    const kk_str instr = {field->instr, field->n};
    kk_str rest = instr;
    kk_str word;
    return kk_str_word(&rest, &word) && kk_str_is_nocase(word, "TOC");
}

static void add_instruction(kk_flow_field *field, kk_str text)
{
    for (size_t i = 0; i < text.len && field->n < sizeof field->instr; i++) {
        const char c = text.ptr[i];
        if (field->n > 0 || (c != ' ' && c != '\t' && c != '\n' && c != '\r')) {
            field->instr[field->n++] = c;
        }
    }
}

void kk_run_instruction(kk_reader *in, uint32_t begin, uint32_t end)
{
    kk_flow *flow = in->flow;
    if (flow->fields.n == 0 || !flow->fields.items[flow->fields.n - 1].code) {
        return;
    }
    kk_xml_chars chars;
    kk_xml_piece piece;
    kk_xml_chars_init(&chars, in->part->raw.ptr, begin, end);
    while (kk_xml_chars_next(&chars, &piece)) {
        add_instruction(&flow->fields.items[flow->fields.n - 1], piece.text);
    }
}

/* The result of the innermost field begins. */
static void show_result(kk_flow *flow)
{
    kk_flow_field *field = &flow->fields.items[flow->fields.n - 1];
    field->code = false;
    field->toc = is_toc(field);
    if (field->toc) {
        flow->tocs++;
        flow->para.flags |= flow->para.open ? KK_PARA_TOC : 0u;
    }
}

void kk_field_close(kk_reader *in)
{
    kk_flow *flow = in->flow;
    if (flow->fields.n == 0) {
        return;
    }
    const kk_flow_field *field = &flow->fields.items[--flow->fields.n];
    flow->codes -= field->code ? 1 : 0;
    flow->tocs -= field->toc ? 1 : 0;
}

bool kk_field_char(kk_reader *in, const kk_xml_tag *tag)
{
    kk_flow *flow = in->flow;
    if (kk_reader_top(in)->in.suppressed) {
        return true;
    }
    kk_str type;
    kk_xml_attr_get(tag, KK_NS_W, KK_W_fldCharType, &type);
    if (kk_str_is(type, "begin")) {
        flow->codes++;
        return kk_vec_push(&flow->fields,
                           (kk_flow_field){.code = true, .para = (uint32_t)flow->paras.n});
    }
    if (kk_str_is(type, "separate")) {
        if (flow->fields.n > 0 && flow->fields.items[flow->fields.n - 1].code) {
            flow->codes--;
            show_result(flow);
        }
    } else if (kk_str_is(type, "end")) {
        kk_field_close(in);
    }
    return true;
}

bool kk_field_simple_open(kk_reader *in, const kk_xml_tag *tag)
{
    kk_flow *flow = in->flow;
    kk_flow_field field = {.para = (uint32_t)flow->paras.n};
    kk_str instr;
    kk_xml_attr_get(tag, KK_NS_W, KK_W_instr, &instr);
    add_instruction(&field, instr);
    if (!kk_vec_push(&flow->fields, field)) {
        return false;
    }
    show_result(flow);
    return true;
}

bool kk_comment_range(kk_reader *in, const kk_xml_tag *tag)
{
    kk_flow *flow = in->flow;
    if (kk_reader_top(in)->in.suppressed) {
        return true;
    }
    kk_str id;
    kk_xml_attr_get(tag, KK_NS_W, KK_W_id, &id);
    if (tag->word == KK_W_commentRangeStart) {
        if (flow->comments.n >= MAX_COMMENTS_OPEN) {
            return true;
        }
        id = kk_arena_str(in->doc->arena, id);
        return id.ptr != NULL &&
               kk_vec_push(&flow->comments, (kk_flow_comment){id, kk_flow_at(flow)});
    }
    for (size_t i = flow->comments.n; i-- > 0;) {
        const kk_flow_comment comment = flow->comments.items[i];
        if (!kk_str_equal(comment.id, id)) {
            continue;
        }
        flow->comments.items[i] = flow->comments.items[--flow->comments.n];
        uint32_t end = kk_flow_at(flow);
        end -= end > comment.begin && flow->text.ptr[end - 1] == '\n' ? 1 : 0;
        return kk_vec_push(&flow->spans, (kk_span){.begin = comment.begin,
                                                   .end = end,
                                                   .kind = KK_SPAN_COMMENTED,
                                                   .text = comment.id});
    }
    return true;
}
