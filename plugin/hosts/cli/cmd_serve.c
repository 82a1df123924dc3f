/* serve --stdio: one JSON request a line in, one JSON answer a line out, until the input ends.
 * Nothing that comes in ends the program. */
#include "interrupt.h"
#include "output.h"
#include "session.h"
#include "system.h"

#include <stdlib.h>
#include <string.h>

/* A line may hold a document of 64 MiB in base64, and some. */
enum { LINE_MIB = 96, STEP = 64 * 1024 };

typedef struct reader {
    char *line;
    size_t len, room;
    char step[STEP];
    size_t at, end;
    bool too_long; /* the line being read is passed over */
} reader;

/* Appends to the line; false when there is no memory. Over the limit it only remembers that. */
static bool add(reader *r, const char *bytes, size_t n)
{
    if (r->too_long || r->len + n > ((size_t)LINE_MIB << 20)) {
        r->too_long = true;
        return true;
    }
    if (r->len + n + 1 > r->room) {
        const size_t room = (r->len + n + 1) * 2;
        char *more = realloc(r->line, room);
        if (more == NULL) {
            return false;
        }
        r->line = more;
        r->room = room;
    }
    memcpy(r->line + r->len, bytes, n);
    r->len += n;
    return true;
}

/* Fills the step anew. 1: there is more; 0: the end, or a signal that wants us to stop; -1: failed. */
static int fill(reader *r)
{
    const long got = kk_cli_read_input(r->step, sizeof r->step);
    if (got > 0) {
        r->at = 0;
        r->end = (size_t)got;
        return 1;
    }
    return got == 0 ? 0 : -1;
}

/* 1: a line is there; 0: the end, or a signal; -1: cannot be read, or no memory. The last line needs
 * no line break. */
static int next_line(reader *r)
{
    r->len = 0;
    r->too_long = false;
    for (;;) {
        const char *from = r->step + r->at;
        const char *stop = memchr(from, '\n', r->end - r->at);
        const size_t n = stop == NULL ? r->end - r->at : (size_t)(stop - from);
        if (!add(r, from, n)) {
            return -1;
        }
        r->at += n + (stop == NULL ? 0 : 1);
        if (stop != NULL) {
            return 1;
        }
        const int more = fill(r);
        if (more <= 0) {
            return more < 0 ? -1 : r->len > 0 || r->too_long ? 1 : 0;
        }
    }
}

static bool blank(const reader *r)
{
    for (size_t i = 0; i < r->len; i++) {
        if (strchr(" \t\r", r->line[i]) == NULL) {
            return false;
        }
    }
    return !r->too_long;
}

static kk_status answer(const kk_cli *cli, kk_server *server, const reader *r, kk_bytes *out)
{
    char today[11];
    char now[21];
    kk_error err = {.status = KK_OK};
    const kk_error too_long = {.status = KK_E_LIMIT, .reason = "limit", .message = "line too long"};
    kk_cli_now(now);
    kk_cli_today(today);
    const char *date = cli->date != NULL ? cli->date : today;
    const char *timestamp = cli->timestamp != NULL ? cli->timestamp : now;
    return r->too_long
               ? kk_server_refuse(server, &too_long, out, &err)
               : kk_server_answer(server, (kk_str){r->line, r->len}, date, timestamp, out, &err);
}

static int serve(const kk_cli *cli, kk_server *server, reader *r)
{
    int more;
    while (!kk_cli_interrupted(NULL) && (more = next_line(r)) != 0) {
        kk_bytes out = {NULL, 0};
        if (more < 0) {
            kk_cli_fail(NULL, "io", "%s", kk_cli_say(KK_TEXT_STDIN_FAILED, cli->lang));
            return KK_EXIT_FAILED;
        }
        if (blank(r)) {
            continue;
        }
        if (answer(cli, server, r, &out) != KK_OK) {
            kk_cli_fail(NULL, "memory", "%s", kk_cli_say(KK_TEXT_NO_MEMORY, cli->lang));
            static const char room[] = "{\"id\":null,\"ok\":false,\"error\":{\"status\":"
                                       "\"KK_E_NOMEM\",\"code\":\"memory\",\"message\":"
                                       "\"out of memory; send a smaller document\"}}\n";
            (void)fwrite(room, 1, sizeof room - 1, stdout);
        }
        (void)fwrite(out.ptr == NULL ? "" : out.ptr, 1, out.len, stdout);
        kk_bytes_free(&out);
        if (kk_cli_close_stdout(cli, KK_EXIT_OK) != KK_EXIT_OK) {
            return KK_EXIT_FAILED; /* the other side has gone */
        }
    }
    return KK_EXIT_OK;
}

int kk_cli_serve(const kk_cli *cli)
{
    char today[11];
    kk_bank *bank = NULL;
    kk_server *server = NULL;
    kk_error err = {.status = KK_OK};
    reader *r = calloc(1, sizeof *r);
    kk_server_options o = KK_INIT(kk_server_options);
    int code = KK_EXIT_FAILED;
    o.lang = cli->lang;
    o.no_paths = cli->no_paths;
    if (!cli->stdio || cli->n_args > 0) {
        kk_cli_fail(NULL, "usage", "%s", kk_cli_say(KK_TEXT_NEED_STDIO, cli->lang));
    } else if (r == NULL) {
        kk_cli_fail(NULL, "memory", "%s", kk_cli_say(KK_TEXT_NO_MEMORY, cli->lang));
    } else if (kk_cli_date(cli, today) != NULL && kk_cli_bank(cli, &bank)) {
        if (kk_server_new(&server, bank, &o, &err) != KK_OK) {
            code = kk_cli_fail_error(cli, NULL, &err);
        } else {
            kk_cli_interrupt_catch();
            code = serve(cli, server, r);
        }
    }
    if (r != NULL) {
        free(r->line);
    }
    free(r);
    kk_server_free(server);
    kk_bank_free(bank);
    return code;
}
