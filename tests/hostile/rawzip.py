"""A zip writer that does what it is told, also what is wrong, and the parts of a sound small document."""
import struct
import zlib

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPC = "http://schemas.openxmlformats.org/package/2006"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TEXT = "Kriteriet klima og miljø vektes med 30 %."
DOC = "word/document.xml"


def paragraph(text=TEXT):
    return "<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % text


def document(body=None, head=HEAD):
    inside = paragraph() if body is None else body
    return '%s<w:document xmlns:w="%s"><w:body>%s<w:sectPr/></w:body></w:document>' % (head, W, inside)


def parts(**more):
    """name -> text or bytes of the three parts; main= replaces the document, others are added."""
    types = ('%s<Types xmlns="%s/content-types"><Default Extension="rels" ContentType="application/vnd.openxml'
             'formats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
             '<Override PartName="/%s" ContentType="%s"/></Types>' % (HEAD, OPC, DOC, MAIN))
    rels = ('%s<Relationships xmlns="%s/relationships"><Relationship Id="rId1" Type="%s/officeDocument" '
            'Target="%s"/></Relationships>' % (HEAD, OPC, REL, DOC))
    out = {"[Content_Types].xml": types, "_rels/.rels": rels, DOC: more.pop("main", document())}
    out.update(more)
    return out


class Entry:
    """One entry. Fields not given are the true ones; l_* is what the local header says, c_* the directory."""

    def __init__(self, name, data, method=8, packed=None, **say):
        data = data.encode("utf-8") if isinstance(data, str) else data
        self.name = name.encode("utf-8") if isinstance(name, str) else name
        if packed is None:
            packed = data if method == 0 else deflate(data)
        self.packed = packed
        self.say = {"method": method, "crc": zlib.crc32(data), "csize": len(packed), "size": len(data),
                    "name": self.name, "extra": b"", "flags": 0x800, "version": 20}
        self.attributes = say.pop("attributes", 0)
        self.made = say.pop("made", 20)
        self.offset = say.pop("offset", None)  # what the directory says of the local header's place
        self.hidden = say.pop("hidden", False)  # not in the directory
        self.other = say

    def field(self, which, key):
        return self.other.get(which + "_" + key, self.other.get(key, self.say[key]))

    def local(self):
        f = lambda key: self.field("l", key)  # noqa: E731
        return struct.pack("<IHHHHHIIIHH", 0x04034B50, f("version"), f("flags"), f("method"), 0, 0x5C21, f("crc"),
                           f("csize"), f("size"), len(f("name")), len(f("extra"))) + f("name") + f("extra")

    def central(self, at):
        f = lambda key: self.field("c", key)  # noqa: E731
        at = at if self.offset is None else self.offset
        return struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, self.made, f("version"), f("flags"), f("method"), 0,
                           0x5C21, f("crc"), f("csize"), f("size"), len(f("name")), len(f("extra")), 0, 0, 0,
                           self.attributes, at) + f("name") + f("extra")


def deflate(data):
    z = zlib.compressobj(6, zlib.DEFLATED, -15)
    return z.compress(data) + z.flush()


def end(count, size, offset, comment=b"", disk=0, here=None):
    return struct.pack("<IHHHHIIH", 0x06054B50, disk, disk, count if here is None else here, count, size, offset,
                       len(comment)) + comment


def end64(count, size, offset, at):
    """The zip64 end record that stands at `at`, and its locator."""
    record = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, size, offset)
    return record + struct.pack("<IIQI", 0x07064B50, 0, at, 1)


def pack(entries, prefix=b"", comment=b"", finish=None):
    """finish(count, size, offset) -> the bytes of the end record, where it is to be another one."""
    out, where = bytearray(prefix), []
    for e in entries:
        where.append(len(out))
        out += e.local() + e.packed
    start = len(out)
    seen = [e.central(at) for e, at in zip(entries, where) if not e.hidden]
    out += b"".join(seen)
    size = len(out) - start
    out += finish(len(seen), size, start) if finish else end(len(seen), size, start, comment)
    return bytes(out)


def entries(**more):
    return [Entry(name, data) for name, data in parts(**more).items()]


def docx(main=None, **more):
    return pack(entries(**({} if main is None else {"main": main}), **more))


def with_main(**say):
    """The small document with one lie about its main part."""
    return pack([Entry(n, d, **(say if n == DOC else {})) for n, d in parts().items()])
