/* Writes the result of an edit so that the user's file is the old one or the new one, never half,
 * and no earlier copy is lost. */
#include "target.h"

#include "output.h"
#include "system.h"

#include <stdio.h>
#include <string.h>

enum { ROOM = 4200 };

static bool refuse(const kk_cli *cli, kk_cli_text text)
{
    kk_cli_fail(NULL, "usage", "%s", kk_cli_say(text, cli->lang));
    return false;
}

bool kk_cli_target_check(const kk_cli *cli, const char *path)
{
    const bool dry = cli->dry_run || cli->check_only;
    if (cli->output != NULL && cli->in_place) {
        return refuse(cli, KK_TEXT_OUT_AND_PLACE);
    }
    if (cli->backup != NULL && cli->no_backup) {
        return refuse(cli, KK_TEXT_TWO_BACKUPS);
    }
    if (cli->track && cli->no_track) {
        return refuse(cli, KK_TEXT_TRACK_BOTH);
    }
    if (cli->output == NULL && !cli->in_place && !dry) {
        return refuse(cli, KK_TEXT_NEED_OUT);
    }
    if (cli->output != NULL && strcmp(cli->output, "-") != 0 && kk_cli_same_place(cli->output, path)) {
        return refuse(cli, KK_TEXT_SAME_FILE);
    }
    return true;
}

/* FILE.bak, FILE.bak2 ...: the first that is free, so that the oldest copy stays the original. */
static bool backup_name(const kk_cli *cli, const char *path, char *out, size_t cap)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    for (unsigned i = 1; i < 1000; i++) {
        char number[12] = "";
        if (i > 1) {
            (void)snprintf(number, sizeof number, "%u", i);
        }
        const int n = cli->backup != NULL ? snprintf(out, cap, "%s/%s%s%s", cli->backup, name,
                                                     i > 1 ? ".bak" : "", number)
                                          : snprintf(out, cap, "%s.bak%s", path, number);
        if (n < 0 || (size_t)n >= cap) {
            return false;
        }
        if (!kk_cli_is_there(out)) {
            return true;
        }
    }
    return false;
}

/* A write may fail after the file was replaced, when the disk cannot promise to keep it. */
static bool stayed_old(const char *path, const kk_bytes *bytes)
{
    kk_bytes now = {NULL, 0};
    const bool old = kk_file_load(path, 0, &now, NULL) == KK_OK &&
                     (now.len != bytes->len || memcmp(now.ptr, bytes->ptr, now.len) != 0);
    kk_bytes_free(&now);
    return old;
}

static int write_in_place(const kk_cli *cli, const char *path, const kk_bytes *bytes)
{
    char copy[ROOM] = "";
    char shown[ROOM];
    kk_error err = {.status = KK_OK};
    if (!cli->no_backup) {
        if (!backup_name(cli, path, copy, sizeof copy)) {
            kk_cli_fail(path, "io", "%s", kk_cli_say(KK_TEXT_NO_BACKUP_NAME, cli->lang));
            return KK_EXIT_FAILED;
        }
        if (kk_file_backup(path, copy, false, &err) != KK_OK) {
            return kk_cli_fail_error(cli, copy, &err);
        }
    }
    if (kk_file_save(path, (kk_str){bytes->ptr, bytes->len}, &err) != KK_OK) {
        if (copy[0] != '\0' && stayed_old(path, bytes)) {
            kk_cli_remove(copy); /* made a moment ago, of a file that stayed as it was */
        }
        return kk_cli_fail_error(cli, path, &err);
    }
    kk_cli_line(KK_TEXT_WROTE, cli->lang, kk_cli_plain(path, shown, sizeof shown));
    if (copy[0] != '\0') {
        kk_cli_line(KK_TEXT_COPY_IN, cli->lang, kk_cli_plain(copy, shown, sizeof shown));
    }
    return KK_EXIT_OK;
}

int kk_cli_target_write(const kk_cli *cli, const char *path, const kk_bytes *bytes, bool changed)
{
    char shown[ROOM];
    if (cli->in_place && !changed) {
        (void)puts(kk_cli_say(KK_TEXT_NOTHING_CHANGED, cli->lang));
        return kk_cli_close_stdout(cli, KK_EXIT_OK);
    }
    if (cli->in_place) {
        const int code = write_in_place(cli, path, bytes);
        return kk_cli_close_stdout(cli, code);
    }
    const int code = kk_cli_deliver(cli, bytes);
    if (code == KK_EXIT_OK && strcmp(cli->output, "-") != 0) {
        kk_cli_line(changed ? KK_TEXT_WROTE : KK_TEXT_NOTHING_COPIED, cli->lang,
                    kk_cli_plain(cli->output, shown, sizeof shown));
    }
    return strcmp(cli->output, "-") == 0 ? code : kk_cli_close_stdout(cli, code);
}
