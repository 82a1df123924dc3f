/* --comments: copies of the audited files with the findings as Word comments. */
#ifndef KK_CLI_MARKED_H
#define KK_CLI_MARKED_H

#include "options.h"

/* One audited file. */
typedef struct kk_cli_remark {
    const kk_bank *bank;
    const kk_audit *audit;
    size_t document;      /* in the audit */
    const char *path;     /* of the file */
    const char *relative; /* where its copy goes below the folder */
    const char *date;
} kk_cli_remark;

/* Writes one copy. False when it failed (said why). */
bool kk_cli_remark_write(const kk_cli *cli, const kk_cli_remark *remark);

#endif
