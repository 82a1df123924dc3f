/* Text boxes: stories inside paragraphs of another story. Each is read into a flow of its own, so
 * that the paragraph around stays in one piece, and comes behind the body of its part. */
#include "mem.h"
#include "story_reader.h"
#include "str.h"

static kk_flow *take(kk_reader *in)
{
    if (in->n_open == in->pool.n) {
        kk_flow *fresh = kk_malloc(sizeof *fresh);
        if (fresh == NULL) {
            return NULL;
        }
        kk_flow_init(fresh);
        /* pointers are meant. NOLINTNEXTLINE(bugprone-sizeof-expression) */
        if (!kk_vec_push(&in->pool, fresh)) {
            kk_release(fresh);
            return NULL;
        }
    }
    return in->pool.items[in->n_open++];
}

bool kk_box_open(kk_reader *in)
{
    kk_frame *top = kk_reader_top(in);
    kk_context *context = &top->in;
    context->suppressed = context->suppressed || context->deleted;
    context->in_para = context->deleted = context->link = context->placeholder = false;
    context->toc = false;
    context->holder = KK_HOLDER_BLOCKS;
    context->fillin = (kk_str){NULL, 0};
    context->control = context->parent_control = KK_NONE;
    context->container = top->node;
    if (context->suppressed) {
        return true;
    }
    kk_flow *flow = take(in);
    if (flow == NULL) {
        return false;
    }
    in->flow = flow;
    return kk_story_open(in, KK_STORY_TEXTBOX, top->node);
}

bool kk_box_close(kk_reader *in)
{
    if (kk_reader_top(in)->in.suppressed) {
        return true;
    }
    if (!kk_story_close(in) || !kk_flow_join(&in->boxes, in->flow)) {
        return false;
    }
    kk_flow_clear(in->flow);
    in->n_open--;
    in->flow = in->n_open == 0 ? &in->flow_main : in->pool.items[in->n_open - 1];
    return true;
}
