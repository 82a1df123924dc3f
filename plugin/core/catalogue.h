/* What the ways of showing the bank share. Uses the model, so never together with docx.h. */
#ifndef KK_CATALOGUE_H
#define KK_CATALOGUE_H

#include "core.h"
#include "messages.h"
#include "model.h"

typedef struct kk_catalogue {
    const kk_bank *bank;
    const kk_model *model;
    kk_lang lang;
    kk_str date;
    kk_arena *arena;
    kk_buf *out;
} kk_catalogue;

/* Called for each category, a sub-category right after its parent at the next depth. */
typedef void (*kk_catalogue_visit)(kk_catalogue *cat, const kk_category *c, uint32_t depth);

void kk_catalogue_categories(kk_catalogue *cat, kk_catalogue_visit visit);

/* Is c the version that would be used on the catalogue's date? */
bool kk_catalogue_current(const kk_catalogue *cat, const kk_clause *c);
/* Is id among ids separated by blanks? */
bool kk_catalogue_names(kk_str ids, kk_str id);
/* Word for a clause type in the catalogue's language; the type itself when it is unknown. */
kk_str kk_catalogue_type(const kk_catalogue *cat, kk_str type);
/* "utkast – ikke gjennomgått av jurist", "gjennomgått av N, 2026-01-02", "trukket tilbake". */
void kk_catalogue_status(const kk_catalogue *cat, const kk_clause *c, kk_buf *out);
/* "fra 2024-01-01 til 2026-06-30". */
void kk_catalogue_dates(const kk_catalogue *cat, kk_str from, kk_str to, kk_buf *out);
/* A message with its gaps shown as {name}. */
void kk_catalogue_message(const kk_messages *messages, kk_lang lang, kk_buf *out);
/* Severity of a rule on the catalogue's date. */
kk_level kk_catalogue_level(const kk_catalogue *cat, const kk_rule *r);
/* The clause as BLOCKS in NB or NN, whatever the date; false when it has no text in that form. */
bool kk_catalogue_blocks(const kk_catalogue *cat, const kk_clause *c, kk_lang lang, kk_blocks *out);

/* The whole as a page (catalogue_html.c). */
void kk_catalogue_html(kk_catalogue *cat);

#endif
