/* The inside of kk_config, for the files of core that ask it: suppress.c, planplace.c, apply.c. */
#ifndef KK_CONFIG_H
#define KK_CONFIG_H

#include "core.h"

/* plugin/schema/config.rng, put into the library by the build. */
extern const unsigned char kk_config_schema[];
extern const size_t kk_config_schema_len;

/* Where a suppression holds; empty words name nothing. */
typedef struct kk_config_scope {
    kk_str path, section, fingerprint;
} kk_config_scope;

typedef struct kk_config_suppress {
    kk_suppression_info info;
    const kk_config_scope *scopes; /* none: everywhere */
    size_t n_scopes;
} kk_config_suppress;

/* A name or pattern and what it stands for. */
typedef struct kk_config_pair {
    kk_str pattern, value;
} kk_config_pair;

typedef enum kk_config_style {
    KK_CONFIG_HEADING = 0,
    KK_CONFIG_BODY,
    KK_CONFIG_LIST,
    KK_CONFIG_TABLE,
    KK_CONFIG_N_STYLES
} kk_config_style;

typedef struct kk_config_house {
    kk_str municipality;            /* empty: all */
    const kk_config_pair *chapters; /* heading pattern in lower case -> place id */
    size_t n_chapters;
    kk_str styles[KK_CONFIG_N_STYLES]; /* empty: as the neighbours are */
} kk_config_house;

struct kk_config {
    kk_arena *arena;
    char sha256[65]; /* of the file's bytes: a run over many files is taken up with the same only */
    kk_str folder; /* canonical; empty when it does not exist */
    kk_config_info info;
    const kk_config_suppress *suppressions;
    size_t n_suppressions;
    const kk_config_pair *municipalities; /* path pattern -> name, in order */
    size_t n_municipalities;
    const kk_config_house *houses;
    size_t n_houses;
};

/* Place id that the house gives a chapter with this heading (without its number), for templates of
 * the municipality (NULL: any); empty when it says nothing. The municipality's own map comes before
 * the one for all. scratch is for lower-casing. */
kk_str kk_config_chapter(const kk_config *config, const char *municipality, kk_str heading,
                         kk_arena *scratch);
/* Style name for a kind of text, empty when the house has none. */
kk_str kk_config_style_name(const kk_config *config, const char *municipality,
                            kk_config_style which);
/* Does the house map any chapter at all? */
bool kk_config_has_chapters(const kk_config *config, const char *municipality);
/* Appends a document's path as the patterns of the config see it. */
void kk_config_see(const kk_config *config, const char *path, kk_buf *out);

#endif
