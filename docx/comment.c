/* kk_docx_comment and kk_docx_uncomment: Word comments on exact words, found again by a key in
 * their initials. Knows the comments part and range markers; not what is said. */
#include "anchor.h"
#include "cut.h"
#include "error.h"
#include "hash.h"
#include "mark.h"
#include "str.h"
#include "wml.h"

#include <string.h>

#define COMMENTS_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
#define EMPTY_COMMENTS                                                                             \
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"%s\">"   \
    "</w:comments>"

/* "kk-" and six hex digits of the key: Word takes at most nine characters. */
typedef struct initials {
    char text[16];
} initials;

static initials initials_of(kk_str key)
{
    initials result;
    char hex[65];
    kk_sha256_hex(key, hex);
    memcpy(result.text, KK_MARK_COMMENT, sizeof KK_MARK_COMMENT - 1);
    memcpy(result.text + sizeof KK_MARK_COMMENT - 1, hex, 6);
    result.text[sizeof KK_MARK_COMMENT - 1 + 6] = '\0';
    return result;
}

/* The comments part of the main part: index into parts, KK_NONE if there is none. */
static uint32_t comments_part(const kk_docx *doc)
{
    const kk_rel *rel = kk_rels_find(&doc->package.main_rels, KK_REL_COMMENTS);
    return rel == NULL || rel->entry == KK_NONE ? KK_NONE : kk_docx_part_index(doc, rel->part);
}

/* Root of a part. */
static bool root_of(kk_str raw, kk_cut_element *root)
{
    const uint32_t at = kk_str_starts(raw, KK_STR("\xEF\xBB\xBF")) ? 3 : 0;
    return kk_cut_element_at(raw, at, (uint32_t)raw.len, root);
}

/* Next comment of ours at or after *at: with those initials, or any when wanted is NULL. */
static bool next_ours(const kk_part *part, uint32_t *at, const char *wanted, kk_cut_element *out)
{
    kk_cut_element root;
    if (!root_of(part->raw, &root)) {
        return false;
    }
    *at = *at < root.inner_begin ? root.inner_begin : *at;
    while (kk_cut_element_at(part->raw, *at, root.inner_end, out)) {
        kk_str value;
        *at = out->end;
        if (kk_cut_is(out->name, part->w, "comment") &&
            kk_cut_attr(part->raw, out->begin, "initials", &value) &&
            (wanted != NULL ? kk_str_is(value, wanted)
                            : kk_str_starts(value, KK_STR(KK_MARK_COMMENT)))) {
            return true;
        }
    }
    return false;
}

/* ---- taking out ---------------------------------------------------------------------------- */

/* Does this run hold nothing but its properties and a comment reference? */
static bool only_reference(const kk_part *part, const kk_cut_element *run)
{
    kk_cut_element child;
    for (uint32_t at = run->inner_begin; kk_cut_element_at(part->raw, at, run->inner_end, &child);
         at = child.end) {
        if (!kk_cut_is(child.name, part->w, "rPr") &&
            !kk_cut_is(child.name, part->w, "commentReference")) {
            return false;
        }
    }
    return true;
}

static kk_status erase(kk_docx *doc, uint32_t p, uint32_t begin, uint32_t end, kk_error *err)
{
    kk_target *target;
    KK_TRY(kk_edits_part(doc, p, &target, err));
    return kk_edits_splice(doc, target, begin, end, KK_STR(""), err);
}

/* Removes range markers and reference of comment `id` from one part. */
static kk_status erase_anchors(kk_docx *doc, uint32_t p, kk_str id, kk_error *err)
{
    const kk_part *part = &doc->parts[p];
    uint32_t run = KK_NONE;
    for (uint32_t at = 0; at < part->raw.len;) {
        const kk_cut_token token = kk_cut_next(part->raw, &at, (uint32_t)part->raw.len);
        kk_str value;
        if (kk_cut_is(token.name, part->w, "r") && token.kind == KK_CUT_START) {
            run = token.begin;
        }
        const bool range = kk_cut_is(token.name, part->w, "commentRangeStart") ||
                           kk_cut_is(token.name, part->w, "commentRangeEnd");
        const bool reference = kk_cut_is(token.name, part->w, "commentReference");
        if (token.kind == KK_CUT_TEXT || token.kind == KK_CUT_END || (!range && !reference) ||
            !kk_cut_attr(part->raw, token.begin, "id", &value) || !kk_str_equal(value, id)) {
            continue;
        }
        kk_cut_element whole;
        if (!kk_cut_element_at(part->raw, token.begin, (uint32_t)part->raw.len, &whole)) {
            continue;
        }
        kk_cut_element around;
        if (reference && run != KK_NONE &&
            kk_cut_element_at(part->raw, run, (uint32_t)part->raw.len, &around) &&
            only_reference(part, &around)) {
            whole = around;
        }
        KK_TRY(erase(doc, p, whole.begin, whole.end, err));
        at = whole.end;
    }
    return KK_OK;
}

static kk_status erase_comment(kk_docx *doc, uint32_t comments, const kk_cut_element *comment,
                               kk_error *err)
{
    kk_str id;
    kk_status status = erase(doc, comments, comment->begin, comment->end, err);
    const bool known = kk_cut_attr(doc->parts[comments].raw, comment->begin, "id", &id);
    for (uint32_t p = 0; known && p < doc->n_parts && status == KK_OK; p++) {
        status = p == comments ? KK_OK : erase_anchors(doc, p, id, err);
    }
    return status;
}

/* Does the comments part hold anything but ours? */
static bool others_left(const kk_part *part)
{
    kk_cut_element root, child;
    if (!root_of(part->raw, &root)) {
        return true;
    }
    for (uint32_t at = root.inner_begin; kk_cut_element_at(part->raw, at, root.inner_end, &child);
         at = child.end) {
        kk_str value;
        if (!kk_cut_attr(part->raw, child.begin, "initials", &value) ||
            !kk_str_starts(value, KK_STR(KK_MARK_COMMENT))) {
            return true;
        }
    }
    return false;
}

/* Was the comments part made by us? Its relationship says so. */
static bool is_our_part(const kk_docx *doc)
{
    const kk_rel *rel = kk_rels_find(&doc->package.main_rels, KK_REL_COMMENTS);
    return rel != NULL && kk_str_starts(rel->id, KK_STR("rIdKk"));
}

static kk_status remove_comments(kk_docx *doc, uint32_t comments, const char *wanted, kk_error *err)
{
    kk_cut_element comment;
    uint32_t at = 0;
    while (next_ours(&doc->parts[comments], &at, wanted, &comment)) {
        KK_TRY(erase_comment(doc, comments, &comment, err));
    }
    if (wanted == NULL && is_our_part(doc) && !others_left(&doc->parts[comments])) {
        return kk_edits_remove_part(doc, doc->parts[comments].name, err);
    }
    return KK_OK;
}

kk_status kk_docx_uncomment(kk_docx *doc, kk_str id_key, kk_error *err)
{
    const uint32_t comments = comments_part(doc);
    const initials own = initials_of(id_key);
    const char *wanted = id_key.len > 0 ? own.text : NULL;
    kk_cut_element first;
    uint32_t at = 0;
    if (comments == KK_NONE || !next_ours(&doc->parts[comments], &at, wanted, &first)) {
        return KK_OK;
    }
    const kk_record record = {KK_STR(""), KK_STR(""), KK_NONE, false};
    kk_edits_state state;
    KK_TRY(kk_edits_begin(doc, &record, &state, err));
    const kk_status status = remove_comments(doc, comments, wanted, err);
    if (status != KK_OK) {
        kk_edits_rollback(kk_edits_of(doc), &state);
    }
    return status;
}

static bool is_kept(const kk_part *part, const kk_cut_element *comment, const kk_str *keys,
                    uint32_t n)
{
    kk_str value;
    if (!kk_cut_attr(part->raw, comment->begin, "initials", &value)) {
        return true;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (kk_str_is(value, initials_of(keys[i]).text)) {
            return true;
        }
    }
    return false;
}

kk_status kk_docx_keep_comments(kk_docx *doc, const kk_str *keys, uint32_t n, kk_error *err)
{
    const uint32_t comments = comments_part(doc);
    const kk_record record = {KK_STR(""), KK_STR(""), KK_NONE, false};
    kk_edits_state state;
    kk_cut_element comment;
    kk_status status = KK_OK;
    if (comments == KK_NONE) {
        return KK_OK;
    }
    if (n == 0) {
        return kk_docx_uncomment(doc, KK_STR(""), err);
    }
    KK_TRY(kk_edits_begin(doc, &record, &state, err));
    for (uint32_t at = 0;
         status == KK_OK && next_ours(&doc->parts[comments], &at, NULL, &comment);) {
        if (!is_kept(&doc->parts[comments], &comment, keys, n)) {
            status = erase_comment(doc, comments, &comment, err);
        }
    }
    if (status != KK_OK) {
        kk_edits_rollback(kk_edits_of(doc), &state);
    }
    return status;
}

/* ---- putting in ---------------------------------------------------------------------------- */

typedef struct note {
    kk_docx *doc;
    uint32_t id;
    uint32_t comments; /* part, KK_NONE: none yet */
    uint32_t para, begin, end;
    kk_str text;
    initials key;
    const kk_docx_options *options;
} note;

static void put_style(kk_wml *wml, const kk_style *style, const char *element, const char *around)
{
    if (style != NULL) {
        kk_wml_put(wml, "<~");
        kk_buf_puts(wml->out, around);
        kk_buf_puts(wml->out, ">");
        kk_wml_val(wml, element, style->id);
        kk_wml_put(wml, "</~");
        kk_buf_puts(wml->out, around);
        kk_buf_puts(wml->out, ">");
    }
}

/* Paragraphs of the comment, one per line of its text. */
static void put_lines(kk_wml *wml, const note *n)
{
    const kk_styles *styles = &n->doc->styles;
    const kk_style *para = kk_style_by_name(styles, KK_STYLE_PARAGRAPH, KK_STR("annotation text"));
    const kk_style *mark =
        kk_style_by_name(styles, KK_STYLE_CHARACTER, KK_STR("annotation reference"));
    kk_str rest = n->text, line;
    for (bool first = true; kk_str_split(&rest, '\n', &line); first = false) {
        kk_wml_put(wml, "<~p>");
        put_style(wml, para, "pStyle", "pPr");
        if (first) {
            kk_wml_put(wml, "<~r>");
            put_style(wml, mark, "rStyle", "rPr");
            kk_wml_put(wml, "<~annotationRef/></~r>");
        }
        if (line.len > 0) {
            kk_wml_put(wml, "<~r><~t xml:space=\"preserve\">");
            kk_buf_xml(wml->out, line);
            kk_wml_put(wml, "</~t></~r>");
        }
        kk_wml_put(wml, "</~p>");
    }
}

static void put_comment(kk_wml *wml, const note *n)
{
    kk_wml_put(wml, "<~comment");
    kk_wml_attr_u32(wml, "id", n->id);
    kk_wml_attr(wml, "author", n->options->author);
    if (n->options->date.len > 0) {
        kk_wml_attr(wml, "date", n->options->date);
    }
    kk_wml_attr(wml, "initials", kk_str_from(n->key.text));
    kk_wml_put(wml, ">");
    put_lines(wml, n);
    kk_wml_put(wml, "</~comment>");
}

/* The comments part as a target, made when missing, and the names used in it. */
static kk_status comments_target(note *n, kk_target **target, kk_names *names, kk_error *err)
{
    kk_docx *doc = n->doc;
    kk_edits *edits = kk_edits_of(doc);
    if (n->comments != KK_NONE) {
        *names = kk_names_of(&doc->parts[n->comments]);
        return kk_edits_part(doc, n->comments, target, err);
    }
    *names = (kk_names){KK_STR("w"), KK_STR("w"), KK_STR(""), doc->package.strict};
    if (edits->comments_part.len > 0) {
        *target = kk_edits_added(edits, edits->comments_part);
        return *target != NULL ? KK_OK : kk_fail_nomem(err);
    }
    const char *uri = doc->package.strict
                          ? "http://purl.oclc.org/ooxml/wordprocessingml/main"
                          : "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    const kk_new_part part = {.base = "comments",
                              .type = COMMENTS_TYPE,
                              .relationship = "comments",
                              .content = kk_arena_printf(edits->arena, EMPTY_COMMENTS, uri)};
    if (part.content.ptr == NULL) {
        return kk_fail_nomem(err);
    }
    KK_TRY(kk_edits_add_part(doc, &part, target, err));
    edits->comments_part = (*target)->name;
    return KK_OK;
}

/* A root written <w:comments/> gets room between its tags, once however many comments come: the slash
 * becomes ">" and the ">" the end tag, so that comments go in between. */
static kk_status open_root(kk_docx *doc, kk_target *target, const kk_cut_element *root,
                           kk_error *err)
{
    for (size_t i = 0; i < target->splices.list.n; i++) {
        if (target->splices.list.items[i].begin == root->end - 2) {
            return KK_OK;
        }
    }
    const kk_str end = kk_arena_printf(kk_edits_of(doc)->arena, "</%.*s>", (int)root->name.len,
                                       root->name.ptr);
    if (end.ptr == NULL) {
        return kk_fail_nomem(err);
    }
    KK_TRY(kk_edits_splice(doc, target, root->end - 2, root->end - 1, KK_STR(">"), err));
    return kk_edits_splice(doc, target, root->end - 1, root->end, end, err);
}

static kk_status write_comment(note *n, kk_error *err)
{
    kk_target *target = NULL;
    kk_buf out;
    kk_cut_element root;
    kk_wml wml = {.out = &out};
    KK_TRY(comments_target(n, &target, &wml.names, err));
    if (target == NULL || !root_of(target->raw, &root)) {
        return kk_fail(err, KK_E_FORMAT, "", "the comments part has no root element");
    }
    if (root.empty_tag) {
        KK_TRY(open_root(n->doc, target, &root, err));
    }
    kk_buf_init(&out, 0);
    put_comment(&wml, n);
    const uint32_t at = root.empty_tag ? root.end - 1 : root.inner_end;
    const kk_status status = out.failed == KK_OK
                                 ? kk_edits_splice(n->doc, target, at, at, kk_buf_view(&out), err)
                                 : kk_fail_nomem(err);
    kk_buf_dispose(&out);
    return status;
}

/* One marker of the range; the run with the reference when element is NULL. */
static void put_marker(kk_wml *wml, const note *n, const char *element)
{
    const bool reference = element == NULL;
    if (reference) {
        const kk_style *style =
            kk_style_by_name(&n->doc->styles, KK_STYLE_CHARACTER, KK_STR("annotation reference"));
        kk_wml_put(wml, "<~r>");
        put_style(wml, style, "rStyle", "rPr");
    }
    kk_wml_put(wml, "<~");
    kk_buf_puts(wml->out, reference ? "commentReference" : element);
    kk_wml_attr_u32(wml, "id", n->id);
    kk_wml_put(wml, reference ? "/></~r>" : "/>");
}

/* Puts what was written to out at an anchor. */
static kk_status put_at(const note *n, uint32_t part, const kk_anchor *anchor, kk_buf *out,
                        kk_error *err)
{
    if (out->failed != KK_OK) {
        return kk_fail_nomem(err);
    }
    const kk_status status = kk_anchor_put(n->doc, part, anchor, kk_buf_view(out), err);
    kk_buf_clear(out);
    return status;
}

/* The three markers in the text. A run that the range ends in is split once for end and reference.
 */
static kk_status write_anchors(const note *n, uint32_t part, kk_buf *out, kk_error *err)
{
    kk_wml wml = {.out = out, .names = kk_names_of(&n->doc->parts[part])};
    kk_anchors at;
    kk_anchor_find(n->doc, n->para, n->begin, n->end, &at);
    put_marker(&wml, n, "commentRangeStart");
    if (at.empty != 0) {
        put_marker(&wml, n, "commentRangeEnd");
        put_marker(&wml, n, NULL);
        return out->failed != KK_OK ? kk_fail_nomem(err)
                                    : kk_anchor_open(n->doc, part, at.empty, kk_buf_view(out), err);
    }
    KK_TRY(put_at(n, part, &at.from, out, err));
    put_marker(&wml, n, "commentRangeEnd");
    if (at.reference != at.to.raw) {
        KK_TRY(put_at(n, part, &at.to, out, err));
        at.to = (kk_anchor){.raw = at.reference, .run = KK_NONE};
    }
    put_marker(&wml, n, NULL);
    return put_at(n, part, &at.to, out, err);
}

/* Is the same comment there already, on the same words with the same text? */
static bool is_unchanged(const note *n, const kk_cut_element *comment)
{
    const kk_part *part = &n->doc->parts[n->comments];
    const kk_text *text = &n->doc->text;
    kk_str id, author;
    if (!kk_cut_attr(part->raw, comment->begin, "id", &id) ||
        !kk_cut_attr(part->raw, comment->begin, "author", &author) ||
        !kk_str_equal(author, n->options->author)) {
        return false;
    }
    bool same_place = n->begin == n->end;
    for (uint32_t s = 0; s < text->n_spans && !same_place; s++) {
        const kk_span *span = &text->spans[s];
        same_place = span->kind == KK_SPAN_COMMENTED && span->begin == n->begin &&
                     span->end == n->end && kk_str_equal(span->text, id);
    }
    kk_buf lines;
    kk_buf_init(&lines, 0);
    kk_wml wml = {.out = &lines, .names = kk_names_of(part)};
    put_lines(&wml, n);
    const bool same =
        same_place && lines.failed == KK_OK &&
        kk_str_equal(kk_buf_view(&lines),
                     kk_str_slice(part->raw, comment->inner_begin, comment->inner_end));
    kk_buf_dispose(&lines);
    return same;
}

/* Writes comment, range and reference; an earlier one of the same key goes. */
static kk_status write_all(note *n, kk_error *err)
{
    const uint32_t part = n->doc->story_part[n->doc->text.paras[n->para].story];
    kk_cut_element old;
    uint32_t at = 0;
    while (n->comments != KK_NONE &&
           next_ours(&n->doc->parts[n->comments], &at, n->key.text, &old)) {
        KK_TRY(erase_comment(n->doc, n->comments, &old, err));
    }
    n->id = kk_ids_take(&kk_edits_of(n->doc)->ids);
    if (n->id == 0) {
        return kk_fail_nomem(err);
    }
    KK_TRY(write_comment(n, err));
    kk_buf out;
    kk_buf_init(&out, 0);
    const kk_status status = write_anchors(n, part, &out, err);
    kk_buf_dispose(&out);
    return status;
}

/* Word keeps comments out of headers, footers, text boxes and of comments themselves. */
static kk_status check_place(const kk_docx *doc, uint32_t para, kk_error *err)
{
    const kk_story_kind kind = doc->text.stories[doc->text.paras[para].story].kind;
    if (kind != KK_STORY_BODY && kind != KK_STORY_FOOTNOTE && kind != KK_STORY_ENDNOTE) {
        return kk_fail(err, KK_E_UNSUPPORTED, "place-ambiguous",
                       "Word has no comments in headers, footers, text boxes and comments");
    }
    const kk_settings *settings = &doc->settings;
    if (settings->protection_enforced && !kk_str_is(settings->protection_edit, "comments") &&
        !kk_str_is(settings->protection_edit, "trackedChanges")) {
        return kk_fail(err, KK_E_UNSUPPORTED, "protected",
                       "the document is protected against comments; stop the protection in Word "
                       "(Review, Restrict Editing)");
    }
    return KK_OK;
}

/* The paragraph that holds TEXT [begin, end); KK_NONE if none does. */
static uint32_t para_of(const kk_text *text, uint32_t begin, uint32_t end)
{
    uint32_t low = 0, high = text->n_paras;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (text->paras[middle].end < begin) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < text->n_paras && text->paras[low].begin <= begin && end <= text->paras[low].end
               ? low
               : KK_NONE;
}

/* NOLINTNEXTLINE(readability-function-size): the facade's contract has seven parameters */
kk_status kk_docx_comment(kk_docx *doc, uint32_t begin, uint32_t end, kk_str id_key, kk_str text,
                          const kk_docx_options *options, kk_error *err)
{
    note n = {.doc = doc,
              .comments = comments_part(doc),
              .para = para_of(&doc->text, begin, end),
              .begin = begin,
              .end = end,
              .text = text,
              .key = initials_of(id_key),
              .options = options};
    kk_cut_element old;
    uint32_t at = 0;
    if (begin > end || n.para == KK_NONE || id_key.len == 0 || text.len == 0) {
        return kk_fail(err, KK_E_ARG, "", "the comment has no text, no key or no place");
    }
    KK_TRY(kk_edits_check_open(doc, options, err));
    KK_TRY(check_place(doc, n.para, err));
    if (n.comments != KK_NONE && next_ours(&doc->parts[n.comments], &at, n.key.text, &old) &&
        is_unchanged(&n, &old)) {
        return KK_OK;
    }
    const kk_record record = {KK_STR(""), KK_STR(""), n.para, false};
    kk_edits_state state;
    KK_TRY(kk_edits_begin(doc, &record, &state, err));
    kk_ids_seed(&kk_edits_of(doc)->ids, id_key);
    const kk_status status = write_all(&n, err);
    if (status != KK_OK) {
        kk_edits_rollback(kk_edits_of(doc), &state);
    }
    return status;
}
