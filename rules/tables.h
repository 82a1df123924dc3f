/* What the columns of a table mean. Internal to this room. */
#ifndef KK_TABLES_H
#define KK_TABLES_H

#include "scan.h"

typedef struct kk_table_roles {
    const kk_role *roles; /* per grid column */
    uint32_t n;
    uint32_t header_rows; /* rows that are headings, 0 when none was seen */
} kk_table_roles;

/* Roles of a table of text doc; worked out on the first call, then remembered in the scan. */
kk_status kk_scan_table_roles(kk_scan *scan, uint32_t doc, uint32_t table,
                              const kk_table_roles **out, kk_error *err);

#endif
