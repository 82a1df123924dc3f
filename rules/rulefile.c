/* XML of rule files by libxml2 (its headers are allowed in this file alone): SAX2 events become a
 * small tree in an arena; RELAX NG is only for sources that ask for it. Knows nothing of what the
 * elements mean. */
#include "rulefile.h"

#include "error.h"
#include "str.h"
#include "vec.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/xmlerror.h>
#include <string.h>

enum { DEPTH_MAX = 48, NAME_MAX_BYTES = 64 };

#define RULES_NAMESPACE "urn:klimakrav:rules:1"

/* ---- tree ---------------------------------------------------------------------------------- */

typedef struct builder {
    kk_arena *arena;
    kk_str file;
    kk_xnode *root, *at; /* at = element that is open */
    kk_buf text;         /* characters since the last tag */
    uint32_t depth;
    xmlParserCtxtPtr parser;
    kk_status status;
    kk_error *err;
} builder;

static kk_str view(const xmlChar *z)
{
    return kk_str_from((const char *)z);
}

static kk_status fail_line(kk_error *err, kk_str file, uint32_t line, const char *message)
{
    const kk_status status = kk_fail_at(err, KK_E_RULE, "rule-file", file, 0, "%s", message);
    if (err != NULL && err->line == 0) {
        err->line = line;
    }
    return status;
}

static uint32_t line_of(const builder *b)
{
    return b->parser->input != NULL ? (uint32_t)b->parser->input->line : 0;
}

static void stop(builder *b, const char *message)
{
    if (b->status == KK_OK) {
        b->status = message == NULL ? kk_fail_nomem(b->err)
                                    : fail_line(b->err, b->file, line_of(b), message);
    }
    xmlStopParser(b->parser);
}

static kk_xnode *append(builder *b)
{
    kk_xnode *node = kk_arena_alloc(b->arena, sizeof *node);
    if (node == NULL) {
        stop(b, NULL);
        return NULL;
    }
    node->parent = b->at;
    node->line = line_of(b);
    if (b->at != NULL) {
        if (b->at->last == NULL) {
            b->at->first = node;
        } else {
            b->at->last->next = node;
        }
        b->at->last = node;
    }
    return node;
}

/* Turns the characters gathered so far into a text node. Blank ones count too: they separate inline
 * elements. */
static void flush_text(builder *b)
{
    if (b->text.failed != KK_OK) {
        stop(b, NULL);
        return;
    }
    kk_xnode *node = b->text.len > 0 && b->at != NULL ? append(b) : NULL;
    if (node != NULL) {
        node->text = kk_arena_str(b->arena, (kk_str){b->text.ptr, b->text.len});
        if (node->text.ptr == NULL) {
            stop(b, NULL);
        }
    }
    kk_buf_clear(&b->text);
}

/* libxml2 gives five pointers per attribute: name, prefix, namespace, value, end of value. */
static bool read_attributes(builder *b, kk_xnode *node, int n, const xmlChar **attributes)
{
    kk_xattr *list = n > 0 ? kk_arena_array(b->arena, (size_t)n, sizeof *list) : NULL;
    if (list == NULL) {
        return n == 0;
    }
    for (int i = 0; i < n; i++, attributes += 5) {
        const kk_str name = view(attributes[0]);
        const kk_str value = {(const char *)attributes[3], (size_t)(attributes[4] - attributes[3])};
        const bool is_xml = attributes[1] != NULL && kk_str_is(view(attributes[1]), "xml");
        list[i].name =
            is_xml ? kk_arena_printf(b->arena, "xml:%s", name.ptr) : kk_arena_str(b->arena, name);
        list[i].value = kk_arena_str(b->arena, value);
        if (list[i].name.ptr == NULL || list[i].value.ptr == NULL) {
            return false;
        }
    }
    node->attrs = list;
    node->n_attrs = (uint32_t)n;
    return true;
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int n_namespaces, const xmlChar **namespaces, int n_attributes,
                     int n_defaulted, const xmlChar **attributes)
{
    builder *b = context;
    (void)prefix;
    (void)n_namespaces;
    (void)namespaces;
    (void)n_defaulted;
    flush_text(b);
    if (b->status != KK_OK) {
        return; /* stopped just now: the parser's input, and so name and attributes, are gone */
    }
    if (uri == NULL || !kk_str_is(view(uri), RULES_NAMESPACE)) {
        stop(b, "element outside the namespace " RULES_NAMESPACE "; put xmlns=\"" RULES_NAMESPACE
                "\" on <bank>");
        return;
    }
    if (++b->depth > DEPTH_MAX || strlen((const char *)name) > NAME_MAX_BYTES) {
        stop(b, "elements are nested too deep; split the condition into patterns");
        return;
    }
    kk_xnode *node = append(b);
    if (node == NULL) {
        return;
    }
    node->name = kk_arena_str(b->arena, view(name));
    if (node->name.ptr == NULL || !read_attributes(b, node, n_attributes, attributes)) {
        stop(b, NULL);
        return;
    }
    if (b->root == NULL) {
        b->root = node;
    }
    b->at = node;
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    builder *b = context;
    (void)name;
    (void)prefix;
    (void)uri;
    flush_text(b);
    if (b->at != NULL) {
        b->at = b->at->parent;
        b->depth--;
    }
}

static void on_text(void *context, const xmlChar *text, int len)
{
    builder *b = context;
    kk_buf_add(&b->text, text, (size_t)len);
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *external,
                       const xmlChar *system)
{
    (void)name;
    (void)external;
    (void)system;
    stop(context, "a DOCTYPE is not allowed in rule files; remove it");
}

static void on_error(void *context, xmlErrorPtr error)
{
    builder *b = context;
    if (error->level < XML_ERR_ERROR || b->status != KK_OK) {
        return;
    }
    char message[300];
    const char *text = error->message != NULL ? error->message : "not well-formed";
    size_t n = strlen(text);
    n = n < sizeof message ? n : sizeof message - 1;
    memcpy(message, text, n);
    message[n] = '\0';
    while (n > 0 && (message[n - 1] == '\n' || message[n - 1] == ' ')) {
        message[--n] = '\0';
    }
    b->status = error->code == XML_ERR_NO_MEMORY
                    ? kk_fail_nomem(b->err)
                    : fail_line(b->err, b->file, (uint32_t)error->line, message);
}

static void fill_handler(xmlSAXHandler *sax)
{
    *sax = (xmlSAXHandler){0};
    sax->initialized = XML_SAX2_MAGIC;
    sax->startElementNs = on_start;
    sax->endElementNs = on_end;
    sax->characters = on_text;
    sax->ignorableWhitespace = on_text;
    sax->cdataBlock = on_text;
    sax->internalSubset = on_doctype;
    sax->serror = on_error;
}

kk_status kk_rulefile_parse(const kk_rule_source *source, kk_arena *arena, kk_xnode **root,
                            kk_error *err)
{
    *root = NULL;
    builder b = {.arena = arena, .file = source->name, .err = err};
    xmlSAXHandler sax;
    fill_handler(&sax);
    if (source->xml.len > INT32_MAX) {
        return kk_fail_at(err, KK_E_LIMIT, "rule-file", source->name, 0, "rule file over 2 GiB");
    }
    /* The first bytes go in with the context so that libxml2 sees a byte-order mark. */
    const int head = source->xml.len < 4 ? (int)source->xml.len : 4;
    b.parser = xmlCreatePushParserCtxt(&sax, &b, source->xml.ptr, head, NULL);
    if (b.parser == NULL) {
        return kk_fail_nomem(err);
    }
    xmlCtxtUseOptions(b.parser, XML_PARSE_NONET);
    xmlParseChunk(b.parser, source->xml.ptr + head, (int)source->xml.len - head, 1);
    if (b.status == KK_OK && !b.parser->wellFormed) {
        b.status = fail_line(err, source->name, line_of(&b), "not well-formed XML");
    }
    if (b.status == KK_OK && (b.root == NULL || !kk_str_is(b.root->name, "bank"))) {
        b.status = fail_line(err, source->name, 1, "the outermost element must be <bank>");
    }
    xmlFreeParserCtxt(b.parser);
    kk_buf_dispose(&b.text);
    *root = b.status == KK_OK ? b.root : NULL;
    return b.status;
}

/* ---- reading the tree ---------------------------------------------------------------------- */

kk_str kk_xnode_attr(const kk_xnode *node, const char *name)
{
    for (uint32_t i = 0; i < node->n_attrs; i++) {
        if (kk_str_is(node->attrs[i].name, name)) {
            return node->attrs[i].value;
        }
    }
    return (kk_str){NULL, 0};
}

const kk_xnode *kk_xnode_element(const kk_xnode *parent, const kk_xnode *at)
{
    at = at == NULL ? parent->first : at->next;
    while (at != NULL && at->name.len == 0) {
        at = at->next;
    }
    return at;
}

/* Next node in document order below top, or NULL. */
static const kk_xnode *following(const kk_xnode *node, const kk_xnode *top)
{
    if (node->first != NULL) {
        return node->first;
    }
    while (node != top && node->next == NULL) {
        node = node->parent;
    }
    return node == top ? NULL : node->next;
}

kk_str kk_xnode_text(const kk_xnode *node, kk_arena *arena)
{
    size_t bytes = 0;
    for (const kk_xnode *at = node; at != NULL; at = following(at, node)) {
        bytes += at->text.len;
    }
    char *out = kk_arena_alloc(arena, bytes + 1);
    if (out == NULL) {
        return (kk_str){NULL, 0};
    }
    size_t n = 0;
    bool blank = true;
    for (const kk_xnode *at = node; at != NULL; at = following(at, node)) {
        for (size_t i = 0; i < at->text.len; i++) {
            const char c = at->text.ptr[i];
            const bool space = c == ' ' || (c >= '\t' && c <= '\r');
            if (!space || !blank) {
                out[n++] = (char)(space ? ' ' : c);
            }
            blank = space;
        }
    }
    n -= n > 0 && blank ? 1 : 0;
    out[n] = '\0';
    return (kk_str){out, n};
}

/* ---- schema -------------------------------------------------------------------------------- */

struct kk_schema {
    xmlRelaxNGPtr rng;
};

typedef struct complaint {
    char message[300];
    uint32_t line;
    bool vague;
} complaint;

/* libxml2 reports from the inside out: the first complaint is the most exact one, except that
 * "failed to validate" says less than what follows it. */
static void keep_complaint(void *context, xmlErrorPtr error)
{
    complaint *kept = context;
    const char *text = error->message != NULL ? error->message : "";
    const bool vague = strstr(text, "failed to validate") != NULL;
    if (kept->message[0] != '\0' && (!kept->vague || vague)) {
        if (kept->line == 0) {
            kept->line = (uint32_t)error->line;
        }
        return;
    }
    size_t n = strlen(text);
    n = n < sizeof kept->message ? n : sizeof kept->message - 1;
    memcpy(kept->message, text, n);
    kept->message[n] = '\0';
    while (n > 0 && (kept->message[n - 1] == '\n' || kept->message[n - 1] == ' ')) {
        kept->message[--n] = '\0';
    }
    kept->line = error->line > 0 ? (uint32_t)error->line : kept->line;
    kept->vague = vague;
}

kk_status kk_schema_new(kk_schema **out, kk_str rng, kk_error *err)
{
    *out = NULL;
    complaint kept = {.line = 0};
    kk_schema *schema = kk_malloc(sizeof *schema);
    xmlRelaxNGParserCtxtPtr parser =
        rng.len > INT32_MAX ? NULL : xmlRelaxNGNewMemParserCtxt(rng.ptr, (int)rng.len);
    if (schema == NULL || parser == NULL) {
        kk_release(schema);
        xmlRelaxNGFreeParserCtxt(parser);
        return kk_fail_nomem(err);
    }
    xmlRelaxNGSetParserStructuredErrors(parser, keep_complaint, &kept);
    schema->rng = xmlRelaxNGParse(parser);
    xmlRelaxNGFreeParserCtxt(parser);
    if (schema->rng == NULL) {
        kk_release(schema);
        return kk_fail(err, KK_E_RULE, "schema", "the rule schema cannot be used: %s",
                       kept.message);
    }
    *out = schema;
    return KK_OK;
}

void kk_schema_free(kk_schema *schema)
{
    if (schema != NULL) {
        xmlRelaxNGFree(schema->rng);
        kk_release(schema);
    }
}

kk_status kk_schema_check(const kk_schema *schema, const kk_rule_source *source, kk_error *err)
{
    complaint kept = {.line = 0};
    xmlDocPtr doc = xmlReadMemory(source->xml.ptr, (int)source->xml.len, NULL, NULL,
                                  XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlRelaxNGValidCtxtPtr valid = xmlRelaxNGNewValidCtxt(schema->rng);
    if (doc == NULL || valid == NULL) {
        xmlFreeDoc(doc);
        xmlRelaxNGFreeValidCtxt(valid);
        return kk_fail_nomem(err);
    }
    xmlRelaxNGSetValidStructuredErrors(valid, keep_complaint, &kept);
    const int result = xmlRelaxNGValidateDoc(valid, doc);
    xmlRelaxNGFreeValidCtxt(valid);
    xmlFreeDoc(doc);
    if (result == 0) {
        return KK_OK;
    }
    char message[400] = "";
    kk_buf line;
    kk_buf_init(&line, sizeof message - 1);
    kk_buf_printf(&line, "%s; compare with the schema klimakrav.rng",
                  kept.message[0] != '\0' ? kept.message : "does not fit the schema");
    if (line.failed == KK_OK && line.ptr != NULL) {
        memcpy(message, line.ptr, line.len + 1);
    }
    kk_buf_dispose(&line);
    return fail_line(err, source->name, kept.line, message);
}
