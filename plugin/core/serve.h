/* The inside of the line server, shared by serve.c (lines and answers) and servework.c (commands).
 * Both read JSON by jansson. */
#ifndef KK_SERVE_H
#define KK_SERVE_H

#include "core.h"

#include <jansson.h>

struct kk_server {
    const kk_bank *bank;
    kk_auditor *auditor;
    kk_limits limits;
    kk_lang lang;
    bool no_paths;
};

/* One request being answered. */
typedef struct kk_serve_call {
    kk_server *server;
    json_t *request; /* borrowed */
    kk_arena *arena; /* of the call: lists of the options */
    kk_audit_options audit;
    kk_plan_options plan;
    const char *text; /* what the command works on, without documents */
    kk_doc **docs;
    size_t n_docs;
    kk_error *err;
} kk_serve_call;

/* Does the command; *result is a new reference, also beside a refusal where a plan can be shown. */
kk_status kk_serve_work(kk_serve_call *call, const char *command, json_t **result);

#endif
