"""Findings as comments on the exact words. A second run renews its own and leaves others alone."""
import datetime

from com.sun.star.util import DateTime

from . import document

SERVICE = "com.sun.star.text.textfield.Annotation"
MARK = "klimakrav "


def own(model):
    """Our comments: those whose first line begins with the mark."""
    fields, out = model.getTextFields().createEnumeration(), []
    while fields.hasMoreElements():
        field = fields.nextElement()
        if field.supportsService(SERVICE) and field.Content.startswith(MARK):
            out.append(field)
    return out


def clear(model):
    notes = own(model)
    for field in notes:
        field.getAnchor().getText().removeTextContent(field)
    return len(notes)


def words(spot, evidence):
    """The range of the evidence in its paragraph, or the whole paragraph."""
    text = spot.range.getText()
    cursor = text.createTextCursorByRange(spot.range.getStart())
    whole = spot.range.getString()
    at = whole.find(evidence) if evidence else -1
    if at < 0:
        cursor.gotoEndOfParagraph(True)
        return text, cursor
    # The office moves in UTF-16 units.
    cursor.goRight(len(whole[:at].encode("utf-16-le")) // 2, False)
    cursor.goRight(len(evidence.encode("utf-16-le")) // 2, True)
    return text, cursor


def content(finding):
    lines = [MARK + finding["rule"], finding["message"], finding["why"]]
    if finding["basis"]:
        lines.append("; ".join(finding["basis"]))
    return "\n".join(line for line in lines if line)


def put(model, findings, found, places, author):
    """Sets one comment per finding; a finding about the whole stands at the first paragraph with text."""
    clear(model)
    now = datetime.datetime.now()
    stamp = DateTime(0, now.second, now.minute, now.hour, now.day, now.month, now.year, False)
    first = next((i for i, s in enumerate(places) if s.string()), 0)
    ranges = []
    for finding in findings:
        k = finding["paragraph"]
        index = found[k] if finding["story"] == "body" and k < len(found) else None
        spot = places[index if index is not None else first]
        ranges.append(words(spot, finding["evidence"] if index is not None else ""))
    for finding, (text, cursor) in zip(findings, ranges):
        field = model.createInstance(SERVICE)
        field.Author, field.Initials = author, "kk"
        field.Content = content(finding)
        field.DateTimeValue = stamp
        text.insertTextContent(cursor, field, True)
    return len(findings)


def places_of(model, texts):
    """(index of each text's paragraph, the paragraphs)."""
    spots = document.spots(model)
    return document.align(texts, spots), spots
