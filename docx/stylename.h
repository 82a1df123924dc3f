/* What style names mean; kk_style_name_level stands in styles.h. */
#ifndef KK_STYLENAME_H
#define KK_STYLENAME_H

#include "styles.h"

/* Entry of a table of contents or figures. name lower-cased. */
bool kk_style_name_toc(kk_str name);
/* Title or subtitle of the document. name lower-cased. */
bool kk_style_name_title(kk_str name);

#endif
