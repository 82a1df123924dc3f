/* PCRE2 (its header is allowed in this file alone): compile late, JIT later still, and never run
 * without a budget. TEXT is valid UTF-8 by contract, so PCRE2 does not check it again. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "match.h"

#include "error.h"
#include "mem.h"
#include "str.h"

#include <stdio.h>
#include <string.h>

enum {
    JIT_AFTER = 64, /* calls before machine code (60 us to make) pays: most calls try one place only */
    JIT_STACK_FIRST = 32 * 1024,
    JIT_STACK_LAST = 512 * 1024,
    STEPS_DEFAULT = 1000000,
    DEPTH_LIMIT = 20000,
    HEAP_KIB = 20 * 1024
};

#define OPTIONS                                                                                    \
    (PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT)

typedef struct compiled {
    pcre2_code *code;
    uint32_t asked;
    bool jit, failed;
} compiled;

struct kk_match {
    const kk_matcher *matchers;
    uint32_t n;
    compiled *codes;
    pcre2_general_context *general;
    pcre2_compile_context *compile;
    pcre2_match_context *context;
    pcre2_match_data *data;
    pcre2_jit_stack *stack;
};

static void *allocate(PCRE2_SIZE size, void *context)
{
    (void)context;
    return kk_malloc(size);
}

static void release(void *ptr, void *context)
{
    (void)context;
    kk_release(ptr);
}

kk_status kk_match_new(kk_match **out, const kk_matcher *matchers, uint32_t n, uint32_t steps,
                       kk_error *err)
{
    *out = NULL;
    kk_match *match = kk_malloc(sizeof *match);
    if (match == NULL) {
        return kk_fail_nomem(err);
    }
    *match = (kk_match){.matchers = matchers, .n = n};
    match->codes = kk_malloc(((size_t)n + 1) * sizeof *match->codes);
    match->general = pcre2_general_context_create(allocate, release, NULL);
    if (match->codes != NULL) {
        memset(match->codes, 0, ((size_t)n + 1) * sizeof *match->codes);
    }
    if (match->general != NULL) {
        match->compile = pcre2_compile_context_create(match->general);
        match->context = pcre2_match_context_create(match->general);
        match->data = pcre2_match_data_create(1, match->general);
        match->stack = pcre2_jit_stack_create(JIT_STACK_FIRST, JIT_STACK_LAST, match->general);
    }
    if (match->codes == NULL || match->compile == NULL || match->context == NULL ||
        match->data == NULL) {
        kk_match_free(match);
        return kk_fail_nomem(err);
    }
    pcre2_set_match_limit(match->context, steps != 0 ? steps : STEPS_DEFAULT);
    pcre2_set_depth_limit(match->context, DEPTH_LIMIT);
    pcre2_set_heap_limit(match->context, HEAP_KIB);
    if (match->stack != NULL) { /* absent where PCRE2 was built without JIT */
        pcre2_jit_stack_assign(match->context, NULL, match->stack);
    }
    *out = match;
    return KK_OK;
}

void kk_match_free(kk_match *match)
{
    if (match == NULL) {
        return;
    }
    for (uint32_t i = 0; match->codes != NULL && i < match->n; i++) {
        pcre2_code_free(match->codes[i].code);
    }
    kk_release(match->codes);
    pcre2_jit_stack_free(match->stack);
    pcre2_match_data_free(match->data);
    pcre2_match_context_free(match->context);
    pcre2_compile_context_free(match->compile);
    pcre2_general_context_free(match->general);
    kk_release(match);
}

static kk_status fail_compile(const kk_matcher *matcher, int code, kk_error *err)
{
    char text[120] = "";
    if (code == PCRE2_ERROR_HEAP_FAILED) {
        return kk_fail_nomem(err);
    }
    pcre2_get_error_message(code, (PCRE2_UCHAR *)text, sizeof text);
    const kk_status status =
        kk_fail_at(err, KK_E_RULE, "regex", matcher->origin.file, 0, "regex of %.*s: %s",
                   (int)matcher->owner.len, matcher->owner.ptr, text);
    if (err != NULL && err->line == 0) {
        err->line = matcher->origin.line;
    }
    return status;
}

/* Code for a matcher that was just asked; NULL in *out when it is known to be unusable. */
static kk_status prepare(kk_match *match, uint32_t index, kk_error *err)
{
    compiled *c = &match->codes[index];
    if (c->code == NULL && !c->failed) {
        int code = 0;
        PCRE2_SIZE offset = 0;
        const kk_str regex = match->matchers[index].regex;
        c->code = pcre2_compile((PCRE2_SPTR)regex.ptr, regex.len, OPTIONS, &code, &offset,
                                match->compile);
        if (c->code == NULL) {
            c->failed = code != PCRE2_ERROR_HEAP_FAILED;
            return fail_compile(&match->matchers[index], code, err);
        }
    }
    if (c->code != NULL && ++c->asked == JIT_AFTER) {
        c->jit = pcre2_jit_compile(c->code, PCRE2_JIT_COMPLETE) == 0;
    }
    return KK_OK;
}

static int run(kk_match *match, const compiled *c, kk_str subject, size_t from)
{
    const PCRE2_SPTR bytes = (PCRE2_SPTR)(subject.len > 0 ? subject.ptr : "");
    if (c->jit) {
        const int rc =
            pcre2_jit_match(c->code, bytes, subject.len, from, 0, match->data, match->context);
        if (rc != PCRE2_ERROR_JIT_STACKLIMIT) {
            return rc;
        }
    }
    return pcre2_match(c->code, bytes, subject.len, from, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT,
                       match->data, match->context);
}

static size_t next_letter(kk_str s, size_t at)
{
    at++;
    while (at < s.len && ((unsigned char)s.ptr[at] & 0xC0) == 0x80) {
        at++;
    }
    return at;
}

static kk_status fail_match(const kk_matcher *matcher, int rc, kk_error *err)
{
    if (rc == PCRE2_ERROR_NOMEMORY) {
        return kk_fail_nomem(err);
    }
    return kk_fail_at(
        err, KK_E_LIMIT, "match-steps", matcher->origin.file, 0,
        "a regex of %.*s used up its step budget in one paragraph; its hits there are "
        "missing",
        (int)matcher->owner.len, matcher->owner.ptr);
}

kk_status kk_match_within(kk_match *match, uint32_t matcher, kk_str subject, size_t *from,
                          size_t last, kk_str *found, kk_error *err)
{
    *found = (kk_str){NULL, 0};
    if (*from > last) {
        *from = subject.len + 1;
        return KK_OK;
    }
    KK_TRY(prepare(match, matcher, err));
    const compiled *c = &match->codes[matcher];
    pcre2_set_offset_limit(match->context, last);
    while (c->code != NULL && *from <= subject.len && *from <= last) {
        const int rc = run(match, c, subject, *from);
        if (rc == PCRE2_ERROR_NOMATCH) {
            break;
        }
        if (rc < 0) {
            *from = subject.len + 1;
            return fail_match(&match->matchers[matcher], rc, err);
        }
        const PCRE2_SIZE *at = pcre2_get_ovector_pointer(match->data);
        if (at[1] > at[0] && at[1] > *from) {
            *from = at[1];
            *found = (kk_str){subject.ptr + at[0], at[1] - at[0]};
            return KK_OK;
        }
        *from = next_letter(subject, at[1] > *from ? at[1] : *from);
    }
    *from = subject.len + 1;
    return KK_OK;
}

kk_status kk_match_next(kk_match *match, uint32_t matcher, kk_str subject, size_t *from,
                        kk_str *found, kk_error *err)
{
    return kk_match_within(match, matcher, subject, from, subject.len, found, err);
}

bool kk_match_compiles(kk_str regex, size_t *offset, char message[120])
{
    int code = 0;
    PCRE2_SIZE at = 0;
    pcre2_code *compiled_code =
        pcre2_compile((PCRE2_SPTR)regex.ptr, regex.len, OPTIONS, &code, &at, NULL);
    *offset = at;
    message[0] = '\0';
    if (compiled_code == NULL) {
        pcre2_get_error_message(code, (PCRE2_UCHAR *)message, 120);
        return false;
    }
    pcre2_code_free(compiled_code);
    return true;
}
