/* Options of a plan from the command line. What the plan does is the library's. */
#include "planopts.h"

#include "output.h"

#include <stdlib.h>
#include <string.h>

static bool take_sets(const kk_cli *cli, kk_cli_plan_input *input, kk_plan_options *out)
{
    input->sets = calloc(cli->sets.n + 1, sizeof *input->sets);
    if (input->sets == NULL) {
        kk_cli_fail(NULL, "memory", "%s", kk_cli_say(KK_TEXT_NO_MEMORY, cli->lang));
        return false;
    }
    for (size_t i = 0; i < cli->sets.n; i++) {
        const char *word = cli->sets.items[i];
        const char *equal = strchr(word, '=');
        if (equal == NULL || equal == word) {
            kk_cli_fail(NULL, "usage", kk_cli_say(KK_TEXT_BAD_SET, cli->lang), word);
            return false;
        }
        input->sets[i] =
            (kk_field_value){{word, (size_t)(equal - word)}, {equal + 1, strlen(equal + 1)}};
    }
    out->values = input->sets;
    out->n_values = cli->sets.n;
    return true;
}

static bool take_values(const kk_cli *cli, kk_cli_plan_input *input, kk_plan_options *out)
{
    kk_error err = {.status = KK_OK};
    if (cli->values == NULL) {
        return true;
    }
    if (kk_file_load(cli->values, (uint64_t)16 << 20, &input->values, &err) != KK_OK) {
        (void)kk_cli_fail_error(cli, cli->values, &err);
        return false;
    }
    out->values_json = (kk_str){input->values.ptr, input->values.len};
    return true;
}

bool kk_cli_plan_options(const kk_cli *cli, const char *date, kk_cli_plan_input *input,
                         kk_plan_options *out)
{
    kk_plan_options o = KK_INIT(kk_plan_options);
    kk_cli_now(input->now);
    o.date = date;
    o.lang = cli->lang;
    o.level = cli->level;
    o.clauses = cli->clauses.items;
    o.n_clauses = cli->clauses.n;
    o.only_reviewed = cli->only_reviewed;
    o.untracked = cli->no_track;
    o.drop_signature = cli->drop_signature;
    o.author = cli->author;
    o.take_ours = cli->take_ours;
    o.config = cli->config;
    o.timestamp = cli->timestamp != NULL ? cli->timestamp : input->now;
    if (cli->clause_lang != NULL) {
        o.clause_lang = strcmp(cli->clause_lang, "nn") == 0 ? KK_LANG_NN : KK_LANG_NB;
    }
    *out = o;
    return take_values(cli, input, out) && take_sets(cli, input, out);
}

void kk_cli_plan_input_free(kk_cli_plan_input *input)
{
    kk_bytes_free(&input->values);
    free(input->sets);
    input->sets = NULL;
}
