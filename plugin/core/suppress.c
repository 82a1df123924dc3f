/* Does a decision of the config hold a finding back? Knows paths, headings and dates; nothing of
 * what the rules mean. */
#include "suppress.h"

#include "utf8.h"

#define EXPIRY_RULE "U01"

bool kk_suppress_is_expiry(kk_str rule)
{
    return kk_str_is(rule, EXPIRY_RULE);
}

static bool in_section(const kk_config_scope *scope, const kk_finding *f, kk_arena *scratch)
{
    for (size_t i = 0; i < f->place.n_headings; i++) {
        const kk_str words =
            kk_utf8_normalise(scratch, kk_utf8_lower(scratch, f->place.headings[i]));
        if (words.ptr != NULL && kk_words_fit(scope->section, words)) {
            return true;
        }
    }
    return false;
}

static bool in_scope(const kk_config_scope *scope, kk_str seen, const kk_finding *f,
                     kk_arena *scratch)
{
    return (scope->path.len == 0 || kk_path_fits(scope->path, seen)) &&
           (scope->fingerprint.len == 0 || kk_str_equal(scope->fingerprint, f->fingerprint)) &&
           (scope->section.len == 0 || in_section(scope, f, scratch));
}

static bool takes(const kk_config_suppress *s, kk_str seen, const kk_finding *f, kk_arena *scratch)
{
    if (!kk_str_equal(s->info.rule, f->rule)) {
        return false;
    }
    for (size_t i = 0; i < s->n_scopes; i++) {
        if (in_scope(&s->scopes[i], seen, f, scratch)) {
            return true;
        }
    }
    return s->n_scopes == 0;
}

static bool expired(const kk_config_suppress *s, kk_str date)
{
    return kk_str_compare(s->info.until, date) < 0;
}

bool kk_suppress_find(const kk_config *config, kk_str path, kk_str date, const kk_finding *f,
                      kk_arena *scratch, kk_held_info *held)
{
    if (config == NULL || config->n_suppressions == 0 || kk_suppress_is_expiry(f->rule)) {
        return false;
    }
    kk_buf seen;
    bool found = false;
    kk_buf_init(&seen, 0);
    kk_config_see(config, path.ptr, &seen);
    for (size_t i = 0; i < config->n_suppressions && !found; i++) {
        const kk_config_suppress *s = &config->suppressions[i];
        if (!expired(s, date) && takes(s, kk_buf_view(&seen), f, scratch)) {
            *held = (kk_held_info){.size = sizeof *held,
                                   .by = KK_HELD_SUPPRESSED,
                                   .suppression = s->info.id,
                                   .reason = s->info.reason,
                                   .decided_by = s->info.decided_by,
                                   .until = s->info.until};
            found = true;
        }
    }
    kk_buf_dispose(&seen);
    return found;
}

bool kk_suppress_concerns(const kk_config *config, size_t i, kk_str path)
{
    const kk_config_suppress *s = &config->suppressions[i];
    kk_buf seen;
    kk_buf_init(&seen, 0);
    kk_config_see(config, path.ptr, &seen);
    bool concerns = s->n_scopes == 0;
    for (size_t k = 0; k < s->n_scopes && !concerns; k++) {
        const kk_str pattern = s->scopes[k].path;
        concerns = pattern.len == 0 || kk_path_fits(pattern, kk_buf_view(&seen));
    }
    kk_buf_dispose(&seen);
    return concerns;
}

uint32_t kk_suppress_expired(const kk_config *config, kk_str path, kk_str date)
{
    uint32_t n = 0;
    for (size_t i = 0; i < kk_config_suppressions(config); i++) {
        n += expired(&config->suppressions[i], date) && kk_suppress_concerns(config, i, path) ? 1
                                                                                             : 0;
    }
    return n;
}
