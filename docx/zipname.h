/* What an entry name may look like. */
#ifndef KK_ZIPNAME_H
#define KK_ZIPNAME_H

#include <klimakrav/types.h>

/* NULL if the name is a plain relative one, else what is wrong with it, for a message (static). */
const char *kk_zipname_fault(kk_str name);
bool kk_zipname_ascii(kk_str name);

#endif
