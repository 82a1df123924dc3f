/* Namespace URIs to meanings, for the scanner. */
#ifndef KK_XMLNS_H
#define KK_XMLNS_H

#include "xmlscan.h"

/* Meaning of a namespace URI; *strict says whether it is the ISO 29500 Strict spelling of one that
 * has two. */
kk_ns kk_ns_of_uri(kk_str uri, bool *strict);

#endif
