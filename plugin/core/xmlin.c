/* SAX2 events of libxml2 become a small tree in an arena. The only file of core that sees libxml2;
 * must not know what any element means. */
#include "xmlin.h"

#include "thread.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <stdio.h>
#include <string.h>

enum { DEPTH_MAX = 64, NODES_MAX = 400000, BYTES_MAX = 32 << 20, CHUNK = 1 << 16 };

typedef struct builder {
    kk_arena *arena;
    kk_str file;
    kk_xml_node *root, *at; /* at = element that is open */
    kk_buf text[DEPTH_MAX]; /* characters of every open element */
    uint32_t depth, n_nodes;
    xmlParserCtxtPtr parser;
    kk_status status;
    kk_error *err;
} builder;

static kk_once_flag once;

static void init_library(void)
{
    xmlInitParser();
}

static kk_str view(const xmlChar *z)
{
    return z == NULL ? KK_STR("") : kk_str_from((const char *)z);
}

static uint32_t line_of(const builder *b)
{
    return b->parser->input != NULL ? (uint32_t)b->parser->input->line : 0;
}

static void stop(builder *b, kk_status status, const char *reason, const char *message)
{
    if (b->status == KK_OK) {
        b->status = status == KK_E_NOMEM
                        ? kk_fail_nomem(b->err)
                        : kk_fail_at(b->err, status, reason, b->file, 0, "%s", message);
        if (b->err != NULL && b->err->line == 0) {
            b->err->line = line_of(b);
        }
    }
    xmlStopParser(b->parser);
}

/* libxml2 gives five pointers per attribute: name, prefix, namespace, value, end of value. */
static bool read_attributes(builder *b, kk_xml_node *node, int n, const xmlChar **attributes)
{
    bool failed = false;
    kk_xml_attr *list = kk_arena_array(b->arena, (size_t)n + 1, sizeof *list);
    if (list == NULL) {
        return false;
    }
    for (int i = 0; i < n; i++, attributes += 5) {
        const kk_str value = {(const char *)attributes[3], (size_t)(attributes[4] - attributes[3])};
        const bool is_xml = kk_str_is(view(attributes[1]), "xml");
        list[i].name = is_xml ? kk_arena_printf(b->arena, "xml:%s", (const char *)attributes[0])
                              : kk_keep(b->arena, view(attributes[0]), &failed);
        list[i].value = kk_keep(b->arena, value, &failed);
        failed = failed || list[i].name.ptr == NULL;
    }
    node->attrs = list;
    node->n_attrs = (size_t)n;
    return !failed;
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int n_namespaces, const xmlChar **namespaces, int n_attributes,
                     int n_defaulted, const xmlChar **attributes)
{
    builder *b = context;
    bool failed = false;
    (void)prefix;
    (void)n_namespaces;
    (void)namespaces;
    (void)n_defaulted;
    if (b->status != KK_OK) {
        return;
    }
    if (b->depth == DEPTH_MAX || b->n_nodes == NODES_MAX) {
        stop(b, KK_E_LIMIT, "limit", "too many elements, or too deep; this is no ordinary file");
        return;
    }
    kk_xml_node *node = kk_arena_alloc(b->arena, sizeof *node);
    if (node == NULL || !read_attributes(b, node, n_attributes, attributes)) {
        stop(b, KK_E_NOMEM, "", "");
        return;
    }
    node->name = kk_keep(b->arena, view(name), &failed);
    node->space = kk_keep(b->arena, view(uri), &failed);
    node->parent = b->at;
    node->line = line_of(b);
    if (failed) {
        stop(b, KK_E_NOMEM, "", "");
        return;
    }
    if (b->at == NULL) {
        b->root = node;
    } else if (b->at->last == NULL) {
        b->at->first = b->at->last = node;
    } else {
        b->at->last->next = node;
        b->at->last = node;
    }
    b->at = node;
    b->n_nodes++;
    kk_buf_clear(&b->text[b->depth++]);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    builder *b = context;
    bool failed = false;
    (void)name;
    (void)prefix;
    (void)uri;
    if (b->status != KK_OK || b->at == NULL) {
        return;
    }
    const kk_buf *text = &b->text[--b->depth];
    b->at->text = kk_keep(b->arena, kk_str_trim(kk_buf_view(text)), &failed);
    if (failed || text->failed != KK_OK) {
        stop(b, KK_E_NOMEM, "", "");
        return;
    }
    b->at = b->at->parent;
}

static void on_text(void *context, const xmlChar *characters, int n)
{
    builder *b = context;
    if (b->status == KK_OK && b->depth > 0) {
        kk_buf_str(&b->text[b->depth - 1], (kk_str){(const char *)characters, (size_t)n});
    }
}

static void on_dtd(void *context, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
    (void)name;
    (void)id;
    (void)system;
    stop(context, KK_E_FORMAT, "dtd", "has a DOCTYPE, which is refused; remove it");
}

static void on_reference(void *context, const xmlChar *name)
{
    (void)name;
    stop(context, KK_E_FORMAT, "dtd",
         "uses an entity that XML does not define; write its character");
}

static void on_error(void *context, xmlErrorPtr error)
{
    builder *b = context;
    char message[280];
    size_t n = 0;
    if (error == NULL || error->level < XML_ERR_ERROR || error->message == NULL) {
        return;
    }
    while (n < 200 && error->message[n] != '\0' && error->message[n] != '\n') {
        message[n] = error->message[n];
        n++;
    }
    (void)snprintf(message + n, sizeof message - n, " (line %u); mend the file or export it anew",
                   (unsigned)line_of(b));
    stop(b, error->code == XML_ERR_NO_MEMORY ? KK_E_NOMEM : KK_E_FORMAT, "xml", message);
}

static void feed(builder *b, kk_str bytes)
{
    for (size_t at = 0; at < bytes.len && b->status == KK_OK; at += CHUNK) {
        const size_t n = bytes.len - at < CHUNK ? bytes.len - at : CHUNK;
        (void)xmlParseChunk(b->parser, bytes.ptr + at, (int)n, 0);
    }
    if (b->status == KK_OK) {
        (void)xmlParseChunk(b->parser, NULL, 0, 1);
    }
}

kk_status kk_xml_in(kk_str bytes, kk_str name, kk_arena *arena, kk_xml_node **root, kk_error *err)
{
    builder b = {.arena = arena, .file = name, .err = err};
    xmlSAXHandler sax;
    *root = NULL;
    if (bytes.len > BYTES_MAX) {
        return kk_fail_at(err, KK_E_LIMIT, "limit", name, 0, "is larger than %d MiB",
                          BYTES_MAX >> 20);
    }
    memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.characters = on_text;
    sax.cdataBlock = on_text;
    sax.ignorableWhitespace = on_text;
    sax.internalSubset = on_dtd;
    sax.reference = on_reference;
    sax.serror = on_error;
    kk_once(&once, init_library);
    /* The first bytes go in with the context so that libxml2 sees a byte-order mark. */
    const size_t head = bytes.len < 4 ? bytes.len : 4;
    b.parser = xmlCreatePushParserCtxt(&sax, &b, bytes.ptr, (int)head, NULL);
    if (b.parser == NULL) {
        return kk_fail_nomem(err);
    }
    xmlCtxtUseOptions(b.parser, XML_PARSE_NONET);
    for (size_t i = 0; i < DEPTH_MAX; i++) {
        kk_buf_init(&b.text[i], BYTES_MAX);
    }
    feed(&b, kk_str_slice(bytes, head, bytes.len));
    for (size_t i = 0; i < DEPTH_MAX; i++) {
        kk_buf_dispose(&b.text[i]);
    }
    xmlFreeParserCtxt(b.parser);
    if (b.status == KK_OK && (b.root == NULL || b.at != NULL)) {
        return kk_fail_at(err, KK_E_FORMAT, "xml", name, 0,
                          "is no complete XML document; export it anew");
    }
    *root = b.status == KK_OK ? b.root : NULL;
    return b.status;
}

/* ---- asking -------------------------------------------------------------------------------- */

kk_str kk_xml_attr_of(const kk_xml_node *node, const char *name)
{
    for (size_t i = 0; node != NULL && i < node->n_attrs; i++) {
        if (kk_str_is(node->attrs[i].name, name)) {
            return node->attrs[i].value;
        }
    }
    return (kk_str){NULL, 0};
}

const kk_xml_node *kk_xml_child(const kk_xml_node *node, const char *name, const kk_xml_node *at)
{
    const kk_xml_node *next = at != NULL ? at->next : node != NULL ? node->first : NULL;
    while (next != NULL && name != NULL && !kk_str_is(next->name, name)) {
        next = next->next;
    }
    return next;
}

const kk_xml_node *kk_xml_at(const kk_xml_node *node, const char *path)
{
    while (node != NULL && *path != '\0') {
        const char *end = strchr(path, '/');
        const kk_str step = {path, end != NULL ? (size_t)(end - path) : strlen(path)};
        const kk_xml_node *child = node->first;
        while (child != NULL && !kk_str_equal(child->name, step)) {
            child = child->next;
        }
        node = child;
        path += step.len + (end != NULL ? 1 : 0);
    }
    return node;
}

kk_str kk_xml_text_at(const kk_xml_node *node, const char *path)
{
    const kk_xml_node *at = kk_xml_at(node, path);
    return at != NULL ? at->text : KK_STR("");
}

/* ---- checking against a schema ------------------------------------------------------------- */

enum { MESSAGE_ROOM = 300 };

typedef struct complaint {
    char message[MESSAGE_ROOM];
    uint32_t line;
    bool vague, doctype, nomem;
} complaint;

/* What a check carries along. */
typedef struct checker {
    kk_str file, schema;
    const char *reason, *hint;
    kk_error *err;
} checker;

static kk_status fail_line(const checker *c, uint32_t line, const char *message, const char *hint)
{
    const kk_status status = kk_fail_at(c->err, KK_E_RULE, c->reason, c->file, 0, "%s%s%s", message,
                                        hint == NULL ? "" : "; ", hint == NULL ? "" : hint);
    if (c->err != NULL && c->err->line == 0) {
        c->err->line = line;
    }
    return status;
}

static void keep_message(complaint *kept, const char *text)
{
    size_t n = strlen(text);
    n = n < sizeof kept->message ? n : sizeof kept->message - 1;
    memcpy(kept->message, text, n);
    kept->message[n] = '\0';
    while (n > 0 && (kept->message[n - 1] == '\n' || kept->message[n - 1] == ' ')) {
        kept->message[--n] = '\0';
    }
}

/* The first error of the parser is the one that counts. */
static void keep_first(void *context, xmlErrorPtr error)
{
    xmlParserCtxtPtr parser = context;
    complaint *kept = parser->_private;
    if (error->level < XML_ERR_ERROR || kept->message[0] != '\0') {
        return;
    }
    kept->nomem = error->code == XML_ERR_NO_MEMORY;
    kept->line = error->line > 0 ? (uint32_t)error->line : 0;
    keep_message(kept, error->message != NULL ? error->message : "not well-formed");
}

static void on_checked_doctype(void *context, const xmlChar *name, const xmlChar *external,
                               const xmlChar *system)
{
    xmlParserCtxtPtr parser = context;
    complaint *kept = parser->_private;
    (void)name;
    (void)external;
    (void)system;
    kept->doctype = true;
    kept->line = parser->input != NULL ? (uint32_t)parser->input->line : 0;
    xmlStopParser(parser);
}

static kk_status parse_whole(const checker *c, kk_str bytes, xmlDocPtr *out)
{
    complaint kept = {.line = 0};
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    *out = NULL;
    if (parser == NULL) {
        return kk_fail_nomem(c->err);
    }
    parser->_private = &kept;
    parser->sax->internalSubset = on_checked_doctype;
    parser->sax->serror = (xmlStructuredErrorFunc)keep_first;
    *out = xmlCtxtReadMemory(parser, bytes.ptr, (int)bytes.len, NULL, NULL, XML_PARSE_NONET);
    xmlFreeParserCtxt(parser);
    if (kept.doctype) {
        xmlFreeDoc(*out);
        *out = NULL;
        return fail_line(c, kept.line, "a DOCTYPE is not allowed; remove it", NULL);
    }
    if (*out == NULL) {
        return kept.nomem ? kk_fail_nomem(c->err)
                          : fail_line(c, kept.line,
                                      kept.message[0] != '\0' ? kept.message : "not XML", NULL);
    }
    return KK_OK;
}

/* libxml2 reports from the inside out: the first complaint is the most exact one, except that
 * "failed to validate" says less than what follows it. */
static void keep_exact(void *context, xmlErrorPtr error)
{
    complaint *kept = context;
    const char *text = error->message != NULL ? error->message : "";
    const bool vague = strstr(text, "failed to validate") != NULL;
    if (kept->message[0] != '\0' && (!kept->vague || vague)) {
        return;
    }
    const xmlNode *node = error->node;
    if (node != NULL && node->type == XML_ATTRIBUTE_NODE) {
        node = node->parent;
    }
    const long line = error->line > 0 ? error->line : node != NULL ? xmlGetLineNo(node) : 0;
    keep_message(kept, text);
    kept->line = line > 0 ? (uint32_t)line : kept->line;
    kept->vague = vague;
}

static kk_status validate(const checker *c, xmlDocPtr doc)
{
    const kk_str rng = c->schema;
    complaint kept = {.line = 0};
    xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewMemParserCtxt(rng.ptr, (int)rng.len);
    if (parser == NULL) {
        return kk_fail_nomem(c->err);
    }
    xmlRelaxNGSetParserStructuredErrors(parser, keep_exact, &kept);
    xmlRelaxNGPtr schema = xmlRelaxNGParse(parser);
    xmlRelaxNGFreeParserCtxt(parser);
    if (schema == NULL) {
        return kk_fail(c->err, KK_E_RULE, "schema", "the schema cannot be used: %s", kept.message);
    }
    xmlRelaxNGValidCtxtPtr valid = xmlRelaxNGNewValidCtxt(schema);
    int result = -1;
    if (valid != NULL) {
        xmlRelaxNGSetValidStructuredErrors(valid, keep_exact, &kept);
        result = xmlRelaxNGValidateDoc(valid, doc);
        xmlRelaxNGFreeValidCtxt(valid);
    }
    xmlRelaxNGFree(schema);
    if (result == 0) {
        return KK_OK;
    }
    return result < 0
               ? kk_fail_nomem(c->err)
               : fail_line(c, kept.line,
                           kept.message[0] != '\0' ? kept.message : "does not fit the schema",
                           c->hint);
}

kk_status kk_xml_validate(kk_str bytes, const kk_xml_schema_use *options, kk_error *err)
{
    const checker c = {options->file, options->schema, options->reason, options->hint, err};
    xmlDocPtr doc = NULL;
    kk_once(&once, init_library);
    if (bytes.len > BYTES_MAX) {
        return fail_line(&c, 0, "larger than 32 MiB; this is no ordinary file", NULL);
    }
    KK_TRY(parse_whole(&c, bytes.ptr == NULL ? KK_STR("") : bytes, &doc));
    const kk_status status = validate(&c, doc);
    xmlFreeDoc(doc);
    return status;
}
