/* limits: prints the caps that documents are held to. Knows nothing of where they are enforced. */
#include "output.h"
#include "session.h"

#include <inttypes.h>
#include <stdio.h>

typedef struct cap {
    const char *name; /* as in JSON and in kk_limits */
    uint64_t value;
    kk_cli_text text;
} cap;

enum { N_CAPS = 9 };

static void collect(cap out[N_CAPS])
{
    kk_limits l = {.size = sizeof l};
    kk_limits_default(&l);
    const cap caps[N_CAPS] = {{"file_bytes", l.file_bytes, KK_TEXT_LIMIT_FILE_BYTES},
                              {"part_bytes", l.part_bytes, KK_TEXT_LIMIT_PART_BYTES},
                              {"total_bytes", l.total_bytes, KK_TEXT_LIMIT_TOTAL_BYTES},
                              {"entries", l.entries, KK_TEXT_LIMIT_ENTRIES},
                              {"depth", l.depth, KK_TEXT_LIMIT_DEPTH},
                              {"attribute_bytes", l.attribute_bytes, KK_TEXT_LIMIT_ATTRIBUTE_BYTES},
                              {"paragraphs", l.paragraphs, KK_TEXT_LIMIT_PARAGRAPHS},
                              {"hits", l.hits, KK_TEXT_LIMIT_HITS},
                              {"match_steps", l.match_steps, KK_TEXT_LIMIT_MATCH_STEPS}};
    for (size_t i = 0; i < N_CAPS; i++) {
        out[i] = caps[i];
    }
}

int kk_cli_limits(const kk_cli *cli)
{
    cap caps[N_CAPS];
    char text[2048];
    kk_format format;
    size_t at = 0;
    if (!kk_cli_format(cli, "text|json", &format)) {
        return KK_EXIT_FAILED;
    }
    if (cli->n_args > 0) {
        kk_cli_fail(NULL, "usage", kk_cli_say(KK_TEXT_BAD_COMMAND, cli->lang), cli->args[0]);
        return KK_EXIT_FAILED;
    }
    const bool json = format == KK_FORMAT_JSON;
    collect(caps);
    at += (size_t)snprintf(text, sizeof text, "%s", json ? "{\"schema\":\"klimakrav.limits/1\"" : "");
    for (size_t i = 0; i < N_CAPS; i++) {
        at += json ? (size_t)snprintf(text + at, sizeof text - at, ",\"%s\":%" PRIu64, caps[i].name,
                                      caps[i].value)
                   : (size_t)snprintf(text + at, sizeof text - at, "%12" PRIu64 "  %s\n",
                                      caps[i].value, kk_cli_say(caps[i].text, cli->lang));
    }
    at += (size_t)snprintf(text + at, sizeof text - at, "%s", json ? "}\n" : "");
    const kk_bytes bytes = {text, at};
    return kk_cli_deliver(cli, &bytes);
}
