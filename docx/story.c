/* From package to TEXT: which parts are read in which order, and the arrays put together at the
 * end. Knows nothing of single elements. */
#include "story.h"

#include "error.h"
#include "mem.h"
#include "story_reader.h"
#include "str.h"

#include <stdlib.h>
#include <string.h>

/* What kk_text and kk_docx point into. */
typedef struct owner {
    kk_flow flow;
    KK_VEC(kk_node) nodes;
    KK_VEC(kk_part) parts;
    KK_VEC(uint32_t) story_part;
} owner;

void kk_story_free(void *text_owner)
{
    owner *own = text_owner;
    if (own == NULL) {
        return;
    }
    kk_flow_dispose(&own->flow);
    kk_vec_free(&own->nodes);
    kk_vec_free(&own->parts);
    kk_vec_free(&own->story_part);
    kk_release(own);
}

kk_para *kk_story_paras(void *text_owner)
{
    owner *own = text_owner;
    return own->flow.paras.items;
}

/* ---- one part ------------------------------------------------------------------------------ */

static kk_status finish_part(kk_reader *in, kk_part *part)
{
    kk_flow *flow = &in->flow_main;
    if (!kk_flow_join(flow, &in->boxes)) {
        return kk_fail_nomem(in->err);
    }
    kk_flow_clear(&in->boxes);
    for (size_t i = 0; i < flow->node_paras.n; i++) {
        kk_reader_node(in, flow->node_paras.items[i].node)->para = flow->node_paras.items[i].para;
    }
    flow->node_paras.n = 0;
    part->n_nodes = (uint32_t)in->nodes.n - in->node_base;
    part->n_segments =
        (uint32_t)flow->segments.n - in->segment_begins.items[in->segment_begins.n - 1];
    part->para_end = (uint32_t)flow->paras.n;
    return KK_OK;
}

static kk_status read_part(kk_reader *in, uint32_t entry, kk_story_kind kind)
{
    kk_docx *doc = in->doc;
    uint32_t n_entries;
    kk_part part = {.name = kk_zip_entries(doc->package.zip, &n_entries)[entry].name,
                    .para_begin = (uint32_t)in->flow_main.paras.n};
    KK_TRY(kk_package_xml(&doc->package, entry, &part.raw, &part.transcoded, in->err));
    in->part = &part;
    in->part_index = (uint32_t)in->parts.n;
    in->node_base = (uint32_t)in->nodes.n;
    in->story_kind = kind;
    in->frames.n = 0;
    in->skip = in->perms = 0;
    in->flow = &in->flow_main;
    if (!kk_vec_push(&in->node_begins, in->node_base) ||
        !kk_vec_push(&in->segment_begins, (uint32_t)in->flow_main.segments.n)) {
        return kk_fail_nomem(in->err);
    }
    KK_TRY(kk_xml_scan(part.raw, part.name, &doc->limits, &kk_story_handler, in, in->err));
    KK_TRY(finish_part(in, &part));
    kk_counter_free(in->counter);
    in->counter = NULL;
    return kk_vec_push(&in->parts, part) ? KK_OK : kk_fail_nomem(in->err);
}

static kk_status read_related(kk_reader *in, kk_rel_kind rel_kind, kk_story_kind kind,
                              uint8_t *seen)
{
    const kk_rels *rels = &in->doc->package.main_rels;
    for (uint32_t i = 0; i < rels->n; i++) {
        const kk_rel *rel = &rels->items[i];
        if (rel->kind != rel_kind || rel->external || rel->entry == KK_NONE ||
            seen[rel->entry] != 0) {
            continue;
        }
        seen[rel->entry] = 1;
        KK_TRY(read_part(in, rel->entry, kind));
    }
    return KK_OK;
}

static kk_status read_all(kk_reader *in)
{
    static const struct {
        kk_rel_kind rel;
        kk_story_kind story;
    } order[] = {{KK_REL_HEADER, KK_STORY_HEADER},
                 {KK_REL_FOOTER, KK_STORY_FOOTER},
                 {KK_REL_FOOTNOTES, KK_STORY_FOOTNOTE},
                 {KK_REL_ENDNOTES, KK_STORY_ENDNOTE},
                 {KK_REL_COMMENTS, KK_STORY_COMMENT}};
    kk_docx *doc = in->doc;
    uint32_t n_entries;
    kk_zip_entries(doc->package.zip, &n_entries);
    uint8_t *seen = kk_arena_alloc(doc->arena, (size_t)n_entries + 1);
    if (seen == NULL) {
        return kk_fail_nomem(in->err);
    }
    seen[doc->package.main_entry] = 1;
    KK_TRY(read_part(in, doc->package.main_entry, KK_STORY_BODY));
    if (in->flow_main.stories.n == 0) {
        return kk_fail_at(in->err, KK_E_FORMAT, "not-word", doc->package.main_part, 0,
                          "the main document has no body; open the file in Word and save it anew");
    }
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        KK_TRY(read_related(in, order[i].rel, order[i].story, seen));
    }
    return KK_OK;
}

/* ---- the whole ----------------------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
    const kk_span *x = a;
    const kk_span *y = b;
    if (x->begin != y->begin) {
        return x->begin < y->begin ? -1 : 1;
    }
    if (x->kind != y->kind) {
        return x->kind < y->kind ? -1 : 1;
    }
    if (x->end != y->end) {
        return x->end < y->end ? -1 : 1;
    }
    return kk_str_compare(x->text, y->text);
}

/* Parts of stories: stories are in the order of the parts. */
static bool map_stories(owner *own)
{
    size_t part = 0;
    for (size_t i = 0; i < own->flow.stories.n; i++) {
        const kk_story *story = &own->flow.stories.items[i];
        while (part + 1 < own->parts.n && !kk_str_equal(own->parts.items[part].name, story->part)) {
            part++;
        }
        if (!kk_vec_push(&own->story_part, (uint32_t)part)) {
            return false;
        }
    }
    return true;
}

static void publish_text(kk_docx *doc, owner *own)
{
    const kk_flow *flow = &own->flow;
    kk_text *text = &doc->text;
    text->utf8 = flow->text.ptr == NULL ? "" : flow->text.ptr;
    text->len = (uint32_t)flow->text.len;
    text->paras = flow->paras.items;
    text->stories = flow->stories.items;
    text->tables = flow->tables.items;
    text->cells = flow->cells.items;
    text->controls = flow->controls.items;
    text->spans = flow->spans.items;
    text->n_paras = (uint32_t)flow->paras.n;
    text->n_stories = (uint32_t)flow->stories.n;
    text->n_tables = (uint32_t)flow->tables.n;
    text->n_cells = (uint32_t)flow->cells.n;
    text->n_controls = (uint32_t)flow->controls.n;
    text->n_spans = (uint32_t)flow->spans.n;
    doc->parts = own->parts.items;
    doc->n_parts = (uint32_t)own->parts.n;
    doc->story_part = own->story_part.items;
    doc->story_node = flow->story_nodes.items;
    doc->para_refs = flow->para_refs.items;
    doc->table_nodes = flow->table_nodes.items;
    doc->cell_nodes = flow->cell_nodes.items;
    doc->control_refs = flow->control_refs.items;
}

/* Moves everything out of the reader into doc. */
static kk_status publish(kk_reader *in)
{
    kk_docx *doc = in->doc;
    owner *own = kk_malloc(sizeof *own);
    if (own == NULL) {
        return kk_fail_nomem(in->err);
    }
    memset(own, 0, sizeof *own);
    own->flow = in->flow_main;
    kk_flow_init(&in->flow_main);
    own->nodes.items = in->nodes.items;
    own->nodes.n = in->nodes.n;
    own->parts.items = in->parts.items;
    own->parts.n = in->parts.n;
    in->nodes.items = NULL;
    in->parts.items = NULL;
    doc->text_owner = own;
    for (size_t i = 0; i < own->parts.n; i++) {
        kk_part *part = &own->parts.items[i];
        part->nodes = own->nodes.items + in->node_begins.items[i];
        part->segments =
            part->n_segments == 0 ? NULL : own->flow.segments.items + in->segment_begins.items[i];
    }
    if (own->flow.spans.n > 1) {
        qsort(own->flow.spans.items, own->flow.spans.n, sizeof *own->flow.spans.items, by_place);
    }
    if (!map_stories(own)) {
        return kk_fail_nomem(in->err);
    }
    publish_text(doc, own);
    doc->text.facts |= in->facts;
    return KK_OK;
}

static void dispose(kk_reader *in)
{
    kk_flow_dispose(&in->flow_main);
    kk_flow_dispose(&in->boxes);
    for (size_t i = 0; i < in->pool.n; i++) {
        kk_flow_dispose(in->pool.items[i]);
        kk_release(in->pool.items[i]);
    }
    kk_vec_free(&in->pool);
    kk_vec_free(&in->nodes);
    kk_vec_free(&in->parts);
    kk_vec_free(&in->node_begins);
    kk_vec_free(&in->segment_begins);
    kk_vec_free(&in->frames);
    kk_vec_free(&in->interned);
    kk_strmap_dispose(&in->strings);
    kk_counter_free(in->counter);
    kk_buf_dispose(&in->number);
    kk_arena_free(in->scratch);
}

kk_status kk_story_read(kk_docx *doc, kk_error *err)
{
    kk_reader in;
    memset(&in, 0, sizeof in);
    in.doc = doc;
    in.err = err;
    in.scratch = kk_arena_new();
    kk_flow_init(&in.flow_main);
    kk_flow_init(&in.boxes);
    kk_buf_init(&in.number, 4096);
    kk_status status = in.scratch == NULL ? kk_fail_nomem(err) : read_all(&in);
    if (status == KK_OK) {
        status = publish(&in);
    }
    dispose(&in);
    return status;
}
