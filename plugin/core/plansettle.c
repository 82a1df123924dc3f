/* One clause may call for another: a criterion asks for its follow-up in the contract. So that one
 * run is enough, the plan is carried out on a copy, the copy audited, and what it asks for added.
 */
#include "plan.h"

enum { MOST_ROUNDS = 8 };

/* The plan carried out on a copy of the document. *out NULL when a place was refused on the way. */
static kk_status carry_out(kk_plan *plan, kk_doc **out, kk_error *err)
{
    kk_doc *const original = plan->doc;
    const kk_str bytes = {original->bytes.ptr, original->bytes.len};
    kk_doc *copy = NULL;
    kk_buf saved;
    kk_buf_init(&saved, 0);
    *out = NULL;
    KK_TRY(kk_doc_open_memory(&copy, bytes, original->name, &plan->auditor->limits, err));
    plan->doc = copy;
    kk_error own = {.status = KK_OK};
    kk_status status = kk_plan_insert_all(plan, &own);
    plan->doc = original;
    const bool refused = status == KK_E_UNSUPPORTED;
    if (status == KK_OK) {
        status = kk_docx_save(copy->docx, &saved, &own);
    }
    if (status == KK_OK) {
        status = kk_doc_open_memory(out, kk_buf_view(&saved), original->name,
                                    &plan->auditor->limits, &own);
    }
    kk_buf_dispose(&saved);
    kk_doc_free(copy);
    if (status == KK_OK || refused) {
        return KK_OK; /* refusals stand with their items; there is nothing to settle */
    }
    if (err != NULL && err->status == KK_OK) {
        *err = own;
    }
    return status;
}

/* Adds the clauses that the result still asks for; *added counts them. */
static kk_status add_wanted(kk_plan *plan, const kk_audit *audit, size_t *added, kk_error *err)
{
    kk_status status = KK_OK;
    for (size_t i = 0; i < audit->n_findings && status == KK_OK; i++) {
        const kk_finding *f = &audit->findings[i];
        if (f->insertable && kk_plan_find(plan, f->remedy) == NULL) {
            status = kk_plan_add(plan, f->remedy, KK_NONE, audit, err);
            (*added)++;
        }
    }
    return status;
}

kk_status kk_plan_settle(kk_plan *plan, const kk_audit_options *how, kk_error *err)
{
    kk_audit_options quiet; /* the rounds are our own affair */
    kk_struct_in(&quiet, sizeof quiet, how);
    quiet.progress = NULL;
    for (int round = 0; round < MOST_ROUNDS; round++) {
        kk_doc *result = NULL;
        kk_audit *audit = NULL;
        size_t added = 0;
        if (kk_plan_changes(plan) == 0 || kk_plan_refusals(plan) > 0) {
            return KK_OK;
        }
        KK_TRY(carry_out(plan, &result, err));
        if (result == NULL) {
            return KK_OK;
        }
        kk_status status = kk_audit_run(&audit, plan->auditor, &result, 1, &quiet, err);
        if (status == KK_OK) {
            status = add_wanted(plan, audit, &added, err);
        }
        kk_audit_free(audit);
        kk_doc_free(result);
        if (status != KK_OK || added == 0) {
            return status;
        }
    }
    return KK_OK;
}
