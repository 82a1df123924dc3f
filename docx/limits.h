/* Defaults of kk_limits. */
#ifndef KK_LIMITS_H
#define KK_LIMITS_H

#include <klimakrav/types.h>

/* A copy with every field that is 0 (or beyond limits->size) set to its default; NULL gives all
 * defaults. */
kk_limits kk_limits_filled(const kk_limits *limits);

#endif
