"""Packages that lie, that blow up, or that two programs would read in two ways."""
import struct
import zlib

from kit import case
from rawzip import (DOC, Entry, HEAD, REL, OPC, deflate, document, docx, end, end64, entries, pack, paragraph, parts,
                    with_main)

MIB = 1 << 20
BAD = "zip-inconsistent"


def zeros(n):
    """n spaces, deflated, without ever holding them all."""
    z = zlib.compressobj(9, zlib.DEFLATED, -15)
    step, out, crc = b" " * MIB, [], 0
    for _ in range(n // MIB):
        out.append(z.compress(step))
        crc = zlib.crc32(step, crc)
    return b"".join(out) + z.flush(), crc


def blown(name, size, said=None):
    packed, crc = zeros(size)
    return Entry(name, b"", packed=packed, crc=crc, size=size if said is None else said)


# ---- bombs ----------------------------------------------------------------------------------------

@case("limit")
def bomb_main_part():
    """The document itself says 300 MiB and holds it: over one part."""
    return pack([e for e in entries() if e.name != DOC.encode()] + [blown(DOC, 300 * MIB)])


@case(BAD)
def bomb_that_hides_its_size():
    """300 MiB that call themselves 4 KiB: never inflated past what is said."""
    return pack([e for e in entries() if e.name != DOC.encode()] + [blown(DOC, 300 * MIB, said=4096)])


@case("limit")
def bomb_beside():
    """A picture over the cap of one part is refused, though nobody reads it."""
    return pack(entries() + [blown("word/media/image1.png", 300 * MIB)])


@case(None)
def large_beside():
    """Under the cap it is let by, and never inflated: the ceiling on memory would tell."""
    return pack(entries() + [blown("word/media/image1.png", 200 * MIB)])


@case("limit", mib=896)
def bomb_of_many_parts():
    """Forty footers of 32 MiB each: every one is allowed, not all of them."""
    packed, crc = zeros(32 * MIB)
    rel = "".join('<Relationship Id="r%d" Type="%s/footer" Target="footer%d.xml"/>' % (i, REL, i) for i in range(40))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
    over = "".join('<Override PartName="/word/footer%d.xml" ContentType="%s"/>' % (i, kind) for i in range(40))
    all_parts = parts()
    all_parts["[Content_Types].xml"] = all_parts["[Content_Types].xml"].replace("</Types>", over + "</Types>")
    all_parts["word/_rels/document.xml.rels"] = '%s<Relationships xmlns="%s/relationships">%s</Relationships>' % (
        HEAD, OPC, rel)
    # Well-formed: spaces between the end of the root and the end of the part.
    foot = deflate_then_spaces('<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>')
    return pack([Entry(n, d) for n, d in all_parts.items()] +
                [Entry("word/footer%d.xml" % i, b"", packed=foot[0], crc=foot[1], size=foot[2]) for i in range(40)])


def deflate_then_spaces(text, n=32 * MIB):
    data = text.encode() + b" " * n
    return deflate(data), zlib.crc32(data), len(data)


@case(None)
def bomb_nested():
    """Sixteen zips inside each other, each ten times in the next: what is embedded is never opened."""
    inner = deflate(b"\0" * MIB)
    data = pack([Entry("0", b"\0" * MIB, packed=inner)])
    for depth in range(4):
        data = pack([Entry("%d-%d" % (depth, i), data) for i in range(10)])
    return pack(entries() + [Entry("word/embeddings/oleObject1.zip", data)])


@case(BAD)
def bomb_overlapping():
    """Two hundred names for one local header and its megabyte."""
    packed, crc = zeros(MIB)
    first = Entry("word/media/0.bin", b"", packed=packed, crc=crc, size=MIB)
    all_entries = entries() + [first]
    data = pack(all_entries)
    at = data.index(b"word/media/0.bin") - 30
    more = [Entry("word/media/%d.bin" % i, b"", packed=b"", crc=crc, size=MIB, c_csize=len(packed), offset=at)
            for i in range(1, 200)]
    return pack(all_entries + more)


@case(BAD)
def bomb_quoted_headers():
    """Each entry's data holds the next entry's header as a stored block: overlap without a shared header."""
    kernel, crc = zeros(MIB)
    inner = Entry("word/media/9.bin", b"", packed=kernel, crc=crc, size=MIB)
    quoted = struct.pack("<BHH", 0, len(inner.local()), len(inner.local()) ^ 0xFFFF)
    outer = Entry("word/media/8.bin", b"", packed=quoted, crc=0, size=MIB, csize=5 + len(inner.local()) + len(kernel))
    return pack(entries() + [outer, inner])


@case(BAD)
def entry_that_holds_the_archive():
    """A stored entry whose data runs over the directory: the package is inside itself."""
    return pack(entries() + [Entry("word/media/self.zip", b"x" * 8, method=0, csize=4000, size=4000)])


@case("limit")
def entries_by_the_ten_thousand():
    return pack(entries() + [Entry("word/media/%d" % i, b"", method=0) for i in range(10050)])


@case("limit", size="slow")
def entries_by_the_million():
    """One million names, with the zip64 records they need."""
    return pack(entries() + [Entry("m/%d" % i, b"", method=0) for i in range(1000000)],
                finish=lambda n, size, at: end64(n, size, at, at + size) + end(0xFFFF, size, at))


# ---- sizes and sums -------------------------------------------------------------------------------

@case(BAD)
def wrong_crc():
    return with_main(crc=0x12345678)


@case(BAD)
def wrong_crc_in_the_header_only():
    return with_main(l_crc=0x12345678)


@case(BAD)
def size_too_small():
    return with_main(size=10)


@case(BAD)
def size_too_large():
    return with_main(size=100000)


@case("limit")
def size_of_four_gigabytes():
    return with_main(size=0xFFFFFFFE)


@case(BAD)
def packed_size_past_the_end():
    return with_main(csize=10 ** 8)


@case(BAD)
def packed_size_of_nothing():
    return with_main(csize=0)


@case(BAD)
def stored_with_two_sizes():
    return with_main(method=0, size=5)


@case(BAD)
def header_far_away():
    return with_main(offset=0x7FFFFFFF)


@case(BAD)
def method_unknown():
    return with_main(method=97)


@case(BAD)
def method_differs():
    return with_main(l_method=0)


@case(BAD)
def deflate_cut_short():
    data = document()
    return with_main(packed=deflate(data.encode())[:-20])


@case(BAD)
def deflate_then_rubbish():
    return with_main(packed=deflate(document().encode()) + b"A" * 50)


# ---- names ----------------------------------------------------------------------------------------

def beside(name, text="Pris 100 %.", **say):
    return pack(entries() + [Entry(name, document(paragraph(text)), **say)])


@case(BAD)
def name_twice():
    return beside(DOC)


@case(BAD)
def name_by_case():
    return beside("WORD/Document.XML")


@case(BAD)
def name_by_backslash():
    return beside("word\\document.xml")


@case(BAD)
def name_by_dot():
    return beside("word/./document.xml")


@case(BAD)
def name_by_double_slash():
    return beside("word//document.xml")


@case(BAD)
def name_that_climbs():
    return beside("../../../tmp/klimakrav-ut.xml")


@case(BAD)
def name_that_climbs_in_the_middle():
    return beside("word/../../ut.xml")


@case(BAD)
def name_that_climbs_backwards():
    return beside("..\\..\\ut.xml")


@case(BAD)
def name_from_the_root():
    return beside("/etc/klimakrav")


@case(BAD)
def name_with_a_drive():
    return beside("C:/ut.xml")


@case(BAD)
def name_with_nul():
    return beside(b"word/document.xml\0.txt")


@case(BAD)
def name_with_escape():
    return beside(b"word/\x1b]0;tittel\x07\x1b[31m.xml")


@case(BAD)
def name_empty():
    return beside("")


@case(BAD)
def name_not_utf8():
    return beside(b"word/\xff\xfe\x80.xml")


@case(None)
def name_of_sixty_thousand():
    """Long, but one name, and never used as a path."""
    return beside("word/" + "a" * 60000 + ".xml")


@case(BAD)
def symlink_entry():
    """As Info-ZIP stores a link: mode 0120777 in the outer attributes, the target as data."""
    return pack(entries() + [Entry("word/lenke", b"/etc/passwd", method=0, made=(3 << 8) | 20,
                                   attributes=0o120777 << 16)])


@case(BAD)
def device_entry():
    return pack(entries() + [Entry("word/null", b"", method=0, made=(3 << 8) | 20, attributes=0o020666 << 16)])


# ---- two views ------------------------------------------------------------------------------------

def unicode_path(name, real):
    body = struct.pack("<BI", 1, zlib.crc32(real)) + name
    return struct.pack("<HH", 0x7075, len(body)) + body


@case(BAD)
def unicode_path_field():
    """Another entry calls itself the main part, for readers who know the Unicode path field."""
    name = b"word/annet.xml"
    return beside(name, extra=unicode_path(DOC.encode(), name), flags=0)


@case(BAD)
def name_in_header_differs():
    return with_main(l_name=b"word/dokument.xml")


@case(BAD)
def data_before():
    return pack(entries(), prefix=b"MZ" + b"\0" * 500)


@case(BAD)
def another_package_before():
    return docx(document(paragraph("Pris 100 %."))) + docx()


@case(BAD)
def two_end_records():
    """The comment of the first end record holds a whole second one."""
    first = docx(document(paragraph("Pris 100 %.")))
    second = end(0, 0, len(first))
    at = first.rindex(b"PK\5\6")
    return first[:at] + end(3, struct.unpack("<I", first[at + 12:at + 16])[0],
                            struct.unpack("<I", first[at + 16:at + 20])[0], comment=second)


@case(BAD)
def header_without_directory():
    """A local header of a second main part that the directory is silent about."""
    return pack(entries() + [Entry(DOC, document(paragraph("Pris 100 %.")), hidden=True)])


@case(BAD)
def count_too_small():
    return pack(entries(), finish=lambda n, size, at: end(n - 1, size, at))


@case(BAD)
def count_too_large():
    return pack(entries(), finish=lambda n, size, at: end(n + 1, size, at))


@case(BAD)
def directory_elsewhere():
    return pack(entries(), finish=lambda n, size, at: end(n, size, at - 7))


@case(BAD)
def several_disks():
    return pack(entries(), finish=lambda n, size, at: end(n, size, at, disk=1))


# ---- zip64 ----------------------------------------------------------------------------------------

@case(None)
def zip64_honest():
    """A small package with zip64 end records, as some producers write always."""
    return pack(entries(), finish=lambda n, size, at: end64(n, size, at, at + size) +
                end(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF))


@case(BAD)
def zip64_two_directories():
    """The old end record and the new one point to different directories."""
    return pack(entries(), finish=lambda n, size, at: end64(n - 1, size - 60, at, at + size) + end(n, size, at))


@case(BAD)
def zip64_locator_astray():
    return pack(entries(), finish=lambda n, size, at: end64(n, size, at, 2 ** 63) +
                end(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF))


@case(BAD)
def zip64_sum_that_wraps():
    return pack(entries(), finish=lambda n, size, at: end64(n, 2 ** 64 - 8, 16, at + size) +
                end(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF))


@case(BAD)
def zip64_entry_size():
    """An entry that says 16 exabytes in its zip64 field."""
    extra = struct.pack("<HHQQ", 1, 16, 2 ** 64 - 1, 2 ** 64 - 1)
    return with_main(size=0xFFFFFFFF, csize=0xFFFFFFFF, extra=extra, version=45)


@case(BAD)
def zip64_field_cut():
    return with_main(size=0xFFFFFFFF, csize=0xFFFFFFFF, extra=struct.pack("<HHI", 1, 4, 7), version=45)
