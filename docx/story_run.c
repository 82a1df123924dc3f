/* Runs: how their letters look, what of their text is shown, and in which form. */
#include "story_reader.h"
#include "str.h"
#include "utf8.h"

#include <string.h>

enum { CLUSTER_MARKS = 8 };

/* ---- properties ---------------------------------------------------------------------------- */

bool kk_run_open(kk_reader *in, const kk_xml_tag *tag)
{
    kk_flow *flow = in->flow;
    if (!flow->para.open || kk_reader_top(in)->in.suppressed) {
        return true;
    }
    kk_reader_top(in)->chosen = true; /* kk_run_close knows that there is one to close */
    return kk_vec_push(&flow->runs, (kk_flow_run){.raw = tag->begin});
}

void kk_run_close(kk_reader *in)
{
    if (kk_reader_top(in)->chosen && in->flow->runs.n > 0) {
        in->flow->runs.n--;
    }
}

void kk_run_property(kk_reader *in, const kk_xml_tag *tag)
{
    kk_flow *flow = in->flow;
    if (tag->ns != KK_NS_W || flow->runs.n == 0 || kk_reader_top(in)->in.suppressed) {
        return;
    }
    kk_flow_run *run = &flow->runs.items[flow->runs.n - 1];
    kk_str value;
    if (tag->word == KK_W_rStyle && kk_xml_val(tag, &value)) {
        run->style = kk_style_by_id(&in->doc->styles, KK_STYLE_CHARACTER, value);
    } else if (tag->word == KK_W_rPrChange || tag->word == KK_W_ins || tag->word == KK_W_del) {
        kk_reader_pending(in);
    } else {
        kk_look_property(&run->direct, tag);
    }
}

static void resolve(kk_reader *in, kk_flow_run *run)
{
    if (run->resolved) {
        return;
    }
    run->look = kk_look_resolve(&in->doc->styles, in->flow->para.style, run->style, run->direct);
    const bool link = run->style != NULL && (kk_str_is(run->style->canonical, "hyperlink") ||
                                             kk_str_is(run->style->canonical, "followedhyperlink"));
    if (link || kk_reader_top(in)->in.link) {
        run->look.on &= ~(uint32_t)KK_LOOK_COLOUR;
    }
    run->resolved = true;
}

/* ---- marking what was appended ------------------------------------------------------------- */

static uint32_t count_letters(kk_str text)
{
    uint32_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char c = (unsigned char)text.ptr[i];
        n += c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20u) >= 'a' && (c | 0x20u) <= 'z');
    }
    return n;
}

/* Spans that come from the look of the run. */
static bool mark_look(kk_flow *flow, uint32_t on, uint32_t begin)
{
    static const struct {
        uint32_t bit;
        kk_span_kind kind;
    } kinds[] = {{KK_LOOK_HIDDEN, KK_SPAN_HIDDEN},
                 {KK_LOOK_HIGHLIGHT, KK_SPAN_HIGHLIGHT},
                 {KK_LOOK_COLOUR, KK_SPAN_COLOUR},
                 {KK_LOOK_ITALIC, KK_SPAN_ITALIC},
                 {KK_LOOK_BOLD, KK_SPAN_BOLD}};
    const kk_str none = {NULL, 0};
    for (size_t i = 0; on != 0 && i < sizeof kinds / sizeof *kinds; i++) {
        if ((on & kinds[i].bit) != 0 && !kk_flow_mark(flow, kinds[i].kind, begin, none, none)) {
            return false;
        }
    }
    return true;
}

/* Text from begin to here is new: spans and counts of the paragraph. */
static bool mark_new(kk_reader *in, uint32_t begin)
{
    kk_flow *flow = in->flow;
    kk_flow_run *run = &flow->runs.items[flow->runs.n - 1];
    const kk_context *context = &kk_reader_top(in)->in;
    const kk_str none = {NULL, 0};
    resolve(in, run);
    const kk_str text = {flow->text.ptr + begin, kk_flow_at(flow) - begin};
    const uint32_t letters = count_letters(text);
    const uint32_t on = run->look.on;
    kk_flow_para *para = &flow->para;
    para->letters += letters;
    para->bold += (on & KK_LOOK_BOLD) != 0 ? letters : 0;
    para->hidden += (on & KK_LOOK_HIDDEN) != 0 ? letters : 0;
    para->guidance += (on & ~(uint32_t)KK_LOOK_BOLD) != 0 ? letters : 0;
    para->lang[run->look.lang] += (uint32_t)text.len;
    return mark_look(flow, on, begin) &&
           (!context->inserted ||
            kk_flow_mark(flow, KK_SPAN_INSERTED, begin, none, context->author)) &&
           (!context->placeholder || kk_flow_mark(flow, KK_SPAN_PLACEHOLDER, begin, none, none)) &&
           (flow->fields.n == 0 || kk_flow_mark(flow, KK_SPAN_FIELD, begin, none, none)) &&
           (context->fillin.len == 0 ||
            kk_flow_mark(flow, KK_SPAN_FILLIN, begin, context->fillin, none));
}

/* ---- characters ---------------------------------------------------------------------------- */

typedef struct mapped {
    size_t from;    /* bytes replaced, 0: stands as it is */
    const char *to; /* may be empty */
} mapped;

/* U+2000 .. U+203F by their last byte: spaces and separators, zero width and direction marks, the
 * hyphen that does not break. */
static const char *map_punctuation(unsigned char c)
{
    if (c <= 0x8a || c == 0xa8 || c == 0xa9 || c == 0xaf) {
        return " ";
    }
    if (c <= 0x8f || (c >= 0xaa && c <= 0xae)) {
        return "";
    }
    return c == 0x91 ? "-" : NULL;
}

static mapped map_e2(const unsigned char *p)
{
    static const struct {
        unsigned char b, c;
        const char *to;
    } others[] = {{0x81, 0x9f, " "},         /* U+205F */
                  {0x81, 0xa0, ""},          /* word joiner */
                  {0x84, 0xaa, "k"},         /* Kelvin */
                  {0x84, 0xab, "\xc3\x85"}}; /* Angstrom */
    const char *to = p[1] == 0x80 ? map_punctuation(p[2]) : NULL;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        to = p[1] == others[i].b && p[2] == others[i].c ? others[i].to : to;
    }
    return to == NULL ? (mapped){0, NULL} : (mapped){3, to};
}

/* What the character at p (valid UTF-8) becomes in TEXT. */
static mapped map_char(const unsigned char *p)
{
    switch (p[0]) {
    case '\n':
    case '\r':
    case '\t':
        return (mapped){1, " "};
    case 0xc2:
        return p[1] == 0xa0 ? (mapped){2, " "} : p[1] == 0xad ? (mapped){2, ""} : (mapped){0, NULL};
    case 0xc5:
        return p[1] == 0xbf ? (mapped){2, "s"} : (mapped){0, NULL};
    case 0xe2:
        return map_e2(p);
    case 0xe3:
        return p[1] == 0x80 && p[2] == 0x80 ? (mapped){3, " "} : (mapped){0, NULL};
    case 0xef:
        return p[1] == 0xbb && p[2] == 0xbf ? (mapped){3, ""} : (mapped){0, NULL};
    default:
        return (mapped){0, NULL};
    }
}

/* Combining mark U+0300 .. U+036F. */
static bool is_mark(const unsigned char *p)
{
    return p[0] == 0xcc || (p[0] == 0xcd && p[1] <= 0xaf);
}

static size_t char_len(unsigned char lead)
{
    return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* Literal character data on its way into TEXT. Bytes before `done` are in TEXT already. */
typedef struct literal {
    kk_reader *in;
    const unsigned char *raw;
    uint32_t done, at, end;
    uint32_t run;
} literal;

static bool put_until(literal *text, uint32_t until)
{
    if (until <= text->done) {
        return true;
    }
    const kk_str view = {(const char *)text->raw + text->done, until - text->done};
    const bool ok = kk_flow_append(text->in->flow, KK_SEG_LITERAL, view, text->done, 0, text->run);
    text->done = until;
    return ok;
}

static bool put_instead(literal *text, uint32_t from, uint32_t until, kk_str to)
{
    const bool ok =
        put_until(text, from) && (to.len == 0 || kk_flow_append(text->in->flow, KK_SEG_ENTITY, to,
                                                                from, until - from, text->run));
    text->done = text->at = until;
    return ok;
}

/* A letter and the combining marks after it as one composed letter, where there is one. */
static bool compose(literal *text)
{
    uint32_t base = text->at;
    while (base > text->done && (text->raw[base - 1] & 0xc0) == 0x80) {
        base--;
    }
    base -= base > text->done ? 1 : 0;
    uint32_t end = text->at;
    for (int n = 0; n < CLUSTER_MARKS && end < text->end && is_mark(text->raw + end); n++) {
        end += 2;
    }
    if (base == text->at || text->raw[base] <= ' ') {
        text->at = end;
        return true;
    }
    const kk_str cluster = {(const char *)text->raw + base, end - base};
    kk_arena_reset(text->in->scratch);
    const kk_str composed = kk_utf8_normalise(text->in->scratch, cluster);
    if (composed.ptr == NULL) {
        return false;
    }
    if (kk_str_equal(composed, cluster)) {
        text->at = end;
        return true;
    }
    return put_instead(text, base, end, composed);
}

static bool put_literal(kk_reader *in, uint32_t begin, uint32_t end, uint32_t run)
{
    literal text = {.in = in,
                    .raw = (const unsigned char *)in->part->raw.ptr,
                    .done = begin,
                    .at = begin,
                    .end = end,
                    .run = run};
    while (text.at < end) {
        const unsigned char *p = text.raw + text.at;
        if (*p >= ' ' && *p < 0x80) {
            text.at++;
            continue;
        }
        if (*p >= 0x80 && is_mark(p)) {
            if (!compose(&text)) {
                return false;
            }
            continue;
        }
        const mapped map = map_char(p);
        if (map.from == 0) {
            text.at += (uint32_t)char_len(*p);
        } else if (!put_instead(&text, text.at, text.at + (uint32_t)map.from,
                                kk_str_from(map.to))) {
            return false;
        }
    }
    return put_until(&text, end);
}

static bool put_reference(kk_reader *in, const kk_xml_piece *piece, uint32_t run)
{
    char padded[8] = {0}; /* map_char may look two bytes on */
    memcpy(padded, piece->text.ptr, piece->text.len);
    const mapped map = map_char((const unsigned char *)padded);
    const kk_str text = map.from == 0 ? piece->text : kk_str_from(map.to);
    return text.len == 0 || kk_flow_append(in->flow, KK_SEG_ENTITY, text, piece->begin,
                                           piece->end - piece->begin, run);
}

/* ---- text ---------------------------------------------------------------------------------- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Text is shown in this place at all: in a run of an open paragraph, not in a field's code. */
static bool shows(const kk_flow *flow, const kk_context *context)
{
    return flow->para.open && flow->runs.n > 0 && flow->codes == 0 && !context->suppressed;
}

bool kk_run_text(kk_reader *in, uint32_t begin, uint32_t end)
{
    kk_flow *flow = in->flow;
    const kk_context *context = &kk_reader_top(in)->in;
    if (!shows(flow, context)) {
        return true;
    }
    const char *raw = in->part->raw.ptr;
    while (!context->preserve && begin < end && is_space(raw[begin])) {
        begin++;
    }
    while (!context->preserve && begin < end && is_space(raw[end - 1])) {
        end--;
    }
    if (!context->deleted && !kk_flow_flush_deleted(flow, in->doc->arena)) {
        return false;
    }
    const uint32_t from = kk_flow_at(flow);
    const uint32_t run = flow->runs.items[flow->runs.n - 1].raw;
    kk_xml_chars chars;
    kk_xml_piece piece;
    kk_xml_chars_init(&chars, raw, begin, end);
    while (kk_xml_chars_next(&chars, &piece)) {
        const bool ok = context->deleted
                            ? kk_flow_delete(flow, in->doc->arena, piece.text, context->author)
                        : piece.literal ? put_literal(in, piece.begin, piece.end, run)
                                        : put_reference(in, &piece, run);
        if (!ok) {
            return false;
        }
    }
    return context->deleted || from == kk_flow_at(flow) || mark_new(in, from);
}

bool kk_run_synthetic(kk_reader *in, const char *text, uint32_t raw)
{
    kk_flow *flow = in->flow;
    const kk_context *context = &kk_reader_top(in)->in;
    if (!shows(flow, context)) {
        return true;
    }
    if (context->deleted) {
        return kk_flow_delete(flow, in->doc->arena, kk_str_from(text), context->author);
    }
    const uint32_t from = kk_flow_at(flow);
    const uint32_t run = flow->runs.items[flow->runs.n - 1].raw;
    return kk_flow_flush_deleted(flow, in->doc->arena) &&
           kk_flow_append(flow, KK_SEG_SYNTHETIC, kk_str_from(text), raw, 0, run) &&
           mark_new(in, from);
}

/* Symbol fonts put their signs at F000 + code; the dots and ticks among them serve as bullets. */
bool kk_run_symbol(kk_reader *in, const kk_xml_tag *tag)
{
    static const unsigned char bullets[] = {0x6c, 0x6e, 0x6f, 0x71, 0x75, 0x76, 0x77, 0x9e, 0x9f,
                                            0xa0, 0xa7, 0xa8, 0xb7, 0xd8, 0xe0, 0xfc, 0xfe};
    kk_str value;
    kk_xml_attr_get(tag, KK_NS_W, KK_W_char, &value);
    uint32_t code = 0;
    for (size_t i = 0; i < value.len && i < 8; i++) {
        const char c = value.ptr[i];
        const uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                               : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                               : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                                      : 0;
        code = code * 16 + digit;
    }
    if (code >= 0xf000 && code <= 0xf0ff && memchr(bullets, (int)(code & 0xff), sizeof bullets)) {
        return kk_run_synthetic(in, "\xe2\x80\xa2", tag->begin);
    }
    return kk_run_synthetic(in, " ", tag->begin);
}
