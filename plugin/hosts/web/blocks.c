/* BLOCKS as JSON, so that the page can show a clause and make a form of its fields. Must not know
 * where the clause goes. */
#include "wasm.h"

#include <stdlib.h>
#include <string.h>

static struct {
    char *ptr;
    size_t len, cap;
    bool failed;
} json;

kk_str web_blocks_view(void)
{
    return (kk_str){json.ptr, json.len};
}

static void put(const char *bytes, size_t n)
{
    if (json.failed || n > json.cap - json.len) {
        const size_t cap = (json.cap + n) * 2 + 256;
        char *grown = json.failed ? NULL : realloc(json.ptr, cap);
        if (grown == NULL) {
            json.failed = true;
            return;
        }
        json.ptr = grown;
        json.cap = cap;
    }
    memcpy(json.ptr + json.len, bytes, n);
    json.len += n;
}

static void puts_raw(const char *s)
{
    put(s, strlen(s));
}

static void put_string(kk_str s)
{
    static const char hex[] = "0123456789abcdef";
    puts_raw("\"");
    for (size_t i = 0; i < s.len; i++) {
        const unsigned char c = (unsigned char)s.ptr[i];
        if (c == '"' || c == '\\') {
            puts_raw("\\");
        }
        if (c < 0x20) {
            const char escape[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
            put(escape, sizeof escape);
        } else {
            put(&s.ptr[i], 1);
        }
    }
    puts_raw("\"");
}

static void put_inlines(const kk_inline *inlines, uint32_t n)
{
    static const char *const kinds[] = {"text", "bold", "field"};
    puts_raw("\"inlines\":[");
    for (uint32_t i = 0; i < n; i++) {
        const kk_inline *in = &inlines[i];
        puts_raw(i > 0 ? ",{\"kind\":\"" : "{\"kind\":\"");
        puts_raw(in->kind <= KK_INLINE_FIELD ? kinds[in->kind] : kinds[0]);
        puts_raw("\",\"text\":");
        put_string(in->text);
        if (in->kind == KK_INLINE_FIELD) {
            puts_raw(",\"name\":");
            put_string(in->name);
            puts_raw(",\"unit\":");
            put_string(in->unit);
            puts_raw(in->filled ? ",\"filled\":true" : ",\"filled\":false");
        }
        puts_raw("}");
    }
    puts_raw("]");
}

static void put_cells(const kk_block *block)
{
    static const char *const roles[] = {"none",      "number",     "requirement", "type",
                                        "criterion", "weight",     "priority",    "documentation",
                                        "answer",    "evaluation", "other"};
    puts_raw("\"cells\":[");
    for (uint32_t i = 0; i < block->n_cells; i++) {
        const kk_block_cell *c = &block->cells[i];
        puts_raw(i > 0 ? ",{\"role\":\"" : "{\"role\":\"");
        puts_raw(c->role <= KK_ROLE_OTHER ? roles[c->role] : roles[KK_ROLE_OTHER]);
        puts_raw("\",");
        put_inlines(c->inlines, c->n_inlines);
        puts_raw("}");
    }
    puts_raw("]");
}

static bool has_both(const kk_blocks *blocks)
{
    size_t rows = 0;
    for (uint32_t i = 0; i < blocks->n_blocks; i++) {
        rows += blocks->blocks[i].kind == KK_BLOCK_ROW ? 1 : 0;
    }
    return rows > 0 && rows < blocks->n_blocks;
}

int web_blocks_json(const kk_blocks *blocks, bool row)
{
    static const char *const kinds[] = {"heading", "paragraph", "item", "row"};
    bool first = true;
    json.len = 0;
    json.failed = false;
    puts_raw(blocks == NULL ? "null" : "[");
    for (uint32_t i = 0; blocks != NULL && i < blocks->n_blocks; i++) {
        const kk_block *b = &blocks->blocks[i];
        if (has_both(blocks) && (b->kind == KK_BLOCK_ROW) != row) {
            continue;
        }
        puts_raw(first ? "{\"kind\":\"" : ",{\"kind\":\"");
        first = false;
        puts_raw(b->kind <= KK_BLOCK_ROW ? kinds[b->kind] : kinds[1]);
        puts_raw("\",");
        if (b->kind == KK_BLOCK_ROW) {
            put_cells(b);
        } else {
            put_inlines(b->inlines, b->n_inlines);
        }
        puts_raw("}");
    }
    puts_raw(blocks == NULL ? "" : "]");
    return json.failed ? KK_E_NOMEM : KK_OK;
}
