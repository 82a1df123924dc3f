/* Copies with comments: one file at a time, folders made as needed, the originals never touched. */
#include "marked.h"

#include "output.h"
#include "system.h"

#include <stdio.h>

enum { ROOM = 4200 };

static kk_status make(const kk_cli *cli, const kk_cli_remark *r, kk_bytes *out, kk_error *err)
{
    char now[21];
    kk_doc *doc = NULL;
    kk_auditor *auditor = NULL;
    kk_comment_options o = KK_INIT(kk_comment_options);
    kk_cli_now(now);
    o.date = r->date;
    o.lang = cli->lang;
    o.document = r->document;
    o.author = cli->author;
    o.timestamp = cli->timestamp != NULL ? cli->timestamp : now;
    kk_status status = kk_auditor_new(&auditor, r->bank, NULL, err);
    if (status == KK_OK) {
        status = kk_doc_open_file(&doc, r->path, NULL, err);
    }
    if (status == KK_OK) {
        status = kk_doc_comment(doc, auditor, r->audit, &o, out, err);
    }
    kk_doc_free(doc);
    kk_auditor_free(auditor);
    return status;
}

bool kk_cli_remark_write(const kk_cli *cli, const kk_cli_remark *r)
{
    char target[ROOM];
    kk_error err = {.status = KK_OK};
    kk_bytes bytes = {NULL, 0};
    const int n = snprintf(target, sizeof target, "%s/%s", cli->comments, r->relative);
    if (n < 0 || (size_t)n >= sizeof target || kk_cli_same_place(target, r->path)) {
        kk_cli_fail(r->path, "usage", "%s", kk_cli_say(KK_TEXT_SAME_FOLDER, cli->lang));
        return false;
    }
    const bool done = make(cli, r, &bytes, &err) == KK_OK &&
                      kk_file_save_in(target, (kk_str){bytes.ptr, bytes.len}, &err) == KK_OK;
    if (!done) {
        (void)kk_cli_fail_error(cli, err.status == KK_E_IO ? target : r->path, &err);
    }
    kk_bytes_free(&bytes);
    return done;
}
