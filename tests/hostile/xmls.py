"""Documents whose XML is deep, endless, in another encoding than it says, or wants to fetch something."""
from kit import case
from rawzip import HEAD, W, Entry, document, docx, pack, paragraph, parts

RUN = "<w:r><w:t>klima </w:t></w:r>"
CELL = "<w:tc><w:tcPr/><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:tc>"
ROW = "<w:tr>" + CELL % "Klima og miljø" + CELL % "30 %" + "</w:tr>"


# ---- depth and length -----------------------------------------------------------------------------

@case("limit")
def depth_of_elements():
    n = 100000
    return docx(document("<w:sdt><w:sdtContent>" * n + paragraph() + "</w:sdtContent></w:sdt>" * n))


@case("limit")
def depth_of_tables():
    n = 5000
    return docx(document("<w:tbl><w:tr><w:tc>" * n + paragraph() + "</w:tc></w:tr></w:tbl>" * n))


@case(None)
def depth_just_allowed():
    n = 60
    return docx(document("<w:tbl><w:tr><w:tc>" * n + paragraph() + "<w:p/></w:tc></w:tr></w:tbl>" * n))


@case("limit")
def depth_in_styles():
    n = 100000
    styles = '%s<w:styles xmlns:w="%s">%s%s</w:styles>' % (HEAD, W, "<w:style>" * n, "</w:style>" * n)
    return with_related("styles", "word/styles.xml", styles)


def with_related(kind, name, data):
    rel = ('%s<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
           'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>'
           '</Relationships>' % (HEAD, kind, name.replace("word/", "")))
    full = parts(**{"word/_rels/document.xml.rels": rel, name: data})
    return pack([Entry(n, d) for n, d in full.items()])


@case(None)
def styles_that_inherit_in_a_ring():
    ring = "".join('<w:style w:type="paragraph" w:styleId="s%d"><w:name w:val="n%d"/><w:basedOn w:val="s%d"/>'
                   '</w:style>' % (i, i, (i + 1) % 500) for i in range(500))
    return with_related("styles", "word/styles.xml", '%s<w:styles xmlns:w="%s">%s</w:styles>' % (HEAD, W, ring))


@case(None)
def styles_in_a_long_chain():
    n = 20000
    chain = "".join('<w:style w:type="paragraph" w:styleId="s%d"><w:name w:val="n%d"/><w:basedOn w:val="s%d"/>'
                    '</w:style>' % (i, i, i + 1) for i in range(n))
    return with_related("styles", "word/styles.xml", '%s<w:styles xmlns:w="%s">%s</w:styles>' % (HEAD, W, chain))


@case("limit")
def attribute_of_four_megabytes():
    return docx(document('<w:p w:rsidR="%s"/>' % ("A" * (4 << 20))))


@case("limit")
def attribute_that_never_ends():
    """No closing quote in thirty megabytes."""
    return docx(HEAD + '<w:document xmlns:w="%s"><w:body><w:p w:rsidR="' % W + "A" * (30 << 20))


@case("limit")
def attributes_by_the_hundred_thousand():
    return docx(document("<w:p %s/>" % " ".join('w:a%d="1"' % i for i in range(100000))))


@case("limit")
def element_name_of_megabytes():
    name = "w:" + "a" * (12 << 20)
    return docx(document("<%s/>" % name))


@case("limit")
def namespaces_by_the_thousand():
    return docx(document("<w:p %s/>" % " ".join('xmlns:n%d="urn:%d"' % (i, i) for i in range(2000))))


@case("limit")
def comment_of_megabytes():
    return docx(document("<!--" + "a " * (4 << 20) + "-->" + paragraph()))


@case(None)
def hundred_thousand_runs():
    """In one paragraph."""
    return docx(document("<w:p>" + RUN * 100000 + "</w:p>"))


@case(None, size="slow", seconds=30, mib=1024)
def million_runs():
    return docx(document("<w:p>" + RUN * 1000000 + "</w:p>"))


@case(None)
def rows_fifty_thousand():
    return docx(document("<w:tbl>" + ROW * 50000 + "</w:tbl>" + paragraph()))


@case(None, size="slow", seconds=60, mib=1536)
def rows_a_million():
    return docx(document("<w:tbl>" + ROW * 1000000 + "</w:tbl>" + paragraph()))


@case(None)
def row_of_ten_thousand_cells():
    return docx(document("<w:tbl><w:tr>" + CELL % "klima" * 10000 + "</w:tr></w:tbl>" + paragraph()))


@case(None)
def words_without_a_space():
    """A megabyte that is one word, made of what the bank looks for."""
    return docx(document(paragraph("klimamiljø" * 100000)))


@case(None)
def figures_without_end():
    return docx(document(paragraph("30 % " * 100000)))


@case(None)
def weights_without_end():
    """Ten thousand criteria with weights under the heading they belong to."""
    head = '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Tildelingskriterier</w:t></w:r></w:p>'
    return docx(document(head + "".join(paragraph("Klima og miljø %d vektes 30 %%" % i) for i in range(10000))))


# ---- entities and other things to fetch -----------------------------------------------------------

def with_dtd(inside, body="&x;"):
    return docx(document(paragraph(body), head=HEAD + "<!DOCTYPE w [%s]>\n" % inside))


@case("dtd")
def entity_file():
    return with_dtd('<!ENTITY x SYSTEM "file:///etc/passwd">')


@case("dtd")
def entity_network():
    return with_dtd('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">')


@case("dtd")
def entity_parameter():
    return with_dtd('<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;', body="x")


@case("dtd")
def entity_laughs():
    rows = '<!ENTITY a0 "klima">' + "".join('<!ENTITY a%d "%s">' % (i, "&a%d;" % (i - 1) * 10) for i in range(1, 12))
    return with_dtd(rows, body="&a11;")


@case("dtd")
def entity_quadratic():
    return with_dtd('<!ENTITY x "%s">' % ("a" * 100000), body="&x;" * 10000)


@case("dtd")
def doctype_without_anything():
    return docx(document(head=HEAD + "<!DOCTYPE document>\n"))


@case("dtd")
def doctype_in_utf16():
    text = document(head='<?xml version="1.0" encoding="UTF-16"?>\n<!DOCTYPE w [<!ENTITY x "y">]>\n')
    return docx(text.encode("utf-16"))


@case("format")
def entity_unknown():
    return docx(document(paragraph("&klima;")))


@case(None)
def include_and_stylesheet():
    """XInclude, a style sheet and a schema location are words like any other: nothing is fetched."""
    body = ('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>' +
            paragraph())
    return docx(document(body, head=HEAD + '<?xml-stylesheet href="file:///etc/passwd"?>\n'))


@case(None)
def relationship_to_the_network():
    """An attached template and a picture from elsewhere: listed, never followed."""
    rel = ('%s<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
           'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
           'Target="http://127.0.0.1:9/mal.dotm" TargetMode="External"/></Relationships>' % HEAD)
    return docx(**{"word/_rels/document.xml.rels": rel})


@case("not-word")
def relationship_that_climbs():
    full = parts()
    full["_rels/.rels"] = full["_rels/.rels"].replace("word/document.xml", "../../../../etc/passwd")
    return pack([Entry(n, d) for n, d in full.items()])


# ---- encodings ------------------------------------------------------------------------------------

UTF7 = '<?xml version="1.0" encoding="UTF-7"?>\n'


@case("encoding")
def utf7_declared():
    return docx(document(paragraph("+ADw-w:p/+AD4-"), head=UTF7))


@case("format")
def utf7_with_mark():
    return docx(b"+/v8-" + document(head=UTF7).encode())


@case("encoding")
def utf8_that_says_utf16():
    return docx(document(head='<?xml version="1.0" encoding="UTF-16"?>\n'))


@case(None)
def utf16_that_says_utf8():
    """The byte-order mark decides, as the XML standard has it for readers that go by it."""
    return docx(document().encode("utf-16"))


@case("encoding")
def utf32():
    return docx(document(head='<?xml version="1.0" encoding="UTF-32"?>\n').encode("utf-32"))


@case("encoding")
def ebcdic():
    return docx(document(head='<?xml version="1.0" encoding="IBM037"?>\n').encode("cp037", "replace"))


UTF16 = '<?xml version="1.0" encoding="UTF-16"?>\n'


@case("encoding")
def utf16_half_a_unit():
    return docx(document(head=UTF16).encode("utf-16") + b"\0")


@case("encoding")
def utf16_lone_surrogate():
    return docx(document(paragraph("a\ud800b"), head=UTF16).encode("utf-16", "surrogatepass"))


def raw(bad):
    data = document(paragraph("klima @ miljø")).encode()
    assert data.count(b"@") == 1
    return docx(data.replace(b"@", bad))


@case("encoding")
def utf8_overlong():
    return raw(b"\xc0\xbcw:p/\xc0\xbe")


@case("encoding")
def utf8_surrogate():
    return raw(b"\xed\xa0\x80")


@case("encoding")
def utf8_beyond():
    return raw(b"\xf4\x90\x80\x80")


@case("encoding")
def utf8_cut():
    return raw(b"\xc3")


@case("format")
def nul_in_text():
    return raw(b"\0")


@case("format")
def control_in_text():
    return raw(b"\x1b[31m")


@case("format")
def control_by_number():
    return docx(document(paragraph("a&#27;[31m&#0;b")))


@case(None)
def turned_direction():
    """Letters that turn the reading direction, in text that becomes evidence."""
    return docx(document(paragraph("Kriteriet klima \u202e%03 settev\u202c og \u2066miljø\u2069")))


@case(None)
def byte_order_marks():
    return docx(b"\xef\xbb\xbf" + document(head=HEAD).encode())


@case("format")
def two_roots():
    return docx(document() + document(head=""))


@case("format")
def rubbish_behind():
    return docx(document() + "\nklima")


@case("format")
def cut_in_the_middle():
    text = document()
    return docx(text[:len(text) // 2])


@case(None)
def cdata_and_instructions():
    return docx(document(paragraph("<![CDATA[klima <w:p> & miljø]]><?klima ?>")))


@case(None)
def clause_mark_forged():
    """Content controls that call themselves ours, with every field of the tag wrong in its own way."""
    tags = ["kk:", "kk:@#", "kk:X@1#zz", "kk:" + "A" * 5000, "kk:../../x@1#0123456789ab", "kk:%s%n@1#abc",
            "kk:TRA-KS-01@1.0#000000000000", "kk:TRA-KS-01@" + "9" * 300 + "#000000000000"]
    body = "".join('<w:sdt><w:sdtPr><w:tag w:val="%s"/><w:id w:val="%d"/></w:sdtPr><w:sdtContent>%s</w:sdtContent>'
                   '</w:sdt>' % (tag, 7, paragraph()) for tag in tags)
    return docx(document(body + paragraph()))
