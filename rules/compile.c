/* XML sources -> one image, with everything checked that a loader of images takes on trust: schema,
 * references, regexes. Used when the project is built. */
#include "rules_internal.h"

#include "error.h"
#include "image.h"
#include "match.h"
#include "str.h"

static kk_status check_sources(const kk_rule_source *sources, size_t n, kk_str schema,
                               kk_error *err)
{
    kk_schema *checked;
    KK_TRY(kk_schema_new(&checked, schema, err));
    kk_status status = KK_OK;
    for (size_t i = 0; i < n && status == KK_OK; i++) {
        if (!kk_str_ends(sources[i].name, KK_STR(".tsv"))) {
            status = kk_schema_check(checked, &sources[i], err);
        }
    }
    kk_schema_free(checked);
    return status;
}

static kk_status check_regexes(const kk_model *model, kk_error *err)
{
    for (uint32_t i = 0; i < model->n_matchers; i++) {
        const kk_matcher *m = &model->matchers[i];
        size_t offset;
        char message[120];
        if (!kk_match_compiles(m->regex, &offset, message)) {
            const kk_status status = kk_fail_at(err, KK_E_RULE, "regex", m->origin.file, 0,
                                                "regex of %.*s does not compile at offset %zu: %s",
                                                (int)m->owner.len, m->owner.ptr, offset, message);
            if (err != NULL) {
                err->line = m->origin.line;
            }
            return status;
        }
    }
    return KK_OK;
}

kk_status kk_rules_compile(const kk_rule_source *sources, size_t n, kk_str schema, kk_buf *image,
                           kk_error *err)
{
    kk_rules *rules;
    for (size_t i = 0; i < n; i++) {
        if (kk_image_is(&sources[i])) {
            return kk_fail_at(err, KK_E_ARG, "rule-file", sources[i].name, 0,
                              "this bank is compiled already; give its XML files");
        }
    }
    /* Loading first: it says what is not well-formed, which the schema takes for granted. */
    KK_TRY(kk_rules_load(&rules, sources, n, schema, err));
    kk_status status = check_sources(sources, n, schema, err);
    if (status == KK_OK) {
        status = check_regexes(&rules->model, err);
    }
    if (status == KK_OK) {
        status = kk_image_write(&rules->model, &rules->prefilter, rules->hash, sources, (uint32_t)n,
                                image, err);
    }
    kk_rules_free(rules);
    return status;
}
