/* Tells bokmål from nynorsk (and from English, Swedish, Danish) by words that only one of them has.
 * Function words and a few words that every tender uses; no rule data, no document knowledge. */
#include "langform.h"

#include "utf8.h"

#include <string.h>

/* Words of a document that are looked at: some hundred pages say it as well as a thousand. */
#define ENOUGH 60000u

/* Sorted bytewise, lower case. Words that both Norwegian forms allow (skal, krav, for, ingen ...)
 * are left out: a word here must be wrong in the other forms. */
static const struct {
    const char *word;
    kk_lang lang;
} WORDS[] = {
    {"af", KK_LANG_OTHER},
    {"anbud", KK_LANG_NB},
    {"and", KK_LANG_EN},
    {"anskaffelse", KK_LANG_NB},
    {"anskaffelsen", KK_LANG_NB},
    {"anskaffelser", KK_LANG_NB},
    {"anskaffing", KK_LANG_NN},
    {"anskaffinga", KK_LANG_NN},
    {"arbeida", KK_LANG_NN},
    {"are", KK_LANG_EN},
    {"avtalane", KK_LANG_NN},
    {"avtalene", KK_LANG_NB},
    {"be", KK_LANG_EN},
    {"been", KK_LANG_EN},
    {"berekraftig", KK_LANG_NN},
    {"berre", KK_LANG_NN},
    {"bestemmelse", KK_LANG_NB},
    {"bestemmelsene", KK_LANG_NB},
    {"bestemmelser", KK_LANG_NB},
    {"blei", KK_LANG_NN},
    {"bliver", KK_LANG_OTHER},
    {"by", KK_LANG_EN},
    {"bærekraftig", KK_LANG_NB},
    {"dei", KK_LANG_NN},
    {"deira", KK_LANG_NN},
    {"efter", KK_LANG_OTHER},
    {"eg", KK_LANG_NN},
    {"eigen", KK_LANG_NN},
    {"ein", KK_LANG_NN},
    {"eit", KK_LANG_NN},
    {"eitt", KK_LANG_NN},
    {"ej", KK_LANG_OTHER},
    {"enligt", KK_LANG_OTHER},
    {"ett", KK_LANG_NB},
    {"etterspørres", KK_LANG_NB},
    {"fleire", KK_LANG_NN},
    {"flere", KK_LANG_NB},
    {"foretas", KK_LANG_NB},
    {"fra", KK_LANG_NB},
    {"fremdrift", KK_LANG_NB},
    {"fremgår", KK_LANG_NB},
    {"from", KK_LANG_EN},
    {"frå", KK_LANG_NN},
    {"från", KK_LANG_OTHER},
    {"för", KK_LANG_OTHER},
    {"förslag", KK_LANG_OTHER},
    {"følgjande", KK_LANG_NN},
    {"føresegn", KK_LANG_NN},
    {"føresegner", KK_LANG_NN},
    {"genom", KK_LANG_OTHER},
    {"gis", KK_LANG_NB},
    {"gje", KK_LANG_NN},
    {"gjeld", KK_LANG_NN},
    {"gjelder", KK_LANG_NB},
    {"gjer", KK_LANG_NN},
    {"gjera", KK_LANG_NN},
    {"gjerast", KK_LANG_NN},
    {"gjere", KK_LANG_NN},
    {"gjevast", KK_LANG_NN},
    {"gjøre", KK_LANG_NB},
    {"gjøres", KK_LANG_NB},
    {"has", KK_LANG_EN},
    {"have", KK_LANG_EN},
    {"heile", KK_LANG_NN},
    {"hele", KK_LANG_NB},
    {"henhold", KK_LANG_NB},
    {"ho", KK_LANG_NN},
    {"hun", KK_LANG_NB},
    {"hur", KK_LANG_OTHER},
    {"hva", KK_LANG_NB},
    {"hvem", KK_LANG_NB},
    {"hver", KK_LANG_NB},
    {"hvert", KK_LANG_NB},
    {"hvilke", KK_LANG_NB},
    {"hvilken", KK_LANG_NB},
    {"hvilket", KK_LANG_NB},
    {"hvis", KK_LANG_NB},
    {"hvor", KK_LANG_NB},
    {"hvordan", KK_LANG_NB},
    {"hvorfor", KK_LANG_NB},
    {"ikke", KK_LANG_NB},
    {"ikkje", KK_LANG_NN},
    {"inneheld", KK_LANG_NN},
    {"innen", KK_LANG_NB},
    {"inte", KK_LANG_OTHER},
    {"is", KK_LANG_EN},
    {"it", KK_LANG_EN},
    {"jeg", KK_LANG_NB},
    {"kjøretøy", KK_LANG_NB},
    {"kjøretøyer", KK_LANG_NB},
    {"kor", KK_LANG_NN},
    {"korleis", KK_LANG_NN},
    {"krava", KK_LANG_NN},
    {"kravene", KK_LANG_NB},
    {"kva", KK_LANG_NN},
    {"kvalifikasjonar", KK_LANG_NN},
    {"kvalifikasjoner", KK_LANG_NB},
    {"kvar", KK_LANG_NN},
    {"kven", KK_LANG_NN},
    {"kvifor", KK_LANG_NN},
    {"køyretøy", KK_LANG_NN},
    {"leverandørane", KK_LANG_NN},
    {"leverandørene", KK_LANG_NB},
    {"leverandørens", KK_LANG_NB},
    {"leveransar", KK_LANG_NN},
    {"me", KK_LANG_NN},
    {"medfører", KK_LANG_NB},
    {"meir", KK_LANG_NN},
    {"mellan", KK_LANG_OTHER},
    {"mer", KK_LANG_NB},
    {"mottatt", KK_LANG_NB},
    {"mykje", KK_LANG_NN},
    {"måste", KK_LANG_OTHER},
    {"naudsynt", KK_LANG_NN},
    {"noe", KK_LANG_NB},
    {"noen", KK_LANG_NB},
    {"noko", KK_LANG_NN},
    {"nokon", KK_LANG_NN},
    {"nokre", KK_LANG_NN},
    {"och", KK_LANG_OTHER},
    {"också", KK_LANG_OTHER},
    {"of", KK_LANG_EN},
    {"omfattar", KK_LANG_NN},
    {"omfatter", KK_LANG_NB},
    {"oppdragsgivar", KK_LANG_NN},
    {"oppdragsgiver", KK_LANG_NB},
    {"oppdragsgivers", KK_LANG_NB},
    {"oppdragsgjevar", KK_LANG_NN},
    {"opplysningar", KK_LANG_NN},
    {"opplysninger", KK_LANG_NB},
    {"or", KK_LANG_EN},
    {"prisar", KK_LANG_NN},
    {"priser", KK_LANG_NB},
    {"produkter", KK_LANG_NB},
    {"same", KK_LANG_NN},
    {"samme", KK_LANG_NB},
    {"shall", KK_LANG_EN},
    {"should", KK_LANG_EN},
    {"sjå", KK_LANG_NN},
    {"skall", KK_LANG_OTHER},
    {"tenesta", KK_LANG_NN},
    {"teneste", KK_LANG_NN},
    {"tenester", KK_LANG_NN},
    {"that", KK_LANG_EN},
    {"the", KK_LANG_EN},
    {"their", KK_LANG_EN},
    {"these", KK_LANG_EN},
    {"this", KK_LANG_EN},
    {"tilbod", KK_LANG_NN},
    {"tilboda", KK_LANG_NN},
    {"tilbodet", KK_LANG_NN},
    {"tilbudene", KK_LANG_NB},
    {"tilbudet", KK_LANG_NB},
    {"tilbydar", KK_LANG_NN},
    {"tilbydarane", KK_LANG_NN},
    {"tilbydaren", KK_LANG_NN},
    {"tilbyder", KK_LANG_NB},
    {"tilbydere", KK_LANG_NB},
    {"tilbyderen", KK_LANG_NB},
    {"till", KK_LANG_OTHER},
    {"tjeneste", KK_LANG_NB},
    {"tjenesten", KK_LANG_NB},
    {"tjenester", KK_LANG_NB},
    {"to", KK_LANG_EN},
    {"utan", KK_LANG_NN},
    {"uten", KK_LANG_NB},
    {"utføres", KK_LANG_NB},
    {"utslepp", KK_LANG_NN},
    {"utslipp", KK_LANG_NB},
    {"vara", KK_LANG_OTHER},
    {"vera", KK_LANG_NN},
    {"vere", KK_LANG_NN},
    {"vert", KK_LANG_NN},
    {"verte", KK_LANG_NN},
    {"vid", KK_LANG_OTHER},
    {"vore", KK_LANG_NN},
    {"vurderast", KK_LANG_NN},
    {"vurderes", KK_LANG_NB},
    {"vårt", KK_LANG_NB},
    {"være", KK_LANG_NB},
    {"vært", KK_LANG_NB},
    {"was", KK_LANG_EN},
    {"which", KK_LANG_EN},
    {"will", KK_LANG_EN},
    {"with", KK_LANG_EN},
    {"would", KK_LANG_EN},
    {"är", KK_LANG_OTHER},
    {"øvrige", KK_LANG_NB},
};

static int compare_word(const char *word, size_t len, const char *listed)
{
    int order = strncmp(word, listed, len);
    return order != 0 ? order : (listed[len] == '\0' ? 0 : -1);
}

static void count_word(const char *word, size_t len, kk_langcount *count)
{
    size_t low = 0, high = sizeof WORDS / sizeof WORDS[0];
    count->words++;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare_word(word, len, WORDS[middle].word);
        if (order == 0) {
            kk_lang lang = WORDS[middle].lang;
            count->nb += lang == KK_LANG_NB;
            count->nn += lang == KK_LANG_NN;
            count->en += lang == KK_LANG_EN;
            count->other += lang == KK_LANG_OTHER;
            return;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
}

void kk_langform_count(kk_str s, kk_langcount *count)
{
    char word[24];
    size_t len = 0, at = 0;
    bool fits = true;
    while (at < s.len) {
        size_t start = at;
        uint32_t c = kk_utf8_next(s, &at);
        if (kk_utf8_is_word(c)) {
            fits = fits && len + (at - start) <= sizeof word;
            if (fits) {
                memcpy(word + len, s.ptr + start, at - start);
                len += at - start;
            }
            continue;
        }
        if (len > 0 && fits) {
            kk_utf8_fold(word, len);
            count_word(word, len, count);
        }
        len = 0;
        fits = true;
    }
    if (len > 0 && fits) {
        kk_utf8_fold(word, len);
        count_word(word, len, count);
    }
}

kk_langform kk_langform_decide(const kk_langcount *count)
{
    kk_langform form = {KK_LANG_UNSET, 0.0, false};
    const uint32_t values[] = {count->nb, count->nn, count->en, count->other};
    const kk_lang langs[] = {KK_LANG_NB, KK_LANG_NN, KK_LANG_EN, KK_LANG_OTHER};
    uint32_t sum = 0, best = 0;
    for (uint32_t i = 0; i < 4; i++) {
        sum += values[i];
        best = values[i] > values[best] ? i : best;
    }
    if (sum < 3) {
        return form;
    }
    form.share = (double)values[best] / (double)sum;
    uint32_t weak = count->nb < count->nn ? count->nb : count->nn;
    form.mixed = weak >= 3 && 5 * weak >= count->nb + count->nn;
    if (form.share >= 0.75 || form.mixed) {
        form.lang = langs[best];
    }
    return form;
}

kk_langform kk_langform_text(const kk_text *text)
{
    kk_langcount count = {0};
    for (uint32_t s = 0; s < text->n_stories; s++) {
        const kk_story *story = &text->stories[s];
        if (story->kind != KK_STORY_BODY && kk_langform_decide(&count).lang != KK_LANG_UNSET) {
            break;
        }
        for (uint32_t p = story->para_begin; p < story->para_end && count.words < ENOUGH; p++) {
            const kk_para *para = &text->paras[p];
            if ((para->flags & (KK_PARA_TOC | KK_PARA_GUIDANCE)) == 0) {
                kk_langform_count((kk_str){text->utf8 + para->begin, para->end - para->begin},
                                  &count);
            }
        }
    }
    return kk_langform_decide(&count);
}

/* ---- chapters ------------------------------------------------------------------------------ */

/* Highest heading level that occurs at least twice: a single heading is the title. */
static uint8_t chapter_level(const kk_text *text)
{
    uint32_t n[10] = {0};
    for (uint32_t p = 0; p < text->n_paras; p++) {
        const kk_para *para = &text->paras[p];
        n[para->heading <= 9 ? para->heading : 0]++;
    }
    for (uint8_t level = 1; level <= 9; level++) {
        if (n[level] >= 2) {
            return level;
        }
    }
    return 1;
}

static void close_section(kk_lang_section *section, const kk_langcount *count)
{
    const kk_langform form = kk_langform_decide(count);
    section->lang = form.lang;
    section->mixed = form.mixed;
    section->share = form.share;
    section->decisive = count->nb + count->nn + count->en + count->other;
    section->words = count->words;
}

uint32_t kk_langform_sections(const kk_text *text, kk_lang_section *out, uint32_t max)
{
    const uint8_t level = chapter_level(text);
    kk_langcount count = {0};
    uint32_t n = 0;
    for (uint32_t p = 0; p < text->n_paras; p++) {
        const kk_para *para = &text->paras[p];
        if (para->story < text->n_stories && text->stories[para->story].kind != KK_STORY_BODY) {
            continue;
        }
        const bool opens = para->heading > 0 && para->heading <= level;
        if ((opens || n == 0) && n < max) {
            if (n > 0) {
                close_section(&out[n - 1], &count);
            }
            out[n++] = (kk_lang_section){.para = p};
            count = (kk_langcount){0};
        }
        if ((para->flags & (KK_PARA_TOC | KK_PARA_GUIDANCE)) == 0) {
            kk_langform_count((kk_str){text->utf8 + para->begin, para->end - para->begin}, &count);
        }
    }
    if (n > 0) {
        close_section(&out[n - 1], &count);
    }
    return n;
}
