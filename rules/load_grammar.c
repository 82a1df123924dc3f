/* Which element may stand where and with which attributes: a table, so that a typing error is named
 * with its line and with what was possible. The schema says the same and more, but costs a second
 * parse and is asked only for foreign files. */
#include "load.h"

#include "error.h"
#include "str.h"

#define CONDITIONS                                                                                 \
    "all any none match near heading place category kind fact recognised span empty cell words "   \
    "lang tracked managed"
#define TERMS   "word regex not use hit miss"
#define EXAMPLE "xml:lang date note category kind expired expect"
#define WORD    "lang left right forms literals weight scope"
#define MINI    "h p li table span"
#define PARA    "number guidance tracked managed level"

/* parent "*" = any parent not named in an earlier row. text: character data is welcome. */
typedef struct row {
    const char *parent, *name, *attrs, *children;
    bool text;
} row;

static const row rows[] = {
    {"", "bank", "id",
     "pattern recogniser category rule clause place columns document-kind verdict threshold "
     "law-fact notice-code example-use cpv-list",
     false},
    {"bank", "pattern", "id role", TERMS, false},
    {"bank", "recogniser", "id kind climate status reviewed-by reviewed-on scope from to",
     CONDITIONS " fires silent", false},
    {"bank", "category", "id parent status reviewed-by reviewed-on",
     "name cpv word regex not cpv-note hit miss", false},
    {"bank", "rule", "id name severity scope class status reviewed-by reviewed-on from to",
     "title basis applies when evidence message why severity remedy help example", false},
    {"bank", "clause", "id version type level status reviewed-by reviewed-on from to",
     "name category place body verifikat motive basis source follow-up replaces earlier satisfied-by "
     "satisfied near-miss",
     false},
    {"bank", "place", "id order", "name heading-is kind hit miss", false},
    {"bank", "columns", "role", TERMS, false},
    {"bank", "document-kind", "id order", "name example " CONDITIONS, false},
    {"bank", "verdict", "id from to status reviewed-by reviewed-on", "applies-when route", false},
    {"bank", "threshold", "id value unit from to basis href", "", false},
    {"bank", "law-fact", "id name value from to basis href cites instead-of", "says when", false},
    {"bank", "notice-code", "id field code means from to basis href", "name when", false},
    {"*", "says", "xml:lang", "", true},
    {"bank", "example-use", "id year", "buyer category clause text source", false},
    {"bank", "cpv-list", "href title", "", false},
    {"*", "word", WORD, "", true},
    {"*", "regex", WORD, "", true},
    {"*", "not", "", "word regex", false},
    {"*", "use", "ref", "", false},
    {"*", "hit", "xml:lang", "", true},
    {"*", "miss", "xml:lang", "", true},
    {"*", "name", "xml:lang", "", true},
    {"*", "title", "xml:lang", "", true},
    {"*", "cpv", "prefix", "", false},
    {"*", "cpv-note", "xml:lang", "", true},
    {"*", "heading-is", "", "word regex not use", false},
    {"*", "basis", "ref from to href", "", false},
    {"*", "source", "href title", "", false},
    {"*", "applies", "categories kinds", "", false},
    {"*", "when", "", CONDITIONS, false},
    {"*", "satisfied-by", "", CONDITIONS, false},
    {"*", "applies-when", "", CONDITIONS, false},
    {"*", "route", "id satisfied", "basis why " CONDITIONS, false},
    {"*", "evidence", "pattern", "", false},
    {"*", "message", "xml:lang", "v", true},
    {"*", "why", "xml:lang", "v", true},
    {"*", "v", "name", "", false},
    {"*", "severity", "level from to", "", false},
    {"*", "remedy", "clause category route", "advice", false},
    {"*", "advice", "xml:lang", "", true},
    {"*", "help", "href", "", false},
    {"*", "example", EXAMPLE, MINI, true},
    {"*", "fires", EXAMPLE, MINI, true},
    {"*", "silent", EXAMPLE, MINI, true},
    {"*", "h", PARA, "span", true},
    {"body", "p", "", "b field", true},
    {"*", "p", PARA, "span", true},
    {"*", "li", PARA, "span", true},
    {"*", "table", "", "tr", false},
    {"*", "tr", "header", "td", false},
    {"*", "td", "span", "p li span", true},
    {"*", "body", "xml:lang", "heading p item row", false},
    {"body", "heading", "", "b field", true},
    {"*", "item", "", "b field", true},
    {"*", "row", "", "cell", false},
    {"row", "cell", "role", "b field", true},
    {"*", "b", "", "field", true},
    {"*", "field", "name unit default", "", false},
    {"*", "verifikat", "xml:lang", "", true},
    {"*", "motive", "xml:lang", "", true},
    {"*", "follow-up", "ref", "", false},
    {"*", "replaces", "ref version", "", false},
    {"*", "earlier", "version hash", "", false},
    {"*", "satisfied", "xml:lang", "", true},
    {"*", "near-miss", "xml:lang", "", true},
    {"*", "buyer", "", "", true},
    {"*", "text", "xml:lang", "", true},
    {"example-use", "clause", "ref", "", false},
    {"*", "all", "", CONDITIONS, false},
    {"*", "any", "", CONDITIONS, false},
    {"*", "none", "", CONDITIONS, false},
    {"*", "match", "pattern in place negated guidance heading min-count", "word regex not number",
     false},
    {"*", "number", "min max unit within", "", false},
    {"*", "near", "pattern-a pattern-b within in", "", false},
    {"*", "heading", "pattern", "", false},
    {"*", "place", "ref", "", false},
    {"*", "category", "ref min", "", false},
    {"*", "kind", "ref", "", false},
    {"*", "fact", "name op value threshold", "", false},
    {"*", "recognised", "kind climate binding measurable documented place in", "", false},
    {"example", "span", "kind", "", true},
    {"fires", "span", "kind", "", true},
    {"silent", "span", "kind", "", true},
    {"h", "span", "kind", "", true},
    {"p", "span", "kind", "", true},
    {"li", "span", "kind", "", true},
    {"td", "span", "kind", "", true},
    {"*", "span", "kind in", "", false},
    {"*", "empty", "", "", false},
    {"*", "cell", "role empty pattern", "", false},
    {"*", "words", "min max", "", false},
    {"*", "lang", "is", "", false},
    {"*", "tracked", "is", "", false},
    {"*", "managed", "clause", "", false},
};

static bool listed(const char *list, kk_str word)
{
    kk_str rest = kk_str_from(list);
    kk_str item;
    while (kk_str_word(&rest, &item)) {
        if (kk_str_equal(item, word)) {
            return true;
        }
    }
    return false;
}

static const row *find_row(kk_str parent, kk_str name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (kk_str_is(name, rows[i].name) &&
            (rows[i].parent[0] == '*' || kk_str_is(parent, rows[i].parent))) {
            return &rows[i];
        }
    }
    return NULL;
}

static bool is_blank(kk_str s)
{
    return kk_str_trim(s).len == 0;
}

static kk_status check_children(kk_loader *l, const kk_xnode *node, const row *r)
{
    for (const kk_xnode *at = node->first; at != NULL; at = at->next) {
        if (at->name.len == 0 && !r->text && !is_blank(at->text)) {
            return kk_load_fail(l, at,
                                "<%s> holds elements, no text of its own; put the text into "
                                "one of: %s",
                                r->name, r->children);
        }
        if (at->name.len > 0 && !listed(r->children, at->name)) {
            return kk_load_fail(l, at, "<%.*s> is not allowed in <%s>; allowed: %s",
                                (int)at->name.len, at->name.ptr, r->name,
                                r->children[0] != '\0' ? r->children : "nothing");
        }
    }
    return KK_OK;
}

static kk_status check_node(kk_loader *l, const kk_xnode *node)
{
    const kk_str parent = node->parent != NULL ? node->parent->name : (kk_str){"", 0};
    const row *r = find_row(parent, node->name);
    if (r == NULL) {
        return kk_load_fail(l, node, "unknown element <%.*s>", (int)node->name.len, node->name.ptr);
    }
    for (uint32_t i = 0; i < node->n_attrs; i++) {
        const kk_str name = node->attrs[i].name;
        if (!listed(r->attrs, name)) {
            return kk_load_fail(l, node, "attribute %.*s is not allowed on <%s>; allowed: %s",
                                (int)name.len, name.ptr, r->name,
                                r->attrs[0] != '\0' ? r->attrs : "none");
        }
    }
    return check_children(l, node, r);
}

kk_status kk_load_check_names(kk_loader *l, const kk_xnode *bank)
{
    const kk_xnode *at = bank;
    while (at != NULL) {
        if (at->name.len > 0) {
            KK_TRY(check_node(l, at));
        }
        if (at->first != NULL) {
            at = at->first;
            continue;
        }
        while (at != bank && at->next == NULL) {
            at = at->parent;
        }
        at = at == bank ? NULL : at->next;
    }
    return KK_OK;
}
