"""The office's document as klimakrav needs it: its bytes as DOCX, and its paragraphs in reading order.

Knows nothing of rules or of the C library.
"""
import difflib
import os

import uno
import unohelper
from com.sun.star.beans import PropertyValue
from com.sun.star.io import XOutputStream

WORD = "MS Word 2007 XML"


def prop(name, value):
    p = PropertyValue()
    p.Name, p.Value = name, value
    return p


class Collector(unohelper.Base, XOutputStream):
    """What the office writes, kept in memory."""

    def __init__(self):
        self.parts = []

    def writeBytes(self, data):
        self.parts.append(bytes(data.value))

    def flush(self):
        pass

    def closeOutput(self):
        pass


def is_writer(model):
    return model is not None and model.supportsService("com.sun.star.text.TextDocument")


def own_file(model):
    """Path of the Word file that the open document still equals, or None."""
    url = model.getURL()
    if model.isModified() or not url.startswith("file:"):
        return None
    path = uno.fileUrlToSystemPath(url)
    return path if path.lower().endswith((".docx", ".docm", ".dotx", ".dotm")) and os.path.isfile(path) else None


def as_docx(model):
    """(name, bytes): the file itself while it says the same as the document, else the office's export."""
    path = own_file(model)
    if path is not None:
        with open(path, "rb") as f:
            return path, f.read()
    stream = Collector()
    model.storeToURL("private:stream", (prop("FilterName", WORD), prop("OutputStream", stream)))
    return (model.getTitle() or "dokument") + ".docx", b"".join(stream.parts)


class Spot:
    """One paragraph of the open document. table/cell name the table it stands in, else None."""

    def __init__(self, range_, table=None, cell=None):
        self.range, self.table, self.cell = range_, table, cell

    def string(self):
        return fold(self.range.getString())


def fold(text):
    return " ".join(text.replace("\u00ad", "").split())


def _cells(table):
    for name in table.getCellNames():
        yield name, table.getCellByName(name)


def _walk(text, table, cell, out):
    items = text.createEnumeration()
    while items.hasMoreElements():
        item = items.nextElement()
        if item.supportsService("com.sun.star.text.Paragraph"):
            out.append(Spot(item, table, cell))
        elif item.supportsService("com.sun.star.text.TextTable"):
            for name, inner in _cells(item):
                _walk(inner, item, name, out)


def spots(model):
    """Every paragraph of the body, tables cell by cell, in the order in which TEXT has them."""
    out = []
    _walk(model.getText(), None, None, out)
    return out


def align(texts, places):
    """For each text the index of its paragraph in places, or None. Both are in reading order."""
    left, right = [fold(t) for t in texts], [p.string() for p in places]
    found = [None] * len(left)
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal" or (tag == "replace" and b - a == d - c):
            found[a:b] = range(c, d)
    return found
