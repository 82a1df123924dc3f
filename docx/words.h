/* Names of WordprocessingML elements and attributes that this room looks at, as numbers.
 * One list, so that a name is looked up once per document and compared as an integer afterwards. */
#ifndef KK_WORDS_H
#define KK_WORDS_H

#include <klimakrav/types.h>

/* Alphabetical for the reader only; add freely, no name twice (a unit test checks). */
#define KK_WORDS(X)                                                                                \
    X(AlternateContent) X(Choice) X(Default) X(Extension) X(Fallback) X(Id) X(Ignorable)           \
    X(Override) X(PartName) X(Relationship) X(Relationships) X(Requires) X(Target)                 \
    X(TargetMode) X(Type) X(Types) X(ContentType) X(ProcessContent) X(MustUnderstand)              \
    X(abstractNum) X(abstractNumId) X(after) X(alias) X(altChunk) X(ascii) X(attachedTemplate)     \
    X(author) X(autoHyphenation)                                                                   \
    X(b) X(basedOn) X(before) X(bidi) X(body) X(bookmarkEnd) X(bookmarkStart) X(br)                \
    X(caps) X(caseSensitive) X(char) X(cantSplit) X(cr) X(color) X(comment) X(commentEx)                   \
    X(commentRangeEnd)                                                                             \
    X(commentRangeStart) X(commentReference) X(comments) X(commentsEx) X(continuationSeparator)    \
    X(customXml) X(customXmlDelRangeEnd) X(customXmlDelRangeStart) X(customXmlInsRangeEnd)         \
    X(customXmlInsRangeStart) X(customXmlMoveFromRangeEnd) X(customXmlMoveFromRangeStart)          \
    X(customXmlMoveToRangeEnd) X(customXmlMoveToRangeStart) X(customXmlPr)                         \
    X(cellDel) X(cellIns) X(cellMerge)                                                             \
    X(dataBinding) X(date) X(default) X(defaultTabStop) X(del) X(delInstrText) X(delText)          \
    X(dir) X(docDefaults) X(docPartGallery) X(docPartObj) X(docPartList) X(document)               \
    X(documentProtection) X(drawing) X(done) X(dstrike) X(durableId)                               \
    X(edit) X(endnote) X(endnotePr) X(endnoteRef) X(endnoteReference) X(endnotes)                  \
    X(enforcement) X(evenAndOddHeaders)                                                            \
    X(fill) X(firstLine) X(fldChar) X(fldCharType) X(fldData) X(fldSimple) X(footer) X(ftr)               \
    X(footerReference) X(footnote) X(footnotePr) X(footnoteRef) X(footnoteReference)               \
    X(footnotes) X(framePr) X(ffData)                                                              \
    X(glossaryDocument) X(gridAfter) X(gridBefore) X(gridCol) X(gridSpan)                          \
    X(hanging) X(hMerge) X(hdr) X(headerReference) X(highlight) X(hyperlink)                       \
    X(i) X(id) X(ilvl) X(ind) X(ins) X(instr) X(instrText) X(isLgl)                                \
    X(jc) X(keepLines) X(keepNext)                                                                 \
    X(lang) X(lastRenderedPageBreak) X(latentStyles) X(left) X(link) X(lock) X(lvl)                \
    X(lvlJc) X(lvlOverride) X(lvlPicBulletId) X(lvlRestart) X(lvlText) X(line) X(linkStyles)       \
    X(lsdException)                                                                                \
    X(moveFrom) X(moveFromRangeEnd) X(moveFromRangeStart) X(moveTo) X(moveToRangeEnd)              \
    X(moveToRangeStart) X(multiLevelType) X(monthShort) X(monthLong)                               \
    X(name) X(next) X(noBreakHyphen) X(nsid) X(num) X(numFmt) X(numId) X(numIdMacAtCleanup)        \
    X(numPicBullet) X(numPr) X(numRestart) X(numStyleLink) X(numbering) X(numberingChange)         \
    X(oMath) X(oMathPara) X(object) X(outlineLvl)                                                  \
    X(p) X(pPr) X(pPrChange) X(pPrDefault) X(pStyle) X(pageBreakBefore) X(paraId) X(permEnd)       \
    X(permStart) X(pict) X(pgNum) X(placeholder) X(proofErr) X(proofState) X(ptab) X(pBdr)         \
    X(qFormat)                                                                                     \
    X(r) X(rPr) X(rPrChange) X(rPrDefault) X(rStyle) X(rt) X(rtl) X(ruby) X(rubyBase) X(rubyPr)    \
    X(repeatingSection) X(repeatingSectionItem) X(removePersonalInformation) X(richText)           \
    X(sdt) X(sdtContent) X(sdtEndPr) X(sdtPr) X(sectPr) X(sectPrChange) X(separator)               \
    X(settings) X(shd) X(showingPlcHdr) X(smartTag) X(smartTagPr) X(softHyphen) X(space)           \
    X(spacing) X(start) X(startOverride) X(strike) X(style) X(styleId) X(styleLink)                \
    X(styleLockTheme) X(styles) X(subDoc) X(suff) X(sym) X(sz) X(specVanish) X(semiHidden)         \
    X(t) X(tab) X(tabs) X(tag) X(tbl) X(tblBorders) X(tblGrid) X(tblGridChange) X(tblHeader)       \
    X(tblLook) X(tblPr) X(tblPrChange) X(tblPrEx) X(tblPrExChange) X(tblStyle) X(tblStylePr)       \
    X(tblW) X(tc) X(tcPr) X(tcPrChange) X(tcW) X(text) X(textbox) X(themeColor) X(themeFill)       \
    X(tmpl) X(tr) X(trPr) X(trPrChange) X(trackRevisions) X(txbx) X(txbxContent) X(type)           \
    X(u) X(uri) X(userShapes)                                                                      \
    X(vMerge) X(val) X(vanish) X(vertAlign) X(view) X(webHidden) X(widowControl) X(wsp)            \
    X(writeProtection) X(xpath) X(yearLong)

typedef enum kk_word {
    KK_W_other = 0, /* not in the list */
#define KK_WORD_ENUM(name) KK_W_##name,
    KK_WORDS(KK_WORD_ENUM)
#undef KK_WORD_ENUM
        KK_W_count
} kk_word;

/* Number of a local name, KK_W_other if it is not in the list. Byte-exact; constant time; any thread. */
kk_word kk_word_find(kk_str local);
/* The name, NUL-terminated, static; "" for KK_W_other. */
const char *kk_word_name(kk_word word);

#endif
