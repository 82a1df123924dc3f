/* What a receipt says, as a struct: written by receipt.c, read by json.c, checked by
 * receiptcheck.c. */
#ifndef KK_RECEIPT_H
#define KK_RECEIPT_H

#include "core.h"

/* One clause that the edit concerned. */
typedef struct kk_receipt_clause {
    kk_str action, clause, version, from;
} kk_receipt_clause;

/* One byte range; clause and version may be empty (package parts, comments). */
typedef struct kk_receipt_change {
    kk_str part, clause, version;
    uint64_t old_begin, old_end, new_begin, new_end;
} kk_receipt_change;

typedef struct kk_receipt_data {
    kk_str tool, bank, command, name;
    kk_str input, output; /* SHA-256, 64 hex digits */
    uint64_t input_bytes, output_bytes;
    kk_field_value *options;
    kk_receipt_clause *clauses;
    kk_receipt_change *changes;
    kk_known_clause *known;
    size_t n_options, n_clauses, n_changes, n_known;
    kk_str seal; /* SHA-256 of all the rest as receipt.c writes it */
} kk_receipt_data;

struct kk_receipt {
    kk_arena *arena;
    kk_receipt_data data;
};

/* Appends the whole receipt, the seal made anew. KK_E_NOMEM only. */
kk_status kk_receipt_write(const kk_receipt_data *data, kk_buf *out);
/* 64 hex digits and a NUL over everything but the seal. KK_E_NOMEM only. */
kk_status kk_receipt_seal(const kk_receipt_data *data, char out[65]);

#endif
