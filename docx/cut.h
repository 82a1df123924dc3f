/* A cursor over XML bytes that the scanner has already accepted (well-formed, no DOCTYPE): finds
 * whole elements, children and attributes by byte ranges, without building anything. Offsets are
 * bytes into the raw view that the caller passes. Not for input that was not scanned. */
#ifndef KK_CUT_H
#define KK_CUT_H

#include <klimakrav/types.h>

typedef enum kk_cut_kind {
    KK_CUT_END_OF_INPUT = 0,
    KK_CUT_START, /* <x> */
    KK_CUT_EMPTY, /* <x/> */
    KK_CUT_END,   /* </x> */
    KK_CUT_TEXT /* character data, CDATA, comments and processing instructions up to the next tag */
} kk_cut_kind;

typedef struct kk_cut_token {
    kk_cut_kind kind;
    uint32_t begin, end;
    kk_str name; /* as written, with prefix; empty for TEXT */
} kk_cut_token;

/* Token at *at, which moves past it; nothing at or after limit. */
kk_cut_token kk_cut_next(kk_str raw, uint32_t *at, uint32_t limit);

/* One element. */
typedef struct kk_cut_element {
    uint32_t begin, end;             /* whole element */
    uint32_t inner_begin, inner_end; /* between its tags; both == end when written <x/> */
    kk_str name;                     /* with prefix */
    bool empty_tag;
} kk_cut_element;

/* First element that begins at or after `at` and before limit; what lies between is passed over.
 * Walking with at = previous end visits the children of a range one by one. False when there is
 * none. */
bool kk_cut_element_at(kk_str raw, uint32_t at, uint32_t limit, kk_cut_element *out);
/* First child of [begin, limit) with that local name under prefix w ("" = no prefix). */
bool kk_cut_child(kk_str raw, uint32_t begin, uint32_t limit, kk_str w, const char *local,
                  kk_cut_element *out);
/* name == w:local. */
bool kk_cut_is(kk_str name, kk_str w, const char *local);
/* Part of a name after its prefix. */
kk_str kk_cut_local(kk_str name);
/* Prefix of a name without colon, empty if there is none. */
kk_str kk_cut_prefix(kk_str name);

/* Value of an attribute of the tag that begins at `begin`, by local name whatever its prefix, as
 * written (references not resolved). False if absent. */
bool kk_cut_attr(kk_str raw, uint32_t begin, const char *local, kk_str *value);
/* The same with the exact name as written ("w:val", "xmlns:w"). */
bool kk_cut_attr_named(kk_str raw, uint32_t begin, kk_str name, kk_str *value);

#endif
