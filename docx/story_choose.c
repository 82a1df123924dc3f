/* Which element is what, depending on where it stands. Decides only; the acting is in story_scan.c
 * and the files behind it, but for properties, which are read where they are met. */
#include "story_reader.h"
#include "str.h"

static const kk_choice skip = {KK_FRAME_SKIP, KK_NODE_ROOT};
static const kk_choice plain = {KK_FRAME_PLAIN, KK_NODE_ROOT};

static kk_choice block_or_plain(const kk_context *in, kk_node_kind node)
{
    return in->in_para ? plain : (kk_choice){KK_FRAME_NODE, node};
}

static kk_choice choose_story(kk_word word)
{
    switch (word) {
    case KK_W_body:
    case KK_W_footnote:
    case KK_W_endnote:
    case KK_W_comment:
        return (kk_choice){KK_FRAME_BODY, KK_NODE_BODY};
    default:
        return skip;
    }
}

/* Property elements count under the right parent only. */
static kk_choice choose_properties(kk_frame_kind parent, kk_word word)
{
    static const struct {
        kk_word word;
        kk_frame_kind parent, kind;
    } known[] = {
        {KK_W_pPr, KK_FRAME_P, KK_FRAME_PPR},       {KK_W_rPr, KK_FRAME_R, KK_FRAME_RPR},
        {KK_W_tblPr, KK_FRAME_TBL, KK_FRAME_TBLPR}, {KK_W_trPr, KK_FRAME_TR, KK_FRAME_TRPR},
        {KK_W_tcPr, KK_FRAME_TC, KK_FRAME_TCPR},    {KK_W_sdtPr, KK_FRAME_SDT, KK_FRAME_SDTPR},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i].word == word && known[i].parent == parent) {
            return (kk_choice){known[i].kind, KK_NODE_ROOT};
        }
    }
    return skip;
}

static kk_choice choose_table(const kk_context *in, kk_word word)
{
    if (in->in_para) {
        return plain;
    }
    if (word == KK_W_tbl) {
        return (kk_choice){KK_FRAME_TBL, KK_NODE_TBL};
    }
    if (word == KK_W_tr && in->holder == KK_HOLDER_ROWS) {
        return (kk_choice){KK_FRAME_TR, KK_NODE_TR};
    }
    return word == KK_W_tc && in->holder == KK_HOLDER_CELLS ? (kk_choice){KK_FRAME_TC, KK_NODE_TC}
                                                            : plain;
}

/* Markers between and inside blocks: they are nodes of their own between blocks only. */
static bool is_range(kk_word word)
{
    switch (word) {
    case KK_W_bookmarkStart:
    case KK_W_bookmarkEnd:
    case KK_W_commentRangeStart:
    case KK_W_commentRangeEnd:
    case KK_W_moveFromRangeStart:
    case KK_W_moveFromRangeEnd:
    case KK_W_moveToRangeStart:
    case KK_W_moveToRangeEnd:
    case KK_W_customXmlInsRangeStart:
    case KK_W_customXmlInsRangeEnd:
    case KK_W_customXmlDelRangeStart:
    case KK_W_customXmlDelRangeEnd:
    case KK_W_customXmlMoveFromRangeStart:
    case KK_W_customXmlMoveFromRangeEnd:
    case KK_W_customXmlMoveToRangeStart:
    case KK_W_customXmlMoveToRangeEnd:
    case KK_W_permStart:
    case KK_W_permEnd:
    case KK_W_proofErr:
        return true;
    default:
        return false;
    }
}

/* Elements without text of ours inside. */
static bool is_silent(kk_word word)
{
    switch (word) {
    case KK_W_tblGrid:
    case KK_W_tblPrEx:
    case KK_W_sdtEndPr:
    case KK_W_customXmlPr:
    case KK_W_smartTagPr:
    case KK_W_rt:
    case KK_W_rubyPr:
    case KK_W_delInstrText:
    case KK_W_fldChar:
    case KK_W_subDoc:
        return true;
    default:
        return false;
    }
}

/* Elements that make a node where they stand between blocks. */
static kk_choice choose_between(const kk_context *in, kk_word word)
{
    switch (word) {
    case KK_W_customXml:
    case KK_W_smartTag:
        return block_or_plain(in, KK_NODE_CUSTOMXML);
    case KK_W_ins:
    case KK_W_del:
    case KK_W_moveFrom:
    case KK_W_moveTo:
        return block_or_plain(in, KK_NODE_OTHER);
    case KK_W_sectPr:
        return in->in_para ? skip : (kk_choice){KK_FRAME_LEAF, KK_NODE_SECTPR};
    case KK_W_altChunk:
        return in->in_para ? skip : (kk_choice){KK_FRAME_LEAF, KK_NODE_OTHER};
    default:
        if (is_range(word)) {
            return in->in_para ? skip : (kk_choice){KK_FRAME_LEAF, KK_NODE_RANGE};
        }
        return is_silent(word) ? skip : plain;
    }
}

static kk_choice choose_content(const kk_frame *top, kk_word word)
{
    const kk_context *context = &top->in;
    switch (word) {
    case KK_W_p:
        return context->in_para ? plain : (kk_choice){KK_FRAME_P, KK_NODE_P};
    case KK_W_r:
        return (kk_choice){context->in_para ? KK_FRAME_R : KK_FRAME_PLAIN, KK_NODE_ROOT};
    case KK_W_t:
    case KK_W_delText:
        return (kk_choice){KK_FRAME_T, KK_NODE_ROOT};
    case KK_W_instrText:
        return (kk_choice){KK_FRAME_INSTR, KK_NODE_ROOT};
    case KK_W_pPr:
    case KK_W_rPr:
    case KK_W_tblPr:
    case KK_W_trPr:
    case KK_W_tcPr:
    case KK_W_sdtPr:
        return choose_properties(top->kind, word);
    case KK_W_tbl:
    case KK_W_tr:
    case KK_W_tc:
        return choose_table(context, word);
    case KK_W_sdt:
        return (kk_choice){KK_FRAME_SDT, context->in_para ? KK_NODE_ROOT : KK_NODE_SDT};
    case KK_W_sdtContent:
        return (kk_choice){KK_FRAME_CONTENT, context->in_para ? KK_NODE_ROOT : KK_NODE_SDT_CONTENT};
    case KK_W_txbxContent:
        return (kk_choice){KK_FRAME_BOX, KK_NODE_BODY};
    case KK_W_fldSimple:
        return (kk_choice){KK_FRAME_FIELD, KK_NODE_ROOT};
    default:
        return choose_between(context, word);
    }
}

/* A branch of mc:AlternateContent is understood if every namespace that it requires is one of those
 * that carry text as we know it. */
static bool understood(const kk_reader *in, const kk_xml_tag *tag)
{
    kk_str rest;
    kk_str prefix;
    kk_xml_attr_get(tag, KK_NS_NONE, KK_W_Requires, &rest);
    while (kk_str_word(&rest, &prefix)) {
        switch (kk_xml_prefix(in->xml, prefix)) {
        case KK_NS_W:
        case KK_NS_W14:
        case KK_NS_W15:
        case KK_NS_W16:
        case KK_NS_WPS:
        case KK_NS_WPG:
        case KK_NS_WPC:
        case KK_NS_WPI:
        case KK_NS_WP14:
        case KK_NS_V:
            break;
        default:
            return false;
        }
    }
    return true;
}

static kk_choice choose_branch(kk_reader *in, const kk_xml_tag *tag)
{
    kk_frame *alt = kk_reader_top(in);
    const bool take =
        tag->ns == KK_NS_MC && !alt->chosen &&
        (tag->word == KK_W_Fallback || (tag->word == KK_W_Choice && understood(in, tag)));
    alt->chosen = alt->chosen || take;
    return take ? plain : skip;
}

/* Elements by namespace, where no property is open. */
static kk_choice choose_by_name(const kk_frame *top, const kk_xml_tag *tag)
{
    if (tag->ns == KK_NS_MC && tag->word == KK_W_AlternateContent) {
        return (kk_choice){KK_FRAME_ALT, top->in.in_para ? KK_NODE_ROOT : KK_NODE_OTHER};
    }
    if (tag->ns == KK_NS_W) {
        return choose_content(top, tag->word);
    }
    if (tag->ns == KK_NS_WNE && tag->word == KK_W_txbxContent) {
        return (kk_choice){KK_FRAME_BOX, KK_NODE_BODY}; /* so Word writes it in Strict files */
    }
    if (tag->ns == KK_NS_M) {
        if (tag->word == KK_W_r && top->in.in_para) {
            return (kk_choice){KK_FRAME_R, KK_NODE_ROOT};
        }
        if (tag->word == KK_W_t) {
            return (kk_choice){KK_FRAME_T, KK_NODE_ROOT};
        }
        if (tag->word == KK_W_oMathPara) {
            return block_or_plain(&top->in, KK_NODE_OTHER);
        }
    }
    return plain;
}

kk_choice kk_story_choose(kk_reader *in, const kk_xml_tag *tag, bool *ok)
{
    kk_frame *top = kk_reader_top(in);
    switch (top->kind) {
    case KK_FRAME_LEAF:
        return skip;
    case KK_FRAME_ALT:
        return choose_branch(in, tag);
    case KK_FRAME_ROOT:
        return tag->ns == KK_NS_W ? choose_story(tag->word) : skip;
    case KK_FRAME_PPR:
        return (kk_choice){kk_para_property(in, tag), KK_NODE_ROOT};
    case KK_FRAME_MARK:
        return (kk_choice){kk_para_mark_property(in, tag), KK_NODE_ROOT};
    case KK_FRAME_NUMPR:
        kk_para_num_property(in, tag);
        return skip;
    case KK_FRAME_RPR:
        kk_run_property(in, tag);
        return skip;
    case KK_FRAME_TRPR:
        return (kk_choice){kk_row_property(in, tag), KK_NODE_ROOT};
    case KK_FRAME_TCPR:
        return (kk_choice){kk_cell_property(in, tag), KK_NODE_ROOT};
    case KK_FRAME_TBLPR:
        if (tag->ns == KK_NS_W && tag->word == KK_W_tblPrChange) {
            kk_reader_pending(in);
        }
        return skip;
    case KK_FRAME_SDTPR:
    case KK_FRAME_DOCPART:
        return (kk_choice){kk_control_property(in, tag, ok), KK_NODE_ROOT};
    case KK_FRAME_T:
    case KK_FRAME_INSTR:
        return skip;
    default:
        break;
    }
    return choose_by_name(top, tag);
}
