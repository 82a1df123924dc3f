/* Messages with their gaps filled. Internal to this room. */
#ifndef KK_MESSAGE_H
#define KK_MESSAGE_H

#include "scan.h"

/* What <v name="..."/> may name: evidence (the words themselves), category, place, count, or a
 * fact. */
typedef struct kk_message_values {
    const kk_facts *facts;
    const kk_evidence *evidence; /* NULL: none */
    kk_str place;                /* id, or empty */
    uint32_t doc;
    uint32_t count; /* places in the section that the finding stands for */
} kk_message_values;

/* Does the message tell how many places it stands for? Then one finding per section is enough. */
bool kk_message_counts(const kk_message *message);

/* *out lives in the scan's arena, in the message language of the options. KK_E_NOMEM. */
kk_status kk_message_fill(kk_scan *scan, const kk_message *message, const kk_message_values *values,
                          kk_str *out, kk_error *err);

#endif
