/* Number series of requirement tables: "K1.12" is followed by "K1.13". Plain strings; knows nothing
 * of documents. */
#ifndef KK_SERIES_H
#define KK_SERIES_H

#include "arena.h"

/* The number after `last`: its final run of digits plus one, leading zeros kept ("A-009" ->
 * "A-010"), a letter after digits or alone moves on ("3b" -> "3c", "a)" -> "b)"). Empty if there is
 * nothing to count up. */
kk_str kk_series_next(kk_arena *arena, kk_str last);

#endif
