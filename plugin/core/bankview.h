/* What core asks about rules, clauses and categories by id. Hides the model, whose names would meet
 * those of docx.h. All strings are borrowed from the bank. */
#ifndef KK_BANKVIEW_H
#define KK_BANKVIEW_H

#include "core.h"

enum { KK_CARD_PLACES = 16 };

/* A clause as the plan sees it. */
typedef struct kk_clause_card {
    kk_str id, version, type, level, title, reviewed_by, reviewed_on;
    bool reviewed;
    bool has_rows;                 /* may stand in a table */
    bool has_blocks;               /* has paragraphs, not only rows */
    kk_str places[KK_CARD_PLACES]; /* ids, in order of preference */
    size_t n_places;
} kk_clause_card;

/* Newest version valid on date. False when there is none. */
bool kk_bank_card(const kk_bank *bank, kk_str id, kk_str date, bool reviewed_only, kk_lang lang,
                  kk_clause_card *out);
/* Does the clause belong in documents of this kind ("tender", "contract" ...)? True when its places
 * say nothing of kinds, or the kind is unknown. */
bool kk_bank_fits_kind(const kk_bank *bank, kk_str id, kk_str date, kk_str kind);
/* Any version at any time. */
bool kk_bank_has_clause(const kk_bank *bank, kk_str id);
/* The i-th distinct clause id, for looking through all of them; empty past the end. */
kk_str kk_bank_clause_id(const kk_bank *bank, size_t i);

/* Told the first words of a piece of a clause; true ends the search. */
typedef bool (*kk_bank_words_fn)(void *context, kk_str words);
/* Ids of the clauses of which some version in nb or nn has first words (of its first paragraph or item, or
 * of a requirement or criterion cell) for which fn is true. `out` has room for kk_bank_n_clauses ids.
 * Returns their number. Nothing is rendered. */
size_t kk_bank_clauses_beginning(const kk_bank *bank, kk_bank_words_fn fn, void *context,
                                 kk_str *out);
/* Versions of clauses in the bank: no more ids than that. */
size_t kk_bank_n_clauses(const kk_bank *bank);

/* One version of a clause in one language form: what its words hash to. */
typedef struct kk_bank_edition {
    kk_str version, hash;
} kk_bank_edition;

/* Everything published under the clause's id, in arena. KK_E_NOMEM only. */
kk_status kk_bank_editions(const kk_bank *bank, kk_str id, kk_arena *arena, kk_bank_edition **out,
                           size_t *n);

/* The words of every version in both language forms, fields unfilled; in arena. KK_E_NOMEM only. */
kk_status kk_bank_texts(const kk_bank *bank, kk_str id, kk_arena *arena, kk_blocks **out,
                        size_t *n);
/* The same for all versions of all clauses but the one that is valid on date. */
kk_status kk_bank_old_texts(const kk_bank *bank, kk_str date, kk_arena *arena, kk_blocks **out,
                            size_t *n);
/* Does some clause, in any version, have a field of that name? */
bool kk_bank_has_field(const kk_bank *bank, kk_str name);

/* A rule as reports see it. */
typedef struct kk_rule_card {
    kk_str id, name, title, help;
    kk_finding_level level;
} kk_rule_card;

/* Rule by position, false past the end. */
bool kk_bank_rule_at(const kk_bank *bank, size_t i, kk_lang lang, kk_rule_card *out);
/* Does a rule valid on date ask about what is bought, and is category one of those it asks for? */
bool kk_bank_rule_asks(const kk_bank *bank, kk_str rule, kk_str category, kk_str date);
/* Is the clause one of those that mend the rule? */
bool kk_bank_mends(const kk_bank *bank, kk_str rule, kk_str clause);
/* Name of a category; the id itself when it is unknown. */
kk_str kk_bank_category_name(const kk_bank *bank, kk_str id, kk_lang lang);
/* An amount of the bank on a date ("climate-weight": 30); false when it does not say. */
bool kk_bank_threshold(const kk_bank *bank, const char *id, kk_str date, double *value);
/* Does a CPV code (digits, at least two) belong to the category or to one above or below it? */
bool kk_bank_cpv_fits(const kk_bank *bank, kk_str category, kk_str cpv);
/* CPV prefix i of a category (digits); false past the end. */
bool kk_bank_category_cpv(const kk_bank *bank, kk_str category, size_t i, kk_str *prefix);
/* Name of a CPV code of eight digits and its check digit; empty when it is unknown. */
kk_str kk_bank_cpv_name(const kk_bank *bank, kk_str cpv, kk_lang lang, char *check);
/* True when some clause valid on date has not been reviewed. */
bool kk_bank_has_drafts(const kk_bank *bank, kk_str date);

#endif
