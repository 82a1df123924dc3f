/* Which files a command works on: arguments, --files-from, --shard. */
#include "output.h"
#include "session.h"
#include "system.h"

#include <stdlib.h>
#include <string.h>

enum { STEP = 64 * 1024 };

typedef struct list {
    char *text;
    size_t len;
    const char **items;
    size_t n;
} list;

static bool no_memory(const kk_cli *cli)
{
    kk_cli_fail(NULL, "memory", "%s", kk_cli_say(KK_TEXT_NO_MEMORY, cli->lang));
    return false;
}

static bool read_stdin(const kk_cli *cli, list *l)
{
    for (;;) {
        char *more = realloc(l->text, l->len + STEP + 1);
        if (more == NULL) {
            return no_memory(cli);
        }
        l->text = more;
        const size_t n = fread(l->text + l->len, 1, STEP, stdin);
        l->len += n;
        l->text[l->len] = '\0';
        if (n == 0) {
            break;
        }
    }
    if (ferror(stdin)) {
        kk_cli_fail(NULL, "io", "%s", kk_cli_say(KK_TEXT_STDIN_FAILED, cli->lang));
        return false;
    }
    return true;
}

static bool read_file(const kk_cli *cli, list *l)
{
    kk_error err = {.status = KK_OK};
    kk_bytes bytes = {NULL, 0};
    if (kk_file_load(cli->files_from, 0, &bytes, &err) != KK_OK) {
        (void)kk_cli_fail_error(cli, cli->files_from, &err);
        return false;
    }
    l->text = malloc(bytes.len + 1);
    if (l->text != NULL) {
        memcpy(l->text, bytes.ptr, bytes.len);
        l->text[bytes.len] = '\0';
        l->len = bytes.len;
    }
    kk_bytes_free(&bytes);
    return l->text != NULL || no_memory(cli);
}

/* One path a line, or ended by NUL where there is one (find -print0); empty lines do not count. */
static bool split(const kk_cli *cli, list *l)
{
    const char end = memchr(l->text, '\0', l->len) != NULL ? '\0' : '\n';
    size_t most = 1;
    for (size_t i = 0; i < l->len; i++) {
        most += l->text[i] == end ? 1 : 0;
    }
    l->items = calloc(most + 1, sizeof *l->items);
    if (l->items == NULL) {
        return no_memory(cli);
    }
    for (char *at = l->text; at < l->text + l->len;) {
        char *stop = memchr(at, end, (size_t)(l->text + l->len - at));
        stop = stop == NULL ? l->text + l->len : stop;
        *stop = '\0';
        if (stop > at && stop[-1] == '\r' && end == '\n') {
            stop[-1] = '\0';
        }
        if (*at != '\0') {
            l->items[l->n++] = kk_cli_system_path(at);
        }
        at = stop + 1;
    }
    return true;
}

static bool number(const char **at, uint32_t *out)
{
    uint32_t n = 0;
    const char *begin = *at;
    while (**at >= '0' && **at <= '9' && n < 1000000) {
        n = n * 10 + (uint32_t)(**at - '0');
        (*at)++;
    }
    *out = n;
    return *at > begin;
}

bool kk_cli_shard(const kk_cli *cli, uint32_t *shard, uint32_t *n_shards)
{
    const char *at = cli->shard;
    *shard = 0;
    *n_shards = 0;
    if (at == NULL) {
        return true;
    }
    const bool shape = number(&at, shard) && *at++ == '/' && number(&at, n_shards) && *at == '\0';
    if (!shape || *shard < 1 || *shard > *n_shards) {
        kk_cli_fail(NULL, "usage", kk_cli_say(KK_TEXT_BAD_SHARD, cli->lang), cli->shard);
        return false;
    }
    return true;
}

static bool collect(const kk_cli *cli, const list *l, kk_paths **out)
{
    kk_error err = {.status = KK_OK};
    const char *skip[] = {cli->output_dir, cli->backup};
    kk_paths_options o = KK_INIT(kk_paths_options);
    o.paths = cli->args;
    o.n = cli->n_args;
    o.listed = l->items;
    o.n_listed = l->n;
    o.skip = skip;
    o.n_skip = sizeof skip / sizeof *skip;
    if (!kk_cli_shard(cli, &o.shard, &o.n_shards)) {
        return false;
    }
    const char *first = cli->n_args > 0 ? cli->args[0] : cli->files_from;
    if (kk_paths_collect(out, &o, &err) != KK_OK) {
        (void)kk_cli_fail_error(cli, err.part[0] == '\0' ? first : err.part, &err);
        return false;
    }
    if (kk_paths_count(*out) == 0 && cli->shard == NULL) {
        kk_cli_fail(first, "no-templates", "%s", kk_cli_say(KK_TEXT_NO_TEMPLATES, cli->lang));
        kk_paths_free(*out);
        *out = NULL;
        return false;
    }
    return true;
}

bool kk_cli_find(const kk_cli *cli, kk_paths **out)
{
    list l = {NULL, 0, NULL, 0};
    bool fine = true;
    *out = NULL;
    if (cli->n_args == 0 && cli->files_from == NULL) {
        kk_cli_fail(NULL, "usage", kk_cli_say(KK_TEXT_NO_PATH, cli->lang), cli->command_name,
                    "PATH...");
        return false;
    }
    if (cli->files_from != NULL) {
        fine = strcmp(cli->files_from, "-") == 0 ? read_stdin(cli, &l) : read_file(cli, &l);
        fine = fine && split(cli, &l);
    }
    fine = fine && collect(cli, &l, out);
    free(l.text);
    free(l.items);
    return fine;
}
