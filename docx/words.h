/* Names of WordprocessingML elements and attributes that this room looks at, as numbers.
 * One list, so that a name is looked up once per document and compared as an integer afterwards. */
#ifndef KK_WORDS_H
#define KK_WORDS_H

#include <klimakrav/types.h>

/* Alphabetical for the reader only; add freely, no name twice (a unit test checks). */
/* clang-format off */
#define KK_WORDS(X) \
    X(abstractNum) X(abstractNumId) X(after) X(alias) X(altChunk) X(AlternateContent) X(ascii) \
    X(attachedTemplate) X(author) X(autoHyphenation) X(b) X(basedOn) X(before) X(bidi) X(body) \
    X(bookmarkEnd) X(bookmarkStart) X(br) X(cantSplit) X(caps) X(caseSensitive) X(cellDel) \
    X(cellIns) X(cellMerge) X(char) X(Choice) X(color) X(comment) X(commentEx) \
    X(commentRangeEnd) X(commentRangeStart) X(commentReference) X(comments) X(commentsEx) \
    X(ContentType) X(continuationSeparator) X(cr) X(customXml) X(customXmlDelRangeEnd) \
    X(customXmlDelRangeStart) X(customXmlInsRangeEnd) X(customXmlInsRangeStart) \
    X(customXmlMoveFromRangeEnd) X(customXmlMoveFromRangeStart) X(customXmlMoveToRangeEnd) \
    X(customXmlMoveToRangeStart) X(customXmlPr) X(dataBinding) X(date) X(Default) X(default) \
    X(defaultTabStop) X(del) X(delInstrText) X(delText) X(dir) X(docDefaults) X(docPartGallery) \
    X(docPartList) X(docPartObj) X(document) X(documentProtection) X(done) X(drawing) X(dstrike) \
    X(durableId) X(edit) X(endnote) X(endnotePr) X(endnoteRef) X(endnoteReference) X(endnotes) \
    X(enforcement) X(evenAndOddHeaders) X(Extension) X(Fallback) X(ffData) X(fill) X(firstLine) \
    X(fldChar) X(fldCharType) X(fldData) X(fldSimple) X(footer) X(footerReference) X(footnote) \
    X(footnotePr) X(footnoteRef) X(footnoteReference) X(footnotes) X(framePr) X(ftr) \
    X(glossaryDocument) X(gridAfter) X(gridBefore) X(gridCol) X(gridSpan) X(hanging) X(hdr) \
    X(headerReference) X(highlight) X(hMerge) X(hyperlink) X(i) X(Id) X(id) X(Ignorable) X(ilvl) \
    X(ind) X(ins) X(instr) X(instrText) X(isLgl) X(jc) X(keepLines) X(keepNext) X(lang) \
    X(lastRenderedPageBreak) X(latentStyles) X(left) X(line) X(link) X(linkStyles) X(lock) \
    X(lsdException) X(lvl) X(lvlJc) X(lvlOverride) X(lvlPicBulletId) X(lvlRestart) X(lvlText) \
    X(monthLong) X(monthShort) X(moveFrom) X(moveFromRangeEnd) X(moveFromRangeStart) X(moveTo) \
    X(moveToRangeEnd) X(moveToRangeStart) X(multiLevelType) X(MustUnderstand) X(name) X(next) \
    X(noBreakHyphen) X(nsid) X(num) X(numbering) X(numberingChange) X(numFmt) X(numId) \
    X(numIdMacAtCleanup) X(numPicBullet) X(numPr) X(numRestart) X(numStyleLink) X(object) \
    X(oMath) X(oMathPara) X(outlineLvl) X(Override) X(p) X(pageBreakBefore) X(paraId) \
    X(PartName) X(pBdr) X(permEnd) X(permStart) X(pgNum) X(pict) X(placeholder) X(pPr) \
    X(pPrChange) X(pPrDefault) X(ProcessContent) X(proofErr) X(proofState) X(pStyle) X(ptab) \
    X(qFormat) X(r) X(Relationship) X(Relationships) X(removePersonalInformation) \
    X(repeatingSection) X(repeatingSectionItem) X(Requires) X(richText) X(rPr) X(rPrChange) \
    X(rPrDefault) X(rStyle) X(rt) X(rtl) X(ruby) X(rubyBase) X(rubyPr) X(sdt) X(sdtContent) \
    X(sdtEndPr) X(sdtPr) X(sectPr) X(sectPrChange) X(semiHidden) X(separator) X(settings) X(shd) \
    X(showingPlcHdr) X(smartTag) X(smartTagPr) X(softHyphen) X(space) X(spacing) X(specVanish) \
    X(start) X(startOverride) X(strike) X(style) X(styleId) X(styleLink) X(styleLockTheme) \
    X(styles) X(subDoc) X(suff) X(sym) X(sz) X(t) X(tab) X(tabs) X(tag) X(Target) X(TargetMode) \
    X(tbl) X(tblBorders) X(tblGrid) X(tblGridChange) X(tblHeader) X(tblLook) X(tblPr) \
    X(tblPrChange) X(tblPrEx) X(tblPrExChange) X(tblStyle) X(tblStylePr) X(tblW) X(tc) X(tcPr) \
    X(tcPrChange) X(tcW) X(text) X(textbox) X(themeColor) X(themeFill) X(tmpl) X(tr) \
    X(trackRevisions) X(trPr) X(trPrChange) X(txbx) X(txbxContent) X(Type) X(type) X(Types) X(u) \
    X(uri) X(userShapes) X(val) X(vanish) X(vertAlign) X(view) X(vMerge) X(webHidden) \
    X(widowControl) X(writeProtection) X(wsp) X(xpath) X(yearLong)
/* clang-format on */

typedef enum kk_word {
    KK_W_other = 0, /* not in the list */
#define KK_WORD_ENUM(name) KK_W_##name,
    KK_WORDS(KK_WORD_ENUM)
#undef KK_WORD_ENUM
        KK_W_count
} kk_word;

/* Number of a local name, KK_W_other if it is not in the list. Byte-exact; constant time; any
 * thread. */
kk_word kk_word_find(kk_str local);
/* The name, NUL-terminated, static; "" for KK_W_other. */
const char *kk_word_name(kk_word word);

#endif
