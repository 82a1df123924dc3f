/* Ways into the finished arrays: TEXT to raw, raw to node, name to part. */
#include "docx_internal.h"
#include "str.h"

uint32_t kk_docx_part_index(const kk_docx *doc, kk_str name)
{
    for (uint32_t i = 0; i < doc->n_parts; i++) {
        if (kk_str_equal(doc->parts[i].name, name)) {
            return i;
        }
    }
    return KK_NONE;
}

const kk_segment *kk_part_segment(const kk_part *part, uint32_t at)
{
    uint32_t low = 0;
    uint32_t high = part->n_segments;
    while (low < high) { /* first segment that begins after at */
        const uint32_t middle = low + (high - low) / 2;
        if (part->segments[middle].text <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == 0) {
        return NULL;
    }
    const kk_segment *found = &part->segments[low - 1];
    /* the last segment of a part is a paragraph end, one byte long */
    return low == part->n_segments && at > found->text ? NULL : found;
}

uint32_t kk_part_node_at(const kk_part *part, uint32_t at)
{
    uint32_t node = 0;
    uint32_t child = part->n_nodes == 0 ? KK_NONE : part->nodes[0].first;
    while (child != KK_NONE) {
        const kk_node *next = &part->nodes[child];
        if (at < next->begin) {
            break;
        }
        if (at < next->end) {
            node = child;
            child = next->first;
        } else {
            child = next->next;
        }
    }
    return node;
}
