/* What style names mean, in the languages that Word and LibreOffice write them. Data and comparison
 * only. Never by style id: ids are localized at will ("Overskrift1", "berschrift1"). */
#include "stylename.h"
#include "str.h"

static const char *const headings[] = {"heading", "overskrift", "rubrik",   "überschrift",
                                       "otsikko", "fyrirsögn",  "titre",    "título",
                                       "titolo",  "kop",        "nagłówek", "nadpis"};

static const char *const tocs[] = {
    "toc",         "contents", "innholdsfortegnelse", "innehåll", "indholdsfortegnelse",
    "verzeichnis", "inhopg"};

static const char *const titles[] = {"title",  "subtitle",   "tittel",     "undertittel", "titel",
                                     "rubrik", "untertitel", "undertitel", "underrubrik"};

/* "heading 2", "heading2", "heading 2 no number" -> 2 for "heading"; 0 otherwise. */
static uint8_t level_after(kk_str name, const char *word)
{
    const kk_str prefix = kk_str_from(word);
    if (!kk_str_starts(name, prefix)) {
        return 0;
    }
    size_t at = prefix.len;
    at += at < name.len && name.ptr[at] == ' ' ? 1 : 0;
    if (at >= name.len || name.ptr[at] < '1' || name.ptr[at] > '9') {
        return 0;
    }
    const uint8_t level = (uint8_t)(name.ptr[at] - '0');
    const char next = (char)(at + 1 < name.len ? name.ptr[at + 1] : ' ');
    const bool ends = next == ' ' || next == '-' || next == '_' || next == '(' || next == '+';
    return ends ? level : 0;
}

uint8_t kk_style_name_level(kk_str name)
{
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        const uint8_t level = level_after(name, headings[i]);
        if (level != 0) {
            return level;
        }
    }
    return 0;
}

bool kk_style_name_toc(kk_str name)
{
    for (size_t i = 0; i < sizeof tocs / sizeof *tocs; i++) {
        if (level_after(name, tocs[i]) != 0) {
            return true;
        }
    }
    return kk_str_is(name, "table of figures") || kk_str_is(name, "table of authorities");
}

bool kk_style_name_title(kk_str name)
{
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        if (kk_str_is(name, titles[i])) {
            return true;
        }
    }
    return false;
}
