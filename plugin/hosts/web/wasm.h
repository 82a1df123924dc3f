/* What the files of the WebAssembly module share. Everything exported is called from engine.js:
 * numbers and pointers only, texts NUL-terminated UTF-8, a kk_status where a call can fail, its
 * result between web_out and web_out_len until the next call. */
#ifndef KK_WEB_WASM_H
#define KK_WEB_WASM_H

#include <klimakrav/klimakrav.h>

/* Declares and exports one function under its own name. */
#ifdef __wasm__
#define WEB(name) __attribute__((export_name(#name)))
#else
#define WEB(name)
#endif

/* The options set with web_option, as the library wants them; borrowed until the next web_option.
 * settle of the plan points at `how`. */
kk_lang web_lang(void);
kk_audit_options web_audit_options(bool procurement);
kk_plan_options web_plan_options(const kk_audit_options *how);

/* Writes BLOCKS as JSON into a buffer of its own, which web_blocks_view shows until the next call:
 *   [{"kind":"paragraph","inlines":[{"kind":"field","text","name","unit","filled"}]},
 *    {"kind":"row","cells":[{"role":"weight","inlines":[...]}]}]
 * Of a clause that has both, only the rows when `row`, else only the rest. blocks NULL gives null.
 * KK_E_NOMEM. */
int web_blocks_json(const kk_blocks *blocks, bool row);
kk_str web_blocks_view(void);

/* Exported. */
int web_option(char *key, char *value);
void *web_alloc(size_t n);
void web_release(void *p);
const char *web_out(void);
size_t web_out_len(void);
void web_out_free(void);
const char *web_error(int i);
int web_bank_add(char *name, size_t name_len, char *bytes, size_t len);
int web_bank_load(void);
const char *web_bank_version(void);
const char *web_version(void);
int web_doc_open(char *name, char *bytes, size_t len);
int web_doc_status(int i);
void web_doc_close(int i);
int web_doc_text(int i);
int web_report(const int *which, size_t n, int format, int procurement, int gate);
int web_plan(int i);
int web_plan_blocks(size_t k);
int web_plan_choose(size_t k, int chosen);
int web_plan_apply(void);
int web_plan_wants_toc(void);
int web_bank_list(int format);
int web_bank_show(const char *id);

#endif
