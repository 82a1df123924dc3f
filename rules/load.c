/* Helpers that every reader of rule XML shares: attributes, texts, dates, references. Nothing here
 * knows what a rule or clause is. */
#include "load.h"

#include "error.h"
#include "str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const kk_keyword kk_yes_no_words[] = {{"yes", 1}, {"no", 0}, {NULL, 0}};

const kk_keyword kk_level_words[] = {
    {"error", KK_LEVEL_ERROR}, {"warning", KK_LEVEL_WARNING}, {"info", KK_LEVEL_INFO}, {NULL, 0}};

const kk_keyword kk_role_words[] = {{"number", KK_ROLE_NUMBER},
                                    {"requirement", KK_ROLE_REQUIREMENT},
                                    {"type", KK_ROLE_TYPE},
                                    {"criterion", KK_ROLE_CRITERION},
                                    {"weight", KK_ROLE_WEIGHT},
                                    {"priority", KK_ROLE_PRIORITY},
                                    {"documentation", KK_ROLE_DOCUMENTATION},
                                    {"answer", KK_ROLE_ANSWER},
                                    {"evaluation", KK_ROLE_EVALUATION},
                                    {"other", KK_ROLE_OTHER},
                                    {NULL, 0}};

kk_status kk_load_fail(kk_loader *l, const kk_xnode *node, const char *format, ...)
{
    char message[400];
    va_list args;
    va_start(args, format);
    const int n = vsnprintf(message, sizeof message, format, args);
    va_end(args);
    const kk_status status =
        kk_fail_at(l->err, KK_E_RULE, "rule-file", l->file, 0, "%s", n < 0 ? "" : message);
    if (l->err != NULL && l->err->line == 0) {
        l->err->line = node->line;
    }
    return status;
}

kk_origin kk_load_origin(const kk_loader *l, const kk_xnode *node)
{
    return (kk_origin){l->file, node->line, l->source};
}

kk_status kk_load_alloc(kk_loader *l, size_t n, size_t size, void **out)
{
    *out = kk_arena_array(l->arena, n > 0 ? n : 1, size);
    return *out == NULL ? kk_fail_nomem(l->err) : KK_OK;
}

static bool find_keyword(const kk_keyword *words, kk_str value, int *out)
{
    for (; words->name != NULL; words++) {
        if (kk_str_is(value, words->name)) {
            *out = words->value;
            return true;
        }
    }
    return false;
}

static kk_status fail_keyword(kk_loader *l, const kk_xnode *node, const char *attr, kk_str value,
                              const kk_keyword *words)
{
    char allowed[256] = "";
    size_t n = 0;
    for (; words->name != NULL && n < sizeof allowed - 24; words++) {
        n += (size_t)snprintf(allowed + n, sizeof allowed - n, "%s%.20s", n > 0 ? ", " : "",
                              words->name);
    }
    return kk_load_fail(l, node, "%s=\"%.*s\" is none of: %s", attr,
                        (int)(value.len < 60 ? value.len : 60), value.ptr, allowed);
}

kk_status kk_load_keyword(kk_loader *l, const kk_xnode *node, const char *attr,
                          const kk_keyword *words, int fallback, int *out)
{
    const kk_str value = kk_xnode_attr(node, attr);
    *out = fallback;
    if (value.ptr == NULL || find_keyword(words, value, out)) {
        return KK_OK;
    }
    return fail_keyword(l, node, attr, value, words);
}

kk_status kk_load_bits(kk_loader *l, const kk_xnode *node, const char *attr,
                       const kk_keyword *words, uint32_t *out)
{
    kk_str rest = kk_xnode_attr(node, attr);
    kk_str word;
    *out = 0;
    while (kk_str_word(&rest, &word)) {
        int value;
        if (!find_keyword(words, word, &value)) {
            return fail_keyword(l, node, attr, word, words);
        }
        *out |= 1u << value;
    }
    return KK_OK;
}

kk_status kk_load_list(kk_loader *l, kk_str value, const kk_str **out, uint32_t *n)
{
    kk_str rest = value;
    kk_str word;
    size_t count = 0;
    while (kk_str_word(&rest, &word)) {
        count++;
    }
    kk_str *list;
    KK_TRY(kk_load_alloc(l, count, sizeof *list, (void **)&list));
    rest = value;
    for (size_t i = 0; kk_str_word(&rest, &word); i++) {
        list[i] = word;
    }
    *out = list;
    *n = (uint32_t)count;
    return KK_OK;
}

kk_status kk_load_number(kk_loader *l, const kk_xnode *node, const char *attr, double fallback,
                         double *out, bool *given)
{
    const kk_str value = kk_str_trim(kk_xnode_attr(node, attr));
    *out = fallback;
    if (given != NULL) {
        *given = value.len > 0;
    }
    if (value.len == 0) {
        return KK_OK;
    }
    /* Own digits loop: strtod would ask the locale for the decimal sign. */
    double number = 0;
    double unit = 1;
    bool fraction = false;
    const size_t start = value.ptr[0] == '-' ? 1 : 0;
    for (size_t i = start; i < value.len; i++) {
        const char c = value.ptr[i];
        if (c == '.' && !fraction && i > start) {
            fraction = true;
        } else if (c >= '0' && c <= '9') {
            number = number * 10 + (c - '0');
            unit *= fraction ? 10 : 1;
        } else {
            return kk_load_fail(l, node, "%s=\"%.*s\" is not a number (write 12.5)", attr,
                                (int)(value.len < 40 ? value.len : 40), value.ptr);
        }
    }
    *out = (start > 0 ? -number : number) / unit;
    return KK_OK;
}

kk_status kk_load_count(kk_loader *l, const kk_xnode *node, const char *attr, uint32_t fallback,
                        uint32_t *out)
{
    const kk_str value = kk_xnode_attr(node, attr);
    *out = fallback;
    if (value.len == 0 || kk_str_to_u32(value, out)) {
        return KK_OK;
    }
    return kk_load_fail(l, node, "%s=\"%.*s\" is not a count", attr,
                        (int)(value.len < 40 ? value.len : 40), value.ptr);
}

kk_status kk_load_date(kk_loader *l, const kk_xnode *node, const char *attr, kk_str *out)
{
    *out = kk_xnode_attr(node, attr);
    if (out->ptr == NULL || kk_date_is_real(*out)) {
        return KK_OK;
    }
    return kk_load_fail(l, node, "%s=\"%.*s\" is not a date; write YYYY-MM-DD", attr,
                        (int)(out->len < 40 ? out->len : 40), out->ptr);
}

kk_status kk_load_validity(kk_loader *l, const kk_xnode *node, kk_str *from, kk_str *to)
{
    KK_TRY(kk_load_date(l, node, "from", from));
    KK_TRY(kk_load_date(l, node, "to", to));
    if (from->len > 0 && to->len > 0 && kk_str_compare(*from, *to) > 0) {
        return kk_load_fail(l, node, "from %.*s is after to %.*s; swap or correct them",
                            (int)from->len, from->ptr, (int)to->len, to->ptr);
    }
    return KK_OK;
}

kk_status kk_load_lang(kk_loader *l, const kk_xnode *node, kk_lang *out)
{
    static const kk_keyword langs[] = {
        {"nb", KK_LANG_NB}, {"nn", KK_LANG_NN}, {"en", KK_LANG_EN}, {NULL, 0}};
    int value;
    KK_TRY(kk_load_keyword(l, node, "xml:lang", langs, KK_LANG_UNSET, &value));
    *out = (kk_lang)value;
    return KK_OK;
}

kk_status kk_load_text(kk_loader *l, const kk_xnode *node, kk_texts *texts)
{
    kk_lang lang;
    KK_TRY(kk_load_lang(l, node, &lang));
    kk_str *slot = lang == KK_LANG_EN ? &texts->en : lang == KK_LANG_NN ? &texts->nn : &texts->nb;
    if (slot->len > 0) {
        return kk_load_fail(l, node, "<%.*s> in this language stands there already",
                            (int)node->name.len, node->name.ptr);
    }
    *slot = kk_xnode_text(node, l->arena);
    return slot->ptr == NULL ? kk_fail_nomem(l->err) : KK_OK;
}

kk_status kk_load_review(kk_loader *l, const kk_xnode *node, kk_review *status, kk_str *by,
                         kk_str *on)
{
    static const kk_keyword words[] = {{"draft", KK_REVIEW_DRAFT},
                                       {"reviewed", KK_REVIEW_REVIEWED},
                                       {"retired", KK_REVIEW_RETIRED},
                                       {NULL, 0}};
    int value;
    KK_TRY(kk_load_keyword(l, node, "status", words, KK_REVIEW_DRAFT, &value));
    *status = (kk_review)value;
    *by = kk_xnode_attr(node, "reviewed-by");
    KK_TRY(kk_load_date(l, node, "reviewed-on", on));
    if (*status == KK_REVIEW_REVIEWED && (by->len == 0 || on->len == 0)) {
        return kk_load_fail(l, node, "status=\"reviewed\" needs reviewed-by and reviewed-on");
    }
    return KK_OK;
}

kk_status kk_load_ref(kk_loader *l, const kk_xnode *node, kk_pending_kind kind, kk_str id,
                      void *slot)
{
    const kk_pending pending = {kind, slot, id, kk_load_origin(l, node)};
    return kk_vec_push(&l->pendings, pending) ? KK_OK : kk_fail_nomem(l->err);
}

kk_status kk_load_refs(kk_loader *l, const kk_xnode *node, kk_pending_kind kind, kk_str ids,
                       const uint32_t **out, uint32_t *n)
{
    const kk_str *list;
    uint32_t *all;
    KK_TRY(kk_load_list(l, ids, &list, n));
    KK_TRY(kk_load_alloc(l, *n, sizeof *all, (void **)&all));
    for (uint32_t i = 0; i < *n; i++) {
        KK_TRY(kk_load_ref(l, node, kind, list[i], &all[i]));
    }
    *out = all;
    return KK_OK;
}

kk_status kk_load_child_refs(kk_loader *l, const kk_xnode *parent, const char *name,
                             kk_pending_kind kind, const uint32_t **out, uint32_t *n)
{
    kk_buf ids;
    kk_buf_init(&ids, 0);
    for (const kk_xnode *at = kk_xnode_element(parent, NULL); at != NULL;
         at = kk_xnode_element(parent, at)) {
        if (kk_str_is(at->name, name)) {
            kk_buf_str(&ids, kk_xnode_attr(at, "ref"));
            kk_buf_putc(&ids, ' ');
        }
    }
    const kk_str all = kk_arena_str(l->arena, (kk_str){ids.ptr, ids.len});
    const bool failed = ids.failed != KK_OK || all.ptr == NULL;
    kk_buf_dispose(&ids);
    return failed ? kk_fail_nomem(l->err) : kk_load_refs(l, parent, kind, all, out, n);
}

uint32_t kk_load_count_children(const kk_xnode *parent, const char *name)
{
    uint32_t n = 0;
    for (const kk_xnode *at = kk_xnode_element(parent, NULL); at != NULL;
         at = kk_xnode_element(parent, at)) {
        n += kk_str_is(at->name, name) ? 1 : 0;
    }
    return n;
}

kk_status kk_load_basis(kk_loader *l, const kk_xnode *parent, const kk_basis **out, uint32_t *n)
{
    kk_basis *list;
    KK_TRY(kk_load_alloc(l, kk_load_count_children(parent, "basis"), sizeof *list, (void **)&list));
    *n = 0;
    for (const kk_xnode *at = kk_xnode_element(parent, NULL); at != NULL;
         at = kk_xnode_element(parent, at)) {
        if (kk_str_is(at->name, "basis")) {
            kk_basis *basis = &list[(*n)++];
            basis->ref = kk_xnode_attr(at, "ref");
            basis->href = kk_xnode_attr(at, "href");
            KK_TRY(kk_load_validity(l, at, &basis->from, &basis->to));
        }
    }
    *out = list;
    return KK_OK;
}

kk_status kk_load_sources(kk_loader *l, const kk_xnode *parent, const kk_source_note **out,
                          uint32_t *n)
{
    kk_source_note *list;
    KK_TRY(
        kk_load_alloc(l, kk_load_count_children(parent, "source"), sizeof *list, (void **)&list));
    *n = 0;
    for (const kk_xnode *at = kk_xnode_element(parent, NULL); at != NULL;
         at = kk_xnode_element(parent, at)) {
        if (kk_str_is(at->name, "source")) {
            list[(*n)++] = (kk_source_note){kk_xnode_attr(at, "href"), kk_xnode_attr(at, "title")};
        }
    }
    *out = list;
    return KK_OK;
}
