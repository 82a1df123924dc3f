/* Reads run properties (w:rPr children) into kk_look; shared by styles and stories. */
#ifndef KK_LOOK_H
#define KK_LOOK_H

#include "styles.h"
#include "xmlscan.h"

/* Heeds one child of w:rPr; others pass. */
void kk_look_property(kk_look *look, const kk_xml_tag *tag);
/* Language form of a BCP 47 tag: nb*, no*, nn*, en*; KK_LANG_OTHER; UNSET for empty. */
kk_lang kk_lang_of(kk_str tag);

#endif
