/* Options by name, as the page knows them, turned into the structs of the library. */
#include "wasm.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_LIST = 512 };

typedef enum option_id {
    DATE,
    LANG,
    LEVEL,
    CLAUSE_LANG,
    AUTHOR,
    TIMESTAMP,
    VALUES,
    CATEGORIES,
    CLAUSES,
    ONLY_REVIEWED,
    UNTRACKED,
    DROP_SIGNATURE,
    UPGRADE,
    TAKE_OURS,
    N_OPTIONS
} option_id;

static const char *const names[N_OPTIONS] = {
    "date",      "lang",          "level",      "clauseLang", "author",
    "timestamp", "values",        "categories", "clauses",    "onlyReviewed",
    "untracked", "dropSignature", "upgrade",    "takeOurs"};

/* A list is one text with a line for each; its lines are cut in place. */
typedef struct list {
    const char *items[MAX_LIST];
    size_t n;
} list;

static char *values[N_OPTIONS];
static list categories, clauses;

static void cut(list *to, char *text)
{
    to->n = 0;
    for (char *at = text; at != NULL && *at != '\0' && to->n < MAX_LIST;) {
        char *end = strchr(at, '\n');
        to->items[to->n++] = at;
        if (end != NULL) {
            *end++ = '\0';
        }
        at = end;
    }
}

/* Takes over key and value, both from web_alloc; "" is the default. KK_E_ARG for an unknown key. */
WEB(web_option) int web_option(char *key, char *value)
{
    int found = KK_E_ARG;
    for (int i = 0; i < N_OPTIONS; i++) {
        if (strcmp(key, names[i]) == 0) {
            free(values[i]);
            values[i] = value;
            found = KK_OK;
            if (i == CATEGORIES || i == CLAUSES) {
                cut(i == CATEGORIES ? &categories : &clauses, value);
            }
        }
    }
    free(key);
    if (found != KK_OK) {
        free(value);
    }
    return found;
}

static const char *text_of(option_id id)
{
    return values[id] == NULL || *values[id] == '\0' ? NULL : values[id];
}

static bool is_on(option_id id)
{
    return text_of(id) != NULL && strcmp(values[id], "true") == 0;
}

static kk_lang lang_of(option_id id)
{
    static const char *const codes[] = {"", "nb", "nn", "en"};
    for (int i = 1; i < 4; i++) {
        if (text_of(id) != NULL && strcmp(values[id], codes[i]) == 0) {
            return (kk_lang)i;
        }
    }
    return KK_LANG_UNSET;
}

kk_lang web_lang(void)
{
    const kk_lang lang = lang_of(LANG);
    return lang == KK_LANG_UNSET ? KK_LANG_NB : lang;
}

kk_audit_options web_audit_options(bool procurement)
{
    kk_audit_options o = KK_INIT(kk_audit_options);
    o.date = text_of(DATE);
    o.lang = web_lang();
    o.level = text_of(LEVEL);
    o.categories = categories.items;
    o.n_categories = categories.n;
    o.as_procurement = procurement;
    o.only_reviewed = is_on(ONLY_REVIEWED);
    return o;
}

kk_plan_options web_plan_options(const kk_audit_options *how)
{
    kk_plan_options o = KK_INIT(kk_plan_options);
    o.date = how->date;
    o.lang = how->lang;
    o.clause_lang = lang_of(CLAUSE_LANG);
    o.level = how->level;
    o.clauses = clauses.items;
    o.n_clauses = clauses.n;
    if (text_of(VALUES) != NULL) {
        o.values_json = (kk_str){values[VALUES], strlen(values[VALUES])};
    }
    o.only_reviewed = how->only_reviewed;
    o.untracked = is_on(UNTRACKED);
    o.drop_signature = is_on(DROP_SIGNATURE);
    o.author = text_of(AUTHOR);
    o.timestamp = text_of(TIMESTAMP);
    o.settle = how;
    o.mode = is_on(UPGRADE) ? KK_PLAN_MODE_UPDATE : KK_PLAN_MODE_INSERT;
    o.take_ours = is_on(TAKE_OURS);
    return o;
}
