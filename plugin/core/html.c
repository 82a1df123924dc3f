/* Pages that stand alone: no request goes out, no script but ours runs, all text is escaped. */
#include "html.h"

#include "hash.h"
#include "str.h"

#include <string.h>

/* Contrast of every pair is 4.5:1 or more; works from 320 px up; prints without links and buttons.
 */
static const char common_css[] =
    ":root{--ink:#1b1f24;--soft:#4d5761;--line:#cfd6dd;--paper:#fff;--tint:#f4f6f8;"
    "--good:#14602f;--bad:#9b1226;--warn:#7a4b00;--note:#0b4f82;--goodbg:#e6f4ea;--badbg:#fdeaec;"
    "--warnbg:#fff3d6;--notebg:#e6f1fa}"
    "*{box-sizing:border-box}"
    "html{-webkit-text-size-adjust:100%;color-scheme:light}"
    "body{margin:0;background:var(--paper);color:var(--ink);"
    "font:1rem/1.55 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif}"
    "main,header,footer{max-width:62rem;margin:0 auto;padding:1rem}"
    "h1{font-size:1.7rem;line-height:1.2;margin:.4rem 0;hyphens:auto;overflow-wrap:anywhere}"
    "header{padding-bottom:0}main{padding-top:0}"
    "h2{font-size:1.35rem;line-height:1.25;margin:2.2rem 0 .6rem;overflow-wrap:anywhere}"
    "h3{font-size:1.1rem;margin:1.4rem 0 .5rem}h4{font-size:1rem;margin:0 0 .4rem}"
    "p{margin:.4rem 0}a{color:#0b4f82}"
    "a:focus-visible,summary:focus-visible,button:focus-visible,input:focus-visible,"
    "select:focus-visible,[tabindex]:focus-visible{outline:3px solid #0b4f82;outline-offset:2px}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;"
    "padding:.4rem .6rem;border-bottom:1px solid var(--line)}th{background:var(--tint)}"
    "td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}"
    ".scroll{overflow-x:auto}"
    "dl{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.15rem "
    "1rem;margin:.4rem 0}"
    "dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}"
    "@media(max-width:34rem){th,td{padding:.35rem "
    ".4rem;font-size:.93rem}dl{grid-template-columns:1fr}dt{margin-top:.35rem}}"
    ".tag{display:inline-block;border-radius:.3rem;padding:.05rem .45rem;font-size:.9rem;"
    "font-weight:600}"
    ".error{color:var(--bad);background:var(--badbg)}.warning{color:var(--warn);"
    "background:var(--warnbg)}.info{color:var(--note);background:var(--notebg)}"
    ".good{color:var(--good);background:var(--goodbg)}"
    ".notice{border-left:.3rem solid var(--warn);background:var(--warnbg);padding:.5rem .8rem;"
    "margin:.8rem 0}"
    ".card{border:1px solid var(--line);border-radius:.5rem;padding:.8rem 1rem;margin:.7rem "
    "0}.card h3{margin-top:0}"
    ".clause{background:var(--tint);border-radius:.4rem;padding:.5rem .9rem;margin:.4rem 0}"
    ".field{border-bottom:2px dotted var(--note)}"
    "details>summary{cursor:pointer;padding:.2rem 0}"
    ".skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:#fff}"
    "footer{color:var(--soft);border-top:1px solid var(--line);margin-top:2rem}"
    "@media print{.noprint{display:none}.card{break-inside:avoid}}";

static unsigned nibble(char hex)
{
    return (unsigned)(hex <= '9' ? hex - '0' : hex - 'a' + 10);
}

/* 'sha256-…' with base64, as a content policy wants it. */
static void put_policy_hash(kk_buf *out, const kk_str *pieces, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char hex[65];
    kk_sha256_hex_pieces(pieces, n, hex);
    kk_buf_puts(out, "'sha256-");
    for (size_t i = 0; i < 32; i += 3) {
        uint32_t group = 0;
        for (size_t k = 0; k < 3; k++) {
            const size_t at = 2 * (i + k);
            const unsigned byte = i + k < 32 ? nibble(hex[at]) << 4 | nibble(hex[at + 1]) : 0;
            group = group << 8 | byte;
        }
        for (size_t k = 0; k < 4; k++) {
            const bool pad = i + k > 32;
            kk_buf_putc(out, (char)(pad ? '=' : digits[group >> (18 - 6 * k) & 63]));
        }
    }
    kk_buf_putc(out, '\'');
}

static const char *page_lang(kk_lang lang)
{
    return lang == KK_LANG_NN ? "nn" : lang == KK_LANG_EN ? "en" : "nb";
}

void kk_html_begin(kk_buf *out, kk_lang lang, const char *title, const char *css,
                   const char *script)
{
    const kk_str style[] = {KK_STR(""), kk_str_from(common_css), kk_str_from(css)};
    const kk_str code = kk_str_from(script == NULL ? "" : script);
    kk_buf_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                  page_lang(lang));
    kk_buf_puts(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                     "base-uri 'none'; form-action 'none'; style-src ");
    put_policy_hash(out, style, 3);
    if (script != NULL) {
        kk_buf_puts(out, "; script-src ");
        put_policy_hash(out, &code, 1);
    }
    kk_buf_puts(out,
                "\">\n<meta name=\"viewport\" content=\"width=device-width, "
                "initial-scale=1\">\n<meta name=\"generator\" content=\"klimakrav\">\n<title>");
    kk_buf_xml(out, kk_str_from(title));
    kk_buf_puts(out, "</title>\n<style>");
    kk_buf_str(out, style[1]);
    kk_buf_str(out, style[2]);
    kk_buf_puts(out, "</style>\n");
    if (script != NULL) {
        kk_buf_puts(out, "<script>");
        kk_buf_str(out, code);
        kk_buf_puts(out, "</script>\n");
    }
    kk_buf_puts(out, "</head>\n<body>\n");
}

void kk_html_end(kk_buf *out)
{
    kk_buf_puts(out, "</body>\n</html>\n");
}

void kk_html_dd(kk_buf *out, const char *label)
{
    kk_buf_puts(out, "<dt>");
    kk_buf_xml(out, kk_str_from(label));
    kk_buf_puts(out, "</dt><dd>");
}

void kk_html_dd_end(kk_buf *out)
{
    kk_buf_puts(out, "</dd>\n");
}

static void put_inlines(kk_buf *out, const kk_inline *inlines, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const kk_inline *in = &inlines[i];
        if (in->kind == KK_INLINE_BOLD) {
            kk_buf_puts(out, "<strong>");
            kk_buf_xml(out, in->text);
            kk_buf_puts(out, "</strong>");
        } else if (in->kind == KK_INLINE_FIELD) {
            kk_buf_puts(out, "<span class=\"field\" title=\"");
            kk_buf_xml(out, in->name);
            kk_buf_puts(out, "\">");
            kk_buf_xml(out, in->text);
            kk_buf_puts(out, "</span>");
        } else {
            kk_buf_xml(out, in->text);
        }
    }
}

static void put_row(kk_buf *out, const kk_block *block)
{
    kk_buf_puts(out, "<tr>");
    for (uint32_t i = 0; i < block->n_cells; i++) {
        kk_buf_puts(out, "<td>");
        put_inlines(out, block->cells[i].inlines, block->cells[i].n_inlines);
        kk_buf_puts(out, "</td>");
    }
    kk_buf_puts(out, "</tr>");
}

/* Opens and closes the list or table around blocks as their kind changes. */
static void change(kk_buf *out, int from, int to)
{
    if (from == to) {
        return;
    }
    if (from == KK_BLOCK_ITEM) {
        kk_buf_puts(out, "</ul>");
    } else if (from == KK_BLOCK_ROW) {
        kk_buf_puts(out, "</tbody></table></div>");
    }
    if (to == KK_BLOCK_ITEM) {
        kk_buf_puts(out, "<ul>");
    } else if (to == KK_BLOCK_ROW) {
        kk_buf_puts(out, "<div class=\"scroll\"><table><tbody>");
    }
}

void kk_html_blocks(kk_buf *out, const kk_blocks *blocks)
{
    int before = -1;
    kk_buf_printf(out, "<div class=\"clause\" lang=\"%s\">", page_lang(blocks->lang));
    for (uint32_t i = 0; i < blocks->n_blocks; i++) {
        const kk_block *b = &blocks->blocks[i];
        change(out, before, (int)b->kind);
        before = (int)b->kind;
        if (b->kind == KK_BLOCK_ROW) {
            put_row(out, b);
            continue;
        }
        const char *tag = b->kind == KK_BLOCK_ITEM ? "li" : "p";
        kk_buf_printf(out, "<%s>%s", tag, b->kind == KK_BLOCK_HEADING ? "<strong>" : "");
        put_inlines(out, b->inlines, b->n_inlines);
        kk_buf_printf(out, "%s</%s>", b->kind == KK_BLOCK_HEADING ? "</strong>" : "", tag);
    }
    change(out, before, -1);
    kk_buf_puts(out, "</div>\n");
}

static void put_plain(kk_buf *out, const kk_inline *inlines, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        kk_buf_str(out, inlines[i].text);
    }
}

void kk_blocks_text(kk_buf *out, const kk_block *block)
{
    if (block->kind != KK_BLOCK_ROW) {
        kk_buf_puts(out, block->kind == KK_BLOCK_ITEM ? "• " : "");
        put_plain(out, block->inlines, block->n_inlines);
        return;
    }
    for (uint32_t i = 0; i < block->n_cells; i++) {
        kk_buf_puts(out, i > 0 ? " | " : "| ");
        put_plain(out, block->cells[i].inlines, block->cells[i].n_inlines);
    }
    kk_buf_puts(out, " |");
}
