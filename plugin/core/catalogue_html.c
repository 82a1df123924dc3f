/* The bank as one page that municipalities browse: clauses with search and filters, the checks, and
 * who has used what. Everything stands in the page; without script nothing is hidden. */
#include "catalogue.h"

#include "catalogue_page.h"
#include "html.h"

static const char *say(const kk_catalogue *cat, kk_msg id)
{
    return kk_msg_text(id, cat->lang);
}

static void dd(kk_catalogue *cat, kk_msg label, kk_str value)
{
    if (value.len > 0) {
        kk_html_dd(cat->out, say(cat, label));
        kk_buf_xml(cat->out, value);
        kk_html_dd_end(cat->out);
    }
}

static void put_link(kk_buf *out, kk_str href, kk_str title)
{
    const bool web =
        kk_str_starts(href, KK_STR("https://")) || kk_str_starts(href, KK_STR("http://"));
    if (web) {
        kk_buf_puts(out, "<a rel=\"noreferrer\" href=\"");
        kk_buf_xml(out, href);
        kk_buf_puts(out, "\">");
    }
    kk_buf_xml(out, title.len > 0 ? title : href);
    kk_buf_puts(out, web ? "</a>" : "");
}

static void put_sources(kk_catalogue *cat, const kk_source_note *list, uint32_t n)
{
    if (n == 0) {
        return;
    }
    kk_html_dd(cat->out, say(cat, KK_MSG_CAT_SOURCE));
    for (uint32_t i = 0; i < n; i++) {
        kk_buf_puts(cat->out, i > 0 ? "; " : "");
        put_link(cat->out, list[i].href, list[i].title);
    }
    kk_html_dd_end(cat->out);
}

static void put_basis(kk_catalogue *cat, const kk_basis *list, uint32_t n)
{
    if (n == 0) {
        return;
    }
    kk_html_dd(cat->out, say(cat, KK_MSG_BASIS));
    for (uint32_t i = 0; i < n; i++) {
        kk_buf_puts(cat->out, i > 0 ? "; " : "");
        put_link(cat->out, list[i].href, list[i].ref);
    }
    kk_html_dd_end(cat->out);
}

/* ---- clauses ------------------------------------------------------------------------------- */

static void put_form(kk_catalogue *cat, const kk_clause *c, kk_lang lang)
{
    kk_blocks blocks;
    if (!kk_catalogue_blocks(cat, c, lang, &blocks)) {
        return;
    }
    const char *name = say(cat, lang == KK_LANG_NN ? KK_MSG_LANG_NN : KK_MSG_LANG_NB);
    kk_buf_printf(
        cat->out,
        "<div data-form=\"%s\"><div class=\"bar\"><span class=\"meta\">%s</span>"
        "<button type=\"button\" class=\"copy\" hidden data-done=\"%s\" aria-label=\"%s (",
        lang == KK_LANG_NN ? "nn" : "nb", name, say(cat, KK_MSG_CAT_COPIED),
        say(cat, KK_MSG_CAT_COPY));
    kk_buf_xml(cat->out, c->id);
    kk_buf_printf(cat->out, ", %s)\">%s</button></div>", name, say(cat, KK_MSG_CAT_COPY));
    kk_html_blocks(cat->out, &blocks);
    kk_buf_puts(cat->out, "</div>\n");
}

static void put_used(kk_catalogue *cat, const kk_clause *c)
{
    bool some = false;
    for (uint32_t i = 0; i < cat->model->n_uses; i++) {
        const kk_example_use *use = &cat->model->uses[i];
        for (uint32_t k = 0; k < use->n_clauses; k++) {
            if (!kk_catalogue_names(use->clauses[k], c->id)) {
                continue;
            }
            if (!some) {
                kk_html_dd(cat->out, say(cat, KK_MSG_CAT_USED));
            }
            kk_buf_puts(cat->out, some ? "; <a href=\"#use-" : "<a href=\"#use-");
            kk_buf_xml(cat->out, use->id);
            kk_buf_puts(cat->out, "\">");
            kk_buf_xml(cat->out, use->buyer);
            kk_buf_puts(cat->out, " ");
            kk_buf_xml(cat->out, use->year);
            kk_buf_puts(cat->out, "</a>");
            some = true;
        }
    }
    if (some) {
        kk_html_dd_end(cat->out);
    }
}

/* Links to clauses: an id each, or several separated by blanks. */
static void put_links(kk_catalogue *cat, kk_str ids, bool *some)
{
    kk_str id;
    while (kk_str_word(&ids, &id)) {
        const bool here = kk_model_clause(cat->model, id, cat->date, false) != NULL;
        kk_buf_puts(cat->out, *some ? ", " : "");
        kk_buf_puts(cat->out, here ? "<a href=\"#" : "");
        if (here) {
            kk_buf_xml(cat->out, id);
            kk_buf_puts(cat->out, "\">");
        }
        kk_buf_xml(cat->out, id);
        kk_buf_puts(cat->out, here ? "</a>" : "");
        *some = true;
    }
}

static void put_follow_ups(kk_catalogue *cat, const kk_clause *c)
{
    bool some = false;
    if (c->n_follow_ups == 0) {
        return;
    }
    kk_html_dd(cat->out, say(cat, KK_MSG_CAT_FOLLOW));
    for (uint32_t i = 0; i < c->n_follow_ups; i++) {
        put_links(cat, c->follow_ups[i].ref, &some);
    }
    kk_html_dd_end(cat->out);
}

static void put_open_tag(kk_catalogue *cat, const kk_clause *c)
{
    kk_buf *out = cat->out;
    kk_buf_puts(out, "<article class=\"card\" id=\"");
    kk_buf_xml(out, c->id);
    kk_buf_puts(out, "\" data-type=\"");
    kk_buf_xml(out, c->type);
    kk_buf_puts(out, "\" data-level=\"");
    kk_buf_xml(out, c->level);
    kk_buf_puts(out, "\" data-cat=\"");
    for (uint32_t i = 0; i < c->n_categories; i++) {
        const kk_category *k = &cat->model->categories[c->categories[i]];
        kk_buf_puts(out, i > 0 ? " " : "");
        kk_buf_xml(out, k->id);
        if (k->parent != KK_NONE) { /* a choice of the parent finds it too */
            kk_buf_puts(out, " ");
            kk_buf_xml(out, cat->model->categories[k->parent].id);
        }
    }
    kk_buf_puts(out, "\">\n");
}

static void put_meta(kk_catalogue *cat, const kk_clause *c)
{
    kk_buf *out = cat->out;
    kk_buf_puts(out, "<p class=\"meta\"><span>");
    kk_buf_xml(out, kk_catalogue_type(cat, c->type));
    kk_buf_puts(out, "</span>");
    if (c->level.len > 0) {
        kk_buf_puts(out, "<span>");
        kk_buf_xml(out, c->level);
        kk_buf_puts(out, "</span>");
    }
    for (uint32_t i = 0; i < c->n_categories; i++) {
        kk_buf_puts(out, "<span>");
        kk_buf_xml(out, kk_texts_get(&cat->model->categories[c->categories[i]].name, cat->lang));
        kk_buf_puts(out, "</span>");
    }
    if (c->n_categories == 0) {
        kk_buf_printf(out, "<span>%s</span>", say(cat, KK_MSG_CAT_ALL_KINDS));
    }
    kk_buf_printf(out, " <span class=\"tag %s\">",
                  c->status == KK_REVIEW_REVIEWED ? "good" : "warning");
    kk_catalogue_status(cat, c, out);
    kk_buf_puts(out, "</span></p>\n");
}

static void put_clause(kk_catalogue *cat, const kk_clause *c)
{
    kk_buf *out = cat->out;
    kk_buf tmp;
    kk_buf_init(&tmp, 0);
    put_open_tag(cat, c);
    kk_buf_puts(out, "<h3>");
    kk_buf_xml(out, c->id);
    kk_buf_puts(out, " ");
    kk_buf_xml(out, kk_texts_get(&c->name, cat->lang));
    kk_buf_puts(out, "</h3>\n");
    put_meta(cat, c);
    put_form(cat, c, KK_LANG_NB);
    put_form(cat, c, KK_LANG_NN);
    kk_buf_puts(out, "<dl>");
    dd(cat, KK_MSG_CAT_VERIFIKAT, kk_texts_get(&c->verifikat, cat->lang));
    dd(cat, KK_MSG_CAT_MOTIVE, kk_texts_get(&c->motive, cat->lang));
    put_basis(cat, c->basis, c->n_basis);
    put_sources(cat, c->sources, c->n_sources);
    for (uint32_t i = 0; i < c->n_places; i++) {
        kk_buf_puts(&tmp, i > 0 ? ", " : "");
        kk_buf_str(&tmp, kk_texts_get(&cat->model->places[c->places[i]].name, cat->lang));
    }
    dd(cat, KK_MSG_CAT_PLACE, kk_buf_view(&tmp));
    kk_buf_clear(&tmp);
    put_follow_ups(cat, c);
    put_used(cat, c);
    kk_catalogue_dates(cat, c->from, c->to, &tmp);
    dd(cat, KK_MSG_CAT_VALID, kk_buf_view(&tmp));
    dd(cat, KK_MSG_CAT_VERSION, c->version);
    kk_buf_puts(out, "</dl></article>\n");
    kk_buf_dispose(&tmp);
}

/* ---- the filter form ----------------------------------------------------------------------- */

static void put_option(kk_buf *out, kk_str value, kk_str words)
{
    kk_buf_puts(out, "<option value=\"");
    kk_buf_xml(out, value);
    kk_buf_puts(out, "\">");
    kk_buf_xml(out, words);
    kk_buf_puts(out, "</option>");
}

/* Blanks at the front of an option are folded, a dash is not. */
static void put_category_option(kk_catalogue *cat, const kk_category *c, uint32_t depth)
{
    kk_buf *out = cat->out;
    kk_buf_puts(out, "<option value=\"");
    kk_buf_xml(out, c->id);
    kk_buf_puts(out, depth > 0 ? "\">\xE2\x80\x93 " : "\">");
    kk_buf_xml(out, kk_texts_get(&c->name, cat->lang));
    kk_buf_puts(out, "</option>");
}

static void begin_select(kk_catalogue *cat, const char *id, kk_msg label, const char *all)
{
    kk_buf_printf(cat->out, "<div><label for=\"%s\">%s</label><select id=\"%s\">", id,
                  say(cat, label), id);
    put_option(cat->out, KK_STR(""), kk_z(all));
}

static void put_form_tools(kk_catalogue *cat)
{
    static const char *const types[] = {"kvalifikasjonskrav", "kravspesifikasjon",
                                        "tildelingskriterium", "kontraktsvilkar", "begrunnelse"};
    static const char *const levels[] = {"basis", "avansert", "spydspiss"};
    kk_buf *out = cat->out;
    kk_buf_printf(out,
                  "<div class=\"tools\"><form id=\"find\" role=\"search\" aria-label=\"%s\" hidden>"
                  "<div><label for=\"q\">%s</label><input id=\"q\" type=\"search\"></div>",
                  say(cat, KK_MSG_CAT_FILTER), say(cat, KK_MSG_CAT_SEARCH));
    begin_select(cat, "cat", KK_MSG_CAT_CATEGORY, say(cat, KK_MSG_CAT_ALL_CATEGORIES));
    kk_catalogue_categories(cat, put_category_option);
    kk_buf_puts(out, "</select></div>");
    begin_select(cat, "type", KK_MSG_CAT_TYPE, say(cat, KK_MSG_CAT_ALL_TYPES));
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        put_option(out, kk_z(types[i]), kk_catalogue_type(cat, kk_z(types[i])));
    }
    kk_buf_puts(out, "</select></div>");
    begin_select(cat, "level", KK_MSG_CAT_LEVEL, say(cat, KK_MSG_CAT_ALL_LEVELS));
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        put_option(out, kk_z(levels[i]), kk_z(levels[i]));
    }
    kk_buf_puts(out, "</select></div>");
    begin_select(cat, "lang", KK_MSG_LANGUAGE, "bokmål + nynorsk");
    put_option(out, KK_STR("nb"), KK_STR("bokmål"));
    put_option(out, KK_STR("nn"), KK_STR("nynorsk"));
    kk_buf_printf(out, "</select></div><div><button type=\"reset\">%s</button></div></form>\n",
                  say(cat, KK_MSG_CAT_RESET));
    kk_buf_printf(out, "<p id=\"count\" role=\"status\" data-text=\"%s\"></p></div>\n",
                  say(cat, KK_MSG_CAT_SHOWN));
}

/* ---- rules and uses ------------------------------------------------------------------------ */

static void put_rule(kk_catalogue *cat, const kk_rule *r)
{
    static const char *const classes[] = {"info", "warning", "error"};
    kk_buf *out = cat->out;
    kk_buf tmp;
    kk_buf_init(&tmp, 0);
    kk_buf_puts(out, "<details class=\"card\" id=\"rule-");
    kk_buf_xml(out, r->id);
    kk_buf_printf(out, "\"><summary><span class=\"tag %s\">", classes[kk_catalogue_level(cat, r)]);
    kk_buf_xml(out, r->id);
    kk_buf_puts(out, "</span> ");
    kk_buf_xml(out, kk_texts_get(&r->title, cat->lang));
    kk_buf_puts(out, "</summary><dl>");
    kk_catalogue_message(&r->message, cat->lang, &tmp);
    dd(cat, KK_MSG_CAT_MESSAGE, kk_buf_view(&tmp));
    kk_buf_clear(&tmp);
    kk_catalogue_message(&r->why, cat->lang, &tmp);
    dd(cat, KK_MSG_WHY, kk_buf_view(&tmp));
    kk_buf_clear(&tmp);
    put_basis(cat, r->basis, r->n_basis);
    for (uint32_t i = 0; i < r->n_remedies; i++) {
        if (r->remedies[i].clause.len > 0) {
            kk_buf_puts(&tmp, tmp.len > 0 ? ", " : "");
            kk_buf_str(&tmp, r->remedies[i].clause);
        }
    }
    dd(cat, KK_MSG_CAT_REMEDY, kk_buf_view(&tmp));
    kk_buf_clear(&tmp);
    kk_catalogue_dates(cat, r->from, r->to, &tmp);
    dd(cat, KK_MSG_CAT_VALID, kk_buf_view(&tmp));
    kk_buf_puts(out, "</dl></details>\n");
    kk_buf_dispose(&tmp);
}

static void put_use(kk_catalogue *cat, const kk_example_use *u)
{
    kk_buf *out = cat->out;
    kk_buf_puts(out, "<article class=\"card\" id=\"use-");
    kk_buf_xml(out, u->id);
    kk_buf_puts(out, "\"><h3>");
    kk_buf_xml(out, u->buyer);
    kk_buf_puts(out, ", ");
    kk_buf_xml(out, u->year);
    kk_buf_puts(out, "</h3>\n<p>");
    kk_buf_xml(out, kk_texts_get(&u->text, cat->lang));
    kk_buf_puts(out, "</p><dl>");
    if (u->n_clauses > 0) {
        bool some = false;
        kk_html_dd(out, say(cat, KK_MSG_CAT_CLAUSES));
        for (uint32_t i = 0; i < u->n_clauses; i++) {
            put_links(cat, u->clauses[i], &some);
        }
        kk_html_dd_end(out);
    }
    put_sources(cat, u->sources, u->n_sources);
    kk_buf_puts(out, "</dl></article>\n");
}

static void put_head(kk_catalogue *cat)
{
    kk_buf *out = cat->out;
    kk_html_begin(out, cat->lang, say(cat, KK_MSG_CAT_TITLE), kk_catalogue_css,
                  kk_catalogue_script);
    kk_buf_printf(out, "<a class=\"skip\" href=\"#main\">%s</a>\n<header><h1>%s</h1>\n<p>",
                  say(cat, KK_MSG_CAT_CLAUSES), say(cat, KK_MSG_CAT_TITLE));
    kk_say(out, KK_MSG_CAT_VALID_ON, cat->lang, cat->date, kk_z(cat->bank->version));
    kk_buf_printf(out, "</p>\n<p class=\"notice\">%s</p>\n", say(cat, KK_MSG_DRAFT));
    kk_buf_printf(out,
                  "<nav aria-label=\"%s\"><ul><li><a href=\"#main\">%s</a></li>"
                  "<li><a href=\"#rules\">%s</a></li><li><a href=\"#uses\">%s</a></li>"
                  "</ul></nav></header>\n<main id=\"main\">\n",
                  say(cat, KK_MSG_CAT_TITLE), say(cat, KK_MSG_CAT_CLAUSES),
                  say(cat, KK_MSG_CAT_RULES), say(cat, KK_MSG_CAT_USES));
}

void kk_catalogue_html(kk_catalogue *cat)
{
    kk_buf *out = cat->out;
    put_head(cat);
    put_form_tools(cat);
    kk_buf_printf(out, "<h2>%s</h2>\n<p id=\"none\" hidden>%s</p>\n", say(cat, KK_MSG_CAT_CLAUSES),
                  say(cat, KK_MSG_CAT_EMPTY));
    for (uint32_t i = 0; i < cat->model->n_clauses; i++) {
        if (kk_catalogue_current(cat, &cat->model->clauses[i])) {
            put_clause(cat, &cat->model->clauses[i]);
        }
    }
    kk_buf_printf(out, "<h2 id=\"rules\">%s</h2>\n", say(cat, KK_MSG_CAT_RULES));
    for (uint32_t i = 0; i < cat->model->n_rules; i++) {
        const kk_rule *r = &cat->model->rules[i];
        if (kk_date_within(cat->date, r->from, r->to)) {
            put_rule(cat, r);
        }
    }
    kk_buf_printf(out, "<h2 id=\"uses\">%s</h2>\n", say(cat, KK_MSG_CAT_USES));
    for (uint32_t i = 0; i < cat->model->n_uses; i++) {
        put_use(cat, &cat->model->uses[i]);
    }
    kk_buf_printf(out, "</main>\n<footer><p>%s</p><p>klimakrav %s</p></footer>\n",
                  say(cat, KK_MSG_TOOL_ONLY), kk_version());
    kk_html_end(out);
}
