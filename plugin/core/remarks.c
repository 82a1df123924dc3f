/* Findings as Word comments in a copy of the document: on the exact words, or where the reader
 * would look for what is missing. Knows findings and places; how comments are written is docx's
 * business. */
#include "plan.h"

typedef struct remarks {
    kk_doc *doc;
    const kk_audit *audit;
    size_t document;
    kk_lang lang;
    kk_docx_options how;
    kk_plan *plan; /* tells where missing clauses belong; NULL when it cannot be told */
    kk_arena *arena;
    kk_str *keys; /* per finding of the document, in their order */
    size_t n_keys;
    kk_error *err;
} remarks;

/* ---- what it says --------------------------------------------------------------------------- */

static void put_line(kk_buf *out, kk_lang lang, kk_msg label, kk_str words)
{
    if (words.len > 0) {
        kk_buf_printf(out, "\n%s: ", kk_msg_text(label, lang));
        kk_buf_str(out, words);
    }
}

/* First line the message, then why, the law, and what to do. */
static void put_words(const remarks *r, const kk_finding *f, bool elsewhere, kk_buf *out)
{
    kk_buf line;
    kk_buf_init(&line, 0);
    kk_buf_puts(out, kk_msg_text((kk_msg)(KK_MSG_LEVEL_INFO + f->severity), r->lang));
    kk_buf_puts(out, " ");
    kk_buf_str(out, f->rule);
    kk_buf_puts(out, ": ");
    kk_buf_str(out, f->message);
    if (elsewhere) {
        put_line(out, r->lang, KK_MSG_PLACE, f->place.label);
        put_line(out, r->lang, KK_MSG_FOUND, f->evidence);
    }
    put_line(out, r->lang, KK_MSG_WHY, f->why);
    for (size_t i = 0; i < f->n_basis; i++) {
        kk_buf_puts(&line, i > 0 ? "; " : "");
        kk_buf_str(&line, f->basis[i]);
    }
    put_line(out, r->lang, KK_MSG_BASIS, kk_buf_view(&line));
    kk_buf_clear(&line);
    if (f->insertable) {
        kk_say(&line, KK_MSG_DO_INSERT, r->lang, f->remedy, f->remedy_title);
        put_line(out, r->lang, KK_MSG_DO, kk_buf_view(&line));
    }
    put_line(out, r->lang, KK_MSG_HELP, f->help);
    if (line.failed != KK_OK) {
        out->failed = KK_E_NOMEM;
    }
    kk_buf_dispose(&line);
}

/* ---- where it stands ------------------------------------------------------------------------ */

/* Comments stand in running text: Word has none in headers, footers, boxes, and validators want
 * none in notes. */
static bool can_hold(const kk_text *text, uint32_t p)
{
    if (p >= text->n_paras || text->paras[p].begin == text->paras[p].end) {
        return false;
    }
    return text->stories[text->paras[p].story].kind == KK_STORY_BODY;
}

/* The first line of the document: its title, where it has one. */
static uint32_t first_line(const kk_text *text)
{
    uint32_t first = KK_NONE;
    for (uint32_t p = 0; p < text->n_paras; p++) {
        const kk_para *para = &text->paras[p];
        if (para->story != 0 || !can_hold(text, p) || (para->flags & KK_PARA_TOC) != 0) {
            continue;
        }
        if ((para->flags & KK_PARA_TITLE) != 0) {
            return p;
        }
        first = first == KK_NONE ? p : first;
    }
    return first;
}

/* Where the reader looks for what is missing: the heading that its clause belongs under. */
static uint32_t heading_for(const remarks *r, const kk_finding *f)
{
    const kk_plan_entry *e =
        r->plan == NULL || f->remedy.len == 0 ? NULL : kk_plan_find(r->plan, f->remedy);
    return e != NULL && e->heading != KK_NONE && can_hold(r->doc->text, e->heading)
               ? e->heading
               : first_line(r->doc->text);
}

/* TEXT range of the comment; *elsewhere when it is not on the words themselves. False: nowhere. */
static bool range_of(const remarks *r, const kk_finding *f, uint32_t *begin, uint32_t *end,
                     bool *elsewhere)
{
    const kk_text *text = r->doc->text;
    uint32_t p = f->place.paragraph;
    const bool here = p != KK_NONE && can_hold(text, p);
    *elsewhere = p != KK_NONE && !here;
    p = here ? p : heading_for(r, f);
    if (p == KK_NONE) {
        return false;
    }
    const kk_para *para = &text->paras[p];
    const uint32_t len = para->end - para->begin;
    const bool exact = here && f->place.begin < f->place.end && f->place.end <= len;
    *begin = para->begin + (exact ? f->place.begin : 0);
    *end = exact ? para->begin + f->place.end : para->end;
    return true;
}

/* ---- all of them ---------------------------------------------------------------------------- */

/* A key that the next run finds again: the fingerprint, counted where several share one. */
static kk_str key_of(remarks *r, const kk_finding *f)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_keys; i++) {
        n += kk_str_starts(r->keys[i], f->fingerprint) ? 1 : 0;
    }
    return kk_arena_printf(r->arena, "%.*s.%zu", (int)f->fingerprint.len, f->fingerprint.ptr, n);
}

static kk_status make_keys(remarks *r)
{
    const kk_audit *audit = r->audit;
    r->keys = kk_arena_array(r->arena, audit->n_findings + 1, sizeof *r->keys);
    for (size_t i = 0; i < audit->n_findings && r->keys != NULL; i++) {
        if (audit->findings[i].document == r->document) {
            const kk_str key = key_of(r, &audit->findings[i]);
            if (key.ptr == NULL) {
                return kk_fail_nomem(r->err);
            }
            r->keys[r->n_keys++] = key;
        }
    }
    return r->keys == NULL ? kk_fail_nomem(r->err) : KK_OK;
}

static kk_status put_one(remarks *r, const kk_finding *f, kk_str key, size_t *n)
{
    uint32_t begin, end;
    bool elsewhere;
    if (!range_of(r, f, &begin, &end, &elsewhere)) {
        return KK_OK;
    }
    kk_buf words;
    kk_buf_init(&words, 0);
    put_words(r, f, elsewhere, &words);
    const kk_status status =
        words.failed == KK_OK
            ? kk_docx_comment(r->doc->docx, begin, end, key, kk_buf_view(&words), &r->how, r->err)
            : kk_fail_nomem(r->err);
    kk_buf_dispose(&words);
    *n += status == KK_OK ? 1 : 0;
    return status;
}

static kk_status put_all(remarks *r, size_t *n)
{
    size_t key = 0;
    KK_TRY(make_keys(r));
    KK_TRY(kk_docx_keep_comments(r->doc->docx, r->keys, (uint32_t)r->n_keys, r->err));
    kk_status status = KK_OK;
    for (size_t i = 0; i < r->audit->n_findings && status == KK_OK; i++) {
        if (r->audit->findings[i].document == r->document) {
            status = put_one(r, &r->audit->findings[i], r->keys[key++], n);
        }
    }
    return status;
}

/* Only for places; a plan that cannot be made takes nothing away from the comments. */
static kk_plan *plan_for(kk_auditor *auditor, kk_doc *doc, const kk_audit *audit, const char *date)
{
    kk_plan *plan = NULL;
    kk_plan_options o = {.size = sizeof o, .date = date, .untracked = true};
    kk_error ignored = {.status = KK_OK};
    if (audit->n_docs == 1) {
        (void)kk_plan_new(&plan, auditor, doc, audit, &o, &ignored);
    }
    return plan;
}

kk_status kk_doc_comment(kk_doc *doc, kk_auditor *auditor, const kk_audit *audit,
                         const kk_comment_options *options, kk_bytes *out, kk_error *err)
{
    kk_comment_options o;
    kk_struct_in(&o, sizeof o, options);
    out->ptr = NULL;
    out->len = 0;
    if (doc->docx == NULL || doc->spent || o.document >= audit->n_docs) {
        return kk_fail(err, KK_E_ARG, "", "this document cannot be written");
    }
    KK_TRY(kk_date_check(o.date, err));
    doc->spent = true;
    remarks r = {.doc = doc,
                 .audit = audit,
                 .document = o.document,
                 .lang = o.lang,
                 .how = {false, o.drop_signature, kk_z(o.author == NULL ? "klimakrav" : o.author),
                         kk_z(o.timestamp)},
                 .plan = plan_for(auditor, doc, audit, o.date),
                 .arena = kk_arena_new(),
                 .err = err};
    size_t n = 0;
    kk_buf saved;
    kk_buf_init(&saved, 0);
    kk_status status = r.arena == NULL ? kk_fail_nomem(err) : put_all(&r, &n);
    if (status == KK_OK) {
        status = kk_docx_save(doc->docx, &saved, err);
    }
    kk_plan_free(r.plan);
    kk_arena_free(r.arena);
    if (status != KK_OK) {
        kk_buf_dispose(&saved);
        return status;
    }
    return kk_doc_give(doc, &saved, 0, out, err);
}
