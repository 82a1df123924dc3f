/* Push SAX2 over one part with the exact byte range of every tag. The only file that sees libxml2.
 * Must not know what the elements mean.
 *
 * How offsets are found: at a start-tag event libxml2 stands on the '>' or '/>' of that tag, at an
 * end-tag event just past it. Since a raw '<' cannot occur inside a tag, one backward search finds
 * where the tag begins. Every range is checked before it is handed out. */
#include "xmlscan.h"

#include "encoding.h"
#include "error.h"
#include "limits.h"
#include "mem.h"
#include "str.h"
#include "thread.h"
#include "utf8.h"
#include "vec.h"
#include "xmlns.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include <string.h>

enum {
    CHUNK_BYTES = 65536,
    CACHE_SLOTS = 512,   /* direct-mapped, by the address of libxml2's interned strings */
    MAX_BINDINGS = 256,  /* namespace declarations in scope: libxml2 walks them for every name */
    MAX_ATTRS = 1000,    /* libxml2 2.9 compares each attribute with each */
    LONG_TAG = 1024,     /* tags shorter than this cannot hold attributes enough to matter */
    DICT_BYTES = 1 << 20 /* of all different names; real parts have some ten thousand */
};

typedef struct binding {
    const xmlChar *prefix; /* interned; NULL for the default namespace */
    kk_ns ns;
    uint32_t depth;
} binding;

typedef struct word_slot {
    const xmlChar *key;
    kk_word word;
} word_slot;

typedef struct uri_slot {
    const xmlChar *key;
    kk_ns ns;
    bool strict;
} uri_slot;

struct kk_xml {
    xmlParserCtxtPtr parser;
    kk_str raw, part;
    const kk_limits *limits;
    const kk_xml_handler *handler;
    void *context;
    kk_error *err;
    kk_status status; /* first failure, ours or the handler's */
    uint32_t depth;
    uint32_t last_end; /* end of the latest tag */
    bool empty_open;   /* the latest tag was <x/> and its end event is due */
    binding bindings[MAX_BINDINGS];
    uint32_t n_bindings;
    KK_VEC(kk_xml_attr) attrs;
    word_slot words[CACHE_SLOTS];
    uri_slot uris[CACHE_SLOTS];
};

static kk_once_flag once;

static void init_library(void)
{
    xmlInitParser();
}

/* ---- names --------------------------------------------------------------------------------- */

static kk_str view(const xmlChar *z)
{
    return kk_str_from((const char *)z);
}

static uint32_t slot_of(const xmlChar *key)
{
    const uint64_t bits = (uint64_t)(uintptr_t)key * UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)(bits >> 40) % CACHE_SLOTS;
}

static kk_word word_of(kk_xml *xml, const xmlChar *local)
{
    word_slot *slot = &xml->words[slot_of(local)];
    if (slot->key != local) {
        slot->word = kk_word_find(view(local));
        slot->key = local;
    }
    return slot->word;
}

static kk_ns ns_of(kk_xml *xml, const xmlChar *uri, bool *strict)
{
    *strict = false;
    if (uri == NULL) {
        return KK_NS_NONE;
    }
    uri_slot *slot = &xml->uris[slot_of(uri)];
    if (slot->key != uri) {
        slot->ns = kk_ns_of_uri(view(uri), &slot->strict);
        slot->key = uri;
    }
    *strict = slot->strict;
    return slot->ns;
}

kk_ns kk_xml_prefix(const kk_xml *xml, kk_str prefix)
{
    for (uint32_t i = xml->n_bindings; i-- > 0;) {
        const xmlChar *bound = xml->bindings[i].prefix;
        if (bound == NULL ? prefix.len == 0 : kk_str_equal(view(bound), prefix)) {
            return xml->bindings[i].ns;
        }
    }
    return kk_str_is(prefix, "xml") ? KK_NS_XML : KK_NS_NONE;
}

/* ---- stopping ------------------------------------------------------------------------------ */

static void stop(kk_xml *xml, kk_status status)
{
    if (xml->status == KK_OK) {
        xml->status = status;
        xmlStopParser(xml->parser);
    }
}

static uint64_t position(const kk_xml *xml)
{
    const long at = xmlByteConsumed(xml->parser);
    return at < 0 ? 0 : (uint64_t)at;
}

static void stop_limit(kk_xml *xml, const char *what, unsigned long limit)
{
    if (xml->status == KK_OK) {
        stop(xml, kk_fail_at(xml->err, KK_E_LIMIT, "limit", xml->part, position(xml),
                             "%s over the limit of %lu; raise the limit or simplify the file", what,
                             limit));
    }
}

static void stop_lost(kk_xml *xml)
{
    if (xml->status == KK_OK) {
        stop(xml,
             kk_fail_at(xml->err, KK_E_FORMAT, "", xml->part, position(xml),
                        "XML could not be located byte by byte; save the file again from Word"));
    }
}

/* ---- events -------------------------------------------------------------------------------- */

/* Offset of the last '<' before `at`, or `at` if there is none after the latest tag. */
static uint32_t tag_begin(const kk_xml *xml, uint32_t at)
{
    for (uint32_t i = at; i > xml->last_end; i--) {
        if (xml->raw.ptr[i - 1] == '<') {
            return i - 1;
        }
    }
    return at;
}

/* Checks the range of a tag and hands out the text before it. False to stop. */
static bool locate(kk_xml *xml, const kk_xml_tag *tag, bool text)
{
    if (tag->begin >= tag->end || tag->end > xml->raw.len || xml->raw.ptr[tag->begin] != '<' ||
        xml->raw.ptr[tag->end - 1] != '>') {
        stop_lost(xml);
        return false;
    }
    if (text && tag->begin > xml->last_end && xml->handler->text != NULL) {
        const kk_status status = xml->handler->text(xml->context, xml, xml->last_end, tag->begin);
        if (status != KK_OK) {
            stop(xml, status);
            return false;
        }
    }
    xml->last_end = tag->end;
    return true;
}

static bool bind(kk_xml *xml, int n, const xmlChar **namespaces)
{
    for (size_t i = 0; i < (size_t)n; i++) {
        if (xml->n_bindings == MAX_BINDINGS) {
            stop_limit(xml, "namespace declarations in scope", MAX_BINDINGS);
            return false;
        }
        bool strict;
        const kk_ns ns = ns_of(xml, namespaces[2 * i + 1], &strict);
        xml->bindings[xml->n_bindings++] = (binding){namespaces[2 * i], ns, xml->depth};
    }
    return true;
}

static bool collect(kk_xml *xml, int n, const xmlChar **attributes)
{
    xml->attrs.n = 0;
    for (int i = 0; i < n; i++, attributes += 5) {
        const size_t bytes = (size_t)(attributes[4] - attributes[3]);
        if (bytes > xml->limits->attribute_bytes) {
            stop_limit(xml, "bytes in one attribute", xml->limits->attribute_bytes);
            return false;
        }
        bool strict;
        const kk_xml_attr attr = {.ns = ns_of(xml, attributes[2], &strict),
                                  .word = word_of(xml, attributes[0]),
                                  .local = view(attributes[0]),
                                  .value = {(const char *)attributes[3], bytes}};
        if (!kk_vec_push(&xml->attrs, attr)) {
            stop(xml, kk_fail_nomem(xml->err));
            return false;
        }
    }
    return true;
}

/* libxml2's signature. NOLINTNEXTLINE(readability-function-size) */
static void on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int n_namespaces, const xmlChar **namespaces, int n_attributes,
                     int n_defaulted, const xmlChar **attributes)
{
    (void)n_defaulted;
    kk_xml *xml = context;
    if (xml->status != KK_OK) {
        return;
    }
    if (++xml->depth > xml->limits->depth) {
        stop_limit(xml, "element depth", xml->limits->depth);
        return;
    }
    if (!bind(xml, n_namespaces, namespaces) || !collect(xml, n_attributes, attributes)) {
        return;
    }
    const uint64_t at = position(xml);
    if (at >= xml->raw.len) {
        stop_lost(xml);
        return;
    }
    const bool empty = xml->raw.ptr[at] == '/';
    kk_xml_tag tag = {.word = word_of(xml, local),
                      .empty = empty,
                      .depth = xml->depth,
                      .begin = tag_begin(xml, (uint32_t)at),
                      .end = (uint32_t)at + (empty ? 2 : 1),
                      .local = view(local),
                      .prefix = view(prefix),
                      .attrs = xml->attrs.items,
                      .n_attrs = (uint32_t)xml->attrs.n};
    tag.ns = ns_of(xml, uri, &tag.strict);
    if (!locate(xml, &tag, xml->depth > 1)) {
        return;
    }
    xml->empty_open = empty;
    if (xml->handler->start != NULL) {
        const kk_status status = xml->handler->start(xml->context, xml, &tag);
        if (status != KK_OK) {
            stop(xml, status);
        }
    }
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    kk_xml *xml = context;
    if (xml->status != KK_OK) {
        return;
    }
    kk_xml_tag tag = {.word = word_of(xml, local),
                      .empty = xml->empty_open,
                      .depth = xml->depth,
                      .local = view(local),
                      .prefix = view(prefix)};
    tag.ns = ns_of(xml, uri, &tag.strict);
    if (tag.empty) {
        tag.begin = tag.end = xml->last_end;
        xml->empty_open = false;
    } else {
        const uint64_t at = position(xml);
        if (at > xml->raw.len) {
            stop_lost(xml);
            return;
        }
        tag.begin = tag_begin(xml, (uint32_t)at);
        tag.end = (uint32_t)at;
        if (!locate(xml, &tag, true)) {
            return;
        }
    }
    if (xml->handler->end != NULL) {
        const kk_status status = xml->handler->end(xml->context, xml, &tag);
        if (status != KK_OK) {
            stop(xml, status);
            return;
        }
    }
    while (xml->n_bindings > 0 && xml->bindings[xml->n_bindings - 1].depth == xml->depth) {
        xml->n_bindings--;
    }
    xml->depth--;
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *public_id,
                       const xmlChar *system_id)
{
    (void)name;
    (void)public_id;
    (void)system_id;
    kk_xml *xml = context;
    if (xml->status == KK_OK) {
        stop(xml, kk_fail_at(xml->err, KK_E_FORMAT, "dtd", xml->part, position(xml),
                             "part holds a document type declaration, which Word never writes; "
                             "open it in Word and save it anew if you trust its origin"));
    }
}

/* libxml2's texts end in a line feed and may quote the input: the first line is enough. */
static void on_error(void *context, xmlErrorPtr error)
{
    kk_xml *xml = context;
    if (error == NULL || error->level < XML_ERR_ERROR || xml->status != KK_OK) {
        return;
    }
    /* libxml2 reports a full dictionary as lack of memory */
    const bool full = xmlDictGetUsage(xml->parser->dict) + LONG_TAG > DICT_BYTES;
    if (error->code == XML_ERR_NAME_TOO_LONG || full) {
        stop_limit(xml, "bytes of element and attribute names", DICT_BYTES);
        return;
    }
    if (error->code == XML_ERR_NO_MEMORY) {
        stop(xml, kk_fail_nomem(xml->err));
        return;
    }
    const kk_str message =
        error->message == NULL ? KK_STR("XML error") : kk_str_from(error->message);
    const size_t line = kk_str_find(message, KK_STR("\n"), 0);
    const size_t whole = line == SIZE_MAX ? message.len : line;
    const int shown = whole > 160 ? 160 : (int)whole;
    stop(xml, kk_fail_at(xml->err, KK_E_FORMAT, "", xml->part, position(xml),
                         "XML is not well-formed (%.*s); open and save the file in Word", shown,
                         message.ptr));
}

/* ---- feeding ------------------------------------------------------------------------------- */

/* Attributes of the start tag at raw[begin], counted by '=' outside quotes up to its '>'. */
static uint32_t count_attrs(kk_str raw, size_t begin, size_t end)
{
    uint32_t n = 0;
    char quote = 0;
    for (size_t i = begin; i < end; i++) {
        const char c = raw.ptr[i];
        if (quote != 0 && c == quote) {
            quote = 0;
        } else if (quote != 0) {
            continue;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '=') {
            n++;
        } else if (c == '>') {
            break;
        }
    }
    return n;
}

static kk_status check_tags(kk_xml *xml)
{
    const char *at = xml->raw.len == 0 ? NULL : memchr(xml->raw.ptr, '<', xml->raw.len);
    while (at != NULL) {
        const size_t begin = (size_t)(at - xml->raw.ptr);
        const char *next = memchr(at + 1, '<', xml->raw.len - begin - 1);
        const size_t end = next == NULL ? xml->raw.len : (size_t)(next - xml->raw.ptr);
        if (end - begin > LONG_TAG && count_attrs(xml->raw, begin, end) > MAX_ATTRS) {
            return kk_fail_at(
                xml->err, KK_E_LIMIT, "limit", xml->part, begin,
                "element with more than %d attributes; the file is damaged or hostile",
                (int)MAX_ATTRS);
        }
        at = next;
    }
    return KK_OK;
}

static kk_status check_bytes(const kk_xml *xml)
{
    if (xml->raw.len >= UINT32_MAX) {
        return kk_fail_at(xml->err, KK_E_LIMIT, "limit", xml->part, 0,
                          "part is larger than 4 GiB; split the file");
    }
    if (kk_encoding_of(xml->raw) != KK_ENCODING_UTF8) {
        return kk_fail_at(xml->err, KK_E_FORMAT, "encoding", xml->part, 0,
                          "part is not in UTF-8; save the file again from Word");
    }
    const size_t invalid = kk_utf8_invalid_at(xml->raw);
    if (invalid < xml->raw.len) {
        return kk_fail_at(xml->err, KK_E_FORMAT, "encoding", xml->part, invalid,
                          "bytes that are not UTF-8; save the file again from Word");
    }
    return KK_OK;
}

/* More of the part than this unread means one tag, comment or instruction of that size. */
static uint64_t pending_max(const kk_xml *xml)
{
    return (uint64_t)xml->limits->attribute_bytes * 2 + (1u << 20);
}

static kk_status feed(kk_xml *xml, size_t chunk)
{
    for (size_t at = 0; at < xml->raw.len && xml->status == KK_OK;) {
        size_t n = xml->raw.len - at;
        n = n < chunk ? n : chunk;
        xmlParseChunk(xml->parser, xml->raw.ptr + at, (int)n, 0);
        at += n;
        if (xml->status == KK_OK && at > position(xml) + pending_max(xml)) {
            stop_limit(xml, "bytes in one tag or comment", (unsigned long)pending_max(xml));
        }
    }
    if (xml->status == KK_OK) {
        xmlParseChunk(xml->parser, NULL, 0, 1);
    }
    if (xml->status == KK_OK && (!xml->parser->wellFormed || xml->depth != 0)) {
        return kk_fail_at(xml->err, KK_E_FORMAT, "", xml->part, xml->raw.len,
                          "XML is not well-formed; open and save the file in Word");
    }
    return xml->status;
}

static kk_status run(kk_xml *xml, size_t chunk)
{
    KK_TRY(check_bytes(xml));
    KK_TRY(check_tags(xml));
    xmlSAXHandler sax;
    memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.internalSubset = on_doctype;
    sax.serror = on_error;
    xml->parser = xmlCreatePushParserCtxt(&sax, xml, NULL, 0, NULL);
    if (xml->parser == NULL) {
        return kk_fail_nomem(xml->err);
    }
    xmlCtxtUseOptions(xml->parser, XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
    xmlDictSetLimit(xml->parser->dict, DICT_BYTES);
    const kk_status status = feed(xml, chunk);
    xmlFreeParserCtxt(xml->parser);
    return status;
}

kk_status kk_xml_scan_source(const kk_xml_source *source, const kk_limits *limits,
                             const kk_xml_handler *handler, void *context, kk_error *err)
{
    kk_once(&once, init_library);
    kk_xml *xml = kk_malloc(sizeof *xml);
    if (xml == NULL) {
        return kk_fail_nomem(err);
    }
    memset(xml, 0, sizeof *xml);
    const kk_limits filled = kk_limits_filled(limits);
    xml->raw = source->raw;
    xml->part = source->part;
    xml->limits = &filled;
    xml->handler = handler;
    xml->context = context;
    xml->err = err;
    const kk_status status = run(xml, source->chunk == 0 ? CHUNK_BYTES : source->chunk);
    kk_vec_free(&xml->attrs);
    kk_release(xml);
    return status;
}

kk_status kk_xml_scan(kk_str raw, kk_str part, const kk_limits *limits,
                      const kk_xml_handler *handler, void *context, kk_error *err)
{
    const kk_xml_source source = {.raw = raw, .part = part};
    return kk_xml_scan_source(&source, limits, handler, context, err);
}

kk_status kk_xml_check(kk_str raw, kk_str part, const kk_limits *limits, kk_error *err)
{
    static const kk_xml_handler nothing = {NULL, NULL, NULL};
    return kk_xml_scan(raw, part, limits, &nothing, NULL, err);
}
