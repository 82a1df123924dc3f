/* Names of WordprocessingML elements and attributes that this room looks at, as numbers.
 * One list, so that a name is looked up once per document and compared as an integer afterwards. */
#ifndef KK_XMLWORDS_H
#define KK_XMLWORDS_H

#include <klimakrav/types.h>

/* In byte order, since the lookup is a binary search; a unit test finds every one. */
/* clang-format off */
#define KK_WORDS(X) \
    X(AlternateContent) X(Choice) X(ContentType) X(Default) X(Extension) X(Fallback) X(Id) \
    X(Ignorable) X(MustUnderstand) X(Override) X(PartName) X(ProcessContent) X(Relationship) \
    X(Relationships) X(Requires) X(Target) X(TargetMode) X(Type) X(Types) X(abstractNum) \
    X(abstractNumId) X(after) X(alias) X(altChunk) X(ascii) X(attachedTemplate) X(author) \
    X(autoHyphenation) X(b) X(basedOn) X(before) X(bidi) X(body) X(bookmarkEnd) X(bookmarkStart) \
    X(br) X(cantSplit) X(caps) X(caseSensitive) X(cellDel) X(cellIns) X(cellMerge) X(char) \
    X(color) X(comment) X(commentEx) X(commentRangeEnd) X(commentRangeStart) X(commentReference) \
    X(comments) X(commentsEx) X(continuationSeparator) X(cr) X(customXml) \
    X(customXmlDelRangeEnd) X(customXmlDelRangeStart) X(customXmlInsRangeEnd) \
    X(customXmlInsRangeStart) X(customXmlMoveFromRangeEnd) X(customXmlMoveFromRangeStart) \
    X(customXmlMoveToRangeEnd) X(customXmlMoveToRangeStart) X(customXmlPr) X(dataBinding) \
    X(date) X(default) X(defaultTabStop) X(del) X(delInstrText) X(delText) X(dir) X(docDefaults) \
    X(docPartGallery) X(docPartList) X(docPartObj) X(document) X(documentProtection) X(done) \
    X(drawing) X(dstrike) X(durableId) X(edit) X(endnote) X(endnotePr) X(endnoteRef) \
    X(endnoteReference) X(endnotes) X(enforcement) X(evenAndOddHeaders) X(ffData) X(fill) \
    X(firstLine) X(fldChar) X(fldCharType) X(fldData) X(fldSimple) X(footer) X(footerReference) \
    X(footnote) X(footnotePr) X(footnoteRef) X(footnoteReference) X(footnotes) X(framePr) X(ftr) \
    X(glossaryDocument) X(gridAfter) X(gridBefore) X(gridCol) X(gridSpan) X(hMerge) X(hanging) \
    X(hdr) X(headerReference) X(highlight) X(hyperlink) X(i) X(id) X(ilvl) X(ind) X(initials) X(ins) \
    X(instr) X(instrText) X(isLgl) X(jc) X(keepLines) X(keepNext) X(lang) \
    X(lastRenderedPageBreak) X(latentStyles) X(left) X(line) X(link) X(linkStyles) X(lock) \
    X(lsdException) X(lvl) X(lvlJc) X(lvlOverride) X(lvlPicBulletId) X(lvlRestart) X(lvlText) \
    X(monthLong) X(monthShort) X(moveFrom) X(moveFromRangeEnd) X(moveFromRangeStart) X(moveTo) \
    X(moveToRangeEnd) X(moveToRangeStart) X(multiLevelType) X(name) X(next) X(noBreakHyphen) \
    X(nsid) X(num) X(numFmt) X(numId) X(numIdMacAtCleanup) X(numPicBullet) X(numPr) \
    X(numRestart) X(numStyleLink) X(numbering) X(numberingChange) X(oMath) X(oMathPara) \
    X(object) X(outlineLvl) X(p) X(pBdr) X(pPr) X(pPrChange) X(pPrDefault) X(pStyle) \
    X(pageBreakBefore) X(paraId) X(permEnd) X(permStart) X(pgNum) X(pict) X(placeholder) \
    X(proofErr) X(proofState) X(ptab) X(qFormat) X(r) X(rPr) X(rPrChange) X(rPrDefault) \
    X(rStyle) X(removePersonalInformation) X(repeatingSection) X(repeatingSectionItem) \
    X(richText) X(rt) X(rtl) X(ruby) X(rubyBase) X(rubyPr) X(sdt) X(sdtContent) X(sdtEndPr) \
    X(sdtPr) X(sectPr) X(sectPrChange) X(semiHidden) X(separator) X(settings) X(shd) \
    X(showingPlcHdr) X(smartTag) X(smartTagPr) X(softHyphen) X(space) X(spacing) X(specVanish) \
    X(start) X(startOverride) X(strike) X(style) X(styleId) X(styleLink) X(styleLockTheme) \
    X(styles) X(subDoc) X(suff) X(sym) X(sz) X(t) X(tab) X(tabs) X(tag) X(tbl) X(tblBorders) \
    X(tblGrid) X(tblGridChange) X(tblHeader) X(tblLook) X(tblPr) X(tblPrChange) X(tblPrEx) \
    X(tblPrExChange) X(tblStyle) X(tblStylePr) X(tblW) X(tc) X(tcPr) X(tcPrChange) X(tcW) \
    X(text) X(textbox) X(themeColor) X(themeFill) X(tmpl) X(tr) X(trPr) X(trPrChange) \
    X(trackRevisions) X(txbx) X(txbxContent) X(type) X(u) X(uri) X(userShapes) X(vMerge) X(val) \
    X(vanish) X(vertAlign) X(view) X(webHidden) X(widowControl) X(writeProtection) X(wsp) \
    X(xpath) X(yearLong)
/* clang-format on */

typedef enum kk_word {
    KK_W_other = 0, /* not in the list */
#define KK_WORD_ENUM(name) KK_W_##name,
    KK_WORDS(KK_WORD_ENUM)
#undef KK_WORD_ENUM
        KK_W_count
} kk_word;

/* Number of a local name, KK_W_other if it is not in the list. Byte-exact; any thread. */
kk_word kk_word_find(kk_str local);
/* The name, NUL-terminated, static; "" for KK_W_other. */
const char *kk_word_name(kk_word word);

#endif
