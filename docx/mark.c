/* Reads our own content controls from TEXT and hashes what they hold (idempotence). Knows tags and
 * plain text; must not know how they are written. */
#include "mark.h"

#include "error.h"
#include "hash.h"
#include "str.h"

#include <string.h>

static bool is_hex(kk_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        const char c = s.ptr[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            return false;
        }
    }
    return true;
}

bool kk_mark_parse(kk_str tag, kk_mark *out)
{
    memset(out, 0, sizeof *out);
    if (!kk_str_starts(tag, KK_STR("kk:"))) {
        return false;
    }
    const size_t at = kk_str_find(tag, KK_STR("@"), 3);
    const size_t number = at == SIZE_MAX ? SIZE_MAX : kk_str_find(tag, KK_STR("#"), at);
    if (number == SIZE_MAX || at == 3 || number == at + 1 || tag.len != number + 13) {
        return false;
    }
    const kk_str hash = kk_str_slice(tag, number + 1, tag.len);
    if (!is_hex(hash)) {
        return false;
    }
    out->clause = kk_str_slice(tag, 3, at);
    out->version = kk_str_slice(tag, at + 1, number);
    out->hash = hash;
    return true;
}

void kk_mark_print(kk_buf *out, const kk_mark *mark)
{
    kk_buf_puts(out, "kk:");
    kk_buf_str(out, mark->clause);
    kk_buf_puts(out, "@");
    kk_buf_str(out, mark->version);
    kk_buf_puts(out, "#");
    kk_buf_str(out, mark->hash);
}

void kk_mark_following(const kk_text *text, uint32_t story, uint32_t para, char out[13])
{
    kk_str words = {NULL, 0};
    const uint32_t end = text->stories[story].para_end;
    for (uint32_t p = para; p < end && words.len == 0; p++) {
        if (text->paras[p].managed == KK_NONE) {
            words = kk_str_trim((kk_str){text->utf8 + text->paras[p].begin,
                                         text->paras[p].end - text->paras[p].begin});
        }
    }
    char hex[65];
    kk_sha256_hex(words, hex);
    memcpy(out, hex, 12);
    out[12] = '\0';
}

/* First paragraph that begins at or after text offset `at`. */
static uint32_t para_at(const kk_text *text, uint32_t at)
{
    uint32_t low = 0, high = text->n_paras;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (text->paras[middle].begin < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static uint32_t span_at(const kk_text *text, uint32_t at)
{
    uint32_t low = 0, high = text->n_spans;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (text->spans[middle].begin < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Feeds one paragraph, its fields by name. */
static void feed_para(kk_clausehash *hash, const kk_text *text, const kk_para *para)
{
    uint32_t at = para->begin;
    for (uint32_t s = span_at(text, para->begin); s < text->n_spans; s++) {
        const kk_span *span = &text->spans[s];
        if (span->begin > para->end) {
            break;
        }
        if (span->kind != KK_SPAN_FILLIN || span->end > para->end || span->begin < at) {
            continue;
        }
        kk_clausehash_text(hash, (kk_str){text->utf8 + at, span->begin - at});
        kk_clausehash_field(hash, span->text);
        at = span->end;
    }
    kk_clausehash_text(hash, (kk_str){text->utf8 + at, para->end - at});
    kk_clausehash_paragraph(hash);
}

/* The row a paragraph stands in, if its table is ours (inside the control) or the control is a row.
 */
static const kk_cell *own_cell(const kk_text *text, const kk_control *control, const kk_para *para)
{
    if (para->cell == KK_NONE) {
        return NULL;
    }
    const kk_cell *cell = &text->cells[para->cell];
    if (control->kind == KK_CONTROL_ROW) {
        return cell;
    }
    const kk_table *table = &text->tables[cell->table];
    return text->paras[table->para_begin].begin >= control->begin ? cell : NULL;
}

/* Moves the hash to the cell that `cell` means; NULL ends an open row. */
static void enter_cell(kk_clausehash *hash, const kk_cell *cell, const kk_cell **open)
{
    const kk_cell *old = *open;
    const bool same_row =
        old != NULL && cell != NULL && old->table == cell->table && old->row == cell->row;
    if (old != NULL && !same_row) {
        kk_clausehash_cell_end(hash);
        kk_clausehash_row_end(hash);
    }
    if (cell != NULL && !same_row) {
        kk_clausehash_row_begin(hash);
    }
    while (cell != NULL && hash->cell < cell->col) {
        kk_clausehash_cell_end(hash);
    }
    *open = cell;
}

/* Feeds all that a control holds. Header rows of a table of our own are no clause text. */
static void feed_control(kk_clausehash *hash, const kk_text *text, const kk_control *control)
{
    const kk_cell *open = NULL;
    for (uint32_t p = para_at(text, control->begin); p < text->n_paras; p++) {
        const kk_para *para = &text->paras[p];
        if (para->begin >= control->end) {
            break;
        }
        const kk_cell *cell = own_cell(text, control, para);
        if (cell != NULL && control->kind != KK_CONTROL_ROW &&
            (cell->flags & KK_CELL_HEADER) != 0) {
            continue;
        }
        enter_cell(hash, cell, &open);
        feed_para(hash, text, para);
    }
    enter_cell(hash, NULL, &open);
}

/* Every letter of the control is a pending insertion. */
static bool is_pending(const kk_text *text, const kk_control *control)
{
    bool any = false;
    for (uint32_t p = para_at(text, control->begin); p < text->n_paras; p++) {
        const kk_para *para = &text->paras[p];
        if (para->begin >= control->end) {
            break;
        }
        uint32_t at = para->begin;
        for (uint32_t s = span_at(text, para->begin); s < text->n_spans && at < para->end; s++) {
            const kk_span *span = &text->spans[s];
            if (span->begin > at) {
                break;
            }
            if (span->kind == KK_SPAN_INSERTED && span->end > at) {
                at = span->end;
                any = true;
            }
        }
        if (at < para->end) {
            return false;
        }
    }
    return any;
}

/* The entry this control belongs to: an earlier row of the same table with the same tag. */
static uint32_t same_clause(const kk_docx *doc, const kk_managed *managed, uint32_t n_refs,
                            uint32_t control)
{
    const kk_text *text = &doc->text;
    if (n_refs == 0 || text->controls[control].kind != KK_CONTROL_ROW) {
        return KK_NONE;
    }
    const kk_managed_ref *last = &doc->managed_refs[n_refs - 1];
    const kk_control *other = &text->controls[last->control];
    if (other->kind != KK_CONTROL_ROW || other->parent != text->controls[control].parent ||
        !kk_str_equal(other->tag, text->controls[control].tag)) {
        return KK_NONE;
    }
    const uint32_t a = para_at(text, other->begin);
    const uint32_t b = para_at(text, text->controls[control].begin);
    if (a >= text->n_paras || b >= text->n_paras || text->paras[a].cell == KK_NONE ||
        text->paras[b].cell == KK_NONE) {
        return KK_NONE;
    }
    const bool same_table =
        text->cells[text->paras[a].cell].table == text->cells[text->paras[b].cell].table;
    return same_table && managed != NULL ? last->managed : KK_NONE;
}

/* Hash of the text as it stands in all controls of entry m. */
static kk_status hash_entry(kk_docx *doc, uint32_t m, kk_managed *entry, kk_error *err)
{
    kk_clausehash hash;
    kk_clausehash_init(&hash, doc->arena);
    for (uint32_t r = 0; r < doc->n_managed_refs; r++) {
        if (doc->managed_refs[r].managed == m) {
            feed_control(&hash, &doc->text, &doc->text.controls[doc->managed_refs[r].control]);
        }
    }
    char digits[13];
    bool same = false;
    entry->flags |= hash.items.n == 0 && hash.failed == KK_OK ? (uint32_t)KK_MANAGED_GONE : 0;
    kk_status status = kk_clausehash_matches(&hash, entry->tag_hash, &same, NULL, NULL);
    entry->text_hash = entry->tag_hash;
    if (status == KK_OK && !same) {
        status = kk_clausehash_finish(&hash, KK_STR(""), KK_STR(""), UINT64_MAX, digits);
        entry->text_hash = kk_arena_str(doc->arena, kk_str_from(digits));
    }
    kk_clausehash_dispose(&hash);
    if (status != KK_OK || entry->text_hash.ptr == NULL) {
        return kk_fail_nomem(err);
    }
    return KK_OK;
}

kk_status kk_docx_managed_is(const kk_docx *doc, uint32_t managed, kk_str hash, bool *is,
                             kk_lang *lang)
{
    kk_str form = {NULL, 0};
    kk_clausehash found;
    kk_arena *arena = kk_arena_new();
    *is = false;
    if (arena == NULL) {
        return KK_E_NOMEM;
    }
    kk_clausehash_init(&found, arena);
    for (uint32_t r = 0; r < doc->n_managed_refs; r++) {
        if (doc->managed_refs[r].managed == managed) {
            feed_control(&found, &doc->text, &doc->text.controls[doc->managed_refs[r].control]);
        }
    }
    const kk_status status = kk_clausehash_matches(&found, hash, is, &form, NULL);
    if (lang != NULL) {
        *lang = !*is                      ? KK_LANG_UNSET
                : kk_str_is(form, "nn") ? KK_LANG_NN
                : kk_str_is(form, "nb") ? KK_LANG_NB
                                        : KK_LANG_UNSET;
    }
    kk_clausehash_dispose(&found);
    kk_arena_free(arena);
    return status;
}

uint32_t kk_docx_managed_table(const kk_docx *doc, uint32_t managed, uint32_t *row)
{
    for (uint32_t r = doc->n_managed_refs; r > 0; r--) {
        const kk_managed_ref *ref = &doc->managed_refs[r - 1];
        if (ref->managed != managed) {
            continue;
        }
        const kk_control *c = &doc->text.controls[ref->control];
        const uint32_t p = para_at(&doc->text, c->begin);
        if (c->kind != KK_CONTROL_ROW || p >= doc->text.n_paras ||
            doc->text.paras[p].cell == KK_NONE) {
            return KK_NONE;
        }
        const kk_cell *cell = &doc->text.cells[doc->text.paras[p].cell];
        *row = cell->row;
        return cell->table;
    }
    return KK_NONE;
}

/* Adds one control to the entries; returns the number of entries. */
static uint32_t add_control(kk_docx *doc, kk_managed *managed, uint32_t n, uint32_t control,
                            const kk_mark *mark)
{
    const kk_text *text = &doc->text;
    const kk_control *c = &text->controls[control];
    uint32_t m = same_clause(doc, managed, doc->n_managed_refs, control);
    const uint32_t begin = para_at(text, c->begin);
    const uint32_t end = para_at(text, c->end > c->begin ? c->end : c->begin);
    const bool pending = is_pending(text, c);
    if (m == KK_NONE) {
        m = n++;
        managed[m] = (kk_managed){.clause = mark->clause,
                                  .version = mark->version,
                                  .tag_hash = mark->hash,
                                  .para_begin = begin,
                                  .flags = pending ? KK_MANAGED_PENDING : 0};
    } else if (!pending) {
        managed[m].flags &= ~(uint32_t)KK_MANAGED_PENDING;
    }
    managed[m].para_end = end;
    doc->managed_refs[doc->n_managed_refs++] = (kk_managed_ref){m, control};
    return n;
}

kk_status kk_mark_fill(kk_docx *doc, kk_para *paras, kk_error *err)
{
    kk_text *text = &doc->text;
    kk_mark mark;
    uint32_t n = 0;
    for (uint32_t c = 0; c < text->n_controls; c++) {
        n += kk_mark_parse(text->controls[c].tag, &mark) ? 1 : 0;
    }
    doc->n_managed_refs = 0;
    text->n_managed = 0;
    if (n == 0) {
        return KK_OK;
    }
    kk_managed *managed = kk_arena_array(doc->arena, n, sizeof *managed);
    doc->managed_refs = kk_arena_array(doc->arena, n, sizeof *doc->managed_refs);
    if (managed == NULL || doc->managed_refs == NULL) {
        return kk_fail_nomem(err);
    }
    uint32_t n_managed = 0;
    for (uint32_t c = 0; c < text->n_controls; c++) {
        if (text->controls[c].kind != KK_CONTROL_RUN &&
            kk_mark_parse(text->controls[c].tag, &mark)) {
            n_managed = add_control(doc, managed, n_managed, c, &mark);
        }
    }
    for (uint32_t m = 0; m < n_managed; m++) {
        KK_TRY(hash_entry(doc, m, &managed[m], err));
    }
    for (uint32_t r = 0; r < doc->n_managed_refs; r++) {
        const kk_control *c = &text->controls[doc->managed_refs[r].control];
        for (uint32_t p = para_at(text, c->begin); p < text->n_paras && paras[p].begin < c->end;
             p++) {
            paras[p].managed = doc->managed_refs[r].managed;
        }
    }
    text->managed = managed;
    text->n_managed = n_managed;
    return KK_OK;
}
