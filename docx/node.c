/* Questions about the block nodes of a part. Reads the flat array and, for names and blankness, the
 * raw bytes; decides nothing about places. */
#include "cut.h"
#include "mark.h"
#include "place.h"
#include "str.h"

#include <string.h>

uint32_t kk_node_past(const kk_part *part, uint32_t node)
{
    const uint32_t end = part->nodes[node].end;
    uint32_t i = node + 1;
    while (i < part->n_nodes && part->nodes[i].begin < end) {
        i++;
    }
    return i;
}

uint32_t kk_node_last_para(const kk_part *part, uint32_t node)
{
    for (uint32_t i = kk_node_past(part, node); i > node;) {
        if (part->nodes[--i].kind == KK_NODE_P) {
            return i;
        }
    }
    return KK_NONE;
}

uint32_t kk_node_first_para(const kk_part *part, uint32_t node)
{
    const uint32_t past = kk_node_past(part, node);
    for (uint32_t i = node; i < past; i++) {
        if (part->nodes[i].kind == KK_NODE_P) {
            return i;
        }
    }
    return KK_NONE;
}

uint32_t kk_node_previous(const kk_part *part, uint32_t node)
{
    const uint32_t parent = part->nodes[node].parent;
    uint32_t previous = KK_NONE;
    for (uint32_t i = part->nodes[parent].first; i != KK_NONE && i != node;
         i = part->nodes[i].next) {
        previous = i;
    }
    return previous;
}

uint32_t kk_node_branch(const kk_part *part, uint32_t ancestor, uint32_t node)
{
    while (node != KK_NONE && node != ancestor) {
        const uint32_t parent = part->nodes[node].parent;
        if (parent == ancestor) {
            return node;
        }
        node = parent;
    }
    return KK_NONE;
}

kk_str kk_node_name(const kk_part *part, uint32_t node)
{
    uint32_t at = part->nodes[node].begin;
    return kk_cut_next(part->raw, &at, part->nodes[node].end).name;
}

/* Run content that a reader does not miss. */
static bool is_invisible(kk_str local)
{
    static const char *const names[] = {"p",
                                        "r",
                                        "t",
                                        "br",
                                        "cr",
                                        "tab",
                                        "lastRenderedPageBreak",
                                        "proofErr",
                                        "bookmarkStart",
                                        "bookmarkEnd",
                                        "ins",
                                        NULL};
    for (size_t i = 0; names[i] != NULL; i++) {
        if (kk_str_is(local, names[i])) {
            return true;
        }
    }
    return false;
}

bool kk_node_is_blank(const kk_part *part, uint32_t node)
{
    const kk_node *n = &part->nodes[node];
    if (n->kind != KK_NODE_P || (n->flags & (KK_NODE_FIELD_OPEN | KK_NODE_HAS_SECTPR)) != 0) {
        return false;
    }
    for (uint32_t at = n->begin; at < n->end;) {
        const kk_cut_token token = kk_cut_next(part->raw, &at, n->end);
        const kk_str local = kk_cut_local(token.name);
        if (token.kind == KK_CUT_TEXT) {
            const kk_str text = kk_str_slice(part->raw, token.begin, token.end);
            if (kk_str_trim(text).len > 0) {
                return false;
            }
        } else if (token.kind == KK_CUT_START &&
                   (kk_str_is(local, "pPr") || kk_str_is(local, "rPr"))) {
            kk_cut_element props;
            if (!kk_cut_element_at(part->raw, token.begin, n->end, &props)) {
                return false;
            }
            at = props.end;
        } else if (token.kind != KK_CUT_END && !is_invisible(local) && !kk_str_is(local, "pPr") &&
                   !kk_str_is(local, "rPr")) {
            return false;
        }
    }
    return true;
}

bool kk_node_holds_blocks(const kk_part *part, uint32_t node)
{
    for (;;) {
        const kk_node *n = &part->nodes[node];
        if (n->kind == KK_NODE_BODY || n->kind == KK_NODE_TC) {
            return true;
        }
        if (n->kind == KK_NODE_SDT_CONTENT) {
            node = part->nodes[n->parent].parent;
        } else if (n->kind == KK_NODE_CUSTOMXML) {
            node = n->parent;
        } else {
            return false;
        }
    }
}

bool kk_node_is_ours(const kk_part *part, uint32_t node)
{
    const kk_node *n = &part->nodes[node];
    if (n->kind != KK_NODE_SDT) {
        return false;
    }
    if ((n->flags & KK_NODE_OURS) != 0) {
        return true;
    }
    kk_cut_element properties, tag;
    kk_str value;
    return n->ppr_end > n->ppr_begin &&
           kk_cut_element_at(part->raw, n->ppr_begin, n->ppr_end, &properties) &&
           kk_cut_child(part->raw, properties.inner_begin, properties.inner_end, part->w, "tag",
                        &tag) &&
           kk_cut_attr(part->raw, tag.begin, "val", &value) &&
           kk_str_starts(value, KK_STR(KK_MARK_CHAPTER));
}
