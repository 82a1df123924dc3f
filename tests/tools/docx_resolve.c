/* Accepts or rejects every tracked change of a package, for the laws.
 *   docx_resolve accept|reject IN OUT      exit 2 with one line on stderr when it cannot */
#include "docx.h"

#include "file.h"
#include "str.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    kk_buf in, out;
    kk_docx *doc = NULL;
    kk_error err;
    memset(&err, 0, sizeof err);
    if (argc != 4 || (strcmp(argv[1], "accept") != 0 && strcmp(argv[1], "reject") != 0)) {
        (void)fprintf(stderr, "usage: docx_resolve accept|reject IN OUT\n");
        return 2;
    }
    kk_buf_init(&in, 0);
    kk_buf_init(&out, 0);
    kk_status status = kk_file_read(argv[2], 0, &in, &err);
    if (status == KK_OK) {
        status = kk_docx_open(&doc, kk_buf_view(&in), NULL, &err);
    }
    if (status == KK_OK) {
        status = kk_docx_resolve(doc, strcmp(argv[1], "accept") == 0, &out, &err);
    }
    if (status == KK_OK) {
        kk_str bytes = kk_buf_view(&out);
        status = kk_file_replace(argv[3], &bytes, 1, &err);
    }
    if (status != KK_OK) {
        (void)fprintf(stderr, "docx_resolve: %s: %s [%s]\n", argv[2], err.message, err.reason);
    }
    kk_docx_free(doc);
    kk_buf_dispose(&in);
    kk_buf_dispose(&out);
    return status == KK_OK ? 0 : 2;
}
